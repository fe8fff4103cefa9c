//! Reports of many PCs in one folder: left by checks, read in one table.

use std::path::PathBuf;

use serde_json::Value;
use smarts_tests::machine_root::MachineRoot;
use smarts_tests::tree::Tree;

use crate::made::{self, NEW};
use crate::program::{Prompt, SMARTS, TODAY};

const SETTINGS: &str = r"C:\ProgramData\Cleverence\Updater\settings.toml";
const DIR: &str = r"C:\Отчёты";

struct Shop {
    pc: MachineRoot,
    prompt: Prompt,
    source: tempfile::TempDir,
}

impl Shop {
    fn new() -> Self {
        let pc = made::pc(&[made::warehouse("main", "Основной склад")]);
        let source = made::folder(&made::source_of(&made::template(NEW)).entry("Platform4", ""));
        pc.write(SETTINGS, format!("report_dir = '{DIR}'\n").as_bytes()).unwrap();
        let mut prompt = Prompt::on(pc.path(), source.path());
        // Packing may come out otherwise with another version of the packer.
        let size = made::template(NEW).build().unwrap().len();
        prompt.home.hide_text(&format!("\"size\": {size}"), "\"size\": [SIZE]");
        let version = env!("CARGO_PKG_VERSION");
        prompt.home.hide_text(&format!("\"updater\": \"{version}\""), "\"updater\": \"[VERSION]\"");
        Self { pc, prompt, source }
    }

    fn dir(&self) -> PathBuf {
        self.pc.locate(DIR)
    }

    /// A check on a PC of this name, on that day.
    fn check(&self, computer: &str, today: &str) -> i32 {
        let root = self.pc.path().display().to_string();
        let args = ["check", "--machine-root", &root, "--source", &self.prompt.source, "--today", today];
        let mut command = self.prompt.home.command(SMARTS, &args);
        command.env("COMPUTERNAME", computer).output().unwrap().status.code().unwrap()
    }

    fn break_source(&self) {
        std::fs::rename(self.source.path().join("updates"), self.source.path().join("gone")).unwrap();
    }

    fn left(&self, name: &str) -> Value {
        serde_json::from_slice(&std::fs::read(self.dir().join(name)).unwrap()).unwrap()
    }

    /// Three PCs, one of them silent since, one that fails; and files that are no reports.
    fn fill(&self) {
        assert_eq!(self.check("KASSA-2", "2026-11-10"), 100);
        assert_eq!(self.check("склад-1", "2026-11-19"), 100);
        let bare = self.left("склад-1.json")["last_good"].clone();
        let put = |name: &str, bytes: &[u8]| std::fs::write(self.dir().join(name), bytes).unwrap();
        put("KASSA-3.json", &serde_json::to_vec(&bare).unwrap());
        put("KASSA-4.json", &serde_json::to_vec(&bare).unwrap()[..200]);
        put("KASSA-5.json", b"{\"format\": 7}");
        put("Прочти меня.txt", "Не удалять".as_bytes());
        self.break_source();
        assert_eq!(self.check("склад-1", "2026-11-21"), 1);
        assert_eq!(self.check("склад-1", TODAY), 1);
    }
}

#[test]
fn the_pcs_of_a_folder_are_one_table_and_what_is_no_report_is_a_line_that_says_so() {
    let shop = Shop::new();
    shop.fill();
    let dir = shop.dir().display().to_string();
    insta::assert_snapshot!("reports_table_ru", shop.prompt.run(&["list", "--reports", &dir]).told());
    let en = shop.prompt.run(&["list", "--reports", &dir, "--lang", "en"]);
    insta::assert_snapshot!("reports_table_en", en.told());
}

#[test]
fn the_same_is_a_document_for_scripts() {
    let shop = Shop::new();
    shop.fill();
    let dir = shop.dir().display().to_string();
    insta::assert_snapshot!("reports_json", shop.prompt.run(&["list", "--reports", &dir, "--json"]).told());
}

#[test]
fn a_check_that_fails_leaves_the_last_good_report_with_why_and_since_when() {
    let shop = Shop::new();
    assert_eq!(shop.check("KASSA-1", "2026-11-20"), 100);
    let good = shop.left("KASSA-1.json");
    assert_eq!(
        (&good["format"], &good["pc"], &good["failure"]),
        (&1.into(), &"KASSA-1".into(), &Value::Null)
    );
    shop.break_source();
    assert_eq!(shop.check("KASSA-1", "2026-11-21"), 1);
    assert_eq!(shop.check("KASSA-1", TODAY), 1);
    let failing = shop.left("KASSA-1.json");
    assert_eq!(failing["last_good"], good["last_good"]);
    assert_eq!(failing["failure"]["since"], "2026-11-21T12:00:00Z");
    assert_eq!(failing["failure"]["at"], "2026-11-22T12:00:00Z");
    assert_eq!(failing["at"], failing["failure"]["at"]);
}

#[test]
fn a_pc_that_has_never_checked_well_is_in_the_table_too() {
    let shop = Shop::new();
    shop.break_source();
    assert_eq!(shop.check("KASSA-1", TODAY), 1);
    let ran = shop.prompt.run(&["list", "--reports", &shop.dir().display().to_string()]);
    assert!(ran.out.contains("KASSA-1") && ran.out.contains("впервые сегодня в 12:00"), "{ran:?}");
}

#[test]
fn an_empty_folder_says_so_and_one_that_is_gone_is_a_failure() {
    let shop = Shop::new();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().display().to_string();
    let empty = shop.prompt.run(&["list", "--reports", &path]);
    assert_eq!((empty.status, empty.out.as_str()), (0, "В этой папке нет отчётов.\n"));
    let gone = shop.prompt.run(&["list", "--reports", &format!("{path}/gone")]);
    assert_eq!((gone.status, gone.out.as_str()), (1, ""));
    assert!(gone.err.starts_with("Папка отчётов "), "{gone:?}");
}

#[test]
fn a_source_without_anything_new_leaves_a_report_that_says_so() {
    let shop = Shop::new();
    let nothing = made::folder(&Tree::new().entry("Platform4", "").entry(made::WAREHOUSE, ""));
    let prompt = Prompt { source: nothing.path().display().to_string(), ..shop.prompt };
    assert_eq!(prompt.run(&["check"]).status, 0);
    let ran = prompt.run(&["list", "--reports", &shop.pc.locate(DIR).display().to_string()]);
    assert!(ran.out.contains("ничего"), "{ran:?}");
}
