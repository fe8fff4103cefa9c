use smarts_tests::apk::ApkBuilder;

use super::Compatibility::{AppNewer, AppTooOld, Matches};
use super::Followed::{No, NotSeen, Seen, Yes};
use super::*;
use crate::devices::gets::Gets;
use crate::fixtures;
use crate::machine::{Kind, Platform};

const SERVER: &str = "3.3.46.29552";
const NEXT: &str = "3.4.46.40367";

fn version(text: &str) -> Version {
    text.parse().unwrap()
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn device(id: &str, app: Option<&str>) -> Device {
    Device { id: id.to_owned(), app: app.map(version), ..Device::default() }
}

/// A PC with a platform and a base with these devices, which goes with an app of 3.3.
fn machine(devices: Vec<Device>) -> Machine {
    let base =
        Base { client_version: Some(version("3.3.0.28766")), devices, ..fixtures::base("main", "P", "1.0") };
    let platform = Platform { version: version(SERVER), install_dir: None };
    Machine { platform: Some(platform), bases: vec![base], ..Machine::default() }
}

/// What is known besides the machine.
#[derive(Default)]
struct Known {
    next: Option<&'static str>,
    staged: BTreeMap<String, Staged>,
    available: Vec<Available>,
    carried: Option<Carried>,
    updated_at: Option<Timestamp>,
}

impl Known {
    fn of(&self, machine: &Machine) -> Overview {
        Overview::of(&Sources {
            machine,
            next_server: self.next.map(version),
            staged: &self.staged,
            available: &self.available,
            carried: self.carried.as_ref(),
            updated_at: self.updated_at,
        })
    }

    /// The devices of the only base.
    fn devices(&self, devices: Vec<Device>) -> Vec<DeviceState> {
        let mut overview = self.of(&machine(devices));
        assert_eq!(overview.bases.len(), 1);
        overview.bases.remove(0).devices
    }

    fn newest(&self) -> Newest {
        let mut overview = self.of(&machine(vec![device("a", None)]));
        overview.bases.remove(0).newest
    }
}

/// A base's folder that hands out this version.
fn staged(version: &str) -> Staged {
    let base = tempfile::tempdir().unwrap();
    let dir = base.path().join(staged::FOLDER).join(version);
    std::fs::create_dir_all(&dir).unwrap();
    let list = format!("<update><versions><version name='{version}'/></versions></update>");
    std::fs::write(dir.with_file_name("versions.xml"), list).unwrap();
    std::fs::write(dir.join("update.xml"), "<update file='app.apk'/>").unwrap();
    std::fs::write(dir.join("app.apk"), ApkBuilder::new(version).build().unwrap()).unwrap();
    staged::read(base.path())
}

fn staged_in_main(version: &str) -> BTreeMap<String, Staged> {
    BTreeMap::from([("main".to_owned(), staged(version))])
}

fn carried(files: &[&str]) -> Carried {
    let files = files.iter().map(|&file| file.to_owned()).collect();
    Carried { dir: r"C:\Client Installer".to_owned(), version: version(SERVER), files }
}

#[test]
fn devices_that_an_update_of_the_platform_stops_are_those_that_work_now_and_would_not_then() {
    let devices = || {
        vec![
            device("assumed", None),
            device("new", Some("3.4.0.1")),
            device("old", Some("3.3.0.1")),
            device("stopped", Some("3.2.0.1")),
        ]
    };
    let stopping = |next| {
        let overview = Known { next, ..Known::default() }.of(&machine(devices()));
        overview.stopping().map(|(base, device)| format!("{} {}", base.id, device.id)).collect::<Vec<_>>()
    };
    assert_eq!(stopping(Some(NEXT)), ["main assumed", "main old"]);
    assert_eq!(stopping(Some("3.3.46.30866")), [""; 0]);
    assert_eq!(stopping(None), [""; 0]);
    let found = Known { next: Some(NEXT), ..Known::default() }.devices(devices());
    let states: Vec<_> = found.iter().map(|device| (device.now.unwrap(), device.next.unwrap())).collect();
    assert_eq!(
        states,
        [(Matches, AppTooOld), (AppNewer, Matches), (Matches, AppTooOld), (AppTooOld, AppTooOld)]
    );
    let assumed: Vec<bool> = found.iter().map(|device| device.app.unwrap().is_assumed()).collect();
    assert_eq!(assumed, [true, false, false, false]);
}

#[test]
fn without_a_platform_nothing_is_said_of_compatibility_and_devices_are_listed() {
    let without = Machine { platform: None, ..machine(vec![device("a", Some("3.3.0.1"))]) };
    let overview = Known::default().of(&without);
    let device = &overview.bases[0].devices[0];
    assert_eq!((overview.server, device.now, device.next), (None, None, None));
    // With one that is offered, it would not work then, whatever it does now.
    let overview = Known { next: Some(NEXT), ..Known::default() }.of(&without);
    assert!(overview.bases[0].devices[0].stops());
}

#[test]
fn what_is_staged_is_offered_to_android_devices_and_to_those_whose_system_is_not_known() {
    let known =
        Known { staged: staged_in_main("3.4.0.1"), carried: Some(carried(&["a.cab"])), ..Known::default() };
    let of_system = |id: &str, app, system| Device { system, ..device(id, app) };
    let found = known.devices(vec![
        of_system("android", Some("3.3.0.1"), Some(System::Android)),
        of_system("assumed", None, Some(System::Android)),
        of_system("ce", Some("3.3.0.1"), Some(System::WindowsCe)),
        of_system("has it", Some("3.4.0.1"), Some(System::Android)),
        of_system("unknown", Some("3.3.0.1"), None),
    ]);
    let staged = Some(Offered::Staged { version: version("3.4.0.1") });
    let offered: Vec<_> = found.iter().map(|device| device.offered).collect();
    assert_eq!(offered, [staged, staged, None, None, staged]);
}

#[test]
fn what_the_platform_brings_along_is_offered_to_older_windows_ce_devices_alone() {
    let ce = |id: &str, app| Device { system: Some(System::WindowsCe), ..device(id, app) };
    let devices = || vec![ce("older", Some("3.2.0.1")), ce("same", Some("3.3.0.1")), device("unknown", None)];
    let offered = |carried| {
        let known = Known { carried, ..Known::default() };
        known.devices(devices()).iter().map(|device| device.offered).collect::<Vec<_>>()
    };
    let platform = Some(Offered::Platform { version: version(SERVER) });
    assert_eq!(offered(Some(carried(&["a.cab"]))), [platform, None, None]);
    assert_eq!(offered(Some(carried(&[]))), [None; 3], "an empty folder has nothing to hand out");
    assert_eq!(offered(None), [None; 3]);
}

#[test]
fn whether_a_device_has_followed_is_told_by_its_app_and_else_by_when_it_was_seen() {
    let seen = |id: &str, app, second| Device { last_seen: Some(at(second)), ..device(id, app) };
    let devices = || {
        vec![
            seen("follower", Some("3.3.0.1"), 50),
            seen("newer", Some("3.4.0.1"), 200),
            seen("old", Some("3.2.0.1"), 200),
            seen("old, not seen", Some("3.2.0.1"), 100),
            seen("seen", None, 200),
            seen("unseen", None, 50),
            device("never", None),
        ]
    };
    let followed = |updated_at| {
        let known = Known { updated_at, ..Known::default() };
        known.devices(devices()).iter().map(|device| device.followed).collect::<Vec<_>>()
    };
    assert_eq!(followed(Some(at(100))), [Yes, Yes, No, NotSeen, Seen, NotSeen, NotSeen].map(Some));
    assert_eq!(followed(None), [None; 7]);
}

#[test]
fn what_could_not_be_looked_up_is_never_taken_for_none() {
    let feed = crate::catalogue::Feed::android();
    let release = fixtures::release("Android", "3.4.0.1");
    let with = |releases| {
        let available = vec![Available { feed: feed.clone(), releases }];
        Known { available, ..Known::default() }.newest()
    };
    let error = catalogue::Error {
        path: "updates/Android/versions.xml".to_owned(),
        fault: catalogue::Fault::Source(crate::source::Fault::Timeout { host: "e.org".into(), proxy: None }),
    };
    assert_eq!(Known::default().newest(), Newest::NotAsked);
    assert_eq!(with(Ok(Vec::new())), Newest::None);
    assert_eq!(with(Err(error.clone())), Newest::Unknown(error));
    assert_eq!(with(Ok(vec![release.clone()])), Newest::Release(Box::new(release.clone())));
    let without_file = Release { file: None, ..release };
    assert_eq!(with(Ok(vec![without_file])), Newest::None, "there is nothing to be had");
}

#[test]
fn the_newest_app_is_the_one_for_the_platform_that_is_offered_and_else_for_the_present_one() {
    let releases = ["4.0.0.1", "3.4.0.2", "3.3.0.9"].map(|version| fixtures::release("Android", version));
    let feed = crate::catalogue::Feed::android();
    let newest = |next| {
        let available = vec![Available { feed: feed.clone(), releases: Ok(releases.to_vec()) }];
        match (Known { next, available, ..Known::default() }).newest() {
            Newest::Release(release) => release.version.to_string(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(newest(None), "3.3.0.9");
    assert_eq!(newest(Some(NEXT)), "3.4.0.2");
}

#[test]
fn the_newest_counts_as_staged_if_it_or_something_above_it_is() {
    let release = fixtures::release("Android", "3.4.0.2");
    let available = vec![Available { feed: release.feed.clone(), releases: Ok(vec![release]) }];
    let has = |staged| {
        let known = Known { staged, available: available.clone(), ..Known::default() };
        known.of(&machine(vec![device("a", None)])).bases[0].has_newest_staged()
    };
    assert!(!has(BTreeMap::new()));
    assert!(!has(staged_in_main("3.4.0.1")));
    assert!(has(staged_in_main("3.4.0.2")));
    assert!(has(staged_in_main("3.5.0.1")));
}

/// What each device of the only base would get, and whether the base hands out what helps.
fn gets(known: &Known, devices: Vec<Device>) -> (Vec<Gets>, bool) {
    let overview = known.of(&machine(devices));
    let base = &overview.bases[0];
    let gets = base.devices.iter().map(|device| overview.gets(base, device).unwrap()).collect();
    (gets, overview.hands_out_fit(base))
}

#[test]
fn an_app_helps_a_device_if_it_is_offered_to_it_and_works_with_the_platform_to_be() {
    use Gets::{ByHand, FromPlatform, Nothing};
    let ce = |id: &str| Device { system: Some(System::WindowsCe), ..device(id, Some("3.3.0.1")) };
    let devices = || vec![ce("ce"), device("old", Some("3.3.0.1")), device("unknown", None)];
    let with = |staged, next| Known { next, staged, ..Known::default() };
    assert_eq!(gets(&with(BTreeMap::new(), Some(NEXT)), devices()), (vec![ByHand, Nothing, Nothing], false));
    let staged = || staged_in_main("3.4.0.1");
    let expected = vec![ByHand, Gets::Staged, Gets::Staged];
    assert_eq!(gets(&with(staged(), Some(NEXT)), devices()), (expected, true));
    // Too old for what is offered, though above what the devices have; without an offer it helps.
    assert_eq!(gets(&with(staged(), Some("3.5.46.1")), devices()), (vec![ByHand, Nothing, Nothing], false));
    assert!(gets(&with(staged_in_main("3.3.0.50000"), None), devices()).1);
    let carries = Known { carried: Some(carried(&["a.cab"])), ..with(BTreeMap::new(), Some(NEXT)) };
    assert_eq!(gets(&carries, devices()).0, [FromPlatform, Nothing, Nothing]);
    let empty = Known { carried: Some(carried(&[])), ..with(BTreeMap::new(), Some(NEXT)) };
    assert_eq!(gets(&empty, devices()).0, [ByHand, Nothing, Nothing]);
}

#[test]
fn what_is_staged_helps_or_not_whatever_the_source_has() {
    let releases = |version: &str| vec![fixtures::release("Android", version)];
    let is_lacking = |version, releases: Option<Vec<Release>>| {
        let available = releases
            .into_iter()
            .map(|releases| Available { feed: crate::catalogue::Feed::android(), releases: Ok(releases) });
        let (available, staged) = (available.collect(), staged_in_main(version));
        let known = Known { next: Some(NEXT), staged, available, ..Known::default() };
        known.of(&machine(vec![device("old", Some("3.3.0.1"))])).lacking().next().is_some()
    };
    // The newest of the source is staged, and stops with the platform.
    assert!(is_lacking("3.3.0.50000", Some(releases("3.3.0.50000"))));
    // The source has not been asked, has none, or something above what is staged, which helps already.
    assert!(!is_lacking("3.4.0.1", None));
    assert!(!is_lacking("3.4.0.1", Some(Vec::new())));
    assert!(!is_lacking("3.4.0.1", Some(releases("3.4.0.2"))));
}

#[test]
fn bases_that_lack_an_app_are_prepared_with_those_whose_app_comes_from_the_same_place() {
    let old = || vec![device("old", Some("3.3.0.1"))];
    let of = |id: &str, link: Option<&str>, devices| {
        let app_links = AppLinks { update: link.map(ToOwned::to_owned), store: None };
        Base { app_links, devices, ..fixtures::base(id, "P", "1.0") }
    };
    let ce = Device { system: Some(System::WindowsCe), ..device("ce", Some("3.3.0.1")) };
    let mut machine = machine(old());
    machine.bases.extend([
        of("shop", Some("updates/Shop"), old()),
        of("second", None, old()),
        of("gone", None, old()),
        // Nothing stops there, nothing can be staged for it, or it is staged already.
        of("new", None, vec![device("new", Some("3.4.0.1"))]),
        of("ce", None, vec![ce]),
        of("ready", None, old()),
    ]);
    let nothing = || staged::read(std::path::Path::new("nowhere"));
    let mut staged = staged_in_main("3.4.0.1");
    staged.insert("ready".to_owned(), staged["main"].clone());
    staged.extend(["main", "shop", "second", "new", "ce"].map(|id| (id.to_owned(), nothing())));
    let names = |bases: &[&BaseDevices]| {
        let ids: Vec<&str> = bases.iter().map(|base| base.id.as_str()).collect();
        ids.join(" ")
    };
    let told = |available: Vec<Available>| {
        let known = Known { next: Some(NEXT), staged: staged.clone(), available, ..Known::default() };
        let overview = known.of(&machine);
        let Preparable { bases, elsewhere, gone } = overview.preparable();
        [names(&bases), names(&elsewhere), names(&gone)]
    };
    assert_eq!(told(Vec::new()), ["main second", "shop", "gone"]);
    // The source has nothing for the first ones: they do not stand in the way of the others.
    let none = Available { feed: crate::catalogue::Feed::android(), releases: Ok(Vec::new()) };
    assert_eq!(told(vec![none]), ["shop", "main second", "gone"]);
}

#[test]
fn bases_without_devices_are_left_out_unless_something_is_staged_or_some_may_be_missing() {
    let base = |id: &str| fixtures::base(id, "P", "1.0");
    let mut machine = machine(vec![device("a", None)]);
    machine.bases.extend([
        base("empty"),
        base("staged"),
        Base { devices_incomplete: true, ..base("unread") },
        Base { kind: Kind::Remote, devices: vec![device("b", None)], ..base("remote") },
    ]);
    let nothing = staged::read(std::path::Path::new("nowhere"));
    let staged = [("empty".to_owned(), nothing), ("staged".to_owned(), staged("3.4.0.1"))];
    let known = Known { staged: BTreeMap::from(staged), ..Known::default() };
    let overview = known.of(&machine);
    let ids: Vec<&str> = overview.bases.iter().map(|base| base.id.as_str()).collect();
    assert_eq!(ids, ["main", "staged", "unread"]);
    assert!(overview.base("staged").unwrap().devices.is_empty());
    assert_eq!(overview.base("empty"), None);
}

#[test]
fn the_last_update_of_the_platform_counts_if_it_led_to_what_is_installed() {
    let machine = machine(Vec::new());
    let entry = |second, what, subject: &str, to: &str| Entry {
        time: at(second),
        what,
        subject: subject.to_owned(),
        to: Some(version(to)),
        ..fixtures::entry()
    };
    let updated = |second, to| entry(second, What::Updated, PLATFORM, to);
    let found = |journal: &[Entry]| platform_updated_at(&machine, journal);
    assert_eq!(found(&[]), None);
    assert_eq!(found(&[updated(100, SERVER), entry(200, What::Updated, "main", "1.0")]), Some(at(100)));
    assert_eq!(found(&[entry(100, What::RebootPending, PLATFORM, SERVER)]), Some(at(100)));
    assert_eq!(found(&[updated(100, SERVER), entry(200, What::Failed, PLATFORM, NEXT)]), Some(at(100)));
    // Somebody has gone back, or on, by other means.
    assert_eq!(found(&[updated(100, SERVER), updated(200, NEXT)]), None);
    assert_eq!(platform_updated_at(&Machine::default(), &[updated(100, SERVER)]), None);
}

#[test]
fn the_folders_of_all_bases_that_are_updated_here_are_read() {
    let dir = tempfile::tempdir().unwrap();
    let mut machine = machine(Vec::new());
    machine.bases[0].dir = Some(dir.path().to_path_buf());
    let remote = Base { kind: Kind::Remote, dir: Some(dir.path().into()), ..fixtures::base("r", "P", "1.0") };
    machine.bases.extend([remote, fixtures::base("gone", "P", "1.0")]);
    let read = read_staged(&machine);
    assert_eq!(read.keys().collect::<Vec<_>>(), ["main"]);
    assert_eq!(read["main"].list, staged::List::Missing);
}
