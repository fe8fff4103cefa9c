use jiff::Zoned;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::fixtures::{self, HISTORY};
use crate::machine::Device;
use crate::subscription::{Judgement, Subscriptions, date};

const TODAY: &str = "22.11.2025";

fn day(text: &str) -> Date {
    date(text).unwrap()
}

fn record(device: &str, product: &str, until: &str) -> Record {
    Record::of(device, product, until, "", "").unwrap()
}

fn known(records: &[Record], written_off: &[WrittenOff]) -> Subscriptions {
    let (records, written_off) = (records.to_vec(), written_off.to_vec());
    Subscriptions { records, written_off, ..Subscriptions::nothing("KASSA-1") }
}

fn now() -> Zoned {
    day(TODAY).at(9, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap()
}

/// A base with devices, each with the day it was last seen.
fn base(id: &str, devices: &[(&str, &str)]) -> Base {
    let device = |(id, seen): &(&str, &str)| {
        let seen = day(seen).at(12, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap().timestamp();
        Device { id: (*id).to_owned(), last_seen: Some(seen), ..Device::default() }
    };
    Base { devices: devices.iter().map(device).collect(), ..fixtures::base(id, "9B3E6ADA", "1.0.0.1") }
}

fn machine(bases: Vec<Base>) -> Machine {
    Machine { bases, ..Machine::default() }
}

/// Of the first base of the machine.
fn of_base(known: &Subscriptions, machine: &Machine) -> Standings {
    Standings::of_base(&known.facts(machine, &now()), &machine.bases[0])
}

fn names(standings: &Standings) -> Vec<&str> {
    standings.devices.iter().map(|standing| standing.device.as_str()).collect()
}

/// Of a base with one device, seen yesterday, whose subscription ends on this day.
fn of_one(until: Date) -> Standings {
    let records = [Record { until, ..record("ТСД 01", "", TODAY) }];
    of_base(&known(&records, &[]), &machine(vec![base("a", &[("ТСД 01", "21.11.2025")])]))
}

#[test]
fn every_pair_of_an_end_and_a_release_decides_as_the_rule_says() {
    for (end, (_, last)) in HISTORY.iter().enumerate() {
        let last = day(last);
        for until in [last.yesterday().unwrap(), last, last.tomorrow().unwrap()] {
            let standings = of_one(until);
            for (number, (version, released)) in HISTORY.iter().enumerate() {
                // The history is in the order of its dates: the last day of the subscription counts.
                let covered = number < end || (number == end && until >= last);
                let expected = if covered { Verdict::Covered } else { Verdict::Blocked };
                assert_eq!(standings.verdict(Some(day(released))), expected, "{until} {version}");
            }
        }
    }
}

#[test]
fn a_leap_day_is_the_last_day_like_any_other() {
    let standings = of_one(day("29.02.2028"));
    assert_eq!(standings.verdict(Some(day("29.02.2028"))), Verdict::Covered);
    assert_eq!(standings.verdict(Some(day("01.03.2028"))), Verdict::Blocked);
    let standings = of_one(day("28.02.2028"));
    assert_eq!(standings.verdict(Some(day("29.02.2028"))), Verdict::Blocked);
}

#[test]
fn one_device_blocks_the_release_for_its_base_and_is_named() {
    let devices =
        [("ТСД 01", "21.11.2025"), ("ТСД 02", "21.11.2025"), ("ТСД 03", "21.11.2025"), ("ТСД 04", TODAY)];
    let records = [
        record("тсд 01", "", "01.11.2026"),
        record("ТСД 02", "", "28.10.2025"),
        record("ТСД 03", "", "31.12.2024"),
    ];
    let (known, machine) = (known(&records, &[]), machine(vec![base("a", &devices)]));
    let standings = of_base(&known, &machine);
    let released = [Some(day("29.10.2025"))];
    let Judgement::Ended(ended) = standings.judge(&released, &known.facts(&machine, &now())) else {
        panic!("{standings:?}");
    };
    let told: Vec<_> = ended.devices.iter().map(|holder| (holder.device.as_str(), holder.until)).collect();
    assert_eq!(told, [("ТСД 02", day("28.10.2025")), ("ТСД 03", day("31.12.2024"))]);
    assert_eq!(ended.released, day("29.10.2025"));
    assert_eq!(standings.without_record(), ["ТСД 04"]);
    assert_eq!(standings.last_day(), Some(day("31.12.2024")));
}

#[test]
fn a_device_without_a_record_is_unknown_and_never_covered() {
    let machine = machine(vec![
        base("a", &[("ТСД 01", "21.11.2025"), ("ТСД 02", "21.11.2025")]),
        base("no devices", &[]),
    ]);
    let records = [record("ТСД 01", "", "31.12.9999"), record("stranger", "", "01.01.2001")];
    let some = known(&records, &[]);
    let standings = of_base(&some, &machine);
    assert_eq!(standings.verdict(Some(day("29.10.2025"))), Verdict::Unknown);
    assert_eq!(standings.without_record(), ["ТСД 02"]);

    let nothing = of_base(&known(&[], &[]), &machine);
    assert_eq!((nothing.verdict(Some(day("08.10.2018"))), nothing.last_day()), (Verdict::Unknown, None));
    let no_devices = Standings::of_base(&some.facts(&machine, &now()), &machine.bases[1]);
    assert_eq!(
        (no_devices.verdict(Some(day("08.10.2018"))), no_devices.last_day()),
        (Verdict::Unknown, None)
    );
}

#[test]
fn a_base_of_which_not_all_devices_are_known_is_never_covered() {
    let whole = machine(vec![base("a", &[("ТСД 01", TODAY)])]);
    let mut part = whole.clone();
    part.bases[0].devices_incomplete = true;
    let verdict = |machine: &Machine, until: &str| {
        of_base(&known(&[record("ТСД 01", "", until)], &[]), machine).verdict(Some(day("29.10.2025")))
    };
    assert_eq!(verdict(&whole, "01.11.2026"), Verdict::Covered);
    assert_eq!(verdict(&part, "01.11.2026"), Verdict::Unknown);
    assert_eq!(verdict(&part, "28.10.2025"), Verdict::Blocked, "what is known to end still stops");
}

#[test]
fn the_platform_is_never_covered_where_a_base_or_its_devices_may_be_missing() {
    let whole = machine(vec![base("a", &[("ТСД 01", TODAY)]), base("b", &[])]);
    let known = known(&[record("ТСД 01", "", "01.11.2026")], &[]);
    let verdict = |machine: &Machine| {
        let facts = known.facts(machine, &now());
        Standings::of_platform(&facts, machine).verdict(Some(day("29.10.2025")))
    };
    assert_eq!(verdict(&whole), Verdict::Covered);
    let mut part = whole.clone();
    part.bases[1].devices_incomplete = true;
    assert_eq!(verdict(&part), Verdict::Unknown);
    part.bases[1].kind = Kind::Remote;
    assert_eq!(verdict(&part), Verdict::Covered, "its devices are served elsewhere");
    let bases_unknown = Some(crate::machine::FileFault::Missing { file: "apps.xml".into() });
    assert_eq!(verdict(&Machine { bases_unknown, ..whole.clone() }), Verdict::Unknown);
    let fault = Fault::BaseWithoutId { position: 1 };
    let problems = vec![crate::machine::Problem { path: String::new(), fault }];
    assert_eq!(verdict(&Machine { problems, ..whole }), Verdict::Unknown);
}

#[test]
fn where_the_settings_want_a_stop_devices_that_may_be_missing_stop() {
    let mut machine = machine(vec![base("a", &[])]);
    machine.bases[0].devices_incomplete = true;
    let stops = |no_data| {
        let known = Subscriptions { no_data, ..known(&[], &[]) };
        let facts = known.facts(&machine, &now());
        let judged = Standings::of_base(&facts, &machine.bases[0]).judge(&[Some(day(TODAY))], &facts);
        let Judgement::Unknown { about, stops } = judged else { panic!("{judged:?}") };
        (about.devices_incomplete, stops)
    };
    assert_eq!((stops(NoData::Warn), stops(NoData::Stop)), ((true, false), (true, true)));
}

#[test]
fn of_a_release_without_a_date_nothing_is_known() {
    for until in ["01.01.2001", "01.11.2026", "31.12.9999"] {
        assert_eq!(of_one(day(until)).verdict(None), Verdict::Unknown);
    }
}

#[test]
fn a_device_not_seen_for_90_days_still_counts_and_is_a_question() {
    let devices = [("89 days", "25.08.2025"), ("90 days", "24.08.2025"), ("in the future", "01.01.2030")];
    let records = devices.map(|(device, _)| record(device, "", "28.10.2025"));
    let mut base = base("a", &devices);
    base.devices.push(Device { id: "never seen".into(), last_seen: None, ..Device::default() });
    let standings = of_base(&known(&records, &[]), &machine(vec![base]));
    let told: Vec<_> = standings.devices.iter().map(|one| (one.device.as_str(), one.long_unseen)).collect();
    let expected = [("89 days", false), ("90 days", true), ("in the future", false), ("never seen", false)];
    assert_eq!(told, expected);
    assert_eq!(standings.verdict(Some(day("29.10.2025"))), Verdict::Blocked);
}

#[test]
fn a_device_that_works_with_another_base_now_is_no_question() {
    let machine =
        machine(vec![base("a", &[("ТСД 01", "01.01.2025")]), base("b", &[("тсд  01", "21.11.2025")])]);
    let standings = of_base(&known(&[], &[]), &machine);
    assert_eq!(
        (standings.devices[0].last_seen, standings.devices[0].long_unseen),
        (Some(day("21.11.2025")), false)
    );
}

#[test]
fn a_written_off_device_counts_until_it_comes_back_to_whichever_base() {
    let devices = [("ТСД 01", "21.11.2025"), ("ТСД 02", "01.06.2025")];
    let records = [record("ТСД 01", "", "01.11.2026"), record("ТСД 02", "", "01.01.2025")];
    let verdict = |day_of: &str, bases: Vec<Base>| {
        let written_off = [WrittenOff { device: "тсд 02".into(), day: day(day_of) }];
        of_base(&known(&records, &written_off), &machine(bases)).verdict(Some(day("29.10.2025")))
    };
    let alone = || vec![base("a", &devices)];
    assert_eq!(verdict("01.06.2025", alone()), Verdict::Covered);
    assert_eq!(verdict("31.05.2025", alone()), Verdict::Blocked);
    let elsewhere = vec![base("a", &devices), base("b", &[("ТСД 02", "02.06.2025")])];
    assert_eq!(verdict("01.06.2025", elsewhere), Verdict::Blocked);
}

#[test]
fn days_are_those_of_the_zone_of_the_pc() {
    // In Moscow it is past midnight already, in Honolulu it is the day before.
    let seen: jiff::Timestamp = "2025-08-24T22:00:00Z".parse().unwrap();
    let device = Device { id: "ТСД 01".into(), last_seen: Some(seen), ..Device::default() };
    let machine = machine(vec![Base { devices: vec![device], ..base("a", &[]) }]);
    let written_off = [WrittenOff { device: "ТСД 01".into(), day: day("24.08.2025") }];
    let (known, off) = (known(&[], &[]), known(&[], &written_off));
    let in_zone = |hours, moment: &str| {
        let zone = TimeZone::fixed(jiff::tz::Offset::constant(hours));
        let now = moment.parse::<jiff::Timestamp>().unwrap().to_zoned(zone);
        let facts = known.facts(&machine, &now);
        let standing = Standings::of_base(&facts, &machine.bases[0]).devices.remove(0);
        let counts_again =
            !Standings::of_base(&off.facts(&machine, &now), &machine.bases[0]).devices.is_empty();
        (facts.today, standing.last_seen.unwrap(), standing.long_unseen, counts_again)
    };
    let noon = "2025-11-22T12:00:00Z";
    assert_eq!(in_zone(0, noon), (day(TODAY), day("24.08.2025"), true, false));
    assert_eq!(in_zone(3, noon), (day(TODAY), day("25.08.2025"), false, true));
    assert_eq!(in_zone(-11, noon), (day(TODAY), day("24.08.2025"), true, false));
    let midnight = "2025-11-22T22:30:00Z";
    assert_eq!(in_zone(3, midnight), (day("23.11.2025"), day("25.08.2025"), true, true));
}

#[test]
fn a_record_of_one_product_counts_for_its_bases_and_the_latest_that_counts_decides() {
    let of_shop =
        Base { product: "Магазин 15".into(), product_id: None, ..base("b", &[("ТСД 01", TODAY)]) };
    let machine = machine(vec![base("a", &[("ТСД 01", TODAY)]), of_shop]);
    let records = [record("ТСД 01", "Склад 15", "01.11.2026")];
    let verdict = |records: &[Record], number: usize| {
        let known = known(records, &[]);
        let standings = Standings::of_base(&known.facts(&machine, &now()), &machine.bases[number]);
        standings.verdict(Some(day("29.10.2025")))
    };
    assert_eq!(verdict(&records, 0), Verdict::Covered);
    assert_eq!(verdict(&records, 1), Verdict::Unknown);
    let both = [records[0].clone(), record("ТСД 01", "", "01.01.2025")];
    assert_eq!(verdict(&both, 0), Verdict::Covered);
    assert_eq!(verdict(&both, 1), Verdict::Blocked);

    let known = known(&both, &[]);
    let platform = Standings::of_platform(&known.facts(&machine, &now()), &machine);
    let told: Vec<_> =
        platform.devices.iter().map(|one| (one.until.unwrap(), one.bases.as_slice())).collect();
    let expected = [(day("01.01.2025"), ["b".to_owned()]), (day("01.11.2026"), ["a".to_owned()])];
    assert_eq!(told, expected.each_ref().map(|(until, bases)| (*until, bases.as_slice())));
}

#[test]
fn the_platform_concerns_every_base_that_is_not_served_elsewhere() {
    let of = |id: &str, kind| Base { kind, ..base(id, &[(id, TODAY)]) };
    let damage = crate::machine::Damage::NoVersion;
    let kinds = [
        ("local", Kind::Local),
        ("exchange", Kind::InternetExchange),
        ("damaged", Kind::Damaged(damage)),
        ("remote", Kind::Remote),
        ("cloud", Kind::Cloud),
    ];
    let mut bases = kinds.map(|(id, kind)| of(id, kind)).to_vec();
    bases.push(Base { id: "local 2".into(), ..of("local", Kind::Local) });
    let machine = machine(bases);
    let records = [record("local", "", "01.11.2026"), record("exchange", "", "28.10.2025")];
    let known = known(&records, &[]);
    let standings = Standings::of_platform(&known.facts(&machine, &now()), &machine);
    assert_eq!(names(&standings), ["damaged", "exchange", "local"]);
    assert_eq!(standings.devices[2].bases, ["local", "local 2"]);
    assert_eq!(standings.verdict(Some(day("28.10.2025"))), Verdict::Unknown);
    assert_eq!(standings.verdict(Some(day("29.10.2025"))), Verdict::Blocked);
}

#[test]
fn a_record_of_this_pc_counts_for_its_bases_and_none_is_asked_for() {
    let machine = machine(vec![base("a", &[("ТСД 01", TODAY)])]);
    let records = [record("ТСД 01", "", "01.11.2026"), record("kassa-1", "", "01.01.2025")];
    let released = Some(day("29.10.2025"));
    let with = of_base(&known(&records, &[]), &machine);
    assert_eq!((with.verdict(released), names(&with)), (Verdict::Blocked, vec!["KASSA-1", "ТСД 01"]));
    let without = of_base(&known(&records[..1], &[]), &machine);
    assert_eq!((without.verdict(released), names(&without)), (Verdict::Covered, vec!["ТСД 01"]));
    let written_off = [WrittenOff { device: "Kassa-1".into(), day: day(TODAY) }];
    assert_eq!(of_base(&known(&records, &written_off), &machine).verdict(released), Verdict::Covered);
}

#[test]
fn records_of_devices_that_are_not_here_are_told() {
    let machine = machine(vec![base("a", &[("ТСД 01", TODAY)])]);
    let records = ["тсд 01", "KASSA-1", "ТСД 1"].map(|device| record(device, "", TODAY));
    let strangers = not_here(&records, &machine, Some("kassa-1"));
    assert_eq!(strangers, [&records[2]]);
}

#[test]
fn where_the_pc_has_no_known_name_any_record_may_be_its_own_and_none_is_told_as_a_strangers() {
    let records = [Record::of("KASSA-9", "", "05.11.2026", "", "").unwrap()];
    let machine = Machine::default();
    assert_eq!(not_here(&records, &machine, Some("KASSA-1")).len(), 1);
    for unknown in [None, Some("")] {
        assert!(not_here(&records, &machine, unknown).is_empty());
    }
}

#[test]
fn a_device_of_bases_that_are_served_elsewhere_alone_is_not_here() {
    let of = |kind, device| Base { kind, ..base(device, &[(device, TODAY)]) };
    let machine = machine(vec![
        of(Kind::Local, "local"),
        of(Kind::InternetExchange, "exchange"),
        of(Kind::Damaged(crate::machine::Damage::NoVersion), "damaged"),
        of(Kind::Remote, "remote"),
        of(Kind::Cloud, "cloud"),
        of(Kind::Cloud, "LOCAL"),
    ]);
    let devices = ["Local", "exchange", "damaged", "remote", "cloud", "kassa-1"];
    let records = devices.map(|device| record(device, "", TODAY));
    let names = |records: Vec<&Record>| records.iter().map(|one| one.device.clone()).collect::<Vec<_>>();
    assert_eq!(names(not_here(&records, &machine, Some("KASSA-1"))), ["remote", "cloud"]);
}

#[test]
fn what_ends_soon_is_told_from_so_many_days_before_and_ever_after() {
    let devices = ["29 days", "30 days", "31 days", "ended", "none"].map(|name| (name, TODAY));
    let records = [
        record("29 days", "", "21.12.2025"),
        record("30 days", "", "22.12.2025"),
        record("31 days", "", "23.12.2025"),
        record("ended", "", "21.11.2025"),
    ];
    let machine = machine(vec![base("a", &devices)]);
    let ending = |warn_days| {
        let known = Subscriptions { warn_days, ..known(&records, &[]) };
        let facts = known.facts(&machine, &now());
        let holders = Standings::of_base(&facts, &machine.bases[0]).ending_soon(&facts);
        holders.into_iter().map(|holder| holder.device).collect::<Vec<_>>()
    };
    assert_eq!(ending(30), ["29 days", "30 days", "ended"]);
    assert_eq!(ending(29), ["29 days", "ended"]);
    assert_eq!(ending(0), ["ended"]);
}

#[test]
fn a_record_of_all_products_takes_the_word_from_those_of_products_that_end_earlier() {
    let records = [
        record("a", "Склад 15", "2026-11-01"),
        record("A", "Магазин 15", "2027-11-01"),
        record("a", "ЕГАИС 3", "2028-11-01"),
        record("b", "Склад 15", "2026-11-01"),
    ];
    let outvoted = |records: &[Record], of: Record| -> Vec<Record> {
        ByDevice::of(records, &[]).outvoted(&of).cloned().collect()
    };
    let of_all = record(" a", "", "2028-11-01");
    assert_eq!(outvoted(&records, of_all.clone()), records[..2]);
    assert_eq!(outvoted(&records, record("a", "Склад 15", "2028-11-01")), []);
    // What one of all products outlasts already has no word to lose.
    let all = [&records[..], &[record("a", "", "2027-10-31")]].concat();
    assert_eq!(outvoted(&all, of_all), records[1..2]);
}

#[test]
fn of_two_records_with_the_same_day_that_of_the_product_is_named() {
    let records = [record("a", "", "2026-11-01"), record("a", "Склад 15", "2026-11-01")];
    let machine = machine(vec![base("main", &[("a", "21.11.2025")])]);
    let standings = of_base(&known(&records, &[]), &machine);
    assert_eq!(standings.devices[0].product.as_deref(), Some("Склад 15"));
}

fn any_day() -> impl Strategy<Value = Date> {
    use jiff::ToSpan as _;
    (0..4000_i64).prop_map(|days| jiff::civil::date(2018, 1, 1).checked_add(days.days()).unwrap())
}

fn standings_of(ends: &[Option<Date>]) -> Standings {
    let standing = |until: &Option<Date>| Standing {
        device: String::new(),
        bases: vec![],
        until: *until,
        product: None,
        last_seen: None,
        long_unseen: false,
    };
    Standings { devices: ends.iter().map(standing).collect(), incomplete: false }
}

proptest! {
    #[test]
    fn a_release_is_covered_only_if_every_device_has_a_date_that_is_not_before_it(
        ends in prop::collection::vec(prop::option::of(any_day()), 0..5),
        released in prop::option::of(any_day()),
    ) {
        let standings = standings_of(&ends);
        let covered = released.is_some_and(|released| {
            !ends.is_empty() && ends.iter().all(|until| until.is_some_and(|until| until >= released))
        });
        let blocked = released
            .is_some_and(|released| ends.iter().any(|until| until.is_some_and(|until| until < released)));
        let expected = match (covered, blocked) {
            (true, _) => Verdict::Covered,
            (_, true) => Verdict::Blocked,
            _ => Verdict::Unknown,
        };
        prop_assert_eq!(standings.verdict(released), expected);
    }

    #[test]
    fn releases_that_are_installed_together_are_judged_like_the_worst_of_them(
        ends in prop::collection::vec(prop::option::of(any_day()), 0..5),
        released in prop::collection::vec(prop::option::of(any_day()), 1..4),
    ) {
        let standings = standings_of(&ends);
        let known = known(&[], &[]);
        let worst = released.iter().map(|day| standings.verdict(*day)).min().unwrap();
        match standings.judge(&released, &known.facts(&machine(vec![]), &now())) {
            Judgement::Covered => prop_assert_eq!(worst, Verdict::Covered),
            Judgement::Unknown { .. } => prop_assert_eq!(worst, Verdict::Unknown),
            Judgement::Ended(ended) => {
                prop_assert_eq!(worst, Verdict::Blocked);
                prop_assert!(!ended.devices.is_empty());
                prop_assert!(ended.devices.iter().all(|holder| holder.until < ended.released));
            }
        }
    }
}
