//! The one place that reads the clock; everything else is given the time.

use jiff::civil::{Date, time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// The clock of a program.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// Noon of this day in place of the present moment (`--today`, with a machine root only).
    pub today: Option<Date>,
}

impl Clock {
    /// The present moment in the PC's zone.
    #[expect(clippy::disallowed_methods, reason = "this is the programs' edge")]
    pub fn now(&self) -> Zoned {
        let now = Zoned::now();
        let noon = self.today.map(|day| day.to_datetime(time(12, 0, 0, 0)));
        noon.and_then(|noon| noon.to_zoned(TimeZone::system()).ok()).unwrap_or(now)
    }

    /// The present moment.
    pub fn timestamp(&self) -> Timestamp {
        self.now().timestamp()
    }
}
