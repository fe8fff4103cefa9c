//! Our task as a service and a timer of systemd, for one person.
//!
//! The manual: systemd.unit, systemd.timer, systemd.time, systemd.service (version 247 or newer, for
//! `FixedRandomDelay`). Sections whose names begin with `X-` are left to programs such as this one. The service
//! starts the stub as a unit of its own and is done: a stub that shows an icon stays for a day, and a timer starts
//! no service that still runs. Deliberately not here: where these files lie ([`crate::os::Os`]).

use super::definition::{Definition, Facts, said, understand};
use super::{AUTHOR, STEM};
use crate::settings::WeekHours;

const DAY: u32 = 24 * 3600;
const OWN_SECTION: &str = "[X-SmartsUpdate]";
/// In front of the program.
const START: &str = "systemd-run --user --quiet --collect --no-block -- ";

/// Both units in one text.
pub(super) fn text(definition: &Definition<'_>) -> String {
    let head = "[Unit]\nDescription=Mobile SMARTS: проверка обновлений. Ничего не устанавливает.";
    let runs: String = runs(definition).iter().map(|run| format!("OnCalendar={run}\n")).collect();
    format!(
        "{off}# {STEM}.service\n{head}\n\n[Service]\nType=oneshot\nExecStart={START}\"{program}\"\n\n\
         {OWN_SECTION}\nAuthor={AUTHOR}\nRhythm={rhythm}\n\
         # {STEM}.timer\n{head}\n\n[Timer]\n{runs}OnStartupSec={sign_in}s\nRandomizedDelaySec={delay}s\n\
         FixedRandomDelay=true\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n",
        off = if definition.enabled { "" } else { "# disabled\n" },
        program = escaped(definition.program),
        rhythm = said(definition.rhythm),
        sign_in = definition.phase.after_sign_in_secs(),
        delay = definition.rhythm.delay_secs(),
    )
}

/// When it runs, as `OnCalendar` has it.
fn runs(definition: &Definition<'_>) -> Vec<String> {
    let (rhythm, phase) = (definition.rhythm, definition.phase);
    let (first, turn) = (rhythm.first_secs(phase), rhythm.turn_secs());
    let time = |secs: u32| (secs / 3600 % 24, secs / 60 % 60, secs % 60);
    let Some(hours) = &rhythm.working_hours else {
        let (hour, minute, second) = time(first);
        return vec![format!("*-*-* {hour:02}/{}:{minute:02}:{second:02}", turn / 3600)];
    };
    let run = |after: u32| {
        let secs = first + after;
        let ((hour, minute, second), nights) = (time(secs), i64::from(secs / DAY));
        // The first three letters of the name.
        let name = |day: jiff::civil::Weekday| format!("{:.3}", format!("{:?}", day.wrapping_add(nights)));
        let days: Vec<_> = WeekHours::days(hours).map(name).collect();
        format!("{} *-*-* {hour:02}:{minute:02}:{second:02}", days.join(","))
    };
    (0..rhythm.rest_secs(phase)).step_by(turn.max(1) as usize).map(run).collect()
}

/// Whether a definition is one of units.
pub(super) fn is_such(text: &str) -> bool {
    text.starts_with("# ")
}

/// What the units say; of anybody's, as they may be ours after a person has changed them.
pub(super) fn facts(text: &str) -> Facts {
    let values = |key: &'static str| {
        let of = move |line: &str| {
            line.trim().strip_prefix(key)?.strip_prefix('=').map(|value| value.trim().to_owned())
        };
        text.lines().filter_map(of)
    };
    let rhythm = values("Rhythm").find_map(|text| understand(&text));
    Facts {
        author: values("Author").next(),
        program: values("ExecStart").next().map(|line| program(&line)),
        interval_minutes: rhythm.as_ref().map(|rhythm| u32::from(rhythm.hours.hours()) * 60),
        working_hours: rhythm.and_then(|rhythm| rhythm.working_hours),
        enabled: !text.starts_with("# disabled"),
        runs: values("OnCalendar").collect(),
    }
}

/// What a line starts: of ours the stub, of others the whole line.
fn program(line: &str) -> String {
    let Some(quoted) = line.strip_prefix(START) else { return line.to_owned() };
    let inner = quoted.strip_prefix('"').and_then(|quoted| quoted.strip_suffix('"')).unwrap_or(quoted);
    let mut program = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        program.push(letter);
        // Each of these was doubled or has a backslash in front.
        match letter {
            '\\' => {
                program.pop();
                program.extend(letters.next());
            }
            '%' | '$' => drop(letters.next()),
            _ => {}
        }
    }
    program
}

/// Between quotes of a command line in a unit.
fn escaped(path: &str) -> String {
    path.replace('\\', r"\\").replace('"', "\\\"").replace('%', "%%").replace('$', "$$")
}
