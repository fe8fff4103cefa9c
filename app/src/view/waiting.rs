//! «Продолжить: осталось 3 базы»: what was agreed to and not finished, above everything else.

use egui::{Id, Rect, Role, Stroke, StrokeKind, Ui, UiBuilder, vec2};
use i18n_embed_fl::fl;

use super::Scene;
use super::controls::{self, Control};
use super::modal::{NARROW, buttons, middle_height, modal, offer_focus, scrolling};
use super::sheet::marked;
use super::theme::icons::Icon;
use super::theme::{self, RADIUS_BOX, SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_6, Type, steps};
use super::widgets::button::{Button, Look};
use super::widgets::text::{Line, block, paragraph};
use crate::model::waiting::{AbandonQuestion, Left, WaitingPlan, WaitingState};
use crate::model::{Action, PLATFORM, WaitingAction};

const GAP: f32 = SPACE_3;
/// Names that are told; the others are counted.
const NAMED: usize = 3;

pub(super) fn banner(ui: &mut Ui, scene: &Scene<'_>) {
    let Some(waiting) = scene.model.waiting() else { return };
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let heading = heading(scene, waiting);
    let mut lines = vec![Line::of(&heading, Type::Strong, colors.text).rows(2)];
    lines.push(match &waiting.state {
        WaitingState::Ready => Line::of(names(scene, waiting), Type::Small, colors.muted).rows(2),
        WaitingState::Restart => Line::of(fl!(loader, "plan-restart"), Type::Small, colors.amber).rows(2),
        WaitingState::Unfit(why) => Line::of(why, Type::Small, colors.amber).rows(3),
    });
    let controls = controls_of(scene, waiting);
    let controls_width = controls::width(ui, &controls);
    let width = ui.available_width();
    let text_width = width - controls_width - steps(12);
    let text_height: f32 = lines.iter().map(|line| line.galley(ui, text_width).size().y).sum();
    let height = text_height.max(theme::BUTTON_HEIGHT) + SPACE_6;
    let (_, rect) = ui.allocate_space(vec2(width, height));
    let edge = Stroke::new(1.0, colors.edge);
    ui.painter().rect(rect, RADIUS_BOX, colors.surface, edge, StrokeKind::Inside);
    let builder = UiBuilder::new().max_rect(rect).accessibility_role(Role::Group);
    let mut inner = ui.new_child(builder.accessibility_label(heading));
    let text_rect = Rect::from_min_size(rect.min + vec2(SPACE_4, 0.0), vec2(text_width, height));
    block(&mut inner, text_rect, &lines);
    let place = rect.with_min_x(rect.right() - SPACE_4 - controls_width).with_max_x(rect.right() - SPACE_4);
    controls::show(&mut inner, scene, Id::unique("waiting controls"), place, &controls);
    ui.add_space(GAP);
}

fn heading(scene: &Scene<'_>, waiting: &WaitingPlan) -> String {
    let loader = scene.loader();
    if waiting.user.is_empty() {
        return fl!(loader, "waiting-title-unknown");
    }
    let when = scene.texts.moment(waiting.agreed_at, &scene.model.now);
    fl!(loader, "waiting-title", user = waiting.user.as_str(), when = when)
}

fn name(scene: &Scene<'_>, left: &Left) -> String {
    match left.id.as_str() {
        _ if !left.name.is_empty() => left.name.clone(),
        PLATFORM => fl!(scene.loader(), "platform-name"),
        _ => fl!(scene.loader(), "updater-name"),
    }
}

fn names(scene: &Scene<'_>, waiting: &WaitingPlan) -> String {
    let loader = scene.loader();
    let named = waiting.left.iter().take(NAMED).map(|left| name(scene, left));
    let mut named: Vec<String> = named.collect();
    let others = waiting.left.len().saturating_sub(NAMED);
    if others > 0 {
        named.push(fl!(loader, "by-hand-others", count = others));
    }
    named.join(", ")
}

fn controls_of(scene: &Scene<'_>, waiting: &WaitingPlan) -> Vec<Control> {
    let loader = scene.loader();
    let button = |text: String, look, action| Control::Button {
        name: text.clone(),
        text,
        look,
        action: Action::Waiting(action),
    };
    let abandon = button(fl!(loader, "waiting-abandon"), Look::Ghost, WaitingAction::Abandon);
    if waiting.file_name.is_none() {
        return Vec::new();
    }
    if waiting.state != WaitingState::Ready {
        return vec![abandon];
    }
    let go_on = match waiting.bases() {
        0 => fl!(loader, "waiting-go-on"),
        bases => fl!(loader, "waiting-go-on-bases", count = bases),
    };
    vec![abandon, button(go_on, Look::Primary, WaitingAction::GoOn)]
}

/// Before the rest is given up: what will not be done, and who has agreed to it.
pub(super) fn question(ui: &mut Ui, scene: &Scene<'_>, question: &AbandonQuestion) {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    let plan = &question.plan;
    modal(ui, scene, "abandon", &fl!(loader, "abandon-title"), NARROW, Action::CloseDialog, |ui| {
        ui.add_space(SPACE_1);
        if !plan.user.is_empty() {
            let when = scene.texts.moment(plan.agreed_at, &scene.model.now);
            let who = fl!(loader, "abandon-who", user = plan.user.as_str(), when = when);
            paragraph(ui, who, Type::Small, colors.muted);
        }
        ui.add_space(SPACE_2);
        let height = middle_height(ui, steps(60));
        scrolling(ui, "abandon", height, |ui| {
            if plan.left.is_empty() {
                paragraph(ui, fl!(loader, "abandon-rest"), Type::Body, colors.text);
            } else {
                paragraph(ui, fl!(loader, "abandon-left"), Type::Body, colors.text);
            }
            for left in &plan.left {
                let version = left.of_file.version.to_string();
                let part = fl!(loader, "abandon-part", name = name(scene, left), version = version);
                paragraph(ui, format!("• {part}"), Type::Body, colors.text);
            }
        });
        ui.add_space(SPACE_2);
        paragraph(ui, fl!(loader, "abandon-done"), Type::Small, colors.muted);
        if let Some(why) = &question.failure {
            ui.add_space(SPACE_3);
            marked(ui, Icon::Cross, colors.err, &fl!(loader, "abandon-failed"), Some(why));
        }
        let (keep, confirm) = (fl!(loader, "abandon-keep"), fl!(loader, "abandon-confirm"));
        let drawn =
            [Button::new(&keep).look(Look::Primary), Button::new(&confirm).dead(question.is_under_way)];
        let [keep, confirm] = buttons(ui, "abandon", None, drawn);
        offer_focus(ui, &keep);
        if keep.clicked() {
            scene.send(Action::CloseDialog);
        }
        if confirm.clicked() {
            scene.send(Action::Waiting(WaitingAction::ConfirmAbandon));
        }
    });
}
