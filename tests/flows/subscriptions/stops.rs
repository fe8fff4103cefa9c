//! What subscriptions say about releases: what is stopped, for whom, what can be had instead, and who does not count.

use serde_json::Value;
use smarts_tests::machine_root::BaseSpec;
use smarts_tests::tree::{Tree, TreeRelease};

use super::{Desk, MID, base};
use crate::made::{self, NEW, WAREHOUSE};

const FOLDER: &str = r"C:\ProgramData\Cleverence\Databases\main";

fn version(desk: &Desk) -> String {
    made::version(desk.pc.path(), FOLDER)
}

#[test]
fn a_release_after_the_end_is_refused_and_the_covered_one_can_be_had() {
    let desk = Desk::new(&[("ТСД 01", "2026-11-20"), ("ТСД 02", "2026-11-21")]);
    desk.set("ТСД 01", "01.09.2025");
    desk.set("ТСД 02", "01.11.2027");
    let (state, covered, devices) = desk.checked("main");
    assert_eq!((state.as_str(), covered.as_deref(), devices), ("blocked", Some(MID), vec!["ТСД 01".into()]));
    for line in [&["update", "main"][..], &["update", "main", "--yes"], &["update", "main", "--version", NEW]]
    {
        let ran = desk.run(line);
        assert_eq!(ran.status, 3, "{ran:?}");
        for words in [
            "ТСД 01 закончилась 01.09.2025",
            "версия вышла 29.10.2025",
            "демо-режим",
            "smarts subscription set \"ТСД 01\" --until",
        ] {
            assert!(ran.err.contains(words), "{words}: {ran:?}");
        }
    }
    let ran = desk.run(&["update", "main"]);
    assert!(ran.err.contains(&format!("smarts update main --version {MID}\n")), "{ran:?}");
    assert_eq!(version(&desk), made::OLD);

    let ran = desk.run(&["update", "main", "--version", MID, "--yes"]);
    assert_eq!((ran.status, version(&desk).as_str()), (0, MID), "{ran:?}");
    let ran = desk.run(&["update", "main", "--yes"]);
    assert!(ran.status == 3 && ran.err.contains(&format!("По подписке доступна {MID}")), "{ran:?}");

    // A date that has just been entered counts at once.
    desk.set("ТСД 01", "29.10.2025");
    let ran = desk.run(&["update", "main", "--yes"]);
    assert_eq!((ran.status, version(&desk).as_str()), (0, NEW), "{ran:?}");
}

#[test]
fn a_file_at_hand_of_a_release_after_the_end_is_refused_wherever_its_base_has_its_releases_from() {
    let own = |id: &str, device: &str| base(id, id, &[(device, "2026-11-20")]);
    let written_otherwise = format!("{{{}}}", WAREHOUSE.to_lowercase());
    let bases = [
        BaseSpec {
            attributes: vec![("updatesPath".into(), "Warehouse/15".into())], ..own("path", "ТСД 1")
        },
        BaseSpec { product_id: Some(written_otherwise.clone()), ..own("case", "ТСД 2") },
    ];
    let tree = ["Warehouse/15", &written_otherwise];
    let tree = tree
        .into_iter()
        .fold(Tree::new(), |tree, feed| tree.release(feed, made::release(NEW, &made::template(NEW))));
    let desk = Desk::of(&bases, &tree);
    desk.set("ТСД 1", "28.10.2025");
    desk.set("ТСД 2", "28.10.2025");
    assert_eq!((desk.checked("path").0.as_str(), desk.checked("case").0.as_str()), ("blocked", "blocked"));
    let file = desk.file("at hand.mstmpl", made::template(NEW).build().unwrap());
    for (id, device) in [("path", "ТСД 1"), ("case", "ТСД 2")] {
        let ran = desk.run(&["install", &file, "--base", id, "--accept-unproved", "--yes"]);
        assert_eq!(ran.status, 3, "{ran:?}");
        assert!(ran.err.contains(&format!("{device} закончилась 28.10.2025")), "{ran:?}");
    }
}

#[test]
fn the_date_that_is_asked_for_is_that_of_the_product_where_the_device_has_dates_of_products() {
    let desk = Desk::new(&[("ТСД 01", "2026-11-20")]);
    let set = |product: &str, until: &str| {
        desk.done(&["subscription", "set", "ТСД 01", "--product", product, "--until", until]);
    };
    set("Магазин 15", "01.11.2026");
    desk.settings("subscription_unknown = 'stop'\n");
    let ran = desk.run(&["update", "main"]);
    let asked = "smarts subscription set \"ТСД 01\" --product \"Склад 15, Расширенный\" --until";
    assert!(ran.status == 3 && ran.err.contains(asked), "{ran:?}");
    set("Склад 15", "01.09.2025");
    let ran = desk.run(&["update", "main"]);
    let asked = "smarts subscription set \"ТСД 01\" --product \"Склад 15\" --until";
    assert!(ran.status == 3 && ran.err.contains(asked), "{ran:?}");
}

#[test]
fn no_data_is_a_warning_and_by_the_settings_a_stop() {
    let desk = Desk::new(&[("ТСД 01", "2026-11-20")]);
    desk.settings("subscription_unknown = 'stop'\n");
    let (state, covered, devices) = desk.checked("main");
    assert_eq!((state.as_str(), covered, devices), ("blocked", None, vec!["ТСД 01".into()]));
    let ran = desk.run(&["update", "main", "--yes"]);
    assert!(ran.status == 3 && ran.err.contains("подписка ТСД 01: нет данных"), "{ran:?}");
    assert!(ran.err.contains("smarts subscription set \"ТСД 01\" --until"), "{ran:?}");
    assert_eq!(version(&desk), made::OLD);
    desk.settings("subscription_unknown = 'warn'\n");
    assert_eq!(desk.checked("main").0, "available");
    let ran = desk.run(&["update", "main", "--yes"]);
    assert!(ran.status == 0 && ran.err.to_lowercase().contains("тсд 01: нет данных"), "{ran:?}");
    assert_eq!(version(&desk), NEW);
}

#[test]
fn the_platform_is_stopped_by_a_device_of_any_base_and_the_other_base_is_not() {
    let desk = Desk::with(&[
        base("main", "Основной склад", &[("ТСД 01", "2026-11-20")]),
        base("cold", "Холодный склад", &[("ТСД 02", "2026-11-20")]),
    ]);
    desk.set("ТСД 01", "01.11.2027");
    desk.set("ТСД 02", "10.02.2025");
    let (state, _, devices) = desk.checked("platform");
    assert_eq!((state.as_str(), devices), ("blocked", vec!["ТСД 02".into()]));
    assert_eq!((desk.checked("main").0.as_str(), desk.checked("cold").0.as_str()), ("available", "blocked"));
    let ran = desk.run(&["update", "platform", "--yes"]);
    assert!(ran.status == 3 && ran.err.contains("ТСД 02 закончилась 10.02.2025"), "{ran:?}");
    // The day of the end still counts.
    desk.set("ТСД 02", "11.02.2025");
    assert_eq!(desk.checked("platform").0, "available");
}

#[test]
fn a_device_that_is_written_off_stands_in_nobodys_way_until_it_counts_again() {
    let desk = Desk::new(&[("ТСД 01", "2026-11-20"), ("ТСД 02", "2026-06-01")]);
    desk.set("ТСД 01", "01.11.2027");
    desk.set("ТСД 02", "01.09.2025");
    assert_eq!(desk.checked("main").0, "blocked");
    let ran = desk.run(&["subscription", "write-off", "тсд 02", "ТСД 02"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, "ТСД 02: списано, больше не учитывается\n"), "{ran:?}");
    assert_eq!(desk.checked("main").0, "available");
    assert_eq!(desk.entry("ТСД 02")["written_off"], "2026-11-22");
    assert!(desk.done(&["subscription", "list"]).contains("списано 22.11.2026"));
    assert_eq!(desk.done(&["subscription", "write-off", "ТСД 02"]), "ТСД 02: списано ещё 22.11.2026\n");
    let unknown = desk.run(&["subscription", "write-off", "ТСД 01", "ТСД 99"]);
    assert!(unknown.status == 2 && unknown.err.contains("«ТСД 99» нет ни в базах"), "{unknown:?}");
    assert_eq!(desk.done(&["subscription", "count", "ТСД 01"]), "ТСД 01: и так учитывается\n");

    let text = desk.done(&["history"]);
    assert!(text.contains("ТСД 02") && text.contains("устройство списано и не учитывается"), "{text}");
    assert!(!text.contains("ТСД 01"), "{text}");
    let csv = desk.done(&["history", "--csv"]);
    assert_eq!(csv.lines().count(), 2, "{csv}");
    assert!(csv.ends_with(",ivanov,ТСД 02,,—,—,устройство списано и не учитывается\n"), "{csv}");
    let json: Value = serde_json::from_str(&desk.done(&["history", "--json"])).unwrap();
    let entry = &json["entries"][0];
    assert_eq!(
        (&entry["result"], &entry["id"], &entry["name"], &entry["user"], &entry["level"]),
        (&"written_off".into(), &"ТСД 02".into(), &"ТСД 02".into(), &"ivanov".into(), &"information".into())
    );
    assert!(entry["from"].is_null() && entry["sha256"].is_null() && entry["proof"].is_null());

    assert_eq!(desk.done(&["subscription", "count", "ТСД 02"]), "ТСД 02: снова учитывается\n");
    assert_eq!(desk.checked("main").0, "blocked");
    assert!(desk.done(&["history"]).contains("устройство снова учитывается"));
}

#[test]
fn a_device_that_was_connected_after_it_was_written_off_counts_again() {
    let desk = Desk::new(&[("ТСД 01", "2026-11-23")]);
    desk.set("ТСД 01", "01.09.2025");
    desk.done(&["subscription", "write-off", "ТСД 01"]);
    assert_eq!(desk.checked("main").0, "available", "that day is still to come");
    let (the_next_day, later) = ("2026-11-23", "2026-11-24");
    assert_eq!(desk.checked_on(the_next_day, "main").0, "blocked");
    let counts = desk.on(the_next_day, &["subscription", "count", "ТСД 01"]);
    assert_eq!(counts.out, "ТСД 01: и так учитывается\n");
    assert!(desk.on(later, &["subscription", "write-off", "ТСД 01"]).out.contains("больше не учитывается"));
    assert_eq!(desk.checked_on(later, "main").0, "available");
}

#[test]
fn a_clock_that_is_behind_is_said_where_subscriptions_are_shown_or_stop_something() {
    let desk = Desk::new(&[("ТСД 01", "2025-01-20")]);
    desk.set("ТСД 01", "01.09.2025");
    let words = "Похоже, часы компьютера отстают";
    let checked = desk.run(&["check"]);
    assert!(!checked.out.contains(words) && !desk.run(&["subscription", "list"]).err.contains(words));
    let listed = desk.on("2025-08-30", &["subscription", "list"]);
    assert!(listed.status == 0 && listed.out.contains("заканчивается, ещё 2 дня"), "{listed:?}");
    assert!(listed.err.contains(words) && listed.err.contains("сейчас не раньше 22.11.2026"), "{listed:?}");
    let json: Value =
        serde_json::from_str(&desk.on("2025-08-30", &["subscription", "list", "--json"]).out).unwrap();
    assert_eq!((&json["today"], &json["clock_at_least"]), (&"2025-08-30".into(), &"2026-11-22".into()));
    let update = desk.on("2025-08-30", &["update", "main", "--yes"]);
    assert!(update.status == 3 && update.err.contains(words), "{update:?}");
    let checked = desk.on("2025-08-30", &["check"]);
    assert!(checked.out.contains(words) && checked.out.contains("22.11.2026"), "{checked:?}");
    let json: Value = serde_json::from_str(&desk.on("2025-08-30", &["check", "--json"]).out).unwrap();
    assert_eq!(json["clock_at_least"], "2025-10-29");
    // That check is the last one now; the newest release came out later all the same.
    let listed = desk.on("2025-08-30", &["subscription", "list"]);
    assert!(listed.err.contains("сейчас не раньше 29.10.2025"), "{listed:?}");
}

#[test]
fn a_clock_that_is_behind_is_said_wherever_there_are_records_also_if_all_is_covered() {
    let desk = Desk::new(&[("ТСД 01", "2025-01-20")]);
    let words = "Похоже, часы компьютера отстают";
    desk.set("ТСД 01", "01.11.2027");
    let json: Value = serde_json::from_str(&desk.run(&["check", "--json"]).out).unwrap();
    assert!(json["clock_at_least"].is_null(), "{json}");
    let json: Value = serde_json::from_str(&desk.on("2025-08-30", &["check", "--json"]).out).unwrap();
    assert_eq!(json["clock_at_least"], "2026-11-22");
    let checked = desk.on("2025-08-30", &["check"]);
    assert!(checked.out.contains(words) && checked.out.contains("29.10.2025"), "{checked:?}");
}

#[test]
fn the_version_that_is_advised_can_be_had_although_a_newer_step_to_it_is_not_covered() {
    const STEPS: [&str; 2] = ["1.6.2.6600", "1.6.2.6700"];
    let release = |version: &str, day: &str, from: &str| {
        let bytes = made::template(version).build().unwrap();
        let release = TreeRelease::new(version).with("date", day).with("fromVersions", from);
        release.download(&format!("WH15-{version}.mstmpl"), bytes).stated()
    };
    let tree = Tree::new()
        .release(WAREHOUSE, release(STEPS[0], "01.03.2025", made::OLD))
        .release(WAREHOUSE, release(STEPS[1], "01.10.2025", made::OLD))
        .release(WAREHOUSE, release(MID, "21.07.2025", &STEPS.join(";")))
        .release(WAREHOUSE, release(NEW, "29.10.2025", MID));
    let desk = Desk::of(&[base("main", "Основной склад", &[("ТСД 01", "2026-11-20")])], &tree);
    desk.set("ТСД 01", "01.09.2025");
    let (state, covered, _) = desk.checked("main");
    assert_eq!((state.as_str(), covered.as_deref()), ("blocked", Some(MID)));
    let ran = desk.run(&["update", "main"]);
    assert!(ran.err.contains(&format!("smarts update main --version {MID}\n")), "{ran:?}");
    let ran = desk.run(&["update", "main", "--version", MID, "--yes"]);
    assert_eq!((ran.status, version(&desk).as_str()), (0, MID), "{ran:?}");
}
