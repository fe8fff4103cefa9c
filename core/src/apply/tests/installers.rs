use std::ffi::OsString;

use super::*;
use crate::catalogue::Feed;
use crate::os::{InstallerExit, OwnInstaller};
use crate::plan::{InstallerPlan, InstallerTarget};
use crate::platform::former::Former;
use crate::platform::installers;

const PLATFORM: &str = "3.4.46.40367";
/// What the PC has.
const INSTALLED: &str = "3.3.46.29552";

const OWN: &[u8] = b"an installer of our own";

/// A PC on which the shell stands for the program's own installer, as the script decides what it does.
fn pc() -> Pc {
    let mut pc = super::pc(&["a"]);
    pc.os.own_installer = Some(shell());
    pc
}

fn shell() -> OwnInstaller {
    OwnInstaller { digests: vec![Digest::of(OWN)], program: "/bin/sh".into() }
}

fn plan(pc: &Pc, bytes: &[u8], script: &str, arguments: &[&Path], target: InstallerTarget) -> Plan {
    let file = ReleaseFile { sha256: Some(Digest::of(bytes)), ..file("setup.exe") };
    let verified = pc.verified(bytes, &file);
    let release = Release { feed: Feed::platform(None), ..release(PLATFORM, file) };
    let mut with: Vec<OsString> = ["-c", script, "sh"].into_iter().map(OsString::from).collect();
    with.extend(arguments.iter().map(|path| path.as_os_str().to_owned()));
    let package = Package { release, verified };
    Plan {
        subject: PlanSubject::Installer(Box::new(InstallerPlan {
            package,
            arguments: with,
            target,
            former: Former::NotSought,
        })),
    }
}

fn own(pc: &Pc, script: &str, arguments: &[&Path], target: InstallerTarget) -> Plan {
    plan(pc, OWN, script, arguments, target)
}

#[test]
fn a_platform_counts_as_updated_when_the_registry_says_so() {
    let pc = pc();
    let newer = pc::MachineRoot::new().unwrap().platform(PLATFORM).unwrap();
    let (from, to) = (newer.path().join("registry.reg"), pc.root.path().join("registry.reg"));
    let plan = own(&pc, "cp \"$1\" \"$2\"", &[&from, &to], InstallerTarget::Platform);
    let outcome = pc.run(plan);
    let Outcome::PlatformDone { from, to, reboot_needed: false, unrecorded: None, .. } = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!((from, to), (Some(version("3.3.46.29552")), version(PLATFORM)));
    let entry = &pc.journal()[0];
    assert_eq!((entry.what, entry.subject.as_str()), (What::Updated, "platform"));
    assert_eq!((entry.from, entry.to), (from, Some(to)));
}

#[test]
fn an_installer_that_ends_well_and_changes_nothing_has_failed() {
    let pc = pc();
    let outcome = pc.run(own(&pc, "exit 0", &[], InstallerTarget::Platform));
    let Outcome::Failed { error: Error::VersionUnchanged { expected, found }, .. } = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!((expected, found), (version(PLATFORM), Some(version("3.3.46.29552"))));
    assert_eq!(pc.journal()[0].what, What::Failed);
}

#[test]
fn an_exit_status_is_told_and_so_is_that_the_person_stopped_the_installer() {
    let pc = pc();
    let outcome = pc.run(own(&pc, "exit 3", &[], InstallerTarget::Platform));
    assert!(
        matches!(
            outcome,
            Outcome::Failed {
                error: Error::InstallerFailed { fault: ExitFault::Other(3), log_path: None },
                ..
            }
        ),
        "{outcome:?}"
    );
    for target in [InstallerTarget::Platform, InstallerTarget::Wizard { bases: pc.bases() }] {
        let outcome = pc.run(own(&pc, "exit 4", &[], target));
        assert!(matches!(outcome, Outcome::Cancelled { unrecorded: None }), "{outcome:?}");
    }
    let kinds: Vec<What> = pc.journal().iter().map(|entry| entry.what).collect();
    assert_eq!(kinds, [What::Failed, What::Cancelled, What::Cancelled]);
}

#[test]
fn what_an_installer_has_done_counts_also_if_it_says_that_it_was_stopped() {
    let install = |version: &str| {
        let pc = pc();
        let newer = pc::MachineRoot::new().unwrap().platform(version).unwrap();
        let (from, to) = (newer.path().join("registry.reg"), pc.root.path().join("registry.reg"));
        let outcome = pc.run(own(&pc, "cp \"$1\" \"$2\"; exit 4", &[&from, &to], InstallerTarget::Platform));
        (outcome, pc.journal()[0].what)
    };
    let (outcome, what) = install(PLATFORM);
    assert!(matches!(outcome, Outcome::PlatformDone { .. }), "{outcome:?}");
    assert_eq!(what, What::Updated);
    let (outcome, what) = install("3.4.46.31745");
    assert!(matches!(outcome, Outcome::Failed { error: Error::VersionUnchanged { .. }, .. }), "{outcome:?}");
    assert_eq!(what, What::Failed);
}

#[test]
fn a_foreign_program_is_not_started_in_a_machine_root() {
    let pc = pc();
    let trace = pc.root.path().join("started");
    let script = format!("#!/bin/sh\ntouch '{}'\n", trace.display());
    let outcome = pc.run(plan(&pc, script.as_bytes(), "exit 0", &[], InstallerTarget::Platform));
    assert!(
        matches!(outcome, Outcome::Failed { error: Error::Installer(InstallerFault::Foreign), .. }),
        "{outcome:?}"
    );
    assert!(!trace.exists());
}

#[test]
fn an_installer_is_not_started_when_cancelled_changed_or_no_installer() {
    let pc = pc();
    let trace = pc.root.path().join("started");
    let script = "touch \"$1\"";
    let cancel = CancellationToken::new();
    cancel.cancel();
    let cancelled = own(&pc, script, &[&trace], InstallerTarget::Platform);
    assert!(matches!(pc.run_with(cancelled, &mut |_| {}, &cancel), Outcome::Cancelled { .. }));
    assert!(pc.journal().is_empty());
    let changed = own(&pc, script, &[&trace], InstallerTarget::Platform);
    fs::write(pc.root.path().join("setup.exe"), "swapped").unwrap();
    assert!(matches!(pc.run(changed), Outcome::Failed { error: Error::Package(_), .. }));
    let package = pc.package(NEW, &template(NEW).build().unwrap());
    let (arguments, target) = (Vec::new(), InstallerTarget::Platform);
    let no_installer = Box::new(InstallerPlan { package, arguments, target, former: Former::NotSought });
    let outcome = pc.run(Plan { subject: PlanSubject::Installer(no_installer) });
    assert!(matches!(outcome, Outcome::Failed { error: Error::EmptyPlan, .. }));
    assert!(!trace.exists());
}

#[test]
fn no_installer_is_started_while_windows_installer_is_at_work() {
    let pc = pc();
    let os = Answering {
        installer_running: Some(true),
        installer: Some(|_| panic!("it is not started")),
        ..Answering::on(pc.root.path())
    };
    let plan = own(&pc, "exit 0", &[], InstallerTarget::Platform);
    let outcome = pc.run_on(&os, plan);
    assert!(matches!(outcome, Outcome::Failed { error: Error::InstallerRunning, .. }), "{outcome:?}");
}

#[test]
fn after_a_wizard_the_template_it_left_is_found_and_no_base_is_touched() {
    let pc = pc();
    let before = pc.content("a");
    let left = pc.root.path().join("Склад 15.mstmpl");
    template(NEW).write_to(&left).unwrap();
    let templates_dir = pc.os.locate(crate::paths::TEMPLATES).unwrap();
    let wizard = |script: &str| {
        let target = InstallerTarget::Wizard { bases: pc.bases() };
        pc.run(own(&pc, script, &[&left, &templates_dir], target))
    };
    let outcome = wizard("exit 0");
    assert!(matches!(outcome, Outcome::WizardDone { template: None, .. }), "{outcome:?}");
    let outcome = wizard("mkdir -p \"$2\" && cp \"$1\" \"$2\"");
    let Outcome::WizardDone { template: Some(template), reboot_needed: false, .. } = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(template, templates_dir.join("Склад 15.mstmpl"));
    assert_eq!(pc.content("a"), before);
    assert_eq!(pc.journal()[1].what, What::WizardRun);
}

/// A PC on which this program has been installed.
fn pc_with_updater(version: &str) -> Pc {
    let mut pc = pc();
    pc.root = pc.root.updater(version).unwrap();
    pc
}

/// An installer of this program that writes a version into the registry, and then runs the script.
fn updating(pc: &Pc, to: &str, script: &str) -> Plan {
    let newer = pc_with_updater(to);
    let (from, here) = (newer.root.path().join("registry.reg"), pc.root.path().join("registry.reg"));
    let newer_registry = fs::read(from).unwrap();
    let prepared = pc.root.path().join("newer.reg");
    fs::write(&prepared, newer_registry).unwrap();
    own(pc, &format!("cp \"$1\" \"$2\"; {script}"), &[&prepared, &here], InstallerTarget::Updater)
}

#[test]
fn this_program_counts_as_updated_when_the_registry_says_so() {
    // Also if the installer says that it was stopped.
    for script in ["exit 0", "exit 4"] {
        let pc = pc_with_updater("1.1.0.0");
        let outcome = pc.run(updating(&pc, PLATFORM, script));
        let Outcome::UpdaterDone { from, to, reboot_needed: false, unrecorded: None, .. } = outcome else {
            panic!("{outcome:?}")
        };
        assert_eq!((from, to), (Some(version("1.1.0.0")), version(PLATFORM)));
        let entry = &pc.journal()[0];
        assert_eq!((entry.what, entry.subject.as_str()), (What::Updated, "updater"));
        assert_eq!((entry.name.as_str(), entry.product.as_deref()), ("Mobile SMARTS Updater", None));
        assert_eq!((entry.from, entry.to), (from, Some(to)));
    }
}

#[test]
fn an_installer_of_this_program_that_changes_nothing_has_failed_or_was_stopped() {
    let pc = pc_with_updater("1.1.0.0");
    let outcome = pc.run(own(&pc, "exit 0", &[], InstallerTarget::Updater));
    let Outcome::Failed { error: Error::VersionUnchanged { expected, found }, .. } = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!((expected, found), (version(PLATFORM), Some(version("1.1.0.0"))));
    let outcome = pc.run(own(&pc, "exit 4", &[], InstallerTarget::Updater));
    assert!(matches!(outcome, Outcome::Cancelled { unrecorded: None }), "{outcome:?}");
    // Another version than the one agreed to, whatever the installer says.
    let outcome = pc.run(updating(&pc, "1.1.5.0", "exit 0"));
    assert!(matches!(outcome, Outcome::Failed { error: Error::VersionUnchanged { .. }, .. }), "{outcome:?}");
    let kinds: Vec<What> = pc.journal().iter().map(|entry| entry.what).collect();
    assert_eq!(kinds, [What::Failed, What::Cancelled, What::Failed]);
}

/// The status of a package, as Windows Installer gives it; it leaves a log.
fn ends_with<const CODE: i32>(installer: &os::Installer<'_>) -> Result<InstallerExit, InstallerFault> {
    fs::create_dir_all(installer.log_path.parent().unwrap()).map_err(InstallerFault::Start)?;
    fs::write(installer.log_path, "MSI (s): …").map_err(InstallerFault::Start)?;
    Ok(InstallerExit { code: Some(CODE) })
}

#[test]
fn a_failed_package_is_told_by_its_status_and_the_place_of_its_log() {
    let pc = pc();
    let answers: [(fixtures::Start, ExitFault); 5] = [
        (ends_with::<1603>, ExitFault::Fatal),
        (ends_with::<1618>, ExitFault::AnotherInstallation),
        (ends_with::<1620>, ExitFault::Package(1620)),
        (ends_with::<1638>, ExitFault::OtherVersion),
        (ends_with::<7>, ExitFault::Other(7)),
    ];
    for (installer, expected) in answers {
        let os = Answering { installer: Some(installer), ..Answering::on(pc.root.path()) };
        let outcome = pc.run_on(&os, own(&pc, "", &[], InstallerTarget::Platform));
        let Outcome::Failed { error: Error::InstallerFailed { fault, log_path }, .. } = outcome else {
            panic!("{outcome:?}")
        };
        assert_eq!(fault, expected);
        assert_eq!(log_path, Some(pc.paths.installer_log_path("setup.exe")));
        let detail = pc.journal().pop().unwrap().detail;
        assert!(detail.contains("setup.exe.log") && detail.contains(&expected.to_string()), "{detail}");
    }
}

#[test]
fn a_wizard_that_was_not_given_its_rights_was_cancelled() {
    let pc = pc();
    let declined = |_: &os::Installer<'_>| Err(InstallerFault::Start(io::Error::from_raw_os_error(1223)));
    let os = Answering { installer: Some(declined), ..Answering::on(pc.root.path()) };
    for target in [InstallerTarget::Platform, InstallerTarget::Wizard { bases: pc.bases() }] {
        let outcome = pc.run_on(&os, own(&pc, "", &[], target));
        assert!(matches!(outcome, Outcome::Cancelled { unrecorded: None }), "{outcome:?}");
    }
}

#[test]
fn a_restart_that_the_pc_waits_for_is_told_though_the_installer_asks_for_none() {
    let pc = pc();
    let newer = pc::MachineRoot::new().unwrap().platform(PLATFORM).unwrap();
    let (from, to) = (newer.path().join("registry.reg"), pc.root.path().join("registry.reg"));
    let mut os = Answering { reboot_pending: Some(true), ..Answering::on(pc.root.path()) };
    os.os.own_installer = Some(shell());
    let failed = pc.run_on(&os, own(&pc, "exit 0", &[], InstallerTarget::Platform));
    assert!(
        matches!(failed, Outcome::Failed { error: Error::VersionUnchanged { .. }, .. }),
        "a restart that something else asks for makes no update: {failed:?}"
    );
    let plan = own(&pc, "cp \"$1\" \"$2\"", &[&from, &to], InstallerTarget::Platform);
    let outcome = pc.run_on(&os, plan);
    assert!(
        matches!(outcome, Outcome::PlatformDone { reboot_needed: true, reboot_asked: false, .. }),
        "{outcome:?}"
    );
}

#[test]
fn an_installer_that_asks_for_a_restart_is_told_from_a_pc_that_waits_for_one() {
    let pc = pc();
    let newer = pc::MachineRoot::new().unwrap().platform(PLATFORM).unwrap();
    let (from, to) = (newer.path().join("registry.reg"), pc.root.path().join("registry.reg"));
    // Exit statuses of a shell end at 255, so Windows Installer's is given in its place.
    let os = Answering { installer: Some(ends_with::<3010>), ..Answering::on(pc.root.path()) };
    let outcome = pc.run_on(&os, own(&pc, "", &[], InstallerTarget::Platform));
    assert!(matches!(outcome, Outcome::RebootNeeded { .. }), "{outcome:?}");
    fs::copy(from, to).unwrap();
    let outcome = pc.run_on(&os, own(&pc, "", &[], InstallerTarget::Platform));
    assert!(
        matches!(outcome, Outcome::PlatformDone { reboot_needed: true, reboot_asked: true, .. }),
        "{outcome:?}"
    );
}

#[test]
fn before_the_platform_changes_its_common_files_are_copied_and_afterwards_its_installer_is_kept() {
    let pc = pc();
    let newer = pc::MachineRoot::new().unwrap().platform(PLATFORM).unwrap();
    let (from, to) = (newer.path().join("registry.reg"), pc.root.path().join("registry.reg"));
    let list = pc.root.locate(r"C:\ProgramData\Cleverence\Common\apps.xml");
    let before = fs::read(&list).unwrap();
    let script = "echo gone > \"$3\"; cp \"$1\" \"$2\"";
    let outcome = pc.run(own(&pc, script, &[&from, &to, &list], InstallerTarget::Platform));
    assert!(matches!(outcome, Outcome::PlatformDone { .. }), "{outcome:?}");
    let copy = pc.paths.platform_dir().join("2026.11.22 12.40.05");
    assert_eq!(fs::read(copy.join("Common/apps.xml")).unwrap(), before);
    let kept = installers::of_version(&pc.os, &pc.paths, version(PLATFORM)).unwrap();
    assert_eq!((fs::read(&kept.path).unwrap(), kept.sha256), (OWN.to_vec(), Digest::of(OWN)));
    assert_eq!(installers::of_version(&pc.os, &pc.paths, version("3.3.46.29552")), None);
}

/// The platform's plan with the installer of what is installed, which was fetched; the script copies the registry.
fn with_former(pc: &Pc, script: &str, arguments: &[&Path], former: &str) -> Plan {
    let bytes = former.as_bytes();
    let file = ReleaseFile { sha256: Some(Digest::of(bytes)), ..file("MobileSMARTS.msi") };
    let verified = pc.verified(bytes, &file);
    let release = Release { feed: Feed::platform(None), ..release(INSTALLED, file) };
    let former = Former::Fetched(Box::new(Package { release, verified }));
    own(pc, script, arguments, InstallerTarget::Platform).with_former(former)
}

#[test]
fn an_installer_that_was_fetched_for_going_back_is_kept_before_the_new_one_is_started() {
    let pc = pc();
    let newer = pc::MachineRoot::new().unwrap().platform(PLATFORM).unwrap();
    let (from, to) = (newer.path().join("registry.reg"), pc.root.path().join("registry.reg"));
    let there = pc.paths.platform_dir().join("installers").join(INSTALLED).join("MobileSMARTS.msi");
    let script = "test -f \"$3\" && cp \"$1\" \"$2\"";
    let outcome = pc.run(with_former(&pc, script, &[&from, &to, &there], "former"));
    assert!(matches!(outcome, Outcome::PlatformDone { .. }), "{outcome:?}");
    let kept = installers::of_version(&pc.os, &pc.paths, version(INSTALLED)).unwrap();
    assert_eq!((kept.path.clone(), fs::read(&kept.path).unwrap()), (there, b"former".to_vec()));
    assert!(installers::of_version(&pc.os, &pc.paths, version(PLATFORM)).is_some(), "the new one, too");
    assert_eq!(pc.journal()[0].detail, "");
}

#[test]
fn one_that_cannot_be_kept_stops_no_update_and_the_journal_says_so() {
    let pc = pc();
    let newer = pc::MachineRoot::new().unwrap().platform(PLATFORM).unwrap();
    let (from, to) = (newer.path().join("registry.reg"), pc.root.path().join("registry.reg"));
    let plan = with_former(&pc, "cp \"$1\" \"$2\"", &[&from, &to], "former");
    let PlanSubject::Installer(installer) = &plan.subject else { unreachable!() };
    let Former::Fetched(package) = &installer.former else { unreachable!() };
    // Others have written to it since it was examined.
    fs::write(package.verified.path(), "other!").unwrap();
    let outcome = pc.run(plan);
    assert!(matches!(outcome, Outcome::PlatformDone { .. }), "{outcome:?}");
    assert_eq!(installers::of_version(&pc.os, &pc.paths, version(INSTALLED)), None);
    let detail = &pc.journal()[0].detail;
    assert!(detail.starts_with("Installer of the former version is not kept"), "{detail}");
}

#[test]
fn without_that_copy_no_installer_of_the_platform_is_started() {
    let pc = pc();
    let trace = pc.root.path().join("started");
    fs::create_dir_all(&pc.paths.machine_dir).unwrap();
    fs::write(pc.paths.platform_dir(), "in the way").unwrap();
    let outcome = pc.run(own(&pc, "touch \"$1\"", &[&trace], InstallerTarget::Platform));
    assert!(matches!(outcome, Outcome::Failed { error: Error::Platform(_), .. }), "{outcome:?}");
    assert!(!trace.exists());
}

#[test]
fn the_last_two_installers_are_kept() {
    let pc = pc();
    let file = ReleaseFile { sha256: Some(Digest::of(OWN)), ..file("setup.exe") };
    let verified = pc.verified(OWN, &file);
    for text in ["3.4.46.1", "3.4.46.2", "3.3.46.9"] {
        installers::keep(&pc.os, &pc.paths, version(text), &verified).unwrap();
    }
    let is_kept = |text| installers::of_version(&pc.os, &pc.paths, version(text)).is_some();
    assert_eq!([is_kept("3.4.46.1"), is_kept("3.4.46.2"), is_kept("3.3.46.9")], [false, true, true]);
    fs::remove_file(installers::of_version(&pc.os, &pc.paths, version("3.3.46.9")).unwrap().path).unwrap();
    assert!(!is_kept("3.3.46.9"), "its file is gone");
}

#[test]
fn the_kept_installer_of_what_is_replaced_stays_though_newer_ones_were_kept_since() {
    let pc = pc();
    let own_file = ReleaseFile { sha256: Some(Digest::of(OWN)), ..file("setup.exe") };
    let verified = pc.verified(OWN, &own_file);
    // That version was gone back to by hand.
    for text in [INSTALLED, "3.4.46.1"] {
        installers::keep(&pc.os, &pc.paths, version(text), &verified).unwrap();
    }
    let newer = pc::MachineRoot::new().unwrap().platform(PLATFORM).unwrap();
    let (from, to) = (newer.path().join("registry.reg"), pc.root.path().join("registry.reg"));
    let outcome = pc.run(own(&pc, "cp \"$1\" \"$2\"", &[&from, &to], InstallerTarget::Platform));
    assert!(matches!(outcome, Outcome::PlatformDone { .. }), "{outcome:?}");
    let is_kept = |text| installers::of_version(&pc.os, &pc.paths, version(text)).is_some();
    assert_eq!([is_kept(INSTALLED), is_kept("3.4.46.1"), is_kept(PLATFORM)], [true, false, true]);
}
