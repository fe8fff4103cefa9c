//! The bar at the top: the tabs, the button that checks, and the menu beside it.

use egui::{Align, Frame, Layout, Margin, Panel, Stroke, Ui};
use i18n_embed_fl::fl;

use super::Scene;
use super::controls::menu;
use super::tabs;
use super::theme::icons::Icon;
use super::theme::{self, BUTTON_HEIGHT, PAGE_MARGIN, TOP_BAR_HEIGHT};
use super::widgets::button::Button;
use crate::model::{Action, AtHandAction, Group, ReportsAction, SettingsAction, SourceAction};

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    let colors = theme::palette(ui);
    let frame = Frame::NONE.fill(colors.surface).inner_margin(Margin::symmetric(PAGE_MARGIN as i8, 0));
    let panel = Panel::top("top bar").exact_size(TOP_BAR_HEIGHT).frame(frame).show_separator_line(false);
    let response = panel.show(ui, |ui| {
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            tabs::show(ui, scene);
            // Drawn in the order of reading, which is that of the keyboard.
            let (text, is_running) = check_words(scene);
            let whole = Button::new(&text).with_icon(Icon::Refresh).spins(is_running);
            let beside = ui.spacing().item_spacing.x + BUTTON_HEIGHT;
            let fits = whole.size(ui).x + beside <= ui.available_width();
            let check = if fits { whole } else { Button::icon(Icon::Refresh, &text) }.dead(is_running);
            ui.add_space((ui.available_width() - check.size(ui).x - beside).max(0.0));
            if check.show(ui).clicked() {
                scene.send(Action::CheckNow);
            }
            more(ui, scene);
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
        (fl!(loader, "menu-keys"), Action::ShowKeys),
    ];
    menu(ui, scene, &fl!(loader, "menu-more"), &entries);
}

/// What stands on the button that checks, and whether a check is under way.
fn check_words(scene: &Scene<'_>) -> (String, bool) {
    let loader = scene.loader();
    let text = match scene.model.check {
        None => fl!(loader, "check-now"),
        Some(progress) if progress.total == 0 => fl!(loader, "check-running"),
        Some(progress) => {
            fl!(loader, "check-running-count", done = progress.done, total = progress.total)
        }
    };
    (text, scene.model.check.is_some())
}
