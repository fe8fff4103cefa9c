//! The finding about trust: whether only what is signed is used here, by which root, and until when.

use i18n_embed_fl::fl;
use smarts_core::source::signed::{self, Held};
use smarts_core::source::{Anchor, Error};

use super::{Line, State, Subject};
use crate::error::chain;

const ID: &str = "trust";

pub(super) fn line(subject: &Subject<'_>) -> Line {
    let (loader, session) = (&subject.texts.loader, subject.session);
    match session.anchor() {
        Ok(None) => Line::new(ID, State::Ok, fl!(loader, "diagnose-trust-none"), ""),
        Ok(Some(anchor)) => held(subject, &anchor),
        Err(Error::TrustedRoot { path, source })
            if source.kind() == std::io::ErrorKind::PermissionDenied
                && session.os.only_administrators_may_write(&path) == Some(false) =>
        {
            let text = fl!(loader, "diagnose-trust-open");
            Line::new(ID, State::Attention, text, path.display().to_string())
        }
        Err(error) => Line::new(ID, State::Attention, fl!(loader, "diagnose-trust-unread"), chain(&error)),
    }
}

fn held(subject: &Subject<'_>, anchor: &Anchor) -> Line {
    let loader = &subject.texts.loader;
    let held = match signed::look(anchor) {
        Ok(held) => held,
        Err(fault) => {
            return Line::new(ID, State::Attention, fl!(loader, "diagnose-trust-unread"), chain(&fault));
        }
    };
    let now = subject.session.clock.timestamp();
    let is_behind = held.at_least.is_some_and(|least| now < least);
    let has_expired = held.expires < now;
    let state = if is_behind || has_expired { State::Attention } else { State::Ok };
    let text = fl!(loader, "diagnose-trust", version = held.installed.to_string());
    let mut facts = vec![writers(subject)];
    if held.version != held.installed {
        facts.push(fl!(loader, "diagnose-trust-kept", version = held.version.to_string()));
    }
    facts.push(expiry(subject, &held, has_expired));
    if let Some(least) = held.at_least {
        facts.push(fl!(loader, "diagnose-trust-floor", moment = subject.texts.utc_day(least)));
    }
    if is_behind {
        facts.push(fl!(loader, "diagnose-clock-behind"));
    }
    let line = Line::new(ID, state, text, facts.join("; "));
    if is_behind { line.advise(fl!(loader, "advice-clock")) } else { line }
}

fn expiry(subject: &Subject<'_>, held: &Held, has_expired: bool) -> String {
    let day = subject.texts.utc_day(held.expires);
    if has_expired {
        fl!(subject.texts.loader, "diagnose-trust-expired", since = day)
    } else {
        fl!(subject.texts.loader, "diagnose-trust-until", until = day)
    }
}

/// Where it lies, and who can change it.
fn writers(subject: &Subject<'_>) -> String {
    let (loader, session) = (&subject.texts.loader, subject.session);
    let (path, is_named) = session.trusted_root_in_force();
    let who = match session.os.only_administrators_may_write(&path) {
        _ if is_named => fl!(loader, "diagnose-trust-named"),
        Some(true) => fl!(loader, "diagnose-trust-writers"),
        // Others than administrators: nothing is used then, which is said elsewhere.
        Some(false) | None => fl!(loader, "diagnose-trust-writers-unknown"),
    };
    format!("{}: {who}", path.display())
}
