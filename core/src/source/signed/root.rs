//! What a file says that is to become the trusted root of a PC: refused before it is installed, unless it is a root
//! that vouches for itself. Deliberately not here: whether the person means just this one.

use jiff::Timestamp;
use sigstore_tuf::TrustedMetadataSet;

use super::refresh::root_fault;
use crate::source::Fault;

/// A root that vouches for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RootFacts {
    /// Its version.
    pub version: u64,
    /// Until when it counts; a newer one of the source takes over from it in time.
    pub expires: Timestamp,
}

/// Examines the bytes of a root: signed by as many of its own keys as it asks for.
pub fn root_facts(bytes: &[u8]) -> Result<RootFacts, Fault> {
    let trusted = TrustedMetadataSet::from_root(bytes).map_err(|error| root_fault(&error))?;
    let root = trusted.root();
    Ok(RootFacts { version: root.version, expires: root.expires })
}

#[cfg(test)]
mod tests {
    use smarts_tests::publisher::Publisher;

    use super::*;

    #[test]
    fn a_root_that_vouches_for_itself_is_told_from_one_that_somebody_has_changed() {
        let bytes = Publisher::new().root_json();
        assert_eq!(root_facts(&bytes).unwrap().version, 1);
        let text = String::from_utf8(bytes).unwrap();
        let changed = text.replacen("20", "21", 1);
        assert_ne!(text, changed);
        for none in [changed.as_str(), "", "{}", r#"{"signed": {"_type": "root"}}"#] {
            assert!(matches!(root_facts(none.as_bytes()), Err(Fault::Root { .. })), "{none}");
        }
    }
}
