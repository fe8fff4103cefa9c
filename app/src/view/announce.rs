//! What is told to a screen reader alone: nodes without a place on the screen, a new one for each thing told, so that
//! the same is told again when it happens again. Failures break off what is being read; the rest waits its turn.

use egui::accesskit::Live;
use egui::{Id, Rect, Role, Ui, UiBuilder, Vec2};
use i18n_embed_fl::fl;

use super::Scene;
use super::{life, status};
use crate::i18n::sentence;
use crate::model::announce::Announcement;

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    for told in &scene.model.announced.list {
        let (role, live) =
            if told.what.is_urgent() { (Role::Alert, Live::Assertive) } else { (Role::Status, Live::Polite) };
        let builder = UiBuilder::new()
            .scope_id(Id::unique(("announced", told.number)))
            .max_rect(Rect::from_min_size(ui.max_rect().min, Vec2::ZERO))
            .accessibility_role(role)
            .accessibility_label(words(scene, &told.what));
        let nowhere = ui.new_child(builder);
        nowhere.ctx().accesskit_node_builder(nowhere.unique_id(), |node| node.set_live(live));
    }
}

fn words(scene: &Scene<'_>, what: &Announcement) -> String {
    let loader = scene.loader();
    let name = |id: &str| life::name(scene, id);
    match what {
        Announcement::CheckBegan => fl!(loader, "announce-check-began"),
        Announcement::CheckEnded(found) => {
            fl!(loader, "announce-check-ended", headline = status::headline(scene, *found))
        }
        Announcement::CheckFailed(why) => fl!(loader, "announce-check-failed", why = why.as_str()),
        Announcement::Ready { item_id } => fl!(loader, "announce-ready", name = name(item_id)),
        Announcement::NotReady { item_id, why } => {
            fl!(loader, "announce-not-ready", name = name(item_id), why = sentence(why))
        }
        Announcement::UpdateBegan { item_id } => fl!(loader, "announce-update-began", name = name(item_id)),
        Announcement::Done { item_id } => fl!(loader, "announce-done", name = name(item_id)),
        Announcement::Failed { item_id, why: None } => fl!(loader, "announce-failed", name = name(item_id)),
        Announcement::Failed { item_id, why: Some(why) } => {
            fl!(loader, "announce-failed-why", name = name(item_id), why = sentence(why))
        }
        Announcement::Ended { done, failed } => {
            let (done, failed) = (*done, *failed);
            fl!(loader, "announce-ended", done = done, failed = failed)
        }
        Announcement::Stops(count) => {
            let count = *count;
            fl!(loader, "announce-stops", count = count)
        }
    }
}
