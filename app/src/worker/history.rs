//! Reading the history for the window: the first entries at once, the rest in portions, and words for all of them.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use csv::{Terminator, WriterBuilder};
use i18n_embed_fl::fl;
use smarts_core::history::filter::Filter;
use smarts_core::history::ours::Ours;
use smarts_core::history::{self, Log, Request, Summary};
use smarts_core::os::EventLogFault;
use smarts_core::{fs, journal, machine};
use tokio_util::sync::CancellationToken;

use super::{Shared, lock, open};
use crate::error::chain;
use crate::history_csv;
use crate::i18n::{Texts, sentence};
use crate::model::Event;
use crate::model::history::{
    HistoryCommand, HistoryEvent, HistoryLine, HistoryNote, HistoryRequest, Lines, LogOrigin, MOST_LINES,
    NoteTone,
};

/// So many entries are sent as they come.
const AT_ONCE: usize = 32;
/// So many are sent together afterwards.
const PORTION: usize = 512;
/// None waits longer for the rest of its portion, once another one comes.
const WAITS: Duration = Duration::from_millis(50);

impl Shared {
    pub(super) fn carry_out_history(self: &Arc<Self>, command: HistoryCommand) {
        match command {
            HistoryCommand::Read(request) => {
                let cancel = CancellationToken::new();
                self.take_up_history(Some(cancel.clone()));
                let turn = request.turn;
                self.in_thread(
                    "history",
                    move |shared| shared.read_history(&request, &cancel),
                    move |shared| shared.history_broke(turn),
                );
            }
            HistoryCommand::Stop => self.take_up_history(None),
            HistoryCommand::Export { path, lines } => {
                let broken = path.clone();
                self.in_thread(
                    "history-export",
                    move |shared| shared.export_history(path, &lines),
                    move |shared| {
                        let result = Err(sentence(&shared.texts.internal_error()));
                        shared.tell_history(HistoryEvent::Exported { path: broken, result });
                    },
                );
            }
            HistoryCommand::OpenFolder { folder } => {
                self.in_thread("history-folder", move |shared| shared.open_kept_folder(&folder), |_| ());
            }
        }
    }

    /// What was being read before is given up.
    pub(super) fn take_up_history(&self, cancel: Option<CancellationToken>) {
        let former = std::mem::replace(&mut *lock(&self.reading_history), cancel);
        if let Some(former) = former {
            former.cancel();
        }
    }

    fn tell_history(&self, event: HistoryEvent) {
        self.outbox.post(Event::History(event));
    }

    /// For a panic in the thread that reads.
    fn history_broke(&self, turn: u64) {
        let result = Err(sentence(&self.texts.internal_error()));
        self.tell_history(HistoryEvent::Ended { turn, result });
    }

    fn read_history(&self, request: &HistoryRequest, cancel: &CancellationToken) {
        let mut notes = Vec::new();
        let journal = self.journal(&mut notes);
        let ours = self.ours();
        let filter = Filter { since: request.since, with_foreign: request.foreign, ..Filter::default() };
        let log = match &request.origin {
            LogOrigin::ThisPc => Log::OfThisPc,
            LogOrigin::File(path) => Log::File(path),
        };
        let wanted =
            Request { os: &*self.session.os, log, journal: &journal, ours: &ours, filter: &filter, cancel };
        let zone = self.session.clock.now().time_zone().clone();
        let mut portions =
            Portions { shared: self, turn: request.turn, lines: Vec::new(), count: 0, sent_at: None };
        let read = history::read(&wanted, &mut |entry| portions.push(self.texts.history_line(entry, &zone)));
        portions.send();
        if cancel.is_cancelled() {
            return;
        }
        let result = match read {
            Ok(summary) => {
                self.note(&summary, &mut notes);
                Ok(notes)
            }
            Err(error) => {
                tracing::warn!(error = chain(&error), "The history is not read");
                Err(sentence(&self.texts.evtx_error(&error)))
            }
        };
        self.tell_history(HistoryEvent::Ended { turn: request.turn, result });
    }

    /// Without it there is still the log.
    fn journal(&self, notes: &mut Vec<HistoryNote>) -> Vec<journal::Entry> {
        match journal::read(&self.session.paths.journal_path()) {
            Ok(journal) => {
                if journal.skipped > 0 {
                    let text = fl!(self.texts.loader, "history-skipped", count = journal.skipped);
                    notes.push(HistoryNote { tone: NoteTone::Warning, text });
                }
                journal::without_ended(journal.entries)
            }
            Err(error) => {
                tracing::warn!(error = chain(&error), "The journal is not read");
                let text = sentence(&self.texts.journal_error(&error));
                notes.push(HistoryNote { tone: NoteTone::Failure, text });
                Vec::new()
            }
        }
    }

    /// As the window knows the machine, unless it does not yet.
    fn ours(&self) -> Ours {
        let known = Ours::of(&lock(&self.known).machine.bases);
        if known == Ours::default() { Ours::of(&machine::read(&*self.session.os).bases) } else { known }
    }

    /// What is missing among the entries.
    fn note(&self, summary: &Summary, notes: &mut Vec<HistoryNote>) {
        let texts = &self.texts;
        let mut add = |tone, text| notes.push(HistoryNote { tone, text });
        match &summary.log_fault {
            None => {}
            Some(EventLogFault::NotHere) => {
                add(NoteTone::Quiet, fl!(texts.loader, "history-log-not-here"));
            }
            Some(fault @ EventLogFault::Unavailable(_)) => {
                tracing::warn!(error = chain(fault), "The event log is not read");
                add(NoteTone::Warning, sentence(&texts.event_log_fault(fault)));
            }
        }
        if let Some(damage) = texts.history_damage(&summary.damage) {
            add(NoteTone::Warning, damage);
        }
        if summary.is_cut_short {
            add(NoteTone::Quiet, fl!(texts.loader, "history-cut-window", count = MOST_LINES));
        }
    }

    fn export_history(&self, path: PathBuf, lines: &Lines) {
        let result = write(&path, lines, &self.texts).map_err(|error| {
            tracing::warn!(error = chain(&error), "The history is not written");
            let path = path.display().to_string();
            fl!(self.texts.loader, "history-not-exported", path = path, reason = error.to_string())
        });
        let result = result.map(|()| lines.0.len());
        self.tell_history(HistoryEvent::Exported { path, result });
    }

    fn open_kept_folder(&self, folder: &str) {
        let located = self.session.os.locate(folder).unwrap_or_else(|_| PathBuf::from(folder));
        // A file would be started.
        if located.is_dir() {
            open(located.as_os_str());
        } else {
            let why = fl!(self.texts.loader, "history-no-folder", path = folder);
            self.tell_history(HistoryEvent::FolderNotOpened(why));
        }
    }
}

/// Lines on their way to the window.
struct Portions<'a> {
    shared: &'a Shared,
    turn: u64,
    lines: Vec<Arc<HistoryLine>>,
    count: usize,
    sent_at: Option<Instant>,
}

impl Portions<'_> {
    fn push(&mut self, line: HistoryLine) -> ControlFlow<()> {
        self.lines.push(Arc::new(line));
        self.count += 1;
        let is_due = self.sent_at.is_none_or(|sent_at| sent_at.elapsed() >= WAITS);
        if self.count <= AT_ONCE || self.lines.len() >= PORTION || is_due {
            self.send();
        }
        if self.count < MOST_LINES { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    fn send(&mut self) {
        if !self.lines.is_empty() {
            let lines = Lines(std::mem::take(&mut self.lines));
            self.shared.tell_history(HistoryEvent::Read { turn: self.turn, lines });
            self.sent_at = Some(Instant::now());
        }
    }
}

/// As a spreadsheet of this language opens it.
fn write(path: &Path, lines: &Lines, texts: &Texts) -> Result<(), csv::Error> {
    let mut builder = WriterBuilder::new();
    builder.delimiter(b';').terminator(Terminator::CRLF);
    let mut writer = builder.from_writer(b"\xef\xbb\xbf".to_vec());
    history_csv::write(lines.0.iter().map(|line| &line.entry), texts, &mut writer)?;
    let bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    fs::write_atomically(path, &bytes)?;
    Ok(())
}
