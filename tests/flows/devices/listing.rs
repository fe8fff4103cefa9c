//! `smarts devices list`: for people, for scripts, for spreadsheets.

use serde_json::{Value, json};
use smarts_core::journal::{self, Entry, What};
use smarts_tests::apk::PACKAGE;

use super::{MAIN, NEW, OLD, TEXT, apk, shop, tree};
use crate::made;
use crate::program::Prompt;

const PLATFORM: &str = r"C:\Program Files (x86)\Cleverence Soft\Mobile SMARTS";

#[test]
fn the_list_says_who_stops_after_the_update_and_what_is_in_the_source() {
    let shop = shop();
    assert_eq!(shop.run(&["check"]).status, 100);
    let ran = shop.run(&["devices", "list"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    let lines = [
        "Сервер: платформа Mobile SMARTS 3.3.46.29552; в источнике 3.4.46.40367",
        "База Mobile SMARTS «Основной склад» (main)",
        "После обновления платформы 2 ТСД не смогут подключиться, пока на них не обновят приложение",
        "Подготовлено: ничего",
        "В источнике: 3.4.0.46990 от 12.11.2026",
        "База Mobile SMARTS «Филиал на Лесной» (forest)",
    ];
    for line in lines {
        assert!(ran.out.lines().any(|found| found == line), "{line}: {ran:?}");
    }
    let row = ran.out.lines().find(|line| line.contains("TSD-1")).unwrap();
    for cell in ["3.3.0.28766 (предположительно)", "работает", "не подключится", "2025-10-09 08:53"]
    {
        assert!(row.contains(cell), "{cell}: {row}");
    }
    assert!(ran.out.contains("«Проверить обновления»"), "{ran:?}");
}

#[test]
fn without_a_check_nothing_is_said_of_the_source() {
    let shop = shop();
    let ran = shop.run(&["devices", "list"]);
    assert!(ran.out.contains("В источнике: не смотрели (smarts check)"), "{ran:?}");
    assert_eq!(shop.listed()["bases"][0]["newest"]["state"], "not_asked");
    // What was seen in another source is not this one's.
    assert_eq!(shop.run(&["check"]).status, 100);
    let other = made::folder(&tree());
    let prompt = Prompt { source: other.path().display().to_string(), ..shop.prompt };
    let ran = prompt.run(&["devices", "list"]);
    assert!(ran.out.contains("В источнике: не смотрели"), "{ran:?}");
}

#[test]
fn a_list_of_apps_that_cannot_be_read_is_told_by_the_check_and_by_the_list_of_devices() {
    let shop = shop();
    std::fs::write(shop.source.path().join("updates/Android/versions.xml"), "<versions>").unwrap();
    let ran = shop.run(&["check"]);
    assert_eq!(ran.status, 100, "what could be looked up is there: {ran:?}");
    assert!(ran.out.contains("updates/Android/versions.xml: "), "{ran:?}");
    let document: Value = serde_json::from_str(&shop.run(&["check", "--json"]).out).unwrap();
    assert_eq!(document["problems"][0]["path"], "updates/Android/versions.xml");
    let ran = shop.run(&["devices", "list"]);
    assert_eq!(ran.out.matches("В источнике: узнать не удалось").count(), 2, "{ran:?}");
}

#[test]
fn the_document_has_everything_that_the_list_has() {
    let shop = shop();
    assert_eq!(shop.run(&["check"]).status, 100);
    assert_eq!(shop.stage(&["main"]).status, 0);
    let mut document = shop.listed();
    let staged = &mut document["bases"][0]["staged"];
    assert!(staged["dir"].as_str().unwrap().ends_with("Update/Android"), "{staged}");
    let file = staged["apps"][0]["file"].as_str().unwrap();
    assert!(file.ends_with("Update/Android/3.4.0.46990/MobileSMARTS.apk"), "{file}");
    staged["dir"] = "dir".into();
    staged["apps"][0]["file"] = "file".into();
    let device = |id: &str, offered: Value| {
        json!({
            "id": id, "last_seen": "2025-10-09T08:53:20+00:00", "system": null, "app": OLD,
            "app_basis": "base", "compatible": "matches", "compatible_after_update": "app_too_old",
            "stops": true, "offered": offered, "followed": null,
        })
    };
    let newest = json!({
        "state": "available", "version": NEW, "date": "2026-11-12", "proof": "hash", "problem": null,
    });
    let links = json!({ "update": null, "store": null });
    let by_base = json!({ "by": "staged", "version": NEW });
    let app = json!({
        "version": NEW, "file": "file", "size": apk(NEW).len(), "package": PACKAGE, "version_code": 46990,
        "text": TEXT, "problem": null,
    });
    let expected = json!({
        "server": "3.3.46.29552", "next_server": "3.4.46.40367", "platform_updated_at": null, "carried": null,
        "bases": [
            {
                "id": "main", "name": "Основной склад", "product": made::WAREHOUSE_NAME, "incomplete": false,
                "staged": {
                    "dir": "dir", "list": "read", "problem": null, "apps": [app], "unlisted": [],
                },
                "can_undo": true, "newest": newest, "links": links,
                "devices": [device("=TSD-2", by_base.clone()), device("TSD-1", by_base)],
            },
            {
                "id": "forest", "name": "Филиал на Лесной", "product": made::WAREHOUSE_NAME,
                "incomplete": false,
                "staged": {
                    "dir": document["bases"][1]["staged"]["dir"], "list": "missing", "problem": null,
                    "apps": [], "unlisted": [],
                },
                "can_undo": false, "newest": newest, "links": links,
                "devices": [device("ТСД № 1", Value::Null)],
            },
        ],
    });
    assert_eq!(document, expected);
}

#[test]
fn the_list_of_everything_has_the_system_and_the_app_of_each_device() {
    let shop = shop();
    let says = b"<device os='Windows CE' clientVersion='3.2.0.1'/>";
    std::fs::write(shop.pc.locate(MAIN).join("Connections/TSD-1/app.xml"), says).unwrap();
    let document: Value = serde_json::from_str(&shop.run(&["list", "--json"]).out).unwrap();
    let bases = document["bases"].as_array().unwrap();
    let main = bases.iter().find(|base| base["id"] == "main").unwrap();
    let told = |device: &Value| json!([device["id"], device["system"], device["app"], device["app_basis"]]);
    let devices: Vec<Value> = main["devices"].as_array().unwrap().iter().map(told).collect();
    let stated = json!(["TSD-1", "windows_ce", "3.2.0.1", "stated"]);
    assert_eq!(devices, [json!(["=TSD-2", null, OLD, "base"]), stated]);
}

#[test]
fn the_table_for_spreadsheets_has_no_formula_in_it() {
    let shop = shop();
    let ran = shop.run(&["devices", "list", "--csv"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    let mut reader = csv::Reader::from_reader(ran.out.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cells = |row: usize| rows[row].iter().take(5).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(cells(0)[..2], ["Основной склад", "main"]);
    assert_eq!(cells(0)[3..], ["'=TSD-2", "3.3.0.28766 (предположительно)"]);
    assert_eq!(cells(2)[3], "ТСД № 1");
    assert_eq!(shop.run(&["devices", "list", "--csv", "--json"]).status, 2);
}

#[test]
fn who_has_followed_the_last_update_and_what_the_platform_brings_is_told() {
    let shop = shop();
    shop.pc.write(&format!(r"{PLATFORM}\Client Installer\MobileSMARTS.WM.cab"), b"cab").unwrap();
    let entry = Entry {
        time: "2026-11-21T21:40:00Z".parse().unwrap(),
        user: "ivanov".into(),
        computer: "KASSA-1".into(),
        what: What::Updated,
        subject: "platform".into(),
        name: "Платформа Mobile SMARTS".into(),
        product: None,
        from: None,
        to: "3.3.46.29552".parse().ok(),
        file: String::new(),
        sha256: None,
        proof: None,
        detail: String::new(),
        backup_dir: None,
        works: None,
    };
    journal::append(&shop.pc.locate(r"C:\ProgramData\Cleverence\Updater\journal.jsonl"), &entry).unwrap();
    let ran = shop.run(&["devices", "list"]);
    assert!(
        ran.out.contains("С платформой приходит приложение для Windows CE и Windows Mobile 3.3.46.29552"),
        "{ran:?}"
    );
    let row = ran.out.lines().find(|line| line.contains("TSD-1")).unwrap();
    assert!(row.contains("ещё не появлялся"), "{row}");
    let document = shop.listed();
    assert_eq!(document["platform_updated_at"], "2026-11-21T21:40:00+00:00");
    assert_eq!(document["bases"][0]["devices"][0]["followed"], "not_seen");
    let carried = json!({
        "dir": format!(r"{PLATFORM}\Client Installer"), "version": "3.3.46.29552", "assumed": true,
        "files": ["MobileSMARTS.WM.cab"],
    });
    assert_eq!(document["carried"], carried);
}
