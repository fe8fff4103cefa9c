//! The demo's source as a signed one (The Update Framework), under a trusted root of its own.
//!
//! The signatures in `assets/demo/metadata` were made by `tests/publish/sign-demo` with the library `tuf`, with
//! keys that were thrown away right afterwards: nobody can sign anything else with them. They are good until
//! 2046, because a demo has to run whenever somebody tries it; a real source's are good for days or months.
//! What they say is held against the tree by a test: whoever changes the demo signs it anew.

use super::site::Tree;

/// The root that a machine has to trust so that the demo's source is believed.
pub(super) const ROOT: &[u8] = include_bytes!("../../../assets/demo/metadata/1.root.json");

/// What is signed, by name below `metadata/`.
const METADATA: [(&str, &[u8]); 4] = [
    ("1.root.json", ROOT),
    ("1.snapshot.json", include_bytes!("../../../assets/demo/metadata/1.snapshot.json")),
    ("1.targets.json", include_bytes!("../../../assets/demo/metadata/1.targets.json")),
    ("timestamp.json", include_bytes!("../../../assets/demo/metadata/timestamp.json")),
];

/// The tree with the signatures on it and its files under the names that clients ask for.
pub(super) fn signed(mut tree: Tree) -> Tree {
    tree.add_copies_by_hash();
    for (name, bytes) in METADATA {
        tree.insert(&format!("metadata/{name}"), bytes);
    }
    tree
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::demo::content::Content;
    use crate::demo::tree;

    #[test]
    fn what_is_signed_is_the_tree_file_by_file() {
        let (_, targets) = METADATA[2];
        let targets: serde_json::Value = serde_json::from_slice(targets).unwrap();
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let signed: BTreeMap<String, (u64, String)> = targets["signed"]["targets"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(path, is)| (path.clone(), (is["length"].as_u64().unwrap(), text(&is["hashes"]["sha256"]))))
            .collect();
        let (tree, _) = tree::tree(&Content::embedded().unwrap()).unwrap();
        let made = |(path, bytes, digest): (&str, &bytes::Bytes, smarts_core::digest::Digest)| {
            (path.to_owned(), (bytes.len() as u64, digest.to_string()))
        };
        let made: BTreeMap<_, _> = tree.files().map(made).collect();
        assert_eq!(signed, made, "The demo was changed after it was signed. Run: tests/publish/sign-demo");
    }

    #[test]
    fn every_file_is_served_under_its_hash_too() {
        let (tree, installers) = tree::tree(&Content::embedded().unwrap()).unwrap();
        let tree = signed(tree);
        let path = format!("downloads/{}.MobileSMARTS.exe", installers[0]);
        let of = |wanted: &str| tree.files().find(|(path, ..)| *path == wanted).map(|(.., digest)| digest);
        assert_eq!((of(&path), of("downloads/MobileSMARTS.exe")), (Some(installers[0]), Some(installers[0])));
        assert!(of("metadata/timestamp.json").is_some());
    }
}
