//! Copies of bases, and going back, on the machine of a session.

use std::io;
use std::path::PathBuf;

use jiff::tz::TimeZone;
use smarts_core::backup::{
    self, Backup, Changes, Context, Expected, Fault, GoingBack, Listed, Made, Preview, Progress, Step, Way,
    WentBack,
};
use smarts_core::journal::{self, Entry};
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
        backup::list(&self.paths.backup_dir, &TimeZone::system())
    }

    /// Older copies that would go once one of these bases is made, oldest first.
    pub fn copies_that_would_go(
        &self,
        copies: &[Listed],
        expected: &[Expected<'_>],
    ) -> Result<Vec<Listed>, journal::Error> {
        backup::would_go(&self.paths, copies, expected, &self.settings.copies())
    }

    /// Bytes that a copy of a base would have now.
    pub fn copy_bytes(&self, base: &Base) -> Result<u64, tree::Error> {
        let dir = base.dir.clone().unwrap_or_default();
        Ok(self.settings.backup_without.copy_bytes(&tree::list(&dir)?))
    }

    /// Copies a base. Blocks.
    pub fn copy_by_hand(
        &self,
        base: &Base,
        agreed_to_go: &[Listed],
        witness: &dyn Fn(&Entry),
        progress: &mut dyn FnMut(Progress),
        cancel: &CancellationToken,
    ) -> Result<Made, Fault> {
        self.with_copies(witness, |context| backup::by_hand(context, base, agreed_to_go, progress, cancel))
    }

    /// What going back would do. Reads the copy and the base, and changes nothing.
    pub fn way_back(
        &self,
        copy: &Listed,
        way: Way,
        progress: &mut dyn FnMut(Step),
        cancel: &CancellationToken,
    ) -> Result<WayBack, Fault> {
        let backup = Backup::open(&copy.dir).map_err(Fault::Backup)?;
        self.way_back_from(backup, way, progress, cancel)
    }

    pub(super) fn way_back_from(
        &self,
        backup: Backup,
        way: Way,
        progress: &mut dyn FnMut(Step),
        cancel: &CancellationToken,
    ) -> Result<WayBack, Fault> {
        let (base, changes, dir): (Base, Changes, PathBuf) =
            backup::present_base(&*self.os, &self.paths.backup_dir, &backup, way)?;
        let mut reading = |done_bytes, total_bytes| progress(Step::Reading { done_bytes, total_bytes });
        let preview =
            backup::preview(&backup, &dir, &changes, way, &mut reading, cancel).map_err(Fault::of)?;
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
        work(&Context { os: &*self.os, paths, clock: &clock, zone: TimeZone::system(), copies, witness })
    }
}
