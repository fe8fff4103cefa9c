//! What a signed source publishes, and what is kept of it: whatever becomes of one file, nothing counts that was
//! not signed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use sigstore_tuf::canonical_json;
use smarts_core::source::signed::{export, look};
use smarts_core::source::{Anchor, Fault, Folder, Source};

use super::wait_for;
use crate::publisher::{Publisher, SigningKey};
use crate::tree::Tree;

const LIST: &str = "updates/Sklad15/versions.xml";
const CONTENT: &[u8] = b"<update><versions/></update>";
/// For a folder that answers at once.
const TIMEOUT: Duration = Duration::from_mins(1);

/// What is published, and which key of the publisher's signs it.
const PUBLISHED: [(&str, u8); 5] = [
    ("timestamp.json", 2),
    ("1.snapshot.json", 3),
    ("1.targets.json", 4),
    ("1.root.json", 1),
    ("2.root.json", 1),
];
/// What is kept.
const KEPT: [&str; 10] = [
    "root.json",
    "timestamp.json",
    "snapshot.json",
    "targets.json",
    "root_history/1.root.json",
    "root_history/2.root.json",
    "pending",
    "not-before",
    "1.role.json",
    "whole",
];

/// A PC that trusts an honest publisher, and what that publishes.
struct Desk {
    publisher: Publisher,
    dir: tempfile::TempDir,
}

/// A file of the metadata is another one. The first byte says which; where its highest bit is set, the rest is
/// signed by the right key, as a publisher could who makes mistakes.
pub fn tuf_metadata(bytes: &[u8]) {
    let Some((choice, content)) = bytes.split_first() else { return };
    let desk = Desk::new();
    let Some((name, seed)) = PUBLISHED.get(usize::from(choice & 0x7f)) else { return };
    let is_signed = choice & 0x80 != 0;
    let content =
        if is_signed { signed(content, &SigningKey::ed25519(*seed)) } else { Some(content.to_vec()) };
    let Some(content) = content else { return };
    fs::write(desk.dir.path().join("source/metadata").join(name), content).unwrap();
    desk.assert_honest_or_refused();
    if !is_signed {
        desk.publish();
        assert_eq!(desk.list().as_deref(), Ok(CONTENT), "what nobody signed has left something behind");
    }
}

/// A file of what is kept is another one, as the first byte says: an honest source is used all the same.
pub fn tuf_store(bytes: &[u8]) {
    let Some((choice, content)) = bytes.split_first() else { return };
    let Some(name) = KEPT.get(usize::from(*choice)) else { return };
    let desk = Desk::new();
    assert_eq!(desk.list().as_deref(), Ok(CONTENT));
    fs::write(desk.dir.path().join("store").join(name), content).unwrap();
    let _ = look(&desk.anchor());
    export(&desk.dir.path().join("store"), &desk.dir.path().join("exported")).unwrap();
    let answer = desk.list();
    // A moment that was kept may say that everything has expired since.
    if answer != Ok(CONTENT.to_vec()) {
        assert!(*name == "not-before" && matches!(answer, Err(Fault::Expired { .. })), "{name}: {answer:?}");
    }
}

impl Desk {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let desk = Self { publisher: Publisher::new(), dir };
        desk.publish();
        desk
    }

    fn publish(&self) {
        let source_dir = self.dir.path().join("source");
        let _ = fs::remove_dir_all(&source_dir);
        self.publisher.sign(&Tree::new().file(LIST, CONTENT)).write_to(&source_dir).unwrap();
    }

    fn anchor(&self) -> Anchor {
        let now = "2026-11-22T09:00:00Z".parse().unwrap();
        let root = self.publisher.root_json().into();
        Anchor { root, store_dir: self.dir.path().join("store"), now, accept_expired: false }
    }

    fn open(&self, dir: &Path) -> Source {
        Source::Folder(Folder::open(dir, TIMEOUT).unwrap()).signed(self.anchor())
    }

    /// The list of releases, in a run of its own.
    fn list(&self) -> Result<Vec<u8>, Fault> {
        let source = self.open(&self.dir.path().join("source"));
        wait_for(source.description(LIST))
    }

    fn assert_honest_or_refused(&self) {
        if let Ok(bytes) = self.list() {
            assert_eq!(bytes, CONTENT);
        }
    }
}

/// Any JSON, signed.
fn signed(content: &[u8], key: &SigningKey) -> Option<Vec<u8>> {
    let signed: serde_json::Value = serde_json::from_slice(content).ok()?;
    let signature = key.sign(&canonical_json::to_canonical_bytes(&signed).ok()?);
    let envelope = BTreeMap::from([("signed", signed), ("signatures", vec![signature].into())]);
    serde_json::to_vec(&envelope).ok()
}
