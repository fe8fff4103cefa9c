//! Looking at this PC for the window, finding by finding; and the report for support.

use std::path::PathBuf;
use std::sync::Arc;

use i18n_embed_fl::fl;
use tokio_util::sync::CancellationToken;

use super::{Shared, lock};
use crate::diagnose::{self, Desk, Line, Step, support};
use crate::error::chain;
use crate::i18n::{Texts, sentence};
use crate::model::{DiagnosticsCommand, DiagnosticsEvent, Event};
use crate::session::Session;

impl Desk for Shared {
    fn session(&self) -> &Session {
        &self.session
    }

    fn texts(&self) -> &Texts {
        &self.texts
    }
}

impl Shared {
    pub(super) fn carry_out_diagnostics(self: &Arc<Self>, command: DiagnosticsCommand) {
        match command {
            DiagnosticsCommand::Look { turn } => {
                let cancel = CancellationToken::new();
                self.take_up_looking(Some(cancel.clone()));
                self.in_thread(
                    "diagnose",
                    move |shared| shared.look_at_pc(turn, &cancel),
                    move |shared| {
                        shared.tell_diagnostics(DiagnosticsEvent::Ended { turn, broke: true });
                    },
                );
            }
            // The window's part.
            DiagnosticsCommand::ChooseReport => {}
            DiagnosticsCommand::Stop => self.take_up_looking(None),
            DiagnosticsCommand::SaveReport { path, lines } => {
                let broken = path.clone();
                self.in_thread(
                    "support-report",
                    move |shared| shared.save_support_report(path, lines),
                    move |shared| {
                        let result = Err(sentence(&shared.texts.internal_error()));
                        shared.tell_diagnostics(DiagnosticsEvent::Saved { path: broken, result });
                    },
                );
            }
        }
    }

    /// What was being looked at before is given up.
    pub(super) fn take_up_looking(&self, cancel: Option<CancellationToken>) {
        let former = std::mem::replace(&mut *lock(&self.looking), cancel);
        if let Some(former) = former {
            former.cancel();
        }
    }

    fn tell_diagnostics(&self, event: DiagnosticsEvent) {
        self.outbox.post(Event::Diagnostics(event));
    }

    fn look_at_pc(self: &Arc<Self>, turn: u64, cancel: &CancellationToken) {
        let desk: Arc<dyn Desk> = Arc::<Self>::clone(self);
        diagnose::run(&desk, cancel, &mut |step| {
            self.tell_diagnostics(match step {
                Step::Outline(slots) => DiagnosticsEvent::Outline { turn, slots },
                Step::Found(line) => DiagnosticsEvent::Found { turn, line },
            });
        });
        self.tell_diagnostics(DiagnosticsEvent::Ended { turn, broke: false });
    }

    fn save_support_report(self: &Arc<Self>, path: PathBuf, lines: Vec<Line>) {
        let desk: Arc<dyn Desk> = Arc::<Self>::clone(self);
        let lines = if lines.is_empty() { diagnose::all(&desk) } else { lines };
        let result = support::save(&*desk, &lines, &path).map_err(|error| {
            tracing::warn!(error = chain(&error), "The report for support is not written");
            let path = path.display().to_string();
            fl!(self.texts.loader, "support-not-written", path = path, reason = chain(&error))
        });
        self.tell_diagnostics(DiagnosticsEvent::Saved { path, result });
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use smarts_tests::machine_root::MachineRoot;
    use tokio::sync::mpsc::Receiver;

    use super::*;
    use crate::diagnose::State;
    use crate::i18n::Language;
    use crate::model::Command;
    use crate::session::Options;
    use crate::worker::{self, Worker};

    const TURN: u64 = 7;

    /// A worker on a machine root whose source never answers.
    fn worker() -> (MachineRoot, TcpListener, Worker) {
        let root = MachineRoot::new().unwrap();
        let silent = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let session = Session::open(Options {
            machine_root: Some(root.path().to_path_buf()),
            source: Some(format!("http://{}/", silent.local_addr().unwrap())),
            language: Some(Language::En),
            ..Options::default()
        });
        let texts = Texts::new(Language::En).unwrap();
        let worker = worker::start(session.unwrap(), texts, || ()).unwrap();
        let look = Command::Diagnostics(DiagnosticsCommand::Look { turn: TURN });
        worker.commands.try_send(look).unwrap();
        (root, silent, worker)
    }

    /// What was told of the source's answer by the end.
    fn answer(events: &mut Receiver<Event>) -> Line {
        let mut answer = None;
        while let Some(event) = events.blocking_recv() {
            match event {
                Event::Diagnostics(DiagnosticsEvent::Found { turn: TURN, line }) if line.id == "answer" => {
                    answer = Some(line);
                }
                Event::Diagnostics(DiagnosticsEvent::Ended { turn: TURN, broke: false }) => break,
                _ => {}
            }
        }
        answer.unwrap()
    }

    fn until_begun(events: &mut Receiver<Event>) {
        while let Some(event) = events.blocking_recv() {
            if matches!(event, Event::Diagnostics(DiagnosticsEvent::Outline { turn: TURN, .. })) {
                return;
            }
        }
        panic!("nothing was begun");
    }

    #[test]
    fn stopping_leaves_what_is_not_known_by_then_unknown() {
        let (_root, _silent, mut worker) = worker();
        until_begun(&mut worker.events);
        worker.commands.try_send(Command::Diagnostics(DiagnosticsCommand::Stop)).unwrap();
        let answer = answer(&mut worker.events);
        assert_eq!((answer.state, answer.text.ends_with("looking was stopped")), (State::Unknown, true));
    }

    #[test]
    fn a_window_that_closes_waits_for_no_silent_source() {
        let (_root, _silent, worker) = worker();
        let Worker { commands, mut events, ended } = worker;
        until_begun(&mut events);
        drop(commands);
        assert!(answer(&mut events).text.ends_with("looking was stopped"));
        assert!(ended.recv().is_err(), "nothing is ever sent, and all has ended");
    }
}
