//! One base, from its entry in the list and the files in its folder.
//!
//! Whatever is wrong with it ends in [`Kind::Damaged`] and a [`Problem`], never in silence. What is not
//! needed to update it (a device's date, an optional version) is a problem and no damage.
//!
//! Kinds. *Cloud*: the product's name begins with «ОБЛАКО» or holds «облачный обмен» (inferred). *Remote*
//! and *internet exchange*: see [`base_settings`]. Everything else is local. A cloud or remote base is not
//! updated here, so it may lack a version, and a remote one its description.

use std::io;
use std::path::PathBuf;

use super::app_description::{self, AppDescription, Stated};
use super::apps_xml::{self, Entry};
use super::base_settings::{self, Settings};
use super::folder::{CONNECTIONS, Folder};
use super::{AppLinks, Base, Damage, Fault, FileFault, Kind, Problem, devices};
use crate::os::{LocateFault, Os};
use crate::version::{Flavour, Version};

/// What is wrong with a base, and where.
struct Wrong {
    path: String,
    damage: Damage,
}

/// Reads a base. `flavour` is the installed platform's; `is_duplicate` says that another entry of the list
/// has the same id.
pub(super) fn read(
    os: &dyn Os,
    entry: &Entry,
    located: Result<PathBuf, LocateFault>,
    flavour: Option<Flavour>,
    is_duplicate: bool,
    problems: &mut Vec<Problem>,
) -> Base {
    let mut base = as_listed(entry);
    let outcome = fill(os, &mut base, located, flavour, problems);
    let outcome = if is_duplicate {
        let path = if entry.folder.is_empty() { apps_xml::PATH } else { &entry.folder };
        Err(Wrong { path: path.to_owned(), damage: Damage::DuplicateId { id: entry.id.clone() } })
    } else {
        outcome
    };
    base.kind = outcome.unwrap_or_else(|wrong| {
        problems.push(Problem { path: wrong.path, fault: Fault::Damaged(wrong.damage.clone()) });
        Kind::Damaged(wrong.damage)
    });
    base
}

fn as_listed(entry: &Entry) -> Base {
    Base {
        id: entry.id.clone(),
        name: entry.name.clone(),
        comment: entry.comment.clone(),
        folder: entry.folder.clone(),
        dir: None,
        kind: Kind::Local,
        product_id: entry.app_id.clone(),
        product: entry.name.clone(),
        version: None,
        min_platform: None,
        client_version: None,
        updates_path: None,
        notes_link: None,
        support_link: None,
        app_links: AppLinks::default(),
        tag: None,
        devices: Vec::new(),
        // Until they are listed.
        devices_incomplete: true,
    }
}

fn fill(
    os: &dyn Os,
    base: &mut Base,
    located: Result<PathBuf, LocateFault>,
    flavour: Option<Flavour>,
    problems: &mut Vec<Problem>,
) -> Result<Kind, Wrong> {
    let windows_path = base.folder.clone();
    let wrong = |damage| Wrong { path: windows_path.clone(), damage };
    let dir = located.map_err(|fault| match fault {
        // It is the list that says something wrong.
        LocateFault::NotAbsolute | LocateFault::Outside => Wrong {
            path: apps_xml::PATH.to_owned(),
            damage: Damage::BadFolder { folder: windows_path.clone() },
        },
        LocateFault::NoDrive(drive) => wrong(Damage::DriveMissing { drive }),
    })?;
    base.dir = Some(dir.clone());
    let folder = Folder::list(os, &windows_path, dir).map_err(|error| {
        wrong(match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Damage::FolderMissing,
            _ => Damage::FolderUnreadable { detail: error.to_string() },
        })
    })?;
    take_devices(base, &folder, problems);
    take_tag(base, &folder, problems);
    take_description(base, &folder, flavour, problems)
}

/// The description first: it says whether it is a cloud base, and most of what is shown of any base.
fn take_description(
    base: &mut Base,
    folder: &Folder<'_>,
    flavour: Option<Flavour>,
    problems: &mut Vec<Problem>,
) -> Result<Kind, Wrong> {
    let path = folder.windows_path_of(app_description::FILE);
    let settings_path = folder.windows_path_of(base_settings::SETTINGS);
    let settings = match folder.read(base_settings::SETTINGS) {
        Err(FileFault::Missing { .. }) => Ok(None),
        read => read.and_then(|bytes| base_settings::parse(&bytes)).map(Some),
    };
    let is_remote = matches!(settings, Ok(Some(Settings { is_remote: true, .. })));
    let description = folder.read(app_description::FILE).and_then(|bytes| app_description::parse(&bytes));
    let description = match description {
        Ok(description) => description,
        Err(FileFault::Missing { .. }) if is_remote => return Ok(Kind::Remote),
        Err(fault) => return Err(Wrong { path, damage: Damage::Description(fault) }),
    };
    let is_cloud = description.app_name.as_deref().is_some_and(is_cloud_product);
    let version = description.version.clone();
    adopt(base, description, flavour, &path, problems);
    if is_cloud || is_remote {
        base.version = optional(version, "appVersion", &path, problems);
    } else {
        let version = version.ok_or(Damage::NoVersion);
        let version = version.and_then(|stated| stated.map_err(Damage::BadVersion));
        base.version = Some(version.map_err(|damage| Wrong { path, damage })?);
    }
    if is_cloud {
        if let Err(fault) = settings {
            problems.push(Problem { path: settings_path, fault: Fault::File(fault) });
        }
        return Ok(Kind::Cloud);
    }
    let settings = settings
        .map_err(|fault| Wrong { path: settings_path.clone(), damage: Damage::Settings(fault) })?
        .unwrap_or_else(|| {
            problems.push(Problem { path: settings_path, fault: Fault::NoSettings });
            Settings::default()
        });
    Ok(if settings.is_remote {
        Kind::Remote
    } else if settings.mentions_internet_exchange || has_exchange_connector(folder, problems) {
        Kind::InternetExchange
    } else {
        Kind::Local
    })
}

fn adopt(
    base: &mut Base,
    description: AppDescription,
    flavour: Option<Flavour>,
    path: &str,
    problems: &mut Vec<Problem>,
) {
    let (min_platform, attribute) = match (flavour, description.min_platform_35) {
        (Some(Flavour::Net35), Some(stated)) => (Some(stated), "minPlatform35Version"),
        _ => (description.min_platform, "minPlatformVersion"),
    };
    base.min_platform = optional(min_platform, attribute, path, problems);
    base.client_version = optional(description.client_version, "clientVersion", path, problems);
    base.product_id = description.app_id.or(base.product_id.take());
    if let Some(name) = description.app_name {
        base.product = name;
    }
    base.updates_path = description.updates_path;
    base.notes_link = description.versions_link;
    base.support_link = description.support_link;
    base.app_links = AppLinks { update: description.apk_update_link, store: description.play_apk_link };
}

fn optional(stated: Stated, attribute: &str, path: &str, problems: &mut Vec<Problem>) -> Option<Version> {
    match stated? {
        Ok(version) => Some(version),
        Err(error) => {
            let fault = Fault::OptionalVersion { attribute: attribute.to_owned(), error };
            problems.push(Problem { path: path.to_owned(), fault });
            None
        }
    }
}

fn take_devices(base: &mut Base, folder: &Folder<'_>, problems: &mut Vec<Problem>) {
    let found = match folder.sub_folder(CONNECTIONS) {
        None => devices::Devices::default(),
        Some(Err(detail)) => devices::Devices { incomplete: Some(detail), ..devices::Devices::default() },
        Some(Ok(dir)) => devices::list(&dir),
    };
    base.devices = found.devices;
    base.devices_incomplete = found.incomplete.is_some();
    if let Some(detail) = found.incomplete.or(found.dates_incomplete) {
        problems
            .push(Problem { path: folder.windows_path_of(CONNECTIONS), fault: Fault::Devices { detail } });
    }
}

fn take_tag(base: &mut Base, folder: &Folder<'_>, problems: &mut Vec<Problem>) {
    let name = base_settings::CUSTOM_SETTINGS;
    match folder.read(name).and_then(|bytes| base_settings::tag(&bytes)) {
        Ok(tag) => base.tag = tag,
        Err(FileFault::Missing { .. }) => {}
        Err(fault) => {
            problems.push(Problem { path: folder.windows_path_of(name), fault: Fault::File(fault) });
        }
    }
}

fn has_exchange_connector(folder: &Folder<'_>, problems: &mut Vec<Problem>) -> bool {
    if folder.names_internet_exchange() {
        return true;
    }
    let mut found = false;
    for name in folder.connectivity_names() {
        let mentioned = folder
            .read(&name)
            .and_then(|bytes| base_settings::connectivity_mentions_internet_exchange(&bytes, &name));
        match mentioned {
            Ok(mentioned) => found |= mentioned,
            Err(fault) => {
                problems.push(Problem { path: folder.windows_path_of(&name), fault: Fault::File(fault) });
            }
        }
    }
    found
}

fn is_cloud_product(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    name.starts_with("облако") || name.contains("облачный обмен")
}
