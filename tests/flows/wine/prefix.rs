//! A Wine prefix: a Windows PC of its own for each test.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// The loader of 64-bit programs; the usual `wine` asks for the 32-bit one first.
const WINE: &str = "/usr/lib/wine/wine64";
const SERVER: &str = "/usr/lib/wine/wineserver64";
/// Where the package puts the programs.
pub(crate) const PROGRAMS: &str = r"C:\Program Files\Cleverence Soft\Mobile SMARTS\AppsManager";

/// A PC; gone when dropped.
pub(crate) struct Prefix {
    dir: TempDir,
}

/// How a program ended.
#[derive(Debug)]
pub(crate) struct Ran {
    /// The last eight bits of it: more does not come through.
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// This program's version, as the package writes it.
pub(crate) const OWN_VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), ".0");

/// The version of the newer package.
pub(crate) fn newer_version() -> String {
    given("SMARTS_NEWER_VERSION").display().to_string()
}

/// What `.ci/windows` says in the environment.
pub(crate) fn given(name: &str) -> PathBuf {
    let value = std::env::var_os(name).unwrap_or_else(|| panic!("{name} is not set: run .ci/windows"));
    PathBuf::from(value)
}

/// Files in a folder and below, by the end of their names.
pub(crate) fn files(dir: &Path, ending: &str) -> Vec<PathBuf> {
    walkdir::WalkDir::new(dir)
        .into_iter()
        .filter_map(|entry| Some(entry.ok()?.into_path()))
        .filter(|path| path.is_file() && path.to_string_lossy().ends_with(ending))
        .collect()
}

impl Prefix {
    /// With nothing installed.
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let copied = Command::new("cp")
            .args(["-a", "--reflink=auto"])
            .args([given("SMARTS_WINE_PREFIX").join("."), dir.path().to_path_buf()])
            .status()
            .unwrap();
        assert!(copied.success());
        // It stays between two programs: starting it for each takes longer than the programs do.
        let server = Command::new(SERVER).arg("-p").env("WINEPREFIX", dir.path()).status().unwrap();
        assert!(server.success());
        Self { dir }
    }

    /// With our package installed.
    pub(crate) fn with_programs() -> Self {
        let prefix = Self::new();
        assert_eq!(prefix.install(&given("SMARTS_MSI"), &[]), 0);
        prefix
    }

    /// Where a path on drive C is on this host.
    pub(crate) fn path(&self, windows_path: &str) -> PathBuf {
        let below = windows_path.strip_prefix(r"C:\").unwrap().replace('\\', "/");
        self.dir.path().join("drive_c").join(below)
    }

    /// A program with its arguments, not started yet; files of this host are given by their Unix paths.
    pub(crate) fn command<S: AsRef<OsStr>>(&self, program: &str, args: &[S]) -> Command {
        self.by(Command::new(WINE), program, args)
    }

    fn by<S: AsRef<OsStr>>(&self, mut command: Command, program: &str, args: &[S]) -> Command {
        command.arg(program).args(args).env("WINEPREFIX", self.dir.path()).env("WINEDEBUG", "-all");
        command.env("WINEDLLOVERRIDES", "mscoree,mshtml=");
        command
    }

    /// Runs a program to its end; nobody answers, and one that waits for an answer is ended.
    pub(crate) fn run<S: AsRef<OsStr>>(&self, program: &str, args: &[S]) -> Ran {
        let mut patience = Command::new("timeout");
        patience.args(["--kill-after", "5", "180", WINE]);
        // Files, not pipes: the PC's own services keep what the first program was started with open.
        let (out, err) = (tempfile::NamedTempFile::new().unwrap(), tempfile::NamedTempFile::new().unwrap());
        let mut command = self.by(patience, program, args);
        command.stdin(Stdio::null()).stdout(out.reopen().unwrap()).stderr(err.reopen().unwrap());
        let status = command.status().unwrap().code().unwrap();
        let text = |file: &tempfile::NamedTempFile| {
            String::from_utf8_lossy(&std::fs::read(file.path()).unwrap()).replace("\r\n", "\n")
        };
        Ran { status, out: text(&out), err: text(&err) }
    }

    /// The installed command line.
    pub(crate) fn smarts(&self, args: &[&str]) -> Ran {
        self.run(&format!(r"{PROGRAMS}\smarts.exe"), args)
    }

    /// Starts an installed program, and goes on.
    pub(crate) fn start(&self, program: &str, args: &[&str]) -> Child {
        let mut command = self.command(&format!(r"{PROGRAMS}\{program}"), args);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// Installs a package without a word; the last eight bits of the status.
    pub(crate) fn install(&self, package: &Path, properties: &[&str]) -> i32 {
        let log = self.path(r"C:\install.log");
        let mut args: Vec<&OsStr> = vec!["/i".as_ref(), package.as_os_str(), "/qn".as_ref()];
        args.extend(["/l*v".as_ref(), log.as_os_str()]);
        args.extend(properties.iter().map(OsStr::new));
        let ran = self.run("msiexec", &args);
        if ran.status != 0 {
            // Shown only where the test fails.
            eprintln!("{}: {ran:?}", package.display());
        }
        ran.status
    }

    /// Removes it again.
    pub(crate) fn uninstall(&self, package: &Path) -> i32 {
        self.run("msiexec", &["/x".as_ref(), package.as_os_str(), "/qn".as_ref()]).status
    }

    /// A text or number of the registry, as `reg query` prints it.
    pub(crate) fn registry(&self, key: &str, name: &str) -> Option<String> {
        let ran = self.run("reg", &["query", key, "/v", name]);
        let line = ran.out.lines().find(|line| line.trim_start().starts_with(name))?;
        let (_, value) = line.split_once("    REG_").map(|(_, rest)| rest.split_once("    "))??;
        Some(value.trim().to_owned())
    }

    /// The value without a name.
    pub(crate) fn registry_default(&self, key: &str) -> Option<String> {
        let ran = self.run("reg", &["query", key, "/ve"]);
        let line = ran.out.lines().find(|line| line.contains("    REG_"))?;
        let (_, value) = line.split_once("    REG_").map(|(_, rest)| rest.split_once("    "))??;
        Some(value.trim().to_owned())
    }

    /// The platform's version, as the registry says.
    pub(crate) fn platform_version(&self) -> Option<String> {
        self.registry(r"HKLM\SOFTWARE\Wow6432Node\Cleverence Soft\Mobile SMARTS", "Version")
    }

    /// What was done on this PC, as it stands in the file; empty if nothing was.
    pub(crate) fn journal(&self) -> String {
        let path = self.path(r"C:\ProgramData\Cleverence\Updater\journal.jsonl");
        std::fs::read_to_string(path).unwrap_or_default()
    }

    /// Lets the PC write what it still keeps, and ends all that runs on it.
    pub(crate) fn stop(&self) {
        for flag in ["-k", "-w"] {
            let _ = Command::new(SERVER).arg(flag).env("WINEPREFIX", self.dir.path()).status();
        }
    }
}

impl Drop for Prefix {
    fn drop(&mut self) {
        self.stop();
    }
}
