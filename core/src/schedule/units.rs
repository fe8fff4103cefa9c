//! Our task as a service and a timer of systemd, for one person.
//!
//! The manual: systemd.unit, systemd.timer, systemd.time, systemd.service (version 247 or newer, for
//! `FixedRandomDelay`). Sections whose names begin with `X-` are left to programs such as this one. The service
//! starts the stub as a unit of its own and is done: a stub that shows an icon stays for a day, and a timer starts
//! no service that still runs. Deliberately not here: where these files lie ([`crate::os::Os`]).

use jiff::civil::Weekday;

use super::definition::{Definition, Facts, said, understand};
use super::reminder::{self, Reminder};
use super::{AUTHOR, STEM};

const DAY: u32 = 24 * 3600;
const OWN_SECTION: &str = "[X-SmartsUpdate]";
/// In front of the program. The window that the stub has opened is not to go with the stub.
const START: &str = "systemd-run --user --quiet --collect --no-block --property=KillMode=process -- ";

/// Both units in one text.
pub(super) fn text(definition: &Definition<'_>) -> String {
    let head = "[Unit]\nDescription=Mobile SMARTS: проверка обновлений. Ничего не устанавливает.";
    let delay = definition.rhythm.delay_secs();
    // One delay counts for all runs: it must not lead out of short maintenance hours.
    let delay = definition.maintenance.map_or(delay, |hours| delay.min(reminder::spread_secs(hours)));
    let runs: Vec<String> = runs(definition).iter().map(|run| format!("OnCalendar={run}\n")).collect();
    let runs = runs.concat();
    format!(
        "{off}# {STEM}.service\n{head}\n\n[Service]\nType=oneshot\nExecStart={START}\"{program}\"\n\n\
         {OWN_SECTION}\nAuthor={AUTHOR}\nRhythm={rhythm}\n\
         # {STEM}.timer\n{head}\n\n[Timer]\n{runs}OnStartupSec={sign_in}s\nRandomizedDelaySec={delay}s\n\
         FixedRandomDelay=true\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n",
        off = if definition.enabled { "" } else { "# disabled\n" },
        program = escaped(definition.program),
        rhythm = said(definition.rhythm, definition.maintenance),
        sign_in = definition.phase.after_sign_in_secs(),
    )
}

/// When it runs, as `OnCalendar` has it.
fn runs(definition: &Definition<'_>) -> Vec<String> {
    let mut runs = turns(definition);
    let reminder = definition.maintenance.map(|hours| Reminder::of(hours, definition.phase));
    runs.extend(reminder.map(|run| weekly(&run.days, run.second)));
    runs
}

/// When it runs in the rhythm of checks.
fn turns(definition: &Definition<'_>) -> Vec<String> {
    let (rhythm, phase) = (definition.rhythm, definition.phase);
    let (first, turn) = (rhythm.first_secs(phase), rhythm.turn_secs());
    let Some(hours) = &rhythm.working_hours else {
        let (hour, minute, second) = time(first);
        return vec![format!("*-*-* {hour:02}/{}:{minute:02}:{second:02}", turn / 3600)];
    };
    let run = |after: u32| {
        let secs = first + after;
        let nights = i64::from(secs / DAY);
        let days: Vec<_> = hours.days().map(|day| day.wrapping_add(nights)).collect();
        weekly(&days, secs)
    };
    (0..rhythm.rest_secs(phase)).step_by(turn.max(1) as usize).map(run).collect()
}

/// At this second of these days of each week.
fn weekly(days: &[Weekday], second: u32) -> String {
    // The first three letters of the name.
    let days: Vec<_> = days.iter().map(|day| format!("{:.3}", format!("{day:?}"))).collect();
    let (hour, minute, second) = time(second);
    format!("{} *-*-* {hour:02}:{minute:02}:{second:02}", days.join(","))
}

fn time(secs: u32) -> (u32, u32, u32) {
    (secs / 3600 % 24, secs / 60 % 60, secs % 60)
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
    let (rhythm, maintenance) = values("Rhythm").find_map(|text| understand(&text)).unzip();
    Facts {
        author: values("Author").next(),
        program: values("ExecStart").next().map(|line| program(&line)),
        interval_minutes: rhythm.as_ref().map(|rhythm| u32::from(rhythm.hours.hours()) * 60),
        working_hours: rhythm.and_then(|rhythm| rhythm.working_hours),
        maintenance: maintenance.flatten(),
        enabled: !text.starts_with("# disabled"),
        runs: {
            let mut runs: Vec<String> = values("OnCalendar").collect();
            runs.sort_unstable();
            runs
        },
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

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};
    use std::process::{Command, Output};

    use jiff::civil::date;

    use super::*;
    use crate::os::TaskLanguage;
    use crate::schedule::{Phase, Rhythm};
    use crate::settings::CheckHours;

    const STUB: &str = "/opt/R&D 100% $HOME/\"x\\y/smarts-tray";

    fn rhythm(hours: u16, working_hours: Option<&str>) -> Rhythm {
        Rhythm {
            hours: CheckHours::try_from(hours).unwrap(),
            working_hours: working_hours.map(|text| text.parse().unwrap()),
        }
    }

    fn definition(rhythm: &Rhythm) -> Definition<'_> {
        let phase = Phase::of_parts(3 << 30, 1 << 31);
        let today = date(2026, 11, 22);
        Definition { program: STUB, rhythm, phase, maintenance: None, today, enabled: true }
    }

    #[test]
    fn the_timer_runs_at_this_pcs_moments_late_and_with_a_delay_of_its_own() {
        let text = text(&definition(&rhythm(4, None)));
        for wanted in [
            "OnCalendar=*-*-* 03/4:00:00\n",
            "OnStartupSec=1830s\n",
            "RandomizedDelaySec=900s\nFixedRandomDelay=true\nPersistent=true\n",
            "WantedBy=timers.target",
            "Type=oneshot\nExecStart=systemd-run --user",
        ] {
            assert!(text.contains(wanted), "{wanted} {text}");
        }
        assert_eq!(facts(&text).program.as_deref(), Some(STUB));
    }

    #[test]
    fn on_working_days_there_is_a_line_for_each_run_and_nights_are_on_the_day_after() {
        let office = rhythm(4, Some("mon-wed 9:00-18:00"));
        assert_eq!(runs(&definition(&office)), ["Mon,Tue,Wed *-*-* 12:00:00", "Mon,Tue,Wed *-*-* 16:00:00"]);
        let nights = rhythm(24, Some("sun 22:00-2:00"));
        assert_eq!(runs(&definition(&nights)), ["Mon *-*-* 01:00:00"]);
    }

    #[test]
    fn in_maintenance_hours_there_is_one_more_line_and_the_delay_does_not_lead_out_of_short_ones() {
        let every_4 = rhythm(4, None);
        let with = |hours: &str| {
            let hours = hours.parse().unwrap();
            text(&Definition { maintenance: Some(&hours), ..definition(&every_4) })
        };
        let runs = "OnCalendar=*-*-* 03/4:00:00\nOnCalendar=Mon,Tue,Wed,Thu *-*-* 21:18:45\n";
        let evenings = with("mon-thu 21:00-23:00");
        assert!(evenings.contains(runs) && evenings.contains("RandomizedDelaySec=900s\n"), "{evenings}");
        let short = with("sun 23:55-0:15");
        assert!(short.contains("OnCalendar=Sun *-*-* 23:58:07\n"), "{short}");
        assert!(short.contains("RandomizedDelaySec=300s\n"), "{short}");
    }

    #[test]
    fn units_that_somebody_else_wrote_are_not_ours_and_ours_stay_so_after_a_change() {
        let foreign = facts("# smarts-update.service\n[Service]\nExecStart=/usr/bin/other --x\n");
        assert!(!foreign.is_ours() && foreign.program.as_deref() == Some("/usr/bin/other --x"));
        let changed = text(&definition(&rhythm(4, None))).replace("Author=", "Who=").replace("03/4", "04/4");
        assert!(facts(&changed).is_ours());
        assert_eq!(facts("# ").runs, [""; 0]);
    }

    /// What systemd's own program says; `None`, and a line about it, where there is none.
    #[expect(clippy::print_stderr, reason = "a test that was skipped says so")]
    fn analyzed(dir: &Path, arguments: &[&str], files: &[PathBuf]) -> Option<Output> {
        let mut command = Command::new("systemd-analyze");
        command.args(arguments).args(files).env("XDG_RUNTIME_DIR", dir).env("LC_ALL", "C.UTF-8");
        let output = command.output();
        if output.is_err() {
            eprintln!("SKIPPED: there is no systemd-analyze, nobody else has read these units");
        }
        output.ok()
    }

    #[test]
    fn systemd_understands_the_units_and_when_they_run() {
        let dir = tempfile::tempdir().unwrap();
        let stub = dir.path().join("smarts-tray");
        std::fs::write(&stub, "").unwrap();
        for (rhythm, maintenance) in [
            (rhythm(4, None), None),
            (rhythm(5, None), Some("21:00-23:00")),
            (rhythm(4, Some("fri-mon 20:30-5:00")), None),
            (rhythm(4, Some("mon-fri 9:00-18:00")), Some("sat,sun 23:50-3:50")),
        ] {
            let maintenance = maintenance.map(|text| text.parse().unwrap());
            let (program, maintenance) = (stub.to_str().unwrap(), maintenance.as_ref());
            let definition = Definition { program, maintenance, ..definition(&rhythm) };
            let both = definition.text(TaskLanguage::Units);
            let (service, timer) = both.split_once("# smarts-update.timer\n").unwrap();
            let files = ["service", "timer"].map(|ending| dir.path().join(format!("smarts-update.{ending}")));
            std::fs::write(&files[0], service).unwrap();
            std::fs::write(&files[1], timer).unwrap();
            let Some(output) = analyzed(dir.path(), &["verify", "--user", "--man=no"], &files) else {
                return;
            };
            assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
            for run in runs(&definition) {
                let output =
                    analyzed(dir.path(), &["calendar", "--base-time=2026-11-23 00:00:00", &run], &[])
                        .unwrap();
                assert!(output.status.success(), "{output:?}");
            }
        }
    }
}
