//! Older releases that are read so that the last covered one can be named.

use jiff::civil::Date;
use smarts_tests::publisher::Publisher;
use smarts_tests::site::Seen;

use super::*;
use crate::fixtures::HISTORY;
use crate::machine::{Base, Device};
use crate::subscription::Record;

const PRODUCT: &str = "P00";
const DEVICE: &str = "ТСД 1";

/// Until these days, for devices of these names.
fn until(ends: &[(&str, &str)]) -> Subscriptions {
    let records = ends.iter().map(|(device, until)| Record::of(device, "", until, "", "").unwrap()).collect();
    Subscriptions { records, ..Subscriptions::nothing("KASSA-1") }
}

fn base(id: &str, product: &str, installed: &str, device: &str) -> Base {
    let devices = vec![Device { id: device.to_owned(), last_seen: None, ..Device::default() }];
    Base { devices, ..crate::fixtures::base(id, product, installed) }
}

fn pc(bases: Vec<Base>) -> Machine {
    Machine { bases, ..Machine::default() }
}

fn with_history(tree: Tree, product: &str) -> Tree {
    HISTORY.iter().fold(tree, |tree, (version, released)| {
        let day: Date = released.parse().unwrap();
        let written = day.strftime("%d.%m.%Y").to_string();
        tree.release(product, TreeRelease::new(version).language("ru").with("date", &written))
    })
}

/// The whole history as releases of these products, described in Russian.
fn tree(products: &[&str]) -> Tree {
    products.iter().fold(Tree::new(), |tree, product| with_history(tree, product))
}

fn setup(installed: &str, last_day: &str) -> Setup {
    let machine = pc(vec![base("a", PRODUCT, installed, DEVICE)]);
    Setup { subscriptions: until(&[(DEVICE, last_day)]), ..Setup::new(machine, &tree(&[PRODUCT])) }
}

impl Setup {
    /// As if all that was kept had been kept so many days before the next check.
    fn keep_for(&self, days: u32) {
        let day = Duration::from_hours(24);
        for entry in std::fs::read_dir(self.cache.path()).unwrap() {
            let file = std::fs::File::options().write(true).open(entry.unwrap().path()).unwrap();
            file.set_modified(std::time::UNIX_EPOCH - day * days).unwrap();
        }
    }
}

fn description(version: &str) -> String {
    format!("updates/{PRODUCT}/{version}/update.ru.xml")
}

fn covered(report: &Report) -> Vec<Option<String>> {
    report.items.iter().map(|item| item.covered.map(|version| version.to_string())).collect()
}

/// Which versions of products were described, in the order they were asked for.
fn described(seen: &[Seen]) -> Vec<&str> {
    let asked = seen.iter().filter(|seen| !seen.path.ends_with("versions.xml"));
    asked.map(|seen| seen.path.split('/').rev().nth(1).unwrap()).collect()
}

#[tokio::test]
async fn where_the_installed_release_is_covered_it_is_the_only_older_one_that_is_read() {
    let setup = setup("1.6.3.7283", "2027-01-01");
    let report = setup.check().await.unwrap();
    assert_eq!(report.items[0].state, State::UpToDate);
    assert_eq!(covered(&report), [Some("1.6.3.7283".to_owned())]);
    assert_eq!(described(&setup.site.seen()), ["1.6.3.7283"]);
}

#[tokio::test]
async fn older_releases_are_read_newest_first_until_one_is_covered() {
    let setup = setup("1.6.2.6493", "2024-12-31");
    let report = setup.check().await.unwrap();
    assert_eq!(covered(&report), [Some("1.6.2.6128".to_owned())]);
    let expected = ["1.6.3.7283", "1.6.3.6708", "1.6.2.6493", "1.6.2.6128"];
    let seen = setup.site.seen();
    assert_eq!(described(&seen)[2], expected[2], "the newer ones come side by side");
    assert_eq!(described(&seen).len(), expected.len() + 1, "after the first, two at a time");
    let former: Vec<String> = report.items[0].former.iter().map(|one| one.version.to_string()).collect();
    assert_eq!(former, expected[2..]);
}

#[tokio::test]
async fn nothing_older_is_read_where_something_newer_is_covered_or_nothing_is_known() {
    let known = setup("1.6.2.6493", "2025-07-25");
    assert_eq!(covered(&known.check().await.unwrap()), [Some("1.6.3.6708".to_owned())]);
    assert_eq!(known.site.seen().len(), 3, "{:?}", known.site.seen());
    for subscriptions in [until(&[]), until(&[("stranger", "2018-01-01")])] {
        let nothing = Setup { subscriptions, ..setup("1.6.3.7283", "2018-01-01") };
        assert_eq!(covered(&nothing.check().await.unwrap()), [None]);
        assert_eq!(nothing.site.seen().len(), 1, "{:?}", nothing.site.seen());
    }
}

#[tokio::test]
async fn nothing_is_covered_by_a_subscription_that_ended_before_the_first_release() {
    let setup = setup("1.6.3.7283", "2018-10-07");
    assert_eq!(covered(&setup.check().await.unwrap()), [None]);
    assert_eq!(described(&setup.site.seen()).len(), HISTORY.len());
}

#[tokio::test]
async fn bases_of_one_product_share_what_is_read_and_each_has_its_own() {
    let bases =
        [("new", "1.6.3.7283", "ТСД 1"), ("newer", "1.6.2.6493", "ТСД 2"), ("old", "1.6.2.6128", "ТСД 3")];
    let bases = bases.map(|(id, installed, device)| base(id, PRODUCT, installed, device));
    // An id that reads as this program's is that of a base like any other.
    let named = base(offer::UPDATER, PRODUCT, "1.6.3.7283", "ТСД 1");
    let machine = with_updater(pc(bases.into_iter().chain([named]).collect()), "0.1.0");
    let subscriptions = until(&[("ТСД 1", "2025-05-05"), ("ТСД 2", "2024-06-25"), ("ТСД 3", "2024-12-31")]);
    let tree = tree(&[PRODUCT]).release(Feed::updater().as_str(), TreeRelease::new("0.1.0"));
    let setup = Setup { subscriptions, ..Setup::new(machine, &tree) };
    let report = setup.check().await.unwrap();
    let expected = [Some("1.6.2.6493"), Some("1.6.1.5492"), Some("1.6.2.6128"), Some("1.6.2.6493"), None];
    assert_eq!(covered(&report), expected.map(|version| version.map(str::to_owned)));
    let seen = setup.site.seen();
    assert_eq!(described(&seen).len(), 6, "{:?}", described(&seen));
}

#[tokio::test]
async fn a_release_for_other_bases_does_not_end_the_search() {
    let tree = Tree::new()
        .release(PRODUCT, TreeRelease::new("1.0.0.1").with("date", "01.01.2020"))
        .release(PRODUCT, TreeRelease::new("1.0.0.2").with("date", "01.02.2020").with("updateTags", "UT103"))
        .release(PRODUCT, TreeRelease::new("1.0.0.3"));
    let other = Base { tag: Some("KA20".to_owned()), ..base("a", PRODUCT, "1.0.0.3", DEVICE) };
    let subscriptions = until(&[(DEVICE, "2020-12-31")]);
    let setup = Setup { subscriptions, ..Setup::new(pc(vec![other]), &tree) };
    assert_eq!(covered(&setup.check().await.unwrap()), [Some("1.0.0.1".to_owned())]);
}

#[tokio::test]
async fn of_the_platform_only_builds_of_its_flavour_are_read() {
    let builds = ["3.3.46.29552", "3.3.35.29551", "3.3.46.26738"];
    let tree = builds.into_iter().fold(Tree::new(), |tree, build| {
        tree.release("Platform4", TreeRelease::new(build).language("ru").with("date", "01.06.2023"))
    });
    let local = base("a", PRODUCT, "1.0.0.1", DEVICE);
    let platform = machine::Platform { version: version("3.3.46.29552"), install_dir: None };
    let machine = Machine { platform: Some(platform), ..pc(vec![local]) };
    let subscriptions = until(&[(DEVICE, "2023-05-31")]);
    let setup = Setup { subscriptions, ..Setup::new(machine, &tree).only(offer::PLATFORM) };
    assert_eq!(covered(&setup.check().await.unwrap()), [None]);
    assert_eq!(described(&setup.site.seen()), ["3.3.46.29552", "3.3.46.26738"]);
}

#[tokio::test]
async fn of_a_plain_site_older_releases_are_asked_for_just_once() {
    let bases: Vec<Base> =
        product_names(40).iter().map(|name| base(name, name, "1.6.3.7283", DEVICE)).collect();
    let tree = product_names(40).iter().fold(Tree::new(), |tree, product| with_history(tree, product));
    let subscriptions = until(&[(DEVICE, "2025-07-25")]);
    let setup = Setup { subscriptions, ..Setup::new(pc(bases), &tree) };
    let first = setup.check().await.unwrap();
    assert!(covered(&first).iter().all(|covered| covered.as_deref() == Some("1.6.3.6708")), "{first:?}");
    assert_eq!(setup.site.seen().len(), 40 * (1 + 1 + 2), "the list, the first, and two more");
    for _ in 0..2 {
        setup.site.forget();
        setup.keep_for(29);
        assert_eq!(setup.check().await.unwrap(), first);
        let seen = setup.site.seen();
        assert_eq!((seen.len(), described(&seen).len()), (40, 0), "{seen:?}");
        assert!(seen.iter().all(|seen| seen.status == 304), "{seen:?}");
    }
}

#[tokio::test]
async fn what_is_kept_for_a_month_is_asked_for_again_so_that_a_corrected_day_counts() {
    let setup = setup("1.6.3.7283", "2025-07-25");
    assert_eq!(covered(&setup.check().await.unwrap()), [Some("1.6.3.6708".to_owned())]);
    let corrected = TreeRelease::new("1.6.3.6708").language("ru").with("date", "26.07.2025");
    for (path, bytes) in Tree::new().release(PRODUCT, corrected).files() {
        if path == description("1.6.3.6708") {
            setup.site.put(&path, bytes);
        }
    }
    setup.keep_for(29);
    assert_eq!(covered(&setup.check().await.unwrap()), [Some("1.6.3.6708".to_owned())]);
    setup.keep_for(31);
    setup.site.forget();
    assert_eq!(covered(&setup.check().await.unwrap()), [Some("1.6.2.6493".to_owned())]);
    let unchanged = setup.site.seen().iter().filter(|seen| seen.status == 304).count();
    assert_eq!((setup.site.seen().len(), unchanged), (4, 3), "{:?}", setup.site.seen());
}

#[tokio::test]
async fn where_nothing_is_covered_that_is_found_out_once_and_from_64_releases_at_a_time() {
    let numbers = 0..100;
    let tree = numbers.fold(Tree::new(), |tree, number| {
        let release = TreeRelease::new(&format!("1.0.0.{number}")).language("ru").with("date", "01.01.2026");
        tree.release(PRODUCT, release)
    });
    let machine = pc(vec![base("a", PRODUCT, "1.0.0.99", DEVICE)]);
    let setup = Setup { subscriptions: until(&[(DEVICE, "2025-07-25")]), ..Setup::new(machine, &tree) };
    for asked in [64, 36, 0] {
        setup.site.forget();
        setup.keep_for(1);
        assert_eq!(covered(&setup.check().await.unwrap()), [None]);
        assert_eq!(setup.site.seen().len(), 1 + asked, "{:?}", setup.site.seen());
    }
}

#[tokio::test]
async fn releases_that_say_nothing_among_those_that_do_do_not_end_the_search() {
    let numbers = (0..20).filter(|number| number % 2 == 0);
    let tree = numbers.fold(Tree::new(), |tree, number| {
        let day = if number == 0 { "01.06.2025" } else { "01.01.2026" };
        let release = TreeRelease::new(&format!("1.0.0.{number}")).language("ru").with("date", day);
        tree.release(PRODUCT, release).entry(PRODUCT, &format!("<version name=\"1.0.0.{}\"/>", number + 1))
    });
    let machine = pc(vec![base("a", PRODUCT, "1.0.0.19", DEVICE)]);
    let setup = Setup { subscriptions: until(&[(DEVICE, "2025-07-25")]), ..Setup::new(machine, &tree) };
    assert_eq!(covered(&setup.check().await.unwrap()), [Some("1.0.0.0".to_owned())]);
}

#[tokio::test]
async fn of_all_feeds_together_no_more_are_asked_for_at_a_time_than_of_lists() {
    let names = product_names(16);
    let tree = names.iter().fold(Tree::new(), |tree, product| with_history(tree, product));
    let bases = names.iter().map(|name| base(name, name, "1.6.3.7283", DEVICE)).collect();
    let setup = Setup { subscriptions: until(&[(DEVICE, "2018-01-01")]), ..Setup::new(pc(bases), &tree) };
    let hanging: Vec<String> = names
        .iter()
        .flat_map(|name| HISTORY.iter().rev().skip(3).map(move |(version, _)| (name, version)))
        .map(|(name, version)| format!("updates/{name}/{version}/update.ru.xml"))
        .collect();
    for path in &hanging {
        setup.site.misbehave(path, Behaviour::HoldAfter(0));
    }
    let options = HttpOptions { description_timeout: LONG, ..HttpOptions::default() };
    setup.check_with(&options, Duration::from_secs(2)).await.unwrap();
    let seen = setup.site.seen();
    let held = seen.iter().filter(|seen| hanging.contains(&seen.path)).count();
    assert_eq!(held, AT_ONCE, "{seen:?}");
}

#[tokio::test]
async fn a_release_listed_since_is_asked_for_also_where_an_older_one_is_known_to_be_covered() {
    let setup = setup("1.6.3.7283", "2025-07-25");
    assert_eq!(covered(&setup.check().await.unwrap()), [Some("1.6.3.6708".to_owned())]);
    let later = TreeRelease::new("1.6.3.7000").language("ru").with("date", "25.07.2025");
    for (path, bytes) in with_history(Tree::new().release(PRODUCT, later), PRODUCT).files() {
        setup.site.put(&path, bytes);
    }
    assert_eq!(covered(&setup.check().await.unwrap()), [Some("1.6.3.7000".to_owned())]);
}

#[tokio::test]
async fn a_second_check_of_a_signed_source_costs_two_requests() {
    let products: Vec<String> = product_names(40);
    let names: Vec<&str> = products.iter().map(String::as_str).collect();
    let bases = names.iter().map(|name| base(name, name, "1.6.3.7283", DEVICE)).collect();
    let (publisher, tree) = (Publisher::new(), tree(&names));
    let signed = Setup::new(pc(bases), &Tree::new());
    publisher.put_on(&signed.site, &tree);
    let subscriptions = until(&[(DEVICE, "2025-07-25")]);
    let signed = Setup { subscriptions, root_json: Some(publisher.root_json()), ..signed };
    let first = signed.check().await.unwrap();
    assert!(covered(&first).iter().all(|covered| covered.as_deref() == Some("1.6.3.6708")), "{first:?}");
    signed.site.forget();
    let second = signed.check().await.unwrap();
    assert_eq!(second.items, first.items);
    assert!(signed.site.seen().len() <= 2, "{:?}", signed.site.seen());
}

#[tokio::test]
async fn a_source_that_fails_at_an_older_release_leaves_it_open_and_nothing_else() {
    let tree = tree(&[PRODUCT, "P01"]);
    for behaviour in [Behaviour::Status(503), Behaviour::CutAfter(0), Behaviour::HoldAfter(0)] {
        let bases = vec![base("a", PRODUCT, "1.6.3.7283", DEVICE), base("b", "P01", "1.6.2.6493", DEVICE)];
        let subscriptions = until(&[(DEVICE, "2025-07-25")]);
        let setup = Setup { subscriptions, ..Setup::new(pc(bases), &tree) };
        // The one that would be named; the installed one is read before.
        setup.site.misbehave(&description("1.6.3.6708"), behaviour.clone());
        let report = setup.check_with(&hasty(), LONG).await.unwrap();
        let expected = [None, Some("1.6.3.6708".to_owned())];
        assert_eq!(covered(&report), expected, "{behaviour:?}: an older one is not the newest");
        assert_eq!(report.items[0].state, State::UpToDate);
        assert_eq!((report.problems.len(), report.is_complete()), (0, true), "{:?}", report.problems);
        assert_eq!(report.items[0].former.len(), 1, "{:?}", report.items[0].former);
    }
}

#[tokio::test]
async fn an_older_release_that_is_listed_and_not_described_is_passed_over() {
    let tree = with_history(Tree::new().entry(PRODUCT, "<version name=\"1.6.3.7000\"/>"), PRODUCT);
    let broken = "<version name=\"1.6.3.7100\"/>";
    let tree = tree.entry(PRODUCT, broken).file(&description("1.6.3.7100"), "<html/>");
    let machine = pc(vec![base("a", PRODUCT, "1.6.3.7283", DEVICE)]);
    let setup = Setup { subscriptions: until(&[(DEVICE, "2025-07-25")]), ..Setup::new(machine, &tree) };
    let report = setup.check().await.unwrap();
    assert_eq!(covered(&report), [Some("1.6.3.6708".to_owned())]);
    assert_eq!(report.problems, []);
}

#[tokio::test]
async fn a_list_of_releases_that_say_nothing_is_not_read_to_its_end() {
    let undated = |number: usize| TreeRelease::new(&format!("1.0.0.{number}")).language("ru");
    let (first, listed) = (undated(90).with("date", "01.01.2026"), 0..90);
    let undated_tree =
        listed.clone().fold(Tree::new(), |tree, number| tree.release(PRODUCT, undated(number)));
    let undescribed = listed.fold(Tree::new(), |tree, number| {
        tree.entry(PRODUCT, &format!("<version name=\"1.0.0.{number}\"/>"))
    });
    // What is not there is asked for in every language.
    for (tree, requests) in [(undated_tree, 1 + 1 + 8), (undescribed, 1 + 1 + 2 * 8)] {
        let machine = pc(vec![base("a", PRODUCT, "1.0.0.90", DEVICE)]);
        let tree = tree.release(PRODUCT, first.clone());
        let setup = Setup { subscriptions: until(&[(DEVICE, "2025-07-25")]), ..Setup::new(machine, &tree) };
        assert_eq!(covered(&setup.check().await.unwrap()), [None]);
        assert_eq!(setup.site.seen().len(), requests, "{:?}", setup.site.seen());
    }
}

#[tokio::test]
async fn only_what_is_asked_for_is_searched() {
    let machine = pc(vec![base("a", PRODUCT, "1.6.3.7283", DEVICE), base("b", "P01", "1.6.3.7283", DEVICE)]);
    let subscriptions = until(&[(DEVICE, "2027-01-01")]);
    let setup = Setup { subscriptions, ..Setup::new(machine, &tree(&[PRODUCT, "P01"])).only("b") };
    assert_eq!(covered(&setup.check().await.unwrap()), [Some("1.6.3.7283".to_owned())]);
    assert!(setup.site.seen().iter().all(|seen| seen.path.starts_with("updates/P01/")));
}
