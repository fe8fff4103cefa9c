//! From the items of a report to the releases a person can be told of: each once, whatever number of bases it is for.
//!
//! Of a release that subscriptions do not cover a person is told once, as of any other: that it exists is news, and
//! renewing takes time. The covered release that could be had in its place is nothing new: it came out before
//! the newest one, and had its turn then.

use crate::catalogue::{Feed, Release};
use crate::hidden::Hidden;
use crate::offer::{Block, Item, Offer, State, Subject};
use crate::version::Version;

/// A release that waits to be installed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Where it is listed.
    pub feed: Feed,
    /// Which.
    pub version: Version,
    /// What it is for.
    pub subject: Subject,
    /// The product as a person knows it; `None` for the platform, for this program, and where no base says.
    pub product: Option<String>,
    /// The publisher calls it important.
    pub is_important: bool,
    /// The subscription does not cover it for any of them, or nobody knows and the settings want that to be a stop.
    pub is_blocked: bool,
    /// Its files are on this PC.
    pub is_downloaded: bool,
    /// The items it is for, in the report's order; never empty.
    pub ids: Vec<String>,
}

/// What is open by these items: without what is skipped, and without what cannot be had yet. `is_downloaded` says
/// whether the file of a release lies on this PC.
pub fn open(items: &[Item], hidden: &Hidden, is_downloaded: &dyn Fn(&Release) -> bool) -> Vec<Open> {
    let mut open: Vec<Open> = Vec::new();
    for item in items.iter().filter(|item| !hidden.is_hidden(item)) {
        let Some((offer, release, is_blocked)) = offered(item) else { continue };
        let is_same = |known: &&mut Open| known.feed == release.feed && known.version == release.version;
        let is_important = offer.steps.iter().any(|step| step.forced);
        if let Some(known) = open.iter_mut().find(is_same) {
            known.is_important |= is_important;
            known.is_blocked &= is_blocked;
            known.product = known.product.take().or_else(|| item.product.clone());
            known.ids.push(item.id.clone());
            continue;
        }
        open.push(Open {
            feed: release.feed.clone(),
            version: release.version,
            subject: item.subject,
            product: item.product.clone().filter(|_| item.subject == Subject::Base),
            is_important,
            is_blocked,
            is_downloaded: offer.steps.iter().all(is_downloaded),
            ids: vec![item.id.clone()],
        });
    }
    open
}

/// The release offered, and whether it is kept from being installed by anything but its missing file: one without a
/// file is news when it gets one.
fn offered(item: &Item) -> Option<(&Offer, &Release, bool)> {
    let (offer, is_blocked) = match &item.state {
        State::Available { offer } => (offer, false),
        State::Blocked { offer, blocks } => {
            let has_no_file = blocks.iter().any(|block| matches!(block, Block::NoFile { .. }));
            (Some(offer).filter(|_| !has_no_file)?, true)
        }
        State::UpToDate | State::NotManaged { .. } | State::Unknown { .. } => return None,
    };
    Some((offer, offer.release()?, is_blocked))
}
