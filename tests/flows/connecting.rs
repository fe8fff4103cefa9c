//! The command line behind a proxy and a company's certificates, as settings and environment have them.

use std::path::Path;
use std::process::Stdio;

use smarts_tests::machine_root::MachineRoot;
use smarts_tests::proxy::{Manner, Proxy};
use smarts_tests::tls::{Authority, TlsSite, Validity};

use crate::made;
use crate::program::{Home, Ran, SMARTS, TODAY};

/// Known to the proxy alone.
const HOST: &str = "files.example";
const SETTINGS: &str = r"C:\ProgramData\Cleverence\Updater\settings.toml";
const CA_FILE: &str = r"C:\company.pem";
/// Settings that lead out by the environment's proxy.
const BY_ENVIRONMENT: &str =
    "source = 'https://files.example/'\nproxy = 'environment'\nca_file = 'C:\\company.pem'\n";

struct Desk {
    pc: MachineRoot,
    home: Home,
    proxy: Proxy,
    _site: TlsSite,
}

/// A PC whose source lies behind a proxy and has nothing new.
fn desk(manner: Manner) -> Desk {
    let company = Authority::root("Company CA").unwrap();
    let identity = company.issue(HOST, Validity::Valid).unwrap();
    let site = TlsSite::serve(identity, "<update><versions/></update>").unwrap();
    let proxy = Proxy::start(manner, &[(HOST, site.address())]).unwrap();
    let pc = made::pc(&[]);
    pc.write(CA_FILE, company.pem().as_bytes()).unwrap();
    let mut home = Home::new();
    home.hide(pc.path(), "[PC]");
    home.hide_text(&proxy.host(), "[PROXY]");
    Desk { pc, home, proxy, _site: site }
}

fn wanting(password: &str) -> Manner {
    Manner::Login { user: "ivan".into(), password: password.into() }
}

impl Desk {
    fn settings(&self, text: &str) {
        self.pc.write(SETTINGS, text.as_bytes()).unwrap();
    }

    fn run(&self, line: &[&str], variables: &[(&str, &str)]) -> Ran {
        let root = self.pc.path().display().to_string();
        let common = ["--machine-root", &root, "--today", TODAY, "--lang", "ru"];
        let mut command = self.home.command(SMARTS, &[line, &common].concat());
        command.envs(variables.iter().copied()).stdin(Stdio::null());
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| self.home.shown(&String::from_utf8(bytes).unwrap());
        Ran { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    fn variable(&self, password: &str) -> String {
        format!("http://ivan:{password}@{}", self.proxy.host())
    }
}

/// Whether a text is anywhere in the person's folders, logs and caches included.
fn is_anywhere(dir: &Path, text: &str) -> bool {
    let files = walkdir::WalkDir::new(dir).into_iter().map(Result::unwrap);
    let mut files = files.filter(|entry| entry.file_type().is_file());
    files.any(|entry| String::from_utf8_lossy(&std::fs::read(entry.path()).unwrap()).contains(text))
}

#[test]
fn a_source_behind_a_proxy_with_a_company_certificate_is_checked() {
    let desk = desk(wanting("right"));
    desk.settings(BY_ENVIRONMENT);
    let checked = desk.run(&["check"], &[("HTTPS_PROXY", &desk.variable("right"))]);
    assert_eq!(checked.status, 0, "{}", checked.told());
    assert_eq!(desk.proxy.wrong_logins(), 0);

    desk.settings(&BY_ENVIRONMENT.replace("ca_file", "# ca_file"));
    let unproved = desk.run(&["check"], &[("HTTPS_PROXY", &desk.variable("right"))]);
    assert_eq!(unproved.status, 1);
    assert_eq!(
        unproved.err,
        "Проверить не удалось: сертификат узла files.example:443 выдан тем, кому этот компьютер не доверяет \
         (через прокси [PROXY]). Если в компании проверяют защищённые соединения, укажите её сертификат в \
         настройке ca_file\n"
    );
    assert!(unproved.out.contains("проверить не удалось"), "{}", unproved.out);
}

#[test]
fn a_wrong_password_is_sent_once_by_many_runs_and_is_kept_nowhere() {
    let desk = desk(wanting("right"));
    desk.settings(BY_ENVIRONMENT);
    let wrong = desk.variable("wr0ngpass");
    let first = desk.run(&["check"], &[("HTTPS_PROXY", &wrong)]);
    assert_eq!(first.status, 1);
    assert!(first.err.contains("прокси [PROXY] не принял имя и пароль"), "{}", first.err);
    for _ in 0..2 {
        let later = desk.run(&["check", "--json"], &[("HTTPS_PROXY", &wrong)]);
        assert_eq!(later.status, 1);
        assert!(later.err.contains("сейчас они не отправлялись"), "{}", later.err);
        assert!(later.out.contains("\"unknown\"") && !later.out.contains("up_to_date"), "{}", later.out);
    }
    assert_eq!(desk.proxy.wrong_logins(), 1);
    for dir in [desk.home.path(), desk.pc.path()] {
        assert!(!is_anywhere(dir, "wr0ngpass"));
    }
    assert!(first.err.contains("HTTPS_PROXY") && !first.err.contains("set-password"), "{}", first.err);
    assert_eq!(desk.run(&["proxy", "forget"], &[]).status, 0);
    desk.run(&["check"], &[("HTTPS_PROXY", &wrong)]);
    assert_eq!(desk.proxy.wrong_logins(), 1, "no refusal is forgotten with a password");
    assert_eq!(desk.run(&["proxy", "retry"], &[]).status, 0);
    desk.run(&["check"], &[("HTTPS_PROXY", &wrong)]);
    assert_eq!(desk.proxy.wrong_logins(), 2);
    assert_eq!(desk.run(&["check"], &[("HTTPS_PROXY", &desk.variable("right"))]).status, 0);
}

#[test]
fn a_proxy_of_the_settings_that_wants_a_login_is_a_clear_error_where_nobody_can_be_asked() {
    let desk = desk(wanting("right"));
    let proxy = desk.proxy.url();
    desk.settings(&format!(
        "source = 'https://files.example/'\nproxy = '{proxy}'\nproxy_user = 'ivan'\nca_file = 'C:\\company.pem'\n"
    ));
    let checked = desk.run(&["check"], &[]);
    assert_eq!(checked.status, 1);
    assert!(checked.err.contains("прокси [PROXY] требует имя и пароль"), "{}", checked.err);
    assert!(checked.err.contains("smarts proxy set-password"), "{}", checked.err);

    let kept = desk.run(&["proxy", "set-password"], &[]);
    assert_eq!(kept.status, 4, "no password was given");
    let kept = desk.home.run(
        SMARTS,
        &["proxy", "set-password", "--lang", "ru", "--machine-root", &desk.pc.path().display().to_string()],
        "s3cret\n",
    );
    assert_eq!((kept.status, kept.out.as_str()), (3, ""), "a machine root keeps no secrets");
    assert!(kept.err.contains("не хранятся"), "{}", kept.err);

    let shown = desk.run(&["proxy", "show", "--json"], &[]);
    assert_eq!(shown.status, 0);
    for part in ["\"http://[PROXY]\"", "\"ivan\"", "\"password\": \"none\"", "company.pem"] {
        assert!(shown.out.contains(part), "{part}: {}", shown.out);
    }
    let found = desk.run(&["diagnose"], &[]);
    for part in ["прокси http://[PROXY] (из настройки proxy)", "сертификаты компании: C:\\company.pem"]
    {
        assert!(found.out.contains(part), "{part}: {}", found.out);
    }
    assert!(!is_anywhere(desk.home.path(), "s3cret") && !is_anywhere(desk.pc.path(), "s3cret"));
}

#[test]
fn a_file_of_certificates_that_cannot_be_used_is_named_and_nothing_is_asked() {
    let desk = desk(Manner::Open);
    desk.settings(&BY_ENVIRONMENT.replace("company.pem", "missing.pem"));
    let proxy = desk.proxy.url();
    let checked = desk.run(&["check"], &[("HTTPS_PROXY", &proxy)]);
    assert_eq!(checked.status, 1);
    assert!(checked.err.contains(r"C:\missing.pem (настройка ca_file) не читается"), "{}", checked.err);
    desk.settings(&BY_ENVIRONMENT.replace(CA_FILE, "/etc/ssl/certs/ca-certificates.crt"));
    let outside = desk.run(&["check"], &[("HTTPS_PROXY", &proxy)]);
    assert!(outside.err.contains("не найден"), "{}", outside.err);
    assert_eq!(desk.proxy.asked(), []);
    assert_eq!(desk.run(&["list"], &[]).status, 0, "all that needs no network works on");
}

#[test]
fn a_password_in_the_settings_is_refused_unrepeated() {
    let desk = desk(Manner::Open);
    desk.settings("proxy = 'http://ivan:s3cret@proxy:3128'\n");
    let listed = desk.run(&["list"], &[]);
    assert_eq!(listed.status, 1);
    assert!(listed.err.contains("line 1") && listed.err.contains("proxy_user"), "{}", listed.err);
    assert!(!listed.err.contains("s3cret"), "{}", listed.err);
}
