//! `check --json`. `clock_at_least` is a day the clock of this PC is behind, if it is and subscriptions matter.

use jiff::civil::Date;
use serde::Serialize;
use smarts_core::check::Report;
use smarts_core::offer::{Item, State, Subject};
use smarts_core::source::Trust;
use smarts_core::subscription::ClockBehind;
use smarts_core::verify::{self, Proof};
use smarts_core::version::Version;

use super::{Problem, problems, time};
use crate::i18n::Texts;

/// The document.
#[derive(Debug, Serialize)]
#[expect(clippy::struct_field_names, reason = "the names are the contract's")]
pub(in crate::cli) struct Checked {
    checked_at: String,
    clock_at_least: Option<Date>,
    source: Source,
    items: Vec<CheckedItem>,
    problems: Vec<Problem>,
}

#[derive(Debug, Serialize)]
struct Source {
    root: String,
    trust: Trust,
    expires: Option<String>,
}

/// An item, here and of another PC.
#[derive(Debug, Serialize)]
pub(super) struct CheckedItem {
    id: String,
    kind: Subject,
    name: String,
    product: Option<String>,
    installed: Option<Version>,
    available: Option<Version>,
    released: Option<Date>,
    steps: Vec<Version>,
    covered: Option<Version>,
    state: &'static str,
    blocks: Vec<Reason>,
    warnings: Vec<Reason>,
    notes: String,
    size: Option<u64>,
    proof: Option<Proof>,
}

#[derive(Debug, Serialize)]
#[expect(clippy::struct_field_names, reason = "the names are the contract's")]
struct Reason {
    reason: &'static str,
    detail: String,
    devices: Vec<String>,
}

impl Checked {
    pub(in crate::cli) fn of(report: &Report, clock: Option<ClockBehind>, texts: &Texts) -> Self {
        let source = Source {
            root: report.source.root.clone(),
            trust: report.source.trust,
            expires: report.source.expires.map(time),
        };
        Self {
            checked_at: time(report.checked_at),
            clock_at_least: clock.map(|clock| clock.at_least),
            items: report
                .items
                .iter()
                .map(|item| CheckedItem::of(item, report.source.trust, texts))
                .collect(),
            problems: problems(&report.problems, texts),
            source,
        }
    }
}

impl CheckedItem {
    pub(super) fn of(item: &Item, trust: Trust, texts: &Texts) -> Self {
        let offer = item.offer();
        let release = offer.and_then(|offer| offer.release());
        let files = || offer.iter().flat_map(|offer| &offer.steps).map(|release| release.file.as_ref());
        let size = files().map(|file| file.and_then(|file| file.size)).sum::<Option<u64>>();
        Self {
            id: item.id.clone(),
            kind: item.subject,
            name: item.name.clone(),
            product: item.product.clone(),
            installed: item.installed,
            available: release.map(|release| release.version),
            released: release.and_then(|release| release.date),
            steps: offer.map_or_else(Vec::new, |offer| offer.steps.iter().map(|step| step.version).collect()),
            covered: item.covered,
            state: state(&item.state),
            blocks: blocks(&item.state, texts),
            warnings: warnings(item, texts),
            notes: offer.map_or_else(String::new, |offer| texts.notes(&offer.notes)),
            size: size.filter(|_| offer.is_some()),
            // The weakest of all the files on the way.
            proof: files().flatten().map(|file| verify::expected_proof(file, trust)).max(),
        }
    }
}

/// The contract's word for a state.
fn state(state: &State) -> &'static str {
    match state {
        State::UpToDate => "up_to_date",
        State::Available { .. } => "available",
        State::Blocked { .. } => "blocked",
        State::NotManaged { .. } => "not_managed",
        State::Unknown { .. } => "unknown",
    }
}

fn blocks(state: &State, texts: &Texts) -> Vec<Reason> {
    let reason = |reason, detail| Reason { reason, detail, devices: Vec::new() };
    match state {
        State::UpToDate | State::Available { .. } => Vec::new(),
        State::Blocked { blocks, .. } => {
            let reason = |block| Reason {
                reason: words::block(block),
                detail: texts.block(block),
                devices: words::blocked_devices(block),
            };
            blocks.iter().map(reason).collect()
        }
        State::NotManaged { reason: why } => vec![reason(words::not_managed(why), texts.not_managed(why))],
        State::Unknown { reason: why } => vec![reason(words::unknown(why), texts.unknown(why))],
    }
}

fn warnings(item: &Item, texts: &Texts) -> Vec<Reason> {
    let reason = |warning| Reason {
        reason: words::warning(warning),
        detail: texts.warning(warning),
        devices: words::devices(warning),
    };
    item.warnings.iter().map(reason).collect()
}

/// The contract's words for reasons.
mod words {
    use smarts_core::offer::{Block, NotManaged, Unknown, Warning};
    use smarts_core::subscription::Holder;

    pub(super) fn block(block: &Block) -> &'static str {
        match block {
            Block::NoFile { .. } => "no_file",
            Block::SubscriptionEnded(_) => "subscription_expired",
            Block::SubscriptionUnknown(_) => "subscription_unknown",
        }
    }

    pub(super) fn blocked_devices(block: &Block) -> Vec<String> {
        match block {
            Block::NoFile { .. } => Vec::new(),
            Block::SubscriptionEnded(ended) => names(&ended.devices),
            Block::SubscriptionUnknown(about) => about.devices.clone(),
        }
    }

    fn names(holders: &[Holder]) -> Vec<String> {
        holders.iter().map(|holder| holder.device.clone()).collect()
    }

    pub(super) fn not_managed(reason: &NotManaged) -> &'static str {
        match reason {
            NotManaged::Cloud => "cloud",
            NotManaged::Remote => "remote",
            NotManaged::Damaged { .. } => "damaged",
            NotManaged::SwitchedOff => "switched_off",
            NotManaged::NoReleasesHere => "no_releases_here",
        }
    }

    pub(super) fn unknown(reason: &Unknown) -> &'static str {
        match reason {
            Unknown::Catalogue { .. } | Unknown::Unread { .. } | Unknown::IncompleteList => {
                "source_unreadable"
            }
            Unknown::Platform { .. } => "machine_unreadable",
            Unknown::UnsafeFeed { .. } => "updates_path_refused",
            Unknown::NoFeed => "product_unknown",
        }
    }

    pub(super) fn warning(warning: &Warning) -> &'static str {
        match warning {
            Warning::NeedsPlatform { .. } => "needs_platform",
            Warning::DevicesStop { .. } => "devices_stop",
            Warning::Unreachable { .. } => "unreachable",
            Warning::SubscriptionUnknown(_) => "subscription_unknown",
            Warning::ExchangeEnds { .. } => "subscription_ends",
        }
    }

    pub(super) fn devices(warning: &Warning) -> Vec<String> {
        match warning {
            Warning::DevicesStop { devices, .. } => devices.clone(),
            Warning::SubscriptionUnknown(about) => about.devices.clone(),
            Warning::ExchangeEnds { devices } => names(devices),
            Warning::NeedsPlatform { .. } | Warning::Unreachable { .. } => Vec::new(),
        }
    }
}
