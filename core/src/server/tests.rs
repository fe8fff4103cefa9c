use std::fs;
use std::net::{Ipv4Addr, TcpListener};

use serde_json::{Value, json};
use smarts_tests::machine_root::{self as pc, BaseSpec};

use super::*;
use crate::machine;
use crate::os::{Linux, MachineRoot};

const FOLDER: &str = r"C:\ProgramData\Cleverence\Databases\main";

struct Pc {
    root: pc::MachineRoot,
    os: MachineRoot,
    paths: Paths,
}

fn pc(services: &[Value]) -> Pc {
    let root = pc::MachineRoot::new().unwrap().platform("3.3.46.29552").unwrap();
    let root = root.base(&BaseSpec::new("main", "Основной склад")).unwrap();
    fs::write(root.path().join("services.json"), json!({ "services": services }).to_string()).unwrap();
    let os = MachineRoot::open(root.path()).unwrap();
    let paths = Paths::below(&os, &root.path().join("person"));
    Pc { root, os, paths }
}

/// A data server of the base's own that runs.
fn own() -> Value {
    json!({
        "name": "DataServerMain",
        "display_name": "Сервер данных «Основной склад»",
        "command_line": format!(r#""C:\Program Files (x86)\Cleverence Soft\Mobile SMARTS\DataServer.exe" -b "{FOLDER}""#),
        "state": "running",
        "ports": [9000],
    })
}

fn with(mut service: Value, fields: &Value) -> Value {
    let fields = fields.as_object().unwrap().clone();
    service.as_object_mut().unwrap().extend(fields);
    service
}

impl Pc {
    fn base(&self) -> Base {
        machine::read_base(&self.os, "main").unwrap()
    }

    fn pause(&self) -> Result<Pause, Error> {
        let now = "2026-11-22T09:40:05Z".parse().unwrap();
        pause(&self.os, &self.paths, &self.base(), now, &mut || ())
    }

    fn remembered(&self) -> Vec<String> {
        stopped(&self.os, &self.paths).into_iter().map(|one| one.service).collect()
    }

    fn runs(&self) -> Vec<bool> {
        let services = self.os.services().unwrap();
        services.iter().map(|service| service.state == ServiceState::Running).collect()
    }
}

#[test]
fn a_server_that_runs_is_stopped_and_started_again_and_nothing_is_remembered_then() {
    let pc = pc(&[own()]);
    let pause = pc.pause().unwrap();
    assert!(pause.has_stopped());
    assert_eq!((pc.runs(), pc.remembered()), (vec![false], vec!["DataServerMain".to_owned()]));
    assert_eq!(pause.end(&pc.os, &pc.paths), Server::Answered { port: 9000 });
    assert_eq!((pc.runs(), pc.remembered()), (vec![true], vec![]));
    assert!(!pc.paths.stopped_servers_path().exists());
}

#[test]
fn a_server_that_did_not_run_is_left_so() {
    let pc = pc(&[with(own(), &json!({ "state": "stopped" }))]);
    let pause = pc.pause().unwrap();
    assert!(!pause.has_stopped() && pc.remembered().is_empty());
    assert_eq!(pause.end(&pc.os, &pc.paths), Server::NotRunning);
    assert_eq!(pc.runs(), [false]);
}

#[test]
fn a_server_that_was_left_stopped_by_a_run_that_was_cut_off_is_started_by_the_next() {
    let pc = pc(&[own()]);
    drop(pc.pause().unwrap());
    assert_eq!(pc.runs(), [false]);
    let again = pc.pause().unwrap();
    assert_eq!(again.end(&pc.os, &pc.paths), Server::Answered { port: 9000 });
    assert_eq!((pc.runs(), pc.remembered()), (vec![true], vec![]));
}

#[test]
fn whoever_comes_after_a_run_that_was_cut_off_starts_the_servers_of_whole_bases_only() {
    let pc = pc(&[own()]);
    drop(pc.pause().unwrap());
    assert!(start_stopped(&pc.os, &pc.paths, &["main"]).is_empty());
    assert_eq!(pc.runs(), [false]);
    let restarted = start_stopped(&pc.os, &pc.paths, &["other"]);
    assert!(restarted.len() == 1 && restarted[0].result.is_ok(), "{restarted:?}");
    assert_eq!((pc.runs(), pc.remembered()), (vec![true], vec![]));
    assert!(start_stopped(&pc.os, &pc.paths, &[]).is_empty());
}

#[test]
fn a_server_that_somebody_has_started_meanwhile_is_stopped_again() {
    let pc = pc(&[own()]);
    drop(pc.pause().unwrap());
    pc.os.start_service("DataServerMain", Duration::ZERO).unwrap();
    let pause = pc.pause().unwrap();
    assert_eq!((pc.runs(), pc.remembered().len()), (vec![false], 1));
    assert_eq!(pause.end(&pc.os, &pc.paths), Server::Answered { port: 9000 });
}

#[test]
fn a_server_that_does_not_stop_is_told_with_its_name_and_what_was_stopped_runs_again() {
    let stuck = with(own(), &json!({ "name": "Second", "display_name": "Печать", "stops": false }));
    let pc = pc(&[own(), stuck]);
    let error = pc.pause().unwrap_err();
    let Error::NotStopped { service, fault: ServiceFault::TimedOut { .. } } = error else {
        panic!("{error:?}");
    };
    assert_eq!((service.as_str(), pc.runs(), pc.remembered()), ("Печать", vec![true, true], vec![]));
}

#[test]
fn a_server_that_does_not_start_is_told_and_stays_remembered() {
    let pc = pc(&[with(own(), &json!({ "starts": false }))]);
    let server = pc.pause().unwrap().end(&pc.os, &pc.paths);
    let Server::NotStarted { service, detail } = &server else { panic!("{server:?}") };
    assert_eq!(service, "Сервер данных «Основной склад»");
    assert!(server.is_bad() && detail.contains("while it was starting"), "{detail}");
    assert_eq!(pc.remembered(), ["DataServerMain"]);
}

#[test]
fn a_service_that_is_gone_is_forgotten() {
    let pc = pc(&[own()]);
    drop(pc.pause().unwrap());
    fs::write(pc.root.path().join("services.json"), r#"{"services": []}"#).unwrap();
    let restarted = start_stopped(&pc.os, &pc.paths, &[]);
    assert!(matches!(restarted[0].result, Err(ServiceFault::Missing)), "{restarted:?}");
    assert!(pc.remembered().is_empty());
}

#[test]
fn whether_a_server_answers_is_asked_at_its_own_port() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let settings = format!(
        "<App.Settings><Mode>Server</Mode><ServerSettings><DataService enabled=\"True\" port=\"{port}\"/>\
         </ServerSettings></App.Settings>"
    );
    let pc = pc(&[with(own(), &json!({ "ports": [port], "asks_host": true }))]);
    pc.root.write(&format!(r"{FOLDER}\settings.xml"), settings.as_bytes()).unwrap();
    assert_eq!(pc.pause().unwrap().end(&pc.os, &pc.paths), Server::Answered { port });
    drop(listener);
    assert_eq!(pc.pause().unwrap().end(&pc.os, &pc.paths), Server::NotAnswering { port });
    assert_eq!((pc.runs(), pc.remembered()), (vec![true], vec![]));
}

#[test]
fn a_port_that_answered_before_answers_afterwards_or_that_is_told() {
    let not_found = with(own(), &json!({ "command_line": "C:\\Other\\DataServer.exe" }));
    let pc = pc(&[not_found]);
    assert_eq!(pc.pause().unwrap().end(&pc.os, &pc.paths), Server::Answered { port: 9000 });
    let pause = pc.pause().unwrap();
    pc.os.stop_service("DataServerMain", Duration::ZERO).unwrap();
    assert_eq!(pause.end(&pc.os, &pc.paths), Server::NotAnswering { port: 9000 });
}

#[test]
fn the_service_that_holds_the_bases_file_is_its_server_if_it_is_the_vendors() {
    let holding = json!({
        "command_line": r"C:\Program Files (x86)\Cleverence Soft\Mobile SMARTS\Server.exe",
        "holds": [format!(r"{FOLDER}\appres.resources")],
    });
    let scanner = json!({
        "name": "Scanner",
        "command_line": r"C:\Scanner\scanner.exe",
        "holds": [format!(r"{FOLDER}\appres.resources")],
        "state": "running",
    });
    let pc = pc(&[with(own(), &holding), scanner]);
    assert_eq!(of_base(&pc.os, &pc.base()).unwrap(), [], "the file is not there");
    pc.root.write(&format!(r"{FOLDER}\appres.resources"), b"x").unwrap();
    let found = of_base(&pc.os, &pc.base()).unwrap();
    assert_eq!(found.len(), 1);
    assert!(found[0].is_shared && found[0].service.name == "DataServerMain");
}

#[test]
fn without_services_nothing_is_looked_at() {
    let pc = pc(&[]);
    fs::remove_file(pc.root.path().join("services.json")).unwrap();
    assert!(matches!(of_base(&pc.os, &pc.base()), Err(ServiceFault::NotHere)));
    assert_eq!(pc.pause().unwrap().end(&pc.os, &pc.paths), Server::NotLookedAt);
    assert!(matches!(Linux.services(), Err(ServiceFault::NotHere)));
}

#[test]
fn a_memory_that_cannot_be_written_stops_nothing() {
    let pc = pc(&[own()]);
    fs::create_dir_all(pc.paths.stopped_servers_path()).unwrap();
    assert!(matches!(pc.pause(), Err(Error::Memory { .. })));
    assert_eq!(pc.runs(), [true]);
}

#[test]
fn a_memory_of_nonsense_is_an_empty_one_and_is_set_aside() {
    let pc = pc(&[own()]);
    let path = pc.paths.stopped_servers_path();
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, "nonsense").unwrap();
    assert_eq!(pc.remembered(), [""; 0]);
    drop(pc.pause().unwrap());
    assert_eq!(pc.remembered(), ["DataServerMain"]);
    assert_eq!(fs::read_to_string(path.with_extension("damaged")).unwrap(), "nonsense");
}
