//! «Настройки»: how this program works on this PC.

use egui::Ui;
use i18n_embed_fl::fl;

use super::Scene;
use super::theme::{self, Type};
use super::widgets::text::{Line, label};

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    let colors = theme::palette(ui);
    label(ui, &Line::of(fl!(scene.loader(), "tab-settings"), Type::Title, colors.text));
}
