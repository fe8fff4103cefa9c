use super::*;

struct Fixture {
    #[cfg_attr(
        not(unix),
        expect(dead_code, reason = "keeps the folder; only the tests with links look at it")
    )]
    dir: tempfile::TempDir,
    root: MachineRoot,
}

/// A machine root with the given files and folders (a slash at the end) in it.
fn fixture(paths: &[&str]) -> Fixture {
    let dir = tempfile::tempdir().unwrap();
    for path in paths {
        let full = dir.path().join("pc").join(path);
        if path.ends_with('/') {
            fs::create_dir_all(full).unwrap();
        } else {
            fs::create_dir_all(full.parent().unwrap()).unwrap();
            fs::write(full, path).unwrap();
        }
    }
    fs::create_dir_all(dir.path().join("pc")).unwrap();
    let root = MachineRoot::open(&dir.path().join("pc")).unwrap();
    Fixture { dir, root }
}

impl Fixture {
    fn path(&self, below: &str) -> PathBuf {
        self.root.machine_root().unwrap().join(below)
    }
}

// On Windows the file system itself finds names so, and the answer has the letters of the question.
#[cfg(unix)]
#[test]
fn paths_are_found_without_regard_to_case() {
    let pc = fixture(&["c/PROGRAMDATA/Cleverence/Базы/Склад.xml"]);
    let expected = pc.path("c/PROGRAMDATA/Cleverence/Базы/Склад.xml");
    for path in [r"C:\ProgramData\Cleverence\Базы\Склад.xml", r"c:/programdata/CLEVERENCE/базы/СКЛАД.XML"]
    {
        assert_eq!(pc.root.locate(path), Ok(expected.clone()), "{path}");
        assert_eq!(pc.root.locate_all(&[path, path]), [Ok(expected.clone()), Ok(expected.clone())]);
    }
}

#[test]
fn the_exact_name_comes_before_one_in_another_case() {
    let pc = fixture(&["C/a/", "C/A/"]);
    assert_eq!(pc.root.locate(r"C:\a\x"), Ok(pc.path("C/a/x")));
    assert_eq!(pc.root.locate(r"C:\A\x"), Ok(pc.path("C/A/x")));
}

// On Windows the file system itself finds names so, and the answer has the letters of the question.
#[cfg(unix)]
#[test]
fn what_is_not_there_is_located_below_what_is() {
    let pc = fixture(&["C/ProgramData/"]);
    assert_eq!(pc.root.locate(r"C:\PROGRAMDATA\New\file"), Ok(pc.path("C/ProgramData/New/file")));
    assert_eq!(pc.root.locate(r"C:\"), Ok(pc.path("C")));
}

// On Windows the file system itself finds names so, and the answer has the letters of the question.
#[cfg(unix)]
#[test]
fn a_file_that_appears_is_found_by_the_same_root() {
    let pc = fixture(&["C/x/"]);
    assert_eq!(pc.root.locate(r"C:\X\new"), Ok(pc.path("C/x/new")));
    fs::write(pc.path("C/x/NEW"), "").unwrap();
    assert_eq!(pc.root.locate(r"C:\X\new"), Ok(pc.path("C/x/NEW")));
}

#[test]
fn a_drive_that_is_not_there_is_named() {
    let pc = fixture(&["C/", "E"]);
    assert_eq!(pc.root.locate(r"d:\Базы"), Err(LocateFault::NoDrive('D')));
    assert_eq!(pc.root.locate(r"E:\Базы"), Err(LocateFault::NoDrive('E')));
    assert_eq!(pc.root.locate(r"C:\..\..\etc"), Err(LocateFault::NotAbsolute));
}

#[cfg(unix)]
#[test]
fn links_are_followed_inside_and_never_out() {
    use std::os::unix::fs::symlink;
    let pc = fixture(&["C/real/file", "D/"]);
    fs::create_dir(pc.dir.path().join("outside")).unwrap();
    symlink(pc.path("C/real"), pc.path("D/inside")).unwrap();
    symlink("../../outside", pc.path("D/outside")).unwrap();
    symlink("../../outside/new", pc.path("D/nowhere")).unwrap();
    symlink(pc.dir.path().join("outside"), pc.path("E")).unwrap();
    assert_eq!(pc.root.locate(r"D:\INSIDE\File"), Ok(pc.path("C/real/file")));
    for path in [r"D:\outside\x", r"D:\Outside", r"D:\nowhere", r"E:\x"] {
        assert_eq!(pc.root.locate(path), Err(LocateFault::Outside), "{path}");
    }
}

#[test]
fn the_registry_is_the_file_as_it_is_now() {
    const KEY: &str = r"HKEY_LOCAL_MACHINE\SOFTWARE\Cleverence Soft\Mobile SMARTS";
    let pc = fixture(&["C/"]);
    assert_eq!(pc.root.registry_value(KEY, "Version"), Ok(None));
    registry_file::set_value(&pc.root.registry_path().unwrap(), KEY, "Version", "3.3.46.29552").unwrap();
    assert_eq!(pc.root.registry_value(KEY, "version"), Ok(Some("3.3.46.29552".to_owned())));
    fs::write(pc.root.registry_path().unwrap(), "nonsense").unwrap();
    let fault = pc.root.registry_value(KEY, "Version").unwrap_err();
    assert!(fault.path.ends_with("registry.reg"), "{}", fault.path);
}

#[cfg(unix)]
#[test]
fn a_registry_elsewhere_is_not_read() {
    let pc = fixture(&["C/"]);
    fs::write(pc.dir.path().join("other.reg"), "Windows Registry Editor Version 5.00\r\n").unwrap();
    std::os::unix::fs::symlink("../other.reg", pc.path("Registry.REG")).unwrap();
    let fault = pc.root.registry_value("HKEY_LOCAL_MACHINE", "Version").unwrap_err();
    assert!(matches!(fault.fault, FileFault::Unreadable { .. }), "{fault:?}");
}

#[test]
fn a_folder_that_is_not_there_or_is_a_file_cannot_stand_for_a_pc() {
    let pc = fixture(&["C/file"]);
    assert!(matches!(MachineRoot::open(&pc.path("none")), Err(Error::Open { .. })));
    assert!(matches!(MachineRoot::open(&pc.path("C/file")), Err(Error::Open { .. })));
}

#[cfg(unix)]
fn run(pc: &Fixture, file: &Path, arguments: &[OsString]) -> Result<InstallerExit, InstallerFault> {
    let log_path = Path::new("");
    pc.root.run_installer(&Installer { file, kind: crate::os::InstallerKind::Program, arguments, log_path })
}

#[cfg(unix)]
#[test]
fn only_the_own_program_is_started_and_only_for_its_own_installers() {
    let mut pc = fixture(&["C/own.exe", "C/setup.exe"]);
    let own = OwnInstaller { digests: vec![Digest::of(b"C/own.exe")], program: "/bin/sh".into() };
    pc.root.own_installer = Some(own);
    let arguments = [OsString::from("-c"), OsString::from("exit 5")];
    assert_eq!(run(&pc, &pc.path("C/own.exe"), &arguments).unwrap().code, Some(5));

    let foreign = run(&pc, &pc.path("C/setup.exe"), &arguments);
    assert!(matches!(foreign, Err(InstallerFault::Foreign)), "{foreign:?}");
    let program = run(&pc, Path::new("/bin/sh"), &arguments);
    assert!(
        matches!(program, Err(InstallerFault::Foreign)),
        "the program itself is no installer: {program:?}"
    );
    let missing = run(&pc, &pc.path("C/none.exe"), &arguments);
    assert!(matches!(missing, Err(InstallerFault::Start(_))), "{missing:?}");
}

#[cfg(unix)]
#[test]
fn a_root_that_was_just_opened_starts_nothing_not_even_this_program() {
    let pc = fixture(&["C/own.exe"]);
    for file in [pc.path("C/own.exe"), std::env::current_exe().unwrap()] {
        let outcome = run(&pc, &file, &[]);
        assert!(matches!(outcome, Err(InstallerFault::Foreign)), "{outcome:?}");
    }
}

#[test]
fn a_task_is_a_file_of_the_root() {
    let pc = fixture(&["C/WINDOWS/"]);
    let xml = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><Task/>";
    assert!(matches!(pc.root.task("SmartsUpdate"), Ok(None)));
    pc.root.register_task("SmartsUpdate", xml).unwrap();
    assert!(pc.path("C/WINDOWS/System32/Tasks/SmartsUpdate").is_file());
    assert_eq!(pc.root.task("smartsupdate").unwrap().as_deref(), Some(xml));
    pc.root.register_task("SmartsUpdate", "<Task>2</Task>").unwrap();
    assert_eq!(pc.root.task("SmartsUpdate").unwrap().as_deref(), Some("<Task>2</Task>"));
    pc.root.remove_task("SmartsUpdate").unwrap();
    pc.root.remove_task("SmartsUpdate").unwrap();
    assert!(matches!(pc.root.task("SmartsUpdate"), Ok(None)));
    assert!(matches!(pc.root.run_task("SmartsUpdate"), Err(TaskFault::NotHere)));
}

#[test]
fn without_a_drive_there_is_no_task_and_none_can_be_registered() {
    let pc = fixture(&[]);
    assert!(matches!(pc.root.task("SmartsUpdate"), Ok(None)));
    pc.root.remove_task("SmartsUpdate").unwrap();
    assert!(matches!(pc.root.register_task("SmartsUpdate", "<Task/>"), Err(TaskFault::File(_))));
    assert!(matches!(pc.root.task(r"..\..\x"), Err(TaskFault::Scheduler { .. })));
}

#[test]
fn a_value_of_the_person_is_written_into_the_registry_file_and_nobody_elses_is() {
    let pc = fixture(&["C/"]);
    let key = r"HKEY_CURRENT_USER\Software\Cleverence Soft\Mobile SMARTS";
    assert_eq!(pc.root.registry_values(key).unwrap(), []);
    pc.root.set_user_value(key, "HideUpdateDB_склад", "1.6.3.7283").unwrap();
    pc.root.set_user_value(&key.to_uppercase(), "HideUpdateForVersion", "").unwrap();
    let mut values = pc.root.registry_values(&key.to_lowercase()).unwrap();
    values.sort();
    let of = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    assert_eq!(values, [of("HideUpdateDB_склад", "1.6.3.7283"), of("HideUpdateForVersion", "")]);
    for key in [r"HKEY_LOCAL_MACHINE\SOFTWARE\x", "HKEY_CURRENT_USER", r"HKEY_CURRENT_USER\"] {
        assert!(matches!(pc.root.set_user_value(key, "x", "y"), Err(SetValueFault::NotOwn)), "{key}");
    }
    assert!(matches!(super::super::Linux.set_user_value(key, "x", "y"), Err(SetValueFault::NotHere)));
    assert_eq!((pc.root.is_full_screen(), super::super::Linux.is_full_screen()), (None, None));
}

#[test]
fn the_pc_is_called_as_its_own_registry_says_and_never_as_the_host() {
    let pc = fixture(&["C/"]);
    assert_eq!(pc.root.computer_name(), None);
    let path = pc.root.registry_path().unwrap();
    for (name, expected) in [("SKLAD-PC", Some("SKLAD-PC")), (" ", None)] {
        registry_file::set_value(&path, COMPUTER_NAME_KEY, "ComputerName", name).unwrap();
        assert_eq!(pc.root.computer_name().as_deref(), expected);
    }
    fs::write(&path, "nonsense").unwrap();
    assert_eq!(pc.root.computer_name(), None);
}
