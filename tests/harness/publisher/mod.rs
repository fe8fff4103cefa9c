//! A publisher who signs trees by The Update Framework, and who lies where a test asks for it.
//!
//! Its fields are what metadata says: a lie is a clone of an honest publisher with a field or two changed
//! ([`Role::signers`], [`Role::version`] …), or with an [`edit`](Publisher::edit) of what is signed. It believes
//! whatever it is told. Nothing of it is shipped: people sign with tools of the field.

#![allow(
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    reason = "keys and JSON made here are as they are made"
)]

mod keys;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use sigstore_tuf::canonical_json;
use smarts_core::digest::{Digest, Sha512};

pub use self::keys::SigningKey;
use crate::site::Site;
use crate::tree::Tree;

/// Long after all dates of the tests.
pub const EXPIRES: &str = "2027-06-01T00:00:00Z";

/// Everything that is signed beside the files.
#[derive(Clone, Debug)]
pub struct Publisher {
    /// Its keys are the trust in everything else.
    pub root: Role,
    /// Says which snapshot is the newest.
    pub timestamp: Role,
    /// Says which targets belong together.
    pub snapshot: Role,
    /// Says which files there are.
    pub targets: Role,
    /// Say which files there are below some paths.
    pub delegated: Vec<Delegated>,
    /// Names of metadata have its version in front, and names of files their hash.
    pub is_consistent: bool,
    /// How files and, if [`Publisher::pins_hashes`], metadata are hashed.
    pub hashes: Vec<Hash>,
    /// Whether lengths and hashes of metadata are signed beside its version.
    pub pins_hashes: bool,
    /// Roots before this one, oldest first; see [`Publisher::rotate`].
    pub chain: Vec<Vec<u8>>,
    /// Who signed the root before this one, and signs this one too.
    pub former_signers: Vec<SigningKey>,
    /// Changes of what is signed, by role; see [`Publisher::edit`].
    pub edits: Vec<(String, Edit)>,
    /// Changes after signing, by role; see [`Publisher::forge`].
    pub forgeries: Vec<(String, Edit)>,
}

/// A change of metadata that has no field of its own.
pub type Edit = fn(&mut Value);

/// Who may sign for a role, who does, and what the metadata says of itself.
#[derive(Clone, Debug)]
pub struct Role {
    /// Who may.
    pub keys: Vec<SigningKey>,
    /// How many of them have to.
    pub threshold: u64,
    /// Who does.
    pub signers: Vec<SigningKey>,
    /// Counted up by hand.
    pub version: u64,
    /// RFC 3339.
    pub expires: String,
}

/// A role that another targets role hands paths to.
#[derive(Clone, Debug)]
pub struct Delegated {
    /// Any text.
    pub name: String,
    /// `targets` or another delegated role.
    pub parent: String,
    /// As every other role.
    pub role: Role,
    /// Patterns of the paths handed over.
    pub paths: Vec<String>,
    /// If there are any, they count in place of the patterns.
    pub hash_prefixes: Vec<String>,
    /// Nobody after it is asked for its paths.
    pub is_terminating: bool,
    /// The files it signs, whether they were handed over or not.
    pub tree: Tree,
}

/// A kind of hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    /// `sha256`.
    Sha256,
    /// `sha512`.
    Sha512,
    /// One that nobody knows.
    Unknown,
}

impl Role {
    /// Version 1, signed by one key.
    pub fn of(key: SigningKey) -> Self {
        Self::of_several(vec![key], 1)
    }

    /// Version 1, signed by all keys, of which so many are enough.
    pub fn of_several(keys: Vec<SigningKey>, threshold: u64) -> Self {
        Self { signers: keys.clone(), keys, threshold, version: 1, expires: EXPIRES.to_owned() }
    }

    /// Another key signs from now on, and it alone.
    pub fn hand_over(&mut self, key: SigningKey) {
        self.signers = vec![key.clone()];
        self.keys = vec![key];
        self.threshold = 1;
    }
}

impl Delegated {
    /// Handed over by `targets`, not terminating.
    pub fn new(name: &str, key: SigningKey, paths: &[&str], tree: Tree) -> Self {
        Self {
            name: name.to_owned(),
            parent: "targets".to_owned(),
            role: Role::of(key),
            paths: paths.iter().map(|&path| path.to_owned()).collect(),
            hash_prefixes: Vec::new(),
            is_terminating: false,
            tree,
        }
    }
}

impl Publisher {
    /// Four roles of one Ed25519 key each, consistent snapshots, SHA-256.
    pub fn new() -> Self {
        Self {
            root: Role::of(SigningKey::ed25519(1)),
            timestamp: Role::of(SigningKey::ed25519(2)),
            snapshot: Role::of(SigningKey::ed25519(3)),
            targets: Role::of(SigningKey::ed25519(4)),
            delegated: Vec::new(),
            is_consistent: true,
            hashes: vec![Hash::Sha256],
            pins_hashes: true,
            chain: Vec::new(),
            former_signers: Vec::new(),
            edits: Vec::new(),
            forgeries: Vec::new(),
        }
    }

    /// Changes what is signed of a role (`root`, …, or a delegated one), before it is signed.
    #[must_use]
    pub fn edit(mut self, role: &str, edit: Edit) -> Self {
        self.edits.push((role.to_owned(), edit));
        self
    }

    /// Changes the file of a role after it was signed.
    #[must_use]
    pub fn forge(mut self, role: &str, edit: Edit) -> Self {
        self.forgeries.push((role.to_owned(), edit));
        self
    }

    /// The next version of everything but the root.
    pub fn bump(&mut self) {
        let roles = [&mut self.timestamp, &mut self.snapshot, &mut self.targets];
        for role in roles.into_iter().chain(self.delegated.iter_mut().map(|delegated| &mut delegated.role)) {
            role.version += 1;
        }
    }

    /// The next root, changed in some way, signed by those who signed the last one too.
    pub fn rotate(&mut self, change: impl FnOnce(&mut Self)) {
        self.chain.push(self.root_json());
        self.former_signers = self.root.signers.clone();
        self.root.version += 1;
        change(self);
    }

    /// The newest root: what is installed as the trusted one.
    pub fn root_json(&self) -> Vec<u8> {
        let roles = [&self.root, &self.timestamp, &self.snapshot, &self.targets];
        let names = ["root", "timestamp", "snapshot", "targets"];
        let authorities: Map<_, _> =
            names.into_iter().zip(roles).map(|(name, role)| (name.to_owned(), authority(role))).collect();
        let mut signed = beginning("root", &self.root);
        signed["consistent_snapshot"] = self.is_consistent.into();
        signed["keys"] = keys(roles.into_iter());
        signed["roles"] = authorities.into();
        let former = self.former_signers.iter();
        let new = former.filter(|key| self.root.signers.iter().all(|signer| signer.id != key.id));
        let signers: Vec<_> = self.root.signers.iter().chain(new).collect();
        self.envelope("root", signed, &signers)
    }

    /// The metadata of a tree: names as they lie in `metadata/`, and bytes.
    pub fn metadata(&self, tree: &Tree) -> BTreeMap<String, Vec<u8>> {
        let targets = self.targets_json("targets", &self.targets, tree);
        let mut meta = Map::from_iter([(String::from("targets.json"), self.pin(&self.targets, &targets))]);
        let mut files = vec![("targets".to_owned(), self.targets.version, targets)];
        for Delegated { name, role, tree, .. } in &self.delegated {
            let bytes = self.targets_json(name, role, tree);
            meta.insert(format!("{name}.json"), self.pin(role, &bytes));
            files.push((encoded(name), role.version, bytes));
        }
        let mut snapshot = beginning("snapshot", &self.snapshot);
        snapshot["meta"] = meta.into();
        let snapshot = self.envelope("snapshot", snapshot, &refs(&self.snapshot));
        let mut timestamp = beginning("timestamp", &self.timestamp);
        timestamp["meta"] = json!({"snapshot.json": self.pin(&self.snapshot, &snapshot)});
        files.push(("snapshot".to_owned(), self.snapshot.version, snapshot));

        let named = |(name, version, bytes)| {
            (
                if self.is_consistent { format!("{version}.{name}.json") } else { format!("{name}.json") },
                bytes,
            )
        };
        let mut files: BTreeMap<_, _> = files.into_iter().map(named).collect();
        let timestamp = self.envelope("timestamp", timestamp, &refs(&self.timestamp));
        files.insert("timestamp.json".to_owned(), timestamp);
        let first = self.root.version - self.chain.len() as u64;
        for (version, bytes) in (first..).zip(self.chain.iter().cloned().chain([self.root_json()])) {
            files.insert(format!("{version}.root.json"), bytes);
        }
        files
    }

    /// The tree as it is published: its files, those of delegated roles, and the metadata in `metadata/`.
    pub fn sign(&self, tree: &Tree) -> Tree {
        let trees = std::iter::once(tree).chain(self.delegated.iter().map(|delegated| &delegated.tree));
        let mut signed = Tree::new();
        for (path, bytes) in trees.flat_map(Tree::files) {
            for path in self.paths(&path, &bytes) {
                signed = signed.file(&path, bytes.clone());
            }
        }
        let metadata = self.metadata(tree);
        metadata.into_iter().fold(signed, |tree, (name, bytes)| tree.file(&format!("metadata/{name}"), bytes))
    }

    /// Puts the published tree on a site; what lay there under other names stays.
    pub fn put_on(&self, site: &Site, tree: &Tree) {
        for (path, bytes) in self.sign(tree).files() {
            // The name of a role that is encoded for the disk is encoded for the way there too.
            let path = if path.starts_with("metadata/") { decoded(&path) } else { path };
            site.put(&path, bytes);
        }
    }

    /// Where a file lies: under one name per hash in a consistent snapshot.
    pub fn paths(&self, path: &str, bytes: &[u8]) -> Vec<String> {
        if !self.is_consistent {
            return vec![path.to_owned()];
        }
        let (dir, name) = path.rsplit_once('/').map_or(("", path), |(dir, name)| (dir, name));
        let slash = if dir.is_empty() { "" } else { "/" };
        self.hashes.iter().map(|hash| format!("{dir}{slash}{}.{name}", hash.of(bytes))).collect()
    }

    fn targets_json(&self, name: &str, role: &Role, tree: &Tree) -> Vec<u8> {
        let target = |bytes: &[u8]| json!({"length": bytes.len(), "hashes": self.hashes_of(bytes)});
        let targets: Map<_, _> =
            tree.files().into_iter().map(|(path, bytes)| (path, target(&bytes))).collect();
        let mut signed = beginning("targets", role);
        signed["targets"] = targets.into();
        let children: Vec<_> = self.delegated.iter().filter(|delegated| delegated.parent == name).collect();
        if !children.is_empty() {
            let roles: Vec<_> = children.iter().map(|delegated| delegation(delegated)).collect();
            let keys = keys(children.iter().map(|delegated| &delegated.role));
            signed["delegations"] = json!({"keys": keys, "roles": roles});
        }
        self.envelope(name, signed, &refs(role))
    }

    fn pin(&self, role: &Role, bytes: &[u8]) -> Value {
        if self.pins_hashes {
            json!({"version": role.version, "length": bytes.len(), "hashes": self.hashes_of(bytes)})
        } else {
            json!({"version": role.version})
        }
    }

    fn hashes_of(&self, bytes: &[u8]) -> Value {
        self.hashes.iter().map(|hash| (hash.name().to_owned(), Value::from(hash.of(bytes)))).collect()
    }

    fn envelope(&self, role: &str, mut signed: Value, signers: &[&SigningKey]) -> Vec<u8> {
        for (_, edit) in self.edits.iter().filter(|(name, _)| name == role) {
            edit(&mut signed);
        }
        let bytes = canonical_json::to_canonical_bytes(&signed).unwrap();
        let signatures: Vec<_> = signers.iter().map(|key| key.sign(&bytes)).collect();
        let mut envelope = json!({"signed": signed, "signatures": signatures});
        for (_, forgery) in self.forgeries.iter().filter(|(name, _)| name == role) {
            forgery(&mut envelope);
        }
        serde_json::to_vec(&envelope).unwrap()
    }
}

impl Default for Publisher {
    fn default() -> Self {
        Self::new()
    }
}

impl Hash {
    fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sha512 => "sha512",
            Self::Unknown => "sponge",
        }
    }

    fn of(self, bytes: &[u8]) -> String {
        match self {
            Self::Sha256 => Digest::of(bytes).to_string(),
            Self::Sha512 => Sha512::of(bytes).to_string(),
            Self::Unknown => "soaked".to_owned(),
        }
    }
}

fn beginning(kind: &str, role: &Role) -> Value {
    json!({"_type": kind, "spec_version": "1.0.31", "version": role.version, "expires": role.expires})
}

fn authority(role: &Role) -> Value {
    let ids: Vec<_> = role.keys.iter().map(|key| key.id.as_str()).collect();
    json!({"keyids": ids, "threshold": role.threshold})
}

fn keys<'a>(roles: impl Iterator<Item = &'a Role>) -> Value {
    roles.flat_map(|role| &role.keys).map(|key| (key.id.clone(), key.public())).collect()
}

fn delegation(delegated: &Delegated) -> Value {
    let mut value = authority(&delegated.role);
    value["name"] = delegated.name.as_str().into();
    value["terminating"] = delegated.is_terminating.into();
    if delegated.hash_prefixes.is_empty() {
        value["paths"] = json!(delegated.paths);
    } else {
        value["path_hash_prefixes"] = json!(delegated.hash_prefixes);
    }
    value
}

fn refs(role: &Role) -> Vec<&SigningKey> {
    role.signers.iter().collect()
}

/// A role's name as that of a file, the way `python-tuf` writes it.
fn encoded(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    name.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

fn decoded(path: &str) -> String {
    percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned()
}
