use super::*;
use crate::check;
use crate::machine;
use crate::os::MachineRoot;
use crate::source::{Fault, Trust};
use smarts_tests::machine_root::{self as pc, BaseSpec};

fn moment() -> Timestamp {
    "2026-11-22T09:00:00Z".parse().unwrap()
}

fn report() -> Report {
    let pc = pc::MachineRoot::new().unwrap().platform("3.3.46.29552").unwrap();
    let pc = pc.base(&BaseSpec::new("main", "Основной склад")).unwrap();
    let machine = machine::read(&MachineRoot::open(pc.path()).unwrap());
    check::unreadable(&machine, "https://mirror.example/", Trust::Https, &Fault::NotFound, moment())
}

fn pc_report(name: &str) -> PcReport {
    PcReport {
        format: FORMAT,
        pc: name.to_owned(),
        updater: "1.2.3".to_owned(),
        at: moment(),
        last_good: Some(report()),
        failure: None,
    }
}

fn bytes(report: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(report).unwrap()
}

/// Names in their order, and what is said of each.
fn lines(dir: &Path) -> Vec<(String, Result<usize, Unread>)> {
    let items = |facts: PcFacts| facts.good.map_or(0, |good| good.items.len());
    let read = read(dir).unwrap().lines.into_iter();
    read.map(|line| (line.name, line.content.map(items))).collect()
}

#[test]
fn what_is_left_is_read_again_with_the_shape_of_earlier_versions_beside_it() {
    let dir = tempfile::tempdir().unwrap();
    pc_report("склад-2").save(&dir.path().join("склад-2.json")).unwrap();
    std::fs::write(dir.path().join("KASSA-1.json"), bytes(&report())).unwrap();
    let mut unfinished = crate::os::new_file_in(dir.path(), crate::fs::UNFINISHED).unwrap();
    std::io::Write::write_all(&mut unfinished, b"{").unwrap();
    std::fs::create_dir(dir.path().join("old")).unwrap();
    let reports = read(dir.path()).unwrap();
    let names: Vec<&str> = reports.lines.iter().map(|line| line.name.as_str()).collect();
    assert_eq!((names, reports.left_out), (vec!["KASSA-1", "склад-2"], 0));
    let [old, new] = reports.lines.as_slice() else { panic!() };
    let (old, new) = (old.content.clone().unwrap(), new.content.clone().unwrap());
    assert_eq!((old.updater, new.updater.as_deref()), (None, Some("1.2.3")));
    assert_eq!((old.at, new.at), (moment(), moment()));
    assert_eq!(old.good, new.good);
}

#[test]
fn a_file_that_is_no_report_is_a_line_that_says_so_and_hides_no_other() {
    let dir = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| std::fs::write(dir.path().join(name), bytes).unwrap();
    let whole = bytes(&pc_report("good"));
    put("a-torn.json", &whole[..whole.len() / 2]);
    put("b-empty.json", b"");
    put("c-newer.json", b"{\"format\": 2, \"pcs\": []}");
    put("d-foreign.json", b"{\"name\": 1}");
    put("e-list.json", b"[]");
    put("f-text.txt", "Не удалять!".as_bytes());
    put("g-zero.json", b"{\"format\": 0}");
    let enormous = std::fs::File::create(dir.path().join("h-enormous.json")).unwrap();
    enormous.set_len(LARGEST_BYTES + 1).unwrap();
    put("z-good.json", &whole);
    let expected = [
        ("a-torn", Err(Unread::Torn)),
        ("b-empty", Err(Unread::Torn)),
        ("c-newer", Err(Unread::Newer { format: 2 })),
        ("d-foreign", Err(Unread::Foreign)),
        ("e-list", Err(Unread::Foreign)),
        ("f-text", Err(Unread::Foreign)),
        ("g-zero", Err(Unread::Foreign)),
        ("good", Ok(2)),
        ("h-enormous", Err(Unread::TooLarge { limit_bytes: LARGEST_BYTES })),
    ];
    assert_eq!(lines(dir.path()), expected.map(|(name, content)| (name.to_owned(), content)));
}

#[cfg(unix)]
#[test]
fn what_is_no_plain_file_is_never_waited_for() {
    let dir = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("/dev/zero", dir.path().join("zero.json")).unwrap();
    std::os::unix::fs::symlink("/nowhere", dir.path().join("gone.json")).unwrap();
    let said = lines(dir.path());
    assert!(matches!(said[0].1, Err(Unread::Unreadable { .. })), "{said:?}");
    assert_eq!(said[1].1, Err(Unread::Foreign));
}

#[test]
fn a_name_out_of_a_report_cannot_speak_to_the_terminal() {
    let dir = tempfile::tempdir().unwrap();
    let name = format!("\u{1b}[2J{}", "x".repeat(500));
    pc_report(&name).save(&dir.path().join("one.json")).unwrap();
    let name = &lines(dir.path())[0].0;
    assert!(name.starts_with("\u{fffd}[2J") && name.chars().count() == LONGEST_NAME, "{name}");
}

#[test]
fn a_folder_that_is_not_there_is_an_error_and_an_empty_one_is_not() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(lines(dir.path()), []);
    let gone = read(&dir.path().join("gone")).unwrap_err();
    assert!(matches!(gone, Error::Folder { .. }), "{gone}");
}

#[test]
fn a_report_that_could_not_be_read_again_is_not_left() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("one.json");
    pc_report("one").save(&path).unwrap();
    let mut large = pc_report("one");
    large.updater = "x".repeat(usize::try_from(LARGEST_BYTES).unwrap());
    assert!(matches!(large.save(&path), Err(Error::Write { .. })));
    assert_eq!(lines(dir.path()), [("one".to_owned(), Ok(2))]);
}

#[test]
fn a_thousand_pcs_are_read() {
    let dir = tempfile::tempdir().unwrap();
    let whole = bytes(&pc_report("KASSA"));
    for number in 0..1000 {
        std::fs::write(dir.path().join(format!("KASSA-{number:04}.json")), &whole).unwrap();
    }
    assert_eq!(read(dir.path()).unwrap().lines.len(), 1000);
}

#[test]
fn a_hostile_report_is_short_and_turns_no_words_about() {
    let dir = tempfile::tempdir().unwrap();
    let long = format!("\u{202e}\u{2066}\u{200f}\n{}", "я".repeat(3_000_000));
    let mut hostile = pc_report("one");
    let error = catalogue::Error {
        path: long.clone(),
        fault: catalogue::Fault::Value { element: long.clone(), text: long.clone() },
    };
    hostile.failure = Some(Failure { at: moment(), since: moment(), error });
    if let Some(report) = &mut hostile.last_good {
        report.source.root = format!("https://{}", "x".repeat(10_000));
        report.items[0].name = "\u{202e}exe.1".to_owned();
    }
    // Larger than is ever left.
    std::fs::write(dir.path().join("large.json"), bytes(&hostile)).unwrap();
    let error = catalogue::Error {
        path: String::new(),
        fault: catalogue::Fault::Value { element: long[..9000].to_owned(), text: long[..900_000].to_owned() },
    };
    hostile.failure = Some(Failure { at: moment(), since: moment(), error });
    std::fs::write(dir.path().join("small.json"), bytes(&hostile)).unwrap();
    let reports = read(dir.path()).unwrap();
    let contents: Vec<_> = reports.lines.into_iter().map(|line| line.content).collect();
    let [Err(Unread::TooLarge { .. }), Ok(facts)] = contents.as_slice() else { panic!("{contents:?}") };
    let catalogue::Fault::Value { element, text } = &facts.failure.as_ref().unwrap().error.fault else {
        panic!()
    };
    for text in [element, text] {
        assert!(text.starts_with("\u{fffd}\u{fffd}\u{fffd}\u{fffd}я"), "{text}");
        assert_eq!(text.chars().count(), LONGEST_TEXT);
    }
    let good = facts.good.as_ref().unwrap();
    assert_eq!(good.source.root.chars().count(), LONGEST_TEXT);
    assert_eq!(good.items[0].name, "\u{fffd}exe.1");
}

#[test]
fn a_few_large_files_neither_fill_the_memory_nor_push_out_the_reports() {
    let dir = tempfile::tempdir().unwrap();
    for number in 0..6 {
        let large = std::fs::File::create(dir.path().join(format!("a-{number}.json"))).unwrap();
        large.set_len(LARGEST_BYTES).unwrap();
    }
    pc_report("z").save(&dir.path().join("z.json")).unwrap();
    let reports = read(dir.path()).unwrap();
    assert_eq!((reports.lines.len(), reports.left_out), (5, 2));
    assert!(reports.lines.iter().any(|line| line.name == "z" && line.content.is_ok()));
}
