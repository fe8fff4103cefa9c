use super::*;
use crate::catalogue::{FileLocation, ReleaseFile};
use crate::digest::Digest;
use crate::machine::FileFault;

const DIR: &str = "updates/Sklad15/1.6.3.7283";

fn parse_at(root: &str, body: &str) -> Result<Release, Fault> {
    let feed = Feed::named("Sklad15").unwrap();
    let site: Url = root.parse().unwrap();
    let context = Context { feed: &feed, version: Version::new(1, 6, 3, 7283), dir: DIR, sites: &[&site] };
    parse(format!("<update>{body}</update>").as_bytes(), "update.xml", &context)
}

fn parse_body(body: &str) -> Result<Release, Fault> {
    parse_at("https://files.example/mirror/", body)
}

fn file(body: &str) -> ReleaseFile {
    parse_body(body).unwrap().file.unwrap()
}

fn value_fault(element: &str, text: &str) -> Fault {
    Fault::Value { element: element.into(), text: text.into() }
}

#[test]
fn every_known_element_is_read_and_others_are_ignored() {
    let hash = Digest::of(b"file");
    let release = parse_body(&format!(
        "<version>1.6.3.7283</version><date>29.10.2025 14:05:00</date><fromdownloads>true</fromdownloads>
         <file>WH15.InstallWizard.exe</file><description>\n Быстрее\n и <b>надёжнее</b> \n</description>
         <updateTags>UT103; ERP ;;</updateTags><forced>True</forced><distribution>25</distribution>
         <showforall>1</showforall><minPlatform>3.3.46.29552</minPlatform>
         <fromVersions>1.5.*; 1.6.2.6493</fromVersions><clientVersion>3.4.0.46990</clientVersion>
         <size>123456</size><sha256>{hash}</sha256><publisher>Клеверенс</publisher><novelty/>"
    ))
    .unwrap();
    let expected = Release {
        feed: Feed::named("Sklad15").unwrap(),
        version: Version::new(1, 6, 3, 7283),
        date: Some(jiff::civil::date(2025, 10, 29)),
        notes: "Быстрее\n и <b>надёжнее</b>".into(),
        file: Some(ReleaseFile {
            name: "WH15.InstallWizard.exe".into(),
            location: FileLocation::InSource("downloads/WH15.InstallWizard.exe".into()),
            size: Some(123_456),
            sha256: Some(hash),
            sha512: None,
            publisher: Some("Клеверенс".into()),
        }),
        tags: vec!["UT103".into(), "ERP".into()],
        forced: true,
        distribution: 25,
        show_for_all: true,
        min_platform: Some(Version::new(3, 3, 46, 29552)),
        from_versions: vec!["1.5.*".parse().unwrap(), "1.6.2.6493".parse().unwrap()],
        client_version: Some(Version::new(3, 4, 0, 46990)),
    };
    assert_eq!(release, expected);
}

#[test]
fn an_empty_description_is_a_release_without_a_file_for_everybody() {
    let release = parse_body("").unwrap();
    assert_eq!((release.date, release.file, release.distribution), (None, None, 100));
    assert!(release.tags.is_empty() && release.from_versions.is_empty() && release.notes.is_empty());
    assert!(!release.forced && !release.show_for_all);
}

#[test]
fn attributes_in_any_case_do_as_well() {
    let feed = Feed::named("Sklad15").unwrap();
    let context = Context { feed: &feed, version: Version::new(1, 2, 3, 4), dir: DIR, sites: &[] };
    let text = "<Update Version='1.2.3.4' DATE='01.02.2025' Description='Notes' file='a/b.mstmpl'/>";
    let release = parse(text.as_bytes(), "update.xml", &context).unwrap();
    assert_eq!(release.date, Some(jiff::civil::date(2025, 2, 1)));
    assert_eq!(release.notes, "Notes");
    assert_eq!(release.file.unwrap().name, "b.mstmpl");
}

#[test]
fn a_file_lies_in_downloads_or_beside_its_description_or_at_an_https_address() {
    let beside = file("<file>sub/Склад 15.mstmpl</file>");
    assert_eq!(beside.location, FileLocation::InSource(format!("{DIR}/sub/Склад 15.mstmpl")));
    assert_eq!(beside.name, "Склад 15.mstmpl");
    let elsewhere = file("<file>https://cdn.example/a/%D0%A1%D0%BA%D0%BB%D0%B0%D0%B4.mstmpl?v=2</file>");
    assert_eq!(elsewhere.name, "Склад.mstmpl");
    assert!(matches!(elsewhere.location, FileLocation::Url(url) if url.host_str() == Some("cdn.example")));
}

#[test]
fn plain_http_on_the_sources_own_host_is_tried_as_https() {
    let own = file("<file>http://files.example/x.mstmpl</file>");
    assert_eq!(own.location, FileLocation::Url("https://files.example/x.mstmpl".parse().unwrap()));
    let body = "<file>http://127.0.0.1:81/x.mstmpl</file>";
    let local = parse_at("http://localhost:80/", body).unwrap().file.unwrap();
    assert_eq!(local.location, FileLocation::Url("http://127.0.0.1:81/x.mstmpl".parse().unwrap()));
}

#[test]
fn other_addresses_are_refused_without_repeating_their_credentials() {
    let cases = [
        ("http://other.example/x.msi?token=1", "http://other.example/x.msi"),
        ("http://127.0.0.1/x.msi", "http://127.0.0.1/x.msi"),
        ("ftp://files.example/x.msi", "ftp://files.example/x.msi"),
        ("file:///C:/x.msi", "file:///C:/x.msi"),
        ("https://ivan:secret@files.example/x.msi", "https://files.example/x.msi"),
    ];
    for (text, address) in cases {
        let fault = parse_body(&format!("<file>{text}</file>")).unwrap_err();
        assert_eq!(fault, Fault::Address { address: address.into() });
    }
    let fault = parse_body("<file>https://</file>").unwrap_err();
    assert_eq!(fault, value_fault("file", "https://"));
}

#[test]
fn a_file_that_leaves_its_folder_or_has_no_possible_name_is_refused() {
    let names = [
        "../x.msi",
        "/x.msi",
        r"a\x.msi",
        r"\\host\share\x.msi",
        "C:/x.msi",
        "a//x.msi",
        "mailto:x",
        "con.msi",
        "x.",
    ];
    for flag in ["true", "false"] {
        for name in names {
            let body = format!("<fromdownloads>{flag}</fromdownloads><file>{name}</file>");
            let fault = parse_body(&body).unwrap_err();
            assert_eq!(fault, Fault::Path { element: "file".into(), text: name.into() });
        }
    }
    let body = "<fromdownloads>true</fromdownloads><file>https://files.example/x.msi</file>";
    assert!(matches!(parse_body(body), Err(Fault::Path { .. })));
    for url in [
        "https://cdn.example/",
        "https://cdn.example/a%2Fb",
        "https://cdn.example/a%5Cb",
        "https://cdn.example/nul",
    ] {
        let fault = parse_body(&format!("<file>{url}</file>")).unwrap_err();
        assert!(matches!(fault, Fault::Path { .. }), "{url}");
    }
    let long = "x".repeat(100_000);
    let fault = parse_body(&format!("<file>{long}</file>")).unwrap_err();
    assert_eq!(fault, Fault::Path { element: "file".into(), text: long[..80].into() });
}

#[test]
fn a_value_that_is_not_understood_makes_the_release_unusable() {
    let cases = [
        ("date", "2025-10-29"),
        ("date", "31.02.2025"),
        ("date", "1.2.2025"),
        ("date", "01.02.20255"),
        ("date", "01.02.2025 25:00:00"),
        ("fromdownloads", "perhaps"),
        ("forced", "2"),
        ("showforall", "-"),
        ("distribution", "101"),
        ("distribution", "-1"),
        ("size", "0"),
        ("size", "+5"),
        ("size", "99999999999999999999"),
        ("sha256", "abc"),
        ("fromVersions", "newer"),
    ];
    for (element, text) in cases {
        let fault = parse_body(&format!("<{element}>{text}</{element}>")).unwrap_err();
        assert_eq!(fault, value_fault(element, text));
    }
    for element in ["version", "minPlatform", "clientVersion"] {
        let fault = parse_body(&format!("<{element}>1.-2</{element}>")).unwrap_err();
        let error = version::Error::NotANumber("1.-2".into());
        assert_eq!(fault, Fault::Version { element: element.into(), error });
    }
}

#[test]
fn a_description_of_another_version_is_refused() {
    let fault = parse_body("<version>1.6.3.7284</version>").unwrap_err();
    let (expected, found) = (Version::new(1, 6, 3, 7283), Version::new(1, 6, 3, 7284));
    assert_eq!(fault, Fault::OtherVersion { expected, found });
}

#[test]
fn a_page_in_place_of_a_description_is_a_fault() {
    let feed = Feed::named("Sklad15").unwrap();
    let context = Context { feed: &feed, version: Version::new(1, 2, 3, 4), dir: DIR, sites: &[] };
    let page = parse(b"<html><body>Log in</body></html>", "update.ru.xml", &context);
    let wrong_root = FileFault::WrongRoot {
        file: "update.ru.xml".into(),
        expected: "update".into(),
        found: "html".into(),
    };
    assert_eq!(page, Err(Fault::File(wrong_root)));
}

#[test]
fn endless_notes_are_cut_between_two_letters_and_say_so() {
    let feed = Feed::named("Sklad15").unwrap();
    let context =
        Context { feed: &feed, version: "1.2".parse().unwrap(), dir: "updates/Sklad15/1.2", sites: &[] };
    let notes = |text: &str| {
        let text = format!("<update><description>{text}</description></update>");
        parse(text.as_bytes(), "update.xml", &context).unwrap().notes
    };
    let whole = "я".repeat(LONGEST_NOTES_BYTES / 2);
    assert_eq!(notes(&whole), whole);
    let cut = notes(&format!("{whole}я"));
    assert!(cut.len() <= LONGEST_NOTES_BYTES && cut.len() > LONGEST_NOTES_BYTES - 8, "{}", cut.len());
    assert!(cut.ends_with("я\n…"));
}
