//! «Проверка по расписанию»: what is in force, what the person has typed, and whether that can be saved.
//!
//! Deliberately not here: how it is saved, and by whom it may be; the worker finds that out.

use jiff::Timestamp;
use jiff::civil::Weekday;
use smarts_core::settings::{CheckHours, Notify, WeekHours};

use super::{Command, Dialog, Model};

/// The days of a week as [`HoursForm::days`] has them, with their names in the settings.
pub const DAYS: [(Weekday, &str); 7] = [
    (Weekday::Monday, "mon"),
    (Weekday::Tuesday, "tue"),
    (Weekday::Wednesday, "wed"),
    (Weekday::Thursday, "thu"),
    (Weekday::Friday, "fri"),
    (Weekday::Saturday, "sat"),
    (Weekday::Sunday, "sun"),
];

/// What a person does on the page.
#[derive(Clone, Debug, PartialEq)]
pub enum ScheduleAction {
    /// Open it.
    Open,
    /// What is typed and chosen now.
    Change(ScheduleForm),
    /// Put it in force.
    Save,
}

/// The page.
#[derive(Clone, Debug, PartialEq)]
pub struct SchedulePage {
    /// `None` until it has been read.
    pub facts: Option<ScheduleFacts>,
    /// What is typed and chosen.
    pub form: ScheduleForm,
    /// What became of saving.
    pub saving: Saving,
}

/// What became of saving.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Saving {
    /// Nothing was to be saved yet.
    #[default]
    Idle,
    /// Under way; the system may be asking for permission.
    Running,
    /// Done.
    Saved,
    /// Not done; a sentence.
    Failed(String),
}

/// Why what was wanted is not in force; a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveFault {
    /// It was not even begun.
    NotBegun(String),
    /// Some of it may be in force.
    BrokeOff(String),
}

/// What is in force.
#[derive(Clone, Debug, PartialEq)]
pub struct ScheduleFacts {
    /// The settings.
    pub settings: ScheduleSettings,
    /// Whose the task is.
    pub task: Task,
    /// The same in words.
    pub task_words: String,
    /// Whether a former task is kept, which comes back when ours is removed.
    pub former_kept: bool,
    /// When the task runs next, where that can be told.
    pub next_run: Option<Timestamp>,
    /// Whether this person may change it.
    pub access: Access,
}

/// The settings of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScheduleSettings {
    /// Hours between two checks.
    pub hours: CheckHours,
    /// The only hours in which is checked.
    pub working_hours: Option<WeekHours>,
    /// When updates are made here.
    pub maintenance: Option<WeekHours>,
    /// Who is told.
    pub notify: Notify,
    /// This PC has no way to a source.
    pub offline: bool,
}

/// Whose the task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Ours, and it runs.
    Ours,
    /// Ours, switched off.
    Off,
    /// Another program's.
    Foreign,
    /// There is none.
    None,
    /// It cannot be told.
    Unknown,
}

/// What is to be known where this program is not to check by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NeverMeans {
    /// Nobody hears of anything.
    Silence,
    /// The task that was there before ours comes back.
    FormerBack,
    /// Another program's task is in force, and stays.
    ForeignStays,
}

/// Whether the person may change what is machine-wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// As it is.
    Free,
    /// After the system has asked.
    Asked,
    /// Not at all: only administrators may.
    Locked,
}

/// What is to be put in force; what is `None` stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleChange {
    /// What the page was filled from: only what the person has made another of it is changed.
    pub before: ScheduleSettings,
    /// The settings.
    pub settings: Option<ScheduleSettings>,
    /// Whether the task is to be ours.
    pub task: Option<bool>,
}

/// What is typed and chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScheduleForm {
    /// Checks by the task.
    pub automatic: bool,
    /// Hours between two of them, as typed.
    pub hours: String,
    /// The only hours in which is checked.
    pub working: HoursForm,
    /// When updates are made here.
    pub maintenance: HoursForm,
    /// Who is told.
    pub notify: Notify,
    /// This PC has no way to a source.
    pub offline: bool,
}

/// Hours of the week as they are typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoursForm {
    /// Whether they count.
    pub on: bool,
    /// From Monday on.
    pub days: [bool; 7],
    /// As `9:00`.
    pub from: String,
    /// As `18:00`.
    pub until: String,
}

/// What is wrong with hours of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoursFault {
    /// No day is chosen.
    NoDay,
    /// When they begin is no time of day.
    From,
    /// When they end is no time of day.
    Until,
}

/// Why nothing can be saved now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScheduleObstacle {
    /// What is in force is not known yet.
    Reading,
    /// Only administrators may.
    Locked,
    /// It is being saved.
    Saving,
    /// Something is typed wrong.
    Wrong,
    /// It is all as it was.
    Same,
}

impl Default for HoursForm {
    /// Not in force, and as most would have them.
    fn default() -> Self {
        Self::off([true, true, true, true, true, false, false], "09:00", "18:00")
    }
}

impl HoursForm {
    fn off(days: [bool; 7], from: &str, until: &str) -> Self {
        Self { on: false, days, from: from.to_owned(), until: until.to_owned() }
    }

    fn of(hours: &WeekHours) -> Self {
        let mut days = [false; 7];
        for day in hours.days() {
            let place = DAYS.iter().position(|(other, _)| *other == day);
            if let Some(on) = place.and_then(|place| days.get_mut(place)) {
                *on = true;
            }
        }
        let time = |time: jiff::civil::Time| time.strftime("%H:%M").to_string();
        Self { on: true, days, from: time(hours.from()), until: time(hours.until()) }
    }

    /// The hours, if they count and are hours.
    pub fn hours(&self) -> Result<Option<WeekHours>, HoursFault> {
        if !self.on {
            return Ok(None);
        }
        let names = DAYS.iter().zip(self.days).filter(|(_, on)| *on).map(|((_, name), _)| *name);
        let names = names.collect::<Vec<_>>().join(",");
        if names.is_empty() {
            return Err(HoursFault::NoDay);
        }
        let (from, until) = (self.from.trim(), self.until.trim());
        let parse = |from: &str, until: &str| format!("{names} {from}-{until}").parse::<WeekHours>().ok();
        let hours = parse(from, until);
        hours.map(Some).ok_or(if parse(from, "00:00").is_none() {
            HoursFault::From
        } else {
            HoursFault::Until
        })
    }
}

impl ScheduleForm {
    fn of(facts: &ScheduleFacts) -> Self {
        let settings = &facts.settings;
        let form = |hours: &Option<WeekHours>| hours.as_ref().map(HoursForm::of);
        Self {
            automatic: facts.task == Task::Ours,
            hours: settings.hours.hours().to_string(),
            working: form(&settings.working_hours).unwrap_or_default(),
            maintenance: form(&settings.maintenance).unwrap_or_else(|| {
                HoursForm::off([true, true, true, true, false, false, false], "21:00", "23:00")
            }),
            notify: settings.notify,
            offline: settings.offline,
        }
    }

    /// Hours between two checks, if what is typed is a number of them.
    pub fn check_hours(&self) -> Option<CheckHours> {
        CheckHours::try_from(self.hours.trim().parse::<u16>().ok()?).ok()
    }

    /// As settings, if nothing is typed wrong.
    pub fn settings(&self) -> Option<ScheduleSettings> {
        Some(ScheduleSettings {
            hours: self.check_hours()?,
            working_hours: self.working.hours().ok()?,
            maintenance: self.maintenance.hours().ok()?,
            notify: self.notify,
            offline: self.offline,
        })
    }
}

impl SchedulePage {
    fn reading(saving: Saving) -> Self {
        Self { facts: None, form: ScheduleForm::default(), saving }
    }

    /// `anew`: what was typed is not kept in any case.
    fn take(&mut self, facts: ScheduleFacts, anew: bool) {
        let in_force = |facts: &ScheduleFacts| (facts.settings.clone(), facts.task);
        if anew || self.facts.as_ref().map(in_force) != Some(in_force(&facts)) {
            self.form = ScheduleForm::of(&facts);
        }
        self.facts = Some(facts);
    }

    /// What it means that this program does not check by itself; `None` where it does, or is to.
    pub fn never_means(&self) -> Option<NeverMeans> {
        let facts = self.facts.as_ref().filter(|_| !self.form.automatic)?;
        Some(match facts.task {
            Task::Foreign => NeverMeans::ForeignStays,
            Task::Ours if facts.former_kept => NeverMeans::FormerBack,
            Task::Ours | Task::Off | Task::None | Task::Unknown => NeverMeans::Silence,
        })
    }

    /// What saving would change.
    pub fn change(&self) -> Result<ScheduleChange, ScheduleObstacle> {
        let facts = self.facts.as_ref().ok_or(ScheduleObstacle::Reading)?;
        if facts.access == Access::Locked {
            return Err(ScheduleObstacle::Locked);
        }
        if self.saving == Saving::Running {
            return Err(ScheduleObstacle::Saving);
        }
        let settings = self.form.settings().ok_or(ScheduleObstacle::Wrong)?;
        let is_ours = facts.task == Task::Ours;
        let change = ScheduleChange {
            before: facts.settings.clone(),
            settings: (settings != facts.settings).then_some(settings),
            task: (self.form.automatic != is_ours).then_some(self.form.automatic),
        };
        let is_same = change.settings.is_none() && change.task.is_none();
        if is_same { Err(ScheduleObstacle::Same) } else { Ok(change) }
    }
}

impl Model {
    /// The page, if it is open.
    pub fn schedule(&self) -> Option<&SchedulePage> {
        match &self.dialog {
            Some(Dialog::Schedule(page)) => Some(page),
            _ => None,
        }
    }

    pub(super) fn change_schedule(&mut self, action: ScheduleAction) -> Vec<Command> {
        if action == ScheduleAction::Open {
            // A page that was closed meanwhile does not end what it has begun: a second save waits for the first.
            let saving = if self.saves_schedule { Saving::Running } else { Saving::Idle };
            self.dialog = Some(Dialog::Schedule(SchedulePage::reading(saving)));
            return vec![Command::ReadSchedule];
        }
        let Some(Dialog::Schedule(page)) = &mut self.dialog else { return Vec::new() };
        match action {
            ScheduleAction::Open => Vec::new(),
            ScheduleAction::Change(form) => {
                if page.saving != Saving::Running {
                    page.form = form;
                    page.saving = Saving::Idle;
                }
                Vec::new()
            }
            ScheduleAction::Save => match page.change() {
                Ok(change) => {
                    page.saving = Saving::Running;
                    self.saves_schedule = true;
                    vec![Command::SaveSchedule(change)]
                }
                Err(_) => Vec::new(),
            },
        }
    }

    pub(super) fn fill_schedule(&mut self, facts: ScheduleFacts) -> Vec<Command> {
        self.offline = facts.settings.offline;
        if let Some(Dialog::Schedule(page)) = &mut self.dialog {
            page.take(facts, false);
        }
        Vec::new()
    }

    /// `facts`: what is in force now, in any case. What was typed stays where nothing has changed; else it would be
    /// taken for what is in force, or be compared with what the person has never seen.
    pub(super) fn end_saving(&mut self, facts: ScheduleFacts, result: Result<(), SaveFault>) -> Vec<Command> {
        self.offline = facts.settings.offline;
        self.saves_schedule = false;
        if let Some(Dialog::Schedule(page)) = &mut self.dialog {
            let is_untouched = matches!(result, Err(SaveFault::NotBegun(_)));
            page.take(facts, !is_untouched);
            page.saving = match result {
                Ok(()) => Saving::Saved,
                Err(SaveFault::NotBegun(why) | SaveFault::BrokeOff(why)) => Saving::Failed(why),
            };
        }
        Vec::new()
    }
}
