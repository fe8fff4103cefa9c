//! Copies of bases, and going back, on the machine of a session.

use std::io;

use jiff::tz::TimeZone;
use smarts_core::backup::{
    self, Backup, Context, Expected, Fault, GoingBack, LetGo, Listed, Made, Place, Preview, Progress, Step,
    Way, WentBack,
};
use smarts_core::journal::Entry;
use smarts_core::machine::Base;
use smarts_core::tree;
use tokio_util::sync::CancellationToken;

use super::Session;

/// A base that may go back, and what that would do.
#[derive(Debug)]
pub struct WayBack {
    /// The copy.
    pub backup: Backup,
    /// How far.
    pub way: Way,
    /// The base as it is now.
    pub base: Base,
    /// What would happen.
    pub preview: Preview,
}

impl Session {
    /// All copies of bases, newest first.
    pub fn copies(&self) -> io::Result<Vec<Listed>> {
        backup::list(Place { os: &*self.os, dir: &self.paths.backup_dir }, &TimeZone::system())
    }

    /// Older copies that would go once these bases are copied, oldest first: to be asked about before that, and
    /// deleted after it, by [`Self::let_go`]. Reads all manifests.
    pub fn older_copies(&self, bases: &[Base]) -> Result<Vec<Listed>, Fault> {
        let failed = |error| Fault::Backup(backup::Error::List(error));
        let dir = &self.paths.backup_dir;
        let copies = self.copies().map_err(|error| failed(tree::Error::Read { path: dir.clone(), error }))?;
        let expected = bases.iter().map(|base| {
            let size_bytes = self.copy_bytes(base).map_err(failed)?;
            Ok(Expected { base_id: &base.id, size_bytes })
        });
        let expected: Vec<Expected<'_>> = expected.collect::<Result<_, Fault>>()?;
        backup::would_go(&*self.os, &self.paths, &copies, &expected, &self.settings.copies())
            .map_err(Fault::Journal)
    }

    /// Bytes that a copy of a base would have now.
    pub fn copy_bytes(&self, base: &Base) -> Result<u64, tree::Error> {
        let dir = base.dir.clone().unwrap_or_default();
        Ok(self.settings.backup_without.copy_bytes(&tree::list(&dir)?))
    }

    /// Copies a base, and then deletes those of `agreed_to_go`, by their ids, that are too many. Blocks.
    pub fn copy_on_demand(
        &self,
        base: &Base,
        agreed_to_go: &[String],
        witness: &dyn Fn(&Entry),
        progress: &mut dyn FnMut(Progress),
        cancel: &CancellationToken,
    ) -> Result<Made, Fault> {
        self.with_copies(witness, |context| backup::on_demand(context, base, agreed_to_go, progress, cancel))
    }

    /// Deletes those older copies, by their ids, that are too many now: for after an update. Blocks.
    pub fn let_go(&self, agreed_to_go: &[String], witness: &dyn Fn(&Entry)) -> Result<LetGo, Fault> {
        self.with_copies(witness, |context| backup::let_go(context, agreed_to_go))
    }

    /// Brings changes of bases that were cut off to their end: before [`Self::way_back`], by whoever may change the PC.
    pub fn settle(&self, witness: &dyn Fn(&Entry)) -> Result<(), Fault> {
        self.with_copies(witness, backup::settle)
    }

    /// What going back would do. Reads the copy and the base, and changes nothing.
    pub fn way_back(
        &self,
        copy: &Listed,
        way: Way,
        progress: &mut dyn FnMut(Step),
        cancel: &CancellationToken,
    ) -> Result<WayBack, Fault> {
        let backup = Backup::open_ours(&*self.os, &copy.dir).map_err(Fault::Backup)?;
        self.way_back_from(backup, way, progress, cancel)
    }

    pub(super) fn way_back_from(
        &self,
        backup: Backup,
        way: Way,
        progress: &mut dyn FnMut(Step),
        cancel: &CancellationToken,
    ) -> Result<WayBack, Fault> {
        let (base, since, dir) = backup::present_base(&*self.os, &self.paths, &backup, way)?;
        let mut reading = |done_bytes, total_bytes| progress(Step::Reading { done_bytes, total_bytes });
        let preview = backup::preview(&backup, &dir, &since, way, &mut reading, cancel).map_err(Fault::of)?;
        Ok(WayBack { backup, way, base, preview })
    }

    /// Goes back as the person agreed to. Blocks; `cancel` is heeded until something is changed.
    pub fn go_back(
        &self,
        agreed: &WayBack,
        witness: &dyn Fn(&Entry),
        progress: &mut dyn FnMut(Step),
        cancel: &CancellationToken,
    ) -> Result<WentBack, Fault> {
        let WayBack { backup, way, preview, .. } = agreed;
        let going = GoingBack { backup, way: *way, agreed: preview };
        tracing::info!(copy = %backup.dir.display(), ?way, "Going back as the person agreed to");
        self.with_copies(witness, |context| backup::go_back(context, &going, progress, cancel))
    }

    fn with_copies<T>(&self, witness: &dyn Fn(&Entry), work: impl FnOnce(&Context<'_>) -> T) -> T {
        let clock = || self.clock.timestamp();
        let (paths, copies) = (&self.paths, &self.settings.copies());
        let (zone, finisher) = (TimeZone::system(), self.finisher());
        let (finisher, checkpoint) = (finisher.as_ref(), &|_| ());
        work(&Context { os: &*self.os, paths, clock: &clock, zone, copies, witness, finisher, checkpoint })
    }
}
