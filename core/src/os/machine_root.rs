//! A folder that stands for a PC: for the demo, the tests, and looking at a customer's snapshot.
//!
//! Drives are its sub-folders (`C`, `D`, …), the registry is its `registry.reg`. Names are found without
//! regard to case, as Windows finds them. Nothing outside the folder belongs to the PC: links that lead
//! out of it are not followed. Nothing of the host is probed, and no foreign program is started.
//!
//! What its services do is told by a file of its own, if it has one ([`services`]); and so is for how long it has been
//! running ([`UPTIME`], as `/proc/uptime` of Linux says it): a smaller figure than before is a restart.
//!
//! The registry is read anew at each question, so that what an installer wrote is seen at once.

mod services;

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{
    Identity, Installer, InstallerExit, InstallerFault, LocateFault, Os, RegistryFault, Service,
    ServiceFault, SetValueFault, Signature, TaskFault, linux, task_file, windows_path,
};
use crate::digest::Digest;
use crate::machine::FileFault;
use crate::machine::registry_file::{self, RegistryFile};

/// Where Windows keeps the name of the PC (documented).
pub const COMPUTER_NAME_KEY: &str =
    r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\ComputerName\ComputerName";

/// In the root.
const UPTIME: &str = "uptime";

/// A folder that stands for a PC.
#[derive(Clone, Debug)]
pub struct MachineRoot {
    dir: PathBuf,
    /// The only installers that are allowed here; at first none. The demo and the tests have their own.
    pub own_installer: Option<OwnInstaller>,
}

/// Installers that stand for those of a PC. They are no programs: one program of ours is started for each.
#[derive(Clone, Debug)]
pub struct OwnInstaller {
    /// What their files hash to.
    pub digests: Vec<Digest>,
    /// What is started in their place.
    pub program: PathBuf,
}

/// The folder cannot stand for a PC.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is not there, or may not be entered.
    #[error("Failed to open the machine root: {dir}")]
    Open {
        /// As given.
        dir: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
}

impl MachineRoot {
    /// Opens the folder.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        let fault = |source| Error::Open { dir: dir.to_path_buf(), source };
        let root = fs::canonicalize(dir).map_err(fault)?;
        fs::read_dir(&root).map_err(fault)?;
        Ok(Self { dir: root, own_installer: None })
    }

    /// Where the registry is, or will be once something is written into it.
    pub fn registry_path(&self) -> Result<PathBuf, LocateFault> {
        let found = Search::in_root(&self.dir).child(&self.dir, registry_file::FILE)?;
        Ok(found.unwrap_or_else(|| self.dir.join(registry_file::FILE)))
    }

    fn registry(&self) -> Result<RegistryFile, RegistryFault> {
        let in_root = self.dir.join(registry_file::FILE);
        let path = self.registry_path().map_err(|fault| RegistryFault {
            path: in_root.display().to_string(),
            fault: FileFault::Unreadable { file: registry_file::FILE.to_owned(), detail: fault.to_string() },
        })?;
        RegistryFile::read(&path).map_err(|fault| RegistryFault { path: path.display().to_string(), fault })
    }

    fn services_path(&self) -> PathBuf {
        self.dir.join(services::FILE)
    }

    /// The file that stands for a task. A drive that is not there counts as a file that is not.
    fn task_path(&self, name: &str) -> Result<PathBuf, TaskFault> {
        task_file::check_name(name)?;
        let path = self.locate(&format!(r"{}\{name}", task_file::DIR));
        path.map_err(|fault| {
            let kind = match fault {
                LocateFault::NoDrive(_) => io::ErrorKind::NotFound,
                LocateFault::NotAbsolute | LocateFault::Outside => io::ErrorKind::Other,
            };
            TaskFault::File(io::Error::new(kind, fault))
        })
    }

    /// What is started for this file, if it is one of ours.
    fn own_program(&self, file: &Path) -> io::Result<Option<&Path>> {
        let Some(own) = &self.own_installer else { return Ok(None) };
        let (digest, _) = Digest::of_reader(&mut File::open(file)?)?;
        Ok(own.digests.contains(&digest).then_some(own.program.as_path()))
    }
}

impl Os for MachineRoot {
    fn registry_value(&self, key: &str, name: &str) -> Result<Option<String>, RegistryFault> {
        Ok(self.registry()?.value(key, name))
    }

    fn registry_values(&self, key: &str) -> Result<Vec<(String, String)>, RegistryFault> {
        Ok(self.registry()?.values(key))
    }

    fn set_user_value(&self, key: &str, name: &str, text: &str) -> Result<(), SetValueFault> {
        if !is_own(key) {
            return Err(SetValueFault::NotOwn);
        }
        let path = self.registry_path().map_err(|fault| SetValueFault::File(io::Error::other(fault)))?;
        registry_file::set_value(&path, key, name, text)
            .map_err(|error| SetValueFault::File(io::Error::other(error)))
    }

    fn locate(&self, windows_path: &str) -> Result<PathBuf, LocateFault> {
        Search::in_root(&self.dir).locate(windows_path)
    }

    fn locate_all(&self, windows_paths: &[&str]) -> Vec<Result<PathBuf, LocateFault>> {
        let mut search = Search::in_root(&self.dir);
        windows_paths.iter().map(|path| search.locate(path)).collect()
    }

    fn machine_root(&self) -> Option<&Path> {
        Some(&self.dir)
    }

    fn only_administrators_may_write(&self, _path: &Path) -> Option<bool> {
        None
    }

    fn uptime(&self) -> Option<Duration> {
        linux::read_uptime(&self.dir.join(UPTIME))
    }

    fn signature(&self, _path: &Path) -> Signature {
        Signature::NotCheckable
    }

    fn identity(&self) -> Identity {
        linux::host_identity()
    }

    fn computer_name(&self) -> Option<String> {
        let name = self.registry_value(COMPUTER_NAME_KEY, "ComputerName").ok()??;
        Some(name.trim().to_owned()).filter(|name| !name.is_empty())
    }

    /// The file itself is never started: of an installer of our own, known by its hash, a program of our own
    /// does the work. So what was compared and what runs cannot differ, and a download need not be executable.
    fn run_installer(&self, installer: &Installer<'_>) -> Result<InstallerExit, InstallerFault> {
        let program = self.own_program(installer.file).map_err(InstallerFault::Start)?;
        linux::start_and_wait(program.ok_or(InstallerFault::Foreign)?, installer.arguments)
    }

    fn task(&self, name: &str) -> Result<Option<String>, TaskFault> {
        match self.task_path(name) {
            Ok(path) => task_file::read(&path),
            Err(fault) => nothing_there(fault).map(|()| None),
        }
    }

    fn register_task(&self, name: &str, xml: &str) -> Result<(), TaskFault> {
        task_file::write(&self.task_path(name)?, xml)
    }

    fn remove_task(&self, name: &str) -> Result<(), TaskFault> {
        let removed = self.task_path(name).and_then(|path| fs::remove_file(path).map_err(TaskFault::File));
        removed.or_else(nothing_there)
    }

    fn services(&self) -> Result<Vec<Service>, ServiceFault> {
        services::list(&self.services_path())
    }

    fn services_holding(&self, file: &Path) -> Option<Vec<String>> {
        services::holding(&self.services_path(), &|path| self.locate(path).is_ok_and(|path| path == file))
    }

    fn stop_service(&self, name: &str, _longest: Duration) -> Result<(), ServiceFault> {
        services::stop(&self.services_path(), name)
    }

    fn start_service(&self, name: &str, _longest: Duration) -> Result<(), ServiceFault> {
        services::start(&self.services_path(), name)
    }

    fn port_answers(&self, port: u16) -> Option<bool> {
        services::port_answers(&self.services_path(), port)
    }
}

/// Whether a key is in the person's own part of the registry, below its root.
fn is_own(key: &str) -> bool {
    let root = key.split_once('\\').filter(|(_, below)| !below.is_empty()).map(|(root, _)| root);
    root.is_some_and(|root| root.eq_ignore_ascii_case("HKEY_CURRENT_USER"))
}

/// Where nothing can be, nothing is: no fault for who looks or removes.
fn nothing_there(fault: TaskFault) -> Result<(), TaskFault> {
    match fault {
        TaskFault::File(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        fault => Err(fault),
    }
}

/// Finds paths without regard to case; remembers the folders it had to list.
struct Search<'a> {
    root: &'a Path,
    /// Per folder: its names, by their lower-case form.
    listings: HashMap<PathBuf, HashMap<String, OsString>>,
}

impl<'a> Search<'a> {
    fn in_root(root: &'a Path) -> Self {
        Self { root, listings: HashMap::new() }
    }

    fn locate(&mut self, windows_path: &str) -> Result<PathBuf, LocateFault> {
        let (drive, names) = windows_path::components(windows_path)?;
        let root = self.root;
        let drive_dir = self.child(root, &drive.to_string())?.filter(|dir| dir.is_dir());
        let mut path = drive_dir.ok_or(LocateFault::NoDrive(drive))?;
        let mut names = names.into_iter();
        for name in names.by_ref() {
            let Some(child) = self.child(&path, name)? else {
                path.push(name);
                break;
            };
            path = child;
        }
        path.extend(names);
        Ok(path)
    }

    /// The entry of a folder with this name, links resolved; `None` if there is none.
    fn child(&mut self, dir: &Path, name: &str) -> Result<Option<PathBuf>, LocateFault> {
        // Nearly every path is written as it is on disk, and one question costs less than a listing.
        let exact = dir.join(name);
        let (path, metadata) = if let Ok(metadata) = fs::symlink_metadata(&exact) {
            (exact, metadata)
        } else {
            let Some(path) = self.listed(dir, name) else { return Ok(None) };
            let Ok(metadata) = fs::symlink_metadata(&path) else { return Ok(None) };
            (path, metadata)
        };
        if !metadata.is_symlink() {
            return Ok(Some(path));
        }
        match fs::canonicalize(&path) {
            Ok(target) if target.starts_with(self.root) => Ok(Some(target)),
            // A link to nowhere counts as leading out: writing through it would create its target.
            _ => Err(LocateFault::Outside),
        }
    }

    fn listed(&mut self, dir: &Path, name: &str) -> Option<PathBuf> {
        if !self.listings.contains_key(dir) {
            self.listings.insert(dir.to_path_buf(), list(dir));
        }
        let found = self.listings.get(dir)?.get(&name.to_lowercase())?;
        Some(dir.join(found))
    }
}

fn list(dir: &Path) -> HashMap<String, OsString> {
    let mut names = HashMap::new();
    let Ok(entries) = fs::read_dir(dir) else { return names };
    for entry in entries.flatten() {
        let name = entry.file_name();
        // Of names that differ in case alone, always the same one, in whatever order they are listed.
        let kept = names.entry(name.to_string_lossy().to_lowercase()).or_insert_with(|| name.clone());
        if name < *kept {
            *kept = name;
        }
    }
    names
}

#[cfg(test)]
mod tests;
