//! Plans that wait for the person: examined files, and what they would do.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Mutex;

use smarts_core::machine::{Base, Machine};
use smarts_core::offer::{Item, PLATFORM, Warning};
use smarts_core::plan::{InstallerTarget, Plan, PlanSubject, TemplatePlan};
use smarts_core::verify::Proof;

use super::{Shared, lock};
use crate::model::activity::FileFacts;
use crate::model::{Event, Notice};
use crate::session::Fetched;

/// Plans by item id.
#[derive(Default)]
pub(super) struct Preparations(Mutex<HashMap<String, Prepared>>);

/// What an item's examined files would do, in order.
pub(super) struct Prepared {
    pub(super) plans: Vec<Plan>,
    pub(super) warnings: Vec<Warning>,
}

impl Preparations {
    pub(super) fn put(&self, item_id: &str, prepared: Prepared) {
        lock(&self.0).insert(item_id.to_owned(), prepared);
    }

    /// Taken by the one who looks at it or carries it out.
    pub(super) fn take(&self, item_id: &str) -> Option<Prepared> {
        lock(&self.0).remove(item_id)
    }
}

impl Prepared {
    /// Points the plans at these bases, as they are now.
    pub(super) fn aim(&mut self, machine: &Machine, base_ids: &[String]) {
        let bases: Vec<Base> = base_ids.iter().filter_map(|id| machine.base(id)).cloned().collect();
        for plan in &mut self.plans {
            match &mut plan.subject {
                PlanSubject::Template(plan) => plan.bases.clone_from(&bases),
                PlanSubject::Installer(plan) => match &mut plan.target {
                    InstallerTarget::Platform => {}
                    InstallerTarget::Wizard { bases: aimed } => aimed.clone_from(&bases),
                },
            }
        }
    }
}

impl Shared {
    /// Keeps examined files until the person decides.
    pub(super) fn prepare(&self, machine: &Machine, item: &Item, fetched: Vec<Fetched>) -> FileFacts {
        let proof = fetched.iter().map(|one| one.file.proof()).max().unwrap_or(Proof::None);
        let size = fetched.iter().map(|one| one.file.size()).sum();
        let base_ids = if item.id == PLATFORM { Vec::new() } else { vec![item.id.clone()] };
        let plans = self.session.plans(machine, item, &base_ids, fetched, false);
        self.preparations.put(&item.id, Prepared { plans, warnings: item.warnings.clone() });
        FileFacts { proof, size }
    }

    /// Looks at what an item's files would do to these bases.
    pub(super) fn preview(&self, item_id: String, base_ids: Vec<String>) {
        let machine = self.session.machine();
        let sheet = match self.preparations.take(&item_id) {
            None => Err(Notice::of(self.texts.offer_gone())),
            Some(mut prepared) => {
                prepared.aim(&machine, &base_ids);
                let sheet = prepared.plans.first().map(|plan| {
                    let look = self.session.look(&machine, plan);
                    // The warnings of the offer the window has itself.
                    self.texts.sheet(plan, &look, &machine, &[])
                });
                self.preparations.put(&item_id, prepared);
                sheet.ok_or_else(|| Notice::of(self.texts.offer_gone()))
            }
        };
        self.outbox.post(Event::SheetReady { item_id, base_ids, sheet });
    }

    /// Prepares the update of bases with a template that a wizard has left.
    pub(super) fn prepare_template(&self, template: &Path, base_ids: Vec<String>) {
        let Some(item_id) = base_ids.first().cloned() else { return };
        match self.session.template_at_hand(template) {
            Ok(template) => {
                let Fetched { release, file } = template.fetched;
                let (proof, size) = (file.proof(), file.size());
                let package = smarts_core::plan::Package { release, verified: file };
                let plan = TemplatePlan { packages: vec![package], bases: Vec::new() };
                let plans = vec![Plan { subject: PlanSubject::Template(plan) }];
                self.preparations.put(&item_id, Prepared { plans, warnings: Vec::new() });
                self.outbox.post(Event::Verified { item_id: item_id.clone(), proof, size });
                self.preview(item_id, base_ids);
            }
            Err(error) => {
                let sheet = Err(Notice::of(self.texts.at_hand_error(&error)));
                self.outbox.post(Event::SheetReady { item_id, base_ids, sheet });
            }
        }
    }
}
