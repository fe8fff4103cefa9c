//! What signed metadata says of one file, and whether bytes are that file.

use sigstore_tuf::{MetaFile, Metadata, TargetFile, Targets};

use crate::catalogue::ReleaseFile;
use crate::digest::{Digest, Sha512};
use crate::source::Fault;

/// A file of the tree as it is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Below the root of the source, as it is signed.
    pub path: String,
    /// Bytes.
    pub length: u64,
    /// If stated; at least one of the two is.
    pub sha256: Option<Digest>,
    /// If stated.
    pub sha512: Option<Sha512>,
}

impl Target {
    /// Hashes of other kinds are left aside (TUF 4.5); with none that can be checked there is no proof.
    pub(super) fn of(path: &str, signed: &TargetFile) -> Result<Self, Fault> {
        let unusable = || Fault::untrusted(format!("no hash of {path} can be checked"));
        let sha256 = signed.hashes.get("sha256").map(|text| text.parse()).transpose();
        let sha512 = signed.hashes.get("sha512").map(|text| text.parse()).transpose();
        let (Ok(sha256), Ok(sha512)) = (sha256, sha512) else { return Err(unusable()) };
        if sha256.is_none() && sha512.is_none() {
            return Err(unusable());
        }
        Ok(Self { path: path.to_owned(), length: signed.length, sha256, sha512 })
    }

    /// The hash that names the file's copy: in a consistent snapshot, and among kept descriptions.
    pub(super) fn hash(&self) -> String {
        match (self.sha256, self.sha512) {
            (Some(sha256), _) => sha256.to_string(),
            (None, Some(sha512)) => sha512.to_string(),
            (None, None) => String::new(),
        }
    }

    /// `dir/HASH.name`, as a consistent snapshot keeps it (TUF 6.2): the hash goes before the name alone.
    pub(super) fn consistent_path(&self) -> String {
        match self.path.rsplit_once('/') {
            Some((dir, name)) => format!("{dir}/{}.{name}", self.hash()),
            None => format!("{}.{}", self.hash(), self.path),
        }
    }

    /// Whether a file that was looked up earlier is this one: nothing that both state differs, and where the
    /// earlier one has a hash, they have one in common.
    pub(in crate::source) fn is_still(&self, file: &ReleaseFile) -> bool {
        let sha256 = file.sha256.zip(self.sha256).map(|(was, is)| was == is);
        let sha512 = file.sha512.zip(self.sha512).map(|(was, is)| was == is);
        let states_none = file.sha256.is_none() && file.sha512.is_none();
        file.size.is_none_or(|size| size == self.length)
            && [sha256, sha512].into_iter().flatten().all(|same| same)
            && (states_none || sha256.or(sha512).is_some())
    }

    /// Whether these bytes are the file.
    pub(super) fn is(&self, bytes: &[u8]) -> bool {
        bytes.len() as u64 == self.length
            && self.sha256.is_none_or(|sha256| Digest::of(bytes) == sha256)
            && self.sha512.is_none_or(|sha512| Sha512::of(bytes) == sha512)
    }
}

/// Whether bytes are the metadata file that a snapshot pins: by its hashes and length where there are any, else
/// by its version.
pub(super) fn is_pinned(bytes: &[u8], pin: &MetaFile) -> bool {
    let version = || {
        let file: Option<Metadata<Targets>> = Metadata::from_slice(bytes).ok();
        file.is_some_and(|file| file.signed().version == pin.version)
    };
    let is_hash = |kind: &str, text: &str| match kind {
        "sha256" => text.parse() == Ok(Digest::of(bytes)),
        "sha512" => text.parse() == Ok(Sha512::of(bytes)),
        _ => true,
    };
    let hashes = pin.hashes.as_ref();
    pin.length.is_none_or(|length| length == bytes.len() as u64)
        && hashes.is_none_or(|hashes| hashes.iter().all(|(kind, text)| is_hash(kind, text)))
        && version()
}
