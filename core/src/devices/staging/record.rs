//! The record of what was staged last in a base: to bring it to its end, and to take it back.
//!
//! JSON, for this program only, machine-wide. On the disk before the first file of ours is in the base. A process with more
//! rights than others goes by it, so one that others may have written is not believed, and no name in it leads out of the
//! folder of staged apps.

use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Context, Error};
use crate::catalogue::is_safe_path;
use crate::digest::Digest;
use crate::fs::{put_aside_damaged, read_limited, write_atomically};
use crate::machine::Base;
use crate::os::{self, Os};
use crate::paths::{Paths, is_safe_name};
use crate::switch::Run;
use crate::verify::Proof;
use crate::version::Version;

/// A list of versions, in hexadecimal digits, is the largest part.
const LIMIT_BYTES: u64 = 32 << 20;

/// How the name begins of a folder that is put aside. Not a name of what a switch leaves behind: that is removed without
/// more ado, and this can come back.
pub(super) const REMOVED: &str = ".removed-";

/// What was staged last, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Last {
    /// When.
    pub at: Timestamp,
    /// By whom: the account's name.
    pub user: String,
    /// Which version.
    pub version: Version,
    /// Older versions that come back if it is taken back.
    pub removed: Vec<Version>,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Phase {
    /// Whether devices see it is told by the list.
    Staging,
    /// They do, and everything is done.
    Done,
    /// It is being taken back.
    Undoing,
}

/// Bytes of a file of somebody else's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Bytes(#[serde(with = "hex::serde")] pub(super) Vec<u8>);

/// The folder of an older version that leaves the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Aside {
    /// Below the folder of staged apps, components joined by `/`.
    pub(super) folder: String,
    /// What its package is called, beside which nothing but the description is in it.
    pub(super) package: String,
    /// The name it is put aside under, right in the folder of staged apps.
    pub(super) place: String,
}

/// What is laid for a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Package {
    /// Its file's name.
    pub(super) name: String,
    /// What it hashes to.
    pub(super) sha256: Digest,
    /// What the description that names it hashes to.
    pub(super) description: Digest,
}

/// What was staged last in a base.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    pub(super) base_id: String,
    /// The base's folder, as a Windows path.
    pub(super) base_folder: String,
    pub(super) at: Timestamp,
    pub(super) user: String,
    pub(super) phase: Phase,
    pub(super) run: Run,
    pub(super) version: Version,
    /// The newest version before.
    pub(super) former: Option<Version>,
    /// The name of the version's folder.
    pub(super) folder: String,
    /// That folder was there: in it are only the package and the description ours.
    pub(super) is_folder_kept: bool,
    /// The description that was in it.
    pub(super) former_description: Option<Bytes>,
    /// `None`: it was there.
    pub(super) package: Option<Package>,
    /// How far the package is proved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) proof: Option<Proof>,
    /// The list that was there.
    pub(super) former_list: Option<Bytes>,
    /// What the new one hashes to.
    pub(super) list: Digest,
    /// The name that a list is kept under which nobody can read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) broken_list: Option<String>,
    /// Older versions that are on the list no more.
    pub(super) removed: Vec<Version>,
    /// Their folders, but for those that are left where they are.
    pub(super) aside: Vec<Aside>,
    /// What had been staged before: it counts again if this one came to nothing, and is cleared away if not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) previous: Option<Box<Record>>,
}

impl Record {
    pub(super) fn last(&self) -> Last {
        Last { at: self.at, user: self.user.clone(), version: self.version, removed: self.removed.clone() }
    }

    /// The list that was there.
    pub(super) fn former_list(&self) -> Option<&[u8]> {
        self.former_list.as_ref().map(|Bytes(bytes)| bytes.as_slice())
    }

    /// Whether it is about this folder of the base.
    pub(super) fn is_about(&self, base: &Base) -> bool {
        self.base_folder.to_lowercase() == base.folder.to_lowercase()
    }

    /// Whether every name in it stays where it belongs.
    fn is_sound(&self) -> bool {
        let is_place = |place: &str| place.starts_with(REMOVED) && is_safe_name(place);
        is_safe_path(&self.folder)
            && self.package.as_ref().is_none_or(|package| is_safe_name(&package.name))
            && self.broken_list.as_deref().is_none_or(is_safe_name)
            && self.aside.iter().all(|aside| is_safe_path(&aside.folder) && is_place(&aside.place))
            && self.previous.as_ref().is_none_or(|previous| previous.is_sound())
    }

    /// On the disk when this returns.
    pub(super) fn write(&self, context: &Context<'_>) -> Result<(), Error> {
        let path = context.paths.staged_path(&self.base_id);
        let failed = |error| Error::Record { path: path.clone(), error };
        if let Some(dir) = path.parent() {
            context.os.make_administrators_dir(dir).map_err(failed)?;
        }
        let bytes = serde_json::to_vec(self).map_err(|error| failed(error.into()))?;
        write_atomically(&path, &bytes).map_err(failed)?;
        path.parent().map_or(Ok(()), os::sync_folder).map_err(failed)
    }

    /// Takes it away, or puts what it had taken the place of back.
    pub(super) fn give_up(self, context: &Context<'_>) -> Result<(), Error> {
        match self.previous {
            Some(previous) => previous.write(context),
            None => remove(&context.paths.staged_path(&self.base_id)),
        }
    }
}

/// The record of a base; `None`: there is none.
pub(super) fn read(os: &dyn Os, paths: &Paths, base_id: &str) -> Result<Option<Record>, Error> {
    let path = paths.staged_path(base_id);
    let failed = |error| Error::Record { path: path.clone(), error };
    let Some(bytes) = read_limited(&path, LIMIT_BYTES).map_err(failed)? else { return Ok(None) };
    let unbelieved = |error| Error::Unbelieved { path: path.clone(), error };
    if os.only_administrators_may_write(&path) == Some(false) {
        return Err(unbelieved(io::ErrorKind::PermissionDenied.into()));
    }
    let record: Record = serde_json::from_slice(&bytes).map_err(|error| unbelieved(error.into()))?;
    if !record.is_sound() {
        return Err(unbelieved(io::ErrorKind::InvalidData.into()));
    }
    // Two ids could share a file's name only by a collision of hashes.
    Ok(Some(record).filter(|record| record.base_id == base_id))
}

/// Puts a record aside that is not to be believed, so that another can take its place: what it says can be taken back no
/// more.
pub(super) fn put_aside_unbelieved(context: &Context<'_>, base_id: &str) -> Result<(), Error> {
    let Err(Error::Unbelieved { path, error }) = read(context.os, context.paths, base_id) else {
        return Ok(());
    };
    tracing::warn!(path = %path.display(), %error, "The record of what was staged is not believed, and put aside");
    put_aside_damaged(&path).map_err(|error| Error::Record { path, error })
}

fn remove(path: &Path) -> Result<(), Error> {
    let failed = |error| Error::Record { path: PathBuf::from(path), error };
    match os::patiently(os::PATIENCE, || std::fs::remove_file(path)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(error)),
        Ok(()) | Err(_) => path.parent().map_or(Ok(()), os::sync_folder).map_err(failed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::OpenToAll;
    use crate::os::MachineRoot;

    fn record() -> Record {
        Record {
            base_id: "a".to_owned(),
            base_folder: r"C:\Bases\a".to_owned(),
            at: Timestamp::UNIX_EPOCH,
            user: String::new(),
            phase: Phase::Done,
            run: Run::new().unwrap(),
            version: "3.4.0.46990".parse().unwrap(),
            former: None,
            folder: "3.4.0.46990".to_owned(),
            is_folder_kept: false,
            former_description: None,
            package: None,
            proof: None,
            former_list: None,
            list: Digest::of(b""),
            broken_list: None,
            removed: Vec::new(),
            aside: Vec::new(),
            previous: None,
        }
    }

    #[test]
    fn a_record_that_others_may_have_written_is_not_believed() {
        let root = tempfile::tempdir().unwrap();
        let os = MachineRoot::open(root.path()).unwrap();
        let paths = Paths::below(&os, root.path());
        let path = paths.staged_path("a");
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let record = record();
        std::fs::write(&path, serde_json::to_vec(&record).unwrap()).unwrap();
        assert_eq!(read(&os, &paths, "a").unwrap(), Some(record));
        let open = read(&OpenToAll, &paths, "a");
        assert!(matches!(open, Err(Error::Unbelieved { .. })), "{open:?}");
    }

    #[test]
    fn names_that_lead_elsewhere_make_a_record_unsound() {
        let aside = |folder: &str, place: &str| Record {
            aside: vec![Aside {
                folder: folder.to_owned(),
                package: "app.apk".to_owned(),
                place: place.to_owned(),
            }],
            ..record()
        };
        let package = |name: &str| {
            let hash = Digest::of(b"");
            let package = Package { name: name.to_owned(), sha256: hash, description: hash };
            Record { package: Some(package), ..record() }
        };
        let in_folder = |folder: &str| Record { folder: folder.to_owned(), ..record() };
        let sound =
            [record(), aside("склад/старая", ".removed-3.3-0a"), package("app.apk"), in_folder("a/b")];
        assert!(sound.iter().all(Record::is_sound));
        let elsewhere = [
            aside("../a", ".removed-3.3-0a"),
            aside("a", ".removed-/../b"),
            aside("a", "versions.xml"),
            aside("a", r"C:\Windows"),
            package("../app.apk"),
            package(r"C:\app.apk"),
            in_folder(".."),
            in_folder("/etc"),
            in_folder("C:/Windows"),
            Record { broken_list: Some("../list".to_owned()), ..record() },
            Record { previous: Some(Box::new(in_folder(".."))), ..record() },
        ];
        for record in elsewhere {
            assert!(!record.is_sound(), "{record:?}");
        }
    }
}
