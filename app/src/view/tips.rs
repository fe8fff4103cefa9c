//! What is told of a control or a mark while the pointer or the keyboard is at it: more than it says itself, or nothing.

use i18n_embed_fl::fl;
use smarts_core::offer::{Item, Offer};
use smarts_core::subscription;

use super::Scene;
use super::coverage;
use super::row_state::size_of;
use crate::model::{Action, ItemAction};

/// Of what a control does.
pub(super) fn of_action(scene: &Scene<'_>, action: &Action) -> Option<String> {
    match action {
        Action::OpenFolder(path) => Some(path.display().to_string()),
        Action::OpenLink(url) => Some(url.clone()),
        Action::Item { id, action } => of_item(scene, id, action),
        _ => None,
    }
}

fn of_item(scene: &Scene<'_>, id: &str, action: &ItemAction) -> Option<String> {
    let loader = scene.loader();
    let item = scene.model.item_by_id(id)?;
    match action {
        ItemAction::Update if scene.model.activity(id).is_none() => Some(match size(scene, item) {
            Some(size) => fl!(loader, "tip-update-size", size = size),
            None => fl!(loader, "tip-update"),
        }),
        ItemAction::UpdateGroup => Some(fl!(loader, "tip-update-group")),
        ItemAction::Pause => Some(fl!(loader, "tip-pause")),
        ItemAction::Install => Some(fl!(loader, "tip-install")),
        ItemAction::ShowNotes => {
            let version = item.offer()?.release()?.version.to_string();
            let from = item.installed?.to_string();
            Some(fl!(loader, "tip-notes", from = from, version = version))
        }
        _ => None,
    }
}

fn size(scene: &Scene<'_>, item: &Item) -> Option<String> {
    let offer = item.offer().filter(|offer| offer.steps.len() == 1)?;
    size_of(scene, offer)
}

/// Of installed and offered version: in full, with how long ago the newer one came out.
pub(super) fn of_versions(scene: &Scene<'_>, item: &Item) -> Option<String> {
    let loader = scene.loader();
    let release = item.offer().and_then(Offer::release)?;
    let version = release.version.to_string();
    let Some(date) = release.date else { return Some(fl!(loader, "tip-version-undated", version = version)) };
    let days = date.until(scene.model.now.date()).map_or(-1, |span| span.get_days());
    let date = scene.texts.date(date);
    Some(match u32::try_from(days) {
        Ok(days) => fl!(loader, "tip-version", version = version, date = date, count = days),
        // The clock was wrong then, or is now.
        Err(_) => fl!(loader, "tip-version-date", version = version, date = date),
    })
}

/// Of the mark of subscriptions beside what is offered: why it says what it says.
pub(super) fn of_coverage(scene: &Scene<'_>, items: &[&Item]) -> String {
    let loader = scene.loader();
    let ends: Option<Vec<_>> = items.iter().map(|item| scene.model.last_day(&item.id)).collect();
    let until = ends.and_then(|ends| ends.into_iter().min()).filter(|_| !coverage::is_any_unknown(items));
    let model = scene.model;
    let state = subscription::state(until, model.now.date(), model.subscriptions.warn_days);
    let day = until.map(|until| scene.texts.date(until)).unwrap_or_default();
    match state {
        subscription::State::Active => fl!(loader, "tip-covered", until = day),
        subscription::State::EndsSoon { .. } => fl!(loader, "tip-covered-soon", until = day),
        subscription::State::Ended { .. } => fl!(loader, "tip-covered-ended", until = day),
        subscription::State::NoData => fl!(loader, "tip-no-subscription-data"),
    }
}
