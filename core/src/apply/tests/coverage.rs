//! Releases that subscriptions do not cover, at the moment before the change: whatever the sheet said, and whoever
//! made the plan.

use std::time::SystemTime;

use super::*;
use crate::catalogue::Feed;
use crate::plan::{InstallerPlan, InstallerTarget};
use crate::platform::former::Former;
use crate::subscription::{NoData, Record, WrittenOff};

const DEVICE: &str = "ТСД 1";

/// A PC with two bases, where devices were seen on these days, and a record of one device until this day.
fn pc_seen(of_a: &[(&str, &str)], of_b: &[(&str, &str)], until: Option<&str>) -> Pc {
    let with = |id: &str, devices: &[(&str, &str)]| {
        let seen = |day: &str| SystemTime::from(format!("{day}T12:00:00Z").parse::<Timestamp>().unwrap());
        let devices = devices.iter().map(|(device, day)| ((*device).to_owned(), seen(day)));
        BaseSpec { devices: devices.collect(), ..spec(id) }
    };
    let mut pc = pc_of(&[with("a", of_a), with("b", of_b)]);
    let record = |until| Record::of(DEVICE, "", until, "", "").unwrap();
    pc.subscriptions.records = until.map(record).into_iter().collect();
    pc
}

/// The same, each base with a device of its own.
fn pc_until(until: Option<&str>) -> Pc {
    pc_seen(&[(DEVICE, "2026-11-21")], &[("ТСД 2", "2026-11-21")], until)
}

impl Pc {
    /// A plan for these bases.
    fn dated(&self, ids: &[&str], released: Option<&str>) -> Plan {
        let mut package = self.package(NEW, &template(NEW).build().unwrap());
        package.release.date = released.map(|day| day.parse().unwrap());
        let bases = self.bases().into_iter().filter(|base| ids.contains(&base.id.as_str())).collect();
        Plan { subject: PlanSubject::Template(TemplatePlan { packages: vec![package], bases }) }
    }

    /// Runs a plan that must not begin, and returns why.
    fn not_begun(&self, plan: Plan) -> Error {
        let before = (self.content("a"), self.content("b"));
        let outcome = self.run(plan);
        let Outcome::Failed { error, unrecorded: None } = outcome else { panic!("{outcome:?}") };
        assert_eq!((self.content("a"), self.content("b")), before);
        assert_eq!((self.copies(), self.whole_journal().len()), (0, 0));
        self.assert_nothing_left_beside(&["a", "b"]);
        assert!(!is_running(&self.paths), "the lock is given back");
        error
    }
}

#[test]
fn what_came_out_after_the_end_is_refused_before_anything_begins() {
    let pc = pc_until(Some("2025-10-28"));
    let error = pc.not_begun(pc.dated(&["a"], Some("2025-10-29")));
    let Error::NotCovered(ended) = error else { panic!("{error:?}") };
    assert_eq!((ended.devices[0].device.as_str(), ended.devices.len()), (DEVICE, 1));
    let error = pc.not_begun(pc.dated(&["b", "a"], Some("2025-10-29")));
    assert!(matches!(error, Error::NotCovered(_)), "for one of several bases: {error:?}");

    let done = pc.run_bases(pc.dated(&["a"], Some("2025-10-28")));
    assert_eq!((done.done.len(), done.failed.is_none()), (1, true), "the day of the end still counts");
}

#[test]
fn what_is_not_known_is_refused_where_the_settings_want_that_and_goes_on_where_not() {
    for (until, released) in [(None, Some("2025-10-29")), (Some("2027-01-01"), None)] {
        let mut pc = pc_until(until);
        pc.subscriptions.no_data = NoData::Stop;
        let error = pc.not_begun(pc.dated(&["a"], released));
        let Error::CoverageUnknown(about) = error else { panic!("{error:?}") };
        assert_eq!((about.devices.is_empty(), about.undated), (until.is_some(), released.is_none()));
        pc.subscriptions.no_data = NoData::Warn;
        assert_eq!(pc.run_bases(pc.dated(&["a"], released)).done.len(), 1);
    }
}

#[test]
fn where_a_list_is_not_used_what_is_not_known_is_refused_whatever_the_settings_say() {
    let mut pc = pc_until(None);
    pc.subscriptions.is_unread = true;
    let error = pc.not_begun(pc.dated(&["a"], Some("2025-10-29")));
    let Error::CoverageUnknown(about) = error else { panic!("{error:?}") };
    assert!(about.list_unread);
}

#[test]
fn what_is_known_is_asked_for_while_the_lock_is_held() {
    let pc = pc_until(Some("2025-10-28"));
    let is_held = std::cell::Cell::new(false);
    let subscriptions = Box::new(|| {
        is_held.set(is_running(&pc.paths));
        pc.subscriptions.clone()
    });
    let context = Context { subscriptions, ..pc.context(&pc.os) };
    let outcome = run(&context, pc.dated(&["a"], Some("2025-10-29")), &mut |_| {}, &CancellationToken::new());
    assert!(matches!(outcome, Outcome::Failed { error: Error::NotCovered(_), .. }), "{outcome:?}");
    assert!(is_held.get());
}

#[test]
fn a_device_that_was_written_off_and_has_come_back_to_another_base_counts_here_too() {
    let seen_in_b = |day: &str| {
        let mut pc = pc_seen(&[(DEVICE, "2026-01-01")], &[(DEVICE, day)], Some("2025-10-28"));
        pc.subscriptions.written_off =
            vec![WrittenOff { device: DEVICE.to_owned(), day: "2026-11-20".parse().unwrap() }];
        pc
    };
    let pc = seen_in_b("2026-11-21");
    let error = pc.not_begun(pc.dated(&["a"], Some("2025-10-29")));
    assert!(matches!(error, Error::NotCovered(_)), "{error:?}");
    let pc = seen_in_b("2026-11-20");
    assert_eq!(pc.run_bases(pc.dated(&["a"], Some("2025-10-29"))).done.len(), 1);
}

#[test]
fn an_installer_that_is_not_covered_is_not_started() {
    let pc = pc_until(Some("2025-02-10"));
    let installer = |target: InstallerTarget| {
        let bytes = b"an installer";
        let file = ReleaseFile { sha256: Some(Digest::of(bytes)), ..file("setup.exe") };
        let verified = pc.verified(bytes, &file);
        let (feed, date) = (Feed::platform(None), "2025-02-11".parse().ok());
        let release = Release { feed, date, ..release("3.4.46.40367", file) };
        let (package, arguments) = (Package { release, verified }, Vec::new());
        Plan {
            subject: PlanSubject::Installer(Box::new(InstallerPlan {
                package,
                arguments,
                target,
                former: Former::NotSought,
            })),
        }
    };
    for target in [InstallerTarget::Platform, InstallerTarget::Wizard { bases: pc.bases() }] {
        let error = pc.not_begun(installer(target));
        assert!(matches!(error, Error::NotCovered(_)), "{error:?}");
    }
    let outcome = pc.run(installer(InstallerTarget::Updater));
    let Outcome::Failed { error: Error::Installer(_), .. } = outcome else { panic!("{outcome:?}") };
}
