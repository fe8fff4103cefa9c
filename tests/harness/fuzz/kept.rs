//! What programs of ours read again: mostly their own words, but anybody may have had the file in between.

use smarts_core::catalogue::Feed;
use smarts_core::check::last::Last;
use smarts_core::check::{Report, rest};
use smarts_core::digest::Digest;
use smarts_core::journal::{self as record, Entry, What};
use smarts_core::offer::State;
use smarts_core::os::TaskLanguage;
use smarts_core::plan::kept::Kept;
use smarts_core::reports;
use smarts_core::schedule::{Definition, Facts, Phase, Rhythm};
use smarts_core::settings::{self as configuration, CheckHours, Settings, Value};
use smarts_core::verify::Proof;
use smarts_core::version::Version;
use smarts_core::xml;

use super::{assert_safe_path, file};

/// The journal: whatever stands in it, the next entry is read again, and none before it is lost.
pub fn journal(bytes: &[u8]) {
    let (_dir, path) = file("journal.jsonl", bytes);
    let before = record::read(&path).unwrap();
    for entry in &before.entries {
        let line = serde_json::to_vec(entry).unwrap();
        assert!(!line.contains(&b'\n'));
        assert_eq!(&serde_json::from_slice::<Entry>(&line).unwrap(), entry);
    }
    let next = entry();
    record::append(&path, &next).unwrap();
    let mut after = record::read(&path).unwrap();
    assert_eq!(after.entries.pop(), Some(next));
    assert_eq!(after, before);

    let unfinished = record::unfinished(&before.entries);
    assert!(unfinished.iter().all(|entry| entry.what == What::Begun));
    let shown = record::without_ended(before.entries.clone());
    assert!(unfinished.iter().all(|begun| shown.iter().any(|entry| entry.subject == begun.subject)));
    assert!(shown.len() <= before.entries.len());
}

/// `settings.toml`: a value that is set is read again, and all else stays.
pub fn settings(bytes: &[u8]) {
    let (_dir, path) = file("settings.toml", bytes);
    let Ok(before) = Settings::load(&path) else { return };
    let _ = format!("{before:?}");
    assert!((1..=168).contains(&before.check_hours.hours()));
    let unknown: Vec<String> = before.unknown_keys().map(str::to_owned).collect();
    let values = [("source", Value::Text(r"\\server\Зеркало".to_owned())), ("check_hours", Value::Number(8))];
    configuration::set(&path, &values).unwrap();
    let after = Settings::load(&path).unwrap();
    assert_eq!(after.unknown_keys().collect::<Vec<_>>(), unknown);
    // A number that is none is not equal to itself.
    if before == before.clone() {
        let mut expected = before;
        expected.source = Some(r"\\server\Зеркало".to_owned());
        expected.check_hours = CheckHours::try_from(8).unwrap();
        assert_eq!(after, expected);
    }
}

/// A plan on its way: none but the one with the right hash, and what is understood is kept as it is.
pub fn plan(bytes: &[u8]) {
    let (_dir, path) = file("plan.json", bytes);
    assert!(Kept::read(&path, Digest::of(b"another")).is_err());
    let Ok(kept) = Kept::read(&path, Digest::of(bytes)) else { return };
    let digest = kept.write(&path).unwrap();
    assert_eq!(Kept::read(&path, digest).unwrap(), kept);
    for package in kept.packages() {
        assert_feed(&package.release.feed);
        let _ = package.found();
    }
}

/// The last report: what is understood is kept as it is.
pub fn report(bytes: &[u8]) {
    let (_dir, path) = file("report.json", bytes);
    let Ok(report) = Report::load(&path) else { return };
    let report = report.unwrap();
    report.is_complete();
    for item in &report.items {
        if let State::Available { offer } | State::Blocked { offer, .. } = &item.state {
            offer.steps.iter().for_each(|step| assert_feed(&step.feed));
        }
    }
    report.save(&path).unwrap();
    assert_eq!(Report::load(&path).unwrap(), Some(report));
}

/// How the last check ended, and until when sources want to be left alone: what is understood is kept as it is, and
/// nobody is silent for longer than a day.
pub fn last_check(bytes: &[u8]) {
    let (_dir, path) = file("last-check.json", bytes);
    if let Some(last) = Last::load(&path) {
        last.save(&path).unwrap();
        assert_eq!(Last::load(&path), Some(last.clone()));
        let next = Last::after(Some(&last), last.asked.clone(), last.at, None);
        assert!(next.number != last.number && next.failed().is_none());
    }
    let (_dir, path) = file("rest.json", bytes);
    let now = "2026-11-22T09:00:00Z".parse().unwrap();
    let until = rest::until(&path, "https://a.example/", now);
    assert!(until.is_none_or(|until| until > now && until.duration_since(now).as_hours() <= 24));
    rest::remember(&path, "https://a.example/", None, now).unwrap();
    assert_eq!(rest::until(&path, "https://a.example/", now), None);
}

/// A file in the company's folder: one line, whatever stands in it, and no name that speaks to the terminal.
pub fn pc_report(bytes: &[u8]) {
    let (dir, _path) = file("KASSA-1.json", bytes);
    let read = reports::read(dir.path()).unwrap();
    assert_eq!(read.lines.len(), 1);
    let line = read.lines.first().unwrap();
    let is_plain = |text: &str| text.chars().count() <= 120 && !text.chars().any(char::is_control);
    assert!(is_plain(&line.name) && !line.name.trim().is_empty());
    let Ok(facts) = &line.content else { return };
    assert!(facts.updater.as_deref().is_none_or(is_plain));
    for item in facts.good.iter().flat_map(|good| &good.items) {
        assert!(is_plain(&item.name) && item.product.as_deref().is_none_or(is_plain));
        assert!(item.offer().is_none_or(|offer| offer.notes.is_empty()));
    }
}

/// The definition of a scheduled task; and the path of a program, whatever it is, is written so that it is read
/// again.
pub fn task(bytes: &[u8]) {
    let Ok(text) = xml::decode(bytes, "SmartsUpdate") else { return };
    if let Some(facts) = Facts::read(&text) {
        facts.is_ours();
        assert!(facts.interval_minutes.is_none_or(|minutes| minutes >= 1));
        assert!(
            facts.hours().is_none_or(|hours| facts.interval_minutes == Some(u32::from(hours.hours()) * 60))
        );
    }
    let program = text.trim();
    let is_path = |c: char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    if !program.is_empty() && program.chars().all(is_path) {
        let (rhythm, phase) = (Rhythm::default(), Phase::of_text("KASSA-1"));
        let today = "2026-11-22".parse().unwrap();
        let maintenance = "mon-thu 21:00-23:00".parse().ok();
        let maintenance = maintenance.as_ref();
        let definition = Definition { program, rhythm: &rhythm, phase, maintenance, today, enabled: false };
        for language in [TaskLanguage::Xml, TaskLanguage::Units] {
            let facts = Facts::read(&definition.text(language)).unwrap();
            assert_eq!(facts.program.as_deref(), Some(program));
            assert!(facts.is_ours() && !facts.enabled);
        }
    }
}

/// Downloads are kept and tidied in folders of this name.
fn assert_feed(feed: &Feed) {
    if *feed != Feed::none() {
        assert_safe_path(feed.as_str());
    }
}

fn entry() -> Entry {
    Entry {
        time: "2026-11-22T09:40:00Z".parse().unwrap(),
        user: "Администратор".to_owned(),
        computer: "KASSA-1".to_owned(),
        what: What::Updated,
        subject: "a".to_owned(),
        name: "Основной склад".to_owned(),
        product: None,
        from: None,
        to: Some(Version::new(1, 6, 3, 7283)),
        file: "a.mstmpl".to_owned(),
        sha256: Some(Digest::of(b"a")),
        proof: Some(Proof::Hash),
        detail: String::new(),
        backup_dir: None,
        works: None,
    }
}
