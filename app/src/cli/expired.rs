//! A folder whose signatures have expired: one question at a terminal, `--accept-expired` elsewhere. A site that
//! has expired is never used.

use std::io::{self, Write};

use i18n_embed_fl::fl;
use smarts_core::check::Report;
use smarts_core::machine::Machine;
use smarts_core::version::Version;

use super::{Failure, Status, Streams, ask};
use crate::i18n::{Texts, sentence};
use crate::model::FailureKind;
use crate::session::{CheckFailure, Detour, Session};

/// A check that gave no report, in the person's words.
pub(super) struct Unchecked {
    pub(super) failure: Failure,
    /// With every item unknown.
    pub(super) report: Box<Report>,
    /// What the source says is not believed.
    pub(super) is_refused: bool,
}

/// Checks; of a folder that has expired the person is asked whether to use what there is.
pub(super) fn check(
    session: &Session,
    machine: &Machine,
    only: Option<&[String]>,
    up_to: Option<&Version>,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Report, Unchecked> {
    let failure = match session.check(machine, only, up_to, &|_| ()) {
        Ok(report) => return Ok(report),
        Err(failure) => failure,
    };
    let shown = texts.check_failure(&failure);
    let mut told = Failure::of_check(&failure.error, texts);
    let CheckFailure { report, .. } = failure;
    let is_refused = shown.kind != FailureKind::Unread;
    if !matches!(shown.kind, FailureKind::Expired { .. }) {
        told.lines.extend(shown.next);
        return Err(Unchecked { failure: told, report, is_refused });
    }
    // Both ends are a terminal: there is a person to ask.
    if streams.secret.is_none() {
        told.status = Status::Refused;
        told.lines.push(fl!(texts.loader, "cli-expired"));
        return Err(Unchecked { failure: told, report, is_refused });
    }
    match agree(&shown.reason, texts, streams) {
        Ok(true) => {
            session.read_from(Detour { accept_expired: true, ..Detour::default() });
            session.check(machine, only, up_to, &|_| ()).map_err(|failure| {
                let told = Failure::of_check(&failure.error, texts);
                Unchecked { failure: told, report: failure.report, is_refused: false }
            })
        }
        Ok(false) => {
            let failure = Failure::new(Status::Cancelled, fl!(texts.loader, "cli-declined"));
            Err(Unchecked { failure, report, is_refused })
        }
        Err(failure) => Err(Unchecked { failure, report, is_refused }),
    }
}

fn agree(reason: &str, texts: &Texts, streams: &mut Streams<'_>) -> Result<bool, Failure> {
    writeln!(streams.err, "{reason}")?;
    ask::confirm(&fl!(texts.loader, "cli-confirm-expired"), texts, streams)
}

/// What to know of the source although it was read: expired signatures, a wrong clock.
pub(super) fn warn(report: &Report, texts: &Texts, out: &mut dyn Write) -> io::Result<()> {
    let warnings = report.problems.iter().filter(|problem| problem.is_warning());
    warnings.map(|problem| texts.problem(problem).1).try_for_each(|text| writeln!(out, "{}", sentence(&text)))
}

#[cfg(test)]
mod tests {
    use smarts_tests::machine_root::{BaseSpec, MachineRoot};
    use smarts_tests::publisher::Publisher;
    use smarts_tests::tree::{Tree, TreeRelease};

    use super::*;
    use crate::i18n::Language;
    use crate::session::Options;

    /// The day of these tests is long after the timestamp's end.
    fn session(pc: &MachineRoot, source: &std::path::Path) -> Session {
        let mut publisher = Publisher::new();
        publisher.timestamp.expires = "2026-11-02T00:00:00Z".to_owned();
        let tree = Tree::new()
            .release("Platform4", TreeRelease::new("3.4.46.40367").download("x.msi", "x").stated());
        publisher.sign(&tree).write_to(source).unwrap();
        let root = pc.path().join("named-root.json");
        std::fs::write(&root, publisher.root_json()).unwrap();
        Session::open(Options {
            machine_root: Some(pc.path().to_path_buf()),
            source: Some(source.display().to_string()),
            language: Some(Language::En),
            today: "2026-11-22".parse().ok(),
            accept_unproved: false,
            trusted_root: Some(root),
            accept_expired: false,
            demo: None,
        })
        .unwrap()
    }

    /// How a check ends whose question is answered with this, and what was said.
    fn answered(input: &str, is_terminal: bool) -> (Result<usize, Status>, String) {
        let pc = MachineRoot::new().unwrap().platform("3.3.46.29552").unwrap();
        let pc = pc.bases(&[] as &[BaseSpec]).unwrap();
        let source = tempfile::tempdir().unwrap();
        let session = session(&pc, source.path());
        let (mut out, mut err, mut input) = (Vec::new(), Vec::new(), input.as_bytes());
        let secret: Option<fn() -> io::Result<String>> = is_terminal.then_some(|| Ok(String::new()));
        let mut streams = Streams { out: &mut out, err: &mut err, input: &mut input, is_terminal, secret };
        let texts = Texts::new(Language::En).unwrap();
        let only = ["platform".to_owned()];
        let machine = session.machine();
        let checked = check(&session, &machine, Some(&only), None, &texts, &mut streams);
        let ended = checked.map(|report| report.items.len()).map_err(|unchecked| unchecked.failure.status);
        (ended, String::from_utf8(err).unwrap())
    }

    #[test]
    fn at_a_terminal_an_expired_folder_is_used_after_a_yes() {
        let (ended, said) = answered("y\n", true);
        assert_eq!(ended, Ok(1), "{said}");
        assert!(said.contains("Use what is there? [yes/no]"), "{said}");
        assert_eq!(answered("\n", true).0, Err(Status::Cancelled));
        assert_eq!(answered("", true).0, Err(Status::Cancelled));
    }

    #[test]
    fn where_nobody_is_asked_it_is_refused() {
        let (ended, said) = answered("y\n", false);
        assert_eq!((ended, said.as_str()), (Err(Status::Refused), ""));
    }
}
