//! `smarts notice`: what the tray stub is to say, if anything. Nothing is printed when there is nothing new.

use i18n_embed_fl::fl;
use serde::Serialize;
use smarts_core::offer::State;
use smarts_core::settings::Notify;

use super::args::Json;
use super::{Failure, Status, Streams, json};
use crate::i18n::Texts;
use crate::model::summary::Updates;
use crate::session::Session;

#[derive(Serialize)]
struct Notice {
    title: String,
    body: String,
}

/// Checks, and says what is available. When to speak again is planned.
pub(super) fn run(
    session: &Session,
    options: Json,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    if !is_for_this_person(session) {
        return Ok(Status::Done);
    }
    let machine = session.machine();
    let report = session
        .check(&machine, None, None, &|_| ())
        .map_err(|failure| Failure::of_check(&failure.error, texts))?;
    let mut updates = Updates::default();
    for item in report.items.iter().filter(|item| matches!(item.state, State::Available { .. })) {
        updates.count(item.subject);
    }
    if updates.total() == 0 {
        return Ok(Status::Done);
    }
    let notice = Notice { title: texts.updates(updates), body: fl!(texts.loader, "notice-body") };
    if options.json {
        json::print(&notice, streams.out)?;
    } else {
        writeln!(streams.out, "{}\n{}", notice.title, notice.body)?;
    }
    Ok(Status::Done)
}

/// Whether the settings want this person to hear of anything.
fn is_for_this_person(session: &Session) -> bool {
    match session.settings.notify {
        Notify::All => true,
        Notify::Admins => session.may_update(),
        Notify::None => false,
    }
}
