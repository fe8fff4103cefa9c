//! How far a file is proved, together with what the words for it depend on: who signed it, and what kind of
//! place stated its hash. Not here: the words, and proving anything.

use smarts_core::catalogue::ReleaseFile;
use smarts_core::source::Trust;
use smarts_core::verify::{self, Proof, Verified};

/// How far a file is proved, or is going to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proved {
    /// How far.
    pub proof: Proof,
    /// Whose Windows signature it was accepted with; `None` also before it has been looked at.
    pub signer: Option<String>,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a file comes from, as far as that says something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A site reached by https.
    Site,
    /// A site of this PC itself.
    Loopback,
    /// A folder, a stick, a file at hand: whoever may write there.
    Folder,
}

impl Origin {
    /// By what is known of a source, whose address comes without credentials.
    pub fn of(trust: Trust, root: &str) -> Self {
        match trust {
            Trust::Folder => Self::Folder,
            Trust::Signed if !root.contains("://") => Self::Folder,
            Trust::Signed | Trust::Https if root.starts_with("http://") => Self::Loopback,
            Trust::Signed | Trust::Https => Self::Site,
        }
    }
}

impl Proved {
    /// A file that has been examined.
    pub fn of(file: &Verified, origin: Origin) -> Self {
        let signer = file.publisher().map(|publisher| publisher.name.clone());
        Self { proof: file.proof(), signer, origin }
    }

    /// Of several files the one that is proved least; `None` of none.
    pub fn weakest(all: impl IntoIterator<Item = Self>) -> Option<Self> {
        all.into_iter().max_by_key(|one| one.proof)
    }

    /// A file that has not been fetched yet, by what its source says of it.
    pub fn expected(file: &ReleaseFile, trust: Trust, root: &str) -> Self {
        let proof = verify::expected_proof(file, trust);
        Self { proof, signer: None, origin: Origin::of(trust, root) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_is_proved_as_far_as_its_weakest_file() {
        let one = |proof, signer: Option<&str>| Proved {
            proof,
            signer: signer.map(str::to_owned),
            origin: Origin::Site,
        };
        let all =
            [one(Proof::Signed, None), one(Proof::Publisher, Some("Cleverence")), one(Proof::Signed, None)];
        assert_eq!(Proved::weakest(all), Some(one(Proof::Publisher, Some("Cleverence"))));
        assert_eq!(Proved::weakest([]), None);
    }

    #[test]
    fn a_signed_source_is_a_site_or_a_folder_all_the_same() {
        assert_eq!(Origin::of(Trust::Signed, "https://files.example/"), Origin::Site);
        assert_eq!(Origin::of(Trust::Signed, r"D:\updates"), Origin::Folder);
        assert_eq!(Origin::of(Trust::Https, "http://127.0.0.1:8080/"), Origin::Loopback);
        assert_eq!(Origin::of(Trust::Folder, r"\\server\updates"), Origin::Folder);
    }
}
