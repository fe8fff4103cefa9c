//! Who signed a file, and whether the system believes it (Microsoft, "`WinVerifyTrust`").
//!
//! Only a signature inside the file counts; catalogues of signatures are for parts of Windows. A chain whose
//! revocation could not be looked up is valid, and the answer says that it was not looked up. By its usual
//! policy the system itself lets such a chain pass, so its chain is asked, not only its verdict.
//!
//! The file is held meanwhile so that nobody writes, deletes or replaces it. The system reads a package by its
//! path all the same, and finds by it the very file that is held.
#![expect(unsafe_code, reason = "the system's structures are filled and read by address")]

use std::fs::{File, OpenOptions};
use std::io;
use std::os::windows::fs::OpenOptionsExt as _;
use std::os::windows::io::AsRawHandle as _;
use std::path::Path;

use windows_sys::Win32::Foundation::{
    CERT_E_REVOCATION_FAILURE, CRYPT_E_NO_REVOCATION_CHECK, CRYPT_E_REVOCATION_OFFLINE, GetLastError,
    INVALID_HANDLE_VALUE, TRUST_E_NOSIGNATURE, TRUST_E_PROVIDER_UNKNOWN, TRUST_E_SUBJECT_FORM_UNKNOWN,
};
use windows_sys::Win32::Security::Cryptography::{
    CERT_NAME_SIMPLE_DISPLAY_TYPE, CERT_TRUST_IS_OFFLINE_REVOCATION, CERT_TRUST_REVOCATION_STATUS_UNKNOWN,
    CertGetNameStringW,
};
use windows_sys::Win32::Security::WinTrust::{
    CRYPT_PROVIDER_SGNR, WINTRUST_ACTION_GENERIC_VERIFY_V2, WINTRUST_DATA, WINTRUST_DATA_0,
    WINTRUST_FILE_INFO, WTD_CHOICE_FILE, WTD_REVOCATION_CHECK_CHAIN_EXCLUDE_ROOT, WTD_REVOCATION_CHECK_NONE,
    WTD_REVOKE_NONE, WTD_REVOKE_WHOLECHAIN, WTD_STATEACTION_CLOSE, WTD_STATEACTION_VERIFY, WTD_UI_NONE,
    WTHelperGetProvCertFromChain, WTHelperGetProvSignerFromChain, WTHelperProvDataFromStateData,
    WinVerifyTrust,
};
use windows_sys::Win32::Storage::FileSystem::FILE_SHARE_READ;

use super::wide;
use crate::os::Signature;

/// What the system says about a file's signature.
pub(super) fn signature(path: &Path) -> Signature {
    match held(path) {
        Ok((file, path)) => of(&file, &path),
        Err(error) => Signature::Invalid { detail: error.to_string() },
    }
}

fn held(path: &Path) -> io::Result<(File, Vec<u16>)> {
    let file = OpenOptions::new().read(true).share_mode(FILE_SHARE_READ).open(path)?;
    Ok((file, wide::path(path)?))
}

fn of(file: &File, path: &[u16]) -> Signature {
    let answer = Answer::of(file, path, Revocation::WholeChain);
    let is_unchecked = [CERT_E_REVOCATION_FAILURE, CRYPT_E_REVOCATION_OFFLINE, CRYPT_E_NO_REVOCATION_CHECK]
        .contains(&answer.result);
    if is_unchecked {
        // Asked once more, for this error may stand in front of another.
        drop(answer);
        return Answer::of(file, path, Revocation::Ignored).signature();
    }
    answer.signature()
}

/// What a chain says if something about its revocation could not be looked up.
const UNKNOWN: u32 = CERT_TRUST_REVOCATION_STATUS_UNKNOWN | CERT_TRUST_IS_OFFLINE_REVOCATION;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Revocation {
    WholeChain,
    Ignored,
}

/// What the system found; it keeps memory for it as long as this lives.
struct Answer<'a> {
    result: i32,
    /// Why there is no signature, where that is the result.
    last_error: i32,
    revocation: Revocation,
    info: Box<WINTRUST_FILE_INFO>,
    data: WINTRUST_DATA,
    /// The file and its path have to outlive the question.
    _file: (&'a File, &'a [u16]),
}

impl<'a> Answer<'a> {
    /// `path` ends with a zero.
    fn of(file: &'a File, path: &'a [u16], revocation: Revocation) -> Self {
        let info = WINTRUST_FILE_INFO {
            cbStruct: size_of::<WINTRUST_FILE_INFO>() as u32,
            pcwszFilePath: path.as_ptr(),
            hFile: file.as_raw_handle(),
            pgKnownSubject: std::ptr::null_mut(),
        };
        let (checks, flags) = match revocation {
            Revocation::WholeChain => (WTD_REVOKE_WHOLECHAIN, WTD_REVOCATION_CHECK_CHAIN_EXCLUDE_ROOT),
            Revocation::Ignored => (WTD_REVOKE_NONE, WTD_REVOCATION_CHECK_NONE),
        };
        let data = WINTRUST_DATA {
            cbStruct: size_of::<WINTRUST_DATA>() as u32,
            dwUIChoice: WTD_UI_NONE,
            fdwRevocationChecks: checks,
            dwUnionChoice: WTD_CHOICE_FILE,
            dwStateAction: WTD_STATEACTION_VERIFY,
            dwProvFlags: flags,
            ..Default::default()
        };
        let info = Box::new(info);
        let mut answer = Self { result: 0, last_error: 0, revocation, info, data, _file: (file, path) };
        answer.result = answer.ask();
        // SAFETY: takes nothing.
        answer.last_error = unsafe { GetLastError() }.cast_signed();
        answer
    }

    fn ask(&mut self) -> i32 {
        self.data.Anonymous = WINTRUST_DATA_0 { pFile: &raw mut *self.info };
        let mut action = WINTRUST_ACTION_GENERIC_VERIFY_V2;
        let data = (&raw mut self.data).cast();
        // SAFETY: all that `data` points to lives as long as `self`; the first says that nobody is to be asked.
        unsafe { WinVerifyTrust(INVALID_HANDLE_VALUE, &raw mut action, data) }
    }

    fn signature(&self) -> Signature {
        match self.result {
            0 => match self.signer() {
                Some((signer, has_unknown)) => Signature::Valid {
                    signer,
                    revocation_checked: self.revocation == Revocation::WholeChain && !has_unknown,
                },
                None => Signature::Invalid { detail: "The signer has no name".to_owned() },
            },
            TRUST_E_NOSIGNATURE if self.is_unsigned(self.last_error) => Signature::Unsigned,
            TRUST_E_NOSIGNATURE => Signature::Invalid { detail: told(self.last_error) },
            // A file of a kind that carries no signatures.
            result if self.is_unsigned(result) => Signature::Unsigned,
            result => Signature::Invalid { detail: told(result) },
        }
    }

    /// "No signature" is also said of a file that could not be read; the last error tells the two apart.
    fn is_unsigned(&self, error: i32) -> bool {
        [TRUST_E_NOSIGNATURE, TRUST_E_SUBJECT_FORM_UNKNOWN, TRUST_E_PROVIDER_UNKNOWN].contains(&error)
            || (error == 0 && self.result == TRUST_E_NOSIGNATURE)
    }

    /// The signer's name, and whether something about revocation is unknown.
    fn signer(&self) -> Option<(String, bool)> {
        // SAFETY: the state is that of a question which was answered and is not closed yet.
        let provider = unsafe { WTHelperProvDataFromStateData(self.data.hWVTStateData) };
        if provider.is_null() {
            return None;
        }
        // SAFETY: the provider's data lives until the state is closed; the first signer, not a countersigner.
        let signer = unsafe { WTHelperGetProvSignerFromChain(provider, 0, 0, 0) };
        if signer.is_null() {
            return None;
        }
        // SAFETY: not null, so it points into the provider's data.
        let chain = unsafe { (*signer).pChainContext };
        // SAFETY: not null, so it is the chain that the provider has built, which lives as long.
        let has_unknown = chain.is_null() || unsafe { (*chain).TrustStatus.dwErrorStatus } & UNKNOWN != 0;
        // SAFETY: it points into the provider's data.
        unsafe { name(signer) }.map(|name| (name, has_unknown))
    }
}

impl Drop for Answer<'_> {
    fn drop(&mut self) {
        self.data.dwStateAction = WTD_STATEACTION_CLOSE;
        self.ask();
    }
}

/// The name in the certificate that the file was signed with.
///
/// # Safety
///
/// `signer` points to what a provider has found, which is not given back yet.
unsafe fn name(signer: *mut CRYPT_PROVIDER_SGNR) -> Option<String> {
    // SAFETY: by the caller's promise; the first of the chain is the signer's own certificate.
    let certificate = unsafe { WTHelperGetProvCertFromChain(signer, 0) };
    if certificate.is_null() {
        return None;
    }
    // SAFETY: not null, so it points into the same data.
    let certificate = unsafe { (*certificate).pCert };
    if certificate.is_null() {
        return None;
    }
    let kind = CERT_NAME_SIMPLE_DISPLAY_TYPE;
    let nothing = std::ptr::null();
    // SAFETY: the certificate is valid, and without room the function says how much is needed.
    let length = unsafe { CertGetNameStringW(certificate, kind, 0, nothing, std::ptr::null_mut(), 0) };
    let mut text = vec![0; usize::try_from(length).ok()?];
    // SAFETY: the same, and the text has the room that is said.
    unsafe { CertGetNameStringW(certificate, kind, 0, nothing, text.as_mut_ptr(), length) };
    Some(wide::string(&text)).filter(|name| !name.trim().is_empty())
}

/// The number, and the system's words for it where it has some.
fn told(code: i32) -> String {
    let number = format!("{:#010x}", code.cast_unsigned());
    let words = io::Error::from_raw_os_error(code).to_string();
    match words.rsplit_once(" (os error") {
        Some((words, _)) if !words.starts_with("OS Error") => format!("{number} {}", words.trim()),
        _ => number,
    }
}
