use std::collections::BTreeMap;
use std::sync::Mutex;

use jiff::civil::date;

use super::*;
use crate::os::{
    Identity, Installer, InstallerExit, InstallerFault, Linux, LocateFault, RegistryFault, Signature,
};

/// A host that keeps tasks in memory.
#[derive(Default)]
struct Host {
    tasks: Mutex<BTreeMap<String, String>>,
    /// Nothing is registered any more whose text contains this.
    refused: Option<&'static str>,
    only_administrators: Option<bool>,
    without_scheduler: bool,
}

impl Os for Host {
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
        self.only_administrators
    }

    fn signature(&self, path: &Path) -> Signature {
        Linux.signature(path)
    }

    fn identity(&self) -> Identity {
        Identity { user: "ivanov".into(), computer: "KASSA-1".into() }
    }

    fn run_installer(&self, installer: &Installer<'_>) -> Result<InstallerExit, InstallerFault> {
        Linux.run_installer(installer)
    }

    fn task(&self, name: &str) -> Result<Option<String>, TaskFault> {
        if self.without_scheduler {
            return Err(TaskFault::NotHere);
        }
        Ok(self.tasks.lock().unwrap().get(name).cloned())
    }

    fn register_task(&self, name: &str, xml: &str) -> Result<(), TaskFault> {
        if self.refused.is_some_and(|refused| xml.contains(refused)) {
            return Err(TaskFault::Scheduler { detail: "The task XML is malformed".into() });
        }
        self.tasks.lock().unwrap().insert(name.to_owned(), xml.to_owned());
        Ok(())
    }

    fn run_task(&self, _name: &str) -> Result<(), TaskFault> {
        if self.without_scheduler { Err(TaskFault::NotHere) } else { Ok(()) }
    }

    fn remove_task(&self, name: &str) -> Result<(), TaskFault> {
        self.tasks.lock().unwrap().remove(name);
        Ok(())
    }
}

const FOREIGN: &str = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><Task><Actions><Exec>\
    <Command>C:\\Платформа\\MobileSMARTSUpdater.exe</Command></Exec></Actions></Task>";

struct Desk {
    host: Host,
    paths: Paths,
    _dir: tempfile::TempDir,
}

impl Desk {
    fn with(host: Host) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let paths = Paths::below(&host, dir.path());
        Self { host, paths, _dir: dir }
    }

    fn install(&self) -> Result<Before, Error> {
        self.install_as(&Rhythm::default())
    }

    fn install_as(&self, rhythm: &Rhythm) -> Result<Before, Error> {
        self.install_with(rhythm, None)
    }

    fn install_with(&self, rhythm: &Rhythm, maintenance: Option<&str>) -> Result<Before, Error> {
        let (phase, today) = (Phase::of(&self.host), date(2026, 11, 22));
        let program = r"C:\Program Files\SmartsTray.exe";
        let maintenance = maintenance.map(|text| text.parse().unwrap());
        let maintenance = maintenance.as_ref();
        let wanted = Definition { program, rhythm, phase, maintenance, today, enabled: true };
        install(&self.host, &self.paths, &wanted)
    }

    fn remove(&self) -> Result<After, Error> {
        remove(&self.host, &self.paths)
    }

    fn plant(&self, text: &str) {
        self.host.register_task(NAME, text).unwrap();
    }
}

#[test]
fn ours_is_installed_and_removed_where_there_was_none() {
    let desk = Desk::with(Host::default());
    assert!(matches!(state(&desk.host), State::None));
    assert_eq!(desk.install().unwrap(), Before::Nothing);
    assert!(matches!(state(&desk.host), State::Ours(_)));
    assert_eq!(desk.install().unwrap(), Before::Ours);
    assert_eq!(problem(&desk.host, &desk.paths), None);
    let kept = std::fs::read(desk.paths.own_task_path()).unwrap();
    assert_eq!(Some(xml::decode(&kept, NAME).unwrap()), desk.host.task(NAME).unwrap());
    assert_eq!(desk.remove().unwrap(), After::Nothing);
    assert!(!desk.paths.own_task_path().exists());
    assert!(matches!(state(&desk.host), State::None));
    assert!(problem(&desk.host, &desk.paths).is_some(), "nobody has said that it is not wanted");
    forget(&desk.paths).unwrap();
    assert_eq!(problem(&desk.host, &desk.paths), None);
}

#[test]
fn that_no_task_is_wanted_is_not_forgotten_when_the_program_goes() {
    let desk = Desk::with(Host::default());
    forget(&desk.paths).unwrap();
    assert_eq!(is_meant_to_be_ours(&desk.paths), None);
    for (ours, after) in [(true, None), (false, Some(false))] {
        intend(&desk.paths, ours).unwrap();
        forget(&desk.paths).unwrap();
        assert_eq!(is_meant_to_be_ours(&desk.paths), after);
    }
}

#[test]
fn the_former_task_comes_back_as_it_was_however_often_ours_was_installed() {
    let desk = Desk::with(Host::default());
    desk.plant(FOREIGN);
    assert_eq!(desk.install().unwrap(), Before::Foreign);
    assert_eq!(desk.install().unwrap(), Before::Ours);
    assert_eq!(desk.remove().unwrap(), After::Former);
    assert_eq!(desk.host.task(NAME).unwrap().as_deref(), Some(FOREIGN));
    assert!(!desk.paths.former_task_path().exists());
}

#[test]
fn a_platform_that_takes_its_task_back_is_a_problem_until_ours_is_installed_again() {
    let desk = Desk::with(Host::default());
    desk.install().unwrap();
    desk.plant(FOREIGN);
    let program = Some(r"C:\Платформа\MobileSMARTSUpdater.exe".to_owned());
    let found = problem(&desk.host, &desk.paths).unwrap();
    assert_eq!(found.fault, Fault::TaskNotOurs { program });
    desk.host.remove_task(NAME).unwrap();
    let found = problem(&desk.host, &desk.paths).unwrap();
    assert_eq!(found.fault, Fault::TaskNotOurs { program: None });
    desk.install().unwrap();
    assert_eq!(problem(&desk.host, &desk.paths), None);
}

#[test]
fn a_task_that_somebody_put_in_place_of_ours_is_not_removed() {
    let desk = Desk::with(Host::default());
    desk.install().unwrap();
    desk.plant("not even XML");
    assert!(matches!(state(&desk.host), State::Foreign(facts) if facts.program.is_none()));
    assert_eq!(desk.remove().unwrap(), After::Foreign);
    assert_eq!(desk.host.task(NAME).unwrap().as_deref(), Some("not even XML"));
}

#[test]
fn a_former_task_that_is_not_accepted_stays_kept_and_ours_goes_all_the_same() {
    let mut desk = Desk::with(Host::default());
    desk.plant(FOREIGN);
    desk.install().unwrap();
    desk.host.refused = Some("MobileSMARTSUpdater");
    assert!(matches!(desk.remove(), Err(Error::Restore { .. })));
    assert!(matches!(state(&desk.host), State::None));
    assert!(desk.paths.former_task_path().exists());
}

#[test]
fn a_former_task_that_others_may_have_written_is_never_registered() {
    let mut desk = Desk::with(Host::default());
    desk.plant(FOREIGN);
    desk.install().unwrap();
    desk.host.only_administrators = Some(false);
    assert!(matches!(desk.remove(), Err(Error::Untrusted { .. })));
    assert!(matches!(state(&desk.host), State::None));
}

#[test]
fn a_task_that_cannot_be_kept_is_not_replaced() {
    let desk = Desk::with(Host::default());
    desk.plant(FOREIGN);
    std::fs::create_dir_all(desk.paths.former_task_path().join("in the way")).unwrap();
    assert!(matches!(desk.install(), Err(Error::File { .. })));
    assert_eq!(desk.host.task(NAME).unwrap().as_deref(), Some(FOREIGN));
}

#[test]
fn without_a_scheduler_nothing_is_known_and_nothing_a_problem() {
    let desk = Desk::with(Host { without_scheduler: true, ..Host::default() });
    let (host, paths) = (&desk.host, &desk.paths);
    intend(paths, true).unwrap();
    assert!(matches!(state(host), State::Unknown(TaskFault::NotHere)));
    assert_eq!(problem(host, paths), None);
    assert!(matches!(remove(host, paths), Err(Error::Task(TaskFault::NotHere))));
    assert_eq!(phase_in_force(host, &Rhythm::default()), None);
}

#[test]
fn turns_are_in_force_while_the_task_runs_as_we_made_it() {
    let desk = Desk::with(Host::default());
    let office = Rhythm { working_hours: Some("mon-fri 9:00-18:00".parse().unwrap()), ..Rhythm::default() };
    let every_8 = Rhythm { hours: 8.try_into().unwrap(), working_hours: None };
    for rhythm in [Rhythm::default(), office, every_8] {
        assert_eq!(phase_in_force(&desk.host, &rhythm), None);
        desk.install_as(&rhythm).unwrap();
        assert_eq!(phase_in_force(&desk.host, &rhythm), Some(Phase::of(&desk.host)));
        let now = date(2026, 11, 22).at(12, 0, 0, 0);
        let next = next_run(&desk.host, &rhythm, now).unwrap();
        assert!(next > now && is_due(Some(date(2026, 11, 1).at(0, 0, 0, 0)), next, &rhythm, None));
        let text = desk.host.task(NAME).unwrap().unwrap();
        for (ours, theirs) in [("PT4H<", "PT3H<"), ("<Hidden>", "<Hidden/><X>")] {
            desk.plant(&text.replace(ours, theirs).replace("</Hidden>", "</X>"));
            let is_changed = ours == "PT4H<";
            assert_eq!(phase_in_force(&desk.host, &rhythm).is_none(), is_changed, "{ours}");
        }
        desk.remove().unwrap();
    }
}

#[test]
fn maintenance_hours_change_neither_whose_the_task_is_nor_its_turns_unless_somebody_moves_their_run() {
    let desk = Desk::with(Host::default());
    let office = Rhythm { working_hours: Some("mon-fri 9:00-18:00".parse().unwrap()), ..Rhythm::default() };
    let daily_office = Rhythm { hours: 24.try_into().unwrap(), ..office.clone() };
    let now = date(2026, 11, 22).at(20, 55, 0, 0);
    for rhythm in [Rhythm::default(), office, daily_office] {
        desk.install_as(&rhythm).unwrap();
        let next = next_run(&desk.host, &rhythm, now);
        for hours in ["21:00-23:00", "mon-thu 21:00-23:00", "fri 23:59-0:30"] {
            desk.install_with(&rhythm, Some(hours)).unwrap();
            let State::Ours(facts) = state(&desk.host) else { panic!("not ours") };
            assert_eq!(facts.hours(), Some(rhythm.hours), "{hours}");
            assert_eq!(facts.maintenance, hours.parse().ok());
            assert_eq!(phase_in_force(&desk.host, &rhythm), Some(Phase::of(&desk.host)));
            assert_eq!(next_run(&desk.host, &rhythm, now), next);
        }
        let hours = "mon-thu 21:00-23:00";
        desk.install_with(&rhythm, Some(hours)).unwrap();
        let text = desk.host.task(NAME).unwrap().unwrap();
        for (ours, theirs) in [("T21:", "T20:"), ("maintenance=mon", "maintenance=sun"), ("; main", "; x")] {
            assert!(text.contains(ours), "{text}");
            desk.plant(&text.replace(ours, theirs));
            assert_eq!(phase_in_force(&desk.host, &rhythm), None, "{theirs}");
        }
        desk.remove().unwrap();
    }
}

#[test]
fn a_run_that_a_person_starts_is_known_as_asked_for_and_one_by_itself_is_not() {
    let desk = Desk::with(Host::default());
    let now = "2026-11-22T09:00:00Z".parse().unwrap();
    assert!(!was_asked(&desk.paths, now));
    run_now(&desk.host, &desk.paths, now).unwrap();
    assert!(was_asked(&desk.paths, now) && !was_asked(&desk.paths, now));
}

#[test]
fn a_run_that_cannot_be_asked_for_or_started_is_an_error() {
    let desk = Desk::with(Host { without_scheduler: true, ..Host::default() });
    let now = "2026-11-22T09:00:00Z".parse().unwrap();
    assert!(matches!(run_now(&desk.host, &desk.paths, now), Err(Error::Task(TaskFault::NotHere))));
    let desk = Desk::with(Host::default());
    std::fs::create_dir_all(desk.paths.asked_path().join("in the way")).unwrap();
    assert!(matches!(run_now(&desk.host, &desk.paths, now), Err(Error::File { .. })));
}

#[test]
fn a_task_of_a_former_version_of_ours_has_no_turns_until_it_is_registered_anew() {
    let desk = Desk::with(Host::default());
    desk.plant(
        "<Task><RegistrationInfo><Author>Mobile SMARTS Updater</Author></RegistrationInfo><Triggers><TimeTrigger>\
         <Repetition><Interval>PT4H</Interval></Repetition><StartBoundary>2026-11-22T03:07:00</StartBoundary>\
         </TimeTrigger></Triggers></Task>",
    );
    assert!(matches!(state(&desk.host), State::Ours(_)));
    assert_eq!(phase_in_force(&desk.host, &Rhythm::default()), None);
    assert_eq!(desk.install().unwrap(), Before::Ours);
    assert!(phase_in_force(&desk.host, &Rhythm::default()).is_some());
}
