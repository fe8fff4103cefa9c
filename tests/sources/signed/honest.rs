//! What an honest publisher does: all kinds of keys, hashes and layouts, and how little an unchanged tree costs.

use smarts_core::catalogue::FileLocation;
use smarts_core::digest::{Digest, Sha512};
use smarts_core::source::{Located, Place, Trust};
use smarts_tests::publisher::{Hash, Publisher, Role, SigningKey};

use super::{FILE, LIST, Pc, asked, at, folder, list_of, signed_site, tree};
use crate::load_all;

#[tokio::test]
async fn a_site_and_a_folder_are_read_by_either_way_of_naming_files() {
    for is_consistent in [true, false] {
        let publisher = Publisher { is_consistent, ..Publisher::new() };
        let tree = tree("Новая");
        let (site, dir) = (signed_site(&publisher, &tree), folder(&publisher, &tree));
        let (pc, other) = (Pc::trusting(&publisher), Pc::trusting(&publisher));
        let at_site = load_all(&pc.at(&site), "Sklad15").await.unwrap();
        assert_eq!(at_site.problems, []);
        let in_folder = load_all(&other.in_folder(dir.path()), "Sklad15").await.unwrap();
        assert_eq!(at_site, in_folder, "{is_consistent}");

        let source = pc.at(&site);
        let file = at_site.releases[0].file.as_ref().unwrap();
        let bytes = &tree.files()[FILE];
        let [path] = publisher.paths(FILE, bytes).try_into().unwrap();
        let expected = Located {
            place: Place::Url(site.url(&path).parse().unwrap()),
            path: Some(path.clone()),
            size: Some(bytes.len() as u64),
            sha256: Some(Digest::of(bytes)),
            sha512: None,
        };
        assert_eq!(source.locate(file).await, Ok(expected));
        let place = other.in_folder(dir.path()).locate(file).await.unwrap().place;
        assert_eq!(place, Place::Path(dir.path().join(path)));
        assert_eq!(source.trust(), Trust::Signed);
    }
}

#[tokio::test]
async fn each_kind_of_key_signs_each_role() {
    let tree = tree("Новая");
    for make in [|| SigningKey::ed25519(9), SigningKey::ecdsa, SigningKey::rsa] {
        let key = make();
        let mut publisher = Publisher::new();
        publisher.root = Role::of(key.clone());
        publisher.timestamp = Role::of(key.clone());
        publisher.snapshot = Role::of(key.clone());
        publisher.targets = Role::of(key.clone());
        let (site, pc) = (signed_site(&publisher, &tree), Pc::trusting(&publisher));
        assert_eq!(pc.list(&site).await, list_of(&tree), "{}", key.public());
    }
}

#[tokio::test]
async fn two_of_three_signatures_are_enough_whichever_they_are() {
    let keys = [SigningKey::ed25519(21), SigningKey::ecdsa(), SigningKey::rsa()];
    let tree = tree("Новая");
    let mut publisher = Publisher::new();
    publisher.root = Role::of_several(keys.to_vec(), 2);
    publisher.targets = Role::of_several(keys.to_vec(), 2);
    for absent in 0..keys.len() {
        let mut signers = keys.to_vec();
        signers.remove(absent);
        publisher.root.signers.clone_from(&signers);
        publisher.targets.signers = signers;
        let (site, pc) = (signed_site(&publisher, &tree), Pc::trusting(&publisher));
        assert_eq!(pc.list(&site).await, list_of(&tree));
    }
}

#[tokio::test]
async fn files_are_proved_by_whichever_hashes_are_stated() {
    let tree = tree("Новая");
    let bytes = &tree.files()[FILE];
    let (sha256, sha512) = (Some(Digest::of(bytes)), Some(Sha512::of(bytes)));
    for (hashes, expected) in [
        (vec![Hash::Sha512], (None, sha512)),
        (vec![Hash::Sha256, Hash::Sha512], (sha256, sha512)),
        (vec![Hash::Sha256, Hash::Unknown], (sha256, None)),
        (vec![Hash::Unknown, Hash::Sha512], (None, sha512)),
    ] {
        // Hashes of metadata that nobody knows are no hashes of it.
        let pins_hashes = !hashes.contains(&Hash::Unknown);
        let publisher = Publisher { hashes: hashes.clone(), pins_hashes, ..Publisher::new() };
        let (site, pc) = (signed_site(&publisher, &tree), Pc::trusting(&publisher));
        let source = pc.at(&site);
        let catalogue = load_all(&source, "Sklad15").await.unwrap();
        let file = catalogue.releases[0].file.as_ref().unwrap();
        let located = source.locate(file).await.unwrap();
        assert_eq!((located.sha256, located.sha512), expected, "{hashes:?}");
        assert_eq!((file.sha256, file.sha512), expected, "{hashes:?}");
        let path = located.path.unwrap();
        assert!(publisher.paths(FILE, bytes).contains(&path) && !path.contains("soaked"), "{path}");
    }
}

#[tokio::test]
async fn metadata_whose_hashes_and_lengths_are_not_pinned_is_believed_by_its_version() {
    let publisher = Publisher { pins_hashes: false, ..Publisher::new() };
    let (site, pc) = (signed_site(&publisher, &tree("Новая")), Pc::trusting(&publisher));
    assert_eq!(pc.list(&site).await, list_of(&tree("Новая")));
}

#[tokio::test]
async fn an_unchanged_source_costs_two_requests_and_few_bytes() {
    let publisher = Publisher::new();
    let (site, pc) = (signed_site(&publisher, &tree("Новая")), Pc::trusting(&publisher));
    let first = load_all(&pc.at(&site), "Sklad15").await.unwrap();
    asked(&site);
    assert_eq!(load_all(&pc.at(&site), "Sklad15").await.unwrap(), first);
    let (paths, bytes) = asked(&site);
    assert_eq!(paths, ["metadata/2.root.json", "metadata/timestamp.json"]);
    assert!(bytes <= 600, "{bytes}");
}

#[tokio::test]
async fn a_description_that_did_not_change_is_not_fetched_again_when_others_did() {
    let mut publisher = Publisher::new();
    let other = "updates/Magazin15/versions.xml";
    let (site, pc) = (signed_site(&publisher, &tree("Новая")), Pc::trusting(&publisher));
    pc.list(&site).await.unwrap();
    publisher.bump();
    let next = tree("Новая").file(other, "<update/>");
    publisher.put_on(&site, &next);
    asked(&site);
    let source = pc.at(&site);
    assert_eq!(source.description(LIST).await, list_of(&next));
    assert_eq!(source.description(other).await, Ok(b"<update/>".to_vec()));
    let new = publisher.paths(other, b"<update/>").remove(0);
    let metadata = ["2.root.json", "timestamp.json", "2.snapshot.json", "2.targets.json"];
    let expected = metadata.map(|name| format!("metadata/{name}")).into_iter().chain([new]);
    assert_eq!(asked(&site).0, expected.collect::<Vec<_>>());
}

#[tokio::test]
async fn names_in_other_letters_are_found_where_one_file_alone_can_be_meant() {
    let publisher = Publisher::new();
    let tree = tree("Новая").file("updates/A/update.xml", "a").file("updates/a/update.xml", "b");
    let (site, pc) = (signed_site(&publisher, &tree), Pc::trusting(&publisher));
    let source = pc.at(&site);
    assert_eq!(source.description("updates/sklad15/Versions.xml").await, list_of(&tree));
    assert_eq!(source.description("updates/a/update.xml").await, Ok(b"b".to_vec()));
    let ambiguous = source.description("updates/a/UPDATE.xml").await;
    assert_eq!(ambiguous, Err(smarts_core::source::Fault::NotFound));
    let mut file = load_all(&source, "Sklad15").await.unwrap().releases[0].file.clone().unwrap();
    file.location = FileLocation::InSource("Downloads/wh15.MSTMPL".into());
    let path = source.locate(&file).await.unwrap().path;
    assert_eq!(path, Some(publisher.paths(FILE, &tree.files()[FILE]).remove(0)));
}

#[tokio::test]
async fn facts_say_when_the_first_role_expires() {
    let mut publisher = Publisher::new();
    publisher.snapshot.expires = "2026-12-24T18:00:00Z".into();
    let (site, pc) = (signed_site(&publisher, &tree("Новая")), Pc::trusting(&publisher));
    let facts = pc.facts(&site).await.unwrap();
    assert_eq!((facts.expires, facts.warnings), (at("2026-12-24T18:00:00Z"), vec![]));
}

#[tokio::test]
async fn a_tree_without_a_single_file_is_one_that_has_no_list() {
    let publisher = Publisher::new();
    let (site, pc) = (signed_site(&publisher, &smarts_tests::tree::Tree::new()), Pc::trusting(&publisher));
    assert_eq!(pc.list(&site).await, Err(smarts_core::source::Fault::NotFound));
}

#[tokio::test]
async fn who_asks_exactly_gets_the_file_of_that_very_path() {
    let publisher = Publisher::new();
    let (site, pc) = (signed_site(&publisher, &tree("Новая")), Pc::trusting(&publisher));
    let smarts_core::source::Source::Signed(source) = pc.at(&site) else { panic!("a signed source") };
    let other = FILE.to_ascii_uppercase();
    assert_eq!(source.target(&other).await.unwrap().unwrap().path, FILE);
    assert_eq!(source.target_exactly(&other).await, Ok(None));
    assert_eq!(source.target_exactly(FILE).await, source.target(FILE).await);
}
