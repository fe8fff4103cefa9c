use std::collections::BTreeSet;

use jiff::tz::TimeZone;

use super::*;
use crate::fixtures;
use crate::machine::{Device, Kind, Platform};
use crate::subscription::{WrittenOff, date};

fn day(text: &str) -> Date {
    date(text).unwrap()
}

/// Just before midnight, in a zone where it is another day in UTC.
fn now() -> Zoned {
    "2026-11-22T01:30:00+03:00[+03:00]".parse().unwrap()
}

fn base(id: &str, product: &str, devices: &[(&str, &str)]) -> Base {
    let device = |(id, seen): &(&str, &str)| {
        let seen = day(seen).at(12, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap().timestamp();
        Device { id: (*id).to_owned(), last_seen: Some(seen), ..Device::default() }
    };
    let devices = devices.iter().map(device).collect();
    Base { devices, product: product.to_owned(), ..fixtures::base(id, "9B3E6ADA", "1.0.0.1") }
}

fn record(device: &str, product: &str, until: &str) -> Record {
    Record::of(device, product, until, "", "").unwrap()
}

fn machine(bases: Vec<Base>) -> Machine {
    let platform = Some(Platform { version: "3.3.46.29552".parse().unwrap(), install_dir: None });
    Machine { platform, bases, ..Machine::default() }
}

fn known(records: Vec<Record>) -> Subscriptions {
    Subscriptions { records, ..Subscriptions::nothing("SKLAD-PC") }
}

fn seen(bases: Vec<Base>, records: Vec<Record>) -> Overview {
    overview(&known(records), &machine(bases), &now())
}

fn names(overview: &Overview) -> Vec<&str> {
    overview.lines.iter().map(|line| line.device.as_str()).collect()
}

#[test]
fn the_last_day_still_counts_and_the_warning_begins_on_its_own_day() {
    let devices: Vec<(&str, &str)> =
        ["a", "b", "c", "d", "e"].into_iter().map(|name| (name, "21.11.2026")).collect();
    let records = vec![
        record("a", "", "21.11.2026"),
        record("b", "", "22.11.2026"),
        record("c", "", "22.12.2026"),
        record("d", "", "23.12.2026"),
    ];
    let found = seen(vec![base("one", "Склад 15", &devices)], records);
    let stands: Vec<Stands> = found.lines.iter().map(|line| line.stands).collect();
    let expected = [
        State::Ended { days_ago: 1 },
        State::EndsSoon { days_left: 0 },
        State::EndsSoon { days_left: 30 },
        State::NoData,
        State::Active,
    ];
    assert_eq!(stands, expected.map(Stands::Counts));
    assert_eq!(names(&found), ["a", "b", "c", "e", "d"], "what needs a person first");
    let sum = Sum {
        devices: 5,
        ended: 1,
        ends_soon: 2,
        no_data: 1,
        first_end: Some(day("21.11.2026")),
        written_off: 0,
        not_here: 0,
        gap: None,
    };
    assert_eq!(found.sum, sum);
    assert_eq!(found.groups.len(), 2);
    assert!(found.groups.iter().all(|group| group.sum == sum));
}

#[test]
fn a_device_with_records_for_some_of_its_bases_alone_is_one_without_data_for_the_others() {
    let bases = vec![
        base("stock", "Склад 15, Расширенный", &[("ТСД 1", "20.11.2026")]),
        base("shop", "Магазин 15", &[("тсд 1", "21.11.2026")]),
    ];
    let found = seen(bases, vec![record("тсд  1", "Склад 15", "01.11.2027")]);
    let [without, with] = found.lines.as_slice() else { panic!("{:?}", found.lines) };
    assert_eq!((without.record, without.bases.as_slice()), (None, &[1][..]));
    assert_eq!((with.record, with.bases.as_slice()), (Some(0), &[0][..]));
    assert_eq!(with.device, "ТСД 1", "as the folder is called");
    assert_eq!(with.last_seen, Some(day("21.11.2026")));
    assert_eq!((found.sum.devices, found.sum.no_data), (1, 1));
}

#[test]
fn a_record_of_all_products_that_holds_longer_is_the_one_that_counts() {
    let bases = vec![base("stock", "Склад 15", &[("a", "20.11.2026")])];
    let records = vec![record("a", "Склад 15", "01.11.2026"), record("a", "", "01.11.2027")];
    let found = seen(bases, records);
    let of_product = found.lines.iter().find(|line| line.record == Some(0)).unwrap();
    assert_eq!(of_product.stands, Stands::Longer { until: day("01.11.2027") });
    assert_eq!((found.sum.ended, found.sum.first_end), (0, Some(day("01.11.2027"))));
}

#[test]
fn what_ended_elsewhere_or_for_a_product_that_is_not_here_is_no_trouble_here() {
    let bases = vec![base("stock", "Склад 15", &[("a", "20.11.2026")])];
    let records = vec![
        record("a", "", "01.11.2027"),
        record("a", "Магазин 15", "01.11.2026"),
        record("KASSA-9", "", "01.11.2026"),
    ];
    let found = seen(bases, records);
    let places: Vec<(Option<usize>, Place)> =
        found.lines.iter().map(|line| (line.record, line.place)).collect();
    assert_eq!(places, [(Some(0), Place::Here), (Some(1), Place::OtherProduct), (Some(2), Place::NotHere)]);
    assert_eq!((found.sum.ended, found.sum.devices, found.sum.not_here), (0, 1, 1));
}

#[test]
fn a_device_that_is_written_off_counts_nowhere_until_it_comes_back() {
    let bases = vec![base("stock", "Склад 15", &[("a", "01.06.2026"), ("b", "20.11.2026")])];
    let records = vec![record("a", "", "01.11.2026"), record("b", "", "01.11.2027")];
    let gone = |day| WrittenOff { device: "A".into(), day };
    let mut known = known(records);
    known.written_off =
        vec![gone(day("20.10.2026")), WrittenOff { device: "c".into(), ..gone(day("01.10.2026")) }];
    let found = overview(&known, &machine(bases), &now());
    assert_eq!(names(&found), ["b", "a", "c"]);
    assert_eq!(found.lines[1].stands, Stands::WrittenOff { day: day("20.10.2026") });
    assert_eq!(found.lines[1].unseen_days, None, "answered");
    assert_eq!((found.sum.devices, found.sum.ended, found.sum.written_off), (1, 0, 2));
    let group = &found.groups[1];
    assert_eq!((group.members.len(), group.sum.written_off, group.sum.devices), (2, 1, 1));

    let back = vec![base("stock", "Склад 15", &[("a", "21.10.2026")])];
    let found = overview(&known, &machine(back), &now());
    assert_eq!(found.lines[0].stands, Stands::Counts(State::Ended { days_ago: 21 }));
}

#[test]
fn a_device_not_seen_for_ninety_days_is_a_question() {
    let bases = vec![base("stock", "Склад 15", &[("a", "24.08.2026"), ("b", "25.08.2026")])];
    let found = seen(bases, vec![]);
    let unseen: Vec<Option<i32>> = found.lines.iter().map(|line| line.unseen_days).collect();
    assert_eq!(unseen, [Some(90), None]);
}

#[test]
fn the_pc_itself_is_a_workstation_if_it_has_a_record() {
    let bases = || vec![base("stock", "Склад 15", &[]), base("shop", "Магазин 15", &[])];
    assert_eq!(seen(bases(), vec![]).lines, []);
    let found = seen(bases(), vec![record("sklad-pc", "Склад 15", "01.11.2026")]);
    let [line] = found.lines.as_slice() else { panic!("{:?}", found.lines) };
    assert_eq!((line.place, line.bases.as_slice()), (Place::Here, &[0][..]));
    assert_eq!((found.sum.ended, found.sum.no_data), (1, 0));
}

#[test]
fn a_base_that_is_served_elsewhere_has_no_devices_here() {
    let remote = Base { kind: Kind::Remote, ..base("far", "Склад 15", &[("a", "20.11.2026")]) };
    let found = seen(vec![remote], vec![]);
    assert_eq!((found.lines.len(), found.groups.len()), (0, 1), "the platform alone");
}

#[test]
fn a_record_of_all_products_counts_no_more_where_others_hold_longer_for_every_base() {
    let bases = |shop: &str| {
        let devices = [("a", "20.11.2026")];
        vec![base("stock", "Склад 15", &devices), base("shop", shop, &devices)]
    };
    let records = vec![
        record("a", "", "01.11.2026"),
        record("a", "Склад 15", "01.11.2027"),
        record("a", "Магазин 15", "01.10.2027"),
    ];
    let of_all = |found: &Overview| found.lines.iter().find(|line| line.record == Some(0)).unwrap().stands;
    let found = seen(bases("Магазин 15"), records.clone());
    assert_eq!(of_all(&found), Stands::Longer { until: day("01.10.2027") });
    assert_eq!((found.sum.devices, found.sum.ended, found.sum.first_end), (1, 0, Some(day("01.10.2027"))));
    // For one base nothing else holds.
    let found = seen(bases("Учёт 15"), records.clone());
    assert_eq!(of_all(&found), Stands::Counts(State::Ended { days_ago: 21 }));
    assert_eq!(found.sum.ended, 1);
    let found = seen(vec![], records);
    assert!(matches!(of_all(&found), Stands::Counts(State::Ended { .. })), "of a device that is not here");
}

#[test]
fn a_device_whose_folder_is_named_like_this_pc_is_one_like_any_other() {
    let bases =
        || vec![base("stock", "Склад 15", &[("Sklad-PC", "20.11.2026")]), base("shop", "Магазин 15", &[])];
    let found = seen(bases(), vec![]);
    assert_eq!((found.sum.devices, found.sum.no_data), (1, 1));
    assert_eq!(found.lines[0].last_seen, Some(day("20.11.2026")));
    let found = seen(bases(), vec![record("SKLAD-PC", "Магазин 15", "01.11.2027")]);
    let lines: Vec<_> = found.lines.iter().map(|line| (line.record, line.bases.as_slice())).collect();
    assert_eq!(lines, [(None, &[0][..]), (Some(0), &[1][..])]);
}

/// Every combination of two bases with or without each of three devices, and of their records.
#[test]
fn the_lines_without_data_are_those_of_the_devices_that_the_rule_does_not_know() {
    let devices = ["Sklad-PC", "a", "B"];
    let records = [("sklad-pc", "Склад 15"), ("A", ""), ("b", "Магазин 15")];
    let chosen = |bits: usize| move |place: &usize| bits >> place & 1 == 1;
    for bits in 0..1_usize << 9 {
        let connected = |bits: usize| -> Vec<(&str, &str)> {
            (0..3).filter(chosen(bits)).map(|place| (devices[place], "20.11.2026")).collect()
        };
        let stock = base("stock", "Склад 15", &connected(bits));
        let shop = base("shop", "Магазин 15", &connected(bits >> 3));
        let chosen = (0..3).filter(chosen(bits >> 6)).map(|place| records[place]);
        let known = known(chosen.map(|(device, product)| record(device, product, "01.11.2027")).collect());
        let machine = machine(vec![stock, shop]);
        let facts = known.facts(&machine, &now());
        let by_rule: BTreeSet<String> = machine
            .bases
            .iter()
            .flat_map(|base| Standings::of_base(&facts, base).without_record())
            .map(|device| key(&device))
            .collect();
        let found = overview(&known, &machine, &now());
        let without = found.lines.iter().filter(|line| line.stands == Stands::Counts(State::NoData));
        let told: BTreeSet<String> = without.map(|line| key(&line.device)).collect();
        assert_eq!(told, by_rule, "{bits:#b}");
        assert_eq!(found.sum.no_data, by_rule.len(), "{bits:#b}");
    }
}

#[test]
fn of_a_base_whose_devices_were_listed_in_part_nothing_is_said_of_all_devices() {
    let part = Base { devices_incomplete: true, ..base("part", "Склад 15", &[("a", "20.11.2026")]) };
    let whole = base("whole", "Склад 15", &[("b", "20.11.2026")]);
    let records =
        vec![record("a", "", "01.11.2027"), record("b", "", "01.11.2027"), record("c", "", "01.11.2027")];
    let found = seen(vec![part, whole.clone()], records.clone());
    let gaps: Vec<Option<Gap>> = found.groups.iter().map(|group| group.sum.gap).collect();
    assert_eq!(gaps, [Some(Gap::Devices), Some(Gap::Devices), None], "the platform, the one and the other");
    assert_eq!((found.sum.gap, found.sum.not_here), (Some(Gap::Devices), 0));
    let places: Vec<Place> = found.lines.iter().map(|line| line.place).collect();
    assert_eq!(places, [Place::Here, Place::Here, Place::Unknown], "c may be one that was not listed");

    let remote = Base { kind: Kind::Remote, devices_incomplete: true, ..base("far", "Склад 15", &[]) };
    let found = seen(vec![whole, remote], records);
    assert_eq!((found.sum.gap, found.sum.not_here), (None, 2), "what is served elsewhere is no matter");
}

#[test]
fn without_a_list_of_bases_no_device_is_said_to_be_strange_here() {
    let bases_unknown = Some(crate::machine::FileFault::Missing { file: "apps.xml".into() });
    let pc = Machine { bases_unknown, ..machine(vec![]) };
    let records = vec![record("a", "", "01.11.2027"), record("SKLAD-PC", "Склад 15", "01.11.2027")];
    let found = overview(&known(records.clone()), &pc, &now());
    assert!(found.lines.iter().all(|line| line.place == Place::Unknown), "{:?}", found.lines);
    assert_eq!((found.sum.gap, found.sum.not_here), (Some(Gap::Bases), 0));
    assert_eq!(found.groups[0].sum.gap, Some(Gap::Bases));
    assert!(crate::subscription::not_here(&records, &pc, None).is_empty());
}

fn ends(overview: &Overview, records: &[Record]) -> Vec<(String, Option<String>, i32)> {
    let ends = overview.ends(records, now().date()).into_iter();
    ends.map(|end| (end.device, end.product, end.days_left)).collect()
}

#[test]
fn ends_are_told_in_their_order_and_only_within_the_days_asked_for() {
    let devices: Vec<(&str, &str)> =
        ["a", "b", "c", "d"].into_iter().map(|name| (name, "21.11.2026")).collect();
    let records = vec![
        record("d", "", "23.12.2026"),
        record("c", "", "22.12.2026"),
        record("b", "", "22.11.2026"),
        record("a", "", "01.11.2026"),
        record("stranger", "", "01.11.2026"),
    ];
    let found = seen(vec![base("one", "Склад 15", &devices)], records.clone());
    let told = ends(&found, &records);
    let told: Vec<(&str, i32)> = told.iter().map(|(device, _, days)| (device.as_str(), *days)).collect();
    assert_eq!(told, [("a", -21), ("b", 0), ("c", 30)]);
}

#[test]
fn an_end_that_another_record_outlasts_is_none_whichever_of_both_is_of_all_products() {
    let names = ["for all", "for one", "for another", "off"];
    let devices: Vec<(&str, &str)> = names.into_iter().map(|name| (name, "01.11.2026")).collect();
    let records = vec![
        record("for all", "", "01.11.2027"),
        record("For all", "Склад 15", "01.11.2026"),
        record("for one", "", "01.11.2026"),
        record("for one", "Склад 15", "01.11.2027"),
        record("for another", "", "01.11.2026"),
        record("for another", "Магазин 15", "01.11.2027"),
        record("off", "", "01.11.2026"),
    ];
    let off = WrittenOff { device: "OFF".to_owned(), day: day("10.11.2026") };
    let known = Subscriptions { written_off: vec![off], ..known(records.clone()) };
    let machine = machine(vec![base("one", "Склад 15", &devices)]);
    let found = overview(&known, &machine, &now());
    assert_eq!(ends(&found, &records), [("for another".to_owned(), None, -21)]);
    assert_eq!(found.sum.ended, 1, "as the header says");
}
