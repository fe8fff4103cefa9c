//! What a person does, from the list to the finished or failed update.

use egui::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use smarts_core::by_hand::{Line, Mark};
use smarts_core::connected::FirstConnection;
use smarts_core::http::login::Password;
use smarts_core::http::proxy::ProxyAddress;
use smarts_core::offer::State;
use smarts_core::server::Server;
use smarts_core::tree::RelPath;
use smarts_core::verify::Proof;
use smarts_core::works;

use super::*;
use crate::model::activity::{Done, LeftToDo, Stage};
use crate::model::at_hand::OfFile;
use crate::model::going_back::OldCopy;
use crate::model::sheet::{Ask, ToldDifference};
use crate::model::waiting::{Left, WaitingPlan, WaitingState};
use crate::model::{
    Action, BaseResult, CheckFailure, ItemAction, Notice, Outcome, ProxyQuestion, WizardTemplate, Works,
};

#[test]
fn a_check_fills_the_rows() {
    let (machine, report) = fixtures::everything();
    let model = Model::new(fixtures::NOW.parse().unwrap());
    let mut window = window_of(model, Language::Ru, [1200.0, 900.0], Theme::Light);
    assert!(sees(&window, "Читаем список баз…"));
    answer(&mut window, Event::Loaded { machine, report: None, permission: Permission::Granted });
    assert_eq!(asked(&mut window), vec![Command::Check]);
    assert!(sees(&window, "Узнаём, что вышло"));
    assert!(sees(&window, "обновления ещё не проверялись"));
    answer(&mut window, Event::CheckProgress { done: 3, total: 12 });
    let checking = window.get_by_role_and_label(Role::Button, "Проверяем… 3 из 12");
    assert!(checking.accesskit_node().is_disabled());
    answer(&mut window, Event::Checked(Ok(report)));
    assert!(sees(&window, "Вышла платформа и обновления для 4 баз"));
    assert!(sees(&window, "проверено сегодня в 12:40 · files.cleverence.ru, соединение защищено"));
    assert!(sees(&window, "4 ТСД не смогут подключиться"));
    assert!(sees(&window, "1.6.2.6493 → 1.6.3.7283"));
    assert!(sees(&window, "в два шага: 1.3.4.1116 → 1.6.3.7283"));
    assert!(sees(&window, "Магазин 15 · обмен через интернет"));
    assert!(sees(&window, "нужна платформа 3.4.46.31745 или новее; вышла 3.4.46.40367"));
    assert!(sees(&window, "для версии 2.2.0.330 не опубликован файл"));
    assert!(sees(&window, "Обновить нельзя: AppDescription.xml испорчен в строке 3"));
    assert!(sees(&window, "проверить не удалось: files.cleverence.ru ответил ошибкой 503"));
    assert!(sees(&window, "Подписка: нет данных"));
}

#[test]
fn a_failed_check_says_why_and_how_old_the_rows_are() {
    let mut contents = fixtures::everything();
    contents.1.checked_at = "2026-11-22T05:40:00Z".parse().unwrap();
    let mut window = window_of(
        {
            let (machine, report) = contents;
            let mut model = Model::new("2026-11-25T08:00:00+03:00[+03:00]".parse().unwrap());
            let _ = model::receive(
                &mut model,
                Event::Loaded { machine, report: Some(report), permission: Permission::Granted },
            );
            model
        },
        Language::Ru,
        [1200.0, 900.0],
        Theme::Light,
    );
    let reason = "Прокси proxy.shop:3128 требует пароль".to_owned();
    answer(&mut window, Event::Checked(Err(CheckFailure::of(reason))));
    assert!(sees(&window, "Прокси proxy.shop:3128 требует пароль. Показано то, что было известно"));
    assert!(sees(&window, "22.11.2026 в 08:40 (3 дня назад)"));
    asked(&mut window);
    press(&mut window, "Повторить");
    assert_eq!(asked(&mut window), vec![Command::Check]);
}

pub(super) fn password_question() -> Window {
    let mut window = window(fixtures::everything());
    let reason = "Прокси proxy.shop:3128 требует имя и пароль".to_owned();
    answer(&mut window, Event::Checked(Err(CheckFailure::of(reason))));
    let proxy = ProxyAddress::parse("http://proxy.shop:3128").unwrap();
    let question = ProxyQuestion { proxy, user: r"SHOP\ivan".into() };
    answer(&mut window, Event::PasswordWanted(question));
    assert_eq!(window.state().model.dialog, None, "nothing opens by itself");
    press(&mut window, "Ввести пароль…");
    window
}

#[test]
fn a_password_that_the_proxy_wants_is_typed_unseen_and_the_check_goes_again() {
    let proxy = ProxyAddress::parse("http://proxy.shop:3128").unwrap();
    let mut window = password_question();
    assert!(sees(&window, r"Прокси http://proxy.shop:3128, пользователь SHOP\ivan"));
    window.get_by_role_and_label(Role::PasswordInput, "Пароль прокси").type_text("s3cret");
    window.run();
    assert!(!sees(&window, "s3cret"));
    assert!(!format!("{:?}", window.state().model).contains("s3cret"));
    asked(&mut window);
    press(&mut window, "Проверить снова");
    let password = Password("s3cret".into());
    assert_eq!(asked(&mut window), [Command::UsePassword { proxy, password }, Command::Check]);
    assert_eq!(window.state().model.dialog, None);
}

#[test]
fn a_download_that_failed_for_a_password_offers_to_type_it() {
    let mut window = window(fixtures::everything());
    press(&mut window, "Обновить базу Основной склад");
    let notice = Notice::of("прокси proxy.shop:3128 требует имя и пароль");
    answer(&mut window, Event::DownloadFailed { item_id: "main".into(), notice });
    let proxy = ProxyAddress::parse("http://proxy.shop:3128").unwrap();
    answer(&mut window, Event::PasswordWanted(ProxyQuestion { proxy, user: r"SHOP\ivan".into() }));
    press(&mut window, "Ввести пароль… Основной склад");
    assert!(sees(&window, r"Прокси http://proxy.shop:3128, пользователь SHOP\ivan"));
    let (_, report) = fixtures::everything();
    let _ = model::update(&mut window.state_mut().model, Action::CloseDialog);
    answer(&mut window, Event::Checked(Ok(report)));
    press(&mut window, "Повторить обновление: Основной склад");
}

#[test]
fn an_old_report_is_not_told_as_todays_truth() {
    let (machine, mut report) = fixtures::of(vec![fixtures::up_to_date()]);
    report.items[0].state = State::UpToDate;
    let mut window = window((machine, report));
    assert!(sees(&window, "Обновлений нет"));
    let reason = "Нет связи".to_owned();
    answer(&mut window, Event::Checked(Err(CheckFailure::of(reason))));
    assert!(sees(&window, "На 22.11.2026 обновлений не было"));
    assert!(!sees(&window, "Обновлений нет"));
}

#[test]
fn a_download_is_paused_goes_on_and_is_cancelled() {
    let mut window = window(fixtures::everything());
    press(&mut window, "Обновить базу Основной склад");
    assert_eq!(asked(&mut window), vec![Command::Download { item_id: "main".into(), covered: false }]);
    assert!(sees(&window, "ждёт загрузки"));
    answer(&mut window, progress("main", 118));
    assert!(sees(&window, "118 из 184 МБ · 18 МБ/с · осталось 4 с"));
    assert!(sees(&window, "1.6.2.6493 → 1.6.3.7283"), "versions stay in sight");
    let bar = window.get_by_role_and_label(Role::ProgressIndicator, "Основной склад");
    assert_eq!(bar.accesskit_node().numeric_value(), Some(64.0));
    let mib = 1024 * 1024;
    let why = "следующая попытка в 12:41:07: нет связи с mirror.lan".to_owned();
    let (item_id, total) = ("main".to_owned(), Some(184 * mib));
    answer(&mut window, Event::DownloadWaiting { item_id, received: 118 * mib, total, why });
    assert!(sees(&window, "загружено 118 из 184 МБ, следующая попытка в 12:41:07: нет связи с mirror.lan"));
    assert!(window.query_by_role_and_label(Role::Button, "Отменить загрузку: Основной склад").is_some());
    press(&mut window, "Приостановить загрузку: Основной склад");
    assert_eq!(asked(&mut window), vec![Command::PauseDownload { item_id: "main".into() }]);
    let paused =
        Event::DownloadPaused { item_id: "main".into(), received: 118 * mib, total: Some(184 * mib) };
    answer(&mut window, paused);
    assert!(sees(&window, "загрузка на паузе, 118 из 184 МБ"));
    press(&mut window, "Продолжить загрузку: Основной склад");
    assert_eq!(asked(&mut window), vec![Command::Download { item_id: "main".into(), covered: false }]);
    press(&mut window, "Отменить загрузку: Основной склад");
    assert_eq!(asked(&mut window), vec![Command::CancelDownload { item_id: "main".into(), covered: false }]);
    assert!(window.query_by_role_and_label(Role::Button, "Обновить базу Основной склад").is_some());
}

#[test]
fn a_download_says_that_the_installer_for_going_back_comes_along() {
    let mut window = window(fixtures::everything());
    press(&mut window, "Подготовить обновление платформы");
    let Event::DownloadProgress { item_id, transfer } = progress("platform", 118) else { unreachable!() };
    let transfer = Transfer { with_former: Some("3.3.46.29552".parse().unwrap()), ..transfer };
    answer(&mut window, Event::DownloadProgress { item_id, transfer });
    let said = "загружается и программа установки прежней платформы 3.3.46.29552, для возврата";
    assert!(sees(&window, said) && sees(&window, "118 из 184 МБ"));
    assert!(sees(&window, "3.3.46.29552 → "), "versions stay in sight");
}

#[test]
fn an_update_goes_from_the_sheet_through_the_consent_to_what_was_read_back() {
    let mut window = window(fixtures::everything());
    press(&mut window, "Обновить базу Основной склад");
    answer(&mut window, Event::Verifying { item_id: "main".into() });
    assert!(sees(&window, "проверяем файл"));
    answer(&mut window, verified("main", Proof::None));
    assert!(window.query_by_role_and_label(Role::Dialog, "Обновить базу «Основной склад»?").is_some());
    asked(&mut window);
    answer(&mut window, sheet_ready("main", &["main"], sheet_data(Proof::None)));
    assert!(sees(&window, "только https · ничего ещё не изменено"));
    assert!(sees(&window, "Будет заменено 7 файлов"));
    assert!(sees(&window, "LabelTemplates\\ · 6 файлов"));
    assert!(sees(&window, "Нужно согласие выше"));
    let confirm = window.get_by_role_and_label(Role::Button, "Скопировать и обновить");
    assert!(confirm.accesskit_node().is_disabled());
    press(&mut window, "Скопировать и обновить");
    assert_eq!(asked(&mut window), vec![], "a dead button does nothing");
    window.get_by_role(Role::CheckBox).click();
    window.run();
    press(&mut window, "Скопировать и обновить");
    let apply = Command::Apply {
        item_id: "main".into(),
        base_ids: vec!["main".into()],
        accept_unproved: true,
        agreed_to_go: vec![],
    };
    assert_eq!(asked(&mut window), vec![apply]);
    assert!(window.query_by_role(Role::Dialog).is_none());

    let copying = Stage::Copying { done: 300, total: 1000 };
    answer(&mut window, Event::ApplyProgress { item_id: "main".into(), stage: copying });
    assert!(sees(&window, "ничего ещё не изменено"));
    press(&mut window, "Остановить обновление: Основной склад");
    assert_eq!(asked(&mut window), vec![Command::StopApply]);
    let replacing = Stage::Replacing { done: 3, total: 7 };
    answer(&mut window, Event::ApplyProgress { item_id: "main".into(), stage: replacing });
    assert!(sees(&window, "заменяются файлы, 3 из 7"));
    let done = Done {
        version: fixtures::version("1.6.3.7283"),
        at: "2026-11-22T18:44:00Z".parse().unwrap(),
        left: vec![LeftToDo::Processing1c, LeftToDo::Devices { count: 1 }],
        works: Some(works(Server::Answered { port: 9000 })),
    };
    let results = vec![BaseResult { item_id: "main".into(), outcome: Outcome::Done(done) }];
    answer(&mut window, Event::ApplyFinished { results });
    assert!(sees(&window, "Обновлена до 1.6.3.7283 в 21:44, работает: сервер данных отвечает"));
    assert!(sees(&window, "осталось: загрузить новую обработку в 1С; обновить приложение на 1 ТСД"));
    assert!(sees(&window, "Вышла платформа и обновления для 3 баз"));
    follow(&mut window, "Что сделать: Основной склад");
    assert!(sees(&window, "Загрузите в 1С обработку"));
    press(&mut window, "Закрыть");
    press(&mut window, "Убрать сообщение: Основной склад");
    assert!(!sees(&window, "Обновлена до"));
}

fn works(server: Server) -> works::Works {
    works::Works { version: Some(fixtures::version("1.6.3.7283")), server }
}

#[test]
fn an_updated_base_whose_server_does_not_answer_says_first_that_one_cannot_work() {
    for (server, what, next) in [
        (Server::NotAnswering { port: 9000 }, "не отвечает на порту 9000", "Откройте менеджер баз"),
        (
            Server::NotStarted { service: "Сервер данных".into(), detail: "Failed".into() },
            "не запускается (служба «Сервер данных»)",
            "Запустите службу «Сервер данных»",
        ),
    ] {
        let mut window = window(fixtures::everything());
        press(&mut window, "Обновить базу Основной склад");
        let done = Done {
            version: fixtures::version("1.6.3.7283"),
            at: "2026-11-22T18:44:00Z".parse().unwrap(),
            left: vec![LeftToDo::Processing1c],
            works: Some(works(server)),
        };
        let results = vec![BaseResult { item_id: "main".into(), outcome: Outcome::Done(done) }];
        answer(&mut window, Event::ApplyFinished { results });
        assert!(sees(&window, "Работать пока нельзя. Обновлена до 1.6.3.7283 в 21:44, но сервер данных"));
        assert!(sees(&window, what) && sees(&window, next));
        follow(&mut window, "Что сделать: Основной склад");
        assert!(sees(&window, &format!("• {next}")) && sees(&window, "Загрузите в 1С обработку"));
    }
}

#[test]
fn the_row_tells_when_a_device_connected_first_after_the_update() {
    let (mut machine, report) = fixtures::everything();
    let done = Done {
        version: fixtures::version("1.6.3.7283"),
        at: "2026-11-22T05:44:00Z".parse().unwrap(),
        left: vec![],
        works: Some(works(Server::Answered { port: 9000 })),
    };
    machine.first_connections = vec![FirstConnection {
        base_id: "main".into(),
        updated_at: done.at,
        device: "CT40-1".into(),
        at: "2026-11-22T06:02:00Z".parse().unwrap(),
    }];
    let mut window = window((machine, report));
    press(&mut window, "Обновить базу Основной склад");
    let results = vec![BaseResult { item_id: "main".into(), outcome: Outcome::Done(done) }];
    answer(&mut window, Event::ApplyFinished { results });
    assert!(sees(&window, "первое подключение ТСД: сегодня в 09:02"));
}

#[test]
fn a_failure_says_first_whether_one_can_work_and_what_is_kept() {
    let mut window = window(fixtures::everything());
    press(&mut window, "Обновить базу Основной склад");
    let notice = Notice {
        works: Works::Yes,
        what: "файл держала «Панель управления»".into(),
        kept: Some("База возвращена к 1.6.2.6493".into()),
        next: Some("закройте программу и повторите".into()),
        detail: Some("Failed to replace a file".into()),
    };
    let results = vec![BaseResult { item_id: "main".into(), outcome: Outcome::Failed(notice) }];
    answer(&mut window, Event::ApplyFinished { results });
    assert!(sees(&window, "Работать можно. База возвращена к 1.6.2.6493"));
    assert!(sees(&window, "файл держала «Панель управления»"));
    follow(&mut window, "Подробнее: Основной склад");
    assert!(sees(&window, "закройте программу и повторите"));
    assert!(sees(&window, "Failed to replace a file"));
    press(&mut window, "Закрыть");
    asked(&mut window);
    press(&mut window, "Повторить обновление: Основной склад");
    assert_eq!(asked(&mut window), vec![Command::Download { item_id: "main".into(), covered: false }]);
}

#[test]
fn nobody_claims_that_one_can_work_unless_somebody_looked() {
    let mut window = window(fixtures::everything());
    let results = vec![BaseResult {
        item_id: "main".into(),
        outcome: Outcome::Failed(Notice::of("не хватило места на диске D:")),
    }];
    answer(&mut window, Event::ApplyFinished { results });
    assert!(sees(&window, "не хватило места на диске D:"));
    assert!(!sees(&window, "Работать"));
}

#[test]
fn a_failed_download_offers_to_try_again_and_the_manual_way() {
    let mut window = window(fixtures::everything());
    press(&mut window, "Обновить базу Основной склад");
    let notice = Notice::of("нет связи с files.cleverence.ru");
    answer(&mut window, Event::DownloadFailed { item_id: "main".into(), notice });
    assert!(sees(&window, "скачать не удалось: нет связи с files.cleverence.ru"));
    press(&mut window, "Ещё: Основной склад");
    pick(&mut window, "Открыть «Загрузки» на сайте");
    let commands = asked(&mut window);
    assert!(matches!(commands.last(), Some(Command::OpenLink { url }) if url.starts_with("https://")));
}

#[test]
fn bases_with_one_offer_are_updated_with_one_list_of_names() {
    let mut window = window(fixtures::of(fixtures::stores(12)));
    let title = "Магазин 15, Базовый — 12 баз";
    assert!(sees(&window, title));
    assert!(sees(&window, "Магазин № 1, Магазин № 2 и ещё 10"));
    assert!(sees(&window, "одна загрузка, 184 МБ"));
    press(&mut window, &format!("Обновить базы: {title}"));
    answer(&mut window, verified("store-1", Proof::Signed));
    let ids: Vec<String> = (1..=12).map(|number| format!("store-{number}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    answer(&mut window, sheet_ready("store-1", &ids, sheet_data(Proof::Signed)));
    assert!(window.query_by_role_and_label(Role::Dialog, "Обновить 12 баз?").is_some());
    assert!(sees(&window, "1.5.0.40 → 1.5.0.58 · подписано издателем · ничего ещё не изменено"));
    asked(&mut window);
    window.get_by_role_and_label(Role::CheckBox, "Магазин № 1").click();
    window.run();
    assert!(window.query_by_role_and_label(Role::Dialog, "Обновить 11 баз?").is_some());
    let expected = ids[1..].iter().map(|id| (*id).to_owned()).collect();
    let preview = Command::Preview { item_id: "store-1".into(), base_ids: expected };
    assert_eq!(asked(&mut window), vec![preview]);
}

#[test]
fn the_platforms_sheet_says_that_an_installer_opens_and_asks() {
    let mut window = window(fixtures::everything());
    press(&mut window, "Подготовить обновление платформы");
    answer(&mut window, verified("platform", Proof::Publisher));
    let text = "4 приложения на ТСД остановятся".to_owned();
    let points = vec![Point { weight: Weight::Attention, text, hint: None, ask: None }];
    let data = SheetData { change: Change::Installer, points, ..sheet_data(Proof::Publisher) };
    answer(&mut window, sheet_ready("platform", &[], data));
    assert!(window.query_by_role_and_label(Role::Dialog, "Обновить платформу Mobile SMARTS?").is_some());
    assert!(sees(&window, "сама по себе она ничего не устанавливает"));
    assert!(sees(&window, "4 приложения на ТСД остановятся"));
    asked(&mut window);
    press(&mut window, "Открыть установку");
    let apply = Command::Apply {
        item_id: "platform".into(),
        base_ids: vec![],
        accept_unproved: false,
        agreed_to_go: vec![],
    };
    assert_eq!(asked(&mut window), vec![apply]);
    answer(&mut window, Event::ApplyProgress { item_id: "platform".into(), stage: Stage::Permission });
    assert!(sees(&window, "Ждём разрешения Windows"));
}

#[test]
fn the_devices_of_a_warning_are_named() {
    let mut window = window(fixtures::everything());
    follow(&mut window, "Какие ТСД");
    assert!(sees(&window, "• Приёмка"));
    press(&mut window, "Закрыть");
    assert!(!sees(&window, "• Приёмка"));
}

#[test]
fn notes_of_all_newer_versions_are_shown_newest_first() {
    let mut window = window(fixtures::everything());
    follow(&mut window, "Что нового: Филиал на Лесной");
    let newer = window.get_by_label("Версия 1.6.3.7283 · 29.10.2025").rect().top();
    let older = window.get_by_label("Версия 1.3.4.1116 · 20.03.2023").rect().top();
    assert!(newer < older);
    assert!(sees(&window, "Печать этикеток с ТСД стала быстрее"));
}

/// The question after a wizard.
pub(super) fn wizard() -> Window {
    let mut window = window(fixtures::everything());
    let template = WizardTemplate {
        template: "/t.mstmpl".into(),
        product: "Склад 15".into(),
        version: fixtures::version("1.6.3.7283"),
        base_ids: vec!["main".into(), "forest".into()],
    };
    answer(&mut window, Event::WizardTemplate(template));
    window
}

#[test]
fn after_a_wizard_the_person_is_asked_which_bases_to_update() {
    let mut window = wizard();
    assert!(sees(&window, "Какие из них обновить?"));
    window.get_by_role_and_label(Role::CheckBox, "Филиал на Лесной").click();
    window.run();
    press(&mut window, "Подготовить обновление…");
    let command = Command::ApplyTemplate { template: "/t.mstmpl".into(), base_ids: vec!["main".into()] };
    assert_eq!(asked(&mut window), vec![command]);
}

#[test]
fn a_damaged_base_shows_its_path_and_opens_its_folder() {
    let mut window = window(fixtures::of(vec![fixtures::damaged()]));
    assert!(sees(&window, r"C:\ProgramData\Cleverence\Databases\Учёт имущества"));
    press(&mut window, "Открыть папку базы Учёт имущества");
    let path = "/pc/C/ProgramData/Cleverence/Databases/Учёт имущества".into();
    assert_eq!(asked(&mut window), vec![Command::OpenFolder { path }]);
}

#[test]
fn closing_the_window_during_a_download_asks() {
    let mut window = window(fixtures::everything());
    press(&mut window, "Обновить базу Основной склад");
    let ask = model::Action::Leave(model::LeaveAction::Ask);
    let _ = model::update(&mut window.state_mut().model, ask);
    window.run();
    assert!(sees(&window, "То, что уже загружено, сохранится"));
    press(&mut window, "Остаться");
    assert!(!sees(&window, "Закрыть окно?"));
}

#[test]
fn whoever_may_not_update_is_told_who_does_in_place_of_every_button() {
    let (machine, report) = fixtures::everything();
    let permission = Permission::Administrators { contact: Some("Иванова, тел. 12-34".into()) };
    let mut model = Model::new(fixtures::NOW.parse().unwrap());
    let loaded = Event::Loaded { machine, report: Some(report), permission };
    assert_eq!(model::receive(&mut model, loaded), vec![]);
    let mut window = window_of(model, Language::Ru, [1200.0, 900.0], Theme::Light);
    assert!(window.query_by_role_and_label(Role::Button, "Обновить базу Основной склад").is_none());
    assert!(window.query_by_role_and_label(Role::Button, "Подготовить обновление платформы").is_none());
    let told = "Обновляет администратор: Иванова, тел. 12-34";
    assert_eq!(window.query_all_by_label_contains(told).count(), 5, "the platform and four bases");
    assert!(sees(&window, "1.6.2.6493 → 1.6.3.7283"), "everything is seen all the same");
    assert!(sees(&window, "4 ТСД не смогут подключиться"));
    follow(&mut window, "Что нового: Основной склад");
    assert!(sees(&window, "Печать этикеток с ТСД стала быстрее"));
    let update = Action::Item { id: "main".into(), action: ItemAction::Update };
    assert_eq!(model::update(&mut window.state_mut().model, update), vec![]);
}

#[test]
fn a_group_of_bases_that_is_not_this_persons_has_no_button_either() {
    let (machine, report) = fixtures::of(fixtures::stores(12));
    let permission = Permission::Administrators { contact: None };
    let mut model = Model::new(fixtures::NOW.parse().unwrap());
    let loaded = Event::Loaded { machine, report: Some(report), permission };
    assert_eq!(model::receive(&mut model, loaded), vec![]);
    let window = window_of(model, Language::Ru, [1200.0, 900.0], Theme::Light);
    assert!(sees(&window, "Магазин 15, Базовый — 12 баз"));
    assert!(sees(&window, "Обновляет администратор"));
    assert!(window.query_all_by_label_contains("Обновить базы").next().is_none());
}

#[test]
fn what_was_changed_by_hand_is_marked_and_shown_line_by_line() {
    let mut window = window(fixtures::everything());
    press(&mut window, "Обновить базу Основной склад");
    answer(&mut window, verified("main", Proof::Hash));
    let paths: Vec<RelPath> = vec!["LabelTemplates/box.xml".to_owned().try_into().unwrap()];
    let mut data = sheet_data(Proof::Hash);
    data.points.push(Point {
        weight: Weight::Attention,
        text: "Изменено вручную: 1 файл".into(),
        hint: None,
        ask: Some(Ask::Differences(paths.clone())),
    });
    if let Change::Template { entries, .. } = &mut data.change {
        entries[1].changed = 1;
    }
    answer(&mut window, sheet_ready("main", &["main"], data));
    assert!(sees(&window, "1 изменён вручную"));
    assert!(sees(&window, "Изменено вручную: 1 файл"));
    asked(&mut window);
    follow(&mut window, "Показать отличия");
    let read = Command::ReadDifferences { item_id: "main".into(), paths: paths.clone() };
    assert_eq!(asked(&mut window), vec![read]);
    let line = |mark, text: &str| Line { mark, text: text.into() };
    let lines = vec![line(Mark::Gap, ""), line(Mark::Goes, "наше"), line(Mark::Comes, "новое")];
    let told = vec![ToldDifference { title: r"LabelTemplates\box.xml".into(), lines }];
    let late = Event::DifferencesRead { item_id: "main".into(), paths: vec![], told: vec![] };
    answer(&mut window, late);
    assert!(sees(&window, "Сравниваем…"));
    answer(&mut window, Event::DifferencesRead { item_id: "main".into(), paths, told });
    assert!(sees(&window, "наше") && sees(&window, "новое"));
    assert!(!sees(&window, "Скопировать и обновить"), "the sheet waits behind it");
    window.key_press(egui::Key::Escape);
    window.run();
    assert!(sees(&window, "Скопировать и обновить"));
}

#[test]
fn the_sheet_can_be_put_off_until_the_hours_for_updates_and_the_row_says_so() {
    let mut window = window(fixtures::everything());
    press(&mut window, "Обновить базу Основной склад");
    answer(&mut window, verified("main", Proof::Hash));
    let now = window.state().model.now.clone();
    let at = now.date().at(21, 0, 0, 0).to_zoned(now.time_zone().clone()).unwrap().timestamp();
    let data = SheetData { remind_at: Some(at), ..sheet_data(Proof::Hash) };
    answer(&mut window, sheet_ready("main", &["main"], data));
    asked(&mut window);
    press(&mut window, "Напомнить в 21:00");
    assert_eq!(asked(&mut window), vec![Command::Remind { item_id: "main".into(), at }]);
    assert!(sees(&window, "напомним сегодня в 21:00"));
}

#[test]
fn what_was_begun_and_not_finished_is_told_with_what_is_left_and_by_whom() {
    let mut window = window(fixtures::everything());
    let version = fixtures::version("1.6.2.9999");
    let of_file = OfFile { product: "Склад 15".into(), version };
    let left =
        |id: &str, name: &str| Left { id: id.into(), name: name.into(), part: 0, of_file: of_file.clone() };
    let mut plan = WaitingPlan {
        file_name: Some("1.json".into()),
        user: "ivanov".into(),
        agreed_at: window.state().model.now.timestamp(),
        left: ["main", "cash", "forest", "north"].map(|id| left(id, &format!("База {id}"))).into(),
        state: WaitingState::Ready,
    };
    answer(&mut window, Event::WaitingRead(Some(plan.clone())));
    assert!(sees(&window, "(ivanov) и не закончено"));
    assert!(sees(&window, "База main, База cash, База forest, ещё 1"));
    press(&mut window, "Продолжить: остались 4 базы…");
    assert!(matches!(asked(&mut window)[..], [Command::GoOn { .. }]));
    assert!(sees(&window, "→ 1.6.2.9999"), "and not what the source offers by now");
    press(&mut window, "Отмена");
    asked(&mut window);
    plan.state = WaitingState::Restart;
    answer(&mut window, Event::WaitingRead(Some(plan.clone())));
    assert!(sees(&window, "Сначала перезагрузите компьютер"));
    assert!(window.query_by_role_and_label(Role::Button, "Продолжить: остались 4 базы…").is_none());
    plan.state = WaitingState::Unfit("Базы «Филиал» больше нет".into());
    answer(&mut window, Event::WaitingRead(Some(plan)));
    assert!(sees(&window, "Базы «Филиал» больше нет"));
    press(&mut window, "Отказаться…");
    assert_eq!(asked(&mut window), vec![], "not by one click");
    assert!(sees(&window, "База north — до 1.6.2.9999") && sees(&window, "(ivanov)"));
    press(&mut window, "Оставить");
    press(&mut window, "Отказаться…");
    press(&mut window, "Отказаться от остального");
    assert_eq!(asked(&mut window), vec![Command::AbandonPlan { plan: "1.json".into() }]);
    answer(&mut window, Event::PlanAbandoned(Err("План занят".into())));
    assert!(sees(&window, "Отказаться не получилось") && sees(&window, "План занят"));
    answer(&mut window, Event::PlanAbandoned(Ok(())));
    answer(&mut window, Event::WaitingRead(None));
    assert!(!sees(&window, "не закончено"));
}

#[test]
fn old_copies_that_are_too_many_are_named_and_kept_if_the_person_says_so() {
    let mut window = window(fixtures::everything());
    press(&mut window, "Обновить базу Основной склад");
    answer(&mut window, verified("main", Proof::Hash));
    let old = OldCopy {
        id: "2026.11.01 main".into(),
        name: "Основной склад".into(),
        time: "2026-11-01T09:00:00Z".parse().ok(),
        size_bytes: Some(860 << 20),
    };
    let data = SheetData { older: vec![old], ..sheet_data(Proof::Hash) };
    answer(&mut window, sheet_ready("main", &["main"], data));
    assert!(sees(&window, "• Основной склад · 01.11.2026 в 12:00 (21 день назад) · 860 МБ"));
    let agreed = |window: &Window| window.state().model.sheet().unwrap().agreed_to_go();
    assert_eq!(agreed(&window), ["2026.11.01 main"]);
    let tick = "После обновления удалить 1 старую копию: копий больше, чем задано в настройках";
    window.get_by_role_and_label(Role::CheckBox, tick).click();
    window.run();
    assert_eq!(agreed(&window), Vec::<String>::new());
    asked(&mut window);
    press(&mut window, "Скопировать и обновить");
    assert!(
        matches!(&asked(&mut window)[..], [Command::Apply { agreed_to_go, .. }] if agreed_to_go.is_empty())
    );
}

#[test]
fn a_base_that_wants_a_newer_platform_offers_that_first_and_can_go_on_without() {
    let mut window = window(fixtures::everything());
    let open = |window: &mut Window| {
        let mut data = sheet_data(Proof::Hash);
        data.points.push(Point {
            weight: Weight::Attention,
            text: "Нужна платформа 3.4".into(),
            hint: None,
            ask: Some(Ask::PlatformFirst),
        });
        answer(window, sheet_ready("main", &["main"], data));
        asked(window);
    };
    press(&mut window, "Обновить базу Основной склад");
    answer(&mut window, verified("main", Proof::Hash));
    open(&mut window);
    press(&mut window, "Сначала платформа");
    assert_eq!(asked(&mut window), vec![Command::Download { item_id: "platform".into(), covered: false }]);
    assert!(window.state().model.dialog.is_none());
    press(&mut window, "Установить обновление: Основной склад");
    open(&mut window);
    press(&mut window, "Продолжить без неё");
    assert!(matches!(&asked(&mut window)[..], [Command::Apply { .. }]));
}
