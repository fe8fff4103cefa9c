//! Subscriptions in words: why a release is not covered, and what is not known.

use std::collections::BTreeSet;

use i18n_embed_fl::fl;
use jiff::civil::Date;
use smarts_core::offer::{self, Item};
use smarts_core::preflight::{self, Points, Stop};
use smarts_core::subscription::{Ended, Holder, Unjudged};

use super::Texts;
use crate::model::sheet::{Ask, Point, Weight};

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
        let Unjudged { devices, undated, devices_incomplete, list_unread } = about;
        if *list_unread {
            return fl!(loader, "warning-list-unread");
        }
        if *undated {
            return fl!(loader, "warning-release-undated");
        }
        if devices.is_empty() && *devices_incomplete {
            return fl!(loader, "warning-devices-incomplete");
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

    /// What a sheet says of subscriptions: what is not covered base by base, what is not known once for all of them.
    pub(super) fn coverage_points(&self, points: &Points, name: &dyn Fn(&str) -> String) -> Vec<Point> {
        let not_covered = points.stops.iter().filter_map(|stop| match stop {
            Stop::NotCovered { base_id, ended } => Some((base_id.as_deref(), ended)),
            _ => None,
        });
        let stopped = points.stops.iter().filter_map(|stop| match stop {
            Stop::CoverageUnknown { about, .. } => Some(about),
            _ => None,
        });
        let warned = points.warnings.iter().filter_map(|warning| match warning {
            preflight::Warning::CoverageUnknown { about, .. } => Some(about),
            _ => None,
        });
        let mut told = self.not_covered(not_covered, name);
        told.extend(self.not_known(stopped, Weight::Stop));
        told.extend(self.not_known(warned, Weight::Attention));
        told
    }

    /// What to do stands below the last one.
    fn not_covered<'a>(
        &self,
        found: impl Iterator<Item = (Option<&'a str>, &'a Ended)>,
        name: &dyn Fn(&str) -> String,
    ) -> Vec<Point> {
        let loader = &self.loader;
        let mut devices: Vec<String> = Vec::new();
        let mut points: Vec<Point> = Vec::new();
        for (base_id, ended) in found {
            let what = self.subscription_ended(ended);
            let text = match base_id {
                Some(id) => fl!(loader, "stop-of-base", name = name(id), what = what),
                None => what,
            };
            points.push(Point { weight: Weight::Stop, text, hint: None, ask: None });
            add(&mut devices, ended.devices.iter().map(|holder| &holder.device));
        }
        if let Some(last) = points.last_mut() {
            last.hint = Some(fl!(loader, "hint-not-covered"));
            last.ask = Some(Ask::Renewed(devices));
        }
        points
    }

    fn not_known<'a>(&self, found: impl Iterator<Item = &'a Unjudged>, weight: Weight) -> Vec<Point> {
        let (mut all, mut nobody) = (Unjudged::default(), false);
        for about in found {
            all.undated |= about.undated;
            all.devices_incomplete |= about.devices_incomplete;
            all.list_unread |= about.list_unread;
            nobody |= !about.undated && !about.devices_incomplete && about.devices.is_empty();
            add(&mut all.devices, about.devices.iter());
        }
        let point = |about: Unjudged| {
            let text = self.subscription_unknown(&about);
            Point { weight, text, hint: None, ask: None }
        };
        if all.list_unread {
            // Until the list is used again, nothing else is known to be missing.
            let hint = Some(fl!(&self.loader, "hint-list-unread"));
            return vec![Point { hint, ..point(all) }];
        }
        let none = Unjudged::default;
        let mut points = Vec::new();
        points.extend(all.undated.then(|| point(Unjudged { undated: true, ..none() })));
        // With a release without a date, no date of a subscription would be of use.
        if !all.undated && !all.devices.is_empty() {
            let hint = Some(fl!(&self.loader, "hint-coverage-unknown"));
            let ask = Some(Ask::Dates(all.devices.clone()));
            points.push(Point { hint, ask, ..point(Unjudged { devices: all.devices, ..none() }) });
        }
        points.extend(all.devices_incomplete.then(|| point(Unjudged { devices_incomplete: true, ..none() })));
        points.extend(nobody.then(|| point(none())));
        points
    }

    /// The devices for which a release that is covered for all others may not be, where there are any.
    pub fn not_judged(&self, items: &[&Item]) -> Option<String> {
        let loader = &self.loader;
        let warnings = items.iter().flat_map(|item| &item.warnings);
        let about = || {
            warnings.clone().filter_map(|warning| match warning {
                offer::Warning::SubscriptionUnknown(about) => Some(about),
                _ => None,
            })
        };
        let devices: BTreeSet<&str> = about().flat_map(|about| &about.devices).map(String::as_str).collect();
        let names = (!devices.is_empty()).then(|| self.names(devices.into_iter()));
        let names = names.map(|names| fl!(loader, "row-covered-no-data", names = names));
        let is_incomplete = about().any(|about| about.devices_incomplete);
        let more = is_incomplete.then(|| fl!(loader, "subs-gap-devices"));
        let parts: Vec<String> = names.into_iter().chain(more).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
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
    pub fn names<N: AsRef<str>>(&self, names: impl ExactSizeIterator<Item = N>) -> String {
        self.names_up_to(NAMED, names)
    }

    /// So many names, and how many more there are.
    pub(super) fn names_up_to<N: AsRef<str>>(
        &self,
        most: usize,
        names: impl ExactSizeIterator<Item = N>,
    ) -> String {
        let rest = names.len().saturating_sub(most);
        let told: Vec<String> = names.take(most).map(|name| name.as_ref().to_owned()).collect();
        let told = told.join(", ");
        if rest == 0 { told } else { fl!(&self.loader, "names-and-more", names = told, count = rest) }
    }
}

/// Each once.
fn add<'a>(devices: &mut Vec<String>, more: impl Iterator<Item = &'a String>) {
    for device in more {
        if !devices.contains(device) {
            devices.push(device.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    /// What a sheet says where this is not known, and whether it asks for dates.
    fn told(about: Unjudged) -> Vec<(String, bool)> {
        let stop = Stop::CoverageUnknown { base_id: None, about };
        let points = Points { stops: vec![stop], ..Points::default() };
        let points = Texts::new(Language::Ru).unwrap().coverage_points(&points, &|id| id.to_owned());
        points.into_iter().map(|point| (point.text, point.ask.is_some())).collect()
    }

    fn one() -> Vec<String> {
        vec!["CT40".to_owned()]
    }

    #[test]
    fn of_a_list_that_is_not_used_only_that_is_said_and_no_date_is_asked_for() {
        let all = Unjudged { devices: one(), undated: true, devices_incomplete: true, list_unread: true };
        let words = "список подписок использовать нельзя, поэтому неизвестно, входит ли в них версия";
        assert_eq!(told(all), [(words.to_owned(), false)]);
    }

    #[test]
    fn devices_that_may_be_missing_are_told_beside_those_without_a_date() {
        let words = "не все устройства базы известны, поэтому нельзя сказать, входит ли версия в их подписку";
        let alone = Unjudged { devices_incomplete: true, ..Unjudged::default() };
        assert_eq!(told(alone.clone()), [(words.to_owned(), false)]);
        let both = told(Unjudged { devices: one(), ..alone });
        assert_eq!((both.len(), both[0].1, both[1].0.as_str()), (2, true, words));
    }
}
