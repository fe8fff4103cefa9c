//! `smarts devices stage --json` and `smarts devices undo --json`: what became of each base, for scripts.

use std::fs;

use serde_json::{Value, json};
use smarts_core::digest::Digest;
use smarts_tests::apk::{ApkBuilder, PACKAGE};
use smarts_tests::tree::{Tree, TreeRelease};

use super::{FOREST, MAIN, NEW, TEXT, apk, shop, shop_of};
use crate::program::Ran;

fn document(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
}

/// With every path that depends on the folder of the test left out.
fn without_paths(mut document: Value) -> Value {
    for place in ["/app/file", "/bases/0/offered/file", "/bases/1/offered/file", "/bases/0/broken_list_kept"]
    {
        if let Some(path) = document.pointer_mut(place).filter(|path| path.is_string()) {
            *path = "path".into();
        }
    }
    document
}

fn offered(version: &str) -> Value {
    json!({ "version": version, "file": "path", "text": TEXT })
}

fn app(version: &str, code: u32, bytes: &[u8], proof: &str) -> Value {
    json!({
        "package": PACKAGE, "version": version, "version_code": code, "file": "path", "size": bytes.len(),
        "sha256": Digest::of(bytes).to_string(), "proof": proof,
    })
}

#[test]
fn what_was_staged_and_what_was_there_already_stand_in_the_document() {
    let shop = shop();
    let first = shop.stage(&["main", "--version", "3.3.0.30000", "--json"]);
    assert_eq!(first.status, 0, "{first:?}");
    let staged = |id: &str, name: &str, state: &str, former: Value, removed: Value| {
        let warning = json!({
            "reason": "app_newer",
            "detail": "Оно новее сервера 3.3.46.29552: подключится, но расхождение версий попадёт в журнал",
        });
        json!({
            "id": id, "name": name, "state": state, "former": former, "offered": offered(NEW),
            "removed": removed, "broken_list_kept": null, "warnings": [warning], "recorded": true,
            "problem": null,
        })
    };
    let line = ["main", "forest", "--version", NEW, "--remove-older", "--json"];
    let ran = shop.stage(&line);
    assert_eq!(ran.status, 0, "{ran:?}");
    let expected = json!({
        "app": app(NEW, 46990, &apk(NEW), "hash"),
        "bases": [
            staged("main", "Основной склад", "staged", json!("3.3.0.30000"), json!(["3.3.0.30000"])),
            staged("forest", "Филиал на Лесной", "staged", Value::Null, json!([])),
        ],
    });
    assert_eq!(without_paths(document(&ran)), expected);
    let again = shop.stage(&["forest", "--version", NEW, "--json"]);
    let expected = staged("forest", "Филиал на Лесной", "already_there", json!(NEW), json!([]));
    assert_eq!(without_paths(document(&again))["bases"], json!([expected]));

    let undone = |id: &str, name: &str, offered: Value, returned: Value| {
        json!({
            "id": id, "name": name, "state": "undone", "version": NEW, "offered": offered,
            "returned": returned, "recorded": true, "problem": null,
        })
    };
    let ran = shop.run(&["devices", "undo", "main", "forest", "--yes", "--json"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    let expected = [
        undone("main", "Основной склад", offered("3.3.0.30000"), json!(["3.3.0.30000"])),
        undone("forest", "Филиал на Лесной", Value::Null, json!([])),
    ];
    assert_eq!(without_paths(document(&ran))["bases"], json!(expected));
}

#[test]
fn the_document_says_which_base_failed_and_which_were_not_begun() {
    let shop = shop();
    fs::write(shop.pc.locate(FOREST).join("Update"), "a file").unwrap();
    let states = |ran: &Ran| {
        let bases = document(ran)["bases"].as_array().unwrap().clone();
        bases.iter().map(|base| base["state"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let ran = shop.stage(&["forest", "main", "--json"]);
    assert_eq!((ran.status, states(&ran)), (3, vec!["failed".to_owned(), "not_started".to_owned()]));
    let base = &document(&ran)["bases"][0];
    let problem = base["problem"].as_str().unwrap();
    assert!(problem.starts_with("Вместо папки там ссылка или файл: "), "{problem}");
    assert_eq!((&base["offered"], &base["recorded"]), (&Value::Null, &Value::Null));
    assert!(ran.err.contains("Филиал на Лесной: "), "{ran:?}");
    let ran = shop.stage(&["main", "forest", "--json"]);
    assert_eq!((ran.status, states(&ran)), (3, vec!["staged".to_owned(), "failed".to_owned()]));

    fs::remove_file(shop.pc.locate(FOREST).join("Update")).unwrap();
    assert_eq!(shop.stage(&["forest"]).status, 0);
    let list = shop.android(MAIN).join("versions.xml");
    let text = fs::read_to_string(&list).unwrap();
    fs::write(&list, format!("{text}<!-- Иванов -->")).unwrap();
    let ran = shop.run(&["devices", "undo", "main", "forest", "--yes", "--json"]);
    assert_eq!((ran.status, states(&ran)), (3, vec!["failed".to_owned(), "not_started".to_owned()]));
}

#[test]
fn an_app_at_hand_over_a_broken_list_is_told_with_what_to_know() {
    let shop = shop();
    fs::create_dir_all(shop.android(MAIN)).unwrap();
    fs::write(shop.android(MAIN).join("versions.xml"), "<versions>").unwrap();
    let bytes = ApkBuilder::new("3.2.0.1").build().unwrap();
    let file = shop.file("app.apk", &bytes);
    let ran = shop.stage(&["main", "--file", &file, "--accept-unproved", "--json"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    let document = without_paths(document(&ran));
    assert_eq!(document["app"], app("3.2.0.1", 1, &bytes, "none"));
    let base = &document["bases"][0];
    assert_eq!(base["broken_list_kept"], "path");
    let warnings = base["warnings"].as_array().unwrap().iter().map(|warning| warning["reason"].clone());
    assert_eq!(warnings.collect::<Vec<_>>(), ["broken_list", "app_too_old"]);
}

#[test]
fn nothing_to_stage_is_a_document_too_and_a_refusal_is_none() {
    let empty = shop_of(&Tree::new().release("Platform4", TreeRelease::new("3.4.46.40367")));
    let ran = empty.stage(&["main", "--json"]);
    assert_eq!((ran.status, document(&ran)), (0, json!({ "app": null, "bases": [] })));
    let ran = empty.assert_refused(&["devices", "undo", "main", "--yes", "--json"], "отменять нечего");
    assert_eq!(ran.out, "");
}
