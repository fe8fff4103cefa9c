//! What a row about the platform or a base says: how it stands with its devices, and which release that covers.

use i18n_embed_fl::fl;
use smarts_core::offer::{Block, Item, Offer, State as ItemState, Warning};
use smarts_core::subscription::{Group, Stands, State, Sum};

use super::lines::sign;
use super::{action, is_free};
use crate::model::SubscriptionsAction;
use crate::view::Scene;
use crate::view::controls::Control;
use crate::view::coverage::covered_version;
use crate::view::row_state::{Face, Side};
use crate::view::theme::icons::Icon;
use crate::view::theme::{Palette, Type};
use crate::view::widgets::button::Look;
use crate::view::widgets::marks::Badge;
use crate::view::widgets::text::Line;

pub(super) fn group(scene: &Scene<'_>, colors: &Palette, group: &Group) -> Face {
    let loader = scene.loader();
    let model = scene.model;
    let id = model.group_id(group);
    let base = group.base.and_then(|place| model.machine.as_ref()?.bases.get(place));
    let item = match base {
        None => model.platform(),
        Some(base) => model.item_by_id(&base.id),
    };
    let (name, about) = match base {
        None => (fl!(loader, "platform-name"), fl!(loader, "subs-group-platform")),
        Some(base) => (base.name.clone(), base.product.clone()),
    };
    let title = vec![Line::of(&name, Type::Strong, colors.text), Line::of(about, Type::Small, colors.muted)];
    let stands = stands(&group.sum);
    let (icon, color) = sign(colors, stands, group.sum.devices > 0);
    let words = scene.texts.group_sum(&group.sum);
    let mut middle = vec![Line::of(words, Type::SmallStrong, color).rows(2)];
    middle.extend(more(scene, &group.sum).map(|words| Line::of(words, Type::Small, colors.muted).rows(2)));
    Face {
        badge: Badge::Sign(icon, color),
        tint: false,
        title,
        middle,
        bar: None,
        side: Side::Lines(item.map(|item| release(scene, colors, item)).unwrap_or_default()),
        controls: controls(scene, group, id, &name),
        name,
    }
}

/// How it stands with the worst of them.
fn stands(sum: &Sum) -> Stands {
    let state = if sum.ended > 0 {
        State::Ended { days_ago: 1 }
    } else if sum.no_data > 0 || sum.devices == 0 || sum.gap.is_some() {
        State::NoData
    } else if sum.ends_soon > 0 {
        State::EndsSoon { days_left: 0 }
    } else {
        State::Active
    };
    Stands::Counts(state)
}

/// What the sum does not say.
fn more(scene: &Scene<'_>, sum: &Sum) -> Option<String> {
    let loader = scene.loader();
    let date = sum.first_end.map(|date| scene.texts.date(date)).unwrap_or_default();
    let first = (sum.ended > 0).then(|| fl!(loader, "subs-group-first", date = date.as_str()));
    let soon = (sum.ended == 0 && sum.ends_soon > 0).then(|| fl!(loader, "subs-fact-first", date = date));
    let no_data =
        (sum.ended > 0 && sum.no_data > 0).then(|| fl!(loader, "subs-fact-no-data", count = sum.no_data));
    let gap = sum.gap.filter(|_| sum.ended + sum.no_data > 0).map(|gap| scene.texts.gap(gap));
    let devices = (sum.ended + sum.ends_soon + sum.no_data == 0 && sum.devices > 0)
        .then(|| fl!(loader, "subs-group-devices", count = sum.devices));
    let written_off =
        (sum.written_off > 0).then(|| fl!(loader, "subs-fact-written-off", count = sum.written_off));
    let parts: Vec<String> =
        [first, soon, no_data, gap, devices, written_off].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// The newest release and the newest covered one, where the report tells.
fn release(scene: &Scene<'_>, colors: &Palette, item: &Item) -> Vec<Line> {
    let loader = scene.loader();
    let newest = item.offer().and_then(Offer::release).map(|release| release.version.to_string());
    let is_unknown = matches!(&item.state, ItemState::Blocked { blocks, .. }
        if blocks.iter().any(|block| matches!(block, Block::SubscriptionUnknown(_))))
        || item.warnings.iter().any(|warning| matches!(warning, Warning::SubscriptionUnknown(_)));
    let mut lines = Vec::new();
    match (newest, &item.state) {
        (Some(version), _) if !item.ended().is_empty() => {
            let words = fl!(loader, "subs-release-ended", version = version);
            lines.push(Line::of(words, Type::Small, colors.err).rows(2));
            let covered = item.covered.map(|version| version.to_string());
            lines.extend(covered.map(|version| covered_version(scene, colors, &[item], &version)));
        }
        (Some(version), _) if is_unknown => {
            let words = fl!(loader, "subs-release-unknown", version = version);
            lines.push(Line::of(words, Type::Small, colors.muted).rows(2));
        }
        (Some(version), _) => {
            let words = fl!(loader, "subs-release-covered", version = version);
            lines.push(Line::of(words, Type::Small, colors.text).rows(2));
        }
        (None, ItemState::UpToDate) => {
            lines.push(Line::of(fl!(loader, "subs-release-none"), Type::Small, colors.muted));
        }
        (None, _) => {}
    }
    lines
}

fn controls(scene: &Scene<'_>, group: &Group, id: &str, name: &str) -> Vec<Control> {
    let loader = scene.loader();
    let mut controls = Vec::new();
    let sum = &group.sum;
    if is_free(scene) && sum.ended + sum.ends_soon + sum.no_data > 0 {
        controls.push(Control::Button {
            text: fl!(loader, "subs-enter"),
            name: fl!(loader, "subs-enter-name", what = name),
            look: Look::Plain,
            action: action(SubscriptionsAction::EnterDateOf(id.to_owned())),
        });
    }
    let has_licences = scene.model.has_licences(group);
    if has_licences || !group.members.is_empty() {
        let unfolded = scene.model.subscription_page.unfolded.contains(id);
        let (icon, name) = match (unfolded, has_licences) {
            (true, false) => (Icon::Up, fl!(loader, "subs-fold", name = name)),
            (true, true) => (Icon::Up, fl!(loader, "subs-fold-licences", name = name)),
            (false, false) => (Icon::Down, fl!(loader, "subs-unfold", name = name)),
            (false, true) => (Icon::Down, fl!(loader, "subs-unfold-licences", name = name)),
        };
        let toggle = action(SubscriptionsAction::Toggle(id.to_owned()));
        controls.push(Control::Icon { icon, name, action: toggle });
    }
    controls
}
