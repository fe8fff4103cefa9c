//! Taking a change of a base back, and what that and bringing one to its end have in common.
//!
//! Deliberately not here: whether a change is to be taken back ([`super::recover`] for those that were cut off).

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::backup::{self, Backup, Changes, RestoreFault};
use crate::fs::read_limited;
use crate::machine::app_description;
use crate::os::Os;
use crate::preflight::{self, Use};
use crate::switch::{Open, Phase, Stuck, Switch};
use crate::tree::RelPath;
use crate::version::Version;

/// Descriptions are a few kilobytes.
const LIMIT_BYTES: u64 = 4 << 20;

/// Makes the base what it was: by renames, and what those cannot bring back out of the copy.
pub(super) fn take_back(
    switch: &Switch<'_>,
    kept: Option<(&Backup, &Changes)>,
    base_dir: &Path,
) -> Result<(), backup::Error> {
    let stuck = switch.undo();
    if stuck.is_empty() {
        return Ok(());
    }
    for Stuck { fault, .. } in &stuck {
        tracing::warn!(error = super::chain(fault), "A change was not undone by renaming");
    }
    let Some((backup, changes)) = kept else {
        let faults = stuck.into_iter().map(|stuck| stuck.fault).collect();
        return Err(backup::Error::NotRestored { faults });
    };
    // Out of a copy comes no half of a base that is not there, nor into a folder that only stands in its place, as the
    // one where a drive is to appear.
    if let Err(error) = expect_base(switch, base_dir) {
        let fault = RestoreFault { path: base_dir.to_path_buf(), error };
        return Err(backup::Error::NotRestored { faults: vec![fault] });
    }
    let is_stuck = |path: &&RelPath| stuck.iter().any(|stuck| path.is_within(&stuck.path));
    let only = Changes {
        removed: changes.removed.iter().filter(is_stuck).cloned().collect(),
        made: changes.made.iter().filter(is_stuck).cloned().collect(),
    };
    backup::put_back(backup, base_dir, &only)
}

/// Whether it is the base that lies there: its description does, or what this switch has put there.
pub(super) fn expect_base(switch: &Switch<'_>, base_dir: &Path) -> io::Result<()> {
    fs::metadata(base_dir)?;
    if description_in(base_dir).is_some() || switch.has_left_something() {
        return Ok(());
    }
    Err(io::Error::other("Nothing of the base is in its folder"))
}

/// Says in the record that the base is what it was. Undoing it once more does no harm.
pub(super) fn enter_undone(switch: &mut Switch<'_>) {
    if let Err(error) = switch.enter(Phase::Undone) {
        tracing::warn!(error = super::chain(&error), "The record of a change that was undone stays");
    }
}

/// Removes what a switch leaves over, and the record if the end is in the journal. What stays is removed the next time.
/// What is open again then is returned: the base was half-way before, and nothing came of this switch.
pub(super) fn close(switch: Switch<'_>, is_told: bool) -> Option<Open> {
    let closed = if is_told { switch.close() } else { switch.clean().map(|()| None) };
    closed.unwrap_or_else(|error| {
        tracing::warn!(%error, "Something of a switch is left over");
        None
    })
}

/// The base's description, whatever its letter case is.
fn description_in(base_dir: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(base_dir).ok()?.filter_map(Result::ok);
    let is_description =
        |name: &str| RelPath::try_from(name.to_owned()).is_ok_and(|path| app_description::is_at(&path));
    entries
        .map(|entry| entry.path())
        .find(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(is_description))
}

/// What the base's description says; `None`: there is none, or it says nothing.
pub(super) fn version_in(base_dir: &Path) -> Option<Version> {
    let bytes = read_limited(&description_in(base_dir)?, LIMIT_BYTES).ok()??;
    app_description::parse(&bytes).ok()?.version?.ok()
}

/// Whether nobody works in the base now.
pub(super) fn expect_unused(os: &dyn Os, base_dir: &Path) -> Result<(), backup::Error> {
    match preflight::server_use(os, base_dir) {
        Use::Held { file, error, .. } => {
            let fault = RestoreFault { path: base_dir.join(file), error };
            Err(backup::Error::NotRestored { faults: vec![fault] })
        }
        Use::Free | Use::NotTellable => Ok(()),
    }
}
