//! A folder whose signatures have expired: one question at a terminal, `--accept-expired` elsewhere. A site that
//! has expired is never used.

use std::io::{self, Write};

use i18n_embed_fl::fl;
use smarts_core::check::Report;
use smarts_core::machine::Machine;
use smarts_core::source::Fault;
use smarts_core::version::Version;

use super::{Failure, Status, Streams, ask};
use crate::i18n::{Texts, sentence, source_fault};
use crate::model::FailureKind;
use crate::session::{CheckFailure, Detour, Expiry, Session};

/// A check that gave no report, in the person's words.
pub(super) struct Unchecked {
    pub(super) failure: Failure,
    /// With every item unknown.
    pub(super) report: Box<Report>,
    /// What the source says is not believed: [`Status::Refused`] for whoever wants files from it.
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
    let look = || session.check(machine, only, up_to, &|_| ());
    let failure = match look() {
        Ok(report) => return Ok(report),
        Err(failure) => failure,
    };
    let shown = texts.check_failure(&failure);
    // Both ends are a terminal: there is a person to ask.
    let expiry = match shown.kind {
        FailureKind::Expired { expiry, .. } if streams.secret.is_some() => expiry,
        _ => return Err(unchecked(failure, texts)),
    };
    match agree(session, expiry, &shown.reason, texts, streams) {
        Ok(true) => look().map_err(|failure| unchecked(failure, texts)),
        Ok(false) => {
            let declined = Failure::new(Status::Cancelled, fl!(texts.loader, "cli-declined"));
            Err(Unchecked { failure: declined, report: failure.report, is_refused: true })
        }
        Err(told) => Err(Unchecked { failure: told, report: failure.report, is_refused: true }),
    }
}

/// What nobody is asked about, or has been asked about once.
fn unchecked(failure: CheckFailure, texts: &Texts) -> Unchecked {
    tracing::warn!(error = crate::error::chain(&failure.error), "The check failed");
    let shown = texts.check_failure(&failure);
    let mut told = Failure::of_check(&failure.error, texts);
    let is_refused = shown.kind != FailureKind::Unread;
    if matches!(shown.kind, FailureKind::Expired { .. }) {
        told.status = Status::Refused;
        told.lines.push(fl!(texts.loader, "cli-expired"));
    } else {
        told.lines.extend(shown.next);
    }
    told.lines.extend(source_fault(&failure.error).and_then(|fault| texts.fault_detail(fault)));
    Unchecked { failure: told, report: failure.report, is_refused }
}

/// What to do about whatever else could not be looked up for this reason in the source in force.
pub(super) enum Unread {
    /// The person has agreed to expired signatures: look again.
    Again,
    /// They have not.
    Declined,
    /// Signatures of a folder have expired, and there is nobody to ask.
    Expired,
    /// Something else is wrong.
    Otherwise,
}

/// Asks about expired signatures as [`check`] does.
pub(super) fn ask_about(
    session: &Session,
    machine: &Machine,
    fault: &Fault,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Unread, Failure> {
    let Fault::Expired { role, since, .. } = fault else { return Ok(Unread::Otherwise) };
    if !session.source_facts(machine).is_folder() {
        return Ok(Unread::Otherwise);
    }
    if streams.secret.is_none() {
        return Ok(Unread::Expired);
    }
    let expiry = Expiry { role: role.clone(), since: *since };
    let agreed = agree(session, expiry, &sentence(&texts.source_fault(fault)), texts, streams)?;
    Ok(if agreed { Unread::Again } else { Unread::Declined })
}

/// A yes counts for this session, and for these signatures alone.
fn agree(
    session: &Session,
    expiry: Expiry,
    reason: &str,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<bool, Failure> {
    writeln!(streams.err, "{reason}")?;
    let agreed = ask::confirm(&fl!(texts.loader, "cli-confirm-expired"), texts, streams)?;
    if agreed {
        session.read_from(Detour { agreed: Some(expiry), ..Detour::default() });
    }
    Ok(agreed)
}

/// What to know of the source although it was read: expired signatures, a wrong clock.
pub(super) fn warn(report: &Report, texts: &Texts, out: &mut dyn Write) -> io::Result<()> {
    let warnings = report.problems.iter().filter(|problem| problem.is_warning());
    warnings.map(|problem| texts.problem(problem).1).try_for_each(|text| writeln!(out, "{}", sentence(&text)))
}

#[cfg(test)]
pub(super) mod tests {
    use smarts_tests::machine_root::{BaseSpec, MachineRoot};
    use smarts_tests::publisher::Publisher;
    use smarts_tests::tree::{Tree, TreeRelease};

    use super::*;
    use crate::i18n::Language;
    use crate::session::{Expiry, Options};

    const SINCE: &str = "2026-11-02T00:00:00Z";

    fn pc() -> MachineRoot {
        let pc = MachineRoot::new().unwrap().platform("3.3.46.29552").unwrap();
        pc.bases(&[] as &[BaseSpec]).unwrap()
    }

    /// On a signed folder with this tree, long after the end of its timestamp.
    pub(in crate::cli) fn session(pc: &MachineRoot, source: &std::path::Path, tree: &Tree) -> Session {
        let mut publisher = Publisher::new();
        publisher.timestamp.expires = SINCE.to_owned();
        publisher.sign(tree).write_to(source).unwrap();
        let root = pc.path().join("named-root.json");
        std::fs::write(&root, publisher.root_json()).unwrap();
        Session::open(Options {
            machine_root: Some(pc.path().to_path_buf()),
            source: Some(source.display().to_string()),
            language: Some(Language::En),
            today: "2026-11-22".parse().ok(),
            trusted_root: Some(root),
            ..Options::default()
        })
        .unwrap()
    }

    fn tree() -> Tree {
        Tree::new().release("Platform4", TreeRelease::new("3.4.46.40367").download("x.msi", "x").stated())
    }

    #[test]
    fn a_consent_is_to_the_signatures_that_were_shown() {
        let pc = pc();
        let source = tempfile::tempdir().unwrap();
        let session = session(&pc, source.path(), &tree());
        let machine = session.machine();
        let check = || {
            let only = ["platform".to_owned()];
            session.check(&machine, Some(&only), None, &|_| ())
        };
        let agree = |since: &str| {
            let expiry = Expiry { role: "timestamp".to_owned(), since: since.parse().unwrap() };
            session.read_from(Detour { agreed: Some(expiry), ..Detour::default() });
        };
        agree("2026-11-05T00:00:00Z");
        assert!(check().is_err(), "that was about another stick");
        agree(SINCE);
        assert_eq!(check().unwrap().items.len(), 1);
    }

    /// How a check ends whose question is answered with this, and what was said.
    fn answered(input: &str, is_terminal: bool) -> (Result<usize, Status>, String) {
        let pc = pc();
        let source = tempfile::tempdir().unwrap();
        let session = session(&pc, source.path(), &tree());
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

    /// Answers yes, and has the source changed before that is read.
    struct Meanwhile<F: FnMut()> {
        change: F,
        answer: &'static [u8],
    }

    impl<F: FnMut()> io::Read for Meanwhile<F> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.answer.read(buffer)
        }
    }

    impl<F: FnMut()> io::BufRead for Meanwhile<F> {
        fn fill_buf(&mut self) -> io::Result<&[u8]> {
            (self.change)();
            Ok(self.answer)
        }

        fn consume(&mut self, amount: usize) {
            self.answer = &self.answer[amount..];
        }
    }

    #[test]
    fn what_is_refused_after_a_yes_says_what_to_do_like_any_other_refusal() {
        let pc = pc();
        let source = tempfile::tempdir().unwrap();
        let session = session(&pc, source.path(), &tree());
        let timestamp = source.path().join("metadata/timestamp.json");
        let mut input = Meanwhile { change: || std::fs::write(&timestamp, "{}").unwrap(), answer: b"y\n" };
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let secret: Option<fn() -> io::Result<String>> = Some(|| Ok(String::new()));
        let mut streams =
            Streams { out: &mut out, err: &mut err, input: &mut input, is_terminal: true, secret };
        let texts = Texts::new(Language::En).unwrap();
        let checked = check(&session, &session.machine(), None, None, &texts, &mut streams);
        let Err(Unchecked { failure, is_refused, .. }) = checked else { panic!("nothing was refused") };
        assert!(is_refused);
        let next = "Take no files from this source, and tell the publisher";
        assert!(failure.lines.iter().any(|line| line == next), "{failure:?}");
    }

    #[test]
    fn where_nobody_is_asked_it_is_refused() {
        let (ended, said) = answered("y\n", false);
        assert_eq!((ended, said.as_str()), (Err(Status::Refused), ""));
    }
}
