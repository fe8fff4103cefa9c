//! A signed source on the command line: what is said of it, what is refused, and what a consent changes.

use std::fs;
use std::path::Path;

use smarts_tests::machine_root::MachineRoot;
use smarts_tests::publisher::Publisher;
use smarts_tests::site::Site;
use smarts_tests::template::TemplateBuilder;
use smarts_tests::tree::Tree;
use tempfile::TempDir;

use crate::made::{self, NEW};
use crate::program::{Prompt, Ran};

const ROOT: &str = r"C:\ProgramData\Cleverence\Updater\root.json";
/// Long before the day of these tests.
const PAST: &str = "2026-11-02T00:00:00Z";

struct Desk {
    pc: MachineRoot,
    source: TempDir,
    prompt: Prompt,
}

fn template() -> TemplateBuilder {
    made::template(NEW)
}

fn tree() -> Tree {
    made::source_of(&template()).entry("Platform4", "")
}

fn trust(pc: &MachineRoot, publisher: &Publisher) {
    let root = pc.locate(ROOT);
    fs::create_dir_all(root.parent().unwrap()).unwrap();
    fs::write(root, publisher.root_json()).unwrap();
}

/// A PC that trusts this publisher, and the publisher's tree in a folder.
fn desk(publisher: &Publisher) -> Desk {
    let pc = made::pc(&[made::warehouse("main", "Основной склад")]);
    trust(&pc, publisher);
    let source = made::folder(&publisher.sign(&tree()));
    let mut prompt = Prompt::on(pc.path(), source.path());
    let bytes = template().build().unwrap();
    prompt.home.hide_text(&smarts_core::digest::Digest::of(&bytes).to_string(), "[SHA256]");
    prompt.home.hide_text(&format!("\"size\": {}", bytes.len()), "\"size\": [SIZE]");
    Desk { pc, source, prompt }
}

fn expired() -> Publisher {
    let mut publisher = Publisher::new();
    PAST.clone_into(&mut publisher.timestamp.expires);
    publisher
}

fn told(ran: &[(&str, Ran)]) -> String {
    let told = ran.iter().map(|(line, ran)| format!("# {line}\n{}", ran.told()));
    told.collect::<Vec<_>>().join("\n")
}

impl Desk {
    fn all(&self, lines: &[&'static str]) -> String {
        let run = |line: &&'static str| (*line, self.prompt.run(&line.split(' ').collect::<Vec<_>>()));
        told(&lines.iter().map(run).collect::<Vec<_>>())
    }

    /// A file of the source, whatever hash it has in front.
    fn replace(&self, name: &str, bytes: &[u8]) {
        let found =
            walk(self.source.path()).into_iter().filter(|path| path.to_string_lossy().ends_with(name));
        let found: Vec<_> = found.collect();
        assert!(!found.is_empty());
        for path in found {
            fs::write(path, bytes).unwrap();
        }
    }
}

fn walk(dir: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

#[test]
fn trust_and_the_end_of_the_signatures_stand_in_json() {
    let desk = desk(&Publisher::new());
    insta::assert_snapshot!("signed_check_json", desk.prompt.run(&["check", "--json"]).told());
}

#[test]
fn a_signed_source_is_told_wherever_something_comes_from_it() {
    let desk = desk(&Publisher::new());
    let lines = ["check", "check --lang en", "list", "list --lang en", "update main --yes"];
    insta::assert_snapshot!("signed_told", desk.all(&lines));
    let downloaded = desk.prompt.run(&["download", "main", "--lang", "en"]);
    assert_eq!((downloaded.status, downloaded.err.as_str()), (0, "Основной склад: nothing new\n"));
}

#[test]
fn a_downloaded_file_is_called_signed() {
    let desk = desk(&Publisher::new());
    let ran = desk.prompt.run(&["download", "main", "--to", "here"]);
    assert!(ran.out.ends_with("подписано издателем\n"), "{ran:?}");
    let ran = desk.prompt.run(&["download", "main", "--to", "here", "--lang", "en"]);
    assert!(ran.out.ends_with("signed by the publisher\n"), "{ran:?}");
}

#[test]
fn a_folder_that_has_expired_is_used_only_by_its_option() {
    let desk = desk(&expired());
    let lines = [
        "check",
        "check --lang en",
        "update main --yes",
        "check --accept-expired",
        "check --accept-expired --lang en",
        "list",
        "update main --yes --accept-expired",
    ];
    insta::assert_snapshot!("signed_expired_folder", desk.all(&lines));
}

#[test]
fn a_site_that_has_expired_is_used_by_nobody() {
    let (publisher, tree) = (expired(), tree());
    let site = Site::serve(&publisher.sign(&tree)).unwrap();
    let pc = made::pc(&[made::warehouse("main", "Основной склад")]);
    trust(&pc, &publisher);
    let mut prompt = Prompt::on(pc.path(), Path::new("/no source of a folder"));
    prompt.source = site.root();
    prompt.home.hide_text(&site.host(), "[HOST]");
    let ran = [
        ("check", prompt.run(&["check"])),
        ("check --accept-expired", prompt.run(&["check", "--accept-expired"])),
        ("download main --accept-expired", prompt.run(&["download", "main", "--accept-expired"])),
    ];
    insta::assert_snapshot!("signed_expired_site", told(&ran));
}

#[test]
fn nothing_unsigned_and_nothing_of_others_is_used_where_a_root_is_trusted() {
    let desk = desk(&Publisher::new());
    let unsigned = made::folder(&tree());
    let other = made::folder(&stranger().sign(&tree()));
    let of = |source: &TempDir, line: &[&str]| {
        let mut prompt = Prompt::on(desk.pc.path(), source.path());
        prompt.source = source.path().display().to_string();
        prompt.run(line)
    };
    let ran = [
        ("check, not signed", of(&unsigned, &["check"])),
        ("check, not signed", of(&unsigned, &["check", "--lang", "en"])),
        ("download, not signed", of(&unsigned, &["download", "main", "--accept-unproved"])),
        ("check, signed by others", of(&other, &["check"])),
    ];
    insta::assert_snapshot!("signed_refused_sources", told(&ran));
}

fn stranger() -> Publisher {
    let mut publisher = Publisher::new();
    publisher.timestamp.signers = vec![smarts_tests::publisher::SigningKey::ed25519(77)];
    publisher
}

#[test]
fn a_file_that_is_not_the_signed_one_is_refused_and_nothing_happens_to_the_base() {
    let desk = desk(&Publisher::new());
    let mut other = template().build().unwrap();
    if let Some(byte) = other.last_mut() {
        *byte ^= 1;
    }
    desk.replace("WH15-1.6.3.7283.mstmpl", &other);
    let ran = desk.prompt.run(&["update", "main", "--yes"]);
    assert_eq!(ran.status, 3, "{ran:?}");
    let mut lines = ran.err.lines().skip_while(|line| !line.contains("не тот файл")).skip(1);
    let kept = "Этот файл не запускался и не применялся: базы и платформа остались как были";
    assert_eq!(lines.next(), Some(kept));
    assert!(lines.next().unwrap().contains("сообщите издателю"), "{ran:?}");
    let folder = r"C:\ProgramData\Cleverence\Databases\main";
    assert_eq!(made::version(desk.pc.path(), folder), made::OLD);
}

#[test]
fn a_clock_that_is_behind_is_a_warning() {
    let desk = desk(&Publisher::new());
    assert_eq!(desk.prompt.run(&["check"]).status, 100);
    let root = desk.pc.path().display().to_string();
    let line = ["check", "--machine-root", &root, "--source", &desk.prompt.source, "--lang", "ru"];
    let ran = desk.prompt.home.smarts(&[&line[..], &["--today", "2026-01-15"]].concat());
    assert_eq!(ran.status, 100, "{ran:?}");
    let words = "Часы компьютера показывают 15.01.2026, а сейчас не раньше 22.11.2026: исправьте дату";
    assert!(ran.out.contains(words), "{ran:?}");
    assert!(!ran.out.contains("Не удалось прочитать"), "{ran:?}");
}

#[test]
fn the_trusted_root_is_a_finding() {
    let desk = desk(&Publisher::new());
    let finding = |line: &[&str]| {
        let ran = desk.prompt.run(&[&["diagnose"], line].concat());
        let start = ran.out.find("корн").or(ran.out.find("корень")).unwrap_or_else(|| panic!("{ran:?}"));
        let line = ran.out[..start].rfind('\n').map_or(0, |at| at + 1);
        ran.out[line..].lines().take(2).collect::<Vec<_>>().join("\n")
    };
    let before = finding(&[]);
    assert_eq!(desk.prompt.run(&["check"]).status, 100);
    let after = finding(&[]);
    let rotated = desk.source.path().join("own.json");
    fs::write(&rotated, Publisher::new().root_json()).unwrap();
    let named = finding(&["--trusted-root", &rotated.display().to_string()]);
    fs::write(desk.pc.locate(ROOT), b"{}").unwrap();
    let broken = finding(&[]);
    fs::remove_file(desk.pc.locate(ROOT)).unwrap();
    let none = finding(&[]);
    insta::assert_snapshot!("signed_diagnose", [before, after, named, broken, none].join("\n"));
}

#[test]
fn a_source_that_is_not_signed_is_told_also_where_there_is_nothing_to_look_up() {
    let pc = MachineRoot::new().unwrap();
    trust(&pc, &Publisher::new());
    let unsigned = made::folder(&tree());
    let ran = Prompt::on(pc.path(), unsigned.path()).run(&["check"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.err.contains("источник не подписан"), "{ran:?}");
}
