//! How long before the end of a subscription a person hears of it.

use serde::Deserialize;

/// Days before the end of a subscription: 0 to 365, 30 if nothing is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u16")]
pub struct WarnDays(u16);

impl WarnDays {
    /// How many.
    pub fn days(self) -> u16 {
        self.0
    }
}

impl Default for WarnDays {
    fn default() -> Self {
        Self(30)
    }
}

impl TryFrom<u16> for WarnDays {
    type Error = &'static str;

    fn try_from(days: u16) -> Result<Self, Self::Error> {
        if days <= 365 { Ok(Self(days)) } else { Err("subscription_warn_days is 0 to 365") }
    }
}
