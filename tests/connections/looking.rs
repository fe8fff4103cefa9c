//! Looking at the way to a site: what it shows and answers, believed or not.

use std::net::TcpListener;
use std::time::Duration;

use smarts_core::http::login::{Login, Password};
use smarts_core::http::proxy::{Proxy, ProxyAddress};
use smarts_core::http::{Http, HttpOptions};
use smarts_core::probe::{self, Unread};
use smarts_core::source::{Fault, ProxyLogin, TlsProblem};
use smarts_tests::proxy::{self, Manner};
use smarts_tests::site::Site;
use smarts_tests::tls::{Authority, TlsSite, Validity};
use smarts_tests::tree::Tree;
use url::Url;

use super::believing;

const HOST: &str = "127.0.0.1";
const WITHIN: Duration = Duration::from_secs(10);

fn url(text: &str) -> Url {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_certificate_that_is_not_believed_is_seen_and_nothing_is_sent_to_its_host() {
    let company = Authority::root("Company CA").unwrap();
    let site = TlsSite::serve(company.issue(HOST, Validity::Expired).unwrap(), "<a/>").unwrap();
    let http = Http::new(&HttpOptions::default()).unwrap();
    let seen = probe::certificate(&http, &url(&site.url("")), WITHIN).await.unwrap();
    assert_eq!((seen.issuer.as_str(), seen.subject.as_str()), ("Company CA", HOST));
    let fault = probe::answer(&http, &url(&site.url("a")), WITHIN).await.unwrap_err();
    assert!(matches!(fault, Fault::Tls { problem: TlsProblem::UnknownIssuer | TlsProblem::Expired, .. }));
    assert_eq!(site.answered(), 0);
}

#[tokio::test]
async fn a_site_that_is_believed_answers_and_shows_its_certificate() {
    let company = Authority::root("Company CA").unwrap();
    let (options, _file) = believing(&company.pem());
    let site = TlsSite::serve(company.issue(HOST, Validity::Valid).unwrap(), "<a/>").unwrap();
    let http = Http::new(&options).unwrap();
    let answered = probe::answer(&http, &url(&site.url("a")), WITHIN).await.unwrap();
    assert_eq!((answered.status, site.answered()), (200, 1));
    let seen = probe::certificate(&http, &url(&site.url("a")), WITHIN).await.unwrap();
    assert_eq!(seen.issuer, "Company CA");
    assert_eq!(site.answered(), 1, "looking at the certificate asks nothing");
}

#[tokio::test]
async fn the_certificate_is_seen_through_the_proxy_that_a_request_would_take() {
    let company = Authority::root("Company CA").unwrap();
    let site = TlsSite::serve(company.issue("files.example", Validity::Valid).unwrap(), "<a/>").unwrap();
    let proxy = proxy::Proxy::start(Manner::Open, &[("files.example", site.address())]).unwrap();
    let by = |proxy: &proxy::Proxy| ProxyAddress::parse(&proxy.url()).unwrap();
    let options = HttpOptions { proxy: Proxy::Manual(by(&proxy)), ..HttpOptions::default() };
    let http = Http::new(&options).unwrap();
    let seen = probe::certificate(&http, &url("https://files.example/"), WITHIN).await.unwrap();
    assert_eq!(seen.issuer, "Company CA");
    assert_eq!(proxy.asked().len(), 1);
}

#[tokio::test]
async fn a_proxy_is_sent_a_wrong_login_once_however_often_is_looked() {
    let proxy = proxy::Proxy::start(
        Manner::Login { user: "ivan".into(), password: "right".into() },
        &[("files.example", "127.0.0.1:9".parse().unwrap())],
    )
    .unwrap();
    let address = ProxyAddress::parse(&proxy.url()).unwrap();
    let password = Password("wrong".into());
    let login = Login { proxy: address.clone(), user: "ivan".into(), password, stamp: String::new() };
    let options = HttpOptions { proxy: Proxy::Manual(address), login: Some(login), ..HttpOptions::default() };
    let http = Http::new(&options).unwrap();
    let target = url("https://files.example/");
    let (answer, seen) =
        tokio::join!(probe::answer(&http, &target, WITHIN), probe::certificate(&http, &target, WITHIN));
    assert!(answer.is_err());
    let Err(Unread::NotSeen(Fault::ProxyAuthentication { login, .. })) = seen else { panic!("{seen:?}") };
    assert!(matches!(login, ProxyLogin::Refused | ProxyLogin::RefusedBefore));
    assert_eq!(proxy.wrong_logins(), 1);
}

#[tokio::test]
async fn whatever_a_site_answers_is_an_answer() {
    let site = Site::serve(&Tree::new()).unwrap();
    let http = Http::new(&HttpOptions::default()).unwrap();
    let answered = probe::answer(&http, &url(&site.url("updates/nothing.xml")), WITHIN).await.unwrap();
    assert_eq!(answered.status, 404);
    let silent = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let target = url(&format!("http://{}/", silent.local_addr().unwrap()));
    let seen = probe::answer(&http, &target, Duration::ZERO).await.unwrap_err();
    assert!(matches!(seen, Fault::Timeout { .. }), "{seen:?}");
}
