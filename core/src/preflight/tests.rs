use std::fs;

use smarts_tests::machine_root::{self as pc, BaseSpec};
use smarts_tests::template::TemplateBuilder;

use super::*;
use crate::catalogue::{Release, ReleaseFile};
use crate::digest::Digest;
use crate::download::Downloaded;
use crate::fixtures::{self, Answering};
use crate::machine;
use crate::os::{self, Volume};
use crate::plan::{Package, TemplatePlan};
use crate::source::Trust;
use crate::subscription::{Record, Subscriptions};
use crate::template::Misfit;
use crate::verify::{self, Proof};
use crate::version::Version;

mod by_hand;
mod coverage;
mod looks;
mod ways;

const PRODUCT: &str = "9B3E6ADA-9AD3-4928-8F96-10455B03EC94";
const NEW: &str = "1.6.3.7283";
/// A Sunday.
const NOW: &str = "2026-11-22T12:40[UTC]";

struct Pc {
    root: pc::MachineRoot,
    os: os::MachineRoot,
    subscriptions: Subscriptions,
    maintenance: Option<WeekHours>,
    /// Of the person.
    own: tempfile::TempDir,
}

/// This PC may receive everything.
fn covered() -> Subscriptions {
    let records = vec![Record::of("PC", "", "31.12.9999", "", "").unwrap()];
    Subscriptions { records, ..Subscriptions::nothing("PC") }
}

fn pc(platform: &str, spec: &BaseSpec) -> Pc {
    let root = pc::MachineRoot::new().unwrap().platform(platform).unwrap().base(spec).unwrap();
    let os = os::MachineRoot::open(root.path()).unwrap();
    Pc { root, os, subscriptions: covered(), maintenance: None, own: tempfile::tempdir().unwrap() }
}

fn spec() -> BaseSpec {
    BaseSpec {
        files: vec![("appres.resources".into(), b"r".into())], ..BaseSpec::new("a", "Основной склад")
    }
}

fn template(version: &str) -> TemplateBuilder {
    TemplateBuilder::of_product(PRODUCT, "Склад 15", version)
}

impl Pc {
    fn package(&self, version: &str, template: &TemplateBuilder, is_proved: bool) -> Package {
        let path = self.root.path().join(format!("{version}.mstmpl"));
        template.write_to(&path).unwrap();
        let downloaded = Downloaded::at_hand(&path).unwrap();
        let sha256 = is_proved.then(|| Digest::of(&fs::read(&path).unwrap()));
        let file = ReleaseFile { sha256, ..fixtures::file(&format!("{version}.mstmpl")) };
        let rules = verify::Rules {
            source_trust: Trust::Https,
            accept_unproved: true,
            expected_publisher: None,
            resigned_by: None,
        };
        let verified = verify::verify(downloaded, &file, &rules, &self.os).unwrap();
        let date = "2025-10-29".parse().ok();
        let release = Release { file: Some(file), date, ..fixtures::release(PRODUCT, version) };
        Package { release, verified }
    }

    fn points_of(&self, packages: Vec<Package>) -> Points {
        self.points_on(&self.with_free(90 << 30), packages)
    }

    fn points_on(&self, os: &dyn Os, packages: Vec<Package>) -> Points {
        let bases = machine::read(&self.os).bases;
        let plan = Plan { subject: PlanSubject::Template(TemplatePlan { packages, bases }) };
        self.around(os, |around| points(around, &plan, &mut Earlier::default()))
    }

    fn around<T>(&self, os: &dyn Os, look: impl FnOnce(&Around<'_>) -> T) -> T {
        let machine = machine::read(&self.os);
        let now: jiff::Zoned = NOW.parse().unwrap();
        let facts = self.subscriptions.facts(&machine, &now);
        look(&Around {
            os,
            machine: &machine,
            facts: &facts,
            paths: &Paths::below(&self.os, self.own.path()),
            without: &Without::default(),
            maintenance: self.maintenance.as_ref(),
            now: now.datetime(),
            pace: Pace { bytes_per_second: 1 << 20 },
            hashed: &Mutex::default(),
        })
    }

    /// A PC with a disk of 100 GiB of which so much is free.
    fn with_free(&self, free_bytes: u64) -> Answering {
        let volume = Volume { id: "one".to_owned(), free_bytes, total_bytes: 100 << 30 };
        Answering { volumes: vec![(String::new(), volume)], ..Answering::on(self.root.path()) }
    }

    fn points(&self, template: &TemplateBuilder) -> Points {
        self.points_of(vec![self.package(NEW, template, true)])
    }

    fn base_dir(&self) -> std::path::PathBuf {
        machine::read(&self.os).bases.remove(0).dir.unwrap()
    }
}

fn version(text: &str) -> Version {
    text.parse().unwrap()
}

#[test]
fn everything_in_order_is_said_point_by_point() {
    let points = pc("3.3.46.29552", &spec()).points(&template(NEW));
    assert!(points.may_go_on(), "{points:?}");
    assert_eq!(points.warnings, []);
    let base_id = "a".to_owned();
    let needed_bytes = points.passes.iter().find_map(|pass| match pass {
        Pass::Space { needed_bytes } => Some(*needed_bytes),
        _ => None,
    });
    let needed_bytes = needed_bytes.unwrap();
    assert!(needed_bytes > points.copy_bytes, "{points:?}");
    assert_eq!(
        points.passes,
        [
            Pass::Package { version: version(NEW), proof: Proof::Hash },
            Pass::Platform { version: version(NEW) },
            Pass::Fits { base_id: base_id.clone() },
            Pass::Writable { base_id: base_id.clone() },
            Pass::NotInUse { base_id: base_id.clone() },
            Pass::Space { needed_bytes },
            Pass::Covered { base_id: Some(base_id) },
            Pass::Rights { asked: false },
        ]
    );
}

#[test]
fn what_is_copied_and_what_is_replaced_is_told_with_the_points() {
    let pc = pc("3.3.46.29552", &spec());
    let points = pc.points(&template(NEW));
    let nodes = tree::list(&pc.base_dir()).unwrap();
    assert_eq!(points.copy_bytes, tree::total_bytes(&nodes));
    let replaced = points.replaced.unwrap();
    assert!(replaced.writes.iter().any(|write| write.path.as_str() == "AppDescription.xml"), "{replaced:?}");
    fs::remove_dir_all(pc.base_dir()).unwrap();
    let points = pc.points(&template(NEW));
    assert_eq!((points.copy_bytes, points.replaced), (0, None));
}

#[test]
fn looking_leaves_nothing_behind() {
    let pc = pc("3.3.46.29552", &spec());
    let before = tree::list(&pc.base_dir()).unwrap();
    pc.points(&template(NEW));
    assert_eq!(tree::list(&pc.base_dir()).unwrap(), before);
}

#[test]
fn an_older_platform_and_a_missing_proof_are_warnings() {
    let pc = pc("3.0.46.46642", &spec());
    let points = pc.points_of(vec![pc.package(NEW, &template(NEW), false)]);
    assert!(points.may_go_on(), "{points:?}");
    let (version, minimum) = (version(NEW), version("3.3.46.29552"));
    let installed = Some("3.0.46.46642".parse().unwrap());
    assert_eq!(
        points.warnings,
        [Warning::Unproved { version }, Warning::NeedsPlatform { version, minimum, installed }]
    );
}

#[test]
fn whether_a_base_is_in_use_cannot_always_be_told() {
    let pc = pc("3.3.46.29552", &BaseSpec::new("a", "Основной склад"));
    let points = pc.points(&template(NEW));
    assert_eq!(points.warnings, [Warning::UseNotTellable { base_id: "a".into() }]);
    fs::create_dir(pc.base_dir().join("appres.resources")).unwrap();
    let points = pc.points(&template(NEW));
    assert!(matches!(&points.stops[..], [Stop::InUse { .. }]), "{points:?}");
}

#[test]
fn whoever_holds_a_base_open_is_named_and_a_pending_restart_is_a_warning() {
    let pc = pc("3.3.46.29552", &BaseSpec::new("a", "Основной склад"));
    fs::create_dir(pc.base_dir().join("appres.resources")).unwrap();
    let os = Answering {
        holders: vec!["1cv8.exe".into(), "MobileSMARTS".into()],
        reboot_pending: Some(true),
        ..pc.with_free(90 << 30)
    };
    let points = pc.points_on(&os, vec![pc.package(NEW, &template(NEW), true)]);
    let [Stop::InUse { holders, .. }] = &points.stops[..] else { panic!("{points:?}") };
    assert_eq!(holders, &["1cv8.exe", "MobileSMARTS"]);
    assert_eq!(points.warnings, [Warning::RebootPending]);
}

#[test]
fn each_step_has_to_fit_what_the_one_before_leaves() {
    let pc = pc("3.3.46.29552", &spec());
    let package = |version: &str| pc.package(version, &template(version), true);
    let points = pc.points_of(vec![package("1.6.3.6708"), package(NEW)]);
    assert!(points.may_go_on(), "{points:?}");
    let points = pc.points_of(vec![package(NEW), package("1.6.3.6708")]);
    assert!(
        matches!(&points.stops[..], [Stop::Misfit { misfit: Misfit::NotNewer { .. }, .. }]),
        "{points:?}"
    );
    let other = TemplateBuilder::of_product("other", "Магазин 15", NEW);
    let points = pc.points(&other);
    assert!(
        matches!(&points.stops[..], [Stop::Misfit { misfit: Misfit::OtherProduct { .. }, .. }]),
        "{points:?}"
    );
}

#[test]
fn an_unusable_template_is_a_stop() {
    let pc = pc("3.3.46.29552", &spec());
    let points = pc.points(&template(NEW).file("../evil", "x"));
    assert!(matches!(&points.stops[..], [Stop::Template { .. }]), "{points:?}");
    fs::create_dir_all(pc.base_dir().join("Docs/a.txt")).unwrap();
    let points = pc.points(&template(NEW).file("docs/A.TXT", "x"));
    assert!(matches!(&points.stops[..], [Stop::Replacement { .. }]), "{points:?}");
}

#[test]
fn a_base_that_is_not_updated_here_is_a_stop() {
    let remote = BaseSpec { settings: pc::Settings::Remote, ..spec() };
    let points = pc("3.3.46.29552", &remote).points(&template(NEW));
    assert!(points.stops.iter().any(|stop| matches!(stop, Stop::NotHere { .. })), "{points:?}");
}

#[cfg(unix)]
#[test]
fn a_base_with_a_link_in_it_is_a_stop() {
    let pc = pc("3.3.46.29552", &spec());
    std::os::unix::fs::symlink("/etc", pc.base_dir().join("elsewhere")).unwrap();
    let points = pc.points(&template(NEW));
    assert!(
        matches!(&points.stops[..], [Stop::NotCopyable { path, .. }] if path.as_str() == "elsewhere"),
        "{points:?}"
    );
}

#[test]
fn a_plan_with_nothing_in_it_is_a_stop() {
    let points = pc("3.3.46.29552", &spec()).points_of(Vec::new());
    assert!(matches!(&points.stops[..], [Stop::Nothing]), "{points:?}");
}
