//! Reading a machine as a whole. Never fails: what could not be read is in the problems.
//!
//! Bases are those that `apps.xml` names and no others; no folder is searched for them. Deliberately not here:
//! licences, which decide nothing and are read by [`super::read_licences`].

use std::collections::HashMap;

use super::{
    CommonConfig, Fault, FileFault, Machine, Problem, apps_xml, base, common_config, platform, updater,
};
use crate::os::{LocateFault, Os};
use crate::paths::COMMON_CONFIG;
use crate::version::Flavour;
use crate::xml;

/// Room for well over ten thousand bases.
const APPS_XML_LIMIT_BYTES: u64 = 16 * 1024 * 1024;
const COMMON_CONFIG_LIMIT_BYTES: u64 = 4 * 1024 * 1024;

/// Reads platform, bases and configuration of a PC.
pub fn read(os: &dyn Os) -> Machine {
    let mut machine = Machine::default();
    let found = platform::find(os);
    // Where a platform is, or may be, a missing list of bases is not the same as having none.
    let is_platform_expected = found.platform.is_some() || !found.problems.is_empty();
    machine.platform = found.platform;
    machine.platform_unknown = found.unknown;
    machine.problems = found.problems;
    read_updater(os, &mut machine);
    machine.config = config(os, &mut machine.problems);
    let flavour = machine.platform.as_ref().and_then(|platform| platform.version.flavour());
    match list(os) {
        Ok(list) => read_bases(os, &list, flavour, &mut machine),
        Err(FileFault::Missing { .. }) if !is_platform_expected => {}
        Err(fault) => {
            machine.problems.push(file_problem(apps_xml::PATH, fault.clone()));
            // Without a list there are no bases: a platform just installed looks so. It is a problem all the
            // same, for somebody may have deleted it.
            let is_missing = matches!(fault, FileFault::Missing { .. });
            machine.bases_unknown = Some(fault).filter(|_| !is_missing);
        }
    }
    machine
}

fn read_updater(os: &dyn Os, machine: &mut Machine) {
    let found = updater::find(os);
    machine.updater = found.updater;
    // A registry that cannot be read at all has been named already.
    let is_new = |problem: &Problem| machine.problems.iter().all(|other| other.path != problem.path);
    machine.problems.extend(found.problem.filter(is_new));
}

/// Reads the list of bases.
pub(super) fn list(os: &dyn Os) -> Result<apps_xml::AppsList, FileFault> {
    load(os, apps_xml::PATH, APPS_XML_LIMIT_BYTES).and_then(|bytes| apps_xml::parse(&bytes))
}

fn read_bases(os: &dyn Os, list: &apps_xml::AppsList, flavour: Option<Flavour>, machine: &mut Machine) {
    for position in &list.without_id {
        let fault = Fault::BaseWithoutId { position: *position };
        machine.problems.push(Problem { path: apps_xml::PATH.to_owned(), fault });
    }
    let mut counts: HashMap<String, usize> = HashMap::new();
    for entry in &list.entries {
        *counts.entry(entry.id.to_lowercase()).or_default() += 1;
    }
    let folders: Vec<&str> = list.entries.iter().map(|entry| entry.folder.as_str()).collect();
    for (entry, located) in list.entries.iter().zip(os.locate_all(&folders)) {
        let is_duplicate = counts.get(&entry.id.to_lowercase()).is_some_and(|count| *count > 1);
        let base = base::read(os, entry, located, flavour, is_duplicate, &mut machine.problems);
        machine.bases.push(base);
    }
}

fn config(os: &dyn Os, problems: &mut Vec<Problem>) -> CommonConfig {
    let loaded = load(os, COMMON_CONFIG, COMMON_CONFIG_LIMIT_BYTES);
    match loaded.and_then(|bytes| common_config::parse(&bytes)) {
        Ok(config) => config,
        Err(FileFault::Missing { .. }) => CommonConfig::default(),
        Err(fault) => {
            problems.push(file_problem(COMMON_CONFIG, fault));
            CommonConfig::default()
        }
    }
}

fn load(os: &dyn Os, windows_path: &str, limit_bytes: u64) -> Result<Vec<u8>, FileFault> {
    let file = || windows_path.rsplit('\\').next().unwrap_or(windows_path).to_owned();
    match os.locate(windows_path) {
        Ok(path) => xml::read_file(&path, limit_bytes),
        Err(LocateFault::NoDrive(_)) => Err(FileFault::Missing { file: file() }),
        Err(fault @ (LocateFault::Outside | LocateFault::NotAbsolute)) => {
            Err(FileFault::Unreadable { file: file(), detail: fault.to_string() })
        }
    }
}

fn file_problem(path: &str, fault: FileFault) -> Problem {
    Problem { path: path.to_owned(), fault: Fault::File(fault) }
}

#[cfg(test)]
mod tests;
