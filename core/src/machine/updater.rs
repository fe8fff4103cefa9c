//! The installed updater, this program, from the registry.
//!
//! Its installer writes the version (four numbers) and the folder into a key of its own, which nobody else
//! has a reason to use. Without a version there, this program was not installed but only unpacked or built,
//! and there is nothing that an installer could bring up to date. Deliberately not here: which version runs
//! at the moment; until it is started again, that is the former one.

use crate::machine::{Fault, Problem, Updater};
use crate::os::Os;

/// Where this program's installer writes what it has installed.
pub const KEY: &str = r"HKEY_LOCAL_MACHINE\SOFTWARE\Mobile SMARTS Updater";

/// What the registry says of this program.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// `None`: it was not installed, or `problem` says why that could not be told.
    pub updater: Option<Updater>,
    /// What could not be read.
    pub problem: Option<Problem>,
}

/// Looks this program up.
pub fn find(os: &dyn Os) -> Found {
    let text = match os.registry_value(KEY, "Version") {
        Ok(text) => text.filter(|text| !text.trim().is_empty()),
        Err(fault) => {
            let problem = Problem { path: fault.path, fault: Fault::UpdaterUnread(fault.fault) };
            return Found { updater: None, problem: Some(problem) };
        }
    };
    match text.map(|text| text.parse()) {
        None => Found::default(),
        Some(Ok(version)) => {
            // The version decides; the folder is only shown.
            let install_dir = os.registry_value(KEY, "InstallDir").ok().flatten();
            let install_dir = install_dir.filter(|text| !text.trim().is_empty());
            Found { updater: Some(Updater { version, install_dir }), problem: None }
        }
        Some(Err(error)) => {
            let fault = Fault::UpdaterVersion(error);
            Found { updater: None, problem: Some(Problem { path: format!(r"{KEY}\Version"), fault }) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::registry_file;
    use crate::os::MachineRoot;
    use crate::version;

    fn found(values: &[(&str, &str)]) -> Found {
        let dir = tempfile::tempdir().unwrap();
        let root = MachineRoot::open(dir.path()).unwrap();
        for (name, value) in values {
            registry_file::set_value(&root.registry_path().unwrap(), KEY, name, value).unwrap();
        }
        find(&root)
    }

    #[test]
    fn the_installers_key_says_version_and_folder() {
        let dir = r"C:\Program Files\Cleverence Soft\Mobile SMARTS\AppsManager";
        let found = found(&[("Version", "1.2.0.7"), ("InstallDir", dir)]);
        let updater = Updater { version: "1.2.0.7".parse().unwrap(), install_dir: Some(dir.to_owned()) };
        assert_eq!(found, Found { updater: Some(updater), problem: None });
    }

    #[test]
    fn without_a_version_it_is_not_installed_and_that_is_no_problem() {
        assert_eq!(found(&[]), Found::default());
        assert_eq!(found(&[("Version", " "), ("InstallDir", r"C:\x")]), Found::default());
    }

    #[test]
    fn a_version_that_is_none_is_a_problem_that_names_it() {
        let fault = Fault::UpdaterVersion(version::Error::NotANumber("newest".to_owned()));
        let problem = Problem { path: format!(r"{KEY}\Version"), fault };
        assert_eq!(found(&[("Version", "newest")]), Found { updater: None, problem: Some(problem) });
    }

    #[test]
    fn a_registry_that_cannot_be_read_is_a_problem() {
        let dir = tempfile::tempdir().unwrap();
        let root = MachineRoot::open(dir.path()).unwrap();
        std::fs::write(root.registry_path().unwrap(), "nonsense").unwrap();
        let found = find(&root);
        assert_eq!(found.updater, None);
        assert!(matches!(found.problem.unwrap().fault, Fault::UpdaterUnread(_)));
    }
}
