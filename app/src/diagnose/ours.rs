//! Findings about our own files: the machine-wide folder, settings, source, what the person's folders hold.

use i18n_embed_fl::fl;
use smarts_core::machine::Fault;
use smarts_core::settings::{Notify, Settings, WhoMayUpdate};
use smarts_core::source::Trust;
use smarts_core::{apply, journal as records, switch};

use super::{Line, State, Subject};
use crate::i18n::Texts;
use crate::session::Way;
use crate::window::start::{self, Attempt};

pub(super) fn folder(subject: &Subject<'_>) -> Line {
    let loader = &subject.texts.loader;
    let dir = &subject.session.paths.machine_dir;
    let detail = dir.display().to_string();
    if !dir.is_dir() {
        return Line::new("folder", State::Attention, fl!(loader, "diagnose-no-folder"), detail);
    }
    // Asked of a file that could be made there: of the folder itself, its own folder would count, too.
    let (state, text) = match subject.session.os.only_administrators_may_write(&dir.join("new")) {
        Some(true) => (State::Ok, fl!(loader, "diagnose-folder")),
        Some(false) => (State::Attention, fl!(loader, "diagnose-folder-open")),
        None => (State::Unknown, fl!(loader, "diagnose-folder-unknown")),
    };
    Line::new("folder", state, text, detail)
}

/// The file as it is now: it may have been mended since the program began.
pub(super) fn settings(subject: &Subject<'_>) -> Line {
    let (loader, session) = (&subject.texts.loader, subject.session);
    let path = session.paths.settings_path();
    let shown = path.display().to_string();
    let wrong =
        |text, advice: String| Line::new("settings", State::Attention, text, shown.clone()).advise(advice);
    let (now, problem) = match Settings::load_trusted(&*session.os, &path) {
        Ok(read) => read,
        Err(error) => {
            let text = fl!(loader, "session-settings", reason = error.to_string());
            return wrong(text, fl!(loader, "advice-settings-broken"));
        }
    };
    if problem.is_some() {
        return wrong(fl!(loader, "machine-settings-not-used"), fl!(loader, "advice-settings-open"));
    }
    let unknown: Vec<&str> = now.unknown_keys().collect();
    if !unknown.is_empty() {
        let text = fl!(loader, "diagnose-settings-unknown", keys = unknown.join(", "));
        return wrong(text, fl!(loader, "advice-settings-unknown"));
    }
    if subject.broken.is_some() {
        return wrong(fl!(loader, "diagnose-settings-changed"), fl!(loader, "advice-restart"));
    }
    if now != session.settings {
        return Line::new("settings", State::Neutral, fl!(loader, "diagnose-settings-changed"), shown);
    }
    let text =
        if path.exists() { fl!(loader, "diagnose-settings") } else { fl!(loader, "diagnose-no-settings") };
    Line::new("settings", State::Ok, text, shown)
}

/// What the settings decide about people.
pub(super) fn policy(subject: &Subject<'_>) -> Line {
    let (loader, settings) = (&subject.texts.loader, &subject.session.settings);
    let notify = match settings.notify {
        Notify::Admins => "admins",
        Notify::All => "all",
        Notify::None => "none",
    };
    let who = match settings.who_may_update {
        WhoMayUpdate::Admins => "admins",
        WhoMayUpdate::All => "all",
    };
    let text = fl!(loader, "diagnose-policy", who = who, notify = notify);
    Line::new("policy", State::Ok, text, settings.administrator.clone().unwrap_or_default())
}

pub(super) fn source(subject: &Subject<'_>) -> Line {
    let (loader, session) = (&subject.texts.loader, subject.session);
    let facts = session.source_facts(subject.machine);
    // Whether the connection really is secure is told by whoever looks at it.
    let words = if facts.trust == Trust::Https && !facts.root.starts_with("http://") {
        fl!(loader, "diagnose-source-https")
    } else {
        subject.texts.trust(&facts, session.clock.timestamp())
    };
    if let Way::Nowhere(error) = session.ways(subject.machine).first {
        let line = Line::new("source", State::Attention, subject.texts.source_error(&error), facts.root);
        return line.advise(fl!(loader, "advice-source-address"));
    }
    let text = fl!(loader, "status-source", source = facts.root, trust = words);
    let address = subject.machine.problems.iter().find_map(|problem| match &problem.fault {
        Fault::CustomUpdatePath { .. } => Some(subject.texts.machine_fault(&problem.fault)),
        _ => None,
    });
    // Where it is, not whether it is reached.
    let state = if address.is_some() { State::Attention } else { State::Neutral };
    Line::new("source", state, text, address.unwrap_or_default())
}

/// How the window was drawn at its last start.
pub(super) fn renderer(subject: &Subject<'_>) -> Line {
    drawn(start::last(&subject.session.paths.state_dir), subject.texts)
}

pub(super) fn drawn(attempt: Option<Attempt>, texts: &Texts) -> Line {
    let loader = &texts.loader;
    let Some(attempt) = attempt else {
        return Line::new("renderer", State::Unknown, fl!(loader, "diagnose-no-window"), "");
    };
    let renderer = attempt.renderer.name();
    let detail = attempt.adapter.unwrap_or_default();
    if attempt.finished {
        Line::new("renderer", State::Ok, fl!(loader, "diagnose-window", renderer = renderer), detail)
    } else {
        let text = fl!(loader, "diagnose-window-cut", renderer = renderer);
        Line::new("renderer", State::Attention, text, detail)
    }
}

/// Bases that are being changed, or were when somebody ended that.
pub(super) fn changes(subject: &Subject<'_>) -> Line {
    let (loader, paths) = (&subject.texts.loader, &subject.session.paths);
    let open = match switch::open(paths) {
        Ok(open) => open,
        Err(error) => {
            let text = fl!(loader, "diagnose-changes-unread");
            return Line::new("changes", State::Unknown, text, error.to_string());
        }
    };
    if open.is_empty() {
        return Line::new("changes", State::Ok, fl!(loader, "diagnose-changes"), "");
    }
    let shown = open.iter().map(|open| open.record.folder.as_str()).collect::<Vec<_>>().join(", ");
    if apply::is_running(paths) {
        return Line::new("changes", State::Ok, fl!(loader, "diagnose-changes-running"), shown);
    }
    Line::new("changes", State::Attention, fl!(loader, "diagnose-changes-open", count = open.len()), shown)
}

pub(super) fn journal(subject: &Subject<'_>) -> Line {
    let (loader, paths) = (&subject.texts.loader, &subject.session.paths);
    let shown = paths.journal_path().display().to_string();
    let journal = match records::read(&paths.journal_path()) {
        Ok(journal) => journal,
        Err(error) => {
            return Line::new("journal", State::Attention, subject.texts.journal_error(&error), shown);
        }
    };
    let unfinished = apply::unfinished(paths).map_or(0, |entries| entries.len());
    let count = journal.entries.len();
    if unfinished > 0 {
        let text = fl!(loader, "diagnose-unfinished", count = unfinished);
        return Line::new("journal", State::Attention, text, shown);
    }
    if journal.skipped > 0 {
        let text = fl!(loader, "history-skipped", count = journal.skipped);
        return Line::new("journal", State::Attention, text, shown);
    }
    Line::new("journal", State::Ok, fl!(loader, "diagnose-journal", count = count), shown)
}
