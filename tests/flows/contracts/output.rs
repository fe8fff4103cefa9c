//! What is printed, word for word: every kind of base and every state, as JSON and as tables.

use std::time::{Duration, SystemTime};

use smarts_core::digest::Digest;
use smarts_tests::machine_root::{BaseSpec, MachineRoot, Settings};
use smarts_tests::tree::{Tree, TreeRelease};
use tempfile::TempDir;

use crate::made::{self, NEW, WAREHOUSE};
use crate::program::Prompt;

const CHAINED: &str = "9B3E6ADA-51F7-4F0C-9D2E-0A5B8B1C7E03";
const SHOP: &str = "4C0D5F12-7B3A-4E55-8F60-3D9A2E6B4A10";
const COURIER: &str = "7A11E0C4-2D6B-4A9F-B3C8-5E4F60718293";

fn base(id: &str, name: &str, product: &str, product_id: &str, version: &str) -> BaseSpec {
    BaseSpec {
        product: Some(product.to_owned()),
        product_id: Some(product_id.to_owned()),
        version: Some(version.to_owned()),
        min_platform: None,
        client_version: None,
        ..BaseSpec::new(id, name)
    }
}

/// A base of every kind, and in every state.
fn pc() -> MachineRoot {
    // 2026-11-20, noon.
    let seen = SystemTime::UNIX_EPOCH + Duration::from_hours(498_660);
    let main = BaseSpec {
        devices: vec![("ТСД 1".to_owned(), seen), ("ТСД 2".to_owned(), seen)],
        ..made::warehouse("13bee4fb-0b1d-4c39-9a52-6a3f1c2d7e01", "Основной склад")
    };
    let exchange = "<App.Settings><Mode>Server</Mode><ServerSettings><DataService enabled=\"True\"/>\
        </ServerSettings><InternetExchangeConnector/></App.Settings>";
    let till = BaseSpec {
        files: vec![("settings.xml".to_owned(), exchange.into())],
        ..base("kassa-2", "Касса 2", "Магазин 15, Базовый", SHOP, "1.5.0.40")
    };
    let courier = base("courier", "Доставка", "Mobile SMARTS: Курьер", COURIER, "1.2.0.44");
    let remote = base("south", "Склад на Южной", "Склад 15, Расширенный", WAREHOUSE, "1.6.2.6128");
    let cloud = base("mall", "Магазин в ТЦ", "ОБЛАКО Магазин 15", SHOP, "1.5.0.40");
    let torn = BaseSpec {
        files: vec![("AppDescription.xml".to_owned(), b"<Signature>\n<Object".to_vec())],
        ..base("estate", "Учёт имущества", "Учёт 15", "estate", "1.4.0.1")
    };
    let unpublished = base("stock", "Инвентаризация", "Учёт 15", "4F0B6A1E-unpublished", "1.4.0.1");
    let nameless =
        BaseSpec { product: None, product_id: None, ..base("own", "Своя база", "", "", "1.0.0.1") };
    MachineRoot::new()
        .unwrap()
        .platform("3.3.46.29552")
        .unwrap()
        .bases(&[
            main,
            base("archive", "Архив", "Склад 15, Базовый", CHAINED, "1.0.2.85"),
            till,
            BaseSpec { settings: Settings::Missing, ..courier },
            BaseSpec { settings: Settings::Remote, ..remote },
            cloud,
            torn,
            unpublished,
            nameless,
        ])
        .unwrap()
}

fn described(version: &str, date: &str, notes: &str) -> TreeRelease {
    TreeRelease::new(version).with("date", date).with("description", notes)
}

fn template() -> Vec<u8> {
    made::template(NEW).build().unwrap()
}

fn tree() -> Tree {
    let platform = described("3.4.46.40367", "11.02.2025 10:00:00", "- Новый менеджер лицензий")
        .download("MobileSMARTS.msi", "an installer")
        .stated();
    let step = described("1.3.4.1116", "20.03.2023", "- Новое хранение документов")
        .with("fromVersions", "1.0.*;1.2.*;1.3.*")
        .download("Basic-1.3.4.1116.mstmpl", "a template");
    let last = described(NEW, "29.10.2025", "- Ставится поверх 1.3.4")
        .with("fromVersions", "1.3.4.*")
        .with("minPlatform", "3.4.46.31745")
        .download("Basic-1.6.3.7283.mstmpl", "another template");
    Tree::new()
        .release("Platform4", platform)
        .release(WAREHOUSE, described("1.6.3.6708", "25.07.2025", "- Инвентаризация по ячейкам"))
        .release(
            WAREHOUSE,
            described(NEW, "29.10.2025", "- Проверка кодов <маркировки> & \"кавычки\"")
                .download("WH15.mstmpl", template())
                .stated(),
        )
        .release(CHAINED, step)
        .release(CHAINED, last)
        .release(SHOP, described("1.5.0.58", "14.10.2025", "- Возвраты по чеку"))
        .release(COURIER, described("1.2.0.44", "02.09.2025", "").download("Courier.mstmpl", "x"))
        .entry(WAREHOUSE, "<version name=\"скоро\"/>")
}

struct Shop {
    pc: MachineRoot,
    _source: TempDir,
    prompt: Prompt,
}

fn shop() -> Shop {
    let (pc, source) = (pc(), made::folder(&tree()));
    let mut prompt = Prompt::on(pc.path(), source.path());
    // Packing may come out otherwise with another version of the packer.
    let template = template();
    prompt.home.hide_text(&Digest::of(&template).to_string(), "[SHA256]");
    prompt.home.hide_text(&format!("\"size\": {}", template.len()), "\"size\": [SIZE]");
    Shop { pc, _source: source, prompt }
}

/// Prints with this command line in both languages.
fn in_both_languages(name: &str, line: &[&str]) {
    let shop = shop();
    for language in ["ru", "en"] {
        let ran = shop.prompt.run(&[line, &["--lang", language]].concat());
        insta::assert_snapshot!(format!("{name}_{language}"), ran.told());
    }
}

#[test]
fn list_shows_every_kind_of_base_and_what_could_not_be_read() {
    in_both_languages("list_json", &["list", "--json"]);
    in_both_languages("list_table", &["list"]);
}

#[test]
fn check_shows_every_state() {
    in_both_languages("check_json", &["check", "--json"]);
    in_both_languages("check_table", &["check"]);
}

#[test]
fn kinds_that_common_config_switches_off_are_not_managed() {
    let shop = shop();
    let config = "<configuration><appSettings><add key=\"checkPlatformUpdates\" value=\"false\"/>\
        <add key=\"checkProductUpdates\" value=\"False\"/></appSettings></configuration>";
    shop.pc.write(r"C:\ProgramData\Cleverence\Common\common.config", config.as_bytes()).unwrap();
    let ran = shop.prompt.run(&["check"]);
    assert_eq!(ran.status, 0, "nothing is looked up, so nothing could fail");
    insta::assert_snapshot!("check_switched_off", ran.told());
}

#[test]
fn an_empty_pc_is_told_as_one() {
    let (pc, source) = (MachineRoot::new().unwrap(), made::folder(&Tree::new()));
    let prompt = Prompt::on(pc.path(), source.path());
    let told: Vec<String> = [["list", "--json"], ["check", "--json"], ["history", "--json"]]
        .iter()
        .chain(&[["list", "--accept-unproved"], ["check", "--accept-unproved"], ["history", "--csv"]])
        .map(|line| format!("# {}\n{}", line.join(" "), prompt.run(line).told()))
        .collect();
    insta::assert_snapshot!("empty_pc", told.join("\n"));
}

#[test]
fn download_says_where_the_files_are_and_how_far_they_are_proved() {
    let shop = shop();
    let ran = shop.prompt.run(&["download", "13bee4fb-0b1d-4c39-9a52-6a3f1c2d7e01", "--json"]);
    insta::assert_snapshot!("download_json", ran.told().replace(&key(&shop), "[KEY]"));
    let ran = shop.prompt.run(&["download", "13BEE4FB-0B1D-4C39-9A52-6A3F1C2D7E01"]);
    insta::assert_snapshot!("download_table", ran.told().replace(&key(&shop), "[KEY]"));
}

/// What keeps the downloads for one machine root from those for another.
fn key(shop: &Shop) -> String {
    let report = shop.prompt.home.report_path(shop.pc.path());
    report.parent().unwrap().file_name().unwrap().to_str().unwrap().to_owned()
}

#[test]
fn history_shows_who_updated_what_when_and_from_which_version_to_which() {
    let shop = shop();
    let update = ["update", "13bee4fb-0b1d-4c39-9a52-6a3f1c2d7e01", "--yes"];
    assert_eq!(shop.prompt.run(&update).status, 0);
    let journal = shop.pc.locate(r"C:\ProgramData\Cleverence\Updater\journal.jsonl");
    let mut lines = std::fs::read_to_string(&journal).unwrap();
    lines.push_str("{\"torn\":\n");
    std::fs::write(&journal, lines).unwrap();
    for (name, line) in [
        ("history_json", ["history", "--json"].as_slice()),
        ("history_csv", &["history", "--csv"]),
        ("history_table", &["history"]),
    ] {
        insta::assert_snapshot!(name, shop.prompt.run(line).told());
    }
}
