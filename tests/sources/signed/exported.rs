//! Metadata that was kept, laid out as a source for a process that believes nothing and asks nobody.

use std::path::Path;

use smarts_core::source::{Fault, Source, signed};
use smarts_tests::publisher::{Delegated, Publisher, SigningKey};
use smarts_tests::site::{Behaviour, Site};
use smarts_tests::tree::Tree;

use super::{FILE, Pc, at, signed_site, tree};

/// What the other process reads: the export as the metadata of a folder.
async fn proved(root: &Pc, dir: &Path) -> Result<Option<signed::Target>, Fault> {
    let source = Source::open(dir.to_str().unwrap(), &root.http, &dir.join("cache")).unwrap();
    let Source::Signed(source) = source.signed(root.anchor()) else { panic!("a signed source") };
    source.target(FILE).await
}

async fn seen(pc: &Pc, site: &Site) -> signed::Target {
    let Source::Signed(source) = pc.at(site) else { panic!("a signed source") };
    source.target(FILE).await.unwrap().unwrap()
}

fn export(pc: &Pc) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    signed::export(&pc.store_dir(), &dir.path().join(signed::METADATA)).unwrap();
    dir
}

#[tokio::test]
async fn what_was_seen_is_proved_again_offline() {
    for is_consistent in [true, false] {
        for is_delegated in [true, false] {
            let mut publisher = Publisher { is_consistent, ..Publisher::new() };
            let mut own = tree("Новая");
            if is_delegated {
                let files = std::mem::take(&mut own);
                publisher.delegated =
                    vec![Delegated::new("a/ü", SigningKey::ed25519(11), &["downloads/*"], files)];
            }
            let pc = Pc::trusting(&publisher);
            publisher.rotate(|publisher| publisher.timestamp.hand_over(SigningKey::ed25519(98)));
            publisher.rotate(|publisher| publisher.root.hand_over(SigningKey::ed25519(99)));
            publisher.bump();
            let site = signed_site(&publisher, &own);
            let target = seen(&pc, &site).await;
            drop(site);
            let dir = export(&pc);
            // The other process starts from the root that was installed, with a store of its own.
            let mut other = Pc::trusting(&publisher);
            other.root.clone_from(&pc.root);
            assert_eq!(proved(&other, dir.path()).await, Ok(Some(target)), "{is_consistent} {is_delegated}");
        }
    }
}

#[tokio::test]
async fn what_was_kept_and_then_changed_is_not_proved() {
    let publisher = Publisher::new();
    let (site, pc) = (signed_site(&publisher, &tree("Новая")), Pc::trusting(&publisher));
    seen(&pc, &site).await;
    let honest = std::fs::read_to_string(pc.store_dir().join("whole")).unwrap();
    let changed = honest.replace("\\\"length\\\":1", "\\\"length\\\":2");
    assert_ne!(changed, honest);
    std::fs::write(pc.store_dir().join("whole"), changed).unwrap();
    let fault = proved(&Pc::trusting(&publisher), export(&pc).path()).await.unwrap_err();
    assert!(matches!(fault, Fault::Untrusted { .. }), "{fault:?}");
    // Nor is it by somebody else's root, nor when it has expired meanwhile.
    std::fs::write(pc.store_dir().join("whole"), honest).unwrap();
    let mut stranger = Publisher::new();
    stranger.timestamp.hand_over(SigningKey::ed25519(99));
    assert!(proved(&Pc::trusting(&stranger), export(&pc).path()).await.is_err());
    let mut later = Pc::trusting(&publisher);
    later.now = at("2028-01-01T00:00:00Z");
    assert!(matches!(proved(&later, export(&pc).path()).await, Err(Fault::Expired { .. })));
    later.now = pc.now;
    assert!(proved(&later, export(&pc).path()).await.unwrap().is_some());
}

#[tokio::test]
async fn a_store_that_is_empty_or_full_of_other_things_exports_nothing_that_counts() {
    let publisher = Publisher::new();
    let pc = Pc::trusting(&publisher);
    assert!(signed::export(&pc.store_dir(), &pc.dir.path().join("out")).is_err());
    std::fs::create_dir_all(pc.store_dir().join("timestamp.json")).unwrap();
    for name in ["lock", "pending", "not-before", "a.txt", "root.json", ".tmpX1.json"] {
        std::fs::write(pc.store_dir().join(name), "{").unwrap();
    }
    let dir = export(&pc);
    assert_eq!(proved(&Pc::trusting(&publisher), dir.path()).await, Err(Fault::Unsigned));
}

#[tokio::test]
async fn a_signed_tree_without_files_exports_its_metadata_too() {
    let publisher = Publisher::new();
    let (site, pc) = (signed_site(&publisher, &Tree::new()), Pc::trusting(&publisher));
    pc.facts(&site).await.unwrap();
    let dir = export(&pc);
    assert_eq!(proved(&Pc::trusting(&publisher), dir.path()).await, Ok(None));
}

/// A tree whose files a role of this name signs.
fn by_role(name: &str, notes: &str) -> Publisher {
    let delegated = Delegated::new(name, SigningKey::ed25519(11), &["downloads/*"], tree(notes));
    Publisher { delegated: vec![delegated], ..Publisher::new() }
}

#[tokio::test]
async fn a_role_is_handed_over_under_its_published_name_whatever_it_is() {
    let long = "x".repeat(130);
    for name in ["1.5-line", "15.sklad", "nul", "Timestamp", "lock", "whole", "", "..", &long] {
        for is_consistent in [true, false] {
            let publisher = Publisher { is_consistent, ..by_role(name, "Новая") };
            let (site, pc) = (signed_site(&publisher, &Tree::new()), Pc::trusting(&publisher));
            let target = seen(&pc, &site).await;
            let dir = export(&pc);
            // As files, names like these are none everywhere.
            if is_consistent || !["nul", "Timestamp"].contains(&name) {
                let answer = proved(&Pc::trusting(&publisher), dir.path()).await;
                assert_eq!(answer, Ok(Some(target)), "{name:?} {is_consistent}");
            }
        }
    }
}

#[tokio::test]
async fn roles_that_did_not_change_are_handed_over_with_what_did() {
    let mut publisher = by_role("15.sklad", "Новая");
    let (site, pc) = (signed_site(&publisher, &Tree::new()), Pc::trusting(&publisher));
    let target = seen(&pc, &site).await;
    publisher.timestamp.version += 1;
    publisher.snapshot.version += 1;
    publisher.put_on(&site, &Tree::new());
    // This run asks for no file.
    pc.facts(&site).await.unwrap();
    assert_eq!(proved(&Pc::trusting(&publisher), export(&pc).path()).await, Ok(Some(target)));
}

#[tokio::test]
async fn what_was_seen_as_a_whole_is_proved_also_after_a_refresh_that_was_cut_off() {
    for is_rotated in [false, true] {
        let mut publisher = by_role("sklad15", "Новая");
        let (site, pc) = (signed_site(&publisher, &Tree::new()), Pc::trusting(&publisher));
        let target = seen(&pc, &site).await;
        let other = Pc::trusting(&publisher);
        if is_rotated {
            publisher.rotate(|publisher| publisher.timestamp.hand_over(SigningKey::ed25519(98)));
        }
        publisher.bump();
        publisher.put_on(&site, &Tree::new());
        site.misbehave("metadata/2.snapshot.json", Behaviour::Status(503));
        pc.facts(&site).await.unwrap_err();
        assert_eq!(proved(&other, export(&pc).path()).await, Ok(Some(target)), "{is_rotated}");
    }
}
