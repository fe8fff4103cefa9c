//! The reports of many PCs in one table: which folder, in which order, which of them.
//!
//! Deliberately not here: reading the folder.

use std::cmp::Ordering;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use smarts_core::version::Version;

use super::{Command, Dialog, Model};

/// What a person does with the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportsAction {
    /// Choose a folder.
    Choose,
    /// Show the reports in this one, unless something else is open.
    Open(PathBuf),
    /// Read the folder again.
    ReadAgain,
    /// Order by this column; again: the other way round.
    Sort(Column),
    /// The text searched for.
    Search(String),
}

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The PC.
    Pc,
    /// Its platform.
    Platform,
    /// How many bases it has.
    Bases,
    /// What is open there.
    Open,
    /// When it was checked.
    Checked,
    /// What did not work.
    Fault,
}

/// All columns, from left to right.
pub const COLUMNS: [Column; 6] =
    [Column::Pc, Column::Platform, Column::Bases, Column::Open, Column::Checked, Column::Fault];

/// The table.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportsPage {
    /// Where the reports lie.
    pub folder: PathBuf,
    /// `None` while the folder is being read; an error is a sentence.
    pub read: Option<Result<PcReports, String>>,
    /// The column it is ordered by.
    pub column: Column,
    /// From the last to the first.
    pub descending: bool,
    /// The text searched for, as typed.
    pub search: String,
    /// Places of the lines that are shown, from top to bottom.
    pub shown: Vec<usize>,
}

/// What a folder has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PcReports {
    /// A line for each file.
    pub lines: Vec<PcLine>,
    /// Files that were not looked at, because there are too many.
    pub left_out: usize,
}

/// A file of the folder.
#[derive(Clone, Debug, PartialEq)]
pub struct PcLine {
    /// The PC.
    pub pc: String,
    /// The file's name.
    pub file_name: String,
    /// What stands in it; an error is why it is no report, in words.
    pub told: Result<PcTold, String>,
}

/// What a PC has told.
#[derive(Clone, Debug, PartialEq)]
pub struct PcTold {
    /// Its platform.
    pub platform: Option<Version>,
    /// How many bases it has.
    pub bases: usize,
    /// How many updates are open there.
    pub open: usize,
    /// Which, in words; empty where none is known.
    pub open_words: String,
    /// All of them by name and version, for whoever asks.
    pub open_detail: String,
    /// When the last good check was, if there was one.
    pub checked_at: Option<Timestamp>,
    /// What did not work, in words.
    pub fault: Option<String>,
}

impl PcLine {
    fn matches(&self, needle: &str) -> bool {
        let has = |text: &str| text.to_lowercase().contains(needle);
        let is_told = |told: &PcTold| {
            has(&told.open_detail)
                || has(&told.open_words)
                || told.fault.as_deref().is_some_and(has)
                || told.platform.is_some_and(|version| has(&version.to_string()))
        };
        has(&self.pc) || has(&self.file_name) || self.told.as_ref().map_or_else(|why| has(why), is_told)
    }

    fn compare(&self, other: &Self, column: Column) -> Ordering {
        let by = |key: fn(&PcTold) -> usize| {
            self.told.as_ref().ok().map(key).cmp(&other.told.as_ref().ok().map(key))
        };
        match column {
            Column::Pc => self.pc.to_lowercase().cmp(&other.pc.to_lowercase()),
            Column::Platform => {
                let platform = |line: &Self| line.told.as_ref().ok().and_then(|told| told.platform);
                platform(self).cmp(&platform(other))
            }
            Column::Bases => by(|told| told.bases),
            Column::Open => by(|told| told.open),
            Column::Checked => {
                let at = |line: &Self| line.told.as_ref().ok().and_then(|told| told.checked_at);
                at(self).cmp(&at(other))
            }
            Column::Fault => self.fault().cmp(&other.fault()),
        }
    }

    /// What did not work there, or why that is not known.
    pub fn fault(&self) -> Option<&str> {
        match &self.told {
            Ok(told) => told.fault.as_deref(),
            Err(why) => Some(why),
        }
    }
}

impl ReportsPage {
    fn of(folder: PathBuf) -> Self {
        Self {
            folder,
            read: None,
            column: Column::Pc,
            descending: false,
            search: String::new(),
            shown: Vec::new(),
        }
    }

    /// A line that is shown, by its place from the top.
    pub fn line(&self, number: usize) -> Option<&PcLine> {
        let Some(Ok(reports)) = &self.read else { return None };
        reports.lines.get(*self.shown.get(number)?)
    }

    /// Once after each change, not in every frame: there may be thousands. Of two that are alike, the folder's
    /// own order decides.
    fn arrange(&mut self) {
        let Some(Ok(reports)) = &self.read else {
            self.shown.clear();
            return;
        };
        let needle = self.search.trim().to_lowercase();
        let found = reports.lines.iter().enumerate().filter(|(_, line)| line.matches(&needle));
        let mut found: Vec<(usize, &PcLine)> = found.collect();
        found.sort_by(|(_, one), (_, other)| {
            let order = one.compare(other, self.column);
            if self.descending { order.reverse() } else { order }
        });
        self.shown = found.into_iter().map(|(place, _)| place).collect();
    }
}

impl Model {
    /// The table, if it is open.
    pub fn reports(&self) -> Option<&ReportsPage> {
        match &self.dialog {
            Some(Dialog::Reports(page)) => Some(page),
            _ => None,
        }
    }

    pub(super) fn change_reports(&mut self, action: ReportsAction) -> Vec<Command> {
        match action {
            ReportsAction::Choose => vec![Command::ChooseReports],
            // The folder's own dialog stands open for as long as it likes: what came meanwhile is not taken away.
            ReportsAction::Open(_) if !matches!(self.dialog, None | Some(Dialog::Reports(_))) => Vec::new(),
            ReportsAction::Open(folder) => {
                self.dialog = Some(Dialog::Reports(ReportsPage::of(folder.clone())));
                vec![Command::ReadReports { folder }]
            }
            ReportsAction::ReadAgain => {
                let folder = self.reports().map(|page| page.folder.clone());
                folder.map(|folder| Command::ReadReports { folder }).into_iter().collect()
            }
            ReportsAction::Sort(column) => self.arrange_reports(|page| {
                page.descending = page.column == column && !page.descending;
                page.column = column;
            }),
            ReportsAction::Search(search) => self.arrange_reports(|page| page.search = search),
        }
    }

    fn arrange_reports(&mut self, change: impl FnOnce(&mut ReportsPage)) -> Vec<Command> {
        if let Some(Dialog::Reports(page)) = &mut self.dialog {
            change(page);
            page.arrange();
        }
        Vec::new()
    }

    /// Of a folder that is no longer looked at, nothing is taken.
    pub(super) fn fill_reports(&mut self, folder: &Path, read: Result<PcReports, String>) -> Vec<Command> {
        if let Some(Dialog::Reports(page)) = &mut self.dialog
            && page.folder == *folder
        {
            page.read = Some(read);
            page.arrange();
        }
        Vec::new()
    }
}
