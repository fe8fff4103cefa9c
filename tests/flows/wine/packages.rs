//! The installers of the tests: packages of a platform, a product's wizard, and signatures on them.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// Where the sources of the installers lie.
const SOURCES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/flows/wine");

/// Makes installers in a folder of its own.
pub(crate) struct Workshop {
    dir: TempDir,
}

impl Workshop {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("readme.txt"), "Mobile SMARTS").unwrap();
        Self { dir }
    }

    /// A package that installs the platform; or ends with 1603, before it changes anything.
    pub(crate) fn platform(&self, version: &str, fails: bool) -> PathBuf {
        let path = self.dir.path().join(format!("platform-{version}-{fails}.msi"));
        let (version, fails) = (format!("Version={version}"), if fails { "Fails=yes" } else { "Fails=no" });
        // File sources are looked for where it runs.
        let source = Path::new(SOURCES).join("platform.wxs");
        let args = ["-a", "x86", "-D", &version, "-D", fails, "-o"];
        run(Command::new("wixl").args(args).arg(&path).arg(source).current_dir(self.dir.path()));
        path
    }

    /// A wizard that leaves this template, or ends with another status than 0.
    pub(crate) fn wizard(&self, template: &[u8], status: i32) -> PathBuf {
        let path = self.dir.path().join(format!("wizard-{status}.exe"));
        let define = format!("-DEXIT_CODE={status}");
        run(Command::new("x86_64-w64-mingw32-gcc")
            .args(["-O1", "-s", "-mwindows", &define, "-o"])
            .arg(&path)
            .arg(Path::new(SOURCES).join("wizard.c")));
        let mut bytes = std::fs::read(&path).unwrap();
        bytes.extend(template);
        bytes.extend((template.len() as u64).to_le_bytes());
        bytes.extend(b"smarts-test-data");
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// The file signed by a company that has just been made up.
    pub(crate) fn signed(&self, file: &Path, company: &str) -> PathBuf {
        let (key, certificate) = (self.dir.path().join("key.pem"), self.dir.path().join("certificate.pem"));
        let subject = format!("/CN={company}");
        run(Command::new("openssl")
            .args([
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", "-utf8", "-subj", &subject,
            ])
            .args(["-addext", "extendedKeyUsage=codeSigning", "-keyout"])
            .arg(&key)
            .arg("-out")
            .arg(&certificate));
        let extension = file.extension().unwrap_or_default().to_string_lossy();
        let signed = self.dir.path().join(format!("signed-{}.{extension}", company.len()));
        run(Command::new("osslsigncode")
            .args(["sign", "-h", "sha256", "-certs"])
            .arg(&certificate)
            .arg("-key")
            .arg(&key)
            .arg("-in")
            .arg(file)
            .arg("-out")
            .arg(&signed));
        signed
    }
}

fn run(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}
