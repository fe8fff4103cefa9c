//! The bar at the top: the tabs, the button that checks, and the menu beside it.

use egui::{Align, Frame, Layout, Margin, Panel, Stroke, Ui};
use i18n_embed_fl::fl;

use super::Scene;
use super::controls::menu;
use super::tabs;
use super::theme::icons::Icon;
use super::theme::{self, PAGE_MARGIN, TOP_BAR_HEIGHT};
use super::widgets::button::Button;
use crate::model::{Action, AtHandAction, Group, ReportsAction, SettingsAction, SourceAction};

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    let colors = theme::palette(ui);
    let frame = Frame::NONE.fill(colors.surface).inner_margin(Margin::symmetric(PAGE_MARGIN as i8, 0));
    let panel = Panel::top("top bar").exact_size(TOP_BAR_HEIGHT).frame(frame).show_separator_line(false);
    let response = panel.show(ui, |ui| {
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            tabs::show(ui, scene);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                more(ui, scene);
                check_button(ui, scene);
            });
        });
    });
    let rect = response.response.rect;
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, colors.line));
}

/// What is needed now and then.
fn more(ui: &mut Ui, scene: &Scene<'_>) {
    let loader = scene.loader();
    let entries = [
        (fl!(loader, "menu-from-folder"), Action::Source(SourceAction::ChooseFolder)),
        (fl!(loader, "menu-from-file"), Action::AtHand(AtHandAction::ChooseFile)),
        (fl!(loader, "menu-source"), Action::Source(SourceAction::Show)),
        (fl!(loader, "menu-schedule"), Action::Settings(SettingsAction::Open(Group::Background))),
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
