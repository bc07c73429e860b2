//! The one place of raw colours, sizes and fonts. Everything else in the window asks here.

mod fonts;
mod style;
mod tokens;

pub use fonts::{FILLED_ICON_FAMILY, ICON_FAMILY, Weight, filled_icon_font, icon_font, text_font};
pub use tokens::{Ink, Tokens, Tone};

/// Sizes of text in points.
pub mod size {
    /// A key cap.
    pub const KEY: f32 = 12.0;
    /// Captions, badges, table headings.
    pub const CAPTION: f32 = 13.0;
    /// Body text and table rows.
    pub const BODY: f32 = 14.0;
    /// Navigation and lead lines.
    pub const LEAD: f32 = 15.0;
    /// Title of an empty page.
    pub const SECTION: f32 = 16.0;
    /// Title of a dialog.
    pub const DIALOG: f32 = 18.0;
    /// Title of a page.
    pub const TITLE: f32 = 20.0;
    /// The one thing that fills the page in cleanup mode.
    pub const HERO: f32 = 24.0;
}

/// Distances in points.
pub mod space {
    /// Between an icon and its word.
    pub const TINY: f32 = 4.0;
    /// Between neighbours.
    pub const SMALL: f32 = 8.0;
    /// Between rows of a form.
    pub const MEDIUM: f32 = 12.0;
    /// Inside cards.
    pub const LARGE: f32 = 16.0;
    /// Page margin.
    pub const PAGE: f32 = 24.0;
    /// Between sections.
    pub const HUGE: f32 = 32.0;
    /// Height of a control.
    pub const CONTROL: f32 = 32.0;
    /// Height of a control inside a bar.
    pub const BAR_CONTROL: f32 = 28.0;
}

/// Light, dark, or as the desktop says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// Always light.
    Light,
    /// Always dark.
    Dark,
    /// Follow the desktop and change with it.
    #[default]
    System,
}

/// What the user chose in «Настройки»: colours and scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appearance {
    /// Which colours.
    pub theme: ThemeChoice,
    /// Scale of everything in percent, 100–150; other values are brought into that range.
    pub scale_percent: u16,
}

/// The scales offered in «Настройки», in percent.
pub const SCALES: [u16; 4] = [100, 115, 130, 150];

impl Default for Appearance {
    fn default() -> Self {
        Self { theme: ThemeChoice::System, scale_percent: 100 }
    }
}

/// Installs fonts and both styles. Called once; switching between light and dark needs no second call.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(fonts::definitions());
    ctx.set_style_of(egui::Theme::Light, style::of(&Tokens::LIGHT));
    ctx.set_style_of(egui::Theme::Dark, style::of(&Tokens::DARK));
}

/// Applies the user's choice of colours and scale. Cheap enough for every frame: nothing is done when it is unchanged.
pub fn set_appearance(ctx: &egui::Context, appearance: Appearance) {
    let preference = match appearance.theme {
        ThemeChoice::Light => egui::ThemePreference::Light,
        ThemeChoice::Dark => egui::ThemePreference::Dark,
        ThemeChoice::System => egui::ThemePreference::System,
    };
    ctx.set_theme(preference);
    ctx.set_zoom_factor(f32::from(appearance.scale_percent.clamp(SCALES[0], SCALES[3])) / 100.0);
}

/// One physical pixel in points.
#[must_use]
pub fn hairline(pixels_per_point: f32) -> f32 {
    1.0 / pixels_per_point.max(0.1)
}
