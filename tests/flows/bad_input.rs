//! Bad input as the command line tells it: each broken thing is named with its path and reason, and hides
//! nothing that is whole.

use std::path::Path;

use smarts_tests::machine_root::{BaseSpec, MachineRoot, PASSWORD};
use smarts_tests::tree::{Tree, TreeRelease};
use tempfile::TempDir;

use crate::made::{self, NEW, WAREHOUSE};
use crate::program::{Prompt, Ran};

/// A base whose description is this.
fn described(id: &str, text: impl Into<Vec<u8>>) -> BaseSpec {
    let files = vec![("AppDescription.xml".to_owned(), text.into())];
    BaseSpec { files, ..BaseSpec::new(id, &format!("База {id}")) }
}

fn stated(id: &str, version: Option<&str>) -> BaseSpec {
    BaseSpec { version: version.map(str::to_owned), ..BaseSpec::new(id, &format!("База {id}")) }
}

fn in_folder(id: &str, folder: &str) -> BaseSpec {
    BaseSpec { folder: folder.to_owned(), ..BaseSpec::new(id, &format!("База {id}")) }
}

/// So deep that a reader by recursion would not come back.
fn deep() -> String {
    "<a>".repeat(200_000)
}

fn nonsense() -> Vec<u8> {
    made::noise(5 * 1024 * 1024)
}

fn prompt(pc: &MachineRoot, source: &Path) -> Prompt {
    Prompt::on(pc.path(), source)
}

/// One of each, between two that are whole.
fn broken_bases() -> Vec<BaseSpec> {
    let entities = "<!DOCTYPE a [<!ENTITY b \"&#38;b;\">]><AppDescription appVersion=\"&b;\"/>";
    vec![
        made::warehouse("first", "Первая"),
        in_folder("no-folder", r"C:\Базы\Нет такой"),
        in_folder("no-drive", r"X:\Базы\На вынутом диске"),
        in_folder("outside", r"C:\Базы\..\..\..\etc"),
        in_folder("relative", r"Базы\Без диска"),
        described("not-xml", "Это не XML"),
        described("cut", "<Signature>\n<Object Id=\"sign\">\n<AppDescr"),
        described("other-root", "<html><body>404</body></html>"),
        described("entities", entities),
        described("deep", deep()),
        described("nonsense", nonsense()),
        described("empty", ""),
        stated("no-version", None),
        stated("no-number", Some("1.6.три")),
        stated("too-long", Some("1.2.3.4.5")),
        stated("absurd", Some("1.6.3.99999999999999999999")),
        BaseSpec { folder: r"C:\Базы\Одна".to_owned(), ..BaseSpec::new("twin", "Близнец 1") },
        BaseSpec {
            folder: r"C:\Базы\Другая".to_owned(), ..BaseSpec::new("TWIN", "Близнец 2")
        },
        BaseSpec { tag: Some("UT103".to_owned()), ..made::warehouse("last", "Последняя") },
    ]
}

/// With the folders of those that are to have none taken away again.
fn broken_pc() -> MachineRoot {
    let pc = made::pc(&broken_bases());
    std::fs::remove_dir_all(pc.locate(r"C:\Базы\Нет такой")).unwrap();
    std::fs::remove_dir_all(pc.path().join("X")).unwrap();
    pc
}

#[test]
fn every_broken_base_is_named_with_its_reason_and_hides_no_other() {
    let pc = broken_pc();
    let source = made::folder(&made::source_of(&made::template(NEW)).entry("Platform4", ""));
    let prompt = prompt(&pc, source.path());
    let list = prompt.run(&["list"]);
    insta::assert_snapshot!("bad_bases_list", list.told());
    let check = prompt.run(&["check"]);
    assert_eq!(check.status, 100, "the whole ones are looked up all the same");
    insta::assert_snapshot!("bad_bases_check", check.told());
    let all = [list, check, prompt.run(&["list", "--json"]), prompt.run(&["check", "--json"])];
    assert!(all.iter().all(|ran| !ran.told().contains(PASSWORD)), "no password comes out");
    assert_eq!(prompt.run(&["update", "last", "first", "--yes"]).status, 0);
}

#[test]
fn a_broken_base_is_refused_by_its_id_with_the_same_reason() {
    let pc = broken_pc();
    let source = made::folder(&made::source_of(&made::template(NEW)));
    let prompt = prompt(&pc, source.path());
    let told = |id: &str| {
        let ran = prompt.run(&["update", id, "--yes"]);
        assert_eq!((ran.status, ran.out.as_str()), (3, ""), "{id}: {ran:?}");
        ran.err
    };
    let told = ["no-folder", "no-drive", "cut", "absurd", "twin", "TWIN"].map(told);
    insta::assert_snapshot!("bad_bases_update", told.concat());
}

#[test]
fn a_broken_list_of_bases_is_a_problem_and_the_platform_is_still_checked() {
    let apps = r"C:\ProgramData\Cleverence\Common\apps.xml";
    let source = made::folder(&Tree::new().entry("Platform4", ""));
    let told = |(name, text): (&str, Vec<u8>)| {
        let pc = made::pc(&[]);
        pc.write(apps, &text).unwrap();
        let prompt = prompt(&pc, source.path());
        let (ran, check) = (prompt.run(&["list"]), prompt.run(&["check"]));
        // An entry without an id is a base nobody has looked up.
        assert_eq!((ran.status, check.status), (0, 1), "{name}: {ran:?} {check:?}");
        format!("# {name}\n{}", ran.out)
    };
    let lists = [
        ("not XML", b"\x00\x01\x02".to_vec()),
        ("cut", "<AppInstances>\n<AppInstance id=\"a\"".into()),
        ("another root", "<configuration/>".into()),
        ("deep", deep().into_bytes()),
        ("nonsense", nonsense()),
        ("without ids", "<AppInstances><AppInstance name=\"Без кода\"/></AppInstances>".into()),
        ("another encoding", "<?xml version=\"1.0\" encoding=\"koi9\"?><AppInstances/>".into()),
    ];
    insta::assert_snapshot!("bad_lists", lists.map(told).join("\n"));
}

#[test]
fn a_broken_registry_and_a_broken_common_config_are_problems() {
    let pc = made::pc(&[made::warehouse("main", "Основной склад")]);
    let source = made::folder(&made::source_of(&made::template(NEW)));
    pc.write(r"C:\ProgramData\Cleverence\Common\common.config", b"<configuration><appSettings>").unwrap();
    let prompt = prompt(&pc, source.path());
    let mut told = vec![prompt.run(&["list"]).told()];
    std::fs::write(pc.path().join("registry.reg"), "REGEDIT5?\r\n").unwrap();
    told.push(prompt.run(&["list"]).told());
    let key = r"HKEY_LOCAL_MACHINE\SOFTWARE\Wow6432Node\Cleverence Soft\Mobile SMARTS";
    let registry = format!("Windows Registry Editor Version 5.00\r\n\r\n[{key}]\r\n\"Version\"=\"три\"\r\n");
    std::fs::write(pc.path().join("registry.reg"), registry).unwrap();
    told.push(prompt.run(&["list"]).told());
    insta::assert_snapshot!("bad_registry", told.join("\n"));
    assert_eq!(prompt.run(&["check"]).status, 1, "what platform there is could not be looked up");
    assert_eq!(prompt.run(&["update", "main", "--yes"]).status, 0, "the base is updated all the same");
}

#[test]
fn a_machine_root_that_is_not_there_and_broken_settings_are_failures() {
    let pc = made::pc(&[made::warehouse("main", "Основной склад")]);
    let source = made::folder(&Tree::new());
    let mut prompt = prompt(&pc, source.path());
    pc.write(r"C:\ProgramData\Cleverence\Updater\settings.toml", "source = = 1\n".as_bytes()).unwrap();
    let settings = prompt.run(&["list"]);
    pc.write(r"C:\ProgramData\Cleverence\Updater\settings.toml", "sourse = 'x'\n".as_bytes()).unwrap();
    let mistyped = prompt.run(&["list", "--json"]);
    assert_eq!((mistyped.status, mistyped.err.lines().count()), (0, 1), "{mistyped:?}");
    prompt.root = prompt.home.path().join("нет");
    let root = prompt.run(&["list"]);
    assert_eq!((settings.status, root.status), (1, 1));
    insta::assert_snapshot!("bad_start", [settings.told(), mistyped.err, root.told()].join("\n"));
}

/// A PC with one base, and a source with this tree.
fn checked(tree: &Tree) -> (Ran, MachineRoot, TempDir) {
    let pc = made::pc(&[made::warehouse("main", "Основной склад")]);
    let source = made::folder(tree);
    let ran = prompt(&pc, source.path()).run(&["check"]);
    (ran, pc, source)
}

fn file(version: &str, element: &str, text: &str) -> TreeRelease {
    TreeRelease::new(version).with("file", "x.mstmpl").with(element, text)
}

#[test]
fn every_broken_entry_of_a_source_is_named_and_the_others_still_count() {
    let at = |version: &str, text: &str| {
        TreeRelease::new(version).with("fromdownloads", "false").with("file", text)
    };
    let from_downloads = |version: &str, text: &str| {
        TreeRelease::new(version).with("fromdownloads", "true").with("file", text)
    };
    let description = |version: &str| format!("updates/{WAREHOUSE}/{version}/update.xml");
    let tree = made::source_of(&made::template(NEW))
        .entry("Platform4", "")
        .entry(WAREHOUSE, "<version/>")
        .entry(WAREHOUSE, "<version name=\"скоро\"/>")
        .entry(WAREHOUSE, "<version name=\"-1.0.0.0\"/>")
        .entry(WAREHOUSE, "<version name=\"1.6.3.99999999999\"/>")
        .entry(WAREHOUSE, &format!("<version name=\"{}\"/>", "9.".repeat(500)))
        .entry(WAREHOUSE, &format!("<version name=\"{NEW}\"/>"))
        .entry(WAREHOUSE, "<version name=\"1.6.2.7001\" path=\"..\\..\\Platform4\"/>")
        .entry(WAREHOUSE, "<version name=\"1.6.2.7002\" path=\"/etc\"/>")
        .entry(WAREHOUSE, "<version name=\"1.6.2.7003\" path=\"C:\\Windows\"/>")
        .entry(WAREHOUSE, "<version name=\"1.6.2.7004\"/>")
        .entry(WAREHOUSE, "<version name=\"1.6.2.7005\"/>")
        .file(&description("1.6.2.7005"), "<update><version>1.6.2.7005</version>")
        .entry(WAREHOUSE, "<version name=\"1.6.2.7006\"/>")
        .file(&description("1.6.2.7006"), "<html/>")
        .entry(WAREHOUSE, "<version name=\"1.6.2.7007\"/>")
        .file(&description("1.6.2.7007"), nonsense())
        .entry(WAREHOUSE, "<version name=\"1.6.2.7008\"/>")
        .file(&description("1.6.2.7008"), deep())
        .entry(WAREHOUSE, "<version name=\"1.6.2.7009\"/>")
        .file(&description("1.6.2.7009"), "<update><version>9.9.9.9</version></update>")
        .release(WAREHOUSE, at("1.6.2.7010", "../../../etc/passwd"))
        .release(WAREHOUSE, from_downloads("1.6.2.7011", "..\\updates\\x.mstmpl"))
        .release(WAREHOUSE, at("1.6.2.7012", "/etc/passwd"))
        .release(WAREHOUSE, at("1.6.2.7013", "C:\\Windows\\x.mstmpl"))
        .release(WAREHOUSE, at("1.6.2.7014", "ftp://files.example/x.mstmpl"))
        .release(WAREHOUSE, at("1.6.2.7015", "file:///etc/passwd"))
        .release(WAREHOUSE, at("1.6.2.7016", "http://files.example/x.mstmpl"))
        .release(WAREHOUSE, from_downloads("1.6.2.7017", "NUL.mstmpl"))
        .release(WAREHOUSE, file("1.6.2.7018", "date", "вчера"))
        .release(WAREHOUSE, file("1.6.2.7019", "size", "-5"))
        .release(WAREHOUSE, file("1.6.2.7020", "sha256", "abc"))
        .release(WAREHOUSE, file("1.6.2.7021", "distribution", "300"))
        .release(WAREHOUSE, file("1.6.2.7022", "minPlatform", "новая"));
    let (ran, ..) = checked(&tree);
    assert_eq!(ran.status, 100, "{ran:?}");
    insta::assert_snapshot!("bad_entries", ran.told());
}

#[test]
fn where_only_broken_entries_are_newer_nothing_is_called_up_to_date() {
    let tree = Tree::new()
        .entry("Platform4", "")
        .release(WAREHOUSE, TreeRelease::new(NEW).with("fromdownloads", "false").with("file", "../../x"));
    let (ran, ..) = checked(&tree);
    assert_eq!(ran.status, 1, "{ran:?}");
    insta::assert_snapshot!("bad_newest", ran.told());
}

#[test]
fn a_source_that_is_none_is_said_to_be_none() {
    let pc = made::pc(&[made::warehouse("main", "Основной склад")]);
    let mut told = Vec::new();
    for source in
        ["ftp://files.example/", "http://files.example/", "https://files.example/?a=b", "", "https://"]
    {
        let mut prompt = prompt(&pc, pc.path());
        prompt.source = source.to_owned();
        let ran = prompt.run(&["check"]);
        assert_eq!(ran.status, 1, "{source}: {ran:?}");
        told.push(format!("# {source}\n{}", ran.err));
    }
    insta::assert_snapshot!("bad_sources", told.join("\n"));
}
