//! An exported event log, and what is made of its records.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use smarts_core::history::event::{INSTALLER, OWN, PROVIDERS, RESTART_MANAGER, Record};
use smarts_core::history::filter::Filter;
use smarts_core::history::ours::Ours;
use smarts_core::history::{self as together, Entry, Log, Request, evtx as exported};
use smarts_core::journal::{self, What};
use smarts_core::os::{
    EventLevel, EventLogFault, Identity, Installer, InstallerExit, InstallerFault, Linux, LocateFault,
    LogQuery, Os, RegistryFault, Signature,
};
use tokio_util::sync::CancellationToken;

use super::file;

/// A PC with this log, oldest first.
struct Logged(Vec<Record>);

impl Os for Logged {
    fn registry_value(&self, key: &str, name: &str) -> Result<Option<String>, RegistryFault> {
        Linux.registry_value(key, name)
    }
    fn locate(&self, windows_path: &str) -> Result<PathBuf, LocateFault> {
        Linux.locate(windows_path)
    }
    fn machine_root(&self) -> Option<&Path> {
        None
    }
    fn only_administrators_may_write(&self, path: &Path) -> Option<bool> {
        Linux.only_administrators_may_write(path)
    }
    fn signature(&self, path: &Path) -> Signature {
        Linux.signature(path)
    }
    fn identity(&self) -> Identity {
        Linux.identity()
    }
    fn run_installer(&self, _installer: &Installer<'_>) -> Result<InstallerExit, InstallerFault> {
        Err(InstallerFault::Foreign)
    }
    fn application_log(
        &self,
        _query: &LogQuery<'_>,
        each: &mut dyn FnMut(Record) -> ControlFlow<()>,
    ) -> Result<u64, EventLogFault> {
        let _ = self.0.iter().rev().cloned().try_for_each(each);
        Ok(0)
    }
}

/// The first chunk of an exported log, as far as it goes: what comes out is small and of the sources that were asked
/// for, and no more than there is room for.
pub fn evtx(bytes: &[u8]) {
    let mut whole = b"ElfFile\0".to_vec();
    whole.resize(4096, 0);
    whole.extend(bytes.iter().take(65_536));
    let (_dir, path) = file("Application.evtx", &whole);
    let query = LogQuery { providers: &PROVIDERS, since: None, until: None };
    let mut records = Vec::new();
    let mut take = |record: Record| {
        records.push(record);
        ControlFlow::Continue(())
    };
    let cancel = CancellationToken::new();
    let damage = exported::read(&path, &query, &cancel, &mut take).unwrap();
    // A record has 28 bytes before and after what it says.
    assert!(records.len() + damage.records as usize <= 65_536 / 28 && damage.chunks <= 2);
    for record in &records {
        assert!(PROVIDERS.iter().any(|provider| record.is_by(provider)));
        let strings = record.strings.iter().chain(record.named.iter().map(|(_, text)| text));
        assert!(strings.map(String::len).sum::<usize>() <= 8 * 1024 && record.binary.len() <= 256);
    }
    assert_joined(Log::File(&path), Vec::new(), &[]);
}

/// Records of a few products, processes and times, six bytes each, in whichever order: each entry is made of records
/// that there are, no version was thought out, and nothing of the journal is lost or doubled.
pub fn history(bytes: &[u8]) {
    let mut time = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * 365 * 50);
    let (mut records, mut journal) = (Vec::new(), Vec::new());
    for piece in bytes.chunks_exact(6).take(2_000) {
        let [kind, product, version, process, after, status] = piece.try_into().unwrap();
        time += SignedDuration::from_secs(i64::from(after) * i64::from(after));
        if kind % 16 == 15 {
            journal.push(told(time, version, status));
        } else {
            let number = records.len() as u64;
            records.push(Record {
                number: Some(number),
                ..record(time, kind, product, version, process, status)
            });
        }
    }
    assert_joined(Log::OfThisPc, records, &journal);
}

fn assert_joined(log: Log<'_>, records: Vec<Record>, journal: &[journal::Entry]) {
    let filter = Filter { with_foreign: true, ..Filter::default() };
    let (pc, ours, cancel) = (Logged(records), Ours::default(), CancellationToken::new());
    let request = Request { os: &pc, log, journal, ours: &ours, filter: &filter, cancel: &cancel };
    let mut entries: Vec<Entry> = Vec::new();
    let summary = together::read(&request, &mut |entry| {
        entries.push(entry);
        ControlFlow::Continue(())
    });
    assert!(!summary.unwrap().is_cut_short);
    assert_eq!(entries.iter().filter(|entry| entry.journal.is_some()).count(), journal.len());
    let mut summed_up: Vec<u64> = Vec::new();
    for entry in &entries {
        assert!(entry.journal.is_some() || !entry.events.is_empty());
        assert!(entry.event_id.is_none_or(|id| entry.events.contains(&id)));
        if matches!(log, Log::File(_)) {
            continue;
        }
        let own: Vec<&Record> = entry.numbers.iter().map(|number| &pc.0[*number as usize]).collect();
        assert!(own.iter().all(|record| entry.events.contains(&record.id)));
        // What is around a transaction may tell of several products in it.
        let is_shared = |record: &&&Record| {
            record.is_by(RESTART_MANAGER) || matches!(record.id, 1005 | 1029 | 1038 | 1040 | 1042)
        };
        summed_up.extend(own.iter().filter(|record| !is_shared(record)).filter_map(|record| record.number));
        if entry.journal.is_none() && entry.product.is_some() {
            for version in [&entry.from, &entry.to].into_iter().flatten() {
                assert!(own.iter().any(|record| record.string(1) == Some(version)), "{entry:#?}");
            }
        }
    }
    let count = summed_up.len();
    summed_up.sort_unstable();
    summed_up.dedup();
    assert_eq!(summed_up.len(), count, "a record stands in two entries");
}

fn record(time: Timestamp, kind: u8, product: u8, version: u8, process: u8, status: u8) -> Record {
    const IDS: [u32; 15] =
        [1040, 1042, 1033, 1034, 1035, 1036, 1038, 11707, 11708, 11724, 11725, 11728, 10002, 100, 1013];
    const STATUSES: [&str; 5] = ["0", "1602", "1603", "3010", ""];
    let id = IDS[usize::from(kind % 16).min(14)];
    let name = format!("Mobile SMARTS {}", product % 4);
    let company = if product & 16 == 0 { "Cleverence" } else { "Other" };
    let version = format!("3.4.46.{}", version % 8);
    let strings = match id {
        1040 | 1042 => vec![format!("{}.msi", product % 4), (process % 3).to_string()],
        100 => vec![format!("Updated: Base\nVersions: 1.2.3.4 → {version}")],
        10_000.. => vec![format!("Product: {name} -- done")],
        _ => vec![name, version, "0".into(), STATUSES[usize::from(status % 5)].into(), company.into()],
    };
    let code = format!("{{bf7c4f82-88e1-4d25-bf36-{:012x}}}", product % 4);
    Record {
        time,
        provider: [INSTALLER, RESTART_MANAGER, OWN][usize::from(id == 10002) + 2 * usize::from(id == 100)]
            .into(),
        id,
        level: if status & 64 == 0 { EventLevel::Information } else { EventLevel::Error },
        task: 0,
        number: None,
        computer: format!("KASSA-{}", process >> 7),
        sid: (status & 32 == 0).then(|| "S-1-5-18".to_owned()),
        strings,
        named: vec![("DisplayName".to_owned(), "1С".to_owned())],
        binary: if product & 8 == 0 { code.into_bytes() } else { Vec::new() },
    }
}

fn told(time: Timestamp, version: u8, status: u8) -> journal::Entry {
    journal::Entry {
        time,
        user: "ivanov".to_owned(),
        computer: "KASSA-0".to_owned(),
        what: if status & 1 == 0 { What::Updated } else { What::Failed },
        subject: "platform".to_owned(),
        name: "Base".to_owned(),
        product: None,
        from: None,
        to: format!("3.4.46.{}", version % 8).parse().ok(),
        file: if status & 2 == 0 { "a.msi" } else { "a.mstmpl" }.to_owned(),
        sha256: None,
        proof: None,
        detail: String::new(),
        backup_dir: None,
        works: None,
    }
}
