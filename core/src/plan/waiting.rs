//! Plans on disk: what people have agreed to and is not done yet, until it is.
//!
//! One file for each consent, machine-wide, with all its parts in their order (the platform, then the bases of each
//! product) and what became of each target. It is written before the first change and again, whole and atomically, after
//! each target; it goes when everything is done or the person gives it up. So it survives a process that is ended, a
//! restart of the PC and a day in between: [`resume`] finds it, and [`Waiting::rest`] says what is left of it for the
//! machine as that is now, or why it does not suit it any more.
//!
//! What is done is told by the machine: a base that is on its new version needs nothing, whoever has updated it. One that
//! the file calls done and that is below it has been put back by a person since, and is left as it is. A target that
//! failed is left to do, too. Whoever changes a plan that is there holds the update lock. The files of a plan have to be examined again, and everything has to
//! be looked at again, before anything goes on: see [`super::kept`]. Deliberately not here: doing that, and asking.
//!
//! JSON, for this program only. Of a file that others than administrators may write nothing is believed.

mod error;
mod restart;

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use self::error::{Error, Unfit};
pub use self::restart::Running;
use super::Plan;
use super::kept::{Kept, KeptBase, KeptSubject, KeptTarget};
use crate::fs::{read_limited, write_atomically};
use crate::machine::Machine;
use crate::offer::{PLATFORM, UPDATER};
use crate::os::{Identity, Os};
use crate::paths::Paths;
use crate::update_lock;

const LIMIT_BYTES: u64 = 64 << 20;
const EXTENSION: &str = "json";

/// What a person has agreed to, all of it, and how far it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Waiting {
    /// When.
    pub agreed_at: Timestamp,
    /// Who: the account's name.
    pub user: String,
    /// On which PC.
    pub computer: String,
    /// In their order.
    pub parts: Vec<Part>,
    #[serde(skip)]
    path: PathBuf,
}

/// A part that is carried out in one go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// What is done.
    pub kept: Kept,
    /// To whom, in their order.
    pub targets: Vec<Target>,
}

/// What is left of a [`Part`].
#[derive(Clone, Debug, PartialEq)]
pub struct Rest {
    /// Which part, counted from 0.
    pub part: usize,
    /// The same for the targets alone that are left.
    pub kept: Kept,
}

/// A base, the platform, or this program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// `platform`, `updater`, or a base's id.
    pub id: String,
    /// As the person saw it; empty for the platform and this program.
    pub name: String,
    /// What became of it.
    pub state: State,
    /// As it was when the installer asked for a restart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_restart: Option<Running>,
}

/// What became of a [`Target`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Its turn has not come.
    NotBegun,
    /// It was begun; how it ended is not known, unless the machine tells.
    Begun,
    /// It failed, and that stopped the rest.
    Failed,
    /// The installer ended well and takes effect with the next start of the PC.
    RebootPending,
    /// It is done.
    Done,
}

/// The oldest plan that waits; `None`: there is none.
pub fn resume(os: &dyn Os, paths: &Paths) -> Result<Option<Waiting>, Error> {
    let dir = paths.plans_dir();
    let found = files(&dir).map_err(|error| Error::File { path: dir, error })?;
    found.into_iter().next().map(|path| read(os, path)).transpose()
}

/// The plan whose file has this name; `None`: it is gone.
pub fn named(os: &dyn Os, paths: &Paths, file_name: &str) -> Result<Option<Waiting>, Error> {
    let path = path_of(paths, file_name)?;
    if path.exists() { read(os, path).map(Some) } else { Ok(None) }
}

/// Takes away the plan whose file has this name, whatever is in it. One that is gone already is no error. Takes the
/// update lock, so that no plan goes that is being carried out.
pub fn give_up(os: &dyn Os, paths: &Paths, file_name: &str) -> Result<(), Error> {
    remove(os, paths, path_of(paths, file_name)?)
}

/// The same by its path, as it stands in an [`Error`].
pub fn remove(os: &dyn Os, paths: &Paths, path: PathBuf) -> Result<(), Error> {
    let _lock = update_lock::take(os, paths).map_err(Error::Lock)?;
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::File { path, error }),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// It comes from another process: no name leads out of the folder of plans.
fn path_of(paths: &Paths, file_name: &str) -> Result<PathBuf, Error> {
    let dir = paths.plans_dir();
    let stem = file_name.strip_suffix(".json").unwrap_or_default();
    if stem.is_empty() || !stem.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(Error::File { path: dir, error: io::ErrorKind::InvalidInput.into() });
    }
    Ok(dir.join(file_name))
}

/// Oldest first.
fn files(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut found: Vec<PathBuf> = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == EXTENSION) {
            found.push(path);
        }
    }
    // Their names are the times.
    found.sort();
    Ok(found)
}

fn read(os: &dyn Os, path: PathBuf) -> Result<Waiting, Error> {
    if os.only_administrators_may_write(&path) == Some(false) {
        return Err(Error::Open { path });
    }
    let bytes = read_limited(&path, LIMIT_BYTES);
    let bytes = bytes.and_then(|bytes| bytes.ok_or_else(|| io::ErrorKind::NotFound.into()));
    match bytes.map(|bytes| serde_json::from_slice::<Waiting>(&bytes)) {
        Ok(Ok(waiting)) => Ok(Waiting { path, ..waiting }),
        Ok(Err(error)) => Err(Error::NotAPlan { path, error }),
        Err(error) => Err(Error::File { path, error }),
    }
}

impl Target {
    /// One whose turn has not come.
    pub fn new(id: &str, name: String) -> Self {
        Self { id: id.to_owned(), name, state: State::NotBegun, asked_restart: None }
    }
}

impl Part {
    /// A plan that a person has agreed to. `accept_unproved`: also to templates that nothing proves.
    pub fn of(os: &dyn Os, plan: &Plan, accept_unproved: bool, machine: &Machine) -> Result<Self, Error> {
        let mut kept = Kept::of(plan, accept_unproved).map_err(Error::Kept)?;
        if os.machine_root().is_none()
            && let KeptSubject::Installer { arguments, .. } = &mut kept.subject
        {
            // Whatever they answered beforehand, the next run asks anew.
            arguments.clear();
        }
        let target = |base: &KeptBase| {
            let name = machine.base(&base.id).map_or_else(|| base.id.clone(), |base| base.name.clone());
            Target::new(&base.id, name)
        };
        let one = |id: &str| vec![Target::new(id, String::new())];
        let targets = match &kept.subject {
            KeptSubject::Template { bases, .. } => bases.iter().map(target).collect(),
            KeptSubject::Installer { target: KeptTarget::Platform, .. } => one(PLATFORM),
            KeptSubject::Installer { target: KeptTarget::Updater, .. } => one(UPDATER),
            KeptSubject::Installer { target: KeptTarget::Wizard { bases }, .. } => {
                bases.iter().map(target).collect()
            }
        };
        Ok(Self { kept, targets })
    }

    /// The same for the targets alone that are left; `None`: none is.
    fn left(&self, machine: &Machine) -> Result<Option<Kept>, Unfit> {
        let KeptSubject::Template { packages, bases } = &self.kept.subject else {
            return Ok((!self.installed(machine)).then(|| self.kept.clone()));
        };
        let last = packages.last().map(|package| package.release.version);
        let mut left = Vec::new();
        for base in bases {
            let target = self.targets.iter().find(|target| target.id == base.id);
            // Updated, and put back by a person if its version is below: nobody wants that undone.
            if target.is_some_and(|target| target.state == State::Done) {
                continue;
            }
            let name = target.map_or_else(|| base.id.clone(), |target| target.name.clone());
            let Some(here) = machine.base(&base.id).filter(|here| here.is_managed()) else {
                return Err(Unfit::Gone { name });
            };
            if here.folder != base.folder {
                return Err(Unfit::Moved { name });
            }
            if here.version >= last {
                continue;
            }
            if here.version < base.version {
                let (expected, found) = (base.version, here.version);
                return Err(Unfit::OtherVersion { name, expected, found });
            }
            // One between is where an earlier run was cut off in a chain: whoever goes on puts it back first.
            left.push(base.clone());
        }
        let subject = KeptSubject::Template { packages: packages.clone(), bases: left.clone() };
        Ok((!left.is_empty()).then(|| Kept { subject, ..self.kept.clone() }))
    }

    /// Whether an installer has nothing left to do.
    fn installed(&self, machine: &Machine) -> bool {
        let KeptSubject::Installer { package, target, .. } = &self.kept.subject else { return false };
        let wanted = package.release.version;
        match target {
            KeptTarget::Platform => {
                machine.platform.as_ref().is_some_and(|platform| platform.version >= wanted)
            }
            KeptTarget::Updater => machine.updater.as_ref().is_some_and(|updater| updater.version >= wanted),
            // What a wizard leaves is not told by the bases.
            KeptTarget::Wizard { .. } => self.targets.iter().all(|target| target.state == State::Done),
        }
    }
}

impl Waiting {
    /// Keeps what a person has agreed to. On the disk on return.
    pub fn keep(
        os: &dyn Os,
        paths: &Paths,
        agreed_at: Timestamp,
        by: Identity,
        parts: Vec<Part>,
    ) -> Result<Self, Error> {
        let dir = paths.plans_dir();
        os.make_administrators_dir(&dir).map_err(|error| Error::File { path: dir.clone(), error })?;
        let begun = agreed_at.as_millisecond().max(0);
        // Two within a millisecond: the later comes later.
        let free = (0..1000).map(|more| dir.join(format!("{:016}.{EXTENSION}", begun + more)));
        let mut free = free.skip_while(|path| path.exists());
        let full = || Error::File { path: dir.clone(), error: io::ErrorKind::AlreadyExists.into() };
        let path = free.next().ok_or_else(full)?;
        let waiting = Self { agreed_at, user: by.user, computer: by.computer, parts, path };
        waiting.write()?;
        Ok(waiting)
    }

    /// Takes away the older plans of which nothing is left but what this one is about, too: who agrees to something
    /// anew has dealt with what was left of it. Those that cannot be read, or do not suit the machine, stay.
    pub fn supersede(&self, os: &dyn Os, machine: &Machine) {
        let ids = self.parts.iter().flat_map(|part| &part.targets).map(|target| target.id.as_str());
        let ours: HashSet<&str> = ids.collect();
        let Some(dir) = self.path.parent() else { return };
        for path in files(dir).unwrap_or_default().into_iter().filter(|path| *path != self.path) {
            let Ok(older) = read(os, path) else { continue };
            let Ok(rest) = older.rest(machine) else { continue };
            let left = rest.iter().flat_map(|rest| rest.kept.target_ids());
            if left.into_iter().all(|id| ours.contains(id.as_str()))
                && let Err(error) = older.end()
            {
                tracing::warn!(%error, "A plan that another has taken the place of stays on the disk");
            }
        }
    }

    /// Its file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The name of its file.
    pub fn file_name(&self) -> String {
        name_of(&self.path)
    }

    /// Notes what became of a target of a part, counted from 0: one base may be a target of several. On the disk on
    /// return.
    pub fn mark(&mut self, part: usize, target_id: &str, state: State) -> Result<(), Error> {
        self.note(part, target_id, state, None)
    }

    fn note(
        &mut self,
        part: usize,
        target_id: &str,
        state: State,
        asked_restart: Option<Running>,
    ) -> Result<(), Error> {
        let targets = self.parts.get_mut(part).map_or(&mut [][..], |part| &mut part.targets).iter_mut();
        let mut changed = false;
        for target in targets.filter(|target| target.id == target_id && target.state != state) {
            target.state = state;
            target.asked_restart = asked_restart;
            changed = true;
        }
        if changed { self.write_again() } else { Ok(()) }
    }

    /// What is left for the machine as it is now, part by part; a part without anything left is not among them.
    pub fn rest(&self, machine: &Machine) -> Result<Vec<Rest>, Unfit> {
        let mut rest = Vec::new();
        for (place, part) in self.parts.iter().enumerate() {
            rest.extend(part.left(machine)?.map(|kept| Rest { part: place, kept }));
        }
        Ok(rest)
    }

    /// Ends it: everything is done, or the person has given it up. What is done stays done.
    pub fn end(self) -> Result<(), Error> {
        let Self { path, .. } = self;
        fs::remove_file(&path).map_err(|error| Error::File { path, error })
    }

    /// A plan that somebody has given up does not come back.
    fn write_again(&self) -> Result<(), Error> {
        let there = fs::symlink_metadata(&self.path);
        there.map_err(|error| Error::File { path: self.path.clone(), error })?;
        self.write()
    }

    fn write(&self) -> Result<(), Error> {
        let file = |error| Error::File { path: self.path.clone(), error };
        let bytes = serde_json::to_vec(self).map_err(|error| file(error.into()))?;
        write_atomically(&self.path, &bytes).map_err(file)
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests;
