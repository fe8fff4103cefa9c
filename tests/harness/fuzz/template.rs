//! What a base is updated from.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use smarts_core::catalogue::update_xml::{self, Context};
use smarts_core::catalogue::{Feed, ReleaseFile};
use smarts_core::download::Downloaded;
use smarts_core::os::Linux;
use smarts_core::source::Trust;
use smarts_core::template::{Replacement, Template, describe_file, preview};
use smarts_core::tree::{self, RelPath};
use smarts_core::verify::{self, Rules};
use tokio_util::sync::CancellationToken;

use super::{assert_version, assert_windows_path, file};
use crate::template::TemplateBuilder;

const FILE: &str = "a.mstmpl";
/// Unpacking more would only test the disk.
const UNPACKED_BYTES: u64 = 8 << 20;
/// What stands in the base before.
const IN_BASE: [&str; 4] =
    ["AppDescription.xml", "Documents/Приход.xml", "Documents/old/a.old", "Cache/a.tmp"];

/// A template: nothing in it, in what it replaces, or in what is unpacked leaves the base's folder.
pub fn template(bytes: &[u8]) {
    let (dir, path) = file(FILE, bytes);
    let described = describe_file(&path);
    let downloaded = Downloaded::at_hand(&path).unwrap();
    let verified = verify::verify(downloaded, &release_file(), &rules(), &Linux).unwrap();
    let Ok(mut template) = Template::open(&verified) else { return };
    assert_eq!(described.unwrap(), template.description);
    assert_version(&template.description.version);
    let mut keys = HashSet::new();
    for entry in template.entries() {
        assert_windows_path(entry.path.as_str());
        assert!(keys.insert((entry.path.key(), entry.index)));
    }
    let base_dir = dir.path().join("base");
    make_base(&base_dir);
    if let Ok(replacement) = preview(&template, &base_dir) {
        assert_replacement(&replacement, &template, &base_dir);
    }
    assert_unpacks(&mut template, dir.path());
}

/// `OnUpdate.xml`, in a template that is whole.
pub fn on_update(bytes: &[u8]) {
    let whole = TemplateBuilder::of_product("9B3E6ADA", "Склад 15", "1.6.3.7283")
        .file("OnUpdate.xml", bytes)
        .file("Documents/Приход.xml", "new")
        .file("documents/new/b.xml", "new")
        .file("Documentation/Справка.pdf", "new")
        .folder("Cache/empty");
    template(&whole.build().unwrap());
}

fn assert_replacement(replacement: &Replacement, template: &Template<'_>, base_dir: &Path) {
    let before: HashSet<RelPath> = tree::list(base_dir).unwrap().into_iter().map(|node| node.path).collect();
    assert!(replacement.deletes.is_sorted() && replacement.folders.is_sorted());
    assert!(replacement.deletes.iter().all(|path| before.contains(path)));
    for path in &replacement.folders {
        assert_windows_path(path.as_str());
    }
    let wanted: HashSet<usize> = template.wanted().into_iter().collect();
    let mut targets = HashSet::new();
    for write in &replacement.writes {
        assert_windows_path(write.path.as_str());
        assert!(targets.insert(write.path.key()), "{} is written twice", write.path);
        assert_eq!(write.exists, before.contains(&write.path));
        assert!(wanted.contains(&write.entry));
    }
    assert_eq!(replacement.writes.len(), wanted.len());
    for path in &replacement.folders {
        assert!(!targets.contains(&path.key()), "{path} is a folder and a file");
    }
}

/// Each file comes out under its number and as long as it was said to be, or nothing more does.
fn assert_unpacks(template: &mut Template<'_>, dir: &Path) {
    let entries = template.entries().to_vec();
    if entries.iter().map(|entry| entry.size).sum::<u64>() > UNPACKED_BYTES {
        return;
    }
    let wanted = template.wanted();
    let into = dir.join("unpacked");
    fs::create_dir(&into).unwrap();
    let places: Vec<_> = wanted.iter().map(|index| (*index, into.join(index.to_string()))).collect();
    let unpacked = template.unpack(&places, &mut |_| {}, &CancellationToken::new());
    let files = tree::list(&into).unwrap();
    let size_of = |path: &RelPath| fs::metadata(path.below(&into)).unwrap().len();
    for file in &files {
        let index: usize = file.path.as_str().parse().unwrap();
        assert!(wanted.contains(&index));
        let declared = entries.iter().find(|entry| entry.index == index).unwrap().size;
        assert!(unpacked.is_err() || size_of(&file.path) == declared);
    }
    assert!(unpacked.is_err() || files.len() == wanted.len());
}

fn make_base(dir: &Path) {
    for name in IN_BASE {
        let path = dir.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "old").unwrap();
    }
}

/// A file of which nothing is stated, as a description has it.
fn release_file() -> ReleaseFile {
    let feed = Feed::none();
    let version = "1.6.3.7283".parse().unwrap();
    let context = Context { feed: &feed, version, dir: "updates", sites: &[] };
    let xml = format!("<update><file>{FILE}</file></update>");
    update_xml::parse(xml.as_bytes(), "update.xml", &context).unwrap().file.unwrap()
}

fn rules() -> Rules {
    Rules { source_trust: Trust::Folder, accept_unproved: true, expected_publisher: None, resigned_by: None }
}
