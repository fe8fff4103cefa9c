//! Words for what runs without the person: the background check and when it does.

use std::path::Path;

use i18n_embed_fl::fl;
use jiff::{Timestamp, Zoned};
use smarts_core::hidden;
use smarts_core::settings::CheckHours;

use super::Texts;
use crate::error::chain;
use crate::model::schedule::HoursFault;
use crate::model::summary::Updates;

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

    /// A row whose sheet was put off until then.
    pub fn reminder(&self, at: Timestamp, now: &Zoned) -> String {
        fl!(self.loader, "reminder-set", when = self.coming(at, now))
    }

    /// The button that puts a sheet off until then.
    pub fn remind_button(&self, at: Timestamp, now: &Zoned) -> String {
        let then = at.to_zoned(now.time_zone().clone());
        if then.date() == now.date() {
            fl!(self.loader, "sheet-remind-today", time = then.strftime("%H:%M").to_string())
        } else {
            fl!(self.loader, "sheet-remind", when = self.coming(at, now))
        }
    }

    /// What can be updated on a PC, counted: `платформа, 2 базы`.
    pub fn open_counts(&self, updates: Updates, blocked: usize) -> String {
        let loader = &self.loader;
        let bases = updates.bases;
        let parts = [
            updates.platform.then(|| fl!(loader, "reports-open-platform")),
            (bases > 0).then(|| fl!(loader, "reports-open-bases", count = bases)),
            updates.updater.then(|| fl!(loader, "reports-open-updater")),
            (blocked > 0).then(|| fl!(loader, "reports-open-blocked", count = blocked)),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() { fl!(loader, "reports-nothing-open") } else { parts.join(", ") }
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

    /// What a person has said about a version was not kept, or not wholly.
    pub fn skip_not_kept(&self, error: &hidden::Error) -> String {
        match error {
            hidden::Error::Write { source, .. } => fl!(self.loader, "skip-not-kept", reason = chain(source)),
            hidden::Error::Registry(fault) => fl!(self.loader, "skip-not-told", reason = chain(fault)),
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

    /// The process with an administrator's rights has refused before it changed anything.
    pub fn schedule_refused(&self, log: &Path) -> String {
        fl!(self.loader, "schedule-refused", log = log.display().to_string())
    }

    /// The process with an administrator's rights ended, and its reason is in its log alone.
    pub fn schedule_broke_off(&self, code: Option<i32>, log: &Path) -> String {
        let code = code.map_or_else(|| "—".to_owned(), |code| code.to_string());
        fl!(self.loader, "schedule-broke-off", code = code, log = log.display().to_string())
    }
}
