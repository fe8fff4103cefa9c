//! `smarts diagnose`: what this program finds on this PC. Always ends with status 0 if it could print it.

use serde::Serialize;

use super::args::{Common, Json};
use super::{Failure, Status, Streams, json};
use crate::diagnose::{self, Line};
use crate::i18n::Texts;
use crate::session::Session;

/// `diagnose --json`.
#[derive(Debug, Serialize)]
struct Diagnosis {
    lines: Vec<Line>,
}

/// Prints the findings, also where the settings cannot be read: then it is needed most.
pub(super) fn run(
    common: &Common,
    options: Json,
    first_texts: Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let (session, broken) = Session::open_anyway(super::session_options(common, &first_texts)?)
        .map_err(|error| Failure::new(Status::Failed, first_texts.session_error(&error)))?;
    let texts =
        if session.language == first_texts.language { first_texts } else { super::texts(session.language)? };
    let lines = diagnose::lines(&session, broken.as_ref(), &texts);
    if options.json {
        json::print(&Diagnosis { lines }, streams.out)?;
    } else {
        lines.iter().try_for_each(|line| write!(streams.out, "{}", diagnose::told(line, &texts)))?;
    }
    Ok(Status::Done)
}
