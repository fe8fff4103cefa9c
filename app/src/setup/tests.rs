use std::path::{Path, PathBuf};
use std::sync::Mutex;

use smarts_core::os::{
    Identity, Installer, InstallerExit, InstallerFault, MachineRoot, RegistryFault, Signature, TaskFault,
};

use super::*;

/// A machine root with a scheduler of one task.
struct Host {
    root: MachineRoot,
    task: Mutex<Option<String>>,
    is_elevated: bool,
    /// Files that others than administrators may write.
    of_others: Vec<PathBuf>,
}

impl Os for Host {
    fn registry_value(&self, key: &str, name: &str) -> Result<Option<String>, RegistryFault> {
        self.root.registry_value(key, name)
    }

    fn locate(&self, windows_path: &str) -> Result<PathBuf, LocateFault> {
        self.root.locate(windows_path)
    }

    fn machine_root(&self) -> Option<&Path> {
        self.root.machine_root()
    }

    fn only_administrators_may_write(&self, path: &Path) -> Option<bool> {
        Some(!self.of_others.iter().any(|other| other == path))
    }

    fn signature(&self, path: &Path) -> Signature {
        self.root.signature(path)
    }

    fn identity(&self) -> Identity {
        self.root.identity()
    }

    fn run_installer(&self, installer: &Installer<'_>) -> Result<InstallerExit, InstallerFault> {
        self.root.run_installer(installer)
    }

    fn is_elevated(&self) -> bool {
        self.is_elevated
    }

    fn task(&self, _name: &str) -> Result<Option<String>, TaskFault> {
        Ok(self.task.lock().unwrap().clone())
    }

    fn register_task(&self, _name: &str, xml: &str) -> Result<(), TaskFault> {
        *self.task.lock().unwrap() = Some(xml.to_owned());
        Ok(())
    }

    fn remove_task(&self, _name: &str) -> Result<(), TaskFault> {
        *self.task.lock().unwrap() = None;
        Ok(())
    }
}

struct Desk {
    dir: tempfile::TempDir,
    host: Host,
}

impl Desk {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("C/ProgramData/Cleverence")).unwrap();
        let root = MachineRoot::open(dir.path()).unwrap();
        let host = Host { root, task: Mutex::default(), is_elevated: true, of_others: Vec::new() };
        Self { dir, host }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.host.locate(MACHINE_WIDE).unwrap().join(name)
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    fn install(&self, properties: &Properties) -> Result<(), Error> {
        install(&self.host, properties, &"2026-11-22T12:40:00[UTC]".parse().unwrap())
    }

    fn remove(&self) -> Result<(), Error> {
        remove(&self.host, &"2026-11-22T12:50:00[UTC]".parse().unwrap())
    }

    fn facts(&self) -> Option<schedule::Facts> {
        match schedule::state(&self.host) {
            State::Ours(facts) => Some(facts),
            State::Foreign(_) | State::None | State::Unknown(_) => None,
        }
    }

    fn hours(&self) -> Option<u16> {
        self.facts().and_then(|facts| facts.hours()).map(settings::CheckHours::hours)
    }
}

fn check_hours(hours: &str) -> Properties {
    Properties { check_hours: hours.to_owned(), ..Properties::default() }
}

#[test]
fn an_installation_without_properties_brings_the_task_and_no_settings() {
    let desk = Desk::new();
    desk.install(&Properties::default()).unwrap();
    assert_eq!(desk.hours(), Some(4));
    assert_eq!(
        desk.facts().unwrap().program.as_deref(),
        Some(r"C:\Program Files\Cleverence Soft\Mobile SMARTS\AppsManager\SmartsTray.exe")
    );
    assert!(!desk.path("settings.toml").exists());
    assert!(desk.read("logs/setup.log").contains("Done: install"));
}

#[test]
fn properties_become_settings_and_those_that_are_there_stay() {
    let desk = Desk::new();
    desk.install(&Properties { source_url: r"\\server\mirror ".into(), ..check_hours("8 ") }).unwrap();
    desk.install(&Properties { notify: "none ".into(), ..Properties::default() }).unwrap();
    assert_eq!(
        desk.read("settings.toml"),
        "source = '\\\\server\\mirror'\ncheck_hours = 8\nnotify = \"none\"\n"
    );
    assert_eq!(desk.hours(), Some(8));
}

#[test]
fn a_property_that_means_nothing_changes_nothing_and_stands_in_the_log() {
    let desk = Desk::new();
    let given = Properties { source_url: r"D:\Зеркало ".into(), ..check_hours("abc ") };
    assert!(matches!(desk.install(&given), Err(Error::Property(_))));
    assert!(!desk.path("settings.toml").exists() && desk.facts().is_none());
    assert!(desk.read("logs/setup.log").contains("CHECK_HOURS is to be a number of hours, 1 to 168"));
}

#[test]
fn only_a_trusted_root_is_installed_as_one() {
    let desk = Desk::new();
    let file = desk.dir.path().join("root.json");
    let given = || Properties { root_file: file.display().to_string(), ..Properties::default() };
    assert!(matches!(desk.install(&given()), Err(Error::TrustedRoot { .. })));
    for text in ["not JSON", r#"{"signed": {"_type": "targets"}}"#] {
        std::fs::write(&file, text).unwrap();
        assert!(matches!(desk.install(&given()), Err(Error::TrustedRoot { .. })), "{text}");
    }
    std::fs::write(&file, r#"{"signed": {"_type": "root"}, "signatures": []}"#).unwrap();
    desk.install(&given()).unwrap();
    assert_eq!(std::fs::read(desk.path("root.json")).unwrap(), std::fs::read(&file).unwrap());
}

#[test]
fn an_upgrade_keeps_the_task_as_a_person_has_set_it() {
    let desk = Desk::new();
    desk.install(&Properties::default()).unwrap();
    let text = desk.host.task(schedule::NAME).unwrap().unwrap();
    let slowed = text
        .replace("PT4H", "PT12H")
        .replace("<Enabled>true</Enabled>\n    <Hidden>", "<Enabled>false</Enabled>\n    <Hidden>");
    desk.host.register_task(schedule::NAME, &slowed).unwrap();
    desk.install(&Properties::default()).unwrap();
    assert_eq!((desk.hours(), desk.facts().unwrap().enabled), (Some(12), false));
    desk.install(&Properties { install_task: "1".into(), ..check_hours("6") }).unwrap();
    assert_eq!((desk.hours(), desk.facts().unwrap().enabled), (Some(6), true));
}

#[test]
fn working_hours_reach_the_task_and_stay_in_an_upgrade_until_they_are_taken_away() {
    let desk = Desk::new();
    let working_hours = |text: &str| Properties { working_hours: text.into(), ..Properties::default() };
    desk.install(&working_hours("mon-fri 9:00-18:00 ")).unwrap();
    let only = || desk.facts().unwrap().working_hours.map(|hours| hours.to_string());
    assert_eq!(only().as_deref(), Some("mon,tue,wed,thu,fri 09:00-18:00"));
    desk.install(&Properties::default()).unwrap();
    assert!(only().is_some() && desk.hours() == Some(4));
    desk.install(&working_hours("none ")).unwrap();
    assert_eq!((only(), desk.read("settings.toml").as_str()), (None, ""));
}

#[test]
fn maintenance_hours_reach_the_task_and_stay_in_an_upgrade_until_they_are_taken_away() {
    let desk = Desk::new();
    let maintenance = |text: &str| Properties { maintenance: text.into(), ..Properties::default() };
    let of_task = || desk.facts().unwrap().maintenance.map(|hours| hours.to_string());
    for given in [maintenance("mon-thu 21:00-23:00 "), Properties::default()] {
        desk.install(&given).unwrap();
        assert_eq!(of_task().as_deref(), Some("mon,tue,wed,thu 21:00-23:00"));
        assert_eq!((desk.hours(), desk.facts().unwrap().working_hours), (Some(4), None));
    }
    desk.install(&maintenance("none ")).unwrap();
    assert_eq!(of_task(), None);
}

#[test]
fn a_task_that_was_not_wanted_is_not_wanted_by_the_next_version_either() {
    let desk = Desk::new();
    desk.install(&Properties::default()).unwrap();
    desk.install(&Properties { install_task: "0 ".into(), ..Properties::default() }).unwrap();
    assert!(desk.facts().is_none());
    desk.install(&Properties::default()).unwrap();
    assert!(desk.facts().is_none());
    desk.install(&Properties { install_task: "1 ".into(), ..Properties::default() }).unwrap();
    assert!(desk.facts().is_some());
}

#[test]
fn removal_puts_the_former_task_back_and_leaves_what_is_the_persons() {
    let desk = Desk::new();
    let former = "<Task><Actions><Exec><Command>C:\\Other.exe</Command></Exec></Actions></Task>";
    desk.host.register_task(schedule::NAME, former).unwrap();
    desk.install(&check_hours("8")).unwrap();
    std::fs::write(desk.path("journal.jsonl"), "{}\n").unwrap();
    desk.remove().unwrap();
    assert_eq!(desk.host.task(schedule::NAME).unwrap().as_deref(), Some(former));
    assert_eq!(
        (desk.read("settings.toml").as_str(), desk.read("journal.jsonl").as_str()),
        ("check_hours = 8\n", "{}\n")
    );
    assert!(desk.read("logs/setup.log").contains("Journal, settings and subscriptions stay in"));
    desk.install(&Properties::default()).unwrap();
    assert_eq!(desk.hours(), Some(8), "the next installation wants a task again");
}

#[test]
fn files_that_others_may_have_planted_are_set_aside_and_not_lost() {
    let mut desk = Desk::new();
    std::fs::create_dir_all(desk.path("")).unwrap();
    std::fs::write(desk.path("settings.toml"), "source = 'https://evil.example'\n").unwrap();
    desk.host.of_others = vec![desk.path("settings.toml")];
    desk.install(&check_hours("8")).unwrap();
    assert_eq!(desk.read("settings.toml"), "check_hours = 8\n");
    assert!(desk.read("settings.toml.untrusted").contains("evil.example"));
    assert!(desk.read("logs/setup.log").contains("Set aside"));
}

#[test]
fn a_journal_that_others_may_write_is_set_aside_too() {
    let mut desk = Desk::new();
    std::fs::create_dir_all(desk.path("")).unwrap();
    std::fs::write(desk.path("journal.jsonl"), "{\"planted\": true}\n").unwrap();
    desk.host.of_others = vec![desk.path("journal.jsonl")];
    desk.install(&Properties::default()).unwrap();
    assert!(!desk.path("journal.jsonl").exists());
    assert!(desk.read("journal.jsonl.untrusted").contains("planted"));
    desk.host.of_others.clear();
    std::fs::write(desk.path("journal.jsonl"), "{}\n").unwrap();
    desk.install(&Properties::default()).unwrap();
    assert_eq!(desk.read("journal.jsonl"), "{}\n");
}

#[test]
fn settings_that_cannot_be_read_stand_in_the_log_and_the_task_has_the_default() {
    let desk = Desk::new();
    std::fs::create_dir_all(desk.path("")).unwrap();
    std::fs::write(desk.path("settings.toml"), "check_hours = 0\n").unwrap();
    desk.install(&Properties::default()).unwrap();
    assert_eq!(desk.hours(), Some(4));
    let log = desk.read("logs/setup.log");
    assert!(log.contains("Settings not read") && log.contains("check_hours is 1 to 168"), "{log}");
    assert_eq!(desk.read("settings.toml"), "check_hours = 0\n");
}

#[test]
fn no_word_of_an_address_with_a_password_reaches_settings_or_log() {
    let desk = Desk::new();
    let given =
        Properties { source_url: "https://ivanov:s3cret@mirror.example/ ".into(), ..Properties::default() };
    let Err(Error::Property(misunderstood)) = desk.install(&given) else { panic!("refused") };
    assert_eq!(misunderstood.property, "SOURCE_URL");
    assert!(!desk.path("settings.toml").exists());
    let log = desk.read("logs/setup.log");
    assert!(log.contains("without a user name and a password") && !log.contains("s3cret"), "{log}");
}

#[test]
fn without_an_administrators_rights_nothing_is_done() {
    let mut desk = Desk::new();
    desk.host.is_elevated = false;
    assert!(matches!(desk.install(&Properties::default()), Err(Error::Rights)));
    assert!(matches!(desk.remove(), Err(Error::Rights)));
    assert!(!desk.path("").exists());
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_a_link_is_not_followed() {
    let desk = Desk::new();
    std::fs::create_dir_all(desk.path("")).unwrap();
    std::os::unix::fs::symlink(desk.dir.path(), desk.path("logs")).unwrap();
    assert!(matches!(desk.install(&Properties::default()), Err(Error::Link { .. })));
}
