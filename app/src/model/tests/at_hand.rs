//! A file at hand: what closes it, what its sheet is about, and whom its installation concerns.

use std::path::Path;

use super::*;
use crate::model::at_hand::{AtHand, AtHandPage, Purpose, about, is_at_hand, targets};
use crate::model::sheet::Choice;
use crate::model::{AtHandAction, AtHandCommand, Dialog};

const FILE: &str = "/media/stick/WH15.mstmpl";
const PUT_AWAY: Command = Command::AtHand(AtHandCommand::PutAway);

fn say(model: &mut Model, action: AtHandAction) -> Vec<Command> {
    update(model, Action::AtHand(action))
}

fn examine(path: &str) -> Vec<Command> {
    vec![Command::AtHand(AtHandCommand::Examine { path: path.into() })]
}

pub(crate) fn template(ids: &[(&str, &str)]) -> AtHand {
    let choice = |(id, name): &(&str, &str)| Choice { id: (*id).into(), name: (*name).into(), chosen: true };
    AtHand {
        purpose: Purpose::Bases,
        product: "Склад 15, Расширенный".into(),
        version: Some(fixtures::version("1.6.3.7300")),
        company: None,
        released: None,
        proved: Some(Proved { proof: Proof::None, signer: None, origin: Origin::Folder }),
        choices: ids.iter().map(choice).collect(),
        unfit: vec![],
        attention: vec![],
        refusal: None,
    }
}

fn of_two() -> AtHand {
    template(&[("main", "Основной склад"), ("forest", "Филиал на Лесной")])
}

/// The page about a file that was examined.
fn page(found: Result<AtHand, Notice>) -> Model {
    let mut model = loaded(fixtures::everything());
    assert_eq!(say(&mut model, AtHandAction::Open(FILE.into())), examine(FILE));
    assert_eq!(receive(&mut model, Event::AtHandExamined { path: FILE.into(), found }), vec![]);
    model
}

fn found(model: &Model) -> Option<&Result<AtHand, Notice>> {
    match &model.dialog {
        Some(Dialog::AtHand(AtHandPage { found, .. })) => found.as_ref(),
        _ => None,
    }
}

/// The sheet of that file, with one base.
fn sheet() -> Model {
    let mut model = page(Ok(of_two()));
    let untick = AtHandAction::Choose { base_id: "forest".into(), chosen: false };
    assert_eq!(say(&mut model, untick), vec![]);
    let commands = say(&mut model, AtHandAction::Confirm);
    let item_id = Purpose::Bases.key();
    assert_eq!(commands, vec![Command::Preview { item_id, base_ids: vec!["main".into()] }]);
    model
}

#[test]
fn the_sheet_of_a_file_at_hand_is_about_the_file_and_its_row_about_its_source() {
    let mut model = sheet();
    let row = model.activity("main").cloned();
    let sheet = model.sheet().unwrap();
    assert!(is_at_hand(&sheet.item_id));
    let of_file = sheet.of_file.as_ref().unwrap();
    assert_eq!(of_file.version, fixtures::version("1.6.3.7300"));
    assert_eq!(sheet.chosen_ids(), ["main"]);
    assert_eq!(update(&mut model, Action::CloseDialog), vec![PUT_AWAY]);
    assert_eq!((model.activity("main"), row.as_ref()), (None, None), "nothing half is kept");
    assert_eq!(model.dialog, None);
}

#[test]
fn the_installation_of_a_file_at_hand_is_shown_on_the_rows_of_its_bases() {
    let mut model = sheet();
    let item_id = Purpose::Bases.key();
    let base_ids = vec!["main".to_owned()];
    let answer = Event::SheetReady {
        item_id: item_id.clone(),
        base_ids: base_ids.clone(),
        sheet: Ok(data(Proof::None, 0)),
    };
    let _ = receive(&mut model, answer);
    assert_eq!(model.sheet().unwrap().obstacle(false), Some(Obstacle::Consent));
    let _ = update(&mut model, Action::Sheet(SheetAction::Consent(true)));
    let commands = update(&mut model, Action::Sheet(SheetAction::Confirm));
    assert_eq!(
        commands,
        vec![Command::Apply { item_id, base_ids, accept_unproved: true, agreed_to_go: vec![] }]
    );
    assert_eq!(model.activity("main"), Some(&Activity::Applying(Stage::Preparing)));

    // Stopped: nothing was downloaded for that row, so nothing waits on it.
    let results = vec![BaseResult { item_id: "main".into(), outcome: Outcome::Stopped }];
    let _ = receive(&mut model, Event::ApplyFinished { results });
    assert_eq!(model.activity("main"), None);
}

#[test]
fn closing_the_page_puts_the_file_away_and_so_does_an_answer_that_comes_too_late() {
    let mut model = page(Ok(of_two()));
    assert_eq!(update(&mut model, Action::CloseDialog), vec![PUT_AWAY]);
    let late = |path: &str| Event::AtHandExamined { path: path.into(), found: Ok(of_two()) };
    assert_eq!(receive(&mut model, late(FILE)), vec![PUT_AWAY]);
    assert_eq!(model.dialog, None);

    // Another file was dropped meanwhile: its page waits for its own answer.
    let _ = say(&mut model, AtHandAction::Open(FILE.into()));
    assert_eq!(say(&mut model, AtHandAction::Open("/other.mstmpl".into())), examine("/other.mstmpl"));
    assert_eq!(receive(&mut model, late(FILE)), vec![], "or the other one would be put away");
    assert!(matches!(&model.dialog, Some(Dialog::AtHand(page))
        if page.path == Path::new("/other.mstmpl") && page.found.is_none()));
}

#[test]
fn a_file_at_hand_takes_nothing_else_away() {
    let mut model = loaded(fixtures::everything());
    let _ = act(&mut model, "main", ItemAction::ShowNotes);
    let open = model.dialog.clone();
    assert_eq!(say(&mut model, AtHandAction::Open(FILE.into())), vec![]);
    assert_eq!(model.dialog, open);
    assert_eq!(update(&mut model, Action::CloseDialog), vec![]);
    let _ = update(&mut model, Action::Item { id: "main".into(), action: ItemAction::Update });
    let _ = update(&mut model, Action::Leave(LeaveAction::Ask));
    assert_eq!(say(&mut model, AtHandAction::Open(FILE.into())), vec![]);
}

#[test]
fn nothing_is_prepared_without_a_base_or_a_right_to_or_for_a_refused_file() {
    let confirm = |model: &mut Model| say(model, AtHandAction::Confirm);
    let mut model = page(Ok(template(&[("main", "Основной склад")])));
    let _ = say(&mut model, AtHandAction::Choose { base_id: "main".into(), chosen: false });
    assert_eq!(confirm(&mut model), vec![]);

    let refused = AtHand { refusal: Some(Notice::of("не подходит")), ..of_two() };
    assert_eq!(confirm(&mut page(Ok(refused))), vec![]);
    assert_eq!(confirm(&mut page(Err(Notice::of("файл повреждён")))), vec![]);
    let mut model = page(Ok(of_two()));
    model.permission = Permission::Administrators { contact: None };
    assert_eq!(confirm(&mut model), vec![]);
    assert!(matches!(found(&model), Some(Ok(_))), "what it is can be seen all the same");
}

#[test]
fn a_sheet_of_a_file_at_hand_comes_back_after_a_date_was_entered() {
    let mut model = sheet();
    let devices = vec!["Склад-1".to_owned()];
    let _ = update(&mut model, Action::EnterDates { devices, items: vec!["main".into()] });
    assert!(model.sheet().is_none());
    let _ = update(&mut model, Action::CloseDialog);
    let commands = later(&mut model, 1);
    assert!(
        matches!(&commands[..], [Command::Preview { item_id, .. }] if is_at_hand(item_id)),
        "{commands:?}"
    );
    assert!(model.sheet().unwrap().of_file.is_some());
}

#[test]
fn a_sheet_of_a_file_at_hand_cannot_be_put_off() {
    let mut model = sheet();
    let at = model.now.timestamp() + jiff::SignedDuration::from_hours(1);
    let put_off = SheetData { remind_at: Some(at), ..data(Proof::Hash, 0) };
    let (item_id, base_ids) = (Purpose::Bases.key(), vec!["main".to_owned()]);
    let _ = receive(&mut model, Event::SheetReady { item_id, base_ids, sheet: Ok(put_off) });
    assert_eq!(model.sheet().unwrap().remind_at(), None);
    assert_eq!(update(&mut model, Action::Sheet(SheetAction::Remind)), vec![]);
    assert_eq!((model.sheet().is_some(), model.next_reminder()), (true, None));
}

#[test]
fn a_file_at_hand_is_closed_when_the_platform_is_updated_first() {
    let mut model = sheet();
    let commands = update(&mut model, Action::Sheet(SheetAction::PlatformFirst));
    let download = Command::Download { item_id: PLATFORM.into(), covered: false };
    assert_eq!(commands, vec![PUT_AWAY, download]);
    assert_eq!(model.dialog, None);
}

#[test]
fn keys_of_files_at_hand_say_whom_they_are_for_and_are_no_items() {
    let key = Purpose::Bases.key();
    assert!(is_at_hand(&key) && !is_at_hand("bases") && !is_at_hand("platform"));
    assert_eq!(about(&key), "bases");
    assert_eq!(targets("platform", &[]), ["platform"]);
    assert_eq!(targets(&key, &["main".to_owned()]), ["main"]);
}
