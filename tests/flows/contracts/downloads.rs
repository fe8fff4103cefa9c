//! What settings say about downloads, seen from outside: mirrors, tries, and what is kept.

use std::fs;
use std::path::PathBuf;

use smarts_tests::site::{Behaviour, Site};
use walkdir::WalkDir;

use super::statuses::{Desk, desk};
use crate::made::{self, NEW, OLD, WAREHOUSE};

const SETTINGS: &str = r"C:\ProgramData\Cleverence\Updater\settings.toml";

fn path() -> String {
    format!("downloads/WH15-{NEW}.mstmpl")
}

/// Two sites with the same tree; the first one is the source.
fn mirrored() -> (Desk, Site, Site) {
    let mut desk = desk();
    let tree = made::source_of(&made::template(NEW)).entry("Platform4", "");
    let (site, mirror) = (Site::serve(&tree).unwrap(), Site::serve(&tree).unwrap());
    desk.prompt.source = site.root();
    (desk, site, mirror)
}

fn set(desk: &Desk, text: &str) {
    desk.pc.write(SETTINGS, text.as_bytes()).unwrap();
}

/// The folder of the one release that was downloaded.
fn downloaded(desk: &Desk) -> PathBuf {
    let files = WalkDir::new(desk.prompt.home.path()).into_iter().map(Result::unwrap);
    let name = format!("WH15-{NEW}.mstmpl");
    let mut found = files.filter(|entry| entry.file_name().to_str() == Some(&name));
    found.next().unwrap().path().parent().unwrap().to_path_buf()
}

#[test]
fn a_mirror_of_the_settings_gives_the_file_that_the_source_does_not() {
    let (desk, site, mirror) = mirrored();
    set(&desk, &format!("mirrors = ['ftp://nowhere.example', '{}']\n", mirror.root()));
    site.misbehave(&path(), Behaviour::Status(404));
    let ran = desk.prompt.run(&["update", "main", "--yes"]);
    assert_eq!(
        (ran.status, made::version(desk.pc.path(), r"C:\ProgramData\Cleverence\Databases\main").as_str()),
        (0, NEW),
        "{ran:?}"
    );
    let asked: Vec<String> = mirror.seen().into_iter().map(|seen| seen.path).collect();
    assert_eq!(asked, [path()], "files alone, and no description");
}

#[test]
fn a_wait_for_the_next_try_is_told_in_one_sentence() {
    let (desk, site, _) = mirrored();
    site.in_turn(&path(), [Some(Behaviour::Later(503, "1".into()))]);
    let ran = desk.prompt.run(&["download", "main"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    let sentences: Vec<&str> = ran.err.lines().collect();
    assert_eq!(sentences.len(), 1, "{ran:?}");
    // Somewhat later than it asks for, so that not everybody comes back at once.
    assert!(sentences[0].starts_with("Сервер просит подождать до 12:00:0"), "{ran:?}");
    site.misbehave(&path(), Behaviour::Later(503, "172800".into()));
    let refused = desk.prompt.run(&["download", "main", "--to", desk.prompt.home.path().to_str().unwrap()]);
    assert_eq!(refused.status, 1, "{refused:?}");
    assert!(refused.err.contains("не раньше: 24.11.2026, 12:00"), "{refused:?}");
}

#[test]
fn files_of_older_releases_go_when_there_are_too_many() {
    let (desk, _site, _mirror) = mirrored();
    assert_eq!(desk.prompt.run(&["download", "main"]).status, 0);
    let newest = downloaded(&desk);
    let feed = newest.parent().unwrap();
    assert_eq!(feed.file_name().unwrap(), WAREHOUSE);
    for version in ["1.0.0.1", "1.1.0.1", OLD] {
        fs::create_dir(feed.join(version)).unwrap();
        fs::write(feed.join(version).join(format!("WH15-{version}.mstmpl")), "x").unwrap();
    }
    fs::write(feed.join("1.0.0.1/заметки.txt"), "x").unwrap();
    let versions = || {
        let mut names: Vec<String> = fs::read_dir(feed)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(desk.prompt.run(&["download", "main"]).status, 0);
    assert_eq!(versions(), ["1.0.0.1", "1.1.0.1", OLD, NEW], "what a person has put there stays");
    assert!(!feed.join("1.0.0.1/WH15-1.0.0.1.mstmpl").exists());
    set(&desk, "keep_downloads = 0\n");
    assert_eq!(desk.prompt.run(&["download", "main"]).status, 0);
    assert_eq!(versions(), ["1.0.0.1", NEW]);
}
