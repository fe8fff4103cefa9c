use std::path::PathBuf;

use smarts_core::apply::BasesOutcome;
use smarts_core::catalogue::{Feed, Release};
use smarts_core::digest::Digest;
use smarts_core::machine::Machine;
use smarts_core::os::{Identity, MachineRoot as Root};
use smarts_core::paths::Paths;
use smarts_core::plan::kept::{KeptBase, KeptPackage, KeptSubject, KeptTarget};
use smarts_core::plan::waiting::Target;
use smarts_core::verify::Proof;
use smarts_core::version::Version;
use smarts_tests::machine_root::MachineRoot;

use super::*;

const PLATFORM: &str = "platform";
const BASE: &str = "main";

/// A PC where plans are kept.
struct Place {
    pc: MachineRoot,
    _own: tempfile::TempDir,
    paths: Paths,
}

fn pc() -> Place {
    let pc = MachineRoot::new().unwrap();
    let own = tempfile::tempdir().unwrap();
    let paths = Paths::below(&Root::open(pc.path()).unwrap(), own.path());
    Place { pc, _own: own, paths }
}

impl Place {
    fn os(&self) -> Root {
        Root::open(self.pc.path()).unwrap()
    }

    fn keep(&self, parts: Vec<Part>) -> Keeper {
        let by = Identity { user: "ivan".into(), computer: "KASSA-1".into() };
        let now = jiff::Timestamp::UNIX_EPOCH;
        let plan = Waiting::keep(&self.os(), &self.paths, now, by, parts).unwrap();
        self.keeper(plan, false)
    }

    fn keeper(&self, plan: Waiting, waited: bool) -> Keeper {
        let parts = (0..plan.parts.len()).collect();
        let running = Running::of(&self.os(), jiff::Timestamp::UNIX_EPOCH);
        let (before, os) = (Some(Machine::default()), Arc::new(self.os()));
        Keeper { waiting: Some(Carried { plan, parts, place: 0, running, waited, before, os }) }
    }

    /// Names of the plans on the disk.
    fn plans(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.paths.plans_dir()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// What the disk says of every target, part by part; `None`: the plan is gone.
    fn states(&self) -> Option<Vec<State>> {
        let waiting = waiting::resume(&self.os(), &self.paths).unwrap()?;
        let targets = waiting.parts.into_iter().flat_map(|part| part.targets);
        Some(targets.map(|target| target.state).collect())
    }
}

fn part(id: &str, subject: KeptSubject) -> Part {
    let kept = Kept {
        subject,
        accept_unproved: false,
        accept_expired: false,
        agreed_to_go: Vec::new(),
        origin: Origin::Folder,
        goes_on: None,
    };
    Part { kept, targets: vec![Target::new(id, String::new())] }
}

fn package(version: &str) -> KeptPackage {
    let release = Release {
        feed: Feed::none(),
        version: version.parse().unwrap(),
        date: None,
        notes: String::new(),
        file: None,
        tags: Vec::new(),
        forced: false,
        distribution: 100,
        show_for_all: false,
        min_platform: None,
        from_versions: Vec::new(),
        client_version: None,
    };
    let sha256 = Digest::of(version.as_bytes());
    KeptPackage { release, path: PathBuf::from(version), size: 1, sha256, proof: Proof::Hash }
}

fn base() -> KeptBase {
    KeptBase { id: BASE.into(), folder: String::new(), version: Some(Version::new(1, 0, 0, 0)) }
}

fn platform(version: &str) -> Part {
    let package = Box::new(package(version));
    let target = KeptTarget::Platform;
    part(PLATFORM, KeptSubject::Installer { package, arguments: Vec::new(), target, former: None })
}

fn wizard() -> Part {
    let package = Box::new(package("1.2.0.0"));
    let target = KeptTarget::Wizard { bases: vec![base()] };
    part(BASE, KeptSubject::Installer { package, arguments: Vec::new(), target, former: None })
}

fn template() -> Part {
    part(BASE, KeptSubject::Template { packages: vec![package("1.1.0.0")], bases: vec![base()] })
}

fn ids(id: &str) -> Vec<String> {
    vec![id.to_owned()]
}

fn platform_done(reboot_asked: bool) -> Outcome {
    let (from, to, reboot_needed) = (None, Version::new(3, 4, 0, 0), true);
    Outcome::PlatformDone { from, to, reboot_needed, reboot_asked, unrecorded: None }
}

#[test]
fn of_two_installers_of_the_platform_the_one_that_is_done_stays_done_when_the_other_fails() {
    let pc = pc();
    let mut keeper = pc.keep(vec![platform("3.4.0.0"), platform("3.5.0.0"), template()]);
    keeper.begin(0);
    keeper.ended(&ids(PLATFORM), &platform_done(false));
    keeper.begin(1);
    keeper.ended(&ids(PLATFORM), &Outcome::Failed { error: apply::Error::NotHere, unrecorded: None });
    assert_eq!(pc.states().unwrap(), [State::Done, State::Failed, State::NotBegun]);
    assert_eq!(keeper.sum(), Sum { done: 1, failed: 1, left: 1 });
}

#[test]
fn an_installer_that_asks_for_a_restart_is_not_done_before_that() {
    let pc = pc();
    let mut keeper = pc.keep(vec![platform("3.4.0.0"), template()]);
    keeper.ended(&ids(PLATFORM), &platform_done(true));
    assert!(keeper.waits_for_restart() && keeper.has_rest());
    keeper.settle(Machine::default);
    assert_eq!(pc.states().unwrap(), [State::RebootPending, State::NotBegun]);
}

#[test]
fn when_the_second_installer_is_cancelled_the_bases_behind_it_are_not_thrown_away() {
    let pc = pc();
    let mut keeper = pc.keep(vec![platform("3.4.0.0"), platform("3.5.0.0"), template()]);
    keeper.begin(0);
    keeper.ended(&ids(PLATFORM), &platform_done(false));
    keeper.begin(1);
    keeper.ended(&ids(PLATFORM), &Outcome::Cancelled { unrecorded: None });
    assert!(!keeper.is_untouched() && keeper.has_rest());
    keeper.settle(Machine::default);
    assert_eq!(pc.states().unwrap(), [State::Done, State::NotBegun, State::NotBegun]);
}

#[test]
fn a_template_that_is_done_says_nothing_of_the_wizard_for_the_same_base() {
    let pc = pc();
    let mut keeper = pc.keep(vec![template(), wizard()]);
    keeper.begin(0);
    keeper.progress(&Progress::Checking { base_id: BASE.into() });
    assert_eq!(pc.states().unwrap(), [State::Begun, State::NotBegun]);
    keeper.progress(&Progress::Updated { base_id: BASE.into() });
    let outcome = BasesOutcome { done: Vec::new(), failed: None, not_started: Vec::new(), unrecorded: None };
    keeper.ended(&ids(BASE), &Outcome::Bases(outcome));
    assert_eq!(pc.states().unwrap(), [State::Done, State::NotBegun]);
    keeper.begin(1);
    let done = Outcome::WizardDone { template: None, reboot_needed: false, unrecorded: None };
    keeper.ended(&ids(BASE), &done);
    assert_eq!(pc.states().unwrap(), [State::Done, State::Done]);
    keeper.settle(Machine::default);
    assert_eq!(pc.states(), None);
}

fn failed(error: apply::Error) -> Outcome {
    Outcome::Failed { error, unrecorded: None }
}

#[test]
fn a_run_that_does_not_get_the_update_lock_leaves_what_waits_alone() {
    let pc = pc();
    pc.keep(vec![platform("3.4.0.0")]);
    let older = pc.plans();
    for error in [
        apply::Error::Busy,
        apply::Error::Lock { path: PathBuf::new(), error: std::io::ErrorKind::PermissionDenied.into() },
    ] {
        let mut keeper = pc.keep(vec![platform("3.5.0.0")]);
        assert_eq!(pc.plans().len(), 2);
        keeper.ended(&ids(PLATFORM), &failed(error));
        assert!(keeper.is_untouched() && keeper.has_rest());
        keeper.settle(Machine::default);
        assert_eq!(pc.plans(), older);
    }
    let mut keeper = pc.keep(vec![platform("3.5.0.0")]);
    keeper.progress(&Progress::Installing);
    assert_eq!(pc.plans().len(), 1);
    assert_ne!(pc.plans(), older, "the newer one has taken its place");
}

#[test]
fn what_waited_for_a_restart_is_noted_once_the_update_lock_is_held() {
    let pc = pc();
    pc.keep(vec![platform("3.4.0.0"), template()]).ended(&ids(PLATFORM), &platform_done(true));
    let waiting = || waiting::resume(&pc.os(), &pc.paths).unwrap().unwrap();
    let mut keeper = pc.keeper(waiting(), true);
    keeper.ended(&ids(PLATFORM), &failed(apply::Error::Busy));
    keeper.settle(Machine::default);
    assert_eq!(pc.states().unwrap(), [State::RebootPending, State::NotBegun]);
    pc.keeper(waiting(), true).progress(&Progress::Installing);
    assert_eq!(pc.states().unwrap(), [State::NotBegun, State::NotBegun]);
}
