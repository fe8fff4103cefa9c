//! All colours, sizes, spaces, fonts and text styles of the window, and nothing else.
//!
//! Pairs of colours that carry meaning keep WCAG 2.2 AA: 4.5:1 for text, 3:1 for the borders of controls
//! and for bars; a test computes them. Nothing is told by transparency.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Shadow, Stroke,
    Style, TextStyle, Theme, Ui, Visuals,
};

/// Height of the bar at the top.
pub const TOP_BAR_HEIGHT: f32 = 56.0;
/// Space between the window's sides and its content.
pub const PAGE_MARGIN: f32 = 24.0;
/// Height of a row of the list.
pub const ROW_HEIGHT: f32 = 64.0;
/// Height of a button.
pub const BUTTON_HEIGHT: f32 = 36.0;
/// Space inside a button, left and right of its text.
pub const BUTTON_PADDING: f32 = 14.0;
/// Side of a row's icon.
pub const ICON_SIZE: f32 = 40.0;
/// Space between the columns of a row.
pub const COLUMN_GAP: f32 = 16.0;
/// Width of the coloured edge of a row.
pub const EDGE_WIDTH: f32 = 4.0;
/// Height of a progress bar.
pub const BAR_HEIGHT: f32 = 6.0;
/// Corners of buttons and fields.
pub const RADIUS_CONTROL: u8 = 8;
/// Corners of icons, banners and boxes.
pub const RADIUS_BOX: u8 = 10;
/// Corners of cards and of the list.
pub const RADIUS_CARD: u8 = 12;
/// Corners of dialogs.
pub const RADIUS_DIALOG: u8 = 16;

const REGULAR: &str = "Golos Text";
const MEDIUM: &str = "Golos Text Medium";
const SEMIBOLD: &str = "Golos Text SemiBold";

/// The colours of one theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Behind everything.
    pub bg: Color32,
    /// Of cards, rows and dialogs.
    pub surface: Color32,
    /// Lines that only separate.
    pub line: Color32,
    /// Borders of controls.
    pub edge: Color32,
    /// Text.
    pub text: Color32,
    /// Text of less weight.
    pub muted: Color32,
    /// A product's update, and links.
    pub blue: Color32,
    /// The filled part of a bar.
    pub blue_fill: Color32,
    /// Behind a row with an update.
    pub blue_bg: Color32,
    /// Of the button that updates, and of a row's edge; the same in both themes.
    pub blue_button: Color32,
    /// That button under the pointer.
    pub blue_button_hover: Color32,
    /// The platform's.
    pub violet: Color32,
    /// Behind the platform's icon.
    pub violet_fill: Color32,
    /// Behind the platform's card.
    pub violet_bg: Color32,
    /// Around the platform's card.
    pub violet_line: Color32,
    /// A warning.
    pub amber: Color32,
    /// Behind a warning.
    pub amber_bg: Color32,
    /// As it should be.
    pub ok: Color32,
    /// Behind that.
    pub ok_bg: Color32,
    /// A stop or a failure.
    pub err: Color32,
    /// The empty part of a bar.
    pub track: Color32,
    /// On filled buttons and icons.
    pub on_fill: Color32,
    /// Over the window while a dialog is open.
    pub veil: Color32,
}

/// The light theme.
pub const LIGHT: Palette = Palette {
    bg: rgb(0xf5_f6_f8),
    surface: rgb(0xff_ff_ff),
    line: rgb(0xe3_e6_eb),
    edge: rgb(0x84_8d_9d),
    text: rgb(0x1b_21_30),
    muted: rgb(0x56_60_73),
    blue: rgb(0x1a_5f_d0),
    blue_fill: rgb(0x1a_5f_d0),
    blue_bg: rgb(0xed_f3_fd),
    blue_button: rgb(0x1a_5f_d0),
    blue_button_hover: rgb(0x15_4f_b0),
    violet: rgb(0x6d_3f_c0),
    violet_fill: rgb(0x6d_3f_c0),
    violet_bg: rgb(0xf5_f0_fd),
    violet_line: rgb(0xa9_8b_e0),
    amber: rgb(0x8f_4d_00),
    amber_bg: rgb(0xfd_f2_e1),
    ok: rgb(0x17_6b_3a),
    ok_bg: rgb(0xe6_f4_ec),
    err: rgb(0xb3_26_1e),
    track: rgb(0xc9_cf_da),
    on_fill: rgb(0xff_ff_ff),
    veil: Color32::from_black_alpha(110),
};

/// The dark theme.
pub const DARK: Palette = Palette {
    bg: rgb(0x14_17_1d),
    surface: rgb(0x1c_20_28),
    line: rgb(0x2d_33_3f),
    edge: rgb(0x6b_74_86),
    text: rgb(0xe8_eb_f1),
    muted: rgb(0xa5_ae_bf),
    blue: rgb(0x7f_b0_ff),
    blue_fill: rgb(0x7f_b0_ff),
    blue_bg: rgb(0x1b_2a_45),
    blue_button: rgb(0x1a_5f_d0),
    blue_button_hover: rgb(0x22_6b_e2),
    violet: rgb(0xc4_a7_ff),
    violet_fill: rgb(0x6d_3f_c0),
    violet_bg: rgb(0x2a_23_40),
    violet_line: rgb(0x6f_57_a8),
    amber: rgb(0xf0_b3_5c),
    amber_bg: rgb(0x33_28_1a),
    ok: rgb(0x74_d3_9b),
    ok_bg: rgb(0x1a_33_26),
    err: rgb(0xff_8a_80),
    track: rgb(0x39_41_4f),
    on_fill: rgb(0xff_ff_ff),
    veil: Color32::from_black_alpha(160),
};

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// The colours of the theme a `Ui` is drawn in.
pub fn palette(ui: &Ui) -> &'static Palette {
    if ui.visuals().dark_mode { &DARK } else { &LIGHT }
}

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

/// Gives a context the window's fonts and both themes. To be called before its first pass.
pub fn install(ctx: &Context) {
    ctx.set_fonts(fonts());
    // Where the system does not say, as on X11.
    ctx.options_mut(|options| options.fallback_theme = Theme::Light);
    for theme in [Theme::Light, Theme::Dark] {
        ctx.set_style_of(theme, style(theme));
    }
}

fn fonts() -> FontDefinitions {
    let files: [(&str, &'static [u8]); 3] = [
        (REGULAR, include_bytes!("../../../assets/fonts/GolosText-Regular.ttf")),
        (MEDIUM, include_bytes!("../../../assets/fonts/GolosText-Medium.ttf")),
        (SEMIBOLD, include_bytes!("../../../assets/fonts/GolosText-SemiBold.ttf")),
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

fn style(theme: Theme) -> Style {
    let colors = if theme == Theme::Dark { &DARK } else { &LIGHT };
    let mut style = theme.default_style();
    style.visuals = visuals(theme, colors);
    style.text_styles = BTreeMap::from([
        (TextStyle::Heading, Type::Title.font()),
        (TextStyle::Body, Type::Body.font()),
        (TextStyle::Button, Type::Button.font()),
        (TextStyle::Small, Type::Small.font()),
        (TextStyle::Monospace, Type::Small.font()),
    ]);
    style.spacing.item_spacing = egui::vec2(8.0, 6.0);
    style.spacing.button_padding = egui::vec2(12.0, 7.0);
    style.spacing.menu_margin = Margin::same(6);
    style.spacing.icon_width = 18.0;
    style.spacing.icon_width_inner = 10.0;
    style.spacing.icon_spacing = 10.0;
    style.spacing.tooltip_width = 420.0;
    style.spacing.scroll = egui::style::ScrollStyle {
        bar_width: 8.0,
        floating_width: 6.0,
        bar_outer_margin: 2.0,
        floating_allocated_width: 0.0,
        foreground_color: false,
        active_background_opacity: 0.0,
        interact_background_opacity: 0.0,
        dormant_handle_opacity: 1.0,
        active_handle_opacity: 1.0,
        interact_handle_opacity: 1.0,
        ..egui::style::ScrollStyle::floating()
    };
    style.interaction.selectable_labels = false;
    // Nothing moves by itself: an idle window draws nothing, and a remote session stays quick.
    style.animation_time = 0.0;
    style.scroll_animation = egui::style::ScrollAnimation::none();
    style
}

fn visuals(theme: Theme, colors: &Palette) -> Visuals {
    let mut visuals = theme.default_visuals();
    let radius = CornerRadius::same(RADIUS_CONTROL);
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(colors.muted);
    visuals.hyperlink_color = colors.blue;
    visuals.panel_fill = colors.bg;
    visuals.window_fill = colors.surface;
    visuals.window_stroke = Stroke::new(1.0, colors.edge);
    visuals.extreme_bg_color = colors.surface;
    visuals.text_edit_bg_color = Some(colors.surface);
    visuals.faint_bg_color = colors.bg;
    visuals.warn_fg_color = colors.amber;
    visuals.error_fg_color = colors.err;
    visuals.selection.bg_fill = colors.blue_button;
    visuals.selection.stroke = Stroke::new(1.0, colors.on_fill);
    visuals.menu_corner_radius = CornerRadius::same(RADIUS_BOX);
    visuals.window_corner_radius = CornerRadius::same(RADIUS_DIALOG);
    visuals.popup_shadow =
        Shadow { offset: [0, 4], blur: 16, spread: 0, color: Color32::from_black_alpha(40) };
    visuals.window_shadow = visuals.popup_shadow;
    visuals.text_cursor.blink = false;
    visuals.text_cursor.stroke = Stroke::new(1.5, colors.text);
    let widgets = &mut visuals.widgets;
    for (widget, fill, stroke) in [
        (&mut widgets.noninteractive, colors.surface, colors.line),
        (&mut widgets.inactive, colors.surface, colors.edge),
        (&mut widgets.hovered, colors.bg, colors.text),
        (&mut widgets.active, colors.bg, colors.blue),
        (&mut widgets.open, colors.bg, colors.edge),
    ] {
        widget.bg_fill = fill;
        widget.weak_bg_fill = fill;
        widget.bg_stroke = Stroke::new(1.0, stroke);
        widget.fg_stroke = Stroke::new(1.0, colors.text);
        widget.corner_radius = radius;
        widget.expansion = 0.0;
    }
    // The handle of a scroll bar.
    widgets.inactive.bg_fill = colors.edge;
    widgets.hovered.bg_fill = colors.muted;
    widgets.active.bg_fill = colors.muted;
    visuals
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(color: Color32) -> f64 {
        let linear = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
        if a > b { a / b } else { b / a }
    }

    #[test]
    fn text_stands_out_from_what_is_behind_it() {
        for colors in [&LIGHT, &DARK] {
            let pairs = [
                ("text", colors.text, vec![colors.bg, colors.surface, colors.blue_bg, colors.violet_bg]),
                ("muted", colors.muted, vec![colors.bg, colors.surface, colors.blue_bg, colors.violet_bg]),
                ("muted in a segment", colors.text, vec![colors.line]),
                ("blue", colors.blue, vec![colors.bg, colors.surface, colors.blue_bg, colors.violet_bg]),
                ("violet", colors.violet, vec![colors.violet_bg, colors.surface]),
                (
                    "amber",
                    colors.amber,
                    vec![colors.amber_bg, colors.surface, colors.violet_bg, colors.blue_bg],
                ),
                ("ok", colors.ok, vec![colors.ok_bg, colors.surface, colors.bg]),
                ("err", colors.err, vec![colors.surface, colors.bg, colors.blue_bg, colors.violet_bg]),
                (
                    "on fill",
                    colors.on_fill,
                    vec![colors.blue_button, colors.blue_button_hover, colors.violet_fill],
                ),
            ];
            for (name, text, backgrounds) in pairs {
                for background in backgrounds {
                    let contrast = contrast(text, background);
                    assert!(contrast >= 4.5, "{name} {text:?} on {background:?}: {contrast:.2}");
                }
            }
        }
    }

    #[test]
    fn borders_of_controls_and_bars_can_be_seen() {
        for colors in [&LIGHT, &DARK] {
            let pairs = [
                ("edge", colors.edge, colors.surface),
                ("edge", colors.edge, colors.bg),
                ("edge", colors.edge, colors.blue_bg),
                ("bar", colors.blue_fill, colors.track),
                ("bar", colors.blue_fill, colors.blue_bg),
                ("focus", colors.blue, colors.surface),
                ("focus", colors.blue, colors.violet_bg),
            ];
            for (name, line, background) in pairs {
                let contrast = contrast(line, background);
                assert!(contrast >= 3.0, "{name} {line:?} on {background:?}: {contrast:.2}");
            }
        }
    }
}
