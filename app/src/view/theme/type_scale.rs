//! Fonts and the few ways a piece of text can look.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily, FontId};

const REGULAR: &str = "Golos Text";
const MEDIUM: &str = "Golos Text Medium";
const SEMIBOLD: &str = "Golos Text SemiBold";

/// How a piece of text looks: font and height of its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// The header's line.
    Title,
    /// Above the list and in dialogs.
    Heading,
    /// Text.
    Body,
    /// Text that weighs: names, new versions.
    Strong,
    /// Buttons.
    Button,
    /// Second lines.
    Small,
    /// Links, and what is marked in second lines.
    SmallStrong,
    /// The count in the tab.
    Count,
}

impl Type {
    /// The font.
    pub fn font(self) -> FontId {
        let family = |name: &str| FontFamily::Name(name.into());
        match self {
            Self::Title => FontId::new(20.0, family(SEMIBOLD)),
            Self::Heading => FontId::new(15.0, family(SEMIBOLD)),
            Self::Body => FontId::new(14.0, FontFamily::Proportional),
            Self::Strong => FontId::new(14.0, family(SEMIBOLD)),
            Self::Button => FontId::new(14.0, family(MEDIUM)),
            Self::Small => FontId::new(13.0, FontFamily::Proportional),
            Self::SmallStrong => FontId::new(13.0, family(MEDIUM)),
            Self::Count => FontId::new(12.0, family(SEMIBOLD)),
        }
    }

    /// The height of a line.
    pub fn line_height(self) -> f32 {
        match self {
            Self::Title => 28.0,
            Self::Heading | Self::Body | Self::Strong | Self::Button => 20.0,
            Self::Small | Self::SmallStrong => 18.0,
            Self::Count => 16.0,
        }
    }
}

pub(super) fn fonts() -> FontDefinitions {
    let files: [(&str, &'static [u8]); 3] = [
        (REGULAR, include_bytes!("../../../../assets/fonts/GolosText-Regular.ttf")),
        (MEDIUM, include_bytes!("../../../../assets/fonts/GolosText-Medium.ttf")),
        (SEMIBOLD, include_bytes!("../../../../assets/fonts/GolosText-SemiBold.ttf")),
    ];
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in files {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
        fonts.families.insert(FontFamily::Name(name.into()), vec![name.to_owned()]);
    }
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        fonts.families.insert(family, vec![REGULAR.to_owned()]);
    }
    fonts
}
