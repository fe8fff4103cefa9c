//! Buttons and links. Each has a role and a name of its own in the accessibility tree, which may say more
//! than the text on it («Обновить базу Основной склад»).

use egui::{Color32, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, vec2};

use super::spoken;
use crate::view::theme::icons::{self, Icon};
use crate::view::theme::motion;
use crate::view::theme::{
    self, BUTTON_HEIGHT, BUTTON_PADDING, ICON, Palette, RADIUS_CONTROL, SPACE_1, SPACE_2, SPACE_6, Type,
};

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// The one thing to do; filled.
    Primary,
    /// Outlined.
    Plain,
    /// The platform's, outlined in violet.
    Violet,
    /// The platform's, filled.
    VioletFilled,
    /// No outline.
    Ghost,
}

/// A button.
#[derive(Clone, Debug)]
pub(crate) struct Button<'a> {
    text: &'a str,
    name: &'a str,
    look: Look,
    icon: Option<Icon>,
    spins: bool,
    dead: bool,
}

impl<'a> Button<'a> {
    /// A plain button named after its text.
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, name: text, look: Look::Plain, icon: None, spins: false, dead: false }
    }

    /// A button with nothing but an icon on it.
    pub(crate) fn icon(icon: Icon, name: &'a str) -> Self {
        Self { text: "", name, look: Look::Ghost, icon: Some(icon), spins: false, dead: false }
    }

    /// With another look.
    #[must_use]
    pub(crate) fn look(mut self, look: Look) -> Self {
        self.look = look;
        self
    }

    /// With a name of its own.
    #[must_use]
    pub(crate) fn name(mut self, name: &'a str) -> Self {
        self.name = name;
        self
    }

    /// With an icon before the text.
    #[must_use]
    pub(crate) fn with_icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// With a turning circle in place of the icon.
    #[must_use]
    pub(crate) fn spins(mut self, spins: bool) -> Self {
        self.spins = spins;
        self
    }

    /// One that cannot be pressed; the reason stands beside it.
    #[must_use]
    pub(crate) fn dead(mut self, dead: bool) -> Self {
        self.dead = dead;
        self
    }

    /// Whether it cannot be pressed.
    pub(crate) fn is_dead(&self) -> bool {
        self.dead
    }

    /// The room it takes.
    pub(crate) fn size(&self, ui: &Ui) -> Vec2 {
        if self.text.is_empty() {
            return Vec2::splat(BUTTON_HEIGHT);
        }
        let text = text_width(ui, self.text, Type::Button);
        let icon = if self.icon.is_some() || self.spins { SPACE_6 } else { 0.0 };
        vec2(text + icon + 2.0 * BUTTON_PADDING, BUTTON_HEIGHT)
    }

    /// Draws it; the response tells of clicks.
    pub(crate) fn show(self, ui: &mut Ui) -> Response {
        let size = self.size(ui);
        let sense = if self.dead { Sense::hover() } else { Sense::click() };
        let (rect, response) = ui.allocate_exact_size(size, sense);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, !self.dead, self.name));
        if ui.is_rect_visible(rect) {
            self.paint(ui, rect, &response);
        }
        if !self.text.is_empty() {
            return response;
        }
        let response = response.on_hover_text(self.name);
        spoken::once(ui, &response);
        response
    }

    fn paint(&self, ui: &Ui, rect: Rect, response: &Response) {
        let colors = theme::palette(ui);
        let (fill, border, text) = self.colors(colors, response.hovered());
        let painter = ui.painter();
        painter.rect(rect, RADIUS_CONTROL, fill, Stroke::new(1.0, border), StrokeKind::Inside);
        focus_ring(ui, rect, response);
        if self.text.is_empty() {
            if let Some(icon) = self.icon {
                icons::paint(painter, icon, rect.center(), ICON, text);
            }
            return;
        }
        let mut left = rect.left() + BUTTON_PADDING;
        let icon_center = egui::pos2(left + SPACE_2, rect.center().y);
        if self.spins {
            motion::spinner(painter, icon_center, ICON, text);
            left += SPACE_6;
        } else if let Some(icon) = self.icon {
            icons::paint(painter, icon, icon_center, ICON, text);
            left += SPACE_6;
        }
        paint_text(ui, egui::pos2(left, rect.center().y), self.text, Type::Button, text);
    }

    /// Fill, border and text.
    fn colors(&self, colors: &Palette, hovered: bool) -> (Color32, Color32, Color32) {
        let clear = Color32::TRANSPARENT;
        if self.dead {
            return (clear, colors.line, colors.muted);
        }
        let (rest, hover) = match self.look {
            Look::Primary => (
                (colors.blue_button, colors.blue_button, colors.on_fill),
                (colors.blue_button_hover, colors.blue_button_hover, colors.on_fill),
            ),
            Look::Plain => {
                ((colors.surface, colors.edge, colors.text), (colors.bg, colors.text, colors.text))
            }
            Look::Violet => {
                ((clear, colors.violet, colors.violet), (colors.surface, colors.violet, colors.violet))
            }
            Look::VioletFilled => (
                (colors.violet_fill, colors.violet_fill, colors.on_fill),
                (colors.violet_fill, colors.violet, colors.on_fill),
            ),
            Look::Ghost => ((clear, clear, colors.muted), (clear, colors.edge, colors.text)),
        };
        if hovered { hover } else { rest }
    }
}

/// A link: blue text that does something.
pub(crate) fn link(ui: &mut Ui, text: &str, name: &str) -> Response {
    let size = vec2(text_width(ui, text, Type::SmallStrong), SPACE_6);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, name));
    if ui.is_rect_visible(rect) {
        let colors = theme::palette(ui);
        let text_rect = paint_text(ui, rect.left_center(), text, Type::SmallStrong, colors.blue);
        if response.hovered() {
            let y = text_rect.center().y + SPACE_2;
            ui.painter().hline(text_rect.x_range(), y, Stroke::new(1.0, colors.blue));
        }
        focus_ring(ui, rect.expand2(vec2(SPACE_1, 0.0)), &response);
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// The width a link takes.
pub(crate) fn link_width(ui: &Ui, text: &str) -> f32 {
    text_width(ui, text, Type::SmallStrong)
}

/// The width of a text on one row.
pub(crate) fn text_width(ui: &Ui, text: &str, style: Type) -> f32 {
    ui.painter().layout_no_wrap(text.to_owned(), style.font(), Color32::PLACEHOLDER).size().x.ceil()
}

/// Draws text on one row, centred on the height of `left_center`; returns where it stands.
pub(crate) fn paint_text(ui: &Ui, left_center: egui::Pos2, text: &str, style: Type, color: Color32) -> Rect {
    let galley = ui.painter().layout_no_wrap(text.to_owned(), style.font(), color);
    let at = egui::pos2(left_center.x, left_center.y - galley.size().y / 2.0);
    let rect = Rect::from_min_size(at, galley.size());
    ui.painter().galley(at, galley, color);
    rect
}

/// The ring around what has the keyboard.
pub(crate) fn focus_ring(ui: &Ui, rect: Rect, response: &Response) {
    if response.has_focus() {
        let colors = theme::palette(ui);
        let ring = Stroke::new(2.0, colors.blue);
        ui.painter().rect_stroke(rect.expand(2.0), RADIUS_CONTROL + 2, ring, StrokeKind::Middle);
    }
}
