//! Subscriptions in words: why a release is not covered, and what is not known.

use i18n_embed_fl::fl;
use jiff::civil::Date;
use smarts_core::subscription::{Ended, Holder, Unjudged};

use super::Texts;

/// So many devices are named; of more, how many there are.
const NAMED: usize = 3;

impl Texts {
    /// That a release is not covered, for whom, since when, and what would happen.
    pub(super) fn subscription_ended(&self, ended: &Ended) -> String {
        let Ended { devices, released } = ended;
        let until = devices.iter().map(|holder| holder.until).min().map(|until| self.date(until));
        let names = self.names(devices.iter().map(|holder| holder.device.as_str()));
        let (count, until, released) = (devices.len(), until.unwrap_or_default(), self.date(*released));
        fl!(
            &self.loader,
            "block-subscription-ended",
            count = count,
            names = names,
            until = until,
            released = released
        )
    }

    /// That it is not known whether a release is covered.
    pub(super) fn subscription_unknown(&self, about: &Unjudged) -> String {
        let loader = &self.loader;
        let Unjudged { devices, undated } = about;
        if *undated {
            return fl!(loader, "warning-release-undated");
        }
        if devices.is_empty() {
            return fl!(loader, "warning-no-devices-known");
        }
        let names = self.names(devices.iter().map(String::as_str));
        let count = devices.len();
        fl!(loader, "warning-subscription-unknown", count = count, names = names)
    }

    /// That a base needs subscriptions that end.
    pub(super) fn exchange_ends(&self, devices: &[Holder]) -> String {
        let until = devices.iter().map(|holder| holder.until).min().map(|until| self.date(until));
        let names = self.names(devices.iter().map(|holder| holder.device.as_str()));
        fl!(
            &self.loader,
            "warning-exchange-ends",
            count = devices.len(),
            names = names,
            until = until.unwrap_or_default()
        )
    }

    /// The same for a row: whose subscription has ended, and since when.
    pub fn ended_in_row(&self, devices: &[Holder], today: Date) -> String {
        let (count, names, until) = self.holders(devices, today);
        fl!(&self.loader, "row-subscription-ended", count = count, names = names, until = until)
    }

    /// The same for a row: that what is needed for exchange through the Internet ends.
    pub fn exchange_ends_in_row(&self, devices: &[Holder], today: Date) -> String {
        let (count, names, until) = self.holders(devices, today);
        fl!(&self.loader, "row-exchange-ends", count = count, names = names, until = until)
    }

    /// How many, their names, and the first end.
    fn holders(&self, devices: &[Holder], today: Date) -> (usize, String, String) {
        let until = devices.iter().map(|holder| holder.until).min();
        let names = self.names(devices.iter().map(|holder| holder.device.as_str()));
        (devices.len(), names, until.map(|until| self.date_short(until, today)).unwrap_or_default())
    }

    /// The first of some names, and how many more there are.
    pub fn names<'a>(&self, names: impl ExactSizeIterator<Item = &'a str>) -> String {
        let rest = names.len().saturating_sub(NAMED);
        let named = names.take(NAMED).collect::<Vec<_>>().join(", ");
        if rest == 0 { named } else { fl!(&self.loader, "names-and-more", names = named, count = rest) }
    }
}
