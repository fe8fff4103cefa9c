use smarts_core::http::Http;
use smarts_core::source::Fault;
use smarts_tests::tls::{Authority, TlsSite, Validity};

use super::{believing, fetched};

struct Setup {
    site: TlsSite,
    http: Http,
    _ca_file: tempfile::TempPath,
}

fn setup() -> Setup {
    let company = Authority::root("Company CA").unwrap();
    let site = TlsSite::serve(company.issue("127.0.0.1", Validity::Valid).unwrap(), "<a/>").unwrap();
    let (options, ca_file) = believing(&company.pem());
    Setup { site, http: Http::new(&options).unwrap(), _ca_file: ca_file }
}

#[tokio::test]
async fn a_redirect_over_https_leads_to_the_file_wherever_it_is() {
    let setup = setup();
    setup.site.redirect("relative", "/elsewhere");
    setup.site.redirect("elsewhere", &setup.site.url("file"));
    assert_eq!(fetched(&setup.http, &setup.site.url("relative")).await.unwrap(), "<a/>");
    assert_eq!(setup.site.answered(), 3);
}

#[tokio::test]
async fn a_loop_of_redirects_ends_after_six_requests() {
    let setup = setup();
    setup.site.redirect("a", "/b");
    setup.site.redirect("b", "/a?secret");
    setup.site.redirect("a?secret", "/b");
    let fault = fetched(&setup.http, &setup.site.url("a")).await.unwrap_err();
    let host = setup.site.address().to_string();
    assert_eq!(fault, Fault::Redirect { host, target: setup.site.url("a") });
    assert_eq!(setup.site.answered(), 6);
}

#[tokio::test]
async fn a_redirect_from_https_to_http_is_refused_also_where_plain_addresses_are_asked() {
    let setup = setup();
    let plain = format!("http://{}/file", setup.site.address());
    setup.site.redirect("a", &plain);
    for http in [setup.http.clone(), setup.http.allowing_plain()] {
        let fault = fetched(&http, &setup.site.url("a")).await.unwrap_err();
        let host = setup.site.address().to_string();
        assert_eq!(fault, Fault::Redirect { host, target: plain.clone() });
    }
    assert_eq!(setup.site.answered(), 2);
}
