//! The conformance client as a program of its own: what outside suites see of it is its exit status, the files
//! in its folders and what it asks a server for.

use std::fs;
use std::path::Path;
use std::process::Command;

use smarts_tests::publisher::{Publisher, SigningKey};
use smarts_tests::site::{Behaviour, Site};
use smarts_tests::tree::Tree;

const FILE: &str = "downloads/WH15.mstmpl";

/// A client's folders, and the site it is sent to.
struct Client {
    site: Site,
    dir: tempfile::TempDir,
}

/// A publisher whose signatures outlast the tests: the client reads the system's clock.
fn publisher() -> Publisher {
    let mut publisher = Publisher::new();
    let roles =
        [&mut publisher.root, &mut publisher.timestamp, &mut publisher.snapshot, &mut publisher.targets];
    for role in roles {
        "2999-01-01T00:00:00Z".clone_into(&mut role.expires);
    }
    publisher
}

fn tree(content: &str) -> Tree {
    Tree::new().file(FILE, content).file("a b.txt", "plain")
}

impl Client {
    /// That has been given the publisher's newest root.
    fn trusting(publisher: &Publisher) -> Self {
        let client = Self { site: Site::serve(&Tree::new()).unwrap(), dir: tempfile::tempdir().unwrap() };
        let root = client.dir.path().join("1.root.json");
        fs::create_dir(client.metadata_dir()).unwrap();
        fs::write(&root, publisher.root_json()).unwrap();
        assert_eq!(client.run(&["init", root.to_str().unwrap()]), 0);
        assert!(client.asked().is_empty(), "init asks for nothing");
        client
    }

    fn metadata_dir(&self) -> std::path::PathBuf {
        self.dir.path().join("metadata")
    }

    fn run(&self, words: &[&str]) -> i32 {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tuf_client"));
        command.arg("--metadata-dir").arg(self.metadata_dir()).args(words);
        command.output().unwrap().status.code().unwrap()
    }

    fn refresh(&self) -> i32 {
        self.run(&["--metadata-url", &self.site.url("metadata"), "refresh"])
    }

    fn download(&self, names: &[&str]) -> i32 {
        let (url, base, dir) =
            (self.site.url("metadata/"), self.site.root(), self.dir.path().join("targets"));
        let mut words = vec!["--metadata-url", url.as_str()];
        for name in names {
            words.extend(["--target-name", *name]);
        }
        words.extend(["--target-base-url", base.as_str(), "--target-dir", dir.to_str().unwrap(), "download"]);
        self.run(&words)
    }

    fn downloaded(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.dir.path().join("targets").join(name)).ok()
    }

    /// What was asked for since the last look.
    fn asked(&self) -> Vec<String> {
        let asked = self.site.seen().into_iter().map(|seen| seen.path).collect();
        self.site.forget();
        asked
    }

    fn version(&self, role: &str) -> Option<u64> {
        let text = fs::read_to_string(self.metadata_dir().join(format!("{role}.json"))).ok()?;
        serde_json::from_str::<serde_json::Value>(&text).unwrap()["signed"]["version"].as_u64()
    }

    /// Root, timestamp, snapshot, targets.
    fn versions(&self) -> [Option<u64>; 4] {
        ["root", "timestamp", "snapshot", "targets"].map(|role| self.version(role))
    }
}

fn plain_names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = entries.map(|name| name.into_string().unwrap()).collect();
    names.retain(|name| Path::new(name).extension().is_some_and(|extension| extension == "json"));
    names.sort();
    names
}

#[test]
fn a_refresh_leaves_the_trusted_files_under_their_plain_names_and_asks_in_the_given_order() {
    let publisher = publisher();
    let client = Client::trusting(&publisher);
    publisher.put_on(&client.site, &tree("one"));
    assert_eq!(client.refresh(), 0);
    let asked = ["2.root.json", "timestamp.json", "1.snapshot.json", "1.targets.json"];
    assert_eq!(client.asked(), asked.map(|name| format!("metadata/{name}")));
    let names = ["root.json", "snapshot.json", "targets.json", "timestamp.json"];
    assert_eq!(plain_names(&client.metadata_dir()), names);
    assert_eq!(client.refresh(), 0);
    assert_eq!(client.asked(), ["metadata/2.root.json", "metadata/timestamp.json"]);
}

#[test]
fn targets_are_downloaded_once_and_again_only_when_they_change() {
    let mut publisher = publisher();
    let client = Client::trusting(&publisher);
    publisher.put_on(&client.site, &tree("one"));
    assert_eq!(client.download(&[FILE, "a b.txt"]), 0);
    assert_eq!(client.downloaded(FILE).as_deref(), Some("one"));
    assert_eq!(client.downloaded("a b.txt").as_deref(), Some("plain"));
    client.asked();
    assert_eq!(client.download(&[FILE]), 0);
    assert_eq!(client.asked(), ["metadata/2.root.json", "metadata/timestamp.json"]);
    publisher.bump();
    publisher.put_on(&client.site, &tree("two"));
    assert_eq!(client.download(&[FILE]), 0);
    assert_eq!(client.downloaded(FILE).as_deref(), Some("two"));
}

#[test]
fn what_nobody_signed_is_not_downloaded_whatever_its_letters() {
    let publisher = publisher();
    let client = Client::trusting(&publisher);
    publisher.put_on(&client.site, &tree("one"));
    for name in ["nothing", "downloads/wh15.mstmpl", "../downloads/WH15.mstmpl", ""] {
        assert_eq!(client.download(&[name]), 1, "{name}");
    }
    assert_eq!(client.versions(), [Some(1); 4], "the metadata itself is good");
    for path in publisher.paths(FILE, b"one") {
        client.site.put(&path, "two");
    }
    assert_eq!(client.download(&[FILE]), 1);
    assert_eq!(client.downloaded(FILE), None);
}

#[test]
fn a_rollback_wrong_keys_expiry_and_refusals_fail_and_what_was_trusted_stays() {
    let mut newest = publisher();
    let client = Client::trusting(&newest);
    let older = newest.clone();
    newest.bump();
    newest.put_on(&client.site, &tree("two"));
    assert_eq!(client.refresh(), 0);
    let trusted = [Some(1), Some(2), Some(2), Some(2)];

    older.put_on(&client.site, &tree("one"));
    assert_eq!((client.refresh(), client.versions()), (1, trusted), "rolled back");

    newest.bump();
    let mut stranger = newest.clone();
    stranger.timestamp.signers = vec![SigningKey::ed25519(99)];
    stranger.put_on(&client.site, &tree("three"));
    assert_eq!((client.refresh(), client.versions()), (1, trusted), "signed by a stranger");

    let mut expired = newest.clone();
    "2020-01-01T00:00:00Z".clone_into(&mut expired.timestamp.expires);
    expired.put_on(&client.site, &tree("three"));
    assert_eq!((client.refresh(), client.versions()), (1, trusted), "expired");

    newest.put_on(&client.site, &tree("three"));
    client.site.misbehave("metadata/2.root.json", Behaviour::Status(403));
    assert_eq!((client.refresh(), client.versions()), (1, trusted), "a refusal is not the end of the chain");
    client.site.behave("metadata/2.root.json");
    assert_eq!((client.refresh(), client.versions()), (0, [Some(1), Some(3), Some(3), Some(3)]));
}

#[test]
fn a_chain_of_roots_is_followed_and_what_was_verified_before_a_failure_is_kept() {
    let mut publisher = publisher();
    let client = Client::trusting(&publisher);
    publisher.put_on(&client.site, &tree("one"));
    assert_eq!(client.refresh(), 0);
    for seed in 41..44 {
        publisher.rotate(|publisher| publisher.root.hand_over(SigningKey::ed25519(seed)));
    }
    publisher.bump();
    publisher.put_on(&client.site, &tree("two"));
    client.site.misbehave("metadata/2.snapshot.json", Behaviour::Status(500));
    assert_eq!((client.refresh(), client.versions()), (1, [Some(4), Some(2), Some(1), Some(1)]));
    client.site.behave("metadata/2.snapshot.json");
    assert_eq!((client.refresh(), client.versions()), (0, [Some(4), Some(2), Some(2), Some(2)]));
}

#[test]
fn wrong_words_are_a_failure() {
    let client = Client::trusting(&publisher());
    for words in [["refresh"].as_slice(), &["download"], &["init"], &["publish"], &["--metadata-url"]] {
        assert_eq!(client.run(words), 1, "{words:?}");
    }
}
