//! The details of several bases with the same offer: what they share, and each of them by name.

use i18n_embed_fl::fl;
use smarts_core::offer::Item;

use super::about::{About, Link, Part, coverage_of, first_lines, going_on, replaced};
use super::timeline::marks;
use crate::model::Action;
use crate::model::details::{DetailsAction, Of};
use crate::model::list::{Entry, GroupKey, Row};
use crate::view::Scene;
use crate::view::controls::Control;
use crate::view::group_state;
use crate::view::theme::Palette;

/// More bases than that are counted: each has a row of its own in the list.
const NAMED: usize = 50;

pub(super) fn about(scene: &Scene<'_>, colors: &Palette, key: &GroupKey) -> Option<About> {
    let loader = scene.loader();
    let list = &scene.model.list;
    let of_key = |row: &'_ Row| match row {
        Row::Group { key: other, entries } if other == key => Some(entries.clone()),
        Row::Group { .. } | Row::Base { .. } => None,
    };
    let places = list.rows.iter().find_map(of_key)?;
    let entries: Vec<&Entry> = places.iter().filter_map(|place| list.entries.get(*place)).collect();
    let face = group_state::group(scene, colors, key, &entries);
    let items: Vec<&Item> = entries.iter().filter_map(|entry| scene.model.item(entry)).collect();
    let mut first = first_lines(scene, colors, &items);
    if entries.iter().any(|entry| scene.model.activity(&entry.id).is_some()) {
        first = going_on(face.middle, face.side);
    }
    let link = |entry: &&Entry| {
        let base = scene.model.base(entry);
        let name =
            base.map(|base| base.name.as_str()).or(scene.model.item(entry).map(|item| item.name.as_str()));
        Link {
            text: name.unwrap_or_default().to_owned(),
            address: base.map(|base| base.folder.clone()),
            action: Action::Details(DetailsAction::Open(Of::Item(entry.id.clone()))),
        }
    };
    let links = entries.iter().take(NAMED).map(link).collect();
    let count = entries.len();
    let item = items.first().copied();
    let mut parts: Vec<Part> = item.and_then(|item| replaced(scene, colors, item)).into_iter().collect();
    parts.push(Part {
        title: fl!(loader, "details-bases", count = count),
        links,
        more: count.saturating_sub(NAMED),
        ..Part::default()
    });
    Some(About {
        what: fl!(loader, "details-what-group"),
        badge: face.badge,
        controls: face
            .controls
            .into_iter()
            .filter(|control| matches!(control, Control::Button { .. } | Control::Link { .. }))
            .collect(),
        first,
        marks: marks(scene, colors.blue, colors, item, key.installed),
        coverage: coverage_of(scene, &items),
        parts,
        name: face.name,
    })
}
