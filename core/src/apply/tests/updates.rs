//! What an update does when it goes well, and when it fails half-way.

use super::*;
use crate::verify::Proof;

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
        sha256: Some(Digest::of(&bytes)),
        proof: Some(Proof::Hash),
        detail: String::new(),
        backup_dir: Some(outcome.done[0].backup_dir.display().to_string()),
    };
    assert_eq!(pc.journal(), [expected]);
}

#[test]
fn steps_that_follow_each_other_are_one_change() {
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
    assert_eq!(seen, [NEW]);
    assert_eq!(pc.text("a", "first.txt"), "from the first step");
    // The copy, its manifest and its changes.
    assert_eq!(pc.copies(), 3);
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
fn an_update_of_one_base_does_not_look_at_the_others() {
    let pc = pc(&["a", "b"]);
    let mut plan = pc.plan(&[(NEW, template(NEW))]);
    if let PlanSubject::Template(plan) = &mut plan.subject {
        plan.bases.truncate(1);
    }
    let os = Answering::on(pc.root.path());
    let outcome = bases_outcome(pc.run_on(&os, plan));
    assert_eq!(outcome.done.len(), 1);
    let located = os.located.lock().unwrap();
    assert!(located.iter().any(|path| path.ends_with(r"Databases\a")), "{located:?}");
    assert!(!located.iter().any(|path| path.ends_with(r"Databases\b")), "{located:?}");
}

#[test]
fn whoever_holds_a_base_open_is_named() {
    let pc = pc(&["a"]);
    let plan = pc.plan(&[(NEW, template(NEW))]);
    fs::remove_file(pc.base_dir("a").join("appres.resources")).unwrap();
    fs::create_dir(pc.base_dir("a").join("appres.resources")).unwrap();
    let os = Answering { holders: vec!["1cv8.exe".into()], ..Answering::on(pc.root.path()) };
    let failure = bases_outcome(pc.run_on(&os, plan)).failed.unwrap();
    let Error::InUse { holders, .. } = failure.error else { panic!("{failure:?}") };
    assert_eq!(holders, ["1cv8.exe"]);
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

/// Runs an update in which, once it has removed what goes, a folder appears where a file is to go.
fn fails_half_way(pc: &Pc, also: impl Fn(&Pc)) -> Failure {
    let base_dir = pc.base_dir("a");
    let mut disturbed = false;
    let outcome = pc.run_with(
        pc.plan(&[(NEW, template(NEW))]),
        &mut |progress| {
            let is_gone = !base_dir.join("Кэш").exists();
            if matches!(progress, Progress::Applying { .. }) && is_gone && !disturbed {
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
fn what_others_write_while_an_update_fails_stays_as_they_wrote_it() {
    let pc = pc(&["a"]);
    let before = pc.content("a");
    let dir = pc.base_dir("a");
    let theirs = ["Documents/Приход 1.xml", "Documents/Приход 2.xml", "Documentation/Новое/их.txt"];
    fails_half_way(&pc, |_| {
        for path in theirs {
            fs::create_dir_all(dir.join(path).parent().unwrap()).unwrap();
            fs::write(dir.join(path), "from a device").unwrap();
        }
    });
    for path in theirs {
        assert_eq!(pc.text("a", path), "from a device");
    }
    fs::write(dir.join(theirs[0]), "документ").unwrap();
    fs::remove_file(dir.join(theirs[1])).unwrap();
    fs::remove_dir_all(dir.join("Documentation/Новое")).unwrap();
    assert_eq!(pc.content("a"), before);
}

#[test]
fn what_was_put_aside_and_is_gone_comes_out_of_the_copy() {
    let pc = pc(&["a"]);
    let before = pc.content("a");
    let failure = fails_half_way(&pc, |pc| pc.take_away_what_is_aside("a"));
    assert!(matches!(failure.state, BaseState::PutBack { .. }), "{failure:?}");
    assert_eq!(pc.content("a"), before);
}

#[test]
fn a_base_that_cannot_be_put_back_is_said_to_be_neither() {
    let pc = pc(&["a"]);
    let failure = fails_half_way(&pc, |pc| {
        pc.take_away_what_is_aside("a");
        let copy = pc.paths.backup_dir.join("2026.11.22 12.40.05 a");
        fs::write(copy.join("Documents/1.old"), "damaged").unwrap();
    });
    let BaseState::NotPutBack { error, backup_dir } = failure.state else { panic!("{failure:?}") };
    assert!(matches!(error, backup::Error::NotRestored { faults } if faults.len() == 1));
    assert!(backup_dir.is_dir());
    assert_eq!(pc.journal()[0].what, What::NotUndone);
    assert_eq!(pc.text("a", "Documents/Cleverence.Warehouse.Environment.xml"), "old environment");
    assert_eq!(switch::open(&pc.paths).unwrap().len(), 1);
}

#[test]
fn a_later_step_that_cannot_be_done_keeps_the_first_from_being_begun() {
    let pc = pc(&["a"]);
    let before = pc.content("a");
    let first = TemplateBuilder::of_product(PRODUCT, NAME, "1.6.3.6708").file("Docs", "a file");
    let second = TemplateBuilder::of_product(PRODUCT, NAME, NEW).file("Docs/a.txt", "needs a folder");
    let outcome = pc.run_bases(pc.plan(&[("1.6.3.6708", first), (NEW, second)]));
    let failure = outcome.failed.unwrap();
    assert!(matches!(&failure.error, Error::Template(template::Error::InTheWay { .. })), "{failure:?}");
    assert_eq!(failure.version, version(NEW));
    assert!(matches!(failure.state, BaseState::NothingChanged));
    assert_eq!((pc.content("a"), pc.copies()), (before, 0));
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

#[test]
fn every_entry_of_the_journal_has_a_witness() {
    let pc = pc(&["a", "b"]);
    let plan = pc.plan(&[(NEW, template(NEW))]);
    fs::remove_file(pc.base_dir("b").join("appres.resources")).unwrap();
    fs::create_dir(pc.base_dir("b").join("appres.resources")).unwrap();
    let seen = std::cell::RefCell::new(Vec::new());
    let witness = |entry: &Entry| seen.borrow_mut().push(entry.clone());
    let outcome = run(&pc.witnessed(&pc.os, &witness), plan, &mut |_| {}, &CancellationToken::new());
    assert!(bases_outcome(outcome).failed.is_some());
    let kinds: Vec<What> = seen.borrow().iter().map(|entry| entry.what).collect();
    assert_eq!(kinds, [What::Begun, What::Updated, What::Failed]);
    assert_eq!(*seen.borrow(), pc.whole_journal());
}
