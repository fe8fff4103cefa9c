//! `smarts diagnose`: what this program finds on this PC. Always ends with status 0 if it could print it, or write the
//! report; Ctrl+C ends it with the status of what a person has cancelled.

use std::path::Path;
use std::sync::Arc;

use i18n_embed_fl::fl;
use serde::Serialize;
use smarts_core::settings;

use super::args::{Common, Diagnose};
use super::interrupt::Interrupt;
use super::{Failure, Status, Streams, json};
use crate::diagnose::{self, Desk, Line, support};
use crate::error::chain;
use crate::i18n::Texts;
use crate::session::Session;

/// `diagnose --json`.
#[derive(Debug, Serialize)]
struct Diagnosis {
    lines: Vec<Line>,
}

/// A run of the command.
struct Here {
    session: Session,
    texts: Texts,
    broken: Option<settings::Error>,
}

impl Desk for Here {
    fn session(&self) -> &Session {
        &self.session
    }

    fn texts(&self) -> &Texts {
        &self.texts
    }

    fn broken_settings(&self) -> Option<&settings::Error> {
        self.broken.as_ref()
    }
}

/// Prints the findings, also where the settings cannot be read: then it is needed most.
pub(super) fn run(
    common: &Common,
    options: Diagnose,
    first_texts: Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let (session, broken) = Session::open_anyway(super::session_options(common, &first_texts)?)
        .map_err(|error| Failure::new(Status::Failed, first_texts.session_error(&error)))?;
    let texts =
        if session.language == first_texts.language { first_texts } else { super::texts(session.language)? };
    // Nothing is changed, so that ends the program at once.
    let _interrupt = Interrupt::listen(&session);
    let desk: Arc<dyn Desk> = Arc::new(Here { session, texts, broken });
    let lines = diagnose::all(&desk);
    if options.json {
        json::print(&Diagnosis { lines: lines.clone() }, streams.out)?;
    } else {
        write!(streams.out, "{}", diagnose::told_all(&lines, desk.texts()))?;
    }
    match options.report {
        Some(path) => save(&*desk, &lines, &path, streams),
        None => Ok(Status::Done),
    }
}

fn save(desk: &dyn Desk, lines: &[Line], path: &Path, streams: &mut Streams<'_>) -> Result<Status, Failure> {
    let loader = &desk.texts().loader;
    let shown = path.display().to_string();
    support::save(desk, lines, path).map_err(|error| {
        let what = fl!(loader, "support-not-written", path = shown.as_str(), reason = chain(&error));
        Failure { status: Status::Failed, lines: vec![what, fl!(loader, "support-next")] }
    })?;
    writeln!(streams.err, "{}", fl!(loader, "support-written", path = shown.as_str()))?;
    Ok(Status::Done)
}
