//! The tab «Настройки»: what is in force on this PC, what the person has typed, whether that can be saved, and what
//! they have chosen for their own window.
//!
//! What is typed stays when the tab is left. Deliberately not here: how it is saved, and by whom it may be; the worker
//! finds that out.

mod facts;
mod form;
mod own;

use std::path::PathBuf;

use smarts_core::settings::{Key, Language};

pub use self::facts::{
    ChosenRoot, Places, RootState, SettingsChange, SettingsFacts, StoredValue, TaskFacts, default_of,
};
pub use self::form::{Form, Typed, TypedFault};
pub use self::own::{Motion, Own, ThemeChoice, USUAL_SCALE};
use super::schedule::{Access, HoursForm, SaveFault, Saving};
use super::toasts::Done;
use super::{Command, Model, Tab};

/// A part of the tab.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Group {
    /// Where releases come from, and by what they are believed.
    #[default]
    Source,
    /// The way there.
    Network,
    /// The check that runs by itself.
    Background,
    /// Who updates.
    Updating,
    /// Until when releases may be received.
    Subscriptions,
    /// Copies of bases.
    Copies,
    /// Files of releases.
    Downloads,
    /// Reports for the company.
    Reports,
    /// The window itself.
    Look,
}

/// All of them, from top to bottom.
pub const GROUPS: [Group; 9] = [
    Group::Source,
    Group::Network,
    Group::Background,
    Group::Updating,
    Group::Subscriptions,
    Group::Copies,
    Group::Downloads,
    Group::Reports,
    Group::Look,
];

impl Group {
    /// Its settings of the PC, from top to bottom.
    pub fn keys(self) -> &'static [Key] {
        match self {
            Self::Source => &[Key::Source, Key::Mirrors, Key::Publisher, Key::ResignedBy],
            Self::Network => &[Key::Proxy, Key::ProxyUser, Key::CaFile, Key::Offline],
            Self::Background => &[Key::CheckHours, Key::WorkingHours, Key::Notify, Key::Maintenance],
            Self::Updating => &[Key::WhoMayUpdate, Key::Administrator],
            Self::Subscriptions => &[Key::SubscriptionUnknown, Key::SubscriptionWarnDays],
            Self::Copies => {
                &[Key::BackupDir, Key::BackupsPerBase, Key::BackupsShareOfDisk, Key::BackupWithout]
            }
            Self::Downloads => {
                &[Key::DownloadsDir, Key::DownloadLimit, Key::DownloadTries, Key::KeepDownloads]
            }
            Self::Reports => &[Key::ReportDir],
            Self::Look => &[Key::Language, Key::Renderer],
        }
    }
}

/// What a person does in the tab.
#[derive(Clone, Debug, PartialEq)]
pub enum SettingsAction {
    /// Open the tab at a part of it.
    Open(Group),
    /// What is typed for a setting now.
    Type(Key, String),
    /// What is typed for hours of the week now.
    TypeHours(Key, HoursForm),
    /// The default of a setting is to count.
    Reset(Key),
    /// Whether checks are to be made by the task.
    Automatic(bool),
    /// Choose a file or a folder in the system's own dialog.
    Choose(Key),
    /// Choose the file that is to become the trusted root.
    ChooseRoot,
    /// This one.
    UseRoot(PathBuf),
    /// Not after all.
    LeaveRoot,
    /// What the person wants of their own window.
    Own(Own),
    /// Put everything in force.
    Save,
    /// Forget everything that is typed.
    Discard,
}

/// Work for the worker.
#[derive(Clone, Debug, PartialEq)]
pub enum SettingsCommand {
    /// Read what is in force. Answer: [`SettingsEvent::Read`].
    Read,
    /// Put a change in force. Answer: [`SettingsEvent::Saved`].
    Save(SettingsChange),
    /// Examine a file that is to become the trusted root. Answer: [`SettingsEvent::RootExamined`].
    ExamineRoot(PathBuf),
}

/// An answer of the worker.
#[derive(Clone, Debug, PartialEq)]
pub enum SettingsEvent {
    /// What is in force, or why that is not known; a sentence.
    Read(Result<SettingsFacts, SettingsUnread>),
    /// It was put in force, or not.
    Saved {
        /// What is in force now.
        facts: Result<SettingsFacts, SettingsUnread>,
        /// Why it is not what was wanted.
        result: Result<(), SaveFault>,
    },
    /// What a file is; an error is a sentence.
    RootExamined(Result<ChosenRoot, String>),
}

/// The settings could not be read, so that none are changed either.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsUnread {
    /// The file.
    pub file: PathBuf,
    /// Why, with the place in the file; a sentence.
    pub why: String,
}

/// The tab.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SettingsPage {
    /// The part that is open.
    pub group: Group,
    /// `None` until it has been read.
    pub facts: Option<Result<SettingsFacts, SettingsUnread>>,
    /// What is typed.
    pub form: Form,
    /// Why a file is not taken for a root; a sentence.
    pub root_fault: Option<String>,
    /// What became of saving.
    pub saving: Saving,
    /// Something was saved that counts from the next start of the window on.
    pub needs_restart: bool,
    /// The person's own choices.
    pub own: Own,
    /// The language that counts without a choice of the person's.
    pub usual_language: Option<Language>,
}

/// Why nothing can be saved now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsObstacle {
    /// What is in force is not known.
    Unread,
    /// Only administrators may.
    Locked,
    /// Others may write the file: what they wrote would count from then on.
    Ignored,
    /// It is being saved.
    Saving,
    /// Something is typed wrong.
    Wrong,
    /// It is all as it was.
    Same,
}

impl SettingsPage {
    /// What is in force, if that is known.
    pub fn facts(&self) -> Option<&SettingsFacts> {
        self.facts.as_ref()?.as_ref().ok()
    }

    /// How much is typed and not saved.
    pub fn unsaved(&self) -> usize {
        self.facts().map_or(0, |facts| self.form.change(facts).count())
    }

    /// What saving would change.
    pub fn change(&self) -> Result<SettingsChange, SettingsObstacle> {
        let facts = self.facts().ok_or(SettingsObstacle::Unread)?;
        if facts.access == Access::Locked {
            return Err(SettingsObstacle::Locked);
        }
        if facts.is_ignored {
            return Err(SettingsObstacle::Ignored);
        }
        if self.saving == Saving::Running {
            return Err(SettingsObstacle::Saving);
        }
        if self.form.is_wrong(facts) {
            return Err(SettingsObstacle::Wrong);
        }
        let change = self.form.change(facts);
        if change.count() == 0 { Err(SettingsObstacle::Same) } else { Ok(change) }
    }

    /// A part in which something is typed wrong: the open one, if it is one.
    pub fn wrong_part(&self) -> Option<Group> {
        let facts = self.facts()?;
        let is_wrong = |group: &Group| self.form.has_fault(facts, group.keys());
        Some(self.group).filter(is_wrong).or_else(|| GROUPS.into_iter().find(is_wrong))
    }

    /// What is being saved stays as it is until that has ended; who may not change anything types nothing.
    fn edit(&mut self, edit: impl FnOnce(&mut Form, &SettingsFacts)) {
        let is_free = self.saving != Saving::Running;
        let Some(Ok(facts)) = &self.facts else { return };
        if is_free && facts.access != Access::Locked {
            edit(&mut self.form, facts);
            self.saving = Saving::Idle;
        }
    }

    /// Also of what broke off some may be in force; what was not read afterwards may be, if it was saved.
    fn note_restart(&mut self, facts: &Result<SettingsFacts, SettingsUnread>, is_saved: bool) {
        self.needs_restart |= match (self.facts(), facts) {
            (Some(before), Ok(now)) => now.needs_restart_after(before),
            (None, _) | (_, Err(_)) => is_saved,
        };
    }

    fn take(&mut self, facts: Result<SettingsFacts, SettingsUnread>) {
        if let Ok(facts) = &facts {
            self.form.settle(facts);
        }
        self.facts = Some(facts);
    }
}

impl Model {
    /// What is shown when the tab is opened may be of yesterday.
    pub(super) fn follow_settings_tab(&mut self, before: Tab) -> Vec<Command> {
        let is_opened = self.tab == Tab::Settings && before != Tab::Settings;
        if is_opened { vec![Command::Settings(SettingsCommand::Read)] } else { Vec::new() }
    }

    pub(super) fn change_settings(&mut self, action: SettingsAction) -> Vec<Command> {
        let page = &mut self.settings_page;
        match action {
            SettingsAction::Open(group) => {
                page.group = group;
                if self.tab != Tab::Settings {
                    return self.open_tab(Tab::Settings);
                }
            }
            SettingsAction::Type(key, text) => {
                page.edit(|form, facts| form.put(facts, key, Typed::Text(text)));
            }
            SettingsAction::TypeHours(key, hours) => {
                page.edit(|form, facts| form.put(facts, key, Typed::Hours(hours)));
            }
            SettingsAction::Reset(key) => page.edit(|form, facts| form.put(facts, key, Typed::Default)),
            SettingsAction::Automatic(automatic) => page.edit(|form, facts| {
                form.automatic = Some(automatic);
                form.settle(facts);
            }),
            SettingsAction::Choose(key) => return vec![Command::ChooseSetting(key)],
            SettingsAction::ChooseRoot => return vec![Command::ChooseRoot],
            SettingsAction::UseRoot(path) => {
                page.root_fault = None;
                return vec![Command::Settings(SettingsCommand::ExamineRoot(path))];
            }
            SettingsAction::LeaveRoot => {
                page.root_fault = None;
                page.edit(|form, _| form.root = None);
            }
            SettingsAction::Own(own) => page.own = own,
            SettingsAction::Save => return self.save_settings(),
            SettingsAction::Discard => {
                page.root_fault = None;
                page.edit(|form, _| *form = Form::default());
            }
        }
        Vec::new()
    }

    fn save_settings(&mut self) -> Vec<Command> {
        let page = &mut self.settings_page;
        let Ok(change) = page.change() else { return Vec::new() };
        page.saving = Saving::Running;
        vec![Command::Settings(SettingsCommand::Save(change))]
    }

    pub(super) fn hear_of_settings(&mut self, event: SettingsEvent) -> Vec<Command> {
        let page = &mut self.settings_page;
        match event {
            SettingsEvent::Read(facts) => {
                // What is being saved is read again when that has ended.
                if page.saving != Saving::Running {
                    page.take(facts);
                }
            }
            SettingsEvent::Saved { facts, result } => self.end_saving_settings(facts, result),
            SettingsEvent::RootExamined(Ok(root)) => page.edit(|form, _| form.root = Some(root)),
            SettingsEvent::RootExamined(Err(why)) => page.root_fault = Some(why),
        }
        self.follow_settings();
        Vec::new()
    }

    /// `facts`: what is in force now, in any case. Of what was typed stays what is not in force.
    fn end_saving_settings(
        &mut self,
        facts: Result<SettingsFacts, SettingsUnread>,
        result: Result<(), SaveFault>,
    ) {
        let page = &mut self.settings_page;
        page.note_restart(&facts, result.is_ok());
        match result {
            Ok(()) => {
                page.saving = Saving::Idle;
                page.form = Form::default();
                page.root_fault = None;
                page.take(facts);
                self.say(Done::SettingsSaved, None);
            }
            Err(SaveFault::NotBegun(why) | SaveFault::BrokeOff(why)) => {
                page.take(facts);
                page.saving = Saving::Failed(why);
            }
        }
    }

    /// What the window itself goes by.
    fn follow_settings(&mut self) {
        if let Some(facts) = self.settings_page.facts() {
            self.offline = facts.value(Key::Offline).text.as_deref() == Some("yes");
        }
    }
}
