//! When the task of one PC runs, and whether a run is to check: the arithmetic that keeps a thousand shops from
//! arriving together at 12:00.
//!
//! A day (or each span of working hours) is cut into *turns* of equal length: the interval of checks, and without
//! working hours a divisor of the day of 4 hours at most (a check every 24 hours still has six turns a day, so that
//! a PC that is on for one shift has one in it; what a run does that is not to check costs nothing). Each PC has
//! its own moment in a turn, to the second and always the same, by a hash of what it is ([`Phase`]). Always-on PCs
//! thus arrive evenly: one million at 4 hours are 69 checks a second, at any second of the day.
//!
//! Windows and systemd make up runs that were missed while the PC was off, and they do so right after it is
//! switched on. Between 8 and 10 that would be everybody: twice as many as in all the day. So a run counts only *in
//! its turn*, that is up to an eighth of a turn after the PC's moment (a sixteenth is the random delay of the
//! scheduler, the rest is for slow starts); one that is made up outside it leaves the check to the next moment,
//! which is a turn away at most. A first check waits for its turn too. For a PC that is never on at its moments a check
//! that is 12 days overdue, more than any holidays, or was never made, may be made up at once on one day of 13: the
//! PC's own, so that neither a rollout nor long holidays bring everybody on the same morning. The run at sign-in is for
//! those, and it is spread over an hour per PC.
//!
//! A check that is younger than the interval less half a turn is fresh: a person has just looked. Times are the
//! PC's own; a clock that is put forward or back moves one check and no more.
//!
//! Deliberately not here: how a scheduler is told ([`super::Definition`]), and whom a check is made for.

use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime, Time, Weekday};

use crate::digest::Digest;
use crate::os::{self, Os};
use crate::settings::{CheckHours, Settings, WeekHours};

const HOUR: u32 = 3600;
const DAY: u32 = 24 * HOUR;
const OVERDUE_SECS: i64 = 12 * 24 * 3600;
/// On one day of so many a PC makes up for what is overdue; not seven, whose day may never be a working one.
const OVERDUE_DAYS: u32 = 13;
const FIRST_AFTER_SIGN_IN: u32 = 60;

/// How often is checked, and in which hours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rhythm {
    /// Hours between two checks.
    pub hours: CheckHours,
    /// The only hours in which is checked.
    pub working_hours: Option<WeekHours>,
}

/// A PC's own place among all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phase {
    /// Of a turn, in parts of 2³².
    turn: u32,
    /// Of the hour after a sign-in, likewise.
    sign_in: u32,
}

impl Phase {
    /// Of this PC.
    pub fn of(os: &dyn Os) -> Self {
        Self::of_text(&format!("{}\n{}", os::machine_id(os), os.identity().computer))
    }

    /// Of a PC that is known by this text.
    pub fn of_text(own: &str) -> Self {
        let digest = Digest::of(own.as_bytes()).to_string();
        let part = |at| digest.get(at).and_then(|part| u32::from_str_radix(part, 16).ok()).unwrap_or(0);
        Self { turn: part(0..8), sign_in: part(8..16) }
    }

    /// Whether a check that is long overdue may be made at any time of this day.
    fn is_own_day(self, date: Date) -> bool {
        let days = date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24;
        days.rem_euclid(i64::from(OVERDUE_DAYS)) == i64::from(self.share(OVERDUE_DAYS))
    }

    /// This PC's moment in so many seconds.
    pub(super) fn share(self, secs: u32) -> u32 {
        share(self.turn, secs)
    }

    #[cfg(test)]
    pub(super) fn of_parts(turn: u32, sign_in: u32) -> Self {
        Self { turn, sign_in }
    }

    /// Seconds between a sign-in and the run that follows it: the scheduler has no random delay there.
    pub(super) fn after_sign_in_secs(self) -> u32 {
        FIRST_AFTER_SIGN_IN + share(self.sign_in, HOUR - FIRST_AFTER_SIGN_IN)
    }
}

impl Rhythm {
    /// As the settings say.
    pub fn of(settings: &Settings) -> Self {
        Self { hours: settings.check_hours, working_hours: settings.working_hours.clone() }
    }

    /// Seconds between two runs of the task.
    pub(super) fn turn_secs(&self) -> u32 {
        let hours = u32::from(self.hours.hours());
        match &self.working_hours {
            Some(_) => (hours * HOUR).min(self.span_secs()),
            None => [4, 3, 2].into_iter().find(|turn| hours % turn == 0).unwrap_or(1) * HOUR,
        }
    }

    /// Seconds from midnight to the first run of this PC on a day it runs on; with working hours that go over
    /// midnight it may be more than a day has.
    pub(super) fn first_secs(&self, phase: Phase) -> u32 {
        let from = self.working_hours.as_ref().map_or(0, |hours| of_day(hours.from()));
        from + phase.share(self.turn_secs())
    }

    /// Seconds from the first run of a day on in which there may be others.
    pub(super) fn rest_secs(&self, phase: Phase) -> u32 {
        self.span_secs() - phase.share(self.turn_secs())
    }

    /// Seconds that the scheduler adds at random.
    pub(super) fn delay_secs(&self) -> u32 {
        self.turn_secs() / 16
    }

    /// When the task runs by itself next, after `now`; not counting delays and runs that are made up.
    pub fn next(&self, phase: Phase, now: DateTime) -> Option<DateTime> {
        (-1..=7_i64).find_map(|days| self.after(phase, now.date().checked_add(days.days()).ok()?, now))
    }

    /// The first run after `now` that belongs to this day.
    fn after(&self, phase: Phase, date: Date, now: DateTime) -> Option<DateTime> {
        if !self.is_on(date.weekday()) {
            return None;
        }
        let rest = self.rest_secs(phase);
        let runs = (0..rest).step_by(self.turn_secs().max(1) as usize);
        let first = self.first_secs(phase);
        runs.filter_map(|run| {
            date.to_datetime(Time::midnight()).checked_add(i64::from(first + run).seconds()).ok()
        })
        .find(|run| *run > now)
    }

    /// How many seconds ago this PC's moment was.
    fn late_secs(&self, phase: Phase, now: DateTime) -> Option<u32> {
        let (today, second) = (now.date().weekday(), of_day(now.time()));
        let late = |day, second| self.late_on(phase, day, second);
        late(today, second).or_else(|| late(today.previous(), second + DAY))
    }

    /// The same for a moment that belongs to this day.
    fn late_on(&self, phase: Phase, day: Weekday, second: u32) -> Option<u32> {
        let since_first = second.checked_sub(self.first_secs(phase)).filter(|_| self.is_on(day))?;
        let turn = self.turn_secs().max(1);
        let last = self.rest_secs(phase).saturating_sub(1) / turn;
        Some(since_first - (since_first / turn).min(last) * turn)
    }

    fn span_secs(&self) -> u32 {
        let minutes = self.working_hours.as_ref().map(|hours| hours.length().get_minutes());
        minutes.and_then(|minutes| u32::try_from(minutes * 60).ok()).unwrap_or(DAY)
    }

    fn is_on(&self, day: Weekday) -> bool {
        self.working_hours.as_ref().is_none_or(|hours| hours.days().any(|on| on == day))
    }
}

/// Whether a run of the task at `now` is to check, `last_check` being the end of the last one by anybody.
///
/// Without a phase (the task is not as we have registered it, [`super::phase_in_force`]) there are no turns: every
/// run counts, and only freshness and working hours do. What a person asks for is never asked here.
pub fn is_due(last_check: Option<DateTime>, now: DateTime, rhythm: &Rhythm, phase: Option<Phase>) -> bool {
    let is_open = || rhythm.working_hours.as_ref().is_none_or(|hours| hours.contain(now));
    let (turn, hour) = (i64::from(rhythm.turn_secs()), i64::from(HOUR));
    let interval = i64::from(rhythm.hours.hours()) * hour;
    let age = last_check.map(|last| now.duration_since(last).as_secs());
    let is_overdue = age.is_none_or(|age| age >= interval + OVERDUE_SECS);
    if is_overdue && is_open() && phase.is_none_or(|phase| phase.is_own_day(now.date())) {
        return true;
    }
    // A check in the future: the clock was put back, and nobody knows how old it is.
    let is_stale = age.is_none_or(|age| age < 0 || age >= interval - turn / 2);
    let is_in_turn = || match phase {
        // The last moment may be so near the end of the hours that its delay goes over it.
        Some(phase) => rhythm.late_secs(phase, now).is_some_and(|late| i64::from(late) <= turn / 8),
        None => is_open(),
    };
    is_stale && is_in_turn()
}

fn of_day(time: Time) -> u32 {
    let part = |number: i8| u32::try_from(number).unwrap_or(0);
    part(time.hour()) * HOUR + part(time.minute()) * 60 + part(time.second())
}

/// A part of so many seconds.
fn share(part: u32, secs: u32) -> u32 {
    let product = u64::from(part) * u64::from(secs);
    u32::try_from(product >> 32).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    /// The middle of a turn.
    const MIDDLE: Phase = Phase { turn: 1 << 31, sign_in: 0 };

    fn rhythm(hours: u16, working_hours: &str) -> Rhythm {
        let working_hours = Some(working_hours).filter(|text| !text.is_empty());
        Rhythm {
            hours: CheckHours::try_from(hours).unwrap(),
            working_hours: working_hours.map(|text| text.parse().unwrap()),
        }
    }

    /// In November 2026, whose 23rd is a Monday.
    fn at(day: i8, hour: i8, minute: i8) -> DateTime {
        datetime(2026, 11, day, hour, minute, 0, 0)
    }

    fn due(last: Option<DateTime>, now: DateTime, rhythm: &Rhythm) -> bool {
        is_due(last, now, rhythm, Some(MIDDLE))
    }

    #[test]
    fn a_turn_divides_the_day_and_is_no_longer_than_the_interval_or_the_working_hours() {
        let turns = [1, 4, 5, 6, 7, 24, 168].map(|hours| rhythm(hours, "").turn_secs() / HOUR);
        assert_eq!(turns, [1, 4, 1, 3, 1, 4, 4]);
        let turns = [4, 24].map(|hours| rhythm(hours, "9:00-18:00").turn_secs() / HOUR);
        assert_eq!(turns, [4, 9]);
    }

    #[test]
    fn a_run_in_its_turn_checks_what_is_old_and_leaves_what_is_fresh() {
        let every_4 = rhythm(4, "");
        assert!(due(Some(at(23, 6, 2)), at(23, 10, 1), &every_4));
        assert!(due(Some(at(23, 6, 14)), at(23, 10, 0), &every_4), "the last one was delayed");
        assert!(!due(Some(at(23, 9, 30)), at(23, 10, 0), &every_4), "a person has just looked");
        assert!(due(Some(at(23, 9, 30)), at(23, 14, 0), &every_4));
        assert!(due(Some(at(24, 9, 30)), at(23, 14, 0), &every_4), "the clock was put back");
        let weekly = rhythm(168, "");
        assert!(
            !due(Some(at(16, 10, 0)), at(23, 6, 0), &weekly)
                && due(Some(at(16, 10, 0)), at(23, 10, 0), &weekly)
        );
    }

    #[test]
    fn a_run_that_is_made_up_waits_for_the_next_turn_unless_it_is_long_overdue() {
        let every_4 = rhythm(4, "");
        assert!(!due(Some(at(20, 17, 0)), at(23, 8, 45), &every_4), "after a weekend");
        assert!(due(Some(at(20, 17, 0)), at(23, 10, 5), &every_4));
        assert!(!due(Some(at(12, 17, 0)), at(23, 8, 45), &every_4), "after holidays");
        for last in [None, Some(at(1, 17, 0))] {
            assert!(due(last, at(23, 10, 5), &every_4));
            let days = (14..27).filter(|day| due(last, at(*day, 8, 45), &every_4));
            assert_eq!(days.count(), 1, "out of its turn on one day of 13");
            assert!(is_due(last, at(23, 8, 45), &every_4, None));
        }
    }

    #[test]
    fn outside_working_hours_nothing_is_checked_and_in_them_each_pc_has_its_turn() {
        let office = rhythm(4, "mon-fri 9:00-18:00");
        assert!(due(Some(at(20, 17, 0)), at(23, 11, 5), &office));
        assert!(!due(Some(at(20, 17, 0)), at(23, 9, 5), &office));
        assert!(!due(None, at(22, 12, 0), &office) && !due(Some(at(1, 12, 0)), at(22, 12, 0), &office));
        assert!(due(None, at(23, 11, 5), &office));
        assert!((1..31).any(|day| due(None, at(day, 17, 30), &office)), "one of them is its day");
        let nights = rhythm(24, "fri 22:00-2:00");
        assert!(due(Some(at(20, 23, 0)), at(28, 0, 1), &nights), "its moment is on the day after");
        assert!(!due(Some(at(20, 23, 0)), at(27, 0, 1), &nights));
    }

    #[test]
    fn a_task_that_is_not_as_we_made_it_checks_whenever_it_runs_and_the_last_check_is_old() {
        let (every_4, office) = (rhythm(4, ""), rhythm(4, "mon-fri 9:00-18:00"));
        assert!(is_due(Some(at(20, 17, 0)), at(23, 12, 0), &every_4, None));
        assert!(!is_due(Some(at(23, 11, 0)), at(23, 12, 0), &every_4, None));
        assert!(!is_due(Some(at(20, 17, 0)), at(23, 8, 0), &office, None));
    }

    #[test]
    fn the_next_run_is_the_next_moment_of_this_pc() {
        assert_eq!(rhythm(4, "").next(MIDDLE, at(23, 10, 0)), Some(at(23, 14, 0)));
        assert_eq!(rhythm(4, "").next(MIDDLE, at(23, 22, 30)), Some(at(24, 2, 0)));
        let office = rhythm(4, "mon-fri 9:00-18:00");
        assert_eq!(office.next(MIDDLE, at(20, 15, 0)), Some(at(23, 11, 0)));
        assert_eq!(rhythm(24, "fri 22:00-2:00").next(MIDDLE, at(27, 23, 0)), Some(at(28, 0, 0)));
    }

    #[test]
    fn a_place_among_others_is_always_the_same_and_no_two_share_one() {
        let (one, other) = (Phase::of_text("KASSA-1"), Phase::of_text("KASSA-2"));
        assert_eq!(one, Phase::of_text("KASSA-1"));
        assert!(one.turn != other.turn && one.sign_in != other.sign_in);
        assert!((60..3600).contains(&one.after_sign_in_secs()));
    }
}
