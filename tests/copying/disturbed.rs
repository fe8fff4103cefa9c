//! What somebody does while a copy is made or a base goes back.

use std::fs;

use super::setup::Pc;

#[test]
fn a_base_that_is_deleted_while_it_is_copied_leaves_no_half_of_a_copy() {
    let pc = Pc::new();
    for point in ["Begun", "Copied", "Checked"] {
        let run = pc.disturbed(&["create"], point, &mut || fs::rename(pc.base_dir(), aside(&pc)).unwrap());
        assert!(!run.succeeded && run.last().starts_with("failed "), "{point}: {run:?}");
        pc.assert_whole_copies(0, point);
        fs::rename(aside(&pc), pc.base_dir()).unwrap();
    }
}

#[test]
fn a_copy_whose_folder_somebody_takes_away_is_no_copy() {
    let pc = Pc::new();
    for point in ["Begun", "Copied", "Described"] {
        let half = || fs::read_dir(pc.backups_dir()).unwrap().map(|entry| entry.unwrap().path());
        let mut disturb = || fs::remove_dir_all(half().find(|path| path.is_dir()).unwrap()).unwrap();
        let run = pc.disturbed(&["create"], point, &mut disturb);
        assert!(!run.succeeded && run.last().starts_with("failed "), "{point}: {run:?}");
        pc.assert_whole_copies(0, point);
    }
}

#[test]
fn while_a_base_goes_back_nobody_else_puts_one_back() {
    let (pc, id, before) = Pc::updated();
    let words = ["back", &id, "whole"];
    let mut second = None;
    let run = pc.disturbed(&words, "PuttingBack", &mut || second = Some(pc.run(&words, 0)));
    let second = second.unwrap();
    assert!(!second.succeeded, "{second:?}");
    assert!(second.last().ends_with("Another update is running on this machine"), "{second:?}");
    assert!(run.succeeded, "{run:?}");
    assert_eq!(pc.content(), before);
}

fn aside(pc: &Pc) -> std::path::PathBuf {
    pc.root().join("aside")
}
