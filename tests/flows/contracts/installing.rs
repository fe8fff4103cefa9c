//! `install`: a file at hand, from a stick or left by a wizard.

use std::path::PathBuf;

use smarts_tests::installer::{self, Program};
use smarts_tests::machine_root::BaseSpec;
use smarts_tests::template::{TemplateBuilder, damage};
use smarts_tests::tree::Tree;

use super::statuses::{Desk, desk_of};
use crate::made::{self, NEW};
use crate::program::Ran;

const MAIN: &str = r"C:\ProgramData\Cleverence\Databases\main";
const FOREST: &str = r"C:\ProgramData\Cleverence\Databases\forest";

fn desk() -> Desk {
    let bases = [made::warehouse("main", "Основной склад"), made::warehouse("forest", "Филиал на Лесной")];
    desk_of(&bases, &Tree::new())
}

impl Desk {
    fn at_hand(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.prompt.home.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn install(&self, name: &str, bytes: &[u8], options: &[&str]) -> Ran {
        let path = self.at_hand(name, bytes);
        self.prompt.run(&[&["install", path.to_str().unwrap()], options].concat())
    }

    /// With bases that stay as they are.
    fn refuse(&self, name: &str, bytes: &[u8], options: &[&str]) -> String {
        let bases = self.pc.locate(r"C:\ProgramData\Cleverence\Databases");
        let before = made::content(&bases);
        let ran = self.install(name, bytes, options);
        assert_eq!(made::content(&bases), before, "{name}");
        assert!(ran.out.is_empty(), "{ran:?}");
        format!("# {name} {}\nstatus {}\n{}", options.join(" "), ran.status, ran.err)
    }
}

fn template() -> Vec<u8> {
    made::template(NEW).build().unwrap()
}

#[test]
fn a_template_that_fits_several_bases_names_them_and_waits_for_a_choice() {
    let desk = desk();
    let told = desk.refuse("Склад 15.mstmpl", &template(), &["--yes", "--accept-unproved"]);
    insta::assert_snapshot!("install_several", told);
    let options = ["--base", "forest", "--yes", "--accept-unproved"];
    let ran = desk.install("Склад 15.mstmpl", &template(), &options);
    assert_eq!((ran.status, ran.out.as_str()), (0, "Филиал на Лесной: обновлена до 1.6.3.7283\n"), "{ran:?}");
    assert_eq!(made::version(desk.pc.path(), FOREST), NEW);
    assert_eq!(made::version(desk.pc.path(), MAIN), made::OLD);

    // Now it fits one base only.
    let ran = desk.install("Склад 15.mstmpl", &template(), &["--yes", "--accept-unproved"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    insta::assert_snapshot!("install_only", ran.told());
    assert_eq!(made::version(desk.pc.path(), MAIN), NEW);
    let told = desk.refuse("Склад 15.mstmpl", &template(), &["--yes", "--accept-unproved"]);
    assert!(told.contains("status 3\nНа этом компьютере нет базы, которую можно обновить"), "{told}");
}

#[test]
fn a_file_at_hand_that_is_not_what_it_should_be_is_refused() {
    let desk = desk();
    let yes = ["--base", "main", "--yes", "--accept-unproved"];
    let mut damaged = template();
    damage(&mut damaged, "LabelTemplates/58x40.xml");
    let foreign = TemplateBuilder::of_product("other", "Магазин 15", NEW).build().unwrap();
    let older = made::template("1.6.2.6128").build().unwrap();
    let shapeless = TemplateBuilder::new().file("x", "y").build().unwrap();
    let told = [
        desk.refuse("unproved.mstmpl", &template(), &["--base", "main", "--yes"]),
        desk.refuse("damaged.mstmpl", &damaged, &yes),
        desk.refuse("cut.mstmpl", &template()[..200], &yes),
        desk.refuse("page.mstmpl", b"<html>404</html>", &yes),
        desk.refuse("foreign.mstmpl", &foreign, &yes),
        desk.refuse("older.mstmpl", &older, &yes),
        desk.refuse("shapeless.mstmpl", &shapeless, &yes),
        desk.refuse("Setup.msi", b"an installer", &["--yes", "--accept-unproved"]),
        desk.refuse("MobileSMARTS.msi", &installer::platform("3.4.46.40367").unwrap(), &["--yes"]),
        desk.refuse("old.msi", &installer::platform("3.2.46.19682").unwrap(), &["--yes", "--lang", "en"]),
        desk.refuse("WH15.InstallWizard.exe", &Program::wizard("Склад 15", NEW).build(), &["--yes"]),
        desk.refuse("notepad.exe", &Program::new().string("ProductName", "Notepad").build(), &["--yes"]),
        desk.refuse("notes.txt", b"text", &["--yes"]),
        desk.refuse("Склад 15.mstmpl", &template(), &["--base", "nowhere", "--yes"]),
    ];
    insta::assert_snapshot!("install_refused", told.join("\n"));
}

#[test]
fn an_installer_is_not_started_for_a_base_that_it_does_not_update() {
    let bases = [made::warehouse("main", "Основной склад"), retail()];
    let desk = desk_of(&bases, &Tree::new());
    let platform = installer::platform("3.4.46.40367").unwrap();
    let told = desk.refuse("MobileSMARTS.msi", &platform, &["--base", "main", "--yes"]);
    let reason = "Этим файлом базу «Основной склад» обновить нельзя";
    assert!(told.contains(&format!("status 2\n{reason}")), "{told}");
    let wizard = Program::wizard("Склад 15", NEW).build();
    let told = desk.refuse("WH15.InstallWizard.exe", &wizard, &["--base", "retail", "--yes"]);
    assert!(told.contains("status 2\nЭтим файлом базу «Касса» обновить нельзя"), "{told}");
    let told = desk.refuse("WH15.InstallWizard.exe", &wizard, &["--base", "main", "--yes"]);
    assert!(told.contains("status 3\n") && !told.contains("обновить нельзя:"), "{told}");
}

fn retail() -> BaseSpec {
    let product = Some("Магазин 15".to_owned());
    BaseSpec { product, product_id: Some("other".into()), ..BaseSpec::new("retail", "Касса") }
}

#[test]
fn a_file_that_is_not_there_is_a_failure_and_no_refusal() {
    let desk = desk();
    let missing = desk.prompt.home.path().join("нет.mstmpl");
    let ran = desk.prompt.run(&["install", missing.to_str().unwrap(), "--yes"]);
    assert_eq!(ran.status, 1);
    insta::assert_snapshot!("install_missing", ran.told());
}
