//! A check: read the source's lists for what is installed, decide what is new, keep the report.
//!
//! A check that could read nothing is a failure, and the last good report survives it. A source that could
//! be read in part gives a report with problems. Neither ever says "up to date" of what was not looked up.
//! Deliberately not here: reading the machine (the caller has done it) and when to check.

mod apps;
mod former;
pub mod last;
pub mod rest;
mod store;

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::StreamExt as _;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use crate::catalogue::{self, Catalogue, Fault, Feed, Wanted};
use crate::devices::available::Available;
use crate::machine::{self, Machine};
use crate::offer::{self, Catalogues, Item, State, Warning};
use crate::source::signed::{self, METADATA};
use crate::source::{self, Inquiry, Source, Trust};
use crate::subscription::Facts;
use crate::version::Version;

pub use self::store::StoreError;

/// A check gives up on everything that is not there by then. A single description is given up earlier
/// ([`crate::http::HttpOptions`]), so that one that hangs does not cost all the others.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// So many lists are read at a time.
const AT_ONCE: usize = 16;

/// The result of one check. One file per person and machine, read by window, stub and command line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// When it was made.
    pub checked_at: Timestamp,
    /// What it was made from.
    pub source: SourceFacts,
    /// The platform first (if there is one), then the bases in the machine's order, then this program (if it
    /// was installed by its installer).
    pub items: Vec<Item>,
    /// What could not be read, on the machine and in the source.
    pub problems: Vec<Problem>,
    /// Whether the PC's list of bases could not be read, so that items may be missing.
    #[serde(default)]
    pub bases_unknown: bool,
    /// What the source has of mobile apps for Android; only for bases with devices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub apps: Vec<Available>,
}

/// The source of a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceFacts {
    /// Its address or folder, without credentials.
    pub root: String,
    /// How far it is proved.
    pub trust: Trust,
    /// When its signatures expire; only for signed sources.
    pub expires: Option<Timestamp>,
}

impl SourceFacts {
    /// Whether it is a folder, signed or not.
    pub fn is_folder(&self) -> bool {
        !self.root.contains("://")
    }

    /// Whether its signatures have expired, and it was used all the same.
    pub fn has_expired(&self, now: Timestamp) -> bool {
        self.expires.is_some_and(|expires| expires < now)
    }
}

/// A problem of a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// On the machine.
    Machine(machine::Problem),
    /// In the source.
    Source(catalogue::Problem),
}

impl Problem {
    /// Whether nothing is missing because of it: the clock is wrong, or signatures have expired and the person
    /// has agreed to that.
    pub fn is_warning(&self) -> bool {
        match self {
            Self::Machine(_) => false,
            Self::Source(problem) => {
                let of_metadata = problem.path == METADATA;
                let fault = &problem.fault;
                let is_known = matches!(
                    fault,
                    Fault::Source(source::Fault::Expired { .. } | source::Fault::ClockBehind { .. })
                );
                of_metadata && is_known
            }
        }
    }
}

/// What to look up.
pub struct Request<'a> {
    /// What is installed.
    pub machine: &'a Machine,
    /// Where to look.
    pub source: &'a Source,
    /// Of the notes: `ru` or `en`.
    pub language: &'a str,
    /// Tells this PC from others in a partial rollout; hashed, and goes nowhere.
    pub machine_id: &'a str,
    /// Only these: [`offer::PLATFORM`], [`offer::UPDATER`] or ids of bases. `None`: everything.
    pub only: Option<&'a [String]>,
    /// No release above this one.
    pub up_to: Option<&'a Version>,
    /// What is known of subscriptions.
    pub subscriptions: &'a Facts<'a>,
    /// The moment of the check.
    pub now: Timestamp,
}

/// How far a check is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Lists read, or given up.
    pub done: usize,
    /// Lists to read.
    pub total: usize,
}

/// No list could be read: nothing is known about anything.
#[derive(Debug, thiserror::Error)]
#[error("Failed to read anything from the source")]
pub struct Failure {
    /// Why the first of them could not be read.
    #[source]
    pub error: catalogue::Error,
    /// The shape of a report with every item unknown; not to be kept.
    pub report: Box<Report>,
}

/// Looks everything up, lists in parallel, and tells how far it is after each.
pub async fn check(request: &Request<'_>, progress: &(dyn Fn(Progress) + Sync)) -> Result<Report, Failure> {
    check_within(request, PATIENCE, progress).await
}

async fn check_within(
    request: &Request<'_>,
    patience: Duration,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Report, Failure> {
    let inquiry = &Inquiry::new(request.source, Instant::now() + patience);
    let wanted = feeds(request);
    let total = wanted.len();
    progress(Progress { done: 0, total });
    let mut reading = futures_util::stream::iter(wanted)
        .map(|(feed, installed)| async move {
            let read = read(inquiry, request, &feed, installed).await;
            (feed, read)
        })
        .buffer_unordered(AT_ONCE);
    let mut catalogues = Catalogues::new();
    while let Some((feed, read)) = reading.next().await {
        catalogues.insert(feed, read);
        progress(Progress { done: catalogues.len(), total });
    }
    let nothing = catalogues.values().all(Result::is_err);
    let failed = catalogues.iter().find_map(|(feed, read)| failure(feed, read)).cloned();
    let failed = failed.filter(|_| nothing);
    if let Some((feed, installed)) = needed_platform(request, &catalogues) {
        progress(Progress { done: total, total: total + 1 });
        let wanted = Wanted::NewerThan(vec![installed]);
        catalogues.insert(feed.clone(), catalogue::load(inquiry, &feed, wanted, request.language).await);
        progress(Progress { done: total + 1, total: total + 1 });
    }
    former::read(inquiry, request, &mut catalogues).await;
    // Of a source that answers nothing else, nobody asks more.
    let (apps, unread) =
        if failed.is_none() { apps::read(inquiry, request).await } else { (Vec::new(), Vec::new()) };
    // A source that is not to be believed is told also where there was nothing to look up.
    let facts = inquiry.facts().await;
    let unproved = facts
        .as_ref()
        .err()
        .filter(|_| nothing)
        .map(|fault| catalogue::Error { path: METADATA.to_owned(), fault: Fault::Source(fault.clone()) });
    let failed = failed.or(unproved);
    let mut report = Report { apps, ..report(request, &catalogues, facts.ok().flatten()) };
    report.problems.extend(unread.into_iter().map(Problem::Source));
    if let Some(error) = failed {
        return Err(Failure { error, report: Box::new(report) });
    }
    let newest = catalogues.values().flatten().flat_map(|read| &read.releases).filter_map(|one| one.date);
    request.source.remember(newest.max()).await;
    Ok(report)
}

/// The platform's feed, if nobody has asked for it and some offer needs a newer platform: whether there is
/// one belongs to what is said of the offer.
fn needed_platform(request: &Request<'_>, catalogues: &Catalogues) -> Option<(Feed, Version)> {
    let (_, feed, installed) = platform_feed(request.machine)?;
    let is_needed = |item: &Item| {
        is_asked(request, &item.id)
            && item.warnings.iter().any(|warning| matches!(warning, Warning::NeedsPlatform { .. }))
    };
    let is_read = catalogues.contains_key(&feed);
    let items = || offer::offers(request.machine, catalogues, request.machine_id);
    (!is_read && items().iter().any(is_needed)).then_some((feed, installed))
}

/// Why a list could not be read. A source without releases of this program is as good as any other.
fn failure<'a>(feed: &Feed, read: &'a Result<Catalogue, catalogue::Error>) -> Option<&'a catalogue::Error> {
    let is_elsewhere = *feed == Feed::updater() && catalogue::is_absent(read);
    read.as_ref().err().filter(|_| !is_elsewhere)
}

fn is_asked(request: &Request<'_>, id: &str) -> bool {
    request.only.is_none_or(|only| only.iter().any(|one| one == id))
}

/// The shape of a report where the source could not even be opened.
pub fn unreadable(
    machine: &Machine,
    root: &str,
    trust: Trust,
    fault: &source::Fault,
    now: Timestamp,
) -> Report {
    let path = String::from("updates");
    let error = catalogue::Error { path, fault: Fault::Source(fault.clone()) };
    let catalogues: Catalogues = all_feeds(machine).map(|(_, feed, _)| (feed, Err(error.clone()))).collect();
    let source = SourceFacts { root: root.to_owned(), trust, expires: None };
    let items = offer::offers(machine, &catalogues, "");
    let bases_unknown = machine.bases_unknown.is_some();
    let problems = machine_problems(machine);
    Report { checked_at: now, source, items, problems, bases_unknown, apps: Vec::new() }
}

/// The feeds to read, each with the installed versions that ask for it.
fn feeds(request: &Request<'_>) -> BTreeMap<Feed, Vec<Version>> {
    let mut feeds: BTreeMap<Feed, Vec<Version>> = BTreeMap::new();
    for (_, feed, installed) in all_feeds(request.machine).filter(|(id, _, _)| is_asked(request, id)) {
        feeds.entry(feed).or_default().push(installed);
    }
    feeds
}

/// Ids of what is looked up here, where its releases are listed, and what is installed.
fn all_feeds(machine: &Machine) -> impl Iterator<Item = (&str, Feed, Version)> {
    platform_feed(machine).into_iter().chain(product_feeds(machine)).chain(updater_feed(machine))
}

fn platform_feed(machine: &Machine) -> Option<(&str, Feed, Version)> {
    let platform = machine.platform.as_ref().filter(|_| machine.config.check_platform)?;
    Some((offer::PLATFORM, Feed::platform(platform.version.flavour()), platform.version))
}

fn product_feeds(machine: &Machine) -> impl Iterator<Item = (&str, Feed, Version)> {
    let managed = machine.bases.iter().filter(|base| machine.config.check_products && base.is_managed());
    managed.filter_map(|base| Some((base.id.as_str(), Feed::product(base)?, base.version?)))
}

fn updater_feed(machine: &Machine) -> Option<(&str, Feed, Version)> {
    machine.updater.as_ref().map(|updater| (offer::UPDATER, Feed::updater(), updater.version))
}

async fn read(
    inquiry: &Inquiry<'_>,
    request: &Request<'_>,
    feed: &Feed,
    installed: Vec<Version>,
) -> Result<Catalogue, catalogue::Error> {
    let wanted = Wanted::NewerThan(installed);
    let mut catalogue = catalogue::load(inquiry, feed, wanted, request.language).await?;
    if let Some(highest) = request.up_to {
        let is_asked = |version: &Version| is_up_to(feed, version, highest);
        catalogue.releases.retain(|release| is_asked(&release.version));
        for problem in &mut catalogue.problems {
            problem.unread = problem.unread.filter(is_asked);
        }
    }
    Ok(catalogue)
}

/// Builds of the platform of another flavour are neither up to a version nor above it.
fn is_up_to(feed: &Feed, version: &Version, highest: &Version) -> bool {
    if feed.is_platform() {
        version.platform_cmp(highest).is_some_and(Ordering::is_le)
    } else {
        version <= highest
    }
}

fn report(request: &Request<'_>, catalogues: &Catalogues, facts: Option<&signed::Facts>) -> Report {
    let mut items = offer::offers(request.machine, catalogues, request.machine_id);
    items.retain(|item| is_asked(request, &item.id));
    offer::cover(&mut items, request.machine, request.subscriptions);
    let mut problems = machine_problems(request.machine);
    for (feed, read) in catalogues {
        if let Ok(catalogue) = read {
            problems.extend(catalogue.problems.iter().cloned().map(Problem::Source));
        } else if let Some(catalogue::Error { path, fault }) = failure(feed, read) {
            let problem = catalogue::Problem { path: path.clone(), fault: fault.clone(), unread: None };
            problems.push(Problem::Source(problem));
        }
    }
    for warning in facts.into_iter().flat_map(|facts| &facts.warnings) {
        let fault = Fault::Source(warning.clone());
        problems.push(Problem::Source(catalogue::Problem { path: METADATA.to_owned(), fault, unread: None }));
    }
    let expires = facts.map(|facts| facts.expires);
    let source = SourceFacts { root: request.source.root(), trust: request.source.trust(), expires };
    let bases_unknown = request.machine.bases_unknown.is_some();
    Report { checked_at: request.now, source, items, problems, bases_unknown, apps: Vec::new() }
}

fn machine_problems(machine: &Machine) -> Vec<Problem> {
    machine.problems.iter().cloned().map(Problem::Machine).collect()
}

impl Report {
    /// Whether everything it is about was looked up. Otherwise "nothing new" is not to be said.
    pub fn is_complete(&self) -> bool {
        let unknown = |item: &Item| matches!(item.state, State::Unknown { .. });
        // What cannot be told apart or has no version has no row, and nobody has looked for its updates.
        let without_row = |problem: &Problem| match problem {
            Problem::Machine(problem) => matches!(
                problem.fault,
                machine::Fault::BaseWithoutId { .. }
                    | machine::Fault::UpdaterVersion(_)
                    | machine::Fault::UpdaterUnread(_)
            ),
            Problem::Source(_) => false,
        };
        !self.bases_unknown && !self.items.iter().any(unknown) && !self.problems.iter().any(without_row)
    }
}

#[cfg(test)]
mod tests;
