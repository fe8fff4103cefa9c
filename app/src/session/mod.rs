//! One run of a program on one machine: what the command line and the window's worker have in common.
//!
//! Opens the machine, the settings and the client once, and chains the core's steps: check, fetch, prepare,
//! apply. Deliberately not here: any words, any screen, any question to the person.

mod agreed;
mod at_hand;
mod checking;
mod copies;
mod detour;
mod devices;
mod error;
mod fetch;
mod former;
mod going_back;
mod proved;
mod proxy;
mod report_dir;
mod root_file;
mod subscriptions;
mod telling;
mod trust;
mod update;
mod way;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use jiff::civil::Date;
use smarts_core::apply::{self, Unfinished};
use smarts_core::by_hand::Hashed;
use smarts_core::connected::{self, FirstConnection};
use smarts_core::download::Limit;
use smarts_core::http::Http;
use smarts_core::journal;
use smarts_core::machine::{self, Fault, Machine, Problem};
use smarts_core::os::{self, MachineRoot, Os};
use smarts_core::paths::Paths;
use smarts_core::schedule;
use smarts_core::server;
use smarts_core::settings::{self, Settings};
use smarts_core::source::choose::{Choice, choose};
use smarts_core::source::{self, Anchor, Fault as SourceFault, Source, Trust};
use smarts_core::subscription::{self, Subscriptions};
use tokio::runtime::{Handle, Runtime};

pub use agreed::{Keeper, ResumeError, Resumed, Sum};
pub use at_hand::{AtHandError, InstallerAtHand, InstallerFor, TemplateAtHand, Unfit};
pub use checking::{Background, Checked};
pub use copies::WayBack;
pub use detour::{Detour, Expiry};
pub use devices::{AppError, AppFile};
pub use error::{CheckError, CheckFailure, Error};
pub use fetch::{FetchError, FetchProgress, Fetched};
pub use former::Update;
pub use proved::Proved;
pub use proxy::KeptLogin;
pub use root_file::{RootError, RootFile};
pub use smarts_core::source::Origin;
pub use telling::Tell;
pub(crate) use trust::LARGEST_ROOT;
pub use update::{Look, brings_processing, is_unproved};
pub(crate) use way::{SiteWay, Way, Ways};

use crate::clock::Clock;
use crate::demo::{self, Demo};
use crate::i18n::Language;

/// What a program was started with; by default, with nothing. Not for showing: the source may carry credentials.
#[derive(Clone, Default)]
pub struct Options {
    /// A folder that stands for a PC.
    pub machine_root: Option<PathBuf>,
    /// In place of the source in the settings.
    pub source: Option<String>,
    /// In place of the settings' and the system's.
    pub language: Option<Language>,
    /// The day it is taken to be.
    pub today: Option<Date>,
    /// The person accepts templates that nothing proves.
    pub accept_unproved: bool,
    /// In place of the trusted root of this PC.
    pub trusted_root: Option<PathBuf>,
    /// The person accepts that what a folder says may be out of date.
    pub accept_expired: bool,
    /// Run on the demo's machine and source.
    pub demo: Option<DemoOptions>,
}

/// How the demo is to run.
#[derive(Clone, Debug, Default)]
pub struct DemoOptions {
    /// Limits the speed of its site.
    pub bytes_per_second: Option<u64>,
    /// The program that does the work of its installers; this one by default.
    pub installer: Option<PathBuf>,
}

/// An open machine with its source.
pub struct Session {
    /// The PC, or what stands for it.
    pub os: Arc<dyn Os>,
    /// Where our files are.
    pub paths: Paths,
    /// The machine-wide settings.
    pub settings: Settings,
    /// The time.
    pub clock: Clock,
    /// Of messages and release notes.
    pub language: Language,
    http: Http,
    /// One for all downloads of this run.
    download_limit: Option<Limit>,
    settings_problem: Option<Problem>,
    source: Option<String>,
    detour: Mutex<Detour>,
    trusted_root: Option<PathBuf>,
    accept_expired: bool,
    accept_unproved: bool,
    threads: Threads,
    /// A sheet is looked at again every few seconds.
    hashed: Mutex<Hashed>,
    demo: Option<Demo>,
}

/// What was read of a PC.
pub struct Reading {
    /// What is installed.
    pub machine: Machine,
    /// What is known of subscriptions.
    pub subscriptions: Subscriptions,
    /// Why that is not all.
    pub error: Option<subscription::Error>,
}

/// The threads that downloads and checks run on.
struct Threads {
    handle: Handle,
    runtime: Option<Runtime>,
}

impl Threads {
    fn start() -> std::io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("session-io")
            .enable_all()
            .build()?;
        Ok(Self { handle: runtime.handle().clone(), runtime: Some(runtime) })
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // The last one to hold a session may be a download on one of these very threads, where waiting
            // for them is not allowed.
            runtime.shutdown_background();
        }
    }
}

impl Session {
    /// Opens the machine; starts the demo if that is what is asked for.
    pub fn open(options: Options) -> Result<Self, Error> {
        let (session, broken) = Self::open_anyway(options)?;
        broken.map_or(Ok(session), |error| Err(Error::Settings(error)))
    }

    /// The same with the defaults in force where the settings cannot be read, and why; for diagnosing.
    pub fn open_anyway(options: Options) -> Result<(Self, Option<settings::Error>), Error> {
        let clock = Clock { today: options.today };
        let demo = options.demo.map(|demo| start_demo(demo, &clock)).transpose()?;
        let root = demo.as_ref().map(Demo::machine_root).or(options.machine_root);
        let os: Arc<dyn Os> = match root {
            Some(root) => {
                let mut root = MachineRoot::open(&root).map_err(Error::MachineRoot)?;
                if let Some(demo) = &demo {
                    root.own_installer = Some(demo.installer().clone());
                }
                Arc::new(root)
            }
            None => Arc::from(os::host()),
        };
        let paths = match &demo {
            Some(demo) => Paths::below(&*os, &demo.user_dir()),
            None => Paths::of(&*os).map_err(Error::Paths)?,
        };
        let ((settings, settings_problem), broken) =
            match Settings::load_trusted(&*os, &paths.settings_path()) {
                Ok(loaded) => (loaded, None),
                Err(error) => ((Settings::default(), None), Some(error)),
            };
        let paths = paths.with_settings(&*os, &settings);
        let http = Http::new(&proxy::http_options(&os, &paths, &settings)).map_err(Error::Http)?;
        let threads = Threads::start().map_err(Error::Runtime)?;
        let source = demo.as_ref().map(Demo::source).or(options.source);
        let of_settings = || settings.language.map(Language::from);
        let language = options.language.or_else(of_settings).unwrap_or_else(Language::of_system);
        let Options { accept_unproved, accept_expired, trusted_root, .. } = options;
        let download_limit = settings.download_limit_kib_s.bytes_per_second().map(Limit::new);
        let session = Self {
            os,
            paths,
            settings,
            clock,
            language,
            http,
            download_limit,
            settings_problem,
            source,
            detour: Mutex::default(),
            trusted_root,
            accept_expired,
            accept_unproved,
            threads,
            hashed: Mutex::default(),
            demo,
        };
        Ok((session, broken))
    }

    /// Where work of this session runs.
    pub fn runtime(&self) -> &Handle {
        &self.threads.handle
    }

    /// Reads the machine.
    pub fn machine(&self) -> Machine {
        self.read().machine
    }

    /// Reads the machine, and what is known of subscriptions: a long list is read once for both. It is read last, as a
    /// machine takes its time, and whoever edits the list meanwhile is heard.
    pub fn read(&self) -> Reading {
        let mut machine = machine::read(&*self.os);
        let problem = self.choice(&self.detour(), &machine).problem;
        machine.problems.extend(problem);
        machine.problems.extend(self.settings_problem.clone());
        machine.problems.extend(schedule::problem(&*self.os, &self.paths));
        let unfinished = self.unfinished(&machine);
        machine.problems.extend(unfinished);
        let stopped = self.stopped_servers(&machine);
        machine.problems.extend(stopped);
        machine.first_connections = self.first_connections(&machine);
        let (subscriptions, error) = self.subscriptions_as_read();
        machine.problems.extend(self.subscription_problems(&subscriptions, error.as_ref()));
        Reading { machine, subscriptions, error }
    }

    /// A machine with what is open in its licence files, for showing.
    pub fn with_licences(&self, machine: Machine) -> Machine {
        let found = machine::read_licences(&*self.os, &machine.bases);
        let mut machine = Machine { licences: found.licences, ..machine };
        machine.problems.extend(found.problems);
        machine
    }

    /// Bases that an update or going back has left half-way.
    fn unfinished(&self, machine: &Machine) -> Vec<Problem> {
        let found = apply::unfinished(&self.paths).unwrap_or_else(|error| {
            tracing::warn!(error = crate::error::chain(&error), "Whether an update was cut off is not known");
            Vec::new()
        });
        let half_way = found.into_iter().filter_map(|one| {
            let base = machine.base(&one.base_id).filter(|base| one.may_be_half_way(base.version))?;
            let Unfinished { to, backup_dir, is_going_back, .. } = one;
            let fault = Fault::Unfinished { to, backup_dir: backup_dir.unwrap_or_default(), is_going_back };
            Some(Problem { path: base.folder.clone(), fault })
        });
        half_way.collect()
    }

    /// Which devices have connected first to bases that were updated of late.
    fn first_connections(&self, machine: &Machine) -> Vec<FirstConnection> {
        match journal::read(&self.paths.journal_path()) {
            Ok(journal) => {
                let now = self.clock.timestamp();
                connected::first_connections(&self.paths, machine, &journal.entries, now)
            }
            Err(error) => {
                tracing::warn!(error = crate::error::chain(&error), "Updates of late are not known");
                Vec::new()
            }
        }
    }

    /// Data servers that an update cut off half-way has left stopped.
    fn stopped_servers(&self, machine: &Machine) -> Vec<Problem> {
        let stopped = server::stopped(&*self.os, &self.paths);
        if stopped.is_empty() || apply::is_running(&self.paths) {
            return Vec::new();
        }
        let problem = |one: server::Stopped| {
            let path = machine.base(&one.base_id).map_or(one.base_id, |base| base.folder.clone());
            Problem { path, fault: Fault::ServerStopped { service: one.display_name, since: one.since } }
        };
        stopped.into_iter().map(problem).collect()
    }

    /// Where releases are read from, as it may be shown, and how far that would be proved; nothing is opened.
    pub fn source_in_force(&self, machine: &Machine) -> (String, Trust) {
        let detour = self.detour();
        let choice = self.choice(&detour, machine);
        (choice.shown(), choice.trust())
    }

    fn source(&self, machine: &Machine) -> Result<Source, source::Error> {
        self.source_by(&self.detour(), machine)
    }

    fn source_by(&self, detour: &Detour, machine: &Machine) -> Result<Source, source::Error> {
        let anchor = self.anchor()?;
        let cache_dir = self.paths.cache_dir.join("http");
        let open = |anchor| self.choice(detour, machine).open(&self.http, &cache_dir, anchor);
        let source = open(anchor.clone())?;
        let (Some(anchor), Some(agreed)) = (anchor, &detour.agreed) else { return Ok(source) };
        // Looked at without the consent first: it is to what was shown, and the stick may be another one by now.
        match self.threads.handle.block_on(source.facts()) {
            Err(SourceFault::Expired { role, since, .. }) if agreed.is(&role, since) => {
                open(Some(Anchor { accept_expired: true, ..anchor }))
            }
            _ => Ok(source),
        }
    }

    /// Whether the person has agreed to metadata that has expired.
    pub fn accepts_expired(&self) -> bool {
        self.accept_expired || self.detour().agreed.is_some()
    }

    /// Opens a folder that metadata has been laid out in.
    pub(crate) fn open_folder(&self, dir: &Path) -> Result<Source, source::Error> {
        Source::open(&dir.to_string_lossy(), &self.http, &self.paths.cache_dir.join("http"))
    }

    fn choice<'a>(&'a self, detour: &'a Detour, machine: &'a Machine) -> Choice<'a> {
        let named = detour.folder.as_deref().or(self.source.as_deref());
        let of_settings = self.settings.source.as_deref();
        choose(named, of_settings, &machine.config, &*self.os, self.is_signed())
    }
}

fn start_demo(options: DemoOptions, clock: &Clock) -> Result<Demo, Error> {
    let installer = options.installer.map_or_else(std::env::current_exe, Ok).map_err(Error::OwnFile)?;
    let now = clock.timestamp().into();
    let demo = demo::Options { installer, bytes_per_second: options.bytes_per_second, now };
    Demo::start(demo).map_err(Error::Demo)
}
