//! Plans that wait for the person: examined files, and what they would do.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use smarts_core::by_hand;
use smarts_core::machine::{Base, Machine};
use smarts_core::offer::{Item, Subject, Warning};
use smarts_core::plan::kept::GoesOn;
use smarts_core::plan::{InstallerTarget, Plan, PlanSubject};
use smarts_core::preflight::Earlier;
use smarts_core::tree::RelPath;
use smarts_core::verify::Proof;

use super::going_back::old_copy;
use super::{Shared, lock};
use crate::error::chain;
use crate::model::activity::FileFacts;
use crate::model::at_hand::is_at_hand;
use crate::model::going_back::OldCopy;
use crate::model::sheet::SheetData;
use crate::model::{Event, Notice};
use crate::session::{Fetched, Origin, Proved, Reading, Update};

/// Plans by item id. Each has a lock of its own: a look at one may take seconds, and whoever carries it out
/// waits for that.
#[derive(Default)]
pub(super) struct Preparations(Mutex<HashMap<String, Arc<Mutex<Prepared>>>>);

/// What an item's examined files would do. One plan is one consent, so only the first of several is kept, shown
/// and carried out; the next check offers what remains.
pub(super) struct Prepared {
    pub(super) plan: Option<Plan>,
    pub(super) warnings: Vec<Warning>,
    /// The bases the person has seen a sheet about.
    pub(super) base_ids: Vec<String>,
    /// Whether it is the covered release in place of the newest.
    pub(super) covered: bool,
    pub(super) origin: Origin,
    /// The part of a plan on the disk that this is, if it waited there.
    pub(super) goes_on: Option<GoesOn>,
    /// The older copies that would go with these bases; looked at once, as that reads all of them.
    pub(super) older: Option<(Vec<String>, Vec<OldCopy>)>,
}

impl Preparations {
    pub(super) fn put(&self, item_id: &str, prepared: Prepared) {
        lock(&self.0).insert(item_id.to_owned(), Arc::new(Mutex::new(prepared)));
    }

    /// Closes what waits under these keys.
    pub(super) fn take_away(&self, is_unwanted: impl Fn(&str) -> bool) {
        lock(&self.0).retain(|item_id, _| !is_unwanted(item_id));
    }

    /// Closes what waits under this key, unless something else has taken its place.
    pub(super) fn take_away_this(&self, item_id: &str, used: &Arc<Mutex<Prepared>>) {
        let mut waiting = lock(&self.0);
        if waiting.get(item_id).is_some_and(|prepared| Arc::ptr_eq(prepared, used)) {
            waiting.remove(item_id);
        }
    }

    pub(super) fn get(&self, item_id: &str) -> Option<Arc<Mutex<Prepared>>> {
        lock(&self.0).get(item_id).cloned()
    }
}

impl Prepared {
    /// A plan that comes from no offer of the last check.
    pub(super) fn of(plan: Plan, base_ids: Vec<String>, origin: Origin) -> Self {
        Self {
            plan: Some(plan),
            warnings: Vec::new(),
            base_ids,
            covered: false,
            origin,
            goes_on: None,
            older: None,
        }
    }

    /// Points the plan at these bases, as they are now.
    fn aim(&mut self, machine: &Machine, base_ids: &[String]) {
        let bases: Vec<Base> = base_ids.iter().filter_map(|id| machine.base(id)).cloned().collect();
        match self.plan.as_mut().map(|plan| &mut plan.subject) {
            Some(PlanSubject::Template(plan)) => plan.bases = bases,
            Some(PlanSubject::Installer(plan)) => match &mut plan.target {
                InstallerTarget::Platform | InstallerTarget::Updater => {}
                InstallerTarget::Wizard { bases: aimed } => *aimed = bases,
            },
            None => {}
        }
        self.base_ids = base_ids.to_vec();
    }
}

/// The bases that an item is about.
pub(super) fn base_ids(item: &Item) -> Vec<String> {
    match item.subject {
        Subject::Platform | Subject::Updater => Vec::new(),
        Subject::Base => vec![item.id.clone()],
    }
}

impl Shared {
    /// Keeps examined files until the person decides.
    pub(super) fn prepare(&self, machine: &Machine, item: &Item, covered: bool, update: Update) -> FileFacts {
        let fetched = &update.steps;
        let proved = Proved::weakest(fetched.iter().map(Fetched::proved));
        let origin = fetched.first().map_or(Origin::Folder, |one| one.origin);
        let size = fetched.iter().map(|one| one.file.size()).sum();
        let base_ids = base_ids(item);
        let plan = self.session.plans(machine, item, &base_ids, update, false).into_iter().next();
        let warnings = item.warnings.clone();
        self.preparations.put(
            &item.id,
            Prepared { plan, warnings, base_ids, covered, origin, goes_on: None, older: None },
        );
        let proved = proved.unwrap_or(Proved { proof: Proof::None, signer: None, origin });
        FileFacts { proved, size }
    }

    /// Looks at what an item's files would do to these bases.
    pub(super) fn preview_aside(self: &Arc<Self>, item_id: String, base_ids: Vec<String>) {
        let (broken_id, broken_ids) = (item_id.clone(), base_ids.clone());
        self.in_thread(
            "preview",
            move |shared| shared.preview(item_id, base_ids),
            move |shared| shared.preview_broke(broken_id, broken_ids),
        );
    }

    /// Reads how files of the pilot differ from what comes in their place; none where the plan is gone.
    pub(super) fn read_differences_aside(self: &Arc<Self>, item_id: String, paths: Vec<RelPath>) {
        let (broken_id, broken_paths) = (item_id.clone(), paths.clone());
        self.in_thread(
            "differences",
            move |shared| shared.read_differences(item_id, paths),
            move |shared| {
                let (item_id, paths) = (broken_id, broken_paths);
                shared.outbox.post(Event::DifferencesRead { item_id, paths, told: Vec::new() });
            },
        );
    }

    /// Prepares the update of bases with a template that a wizard has left.
    pub(super) fn prepare_template_aside(self: &Arc<Self>, template: PathBuf, base_ids: Vec<String>) {
        let broken_id = base_ids.first().cloned().unwrap_or_default();
        let broken_ids = base_ids.clone();
        self.in_thread(
            "template",
            move |shared| shared.prepare_template(&template, base_ids),
            move |shared| shared.preview_broke(broken_id, broken_ids),
        );
    }

    pub(super) fn preview(&self, item_id: String, base_ids: Vec<String>) {
        let Reading { machine, subscriptions, .. } = self.session.read();
        let prepared = self.preparations.get(&item_id);
        let sheet = prepared.and_then(|prepared| {
            let mut prepared = lock(&prepared);
            prepared.aim(&machine, &base_ids);
            let plan = prepared.plan.as_ref()?;
            let look = self.session.look(&machine, &subscriptions, plan, &mut Earlier::default());
            // The warnings of an offer the window has itself.
            let warnings = if is_at_hand(&item_id) { &prepared.warnings[..] } else { &[] };
            let sheet = self.texts.sheet(plan, prepared.origin, &look, &machine, warnings);
            let older = prepared.older.take().filter(|(of, _)| *of == base_ids);
            let (_, older) = prepared
                .older
                .insert(older.unwrap_or_else(|| (base_ids.clone(), self.older(&machine, &base_ids))));
            // Nobody could be reminded of what no row is about.
            let remind_at = sheet.remind_at.filter(|_| !is_at_hand(&item_id));
            Some(SheetData { older: older.clone(), remind_at, ..sheet })
        });
        let sheet = sheet.ok_or_else(|| Notice::of(self.texts.offer_gone()));
        self.outbox.post(Event::SheetReady { item_id, base_ids, sheet });
    }

    fn read_differences(&self, item_id: String, paths: Vec<RelPath>) {
        let prepared = self.preparations.get(&item_id);
        let told = prepared.map_or_else(Vec::new, |prepared| {
            let prepared = lock(&prepared);
            let plan = prepared.plan.as_ref().map(|plan| &plan.subject);
            let Some(PlanSubject::Template(plan)) = plan else { return Vec::new() };
            let Some(dir) = plan.bases.first().and_then(|base| base.dir.as_deref()) else {
                return Vec::new();
            };
            let tell = |path| self.texts.difference(path, by_hand::difference(plan, dir, path));
            paths.iter().map(tell).collect()
        });
        self.outbox.post(Event::DifferencesRead { item_id, paths, told });
    }

    /// Older copies that would go once these bases are copied. That they cannot be looked at stands in the way of no
    /// update: none is deleted then.
    fn older(&self, machine: &Machine, base_ids: &[String]) -> Vec<OldCopy> {
        let bases: Vec<Base> = base_ids.iter().filter_map(|id| machine.base(id)).cloned().collect();
        let older = self.session.older_copies(&bases).unwrap_or_else(|fault| {
            tracing::warn!(error = chain(&fault), "Older copies could not be looked at");
            Vec::new()
        });
        older.into_iter().map(old_copy).collect()
    }

    /// For a panic in a thread that looks.
    pub(super) fn preview_broke(&self, item_id: String, base_ids: Vec<String>) {
        let sheet = Err(Notice::of(self.texts.internal_error()));
        self.outbox.post(Event::SheetReady { item_id, base_ids, sheet });
    }

    fn prepare_template(&self, template: &Path, base_ids: Vec<String>) {
        let Some(item_id) = base_ids.first().cloned() else { return };
        match self.session.template_at_hand(template, &self.session.machine()) {
            Ok(template) => {
                let (proved, size) = (template.fetched.proved(), template.fetched.file.size());
                let origin = proved.origin;
                let plan = template.into_plan(Vec::new());
                self.preparations.put(&item_id, Prepared::of(plan, base_ids.clone(), origin));
                self.outbox.post(Event::Verified { item_id: item_id.clone(), proved, size });
                self.preview(item_id, base_ids);
            }
            Err(error) => {
                let sheet = Err(Notice::of(self.texts.at_hand_error(&error)));
                self.outbox.post(Event::SheetReady { item_id, base_ids, sheet });
            }
        }
    }
}
