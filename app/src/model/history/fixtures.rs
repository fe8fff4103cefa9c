//! Entries as the log and the journal of a PC have them, and the lines that the worker makes of them.

use std::sync::Arc;

use jiff::tz::TimeZone;
use smarts_core::history::{Account, Entry, Outcome, Source};
use smarts_core::journal::{self, What};
use smarts_core::os::EventLevel;

use super::{HistoryEvent, HistoryLine, HistoryNote, HistoryPage, Lines, Model};
use crate::i18n::{Language, Texts};
use crate::model::{Command, Event, receive};

/// Of Windows Installer, about the platform.
pub(crate) fn installed(time: &str, from: Option<&str>, to: &str) -> Entry {
    Entry {
        time: time.parse().unwrap(),
        begun: None,
        level: EventLevel::Information,
        source: Source::Installer,
        event_id: Some(1033),
        events: vec![1040, 1034, 1033, 1042],
        numbers: vec![10, 11, 12, 13],
        task: 0,
        computer: "KASSA-1".into(),
        subject: None,
        name: None,
        product: Some("Mobile SMARTS".into()),
        manufacturer: Some("Cleverence Soft".into()),
        product_code: Some("{5a6a3a3e-4a51-4b4c-9a0c-4c1f2d2a7a10}".into()),
        from: from.map(str::to_owned),
        to: Some(to.into()),
        user: None,
        account: Some(Account { sid: "S-1-5-21-1-2-3-500".into(), name: Some(r"SHOP\admin".into()) }),
        outcome: if from.is_some() { Outcome::Updated } else { Outcome::Installed },
        status: Some(0),
        reboot: false,
        holders: Vec::new(),
        package: Some(r"C:\Temp\MobileSMARTS.msi".into()),
        detail: String::new(),
        journal: None,
        is_ours: true,
    }
}

/// The same that failed, because files were held.
pub(crate) fn failed(time: &str) -> Entry {
    Entry {
        level: EventLevel::Error,
        outcome: Outcome::Failed,
        event_id: Some(11708),
        status: Some(1603),
        holders: vec!["1С:Предприятие".into()],
        detail: "Fatal error during installation.".into(),
        ..installed(time, None, "3.4.46.40367")
    }
}

/// Of this program, about a base.
pub(crate) fn updated(time: &str, id: &str, name: &str) -> Entry {
    let own = journal::Entry {
        time: time.parse().unwrap(),
        user: r"SHOP\Иванова".into(),
        computer: "SKLAD-PC".into(),
        what: What::Updated,
        subject: id.into(),
        name: name.into(),
        product: Some("Склад 15, Расширенный".into()),
        from: "1.6.2.6493".parse().ok(),
        to: "1.6.3.7283".parse().ok(),
        file: "WH15.mstmpl".into(),
        sha256: None,
        proof: None,
        detail: String::new(),
        backup_dir: Some(r"C:\ProgramData\Cleverence\Backup\2026.11.22 21.40.13 main".into()),
    };
    Entry {
        source: Source::Own,
        event_id: None,
        events: Vec::new(),
        numbers: Vec::new(),
        computer: own.computer.clone(),
        subject: Some(id.into()),
        name: Some(name.into()),
        product: own.product.clone(),
        manufacturer: None,
        product_code: None,
        user: Some(own.user.clone()),
        account: None,
        outcome: Outcome::Journal(What::Updated),
        status: None,
        package: Some(own.file.clone()),
        journal: Some(Box::new(own)),
        ..installed(time, Some("1.6.2.6493"), "1.6.3.7283")
    }
}

/// An entry of each kind, the newest first.
pub(crate) fn entries() -> Vec<Entry> {
    vec![
        updated("2026-11-22T18:40:13Z", "main", "Основной склад"),
        failed("2026-11-20T09:00:00Z"),
        updated("2026-11-19T08:00:00Z", "cash", "Касса 2"),
        installed("2026-02-11T07:00:00Z", Some("3.3.46.29552"), "3.4.46.40367"),
    ]
}

/// As the worker sends them.
pub(crate) fn lines(entries: Vec<Entry>) -> Vec<Arc<HistoryLine>> {
    let texts = Texts::new(Language::Ru).unwrap();
    entries.into_iter().map(|entry| Arc::new(texts.history_line(entry, &TimeZone::UTC))).collect()
}

impl HistoryPage {
    /// Of what was asked for last.
    pub(crate) fn turn(&self) -> u64 {
        self.turn
    }
}

/// More of what was asked for last.
pub(crate) fn more(model: &Model, entries: Vec<Entry>) -> Event {
    Event::History(HistoryEvent::Read { turn: model.history_page.turn, lines: Lines(lines(entries)) })
}

/// The end of what was asked for last.
pub(crate) fn ended(model: &Model, result: Result<Vec<HistoryNote>, &str>) -> Event {
    let result = result.map_err(str::to_owned);
    Event::History(HistoryEvent::Ended { turn: model.history_page.turn, result })
}

/// The worker has read these, and there is nothing else to be said.
pub(crate) fn read(model: &mut Model, entries: Vec<Entry>) -> Vec<Command> {
    let more = more(model, entries);
    assert_eq!(receive(model, more), vec![]);
    let ended = ended(model, Ok(vec![]));
    receive(model, ended)
}
