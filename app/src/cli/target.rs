//! What a command is about: from the words a person typed to items of a report.

use i18n_embed_fl::fl;
use jiff::Zoned;
use smarts_core::machine::Machine;
use smarts_core::offer::{Block, Item, PLATFORM, State, Subject, UPDATER};
use smarts_core::subscription::{Subscriptions, device_key};
use smarts_core::version::Version;

use super::expired::{self, Unchecked};
use super::{Failure, Status, Streams, clock};
use crate::i18n::{Texts, sentence};
use crate::session::{FetchError, Session};

/// Tells a base's id from the words that mean the platform and this program.
const BASE_PREFIX: &str = "base:";

/// What a command is about. A base may have any id, also one of those words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    subject: Subject,
    id: String,
}

impl Target {
    fn is(&self, item: &Item) -> bool {
        item.subject == self.subject && item.id == self.id
    }
}

/// What was typed: `platform`, `updater`, a base's id, or `base:ID`. Each once; the platform first, this
/// program last.
pub(super) fn resolve(machine: &Machine, typed: &[String], texts: &Texts) -> Result<Vec<Target>, Failure> {
    let mut targets: Vec<Target> = Vec::new();
    for word in typed {
        let target = match word.strip_prefix(BASE_PREFIX) {
            None if word == PLATFORM && machine.platform.is_some() => {
                Target { subject: Subject::Platform, id: word.clone() }
            }
            None if word == UPDATER && machine.updater.is_some() => {
                Target { subject: Subject::Updater, id: word.clone() }
            }
            id => Target { subject: Subject::Base, id: base_id(machine, id.unwrap_or(word), texts)? },
        };
        if !targets.contains(&target) {
            targets.push(target);
        }
    }
    // A product may need the platform, never the other way round; and what works is replaced at the end.
    targets.sort_by_key(|target| match target.subject {
        Subject::Platform => 0,
        Subject::Base => 1,
        Subject::Updater => 2,
    });
    Ok(targets)
}

/// Ids of bases for what was typed, where nothing else can be meant. Each once.
pub(super) fn bases(machine: &Machine, typed: &[String], texts: &Texts) -> Result<Vec<String>, Failure> {
    let mut ids = Vec::new();
    for word in typed {
        let id = base_id(machine, word.strip_prefix(BASE_PREFIX).unwrap_or(word), texts)?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

fn base_id(machine: &Machine, typed: &str, texts: &Texts) -> Result<String, Failure> {
    let mut found = machine.bases.iter().filter(|base| base.id.to_lowercase() == typed.to_lowercase());
    match (found.next(), found.next()) {
        (Some(base), None) => Ok(base.id.clone()),
        (Some(_), Some(_)) => {
            Err(Failure::new(Status::Refused, fl!(texts.loader, "cli-unknown-id-damaged", id = typed)))
        }
        (None, _) => Err(Failure::new(Status::Usage, fl!(texts.loader, "cli-unknown-id", id = typed))),
    }
}

/// The version a person typed.
pub(super) fn version(typed: Option<&str>, texts: &Texts) -> Result<Option<Version>, Failure> {
    let parse = |text: &str| {
        text.parse::<Version>().map_err(|error| {
            let line = fl!(texts.loader, "cli-version", error = texts.version_error(&error));
            Failure::new(Status::Usage, line)
        })
    };
    typed.map(parse).transpose()
}

/// Looks up just these items; with a version, each must be offered exactly that.
pub(super) fn items(
    session: &Session,
    machine: &Machine,
    targets: &[Target],
    version: Option<&Version>,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Vec<Item>, Failure> {
    let ids: Vec<String> = targets.iter().map(|target| target.id.clone()).collect();
    let clock_before = session.clock_behind();
    let checked = expired::check(session, machine, Some(&ids), version, texts, streams);
    let report = checked.map_err(|Unchecked { mut failure, is_refused, .. }| {
        if is_refused && failure.status == Status::Failed {
            failure.status = Status::Refused;
        }
        failure
    })?;
    expired::warn(&report, texts, streams.err)?;
    if let Some(behind) = clock::behind(session, clock_before, &report) {
        writeln!(streams.err, "{}", sentence(&texts.clock_behind(&behind)))?;
    }
    // In the order they were asked for.
    let asked = |target: &Target| report.items.iter().find(|item| target.is(item)).cloned();
    let asked = |target| asked(target).map(|item| with_covered(item, version, machine));
    let items: Vec<Item> = targets.iter().filter_map(asked).collect();
    let missing = items.iter().find(|item| {
        let offered = item.offer().and_then(|offer| offer.release()).map(|release| release.version);
        version.is_some() && item_may_be_offered(item) && offered.as_ref() != version
    });
    match (missing, version) {
        (Some(item), Some(version)) => {
            let line = fl!(
                texts.loader,
                "cli-no-such-version",
                name = texts.item_name(item),
                version = version.to_string()
            );
            Err(Failure::new(Status::Refused, line))
        }
        _ => Ok(items),
    }
}

/// Where the newest way to the version goes over a release that is not covered, the covered way to it, if there is one:
/// the one that [`way_out`] advises.
fn with_covered(item: Item, version: Option<&Version>, machine: &Machine) -> Item {
    let covered = item.covered_offer();
    let covered = covered.as_ref().and_then(|offer| offer.release()).map(|release| &release.version);
    if version.is_none() || covered != version {
        return item;
    }
    item.with_covered(machine).unwrap_or(item)
}

fn item_may_be_offered(item: &Item) -> bool {
    match item.state {
        State::UpToDate | State::Available { .. } | State::Blocked { .. } => true,
        State::NotManaged { .. } | State::Unknown { .. } => false,
    }
}

/// What stands in the way of an item; `Ok(true)`: nothing, `Ok(false)`: there is nothing new.
pub(super) fn may_be_updated(
    session: &Session,
    item: &Item,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<bool, Failure> {
    let name = texts.item_name(item);
    let loader = &texts.loader;
    match &item.state {
        State::Available { .. } => Ok(true),
        State::UpToDate => {
            writeln!(streams.err, "{}", fl!(loader, "cli-nothing-new", name = name))?;
            for warning in &item.warnings {
                writeln!(streams.err, "{}", texts.warning(warning))?;
            }
            Ok(false)
        }
        State::Blocked { blocks, .. } => {
            let reason = blocks.iter().map(|block| texts.block(block)).collect::<Vec<_>>().join("; ");
            let mut told =
                Failure::new(Status::Refused, fl!(loader, "cli-blocked", name = name, reason = reason));
            told.lines.extend(way_out(session, item, blocks, texts));
            Err(told)
        }
        State::NotManaged { reason } => {
            let line = fl!(loader, "cli-not-managed", name = name, reason = texts.not_managed(reason));
            Err(Failure::new(Status::Refused, line))
        }
        State::Unknown { reason } => {
            let line = fl!(loader, "cli-unknown", name = name, reason = texts.unknown(reason));
            Err(Failure::new(Status::Failed, line))
        }
    }
}

/// What can be had or done where subscriptions stand in the way.
fn way_out(session: &Session, item: &Item, blocks: &[Block], texts: &Texts) -> Vec<String> {
    let loader = &texts.loader;
    let mut lines = Vec::new();
    for block in blocks {
        match block {
            Block::SubscriptionEnded(ended) => {
                let offered = item.covered_offer();
                let covered = offered.as_ref().and_then(|offer| offer.release()).map(|one| one.version);
                lines.extend(match (covered, item.covered) {
                    (Some(version), _) => {
                        let id = typed_id(item);
                        Some(match texts.not_judged(&[item]) {
                            Some(others) => fl!(
                                loader,
                                "cli-covered-known",
                                id = id,
                                version = version.to_string(),
                                others = others
                            ),
                            None => fl!(loader, "cli-covered", id = id, version = version.to_string()),
                        })
                    }
                    (None, Some(version)) if item.installed.is_some_and(|installed| installed >= version) => {
                        Some(fl!(loader, "cli-covered-not-above", version = version.to_string()))
                    }
                    (None, _) => None,
                });
                let whose =
                    ended.devices.first().map(|holder| whose(&holder.device, holder.product.as_deref()));
                lines.extend(whose.map(|whose| fl!(loader, "cli-renewed", whose = whose)));
            }
            Block::SubscriptionUnknown(about) => {
                let whose = about.devices.first().map(|device| {
                    let has_records = || has_records(&session.subscriptions(), device);
                    whose(device, item.product.as_deref().filter(|_| has_records()))
                });
                lines.extend(whose.map(|whose| fl!(loader, "cli-date-known", whose = whose)));
            }
            Block::NoFile { .. } => {}
        }
    }
    lines
}

/// Whose date is to be entered, as `subscription set` understands it. Where a product is named, a date for all would
/// count for the others of the device as well.
fn whose(device: &str, product: Option<&str>) -> String {
    let product = product.map(|product| format!(" --product \"{product}\"")).unwrap_or_default();
    format!("\"{device}\"{product}")
}

/// Of a device without a date for a base: if it has any records, they are of other products.
fn has_records(known: &Subscriptions, device: &str) -> bool {
    let key = device_key(device);
    known.records.iter().any(|record| device_key(&record.device) == key)
}

/// As [`resolve`] understands it.
fn typed_id(item: &Item) -> String {
    let is_word = item.id == PLATFORM || item.id == UPDATER;
    if item.subject == Subject::Base && is_word {
        format!("{BASE_PREFIX}{}", item.id)
    } else {
        item.id.clone()
    }
}

/// Why files are not at hand.
pub(super) fn not_fetched(error: &FetchError, texts: &Texts, now: &Zoned) -> Failure {
    tracing::warn!(error = crate::error::chain(error), "Failed to fetch an update");
    let notice = texts.fetch_notice(error, now);
    if error.is_refusal() {
        let mut told = Failure::of_notice(Status::Refused, &texts.refused(notice, error));
        if let FetchError::Locate(fault) = error {
            told.lines.extend(texts.fault_detail(fault));
        }
        return told;
    }
    let status = if error.is_cancelled() {
        Status::Cancelled
    } else if error.withheld().is_some() {
        Status::Refused
    } else {
        Status::Failed
    };
    Failure::of_notice(status, &notice)
}
