//! Secrets that this PC alone can read again, by the system's own means (DPAPI) with the PC's key.
//!
//! Every account of the PC can unseal them: the scheduled task runs in many. So this protects a copy of the file that
//! gets away, a backup for one, and not from people who work on the PC.
#![expect(unsafe_code, reason = "the system takes and gives bytes by address")]

use std::io;
use std::ptr;

use windows_sys::Win32::Foundation::LocalFree;
use windows_sys::Win32::Security::Cryptography::{
    CRYPT_INTEGER_BLOB, CRYPTPROTECT_LOCAL_MACHINE, CRYPTPROTECT_UI_FORBIDDEN, CryptProtectData,
    CryptUnprotectData,
};

use crate::os::SealFault;

/// Keeps secrets of other programs from being taken for ours.
const PURPOSE: &[u8] = b"Mobile SMARTS updater: proxy";

pub(super) fn seal(secret: &[u8]) -> Result<Vec<u8>, SealFault> {
    let (secret, purpose) = (blob(secret)?, blob(PURPOSE)?);
    let mut sealed = CRYPT_INTEGER_BLOB { cbData: 0, pbData: ptr::null_mut() };
    let flags = CRYPTPROTECT_LOCAL_MACHINE | CRYPTPROTECT_UI_FORBIDDEN;
    // SAFETY: both blobs are as long as they say and are only read; null is allowed for the rest.
    let done = unsafe {
        CryptProtectData(
            &raw const secret,
            ptr::null(),
            &raw const purpose,
            ptr::null(),
            ptr::null(),
            flags,
            &raw mut sealed,
        )
    };
    taken(done, &sealed)
}

pub(super) fn unseal(sealed: &[u8]) -> Result<Vec<u8>, SealFault> {
    let (sealed, purpose) = (blob(sealed)?, blob(PURPOSE)?);
    let mut secret = CRYPT_INTEGER_BLOB { cbData: 0, pbData: ptr::null_mut() };
    // SAFETY: both blobs are as long as they say and are only read; null is allowed for the rest.
    let done = unsafe {
        CryptUnprotectData(
            &raw const sealed,
            ptr::null_mut(),
            &raw const purpose,
            ptr::null(),
            ptr::null(),
            CRYPTPROTECT_UI_FORBIDDEN,
            &raw mut secret,
        )
    };
    taken(done, &secret)
}

fn blob(bytes: &[u8]) -> Result<CRYPT_INTEGER_BLOB, SealFault> {
    let length = u32::try_from(bytes.len()).map_err(|error| SealFault::System(io::Error::other(error)))?;
    Ok(CRYPT_INTEGER_BLOB { cbData: length, pbData: bytes.as_ptr().cast_mut() })
}

/// A copy of what the system made, and that given back.
fn taken(done: i32, made: &CRYPT_INTEGER_BLOB) -> Result<Vec<u8>, SealFault> {
    if done == 0 {
        return Err(SealFault::System(io::Error::last_os_error()));
    }
    let Ok(length) = usize::try_from(made.cbData) else {
        return Err(SealFault::System(io::ErrorKind::InvalidData.into()));
    };
    // An empty one may come without an address.
    let bytes = if made.pbData.is_null() || length == 0 {
        Vec::new()
    } else {
        // SAFETY: on success the system made so many bytes there, and nobody else knows of them.
        let made = unsafe { std::slice::from_raw_parts_mut(made.pbData, length) };
        let bytes = made.to_vec();
        made.fill(0);
        bytes
    };
    // SAFETY: it is ours to give back; null is taken too.
    unsafe { LocalFree(made.pbData.cast()) };
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_comes_back_and_is_not_to_be_seen_in_what_is_kept() {
        let sealed = seal("пароль".as_bytes()).unwrap();
        assert_eq!(unseal(&sealed).unwrap(), "пароль".as_bytes());
        assert!(!sealed.windows(4).any(|part| part == &"пароль".as_bytes()[..4]));
        assert!(matches!(unseal(b"nonsense"), Err(SealFault::System(_))));
    }
}
