//! A signed source and a download the whole way: by a proxy with a login, behind a company's certificate.

use smarts_core::digest::Digest;
use smarts_core::download::{self, Options, Request};
use smarts_core::http::login::{Login, Password};
use smarts_core::http::proxy::{Proxy as Setting, ProxyAddress};
use smarts_core::http::{Http, HttpOptions};
use smarts_core::source::signed::Anchor;
use smarts_core::source::{Place, Source};
use smarts_tests::proxy::{Manner, Proxy};
use smarts_tests::publisher::Publisher;
use smarts_tests::tls::{Authority, TlsSite, Validity};
use smarts_tests::tree::{Tree, TreeRelease};
use tokio_util::sync::CancellationToken;

use super::believing;

/// Known to the proxy alone.
const HOST: &str = "files.example";
const LIST: &str = "updates/Sklad15/versions.xml";
const FILE: &str = "downloads/MobileSMARTS.msi";

#[tokio::test]
async fn a_signed_source_is_refreshed_and_a_file_of_it_downloaded_by_a_proxy_over_tls() {
    let content = b"installer ".repeat(20_000);
    let tree = Tree::new().release("Sklad15", TreeRelease::new("1.6.3.7283").stated());
    let tree = tree.file(FILE, content.clone());
    let publisher = Publisher { is_consistent: false, ..Publisher::new() };
    let company = Authority::root("Company CA").unwrap();
    let identity = company.issue(HOST, Validity::Valid).unwrap();
    let site = TlsSite::serve_tree(identity, &publisher.sign(&tree)).unwrap();
    let manner = Manner::Login { user: "ivan".into(), password: "right".into() };
    let proxy = Proxy::start(manner, &[(HOST, site.address())]).unwrap();
    let address = ProxyAddress::parse(&proxy.url()).unwrap();
    let password = Password("right".into());
    let login = Login { proxy: address.clone(), user: "ivan".into(), password, stamp: String::new() };
    let (options, _ca_file) = believing(&company.pem());
    let options = HttpOptions { proxy: Setting::Manual(address), login: Some(login), ..options };
    let http = Http::new(&options).unwrap();

    let dir = tempfile::tempdir().unwrap();
    let anchor = Anchor {
        root: publisher.root_json().into(),
        store_dir: dir.path().join("store"),
        now: "2026-11-22T09:00:00Z".parse().unwrap(),
        accept_expired: false,
    };
    let source = Source::open("https://files.example/", &http, &dir.path().join("cache")).unwrap();
    let list = source.signed(anchor).description(LIST).await.unwrap();
    assert_eq!(list, tree.files()[LIST]);
    let metadata: Vec<_> = site.heads().into_iter().filter(|head| head.contains(".json ")).collect();
    assert!(metadata.iter().any(|head| head.contains("timestamp.json")), "{metadata:?}");
    for head in &metadata {
        assert!(head.contains("\ncache-control: no-cache") && head.contains("\npragma: no-cache"), "{head}");
    }

    let request = Request {
        place: Place::Url(format!("https://{HOST}/{FILE}").parse().unwrap()),
        name: "MobileSMARTS.msi".into(),
        size: Some(content.len() as u64),
        sha256: Some(Digest::of(&content)),
        sha512: None,
        mirrors: Vec::new(),
        dir: dir.path().join("files"),
    };
    let cancel = CancellationToken::new();
    download::fetch(&http, &request, &Options::default(), &|_| (), &cancel).await.unwrap();
    assert_eq!(std::fs::read(dir.path().join("files/MobileSMARTS.msi")).unwrap(), content);
    assert_eq!(proxy.wrong_logins(), 0);
    assert!(proxy.asked().iter().all(|asked| asked.method == "CONNECT" && asked.login.is_some()));
}
