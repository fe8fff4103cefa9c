use jiff::Zoned;
use jiff::civil::Date;

use super::*;
use crate::catalogue::{Catalogue, Feed, Release};
use crate::fixtures::{self, release};
use crate::machine::{Device, Platform};
use crate::offer::{Catalogues, offers};
use crate::subscription::{NoData, Record, Subscriptions, Unjudged};

const PRODUCT: &str = "9B3E6ADA";
const PC: &str = "KASSA-1";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn now() -> Zoned {
    "2026-11-23T09:00[UTC]".parse().unwrap()
}

fn known(records: &[(&str, &str)]) -> Subscriptions {
    let records = records.iter().map(|(device, until)| Record::of(device, "", until, "", "").unwrap());
    Subscriptions { records: records.collect(), ..Subscriptions::nothing(PC) }
}

fn base(installed: &str, devices: &[&str]) -> Base {
    let device = |id: &&str| Device { id: (*id).to_owned(), last_seen: None };
    Base { devices: devices.iter().map(device).collect(), ..fixtures::base("a", PRODUCT, installed) }
}

fn machine_of(base: Base) -> Machine {
    let platform = Platform { version: "3.3.46.29552".parse().unwrap(), install_dir: None };
    Machine { platform: Some(platform), bases: vec![base], ..Machine::default() }
}

fn dated(version: &str, date: &str) -> Release {
    Release { date: Some(day(date)), ..release(PRODUCT, version) }
}

/// The latest three releases of «Склад 15».
fn history() -> Vec<Release> {
    vec![
        dated("1.6.3.7283", "2025-10-29"),
        dated("1.6.3.6708", "2025-07-25"),
        dated("1.6.2.6493", "2025-05-05"),
    ]
}

/// The item of the only base.
fn item(machine: &Machine, releases: Vec<Release>, subscriptions: &Subscriptions) -> Item {
    let read = Ok(Catalogue { releases, ..Catalogue::default() });
    let catalogues: Catalogues = std::iter::once((Feed::named(PRODUCT).unwrap(), read)).collect();
    let mut items = offers(machine, &catalogues, "pc");
    cover(&mut items, machine, &subscriptions.facts(machine, &now()));
    items.pop().unwrap()
}

fn version_of(offer: &Offer) -> String {
    offer.release().unwrap().version.to_string()
}

#[test]
fn a_release_after_the_end_is_blocked_and_the_covered_one_can_be_had_instead() {
    let machine = machine_of(base("1.6.2.6128", &["ТСД 1", "ТСД 2"]));
    let known = known(&[("ТСД 1", "2025-07-25"), ("ТСД 2", "2027-01-01")]);
    let item = item(&machine, history(), &known);
    assert_eq!(version_of(item.offer().unwrap()), "1.6.3.7283");
    assert_eq!(item.covered, Some("1.6.3.6708".parse().unwrap()));
    let ended: Vec<(&str, Date)> =
        item.ended().iter().map(|holder| (holder.device.as_str(), holder.until)).collect();
    assert_eq!(ended, [("ТСД 1", day("2025-07-25"))]);
    let covered = item.with_covered(&machine).unwrap();
    let State::Available { offer } = &covered.state else { panic!("{:?}", covered.state) };
    assert_eq!(version_of(offer), "1.6.3.6708");
    let noted: Vec<String> = offer.notes.iter().map(|notes| notes.version.to_string()).collect();
    assert_eq!(noted, ["1.6.3.6708", "1.6.2.6493"]);
}

#[test]
fn what_was_said_before_is_taken_back_when_a_date_is_entered() {
    let machine = machine_of(base("1.6.2.6128", &["ТСД 1"]));
    let mut items = vec![item(&machine, history(), &known(&[("ТСД 1", "2025-07-25")]))];
    let blocked = items.clone();
    let mut renewed = known(&[("ТСД 1", "2027-01-01")]);
    cover(&mut items, &machine, &renewed.facts(&machine, &now()));
    assert!(matches!(items[0].state, State::Available { .. }), "{:?}", items[0].state);
    assert_eq!(items[0].covered, Some("1.6.3.7283".parse().unwrap()));
    renewed.records[0].until = day("2025-07-25");
    cover(&mut items, &machine, &renewed.facts(&machine, &now()));
    assert_eq!(items, blocked);
}

#[test]
fn nothing_known_is_a_warning_or_a_stop_and_never_covered() {
    let machine = machine_of(base("1.6.2.6128", &["ТСД 1"]));
    let mut nothing = Subscriptions::nothing(PC);
    let warned = item(&machine, history(), &nothing);
    let about = Unjudged { devices: vec!["ТСД 1".into()], undated: false };
    assert!(matches!(warned.state, State::Available { .. }));
    assert_eq!(
        (warned.covered, &warned.warnings[..]),
        (None, &[Warning::SubscriptionUnknown(about.clone())][..])
    );
    nothing.no_data = NoData::Stop;
    let stopped = item(&machine, history(), &nothing);
    let State::Blocked { blocks, .. } = &stopped.state else { panic!("{:?}", stopped.state) };
    assert_eq!((&blocks[..], &stopped.warnings[..]), (&[Block::SubscriptionUnknown(about)][..], &[][..]));
}
