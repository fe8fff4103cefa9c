use std::net::TcpListener;
use std::time::Duration;

use futures_util::future::join_all;
use smarts_core::download::{self, Error, Options, Request, Retries};
use smarts_core::http::login::{Login, Password};
use smarts_core::http::proxy::{Environment, Proxy as Setting, ProxyAddress};
use smarts_core::http::refused::Refusals;
use smarts_core::http::{Http, HttpOptions};
use smarts_core::os;
use smarts_core::paths::Paths;
use smarts_core::secret;
use smarts_core::source::{Fault, Place, ProxyLogin};
use smarts_tests::machine_root::MachineRoot;
use smarts_tests::proxy::{Asked, Manner, PLAIN_BODY, Proxy};
use smarts_tests::sealing::Sealing;
use smarts_tests::tls::{Authority, TlsSite, Validity};

use tokio_util::sync::CancellationToken;

use super::{believing, fetched};

/// Known to the proxy alone.
const HOST: &str = "files.example";
const TUNNELLED: &str = "https://files.example/versions.xml";
const PLAIN: &str = "http://files.example/versions.xml";

struct Setup {
    proxy: Proxy,
    site: TlsSite,
    options: HttpOptions,
    _ca_file: tempfile::TempPath,
}

/// A site that can be reached by a proxy only.
fn setup(manner: Manner) -> Setup {
    let company = Authority::root("Company CA").unwrap();
    let site = TlsSite::serve(company.issue(HOST, Validity::Valid).unwrap(), "<a/>").unwrap();
    let proxy = Proxy::start(manner, &[(HOST, site.address())]).unwrap();
    let setting = Setting::Manual(ProxyAddress::parse(&proxy.url()).unwrap());
    let (believing, ca_file) = believing(&company.pem());
    let options = HttpOptions { proxy: setting, ..believing };
    Setup { proxy, site, options, _ca_file: ca_file }
}

fn wanting(password: &str) -> Manner {
    Manner::Login { user: r"SHOP\иван".into(), password: password.into() }
}

impl Setup {
    fn http(&self) -> Http {
        Http::new(&self.options).unwrap().allowing_plain()
    }

    fn login(&self, password: &str) -> Login {
        let proxy = ProxyAddress::parse(&self.proxy.url()).unwrap();
        let password = Password(password.into());
        Login { proxy, user: r"SHOP\иван".into(), password, stamp: String::new() }
    }

    fn with_login(&mut self, password: &str) -> Http {
        self.options.login = Some(self.login(password));
        self.http()
    }

    fn wants_login(&self, login: ProxyLogin) -> Fault {
        Fault::ProxyAuthentication { proxy: self.proxy.host(), login, in_address: false }
    }
}

fn variables(pairs: &[(&str, &str)]) -> Environment {
    Environment::from_variables(|name| {
        pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    })
}

#[tokio::test]
async fn a_proxy_is_asked_for_a_tunnel_and_for_plain_files() {
    let setup = setup(Manner::Open);
    let http = setup.http();
    assert_eq!(fetched(&http, TUNNELLED).await.unwrap(), "<a/>");
    assert_eq!(fetched(&http, PLAIN).await.unwrap(), PLAIN_BODY);
    let asked = |method: &str, target: &str| Asked {
        method: method.into(),
        target: target.into(),
        login: None,
        status: 200,
    };
    assert_eq!(setup.proxy.asked(), [asked("CONNECT", "files.example:443"), asked("GET", PLAIN)]);
}

#[tokio::test]
async fn the_right_login_passes_whatever_its_letters() {
    for password in ["right", "п@роль:%41/?#", ""] {
        let mut setup = setup(wanting(password));
        let http = setup.with_login(password);
        assert_eq!(fetched(&http, TUNNELLED).await.unwrap(), "<a/>");
        assert_eq!(fetched(&http, PLAIN).await.unwrap(), PLAIN_BODY);
        assert_eq!(setup.proxy.wrong_logins(), 0);
    }
}

#[tokio::test]
async fn a_wrong_login_is_sent_once_by_many_requests_clients_and_runs() {
    for url in [TUNNELLED, PLAIN] {
        let kept = tempfile::tempdir().unwrap();
        let mut setup = setup(wanting("right"));
        setup.options.refusals = Some(Refusals::new(kept.path()));
        let http = setup.with_login("wrong");
        let faults = join_all((0..20).map(|_| fetched(&http, url))).await;
        let refused = |login| faults.iter().filter(|fault| **fault == Err(setup.wants_login(login))).count();
        assert_eq!((refused(ProxyLogin::Refused), refused(ProxyLogin::RefusedBefore)), (1, 19));
        // Another client is as another process: all they share is the folder.
        let before = Err(setup.wants_login(ProxyLogin::RefusedBefore));
        assert_eq!(fetched(&setup.http(), TUNNELLED).await, before);
        assert_eq!(fetched(&setup.http(), PLAIN).await, before);
        assert_eq!((setup.proxy.wrong_logins(), setup.proxy.asked().len()), (1, 1));

        let changed = setup.with_login("wrong, too");
        assert_eq!(fetched(&changed, url).await, Err(setup.wants_login(ProxyLogin::Refused)));
        assert_eq!(fetched(&setup.http(), url).await, before);
        assert_eq!(setup.proxy.wrong_logins(), 2);
        assert!(fetched(&setup.with_login("right"), url).await.is_ok());
        assert_eq!(setup.proxy.wrong_logins(), 2);
    }
}

#[tokio::test]
async fn a_login_kept_anew_is_tried_once_more() {
    let kept = tempfile::tempdir().unwrap();
    let mut setup = setup(wanting("right"));
    setup.options.refusals = Some(Refusals::new(kept.path()));
    for stamp in ["1", "2"] {
        setup.options.login = Some(Login { stamp: stamp.into(), ..setup.login("wrong") });
        assert_eq!(fetched(&setup.http(), TUNNELLED).await, Err(setup.wants_login(ProxyLogin::Refused)));
        assert_eq!(fetched(&setup.http(), PLAIN).await, Err(setup.wants_login(ProxyLogin::RefusedBefore)));
    }
    assert_eq!(setup.proxy.wrong_logins(), 2);
}

#[tokio::test]
async fn a_wrong_login_that_is_kept_for_everybody_is_sent_once_by_all_people_of_a_pc() {
    let (machine, homes) = (MachineRoot::new().unwrap(), tempfile::tempdir().unwrap());
    let host = Sealing { root: os::MachineRoot::open(machine.path()).unwrap() };
    let of = |name: &str| Paths::below(&host, &homes.path().join(name));
    let mut setup = setup(wanting("right"));
    let address = ProxyAddress::parse(&setup.proxy.url()).unwrap();
    let keep = |password: &str| {
        let (paths, password) = (of("administrator"), Password(password.into()));
        let (path, refusal_path) = (paths.proxy_login_path(), paths.proxy_refusal_path());
        secret::save(&host, &path, &refusal_path, &address, r"SHOP\иван", &password).unwrap();
    };
    keep("wrong");
    let mut faults = Vec::new();
    for name in ["ivan", "olga", "ivan"] {
        let paths = of(name);
        let refusals = Refusals::new(&paths.refusals_dir()).with_common(&paths.proxy_refusal_path());
        setup.options.refusals = Some(refusals);
        setup.options.login = secret::load(&host, &paths.proxy_login_path()).unwrap();
        faults.push(fetched(&setup.http(), TUNNELLED).await.unwrap_err());
    }
    let before = || setup.wants_login(ProxyLogin::RefusedBefore);
    assert_eq!(faults, [setup.wants_login(ProxyLogin::Refused), before(), before()]);
    assert_eq!((setup.proxy.wrong_logins(), setup.proxy.asked().len()), (1, 1));
    // `proxy retry` of anybody: once more for all, with the password left as it is.
    setup.options.refusals.as_ref().unwrap().forget().unwrap();
    setup.options.login = secret::load(&host, &of("ivan").proxy_login_path()).unwrap();
    assert_eq!(setup.options.login.as_ref().unwrap().password, Password("wrong".into()));
    assert_eq!(fetched(&setup.http(), TUNNELLED).await, Err(setup.wants_login(ProxyLogin::Refused)));
    keep("right");
    setup.options.login = secret::load(&host, &of("olga").proxy_login_path()).unwrap();
    assert_eq!(fetched(&setup.http(), TUNNELLED).await.unwrap(), "<a/>");
    assert_eq!(setup.proxy.wrong_logins(), 2);
}

#[tokio::test]
async fn a_login_that_a_proxy_leaves_without_an_answer_is_not_sent_again_at_once() {
    for url in [TUNNELLED, PLAIN] {
        let mut setup = setup(Manner::Silent);
        setup.options.description_timeout = Duration::from_secs(1);
        let http = setup.with_login("right");
        let faults = join_all((0..5).map(|_| fetched(&http, url))).await;
        let unanswered = Err(setup.wants_login(ProxyLogin::Unanswered));
        let is_told = |fault| matches!(fault, &Err(Fault::Timeout { .. })) || *fault == unanswered;
        assert!(faults.iter().all(is_told), "{faults:?}");
        assert_eq!(fetched(&http, url).await, unanswered);
        assert_eq!(setup.proxy.asked().len(), 1);
    }
    // The same where the client gives up by itself.
    let mut setup = setup(Manner::Silent);
    setup.options.connect_timeout = Duration::from_millis(300);
    let http = setup.with_login("right");
    assert!(matches!(fetched(&http, TUNNELLED).await, Err(Fault::Timeout { .. })));
    assert_eq!(fetched(&http, TUNNELLED).await, Err(setup.wants_login(ProxyLogin::Unanswered)));
    assert_eq!(setup.proxy.asked().len(), 1);
}

#[tokio::test]
async fn what_a_proxy_or_a_host_behind_it_refuses_leaves_a_login_free() {
    let mut setup = setup(Manner::Status(503));
    let http = setup.with_login("right");
    for _ in 0..2 {
        assert!(matches!(fetched(&http, TUNNELLED).await, Err(Fault::ProxyRefusal { .. })));
    }
    setup.proxy.change(Manner::Open);
    setup.options.ca_file = None;
    let believing_nobody = setup.with_login("right");
    for _ in 0..2 {
        assert!(matches!(fetched(&believing_nobody, TUNNELLED).await, Err(Fault::Tls { .. })));
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = ProxyAddress::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    drop(listener);
    setup.options.login = Some(Login { proxy: closed.clone(), ..setup.login("right") });
    setup.options.proxy = Setting::Manual(closed);
    let http = setup.http();
    for _ in 0..2 {
        assert!(matches!(fetched(&http, TUNNELLED).await, Err(Fault::Connection { .. })));
    }
}

#[tokio::test]
async fn a_download_with_five_tries_sends_a_wrong_login_once() {
    let mut setup = setup(wanting("right"));
    let http = setup.with_login("wrong");
    let dir = tempfile::tempdir().unwrap();
    let request = Request {
        place: Place::Url(TUNNELLED.parse().unwrap()),
        name: "MobileSMARTS.msi".into(),
        size: None,
        sha256: None,
        sha512: None,
        mirrors: Vec::new(),
        dir: dir.path().join("files"),
    };
    let retries = Retries { tries: 5, base: Duration::ZERO, most: Duration::ZERO };
    let options = Options { retries, ..Options::default() };
    let fetch = download::fetch(&http, &request, &options, &|_| (), &CancellationToken::new()).await;
    let Err(Error::Source { fault, .. }) = fetch else { panic!("{fetch:?}") };
    assert_eq!(fault, setup.wants_login(ProxyLogin::Refused));
    assert_eq!((setup.proxy.wrong_logins(), setup.proxy.asked().len()), (1, 1));
}

#[tokio::test]
async fn without_a_login_none_is_sent_and_one_given_later_is_used() {
    let setup = setup(wanting("right"));
    let http = setup.http();
    for url in [TUNNELLED, PLAIN] {
        assert_eq!(fetched(&http, url).await, Err(setup.wants_login(ProxyLogin::Missing)));
    }
    let in_the_way = http.proxy(&TUNNELLED.parse().unwrap()).unwrap();
    assert_eq!((in_the_way.address.to_string(), in_the_way.has_login), (setup.proxy.url(), false));
    http.clone().log_in(setup.login("right"));
    assert!(http.proxy(&TUNNELLED.parse().unwrap()).unwrap().has_login);
    assert_eq!(fetched(&http, TUNNELLED).await.unwrap(), "<a/>");
    assert_eq!(fetched(&http, PLAIN).await.unwrap(), PLAIN_BODY);
    assert_eq!(setup.proxy.wrong_logins(), 0);
}

#[tokio::test]
async fn a_login_is_sent_to_no_other_proxy() {
    let mut setup = setup(wanting("right"));
    let elsewhere = ProxyAddress::parse("http://proxy.example:3128").unwrap();
    setup.options.login = Some(Login { proxy: elsewhere, ..setup.login("right") });
    assert_eq!(fetched(&setup.http(), TUNNELLED).await, Err(setup.wants_login(ProxyLogin::Missing)));
    assert!(setup.proxy.asked().iter().all(|asked| asked.login.is_none()));
}

#[tokio::test]
async fn a_login_in_the_environment_is_tried_as_carefully() {
    let mut setup = setup(wanting("right"));
    setup.options.proxy = Setting::Environment;
    let host = setup.proxy.host();
    let wrong = format!("http://SHOP%5Civan:wr0ng@{host}");
    setup.options.environment = variables(&[("HTTPS_PROXY", &wrong)]);
    let http = setup.http();
    let faults = join_all((0..5).map(|_| fetched(&http, TUNNELLED))).await;
    assert_eq!(setup.proxy.wrong_logins(), 1);
    let in_address = |fault: &Fault| matches!(fault, Fault::ProxyAuthentication { in_address: true, .. });
    assert!(faults.iter().all(|fault| fault.as_ref().is_err_and(in_address)), "{faults:?}");
    let shown = format!("{faults:?} {http:?} {:?}", setup.options);
    assert!(shown.contains(&host) && !shown.contains("wr0ng") && !shown.contains("ivan"), "{shown}");
    setup.proxy.change(Manner::Login { user: r"SHOP\ivan".into(), password: "wr0ng".into() });
    assert_eq!(fetched(&setup.http(), TUNNELLED).await.unwrap(), "<a/>");
}

#[tokio::test]
async fn none_goes_past_the_proxy_of_the_environment() {
    let mut setup = setup(Manner::Open);
    let proxy = setup.proxy.url();
    setup.options.environment = variables(&[("HTTPS_PROXY", &proxy), ("HTTP_PROXY", &proxy)]);
    for (setting, is_asked) in [(Setting::None, false), (Setting::Environment, true), (Setting::System, true)]
    {
        setup.options.proxy = setting;
        let http = setup.http();
        assert_eq!(http.proxy(&TUNNELLED.parse().unwrap()).is_some(), is_asked);
        // Nobody but the proxy knows the host; without it nothing is asked, not even for a name.
        if is_asked {
            assert_eq!(fetched(&http, TUNNELLED).await.unwrap(), "<a/>");
        }
    }
    assert_eq!(setup.proxy.asked().len(), 2);
}

#[tokio::test]
async fn this_pc_itself_is_reached_past_any_proxy() {
    let company = Authority::root("Company CA").unwrap();
    let site = TlsSite::serve(company.issue("127.0.0.1", Validity::Valid).unwrap(), "<a/>").unwrap();
    let proxy = Proxy::start(Manner::Status(500), &[]).unwrap();
    let setting = Setting::Manual(ProxyAddress::parse(&proxy.url()).unwrap());
    let (believing, _ca_file) = believing(&company.pem());
    let http = Http::new(&HttpOptions { proxy: setting, ..believing }).unwrap();
    assert_eq!(fetched(&http, &site.url("a")).await.unwrap(), "<a/>");
    assert_eq!(proxy.asked(), []);
}

#[tokio::test]
async fn a_proxy_that_is_not_there_says_no_or_says_nothing_is_named() {
    let mut setup = setup(Manner::Status(403));
    let named = |fault: &Fault, proxy: &str| match fault {
        Fault::Connection { host, proxy: Some(named), .. } | Fault::Timeout { host, proxy: Some(named) } => {
            host == "files.example:443" && named == proxy
        }
        _ => false,
    };
    let refusing = fetched(&setup.http(), TUNNELLED).await.unwrap_err();
    let (host, proxy) = ("files.example:443".to_owned(), setup.proxy.host());
    assert_eq!(refusing, Fault::ProxyRefusal { host, proxy });
    let status = Fault::Status { host: "files.example:80".into(), status: 403 };
    assert_eq!(fetched(&setup.http(), PLAIN).await, Err(status));

    setup.proxy.change(Manner::Silent);
    setup.options.connect_timeout = Duration::from_millis(300);
    let silent = fetched(&setup.http(), TUNNELLED).await.unwrap_err();
    assert!(matches!(silent, Fault::Timeout { .. }) && named(&silent, &setup.proxy.host()), "{silent:?}");
    setup.options.description_timeout = Duration::from_millis(300);
    setup.options.connect_timeout = Duration::from_mins(1);
    let silent = fetched(&setup.http(), TUNNELLED).await.unwrap_err();
    assert!(matches!(silent, Fault::Timeout { .. }) && named(&silent, &setup.proxy.host()), "{silent:?}");

    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = listener.local_addr().unwrap().to_string();
    drop(listener);
    setup.options.proxy = Setting::Manual(ProxyAddress::parse(&format!("http://{closed}")).unwrap());
    let gone = fetched(&setup.http(), TUNNELLED).await.unwrap_err();
    assert!(matches!(gone, Fault::Connection { .. }) && named(&gone, &closed), "{gone:?}");
    assert_eq!(setup.site.answered(), 0);
}

#[tokio::test]
async fn a_proxy_of_another_kind_is_named_and_not_passed_over() {
    let mut setup = setup(Manner::Open);
    setup.options.proxy = Setting::Environment;
    setup.options.environment = variables(&[("ALL_PROXY", "socks5h://ivan:s3cret@socks.shop:1080")]);
    let fault = fetched(&setup.http(), TUNNELLED).await.unwrap_err();
    assert_eq!(fault, Fault::ProxyUnusable { proxy: "socks5h://socks.shop:1080".into() });
}
