//! Lies of whoever holds the site or some of the keys: each is found out, also the second time, takes no floor
//! away, and does not stand in the way of what is honest and newer.

use serde_json::{Value, json};
use smarts_core::source::Fault;
use smarts_tests::publisher::{Publisher, Role, SigningKey};
use smarts_tests::site::Site;

use super::{FILE, LIST, OLDER, Pc, assert_untrusted, at, list_of, signed_site, tree};
use crate::load_all;

/// What the PC has seen when the lie comes: the third version of everything.
fn seen_before(is_consistent: bool) -> Publisher {
    let mut publisher = Publisher { is_consistent, ..Publisher::new() };
    publisher.bump();
    publisher.bump();
    publisher
}

async fn assert_found_out(lie: fn(Publisher) -> Publisher, words: &str) {
    for is_consistent in [true, false] {
        let mut publisher = seen_before(is_consistent);
        let (site, pc) = (signed_site(&publisher, &tree("Новая")), Pc::trusting(&publisher));
        pc.list(&site).await.unwrap();
        lie(publisher.clone()).put_on(&site, &tree("Ложь"));
        for _ in 0..2 {
            assert_untrusted(pc.list(&site).await, words);
        }
        assert_keeps_its_floors(&pc, &site, &mut publisher).await;
    }
}

/// Older versions are still refused, and newer ones are believed.
async fn assert_keeps_its_floors(pc: &Pc, site: &Site, publisher: &mut Publisher) {
    let hide_roots = smarts_tests::site::Behaviour::Status(404);
    site.misbehave("metadata/2.root.json", hide_roots);
    let older = Publisher { is_consistent: publisher.is_consistent, ..Publisher::new() };
    older.put_on(site, &tree("Старая"));
    assert_untrusted(pc.list(site).await, OLDER);
    (0..6).for_each(|_| publisher.bump());
    publisher.put_on(site, &tree("Новейшая"));
    assert_eq!(pc.list(site).await, list_of(&tree("Новейшая")));
}

#[tokio::test]
async fn versions_that_go_back() {
    assert_found_out(
        |mut lie| {
            lie.timestamp.version = 2;
            lie
        },
        OLDER,
    )
    .await;
    assert_found_out(
        |mut lie| {
            lie.timestamp.version += 1;
            lie.snapshot.version = 2;
            lie
        },
        "rollback detected for snapshot",
    )
    .await;
    assert_found_out(
        |mut lie| {
            lie.timestamp.version += 1;
            lie.snapshot.version += 1;
            lie.targets.version = 2;
            lie
        },
        "targets.json",
    )
    .await;
}

#[tokio::test]
async fn signatures_by_a_key_of_nobodys() {
    assert_found_out(
        |mut lie| {
            lie.bump();
            lie.timestamp.signers = vec![SigningKey::ed25519(99)];
            lie
        },
        "threshold not met for role timestamp: 0/1",
    )
    .await;
    assert_found_out(
        |mut lie| {
            lie.bump();
            lie.snapshot.signers = vec![SigningKey::ed25519(99)];
            lie
        },
        "threshold not met for role snapshot: 0/1",
    )
    .await;
    assert_found_out(
        |mut lie| {
            lie.bump();
            // The key of another role, and one that calls itself the right one.
            lie.targets.signers = vec![
                lie.timestamp.keys[0].clone(),
                SigningKey::ed25519(99).known_as(&lie.targets.keys[0].id),
            ];
            lie
        },
        "threshold not met for role targets: 0/1",
    )
    .await;
}

#[tokio::test]
async fn other_content_under_a_version_that_was_seen() {
    // Not signed anew: the signature does not fit, and the same version does not hide it.
    assert_found_out(
        |lie| lie.forge("timestamp", |file| file["signed"]["meta"]["snapshot.json"]["version"] = 9.into()),
        "threshold not met for role timestamp",
    )
    .await;
    // Signed, by a publisher who forgot to count: what was seen under the version stays.
    let publisher = seen_before(true);
    let (site, pc) = (signed_site(&publisher, &tree("Новая")), Pc::trusting(&publisher));
    pc.list(&site).await.unwrap();
    publisher.put_on(&site, &tree("Другая"));
    assert_eq!(load_all(&pc.at(&site), "Sklad15").await.unwrap().releases[0].notes, "Новая");
}

#[tokio::test]
async fn too_few_signatures_or_one_counted_twice() {
    let keys = [SigningKey::ed25519(31), SigningKey::ed25519(32), SigningKey::ed25519(33)];
    let signed = |signers: Vec<SigningKey>| {
        let mut publisher = Publisher::new();
        publisher.timestamp = Role::of_several(keys.to_vec(), 2);
        publisher.timestamp.signers = signers;
        publisher.bump();
        publisher
    };
    let [first, second, _] = &keys;
    let mut honest = signed(vec![first.clone(), second.clone()]);
    for (lie, words) in [
        (signed(vec![]), "0/2"),
        (signed(vec![first.clone()]), "1/2"),
        (signed(vec![first.clone(), SigningKey::ed25519(99)]), "1/2"),
        (signed(vec![first.clone(), SigningKey::ed25519(99).known_as(&second.id)]), "1/2"),
        (signed(vec![first.clone(), first.known_as("another name")]), "1/2"),
        (signed(vec![first.clone(), first.clone()]), "duplicate signature key id"),
    ] {
        let (site, pc) = (signed_site(&lie, &tree("Ложь")), Pc::trusting(&honest));
        for _ in 0..2 {
            assert_untrusted(pc.list(&site).await, words);
        }
        honest.bump();
        honest.put_on(&site, &tree("Новая"));
        assert_eq!(pc.list(&site).await, list_of(&tree("Новая")));
    }
}

#[tokio::test]
async fn a_root_that_asks_for_no_signature_or_names_one_key_twice() {
    let none = |role: &'static str, edit: fn(&mut Value)| {
        let mut publisher = Publisher::new();
        publisher.rotate(|_| {});
        publisher.bump();
        (role, publisher.edit("root", edit))
    };
    for (role, mut lie) in [
        none("timestamp", |root| root["roles"]["timestamp"]["threshold"] = 0.into()),
        none("snapshot", |root| root["roles"]["snapshot"]["threshold"] = 0.into()),
        none("targets", |root| root["roles"]["targets"]["threshold"] = 0.into()),
    ] {
        let publisher = Publisher::new();
        let (site, pc) = (signed_site(&publisher, &tree("Старая")), Pc::trusting(&publisher));
        lie.timestamp.signers.clear();
        lie.snapshot.signers.clear();
        lie.targets.signers.clear();
        // Only the role that is asked about is without signatures.
        if role != "timestamp" {
            lie.timestamp.signers.clone_from(&lie.timestamp.keys);
        }
        if role == "targets" {
            lie.snapshot.signers.clone_from(&lie.snapshot.keys);
        }
        lie.put_on(&site, &tree("Ложь"));
        assert_untrusted(pc.list(&site).await, &format!("role {role} declares signature threshold 0"));
    }
    // Two thirds of one key are one third.
    let mut lie = Publisher::new();
    lie.targets.threshold = 2;
    lie.targets.keys.push(lie.targets.keys[0].clone());
    let (site, pc) = (signed_site(&lie, &tree("Ложь")), Pc::trusting(&lie));
    assert_untrusted(pc.list(&site).await, "threshold not met for role targets: 1/2");
}

#[tokio::test]
async fn files_of_different_snapshots_together() {
    for is_consistent in [true, false] {
        let former = seen_before(is_consistent);
        let mut newer = former.clone();
        newer.bump();
        let name = |publisher: &Publisher, role: &str| {
            if is_consistent { format!("{}.{role}", publisher.targets.version) } else { role.to_owned() }
        };
        for role in ["snapshot.json", "targets.json"] {
            let old = former.metadata(&tree("Старая"))[&name(&former, role)].clone();
            let (site, pc) = (signed_site(&newer, &tree("Новая")), Pc::trusting(&former));
            site.put(&format!("metadata/{}", name(&newer, role)), old);
            for _ in 0..2 {
                assert_untrusted(pc.list(&site).await, "integrity check failed");
            }
            newer.put_on(&site, &tree("Новая"));
            assert_eq!(pc.list(&site).await, list_of(&tree("Новая")));
        }
        // Without hashes the versions tell.
        let (former, newer) = (
            Publisher { pins_hashes: false, ..former.clone() },
            Publisher { pins_hashes: false, ..newer.clone() },
        );
        for role in ["snapshot.json", "targets.json"] {
            let old = former.metadata(&tree("Старая"))[&name(&former, role)].clone();
            let (site, pc) = (signed_site(&newer, &tree("Новая")), Pc::trusting(&former));
            site.put(&format!("metadata/{}", name(&newer, role)), old);
            assert_untrusted(pc.list(&site).await, "version");
        }
    }
}

#[tokio::test]
async fn a_file_in_place_of_which_an_older_signed_one_lies() {
    for is_consistent in [true, false] {
        let mut publisher = seen_before(is_consistent);
        let (site, pc) = (signed_site(&publisher, &tree("Старая")), Pc::trusting(&publisher));
        pc.list(&site).await.unwrap();
        publisher.bump();
        let more = |tree: smarts_tests::tree::Tree| tree.entry("Sklad15", "<version name='1.7'/>");
        let newer = more(tree("Новая"));
        publisher.put_on(&site, &newer);
        let path = publisher.paths(LIST, &newer.files()[LIST]).remove(0);
        site.put(&path, tree("Старая").files()[LIST].clone());
        for _ in 0..2 {
            assert_untrusted(pc.list(&site).await, "not the file that was signed");
        }
        publisher.put_on(&site, &newer);
        assert_eq!(pc.list(&site).await, list_of(&newer));
    }
}

#[tokio::test]
async fn a_large_file_is_told_with_the_hash_that_is_signed_whatever_its_description_says() {
    let publisher = Publisher::new();
    // The description states the hash of other bytes.
    let tree = tree("Новая").file(FILE, "другие байты");
    let (site, pc) = (signed_site(&publisher, &tree), Pc::trusting(&publisher));
    let source = pc.at(&site);
    let file = load_all(&source, "Sklad15").await.unwrap().releases[0].file.clone().unwrap();
    let signed = smarts_core::digest::Digest::of("другие байты".as_bytes());
    assert_eq!((file.sha256, source.locate(&file).await.unwrap().sha256), (Some(signed), Some(signed)));
}

#[tokio::test]
async fn metadata_of_another_kind_or_of_a_later_standard_or_no_metadata_at_all() {
    assert_found_out(
        |mut lie| {
            lie.bump();
            lie.edit("timestamp", |signed| signed["_type"] = "snapshot".into())
        },
        "expected _type",
    )
    .await;
    assert_found_out(
        |mut lie| {
            lie.bump();
            lie.edit("targets", |signed| signed["spec_version"] = "2.0.0".into())
        },
        "spec_version",
    )
    .await;
    assert_found_out(
        |mut lie| {
            lie.bump();
            lie.forge("snapshot", |file| *file = json!(["nothing"]))
        },
        "malformed metadata",
    )
    .await;
    assert_found_out(
        |mut lie| {
            lie.bump();
            lie.forge("timestamp", |file| *file = json!({"signed": {}, "signatures": "none"}))
        },
        "failed to parse JSON",
    )
    .await;
    assert_found_out(
        |mut lie| {
            lie.bump();
            lie.edit("timestamp", |signed| signed["meta"] = json!({}))
        },
        "does not pin",
    )
    .await;
    assert_found_out(
        |mut lie| {
            lie.bump();
            lie.edit("snapshot", |signed| signed["meta"] = json!({}))
        },
        "targets.json",
    )
    .await;
}

#[tokio::test]
async fn a_file_whose_hashes_nobody_can_check() {
    for edit in [
        (|signed| signed["targets"][LIST]["hashes"] = json!({"sponge": "soaked"})) as fn(&mut Value),
        |signed| signed["targets"][LIST]["hashes"] = json!({}),
        |signed| signed["targets"][LIST]["hashes"] = json!({"sha256": "12"}),
    ] {
        let publisher = Publisher::new().edit("targets", edit);
        let (site, pc) = (signed_site(&publisher, &tree("Ложь")), Pc::trusting(&publisher));
        assert_untrusted(pc.list(&site).await, "no hash");
    }
}

#[tokio::test]
async fn a_snapshot_that_never_came_does_not_make_the_next_one_free_to_go_back() {
    for is_consistent in [true, false] {
        let mut publisher = seen_before(is_consistent);
        let (site, pc) = (signed_site(&publisher, &tree("Новая")), Pc::trusting(&publisher));
        pc.list(&site).await.unwrap();
        // Whoever holds the keys of snapshot and timestamp shows a timestamp alone first …
        let mut thief = publisher.clone();
        thief.timestamp.version += 1;
        thief.snapshot.version += 1;
        let mut shown = thief.metadata(&tree("Новая"));
        site.put("metadata/timestamp.json", shown.remove("timestamp.json").unwrap());
        assert!(matches!(pc.list(&site).await, Err(Fault::Untrusted { .. })));
        // … and then a snapshot with older targets, which were signed once.
        thief.timestamp.version += 1;
        thief.snapshot.version += 1;
        thief.targets.version = 2;
        thief.put_on(&site, &tree("Старая"));
        for _ in 0..3 {
            assert_untrusted(
                pc.list(&site).await,
                "snapshot goes back behind what was seen here: targets.json",
            );
        }
        // … also where those targets are not shown at all.
        let targets = if is_consistent { "metadata/2.targets.json" } else { "metadata/targets.json" };
        site.misbehave(targets, smarts_tests::site::Behaviour::Status(404));
        assert!(matches!(pc.list(&site).await, Err(Fault::Untrusted { .. })));
        site.behave(targets);
        assert_untrusted(pc.list(&site).await, "snapshot goes back behind what was seen here: targets.json");
        assert_keeps_its_floors(&pc, &site, &mut publisher).await;
    }
}

#[tokio::test]
async fn an_old_state_that_is_shown_for_ever_is_found_out_when_it_expires() {
    let mut publisher = seen_before(true);
    publisher.timestamp.expires = "2026-11-29T00:00:00Z".into();
    let (site, mut pc) = (signed_site(&publisher, &tree("Новая")), Pc::trusting(&publisher));
    pc.list(&site).await.unwrap();
    pc.now = at("2026-11-28T23:00:00Z");
    pc.list(&site).await.unwrap();
    pc.now = at("2026-11-29T10:00:00Z");
    let since = at("2026-11-29T00:00:00Z");
    let expected = Fault::Expired { role: "timestamp".into(), since, now: pc.now, clock: None };
    for _ in 0..2 {
        assert_eq!(pc.list(&site).await, Err(expected.clone()));
    }
    publisher.bump();
    publisher.timestamp.expires = "2026-12-06T00:00:00Z".into();
    publisher.put_on(&site, &tree("Новейшая"));
    assert_eq!(pc.list(&site).await, list_of(&tree("Новейшая")));
}

#[tokio::test]
async fn a_trusted_root_that_is_unusable_is_told_as_that() {
    let publisher = Publisher::new();
    let site = signed_site(&publisher, &tree("Новая"));
    let mut unsigned = publisher.clone();
    unsigned.root.signers.clear();
    for bytes in [b"".to_vec(), b"{}".to_vec(), b"<html>".to_vec(), unsigned.root_json()] {
        let mut pc = Pc::trusting(&publisher);
        pc.root = bytes;
        let fault = pc.list(&site).await.unwrap_err();
        assert!(matches!(fault, Fault::Root { .. }), "{fault:?}");
    }
    // That of somebody else.
    let mut stranger = Publisher::new();
    stranger.root.hand_over(SigningKey::ed25519(91));
    stranger.timestamp.hand_over(SigningKey::ed25519(92));
    assert_untrusted(Pc::trusting(&stranger).list(&site).await, "threshold not met for role timestamp");
}
