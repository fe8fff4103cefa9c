//! What subscriptions say about a plan.
//!
//! Looked at for the sheet, and once more by whoever changes something, right before: a list may have changed in
//! between, and a plan comes from another process.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::catalogue::Release;
use crate::machine::{Base, Machine};
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
    let of_bases = |bases: &[Base], releases: &mut dyn Iterator<Item = &Release>| {
        let released: Vec<Option<Date>> = releases.map(|release| release.date).collect();
        // As the machine is now, with devices that have come since the plan was made.
        let here: HashMap<&str, &Base> = machine.bases.iter().map(|base| (base.id.as_str(), base)).collect();
        let of_base = |base: &Base| {
            let standings = Standings::of_base(facts, here.get(base.id.as_str()).copied().unwrap_or(base));
            Covering { base_id: Some(base.id.clone()), judgement: standings.judge(&released, facts) }
        };
        bases.iter().map(of_base).collect()
    };
    match &plan.subject {
        PlanSubject::Template(plan) => {
            of_bases(&plan.bases, &mut plan.packages.iter().map(|package| &package.release))
        }
        PlanSubject::Installer(plan) => match &plan.target {
            InstallerTarget::Platform => {
                let standings = Standings::of_platform(facts, machine);
                let judgement = standings.judge(&[plan.package.release.date], facts);
                vec![Covering { base_id: None, judgement }]
            }
            InstallerTarget::Wizard { bases } => of_bases(bases, &mut std::iter::once(&plan.package.release)),
            InstallerTarget::Updater => Vec::new(),
        },
    }
}
