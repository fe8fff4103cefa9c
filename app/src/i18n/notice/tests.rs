use jiff::SignedDuration;
use jiff::civil::Date;
use smarts_core::catalogue::Feed;
use smarts_core::notice::Subscription;

use super::*;
use crate::i18n::Language;

fn texts() -> Texts {
    Texts::new(Language::Ru).unwrap()
}

fn now() -> Zoned {
    "2026-11-23T12:00:00+03:00[+03:00]".parse().unwrap()
}

fn saying(number: u32, bases: usize, occasion: Occasion) -> Saying {
    let release = Open {
        feed: Feed::named(&format!("P{number}")).unwrap(),
        version: format!("1.{number}").parse().unwrap(),
        subject: Subject::Base,
        product: Some(format!("Склад {number}")),
        is_important: false,
        is_blocked: false,
        is_downloaded: false,
        ids: (0..bases).map(|base| format!("{number}-{base}")).collect(),
    };
    Saying { release, occasion }
}

fn matter(releases: Vec<Saying>) -> Matter {
    Matter { releases, ..Matter::default() }
}

fn ending(who: &str, until: &str, days_left: i32) -> Ending {
    let until: Date = until.parse().unwrap();
    Ending { subscription: Subscription { who: who.to_owned(), until }, days_left }
}

#[test]
fn bases_are_counted_with_the_right_word() {
    for (bases, expected) in [
        (1, "Склад 15: вышла 1.15 — для 1 базы Mobile SMARTS"),
        (2, "Склад 15: вышла 1.15 — для 2 баз Mobile SMARTS"),
        (11, "Склад 15: вышла 1.15 — для 11 баз Mobile SMARTS"),
        (21, "Склад 15: вышла 1.15 — для 21 базы Mobile SMARTS"),
    ] {
        let message = texts().notice_message(&matter(vec![saying(15, bases, Occasion::New)]), &now());
        assert_eq!(message.title, expected);
    }
}

#[test]
fn more_releases_than_a_message_holds_are_counted() {
    let many = |count| matter((1..=count).map(|number| saying(number, 1, Occasion::New)).collect());
    let four = texts().notice_message(&many(4), &now());
    assert_eq!((four.title.as_str(), four.body.lines().count()), ("Вышли обновления для 4 баз", 5));
    let six = texts().notice_message(&many(6), &now());
    let lines: Vec<&str> = six.body.lines().collect();
    assert_eq!(
        lines[2..],
        ["Склад 3: вышла 1.3 — для 1 базы Mobile SMARTS", "И ещё 3 выпуска", "Само ничего не установится."]
    );
}

#[test]
fn reminders_alone_are_not_called_news() {
    let again = |number| saying(number, 1, Occasion::Again);
    let message = texts().notice_message(&matter(vec![again(1), again(2)]), &now());
    assert_eq!(message.title, "Обновления Mobile SMARTS ещё не установлены");
    let mixed = texts().notice_message(&matter(vec![again(1), saying(2, 3, Occasion::New)]), &now());
    assert_eq!(mixed.title, "Вышли обновления для 3 баз");
    assert_eq!(mixed.body.lines().next(), Some("Склад 1: 1.1 ещё не установлена — для 1 базы Mobile SMARTS"));
}

#[test]
fn what_is_important_or_not_covered_is_said_so_and_never_called_forced() {
    let title = |occasion, change: &dyn Fn(&mut Open)| {
        let mut saying = saying(15, 2, occasion);
        change(&mut saying.release);
        texts().notice_message(&matter(vec![saying]), &now()).title
    };
    let important = |open: &mut Open| open.is_important = true;
    let platform = |open: &mut Open| open.subject = Subject::Platform;
    let blocked = |open: &mut Open| open.is_blocked = true;
    let nameless = |open: &mut Open| open.product = None;
    for (told, expected) in [
        (title(Occasion::New, &important), "Склад 15: вышла важная версия 1.15 — для 2 баз Mobile SMARTS"),
        (
            title(Occasion::Important, &important),
            "Склад 15: версия 1.15 теперь отмечена как важная — для 2 баз Mobile SMARTS",
        ),
        (title(Occasion::Again, &platform), "Платформа Mobile SMARTS: 1.15 ещё не установлена"),
        (
            title(Occasion::New, &blocked),
            "Склад 15: вышла 1.15 — для 2 баз Mobile SMARTS, но без подписки её не установить",
        ),
        (title(Occasion::New, &nameless), "Продукт без названия: вышла 1.15 — для 2 баз Mobile SMARTS"),
    ] {
        assert_eq!(told, expected);
    }
}

#[test]
fn the_end_of_subscriptions_is_told_with_whose_they_are() {
    let of = |endings: Vec<Ending>| Matter { endings, ..Matter::default() };
    let soon = of(vec![ending("ТСД-1", "2026-11-30", 7), ending("ТСД-2", "2026-12-20", 27)]);
    let message = texts().notice_message(&soon, &now());
    assert_eq!(message.title, "Подписка на обновления заканчивается через 7 дней");
    let body = "ТСД-1: по 30.11.2026\nТСД-2: по 20.12.2026\n\
                Всё, что вышло до этого дня, можно будет поставить и потом.";
    assert_eq!((message.body.as_str(), message.kind), (body, Kind::Attention));
    let title = |days| texts().notice_message(&of(vec![ending("ТСД", "2026-11-30", days)]), &now()).title;
    assert_eq!(title(0), "Подписка на обновления заканчивается сегодня");
    assert_eq!(title(-3), "Подписка на обновления закончилась");
}

#[test]
fn everything_that_is_due_is_one_message() {
    let failing_since = now().timestamp().checked_sub(SignedDuration::from_hours(8 * 24)).ok();
    let endings = vec![ending("ТСД", "2026-11-30", 7)];
    let releases = vec![saying(15, 1, Occasion::New)];
    let all = Matter { releases, failing_since, endings: endings.clone(), age: None };
    let message = texts().notice_message(&all, &now());
    assert!(message.title.contains("вышла 1.15"), "{message:?}");
    let lines = "Обновления Mobile SMARTS не удаётся проверить уже 8 дней\n\
                 Подписка на обновления заканчивается через 7 дней\nСамо ничего не установится.";
    assert_eq!((message.body.as_str(), message.kind), (lines, Kind::Products));
    let rest = Matter { releases: Vec::new(), failing_since, endings, age: None };
    let message = texts().notice_message(&rest, &now());
    assert_eq!(message.title, "Обновления Mobile SMARTS не удаётся проверить уже 8 дней");
    assert!(message.body.ends_with("Подписка на обновления заканчивается через 7 дней"), "{message:?}");
}

#[test]
fn a_base_whose_id_is_a_word_is_skipped_as_a_base() {
    let menu = |id: &str, subject| {
        let mut saying = saying(15, 1, Occasion::New);
        (saying.release.ids, saying.release.subject) = (vec![id.to_owned()], subject);
        let menu = texts().notice_menu(&matter(vec![saying]));
        menu.into_iter().find_map(|entry| match entry.act {
            Act::Run(args) => args.iter().position(|arg| arg == "--skip").map(|at| args[at + 1].clone()),
            Act::Open(_) | Act::Leave => None,
        })
    };
    assert_eq!(menu("platform", Subject::Platform).as_deref(), Some("platform=1.15"));
    assert_eq!(menu("platform", Subject::Base).as_deref(), Some("base:platform=1.15"));
    assert_eq!(menu("base:x", Subject::Base).as_deref(), Some("base:base:x=1.15"));
    assert_eq!(menu("main", Subject::Base).as_deref(), Some("main=1.15"));
}

#[test]
fn a_tooltip_is_no_longer_than_windows_shows() {
    let all = matter((1..=9).map(|number| saying(number, 123_456, Occasion::New)).collect());
    for language in [Language::Ru, Language::En] {
        let icon = Texts::new(language).unwrap().notice_icon(&all, &now());
        assert!(icon.tooltip.chars().count() <= LONGEST_TOOLTIP);
        assert_eq!((icon.count, icon.open), (9 * 123_456, None));
    }
}
