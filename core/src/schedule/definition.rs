//! The definition of our task, in the language of each scheduler, and what can be read out of any definition.
//!
//! For Windows XML: Microsoft, "Task Scheduler Schema" and [MS-TSCH] 2.5, version 1.2 (Windows Vista and newer).
//! Elements stand in the order in which Windows itself exports them. For Linux two units of systemd
//! ([`super::units`]). When it runs is [`super::Rhythm`]'s; that the definition says besides (in `Source`, which Windows leaves to the author) how often
//! is checked is for upgrades and for people, as the task may run more often than it checks;
//! and which maintenance hours it was made for, so that it is known as ours whatever the settings say by now. Deliberately not
//! here: talking to the scheduler ([`crate::os::Os`]), and what is done with a task of somebody else ([`super`]).

use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::{Span, Unit};
use roxmltree::{Document, Node};

use super::reminder::Reminder;
use super::rhythm::{Phase, Rhythm};
use super::{AUTHOR, units};
use crate::os::TaskLanguage;
use crate::settings::{CheckHours, WeekHours};
use crate::xml;

/// The stub that the task starts; a task that starts a file of this name is ours.
pub const STUB: &str = "SmartsTray.exe";
/// The same where it is not Windows.
pub const STUB_ON_LINUX: &str = "smarts-tray";
const HOURS_A_DAY: f64 = 24.0;

/// What our task is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Definition<'a> {
    /// The stub's path, as the system writes it.
    pub program: &'a str,
    /// How often is checked.
    pub rhythm: &'a Rhythm,
    /// This PC's own moment, so that a source is not asked by all of them at once.
    pub phase: Phase,
    /// The hours in which what waits is said again: it runs once more at their beginning.
    pub maintenance: Option<&'a WeekHours>,
    /// The day it begins on.
    pub today: Date,
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
    /// Minutes between two checks, which of others' tasks are their runs; `None` if it does not repeat.
    pub interval_minutes: Option<u32>,
    /// The only hours it checks in, if it is one of ours that says so.
    pub working_hours: Option<WeekHours>,
    /// The maintenance hours it runs once more in, likewise.
    pub maintenance: Option<WeekHours>,
    /// Whether it runs by itself at all.
    pub enabled: bool,
    /// When it runs, in its scheduler's words; in an order that does not depend on how they were written.
    pub runs: Vec<String>,
}

impl Definition<'_> {
    /// The text for a scheduler.
    pub fn text(&self, language: TaskLanguage) -> String {
        match language {
            TaskLanguage::Xml => self.xml(),
            TaskLanguage::Units => units::text(self),
        }
    }

    /// The XML. It says UTF-16, which is what files for the scheduler have to be written in.
    ///
    /// The principal is the group Users: the scheduler then runs the stub in each person's own session. All
    /// sessions at once, hence `Parallel`. The descriptor of rights lets everybody see and start the task,
    /// and only administrators change it. A day's runs begin anew each day, so that they stay where they are
    /// when the clocks are changed. A run at sign-in has a delay of this PC alone, the scheduler has no random one
    /// there.
    fn xml(&self) -> String {
        let (program, enabled) = (escaped(self.program), self.enabled);
        let (triggers, said) = (self.triggers(), said(self.rhythm, self.maintenance));
        let after = duration(self.phase.after_sign_in_secs());
        format!(
            r#"<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Source>{said}</Source>
    <Author>{AUTHOR}</Author>
    <Description>Проверяет, вышли ли обновления платформы и баз Mobile SMARTS, и сообщает о них. Ничего не устанавливает.</Description>
    <URI>\{name}</URI>
    <SecurityDescriptor>D:(A;;FA;;;BA)(A;;FA;;;SY)(A;;FRFX;;;BU)</SecurityDescriptor>
  </RegistrationInfo>
  <Triggers>
{triggers}
    <LogonTrigger>
      <Enabled>true</Enabled>
      <Delay>{after}</Delay>
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

    /// Those by the calendar.
    fn triggers(&self) -> String {
        let reminder = self.maintenance.map(|hours| self.reminder(&Reminder::of(hours, self.phase)));
        let inner = std::iter::once(self.trigger()).chain(reminder);
        let triggers = inner.map(|inner| format!("    <CalendarTrigger>\n{inner}\n    </CalendarTrigger>"));
        triggers.collect::<Vec<_>>().join("\n")
    }

    /// What is inside the trigger of the maintenance hours. By days of the week even if it is all of them: a
    /// trigger for every day says how often a task runs that says nothing else ([`interval`]).
    fn reminder(&self, run: &Reminder) -> String {
        boundary(self.at(run.second), None) + &weekly(&run.days)
    }

    /// What is inside the trigger: each day, or on working days only.
    fn trigger(&self) -> String {
        let (rhythm, turn) = (self.rhythm, self.rhythm.turn_secs());
        let rest = rhythm.rest_secs(self.phase);
        let duration_of_day = if rhythm.working_hours.is_some() { duration(rest) } else { "P1D".to_owned() };
        // A repetition that has no room for a second run is refused.
        let repetition = (rest > turn).then(|| {
            format!(
                "      <Repetition>\n        <Interval>{}</Interval>\n        <Duration>{duration_of_day}</Duration>\n        \
                 <StopAtDurationEnd>false</StopAtDurationEnd>\n      </Repetition>\n",
                duration(turn)
            )
        });
        let schedule = if rhythm.working_hours.is_none() {
            "      <ScheduleByDay>\n        <DaysInterval>1</DaysInterval>\n      </ScheduleByDay>".to_owned()
        } else {
            weekly(&self.days())
        };
        // The scheduler goes by the time, and by the day only as the earliest.
        let start = self.at(rhythm.first_secs(self.phase) % (24 * 3600));
        repetition.unwrap_or_default() + &boundary(start, Some(rhythm.delay_secs())) + &schedule
    }

    /// The days on which its first run is.
    fn days(&self) -> Vec<Weekday> {
        let nights = i64::from(self.rhythm.first_secs(self.phase) / (24 * 3600));
        let days = self.rhythm.working_hours.iter().flat_map(WeekHours::days);
        days.map(|day| day.wrapping_add(nights)).collect()
    }

    /// A second of today.
    fn at(&self, second: u32) -> DateTime {
        self.today.to_datetime(Time::midnight()).saturating_add(i64::from(second).seconds())
    }
}

/// When a trigger first fires, and how late.
fn boundary(start: DateTime, delay_secs: Option<u32>) -> String {
    let delay = delay_secs.map(|secs| format!("      <RandomDelay>{}</RandomDelay>\n", duration(secs)));
    format!(
        "      <StartBoundary>{}</StartBoundary>\n      <Enabled>true</Enabled>\n{}",
        start.strftime("%Y-%m-%dT%H:%M:%S"),
        delay.unwrap_or_default()
    )
}

/// On these days of each week.
fn weekly(days: &[Weekday]) -> String {
    let days: Vec<String> = days.iter().map(|day| format!("          <{day:?} />\n")).collect();
    let days = days.concat();
    format!(
        "      <ScheduleByWeek>\n        <DaysOfWeek>\n{days}        </DaysOfWeek>\n        \
         <WeeksInterval>1</WeeksInterval>\n      </ScheduleByWeek>"
    )
}

impl Facts {
    /// Reads a definition, of ours or of anybody; `None` if it is no definition of a task.
    pub fn read(text: &str) -> Option<Self> {
        if units::is_such(text) {
            return Some(units::facts(text));
        }
        let document = xml::parse(text.trim_start_matches('\u{feff}'), super::NAME).ok()?;
        let task = document.root_element();
        if !xml::is_named(task, "Task") {
            return None;
        }
        let below = |path: &[&str]| descend(task, path);
        let text = |path: &[&str]| below(path).and_then(xml::text);
        let said = text(&["RegistrationInfo", "Source"]).and_then(|source| understand(&source));
        let (said, maintenance) = said.unzip();
        Some(Self {
            author: text(&["RegistrationInfo", "Author"]),
            program: text(&["Actions", "Exec", "Command"]),
            interval_minutes: interval(&document, said.as_ref()),
            working_hours: said.and_then(|rhythm| rhythm.working_hours),
            maintenance: maintenance.flatten(),
            runs: below(&["Triggers"]).map(runs).unwrap_or_default(),
            enabled: text(&["Settings", "Enabled"])
                .is_none_or(|enabled| !enabled.eq_ignore_ascii_case("false")),
        })
    }

    /// Whether this task is ours: it says so, or it starts our stub. A person may have changed the rest.
    pub fn is_ours(&self) -> bool {
        let starts_stub = |program: &String| {
            let name = program.trim_matches('"').rsplit(['\\', '/']).next().unwrap_or_default();
            [STUB, STUB_ON_LINUX].iter().any(|stub| name.eq_ignore_ascii_case(stub))
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

/// How often it checks: as it says itself, unless a person has made it run in another rhythm; of others the
/// shortest interval of their triggers, how often they repeat or every so many days.
fn interval(document: &Document<'_>, said: Option<&Rhythm>) -> Option<u32> {
    let of = |node: Node<'_, '_>| {
        if is_repetition(node, "Interval") {
            return minutes(&xml::text(node)?);
        }
        let is_daily = xml::is_named(node, "ScheduleByDay");
        let days = xml::value(node, "DaysInterval").map_or(Some(1.0), |days| days.parse::<f64>().ok());
        days.filter(|_| is_daily).map(|days| days * HOURS_A_DAY * 60.0)
    };
    let found =
        document.descendants().filter_map(of).filter(|minutes| *minutes >= 1.0).min_by(f64::total_cmp);
    let found = found.map(|minutes| minutes.round() as u32);
    match said {
        Some(said) if found.is_none_or(|found| found == said.turn_secs() / 60) => {
            Some(u32::from(said.hours.hours()) * 60)
        }
        Some(_) | None => found,
    }
}

/// When each trigger fires. Windows may write triggers and days in another order than it was given them.
fn runs(triggers: Node<'_, '_>) -> Vec<String> {
    let of = |trigger: Node<'_, '_>| {
        let mut parts: Vec<String> = trigger.descendants().filter_map(run).collect();
        parts.sort_unstable();
        (!parts.is_empty()).then(|| parts.join(", "))
    };
    let mut runs: Vec<String> = triggers.children().filter_map(of).collect();
    runs.sort_unstable();
    runs
}

/// What this element says of when the task runs; of the first day only the time, and durations in minutes, however
/// the scheduler has written them.
fn run(node: Node<'_, '_>) -> Option<String> {
    if xml::is_named(node, "StartBoundary") {
        let text = xml::text(node)?;
        return Some(text.split_once('T').map_or(text.as_str(), |(_, time)| time).to_owned());
    }
    if is_repetition(node, "Interval") || is_repetition(node, "Duration") {
        return minutes(&xml::text(node)?).map(|minutes| minutes.to_string());
    }
    let parent = node.parent().filter(|_| node.is_element())?;
    let is_days = xml::is_named(parent, "DaysOfWeek") || xml::is_named(parent, "ScheduleByDay");
    is_days.then(|| format!("{} {}", node.tag_name().name(), xml::text(node).unwrap_or_default()))
}

fn is_repetition(node: Node<'_, '_>, name: &str) -> bool {
    xml::is_named(node, name) && node.parent().is_some_and(|parent| xml::is_named(parent, "Repetition"))
}

fn minutes(duration: &str) -> Option<f64> {
    let span: Span = duration.parse().ok()?;
    span.total((Unit::Minute, jiff::SpanRelativeTo::days_are_24_hours())).ok()
}

fn duration(secs: u32) -> String {
    match secs {
        secs if secs.is_multiple_of(3600) => format!("PT{}H", secs / 3600),
        secs if secs.is_multiple_of(60) => format!("PT{}M", secs / 60),
        secs => format!("PT{secs}S"),
    }
}

/// A rhythm and maintenance hours in words of the settings.
pub(super) fn said(rhythm: &Rhythm, maintenance: Option<&WeekHours>) -> String {
    let mut said = format!("check_hours={}", rhythm.hours.hours());
    let spans = [("working_hours", rhythm.working_hours.as_ref()), ("maintenance", maintenance)];
    for (key, hours) in spans {
        said.extend(hours.map(|hours| format!("; {key}={hours}")));
    }
    said
}

/// Both again; `None` where the text is none of ours.
pub(super) fn understand(text: &str) -> Option<(Rhythm, Option<WeekHours>)> {
    let value = |key: &str| {
        let mut parts = text.split(';').filter_map(|part| part.split_once('='));
        parts.find(|(name, _)| name.trim() == key).map(|(_, value)| value.trim())
    };
    let hours = CheckHours::try_from(value("check_hours")?.parse::<u16>().ok()?).ok()?;
    let span = |key| value(key).and_then(|span| span.parse().ok());
    Some((Rhythm { hours, working_hours: span("working_hours") }, span("maintenance")))
}

/// As text of XML.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const STUB_PATH: &str = r"C:\Program Files\Cleverence Soft\R&D <1>\SmartsTray.exe";

    fn rhythm(hours: u16, working_hours: &str) -> Rhythm {
        let working_hours = Some(working_hours).filter(|text| !text.is_empty());
        Rhythm {
            hours: CheckHours::try_from(hours).unwrap(),
            working_hours: working_hours.map(|text| text.parse().unwrap()),
        }
    }

    /// Three quarters into each turn.
    fn of(rhythm: &Rhythm, enabled: bool) -> Definition<'_> {
        let phase = Phase::of_parts(3 << 30, 1 << 31);
        let today = date(2026, 11, 22);
        Definition { program: STUB_PATH, rhythm, phase, maintenance: None, today, enabled }
    }

    fn xml() -> String {
        of(&Rhythm::default(), true).xml()
    }

    #[test]
    fn what_is_written_is_read_again_and_known_as_ours() {
        for (enabled, hours, only) in
            [(true, 4, ""), (false, 24, ""), (true, 168, "fri 22:00-2:00"), (true, 5, "")]
        {
            for (language, maintenance) in [
                (TaskLanguage::Xml, None),
                (TaskLanguage::Units, None),
                (TaskLanguage::Xml, Some("mon-thu 21:00-23:00")),
                (TaskLanguage::Units, Some("21:00-23:00")),
                (TaskLanguage::Xml, Some("21:00-23:00")),
            ] {
                let (rhythm, maintenance) =
                    (rhythm(hours, only), maintenance.map(|text| text.parse().unwrap()));
                let definition = Definition { maintenance: maintenance.as_ref(), ..of(&rhythm, enabled) };
                let facts = Facts::read(&definition.text(language)).unwrap();
                assert_eq!(facts.program.as_deref(), Some(STUB_PATH));
                assert_eq!(facts.hours().map(CheckHours::hours), Some(hours), "{language:?}");
                assert_eq!(facts.working_hours, rhythm.working_hours);
                assert_eq!(facts.maintenance, maintenance);
                assert!(facts.is_ours() && facts.enabled == enabled && !facts.runs.is_empty());
            }
        }
    }

    #[test]
    fn the_task_runs_in_every_session_on_battery_and_late_and_without_a_limit() {
        let xml = xml();
        for wanted in [
            "<GroupId>S-1-5-32-545</GroupId>",
            "<RunLevel>LeastPrivilege</RunLevel>",
            "<MultipleInstancesPolicy>Parallel</MultipleInstancesPolicy>",
            "<DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>",
            "<StartWhenAvailable>true</StartWhenAvailable>",
            "<ExecutionTimeLimit>PT0S</ExecutionTimeLimit>",
            "<StartBoundary>2026-11-22T03:00:00</StartBoundary>",
            "<RandomDelay>PT15M</RandomDelay>",
            "<Interval>PT4H</Interval>\n        <Duration>P1D</Duration>",
            "<Delay>PT1830S</Delay>",
        ] {
            assert!(xml.contains(wanted), "{wanted}");
        }
    }

    #[test]
    fn on_working_days_it_runs_within_the_hours_and_a_night_begins_on_the_day_after() {
        let office = rhythm(4, "mon-fri 9:00-18:00");
        let xml = of(&office, true).xml();
        for wanted in [
            "<StartBoundary>2026-11-22T12:00:00</StartBoundary>",
            "<Interval>PT4H</Interval>\n        <Duration>PT6H</Duration>",
            "<Monday />\n          <Tuesday />",
            "<Source>check_hours=4; working_hours=mon,tue,wed,thu,fri 09:00-18:00</Source>",
        ] {
            assert!(xml.contains(wanted), "{wanted} {xml}");
        }
        assert!(!xml.contains("Saturday"));
        let nights = rhythm(24, "fri 22:00-2:00");
        let xml = of(&nights, true).xml();
        assert!(xml.contains("T01:00:00</StartBoundary>") && xml.contains("<Saturday />"), "{xml}");
        assert!(!xml.contains("<Repetition>") && !xml.contains("<Friday />"), "{xml}");
    }

    #[test]
    fn in_maintenance_hours_it_runs_once_more_near_their_beginning_and_on_their_days() {
        let (rhythm, evenings) = (rhythm(24, "mon-fri 9:00-18:00"), "mon-thu 21:00-23:00".parse().unwrap());
        let without = of(&rhythm, true).xml();
        let xml = Definition { maintenance: Some(&evenings), ..of(&rhythm, true) }.xml();
        let (_, reminder) = xml.rsplit_once("<CalendarTrigger>").unwrap();
        let (reminder, _) = reminder.split_once("</CalendarTrigger>").unwrap();
        for wanted in
            ["<StartBoundary>2026-11-22T21:18:45</StartBoundary>", "<Thursday />\n        </DaysOfWeek>"]
        {
            assert!(reminder.contains(wanted), "{wanted} {reminder}");
        }
        assert!(!reminder.contains("<Repetition>") && !reminder.contains("<RandomDelay>"));
        // Nothing else is another than without.
        let other = format!("\n    <CalendarTrigger>{reminder}</CalendarTrigger>");
        assert_eq!(xml.replace(&other, "").replace(&format!("; maintenance={evenings}"), ""), without);
    }

    #[test]
    fn a_definition_of_former_versions_is_still_ours_and_its_interval_is_known() {
        let former = "<Task><RegistrationInfo><Author>Mobile SMARTS Updater</Author></RegistrationInfo><Triggers>\
            <TimeTrigger><Repetition><Interval>PT8H</Interval></Repetition><StartBoundary>2026-11-22T03:07:00\
            </StartBoundary><RandomDelay>PT15M</RandomDelay></TimeTrigger><LogonTrigger><Delay>PT5M</Delay>\
            </LogonTrigger></Triggers><Actions><Exec><Command>C:\\SmartsTray.exe</Command></Exec></Actions></Task>";
        let facts = Facts::read(former).unwrap();
        assert!(facts.is_ours() && facts.hours().map(CheckHours::hours) == Some(8));
        assert_ne!(facts.runs, Facts::read(&of(&rhythm(8, ""), true).xml()).unwrap().runs);
    }

    #[test]
    fn when_it_runs_is_the_same_on_another_day_and_not_for_another_pc() {
        for language in [TaskLanguage::Xml, TaskLanguage::Units] {
            for rhythm in [rhythm(4, ""), rhythm(4, "mon-fri 9:00-18:00")] {
                let runs = |definition: Definition<'_>| Facts::read(&definition.text(language)).unwrap().runs;
                let ours = of(&rhythm, true);
                assert_eq!(runs(ours), runs(Definition { today: date(2027, 2, 1), ..ours }));
                assert_ne!(runs(ours), runs(Definition { phase: Phase::of_parts(1 << 30, 0), ..ours }));
            }
        }
    }

    #[test]
    fn the_order_of_days_and_triggers_makes_no_difference_and_a_day_in_another_trigger_does() {
        let (rhythm, hours) = (rhythm(4, "mon-fri 9:00-18:00"), "mon-thu 21:00-23:00".parse().unwrap());
        let xml = Definition { maintenance: Some(&hours), ..of(&rhythm, true) }.xml();
        let runs = |xml: &str| Facts::read(xml).unwrap().runs;
        let mut lines: Vec<&str> = xml.lines().collect();
        for days in lines.split_mut(|line| !line.starts_with("          <")) {
            days.reverse();
        }
        let reversed = lines.join("\n");
        assert!(reversed.contains("<Friday />\n          <Thursday />"), "{reversed}");
        let (head, rest) = reversed.split_once("    <CalendarTrigger>").unwrap();
        let (one, rest) = rest.split_once("    <CalendarTrigger>").unwrap();
        let (other, tail) = rest.split_once("    <LogonTrigger>").unwrap();
        let start = "    <CalendarTrigger>";
        let turned = format!("{head}{start}{other}{start}{one}    <LogonTrigger>{tail}");
        assert_eq!(runs(&turned), runs(&xml));
        let friday = "          <Friday />\n";
        let moved = format!(
            "{head}{start}{}{start}{}    <LogonTrigger>{tail}",
            one.replace(friday, ""),
            other.replace("          <Thursday />", "          <Friday />\n          <Thursday />")
        );
        assert_ne!(runs(&moved), runs(&xml));
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
        let text = xml().replace(AUTHOR, r"KASSA\Иванов").replace("PT4H", "PT12H");
        let facts = Facts::read(&text).unwrap();
        assert!(facts.is_ours());
        assert_eq!(facts.hours().map(CheckHours::hours), Some(12));
        let wrapped = xml().replace("SmartsTray.exe", "check.cmd");
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
