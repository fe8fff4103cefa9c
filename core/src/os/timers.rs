//! The person's own timers of systemd: unit files below `~/.config/systemd/user`, and `systemctl --user`.
//!
//! Reading looks at the files only, and starts nothing. Deliberately by `systemctl` and not by D-Bus: a person can
//! do by hand exactly what was done. What the units say is not looked at here.

use std::env;
use std::io;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::{TaskFault, task_file};
use crate::fs::{read_limited, write_atomically};

/// Units are a few hundred bytes.
const LIMIT_BYTES: u64 = 64 * 1024;
const DISABLED: &str = "# disabled\n";

/// One person's timers.
#[derive(Clone, Debug)]
pub(super) struct Timers {
    /// Where a person's units lie.
    units_dir: PathBuf,
    systemctl: PathBuf,
}

impl Timers {
    /// Of who runs this; [`TaskFault::NotHere`] without systemd.
    pub(super) fn of_this_person() -> Result<Self, TaskFault> {
        let path = env::var_os("PATH").ok_or(TaskFault::NotHere)?;
        let candidates = env::split_paths(&path).map(|dir| dir.join("systemctl"));
        let systemctl = candidates.into_iter().find(|file| file.is_file()).ok_or(TaskFault::NotHere)?;
        let dirs = directories::BaseDirs::new().ok_or(TaskFault::NotHere)?;
        Ok(Self { units_dir: dirs.config_dir().join("systemd/user"), systemctl })
    }

    /// Both units in one text, each below its name; `None` if there is no timer.
    pub(super) fn read(&self, name: &str) -> Result<Option<String>, TaskFault> {
        let stem = stem(name)?;
        let (service, timer) = (format!("{stem}.service"), format!("{stem}.timer"));
        let Some(timer_text) = self.unit(&timer)? else { return Ok(None) };
        let service_text = self.unit(&service)?.unwrap_or_default();
        // Enabling is a link of this name, which `systemctl` makes.
        let is_on = self.units_dir.join("timers.target.wants").join(&timer).symlink_metadata().is_ok();
        let off = if is_on { "" } else { DISABLED };
        Ok(Some(format!("{off}# {service}\n{service_text}# {timer}\n{timer_text}")))
    }

    /// Writes the units of such a text and switches the timer on; what was there comes back if that fails.
    pub(super) fn register(&self, name: &str, text: &str) -> Result<(), TaskFault> {
        let stem = stem(name)?;
        let timer = format!("{stem}.timer");
        let (service_text, timer_text) = split(&stem, text)?;
        let before = self.read(name)?;
        self.write(&format!("{stem}.service"), service_text)?;
        self.write(&timer, timer_text)?;
        let switch: &[&str] =
            if text.starts_with(DISABLED) { &["disable", "--now"] } else { &["enable", "--now"] };
        let changed =
            self.systemctl(&["daemon-reload"]).and_then(|()| self.systemctl(&[switch, &[&timer]].concat()));
        changed.inspect_err(|_| self.put_back(&stem, before.as_deref()))
    }

    /// Switches the timer off and takes the units away; none there is no fault.
    pub(super) fn remove(&self, name: &str) -> Result<(), TaskFault> {
        let stem = stem(name)?;
        if self.read(name)?.is_none() {
            return Ok(());
        }
        self.systemctl(&["disable", "--now", &format!("{stem}.timer")])?;
        self.delete(&stem)?;
        self.systemctl(&["daemon-reload"])
    }

    /// Starts the service now.
    pub(super) fn run(&self, name: &str) -> Result<(), TaskFault> {
        self.systemctl(&["start", "--no-block", &format!("{}.service", stem(name)?)])
    }

    fn unit(&self, file_name: &str) -> Result<Option<String>, TaskFault> {
        let bytes = read_limited(&self.units_dir.join(file_name), LIMIT_BYTES).map_err(TaskFault::File)?;
        Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    fn write(&self, file_name: &str, text: &str) -> Result<(), TaskFault> {
        write_atomically(&self.units_dir.join(file_name), text.as_bytes()).map_err(TaskFault::File)
    }

    fn delete(&self, stem: &str) -> Result<(), TaskFault> {
        for ending in ["timer", "service"] {
            match std::fs::remove_file(self.units_dir.join(format!("{stem}.{ending}"))) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(TaskFault::File(error)),
                _ => {}
            }
        }
        Ok(())
    }

    /// A timer that systemd did not take is not left behind as if it ran.
    fn put_back(&self, stem: &str, before: Option<&str>) {
        if before.is_none() {
            // It may have been switched on before something failed; the links go while the unit is known.
            let _ = self.systemctl(&["disable", "--now", &format!("{stem}.timer")]);
        }
        let texts = before.map(|text| split(stem, text));
        let done = match texts {
            Some(Ok((service, timer))) => self
                .write(&format!("{stem}.service"), service)
                .and_then(|()| self.write(&format!("{stem}.timer"), timer)),
            Some(Err(_)) | None => self.delete(stem),
        };
        if let Err(error) = done {
            tracing::warn!(%error, "Failed to put units of systemd back");
        }
        // Why it failed is known already.
        let _ = self.systemctl(&["daemon-reload"]);
    }

    fn systemctl(&self, arguments: &[&str]) -> Result<(), TaskFault> {
        let mut command = Command::new(&self.systemctl);
        command.args(["--user", "--no-ask-password"]).args(arguments).stdin(Stdio::null());
        let scheduler = |detail| TaskFault::Scheduler { detail };
        let output = command.output().map_err(|error| scheduler(error.to_string()))?;
        if output.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        Err(scheduler(if said.is_empty() { output.status.to_string() } else { said }))
    }
}

/// `SmartsUpdate` as units are named: `smarts-update`.
fn stem(name: &str) -> Result<String, TaskFault> {
    task_file::check_name(name)?;
    let mut stem = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !stem.is_empty() {
            stem.push('-');
        }
        stem.extend(letter.to_lowercase());
    }
    Ok(stem)
}

/// The service and the timer of a text.
fn split<'a>(stem: &str, text: &'a str) -> Result<(&'a str, &'a str), TaskFault> {
    let text = text.strip_prefix(DISABLED).unwrap_or(text);
    let units = text.strip_prefix(&format!("# {stem}.service\n"));
    units
        .and_then(|units| units.split_once(&format!("# {stem}.timer\n")))
        .ok_or_else(|| TaskFault::Scheduler { detail: format!("Not the units of {stem}") })
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    const TEXT: &str = "# smarts-update.service\n[Service]\nExecStart=/bin/true\n\
        # smarts-update.timer\n[Timer]\nOnCalendar=daily\n";
    const NAME: &str = "SmartsUpdate";

    struct Desk {
        timers: Timers,
        dir: tempfile::TempDir,
    }

    impl Desk {
        /// With a `systemctl` that writes down what it is told, links what is enabled, and then ends like this.
        fn new(end: &str) -> Self {
            let dir = tempfile::tempdir().unwrap();
            let (units_dir, systemctl) = (dir.path().join("systemd/user"), dir.path().join("systemctl"));
            let wants = units_dir.join("timers.target.wants");
            let script = format!(
                "#!/bin/sh\necho \"$*\" >>'{0}/told'\nmkdir -p '{1}'\ncase $3 in\n\
                 enable) ln -sf x '{1}/'\"$5\" ;;\ndisable) rm -f '{1}/'\"$5\" ;;\nesac\n{end}\n",
                dir.path().display(),
                wants.display()
            );
            std::fs::write(&systemctl, script).unwrap();
            std::fs::set_permissions(&systemctl, PermissionsExt::from_mode(0o755)).unwrap();
            Self { timers: Timers { units_dir, systemctl }, dir }
        }

        fn told(&self) -> Vec<String> {
            let told = std::fs::read_to_string(self.dir.path().join("told")).unwrap_or_default();
            told.lines().map(|line| line.trim_start_matches("--user --no-ask-password ").to_owned()).collect()
        }
    }

    #[test]
    fn a_timer_is_written_switched_on_started_and_taken_away() {
        let desk = Desk::new("");
        assert_eq!(desk.timers.read(NAME).unwrap(), None);
        desk.timers.register(NAME, TEXT).unwrap();
        assert_eq!(desk.timers.read(NAME).unwrap().as_deref(), Some(TEXT));
        desk.timers.run(NAME).unwrap();
        desk.timers.remove(NAME).unwrap();
        desk.timers.remove(NAME).unwrap();
        assert_eq!(desk.timers.read(NAME).unwrap(), None);
        assert_eq!(
            desk.told(),
            [
                "daemon-reload",
                "enable --now smarts-update.timer",
                "start --no-block smarts-update.service",
                "disable --now smarts-update.timer",
                "daemon-reload"
            ]
        );
    }

    #[test]
    fn a_timer_that_is_switched_off_says_so_and_stays_so() {
        let desk = Desk::new("");
        let off = format!("# disabled\n{TEXT}");
        desk.timers.register(NAME, &off).unwrap();
        assert_eq!(desk.timers.read(NAME).unwrap(), Some(off));
        assert_eq!(desk.told().last().unwrap(), "disable --now smarts-update.timer");
    }

    #[test]
    fn what_systemd_does_not_take_is_said_in_its_words_and_not_left_behind() {
        let desk = Desk::new("echo 'Failed to connect to bus' >&2; exit 1");
        let fault = desk.timers.register(NAME, TEXT).unwrap_err();
        assert!(matches!(fault, TaskFault::Scheduler { detail } if detail == "Failed to connect to bus"));
        assert_eq!(desk.timers.read(NAME).unwrap(), None);
        assert_eq!(desk.told(), ["daemon-reload", "disable --now smarts-update.timer", "daemon-reload"]);
        let silent = Desk::new("exit 3");
        let fault = silent.timers.run(NAME).unwrap_err();
        assert!(matches!(fault, TaskFault::Scheduler { detail } if detail.contains('3')));
        let gone = Timers { systemctl: desk.dir.path().join("none"), ..desk.timers.clone() };
        assert!(matches!(gone.run(NAME), Err(TaskFault::Scheduler { .. })));
    }

    #[test]
    fn a_timer_that_was_there_comes_back_if_the_new_one_is_not_taken() {
        let desk = Desk::new("[ -e \"$0.broken\" ] && exit 1; exit 0");
        desk.timers.register(NAME, TEXT).unwrap();
        std::fs::write(desk.dir.path().join("systemctl.broken"), "").unwrap();
        let other = TEXT.replace("daily", "weekly");
        assert!(desk.timers.register(NAME, &other).is_err());
        assert_eq!(desk.timers.read(NAME).unwrap().as_deref(), Some(TEXT));
    }

    #[test]
    fn only_units_of_that_name_are_written() {
        let desk = Desk::new("");
        for text in ["", "<Task/>", "# other.service\n# other.timer\n", "# smarts-update.service\n"] {
            assert!(matches!(desk.timers.register(NAME, text), Err(TaskFault::Scheduler { .. })), "{text}");
        }
        assert!(desk.timers.register("../x", TEXT).is_err());
        assert!(!desk.timers.units_dir.exists() && desk.told().is_empty());
    }
}
