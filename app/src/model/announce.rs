//! What whoever does not see the window is told as it happens: that a check has begun and what it brought, that a
//! download or an update has ended, that something stands in the way of the sheet or does no more.
//!
//! Not every step: a bar carries its own value, and toasts tell of themselves. Deliberately not here: words.

use jiff::Timestamp;

use super::activity::{CopyOutcome, StagingOutcome};
use super::outcome::{BaseResult, Outcome};
use super::sheet::{Sheet, Weight};
use super::summary::Headline;
use super::{Model, Notice};

/// Older ones have been heard.
const MOST: usize = 3;
/// Whoever reads the window through finds them for so long.
const KEPT_SECS: i64 = 60;

/// Something to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Announcement {
    /// A check is under way.
    CheckBegan,
    /// It has ended with this.
    CheckEnded(Headline),
    /// It has not; why, in words.
    CheckFailed(String),
    /// A file is there and examined.
    Ready {
        /// Whose.
        item_id: String,
    },
    /// A file is not there, or is not used.
    NotReady {
        /// Whose.
        item_id: String,
        /// In words.
        why: String,
    },
    /// An installation is under way.
    UpdateBegan {
        /// The first base of the plan, or what is updated.
        item_id: String,
    },
    /// What was agreed to has been done.
    Done {
        /// With what.
        item_id: String,
    },
    /// It has not, or what was done does not work.
    Failed {
        /// With what.
        item_id: String,
        /// In words, where there are some.
        why: Option<String>,
    },
    /// A part of a plan has ended.
    Ended {
        /// So many were done.
        done: usize,
        /// So many were not.
        failed: usize,
    },
    /// So much stands in the way on the sheet.
    Stops(usize),
}

/// One of them, told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its own among all there ever were: the same again is told again.
    pub number: u64,
    /// What.
    pub what: Announcement,
    since: Timestamp,
}

/// The last ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Announced {
    /// The oldest first.
    pub list: Vec<Told>,
    count: u64,
}

impl Announcement {
    /// Whether it is worth breaking off another sentence.
    pub fn is_urgent(&self) -> bool {
        match self {
            Self::CheckFailed(_) | Self::NotReady { .. } | Self::Failed { .. } => true,
            Self::Ended { failed, .. } => *failed > 0,
            Self::CheckBegan
            | Self::CheckEnded(_)
            | Self::Ready { .. }
            | Self::UpdateBegan { .. }
            | Self::Done { .. }
            | Self::Stops(_) => false,
        }
    }
}

impl Model {
    pub(super) fn announce(&mut self, what: Announcement) {
        let since = self.now.timestamp();
        let announced = &mut self.announced;
        announced.count += 1;
        announced.list.push(Told { number: announced.count, what, since });
        let too_many = announced.list.len().saturating_sub(MOST);
        announced.list.drain(..too_many);
    }

    pub(super) fn forget_announced(&mut self) {
        let now = self.now.timestamp().as_second();
        self.announced.list.retain(|told| (0..KEPT_SECS).contains(&(now - told.since.as_second())));
    }

    /// One by its name, several by their number.
    pub(super) fn announce_results(&mut self, results: &[BaseResult]) {
        let mut ended: Vec<Announcement> = results.iter().filter_map(ended).collect();
        let what = if ended.len() > 1 {
            let failed = ended.iter().filter(|one| one.is_urgent()).count();
            Some(Announcement::Ended { done: ended.len() - failed, failed })
        } else {
            ended.pop()
        };
        if let Some(what) = what {
            self.announce(what);
        }
    }

    /// To be called with what the sheet said before.
    pub(super) fn announce_stops(&mut self, before: Option<usize>) {
        let now = self.sheet().and_then(stops);
        if let Some(count) = now.filter(|_| now != before) {
            self.announce(Announcement::Stops(count));
        }
    }
}

/// What stands in the way on a sheet; `None` while that is not known.
pub(super) fn stops(sheet: &Sheet) -> Option<usize> {
    let data = sheet.data.as_ref()?.as_ref().ok()?;
    Some(data.points.iter().filter(|point| point.weight == Weight::Stop).count())
}

/// Nothing of what the person stopped, or what was not begun.
fn ended(result: &BaseResult) -> Option<Announcement> {
    let item_id = result.item_id.clone();
    let failed = |why: Option<&Notice>| {
        Some(Announcement::Failed {
            item_id: result.item_id.clone(),
            why: why.map(|notice| notice.what.clone()),
        })
    };
    match &result.outcome {
        Outcome::Done(done) if done.works.as_ref().is_some_and(|works| works.is_bad(done.version)) => {
            failed(None)
        }
        Outcome::Done(_)
        | Outcome::Copies(CopyOutcome::WentBack(_) | CopyOutcome::Made(_))
        | Outcome::Staging(StagingOutcome::Staged(_) | StagingOutcome::Undone { .. }) => {
            Some(Announcement::Done { item_id })
        }
        Outcome::Failed(notice)
        | Outcome::Copies(CopyOutcome::NotGoneBack(notice) | CopyOutcome::NotMade(notice))
        | Outcome::Staging(StagingOutcome::Failed(notice)) => failed(Some(notice)),
        Outcome::NotPermitted
        | Outcome::Copies(CopyOutcome::NotPermitted)
        | Outcome::Staging(StagingOutcome::NotPermitted) => failed(None),
        Outcome::NotStarted
        | Outcome::Stopped
        | Outcome::WizardRun
        | Outcome::Copies(CopyOutcome::Stopped)
        | Outcome::Staging(StagingOutcome::Stopped) => None,
    }
}
