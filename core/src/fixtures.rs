//! What the core's own tests begin with: a base, a release, its file; each test changes what it is about.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::catalogue::{Feed, FileLocation, Release, ReleaseFile};
use crate::journal::{Entry, What};
use crate::machine::{AppLinks, Base, Kind};
use crate::os::{
    self, Holder, Identity, Installer, InstallerExit, InstallerFault, Linux, LocateFault, MachineRoot, Os,
    RegistryFault, Signature, Volume,
};

/// A local base of a product.
pub(crate) fn base(id: &str, product_id: &str, version: &str) -> Base {
    Base {
        id: id.to_owned(),
        name: format!("База {id}"),
        comment: None,
        folder: format!(r"C:\Bases\{id}"),
        dir: None,
        kind: Kind::Local,
        product_id: Some(product_id.to_owned()),
        product: "Склад 15, Расширенный".to_owned(),
        version: Some(version.parse().unwrap()),
        min_platform: None,
        client_version: None,
        updates_path: None,
        notes_link: None,
        support_link: None,
        app_links: AppLinks::default(),
        tag: None,
        devices: Vec::new(),
        devices_incomplete: false,
    }
}

/// A release with a template, for everybody and over everything.
pub(crate) fn release(feed: &str, version: &str) -> Release {
    Release {
        feed: Feed::named(feed).unwrap(),
        version: version.parse().unwrap(),
        date: None,
        notes: format!("notes of {version}"),
        file: Some(file(&format!("{version}.mstmpl"))),
        tags: Vec::new(),
        forced: false,
        distribution: 100,
        show_for_all: false,
        min_platform: None,
        from_versions: Vec::new(),
        client_version: None,
    }
}

/// An entry of the journal about nothing in particular.
pub(crate) fn entry() -> Entry {
    Entry {
        time: jiff::Timestamp::UNIX_EPOCH,
        user: "SHOP\\ivan".to_owned(),
        computer: "KASSA-1".to_owned(),
        what: What::WizardRun,
        subject: String::new(),
        name: String::new(),
        product: None,
        from: None,
        to: None,
        file: String::new(),
        sha256: None,
        proof: None,
        detail: String::new(),
        backup_dir: None,
        works: None,
    }
}

/// A file of which nothing is stated.
pub(crate) fn file(name: &str) -> ReleaseFile {
    ReleaseFile {
        name: name.to_owned(),
        location: FileLocation::InSource(format!("downloads/{name}")),
        size: None,
        sha256: None,
        sha512: None,
        publisher: None,
    }
}

/// What starting an installer does.
pub(crate) type Start = fn(&Installer<'_>) -> Result<InstallerExit, InstallerFault>;

/// A machine root that also answers what only a real PC is asked.
pub(crate) struct Answering {
    pub(crate) os: MachineRoot,
    /// Whoever holds files open.
    pub(crate) holders: Vec<Holder>,
    /// What is in the path of every file that they hold.
    pub(crate) held: String,
    pub(crate) reboot_pending: Option<bool>,
    pub(crate) installer_running: Option<bool>,
    /// Whether ports are asked, of this host.
    pub(crate) asks_ports: bool,
    /// Whether the person is an administrator without the rights of one now, or none at all.
    pub(crate) unelevated: Option<bool>,
    /// Disks by a part of the path; what is on none of them is on the host's.
    pub(crate) volumes: Vec<(String, Volume)>,
    /// What starting an installer does, in place of starting it.
    pub(crate) installer: Option<Start>,
    /// The paths it was asked for.
    pub(crate) located: Mutex<Vec<String>>,
}

impl Answering {
    pub(crate) fn on(root: &Path) -> Self {
        let os = MachineRoot::open(root).unwrap();
        Self {
            os,
            holders: Vec::new(),
            held: String::new(),
            reboot_pending: None,
            installer_running: None,
            asks_ports: false,
            unelevated: None,
            volumes: Vec::new(),
            installer: None,
            located: Mutex::default(),
        }
    }
}

impl Os for Answering {
    fn registry_value(&self, key: &str, name: &str) -> Result<Option<String>, RegistryFault> {
        self.os.registry_value(key, name)
    }
    fn locate(&self, path: &str) -> Result<PathBuf, LocateFault> {
        self.located.lock().unwrap().push(path.to_owned());
        self.os.locate(path)
    }
    fn machine_root(&self) -> Option<&Path> {
        self.os.machine_root()
    }
    fn only_administrators_may_write(&self, path: &Path) -> Option<bool> {
        self.os.only_administrators_may_write(path)
    }
    fn signature(&self, path: &Path) -> Signature {
        self.os.signature(path)
    }
    fn identity(&self) -> Identity {
        self.os.identity()
    }
    fn run_installer(&self, installer: &Installer<'_>) -> Result<InstallerExit, InstallerFault> {
        self.installer.map_or_else(|| self.os.run_installer(installer), |answer| answer(installer))
    }
    fn holders(&self, files: &[PathBuf]) -> Option<Vec<Holder>> {
        let is_held = files.iter().any(|file| file.to_string_lossy().contains(&self.held));
        Some(if is_held { self.holders.clone() } else { Vec::new() })
    }
    fn reboot_pending(&self) -> Option<bool> {
        self.reboot_pending
    }
    fn uptime(&self) -> Option<std::time::Duration> {
        self.os.uptime()
    }
    fn installer_running(&self) -> Option<bool> {
        self.installer_running
    }
    fn port_answers(&self, port: u16) -> Option<bool> {
        self.asks_ports.then(|| os::answers_on_loopback(port))
    }
    fn is_elevated(&self) -> bool {
        self.unelevated.is_none()
    }
    fn is_administrator(&self) -> Option<bool> {
        self.unelevated
    }
    fn volume(&self, dir: &Path) -> Option<Volume> {
        let named = |(part, _): &&(String, Volume)| dir.to_string_lossy().contains(part.as_str());
        match self.volumes.iter().find(named) {
            Some((_, volume)) => Some(volume.clone()),
            None => self.os.volume(dir),
        }
    }
}

/// Releases of «Склад 15» and the days they came out, as the vendor lists them.
pub(crate) const HISTORY: [(&str, &str); 13] = [
    ("1.0.0.1", "2018-10-08"),
    ("1.0.2.85", "2019-05-27"),
    ("1.2.0.358", "2020-07-20"),
    ("1.3.0.909", "2021-09-16"),
    ("1.3.4.1116", "2023-03-20"),
    ("1.5.1.559", "2023-04-04"),
    ("1.5.1.640", "2023-05-03"),
    ("1.6.0.1428", "2023-12-21"),
    ("1.6.1.5492", "2024-06-25"),
    ("1.6.2.6128", "2024-12-19"),
    ("1.6.2.6493", "2025-05-05"),
    ("1.6.3.6708", "2025-07-25"),
    ("1.6.3.7283", "2025-10-29"),
];

/// A host where everybody may write.
pub(crate) struct OpenToAll;

impl Os for OpenToAll {
    fn registry_value(&self, key: &str, name: &str) -> Result<Option<String>, RegistryFault> {
        Linux.registry_value(key, name)
    }
    fn locate(&self, windows_path: &str) -> Result<PathBuf, LocateFault> {
        Linux.locate(windows_path)
    }
    fn machine_root(&self) -> Option<&Path> {
        None
    }
    fn only_administrators_may_write(&self, _path: &Path) -> Option<bool> {
        Some(false)
    }
    fn signature(&self, path: &Path) -> Signature {
        Linux.signature(path)
    }
    fn identity(&self) -> Identity {
        Linux.identity()
    }
    fn run_installer(&self, installer: &Installer<'_>) -> Result<InstallerExit, InstallerFault> {
        Linux.run_installer(installer)
    }
}
