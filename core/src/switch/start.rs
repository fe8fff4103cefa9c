//! One start of ours with the next start of the PC, for as long as a base is being changed.
//!
//! On Windows a scheduled task beside SmartsUpdate, which runs as the system as soon as the PC has started, whoever
//! signs in and when, and again every few minutes for an hour, as the base's server may hold its files by
//! then. It takes itself away. Elsewhere there is no such start (timers of systemd are the person's own here, and run
//! when they sign in): whoever changes something next then deals with the switch first, as also where the task
//! could not be registered.

use std::path::{Path, PathBuf};

use crate::os::{Os, TaskFault, TaskLanguage};
use crate::schedule::{AUTHOR, escaped};

/// The task, in the scheduler's root folder.
pub const NAME: &str = "SmartsUpdateFinish";

/// What is started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finisher {
    /// A program of ours.
    pub program: PathBuf,
    /// What it is told, each without spaces or quotes in it, or in quotes.
    pub arguments: String,
}

/// Why nothing is started with the next start of the PC.
#[derive(Debug, thiserror::Error)]
pub enum StartFault {
    /// It would run with all rights, so that whoever could change it would have them.
    #[error("Others than administrators may change the program: {}", path.display())]
    Untrusted {
        /// The program, or the folder it lies in.
        path: PathBuf,
    },
    /// The scheduler did not take it, or there is none.
    #[error("Failed to register a start with the next start of the PC")]
    Task(#[source] TaskFault),
}

/// Registers it, in place of one that is there.
pub(crate) fn register(os: &dyn Os, finisher: &Finisher) -> Result<(), StartFault> {
    if os.task_language() != TaskLanguage::Xml {
        return Err(StartFault::Task(TaskFault::NotHere));
    }
    // Libraries are looked for in its folder, too.
    let files = [Some(finisher.program.as_path()), finisher.program.parent()];
    for path in files.into_iter().flatten() {
        if os.only_administrators_may_write(path) == Some(false) {
            return Err(StartFault::Untrusted { path: path.to_path_buf() });
        }
    }
    os.register_task(NAME, &xml(&finisher.program, &finisher.arguments)).map_err(StartFault::Task)
}

/// Takes it away; none there is no fault.
pub fn forget(os: &dyn Os) -> Result<(), TaskFault> {
    match os.remove_task(NAME) {
        Err(TaskFault::NotHere) => Ok(()),
        removed => removed,
    }
}

/// Microsoft, "Task Scheduler Schema", version 1.2, elements in the order in which Windows exports them.
fn xml(program: &Path, arguments: &str) -> String {
    let (program, arguments) = (escaped(&program.display().to_string()), escaped(arguments));
    format!(
        r#"<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Author>{AUTHOR}</Author>
    <Description>Доводит до конца или отменяет обновление базы Mobile SMARTS, прерванное выключением ПК. Удаляет себя само.</Description>
    <URI>\{NAME}</URI>
    <SecurityDescriptor>D:(A;;FA;;;BA)(A;;FA;;;SY)(A;;FR;;;BU)</SecurityDescriptor>
  </RegistrationInfo>
  <Triggers>
    <BootTrigger>
      <Repetition>
        <Interval>PT5M</Interval>
        <Duration>PT1H</Duration>
        <StopAtDurationEnd>false</StopAtDurationEnd>
      </Repetition>
      <Enabled>true</Enabled>
    </BootTrigger>
  </Triggers>
  <Principals>
    <Principal id="System">
      <UserId>S-1-5-18</UserId>
      <RunLevel>HighestAvailable</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <AllowHardTerminate>false</AllowHardTerminate>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>
    <AllowStartOnDemand>true</AllowStartOnDemand>
    <Enabled>true</Enabled>
    <Hidden>false</Hidden>
    <RunOnlyIfIdle>false</RunOnlyIfIdle>
    <WakeToRun>false</WakeToRun>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Priority>4</Priority>
  </Settings>
  <Actions Context="System">
    <Exec>
      <Command>{program}</Command>
      <Arguments>{arguments}</Arguments>
    </Exec>
  </Actions>
</Task>
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::OpenToAll;
    use crate::os::MachineRoot;

    fn finisher() -> Finisher {
        Finisher {
            program: PathBuf::from(r"C:\Program Files\A & B\smarts.exe"),
            arguments: "finish".to_owned(),
        }
    }

    #[test]
    fn the_task_starts_the_program_with_the_pc_and_as_the_system() {
        let root = smarts_tests::machine_root::MachineRoot::new().unwrap();
        let os = MachineRoot::open(root.path()).unwrap();
        register(&os, &finisher()).unwrap();
        let text = os.task(NAME).unwrap().unwrap();
        let document = roxmltree::Document::parse(&text).unwrap();
        let of = |name: &str| {
            let found = document.descendants().find(|node| node.tag_name().name() == name);
            found.and_then(|node| node.text()).map(ToOwned::to_owned)
        };
        assert_eq!(of("Command").as_deref(), Some(r"C:\Program Files\A & B\smarts.exe"));
        assert_eq!((of("Arguments").as_deref(), of("UserId").as_deref()), (Some("finish"), Some("S-1-5-18")));
        assert!(document.descendants().any(|node| node.tag_name().name() == "BootTrigger"));
        forget(&os).unwrap();
        forget(&os).unwrap();
        assert_eq!(os.task(NAME).unwrap(), None);
    }

    #[test]
    fn a_program_that_anybody_may_change_is_not_started_with_all_rights() {
        assert!(matches!(register(&OpenToAll, &finisher()), Err(StartFault::Untrusted { .. })));
    }
}
