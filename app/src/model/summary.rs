//! What the header says: counts of what is new, and how much of it is known at all.

use smarts_core::catalogue;
use smarts_core::check::Problem;
use smarts_core::machine::{self, Fault};
use smarts_core::offer::{Block, Item, State, Subject};
use smarts_core::source;

use super::Model;
use super::activity::Activity;

/// The one-line answer to "is there anything new?".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Headline {
    /// Nothing has ever been checked.
    NeverChecked,
    /// The check failed, and there is no earlier report.
    NothingKnown,
    /// There are updates that can be installed.
    Updates(Updates),
    /// There are updates, and none of them can be installed now.
    OnlyBlocked {
        /// Items with one.
        items: usize,
    },
    /// There are updates, and the subscriptions cover none of them.
    OnlyUncovered(Updates),
    /// There are updates, and nothing is known of the subscriptions they need.
    OnlyUnjudged(Updates),
    /// There is nothing new but what the person skips.
    OnlySkipped,
    /// Nothing new was found, but not everything could be looked up.
    Incomplete {
        /// Items that could not; none where it is the list of bases that could not be read.
        items: usize,
    },
    /// Everything that is updated here was looked up, and nothing is new.
    UpToDate,
    /// Nothing is updated here.
    NothingManaged,
}

/// What can be installed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Updates {
    /// The platform.
    pub platform: bool,
    /// So many bases.
    pub bases: usize,
    /// This program.
    pub updater: bool,
}

impl Updates {
    /// Adds one more thing that can be updated.
    pub fn count(&mut self, subject: Subject) {
        match subject {
            Subject::Platform => self.platform = true,
            Subject::Base => self.bases += 1,
            Subject::Updater => self.updater = true,
        }
    }

    /// Of everything together.
    pub fn total(&self) -> usize {
        self.bases + usize::from(self.platform) + usize::from(self.updater)
    }
}

/// Items by what may be done with them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Those with an update that can be installed.
    pub updates: Updates,
    /// Items with an update that cannot.
    pub blocked: usize,
    /// Those of them whose subscriptions have ended, whatever else stands in the way.
    pub uncovered: Updates,
    /// Those of them that wait for the date of a subscription, and for nothing else.
    pub unjudged: Updates,
    /// Items with an update that the person skips.
    pub skipped: usize,
    /// Items that could not be looked up.
    pub unknown: usize,
    /// Items that were looked up and have nothing new.
    pub up_to_date: usize,
}

/// Where the bases of this PC live, for the line above the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// On this PC, damaged ones included.
    pub here: usize,
    /// On another PC.
    pub remote: usize,
    /// In the cloud.
    pub cloud: usize,
}

impl Model {
    /// What could not be read, on the machine as it is and in the source as it was. Damaged bases have rows
    /// of their own.
    pub fn problems(&self) -> Vec<Problem> {
        let machine = self.machine_problems().cloned().map(Problem::Machine);
        machine.chain(self.unread_problems().cloned()).collect()
    }

    /// How many of them there are.
    pub fn problem_count(&self) -> usize {
        self.machine_problems().count() + self.unread_problems().count()
    }

    fn machine_problems(&self) -> impl Iterator<Item = &machine::Problem> {
        let problems = self.machine.iter().flat_map(|machine| &machine.problems);
        problems.filter(|problem| !matches!(problem.fault, Fault::Damaged(_)))
    }

    fn unread_problems(&self) -> impl Iterator<Item = &Problem> {
        let problems = self.report.iter().flat_map(|report| &report.problems);
        problems.filter(|problem| is_unread(problem))
    }

    /// What to know of the source although everything was read: a wrong clock, signatures that have expired.
    pub fn source_warnings(&self) -> impl Iterator<Item = &source::Fault> {
        let problems = self.report.iter().flat_map(|report| &report.problems);
        problems.filter(|problem| !is_unread(problem)).filter_map(|problem| match problem {
            Problem::Source(catalogue::Problem { fault: catalogue::Fault::Source(fault), .. }) => Some(fault),
            Problem::Source(_) | Problem::Machine(_) => None,
        })
    }

    /// The last report's items by what may be done with them; an update that has been installed since no
    /// longer counts.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// The machine's bases by where they live.
    pub fn places(&self) -> Places {
        self.places
    }

    /// Counted when something changes, not in every frame: there may be ten thousand.
    pub(super) fn count_again(&mut self) {
        self.counts = self.count_items();
        self.places = self.count_places();
    }

    fn count_items(&self) -> Counts {
        let mut counts = Counts::default();
        for item in self.report.iter().flat_map(|report| &report.items) {
            self.count(&mut counts, item);
        }
        // A list of bases that could not be read may have any number of updates.
        counts.unknown += usize::from(self.report.as_ref().is_some_and(|report| report.bases_unknown));
        counts
    }

    fn count(&self, counts: &mut Counts, item: &Item) {
        let done = matches!(self.activity(&item.id), Some(Activity::Done(_)));
        match &item.state {
            State::UpToDate => counts.up_to_date += 1,
            State::Available { .. } if done => counts.up_to_date += 1,
            State::Available { .. } if self.is_skipped(item) => counts.skipped += 1,
            State::Available { .. } => counts.updates.count(item.subject),
            State::Blocked { blocks, .. } => {
                counts.blocked += 1;
                if !item.ended().is_empty() {
                    counts.uncovered.count(item.subject);
                } else if blocks.iter().all(|block| matches!(block, Block::SubscriptionUnknown(_))) {
                    counts.unjudged.count(item.subject);
                }
            }
            State::NotManaged { .. } => {}
            State::Unknown { .. } => counts.unknown += 1,
        }
    }

    /// The header's line.
    pub fn headline(&self) -> Headline {
        if self.report.is_none() {
            return if self.check_failure.is_some() {
                Headline::NothingKnown
            } else {
                Headline::NeverChecked
            };
        }
        let counts = self.counts();
        if counts.updates.total() > 0 {
            Headline::Updates(counts.updates)
        } else if counts.blocked > 0 && counts.uncovered.total() == counts.blocked {
            Headline::OnlyUncovered(counts.uncovered)
        } else if counts.blocked > 0 && counts.unjudged.total() == counts.blocked {
            Headline::OnlyUnjudged(counts.unjudged)
        } else if counts.blocked > 0 {
            Headline::OnlyBlocked { items: counts.blocked }
        } else if self.report.as_ref().is_some_and(|report| !report.is_complete()) {
            Headline::Incomplete { items: counts.unknown }
        } else if counts.skipped > 0 {
            Headline::OnlySkipped
        } else if counts.up_to_date > 0 {
            Headline::UpToDate
        } else {
            Headline::NothingManaged
        }
    }

    fn count_places(&self) -> Places {
        use smarts_core::machine::Kind;

        let mut places = Places::default();
        for base in self.machine.iter().flat_map(|machine| &machine.bases) {
            match base.kind {
                Kind::Local | Kind::InternetExchange | Kind::Damaged(_) => places.here += 1,
                Kind::Remote => places.remote += 1,
                Kind::Cloud => places.cloud += 1,
            }
        }
        places
    }
}

/// Whether a problem of a report is about something in the source that was not read.
fn is_unread(problem: &Problem) -> bool {
    matches!(problem, Problem::Source(_)) && !problem.is_warning()
}
