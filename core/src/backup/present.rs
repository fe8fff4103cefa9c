//! The base that a copy is of, as it is now, and whether it may go back at all.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::owner::Owner;
use super::{Backup, Changes, Fault, Way, Why};
use crate::by_hand;
use crate::digest::Digest;
use crate::machine::{self, Base, Damage, Kind};
use crate::os::Os;
use crate::paths::Paths;
use crate::preflight::{self, Use};
use crate::server;

/// What has come into a base since a copy, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Since {
    /// What the update changed which the copy was made for.
    pub changes: Changes,
    /// Hashes of what our update put there that led to the base's version, by
    /// [`RelPath::key`](crate::tree::RelPath::key). A file that is another was changed after it.
    pub put: BTreeMap<String, Digest>,
}

/// The base that a copy is of, as it is now, what came into it since, and its real folder. Says whether it may go back at
/// all: it is the same base in the same place of the same PC, nobody works in it, and for a part it is known which.
pub fn present_base(
    os: &dyn Os,
    paths: &Paths,
    backup: &Backup,
    way: Way,
) -> Result<(Base, Since, PathBuf), Fault> {
    if backup.dir.parent() != Some(&*paths.backup_dir) {
        return Err(Fault::Elsewhere { dir: backup.dir.clone() });
    }
    backup.expect_ours(os).map_err(Fault::Backup)?;
    let manifest = &backup.manifest;
    let owner = Owner::this_pc(os, paths).map_err(Fault::Journal)?;
    if !owner.has_made(&manifest.computer, &backup.dir) {
        return Err(Fault::OtherComputer { computer: manifest.computer.clone() });
    }
    let base = machine::read_base(os, &manifest.base_id).ok_or(Fault::NotHere)?;
    if base.folder.trim_end_matches('\\').to_lowercase()
        != manifest.folder.trim_end_matches('\\').to_lowercase()
    {
        return Err(Fault::OtherBase { id: manifest.base_id.clone(), folder: manifest.folder.clone() });
    }
    let dir = folder(&base, way).ok_or(Fault::NotHere)?;
    let changes = if backup.has_changes() { Some(backup.changes().map_err(Fault::Backup)?) } else { None };
    let changes = match (way, changes) {
        (Way::Replaced, None) => return Err(Fault::NothingKnown),
        (Way::Replaced, Some(changes)) => {
            is_of_this_update(backup, &base)?;
            changes
        }
        (Way::Whole, changes) => changes.unwrap_or_default(),
    };
    if let Use::Held { file, holders, error } = preflight::server_use(os, &dir)
        // Who runs now is stopped before anything is changed, and then it is looked at once more.
        && server::running(os, &base).is_empty()
    {
        return Err(Fault::InUse { file, holders, error });
    }
    let put = by_hand::put_by_update(paths, &base);
    Ok((base, Since { changes, put }, dir))
}

/// One that is damaged may be just what has to go back; but it has to be clear which one it is.
fn folder(base: &Base, way: Way) -> Option<PathBuf> {
    match &base.kind {
        Kind::Remote
        | Kind::Cloud
        | Kind::Damaged(
            Damage::DuplicateId { .. } | Damage::BadFolder { .. } | Damage::DriveMissing { .. },
        ) => return None,
        Kind::Local | Kind::InternetExchange | Kind::Damaged(_) => {}
    }
    let dir = base.dir.as_deref()?;
    match dir.canonicalize() {
        Ok(dir) => Some(dir),
        // A folder that is gone comes back where it was.
        Err(_) if way == Way::Whole => Some(dir.parent()?.canonicalize().ok()?.join(dir.file_name()?)),
        Err(_) => None,
    }
}

/// Whether the update that the copy was made for is the last thing that has changed the base's files. A base on the
/// copy's own version has gone back already, perhaps not all the way. Of a damaged one it cannot be told.
fn is_of_this_update(backup: &Backup, base: &Base) -> Result<(), Fault> {
    let expected = match &backup.manifest.why {
        Why::Update { to } => *to,
        Why::OnDemand | Why::Restore { .. } => return Err(Fault::NothingKnown),
    };
    let is_as_expected = expected.is_none()
        || base.version.is_none()
        || [expected, backup.manifest.version].contains(&base.version);
    if is_as_expected { Ok(()) } else { Err(Fault::OtherVersion { expected, found: base.version }) }
}
