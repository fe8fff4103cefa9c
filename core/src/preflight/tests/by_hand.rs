//! What was changed by hand, of every base and by every step.

use super::*;
use crate::by_hand::{Changed, Since};

const OLD: &str = "1.6.2.6493";

/// Two bases that are what their template put there, which lies among the PC's templates.
fn two() -> Pc {
    let spec = |id: &str| BaseSpec {
        version: Some(OLD.into()),
        files: [("appres.resources", "r"), ("Docs/a.txt", "a"), ("Labels/b.txt", "b")]
            .map(|(name, text)| (name.into(), text.into()))
            .to_vec(),
        ..BaseSpec::new(id, &format!("База {id}"))
    };
    let mut pc = pc("3.3.46.29552", &spec("a"));
    pc.root = pc.root.base(&spec("b")).unwrap();
    pc.os = os::MachineRoot::open(pc.root.path()).unwrap();
    let dir = pc.os.locate(paths::TEMPLATES).unwrap();
    fs::create_dir_all(&dir).unwrap();
    let installed = template(OLD).file("Docs/a.txt", "a").file("Labels/b.txt", "b");
    installed.write_to(&dir.join("old.mstmpl")).unwrap();
    pc
}

impl Pc {
    fn of_two(&self, packages: Vec<Package>) -> Vec<BaseByHand> {
        self.points_of(packages).by_hand
    }

    fn dirs(&self) -> Vec<std::path::PathBuf> {
        machine::read(&self.os).bases.into_iter().map(|base| base.dir.unwrap()).collect()
    }
}

fn changed(found: &BaseByHand) -> Vec<&str> {
    let changed = |one: &Changed| one.since == Since::Template(OLD.parse().unwrap());
    let by_hand = found.by_hand.as_ref().unwrap();
    by_hand.changed.iter().filter(|one| changed(one)).map(|one| one.path.as_str()).collect()
}

#[test]
fn every_base_of_a_plan_is_compared_and_not_the_first_alone() {
    let pc = two();
    let package =
        || vec![pc.package(NEW, &template(NEW).on_update(&[], &["Docs"]).file("Docs/a.txt", "new"), true)];
    let found = pc.of_two(package());
    assert!(found.iter().all(|of| of.by_hand.as_ref().unwrap().is_untouched()), "{found:?}");
    fs::write(pc.dirs()[1].join("Docs/a.txt"), "ours").unwrap();
    let found = pc.of_two(package());
    let ids: Vec<&str> = found.iter().map(|of| of.base_id.as_str()).collect();
    assert_eq!(ids, ["a", "b"]);
    assert_eq!((changed(&found[0]), changed(&found[1])), (vec![], vec!["Docs/a.txt"]));
    assert!(!found[1].by_hand.as_ref().unwrap().is_untouched());
}

#[test]
fn what_only_a_later_step_replaces_is_compared_too() {
    let pc = two();
    fs::write(pc.dirs()[0].join("Labels/b.txt"), "ours").unwrap();
    let first = template("1.6.3.6708").on_update(&[], &["Docs"]).file("Docs/a.txt", "new");
    let second = template(NEW).on_update(&["Labels"], &["Docs"]).file("Docs/a.txt", "newer");
    let packages = vec![pc.package("1.6.3.6708", &first, true), pc.package(NEW, &second, true)];
    let found = pc.of_two(packages);
    assert_eq!((changed(&found[0]), changed(&found[1])), (vec!["Labels/b.txt"], vec![]));
}

#[test]
fn a_base_that_cannot_be_looked_through_is_never_untouched() {
    let pc = two();
    // The second step needs a folder where the first base has a file.
    fs::write(pc.dirs()[0].join("Exchange"), "a file").unwrap();
    let first = template("1.6.3.6708").on_update(&[], &["Docs"]).file("Docs/a.txt", "new");
    let second = template(NEW).on_update(&[], &["Exchange"]).file("Exchange/a.csv", "a");
    let packages = vec![pc.package("1.6.3.6708", &first, true), pc.package(NEW, &second, true)];
    let points = pc.points_of(packages);
    assert!(matches!(&points.stops[..], [Stop::Replacement { base_id, .. }] if base_id == "a"), "{points:?}");
    assert_eq!(points.by_hand[0], BaseByHand { base_id: "a".into(), by_hand: None });
    assert!(points.by_hand[1].by_hand.as_ref().unwrap().is_untouched());
    let unusable = vec![pc.package(NEW, &template(NEW).file("../evil", "x"), true)];
    assert!(pc.of_two(unusable).iter().all(|of| of.by_hand.is_none()));
}
