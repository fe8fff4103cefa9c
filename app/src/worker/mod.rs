//! The worker: does what the window asks for, away from its thread, and answers with events.
//!
//! A thread takes commands in their order; what takes long runs on a thread or task of its own, so that a
//! pause or a stop is heard at once. Deliberately not here: deciding what is to be done — that is the
//! model's — and drawing.

mod apply;
mod at_hand;
mod check;
mod devices;
mod diagnose;
mod download;
mod going_back;
mod history;
mod outbox;
mod prepared;
mod reports;
mod settings;
mod skipping;
mod staging;
mod subscriptions;
mod waiting;

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use jiff::Zoned;
use smarts_core::check::Report;
use smarts_core::machine::Machine;
use smarts_core::offer::{self, Item};
use smarts_core::subscription::Subscriptions;
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio_util::sync::CancellationToken;

use crate::i18n::Texts;
use crate::instance::Call;
use crate::model::at_hand::targets;
use crate::model::{Command, Event};
use crate::session::Session;
use crate::tray::tell;
use devices::Apps;
use download::Downloads;
use going_back::Looks;
use outbox::Outbox;
use prepared::Preparations;

/// So many commands and events may wait.
const WAITING: usize = 256;

/// The two ends the window holds.
pub struct Worker {
    /// For [`Command`]s.
    pub commands: Sender<Command>,
    /// Of [`Event`]s.
    pub events: Receiver<Event>,
    /// Closed, and nothing ever sent, once the commands' end is gone and all that was under way has ended.
    pub ended: std::sync::mpsc::Receiver<()>,
}

/// What all threads of the worker share.
struct Shared {
    session: Session,
    texts: Texts,
    outbox: Outbox,
    known: Mutex<Known>,
    /// How often the source has been changed: what is known of a former one is no answer any more.
    turn: Mutex<u64>,
    /// Held from the reading of the list of subscriptions until it is told, so that nobody tells an older one after a
    /// newer one. Taken before `turn` and `known`.
    telling: Mutex<()>,
    /// The same of the settings. Taken before all others.
    telling_settings: Mutex<()>,
    downloads: Downloads,
    preparations: Preparations,
    looks: Looks,
    apps: Apps,
    /// Which examination of a file at hand is wanted; none of an earlier one.
    at_hand_turn: Mutex<u64>,
    /// Stops the installation under way, if there is one.
    applying: Mutex<Option<CancellationToken>>,
    /// Stops the reading of the history under way.
    reading_history: Mutex<Option<CancellationToken>>,
    /// Stops the looking at this PC under way.
    looking: Mutex<Option<CancellationToken>>,
    /// Last, so that it goes after everything else.
    _ended: std::sync::mpsc::SyncSender<()>,
}

/// What the last reading brought: what item ids are about.
#[derive(Default)]
struct Known {
    machine: Machine,
    items: Vec<Item>,
    report: Option<Report>,
}

impl Known {
    fn refit(&mut self, subscriptions: &Subscriptions, now: &Zoned) {
        let facts = subscriptions.facts(&self.machine, now);
        offer::refit(&mut self.items, &self.machine, &facts);
    }
}

/// Starts the worker. `wake` is called after each event.
pub fn start(session: Session, texts: Texts, wake: impl Fn() + Send + Sync + 'static) -> io::Result<Worker> {
    let (commands, inbox) = mpsc::channel(WAITING);
    let (shared, events, ended) = Shared::new(session, texts, wake);
    let shared = Arc::new(shared);
    thread::Builder::new().name("worker".to_owned()).spawn(move || work(&shared, inbox))?;
    Ok(Worker { commands, events, ended })
}

/// Until the window is gone; then downloads stop and keep what has arrived, and nothing is read any more.
fn work(shared: &Arc<Shared>, mut inbox: Receiver<Command>) {
    while let Some(command) = inbox.blocking_recv() {
        tracing::debug!(?command, "Command");
        shared.carry_out(command);
    }
    shared.looks.stop();
    shared.downloads.stop_all();
    shared.apps.put_away();
    shared.take_up_history(None);
    shared.take_up_looking(None);
}

impl Shared {
    /// With the ends of what it tells.
    fn new(
        session: Session,
        texts: Texts,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> (Self, Receiver<Event>, std::sync::mpsc::Receiver<()>) {
        let (sender, events) = mpsc::channel(WAITING);
        let (end, ended) = std::sync::mpsc::sync_channel(1);
        let shared = Self {
            session,
            texts,
            outbox: Outbox::new(sender, Box::new(wake)),
            known: Mutex::default(),
            turn: Mutex::default(),
            telling: Mutex::default(),
            telling_settings: Mutex::default(),
            downloads: Downloads::default(),
            preparations: Preparations::default(),
            looks: Looks::default(),
            apps: Apps::default(),
            at_hand_turn: Mutex::default(),
            applying: Mutex::default(),
            reading_history: Mutex::default(),
            looking: Mutex::default(),
            _ended: end,
        };
        (shared, events, ended)
    }

    fn carry_out(self: &Arc<Self>, command: Command) {
        match command {
            Command::Load => self.load(),
            Command::Renew { with_report } => {
                let turn = *lock(&self.turn);
                self.in_thread("renew", move |shared| shared.renew(turn, with_report), |_| ());
            }
            Command::Skip { item_id } => self.skip(&item_id),
            Command::OfferAgain { item_id } => self.offer_again(&item_id),
            Command::Settings(command) => self.carry_out_settings(command),
            Command::ReadReports { folder } => {
                let broken = folder.clone();
                self.in_thread(
                    "reports",
                    move |shared| shared.read_reports(folder),
                    move |shared| shared.reports_broke(&broken),
                );
            }
            Command::UseSource(detour) => self.use_source(detour),
            // The window's part.
            Command::ChooseFolder
            | Command::ChooseReports
            | Command::ChooseSubscriptions
            | Command::ChooseSubscriptionsExport
            | Command::ChooseHistoryFile
            | Command::ChooseHistoryExport
            | Command::CallAttention
            | Command::ChooseSetting(_)
            | Command::ChooseRoot
            | Command::ChooseAtHand => {}
            Command::AtHand(command) => self.carry_out_at_hand(command),
            Command::Subscriptions(command) => self.carry_out_subscriptions(command),
            Command::History(command) => self.carry_out_history(command),
            Command::Check => {
                let turn = *lock(&self.turn);
                self.in_thread(
                    "check",
                    move |shared| shared.check(turn),
                    move |shared| shared.check_broke(turn),
                );
            }
            Command::Download { item_id, covered } => self.download(item_id, covered),
            Command::PauseDownload { item_id } => self.downloads.pause(&item_id),
            Command::CancelDownload { item_id, covered } => self.cancel_download(&item_id, covered),
            Command::Preview { item_id, base_ids } => self.preview_aside(item_id, base_ids),
            Command::ReadDifferences { item_id, paths } => self.read_differences_aside(item_id, paths),
            Command::Apply { item_id, base_ids, accept_unproved, agreed_to_go } => {
                let targets = targets(&item_id, &base_ids);
                let prepared = self.preparations.get(&item_id);
                self.in_thread(
                    "apply",
                    move |shared| shared.apply(item_id, &base_ids, prepared, accept_unproved, agreed_to_go),
                    move |shared| shared.apply_broke(&targets),
                );
            }
            Command::StopApply => self.stop_apply(),
            Command::GoingBack(command) => self.carry_out_going_back(command),
            Command::ApplyTemplate { template, base_ids } => self.prepare_template_aside(template, base_ids),
            Command::GoOn { item_id, base_ids, goes_on } => {
                let (broken_id, broken_ids) = (item_id.clone(), base_ids.clone());
                let turn = self.put_at_hand_away();
                self.in_thread(
                    "go-on",
                    move |shared| shared.go_on(item_id, base_ids, goes_on, turn),
                    move |shared| shared.preview_broke(broken_id, broken_ids),
                );
            }
            Command::Remind { item_id, at } => self.remind(&item_id, at),
            Command::AbandonPlan { plan } => {
                self.in_thread("abandon", move |shared| shared.abandon(&plan), Self::abandon_broke);
            }
            Command::UsePassword { proxy, password } => self.session.use_password(proxy, password.0),
            Command::Diagnostics(command) => self.carry_out_diagnostics(command),
            Command::Devices(command) => self.carry_out_devices(command),
            Command::OpenLogFolder => open(self.session.paths.log_dir.as_os_str()),
            Command::OpenFolder { path } => open(path.as_os_str()),
            Command::OpenLink { url } => open(url.as_ref()),
        }
    }

    /// `broke` answers the window if the task panics, so that no row waits for ever.
    fn in_thread(
        self: &Arc<Self>,
        name: &'static str,
        task: impl FnOnce(&Arc<Self>) + Send + 'static,
        broke: impl FnOnce(&Self) + Send + 'static,
    ) {
        let shared = Arc::clone(self);
        let thread = thread::Builder::new().name(name.to_owned()).spawn(move || {
            // What the task holds is behind locks whose data is replaced whole.
            if catch_unwind(AssertUnwindSafe(|| task(&shared))).is_err() {
                tracing::error!(name, "A thread of the worker panicked");
                broke(&shared);
            }
        });
        if let Err(error) = thread {
            // Only a system out of threads comes here; the row then stays as it is, and the log says why.
            tracing::error!(%error, name, "Failed to start a thread");
        }
    }

    /// Other programs of this person show what was known before. They are told aside: one that hangs is waited for.
    fn tell_stubs(self: &Arc<Self>) {
        let tell = |shared: &Arc<Self>| tell::stubs(&shared.session.paths.state_dir, &Call::Renew, None);
        self.in_thread("tell-stubs", tell, |_| ());
    }

    fn know(&self, machine: &Machine, report: Option<&Report>, subscriptions: &Subscriptions) {
        let mut known = lock(&self.known);
        known.machine = machine.clone();
        if let Some(report) = report {
            known.items.clone_from(&report.items);
            known.report = Some(report.clone());
        }
        known.refit(subscriptions, &self.session.clock.now());
    }

    /// The same of subscriptions alone: the machine stays the one that was read last.
    fn know_subscriptions(&self, subscriptions: &Subscriptions) {
        lock(&self.known).refit(subscriptions, &self.session.clock.now());
    }

    /// What an item id is about, if it is still known; `covered`: with the newest covered release in place of the
    /// newest.
    fn known(&self, item_id: &str, covered: bool) -> Option<(Machine, Item)> {
        let known = lock(&self.known);
        let item = known.items.iter().find(|item| item.id == item_id)?;
        let item = if covered { item.with_covered(&known.machine)? } else { item.clone() };
        Some((known.machine.clone(), item))
    }
}

/// The data behind these locks is replaced whole, so it is sound even after a panic elsewhere.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn open(what: &std::ffi::OsStr) {
    if let Err(error) = open::that_detached(what) {
        tracing::warn!(%error, ?what, "Failed to open with the system's program");
    }
}
