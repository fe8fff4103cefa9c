//! What a row about a device says, and what can be done about it.

use egui::Color32;
use i18n_embed_fl::fl;
use jiff::civil::Date;
use smarts_core::subscription::{
    Line as Subject, Member, Place, Record, RecordKey, Stands, State, device_key,
};

use super::{action, is_free};
use crate::model::SubscriptionsAction;
use crate::model::subscriptions::Question;
use crate::view::Scene;
use crate::view::controls::Control;
use crate::view::row_state::{Face, Side};
use crate::view::theme::icons::Icon;
use crate::view::theme::{Palette, Type};
use crate::view::widgets::button::Look;
use crate::view::widgets::marks::Badge;
use crate::view::widgets::text::Line;

/// A record, or a device without one.
pub(super) fn line(scene: &Scene<'_>, colors: &Palette, line: &Subject) -> Face {
    let loader = scene.loader();
    let record = scene.model.record(line.record);
    let mut title = vec![Line::of(&line.device, Type::Strong, colors.text)];
    let bases = bases(scene, line);
    if !bases.is_empty() {
        title.push(Line::of(bases, Type::Small, colors.muted));
    }
    let mut side = Vec::new();
    if let Some(record) = record {
        side.push(Line::of(scene.texts.product_of(record), Type::Small, colors.text));
        let licence = (!record.licence.is_empty())
            .then(|| fl!(loader, "subs-licence", licence = record.licence.as_str()));
        let note = Some(record.note.clone()).filter(|note| !note.is_empty());
        let about: Vec<String> = licence.into_iter().chain(note).collect();
        if !about.is_empty() {
            side.push(Line::of(about.join(" · "), Type::Small, colors.muted));
        }
    }
    let name = record.map_or_else(|| line.device.clone(), |record| scene.texts.record_name(record));
    let is_here = line.place == Place::Here;
    let about = About {
        device: &line.device,
        record,
        until: record.map(|record| record.until),
        stands: line.stands,
        last_seen: line.last_seen,
        unseen_days: line.unseen_days,
        elsewhere: scene.texts.place_of(line.place),
    };
    Face {
        badge: badge(colors, line.stands, is_here),
        tint: false,
        title,
        middle: state(scene, colors, &about, is_here),
        bar: None,
        side: Side::Lines(side),
        controls: controls(scene, &name, &about),
        name,
    }
}

/// A device below its base.
pub(super) fn member(scene: &Scene<'_>, colors: &Palette, member: &Member) -> Face {
    let about = About {
        device: &member.device,
        record: None,
        until: member.until,
        stands: member.stands,
        last_seen: member.last_seen,
        unseen_days: member.unseen_days,
        elsewhere: None,
    };
    Face {
        name: member.device.clone(),
        badge: badge(colors, member.stands, true),
        tint: false,
        title: vec![Line::of(&member.device, Type::Body, colors.text)],
        middle: state(scene, colors, &about, true),
        bar: None,
        side: Side::Lines(Vec::new()),
        controls: controls(scene, &member.device, &about),
    }
}

/// What a row is about.
struct About<'a> {
    device: &'a str,
    record: Option<&'a Record>,
    until: Option<Date>,
    stands: Stands,
    last_seen: Option<Date>,
    unseen_days: Option<i32>,
    elsewhere: Option<String>,
}

/// The sign and the colour of a standing. What does not matter here has no colour.
pub(super) fn sign(colors: &Palette, stands: Stands, matters: bool) -> (Icon, Color32) {
    let (icon, color) = match stands {
        Stands::Counts(State::Active) => (Icon::Check, colors.ok),
        Stands::Longer { .. } => (Icon::Check, colors.muted),
        Stands::Counts(State::EndsSoon { .. }) => (Icon::Clock, colors.amber),
        Stands::Counts(State::Ended { .. }) => (Icon::Exclamation, colors.err),
        Stands::Counts(State::NoData) => (Icon::Question, colors.muted),
        Stands::WrittenOff { .. } => (Icon::Minus, colors.muted),
    };
    (icon, if matters { color } else { colors.muted })
}

fn badge(colors: &Palette, stands: Stands, matters: bool) -> Badge {
    let (icon, color) = sign(colors, stands, matters);
    Badge::Sign(icon, color)
}

fn state(scene: &Scene<'_>, colors: &Palette, about: &About<'_>, matters: bool) -> Vec<Line> {
    let loader = scene.loader();
    let texts = scene.texts;
    let (_, color) = sign(colors, about.stands, matters);
    let mut lines =
        vec![Line::of(texts.standing(about.stands, about.until), Type::SmallStrong, color).rows(2)];
    if let Some(days) = about.unseen_days {
        lines.push(Line::of(fl!(loader, "subs-unseen", days = days), Type::Small, colors.amber).rows(2));
        return lines;
    }
    let seen = about.last_seen.map(|seen| fl!(loader, "subs-seen", date = texts.date(seen)));
    if let Some(words) = about.elsewhere.clone().or(seen) {
        lines.push(Line::of(words, Type::Small, colors.muted));
    }
    lines
}

/// The bases a line is about.
fn bases(scene: &Scene<'_>, line: &Subject) -> String {
    let Some(machine) = &scene.model.machine else { return String::new() };
    if device_key(&line.device) == device_key(&scene.model.subscriptions.computer) {
        return fl!(scene.loader(), "subs-this-pc");
    }
    let names: Vec<&str> = line
        .bases
        .iter()
        .filter_map(|place| machine.bases.get(*place))
        .map(|base| base.name.as_str())
        .collect();
    scene.texts.names(names.into_iter())
}

fn controls(scene: &Scene<'_>, name: &str, about: &About<'_>) -> Vec<Control> {
    if !is_free(scene) {
        return Vec::new();
    }
    let loader = scene.loader();
    let device = || about.device.to_owned();
    let ask = |question| action(SubscriptionsAction::Ask(question));
    let is_settled = matches!(about.stands, Stands::Counts(State::Active) | Stands::Longer { .. });
    let change = match about.record.map(RecordKey::of) {
        Some(key) if is_settled => SubscriptionsAction::Change(key),
        Some(key) => SubscriptionsAction::Renew(key),
        None => SubscriptionsAction::EnterDate { devices: vec![device()], items: Vec::new() },
    };
    let change = action(change);
    let write_off = ask(Question::WriteOff { device: device() });
    let is_written_off = matches!(about.stands, Stands::WrittenOff { .. });
    let is_question = about.unseen_days.is_some();
    let (text, full, first) = if is_written_off {
        let text = fl!(loader, "subs-count-again");
        let full = fl!(loader, "subs-count-again-name", what = name);
        (text, full, ask(Question::CountAgain { device: device() }))
    } else if is_question {
        let full = fl!(loader, "subs-write-off-name", what = name);
        (fl!(loader, "subs-write-off"), full, write_off.clone())
    } else if is_settled && about.record.is_some() {
        (fl!(loader, "subs-change"), fl!(loader, "subs-change-name", what = name), change.clone())
    } else {
        (fl!(loader, "subs-enter"), fl!(loader, "subs-enter-name", what = name), change.clone())
    };
    let mut entries = Vec::new();
    if first != change && !(is_settled && about.record.is_some()) {
        entries.push((fl!(loader, "subs-enter"), change.clone()));
    }
    if let Some(record) = about.record {
        let edit = action(SubscriptionsAction::Change(RecordKey::of(record)));
        if first != edit {
            entries.push((fl!(loader, "subs-change"), edit));
        }
        entries.push((fl!(loader, "subs-remove"), ask(Question::Remove(RecordKey::of(record)))));
    }
    if !is_written_off && !is_question {
        entries.push((fl!(loader, "subs-write-off"), write_off));
    }
    let button = Control::Button { text, name: full, look: Look::Plain, action: first };
    let menu = Control::Menu { name: fl!(loader, "subs-menu-name", what = name), entries };
    vec![button, menu]
}
