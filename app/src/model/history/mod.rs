//! The tab «История»: who updated what, when; what is shown of that, and which entry is looked at.
//!
//! Nothing is read before the tab is opened, and no more once it is left. Deliberately not here: reading, and the
//! words of the lines, which come ready from the worker; there may be thousands.

#[cfg(test)]
pub(crate) mod fixtures;
mod messages;
mod shown;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::Arc;

use jiff::{Timestamp, ToSpan as _};
use smarts_core::history::Entry;

pub use self::messages::{HistoryCommand, HistoryEvent, HistoryRequest, Lines};
pub use self::shown::ALL_PERIODS;
use super::toasts::Done;
use super::{Command, Model, Tab};

/// The window keeps no more. A PC with that many updates of Mobile SMARTS is not known; with all software of ten
/// years it comes near.
pub const MOST_LINES: usize = 100_000;

/// What a person does in the tab.
#[derive(Clone, Debug, PartialEq)]
pub enum HistoryAction {
    /// Read it again.
    Refresh,
    /// Only of this base or program; `None`: of all.
    Base(Option<OfBase>),
    /// Open the tab with nothing but the whole history of this base.
    ShowBase(OfBase),
    /// Only by this person; `None`: by all.
    Person(Option<String>),
    /// Only of this period.
    Period(Period),
    /// Foreign software, too, or not.
    Foreign(bool),
    /// The text searched for.
    Search(String),
    /// Everything again that was filtered away.
    ShowAll,
    /// Look at the entry in this place of those that are shown.
    Choose(usize),
    /// Whether all of the chosen entry is told.
    Detail(bool),
    /// Choose an exported log.
    ChooseFile,
    /// Show an exported log in place of this PC's; wherever it comes from, the tab opens.
    OpenFile(PathBuf),
    /// Show the log of this PC again.
    UseThisPc,
    /// Choose where what is shown is to be written to.
    ChooseExport,
    /// Write it there.
    Export(PathBuf),
    /// Show the folder of the copy that was made before the chosen update.
    OpenCopy,
}

/// Where the events of Windows come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LogOrigin {
    /// This PC.
    #[default]
    ThisPc,
    /// An exported file.
    File(PathBuf),
}

/// How far back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Period {
    /// To the beginning.
    #[default]
    All,
    /// Today and the six days before.
    Week,
    /// Today and the 29 days before.
    Month,
    /// Today and the 364 days before.
    Year,
}

/// How far reading is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// Not asked for, or given up.
    #[default]
    Not,
    /// Under way.
    Running,
    /// It has ended.
    Done,
    /// It has failed; a sentence.
    Failed(String),
}

/// An entry, and what it is found by; the rest of its words is made for those that are in sight.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryLine {
    /// All that is known.
    pub entry: Entry,
    /// The base, or the program.
    pub what: String,
    /// Who pressed.
    pub who: String,
    /// What a search looks through, in small letters.
    pub needle: String,
}

/// Which base, or which program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfBase {
    /// Its name.
    pub name: String,
    /// Its id, by which it is known under former names, too; `None`: by its name alone.
    pub id: Option<String>,
}

/// How much a note asks to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteTone {
    /// Good to know.
    Quiet,
    /// Something is missing.
    Warning,
    /// Something could not be read at all.
    Failure,
}

/// What is to be said about what was read; a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryNote {
    /// How loud.
    pub tone: NoteTone,
    /// What.
    pub text: String,
}

/// What came of something done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HistoryTold {
    /// It did not work; a sentence.
    Failed(String),
}

/// The tab.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryPage {
    /// Whose log.
    pub origin: LogOrigin,
    /// Only of this base or program.
    pub base: Option<OfBase>,
    /// Only by this person.
    pub person: Option<String>,
    /// Only of this period.
    pub period: Period,
    /// Foreign software, too.
    pub foreign: bool,
    /// The text searched for, as typed.
    pub search: String,
    /// How far reading is.
    pub reading: Reading,
    /// What was read, the newest first. Bounded: the worker sends no more than [`MOST_LINES`].
    pub lines: Vec<Arc<HistoryLine>>,
    /// Places of the lines that are shown, from top to bottom.
    pub shown: Vec<usize>,
    /// The bases and programs there are entries of, by name.
    pub bases: Vec<String>,
    /// The people there are entries of.
    pub people: Vec<String>,
    /// What is to be said about what was read.
    pub notes: Vec<HistoryNote>,
    /// The entry that is looked at.
    pub chosen: Option<Arc<HistoryLine>>,
    /// Whether all of it is told.
    pub with_detail: bool,
    /// What has just been done.
    pub told: Option<HistoryTold>,
    /// What was read anew, while what was read before is still shown.
    incoming: Option<Vec<Arc<HistoryLine>>>,
    turn: u64,
}

impl Default for HistoryPage {
    fn default() -> Self {
        Self {
            origin: LogOrigin::default(),
            base: None,
            person: None,
            period: Period::default(),
            foreign: false,
            search: String::new(),
            reading: Reading::default(),
            lines: Vec::new(),
            shown: Vec::new(),
            bases: Vec::new(),
            people: Vec::new(),
            notes: Vec::new(),
            chosen: None,
            with_detail: true,
            told: None,
            incoming: None,
            turn: 0,
        }
    }
}

impl Model {
    pub(super) fn change_history(&mut self, action: HistoryAction) -> Vec<Command> {
        let page = &mut self.history_page;
        match action {
            HistoryAction::Refresh => return self.read_history(true),
            HistoryAction::Base(base) => page.filter(|page| page.base = base),
            HistoryAction::ShowBase(base) => return self.show_base(base),
            HistoryAction::Person(person) => page.filter(|page| page.person = person),
            HistoryAction::Search(search) => page.filter(|page| page.search = search),
            HistoryAction::Period(period) => {
                page.period = period;
                return self.read_history(false);
            }
            HistoryAction::Foreign(foreign) => {
                page.foreign = foreign;
                return self.read_history(false);
            }
            HistoryAction::ShowAll => {
                let is_cut = page.period != Period::All;
                page.period = Period::All;
                page.filter(|page| {
                    page.base = None;
                    page.person = None;
                    page.search.clear();
                });
                if is_cut {
                    return self.read_history(false);
                }
            }
            HistoryAction::Choose(number) => page.choose(number),
            HistoryAction::Detail(with_detail) => page.with_detail = with_detail,
            HistoryAction::ChooseFile => return vec![Command::ChooseHistoryFile],
            HistoryAction::OpenFile(path) => return self.show_log(LogOrigin::File(path)),
            HistoryAction::UseThisPc => return self.show_log(LogOrigin::ThisPc),
            HistoryAction::ChooseExport => return vec![Command::ChooseHistoryExport],
            HistoryAction::Export(path) => {
                page.told = None;
                let lines = Lines(page.shown_lines().cloned().collect());
                return vec![Command::History(HistoryCommand::Export { path, lines })];
            }
            HistoryAction::OpenCopy => {
                page.told = None;
                let folder = page.chosen.as_ref().and_then(|line| line.copy_dir());
                let open = |folder: &str| HistoryCommand::OpenFolder { folder: folder.to_owned() };
                return folder.map(open).map(Command::History).into_iter().collect();
            }
        }
        Vec::new()
    }

    /// Another log: nothing of the former one stays, and no filter that would hide it.
    fn show_log(&mut self, origin: LogOrigin) -> Vec<Command> {
        // The system's dialog stands open for as long as it likes: what came meanwhile is not taken away.
        if self.dialog.is_some() {
            return Vec::new();
        }
        self.tab = Tab::History;
        let HistoryPage { foreign, with_detail, turn, .. } = self.history_page;
        self.history_page = HistoryPage { origin, foreign, with_detail, turn, ..HistoryPage::default() };
        self.read_history(false)
    }

    fn show_base(&mut self, base: OfBase) -> Vec<Command> {
        self.tab = Tab::History;
        let HistoryPage { with_detail, turn, .. } = self.history_page;
        self.history_page = HistoryPage { base: Some(base), with_detail, turn, ..HistoryPage::default() };
        self.read_history(false)
    }

    /// To be called after whatever may have opened another tab.
    pub(super) fn follow_tab(&mut self, before: Tab) -> Vec<Command> {
        let page = &mut self.history_page;
        let is_open = self.tab == Tab::History;
        if is_open == (before == Tab::History) {
            return Vec::new();
        }
        if is_open {
            // A file is what it was. What is being read just now was asked for by whatever opened the tab.
            let is_fresh = page.origin != LogOrigin::ThisPc && page.reading == Reading::Done;
            return if is_fresh || page.reading == Reading::Running {
                Vec::new()
            } else {
                self.read_history(true)
            };
        }
        page.told = None;
        if page.reading != Reading::Running {
            return Vec::new();
        }
        page.reading = Reading::Not;
        page.incoming = None;
        page.turn += 1;
        vec![Command::History(HistoryCommand::Stop)]
    }

    /// Something was updated: whoever looks at the history sees it.
    pub(super) fn history_has_grown(&mut self) -> Vec<Command> {
        let is_seen = self.tab == Tab::History && self.history_page.origin == LogOrigin::ThisPc;
        if is_seen { self.read_history(true) } else { Vec::new() }
    }

    /// `keeps`: what was read before stays in sight until all is there.
    fn read_history(&mut self, keeps: bool) -> Vec<Command> {
        let since = self.since(self.history_page.period);
        let page = &mut self.history_page;
        page.turn += 1;
        page.reading = Reading::Running;
        page.told = None;
        if keeps && !page.lines.is_empty() {
            page.incoming = Some(Vec::new());
        } else {
            page.incoming = None;
            page.chosen = None;
            page.notes.clear();
            page.clear();
        }
        let request =
            HistoryRequest { turn: page.turn, origin: page.origin.clone(), since, foreign: page.foreign };
        vec![Command::History(HistoryCommand::Read(request))]
    }

    fn since(&self, period: Period) -> Option<Timestamp> {
        let days = match period {
            Period::All => return None,
            Period::Week => 6,
            Period::Month => 29,
            Period::Year => 364,
        };
        let first = self.now.date().checked_sub(days.days()).ok()?;
        first.to_zoned(self.now.time_zone().clone()).ok().map(|start| start.timestamp())
    }

    pub(super) fn hear_of_history(&mut self, event: HistoryEvent) -> Vec<Command> {
        let page = &mut self.history_page;
        match event {
            HistoryEvent::Read { turn, .. } | HistoryEvent::Ended { turn, .. } if turn != page.turn => {}
            HistoryEvent::Read { lines, .. } => match &mut page.incoming {
                Some(incoming) => incoming.extend(lines.0),
                None => page.append(lines.0),
            },
            HistoryEvent::Ended { result, .. } => page.end(result),
            HistoryEvent::Exported { path, result } => {
                page.told = None;
                match result {
                    Ok(count) => self.say(Done::RecordsWritten { path, count }, None),
                    Err(why) => page.told = Some(HistoryTold::Failed(why)),
                }
            }
            HistoryEvent::FolderNotOpened(why) => page.told = Some(HistoryTold::Failed(why)),
        }
        Vec::new()
    }
}
