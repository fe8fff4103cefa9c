//! The colours of both themes. Pairs that carry meaning keep WCAG 2.2 AA: 4.5:1 for text, 3:1 for the borders of
//! controls and for bars; a test computes them from the palette itself. Nothing is told by transparency.

use egui::{Color32, Ui};

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
    edge: rgb(0x7c_85_96),
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
                (
                    "text",
                    colors.text,
                    vec![colors.bg, colors.surface, colors.blue_bg, colors.violet_bg, colors.amber_bg],
                ),
                ("muted", colors.muted, vec![colors.bg, colors.surface, colors.blue_bg, colors.violet_bg]),
                ("text in a chosen segment", colors.text, vec![colors.line]),
                ("muted in a segment", colors.muted, vec![colors.surface]),
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
                ("edge", colors.edge, colors.violet_bg),
                ("a box that is ticked", colors.blue, colors.surface),
                ("a box that is ticked", colors.blue, colors.blue_bg),
                ("a box that is ticked", colors.blue, colors.amber_bg),
                ("tick", colors.on_fill, colors.blue_button),
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
