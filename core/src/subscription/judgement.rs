//! What the rule says about releases that are to be installed together: covered, not covered and for whom not, or not
//! known.
//!
//! One for offers, for the sheet and for the moment before the change, so that they never disagree.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Facts, NoData, Standing, Standings, Verdict, days_left};

/// A device and the last day of its subscription.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The device, or this PC.
    pub device: String,
    /// The last day that counts.
    pub until: Date,
    /// As in [`Standing::product`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Not seen for long: it may be asked whether it is still in use.
    pub long_unseen: bool,
    /// The day it was last seen, where that is known.
    #[serde(default)]
    pub last_seen: Option<Date>,
}

/// Releases after the end of subscriptions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// Whose; never empty.
    pub devices: Vec<Holder>,
    /// The day the release came out; of several steps the latest.
    pub released: Date,
}

/// Releases of which it is not known whether they are covered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unjudged {
    /// Devices without a record; none where no device is known at all, or only the day of a release is not.
    pub devices: Vec<String>,
    /// Whether a release does not say when it came out.
    pub undated: bool,
    /// Whether there may be devices that are not known here.
    #[serde(default)]
    pub devices_incomplete: bool,
    /// Whether there is a list of subscriptions and it is not used.
    #[serde(default)]
    pub list_unread: bool,
}

/// What the rule says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// All of them are covered for all devices.
    Covered,
    /// Not for these: installed all the same, the releases would throw licences into demo mode (documented).
    Ended(Ended),
    /// Nobody can tell.
    Unknown {
        /// Why not.
        about: Unjudged,
        /// Whether that is a stop ([`Standings::unknown_stops`]).
        stops: bool,
    },
}

impl Standings {
    /// Judges releases that came out on these days.
    pub fn judge(&self, released: &[Option<Date>], facts: &Facts<'_>) -> Judgement {
        let verdict = released.iter().map(|day| self.verdict(*day)).min().unwrap_or(Verdict::Unknown);
        let dated = || released.iter().flatten().copied();
        match (verdict, dated().max()) {
            (Verdict::Covered, _) => Judgement::Covered,
            (Verdict::Blocked, Some(last)) => {
                Judgement::Ended(Ended { devices: self.holders(|until| until < last), released: last })
            }
            (Verdict::Blocked | Verdict::Unknown, _) => {
                let undated = released.iter().any(Option::is_none);
                Judgement::Unknown { about: self.unjudged(undated, facts), stops: self.unknown_stops(facts) }
            }
        }
    }

    /// Why nobody can tell, besides what is said of the release.
    pub fn unjudged(&self, undated: bool, facts: &Facts<'_>) -> Unjudged {
        Unjudged {
            devices: self.without_record(),
            undated,
            devices_incomplete: self.incomplete,
            list_unread: facts.is_unread,
        }
    }

    /// Whether it is a stop if nobody can tell. Where no device has ever been connected, there is none to harm.
    /// A list that is not used is always one: what stands in it may be that a subscription has ended.
    pub fn unknown_stops(&self, facts: &Facts<'_>) -> bool {
        let is_anybody_here = self.incomplete || !self.devices.is_empty();
        facts.is_unread || (facts.no_data == NoData::Stop && is_anybody_here)
    }

    /// The devices of which nothing is known.
    pub fn without_record(&self) -> Vec<String> {
        let unknown = self.devices.iter().filter(|standing| standing.until.is_none());
        unknown.map(|standing| standing.device.clone()).collect()
    }

    /// The devices whose subscription has ended or ends soon.
    pub fn ending_soon(&self, facts: &Facts<'_>) -> Vec<Holder> {
        self.holders(|until| days_left(until, facts.today) <= i32::from(facts.warn_days))
    }

    fn holders(&self, is_one: impl Fn(Date) -> bool) -> Vec<Holder> {
        self.devices.iter().filter_map(holder).filter(|holder| is_one(holder.until)).collect()
    }
}

fn holder(standing: &Standing) -> Option<Holder> {
    let Standing { device, until, product, long_unseen, last_seen, .. } = standing;
    let (device, product) = (device.clone(), product.clone());
    Some(Holder { device, until: (*until)?, product, long_unseen: *long_unseen, last_seen: *last_seen })
}
