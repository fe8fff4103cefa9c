//! The words of the command line, as scripts may rely on them.

mod backup;
mod devices;
mod diagnose;
mod notice;
mod schedule;
mod settings;
mod subscription;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;

use crate::demo::installer;
use crate::elevated;
use crate::i18n::Language;
use crate::setup::Properties;

pub(super) use self::backup::{Backup, CreateBackup, RestoreBackup};
pub(super) use self::devices::{Devices, ListDevices, StageApp, UndoApp};
pub(super) use self::diagnose::Diagnose;
pub(super) use self::notice::{Notice, Skip};
pub(crate) use self::schedule::YesNo;
pub(super) use self::schedule::{Schedule, ScheduleSet, Told};
pub(crate) use self::settings::{Assignment, SettingsSet};
pub(super) use self::settings::{Settings, SettingsAction};
pub(super) use self::subscription::{ApplyEdit, ImportList, RemoveRecord, SetRecord, Subscription};

/// Finds, downloads, proves and installs updates of Mobile SMARTS. Nothing installs itself.
///
/// Exit status: 0 done or nothing new, 100 `check` found something available, 1 failed or something could
/// not be looked up, 2 wrong usage, 3 refused, 4 cancelled by the person. What `check` could not look up is 1
/// for whatever reason, and 3 only where an option gives the consent it lacks (--accept-expired). Commands that
/// fetch end with 3 wherever a source or a file is not believed.
#[derive(Parser)]
#[command(name = "smarts", version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// With what.
    #[command(flatten)]
    pub common: Common,
}

/// Options of every command.
#[derive(Clone, Default, Args)]
pub struct Common {
    /// A folder that stands for a PC: drives are sub-folders, the registry is registry.reg
    #[arg(long, global = true, value_name = "DIR")]
    pub machine_root: Option<PathBuf>,
    /// Where releases are read from, in place of the settings: an https address or a folder
    #[arg(long, global = true, value_name = "URL|DIR")]
    pub source: Option<String>,
    /// The trusted root.json of a signed source
    #[arg(long, global = true, value_name = "FILE")]
    pub trusted_root: Option<PathBuf>,
    /// Accept a signed folder whose signatures have expired
    #[arg(long, global = true)]
    pub accept_expired: bool,
    /// Accept a template, or an app for mobile devices, of which nothing is proved but the way it came
    #[arg(long, global = true)]
    pub accept_unproved: bool,
    /// Language of messages and release notes
    #[arg(long, global = true, value_name = "ru|en")]
    pub lang: Option<Language>,
    /// The day it is taken to be (with a machine root only)
    #[arg(long, global = true, value_name = "DATE")]
    pub today: Option<Date>,
    /// A made machine and a source inside this program, to try everything
    #[arg(long, global = true, conflicts_with_all = ["machine_root", "source"])]
    pub demo: bool,
}

/// A command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The platform, this program and the bases on this machine; or those of many PCs
    List(List),
    /// What is new for them
    Check(Json),
    /// Download and prove the update of the platform, of this program or of a base, without installing it
    Download(Download),
    /// Download, prove and install updates: shows what will happen, and asks
    Update(Update),
    /// Install a template or an installer at hand
    Install(Install),
    /// Who updated what, when, from which version to which
    History(History),
    /// Copies of bases, and going back to them
    #[command(subcommand)]
    Backup(Backup),
    /// Mobile devices, the app on them, and the one that is staged for them
    #[command(subcommand)]
    Devices(Devices),
    /// Until when each device may receive releases
    #[command(subcommand)]
    Subscription(Subscription),
    /// All settings of this PC, and changing them
    Settings(Settings),
    /// The check in the background: the scheduled task SmartsUpdate
    #[command(subcommand)]
    Schedule(Schedule),
    /// The proxy in the way, and the password it wants
    #[command(subcommand)]
    Proxy(Proxy),
    /// What this program finds on this PC, for whoever helps
    Diagnose(Diagnose),
    /// What the tray stub shows, if anything
    #[command(hide = true)]
    Notice(Notice),
    /// The window's part with an administrator's rights
    #[command(hide = true, name = elevated::SUBCOMMAND)]
    ApplyAgreed(elevated::Request),
    /// The same about copies of a base
    #[command(hide = true, name = elevated::copies::SUBCOMMAND)]
    CopiesAgreed(elevated::agreed::Request),
    /// The same about an app for mobile devices
    #[command(hide = true, name = elevated::staging::SUBCOMMAND)]
    StagingAgreed(elevated::agreed::Request),
    /// What the PC starts when it starts, if a base was being changed when it stopped
    #[command(hide = true)]
    Finish,
    /// Our installer's own step
    #[command(hide = true, subcommand)]
    Setup(Setup),
    /// The demo's own installer
    #[command(hide = true, name = installer::SUBCOMMAND)]
    DemoInstall(installer::Request),
}

/// Output for scripts.
#[derive(Clone, Copy, Debug, Args)]
pub struct Json {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `list`.
#[derive(Debug, Args)]
pub struct List {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// The PCs whose checks have left a report in this folder (`report_dir` in the settings)
    #[arg(long, value_name = "DIR")]
    pub reports: Option<PathBuf>,
}

/// `download`.
#[derive(Debug, Args)]
pub struct Download {
    /// `platform`, `updater` or a base's id (`base:ID` where they clash)
    #[arg(value_name = "ID")]
    pub id: String,
    /// This release in place of the newest
    #[arg(long, value_name = "V")]
    pub version: Option<String>,
    /// Into this folder in place of the downloads folder
    #[arg(long, value_name = "DIR")]
    pub to: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `update`.
#[derive(Debug, Args)]
pub struct Update {
    /// `platform`, `updater` or ids of bases (`base:ID` where they clash)
    #[arg(value_name = "ID", required_unless_present_any = ["go_on", "abandon"])]
    pub ids: Vec<String>,
    /// This release in place of the newest
    #[arg(long, value_name = "V", requires = "ids")]
    pub version: Option<String>,
    /// Go on with what was agreed to and not finished
    #[arg(long = "continue", conflicts_with = "ids")]
    pub go_on: bool,
    /// Give up what was agreed to and not finished; what is done stays done
    #[arg(long, conflicts_with_all = ["ids", "go_on"])]
    pub abandon: bool,
    /// The plan whose file has this name in place of the oldest; for the window, which has shown it
    #[arg(long, value_name = "NAME", requires = "abandon", hide = true)]
    pub plan: Option<String>,
    /// Show how files that were changed by hand differ from what comes in their place
    #[arg(long)]
    pub diff: bool,
    /// Answer questions with yes and accept warnings, never a stop
    #[arg(long)]
    pub yes: bool,
}

/// `install`.
#[derive(Debug, Args)]
pub struct Install {
    /// A template (.mstmpl), or an installer (.msi, .exe)
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The bases to update; without it, with a template: the only one it goes with, with a product's wizard: all of
    /// its product
    #[arg(long = "base", value_name = "ID")]
    pub bases: Vec<String>,
    /// Answer questions with yes and accept warnings, never a stop
    #[arg(long)]
    pub yes: bool,
}

/// `proxy`.
#[derive(Debug, Subcommand)]
pub enum Proxy {
    /// Keep the password of `proxy_user` in the settings, for everybody on this PC; read from the terminal, or the
    /// first line of the input
    SetPassword,
    /// Forget the kept password
    Forget,
    /// Send a refused name and password once more; the kept password stays
    Retry,
    /// Which proxy is used, for whom, and whether a password is kept; never the password itself
    Show(Json),
}

/// `setup`.
#[derive(Debug, Subcommand)]
pub enum Setup {
    /// Rights, settings, the scheduled task
    Install(Box<Properties>),
    /// The former task back; journal and settings stay
    Remove,
}

/// `history`.
#[derive(Debug, Args)]
pub struct History {
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Print comma-separated values
    #[arg(long)]
    pub csv: bool,
    /// Foreign software too, as far as Windows Installer has recorded it
    #[arg(long)]
    pub all: bool,
    /// An exported event log (.evtx), of whichever PC, in place of this one's
    #[arg(long, value_name = "FILE")]
    pub evtx: Option<PathBuf>,
    /// A base's id, or a part of its name or of its product's
    #[arg(long, value_name = "TEXT")]
    pub base: Option<String>,
    /// A part of the name of whoever pressed, or of the account it ran under
    #[arg(long, value_name = "TEXT")]
    pub user: Option<String>,
    /// Not before this day
    #[arg(long, value_name = "DATE")]
    pub since: Option<Date>,
    /// Not after this day
    #[arg(long, value_name = "DATE")]
    pub until: Option<Date>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn no_two_options_of_a_command_have_one_name() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_installers_command_line_is_understood_with_and_without_properties() {
        for value in ["D:\\Копии\\ ", " "] {
            let options =
                ["-s", "-t", "-c", "-n", "-w", "-p", "-u", "-a", "-r", "-b", "-i", "-d", "-m", "-o"];
            let given = options.iter().flat_map(|option| [*option, value]);
            let cli = Cli::try_parse_from(["smarts", "setup", "install"].into_iter().chain(given)).unwrap();
            assert_eq!(cli.common.trusted_root, None);
            let Command::Setup(Setup::Install(properties)) = cli.command else { panic!() };
            assert_eq!((properties.root_file.as_str(), properties.install_task.as_str()), (value, value));
            assert_eq!((properties.maintenance.as_str(), properties.offline.as_str()), (value, value));
        }
    }
}
