//! Who has signed an installer, and whether that is who should have.

use std::path::Path;

use super::{Error, Publisher, Rules, stated};
use crate::catalogue::ReleaseFile;
use crate::os::{Os, Signature};

/// Whose signature an installer carries, if that is the right one. `None`: its hash is enough, because nobody
/// says who should have signed it, or because the system cannot tell.
pub(super) fn publisher(
    path: &Path,
    file: &ReleaseFile,
    rules: &Rules,
    os: &dyn Os,
) -> Result<Option<Publisher>, Error> {
    let path = path.to_path_buf();
    let has_hash = !stated(file).is_empty();
    // An unsigned source may name whom it likes; the settings are the administrator's word.
    let expected = rules.expected_publisher.as_ref().or(file.publisher.as_ref());
    if has_hash && expected.is_none() {
        return Ok(None);
    }
    let accepted: Vec<String> = expected.into_iter().chain(&rules.resigned_by).cloned().collect();
    match os.signature(&path) {
        Signature::Valid { signer, revocation_checked } => {
            if accepted.iter().any(|name| name.trim() == signer.trim()) {
                Ok(Some(Publisher { name: signer, revocation_checked }))
            } else {
                Err(Error::OtherSigner { path, expected: accepted, found: signer })
            }
        }
        Signature::Invalid { detail } => Err(Error::InvalidSignature { path, detail }),
        Signature::Unsigned => Err(Error::Unsigned { path }),
        Signature::NotCheckable if has_hash => Ok(None),
        Signature::NotCheckable => Err(Error::SignerNotCheckable { path }),
    }
}

/// Whether the signature is valid, and the one that was found before.
pub(super) fn signed_by(path: &Path, publisher: &Publisher, os: &dyn Os) -> Result<(), Error> {
    let path = path.to_path_buf();
    match os.signature(&path) {
        Signature::Valid { signer, .. } if signer == publisher.name => Ok(()),
        Signature::Valid { signer, .. } => {
            Err(Error::OtherSigner { path, expected: vec![publisher.name.clone()], found: signer })
        }
        Signature::Invalid { detail } => Err(Error::InvalidSignature { path, detail }),
        Signature::Unsigned => Err(Error::Unsigned { path }),
        Signature::NotCheckable => Err(Error::SignerNotCheckable { path }),
    }
}
