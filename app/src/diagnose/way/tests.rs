use smarts_core::http::{Http, HttpOptions};
use smarts_core::probe::{Answered, Certificate, PortFault, Unread};
use smarts_core::source::{Fault, TlsProblem};
use smarts_tests::machine_root::MachineRoot;

use super::*;
use crate::diagnose::tests::here;

const NOW: &str = "2026-11-22T09:40:00Z";

fn common(address: &str, root: &MachineRoot) -> Looks {
    let http = Http::new(&HttpOptions::default()).unwrap();
    let way = SiteWay { url: address.parse().unwrap(), proxy: None, http };
    let desk: Arc<dyn Desk> = Arc::new(here(root, "/nowhere"));
    Looks { way, second: None, desk, now: NOW.parse().unwrap(), at_least: None }
}

fn vendors(root: &MachineRoot) -> Looks {
    common("https://files.cleverence.ru/updates/Platform4/versions.xml", root)
}

fn certificate(issuer: &str, until: &str) -> Certificate {
    Certificate {
        subject: "files.cleverence.ru".into(),
        issuer: issuer.into(),
        is_self_signed: false,
        not_before: "2026-01-01T00:00:00Z".parse().unwrap(),
        not_after: until.parse().unwrap(),
    }
}

fn answered(sent_at: Option<&str>) -> Answered {
    let sent_at = sent_at.map(|at| at.parse().unwrap());
    Answered { status: 200, sent_at, took: Duration::from_millis(12) }
}

fn tls_fault(problem: TlsProblem) -> Result<Answered, Fault> {
    Err(Fault::Tls { host: "files.cleverence.ru:443".into(), proxy: None, problem, detail: "x".into() })
}

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

#[test]
fn the_rule_for_the_firewall_names_host_present_addresses_and_ports() {
    let root = MachineRoot::new().unwrap();
    let site = vendors(&root);
    let found = firewall::line(&site, &[address("192.0.2.1"), address("2001:db8::1")]);
    assert_eq!(found.state, State::Neutral);
    assert_eq!(found.detail, "files.cleverence.ru (192.0.2.1, 2001:db8::1): outgoing TCP, ports 80, 443");
    let unresolved = firewall::line(&site, &[]);
    assert_eq!(unresolved.detail, "files.cleverence.ru: outgoing TCP, ports 80, 443");
    let own = common("https://mirror.example:8443/a", &root);
    assert_eq!(firewall::line(&own, &[]).detail, "mirror.example: outgoing TCP, ports 8443");
    assert_eq!(firewall::line(&common("http://127.0.0.1:5/a", &root), &[]).detail, "");
    let by_proxy = firewall::for_proxy(&site, "proxy.shop:3128").detail;
    assert!(by_proxy.contains("proxy.shop:3128") && by_proxy.contains("files.cleverence.ru"), "{by_proxy}");
}

#[test]
fn the_address_of_the_vendors_instruction_is_a_fact_whatever_the_name_resolves_to() {
    let root = MachineRoot::new().unwrap();
    let desk = here(&root, "/nowhere");
    for addresses in [vec![], vec![address("138.201.29.215")], vec![address("192.0.2.1")]] {
        let line = firewall::vendors(&addresses, &desk.texts);
        assert_eq!((line.state, line.text.contains("138.201.29.215")), (State::Neutral, true));
    }
    let site = |common: Looks| Ways { first: Way::Site(Box::new(common.way)), second: None };
    let ids = ids(&site(vendors(&root)));
    assert!(ids.contains(&"vendor_address") && ids.contains(&"port_80") && ids.contains(&"port_443"));
    let other = super::ids(&site(common("https://mirror.example/a", &root)));
    assert!(!other.contains(&"vendor_address"));
}

#[test]
fn a_port_that_is_not_needed_is_no_fault_when_it_is_closed() {
    let root = MachineRoot::new().unwrap();
    let texts = here(&root, "/nowhere").texts;
    let closed = Err(PortFault::Timeout);
    assert_eq!(reach::port("port_80", 80, false, &closed, &texts).state, State::Neutral);
    let needed = reach::port("port_443", 443, true, &closed, &texts);
    assert_eq!(needed.state, State::Attention);
    assert!(needed.advice.contains("firewall"), "{needed:?}");
    let nowhere = reach::port("port_443", 443, true, &Err(PortFault::NoName), &texts);
    assert_eq!(nowhere.state, State::Unknown, "the port was not looked at");
    let open = reach::port("port_443", 443, true, &Ok(Duration::from_millis(12)), &texts);
    assert_eq!((open.state, open.text.as_str()), (State::Ok, "port 443 is open (12 ms)"));
}

#[test]
fn who_has_issued_the_certificate_is_told_whether_the_connection_holds_or_not() {
    let root = MachineRoot::new().unwrap();
    let site = vendors(&root);
    let usual = certificate("Let's Encrypt, R11", "2027-02-01T00:00:00Z");
    let line = certificate::line(&site, &Ok(usual.clone()), &Ok(answered(None)));
    assert_eq!(line.state, State::Ok);
    let words = "Certificate issued by: Let's Encrypt, R11. To: files.cleverence.ru. Valid until 1 Feb 2027";
    assert_eq!(line.detail, words);
    let between = certificate("AO Kaspersky Lab, Kaspersky Anti-Virus Root", "2027-02-01T00:00:00Z");
    let inspected = certificate::line(&site, &Ok(between.clone()), &Ok(answered(None)));
    assert_eq!(inspected.state, State::Neutral);
    assert!(inspected.text.contains("Kaspersky"), "{inspected:?}");
    let unbelieved = certificate::line(&site, &Ok(between), &tls_fault(TlsProblem::UnknownIssuer));
    assert_eq!(unbelieved.state, State::Attention);
    assert!(unbelieved.text.contains("Kaspersky") && unbelieved.advice.contains("ca_file"));
    let stranger = certificate("Somebody", "2027-02-01T00:00:00Z");
    let line = certificate::line(&site, &Ok(stranger), &tls_fault(TlsProblem::UnknownIssuer));
    assert!(line.state == State::Attention && line.detail.contains("Somebody"), "{line:?}");
    let own = Certificate { is_self_signed: true, ..usual };
    let line = certificate::line(&site, &Ok(own), &tls_fault(TlsProblem::UnknownIssuer));
    assert!(line.text.contains("issued its certificate itself"), "{line:?}");
}

#[test]
fn a_certificate_that_was_not_seen_is_unknown_and_one_out_of_time_is_told_with_its_day() {
    let root = MachineRoot::new().unwrap();
    let site = vendors(&root);
    let late = Fault::Timeout { host: "files.cleverence.ru:443".into(), proxy: None };
    let line = certificate::line(&site, &Err(Unread::NotSeen(late.clone())), &Err(late));
    assert_eq!(line.state, State::Unknown);
    let ended = certificate("Let's Encrypt, R11", "2026-11-01T00:00:00Z");
    let line = certificate::line(&site, &Ok(ended), &tls_fault(TlsProblem::Expired));
    assert_eq!(line.state, State::Attention);
    assert!(line.detail.ends_with("Was valid until 1 Nov 2026"), "{line:?}");
    let broken = Err(Unread::Broken { detail: "x".into() });
    assert_eq!(certificate::line(&site, &broken, &Ok(answered(None))).state, State::Attention);
}

#[test]
fn the_clock_is_compared_with_the_server_and_with_what_was_signed() {
    let root = MachineRoot::new().unwrap();
    let texts = here(&root, "/nowhere").texts;
    let now = NOW.parse().unwrap();
    let line = |sent_at, least: Option<&str>| {
        clock::line(now, &Ok(answered(sent_at)), least.map(|at| at.parse().unwrap()), &texts)
    };
    assert_eq!(line(Some("2026-11-22T09:41:00Z"), None).state, State::Ok);
    let slow = line(Some("2026-11-22T12:40:00Z"), None);
    assert_eq!((slow.state, slow.text.as_str()), (State::Attention, "the clock of this PC is 3 h slow"));
    let fast = line(Some("2026-11-12T09:40:00Z"), None);
    assert_eq!(fast.text, "the clock of this PC is 10 d fast");
    assert_eq!(line(None, None).state, State::Unknown);
    let behind = line(Some(NOW), Some("2026-11-23T00:00:00Z"));
    assert_eq!((behind.state, behind.text.as_str()), (State::Attention, "the clock of this PC is behind"));
    let silent = Err(Fault::Timeout { host: "h".into(), proxy: None });
    assert_eq!(clock::line(now, &silent, None, &texts).state, State::Unknown);
    assert_eq!(clock::without_server(now, None, &texts).state, State::Neutral);
}

#[test]
fn a_name_that_is_not_found_says_so_and_what_to_look_at() {
    let root = MachineRoot::new().unwrap();
    let texts = here(&root, "/nowhere").texts;
    for fault in [NameFault::Timeout, NameFault::NotFound { detail: "no such host".into() }] {
        let line = name_line("files.example", &Err(fault), &texts);
        assert!(line.state == State::Attention && line.advice.contains("DNS"), "{line:?}");
    }
    let written = name_line("192.0.2.1", &Ok(vec![address("192.0.2.1")]), &texts);
    assert_eq!(written.state, State::Neutral);
    let found = name_line("files.example", &Ok(vec![address("192.0.2.1")]), &texts);
    assert_eq!((found.state, found.detail.as_str()), (State::Ok, "192.0.2.1"));
}

#[test]
fn of_a_source_in_two_halves_both_are_looked_at_and_named_in_the_rule() {
    let root = MachineRoot::new().unwrap();
    let second = common("https://second.example/updates/a", &root).way;
    let ways = Ways {
        first: Way::Folder { path: "/updates".into(), is_updates: true },
        second: Some(second.clone()),
    };
    let ids = ids(&ways);
    assert!(["source_folder", "second_host", "firewall"].iter().all(|id| ids.contains(id)), "{ids:?}");
    let site = vendors(&root);
    let rule = firewall::with_second(firewall::line(&site, &[]), Some("second".into()), site.texts());
    assert_eq!(rule.detail, "files.cleverence.ru: outgoing TCP, ports 80, 443\nsecond");
    let of_this_pc = common("http://127.0.0.1:5/a", &root);
    let rule = firewall::with_second(firewall::line(&of_this_pc, &[]), Some("second".into()), site.texts());
    assert_eq!((rule.detail.as_str(), rule.text.as_str()), ("second", "the firewall has to allow"));
    let missing = Answered { status: 404, ..answered(None) };
    assert_eq!(reach::second(&second, &Ok(missing), site.texts()).state, State::Ok, "it answers");
    let silent = reach::second(&second, &tls_fault(TlsProblem::Other), site.texts());
    assert_eq!((silent.state, silent.advice.is_empty()), (State::Attention, false));
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(folder(dir.path(), true, site.texts()).state, State::Ok, "no updates are below updates");
}
