use proptest::prelude::*;

use super::*;
use crate::fixtures;
use crate::machine::Device;
use crate::subscription::date;

/// Releases of Склад 15 as the vendor lists them.
const HISTORY: [(&str, &str); 13] = [
    ("1.0.0.1", "08.10.2018"),
    ("1.0.2.85", "27.05.2019"),
    ("1.2.0.358", "20.07.2020"),
    ("1.3.0.909", "16.09.2021"),
    ("1.3.4.1116", "20.03.2023"),
    ("1.5.1.559", "04.04.2023"),
    ("1.5.1.640", "03.05.2023"),
    ("1.6.0.1428", "21.12.2023"),
    ("1.6.1.5492", "25.06.2024"),
    ("1.6.2.6128", "19.12.2024"),
    ("1.6.2.6493", "05.05.2025"),
    ("1.6.3.6708", "25.07.2025"),
    ("1.6.3.7283", "29.10.2025"),
];

const TODAY: &str = "22.11.2025";

fn day(text: &str) -> Date {
    date(text).unwrap()
}

fn version(text: &str) -> Version {
    text.parse().unwrap()
}

fn release(feed: &str, version: &str, released: Option<&str>) -> Release {
    Release { date: released.map(day), ..fixtures::release(feed, version) }
}

fn history() -> Vec<Release> {
    HISTORY.map(|(version, released)| release("Warehouse15", version, Some(released))).to_vec()
}

fn record(device: &str, product: &str, until: &str) -> Record {
    Record::of(device, product, until, "", "").unwrap()
}

/// A base with devices, each with the day it was last seen.
fn base(id: &str, devices: &[(&str, &str)]) -> Base {
    let device = |(id, seen): &(&str, &str)| {
        let seen = day(seen).at(12, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap().timestamp();
        Device { id: (*id).to_owned(), last_seen: Some(seen) }
    };
    Base { devices: devices.iter().map(device).collect(), ..fixtures::base(id, "9B3E6ADA", "1.0.0.1") }
}

fn facts<'a>(records: &'a [Record], written_off: &[WrittenOff]) -> Facts<'a> {
    let records = ByDevice::of(records, written_off);
    Facts {
        records,
        computer: Some("KASSA-1"),
        today: day(TODAY),
        zone: TimeZone::UTC,
        no_data: NoData::Warn,
        warn_days: 30,
    }
}

fn names(standings: &[Standing]) -> Vec<&str> {
    standings.iter().map(|standing| standing.device.as_str()).collect()
}

/// Of a base with one device, seen yesterday, whose subscription ends on this day.
fn of_one(until: Date) -> Standings {
    let records = [Record { until, ..record("ТСД 01", "", TODAY) }];
    Standings::of_base(&facts(&records, &[]), &base("a", &[("ТСД 01", "21.11.2025")]))
}

#[test]
fn every_pair_of_an_end_and_a_release_decides_as_the_rule_says() {
    let history = history();
    for (end, _) in HISTORY.iter().enumerate() {
        let released = day(HISTORY[end].1);
        for until in [released.yesterday().unwrap(), released, released.tomorrow().unwrap()] {
            let standings = of_one(until);
            for (number, release) in history.iter().enumerate() {
                // The history is in the order of its dates: the last day of the subscription counts.
                let covered = number < end || (number == end && until >= released);
                let expected = if covered { Verdict::Covered } else { Verdict::Blocked };
                assert_eq!(standings.verdict(release.date), expected, "{until} {}", release.version);
            }
            let last = if until >= released { Some(end) } else { end.checked_sub(1) };
            let newest = standings.newest_covered(&history).map(|release| release.version);
            assert_eq!(newest, last.map(|last| version(HISTORY[last].0)), "{until}");
        }
    }
}

#[test]
fn of_two_lines_side_by_side_the_older_one_may_be_covered_alone() {
    let coverage = of_one(day("03.04.2023")).coverage(&history()[..6]);
    assert_eq!(coverage.newest, Some(version("1.5.1.559")));
    assert_eq!(coverage.newest_covered, Some(version("1.3.4.1116")));
    assert_eq!(coverage.verdict, Verdict::Blocked);
}

#[test]
fn the_newest_covered_is_the_highest_version_and_not_the_last_one_that_came_out() {
    let mut history = history()[..7].to_vec();
    history.push(release("Warehouse15", "1.3.5.1200", Some("01.06.2023")));
    let coverage = of_one(day("01.06.2023")).coverage(&history);
    assert_eq!(coverage.newest_covered, Some(version("1.5.1.640")));
    assert_eq!(coverage.verdict, Verdict::Covered);
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
    let standings = Standings::of_base(&facts(&records, &[]), &base("a", &devices));
    let coverage = standings.coverage(&history());
    assert_eq!(coverage.verdict, Verdict::Blocked);
    assert_eq!(names(&coverage.expired), ["ТСД 02", "ТСД 03"]);
    assert_eq!(coverage.expired[0].until, Some(day("28.10.2025")));
    assert_eq!(names(&coverage.unknown), ["ТСД 04"]);
    assert!(coverage.questions.is_empty());
    assert_eq!(coverage.newest_covered, Some(version("1.6.2.6128")));
}

#[test]
fn a_device_without_a_record_is_unknown_and_never_covered() {
    let base = base("a", &[("ТСД 01", "21.11.2025"), ("ТСД 02", "21.11.2025")]);
    let records = [record("ТСД 01", "", "31.12.9999"), record("stranger", "", "01.01.2001")];
    let coverage = Standings::of_base(&facts(&records, &[]), &base).coverage(&history());
    assert_eq!(coverage.verdict, Verdict::Unknown);
    assert_eq!((names(&coverage.unknown), coverage.expired), (vec!["ТСД 02"], vec![]));
    assert_eq!(coverage.newest_covered, Some(version("1.6.3.7283")));

    let nothing = Standings::of_base(&facts(&[], &[]), &base).coverage(&history());
    assert_eq!((nothing.verdict, nothing.newest_covered), (Verdict::Unknown, None));
    let no_devices = Standings::of_base(&facts(&records, &[]), &self::base("a", &[]));
    assert_eq!(no_devices.coverage(&history()).verdict, Verdict::Unknown);
    assert_eq!(of_one(day(TODAY)).coverage(&[]).verdict, Verdict::Unknown);
}

#[test]
fn of_a_release_without_a_date_nothing_is_known() {
    let mut history = history();
    history.push(release("Warehouse15", "1.7.0.1", None));
    for until in ["01.01.2001", "01.11.2026", "31.12.9999"] {
        let coverage = of_one(day(until)).coverage(&history);
        assert_eq!((coverage.newest, coverage.verdict), (Some(version("1.7.0.1")), Verdict::Unknown));
        assert!(coverage.expired.is_empty());
        assert_ne!(coverage.newest_covered, Some(version("1.7.0.1")));
    }
}

#[test]
fn a_device_not_seen_for_90_days_still_counts_and_is_asked_about_if_it_stands_in_the_way() {
    let devices = [
        ("89 days", "25.08.2025"),
        ("90 days", "24.08.2025"),
        ("no record", "01.01.2020"),
        ("not in the way", "01.01.2020"),
        ("in the future", "01.01.2030"),
    ];
    let records = [
        record("89 days", "", "28.10.2025"),
        record("90 days", "", "28.10.2025"),
        record("not in the way", "", "29.10.2025"),
        record("in the future", "", "28.10.2025"),
    ];
    let base = base("a", &devices);
    let coverage = Standings::of_base(&facts(&records, &[]), &base).coverage(&history());
    assert_eq!(names(&coverage.questions), ["90 days", "no record"]);
    assert_eq!(names(&coverage.expired), ["89 days", "90 days", "in the future"]);

    let never_seen = Device { id: "x".into(), last_seen: None };
    let base = Base { devices: vec![never_seen], ..base };
    let coverage = Standings::of_base(&facts(&records, &[]), &base).coverage(&history());
    assert_eq!((names(&coverage.unknown), names(&coverage.questions)), (vec!["x"], vec![]));
}

#[test]
fn a_written_off_device_counts_until_it_comes_back() {
    let devices = [("ТСД 01", "21.11.2025"), ("ТСД 02", "01.06.2025")];
    let machine = Machine { bases: vec![base("a", &devices)], ..Machine::default() };
    let records = [record("ТСД 01", "", "01.11.2026"), record("ТСД 02", "", "01.01.2025")];
    let verdict = |day_of: &str| {
        let written_off = [WrittenOff { device: "тсд 02".into(), day: day(day_of) }];
        let in_force = crate::subscription::in_force(&written_off, &machine, &TimeZone::UTC);
        Standings::of_base(&facts(&records, &in_force), &machine.bases[0]).coverage(&history()).verdict
    };
    assert_eq!(verdict("01.06.2025"), Verdict::Covered);
    assert_eq!(verdict("31.05.2025"), Verdict::Blocked);
}

#[test]
fn the_day_a_device_was_seen_is_one_of_the_zone_of_the_pc() {
    let seen = "2025-08-24T22:00:00Z".parse().unwrap();
    let base = Base { devices: vec![Device { id: "a".into(), last_seen: Some(seen) }], ..base("a", &[]) };
    let seen_in = |hours| {
        let zone = TimeZone::fixed(jiff::tz::Offset::constant(hours));
        let facts = Facts { zone, ..facts(&[], &[]) };
        let standing = Standings::of_base(&facts, &base).0.remove(0);
        (standing.last_seen, standing.long_unseen)
    };
    assert_eq!(seen_in(0), (Some(day("24.08.2025")), true));
    assert_eq!(seen_in(3), (Some(day("25.08.2025")), false));
    assert_eq!(seen_in(-11), (Some(day("24.08.2025")), true));
}

#[test]
fn a_record_of_one_product_counts_for_its_bases_and_the_latest_that_counts_decides() {
    let of_shop =
        Base { product: "Магазин 15".into(), product_id: None, ..base("b", &[("ТСД 01", TODAY)]) };
    let machine = Machine { bases: vec![base("a", &[("ТСД 01", TODAY)]), of_shop], ..Machine::default() };
    let records = [record("ТСД 01", "Склад 15", "01.11.2026")];
    let verdict = |records: &[Record], base| {
        Standings::of_base(&facts(records, &[]), base).verdict(Some(day("29.10.2025")))
    };
    assert_eq!(verdict(&records, &machine.bases[0]), Verdict::Covered);
    assert_eq!(verdict(&records, &machine.bases[1]), Verdict::Unknown);
    let both = [records[0].clone(), record("ТСД 01", "", "01.01.2025")];
    assert_eq!(verdict(&both, &machine.bases[0]), Verdict::Covered);
    assert_eq!(verdict(&both, &machine.bases[1]), Verdict::Blocked);

    let platform = Standings::of_platform(&facts(&both, &[]), &machine);
    let told: Vec<_> = platform.0.iter().map(|one| (one.until.unwrap(), one.bases.as_slice())).collect();
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
    let machine = Machine { bases, ..Machine::default() };
    let records = [record("local", "", "01.11.2026"), record("exchange", "", "28.10.2025")];
    let standings = Standings::of_platform(&facts(&records, &[]), &machine);
    assert_eq!(names(&standings.0), ["damaged", "exchange", "local"]);
    assert_eq!(standings.0[2].bases, ["local", "local 2"]);

    let releases = [
        release("Platform4", "3.3.46.30866", Some("01.06.2025")),
        release("Platform4", "3.4.46.31745", Some("28.10.2025")),
        release("Platform4", "3.4.46.40367", Some("29.10.2025")),
    ];
    let coverage = standings.coverage(&releases);
    assert_eq!(coverage.newest_covered, Some(version("3.4.46.31745")));
    assert_eq!((coverage.verdict, names(&coverage.expired)), (Verdict::Blocked, vec!["exchange"]));
}

#[test]
fn a_record_of_this_pc_counts_for_its_bases_and_none_is_asked_for() {
    let base = base("a", &[("ТСД 01", TODAY)]);
    let records = [record("ТСД 01", "", "01.11.2026"), record("kassa-1", "", "01.01.2025")];
    let coverage = Standings::of_base(&facts(&records, &[]), &base).coverage(&history());
    assert_eq!((coverage.verdict, names(&coverage.expired)), (Verdict::Blocked, vec!["KASSA-1"]));
    let without = Standings::of_base(&facts(&records[..1], &[]), &base);
    assert_eq!(without.coverage(&history()).verdict, Verdict::Covered);
    let written_off = [WrittenOff { device: "Kassa-1".into(), day: day(TODAY) }];
    let without = Standings::of_base(&facts(&records, &written_off), &base);
    assert_eq!(without.coverage(&history()).verdict, Verdict::Covered);
}

#[test]
fn records_of_devices_that_are_not_here_are_told() {
    let machine = Machine { bases: vec![base("a", &[("ТСД 01", TODAY)])], ..Machine::default() };
    let records = ["тсд 01", "KASSA-1", "ТСД 1"].map(|device| record(device, "", TODAY));
    let strangers = not_here(&records, &machine, Some("kassa-1"));
    assert_eq!(strangers, [&records[2]]);
}

#[test]
fn devices_of_a_base_that_needs_a_subscription_are_told_from_30_days_before_its_end() {
    let devices = ["29 days", "30 days", "31 days", "ended", "none"].map(|name| (name, TODAY));
    let records = [
        record("29 days", "", "21.12.2025"),
        record("30 days", "", "22.12.2025"),
        record("31 days", "", "23.12.2025"),
        record("ended", "", "21.11.2025"),
    ];
    let standings = Standings::of_base(&facts(&records, &[]), &base("a", &devices));
    let ending = standings.ending(day(TODAY), 30);
    let ending: Vec<&str> = ending.into_iter().map(|standing| standing.device.as_str()).collect();
    assert_eq!(ending, ["29 days", "30 days", "ended"]);
}

fn any_day() -> impl Strategy<Value = Date> {
    use jiff::ToSpan as _;
    (0..4000_i64).prop_map(|days| jiff::civil::date(2018, 1, 1).checked_add(days.days()).unwrap())
}

proptest! {
    #[test]
    fn a_later_end_never_covers_less(
        ends in prop::collection::vec(prop::option::of((any_day(), any::<bool>())), 1..5),
        releases in prop::collection::vec(prop::option::of(any_day()), 0..8),
        (chosen, later) in (any::<prop::sample::Index>(), 0..4000_i64),
    ) {
        use jiff::ToSpan as _;
        let devices: Vec<String> = (0..ends.len()).map(|number| format!("ТСД {number}")).collect();
        let seen: Vec<(&str, &str)> = devices.iter().map(|device| (device.as_str(), TODAY)).collect();
        let base = base("a", &seen);
        let records: Vec<Record> = devices.iter().zip(&ends).filter_map(|(device, end)| {
            let (until, of_one) = (*end)?;
            Some(Record { until, ..record(device, if of_one { "Склад 15" } else { "" }, TODAY) })
        }).collect();
        let mut longer = records.clone();
        if !longer.is_empty() {
            let record = chosen.get(&records);
            let place = records.iter().position(|one| one == record).unwrap();
            longer[place].until = record.until.checked_add(later.days()).unwrap();
        }
        let releases: Vec<Release> = releases.iter().enumerate().map(|(number, date)| {
            Release { date: *date, ..fixtures::release("Warehouse15", &format!("1.0.0.{number}")) }
        }).collect();

        let before = Standings::of_base(&facts(&records, &[]), &base);
        let after = Standings::of_base(&facts(&longer, &[]), &base);
        for release in &releases {
            prop_assert!(before.verdict(release.date) <= after.verdict(release.date));
        }
        let (before, after) = (before.coverage(&releases), after.coverage(&releases));
        prop_assert!(before.newest_covered <= after.newest_covered);
        prop_assert!(before.verdict <= after.verdict);
        prop_assert!(before.expired.len() >= after.expired.len());
    }

    #[test]
    fn a_release_is_covered_only_if_every_device_has_a_date_that_is_not_before_it(
        ends in prop::collection::vec(prop::option::of(any_day()), 0..5),
        released in prop::option::of(any_day()),
    ) {
        let standings = Standings(ends.iter().map(|until| Standing {
            device: String::new(), bases: vec![], until: *until, last_seen: None, long_unseen: false,
        }).collect());
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
}
