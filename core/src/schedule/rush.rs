//! One million PCs for a day: does any second of it see more than twice the mean?
//!
//! The day runs by the arithmetic that the definition is written from and by [`is_due`], with what Windows
//! documents of its scheduler: a missed run is made up ten minutes after the PC is on, a delay is random.

use jiff::civil::{Date, date};

use super::rhythm::{Phase, Rhythm, is_due};
use crate::settings::CheckHours;

const PCS: u32 = 1_000_000;
const HOUR: u32 = 3600;
const DAY: u32 = 24 * HOUR;
/// After a weekend on which only some were on.
const MONDAY: Date = date(2026, 11, 23);

/// What is random about a PC, but the same in each run of the test (SplitMix64, Steele and others, 2014).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((u64::from((mixed >> 32) as u32) * u64::from(limit)) >> 32) as u32
    }
}

#[derive(Clone, Copy)]
enum Kind {
    AlwaysOn,
    /// Switched on between 8 and 10, off between 18 and 20.
    Morning,
    /// The same with `mon-fri 9:00-18:00` in the settings.
    WorkingHours,
}

/// Checks in each second of a day.
struct Day {
    seconds: Vec<u32>,
}

impl Day {
    /// Of so many PCs of each kind; `days_off` before it on which the others than always-on were off.
    fn of(kinds: &[(Kind, u32)], today: Date, days_off: i64) -> Self {
        let mut day = Self { seconds: vec![0; DAY as usize] };
        let mut number = 0;
        for (kind, count) in kinds {
            for _ in 0..*count {
                number += 1;
                day.live(*kind, today, days_off, number);
            }
        }
        day
    }

    fn live(&mut self, kind: Kind, today: Date, days_off: i64, number: u64) {
        let mut chance = Chance(number.wrapping_mul(0xD6E8_FEB8_6659_FD93));
        let phase = Phase::of_parts(chance.below(u32::MAX), chance.below(u32::MAX));
        let working_hours = matches!(kind, Kind::WorkingHours).then(|| "mon-fri 9:00-18:00".parse().unwrap());
        let rhythm = Rhythm { hours: CheckHours::default(), working_hours };
        let midnight = today.at(0, 0, 0, 0);
        let moment = |second: u32| midnight + jiff::SignedDuration::from_secs(i64::from(second));
        let (on, off) = match kind {
            Kind::AlwaysOn => (0, DAY),
            Kind::Morning | Kind::WorkingHours => {
                (8 * HOUR + chance.below(2 * HOUR), 18 * HOUR + chance.below(2 * HOUR))
            }
        };
        let turn = rhythm.turn_secs();
        let first = rhythm.first_secs(phase);
        let runs = || (first..first + rhythm.rest_secs(phase)).step_by(turn as usize);
        // On the day before (or the last that it was on) it lived by the same moments.
        let last_of_day = if off == DAY { first + DAY - turn } else { runs().filter(|run| *run < off).last().unwrap() };
        let mut last = moment(last_of_day) - jiff::SignedDuration::from_hours(24 * (1 + days_off));
        let mut moments: Vec<u32> = runs().map(|run| run + chance.below(rhythm.delay_secs())).collect();
        if on > 0 {
            moments.extend([on + 600, on + 30 + phase.after_sign_in_secs()]);
        }
        moments.sort_unstable();
        for second in moments.into_iter().filter(|second| (on..off).contains(second) && *second < DAY) {
            let now = moment(second);
            if is_due(Some(last), now, &rhythm, Some(phase)) {
                last = now;
                self.seconds[second as usize] += 1;
            }
        }
    }

    /// The busiest second in parts of the mean of these hours.
    fn peak(&self, from: u32, until: u32) -> f64 {
        let seconds = &self.seconds[(from * HOUR) as usize..(until * HOUR) as usize];
        let mean = f64::from(seconds.iter().sum::<u32>()) / seconds.len() as f64;
        let peak = f64::from(*self.seconds.iter().max().unwrap()) / mean;
        peak
    }
}

#[test]
fn no_second_of_a_day_sees_twice_the_mean_of_a_million_pcs() {
    let kinds = [(Kind::AlwaysOn, 600_000), (Kind::Morning, 200_000), (Kind::WorkingHours, 200_000)];
    let peak = Day::of(&kinds, MONDAY, 2).peak(0, 24);
    assert!(peak <= 2.0, "{peak}");
}

#[test]
fn nor_does_one_of_the_hours_in_which_a_million_pcs_are_on_that_are_off_at_night() {
    for (kind, from, until) in [(Kind::Morning, 8, 20), (Kind::WorkingHours, 9, 18)] {
        let peak = Day::of(&[(kind, PCS)], MONDAY, 2).peak(from, until);
        assert!(peak <= 2.0, "{peak}");
    }
}
