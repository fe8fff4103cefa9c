mod again;

use std::fs;

use super::*;
use crate::digest::Sha512;
use crate::download::Downloaded;
use crate::fixtures;
use crate::os::{Identity, Installer, InstallerExit, InstallerFault, LocateFault, RegistryFault, Signature};

/// A PC that is asked about signatures and nothing else.
struct Signatures<F>(F);

impl<F: Fn(&Path) -> Signature + Send + Sync> Os for Signatures<F> {
    fn registry_value(&self, _: &str, _: &str) -> Result<Option<String>, RegistryFault> {
        Ok(None)
    }
    fn locate(&self, _: &str) -> Result<PathBuf, LocateFault> {
        Err(LocateFault::NotAbsolute)
    }
    fn machine_root(&self) -> Option<&Path> {
        None
    }
    fn only_administrators_may_write(&self, _: &Path) -> Option<bool> {
        None
    }
    fn signature(&self, path: &Path) -> Signature {
        self.0(path)
    }
    fn identity(&self) -> Identity {
        Identity { user: String::new(), computer: String::new() }
    }
    fn run_installer(&self, _: &Installer<'_>) -> Result<InstallerExit, InstallerFault> {
        Err(InstallerFault::Foreign)
    }
}

/// Has one thing to say about every file.
fn says(signature: Signature) -> impl Os {
    Signatures(move |_: &Path| signature.clone())
}

/// Puts another file in the place of the one whose signature is asked for.
fn swaps() -> impl Os {
    Signatures(|path: &Path| {
        let signed = path.with_extension("signed");
        fs::write(&signed, "signed by the right company").unwrap();
        fs::rename(&signed, path).unwrap();
        Signature::Valid { signer: "ACME Soft".into(), revocation_checked: true }
    })
}

const BYTES: &[u8] = b"the bytes of a release";

fn downloaded(dir: &tempfile::TempDir, name: &str) -> Downloaded {
    let path = dir.path().join(name);
    fs::write(&path, BYTES).unwrap();
    Downloaded::at_hand(&path).unwrap()
}

fn described(name: &str, sha256: Option<Digest>) -> ReleaseFile {
    ReleaseFile { sha256, ..fixtures::file(name) }
}

fn rules(source_trust: Trust) -> Rules {
    Rules { source_trust, accept_unproved: false, expected_publisher: None, resigned_by: None }
}

fn signed_by(signer: &str) -> impl Os + use<> {
    says(Signature::Valid { signer: signer.to_owned(), revocation_checked: true })
}

const CANNOT_TELL: Signatures<fn(&Path) -> Signature> = Signatures(|_| Signature::NotCheckable);

#[test]
fn a_stated_hash_proves_a_file_as_far_as_its_source_is_proved() {
    let dir = tempfile::tempdir().unwrap();
    let file = described("a.mstmpl", Some(Digest::of(BYTES)));
    for (trust, proof) in
        [(Trust::Signed, Proof::Signed), (Trust::Https, Proof::Hash), (Trust::Folder, Proof::Hash)]
    {
        let verified = verify(downloaded(&dir, "a.mstmpl"), &file, &rules(trust), &CANNOT_TELL).unwrap();
        assert_eq!(verified.proof(), proof);
        assert_eq!(verified.kind(), PackageKind::Template);
        assert_eq!((verified.sha256(), verified.size()), (Digest::of(BYTES), BYTES.len() as u64));
    }
}

#[test]
fn a_wrong_hash_is_refused_with_both_hashes_and_the_file_stays() {
    let dir = tempfile::tempdir().unwrap();
    let stated = Digest::of(b"others");
    let file = described("a.exe", Some(stated));
    let error = verify(downloaded(&dir, "a.exe"), &file, &rules(Trust::Signed), &CANNOT_TELL).unwrap_err();
    let Error::WrongHash { path, mismatch } = error else { panic!("{error:?}") };
    assert_eq!(mismatch, Mismatch::Sha256 { expected: stated, found: Digest::of(BYTES) });
    assert!(path.exists());
}

#[test]
fn a_sha_512_proves_a_file_as_well_and_all_that_is_stated_has_to_match() {
    let dir = tempfile::tempdir().unwrap();
    let right = Some(Sha512::of(BYTES));
    let verify = |sha256: Option<Digest>, sha512: Option<Sha512>, name: &str| {
        let file = ReleaseFile { sha512, ..described(name, sha256) };
        let proof = expected_proof(&file, Trust::Signed);
        let verified = verify(downloaded(&dir, name), &file, &rules(Trust::Signed), &CANNOT_TELL)?;
        assert_eq!((verified.proof(), verified.sha256()), (proof, Digest::of(BYTES)));
        Ok::<_, Error>(proof)
    };
    for name in ["a.mstmpl", "a.exe"] {
        assert_eq!(verify(None, right, name).unwrap(), Proof::Signed);
        assert_eq!(verify(Some(Digest::of(BYTES)), right, name).unwrap(), Proof::Signed);
        let other = Some(Sha512::of(b"others"));
        for sha256 in [None, Some(Digest::of(BYTES))] {
            let error = verify(sha256, other, name).unwrap_err();
            let is_told = matches!(error, Error::WrongHash { mismatch: Mismatch::Sha512 { .. }, .. });
            assert!(is_told, "{error:?}");
        }
        let error = verify(Some(Digest::of(b"others")), right, name).unwrap_err();
        assert!(matches!(error, Error::WrongHash { mismatch: Mismatch::Sha256 { .. }, .. }), "{error:?}");
    }
}

#[test]
fn a_wrong_size_is_refused_with_both_sizes() {
    let dir = tempfile::tempdir().unwrap();
    let file = ReleaseFile { size: Some(7), ..described("a.msi", Some(Digest::of(BYTES))) };
    let error = verify(downloaded(&dir, "a.msi"), &file, &rules(Trust::Https), &CANNOT_TELL).unwrap_err();
    assert!(matches!(error, Error::WrongSize { expected: 7, found: 22, .. }), "{error:?}");
}

#[test]
fn the_hash_of_the_download_is_not_trusted() {
    let dir = tempfile::tempdir().unwrap();
    let came_in = downloaded(&dir, "a.mstmpl");
    fs::write(&came_in.path, b"swapped afterwards").unwrap();
    let file = described("a.mstmpl", Some(came_in.sha256));
    let error = verify(came_in, &file, &rules(Trust::Https), &CANNOT_TELL).unwrap_err();
    assert!(matches!(error, Error::WrongHash { .. }), "{error:?}");
}

#[test]
fn a_template_without_a_hash_needs_consent_to_exactly_that() {
    let dir = tempfile::tempdir().unwrap();
    let file = described("a.mstmpl", None);
    let mut rules = rules(Trust::Https);
    let error = verify(downloaded(&dir, "a.mstmpl"), &file, &rules, &CANNOT_TELL).unwrap_err();
    assert!(matches!(error, Error::NeedsConsent { .. }), "{error:?}");
    rules.accept_unproved = true;
    let verified = verify(downloaded(&dir, "a.mstmpl"), &file, &rules, &CANNOT_TELL).unwrap();
    assert_eq!(verified.proof(), Proof::None);
}

#[test]
fn an_installer_without_a_hash_needs_the_signature_of_whom_release_or_settings_name() {
    let dir = tempfile::tempdir().unwrap();
    let by_release = ReleaseFile { publisher: Some("ACME Soft".into()), ..described("a.exe", None) };
    let by_settings =
        Rules { expected_publisher: Some("ACME Soft".into()), accept_unproved: true, ..rules(Trust::Https) };
    for (file, rules) in [(&by_release, &rules(Trust::Https)), (&described("a.exe", None), &by_settings)] {
        let proof = |os: &dyn Os| verify(downloaded(&dir, "a.exe"), file, rules, os);
        assert_eq!(proof(&signed_by("ACME Soft")).unwrap().proof(), Proof::Publisher);
        let error = proof(&signed_by("Somebody Else")).unwrap_err();
        let Error::OtherSigner { expected, found, .. } = error else { panic!("{error:?}") };
        assert_eq!((expected, found.as_str()), (vec!["ACME Soft".to_owned()], "Somebody Else"));
        assert!(matches!(proof(&CANNOT_TELL), Err(Error::SignerNotCheckable { .. })));
        assert!(matches!(proof(&says(Signature::Unsigned)), Err(Error::Unsigned { .. })));
        let invalid = says(Signature::Invalid { detail: "expired".into() });
        assert!(matches!(proof(&invalid), Err(Error::InvalidSignature { .. })));
    }
}

#[test]
fn a_signature_of_another_file_than_the_examined_one_proves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let file = ReleaseFile { publisher: Some("ACME Soft".into()), ..described("a.exe", None) };
    let error = verify(downloaded(&dir, "a.exe"), &file, &rules(Trust::Https), &swaps()).unwrap_err();
    assert!(matches!(error, Error::Changed { .. }), "{error:?}");
}

#[test]
fn a_signature_proves_nothing_when_nobody_is_expected() {
    let dir = tempfile::tempdir().unwrap();
    let error =
        verify(downloaded(&dir, "a.msi"), &described("a.msi", None), &rules(Trust::Https), &signed_by("X"))
            .unwrap_err();
    assert!(matches!(&error, Error::OtherSigner { expected, .. } if expected.is_empty()), "{error:?}");
}

#[test]
fn the_settings_decide_who_should_have_signed_and_else_the_release() {
    let dir = tempfile::tempdir().unwrap();
    let file = ReleaseFile { publisher: Some("ACME Soft".into()), ..described("a.exe", None) };
    let rules = Rules { expected_publisher: Some("Cleverence".into()), ..rules(Trust::Https) };
    let silent = Rules { expected_publisher: None, ..rules.clone() };
    let verify =
        |rules: &Rules, signer: &str| verify(downloaded(&dir, "a.exe"), &file, rules, &signed_by(signer));
    assert_eq!(verify(&rules, "Cleverence").unwrap().proof(), Proof::Publisher);
    let error = verify(&rules, "ACME Soft").unwrap_err();
    assert!(
        matches!(&error, Error::OtherSigner { expected, .. } if expected == &["Cleverence"]),
        "{error:?}"
    );
    assert_eq!(verify(&silent, "ACME Soft").unwrap().proof(), Proof::Publisher);
}

#[test]
fn a_company_that_signs_anew_counts_beside_the_expected_one() {
    let dir = tempfile::tempdir().unwrap();
    let rules = Rules {
        expected_publisher: Some("ACME Soft".into()),
        resigned_by: Some("Retail Group IT".into()),
        ..rules(Trust::Https)
    };
    for hash in [None, Some(Digest::of(BYTES))] {
        let file = described("a.msi", hash);
        let verify = |signer: &str| verify(downloaded(&dir, "a.msi"), &file, &rules, &signed_by(signer));
        for signer in ["ACME Soft", "Retail Group IT"] {
            assert_eq!(verify(signer).unwrap().publisher().unwrap().name, signer);
        }
        assert!(matches!(verify("X"), Err(Error::OtherSigner { found, .. }) if found == "X"));
    }
}

#[test]
fn a_right_hash_is_not_enough_where_a_company_is_expected_and_the_system_can_tell() {
    let dir = tempfile::tempdir().unwrap();
    let hash = Some(Digest::of(BYTES));
    let by_release = ReleaseFile { publisher: Some("ACME Soft".into()), ..described("a.exe", hash) };
    let by_settings = Rules { expected_publisher: Some("ACME Soft".into()), ..rules(Trust::Https) };
    for (file, rules) in [(&by_release, &rules(Trust::Https)), (&described("a.msi", hash), &by_settings)] {
        let proof = |os: &dyn Os| verify(downloaded(&dir, &file.name), file, rules, os);
        assert!(matches!(proof(&says(Signature::Unsigned)), Err(Error::Unsigned { .. })));
        let invalid = says(Signature::Invalid { detail: "changed".into() });
        assert!(matches!(proof(&invalid), Err(Error::InvalidSignature { .. })));
        assert!(matches!(proof(&signed_by("X")), Err(Error::OtherSigner { .. })));
        assert!(matches!(proof(&swaps()), Err(Error::Changed { .. })));
        assert_eq!(proof(&signed_by("ACME Soft")).unwrap().proof(), Proof::Publisher);
        let by_hash = proof(&CANNOT_TELL).unwrap();
        assert_eq!((by_hash.proof(), by_hash.publisher()), (Proof::Hash, None));
    }
}

#[test]
fn a_hash_is_enough_where_nobody_says_who_should_have_signed() {
    let dir = tempfile::tempdir().unwrap();
    let file = described("a.exe", Some(Digest::of(BYTES)));
    let rules = Rules { resigned_by: Some("Retail Group IT".into()), ..rules(Trust::Https) };
    for os in [says(Signature::Unsigned), says(Signature::Invalid { detail: "changed".into() })] {
        assert_eq!(verify(downloaded(&dir, "a.exe"), &file, &rules, &os).unwrap().proof(), Proof::Hash);
    }
}

#[test]
fn signed_metadata_prove_more_than_a_signature_and_do_not_replace_it() {
    let dir = tempfile::tempdir().unwrap();
    let hash = Some(Digest::of(BYTES));
    let file = ReleaseFile { publisher: Some("ACME Soft".into()), ..described("a.exe", hash) };
    let verify = |os: &dyn Os| verify(downloaded(&dir, "a.exe"), &file, &rules(Trust::Signed), os);
    assert_eq!(verify(&signed_by("ACME Soft")).unwrap().proof(), Proof::Signed);
    assert!(matches!(verify(&says(Signature::Unsigned)), Err(Error::Unsigned { .. })));
}

#[test]
fn a_signature_whose_revocation_could_not_be_looked_up_counts_and_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let file = ReleaseFile { publisher: Some("ACME Soft".into()), ..described("a.exe", None) };
    for revocation_checked in [true, false] {
        let os = says(Signature::Valid { signer: "ACME Soft".into(), revocation_checked });
        let verified = verify(downloaded(&dir, "a.exe"), &file, &rules(Trust::Https), &os).unwrap();
        assert_eq!(verified.publisher().unwrap().revocation_checked, revocation_checked);
    }
}

#[test]
fn what_is_neither_template_nor_installer_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["a.zip", "mstmpl", ".msi", "a.mstmpl.bat", "a"] {
        let file = described(name, Some(Digest::of(BYTES)));
        let error = verify(downloaded(&dir, name), &file, &rules(Trust::Signed), &CANNOT_TELL).unwrap_err();
        assert!(matches!(error, Error::UnknownKind { .. }), "{name}: {error:?}");
    }
    assert_eq!(PackageKind::of("СКЛАД 15.MSTMPL"), Some(PackageKind::Template));
}

#[test]
fn a_file_that_is_gone_is_a_read_error() {
    let dir = tempfile::tempdir().unwrap();
    let came_in = downloaded(&dir, "a.msi");
    fs::remove_file(&came_in.path).unwrap();
    let file = described("a.msi", Some(Digest::of(BYTES)));
    let error = verify(came_in, &file, &rules(Trust::Signed), &CANNOT_TELL).unwrap_err();
    assert!(matches!(error, Error::Read { .. }), "{error:?}");
}

fn verified(dir: &tempfile::TempDir, name: &str) -> Verified {
    let file = described(name, Some(Digest::of(BYTES)));
    verify(downloaded(dir, name), &file, &rules(Trust::Https), &CANNOT_TELL).unwrap()
}

#[test]
fn a_file_that_was_written_into_afterwards_does_not_pass_the_recheck() {
    let dir = tempfile::tempdir().unwrap();
    let verified = verified(&dir, "a.mstmpl");
    verified.recheck().unwrap();
    fs::write(verified.path(), b"THE BYTES OF A RELEASE").unwrap();
    assert!(matches!(verified.recheck(), Err(Error::Changed { .. })));
}

#[test]
fn another_file_in_the_place_of_an_installer_does_not_pass_the_recheck() {
    let dir = tempfile::tempdir().unwrap();
    let verified = verified(&dir, "a.exe");
    let other = dir.path().join("other");
    fs::write(&other, b"evil").unwrap();
    fs::rename(&other, verified.path()).unwrap();
    assert!(matches!(verified.recheck(), Err(Error::Changed { .. })));
}

#[test]
fn two_readers_do_not_disturb_each_other_and_see_only_what_was_examined() {
    let dir = tempfile::tempdir().unwrap();
    let verified = verified(&dir, "a.mstmpl");
    let mut longer = fs::OpenOptions::new().append(true).open(verified.path()).unwrap();
    io::Write::write_all(&mut longer, b" and more").unwrap();
    let (mut one, mut two) = (verified.reader(), verified.reader());
    two.seek(SeekFrom::End(-7)).unwrap();
    let (mut first, mut second) = (vec![0; 3], Vec::new());
    one.read_exact(&mut first).unwrap();
    two.read_to_end(&mut second).unwrap();
    one.read_to_end(&mut first).unwrap();
    assert_eq!((first.as_slice(), second.as_slice()), (BYTES, &b"release"[..]));
    assert!(one.seek(SeekFrom::Current(-100)).is_err());
}
