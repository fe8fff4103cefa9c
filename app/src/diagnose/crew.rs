//! Everything at once: each look on a thread or task of its own, findings as they come, an end in a few seconds.
//!
//! What hangs (a share whose server is gone, a name server that is silent) is waited for no longer than all the
//! others and said not to have answered; its thread ends whenever the system lets it.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use i18n_embed_fl::fl;
use smarts_core::machine::Machine;
use smarts_core::settings;
use smarts_core::source::signed;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::advice::advised;
use super::outline::slots;
use super::way::{self, Looks};
use super::{Line, Slot, State, Subject, background, folders, network, ours, pc, trust};
use crate::i18n::Texts;
use crate::session::{Session, Way};

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
    Found(Line),
    Stopped,
}

type Local = fn(&Subject<'_>) -> Line;

/// Looks that ask nobody outside, in crews that wait for nobody else.
pub(super) const LOCAL: [&[Local]; 11] = [
    &[ours::source, trust::line, network::proxy, network::ca_file],
    &[pc::program, pc::signature, pc::windows, pc::platform, pc::bases, pc::rights, pc::reboot],
    &[ours::folder, ours::settings, ours::policy, ours::renderer],
    &[folders::state],
    &[folders::downloads],
    &[folders::backups],
    &[folders::log],
    &[ours::journal, ours::changes],
    &[background::task],
    &[background::last_check],
    &[background::event_log, background::event_source],
];

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
    let begun = Instant::now();
    let (session, texts) = (desk.session(), desk.texts());
    let machine = Arc::new(session.machine());
    let way = session.way(&machine);
    let mut open = slots(&way, texts);
    tell(Step::Outline(open.clone()));
    let (sender, findings) = sync_channel(open.len() + 1);
    for crew in LOCAL {
        send_out(desk, &machine, crew, &sender);
    }
    let asked = ask(desk, way, &sender);
    let watch = {
        let (cancel, sender) = (cancel.clone(), sender.clone());
        session.runtime().spawn(async move {
            cancel.cancelled().await;
            post(&sender, Told::Stopped);
        })
    };
    let mut was_stopped = false;
    while !open.is_empty() && !was_stopped {
        match findings.recv_timeout(ALL_WITHIN.saturating_sub(begun.elapsed())) {
            Ok(Told::Found(line)) => {
                if let Some(place) = open.iter().position(|slot| slot.id == line.id) {
                    open.remove(place);
                    tell(Step::Found(advised(line, texts)));
                }
            }
            Ok(Told::Stopped) => was_stopped = true,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
        }
    }
    watch.abort();
    for task in asked {
        task.abort();
    }
    let why =
        if was_stopped { fl!(texts.loader, "diagnose-stopped") } else { fl!(texts.loader, "diagnose-late") };
    for slot in open {
        let line = Line::new(slot.id, State::Unknown, format!("{}: {why}", slot.title), "");
        tell(Step::Found(advised(line, texts)));
    }
}

/// There is room for every finding.
fn post(sender: &SyncSender<Told>, told: Told) {
    if sender.try_send(told).is_err() {
        tracing::debug!("A finding came after the end");
    }
}

fn send_out(desk: &Arc<dyn Desk>, machine: &Arc<Machine>, crew: &'static [Local], sender: &SyncSender<Told>) {
    let (desk, machine, sender) = (Arc::clone(desk), Arc::clone(machine), sender.clone());
    let look = move || {
        let (session, texts) = (desk.session(), desk.texts());
        let subject = Subject { session, machine: &machine, texts, broken: desk.broken_settings() };
        for look in crew {
            post(&sender, Told::Found(look(&subject)));
        }
    };
    if let Err(error) = thread::Builder::new().name("diagnose-look".to_owned()).spawn(look) {
        tracing::error!(%error, "Failed to start a thread");
    }
}

/// Asks the source; nothing where there is none to ask.
fn ask(desk: &Arc<dyn Desk>, way: Way, sender: &SyncSender<Told>) -> Vec<JoinHandle<()>> {
    let (session, now) = (desk.session(), desk.session().clock.timestamp());
    let runtime = session.runtime();
    let at_least = session.anchor().ok().flatten().and_then(|anchor| signed::look(&anchor).ok()?.at_least);
    let site = match way {
        Way::Site(site) => *site,
        Way::Folder(folder) => {
            let (desk, sender) = (Arc::clone(desk), sender.clone());
            let clock = way::without_server(now, at_least, desk.texts());
            post(&sender, Told::Found(clock));
            let look = move || post(&sender, Told::Found(way::folder(&folder, desk.texts())));
            return vec![runtime.spawn_blocking(look)];
        }
        Way::Nowhere => {
            post(sender, Told::Found(way::without_server(now, at_least, desk.texts())));
            return Vec::new();
        }
    };
    let common = Arc::new(Looks { way: site, desk: Arc::clone(desk), now, at_least });
    let looks = way::looks(&common).into_iter().map(|look| {
        let sender = sender.clone();
        runtime.spawn(async move {
            for line in look.await {
                post(&sender, Told::Found(line));
            }
        })
    });
    looks.collect()
}

#[cfg(test)]
mod tests;
