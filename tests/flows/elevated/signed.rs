//! A plan whose file has come from a signed source: the process with an administrator's rights verifies the
//! metadata for itself, from the root that is installed on the PC.

use std::collections::BTreeMap;
use std::fs;

use smarts_core::digest::Digest;
use smarts_core::plan::kept::{KeptSubject, KeptTarget};
use smarts_core::verify::Proof;
use smarts_tests::publisher::Publisher;
use smarts_tests::tree::Tree;

use super::{Agreed, NEW, OLD, agreed};
use crate::made::{self, publisher};

const FILE: &str = "downloads/WH15.mstmpl";

/// A plan of a file that this publisher has signed, on a PC that trusts its root.
fn agreed_of(publisher: &Publisher, tree: &Tree) -> Agreed {
    let mut agreed = agreed();
    let root = agreed.pc.locate(r"C:\ProgramData\Cleverence\Updater\root.json");
    fs::create_dir_all(root.parent().unwrap()).unwrap();
    fs::write(root, publisher.root_json()).unwrap();
    agreed.leave(&publisher.metadata(tree));
    let package = agreed.package();
    package.proof = Proof::Signed;
    package.release.file = Some(made::file_in_source(FILE));
    agreed
}

impl Agreed {
    /// What the person's process has kept of the source.
    fn leave(&self, metadata: &BTreeMap<String, Vec<u8>>) {
        let dir = self.home.path().join("exchange/metadata");
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).unwrap();
        for (name, bytes) in metadata {
            fs::write(dir.join(name), bytes).unwrap();
        }
    }

    fn forget_runs(&self) {
        let _ = fs::remove_dir_all(self.runs_dir());
    }
}

fn tree(bytes: Vec<u8>) -> Tree {
    Tree::new().file(FILE, bytes)
}

fn template() -> Vec<u8> {
    made::template(NEW).build().unwrap()
}

#[test]
fn a_file_that_is_signed_is_used() {
    let agreed = agreed_of(&publisher(), &tree(template()));
    let (ran, _) = agreed.run();
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(agreed.version(), NEW);
    assert!(agreed.pc.locate(r"C:\ProgramData\Cleverence\Updater\tuf\timestamp.json").is_file());
}

#[test]
fn a_file_that_the_plan_alone_calls_signed_is_refused() {
    let mut agreed = agreed_of(&publisher(), &tree(b"another".to_vec()));
    agreed.assert_refused("не тот файл");
    agreed.forget_runs();
    let mut next = publisher();
    next.bump();
    agreed.leave(&next.metadata(&Tree::new().file("downloads/other.mstmpl", template())));
    agreed.assert_refused("не подписан");
    agreed.forget_runs();
    agreed.package().release.file = None;
    agreed.assert_refused("не подписан");
}

#[test]
fn a_hash_is_no_proof_where_a_root_is_trusted() {
    let mut agreed = agreed_of(&publisher(), &Tree::new());
    agreed.package().proof = Proof::Hash;
    agreed.assert_refused("не подписан");
}

#[test]
fn metadata_of_another_publisher_or_without_any_is_refused() {
    let agreed = agreed_of(&publisher(), &tree(template()));
    let mut stranger = publisher();
    stranger.timestamp.signers = vec![smarts_tests::publisher::SigningKey::ed25519(77)];
    agreed.leave(&stranger.metadata(&tree(template())));
    agreed.assert_refused("подпись источника не подтверждена");
    agreed.forget_runs();
    agreed.leave(&BTreeMap::new());
    agreed.assert_refused("источник не подписан");
}

#[test]
fn an_older_release_does_not_come_back_by_a_plan() {
    let older = made::template("1.6.3.1").build().unwrap();
    let before = publisher();
    let mut now = publisher();
    now.bump();
    let agreed = agreed_of(&now, &tree(template()));
    assert_eq!(agreed.run().0.status, 0);
    assert_eq!(agreed.version(), NEW);
    let sha256 = Digest::of(&older);
    let mut again = Agreed { kept: agreed.kept.clone(), ..agreed };
    fs::write(&again.package().path, &older).unwrap();
    again.package().sha256 = sha256;
    again.package().size = older.len() as u64;
    again.leave(&before.metadata(&tree(older)));
    again.forget_runs();
    let (ran, lines) = again.run();
    assert_eq!(ran.status, 3, "{ran:?} {lines:?}");
    assert!(format!("{lines:?}").contains("здесь старее"), "{lines:?}");
    assert_eq!(again.version(), NEW);
}

#[test]
fn expired_metadata_is_used_only_if_the_plan_says_that_the_person_agreed() {
    let mut publisher = publisher();
    publisher.timestamp.expires = "2020-01-01T00:00:00Z".to_owned();
    let mut agreed = agreed_of(&publisher, &tree(template()));
    agreed.assert_refused("действовала до");
    assert_eq!(agreed.version(), OLD);
    agreed.forget_runs();
    agreed.kept.accept_expired = true;
    assert_eq!(agreed.run().0.status, 0);
    assert_eq!(agreed.version(), NEW);
}

#[test]
fn what_the_plan_says_of_an_installers_proof_is_no_way_around_the_metadata() {
    let mut agreed = agreed_of(&publisher(), &Tree::new());
    let installer = agreed.home.path().join("setup.exe");
    fs::copy(&agreed.package().path, &installer).unwrap();
    let mut package = agreed.package().clone();
    package.path = installer;
    agreed.kept.subject = KeptSubject::Installer {
        package: Box::new(package),
        arguments: Vec::new(),
        target: KeptTarget::Platform,
        former: None,
    };
    for proof in [Proof::Publisher, Proof::None, Proof::Hash, Proof::Signed] {
        agreed.kept.accept_unproved = true;
        agreed.package().proof = proof;
        agreed.assert_refused("не подписан");
        agreed.forget_runs();
    }
}

#[test]
fn a_template_at_hand_needs_the_consent_and_no_metadata() {
    let mut agreed = agreed_of(&publisher(), &Tree::new());
    agreed.package().proof = Proof::None;
    agreed.assert_refused("ничто не доказывает подлинность");
    agreed.forget_runs();
    agreed.kept.accept_unproved = true;
    assert_eq!(agreed.run().0.status, 0);
    assert_eq!(agreed.version(), NEW);
}

#[test]
fn a_root_that_cannot_be_looked_at_is_not_taken_for_none() {
    let agreed = agreed_of(&publisher(), &tree(template()));
    let root = agreed.pc.locate(r"C:\ProgramData\Cleverence\Updater\root.json");
    fs::remove_file(&root).unwrap();
    std::os::unix::fs::symlink(&root, &root).unwrap();
    agreed.assert_refused("корень доверия");
}
