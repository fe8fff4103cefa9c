//! Killed at each point: a half of a copy never looks like one, and the next run leaves nothing of it; a base that was
//! on its way back gets there.

use smarts_core::backup;
use smarts_core::journal::What;

use super::setup::Pc;

/// More points than there are in any run.
const MOST_POINTS: usize = 200;

#[test]
fn a_copy_is_whole_or_known_for_a_half_at_whatever_point_it_is_killed() {
    let mut killed = 0;
    for stop in 1..MOST_POINTS {
        let pc = Pc::new();
        let before = pc.content();
        let run = pc.run(&["create"], stop);
        if run.succeeded {
            break;
        }
        killed += 1;
        let when = format!("killed at {}", run.last());
        let complete = usize::from(run.reached("Named"));
        pc.assert_halves_are_seen(complete, &when);
        assert_eq!(pc.content(), before, "{when}");
        assert!(pc.run(&["create"], 0).succeeded, "{when}");
        pc.assert_whole_copies(complete + 1, &when);
    }
    assert!((8..MOST_POINTS - 1).contains(&killed), "{killed}");
}

#[test]
fn a_copy_that_is_deleted_is_no_copy_any_more_at_whatever_point_that_is_killed() {
    let mut killed = 0;
    for stop in 1..MOST_POINTS {
        let (pc, id, _) = Pc::updated();
        let run = pc.run(&["delete", &id], stop);
        if run.succeeded {
            pc.assert_whole_copies(0, "deleted");
            break;
        }
        killed += 1;
        let when = format!("killed at {}", run.last());
        pc.assert_halves_are_seen(0, &when);
        assert!(pc.run(&["create"], 0).succeeded, "{when}");
        pc.assert_whole_copies(1, &when);
    }
    assert_eq!(killed, 2);
}

#[test]
fn a_base_that_was_on_its_way_back_as_a_whole_gets_there_when_it_is_begun_again() {
    let mut killed = 0;
    for stop in 1..MOST_POINTS {
        let (pc, id, before) = Pc::updated();
        let present = pc.content();
        let run = pc.run(&["back", &id, "whole"], stop);
        if run.succeeded {
            break;
        }
        killed += 1;
        let when = format!("killed at {}", run.last());
        let has_begun = run.last().contains("PuttingBack");
        assert_eq!(backup::cut_off(&pc.journal()).len(), usize::from(has_begun), "{when}");
        if !has_begun {
            assert_eq!(pc.content(), present, "{when}");
        }
        let again = pc.run(&["back", &id, "whole"], 0);
        assert!(again.succeeded, "{when}: {again:?}");
        assert_eq!(pc.content(), before, "{when}");
        assert!(backup::cut_off(&pc.journal()).is_empty(), "{when}");
        assert_eq!(pc.last_kind(), Some(What::WentBackWhole), "{when}");
        let copies = pc.copies();
        assert!(copies.iter().all(|copy| copy.complete().is_some()), "{when}: {copies:?}");
    }
    assert!((10..MOST_POINTS - 1).contains(&killed), "{killed}");
}

#[test]
fn what_an_update_replaced_comes_back_however_often_that_is_killed() {
    let (pc, id, before) = Pc::updated();
    let mut stop = 1;
    while !pc.run(&["back", &id, "replaced"], stop).succeeded {
        stop += 1;
        assert!(stop < MOST_POINTS);
    }
    let now = pc.content();
    for name in ["AppDescription.xml", "Documentation/README.txt", "Documents/1.old"] {
        assert_eq!(now.get(name), before.get(name), "{name}");
    }
    assert!(!now.contains_key("Documentation/new.txt"));
    assert_eq!(now.get("Documents/1.xml").unwrap().as_deref(), Some(b"changed since".as_slice()));
    assert!(now.contains_key("Documents/2.xml"));
    assert!(backup::cut_off(&pc.journal()).is_empty());
}
