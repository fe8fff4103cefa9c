//! When `smarts notice` speaks, what it says, and what it asks of the source meanwhile.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use smarts_core::hidden;
use smarts_core::os::{MachineRoot as Root, Os as _};
use smarts_tests::machine_root::MachineRoot;
use smarts_tests::site::{Behaviour, Site};
use smarts_tests::tree::{Tree, TreeRelease};
use smarts_updater::tray::notice::{Act, Kind, Notice};

use crate::made::{self, NEW, WAREHOUSE};
use crate::program::{Home, Ran, SMARTS};

const SETTINGS: &str = r"C:\ProgramData\Cleverence\Updater\settings.toml";
const PLATFORM: &str = "3.4.46.40367";
const LISTS: [&str; 2] = ["updates/Platform4/versions.xml", WAREHOUSE_LIST];
const WAREHOUSE_LIST: &str = "updates/9B3E6ADA-9AD3-4928-8F96-10455B03EC94/versions.xml";

/// A PC with the platform and two bases of one product, and a site.
struct Desk {
    pc: MachineRoot,
    home: Home,
    site: Site,
}

/// A release of the product, with this in its description.
fn product(more: &[(&str, &str)]) -> Tree {
    let release = made::release(NEW, &made::template(NEW));
    let release = more.iter().fold(release, |release, (element, text)| release.with(element, text));
    Tree::new().release(WAREHOUSE, release).entry("Platform4", "")
}

fn nothing() -> Tree {
    Tree::new().entry(WAREHOUSE, "").entry("Platform4", "")
}

impl Desk {
    fn new(tree: &Tree) -> Self {
        let bases = [made::warehouse("main", "Основной склад"), made::warehouse("second", "Склад 2")];
        Self { pc: made::pc(&bases), home: Home::new(), site: Site::serve(tree).unwrap() }
    }

    fn settings(&self, text: &str) {
        self.pc.write(SETTINGS, text.as_bytes()).unwrap();
    }

    /// At a moment such as `11-23 12:00`.
    fn run(&self, moment: &str, more: &[&str]) -> Ran {
        let (day, time) = moment.split_once(' ').unwrap();
        let (root, day) = (self.pc.path().display().to_string(), format!("2026-{day}"));
        let source = self.site.root();
        let common = ["--machine-root", &root, "--source", &source, "--lang", "ru", "--today", &day];
        self.home.smarts(&[&["notice", "--json", "--at", time], more, &common].concat())
    }

    /// A check that a person makes.
    fn check(&self, day: &str) -> Ran {
        let (root, day) = (self.pc.path().display().to_string(), format!("2026-{day}"));
        let source = self.site.root();
        let common = ["--machine-root", &root, "--source", &source, "--lang", "ru", "--today", &day];
        self.home.smarts(&[["check"].as_slice(), &common].concat())
    }

    /// What the stub would show; it ends well.
    fn shows(&self, moment: &str, more: &[&str]) -> Option<Notice> {
        let ran = self.run(moment, more);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{ran:?}");
        let is_over = ran.out.contains("nothing_open");
        (!ran.out.is_empty() && !is_over).then(|| serde_json::from_str(&ran.out).unwrap())
    }

    /// The title of the message that is due.
    fn title(&self, moment: &str) -> Option<String> {
        self.shows(moment, &[])?.message.map(|message| message.title)
    }

    fn state(&self, name: &str) -> PathBuf {
        self.home.report_path(self.pc.path()).with_file_name(name)
    }

    /// The window, as far as others can tell.
    fn window(&self) -> File {
        let path = self.state("window.lock");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let file = File::create(path).unwrap();
        file.lock().unwrap();
        file
    }

    fn value(&self, name: &str) -> Option<String> {
        Root::open(self.pc.path()).unwrap().registry_value(hidden::KEY, name).unwrap()
    }

    fn requests(&self) -> usize {
        let seen = self.site.seen().len();
        self.site.forget();
        seen
    }

    fn fails(&self) {
        for path in LISTS {
            self.site.misbehave(path, Behaviour::Status(503));
        }
    }
}

#[test]
fn a_release_is_announced_once_and_again_after_two_weeks() {
    let desk = Desk::new(&product(&[]));
    let notice = desk.shows("11-23 12:00", &[]).unwrap();
    let message = notice.message.unwrap();
    assert_eq!(message.title, "Склад 15, Расширенный: вышла 1.6.3.7283 — для 2 баз Mobile SMARTS");
    assert_eq!((message.body.as_str(), message.kind), ("Само ничего не установится.", Kind::Products));
    assert_eq!(message.open.as_deref(), Some("main"));
    assert_eq!((notice.icon.kind, notice.icon.count, notice.wait_secs), (Kind::Products, 2, 86400));
    assert_eq!(notice.icon.tooltip, "Вышли обновления для 2 баз");
    let labels: Vec<&str> = notice.menu.iter().map(|entry| entry.label.as_str()).collect();
    let expected = ["Открыть", "Проверить сейчас", "Напомнить завтра", "Пропустить эту версию", "Выход"];
    assert_eq!(labels, expected);
    for quiet in ["11-23 16:00", "11-24 12:00", "12-07 11:59"] {
        assert_eq!(desk.title(quiet), None, "{quiet}");
    }
    let again = desk.title("12-07 12:00").unwrap();
    assert_eq!(again, "Склад 15, Расширенный: 1.6.3.7283 ещё не установлена — для 2 баз Mobile SMARTS");
    assert_eq!(desk.shows("12-08 12:00", &[]), None);
}

#[test]
fn platform_and_product_are_one_message_with_a_line_each() {
    let platform = TreeRelease::new(PLATFORM).download("MobileSMARTS.msi", "an installer").stated();
    let desk = Desk::new(&product(&[]).release("Platform4", platform));
    let notice = desk.shows("11-23 12:00", &[]).unwrap();
    let message = notice.message.unwrap();
    assert_eq!(message.title, "Вышла платформа и обновления для 2 баз");
    let lines = [
        "Платформа Mobile SMARTS: вышла 3.4.46.40367",
        "Склад 15, Расширенный: вышла 1.6.3.7283 — для 2 баз Mobile SMARTS",
        "Само ничего не установится.",
    ];
    assert_eq!(message.body, lines.join("\n"));
    assert_eq!(
        (message.kind, message.open, notice.icon.kind, notice.icon.count),
        (Kind::Both, None, Kind::Both, 3)
    );
    assert_eq!(notice.menu[3].label, "Пропустить эти версии");
    let args =
        ["notice", "--json", "--waiting", "--skip", "platform=3.4.46.40367", "--skip", "main=1.6.3.7283"];
    assert_eq!(notice.menu[3].act, Act::Run(args.map(str::to_owned).to_vec()));
}

#[test]
fn what_is_downloaded_is_said_again_after_a_week_and_what_is_important_after_a_day() {
    let desk = Desk::new(&product(&[]));
    assert!(desk.title("11-23 12:00").is_some());
    let (root, source) = (desk.pc.path().display().to_string(), desk.site.root());
    let line = ["download", "main", "--machine-root", &root, "--source", &source, "--lang", "ru"];
    let ran = desk.home.smarts(&line);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(desk.shows("11-30 11:59", &[]), None);
    assert!(desk.title("11-30 12:00").unwrap().contains("1.6.3.7283 загружена, но ещё не установлена"));

    let desk = Desk::new(&product(&[("forced", "true")]));
    assert!(desk.title("11-23 12:00").unwrap().contains("вышла важная версия 1.6.3.7283"));
    assert_eq!(desk.title("11-24 11:59"), None);
    assert!(desk.title("11-24 12:00").unwrap().contains("важная версия 1.6.3.7283 ещё не установлена"));
}

#[test]
fn maintenance_hours_are_when_it_is_said_again() {
    let desk = Desk::new(&product(&[]));
    desk.settings("maintenance = 'mon-thu 21:00-23:00'\n");
    assert!(desk.title("11-23 12:00").is_some());
    assert_eq!(desk.title("11-24 20:00"), None);
    assert!(desk.title("11-24 21:30").unwrap().contains("ещё не установлена"));
    assert_eq!(desk.title("12-15 12:00"), None, "after two weeks, and not in the hours");
}

#[test]
fn a_skipped_version_is_never_said_and_the_vendors_updater_knows_of_it() {
    let desk = Desk::new(&product(&[]));
    let notice = desk.shows("11-23 12:00", &[]).unwrap();
    let Act::Run(args) = &notice.menu[3].act else { panic!("{notice:?}") };
    let args: Vec<&str> = args.iter().skip(2).map(String::as_str).collect();
    assert_eq!(args, ["--waiting", "--skip", "main=1.6.3.7283"]);
    desk.requests();
    assert_eq!(desk.shows("11-23 12:05", &args), None, "nothing is left");
    assert_eq!(desk.requests(), 0);
    for name in ["HideUpdateDB_main", "HideUpdateDB_second"] {
        assert_eq!(desk.value(name).as_deref(), Some(NEW));
    }
    assert_eq!(desk.shows("12-23 12:00", &[]), None);

    let later = made::release("1.7.0.1", &made::template("1.7.0.1"));
    for (path, bytes) in Tree::new().release(WAREHOUSE, later).files() {
        desk.site.put(&path, bytes);
    }
    assert!(desk.title("12-24 12:00").unwrap().contains("вышла 1.7.0.1"), "a newer one is no skipped one");
}

#[test]
fn what_the_vendors_updater_skips_is_not_said_for_that_base() {
    let desk = Desk::new(&product(&[]));
    let root = Root::open(desk.pc.path()).unwrap();
    root.set_user_value(hidden::KEY, "HideUpdateDB_MAIN", NEW).unwrap();
    assert!(desk.title("11-23 12:00").unwrap().ends_with("для 1 базы Mobile SMARTS"));
    root.set_user_value(hidden::KEY, "HideUpdateDB_second", NEW).unwrap();
    assert_eq!(desk.shows("12-23 12:00", &[]), None);
}

#[test]
fn what_is_put_off_comes_back_tomorrow_morning() {
    let desk = Desk::new(&product(&[]));
    desk.settings("working_hours = 'mon-fri 10:00-19:00'\n");
    assert!(desk.title("11-27 12:00").is_some(), "on a Friday");
    desk.requests();
    assert_eq!(desk.shows("11-27 12:05", &["--waiting", "--later"]), None);
    assert_eq!(desk.shows("11-27 12:06", &["--waiting"]), None, "the icon goes");
    assert_eq!(desk.requests(), 0);
    assert_eq!(desk.shows("11-28 13:00", &[]), None);
    assert_eq!(desk.shows("11-30 09:59", &[]), None);
    assert!(desk.title("11-30 10:00").unwrap().contains("ещё не установлена"), "on Monday");
}

#[test]
fn whom_nobody_tells_anything_costs_the_source_no_request() {
    let desk = Desk::new(&product(&[("forced", "true")]));
    desk.settings("notify = 'none'\n");
    assert_eq!(desk.shows("11-23 12:00", &[]), None);
    desk.settings("offline = true\n");
    assert_eq!(desk.shows("11-23 12:00", &[]), None);
    assert_eq!(desk.requests(), 0);
    desk.settings("notify = 'all'\n");
    assert!(desk.title("11-23 12:00").is_some());
    assert!(desk.requests() > 0);
}

#[test]
fn under_an_open_window_is_checked_for_it_and_nothing_is_said() {
    let desk = Desk::new(&product(&[("forced", "true")]));
    let window = desk.window();
    assert_eq!(desk.shows("11-23 12:00", &[]), None);
    assert!(desk.requests() > 0, "a window that stays open for days is not to stay behind");
    drop(window);
    assert!(desk.title("11-23 16:00").is_some(), "it was not taken for said");
}

#[test]
fn checks_that_fail_for_a_week_are_said_once_and_then_monthly() {
    let desk = Desk::new(&nothing());
    desk.fails();
    let fails_quietly = |moment: &str| {
        let ran = desk.run(moment, &[]);
        assert_eq!((ran.status, ran.out.as_str()), (1, ""), "{ran:?}");
        assert!(ran.err.starts_with("Проверить не удалось: "), "{ran:?}");
    };
    fails_quietly("10-20 12:00");
    fails_quietly("10-27 11:59");
    let notice = desk.shows("10-27 12:00", &[]).unwrap();
    let message = notice.message.unwrap();
    assert_eq!(message.title, "Обновления Mobile SMARTS не удаётся проверить уже 7 дней");
    assert_eq!((message.kind, notice.icon.kind, notice.icon.count), (Kind::Attention, Kind::Attention, 0));
    let labels: Vec<&str> = notice.menu.iter().map(|entry| entry.label.as_str()).collect();
    assert_eq!(labels, ["Открыть", "Проверить сейчас", "Выход"]);
    fails_quietly("10-28 12:00");
    fails_quietly("11-26 11:59");
    assert!(desk.title("11-26 12:00").unwrap().contains("уже 37 дней"));
    for path in LISTS {
        desk.site.behave(path);
    }
    assert_eq!(desk.shows("12-01 12:00", &[]), None);
    desk.fails();
    fails_quietly("12-02 12:00");
    fails_quietly("12-08 12:00");
}

#[test]
fn the_end_of_a_subscription_is_said_thirty_seven_and_no_days_before_it() {
    let desk = Desk::new(&nothing());
    let list = "device;until\nKASSA-1;23.12.2026\nof another PC;24.11.2026\n";
    desk.pc.write(r"C:\ProgramData\Cleverence\Updater\subscriptions.csv", list.as_bytes()).unwrap();
    for (moment, is_said) in [
        ("11-22 12:00", false),
        ("11-23 12:00", true),
        ("11-25 12:00", false),
        ("12-16 12:00", true),
        ("12-17 13:00", false),
        ("12-23 12:00", true),
        ("12-25 12:00", false),
    ] {
        let title = desk.title(moment);
        assert_eq!(title.is_some(), is_said, "{moment}: {title:?}");
        assert!(title.is_none_or(|title| title.to_lowercase().contains("подписка")), "{moment}");
    }
}

#[test]
fn what_is_known_from_before_is_said_again_although_checks_fail() {
    let desk = Desk::new(&product(&[]));
    assert!(desk.title("11-23 12:00").is_some());
    desk.fails();
    assert_eq!(desk.run("12-01 12:00", &[]).status, 1);
    assert!(desk.title("12-07 12:00").unwrap().contains("ещё не установлена"));
}

#[test]
fn without_a_network_the_age_of_what_is_known_is_said_and_nothing_is_asked() {
    let desk = Desk::new(&nothing());
    assert_eq!(desk.shows("11-01 12:00", &[]), None);
    desk.settings("offline = true\n");
    desk.requests();
    assert_eq!(desk.shows("11-07 12:00", &[]), None);
    let message = desk.shows("11-09 12:00", &[]).unwrap().message.unwrap();
    assert_eq!(message.title, "Сведениям об обновлениях Mobile SMARTS уже 8 дней");
    assert!(message.body.contains("Обновить из папки"), "{message:?}");
    assert_eq!(desk.shows("11-30 12:00", &[]), None);
    assert_eq!(desk.requests(), 0);
}

#[test]
fn whoever_asks_is_always_answered() {
    let desk = Desk::new(&nothing());
    desk.settings("notify = 'none'\n");
    let _window = desk.window();
    let answer = |moment: &str| desk.shows(moment, &["--waiting", "--now"]).unwrap();
    let none = answer("11-23 12:00");
    assert_eq!(none.message.as_ref().unwrap().title, "Обновлений нет");
    assert_eq!(none.message.unwrap().body, "Проверено сегодня в 12:00");
    assert_eq!((none.icon.count, none.wait_secs), (0, 60));
    desk.fails();
    let failed = answer("11-23 13:00").message.unwrap();
    assert_eq!((failed.title.as_str(), failed.kind), ("Проверить обновления не удалось", Kind::Attention));
    assert!(failed.body.contains("503") && failed.body.contains("Известно на сегодня в 12:00"), "{failed:?}");

    let desk = Desk::new(&product(&[]));
    for moment in ["11-23 12:00", "11-23 12:01"] {
        let message = desk.shows(moment, &["--now"]).unwrap().message.unwrap();
        assert!(message.title.contains("1.6.3.7283"), "{message:?}");
    }
    assert_eq!(desk.shows("11-24 12:30", &[]), None, "it was said to whoever asked");
}

#[test]
fn an_icon_stays_while_it_stands_for_something_and_renewing_it_asks_nothing_new() {
    let desk = Desk::new(&product(&[]));
    assert!(desk.title("11-23 12:00").is_some());
    desk.requests();
    let renewed = desk.shows("11-23 13:00", &["--waiting"]).unwrap();
    assert_eq!((renewed.message, renewed.icon.count, renewed.wait_secs), (None, 2, 23 * 3600));
    assert_eq!(renewed.icon.tooltip, "Mobile SMARTS: 2 обновления ждут установки");
    assert_eq!(desk.requests(), 0, "what is known is an hour old");
    assert!(desk.shows("11-23 16:00", &["--waiting"]).is_some());
    assert!(desk.requests() > 0, "the task has come again");
    let updated = ["update", "main", "second", "--yes"];
    let (root, source) = (desk.pc.path().display().to_string(), desk.site.root());
    let line = [&updated[..], &["--machine-root", &root, "--source", &source, "--lang", "ru"]].concat();
    assert_eq!(desk.home.smarts(&line).status, 0);
    assert_eq!(desk.shows("11-23 17:00", &["--waiting"]), None, "it is installed");
}

#[test]
fn an_icon_goes_after_a_day_and_when_the_window_is_open() {
    let desk = Desk::new(&product(&[]));
    assert!(desk.title("11-23 12:00").is_some());
    let window = desk.window();
    assert_eq!(desk.shows("11-23 13:00", &["--waiting"]), None);
    drop(window);
    assert!(desk.shows("11-23 13:00", &["--waiting"]).is_some());
    assert_eq!(desk.shows("11-24 12:00", &["--waiting"]), None);
}

#[test]
fn an_icon_comes_back_after_a_sign_in_until_it_was_seen() {
    let desk = Desk::new(&product(&[]));
    assert!(desk.title("11-23 17:58").is_some());
    let again = desk.shows("11-24 08:30", &[]).unwrap();
    assert_eq!((again.message, again.icon.count), (None, 2), "the session had ended meanwhile");
    assert_eq!(desk.shows("11-24 08:31", &["--seen"]), None);
    assert_eq!(desk.shows("11-24 08:40", &[]), None);
    assert!(desk.title("12-08 12:00").is_some(), "it is said again all the same");
}

#[test]
fn an_icon_whose_releases_were_installed_goes_although_the_source_fails() {
    let desk = Desk::new(&product(&[]));
    assert!(desk.title("11-23 12:00").is_some());
    desk.fails();
    fs::remove_file(desk.state("report.json")).unwrap();
    let ran = desk.run("11-23 16:00", &["--waiting"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{ran:?}");
}

#[test]
fn a_check_by_somebody_else_that_went_well_ends_a_failure() {
    let desk = Desk::new(&nothing());
    desk.fails();
    assert_eq!(desk.run("10-20 12:00", &[]).status, 1);
    assert_eq!(desk.run("10-26 12:00", &[]).status, 1);
    for path in LISTS {
        desk.site.behave(path);
    }
    assert_eq!(desk.check("10-27").status, 0);
    assert_eq!(desk.shows("10-27 12:01", &[]), None);
}

#[test]
fn what_cannot_be_remembered_is_an_icon_without_a_message_and_damage_is_said_once_more() {
    let desk = Desk::new(&product(&[]));
    assert!(desk.title("11-23 12:00").is_some());
    let memory = desk.state("notice.json");
    fs::write(&memory, "{\"format\": 1, \"rel").unwrap();
    assert!(desk.title("11-23 16:00").is_some());
    assert_eq!(desk.title("11-23 20:00"), None);
    fs::remove_file(&memory).unwrap();
    fs::create_dir(&memory).unwrap();
    for _ in 0..2 {
        let notice = desk.shows("11-24 12:00", &[]).unwrap();
        assert_eq!((notice.message, notice.icon.count), (None, 2));
    }
    let log = logs(&desk);
    assert!(log.contains("What was said is not remembered") && log.contains("may be said again"), "{log}");
}

fn logs(desk: &Desk) -> String {
    let files = fs::read_dir(desk.state("logs")).unwrap().map(|entry| entry.unwrap().path());
    files.map(|path: PathBuf| fs::read_to_string(Path::new(&path)).unwrap()).collect()
}

#[test]
fn for_a_person_at_a_terminal_it_is_two_lines_and_nonsense_is_refused() {
    let desk = Desk::new(&product(&[]));
    let (root, source) = (desk.pc.path().display().to_string(), desk.site.root());
    let common = ["--machine-root", &root, "--source", &source, "--lang"];
    let run = |more: &[&str]| desk.home.run(SMARTS, &[&["notice"], &common[..], more].concat(), "");
    let ran = run(&["en"]);
    let expected =
        "Склад 15, Расширенный: 1.6.3.7283 is out — for 2 Mobile SMARTS bases\nNothing installs itself.\n";
    assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (0, expected, ""));
    for line in [
        &["en", "--at", "12:00"][..],
        &["en", "--skip", "main"],
        &["en", "--skip", "main=new"],
        &["en", "--now", "--later"],
        &["en", "--later", "--skip", "main=1.2"],
    ] {
        assert_eq!(run(line).status, 2, "{line:?}");
    }
    let ran = run(&["en", "--skip", "main=9.9"]);
    let line = "main: version 9.9 is not offered here\n";
    assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (0, "", line));
}
