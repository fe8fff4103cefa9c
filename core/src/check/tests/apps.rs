//! Mobile apps for Android: asked for once, in a check of everything, where some base has devices.

use super::*;
use crate::machine::{AppLinks, Base, Device};

const LIST: &str = "updates/Android/versions.xml";

fn base(id: &str, devices: &[&str]) -> Base {
    let device = |id: &&str| Device { id: (*id).to_owned(), ..Device::default() };
    Base {
        client_version: Some(version("3.3.0.28766")),
        devices: devices.iter().map(device).collect(),
        ..crate::fixtures::base(id, "P00", "1.0.0.1")
    }
}

fn pc(bases: Vec<Base>) -> Machine {
    Machine { bases, ..machine("3.3.46.29552", &[]) }
}

fn tree() -> Tree {
    Tree::new()
        .release("Platform4", TreeRelease::new("3.3.46.29552"))
        .release("P00", TreeRelease::new("1.0.0.1"))
}

fn with_apps(feed: &str, versions: &[&str]) -> Tree {
    versions.iter().fold(tree(), |tree, version| {
        tree.release(feed, TreeRelease::new(version).language("ru").beside("app.apk", "apk").stated())
    })
}

fn versions(available: &Available) -> Vec<String> {
    available.releases.as_ref().unwrap().iter().map(|release| release.version.to_string()).collect()
}

fn requests(setup: &Setup) -> Vec<String> {
    setup.site.seen().into_iter().map(|seen| seen.path).filter(|path| path.contains("Android")).collect()
}

/// A check of a PC with devices, on which nothing else is wrong.
async fn found(setup: &Setup) -> Report {
    let report = setup.check().await.unwrap();
    assert!(report.is_complete());
    assert!(report.items.iter().all(|item| item.state == State::UpToDate), "{:?}", report.items);
    assert_eq!(report.apps.len(), 1);
    report
}

#[tokio::test]
async fn apps_above_what_the_devices_have_are_in_the_report() {
    let tree = with_apps("Android", &["3.2.0.1", "3.3.0.28766", "3.3.0.30000", "3.4.0.46990"]);
    let setup = Setup::new(pc(vec![base("a", &["ТСД 1", "ТСД 2"]), base("b", &["ТСД 3"])]), &tree);
    let report = found(&setup).await;
    assert_eq!(report.apps[0].feed, Feed::android());
    assert_eq!(versions(&report.apps[0]), ["3.4.0.46990", "3.3.0.30000"]);
    let file = report.apps[0].releases.as_ref().unwrap()[0].file.as_ref().unwrap();
    assert!(file.sha256.is_some() && file.name == "app.apk", "{file:?}");
    assert_eq!(report.problems, []);
    let lists = requests(&setup).iter().filter(|path| path.ends_with(LIST)).count();
    assert_eq!(lists, 1, "however many bases there are");
    // It is kept with the rest of the report.
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("report.json");
    report.save(&path).unwrap();
    assert_eq!(Report::load(&path).unwrap(), Some(report));
}

#[tokio::test]
async fn a_source_without_apps_costs_one_request_and_is_no_problem() {
    let setup = Setup::new(pc(vec![base("a", &["ТСД 1"])]), &tree());
    let report = found(&setup).await;
    assert_eq!(report.apps[0].releases, Ok(Vec::new()));
    assert_eq!(report.problems, []);
    assert_eq!(requests(&setup).len(), 1);
}

#[tokio::test]
async fn a_list_that_cannot_be_read_is_unknown_and_a_problem_but_no_failure() {
    let setup = Setup::new(pc(vec![base("a", &["ТСД 1"])]), &with_apps("Android", &["3.4.0.1"]));
    for behaviour in [Behaviour::Status(503), Behaviour::Status(403), Behaviour::CutAfter(5)] {
        setup.site.misbehave(LIST, behaviour);
        let report = found(&setup).await;
        let error = report.apps[0].releases.as_ref().unwrap_err();
        assert_eq!(error.path, LIST);
        let problem = catalogue::Problem { path: LIST.to_owned(), fault: error.fault.clone(), unread: None };
        assert_eq!(report.problems, [Problem::Source(problem)]);
    }
    setup.site.behave(LIST);
    setup.site.put(LIST, "<update><versi");
    assert!(matches!(
        &found(&setup).await.apps[0].releases,
        Err(catalogue::Error { fault: Fault::File(_), .. })
    ));
}

#[tokio::test]
async fn a_newer_app_that_is_listed_and_cannot_be_read_is_not_taken_for_none() {
    let setup = Setup::new(pc(vec![base("a", &["ТСД 1"])]), &with_apps("Android", &["3.4.0.1", "3.4.0.2"]));
    let description = |version: &str| format!("updates/Android/{version}/update.ru.xml");
    setup.site.put(&description("3.4.0.2"), "<update><versi");
    let report = found(&setup).await;
    assert_eq!(versions(&report.apps[0]), ["3.4.0.1"], "the other may still be had");
    let [Problem::Source(problem)] = &report.problems[..] else { panic!("{:?}", report.problems) };
    assert_eq!((&problem.path, problem.unread), (&description("3.4.0.2"), Some(version("3.4.0.2"))));

    setup.site.put(&description("3.4.0.1"), "<update><versi");
    let report = found(&setup).await;
    assert_eq!(report.apps[0].releases.as_ref().unwrap_err().path, description("3.4.0.2"));
    assert_eq!(report.problems.len(), 2);

    setup.site.put(LIST, "<versions><version name='newest'/><version name='3.3.0.1'/></versions>");
    assert_eq!(found(&setup).await.apps[0].releases.as_ref().unwrap_err().path, LIST);
}

#[tokio::test]
async fn nobody_asks_for_apps_without_devices_or_for_single_items() {
    let apps = with_apps("Android", &["3.4.0.1"]);
    let remote = Base { kind: machine::Kind::Remote, ..base("b", &["ТСД 1"]) };
    let setup = Setup::new(pc(vec![base("a", &[]), remote]), &apps);
    assert_eq!(setup.check().await.unwrap().apps, []);
    assert_eq!(requests(&setup), [""; 0]);

    let with_device = || Setup::new(pc(vec![base("a", &["ТСД 1"])]), &apps);
    for id in ["a", offer::PLATFORM] {
        let setup = with_device().only(id);
        assert_eq!(setup.check().await.unwrap().apps, []);
        assert_eq!(requests(&setup), [""; 0]);
    }
    let setup = Setup { up_to: Some(version("3.4.46.1")), ..with_device() };
    assert_eq!(setup.check().await.unwrap().apps, []);
    assert_eq!(requests(&setup), [""; 0]);
}

#[tokio::test]
async fn a_products_own_place_is_asked_for_besides_the_usual_one() {
    let update = Some("https://other.example/updates/Shop/Android/".to_owned());
    let own = Base { app_links: AppLinks { update, store: None }, ..base("b", &["ТСД 2"]) };
    let setup = Setup::new(pc(vec![base("a", &["ТСД 1"]), own]), &with_apps("Shop/Android", &["3.4.0.1"]));
    let report = setup.check().await.unwrap();
    let feeds: Vec<(&str, Vec<String>)> =
        report.apps.iter().map(|one| (one.feed.as_str(), versions(one))).collect();
    assert_eq!(feeds, [("Android", vec![]), ("Shop/Android", vec!["3.4.0.1".to_owned()])]);
}

#[tokio::test]
async fn a_source_that_answers_nothing_is_asked_for_no_apps() {
    let setup = Setup::new(pc(vec![base("a", &["ТСД 1"])]), &tree());
    for feed in ["Platform4", "P00"] {
        setup.site.misbehave(&format!("updates/{feed}/versions.xml"), Behaviour::Status(503));
    }
    let failure = setup.check().await.unwrap_err();
    assert_eq!(failure.report.apps, []);
    assert_eq!(requests(&setup), [""; 0]);
}
