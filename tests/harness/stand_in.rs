//! A machine root that answers as a PC of somebody without an administrator's rights does.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use smarts_core::os::{
    self, ElevationFault, Event, EventLogFault, Identity, Installer, InstallerExit, InstallerFault,
    LocateFault, MachineRoot, Os, RegistryFault, Signature,
};

/// What asking for rights does: the arguments, and what is to be called meanwhile.
pub type Lend =
    Box<dyn Fn(&[OsString], &mut dyn FnMut()) -> Result<InstallerExit, ElevationFault> + Send + Sync>;

/// What starting an installer does.
pub type Install = Box<dyn Fn(&Installer<'_>) -> Result<InstallerExit, InstallerFault> + Send + Sync>;

/// See the module's words.
pub struct StandIn {
    /// Everything else is asked here.
    pub root: MachineRoot,
    /// Whether the process has an administrator's rights.
    pub is_elevated: bool,
    /// Whether the person is an administrator.
    pub is_administrator: Option<bool>,
    /// What asking for rights does; `None`: there is no such question.
    pub lend: Option<Lend>,
    /// Who has signed every file, validly; `None`: that cannot be told.
    pub signer: Option<String>,
    /// What starting an installer does; `None`: none is started.
    pub install: Option<Install>,
    /// What was written into the event log; `None`: it cannot be opened.
    pub events: Option<Mutex<Vec<Event>>>,
}

impl StandIn {
    /// Of an administrator whose process has the rights.
    pub fn on(root: &Path) -> Result<Self, os::Error> {
        let root = MachineRoot::open(root)?;
        let events = Some(Mutex::default());
        let (is_elevated, is_administrator) = (true, Some(true));
        Ok(Self { root, is_elevated, is_administrator, lend: None, signer: None, install: None, events })
    }

    /// Of a person whose process has no rights.
    pub fn asking(root: &Path, lend: Lend) -> Result<Self, os::Error> {
        Ok(Self { is_elevated: false, lend: Some(lend), ..Self::on(root)? })
    }

    /// What was written into the event log.
    pub fn written(&self) -> Vec<Event> {
        self.events.as_ref().map(|events| lock(events).clone()).unwrap_or_default()
    }
}

impl Os for StandIn {
    fn registry_value(&self, key: &str, name: &str) -> Result<Option<String>, RegistryFault> {
        self.root.registry_value(key, name)
    }
    fn locate(&self, path: &str) -> Result<PathBuf, LocateFault> {
        self.root.locate(path)
    }
    fn machine_root(&self) -> Option<&Path> {
        self.root.machine_root()
    }
    fn only_administrators_may_write(&self, path: &Path) -> Option<bool> {
        self.root.only_administrators_may_write(path)
    }
    fn signature(&self, path: &Path) -> Signature {
        let valid = |signer: &String| Signature::Valid { signer: signer.clone(), revocation_checked: true };
        self.signer.as_ref().map_or_else(|| self.root.signature(path), valid)
    }
    fn identity(&self) -> Identity {
        Identity { user: "ivanov".to_owned(), computer: "KASSA-1".to_owned() }
    }
    fn run_installer(&self, installer: &Installer<'_>) -> Result<InstallerExit, InstallerFault> {
        self.install.as_ref().map_or_else(|| self.root.run_installer(installer), |install| install(installer))
    }
    fn uptime(&self) -> Option<Duration> {
        self.root.uptime()
    }
    fn is_elevated(&self) -> bool {
        self.is_elevated
    }
    fn is_administrator(&self) -> Option<bool> {
        self.is_administrator
    }
    fn run_elevated(
        &self,
        _program: &Path,
        arguments: &[OsString],
        meanwhile: &mut dyn FnMut(),
    ) -> Result<InstallerExit, ElevationFault> {
        self.lend.as_ref().map_or(Err(ElevationFault::NotHere), |lend| lend(arguments, meanwhile))
    }
    fn write_event(&self, event: &Event) -> Result<(), EventLogFault> {
        let unavailable = || EventLogFault::Unavailable(std::io::ErrorKind::PermissionDenied.into());
        lock(self.events.as_ref().ok_or_else(unavailable)?).push(event.clone());
        Ok(())
    }
}

fn lock(events: &Mutex<Vec<Event>>) -> MutexGuard<'_, Vec<Event>> {
    events.lock().unwrap_or_else(PoisonError::into_inner)
}
