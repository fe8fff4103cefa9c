//! How far a file is proved, together with what the words for it depend on: who signed it, and what kind of
//! place stated its hash. Not here: the words, and proving anything.

use smarts_core::catalogue::ReleaseFile;
use smarts_core::source::{Origin, Trust};
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
}
