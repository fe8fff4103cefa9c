//! From items to releases.

use crate::catalogue::Release;
use crate::fixtures;
use crate::hidden::Hidden;
use crate::offer::{Block, Item, Offer, PLATFORM, State, Subject};

use super::super::open;

fn item(id: &str, subject: Subject, state: State) -> Item {
    Item {
        id: id.to_owned(),
        subject,
        name: format!("База {id}"),
        product: Some("Склад 15".to_owned()),
        installed: Some("1.0".parse().unwrap()),
        state,
        covered: None,
        former: Vec::new(),
        warnings: Vec::new(),
    }
}

fn offer(steps: &[Release]) -> Offer {
    Offer { steps: steps.to_vec(), notes: Vec::new(), others: Vec::new() }
}

#[test]
fn bases_with_the_same_offer_are_one_release_and_other_states_are_none() {
    let (old, new) = (fixtures::release("P", "1.5"), fixtures::release("P", "1.6"));
    let available = |steps: &[Release]| State::Available { offer: offer(steps) };
    let important = Release { forced: true, ..new.clone() };
    let without_file = Release { file: None, ..new.clone() };
    let no_file = Block::NoFile { version: new.version };
    let items = [
        item(PLATFORM, Subject::Platform, available(&[fixtures::release("Platform4", "3.4.46.1")])),
        item("a", Subject::Base, available(&[old.clone(), new.clone()])),
        item("b", Subject::Base, available(&[important])),
        item("c", Subject::Base, available(std::slice::from_ref(&old))),
        item("d", Subject::Base, State::Blocked { offer: offer(&[without_file]), blocks: vec![no_file] }),
        item("e", Subject::Base, State::UpToDate),
    ];
    let has_file = |release: &Release| release.version == new.version;
    let open = open(&items, &Hidden::default(), &has_file);
    let told: Vec<_> = open
        .iter()
        .map(|open| (open.version.to_string(), open.ids.join(" "), open.is_important, open.is_downloaded))
        .collect();
    let of =
        |version: &str, ids: &str, is_important| (version.to_owned(), ids.to_owned(), is_important, false);
    assert_eq!(told, [of("3.4.46.1", PLATFORM, false), of("1.6", "a b", true), of("1.5", "c", false)]);
    assert_eq!((open[0].product.as_deref(), open[1].product.as_deref()), (None, Some("Склад 15")));
    let all = super::super::open(&items[1..3], &Hidden::default(), &|_| true);
    assert!(all[0].is_downloaded);
}
