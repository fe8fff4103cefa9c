//! The data server of a base around its update.

use std::panic::{self, AssertUnwindSafe};
use std::time::Duration;

use serde_json::json;

use super::*;
use crate::backup::{Backup, Fault, Way};
use crate::os::ServiceState;
use crate::switch::{Checkpoint, Moment};

fn pc_with_server(ids: &[&str], more: &serde_json::Value) -> Pc {
    let pc = pc(ids);
    let service = |id: &&str| {
        let folder = format!(r"C:\ProgramData\Cleverence\Databases\{id}");
        let mut service = json!({
            "name": format!("Server-{id}"),
            "display_name": format!("Сервер данных {id}"),
            "command_line": format!(r#""C:\Cleverence\Server.exe" "{folder}""#),
            "state": "running",
            "ports": [9000],
        });
        service.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        service
    };
    let services: Vec<_> = ids.iter().map(service).collect();
    fs::write(pc.root.path().join("services.json"), json!({ "services": services }).to_string()).unwrap();
    pc
}

fn runs(pc: &Pc) -> Vec<bool> {
    let services = pc.os.services().unwrap();
    services.iter().map(|service| service.state == ServiceState::Running).collect()
}

#[test]
fn the_server_stands_still_while_the_base_changes_and_answers_afterwards() {
    let pc = pc_with_server(&["a", "b"], &json!({}));
    let mut seen = Vec::new();
    let mut look = |progress: Progress| {
        if matches!(progress, Progress::Applying { done: 0 | 1, .. }) {
            seen.push(runs(&pc));
        }
    };
    let outcome = pc.run_with(pc.plan(&[(NEW, template(NEW))]), &mut look, &CancellationToken::new());
    let outcome = bases_outcome(outcome);
    let works = Works { version: Some(version(NEW)), server: Server::Answered { port: 9000 } };
    assert_eq!(outcome.done.iter().map(|done| &done.works).collect::<Vec<_>>(), [&works, &works]);
    assert_eq!(seen, [[false, true], [true, false]]);
    assert_eq!(runs(&pc), [true, true]);
    assert_eq!(pc.journal()[0].works.as_ref(), Some(&works));
}

#[test]
fn a_server_that_does_not_stop_is_a_stop_and_nothing_is_changed() {
    let pc = pc_with_server(&["a"], &json!({ "stops": false }));
    let before = pc.content("a");
    let failure = pc.run_bases(pc.plan(&[(NEW, template(NEW))])).failed.unwrap();
    assert!(matches!(failure.error, Error::Server(crate::server::Error::NotStopped { .. })), "{failure:?}");
    assert!(matches!(failure.state, BaseState::NothingChanged));
    assert_eq!((pc.content("a"), pc.copies(), runs(&pc)), (before, 0, vec![true]));
    assert_eq!(pc.journal()[0].what, What::Failed);
}

#[test]
fn a_pilot_whose_server_does_not_answer_is_updated_and_stops_the_rest() {
    for (more, is_it) in [
        (json!({ "answers": false }), Server::NotAnswering { port: 9000 }),
        (
            json!({ "starts": false }),
            Server::NotStarted {
                service: "Сервер данных a".into(),
                detail: "The service ended while it was starting".into(),
            },
        ),
    ] {
        let pc = pc_with_server(&["a", "b"], &more);
        let outcome = pc.run_bases(pc.plan(&[(NEW, template(NEW))]));
        assert!(outcome.failed.is_none(), "{outcome:?}");
        assert_eq!((&outcome.done[0].works.server, outcome.not_started), (&is_it, vec!["b".to_owned()]));
        assert_eq!(pc.bases()[0].version, Some(version(NEW)));
    }
}

#[test]
fn the_server_of_a_base_that_was_given_up_runs_again() {
    let pc = pc_with_server(&["a"], &json!({}));
    let cancel = CancellationToken::new();
    let mut stop = |progress: Progress| {
        if matches!(progress, Progress::Copying { .. }) {
            cancel.cancel();
        }
    };
    let outcome = pc.run_with(pc.plan(&[(NEW, template(NEW))]), &mut stop, &cancel);
    let failure = bases_outcome(outcome).failed.unwrap();
    assert!(matches!(failure.error, Error::Cancelled), "{failure:?}");
    assert_eq!((failure.server, runs(&pc)), (Server::Answered { port: 9000 }, vec![true]));
}

#[test]
fn a_server_that_a_run_left_stopped_is_started_by_the_next_run_of_any_base() {
    let pc = pc_with_server(&["a", "b"], &json!({}));
    let mut cut_off = |progress: Progress| {
        if matches!(progress, Progress::Copying { .. }) {
            panic::resume_unwind(Box::new("cut off"));
        }
    };
    let plan = pc.plan(&[(NEW, template(NEW))]);
    let run = AssertUnwindSafe(|| pc.run_with(plan, &mut cut_off, &CancellationToken::new()));
    assert!(panic::catch_unwind(run).is_err());
    assert_eq!(runs(&pc), [false, true]);

    let plan = pc.plan(&[(NEW, template(NEW))]);
    let PlanSubject::Template(TemplatePlan { packages, mut bases }) = plan.subject else { unreachable!() };
    bases.remove(0);
    let outcome = pc.run_bases(Plan { subject: PlanSubject::Template(TemplatePlan { packages, bases }) });
    assert_eq!((outcome.done.len(), runs(&pc)), (1, vec![true, true]));
}

#[test]
fn a_base_that_is_gone_stops_nobodys_server() {
    let pc = pc_with_server(&["a"], &json!({}));
    let plan = pc.plan(&[(NEW, template(NEW))]);
    pc.root.write(r"C:\ProgramData\Cleverence\Common\apps.xml", b"<AppInstances/>").unwrap();
    let mut stopped = false;
    let mut look = |progress: Progress| stopped |= matches!(progress, Progress::StoppingServer { .. });
    let outcome = pc.run_with(plan, &mut look, &CancellationToken::new());
    assert!(matches!(bases_outcome(outcome).failed.unwrap().error, Error::NotHere) && !stopped);
}

#[test]
fn the_server_stands_still_while_the_base_goes_back_and_answers_afterwards() {
    let pc = pc_with_server(&["a"], &json!({}));
    let backup = pc.update(NEW);
    let went = pc.back(&backup, Way::Replaced).unwrap();
    assert_eq!((went.server, runs(&pc)), (Server::Answered { port: 9000 }, vec![true]));
}

#[test]
fn a_base_whose_server_does_not_stop_does_not_go_back() {
    let pc = pc_with_server(&["a"], &json!({ "state": "stopped", "stops": false }));
    let backup = pc.update(NEW);
    let after = pc.content("a");
    pc.os.start_service("Server-a", Duration::ZERO).unwrap();
    let fault = pc.back(&backup, Way::Replaced).unwrap_err();
    assert!(matches!(fault, Fault::Server(_)), "{fault:?}");
    assert_eq!((pc.content("a"), runs(&pc)), (after, vec![true]));
}

#[test]
fn finishing_starts_a_server_that_was_left_stopped() {
    let pc = pc_with_server(&["a"], &json!({}));
    let mut cut_off = |progress: Progress| {
        if matches!(progress, Progress::Applying { .. }) {
            panic::resume_unwind(Box::new("cut off"));
        }
    };
    let plan = pc.plan(&[(NEW, template(NEW))]);
    let run = AssertUnwindSafe(|| pc.run_with(plan, &mut cut_off, &CancellationToken::new()));
    assert!(panic::catch_unwind(run).is_err());
    assert_eq!(runs(&pc), [false]);
    let recovered = finish(&pc.context(&pc.os).finishing(), &mut |_| ()).unwrap();
    assert_eq!((recovered.len(), runs(&pc)), (1, vec![true]));
}

/// A base that has gone back half-way for good, with its server left stopped.
fn half_way() -> (Pc, Backup) {
    let pc = pc_with_server(&["a"], &json!({}));
    let backup = pc.update(NEW);
    let point = Checkpoint::Operation { number: 1, moment: Moment::Aside };
    let result = pc.sabotaged(&backup, Way::Replaced, point);
    assert!(matches!(&result, Err(Fault::InBetween { .. })), "{result:?}");
    assert_eq!(runs(&pc), [false]);
    (pc, backup)
}

#[test]
fn the_server_of_a_base_that_is_half_way_stays_stopped_when_going_back_comes_to_nothing() {
    let (pc, backup) = half_way();
    let result = pc.back(&backup, Way::Replaced);
    assert!(matches!(&result, Err(Fault::HalfWay)), "{result:?}");
    assert_eq!(runs(&pc), [false]);

    let agreed = pc.show(&backup, Way::Whole).unwrap();
    let cancel = CancellationToken::new();
    cancel.cancel();
    let result = pc.go(&backup, Way::Whole, &agreed, &mut |_| {}, &cancel);
    assert!(matches!(&result, Err(Fault::Cancelled)), "{result:?}");
    assert_eq!(runs(&pc), [false]);

    let went = pc.back(&backup, Way::Whole).unwrap();
    assert_eq!((went.server, runs(&pc)), (Server::Answered { port: 9000 }, vec![true]));
}

#[test]
fn finishing_starts_no_server_of_a_base_that_could_not_be_brought_back_from_going_back() {
    let (pc, _) = half_way();
    let recovered = finish(&pc.finishing(), &mut |_| ()).unwrap();
    assert!(matches!(recovered[..], [Recovered { end: End::NotUndone { .. }, .. }]), "{recovered:?}");
    assert_eq!(runs(&pc), [false]);
}
