use std::fs;

use jiff::Timestamp;
use smarts_tests::machine_root::{self as pc, BaseSpec};
use smarts_tests::template::TemplateBuilder;
use tokio_util::sync::CancellationToken;

use super::*;
use crate::backup::{self, Changes};
use crate::catalogue::{Release, ReleaseFile};
use crate::digest::Digest;
use crate::download::Downloaded;
use crate::journal::{self, Entry, What};
use crate::plan::{Package, TemplatePlan};
use crate::source::Trust;
use crate::template::{Template, preview};
use crate::{fixtures, machine, os, verify};

const PRODUCT: &str = "9B3E6ADA-9AD3-4928-8F96-10455B03EC94";
const NEW: &str = "1.6.3.7283";
const FILES: [(&str, &str); 3] =
    [("Docs/a.txt", "как было\n"), ("Docs/b.txt", "и это\n"), ("old.txt", "прежнее\n")];

struct Pc {
    root: pc::MachineRoot,
    os: os::MachineRoot,
    paths: Paths,
    hashed: Mutex<Hashed>,
    _own: tempfile::TempDir,
}

fn pc() -> Pc {
    let files = FILES.map(|(name, text)| (name.into(), text.into())).to_vec();
    let spec = BaseSpec { files, ..BaseSpec::new("13bee4fb", "Основной склад") };
    let root = pc::MachineRoot::new().unwrap().platform("3.3.46.29552").unwrap().base(&spec).unwrap();
    let os = os::MachineRoot::open(root.path()).unwrap();
    let own = tempfile::tempdir().unwrap();
    let paths = Paths::below(&os, own.path());
    Pc { root, os, paths, hashed: Mutex::default(), _own: own }
}

/// With everything the base has, and something else in it.
fn template(version: &str) -> TemplateBuilder {
    let builder = TemplateBuilder::of_product(PRODUCT, "Склад 15", version);
    let builder = builder.on_update(&["old.txt"], &["Docs", "AppDescription.xml"]);
    builder.file("docs/A.txt", "из шаблона\n").file("Docs/b.txt", "и это\n").file("Docs/new.txt", "новое\n")
}

impl Pc {
    fn base(&self) -> Base {
        machine::read(&self.os).bases.remove(0)
    }

    fn dir(&self) -> PathBuf {
        self.base().dir.unwrap()
    }

    fn package(&self, version: &str, template: &TemplateBuilder) -> Package {
        let path = self.root.path().join(format!("{version}.mstmpl"));
        template.write_to(&path).unwrap();
        let file = ReleaseFile {
            sha256: Some(Digest::of(&fs::read(&path).unwrap())),
            ..fixtures::file(&format!("{version}.mstmpl"))
        };
        let rules = verify::Rules {
            source_trust: Trust::Https,
            accept_unproved: false,
            expected_publisher: None,
            resigned_by: None,
        };
        let downloaded = Downloaded::at_hand(&path).unwrap();
        let verified = verify::verify(downloaded, &file, &rules, &self.os).unwrap();
        Package { release: Release { file: Some(file), ..fixtures::release(PRODUCT, version) }, verified }
    }

    fn look(&self) -> ByHand {
        let package = self.package(NEW, &template(NEW));
        let base = self.base();
        let dir = self.dir();
        let replaced = preview(&Template::open(&package.verified).unwrap(), &dir).unwrap();
        let template_dirs = vec![self.os.locate(crate::paths::TEMPLATES).unwrap()];
        let (os, paths) = (&self.os, &self.paths);
        let sources = Sources { os, paths, template_dirs, base: &base, base_dir: &dir };
        let written = replaced.writes.iter().filter(|write| write.exists).map(|write| &write.path);
        let touched = written.chain(&replaced.deletes).cloned().collect();
        changed(&sources, &touched, &self.hashed)
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.dir().join(path), text).unwrap();
    }

    fn copy(&self) -> backup::Backup {
        let base = self.base();
        let at = "2026-11-22T12:40[UTC]".parse().unwrap();
        let taken = backup::Taken {
            at,
            by: self.os.identity(),
            why: backup::Why::default(),
            without: backup::Without::default(),
        };
        let dir = self.dir();
        let cancel = CancellationToken::new();
        let place = backup::Place { os: &self.os, dir: &self.paths.backup_dir };
        backup::create(place, &base, &dir, &taken, &mut |_| (), &cancel).unwrap()
    }
}

fn names(found: &ByHand) -> Vec<&str> {
    found.changed.iter().map(|changed| changed.path.as_str()).collect()
}

fn changed_path() -> RelPath {
    RelPath::try_from("Docs/a.txt".to_owned()).unwrap()
}

#[test]
fn where_nothing_is_known_that_is_said() {
    let found = pc().look();
    assert_eq!((found.changed.len(), found.unchanged, found.untold), (0, 0, 4));
}

#[test]
fn what_differs_from_what_our_update_put_there_was_changed() {
    let pc = pc();
    let version = pc.base().version.unwrap();
    let installed = TemplateBuilder::of_product(PRODUCT, "Склад 15", &version.to_string());
    let installed = installed.file("Docs/a.txt", "как было\n").file("Docs/B.TXT", "и это\n");
    let package = pc.package(&version.to_string(), &installed);
    remember(&pc.paths, &pc.base(), &[package]);
    pc.write("Docs/a.txt", "своё\n");
    let found = pc.look();
    // The description of the base that this test made up is not the template's either.
    assert_eq!(names(&found), ["AppDescription.xml", "Docs/a.txt"]);
    assert_eq!(found.changed[0].since, Since::Update(version));
    assert_eq!(found.untold, 1, "what is removed came from elsewhere: {found:?}");
}

#[test]
fn what_an_update_left_alone_is_known_from_the_one_before() {
    let pc = pc();
    let base = pc.base();
    let version = base.version.unwrap().to_string();
    let first = TemplateBuilder::of_product(PRODUCT, "Склад 15", &version).file("old.txt", "прежнее\n");
    remember(&pc.paths, &base, &[pc.package(&version, &first)]);
    let second = TemplateBuilder::of_product(PRODUCT, "Склад 15", NEW).file("Docs/a.txt", "как было\n");
    remember(&pc.paths, &base, &[pc.package(NEW, &second)]);
    let updated = Base { version: Some(NEW.parse().unwrap()), ..base.clone() };
    let record = record::load(&pc.paths, &updated).unwrap();
    assert!(record.files.contains_key("old.txt") && record.files.contains_key("docs/a.txt"), "{record:?}");
    let former = record::load(&pc.paths, &base).unwrap();
    assert!(
        !former.files.contains_key("docs/a.txt"),
        "it went back to what the update before left: {former:?}"
    );
    let elsewhere = Base { version: Some("1.6.9.9999".parse().unwrap()), ..base.clone() };
    assert_eq!(record::load(&pc.paths, &elsewhere), None, "another program has updated it");
    fs::write(pc.paths.installed_path(&base.id), "{").unwrap();
    assert_eq!(record::load(&pc.paths, &updated), None);
}

#[test]
fn what_differs_from_the_newest_copy_was_changed_since_then() {
    let pc = pc();
    let copy = pc.copy();
    pc.write("Docs/b.txt", "своё\n");
    let found = pc.look();
    assert_eq!(names(&found), ["Docs/b.txt"]);
    assert_eq!(found.changed[0].since, Since::Copy(copy.manifest.time));
    let same = Some(SinceCopy { at: copy.manifest.time, files: 3 });
    assert_eq!((found.unchanged, found.since_copy, found.untold), (0, same, 0));
    fs::remove_file(backup::Backup::manifest_path(&copy.dir)).unwrap();
    assert_eq!(pc.look().untold, 4, "a copy without a manifest is not complete");
}

#[test]
fn a_copy_alone_never_says_that_nothing_was_changed() {
    let pc = pc();
    pc.write("Docs/a.txt", "своё\n");
    let copy = pc.copy();
    let found = pc.look();
    assert!(
        !found.is_untouched(),
        "it was changed before the copy, as in a base that was put back: {found:?}"
    );
    assert_eq!(found.since_copy, Some(SinceCopy { at: copy.manifest.time, files: 4 }));
}

#[test]
fn what_differs_from_the_template_was_changed_even_if_a_copy_has_it_too() {
    let pc = pc();
    let version = pc.base().version.unwrap();
    let template = TemplateBuilder::of_product(PRODUCT, "Склад 15", &version.to_string());
    let template = template.file("old.txt", "прежнее\n");
    let template = template.file("Docs/a.txt", "как было\n").file("Docs/b.txt", "и это\n");
    let package = pc.package(&version.to_string(), &template);
    let mut opened = Template::open(&package.verified).unwrap();
    let description = opened.wanted_entry(&RelPath::try_from("AppDescription.xml".to_owned()).unwrap());
    let description = opened.read(&description.unwrap(), 1 << 20).unwrap();
    fs::write(pc.dir().join("AppDescription.xml"), description).unwrap();
    let dir = pc.os.locate(crate::paths::TEMPLATES).unwrap();
    fs::create_dir_all(&dir).unwrap();
    template.write_to(&dir.join("a.mstmpl")).unwrap();
    assert!(pc.look().is_untouched(), "{:?}", pc.look());
    pc.write("Docs/a.txt", "своё\n");
    let copy = pc.copy();
    let found = pc.look();
    assert_eq!(found.changed, [Changed { since: Since::Template(version), path: changed_path() }]);
    assert_eq!((found.unchanged, found.since_copy), (3, None));
    fs::remove_file(dir.join("a.mstmpl")).unwrap();
    assert_eq!(pc.look().since_copy, Some(SinceCopy { at: copy.manifest.time, files: 4 }));
}

#[test]
fn after_going_back_what_the_update_before_put_there_counts() {
    let pc = pc();
    let base = pc.base();
    let version = base.version.unwrap();
    let first = TemplateBuilder::of_product(PRODUCT, "Склад 15", &version.to_string());
    let first = first.file("Docs/a.txt", "как было\n");
    remember(&pc.paths, &base, &[pc.package(&version.to_string(), &first)]);
    pc.write("Docs/a.txt", "своё\n");
    pc.copy();
    remember(&pc.paths, &base, &[pc.package(NEW, &template(NEW))]);
    let found = pc.look();
    assert!(names(&found).contains(&"Docs/a.txt"), "{found:?}");
    assert!(found.changed.iter().all(|changed| changed.since == Since::Update(version)), "{found:?}");
}

#[test]
fn what_the_update_after_the_copy_replaced_is_not_compared() {
    let pc = pc();
    let copy = pc.copy();
    let path = |text: &str| RelPath::try_from(text.to_owned()).unwrap();
    let description = fs::read_to_string(pc.dir().join("AppDescription.xml")).unwrap();
    let before = pc.base().version.unwrap().to_string();
    let mut changes = Changes::default();
    changes.made.insert(path("Docs/a.txt"));
    changes.made.insert(path("AppDescription.xml"));
    copy.keep_changes(&crate::os::Linux, &changes).unwrap();
    pc.write("AppDescription.xml", &description.replace(&before, "1.6.2.9999"));
    pc.write("Docs/a.txt", "из обновления\n");
    pc.write("old.txt", "своё\n");
    let found = pc.look();
    assert_eq!((names(&found).len(), found.untold), (0, 4), "nobody knows what has updated it: {found:?}");
    let entry = Entry {
        time: Timestamp::UNIX_EPOCH,
        what: What::Updated,
        subject: pc.base().id,
        to: Some("1.6.2.9999".parse().unwrap()),
        backup_dir: Some(copy.dir.display().to_string()),
        ..fixtures::entry()
    };
    journal::append(&pc.paths.journal_path(), &entry).unwrap();
    let found = pc.look();
    let same = found.since_copy.map(|since| since.files);
    assert_eq!((names(&found), same, found.untold), (vec!["old.txt"], Some(1), 2));
}

#[test]
fn the_template_of_the_installed_version_tells_too() {
    let pc = pc();
    let version = pc.base().version.unwrap();
    let dir = pc.os.locate(crate::paths::TEMPLATES).unwrap();
    fs::create_dir_all(&dir).unwrap();
    fs::write(dir.join("broken.mstmpl"), "PK").unwrap();
    TemplateBuilder::of_product("other", "Магазин 15", &version.to_string())
        .file("Docs/a.txt", "чужое")
        .write_to(&dir.join("a.mstmpl"))
        .unwrap();
    assert_eq!(pc.look().untold, 4);
    TemplateBuilder::of_product(PRODUCT, "Склад 15", &version.to_string())
        .file("Docs/a.txt", "было в шаблоне\n")
        .write_to(&dir.join("b.mstmpl"))
        .unwrap();
    let found = pc.look();
    assert_eq!(names(&found), ["AppDescription.xml", "Docs/a.txt"]);
    assert_eq!(found.changed[0].since, Since::Template(version));
}

#[test]
fn a_difference_is_of_what_the_base_has_and_what_comes() {
    let pc = pc();
    fs::write(pc.dir().join("customsettings.xml"), "<a Password='geheim'/>").unwrap();
    fs::write(pc.dir().join("Docs/b.txt"), vec![0; 2 << 20]).unwrap();
    let plan = TemplatePlan { packages: vec![pc.package(NEW, &template(NEW))], bases: vec![pc.base()] };
    let path = |text: &str| RelPath::try_from(text.to_owned()).unwrap();
    let of = |text: &str| difference(&plan, &pc.dir(), &path(text));
    let line = |mark, text: &str| Line { mark, text: text.to_owned() };
    let lines = vec![line(Mark::Goes, "как было"), line(Mark::Comes, "из шаблона")];
    assert_eq!(of("Docs/a.txt").unwrap(), Difference::Text(lines));
    assert_eq!(of("old.txt").unwrap(), Difference::Text(vec![line(Mark::Goes, "прежнее")]));
    assert_eq!(of("Docs/b.txt").unwrap(), Difference::Sizes { now: 2 << 20, then: Some(10) });
    assert_eq!(of("customsettings.xml").unwrap(), Difference::Hidden);
    assert!(matches!(of("missing.txt"), Err(Error::Base { .. })));
}
