//! A file that was examined before: in the process with rights, and as a copy.

use super::*;

/// What the first examination of `BYTES` has found.
fn found(proof: Proof, publisher: Option<&str>) -> Found {
    let size = BYTES.len() as u64;
    Found { size, sha256: Digest::of(BYTES), proof, publisher: publisher.map(str::to_owned) }
}

fn of_settings(publisher: Option<&str>) -> Rules {
    let expected_publisher = publisher.map(str::to_owned);
    Rules { source_trust: Trust::Folder, accept_unproved: false, expected_publisher, resigned_by: None }
}

#[test]
fn a_file_that_is_examined_again_is_proved_by_what_is_seen_now() {
    let dir = tempfile::tempdir().unwrap();
    let template = downloaded(&dir, "a.mstmpl").path;
    let setup = downloaded(&dir, "Setup.exe").path;
    let os = says(Signature::NotCheckable);
    for proof in [Proof::Signed, Proof::Hash] {
        for path in [&template, &setup] {
            let verified = again(path, &found(proof, None), &of_settings(None), &os).unwrap();
            // Signed metadata of which nothing is seen here is a claim of the plan.
            assert_eq!((verified.proof(), verified.sha256()), (Proof::Hash, Digest::of(BYTES)));
        }
    }
    let unproved = found(Proof::None, None);
    let refused = again(&template, &unproved, &of_settings(None), &os);
    assert!(matches!(refused, Err(Error::NeedsConsent { .. })));
    let accepting = Rules { accept_unproved: true, ..of_settings(None) };
    assert_eq!(again(&template, &unproved, &accepting, &os).unwrap().proof(), Proof::None);
    assert!(matches!(again(&setup, &unproved, &accepting, &os), Err(Error::SignerNotCheckable { .. })));
}

#[test]
fn a_file_that_is_another_now_is_changed_and_not_used() {
    let dir = tempfile::tempdir().unwrap();
    let path = downloaded(&dir, "a.mstmpl").path;
    fs::write(&path, "other bytes").unwrap();
    let os = says(Signature::NotCheckable);
    let error = again(&path, &found(Proof::Hash, None), &of_settings(None), &os).unwrap_err();
    assert!(matches!(error, Error::Changed { .. }), "{error:?}");
    fs::write(&path, BYTES).unwrap();
    let lie = Found { size: 1, ..found(Proof::Hash, None) };
    assert!(matches!(again(&path, &lie, &of_settings(None), &os), Err(Error::WrongSize { .. })));
    fs::remove_file(&path).unwrap();
    let missing = again(&path, &found(Proof::Hash, None), &of_settings(None), &os);
    assert!(matches!(missing, Err(Error::Read { .. })));
}

#[test]
fn whoever_is_expected_to_have_signed_an_installer_is_looked_for_again_whatever_the_plan_says() {
    let dir = tempfile::tempdir().unwrap();
    let path = downloaded(&dir, "Setup.exe").path;
    let signed = |name: &str| says(Signature::Valid { signer: name.to_owned(), revocation_checked: true });
    let ok = |proof, rules: &Rules, os: &dyn Os| again(&path, &found(proof, None), rules, os);
    let ours = of_settings(Some("ACME Soft"));
    assert_eq!(ok(Proof::Publisher, &ours, &signed("ACME Soft")).unwrap().proof(), Proof::Publisher);
    assert_eq!(ok(Proof::Hash, &ours, &signed("ACME Soft")).unwrap().proof(), Proof::Publisher);
    assert_eq!(ok(Proof::Signed, &ours, &signed("ACME Soft")).unwrap().proof(), Proof::Publisher);
    // Nor does the plan name another signer than the administrator.
    let named = again(&path, &found(Proof::Hash, Some("Evil")), &ours, &signed("Evil"));
    assert!(matches!(named, Err(Error::OtherSigner { .. })), "{named:?}");
    for proof in [Proof::Signed, Proof::Publisher, Proof::Hash] {
        let other = ok(proof, &ours, &signed("Somebody"));
        assert!(matches!(other, Err(Error::OtherSigner { .. })), "{other:?}");
        let unsigned = ok(proof, &ours, &says(Signature::Unsigned));
        assert!(matches!(unsigned, Err(Error::Unsigned { .. })), "{unsigned:?}");
    }
    // A claim that the publisher has signed it is worth nothing by itself.
    let claimed = ok(Proof::Publisher, &of_settings(None), &signed("Somebody"));
    assert!(matches!(claimed, Err(Error::OtherSigner { .. })), "{claimed:?}");
    let untold = ok(Proof::Publisher, &ours, &says(Signature::NotCheckable));
    assert!(matches!(untold, Err(Error::SignerNotCheckable { .. })), "{untold:?}");
    assert_eq!(ok(Proof::Hash, &ours, &says(Signature::NotCheckable)).unwrap().proof(), Proof::Hash);
    fs::write(path.with_extension("signed"), "x").unwrap();
    let swapped = ok(Proof::Publisher, &ours, &swaps());
    assert!(matches!(swapped, Err(Error::Changed { .. })), "{swapped:?}");
}

#[test]
fn a_copy_counts_as_the_file_only_with_the_same_bytes_and_the_same_signature() {
    let dir = tempfile::tempdir().unwrap();
    let rules = Rules { expected_publisher: Some("ACME Soft".into()), ..rules(Trust::Https) };
    let file = described("a.exe", None);
    let verified = verify(downloaded(&dir, "a.exe"), &file, &rules, &signed_by("ACME Soft")).unwrap();
    let copy = dir.path().join("copy.exe");
    fs::write(&copy, BYTES).unwrap();
    let there = verified.at(&copy, &signed_by("ACME Soft")).unwrap();
    assert_eq!(
        (there.path(), there.proof(), there.sha256()),
        (copy.as_path(), Proof::Publisher, verified.sha256())
    );
    for os in [
        says(Signature::Unsigned),
        says(Signature::NotCheckable),
        says(Signature::Invalid { detail: "x".into() }),
    ] {
        assert!(verified.at(&copy, &os).is_err());
    }
    assert!(matches!(verified.at(&copy, &signed_by("Somebody")), Err(Error::OtherSigner { .. })));
    fs::write(&copy, "swapped").unwrap();
    assert!(matches!(verified.at(&copy, &signed_by("ACME Soft")), Err(Error::Changed { .. })));
}
