//! Whose subscriptions decide, and what is said of those of which nothing is known.

use super::*;
use crate::machine::Damage;
use crate::offer::PLATFORM;
use crate::subscription::WrittenOff;

#[test]
fn a_release_after_the_end_is_blocked_and_the_covered_one_can_be_had_instead() {
    let machine = machine_of(vec![base("a", "1.6.2.6128", &["ТСД 1", "ТСД 2"])]);
    let known = known(&[("ТСД 1", "2025-07-25"), ("ТСД 2", "2027-01-01")]);
    let item = item(&machine, latest(), &known);
    assert_eq!(version_of(item.offer().unwrap()), "1.6.3.7283");
    assert_eq!(item.covered, Some(version("1.6.3.6708")));
    let told: Vec<(&str, Date)> =
        item.ended().iter().map(|holder| (holder.device.as_str(), holder.until)).collect();
    assert_eq!(told, [("ТСД 1", day("2025-07-25"))]);
    let covered = item.with_covered(&machine).unwrap();
    let State::Available { offer } = &covered.state else { panic!("{:?}", covered.state) };
    assert_eq!(version_of(offer), "1.6.3.6708");
    let noted: Vec<String> = offer.notes.iter().map(|notes| notes.version.to_string()).collect();
    assert_eq!(noted, ["1.6.3.6708", "1.6.2.6493"]);
    assert_eq!(covered.warnings, []);
}

#[test]
fn nothing_known_is_a_warning_or_a_stop_and_never_covered() {
    let machine = machine_of(vec![base("a", "1.6.2.6128", &["ТСД 1"])]);
    let mut nothing = Subscriptions::nothing(PC);
    let warned = item(&machine, latest(), &nothing);
    let about = unjudged(&["ТСД 1"], false);
    assert!(matches!(warned.state, State::Available { .. }));
    assert_eq!(warned.covered, None);
    assert_eq!(warned.warnings, [Warning::SubscriptionUnknown(about.clone())]);
    nothing.no_data = NoData::Stop;
    let stopped = item(&machine, latest(), &nothing);
    assert_eq!(
        (blocks(&stopped), &stopped.warnings[..]),
        (&[Block::SubscriptionUnknown(about)][..], &[][..])
    );
}

#[test]
fn a_list_that_is_not_used_stops_whatever_the_settings_say() {
    for devices in [&["ТСД 1"][..], &[]] {
        let machine = machine_of(vec![base("a", "1.6.2.6128", devices)]);
        for no_data in [NoData::Warn, NoData::Stop] {
            let unread = Subscriptions { is_unread: true, no_data, ..Subscriptions::nothing(PC) };
            let stopped = item(&machine, latest(), &unread);
            let about = Unjudged { list_unread: true, ..unjudged(devices, false) };
            assert_eq!(blocks(&stopped), [Block::SubscriptionUnknown(about)]);
            assert_eq!((stopped.covered_offer(), stopped.warnings), (None, vec![]));
        }
    }
}

#[test]
fn a_covered_release_is_not_known_to_be_covered_for_devices_that_may_be_missing() {
    let mut machine = machine_of(vec![base("a", "1.6.2.6128", &["ТСД 1"])]);
    machine.bases[0].devices_incomplete = true;
    let about = Unjudged { devices_incomplete: true, ..Unjudged::default() };
    let whole = item(&machine, latest(), &known(&[("ТСД 1", "2027-01-01")]));
    assert_eq!(whole.warnings, [Warning::SubscriptionUnknown(about.clone())]);
    let ended = item(&machine, latest(), &known(&[("ТСД 1", "2025-07-25")]));
    assert_eq!(ended.with_covered(&machine).unwrap().warnings, [Warning::SubscriptionUnknown(about)]);
}

#[test]
fn where_no_device_has_ever_been_connected_nothing_is_known_and_nothing_is_stopped() {
    let machine = machine_of(vec![base("a", "1.6.2.6128", &[])]);
    let known = Subscriptions { no_data: NoData::Stop, ..known(&[("stranger", "2018-01-01")]) };
    let item = item(&machine, latest(), &known);
    assert!(matches!(item.state, State::Available { .. }), "{:?}", item.state);
    assert_eq!(
        (item.covered, &item.warnings[..]),
        (None, &[Warning::SubscriptionUnknown(unjudged(&[], false))][..])
    );
}

#[test]
fn the_covered_release_is_not_known_to_be_covered_for_a_device_without_a_record() {
    let machine = machine_of(vec![base("a", "1.6.2.6128", &["ТСД 1", "ТСД 2"])]);
    let mut known = known(&[("ТСД 1", "2025-07-25")]);
    let about = unjudged(&["ТСД 2"], false);
    let blocked = item(&machine, latest(), &known);
    assert_eq!((ended(&blocked), blocks(&blocked).len()), (vec!["ТСД 1"], 1));
    let covered = blocked.with_covered(&machine).unwrap();
    assert!(matches!(covered.state, State::Available { .. }));
    assert_eq!(covered.warnings, [Warning::SubscriptionUnknown(about.clone())]);

    known.no_data = NoData::Stop;
    let stopped = item(&machine, latest(), &known);
    assert_eq!(ended(&stopped), ["ТСД 1"]);
    assert_eq!(blocks(&stopped)[1], Block::SubscriptionUnknown(about));
    assert_eq!((stopped.covered_offer(), stopped.with_covered(&machine)), (None, None));
}

#[test]
fn a_device_in_two_bases_of_different_products_counts_for_each_by_its_own_record() {
    let shop = Base { product: "Магазин 15".into(), ..base("shop", "1.6.2.6128", &["ТСД 1"]) };
    let machine = machine_of(vec![base("warehouse", "1.6.2.6128", &["ТСД 1"]), shop]);
    let records = [("Склад 15", "2027-01-01"), ("Магазин 15", "2025-07-25")];
    let records = records.map(|(product, until)| Record::of("ТСД 1", product, until, "", "").unwrap());
    let known = Subscriptions { records: records.to_vec(), ..Subscriptions::nothing(PC) };
    let mut items = offers(&machine, &catalogues(latest(), vec![]), "pc");
    cover(&mut items, &machine, &known.facts(&machine, &now()));
    let told: Vec<_> = items.iter().map(|item| (item.covered, ended(item))).collect();
    let covered = |text: &str| Some(version(text));
    let of_platform = (None, vec![]);
    assert_eq!(told, [of_platform, (covered("1.6.3.7283"), vec![]), (covered("1.6.3.6708"), vec!["ТСД 1"])]);
}

#[test]
fn the_platform_is_judged_over_the_devices_of_every_base_that_is_served_here() {
    let of = |id: &str, kind| Base { kind, ..base(id, "1.6.3.7283", &[id]) };
    let bases = vec![
        of("local", Kind::Local),
        // An id that reads as the platform's is still that of a base.
        of(PLATFORM, Kind::Local),
        of("exchange", Kind::InternetExchange),
        of("damaged", Kind::Damaged(Damage::NoVersion)),
        of("remote", Kind::Remote),
        of("cloud", Kind::Cloud),
    ];
    let machine = machine_of(bases);
    let newer = Release { date: Some(day("2025-02-11")), ..release("Platform4", "3.4.46.40367") };
    let read = |releases| Ok(Catalogue { releases, ..Catalogue::default() });
    let mut catalogues = catalogues(vec![], vec![]);
    catalogues.insert(Feed::named("Platform4").unwrap(), read(vec![newer]));
    let platform = |ended_for: &str| {
        let ids = ["local", PLATFORM, "exchange", "damaged", "remote", "cloud"];
        let records = ids.map(|id| (id, if id == ended_for { "2025-02-10" } else { "2025-02-11" }));
        let mut items = offers(&machine, &catalogues, "pc");
        cover(&mut items, &machine, &known(&records).facts(&machine, &now()));
        assert!(items[1..].iter().all(|item| item.ended().is_empty()), "{items:?}");
        items.remove(0)
    };
    for id in ["local", PLATFORM, "exchange", "damaged"] {
        assert_eq!((platform(id).covered, ended(&platform(id))), (None, vec![id]));
    }
    for id in ["remote", "cloud"] {
        assert_eq!((platform(id).covered, ended(&platform(id))), (Some(version("3.4.46.40367")), vec![]));
    }
}

#[test]
fn a_workstation_with_a_record_decides_like_a_device_and_none_is_asked_for_one() {
    let machine = machine_of(vec![base("a", "1.6.2.6128", &["ТСД 1"])]);
    let with = item(&machine, latest(), &known(&[("ТСД 1", "2027-01-01"), ("kassa-1", "2025-07-25")]));
    assert_eq!((with.covered, ended(&with)), (Some(version("1.6.3.6708")), vec![PC]));
    let without = item(&machine, latest(), &known(&[("ТСД 1", "2027-01-01")]));
    assert_eq!((without.covered, &without.warnings[..]), (Some(version("1.6.3.7283")), &[][..]));
}

#[test]
fn a_device_that_is_written_off_stands_in_no_way() {
    let machine = machine_of(vec![base("a", "1.6.2.6128", &["ТСД 1", "ТСД 2"])]);
    let written_off = vec![WrittenOff { device: "тсд 2".into(), day: day("2026-11-01") }];
    let known =
        Subscriptions { written_off, ..known(&[("ТСД 1", "2027-01-01"), ("ТСД 2", "2025-07-25")]) };
    let item = item(&machine, latest(), &known);
    assert!(matches!(item.state, State::Available { .. }), "{:?}", item.state);
    assert_eq!((item.covered, &item.warnings[..]), (Some(version("1.6.3.7283")), &[][..]));
}

#[test]
fn exchange_through_the_internet_is_warned_of_before_and_after_its_end() {
    let told = |until: &str, warn_days: u16, kind: Kind| {
        let machine = machine_of(vec![Base { kind, ..base("a", "1.6.3.7283", &["ТСД 1", "ТСД 2"]) }]);
        let records = [("ТСД 1", until), ("ТСД 2", "2030-01-01")];
        let known = Subscriptions { warn_days, ..known(&records) };
        let item = item(&machine, vec![], &known);
        assert_eq!(item.state, State::UpToDate);
        let devices = item.warnings.iter().flat_map(|warning| match warning {
            Warning::ExchangeEnds { devices } => devices.iter().map(|one| one.device.clone()).collect(),
            other => vec![format!("{other:?}")],
        });
        devices.collect::<Vec<_>>()
    };
    // It is 23.11.2026.
    for (until, warn_days, expected) in [
        ("2026-12-24", 30, &[][..]),
        ("2026-12-23", 30, &["ТСД 1"]),
        ("2026-11-23", 30, &["ТСД 1"]),
        ("2026-11-22", 30, &["ТСД 1"]),
        ("2026-11-24", 0, &[]),
        ("2026-11-23", 0, &["ТСД 1"]),
        ("2026-11-22", 0, &["ТСД 1"]),
        ("2027-11-23", 365, &["ТСД 1"]),
    ] {
        assert_eq!(told(until, warn_days, Kind::InternetExchange), expected, "{until} {warn_days}");
        assert!(told(until, warn_days, Kind::Local).is_empty());
    }
}

#[test]
fn exchange_through_the_internet_is_warned_of_where_nothing_is_known_whatever_is_offered() {
    let told = |installed: &str, kind: Kind, no_data: NoData| {
        let machine = machine_of(vec![Base { kind, ..base("a", installed, &["ТСД 1", "ТСД 2"]) }]);
        let known = Subscriptions { no_data, ..known(&[("ТСД 1", "2030-01-01")]) };
        let item = item(&machine, latest(), &known);
        (matches!(item.state, State::UpToDate), item.warnings)
    };
    let warning = || vec![Warning::SubscriptionUnknown(unjudged(&["ТСД 2"], false))];
    let (current, former) = ("1.6.3.7283", "1.6.2.6128");
    for no_data in [NoData::Warn, NoData::Stop] {
        assert_eq!(told(current, Kind::InternetExchange, no_data), (true, warning()));
        assert_eq!(told(current, Kind::Local, no_data), (true, vec![]));
    }
    assert_eq!(told(former, Kind::InternetExchange, NoData::Warn), (false, warning()), "once");
    assert_eq!(told(former, Kind::InternetExchange, NoData::Stop), (false, vec![]), "the stop says it");
}

#[test]
fn what_is_not_updated_here_and_this_program_need_no_subscription() {
    let known = known(&[("ТСД 1", "2018-01-01")]);
    for kind in [Kind::Remote, Kind::Cloud, Kind::Damaged(Damage::NoVersion)] {
        let machine = machine_of(vec![Base { kind, ..base("a", "1.6.2.6128", &["ТСД 1"]) }]);
        let item = item(&machine, latest(), &known);
        assert_eq!((item.covered, item.former.len(), &item.warnings[..]), (None, 0, &[][..]));
    }
    let updater = crate::machine::Updater { version: version("0.1.0"), install_dir: None };
    let machine =
        Machine { updater: Some(updater), ..machine_of(vec![base("a", "1.6.2.6128", &["ТСД 1"])]) };
    let newer = Release { date: Some(day("2026-01-01")), ..release(Feed::updater().as_str(), "0.2.0") };
    let read = Ok(Catalogue { releases: vec![newer], ..Catalogue::default() });
    let mut items = offers(&machine, &std::iter::once((Feed::updater(), read)).collect(), "pc");
    cover(&mut items, &machine, &known.facts(&machine, &now()));
    let item = items.pop().unwrap();
    assert!(matches!(item.state, State::Available { .. }), "{:?}", item.state);
    assert_eq!((item.covered, &item.warnings[..]), (None, &[][..]));
}
