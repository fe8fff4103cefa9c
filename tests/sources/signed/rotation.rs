//! Keys that are replaced: of every role, and of the root itself through several versions.

use smarts_tests::publisher::{Publisher, SigningKey};
use smarts_tests::site::Behaviour;

use super::{OLDER, Pc, asked, assert_untrusted, list_of, signed_site, tree};

#[tokio::test]
async fn the_key_of_each_role_can_be_replaced_and_the_former_one_no_longer_counts() {
    let changes: [fn(&mut Publisher, SigningKey); 4] = [
        |publisher, key| publisher.root.hand_over(key),
        |publisher, key| publisher.timestamp.hand_over(key),
        |publisher, key| publisher.snapshot.hand_over(key),
        |publisher, key| publisher.targets.hand_over(key),
    ];
    for change in changes {
        let mut publisher = Publisher::new();
        let (site, pc) = (signed_site(&publisher, &tree("Старая")), Pc::trusting(&publisher));
        pc.list(&site).await.unwrap();
        let mut thief = publisher.clone();
        publisher.rotate(|publisher| change(publisher, SigningKey::ed25519(99)));
        publisher.bump();
        publisher.put_on(&site, &tree("Новая"));
        asked(&site);
        assert_eq!(pc.list(&site).await, list_of(&tree("Новая")));
        assert_eq!(asked(&site).0[..2], ["metadata/2.root.json", "metadata/3.root.json"]);

        thief.rotate(|_| {});
        thief.rotate(|_| {});
        thief.bump();
        thief.bump();
        for (name, bytes) in thief.metadata(&tree("Ложь")) {
            let is_known = ["1.root.json", "2.root.json"].contains(&name.as_str());
            // The thief of the root's key signs roots, any other thief has only the roots there are.
            let is_root = name == "3.root.json" && thief.root.signers[0].id == publisher.root.signers[0].id;
            if !is_known && !is_root {
                site.put(&format!("metadata/{name}"), bytes);
            }
        }
        assert_untrusted(pc.list(&site).await, "signature threshold not met");
    }
}

#[tokio::test]
async fn a_pc_that_slept_through_several_roots_follows_them_one_by_one() {
    let mut publisher = Publisher::new();
    let (site, pc) = (signed_site(&publisher, &tree("Старая")), Pc::trusting(&publisher));
    pc.list(&site).await.unwrap();
    for seed in 51..=56 {
        publisher.rotate(|publisher| publisher.root.hand_over(SigningKey::ed25519(seed)));
    }
    publisher.bump();
    publisher.put_on(&site, &tree("Новая"));
    assert_eq!(pc.list(&site).await, list_of(&tree("Новая")));
    // The chain is kept: only the root after the last one is asked for.
    asked(&site);
    pc.list(&site).await.unwrap();
    assert_eq!(asked(&site).0, ["metadata/8.root.json", "metadata/timestamp.json"]);
}

#[tokio::test]
async fn a_root_needs_the_signatures_of_the_former_root_and_its_own() {
    let publisher = Publisher::new();
    let words = "signature threshold not met for role root";
    let stranger = SigningKey::ed25519(99);

    let mut not_by_the_former = publisher.clone();
    not_by_the_former.rotate(|publisher| publisher.root.hand_over(stranger.clone()));
    not_by_the_former.former_signers.clear();
    let mut not_by_its_own = publisher.clone();
    not_by_its_own.rotate(|publisher| {
        publisher.root.hand_over(stranger);
        publisher.root.signers.clear();
    });
    for lie in [not_by_the_former, not_by_its_own] {
        let (site, pc) = (signed_site(&publisher, &tree("Старая")), Pc::trusting(&publisher));
        pc.list(&site).await.unwrap();
        lie.put_on(&site, &tree("Ложь"));
        for _ in 0..2 {
            assert_untrusted(pc.list(&site).await, words);
        }
        site.misbehave("metadata/2.root.json", Behaviour::Status(404));
        publisher.put_on(&site, &tree("Старая"));
        assert_eq!(pc.list(&site).await, list_of(&tree("Старая")));
    }
}

#[tokio::test]
async fn a_chain_of_roots_with_a_gap_or_in_disorder_is_not_followed_beyond_it() {
    let mut publisher = Publisher::new();
    let (site, pc) = (signed_site(&publisher, &tree("Старая")), Pc::trusting(&publisher));
    pc.list(&site).await.unwrap();
    publisher.rotate(|publisher| publisher.timestamp.hand_over(SigningKey::ed25519(98)));
    publisher.rotate(|publisher| publisher.timestamp.hand_over(SigningKey::ed25519(99)));
    publisher.bump();
    publisher.put_on(&site, &tree("Новая"));
    site.misbehave("metadata/2.root.json", Behaviour::Status(404));
    assert_untrusted(pc.list(&site).await, "signature threshold not met for role timestamp");
    site.behave("metadata/2.root.json");
    let second = publisher.metadata(&tree("Новая"))["2.root.json"].clone();
    site.put("metadata/2.root.json", publisher.root_json());
    assert_untrusted(pc.list(&site).await, "root version must increment by one");
    site.put("metadata/2.root.json", second);
    assert_eq!(pc.list(&site).await, list_of(&tree("Новая")));
}

#[tokio::test]
async fn more_roots_than_one_check_follows_are_an_error_that_the_next_check_mends() {
    let mut publisher = Publisher::new();
    let (site, pc) = (signed_site(&publisher, &tree("Старая")), Pc::trusting(&publisher));
    pc.list(&site).await.unwrap();
    for _ in 0..40 {
        publisher.rotate(|_| {});
    }
    publisher.bump();
    publisher.put_on(&site, &tree("Новая"));
    asked(&site);
    assert_untrusted(pc.list(&site).await, "root rotations");
    assert_eq!(asked(&site).0.len(), 32);
    assert_eq!(pc.list(&site).await, list_of(&tree("Новая")));
}

#[tokio::test]
async fn new_keys_of_snapshot_and_timestamp_are_the_way_back_from_versions_that_ran_away() {
    let mut publisher = Publisher::new();
    let mut thief = publisher.clone();
    thief.timestamp.version = 1_000_000;
    thief.snapshot.version = 1_000_000;
    let (site, pc) = (signed_site(&thief, &tree("Старая")), Pc::trusting(&publisher));
    pc.list(&site).await.unwrap();
    publisher.bump();
    publisher.put_on(&site, &tree("Новая"));
    assert_untrusted(pc.list(&site).await, OLDER);
    publisher.rotate(|publisher| {
        publisher.timestamp.hand_over(SigningKey::ed25519(98));
        publisher.snapshot.hand_over(SigningKey::ed25519(99));
    });
    publisher.put_on(&site, &tree("Новая"));
    assert_eq!(pc.list(&site).await, list_of(&tree("Новая")));
}

#[tokio::test]
async fn a_newer_installed_root_takes_over_what_an_older_one_has_kept() {
    let mut publisher = Publisher::new();
    let (site, mut pc) = (signed_site(&publisher, &tree("Старая")), Pc::trusting(&publisher));
    pc.list(&site).await.unwrap();
    let older = publisher.clone();
    publisher.bump();
    publisher.put_on(&site, &tree("Новая"));
    pc.list(&site).await.unwrap();
    publisher.rotate(|publisher| publisher.root.hand_over(SigningKey::ed25519(99)));
    pc.root = publisher.root_json();
    publisher.put_on(&site, &tree("Новая"));
    asked(&site);
    assert_eq!(pc.list(&site).await, list_of(&tree("Новая")));
    assert_eq!(asked(&site).0, ["metadata/3.root.json", "metadata/timestamp.json"]);
    older.put_on(&site, &tree("Старая"));
    assert_untrusted(pc.list(&site).await, OLDER);
}
