use egui::{FontData, FontDefinitions, FontFamily, FontId, FontTweak};

/// Family of the outlined icons.
pub const ICON_FAMILY: &str = "icon";
/// Family of the filled icons: only for what is done.
pub const FILLED_ICON_FAMILY: &str = "icon-filled";
const MEDIUM_FAMILY: &str = "medium";
const SEMIBOLD_FAMILY: &str = "semibold";

/// Weights of Golos Text that are shipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// 400: body text.
    #[default]
    Regular,
    /// 500: names, buttons, table headings.
    Medium,
    /// 600: titles and counted numbers.
    Semibold,
}

/// Golos Text of a size in points and a weight.
#[must_use]
#[allow(clippy::disallowed_methods, reason = "the theme is where fonts are named")]
pub fn text_font(size: f32, weight: Weight) -> FontId {
    let family = match weight {
        Weight::Regular => FontFamily::Proportional,
        Weight::Medium => FontFamily::Name(MEDIUM_FAMILY.into()),
        Weight::Semibold => FontFamily::Name(SEMIBOLD_FAMILY.into()),
    };
    FontId::new(size, family)
}

/// The outlined icons at a size in points.
#[must_use]
#[allow(clippy::disallowed_methods, reason = "the theme is where fonts are named")]
pub fn icon_font(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(ICON_FAMILY.into()))
}

/// The filled icons at a size in points.
#[must_use]
#[allow(clippy::disallowed_methods, reason = "the theme is where fonts are named")]
pub fn filled_icon_font(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(FILLED_ICON_FAMILY.into()))
}

pub(super) fn definitions() -> FontDefinitions {
    // Golos sits low in its line box; the thin space groups thousands.
    let text_tweak = FontTweak { y_offset_factor: -0.07, thin_space_width: 0.6, ..FontTweak::default() };
    let icon_tweak = FontTweak { hinting: Some(false), ..FontTweak::default() };
    let files: [(&str, &'static [u8], &FontTweak); 5] = [
        ("golos", include_bytes!("../../../assets/fonts/GolosText-Regular-tabular.ttf"), &text_tweak),
        (MEDIUM_FAMILY, include_bytes!("../../../assets/fonts/GolosText-Medium-tabular.ttf"), &text_tweak),
        (
            SEMIBOLD_FAMILY,
            include_bytes!("../../../assets/fonts/GolosText-SemiBold-tabular.ttf"),
            &text_tweak,
        ),
        (ICON_FAMILY, include_bytes!("../../../assets/fonts/Phosphor-Regular-subset.ttf"), &icon_tweak),
        (FILLED_ICON_FAMILY, include_bytes!("../../../assets/fonts/Phosphor-Fill-subset.ttf"), &icon_tweak),
    ];
    let mut definitions = FontDefinitions::empty();
    for (name, bytes, tweak) in files {
        let font = FontData::from_static(bytes).tweak(tweak.clone());
        definitions.font_data.insert(name.to_owned(), font.into());
    }
    let named = |name: &str| FontFamily::Name(name.into());
    let families = [
        (FontFamily::Proportional, ["golos", ICON_FAMILY]),
        (FontFamily::Monospace, ["golos", ICON_FAMILY]),
        (named(MEDIUM_FAMILY), [MEDIUM_FAMILY, ICON_FAMILY]),
        (named(SEMIBOLD_FAMILY), [SEMIBOLD_FAMILY, ICON_FAMILY]),
        (named(ICON_FAMILY), [ICON_FAMILY, "golos"]),
        (named(FILLED_ICON_FAMILY), [FILLED_ICON_FAMILY, "golos"]),
    ];
    for (family, fonts) in families {
        definitions.families.insert(family, fonts.map(str::to_owned).to_vec());
    }
    definitions
}
