//! The life of an update in the real window, from the list to what lies on the disk afterwards.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use egui::Role;
use smarts_core::journal::What;
use smarts_core::machine::Base;
use smarts_core::verify::Proof;
use smarts_tests::machine_root::MachineRoot;
use smarts_tests::site::{Behaviour, Site};
use smarts_tests::tree::{Tree, TreeRelease};
use smarts_updater::model::Leave;
use smarts_updater::model::activity::Activity;

use crate::desk::{self, Desk};
use crate::made::{self, NEW, WAREHOUSE};

const MAIN: &str = "13bee4fb-0b1d-4c39-9a52-6a3f1c2d7e01";
const FOREST: &str = "13bee4fb-0b1d-4c39-9a52-6a3f1c2d7e02";
const ARCHIVE: &str = "13bee4fb-0b1d-4c39-9a52-6a3f1c2d7e04";
const MAIN_FOLDER: &str = r"C:\ProgramData\Cleverence\Databases\Основной склад";
const FOREST_FOLDER: &str = r"C:\ProgramData\Cleverence\Databases\Филиал на Лесной";
const ARCHIVE_FOLDER: &str = r"D:\Базы\Архив";

/// Files that belong to the person and not to the product, with their bytes.
fn kept(root: &Path, folder: &str) -> BTreeMap<String, String> {
    let dir = root.join(folder.replacen(':', "", 1).replace('\\', "/"));
    let is_kept = |path: &str| {
        ["Documents/Приёмка", "Licenses", "customsettings.xml", "settings.xml", "Connections"]
            .iter()
            .any(|start| path.replace('\\', "/").starts_with(start))
    };
    let kept: BTreeMap<_, _> = made::content(&dir).into_iter().filter(|(path, _)| is_kept(path)).collect();
    assert!(kept.len() >= 4, "{kept:?}");
    kept
}

fn base(desk: &Desk, id: &str) -> Base {
    made::machine(&desk.root).base(id).unwrap().clone()
}

#[test]
fn a_base_is_updated_from_the_list_to_its_own_description() {
    let mut desk = desk::demo();
    desk.until_seen("Вышла платформа и обновления для 6 баз");
    assert!(desk.has(Role::ListItem, "Основной склад"));
    assert_eq!(made::version(&desk.root, MAIN_FOLDER), "1.6.2.6493");
    let before = kept(&desk.root, MAIN_FOLDER);

    desk.press("Обновить базу Основной склад");
    desk.until_seen("Обновить базу «Основной склад»?");
    desk.until_seen("подписано издателем · ничего ещё не изменено");
    assert!(desk.sees("Останутся: документы ТСД, настройки, лицензии"));
    desk.press("Скопировать и обновить");
    desk.until_seen("Обновлена до 1.6.3.7283");
    assert!(desk.sees("загрузить новую обработку в 1С"));
    assert!(desk.sees("Вышла платформа и обновления для 5 баз"));

    assert_eq!(made::version(&desk.root, MAIN_FOLDER), NEW);
    assert_eq!(kept(&desk.root, MAIN_FOLDER), before);
    let entries = desk.journal();
    let [entry] = entries.as_slice() else { panic!("{entries:?}") };
    assert_eq!((entry.what, entry.subject.as_str()), (What::Updated, MAIN));
    assert_eq!(entry.from.map(|version| version.to_string()).as_deref(), Some("1.6.2.6493"));
    assert_eq!(entry.to.map(|version| version.to_string()).as_deref(), Some(NEW));
    assert_eq!(entry.proof, Some(Proof::Signed));
    let copy = Path::new(entry.backup_dir.as_deref().unwrap());
    assert!(fs::read_to_string(copy.join("AppDescription.xml")).unwrap().contains("1.6.2.6493"));
    assert_eq!(made::version(&desk.root, FOREST_FOLDER), "1.6.2.6128", "nobody asked for this one");
}

#[test]
fn a_message_taken_off_the_row_leaves_the_base_up_to_date() {
    let mut desk = desk::demo();
    desk.press("Обновить базу Основной склад");
    desk.press("Скопировать и обновить");
    desk.press("Убрать сообщение: Основной склад");
    assert!(!desk.has(Role::Button, "Обновить базу Основной склад"));
    assert!(desk.sees("Вышла платформа и обновления для 5 баз"));
    // The source is asked again, and says the same.
    desk.check_again();
    assert!(!desk.has(Role::Button, "Обновить базу Основной склад"));
    assert!(desk.sees("Вышла платформа и обновления для 5 баз"));
}

#[test]
fn bases_of_one_product_are_one_plan() {
    let mut desk = desk::demo();
    desk.press("Обновить базу Основной склад");
    desk.until_seen("Какие базы обновить");
    desk.click(Role::CheckBox, "Филиал на Лесной");
    desk.until_seen("Обновить 2 базы?");
    desk.press("Скопировать и обновить");
    desk.until("both done", |desk| {
        let done = |id| matches!(desk.activity(id), Some(Activity::Done(_)));
        done(MAIN) && done(FOREST)
    });
    for folder in [MAIN_FOLDER, FOREST_FOLDER] {
        assert_eq!(made::version(&desk.root, folder), NEW);
    }
    assert!(desk.sees("Вышла платформа и обновления для 4 баз"));
    let done: Vec<_> = desk.journal().into_iter().map(|entry| (entry.what, entry.subject)).collect();
    assert_eq!(done, [(What::Updated, MAIN.to_owned()), (What::Updated, FOREST.to_owned())]);
}

#[test]
fn a_base_left_out_of_the_plan_can_still_be_updated_with_the_same_file() {
    let mut desk = desk::demo();
    desk.press("Обновить базу Основной склад");
    desk.until_seen("Какие базы обновить");
    desk.click(Role::CheckBox, "Филиал на Лесной");
    desk.click(Role::CheckBox, "Основной склад");
    desk.press("Скопировать и обновить");
    desk.until("done", |desk| matches!(desk.activity(FOREST), Some(Activity::Done(_))));
    assert_eq!(made::version(&desk.root, MAIN_FOLDER), "1.6.2.6493");

    desk.press("Установить обновление: Основной склад");
    desk.press("Скопировать и обновить");
    desk.until("done", |desk| matches!(desk.activity(MAIN), Some(Activity::Done(_))));
    assert_eq!(made::version(&desk.root, MAIN_FOLDER), NEW);
}

#[test]
fn a_chain_is_one_download_one_consent_and_every_step() {
    let mut desk = desk::demo();
    desk.until_seen("в два шага: 1.3.4.1116 → 1.6.3.7283");
    assert_eq!(made::version(&desk.root, ARCHIVE_FOLDER), "1.0.2.85");
    let before = kept(&desk.root, ARCHIVE_FOLDER);
    desk.press("Обновить базу Архив");
    desk.press("Скопировать и обновить");
    desk.until_seen("Обновлена до 1.6.3.7283");
    assert_eq!(made::version(&desk.root, ARCHIVE_FOLDER), NEW);
    assert_eq!(base(&desk, ARCHIVE).version.map(|version| version.to_string()).as_deref(), Some(NEW));
    assert_eq!(kept(&desk.root, ARCHIVE_FOLDER), before);
    let entries = desk.journal();
    assert_eq!(entries.iter().map(|entry| entry.what).collect::<Vec<_>>(), [What::Updated]);
    assert_eq!(entries[0].from.map(|version| version.to_string()).as_deref(), Some("1.0.2.85"));
}

/// The bytes of the template that stands still.
const HELD_AFTER: usize = 300_000;

/// A PC with one base, and a site that stops in the middle of its template.
struct Held {
    pc: MachineRoot,
    site: Site,
    desk: Desk,
}

const BASE: &str = "main";
const BASE_FOLDER: &str = r"C:\ProgramData\Cleverence\Databases\main";

impl Held {
    /// With the download under way, and no byte more to come.
    fn begin() -> Self {
        let pc = made::pc(&[made::warehouse(BASE, "Основной склад")]);
        let large = made::template(NEW).file("Documentation/x.pdf", made::noise(1_000_000));
        let site = Site::serve(&made::source_of(&large));
        let site = site.unwrap();
        site.misbehave(&Self::path(), Behaviour::HoldAfter(HELD_AFTER));
        let mut desk = desk::on(pc.path(), &site.root());
        desk.press("Обновить базу Основной склад");
        site.wait_until_held();
        desk.until("bytes", |desk| match desk.activity(BASE) {
            Some(Activity::Downloading(transfer)) => transfer.received > 0,
            _ => false,
        });
        Self { pc, site, desk }
    }

    fn path() -> String {
        format!("downloads/WH15-{NEW}.mstmpl")
    }

    fn kept_bytes(&self) -> u64 {
        let dir = self.desk.paths.downloads_dir.join(made::WAREHOUSE).join(NEW);
        fs::metadata(dir.join(format!("WH15-{NEW}.mstmpl.partial"))).map_or(0, |partial| partial.len())
    }

    /// The ranges that were asked for, in order.
    fn ranges(&self) -> Vec<Option<String>> {
        let seen = self.site.seen().into_iter().filter(|seen| seen.path == Self::path());
        seen.map(|seen| seen.headers.get("range").cloned()).collect()
    }
}

#[test]
fn what_cannot_be_installed_is_not_even_downloaded() {
    let pc = made::pc(&[made::warehouse("main", "Основной склад")]);
    let file = made::template(NEW).build().unwrap();
    let huge = TreeRelease::new(NEW).with("date", "29.10.2025").with("size", &(1_u64 << 60).to_string());
    let huge = huge.download("WH15.mstmpl", file);
    let source = made::folder(&Tree::new().release(WAREHOUSE, huge));
    let mut desk = desk::on(pc.path(), &source.path().display().to_string());
    desk.press("Обновить базу Основной склад");
    desk.until_seen("не хватит места");
    assert!(matches!(desk.activity("main"), Some(Activity::DownloadFailed(notice)) if notice.next.is_some()));
}

#[test]
fn a_paused_download_goes_on_from_the_bytes_that_were_kept() {
    let mut held = Held::begin();
    held.desk.press("Приостановить загрузку: Основной склад");
    held.desk.until_seen("загрузка на паузе");
    let kept = held.kept_bytes();
    assert!(kept > 0 && kept <= HELD_AFTER as u64, "{kept}");
    let Some(Activity::Paused { received, .. }) = held.desk.activity(BASE) else { panic!("paused") };
    assert_eq!(received, kept, "the row says what is kept");
    assert_eq!(held.ranges(), [None]);

    held.site.behave(&Held::path());
    held.desk.press("Продолжить загрузку: Основной склад");
    held.desk.press("Скопировать и обновить");
    held.desk.until_seen("Обновлена до 1.6.3.7283");
    assert_eq!(held.ranges(), [None, Some(format!("bytes={kept}-"))]);
    assert_eq!(made::version(&held.desk.root, BASE_FOLDER), NEW);
    assert_eq!(held.kept_bytes(), 0);
}

#[test]
fn a_cancelled_download_leaves_nothing_and_the_row_as_it_was() {
    let mut held = Held::begin();
    let dir = held.desk.paths.downloads_dir.join(made::WAREHOUSE).join(NEW);
    assert!(held.kept_bytes() > 0);
    held.desk.press("Отменить загрузку: Основной склад");
    assert!(held.desk.has(Role::Button, "Обновить базу Основной склад"));
    // Another try waits for the former one to have gone.
    held.site.behave(&Held::path());
    held.desk.press("Обновить базу Основной склад");
    held.desk.press("Скопировать и обновить");
    held.desk.until_seen("Обновлена до 1.6.3.7283");
    assert_eq!(held.ranges(), [None, None], "nothing was there to go on from");
    let names: Vec<_> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, [format!("WH15-{NEW}.mstmpl").as_str()]);
}

#[test]
fn closing_the_window_during_a_download_asks_and_the_next_window_goes_on() {
    let mut held = Held::begin();
    held.desk.close();
    assert!(held.desk.sees("Идёт загрузка. То, что уже загружено, сохранится"));
    held.desk.press("Остаться");
    assert_eq!(held.desk.model().leave, Leave::No);
    held.desk.close();
    held.desk.click(Role::Button, "Закрыть");
    assert_eq!(held.desk.model().leave, Leave::Now);
    let Held { pc, site, desk } = held;
    let user = desk.leave();

    site.behave(&Held::path());
    let desk = desk::of_person(pc.path(), &site.root(), user);
    let mut held = Held { pc, site, desk };
    held.desk.until_seen("загрузка на паузе");
    let kept = held.kept_bytes();
    held.desk.press("Продолжить загрузку: Основной склад");
    held.desk.press("Скопировать и обновить");
    held.desk.until_seen("Обновлена до 1.6.3.7283");
    assert_eq!(held.ranges(), [None, Some(format!("bytes={kept}-"))]);

    // Neither that window nor the next one offers again what has been installed.
    let Held { pc, site, desk } = held;
    let mut desk = desk::of_person(pc.path(), &site.root(), desk.leave());
    desk.until("the list", |desk| desk.has(Role::ListItem, "Основной склад"));
    assert!(!desk.has(Role::Button, "Обновить базу Основной склад"));
    assert!(desk.sees("Обновлений нет") || desk.sees("обновлений нет"));
}

#[test]
fn a_list_of_bases_that_cannot_be_read_is_not_told_as_having_none() {
    let pc = made::pc(&[made::warehouse(BASE, "Основной склад")]);
    pc.write(r"C:\ProgramData\Cleverence\Common\apps.xml", b"<AppInstances>\n<AppInst").unwrap();
    let source = made::folder(&made::source_of(&made::template(NEW)).entry("Platform4", ""));
    let mut desk = desk::on(pc.path(), &source.path().display().to_string());
    desk.until_seen("Удалось проверить не всё");
    assert!(desk.sees("Список баз Mobile SMARTS не читается"));
    assert!(desk.sees("apps.xml испорчен в строке 2"));
    assert!(!desk.sees("на этом компьютере нет") && !desk.sees("Обновлений нет"));
    // Mended, it is read with the next check.
    let whole = made::pc(&[made::warehouse(BASE, "Основной склад")]);
    let list = r"C:\ProgramData\Cleverence\Common\apps.xml";
    fs::copy(whole.locate(list), pc.locate(list)).unwrap();
    desk.check_again();
    assert!(desk.has(Role::Button, "Обновить базу Основной склад"));
}

#[test]
fn the_demo_leaves_nothing_behind() {
    let mut desk = desk::demo();
    desk.press("Обновить базу Основной склад");
    let demo = desk.root.parent().unwrap().to_path_buf();
    assert!(demo.is_dir());
    desk.leave();
    assert!(!demo.exists());
}
