//! What subscriptions say on rows and cards: a mark beside what is offered, or why it cannot be had, and what can be
//! had in its place. Deciding only; the whole story is told by [`super::uncovered`].

use std::collections::{HashMap, HashSet};

use i18n_embed_fl::fl;
use smarts_core::offer::{Block, Item, Offer, State, Warning};
use smarts_core::subscription::{self, Holder, Unjudged};

use super::Scene;
use super::controls::Control;
use super::item_controls::Keys;
use super::theme::{Palette, Type};
use super::widgets::marks::Tone;
use super::widgets::text::Line;
use crate::i18n::sentence;
use crate::model::{PLATFORM, Permission};

/// The mark beside what is offered for these items: the first end of their subscriptions. Nothing known of one of them
/// is never called fine.
pub(super) fn chip(scene: &Scene<'_>, items: &[&Item]) -> (String, Tone) {
    let loader = scene.loader();
    if items.iter().any(|item| is_undated(item)) {
        return (fl!(loader, "chip-undated"), Tone::Neutral);
    }
    let unknown = items.iter().filter(|item| is_unknown(item)).count();
    if (1..items.len()).contains(&unknown) {
        let text = fl!(loader, "chip-no-data-of", count = unknown, all = items.len().to_string());
        return (text, Tone::Neutral);
    }
    let ends: Option<Vec<_>> = items.iter().map(|item| scene.model.last_day(&item.id)).collect();
    let until = ends.and_then(|ends| ends.into_iter().min());
    let until = until.filter(|_| unknown == 0);
    let day = until.map(|until| scene.texts.date_short(until, scene.model.now.date())).unwrap_or_default();
    match state(scene, until) {
        subscription::State::Active => (fl!(loader, "chip-covered"), Tone::Fine),
        subscription::State::EndsSoon { .. } => {
            (fl!(loader, "chip-covered-soon", until = day), Tone::Warning)
        }
        // What came out before is covered for ever.
        subscription::State::Ended { .. } => (fl!(loader, "chip-covered-ended", until = day), Tone::Warning),
        subscription::State::NoData => (fl!(loader, "chip-no-subscription-data"), Tone::Neutral),
    }
}

/// The mark of an item that is up to date, if its subscription ends soon or has ended.
pub(super) fn chip_at_rest(scene: &Scene<'_>, item: &Item) -> Option<(String, Tone)> {
    let loader = scene.loader();
    let until = scene.model.last_day(&item.id)?;
    let day = scene.texts.date_short(until, scene.model.now.date());
    match state(scene, Some(until)) {
        subscription::State::EndsSoon { .. } => {
            Some((fl!(loader, "chip-covered-soon", until = day), Tone::Warning))
        }
        subscription::State::Ended { .. } => {
            Some((fl!(loader, "chip-subscription-ended", until = day), Tone::Warning))
        }
        subscription::State::Active | subscription::State::NoData => None,
    }
}

fn state(scene: &Scene<'_>, until: Option<jiff::civil::Date>) -> subscription::State {
    subscription::state(until, scene.model.now.date(), scene.model.subscriptions.warn_days)
}

fn is_unknown(item: &Item) -> bool {
    item.warnings.iter().any(|warning| matches!(warning, Warning::SubscriptionUnknown(_)))
}

/// Whether something is not known of the subscriptions of one of them.
pub(super) fn is_any_unknown(items: &[&Item]) -> bool {
    items.iter().any(|item| is_unknown(item))
}

/// Whether the release, which has no date, is what cannot be compared.
fn is_undated(item: &Item) -> bool {
    let undated =
        |warning: &Warning| matches!(warning, Warning::SubscriptionUnknown(Unjudged { undated: true, .. }));
    item.warnings.iter().any(undated)
}

/// What to know beforehand of any of these items, each as short as a row wants it and said once; and whether that
/// nothing is known of subscriptions is left to the mark.
pub(super) fn warnings(scene: &Scene<'_>, items: &[&Item]) -> (Vec<String>, bool) {
    // Compared as they are: thousands of bases may share one, and words take their time.
    let mut told: Vec<&Warning> = Vec::new();
    for warning in items.iter().flat_map(|item| &item.warnings) {
        match warning {
            Warning::SubscriptionUnknown(_) | Warning::ExchangeEnds { .. } => {}
            Warning::NeedsPlatform { .. } | Warning::DevicesStop { .. } | Warning::Unreachable { .. } => {
                if !told.contains(&warning) {
                    told.push(warning);
                }
            }
        }
    }
    let mut words: Vec<String> = Vec::new();
    for new in told.into_iter().map(|warning| scene.texts.warning(warning)) {
        // Of devices only their number is told.
        if !words.contains(&new) {
            words.push(new);
        }
    }
    let ends = exchange_ends(items);
    if !ends.is_empty() {
        words.push(scene.texts.exchange_ends_in_row(&ends, scene.model.now.date()));
    }
    (words, items.iter().any(|item| is_unknown(item)))
}

/// What is not known of the subscriptions of these items, for a row whose mark says something else.
pub(super) fn not_known(scene: &Scene<'_>, items: &[&Item]) -> String {
    let loader = scene.loader();
    let unknown = items.iter().filter(|item| is_unknown(item)).count();
    if items.iter().any(|item| is_undated(item)) {
        fl!(loader, "row-release-undated")
    } else if unknown < items.len() {
        fl!(loader, "chip-no-data-of", count = unknown, all = items.len().to_string())
    } else {
        fl!(loader, "row-no-subscription-data")
    }
}

/// The devices whose subscription an exchange through the Internet needs for longer, of all these items; each once.
pub(super) fn exchange_ends(items: &[&Item]) -> Vec<Holder> {
    each_once(items.iter().flat_map(|item| &item.warnings).flat_map(of_exchange))
}

/// That in a line, beside a mark or a block: whatever is offered or skipped, the exchange stops. What a block says of a
/// device is not said twice.
pub(super) fn exchange_line(scene: &Scene<'_>, colors: &Palette, items: &[&Item]) -> Option<Line> {
    let mut ends = exchange_ends(items);
    if ends.is_empty() {
        return None;
    }
    let blocked: HashSet<&str> =
        items.iter().flat_map(|item| item.ended()).map(|holder| holder.device.as_str()).collect();
    ends.retain(|holder| !blocked.contains(holder.device.as_str()));
    let words = || scene.texts.exchange_ends_in_row(&ends, scene.model.now.date());
    (!ends.is_empty()).then(|| Line::of(words(), Type::Small, colors.amber).rows(2))
}

fn of_exchange(warning: &Warning) -> &[Holder] {
    match warning {
        Warning::ExchangeEnds { devices } => devices,
        Warning::NeedsPlatform { .. }
        | Warning::DevicesStop { .. }
        | Warning::Unreachable { .. }
        | Warning::SubscriptionUnknown(_) => &[],
    }
}

/// Whether subscriptions keep an item from being updated, whatever else does.
pub(super) fn is_uncovered(item: &Item) -> bool {
    match &item.state {
        State::Blocked { blocks, .. } => blocks.iter().any(|block| !matches!(block, Block::NoFile { .. })),
        State::UpToDate | State::Available { .. } | State::NotManaged { .. } | State::Unknown { .. } => false,
    }
}

/// Why these items cannot be updated: the first one's reasons, about the devices of all.
pub(super) fn blocks(scene: &Scene<'_>, colors: &Palette, items: &[&Item]) -> Vec<Line> {
    let loader = scene.loader();
    let Some(State::Blocked { blocks, .. }) = items.first().map(|item| &item.state) else {
        return Vec::new();
    };
    let words = blocks.iter().map(|block| match block {
        Block::NoFile { .. } => scene.texts.block(block),
        Block::SubscriptionEnded(_) => scene.texts.ended_in_row(&ended(items), scene.model.now.date()),
        Block::SubscriptionUnknown(Unjudged { list_unread: true, .. }) => fl!(loader, "row-list-unread"),
        Block::SubscriptionUnknown(Unjudged { undated: true, .. }) => fl!(loader, "row-release-undated"),
        Block::SubscriptionUnknown(Unjudged { devices_incomplete: true, devices, .. })
            if devices.is_empty() =>
        {
            fl!(loader, "row-devices-incomplete")
        }
        Block::SubscriptionUnknown(_) => fl!(loader, "row-subscription-stops"),
    });
    let words: Vec<String> = words.collect();
    let rows = if words.len() > 1 { 2 } else { 3 };
    words.into_iter().map(|words| Line::of(words, Type::Small, colors.err).rows(rows)).collect()
}

/// The newest covered release, as a line below the versions.
pub(super) fn covered_line(scene: &Scene<'_>, colors: &Palette, items: &[&Item]) -> Option<Line> {
    let covered = items.first()?.covered_offer();
    let version = covered.as_ref().and_then(Offer::release)?.version.to_string();
    Some(covered_version(scene, colors, items, &version))
}

/// That this version is covered, as far as something is known of the devices.
pub(super) fn covered_version(scene: &Scene<'_>, colors: &Palette, items: &[&Item], version: &str) -> Line {
    let loader = scene.loader();
    let words = match scene.texts.not_judged(items) {
        Some(_) => fl!(loader, "row-covered-known", version = version),
        None => fl!(loader, "row-covered", version = version),
    };
    Line::of(words, Type::Small, colors.muted)
}

/// The devices for which the covered release may not be covered, below why the newest one is not.
pub(super) fn not_judged_line(scene: &Scene<'_>, colors: &Palette, items: &[&Item]) -> Option<Line> {
    let others = scene.texts.not_judged(items).filter(|_| is_ended(items))?;
    Some(Line::of(sentence(&others), Type::Small, colors.muted))
}

fn is_ended(items: &[&Item]) -> bool {
    items.first().is_some_and(|item| !item.ended().is_empty())
}

/// What can be pressed where subscriptions keep these items from being updated: why, and the covered release or the
/// date that is missing.
pub(super) fn controls(keys: &Keys<'_>, items: &[&Item], whole_group: bool) -> Vec<Control> {
    let Some(item) = items.first() else { return Vec::new() };
    let may_update = keys.scene.model.permission == Permission::Granted;
    let covered = item.covered_offer().filter(|_| may_update);
    let way_out = match covered.as_ref().and_then(Offer::release) {
        Some(release) => Some(keys.update_to(release.version, whole_group)),
        None => keys.enter_date(&unknown(items), items.iter().map(|item| item.id.clone()).collect()),
    };
    let mut controls = Vec::new();
    // There is room for it, but for the platform, whose card has more to say.
    if way_out.is_none() && item.id != PLATFORM {
        controls.push(keys.notes());
    }
    controls.push(keys.why(whole_group));
    controls.extend(way_out);
    controls
}

/// The devices whose subscription ended too early, of all these items; each once.
pub(super) fn ended(items: &[&Item]) -> Vec<Holder> {
    each_once(items.iter().flat_map(|item| item.ended()))
}

/// By device, with the first end of each.
fn each_once<'a>(holders: impl Iterator<Item = &'a Holder>) -> Vec<Holder> {
    let mut found: Vec<Holder> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for holder in holders {
        let place = *places.entry(&holder.device).or_insert(found.len());
        match found.get_mut(place) {
            Some(known) if holder.until < known.until => *known = holder.clone(),
            Some(_) => {}
            None => found.push(holder.clone()),
        }
    }
    found
}

/// Whether it is the list of subscriptions that keeps these items from being updated: it is not used, so that no date
/// can be entered either.
pub(super) fn is_list_unread(items: &[&Item]) -> bool {
    items.iter().flat_map(|item| unjudged(item)).any(|about| about.list_unread)
}

fn unjudged(item: &Item) -> impl Iterator<Item = &Unjudged> {
    let blocks = match &item.state {
        State::Blocked { blocks, .. } => blocks.as_slice(),
        State::UpToDate | State::Available { .. } | State::NotManaged { .. } | State::Unknown { .. } => &[],
    };
    blocks.iter().filter_map(|block| match block {
        Block::SubscriptionUnknown(about) => Some(about),
        Block::SubscriptionEnded(_) | Block::NoFile { .. } => None,
    })
}

/// The devices whose date is missing where that is a stop, of all these items; each once.
pub(super) fn unknown(items: &[&Item]) -> Vec<String> {
    let abouts = items.iter().flat_map(|item| unjudged(item)).filter(|about| !about.list_unread);
    let mut seen = HashSet::new();
    let devices = abouts.flat_map(|about| &about.devices).filter(|device| seen.insert(device.as_str()));
    devices.cloned().collect()
}
