//! The mobile app for Windows CE and Windows Mobile, which the platform brings along.
//!
//! Documented: its files lie in the folder `Client Installer` of the platform, and a device of that kind asks at every
//! exchange with the server; if an update of the platform has brought a newer app, it is offered. No file is known that
//! states the app's version, so it is assumed to be the platform's. Deliberately not here: which devices are of that kind
//! ([`crate::machine::System`]).

use std::fs;

use crate::machine::Platform;
use crate::os::Os;
use crate::version::Version;

/// The folder's name.
const FOLDER: &str = "Client Installer";
/// More are not named.
const MOST_FILES: usize = 100;

/// The app that the platform brings along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// Its folder, as a Windows path.
    pub dir: String,
    /// Assumed: the platform's.
    pub version: Version,
    /// Names of what lies in the folder; empty: there is nothing to hand out.
    pub files: Vec<String>,
}

/// Looks at what the platform brings along. `None`: there is no such folder, or it cannot be looked into.
pub fn carried(os: &dyn Os, platform: &Platform) -> Option<Carried> {
    let dir = format!(r"{}\{FOLDER}", platform.install_dir.as_deref()?.trim_end_matches('\\'));
    let entries = fs::read_dir(os.locate(&dir).ok()?).ok()?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut files: Vec<String> = names.take(MOST_FILES).collect();
    files.sort();
    Some(Carried { dir, version: platform.version, files })
}

#[cfg(test)]
mod tests {
    use smarts_tests::machine_root as pc;

    use super::*;
    use crate::machine;
    use crate::os::MachineRoot;

    #[test]
    fn what_the_platform_brings_along_has_its_version_and_is_nothing_without_the_folder() {
        let root = pc::MachineRoot::new().unwrap().platform("3.4.46.40367").unwrap();
        let found = || {
            let os = MachineRoot::open(root.path()).unwrap();
            carried(&os, &machine::read(&os).platform.unwrap())
        };
        assert_eq!(found(), None);
        let dir = r"C:\Program Files (x86)\Cleverence Soft\Mobile SMARTS\Client Installer";
        root.write(&format!(r"{dir}\MobileSMARTS.WM.cab"), b"cab").unwrap();
        root.write(&format!(r"{dir}\CE5\MobileSMARTS.cab"), b"cab").unwrap();
        let carried = found().unwrap();
        assert_eq!((carried.dir.as_str(), carried.version.to_string().as_str()), (dir, "3.4.46.40367"));
        assert_eq!(carried.files, ["CE5", "MobileSMARTS.WM.cab"]);
    }
}
