//! Bases, one after the other.

use std::path::{Path, PathBuf};

use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use super::step::{self, Staged};
use super::unfinished::{self, Settled};
use super::{BaseState, BasesOutcome, Context, Done, Error, Failure, Outcome, Progress};
use crate::backup::{self, Backup, Changes, Taken, Why};
use crate::by_hand;
use crate::journal::{self, Entry, What};
use crate::machine::{self, Base};
use crate::plan::{Package, TemplatePlan};
use crate::preflight::{self, Pace, Use};
use crate::put;
use crate::template::{self, Template};
use crate::version::Version;

struct Run<'a> {
    context: &'a Context<'a>,
    packages: &'a [Package],
    progress: &'a mut dyn FnMut(Progress),
    cancel: &'a CancellationToken,
    /// What the journal had to say when the run began.
    unfinished: &'a [Entry],
    /// The version of the step that is at work.
    reached: Version,
    /// The first entry that could not be written.
    unrecorded: &'a mut Option<journal::Error>,
}

/// A base about which everything is known, and the files for it.
struct Prepared<'a> {
    /// As just read from the machine.
    base: Base,
    dir: PathBuf,
    steps: Vec<Staged<'a>>,
    /// Removed when dropped.
    _staging: TempDir,
}

pub(super) fn run(
    context: &Context<'_>,
    plan: &TemplatePlan,
    progress: &mut dyn FnMut(Progress),
    cancel: &CancellationToken,
) -> Outcome {
    let (Some(first), Some(last)) = (plan.packages.first(), plan.packages.last()) else {
        return Outcome::Failed { error: Error::EmptyPlan, unrecorded: None };
    };
    if plan.bases.is_empty() {
        return Outcome::Failed { error: Error::EmptyPlan, unrecorded: None };
    }
    let unfinished = match journal::read(&context.paths.journal_path()) {
        Ok(journal) => journal::unfinished(&journal.entries).into_iter().cloned().collect::<Vec<_>>(),
        Err(error) => return Outcome::Failed { error: Error::Journal(error), unrecorded: None },
    };
    let mut outcome = BasesOutcome::default();
    let mut bases = plan.bases.iter();
    for base in bases.by_ref() {
        let mut run = Run {
            context,
            packages: &plan.packages,
            progress,
            cancel,
            unfinished: &unfinished,
            reached: first.release.version,
            unrecorded: &mut outcome.unrecorded,
        };
        let begun = (context.clock)();
        match run.base(base) {
            Ok(done) => {
                by_hand::remember(context.paths, base, &plan.packages);
                Pace::remember(context.paths, &done.backup_dir, begun, (context.clock)());
                let entry = entry(context, base, last, What::Updated, String::new(), Some(&done.backup_dir));
                record(context, &entry, &mut outcome.unrecorded);
                outcome.done.push(done);
                progress(Progress::Updated { base_id: base.id.clone() });
            }
            Err(failure) => {
                let package = plan.packages.iter().find(|package| package.release.version == failure.version);
                if let Some(entry) = failure_entry(context, base, package.unwrap_or(last), &failure) {
                    record(context, &entry, &mut outcome.unrecorded);
                }
                outcome.failed = Some(*failure);
                break;
            }
        }
    }
    outcome.not_started = bases.map(|base| base.id.clone()).collect();
    Outcome::Bases(outcome)
}

impl<'a> Run<'a> {
    fn base(&mut self, planned: &Base) -> Result<Done, Box<Failure>> {
        (self.progress)(Progress::Checking { base_id: planned.id.clone() });
        self.settle(planned)?;
        let prepared = match self.prepare(planned) {
            Ok(prepared) => prepared,
            Err(error) => return Err(self.failure(planned, error, BaseState::NothingChanged)),
        };
        let backup = match self.copy(&prepared) {
            Ok(backup) => backup,
            Err(error) => return Err(self.failure(planned, error, BaseState::NothingChanged)),
        };
        let backup_dir = backup.dir.clone();
        if let Err(error) = self.begin(&prepared, &backup_dir) {
            discard(backup);
            return Err(self.failure(planned, error, BaseState::NothingChanged));
        }
        let mut changes = Changes::default();
        match self.change(&prepared, &backup, &mut changes) {
            Ok(to) => Ok(Done { base_id: planned.id.clone(), from: prepared.base.version, to, backup_dir }),
            Err(error) => {
                (self.progress)(Progress::PuttingBack { base_id: planned.id.clone() });
                let state = match backup::put_back(&backup, &prepared.dir, &changes) {
                    Ok(()) => BaseState::PutBack { backup_dir },
                    Err(error) => BaseState::NotPutBack { error, backup_dir },
                };
                Err(self.failure(planned, error, state))
            }
        }
    }

    /// Deals with an earlier update of the base that was cut off.
    fn settle(&mut self, planned: &Base) -> Result<(), Box<Failure>> {
        let Some(begun) = self.unfinished.iter().find(|entry| entry.subject == planned.id) else {
            return Ok(());
        };
        // One that is not there any more is refused in its turn.
        let Ok((base, dir)) = self.read_base(planned) else { return Ok(()) };
        match unfinished::settle(self.context, begun, &base, &dir, self.progress) {
            Settled::GoOn(entry) => {
                if let Some(entry) = entry {
                    record(self.context, &entry, self.unrecorded);
                }
                Ok(())
            }
            Settled::Stop { entry, state } => {
                record(self.context, &entry, self.unrecorded);
                Err(self.failure(planned, Error::CutOff { to: begun.to }, state))
            }
        }
    }

    /// Nothing is changed before this stands in the journal.
    fn begin(&self, prepared: &Prepared<'_>, backup_dir: &Path) -> Result<(), Error> {
        let Some(last) = self.packages.last() else { return Err(Error::EmptyPlan) };
        let begun = entry(self.context, &prepared.base, last, What::Begun, String::new(), Some(backup_dir));
        journal::append(&self.context.paths.journal_path(), &begun).map_err(Error::Journal)?;
        (self.context.witness)(&begun);
        Ok(())
    }

    fn failure(&self, base: &Base, error: Error, state: BaseState) -> Box<Failure> {
        Box::new(Failure { base_id: base.id.clone(), version: self.reached, error, state })
    }

    /// Everything that can fail without the base having been touched.
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
        if let Some((_, template)) = templates.first() {
            template::preview(template, &dir).map_err(Error::Template)?;
        }
        let Context { os, paths, copies, .. } = *self.context;
        preflight::just_before(os, &paths.backup_dir, &copies.without, &dir, &templates)
            .map_err(Error::NoSpace)?;
        let beside_dir = dir.parent().unwrap_or(&dir);
        let staging_error = |error| Error::Staging { dir: beside_dir.to_path_buf(), error };
        let staging = tempfile::Builder::new()
            .prefix(put::TEMPORARY_PREFIX)
            .tempdir_in(beside_dir)
            .map_err(staging_error)?;
        let steps = self.unpack(&base, templates, staging.path())?;
        Ok(Prepared { base, dir, steps, _staging: staging })
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
    fn open_templates(&mut self, base: &Base) -> Result<Vec<(Version, Template<'a>)>, Error> {
        let packages = self.packages;
        let mut at_step = base.clone();
        let mut templates = Vec::new();
        for package in packages {
            let version = package.release.version;
            self.reached = version;
            let template = Template::open(&package.verified).map_err(Error::Template)?;
            template::fits(&template.description, &at_step, &version).map_err(Error::Misfit)?;
            at_step.version = Some(version);
            templates.push((version, template));
        }
        Ok(templates)
    }

    fn unpack(
        &mut self,
        base: &Base,
        templates: Vec<(Version, Template<'a>)>,
        staging_dir: &Path,
    ) -> Result<Vec<Staged<'a>>, Error> {
        let size = |template: &Template<'_>| -> u64 {
            let sizes = template.wanted().into_iter().filter_map(|index| template.entries().get(index));
            sizes.map(|entry| entry.size).sum()
        };
        let total_bytes = templates.iter().map(|(_, template)| size(template)).sum();
        let mut before_bytes = 0;
        let mut steps = Vec::new();
        for (number, (version, mut template)) in templates.into_iter().enumerate() {
            self.reached = version;
            let dir = staging_dir.join(number.to_string());
            std::fs::create_dir(&dir).map_err(|error| Error::Staging { dir: dir.clone(), error })?;
            let (progress, cancel) = (&mut *self.progress, self.cancel);
            let mut report = |bytes| {
                let (base_id, done_bytes) = (base.id.clone(), before_bytes + bytes);
                progress(Progress::Unpacking { base_id, done_bytes, total_bytes });
            };
            report(0);
            template.unpack(&template.wanted(), &dir, &mut report, cancel).map_err(|error| match error {
                template::Error::Cancelled => Error::Cancelled,
                error => Error::Template(error),
            })?;
            before_bytes += size(&template);
            steps.push(Staged { version, template, dir });
        }
        Ok(steps)
    }

    fn copy(&mut self, prepared: &Prepared<'_>) -> Result<Backup, Error> {
        let base = &prepared.base;
        let context = self.context;
        let at = (context.clock)().to_zoned(context.zone.clone());
        let why = Why::Update { to: self.packages.last().map(|package| package.release.version) };
        let without = context.copies.without.but_for(&all_changes(prepared)?);
        let taken = Taken { at, by: context.os.identity(), why, without };
        let progress = &mut *self.progress;
        let mut report = |backup::Progress { stage, done_bytes, total_bytes }| {
            progress(Progress::Copying { base_id: base.id.clone(), stage, done_bytes, total_bytes });
        };
        let dir = &context.paths.backup_dir;
        let backup =
            backup::create(dir, base, &prepared.dir, &taken, &mut report, self.cancel).map_err(|error| {
                match error {
                    backup::Error::Cancelled => Error::Cancelled,
                    error => Error::Backup(error),
                }
            })?;
        if self.cancel.is_cancelled() {
            discard(backup);
            return Err(Error::Cancelled);
        }
        Ok(backup)
    }

    /// From here on the base is changed. `changes` gets everything that may have been, before it is.
    fn change(
        &mut self,
        prepared: &Prepared<'_>,
        backup: &Backup,
        changes: &mut Changes,
    ) -> Result<Version, Error> {
        for step in &prepared.steps {
            self.reached = step.version;
            let replacement = step.replacement(&prepared.dir)?;
            step::note_changes(changes, &replacement);
            backup.keep_changes(changes).map_err(Error::Backup)?;
            let progress = &mut *self.progress;
            let mut report = |done, total| {
                let (base_id, version) = (prepared.base.id.clone(), step.version);
                progress(Progress::Applying { base_id, version, done, total });
            };
            step.apply(self.context.os, &prepared.dir, &replacement, &mut report)?;
            let found = self.read_base(&prepared.base).ok().and_then(|(base, _)| base.version);
            if found != Some(step.version) {
                return Err(Error::VersionUnchanged { expected: step.version, found });
            }
        }
        Ok(self.reached)
    }
}

/// All that the steps may change of what is there now.
fn all_changes(prepared: &Prepared<'_>) -> Result<Changes, Error> {
    let mut changes = Changes::default();
    for step in &prepared.steps {
        step::note_changes(&mut changes, &step.replacement(&prepared.dir)?);
    }
    Ok(changes)
}

fn discard(backup: Backup) {
    if let Err(error) = backup.discard() {
        tracing::warn!(%error, "Left a copy that is not needed");
    }
}

fn failure_entry(context: &Context<'_>, base: &Base, package: &Package, failure: &Failure) -> Option<Entry> {
    let mut detail = super::chain(&failure.error);
    let (what, backup_dir) = match &failure.state {
        // A person who changed their mind leaves no trace in the base, and so none here.
        BaseState::NothingChanged if matches!(failure.error, Error::Cancelled) => return None,
        // It has its entry, of the update that was cut off.
        BaseState::PutBack { .. } | BaseState::NotPutBack { .. }
            if matches!(failure.error, Error::CutOff { .. }) =>
        {
            return None;
        }
        BaseState::NothingChanged => (What::Failed, None),
        BaseState::PutBack { backup_dir } => (What::Undone, Some(backup_dir.as_path())),
        BaseState::NotPutBack { error, backup_dir } => {
            detail = format!("{detail}; {}", super::chain(error));
            (What::NotUndone, Some(backup_dir.as_path()))
        }
    };
    Some(entry(context, base, package, what, detail, backup_dir))
}

fn entry(
    context: &Context<'_>,
    base: &Base,
    package: &Package,
    what: What,
    detail: String,
    backup_dir: Option<&Path>,
) -> Entry {
    let identity = context.os.identity();
    Entry {
        time: (context.clock)(),
        user: identity.user,
        computer: identity.computer,
        what,
        subject: base.id.clone(),
        name: base.name.clone(),
        product: Some(base.product.clone()),
        from: base.version,
        to: Some(package.release.version),
        file: package.verified.file_name(),
        sha256: Some(package.verified.sha256()),
        proof: Some(package.verified.proof()),
        detail,
        backup_dir: backup_dir.map(|dir| dir.display().to_string()),
    }
}

fn record(context: &Context<'_>, entry: &Entry, unrecorded: &mut Option<journal::Error>) {
    if let Err(error) = super::record(context, entry) {
        unrecorded.get_or_insert(error);
    }
}
