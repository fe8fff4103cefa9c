//! Files at hand in the real window: a template from a stick, dropped and installed, or refused with a reason.

use std::fs;
use std::path::{Path, PathBuf};

use egui::Role;
use smarts_core::journal::What;
#[cfg(unix)]
use smarts_core::machine::registry_file;
#[cfg(unix)]
use smarts_core::os::{InstallerExit, InstallerFault};
use smarts_tests::installer::{self, Program};
use smarts_tests::machine_root::MachineRoot;
#[cfg(unix)]
use smarts_tests::stand_in::StandIn;
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

const VENDOR: &str = "Cleverence Soft";

/// The same PC, which can tell who has signed a file, and where starting an installer does this.
#[cfg(unix)]
fn signed_shop(
    signer: &str,
    install: impl Fn(&Path, &Path) -> Result<InstallerExit, InstallerFault> + Send + Sync + 'static,
) -> Shop {
    let bases = [made::warehouse("main", "Основной склад")];
    let pc = made::pc(&bases);
    let settings = format!("publisher = \"{VENDOR}\"\n");
    pc.write(r"C:\ProgramData\Cleverence\Updater\settings.toml", settings.as_bytes()).unwrap();
    let source = made::folder(&Tree::new().entry("Platform4", "").entry(made::WAREHOUSE, ""));
    let root = pc.path().to_path_buf();
    let os = StandIn {
        signer: Some(signer.to_owned()),
        install: Some(Box::new(move |installer| install(&root, installer.file))),
        ..StandIn::on(pc.path()).unwrap()
    };
    let mut desk = desk::on_pc(std::sync::Arc::new(os), &source.path().display().to_string());
    desk.until_seen("Основной склад");
    Shop { pc, stick: tempfile::tempdir().unwrap(), _source: source, desk }
}

impl Shop {
    #[cfg(unix)]
    fn told_of_installer(&mut self, path: &Path, words: &[&str]) {
        self.desk.drop_file(path);
        for text in words {
            self.desk.until_seen(text);
        }
        assert!(!self.desk.has(Role::Button, PREPARE), "{}", path.display());
        self.desk.press("Закрыть");
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

#[test]
#[cfg(unix)]
fn the_platforms_package_from_a_stick_is_told_proved_and_installed() {
    let mut shop = signed_shop(VENDOR, |root, _| {
        let key = r"HKEY_LOCAL_MACHINE\SOFTWARE\Cleverence Soft\Mobile SMARTS";
        registry_file::set_value(&root.join("registry.reg"), key, "Version", "3.4.46.40367").unwrap();
        Ok(InstallerExit { code: Some(0) })
    });
    let path = shop.file("MobileSMARTS.msi", installer::platform("3.4.46.40367").unwrap());
    shop.desk.drop_file(&path);
    for text in [
        "Mobile SMARTS   3.4.46.40367",
        "программа установки платформы · Cleverence Soft, по словам самого файла",
        "Подлинность: подпись Windows: Cleverence Soft",
    ] {
        shop.desk.until_seen(text);
    }
    shop.desk.press(PREPARE);
    shop.desk.until_seen("Обновить платформу Mobile SMARTS?");
    shop.desk.until_seen("3.3.46.29552 → 3.4.46.40367");
    shop.desk.press("Открыть установку");
    shop.desk.until_seen("Обновлена до 3.4.46.40367");
    let platform = made::machine(shop.pc.path()).platform.unwrap();
    assert_eq!(platform.version.to_string(), "3.4.46.40367");
    let journal: Vec<What> = shop.desk.journal().into_iter().map(|entry| entry.what).collect();
    assert_eq!(journal, [What::Updated]);
}

#[test]
#[cfg(unix)]
fn after_a_products_wizard_from_a_stick_its_bases_are_asked_about() {
    let mut shop = signed_shop(VENDOR, |root, _| {
        let dir = root.join("C/ProgramData/Cleverence/Common/Templates");
        fs::create_dir_all(&dir).unwrap();
        made::template(NEW).write_to(&dir.join("WH15.mstmpl")).unwrap();
        Ok(InstallerExit { code: Some(0) })
    });
    let path = shop.file("WH15.InstallWizard.exe", Program::wizard("Склад 15", NEW).build());
    shop.desk.drop_file(&path);
    shop.desk.until_seen("мастер установки продукта");
    shop.desk.press(PREPARE);
    shop.desk.until_seen("Сами базы мастер не меняет");
    shop.desk.press("Открыть установку");
    shop.desk.until_seen("Установлен новый шаблон: Склад 15, Расширенный 1.6.3.7283");
    assert_eq!(shop.version(MAIN), OLD);
}

#[test]
#[cfg(unix)]
fn an_installer_that_is_not_for_this_pc_or_not_the_vendors_is_told_and_never_started() {
    let mut shop = signed_shop(VENDOR, |_, _| panic!("it is started"));
    let other = signed_shop("Somebody", |_, _| panic!("it is started"));
    let cases: [(&str, Vec<u8>, &[&str]); 6] = [
        (
            "old.msi",
            installer::platform("3.3.46.29552").unwrap(),
            &["Уже установлена 3.3.46.29552, в файле не новее", "Вернуть прежнюю версию этим файлом нельзя"],
        ),
        ("net35.msi", installer::platform("3.4.35.40366").unwrap(), &["Это сборка для другого .NET"]),
        (
            "notepad.exe",
            Program::new().string("ProductName", "Notepad++").fixed([8, 6, 0, 0]).build(),
            &["Notepad++   8.6.0.0", "Это не платформа, не мастер продукта", "откройте его сами"],
        ),
        (
            "nothing.exe",
            Program::new().build(),
            &["продукт не указан   версия не указана", "Это не платформа"],
        ),
        (
            "Retail15.exe",
            Program::wizard("Магазин 15", "1.5.0.58").string("InternalName", "Retail15").build(),
            &["нет базы продукта «Магазин 15»"],
        ),
        ("page.msi", b"<html>404</html>".to_vec(), &["Это не пакет Windows Installer"]),
    ];
    for (name, bytes, words) in cases {
        let path = shop.file(name, bytes);
        shop.told_of_installer(&path, words);
    }
    shop = other;
    let path = shop.file("MobileSMARTS.msi", installer::platform("3.4.46.40367").unwrap());
    shop.told_of_installer(&path, &["3.4.46.40367", "MobileSMARTS.msi подписан другой компанией: Somebody"]);
}

#[test]
fn where_nobody_can_check_signatures_an_installer_is_shown_and_not_started() {
    let mut shop = shop();
    let path = shop.file("MobileSMARTS.msi", installer::platform("3.4.46.40367").unwrap());
    let words = [
        "Mobile SMARTS   3.4.46.40367",
        "Кто подписал этот файл, здесь проверить нельзя",
        "Перенесите файл на компьютер с Windows",
    ];
    shop.told(&path, &words);
}
