//! What the row of several bases with the same offer says.

use i18n_embed_fl::fl;
use smarts_core::offer::{Item, Offer};

use super::Scene;
use super::controls::{Control, offer_menu};
use super::coverage;
use super::item_controls::Keys;
use super::row_state::{
    Face, Side, alive, available, blocked, not_theirs, product_letter, size_of, skipped, with_proof,
};
use super::theme::icons::Icon;
use super::theme::{Palette, Type};
use super::widgets::marks::Badge;
use super::widgets::text::Line;
use crate::model::details::Of;
use crate::model::list::{Entry, GroupKey};
use crate::model::{Action, ListAction};

/// The face of several bases with the same offer.
pub(super) fn group(scene: &Scene<'_>, colors: &Palette, key: &GroupKey, entries: &[&Entry]) -> Face {
    let loader = scene.loader();
    let title = fl!(loader, "group-title", product = key.product.as_str(), count = entries.len());
    let names: Vec<&str> =
        entries.iter().filter_map(|entry| Some(scene.model.item(entry)?.name.as_str())).collect();
    let (first, rest) = names.split_at(names.len().min(2));
    let subtitle = if rest.is_empty() {
        first.join(", ")
    } else {
        fl!(loader, "group-names", names = first.join(", "), more = rest.len())
    };
    let mut face = Face {
        name: title.clone(),
        badge: Badge::Letters(product_letter(&key.product)),
        tint: true,
        title: vec![
            Line::of(&title, Type::Strong, colors.text),
            Line::of(subtitle, Type::Small, colors.muted).rows(2),
        ],
        middle: Vec::new(),
        bar: None,
        side: Side::Empty,
        controls: Vec::new(),
    };
    let busy = entries.iter().find_map(|entry| Some((*entry, scene.model.activity(&entry.id)?)));
    let lead = busy.map(|(entry, _)| entry).or(entries.first().copied());
    let item = lead.and_then(|entry| scene.model.item(entry));
    let ticked_entries = || entries.iter().filter(|entry| !scene.model.list.unticked.contains(&entry.id));
    let items: Vec<&Item> = entries.iter().filter_map(|entry| scene.model.item(entry)).collect();
    match (busy, item) {
        (Some((entry, activity)), item) => alive(scene, colors, &mut face, &entry.id, item, activity),
        (None, Some(item)) if key.skipped => {
            let keys = Keys { scene, id: &item.id, name: title.clone() };
            if let Some(offer) = item.offer() {
                skipped(&keys, colors, &mut face, &items, offer);
            }
            face.controls = vec![keys.notes()];
        }
        (None, Some(item)) if key.is_blocked() => {
            face.tint = false;
            if let Some(offer) = item.offer() {
                blocked(scene, colors, &mut face, &items, offer);
            }
            let keys = Keys { scene, id: &item.id, name: title.clone() };
            face.controls = coverage::controls(&keys, &items, true);
        }
        (None, Some(item)) => {
            if let Some(offer) = item.offer() {
                available(scene, colors, &mut face, &items, offer);
                group_facts(scene, colors, &mut face, offer);
            }
            // The first that is ticked is the pilot.
            let pilot = ticked_entries().next().map_or(&item.id, |entry| &entry.id);
            let keys = Keys { scene, id: pilot, name: title.clone() };
            let ticked = ticked_entries().count();
            face.controls = vec![keys.notes()];
            match scene.texts.updated_by(&scene.model.permission) {
                None if ticked == 0 => nothing_ticked(scene, colors, &mut face),
                None => face.controls.push(keys.update_group(&title, ticked, entries.len())),
                Some(words) => not_theirs(colors, &mut face, words),
            }
        }
        (None, None) => {}
    }
    if let Some(item) = item {
        face.controls.push(offer_menu(scene, &title, Of::Group(key.clone()), &item.id));
    }
    face.controls.push(fold(scene, key, &title));
    face
}

fn group_facts(scene: &Scene<'_>, colors: &Palette, face: &mut Face, offer: &Offer) {
    let loader = scene.loader();
    if offer.steps.len() == 1 {
        let text = match size_of(scene, offer) {
            Some(size) => fl!(loader, "group-one-download-size", size = size),
            None => fl!(loader, "group-one-download"),
        };
        let text = with_proof(scene, text, offer);
        face.middle.truncate(1);
        face.middle.push(Line::of(text, Type::Small, colors.muted).rows(2));
    }
}

/// Nothing to press, and why.
fn nothing_ticked(scene: &Scene<'_>, colors: &Palette, face: &mut Face) {
    let words = fl!(scene.loader(), "group-nothing-ticked");
    face.side = Side::Lines(vec![Line::of(words, Type::Small, colors.muted).rows(2)]);
}

fn fold(scene: &Scene<'_>, key: &GroupKey, title: &str) -> Control {
    let unfolded = scene.model.list.unfolded.contains(key);
    let (icon, name) = if unfolded {
        (Icon::Up, fl!(scene.loader(), "group-fold", name = title))
    } else {
        (Icon::Down, fl!(scene.loader(), "group-unfold", name = title))
    };
    Control::Icon { icon, name, action: Action::List(ListAction::Toggle(key.clone())) }
}
