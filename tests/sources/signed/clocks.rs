//! Clocks of PCs that are wrong, and dates that are misprinted. Checks as a whole, for a check sets the floor.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use smarts_core::check::{self, Failure, Problem, Report, Request};
use smarts_core::machine::{self, Machine};
use smarts_core::os::MachineRoot;
use smarts_core::source::{Fault, Source};
use smarts_core::subscription::Subscriptions;
use smarts_core::{catalogue, source};
use smarts_tests::machine_root::{self as pc, BaseSpec};
use smarts_tests::publisher::Publisher;
use smarts_tests::site::Site;
use smarts_tests::tree::{Tree, TreeRelease};

use super::{Pc, at, folder, signed_site};

fn machine() -> Machine {
    let product_id = Some("Sklad15".to_owned());
    let spec = BaseSpec { product_id, version: Some("1.0.0.1".into()), ..BaseSpec::new("base", "Sklad15") };
    let pc = pc::MachineRoot::new().unwrap().bases(&[spec]).unwrap();
    machine::read(&MachineRoot::open(pc.path()).unwrap())
}

fn tree_of(version: &str, date: &str) -> Tree {
    let release = TreeRelease::new(version).with("date", date).download("WH15.mstmpl", version).stated();
    Tree::new().release("Sklad15", release)
}

async fn check_of(source: &Source, now: Timestamp) -> Result<Report, Failure> {
    let machine = machine();
    let known = Subscriptions::nothing("pc");
    let subscriptions = &known.facts(&machine, &now.to_zoned(TimeZone::UTC));
    let (machine, language, machine_id) = (&machine, "ru", "pc");
    let request =
        Request { machine, source, language, machine_id, only: None, up_to: None, subscriptions, now };
    check::check(&request, &|_| ()).await
}

/// A run whose result is all it leaves: what is wrong with the time, of a good check, or why it failed.
async fn warnings(pc: &Pc, site: &Site) -> Result<Vec<Fault>, Fault> {
    judged(&pc.at(site), pc.now).await
}

async fn judged(source: &Source, now: Timestamp) -> Result<Vec<Fault>, Fault> {
    let fault = |fault: catalogue::Fault| match fault {
        catalogue::Fault::Source(fault) => fault,
        other => panic!("{other:?}"),
    };
    match check_of(source, now).await {
        Ok(report) => {
            assert!(report.source.expires.is_some());
            let faults = report.problems.into_iter().filter_map(|problem| match problem {
                Problem::Source(problem) => Some(fault(problem.fault)),
                Problem::Machine(_) => None,
            });
            Ok(faults.collect())
        }
        Err(failure) => Err(fault(failure.error.fault)),
    }
}

/// Signed anew each week.
fn publisher(expires: &str) -> Publisher {
    let mut publisher = Publisher::new();
    expires.clone_into(&mut publisher.timestamp.expires);
    publisher
}

#[tokio::test]
async fn a_clock_that_was_set_back_is_a_warning_and_makes_nothing_fresh_again() {
    let mut publisher = publisher("2026-11-29T00:00:00Z");
    let tree = tree_of("1.2", "20.11.2026");
    let (site, mut pc) = (signed_site(&publisher, &tree), Pc::trusting(&publisher));
    let checked_at = pc.now;
    assert_eq!(warnings(&pc, &site).await, Ok(vec![]));
    pc.now = at("2019-01-01T00:00:00Z");
    let behind = source::Fault::ClockBehind { now: pc.now, at_least: checked_at };
    for _ in 0..2 {
        assert_eq!(warnings(&pc, &site).await, Ok(vec![behind.clone()]));
    }
    // An hour is no wrong clock, and neither is the change to winter time.
    pc.now = checked_at - SignedDuration::from_mins(59);
    assert_eq!(warnings(&pc, &site).await, Ok(vec![]));

    // Later, metadata that has expired is shown to a PC whose clock was set back before it had.
    pc.now = at("2026-12-03T00:00:00Z");
    publisher.bump();
    publisher.timestamp.expires = "2026-12-06T00:00:00Z".into();
    publisher.put_on(&site, &tree);
    assert_eq!(warnings(&pc, &site).await, Ok(vec![]));
    let mut lie = publisher.clone();
    lie.timestamp.expires = "2026-12-02T00:00:00Z".into();
    lie.put_on(&site, &tree);
    // Nothing else is left to say that it is old.
    std::fs::remove_file(pc.store_dir().join("timestamp.json")).unwrap();
    pc.now = at("2026-11-22T09:00:00Z");
    let (since, now) = (at("2026-12-02T00:00:00Z"), at("2026-12-03T00:00:00Z"));
    let expected = Fault::Expired { role: "timestamp".into(), since, now, clock: Some(pc.now) };
    for _ in 0..2 {
        assert_eq!(warnings(&pc, &site).await, Err(expected.clone()));
        assert!(!pc.store_dir().join("timestamp.json").exists());
    }
}

/// A PC that has learnt of 2040 from metadata that expires later still.
async fn told_of_2040(clock: &str, date: &str) -> (Publisher, Site, Pc) {
    let mut publisher = Publisher::new();
    for role in
        [&mut publisher.root, &mut publisher.timestamp, &mut publisher.snapshot, &mut publisher.targets]
    {
        role.expires = "2046-01-01T00:00:00Z".into();
    }
    publisher.bump();
    let (site, mut pc) = (signed_site(&publisher, &tree_of("1.2", date)), Pc::trusting(&publisher));
    let right = std::mem::replace(&mut pc.now, at(clock));
    assert_eq!(warnings(&pc, &site).await, Ok(vec![]));
    pc.now = right;
    let behind = Fault::ClockBehind { now: right, at_least: at("2040-01-01T00:00:00Z") };
    assert_eq!(warnings(&pc, &site).await, Ok(vec![behind]));
    (publisher, site, pc)
}

#[tokio::test]
async fn a_floor_too_far_ahead_is_given_up_for_what_was_signed_anew_since() {
    for (clock, date) in [("2040-01-01T00:00:00Z", "20.11.2026"), ("2026-11-22T09:00:00Z", "01.01.2040")] {
        let (mut publisher, site, mut pc) = told_of_2040(clock, date).await;
        publisher.bump();
        publisher.timestamp.expires = "2026-11-29T00:00:00Z".into();
        publisher.put_on(&site, &tree_of("1.3", date));
        let behind = Fault::ClockBehind { now: pc.now, at_least: at("2040-01-01T00:00:00Z") };
        assert_eq!(warnings(&pc, &site).await, Ok(vec![behind]), "{date}");
        // From then on it is as if it had never been.
        assert_eq!(warnings(&pc, &site).await, Ok(vec![]), "{date}");
        // But nothing that has expired by the clock is fresh for that.
        pc.now = at("2026-11-30T00:00:00Z");
        assert!(matches!(warnings(&pc, &site).await, Err(Fault::Expired { clock: None, .. })), "{date}");
    }
}

#[tokio::test]
async fn a_floor_is_given_up_for_nothing_that_was_signed_before_or_has_expired_by_the_clock_too() {
    let (publisher, site, mut pc) = told_of_2040("2040-01-01T00:00:00Z", "20.11.2026").await;
    let kept = std::fs::read(pc.store_dir().join("not-before")).unwrap();
    let tree = tree_of("1.2", "20.11.2026");
    let mut old = publisher.clone();
    old.timestamp.expires = "2026-11-29T00:00:00Z".into();
    let mut older = old.clone();
    older.timestamp.version -= 1;
    for lie in [&old, &older] {
        lie.put_on(&site, &tree);
        std::fs::remove_file(pc.store_dir().join("timestamp.json")).unwrap();
        let (since, clock) = (at("2026-11-29T00:00:00Z"), Some(pc.now));
        let now = at("2040-01-01T00:00:00Z");
        let expected = Fault::Expired { role: "timestamp".into(), since, now, clock };
        for _ in 0..2 {
            assert_eq!(warnings(&pc, &site).await, Err(expected.clone()));
        }
        assert_eq!(std::fs::read(pc.store_dir().join("not-before")).unwrap(), kept);
        publisher.put_on(&site, &tree);
        warnings(&pc, &site).await.unwrap();
    }
    let mut expired = old.clone();
    expired.bump();
    expired.put_on(&site, &tree);
    pc.now = at("2026-12-01T00:00:00Z");
    assert!(matches!(warnings(&pc, &site).await, Err(Fault::Expired { clock: Some(_), .. })));
    assert_eq!(std::fs::read(pc.store_dir().join("not-before")).unwrap(), kept);
}

#[tokio::test]
async fn the_day_of_the_newest_signed_release_is_a_floor_too() {
    let publisher = publisher("2026-11-29T00:00:00Z");
    let (site, mut pc) = (signed_site(&publisher, &tree_of("1.2", "20.11.2026")), Pc::trusting(&publisher));
    pc.now = at("2019-01-01T00:00:00Z");
    assert_eq!(warnings(&pc, &site).await, Ok(vec![]));
    let at_least = at("2026-11-20T00:00:00Z");
    assert_eq!(warnings(&pc, &site).await, Ok(vec![Fault::ClockBehind { now: pc.now, at_least }]));
}

#[tokio::test]
async fn a_clock_that_was_set_forward_says_since_when_and_is_forgotten_when_it_is_right_again() {
    let publisher = publisher("2026-11-29T00:00:00Z");
    let (site, mut pc) = (signed_site(&publisher, &tree_of("1.2", "20.11.2026")), Pc::trusting(&publisher));
    let right = pc.now;
    for seen_before in [false, true] {
        pc.now = at("2040-01-01T00:00:00Z");
        // The root is looked at first.
        let (role, since) = ("root".to_owned(), at(smarts_tests::publisher::EXPIRES));
        let expected = Fault::Expired { role, since, now: pc.now, clock: None };
        assert_eq!(warnings(&pc, &site).await, Err(expected), "{seen_before}");
        pc.now = right;
        assert_eq!(warnings(&pc, &site).await, Ok(vec![]), "{seen_before}");
    }
}

#[tokio::test]
async fn a_clock_some_days_ahead_is_a_warning_when_it_is_right_again() {
    let mut publisher = publisher("2026-11-29T00:00:00Z");
    let tree = tree_of("1.2", "20.11.2026");
    let (site, mut pc) = (signed_site(&publisher, &tree), Pc::trusting(&publisher));
    let (right, ahead) = (pc.now, at("2026-11-28T00:00:00Z"));
    pc.now = ahead;
    assert_eq!(warnings(&pc, &site).await, Ok(vec![]));
    pc.now = right;
    assert_eq!(warnings(&pc, &site).await, Ok(vec![Fault::ClockBehind { now: right, at_least: ahead }]));
    publisher.bump();
    publisher.put_on(&site, &tree);
    assert_eq!(warnings(&pc, &site).await, Ok(vec![Fault::ClockBehind { now: right, at_least: ahead }]));
}

#[tokio::test]
async fn a_misprinted_day_of_a_release_kills_nothing() {
    let publisher = publisher("2026-11-29T00:00:00Z");
    for date in ["20.11.2205", "29.11.2026", "31.12.9999", "01.01.0001"] {
        let (site, pc) = (signed_site(&publisher, &tree_of("1.2", date)), Pc::trusting(&publisher));
        for _ in 0..3 {
            assert_eq!(warnings(&pc, &site).await, Ok(vec![]), "{date}");
        }
    }
}

#[tokio::test]
async fn a_floor_that_is_not_understood_is_none_and_one_that_cannot_be_read_fails() {
    let publisher = publisher("2026-11-29T00:00:00Z");
    let (site, pc) = (signed_site(&publisher, &tree_of("1.2", "20.11.2026")), Pc::trusting(&publisher));
    assert_eq!(warnings(&pc, &site).await, Ok(vec![]));
    let path = pc.store_dir().join("not-before");
    let kept = std::fs::read(&path).unwrap();
    for garbage in [b"soon".to_vec(), vec![0xff, 0xfe], vec![]] {
        std::fs::write(&path, garbage).unwrap();
        assert_eq!(warnings(&pc, &site).await, Ok(vec![]));
        assert_eq!(std::fs::read(&path).unwrap(), kept);
    }
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    let fault = warnings(&pc, &site).await.unwrap_err();
    assert!(matches!(fault, Fault::Store { .. }), "{fault:?}");
}

#[tokio::test]
async fn a_stick_that_was_agreed_to_says_nothing_about_the_time() {
    let current = publisher("2026-11-29T00:00:00Z");
    let mut pc = Pc::trusting(&current);
    let site = signed_site(&current, &tree_of("1.2", "20.11.2026"));
    assert_eq!(warnings(&pc, &site).await, Ok(vec![]));
    let checked_at = pc.now;
    let mut old = current.clone();
    old.timestamp.version += 1;
    old.timestamp.expires = "2026-11-02T00:00:00Z".into();
    let stick = folder(&old, &tree_of("1.2", "20.10.2026"));
    pc.accept_expired = true;
    // Neither where it counts as expired, nor where the clock alone says that it has not.
    for now in [checked_at, at("2026-10-21T00:00:00Z")] {
        pc.now = now;
        let told = judged(&pc.in_folder(stick.path()), pc.now).await.unwrap();
        let (since, clock) = (at("2026-11-02T00:00:00Z"), (now < checked_at).then_some(now));
        assert_eq!(told[0], Fault::Expired { role: "timestamp".into(), since, now: checked_at, clock });
        let floor = std::fs::read_to_string(pc.store_dir().join("not-before")).unwrap();
        assert_eq!(at(floor.split_once(' ').unwrap().0), checked_at);
    }
}
