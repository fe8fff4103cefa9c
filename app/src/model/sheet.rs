//! The sheet before a change: what stands in the way, what will be replaced, which bases, which consent.
//!
//! Looking into the base and the file is the worker's; here is what it found, and whether the button lives.

use jiff::Timestamp;
use smarts_core::by_hand::Line;
use smarts_core::tree::RelPath;
use smarts_core::verify::Proof;

use super::Notice;
use super::at_hand::{self, OfFile};
use super::going_back::OldCopy;
use crate::session::Proved;

/// How often an open sheet that cannot be confirmed is looked at again, in seconds.
pub const LOOK_AGAIN_SECS: i64 = 2;

/// The sheet that is open.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Whose file: an item's id, or the key of a file at hand.
    pub item_id: String,
    /// What a file at hand is of; `None`: it is an item's.
    pub of_file: Option<OfFile>,
    /// The bases it may go into, in the list's order; empty for the platform and for this program.
    pub choices: Vec<Choice>,
    /// What was found out last; `None`: not yet.
    pub data: Option<Result<SheetData, Notice>>,
    /// Whether `data` is about what is ticked now.
    pub fresh: bool,
    /// When it was asked for last.
    pub asked_at: Timestamp,
    /// Whether the answer to that has not come yet: looks do not queue behind a slow one.
    pub awaits: bool,
    /// The consent to a file that nothing proves.
    pub consent: bool,
    /// Whether older copies that are too many are deleted after the update.
    pub lets_go: bool,
    /// What was changed by hand, while it is shown in place of the sheet.
    pub differences: Option<Differences>,
}

/// What of the pilot was changed by hand, file by file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differences {
    /// Of which files.
    pub paths: Vec<RelPath>,
    /// How they differ; `None`: not found out yet.
    pub told: Option<Vec<ToldDifference>>,
}

/// How a file differs from what comes in its place, as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldDifference {
    /// The file, and what there is to say of it.
    pub title: String,
    /// Empty where no lines can be told.
    pub lines: Vec<Line>,
}

/// A base that can be ticked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it is ticked.
    pub chosen: bool,
}

/// What an update would do.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetData {
    /// How far the file is proved.
    pub proved: Proved,
    /// Its name.
    pub file_name: String,
    /// What was looked at, in words, stops first.
    pub points: Vec<Point>,
    /// What will happen.
    pub change: Change,
    /// Older copies that are too many once the new ones are made, oldest first.
    pub older: Vec<OldCopy>,
    /// When the next hours for updates begin; `None` in such hours, and where the settings name none.
    pub remind_at: Option<Timestamp>,
}

/// Something that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// How much it weighs.
    pub weight: Weight,
    /// One sentence without a period.
    pub text: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// What the person can do about it right here.
    pub ask: Option<Ask>,
}

/// A question that a [`Point`] puts to the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Until when the subscriptions of these devices hold.
    Dates(Vec<String>),
    /// Whether the subscriptions of these devices have been renewed.
    Renewed(Vec<String>),
    /// Whether the platform is to be updated first.
    PlatformFirst,
    /// Whether the app that goes with the new platform is to be staged for mobile devices first.
    App,
    /// How these files of the pilot differ from what comes in their place.
    Differences(Vec<RelPath>),
}

/// How much a [`Point`] weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The update cannot be started.
    Stop,
    /// It can, and the person should know.
    Attention,
    /// It is as it should be.
    Fine,
}

/// What will happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A template is applied to each base.
    Template {
        /// What is replaced or removed, grouped by the topmost folder. Of the pilot.
        /// Empty if it could not be found out; the points then say why.
        entries: Vec<Entry>,
        /// How much of it `entries` tells.
        extent: Extent,
        /// Whether documents, settings and licences of the base stay as they are.
        keeps_own: bool,
        /// What of that cannot be compared with what the product put there, in words, base by base; `None`: nothing.
        not_compared: Option<String>,
        /// How long each base is expected to stand still, in words; `None`: it cannot be told.
        standstill: Option<String>,
        /// Bytes to copy aside, of all ticked bases.
        copy_bytes: u64,
        /// Where the copies go, as a person reads it.
        copy_dir: String,
    },
    /// A program of the vendor opens and asks.
    Installer,
    /// Windows puts a newer version of this program in its place, and asks for nothing but permission.
    ThisProgram,
}

/// How much of a change is told beforehand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// The first of several steps: what the next one finds is not there yet.
    FirstStep,
    /// Nothing.
    Unknown,
}

/// A file, or a topmost folder with the files below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Relative to the base's folder, with the system's separators; a folder ends in one.
    pub path: String,
    /// Files; 1 for a file of its own.
    pub files: u64,
    /// How many of these were changed by hand.
    pub changed: u64,
    /// Removed rather than replaced.
    pub removed: bool,
}

/// Why the sheet cannot be confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Not looked at yet, or no longer about what is ticked.
    Looking,
    /// It could not be found out.
    Unknown,
    /// No base is ticked.
    NothingChosen,
    /// A point weighs as a stop.
    Stop,
    /// The consent is missing.
    Consent,
    /// Another installation is under way.
    Busy,
}

impl Sheet {
    /// The ticked bases, pilot first.
    pub fn chosen_ids(&self) -> Vec<String> {
        self.choices.iter().filter(|choice| choice.chosen).map(|choice| choice.id.clone()).collect()
    }

    /// The first ticked base.
    pub fn pilot(&self) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.chosen)
    }

    /// `platform`, `updater`, or something about bases.
    pub fn about(&self) -> &str {
        at_hand::about(&self.item_id)
    }

    /// What was found out.
    pub fn facts(&self) -> Option<&SheetData> {
        self.data.as_ref()?.as_ref().ok()
    }

    /// Until when it can be put off. A file at hand cannot: it is closed with its sheet, so that a stick can be taken out.
    pub fn remind_at(&self) -> Option<Timestamp> {
        self.facts().filter(|_| !at_hand::is_at_hand(&self.item_id))?.remind_at
    }

    /// The files of the pilot that were changed by hand and would be replaced; `None`: none.
    pub fn changed_paths(&self) -> Option<Vec<RelPath>> {
        self.facts()?.points.iter().find_map(|point| match &point.ask {
            Some(Ask::Differences(paths)) => Some(paths.clone()),
            Some(Ask::Dates(_) | Ask::Renewed(_) | Ask::PlatformFirst | Ask::App) | None => None,
        })
    }

    /// Whether the installed platform is older than what the release wants.
    pub fn needs_platform(&self) -> bool {
        let asks = |point: &Point| point.ask == Some(Ask::PlatformFirst);
        self.facts().is_some_and(|data| data.points.iter().any(asks))
    }

    /// Whether nothing but the way it came speaks for the file.
    pub fn needs_consent(&self) -> bool {
        self.facts().is_some_and(|data| data.proved.proof == Proof::None)
    }

    /// The older copies that the person lets go of, by their ids.
    pub fn agreed_to_go(&self) -> Vec<String> {
        let older = self.facts().filter(|_| self.lets_go).map_or(&[][..], |data| &data.older);
        older.iter().map(|copy| copy.id.clone()).collect()
    }

    /// Why it cannot be confirmed now; `busy`: another installation is under way.
    pub fn obstacle(&self, busy: bool) -> Option<Obstacle> {
        if !self.choices.is_empty() && self.pilot().is_none() {
            return Some(Obstacle::NothingChosen);
        }
        let data = match &self.data {
            None => return Some(Obstacle::Looking),
            Some(Err(_)) => return Some(Obstacle::Unknown),
            Some(Ok(data)) => data,
        };
        if data.points.iter().any(|point| point.weight == Weight::Stop) {
            Some(Obstacle::Stop)
        } else if !self.fresh {
            Some(Obstacle::Looking)
        } else if busy {
            Some(Obstacle::Busy)
        } else if self.needs_consent() && !self.consent {
            Some(Obstacle::Consent)
        } else {
            None
        }
    }

    /// Whether it is time to look again: what stood in the way may have gone, and what was in order may not
    /// be so any more.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.data.is_some() && !self.awaits && now.as_second() - self.asked_at.as_second() >= LOOK_AGAIN_SECS
    }
}

impl SheetData {
    /// Files replaced; those removed stand beside them.
    pub fn files(&self) -> u64 {
        match &self.change {
            Change::Template { entries, .. } => {
                entries.iter().filter(|entry| !entry.removed).map(|entry| entry.files).sum()
            }
            Change::Installer | Change::ThisProgram => 0,
        }
    }
}
