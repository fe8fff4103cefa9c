//! What egui's own widgets (menus, scroll bars, text fields) look like in these colours and sizes.

use std::collections::BTreeMap;

use egui::{Color32, CornerRadius, Margin, Shadow, Stroke, Style, TextStyle, Theme, Visuals};

use super::palette::{DARK, LIGHT, Palette};
use super::space::{RADIUS_BOX, RADIUS_CONTROL, RADIUS_DIALOG};
use super::type_scale::Type;

pub(super) fn style(theme: Theme) -> Style {
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
