//! What subscriptions say about a plan.
//!
//! Looked at for the sheet, and once more by whoever changes something, right before: a list may have changed in
//! between, and a plan comes from another process.

use std::collections::HashMap;
use std::slice;

use jiff::civil::Date;

use super::point::{Pass, Points, Stop, Warning};
use crate::catalogue::Release;
use crate::machine::{Base, Machine};
use crate::offer::Subject;
use crate::plan::{InstallerTarget, Plan, PlanSubject};
use crate::subscription::{Facts, Judgement, Standings};

/// What was found for one base, or for the platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covering {
    /// `None`: the platform, which concerns all bases of the PC.
    pub base_id: Option<String>,
    /// What the rule says.
    pub judgement: Judgement,
}

/// Judges everything that a plan installs; nothing of this program, which needs no subscription. The machine is the
/// whole of it, as for [`Subscriptions::facts`](crate::subscription::Subscriptions::facts).
pub fn coverage(plan: &Plan, machine: &Machine, facts: &Facts<'_>) -> Vec<Covering> {
    let judge =
        |subject, bases: &[Base], releases: &[Release]| of_releases(subject, bases, releases, machine, facts);
    match &plan.subject {
        PlanSubject::Template(plan) => {
            let releases: Vec<Release> =
                plan.packages.iter().map(|package| package.release.clone()).collect();
            judge(Subject::Base, &plan.bases, &releases)
        }
        PlanSubject::Installer(plan) => {
            let release = slice::from_ref(&plan.package.release);
            match &plan.target {
                InstallerTarget::Platform => judge(Subject::Platform, &[], release),
                InstallerTarget::Wizard { bases } => judge(Subject::Base, bases, release),
                InstallerTarget::Updater => judge(Subject::Updater, &[], release),
            }
        }
    }
}

/// The same of releases that are no plan yet.
pub(super) fn of_releases(
    subject: Subject,
    bases: &[Base],
    releases: &[Release],
    machine: &Machine,
    facts: &Facts<'_>,
) -> Vec<Covering> {
    let dates: Vec<Option<Date>> = releases.iter().map(|release| release.date).collect();
    match subject {
        Subject::Updater => Vec::new(),
        Subject::Platform => {
            let standings = Standings::of_platform(facts, machine);
            vec![Covering { base_id: None, judgement: standings.judge(&dates, facts) }]
        }
        Subject::Base => {
            // As the machine is now, with devices that have come since the plan was made.
            let here: HashMap<&str, &Base> =
                machine.bases.iter().map(|base| (base.id.as_str(), base)).collect();
            let of_base = |base: &Base| {
                let standings =
                    Standings::of_base(facts, here.get(base.id.as_str()).copied().unwrap_or(base));
                Covering { base_id: Some(base.id.clone()), judgement: standings.judge(&dates, facts) }
            };
            bases.iter().map(of_base).collect()
        }
    }
}

impl Points {
    pub(super) fn covering(&mut self, Covering { base_id, judgement }: Covering) {
        match judgement {
            Judgement::Covered => self.passes.push(Pass::Covered { base_id }),
            Judgement::Ended(ended) => self.stops.push(Stop::NotCovered { base_id, ended }),
            Judgement::Unknown { about, stops: true } => {
                self.stops.push(Stop::CoverageUnknown { base_id, about });
            }
            Judgement::Unknown { about, stops: false } => {
                self.warnings.push(Warning::CoverageUnknown { base_id, about });
            }
        }
    }
}
