//! The bar at the top: the tab with the count of updates, the button that checks, and the menu beside it.

use egui::{
    Align, Frame, Layout, Margin, Panel, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2,
};
use i18n_embed_fl::fl;

use super::Scene;
use super::controls::menu;
use super::icons::Icon;
use super::theme::{self, PAGE_MARGIN, RADIUS_CONTROL, TOP_BAR_HEIGHT, Type};
use super::widgets::button::{Button, paint_text, text_width};
use crate::model::{Action, ReportsAction, ScheduleAction, SourceAction};

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    let colors = theme::palette(ui);
    let frame = Frame::NONE.fill(colors.surface).inner_margin(Margin::symmetric(PAGE_MARGIN as i8, 0));
    let panel = Panel::top("top bar").exact_size(TOP_BAR_HEIGHT).frame(frame).show_separator_line(false);
    let response = panel.show(ui, |ui| {
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            tab(ui, scene);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                more(ui, scene);
                check_button(ui, scene);
            });
        });
    });
    let rect = response.response.rect;
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, colors.line));
}

fn tab(ui: &mut Ui, scene: &Scene<'_>) {
    let colors = theme::palette(ui);
    let count = scene.model.counts().updates.total();
    let title = fl!(scene.loader(), "tab-updates");
    let number = count.to_string();
    let name =
        if count == 0 { title.clone() } else { fl!(scene.loader(), "tab-updates-count", count = count) };
    let title_width = text_width(ui, &title, Type::Button);
    let pill_width = if count == 0 { 0.0 } else { text_width(ui, &number, Type::Count) + 16.0 + 6.0 };
    let (rect, response) =
        ui.allocate_exact_size(vec2(title_width + pill_width + 24.0, 36.0), Sense::hover());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, true, &name));
    ui.painter().rect_filled(rect, RADIUS_CONTROL, colors.bg);
    paint_text(ui, rect.left_center() + vec2(12.0, 0.0), &title, Type::Button, colors.text);
    if count > 0 {
        let left = rect.left() + 12.0 + title_width + 6.0;
        let pill = Rect::from_min_size(egui::pos2(left, rect.center().y - 9.0), vec2(pill_width - 6.0, 18.0));
        ui.painter().rect(pill, 9.0, colors.line, Stroke::NONE, StrokeKind::Inside);
        paint_text(ui, pill.left_center() + vec2(8.0, 0.0), &number, Type::Count, colors.text);
    }
}

/// What is needed now and then.
fn more(ui: &mut Ui, scene: &Scene<'_>) {
    let loader = scene.loader();
    let entries = [
        (fl!(loader, "menu-from-folder"), Action::Source(SourceAction::ChooseFolder)),
        (fl!(loader, "menu-source"), Action::Source(SourceAction::Show)),
        (fl!(loader, "menu-schedule"), Action::Schedule(ScheduleAction::Open)),
        (fl!(loader, "menu-reports"), Action::Reports(ReportsAction::Choose)),
        (fl!(loader, "menu-diagnosis"), Action::Diagnose),
    ];
    menu(ui, scene, &fl!(loader, "menu-more"), &entries);
}

fn check_button(ui: &mut Ui, scene: &Scene<'_>) {
    let loader = scene.loader();
    let text = match scene.model.check {
        None => fl!(loader, "check-now"),
        Some(progress) if progress.total == 0 => fl!(loader, "check-running"),
        Some(progress) => {
            fl!(loader, "check-running-count", done = progress.done, total = progress.total)
        }
    };
    let running = scene.model.check.is_some();
    let button = Button::new(&text).with_icon(Icon::Refresh).spins(running).dead(running);
    if button.show(ui).clicked() {
        scene.send(Action::CheckNow);
    }
}
