//! The installed platform, from the registry.
//!
//! Three places, in this order (read from the vendor's program): the platform's own key, the same key as
//! a 32-bit program sees it, and the system's list of programs under the product's id. The id may be
//! stated in the platform's key; otherwise it is the one the installers are known to carry. If nothing
//! is found in any of them, no platform is installed. An unusable version in one place does not keep a
//! good one in the next from being found, and is reported.

use crate::machine::{Fault, Platform, Problem};
use crate::os::{Os, RegistryFault};

const KEYS: [&str; 2] = [
    r"HKEY_LOCAL_MACHINE\SOFTWARE\Cleverence Soft\Mobile SMARTS",
    r"HKEY_LOCAL_MACHINE\SOFTWARE\Wow6432Node\Cleverence Soft\Mobile SMARTS",
];
const UNINSTALL_KEYS: [&str; 2] = [
    r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall",
    r"HKEY_LOCAL_MACHINE\SOFTWARE\Wow6432Node\Microsoft\Windows\CurrentVersion\Uninstall",
];
/// The code that the platform's installers are known to carry (read from a build of platform 3.3), without braces.
pub const PRODUCT_ID: &str = "BF7C4F82-88E1-4D25-BF36-4B7D841330EA";

/// What the registry says of the platform.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// `None`: none is installed, or `unknown` says why it could not be told.
    pub platform: Option<Platform>,
    /// The first fault that keeps it from being told.
    pub unknown: Option<Fault>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// Looks the platform up.
pub fn find(os: &dyn Os) -> Found {
    let mut found = Found::default();
    if let Err(fault) = look_up(os, &mut found) {
        found.problems.push(problem(fault));
    }
    if found.platform.is_none() {
        found.unknown = found.problems.first().map(|problem| problem.fault.clone());
    }
    found
}

fn problem(fault: RegistryFault) -> Problem {
    Problem { path: fault.path, fault: Fault::File(fault.fault) }
}

fn look_up(os: &dyn Os, found: &mut Found) -> Result<(), RegistryFault> {
    let product_id = first_value(os, &KEYS, "ProductId")?.and_then(|id| guid(&id));
    let product_id = product_id.as_deref().unwrap_or(PRODUCT_ID);
    let own = KEYS.map(|key| (key.to_owned(), "Version"));
    let uninstall = UNINSTALL_KEYS.map(|key| (format!(r"{key}\{{{product_id}}}"), "DisplayVersion"));
    for (key, name) in own.into_iter().chain(uninstall) {
        let Some(text) = value(os, &key, name)? else { continue };
        match text.parse() {
            Ok(version) => {
                let install_dir = first_value(os, &KEYS, "InstallDir").unwrap_or_else(|fault| {
                    found.problems.push(problem(fault));
                    None
                });
                found.platform = Some(Platform { version, install_dir });
                return Ok(());
            }
            Err(error) => {
                let path = format!(r"{key}\{name}");
                found.problems.push(Problem { path, fault: Fault::PlatformVersion(error) });
            }
        }
    }
    Ok(())
}

fn first_value(os: &dyn Os, keys: &[&str], name: &str) -> Result<Option<String>, RegistryFault> {
    for key in keys {
        if let Some(text) = value(os, key, name)? {
            return Ok(Some(text));
        }
    }
    Ok(None)
}

/// An empty value states nothing.
fn value(os: &dyn Os, key: &str, name: &str) -> Result<Option<String>, RegistryFault> {
    Ok(os.registry_value(key, name)?.filter(|text| !text.trim().is_empty()))
}

/// The id without braces; `None` for what cannot be a part of a key's name.
fn guid(text: &str) -> Option<String> {
    let id = text.trim().trim_start_matches('{').trim_end_matches('}');
    id.chars().all(|c| c.is_ascii_hexdigit() || c == '-').then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::registry_file;
    use crate::os::MachineRoot;
    use crate::version;

    /// What is found in a registry with these values.
    fn found(values: &[(&str, &str, &str)]) -> Found {
        let dir = tempfile::tempdir().unwrap();
        let root = MachineRoot::open(dir.path()).unwrap();
        for (key, name, value) in values {
            registry_file::set_value(&root.registry_path().unwrap(), key, name, value).unwrap();
        }
        find(&root)
    }

    fn version(found: &Found) -> Option<String> {
        found.platform.as_ref().map(|platform| platform.version.to_string())
    }

    fn uninstall_key(index: usize, id: &str) -> String {
        format!(r"{}\{{{id}}}", UNINSTALL_KEYS[index])
    }

    #[test]
    fn the_three_places_are_asked_in_order() {
        let listed = uninstall_key(0, PRODUCT_ID);
        let listed_32 = uninstall_key(1, PRODUCT_ID);
        let mut values = vec![
            (KEYS[0], "Version", "3.4.46.40367"),
            (KEYS[1], "Version", "3.4.46.31745"),
            (listed.as_str(), "DisplayVersion", "3.3.46.30866"),
            (listed_32.as_str(), "DisplayVersion", "3.3.46.29552"),
        ];
        for expected in ["3.4.46.40367", "3.4.46.31745", "3.3.46.30866", "3.3.46.29552"] {
            assert_eq!(version(&found(&values)).as_deref(), Some(expected));
            values.remove(0);
        }
    }

    #[test]
    fn an_empty_registry_is_no_platform_and_no_problem() {
        assert_eq!(found(&[]), Found::default());
        assert_eq!(found(&[(KEYS[0], "Version", " ")]), Found::default());
    }

    #[test]
    fn the_product_id_of_the_key_leads_to_the_list_of_programs() {
        let listed = uninstall_key(1, "00112233-4455-6677-8899-AABBCCDDEEFF");
        let values = [
            (KEYS[1], "ProductId", "{00112233-4455-6677-8899-aabbccddeeff}"),
            (KEYS[1], "InstallDir", r"C:\Program Files (x86)\Cleverence Soft\Mobile SMARTS"),
            (listed.as_str(), "DisplayVersion", "4.0.0.50000"),
        ];
        let found = found(&values);
        assert_eq!(version(&found).as_deref(), Some("4.0.0.50000"));
        assert!(found.platform.unwrap().install_dir.unwrap().ends_with("Mobile SMARTS"));
    }

    #[test]
    fn an_unusable_version_is_reported_and_the_next_place_asked() {
        let found = found(&[(KEYS[0], "Version", "three"), (KEYS[1], "Version", "3.4.46.31745")]);
        assert_eq!(version(&found).as_deref(), Some("3.4.46.31745"));
        let fault = Fault::PlatformVersion(version::Error::NotANumber("three".to_owned()));
        assert_eq!(found.problems, [Problem { path: format!(r"{}\Version", KEYS[0]), fault }]);
    }

    #[test]
    fn a_registry_that_cannot_be_read_is_one_problem() {
        let dir = tempfile::tempdir().unwrap();
        let root = MachineRoot::open(dir.path()).unwrap();
        std::fs::write(root.registry_path().unwrap(), "nonsense").unwrap();
        let found = find(&root);
        assert_eq!(found.platform, None);
        assert_eq!(found.problems.len(), 1);
        assert!(matches!(found.problems[0].fault, Fault::File(_)));
    }
}
