//! An older report's items after something has been installed: what the report said, as far as it still
//! holds for what is installed now.
//!
//! Deliberately not here: finding out anything new; that takes another check.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::former::{Former, sorted};
use super::{Block, Item, State, Subject, Warning};
use crate::machine::Machine;
use crate::version::Version;

/// Fits the items of a report to the machine as it is now. What has been installed is no longer offered; an
/// item whose version went back, or cannot be told any more, goes: nothing is known about it.
pub(super) fn catch_up(items: &mut Vec<Item>, machine: &Machine) {
    let platform = machine.platform.as_ref().map(|platform| platform.version);
    let managed = machine.bases.iter().filter(|base| base.is_managed());
    let versions: HashMap<&str, Option<Version>> =
        managed.map(|base| (base.id.as_str(), base.version)).collect();
    items.retain_mut(|item| {
        let installed = match item.subject {
            Subject::Platform => platform,
            Subject::Base => versions.get(item.id.as_str()).copied().flatten(),
            Subject::Updater => machine.updater.as_ref().map(|updater| updater.version),
        };
        let stays_unknown = item.subject == Subject::Platform
            && item.installed.is_none()
            && platform.is_none()
            && machine.platform_unknown.is_some();
        stays_unknown || matches!(item.state, State::NotManaged { .. }) || catch_up_with(item, installed)
    });
    for item in items {
        item.warnings.retain(|warning| match warning {
            Warning::NeedsPlatform { minimum, .. } => {
                !platform.is_some_and(|version| version.platform_satisfies(minimum))
            }
            Warning::DevicesStop { .. }
            | Warning::Unreachable { .. }
            | Warning::SubscriptionUnknown(_)
            | Warning::ExchangeEnds { .. } => true,
        });
    }
}

/// Whether the item still says something.
fn catch_up_with(item: &mut Item, installed: Option<Version>) -> bool {
    let (Some(before), Some(now)) = (item.installed, installed) else { return false };
    let compare = |one: &Version, other: &Version| match item.subject {
        Subject::Platform => one.platform_cmp(other),
        Subject::Base | Subject::Updater => Some(one.cmp(other)),
    };
    if compare(&before, &now) == Some(Ordering::Equal) {
        return true;
    }
    if compare(&before, &now) != Some(Ordering::Less) {
        return false;
    }
    let is_newer = |version: &Version| compare(version, &now) == Some(Ordering::Greater);
    if let State::Blocked { offer, blocks } = &mut item.state {
        blocks.retain(|block| match block {
            Block::NoFile { version } => is_newer(version),
            Block::SubscriptionEnded(_) | Block::SubscriptionUnknown(_) => true,
        });
        if blocks.is_empty() {
            item.state = State::Available { offer: offer.clone() };
        }
    }
    if let State::Available { offer } | State::Blocked { offer, .. } = &mut item.state {
        let passed = offer.steps.iter().chain(&offer.others).filter(|release| !is_newer(&release.version));
        let former = passed.filter_map(Former::of).chain(std::mem::take(&mut item.former));
        item.former = sorted(former, item.subject == Subject::Platform);
        offer.steps.retain(|step| is_newer(&step.version));
        offer.notes.retain(|notes| is_newer(&notes.version));
        offer.others.retain(|release| is_newer(&release.version));
        if offer.steps.is_empty() {
            item.state = State::UpToDate;
            item.warnings.retain(|warning| matches!(warning, Warning::Unreachable { .. }));
        }
    }
    item.installed = Some(now);
    true
}
