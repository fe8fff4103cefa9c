use std::net::TcpListener;

use smarts_tests::machine_root::MachineRoot;
use smarts_tests::proxy::{Manner, Proxy};
use smarts_tests::site::Site;
use smarts_tests::tls::{Authority, TlsSite, Validity};
use smarts_tests::tree::Tree;

use super::*;
use crate::diagnose::tests::here;
use crate::diagnose::{Sum, told_all};

const SETTINGS: &str = r"C:\ProgramData\Cleverence\Updater\settings.toml";

fn desk(root: &MachineRoot, source: &str) -> Arc<dyn Desk> {
    Arc::new(here(root, source))
}

fn root() -> MachineRoot {
    MachineRoot::new().unwrap().platform("3.3.46.29552").unwrap()
}

fn line<'a>(lines: &'a [Line], id: &str) -> &'a Line {
    lines.iter().find(|line| line.id == id).unwrap()
}

#[test]
fn every_place_of_the_outline_is_filled_once_and_in_its_order() {
    let (root, site) = (root(), Site::serve(&Tree::new()).unwrap());
    let desk = desk(&root, &site.root());
    let (mut places, mut told) = (Vec::new(), Vec::new());
    run(&desk, &CancellationToken::new(), &mut |step| match step {
        Step::Outline(slots) => places.extend(slots.into_iter().map(|slot| slot.id)),
        Step::Found(line) => told.push(line.id),
    });
    told.sort_unstable();
    let mut sorted = places.clone();
    sorted.sort_unstable();
    assert_eq!(told, sorted);
    let in_order: Vec<&str> = all(&desk).iter().map(|line| line.id).collect();
    assert_eq!(in_order, places);
}

#[test]
fn of_the_network_nothing_but_the_source_is_asked_and_that_for_one_description() {
    let (root, site) = (root(), Site::serve(&Tree::new()).unwrap());
    let lines = all(&desk(&root, &site.root()));
    let asked: Vec<String> = site.seen().into_iter().map(|seen| seen.path).collect();
    assert_eq!(asked, ["updates/Platform4/versions.xml"]);
    let answer = line(&lines, "answer");
    assert_eq!(answer.state, State::Attention, "it has no such list");
    assert!(answer.text.ends_with("status 404") && !answer.advice.is_empty(), "{answer:?}");
    assert_eq!(line(&lines, "port").state, State::Ok);
    assert!(lines.iter().all(|line| !["port_80", "port_443", "tls", "proxy_port"].contains(&line.id)));
}

#[test]
fn a_site_that_is_silent_is_given_up_when_the_person_says_so() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let (root, cancel) = (root(), CancellationToken::new());
    let desk = desk(&root, &format!("http://{}/", listener.local_addr().unwrap()));
    let mut lines = Vec::new();
    run(&desk, &cancel, &mut |step| {
        if let Step::Found(line) = step {
            cancel.cancel();
            lines.push(line);
        }
    });
    let answer = line(&lines, "answer");
    assert_eq!(answer.state, State::Unknown);
    assert_eq!(answer.text, "Answer of the source: looking was stopped");
    assert!(Sum::of(&lines).unknown > 0);
}

#[test]
fn a_folder_is_looked_at_in_the_place_of_a_site() {
    let (root, source) = (root(), tempfile::tempdir().unwrap());
    let look = || all(&desk(&root, &source.path().display().to_string()));
    let bare = look();
    assert_eq!(line(&bare, "source_folder").state, State::Attention);
    assert_eq!(line(&bare, "clock").state, State::Neutral);
    std::fs::create_dir(source.path().join("updates")).unwrap();
    assert_eq!(line(&look(), "source_folder").state, State::Ok);
    let missing = source.path().join("missing").display().to_string();
    let lines = all(&desk(&root, &missing));
    let folder = line(&lines, "source_folder");
    assert_eq!(folder.state, State::Attention);
    assert!(folder.detail.starts_with(&missing) && !folder.advice.is_empty(), "{folder:?}");
}

#[test]
fn whatever_is_not_as_it_should_be_says_what_to_do() {
    let root = root();
    let lines = all(&desk(&root, "/no/such/folder"));
    for line in &lines {
        let is_fine = matches!(line.state, State::Ok | State::Neutral);
        assert_eq!(is_fine, line.advice.is_empty(), "{line:?}");
    }
    let texts = Texts::new(crate::i18n::Language::En).unwrap();
    let told = told_all(&lines, &texts);
    assert!(told.starts_with("Source and network\n") && told.contains("\nThis PC\n"), "{told}");
}

#[test]
fn by_a_proxy_the_site_is_seen_and_whoever_stands_for_it_is_named_until_he_is_believed() {
    let company = Authority::root("Company CA").unwrap();
    let site = TlsSite::serve(company.issue("files.example", Validity::Valid).unwrap(), "<a/>").unwrap();
    let proxy = Proxy::start(Manner::Open, &[("files.example", site.address())]).unwrap();
    let root = root();
    let settings = format!("proxy = '{}'\n", proxy.url());
    root.write(SETTINGS, settings.as_bytes()).unwrap();
    let look = || all(&desk(&root, "https://files.example/"));
    let lines = look();
    assert_eq!(line(&lines, "proxy_port").state, State::Ok);
    let tls = line(&lines, "tls");
    assert_eq!(tls.state, State::Attention);
    assert!(tls.detail.contains("Company CA") && tls.advice.contains("ca_file"), "{tls:?}");
    assert!(lines.iter().all(|line| !["name", "port_443", "port_80"].contains(&line.id)), "asked there");
    let rule = line(&lines, "firewall");
    assert!(rule.detail.contains(&proxy.host()) && rule.detail.contains("files.example"), "{rule:?}");

    root.write(r"C:\company.pem", company.pem().as_bytes()).unwrap();
    root.write(SETTINGS, format!("{settings}ca_file = 'C:\\company.pem'\n").as_bytes()).unwrap();
    let lines = look();
    assert_eq!((line(&lines, "tls").state, line(&lines, "answer").state), (State::Ok, State::Ok));
    assert_eq!(site.answered(), 1, "the certificate is looked at without a request");
}
