//! Whole feeds: from a site, from a folder, broken in every way.

use std::path::Path;

use smarts_core::catalogue::{Fault, FileLocation, Problem};
use smarts_core::machine::FileFault;
use smarts_core::source::{self, Place, Source};
use smarts_core::version::{self, Version};
use smarts_tests::site::{Behaviour, ServedFile, Site};
use smarts_tests::tree::{Tree, TreeRelease};

use super::{at, at_with, hasty_http, http, load_all};

fn tree() -> Tree {
    let release = |version: &str, notes: &str| TreeRelease::new(version).with("description", notes);
    Tree::new()
        .release("Sklad15", release("1.6.2.6493", "Средняя").with("date", "05.05.2025"))
        .release("Sklad15", release("1.6.3.7283", "Новая").path("new").download("WH15.mstmpl", "15").stated())
        .release("Sklad15", release("1.6.1.5492", "Старая").language("ru").beside("Склад 15.mstmpl", "old"))
}

fn version(text: &str) -> Version {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_site_and_a_folder_with_one_tree_have_one_catalogue_newest_first() {
    let site = Site::serve(&tree()).unwrap();
    let at_site = at(&site);
    let dir = tempfile::tempdir().unwrap();
    tree().write_to(dir.path()).unwrap();
    let in_folder = Source::open(dir.path().to_str().unwrap(), &http(), Path::new("unused")).unwrap();

    let catalogue = load_all(&at_site.source, "Sklad15").await.unwrap();
    assert_eq!(load_all(&in_folder, "Sklad15").await.as_ref(), Ok(&catalogue));
    assert_eq!(catalogue.problems, []);
    let notes: Vec<&str> = catalogue.releases.iter().map(|release| release.notes.as_str()).collect();
    assert_eq!(notes, ["Новая", "Средняя", "Старая"]);
    assert_eq!(catalogue.releases[1].date, Some(jiff::civil::date(2025, 5, 5)));

    let new = catalogue.releases[0].file.as_ref().unwrap();
    assert_eq!(
        (new.size, new.location.clone()),
        (Some(2), FileLocation::InSource("downloads/WH15.mstmpl".into()))
    );
    let place = at_site.source.locate(new).await.unwrap().place;
    assert_eq!(place, Place::Url(site.url("downloads/WH15.mstmpl").parse().unwrap()));
    let old = catalogue.releases[2].file.as_ref().unwrap();
    let path = dir.path().join("updates/Sklad15/1.6.1.5492/Склад 15.mstmpl");
    assert_eq!(in_folder.locate(old).await.unwrap().place, Place::Path(path));
}

#[tokio::test]
async fn an_unchanged_site_answers_304_to_every_request() {
    let tree = (1..=20).fold(Tree::new(), |tree, number| {
        tree.release("A", TreeRelease::new(&format!("1.{number}")).language("ru"))
    });
    let site = Site::serve(&tree).unwrap();
    let at = at(&site);
    let first = load_all(&at.source, "A").await.unwrap();
    site.forget();
    let next_run = Source::open(&site.root(), &http(), at.cache.path()).unwrap();
    assert_eq!(load_all(&next_run, "A").await.unwrap(), first);
    let seen = site.seen();
    assert_eq!(seen.len(), 21);
    assert!(seen.iter().all(|seen| seen.status == 304 && seen.sent == 0));
}

#[tokio::test]
async fn every_kind_of_broken_entry_is_a_problem_with_its_fault_and_the_others_count() {
    let broken = |version: &str, element: &str, text: &str| TreeRelease::new(version).with(element, text);
    let tree = tree()
        .entry(
            "Sklad15",
            "<version name='1.7.-1'/><version name='1.7' path='../x'/><version name='1.6.3.7283'/>",
        )
        .entry("Sklad15", "<version name='1.8'/>")
        .release("Sklad15", broken("2.1", "date", "soon"))
        .release("Sklad15", broken("2.2", "sha256", "12"))
        .release("Sklad15", broken("2.3", "file", "../../x.msi"))
        .release("Sklad15", broken("2.4", "file", "http://other.example/x.msi?token=secret"))
        .release("Sklad15", broken("2.5", "minPlatform", "3.x"))
        .release("Sklad15", broken("2.6", "fromVersions", "all"))
        .entry("Sklad15", "<version name='2.7'/><version name='2.8'/><version name='2.9'/>")
        .file("updates/Sklad15/2.7/update.xml", "<update><version>2.70</version></update>")
        .file("updates/Sklad15/2.8/update.xml", "<!DOCTYPE update><update/>")
        .file("updates/Sklad15/2.9/update.xml", "<update/>");
    let site = Site::serve(&tree).unwrap();
    site.misbehave("updates/Sklad15/2.9/update.ru.xml", Behaviour::Status(403));
    let catalogue = load_all(&at(&site).source, "Sklad15").await.unwrap();
    assert_eq!(catalogue.releases.len(), 3);

    let value = |element: &str, text: &str| Fault::Value { element: element.into(), text: text.into() };
    let not_a_version = |element: &str, text: &str| Fault::Version {
        element: element.into(),
        error: version::Error::NotANumber(text.into()),
    };
    let path = |element: &str, text: &str| Fault::Path { element: element.into(), text: text.into() };
    let in_list = [
        (not_a_version("name", "1.7.-1"), None),
        (path("path", "../x"), Some(version("1.7"))),
        (Fault::Duplicate { version: version("1.6.3.7283") }, None),
    ];
    let list =
        in_list.map(|(fault, unread)| Problem { path: "updates/Sklad15/versions.xml".into(), fault, unread });
    assert!(catalogue.incomplete);
    assert_eq!(catalogue.problems[..3], list);
    let status = source::Fault::Status { host: site.host(), status: 403 };
    let of_versions = [
        ("2.9", "update.ru.xml", Fault::Source(status)),
        ("2.7", "update.xml", Fault::OtherVersion { expected: version("2.7"), found: version("2.70") }),
        ("2.6", "update.xml", value("fromVersions", "all")),
        ("2.5", "update.xml", not_a_version("minPlatform", "3.x")),
        ("2.4", "update.xml", Fault::Address { address: "http://other.example/x.msi".into() }),
        ("2.3", "update.xml", path("file", "../../x.msi")),
        ("2.2", "update.xml", value("sha256", "12")),
        ("2.1", "update.xml", value("date", "soon")),
        ("1.8", "update.xml", Fault::Source(source::Fault::NotFound)),
    ];
    let of_versions = of_versions.map(|(name, file, fault)| Problem {
        path: format!("updates/Sklad15/{name}/{file}"),
        fault,
        unread: Some(version(name)),
    });
    let (with_doctype, others): (Vec<_>, Vec<_>) =
        catalogue.problems[3..].iter().cloned().partition(|problem| problem.unread == Some(version("2.8")));
    assert!(matches!(with_doctype[..], [Problem { fault: Fault::File(FileFault::NotXml { .. }), .. }]));
    assert_eq!(others, of_versions);
}

#[tokio::test]
async fn a_list_that_is_refused_missing_or_a_page_is_an_error() {
    let list = "updates/Sklad15/versions.xml";
    let site = Site::serve(&tree()).unwrap();
    let at = at(&site);
    for status in [403, 500, 404] {
        site.misbehave(list, Behaviour::Status(status));
        let error = load_all(&at.source, "Sklad15").await.unwrap_err();
        assert_eq!(error.path, list);
        let expected = match status {
            404 => source::Fault::NotFound,
            _ => source::Fault::Status { host: site.host(), status },
        };
        assert_eq!(error.fault, Fault::Source(expected));
    }
    site.behave(list);
    let page = b"<html><head><title>Log in</title></head><body/></html>";
    let content_type = Some("text/html".to_owned());
    site.put_file(list, ServedFile { bytes: page.to_vec(), content_type, ..ServedFile::default() });
    let error = load_all(&at.source, "Sklad15").await.unwrap_err();
    assert!(matches!(error.fault, Fault::File(FileFault::WrongRoot { .. })), "{error:?}");
}

#[tokio::test]
async fn a_refusal_of_the_description_in_ones_language_is_not_its_absence() {
    let site = Site::serve(&tree()).unwrap();
    site.misbehave("updates/Sklad15/new/update.ru.xml", Behaviour::Status(500));
    let catalogue = load_all(&at(&site).source, "Sklad15").await.unwrap();
    assert_eq!(catalogue.releases.len(), 2);
    assert_eq!(catalogue.problems[0].unread, Some(version("1.6.3.7283")));
    assert!(!site.seen().iter().any(|seen| seen.path == "updates/Sklad15/new/update.xml"));
}

#[tokio::test]
async fn a_source_that_falls_silent_is_not_asked_for_the_rest() {
    let tree = (1..=40).fold(Tree::new(), |tree, number| {
        tree.release("A", TreeRelease::new(&format!("1.{number}")).language("ru"))
    });
    let site = Site::serve(&tree).unwrap();
    for number in 1..=40 {
        site.misbehave(&format!("updates/A/1.{number}/update.ru.xml"), Behaviour::HoldAfter(0));
    }
    let catalogue = load_all(&at_with(&site, &hasty_http()).source, "A").await.unwrap();
    assert_eq!(catalogue.releases, []);
    let unread: Vec<_> = catalogue.problems.iter().map(|problem| problem.unread).collect();
    let expected: Vec<_> = (1..=40).rev().map(|number| Some(version(&format!("1.{number}")))).collect();
    assert_eq!(unread, expected);
    assert!(site.seen().len() <= 17, "{}", site.seen().len());
}
