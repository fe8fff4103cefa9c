//! Reading releases that are not newer than what is installed, where nothing newer is covered by subscriptions: the
//! last covered one is to be named.
//!
//! A few descriptions at a time and not many more than it takes, since most often it is the first that is asked for; of
//! all feeds together never more than 16 at a time. On what day a release came out hardly ever changes, so the source is
//! asked again for a description that was kept only where that is a month old, for the sake of days and tags that a
//! publisher has corrected. What is not found out here is not known, and nothing else of the check depends on it.

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::future::join_all;
use futures_util::{StreamExt as _, stream};
use jiff::Timestamp;
use tokio::sync::Semaphore;

use super::{AT_ONCE, Request, is_asked, platform_feed};
use crate::catalogue::{self, Catalogue, Fault, Feed, Listed, Problem, Release};
use crate::offer::{self, Catalogues, Uncovered};
use crate::source::{self, Inquiry};

/// After so many in a row that say no day on which they came out, or are not described at all, no more are asked for:
/// older releases may be listed for ever and described no longer.
const MOST_IN_VAIN: usize = 8;
/// So many releases of one feed are asked for in one check. What was kept is not asked for, so the next check goes on
/// from there.
const MOST_ASKED: usize = 64;
/// A description that was kept counts for so long.
const KEPT_FOR: Duration = Duration::from_hours(30 * 24);
/// So many are read of one feed at a time, once the first few were not enough.
const MOST_AT_ONCE: usize = 4;

/// What the searches have in common.
struct Asking<'a> {
    inquiry: &'a Inquiry<'a>,
    language: &'a str,
    now: Timestamp,
    /// Of all feeds together.
    at_once: Semaphore,
}

/// What became of a listed release.
struct Answer {
    release: Result<Release, Problem>,
    /// Whether the source was asked.
    is_asked: bool,
}

/// Puts what it takes into the catalogues, feeds side by side.
pub(super) async fn read(inquiry: &Inquiry<'_>, request: &Request<'_>, catalogues: &mut Catalogues) {
    if request.subscriptions.records.is_empty() {
        return;
    }
    let searches: Vec<(Feed, Vec<Uncovered<'_>>, Vec<Listed>)> = uncovered(request, catalogues)
        .into_iter()
        .filter_map(|(feed, uncovered)| {
            let older = std::mem::take(&mut catalogue(catalogues, &feed)?.older);
            Some((feed, uncovered, older))
        })
        .collect();
    let (language, now) = (request.language, request.now);
    let asking = &Asking { inquiry, language, now, at_once: Semaphore::new(AT_ONCE) };
    let mut reading = stream::iter(searches)
        .map(|(feed, uncovered, older)| async move {
            let former = search(asking, &feed, uncovered, &older).await;
            (feed, former)
        })
        .buffer_unordered(AT_ONCE);
    while let Some((feed, former)) = reading.next().await {
        if let Some(catalogue) = catalogue(catalogues, &feed) {
            catalogue.former = former;
        }
    }
}

/// Feeds to be searched, and for what.
fn uncovered<'a>(request: &Request<'a>, catalogues: &Catalogues) -> BTreeMap<Feed, Vec<Uncovered<'a>>> {
    let mut items = offer::offers(request.machine, catalogues, request.machine_id);
    items.retain(|item| is_asked(request, &item.id));
    let mut searches: BTreeMap<Feed, Vec<Uncovered<'_>>> = BTreeMap::new();
    for uncovered in offer::uncovered(&items, request.machine, request.subscriptions) {
        let feed = match uncovered.base {
            Some(base) => Feed::product(base),
            None => platform_feed(request.machine).map(|(_, feed, _)| feed),
        };
        if let Some(feed) = feed {
            searches.entry(feed).or_default().push(uncovered);
        }
    }
    searches
}

fn catalogue<'c>(catalogues: &'c mut Catalogues, feed: &Feed) -> Option<&'c mut Catalogue> {
    catalogues.get_mut(feed)?.as_mut().ok()
}

/// Reads older releases, newest first, until all have their covered one. A release that is listed and not described
/// is passed over; where the source gives no answer, an older one is not to be taken for the newest.
async fn search(
    asking: &Asking<'_>,
    feed: &Feed,
    mut uncovered: Vec<Uncovered<'_>>,
    older: &[Listed],
) -> Vec<Release> {
    let mut former = Vec::new();
    let (mut in_vain, mut asked) = (0, 0);
    let mut at_once = 1;
    let mut left = older;
    while !left.is_empty() && in_vain < MOST_IN_VAIN && asked < MOST_ASKED {
        let count = at_once.min(MOST_IN_VAIN - in_vain).min(MOST_ASKED - asked).min(left.len());
        let (next, rest) = left.split_at(count);
        let answers = next.iter().map(|listed| asking.describe(feed, listed));
        for Answer { release, is_asked } in join_all(answers).await {
            asked += usize::from(is_asked);
            match release {
                Ok(release) => {
                    in_vain = if release.date.is_some() { 0 } else { in_vain + 1 };
                    uncovered.retain(|one| !one.is_met_by(&release));
                    former.push(release);
                }
                Err(Problem { fault: Fault::Source(fault), .. }) if fault != source::Fault::NotFound => {
                    return former;
                }
                Err(_) => in_vain += 1,
            }
            if uncovered.is_empty() {
                return former;
            }
        }
        at_once = (2 * at_once).min(MOST_AT_ONCE);
        left = rest;
    }
    former
}

impl Asking<'_> {
    /// As it was kept not long ago, if that says on what day it came out; else the source is asked.
    async fn describe(&self, feed: &Feed, listed: &Listed) -> Answer {
        let Self { inquiry, language, now, at_once } = self;
        let kept = catalogue::kept(inquiry, feed, listed, language, *now, KEPT_FOR).await;
        if let Some(release) = kept.filter(|release| release.date.is_some()) {
            return Answer { release: Ok(release), is_asked: false };
        }
        // Nobody closes it, so there always is a permit in the end.
        let _permit = at_once.acquire().await;
        Answer { release: catalogue::describe(inquiry, feed, listed, language).await, is_asked: true }
    }
}
