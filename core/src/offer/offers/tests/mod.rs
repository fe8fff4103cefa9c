use super::*;
use crate::catalogue::{self, Catalogue, Fault};
use crate::fixtures::{self, release};
use crate::machine::{CommonConfig, Damage, Device};
use crate::source;

mod since_the_check;
mod steps;
mod updater;

const PRODUCT: &str = "9B3E6ADA";

fn version(text: &str) -> Version {
    text.parse().unwrap()
}

fn base(id: &str, installed: &str) -> Base {
    fixtures::base(id, PRODUCT, installed)
}

fn machine(platform: &str, bases: Vec<Base>) -> Machine {
    let platform = Platform { version: version(platform), install_dir: None };
    Machine { platform: Some(platform), bases, ..Machine::default() }
}

fn catalogues(feeds: &[(&str, Vec<Release>)]) -> Catalogues {
    let read = |releases: &Vec<Release>| Ok(Catalogue { releases: releases.clone(), ..Catalogue::default() });
    feeds.iter().map(|(feed, releases)| (Feed::named(feed).unwrap(), read(releases))).collect()
}

/// The item of the only base, with these releases of its product.
fn item_of(base: Base, releases: Vec<Release>) -> Item {
    let catalogues = catalogues(&[("Platform4", vec![]), (PRODUCT, releases)]);
    offers(&machine("3.3.46.29552", vec![base]), &catalogues, "pc").pop().unwrap()
}

fn only_over(text: &str, from: &[&str]) -> Release {
    let from_versions = from.iter().map(|pattern| pattern.parse().unwrap()).collect();
    Release { from_versions, ..release(PRODUCT, text) }
}

fn steps(item: &Item) -> Vec<String> {
    item.offer().map_or_else(Vec::new, |offer| offer.steps.iter().map(|r| r.version.to_string()).collect())
}

#[test]
fn the_highest_newer_release_is_offered_with_the_notes_of_all_newer_ones() {
    let releases =
        ["1.6.2.6128", "1.6.3.7283", "1.6.2.6493", "1.6.3.6708"].map(|text| release(PRODUCT, text));
    let item = item_of(base("a", "1.6.2.6128"), releases.to_vec());
    assert_eq!(steps(&item), ["1.6.3.7283"]);
    let noted: Vec<String> =
        item.offer().unwrap().notes.iter().map(|notes| notes.version.to_string()).collect();
    assert_eq!(noted, ["1.6.3.7283", "1.6.3.6708", "1.6.2.6493"]);
    let offer = item.offer().unwrap();
    assert_eq!((offer.notes[0].text.as_str(), offer.steps[0].notes.as_str()), ("notes of 1.6.3.7283", ""));
}

#[test]
fn nothing_newer_is_up_to_date() {
    let item =
        item_of(base("a", "1.6.3.7283"), vec![release(PRODUCT, "1.6.3.7283"), release(PRODUCT, "1.6.2.1")]);
    assert_eq!(item.state, State::UpToDate);
    assert!(item.warnings.is_empty());
}

#[test]
fn a_list_that_could_not_be_read_is_unknown_and_never_up_to_date() {
    let error = catalogue::Error {
        path: "updates/x/versions.xml".into(),
        fault: Fault::Source(source::Fault::NotFound),
    };
    let mut catalogues = catalogues(&[("Platform4", vec![])]);
    catalogues.insert(Feed::named(PRODUCT).unwrap(), Err(error.clone()));
    let items = offers(&machine("3.3.46.29552", vec![base("a", "1.0.0.1")]), &catalogues, "pc");
    assert_eq!(items[0].state, State::UpToDate);
    assert_eq!(items[1].state, State::Unknown { reason: Unknown::Catalogue { error } });
}

#[test]
fn a_newest_release_without_a_file_is_blocked() {
    let mut newest = release(PRODUCT, "1.6.3.7283");
    newest.file = None;
    let item = item_of(base("a", "1.6.2.6128"), vec![release(PRODUCT, "1.6.2.6493"), newest]);
    let State::Blocked { blocks, .. } = &item.state else { panic!("{:?}", item.state) };
    assert_eq!(blocks, &[Block::NoFile { version: version("1.6.3.7283") }]);
    assert_eq!(steps(&item), ["1.6.3.7283"]);
}

#[test]
fn a_tagged_release_is_for_bases_with_that_tag_and_for_bases_without_one() {
    let tagged = Release { tags: vec!["UT103".into(), "KA2".into()], ..release(PRODUCT, "1.6.3.7283") };
    let with_tag = |tag: Option<&str>| Base { tag: tag.map(str::to_owned), ..base("a", "1.0.0.1") };
    assert_eq!(steps(&item_of(with_tag(Some("ut103")), vec![tagged.clone()])), ["1.6.3.7283"]);
    assert_eq!(steps(&item_of(with_tag(None), vec![tagged.clone()])), ["1.6.3.7283"]);
    assert_eq!(item_of(with_tag(Some("RT")), vec![tagged]).state, State::UpToDate);
}

#[test]
fn a_partial_rollout_reaches_its_share_of_machines_and_each_release_chooses_its_own() {
    let reaches = |text: &str, id: &str| {
        let partial = Release { distribution: 30, ..release(PRODUCT, text) };
        let catalogues = catalogues(&[("Platform4", vec![]), (PRODUCT, vec![partial])]);
        let machine = machine("3.3.46.29552", vec![base("a", "1.0.0.1")]);
        offers(&machine, &catalogues, id)[1].offer().is_some()
    };
    let count = (0..1000).filter(|number| reaches("1.6.3.7283", &format!("pc-{number}"))).count();
    assert!((250..350).contains(&count), "{count} of 1000");
    let first = |text: &str| {
        let ids = (0..20).filter(|number| reaches(text, &format!("pc-{number}")));
        ids.collect::<Vec<u32>>()
    };
    // Fixed: another choice after an update of this program would give the release to more than its share.
    assert_eq!(first("1.6.3.7283"), [3, 4, 5, 7, 8, 10, 12, 18]);
    assert_eq!(first("1.6.3.6708"), [1, 3, 6, 8, 13, 14, 17]);
}

#[test]
fn a_rollout_of_zero_reaches_nobody_unless_it_is_shown_for_all() {
    let nobody = Release { distribution: 0, ..release(PRODUCT, "1.6.3.7283") };
    let all = Release { show_for_all: true, ..nobody.clone() };
    assert_eq!(item_of(base("a", "1.0.0.1"), vec![nobody]).state, State::UpToDate);
    assert_eq!(steps(&item_of(base("a", "1.0.0.1"), vec![all])), ["1.6.3.7283"]);
}

#[test]
fn a_pending_platform_release_hides_no_product_release_and_is_named_where_it_is_needed() {
    let needing = Release { min_platform: Some(version("3.4.46.1")), ..release(PRODUCT, "1.6.3.7283") };
    let platform = vec![release("Platform4", "3.4.46.40367"), release("Platform4", "3.3.35.99999")];
    let catalogues = catalogues(&[("Platform4", platform), (PRODUCT, vec![needing])]);
    let items = offers(&machine("3.3.46.29552", vec![base("a", "1.6.2.6128")]), &catalogues, "pc");
    assert_eq!(steps(&items[0]), ["3.4.46.40367"]);
    assert!(matches!(items[1].state, State::Available { .. }));
    let expected = Warning::NeedsPlatform {
        minimum: version("3.4.46.1"),
        installed: Some(version("3.3.46.29552")),
        available: Some(version("3.4.46.40367")),
    };
    assert_eq!(items[1].warnings, [expected]);
}

#[test]
fn a_platform_of_another_flavour_is_not_offered() {
    let catalogues = catalogues(&[("Platform4", vec![release("Platform4", "3.4.35.40367")])]);
    let items = offers(&machine("3.3.46.29552", vec![]), &catalogues, "pc");
    assert_eq!(items[0].state, State::UpToDate);
}

#[test]
fn devices_too_old_for_the_offered_platform_are_named() {
    let device = |id: &str| Device { id: id.to_owned(), last_seen: None, ..Device::default() };
    let old = Base { devices: vec![device("ТСД 2"), device("ТСД 1")], ..base("a", "1.6.3.7283") };
    let new = Base {
        client_version: Some(version("3.4.0.46990")),
        devices: vec![device("ТСД 3")],
        ..base("b", "1.6.3.7283")
    };
    let remote = Base { kind: Kind::Remote, devices: vec![device("ТСД 4")], ..base("c", "1.6.3.7283") };
    let catalogues =
        catalogues(&[("Platform4", vec![release("Platform4", "3.4.46.40367")]), (PRODUCT, vec![])]);
    let items = offers(&machine("3.3.46.29552", vec![old, new, remote]), &catalogues, "pc");
    let devices = vec!["ТСД 1".to_owned(), "ТСД 2".to_owned()];
    assert_eq!(items[0].warnings, [Warning::DevicesStop { devices, assumed: true }]);
}

#[test]
fn a_device_that_does_not_connect_today_is_not_said_to_stop() {
    let device = Device { id: "ТСД 1".to_owned(), last_seen: None, ..Device::default() };
    let cut_off =
        Base { client_version: Some(version("3.2.0.1")), devices: vec![device], ..base("a", "1.6.3.7283") };
    let catalogues =
        catalogues(&[("Platform4", vec![release("Platform4", "3.4.46.40367")]), (PRODUCT, vec![])]);
    let items = offers(&machine("3.3.46.29552", vec![cut_off]), &catalogues, "pc");
    assert_eq!(steps(&items[0]), ["3.4.46.40367"]);
    assert_eq!(items[0].warnings, []);
}

/// The warning of a base that goes over two steps asking for these platforms.
fn needs(minimums: [&str; 2], platform: &str) -> Vec<Warning> {
    let [first, second] = minimums.map(|text| Some(version(text)));
    let releases = vec![
        Release { min_platform: first, ..only_over("1.3.4.1116", &["1.0.*"]) },
        Release { min_platform: second, ..only_over("1.6.3.7283", &["1.3.*"]) },
    ];
    let catalogues = catalogues(&[("Platform4", vec![release("Platform4", platform)]), (PRODUCT, releases)]);
    offers(&machine("3.3.46.29552", vec![base("a", "1.0.2.85")]), &catalogues, "pc")[1].warnings.clone()
}

#[test]
fn of_several_platforms_asked_for_the_one_that_does_for_all_is_named() {
    let cases = [
        (["3.4.46.40367", "3.4.46.31745"], "3.4.46.40367"),
        (["3.4.46.31745", "3.4.46.40367"], "3.4.46.40367"),
        (["3.4.46.31745", "3.4.35.50000"], "3.4.46.31745"),
        (["3.4.35.50000", "3.4.46.31745"], "3.4.46.31745"),
        (["3.5.35.1", "3.4.46.31745"], "3.5.35.1"),
    ];
    for (minimums, expected) in cases {
        let expected = Warning::NeedsPlatform {
            minimum: version(expected),
            installed: Some(version("3.3.46.29552")),
            available: Some(version("3.6.46.50000")),
        };
        assert_eq!(needs(minimums, "3.6.46.50000"), [expected], "{minimums:?}");
    }
}

#[test]
fn a_platform_that_does_for_one_step_only_is_not_said_to_do() {
    let warnings = needs(["3.4.46.40367", "3.4.35.1"], "3.4.46.31745");
    assert!(matches!(warnings[..], [Warning::NeedsPlatform { available: None, .. }]), "{warnings:?}");
}

#[test]
fn platform_releases_with_and_without_a_flavour_are_put_in_the_order_of_their_builds() {
    let releases = vec![release("Platform4", "3.4.0.40367"), release("Platform4", "3.4.46.31745")];
    let catalogues = catalogues(&[("Platform4", releases)]);
    let items = offers(&machine("3.3.46.29552", vec![]), &catalogues, "pc");
    assert_eq!(steps(&items[0]), ["3.4.0.40367"]);
}

#[test]
fn what_is_not_updated_here_says_why() {
    let damage = Damage::FolderMissing;
    let kinds = [
        (Kind::Cloud, NotManaged::Cloud),
        (Kind::Remote, NotManaged::Remote),
        (Kind::Damaged(damage.clone()), NotManaged::Damaged { damage }),
    ];
    for (kind, reason) in kinds {
        let base = Base { kind, ..base("a", "1.0.0.1") };
        let item = item_of(base, vec![release(PRODUCT, "1.6.3.7283")]);
        assert_eq!(item.state, State::NotManaged { reason });
    }
}

#[test]
fn kinds_switched_off_in_common_config_are_not_managed() {
    let mut machine = machine("3.3.46.29552", vec![base("a", "1.0.0.1")]);
    machine.config = CommonConfig { check_platform: false, check_products: false, custom_update_path: None };
    for item in offers(&machine, &Catalogues::new(), "pc") {
        assert_eq!(item.state, State::NotManaged { reason: NotManaged::SwitchedOff });
    }
}

#[test]
fn a_base_without_a_product_is_unknown() {
    let nameless = Base { product_id: None, ..base("a", "1.0.0.1") };
    assert_eq!(item_of(nameless, vec![]).state, State::Unknown { reason: Unknown::NoFeed });
}

#[test]
fn a_base_whose_releases_lie_in_a_folder_of_a_folder_is_looked_up_and_one_outside_says_so() {
    let in_folder = |path: &str| Base { updates_path: Some(path.to_owned()), ..base("a", "1.0.0.1") };
    let catalogues = catalogues(&[("WH15/Extended", vec![release("WH15/Extended", "1.6.3.7283")])]);
    let item = |base: Base| offers(&machine("3.3.46.29552", vec![base]), &catalogues, "pc").pop().unwrap();
    assert_eq!(steps(&item(in_folder("WH15/Extended"))), ["1.6.3.7283"]);
    let path = "../other".to_owned();
    assert_eq!(item(in_folder(&path)).state, State::Unknown { reason: Unknown::UnsafeFeed { path } });
}

#[test]
fn a_platform_that_could_not_be_read_is_unknown_and_stays_so_until_it_can_be() {
    let fault = machine::Fault::PlatformVersion(crate::version::Error::Empty);
    let unread = Machine { platform_unknown: Some(fault.clone()), ..Machine::default() };
    let mut items = offers(&unread, &Catalogues::new(), "pc");
    assert_eq!(items.len(), 1);
    assert_eq!((items[0].id.as_str(), items[0].installed), (PLATFORM, None));
    assert_eq!(items[0].state, State::Unknown { reason: Unknown::Platform { fault } });
    crate::offer::caught_up::catch_up(&mut items, &unread);
    assert_eq!(items.len(), 1);
    crate::offer::caught_up::catch_up(&mut items, &machine("3.3.46.29552", vec![]));
    assert_eq!(items, []);
    let config = CommonConfig { check_platform: false, ..CommonConfig::default() };
    let switched_off = offers(&Machine { config, ..unread }, &Catalogues::new(), "pc");
    assert_eq!(switched_off[0].state, State::NotManaged { reason: NotManaged::SwitchedOff });
}

#[test]
fn without_a_platform_there_is_no_platform_row_and_products_are_still_offered() {
    let catalogues = catalogues(&[(PRODUCT, vec![release(PRODUCT, "1.6.3.7283")])]);
    let machine = Machine { bases: vec![base("a", "1.0.0.1")], ..Machine::default() };
    let items = offers(&machine, &catalogues, "pc");
    assert_eq!(items.len(), 1);
    assert_eq!(steps(&items[0]), ["1.6.3.7283"]);
}

#[test]
fn a_newer_release_whose_description_could_not_be_read_is_never_up_to_date() {
    let problem = |text: &str| catalogue::Problem {
        path: format!("updates/{PRODUCT}/{text}/update.xml"),
        fault: Fault::Source(source::Fault::NotFound),
        unread: Some(version(text)),
    };
    let catalogue =
        Catalogue { problems: vec![problem("1.6.3.6708"), problem("1.6.3.7283")], ..Catalogue::default() };
    let catalogues = Catalogues::from([
        (Feed::named("Platform4").unwrap(), Ok(Catalogue::default())),
        (Feed::named(PRODUCT).unwrap(), Ok(catalogue)),
    ]);
    let machine = machine("3.3.46.29552", vec![base("a", "1.6.2.6128"), base("b", "1.6.3.7283")]);
    let items = offers(&machine, &catalogues, "pc");
    assert_eq!(items[1].state, State::Unknown { reason: Unknown::Unread { version: version("1.6.3.7283") } });
    assert_eq!(items[2].state, State::UpToDate);
}

#[test]
fn behind_an_entry_that_cannot_be_read_at_all_a_newer_release_may_hide() {
    let of = |releases: Vec<Release>| {
        let catalogue = Catalogue { releases, incomplete: true, ..Catalogue::default() };
        let catalogues = Catalogues::from([(Feed::named(PRODUCT).unwrap(), Ok(catalogue))]);
        offers(&machine("3.3.46.29552", vec![base("a", "1.6.2.6128")]), &catalogues, "pc").pop().unwrap()
    };
    assert_eq!(of(vec![]).state, State::Unknown { reason: Unknown::IncompleteList });
    assert_eq!(steps(&of(vec![release(PRODUCT, "1.6.3.7283")])), ["1.6.3.7283"]);
}
