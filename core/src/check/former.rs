//! Reading releases that are not newer than what is installed, where nothing newer is covered by subscriptions: the
//! last covered one is to be named.
//!
//! A few descriptions at a time and not many more than it takes, since most often it is the first that is asked for.
//! On what day a release came out does not change, so the source is not asked again for a description that was kept.
//! What is not found out here is not known, and nothing else of the check depends on it.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use futures_util::{StreamExt as _, stream};

use super::{AT_ONCE, Request, is_asked, platform_feed};
use crate::catalogue::{self, Catalogue, Fault, Feed, Listed, Problem, Release};
use crate::offer::{self, Catalogues, Uncovered};
use crate::source::{self, Inquiry};

/// After so many that say no day on which they came out, or are not described at all, no more are asked for: older
/// releases may be listed for ever and described no longer.
const MOST_IN_VAIN: usize = 8;
/// So many are read of one feed at a time, once the first few were not enough.
const MOST_AT_ONCE: usize = 4;

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
    let mut reading = stream::iter(searches)
        .map(|(feed, uncovered, older)| async move {
            let former = search(inquiry, &feed, uncovered, &older, request.language).await;
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
    inquiry: &Inquiry<'_>,
    feed: &Feed,
    mut uncovered: Vec<Uncovered<'_>>,
    older: &[Listed],
    language: &str,
) -> Vec<Release> {
    let mut former = Vec::new();
    let mut in_vain = 0;
    let mut at_once = 1;
    let mut left = older;
    while !left.is_empty() && in_vain < MOST_IN_VAIN {
        let (next, rest) = left.split_at(at_once.min(MOST_IN_VAIN - in_vain).min(left.len()));
        let asked = next.iter().map(|listed| describe(inquiry, feed, listed, language));
        for answer in join_all(asked).await {
            match answer {
                Ok(release) => {
                    in_vain += usize::from(release.date.is_none());
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

/// As it was kept, if that says on what day it came out; else the source is asked.
async fn describe(
    inquiry: &Inquiry<'_>,
    feed: &Feed,
    listed: &Listed,
    language: &str,
) -> Result<Release, Problem> {
    match catalogue::kept(inquiry, feed, listed, language).await.filter(|release| release.date.is_some()) {
        Some(release) => Ok(release),
        None => catalogue::describe(inquiry, feed, listed, language).await,
    }
}
