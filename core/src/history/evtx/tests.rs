//! Whole, damaged and hostile files.

use std::fs;

use jiff::ToSpan as _;
use smarts_tests::evtx::{self as made, Event};
use tempfile::TempDir;

use super::*;
use crate::history::event::{INSTALLER, OWN, PROVIDERS, RESTART_MANAGER};
use crate::os::EventLevel;

const CODE: &str = "{6f330b47-2577-43ad-9095-1861ba25889b}";
const EVERYTHING: LogQuery<'_> = LogQuery { providers: &PROVIDERS, since: None, until: None };

fn time(minutes: i64) -> Timestamp {
    let start: Timestamp = "2026-11-22T09:00:00.1234567Z".parse().unwrap();
    start + minutes.minutes()
}

fn file(bytes: &[u8]) -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("Приложение.evtx");
    fs::write(&path, bytes).unwrap();
    (dir, path)
}

fn read_all(bytes: &[u8], query: &LogQuery<'_>) -> (Vec<Record>, Damage) {
    let (_dir, path) = file(bytes);
    let mut records = Vec::new();
    let damage = read(&path, query, &CancellationToken::new(), &mut |record| {
        records.push(record);
        ControlFlow::Continue(())
    });
    (records, damage.unwrap())
}

fn installations(count: i64) -> Vec<Event> {
    let one = |n| {
        let version = format!("1.0.0.{n}");
        Event::installer(time(n), 1033, &["Склад 15", &version, "1049", "0", "Клеверенс"], Some(CODE))
    };
    (1..=count).map(one).collect()
}

/// Which of [`installations`] were read.
fn numbers(records: &[Record]) -> Vec<u64> {
    records.iter().filter_map(|record| record.number).collect()
}

#[test]
fn records_are_read_as_they_were_written() {
    let held = [("RmSessionId", "0"), ("FullPath", r"C:\1cv8\1cv8.exe"), ("DisplayName", "1С:Предприятие")];
    let events = [
        Event::installer(
            time(1),
            1033,
            &["Mobile SMARTS", "3.4.46.40367", "", "0", "Cleverence"],
            Some(CODE),
        ),
        Event { level: 3, ..Event::restart_manager(time(2), 10010, "RmUnsupportedRestartEvent", &held) },
        Event { sid: None, strings: vec!["a\nb <&>".into()], ..Event::new(time(3), OWN, 100) },
        Event { sid: None, level: 2, ..Event::new(time(4), INSTALLER, 11708) },
    ];
    let (records, damage) = read_all(&made::bytes(events), &EVERYTHING);
    assert_eq!(damage, Damage::default());
    let [failed, own, held, installed] = &records[..] else { panic!("{records:#?}") };
    assert_eq!((installed.time, installed.id, installed.number), (time(1), 1033, Some(1)));
    assert_eq!(installed.provider, INSTALLER);
    let strings = ["Mobile SMARTS", "3.4.46.40367", "", "0", "Cleverence", "(NULL)", ""];
    assert_eq!(installed.strings, strings);
    assert!(installed.binary.starts_with(CODE.as_bytes()));
    assert_eq!(installed.sid.as_deref(), Some("S-1-5-21-1004336348-1177238915-682003330-500"));
    assert_eq!((installed.computer.as_str(), installed.level), ("KASSA-1", EventLevel::Information));
    assert_eq!((held.provider.as_str(), held.level), (RESTART_MANAGER, EventLevel::Warning));
    assert_eq!(held.all_named("displayname").collect::<Vec<_>>(), ["1С:Предприятие"]);
    assert_eq!((own.provider.as_str(), own.string(0), own.sid.as_deref()), (OWN, Some("a\nb <&>"), None));
    assert_eq!((failed.level, failed.string(0)), (EventLevel::Error, None));
}

#[test]
fn a_log_that_windows_has_written_is_read_rightly() {
    let providers = ["Microsoft-Windows-Security-Auditing"];
    let (records, damage) =
        read_all(&made::real().unwrap(), &LogQuery { providers: &providers, ..EVERYTHING });
    assert_eq!(damage, Damage::default());
    // As libevtx reads them.
    let told: Vec<(u32, Option<u64>)> = records.iter().map(|record| (record.id, record.number)).collect();
    let expected = [
        (4673, 319_457_858),
        (5157, 319_457_856),
        (5152, 319_457_855),
        (4625, 319_457_832),
        (4776, 319_457_831),
        (4611, 319_457_830),
        (5152, 319_457_771),
    ];
    assert_eq!(told, expected.map(|(id, number)| (id, Some(number))));
    let oldest = records.last().unwrap();
    assert_eq!(oldest.time, "2016-06-29T15:24:34.346Z".parse().unwrap());
    assert_eq!((oldest.computer.as_str(), oldest.task, oldest.sid.as_deref()), ("temporal", 12809, None));
    assert_eq!(oldest.all_named("SourcePort").collect::<Vec<_>>(), ["59639"]);
    assert_eq!(records[5].all_named("SubjectUserName").collect::<Vec<_>>(), ["TEMPORAL$"]);
}

#[test]
fn letters_that_xml_does_not_know_cost_nothing_but_themselves() {
    let text = "a\u{1}b\u{b}c\u{fffe}d\u{1f600}e".to_owned();
    let events = [Event { strings: vec![text], ..Event::new(time(1), OWN, 100) }];
    let (records, damage) = read_all(&made::bytes(events), &EVERYTHING);
    assert_eq!(damage, Damage::default());
    let letters: String = records[0].strings[0].chars().filter(char::is_ascii_alphabetic).collect();
    assert_eq!(letters, "abcde");
    assert!(records[0].strings[0].contains('\u{1f600}'));
}

#[test]
fn many_chunks_are_read_newest_first_wherever_they_lie() {
    let mut bytes = made::bytes(installations(600));
    let chunks = (bytes.len() - 4096) / CHUNK;
    assert!(chunks > 3, "{chunks}");
    let expected: Vec<u64> = (1..=600).rev().collect();
    assert_eq!(numbers(&read_all(&bytes, &EVERYTHING).0), expected);
    // As in a log that has gone round.
    bytes[4096..].rotate_left(2 * CHUNK);
    assert_eq!(numbers(&read_all(&bytes, &EVERYTHING).0), expected);
}

#[test]
fn only_the_sources_and_the_time_that_are_asked_for_come_out() {
    let foreign = (1..100).map(|n| Event::new(time(n), "Application Error", 1000));
    let bytes = made::bytes(installations(50).into_iter().chain(foreign));
    let query = LogQuery { since: Some(time(10)), until: Some(time(20)), ..EVERYTHING };
    assert_eq!(numbers(&read_all(&bytes, &query).0), (10..20).rev().collect::<Vec<u64>>());
    let query = LogQuery { providers: &[OWN], ..EVERYTHING };
    assert_eq!(read_all(&bytes, &query), (Vec::new(), Damage::default()));
}

#[test]
fn reading_ends_when_there_is_enough() {
    let (_dir, path) = file(&made::bytes(installations(600)));
    let mut count = 0;
    let mut take = |_| {
        count += 1;
        if count == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    read(&path, &EVERYTHING, &CancellationToken::new(), &mut take).unwrap();
    assert_eq!(count, 3);
    let cancelled = CancellationToken::new();
    cancelled.cancel();
    read(&path, &EVERYTHING, &cancelled, &mut |_| panic!("given up before it began")).unwrap();
}

#[test]
fn a_damaged_record_costs_itself_and_a_damaged_chunk_its_records() {
    let whole = made::bytes(installations(600));
    let (all, _) = read_all(&whole, &EVERYTHING);
    let mut bytes = whole.clone();
    bytes[4096 + CHUNK..4096 + CHUNK + 8].copy_from_slice(b"nonsense");
    let (records, damage) = read_all(&bytes, &EVERYTHING);
    assert_eq!((damage.chunks, damage.records, damage.first.len()), (1, 0, 1));
    assert!(damage.first[0].starts_with("Chunk 1: ") && records.len() < all.len() && records.len() > 400);

    let mut bytes = whole.clone();
    // The sign at the beginning of the second record.
    let second =
        4096 + 512 + usize::try_from(u32::from_le_bytes(whole[4612..4616].try_into().unwrap())).unwrap();
    assert_eq!(&bytes[second..second + 2], b"**");
    bytes[second] = 0;
    let (records, damage) = read_all(&bytes, &EVERYTHING);
    assert_eq!((damage.chunks, damage.records, records.len()), (0, 1, all.len() - 1));
    assert!(damage.first[0].starts_with("Chunk 0: "), "{:?}", damage.first);
}

#[test]
fn a_file_that_was_cut_off_gives_what_is_there() {
    let bytes = made::bytes(installations(600));
    let (records, damage) = read_all(&bytes[..4096 + CHUNK + CHUNK / 2], &EVERYTHING);
    assert!(records.len() > 100);
    assert_eq!(damage, Damage { chunks: 1, records: 0, first: vec!["Chunk 1: Cut off".to_owned()] });
    let (records, damage) = read_all(&bytes[..4096], &EVERYTHING);
    assert_eq!((records.len(), damage), (0, Damage::default()));
}

#[test]
fn empty_chunks_are_no_damage() {
    let mut bytes = made::bytes(installations(3));
    bytes.resize(bytes.len() + 5 * CHUNK, 0);
    let (records, damage) = read_all(&bytes, &EVERYTHING);
    assert_eq!((records.len(), damage), (3, Damage::default()));
}

#[test]
fn what_is_no_log_is_said_so_with_its_name() {
    for bytes in [&b""[..], b"ElfFil", b"PK\x03\x04 something else altogether"] {
        let (_dir, path) = file(bytes);
        let error = read(&path, &EVERYTHING, &CancellationToken::new(), &mut |_| panic!()).unwrap_err();
        assert!(matches!(&error, Error::NotALog { .. }) && error.to_string().contains("Приложение.evtx"));
    }
    let dir = tempfile::tempdir().unwrap();
    for path in [dir.path(), &dir.path().join("none.evtx")] {
        let error = read(path, &EVERYTHING, &CancellationToken::new(), &mut |_| panic!()).unwrap_err();
        assert!(matches!(error, Error::Read { .. }));
    }
}

#[test]
fn a_log_larger_than_windows_keeps_is_refused_unread() {
    let (_dir, path) = file(b"ElfFile\0");
    File::options().write(true).open(&path).unwrap().set_len(5 << 30).unwrap();
    let error = read(&path, &EVERYTHING, &CancellationToken::new(), &mut |_| panic!()).unwrap_err();
    assert!(matches!(error, Error::TooLarge { .. }));
}

#[test]
fn no_byte_that_was_changed_does_harm() {
    let whole = made::bytes(installations(3));
    let records_end = 4096 + 2_500;
    for at in (0..records_end).step_by(29) {
        for change in [0x01, 0x80, 0xff] {
            let mut bytes = whole.clone();
            bytes[at] ^= change;
            let (_dir, path) = file(&bytes);
            let mut count = 0;
            let _ = read(&path, &EVERYTHING, &CancellationToken::new(), &mut |_| {
                count += 1;
                ControlFlow::Continue(())
            });
            assert!(count <= 100, "{at}");
        }
    }
}
