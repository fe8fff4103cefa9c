//! Numbers, dates and ages as people read them, in the language of the texts.
//!
//! Not here: which of them are shown where; that is the view's and the command line's.

use i18n_embed_fl::fl;
use jiff::civil::Date;
use jiff::{Timestamp, Zoned};

use super::{Language, Texts};

const KIB: u64 = 1024;
const MIB: u64 = KIB * 1024;
const GIB: u64 = MIB * 1024;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Bytes,
    Kib,
    Mib,
    Gib,
}

impl Texts {
    /// `184 МБ`, `1,2 ГБ`; in units of 1024, as Windows shows them.
    pub fn size(&self, bytes: u64) -> String {
        let unit = unit_of(bytes);
        self.with_unit(self.in_unit(bytes, unit), unit)
    }

    /// `118 из 184 МБ`, both in the unit of the larger; without a total just what there is.
    pub fn size_of_total(&self, done: u64, total: Option<u64>) -> String {
        let Some(total) = total else { return self.size(done) };
        let unit = unit_of(total);
        let done = self.in_unit(done.min(total), unit);
        fl!(
            self.loader,
            "size-of-total",
            done = done,
            total = self.with_unit(self.in_unit(total, unit), unit)
        )
    }

    /// `18 МБ/с`.
    pub fn speed(&self, bytes_per_second: u64) -> String {
        fl!(self.loader, "speed", size = self.size(bytes_per_second))
    }

    /// `осталось 4 с`, `осталось 2 мин`.
    pub fn time_left(&self, seconds: u64) -> String {
        let duration = match seconds {
            0..60 => fl!(self.loader, "duration-seconds", count = seconds.max(1)),
            60..3600 => fl!(self.loader, "duration-minutes", count = seconds.div_ceil(60)),
            _ => fl!(self.loader, "duration-hours", count = seconds.div_ceil(3600)),
        };
        fl!(self.loader, "time-left", duration = duration)
    }

    /// `29.10.2025`, `29 Oct 2025`.
    pub fn date(&self, date: Date) -> String {
        let format = match self.language {
            Language::Ru => "%d.%m.%Y",
            Language::En => "%-d %b %Y",
        };
        date.strftime(format).to_string()
    }

    /// `29.10`, `29 Oct`; with its year if that is another than today's.
    pub fn date_short(&self, date: Date, today: Date) -> String {
        if date.year() != today.year() {
            return self.date(date);
        }
        let format = match self.language {
            Language::Ru => "%d.%m",
            Language::En => "%-d %b",
        };
        date.strftime(format).to_string()
    }

    /// `сегодня в 12:40`, `вчера в 08:40`, `19.11.2026 в 08:40 (3 дня назад)`.
    pub fn moment(&self, at: Timestamp, now: &Zoned) -> String {
        let at = at.to_zoned(now.time_zone().clone());
        let time = at.strftime("%H:%M").to_string();
        match days_between(at.date(), now.date()) {
            0 => fl!(self.loader, "moment-today", time = time),
            1 => fl!(self.loader, "moment-yesterday", time = time),
            days => {
                let date = self.date(at.date());
                match u32::try_from(days) {
                    Ok(days) => fl!(self.loader, "moment-days-ago", date = date, time = time, count = days),
                    // A report from the future: the clock was wrong then, or is now.
                    Err(_) => fl!(self.loader, "moment-date", date = date, time = time),
                }
            }
        }
    }

    /// `21:44`.
    pub fn time_of_day(&self, at: Timestamp, now: &Zoned) -> String {
        at.to_zoned(now.time_zone().clone()).strftime("%H:%M").to_string()
    }

    fn in_unit(&self, bytes: u64, unit: Unit) -> String {
        let whole = match unit {
            Unit::Bytes => 1,
            Unit::Kib => KIB,
            Unit::Mib => MIB,
            Unit::Gib => GIB,
        };
        // Below ten, and in gigabytes, a tenth matters: 1,2 ГБ.
        let value = bytes as f64 / whole as f64;
        let decimals = usize::from(unit == Unit::Gib || (unit == Unit::Mib && value < 9.95));
        let text = format!("{value:.decimals$}");
        let text = text.strip_suffix(".0").unwrap_or(&text);
        match self.language {
            Language::Ru => text.replace('.', ","),
            Language::En => text.to_owned(),
        }
    }

    fn with_unit(&self, value: String, unit: Unit) -> String {
        match unit {
            Unit::Bytes => fl!(self.loader, "size-bytes", value = value),
            Unit::Kib => fl!(self.loader, "size-kib", value = value),
            Unit::Mib => fl!(self.loader, "size-mib", value = value),
            Unit::Gib => fl!(self.loader, "size-gib", value = value),
        }
    }
}

fn unit_of(bytes: u64) -> Unit {
    match bytes {
        0..KIB => Unit::Bytes,
        KIB..MIB => Unit::Kib,
        MIB..GIB => Unit::Mib,
        _ => Unit::Gib,
    }
}

fn days_between(earlier: Date, later: Date) -> i32 {
    earlier.until(later).map_or(-1, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(language: Language) -> Texts {
        Texts::new(language).unwrap()
    }

    #[test]
    fn sizes_are_in_units_of_1024_with_the_decimal_mark_of_the_language() {
        let (ru, en) = (texts(Language::Ru), texts(Language::En));
        assert_eq!(ru.size(512), "512 Б");
        assert_eq!(ru.size(3 * MIB / 2), "1,5 МБ");
        assert_eq!(ru.size(184 * MIB), "184 МБ");
        assert_eq!(ru.size(2 * GIB), "2 ГБ");
        assert_eq!(en.size(GIB + GIB / 5), "1.2 GB");
        assert_eq!(ru.size_of_total(118 * MIB, Some(184 * MIB)), "118 из 184 МБ");
        assert_eq!(ru.size_of_total(118 * MIB, None), "118 МБ");
        assert_eq!(ru.speed(18 * MIB), "18 МБ/с");
        assert_eq!(ru.size(u64::MAX), "17179869184 ГБ");
    }

    #[test]
    fn the_time_left_is_never_zero_and_is_rounded_up() {
        let ru = texts(Language::Ru);
        assert_eq!(ru.time_left(0), "осталось 1 с");
        assert_eq!(ru.time_left(4), "осталось 4 с");
        assert_eq!(ru.time_left(61), "осталось 2 мин");
        assert_eq!(ru.time_left(3601), "осталось 2 ч");
    }

    #[test]
    fn a_short_date_has_a_year_only_where_it_is_another() {
        let (ru, en) = (texts(Language::Ru), texts(Language::En));
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(ru.date_short(day("2026-11-01"), day("2026-11-22")), "01.11");
        assert_eq!(ru.date_short(day("2025-11-01"), day("2026-11-22")), "01.11.2025");
        assert_eq!(en.date_short(day("2026-11-01"), day("2026-11-22")), "1 Nov");
    }

    #[test]
    fn moments_are_told_by_the_days_of_the_persons_time_zone() {
        let (ru, en) = (texts(Language::Ru), texts(Language::En));
        let now: Zoned = "2026-11-22T16:00:00+03:00[+03:00]".parse().unwrap();
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        assert_eq!(ru.moment(at("2026-11-22T09:40:00Z"), &now), "сегодня в 12:40");
        assert_eq!(ru.moment(at("2026-11-21T20:59:00Z"), &now), "вчера в 23:59");
        assert_eq!(ru.moment(at("2026-11-21T21:00:00Z"), &now), "сегодня в 00:00");
        assert_eq!(ru.moment(at("2026-11-19T05:40:00Z"), &now), "19.11.2026 в 08:40 (3 дня назад)");
        assert_eq!(ru.moment(at("2026-11-01T05:40:00Z"), &now), "01.11.2026 в 08:40 (21 день назад)");
        assert_eq!(ru.moment(at("2026-12-01T05:40:00Z"), &now), "01.12.2026 в 08:40");
        assert_eq!(en.moment(at("2026-11-19T05:40:00Z"), &now), "19 Nov 2026 at 08:40 (3 days ago)");
    }
}
