use std::fs;
use std::path::Path;
use std::time::Duration;

use tokio::time::Instant;

use super::*;
use crate::http::{Http, HttpOptions};
use crate::machine::FileFault;
use crate::source::Source;

/// A folder source with the feed `Sklad15` (or a platform's): `versions.xml` and files beside it.
struct Tree {
    dir: tempfile::TempDir,
    feed: Feed,
}

impl Tree {
    fn of(feed: &str, versions: &[&str]) -> Self {
        let tree = Self { dir: tempfile::tempdir().unwrap(), feed: Feed::named(feed).unwrap() };
        let entries: Vec<String> = versions.iter().map(|name| format!("<version name='{name}'/>")).collect();
        tree.write("versions.xml", &format!("<update><versions>{}</versions></update>", entries.concat()));
        tree
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.dir.path().join("updates").join(self.feed.as_str()).join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    async fn load(&self, wanted: Wanted, language: &str) -> Result<Catalogue, Error> {
        let http = Http::new(&HttpOptions::default()).unwrap();
        let root = self.dir.path().to_str().unwrap();
        let source = Source::open(root, &http, Path::new("unused")).unwrap();
        let deadline = Instant::now() + Duration::from_mins(1);
        load(&Inquiry::new(&source, deadline), &self.feed, wanted, language).await
    }
}

fn version(text: &str) -> Version {
    text.parse().unwrap()
}

fn newer_than(versions: &[&str]) -> Wanted {
    Wanted::NewerThan(versions.iter().map(|text| version(text)).collect())
}

fn versions(catalogue: &Catalogue) -> Vec<String> {
    catalogue.releases.iter().map(|release| release.version.to_string()).collect()
}

#[tokio::test]
async fn releases_newer_than_the_oldest_installed_version_come_newest_first() {
    let names = ["1.5.1.640", "1.6.10.1", "1.6.2.6493", "1.3.0.909", "1.6.3.7283"];
    let tree = Tree::of("Sklad15", &names);
    for name in names {
        tree.write(&format!("{name}/update.xml"), &format!("<update><version>{name}</version></update>"));
    }
    let catalogue = tree.load(newer_than(&["1.6.3.7283", "1.5.1.640"]), "ru").await.unwrap();
    assert_eq!(versions(&catalogue), ["1.6.10.1", "1.6.3.7283", "1.6.2.6493"]);
    assert_eq!(catalogue.problems, []);
    assert_eq!(versions(&tree.load(newer_than(&[]), "ru").await.unwrap()).len(), 5);
    let exact = tree.load(Wanted::Exactly(version("1.3.0.909")), "ru").await.unwrap();
    assert_eq!(versions(&exact), ["1.3.0.909"]);
}

#[tokio::test]
async fn platform_builds_of_another_flavour_are_not_asked_for() {
    let names = ["3.4.35.40367", "3.4.46.31745", "3.3.46.29552", "4.0.0.50000", "3.4.0.40367"];
    let tree = Tree::of("Platform4", &names);
    for name in names {
        tree.write(&format!("{name}/update.xml"), "<update/>");
    }
    let catalogue = tree.load(newer_than(&["3.3.46.29552"]), "ru").await.unwrap();
    assert_eq!(versions(&catalogue), ["4.0.0.50000", "3.4.0.40367", "3.4.46.31745"]);
}

#[tokio::test]
async fn a_description_falls_back_to_the_one_without_a_language() {
    let tree = Tree::of("Sklad15", &["1.2", "1.3"]);
    tree.write("1.2/update.ru.xml", "<update description='по-русски'/>");
    tree.write("1.2/update.xml", "<update description='neutral'/>");
    tree.write("1.3/update.xml", "<update description='neutral'/>");
    let catalogue = tree.load(newer_than(&[]), "ru-RU").await.unwrap();
    let notes: Vec<&str> = catalogue.releases.iter().map(|release| release.notes.as_str()).collect();
    assert_eq!(notes, ["neutral", "по-русски"]);
}

#[tokio::test]
async fn a_broken_description_is_a_problem_that_names_the_version_and_the_others_count() {
    let tree = Tree::of("Sklad15", &["1.1", "1.2", "1.3", "1.2", "x", "1.4' path='../1.4"]);
    tree.write("1.1/update.xml", "<update/>");
    tree.write("1.2/update.ru.xml", "<html/>");
    tree.write("1.2/update.xml", "<update/>");
    let catalogue = tree.load(newer_than(&[]), "ru").await.unwrap();
    assert_eq!(versions(&catalogue), ["1.1"]);
    let file = "update.ru.xml".to_owned();
    let wrong_root = FileFault::WrongRoot { file, expected: "update".into(), found: "html".into() };
    let list = "updates/Sklad15/versions.xml";
    let expected = [
        (list, Fault::Duplicate { version: version("1.2") }, None),
        (
            list,
            Fault::Version { element: "name".into(), error: crate::version::Error::NotANumber("x".into()) },
            None,
        ),
        (list, Fault::Path { element: "path".into(), text: "../1.4".into() }, Some(version("1.4"))),
        ("updates/Sklad15/1.3/update.xml", Fault::Source(source::Fault::NotFound), Some(version("1.3"))),
        ("updates/Sklad15/1.2/update.ru.xml", Fault::File(wrong_root), Some(version("1.2"))),
    ];
    let expected = expected.map(|(path, fault, unread)| Problem { path: path.to_owned(), fault, unread });
    assert_eq!(catalogue.problems, expected);
    assert!(catalogue.incomplete);
}

#[tokio::test]
async fn a_list_that_is_missing_or_broken_is_an_error_and_never_an_empty_catalogue() {
    let tree = Tree::of("Sklad15", &[]);
    assert_eq!(tree.load(newer_than(&[]), "ru").await, Ok(Catalogue::default()));
    tree.write("versions.xml", "<!DOCTYPE html><html><head><title>Log in");
    let error = tree.load(newer_than(&[]), "ru").await.unwrap_err();
    assert_eq!(error.path, "updates/Sklad15/versions.xml");
    assert!(matches!(error.fault, Fault::File(FileFault::NotXml { .. })), "{error:?}");
    let missing = Tree { dir: tempfile::tempdir().unwrap(), feed: Feed::named("Sklad15").unwrap() };
    let error = missing.load(newer_than(&[]), "ru").await.unwrap_err();
    assert_eq!(error.fault, Fault::Source(source::Fault::NotFound));
}

#[tokio::test]
async fn an_endless_list_is_read_as_far_as_is_sane_and_says_so() {
    let names: Vec<String> = (0..600).map(|number| format!("1.{number}")).collect();
    let tree = Tree::of("Sklad15", &names.iter().map(String::as_str).collect::<Vec<_>>());
    let catalogue = tree.load(newer_than(&[]), "ru").await.unwrap();
    assert_eq!(catalogue.problems.len(), 501);
    let fault = Fault::Value { element: "versions".into(), text: "600 entries".into() };
    assert_eq!(catalogue.problems[0].fault, fault);
    assert!(catalogue.incomplete);
}

#[test]
fn the_language_becomes_a_harmless_part_of_a_name() {
    assert_eq!(primary("ru-RU"), "ru");
    assert_eq!(primary("EN_us"), "en");
    assert_eq!(primary("../x"), "");
}
