//! `smarts devices`: what the devices of each base have and are offered; staging an app for them, and taking it back.

mod documents;
mod listing;
mod refusing;

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use smarts_core::devices::staged::{self, Staged};
use smarts_tests::apk::{ApkBuilder, PACKAGE};
use smarts_tests::machine_root::{BaseSpec, MachineRoot};
use smarts_tests::tree::{Tree, TreeRelease};

use crate::made;
use crate::program::{Prompt, Ran};

/// What the devices are assumed to have: what their bases' product goes with.
const OLD: &str = "3.3.0.28766";
/// What the source has for the platform that it offers.
const NEW: &str = "3.4.0.46990";
const MAIN: &str = r"C:\ProgramData\Cleverence\Databases\main";
/// As people name folders.
const FOREST: &str = r"C:\ProgramData\Cleverence\Databases\Филиал на Лесной";
const TEXT: &str = "- Быстрее сканирует";

/// A PC with two bases with devices, and a source.
struct Shop {
    pc: MachineRoot,
    source: tempfile::TempDir,
    prompt: Prompt,
}

fn bases() -> [BaseSpec; 2] {
    let seen = SystemTime::UNIX_EPOCH + Duration::from_secs(1_760_000_000);
    let devices = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), seen)).collect();
    let forest =
        BaseSpec { folder: FOREST.to_owned(), ..made::warehouse("forest", "Филиал на Лесной") };
    [
        BaseSpec {
            devices: devices(&["TSD-1", "=TSD-2"]), ..made::warehouse("main", "Основной склад")
        },
        BaseSpec { devices: devices(&["ТСД № 1"]), ..forest },
    ]
}

fn apk(version: &str) -> Vec<u8> {
    ApkBuilder::new(version).build().unwrap()
}

fn app(version: &str, bytes: Vec<u8>) -> TreeRelease {
    let release = TreeRelease::new(version).with("date", "12.11.2026").with("description", TEXT);
    release.beside("MobileSMARTS.apk", bytes)
}

/// With a platform that stops the devices, and apps for it and for the present one.
fn tree() -> Tree {
    made::source_of(&made::template(made::NEW))
        .release("Platform4", TreeRelease::new("3.4.46.40367").download("x.msi", "x").stated())
        .release("Android", app(NEW, apk(NEW)).stated())
        .release("Android", app("3.3.0.30000", apk("3.3.0.30000")).stated())
}

fn shop_of(tree: &Tree) -> Shop {
    let (pc, source) = (made::pc(&bases()), made::folder(tree));
    let prompt = Prompt::on(pc.path(), source.path());
    Shop { pc, source, prompt }
}

fn shop() -> Shop {
    shop_of(&tree())
}

impl Shop {
    fn run(&self, line: &[&str]) -> Ran {
        self.prompt.run(line)
    }

    /// Stages it for these bases, and is asked nothing.
    fn stage(&self, line: &[&str]) -> Ran {
        self.run(&[&["devices", "stage"], line, &["--yes"]].concat())
    }

    fn listed(&self) -> Value {
        let ran = self.run(&["devices", "list", "--json"]);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{ran:?}");
        serde_json::from_str(&ran.out).unwrap()
    }

    /// As a device reads it.
    fn staged(&self, folder: &str) -> Staged {
        staged::read(&self.pc.locate(folder))
    }

    /// Which version a device with the old app is offered.
    fn offered(&self, folder: &str) -> Option<String> {
        self.staged(folder).offered_to(&OLD.parse().unwrap()).map(|app| app.version.to_string())
    }

    fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.prompt.home.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }

    fn android(&self, folder: &str) -> PathBuf {
        self.pc.locate(folder).join("Update/Android")
    }

    fn journal(&self) -> Vec<String> {
        let ran = self.run(&["history", "--json"]);
        let document: Value = serde_json::from_str(&ran.out).unwrap();
        let entries = document["entries"].as_array().unwrap();
        entries.iter().map(|entry| entry["result"].as_str().unwrap().to_owned()).collect()
    }

    /// Refused with these words, and every file is what it was.
    fn assert_refused(&self, line: &[&str], words: &str) -> Ran {
        let databases = self.pc.locate(r"C:\ProgramData\Cleverence\Databases");
        let before = made::content(&databases);
        let ran = self.run(line);
        assert_eq!(ran.status, 3, "{ran:?}");
        assert!(ran.err.contains(words), "{ran:?}");
        assert_eq!(made::content(&databases), before);
        ran
    }
}

#[test]
fn the_app_for_the_offered_platform_is_staged_for_several_bases_and_read_back_as_a_device_does() {
    let shop = shop();
    assert_eq!(shop.run(&["check"]).status, 100);
    assert_eq!(shop.offered(MAIN), None);
    let ran = shop.stage(&["main", "forest"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    let said = format!(
        "Основной склад: {NEW} подготовлена. ТСД с приложением {OLD} будет предложено обновление {NEW}: «{TEXT}»"
    );
    assert_eq!(ran.out.lines().next(), Some(said.as_str()), "{ran:?}");
    assert!(ran.out.contains("Филиал на Лесной: 3.4.0.46990 подготовлена"), "{ran:?}");
    let shown = format!("Приложение для ТСД: {PACKAGE} {NEW} (код 46990)");
    assert!(ran.err.starts_with(&shown), "{ran:?}");
    assert!(ran.err.contains("Подлинность: контрольная сумма из папки"), "{ran:?}");
    for folder in [MAIN, FOREST] {
        assert_eq!(shop.offered(folder).as_deref(), Some(NEW));
        let staged = shop.staged(folder);
        let content = staged.apps[0].content.as_ref().unwrap();
        assert_eq!((content.text.as_str(), fs::read(&content.path).unwrap()), (TEXT, apk(NEW)));
    }
    assert_eq!(shop.journal(), ["app_staged", "app_staged"]);
    // Again: nothing is done, nothing is asked, and that is said.
    let before = made::content(&shop.pc.locate(MAIN));
    let ran = shop.run(&["devices", "stage", "main"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.out.starts_with("Основной склад: 3.4.0.46990 уже подготовлена."), "{ran:?}");
    assert_eq!(made::content(&shop.pc.locate(MAIN)), before);
    assert_eq!(shop.journal(), ["app_staged", "app_staged"]);
}

#[test]
fn without_an_offered_platform_the_app_goes_with_the_installed_one() {
    let shop = shop();
    let ran = shop.stage(&["main"]);
    assert_eq!((ran.status, shop.offered(MAIN).as_deref()), (0, Some("3.3.0.30000")), "{ran:?}");
    let ran = shop.stage(&["main", "--version", NEW, "--remove-older"]);
    assert_eq!((ran.status, shop.offered(MAIN).as_deref()), (0, Some(NEW)), "{ran:?}");
    // Accepted with the rest, and said.
    assert!(ran.err.contains("  Оно новее сервера 3.3.46.29552: подключится"), "{ran:?}");
    assert!(ran.out.contains("Прежние версии убраны: 3.3.0.30000"), "{ran:?}");
    assert_eq!(shop.staged(MAIN).apps.len(), 1);
}

#[test]
fn a_no_changes_nothing() {
    let shop = shop();
    let ran = shop.prompt.answered("нет\n", &["devices", "stage", "main"]);
    assert_eq!(ran.status, 4, "{ran:?}");
    assert!(ran.err.contains("Подготовить для ТСД 1 базы?"), "{ran:?}");
    assert!(ran.err.contains("Отменено, ТСД предлагается то же, что и раньше"), "{ran:?}");
    assert_eq!(shop.offered(MAIN), None);
    assert!(!shop.android(MAIN).exists());
    let ran = shop.prompt.answered("да\n", &["devices", "stage", "main"]);
    assert_eq!((ran.status, shop.offered(MAIN).is_some()), (0, true), "{ran:?}");
}

#[test]
fn a_file_at_hand_is_staged_with_a_consent_whatever_its_name_is() {
    let shop = shop();
    let file = shop.file("Мобильный СМАРТС (новый).apk", &apk(NEW));
    let line = ["devices", "stage", "forest", "--file", &file, "--yes"];
    shop.assert_refused(&line, "нужен --accept-unproved");
    let ran = shop.run(&[&line[..], &["--accept-unproved"]].concat());
    assert_eq!((ran.status, shop.offered(FOREST).as_deref()), (0, Some(NEW)), "{ran:?}");
    assert!(ran.out.contains("будет предложено обновление 3.4.0.46990."), "{ran:?}");
}

#[test]
fn another_file_of_the_staged_version_is_not_taken_for_the_one_that_is_there() {
    let shop = shop();
    assert_eq!(shop.stage(&["main", "--version", NEW]).status, 0);
    let bytes = ApkBuilder::new(NEW).filled(50_000).build().unwrap();
    let file = shop.file("MobileSMARTS.apk", &bytes);
    let ran = shop.stage(&["main", "--file", &file, "--accept-unproved"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.err.contains("  Версия 3.4.0.46990 уже подготовлена, но файл там другой"), "{ran:?}");
    assert!(ran.out.starts_with("Основной склад: 3.4.0.46990 подготовлена."), "{ran:?}");
    let content = shop.staged(MAIN).apps.remove(0).content.unwrap();
    assert_eq!(fs::read(content.path).unwrap(), bytes);
}

#[test]
fn what_was_staged_last_is_taken_back_and_older_versions_come_back() {
    let shop = shop();
    assert_eq!(shop.stage(&["main", "--version", "3.3.0.30000"]).status, 0);
    let before = made::content(&shop.android(MAIN));
    assert_eq!(shop.stage(&["main", "--version", NEW, "--remove-older"]).status, 0);
    let ran = shop.run(&["devices", "list"]);
    assert!(ran.out.contains("Вернуть как было: smarts devices undo main"), "{ran:?}");
    let ran = shop.run(&["devices", "undo", "main"]);
    assert_eq!((ran.status, shop.offered(MAIN).as_deref()), (4, Some(NEW)), "{ran:?}");
    assert!(ran.err.contains("Вернутся прежние версии: 3.3.0.30000"), "{ran:?}");
    let ran = shop.run(&["devices", "undo", "main", "--yes"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    let said = "Основной склад: подготовка 3.4.0.46990 отменена, ТСД снова предлагается 3.3.0.30000\n";
    assert_eq!(ran.out, said);
    assert_eq!(made::content(&shop.android(MAIN)), before);
    assert_eq!(shop.journal(), ["app_staged", "app_staged", "app_unstaged"]);
    shop.assert_refused(&["devices", "undo", "forest", "--yes"], "отменять нечего");
}

#[test]
fn a_broken_list_is_told_with_its_place_and_kept_beside_the_new_one() {
    let shop = shop();
    let list = shop.android(MAIN).join("versions.xml");
    fs::create_dir_all(shop.android(MAIN).join("3.2.0.1")).unwrap();
    fs::write(&list, "<versions><version>").unwrap();
    let ran = shop.run(&["devices", "list"]);
    assert!(
        ran.out.contains("список версий в папке базы не читается, и ТСД ничего не предлагается"),
        "{ran:?}"
    );
    assert!(ran.out.contains("Update/Android/versions.xml: "), "{ran:?}");
    assert!(ran.out.contains("Update/Android/3.2.0.1: папки нет в списке версий"), "{ran:?}");
    let base = &shop.listed()["bases"][0]["staged"];
    assert_eq!((&base["list"], &base["unlisted"]), (&json!("broken"), &json!(["3.2.0.1"])));
    assert!(base["problem"].is_string());
    let ran = shop.stage(&["main"]);
    assert_eq!((ran.status, shop.offered(MAIN).is_some()), (0, true), "{ran:?}");
    assert!(ran.err.contains("  Список версий в базе не читается"), "{ran:?}");
    let kept = ran.out.lines().find(|line| line.starts_with("Прежний список")).unwrap();
    assert!(kept.contains("versions.xml.") && kept.ends_with(".broken"), "{kept}");
}

#[test]
fn english_has_words_for_all_of_it() {
    let shop = shop();
    let ran = shop.run(&["devices", "stage", "main", "--yes", "--lang", "en"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.out.contains("Основной склад: 3.3.0.30000 is staged. A device with the app"), "{ran:?}");
    let ran = shop.run(&["devices", "list", "--lang", "en"]);
    assert!(ran.out.contains("Staged: 3.3.0.30000 (MobileSMARTS.apk"), "{ran:?}");
    let cyrillic = |line: &&str| line.chars().any(|c| ('а'..='я').contains(&c));
    let unknown: Vec<&str> = ran.out.lines().filter(cyrillic).collect();
    assert!(unknown.iter().all(|line| line.contains("склад") || line.contains("Лесной")), "{unknown:?}");
}
