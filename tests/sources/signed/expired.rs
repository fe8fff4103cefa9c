//! Metadata that nobody has signed anew in time: from a site, from a folder, and with the person's consent.

use smarts_core::source::Fault;
use smarts_tests::publisher::{EXPIRES, Publisher};

use super::{LIST, OLDER, Pc, assert_untrusted, at, folder, list_of, signed_site, tree};

const SINCE: &str = "2026-11-02T00:00:00Z";

/// Its metadata, or one role of it, has expired when the tests play.
fn expired(roles: &[&str]) -> Publisher {
    let mut publisher = Publisher::new();
    for role in roles {
        let role = match *role {
            "root" => &mut publisher.root,
            "timestamp" => &mut publisher.timestamp,
            "snapshot" => &mut publisher.snapshot,
            _ => &mut publisher.targets,
        };
        SINCE.clone_into(&mut role.expires);
    }
    publisher
}

fn fault(role: &str, pc: &Pc) -> Fault {
    Fault::Expired { role: role.into(), since: at(SINCE), now: pc.now, clock: None }
}

#[tokio::test]
async fn each_role_that_has_expired_is_told_with_its_date_from_a_site_also_with_consent() {
    for role in ["root", "timestamp", "snapshot", "targets"] {
        let publisher = expired(&[role]);
        let (site, mut pc) = (signed_site(&publisher, &tree("Новая")), Pc::trusting(&publisher));
        for accept_expired in [false, true] {
            pc.accept_expired = accept_expired;
            assert_eq!(pc.list(&site).await, Err(fault(role, &pc)), "{accept_expired}");
        }
    }
}

#[tokio::test]
async fn from_a_folder_it_takes_a_consent_and_is_still_a_warning() {
    for role in ["root", "timestamp", "snapshot", "targets"] {
        let publisher = expired(&[role]);
        let (dir, mut pc) = (folder(&publisher, &tree("Новая")), Pc::trusting(&publisher));
        let refused = pc.in_folder(dir.path());
        assert_eq!(refused.description(LIST).await, Err(fault(role, &pc)));
        pc.accept_expired = true;
        let source = pc.in_folder(dir.path());
        assert_eq!(source.description(LIST).await, list_of(&tree("Новая")));
        let facts = source.facts().await.unwrap().unwrap();
        assert_eq!((facts.expires, facts.warnings.as_slice()), (at(SINCE), [fault(role, &pc)].as_slice()));
        // The consent was to this reading alone.
        pc.accept_expired = false;
        assert_eq!(pc.in_folder(dir.path()).description(LIST).await, Err(fault(role, &pc)));
    }
}

#[tokio::test]
async fn a_consent_that_is_not_needed_changes_nothing() {
    let publisher = Publisher::new();
    let (dir, mut pc) = (folder(&publisher, &tree("Новая")), Pc::trusting(&publisher));
    pc.accept_expired = true;
    let source = pc.in_folder(dir.path());
    let facts = source.facts().await.unwrap().unwrap();
    assert_eq!((facts.expires, facts.warnings.as_slice()), (at(EXPIRES), [].as_slice()));
}

#[tokio::test]
async fn a_stick_older_than_what_was_seen_is_refused_whatever_was_agreed_to() {
    let all = ["root", "timestamp", "snapshot", "targets"];
    let older = expired(&all);
    let mut newer = older.clone();
    newer.bump();
    let (old_stick, new_stick) = (folder(&older, &tree("Старая")), folder(&newer, &tree("Новая")));
    let mut pc = Pc::trusting(&older);
    pc.accept_expired = true;
    assert_eq!(pc.in_folder(old_stick.path()).description(LIST).await, list_of(&tree("Старая")));
    assert_eq!(pc.in_folder(new_stick.path()).description(LIST).await, list_of(&tree("Новая")));
    for _ in 0..2 {
        assert_untrusted(pc.in_folder(old_stick.path()).description(LIST).await, OLDER);
    }
    // So is one that lies in only one of its roles.
    newer.bump();
    newer.targets.version = 1;
    let lying_stick = folder(&newer, &tree("Старая"));
    for _ in 0..2 {
        assert_untrusted(pc.in_folder(lying_stick.path()).description(LIST).await, "targets.json");
    }
    // What it showed of newer versions was signed, and so counts for the honest stick as well.
    assert_untrusted(pc.in_folder(new_stick.path()).description(LIST).await, OLDER);
}

#[tokio::test]
async fn floors_outlive_the_expiry_of_everything() {
    let mut publisher = Publisher::new();
    publisher.bump();
    publisher.bump();
    let (site, mut pc) = (signed_site(&publisher, &tree("Новая")), Pc::trusting(&publisher));
    pc.list(&site).await.unwrap();
    pc.now = at("2028-01-01T00:00:00Z");
    for _ in 0..2 {
        assert!(matches!(pc.list(&site).await, Err(Fault::Expired { .. })));
    }
    // A new root alone is fresh, then everything is, at an older version.
    let mut thief = Publisher::new();
    for role in [&mut thief.timestamp, &mut thief.snapshot, &mut thief.targets] {
        role.expires = "2029-01-01T00:00:00Z".into();
    }
    publisher.rotate(|publisher| publisher.root.expires = "2029-01-01T00:00:00Z".into());
    publisher.put_on(&site, &tree("Новая"));
    let fault = pc.list(&site).await.unwrap_err();
    assert!(matches!(&fault, Fault::Expired { role, .. } if role == "timestamp"), "{fault:?}");
    let root = publisher.root_json();
    thief.put_on(&site, &tree("Старая"));
    site.put("metadata/2.root.json", root);
    for _ in 0..2 {
        assert_untrusted(pc.list(&site).await, OLDER);
    }
    thief.timestamp.version = 9;
    thief.put_on(&site, &tree("Старая"));
    assert_untrusted(pc.list(&site).await, "rollback detected for snapshot");
    for role in [&mut publisher.timestamp, &mut publisher.snapshot, &mut publisher.targets] {
        role.expires = "2029-01-01T00:00:00Z".into();
    }
    publisher.bump();
    publisher.put_on(&site, &tree("Новейшая"));
    assert_eq!(pc.list(&site).await, list_of(&tree("Новейшая")));
}
