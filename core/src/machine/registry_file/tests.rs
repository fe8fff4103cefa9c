use proptest::prelude::*;
use std::fs;

use super::*;

const KEY: &str = r"HKEY_LOCAL_MACHINE\SOFTWARE\Cleverence Soft\Mobile SMARTS";

fn export() -> String {
    format!(
        "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE]\r\n\r\n[{KEY}]\r\n\
         \"Version\"=\"3.3.46.29552\"\r\n\"InstallDir\"=\"C:\\\\Program Files (x86)\\\\Склад \\\"15\\\"\"\r\n\
         \"Path\"=hex(2):25,00,41,00,\\\r\n  25,00,00,00\r\n\"Count\"=dword:00000001\r\n\r\n\
         [-{KEY}\\Gone]\r\n"
    )
}

fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

#[test]
fn an_export_is_read_in_every_encoding() {
    let marked = format!("\u{FEFF}{}", export());
    let files = [
        export().into_bytes(),
        marked.clone().into_bytes(),
        utf16(&export(), u16::to_le_bytes),
        utf16(&marked, u16::to_le_bytes),
        utf16(&export(), u16::to_be_bytes),
        utf16(&marked, u16::to_be_bytes),
        export().replace("\r\n", "\n").into_bytes(),
    ];
    for bytes in files {
        let file = RegistryFile::parse(&bytes).unwrap();
        assert_eq!(file.value(KEY, "Version").as_deref(), Some("3.3.46.29552"));
        let dir = file.value(KEY, "InstallDir");
        assert_eq!(dir.as_deref(), Some(r#"C:\Program Files (x86)\Склад "15""#));
        assert_eq!(file.value(KEY, "Path").as_deref(), Some("%A%"));
    }
}

#[test]
fn keys_and_names_match_without_regard_to_case() {
    let file = RegistryFile::parse(export().as_bytes()).unwrap();
    assert_eq!(file.value(&KEY.to_uppercase(), "VERSION").as_deref(), Some("3.3.46.29552"));
    assert_eq!(file.value(KEY, "Count"), None);
    assert_eq!(file.value(KEY, "Other"), None);
    assert_eq!(file.value(&format!("{KEY}\\Gone"), "Version"), None);
}

#[test]
fn what_is_not_understood_is_a_fault_and_never_an_empty_registry() {
    let not_understood = [
        String::new(),
        "<xml/>".to_owned(),
        "WINE REGISTRY Version 2\n\n[Software]\n".to_owned(),
        export().replace("dword:00000001", "dword:xyz"),
        export().replace("\"3.3.46.29552\"", "\"3.3"),
        format!("{}\"Number\"=hex(5):00\r\n", export()),
        format!("{}\"Number\" = hex(05):00\r\n", export()),
    ];
    for text in not_understood {
        let result = RegistryFile::parse(text.as_bytes());
        assert!(matches!(result, Err(FileFault::NotRegistry { .. })), "{text}");
    }
    let result = RegistryFile::parse(b"REGEDIT4\r\n\xFF\xE0");
    assert!(matches!(result, Err(FileFault::Encoding { .. })), "{result:?}");
}

#[test]
fn the_text_of_a_type_that_is_not_read_may_stand_where_no_value_is() {
    let harmless = [
        "\"Note\"=\"was hex(5):00\"",
        "\"Note\"=\"a \\\"=hex(5):00\"",
        "\"Note\"=\"one\r\n@=hex(5):00\r\nthree\"",
        "\"x=hex(5):00\"=\"y\"",
        "; \"Note\"=hex(5):00",
        "\"Note\"=\"y\" ; \"=hex(5):00",
        "[HKEY_LOCAL_MACHINE\\SOFTWARE\\a=hex(5):00]",
    ];
    for line in harmless {
        let file = RegistryFile::parse(format!("{}{line}\r\n", export()).as_bytes()).unwrap();
        assert_eq!(file.value(KEY, "Version").as_deref(), Some("3.3.46.29552"), "{line}");
    }
}

proptest! {
    #[test]
    fn no_text_panics(parts in prop::collection::vec(prop::sample::select(PARTS.to_vec()), 0..24)) {
        let _ = RegistryFile::parse(format!("Windows Registry Editor Version 5.00{}", parts.concat()).as_bytes());
    }
}

/// Of which a text can be made that leads a guard by the nose.
const PARTS: [&str; 22] = [
    "\r\n",
    "\n",
    "\r",
    " ",
    ";",
    "\"",
    "\\",
    "[",
    "]",
    "-",
    "@",
    "=",
    "a",
    "\"a\"",
    "\"a\"=",
    "@=",
    "hex(5):",
    "hex(05):00",
    "hex:00,\\",
    "\"=hex(5):00",
    "[k]",
    "#",
];

#[test]
fn a_missing_file_is_an_empty_registry() {
    let dir = tempfile::tempdir().unwrap();
    let file = RegistryFile::read(&dir.path().join(FILE)).unwrap();
    assert_eq!(file.value(KEY, "Version"), None);
}

#[test]
fn a_value_is_set_and_the_rest_stays() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(FILE);
    let marked = format!("\u{FEFF}{}", export());
    for bytes in [export().into_bytes(), utf16(&marked, u16::to_le_bytes), utf16(&marked, u16::to_be_bytes)] {
        fs::write(&path, &bytes).unwrap();
        set_value(&path, &KEY.to_lowercase(), "version", "3.4.46.40367").unwrap();
        let after = fs::read(&path).unwrap();
        assert_eq!(after[..2], bytes[..2], "the encoding stays");
        let file = RegistryFile::read(&path).unwrap();
        assert_eq!(file.value(KEY, "Version").as_deref(), Some("3.4.46.40367"));
        assert!(file.value(KEY, "InstallDir").is_some_and(|dir| dir.contains("Склад")));
        assert_eq!(file.value(KEY, "Path").as_deref(), Some("%A%"));
    }
}

#[test]
fn an_export_in_the_old_format_keeps_its_letters() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(FILE);
    fs::write(&path, format!("REGEDIT4\r\n\r\n[{KEY}]\r\n\"Name\"=\"Склад\"\r\n")).unwrap();
    set_value(&path, KEY, "Version", "3.4.46.40367").unwrap();
    assert_eq!(RegistryFile::read(&path).unwrap().value(KEY, "Name").as_deref(), Some("Склад"));
}

#[test]
fn a_value_is_set_in_a_file_that_was_not_there() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(FILE);
    set_value(&path, KEY, "Version", "3.4.46.40367").unwrap();
    assert!(fs::read(&path).unwrap().starts_with(&[0xFF, 0xFE]));
    assert_eq!(RegistryFile::read(&path).unwrap().value(KEY, "Version").as_deref(), Some("3.4.46.40367"));
}

#[test]
fn a_file_that_cannot_be_read_or_written_is_an_error_and_stays() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(FILE);
    fs::write(&path, "something else").unwrap();
    assert!(matches!(set_value(&path, KEY, "Version", "1.0"), Err(Error::Read { .. })));
    assert_eq!(fs::read(&path).unwrap(), b"something else");
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("folder")).unwrap();
    fs::write(dir.path().join("folder/x"), "in the way").unwrap();
    let nowhere = dir.path().join("folder/x").join(FILE);
    assert!(matches!(set_value(&nowhere, KEY, "Version", "1.0"), Err(Error::Write { .. })));
}

#[test]
fn a_file_that_is_one_long_line_does_not_take_for_ever() {
    for piece in ["\"", "[ ", "=", "\"a\"=\"\\"] {
        let text = format!("{}{}", export(), piece.repeat(200_000));
        let _ = RegistryFile::parse(text.as_bytes());
    }
}
