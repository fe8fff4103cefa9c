//! The file.

use std::path::Path;

use super::*;
use crate::os::Linux;
use crate::paths::Paths;

fn paths(dir: &Path) -> Paths {
    Paths::below(&Linux, dir)
}

fn said() -> Memory {
    let mut person = Person::with(&[release("P", "1.6")]);
    person.hears("2026-11-23 12:00");
    person.memory
}

#[test]
fn what_is_saved_is_there_next_time_and_without_a_file_nothing_was_said() {
    let dir = tempfile::tempdir().unwrap();
    let mut kept = Kept::open(&paths(dir.path()));
    assert_eq!(kept.memory, Memory::default());
    kept.save(said()).unwrap();
    drop(kept);
    assert_eq!(Kept::open(&paths(dir.path())).memory, said());
}

#[test]
fn a_damaged_a_newer_and_an_enormous_file_count_as_empty_and_are_replaced() {
    let dir = tempfile::tempdir().unwrap();
    let path = paths(dir.path()).notice_path();
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let whole = serde_json::to_string(&said()).unwrap();
    let newer = whole.replace("\"format\":1", "\"format\":2");
    assert_ne!(newer, whole);
    for text in [&whole[..whole.len() / 2], "", "null", "[]", &newer, &" ".repeat(2 * 1024 * 1024)] {
        std::fs::write(&path, text).unwrap();
        let mut kept = Kept::open(&paths(dir.path()));
        assert_eq!(kept.memory, Memory::default());
        kept.save(said()).unwrap();
        drop(kept);
        assert_eq!(Kept::open(&paths(dir.path())).memory, said());
    }
}

#[test]
fn a_memory_that_cannot_be_written_is_an_error_for_whoever_wants_to_speak() {
    let dir = tempfile::tempdir().unwrap();
    let path = paths(dir.path()).notice_path();
    std::fs::create_dir_all(&path).unwrap();
    let mut kept = Kept::open(&paths(dir.path()));
    assert_eq!(kept.memory, Memory::default());
    kept.save(said()).unwrap_err();
    assert_eq!(kept.memory, Memory::default());
}

#[test]
fn two_at_once_say_it_once() {
    let dir = tempfile::tempdir().unwrap();
    let run = || {
        let mut person = Person::with(&[release("P", "1.6")]);
        let mut kept = Kept::open(&paths(dir.path()));
        person.memory = kept.memory.clone();
        let said = person.decide(&at("2026-11-23 12:00")).message.is_some();
        kept.save(person.memory).unwrap();
        said
    };
    let said = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(run)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).filter(|said| *said).count()
    });
    assert_eq!(said, 1);
}

#[test]
fn so_much_is_remembered_and_what_is_open_longest() {
    let mut person = Person::with(&[release("P", "1.6")]);
    person.hears("2026-11-23 12:00");
    for number in 0..600 {
        let mut gone = Person::with(&[release("P", &format!("2.{number}")), release("P", "1.6")]);
        gone.memory = person.memory;
        let now = at("2026-11-23 12:00").checked_add(SignedDuration::from_hours(48) * number).unwrap();
        gone.decide(&now);
        person.memory = gone.memory;
    }
    assert!(person.memory.releases.len() <= 500);
    assert!(person.memory.told(&release("P", "1.6")).is_some());
    assert!(person.memory.told(&release("P", "2.599")).is_some());
    assert!(person.memory.told(&release("P", "2.0")).is_none());
}
