use std::fs;

use smarts_tests::machine_root::{self as pc, BaseSpec};

use super::super::{InstallerPlan, InstallerTarget, Package, PlanSubject, TemplatePlan};
use super::*;
use crate::catalogue::{Release, ReleaseFile};
use crate::digest::Digest;
use crate::download::Downloaded;
use crate::platform::former::Former;
use crate::source::Trust;
use crate::{fixtures, machine, os, verify};

const NEW: &str = "1.6.3.7283";
const PLATFORM_NEW: &str = "3.4.46.40367";

struct Pc {
    root: pc::MachineRoot,
    os: os::MachineRoot,
    paths: Paths,
    _own: tempfile::TempDir,
}

fn pc() -> Pc {
    let mut root = pc::MachineRoot::new().unwrap().platform("3.3.46.29552").unwrap();
    for id in ["a", "b", "c"] {
        root = root.base(&BaseSpec::new(id, &format!("База {id}"))).unwrap();
    }
    let os = os::MachineRoot::open(root.path()).unwrap();
    let own = tempfile::tempdir().unwrap();
    let paths = Paths::below(&os, own.path());
    Pc { root, os, paths, _own: own }
}

impl Pc {
    fn machine(&self) -> Machine {
        machine::read(&self.os)
    }

    fn package(&self, feed: &str, version: &str) -> Package {
        let name = format!("{feed}-{version}.mstmpl");
        let path = self.root.path().join(&name);
        fs::write(&path, version).unwrap();
        let sha256 = Some(Digest::of(version.as_bytes()));
        let file = ReleaseFile { sha256, ..fixtures::file(&name) };
        let rules = verify::Rules {
            source_trust: Trust::Https,
            accept_unproved: false,
            expected_publisher: None,
            resigned_by: None,
        };
        let downloaded = Downloaded::at_hand(&path).unwrap();
        let verified = verify::verify(downloaded, &file, &rules, &self.os).unwrap();
        Package { release: Release { file: Some(file), ..fixtures::release(feed, version) }, verified }
    }

    fn parts(&self) -> Vec<Part> {
        let platform = InstallerPlan {
            package: self.package("Platform4", PLATFORM_NEW),
            arguments: vec!["--yes".into()],
            target: InstallerTarget::Platform,
            former: Former::NotSought,
        };
        let bases = TemplatePlan {
            packages: vec![self.package("WH15", "1.6.3.6708"), self.package("WH15", NEW)],
            bases: self.machine().bases,
        };
        let subjects = [PlanSubject::Installer(Box::new(platform)), PlanSubject::Template(bases)];
        let machine = self.machine();
        let part = |subject| Part::of(&self.os, &Plan { subject }, false, &machine).unwrap();
        subjects.into_iter().map(part).collect()
    }

    fn keep(&self, at: i64) -> Waiting {
        let by = Identity { user: "ivan".into(), computer: "KASSA-1".into() };
        let at = Timestamp::from_second(at).unwrap();
        Waiting::keep(&self.os, &self.paths, at, by, self.parts()).unwrap()
    }

    fn resume(&self) -> Option<Waiting> {
        resume(&self.os, &self.paths).unwrap()
    }
}

/// Ids of what is left, part by part.
fn left(rest: &[Rest]) -> Vec<String> {
    let ids = |rest: &Rest| match &rest.kept.subject {
        KeptSubject::Template { bases, .. } => {
            bases.iter().map(|base| base.id.as_str()).collect::<Vec<_>>().join(" ")
        }
        KeptSubject::Installer { .. } => PLATFORM.to_owned(),
    };
    rest.iter().map(ids).collect()
}

fn on(machine: &Machine, id: &str, version: &str) -> Machine {
    let mut machine = machine.clone();
    for base in machine.bases.iter_mut().filter(|base| base.id == id) {
        base.version = Some(version.parse().unwrap());
    }
    machine
}

#[test]
fn a_plan_is_there_again_with_everything_in_its_order() {
    let pc = pc();
    assert_eq!(pc.resume(), None);
    let kept = pc.keep(1000);
    let found = pc.resume().unwrap();
    assert_eq!(found, kept);
    assert_eq!((found.user.as_str(), found.computer.as_str()), ("ivan", "KASSA-1"));
    assert_eq!(left(&found.rest(&pc.machine()).unwrap()), [PLATFORM, "a b c"]);
    let names: Vec<&str> = found.parts[1].targets.iter().map(|target| target.name.as_str()).collect();
    assert_eq!(names, ["База a", "База b", "База c"]);
    found.end().unwrap();
    assert_eq!(pc.resume(), None);
}

#[test]
fn what_is_done_is_told_by_the_machine_whatever_the_file_says() {
    let pc = pc();
    pc.keep(1000);
    let machine = on(&pc.machine(), "a", NEW);
    let found = pc.resume().unwrap();
    assert_eq!(left(&found.rest(&machine).unwrap()), [PLATFORM, "b c"]);
    let mut machine = on(&on(&machine, "b", NEW), "c", "1.6.4.1");
    assert_eq!(left(&found.rest(&machine).unwrap()), [PLATFORM]);
    machine.platform.as_mut().unwrap().version = PLATFORM_NEW.parse().unwrap();
    assert_eq!(found.rest(&machine), Ok(Vec::new()));
}

#[test]
fn a_base_that_was_updated_and_that_a_person_has_put_back_is_not_updated_again() {
    let pc = pc();
    let mut kept = pc.keep(1000);
    kept.mark(1, "a", State::Failed).unwrap();
    kept.mark(1, "b", State::Done).unwrap();
    let found = pc.resume().unwrap();
    assert_eq!(left(&found.rest(&pc.machine()).unwrap()), [PLATFORM, "a c"]);
    let older = on(&pc.machine(), "b", "1.6.2.1");
    assert_eq!(left(&found.rest(&older).unwrap()), [PLATFORM, "a c"], "to a copy of long ago");
}

#[test]
fn a_plan_that_was_given_up_does_not_come_back_with_the_next_mark() {
    let pc = pc();
    let mut kept = pc.keep(1000);
    give_up(&pc.os, &pc.paths, &kept.file_name()).unwrap();
    assert!(matches!(kept.mark(1, "a", State::Done), Err(Error::File { .. })));
    let asked = Running { at: Timestamp::UNIX_EPOCH, up: None };
    assert!(kept.ask_restart(0, PLATFORM, asked).is_err() && kept.restarted(&pc.machine()).is_err());
    assert_eq!(pc.resume(), None);
}

#[test]
fn no_plan_is_given_up_while_an_update_is_under_way() {
    let pc = pc();
    let kept = pc.keep(1000);
    let lock = update_lock::take(&pc.os, &pc.paths).unwrap();
    let error = give_up(&pc.os, &pc.paths, &kept.file_name()).unwrap_err();
    assert!(matches!(error, Error::Lock(update_lock::Error::Busy)), "{error:?}");
    assert_eq!(pc.resume(), Some(kept));
    drop(lock);
    give_up(&pc.os, &pc.paths, &pc.resume().unwrap().file_name()).unwrap();
    assert_eq!(pc.resume(), None);
}

#[test]
fn each_mark_is_on_the_disk_at_once() {
    let pc = pc();
    let mut kept = pc.keep(1000);
    for (part, id, state) in [
        (0, PLATFORM, State::RebootPending),
        (1, "a", State::Begun),
        (1, "a", State::Done),
        (1, "b", State::Begun),
        (1, "b", State::Failed),
    ] {
        kept.mark(part, id, state).unwrap();
        assert_eq!(pc.resume().unwrap(), kept);
    }
    let found = pc.resume().unwrap();
    let states: Vec<State> = found.parts[1].targets.iter().map(|target| target.state).collect();
    assert_eq!(states, [State::Done, State::Failed, State::NotBegun]);
    kept.mark(1, "nobody", State::Done).unwrap();
    kept.mark(7, "a", State::Done).unwrap();
}

#[test]
fn a_base_in_two_parts_is_marked_in_one_of_them_at_a_time() {
    let pc = pc();
    let mut parts = pc.parts();
    parts.push(parts[1].clone());
    let by = Identity { user: "ivan".into(), computer: "KASSA-1".into() };
    let mut kept = Waiting::keep(&pc.os, &pc.paths, Timestamp::UNIX_EPOCH, by, parts).unwrap();
    kept.mark(1, "a", State::Done).unwrap();
    let states = |part: usize| pc.resume().unwrap().parts[part].targets[0].state;
    assert_eq!([states(1), states(2)], [State::Done, State::NotBegun]);
    let rest = kept.rest(&on(&pc.machine(), "a", NEW)).unwrap();
    assert_eq!(rest.iter().map(|rest| rest.part).collect::<Vec<_>>(), [0, 1, 2]);
}

/// The PC as it is after so many seconds, running for so long.
fn running(pc: &Pc, up_secs: Option<u64>) {
    let path = pc.root.path().join("uptime");
    match up_secs {
        Some(seconds) => fs::write(path, format!("{seconds}.25 0.00\n")).unwrap(),
        None => fs::remove_file(path).unwrap_or_default(),
    }
}

#[test]
fn an_installer_that_asked_for_a_restart_waits_for_it_though_its_version_is_there() {
    let pc = pc();
    let mut kept = pc.keep(1000);
    running(&pc, Some(5000));
    let at = |second| Timestamp::from_second(second).unwrap();
    let mut machine = pc.machine();
    machine.platform.as_mut().unwrap().version = PLATFORM_NEW.parse().unwrap();
    kept.ask_restart(0, PLATFORM, Running::of(&pc.os, at(10_000))).unwrap();
    let found = pc.resume().unwrap();
    assert_eq!(found, kept);
    let waits = |up, second| {
        running(&pc, up);
        found.waits_for_restart(&pc.os, at(second), &machine)
    };
    assert!(waits(Some(5001), 10_001));
    assert!(waits(Some(90_000), 95_000), "a day later");
    assert!(waits(Some(5100), 14_900), "the clock was put forward by an hour");
    assert!(waits(Some(5100), 100), "and back");
    assert!(!waits(Some(60), 10_100));
    assert!(!waits(Some(6000), 17_000), "restarted, and running for longer than before");
    assert!(!waits(Some(60), 100), "restarted with a clock that has lost the day");
    assert!(!waits(None, 10_001), "nobody knows");
    assert!(found.waits_for_restart(&pc.os, at(10_001), &pc.machine()), "but the version is not there");
    running(&pc, Some(60));
    assert!(!found.waits_for_restart(&pc.os, at(10_100), &pc.machine()), "it is installed once more then");
}

#[test]
fn after_the_restart_an_installer_is_done_if_its_version_is_there() {
    let pc = pc();
    let mut kept = pc.keep(1000);
    let mut machine = pc.machine();
    let mut after = |version: &str| {
        kept.ask_restart(0, PLATFORM, Running::of(&pc.os, Timestamp::UNIX_EPOCH)).unwrap();
        machine.platform.as_mut().unwrap().version = version.parse().unwrap();
        kept.restarted(&machine).unwrap();
        let found = pc.resume().unwrap();
        assert_eq!(found.parts[0].targets[0].asked_restart, None);
        [found.parts[0].targets[0].state, found.parts[1].targets[0].state]
    };
    assert_eq!(after(PLATFORM_NEW), [State::Done, State::NotBegun]);
    assert_eq!(after("3.3.46.29552"), [State::NotBegun, State::NotBegun]);
}

#[test]
fn a_plan_that_does_not_suit_the_machine_any_more_says_why() {
    let pc = pc();
    let kept = pc.keep(1000);
    let machine = pc.machine();
    let name = || "База b".to_owned();
    let mut gone = machine.clone();
    gone.bases.remove(1);
    assert_eq!(kept.rest(&gone), Err(Unfit::Gone { name: name() }));
    let mut moved = machine.clone();
    moved.bases[1].folder = r"D:\elsewhere".to_owned();
    assert_eq!(kept.rest(&moved), Err(Unfit::Moved { name: name() }));
    let older = on(&machine, "b", "1.6.2.1");
    let (expected, found) = (machine.bases[1].version, older.bases[1].version);
    assert_eq!(kept.rest(&older), Err(Unfit::OtherVersion { name: name(), expected, found }));
    let between = on(&machine, "b", "1.6.3.6708");
    assert_eq!(left(&kept.rest(&between).unwrap()), [PLATFORM, "a b c"], "it was cut off between two steps");
}

#[test]
fn the_oldest_of_several_comes_first_and_none_takes_the_place_of_another() {
    let pc = pc();
    let later = pc.keep(2000);
    let first = pc.keep(1000);
    let same = pc.keep(1000);
    assert_ne!(first.path(), same.path());
    assert_eq!(pc.resume().unwrap(), first);
    first.end().unwrap();
    assert_eq!(pc.resume().unwrap(), same);
    same.end().unwrap();
    assert_eq!(pc.resume().unwrap(), later);
}

#[test]
fn what_is_no_plan_is_said_and_can_be_removed() {
    let pc = pc();
    let dir = pc.paths.plans_dir();
    fs::create_dir_all(&dir).unwrap();
    fs::write(dir.join(".tmp123"), "half").unwrap();
    assert_eq!(pc.resume(), None, "a file that was being written when the power went");
    let path = dir.join("1.json");
    for text in ["", "{}", "[]", "{\"agreed_at\": 5}"] {
        fs::write(&path, text).unwrap();
        let error = resume(&pc.os, &pc.paths).unwrap_err();
        assert!(matches!(error, Error::NotAPlan { .. }), "{text}: {error:?}");
    }
    give_up(&pc.os, &pc.paths, "1.json").unwrap();
    assert_eq!(pc.resume(), None);
}

#[test]
fn a_plan_is_found_and_given_up_by_the_name_of_its_file_and_no_name_leads_elsewhere() {
    let pc = pc();
    let (first, second) = (pc.keep(1000), pc.keep(2000));
    assert_eq!(named(&pc.os, &pc.paths, &second.file_name()).unwrap().unwrap(), second);
    give_up(&pc.os, &pc.paths, &second.file_name()).unwrap();
    assert_eq!(named(&pc.os, &pc.paths, &second.file_name()).unwrap(), None);
    assert_eq!(pc.resume(), Some(first), "another than the oldest went");
    give_up(&pc.os, &pc.paths, &second.file_name()).unwrap();
    let outside = pc.paths.plans_dir().parent().unwrap().join("own.json");
    fs::write(&outside, "{}").unwrap();
    for name in ["../own.json", r"..\own.json", "/etc/own.json", ".json", "", "own", "C:own.json"] {
        assert!(matches!(give_up(&pc.os, &pc.paths, name), Err(Error::File { .. })), "{name}");
        assert!(named(&pc.os, &pc.paths, name).is_err(), "{name}");
    }
    assert!(outside.exists());
    let broken = pc.paths.plans_dir().join("0000000000000001.json");
    fs::write(&broken, "half").unwrap();
    let error = resume(&pc.os, &pc.paths).unwrap_err();
    assert_eq!(error.file_name().as_deref(), Some("0000000000000001.json"));
    give_up(&pc.os, &pc.paths, "0000000000000001.json").unwrap();
    assert!(!broken.exists());
}

#[test]
fn nothing_is_believed_of_a_plan_that_anybody_may_have_written() {
    let pc = pc();
    pc.keep(1000);
    let error = resume(&fixtures::OpenToAll, &pc.paths).unwrap_err();
    assert!(matches!(error, Error::Open { .. }), "{error:?}");
}

#[test]
fn arguments_for_a_vendors_installer_are_not_kept() {
    let pc = pc();
    let platform = || InstallerPlan {
        package: pc.package("Platform4", PLATFORM_NEW),
        arguments: vec!["/qn".into()],
        target: InstallerTarget::Platform,
        former: Former::NotSought,
    };
    let arguments = |os: &dyn Os| {
        let plan = Plan { subject: PlanSubject::Installer(Box::new(platform())) };
        match Part::of(os, &plan, false, &pc.machine()).unwrap().kept.subject {
            KeptSubject::Installer { arguments, .. } => arguments,
            KeptSubject::Template { .. } => panic!("an installer"),
        }
    };
    assert_eq!(arguments(&pc.os), ["/qn"], "in a machine root it is the demo's own");
    assert!(arguments(&os::Linux).is_empty());
}
