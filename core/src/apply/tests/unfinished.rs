//! Runs that are cut off, and what the next one makes of it.

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
        assert_eq!((unfinished[0].what, unfinished[0].subject.as_str()), (What::Begun, "a"));
        assert_eq!((unfinished[0].from, unfinished[0].to), (Some(version("1.6.2.6493")), Some(version(NEW))));
        assert_eq!(content(unfinished[0].backup_dir.as_deref().unwrap().as_ref()), before);
    }
}

#[test]
fn the_next_update_first_puts_such_a_base_back_and_keeps_what_others_have_written() {
    let pc = pc(&["a"]);
    let before = pc.content("a");
    let steps = || [(MIDDLE, template(MIDDLE)), (NEW, template(NEW))];
    let is_second = |progress: &Progress| {
        is_half_way(progress)
            && matches!(progress, Progress::Applying { version, .. } if version.to_string() == NEW)
    };
    cut_off(&pc, pc.plan(&steps()), is_second);
    assert_eq!(pc.bases()[0].version, Some(version(MIDDLE)));
    let dir = pc.base_dir("a");
    fs::write(dir.join("Documentation/.smarts-x1"), "half").unwrap();
    fs::create_dir(dir.with_file_name(".smarts-y2")).unwrap();
    fs::write(dir.join("Documents/Приход 2.xml"), "new document").unwrap();

    let plan = pc.plan(&[(NEW, template(NEW))]);
    let outcome = pc.run_bases(plan);
    let failure = outcome.failed.unwrap();
    assert!(matches!(failure.error, Error::CutOff { to: Some(to) } if to == version(NEW)), "{failure:?}");
    assert!(matches!(failure.state, BaseState::PutBack { .. }), "{failure:?}");
    assert_eq!(pc.text("a", "Documents/Приход 2.xml"), "new document");
    fs::remove_file(dir.join("Documents/Приход 2.xml")).unwrap();
    assert_eq!(pc.content("a"), before);
    assert_eq!(kinds(&pc), [What::Begun, What::Undone]);
    assert!(unfinished(&pc.paths).unwrap().is_empty());
    pc.assert_nothing_left_beside(&["a"]);

    assert_eq!(pc.run_bases(pc.plan(&steps())).done.len(), 1);
    assert_eq!(kinds(&pc), [What::Begun, What::Undone, What::Begun, What::Updated]);
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
}

#[test]
fn a_base_that_cannot_be_put_back_stays_unfinished_and_is_not_updated() {
    let pc = pc(&["a"]);
    cut_off(&pc, pc.plan(&[(NEW, template(NEW))]), is_half_way);
    let copy = pc.paths.backup_dir.join("2026.11.22 12.40.05 a");
    fs::write(copy.join("Documents/1.old"), "damaged").unwrap();
    for _ in 0..2 {
        let failure = pc.run_bases(pc.plan(&[(NEW, template(NEW))])).failed.unwrap();
        assert!(matches!(failure.error, Error::CutOff { .. }), "{failure:?}");
        assert!(matches!(failure.state, BaseState::NotPutBack { .. }), "{failure:?}");
        assert_eq!(unfinished(&pc.paths).unwrap().len(), 1);
    }
    assert_eq!(kinds(&pc), [What::Begun, What::NotUndone, What::NotUndone]);
    fs::remove_dir_all(copy).unwrap();
    assert_eq!(pc.run_bases(pc.plan(&[(NEW, template(NEW))])).done.len(), 1);
    assert!(unfinished(&pc.paths).unwrap().is_empty());
}

#[test]
fn a_base_that_somebody_has_updated_since_is_not_put_back() {
    let pc = pc(&["a"]);
    cut_off(&pc, pc.plan(&[(MIDDLE, template(MIDDLE))]), is_half_way);
    let description = smarts_tests::template::app_description(PRODUCT, NAME, NEW);
    fs::write(pc.base_dir("a").join("AppDescription.xml"), description).unwrap();
    assert_eq!(pc.run_bases(pc.plan(&[("9.9", template("9.9"))])).done.len(), 1);
}

#[test]
fn a_run_that_is_under_way_is_not_taken_for_one_that_was_cut_off() {
    let pc = pc(&["a"]);
    let mut seen = None;
    pc.run_with(
        pc.plan(&[(NEW, template(NEW))]),
        &mut |progress| {
            if is_half_way(&progress) {
                seen = Some((pc.whole_journal().len(), unfinished(&pc.paths).unwrap().len()));
            }
        },
        &CancellationToken::new(),
    );
    assert_eq!(seen, Some((1, 0)));
}
