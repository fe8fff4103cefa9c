//! Where a file comes from, as far as that says something about it. Deliberately not here: how far it is proved
//! ([`crate::verify`]), and the words for either.

use serde::{Deserialize, Serialize};

use super::Trust;

/// Where a file comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A site reached by https.
    Site,
    /// A site of this PC itself.
    Loopback,
    /// A folder, a stick, a file at hand: whoever may write there. Also what is not known, as it says least.
    #[default]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signed_source_is_a_site_or_a_folder_all_the_same() {
        assert_eq!(Origin::of(Trust::Signed, "https://files.example/"), Origin::Site);
        assert_eq!(Origin::of(Trust::Signed, r"D:\updates"), Origin::Folder);
        assert_eq!(Origin::of(Trust::Https, "http://127.0.0.1:8080/"), Origin::Loopback);
        assert_eq!(Origin::of(Trust::Folder, r"\\server\updates"), Origin::Folder);
    }
}
