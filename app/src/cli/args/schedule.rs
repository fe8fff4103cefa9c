//! The words of `smarts schedule`.

use clap::{Args, Subcommand, ValueEnum};
use smarts_core::settings::{CheckHours, ParseError, WeekHours};

use super::Json;

/// `schedule`.
#[derive(Debug, Subcommand)]
pub enum Schedule {
    /// Check every few hours (`check_hours` and `working_hours` in the settings); a task of that name that is not
    /// ours is kept
    Install,
    /// Change when is checked and who hears of it: the settings, and the task if it is ours
    Set(ScheduleSet),
    /// Check no more, and put the former task back
    Remove,
    /// Whose the task is, and how often it runs
    Show(Json),
    /// Check now
    Run,
}

/// `schedule set`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args)]
#[group(required = true, multiple = true)]
pub struct ScheduleSet {
    /// Hours between two checks, 1 to 168
    #[arg(long, value_name = "N", value_parser = check_hours)]
    pub hours: Option<CheckHours>,
    /// Check in these hours only, as in "mon-fri 9:00-18:00"; none: at any time
    #[arg(long, value_name = "HOURS|none", value_parser = week_hours)]
    pub working_hours: Option<OrNone>,
    /// When updates are made here, and what waits is said again, as in "mon-thu 21:00-23:00"
    #[arg(long, value_name = "HOURS|none", value_parser = week_hours)]
    pub maintenance: Option<OrNone>,
    /// Who hears of new releases
    #[arg(long, value_enum)]
    pub notify: Option<Told>,
    /// This PC has no way to a source: that it is not reached is no news
    #[arg(long, value_enum)]
    pub offline: Option<YesNo>,
    /// Check by the task, as install does, or no more, as remove does
    #[arg(long, value_enum)]
    pub automatic: Option<YesNo>,
}

/// Hours of the week, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrNone(pub Option<WeekHours>);

/// Who hears of new releases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Told {
    /// Those who may update
    Admins,
    /// Everybody who is signed in
    All,
    /// Nobody
    None,
}

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum YesNo {
    /// Yes
    Yes,
    /// No
    No,
}

fn check_hours(text: &str) -> Result<CheckHours, String> {
    let hours = text.parse().ok().and_then(|hours: u16| CheckHours::try_from(hours).ok());
    hours.ok_or_else(|| "a number of hours, 1 to 168".to_owned())
}

fn week_hours(text: &str) -> Result<OrNone, ParseError> {
    if text.trim().eq_ignore_ascii_case("none") {
        return Ok(OrNone(None));
    }
    text.parse().map(|hours| OrNone(Some(hours)))
}
