//! Carrying out what a person agreed to, here or in a process with an administrator's rights.
//!
//! Where this process may change the PC itself, [`results::carry_out`] does it. Otherwise [`ask`] writes the
//! plan down and starts `smarts apply-agreed` ([`run`]) with one question by the system for the whole plan,
//! and the window follows what that tells:
//!
//! - The plan lies in a fresh folder of the person's, which the elevated process only reads from: whoever owns
//!   a folder can put links into it. It is believed as far as `smarts_core::plan::kept` says.
//! - How it goes is told in a file in a fresh folder that only administrators can write to, a line of JSON for
//!   each [`Line`]. The folder's name is the one of the person's, and nothing but letters and digits.
//! - To stop it, the window creates a file in the person's folder; the worst that others can do with that is
//!   to stop an update that has not changed anything yet.
//!
//! Going back to a copy of a base, and copying by hand, go the same way ([`copies`]), and so does staging an app for
//! mobile devices ([`staging`]).
//!
//! Deliberately not here: how a system lends rights (`smarts_core::os`), and any decision about updates.

pub mod agreed;
pub mod ask;
pub mod copies;
mod exchange;
mod held;
pub mod lines;
pub mod results;
pub mod run;
mod shown;
pub mod staging;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use smarts_core::digest::Digest;

use crate::model::activity::Stage;
use crate::model::{BaseResult, Event, Notice, WizardTemplate};

/// The hidden subcommand that carries out a plan.
pub const SUBCOMMAND: &str = "apply-agreed";
/// The plan, in the folder of an exchange.
pub const PLAN: &str = "plan.json";
/// Created in the folder of an exchange to stop the run.
pub const STOP: &str = "stop";
/// What a run tells, in its own folder.
pub const PROGRESS: &str = "progress.jsonl";

/// What is to be carried out.
#[derive(Clone, Debug, PartialEq, Eq, clap::Args)]
pub struct Request {
    /// The plan
    pub plan: PathBuf,
    /// The plan's hash: what the person was asked about is what is done
    #[arg(long, value_name = "HASH")]
    pub sha256: Digest,
    /// The person's folder, where a file may ask to stop
    #[arg(long, value_name = "DIR")]
    pub exchange: PathBuf,
    /// The name of the folder to tell how it goes in
    #[arg(long, value_name = "NAME")]
    pub run: String,
    /// How many devices stop until their app is updated
    #[arg(long, default_value_t = 0)]
    pub devices_that_stop: usize,
}

/// What is told while a plan is carried out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum News {
    /// See [`Event::ApplyProgress`].
    Progress {
        /// The base at work, or `platform`.
        item_id: String,
        /// Where it stands.
        stage: Stage,
    },
    /// See [`Event::ApplyFinished`].
    Finished {
        /// In the plan's order.
        results: Vec<BaseResult>,
    },
    /// See [`Event::WizardTemplate`].
    Template {
        /// What the wizard has left.
        template: WizardTemplate,
    },
}

/// What a run tells, a line each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// How it goes.
    News(News),
    /// The plan is not carried out; nothing has been changed.
    Refused(Notice),
}

impl From<News> for Event {
    fn from(news: News) -> Self {
        match news {
            News::Progress { item_id, stage } => Self::ApplyProgress { item_id, stage },
            News::Finished { results } => Self::ApplyFinished { results },
            News::Template { template } => Self::WizardTemplate(template),
        }
    }
}

/// Whether a run's folder may have this name: some letters and digits that nobody needs to think about.
pub(crate) fn is_run_name(name: &str) -> bool {
    (8..=64).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_runs_folder_has_a_name_that_leads_nowhere() {
        assert!(is_run_name("a8Kd02mZq1"));
        let long = "a".repeat(65);
        for name in ["", "short", "../../evil", "a/b/c/d/e", r"a\b\c\d\e", "C:aaaaaaaa", "папка-папка", &long]
        {
            assert!(!is_run_name(name), "{name}");
        }
    }
}
