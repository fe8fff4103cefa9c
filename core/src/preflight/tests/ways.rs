//! The data server that will stop, and the way back of the platform.

use super::*;
use crate::plan::{InstallerPlan, InstallerTarget};
use crate::platform::former::{Former, NotHad};
use crate::platform::installers;

#[test]
fn a_server_that_runs_is_named_and_is_no_stop() {
    let pc = pc("3.3.46.29552", &spec());
    let folder = pc.base_dir().strip_prefix(pc.root.path()).unwrap().display().to_string();
    let folder = folder.replacen("C/", "C:\\", 1).replace('/', "\\");
    let services = |state: &str| {
        let service = serde_json::json!({
            "name": "Server", "display_name": "Сервер данных", "state": state, "ports": [9000],
            "command_line": format!(r#""C:\Cleverence\Server.exe" "{folder}""#),
        });
        let services = serde_json::json!({ "services": [service] }).to_string();
        fs::write(pc.root.path().join("services.json"), services).unwrap();
        pc.points_on(&pc.os, vec![pc.package(NEW, &template(NEW), true)])
    };
    let points = services("running");
    assert!(points.may_go_on(), "{points:?}");
    let stops = |warning: &Warning| matches!(warning, Warning::ServerStops { service, is_shared: false, .. } if service == "Сервер данных");
    assert!(points.warnings.iter().any(stops), "{points:?}");
    assert!(!points.warnings.iter().any(|one| matches!(one, Warning::ServerAnswers { .. })));
    assert!(!services("stopped").warnings.iter().any(stops));
}

const INSTALLED: &str = "3.3.46.29552";

/// The platform goes to another version; of the installed one this is known.
fn platform_plan(pc: &Pc, former: Former) -> Plan {
    let (package, target) = (pc.package(NEW, &template(NEW), true), InstallerTarget::Platform);
    let plan = InstallerPlan { package, arguments: Vec::new(), target, former };
    Plan { subject: PlanSubject::Installer(Box::new(plan)) }
}

fn fetched(pc: &Pc, version: &str) -> Former {
    Former::Fetched(Box::new(pc.package(version, &template(version), true)))
}

fn no_way_back(why: Option<NotHad>) -> Warning {
    Warning::NoWayBack { installed: version(INSTALLED), why }
}

#[test]
fn a_platform_whose_installer_is_kept_has_a_way_back_and_any_other_is_told() {
    let pc = pc(INSTALLED, &spec());
    let look = || {
        pc.around(&pc.os, |around| {
            points(around, &platform_plan(&pc, Former::NotSought), &mut Earlier::default())
        })
    };
    assert!(look().warnings.contains(&no_way_back(None)));
    let paths = Paths::below(&pc.os, pc.own.path());
    let package = pc.package(NEW, &template(NEW), true);
    installers::keep(&pc.os, &paths, version(INSTALLED), &package.verified).unwrap();
    let points = look();
    assert!(!points.warnings.contains(&no_way_back(None)));
    assert!(points.passes.iter().any(|pass| matches!(pass, Pass::WayBack { .. })), "{points:?}");
}

#[test]
fn one_that_was_fetched_is_a_way_back_and_its_size_counts_among_what_needs_room() {
    let pc = pc(INSTALLED, &spec());
    let plan = platform_plan(&pc, fetched(&pc, INSTALLED));
    let points = pc.around(&pc.with_free(90 << 30), |around| points(around, &plan, &mut Earlier::default()));
    let back = points.passes.iter().find_map(|pass| match pass {
        Pass::WayBackFetched { installed, bytes } => Some((installed.to_string(), *bytes)),
        _ => None,
    });
    let bytes = fs::metadata(pc.root.path().join(format!("{INSTALLED}.mstmpl"))).unwrap().len();
    assert_eq!(back, Some((INSTALLED.to_owned(), bytes)));
    let room = |pass: &Pass| matches!(pass, Pass::Space { needed_bytes } if *needed_bytes == bytes);
    assert!(points.passes.iter().any(room), "{points:?}");
    assert!(!points.warnings.iter().any(|one| matches!(one, Warning::NoWayBack { .. })), "{points:?}");
}

#[test]
fn one_that_there_is_no_room_for_or_that_could_not_be_had_is_told_with_the_reason_and_stops_nothing() {
    let pc = pc(INSTALLED, &spec());
    let full = pc.with_free(1);
    let plan = platform_plan(&pc, fetched(&pc, INSTALLED));
    let points_of =
        |os: &dyn Os, plan: &Plan| pc.around(os, |around| points(around, plan, &mut Earlier::default()));
    let points = points_of(&full, &plan);
    let no_room = |one: &Warning| {
        matches!(
            one,
            Warning::NoWayBack { why: Some(NotHad::NoRoom { free_bytes: 1, needed_bytes: 2.., .. }), .. }
        )
    };
    assert!(points.warnings.iter().any(no_room) && points.may_go_on(), "{points:?}");
    let points = points_of(&pc.os, &platform_plan(&pc, Former::NotHad(NotHad::NotOffered)));
    assert!(points.warnings.contains(&no_way_back(Some(NotHad::NotOffered))) && points.may_go_on());
}

#[test]
fn it_is_fetched_only_where_the_update_has_room_enough_all_the_same() {
    let pc = pc(INSTALLED, &spec());
    let paths = Paths::below(&pc.os, pc.own.path());
    let room = |free, bytes| room_for_former(&pc.with_free(free), &paths, bytes, 100);
    // The file, what is kept of it, and two of the newer one.
    assert_eq!(room(220, Some(10)), Ok(()));
    assert!(matches!(room(219, Some(10)), Err(NotHad::NoRoom { needed_bytes: 220, free_bytes: 219, .. })));
    assert_eq!(room(400, None), Ok(()));
    assert!(
        matches!(room(399, None), Err(NotHad::NoRoom { needed_bytes: 400, .. })),
        "as large as the newer one"
    );
}

#[test]
fn one_of_another_version_is_no_way_back_and_a_later_step_has_the_one_of_the_step_before() {
    let pc = pc(INSTALLED, &spec());
    let of = |former| {
        pc.around(&pc.os, |around| points(around, &platform_plan(&pc, former), &mut Earlier::default()))
    };
    assert!(of(fetched(&pc, "3.3.46.26738")).warnings.contains(&no_way_back(None)));
    let points = of(Former::StepBefore);
    assert!(!points.warnings.iter().any(|one| matches!(one, Warning::NoWayBack { .. })), "{points:?}");
}

#[test]
fn a_base_after_the_platform_is_looked_at_with_the_platform_that_comes() {
    let pc = pc("3.0.46.46642", &spec());
    let platform = |to: &str| {
        let (package, target) = (pc.package(to, &template(to), true), InstallerTarget::Platform);
        let plan = InstallerPlan { package, arguments: Vec::new(), target, former: Former::NotSought };
        Plan { subject: PlanSubject::Installer(Box::new(plan)) }
    };
    let base = || {
        let packages = vec![pc.package(NEW, &template(NEW), true)];
        Plan { subject: PlanSubject::Template(TemplatePlan { packages, bases: machine::read(&pc.os).bases }) }
    };
    let os = pc.with_free(90 << 30);
    let after = |plans: &[Plan]| {
        pc.around(&os, |around| {
            let mut earlier = Earlier::default();
            plans.iter().map(|plan| points(around, plan, &mut earlier)).last().unwrap()
        })
    };
    let asks =
        |points: &Points| points.warnings.iter().any(|one| matches!(one, Warning::NeedsPlatform { .. }));
    assert!(asks(&after(&[base()])));
    assert!(!asks(&after(&[platform("3.3.46.29552"), base()])));
    let old = after(&[platform("3.1.0.1"), base()]);
    let installed = Some(version("3.1.0.1"));
    assert!(
        old.warnings
            .iter()
            .any(|one| matches!(one, Warning::NeedsPlatform { installed: found, .. } if *found == installed)),
        "{old:?}"
    );
}

#[test]
fn what_plans_under_one_consent_put_on_a_disk_is_added_up() {
    let big = BaseSpec {
        files: vec![("big.bin".into(), vec![b'b'; 100_000])],
        ..BaseSpec::new("b", "Другая")
    };
    let mut pc = pc("3.3.46.29552", &spec());
    pc.root = pc.root.base(&big).unwrap();
    pc.os = os::MachineRoot::open(pc.root.path()).unwrap();
    let plans: Vec<Plan> = machine::read(&pc.os)
        .bases
        .into_iter()
        .map(|base| {
            let packages = vec![pc.package(NEW, &template(NEW), true)];
            Plan { subject: PlanSubject::Template(TemplatePlan { packages, bases: vec![base] }) }
        })
        .collect();
    let needed = |earlier: &mut Earlier, plan: &Plan, free_bytes| {
        let points = pc.around(&pc.with_free(free_bytes), |around| points(around, plan, earlier));
        points.stops.iter().find_map(|stop| match stop {
            Stop::NoSpace(space) => Some(space.needed_bytes),
            _ => None,
        })
    };
    let alone = |plan| needed(&mut Earlier::default(), plan, 0).unwrap();
    let (first, second) = (alone(&plans[0]), alone(&plans[1]));
    let mut earlier = Earlier::default();
    let room = first.max(second);
    assert_eq!(needed(&mut earlier, &plans[0], room), None);
    let together = needed(&mut earlier, &plans[1], room).unwrap();
    assert!(together > room && together <= first + second, "{together} of {first} and {second}");
}
