//! What is refused, stopped or found out before or after a change.

use smarts_tests::template as builder;

use super::*;

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
fn a_file_that_somebody_has_opened_since_the_sheet_leaves_the_base_alone() {
    let pc = pc(&["a"]);
    let os = Answering {
        holders: vec!["notepad.exe".into()],
        held: "AppDescription.xml".to_owned(),
        ..Answering::on(pc.root.path())
    };
    let before = pc.content("a");
    let outcome = bases_outcome(pc.run_on(&os, pc.plan(&[(NEW, template(NEW))])));
    let failure = outcome.failed.unwrap();
    assert!(matches!(failure.state, BaseState::NothingChanged), "{failure:?}");
    let Error::FilesHeld { holders } = &failure.error else { panic!("{failure:?}") };
    assert_eq!(holders, &["notepad.exe"]);
    assert_eq!((pc.content("a"), pc.copies()), (before, 0));
    pc.assert_nothing_left_beside(&["a"]);
}

#[test]
fn a_file_that_changed_after_it_was_examined_is_not_used() {
    let pc = pc(&["a"]);
    let plan = pc.plan(&[(NEW, template(NEW))]);
    let changed = fs::write(pc.root.path().join(format!("{NEW}.mstmpl")), "swapped");
    // Windows lets nobody change it while it is held.
    if cfg!(windows) && changed.is_err() {
        return;
    }
    changed.unwrap();
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

/// Runs an update during which the journal becomes unusable.
fn loses_its_journal(pc: &Pc, when: fn(&Progress) -> bool) -> BasesOutcome {
    let journal_path = pc.paths.journal_path();
    let outcome = pc.run_with(
        pc.plan(&[(NEW, template(NEW))]),
        &mut |progress| {
            if when(&progress) && journal_path.is_file() {
                fs::remove_file(&journal_path).unwrap();
                fs::create_dir(&journal_path).unwrap();
            }
        },
        &CancellationToken::new(),
    );
    let Outcome::Bases(outcome) = outcome else { panic!("{outcome:?}") };
    outcome
}

#[test]
fn an_update_whose_end_could_not_be_recorded_says_so() {
    let outcome = loses_its_journal(&pc(&["a"]), |progress| matches!(progress, Progress::Applying { .. }));
    assert_eq!(outcome.done.len(), 1);
    assert!(matches!(outcome.unrecorded, Some(journal::Error::Write { .. })));
}

#[test]
fn an_update_whose_beginning_cannot_be_recorded_is_not_begun() {
    let pc = pc(&["a"]);
    let before = pc.content("a");
    let outcome = loses_its_journal(&pc, |progress| matches!(progress, Progress::Copying { .. }));
    let failure = outcome.failed.unwrap();
    assert!(matches!(failure.error, Error::Journal(_)), "{failure:?}");
    assert!(matches!(failure.state, BaseState::NothingChanged));
    assert_eq!((pc.content("a"), pc.copies()), (before, 0));
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
