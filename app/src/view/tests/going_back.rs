//! Going back in the window: by role, name and key.

use egui::Key;
use egui_kittest::kittest::NodeT as _;
use smarts_core::backup::Way;
use smarts_core::server::Server;

use super::*;
use crate::model::activity::{Activity, CopyOutcome, CopyStage, Stage, WentBack};
use crate::model::going_back::{
    Copy, GoingBackCommand, GoingBackEvent, Listed, Next, OldCopy, Outlook, Part, Room,
};
use crate::model::{Action, BaseResult, Notice, Outcome, Works};

const BASE: &str = "main";
const NEWEST: &str = "2026.11.22 08.40.00 main";
const OLDER: &str = "2026.11.20 08.40.00 main";

fn copy(id: &str, time: &str, why: &str) -> Copy {
    Copy {
        id: id.into(),
        dir: format!("/backup/{id}").into(),
        time: time.parse().ok(),
        version: Some(fixtures::version("1.6.2.6493")),
        size_bytes: Some(860 << 20),
        user: "ivanov".into(),
        why: why.into(),
        refused: None,
        has_changes: true,
    }
}

fn listed() -> Listed {
    let theirs = Copy {
        refused: Some("Описания к ней нет".into()),
        has_changes: false,
        version: None,
        ..copy("2026.11.22 09.00.00 main", "2026-11-22T06:00:00Z", "сделана не этой программой")
    };
    let newest = copy(NEWEST, "2026-11-22T05:40:00Z", "перед обновлением до 1.6.3.7283");
    let older = copy(OLDER, "2026-11-20T05:40:00Z", "перед обновлением до 1.6.2.6493");
    let next = Ok(Next { size_bytes: 870 << 20, too_many: vec![] });
    Listed { copies: vec![theirs, newest, older], next, dir: "/backup".into() }
}

fn outlook(lost: usize) -> Outlook {
    let part = |count, path: &str| Part { count, examples: vec![path.into()] };
    Outlook {
        from: Some(fixtures::version("1.6.3.7283")),
        to: Some(fixtures::version("1.6.2.6493")),
        replaced: part(12, "AppDescription.xml"),
        brought_back: part(1, "LabelTemplates/old.xml"),
        removed: part(2, "LabelTemplates/new.xml"),
        lost,
        lost_documents: lost.min(3),
        newest: vec![("Documents/Приёмка 7.xml".into(), "2026-11-22T09:10:00Z".parse().ok())],
        present: (lost > 0).then(|| Room { dir: r"C:\Backup".into(), needed: 870 << 20, free: None }),
        without: vec!["Backup".into(), "Logs".into()],
    }
}

/// With the dialog open and filled.
fn opened() -> Window {
    let mut window = window(fixtures::everything());
    press(&mut window, "Ещё: Основной склад");
    pick(&mut window, "Вернуть прежнюю версию…");
    let list = GoingBackCommand::List { base_id: BASE.into() };
    assert_eq!(asked(&mut window), [Command::GoingBack(list)]);
    window
}

pub(super) fn filled() -> Window {
    let mut window = opened();
    let event = GoingBackEvent::Listed { base_id: BASE.into(), listed: Ok(listed()) };
    answer(&mut window, Event::GoingBack(event));
    window
}

fn looks(window: &mut Window) -> Vec<(u64, String, Way)> {
    let look = |command| match command {
        Command::GoingBack(GoingBackCommand::Look { number, copy, way }) => Some((number, copy, way)),
        _ => None,
    };
    asked(window).into_iter().filter_map(look).collect()
}

fn hear_outlook(window: &mut Window, number: u64, seen: Result<Box<Outlook>, Notice>) {
    answer(window, Event::GoingBack(GoingBackEvent::Looked { number, seen }));
}

/// With what would happen told, some of it a loss.
pub(super) fn seen() -> Window {
    let mut window = filled();
    hear_outlook(&mut window, 1, Ok(Box::new(outlook(5))));
    window
}

fn radio(window: &Window, name: &str) -> (bool, bool) {
    let node = window.get_by(|node| {
        node.role() == Role::RadioButton && node.label().is_some_and(|label| label.contains(name))
    });
    let node = node.accesskit_node();
    (node.toggled() == Some(egui::accesskit::Toggled::True), node.is_disabled())
}

#[test]
fn the_menu_of_a_base_leads_to_its_copies_and_the_newest_usable_one_is_chosen() {
    let mut window = opened();
    assert!(sees(&window, "Ищем копии базы…"));
    let event = GoingBackEvent::Listed { base_id: BASE.into(), listed: Ok(listed()) };
    answer(&mut window, Event::GoingBack(event));
    assert_eq!(looks(&mut window), [(1, NEWEST.to_owned(), Way::Replaced)]);
    assert_eq!(radio(&window, "сделана не этой программой"), (false, true));
    assert_eq!(radio(&window, "Сегодня в 08:40, версия 1.6.2.6493"), (true, false));
    assert_eq!(radio(&window, "20.11.2026"), (false, false));
    assert_eq!(radio(&window, "Только файлы, которые заменило обновление"), (true, false));
    assert!(sees(&window, "860 МБ · сделал ivanov"));
    let confirm = window.get_by_role_and_label(Role::Button, "Вернуть…");
    assert!(confirm.accesskit_node().is_disabled());
    assert!(sees(&window, "Смотрим, что изменится…"));
}

#[test]
fn what_will_happen_is_told_before_anyone_can_agree_to_it() {
    let mut window = filled();
    hear_outlook(&mut window, 1, Ok(Box::new(outlook(0))));
    for text in [
        "Станут прежними 12 файлов",
        "Вернётся 1 файл или папка",
        "Исчезнут 2 файла или папки",
        "LabelTemplates/new.xml",
        "Не затрагивается: Backup, Logs",
    ] {
        assert!(sees(&window, text), "{text}");
    }
    let _ = asked(&mut window);
    press(&mut window, "Вернуть…");
    let go_back = GoingBackCommand::GoBack { number: 1, base_id: BASE.into() };
    assert_eq!(asked(&mut window), [Command::GoingBack(go_back)]);
    assert!(sees(&window, "проверяем, можно ли начать"));
}

#[test]
fn of_the_whole_base_it_is_said_what_is_lost_and_where_the_present_state_goes() {
    let mut window = filled();
    let _ = asked(&mut window);
    window
        .get_by(|node| {
            node.role() == Role::RadioButton
                && node.label().is_some_and(|label| label.contains("Всю базу из копии"))
        })
        .click();
    window.run();
    assert_eq!(looks(&mut window), [(2, NEWEST.to_owned(), Way::Whole)]);
    answer(
        &mut window,
        Event::GoingBack(GoingBackEvent::Looking { number: 2, done: 118 << 20, total: 860 << 20 }),
    );
    assert!(sees(&window, "Сверяем базу с копией: 118 из 860 МБ"));
    hear_outlook(&mut window, 2, Ok(Box::new(outlook(214))));
    assert!(sees(&window, "Пропадут 214 файлов") || sees(&window, "Пропадёт 214 файлов"));
    assert!(sees(&window, "22.11 08:40"));
    assert!(sees(&window, "22.11 12:10  Documents/Приёмка 7.xml"));
    assert!(sees(&window, r"Сначала нынешнее состояние базы, 870 МБ, копируется в папку C:\Backup"));
}

#[test]
fn the_arrow_keys_choose_a_copy_and_escape_leaves() {
    let mut window = filled();
    hear_outlook(&mut window, 1, Ok(Box::new(outlook(0))));
    let _ = asked(&mut window);
    let chosen = window.get_by(|node| {
        node.role() == Role::RadioButton
            && node.label().is_some_and(|label| label.contains("Сегодня в 08:40"))
    });
    chosen.focus();
    window.run();
    // What is above cannot be chosen.
    window.key_press(Key::ArrowUp);
    window.run();
    assert_eq!(looks(&mut window), []);
    window.key_press(Key::ArrowDown);
    window.run();
    assert_eq!(looks(&mut window), [(2, OLDER.to_owned(), Way::Replaced)]);
    window.key_press(Key::Escape);
    window.run();
    assert_eq!(window.state().model.dialog, None);
    assert_eq!(asked(&mut window), [Command::GoingBack(GoingBackCommand::StopLooking)]);
}

#[test]
fn a_fault_says_what_to_do_and_can_be_looked_at_again() {
    let mut window = filled();
    let notice = Notice {
        next: Some("Выберите «Всю базу из копии»".into()),
        ..Notice::of("после этого обновления базу меняло что-то ещё")
    };
    hear_outlook(&mut window, 1, Err(notice));
    assert!(sees(&window, "После этого обновления базу меняло что-то ещё"));
    assert!(sees(&window, "Выберите «Всю базу из копии»"));
    assert!(sees(&window, "Так вернуть нельзя"));
    let _ = asked(&mut window);
    press(&mut window, "Проверить ещё раз");
    assert_eq!(looks(&mut window), [(2, NEWEST.to_owned(), Way::Replaced)]);
}

#[test]
fn a_list_that_cannot_be_read_and_an_empty_one_say_so() {
    let mut window = opened();
    let unread = Err("Папка с копиями не читается".to_owned());
    answer(&mut window, Event::GoingBack(GoingBackEvent::Listed { base_id: BASE.into(), listed: unread }));
    assert!(sees(&window, "Папка с копиями не читается"));
    let theirs = Ok(Listed { copies: listed().copies.into_iter().take(1).collect(), ..listed() });
    answer(&mut window, Event::GoingBack(GoingBackEvent::Listed { base_id: BASE.into(), listed: theirs }));
    assert!(sees(&window, "Описания к ней нет"));
    assert!(window.query_by_role_and_label(Role::Button, "Вернуть…").is_none());
    let _ = asked(&mut window);
    follow(&mut window, "Открыть папку копий");
    assert_eq!(asked(&mut window), [Command::OpenFolder { path: "/backup".into() }]);
    let empty = Ok(Listed { copies: vec![], ..listed() });
    answer(&mut window, Event::GoingBack(GoingBackEvent::Listed { base_id: BASE.into(), listed: empty }));
    assert!(sees(&window, "Копий этой базы ещё нет"));
    press(&mut window, "Закрыть");
    assert_eq!(window.state().model.dialog, None);
}

#[test]
fn older_copies_are_named_before_they_go_and_stay_unless_that_is_wanted() {
    let mut window = filled();
    let old = OldCopy {
        id: OLDER.into(),
        name: "Касса 3".into(),
        time: "2026-11-20T05:40:00Z".parse().ok(),
        size_bytes: Some(300 << 20),
    };
    let next = Ok(Next { size_bytes: 870 << 20, too_many: vec![old] });
    let event = GoingBackEvent::Listed { base_id: BASE.into(), listed: Ok(Listed { next, ..listed() }) };
    answer(&mut window, Event::GoingBack(event));
    let _ = asked(&mut window);
    press(&mut window, "Сделать копию сейчас…");
    assert!(sees(&window, "Касса 3 · 20.11.2026"));
    press(&mut window, "Назад");
    press(&mut window, "Сделать копию сейчас…");
    let tick = "Удалить лишнее, когда новая копия будет готова и проверена";
    window.get_by_role_and_label(Role::CheckBox, tick).click();
    window.run();
    press(&mut window, "Сделать копию…");
    let copy = GoingBackCommand::Copy { base_id: BASE.into(), delete: vec![OLDER.into()] };
    assert_eq!(asked(&mut window), [Command::GoingBack(copy)]);
}

#[test]
fn the_row_tells_how_it_goes_and_how_it_ended() {
    let mut window = filled();
    hear_outlook(&mut window, 1, Ok(Box::new(outlook(0))));
    press(&mut window, "Вернуть…");
    let _ = asked(&mut window);
    let at = |stage| Event::ApplyProgress { item_id: BASE.into(), stage: Stage::Copies(stage) };
    answer(&mut window, at(CopyStage::Comparing { done: 1, total: 860 << 20 }));
    assert!(sees(&window, "база сверяется с копией, 860 МБ"));
    press(&mut window, "Остановить: Основной склад");
    assert_eq!(asked(&mut window), [Command::StopApply]);
    answer(&mut window, at(CopyStage::PuttingBack { done: 1, total: 2 }));
    assert!(window.query_by_role_and_label(Role::Button, "Остановить: Основной склад").is_none());
    let went = WentBack {
        version: Some(fixtures::version("1.6.2.6493")),
        at: fixtures::CHECKED_AT.parse().unwrap(),
        present_dir: Some("/backup/present".into()),
        server: Server::Answered { port: 9000 },
    };
    let end = |outcome| {
        let results = vec![BaseResult { item_id: BASE.into(), outcome: Outcome::Copies(outcome) }];
        Event::ApplyFinished { results }
    };
    answer(&mut window, end(CopyOutcome::WentBack(went)));
    assert!(sees(&window, "Возвращена версия 1.6.2.6493 · 12:40"));
    assert!(sees(&window, "состояние до возврата сохранено в копии · работает: сервер данных отвечает"));
    let _ = asked(&mut window);
    follow(&mut window, "Открыть папку копии: Основной склад");
    assert_eq!(asked(&mut window), [Command::OpenFolder { path: "/backup/present".into() }]);
    press(&mut window, "Убрать сообщение: Основной склад");
    assert_eq!(window.state().model.activity(BASE), None);
}

#[test]
fn a_base_one_cannot_work_with_has_its_copies_among_the_details_of_the_failure() {
    let broken = Notice { works: Works::No, ..Notice::of("файл занят") };
    for failure in
        [Activity::Failed(broken.clone()), Activity::Copies(CopyOutcome::NotGoneBack(broken.clone()))]
    {
        let mut window = window(fixtures::everything());
        let outcome = match failure {
            Activity::Copies(outcome) => Outcome::Copies(outcome),
            _ => Outcome::Failed(broken.clone()),
        };
        let results = vec![BaseResult { item_id: BASE.into(), outcome }];
        answer(&mut window, Event::ApplyFinished { results });
        assert!(sees(&window, "Работать пока нельзя."));
        follow(&mut window, "Подробнее: Основной склад");
        let _ = asked(&mut window);
        press(&mut window, "Вернуть прежнюю версию…");
        let list = GoingBackCommand::List { base_id: BASE.into() };
        assert_eq!(asked(&mut window), [Command::GoingBack(list)]);
    }
}

#[test]
fn both_languages_and_themes_draw_the_dialog() {
    for (language, title) in [
        (Language::Ru, "Вернуть прежнюю версию базы «Основной склад»"),
        (Language::En, "Go back to a former version of"),
    ] {
        for theme in [Theme::Light, Theme::Dark] {
            let mut window = window_of(model_of(fixtures::everything()), language, [1093.0, 614.0], theme);
            let open = crate::model::GoingBackAction::Open { base_id: BASE.into(), copy: None };
            let _ = model::update(&mut window.state_mut().model, Action::GoingBack(open));
            let event = GoingBackEvent::Listed { base_id: BASE.into(), listed: Ok(listed()) };
            answer(&mut window, Event::GoingBack(event));
            hear_outlook(&mut window, 1, Ok(Box::new(outlook(214))));
            assert!(sees(&window, title));
        }
    }
}
