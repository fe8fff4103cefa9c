//! Words for the scheduled task and for our installer's own step.

use i18n_embed_fl::fl;
use smarts_core::os::TaskFault;
use smarts_core::schedule::{Error, Facts, State};

use super::Texts;
use crate::error::chain;
use crate::setup;

impl Texts {
    /// Whose the task is, and what that means.
    pub fn task_state(&self, state: &State) -> String {
        let loader = &self.loader;
        match state {
            State::Ours(Facts { enabled: false, .. }) => fl!(loader, "task-ours-off"),
            State::Ours(facts) => match facts.interval_minutes {
                Some(minutes) if minutes % 60 == 0 => {
                    let hours = minutes / 60;
                    fl!(loader, "task-ours", interval = fl!(loader, "duration-hours", count = hours))
                }
                Some(minutes) => {
                    fl!(loader, "task-ours", interval = fl!(loader, "duration-minutes", count = minutes))
                }
                None => fl!(loader, "task-ours-no-interval"),
            },
            State::Foreign(facts) => match &facts.program {
                Some(program) => fl!(loader, "machine-task-foreign", program = program.as_str()),
                None => fl!(loader, "task-foreign-unread"),
            },
            State::None => fl!(loader, "task-none"),
            State::Unknown(fault) => self.task_fault(fault),
        }
    }

    /// Why the scheduler did not do it.
    pub fn task_fault(&self, fault: &TaskFault) -> String {
        let loader = &self.loader;
        match fault {
            TaskFault::NotHere => fl!(loader, "task-not-here"),
            TaskFault::Rights => fl!(loader, "task-rights"),
            TaskFault::Scheduler { detail } => fl!(loader, "task-scheduler", reason = detail.as_str()),
            TaskFault::File(error) => fl!(loader, "task-scheduler", reason = error.to_string()),
        }
    }

    /// Why the task was not installed or removed, and what there is now.
    pub fn schedule_error(&self, error: &Error) -> String {
        let loader = &self.loader;
        match error {
            Error::Task(fault) => self.task_fault(fault),
            Error::File { path, source } => {
                fl!(loader, "task-file", path = path.display().to_string(), reason = source.to_string())
            }
            Error::Untrusted { path } => fl!(loader, "task-untrusted", path = path.display().to_string()),
            Error::Restore { path, source } => {
                let reason = self.task_fault(source);
                fl!(loader, "task-not-restored", path = path.display().to_string(), reason = reason)
            }
        }
    }

    /// Why the installer's own step did not do it.
    pub fn setup_error(&self, error: &setup::Error) -> String {
        match error {
            setup::Error::Schedule(error) => self.schedule_error(error),
            setup::Error::NoStub { path } => {
                fl!(self.loader, "task-no-stub", path = path.display().to_string())
            }
            setup::Error::Rights => fl!(self.loader, "task-rights"),
            error => fl!(self.loader, "setup-failed", reason = chain(error)),
        }
    }
}
