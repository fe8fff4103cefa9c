use smarts_core::http::{Http, HttpOptions};
use smarts_core::source::{CaProblem, Fault, TlsProblem};
use smarts_tests::tls::{Authority, Identity, TlsSite, Validity};

use super::{believing, ca_file, fetched};

const HOST: &str = "127.0.0.1";

/// What is wrong with a host's certificate, for a client; nothing was asked of the host.
async fn problem(options: &HttpOptions, identity: Identity) -> TlsProblem {
    let site = TlsSite::serve(identity, "<a/>").unwrap();
    let http = Http::new(options).unwrap();
    let fault = fetched(&http, &site.url("versions.xml")).await.unwrap_err();
    assert_eq!(site.answered(), 0);
    let Fault::Tls { host, proxy: None, problem, detail } = fault else { panic!("{fault:?}") };
    assert_eq!(host, site.address().to_string());
    assert!(!detail.is_empty());
    problem
}

async fn is_believed(options: &HttpOptions, identity: Identity) -> bool {
    let site = TlsSite::serve(identity, "<a/>").unwrap();
    let http = Http::new(options).unwrap();
    fetched(&http, &site.url("versions.xml")).await.is_ok_and(|body| body == "<a/>")
}

#[tokio::test]
async fn a_company_certificate_counts_only_with_the_extra_file() {
    let company = Authority::root("Company CA").unwrap();
    let of_host = || company.issue(HOST, Validity::Valid).unwrap();
    assert_eq!(problem(&HttpOptions::default(), of_host()).await, TlsProblem::UnknownIssuer);
    let (options, _file) = believing(&company.pem());
    assert!(is_believed(&options, of_host()).await);
    let other = Authority::root("Company CA").unwrap();
    let (options, _file) = believing(&other.pem());
    assert_eq!(problem(&options, of_host()).await, TlsProblem::UnknownIssuer);
}

#[tokio::test]
async fn a_chain_by_an_intermediate_leads_to_the_extra_root() {
    let company = Authority::root("Company CA").unwrap();
    let branch = company.intermediate("Branch CA").unwrap();
    let of_host = || branch.issue(HOST, Validity::Valid).unwrap();
    assert_eq!(problem(&HttpOptions::default(), of_host()).await, TlsProblem::UnknownIssuer);
    let (options, _file) = believing(&company.pem());
    assert!(is_believed(&options, of_host()).await);
}

#[tokio::test]
async fn of_several_certificates_in_the_file_each_counts() {
    let (first, second) = (Authority::root("First CA").unwrap(), Authority::root("Second CA").unwrap());
    let (both, _file) = believing(&format!("Наши сертификаты\n{}\n{}", first.pem(), second.pem()));
    for authority in [&first, &second] {
        assert!(is_believed(&both, authority.issue(HOST, Validity::Valid).unwrap()).await);
    }
}

#[tokio::test]
async fn a_self_signed_certificate_is_not_believed() {
    for is_authority in [false, true] {
        let identity = Identity::self_signed(HOST, is_authority).unwrap();
        let found = problem(&HttpOptions::default(), identity).await;
        assert_eq!(found, TlsProblem::UnknownIssuer, "authority: {is_authority}");
    }
}

#[tokio::test]
async fn a_self_signed_certificate_is_believed_with_the_extra_file() {
    let identity = Identity::self_signed(HOST, false).unwrap();
    let (options, _file) = believing(identity.pem());
    assert!(is_believed(&options, identity).await);
}

#[tokio::test]
async fn a_certificate_out_of_its_time_or_of_another_host_is_told_apart() {
    let company = Authority::root("Company CA").unwrap();
    let (options, _file) = believing(&company.pem());
    let cases = [
        (company.issue(HOST, Validity::Expired), TlsProblem::Expired),
        (company.issue(HOST, Validity::NotYet), TlsProblem::NotYetValid),
        (company.issue("mirror.example", Validity::Valid), TlsProblem::WrongHost),
        (company.issue("127.0.0.2", Validity::Valid), TlsProblem::WrongHost),
    ];
    for (identity, expected) in cases {
        assert_eq!(problem(&options, identity.unwrap()).await, expected);
    }
}

#[tokio::test]
async fn a_file_of_certificates_that_cannot_be_used_stops_every_request() {
    let dir = tempfile::tempdir().unwrap();
    let (key_only, broken, missing) =
        (dir.path().join("key.pem"), dir.path().join("broken.pem"), dir.path().join("missing.pem"));
    std::fs::write(&key_only, "-----BEGIN NOTHING-----\n-----END NOTHING-----\n").unwrap();
    std::fs::write(&broken, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").unwrap();
    let company = Authority::root("Company CA").unwrap();
    let site = TlsSite::serve(company.issue(HOST, Validity::Valid).unwrap(), "<a/>").unwrap();
    for path in [&key_only, &broken, &missing, &dir.path().to_path_buf()] {
        let options = HttpOptions { ca_file: Some(ca_file(path.clone())), ..HttpOptions::default() };
        let http = Http::new(&options).unwrap();
        let fault = fetched(&http, &site.url("a")).await.unwrap_err();
        let Fault::CaFile { path: named, problem } = fault else { panic!("{fault:?}") };
        assert_eq!(named, path.display().to_string());
        let is_as_expected = match &problem {
            CaProblem::NoCertificate => path == &key_only,
            CaProblem::Broken { .. } => path == &broken,
            CaProblem::Unreadable { .. } => path == &missing || path == dir.path(),
            CaProblem::NotHere | CaProblem::OpenToOthers => false,
        };
        assert!(is_as_expected, "{path:?}: {problem:?}");
    }
    assert_eq!(site.answered(), 0);
}
