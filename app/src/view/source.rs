//! The source in sight: the banner of a folder that is read just this once, how far a source is proved, why it
//! is not believed, and the consent to what has expired.

use egui::Ui;
use i18n_embed_fl::fl;
use jiff::Timestamp;

use super::Scene;
use super::banner;
use super::modal::{buttons, modal, offer_focus, section, telling};
use super::theme::{self, SPACE_1_HALF, SPACE_2, SPACE_3, Type, steps};
use super::toasts;
use super::widgets::button::Button;
use super::widgets::spoken::dead_because;
use super::widgets::text::{Line, paragraph};
use crate::i18n::sentence;
use crate::model::{Action, SourceAction};

const NARROW: f32 = steps(120);

/// That the list is about a folder, and the way back.
pub(super) fn banner(ui: &mut Ui, scene: &Scene<'_>) {
    let Some(folder) = &scene.model.sources.folder else { return };
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let mut lines = vec![
        Line::of(fl!(loader, "folder-banner", folder = folder.as_str()), Type::Strong, colors.text).rows(2),
    ];
    let is_dead = !scene.model.may_change_source();
    let why = is_dead.then(|| fl!(loader, "folder-busy"));
    lines.extend(why.as_ref().map(|why| Line::of(why, Type::Small, colors.muted)));
    let text = fl!(loader, "folder-back");
    let back = banner::show(ui, &lines, Button::new(&text).dead(is_dead));
    dead_because(ui, &back, why.as_deref());
    if back.clicked() {
        scene.send(Action::Source(SourceAction::UseUsual));
    }
}

/// Where updates come from, how far that is proved, and what that means.
pub(super) fn about(ui: &mut Ui, scene: &Scene<'_>) {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    telling(ui, scene, &fl!(loader, "source-title"), |ui| {
        ui.add_space(SPACE_1_HALF);
        let Some(report) = &scene.model.report else {
            paragraph(ui, fl!(loader, "source-none-yet"), Type::Body, colors.muted);
            return;
        };
        let now = scene.model.now.timestamp();
        paragraph(ui, &report.source.root, Type::Strong, colors.text);
        ui.add_space(SPACE_1_HALF);
        let color = if report.source.has_expired(now) { colors.amber } else { colors.text };
        paragraph(ui, sentence(&scene.texts.trust(&report.source, now)), Type::Body, color);
        ui.add_space(SPACE_1_HALF);
        paragraph(ui, scene.texts.trust_meaning(&report.source, now), Type::Body, colors.muted);
        if scene.model.sources.folder.is_some() {
            ui.add_space(SPACE_3);
            paragraph(ui, fl!(loader, "source-once"), Type::Body, colors.muted);
        }
    });
}

/// Why the last check gave nothing: what happened, what is safe, what to do.
pub(super) fn failure(ui: &mut Ui, scene: &Scene<'_>) {
    let Some(failure) = &scene.model.check_failure else { return scene.send(Action::CloseDialog) };
    let loader = scene.loader();
    telling(ui, scene, &fl!(loader, "check-failure-title"), |ui| {
        section(ui, fl!(loader, "failure-what"), &failure.reason);
        section(ui, fl!(loader, "failure-kept"), &fl!(loader, "check-failure-kept"));
        if let Some(next) = &failure.next {
            section(ui, fl!(loader, "failure-next"), next);
        }
        if let Some(detail) = &failure.detail {
            section(ui, fl!(loader, "failure-detail"), detail);
            ui.add_space(SPACE_2);
            if Button::new(&fl!(loader, "failure-copy")).show(ui).clicked() {
                toasts::copy(ui, scene, detail.clone());
            }
        }
    });
}

/// Files on their way come from the present source.
pub(super) fn busy(ui: &mut Ui, scene: &Scene<'_>) {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    telling(ui, scene, &fl!(loader, "source-busy-title"), |ui| {
        ui.add_space(SPACE_1_HALF);
        paragraph(ui, fl!(loader, "source-busy-text"), Type::Body, colors.text);
    });
}

/// The facts of a folder that has expired, and the one consent there is; nobody gives it by mere Enter.
pub(super) fn expired(ui: &mut Ui, scene: &Scene<'_>, since: Timestamp, now: Timestamp) {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    let title = fl!(loader, "expired-title");
    modal(ui, scene, "expired", &title, NARROW, Action::CloseDialog, |ui| {
        ui.add_space(SPACE_1_HALF);
        let text =
            fl!(loader, "expired-text", since = scene.texts.utc_day(since), now = scene.texts.utc_day(now));
        paragraph(ui, text, Type::Body, colors.text);
        ui.add_space(SPACE_2);
        paragraph(ui, fl!(loader, "expired-safe"), Type::Body, colors.muted);
        ui.add_space(SPACE_2);
        paragraph(ui, fl!(loader, "expired-clock"), Type::Body, colors.muted);
        let (cancel, accept) = (fl!(loader, "sheet-cancel"), fl!(loader, "expired-accept"));
        let [cancel, accept] = buttons(ui, "expired", None, [Button::new(&cancel), Button::new(&accept)]);
        offer_focus(ui, &cancel);
        if cancel.clicked() {
            scene.send(Action::CloseDialog);
        }
        if accept.clicked() {
            scene.send(Action::Source(SourceAction::AcceptExpired));
        }
    });
}
