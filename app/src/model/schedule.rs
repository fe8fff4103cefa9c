//! The background check: whose its task is, hours of the week as they are typed; and who may change what is
//! machine-wide, and what became of it.
//!
//! Deliberately not here: the rest of the settings, and how anything is saved.

use jiff::civil::Weekday;
use smarts_core::settings::WeekHours;

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

/// What became of saving.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Saving {
    /// Nothing was to be saved yet.
    #[default]
    Idle,
    /// Under way; the system may be asking for permission.
    Running,
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

impl Default for HoursForm {
    /// Not in force, and as most would have them.
    fn default() -> Self {
        Self::off([true, true, true, true, true, false, false], "09:00", "18:00")
    }
}

impl HoursForm {
    /// Not in force, and as most would have them for maintenance.
    pub fn evenings() -> Self {
        Self::off([true, true, true, true, false, false, false], "21:00", "23:00")
    }

    fn off(days: [bool; 7], from: &str, until: &str) -> Self {
        Self { on: false, days, from: from.to_owned(), until: until.to_owned() }
    }

    /// Those that are in force.
    pub fn of(hours: &WeekHours) -> Self {
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
