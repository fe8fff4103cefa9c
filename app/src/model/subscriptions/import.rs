//! The preview of an import: what would be added, changed and taken away, what could not be read, which column
//! means what; and whether anything can be imported.
//!
//! Deliberately not here: reading the list and working out the changes; the worker does that.

use std::collections::HashSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use smarts_core::subscription::{Changes, Columns, Field, LineFault, Record, Table, device_key};

use super::{SubscriptionCommand, SubscriptionDialog, Told, UnreadList};
use crate::model::schedule::{Access, Saving};
use crate::model::{Command, Dialog, Model, Tab};

/// What a person does about an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportAction {
    /// Choose a file.
    Choose,
    /// Show what importing this one would do, unless something else is open.
    Open(PathBuf),
    /// Show which column means what, or hide it.
    ShowColumns(bool),
    /// These are the columns.
    Match(Columns),
    /// Show these lines alone.
    Show(Option<Section>),
    /// A kept list that cannot be read may be replaced, or not.
    Consent(bool),
    /// Import it.
    Confirm,
}

/// The dialog.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportPage {
    /// The file.
    pub path: PathBuf,
    /// `None` while it is being read; an error is a sentence.
    pub read: Option<Result<ImportList, String>>,
    /// Whether it is shown which column means what.
    pub shows_columns: bool,
    /// Which lines are shown alone.
    pub section: Option<Section>,
    /// What is shown, from top to bottom.
    pub lines: Vec<PreviewLine>,
    /// The person agreed that a kept list that cannot be read is replaced.
    pub consent: bool,
    /// What became of importing.
    pub saving: Saving,
}

/// A list that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportList {
    /// As it stands in the file.
    pub table: ReadTable,
    /// Which column means what.
    pub columns: Columns,
    /// `None` while it is being worked out, and where a column is missing.
    pub preview: Option<Arc<Preview>>,
}

/// A table that is handed about rather than copied.
#[derive(Clone, PartialEq)]
pub struct ReadTable(pub Arc<Table>);

/// What an import would do.
#[derive(PartialEq)]
pub struct Preview {
    /// Of the list.
    pub records: Vec<Record>,
    /// Lines that do not count.
    pub faults: Vec<LineFault>,
    /// Devices of such lines, which keep what they have.
    pub keeps: Vec<String>,
    /// What becomes of the records there are.
    pub changes: Changes,
    /// So many records would get an earlier date than they have.
    pub earlier: usize,
    /// Devices of the list that are of no base of this PC, by [`device_key`].
    pub strangers: HashSet<String>,
}

/// A part of the preview.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// Lines that do not count.
    Unread,
    /// Records that would be others.
    Changed,
    /// Records that would go.
    Removed,
    /// Records that would come.
    Added,
    /// Records that stay as they are although the list names them.
    Unchanged,
}

/// A line of the preview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PreviewLine {
    /// The title of a part.
    Title(Section),
    /// A line of a part, by its place there.
    Of(Section, usize),
}

/// Why nothing can be imported now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportObstacle {
    /// Only administrators may.
    Locked,
    /// A change is being saved.
    Saving,
    /// It is not known yet what that would do.
    Reading,
    /// The file cannot be used.
    Unreadable,
    /// These have no column.
    Columns(Vec<Field>),
    /// The list holds no record.
    Empty,
    /// It is all as it is.
    Same,
    /// The kept list cannot be read, and nothing can take its place; the reason, not as a sentence.
    ListUnread(String),
    /// The same, but it can be replaced, and the person has not said so.
    Consent,
}

impl Section {
    /// All, as they stand one below the other.
    pub const ALL: [Self; 5] = [Self::Unread, Self::Changed, Self::Removed, Self::Added, Self::Unchanged];
}

impl fmt::Debug for ReadTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReadTable({} rows)", self.0.rows.len())
    }
}

impl fmt::Debug for Preview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Preview({} records, {} faults)", self.records.len(), self.faults.len())
    }
}

impl Preview {
    /// So many lines a part has.
    pub fn count(&self, section: Section) -> usize {
        match section {
            Section::Unread => self.faults.len(),
            Section::Changed => self.changes.changed.len(),
            Section::Removed => self.changes.removed.len(),
            Section::Added => self.changes.added.len(),
            Section::Unchanged => self.changes.unchanged.len(),
        }
    }

    /// Whether a device of the list is of no base of this PC: of another one, not connected yet, or mistyped.
    pub fn is_stranger(&self, device: &str) -> bool {
        !self.strangers.is_empty() && self.strangers.contains(&device_key(device))
    }

    fn changes_nothing(&self) -> bool {
        [Section::Changed, Section::Removed, Section::Added].into_iter().all(|part| self.count(part) == 0)
    }

    fn lines(&self, only: Option<Section>) -> Vec<PreviewLine> {
        let mut lines = Vec::new();
        let shown = |section: &Section| only.is_none_or(|only| only == *section) && self.count(*section) > 0;
        for section in Section::ALL.into_iter().filter(shown) {
            lines.push(PreviewLine::Title(section));
            lines.extend((0..self.count(section)).map(|place| PreviewLine::Of(section, place)));
        }
        lines
    }
}

impl ImportPage {
    fn reading(path: PathBuf) -> Self {
        Self {
            path,
            read: None,
            shows_columns: false,
            section: None,
            lines: Vec::new(),
            consent: false,
            saving: Saving::Idle,
        }
    }

    /// The preview, if there is one.
    pub fn preview(&self) -> Option<&Arc<Preview>> {
        self.read.as_ref()?.as_ref().ok()?.preview.as_ref()
    }

    fn arrange(&mut self) {
        // A part that has gone with other columns is not looked at any more.
        let count = |section| self.preview().map_or(0, |preview| preview.count(section));
        if self.section.is_some_and(|section| count(section) == 0) {
            self.section = None;
        }
        self.lines = self.preview().map_or_else(Vec::new, |preview| preview.lines(self.section));
    }

    fn obstacle(&self) -> Option<ImportObstacle> {
        let list = match &self.read {
            None => return Some(ImportObstacle::Reading),
            Some(Err(_)) => return Some(ImportObstacle::Unreadable),
            Some(Ok(list)) => list,
        };
        let missing = list.columns.missing();
        if !missing.is_empty() {
            return Some(ImportObstacle::Columns(missing));
        }
        match &list.preview {
            None => Some(ImportObstacle::Reading),
            Some(preview) if preview.records.is_empty() => Some(ImportObstacle::Empty),
            Some(preview) if preview.changes_nothing() => Some(ImportObstacle::Same),
            Some(_) => None,
        }
    }
}

impl Model {
    /// Why nothing can be imported now.
    pub fn import_obstacle(&self, page: &ImportPage) -> Option<ImportObstacle> {
        if self.subscription_page.access == Access::Locked {
            return Some(ImportObstacle::Locked);
        }
        if self.subscription_page.is_saving() {
            return Some(ImportObstacle::Saving);
        }
        let obstacle = page.obstacle();
        match &self.subscription_page.unread {
            Some(UnreadList { former_path: None, why, .. }) => Some(ImportObstacle::ListUnread(why.clone())),
            Some(_) if obstacle.is_none() && !page.consent => Some(ImportObstacle::Consent),
            _ => obstacle,
        }
    }

    pub(super) fn change_import(&mut self, action: ImportAction) -> Vec<Command> {
        match action {
            ImportAction::Choose => return vec![Command::ChooseSubscriptions],
            ImportAction::Open(path) => return self.open_import(path),
            ImportAction::Confirm => return self.confirm_import(),
            ImportAction::Match(columns) => return self.match_columns(columns),
            ImportAction::Consent(consent) => {
                if let Some(page) = self.import_page().filter(|page| page.saving != Saving::Running) {
                    page.consent = consent;
                }
            }
            ImportAction::ShowColumns(shows) => {
                if let Some(page) = self.import_page() {
                    page.shows_columns = shows;
                }
            }
            ImportAction::Show(section) => {
                if let Some(page) = self.import_page() {
                    page.section = section;
                    page.arrange();
                }
            }
        }
        Vec::new()
    }

    /// The system's own dialog stands open for as long as it likes, and a file may be dropped at any time: what
    /// is open meanwhile is not taken away, unless it is another preview.
    fn open_import(&mut self, path: PathBuf) -> Vec<Command> {
        let is_free = match &self.dialog {
            None => true,
            Some(Dialog::Subscription(SubscriptionDialog::Import(page))) => page.saving != Saving::Running,
            Some(_) => false,
        };
        if !is_free {
            return Vec::new();
        }
        self.tab = Tab::Subscriptions;
        self.subscription_page.told = None;
        let page = ImportPage::reading(path.clone());
        self.dialog = Some(Dialog::Subscription(SubscriptionDialog::Import(page)));
        vec![Command::Subscriptions(SubscriptionCommand::ReadList { path })]
    }

    fn confirm_import(&mut self) -> Vec<Command> {
        let Some(SubscriptionDialog::Import(page)) = self.subscription_dialog() else { return Vec::new() };
        let Some(preview) = page.preview().filter(|_| self.import_obstacle(page).is_none()) else {
            return Vec::new();
        };
        let preview = Arc::clone(preview);
        if let Some(page) = self.import_page() {
            page.saving = Saving::Running;
        }
        self.subscription_page.saving = Some(super::told::Outcome::OnPage(Told::Imported { former: None }));
        vec![Command::Subscriptions(SubscriptionCommand::Import(preview))]
    }

    fn match_columns(&mut self, columns: Columns) -> Vec<Command> {
        let Some(page) = self.import_page().filter(|page| page.saving != Saving::Running) else {
            return Vec::new();
        };
        let Some(Ok(list)) = &mut page.read else { return Vec::new() };
        (list.columns, list.preview) = (columns, None);
        page.saving = Saving::Idle;
        page.arrange();
        self.preview_import()
    }

    /// Of the columns as they are now.
    fn preview_import(&mut self) -> Vec<Command> {
        let Some(page) = self.import_page() else { return Vec::new() };
        let Some(Ok(list)) = &page.read else { return Vec::new() };
        if !list.columns.missing().is_empty() {
            return Vec::new();
        }
        let (path, table, columns) = (page.path.clone(), list.table.clone(), list.columns);
        vec![Command::Subscriptions(SubscriptionCommand::Preview { path, table, columns })]
    }

    /// Of a file that is no longer looked at, nothing is taken.
    pub(super) fn fill_import(&mut self, path: &Path, read: Result<ImportList, String>) -> Vec<Command> {
        if let Some(page) = self.import_page().filter(|page| page.path == *path) {
            page.shows_columns = read.as_ref().is_ok_and(|list| !list.columns.missing().is_empty());
            page.read = Some(read);
            page.arrange();
        }
        Vec::new()
    }

    /// Of other columns than the present ones it is late: the right one is on its way.
    pub(super) fn fill_preview(
        &mut self,
        path: &Path,
        matched: Columns,
        found: Arc<Preview>,
    ) -> Vec<Command> {
        if let Some(page) = self.import_page().filter(|page| page.path == *path)
            && let Some(Ok(ImportList { columns, preview, .. })) = &mut page.read
            && *columns == matched
        {
            *preview = Some(found);
            page.arrange();
        }
        Vec::new()
    }

    /// What a preview was compared with has changed.
    pub(in crate::model) fn preview_again_if_open(&mut self) -> Vec<Command> {
        let is_idle = self.import_page().is_some_and(|page| page.saving != Saving::Running);
        if is_idle { self.preview_import() } else { Vec::new() }
    }

    fn import_page(&mut self) -> Option<&mut ImportPage> {
        match &mut self.dialog {
            Some(Dialog::Subscription(SubscriptionDialog::Import(page))) => Some(page),
            _ => None,
        }
    }
}
