//! Deleting copies: complete ones of ours, and what a run that was cut off has left.
//!
//! A copy that is being deleted loses its name first, so that a half of it never looks like one of the vendor's.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::create::safe;
use super::list::{DELETED, OWNER, PARTIAL, unfinished};
use super::{Backup, Checkpoint, Error, Listed};
use crate::os::{self, LONG_PATIENCE};

/// Deletes a complete copy of ours. Anything else is refused.
pub fn remove(backups_dir: &Path, copy: &Listed) -> Result<(), Error> {
    remove_watched(backups_dir, copy, &|_| ())
}

/// The same, and `checkpoint` is told of every step that is done.
pub fn remove_watched(
    backups_dir: &Path,
    copy: &Listed,
    checkpoint: &dyn Fn(Checkpoint),
) -> Result<(), Error> {
    let refused = || Error::NotOurs { dir: copy.dir.clone() };
    let is_below = copy.dir.parent() == Some(backups_dir);
    // As it is now: the list may be old.
    let is_folder = fs::symlink_metadata(&copy.dir).is_ok_and(|facts| facts.is_dir());
    if !is_below || !is_folder || copy.complete().is_none() {
        return Err(refused());
    }
    let backup = Backup::open(&copy.dir).map_err(|_| refused())?;
    let failed = |error| Error::NotRemoved { dir: copy.dir.clone(), error };
    delete(&backup.dir, checkpoint).map_err(failed)
}

/// Deletes what runs on this PC, `computer`, that were cut off have left of copies; whoever calls this holds the update
/// lock, so nobody is at it. Another PC that shares the folder may be making a copy: what is not known to be of this one
/// stays. What is being deleted is nobody's any more. Best effort: what stays is nothing but lost room, and is listed as
/// unfinished.
pub(super) fn tidy(backups_dir: &Path, computer: &str) {
    let Ok(entries) = fs::read_dir(backups_dir) else { return };
    for entry in entries.filter_map(Result::ok) {
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let dir = entry.path();
        let Some(half) = unfinished(&dir).filter(|_| is_folder) else { continue };
        if half.is_partial && half.computer.map(str::to_lowercase) != Some(owner(computer).to_lowercase()) {
            continue;
        }
        if let Err(error) = remove_half(&dir, &backups_dir.join(half.whole)) {
            tracing::warn!(dir = %dir.display(), %error, "Left a part of a copy");
        }
    }
}

/// The manifest is of the half, unless a whole copy bears the name.
fn remove_half(half_dir: &Path, whole_dir: &Path) -> io::Result<()> {
    if fs::symlink_metadata(whole_dir).is_err() {
        remove_description(whole_dir)?;
    }
    os::remove_folder(half_dir)
}

/// The manifest goes after the name and before the files: a copy that has one is whole.
pub(super) fn delete(dir: &Path, checkpoint: &dyn Fn(Checkpoint)) -> io::Result<()> {
    let leaving = with_ending(dir, DELETED);
    os::replace(dir, &leaving, LONG_PATIENCE)?;
    checkpoint(Checkpoint::Leaving);
    let undescribed = remove_description(dir);
    checkpoint(Checkpoint::Undescribed);
    os::remove_folder(&leaving).and(undescribed)
}

fn remove_description(dir: &Path) -> io::Result<()> {
    let manifest_path = Backup::manifest_path(dir);
    let changes = remove_if_there(&manifest_path.with_extension("changes.json"));
    remove_if_there(&manifest_path).and(changes)
}

/// Where a copy is made that is to be called `dir`, by this PC.
pub(super) fn partial_dir(dir: &Path, computer: &str) -> PathBuf {
    with_ending(dir, &format!("{OWNER}{}{PARTIAL}", owner(computer)))
}

fn owner(computer: &str) -> String {
    computer.chars().map(safe).collect()
}

fn with_ending(dir: &Path, ending: &str) -> PathBuf {
    let mut name = dir.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    dir.with_file_name(name)
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::backup::tests::{places, taken};
    use crate::backup::{Changes, Place, State, create, list};
    use crate::fixtures;

    const COMPUTER: &str = "KASSA-1";

    fn only(dir: &Path) -> Listed {
        list(Place { os: &crate::os::Linux, dir }, &TimeZone::UTC).unwrap().remove(0)
    }

    fn names(dir: &Path) -> usize {
        fs::read_dir(dir).unwrap().count()
    }

    #[test]
    fn a_copy_goes_with_everything_that_belongs_to_it() {
        let places = places();
        places.backup().keep_changes(&crate::os::Linux, &Changes::default()).unwrap();
        assert_eq!(names(&places.backups_dir), 3);
        remove(&places.backups_dir, &only(&places.backups_dir)).unwrap();
        assert_eq!(names(&places.backups_dir), 0);
    }

    #[test]
    fn what_is_not_a_complete_copy_of_ours_below_the_folder_is_not_deleted() {
        let places = places();
        let backup = places.backup();
        let listed = only(&places.backups_dir);
        let refused = |dir: &Path, copy: &Listed| {
            assert!(matches!(remove(dir, copy), Err(Error::NotOurs { .. })));
        };
        refused(places.backups_dir.parent().unwrap(), &listed);
        refused(&places.backups_dir, &Listed { state: State::Theirs, ..listed.clone() });
        fs::remove_file(Backup::manifest_path(&backup.dir)).unwrap();
        refused(&places.backups_dir, &listed);
        assert_eq!(only(&places.backups_dir).state, State::Theirs);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_place_of_a_copy_is_not_followed() {
        let places = places();
        let backup = places.backup();
        let listed = only(&places.backups_dir);
        let elsewhere = tempfile::tempdir().unwrap();
        fs::write(elsewhere.path().join("precious"), "x").unwrap();
        fs::remove_dir_all(&backup.dir).unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), &backup.dir).unwrap();
        assert!(matches!(remove(&places.backups_dir, &listed), Err(Error::NotOurs { .. })));
        assert!(elsewhere.path().join("precious").exists());
    }

    #[test]
    fn copies_of_a_base_whose_id_ends_like_a_half_are_no_halves() {
        for id in ["a.partial", "a.deleted"] {
            let places = places();
            let cancel = tokio_util::sync::CancellationToken::new();
            let base = fixtures::base(id, "9B3E6ADA", "1.6.2.6493");
            let dir = &places.backups_dir;
            create(places.place(), &base, &places.base_dir, &taken(), &mut |_| (), &cancel).unwrap();
            tidy(dir, COMPUTER);
            let copy = only(dir);
            assert_eq!((copy.base_id.as_str(), copy.complete().is_some()), (id, true));
            // A half of it still is one.
            fs::rename(&copy.dir, with_ending(&copy.dir, DELETED)).unwrap();
            assert_eq!((only(dir).base_id.as_str(), only(dir).state), (id, State::Unfinished));
            tidy(dir, COMPUTER);
            assert_eq!(names(dir), 0);
        }
    }

    #[test]
    fn what_a_run_that_was_cut_off_has_left_is_deleted_and_nothing_else() {
        let places = places();
        places.backup();
        let stay = [
            "x.partial",
            "2026.11.22 12.40.05 x @KASSA-2.partial",
            // Of before names said whose it is.
            "2026.11.22 12.40.05 x.partial",
        ];
        let go = ["2026.11.22 12.40.05 x @kassa-1.partial", "2026.11.22 12.40.05 x.deleted"];
        for name in stay.into_iter().chain(go) {
            fs::create_dir(places.backups_dir.join(name)).unwrap();
            fs::write(places.backups_dir.join(name).join("f"), "").unwrap();
        }
        tidy(&places.backups_dir, "KASSA-1");
        assert_eq!(names(&places.backups_dir), 2 + stay.len());
        assert!(stay.iter().all(|name| places.backups_dir.join(name).join("f").exists()));
    }

    #[test]
    fn a_copy_that_another_pc_is_making_is_listed_by_its_base() {
        let places = places();
        let half = partial_dir(&places.backups_dir.join("2026.11.22 12.40.05 x"), "KASSA:2");
        fs::create_dir_all(&half).unwrap();
        let listed = only(&places.backups_dir);
        assert_eq!((listed.base_id.as_str(), listed.state), ("x", State::Unfinished));
        assert_eq!(listed.id, "2026.11.22 12.40.05 x @KASSA_2.partial");
    }
}
