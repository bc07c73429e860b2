use egui::Color32;

/// Colours of one theme by their task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tokens {
    /// Whether this is the dark theme.
    pub dark: bool,
    /// Ground of the window, navigation, table headings.
    pub window: Color32,
    /// Ground of cards, tables, fields.
    pub surface: Color32,
    /// Ground of chips, pressed buttons.
    pub subtle: Color32,
    /// Under the pointer.
    pub hover: Color32,
    /// Edge of cards and panels.
    pub border: Color32,
    /// Edge of outlined buttons.
    pub strong_border: Color32,
    /// Edge of fields and checkboxes, 3:1 on their ground.
    pub control: Color32,
    /// Line between rows.
    pub row_line: Color32,
    /// Unfilled part of bars.
    pub track: Color32,
    /// Bars that ask for nothing.
    pub neutral_bar: Color32,
    /// Main text.
    pub text: Color32,
    /// Second text and hints.
    pub secondary: Color32,
    /// Controls that cannot be used now; never for hints.
    pub disabled: Color32,
    /// The one accent.
    pub accent: Color32,
    /// The accent under the pointer.
    pub accent_hover: Color32,
    /// Ground of what is selected.
    pub accent_ground: Color32,
    /// Text on accent and on danger.
    pub on_accent: Color32,
    /// All is well.
    pub good: Color32,
    /// Ground of good.
    pub good_ground: Color32,
    /// Somebody has to look.
    pub attention: Color32,
    /// Ground of attention.
    pub attention_ground: Color32,
    /// Danger.
    pub danger: Color32,
    /// Danger under the pointer.
    pub danger_hover: Color32,
    /// Ground of danger.
    pub danger_ground: Color32,
    /// Ground of the line after a change.
    pub toast_ground: Color32,
    /// Edge of it and of the key on it.
    pub toast_edge: Color32,
    /// Text on it.
    pub toast_text: Color32,
    /// Second text on it.
    pub toast_secondary: Color32,
    /// Action on it.
    pub toast_action: Color32,
    /// Tick on it.
    pub toast_good: Color32,
    /// Under what floats.
    pub shadow: Color32,
    /// Over the window while a dialog is open.
    pub scrim: Color32,
}

#[allow(clippy::disallowed_methods, reason = "the token table is where colours are named")]
const fn hex(rgb: u32) -> Color32 {
    let [_, red, green, blue] = rgb.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

impl Tokens {
    /// The light theme.
    pub const LIGHT: Self = Self {
        dark: false,
        window: hex(0xF6F7F9),
        surface: hex(0xFFFFFF),
        subtle: hex(0xEEF1F5),
        hover: hex(0xF3F5F8),
        border: hex(0xD9DEE6),
        strong_border: hex(0xB8C0CC),
        control: hex(0x808C9D),
        row_line: hex(0xE8EBF0),
        track: hex(0xE4E8EE),
        neutral_bar: hex(0xB8C0CC),
        text: hex(0x1B2430),
        secondary: hex(0x55606F),
        disabled: hex(0x8A94A3),
        accent: hex(0x2457D6),
        accent_hover: hex(0x1D48B4),
        accent_ground: hex(0xE6EDFC),
        on_accent: hex(0xFFFFFF),
        good: hex(0x1E7A46),
        good_ground: hex(0xE3F3EA),
        attention: hex(0x8F5400),
        attention_ground: hex(0xFCF1DD),
        danger: hex(0xB3261E),
        danger_hover: hex(0x961F18),
        danger_ground: hex(0xFBE9E7),
        toast_ground: hex(0x1B2430),
        toast_edge: hex(0x5A6677),
        toast_text: hex(0xFFFFFF),
        toast_secondary: hex(0xC4CCD6),
        toast_action: hex(0x9DBBFF),
        toast_good: hex(0x7FD6A5),
        shadow: Color32::from_black_alpha(36),
        scrim: Color32::from_black_alpha(90),
    };

    /// The dark theme.
    pub const DARK: Self = Self {
        dark: true,
        window: hex(0x14181F),
        surface: hex(0x1B212A),
        subtle: hex(0x232B36),
        hover: hex(0x212934),
        border: hex(0x323C49),
        strong_border: hex(0x465363),
        control: hex(0x6B798C),
        row_line: hex(0x29313C),
        track: hex(0x2B3442),
        neutral_bar: hex(0x56647A),
        text: hex(0xE7ECF3),
        secondary: hex(0xA9B4C2),
        disabled: hex(0x6C7887),
        accent: hex(0x7AA2FF),
        accent_hover: hex(0x97B7FF),
        accent_ground: hex(0x1E2C4D),
        on_accent: hex(0x0E1626),
        good: hex(0x6CC794),
        good_ground: hex(0x17301F),
        attention: hex(0xE7B356),
        attention_ground: hex(0x332711),
        danger: hex(0xFF8A80),
        danger_hover: hex(0xFFA59D),
        danger_ground: hex(0x3A1917),
        toast_ground: hex(0x232B36),
        toast_edge: hex(0x6B798C),
        toast_text: hex(0xE7ECF3),
        toast_secondary: hex(0xA9B4C2),
        toast_action: hex(0x7AA2FF),
        toast_good: hex(0x6CC794),
        shadow: Color32::from_black_alpha(120),
        scrim: Color32::from_black_alpha(140),
    };

    /// The tokens of the theme this part of the window is drawn in.
    #[must_use]
    pub fn of(ui: &egui::Ui) -> &'static Self {
        Self::of_mode(ui.visuals().dark_mode)
    }

    /// The tokens of the theme the whole window is in: for what floats above it.
    #[must_use]
    pub fn of_context(ctx: &egui::Context) -> &'static Self {
        Self::of_mode(ctx.theme() == egui::Theme::Dark)
    }

    fn of_mode(dark: bool) -> &'static Self {
        if dark { &Self::DARK } else { &Self::LIGHT }
    }
}

/// What a word, a badge or a box wants to say. Colour never says it alone: an icon and a word go with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Nothing is due.
    #[default]
    Neutral,
    /// All is well.
    Good,
    /// Somebody has to look.
    Attention,
    /// Danger or an error.
    Danger,
    /// Offered or selected.
    Accent,
}

impl Tone {
    /// Colour of the icon and the word.
    #[must_use]
    pub const fn ink(self, tokens: &Tokens) -> Color32 {
        match self {
            Self::Neutral => tokens.secondary,
            Self::Good => tokens.good,
            Self::Attention => tokens.attention,
            Self::Danger => tokens.danger,
            Self::Accent => tokens.accent,
        }
    }

    /// Colour of the box under them.
    #[must_use]
    pub const fn ground(self, tokens: &Tokens) -> Color32 {
        match self {
            Self::Neutral => tokens.subtle,
            Self::Good => tokens.good_ground,
            Self::Attention => tokens.attention_ground,
            Self::Danger => tokens.danger_ground,
            Self::Accent => tokens.accent_ground,
        }
    }
}

/// Colour of text by its task.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ink {
    /// Main text.
    #[default]
    Main,
    /// Second text and hints.
    Secondary,
    /// A control that cannot be used now.
    Disabled,
    /// On accent and on danger.
    OnAccent,
    /// In the colour of a tone.
    Tone(Tone),
}

impl Ink {
    /// The colour in a theme.
    #[must_use]
    pub const fn color(self, tokens: &Tokens) -> Color32 {
        match self {
            Self::Main => tokens.text,
            Self::Secondary => tokens.secondary,
            Self::Disabled => tokens.disabled,
            Self::OnAccent => tokens.on_accent,
            Self::Tone(tone) => tone.ink(tokens),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(color: Color32) -> f64 {
        let channel = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(color.r()) + 0.7152 * channel(color.g()) + 0.0722 * channel(color.b())
    }

    fn contrast(one: Color32, other: Color32) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// Every pair of text and ground that a widget of the kit draws.
    fn text_pairs(t: &Tokens) -> Vec<(&'static str, Color32, Color32)> {
        let mut pairs = vec![
            ("on accent", t.on_accent, t.accent),
            ("on accent under the pointer", t.on_accent, t.accent_hover),
            ("on danger", t.on_accent, t.danger),
            ("on danger under the pointer", t.on_accent, t.danger_hover),
            ("toast", t.toast_text, t.toast_ground),
            ("toast key", t.toast_secondary, t.toast_ground),
            ("toast action", t.toast_action, t.toast_ground),
            ("toast tick", t.toast_good, t.toast_ground),
            ("danger on hover", t.danger, t.hover),
            ("danger pressed", t.danger, t.subtle),
            ("accent pressed", t.accent, t.subtle),
        ];
        let grounds = [t.window, t.surface, t.subtle, t.hover, t.accent_ground];
        for ground in grounds {
            pairs.push(("text", t.text, ground));
            pairs.push(("secondary", t.secondary, ground));
        }
        for tone in [Tone::Neutral, Tone::Good, Tone::Attention, Tone::Danger, Tone::Accent] {
            pairs.push(("tone on its ground", tone.ink(t), tone.ground(t)));
            pairs.push(("text on the ground of a tone", t.text, tone.ground(t)));
            pairs.push(("tone on surface", tone.ink(t), t.surface));
            pairs.push(("tone on window", tone.ink(t), t.window));
            pairs.push(("tone on the selection", tone.ink(t), t.accent_ground));
            pairs.push(("tone on hover", tone.ink(t), t.hover));
        }
        pairs
    }

    #[test]
    fn contrast_of_black_on_white_is_21() {
        assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 0.01);
    }

    #[test]
    fn every_text_reaches_four_and_a_half_to_one() {
        for tokens in [&Tokens::LIGHT, &Tokens::DARK] {
            for (name, text, ground) in text_pairs(tokens) {
                let ratio = contrast(text, ground);
                assert!(ratio >= 4.5, "{name}, dark {}: {text:?} on {ground:?} is {ratio:.2}", tokens.dark);
            }
        }
    }

    #[test]
    fn every_control_edge_and_focus_ring_reaches_three_to_one() {
        for tokens in [&Tokens::LIGHT, &Tokens::DARK] {
            for (name, edge, ground) in [
                ("field on surface", tokens.control, tokens.surface),
                ("field on window", tokens.control, tokens.window),
                ("ring on surface", tokens.accent, tokens.surface),
                ("ring on window", tokens.accent, tokens.window),
                ("filled part of a bar on its track", tokens.accent, tokens.track),
            ] {
                let ratio = contrast(edge, ground);
                assert!(ratio >= 3.0, "{name}, dark {}: {ratio:.2}", tokens.dark);
            }
        }
    }
}
