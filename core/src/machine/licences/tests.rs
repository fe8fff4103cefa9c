use jiff::civil::date;
use smarts_tests::machine_root::{self as pc, BaseSpec};

use super::*;
use crate::machine::{self, FileFault, Machine, Term, read_base};
use crate::os::MachineRoot;
use crate::subscription::{Standings, Subscriptions};

const BASE: &str = r"C:\ProgramData\Cleverence\Databases\a";
const SECRET: &str = "cHJvdGVjdGVk";

/// As a real one is wrapped, with made-up names.
fn file(company: &str, end: &str) -> Vec<u8> {
    format!(
        "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n\
         <Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignedInfo/><SignatureValue>x</SignatureValue>\
         <Object Id=\"License\"><license company=\"{company}\" maxClients=\"5\" endDate=\"{end}\" xmlns=\"\">\
         <application id=\"9B3E\" name=\"Склад 15\"/><licenseData>{SECRET}</licenseData></license></Object></Signature>"
    )
    .into_bytes()
}

fn with_files(files: &[(&str, Vec<u8>)]) -> pc::MachineRoot {
    let files = files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.clone())).collect();
    let specs = [BaseSpec { files, ..BaseSpec::new("a", "А") }, BaseSpec::new("b", "Б")];
    pc::MachineRoot::new().unwrap().platform("3.3.46.29552").unwrap().bases(&specs).unwrap()
}

fn read(root: &pc::MachineRoot) -> Machine {
    let os = MachineRoot::open(root.path()).unwrap();
    let mut machine = machine::read(&os);
    assert_eq!(
        (&machine.licences, &machine.problems),
        (&Vec::new(), &Vec::new()),
        "they are no part of a machine"
    );
    let Licences { licences, problems } = read_licences(&os, &machine.bases);
    machine.licences = licences;
    machine.problems = problems;
    machine
}

fn numbered(count: usize, bytes: &[u8]) -> pc::MachineRoot {
    let names: Vec<String> = (0..count).map(|number| format!("Licenses/lic{number:03}.xml")).collect();
    let files: Vec<(&str, Vec<u8>)> = names.iter().map(|name| (name.as_str(), bytes.to_vec())).collect();
    with_files(&files)
}

fn incomplete(detail: &str) -> Problem {
    let fault = Fault::Licences { detail: detail.to_owned() };
    Problem { path: format!(r"{BASE}\Licenses"), fault }
}

/// Base and company of each licence.
fn told(machine: &Machine) -> Vec<(Option<&str>, &str)> {
    let licences = machine.licences.iter();
    licences.map(|one| (one.base_id.as_deref(), one.company.as_deref().unwrap_or_default())).collect()
}

#[test]
fn licences_of_bases_and_of_the_pc_are_read_and_their_protected_part_is_nowhere() {
    let root = with_files(&[
        ("LICENSES/LIC2.XML", file("Вторая", "")),
        ("LICENSES/License-1.xml", file("Первая", "01.12.2026")),
        ("LICENSES/readme.xml", b"<".to_vec()),
    ]);
    root.write(r"C:\ProgramData\Cleverence\licenses\lic.xml", &file("Общая", "2027-01-31")).unwrap();
    let machine = read(&root);
    assert_eq!(machine.problems, []);
    assert_eq!(told(&machine), [(Some("a"), "Вторая"), (Some("a"), "Первая"), (None, "Общая")]);
    let temporary = &machine.licences[1];
    assert_eq!(temporary.path, format!(r"{BASE}\Licenses\License-1.xml"));
    assert_eq!((temporary.max_clients, temporary.term), (Some(5), Term::Until(date(2026, 12, 1))));
    let json = serde_json::to_string(&machine).unwrap();
    assert!(!json.contains(SECRET) && !format!("{machine:?}").contains(SECRET));
    assert_eq!(serde_json::from_str::<Machine>(&json).unwrap(), machine);
    let base = read_base(&MachineRoot::open(root.path()).unwrap(), "a");
    assert_eq!(base.as_ref(), machine.base("a"));
}

#[test]
fn a_broken_file_is_a_problem_that_names_it_and_hides_no_other() {
    let broken = format!("<license><licenseData>{SECRET}</x></license>");
    let root = with_files(&[
        ("Licenses/lic1.xml", file("Первая", "01.12.2026")),
        ("Licenses/lic2.xml", broken.into_bytes()),
        ("Licenses/lic3.xml", b"<AppDescription/>".to_vec()),
        ("Licenses/lic4.xml", b"<!DOCTYPE license><license/>".to_vec()),
        ("Licenses/lic5.xml", vec![b' '; LIMIT_BYTES as usize + 1]),
        ("Licenses/lic6.xml", file("Шестая", "31.02.2026")),
    ]);
    let machine = read(&root);
    assert_eq!(told(&machine), [(Some("a"), "Первая"), (Some("a"), "Шестая")]);
    assert_eq!(machine.licences[1].term, Term::Unread);
    let places: Vec<&str> = machine.problems.iter().map(|problem| problem.path.as_str()).collect();
    assert_eq!(places, [2, 3, 4, 5, 6].map(|number| format!(r"{BASE}\Licenses\lic{number}.xml")));
    let faults: Vec<&Fault> = machine.problems.iter().map(|problem| &problem.fault).collect();
    assert!(matches!(
        faults.as_slice(),
        [
            Fault::File(FileFault::NotXml { .. }),
            Fault::File(FileFault::WrongRoot { .. }),
            Fault::File(FileFault::NotXml { .. }),
            Fault::File(FileFault::TooLarge { .. }),
            Fault::LicenceEnd { .. },
        ]
    ));
    assert!(!format!("{machine:?}").contains(SECRET));
    assert_eq!(machine.bases[0].kind, machine::Kind::Local, "a licence damages no base");
}

#[test]
fn more_files_than_any_folder_has_are_cut_off_and_said() {
    let machine = read(&numbered(MOST_FILES + 1, b"<license/>"));
    assert_eq!(machine.licences.len(), MOST_FILES);
    assert_eq!(machine.problems, [incomplete("More than 200 licence files")]);
}

#[test]
fn more_names_than_any_folder_has_are_not_looked_at() {
    let root = with_files(&[("Licenses/readme.txt", Vec::new())]);
    let dir = root.locate(&format!(r"{BASE}\Licenses"));
    for number in 0..MOST_NAMES {
        fs::write(dir.join(format!("{number}.txt")), "").unwrap();
    }
    assert_eq!(read(&root).problems, [incomplete("More than 10000 names")]);
}

#[test]
fn no_more_bytes_of_a_folder_are_read_than_any_has_and_those_for_all_bases_are_read_all_the_same() {
    let mut large = b"<license/>".to_vec();
    large.resize(LIMIT_BYTES as usize, b' ');
    let fit = (LIMIT_BYTES_OF_FOLDER / LIMIT_BYTES) as usize;
    let root = numbered(fit + 1, &large);
    root.write(r"C:\ProgramData\Cleverence\Licenses\lic.xml", &file("Общая", "")).unwrap();
    let machine = read(&root);
    assert_eq!(machine.licences.len(), fit + 1);
    assert_eq!(machine.licences.last().map(|licence| licence.base_id.clone()), Some(None));
    assert_eq!(machine.problems, [incomplete("The files hold more than is read of them")]);
}

#[test]
fn of_all_bases_no_more_is_read_than_all_may_have() {
    let files: Vec<(String, Vec<u8>)> =
        (0..MOST_FILES).map(|number| (format!("Licenses/lic{number}.xml"), b"<license/>".to_vec())).collect();
    let ids: Vec<String> = (0..MOST_OF_ALL / MOST_FILES + 2).map(|number| format!("b{number}")).collect();
    let specs: Vec<BaseSpec> =
        ids.iter().map(|id| BaseSpec { files: files.clone(), ..BaseSpec::new(id, id) }).collect();
    let root = pc::MachineRoot::new().unwrap().platform("3.3.46.29552").unwrap().bases(&specs).unwrap();
    let machine = read(&root);
    assert_eq!(machine.licences.len(), MOST_OF_ALL);
    assert_eq!(machine.problems.len(), 1, "{:?}", machine.problems);
    assert!(matches!(machine.problems[0].fault, Fault::Licences { .. }));
}

#[test]
fn many_problems_of_one_folder_are_one() {
    let machine = read(&numbered(MOST_FILES, b"<license"));
    let fault = Fault::LicenceFiles { count: MOST_FILES, file: "lic000.xml".to_owned() };
    assert_eq!(machine.problems, [Problem { path: format!(r"{BASE}\Licenses"), fault }]);
}

#[test]
fn a_file_in_place_of_the_folder_is_said() {
    let machine = read(&with_files(&[("licenses", Vec::new())]));
    let detail = "Licenses is not a folder".to_owned();
    let problem = Problem { path: format!(r"{BASE}\Licenses"), fault: Fault::Licences { detail } };
    assert_eq!((machine.licences, machine.problems), (Vec::new(), vec![problem]));
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let root = with_files(&[("Licenses/lic1.xml", file("Первая", ""))]);
    let licences = root.locate(&format!(r"{BASE}\Licenses"));
    std::os::unix::fs::symlink(licences.join("lic1.xml"), licences.join("lic2.xml")).unwrap();
    let of_b = root.locate(r"C:\ProgramData\Cleverence\Databases\b").join("Licenses");
    std::os::unix::fs::symlink(&licences, of_b).unwrap();
    let machine = read(&root);
    assert_eq!(told(&machine), [(Some("a"), "Первая")]);
    assert_eq!(machine.problems.len(), 1, "{:?}", machine.problems);
    assert!(matches!(machine.problems[0].fault, Fault::Licences { .. }));
}

#[test]
fn a_licence_that_has_ended_changes_no_judgement() {
    let now: jiff::Zoned = "2026-11-23T12:00[UTC]".parse().unwrap();
    let known = Subscriptions::nothing("PC");
    let judged = |machine: &Machine| {
        let facts = known.facts(machine, &now);
        let judge = |standings: Standings| standings.judge(&[Some(date(2026, 11, 1))], &facts);
        [Standings::of_base(&facts, &machine.bases[0]), Standings::of_platform(&facts, machine)].map(judge)
    };
    let with = read(&with_files(&[("Licenses/lic1.xml", file("Первая", "01.01.2020"))]));
    assert_eq!(with.licences.len(), 1);
    let without = Machine { licences: Vec::new(), ..with.clone() };
    assert_eq!(judged(&with), judged(&without));
}
