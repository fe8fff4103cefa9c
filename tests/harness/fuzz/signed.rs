//! Signed sources, whose metadata comes from outside and is kept where others can write.

use std::fs;
use std::path::Path;

use smarts_core::http::{Http, HttpOptions};
use smarts_core::source::{Anchor, Fault, Source};

use crate::publisher::{Delegated, Publisher, SigningKey};
use crate::tree::Tree;

const LIST: &str = "updates/A/versions.xml";
/// What a PC keeps; the last one is what it knows of the time.
const KEPT: [&str; 9] = [
    "pending",
    "root.json",
    "root_history/1.root.json",
    "root_history/2.root.json",
    "timestamp.json",
    "snapshot.json",
    "targets.json",
    "a.json",
    "not-before",
];
/// What a source shows.
const SHOWN: [&str; 6] = [
    "2.root.json",
    "timestamp.json",
    "1.snapshot.json",
    "1.targets.json",
    "1.a.json",
    "updates/A/versions.xml",
];

/// The first byte says which file the others are in: one that is kept, or one that the source shows. What is
/// read is what was signed, or nothing; nothing is written elsewhere; and afterwards the honest source is read.
pub fn tuf_store(bytes: &[u8]) {
    let Some((&which, bytes)) = bytes.split_first() else { return };
    let honest = Tree::new().entry("A", "<version name=\"1.0\"/>");
    let list = honest.files()[LIST].clone();
    let role = Delegated::new("a", SigningKey::ed25519(5), &["updates/A/*"], honest);
    let publisher = Publisher { delegated: vec![role], pins_hashes: which < 128, ..Publisher::new() };
    let signed = publisher.sign(&Tree::new());
    let dir = tempfile::tempdir().unwrap();
    let (tree_dir, store_dir) = (dir.path().join("tree"), dir.path().join("store"));
    signed.write_to(&tree_dir).unwrap();
    let read = || read(&publisher, &tree_dir, &store_dir);
    let which = usize::from(which % 128) % (KEPT.len() + SHOWN.len());
    if let Some(name) = KEPT.get(which) {
        assert_eq!(read(), Ok(list.clone()));
        let path = store_dir.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        let answer = read();
        let is_late = *name == "not-before" && matches!(answer, Err(Fault::Expired { .. }));
        assert!(is_late || answer == Ok(list), "{name} {answer:?}");
    } else if let Some(name) = SHOWN.get(which - KEPT.len()) {
        let path = match name.split_once('/') {
            Some(_) => tree_dir.join(publisher.paths(name, &list).remove(0)),
            None => tree_dir.join("metadata").join(name),
        };
        fs::write(path, bytes).unwrap();
        let answer = read();
        assert!(answer.as_ref().is_err() || answer.as_ref() == Ok(&list), "{name} {answer:?}");
        fs::remove_dir_all(&tree_dir).unwrap();
        signed.write_to(&tree_dir).unwrap();
        assert_eq!(read(), Ok(list), "after {name}");
    }
    let mut names: Vec<_> =
        fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["store", "tree"]);
}

fn read(publisher: &Publisher, tree_dir: &Path, store_dir: &Path) -> Result<Vec<u8>, Fault> {
    let now = "2026-11-22T09:00:00Z".parse().unwrap();
    let (root, store_dir) = (publisher.root_json().into(), store_dir.to_path_buf());
    let anchor = Anchor { root, store_dir, now, accept_expired: false };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let http = Http::new(&HttpOptions::default()).unwrap();
    let source = Source::open(tree_dir.to_str().unwrap(), &http, Path::new("unused")).unwrap().signed(anchor);
    runtime.block_on(source.description(LIST))
}
