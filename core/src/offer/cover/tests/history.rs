//! Which release is covered, from the catalogue to the item, on the releases that really came out.

use jiff::ToSpan as _;
use proptest::prelude::*;

use super::*;
use crate::offer::uncovered;

fn history() -> Vec<Release> {
    HISTORY.iter().rev().map(|(version, released)| dated(version, released)).collect()
}

/// The item of a base with one device whose subscription ends on this day, after as much was read as a check reads:
/// all that is newer, and of the others as many as it takes.
fn looked_up(installed: &str, until: Date) -> (Machine, Item) {
    let machine = machine_of(vec![base("a", installed, &["ТСД 1"])]);
    let known = known(&[("ТСД 1", &until.to_string())]);
    let (newer, older): (Vec<_>, Vec<_>) =
        history().into_iter().partition(|release| release.version > version(installed));
    let unread = items(&machine, &catalogues(newer.clone(), vec![]), &known);
    let wanted = uncovered(&unread, &machine, &known.facts(&machine, &now()));
    let read = match wanted.first() {
        Some(wanted) => {
            older.iter().position(|release| wanted.is_met_by(release)).map_or(older.len(), |first| first + 1)
        }
        None => 0,
    };
    let former = older.into_iter().take(read).collect();
    let item = items(&machine, &catalogues(newer, former), &known).pop().unwrap();
    (machine, item)
}

#[test]
fn every_pair_of_an_end_and_an_installed_release_is_judged_as_the_rule_says() {
    let newest = HISTORY.len() - 1;
    for (installed, (installed_version, _)) in HISTORY.iter().enumerate() {
        for (end, (_, released)) in HISTORY.iter().enumerate() {
            let released = day(released);
            for until in [released.yesterday().unwrap(), released, released.tomorrow().unwrap()] {
                let last = if until >= released { Some(end) } else { end.checked_sub(1) };
                let (machine, item) = looked_up(installed_version, until);
                let told = format!("{installed_version} until {until}: {item:?}");
                assert_eq!(item.covered, last.map(|last| version(HISTORY[last].0)), "{told}");
                let newest_offered = item.offer().map(version_of);
                assert_eq!(newest_offered.as_deref(), (installed < newest).then_some(HISTORY[newest].0));
                let is_blocked = !item.ended().is_empty();
                assert_eq!(is_blocked, installed < newest && last != Some(newest), "{told}");
                let to_be_had = item.with_covered(&machine).map(|item| version_of(item.offer().unwrap()));
                let covered = last.filter(|last| is_blocked && *last > installed);
                assert_eq!(to_be_had.as_deref(), covered.map(|last| HISTORY[last].0), "{told}");
            }
        }
    }
}

#[test]
fn of_two_lines_side_by_side_the_older_one_may_be_covered_alone() {
    let releases = || vec![dated("1.5.1.559", "2023-04-04"), dated("1.3.4.1116", "2023-03-20")];
    let machine = machine_of(vec![base("a", "1.3.0.909", &["ТСД 1"])]);
    let item = item(&machine, releases(), &known(&[("ТСД 1", "2023-04-03")]));
    assert_eq!((item.covered, ended(&item)), (Some(version("1.3.4.1116")), vec!["ТСД 1"]));
    assert_eq!(version_of(&item.covered_offer().unwrap()), "1.3.4.1116");
}

#[test]
fn the_newest_covered_is_the_highest_version_and_not_the_last_one_that_came_out() {
    let releases = vec![dated("1.5.1.640", "2023-05-03"), dated("1.3.5.1200", "2023-06-01")];
    let machine = machine_of(vec![base("a", "1.3.0.909", &["ТСД 1"])]);
    let item = item(&machine, releases, &known(&[("ТСД 1", "2023-06-01")]));
    assert_eq!(item.covered, Some(version("1.5.1.640")));
    assert!(matches!(item.state, State::Available { .. }), "{:?}", item.state);
}

#[test]
fn what_is_newer_than_one_base_and_installed_in_another_is_the_covered_one_of_that() {
    // Of the three the feed was asked for what is newer than the older base.
    let machine =
        machine_of(vec![base("old", "1.6.2.6128", &["ТСД 1"]), base("new", "1.6.3.7283", &["ТСД 2"])]);
    let known = known(&[("ТСД 1", "2027-01-01"), ("ТСД 2", "2025-07-25")]);
    let items = items(&machine, &catalogues(latest(), vec![]), &known);
    assert_eq!(items[1].state, State::UpToDate);
    assert_eq!(items[1].covered, Some(version("1.6.3.6708")));
    assert!(uncovered(&items, &machine, &known.facts(&machine, &now())).is_empty());
}

#[test]
fn a_way_over_a_release_that_is_not_covered_is_not_covered_either() {
    let over =
        |release: Release, from: &str| Release { from_versions: vec![from.parse().unwrap()], ..release };
    let releases = vec![
        over(dated("1.6.3.7283", "2025-01-01"), "1.6.2.*"),
        over(dated("1.6.2.6493", "2025-10-29"), "1.5.*"),
        over(dated("1.5.1.640", "2023-05-03"), "1.3.*"),
    ];
    let machine = machine_of(vec![base("a", "1.3.0.909", &["ТСД 1"])]);
    let item = item(&machine, releases, &known(&[("ТСД 1", "2025-06-01")]));
    let Block::SubscriptionEnded(ended) = &blocks(&item)[0] else { panic!("{item:?}") };
    assert_eq!(ended.released, day("2025-10-29"), "of the step in between");
    assert_eq!(item.covered, Some(version("1.6.3.7283")));
    assert_eq!(version_of(&item.covered_offer().unwrap()), "1.5.1.640", "as far as the way is covered");
}

#[test]
fn what_is_covered_and_has_no_file_is_named_and_cannot_be_had() {
    let machine = machine_of(vec![base("a", "1.6.2.6128", &["ТСД 1"])]);
    let known = known(&[("ТСД 1", "2025-07-25")]);
    let mut releases = latest();
    releases[1].file = None;
    let described = item(&machine, releases.clone(), &known);
    assert_eq!(described.covered, Some(version("1.6.3.6708")));
    assert_eq!(version_of(&described.covered_offer().unwrap()), "1.6.2.6493");
    releases[2].file = None;
    let described = item(&machine, releases, &known);
    assert_eq!((described.covered_offer(), described.with_covered(&machine)), (None, None));
}

#[test]
fn a_release_without_a_date_is_neither_covered_nor_not() {
    let machine = machine_of(vec![base("a", "1.6.2.6128", &["ТСД 1"])]);
    let mut releases = latest();
    releases[0].date = None;
    let mut known = known(&[("ТСД 1", "2027-01-01")]);
    let warned = item(&machine, releases.clone(), &known);
    assert_eq!(warned.covered, Some(version("1.6.3.6708")), "the newest of which that can be said");
    assert!(matches!(warned.state, State::Available { .. }), "{:?}", warned.state);
    assert_eq!(warned.warnings, [Warning::SubscriptionUnknown(unjudged(&[], true))]);
    known.no_data = NoData::Stop;
    let stopped = item(&machine, releases, &known);
    assert_eq!(blocks(&stopped), [Block::SubscriptionUnknown(unjudged(&[], true))]);
}

#[test]
fn of_the_platform_builds_of_another_flavour_are_none_of_its_releases() {
    let of_platform =
        |version: &str, date: &str| Release { date: Some(day(date)), ..release("Platform4", version) };
    let machine = machine_of(vec![base("a", "1.6.2.6128", &["ТСД 1"])]);
    let former = vec![of_platform("3.4.35.40366", "2025-02-11"), of_platform("3.3.46.26738", "2023-06-01")];
    let newer = vec![of_platform("3.4.46.40367", "2025-02-11"), of_platform("3.3.46.30866", "2024-06-24")];
    let read = Ok(Catalogue { releases: newer, former, ..Catalogue::default() });
    let catalogues = std::iter::once((Feed::named("Platform4").unwrap(), read)).collect();
    let covered = |until: &str| {
        let mut items = offers(&machine, &catalogues, "pc");
        cover(&mut items, &machine, &known(&[("ТСД 1", until)]).facts(&machine, &now()));
        let platform = items.remove(0);
        let offered = platform.covered_offer().as_ref().map(version_of);
        (platform.covered.unwrap().to_string(), offered)
    };
    assert_eq!(covered("2025-02-11"), ("3.4.46.40367".to_owned(), None));
    assert_eq!(covered("2025-02-10"), ("3.3.46.30866".to_owned(), Some("3.3.46.30866".to_owned())));
    assert_eq!(covered("2024-06-23"), ("3.3.46.26738".to_owned(), None));
}

fn any_day() -> impl Strategy<Value = Date> {
    (0..4000_i64).prop_map(|days| jiff::civil::date(2018, 1, 1).checked_add(days.days()).unwrap())
}

/// The better an item stands, the higher.
fn rank(item: &Item) -> u8 {
    match (&item.state, item.ended().is_empty()) {
        (State::Blocked { .. }, false) => 0,
        (State::Blocked { .. }, true) => 1,
        _ if item.warnings.iter().any(|warning| matches!(warning, Warning::SubscriptionUnknown(_))) => 2,
        _ => 3,
    }
}

proptest! {
    #[test]
    fn a_later_end_never_covers_less(
        ends in prop::collection::vec(prop::option::of((any_day(), any::<bool>())), 1..5),
        releases in prop::collection::vec(prop::option::of(any_day()), 0..8),
        stops in any::<bool>(),
        (chosen, later) in (any::<prop::sample::Index>(), 0..4000_i64),
    ) {
        let devices: Vec<String> = (0..ends.len()).map(|number| format!("ТСД {number}")).collect();
        let names: Vec<&str> = devices.iter().map(String::as_str).collect();
        let machine = machine_of(vec![base("a", "1.0.0.0", &names)]);
        let records: Vec<Record> = devices.iter().zip(&ends).filter_map(|(device, end)| {
            let (until, of_one) = (*end)?;
            let product = of_one.then(|| "Склад 15".to_owned());
            Some(Record { product, until, ..record(device, "2018-01-01") })
        }).collect();
        let no_data = if stops { NoData::Stop } else { NoData::Warn };
        let before = Subscriptions { records, no_data, ..Subscriptions::nothing(PC) };
        let mut after = before.clone();
        if !after.records.is_empty() {
            let place = chosen.index(after.records.len());
            let until = &mut after.records[place].until;
            *until = until.checked_add(later.days()).unwrap();
        }
        let releases: Vec<Release> = releases.iter().enumerate().map(|(number, date)| {
            Release { date: *date, ..release(PRODUCT, &format!("1.0.0.{number}")) }
        }).collect();
        let former = releases.first().cloned().into_iter().collect();
        let newer: Vec<Release> = releases.iter().skip(1).rev().cloned().collect();
        let catalogues = catalogues(newer, former);
        let (before, after) = (items(&machine, &catalogues, &before), items(&machine, &catalogues, &after));
        prop_assert!(before[0].covered <= after[0].covered);
        prop_assert!(rank(&before[0]) <= rank(&after[0]), "{before:?} {after:?}");
        prop_assert!(before[0].ended().len() >= after[0].ended().len());
        let to_be_had = |item: &Item| item.covered_offer().and_then(|offer| Some(offer.release()?.version));
        if !after[0].ended().is_empty() {
            prop_assert!(to_be_had(&before[0]) <= to_be_had(&after[0]));
        }
    }
}
