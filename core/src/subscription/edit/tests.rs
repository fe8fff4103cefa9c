use std::cell::RefCell;
use std::fs::{File, create_dir_all, read_to_string};

use tempfile::TempDir;

use super::*;
use crate::fixtures::OpenToAll;
use crate::os::{Identity, MachineRoot};
use crate::subscription::{Field, LONGEST_NAME, date};

/// A machine root with nothing on it, and a person.
struct Pc {
    os: MachineRoot,
    paths: Paths,
    _dir: TempDir,
}

impl Pc {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        create_dir_all(dir.path().join("root/C")).unwrap();
        let os = MachineRoot::open(&dir.path().join("root")).unwrap();
        let paths = Paths::below(&os, &dir.path().join("person"));
        Self { os, paths, _dir: dir }
    }

    fn edit(&self, edit: &Edit) -> Result<(), EditError> {
        super::edit(&self.os, &self.paths, edit, now(), &|_| ())
    }

    fn records(&self) -> Vec<(String, String)> {
        let records = load(&self.os, &self.paths.subscriptions_path()).unwrap().records;
        records.into_iter().map(|record| (record.device, record.until.to_string())).collect()
    }

    /// The list as a person has left it.
    fn write(&self, text: &str) {
        let path = self.paths.subscriptions_path();
        create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

fn now() -> Timestamp {
    "2026-11-22T09:00:00Z".parse().unwrap()
}

fn record(device: &str, product: &str, until: &str) -> Record {
    Record::of(device, product, until, "", "").unwrap()
}

fn set(record: Record) -> Edit {
    Edit::Set { record, former: None }
}

fn key_to(device: &str, product: Option<&str>) -> RecordKey {
    RecordKey { device: device.into(), product: product.map(Into::into) }
}

#[test]
fn records_are_imported_set_renamed_and_taken_away() {
    let pc = Pc::new();
    let records = vec![record("ТСД 01", "", "01.11.2026"), record("ТСД 02", "", "01.11.2026")];
    pc.edit(&Edit::Import { records, keeps: vec![] }).unwrap();
    pc.edit(&set(record("тсд  01", "Склад 15", "01.12.2026"))).unwrap();
    pc.edit(&set(record("тсд 01", "", "01.11.2027"))).unwrap();
    let former = Some(key_to("ТСД 02", None));
    pc.edit(&Edit::Set { record: record("ТСД 03", "", "01.11.2028"), former }).unwrap();
    let expected = [("тсд 01", "2027-11-01"), ("тсд 01", "2026-12-01"), ("ТСД 03", "2028-11-01")];
    assert_eq!(pc.records(), expected.map(|(device, until)| (device.to_owned(), until.to_owned())));
    pc.edit(&Edit::Remove { key: key_to(" ТСД 01", Some("«склад 15»")) }).unwrap();
    pc.edit(&Edit::Remove { key: key_to("тсд 01", None) }).unwrap();
    assert_eq!(pc.records(), [("ТСД 03".to_owned(), "2028-11-01".to_owned())]);
}

#[test]
fn a_record_never_takes_the_place_of_one_that_the_person_has_not_seen() {
    let pc = Pc::new();
    pc.edit(&set(record("a", "", "01.11.2026"))).unwrap();
    pc.edit(&set(record("b", "", "01.11.2027"))).unwrap();
    let renamed = Edit::Set { record: record("B", "", "01.11.2028"), former: Some(key_to("a", None)) };
    assert!(matches!(pc.edit(&renamed), Err(EditError::Exists { device }) if device == "B"));
    // Somebody else has taken the former one away meanwhile.
    let gone = Edit::Set { record: record("c", "", "01.11.2028"), former: Some(key_to("x", None)) };
    pc.edit(&gone).unwrap();
    let same = Edit::Set { record: record("A", "", "01.11.2028"), former: Some(key_to("a", None)) };
    pc.edit(&same).unwrap();
    let expected = [("A", "2028-11-01"), ("b", "2027-11-01"), ("c", "2028-11-01")];
    assert_eq!(pc.records(), expected.map(|(device, until)| (device.to_owned(), until.to_owned())));
    let unknown = pc.edit(&Edit::Remove { key: key_to("x", None) });
    assert!(matches!(unknown, Err(EditError::NotThere { device }) if device == "x"));
}

#[test]
fn a_new_day_leaves_what_else_has_been_changed_meanwhile() {
    let pc = Pc::new();
    let before = Record::of("ТСД 01", "Склад 15", "01.11.2026", "MS-1", "of somebody else").unwrap();
    pc.edit(&Edit::Import {
        records: vec![before.clone(), record("ТСД 01", "", "01.10.2026")],
        keeps: vec![],
    })
    .unwrap();
    let until = date("01.11.2027").unwrap();
    let keys = vec![key_to("тсд 01", Some("«склад 15»")), key_to(" ТСД  02 ", None)];
    pc.edit(&Edit::Renew { keys, until }).unwrap();
    let records = load(&pc.os, &pc.paths.subscriptions_path()).unwrap().records;
    let expected =
        [record("ТСД 01", "", "01.10.2026"), Record { until, ..before }, record("ТСД 02", "", "01.11.2027")];
    assert_eq!(records, expected);
    let renew = |keys| pc.edit(&Edit::Renew { keys, until });
    assert!(matches!(renew(vec![]), Err(EditError::Nothing)));
    assert!(matches!(renew(vec![key_to("\u{7}", None)]), Err(EditError::Record { .. })));
    assert_eq!(load(&pc.os, &pc.paths.subscriptions_path()).unwrap().records, expected);
}

#[test]
fn of_several_records_about_one_device_the_latest_is_imported() {
    let pc = Pc::new();
    let records = ["01.11.2026", "01.11.2028", "01.11.2027"].map(|until| record("a", "", until));
    pc.edit(&Edit::Import { records: records.to_vec(), keeps: vec![] }).unwrap();
    assert_eq!(pc.records(), [("a".to_owned(), "2028-11-01".to_owned())]);
}

#[test]
fn lines_that_are_no_records_are_kept_beside_the_list_that_takes_their_place() {
    let pc = Pc::new();
    let edited = "device;until\r\nТСД 01;01.11.2026\r\nТСД 02;скоро\r\nТСД 03\r\n";
    pc.write(edited);
    pc.edit(&set(record("ТСД 09", "", "01.11.2027"))).unwrap();
    let former = pc.paths.machine_dir.join("subscriptions.former.csv");
    assert_eq!(read_to_string(&former).unwrap(), edited);
    pc.edit(&Edit::Remove { key: key_to("ТСД 09", None) }).unwrap();
    assert_eq!(read_to_string(&former).unwrap(), edited);
    assert_eq!(pc.records(), [("ТСД 01".to_owned(), "2026-11-01".to_owned())]);
}

#[test]
fn a_list_that_cannot_be_read_is_left_as_it_is() {
    let pc = Pc::new();
    for unread in ["\0\0\0", "nothing;of\r\nours;here\r\n", "\r\n"] {
        pc.write(unread);
        let refused = pc.edit(&set(record("a", "", "01.11.2026")));
        assert!(matches!(refused, Err(EditError::List(_))), "{unread}: {refused:?}");
        assert_eq!(read_to_string(pc.paths.subscriptions_path()).unwrap(), unread);
    }
    assert!(!pc.paths.machine_dir.join("subscriptions.former.csv").exists());
}

#[test]
fn what_could_not_be_read_again_is_not_written() {
    let pc = Pc::new();
    pc.edit(&set(record("a", "", "01.11.2026"))).unwrap();
    let many = (0..200_000).map(|number| record(&format!("ТСД {number}"), "", "01.11.2027")).collect();
    let refused = pc.edit(&Edit::Import { records: many, keeps: vec![] });
    assert!(matches!(refused, Err(EditError::List(Error::TooManyLines { .. }))), "{refused:?}");
    let long = |number| Record::of(&format!("{number}"), "", "01.11.2027", "", &"я".repeat(1000)).unwrap();
    let refused = pc.edit(&Edit::Import { records: (0..9000).map(long).collect(), keeps: vec![] });
    assert!(matches!(refused, Err(EditError::List(Error::TooLarge { .. }))), "{refused:?}");
    assert_eq!(pc.records(), [("a".to_owned(), "2026-11-01".to_owned())]);
    let most = (0..199_997).map(|number| record(&format!("b{number}"), "", "01.11.2027")).collect();
    pc.edit(&Edit::Import { records: most, keeps: vec![] }).unwrap();
    assert_eq!(pc.records().len(), 199_998);
}

#[test]
fn whoever_is_written_off_stands_in_the_journal_by_whom_and_when() {
    let pc = Pc::new();
    let seen = RefCell::new(Vec::new());
    let witness = |entry: &Entry| seen.borrow_mut().push((entry.what, entry.subject.clone()));
    let devices = vec![" ТСД  01".to_owned(), "ТСД 02".to_owned()];
    super::edit(&pc.os, &pc.paths, &Edit::WriteOff { devices }, now(), &witness).unwrap();
    let devices = vec!["ТСД 02".to_owned()];
    super::edit(&pc.os, &pc.paths, &Edit::CountAgain { devices }, now(), &witness).unwrap();
    let entries = journal::read(&pc.paths.journal_path()).unwrap().entries;
    let Identity { user, computer } = pc.os.identity();
    let first = &entries[0];
    assert_eq!((&first.time, &first.user, &first.computer), (&now(), &user, &computer));
    assert_eq!(
        (first.subject.as_str(), first.name.as_str(), first.detail.as_str()),
        ("ТСД 01", "ТСД 01", "")
    );
    let said: Vec<_> = entries.into_iter().map(|entry| (entry.what, entry.subject)).collect();
    let expected =
        [(What::WrittenOff, "ТСД 01"), (What::WrittenOff, "ТСД 02"), (What::CountedAgain, "ТСД 02")];
    assert_eq!(said, expected.map(|(what, device)| (what, device.to_owned())));
    assert_eq!(*seen.borrow(), said);
    assert!(!pc.paths.subscriptions_path().exists());
}

#[test]
fn where_the_journal_cannot_be_written_nobody_is_written_off() {
    let pc = Pc::new();
    create_dir_all(pc.paths.journal_path()).unwrap();
    let refused = pc.edit(&Edit::WriteOff { devices: vec!["a".into()] });
    assert!(matches!(refused, Err(EditError::Journal(_))));
}

#[test]
fn what_another_process_hands_over_is_held_to_the_rules_of_typed_records() {
    let pc = Pc::new();
    let good = record("a", "", "01.11.2026");
    let long = "я".repeat(LONGEST_NAME + 1);
    let year = |year| jiff::civil::date(year, 1, 1);
    for bad in [
        Record { device: "a\nb".into(), ..good.clone() },
        Record { device: "a\u{7}".into(), ..good.clone() },
        Record { device: " ".into(), ..good.clone() },
        Record { licence: long.clone(), ..good.clone() },
        Record { product: Some(long.clone()), ..good.clone() },
        Record { note: "\u{0}".into(), ..good.clone() },
        Record { until: year(1), ..good.clone() },
        Record { until: year(-1), ..good.clone() },
        Record { until: year(2100), ..good.clone() },
    ] {
        let is_line_break = bad.device.contains('\n');
        let refused = pc.edit(&set(bad.clone()));
        if is_line_break {
            // White space of every kind is one space.
            refused.unwrap();
        } else {
            assert!(matches!(refused, Err(EditError::Record { .. })), "{bad:?}: {refused:?}");
            let import = Edit::Import { records: vec![good.clone(), bad], keeps: vec![] };
            assert!(matches!(pc.edit(&import), Err(EditError::Record { .. })));
        }
    }
    for name in ["", "a\u{7}", &long] {
        let refused = pc.edit(&Edit::WriteOff { devices: vec!["good".into(), name.into()] });
        assert!(matches!(refused, Err(EditError::Record { .. })), "{name}: {refused:?}");
    }
    for nothing in [
        Edit::Import { records: vec![], keeps: vec![] },
        Edit::WriteOff { devices: vec![] },
        Edit::CountAgain { devices: vec![] },
    ] {
        assert!(matches!(pc.edit(&nothing), Err(EditError::Nothing)));
    }
    assert_eq!(pc.records(), [("a b".to_owned(), "2026-11-01".to_owned())]);
    assert!(!pc.paths.journal_path().exists());
    let missing = Fault::Missing { field: Field::Device };
    assert_eq!(Record { device: String::new(), ..good.clone() }.checked(), Err(missing));
    assert_eq!(good.checked(), Ok(good));
}

#[test]
fn while_the_update_lock_is_held_nothing_is_changed() {
    let pc = Pc::new();
    pc.edit(&set(record("a", "", "01.11.2026"))).unwrap();
    let held = File::open(pc.paths.update_lock_path()).unwrap();
    held.lock().unwrap();
    assert!(matches!(pc.edit(&set(record("b", "", "01.11.2026"))), Err(EditError::Busy)));
    assert!(matches!(pc.edit(&Edit::WriteOff { devices: vec!["a".into()] }), Err(EditError::Busy)));
    held.unlock().unwrap();
    assert_eq!(pc.records().len(), 1);
    assert!(!pc.paths.journal_path().exists());
}

#[test]
fn where_the_lock_cannot_be_made_nothing_is_changed() {
    let pc = Pc::new();
    create_dir_all(pc.paths.update_lock_path()).unwrap();
    assert!(matches!(pc.edit(&set(record("b", "", "01.11.2026"))), Err(EditError::Lock { .. })));
}

#[test]
fn an_edit_in_a_file_is_the_one_with_its_hash_or_none() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("edit.json");
    let until = date("29.02.2028").unwrap();
    let edits = [
        Edit::Import { records: vec![record("a", "Склад 15", "01.11.2026")], keeps: vec!["b".into()] },
        Edit::Set {
            record: Record { until, ..record("a", "", "01.11.2026") },
            former: Some(key_to("b", None)),
        },
        Edit::Remove { key: key_to("b", Some("Склад 15")) },
        Edit::WriteOff { devices: vec!["a".into()] },
        Edit::CountAgain { devices: vec!["a".into()] },
    ];
    for edit in edits {
        let sha256 = edit.write(&path).unwrap();
        assert_eq!(Edit::read(&path, sha256).unwrap(), edit);
        assert!(matches!(Edit::read(&path, Digest::of(b"")), Err(EditError::OtherEdit { .. })));
    }
    for text in ["", "{}", "{\"edit\":\"drop\"}", "{\"edit\":\"write_off\",\"devices\":[],\"more\":1}"] {
        std::fs::write(&path, text).unwrap();
        let read = Edit::read(&path, Digest::of(text.as_bytes()));
        assert!(matches!(read, Err(EditError::NotAnEdit { .. })), "{text}: {read:?}");
    }
    let gone = Edit::read(&dir.path().join("gone"), Digest::of(b""));
    assert!(matches!(gone, Err(EditError::File { .. })));
    let huge = dir.path().join("huge");
    File::create(&huge).unwrap().set_len(LARGEST_FILE + 1).unwrap();
    assert!(matches!(Edit::read(&huge, Digest::of(b"")), Err(EditError::File { .. })));
    let unwritten = Edit::WriteOff { devices: vec![] }.write(&dir.path().join("huge/edit.json"));
    assert!(matches!(unwritten, Err(EditError::File { .. })));
}

#[cfg(unix)]
#[test]
fn the_old_list_stays_where_its_folder_refuses_the_new_one() {
    use std::os::unix::fs::PermissionsExt;
    let pc = Pc::new();
    pc.edit(&set(record("a", "", "01.11.2026"))).unwrap();
    let allow = |mode| {
        std::fs::set_permissions(&pc.paths.machine_dir, PermissionsExt::from_mode(mode)).unwrap();
    };
    allow(0o555);
    let is_root = File::create(pc.paths.machine_dir.join("probe")).is_ok();
    let refused = pc.edit(&set(record("b", "", "01.11.2026")));
    allow(0o755);
    // Root may write wherever it likes.
    if !is_root {
        assert!(matches!(refused, Err(EditError::List(Error::Write { .. }))), "{refused:?}");
        assert_eq!(pc.records(), [("a".to_owned(), "2026-11-01".to_owned())]);
    }
}

#[test]
fn two_at_once_lose_nothing() {
    let pc = Pc::new();
    let busy = std::thread::scope(|scope| {
        let person = |name: &'static str| {
            let pc = &pc;
            let edits = move || {
                let one = |number: &i32| pc.edit(&set(record(&format!("{name} {number}"), "", "01.11.2027")));
                (0..40).filter(|number| matches!(one(number), Err(EditError::Busy))).count()
            };
            std::thread::Builder::new().name(name.to_owned()).spawn_scoped(scope, edits).unwrap()
        };
        let (first, second) = (person("first"), person("second"));
        first.join().unwrap() + second.join().unwrap()
    });
    assert_eq!(pc.records().len(), 80 - busy);
}

#[test]
fn a_list_that_others_may_write_is_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let paths = Paths::below(&OpenToAll, dir.path());
    create_dir_all(&paths.machine_dir).unwrap();
    std::fs::write(paths.subscriptions_path(), "device;until\r\na;01.11.2026\r\n").unwrap();
    let refused = edit(&OpenToAll, &paths, &set(record("b", "", "01.11.2026")), now(), &|_| ());
    assert!(matches!(refused, Err(EditError::List(Error::OthersMayWrite { .. }))));
    assert!(!read_to_string(paths.subscriptions_path()).unwrap().contains('b'));
}

#[test]
fn an_import_keeps_what_a_device_has_where_its_line_was_not_read_and_an_older_edit_says_nothing_of_that() {
    let pc = Pc::new();
    let all = vec![record("a", "Магазин 15", "01.11.2026"), record("a", "Склад 15", "01.12.2026")];
    pc.edit(&Edit::Import { records: all, keeps: vec![] }).unwrap();
    let read = vec![record("A", "Магазин 15", "01.11.2027")];
    pc.edit(&Edit::Import { records: read.clone(), keeps: vec!["a".into()] }).unwrap();
    let expected = [("A", "2027-11-01"), ("a", "2026-12-01")];
    assert_eq!(pc.records(), expected.map(|(device, until)| (device.to_owned(), until.to_owned())));
    let text = r#"{"edit":"import","records":[{"device":"A","product":"Магазин 15","until":"2027-11-01","licence":"","note":""}]}"#;
    let older: Edit = serde_json::from_str(text).unwrap();
    assert_eq!(older, Edit::Import { records: read, keeps: vec![] });
    pc.edit(&older).unwrap();
    assert_eq!(pc.records().len(), 1);
}

#[test]
fn an_import_takes_the_place_of_what_is_no_list_and_keeps_it_aside_and_nothing_else_does() {
    let broken: [(&str, &[u8]); 4] = [
        ("not text", b"PK\x03\x04\0\0"),
        ("columns", b"name;day\na;b\n"),
        ("encoding", b"\x93\x91\x84;\xa4\xae\n\x93\x91\x84;\xa4\xae\n"),
        ("empty", b"\n"),
    ];
    let new = record("a", "", "01.11.2027");
    let import = Edit::Import { records: vec![new.clone()], keeps: vec![] };
    for (what, bytes) in broken {
        let pc = Pc::new();
        let path = pc.paths.subscriptions_path();
        create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        for edit in [set(new.clone()), Edit::Remove { key: key_to("a", None) }] {
            assert!(matches!(pc.edit(&edit), Err(EditError::List(_))), "{what}");
            assert_eq!(std::fs::read(&path).unwrap(), bytes, "{what}");
        }
        pc.edit(&import).unwrap();
        assert_eq!(pc.records(), [("a".to_owned(), "2027-11-01".to_owned())], "{what}");
        let former = path.with_file_name("subscriptions.former.csv");
        assert_eq!(std::fs::read(former).unwrap(), bytes, "{what}");
    }
    let pc = Pc::new();
    pc.write("name;day\na;b\n");
    let refused = super::edit(&OpenToAll, &pc.paths, &import, now(), &|_| ());
    assert!(matches!(refused, Err(EditError::List(Error::OthersMayWrite { .. }))), "{refused:?}");
    assert_eq!(read_to_string(pc.paths.subscriptions_path()).unwrap(), "name;day\na;b\n");
}

#[test]
fn what_would_be_refused_is_told_beforehand_and_changes_nothing() {
    let pc = Pc::new();
    let would = |edit: &Edit| obstacle(&pc.os, &pc.paths, edit);
    let gone = Edit::Remove { key: key_to("a", None) };
    assert!(matches!(would(&gone), Some(EditError::NotThere { .. })));
    assert!(matches!(would(&Edit::WriteOff { devices: vec![] }), Some(EditError::Nothing)));
    for name in ["a", "b"] {
        assert!(would(&set(record(name, "", "01.11.2026"))).is_none());
        pc.edit(&set(record(name, "", "01.11.2026"))).unwrap();
    }
    let moved = Edit::Set { record: record("b", "", "01.12.2026"), former: Some(key_to("a", None)) };
    assert!(matches!(would(&moved), Some(EditError::Exists { .. })));
    assert!(would(&gone).is_none());
    assert_eq!(pc.records().len(), 2);
    let others = obstacle(&OpenToAll, &pc.paths, &gone);
    assert!(matches!(others, Some(EditError::List(Error::OthersMayWrite { .. }))), "{others:?}");

    let lock = update_lock::take(&pc.os, &pc.paths).unwrap();
    assert!(matches!(would(&gone), Some(EditError::Busy)));
    drop(lock);
    pc.write("PK\u{3}\u{4}\0\0");
    assert!(matches!(would(&gone), Some(EditError::List(Error::NotText))));
    let import = Edit::Import { records: vec![record("c", "", "01.11.2026")], keeps: vec![] };
    assert!(would(&import).is_none(), "there would be no way out of it");
}
