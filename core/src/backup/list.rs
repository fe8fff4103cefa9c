//! Which copies there are: ours, by their manifests, and the vendor's, which have none.
//!
//! The vendor's copies bear the same kind of name in the same folder (read from a published build of platform 3.3), so
//! a folder of such a name without a manifest counts as one: it is shown with what its name tells, can be put back by
//! hand, and is never deleted by this program. What was not finished when a run was cut off bears another ending.
//!
//! Complete means here that the manifest can be read and the folder is there. Whether every byte is what it was is
//! looked at before something is put back.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::{Backup, Error, Manifest, Place, Why};
use crate::os::Os;
use crate::tree;
use crate::version::Version;

/// How the name of a copy ends that is still being made.
pub(super) const PARTIAL: &str = ".partial";
/// Before the name of the PC that makes it.
pub(super) const OWNER: &str = " @";
/// How the name of a copy ends that is being deleted.
pub(super) const DELETED: &str = ".deleted";

/// A copy, whosever it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The folder's name, by which it is chosen.
    pub id: String,
    /// The folder with the files.
    pub dir: PathBuf,
    /// Of which base; of the vendor's as its name says it.
    pub base_id: String,
    /// When it was made; of the vendor's by its name, in the PC's zone.
    pub time: Option<Timestamp>,
    /// Bytes of all files, if they could be counted.
    pub size_bytes: Option<u64>,
    /// What can be done with it.
    pub state: State,
}

/// What can be done with a copy.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// Ours, with its manifest.
    Complete(Box<Facts>),
    /// Ours, and its manifest cannot be read.
    Unreadable {
        /// Why.
        detail: String,
    },
    /// It has a manifest, and others than administrators may have written it: nothing in it is believed.
    OpenToOthers,
    /// Without a manifest: the vendor's, as far as can be told.
    Theirs,
    /// A run was cut off while it made or deleted it.
    Unfinished,
}

/// What a manifest says, without the files.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// The base's id.
    pub base_id: String,
    /// The base's name.
    pub name: String,
    /// The base's product.
    pub product: String,
    /// The version the base was on.
    pub version: Option<Version>,
    /// Where the base lies, as `apps.xml` states it.
    pub folder: String,
    /// When it was made.
    pub time: Timestamp,
    /// Who made it.
    pub user: String,
    /// On which PC.
    pub computer: String,
    /// What it was made for.
    pub why: Why,
    /// Folders of the base's root that it leaves out.
    pub without: Vec<String>,
    /// How many files.
    pub files: usize,
    /// Whether it is known what an update changed after it.
    pub has_changes: bool,
}

impl Listed {
    /// What its manifest says, if it is a complete one of ours.
    pub fn complete(&self) -> Option<&Facts> {
        match &self.state {
            State::Complete(facts) => Some(facts),
            State::Unreadable { .. } | State::OpenToOthers | State::Theirs | State::Unfinished => None,
        }
    }
}

/// All copies of a folder, newest first; none where there is no such folder. `zone`: the PC's own.
pub fn list(place: Place<'_>, zone: &TimeZone) -> io::Result<Vec<Listed>> {
    let entries = match fs::read_dir(place.dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut copies = Vec::new();
    for entry in entries {
        let entry = entry?;
        // Neither a link nor a name that is no text is ours or the vendor's.
        if let (true, Ok(id)) = (entry.file_type()?.is_dir(), entry.file_name().into_string()) {
            copies.extend(listed(place.os, entry.path(), id, zone));
        }
    }
    copies.sort_by(|one, other| (other.time, &other.id).cmp(&(one.time, &one.id)));
    Ok(copies)
}

/// What the name of a folder says that was being made or deleted.
pub(super) struct Unfinished<'a> {
    /// What it was to be called, or was called.
    pub(super) whole: &'a str,
    /// The PC that was making it, if the name says so.
    pub(super) computer: Option<&'a str>,
    /// Whether it was being made.
    pub(super) is_partial: bool,
}

/// `None`: it was neither being made nor deleted. What has a manifest by its whole name is a copy of a base whose id
/// ends like that.
pub(super) fn unfinished(dir: &Path) -> Option<Unfinished<'_>> {
    let id = dir.file_name()?.to_str()?;
    let found = match (id.strip_suffix(PARTIAL), id.strip_suffix(DELETED)) {
        (Some(name), _) => {
            let (whole, computer) = match name.rsplit_once(OWNER) {
                Some((whole, computer)) => (whole, Some(computer)),
                None => (name, None),
            };
            Unfinished { whole, computer, is_partial: true }
        }
        (None, Some(whole)) => Unfinished { whole, computer: None, is_partial: false },
        (None, None) => return None,
    };
    let is_half = of_name(found.whole, &TimeZone::UTC).is_some() && !is_described(dir);
    is_half.then_some(found)
}

/// Also where that cannot be found out: such a folder is not one to delete.
fn is_described(dir: &Path) -> bool {
    Backup::manifest_path(dir).try_exists().unwrap_or(true)
}

/// `None`: a folder of another name, which is nobody's copy.
fn listed(os: &dyn Os, dir: PathBuf, id: String, zone: &TimeZone) -> Option<Listed> {
    if let Some(half) = unfinished(&dir) {
        let (time, base_id) = of_name(half.whole, zone)?;
        let (base_id, size_bytes) = (base_id.to_owned(), size_bytes(&dir));
        return Some(Listed { id, dir, base_id, time, size_bytes, state: State::Unfinished });
    }
    let (time, base_id) = of_name(&id, zone)?;
    let base_id = base_id.to_owned();
    if !Backup::manifest_path(&dir).exists() {
        let size_bytes = size_bytes(&dir);
        return Some(Listed { id, dir, base_id, time, size_bytes, state: State::Theirs });
    }
    Some(match Backup::open_ours(os, &dir) {
        Ok(backup) => {
            let has_changes = backup.has_changes();
            let Manifest { base_id, time, .. } = &backup.manifest;
            let (base_id, time) = (base_id.clone(), Some(*time));
            let size_bytes = Some(backup.manifest.size_bytes());
            let state = State::Complete(Box::new(facts(backup.manifest, has_changes)));
            Listed { id, dir, base_id, time, size_bytes, state }
        }
        Err(Error::OpenToOthers { .. }) => {
            let size_bytes = size_bytes(&dir);
            Listed { id, dir, base_id, time, size_bytes, state: State::OpenToOthers }
        }
        Err(error) => {
            let state = State::Unreadable { detail: crate::apply::chain(&error) };
            Listed { size_bytes: size_bytes(&dir), id, dir, base_id, time, state }
        }
    })
}

fn facts(manifest: Manifest, has_changes: bool) -> Facts {
    Facts {
        base_id: manifest.base_id,
        name: manifest.name,
        product: manifest.product,
        version: manifest.version,
        folder: manifest.folder,
        time: manifest.time,
        user: manifest.user,
        computer: manifest.computer,
        why: manifest.why,
        without: manifest.without.into(),
        files: manifest.files.len(),
        has_changes,
    }
}

/// `2026.11.22 12.40.00 13bee4fb-…`.
fn of_name<'a>(name: &'a str, zone: &TimeZone) -> Option<(Option<Timestamp>, &'a str)> {
    let (time, base_id) = name.split_at_checked("2026.11.22 12.40.00 ".len())?;
    let time = DateTime::strptime("%Y.%m.%d %H.%M.%S ", time).ok()?;
    let time = zone.to_ambiguous_zoned(time).compatible().ok().map(|time| time.timestamp());
    (!base_id.is_empty()).then_some((time, base_id))
}

fn size_bytes(dir: &Path) -> Option<u64> {
    tree::list(dir).ok().map(|nodes| tree::total_bytes(&nodes))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use tokio_util::sync::CancellationToken;

    use super::*;
    use crate::backup::tests::{places, taken};
    use crate::backup::{Copies, Fault, Taken, Way, create, keep, present_base};
    use crate::{fixtures, os};

    fn zone() -> TimeZone {
        TimeZone::fixed(jiff::tz::offset(3))
    }

    #[test]
    fn ours_are_listed_with_what_the_manifest_says_newest_first() {
        let places = places();
        let older = places.backup();
        let at = "2026-11-23T09:00:00+03:00[Europe/Moscow]".parse().unwrap();
        let why = Why::Update { to: Some(Version::new(1, 6, 3, 7283)) };
        let newer = create(
            places.place(),
            &fixtures::base("other", "9B3E6ADA", "1.6.2.6493"),
            &places.base_dir,
            &Taken { at, why: why.clone(), ..taken() },
            &mut |_| {},
            &CancellationToken::new(),
        )
        .unwrap();
        newer.keep_changes(&os::Linux, &crate::backup::Changes::default()).unwrap();
        let copies = list(places.place(), &zone()).unwrap();
        let ids: Vec<&str> = copies.iter().map(|copy| copy.id.as_str()).collect();
        assert_eq!(ids, ["2026.11.23 09.00.00 other", "2026.11.22 12.40.05 13bee4fb"]);
        let facts = copies[0].complete().unwrap();
        assert_eq!((&facts.why, facts.has_changes, facts.files), (&why, true, 4));
        assert_eq!((facts.user.as_str(), facts.computer.as_str()), ("admin", "KASSA-1"));
        assert_eq!(copies[0].size_bytes, Some(300_020));
        assert_eq!((copies[1].time, &copies[1].dir), (Some(older.manifest.time), &older.dir));
        assert_eq!(copies[1].complete().unwrap().version, Some(Version::new(1, 6, 2, 6493)));
    }

    #[test]
    fn the_vendors_are_listed_with_what_their_names_tell() {
        let dir = tempfile::tempdir().unwrap();
        let theirs = dir.path().join("2025.01.31 23.59.58 13bee4fb-0000");
        fs::create_dir_all(theirs.join("Documents")).unwrap();
        fs::write(theirs.join("Documents/x"), "123").unwrap();
        let copies = list(Place { os: &os::Linux, dir: dir.path() }, &zone()).unwrap();
        assert_eq!(copies.len(), 1);
        assert_eq!((copies[0].base_id.as_str(), copies[0].size_bytes), ("13bee4fb-0000", Some(3)));
        assert_eq!(copies[0].time, Some("2025-01-31T20:59:58Z".parse().unwrap()));
        assert_eq!(copies[0].state, State::Theirs);
    }

    #[test]
    fn what_is_half_or_unreadable_is_said_and_what_is_something_else_is_left_out() {
        let places = places();
        let backup = places.backup();
        fs::write(Backup::manifest_path(&backup.dir), "{").unwrap();
        let below = |name: &str| fs::create_dir(places.backups_dir.join(name)).unwrap();
        for name in [
            "2026.11.22 12.40.05 a.partial",
            "2026.11.21 12.40.05 a.deleted",
            "Documents",
            "2026.11.22 a",
            "2026.13.22 12.40.05 a",
            "2026.11.22 12.40.05 ",
        ] {
            below(name);
        }
        fs::write(places.backups_dir.join("2026.11.22 12.40.05 b"), "a file").unwrap();
        let copies = list(places.place(), &zone()).unwrap();
        let states: Vec<bool> = copies.iter().map(|copy| copy.state == State::Unfinished).collect();
        assert_eq!(states, [true, false, true]);
        assert!(matches!(copies[1].state, State::Unreadable { .. }));
        assert_eq!(
            list(Place { dir: &places.backups_dir.join("nowhere"), ..places.place() }, &zone()).unwrap(),
            []
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_no_copy() {
        let places = places();
        let backup = places.backup();
        let link = places.backups_dir.join("2026.11.24 12.40.05 a");
        std::os::unix::fs::symlink(&backup.dir, link).unwrap();
        assert_eq!(list(places.place(), &zone()).unwrap().len(), 1);
    }

    #[test]
    fn a_manifest_of_before_there_were_reasons_is_read() {
        let places = places();
        let path = Backup::manifest_path(&places.backup().dir);
        let mut written: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let object = written.as_object_mut().unwrap();
        assert!(object.remove("why").is_some() && object.remove("without").is_some());
        fs::write(&path, written.to_string()).unwrap();
        let copies = list(places.place(), &zone()).unwrap();
        assert_eq!(copies[0].complete().unwrap().why, Why::Update { to: None });
        assert!(Backup::open(&copies[0].dir).unwrap().manifest.without.names().is_empty());
    }

    #[test]
    fn a_copy_that_others_than_administrators_may_write_is_not_believed() {
        let places = places();
        let backup = places.backup();
        let open_to_all = Place { os: &fixtures::OpenToAll, ..places.place() };
        let copies = list(open_to_all, &zone()).unwrap();
        assert_eq!(copies[0].state, State::OpenToOthers);
        assert_eq!((copies[0].complete(), copies[0].base_id.as_str()), (None, "13bee4fb"));
        let rules = Copies { per_base: 1, percent_of_disk: 0, ..Copies::default() };
        assert_eq!(keep(&copies, &[], Some(1), &BTreeSet::default(), &rules), Vec::<&Listed>::new());
        let opened = Backup::open_ours(&fixtures::OpenToAll, &backup.dir);
        assert!(matches!(opened, Err(Error::OpenToOthers { path }) if path == backup.dir));
        let mut paths = crate::paths::Paths::below(&os::Linux, places.backups_dir.parent().unwrap());
        paths.backup_dir.clone_from(&places.backups_dir);
        let back = present_base(&fixtures::OpenToAll, &paths, &backup, Way::Whole);
        assert!(matches!(back, Err(Fault::Backup(Error::OpenToOthers { .. }))));
        assert_eq!(Backup::open_ours(&os::Linux, &backup.dir).unwrap(), backup);
    }

    #[test]
    fn changes_beside_a_copy_that_no_update_was_made_after_are_nobodys() {
        let places = places();
        let taken = Taken { why: Why::OnDemand, ..taken() };
        let (base, cancel) = (fixtures::base("a", "9B3E6ADA", "1.6.2.6493"), CancellationToken::new());
        let backup = create(places.place(), &base, &places.base_dir, &taken, &mut |_| {}, &cancel).unwrap();
        fs::write(backup.changes_path(), r#"{"removed":[],"made":["AppDescription.xml"]}"#).unwrap();
        let copies = list(places.place(), &zone()).unwrap();
        let facts = copies[0].complete().unwrap();
        assert_eq!((&facts.why, facts.has_changes), (&Why::OnDemand, false));
    }
}
