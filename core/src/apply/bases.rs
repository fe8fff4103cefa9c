//! Bases, one after the other.

use std::path::{Path, PathBuf};

use tokio_util::sync::CancellationToken;

use super::end::{End, Recovered};
use super::entries::{entry, failure_entry};
use super::server;
use super::undo;
use super::{BaseState, BasesOutcome, Context, Done, Error, Failure, Outcome, Progress};
use crate::backup::{self, Backup, Taken, Why};
use crate::by_hand;
use crate::journal::{self, Entry, What};
use crate::machine::{self, Base};
use crate::plan::{Package, TemplatePlan};
use crate::preflight::{self, Pace, Use};
use crate::server::Server;
use crate::switch::{self, Checkpoint, Composed, Operation, Phase, Place, Supply, Switch};
use crate::template::{self, Template};
use crate::tree;
use crate::version::Version;
use crate::works::Works;

struct Run<'a, 'r> {
    context: &'a Context<'a>,
    packages: &'a [Package],
    progress: &'r mut dyn FnMut(Progress),
    cancel: &'r CancellationToken,
    /// Changes by earlier runs that were dealt with when this one began.
    recovered: &'r [Recovered],
    /// The version of the step that is at work.
    reached: Version,
}

/// A base about which everything is known, and in which everything new lies ready.
struct Prepared<'a> {
    /// As just read from the machine.
    base: Base,
    dir: PathBuf,
    templates: Vec<Template<'a>>,
    composed: Composed,
    switch: Switch<'a>,
}

/// What became of a base.
struct Ended<'a> {
    result: Result<Done, Box<Failure>>,
    /// To be closed once the result is in the journal.
    switch: Option<Switch<'a>>,
}

pub(super) fn run(
    context: &Context<'_>,
    plan: &TemplatePlan,
    recovered: &[Recovered],
    progress: &mut dyn FnMut(Progress),
    cancel: &CancellationToken,
) -> Outcome {
    let (Some(first), Some(last)) = (plan.packages.first(), plan.packages.last()) else {
        return Outcome::Failed { error: Error::EmptyPlan, unrecorded: None };
    };
    if plan.bases.is_empty() {
        return Outcome::Failed { error: Error::EmptyPlan, unrecorded: None };
    }
    let mut outcome = BasesOutcome::default();
    let mut bases = plan.bases.iter();
    for base in bases.by_ref() {
        let begun = (context.clock)();
        let version = first.release.version;
        let Ended { result, switch } = match server::pause(context, base, version, progress) {
            Ok(pause) => {
                let mut run =
                    Run { context, packages: &plan.packages, progress, cancel, recovered, reached: version };
                let Ended { result, switch } = run.base(base);
                Ended { result: server::end(context, pause, result, progress), switch }
            }
            Err(failure) => Ended { result: Err(failure), switch: None },
        };
        let entry = match &result {
            Ok(done) => {
                let entry = entry(context, base, last, What::Updated, String::new(), Some(&done.backup_dir));
                Some(Entry { works: Some(done.works.clone()), ..entry })
            }
            Err(failure) => {
                let package = plan.packages.iter().find(|package| package.release.version == failure.version);
                failure_entry(context, base, package.unwrap_or(last), failure)
            }
        };
        let mut is_told = true;
        if let Some(entry) = entry {
            (context.checkpoint)(Checkpoint::Journal { is_written: false });
            let recorded = super::record(context, &entry);
            (context.checkpoint)(Checkpoint::Journal { is_written: true });
            if let Err(error) = recorded {
                is_told = false;
                outcome.unrecorded.get_or_insert(error);
            }
        }
        if let Some(switch) = switch {
            undo::close(switch, is_told);
        }
        match result {
            Ok(done) => {
                by_hand::remember(context.paths, base, &plan.packages);
                Pace::remember(context.paths, &done.backup_dir, begun, (context.clock)());
                // A pilot whose server does not run is no reason to go on.
                let is_bad = done.works.is_bad(done.to);
                outcome.done.push(done);
                progress(Progress::Updated { base_id: base.id.clone() });
                if is_bad {
                    break;
                }
            }
            Err(failure) => {
                outcome.failed = Some(failure);
                break;
            }
        }
    }
    outcome.not_started = bases.map(|base| base.id.clone()).collect();
    Outcome::Bases(outcome)
}

impl<'a> Run<'a, '_> {
    fn base(&mut self, planned: &Base) -> Ended<'a> {
        (self.progress)(Progress::Checking { base_id: planned.id.clone() });
        let prepared = self.settle(planned).and_then(|()| {
            self.prepare(planned).map_err(|error| self.failure(planned, error, BaseState::NothingChanged))
        });
        let mut prepared = match prepared {
            Ok(prepared) => prepared,
            Err(failure) => return Ended { result: Err(failure), switch: None },
        };
        let backup = match self.copy(&prepared) {
            Ok(backup) => backup,
            Err(error) => return self.given_up(planned, error, prepared.switch),
        };
        if let Err(error) = self.begin(&mut prepared, &backup) {
            discard(backup);
            return self.given_up(planned, error, prepared.switch);
        }
        let backup_dir = backup.dir.clone();
        match self.change(&mut prepared) {
            Ok(to) => {
                let works = Works { version: Some(to), server: Server::NotLookedAt };
                let from = prepared.base.version;
                let done = Done { base_id: planned.id.clone(), from, to, backup_dir, works };
                Ended { result: Ok(done), switch: Some(prepared.switch) }
            }
            Err(error) => {
                (self.progress)(Progress::PuttingBack { base_id: planned.id.clone() });
                let (state, switch) = undone(prepared, &backup);
                Ended { result: Err(self.failure(planned, error, state)), switch }
            }
        }
    }

    /// Nothing was changed, and nothing of the preparations stays.
    fn given_up(&self, planned: &Base, error: Error, switch: Switch<'a>) -> Ended<'a> {
        switch.give_up();
        Ended { result: Err(self.failure(planned, error, BaseState::NothingChanged)), switch: None }
    }

    /// An earlier update of the base may have been cut off.
    fn settle(&self, planned: &Base) -> Result<(), Box<Failure>> {
        let Some(recovered) = self.recovered.iter().find(|one| one.base_id == planned.id) else {
            return Ok(());
        };
        match state_after(&recovered.end) {
            Some(state) => Err(self.failure(planned, Error::CutOff { to: recovered.to }, state)),
            None => Ok(()),
        }
    }

    /// Nothing is changed before this stands in the record and in the journal.
    fn begin(&self, prepared: &mut Prepared<'a>, backup: &Backup) -> Result<(), Error> {
        let Some(last) = self.packages.last() else { return Err(Error::EmptyPlan) };
        let context = self.context;
        let again = compose(&prepared.dir, &prepared.templates).map_err(|(_, error)| error)?;
        if let Some(path) = first_difference(&prepared.composed.operations, &again.operations) {
            return Err(Error::Backup(backup::Error::Changing { path }));
        }
        backup.keep_changes(context.os, &prepared.composed.changes).map_err(Error::Backup)?;
        prepared.switch.record.backup_dir = Some(backup.dir.clone());
        prepared.switch.enter(Phase::Switching).map_err(|error| self.of_switch(error))?;
        let begun = entry(context, &prepared.base, last, What::Begun, String::new(), Some(&backup.dir));
        journal::append(&context.paths.journal_path(), &begun).map_err(Error::Journal)?;
        (context.witness)(&begun);
        (context.checkpoint)(Checkpoint::Begun);
        Ok(())
    }

    fn failure(&self, base: &Base, error: Error, state: BaseState) -> Box<Failure> {
        let server = Server::NotLookedAt;
        Box::new(Failure { base_id: base.id.clone(), version: self.reached, error, state, server })
    }

    /// Everything that can fail without anything of the base having been changed, but for the copy.
    fn prepare(&mut self, planned: &Base) -> Result<Prepared<'a>, Error> {
        let packages = self.packages;
        for package in packages {
            self.reached = package.release.version;
            package.verified.recheck().map_err(Error::Package)?;
        }
        let (base, dir) = self.read_base(planned)?;
        if base.version != planned.version {
            return Err(Error::BaseChanged { expected: planned.version, found: base.version });
        }
        if let Use::Held { file, holders, error } = preflight::server_use(self.context.os, &dir) {
            return Err(Error::InUse { file, holders, error });
        }
        let templates = self.open_templates(&base)?;
        let composed = compose(&dir, &templates).map_err(|(step, error)| {
            self.reach(step);
            error
        })?;
        let context = self.context;
        let place = Place {
            os: context.os,
            paths: context.paths,
            base: &base,
            base_dir: &dir,
            to: Some(self.reached),
            finisher: context.finisher,
        };
        let Context { os, paths, copies, .. } = *context;
        preflight::just_before(os, &paths.backup_dir, &copies.without, &dir, &composed)
            .map_err(|obstacle| Error::of_obstacle(&dir, obstacle))?;
        let operations = composed.operations.clone();
        let switch =
            Switch::prepare(&place, operations, context.checkpoint).map_err(|error| self.of_switch(error))?;
        let mut prepared = Prepared { base, dir, templates, composed, switch };
        if let Err(error) = self.stage(&mut prepared) {
            undo::close(prepared.switch, true);
            return Err(error);
        }
        Ok(prepared)
    }

    /// The base as it is now, and its real folder.
    fn read_base(&self, planned: &Base) -> Result<(Base, PathBuf), Error> {
        let base = machine::read_base(self.context.os, &planned.id).ok_or(Error::NotHere)?;
        if !base.is_managed() || base.dir != planned.dir {
            return Err(Error::NotHere);
        }
        let dir = base.dir.as_deref().and_then(|dir| dir.canonicalize().ok()).ok_or(Error::NotHere)?;
        Ok((base, dir))
    }

    /// Each template has to go with what the one before it leaves.
    fn open_templates(&mut self, base: &Base) -> Result<Vec<Template<'a>>, Error> {
        let packages = self.packages;
        let mut at_step = base.clone();
        let mut templates = Vec::new();
        for package in packages {
            let version = package.release.version;
            self.reached = version;
            let template = Template::open(&package.verified).map_err(Error::Template)?;
            template::fits(&template.description, &at_step, &version).map_err(Error::Misfit)?;
            at_step.version = Some(version);
            templates.push(template);
        }
        Ok(templates)
    }

    fn reach(&mut self, step: usize) {
        if let Some(package) = self.packages.get(step) {
            self.reached = package.release.version;
        }
    }

    fn stage(&mut self, prepared: &mut Prepared<'a>) -> Result<(), Error> {
        let Prepared { base, templates, composed, switch, .. } = prepared;
        let total_bytes = composed.size_bytes();
        let (progress, cancel) = (&mut *self.progress, self.cancel);
        let mut report = |done_bytes| {
            progress(Progress::Unpacking { base_id: base.id.clone(), done_bytes, total_bytes });
        };
        report(0);
        if cancel.is_cancelled() {
            return Err(Error::Cancelled);
        }
        switch.stage(Supply::Templates(templates), &composed.files, &mut report, cancel).map_err(|error| {
            if let switch::Error::Template { step, .. } = &error {
                self.reach(*step);
            }
            self.of_switch(error)
        })
    }

    fn of_switch(&self, error: switch::Error) -> Error {
        Error::of_switch(self.context.os, error)
    }

    fn copy(&mut self, prepared: &Prepared<'_>) -> Result<Backup, Error> {
        let base = &prepared.base;
        let context = self.context;
        let at = (context.clock)().to_zoned(context.zone.clone());
        let why = Why::Update { to: self.packages.last().map(|package| package.release.version) };
        let without = context.copies.without.but_for(&prepared.composed.changes);
        let taken = Taken { at, by: context.os.identity(), why, without };
        let progress = &mut *self.progress;
        let mut report = |backup::Progress { stage, done_bytes, total_bytes }| {
            progress(Progress::Copying { base_id: base.id.clone(), stage, done_bytes, total_bytes });
        };
        let place = backup::Place { os: context.os, dir: &context.paths.backup_dir };
        let backup = backup::create(place, base, &prepared.dir, &taken, &mut report, self.cancel).map_err(
            |error| match error {
                backup::Error::Cancelled => Error::Cancelled,
                error => Error::Backup(error),
            },
        )?;
        if self.cancel.is_cancelled() {
            discard(backup);
            return Err(Error::Cancelled);
        }
        (context.checkpoint)(Checkpoint::Copied);
        Ok(backup)
    }

    /// From here on the base is changed.
    fn change(&mut self, prepared: &mut Prepared<'a>) -> Result<Version, Error> {
        let version = self.reached;
        let Prepared { base, switch, .. } = prepared;
        let progress = &mut *self.progress;
        let mut report = |done, total| {
            progress(Progress::Applying { base_id: base.id.clone(), version, done, total });
        };
        switch.turn(&mut report).map_err(|error| self.of_switch(error))?;
        let found = self.read_base(base).ok().and_then(|(base, _)| base.version);
        if found != Some(version) {
            return Err(Error::VersionUnchanged { expected: version, found });
        }
        switch.enter(Phase::Done).map_err(|error| self.of_switch(error))?;
        Ok(version)
    }
}

/// What all steps make of the base as it is now; the error with the number of its step.
fn compose(dir: &Path, templates: &[Template<'_>]) -> Result<Composed, (usize, Error)> {
    let nodes = tree::list(dir).map_err(|error| (0, Error::Template(template::Error::Base(error))))?;
    let steps: Vec<&Template<'_>> = templates.iter().collect();
    switch::compose(&nodes, &steps).map_err(|(step, error)| (step, Error::Template(error)))
}

/// A base that could not be put back keeps its record: the next run, or the next start of the PC, tries again.
fn undone<'a>(prepared: Prepared<'a>, backup: &Backup) -> (BaseState, Option<Switch<'a>>) {
    let Prepared { dir, composed, mut switch, .. } = prepared;
    let backup_dir = backup.dir.clone();
    if let Err(error) = undo::take_back(&switch, Some((backup, &composed.changes)), &dir) {
        return (BaseState::NotPutBack { error, backup_dir }, None);
    }
    undo::enter_undone(&mut switch);
    let is_entered = switch.record.phase == Phase::Undone;
    (BaseState::PutBack { backup_dir }, is_entered.then_some(switch))
}

/// What a base is whose earlier update was cut off, if the new one is to stop for it: the person agreed to it looking
/// at a base that was half-way.
fn state_after(end: &End) -> Option<BaseState> {
    match end {
        End::Untouched | End::Finished | End::Superseded | End::NoCopy | End::Gone => None,
        End::Undone { backup_dir } => Some(BaseState::PutBack { backup_dir: backup_dir.clone() }),
        End::NotUndone { error, backup_dir } => {
            let (faults, backup_dir) = (vec![fault(&super::chain(error), backup_dir)], backup_dir.clone());
            Some(BaseState::NotPutBack { error: backup::Error::NotRestored { faults }, backup_dir })
        }
        End::Left { path, error } => {
            let faults = vec![fault(&error.to_string(), path)];
            let error = backup::Error::NotRestored { faults };
            Some(BaseState::NotPutBack { error, backup_dir: path.clone() })
        }
    }
}

fn fault(reason: &str, path: &Path) -> backup::RestoreFault {
    backup::RestoreFault { path: path.to_path_buf(), error: std::io::Error::other(reason.to_owned()) }
}

/// Where two lists of operations differ first.
fn first_difference(one: &[Operation], other: &[Operation]) -> Option<tree::RelPath> {
    let mut pairs = one.iter().zip(other);
    let longer = if one.len() > other.len() { one } else { other };
    let differs = pairs.find(|(one, other)| one != other).map(|(one, _)| one);
    let more = || longer.get(one.len().min(other.len()));
    differs.or_else(more).map(|operation| operation.path.clone())
}

fn discard(backup: Backup) {
    if let Err(error) = backup.discard() {
        tracing::warn!(%error, "Left a copy that is not needed");
    }
}
