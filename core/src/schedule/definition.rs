//! The definition of our task as XML, and what can be read out of any task's definition.
//!
//! The schema: Microsoft, "Task Scheduler Schema" and [MS-TSCH] 2.5, version 1.2 (Windows Vista and newer).
//! Elements stand in the order in which Windows itself exports them. Deliberately not here: talking to the
//! scheduler ([`crate::os::Os`]), and what is done with a task of somebody else ([`super`]).

use jiff::civil::DateTime;
use jiff::{Span, Unit};
use roxmltree::{Document, Node};

use super::AUTHOR;
use crate::settings::CheckHours;
use crate::xml;

/// The stub that the task starts; a task that starts a file of this name is ours.
pub const STUB: &str = "SmartsTray.exe";
const HOURS_A_DAY: f64 = 24.0;

/// What our task is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Definition<'a> {
    /// The stub's path, as Windows writes it.
    pub program: &'a str,
    /// Hours between two runs.
    pub hours: CheckHours,
    /// The first run, in the PC's own time; each PC has its own minute, so that a source is not asked by all
    /// of them at once.
    pub start: DateTime,
    /// Whether it runs by itself at all.
    pub enabled: bool,
}

/// What a task's definition says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Who made it, as it says itself.
    pub author: Option<String>,
    /// The first program it starts, as written.
    pub program: Option<String>,
    /// Minutes between two runs; `None` if it does not repeat.
    pub interval_minutes: Option<u32>,
    /// Whether it runs by itself at all.
    pub enabled: bool,
}

impl Definition<'_> {
    /// The XML. It says UTF-16, which is what files for the scheduler have to be written in.
    ///
    /// The principal is the group Users: the scheduler then runs the stub in each person's own session. All
    /// sessions at once, hence `Parallel`. The descriptor of rights lets everybody see and start the task,
    /// and only administrators change it.
    pub fn xml(&self) -> String {
        let (program, hours, enabled) = (escaped(self.program), self.hours.hours(), self.enabled);
        let start = self.start.strftime("%Y-%m-%dT%H:%M:00");
        format!(
            r#"<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Author>{AUTHOR}</Author>
    <Description>Проверяет, вышли ли обновления платформы и баз Mobile SMARTS, и сообщает о них. Ничего не устанавливает.</Description>
    <URI>\{name}</URI>
    <SecurityDescriptor>D:(A;;FA;;;BA)(A;;FA;;;SY)(A;;FRFX;;;BU)</SecurityDescriptor>
  </RegistrationInfo>
  <Triggers>
    <TimeTrigger>
      <Repetition>
        <Interval>PT{hours}H</Interval>
        <StopAtDurationEnd>false</StopAtDurationEnd>
      </Repetition>
      <StartBoundary>{start}</StartBoundary>
      <Enabled>true</Enabled>
      <RandomDelay>PT15M</RandomDelay>
    </TimeTrigger>
    <LogonTrigger>
      <Enabled>true</Enabled>
      <Delay>PT5M</Delay>
    </LogonTrigger>
  </Triggers>
  <Principals>
    <Principal id="Users">
      <GroupId>S-1-5-32-545</GroupId>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>Parallel</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <AllowHardTerminate>true</AllowHardTerminate>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>
    <IdleSettings>
      <StopOnIdleEnd>false</StopOnIdleEnd>
      <RestartOnIdle>false</RestartOnIdle>
    </IdleSettings>
    <AllowStartOnDemand>true</AllowStartOnDemand>
    <Enabled>{enabled}</Enabled>
    <Hidden>false</Hidden>
    <RunOnlyIfIdle>false</RunOnlyIfIdle>
    <WakeToRun>false</WakeToRun>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Priority>7</Priority>
  </Settings>
  <Actions Context="Users">
    <Exec>
      <Command>{program}</Command>
    </Exec>
  </Actions>
</Task>
"#,
            name = super::NAME
        )
    }
}

impl Facts {
    /// Reads a definition, of ours or of anybody; `None` if it is no definition of a task.
    pub fn read(text: &str) -> Option<Self> {
        let document = xml::parse(text.trim_start_matches('\u{feff}'), super::NAME).ok()?;
        let task = document.root_element();
        if !xml::is_named(task, "Task") {
            return None;
        }
        let below = |path: &[&str]| descend(task, path);
        let text = |path: &[&str]| below(path).and_then(xml::text);
        Some(Self {
            author: text(&["RegistrationInfo", "Author"]),
            program: text(&["Actions", "Exec", "Command"]),
            interval_minutes: interval(&document),
            enabled: text(&["Settings", "Enabled"])
                .is_none_or(|enabled| !enabled.eq_ignore_ascii_case("false")),
        })
    }

    /// Whether this task is ours: it says so, or it starts our stub. A person may have changed the rest.
    pub fn is_ours(&self) -> bool {
        let starts_stub = |program: &String| {
            let name = program.trim_matches('"').rsplit(['\\', '/']).next().unwrap_or_default();
            name.eq_ignore_ascii_case(STUB)
        };
        self.author.as_deref() == Some(AUTHOR) || self.program.as_ref().is_some_and(starts_stub)
    }

    /// The interval in whole hours, where it is one that the settings could say.
    pub fn hours(&self) -> Option<CheckHours> {
        let minutes = self.interval_minutes.filter(|minutes| minutes % 60 == 0)?;
        CheckHours::try_from(u16::try_from(minutes / 60).ok()?).ok()
    }
}

fn descend<'a, 'input>(node: Node<'a, 'input>, path: &[&str]) -> Option<Node<'a, 'input>> {
    path.iter().try_fold(node, |node, name| xml::children(node, name).next())
}

/// The shortest interval of its triggers: how often they repeat, or every so many days.
fn interval(document: &Document<'_>) -> Option<u32> {
    let of = |node: Node<'_, '_>| {
        if xml::is_named(node, "Interval")
            && node.parent().is_some_and(|parent| xml::is_named(parent, "Repetition"))
        {
            let span: Span = xml::text(node)?.parse().ok()?;
            return span.total((Unit::Minute, jiff::SpanRelativeTo::days_are_24_hours())).ok();
        }
        let is_daily = xml::is_named(node, "ScheduleByDay");
        let days = xml::value(node, "DaysInterval").map_or(Some(1.0), |days| days.parse::<f64>().ok());
        days.filter(|_| is_daily).map(|days| days * HOURS_A_DAY * 60.0)
    };
    let minutes = document.descendants().filter_map(of).filter(|minutes| *minutes >= 1.0);
    minutes.min_by(f64::total_cmp).map(|minutes| minutes.round() as u32)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    const STUB_PATH: &str = r"C:\Program Files\Cleverence Soft\R&D <1>\SmartsTray.exe";

    fn definition() -> Definition<'static> {
        Definition {
            program: STUB_PATH,
            hours: CheckHours::default(),
            start: datetime(2026, 11, 22, 3, 7, 0, 0),
            enabled: true,
        }
    }

    #[test]
    fn what_is_written_is_read_again_and_known_as_ours() {
        for enabled in [true, false] {
            let facts = Facts::read(&Definition { enabled, ..definition() }.xml()).unwrap();
            assert_eq!(facts.program.as_deref(), Some(STUB_PATH));
            assert_eq!((facts.interval_minutes, facts.hours()), (Some(240), Some(CheckHours::default())));
            assert!(facts.is_ours() && facts.enabled == enabled);
        }
    }

    #[test]
    fn the_task_runs_in_every_session_on_battery_and_late_and_without_a_limit() {
        let xml = definition().xml();
        for wanted in [
            "<GroupId>S-1-5-32-545</GroupId>",
            "<RunLevel>LeastPrivilege</RunLevel>",
            "<MultipleInstancesPolicy>Parallel</MultipleInstancesPolicy>",
            "<DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>",
            "<StartWhenAvailable>true</StartWhenAvailable>",
            "<ExecutionTimeLimit>PT0S</ExecutionTimeLimit>",
            "<StartBoundary>2026-11-22T03:07:00</StartBoundary>",
            "<RandomDelay>PT15M</RandomDelay>",
            "<LogonTrigger>",
        ] {
            assert!(xml.contains(wanted), "{wanted}");
        }
    }

    #[test]
    fn the_task_of_the_platform_is_not_ours() {
        let text = r#"<?xml version="1.0" encoding="UTF-16"?>
            <Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
            <RegistrationInfo><Author>Cleverence Soft</Author></RegistrationInfo>
            <Triggers><CalendarTrigger><Repetition><Interval>PT90M</Interval><Duration>P1D</Duration></Repetition>
            <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay></CalendarTrigger></Triggers>
            <Actions><Exec><Command>"C:\Program Files (x86)\AppsManager\MobileSMARTSUpdater.exe"</Command></Exec></Actions>
            </Task>"#;
        let facts = Facts::read(text).unwrap();
        assert!(!facts.is_ours() && facts.enabled);
        assert_eq!((facts.interval_minutes, facts.hours()), (Some(90), None));
    }

    #[test]
    fn a_task_of_ours_that_a_person_has_changed_stays_ours() {
        let text = definition().xml().replace(AUTHOR, r"KASSA\Иванов").replace("PT4H", "P1DT12H");
        let facts = Facts::read(&text).unwrap();
        assert!(facts.is_ours());
        assert_eq!(facts.hours().map(CheckHours::hours), Some(36));
        let wrapped = definition().xml().replace("SmartsTray.exe", "check.cmd");
        assert!(Facts::read(&wrapped).unwrap().is_ours());
    }

    #[test]
    fn other_text_is_no_definition() {
        for text in ["", "SmartsUpdate", "<Task", "<Other/>", "<!DOCTYPE Task [<!ENTITY a 'b'>]><Task/>"] {
            assert_eq!(Facts::read(text), None, "{text}");
        }
        let endless =
            "<Task><Triggers><T><Repetition><Interval>PT0S</Interval></Repetition></T></Triggers></Task>";
        assert_eq!(Facts::read(endless).unwrap().interval_minutes, None);
    }
}
