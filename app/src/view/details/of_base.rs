//! The details of one base.

use i18n_embed_fl::fl;
use smarts_core::machine::{Base, Device, Kind};
use smarts_core::offer::Item;

use super::about::{About, Link, Part, coverage_of, first_lines, going_on, replaced, without_menu};
use super::timeline::marks;
use crate::model::devices::DeviceFilter;
use crate::model::going_back::{GoingBackAction, Listed, may_go_back};
use crate::model::history::OfBase;
use crate::model::{Action, DevicesAction, HistoryAction, is_web_address};
use crate::view::Scene;
use crate::view::life::first_connection;
use crate::view::row_state;
use crate::view::theme::{Palette, Type};
use crate::view::widgets::text::Line;

/// So many devices and copies are named; the rest is counted.
pub(super) const NAMED: usize = 8;

pub(super) fn about(
    scene: &Scene<'_>,
    colors: &Palette,
    id: &str,
    copies: Option<&Result<Listed, String>>,
) -> Option<About> {
    let entry = scene.model.list.entries.iter().find(|entry| entry.id == id)?;
    let (base, item) = (scene.model.base(entry), scene.model.item(entry));
    let face = row_state::base(scene, colors, entry);
    let installed = item.and_then(|item| item.installed).or(base.and_then(|base| base.version));
    let items: Vec<&Item> = item.into_iter().collect();
    let mut first = if scene.model.activity(id).is_some() {
        going_on(face.middle, face.side)
    } else {
        first_lines(scene, colors, &items)
    };
    first.extend(first_connection(scene, id).map(|text| Line::of(text, Type::Small, colors.muted)));
    let mut parts: Vec<Part> = item.and_then(|item| replaced(scene, colors, item)).into_iter().collect();
    if let Some(base) = base {
        parts.push(place(scene, colors, base));
        parts.extend(devices(scene, colors, base));
        parts.extend(copies.map(|listed| of_copies(scene, colors, base, listed)));
        parts.push(links(scene, base));
    }
    Some(About {
        name: face.name,
        what: face.title.get(1).map(Line::plain).unwrap_or_default(),
        badge: face.badge,
        controls: without_menu(face.controls),
        first,
        marks: marks(scene, colors.blue, colors, item, installed),
        coverage: coverage_of(scene, &items),
        parts,
    })
}

fn place(scene: &Scene<'_>, colors: &Palette, base: &Base) -> Part {
    let loader = scene.loader();
    let small = |text: &str, color| Line::of(text, Type::Small, color).rows(3);
    let kind = match base.kind {
        Kind::Local | Kind::Damaged(_) => None,
        Kind::InternetExchange => Some(fl!(loader, "details-kind-exchange")),
        Kind::Remote => Some(fl!(loader, "details-kind-remote")),
        Kind::Cloud => Some(fl!(loader, "details-kind-cloud")),
    };
    let mut lines: Vec<Line> = kind.iter().map(|text| small(text, colors.muted)).collect();
    lines.push(small(&base.folder, colors.text));
    lines.extend(base.comment.iter().map(|text| small(text, colors.muted)));
    let open = base.dir.clone().map(|dir| Link {
        text: fl!(loader, "menu-open-folder"),
        address: None,
        action: Action::OpenFolder(dir),
    });
    Part { title: fl!(loader, "details-folder"), lines, links: open.into_iter().collect(), more: 0 }
}

fn devices(scene: &Scene<'_>, colors: &Palette, base: &Base) -> Option<Part> {
    let loader = scene.loader();
    if base.devices.is_empty() {
        return None;
    }
    let mut devices: Vec<&Device> = base.devices.iter().collect();
    devices.sort_by_key(|device| std::cmp::Reverse(device.last_seen));
    let seen = |device: &Device| match device.last_seen {
        Some(at) => scene.texts.moment(at, &scene.model.now),
        None => fl!(loader, "details-device-never"),
    };
    let line = |device: &Device| {
        Line::of(&device.id, Type::Small, colors.text).and(
            format!(" · {}", seen(device)),
            Type::Small,
            colors.muted,
        )
    };
    let mut lines: Vec<Line> = devices.iter().take(NAMED).map(|device| line(device)).collect();
    let more = devices.len().saturating_sub(NAMED);
    if more > 0 {
        lines.push(Line::of(fl!(loader, "details-more", count = more), Type::Small, colors.muted));
    }
    if base.devices_incomplete {
        lines.push(Line::of(fl!(loader, "row-devices-incomplete"), Type::Small, colors.amber).rows(2));
    }
    let show = DevicesAction::Show { filter: DeviceFilter::All, search: base.name.clone() };
    let show =
        Link { text: fl!(loader, "details-devices-show"), address: None, action: Action::Devices(show) };
    let title = fl!(loader, "details-devices", count = devices.len());
    // What is updated elsewhere is not on the tab.
    let show = Some(show).filter(|_| base.is_managed());
    Some(Part { title, lines, links: show.into_iter().collect(), more: 0 })
}

fn of_copies(scene: &Scene<'_>, colors: &Palette, base: &Base, listed: &Result<Listed, String>) -> Part {
    let loader = scene.loader();
    let title = fl!(loader, "details-copies");
    let small = |text: String, color| Line::of(text, Type::Small, color).rows(2);
    let copies = match listed {
        Ok(listed) => &listed.copies,
        Err(why) => return Part::of(title, vec![small(why.clone(), colors.amber)]),
    };
    let mut lines: Vec<Line> = Vec::new();
    for copy in copies.iter().take(NAMED) {
        let when = copy.time.map(|at| scene.texts.moment(at, &scene.model.now));
        let version = copy.version.map(|version| version.to_string());
        let size = copy.size_bytes.map(|bytes| scene.texts.size(bytes));
        let facts =
            [version, size].into_iter().flatten().fold(String::new(), |facts, fact| facts + " · " + &fact);
        let line = Line::of(when.unwrap_or_else(|| copy.id.clone()), Type::Small, colors.text);
        lines.push(line.and(facts, Type::Small, colors.muted));
    }
    let more = copies.len().saturating_sub(NAMED);
    if more > 0 {
        lines.push(small(fl!(loader, "details-more", count = more), colors.muted));
    }
    if copies.is_empty() {
        lines.push(small(fl!(loader, "details-copies-none"), colors.muted));
    }
    let open = GoingBackAction::Open { base_id: base.id.clone(), copy: None };
    let back = (may_go_back(base) && !copies.is_empty()).then(|| Link {
        text: fl!(loader, "going-back-menu"),
        address: None,
        action: Action::GoingBack(open),
    });
    Part { title, lines, links: back.into_iter().collect(), more: 0 }
}

fn links(scene: &Scene<'_>, base: &Base) -> Part {
    let loader = scene.loader();
    let of = OfBase { name: base.name.clone(), id: Some(base.id.clone()) };
    let mut links = vec![Link {
        text: fl!(loader, "menu-history"),
        address: None,
        action: Action::History(HistoryAction::ShowBase(of)),
    }];
    let pages = [
        (fl!(loader, "menu-notes-page"), &base.notes_link),
        (fl!(loader, "menu-support-page"), &base.support_link),
    ];
    for (text, url) in pages {
        if let Some(url) = url.as_ref().filter(|url| is_web_address(url)) {
            links.push(Link { text, address: Some(url.clone()), action: Action::OpenLink(url.clone()) });
        }
    }
    Part { title: fl!(loader, "details-links"), links, ..Part::default() }
}
