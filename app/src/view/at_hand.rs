//! A file at hand: what it says of itself, how far it is proved, and which bases it is for. What it would do to them
//! is told by the sheet, one step further.

use egui::{Id, Ui, vec2};
use i18n_embed_fl::fl;

use super::Scene;
use super::modal::{leaves, middle_height, modal, scrolling, some_buttons};
use super::sheet::marked;
use super::theme::icons::Icon;
use super::theme::motion;
use super::theme::{self, ICON, SPACE_1, SPACE_1_HALF, SPACE_2, SPACE_3, SPACE_4, SPACE_5, Type, steps};
use super::widgets::button::{Button, Look};
use super::widgets::marks::tick_box;
use super::widgets::text::{Line, label, paragraph};
use crate::model::at_hand::{AtHand, AtHandPage};
use crate::model::{Action, AtHandAction, Notice, Permission};

const WIDTH: f32 = steps(140);

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, page: &AtHandPage) {
    let loader = scene.loader();
    let name = page.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let title = fl!(loader, "at-hand-title", file = name);
    modal(ui, scene, "at hand", &title, WIDTH, Action::CloseDialog, |ui| {
        ui.add_space(SPACE_1_HALF);
        let height = middle_height(ui, steps(35));
        scrolling(ui, "at hand", height, |ui| match &page.found {
            None => looking(ui, scene),
            Some(Err(notice)) => refused(ui, notice),
            Some(Ok(file)) => known(ui, scene, file),
        });
        foot(ui, scene, page);
    });
}

fn foot(ui: &mut Ui, scene: &Scene<'_>, page: &AtHandPage) {
    let loader = scene.loader();
    let may_confirm =
        |file: &&AtHand| file.refusal.is_none() && scene.model.permission == Permission::Granted;
    let file = page.found.as_ref().and_then(|found| found.as_ref().ok()).filter(may_confirm);
    let (close, text) = (fl!(loader, "close"), fl!(loader, "wizard-confirm"));
    let confirm = file.map(|file| Button::new(&text).look(Look::Primary).dead(!file.can_be_prepared()));
    let why = confirm.as_ref().filter(|confirm| confirm.is_dead()).map(|_| fl!(loader, "sheet-why-nothing"));
    let drawn = [Some(Button::new(&close).look(Look::Ghost)), confirm];
    let [close, confirm] = some_buttons(ui, "at hand", why.as_deref(), drawn);
    leaves(ui, scene, close.as_ref());
    if confirm.is_some_and(|confirm| confirm.clicked()) {
        scene.send(Action::AtHand(AtHandAction::Confirm));
    }
}

fn looking(ui: &mut Ui, scene: &Scene<'_>) {
    let colors = theme::palette(ui);
    ui.horizontal(|ui| {
        let (_, rect) = ui.allocate_space(vec2(SPACE_5, SPACE_5));
        motion::spinner(ui.painter(), rect.center(), ICON, colors.muted);
        label(ui, &Line::of(fl!(scene.loader(), "at-hand-looking"), Type::Body, colors.muted));
    });
}

fn refused(ui: &mut Ui, notice: &Notice) {
    let colors = theme::palette(ui);
    marked(ui, Icon::Cross, colors.err, &notice.what, notice.next.as_deref());
    if let Some(detail) = &notice.detail {
        ui.add_space(SPACE_2);
        paragraph(ui, detail, Type::Small, colors.muted);
    }
}

fn known(ui: &mut Ui, scene: &Scene<'_>, file: &AtHand) {
    facts(ui, scene, file);
    if let Some(notice) = &file.refusal {
        ui.add_space(SPACE_3);
        refused(ui, notice);
    } else if let Some(words) = scene.texts.updated_by(&scene.model.permission) {
        ui.add_space(SPACE_3);
        paragraph(ui, words, Type::Body, theme::palette(ui).muted);
    }
    if !file.choices.is_empty() {
        choices(ui, scene, file);
    }
    if !file.unfit.is_empty() {
        unfit(ui, scene, file);
    }
}

/// What it says of itself, and how far that can be believed.
fn facts(ui: &mut Ui, scene: &Scene<'_>, file: &AtHand) {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    let product = match file.product.as_str() {
        "" => fl!(loader, "at-hand-product-unknown"),
        product => product.to_owned(),
    };
    let version = match file.version {
        Some(version) => version.to_string(),
        None => fl!(loader, "at-hand-version-unknown"),
    };
    let line = Line::of(product, Type::Strong, colors.text);
    label(ui, &line.and(format!("   {version}"), Type::Body, colors.text).rows(3));
    ui.add_space(SPACE_1);
    paragraph(ui, scene.texts.at_hand_kind(file), Type::Small, colors.muted);
    paragraph(ui, scene.texts.at_hand_proof(file), Type::Small, colors.muted);
    for text in &file.attention {
        ui.add_space(SPACE_1_HALF);
        marked(ui, Icon::Exclamation, colors.amber, text, None);
    }
}

fn choices(ui: &mut Ui, scene: &Scene<'_>, file: &AtHand) {
    let colors = theme::palette(ui);
    ui.add_space(SPACE_4);
    label(ui, &Line::of(fl!(scene.loader(), "at-hand-bases"), Type::Strong, colors.text));
    ui.add_space(SPACE_1);
    for choice in &file.choices {
        let mut line = Line::of(&choice.name, Type::Body, colors.text);
        if let Some(installed) = scene.model.installed(&choice.id) {
            line = line.and(format!("   {installed}"), Type::Small, colors.muted);
        }
        let id = Id::unique(("choice", &choice.id));
        if let Some(chosen) = tick_box(ui, id, choice.chosen, &line, &choice.name) {
            let action = AtHandAction::Choose { base_id: choice.id.clone(), chosen };
            scene.send(Action::AtHand(action));
        }
        ui.add_space(2.0);
    }
}

fn unfit(ui: &mut Ui, scene: &Scene<'_>, file: &AtHand) {
    let colors = theme::palette(ui);
    ui.add_space(SPACE_4);
    label(ui, &Line::of(fl!(scene.loader(), "at-hand-unfit"), Type::Strong, colors.text));
    for base in &file.unfit {
        ui.add_space(SPACE_1);
        let line = Line::of(&base.name, Type::Body, colors.text);
        label(ui, &line.and(format!(" — {}", base.why), Type::Small, colors.muted).rows(3));
    }
}
