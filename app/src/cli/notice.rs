//! `smarts notice`: what the tray stub is to say, if anything. Nothing is printed when there is nothing new.

use i18n_embed_fl::fl;
use serde::Serialize;
use smarts_core::offer::{PLATFORM, State};

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
    let report = session.check(&machine, None, None, &|_| ()).map_err(|failure| {
        let reason = texts.check_error(&failure.error);
        Failure::new(Status::Failed, fl!(texts.loader, "cli-check-failed", reason = reason))
    })?;
    let available = report.items.iter().filter(|item| matches!(item.state, State::Available { .. }));
    let (platform, bases): (Vec<_>, Vec<_>) = available.partition(|item| item.id == PLATFORM);
    if platform.is_empty() && bases.is_empty() {
        return Ok(Status::Done);
    }
    let loader = &texts.loader;
    let title = match (platform.is_empty(), bases.len()) {
        (false, 0) => fl!(loader, "headline-platform"),
        (false, count) => fl!(loader, "headline-platform-and-bases", count = count),
        (true, count) => fl!(loader, "headline-bases", count = count),
    };
    let notice = Notice { title, body: fl!(texts.loader, "notice-body") };
    if options.json {
        json::print(&notice, streams.out)?;
    } else {
        writeln!(streams.out, "{}\n{}", notice.title, notice.body)?;
    }
    Ok(Status::Done)
}
