//! This program among the things that are updated.

use smarts_core::offer::NotManaged;

use super::*;

#[test]
fn this_program_is_counted_by_itself_and_is_no_row_of_the_list() {
    let model = loaded(fixtures::with_updater(fixtures::everything(), fixtures::newer_updater()));
    assert_eq!(model.headline(), Headline::Updates(Updates { platform: true, bases: 4, updater: true }));
    assert_eq!(model.counts().updates.total(), 6);
    assert_eq!(model.updater().unwrap().id, UPDATER);
    assert!(model.list.entries.iter().all(|entry| entry.id != UPDATER));

    let (machine, mut report) = fixtures::of(vec![]);
    report.items.clear();
    let alone = fixtures::with_updater((machine, report), fixtures::newer_updater());
    let only = Updates { updater: true, ..Updates::default() };
    assert_eq!(loaded(alone).headline(), Headline::Updates(only));
}

#[test]
fn a_source_without_releases_of_this_program_changes_nothing_that_is_said_of_the_rest() {
    let (machine, mut report) = fixtures::of(vec![fixtures::up_to_date()]);
    report.items[0].state = State::UpToDate;
    let reason = NotManaged::NoReleasesHere;
    let contents = fixtures::with_updater((machine, report), State::NotManaged { reason });
    let model = loaded(contents);
    assert_eq!(model.headline(), Headline::UpToDate);
    assert_eq!(model.counts().unknown, 0);
}

#[test]
fn this_program_is_downloaded_and_installed_as_one_thing_without_bases() {
    let mut model = loaded(fixtures::with_updater(fixtures::everything(), fixtures::newer_updater()));
    let download = Command::Download { item_id: UPDATER.into(), covered: false };
    assert_eq!(act(&mut model, UPDATER, ItemAction::Update), vec![download]);
    let preview = Command::Preview { item_id: UPDATER.into(), base_ids: vec![] };
    assert_eq!(receive(&mut model, verified(UPDATER, Proof::Hash)), vec![preview]);
    assert!(model.sheet().unwrap().choices.is_empty());
    let data = SheetData { change: Change::ThisProgram, ..data(Proof::Hash, 0) };
    let _ = receive(&mut model, sheet_ready(UPDATER, &[], data));
    let apply = Command::Apply {
        item_id: UPDATER.into(),
        base_ids: vec![],
        accept_unproved: false,
        agreed_to_go: vec![],
    };
    assert_eq!(update(&mut model, Action::Sheet(SheetAction::Confirm)), vec![apply]);
    assert_eq!(model.activity(UPDATER), Some(&Activity::Applying(Stage::Preparing)));
}
