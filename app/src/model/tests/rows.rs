//! The order of the rows, the current one, and the details of a row.

use super::*;
use crate::model::current::Step;
use crate::model::details::{DetailsAction, Of};
use crate::model::going_back::{GoingBackCommand, GoingBackEvent};
use crate::model::sort::Sort;

fn names(model: &Model) -> Vec<&str> {
    let rows = model.list.rows.iter();
    let names = rows.map(|row| match row {
        Row::Base { entry, .. } => model.base(&model.list.entries[*entry]).unwrap().name.as_str(),
        Row::Group { key, .. } => key.product.as_str(),
    });
    names.collect()
}

fn sorted(model: &mut Model, sort: Sort) -> Vec<&str> {
    let _ = update(model, Action::List(ListAction::Sort(sort)));
    names(model)
}

fn step(model: &mut Model, step: Step) -> usize {
    let _ = update(model, Action::List(ListAction::Step(step)));
    model.current_row().unwrap()
}

fn at(model: &Model) -> &str {
    names(model)[model.current_row().unwrap()]
}

fn open(model: &mut Model, id: &str) -> Vec<Command> {
    update(model, Action::Details(DetailsAction::Open(Of::Item(id.into()))))
}

fn list_copies(id: &str) -> Command {
    Command::GoingBack(GoingBackCommand::List { base_id: id.into() })
}

fn listed(id: &str) -> Event {
    let listed = Err("Копии не читаются".into());
    Event::GoingBack(GoingBackEvent::Listed { base_id: id.into(), listed })
}

#[test]
fn by_state_what_can_be_updated_comes_first_and_what_is_not_updated_here_last() {
    let mut model = loaded(fixtures::everything());
    let before = names(&model).join(", ");
    let expected = [
        "Основной склад",
        "Касса 2",
        "Филиал на Лесной",
        "Новый склад",
        "Учёт алкоголя",
        "Инвентаризация",
        "Учёт имущества",
        "Доставка",
        "Магазин в ТЦ",
        "Центральный офис",
    ];
    assert_eq!(sorted(&mut model, Sort::State), expected);
    assert_eq!(sorted(&mut model, Sort::Machine).join(", "), before);
}

#[test]
fn names_are_sorted_as_people_do() {
    let names = ["Склад 10", "Ёлка", "склад 2", "Яхта", "Елань"];
    let pair = |(place, name): (usize, &&str)| {
        let mut pair = fixtures::up_to_date();
        (pair.0.id, pair.0.name) = (format!("base-{place}"), (*name).to_owned());
        pair.1.id.clone_from(&pair.0.id);
        pair
    };
    let mut model = loaded(fixtures::of(names.iter().enumerate().map(pair).collect()));
    assert_eq!(sorted(&mut model, Sort::Name), ["Елань", "Ёлка", "склад 2", "Склад 10", "Яхта"]);
}

#[test]
fn bases_that_are_alike_keep_the_machines_order() {
    let mut pairs = fixtures::branches(2);
    pairs.insert(1, fixtures::main_base());
    let mut model = loaded(fixtures::of(pairs));
    assert_eq!(sorted(&mut model, Sort::Product), ["Филиал № 1", "Филиал № 2", "Основной склад"]);
    assert_eq!(sorted(&mut model, Sort::LastSeen), ["Филиал № 1", "Филиал № 2", "Основной склад"]);
    assert_eq!(sorted(&mut model, Sort::Installed), ["Филиал № 1", "Филиал № 2", "Основной склад"]);
}

#[test]
fn the_oldest_version_comes_first_and_what_has_none_last() {
    let mut model = loaded(fixtures::everything());
    let names = sorted(&mut model, Sort::Installed);
    assert_eq!(names.first(), Some(&"Филиал на Лесной"), "1.0.2.85");
    assert_eq!(names.last(), Some(&"Учёт имущества"));
}

#[test]
fn a_group_stands_where_its_first_base_would_and_its_bases_are_sorted_as_well() {
    let mut pairs = vec![fixtures::main_base()];
    pairs.extend(fixtures::stores(3));
    let mut model = loaded(fixtures::of(pairs));
    let Row::Group { key, .. } = model.list.rows[1].clone() else { panic!("no group") };
    let _ = update(&mut model, Action::List(ListAction::Toggle(key)));
    let sorted = sorted(&mut model, Sort::Name);
    assert_eq!(
        sorted,
        ["Магазин 15, Базовый", "Магазин № 1", "Магазин № 2", "Магазин № 3", "Основной склад"]
    );
}

#[test]
fn a_download_moves_no_row() {
    let mut model = loaded(fixtures::everything());
    let before = sorted(&mut model, Sort::State).join(", ");
    let _ = act(&mut model, "new", ItemAction::Update);
    let _ = receive(&mut model, progress("new", 5));
    let _ = receive(&mut model, verified("new", Proof::Signed));
    assert_eq!(names(&model).join(", "), before);
    let _ = act(&mut model, "main", ItemAction::Skip);
    let before = names(&model).join(", ");
    let _ = act(&mut model, "main", ItemAction::Update);
    assert_eq!(names(&model).join(", "), before, "nor that of a version that was skipped");
}

#[test]
fn the_current_row_moves_and_stays_within_the_list() {
    let mut model = loaded(fixtures::everything());
    assert_eq!(model.current_row(), Some(0));
    assert_eq!(step(&mut model, Step::Up(1)), 0);
    assert_eq!(step(&mut model, Step::Down(1)), 1);
    assert_eq!(step(&mut model, Step::Down(4)), 5);
    assert_eq!(step(&mut model, Step::Last), 9);
    assert_eq!(step(&mut model, Step::Down(1)), 9);
    assert_eq!(step(&mut model, Step::Up(3)), 6);
    assert_eq!(step(&mut model, Step::First), 0);
}

#[test]
fn the_current_row_follows_its_base() {
    let mut model = loaded(fixtures::everything());
    let _ = update(&mut model, Action::List(ListAction::Stand(5)));
    assert_eq!(at(&model), "Доставка");
    sorted(&mut model, Sort::State);
    assert_eq!(at(&model), "Доставка");
    let _ = update(&mut model, Action::List(ListAction::Search("нет такой".into())));
    assert_eq!(model.current_row(), None);
    let _ = update(&mut model, Action::List(ListAction::Search(String::new())));
    assert_eq!(at(&model), "Доставка");
}

#[test]
fn bases_that_share_an_id_can_be_walked_through() {
    let mut damaged = fixtures::damaged();
    damaged.0.name = "Вторая".into();
    let mut model = loaded(fixtures::of(vec![fixtures::damaged(), damaged, fixtures::up_to_date()]));
    assert_eq!(step(&mut model, Step::Down(1)), 1);
    assert_eq!(step(&mut model, Step::Down(1)), 2);
}

#[test]
fn right_opens_a_group_and_goes_into_it_and_left_goes_out_and_closes_it() {
    let mut model = loaded(fixtures::of(fixtures::stores(3)));
    assert_eq!(step(&mut model, Step::OutOf), 0);
    assert_eq!(step(&mut model, Step::Into), 0);
    assert_eq!(model.list.rows.len(), 4);
    assert_eq!(step(&mut model, Step::Into), 1);
    assert_eq!(step(&mut model, Step::Down(1)), 2);
    assert_eq!(step(&mut model, Step::OutOf), 0);
    assert_eq!(step(&mut model, Step::OutOf), 0);
    assert_eq!(model.list.rows.len(), 1);
}

#[test]
fn details_follow_the_current_row_and_one_question_about_copies_is_under_way_at_a_time() {
    let mut model = loaded(fixtures::everything());
    assert_eq!(open(&mut model, "main"), [list_copies("main")]);
    assert_eq!(update(&mut model, Action::List(ListAction::Step(Step::Down(1)))), []);
    assert_eq!(model.details.as_ref().unwrap().of, Of::Item("cash".into()));
    assert_eq!(receive(&mut model, listed("main")), [list_copies("cash")], "that was about another one");
    assert_eq!(model.details.as_ref().unwrap().copies, None);
    assert_eq!(receive(&mut model, listed("cash")), []);
    assert!(model.details.as_ref().unwrap().copies.is_some());
}

#[test]
fn details_are_not_opened_by_walking_and_go_with_what_they_are_about() {
    let mut model = loaded(fixtures::everything());
    let _ = step(&mut model, Step::Down(1));
    assert_eq!(model.details, None);
    let _ = open(&mut model, "cash");
    let (machine, _) = fixtures::of(vec![fixtures::main_base()]);
    let (_, report) = fixtures::of(vec![fixtures::main_base()]);
    let _ = receive(&mut model, Event::MachineRead(machine));
    let _ = receive(&mut model, Event::Checked(Ok(report)));
    assert_eq!(model.details, None);
}
