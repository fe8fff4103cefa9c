//! Going back after updates: what comes back, what stays, and what stands in the way.

use std::panic::{self, AssertUnwindSafe};

use super::*;
use crate::backup::{
    self, Backup, Changes, Fault, GoingBack, Listed, Preview, Step, Way, WentBack, Why, Without, cut_off,
    go_back, list, on_demand, present_base, preview, would_go,
};
use crate::switch::{self, Checkpoint, Moment};
use crate::tree::RelPath;

const OLD: &str = "1.6.2.6493";
const THIRD: &str = "1.6.4.8000";

type Shown = (Backup, Preview);

impl Pc {
    fn for_copies<'a>(
        &'a self,
        clock: &'a (dyn Fn() -> Timestamp + Sync),
        checkpoint: &'a dyn Fn(Checkpoint),
    ) -> backup::Context<'a> {
        let (os, paths, copies) = (&self.os, &self.paths, &self.copies);
        let zone = TimeZone::fixed(jiff::tz::offset(3));
        backup::Context { os, paths, clock, zone, copies, witness: &|_| (), finisher: None, checkpoint }
    }

    pub(super) fn update(&self, to: &str) -> Backup {
        let outcome = self.run_bases(self.plan(&[(to, template(to))]));
        assert!(outcome.failed.is_none(), "{outcome:?}");
        Backup::open(&outcome.done[0].backup_dir).unwrap()
    }

    pub(super) fn show(&self, backup: &Backup, way: Way) -> Result<Preview, Fault> {
        let (_, since, dir) = present_base(&self.os, &self.paths, backup, way)?;
        preview(backup, &dir, &since, way, &mut |_, _| {}, &CancellationToken::new()).map_err(Fault::of)
    }

    pub(super) fn go(
        &self,
        backup: &Backup,
        way: Way,
        agreed: &Preview,
        progress: &mut dyn FnMut(Step),
        cancel: &CancellationToken,
    ) -> Result<WentBack, Fault> {
        let clock = || "2026-11-23T06:00:00Z".parse().unwrap();
        go_back(&self.for_copies(&clock, &|_| ()), &GoingBack { backup, way, agreed }, progress, cancel)
    }

    pub(super) fn back(&self, backup: &Backup, way: Way) -> Result<WentBack, Fault> {
        let agreed = self.show(backup, way)?;
        self.go(backup, way, &agreed, &mut |_| {}, &CancellationToken::new())
    }

    fn on_demand(&self, agreed: &[String], at: &str) -> Result<backup::Made, Fault> {
        let clock = || at.parse().unwrap();
        let base = &self.bases()[0];
        on_demand(&self.for_copies(&clock, &|_| ()), base, agreed, &mut |_| {}, &CancellationToken::new())
    }

    /// While it goes back, somebody removes everything that was put aside or laid ready, at this point.
    pub(super) fn sabotaged(&self, backup: &Backup, way: Way, point: Checkpoint) -> Result<WentBack, Fault> {
        let agreed = self.show(backup, way)?;
        let clock = || "2026-11-23T06:00:00Z".parse().unwrap();
        let sabotage = |reached| {
            if reached == point {
                remove_ours(&self.base_dir("a"));
            }
        };
        let going = GoingBack { backup, way, agreed: &agreed };
        go_back(&self.for_copies(&clock, &sabotage), &going, &mut |_| {}, &CancellationToken::new())
    }

    fn settle(&self) {
        let clock = || "2026-11-23T07:00:00Z".parse().unwrap();
        backup::settle(&self.for_copies(&clock, &|_| ())).unwrap();
    }

    fn listed(&self) -> Vec<Listed> {
        list(backup::Place { os: &self.os, dir: &self.paths.backup_dir }, &TimeZone::UTC).unwrap()
    }

    fn write(&self, id: &str, path: &str, text: &str) {
        let path = self.base_dir(id).join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn kinds(&self) -> Vec<What> {
        self.whole_journal().iter().map(|entry| entry.what).collect()
    }
}

fn texts(paths: &[RelPath]) -> Vec<&str> {
    paths.iter().map(RelPath::as_str).collect()
}

fn remove_ours(dir: &Path) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let is_ours = switch::is_ours(path.file_name().unwrap().to_str().unwrap());
        if is_ours && path.is_dir() {
            fs::remove_dir_all(path).unwrap();
        } else if is_ours {
            fs::remove_file(path).unwrap();
        } else if path.is_dir() {
            remove_ours(&path);
        }
    }
}

fn updated(with: &str) -> (Pc, Shown) {
    let pc = pc(&["a"]);
    let backup = pc.update(NEW);
    pc.write("a", "Documents/Приход 2.xml", with);
    let shown = pc.show(&backup, Way::Whole).unwrap();
    (pc, (backup, shown))
}

#[test]
fn what_the_update_replaced_comes_back_and_what_came_since_stays() {
    let pc = pc(&["a"]);
    let before = pc.content("a");
    let backup = pc.update(NEW);
    assert_eq!(backup.manifest.why, Why::Update { to: Some(version(NEW)) });
    pc.write("a", "Documents/Приход 2.xml", "документ");
    pc.write("a", "Documents/Приход 1.xml", "исправлен");
    pc.write("a", "Licenses/lic2.xml", "licence");
    let shown = pc.show(&backup, Way::Replaced).unwrap();
    let replaced =
        ["AppDescription.xml", "Documentation/README.txt", "Documents/Cleverence.Warehouse.Environment.xml"];
    assert_eq!(texts(&shown.replaced), replaced);
    assert_eq!(texts(&shown.removed), ["Documentation/Новое", "Documentation/Новое/что нового.txt"]);
    assert_eq!(texts(&shown.brought_back), ["Documents/1.old", "Кэш", "Кэш/deep", "Кэш/deep/x"]);
    assert!(shown.vanish.is_empty());

    let went = pc.back(&backup, Way::Replaced).unwrap();
    assert_eq!((went.from, went.to), (Some(version(NEW)), Some(version(OLD))));
    assert!(went.present_dir.is_none() && went.is_recorded);
    assert_eq!(pc.text("a", "Documents/Приход 1.xml"), "исправлен");
    assert_eq!(pc.text("a", "Documents/Приход 2.xml"), "документ");
    pc.write("a", "Documents/Приход 1.xml", "документ");
    fs::remove_file(pc.base_dir("a").join("Documents/Приход 2.xml")).unwrap();
    fs::remove_file(pc.base_dir("a").join("Licenses/lic2.xml")).unwrap();
    assert_eq!(pc.content("a"), before);

    assert_eq!(pc.kinds(), [What::Begun, What::Updated, What::GoingBack, What::WentBack]);
    let journal = pc.journal();
    let last = journal.last().unwrap();
    assert_eq!((last.what, last.from, last.to), (What::WentBack, Some(version(NEW)), Some(version(OLD))));
    assert_eq!(last.backup_dir.as_deref(), backup.dir.to_str());
    assert!(cut_off(&pc.whole_journal()).is_empty());
    assert!(pc.show(&backup, Way::Replaced).unwrap().is_empty(), "a second time there is nothing to do");
}

/// What vanishes by name, going back this way.
fn vanishing(shown: &Preview) -> Vec<&str> {
    shown.vanish.iter().map(|one| one.path.as_str()).collect()
}

#[test]
fn what_was_changed_of_what_the_update_put_there_is_told_and_copied_before_it_goes() {
    for way in [Way::Replaced, Way::Whole] {
        let pc = pc(&["a"]);
        let before = pc.content("a");
        let backup = pc.update(NEW);
        pc.write("a", "Documents/Cleverence.Warehouse.Environment.xml", "new, and edited");
        // Of the same size as what the update made.
        pc.write("a", "Documentation/Новое/что нового.txt", "моё 1.6.3.7283");
        let present = pc.content("a");
        let shown = pc.show(&backup, way).unwrap();
        let expected =
            ["Documentation/Новое/что нового.txt", "Documents/Cleverence.Warehouse.Environment.xml"];
        assert_eq!(vanishing(&shown), expected, "{way:?}");
        let went = pc.back(&backup, way).unwrap();
        assert_eq!(pc.content("a"), before);
        let saved = Backup::open(&went.present_dir.unwrap()).unwrap();
        assert_eq!(content(&saved.dir), present, "{way:?}");
    }
}

#[test]
fn where_it_is_not_known_what_the_update_put_there_everything_it_replaced_counts_as_changed() {
    for way in [Way::Replaced, Way::Whole] {
        let pc = pc(&["a"]);
        let backup = pc.update(NEW);
        fs::remove_file(pc.paths.installed_path("a")).unwrap();
        let shown = pc.show(&backup, way).unwrap();
        let expected = [
            "AppDescription.xml",
            "Documentation/README.txt",
            "Documentation/Новое/что нового.txt",
            "Documents/Cleverence.Warehouse.Environment.xml",
        ];
        assert_eq!(vanishing(&shown), expected, "{way:?}");
    }
}

#[test]
fn a_part_that_is_cancelled_after_the_present_state_was_copied_leaves_no_copy() {
    let pc = pc(&["a"]);
    let backup = pc.update(NEW);
    pc.write("a", "Documentation/README.txt", "edited");
    let (present, copies) = (pc.content("a"), pc.copies());
    let agreed = pc.show(&backup, Way::Replaced).unwrap();
    let cancel = CancellationToken::new();
    let mut progress = |step| {
        if matches!(step, Step::LayingReady { .. }) {
            cancel.cancel();
        }
    };
    let result = pc.go(&backup, Way::Replaced, &agreed, &mut progress, &cancel);
    assert!(matches!(result, Err(Fault::Cancelled)), "{result:?}");
    assert_eq!((pc.content("a"), pc.copies()), (present, copies));
}

#[test]
fn a_folder_that_the_update_made_stays_if_somebody_else_put_something_into_it() {
    let pc = pc(&["a"]);
    let backup = pc.update(NEW);
    pc.write("a", "Documentation/Новое/мой.txt", "mine");
    let shown = pc.show(&backup, Way::Replaced).unwrap();
    assert_eq!(texts(&shown.removed), ["Documentation/Новое/что нового.txt"]);
    pc.back(&backup, Way::Replaced).unwrap();
    assert_eq!(pc.text("a", "Documentation/Новое/мой.txt"), "mine");
}

#[test]
fn the_whole_base_goes_back_after_it_was_told_what_vanishes_and_its_present_state_was_copied() {
    let pc = pc(&["a"]);
    let before = pc.content("a");
    let backup = pc.update(NEW);
    pc.write("a", "Documents/Приход 2.xml", "документ");
    pc.write("a", "Documents/Приход 1.xml", "исправле");
    let present = pc.content("a");
    let shown = pc.show(&backup, Way::Whole).unwrap();
    let vanish: Vec<&str> = shown.vanish.iter().map(|one| one.path.as_str()).collect();
    assert_eq!(vanish, ["Documents/Приход 1.xml", "Documents/Приход 2.xml"]);
    assert_eq!((shown.documents(), shown.newest(1).len()), (2, 1));

    let went = pc.back(&backup, Way::Whole).unwrap();
    assert_eq!(pc.content("a"), before);
    let saved = Backup::open(&went.present_dir.unwrap()).unwrap();
    assert_eq!(saved.manifest.why, Why::Restore { from: "2026.11.22 12.40.05 a".into() });
    assert_eq!(content(&saved.dir), present);
    assert_eq!(pc.kinds()[2..], [What::GoingBackWhole, What::WentBackWhole]);

    // And back again.
    assert!(matches!(pc.show(&saved, Way::Replaced), Err(Fault::NothingKnown)));
    pc.back(&saved, Way::Whole).unwrap();
    assert_eq!(pc.content("a"), present);
}

#[test]
fn what_was_left_out_is_neither_copied_nor_touched() {
    let pc = pc(&["a"]);
    for path in ["LOGS/1.log", "backup/2025/doc.xml"] {
        pc.write("a", path, "old");
    }
    let backup = pc.update(NEW);
    assert_eq!(backup.manifest.without, Without::default());
    assert!(!backup.manifest.files.iter().any(|file| file.path.key().starts_with("logs")));
    pc.write("a", "LOGS/2.log", "new");
    let shown = pc.show(&backup, Way::Whole).unwrap();
    assert!(shown.vanish.is_empty(), "{shown:?}");
    pc.back(&backup, Way::Whole).unwrap();
    for (path, text) in [("LOGS/1.log", "old"), ("LOGS/2.log", "new"), ("backup/2025/doc.xml", "old")] {
        assert_eq!(pc.text("a", path), text);
    }
}

#[test]
fn what_a_template_changes_is_in_the_copy_even_if_it_is_usually_left_out() {
    let pc = pc(&["a"]);
    pc.write("a", "Logs/readme.txt", "old");
    pc.write("a", "Backup/x", "x");
    let before = pc.content("a");
    let template = TemplateBuilder::of_product(PRODUCT, NAME, NEW)
        .file("logs/readme.txt", "new")
        .on_update(&[], &["logs", "AppDescription.xml"]);
    let outcome = pc.run_bases(pc.plan(&[(NEW, template)]));
    let backup = Backup::open(&outcome.done[0].backup_dir).unwrap();
    assert_eq!(backup.manifest.without.names(), ["Backup"]);
    assert_eq!(pc.text("a", "Logs/readme.txt"), "new");
    pc.back(&backup, Way::Replaced).unwrap();
    assert_eq!(pc.content("a"), before);
    let changes =
        Changes { made: [RelPath::try_from("backup/y".to_owned()).unwrap()].into(), ..Changes::default() };
    assert!(matches!(backup.keep_changes(&crate::os::Linux, &changes), Err(backup::Error::LeftOut { .. })));
}

#[test]
fn after_a_second_update_the_first_is_gone_back_from_last() {
    let pc = pc(&["a"]);
    let before = pc.content("a");
    let first = pc.update(NEW);
    let second = pc.update(THIRD);
    let found = Some(version(THIRD));
    let result = pc.show(&first, Way::Replaced);
    assert!(matches!(&result, Err(Fault::OtherVersion { found: now, .. }) if *now == found), "{result:?}");
    pc.back(&second, Way::Replaced).unwrap();
    pc.back(&first, Way::Replaced).unwrap();
    assert_eq!(pc.content("a"), before);
}

#[test]
fn a_damaged_copy_is_told_before_anything_is_changed() {
    let (pc, (backup, agreed)) = updated("x");
    let present = pc.content("a");
    let file = backup.dir.join("Licenses/lic1.xml");
    let good = fs::read(&file).unwrap();
    let damages: [&dyn Fn(); 2] =
        [&|| fs::write(&file, "LICENCE").unwrap(), &|| fs::remove_file(&file).unwrap()];
    for damage in damages {
        damage();
        let result = pc.go(&backup, Way::Whole, &agreed, &mut |_| {}, &CancellationToken::new());
        assert!(
            matches!(&result, Err(Fault::Backup(backup::Error::Damaged { path })) if path.as_str() == "Licenses/lic1.xml"),
            "{result:?}"
        );
        assert_eq!(pc.content("a"), present);
        fs::write(&file, &good).unwrap();
    }
    // In part it is not concerned.
    fs::write(&file, "LICENCE").unwrap();
    pc.back(&backup, Way::Replaced).unwrap();
}

#[cfg(unix)]
#[test]
fn a_link_in_the_copy_or_in_the_base_is_refused_and_not_followed() {
    let (pc, (backup, _)) = updated("x");
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("README.txt"), "precious").unwrap();
    let docs = pc.base_dir("a").join("Documentation");
    fs::remove_dir_all(&docs).unwrap();
    std::os::unix::fs::symlink(outside.path(), &docs).unwrap();
    for way in [Way::Replaced, Way::Whole] {
        let result = pc.show(&backup, way);
        assert!(matches!(&result, Err(Fault::Backup(backup::Error::Link { .. }))), "{result:?}");
    }
    fs::remove_file(&docs).unwrap();
    let file = backup.dir.join("Documentation/README.txt");
    fs::remove_file(&file).unwrap();
    std::os::unix::fs::symlink(outside.path().join("README.txt"), &file).unwrap();
    let result = pc.show(&backup, Way::Replaced);
    assert!(matches!(&result, Err(Fault::Backup(backup::Error::Damaged { .. }))), "{result:?}");
    assert_eq!(fs::read(outside.path().join("README.txt")).unwrap(), b"precious");
}

#[test]
fn a_base_in_use_or_elsewhere_or_gone_from_the_list_does_not_go_back() {
    let (pc, (backup, agreed)) = updated("x");
    let present = pc.content("a");
    let of = |manifest: backup::Manifest| Backup { manifest, ..backup.clone() };
    let elsewhere = of(backup::Manifest { folder: r"D:\a".into(), ..backup.manifest.clone() });
    assert!(matches!(pc.show(&elsewhere, Way::Whole), Err(Fault::OtherBase { .. })));
    let renamed = of(backup::Manifest { computer: "KASSA-77".into(), ..backup.manifest.clone() });
    pc.show(&renamed, Way::Whole).unwrap();
    let other_pc = Backup { dir: backup.dir.with_file_name("2026.11.22 12.40.09 a"), ..renamed };
    assert!(matches!(
        pc.show(&other_pc, Way::Whole),
        Err(Fault::OtherComputer { computer }) if computer == "KASSA-77"
    ));
    let of_nobody = of(backup::Manifest { computer: String::new(), ..backup.manifest.clone() });
    pc.show(&of_nobody, Way::Whole).unwrap();
    let unknown = of(backup::Manifest { base_id: "z".into(), ..backup.manifest.clone() });
    assert!(matches!(pc.show(&unknown, Way::Whole), Err(Fault::NotHere)));
    let other = Backup { dir: pc.root.path().join("2026.11.22 12.40.05 a"), ..backup.clone() };
    assert!(matches!(pc.show(&other, Way::Whole), Err(Fault::Elsewhere { .. })));
    // What cannot be opened for writing, as a file of a running server.
    let server_file = pc.base_dir("a").join("appres.resources");
    fs::remove_file(&server_file).unwrap();
    fs::create_dir(&server_file).unwrap();
    let result = pc.go(&backup, Way::Whole, &agreed, &mut |_| {}, &CancellationToken::new());
    assert!(matches!(&result, Err(Fault::InUse { .. })), "{result:?}");
    fs::remove_dir(&server_file).unwrap();
    fs::write(&server_file, "r").unwrap();
    assert_eq!(pc.content("a"), present);
}

#[test]
fn what_has_changed_since_it_was_shown_is_shown_again_first() {
    let (pc, (backup, agreed)) = updated("x");
    pc.write("a", "Documents/Приход 3.xml", "a minute ago");
    let result = pc.go(&backup, Way::Whole, &agreed, &mut |_| {}, &CancellationToken::new());
    assert!(matches!(result, Err(Fault::OtherThanShown)), "{result:?}");
    assert_eq!(pc.text("a", "Documents/Приход 3.xml"), "a minute ago");
    assert_eq!(pc.bases()[0].version, Some(version(NEW)));
    assert_eq!(pc.kinds(), [What::Begun, What::Updated]);
}

#[test]
fn going_back_that_is_cancelled_changes_nothing_and_leaves_nothing() {
    let stops: [fn(&Step) -> bool; 3] = [
        |step| matches!(step, Step::Reading { .. }),
        |step| matches!(step, Step::Copying(progress) if progress.stage == backup::Stage::Copying),
        |step| matches!(step, Step::Copying(progress) if progress.stage == backup::Stage::Checking),
    ];
    for stop in stops {
        let (pc, (backup, agreed)) = updated("x");
        let (present, copies) = (pc.content("a"), pc.copies());
        let cancel = CancellationToken::new();
        let mut progress = |step| {
            if stop(&step) {
                cancel.cancel();
            }
        };
        let result = pc.go(&backup, Way::Whole, &agreed, &mut progress, &cancel);
        assert!(matches!(result, Err(Fault::Cancelled)), "{result:?}");
        assert_eq!((pc.content("a"), pc.copies()), (present, copies));
        assert_eq!(pc.kinds(), [What::Begun, What::Updated]);
    }
}

#[test]
fn a_run_that_is_cut_off_is_undone_by_the_next_one_and_needs_its_copy_until_then() {
    let (pc, (backup, agreed)) = updated("x");
    let present = pc.content("a");
    for minute in 1..5 {
        pc.on_demand(&[], &format!("2026-11-24T09:0{minute}:00Z")).unwrap();
    }
    let mut stop = |step| {
        if matches!(step, Step::PuttingBack { .. }) {
            panic::resume_unwind(Box::new("cut off"));
        }
    };
    let cancel = CancellationToken::new();
    let run = AssertUnwindSafe(|| pc.go(&backup, Way::Whole, &agreed, &mut stop, &cancel));
    assert!(panic::catch_unwind(run).is_err());
    assert_eq!(cut_off(&pc.whole_journal()).len(), 1);
    assert_eq!(pc.kinds().last(), Some(&What::GoingBackWhole));
    let gone = would_go(&pc.os, &pc.paths, &pc.listed(), &[], &pc.copies).unwrap();
    assert!(!gone.is_empty() && gone.iter().all(|copy| copy.dir != backup.dir), "{gone:?}");

    pc.settle();
    assert_eq!(pc.content("a"), present);
    assert_eq!(pc.kinds().last(), Some(&What::NotGoneBack));
    assert!(cut_off(&pc.whole_journal()).is_empty());
    pc.back(&backup, Way::Whole).unwrap();
    assert_eq!(pc.bases()[0].version, Some(version(OLD)));
}

#[test]
fn a_run_that_was_cut_off_after_the_last_change_is_told_as_done() {
    let (pc, (backup, agreed)) = updated("x");
    let mut stop = |step| {
        if matches!(step, Step::PuttingBack { done, total } if done == total) {
            panic::resume_unwind(Box::new("cut off"));
        }
    };
    let cancel = CancellationToken::new();
    let run = AssertUnwindSafe(|| pc.go(&backup, Way::Whole, &agreed, &mut stop, &cancel));
    assert!(panic::catch_unwind(run).is_err());
    pc.settle();
    assert_eq!(pc.bases()[0].version, Some(version(OLD)));
    assert_eq!(pc.kinds()[2..], [What::GoingBackWhole, What::WentBackWhole]);
}

#[test]
fn where_something_of_somebody_else_stands_in_the_way_nothing_is_changed() {
    let pc = pc(&["a"]);
    let backup = pc.update(NEW);
    let readme = pc.base_dir("a").join("Documentation/README.txt");
    fs::remove_file(&readme).unwrap();
    fs::create_dir(&readme).unwrap();
    fs::write(readme.join("theirs"), "precious").unwrap();
    let present = pc.content("a");
    let result = pc.back(&backup, Way::Replaced);
    assert!(matches!(&result, Err(Fault::Unchanged(Error::Template(_)))), "{result:?}");
    assert_eq!(pc.content("a"), present);
    assert_eq!(pc.kinds(), [What::Begun, What::Updated]);
    fs::remove_dir_all(&readme).unwrap();
    pc.back(&backup, Way::Replaced).unwrap();
    assert_eq!(pc.text("a", "Documentation/README.txt"), "old readme");
}

#[test]
fn going_back_that_fails_half_way_is_undone_with_the_copy_of_the_present_state() {
    let (pc, (backup, _)) = updated("x");
    let (present, copies) = (pc.content("a"), pc.copies());
    let point = Checkpoint::Operation { number: 1, moment: Moment::Aside };
    let result = pc.sabotaged(&backup, Way::Whole, point);
    assert!(matches!(&result, Err(Fault::Unchanged(Error::Change { .. }))), "{result:?}");
    assert_eq!((pc.content("a"), pc.copies()), (present, copies));
    assert_eq!(pc.kinds()[2..], [What::GoingBackWhole, What::NotGoneBack]);
}

#[test]
fn a_base_that_is_half_way_for_good_says_so_and_goes_back_as_a_whole() {
    let pc = pc(&["a"]);
    let before = pc.content("a");
    let backup = pc.update(NEW);
    let point = Checkpoint::Operation { number: 1, moment: Moment::Aside };
    let result = pc.sabotaged(&backup, Way::Replaced, point);
    assert!(matches!(&result, Err(Fault::InBetween { .. })), "{result:?}");
    assert_eq!(pc.kinds()[2..], [What::GoingBack, What::NotUndone]);
    assert_eq!(cut_off(&pc.whole_journal()).len(), 1);
    let told = unfinished(&pc.paths).unwrap();
    let [one] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!((one.base_id.as_str(), one.is_going_back, one.is_switching), ("a", true, true));
    assert_eq!((one.from, one.to), (Some(version(NEW)), Some(version(OLD))));
    assert_eq!(one.backup_dir.as_deref(), backup.dir.to_str());
    assert!(one.may_be_half_way(pc.bases()[0].version));
    let result = pc.back(&backup, Way::Replaced);
    assert!(matches!(&result, Err(Fault::HalfWay)), "{result:?}");
    let result = pc.on_demand(&[], "2026-11-24T09:00:00Z");
    assert!(matches!(&result, Err(Fault::HalfWay)), "{result:?}");
    pc.back(&backup, Way::Whole).unwrap();
    assert_eq!(pc.content("a"), before);
    assert!(cut_off(&pc.whole_journal()).is_empty() && switch::open(&pc.paths).unwrap().is_empty());
    assert_eq!(unfinished(&pc.paths).unwrap(), []);
}

type Content = Vec<(String, Option<Vec<u8>>)>;

/// A base that an update has left half-way, as what it has put aside was taken away and its copy is damaged, and a
/// copy from before.
fn half_way() -> (Pc, Backup, Content) {
    let pc = pc(&["a"]);
    let before = pc.content("a");
    let made = pc.on_demand(&[], "2026-11-21T09:00:00Z").unwrap();
    let mut stop = |progress: Progress| {
        if matches!(progress, Progress::Applying { done: 1, .. }) {
            panic::resume_unwind(Box::new("cut off"));
        }
    };
    let plan = pc.plan(&[(NEW, template(NEW))]);
    let run = AssertUnwindSafe(|| pc.run_with(plan, &mut stop, &CancellationToken::new()));
    assert!(panic::catch_unwind(run).is_err());
    pc.take_away_what_is_aside("a");
    fs::write(pc.paths.backup_dir.join("2026.11.22 12.40.05 a/Documents/1.old"), "damaged").unwrap();
    let ends = finish(&pc.finishing(), &mut |_| ()).unwrap();
    assert!(matches!(ends[..], [Recovered { end: End::NotUndone { .. }, .. }]), "{ends:?}");
    (pc, Backup::open(&made.dir).unwrap(), before)
}

#[test]
fn going_back_as_a_whole_that_changes_nothing_leaves_the_record_of_the_base_being_half_way() {
    for is_cancelled in [true, false] {
        let (pc, backup, before) = half_way();
        let former = switch::open(&pc.paths).unwrap();
        let agreed = pc.show(&backup, Way::Whole).unwrap();
        let cancel = CancellationToken::new();
        let disturb = |point| match point {
            Checkpoint::Recorded if is_cancelled => cancel.cancel(),
            Checkpoint::Recorded => fs::write(backup.dir.join("Documents/1.old"), "x").unwrap(),
            _ => {}
        };
        let clock = || "2026-11-23T06:00:00Z".parse().unwrap();
        let going = GoingBack { backup: &backup, way: Way::Whole, agreed: &agreed };
        let result = go_back(&pc.for_copies(&clock, &disturb), &going, &mut |_| {}, &cancel);
        assert!(matches!(result, Err(Fault::Cancelled | Fault::Unchanged(_))), "{result:?}");
        assert_eq!(switch::open(&pc.paths).unwrap(), former);
        let result = pc.back(&backup, Way::Replaced);
        assert!(matches!(result, Err(Fault::NothingKnown | Fault::HalfWay)), "{result:?}");
        fs::write(pc.paths.backup_dir.join("2026.11.22 12.40.05 a/Documents/1.old"), "stale").unwrap();
        pc.settle();
        assert_eq!(pc.content("a"), before);
        assert_eq!(pc.kinds()[..], [What::Copied, What::Begun, What::NotUndone, What::Undone]);
        pc.assert_nothing_left_beside(&["a"]);
    }
}

#[test]
fn a_base_that_is_half_way_is_not_forgotten_at_whatever_point_going_back_as_a_whole_is_cut_off() {
    let (mut kept, mut went) = (0, 0);
    for stop in 1.. {
        let (pc, backup, before) = half_way();
        let former = switch::open(&pc.paths).unwrap();
        let agreed = pc.show(&backup, Way::Whole).unwrap();
        let reached = std::cell::RefCell::new(Vec::new());
        let checkpoint = |point| {
            reached.borrow_mut().push(point);
            if reached.borrow().len() == stop {
                panic::resume_unwind(Box::new("cut off"));
            }
        };
        let clock = || "2026-11-23T06:00:00Z".parse().unwrap();
        let going = GoingBack { backup: &backup, way: Way::Whole, agreed: &agreed };
        let run = AssertUnwindSafe(|| {
            go_back(&pc.for_copies(&clock, &checkpoint), &going, &mut |_| {}, &CancellationToken::new())
        });
        let when = || format!("{stop}: {:?}", reached.borrow().last());
        if let Ok(done) = panic::catch_unwind(run) {
            done.unwrap();
            break;
        }
        finish(&pc.finishing(), &mut |_| ()).unwrap();
        if switch::open(&pc.paths).unwrap().is_empty() {
            went += 1;
        } else {
            kept += 1;
            assert_eq!(switch::open(&pc.paths).unwrap(), former, "{}", when());
            fs::write(pc.paths.backup_dir.join("2026.11.22 12.40.05 a/Documents/1.old"), "stale").unwrap();
            finish(&pc.finishing(), &mut |_| ()).unwrap();
            assert_eq!(pc.kinds().last(), Some(&What::Undone), "{}", when());
        }
        assert_eq!(pc.content("a"), before, "{}", when());
        pc.assert_nothing_left_beside(&["a"]);
        assert!(unfinished(&pc.paths).unwrap().is_empty(), "{}", when());
    }
    assert!(kept > 5 && went > 3, "{kept}, {went}");
}

#[test]
fn paths_of_300_characters_go_back() {
    let pc = pc(&["a"]);
    let folder = vec!["п".repeat(50); 6].join("/");
    pc.write("a", &format!("{folder}/документ.xml"), "deep");
    let before = pc.content("a");
    let backup = pc.update(NEW);
    pc.write("a", &format!("{folder}/документ.xml"), "changed");
    pc.write("a", &format!("{folder}/second.xml"), "new");
    pc.back(&backup, Way::Whole).unwrap();
    assert_eq!(pc.content("a"), before);
    fs::remove_dir_all(pc.base_dir("a").join("п".repeat(50))).unwrap();
    pc.back(&backup, Way::Whole).unwrap();
    assert_eq!(pc.content("a"), before);
}

#[test]
fn marks_of_being_read_only_come_back_and_keep_nothing_from_going() {
    let pc = pc(&["a"]);
    let marked = pc.base_dir("a").join("Licenses/lic1.xml");
    let mut permissions = fs::metadata(&marked).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&marked, permissions.clone()).unwrap();
    let backup = pc.update(NEW);
    crate::os::clear_read_only(&marked).unwrap();
    fs::remove_file(&marked).unwrap();
    pc.write("a", "new.xml", "new");
    fs::set_permissions(pc.base_dir("a").join("new.xml"), permissions.clone()).unwrap();
    pc.back(&backup, Way::Whole).unwrap();
    assert_eq!(fs::metadata(&marked).unwrap().permissions(), permissions);
    assert!(!pc.base_dir("a").join("new.xml").exists());
}

#[cfg(unix)]
#[test]
fn names_that_differ_in_letter_case_only_go_back_if_both_are_there() {
    let pc = pc(&["a"]);
    pc.write("a", "x.txt", "one");
    pc.write("a", "X.TXT", "two");
    let before = pc.content("a");
    let backup = pc.update(NEW);
    pc.write("a", "x.txt", "other");
    pc.write("a", "X.TXT", "another");
    pc.back(&backup, Way::Whole).unwrap();
    assert_eq!(pc.content("a"), before);
    fs::remove_file(pc.base_dir("a").join("X.TXT")).unwrap();
    let result = pc.back(&backup, Way::Whole);
    assert!(
        matches!(&result, Err(Fault::Backup(backup::Error::Clash { path })) if path.as_str() == "X.TXT"),
        "{result:?}"
    );
    assert_eq!(pc.text("a", "x.txt"), "one");
}

#[test]
fn a_base_whose_folder_was_deleted_comes_back_as_a_whole_only() {
    let pc = pc(&["a"]);
    let before = pc.content("a");
    let backup = pc.update(NEW);
    fs::remove_dir_all(pc.base_dir("a")).unwrap();
    assert!(matches!(pc.show(&backup, Way::Replaced), Err(Fault::NotHere)));
    let went = pc.back(&backup, Way::Whole).unwrap();
    assert!(went.present_dir.is_none());
    assert_eq!((pc.content("a"), went.to), (before, Some(version(OLD))));
}

#[test]
fn of_two_at_once_the_second_is_told_so() {
    let (pc, (backup, agreed)) = updated("x");
    let lock = update_lock::take(&pc.os, &pc.paths).unwrap();
    let result = pc.go(&backup, Way::Whole, &agreed, &mut |_| {}, &CancellationToken::new());
    assert!(matches!(result, Err(Fault::Lock(update_lock::Error::Busy))), "{result:?}");
    let made = pc.on_demand(&[], "2026-11-24T09:00:00Z");
    assert!(matches!(made, Err(Fault::Lock(update_lock::Error::Busy))), "{made:?}");
    drop(lock);
    pc.on_demand(&[], "2026-11-24T09:00:00Z").unwrap();
}

#[test]
fn a_copy_on_demand_is_recorded_and_of_older_ones_only_those_go_that_were_agreed_to() {
    let pc = pc(&["a"]);
    for minute in 1..5 {
        pc.on_demand(&[], &format!("2026-11-24T09:0{minute}:00Z")).unwrap();
    }
    assert_eq!(pc.listed().len(), 4);
    let agreed = would_go(&pc.os, &pc.paths, &pc.listed(), &[], &pc.copies).unwrap();
    let ids: Vec<String> = agreed.into_iter().map(|copy| copy.id).collect();
    assert_eq!(ids, ["2026.11.24 12.01.00 a"]);
    let made = pc.on_demand(&ids, "2026-11-24T09:05:00Z").unwrap();
    assert_eq!(made.let_go.removed.len(), 1);
    assert!(made.let_go.not_removed.is_empty() && made.let_go.unrecorded.is_none());
    let left: Vec<String> = pc.listed().into_iter().map(|copy| copy.id).collect();
    assert_eq!(left.len(), 4);
    assert!(!left.contains(&"2026.11.24 12.01.00 a".to_owned()), "{left:?}");
    let journal = pc.journal();
    let [.., copied, deleted] = journal.as_slice() else { panic!("{journal:?}") };
    assert_eq!((copied.what, copied.from, copied.to), (What::Copied, Some(version(OLD)), None));
    assert_eq!(copied.backup_dir.as_deref(), made.dir.to_str());
    assert_eq!((deleted.what, deleted.from, deleted.to), (What::CopyDeleted, Some(version(OLD)), None));
    assert_eq!(deleted.backup_dir.as_deref(), made.let_go.removed[0].dir.to_str());
}

#[test]
fn while_the_newest_copy_of_a_base_is_not_all_there_no_older_one_goes() {
    let mut pc = pc(&["a"]);
    pc.copies.per_base = 1;
    for minute in 1..4 {
        pc.on_demand(&[], &format!("2026-11-24T09:0{minute}:00Z")).unwrap();
    }
    let all = pc.listed();
    let ids: Vec<String> = all.iter().map(|copy| copy.id.clone()).collect();
    let file = all[0].dir.join("Licenses/lic1.xml");
    let good = fs::read(&file).unwrap();
    let clock = || "2026-11-24T10:00:00Z".parse().unwrap();
    let let_go = || backup::let_go(&pc.for_copies(&clock, &|_| ()), &ids).unwrap();
    let damages: [&dyn Fn(); 2] = [&|| fs::write(&file, "").unwrap(), &|| fs::remove_file(&file).unwrap()];
    for damage in damages {
        damage();
        let done = let_go();
        let is_last_good = |error: &backup::Error| matches!(error, backup::Error::LastGood { .. });
        assert!(done.removed.is_empty() && done.not_removed.iter().all(is_last_good), "{done:?}");
        assert_eq!((done.not_removed.len(), pc.listed().len()), (2, 3));
    }
    fs::write(&file, good).unwrap();
    assert_eq!((let_go().removed.len(), pc.listed().len()), (2, 1));
}

#[test]
fn copies_of_another_pc_in_a_shared_folder_are_neither_counted_nor_deleted() {
    let mut pc = pc(&["a"]);
    pc.copies.per_base = 1;
    for minute in 1..4 {
        pc.on_demand(&[], &format!("2026-11-24T09:0{minute}:00Z")).unwrap();
    }
    let all = pc.listed();
    let theirs = Backup::open(&all[2].dir).unwrap();
    let manifest = backup::Manifest { computer: "KASSA-77".into(), ..theirs.manifest };
    // None that this PC's journal knows.
    let dir = theirs.dir.with_file_name("2026.11.23 08.00.00 a");
    fs::rename(&theirs.dir, &dir).unwrap();
    fs::remove_file(Backup::manifest_path(&theirs.dir)).unwrap();
    fs::write(Backup::manifest_path(&dir), serde_json::to_vec(&manifest).unwrap()).unwrap();
    let gone = would_go(&pc.os, &pc.paths, &pc.listed(), &[], &pc.copies).unwrap();
    let gone: Vec<&str> = gone.iter().map(|copy| copy.id.as_str()).collect();
    assert_eq!(gone, [&all[1].id]);
}
