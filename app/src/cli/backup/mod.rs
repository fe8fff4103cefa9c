//! `smarts backup`: copies of bases, and going back to them.
//!
//! Looking is for everybody, changing for administrators. Deliberately not here: which copies are kept, and what
//! going back does; that is `smarts-core`.

mod create;
mod list;
pub(super) mod older;
mod restore;

use i18n_embed_fl::fl;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use smarts_core::backup::{Fault, Listed};

use super::args::Backup;
use super::interrupt::Interrupt;
use super::{Failure, Status, Streams, elevated};
use crate::error::chain;
use crate::i18n::{Texts, sentence};
use crate::session::Session;

/// Carries it out.
pub(super) fn run(
    session: &Session,
    interrupt: &Interrupt,
    action: &Backup,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    match action {
        Backup::List(options) => list::run(session, *options, texts, streams),
        Backup::Create(options) => {
            elevated::require(&*session.os, texts)?;
            create::run(session, interrupt, options, texts, streams)
        }
        Backup::Restore(options) => {
            elevated::require(&*session.os, texts)?;
            restore::run(session, interrupt, options, texts, streams)
        }
    }
}

fn copies(session: &Session, texts: &Texts) -> Result<Vec<Listed>, Failure> {
    session.copies().map_err(|error| {
        let (path, reason) = (session.paths.backup_dir.display().to_string(), error.to_string());
        Failure::new(Status::Failed, fl!(texts.loader, "cli-backup-unread", path = path, reason = reason))
    })
}

/// A sentence at the error output.
fn say(words: &str, streams: &mut Streams<'_>) -> Result<(), Failure> {
    Ok(writeln!(streams.err, "{}", sentence(words))?)
}

fn of(fault: &Fault, texts: &Texts) -> Failure {
    tracing::warn!(error = chain(fault), "Copying on demand or going back ended early");
    let status = match fault {
        Fault::Cancelled => Status::Cancelled,
        Fault::NotHere
        | Fault::OtherBase { .. }
        | Fault::OtherComputer { .. }
        | Fault::Elsewhere { .. }
        | Fault::NothingKnown
        | Fault::OtherVersion { .. }
        | Fault::Server(_)
        | Fault::InUse { .. }
        | Fault::HalfWay
        | Fault::OtherThanShown => Status::Refused,
        Fault::Backup(error) if error.is_refusal() => Status::Refused,
        Fault::Lock(_)
        | Fault::Journal(_)
        | Fault::Backup(_)
        | Fault::Finishing(_)
        | Fault::Unchanged(_)
        | Fault::InBetween { .. } => Status::Failed,
    };
    Failure { status, lines: texts.going_back_fault(fault).iter().map(|line| sentence(line)).collect() }
}

/// Bytes that are read or copied, drawn on a terminal only.
pub(super) struct Bar<'a> {
    drawn: ProgressBar,
    texts: &'a Texts,
}

impl<'a> Bar<'a> {
    pub(super) fn new(is_terminal: bool, texts: &'a Texts) -> Self {
        let target = if is_terminal { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        // The template is a constant of this program; without it the bar has the library's own look.
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} {eta} {wide_msg}") {
            bar.set_style(style);
        }
        Self { drawn: bar, texts }
    }

    pub(super) fn show(&self, what: String, done_bytes: u64, total_bytes: u64) {
        self.drawn.set_length(total_bytes);
        self.drawn.set_position(done_bytes);
        self.drawn.set_message(what);
    }

    fn copying(&self, progress: smarts_core::backup::Progress) {
        use smarts_core::backup::Stage;
        let what = match progress.stage {
            Stage::Copying => fl!(self.texts.loader, "cli-backup-copying"),
            Stage::Checking => fl!(self.texts.loader, "cli-backup-checking"),
        };
        self.show(what, progress.done_bytes, progress.total_bytes);
    }
}

impl Drop for Bar<'_> {
    fn drop(&mut self) {
        self.drawn.finish_and_clear();
    }
}
