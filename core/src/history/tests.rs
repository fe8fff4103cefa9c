//! Entries out of a journal and records of the log, as a PC has them.

use std::path::PathBuf;

use super::*;
use crate::fixtures;
use crate::journal::What;
use crate::os::{
    Identity, Installer, InstallerExit, InstallerFault, Linux, LocateFault, RegistryFault, Signature,
};
use crate::server::Server;
use crate::version::Version;
use crate::works::Works;

const PLATFORM: &str = "{bf7c4f82-88e1-4d25-bf36-4b7d841330ea}";
const NEW_PLATFORM: &str = "{11111111-2222-3333-4444-555555555555}";
const FOREIGN: &str = "{99999999-2222-3333-4444-555555555555}";

/// A record of Windows Installer without a product's code.
pub(super) fn msi(time: &str, id: u32, strings: &[&str]) -> Record {
    Record {
        time: time.parse().unwrap(),
        provider: INSTALLER.to_owned(),
        id,
        level: EventLevel::Information,
        task: 0,
        number: None,
        computer: "KASSA-1".to_owned(),
        sid: Some("S-1-5-21-1-2-3-500".to_owned()),
        strings: strings.iter().map(|text| (*text).to_owned()).collect(),
        named: Vec::new(),
        binary: Vec::new(),
    }
}

/// A record of Windows Installer about the product with this code.
pub(super) fn coded(time: &str, id: u32, strings: &[&str], code: &str) -> Record {
    Record { binary: format!("{code}000012ab").into_bytes(), ..msi(time, id, strings) }
}

/// A record of the Restart Manager.
pub(super) fn restart(time: &str, id: u32, named: &[(&str, &str)]) -> Record {
    let named = named.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    Record { provider: RESTART_MANAGER.to_owned(), named, ..msi(time, id, &[]) }
}

/// A record of our own.
fn own(time: &str, id: u32, text: &str) -> Record {
    Record { provider: OWN.to_owned(), ..msi(time, id, &[text]) }
}

/// An entry about nothing in particular, of ours.
pub(super) fn entry(time: &str) -> Entry {
    let journal = journal::Entry { time: time.parse().unwrap(), name: String::new(), ..fixtures::entry() };
    Entry { subject: None, name: None, product: None, user: None, ..Entry::of_journal(journal) }
}

/// A PC with this log, oldest first; `None`: it cannot be opened.
struct Pc {
    records: Option<Vec<Record>>,
}

impl Os for Pc {
    fn registry_value(&self, key: &str, name: &str) -> Result<Option<String>, RegistryFault> {
        Linux.registry_value(key, name)
    }
    fn locate(&self, windows_path: &str) -> Result<PathBuf, LocateFault> {
        Linux.locate(windows_path)
    }
    fn machine_root(&self) -> Option<&Path> {
        None
    }
    fn only_administrators_may_write(&self, _path: &Path) -> Option<bool> {
        None
    }
    fn signature(&self, _path: &Path) -> Signature {
        Signature::NotCheckable
    }
    fn identity(&self) -> Identity {
        Linux.identity()
    }
    fn run_installer(&self, _installer: &Installer<'_>) -> Result<InstallerExit, InstallerFault> {
        Err(InstallerFault::Foreign)
    }
    fn application_log(
        &self,
        query: &LogQuery<'_>,
        each: &mut dyn FnMut(Record) -> ControlFlow<()>,
    ) -> Result<u64, EventLogFault> {
        let closed = || EventLogFault::Unavailable(std::io::ErrorKind::PermissionDenied.into());
        let records = self.records.as_ref().ok_or_else(closed)?;
        let is_in = |record: &&Record| {
            query.since.is_none_or(|since| record.time >= since)
                && query.until.is_none_or(|until| record.time < until)
        };
        let _ = records.iter().rev().filter(is_in).cloned().try_for_each(each);
        Ok(3)
    }
    fn account_name(&self, sid: &str) -> Option<String> {
        (sid == "S-1-5-21-1-2-3-500").then(|| r"SHOP\Администратор".to_owned())
    }
}

fn read_with(pc: &Pc, journal: &[journal::Entry], filter: &Filter) -> (Vec<Entry>, Summary) {
    let (ours, cancel) = (Ours::of(&[fixtures::base("a", "p", "1.0.0.0")]), CancellationToken::new());
    let request = Request { os: pc, log: Log::OfThisPc, journal, ours: &ours, filter, cancel: &cancel };
    let mut entries = Vec::new();
    let summary = read(&request, &mut |entry| {
        entries.push(entry);
        ControlFlow::Continue(())
    });
    (entries, summary.unwrap())
}

/// What a person sees of these records, the newest first.
fn entries(records: Vec<Record>, journal: &[journal::Entry]) -> Vec<Entry> {
    read_with(&Pc { records: Some(records) }, journal, &Filter::default()).0
}

fn one(records: Vec<Record>, journal: &[journal::Entry]) -> Entry {
    let mut entries = entries(records, journal);
    assert_eq!(entries.len(), 1, "{entries:#?}");
    entries.remove(0)
}

fn versions(entry: &Entry) -> (Option<&str>, Option<&str>) {
    (entry.from.as_deref(), entry.to.as_deref())
}

/// The summary of an installation or a removal of the platform.
fn platform(time: &str, id: u32, version: &str, code: &str) -> Record {
    coded(time, id, &["Mobile SMARTS", version, "1049", "0", "Cleverence Soft"], code)
}

/// An update of the platform as Windows Installer writes it.
fn upgrade() -> Vec<Record> {
    let package = r"C:\Temp\MobileSMARTS.msi";
    let holder = [("RmSessionId", "0"), ("FullPath", r"C:\1cv8.exe"), ("DisplayName", "1С:Предприятие")];
    vec![
        msi("2026-11-22T10:00:00Z", 1040, &[package, "4711"]),
        restart("2026-11-22T10:00:01Z", 10000, &[("RmSessionId", "0")]),
        restart("2026-11-22T10:00:02Z", 10002, &holder),
        coded("2026-11-22T10:00:10Z", 11724, &["Product: Mobile SMARTS -- Removal completed."], PLATFORM),
        platform("2026-11-22T10:00:11Z", 1034, "3.3.46.29552", PLATFORM),
        coded(
            "2026-11-22T10:00:30Z",
            11707,
            &["Продукт: Mobile SMARTS -- Установка завершена."],
            NEW_PLATFORM,
        ),
        platform("2026-11-22T10:00:31Z", 1033, "3.4.46.40367", NEW_PLATFORM),
        msi("2026-11-22T10:00:32Z", 1042, &[package, "4711"]),
        restart("2026-11-22T10:00:33Z", 10001, &[("RmSessionId", "0")]),
    ]
}

fn told(time: &str, what: What, subject: &str, file: &str) -> journal::Entry {
    journal::Entry {
        time: time.parse().unwrap(),
        user: r"SHOP\ivanov".to_owned(),
        computer: "kassa-1".to_owned(),
        what,
        subject: subject.to_owned(),
        name: "Основной склад".to_owned(),
        product: Some("Склад 15".to_owned()),
        from: Some(Version::new(3, 3, 46, 29552)),
        to: Some(Version::new(3, 4, 46, 40367)),
        file: file.to_owned(),
        ..fixtures::entry()
    }
}

#[test]
fn an_update_within_one_transaction_is_one_entry_with_both_versions() {
    let entry = one(upgrade(), &[]);
    assert_eq!(versions(&entry), (Some("3.3.46.29552"), Some("3.4.46.40367")));
    assert_eq!(
        (entry.outcome, entry.level, entry.source),
        (Outcome::Updated, EventLevel::Information, Source::Installer)
    );
    assert_eq!((entry.event_id, entry.status), (Some(1033), Some(0)));
    assert_eq!(entry.events, [1040, 10002, 11724, 1034, 11707, 1033, 1042]);
    assert_eq!(entry.holders, ["1С:Предприятие"]);
    assert_eq!(entry.time, "2026-11-22T10:00:31Z".parse().unwrap());
    assert_eq!(entry.begun, "2026-11-22T10:00:00Z".parse().ok());
    assert_eq!((entry.product.as_deref(), entry.computer.as_str()), (Some("Mobile SMARTS"), "KASSA-1"));
    assert_eq!(entry.package.as_deref(), Some(r"C:\Temp\MobileSMARTS.msi"));
    let account = entry.account.unwrap();
    assert_eq!(account.name.as_deref(), Some(r"SHOP\Администратор"));
    assert_eq!((account.sid.as_str(), entry.user), ("S-1-5-21-1-2-3-500", None));
}

#[test]
fn an_installation_over_nothing_that_the_log_shows_has_no_version_before() {
    let records = upgrade().into_iter().filter(|record| !matches!(record.id, 1034 | 11724)).collect();
    let entry = one(records, &[]);
    assert_eq!((versions(&entry), entry.outcome), ((None, Some("3.4.46.40367")), Outcome::Installed));
}

#[test]
fn a_removal_by_another_process_is_an_entry_of_its_own() {
    let separate = |client| {
        let removal = "{bf7c4f82-88e1-4d25-bf36-4b7d841330ea}";
        vec![
            msi("2026-11-22T09:58:00Z", 1040, &[removal, client]),
            platform("2026-11-22T09:58:11Z", 1034, "3.3.46.29552", PLATFORM),
            msi("2026-11-22T09:58:12Z", 1042, &[removal, client]),
            msi("2026-11-22T10:00:00Z", 1040, &["a.msi", "4711"]),
            platform("2026-11-22T10:00:31Z", 1033, "3.4.46.40367", NEW_PLATFORM),
            msi("2026-11-22T10:00:32Z", 1042, &["a.msi", "4711"]),
        ]
    };
    let apart = entries(separate("815"), &[]);
    let shown: Vec<_> = apart.iter().map(|entry| (versions(entry), entry.outcome)).collect();
    let expected = [
        ((None, Some("3.4.46.40367")), Outcome::Installed),
        ((Some("3.3.46.29552"), None), Outcome::Removed),
    ];
    assert_eq!(shown, expected);
    let together = one(separate("4711"), &[]);
    assert_eq!(versions(&together), (Some("3.3.46.29552"), Some("3.4.46.40367")));
    assert_eq!(together.events, [1040, 1034, 1042, 1033]);
}

#[test]
fn another_product_that_goes_in_the_same_transaction_is_not_the_version_before() {
    let mut records = upgrade();
    records[4] = coded("2026-11-22T10:00:11Z", 1034, &["Other", "9.9.9.9", "0", "0", "Other Inc."], FOREIGN);
    records.remove(3);
    let entry = one(records, &[]);
    assert_eq!(entry.from, None);
    // Of one company, two at once: which took whose place is told by the name alone.
    let mut records = upgrade();
    let driver = ["Драйвер 1С", "2.0.0.0", "1049", "0", "Cleverence Soft"];
    records.insert(3, coded("2026-11-22T10:00:05Z", 1034, &driver, FOREIGN));
    let shown: Vec<_> = entries(records, &[]).iter().map(|entry| entry.from.clone().unwrap()).collect();
    assert_eq!(shown, ["3.3.46.29552", "2.0.0.0"]);
}

#[test]
fn a_product_that_was_renamed_is_still_the_one_before_it() {
    let mut records = upgrade();
    records[4].strings[0] = "Cleverence Mobile SMARTS Server 3.3".to_owned();
    let entry = one(records, &[]);
    assert_eq!(versions(&entry), (Some("3.3.46.29552"), Some("3.4.46.40367")));
}

#[test]
fn foreign_software_does_not_mix_in_unless_asked_for() {
    let mut records = upgrade();
    let office = ["Office 16", "16.0.1", "1049", "0", "Microsoft Corporation"];
    records.push(msi("2026-11-22T10:01:00Z", 1040, &[r"C:\office.msi", "99"]));
    records.push(coded("2026-11-22T10:01:05Z", 1033, &office, FOREIGN));
    records.push(msi("2026-11-22T10:01:06Z", 1042, &[r"C:\office.msi", "99"]));
    assert_eq!(one(records.clone(), &[]).holders, ["1С:Предприятие"]);
    let filter = Filter { with_foreign: true, ..Filter::default() };
    let (all, summary) = read_with(&Pc { records: Some(records) }, &[], &filter);
    let shown: Vec<_> = all.iter().map(|entry| (entry.product.as_deref().unwrap(), entry.is_ours)).collect();
    assert_eq!(shown, [("Office 16", false), ("Mobile SMARTS", true)]);
    assert_eq!((all[0].holders.len(), all[0].to.as_deref()), (0, Some("16.0.1")));
    assert_eq!((summary.damage.records, summary.is_cut_short), (3, false));
}

#[test]
fn how_it_ended_is_told_by_status_and_by_message() {
    let ended = |status: &str, message: u32| {
        let mut records = upgrade();
        records.truncate(3);
        let text = "Product: Mobile SMARTS -- Error 1603. A file is held by 1cv8.exe.";
        records.push(Record {
            level: EventLevel::Error,
            ..coded("2026-11-22T10:00:20Z", 11306, &[text], NEW_PLATFORM)
        });
        let text = "Product: Mobile SMARTS -- Installation operation ended.";
        records.push(coded("2026-11-22T10:00:30Z", message, &[text], NEW_PLATFORM));
        let strings = ["Mobile SMARTS", "3.4.46.40367", "1049", status, "Cleverence Soft"];
        records.push(coded("2026-11-22T10:00:31Z", 1033, &strings, NEW_PLATFORM));
        one(records, &[])
    };
    let failed = ended("1603", 11708);
    assert_eq!(
        (failed.outcome, failed.level, failed.status),
        (Outcome::Failed, EventLevel::Error, Some(1603))
    );
    assert_eq!(failed.events, [1040, 10002, 11306, 11708, 1033]);
    assert!(
        failed.detail.starts_with("Product: Mobile SMARTS -- Error 1603.")
            && failed.detail.lines().count() == 2
    );
    assert_eq!(ended("1602", 11708).outcome, Outcome::Cancelled);
    let pending = ended("3010", 11707);
    assert_eq!((pending.outcome, pending.reboot), (Outcome::Installed, true));
    assert_eq!((ended("0", 11707).outcome, ended("0", 11707).reboot), (Outcome::Installed, false));
}

#[test]
fn a_message_without_a_summary_is_an_entry_too() {
    let text = "Продукт: Mobile SMARTS -- Сбой при установке.";
    let entry = one(vec![coded("2026-11-22T10:00:30Z", 11708, &[text], NEW_PLATFORM)], &[]);
    assert_eq!((entry.outcome, entry.product.as_deref()), (Outcome::Failed, Some("Mobile SMARTS")));
    assert_eq!((versions(&entry), entry.event_id, entry.detail.as_str()), ((None, None), Some(11708), text));
}

#[test]
fn repairs_and_patches_are_told_apart_and_a_needed_restart_is_kept() {
    let strings = ["Mobile SMARTS", "3.4.46.40367", "1049", "0", "Cleverence Soft"];
    let patch = ["Mobile SMARTS", "3.4.46.40367", "1049", "KB1", "0", "Cleverence Soft"];
    let records = vec![
        coded("2026-11-22T10:00:00Z", 1035, &strings, PLATFORM),
        coded(
            "2026-11-22T10:00:01Z",
            11728,
            &["Product: Mobile SMARTS -- Configuration completed."],
            PLATFORM,
        ),
        coded("2026-11-22T11:00:00Z", 1036, &patch, PLATFORM),
        msi("2026-11-22T11:00:01Z", 1038, &["Mobile SMARTS", "3.4.46.40367", "1049", "2", "0"]),
        coded("2026-11-22T11:00:02Z", 1035, &strings, PLATFORM),
    ];
    let shown: Vec<_> =
        entries(records, &[]).into_iter().map(|entry| (entry.outcome, entry.reboot)).collect();
    assert_eq!(shown, [(Outcome::Patched, true), (Outcome::Configured, false)]);
}

#[test]
fn a_second_installation_within_minutes_is_an_entry_of_its_own() {
    let records = vec![
        platform("2026-11-22T10:00:00Z", 1033, "3.4.46.40366", PLATFORM),
        platform("2026-11-22T10:01:00Z", 1033, "3.4.46.40367", PLATFORM),
    ];
    let shown: Vec<_> = entries(records, &[]).into_iter().map(|entry| entry.to.unwrap()).collect();
    assert_eq!(shown, ["3.4.46.40367", "3.4.46.40366"]);
}

#[test]
fn transactions_without_a_product_and_other_records_are_no_entries() {
    let records = vec![
        msi("2026-11-22T10:00:00Z", 1040, &["a.msi", "1"]),
        msi("2026-11-22T10:00:01Z", 1042, &["a.msi", "1"]),
        msi("2026-11-22T10:00:02Z", 1033, &["", "1.0", "0", "0", "Cleverence"]),
        msi("2026-11-22T10:00:03Z", 1001, &["{x}", "feature", "component"]),
        restart("2026-11-22T10:00:04Z", 10005, &[("Application", "1С")]),
    ];
    let filter = Filter { with_foreign: true, ..Filter::default() };
    assert_eq!(read_with(&Pc { records: Some(records) }, &[], &filter).0, []);
}

#[test]
fn what_this_program_records_twice_is_shown_once() {
    let journal = [
        told("2026-11-22T10:00:00Z", What::Failed, "main", "Склад.mstmpl"),
        told("2026-11-22T10:00:20Z", What::Updated, "main", "Склад.mstmpl"),
    ];
    let records = vec![
        own("2026-11-22T10:00:00.5Z", 110, "Не удалось: Основной склад (Склад 15)"),
        own("2026-11-22T10:00:20.5Z", 100, "Обновлено: Основной склад (Склад 15)"),
    ];
    let entries = entries(records, &journal);
    let shown: Vec<_> =
        entries.iter().map(|entry| (entry.outcome, entry.event_id, entry.events.len())).collect();
    let expected =
        [(Outcome::Journal(What::Updated), Some(100), 1), (Outcome::Journal(What::Failed), Some(110), 1)];
    assert_eq!(shown, expected);
    assert_eq!(entries[0].user.as_deref(), Some(r"SHOP\ivanov"));
    assert_eq!(entries[0].account.as_ref().unwrap().name.as_deref(), Some(r"SHOP\Администратор"));
    assert_eq!(entries[0].journal.as_ref().unwrap().file, "Склад.mstmpl");
}

#[test]
fn an_entry_is_as_bad_as_the_worst_of_its_records() {
    let updated = told("2026-11-22T10:00:20Z", What::Updated, "main", "Склад.mstmpl");
    let is_at = |version| Works { version: Some(version), server: Server::NotAnswering { port: 9000 } };
    let works = updated.to.map(is_at);
    let bad = journal::Entry { works, ..updated.clone() };
    assert_eq!(one(vec![], &[bad]).level, EventLevel::Warning, "the log may be lost");
    let text = "Обновлено: Основной склад (Склад 15)";
    let record = Record { level: EventLevel::Warning, ..own("2026-11-22T10:00:20.5Z", 100, text) };
    assert_eq!(one(vec![record], std::slice::from_ref(&updated)).level, EventLevel::Warning);
    assert_eq!(one(vec![], &[updated]).level, EventLevel::Information);
}

#[test]
fn a_package_that_this_program_started_is_one_entry_with_the_journals() {
    let journal = [told("2026-11-22T10:01:00Z", What::Updated, "platform", "MobileSMARTS.msi")];
    let mut records = upgrade();
    records.push(own("2026-11-22T10:01:01Z", 100, "Updated: Основной склад"));
    let entry = one(records.clone(), &journal);
    assert_eq!((entry.source, entry.event_id), (Source::Own, Some(100)));
    assert_eq!(entry.events, [1040, 10002, 11724, 1034, 11707, 1033, 1042, 100]);
    assert_eq!((entry.user.as_deref(), entry.holders.len()), (Some(r"SHOP\ivanov"), 1));
    assert_eq!((entry.manufacturer.as_deref(), entry.status), (Some("Cleverence Soft"), Some(0)));
    // Of another version, of another PC, of a template, or an hour later it is something else.
    let other = |change: &dyn Fn(&mut journal::Entry)| {
        let mut entry = journal[0].clone();
        change(&mut entry);
        entries(records.clone(), &[entry]).len()
    };
    assert_eq!(other(&|entry| entry.to = Some(Version::new(3, 4, 46, 1))), 2);
    assert_eq!(other(&|entry| entry.computer = "KASSA-2".to_owned()), 3);
    assert_eq!(other(&|entry| entry.file = "a.mstmpl".to_owned()), 2);
    assert_eq!(other(&|entry| entry.time = "2026-11-22T11:01:00Z".parse().unwrap()), 3);
}

#[test]
fn an_own_record_whose_journal_is_lost_tells_what_it_can() {
    let text = "Обновлено: Основной склад (Склад 15)\nВерсии: 1.6.2.6493 → 1.6.3.7283\nКто: ivanov";
    let entry = one(vec![own("2026-11-22T10:00:00Z", 100, text)], &[]);
    assert_eq!(versions(&entry), (Some("1.6.2.6493"), Some("1.6.3.7283")));
    assert_eq!(entry.name.as_deref(), Some("Основной склад (Склад 15)"));
    assert_eq!((entry.outcome, entry.event_id), (Outcome::Journal(What::Updated), Some(100)));
    assert_eq!(one(vec![own("2026-11-22T10:00:00Z", 977, "")], &[]).outcome, Outcome::Noted);
}

#[test]
fn everything_of_the_journal_comes_out_once_and_newest_first() {
    let at = |time: &str| told(time, What::Updated, "main", "a.mstmpl");
    let times = [
        "2026-01-01T00:00:00Z",
        "2026-11-22T09:59:30Z",
        "2026-11-22T10:00:20Z",
        "2026-11-22T10:08:00Z",
        "2026-11-22T10:30:00Z",
        "2026-12-01T00:00:00Z",
    ];
    let journal: Vec<_> = times.into_iter().map(at).collect();
    let mut records = vec![platform("2026-11-01T10:00:00Z", 1033, "3.3.46.29552", PLATFORM)];
    records.extend(upgrade());
    let entries = entries(records, &journal);
    assert_eq!(entries.len(), times.len() + 2);
    assert!(entries.is_sorted_by(|one, next| one.time >= next.time));
    for time in times {
        assert_eq!(entries.iter().filter(|entry| entry.time == time.parse().unwrap()).count(), 1, "{time}");
    }
}

#[test]
fn a_log_that_cannot_be_opened_leaves_the_journal_and_says_so() {
    let journal = [told("2026-11-22T10:00:00Z", What::Updated, "main", "a.mstmpl")];
    let (entries, summary) = read_with(&Pc { records: None }, &journal, &Filter::default());
    assert_eq!(entries.len(), 1);
    assert!(matches!(summary.log_fault, Some(EventLogFault::Unavailable(_))));
}

#[test]
fn a_period_shows_an_entry_whole_though_its_transaction_began_before() {
    let filter = Filter { since: "2026-11-22T10:00:31Z".parse().ok(), ..Filter::default() };
    let (entries, _) = read_with(&Pc { records: Some(upgrade()) }, &[], &filter);
    assert_eq!(entries[0].from.as_deref(), Some("3.3.46.29552"));
    let filter = Filter { until: "2026-11-22T10:00:31Z".parse().ok(), ..Filter::default() };
    assert_eq!(read_with(&Pc { records: Some(upgrade()) }, &[], &filter).0, []);
}

#[test]
fn whoever_has_seen_enough_or_gives_up_gets_no_more() {
    let journal: Vec<_> = (0..10)
        .map(|n| told(&format!("2026-11-0{n}T10:00:00Z").replace("-00T", "-30T"), What::Updated, "a", "b"))
        .collect();
    let pc = Pc { records: Some(upgrade()) };
    let (ours, filter, cancel) = (Ours::default(), Filter::default(), CancellationToken::new());
    let request = Request {
        os: &pc,
        log: Log::OfThisPc,
        journal: &journal,
        ours: &ours,
        filter: &filter,
        cancel: &cancel,
    };
    let mut count = 0;
    let summary = read(&request, &mut |_| {
        count += 1;
        if count == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!((count, summary.unwrap().is_cut_short), (2, true));
    cancel.cancel();
    let summary = read(&request, &mut |_| panic!("it was given up")).unwrap();
    assert!(summary.is_cut_short);
}
