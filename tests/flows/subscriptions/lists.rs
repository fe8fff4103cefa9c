//! The list itself: what comes in, what stands in it, what goes out.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::process::Stdio;
use std::sync::mpsc::sync_channel;
use std::time::Duration;

use smarts_core::digest::Digest;
use smarts_core::subscription::{Edit, Record};
use smarts_updater::instance::{self, Call, Place, Start, WINDOW};

use super::{Desk, WAREHOUSE_NAME, exists, row, windows_1251};
use crate::program::SMARTS;

const GOOD: &str = "device;product;until;licence;note\r\n\
    ТСД 01;;01.11.2026;A-1;красный\r\n\
    ТСД 02;Склад 15;2027-03-01;;\r\n\
    ТСД 02;;05.12.2026;;\r\n";

/// As a real one is wrapped, with made-up names.
const LICENCE: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n\
    <Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignedInfo/><Object Id=\"License\">\
    <license company=\"ООО «Ромашка»\" maxClients=\"5\" endDate=\"01.11.2026\" uid=\"u-1\" xmlns=\"\">\
    <application id=\"9B3E\" name=\"Склад 15\"/><licenseData>cHJvdGVjdGVk</licenseData></license>\
    </Object></Signature>";

#[test]
fn what_is_open_in_licence_files_is_listed_and_decides_nothing() {
    let devices = [("ТСД 01", "2026-11-20")];
    let mut spec = super::base("main", "Основной склад", &devices);
    spec.files.retain(|(path, _)| !path.starts_with("Licenses"));
    let before = Desk::with(std::slice::from_ref(&spec));
    assert_eq!(before.listed()["licences"].as_array().unwrap().len(), 0);
    spec.files.push(("Licenses/lic1.xml".to_owned(), LICENCE.as_bytes().to_vec()));
    spec.files.push(("Licenses/lic2.xml".to_owned(), b"<license><licenseData>cHJvdGVjdGVk</x>".to_vec()));
    let desk = Desk::with(&[spec]);
    let common = r"C:\ProgramData\Cleverence\Licenses\LIC9.XML";
    desk.pc.write(common, b"<License maxClients='1'><Application>\xd0\xa3\xd1\x87\xd1\x91\xd1\x82 15</Application></License>").unwrap();

    let listed = desk.listed();
    let expected = serde_json::json!([
        {
            "base": { "id": "main", "name": "Основной склад" },
            "path": r"C:\ProgramData\Cleverence\Databases\main\Licenses\lic1.xml",
            "product_id": "9B3E",
            "product": "Склад 15",
            "company": "ООО «Ромашка»",
            "max_clients": 5,
            "device": null,
            "until": "2026-11-01",
            "state": "ended",
            "uid": "u-1",
            "preset_id": null,
        },
        {
            "base": null,
            "path": common,
            "product_id": null,
            "product": "Учёт 15",
            "company": null,
            "max_clients": 1,
            "device": null,
            "until": null,
            "state": "unlimited",
            "uid": null,
            "preset_id": null,
        },
    ]);
    assert_eq!(listed["licences"], expected);
    assert_eq!(listed["sum"], before.listed()["sum"], "a licence is no subscription");
    assert_eq!(desk.checked("main"), before.checked("main"));

    let ran = desk.run(&["subscription", "list"]);
    assert!(ran.out.contains("\n\nЛицензии\n"), "{ran:?}");
    for words in ["ООО «Ромашка»", "до 5 устройств", "временная, закончилась 01.11.2026", "все базы"]
    {
        assert!(ran.out.contains(words), "{words}: {ran:?}");
    }
    assert!(ran.out.contains(r"Licenses\lic2.xml"), "{ran:?}");
    assert!(listed["problems"][0]["path"].as_str().unwrap().ends_with(r"Licenses\lic2.xml"), "{listed}");
    let checked = desk.run(&["check"]);
    assert!(!checked.out.contains("lic2.xml"), "a check has no use for them: {checked:?}");
    for ran in [&ran, &checked, &desk.run(&["check", "--json"]), &desk.run(&["list", "--json"])] {
        assert!(!format!("{ran:?}").contains("cHJvdGVjdGVk"), "{ran:?}");
    }
}

#[test]
fn a_list_is_imported_and_shown_with_what_is_known_and_what_is_not() {
    let desk = Desk::new(&[("ТСД 01", "2026-11-20"), ("ТСД 02", "2026-11-21"), ("ТСД 03", "2026-06-01")]);
    let nothing = desk.listed();
    assert_eq!((nothing["sum"]["no_data"].as_u64(), nothing["sum"]["devices"].as_u64()), (Some(3), Some(3)));
    assert!(nothing["devices"].as_array().unwrap().iter().all(|one| one["state"] == "no_data"));

    let ran = desk.import(GOOD);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{ran:?}");
    assert!(ran.out.contains("Добавлено: ТСД 01, все продукты: по 01.11.2026\n"), "{ran:?}");
    assert!(ran.out.contains("Добавлено: ТСД 02, Склад 15: по 01.03.2027\n"), "{ran:?}");
    assert!(ran.out.ends_with(
        "Добавлено 3, изменено 0, убрано 0, без изменений 0; записей других устройств осталось 0\n"
    ));

    let first = desk.entry("ТСД 01");
    assert_eq!(
        (&first["state"], &first["days_left"], &first["licence"], &first["note"], &first["place"]),
        (&"ended".into(), &(-21).into(), &"A-1".into(), &"красный".into(), &"here".into())
    );
    assert_eq!(first["bases"][0]["name"], "Основной склад");
    assert_eq!((&first["last_seen"], &first["unseen_days"]), (&"2026-11-20".into(), &().into()));
    let third = desk.entry("ТСД 03");
    assert_eq!((&third["state"], &third["unseen_days"]), (&"no_data".into(), &174.into()));
    let listed = desk.listed();
    let sum = &listed["sum"];
    assert_eq!((&sum["ended"], &sum["ended_since"]), (&1.into(), &"2026-11-01".into()));
    assert_eq!((&sum["ends_soon"], &sum["no_data"]), (&0.into(), &1.into()));

    let shown = desk.done(&["subscription", "list"]);
    for words in [
        "закончилась 21 день назад",
        "учтена другая запись этого устройства, по 01.03.2027",
        "нет данных",
        "01.06.2026, давно",
        "Подписка закончилась у 1 устройства с 01.11.2026",
        "Давно не на связи: ТСД 03",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
}

#[test]
fn a_second_list_changes_only_the_devices_it_names_and_says_from_what_to_what() {
    let desk = Desk::new(&[("ТСД 01", "2026-11-20"), ("ТСД 02", "2026-11-21")]);
    desk.import(GOOD);
    let ran = desk.import("device;until\nтсд 02;01.01.2028\n");
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(
        ran.out.contains("Изменено: тсд 02, все продукты: по 01.01.2028 (было по 05.12.2026)\n"),
        "{ran:?}"
    );
    assert!(ran.out.contains("Убрано: ТСД 02, Склад 15: по 01.03.2027\n"), "{ran:?}");
    assert!(ran.out.ends_with("без изменений 0; записей других устройств осталось 1\n"), "{ran:?}");
    let again = desk.import("device;until\nтсд 02;01.01.2028\n");
    assert!(again.status == 0 && again.out.contains("без изменений 1;"), "{again:?}");
    let earlier = desk.import("device;until\nтсд 02;01.01.2027\n");
    assert!(earlier.status == 0 && earlier.err.contains("Новая дата раньше прежней: тсд 02"), "{earlier:?}");
    assert_eq!(desk.kept(), [row("ТСД 01", "", "2026-11-01"), row("ТСД 02", "", "2027-01-01")]);
}

#[test]
fn an_export_of_another_program_is_understood_by_its_headings() {
    let desk = Desk::new(&[("ТСД 01", "2026-11-20")]);
    let text = "№,Терминал,Программа,Подписка до\r\n1,ТСД 01,Склад 15,01.11.2027\r\n2,ТСД 07,,31.12.9999 0:00:00\r\n";
    let ran = desk.import(windows_1251(text));
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.out.contains("Добавлено: ТСД 07, все продукты: бессрочно\n"), "{ran:?}");
    assert!(ran.err.contains("На этом компьютере нет такого устройства: ТСД 07"), "{ran:?}");
    assert_eq!(desk.kept(), [row("ТСД 01", "Склад 15", "2027-11-01"), row("ТСД 07", "", "9999-12-31")]);
    let stranger = desk.entry("ТСД 07");
    assert_eq!((&stranger["place"], &stranger["bases"]), (&"not_here".into(), &serde_json::json!([])));
    assert!(desk.done(&["subscription", "list"]).contains("нет на этом компьютере"));
}

#[test]
fn where_the_columns_cannot_be_told_nothing_is_imported_until_they_are_named() {
    let desk = Desk::new(&[("ТСД 01", "2026-11-20")]);
    let file = desk.file("other.csv", "Номер;Имя;Срок\r\n1;ТСД 01;01.11.2027\r\n");
    let ran = desk.run(&["subscription", "import", &file]);
    assert_eq!(ran.status, 2, "{ran:?}");
    for words in
        ["устройство, дата окончания", "  1. Номер\n  2. Имя\n  3. Срок\n", "--columns device=2,until=3"]
    {
        assert!(ran.err.contains(words), "{words}: {ran:?}");
    }
    let beyond = desk.run(&["subscription", "import", &file, "--columns", "device=2,until=4"]);
    assert!(beyond.status == 2 && beyond.err.contains("всего 3"), "{beyond:?}");
    let nonsense = desk.run(&["subscription", "import", &file, "--columns", "device=2"]);
    assert!(nonsense.status == 2 && nonsense.err.contains("--columns"), "{nonsense:?}");
    let swapped = desk.run(&["subscription", "import", &file, "--columns", "device=3,until=2"]);
    assert!(swapped.status == 1 && swapped.err.contains("Импортировать нечего"), "{swapped:?}");
    assert!(!exists(&desk.own("subscriptions.csv")));
    desk.done(&["subscription", "import", &file, "--columns", "device=2,until=3"]);
    assert_eq!(desk.kept(), [row("ТСД 01", "", "2027-11-01")]);
    // Without headings the first line says what there is.
    let bare = desk.file("bare.csv", "ТСД 02;01.11.2027\r\n");
    let ran = desk.run(&["subscription", "import", &bare]);
    assert!(ran.status == 2 && ran.err.contains("  1. ТСД 02\n  2. 01.11.2027\n"), "{ran:?}");
}

#[test]
fn every_line_that_is_not_read_is_told_and_the_others_are_imported() {
    let desk = Desk::new(&[("ТСД 01", "2026-11-20")]);
    let list = "device;product;until\n\
        ТСД 01;;01.11.2026\n\
        ТСД 02;;01.01.0001\n\
        ТСД 03;;31.12.9999\n\
        ТСД 04;;30.02.2027\n\
        ;;01.11.2027\n\
        ТСД 05;;скоро\n\
        ТСД 06;\"Склад;01.11.2027\n\
        тсд 01;;01.11.2027\n\
        ТСД 07;Склад; 15;01.11.2027\n";
    let ran = desk.import(list);
    assert_eq!(ran.status, 1, "{ran:?}");
    for words in [
        "Не учтено 7 строк списка:\n",
        "  строка 2: ТСД 01; ; 01.11.2026 — повтор: то же устройство в строке 9, учтена она\n",
        "  строка 3: ТСД 02; ; 01.01.0001 — подписка не может закончиться в этом году: 01.01.0001\n",
        "  строка 5: ТСД 04; ; 30.02.2027 — такого дня в календаре нет: 30.02.2027\n",
        "  строка 6: ; ; 01.11.2027 — не указано устройство\n",
        "  строка 7: ТСД 05; ; скоро — «скоро» не дата, нужна такая: 31.12.2026 или 2026-12-31\n",
        "  строка 8: ТСД 06;\"Склад;01.11.2027 — кавычка открыта и не закрыта\n",
        "  строка 10: ТСД 07;Склад; 15;01.11.2027 — ячеек 4, а столбцов 3: разделитель попал внутрь ячейки\n",
    ] {
        assert!(ran.err.contains(words), "{words}: {}", ran.err);
    }
    assert_eq!(desk.kept(), [row("ТСД 01", "", "2027-11-01"), row("ТСД 03", "", "9999-12-31")]);
    // That a device stands twice is told, and is no failure.
    let twice = desk.import("device;until\nТСД 01;01.11.2027\nТСД 01;01.11.2028\n");
    assert!(twice.status == 0 && twice.err.contains("строка 2"), "{twice:?}");
}

#[test]
fn of_a_device_with_a_line_that_is_not_read_no_record_is_taken_away() {
    let desk = Desk::new(&[("ТСД 01", "2026-11-20")]);
    desk.import("device;product;until\nТСД 01;Магазин 15;01.11.2026\nТСД 01;Склад 15;01.12.2027\n");
    let ran = desk.import("device;product;until\nТСД 01;Магазин 15;01.11.2027\nТСД 01;Склад 15;скоро\n");
    assert!(ran.status == 1 && ran.err.contains("строка 3"), "{ran:?}");
    assert!(ran.out.contains("изменено 1, убрано 0, без изменений 1;"), "{ran:?}");
    let expected = [row("ТСД 01", "Магазин 15", "2027-11-01"), row("ТСД 01", "Склад 15", "2027-12-01")];
    assert_eq!(desk.kept(), expected);
}

#[test]
fn an_import_takes_the_place_of_what_is_no_list_and_says_where_that_is() {
    let desk = Desk::new(&[("ТСД 01", "2026-11-20")]);
    let list = r"C:\ProgramData\Cleverence\Updater\subscriptions.csv";
    for (bytes, former) in
        [(&b"PK\x03\x04\0\0"[..], "subscriptions.former.csv"), (b"a;b\n", "subscriptions.former.2.csv")]
    {
        desk.pc.write(list, bytes).unwrap();
        let set = desk.run(&["subscription", "set", "ТСД 01", "--until", "01.11.2027"]);
        assert_eq!(set.status, 1, "{set:?}");
        let ran = desk.import("device;until\nТСД 01;01.11.2027\n");
        assert_eq!(ran.status, 0, "{ran:?}");
        assert!(
            ran.err.contains("Прежний список подписок не прочитался") && ran.err.contains(former),
            "{ran:?}"
        );
        assert_eq!(fs::read(desk.own(former)).unwrap(), bytes);
        assert_eq!(desk.kept(), [row("ТСД 01", "", "2027-11-01")]);
    }
}

#[test]
fn what_is_no_list_is_refused_and_the_former_one_stays() {
    let desk = Desk::new(&[("ТСД 01", "2026-11-20")]);
    desk.set("ТСД 01", "01.11.2027");
    let before = fs::read(desk.own("subscriptions.csv")).unwrap();
    let dos: Vec<u8> = b"\x93\x91\x84;\xa4\xae\n".repeat(3);
    let lists: [(&str, &[u8]); 5] = [
        ("Это не текст", b"PK\x03\x04\0\0\0\0"),
        ("в нём ничего нет", b"\r\n\r\n"),
        ("кодировка", &dos),
        ("нет ни одной годной записи", b"device;until\n"),
        ("больше 200000 строк", &b"device;until\n".repeat(200_001)),
    ];
    for (words, bytes) in lists {
        let ran = desk.import(bytes);
        assert!(ran.status == 1, "{words}: {ran:?}");
        assert!(ran.err.to_lowercase().contains(&words.to_lowercase()), "{words}: {ran:?}");
    }
    let gone = desk.run(&["subscription", "import", "/not/there.csv"]);
    assert!(gone.status == 1 && gone.err.contains("/not/there.csv"), "{gone:?}");
    assert_eq!(fs::read(desk.own("subscriptions.csv")).unwrap(), before);
}

#[test]
fn a_hundred_thousand_lines_are_imported_and_shown() {
    let desk = Desk::new(&[("ТСД 5", "2026-11-20")]);
    let mut list = String::from("device;until\n");
    for number in 0..100_000 {
        writeln!(list, "ТСД {number};01.11.2027").unwrap();
    }
    let ran = desk.import(&list);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("Добавлено 100000, "), "{}", ran.err);
    let listed = desk.listed();
    let devices = listed["devices"].as_array().unwrap();
    assert_eq!((devices.len(), &devices[0]["id"]), (100_000, &"ТСД 5".into()));
    assert_eq!(listed["sum"]["not_here"], 99_999);
}

#[test]
fn formulas_are_text_in_what_is_exported_and_come_back_as_they_were() {
    let desk = Desk::new(&[]);
    let formula = "=cmd|' /C calc'!A0";
    desk.done(&["subscription", "set", formula, "--until", "01.11.2027", "--note=+7 495", "--licence", "@x"]);
    let file = desk.lists.path().join("out.csv").display().to_string();
    assert!(desk.done(&["subscription", "export", &file]).contains("Записей: 1"));
    let exported = fs::read_to_string(&file).unwrap();
    let expected =
        "\u{feff}device;product;until;licence;note\r\n'=cmd|' /C calc'!A0;;01.11.2027;'@x;'+7 495\r\n";
    assert_eq!(exported, expected);
    assert_eq!(desk.done(&["subscription", "export", "-"]), expected);
    let again = desk.run(&["subscription", "import", &file]);
    assert!(again.status == 0 && again.out.contains("без изменений 1;"), "{again:?}");
    assert_eq!(desk.kept(), [row(formula, "", "2027-11-01")]);
    let nowhere = desk.run(&["subscription", "export", "/proc/nowhere/out.csv"]);
    assert_eq!(nowhere.status, 1, "{nowhere:?}");
}

#[test]
fn a_record_is_edited_by_hand_and_what_is_not_named_stays() {
    let desk = Desk::new(&[("ТСД 01", "2026-11-20")]);
    desk.import(GOOD);
    let set = desk.done(&["subscription", "set", " тсд  01 ", "--until", "2027-11-01"]);
    assert_eq!(set, "Изменено: ТСД 01, все продукты: по 01.11.2027 (было по 01.11.2026)\n");
    let entry = desk.entry("ТСД 01");
    assert_eq!((&entry["licence"], &entry["note"]), (&"A-1".into(), &"красный".into()));
    let set = desk.done(&["subscription", "set", "ТСД 01", "--until", "2027-11-01", "--note", ""]);
    assert_eq!(set, "Изменено: ТСД 01, все продукты: по 01.11.2027; примечание: «красный» → «»\n");
    let set =
        desk.done(&["subscription", "set", "ТСД 01", "--until", "1.1.2027", "--product", WAREHOUSE_NAME]);
    assert_eq!(set, "Добавлено: ТСД 01, Склад 15, Расширенный: по 01.01.2027\n");
    let stands = desk.done(&["subscription", "list"]);
    assert!(stands.contains("учтена другая запись этого устройства, по 01.11.2027"), "{stands}");

    let which = desk.run(&["subscription", "remove", "ТСД 01"]);
    assert!(
        which.status == 2 && which.err.contains("  все продукты\n  Склад 15, Расширенный\n"),
        "{which:?}"
    );
    desk.done(&["subscription", "remove", "ТСД 01", "--product", "«склад 15, расширенный»"]);
    desk.done(&["subscription", "remove", "ТСД 02", "--product", "все"]);
    assert_eq!(desk.kept(), [row("ТСД 01", "", "2027-11-01"), row("ТСД 02", "Склад 15", "2027-03-01")]);
    desk.done(&["subscription", "remove", "тсд 02"]);
    for line in [
        &["subscription", "remove", "ТСД 02"][..],
        &["subscription", "remove", "ТСД 01", "--product", "Магазин 15"],
        &["subscription", "set", "ТСД 01", "--until", "31.02.2027"],
        &["subscription", "set", "ТСД 01", "--until", "01.01.0001"],
        &["subscription", "set", " ", "--until", "01.01.2027"],
        &["subscription", "set", "ТСД 01"],
    ] {
        let ran = desk.run(line);
        assert_eq!(ran.status, 2, "{line:?}: {ran:?}");
    }
    assert_eq!(desk.kept(), [row("ТСД 01", "", "2027-11-01")]);
    let stranger = desk.run(&["subscription", "set", "ТСД 0l", "--until", "01.11.2027"]);
    assert!(stranger.status == 0 && stranger.err.contains("нет такого устройства: ТСД 0l"), "{stranger:?}");
}

#[test]
fn lines_that_a_person_has_mistyped_in_the_kept_list_are_told_and_never_lost() {
    let desk = Desk::new(&[("ТСД 01", "2026-11-20")]);
    let typed = "device;until\r\nТСД 01;01.11.2027\r\nТСД 02;скоро\r\n";
    desk.pc.write(r"C:\ProgramData\Cleverence\Updater\subscriptions.csv", typed.as_bytes()).unwrap();
    let ran = desk.run(&["subscription", "list"]);
    assert!(ran.status == 0 && ran.err.contains("строка 3: ТСД 02; скоро — «скоро» не дата"), "{ran:?}");
    assert_eq!(desk.listed()["faults"][0]["line"], 3);
    assert_eq!(desk.run(&["subscription", "export", "-"]).status, 1);
    let set = desk.run(&["subscription", "set", "ТСД 03", "--until", "01.11.2027"]);
    assert!(set.status == 0 && set.err.contains("subscriptions.former.csv"), "{set:?}");
    assert_eq!(fs::read_to_string(desk.own("subscriptions.former.csv")).unwrap(), typed);
    assert_eq!(desk.kept(), [row("ТСД 01", "", "2027-11-01"), row("ТСД 03", "", "2027-11-01")]);
}

#[test]
fn a_kept_list_that_cannot_be_read_is_said_and_not_overwritten() {
    let desk = Desk::new(&[("ТСД 01", "2026-11-20")]);
    let path = desk.own("subscriptions.csv");
    desk.pc.write(r"C:\ProgramData\Cleverence\Updater\subscriptions.csv", b"\0\0").unwrap();
    for line in [
        &["subscription", "list"][..],
        &["subscription", "list", "--json"],
        &["subscription", "export", "-"],
        &["subscription", "set", "ТСД 01", "--until", "01.11.2027"],
    ] {
        let ran = desk.run(line);
        assert!(ran.status == 1 && ran.err.contains("Список подписок"), "{line:?}: {ran:?}");
    }
    assert_eq!(fs::read(&path).unwrap(), b"\0\0");
    let problem = desk.run(&["list"]);
    assert!(problem.out.contains("список подписок: это не текст"), "{problem:?}");
    // It says nothing, and nothing is taken for covered.
    assert_eq!(desk.checked("main").1, None);
}

#[test]
fn of_a_list_that_cannot_be_read_it_is_not_said_that_it_is_empty() {
    let desk = Desk::new(&[]);
    assert!(desk.done(&["subscription", "list"]).contains("список пуст"));
    desk.pc.write(r"C:\ProgramData\Cleverence\Updater\subscriptions.csv", b"\0\0").unwrap();
    let ran = desk.run(&["subscription", "list"]);
    assert!(ran.status == 1 && !ran.out.contains("список пуст"), "{ran:?}");
    assert!(ran.err.contains("Список подписок: это не текст"), "{ran:?}");
}

#[test]
fn a_journal_that_cannot_be_read_stops_only_what_is_about_devices_written_off() {
    let desk = Desk::new(&[("ТСД 01", "2026-11-20")]);
    fs::create_dir_all(desk.own("journal.jsonl")).unwrap();
    let words = "е видно, какие устройства списаны";
    let exported = desk.lists.path().join("out.csv").display().to_string();
    let list = desk.file("list.csv", "device;until\nТСД 02;01.11.2027\nТСД 03;01.11.2027\n");
    for line in [
        &["subscription", "set", "ТСД 01", "--until", "01.11.2027"][..],
        &["subscription", "import", &list],
        &["subscription", "remove", "ТСД 03"],
        &["subscription", "export", &exported],
    ] {
        let ran = desk.run(line);
        assert!(ran.status == 0 && ran.err.contains(words), "{line:?}: {ran:?}");
    }
    let exported = fs::read_to_string(exported).unwrap();
    assert!(exported.ends_with("\r\nТСД 01;;01.11.2027;;\r\nТСД 02;;01.11.2027;;\r\n"), "{exported}");
    let ran = desk.run(&["subscription", "write-off", "ТСД 01"]);
    assert!(ran.status == 1 && ran.err.contains(words), "{ran:?}");
}

#[test]
fn an_open_window_hears_of_every_change_at_once() {
    let desk = Desk::new(&[("ТСД 01", "2026-11-20")]);
    let report_path = desk.prompt.home.report_path(desk.pc.path());
    let (told, calls) = sync_channel(8);
    let place = Place {
        state_dir: report_path.parent().unwrap(),
        name: WINDOW,
        patience: Duration::from_secs(20),
        let_to_front: &|_| (),
    };
    let on_call = move |call| told.send(call).unwrap();
    let Start::First(_open) = instance::begin(&place, &Call::Renew, on_call) else { panic!() };
    let list = desk.file("list.csv", "device;until\nТСД 02;01.11.2027\n");
    for line in [
        &["subscription", "set", "ТСД 01", "--until", "01.11.2027"][..],
        &["subscription", "import", &list],
        &["subscription", "remove", "ТСД 02"],
        &["subscription", "write-off", "ТСД 01"],
        &["subscription", "count", "ТСД 01"],
    ] {
        desk.done(line);
        assert_eq!(calls.recv_timeout(Duration::from_secs(20)), Ok(Call::Renew), "{line:?}");
    }
    desk.done(&["subscription", "list"]);
    desk.run(&["subscription", "remove", "ТСД 02"]);
    assert!(calls.try_recv().is_err(), "nothing was changed");
}

#[test]
fn the_old_list_stays_where_its_folder_refuses_the_new_one() {
    let desk = Desk::new(&[("ТСД 01", "2026-11-20")]);
    let typed = "device;until\nТСД 01;01.11.2027\n";
    desk.pc.write(r"C:\ProgramData\Cleverence\Updater\subscriptions.csv", typed.as_bytes()).unwrap();
    // Where the list that was edited by hand would have to be kept.
    fs::create_dir_all(desk.own("subscriptions.former.csv").join("full")).unwrap();
    let ran = desk.import(GOOD);
    assert!(ran.status == 1 && ran.err.contains("остался прежним"), "{ran:?}");
    assert!(!ran.out.contains("Добавлено"), "{ran:?}");
    assert_eq!(fs::read_to_string(desk.own("subscriptions.csv")).unwrap(), typed);
}

#[test]
fn of_two_at_once_each_is_done_or_told_to_try_again() {
    let desk = Desk::new(&[("ТСД 01", "2026-11-20")]);
    let root = desk.pc.path().display().to_string();
    let start = |number: usize| {
        let device = format!("ТСД {number}");
        let line = ["subscription", "set", &device, "--until", "01.11.2027", "--lang", "ru"];
        let mut command = desk.prompt.home.command(SMARTS, &[&line[..], &["--machine-root", &root]].concat());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let children: Vec<_> = (0..8).map(start).collect();
    let ends = children.into_iter().map(|child| child.wait_with_output().unwrap());
    let (done, busy): (Vec<_>, Vec<_>) = ends.partition(|output| output.status.success());
    assert!(!done.is_empty());
    for output in busy {
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(1) && said.contains("повторите, когда закончится"), "{said}");
    }
    assert_eq!(desk.kept().len(), done.len());
}

#[test]
fn while_another_run_holds_the_lock_nothing_is_changed() {
    let desk = Desk::new(&[("ТСД 01", "2026-11-20")]);
    desk.set("ТСД 01", "01.11.2027");
    let held = File::open(desk.own("update.lock")).unwrap();
    held.lock().unwrap();
    for line in [
        &["subscription", "set", "ТСД 01", "--until", "01.11.2028"][..],
        &["subscription", "remove", "ТСД 01"],
        &["subscription", "write-off", "ТСД 01"],
    ] {
        let ran = desk.run(line);
        assert!(ran.status == 1 && ran.err.contains("Сейчас на этом компьютере"), "{line:?}: {ran:?}");
    }
    held.unlock().unwrap();
    assert_eq!(desk.kept(), [row("ТСД 01", "", "2027-11-01")]);
    assert!(!exists(&desk.own("journal.jsonl")));
}

#[test]
fn what_a_window_hands_over_is_done_only_if_it_is_the_same() {
    let desk = Desk::new(&[("ТСД 01", "2026-11-20")]);
    let path = desk.lists.path().join("edit.json");
    let edit = |until| {
        let record = Record::of("ТСД 01", "", until, "", "").unwrap();
        Edit::Set { record, former: None }.write(&path).unwrap().to_string()
    };
    let apply = |sha256: &str| {
        desk.run(&["subscription", "apply-edit", &path.display().to_string(), "--sha256", sha256])
    };
    let agreed = edit("01.11.2027");
    assert_eq!(apply(&agreed).status, 0);
    edit("01.11.2099");
    let swapped = apply(&agreed);
    assert!(swapped.status == 3 && swapped.err.contains("Изменение не принято"), "{swapped:?}");
    fs::write(&path, "[]").unwrap();
    assert_eq!(apply(&Digest::of(b"[]").to_string()).status, 3);
    let odd = r#"{"edit":"write_off","devices":["a\u0007"]}"#;
    fs::write(&path, odd).unwrap();
    assert_eq!(apply(&Digest::of(odd.as_bytes()).to_string()).status, 3);
    fs::remove_file(&path).unwrap();
    assert_eq!(apply(&agreed).status, 1);
    assert_eq!(apply("abc").status, 2);
    assert_eq!(desk.kept(), [row("ТСД 01", "", "2027-11-01")]);
    assert!(!exists(&desk.own("journal.jsonl")));
}
