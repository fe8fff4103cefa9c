//! Runs that are cut off, and what the next one makes of it. Every point of it, in a process of its own that is killed,
//! is in `tests/applying`.

use std::panic::{self, AssertUnwindSafe};

use super::*;

const MIDDLE: &str = "1.6.3.6708";

/// A run that ends without putting anything back, as soon as `when` says so.
fn cut_off(pc: &Pc, plan: Plan, when: impl Fn(&Progress) -> bool) {
    let mut stop = |progress| {
        if when(&progress) {
            panic::resume_unwind(Box::new("cut off"));
        }
    };
    let run = AssertUnwindSafe(|| pc.run_with(plan, &mut stop, &CancellationToken::new()));
    assert!(panic::catch_unwind(run).is_err());
}

fn is_half_way(progress: &Progress) -> bool {
    matches!(progress, Progress::Applying { done, total, .. } if *done + 1 == *total)
}

fn is_at_the_end(progress: &Progress) -> bool {
    matches!(progress, Progress::Applying { done, total, .. } if done == total)
}

fn kinds(pc: &Pc) -> Vec<What> {
    pc.whole_journal().iter().map(|entry| entry.what).collect()
}

#[test]
fn a_base_that_was_left_half_way_does_not_claim_the_new_version_and_the_journal_tells() {
    for deletes in [&[r"Documents\*.old"][..], &["*.xml", "appdescription.xml"]] {
        let pc = pc(&["a"]);
        let before = pc.content("a");
        let template = TemplateBuilder::of_product(PRODUCT, NAME, NEW)
            .file("Zzz/last in every order.txt", "new")
            .file("settings.xml", pc.text("a", "settings.xml"))
            .on_update(deletes, &["AppDescription.xml", "settings.xml", "Zzz"]);
        cut_off(&pc, pc.plan(&[(NEW, template)]), is_half_way);
        assert_eq!(pc.text("a", "Zzz/last in every order.txt"), "new");
        assert_eq!(pc.bases()[0].version, Some(version("1.6.2.6493")));
        assert_ne!(pc.content("a"), before);
        let unfinished = unfinished(&pc.paths).unwrap();
        assert_eq!(unfinished.len(), 1);
        let one = &unfinished[0];
        assert_eq!((one.base_id.as_str(), one.is_going_back, one.is_switching), ("a", false, true));
        assert!(one.may_be_half_way(None) && one.may_be_half_way(one.from) && one.may_be_half_way(one.to));
        assert!(!one.may_be_half_way(Some(version("9.9"))), "somebody else's by now");
        assert_eq!((unfinished[0].from, unfinished[0].to), (Some(version("1.6.2.6493")), Some(version(NEW))));
        assert_eq!(content(unfinished[0].backup_dir.as_deref().unwrap().as_ref()), before);
    }
}

#[test]
fn the_next_update_first_puts_such_a_base_back_and_keeps_what_others_have_written() {
    let pc = pc(&["a"]);
    let before = pc.content("a");
    let steps = || [(MIDDLE, template(MIDDLE)), (NEW, template(NEW))];
    cut_off(&pc, pc.plan(&steps()), is_half_way);
    let dir = pc.base_dir("a");
    let theirs = ["Documents/Приход 2.xml", "Documentation/Новое/их.txt"];
    for path in theirs {
        fs::write(dir.join(path), "theirs").unwrap();
    }

    let plan = pc.plan(&[(NEW, template(NEW))]);
    let outcome = pc.run_bases(plan);
    let failure = outcome.failed.unwrap();
    assert!(matches!(failure.error, Error::CutOff { to: Some(to) } if to == version(NEW)), "{failure:?}");
    assert!(matches!(failure.state, BaseState::PutBack { .. }), "{failure:?}");
    for path in theirs {
        assert_eq!(pc.text("a", path), "theirs");
        fs::remove_file(dir.join(path)).unwrap();
    }
    fs::remove_dir(dir.join("Documentation/Новое")).unwrap();
    assert_eq!(pc.content("a"), before);
    assert_eq!(kinds(&pc), [What::Begun, What::Undone]);
    assert!(unfinished(&pc.paths).unwrap().is_empty());
    pc.assert_nothing_left_beside(&["a"]);

    assert_eq!(pc.run_bases(pc.plan(&steps())).done.len(), 1);
    assert_eq!(kinds(&pc), [What::Begun, What::Undone, What::Begun, What::Updated]);
}

#[test]
fn what_somebody_has_put_in_the_place_of_a_file_stays_beside_it() {
    let pc = pc(&["a"]);
    let before = pc.content("a");
    cut_off(&pc, pc.plan(&[(NEW, template(NEW))]), is_half_way);
    let old = pc.base_dir("a").join("Documents/1.old");
    fs::write(&old, "theirs").unwrap();
    assert!(pc.run_bases(pc.plan(&[(NEW, template(NEW))])).failed.is_some());
    assert_eq!(pc.text("a", "Documents/1.old (2)"), "theirs");
    fs::remove_file(old.with_file_name("1.old (2)")).unwrap();
    assert_eq!(pc.content("a"), before);
}

#[test]
fn an_update_that_was_cut_off_after_its_last_change_counts_and_the_next_goes_on() {
    let pc = pc(&["a"]);
    cut_off(&pc, pc.plan(&[(NEW, template(NEW))]), is_at_the_end);
    assert_eq!(unfinished(&pc.paths).unwrap().len(), 1);
    assert_eq!(pc.run_bases(pc.plan(&[("9.9", template("9.9"))])).done.len(), 1);
    let entries: Vec<(What, Option<Version>)> =
        pc.journal().into_iter().map(|entry| (entry.what, entry.to)).collect();
    assert_eq!(entries, [(What::Updated, Some(version(NEW))), (What::Updated, Some(version("9.9")))]);
    pc.assert_nothing_left_beside(&["a"]);
}

#[test]
fn a_base_that_cannot_be_put_back_stays_unfinished_and_is_not_updated() {
    let pc = pc(&["a"]);
    let before = pc.content("a");
    cut_off(&pc, pc.plan(&[(NEW, template(NEW))]), is_half_way);
    pc.take_away_what_is_aside("a");
    let copy = pc.paths.backup_dir.join("2026.11.22 12.40.05 a");
    fs::write(copy.join("Documents/1.old"), "damaged").unwrap();
    for _ in 0..2 {
        let failure = pc.run_bases(pc.plan(&[(NEW, template(NEW))])).failed.unwrap();
        assert!(matches!(failure.error, Error::CutOff { .. }), "{failure:?}");
        assert!(matches!(failure.state, BaseState::NotPutBack { .. }), "{failure:?}");
        assert_eq!(unfinished(&pc.paths).unwrap().len(), 1);
    }
    assert_eq!(kinds(&pc), [What::Begun, What::NotUndone], "the same is not told twice");
    fs::write(copy.join("Documents/1.old"), "stale").unwrap();
    let failure = pc.run_bases(pc.plan(&[(NEW, template(NEW))])).failed.unwrap();
    assert!(matches!(failure.state, BaseState::PutBack { .. }), "{failure:?}");
    assert_eq!(pc.content("a"), before);
    assert_eq!(pc.run_bases(pc.plan(&[(NEW, template(NEW))])).done.len(), 1);
    assert!(unfinished(&pc.paths).unwrap().is_empty());
}

#[test]
fn a_base_that_somebody_has_updated_since_is_not_put_back() {
    let pc = pc(&["a"]);
    cut_off(&pc, pc.plan(&[(MIDDLE, template(MIDDLE))]), is_half_way);
    let description = smarts_tests::template::app_description(PRODUCT, NAME, NEW);
    fs::write(pc.base_dir("a").join("AppDescription.xml"), description).unwrap();
    let theirs = pc.content("a");
    assert!(finish(&pc.finishing(), &mut |_| ()).unwrap().iter().all(|one| !one.end.is_open()));
    assert_eq!(pc.content("a"), theirs);
    pc.assert_nothing_left_beside(&["a"]);
    assert_eq!(pc.run_bases(pc.plan(&[("9.9", template("9.9"))])).done.len(), 1);
}

#[test]
fn a_base_that_somebody_has_put_on_a_version_in_between_is_theirs_whoever_looks_how_often() {
    for is_damaged in [false, true] {
        let pc = pc(&["a"]);
        cut_off(&pc, pc.plan(&[(NEW, template(NEW))]), is_half_way);
        let description = smarts_tests::template::app_description(PRODUCT, NAME, MIDDLE);
        fs::write(pc.base_dir("a").join("AppDescription.xml"), description).unwrap();
        if is_damaged {
            fs::write(switch::open(&pc.paths).unwrap().remove(0).path, "{").unwrap();
        }
        let ends = finish(&pc.finishing(), &mut |_| ()).unwrap();
        assert!(matches!(ends[..], [Recovered { end: End::Superseded, .. }]), "{ends:?}");
        assert_eq!(kinds(&pc), [What::Begun, What::Superseded]);
        let theirs = pc.content("a");
        assert!(finish(&pc.finishing(), &mut |_| ()).unwrap().is_empty());
        assert_eq!((pc.content("a"), kinds(&pc).len()), (theirs, 2));
        assert_eq!(pc.bases()[0].version, Some(version(MIDDLE)));
        assert!(unfinished(&pc.paths).unwrap().is_empty());
    }
}

#[test]
fn a_base_without_record_and_description_comes_back_out_of_its_copy() {
    let pc = pc(&["a"]);
    let before = pc.content("a");
    cut_off(&pc, pc.plan(&[(NEW, template(NEW))]), is_half_way);
    fs::write(switch::open(&pc.paths).unwrap().remove(0).path, "{").unwrap();
    fs::remove_file(pc.base_dir("a").join("AppDescription.xml")).unwrap();
    let ends = finish(&pc.finishing(), &mut |_| ()).unwrap();
    assert!(matches!(ends[..], [Recovered { end: End::Undone { .. }, .. }]), "{ends:?}");
    assert_eq!(pc.content("a"), before);
}

#[test]
fn a_base_without_record_and_copy_goes_back_once_its_copy_is_there_again() {
    let pc = pc(&["a"]);
    let before = pc.content("a");
    cut_off(&pc, pc.plan(&[(NEW, template(NEW))]), is_half_way);
    fs::write(switch::open(&pc.paths).unwrap().remove(0).path, "{").unwrap();
    let away = pc.paths.backup_dir.with_extension("away");
    fs::rename(&pc.paths.backup_dir, &away).unwrap();
    let ends = finish(&pc.finishing(), &mut |_| ()).unwrap();
    assert!(matches!(ends[..], [Recovered { end: End::NoCopy, .. }]), "{ends:?}");
    assert_eq!((kinds(&pc), unfinished(&pc.paths).unwrap().len()), (vec![What::Begun], 1));
    fs::rename(&away, &pc.paths.backup_dir).unwrap();
    finish(&pc.finishing(), &mut |_| ()).unwrap();
    assert_eq!(pc.content("a"), before);
}

#[test]
fn a_base_whose_record_is_damaged_comes_back_out_of_its_copy() {
    let pc = pc(&["a"]);
    let before = pc.content("a");
    cut_off(&pc, pc.plan(&[(NEW, template(NEW))]), is_half_way);
    let record = switch::open(&pc.paths).unwrap().remove(0).path;
    fs::write(&record, "{").unwrap();
    let ends = finish(&pc.finishing(), &mut |_| ()).unwrap();
    assert!(matches!(ends[..], [Recovered { end: End::Undone { .. }, .. }]), "{ends:?}");
    assert_eq!(pc.content("a"), before);
    assert!(record.with_extension("damaged").exists());
    assert_eq!(kinds(&pc), [What::Begun, What::Undone]);
    pc.assert_nothing_left_beside(&["a"]);
}

#[test]
fn a_base_whose_folder_is_gone_is_told_once_and_put_back_when_it_is_there_again() {
    let pc = pc(&["a", "b"]);
    let before = pc.content("a");
    cut_off(&pc, pc.plan(&[(NEW, template(NEW))]), is_half_way);
    let (dir, away) = (pc.base_dir("a"), pc.root.path().join("away"));
    fs::rename(&dir, &away).unwrap();
    let open = switch::open(&pc.paths).unwrap();
    for _ in 0..2 {
        let ends = finish(&pc.finishing(), &mut |_| ()).unwrap();
        assert!(matches!(ends[..], [Recovered { end: End::Gone, .. }]), "{ends:?}");
        assert_eq!(switch::open(&pc.paths).unwrap(), open);
        assert_eq!(kinds(&pc), [What::Begun, What::NotUndone]);
    }
    fs::rename(&away, &dir).unwrap();
    let ends = finish(&pc.finishing(), &mut |_| ()).unwrap();
    assert!(matches!(ends[..], [Recovered { end: End::Undone { .. }, .. }]), "{ends:?}");
    assert_eq!(pc.content("a"), before);
    pc.assert_nothing_left_beside(&["a", "b"]);
}

#[test]
fn a_base_that_was_deleted_and_is_not_listed_any_more_leaves_no_record() {
    let pc = pc(&["a", "b"]);
    cut_off(&pc, pc.plan(&[(NEW, template(NEW))]), is_half_way);
    fs::remove_dir_all(pc.base_dir("a")).unwrap();
    let without = pc_of(&[spec("b")]);
    fs::copy(without.root.locate(machine::apps_xml::PATH), pc.root.locate(machine::apps_xml::PATH)).unwrap();
    let ends = finish(&pc.finishing(), &mut |_| ()).unwrap();
    assert!(matches!(ends[..], [Recovered { end: End::Gone, .. }]), "{ends:?}");
    assert_eq!(switch::open(&pc.paths).unwrap(), []);
    assert_eq!(kinds(&pc), [What::Begun, What::NotUndone]);
}

#[test]
fn nothing_is_put_into_an_empty_folder_in_the_place_of_a_base() {
    for phase in ["switching", "done", "undone"] {
        let pc = pc(&["a"]);
        let before = pc.content("a");
        cut_off(&pc, pc.plan(&[(NEW, template(NEW))]), is_half_way);
        claim(&pc, phase);
        let (dir, away) = (pc.base_dir("a"), pc.root.path().join("away"));
        fs::rename(&dir, &away).unwrap();
        fs::create_dir(&dir).unwrap();
        let ends = finish(&pc.finishing(), &mut |_| ()).unwrap();
        assert!(ends.len() == 1 && ends[0].end.is_open(), "{ends:?}");
        assert_eq!(pc.content("a"), []);
        fs::remove_dir(&dir).unwrap();
        fs::rename(&away, &dir).unwrap();
        finish(&pc.finishing(), &mut |_| ()).unwrap();
        assert_eq!(pc.content("a"), before);
    }
}

#[cfg(unix)]
#[test]
fn a_base_folder_that_became_a_link_is_not_followed() {
    let pc = pc(&["a"]);
    let before = pc.content("a");
    cut_off(&pc, pc.plan(&[(NEW, template(NEW))]), is_half_way);
    let (dir, away) = (pc.base_dir("a"), pc.root.path().join("away"));
    fs::rename(&dir, &away).unwrap();
    let present = content(&away);
    std::os::unix::fs::symlink(&away, &dir).unwrap();
    let ends = finish(&pc.finishing(), &mut |_| ()).unwrap();
    let [Recovered { end: End::Left { error, .. }, .. }] = &ends[..] else { panic!("{ends:?}") };
    assert!(error.to_string().contains("away"), "{error}");
    assert_eq!(content(&away), present);
    fs::remove_file(&dir).unwrap();
    fs::rename(&away, &dir).unwrap();
    finish(&pc.finishing(), &mut |_| ()).unwrap();
    assert_eq!(pc.content("a"), before);
}

/// The record says so, as if the disk had lost what was done before.
fn claim(pc: &Pc, phase: &str) {
    let record = switch::open(&pc.paths).unwrap().remove(0).path;
    let text = fs::read_to_string(&record).unwrap();
    let claimed = text.replace(r#""phase":"switching""#, &format!(r#""phase":"{phase}""#));
    fs::write(&record, claimed).unwrap();
}

#[test]
fn a_record_that_says_more_than_the_disk_is_not_believed() {
    for phase in ["done", "undone"] {
        let pc = pc(&["a"]);
        let before = pc.content("a");
        cut_off(&pc, pc.plan(&[(NEW, template(NEW))]), is_half_way);
        claim(&pc, phase);
        let ends = finish(&pc.finishing(), &mut |_| ()).unwrap();
        assert!(matches!(ends[..], [Recovered { end: End::Undone { .. }, .. }]), "{ends:?}");
        assert_eq!(pc.content("a"), before, "{phase}");
        assert_eq!(kinds(&pc), [What::Begun, What::Undone]);
        pc.assert_nothing_left_beside(&["a"]);
    }
}

#[test]
fn a_base_whose_drive_is_not_there_is_left_until_it_is() {
    let pc = pc(&["a"]);
    let before = pc.content("a");
    cut_off(&pc, pc.plan(&[(NEW, template(NEW))]), is_half_way);
    let drive = pc.base_dir("a").parent().unwrap().to_path_buf();
    let away = drive.with_file_name("away");
    fs::rename(&drive, &away).unwrap();
    let ends = finish(&pc.finishing(), &mut |_| ()).unwrap();
    assert!(matches!(ends[..], [Recovered { end: End::Left { .. }, .. }]), "{ends:?}");
    fs::rename(&away, &drive).unwrap();
    let ends = finish(&pc.finishing(), &mut |_| ()).unwrap();
    assert!(matches!(ends[..], [Recovered { end: End::Undone { .. }, .. }]), "{ends:?}");
    assert_eq!(pc.content("a"), before);
}

#[test]
fn a_base_in_use_goes_back_later() {
    let pc = pc(&["a"]);
    cut_off(&pc, pc.plan(&[(NEW, template(NEW))]), is_half_way);
    let server_file = pc.base_dir("a").join("appres.resources");
    let bytes = fs::read(&server_file).unwrap();
    fs::remove_file(&server_file).unwrap();
    fs::create_dir(&server_file).unwrap();
    let ends = finish(&pc.finishing(), &mut |_| ()).unwrap();
    assert!(matches!(ends[..], [Recovered { end: End::NotUndone { .. }, .. }]), "{ends:?}");
    fs::remove_dir(&server_file).unwrap();
    fs::write(&server_file, bytes).unwrap();
    let ends = finish(&pc.finishing(), &mut |_| ()).unwrap();
    assert!(matches!(ends[..], [Recovered { end: End::Undone { .. }, .. }]), "{ends:?}");
}

#[test]
fn an_end_that_could_not_be_told_is_told_later() {
    let pc = pc(&["a"]);
    let journal_path = pc.paths.journal_path();
    let kept = journal_path.with_extension("kept");
    let outcome = pc.run_with(
        pc.plan(&[(NEW, template(NEW))]),
        &mut |progress| {
            if is_half_way(&progress) {
                fs::rename(&journal_path, &kept).unwrap();
                fs::create_dir(&journal_path).unwrap();
            }
        },
        &CancellationToken::new(),
    );
    assert!(matches!(outcome, Outcome::Bases(BasesOutcome { unrecorded: Some(_), .. })), "{outcome:?}");
    assert_eq!(pc.aside("a"), [] as [PathBuf; 0]);
    fs::remove_dir(&journal_path).unwrap();
    fs::rename(&kept, &journal_path).unwrap();
    assert_eq!(kinds(&pc), [What::Begun]);
    finish(&pc.finishing(), &mut |_| ()).unwrap();
    assert_eq!(kinds(&pc), [What::Begun, What::Updated]);
    pc.assert_nothing_left_beside(&["a"]);
}

#[test]
fn a_run_that_is_under_way_is_not_taken_for_one_that_was_cut_off() {
    let pc = pc(&["a"]);
    let mut seen = None;
    pc.run_with(
        pc.plan(&[(NEW, template(NEW))]),
        &mut |progress| {
            if is_half_way(&progress) {
                let finished = finish(&pc.finishing(), &mut |_| ());
                assert!(matches!(finished, Err(Error::Busy)), "{finished:?}");
                seen = Some((pc.whole_journal().len(), unfinished(&pc.paths).unwrap().len()));
            }
        },
        &CancellationToken::new(),
    );
    assert_eq!(seen, Some((1, 0)));
}
