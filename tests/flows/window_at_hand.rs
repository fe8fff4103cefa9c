//! Files at hand in the real window: a template from a stick, dropped and installed, or refused with a reason.

use std::fs;
use std::path::{Path, PathBuf};

use egui::Role;
use smarts_core::journal::What;
use smarts_tests::machine_root::MachineRoot;
use smarts_tests::template::TemplateBuilder;
use smarts_tests::tree::Tree;
use tempfile::TempDir;

use crate::desk::{self, Desk};
use crate::made::{self, NEW, OLD};

const MAIN: &str = r"C:\ProgramData\Cleverence\Databases\main";
const FOREST: &str = r"C:\ProgramData\Cleverence\Databases\forest";
const PREPARE: &str = "Подготовить обновление…";
const CONSENT: &str = "Понимаю: подлинность этого файла ничем не доказана. Установить всё равно";

/// A PC with two bases, its window, and a stick.
struct Shop {
    pc: MachineRoot,
    stick: TempDir,
    /// Nothing newer is in it.
    _source: TempDir,
    desk: Desk,
}

fn shop() -> Shop {
    let bases = [made::warehouse("main", "Основной склад"), made::warehouse("forest", "Филиал на Лесной")];
    let pc = made::pc(&bases);
    let source = made::folder(&Tree::new().entry("Platform4", "").entry(made::WAREHOUSE, ""));
    let mut desk = desk::on(pc.path(), &source.path().display().to_string());
    desk.until_seen("Основной склад");
    Shop { pc, stick: tempfile::tempdir().unwrap(), _source: source, desk }
}

impl Shop {
    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.stick.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    fn drop_template(&mut self, name: &str, template: &TemplateBuilder) {
        let path = self.file(name, template.build().unwrap());
        self.desk.drop_file(&path);
    }

    fn version(&self, folder: &str) -> String {
        made::version(self.pc.path(), folder)
    }

    /// With the bases left as they are.
    fn told(&mut self, path: &Path, words: &[&str]) {
        self.desk.drop_file(path);
        for text in words {
            self.desk.until_seen(text);
        }
        assert!(!self.desk.has(Role::Button, PREPARE));
        self.desk.press("Закрыть");
        assert_eq!((self.version(MAIN), self.version(FOREST)), (OLD.to_owned(), OLD.to_owned()));
        assert_eq!(self.desk.journal(), []);
    }
}

#[test]
fn a_template_from_a_stick_is_dropped_looked_at_and_installed() {
    let mut shop = shop();
    shop.drop_template("Склад 15.mstmpl", &made::template(NEW));
    for text in ["Файл Склад 15.mstmpl", "Склад 15, Расширенный   1.6.3.7283", "ничем не подтверждено"]
    {
        shop.desk.until_seen(text);
    }
    shop.desk.click(Role::CheckBox, "Филиал на Лесной");
    shop.desk.press(PREPARE);
    shop.desk.until_seen("1.6.2.6493 → 1.6.3.7283");
    shop.desk.until_seen("ничем не подтверждено · ничего ещё не изменено");
    shop.desk.click(Role::CheckBox, CONSENT);
    shop.desk.press("Скопировать и обновить");
    shop.desk.until_seen("Обновлена до 1.6.3.7283");
    assert_eq!((shop.version(MAIN), shop.version(FOREST)), (NEW.to_owned(), OLD.to_owned()));
    let journal: Vec<What> = shop.desk.journal().into_iter().map(|entry| entry.what).collect();
    assert_eq!(journal, [What::Updated]);

    // The rest later, with the same stick.
    shop.drop_template("Склад 15.mstmpl", &made::template(NEW));
    shop.desk.until_seen("Основной склад — установлена 1.6.3.7283, а в шаблоне 1.6.3.7283");
    shop.desk.press(PREPARE);
    shop.desk.until_seen("Обновить базу «Филиал на Лесной»?");
}

#[test]
fn a_file_that_updates_nothing_here_says_why() {
    let mut shop = shop();
    let other = TemplateBuilder::of_product("other", "Магазин 15", NEW).build().unwrap();
    let cases: [(&str, Vec<u8>, &[&str]); 6] = [
        ("other.mstmpl", other, &["нет базы продукта «Магазин 15»", "Здесь: Склад 15, Расширенный (2)"]),
        (
            "old.mstmpl",
            made::template("1.6.2.6128").build().unwrap(),
            &["Ни одну базу этого компьютера", "установлена 1.6.2.6493, а в шаблоне 1.6.2.6128"],
        ),
        ("cut.mstmpl", made::template(NEW).build().unwrap()[..200].to_vec(), &["Шаблон повреждён"]),
        ("page.mstmpl", b"<html>404</html>".to_vec(), &["Шаблон повреждён"]),
        ("empty.mstmpl", vec![], &["Шаблон повреждён"]),
        ("archive.zip", b"PK".to_vec(), &["archive.zip — не шаблон и не программа установки"]),
    ];
    for (name, bytes, words) in cases {
        let path = shop.file(name, bytes);
        shop.told(&path, words);
    }
    let missing = shop.stick.path().join("нет.mstmpl");
    shop.told(&missing, &["нет.mstmpl"]);
}

#[test]
fn whoever_closes_the_page_or_the_sheet_leaves_nothing_behind() {
    let mut shop = shop();
    shop.drop_template("Склад 15.mstmpl", &made::template(NEW));
    shop.desk.press(PREPARE);
    shop.desk.until_seen("Будет заменено 2 файла");
    shop.desk.press("Отмена");
    assert!(shop.desk.activity("main").is_none() && shop.desk.activity("forest").is_none());
    assert_eq!(shop.version(MAIN), OLD);
    assert_eq!(shop.desk.journal(), []);
    // Nobody holds the file, so the stick can go; and what is dropped next is looked at afresh.
    fs::remove_file(shop.stick.path().join("Склад 15.mstmpl")).unwrap();
    shop.drop_template("Склад 15.mstmpl", &made::template("1.6.4.100"));
    shop.desk.until_seen("1.6.4.100");
}
