//! Everything at once: each look on a thread or task of its own, findings as they come, an end in a few seconds.
//!
//! What hangs (a share whose server is gone, a name server that is silent) is waited for no longer than all the
//! others and said not to have answered; its thread ends whenever the system lets it.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use i18n_embed_fl::fl;
use jiff::Timestamp;
use smarts_core::machine::Machine;
use smarts_core::settings;
use smarts_core::source::signed;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::advice::advised;
use super::outline::slots;
use super::titles::title;
use super::way::{self, Look, Looks};
use super::{Line, Slot, State, Subject, background, folders, network, ours, pc, trust};
use crate::i18n::Texts;
use crate::session::{Session, SiteWay, Way, Ways};

/// No look is waited for longer than this.
const ALL_WITHIN: Duration = Duration::from_secs(9);

/// A program that looks.
pub(crate) trait Desk: Send + Sync + 'static {
    /// On which PC.
    fn session(&self) -> &Session;
    /// In which language.
    fn texts(&self) -> &Texts;
    /// Why the settings were not read, where the session had to do without them.
    fn broken_settings(&self) -> Option<&settings::Error> {
        None
    }
}

/// How far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// What is going to be told, in its order.
    Outline(Vec<Slot>),
    /// A finding; they come in any order.
    Found(Line),
}

enum Told {
    Ground(Box<Ground>),
    Found(Line),
    Stopped,
    /// The PC could not be read at all.
    Broke,
}

/// What all looks stand on.
struct Ground {
    machine: Machine,
    ways: Ways,
    /// No moment before this one is believed, by what was signed.
    at_least: Option<Timestamp>,
}

/// Why findings are missing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Missing {
    Stopped,
    Late,
    Broke,
}

type Local = fn(&Subject<'_>) -> Line;

/// Looks that ask nobody outside, in crews that wait for nobody else. Of a signature the system may ask far away
/// whether it was revoked.
pub(super) const LOCAL: [&[(&str, Local)]; 13] = [
    &[
        ("source", ours::source),
        ("trust", trust::line),
        ("proxy", network::proxy),
        ("ca_file", network::ca_file),
    ],
    &[
        ("program", pc::program),
        ("windows", pc::windows),
        ("platform", pc::platform),
        ("bases", pc::bases),
        ("rights", pc::rights),
        ("reboot", pc::reboot),
    ],
    &[("signature", pc::signature)],
    &[
        ("folder", ours::folder),
        ("settings", ours::settings),
        ("policy", ours::policy),
        ("renderer", ours::renderer),
    ],
    &[("state_folder", folders::state)],
    &[("downloads", folders::downloads)],
    &[("backups", folders::backups)],
    &[("log", folders::log)],
    &[("journal", ours::journal), ("changes", ours::changes)],
    &[("task", background::task)],
    &[("last_check", background::last_check)],
    &[("event_log", background::event_log)],
    &[("event_source", background::event_source)],
];
/// More findings than there are ever.
const ROOM: usize = 64;

/// All findings, in their order.
pub(crate) fn all(desk: &Arc<dyn Desk>) -> Vec<Line> {
    let mut slots = Vec::new();
    let mut found = HashMap::new();
    run(desk, &CancellationToken::new(), &mut |step| match step {
        Step::Outline(outline) => slots = outline,
        Step::Found(line) => drop(found.insert(line.id, line)),
    });
    slots.iter().filter_map(|slot| found.remove(slot.id)).collect()
}

/// Looks at everything and tells it; returns once all is told. What was given up or did not answer is told as unknown.
pub(crate) fn run(desk: &Arc<dyn Desk>, cancel: &CancellationToken, tell: &mut dyn FnMut(Step)) {
    let until = Instant::now() + ALL_WITHIN;
    let (session, texts) = (desk.session(), desk.texts());
    let (sender, told) = sync_channel(ROOM);
    let watch = {
        let (cancel, sender) = (cancel.clone(), sender.clone());
        session.runtime().spawn(async move {
            cancel.cancelled().await;
            post(&sender, Told::Stopped);
        })
    };
    read(desk, &sender);
    let mut asked = Vec::new();
    let (mut open, mut missing) = match next(&told, until) {
        Ok(Told::Ground(ground)) => {
            let open = slots(&way::ids(&ground.ways), texts);
            asked = send_out(desk, *ground, &sender);
            (open, None)
        }
        other => (slots(&[], texts), Some(why(&other))),
    };
    tell(Step::Outline(open.clone()));
    while !open.is_empty() && missing.is_none() {
        match next(&told, until) {
            Ok(Told::Found(line)) => {
                if let Some(place) = open.iter().position(|slot| slot.id == line.id) {
                    open.remove(place);
                    tell(Step::Found(advised(line, texts)));
                }
            }
            other => missing = Some(why(&other)),
        }
    }
    watch.abort();
    for task in asked {
        task.abort();
    }
    let why = words(missing.unwrap_or(Missing::Late), texts);
    for slot in open {
        let line = Line::new(slot.id, State::Unknown, format!("{}: {why}", slot.title), "");
        tell(Step::Found(advised(line, texts)));
    }
}

fn next(told: &Receiver<Told>, until: Instant) -> Result<Told, RecvTimeoutError> {
    told.recv_timeout(until.saturating_duration_since(Instant::now()))
}

fn why(told: &Result<Told, RecvTimeoutError>) -> Missing {
    match told {
        Ok(Told::Stopped) => Missing::Stopped,
        Ok(Told::Broke | Told::Ground(_) | Told::Found(_)) => Missing::Broke,
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Missing::Late,
    }
}

fn words(missing: Missing, texts: &Texts) -> String {
    let loader = &texts.loader;
    match missing {
        Missing::Stopped => fl!(loader, "diagnose-stopped"),
        Missing::Late => fl!(loader, "diagnose-late"),
        Missing::Broke => fl!(loader, "diagnose-broke"),
    }
}

/// There is room for every finding.
fn post(sender: &SyncSender<Told>, told: Told) {
    if sender.try_send(told).is_err() {
        tracing::debug!("A finding came after the end");
    }
}

/// In a thread of its own, or says that there is none.
fn in_thread(name: &str, sender: &SyncSender<Told>, work: impl FnOnce() + Send + 'static) {
    if let Err(error) = thread::Builder::new().name(name.to_owned()).spawn(work) {
        tracing::error!(%error, "Failed to start a thread");
        post(sender, Told::Broke);
    }
}

/// Reads the PC: a folder on a share whose server is gone may hold that up for long.
fn read(desk: &Arc<dyn Desk>, sender: &SyncSender<Told>) {
    let (desk, its_sender) = (Arc::clone(desk), sender.clone());
    in_thread("diagnose-read", sender, move || {
        let read = catch_unwind(AssertUnwindSafe(|| {
            let session = desk.session();
            let machine = session.machine();
            let ways = session.ways(&machine);
            let anchor = session.anchor().ok().flatten();
            let at_least = anchor.and_then(|anchor| signed::look(&anchor).ok()?.at_least);
            Told::Ground(Box::new(Ground { machine, ways, at_least }))
        }));
        post(&its_sender, read.unwrap_or(Told::Broke));
    });
}

/// The tasks are to be ended when nobody waits for them any more.
fn send_out(desk: &Arc<dyn Desk>, ground: Ground, sender: &SyncSender<Told>) -> Vec<JoinHandle<()>> {
    let Ground { machine, ways, at_least } = ground;
    let machine = Arc::new(machine);
    for crew in LOCAL {
        let (desk, machine, its_sender) = (Arc::clone(desk), Arc::clone(&machine), sender.clone());
        in_thread("diagnose-look", sender, move || {
            let (session, texts) = (desk.session(), desk.texts());
            let subject = Subject { session, machine: &machine, texts, broken: desk.broken_settings() };
            for (id, look) in crew {
                post(&its_sender, Told::Found(looked(id, *look, &subject)));
            }
        });
    }
    ask(desk, ways, at_least, sender)
}

/// A look that breaks is a finding, too, and keeps nobody waiting.
pub(super) fn looked(id: &'static str, look: Local, subject: &Subject<'_>) -> Line {
    catch_unwind(AssertUnwindSafe(|| look(subject))).unwrap_or_else(|_| {
        let text = format!("{}: {}", title(id, subject.texts), words(Missing::Broke, subject.texts));
        Line::new(id, State::Unknown, text, "")
    })
}

/// Asks the source; nothing where there is none to ask.
fn ask(
    desk: &Arc<dyn Desk>,
    ways: Ways,
    at_least: Option<Timestamp>,
    sender: &SyncSender<Told>,
) -> Vec<JoinHandle<()>> {
    let (runtime, now) = (desk.session().runtime(), desk.session().clock.timestamp());
    let site = match ways.first {
        Way::Site(site) => *site,
        Way::Folder { path, is_updates } => {
            post(sender, Told::Found(way::without_server(now, at_least, desk.texts())));
            let (its_desk, its_sender) = (Arc::clone(desk), sender.clone());
            runtime.spawn_blocking(move || {
                post(&its_sender, Told::Found(way::folder(&path, is_updates, its_desk.texts())));
            });
            let second = ways.second.map(|second| {
                let has_login = shows_login(&second);
                start(way::second_alone(second, desk), has_login, runtime, sender)
            });
            return second.unwrap_or_default();
        }
        Way::Nowhere(_) => {
            post(sender, Told::Found(way::without_server(now, at_least, desk.texts())));
            return Vec::new();
        }
    };
    let has_login = shows_login(&site) || ways.second.as_ref().is_some_and(shows_login);
    let common = Looks { way: site, second: ways.second, desk: Arc::clone(desk), now, at_least };
    start(way::looks(&Arc::new(common)), has_login, runtime, sender)
}

fn shows_login(site: &SiteWay) -> bool {
    site.proxy.as_ref().is_some_and(|proxy| proxy.has_login)
}

/// Gives back what may be ended at any moment. A proxy that is being shown a login would count as one that did not
/// answer, so such looks end by themselves, in a few seconds.
fn start(
    looks: Vec<Look>,
    has_login: bool,
    runtime: &Handle,
    sender: &SyncSender<Told>,
) -> Vec<JoinHandle<()>> {
    let start = |look: Look| {
        let sender = sender.clone();
        runtime.spawn(async move {
            for line in look.await {
                post(&sender, Told::Found(line));
            }
        })
    };
    let tasks: Vec<_> = looks.into_iter().map(start).collect();
    if has_login { Vec::new() } else { tasks }
}

#[cfg(test)]
mod tests;
