use std::fs::{self, File};
use std::time::{Duration, SystemTime};

use smarts_tests::machine_root::PASSWORD;

use super::*;
use crate::machine::Device;
use crate::machine::devices;

/// A `Connections` folder.
struct Connections(tempfile::TempDir);

impl Connections {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// Puts a file into the folder of a device, changed last at this second.
    fn file(&self, device: &str, name: &str, second: u64, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.0.path().join(device).join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(second);
        File::options().write(true).open(&path).unwrap().set_modified(at).unwrap();
        self
    }

    fn devices(&self) -> Vec<Device> {
        let found = devices::list(self.0.path());
        assert_eq!((found.incomplete, found.dates_incomplete), (None, None), "nothing of this is a problem");
        found.devices
    }

    /// What is known of the only device.
    fn known(&self) -> (Option<String>, Option<System>) {
        let [device] = &self.devices()[..] else { panic!("one device") };
        (device.app.map(|version| version.to_string()), device.system)
    }
}

fn said(text: &str) -> (Option<String>, Option<System>) {
    let said = parse(text.as_bytes());
    (said.version().map(|version| version.to_string()), said.system())
}

#[test]
fn a_version_and_a_system_are_known_by_a_few_names_in_any_letter_case() {
    use System::{Android, WindowsCe};
    let cases = [
        (r#"<State clientVersion="3.3.0.28766" platform="Android"/>"#, Some("3.3.0.28766"), Some(Android)),
        (r#"<a><b CLIENTVERSION=" 3.3 " OS="android 13"/></a>"#, Some("3.3"), Some(Android)),
        ("<a><ClientVersion>3.4.0.1</ClientVersion></a>", Some("3.4.0.1"), None),
        ("<clientVersion>3.4.0.1</clientVersion>", Some("3.4.0.1"), None),
        (r#"<a><Client version="3.4.0.1"/></a>"#, Some("3.4.0.1"), None),
        ("<mobileclient xmlns='urn:x'><Version>3.4.0.1</Version></mobileclient>", Some("3.4.0.1"), None),
        // As far as it is a version.
        (r#"<a clientVersion="3.4.0.1 (release)"/>"#, Some("3.4.0.1"), None),
        // Several times the same thing.
        (r#"<a clientVersion="3.4.0.1"><Client version="3.4.0.1"/></a>"#, Some("3.4.0.1"), None),
        ("<a><DeviceType>Windows CE 6.0</DeviceType></a>", None, Some(WindowsCe)),
        (r#"<a clientPlatform="WinCE"/>"#, None, Some(WindowsCe)),
        (r#"<a clientPlatform="windows-mobile 6.5"/>"#, None, Some(WindowsCe)),
        (r#"<a deviceType="Pocket PC"/>"#, None, Some(WindowsCe)),
        (r#"<a os="Windows Embedded Handheld"/>"#, None, Some(WindowsCe)),
        // What says nothing.
        (r#"<a version="3.4.0.1"><Server version="3.4.46.1"/></a>"#, None, None),
        (r#"<a os="Windows 10" platform="Win32NT" deviceType="CT40"/>"#, None, None),
        (r#"<a clientVersion="newest" os=""/>"#, None, None),
        (r#"<a clientVersion="0.0.0.0"/>"#, None, None),
        (r#"<a clientVersion="3.4.0.99999999999"/>"#, None, None),
        ("<a/>", None, None),
        // What the product goes with, and what a comment says.
        (r#"<s><AppDescription clientVersion="3.4.0.1"/></s>"#, None, None),
        ("<AppDescription><clientVersion>3.4.0.1</clientVersion></AppDescription>", None, None),
        (r#"<a><!-- <Client version="3.4.0.1" os="Android"/> --></a>"#, None, None),
        // What cannot all be true.
        (r#"<a clientVersion="3.3.0.1"><Client version="3.4.0.1"/></a>"#, None, None),
        (r#"<a os="Android" platform="Windows CE"/>"#, None, None),
        (r#"<a os="Android or Windows CE" clientVersion="3.3"/>"#, Some("3.3"), None),
    ];
    for (text, version, system) in cases {
        assert_eq!(said(text), (version.map(str::to_owned), system), "{text}");
    }
    let long = format!(r#"<a os="{}Android"/>"#, " .".repeat(100));
    assert_eq!(said(&long), (None, None));
}

#[test]
fn what_is_no_xml_or_has_a_dtd_says_nothing_and_any_encoding_is_read() {
    let good = r#"<a clientVersion="3.3.0.1" os="Android"/>"#;
    for broken in [
        "",
        "\0\0",
        "clientVersion=3.3.0.1",
        r#"<a clientVersion="3.3.0.1" os="Android">"#,
        r#"<!DOCTYPE a [<!ENTITY v "3.3.0.1">]><a clientVersion="&v;"/>"#,
        r#"<!DOCTYPE a><a clientVersion="3.3.0.1"/>"#,
    ] {
        assert_eq!(said(broken), (None, None), "{broken}");
    }
    let deep = format!("{}{good}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    assert_eq!(said(&deep), (None, None));
    let utf16: Vec<u8> = format!("\u{FEFF}{good}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(parse(&utf16).version(), "3.3.0.1".parse().ok());
    let mut windows = br#"<?xml version="1.0" encoding="windows-1251"?><a n=""#.to_vec();
    windows.extend([0xD2, 0xD1, 0xC4]);
    windows.extend(br#"" os="Android"/>"#);
    assert_eq!(parse(&windows).system(), Some(System::Android));
}

#[test]
fn the_newest_file_that_answers_counts_and_another_may_answer_the_other_question() {
    let connections = Connections::new();
    let known = |version: Option<&str>, system| (version.map(str::to_owned), system);
    connections.file("CT40", "a.xml", 1000, r#"<a clientVersion="3.2.0.1" os="Windows CE"/>"#);
    assert_eq!(connections.known(), known(Some("3.2.0.1"), Some(System::WindowsCe)));
    connections.file("CT40", "b.XML", 2000, r#"<a clientVersion="3.3.0.1"/>"#);
    assert_eq!(connections.known(), known(Some("3.3.0.1"), Some(System::WindowsCe)));
    // What is unclear is not made up for by something older.
    connections.file("CT40", "c.xml", 3000, r#"<a clientVersion="3.3.0.1"><Client version="3.4"/></a>"#);
    assert_eq!(connections.known(), known(None, Some(System::WindowsCe)));
    connections.file("CT40", "d.xml", 4000, "<broken");
    assert_eq!(connections.known(), known(None, None), "the fourth newest is not asked");
}

#[test]
fn other_files_and_those_deeper_down_are_not_asked() {
    let connections = Connections::new();
    let text = r#"<a clientVersion="3.3.0.1" os="Android"/>"#;
    connections.file("CT40", "state.txt", 1000, text).file("CT40", "out/document.xml", 1000, text);
    assert_eq!(connections.known(), (None, None));
}

#[test]
fn a_file_that_is_too_large_is_left_alone_and_a_smaller_one_is_asked() {
    let connections = Connections::new();
    let limit = usize::try_from(LIMIT_BYTES).unwrap();
    let filled = |size: usize, version: &str| {
        let text = format!("<a clientVersion='{version}'>");
        format!("{text}{}</a>", ".".repeat(size - text.len() - 4))
    };
    connections.file("CT40", "old.xml", 1000, filled(limit, "3.3.0.1"));
    for number in 0..MOST_FILES {
        let name = format!("{number}.xml");
        connections.file("CT40", &name, 2000, filled(limit + 1, "3.4.0.1"));
    }
    assert_eq!(connections.known().0.as_deref(), Some("3.3.0.1"));
}

#[test]
fn a_base_with_more_files_than_are_read_leaves_further_devices_unknown() {
    let connections = Connections::new();
    let most = Budget::default().files;
    for number in 0..=most {
        connections.file(&format!("{number:05}"), "a.xml", 1000, r#"<a clientVersion="3.3" os="Android"/>"#);
    }
    let devices = connections.devices();
    let (known, unknown) = devices.split_at(most);
    assert!(known.iter().all(|device| device.app.is_some() && device.system.is_some()));
    assert_eq!(unknown.iter().map(|device| device.app).collect::<Vec<_>>(), [None]);
}

#[test]
fn a_budget_is_not_spent_by_what_it_is_too_small_for() {
    let mut budget = Budget { files: 2, bytes: 10 };
    assert!(budget.takes(8));
    assert!(!budget.takes(3));
    assert!(budget.takes(2));
    assert!(!budget.takes(0), "no file is left");
}

#[test]
fn nothing_but_a_version_and_a_system_comes_out() {
    let text = format!(
        r#"<a password="{PASSWORD}" os="{PASSWORD}" clientVersion="{PASSWORD}">{PASSWORD}<os>Android {PASSWORD}</os></a>"#
    );
    let connections = Connections::new();
    connections.file("CT40", "a.xml", 1000, text);
    let devices = connections.devices();
    assert_eq!(devices[0].system, Some(System::Android));
    assert!(!format!("{devices:?}").contains(PASSWORD));
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_pipes_not_waited_for() {
    let connections = Connections::new();
    let elsewhere = Connections::new();
    elsewhere.file("x", "a.xml", 1000, r#"<a clientVersion="3.3.0.1"/>"#);
    connections.file("CT40", "empty.txt", 1000, "");
    let dir = connections.0.path().join("CT40");
    std::os::unix::fs::symlink(elsewhere.0.path().join("x/a.xml"), dir.join("a.xml")).unwrap();
    let pipe = std::process::Command::new("mkfifo").arg(dir.join("b.xml")).status().unwrap();
    assert!(pipe.success());
    assert_eq!(connections.known(), (None, None));
}
