use super::*;
use crate::subscription::{Columns, DateFault, Field, Reading, Record, import, to_csv};

const ALL: [Field; 5] = [Field::Device, Field::Product, Field::Until, Field::Licence, Field::Note];

fn table(text: impl AsRef<[u8]>) -> Table {
    Table::read(text.as_ref()).unwrap()
}

fn read(text: impl AsRef<[u8]>) -> Reading {
    let table = table(text);
    table.records(&Columns::guess(&table.headings)).unwrap()
}

fn record(device: &str, until: &str) -> Record {
    Record::of(device, "", until, "", "").unwrap()
}

fn devices(reading: &Reading) -> Vec<&str> {
    reading.records.iter().map(|record| record.device.as_str()).collect()
}

fn faults(reading: &Reading) -> Vec<(u64, &Fault)> {
    reading.faults.iter().map(|fault| (fault.line, &fault.fault)).collect()
}

fn windows_1251(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1251.encode(text).0.into_owned()
}

/// How a Russian console writes.
fn dos(text: &str) -> Vec<u8> {
    encoding_rs::IBM866.encode(text).0.into_owned()
}

#[test]
fn our_own_columns_are_read_whatever_separates_them_and_in_any_order() {
    let expected = Record::of("ТСД 01", "Склад 15", "05.11.2026", "A-1", "красный").unwrap();
    for text in [
        "device;product;until;licence;note\nТСД 01;Склад 15;05.11.2026;A-1;красный\n",
        "device,product,until,licence,note\r\nТСД 01,Склад 15,2026-11-05,A-1,красный",
        "device\tproduct\tuntil\tlicence\tnote\nТСД 01\tСклад 15\t05.11.2026\tA-1\tкрасный\n",
        "sep=,\nNote,Licence,Until,Product,Device\n\"красный\",A-1,05.11.2026,\"Склад 15\",\"ТСД 01\"\n",
        "\u{feff}\n;;;;\n device ; product;UNTIL;license;note;;\nТСД 01;Склад 15;05.11.2026;A-1;красный;;\n;;\n",
    ] {
        assert_eq!(read(text), Reading { records: vec![expected.clone()], ..Reading::default() }, "{text}");
    }
    assert_eq!(read("until;device\n05.11.2026;ТСД 01").records, [record("ТСД 01", "05.11.2026")]);
}

#[test]
fn russian_text_is_read_in_every_encoding_that_windows_programs_write() {
    let text = "Устройство;Дата окончания подписки\r\nЁлка № 1 – «Северный склад»;05.11.2026\r\n";
    let utf16 = |unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("\u{feff}{text}").encode_utf16().flat_map(unit).collect()
    };
    let ways = [
        text.as_bytes().to_vec(),
        format!("\u{feff}{text}").into_bytes(),
        windows_1251(text),
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
    ];
    for bytes in ways {
        let reading = read(bytes);
        assert_eq!(reading.records, [record("Ёлка № 1 – «Северный склад»", "05.11.2026")]);
    }
}

#[test]
fn a_line_in_another_encoding_costs_only_itself() {
    let mut bytes = "device;until\nТСД 01;05.11.2026\n".as_bytes().to_vec();
    bytes.extend(windows_1251("ТСД 02;05.11.2026\n"));
    bytes.extend("ТСД 03;05.11.2026\nпотеряны \u{fffd};05.11.2026\nТСД 04;05.11.2026".as_bytes());
    let reading = read(bytes);
    assert_eq!(devices(&reading), ["ТСД 01", "ТСД 03", "ТСД 04"]);
    assert_eq!(faults(&reading), [(3, &Fault::Encoding), (5, &Fault::Encoding)]);
    assert!(reading.faults[0].text.ends_with(";05.11.2026"));

    let mut bytes = windows_1251("device;until\nТСД 01;05.11.2026\n");
    bytes.extend(b"\x98;05.11.2026\n");
    let reading = read(bytes);
    assert_eq!((devices(&reading), faults(&reading)), (vec!["ТСД 01"], vec![(3, &Fault::Encoding)]));
}

#[test]
fn what_is_no_list_is_refused_with_the_reason() {
    let refused = |bytes: &[u8]| Table::read(bytes).unwrap_err();
    assert!(matches!(refused(b"PK\x03\x04\x14\0\x06\0 workbook"), Error::NotText));
    assert!(matches!(refused(&dos("Устройство;Окончание\nСклад, касса;05.11.2026")), Error::Encoding));
    for blank in [&b""[..], b"\n\r\n", b";;;\n;;;", b"sep=;\n", b"\xef\xbb\xbf"] {
        assert!(matches!(refused(blank), Error::Empty), "{blank:?}");
    }
    let quote = |error| matches!(error, Error::Headings { line: 2, fault: Fault::Quote });
    assert!(quote(refused(b"\n\"device;until\na;05.11.2026")));
    let broken = |error| matches!(error, Error::Headings { line: 1, fault: Fault::Encoding });
    assert!(broken(refused(b"\xef\xbb\xbfdevice\xff;until\na;05.11.2026")));
    assert!(matches!(
        refused(";".repeat(64).as_bytes().iter().chain(b"a").copied().collect::<Vec<_>>().as_slice()),
        Error::TooManyColumns { .. }
    ));
}

#[test]
fn a_list_above_the_limits_is_refused_whole() {
    let lines = "a;05.11.2026\n".repeat(MOST_LINES);
    let error = Table::read(format!("device;until\n{lines}").as_bytes()).unwrap_err();
    assert!(matches!(error, Error::TooManyLines { limit: MOST_LINES }));
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("large.csv");
    std::fs::File::create(&path).unwrap().set_len(LARGEST_FILE + 1).unwrap();
    assert!(matches!(Table::open(&path), Err(Error::TooLarge { limit_bytes: LARGEST_FILE })));
    assert!(matches!(Table::open(&dir.path().join("none.csv")), Err(Error::Read { .. })));
    let error = Table::read(&vec![b'a'; LARGEST_FILE as usize + 1]).unwrap_err();
    assert!(matches!(error, Error::TooLarge { .. }));
}

#[test]
fn every_bad_line_is_told_with_its_number_and_the_others_count() {
    let long = "x".repeat(20_000);
    let text = format!(
        "device;until;note\n\
         ТСД 01;05.11.2026;\n\
         ;05.11.2026;\n\
         ТСД 03;;\n\
         ТСД 04;05.11.26;\n\
         ТСД 05;01.01.0001;\n\
         ТСД 06;30.02.2026;\n\
         \n\
         \"ТСД 08;05.11.2026;\n\
         ТСД 09;05.11.2026;a;b\n\
         ТСД 10;05.11.2026;a\u{1}b\n\
         ТСД 11;05.11.2026;{long}\n\
         ТСД 12;31.12.9999;;;\n\
         ТСД 13;05.11.2026"
    );
    let reading = read(text);
    assert_eq!(devices(&reading), ["ТСД 01", "ТСД 12", "ТСД 13"]);
    let date = |text: &str, fault| Fault::Date { text: text.into(), fault };
    let expected = [
        (3, &Fault::Missing { field: Field::Device }),
        (4, &Fault::Missing { field: Field::Until }),
        (5, &date("05.11.26", DateFault::NotADate)),
        (6, &date("01.01.0001", DateFault::Year)),
        (7, &date("30.02.2026", DateFault::NoSuchDay)),
        (9, &Fault::Quote),
        (10, &Fault::Cells { found: 4, expected: 3 }),
        (11, &Fault::Control { field: Field::Note }),
        (12, &Fault::LongLine { limit_bytes: 16 * 1024 }),
    ];
    assert_eq!(faults(&reading), expected);
    assert_eq!(reading.faults[2].text, "ТСД 04; 05.11.26; ");
}

#[test]
fn a_quotation_mark_costs_no_line_after_its_own() {
    let reading = read(
        "device;until;note\na \"5\" inch;05.11.2026;\nb;05.11.2026;\"open\nc;05.11.2026;\"closed; with one\"\nd;05.11.2026;\"open",
    );
    assert_eq!(devices(&reading), ["a \"5\" inch", "c"]);
    assert_eq!(reading.records[1].note, "closed; with one");
    assert_eq!(faults(&reading), [(3, &Fault::Quote), (5, &Fault::Quote)]);
}

#[test]
fn of_a_device_twice_the_latest_date_counts_and_the_other_lines_are_told() {
    let reading = read(
        "device;until;product\nтсд 01;05.11.2025;\nТСД 02;05.11.2026;\nТСД  01;05.11.2027;\nТСД 01;05.11.2026;\nТСД 02;05.11.2026;\nТСД 01;05.11.2024;Склад 15\n",
    );
    let expected = [
        record("ТСД 01", "05.11.2027"),
        record("ТСД 02", "05.11.2026"),
        Record::of("ТСД 01", "Склад 15", "05.11.2024", "", "").unwrap(),
    ];
    assert_eq!(reading.records, expected);
    let duplicate = |counts| Fault::Duplicate { counts };
    assert_eq!(faults(&reading), [(2, &duplicate(4)), (5, &duplicate(4)), (6, &duplicate(3))]);
}

#[test]
fn headings_of_other_lists_are_guessed_and_the_person_has_the_last_word() {
    let columns = |text: &str| {
        let headings: Vec<String> = text.split(';').map(str::to_owned).collect();
        let columns = Columns::guess(&headings);
        ALL.map(|field| columns.column(field))
    };
    let cases = [
        ("device;product;until;licence;note", [Some(0), Some(1), Some(2), Some(3), Some(4)]),
        (
            "№;Устройство;Продукт;Номер лицензии;Начало подписки;Окончание подписки;Комментарий",
            [Some(1), Some(2), Some(5), Some(3), Some(6)],
        ),
        ("ТСД;Подписка до;Окончание лицензии", [Some(0), None, Some(1), Some(2), None]),
        ("Рабочее место;Действует до:", [Some(0), None, Some(1), None, None]),
        (
            "Device name;Subscription start;Subscription end;License key",
            [Some(0), None, Some(2), Some(3), None],
        ),
        ("Имя устройства;Истекает", [Some(0), None, Some(1), None, None]),
        ("Foo;Bar;Дата", [None, None, None, None, None]),
    ];
    for (headings, expected) in cases {
        assert_eq!(columns(headings), expected, "{headings}");
    }

    let table = table("Foo;Bar\nТСД 01;05.11.2026\n");
    let mut columns = Columns::guess(&table.headings);
    assert!(matches!(
        table.records(&columns),
        Err(Error::Columns { missing }) if missing == [Field::Device, Field::Until]
    ));
    (columns.device, columns.until) = (Some(0), Some(1));
    assert_eq!(table.records(&columns).unwrap().records, [record("ТСД 01", "05.11.2026")]);
    (columns.device, columns.until) = (Some(1), Some(7));
    let reading = table.records(&columns).unwrap();
    assert_eq!(faults(&reading), [(2, &Fault::Missing { field: Field::Until })]);
}

#[test]
fn of_several_days_the_end_is_taken_and_where_two_may_be_it_nobody_guesses() {
    let until = |text: &str| Columns::guess(&text.split(';').map(str::to_owned).collect::<Vec<_>>()).until;
    for (headings, expected) in [
        ("Устройство;Действует с;Действует по", Some(2)),
        ("Устройство;Подписка с;Подписка по", Some(2)),
        ("Устройство;Дата подписки;Действует до", Some(2)),
        ("Device;Subscription from;Subscription to", Some(2)),
        ("Device;Valid from;Valid to", Some(2)),
        ("Устройство;Подписка от;Окончание", Some(2)),
        ("Устройство;Номер подписки;Подписка до", Some(2)),
        ("Устройство;Тип подписки;Цена подписки;Стоимость подписки;Подписка", Some(4)),
        ("Устройство;Подписка;Лицензия действует до", Some(1)),
        ("Устройство;Действует с;Дата подписки", Some(2)),
        ("Устройство;Окончание;Подписка действует до", Some(2)),
        ("Device;End;Until", Some(2)),
        ("Device;Subscription;Valid until", Some(2)),
        ("Устройство;Действует с", None),
        ("Устройство;Subscription from", None),
        ("Устройство;Номер подписки", None),
        ("Устройство;Окончание лицензии", None),
        ("Устройство;Дата подписки;Срок подписки", None),
        ("Устройство;Действует до;Окончание", None),
        ("Устройство;Подписка до;Подписка по", None),
    ] {
        assert_eq!(until(headings), expected, "{headings}");
    }
}

#[test]
fn titles_above_the_headings_are_passed_over_and_told_and_the_lines_keep_their_numbers() {
    let above = Fault::AboveHeadings;
    for title in ["Отчёт по подпискам", "Отчёт по подпискам;;", "Отчёт, сводный", "Дата выгрузки;05.11.2026"]
    {
        let reading = read(format!(
            "{title}\n\nООО «Ромашка»\nУстройство;Подписка до\nТСД 01;05.11.2026\n;05.11.2026\nТСД 02;05.11.2027"
        ));
        assert_eq!(devices(&reading), ["ТСД 01", "ТСД 02"], "{title}");
        let expected = [(1, &above), (3, &above), (6, &Fault::Missing { field: Field::Device })];
        assert_eq!(faults(&reading), expected, "{title}");
        assert_eq!(reading.faults[0].text, title);
    }
    // Headings that nobody understands are those with two cells, and the person says what they mean.
    let table = table("Отчёт\nFoo;Bar\nТСД 01;05.11.2026\nТСД 02;Подписка до конца года\n");
    assert_eq!(table.headings, ["Foo", "Bar"]);
    assert_eq!((table.rows.len(), table.faults.len()), (2, 1));
    let table = self::table("Отчёт\nТСД 01;05.11.2026\nТСД 02;05.11.2026\nТСД 03;Подписка до конца года");
    assert_eq!((table.headings, table.rows.len()), (vec![String::new(); 2], 3));
    // Nobody looks for headings in the middle of a list.
    let far = format!("{}device;until\nТСД 01;05.11.2026", "заметка\n".repeat(10));
    assert_eq!(self::table(far).headings, ["заметка"]);
    let broken = Table::read(b"\xef\xbb\xbftitle\n\"device;end\nA;05.11.2026").unwrap_err();
    assert!(matches!(broken, Error::Headings { line: 2, fault: Fault::Quote }), "{broken:?}");
    let reading = read("\"title\ndevice;until\nA;05.11.2026");
    assert_eq!((devices(&reading), faults(&reading)), (vec!["A"], vec![(1, &Fault::Quote)]));
}

#[test]
fn a_list_without_headings_loses_no_line() {
    let table = table("ТСД 01;05.11.2026\nТСД 02;05.11.2027\n");
    assert_eq!(table.headings, ["", ""]);
    assert_eq!(Columns::guess(&table.headings), Columns::default());
    let columns = Columns { device: Some(0), until: Some(1), ..Columns::default() };
    assert_eq!(devices(&table.records(&columns).unwrap()), ["ТСД 01", "ТСД 02"]);
}

#[test]
fn a_hundred_thousand_lines_are_read_imported_and_written() {
    let line = |number| {
        let (month, product) = (number % 12 + 1, if number % 2 == 0 { "Склад 15" } else { "" });
        format!("ТСД {number};{product};15.{month:02}.2026;A-{number};\"note; {number}\"\n")
    };
    let lines: Vec<String> = (0..100_000).map(line).collect();
    let text = format!("device;product;until;licence;note\n{}", lines.concat());
    let reading = read(&text);
    assert_eq!((reading.records.len(), reading.faults.len()), (100_000, 0));
    let changes = import(&reading.records, &reading.records[..50_000], &[]);
    assert_eq!((changes.unchanged.len(), changes.kept, changes.records.len()), (50_000, 50_000, 100_000));
    assert_eq!(read(to_csv(&reading.records).unwrap()), reading);
}

proptest::proptest! {
    #[test]
    fn what_is_exported_reads_back_the_same(
        cells in proptest::collection::vec(("[ -~а-я;\"'=+@-]{0,12}", "[ -~а-я;\"'=+@\t\r\n-]{0,12}", 0..9000_i64), 0..8)
    ) {
        use jiff::ToSpan as _;
        let mut records: Vec<Record> = Vec::new();
        for (device, other, days) in &cells {
            let until = jiff::civil::date(2001, 1, 1).checked_add(days.days()).unwrap().to_string();
            let number = records.len();
            records.extend(Record::of(&format!("{device}{number}"), other, &until, other, other));
        }
        let reading = read(to_csv(&records).unwrap());
        proptest::prop_assert_eq!(reading, Reading { records, ..Reading::default() });
    }

    #[test]
    fn no_bytes_panic_and_no_line_is_lost(bytes in proptest::collection::vec(proptest::sample::select(
        b"ab;,\t\"'=\r\n\0\xd0\xb0\xff\x98 0123.2026".to_vec()), 0..200)
    ) {
        if let Ok(table) = Table::read(&bytes) {
            let columns = Columns { device: Some(0), until: Some(1), ..Columns::default() };
            let reading = table.records(&columns).unwrap();
            proptest::prop_assert_eq!(
                reading.records.len() + reading.faults.len(),
                table.rows.len() + table.faults.len()
            );
        }
    }
}

#[test]
fn a_line_that_cannot_be_read_still_names_its_device() {
    let reading = read(
        "device;product;until\n\
        ТСД 1;;01.11.2027\n\
        ТСД  1;Склад 15;скоро\n\
        ТСД 2;Склад; 15;01.11.2027\n\
        \"ТСД 3\";\"Склад;01.11.2027\n\
        ;Склад 15;01.11.2027\n\
        ТСД 4;;01.11.2026\n\
        ТСД 4;;01.11.2027\n",
    );
    assert_eq!(devices(&reading), ["ТСД 1", "ТСД 4"]);
    assert_eq!(reading.faults.len(), 5);
    assert_eq!(reading.keeps, ["тсд 1", "тсд 2", "тсд 3"], "of a duplicate nothing is missing");
}
