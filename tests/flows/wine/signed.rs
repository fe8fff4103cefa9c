//! A signed source and the root that the package installed: what is signed is used, over plain http too, and what
//! is not is refused, also by the process with an administrator's rights.

use std::path::PathBuf;

use serde_json::Value;
use smarts_core::digest::Digest;
use smarts_core::plan::kept::{Kept, KeptBase, KeptPackage, KeptSubject};
use smarts_core::source::Origin;
use smarts_core::verify::Proof;
use smarts_tests::publisher::{Publisher, SigningKey};
use smarts_tests::site::Site;
use smarts_tests::tree::{Tree, TreeRelease};

use super::pc;
use super::prefix::{Prefix, Ran, given};
use crate::made::{self, NEW, OLD, WAREHOUSE};

const PLATFORM: &str = "3.3.46.29552";
const FILE: &str = "downloads/WH15-1.6.3.7283.mstmpl";
const DATABASES: &str = r"C:\ProgramData\Cleverence\Databases";
const UPDATER: &str = r"C:\ProgramData\Cleverence\Updater";
const EXCHANGE: &str = r"C:\exchange";

/// A PC on which the package has installed this publisher's root and the address of the site.
fn pc_trusting(publisher: &Publisher, site: &Site) -> Prefix {
    let prefix = Prefix::new();
    std::fs::write(prefix.path(r"C:\root.json"), publisher.root_json()).unwrap();
    let source = format!("SOURCE_URL={}", site.root());
    assert_eq!(prefix.install(&given("SMARTS_MSI"), &[&source, r"TRUSTED_ROOT=C:\root.json"]), 0);
    let bases = [made::warehouse("main", "Основной склад"), made::warehouse("forest", "Филиал на Лесной")];
    pc::lay_onto(&prefix, &pc::root(&bases, PLATFORM));
    prefix
}

/// With a template whose release states neither hash nor size.
fn tree(template: &[u8]) -> Tree {
    let release = TreeRelease::new(NEW).download("WH15-1.6.3.7283.mstmpl", template);
    Tree::new().release(WAREHOUSE, release)
}

fn version(prefix: &Prefix, base: &str) -> &'static str {
    let path = prefix.path(&format!(r"{DATABASES}\{base}\AppDescription.xml"));
    let description = std::fs::read_to_string(path).unwrap();
    [OLD, NEW].into_iter().find(|version| description.contains(version)).unwrap()
}

fn checked(prefix: &Prefix, options: &[&str]) -> (i32, Value) {
    let ran = prefix.smarts(&[["check", "--json"].as_slice(), options].concat());
    (ran.status, serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}")))
}

#[test]
#[ignore = "needs Wine and the Windows programs: .ci/windows"]
fn with_the_root_that_was_installed_what_is_signed_is_used_and_nothing_else() {
    let mut publisher = made::publisher();
    let template = made::template(NEW).build().unwrap();
    let site = Site::serve(&Tree::new()).unwrap();
    publisher.put_on(&site, &tree(&template));
    let prefix = pc_trusting(&publisher, &site);

    let (status, report) = checked(&prefix, &[]);
    assert_eq!((status, &report["source"]["trust"]), (100, &"signed".into()), "{report}");
    let items = report["items"].as_array().unwrap();
    let base = items.iter().find(|item| item["id"] == "main").unwrap();
    assert_eq!((&base["available"], &base["proof"]), (&NEW.into(), &"signed".into()), "{report}");

    // The same tree without signatures, and with another file than the one that was signed.
    let unsigned = Site::serve(&tree(&template)).unwrap();
    let (status, report) = checked(&prefix, &["--source", &unsigned.root()]);
    assert_eq!((status, &report["items"][0]["state"]), (1, &"unknown".into()), "{report}");
    let update = |options: &[&str]| {
        prefix.smarts(
            &[["update", "main", "--yes", "--accept-unproved", "--lang", "en"].as_slice(), options].concat(),
        )
    };
    let refused = update(&["--source", &unsigned.root()]);
    assert!(matches!(refused.status, 1 | 3), "{refused:?}");
    let evil = made::template(NEW).file("evil", "evil").build().unwrap();
    for path in publisher.paths(FILE, &template) {
        site.put(&path, evil.clone());
    }
    let refused = update(&[]);
    assert!(matches!(refused.status, 1 | 3), "{refused:?}");
    assert_eq!((version(&prefix, "main"), prefix.journal()), (OLD, String::new()));

    publisher.put_on(&site, &tree(&template));
    let updated = update(&[]);
    assert_eq!((updated.status, version(&prefix, "main")), (0, NEW), "{updated:?}");
    assert!(prefix.journal().contains("\"proof\":\"signed\""), "{}", prefix.journal());

    // What was seen does not go back.
    let older = publisher.clone();
    publisher.bump();
    publisher.put_on(&site, &tree(b"next"));
    assert_eq!(checked(&prefix, &[]).0, 100);
    older.put_on(&site, &tree(b"older"));
    let (status, report) = checked(&prefix, &[]);
    assert_eq!((status, &report["items"][0]["state"]), (1, &"unknown".into()), "{report}");
}

/// What the window leaves for the process that has the rights, and that process.
fn apply_agreed(prefix: &Prefix, publisher: &Publisher, signed: &[u8], file: &[u8], run: &str) -> Ran {
    let exchange = prefix.path(EXCHANGE);
    let _ = std::fs::remove_dir_all(&exchange);
    std::fs::create_dir_all(exchange.join("metadata")).unwrap();
    std::fs::write(exchange.join("WH15.mstmpl"), file).unwrap();
    for (name, bytes) in publisher.metadata(&tree(signed)) {
        std::fs::write(exchange.join("metadata").join(name), bytes).unwrap();
    }
    let mut release = made::agreed_release();
    release.file = Some(made::file_in_source(FILE));
    let package = KeptPackage {
        release,
        path: PathBuf::from(format!(r"{EXCHANGE}\WH15.mstmpl")),
        size: file.len() as u64,
        sha256: Digest::of(file),
        proof: Proof::Signed,
    };
    let folder = format!(r"{DATABASES}\forest");
    let base = KeptBase { id: "forest".to_owned(), folder, version: Some(OLD.parse().unwrap()) };
    let subject = KeptSubject::Template { packages: vec![package], bases: vec![base] };
    let kept = Kept {
        subject,
        accept_unproved: false,
        accept_expired: false,
        agreed_to_go: Vec::new(),
        origin: Origin::Folder,
        goes_on: None,
    };
    let plan = exchange.join("plan.json");
    kept.write(&plan).unwrap();
    let sha256 = Digest::of(&std::fs::read(&plan).unwrap()).to_string();
    let plan = format!(r"{EXCHANGE}\plan.json");
    prefix.smarts(&[
        "apply-agreed",
        &plan,
        "--sha256",
        &sha256,
        "--exchange",
        EXCHANGE,
        "--run",
        run,
        "--lang",
        "en",
    ])
}

#[test]
#[ignore = "needs Wine and the Windows programs: .ci/windows"]
fn the_process_with_rights_proves_a_file_by_exported_metadata_and_the_installed_root() {
    let publisher = made::publisher();
    let site = Site::serve(&Tree::new()).unwrap();
    let prefix = pc_trusting(&publisher, &site);
    let template = made::template(NEW).build().unwrap();
    let other = made::template(NEW).file("evil", "evil").build().unwrap();
    let told = |run: &str| {
        std::fs::read_to_string(prefix.path(&format!(r"{UPDATER}\runs\{run}\progress.jsonl"))).unwrap()
    };
    let refused = apply_agreed(&prefix, &publisher, &template, &other, "fileOfOthers");
    assert_eq!(
        (refused.status, version(&prefix, "forest")),
        (3, OLD),
        "{refused:?} {}",
        told("fileOfOthers")
    );
    assert!(told("fileOfOthers").contains("refused"));
    let mut stranger = made::publisher();
    stranger.timestamp.signers = vec![SigningKey::ed25519(77)];
    let refused = apply_agreed(&prefix, &stranger, &other, &other, "keysOfOthers");
    assert_eq!(
        (refused.status, version(&prefix, "forest")),
        (3, OLD),
        "{refused:?} {}",
        told("keysOfOthers")
    );
    assert_eq!(prefix.journal(), "");

    let done = apply_agreed(&prefix, &publisher, &template, &template, "signedFile");
    assert_eq!((done.status, version(&prefix, "forest")), (0, NEW), "{done:?} {}", told("signedFile"));
    assert!(prefix.journal().contains("\"proof\":\"signed\""), "{}", prefix.journal());
    // Floors of its own, where administrators alone can write.
    assert!(prefix.path(&format!(r"{UPDATER}\tuf\timestamp.json")).is_file());
    assert!(site.seen().is_empty());
}
