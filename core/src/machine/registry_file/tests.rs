use proptest::prelude::*;
use std::fs;

use super::parse::HEADER;
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
        "REGEDIT".to_owned(),
        format!("{HEADER}[{KEY}]\r\n"),
        export().replace("5.00", "5.00 and more"),
    ];
    for text in not_understood {
        let result = RegistryFile::parse(text.as_bytes());
        assert!(matches!(result, Err(FileFault::NotRegistry { .. })), "{text}");
    }
    let result = RegistryFile::parse(b"REGEDIT4\r\n\xFF\xE0");
    assert!(matches!(result, Err(FileFault::Encoding { .. })), "{result:?}");
}

/// The number of the line that a fault names.
fn faulty_line(text: &str) -> Option<usize> {
    let Err(FileFault::NotRegistry { detail, .. }) = RegistryFile::parse(text.as_bytes()) else {
        return None;
    };
    detail.strip_prefix("Line ")?.strip_suffix(" is not understood")?.parse().ok()
}

#[test]
fn each_line_that_is_not_understood_is_a_fault_that_names_it() {
    let lines = [
        "nonsense",
        "#x",
        "[]",
        "[-]",
        "[\\]",
        "[ a]",
        "[- a]",
        "[a",
        "[a] b",
        "[a] ; as in [b]",
        "\"a\"",
        "\"a\"=",
        "\"a\"=b",
        "\"a=\"b\"",
        "\"a\"=\"b",
        "\"a\"=\"b\" c",
        "\"a\"=\"C:\\Windows\"",
        "@\"b\"",
        "\"a\"=- b",
        "\"a\"=dword:",
        "\"a\"=dword:123456789",
        "\"a\"=dword:0x1",
        "\"a\"=DWORD:1",
        "\"a\"=hex:0",
        "\"a\"=hex:000",
        "\"a\"=hex:00 00",
        "\"a\"=hex:00,",
        "\"a\"=hex:,00",
        "\"a\"=hex:00\\",
        "\"a\"=hex:00,\\ 00",
        "\"a\"=hex():00",
        "\"a\"=hex(g):00",
        "\"a\"=hex(123456789):00",
        "\"a\"=hex(2:00",
        "\"a\"=str:\"b\"",
    ];
    for line in lines {
        for line_end in ["\r\n", "\n", "\r"] {
            let text = format!("{HEADER}\n\n[a]\n; [b\n{line}\n[c]\n").replace('\n', line_end);
            assert_eq!(faulty_line(&text), Some(5), "{line}");
        }
        assert_eq!(faulty_line(&format!("{HEADER}\n[a]\n{line}")), Some(3), "{line}");
    }
    assert_eq!(faulty_line(&format!("{HEADER}\n\"a\"=\"b\"\n")), Some(2), "no key is open");
    assert_eq!(faulty_line(&format!("{HEADER}\n[-a]\n\"a\"=b\n")), Some(3), "no value even without a key");
    assert_eq!(faulty_line(&format!("{HEADER}\n[a]\n@=hex:00,\\\n01,\\\n0g\n")), Some(5));
}

/// The texts of a key by their names, from what stands behind the header of an export.
fn texts(lines: &str, key: &str) -> Vec<(String, String)> {
    RegistryFile::parse(format!("{HEADER}\r\n{lines}").as_bytes()).unwrap().values(key)
}

fn pair(name: &str, text: &str) -> (String, String) {
    (name.to_owned(), text.to_owned())
}

#[test]
fn what_is_no_text_is_understood_and_no_text() {
    let others = [
        "dword:0000000f",
        "dword:f ; fifteen",
        "hex:",
        "hex:00,01,\\\r\n  02, 03 ,\\ ; and\r\n04",
        "hex:\\\r\n  00",
        "hex(0):",
        "hex(4):01",
        "hex(5):01,02",
        "hex(05):00",
        "hex(7):61,00,00,00,62,00,00,00,00,00",
        "hex(b):00,00,00,00,00,00,00,00",
        "hex(ffff0012):00",
        // Half a letter, and one half of a pair.
        "hex(1):61",
        "hex(2):00,d8",
    ];
    for other in others {
        assert_eq!(texts(&format!("[a]\n\"a\"={other}\n\"b\"=\"c\""), "a"), [pair("b", "c")], "{other}");
    }
}

#[test]
fn text_is_read_however_it_is_written() {
    let written = [
        ("\"\"", ""),
        ("\"a\\\\b\\\"c\\\\\"", "a\\b\"c\\"),
        ("\"one\r\n[two]\r\n@=hex(5):00\n\"", "one\r\n[two]\r\n@=hex(5):00\n"),
        ("hex(1):61,00,0a,00,62,00,00,00", "a\nb"),
        ("hex(2):", ""),
        ("hex(02):25,00,3d,d8,00,de", "%😀"),
        ("  \"a ; b\"\t; c", "a ; b"),
    ];
    for (data, text) in written {
        assert_eq!(
            texts(&format!(" [a] ; b\n\t\"a\" = {data}\n\"b\"=\"c\""), "a")[0],
            pair("a", text),
            "{data}"
        );
    }
    assert_eq!(texts("[a]\n@=\"b\"\n\"line\nbreak\"=\"c\"", "a"), [pair("line\nbreak", "c")]);
    let old = RegistryFile::parse(b"REGEDIT4\n[a]\n\"a\"=hex(2):61,62,00\n\"b\"=hex(2):e0,00").unwrap();
    assert_eq!(old.values("a"), [pair("a", "ab")]);
}

#[test]
fn what_stands_further_down_counts() {
    let lines = "[A\\b]\n\"x\"=\"1\"\n\"Y\"=\"1\"\n[a]\n\"x\"=\"of a\"\n[a\\\\B\\]\n\"y\"=\"2\"\n\"X\"=-\n\"z\"=\"2\"";
    assert_eq!(texts(lines, r"a\b"), [pair("y", "2"), pair("z", "2")]);
    assert_eq!(texts(lines, "A"), [pair("x", "of a")]);
    let deleted = format!("{lines}\n[ab]\n\"n\"=\"near\"\n[-A]");
    assert_eq!(texts(&deleted, r"a\b"), [], "what is below goes too");
    assert_eq!(texts(&deleted, "a"), []);
    assert_eq!(texts(&deleted, "ab"), [pair("n", "near")]);
    assert_eq!(texts(&format!("{deleted}\n[a]\n\"x\"=\"new\""), "a"), [pair("x", "new")]);
    assert_eq!(texts(&format!("{deleted}\n\"x\"=\"new\""), "a"), [], "it is not there");
    assert_eq!(texts("[a]b]\n\"x\"=\"1\"", "a]b"), [pair("x", "1")]);
}

#[test]
fn what_looks_like_a_value_may_stand_where_none_is() {
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

    #[test]
    fn what_is_set_is_what_is_read_whatever_it_is(
        name in prop::collection::vec(any::<char>(), 0..8),
        text in prop::collection::vec(any::<char>(), 0..8),
    ) {
        let (name, text): (String, String) = (name.iter().collect(), text.iter().collect());
        let before = RegistryFile::empty();
        let after = before.to_bytes(&write::with_value(&before.text, &before.keys, KEY, &name, &text));
        assert_eq!(RegistryFile::parse(&after).unwrap().values(KEY), [(name, text)]);
    }
}

/// Of which a text can be made that leads a parser by the nose.
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
fn a_value_is_set_where_it_counts_and_every_other_line_stays() {
    // The lines before, and as they are once "v" of "k" is "1".
    let files = [
        ("[k]\n; why\n\"v\"=\"0\" ; what\n\n[l]\n", "[k]\n; why\n\"v\"=\"1\" ; what\n\n[l]\n"),
        ("[K]\n\"V\"=hex(2):61,\\\n00,00,00\n\"w\"=hex:00", "[K]\n\"V\"=\"1\"\n\"w\"=hex:00"),
        ("[k]\n\"v\"=\"a\"\n[k]\n\"V\"=\"b\"\n", "[k]\n\"v\"=\"a\"\n[k]\n\"V\"=\"1\"\n"),
        ("[k]\n\"v\"=-\n\n; end\n", "[k]\n\"v\"=-\n\"v\"=\"1\"\n\n; end\n"),
        ("[k]\n@=\"v\"", "[k]\n@=\"v\"\n\"v\"=\"1\"\n"),
        ("[k]\n[l]", "[k]\n\"v\"=\"1\"\n[l]"),
        ("[l]", "[l]\n\n[k]\n\"v\"=\"1\"\n"),
        ("[k]\n\"v\"=\"0\"\n[-k]\n\n", "[k]\n\"v\"=\"0\"\n[-k]\n\n[k]\n\"v\"=\"1\"\n"),
        ("", "\n[k]\n\"v\"=\"1\"\n"),
    ];
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(FILE);
    for (before, after) in files {
        for line_end in ["\r\n", "\n"] {
            let file = |lines: &str| format!("REGEDIT4\n{lines}").replace('\n', line_end);
            fs::write(&path, file(before)).unwrap();
            set_value(&path, "k", "v", "1").unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), file(after));
        }
    }
}

#[test]
fn a_key_that_no_export_could_hold_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(FILE);
    fs::write(&path, export()).unwrap();
    for key in ["", "\\", "-a", " a", "a\r\nb", "a] ; b"] {
        assert!(matches!(set_value(&path, key, "Version", "1.0"), Err(Error::Write { .. })), "{key:?}");
        assert_eq!(fs::read_to_string(&path).unwrap(), export());
    }
}

/// Of each kind so many that looking at all of them again for each one would not end.
const MANY: usize = 50_000;

#[test]
fn of_many_lines_each_one_counts() {
    let numbered = |line: &dyn Fn(usize) -> String| (0..MANY).map(line).collect::<String>();
    let keys = numbered(&|number| format!("[a\\{number}]\n\"v\"=\"{number}\"\n"));
    assert_eq!(texts(&keys, &format!("a\\{}", MANY - 1)).len(), 1);
    let deleted = format!("{keys}{}[-a]\n[a\\1]\n", numbered(&|number| format!("[-a\\{number}]\n")));
    assert_eq!(texts(&deleted, "a\\1"), []);
    assert_eq!(
        texts(&format!("[a]\n{}", numbered(&|number| format!("\"{number}\"=\"\"\n"))), "a").len(),
        MANY
    );
    let merged = numbered(&|number| format!("[a]\n\"{number}\"=\"\"\n"));
    assert_eq!(texts(&merged, "a").len(), MANY);
    let long_path = "a".repeat(MANY);
    let below_long_path = format!("[{long_path}]\n{}", numbered(&|number| format!("\"{number}\"=\"\"\n")));
    assert_eq!(texts(&below_long_path, &long_path).len(), MANY);
}

#[test]
fn of_a_long_value_nothing_is_lost() {
    let of = |data: String| texts(&format!("[a]\n\"v\"={data}"), "a")[0].1.len();
    assert_eq!(of(format!("\"{}\"", "\n".repeat(MANY))), MANY);
    assert_eq!(of(format!("\"{}\"", "\\\"".repeat(MANY))), MANY);
    assert_eq!(of(format!("hex(1):{}61,00", "61,00,\\\n  ".repeat(MANY))), MANY + 1);
}

#[test]
fn a_file_that_is_one_long_line_does_not_take_for_ever() {
    for piece in ["\"", "[ ", "[", "]", "[]", "=", "\"a\"=\"\\", "\\", ";", " ", "a] ", "hex:", "0", "00,"] {
        for beginning in ["", "[a", "[", "@=", "@=hex:", "@=dword:", "@=\""] {
            let text = format!("{}{beginning}{}", export(), piece.repeat(200_000));
            let _ = RegistryFile::parse(text.as_bytes());
        }
    }
}
