//! Questions of the command line: a clear yes goes on, everything else changes nothing.

use smarts_tests::machine_root::{BaseSpec, MachineRoot};
use smarts_tests::tree::{Tree, TreeRelease};

use super::statuses::{desk, desk_of};
use crate::made::{self, NEW, WAREHOUSE};
use crate::program::Prompt;

const FOLDER: &str = r"C:\ProgramData\Cleverence\Databases\main";

#[test]
fn no_and_the_end_of_the_input_are_four_and_change_nothing() {
    let desk = desk();
    let before = made::content(desk.pc.path());
    for input in ["нет\n", "n\n", "\n", "", "да нет\n"] {
        let ran = desk.prompt.answered(input, &["update", "main"]);
        assert_eq!((ran.status, ran.out.as_str()), (4, ""), "{input:?}: {ran:?}");
        assert!(ran.err.ends_with("Отменено, установка не начата\n"), "{ran:?}");
        assert_eq!(made::content(desk.pc.path()), before);
    }
}

#[test]
fn a_yes_updates_after_everything_was_shown() {
    let desk = desk();
    let ran = desk.prompt.answered("да\n", &["update", "main"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    insta::assert_snapshot!("update_asked", ran.told());
    assert_eq!(made::version(desk.pc.path(), FOLDER), NEW);
}

#[test]
fn a_file_that_nothing_proves_is_a_question_of_its_own() {
    let unproved = TreeRelease::new(NEW).download("WH15.mstmpl", made::template(NEW).build().unwrap());
    let tree = Tree::new().release(WAREHOUSE, unproved);
    let desk = desk_of(&[made::warehouse("main", "Основной склад")], &tree);
    assert_eq!(desk.prompt.answered("нет\nда\n", &["update", "main"]).status, 4);
    assert_eq!(made::version(desk.pc.path(), FOLDER), made::OLD);
    let ran = desk.prompt.answered("да\nда\n", &["update", "main"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    insta::assert_snapshot!("update_unproved", ran.told());
    assert_eq!(made::version(desk.pc.path(), FOLDER), NEW);
}

#[test]
fn one_file_for_two_bases_is_one_plan_and_one_question() {
    let bases = [made::warehouse("main", "Основной склад"), made::warehouse("forest", "Филиал на Лесной")];
    let desk = desk_of(&bases, &made::source_of(&made::template(NEW)));
    let ran = desk.prompt.answered("да\n", &["update", "forest", "main"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(
        ran.out,
        "Филиал на Лесной: обновлена до 1.6.3.7283\nОсновной склад: обновлена до 1.6.3.7283\n"
    );
    assert_eq!(ran.err.matches("[да/нет]").count(), 1);
    assert!(ran.err.contains("\nБазы, по порядку: Филиал на Лесной, Основной склад\n"), "{ran:?}");
}

#[test]
fn a_base_whose_id_is_a_word_of_the_command_line_is_named_with_its_prefix() {
    let base =
        BaseSpec { folder: FOLDER.to_owned(), ..made::warehouse("platform", "Основной склад") };
    let tree = made::source_of(&made::template(NEW)).entry("Platform4", "");
    let desk = desk_of(&[base], &tree);
    let platform = desk.prompt.run(&["update", "platform", "--yes"]);
    assert_eq!((platform.status, platform.err.as_str()), (0, "Платформа Mobile SMARTS: обновлений нет\n"));
    assert_eq!(made::version(desk.pc.path(), FOLDER), made::OLD);
    let base = desk.prompt.run(&["update", "base:platform", "--yes"]);
    assert_eq!(
        (base.status, base.out.as_str()),
        (0, "Основной склад: обновлена до 1.6.3.7283\n"),
        "{base:?}"
    );
}

#[test]
fn a_base_that_goes_after_the_platform_does_not_ask_for_it() {
    let pc = MachineRoot::new().unwrap().platform("3.0.46.46642").unwrap();
    let pc = pc.bases(&[made::warehouse("main", "Основной склад")]).unwrap();
    let msi = TreeRelease::new("3.4.46.40367").with("date", "29.10.2025");
    let msi = msi.download("MobileSMARTS.msi", "an installer").stated();
    let release = made::release(NEW, &made::template(NEW)).with("minPlatform", "3.3.46.29552");
    let tree = Tree::new().release(WAREHOUSE, release).release("Platform4", msi);
    let source = made::folder(&tree);
    let prompt = Prompt::on(pc.path(), source.path());
    let needed = "ужна платформа 3.3.46.29552 или новее, установлена 3.0.46.46642";
    let alone = prompt.answered("нет\n", &["update", "main"]);
    assert_eq!(alone.status, 4, "{alone:?}");
    assert_eq!(alone.err.matches(needed).count(), 2, "before the download and with the file: {alone:?}");
    assert!(alone.err.starts_with("До загрузки: Основной склад\nОбратите внимание\n"), "{alone:?}");
    let both = prompt.answered("нет\n", &["update", "platform", "main"]);
    assert_eq!(both.status, 4, "{both:?}");
    assert!(!both.err.contains("ужна платформа"), "{both:?}");
}

#[test]
fn an_older_release_can_be_asked_for() {
    let middle = "1.6.3.6708";
    let tree = Tree::new()
        .release(WAREHOUSE, made::release(middle, &made::template(middle)))
        .release(WAREHOUSE, made::release(NEW, &made::template(NEW)));
    let desk = desk_of(&[made::warehouse("main", "Основной склад")], &tree);
    let ran = desk.prompt.run(&["update", "main", "--version", middle, "--yes"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, "Основной склад: обновлена до 1.6.3.6708\n"), "{ran:?}");
    assert_eq!(made::version(desk.pc.path(), FOLDER), middle);
}

#[test]
fn a_download_goes_where_it_is_told_to() {
    let desk = desk();
    let to = desk.prompt.home.path().join("Флешка");
    let ran = desk.prompt.run(&["download", "main", "--to", to.to_str().unwrap()]);
    assert_eq!(ran.status, 0, "{ran:?}");
    let name = format!("WH15-{NEW}.mstmpl");
    assert!(ran.out.starts_with(&format!("[HOME]/Флешка/{name}  ")), "{ran:?}");
    assert_eq!(std::fs::read(to.join(&name)).unwrap(), made::template(NEW).build().unwrap());
    assert_eq!(std::fs::read_dir(&to).unwrap().count(), 1);
    assert_eq!(made::version(desk.pc.path(), FOLDER), made::OLD);
}
