use std::path::{Path, PathBuf};
use std::{fs, io};

use smarts_tests::machine_root::{self as pc, BaseSpec};
use smarts_tests::template::TemplateBuilder;

use super::*;
use crate::catalogue::{Release, ReleaseFile};
use crate::digest::Digest;
use crate::download::Downloaded;
use crate::fixtures::{self, Answering, file};
use crate::journal::{Entry, What};
use crate::machine::{self, Base};
use crate::os::InstallerFault;
use crate::plan::{Package, TemplatePlan};
use crate::server::Server;
use crate::source::Trust;
use crate::subscription::Subscriptions;
use crate::template::{self, Misfit};
use crate::verify::{self, Rules, Verified};
use crate::version::Version;
use crate::works::Works;
use crate::{backup, os, switch, tree};

mod at_once;
mod coverage;
mod going_back;
#[cfg(unix)]
mod installers;
mod recover;
mod refusals;
mod servers;
mod updates;

const PRODUCT: &str = "9B3E6ADA-9AD3-4928-8F96-10455B03EC94";
const NAME: &str = "Склад 15, Расширенный";
const NEW: &str = "1.6.3.7283";

/// A PC with bases on 1.6.2.6493, each with a few files of its own.
struct Pc {
    root: pc::MachineRoot,
    os: os::MachineRoot,
    subscriptions: Subscriptions,
    paths: Paths,
    copies: Copies,
}

fn pc(ids: &[&str]) -> Pc {
    pc_of(&ids.iter().map(|id| spec(id)).collect::<Vec<_>>())
}

fn spec(id: &str) -> BaseSpec {
    BaseSpec {
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
    }
}

fn pc_of(specs: &[BaseSpec]) -> Pc {
    let root = pc::MachineRoot::new().unwrap().platform("3.3.46.29552").unwrap().bases(specs).unwrap();
    let os = os::MachineRoot::open(root.path()).unwrap();
    let paths = Paths::below(&os, &root.path().join("person"));
    Pc { root, os, subscriptions: Subscriptions::nothing("PC"), paths, copies: Copies::default() }
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
        let rules = Rules {
            source_trust: Trust::Https,
            accept_unproved: false,
            expected_publisher: None,
            resigned_by: None,
        };
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
        run(&self.context(&self.os), plan, progress, cancel)
    }

    fn run_on(&self, os: &dyn Os, plan: Plan) -> Outcome {
        run(&self.context(os), plan, &mut |_| {}, &CancellationToken::new())
    }

    fn context<'a>(&'a self, os: &'a dyn Os) -> Context<'a> {
        self.witnessed(os, &|_| ())
    }

    fn finishing(&self) -> Finishing<'_> {
        let clock = &|| "2026-11-23T09:00:00Z".parse().unwrap();
        let (os, paths) = (&self.os, &self.paths);
        Finishing { os, paths, clock, witness: &|_| (), checkpoint: &|_| () }
    }

    fn witnessed<'a>(&'a self, os: &'a dyn Os, witness: &'a dyn Fn(&Entry)) -> Context<'a> {
        let clock = &|| "2026-11-22T09:40:05Z".parse().unwrap();
        let (paths, copies) = (&self.paths, &self.copies);
        let subscriptions = Box::new(|| self.subscriptions.clone());
        let zone = TimeZone::fixed(jiff::tz::offset(3));
        let (finisher, checkpoint) = (None, &|_| {});
        Context { os, paths, clock, zone, copies, subscriptions, witness, finisher, checkpoint }
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

    /// How everything ended, and what came to no end.
    fn journal(&self) -> Vec<Entry> {
        journal::without_ended(self.whole_journal())
    }

    fn whole_journal(&self) -> Vec<Entry> {
        journal::read(&self.paths.journal_path()).unwrap().entries
    }

    fn copies(&self) -> usize {
        fs::read_dir(&self.paths.backup_dir).map_or(0, Iterator::count)
    }

    fn aside(&self, id: &str) -> Vec<PathBuf> {
        let all =
            walkdir::WalkDir::new(self.base_dir(id)).into_iter().map(|entry| entry.unwrap().into_path());
        let is_ours = |path: &PathBuf| path.file_name().unwrap().to_str().is_some_and(switch::is_ours);
        all.filter(is_ours).collect()
    }

    fn take_away_what_is_aside(&self, id: &str) {
        for path in self.aside(id).into_iter().filter(|path| path.to_str().unwrap().ends_with('o')) {
            if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
        }
    }

    /// Nothing but bases lies where the bases lie.
    fn assert_nothing_left_beside(&self, ids: &[&str]) {
        let beside = self.base_dir(ids[0]).parent().unwrap().to_path_buf();
        let names =
            fs::read_dir(beside).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        assert_eq!(names, ids);
        for id in ids {
            assert_eq!(self.aside(id), [] as [PathBuf; 0]);
        }
        assert_eq!(switch::open(&self.paths).unwrap(), []);
    }
}

fn release(version: &str, file: ReleaseFile) -> Release {
    Release { file: Some(file), ..fixtures::release(PRODUCT, version) }
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
