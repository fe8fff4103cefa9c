use jiff::Zoned;
use jiff::civil::Date;

use super::*;
use crate::catalogue::{Catalogue, Feed, Release};
use crate::fixtures::{self, HISTORY, release};
use crate::machine::{Device, Platform};
use crate::offer::{Catalogues, offers};
use crate::subscription::{NoData, Record, Subscriptions};

mod again;
mod devices;
mod history;

const PRODUCT: &str = "9B3E6ADA";
const PC: &str = "KASSA-1";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn version(text: &str) -> Version {
    text.parse().unwrap()
}

fn now() -> Zoned {
    "2026-11-23T09:00[UTC]".parse().unwrap()
}

fn record(device: &str, until: &str) -> Record {
    Record::of(device, "", until, "", "").unwrap()
}

fn known(records: &[(&str, &str)]) -> Subscriptions {
    let records = records.iter().map(|(device, until)| record(device, until)).collect();
    Subscriptions { records, ..Subscriptions::nothing(PC) }
}

fn base(id: &str, installed: &str, devices: &[&str]) -> Base {
    let device = |id: &&str| Device { id: (*id).to_owned(), last_seen: None, ..Device::default() };
    Base { devices: devices.iter().map(device).collect(), ..fixtures::base(id, PRODUCT, installed) }
}

fn machine_of(bases: Vec<Base>) -> Machine {
    let platform = Platform { version: version("3.3.46.29552"), install_dir: None };
    Machine { platform: Some(platform), bases, ..Machine::default() }
}

fn dated(version: &str, date: &str) -> Release {
    Release { date: Some(day(date)), ..release(PRODUCT, version) }
}

/// The latest three releases of «Склад 15».
fn latest() -> Vec<Release> {
    let latest = &HISTORY[HISTORY.len() - 3..];
    latest.iter().rev().map(|(version, released)| dated(version, released)).collect()
}

fn catalogues(releases: Vec<Release>, former: Vec<Release>) -> Catalogues {
    let read = Ok(Catalogue { releases, former, ..Catalogue::default() });
    std::iter::once((Feed::named(PRODUCT).unwrap(), read)).collect()
}

/// The items of the bases, as a check has them.
fn items(machine: &Machine, catalogues: &Catalogues, known: &Subscriptions) -> Vec<Item> {
    let mut items = offers(machine, catalogues, "pc");
    cover(&mut items, machine, &known.facts(machine, &now()));
    items.into_iter().filter(|item| item.subject == Subject::Base).collect()
}

/// The item of the only base.
fn item(machine: &Machine, releases: Vec<Release>, known: &Subscriptions) -> Item {
    items(machine, &catalogues(releases, vec![]), known).pop().unwrap()
}

fn version_of(offer: &Offer) -> String {
    offer.release().unwrap().version.to_string()
}

fn blocks(item: &Item) -> &[Block] {
    let State::Blocked { blocks, .. } = &item.state else { panic!("{:?}", item.state) };
    blocks
}

fn ended(item: &Item) -> Vec<&str> {
    item.ended().iter().map(|holder| holder.device.as_str()).collect()
}

fn unjudged(devices: &[&str], undated: bool) -> Unjudged {
    Unjudged {
        devices: devices.iter().map(|device| (*device).to_owned()).collect(),
        undated,
        ..Unjudged::default()
    }
}
