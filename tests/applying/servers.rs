//! The base's data server, at whatever point the process that has stopped it is killed.

use std::fs;

use serde_json::{Value, json};

use super::setup::Pc;

fn pc_with_server() -> Pc {
    let pc = Pc::new();
    let service = json!({
        "name": "Server", "display_name": "Сервер данных", "state": "running", "ports": [9000],
        "command_line": r#""C:\Cleverence\Server.exe" "C:\ProgramData\Cleverence\Databases\a""#,
    });
    fs::write(pc.root().join("services.json"), json!({ "services": [service] }).to_string()).unwrap();
    pc
}

fn runs(pc: &Pc) -> bool {
    let file: Value = serde_json::from_slice(&fs::read(pc.root().join("services.json")).unwrap()).unwrap();
    file["services"][0]["state"] == "running"
}

#[test]
fn a_server_is_started_again_at_whatever_point_its_update_is_killed() {
    let mut stood_still = 0;
    for stop in 1.. {
        let pc = pc_with_server();
        let killed = pc.update(stop);
        let when = format!("killed at {stop}, {}", killed.last());
        if killed.succeeded {
            assert!(runs(&pc), "{when}");
            break;
        }
        stood_still += usize::from(!runs(&pc));
        let finished = pc.finish(0);
        assert!(finished.succeeded && runs(&pc), "{when}: {finished:?}");
        assert!(!pc.paths().stopped_servers_path().exists(), "{when}");
        pc.assert_nothing_left(&when);
    }
    assert!(stood_still > 20, "{stood_still} points");
}
