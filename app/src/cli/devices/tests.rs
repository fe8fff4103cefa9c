//! Staging at a terminal from a signed folder whose signatures have expired.

use std::io;

use smarts_core::devices::staged;
use smarts_tests::apk::ApkBuilder;
use smarts_tests::machine_root::{BaseSpec, MachineRoot};
use smarts_tests::tree::{Tree, TreeRelease};

use super::*;
use crate::cli::args::StageApp;
use crate::cli::expired::tests::session;
use crate::cli::interrupt::Interrupt;
use crate::i18n::Language;

const NEW: &str = "3.3.0.30000";

fn pc() -> MachineRoot {
    let device = ("ТСД 1".to_owned(), std::time::SystemTime::UNIX_EPOCH);
    let base = BaseSpec {
        devices: vec![device],
        client_version: Some("3.3.0.1".to_owned()),
        ..BaseSpec::new("a", "A")
    };
    MachineRoot::new().unwrap().platform("3.3.46.29552").unwrap().base(&base).unwrap()
}

fn tree() -> Tree {
    let apk = ApkBuilder::new(NEW).build().unwrap();
    Tree::new().release("Android", TreeRelease::new(NEW).language("en").beside("app.apk", apk))
}

/// How staging ends that is answered with this, what was said, and what devices are offered then.
fn answered(input: &str, is_terminal: bool) -> (Result<Status, Status>, String, Option<String>) {
    let (pc, source) = (pc(), tempfile::tempdir().unwrap());
    let session = session(&pc, source.path(), &tree());
    let texts = Texts::new(Language::En).unwrap();
    let interrupt = Interrupt::listen(&session);
    let (mut out, mut err, mut input) = (Vec::new(), Vec::new(), input.as_bytes());
    let secret: Option<fn() -> io::Result<String>> = is_terminal.then_some(|| Ok(String::new()));
    let mut streams = Streams { out: &mut out, err: &mut err, input: &mut input, is_terminal: false, secret };
    let change = |yes| Change { session: &session, texts: &texts, interrupt: &interrupt, yes, diff: false };
    let options = StageApp {
        ids: vec!["a".to_owned()],
        version: None,
        file: None,
        remove_older: false,
        yes: false,
        json: false,
    };
    let ended = run(change, &Devices::Stage(options), &mut streams);
    let ended = ended.map_err(|failure| {
        err.extend(failure.lines.join("\n").into_bytes());
        failure.status
    });
    let machine = session.machine();
    let staged = staged::read(machine.base("a").unwrap().dir.as_deref().unwrap());
    let offered = staged.newest().map(|app| app.version.to_string());
    (ended, String::from_utf8(err).unwrap(), offered)
}

#[test]
fn at_a_terminal_an_expired_folder_is_used_after_a_yes() {
    let (ended, said, offered) = answered("y\ny\n", true);
    assert_eq!((ended, offered.as_deref()), (Ok(Status::Done), Some(NEW)), "{said}");
    assert!(said.contains("Use what is there? [yes/no]"), "{said}");
    assert!(said.contains("signed by the publisher"), "{said}");
    for input in ["n\ny\n", ""] {
        let (ended, said, offered) = answered(input, true);
        assert_eq!((ended, offered), (Err(Status::Cancelled), None), "{said}");
        assert!(said.contains("Use what is there?") && !said.contains("Stage"), "{said}");
    }
}

#[test]
fn where_nobody_is_asked_an_expired_folder_is_refused_and_the_option_is_named() {
    let (ended, said, offered) = answered("y\ny\n", false);
    assert_eq!((ended, offered), (Err(Status::Refused), None), "{said}");
    assert!(said.contains("add --accept-expired") && !said.contains('?'), "{said}");
}
