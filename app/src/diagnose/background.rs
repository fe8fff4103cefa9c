//! Findings about what happens without a window: the scheduled task, the last check, the event log.

use std::ops::ControlFlow;

use i18n_embed_fl::fl;
use jiff::SignedDuration;
use smarts_core::catalogue;
use smarts_core::check::Report;
use smarts_core::check::last::{Failed, Last};
use smarts_core::history::event::{INSTALLER, OWN, Record};
use smarts_core::os::{EventLogFault, LogQuery, Os};
use smarts_core::schedule;

use super::{Line, State, Subject};
use crate::error::chain;

const EVENT_SOURCES_KEY: &str = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\EventLog\Application";
/// A PC that was off for a weekend is nothing to look at.
const LATE_AFTER: SignedDuration = SignedDuration::from_hours(24 * 4);

pub(super) fn task(subject: &Subject<'_>) -> Line {
    let (loader, session) = (&subject.texts.loader, subject.session);
    let state = schedule::state(&*session.os);
    let text = subject.texts.task_state(&state);
    match state {
        schedule::State::Ours(facts) => {
            let is_on = if facts.enabled { State::Ok } else { State::Attention };
            Line::new("task", is_on, text, facts.program.unwrap_or_default())
        }
        schedule::State::None if schedule::is_meant_to_be_ours(&session.paths) == Some(false) => {
            Line::new("task", State::Ok, fl!(loader, "task-none-wanted"), "")
        }
        schedule::State::Foreign(_) | schedule::State::None => {
            Line::new("task", State::Attention, text, fl!(loader, "task-how-to-install"))
        }
        schedule::State::Unknown(fault) => Line::new("task", State::Unknown, text, chain(&fault)),
    }
}

pub(super) fn last_check(subject: &Subject<'_>) -> Line {
    let (loader, session) = (&subject.texts.loader, subject.session);
    if let Some(last) = session.last_check().filter(|_| !session.settings.offline)
        && let Some(failed) = last.failed()
    {
        return failed_check(subject, &last, failed);
    }
    let path = session.paths.report_path();
    let report = match Report::load(&path) {
        Ok(Some(report)) => report,
        Ok(None) => {
            return Line::new("last_check", State::Unknown, fl!(loader, "headline-never-checked"), "");
        }
        Err(error) => {
            let text = fl!(loader, "diagnose-report-unread");
            return Line::new("last_check", State::Attention, text, chain(&error));
        }
    };
    let now = session.clock.now();
    let is_late = now.timestamp().duration_since(report.checked_at) > LATE_AFTER;
    let state = if is_late || !report.is_complete() { State::Attention } else { State::Ok };
    let text = fl!(loader, "diagnose-last-check", when = subject.texts.moment(report.checked_at, &now));
    Line::new("last_check", state, text, report.source.root)
}

/// The report that is kept is that of a former check then.
fn failed_check(subject: &Subject<'_>, last: &Last, failed: &Failed) -> Line {
    let (loader, texts) = (&subject.texts.loader, subject.texts);
    let now = subject.session.clock.now();
    let text = fl!(loader, "diagnose-check-failed", when = texts.moment(last.at, &now));
    let mut facts = vec![last.asked.source.clone(), texts.catalogue_fault(&failed.error.fault)];
    if failed.since < last.at {
        facts.push(fl!(loader, "diagnose-check-failed-since", since = texts.moment(failed.since, &now)));
    }
    let next = match &failed.error.fault {
        catalogue::Fault::Source(fault) => texts.connection_next(fault),
        _ => None,
    };
    let line = Line::new("last_check", State::Attention, text, facts.join("\n"));
    line.advise(next.unwrap_or_else(|| fl!(loader, "advice-last-check")))
}

/// Whether the records of Windows Installer can be read, which say who installed what.
pub(super) fn event_log(subject: &Subject<'_>) -> Line {
    let loader = &subject.texts.loader;
    match newest(&*subject.session.os, INSTALLER) {
        Ok(record) => {
            let now = subject.session.clock.now();
            let newest = record.map(|record| subject.texts.moment(record.time, &now));
            Line::new("event_log", State::Ok, fl!(loader, "diagnose-event-log"), newest.unwrap_or_default())
        }
        Err(fault) => {
            Line::new("event_log", State::Unknown, fl!(loader, "diagnose-no-event-log"), chain(&fault))
        }
    }
}

/// Whether records of ours have a source, and the newest of them. What cannot be read is neither there nor
/// missing.
pub(super) fn event_source(subject: &Subject<'_>) -> Line {
    let (loader, os) = (&subject.texts.loader, &subject.session.os);
    let key = format!(r"{EVENT_SOURCES_KEY}\{OWN}");
    let unknown =
        |text, fault: &dyn std::error::Error| Line::new("event_source", State::Unknown, text, chain(fault));
    let is_registered = match os.registry_value(&key, "EventMessageFile") {
        Ok(file) => file.is_some(),
        Err(fault) => return unknown(fl!(loader, "diagnose-event-source-unknown"), &fault),
    };
    match newest(&**os, OWN) {
        Err(fault) if is_registered || matches!(fault, EventLogFault::NotHere) => {
            unknown(fl!(loader, "diagnose-no-event-log"), &fault)
        }
        Ok(record) if is_registered => {
            let newest = record.map(|record| record.strings.join(" "));
            let text = fl!(loader, "diagnose-event-source");
            Line::new("event_source", State::Ok, text, newest.unwrap_or_default())
        }
        Ok(_) | Err(_) => {
            Line::new("event_source", State::Attention, fl!(loader, "diagnose-no-event-source"), key)
        }
    }
}

/// The newest record of a source in the application log.
fn newest(os: &dyn Os, provider: &str) -> Result<Option<Record>, EventLogFault> {
    let mut newest = None;
    let query = LogQuery { providers: &[provider], since: None, until: None };
    os.application_log(&query, &mut |record| {
        newest = Some(record);
        ControlFlow::Break(())
    })?;
    Ok(newest)
}
