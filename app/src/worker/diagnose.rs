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
