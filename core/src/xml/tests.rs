use super::*;

fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

const PLAIN: &str = "<a b='Склад 15'/>";

#[test]
fn text_comes_out_of_every_encoding() {
    let declared = "<?xml version=\"1.0\" encoding=\"windows-1251\"?><a b='Склад 15'/>";
    let (in_1251, _, _) = encoding_rs::WINDOWS_1251.encode(declared);
    assert_eq!(decode(&in_1251, "f").unwrap(), declared);

    assert_eq!(decode(PLAIN.as_bytes(), "f").unwrap(), PLAIN);
    assert_eq!(decode(format!("\u{FEFF}{PLAIN}").as_bytes(), "f").unwrap(), PLAIN);
    for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        assert_eq!(decode(&utf16(PLAIN, to_bytes), "f").unwrap(), PLAIN);
        assert_eq!(decode(&utf16(&format!("\u{FEFF}{PLAIN}"), to_bytes), "f").unwrap(), PLAIN);
    }
}

#[test]
fn a_byte_order_mark_outweighs_the_declaration() {
    let text = format!("<?xml version='1.0' encoding='windows-1251'?>{PLAIN}");
    assert_eq!(decode(format!("\u{FEFF}{text}").as_bytes(), "f").unwrap(), text);
}

#[test]
fn utf_16_declared_in_single_bytes_is_utf_8() {
    let text = format!("<?xml version='1.0' encoding='utf-16'?>{PLAIN}");
    assert_eq!(decode(text.as_bytes(), "f").unwrap(), text);
}

#[test]
fn a_value_that_holds_the_word_encoding_declares_nothing() {
    let text = "<?xml version='1.0 encoding=\"koi8-r\"' ?><a>я</a>";
    assert_eq!(decode(text.as_bytes(), "f").unwrap(), text);
}

#[test]
fn bytes_in_no_known_encoding_are_a_fault_that_names_it() {
    let fault = |bytes: &[u8]| match decode(bytes, "f.xml") {
        Err(FileFault::Encoding { file, encoding }) if file == "f.xml" => encoding,
        other => panic!("{other:?}"),
    };
    assert_eq!(fault(b"<a>\xFF\xFE</a>"), "UTF-8");
    assert_eq!(fault(b"<?xml version='1.0' encoding='klingon'?><a/>"), "klingon");
    assert_eq!(fault(b"\xFF\xFE<\0a"), "UTF-16LE");
    assert_eq!(fault(b"<\0\x00\xD8>\0"), "UTF-16LE");
    assert_eq!(fault(b"\0\0\0<"), "UTF-32");
    assert_eq!(fault(b"\x4C\x6F\xA7\x94"), "EBCDIC");
}

#[test]
fn what_is_no_name_of_an_encoding_does_not_get_into_a_fault() {
    let fault = |label: &str| {
        let text = format!("<?xml version='1.0' encoding='{label}'?><a/>");
        decode(text.as_bytes(), "f").unwrap_err().to_string()
    };
    let words = fault(&format!("\u{1b}[2J{}", "x".repeat(900)));
    assert!(words.contains("??2Jxxx") && words.len() < 100, "{words:?}");
    assert!(!fault("пароль").contains("пароль"));
}

#[test]
fn nothing_is_text_and_not_xml() {
    assert_eq!(decode(b"", "f").unwrap(), "");
    assert!(matches!(parse("", "f"), Err(FileFault::NotXml { .. })));
}

#[test]
fn what_is_not_xml_is_told_with_its_place() {
    let fault = parse("<a>\n  <b></c>\n</a>", "f.xml").unwrap_err();
    assert_eq!(fault.to_string(), "f.xml is not XML, line 2, column 6: expected 'b' tag, not 'c'");
    let fault = parse("<a>\n<b>", "f.xml").unwrap_err();
    assert_eq!(
        fault.to_string(),
        "f.xml is not XML, line 2, column 4: the root node was opened but never closed"
    );
}

#[test]
fn a_dtd_is_refused_whatever_it_declares() {
    for dtd in
        ["<!DOCTYPE a>", "<!DOCTYPE a [<!ENTITY x \"y\">]>", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'>"]
    {
        let fault = parse(&format!("{dtd}<a>&x;</a>"), "f").unwrap_err();
        assert!(fault.to_string().ends_with("XML with DTD detected"), "{fault}");
    }
}

#[test]
fn deep_nesting_is_refused_and_overflows_nothing() {
    let text = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    let fault = parse(&text, "f.xml").unwrap_err();
    assert_eq!(
        fault.to_string(),
        "f.xml is not XML, line 1, column 769: Elements are nested more than 256 deep"
    );
    assert!(parse(&format!("{}{}", "<a>".repeat(256), "</a>".repeat(256)), "f").is_ok());
}

#[test]
fn a_name_as_long_as_the_file_is_cut_in_the_fault() {
    let text = format!("<{}></b>", "я".repeat(100_000));
    let FileFault::NotXml { detail, .. } = parse(&text, "f").unwrap_err() else { panic!() };
    assert!(detail.chars().count() <= LONGEST_DETAIL + 1, "{}", detail.len());
    let text = format!("<{}/>", "я".repeat(100_000));
    let document = parse(&text, "f").unwrap();
    let FileFault::WrongRoot { found, .. } = wrong_root(document.root_element(), "a", "f") else { panic!() };
    assert!(found.chars().count() <= LONGEST_DETAIL + 1);
}

#[test]
fn values_are_attributes_or_children_in_any_case() {
    let text =
        "<r xmlns='urn:x' NAME=' Склад ' empty=''><Id> 7<!-- -->8 </Id><EMPTY>e</EMPTY><none> </none></r>";
    let document = parse(text, "f").unwrap();
    let root = document.root_element();
    assert_eq!(value(root, "name").as_deref(), Some("Склад"));
    assert_eq!(value(root, "ID").as_deref(), Some("78"));
    assert_eq!(value(root, "empty").as_deref(), Some("e"));
    assert_eq!(value(root, "none"), None);
    assert_eq!(value(root, "absent"), None);
}

#[test]
fn files_that_are_not_there_too_large_or_no_files_are_told_apart() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("f.xml");
    assert_eq!(read_file(&path, 10), Err(FileFault::Missing { file: "f.xml".to_owned() }));
    fs::write(&path, "0123456789").unwrap();
    assert_eq!(read_file(&path, 10).unwrap(), b"0123456789");
    let too_large = FileFault::TooLarge { file: "f.xml".to_owned(), limit_bytes: 9 };
    assert_eq!(read_file(&path, 9), Err(too_large));
    assert!(matches!(read_file(dir.path(), 10), Err(FileFault::Unreadable { .. })));
    assert!(matches!(read_file(&path.join("x"), 10), Err(FileFault::Missing { .. })));
}

#[cfg(unix)]
#[test]
fn a_device_is_not_read() {
    assert!(matches!(read_file(Path::new("/dev/zero"), 10), Err(FileFault::Unreadable { .. })));
}
