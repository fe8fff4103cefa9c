//! `smarts history`: who updated what, when, from which version to which — the journal and the Application log of
//! Windows together.

use std::io;
use std::ops::ControlFlow;

use i18n_embed_fl::fl;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use smarts_core::history::filter::Filter;
use smarts_core::history::ours::Ours;
use smarts_core::history::{self, Entry, Log, Request, Summary};
use smarts_core::os::EventLogFault;
use smarts_core::{journal, machine};
use tokio_util::sync::CancellationToken;

use super::args;
use super::{Failure, Status, Streams, json, table};
use crate::history_csv;
use crate::i18n::{Texts, sentence};
use crate::session::Session;

/// Nobody reads more on a terminal, and a spreadsheet holds no more than ten times as many.
const MOST_ENTRIES: usize = 100_000;

/// Prints what there is, oldest first.
pub(super) fn run(
    session: &Session,
    options: &args::History,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let journal = journal::read(&session.paths.journal_path())
        .map_err(|error| Failure::new(Status::Failed, sentence(&texts.journal_error(&error))))?;
    let skipped_lines = journal.skipped;
    let (entries, summary) = read(session, options, &journal::without_ended(journal.entries), texts)?;
    if skipped_lines > 0 {
        writeln!(streams.err, "{}", fl!(texts.loader, "history-skipped", count = skipped_lines))?;
    }
    warn(&summary, texts, streams)?;
    let computers = computers(&entries);
    let several = computers.len() > 1;
    if several && !options.json {
        let names = computers.join(", ");
        writeln!(streams.err, "{}", fl!(texts.loader, "cli-history-computers", names = names))?;
    }
    if options.json {
        json::print(&json::History::of(&entries, skipped_lines, &summary, texts), streams.out)?;
    } else if options.csv {
        let mut writer = csv::Writer::from_writer(&mut *streams.out);
        history_csv::write(&entries, texts, &mut writer)
            .map_err(|error| Failure::new(Status::Failed, error.to_string()))?;
    } else if entries.is_empty() {
        let is_all = options.filter(&TimeZone::system()) == Filter::default() && options.evtx.is_none();
        let text =
            if is_all { fl!(texts.loader, "history-empty") } else { fl!(texts.loader, "history-none") };
        writeln!(streams.out, "{text}")?;
    } else {
        let rows = entries.iter().map(|entry| history_csv::cells(entry, texts, several));
        table::print(history_csv::headings(texts, several), rows, streams.out)?;
    }
    Ok(Status::Done)
}

impl args::History {
    /// Days are those of the person's calendar, the last one included.
    fn filter(&self, zone: &TimeZone) -> Filter {
        let start = |day: Date| day.to_zoned(zone.clone()).ok().map(|start| start.timestamp());
        let after = |day: Date| day.checked_add(1.day()).ok().and_then(start).unwrap_or(Timestamp::MAX);
        Filter {
            base: self.base.clone(),
            person: self.user.clone(),
            since: self.since.map(|day| start(day).unwrap_or(Timestamp::MIN)),
            until: self.until.map(after),
            with_foreign: self.all,
        }
    }
}

/// Oldest first.
fn read(
    session: &Session,
    options: &args::History,
    journal: &[journal::Entry],
    texts: &Texts,
) -> Result<(Vec<Entry>, Summary), Failure> {
    let ours = Ours::of(&machine::read(&*session.os).bases);
    let filter = options.filter(&TimeZone::system());
    let log = options.evtx.as_deref().map_or(Log::OfThisPc, Log::File);
    let cancel = &CancellationToken::new();
    let request = Request { os: &*session.os, log, journal, ours: &ours, filter: &filter, cancel };
    let mut entries = Vec::new();
    let summary = history::read(&request, &mut |entry| {
        entries.push(entry);
        if entries.len() < MOST_ENTRIES { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })
    .map_err(|error| Failure::new(Status::Failed, sentence(&texts.evtx_error(&error))))?;
    entries.reverse();
    entries.sort_by_key(|entry| entry.time);
    Ok((entries, summary))
}

/// Each once, as it is named first.
fn computers(entries: &[Entry]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for entry in entries {
        if !names.iter().any(|name| history::is_same_computer(name, &entry.computer)) {
            names.push(&entry.computer);
        }
    }
    names
}

/// What is missing in the answer.
fn warn(summary: &Summary, texts: &Texts, streams: &mut Streams<'_>) -> io::Result<()> {
    match &summary.log_fault {
        // A machine root and other systems have none, and nobody expects one there.
        None | Some(EventLogFault::NotHere) => {}
        Some(fault @ EventLogFault::Unavailable(_)) => {
            writeln!(streams.err, "{}", sentence(&texts.event_log_fault(fault)))?;
        }
    }
    if let Some(damage) = texts.history_damage(&summary.damage) {
        writeln!(streams.err, "{damage}")?;
    }
    if summary.is_cut_short {
        let count = MOST_ENTRIES as u64;
        writeln!(streams.err, "{}", fl!(texts.loader, "history-cut", count = count))?;
    }
    Ok(())
}
