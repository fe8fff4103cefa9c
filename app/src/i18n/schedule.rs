//! Words for the scheduled task and for our installer's own step.

use i18n_embed_fl::fl;
use jiff::civil::Weekday;
use smarts_core::os::TaskFault;
use smarts_core::schedule::{Error, Facts, Rhythm, State};
use smarts_core::settings::WeekHours;

use super::Texts;
use crate::error::chain;
use crate::setup;

impl Texts {
    /// Whose the task is, and what that means.
    pub fn task_state(&self, state: &State) -> String {
        let loader = &self.loader;
        match state {
            State::Ours(Facts { enabled: false, .. }) => fl!(loader, "task-ours-off"),
            State::Ours(facts) => self.task_ours(facts),
            State::Foreign(facts) => match &facts.program {
                Some(program) => fl!(loader, "machine-task-foreign", program = program.as_str()),
                None => fl!(loader, "task-foreign-unread"),
            },
            State::None => fl!(loader, "task-none"),
            State::Unknown(fault) => self.task_fault(fault),
        }
    }

    fn task_ours(&self, facts: &Facts) -> String {
        let loader = &self.loader;
        let Some(minutes) = facts.interval_minutes else { return fl!(loader, "task-ours-no-interval") };
        let hours = minutes / 60;
        let interval = if minutes % 60 == 0 {
            fl!(loader, "duration-hours", count = hours)
        } else {
            fl!(loader, "duration-minutes", count = minutes)
        };
        match &facts.working_hours {
            Some(hours) => {
                fl!(loader, "task-ours-hours", interval = interval, hours = self.week_hours(hours))
            }
            None => fl!(loader, "task-ours", interval = interval),
        }
    }

    /// How often updates will be looked for from now on.
    pub fn task_installed(&self, rhythm: &Rhythm, former_is_kept: bool) -> String {
        let loader = &self.loader;
        let hours = rhythm.hours.hours();
        match &rhythm.working_hours {
            Some(only) if former_is_kept => {
                fl!(loader, "schedule-installed-hours-kept", hours = hours, only = self.week_hours(only))
            }
            Some(only) => {
                fl!(loader, "schedule-installed-hours", hours = hours, only = self.week_hours(only))
            }
            None if former_is_kept => fl!(loader, "schedule-installed-kept", hours = hours),
            None => fl!(loader, "schedule-installed", hours = hours),
        }
    }

    /// Hours of the week as a person says them; days in a row as a range, none where it is every day.
    pub fn week_hours(&self, hours: &WeekHours) -> String {
        let span = format!("{}–{}", hours.from().strftime("%H:%M"), hours.until().strftime("%H:%M"));
        let days: Vec<Weekday> = hours.days().collect();
        if days.len() == 7 {
            return span;
        }
        let in_a_row = days.chunk_by(|day, after| day.next() == *after);
        let named = in_a_row.map(|days| match days {
            [first, .., last] => format!("{}–{}", self.weekday(*first), self.weekday(*last)),
            [day] => self.weekday(*day),
            [] => String::new(),
        });
        format!("{} {span}", named.collect::<Vec<_>>().join(", "))
    }

    /// `пн`.
    pub fn weekday(&self, day: Weekday) -> String {
        let loader = &self.loader;
        match day {
            Weekday::Monday => fl!(loader, "weekday-mon"),
            Weekday::Tuesday => fl!(loader, "weekday-tue"),
            Weekday::Wednesday => fl!(loader, "weekday-wed"),
            Weekday::Thursday => fl!(loader, "weekday-thu"),
            Weekday::Friday => fl!(loader, "weekday-fri"),
            Weekday::Saturday => fl!(loader, "weekday-sat"),
            Weekday::Sunday => fl!(loader, "weekday-sun"),
        }
    }

    /// Why the scheduler did not do it.
    pub fn task_fault(&self, fault: &TaskFault) -> String {
        let loader = &self.loader;
        match fault {
            TaskFault::NotHere => fl!(loader, "task-not-here"),
            TaskFault::Rights => fl!(loader, "task-rights"),
            TaskFault::Scheduler { detail } => fl!(loader, "task-scheduler", reason = detail.as_str()),
            TaskFault::File(error) => fl!(loader, "task-scheduler", reason = error.to_string()),
        }
    }

    /// Why the task was not installed or removed, and what there is now.
    pub fn schedule_error(&self, error: &Error) -> String {
        let loader = &self.loader;
        match error {
            Error::Task(fault) => self.task_fault(fault),
            Error::File { path, source } => {
                fl!(loader, "task-file", path = path.display().to_string(), reason = source.to_string())
            }
            Error::Untrusted { path } => fl!(loader, "task-untrusted", path = path.display().to_string()),
            Error::Restore { path, source } => {
                let reason = self.task_fault(source);
                fl!(loader, "task-not-restored", path = path.display().to_string(), reason = reason)
            }
        }
    }

    /// Why the installer's own step did not do it.
    pub fn setup_error(&self, error: &setup::Error) -> String {
        match error {
            setup::Error::Schedule(error) => self.schedule_error(error),
            setup::Error::NoStub { path } => {
                fl!(self.loader, "task-no-stub", path = path.display().to_string())
            }
            setup::Error::Rights => fl!(self.loader, "task-rights"),
            error => fl!(self.loader, "setup-failed", reason = chain(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn hours_of_the_week_are_said_as_people_say_them() {
        let ru = Texts::new(Language::Ru).unwrap();
        let said = |text: &str| ru.week_hours(&text.parse().unwrap());
        assert_eq!(said("mon-fri 9:00-18:00"), "пн–пт 09:00–18:00");
        assert_eq!(said("mon,wed,sat,sun 9:00-18:00"), "пн, ср, сб–вс 09:00–18:00");
        assert_eq!(said("9:00-18:00"), "09:00–18:00");
        let en = Texts::new(Language::En).unwrap();
        assert_eq!(en.week_hours(&"tue 21:00-23:00".parse().unwrap()), "Tue 21:00–23:00");
    }
}
