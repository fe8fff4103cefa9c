//! Killed at each point: the next start leaves the base wholly old or wholly new, and nothing else.

use std::path::Path;

use smarts_core::journal::What;
use smarts_tests::template::TemplateBuilder;

use super::setup::{NAME, PRODUCT, Pc, Run, TO, Tree};

/// An update that nobody disturbs.
struct Whole {
    /// What the base is then, by paths below its folder.
    content: std::collections::BTreeMap<std::path::PathBuf, Option<Vec<u8>>>,
    /// The point after the last rename.
    last_rename: String,
}

impl Whole {
    fn new() -> Self {
        let pc = Pc::new();
        let run = pc.update(0);
        assert!(run.succeeded, "{run:?}");
        pc.assert_nothing_left("undisturbed");
        assert_eq!(pc.journal(), [What::Begun, What::Updated]);
        let last_rename = run.told.iter().rfind(|line| line.contains("InPlace")).unwrap().clone();
        Self { content: pc.content(), last_rename }
    }

    /// Whether all of the change was made by then.
    fn is_made_by(&self, killed: &Run) -> bool {
        killed.reached(&self.last_rename)
    }

    /// Nothing but the old base or the new one, and a journal that says which.
    fn assert_old_or_new(&self, pc: &Pc, before: &Tree, killed: &Run, when: &str) {
        pc.assert_nothing_left(when);
        if self.is_made_by(killed) {
            assert_eq!(pc.content(), self.content, "{when}");
            assert_eq!(pc.journal(), [What::Begun, What::Updated], "{when}");
        } else {
            assert_eq!(&pc.tree(), before, "{when}");
            let expected: &[What] = if killed.reached("Begun") { &[What::Begun, What::Undone] } else { &[] };
            assert_eq!(pc.journal(), expected, "{when}");
        }
    }
}

#[test]
fn a_base_is_old_or_new_at_whatever_point_its_update_is_killed() {
    let whole = Whole::new();
    let (mut points, mut news) = (0, 0);
    for stop in 1.. {
        let pc = Pc::new();
        let before = pc.tree();
        let killed = pc.update(stop);
        if killed.succeeded {
            break;
        }
        let when = format!("killed at {stop}, {}", killed.last());
        assert!(!killed.ended(), "{when}");
        let finished = pc.finish(0);
        assert!(finished.succeeded, "{when}: {finished:?}");
        whole.assert_old_or_new(&pc, &before, &killed, &when);
        points += 1;
        news += usize::from(whole.is_made_by(&killed));
    }
    assert!(points > 30 && news > 5 && news < points, "{points} points, {news} of them after the change");
}

/// Killed at every point; the base is what it was or what it is after an update that nobody disturbs.
fn assert_old_or_new_wherever_killed(pc: &dyn Fn() -> Pc, is_as_it_should_be: &dyn Fn(&Pc)) {
    let undisturbed = pc();
    let run = undisturbed.update(0);
    assert!(run.succeeded, "{run:?}");
    is_as_it_should_be(&undisturbed);
    undisturbed.assert_nothing_left("undisturbed");
    let after = undisturbed.content();
    let mut points = 0;
    for stop in 1.. {
        let pc = pc();
        let before = pc.content();
        let killed = pc.update(stop);
        if killed.succeeded {
            break;
        }
        let when = format!("killed at {stop}, {}", killed.last());
        assert!(!killed.ended(), "{when}");
        let finished = pc.finish(0);
        assert!(finished.succeeded, "{when}: {finished:?}");
        assert!(pc.is_old_or_new(&before, &after), "{when}: {finished:?} {:?}", pc.content());
        pc.assert_nothing_left(&when);
        points += 1;
    }
    assert!(points > 15, "{points}");
}

#[test]
fn files_and_folders_in_another_case_are_old_or_new_at_whatever_point_that_is_killed() {
    let template = TemplateBuilder::of_product(PRODUCT, NAME, TO)
        .file("DOCUMENTATION/ReadMe.TXT", "new readme")
        .file("reports/FORM.xml", "new form")
        .file("КЭШ/Deep/y", "y")
        .on_update(
            &["Reports", "кэш", "AppDescription.xml"],
            &["Documentation", "AppDescription.xml", "REPORTS", "Кэш"],
        );
    assert_old_or_new_wherever_killed(&|| Pc::with(&template), &|pc| {
        let content = pc.content();
        let bytes = |path: &str| content.get(Path::new(path)).cloned().flatten();
        // What the base has keeps its name, also a folder that is removed and comes again.
        let expected = [
            ("Documentation/README.txt", "new readme"),
            ("Reports/form.xml", "new form"),
            ("Кэш/deep/y", "y"),
        ];
        for (path, text) in expected {
            assert_eq!(bytes(path).as_deref(), Some(text.as_bytes()), "{path}: {content:?}");
        }
        assert!(!content.contains_key(Path::new("Кэш/deep/x")), "{content:?}");
        let mut names: Vec<String> =
            content.keys().map(|path| path.to_string_lossy().to_lowercase()).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), content.len(), "{content:?}");
    });
}

/// Where names that differ in case alone are two files.
#[cfg(target_os = "linux")]
#[test]
fn a_base_with_names_that_differ_in_case_alone_is_old_or_new_at_whatever_point_that_is_killed() {
    let template = TemplateBuilder::of_product(PRODUCT, NAME, TO)
        .file("Documentation/a.txt", "new a")
        .on_update(&["Reports", "AppDescription.xml"], &["Documentation", "AppDescription.xml"]);
    let pc = || {
        let pc = Pc::with(&template);
        let write = |path: &str, text: &str| {
            let path = pc.base_dir().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("Documentation/A.txt", "large");
        write("Documentation/a.txt", "small");
        write("reports/form.xml", "the other");
        pc
    };
    assert_old_or_new_wherever_killed(&pc, &|pc| {
        let content = pc.content();
        let bytes = |path: &str| content.get(Path::new(path)).cloned().flatten();
        assert_eq!(bytes("Documentation/a.txt").as_deref(), Some(b"new a".as_slice()), "{content:?}");
        assert_eq!(bytes("Documentation/A.txt").as_deref(), Some(b"large".as_slice()), "{content:?}");
    });
}

#[test]
fn bringing_it_to_its_end_may_be_killed_too() {
    let whole = Whole::new();
    let mut points = 0;
    // A sixth of the points: each takes as many processes as there are points on the way back.
    for stop in (1..).step_by(6) {
        let first = Pc::new().update(stop);
        if first.succeeded {
            break;
        }
        for again in 1.. {
            let pc = Pc::new();
            let before = pc.tree();
            let killed = pc.update(stop);
            let finishing = pc.finish(again);
            let when = format!("killed at {stop}, {}, and at {again}, {}", killed.last(), finishing.last());
            if !finishing.succeeded {
                assert!(!finishing.ended(), "{when}");
                let finished = pc.finish(0);
                assert!(finished.succeeded, "{when}: {finished:?}");
                points += 1;
            }
            whole.assert_old_or_new(&pc, &before, &killed, &when);
            if finishing.succeeded {
                break;
            }
        }
    }
    assert!(points > 50, "{points}");
}

#[test]
fn the_next_update_does_what_the_next_start_of_the_pc_would_have_done() {
    let whole = Whole::new();
    for stop in 1.. {
        let pc = Pc::new();
        let before = pc.tree();
        let killed = pc.update(stop);
        if killed.succeeded {
            break;
        }
        let when = format!("killed at {stop}, {}", killed.last());
        let next = pc.update(0);
        if next.succeeded {
            assert!(!killed.reached("Begun"), "{when}: the person agreed to a base that was half-way");
            assert_eq!(pc.content(), whole.content, "{when}");
        } else if whole.is_made_by(&killed) {
            // The plan was made from the new version by now, or the old one is not there any more.
            assert_eq!(pc.content(), whole.content, "{when}");
        } else {
            assert!(next.last().contains("was cut off"), "{when}: {next:?}");
            assert_eq!(pc.tree(), before, "{when}");
            let last = pc.update(0);
            assert!(last.succeeded, "{when}: {last:?}");
        }
        pc.assert_nothing_left(&when);
    }
}
