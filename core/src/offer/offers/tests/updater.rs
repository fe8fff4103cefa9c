//! This program's own releases.

use super::*;

const FEED: &str = "MobileSMARTSUpdater";

fn with_updater(text: &str) -> Machine {
    let updater = Updater { version: version(text), install_dir: None };
    Machine { updater: Some(updater), ..machine("3.3.46.29552", vec![base("updater", "1.6.2.6493")]) }
}

/// What is said of this program where these are its releases.
fn item(machine: &Machine, releases: Vec<Release>) -> Item {
    let all = [("Platform4", vec![]), (PRODUCT, vec![]), (FEED, releases)];
    offers(machine, &catalogues(&all), "pc").pop().unwrap()
}

#[test]
fn it_comes_last_and_its_versions_have_no_flavour() {
    let releases = ["1.1.46.9", "1.2.35.1"].map(|text| release(FEED, text)).to_vec();
    let item = item(&with_updater("1.1.46.8"), releases);
    assert_eq!((item.id.as_str(), item.subject), (UPDATER, Subject::Updater));
    assert_eq!(item.installed, Some(version("1.1.46.8")));
    assert_eq!(steps(&item), ["1.2.35.1"]);
}

#[test]
fn the_rules_of_products_hold_for_it_and_those_of_bases_with_a_tag_do_not() {
    let over = |text: &str, from: &str| Release { feed: Feed::updater(), ..only_over(text, &[from]) };
    let tagged = Release { tags: vec!["UT103".into()], ..over("1.2.0.0", "1.1.*") };
    let nobody = Release { distribution: 0, ..release(FEED, "1.4.0.0") };
    let releases = vec![tagged, over("1.3.0.0", "1.2.*"), nobody];
    assert_eq!(steps(&item(&with_updater("1.1.0.0"), releases.clone())), ["1.2.0.0", "1.3.0.0"]);
    let stuck = item(&with_updater("1.0.0.0"), releases);
    assert_eq!(stuck.state, State::UpToDate);
    assert_eq!(stuck.warnings, [Warning::Unreachable { version: version("1.3.0.0") }]);
}

#[test]
fn common_config_switches_the_vendors_things_off_and_not_this_program() {
    let config = CommonConfig { check_platform: false, check_products: false, ..CommonConfig::default() };
    let machine = Machine { config, ..with_updater("1.1.0.0") };
    assert_eq!(steps(&item(&machine, vec![release(FEED, "1.2.0.0")])), ["1.2.0.0"]);
}

#[test]
fn a_source_that_has_no_such_list_says_nothing_of_it_and_one_that_fails_is_unknown() {
    let state = |fault| {
        let error = catalogue::Error { path: format!("updates/{FEED}/versions.xml"), fault };
        let mut read = catalogues(&[("Platform4", vec![]), (PRODUCT, vec![])]);
        read.insert(Feed::updater(), Err(error));
        offers(&with_updater("1.1.0.0"), &read, "pc").pop().unwrap().state
    };
    let absent = state(Fault::Source(source::Fault::NotFound));
    assert_eq!(absent, State::NotManaged { reason: NotManaged::NoReleasesHere });
    let status = source::Fault::Status { host: "files.example".into(), status: 503 };
    assert!(matches!(state(Fault::Source(status)), State::Unknown { .. }));
}

#[test]
fn once_it_has_been_installed_it_is_no_longer_offered() {
    let newer = vec![release(FEED, "1.2.0.0")];
    let mut items = vec![item(&with_updater("1.1.0.0"), newer)];
    crate::offer::caught_up::catch_up(&mut items, &with_updater("1.2.0.0"));
    assert_eq!((&items[0].state, items[0].installed), (&State::UpToDate, Some(version("1.2.0.0"))));
    let removed = Machine { updater: None, ..with_updater("1.2.0.0") };
    crate::offer::caught_up::catch_up(&mut items, &removed);
    assert_eq!(items, []);
}
