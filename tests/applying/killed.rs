//! Killed at each point: the next start leaves the base wholly old or wholly new, and nothing else.

use smarts_core::journal::What;

use super::setup::{Pc, Run, Tree};

/// What a base is after an update that nobody disturbs, by paths below its folder.
type Content = std::collections::BTreeMap<std::path::PathBuf, Option<Vec<u8>>>;

fn new_content() -> Content {
    let pc = Pc::new();
    let run = pc.update(0);
    assert!(run.succeeded, "{run:?}");
    pc.assert_nothing_left("undisturbed");
    assert_eq!(pc.journal(), [What::Begun, What::Updated]);
    pc.content()
}

/// Nothing but the old base or the new one, and a journal that says which.
fn assert_whole(pc: &Pc, before: &Tree, new: &Content, is_new: bool, has_begun: bool, when: &str) {
    pc.assert_nothing_left(when);
    if is_new {
        assert_eq!(&pc.content(), new, "{when}");
        assert_eq!(pc.journal(), [What::Begun, What::Updated], "{when}");
    } else {
        assert_eq!(&pc.tree(), before, "{when}");
        let expected: &[What] = if has_begun { &[What::Begun, What::Undone] } else { &[] };
        assert_eq!(pc.journal(), expected, "{when}");
    }
}

fn is_new(killed: &Run) -> bool {
    // The point after the last rename has a name of its own; a kill between the two is as good as after it.
    killed.reached("Turned")
        || (killed.last().contains("InPlace") && killed.told.len() > 1 && is_last(killed))
}

/// Whether the last rename of the last operation was done: as many are in place as there are operations with something
/// new.
fn is_last(killed: &Run) -> bool {
    let whole = Pc::new().update(0);
    whole
        .told
        .iter()
        .filter(|line| line.contains("InPlace"))
        .next_back()
        .is_some_and(|last| last == killed.last())
}

#[test]
fn a_base_is_old_or_new_at_whatever_point_its_update_is_killed() {
    let new = new_content();
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
        let is_new = is_new(&killed);
        assert_whole(&pc, &before, &new, is_new, killed.reached("Begun"), &when);
        points += 1;
        news += usize::from(is_new);
    }
    assert!(points > 30 && news > 5 && news < points, "{points} points, {news} of them after the change");
}

#[test]
fn bringing_it_to_its_end_may_be_killed_too() {
    let new = new_content();
    let mut points = 0;
    for stop in (1..).step_by(3) {
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
            assert_whole(&pc, &before, &new, is_new(&killed), killed.reached("Begun"), &when);
            if finishing.succeeded {
                break;
            }
        }
    }
    assert!(points > 50, "{points}");
}

#[test]
fn the_next_update_does_what_the_next_start_of_the_pc_would_have_done() {
    let new = new_content();
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
            assert_eq!(pc.content(), new, "{when}");
        } else if is_new(&killed) {
            // The plan was made from the new version by now, or the old one is not there any more.
            assert_eq!(pc.content(), new, "{when}");
        } else {
            assert!(next.last().contains("was cut off"), "{when}: {next:?}");
            assert_eq!(pc.tree(), before, "{when}");
            let last = pc.update(0);
            assert!(last.succeeded, "{when}: {last:?}");
        }
        pc.assert_nothing_left(&when);
    }
}
