//! Which of our own files lie where, and which names a file may have.
//!
//! Machine-wide files (settings, journal, subscriptions, backups) lie with the machine; the report, caches
//! and downloads with the person. Deliberately not here: reading or writing any of them.

use std::path::{Path, PathBuf};

use siphasher::sip128::SipHasher24;

use crate::os::Os;
use crate::settings::Settings;

/// Our machine-wide folder, as Windows writes it.
pub const MACHINE_WIDE: &str = r"C:\ProgramData\Cleverence\Updater";
/// The vendor's settings of updates.
pub const COMMON_CONFIG: &str = r"C:\ProgramData\Cleverence\Common\common.config";
/// Where the vendor keeps copies of bases, and we with it.
pub const BACKUPS: &str = r"C:\ProgramData\Cleverence\Backup";
/// Templates of installed products.
pub const TEMPLATES: &str = r"C:\ProgramData\Cleverence\Common\Templates";

/// The folders of this program for one machine and one person. None of them need exist yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// Settings, journal, update lock: machine-wide.
    pub machine_dir: PathBuf,
    /// Copies of bases.
    pub backup_dir: PathBuf,
    /// The report and other small state of this person.
    pub state_dir: PathBuf,
    /// What may be deleted at any time.
    pub cache_dir: PathBuf,
    /// Files of releases.
    pub downloads_dir: PathBuf,
    /// Log files.
    pub log_dir: PathBuf,
}

/// The system does not say where this person's files belong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("No home folder is known for this account")]
pub struct NoHome;

/// [`Paths::state_dir`], for a program that asks nothing else of a PC; of a machine root its full path.
pub fn state_dir(machine_root: Option<&Path>) -> Result<PathBuf, NoHome> {
    let dirs = project_dirs()?;
    Ok(machine_root
        .map_or_else(|| dirs.data_local_dir().to_path_buf(), |root| keyed(dirs.data_local_dir(), root)))
}

/// [`Paths::log_dir`] there.
pub fn log_dir(state_dir: &Path) -> PathBuf {
    state_dir.join("logs")
}

fn project_dirs() -> Result<directories::ProjectDirs, NoHome> {
    directories::ProjectDirs::from("", "", "mobile-smarts-updater").ok_or(NoHome)
}

/// The name of a machine root's own folders. No digest: of those the library would make the stub twice as large.
pub fn key_of(root: &Path) -> String {
    let hash = SipHasher24::new().hash(root.as_os_str().as_encoded_bytes());
    format!("{:016x}", hash.h1)
}

/// A machine root's own folder in one of the person's.
fn keyed(dir: &Path, root: &Path) -> PathBuf {
    dir.join("roots").join(key_of(root))
}

impl Paths {
    /// For the person at this host; a machine root has folders of its own, keyed by its path.
    pub fn of(os: &dyn Os) -> Result<Self, NoHome> {
        let dirs = project_dirs()?;
        let user = directories::UserDirs::new().ok_or(NoHome)?;
        let downloads =
            user.download_dir().map_or_else(|| user.home_dir().join("Downloads"), Path::to_path_buf);
        let downloads = downloads.join("Mobile SMARTS");
        let state = dirs.data_local_dir();
        let Some(root) = os.machine_root() else {
            return Ok(Self::new(os, state, dirs.cache_dir(), &downloads));
        };
        Ok(Self::new(os, &keyed(state, root), &keyed(dirs.cache_dir(), root), &downloads.join(key_of(root))))
    }

    /// Everything of the person below one folder: for the demo and the tests.
    pub fn below(os: &dyn Os, dir: &Path) -> Self {
        Self::new(os, &dir.join("state"), &dir.join("cache"), &dir.join("downloads"))
    }

    /// With the folders for copies and for downloads that the settings name, if they can be used here: in a machine
    /// root only such on its own drives, elsewhere any absolute ones. Each person has downloads of their own.
    #[must_use]
    pub fn with_settings(self, os: &dyn Os, settings: &Settings) -> Self {
        let named = |dir: &Option<PathBuf>| dir.as_deref().and_then(|dir| named_dir(os, dir));
        let backup_dir = named(&settings.backup_dir).unwrap_or_else(|| self.backup_dir.clone());
        let downloads_dir = named(&settings.downloads_dir)
            .map_or_else(|| self.downloads_dir.clone(), |dir| dir.join(own_name(&os.identity().user)));
        Self { backup_dir, downloads_dir, ..self }
    }

    fn new(os: &dyn Os, state: &Path, cache: &Path, downloads: &Path) -> Self {
        Self {
            machine_dir: os.locate(MACHINE_WIDE).unwrap_or_else(|_| state.join("machine")),
            backup_dir: os.locate(BACKUPS).unwrap_or_else(|_| state.join("backup")),
            state_dir: state.to_path_buf(),
            cache_dir: cache.to_path_buf(),
            downloads_dir: downloads.to_path_buf(),
            log_dir: log_dir(state),
        }
    }

    /// The last report.
    pub fn report_path(&self) -> PathBuf {
        self.state_dir.join("report.json")
    }

    /// How the last check ended.
    pub fn last_check_path(&self) -> PathBuf {
        self.state_dir.join("last-check.json")
    }

    /// Held by whoever checks everything for this person.
    pub fn check_lock_path(&self) -> PathBuf {
        self.state_dir.join("check.lock")
    }

    /// Until when sources want to be left alone.
    pub fn rest_path(&self) -> PathBuf {
        self.state_dir.join("rest.json")
    }

    /// When this person has asked for a run of the scheduled task.
    pub fn asked_path(&self) -> PathBuf {
        self.state_dir.join("check-asked")
    }

    /// What this person has been told, and when.
    pub fn notice_path(&self) -> PathBuf {
        self.state_dir.join("notice.json")
    }

    /// Which device has connected to a base first after its update.
    pub fn first_connections_path(&self) -> PathBuf {
        self.state_dir.join("first-connections.json")
    }

    /// Versions this person does not want to hear of.
    pub fn hidden_path(&self) -> PathBuf {
        self.state_dir.join("hidden.json")
    }

    /// The machine-wide settings.
    pub fn settings_path(&self) -> PathBuf {
        self.machine_dir.join("settings.toml")
    }

    /// Who updated what, and when.
    pub fn journal_path(&self) -> PathBuf {
        self.machine_dir.join("journal.jsonl")
    }

    /// Until when each device may receive releases.
    pub fn subscriptions_path(&self) -> PathBuf {
        self.machine_dir.join("subscriptions.csv")
    }

    /// Where Windows Installer writes what it did with a package.
    pub fn installer_log_path(&self, file_name: &str) -> PathBuf {
        self.machine_dir.join("logs").join(format!("{file_name}.log"))
    }

    /// Where a run with an administrator's rights tells how it goes, each in a folder of its own.
    pub fn runs_dir(&self) -> PathBuf {
        self.machine_dir.join("runs")
    }

    /// Where a plan waits for a run with an administrator's rights, each in a folder of its own.
    pub fn agreed_dir(&self) -> PathBuf {
        self.state_dir.join("agreed")
    }

    /// The scheduled task that had the name before ours.
    pub fn former_task_path(&self) -> PathBuf {
        self.machine_dir.join("SmartsUpdate.former.xml")
    }

    /// Our scheduled task as it was registered last.
    pub fn own_task_path(&self) -> PathBuf {
        self.machine_dir.join("SmartsUpdate.xml")
    }

    /// Whether the scheduled task is to be ours.
    pub fn schedule_path(&self) -> PathBuf {
        self.machine_dir.join("schedule.json")
    }

    /// The trusted root of signed sources.
    pub fn trusted_root_path(&self) -> PathBuf {
        self.machine_dir.join("root.json")
    }

    /// The login for the proxy, sealed by the system.
    pub fn proxy_login_path(&self) -> PathBuf {
        self.machine_dir.join("proxy.login")
    }

    /// Whether a proxy has refused that login; everybody may write it.
    pub fn proxy_refusal_path(&self) -> PathBuf {
        self.machine_dir.join("proxy.refused")
    }

    /// What is remembered of other logins that a proxy has refused.
    pub fn refusals_dir(&self) -> PathBuf {
        self.cache_dir.join("refused")
    }

    /// What our installer's own step did.
    pub fn setup_log_path(&self) -> PathBuf {
        self.machine_dir.join("logs").join("setup.log")
    }

    /// What is kept for the way back before the platform changes.
    pub fn platform_dir(&self) -> PathBuf {
        self.machine_dir.join("platform")
    }

    /// Data servers that were stopped for an update and have to be started again.
    pub fn stopped_servers_path(&self) -> PathBuf {
        self.machine_dir.join("stopped-servers.json")
    }

    /// What the last update put into a base.
    pub fn installed_path(&self, base_id: &str) -> PathBuf {
        self.machine_dir.join("installed").join(format!("{}.json", key_of(Path::new(base_id))))
    }

    /// What was staged last for the Android devices of a base.
    pub fn staged_path(&self, base_id: &str) -> PathBuf {
        self.machine_dir.join("staged").join(format!("{}.json", key_of(Path::new(base_id))))
    }

    /// How fast the last update was.
    pub fn pace_path(&self) -> PathBuf {
        self.machine_dir.join("pace.json")
    }

    /// What people have agreed to and is not done yet.
    pub fn plans_dir(&self) -> PathBuf {
        self.machine_dir.join("plans")
    }

    /// The records of bases that are being changed, one file for each.
    pub fn switches_dir(&self) -> PathBuf {
        self.machine_dir.join("switches")
    }

    /// Held by whoever changes this machine.
    pub fn update_lock_path(&self) -> PathBuf {
        self.machine_dir.join("update.lock")
    }
}

/// The name of a person's own folder among those of others.
fn own_name(user: &str) -> String {
    if is_safe_name(user) { user.to_owned() } else { key_of(Path::new(user)) }
}

/// A folder that the settings name, on this host: what stands for a PC never leads out to the host's own
/// drives or to a share. `None` for one that is not absolute, or not here.
pub fn named_dir(os: &dyn Os, written: &Path) -> Option<PathBuf> {
    if os.machine_root().is_some() {
        return os.locate(written.to_str()?).ok();
    }
    written.is_absolute().then(|| written.to_path_buf())
}

/// Whether `name` can be the name of one file or folder on Windows and on Linux, and is short enough to go
/// into a longer path: as [`is_windows_name`], at most 120 characters.
pub fn is_safe_name(name: &str) -> bool {
    name.chars().count() <= 120 && is_windows_name(name)
}

/// Whether `name` can be the name of one file or folder on Windows and on Linux: no separators, no
/// characters or device names Windows reserves, no space in front, no dot or space at the end, at most 255
/// characters.
///
/// The rules: Microsoft, "Naming Files, Paths, and Namespaces".
pub fn is_windows_name(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let device = matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
        || (stem.chars().count() == 4
            && (stem.starts_with("COM") || stem.starts_with("LPT"))
            && stem.ends_with(|last: char| last.is_ascii_digit() || "¹²³".contains(last)));
    let forbidden = |c: char| c.is_control() || r#"<>:"/\|?*"#.contains(c);
    !name.is_empty()
        && name.chars().count() <= 255
        && !name.contains(forbidden)
        && !name.ends_with(['.', ' '])
        && !name.starts_with(' ')
        && !device
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_in_the_settings_never_leads_out_of_a_machine_root() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("D")).unwrap();
        let root = crate::os::MachineRoot::open(dir.path()).unwrap();
        let backup_dir = |named: &str| {
            let mut settings = Settings::default();
            settings.backup_dir = Some(named.into());
            Paths::below(&root, Path::new("/person")).with_settings(&root, &settings).backup_dir
        };
        let own = Paths::below(&root, Path::new("/person")).backup_dir;
        assert_eq!(backup_dir(r"D:\Копии"), root.locate(r"D:\Копии").unwrap());
        for elsewhere in ["/tmp/copies", r"\\server\copies", r"E:\Копии", "Копии"] {
            assert_eq!(backup_dir(elsewhere), own, "{elsewhere}");
        }
        let host = |named: &str| named_dir(&crate::os::Linux, Path::new(named));
        assert_eq!((host("/copies"), host("copies")), (Some("/copies".into()), None));
    }

    #[test]
    fn a_name_that_windows_cannot_keep_is_not_safe() {
        for name in ["MobileSMARTS.msi", "Склад 15.mstmpl", "9B3E6ADA-01", "COM10.txt", "a..b"] {
            assert!(is_safe_name(name), "{name}");
        }
        let bad =
            ["", ".", "..", "a/b", r"a\b", "C:", "con", "NUL.txt", "com1.mstmpl", "a ", "a.", " a", "a\0b"];
        for name in bad {
            assert!(!is_safe_name(name), "{name:?}");
        }
        assert!(!is_safe_name(&"я".repeat(121)));
        assert!(is_windows_name(&"я".repeat(255)) && !is_windows_name(&"я".repeat(256)));
    }
}
