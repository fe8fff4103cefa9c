use std::path::Path;

use smarts_tests::machine_root::{self as pc, BaseSpec};
use smarts_tests::template::{self as builder, TemplateBuilder};

use super::*;
use crate::catalogue::{Feed, FileLocation, Release, ReleaseFile};
use crate::digest::Digest;
use crate::download::Downloaded;
use crate::journal::{Entry, What};
use crate::machine::{self, Base};
use crate::plan::{Package, TemplatePlan};
use crate::source::Trust;
use crate::verify::{Proof, Rules, Verified};
use crate::{os, tree};

const PRODUCT: &str = "9B3E6ADA-9AD3-4928-8F96-10455B03EC94";
const NAME: &str = "Склад 15, Расширенный";
const NEW: &str = "1.6.3.7283";

/// A PC with bases on 1.6.2.6493, each with a few files of its own.
struct Pc {
    root: pc::MachineRoot,
    os: os::MachineRoot,
    paths: Paths,
}

fn pc(ids: &[&str]) -> Pc {
    let specs: Vec<BaseSpec> = ids
        .iter()
        .map(|id| BaseSpec {
            files: vec![
                ("Documents/Cleverence.Warehouse.Environment.xml".into(), b"old environment".into()),
                ("Documents/Приход 1.xml".into(), "документ".into()),
                ("Documents/1.old".into(), b"stale".into()),
                ("Documentation/README.txt".into(), b"old readme".into()),
                ("Licenses/lic1.xml".into(), b"licence".into()),
                ("Кэш/deep/x".into(), b"x".into()),
                ("appres.resources".into(), b"r".into()),
            ],
            ..BaseSpec::new(id, &format!("База {id}"))
        })
        .collect();
    let root = pc::MachineRoot::new().unwrap().platform("3.3.46.29552").unwrap().bases(&specs).unwrap();
    let os = os::MachineRoot::open(root.path()).unwrap();
    let paths = Paths::below(&os, &root.path().join("person"));
    Pc { root, os, paths }
}

/// What a template of a new version usually is.
fn template(version: &str) -> TemplateBuilder {
    TemplateBuilder::of_product(PRODUCT, NAME, version)
        .file("settings.xml", "<never/>")
        .file("Documents/Cleverence.Warehouse.Environment.xml", "new environment")
        .file("documentation/readme.txt", "new readme")
        .file("Documentation/Новое/что нового.txt", format!("это {version}"))
        .on_update(
            &[r"Documents\*.old", "кэш"],
            &["Documentation", "AppDescription.xml", r"Documents\Cleverence.Warehouse.Environment.xml"],
        )
}

impl Pc {
    fn package(&self, version: &str, bytes: &[u8]) -> Package {
        let name = format!("{version}.mstmpl");
        let file = ReleaseFile { sha256: Some(Digest::of(bytes)), ..file(&name) };
        Package { verified: self.verified(bytes, &file), release: release(version, file) }
    }

    fn verified(&self, bytes: &[u8], file: &ReleaseFile) -> Verified {
        let path = self.root.path().join(&file.name);
        fs::write(&path, bytes).unwrap();
        let rules = Rules { source_trust: Trust::Https, accept_unproved: false, expected_publisher: None };
        verify::verify(Downloaded::at_hand(&path).unwrap(), file, &rules, &self.os).unwrap()
    }

    fn bases(&self) -> Vec<Base> {
        machine::read(&self.os).bases
    }

    fn plan(&self, templates: &[(&str, TemplateBuilder)]) -> Plan {
        let package =
            |(version, template): &(&str, TemplateBuilder)| self.package(version, &template.build().unwrap());
        self.plan_of(templates.iter().map(package).collect())
    }

    fn plan_of(&self, packages: Vec<Package>) -> Plan {
        Plan { subject: PlanSubject::Template(TemplatePlan { packages, bases: self.bases() }) }
    }

    fn run_with(
        &self,
        plan: Plan,
        progress: &mut dyn FnMut(Progress),
        cancel: &CancellationToken,
    ) -> Outcome {
        let clock = || "2026-11-22T09:40:05Z".parse().unwrap();
        let zone = TimeZone::fixed(jiff::tz::offset(3));
        run(&Context { os: &self.os, paths: &self.paths, clock: &clock, zone }, plan, progress, cancel)
    }

    fn run(&self, plan: Plan) -> Outcome {
        self.run_with(plan, &mut |_| {}, &CancellationToken::new())
    }

    fn run_bases(&self, plan: Plan) -> BasesOutcome {
        bases_outcome(self.run(plan))
    }

    fn base_dir(&self, id: &str) -> PathBuf {
        self.bases().into_iter().find(|base| base.id == id).unwrap().dir.unwrap()
    }

    fn content(&self, id: &str) -> Vec<(String, Option<Vec<u8>>)> {
        content(&self.base_dir(id))
    }

    fn text(&self, id: &str, path: &str) -> String {
        fs::read_to_string(self.base_dir(id).join(path)).unwrap()
    }

    fn journal(&self) -> Vec<Entry> {
        journal::read(&self.paths.journal_path()).unwrap().entries
    }

    fn copies(&self) -> usize {
        fs::read_dir(&self.paths.backup_dir).map_or(0, Iterator::count)
    }

    /// Nothing but bases lies where the bases lie.
    fn assert_nothing_left_beside(&self, ids: &[&str]) {
        let beside = self.base_dir(ids[0]).parent().unwrap().to_path_buf();
        let names =
            fs::read_dir(beside).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        assert_eq!(names, ids);
    }
}

fn file(name: &str) -> ReleaseFile {
    ReleaseFile {
        name: name.to_owned(),
        location: FileLocation::InSource(format!("downloads/{name}")),
        size: None,
        sha256: None,
        publisher: None,
    }
}

fn release(version: &str, file: ReleaseFile) -> Release {
    Release {
        feed: Feed::named(PRODUCT).unwrap(),
        version: version.parse().unwrap(),
        date: None,
        notes: String::new(),
        file: Some(file),
        tags: Vec::new(),
        forced: false,
        distribution: 100,
        show_for_all: false,
        min_platform: None,
        from_versions: Vec::new(),
        client_version: None,
    }
}

fn content(dir: &Path) -> Vec<(String, Option<Vec<u8>>)> {
    let nodes = tree::list(dir).unwrap();
    nodes.iter().map(|node| (node.path.to_string(), fs::read(node.path.below(dir)).ok())).collect()
}

fn bases_outcome(outcome: Outcome) -> BasesOutcome {
    match outcome {
        Outcome::Bases(outcome) => {
            assert!(outcome.unrecorded.is_none());
            outcome
        }
        other => panic!("{other:?}"),
    }
}

fn version(text: &str) -> Version {
    text.parse().unwrap()
}

#[test]
fn a_base_is_updated_exactly_as_its_template_says() {
    let pc = pc(&["a"]);
    let before = pc.content("a");
    let outcome = pc.run_bases(pc.plan(&[(NEW, template(NEW))]));
    assert!(outcome.failed.is_none() && outcome.not_started.is_empty(), "{outcome:?}");
    assert_eq!((outcome.done[0].from, outcome.done[0].to), (Some(version("1.6.2.6493")), version(NEW)));
    assert_eq!(pc.bases()[0].version, Some(version(NEW)));

    let mut expected: Vec<String> = before.iter().map(|(path, _)| path.clone()).collect();
    expected.retain(|path| path != "Documents/1.old" && !path.starts_with("Кэш"));
    expected.extend(["Documentation/Новое".into(), "Documentation/Новое/что нового.txt".into()]);
    expected.sort();
    let mut found: Vec<String> = pc.content("a").into_iter().map(|(path, _)| path).collect();
    found.sort();
    assert_eq!(found, expected);
    assert_eq!(pc.text("a", "Documentation/README.txt"), "new readme");
    assert_eq!(pc.text("a", "Documents/Cleverence.Warehouse.Environment.xml"), "new environment");
    assert_eq!(pc.text("a", "Documents/Приход 1.xml"), "документ");
    assert_ne!(pc.text("a", "settings.xml"), "<never/>");

    assert_eq!(content(&outcome.done[0].backup_dir), before);
    assert_eq!(outcome.done[0].backup_dir.file_name().unwrap(), "2026.11.22 12.40.05 a");
    pc.assert_nothing_left_beside(&["a"]);
}

#[test]
fn an_update_is_in_the_journal_with_everything_that_was_known() {
    let pc = pc(&["a"]);
    let bytes = template(NEW).build().unwrap();
    let outcome = pc.run_bases(pc.plan_of(vec![pc.package(NEW, &bytes)]));
    let identity = pc.os.identity();
    let expected = Entry {
        time: "2026-11-22T09:40:05Z".parse().unwrap(),
        user: identity.user,
        computer: identity.computer,
        what: What::Updated,
        subject: "a".into(),
        name: "База a".into(),
        product: Some(NAME.into()),
        from: Some(version("1.6.2.6493")),
        to: Some(version(NEW)),
        file: format!("{NEW}.mstmpl"),
        sha256: Digest::of(&bytes),
        proof: Proof::Hash,
        detail: String::new(),
        backup_dir: Some(outcome.done[0].backup_dir.display().to_string()),
    };
    assert_eq!(pc.journal(), [expected]);
}

#[test]
fn steps_are_applied_in_order_and_each_is_read_back() {
    let pc = pc(&["a"]);
    let second = template(NEW).file("Only/second.txt", "x");
    let first = TemplateBuilder::of_product(PRODUCT, NAME, "1.6.3.6708")
        .file("first.txt", "from the first step")
        .on_update(&[], &["AppDescription.xml", "first.txt"]);
    let mut seen = Vec::new();
    let outcome = pc.run_with(
        pc.plan(&[("1.6.3.6708", first), (NEW, second)]),
        &mut |progress| {
            if let Progress::Applying { version, done, total, .. } = progress
                && done == total
            {
                seen.push(version.to_string());
            }
        },
        &CancellationToken::new(),
    );
    assert_eq!(bases_outcome(outcome).done[0].to, version(NEW));
    assert_eq!(seen, ["1.6.3.6708", NEW]);
    assert_eq!(pc.text("a", "first.txt"), "from the first step");
    assert_eq!(pc.copies(), 2);
}

#[test]
fn one_consent_updates_every_base_and_the_pilot_first() {
    let pc = pc(&["a", "b", "c"]);
    let mut order = Vec::new();
    let outcome = pc.run_with(
        pc.plan(&[(NEW, template(NEW))]),
        &mut |progress| {
            if let Progress::Updated { base_id } = progress {
                order.push(base_id);
            }
        },
        &CancellationToken::new(),
    );
    let outcome = bases_outcome(outcome);
    assert_eq!(outcome.done.len(), 3);
    assert_eq!(order, ["a", "b", "c"]);
    assert!(pc.bases().iter().all(|base| base.version == Some(version(NEW))));
    assert_eq!(pc.journal().len(), 3);
}

#[test]
fn the_first_failure_stops_the_rest() {
    let pc = pc(&["a", "b", "c"]);
    let plan = pc.plan(&[(NEW, template(NEW))]);
    fs::remove_file(pc.base_dir("b").join("appres.resources")).unwrap();
    fs::create_dir(pc.base_dir("b").join("appres.resources")).unwrap();
    let (b, c) = (pc.content("b"), pc.content("c"));
    let outcome = pc.run_bases(plan);
    assert_eq!(outcome.done.len(), 1);
    let failure = outcome.failed.unwrap();
    assert_eq!(failure.base_id, "b");
    assert!(matches!(failure.error, Error::InUse { .. }), "{failure:?}");
    assert!(matches!(failure.state, BaseState::NothingChanged));
    assert_eq!(outcome.not_started, ["c"]);
    assert_eq!((pc.content("b"), pc.content("c")), (b, c));
    let kinds: Vec<What> = pc.journal().iter().map(|entry| entry.what).collect();
    assert_eq!(kinds, [What::Updated, What::Failed]);
}

/// Runs an update in which, once it has begun to change the base, a folder appears where a file is to go.
fn fails_half_way(pc: &Pc, also: impl Fn(&Pc)) -> Failure {
    let base_dir = pc.base_dir("a");
    let mut disturbed = false;
    let outcome = pc.run_with(
        pc.plan(&[(NEW, template(NEW))]),
        &mut |progress| {
            if matches!(progress, Progress::Applying { .. }) && !disturbed {
                disturbed = true;
                let in_the_way = base_dir.join("Documents/Cleverence.Warehouse.Environment.xml");
                fs::remove_file(&in_the_way).unwrap();
                fs::create_dir_all(in_the_way.join("not empty")).unwrap();
                also(pc);
            }
        },
        &CancellationToken::new(),
    );
    bases_outcome(outcome).failed.unwrap()
}

#[test]
fn a_template_that_fails_half_way_leaves_the_base_byte_for_byte_as_it_was() {
    let pc = pc(&["a"]);
    let before = pc.content("a");
    let failure = fails_half_way(&pc, |pc| {
        assert!(!pc.base_dir("a").join("Кэш/deep/x").exists(), "half of it was done");
    });
    assert!(
        matches!(&failure.error, Error::Change { path, .. } if path.as_str() == "Documents/Cleverence.Warehouse.Environment.xml"),
        "{failure:?}"
    );
    let BaseState::PutBack { backup_dir } = failure.state else { panic!("{failure:?}") };
    assert_eq!(pc.content("a"), before);
    assert_eq!(content(&backup_dir), before);
    assert_eq!(pc.bases()[0].version, Some(version("1.6.2.6493")));
    pc.assert_nothing_left_beside(&["a"]);
    let entry = &pc.journal()[0];
    assert_eq!(entry.what, What::Undone);
    assert!(entry.detail.starts_with("Failed to change Documents/"), "{}", entry.detail);
    assert_eq!(entry.backup_dir, Some(backup_dir.display().to_string()));
}

#[test]
fn a_base_that_cannot_be_put_back_is_said_to_be_neither() {
    let pc = pc(&["a"]);
    let failure = fails_half_way(&pc, |pc| {
        let copy = pc.paths.backup_dir.join("2026.11.22 12.40.05 a");
        fs::write(copy.join("Documents/1.old"), "damaged").unwrap();
    });
    let BaseState::NotPutBack { error, backup_dir } = failure.state else { panic!("{failure:?}") };
    assert!(matches!(error, backup::Error::NotRestored { faults } if faults.len() == 1));
    assert!(backup_dir.is_dir());
    assert_eq!(pc.journal()[0].what, What::NotUndone);
    assert_eq!(pc.text("a", "Documents/Cleverence.Warehouse.Environment.xml"), "old environment");
}

#[test]
fn a_failure_in_a_later_step_puts_back_what_was_before_the_first() {
    let pc = pc(&["a"]);
    let before = pc.content("a");
    let first = TemplateBuilder::of_product(PRODUCT, NAME, "1.6.3.6708").file("Docs", "a file");
    let second = TemplateBuilder::of_product(PRODUCT, NAME, NEW).file("Docs/a.txt", "needs a folder");
    let outcome = pc.run_bases(pc.plan(&[("1.6.3.6708", first), (NEW, second)]));
    let failure = outcome.failed.unwrap();
    assert!(matches!(&failure.error, Error::Template(template::Error::InTheWay { .. })), "{failure:?}");
    assert_eq!(failure.version, version(NEW));
    assert!(matches!(failure.state, BaseState::PutBack { .. }));
    assert_eq!(pc.content("a"), before);
}

#[test]
fn an_update_that_leaves_the_version_as_it_was_is_undone() {
    let pc = pc(&["a"]);
    let before = pc.content("a");
    let forgetful = TemplateBuilder::of_product(PRODUCT, NAME, NEW)
        .file("Documentation/new.txt", "x")
        .on_update(&[], &["Documentation"]);
    let failure = pc.run_bases(pc.plan(&[(NEW, forgetful)])).failed.unwrap();
    let Error::VersionUnchanged { expected, found } = failure.error else { panic!("{failure:?}") };
    assert_eq!((expected, found), (version(NEW), Some(version("1.6.2.6493"))));
    assert!(matches!(failure.state, BaseState::PutBack { .. }));
    assert_eq!(pc.content("a"), before);
}

/// Runs a plan that must fail before the base is touched, and returns why.
fn refused(pc: &Pc, plan: Plan) -> Error {
    let before = pc.content("a");
    let failure = pc.run_bases(plan).failed.unwrap();
    assert!(matches!(failure.state, BaseState::NothingChanged), "{failure:?}");
    assert_eq!(pc.content("a"), before);
    assert_eq!(pc.copies(), 0);
    assert_eq!(pc.journal().last().unwrap().what, What::Failed);
    pc.assert_nothing_left_beside(&["a"]);
    failure.error
}

#[test]
fn a_wrong_checksum_in_the_last_entry_is_found_before_anything_is_changed() {
    let pc = pc(&["a"]);
    let mut bytes = template(NEW).file("Documentation/last.bin", vec![1; 5000]).build().unwrap();
    builder::damage(&mut bytes, "Documentation/last.bin");
    let error = refused(&pc, pc.plan_of(vec![pc.package(NEW, &bytes)]));
    assert!(
        matches!(&error, Error::Template(template::Error::Entry { path, .. }) if path.as_str() == "Documentation/last.bin"),
        "{error:?}"
    );
}

#[test]
fn a_damaged_later_step_is_found_before_the_first_is_applied() {
    let pc = pc(&["a"]);
    let mut bytes = template(NEW).build().unwrap();
    builder::damage(&mut bytes, "documentation/readme.txt");
    let first = pc.package("1.6.3.6708", &template("1.6.3.6708").build().unwrap());
    let error = refused(&pc, pc.plan_of(vec![first, pc.package(NEW, &bytes)]));
    assert!(matches!(error, Error::Template(template::Error::Entry { .. })), "{error:?}");
}

#[test]
fn a_template_that_does_not_go_with_the_base_is_refused() {
    let pc = pc(&["a"]);
    let other_product = TemplateBuilder::of_product("другой", "Магазин 15", NEW);
    let error = refused(&pc, pc.plan(&[(NEW, other_product)]));
    assert!(matches!(error, Error::Misfit(Misfit::OtherProduct { .. })), "{error:?}");
    let error = refused(&pc, pc.plan(&[(NEW, template("1.6.3.6708"))]));
    assert!(matches!(error, Error::Misfit(Misfit::OtherVersion { .. })), "{error:?}");
    let error = refused(&pc, pc.plan(&[("1.6.2.6493", template("1.6.2.6493"))]));
    assert!(matches!(error, Error::Misfit(Misfit::NotNewer { .. })), "{error:?}");
}

#[test]
fn a_template_that_tries_to_leave_the_base_is_refused() {
    let pc = pc(&["a"]);
    for escaping in [template(NEW).file("../b/evil.dll", "x"), template(NEW).file(r"C:\evil.dll", "x")] {
        let error = refused(&pc, pc.plan(&[(NEW, escaping)]));
        assert!(matches!(error, Error::Template(template::Error::Path { .. })), "{error:?}");
    }
    let deleting =
        TemplateBuilder::of_product(PRODUCT, NAME, NEW).on_update(&[r"..\*"], &["AppDescription.xml"]);
    let error = refused(&pc, pc.plan(&[(NEW, deleting)]));
    assert!(
        matches!(error, Error::Template(template::Error::Path { place: "OnUpdate.xml", .. })),
        "{error:?}"
    );
}

#[test]
fn a_base_that_somebody_else_has_updated_meanwhile_is_left_alone() {
    let pc = pc(&["a"]);
    let plan = pc.plan(&[(NEW, template(NEW))]);
    let description = builder::app_description(PRODUCT, NAME, "1.6.3.6708");
    fs::write(pc.base_dir("a").join("AppDescription.xml"), description).unwrap();
    let error = refused(&pc, plan);
    let Error::BaseChanged { expected, found } = error else { panic!("{error:?}") };
    assert_eq!((expected, found), (Some(version("1.6.2.6493")), Some(version("1.6.3.6708"))));
}

#[test]
fn a_base_that_is_gone_or_lies_elsewhere_is_left_alone() {
    let one = pc(&["a"]);
    let mut plan = one.plan(&[(NEW, template(NEW))]);
    if let PlanSubject::Template(plan) = &mut plan.subject {
        plan.bases[0].id = "gone".into();
    }
    assert!(matches!(refused(&one, plan), Error::NotHere));
    let mut plan = one.plan(&[(NEW, template(NEW))]);
    if let PlanSubject::Template(plan) = &mut plan.subject {
        plan.bases[0].dir = Some(one.root.path().to_path_buf());
    }
    assert!(matches!(refused(&one, plan), Error::NotHere));
}

#[test]
fn a_file_that_changed_after_it_was_examined_is_not_used() {
    let pc = pc(&["a"]);
    let plan = pc.plan(&[(NEW, template(NEW))]);
    fs::write(pc.root.path().join(format!("{NEW}.mstmpl")), "swapped").unwrap();
    let error = refused(&pc, plan);
    assert!(matches!(error, Error::Package(verify::Error::Changed { .. })), "{error:?}");
}

#[test]
fn a_cancelled_update_leaves_neither_a_change_nor_a_copy_nor_an_entry() {
    let stages: [fn(&Progress) -> bool; 4] = [
        |progress| matches!(progress, Progress::Checking { .. }),
        |progress| matches!(progress, Progress::Unpacking { .. }),
        |progress| matches!(progress, Progress::Copying { stage: backup::Stage::Copying, .. }),
        |progress| matches!(progress, Progress::Copying { stage: backup::Stage::Checking, done_bytes, total_bytes, .. } if done_bytes == total_bytes),
    ];
    for is_stage in stages {
        let pc = pc(&["a", "b"]);
        let before = pc.content("a");
        let cancel = CancellationToken::new();
        let outcome = pc.run_with(
            pc.plan(&[(NEW, template(NEW))]),
            &mut |progress| {
                if is_stage(&progress) {
                    cancel.cancel();
                }
            },
            &cancel,
        );
        let outcome = bases_outcome(outcome);
        let failure = outcome.failed.unwrap();
        assert!(matches!(failure.error, Error::Cancelled), "{failure:?}");
        assert!(matches!(failure.state, BaseState::NothingChanged));
        assert_eq!(outcome.not_started, ["b"]);
        assert_eq!(pc.content("a"), before);
        assert_eq!((pc.copies(), pc.journal().len()), (0, 0));
        pc.assert_nothing_left_beside(&["a", "b"]);
    }
}

#[test]
fn cancelling_once_a_base_is_being_changed_is_too_late_for_it_and_stops_the_next() {
    let pc = pc(&["a", "b"]);
    let cancel = CancellationToken::new();
    let outcome = pc.run_with(
        pc.plan(&[(NEW, template(NEW))]),
        &mut |progress| {
            if matches!(progress, Progress::Applying { .. }) {
                cancel.cancel();
            }
        },
        &cancel,
    );
    let outcome = bases_outcome(outcome);
    assert_eq!(outcome.done.len(), 1);
    assert!(matches!(outcome.failed.unwrap().error, Error::Cancelled));
}

#[test]
fn two_updates_at_once_do_not_meet() {
    let pc = pc(&["a"]);
    let mut inner = None;
    let outcome = pc.run_with(
        pc.plan(&[(NEW, template(NEW))]),
        &mut |progress| {
            if matches!(progress, Progress::Applying { .. }) && inner.is_none() {
                inner = Some(pc.run(pc.plan(&[("9.9", template("9.9"))])));
            }
        },
        &CancellationToken::new(),
    );
    assert!(matches!(inner, Some(Outcome::Failed { error: Error::Busy, .. })), "{inner:?}");
    assert_eq!(bases_outcome(outcome).done.len(), 1);
    assert_eq!(pc.run_bases(pc.plan(&[("9.9", template("9.9"))])).done.len(), 1);
}

#[test]
fn nothing_is_done_that_cannot_be_recorded() {
    let pc = pc(&["a"]);
    let before = pc.content("a");
    fs::create_dir_all(pc.paths.journal_path()).unwrap();
    let outcome = pc.run(pc.plan(&[(NEW, template(NEW))]));
    assert!(matches!(outcome, Outcome::Failed { error: Error::Journal(_), .. }), "{outcome:?}");
    assert_eq!(pc.content("a"), before);
}

#[test]
fn an_update_whose_entry_could_not_be_written_says_so() {
    let pc = pc(&["a"]);
    let journal_path = pc.paths.journal_path();
    let outcome = pc.run_with(
        pc.plan(&[(NEW, template(NEW))]),
        &mut |progress| {
            if matches!(progress, Progress::Checking { .. }) {
                fs::remove_file(&journal_path).unwrap();
                fs::create_dir(&journal_path).unwrap();
            }
        },
        &CancellationToken::new(),
    );
    let Outcome::Bases(outcome) = outcome else { panic!("{outcome:?}") };
    assert_eq!(outcome.done.len(), 1);
    assert!(matches!(outcome.unrecorded, Some(journal::Error::Write { .. })));
}

#[cfg(unix)]
#[test]
fn a_base_that_could_not_be_put_back_is_not_begun() {
    let pc = pc(&["a"]);
    std::os::unix::fs::symlink("/etc", pc.base_dir("a").join("elsewhere")).unwrap();
    let failure = pc.run_bases(pc.plan(&[(NEW, template(NEW))])).failed.unwrap();
    assert!(matches!(failure.error, Error::Backup(backup::Error::Link { .. })), "{failure:?}");
    assert!(matches!(failure.state, BaseState::NothingChanged));
}

#[test]
fn a_plan_with_nothing_in_it_is_refused() {
    let pc = pc(&["a"]);
    assert!(matches!(pc.run(pc.plan(&[])), Outcome::Failed { error: Error::EmptyPlan, .. }));
    let mut plan = pc.plan(&[(NEW, template(NEW))]);
    if let PlanSubject::Template(plan) = &mut plan.subject {
        plan.bases.clear();
    }
    assert!(matches!(pc.run(plan), Outcome::Failed { error: Error::EmptyPlan, .. }));
}

#[cfg(unix)]
mod installers;
