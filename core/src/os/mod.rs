//! The seam between this program and a PC: registry, drives, who is at the keyboard, starting an installer.
//!
//! One small trait, an implementation each for a Windows PC, for a machine root and for a Linux host. Nothing
//! else in the project is gated by the operating system.

#[cfg(any(windows, test))]
mod access;
#[cfg(any(windows, test))]
mod command_line;
mod desktop;
mod faults;
mod files;
mod holder;
mod installer;
mod linux;
mod machine_root;
mod patience;
mod protected;
mod service;
mod task_file;
mod timers;
mod volume;
#[cfg(windows)]
mod windows;
mod windows_path;

use std::ffi::OsString;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub use self::desktop::{
    Waker, let_to_front, name_this_app, session_name, show_message, small_icon_px, wait, wants_stillness,
    windows_version, without_console,
};
pub use self::faults::{
    ElevationFault, EventLogFault, LocateFault, RegistryFault, SealFault, SetValueFault, TaskFault,
};
pub use self::files::{clear_read_only, open_unchanging, remove_folder, sync_folder, sync_renames};
pub use self::holder::Holder;
pub use self::installer::{Installer, InstallerExit, InstallerFault, InstallerKind};
pub use self::linux::Linux;
pub use self::machine_root::{COMPUTER_NAME_KEY, Error, MachineRoot, OwnInstaller};
pub use self::patience::{LONG_PATIENCE, PATIENCE, new_file_in, patiently, put_in_place, replace};
pub use self::protected::Protected;
pub use self::service::{Service, ServiceFault, ServiceState};
pub use self::task_file::TaskLanguage;
pub use self::volume::{Volume, answers_on_loopback};
#[cfg(windows)]
pub use self::windows::Windows;

use jiff::Timestamp;

use crate::history::event::Record;
use crate::http::proxy::SystemProxy;

/// What the rest of the program asks of a PC.
pub trait Os: Send + Sync {
    /// A text value of the registry; `key` begins with `HKEY_LOCAL_MACHINE\` or `HKEY_CURRENT_USER\`.
    /// Keys and names match without regard to case. `Ok(None)`: no such key or value.
    fn registry_value(&self, key: &str, name: &str) -> Result<Option<String>, RegistryFault>;

    /// All text values of a key, names as they are written; none where there is no such key.
    fn registry_values(&self, key: &str) -> Result<Vec<(String, String)>, RegistryFault> {
        let _ = key;
        Ok(Vec::new())
    }

    /// Sets a text value of this person's own part of the registry: `key` begins with `HKEY_CURRENT_USER\`, and is
    /// made if it is not there.
    fn set_user_value(&self, key: &str, name: &str, text: &str) -> Result<(), SetValueFault> {
        let _ = (key, name, text);
        Err(SetValueFault::NotHere)
    }

    /// Where a path as Windows writes it (`C:\ProgramData\…`) lies on this host. Existing components are
    /// found without regard to case; the file itself need not exist.
    fn locate(&self, windows_path: &str) -> Result<PathBuf, LocateFault>;

    /// The same for many paths at once, in their order: no folder is listed twice.
    fn locate_all(&self, windows_paths: &[&str]) -> Vec<Result<PathBuf, LocateFault>> {
        windows_paths.iter().map(|path| self.locate(path)).collect()
    }

    /// The folder that stands for the PC, if this is not the real one.
    fn machine_root(&self) -> Option<&Path>;

    /// Whether only administrators may write this file; `None` where that cannot be told.
    fn only_administrators_may_write(&self, path: &Path) -> Option<bool>;

    /// What the system says about the publisher's signature of a file.
    fn signature(&self, path: &Path) -> Signature;

    /// The name of the person and of the PC, for the journal.
    fn identity(&self) -> Identity;

    /// The name of the PC itself, by which a subscription may be its own: of a folder that stands for a PC not that of
    /// the host, where the journal's work is done. `None`: not known.
    fn computer_name(&self) -> Option<String> {
        Some(self.identity().computer)
    }

    /// Starts a verified installer, waits for it and returns its exit status. Never through a shell.
    /// Only `apply` calls this.
    fn run_installer(&self, installer: &Installer<'_>) -> Result<InstallerExit, InstallerFault>;

    /// Whether this very process may change bases, the platform and machine-wide files. Where nothing
    /// asks for more rights than one has, yes.
    fn is_elevated(&self) -> bool {
        true
    }

    /// Whether the person belongs to the administrators of this PC, with full rights now or after the
    /// system has asked; `None` where that cannot be told.
    fn is_administrator(&self) -> Option<bool> {
        None
    }

    /// Starts a program of ours with an administrator's rights, after the system has asked the person, and
    /// waits for its end; calls `meanwhile` some ten times a second.
    fn run_elevated(
        &self,
        program: &Path,
        arguments: &[OsString],
        meanwhile: &mut dyn FnMut(),
    ) -> Result<InstallerExit, ElevationFault> {
        let _ = (program, arguments, meanwhile);
        Err(ElevationFault::NotHere)
    }

    /// Brings a file to where nobody but administrators can change it, and keeps it from being written and
    /// deleted for as long as the answer lives. In a machine root the file itself is the answer.
    fn protect(&self, file: &Path) -> io::Result<Protected> {
        Ok(Protected::as_it_is(file))
    }

    /// Makes a folder that only administrators can write to and everybody can read; one that is there gets
    /// these rights.
    fn make_administrators_dir(&self, dir: &Path) -> io::Result<()> {
        std::fs::create_dir_all(dir)
    }

    /// Whether only administrators may change this very file or folder, which is there, whatever they may do in the folder
    /// it lies in: what somebody puts in its place is his own. `None` where that cannot be told.
    fn only_administrators_may_change(&self, path: &Path) -> Option<bool> {
        self.only_administrators_may_write(path)
    }

    /// Keeps everybody but administrators from changing a file of ours that lies where others may make some, too.
    /// Elsewhere than on a real PC it stays as it is.
    fn let_administrators_write(&self, file: &Path) -> io::Result<()> {
        let _ = file;
        Ok(())
    }

    /// Lets everybody read and write a file that only administrators could change, and neither remove it nor put
    /// another in its place. Elsewhere than on a real PC it stays as it is.
    fn let_everybody_write(&self, file: &Path) -> io::Result<()> {
        let _ = file;
        Ok(())
    }

    /// The programs that hold any of these files open; `None` where that cannot be told.
    fn holders(&self, files: &[PathBuf]) -> Option<Vec<Holder>> {
        let _ = files;
        None
    }

    /// Whether the PC waits for a restart to finish an installation; `None` where that cannot be told.
    fn reboot_pending(&self) -> Option<bool> {
        None
    }

    /// How long the PC has been running since it was started anew last; `None` where that cannot be told. Sleep counts,
    /// and so does a shutdown that Windows only hibernates its own part for ("fast startup"): neither ends what waits
    /// for a restart.
    fn uptime(&self) -> Option<Duration> {
        None
    }

    /// Whether Windows Installer is at work, which does one installation at a time; `None` where that cannot be told.
    fn installer_running(&self) -> Option<bool> {
        None
    }

    /// Whether something on this PC answers at a TCP port; `None` where that is not asked.
    fn port_answers(&self, port: u16) -> Option<bool> {
        let _ = port;
        None
    }

    /// The disk that a folder, which is there, lies on; `None` where that cannot be told.
    fn volume(&self, dir: &Path) -> Option<Volume> {
        volume::of(dir)
    }

    /// Whether a program fills the person's screen, or something is being presented; `None` where that cannot be
    /// told.
    fn is_full_screen(&self) -> Option<bool> {
        None
    }

    /// Writes into the application log under our own source.
    fn write_event(&self, event: &Event) -> Result<(), EventLogFault> {
        let _ = event;
        Err(EventLogFault::NotHere)
    }

    /// Reads the application log, newest first, until whoever takes the records has enough. How many were not
    /// understood is the answer.
    fn application_log(
        &self,
        query: &LogQuery<'_>,
        each: &mut dyn FnMut(Record) -> ControlFlow<()>,
    ) -> Result<u64, EventLogFault> {
        let _ = (query, each);
        Err(EventLogFault::NotHere)
    }

    /// The name of an account, from its number as in `S-1-5-18`; `None` where that cannot be told: the account is
    /// gone, its domain is out of reach, or the system knows no such numbers.
    fn account_name(&self, sid: &str) -> Option<String> {
        let _ = sid;
        None
    }

    /// The proxy that the system is set to use; `None` where the system says nothing of proxies. The network is the
    /// host's, whatever stands for the PC.
    fn system_proxy(&self) -> Option<SystemProxy> {
        None
    }

    /// Makes of a secret what can be read again on this PC alone, by every account of it.
    fn seal(&self, secret: &[u8]) -> Result<Vec<u8>, SealFault> {
        let _ = secret;
        Err(SealFault::NotHere)
    }

    /// The secret again.
    fn unseal(&self, sealed: &[u8]) -> Result<Vec<u8>, SealFault> {
        let _ = sealed;
        Err(SealFault::NotHere)
    }

    /// What the scheduler's definitions are written in.
    fn task_language(&self) -> TaskLanguage {
        TaskLanguage::Xml
    }

    /// The definition of a scheduled task in the scheduler's root folder; `Ok(None)`: there is none.
    fn task(&self, name: &str) -> Result<Option<String>, TaskFault> {
        let _ = name;
        Err(TaskFault::NotHere)
    }

    /// Registers a task in the scheduler's root folder, in place of one of that name; in its language.
    fn register_task(&self, name: &str, text: &str) -> Result<(), TaskFault> {
        let _ = (name, text);
        Err(TaskFault::NotHere)
    }

    /// Removes a task from the scheduler's root folder; one that is not there is no fault.
    fn remove_task(&self, name: &str) -> Result<(), TaskFault> {
        let _ = name;
        Err(TaskFault::NotHere)
    }

    /// Starts a task of the scheduler's root folder now, without waiting for its end.
    fn run_task(&self, name: &str) -> Result<(), TaskFault> {
        let _ = name;
        Err(TaskFault::NotHere)
    }

    /// The services of the PC.
    fn services(&self) -> Result<Vec<Service>, ServiceFault> {
        Err(ServiceFault::NotHere)
    }

    /// The names of the services that hold a file open; `None` where that cannot be told.
    fn services_holding(&self, file: &Path) -> Option<Vec<String>> {
        let _ = file;
        None
    }

    /// Stops a service and waits until it has stopped, for so long at most. One that does not run is no fault.
    fn stop_service(&self, name: &str, longest: Duration) -> Result<(), ServiceFault> {
        let _ = (name, longest);
        Err(ServiceFault::NotHere)
    }

    /// Starts a service and waits until it runs, for so long at most. One that runs is no fault.
    fn start_service(&self, name: &str, longest: Duration) -> Result<(), ServiceFault> {
        let _ = (name, longest);
        Err(ServiceFault::NotHere)
    }
}

/// What the system says about a file's signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signature {
    /// Valid, by this signer.
    Valid {
        /// The signer's name.
        signer: String,
        /// Whether it was looked up that no certificate of it has been revoked; without a network it cannot be.
        revocation_checked: bool,
    },
    /// There, and not valid.
    Invalid {
        /// The system's words.
        detail: String,
    },
    /// There is none.
    Unsigned,
    /// This system cannot tell.
    NotCheckable,
}

/// Who acts, for the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The account's name.
    pub user: String,
    /// The PC's name.
    pub computer: String,
}

/// Something for the application log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// How bad it is.
    pub level: EventLevel,
    /// Tells kinds of events apart: 1 to 1000.
    pub id: u16,
    /// In words.
    pub text: String,
}

/// How bad an [`Event`] is; the worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventLevel {
    /// As it should be.
    Information,
    /// Something went wrong, and nothing is lost.
    Warning,
    /// Somebody has to look.
    Error,
}

/// Which records of the application log are wanted.
#[derive(Clone, Copy, Debug)]
pub struct LogQuery<'a> {
    /// Their sources (`MsiInstaller`, or our own).
    pub providers: &'a [&'a str],
    /// Not before this.
    pub since: Option<Timestamp>,
    /// Before this.
    pub until: Option<Timestamp>,
}

/// Tells this PC from others: Windows' own id of the installation, else the PC's name, and the folder that
/// stands for it. For deciding on partial rollouts; it is hashed there and never sent.
pub fn machine_id(os: &dyn Os) -> String {
    let key = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Cryptography";
    let root = os.machine_root().unwrap_or(Path::new("")).display().to_string();
    match os.registry_value(key, "MachineGuid") {
        Ok(Some(id)) => id,
        Ok(None) | Err(_) => format!("{}\n{root}", os.identity().computer),
    }
}

/// The PC this program runs on.
pub fn host() -> Box<dyn Os> {
    cfg_select! {
        windows => Box::new(Windows::of_this_pc()),
        _ => Box::new(Linux),
    }
}

/// The standard input without a buffer: what is not read stays there for an installer that asks too.
#[cfg(unix)]
pub fn standard_input() -> Box<dyn Read> {
    use std::os::fd::AsFd as _;
    let input = io::stdin();
    match input.as_fd().try_clone_to_owned() {
        Ok(own) => Box::new(std::fs::File::from(own)),
        Err(_) => Box::new(input),
    }
}

/// The standard input. Of a console it is read line by line anyway, and in its own encoding by this way only.
#[cfg(not(unix))]
pub fn standard_input() -> Box<dyn Read> {
    Box::new(io::stdin())
}
