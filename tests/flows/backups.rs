//! `smarts backup`, and going back after an update.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use smarts_core::tree;
use smarts_tests::machine_root::MachineRoot;
use smarts_updater::model::activity::Activity;

use crate::desk;
use crate::made::{self, NEW, OLD};
use crate::program::{Prompt, Ran};

const BASE: &str = r"C:\ProgramData\Cleverence\Databases\main";
const BACKUPS: &str = r"C:\ProgramData\Cleverence\Backup";
const SETTINGS: &str = r"C:\ProgramData\Cleverence\Updater\settings.toml";

/// A PC with a base that an update is offered for.
struct Shop {
    pc: MachineRoot,
    source: tempfile::TempDir,
    prompt: Prompt,
}

fn shop() -> Shop {
    let pc = made::pc(&[made::warehouse("main", "Основной склад")]);
    let source = made::folder(&made::source_of(&made::template(NEW)));
    let prompt = Prompt::on(pc.path(), source.path());
    Shop { pc, source, prompt }
}

impl Shop {
    fn run(&self, line: &[&str]) -> Ran {
        self.prompt.run(line)
    }

    fn copies(&self) -> Vec<Value> {
        let ran = self.run(&["backup", "list", "--json"]);
        assert_eq!(ran.status, 0, "{ran:?}");
        let document: Value = serde_json::from_str(&ran.out).unwrap();
        document["backups"].as_array().unwrap().clone()
    }

    /// The ids of copies, newest first.
    fn ids(&self) -> Vec<String> {
        self.copies().iter().map(|copy| copy["id"].as_str().unwrap().to_owned()).collect()
    }

    fn create(&self) -> String {
        let ran = self.run(&["backup", "create", "main", "--yes"]);
        assert_eq!(ran.status, 0, "{ran:?}");
        self.ids().remove(0)
    }

    /// Updates the base; the answer is the copy's id.
    fn update(&self) -> String {
        let ran = self.run(&["update", "main", "--yes"]);
        assert_eq!(ran.status, 0, "{ran:?}");
        assert_eq!(self.version(), NEW);
        self.ids().remove(0)
    }

    fn server_does_not_answer(&self) {
        let service = json!({
            "name": "Server-main", "display_name": "Сервер данных", "state": "running", "ports": [9000],
            "command_line": format!(r#""C:\Cleverence\Server.exe" "{BASE}""#), "answers": false,
        });
        let services = json!({ "services": [service] });
        fs::write(self.pc.path().join("services.json"), services.to_string()).unwrap();
    }

    fn version(&self) -> String {
        made::version(self.pc.path(), BASE)
    }

    fn write(&self, below: &str, text: &str) {
        self.pc.write(&format!(r"{BASE}\{below}"), text.as_bytes()).unwrap();
    }

    fn has(&self, below: &str) -> bool {
        self.pc.locate(&format!(r"{BASE}\{below}")).exists()
    }

    /// Names and bytes of everything in the base.
    fn content(&self) -> Vec<(String, Option<Vec<u8>>)> {
        content(&self.pc.locate(BASE))
    }

    fn results(&self) -> Vec<String> {
        let ran = self.run(&["history", "--json"]);
        let document: Value = serde_json::from_str(&ran.out).unwrap();
        let entries = document["entries"].as_array().unwrap();
        entries.iter().map(|entry| entry["result"].as_str().unwrap().to_owned()).collect()
    }
}

fn content(dir: &Path) -> Vec<(String, Option<Vec<u8>>)> {
    let nodes = tree::list(dir).unwrap();
    nodes.iter().map(|node| (node.path.to_string(), fs::read(node.path.below(dir)).ok())).collect()
}

#[test]
fn a_copy_is_made_and_listed_with_what_it_is() {
    let shop = shop();
    let ran = shop.run(&["backup", "list"]);
    assert_eq!(
        (ran.status, ran.out.as_str()),
        (0, "Копий баз ещё нет: [PC]/C/ProgramData/Cleverence/Backup\n")
    );
    shop.write(r"Logs\1.log", "much");
    let ran = shop.run(&["backup", "create", "main"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(
        ran.out.starts_with("Копия сделана и проверена: [PC]/C/ProgramData/Cleverence/Backup/"),
        "{ran:?}"
    );
    fs::create_dir(shop.pc.locate(&format!(r"{BACKUPS}\2025.01.31 23.59.58 main"))).unwrap();
    let copies = shop.copies();
    let [ours, theirs] = copies.as_slice() else { panic!("{copies:?}") };
    assert_eq!(
        (&ours["state"], &ours["why"], &ours["version"]),
        (&"complete".into(), &"on_demand".into(), &OLD.into())
    );
    assert_eq!((&ours["name"], &ours["user"]), (&"Основной склад".into(), &"ivanov".into()));
    assert_eq!(ours["ways"], serde_json::json!(["whole"]));
    assert_eq!(ours["without"], serde_json::json!(["Backup", "Logs"]));
    assert_eq!((&theirs["state"], &theirs["base_id"]), (&"theirs".into(), &"main".into()));
    let table = shop.run(&["backup", "list"]).out;
    assert!(table.contains("сделана вручную") && table.contains("сделана не этой программой"), "{table}");
    let copy = Path::new(ours["folder"].as_str().unwrap().trim_start_matches("[PC]/"));
    assert!(!shop.pc.path().join(copy).join("Logs").exists());
    assert_eq!(shop.results(), ["copied"]);
}

#[test]
fn after_an_update_what_it_replaced_goes_back_and_documents_of_the_days_since_stay() {
    let shop = shop();
    let copy = shop.update();
    shop.write(r"Documents\Приёмка 000124.xml", "<Document since=\"yes\"/>");
    let ran = shop.prompt.answered("н\n", &["backup", "restore", &copy]);
    assert_eq!(ran.status, 4, "{ran:?}");
    assert!(ran.err.contains("Основной склад: 1.6.3.7283 → 1.6.2.6493"), "{}", ran.err);
    assert!(ran.err.contains("LabelTemplates/58x40.xml"), "{}", ran.err);
    assert_eq!(shop.version(), NEW);
    let ran = shop.prompt.answered("д\n", &["backup", "restore", &copy]);
    assert_eq!(
        (ran.status, ran.out.as_str()),
        (0, "Основной склад: возвращена версия 1.6.2.6493\n"),
        "{ran:?}"
    );
    assert_eq!(shop.version(), OLD);
    assert!(shop.has(r"Documents\Приёмка 000124.xml") && shop.has(r"LabelTemplates\old_58x40.xml"));
    assert_eq!(shop.results(), ["updated", "went_back"]);
    let ran = shop.run(&["backup", "restore", &copy, "--yes"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.out.contains("возвращать нечего"), "{ran:?}");
}

#[test]
fn a_base_that_goes_back_and_whose_server_does_not_answer_is_no_success() {
    let shop = shop();
    let copy = shop.update();
    shop.server_does_not_answer();
    let ran = shop.run(&["backup", "restore", &copy, "--yes"]);
    assert_eq!(
        (ran.status, ran.out.as_str()),
        (1, "Основной склад: возвращена версия 1.6.2.6493, но сервер данных не отвечает на порту 9000\n"),
        "{ran:?}"
    );
    assert!(ran.err.contains("Работать пока нельзя.\n"), "{ran:?}");
    assert!(ran.err.lines().all(|line| !line.starts_with("Но ")), "{ran:?}");
    assert_eq!(shop.version(), OLD);
}

#[test]
fn what_was_changed_after_the_update_is_told_and_copied_before_a_part_goes_back() {
    let shop = shop();
    let copy = shop.update();
    shop.write(r"LabelTemplates\58x40.xml", "<Label edited=\"yes\"/>");
    let present = shop.content();
    let ran = shop.run(&["backup", "restore", &copy, "--yes"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.err.contains("Пропадёт 1 файл, изменённый после обновления:"), "{}", ran.err);
    assert!(ran.err.contains("Нынешнее состояние базы сначала копируется"), "{}", ran.err);
    assert_eq!(shop.version(), OLD);
    let saved = shop.ids().remove(0);
    assert_eq!(content(&shop.pc.locate(&format!(r"{BACKUPS}\{saved}"))), present);
}

#[test]
fn all_of_a_base_goes_back_once_it_was_told_what_vanishes_and_copied() {
    let shop = shop();
    let before = shop.content();
    let copy = shop.update();
    shop.write(r"Documents\Приёмка 000124.xml", "<Document/>");
    let present = shop.content();
    let ran = shop.run(&["backup", "restore", &copy, "--whole", "--yes"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.err.contains("Пропадёт 1 файл, появившийся или изменённый после"), "{}", ran.err);
    assert!(ran.err.contains("Из них документов — 1"), "{}", ran.err);
    assert!(ran.err.contains("Documents/Приёмка 000124.xml"), "{}", ran.err);
    assert_eq!(shop.content(), before);
    assert_eq!(shop.results(), ["updated", "went_back_whole"]);
    // What it was lies there, and comes back the same way.
    let saved = shop.ids().remove(0);
    let ran = shop.run(&["backup", "restore", &saved, "--yes"]);
    assert_eq!(ran.status, 3, "only all of it can: {ran:?}");
    assert_eq!(shop.run(&["backup", "restore", &saved, "--whole", "--yes"]).status, 0);
    assert_eq!(shop.content(), present);
}

#[test]
fn what_cannot_be_gone_back_to_is_refused_and_nothing_is_changed() {
    let shop = shop();
    let copy = shop.update();
    let before = shop.content();
    let refused = |status: i32, line: &[&str], words: &str| {
        let ran = shop.run(line);
        assert_eq!(ran.status, status, "{ran:?}");
        assert!(ran.err.contains(words), "{ran:?}");
        assert_eq!(shop.content(), before);
    };
    refused(2, &["backup", "restore", "nothing", "--yes"], "Копии «nothing» нет");
    refused(2, &["backup", "create", "nowhere"], "nowhere");
    let theirs = "2025.01.31 23.59.58 main";
    fs::create_dir(shop.pc.locate(&format!(r"{BACKUPS}\{theirs}"))).unwrap();
    refused(3, &["backup", "restore", theirs, "--whole", "--yes"], "сделана не этой программой");
    let label = shop.pc.locate(&format!(r"{BACKUPS}\{copy}\LabelTemplates\58x40.xml"));
    fs::write(&label, "<Label version=\"odd\"/>").unwrap();
    refused(3, &["backup", "restore", &copy, "--yes"], "Копия испорчена: LabelTemplates/58x40.xml");
    fs::write(shop.pc.locate(&format!(r"{BACKUPS}\{copy}.json")), "{").unwrap();
    refused(3, &["backup", "restore", &copy, "--yes"], "описание копии не читается");
}

#[test]
fn older_copies_go_only_if_somebody_agrees() {
    let shop = shop();
    let first = shop.create();
    for _ in 0..2 {
        shop.create();
    }
    assert_eq!(shop.ids().len(), 3);
    let ran = shop.prompt.answered("н\n", &["backup", "create", "main"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(
        ran.err.contains("После этого лишней станет 1 прежняя копия") && ran.err.contains(&first),
        "{ran:?}"
    );
    assert_eq!(shop.ids().len(), 4);
    let ran = shop.prompt.answered("д\nн\n", &["update", "main"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!((shop.ids().len(), shop.version()), (5, NEW.to_owned()));
    shop.pc.write(SETTINGS, b"backups_per_base = 2\n").unwrap();
    let ran = shop.run(&["backup", "create", "main", "--yes"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.out.contains(&format!("Удалена прежняя копия: {first}")), "{ran:?}");
    assert_eq!(shop.ids().len(), 2);
    assert!(!shop.ids().contains(&first));
    assert_eq!(shop.results().iter().filter(|result| *result == "copy_deleted").count(), 4);
}

#[test]
fn an_update_lets_go_of_older_copies_that_were_agreed_to() {
    let shop = shop();
    let first = shop.create();
    for _ in 0..2 {
        shop.create();
    }
    let ran = shop.run(&["update", "main", "--yes"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.out.contains(&format!("Удалена прежняя копия: {first}")), "{ran:?}");
    assert_eq!(shop.ids().len(), 3);
    assert_eq!(shop.results()[3..], ["updated", "copy_deleted"]);
}

#[test]
fn copies_that_were_to_go_stay_while_the_updated_base_does_not_work() {
    let shop = shop();
    let first = shop.create();
    shop.pc.write(SETTINGS, b"backups_per_base = 1\n").unwrap();
    shop.server_does_not_answer();
    let mut desk = desk::on(shop.pc.path(), &shop.source.path().display().to_string());
    desk.press("Обновить базу Основной склад");
    let tick = "После обновления удалить 1 старую копию: копий больше, чем задано в настройках";
    desk.until_seen(tick);
    assert_eq!(desk.model().sheet().unwrap().agreed_to_go(), std::slice::from_ref(&first));
    desk.press("Скопировать и обновить");
    desk.until("the end", |desk| matches!(desk.activity("main"), Some(Activity::Done(_))));
    assert_eq!((shop.version(), shop.ids().len()), (NEW.to_owned(), 2));
    assert!(shop.ids().contains(&first));
    assert!(!shop.results().contains(&"copy_deleted".to_owned()));
}
