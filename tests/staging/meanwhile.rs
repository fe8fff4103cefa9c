//! What somebody else has done between two runs, or while one was broken off: it stays, and nothing is stuck because of it.

use std::fs;

use super::setup::{NEW, OLD, Pc};

/// With an older app put aside for a new one.
fn with_aside() -> Pc {
    let pc = Pc::with_old();
    assert!(pc.stage(NEW, "новое", "remove", 0).succeeded);
    assert_eq!(pc.aside().len(), 1);
    pc
}

#[test]
fn an_older_app_that_is_gone_is_named_and_what_is_staged_stays() {
    let pc = with_aside();
    fs::remove_dir_all(&pc.aside()[0]).unwrap();
    let before = pc.content();
    for _ in 0..2 {
        let run = pc.run(&["undo"], 0);
        assert!(!run.succeeded && run.last().contains("What was put aside is gone"), "{run:?}");
        assert_eq!(pc.content(), before);
    }
    assert!(pc.stage("3.4.0.50000", "ещё новее", "keep", 0).succeeded);
}

#[test]
fn an_older_app_whose_place_is_taken_does_not_replace_what_is_there() {
    let pc = with_aside();
    pc.write(&format!("{OLD}/мой файл.txt"), "моё");
    let before = pc.content();
    let run = pc.run(&["undo"], 0);
    assert!(!run.succeeded && run.last().contains("Something else is there now"), "{run:?}");
    assert_eq!(pc.content(), before);
    fs::remove_dir_all(pc.dir().join(OLD)).unwrap();
    assert_eq!(pc.run(&["undo"], 0).last(), format!("done {OLD}"));
}

#[test]
fn taking_back_that_was_broken_off_is_brought_to_its_end_though_an_older_app_is_gone() {
    let pc = with_aside();
    let killed = pc.run(&["undo"], 1);
    assert_eq!(killed.last(), "Recorded");
    fs::remove_dir_all(&pc.aside()[0]).unwrap();
    let undone = pc.run(&["undo"], 0);
    assert_eq!(undone.last(), "done ", "nothing is staged");
    assert_eq!(pc.offered(), [None, None, None]);
    assert!(pc.stage(NEW, "новое", "remove", 0).succeeded);
}

#[test]
fn a_list_written_by_hand_after_a_break_keeps_what_it_names() {
    let pc = Pc::with_old();
    let (list, old) = (fs::read(pc.dir().join("versions.xml")).unwrap(), pc.seen()[0].clone().unwrap());
    let killed =
        pc.stage(NEW, "новое", "remove", Pc::with_old().stage(NEW, "новое", "remove", 0).number("Aside(0)"));
    assert_eq!((killed.last(), pc.aside().len()), ("Aside(0)", 1));
    // Somebody wants the old one on it again, beside the new one.
    let list = String::from_utf8(list).unwrap();
    pc.write("versions.xml", list.replace("  </versions>", &format!("<version name='{NEW}'/></versions>")));
    let by_hand = fs::read(pc.dir().join("versions.xml")).unwrap();
    let run = pc.stage("3.4.0.50000", "ещё новее", "keep", 0);
    assert!(run.succeeded, "{run:?}");
    let staged = pc.staged();
    let versions: Vec<String> = staged.apps.iter().map(|app| app.version.to_string()).collect();
    assert_eq!(versions, ["3.4.0.50000", NEW, OLD]);
    assert!(staged.apps.iter().all(|app| app.content.is_ok()), "{staged:?}");
    assert_eq!(fs::read(&staged.apps[2].content.as_ref().unwrap().path).unwrap(), old.2);
    assert!(pc.run(&["undo"], 0).succeeded);
    assert_eq!((fs::read(pc.dir().join("versions.xml")).unwrap(), pc.left_over()), (by_hand, 0));
}

#[test]
fn a_list_written_by_hand_after_a_break_that_does_not_name_the_new_app_is_left_and_the_app_goes() {
    let pc = Pc::with_old();
    let killed = pc.stage(NEW, "новое", "keep", Pc::with_old().stage(NEW, "новое", "keep", 0).number("Laid"));
    assert_eq!(killed.last(), "Laid");
    let by_hand = format!("<update><versions><!-- моё --><version name='{OLD}'/></versions></update>");
    pc.write("versions.xml", &by_hand);
    let undone = pc.run(&["undo"], 0);
    assert_eq!(undone.last(), format!("done {OLD}"));
    assert_eq!(fs::read_to_string(pc.dir().join("versions.xml")).unwrap(), by_hand);
    assert!(!pc.dir().join(NEW).exists());
    assert_eq!(pc.left_over(), 0);
}

#[test]
fn a_higher_version_that_somebody_has_put_on_the_list_after_a_break_does_not_undo_what_it_names_besides() {
    let pc = Pc::with_old();
    let listed = Pc::with_old().stage(NEW, "новое", "keep", 0).number("Listed");
    assert_eq!(pc.stage(NEW, "новое", "keep", listed).last(), "Listed");
    pc.by_hand("3.5.0.1", "3.5.0.1");
    let run = pc.stage("3.5.0.2", "самое новое", "keep", 0);
    assert!(run.succeeded, "{run:?}");
    let staged = pc.staged();
    let versions: Vec<String> = staged.apps.iter().map(|app| app.version.to_string()).collect();
    assert_eq!(versions, ["3.5.0.2", "3.5.0.1", NEW, OLD]);
    assert!(staged.apps.iter().all(|app| app.content.is_ok()), "{staged:?}");
}

#[test]
fn what_somebody_has_staged_by_hand_after_a_break_is_not_taken_for_ours() {
    let pc = Pc::with_old();
    assert_eq!(pc.stage(NEW, "новое", "keep", 1).last(), "Recorded");
    pc.by_hand(NEW, NEW);
    let before = pc.files();
    assert!(pc.run(&["undo"], 0).succeeded);
    assert_eq!((pc.files(), pc.left_over()), (before, 0));
    assert!(pc.staged().apps[0].content.is_ok());
}

#[test]
fn a_package_or_a_description_that_was_worked_on_since_is_not_taken_back_over_somebodys_head() {
    for (file, bytes) in
        [("update.xml", "<update><file>app.apk</file></update>"), ("app 3.4.0.46990.apk", "PK")]
    {
        let pc = Pc::with_old();
        assert!(pc.stage(NEW, "новое", "keep", 0).succeeded);
        pc.write(&format!("{NEW}/{file}"), bytes);
        let before = pc.content();
        let run = pc.run(&["undo"], 0);
        assert!(!run.succeeded && run.last().contains("Changed since by somebody else"), "{run:?}");
        assert_eq!(pc.content(), before);
    }
}

#[test]
fn a_list_written_by_hand_after_taking_back_was_broken_off_keeps_what_it_names() {
    let pc = with_aside();
    assert_eq!(pc.run(&["undo"], 1).last(), "Recorded");
    pc.by_hand("3.5.0.1", "3.5.0.1");
    let before = pc.files();
    let run = pc.run(&["undo"], 0);
    assert!(!run.succeeded && run.last().contains("Changed since by somebody else"), "{run:?}");
    let after = pc.files();
    assert!(before.iter().filter(|(path, _)| !path.contains(OLD)).all(|(path, bytes)| after[path] == *bytes));
    assert!(pc.staged().apps.iter().all(|app| app.content.is_ok()));
    assert_eq!(pc.offered()[2].as_deref(), Some("3.5.0.1"));
    assert!(pc.dir().join(OLD).exists(), "what was put aside is back");
}

#[test]
fn taking_back_that_failed_is_not_carried_out_by_a_later_run_that_nobody_asked_for_it() {
    let pc = with_aside();
    let recorded = with_aside().run(&["undo"], 0).number("Recorded");
    let place = pc.dir().join(OLD);
    let run = pc.disturbed(&["undo"], recorded, &mut || fs::write(&place, "файл").unwrap());
    assert!(!run.succeeded && run.last().contains("Not a folder"), "{run:?}");
    fs::remove_file(&place).unwrap();
    let before = pc.content();
    assert!(!pc.stage("3.2.0.1", "старьё", "keep", 0).succeeded);
    assert_eq!(pc.content(), before);
    assert_eq!(pc.offered()[0].as_deref(), Some(NEW));
    assert_eq!(pc.run(&["undo"], 0).last(), format!("done {OLD}"));
}

#[test]
fn a_description_that_somebody_corrected_after_a_break_keeps_the_package_it_names() {
    let pc = Pc::with_old();
    pc.by_hand(NEW, NEW);
    let laid = {
        let twin = Pc::with_old();
        twin.by_hand(NEW, NEW);
        twin.stage(NEW, "новое", "remove", 0).number("Laid")
    };
    assert_eq!(pc.stage(NEW, "новое", "remove", laid).last(), "Laid");
    let path = pc.dir().join(NEW).join("update.xml");
    let corrected = fs::read_to_string(&path).unwrap().replace("новое", "ещё лучше");
    fs::write(&path, &corrected).unwrap();
    assert!(pc.run(&["undo"], 0).succeeded);
    assert_eq!(fs::read_to_string(&path).unwrap(), corrected);
    assert!(pc.staged().apps[0].content.is_ok(), "{:?}", pc.staged().apps);
}

#[test]
fn what_somebody_has_put_beside_an_older_app_after_a_break_stays_where_it_is() {
    let pc = Pc::with_old();
    let listed = Pc::with_old().stage(NEW, "новое", "remove", 0).number("Listed");
    assert_eq!(pc.stage(NEW, "новое", "remove", listed).last(), "Listed");
    pc.write(&format!("{OLD}/заметки.txt"), "моё");
    assert!(pc.stage("3.5.0.1", "ещё новее", "keep", 0).succeeded);
    assert_eq!(fs::read_to_string(pc.dir().join(OLD).join("заметки.txt")).unwrap(), "моё");
    assert_eq!(pc.left_over(), 0);
}

#[test]
fn a_list_that_is_changed_while_the_package_is_copied_is_not_replaced() {
    let pc = Pc::with_old();
    let laid = Pc::with_old().stage(NEW, "новое", "keep", 0).number("Laid");
    let apk = pc.apk(NEW);
    let by_hand = format!("<update><versions><!-- моё --><version name='{OLD}'/></versions></update>");
    let run = pc.disturbed(&["stage", apk.to_str().unwrap(), "новое", "keep"], laid, &mut || {
        pc.write("versions.xml", &by_hand);
    });
    assert!(!run.succeeded && run.last().contains("Changed since by somebody else"), "{run:?}");
    assert_eq!(fs::read_to_string(pc.dir().join("versions.xml")).unwrap(), by_hand);
    assert!(!pc.dir().join(NEW).exists());
    assert_eq!((pc.offered()[0].as_deref(), pc.left_over()), (Some(OLD), 0));
}

#[test]
fn only_the_version_that_was_seen_is_taken_back() {
    let pc = Pc::with_old();
    assert!(pc.stage(NEW, "новое", "keep", 0).succeeded);
    assert!(pc.stage("3.5.0.1", "чужое", "keep", 0).succeeded);
    let before = pc.content();
    let run = pc.run(&["undo", NEW], 0);
    assert!(!run.succeeded && run.last().contains("Version 3.5.0.1 was staged since"), "{run:?}");
    assert_eq!(pc.content(), before);
    // One that was broken off, and that somebody else's run has dealt with, leaves nothing to be taken back for it.
    let pc = Pc::with_old();
    assert_eq!(pc.stage(NEW, "новое", "keep", 1).last(), "Recorded");
    assert!(pc.run(&["undo"], 0).succeeded);
    let run = pc.run(&["undo", NEW], 0);
    assert!(!run.succeeded && run.last().contains(&format!("Version {OLD} was staged since")), "{run:?}");
    assert_eq!(pc.offered()[0].as_deref(), Some(OLD));
}

#[test]
fn a_refusal_after_something_broken_off_was_settled_says_that_devices_see_something_else_now() {
    let pc = with_aside();
    assert_eq!(pc.run(&["undo"], 1).last(), "Recorded");
    assert_eq!(pc.offered()[0].as_deref(), Some(NEW));
    let run = pc.stage("3.2.0.1", "старьё", "keep", 0);
    assert!(!run.succeeded && run.last().contains("What devices are offered has changed"), "{run:?}");
    assert!(run.last().contains("which is above 3.2.0.1"), "{run:?}");
    assert_eq!(pc.offered()[0].as_deref(), Some(OLD));
}

#[test]
fn a_record_that_is_damaged_or_leads_out_of_the_folder_is_not_believed_and_stops_nothing() {
    let record = |pc: &Pc| {
        let mut files = fs::read_dir(pc.records_dir()).unwrap().map(|entry| entry.unwrap().path());
        files.next().unwrap()
    };
    let outside = |text: &str, place: &str| {
        let mut record: serde_json::Value = serde_json::from_str(text).unwrap();
        record["aside"] = serde_json::json!([{ "folder": OLD, "place": place }]);
        record.to_string()
    };
    let cases: [&dyn Fn(&str) -> String; 4] = [
        &|text| text[..text.len() / 2].to_owned(),
        &|text| outside(text, "../../../valuable"),
        &|text| outside(text, ".removed-/../../../valuable"),
        &|text| {
            let mut record: serde_json::Value = serde_json::from_str(text).unwrap();
            let mut previous = record.clone();
            previous["folder"] = "../../valuable".into();
            record["previous"] = previous;
            record.to_string()
        },
    ];
    for spoiled in cases {
        let pc = Pc::with_old();
        let valuable = pc.base_dir().join("valuable");
        fs::create_dir(&valuable).unwrap();
        fs::write(valuable.join("file"), "нужное").unwrap();
        assert!(pc.stage(NEW, "новое", "keep", 0).succeeded);
        let path = record(&pc);
        let text = spoiled(&fs::read_to_string(&path).unwrap());
        fs::write(&path, &text).unwrap();
        let before = pc.content();
        let run = pc.run(&["undo"], 0);
        assert!(!run.succeeded && run.last().contains("Record is not to be believed"), "{run:?}");
        assert_eq!(pc.content(), before);
        assert!(pc.stage("3.5.0.1", "ещё новее", "keep", 0).succeeded);
        assert_eq!(fs::read_to_string(path.with_extension("damaged")).unwrap(), text);
        assert_eq!(pc.run(&["undo"], 0).last(), format!("done {NEW}"));
        assert!(valuable.join("file").exists());
    }
}

#[test]
fn a_record_that_cannot_be_closed_once_devices_see_the_app_is_no_failure() {
    let pc = Pc::with_old();
    let apk = pc.apk(NEW);
    let words = ["stage", apk.to_str().unwrap(), "новое", "remove"];
    let listed = Pc::with_old().stage(NEW, "новое", "remove", 0).number("Listed");
    let records = pc.records_dir();
    let elsewhere = records.with_extension("elsewhere");
    let run = pc.disturbed(&words, listed, &mut || {
        fs::rename(&records, &elsewhere).unwrap();
        fs::write(&records, "no folder").unwrap();
    });
    assert!(run.succeeded, "{run:?}");
    assert_eq!(pc.offered()[0].as_deref(), Some(NEW));
    fs::remove_file(&records).unwrap();
    fs::rename(&elsewhere, &records).unwrap();
    assert_eq!(pc.run(&["undo"], 0).last(), format!("done {OLD}"));
    assert_eq!(pc.left_over(), 0);
}

#[cfg(unix)]
#[test]
fn taking_back_that_stops_after_devices_see_it_says_so_and_the_next_run_ends_it() {
    let pc = with_aside();
    let elsewhere = tempfile::tempdir().unwrap();
    let (place, real) = (pc.dir().join(NEW), elsewhere.path().join("real"));
    let listed = with_aside().run(&["undo"], 0).number("Listed");
    let run = pc.disturbed(&["undo"], listed, &mut || {
        fs::rename(&place, &real).unwrap();
        std::os::unix::fs::symlink(&real, &place).unwrap();
    });
    assert!(!run.succeeded && run.last().contains("What devices are offered has changed"), "{run:?}");
    assert_eq!(pc.offered()[0].as_deref(), Some(OLD));
    assert!(real.join("update.xml").exists(), "a link is not followed");
    fs::remove_file(&place).unwrap();
    assert_eq!(pc.run(&["undo"], 0).last(), format!("done {OLD}"));
}

#[cfg(unix)]
#[test]
fn nothing_is_done_beyond_a_link_anywhere_below_the_folder_of_staged_apps() {
    let link = |pc: &Pc, below: &str, to: &std::path::Path| {
        std::os::unix::fs::symlink(to, pc.dir().join(below)).unwrap();
    };
    // An older app in a linked folder is on the list no more, and stays where it is.
    let pc = Pc::new();
    pc.by_hand(OLD, "склад/старая");
    let elsewhere = tempfile::tempdir().unwrap();
    let real = elsewhere.path().join("real");
    fs::rename(pc.dir().join("склад"), &real).unwrap();
    link(&pc, "склад", &real);
    let run = pc.stage(NEW, "новое", "remove", 0);
    assert!(run.succeeded && run.last().contains(OLD), "{run:?}");
    assert!(real.join("старая/app.apk").exists());
    assert_eq!((pc.staged().apps.len(), pc.aside().len()), (1, 0));
    assert_eq!(pc.run(&["undo"], 0).last(), format!("done {OLD}"));

    // A version that is to be replaced there is not.
    let before = fs::read_dir(real.join("старая")).unwrap().count();
    let run = pc.stage(OLD, "другое", "keep", 0);
    assert!(!run.succeeded && run.last().contains("Not a folder"), "{run:?}");
    assert_eq!(fs::read_dir(real.join("старая")).unwrap().count(), before);

    // What was put aside does not return through one.
    let pc = Pc::new();
    pc.by_hand(OLD, "склад/старая");
    assert!(pc.stage(NEW, "новое", "remove", 0).succeeded);
    fs::remove_dir_all(pc.dir().join("склад")).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    link(&pc, "склад", elsewhere.path());
    let run = pc.run(&["undo"], 0);
    assert!(!run.succeeded && run.last().contains("Not a folder"), "{run:?}");
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
    assert_eq!(pc.offered()[0].as_deref(), Some(NEW));

    // Nor is a list taken that leads elsewhere.
    let pc = Pc::new();
    let secret = elsewhere.path().join("secret.txt");
    fs::write(&secret, "тайна").unwrap();
    fs::create_dir_all(pc.dir()).unwrap();
    link(&pc, "versions.xml", &secret);
    let run = pc.stage(NEW, "новое", "keep", 0);
    assert!(!run.succeeded && run.last().contains("Not a folder"), "{run:?}");
    assert_eq!(fs::read_dir(pc.dir()).unwrap().count(), 1, "nothing was copied");
}
