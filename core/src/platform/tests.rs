use smarts_tests::machine_root::{self as pc, BaseSpec};

use super::*;
use crate::os::MachineRoot;

struct Pc {
    root: pc::MachineRoot,
    os: MachineRoot,
    paths: Paths,
}

fn pc() -> Pc {
    let root = pc::MachineRoot::new().unwrap().platform("3.3.46.29552").unwrap();
    let root = root.base(&BaseSpec::new("main", "Основной склад")).unwrap();
    root.write(&format!(r"{COMMON}\common.config"), b"<configuration/>").unwrap();
    root.write(&format!(r"{COMMON}\Шаблоны печати\a.xml"), b"<a/>").unwrap();
    root.write(&format!(r"{COMMON}\templates\large.mstmpl"), b"large").unwrap();
    let os = MachineRoot::open(root.path()).unwrap();
    let paths = Paths::below(&os, &root.path().join("person"));
    Pc { root, os, paths }
}

impl Pc {
    fn keep(&self, at: &str) -> Result<PathBuf, Error> {
        let by = Identity { user: "Администратор".into(), computer: "KASSA-1".into() };
        keep_state(&self.os, &self.paths, &format!("{at}[UTC]").parse().unwrap(), &by)
    }

    fn copies(&self) -> Vec<String> {
        let mut names = names(&self.paths.platform_dir());
        names.sort();
        names
    }
}

#[test]
fn the_common_files_and_the_list_of_bases_are_copied_and_templates_are_not() {
    let pc = pc();
    let dir = pc.keep("2026-11-22T09:40:05Z").unwrap();
    assert_eq!(dir.file_name().unwrap(), "2026.11.22 09.40.05");
    let state: State = serde_json::from_slice(&fs::read(dir.join(STATE)).unwrap()).unwrap();
    let paths: Vec<&str> = state.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, ["apps.xml", "common.config", "Шаблоны печати/a.xml"]);
    assert_eq!(state.platform.unwrap().to_string(), "3.3.46.29552");
    assert_eq!((state.bases[0].id.as_str(), state.bases[0].name.as_str()), ("main", "Основной склад"));
    let common = pc.root.locate(COMMON);
    for file in &state.files {
        let copied = fs::read(file.path.below(&dir.join("Common"))).unwrap();
        assert_eq!(copied, fs::read(file.path.below(&common)).unwrap());
        assert_eq!(file.sha256, Digest::of(&copied));
    }
}

#[test]
fn three_copies_are_kept_and_nothing_of_runs_that_were_cut_off() {
    let pc = pc();
    for minute in 1..=4 {
        let unfinished = pc.paths.platform_dir().join(format!("{UNFINISHED}x"));
        fs::create_dir_all(unfinished.join("Common")).unwrap();
        pc.keep(&format!("2026-11-22T09:0{minute}:00Z")).unwrap();
    }
    pc.keep("2026-11-22T09:04:00Z").unwrap();
    assert_eq!(pc.copies(), ["2026.11.22 09.03.00", "2026.11.22 09.04.00", "2026.11.22 09.04.00 (2)"]);
}

#[test]
fn the_copy_just_made_stays_though_the_clock_has_gone_back_by_years() {
    let pc = pc();
    for minute in 1..=3 {
        pc.keep(&format!("2026-11-22T09:0{minute}:00Z")).unwrap();
    }
    let made = pc.keep("2000-01-01T00:00:00Z").unwrap();
    assert!(made.join(STATE).is_file());
    assert_eq!(pc.copies(), ["2000.01.01 00.00.00", "2026.11.22 09.02.00", "2026.11.22 09.03.00"]);
}

#[test]
fn a_pc_without_common_files_has_a_copy_that_says_so() {
    let pc = pc();
    fs::remove_dir_all(pc.root.locate(COMMON)).unwrap();
    let dir = pc.keep("2026-11-22T09:40:05Z").unwrap();
    let state: State = serde_json::from_slice(&fs::read(dir.join(STATE)).unwrap()).unwrap();
    assert!(state.files.is_empty() && state.bases.is_empty());
}

#[test]
fn a_copy_that_cannot_be_made_is_said() {
    let pc = pc();
    fs::create_dir_all(&pc.paths.machine_dir).unwrap();
    fs::write(pc.paths.platform_dir(), "in the way").unwrap();
    assert!(matches!(pc.keep("2026-11-22T09:40:05Z"), Err(Error::File { .. })));
}
