//! The data server that will stop, and the way back of the platform.

use super::*;
use crate::plan::{InstallerPlan, InstallerTarget};
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

#[test]
fn a_platform_whose_installer_is_kept_has_a_way_back_and_any_other_is_told() {
    let pc = pc("3.3.46.29552", &spec());
    let package = || pc.package(NEW, &template(NEW), true);
    let look = || {
        let (package, target) = (package(), InstallerTarget::Platform);
        let plan = InstallerPlan { package, arguments: Vec::new(), target };
        let plan = Plan { subject: PlanSubject::Installer(Box::new(plan)) };
        pc.around(&pc.os, |around| points(around, &plan, &mut Earlier::default()))
    };
    let installed = version("3.3.46.29552");
    assert!(look().warnings.contains(&Warning::NoWayBack { installed }));
    let paths = Paths::below(&pc.os, pc.own.path());
    installers::keep(&pc.os, &paths, installed, &package().verified).unwrap();
    let points = look();
    assert!(!points.warnings.contains(&Warning::NoWayBack { installed }));
    assert!(points.passes.iter().any(|pass| matches!(pass, Pass::WayBack { .. })), "{points:?}");
}

#[test]
fn a_base_after_the_platform_is_looked_at_with_the_platform_that_comes() {
    let pc = pc("3.0.46.46642", &spec());
    let platform = |to: &str| {
        let package = pc.package(to, &template(to), true);
        let plan = InstallerPlan { package, arguments: Vec::new(), target: InstallerTarget::Platform };
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
