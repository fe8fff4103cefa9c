//! `smarts notice`: what the tray stub is to say, if anything. Nothing is printed when there is nothing new.

use i18n_embed_fl::fl;
use serde::Serialize;
use smarts_core::offer::{State, Subject};

use super::args::Json;
use super::{Failure, Status, Streams, json};
use crate::i18n::Texts;
use crate::session::Session;

#[derive(Serialize)]
struct Notice {
    title: String,
    body: String,
}

/// Checks, and says what is available. When to speak again and to whom is planned.
pub(super) fn run(
    session: &Session,
    options: Json,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let machine = session.machine();
    let report = session
        .check(&machine, None, None, &|_| ())
        .map_err(|failure| Failure::of_check(&failure.error, texts))?;
    let available = report.items.iter().filter(|item| matches!(item.state, State::Available { .. }));
    let (platform, bases): (Vec<_>, Vec<_>) = available.partition(|item| item.subject == Subject::Platform);
    if platform.is_empty() && bases.is_empty() {
        return Ok(Status::Done);
    }
    let title = texts.updates(!platform.is_empty(), bases.len());
    let notice = Notice { title, body: fl!(texts.loader, "notice-body") };
    if options.json {
        json::print(&notice, streams.out)?;
    } else {
        writeln!(streams.out, "{}\n{}", notice.title, notice.body)?;
    }
    Ok(Status::Done)
}
