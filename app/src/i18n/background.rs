//! Words for what runs without the person: the background check and when it does.

use i18n_embed_fl::fl;
use jiff::civil::Weekday;
use jiff::{Timestamp, Zoned};
use smarts_core::settings::{CheckHours, WeekHours};

use super::Texts;
use crate::model::schedule::HoursFault;

const HOURS_OF_A_DAY: u16 = 24;

impl Texts {
    /// `4 ч`, `1 день`, `7 дней`.
    pub fn interval(&self, hours: u16) -> String {
        let days = hours / HOURS_OF_A_DAY;
        if hours == days * HOURS_OF_A_DAY {
            fl!(self.loader, "duration-days", count = days)
        } else {
            fl!(self.loader, "duration-hours", count = hours)
        }
    }

    /// How often is checked.
    pub fn every(&self, hours: CheckHours) -> String {
        fl!(self.loader, "schedule-every-interval", interval = self.interval(hours.hours()))
    }

    /// A moment to come: `сегодня в 16:50`, `24.11.2026 в 08:40`.
    pub fn coming(&self, at: Timestamp, now: &Zoned) -> String {
        let at = at.to_zoned(now.time_zone().clone());
        let time = at.strftime("%H:%M").to_string();
        let tomorrow = now.date().tomorrow().ok();
        if at.date() == now.date() {
            fl!(self.loader, "moment-today", time = time)
        } else if Some(at.date()) == tomorrow {
            fl!(self.loader, "moment-tomorrow", time = time)
        } else {
            fl!(self.loader, "moment-date", date = self.date(at.date()), time = time)
        }
    }

    /// `пн`, by its place in a week that begins with Monday.
    pub fn short_day(&self, place: usize) -> String {
        let loader = &self.loader;
        match place {
            0 => fl!(loader, "day-mon"),
            1 => fl!(loader, "day-tue"),
            2 => fl!(loader, "day-wed"),
            3 => fl!(loader, "day-thu"),
            4 => fl!(loader, "day-fri"),
            5 => fl!(loader, "day-sat"),
            _ => fl!(loader, "day-sun"),
        }
    }

    /// `пн, вт, ср с 09:00 до 18:00`.
    pub fn week_hours(&self, hours: &WeekHours) -> String {
        let day = |day: Weekday| self.short_day(usize::try_from(day.to_monday_zero_offset()).unwrap_or_default());
        let days: Vec<String> = hours.days().map(day).collect();
        let time = |time: jiff::civil::Time| time.strftime("%H:%M").to_string();
        let (from, until) = (time(hours.from()), time(hours.until()));
        fl!(self.loader, "week-hours", days = days.join(", "), from = from, until = until)
    }

    /// What is wrong with hours that were typed.
    pub fn hours_fault(&self, fault: HoursFault) -> String {
        let loader = &self.loader;
        match fault {
            HoursFault::NoDay => fl!(loader, "schedule-no-day"),
            HoursFault::From => fl!(loader, "schedule-wrong-from"),
            HoursFault::Until => fl!(loader, "schedule-wrong-until"),
        }
    }

    /// The settings of the background check are as they were.
    pub fn schedule_not_saved(&self, reason: String) -> String {
        fl!(self.loader, "schedule-not-saved", reason = reason)
    }

    /// The system was not given the permission it asked for.
    pub fn schedule_not_permitted(&self) -> String {
        fl!(self.loader, "schedule-not-permitted")
    }

    /// The process with an administrator's rights ended without saying why.
    pub fn schedule_broke_off(&self, code: Option<i32>) -> String {
        let code = code.map_or_else(|| "—".to_owned(), |code| code.to_string());
        fl!(self.loader, "schedule-broke-off", code = code)
    }
}
