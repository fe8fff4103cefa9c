//! What subscriptions say on the sheet.

use super::*;
use crate::machine::Base;
use crate::plan::InstallerPlan;
use crate::platform::former::Former;
use crate::subscription::{NoData, Unjudged};

const DEVICE: &str = "ТСД 1";
/// The day the release came out, and the day before.
const RELEASED: &str = "2025-10-29";
const TOO_EARLY: &str = "2025-10-28";

/// A PC with a base and a device, and a record of the device until this day.
fn with_record(until: Option<&str>) -> Pc {
    let devices = vec![(DEVICE.to_owned(), std::time::SystemTime::UNIX_EPOCH)];
    let mut pc = pc("3.3.46.29552", &BaseSpec { devices, ..spec() });
    pc.subscriptions = Subscriptions::nothing("PC");
    let record = |until| Record::of(DEVICE, "", until, "", "").unwrap();
    pc.subscriptions.records = until.map(record).into_iter().collect();
    pc
}

impl Pc {
    fn bases(&self) -> Vec<Base> {
        machine::read(&self.os).bases
    }

    fn looked_at(&self, subject: PlanSubject) -> Points {
        self.around(&self.with_free(90 << 30), |around| {
            points(around, &Plan { subject }, &mut Earlier::default())
        })
    }

    /// A template for the base, the platform's installer, the product's wizard; whom each concerns.
    fn plans(&self) -> [(Option<String>, PlanSubject); 3] {
        let package = || self.package(NEW, &template(NEW), true);
        let installer = |target| {
            PlanSubject::Installer(Box::new(InstallerPlan {
                package: package(),
                arguments: vec![],
                target,
                former: Former::NotSought,
            }))
        };
        let templates = TemplatePlan { packages: vec![package()], bases: self.bases() };
        let base_id = || Some("a".to_owned());
        [
            (base_id(), PlanSubject::Template(templates)),
            (None, installer(InstallerTarget::Platform)),
            (base_id(), installer(InstallerTarget::Wizard { bases: self.bases() })),
        ]
    }
}

/// Of the platform it is said besides that its installer is not kept.
fn of_coverage(points: Points) -> Vec<Warning> {
    points.warnings.into_iter().filter(|one| !matches!(one, Warning::NoWayBack { .. })).collect()
}

#[test]
fn what_is_covered_is_said_of_every_plan() {
    let pc = with_record(Some(RELEASED));
    for (base_id, plan) in pc.plans() {
        let points = pc.looked_at(plan);
        assert!(points.may_go_on(), "{points:?}");
        assert!(points.passes.contains(&Pass::Covered { base_id }), "{points:?}");
        assert_eq!(of_coverage(points), []);
    }
}

#[test]
fn what_is_not_covered_stops_every_plan_and_says_whose_subscription_ended() {
    let pc = with_record(Some(TOO_EARLY));
    for (expected_id, plan) in pc.plans() {
        let points = pc.looked_at(plan);
        let [Stop::NotCovered { base_id, ended }] = &points.stops[..] else { panic!("{points:?}") };
        assert_eq!((base_id, ended.released), (&expected_id, RELEASED.parse().unwrap()));
        let [holder] = &ended.devices[..] else { panic!("{ended:?}") };
        assert_eq!((holder.device.as_str(), holder.until), (DEVICE, TOO_EARLY.parse().unwrap()));
        assert!(!points.passes.iter().any(|pass| matches!(pass, Pass::Covered { .. })), "{points:?}");
    }
}

#[test]
fn what_is_not_known_is_a_warning_or_by_the_settings_a_stop() {
    let mut pc = with_record(None);
    let about = Unjudged { devices: vec![DEVICE.to_owned()], ..Unjudged::default() };
    for (base_id, plan) in pc.plans() {
        let points = pc.looked_at(plan);
        assert!(points.may_go_on(), "{points:?}");
        assert_eq!(of_coverage(points), [Warning::CoverageUnknown { base_id, about: about.clone() }]);
    }
    pc.subscriptions.no_data = NoData::Stop;
    for (expected_id, plan) in pc.plans() {
        let points = pc.looked_at(plan);
        let [Stop::CoverageUnknown { base_id, about: found }] = &points.stops[..] else {
            panic!("{points:?}")
        };
        assert_eq!((base_id, found), (&expected_id, &about));
        assert_eq!(of_coverage(points), []);
    }
}

#[test]
fn a_list_that_is_not_used_stops_every_plan() {
    let mut pc = with_record(None);
    pc.subscriptions.is_unread = true;
    for (_, plan) in pc.plans() {
        let points = pc.looked_at(plan);
        let [Stop::CoverageUnknown { about, .. }] = &points.stops[..] else { panic!("{points:?}") };
        assert!(about.list_unread);
    }
}

#[test]
fn a_template_that_does_not_say_when_it_came_out_is_not_known_to_be_covered() {
    let pc = with_record(Some("9999-12-31"));
    let mut package = pc.package(NEW, &template(NEW), true);
    package.release.date = None;
    let points = pc.points_of(vec![package]);
    let about = Unjudged { undated: true, ..Unjudged::default() };
    assert_eq!(points.warnings, [Warning::CoverageUnknown { base_id: Some("a".to_owned()), about }]);
}

#[test]
fn every_step_of_a_chain_has_to_be_covered() {
    let pc = with_record(Some(TOO_EARLY));
    let mut early = pc.package(NEW, &template(NEW), true);
    early.release.date = "2020-01-01".parse().ok();
    let (first, second) = (pc.package("1.6.3.6708", &template("1.6.3.6708"), true), early);
    let points = pc.points_of(vec![first, second]);
    assert!(matches!(&points.stops[..], [Stop::NotCovered { .. }]), "{points:?}");
}

#[test]
fn a_device_that_has_come_since_the_plan_was_made_counts() {
    let pc = with_record(Some(RELEASED));
    let mut bases = pc.bases();
    bases[0].devices.clear();
    let plan = TemplatePlan { packages: vec![pc.package(NEW, &template(NEW), true)], bases };
    let points = pc.looked_at(PlanSubject::Template(plan));
    assert!(points.passes.contains(&Pass::Covered { base_id: Some("a".to_owned()) }), "{points:?}");
}

#[test]
fn this_program_needs_no_subscription() {
    let pc = with_record(Some("2018-01-01"));
    let (package, target) = (pc.package(NEW, &template(NEW), true), InstallerTarget::Updater);
    let plan = InstallerPlan { package, arguments: vec![], target, former: Former::NotSought };
    let points = pc.looked_at(PlanSubject::Installer(Box::new(plan)));
    assert_eq!((points.stops.len(), &points.warnings[..]), (0, &[][..]));
    assert!(!points.passes.iter().any(|pass| matches!(pass, Pass::Covered { .. })), "{points:?}");
}
