use super::*;
use crate::fixtures;
use crate::os::{MachineRoot, Os as _};
use crate::platform::former::Former;
use crate::source::Trust;
use crate::verify::{self, Rules};

const VERSION: &str = "1.6.3.7283";

struct Desk {
    dir: tempfile::TempDir,
    os: MachineRoot,
    machine: Machine,
}

fn desk() -> Desk {
    let dir = tempfile::tempdir().unwrap();
    let os = MachineRoot::open(dir.path()).unwrap();
    assert!(os.is_elevated());
    let base = fixtures::base("a", "9B3E6ADA", "1.6.2.6493");
    let machine = Machine { bases: vec![base], ..Machine::default() };
    Desk { dir, os, machine }
}

impl Desk {
    fn package(&self, name: &str) -> Package {
        let path = self.dir.path().join(name);
        std::fs::write(&path, "bytes").unwrap();
        let sha256 = Digest::of(b"bytes");
        let release = Release { file: Some(fixtures::file(name)), ..fixtures::release("9B3E6ADA", VERSION) };
        let found = Found { size: 5, sha256, proof: Proof::Hash, publisher: None };
        Package { release, verified: self.again(&path, &found) }
    }

    fn again(&self, path: &Path, found: &Found) -> Verified {
        let rules = Rules {
            source_trust: Trust::Folder,
            accept_unproved: false,
            expected_publisher: None,
            resigned_by: None,
        };
        verify::again(path, found, &rules, &self.os).unwrap()
    }

    fn templates(&self) -> Plan {
        let packages = vec![self.package("1.mstmpl"), self.package("2.mstmpl")];
        let subject = PlanSubject::Template(TemplatePlan { packages, bases: self.machine.bases.clone() });
        Plan { subject }
    }

    fn installer(&self, arguments: &[&str], target: InstallerTarget) -> Plan {
        let arguments = arguments.iter().map(OsString::from).collect();
        let package = self.package("Setup.exe");
        Plan {
            subject: PlanSubject::Installer(Box::new(InstallerPlan {
                package,
                arguments,
                target,
                former: Former::NotSought,
            })),
        }
    }

    /// Kept, written, read, and made a plan again.
    fn through(&self, plan: &Plan, is_real: bool) -> Result<Plan, Error> {
        let path = self.dir.path().join("plan.json");
        let kept = Kept::of(plan, true).unwrap();
        let sha256 = kept.write(&path).unwrap();
        let read = Kept::read(&path, sha256).unwrap();
        assert_eq!(read, kept);
        let files = read.packages().iter().map(|package| self.again(&package.path, &package.found()));
        let files = files.collect();
        assert!(matches!(read.clone().into_plan(Vec::new(), &self.machine, is_real), Err(Error::Files)));
        read.into_plan(files, &self.machine, is_real)
    }
}

#[test]
fn a_kept_plan_is_the_same_plan_again() {
    let desk = desk();
    let plan = desk.through(&desk.templates(), true).unwrap();
    assert_eq!(shape(&plan), shape(&desk.templates()));
    let wizard = || {
        desk.installer(
            &["--what", "платформа"],
            InstallerTarget::Wizard { bases: desk.machine.bases.clone() },
        )
    };
    let plan = desk.through(&wizard(), false).unwrap();
    assert_eq!(shape(&plan), shape(&wizard()));
}

#[test]
fn an_installer_that_was_fetched_for_going_back_travels_along_and_has_to_be_examined_again() {
    let desk = desk();
    let former = || Former::Fetched(Box::new(desk.package("Former.exe")));
    let plan = desk.installer(&[], InstallerTarget::Platform).with_former(former());
    let kept = Kept::of(&plan, false).unwrap();
    assert!(kept.former().unwrap().path.ends_with("Former.exe"));
    assert_eq!(kept.packages().len(), 1);
    let again = desk.through(&plan, true).unwrap();
    assert_eq!(shape(&again), shape(&desk.installer(&[], InstallerTarget::Platform)));
    assert_eq!(shape(&again.with_former(former())), shape(&plan));
    let other = desk.installer(&[], InstallerTarget::Updater).with_former(former());
    assert!(Kept::of(&other, false).unwrap().former().is_none(), "of the platform alone");
}

/// Everything but the numbers of open files.
fn shape(plan: &Plan) -> String {
    format!("{plan:?}").replace(char::is_numeric, "")
}

#[test]
fn a_base_that_is_gone_or_lies_elsewhere_is_not_what_the_person_saw() {
    let mut desk = desk();
    let plan = desk.templates();
    desk.machine.bases[0].folder = r"D:\Elsewhere".into();
    assert!(matches!(desk.through(&plan, true), Err(Error::Base { id }) if id == "a"));
    desk.machine.bases.clear();
    assert!(matches!(desk.through(&plan, true), Err(Error::Base { id }) if id == "a"));
}

#[test]
fn a_base_that_somebody_else_has_updated_keeps_the_version_the_person_saw() {
    let mut desk = desk();
    let plan = desk.templates();
    desk.machine.bases[0].version = VERSION.parse().ok();
    let PlanSubject::Template(plan) = desk.through(&plan, true).unwrap().subject else { panic!() };
    assert_eq!(plan.bases[0].version, "1.6.2.6493".parse().ok(), "so that apply sees the difference");
}

#[test]
fn a_plan_has_nothing_to_say_to_a_vendors_installer() {
    let desk = desk();
    let with = desk.installer(&["TRANSFORMS=evil.mst"], InstallerTarget::Platform);
    assert!(matches!(desk.through(&with, true), Err(Error::Arguments)));
    assert!(desk.through(&with, false).is_ok(), "the demo's own is told what to install");
    let without = desk.installer(&[], InstallerTarget::Platform);
    assert!(desk.through(&without, true).is_ok());
}

#[test]
fn a_plan_that_was_changed_after_the_person_was_asked_is_refused() {
    let desk = desk();
    let path = desk.dir.path().join("plan.json");
    let kept = Kept::of(&desk.installer(&[], InstallerTarget::Platform), false).unwrap();
    let asked_about = kept.write(&path).unwrap();
    Kept { accept_unproved: true, ..kept }.write(&path).unwrap();
    assert!(matches!(Kept::read(&path, asked_about), Err(Error::OtherPlan { .. })));
}

#[test]
fn a_file_that_is_no_plan_is_refused_and_nothing_of_it_is_told() {
    let desk = desk();
    let path = desk.dir.path().join("plan.json");
    assert!(matches!(Kept::read(&path, Digest::of(b"")), Err(Error::File { .. })));
    for text in ["", "{}", "[]", "secret", r#"{"subject":"secret","accept_unproved":"secret"}"#] {
        std::fs::write(&path, text).unwrap();
        let error = Kept::read(&path, Digest::of(text.as_bytes())).unwrap_err();
        assert!(matches!(error, Error::NotAPlan { .. }), "{error:?}");
        assert!(!format!("{error:?}").contains("secret"), "{error:?}");
    }
}
