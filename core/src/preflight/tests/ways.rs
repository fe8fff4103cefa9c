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
        pc.around(&pc.os, |around| points(around, &plan))
    };
    let installed = version("3.3.46.29552");
    assert!(look().warnings.contains(&Warning::NoWayBack { installed }));
    let paths = Paths::below(&pc.os, pc.own.path());
    installers::keep(&pc.os, &paths, installed, &package().verified).unwrap();
    let points = look();
    assert!(!points.warnings.contains(&Warning::NoWayBack { installed }));
    assert!(points.passes.iter().any(|pass| matches!(pass, Pass::WayBack { .. })), "{points:?}");
}
