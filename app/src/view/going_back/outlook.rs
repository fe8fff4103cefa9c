//! What going back would do: what becomes what it was, what comes back, what is lost, and where the present goes.

use egui::{Ui, vec2};
use i18n_embed_fl::fl;
use jiff::Timestamp;
use smarts_core::backup::Way;

use super::{send, waiting};
use crate::i18n::sentence;
use crate::model::activity::fraction;
use crate::model::going_back::{Copy, GoingBackPage, Look as Looked, Outlook, Part, Room};
use crate::model::{GoingBackAction, Notice};
use crate::view::Scene;
use crate::view::sheet::marked;
use crate::view::theme::icons::Icon;
use crate::view::theme::{self, BAR_HEIGHT, SPACE_1_HALF, SPACE_2, Type, steps};
use crate::view::widgets::button::Button;
use crate::view::widgets::marks::{Progress, bar};
use crate::view::widgets::text::{Line, label, paragraph};

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, page: &GoingBackPage, copy: &Copy) {
    let loader = scene.loader();
    match &page.look {
        Looked::None => {}
        Looked::Looking { total: 0, .. } => waiting(ui, &fl!(loader, "going-back-comparing")),
        Looked::Looking { done, total } => {
            let amount = scene.texts.size_of_total(*done, Some(*total));
            let text = fl!(loader, "going-back-comparing-amount", amount = amount);
            waiting(ui, &text);
            ui.add_space(SPACE_2);
            let (_, rect) = ui.allocate_space(vec2(ui.available_width(), BAR_HEIGHT));
            bar(ui, rect, Progress::from(fraction(*done, *total)), &text);
        }
        Looked::Fault(notice) => fault(ui, scene, notice),
        Looked::Seen(outlook) => seen(ui, scene, page.way, copy, outlook),
    }
}

fn fault(ui: &mut Ui, scene: &Scene<'_>, notice: &Notice) {
    let colors = theme::palette(ui);
    let what = sentence(&notice.what);
    marked(ui, Icon::Cross, colors.err, &what, notice.next.as_deref());
    ui.add_space(SPACE_2);
    if Button::new(&fl!(scene.loader(), "going-back-again")).show(ui).clicked() {
        send(scene, GoingBackAction::LookAgain);
    }
}

fn seen(ui: &mut Ui, scene: &Scene<'_>, way: Way, copy: &Copy, outlook: &Outlook) {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    if outlook.is_nothing() {
        marked(ui, Icon::Check, colors.ok, &fl!(loader, "going-back-nothing"), None);
        return;
    }
    let version = |version: Option<smarts_core::version::Version>| {
        version.map_or_else(|| fl!(loader, "sheet-version-none"), |version| version.to_string())
    };
    let versions = Line::of(format!("{} → ", version(outlook.from)), Type::Body, colors.muted);
    label(ui, &versions.and(version(outlook.to), Type::Strong, colors.text));
    // What cannot be undone comes first.
    if way == Way::Whole || outlook.lost > 0 {
        ui.add_space(SPACE_2);
        lost(ui, scene, way, copy, outlook);
    }
    if let Some(room) = &outlook.present {
        ui.add_space(SPACE_2);
        present(ui, scene, room);
    }
    let (replaced, brought, removed) = (&outlook.replaced, &outlook.brought_back, &outlook.removed);
    part(ui, replaced, fl!(loader, "going-back-replaced", count = replaced.count));
    part(ui, brought, fl!(loader, "going-back-brought", count = brought.count));
    part(ui, removed, fl!(loader, "going-back-removed", count = removed.count));
    if !outlook.without.is_empty() {
        ui.add_space(SPACE_2);
        let names = outlook.without.join(", ");
        paragraph(ui, fl!(loader, "going-back-without", names = names), Type::Small, colors.muted);
    }
}

fn part(ui: &mut Ui, part: &Part, title: String) {
    if part.count == 0 {
        return;
    }
    let colors = theme::palette(ui);
    ui.add_space(SPACE_1_HALF);
    label(ui, &Line::of(title, Type::Body, colors.text));
    let more = if part.count > part.examples.len() { ", …" } else { "" };
    let examples = format!("{}{more}", part.examples.join(", "));
    paragraph(ui, examples, Type::Small, colors.muted);
}

/// What somebody has made since, newest first: the one thing that cannot be read anywhere else afterwards.
fn lost(ui: &mut Ui, scene: &Scene<'_>, way: Way, copy: &Copy, outlook: &Outlook) {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    let when = copy.time.map(|time| moment(scene, time)).unwrap_or_default();
    if outlook.lost == 0 {
        let text = fl!(loader, "going-back-lost-none", time = when);
        return marked(ui, Icon::Check, colors.ok, &text, None);
    }
    let text = match way {
        Way::Replaced => fl!(loader, "going-back-lost-part", count = outlook.lost),
        Way::Whole => fl!(loader, "going-back-lost", count = outlook.lost, time = when),
    };
    let documents = outlook.lost_documents;
    let documents = (documents > 0).then(|| fl!(loader, "going-back-lost-documents", count = documents));
    marked(ui, Icon::Exclamation, colors.amber, &text, documents.as_deref());
    ui.add_space(2.0);
    for (path, modified) in &outlook.newest {
        let when = modified.map(|time| format!("{}  ", moment(scene, time))).unwrap_or_default();
        let line = Line::of(format!("{when}{path}"), Type::Small, colors.muted);
        ui.horizontal(|ui| {
            ui.add_space(steps(7));
            label(ui, &line);
        });
    }
    if outlook.lost > outlook.newest.len() {
        ui.horizontal(|ui| {
            ui.add_space(steps(7));
            label(ui, &Line::of("…", Type::Small, colors.muted));
        });
    }
}

/// `22.11 21:40`.
fn moment(scene: &Scene<'_>, at: Timestamp) -> String {
    let now = &scene.model.now;
    let day = at.to_zoned(now.time_zone().clone()).date();
    format!("{} {}", scene.texts.date_short(day, now.date()), scene.texts.time_of_day(at, now))
}

fn present(ui: &mut Ui, scene: &Scene<'_>, room: &Room) {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    let (size, folder) = (scene.texts.size(room.needed), room.dir.display().to_string());
    if room.lacks() {
        let free = scene.texts.size(room.free.unwrap_or(0));
        let text = fl!(loader, "going-back-no-room", size = size, free = free, folder = folder);
        marked(ui, Icon::Cross, colors.err, &text, Some(&fl!(loader, "going-back-no-room-hint")));
    } else {
        let text = fl!(loader, "going-back-present", size = size, folder = folder);
        paragraph(ui, text, Type::Body, colors.text);
    }
}
