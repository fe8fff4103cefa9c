//! The same items judged again: after a date was entered, after an update, and for nothing.

use super::*;
use crate::offer::refit;

fn machine(installed: &str) -> Machine {
    machine_of(vec![base("a", installed, &["ТСД 1"])])
}

#[test]
fn what_was_said_before_is_taken_back_when_a_date_is_entered() {
    let machine = machine("1.6.2.6128");
    let mut items = vec![item(&machine, latest(), &known(&[("ТСД 1", "2025-07-25")]))];
    let blocked = items.clone();
    let mut renewed = known(&[("ТСД 1", "2027-01-01")]);
    cover(&mut items, &machine, &renewed.facts(&machine, &now()));
    assert!(matches!(items[0].state, State::Available { .. }), "{:?}", items[0].state);
    assert_eq!(items[0].covered, Some(version("1.6.3.7283")));
    renewed.records[0].until = day("2025-07-25");
    cover(&mut items, &machine, &renewed.facts(&machine, &now()));
    assert_eq!(items, blocked);
}

#[test]
fn judging_again_with_nothing_new_says_the_same_once() {
    let of_exchange =
        Base { kind: Kind::InternetExchange, ..base("a", "1.6.2.6128", &["ТСД 1", "ТСД 2"]) };
    let machine = machine_of(vec![of_exchange]);
    let mut no_file = latest();
    no_file[0].file = None;
    for no_data in [NoData::Warn, NoData::Stop] {
        for records in
            [&[][..], &[("ТСД 1", "2025-07-25")], &[("ТСД 1", "2027-01-01"), ("ТСД 2", "2026-12-01")]]
        {
            for releases in [latest(), no_file.clone()] {
                let known = Subscriptions { no_data, ..known(records) };
                let once = vec![item(&machine, releases, &known)];
                let mut again = once.clone();
                cover(&mut again, &machine, &known.facts(&machine, &now()));
                assert_eq!(again, once);
                refit(&mut again, &machine, &known.facts(&machine, &now()));
                assert_eq!(again, once);
            }
        }
    }
}

#[test]
fn a_release_without_a_file_stays_blocked_by_that_when_the_subscription_is_renewed() {
    let machine = machine("1.6.2.6128");
    let mut releases = latest();
    releases[0].file = None;
    let mut items = vec![item(&machine, releases, &known(&[("ТСД 1", "2025-07-25")]))];
    let no_file = Block::NoFile { version: version("1.6.3.7283") };
    assert_eq!((blocks(&items[0]).len(), &blocks(&items[0])[0]), (2, &no_file));
    assert_eq!(version_of(&items[0].covered_offer().unwrap()), "1.6.3.6708");
    cover(&mut items, &machine, &known(&[("ТСД 1", "2027-01-01")]).facts(&machine, &now()));
    assert_eq!(blocks(&items[0]), [no_file]);
}

#[test]
fn the_covered_release_that_was_installed_since_the_check_is_still_known() {
    let ended_early = known(&[("ТСД 1", "2025-07-25")]);
    let mut items = vec![item(&machine("1.6.2.6128"), latest(), &ended_early)];
    let after = machine("1.6.3.6708");
    refit(&mut items, &after, &ended_early.facts(&after, &now()));
    assert_eq!(items[0].installed, Some(version("1.6.3.6708")));
    assert_eq!((items[0].covered, ended(&items[0])), (Some(version("1.6.3.6708")), vec!["ТСД 1"]));
    assert_eq!(version_of(items[0].offer().unwrap()), "1.6.3.7283");
    assert_eq!(items[0].covered_offer(), None, "there is nothing newer to be had");

    let newest = machine("1.6.3.7283");
    refit(&mut items, &newest, &ended_early.facts(&newest, &now()));
    assert_eq!((&items[0].state, items[0].covered), (&State::UpToDate, Some(version("1.6.3.6708"))));
    let former: Vec<String> = items[0].former.iter().map(|one| one.version.to_string()).collect();
    assert_eq!(former, ["1.6.3.7283", "1.6.3.6708", "1.6.2.6493"]);
}

#[test]
fn a_report_that_was_kept_is_judged_as_the_check_judged_it() {
    let machine = machine("1.6.2.6128");
    let known = known(&[("ТСД 1", "2025-07-25")]);
    let items = vec![item(&machine, latest(), &known)];
    let kept = serde_json::to_vec(&items).unwrap();
    let mut read: Vec<Item> = serde_json::from_slice(&kept).unwrap();
    refit(&mut read, &machine, &known.facts(&machine, &now()));
    assert_eq!(read, items);
    assert!(read[0].with_covered(&machine).is_some());
}

#[test]
fn a_report_of_a_version_that_knew_nothing_of_subscriptions_is_judged_as_far_as_it_goes() {
    let machine = machine("1.6.2.6128");
    let nothing = Subscriptions::nothing(PC);
    let mut kept = serde_json::to_value(vec![item(&machine, latest(), &nothing)]).unwrap();
    kept[0].as_object_mut().unwrap().remove("former");
    kept[0]["state"]["offer"].as_object_mut().unwrap().remove("others");
    kept[0]["warnings"] = serde_json::json!([]);
    let mut items: Vec<Item> = serde_json::from_value(kept).unwrap();
    refit(&mut items, &machine, &known(&[("ТСД 1", "2025-07-25")]).facts(&machine, &now()));
    assert_eq!((items[0].covered, ended(&items[0])), (None, vec!["ТСД 1"]));
}

#[test]
fn of_ten_thousand_bases_each_is_judged_by_its_own_devices() {
    let bases: Vec<Base> = (0..10_000).map(|number| base(&format!("b{number}"), "1.6.2.6128", &[])).collect();
    let bases = bases.into_iter().enumerate().map(|(number, base)| {
        let device = Device { id: format!("ТСД {number}"), last_seen: None, ..Device::default() };
        Base { devices: vec![device], ..base }
    });
    let machine = machine_of(bases.collect());
    let records = (0..10_000).map(|number| record(&format!("тсд {number}"), "2025-07-25")).collect();
    let known = Subscriptions { records, ..Subscriptions::nothing(PC) };
    let items = items(&machine, &catalogues(latest(), vec![]), &known);
    assert_eq!(items.len(), 10_000);
    for (number, item) in items.iter().enumerate() {
        assert_eq!(ended(item), [format!("ТСД {number}")]);
    }
}
