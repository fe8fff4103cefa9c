//! `devices list --json`.

use serde::Serialize;
use smarts_core::catalogue::Release;
use smarts_core::devices::Compatibility;
use smarts_core::devices::app::Basis;
use smarts_core::devices::carried;
use smarts_core::devices::overview::{self, BaseDevices, DeviceState, Followed, Offered, Overview};
use smarts_core::devices::staged::{self, List, StagedApp};
use smarts_core::machine::System;
use smarts_core::source::Trust;
use smarts_core::verify::{self, Proof};
use smarts_core::version::Version;

use crate::i18n::Texts;

/// The document.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct Devices {
    server: Option<Version>,
    next_server: Option<Version>,
    platform_updated_at: Option<String>,
    carried: Option<Carried>,
    bases: Vec<Base>,
}

#[derive(Debug, Serialize)]
struct Carried {
    dir: String,
    version: Version,
    /// No file states it.
    assumed: bool,
    files: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Base {
    id: String,
    name: String,
    product: String,
    /// There may be more devices.
    incomplete: bool,
    staged: Option<Staged>,
    can_undo: bool,
    newest: Newest,
    links: Links,
    devices: Vec<Device>,
}

#[derive(Debug, Serialize)]
struct Links {
    update: Option<String>,
    store: Option<String>,
}

#[derive(Debug, Serialize)]
struct Staged {
    dir: String,
    list: &'static str,
    problem: Option<String>,
    apps: Vec<App>,
    unlisted: Vec<String>,
}

#[derive(Debug, Serialize)]
struct App {
    version: Version,
    file: Option<String>,
    size: Option<u64>,
    package: Option<String>,
    version_code: Option<u64>,
    text: Option<String>,
    problem: Option<String>,
}

#[derive(Debug, Default, Serialize)]
struct Newest {
    state: &'static str,
    version: Option<Version>,
    date: Option<String>,
    proof: Option<Proof>,
    problem: Option<String>,
}

#[derive(Debug, Serialize)]
struct Device {
    id: String,
    last_seen: Option<String>,
    system: Option<System>,
    app: Option<Version>,
    app_basis: Option<Basis>,
    compatible: Option<Compatibility>,
    compatible_after_update: Option<Compatibility>,
    stops: bool,
    offered: Option<Offered>,
    followed: Option<Followed>,
}

impl Devices {
    /// `trust`: of the source that was asked. `can_undo`: whether what was staged last for a base can be taken back.
    pub(in crate::cli) fn of(
        overview: &Overview,
        trust: Trust,
        can_undo: &dyn Fn(&str) -> bool,
        texts: &Texts,
    ) -> Self {
        let base = |base: &BaseDevices| Base {
            id: base.id.clone(),
            name: base.name.clone(),
            product: base.product.clone(),
            incomplete: base.is_incomplete,
            staged: base.staged.as_ref().map(|staged| Staged::of(staged, texts)),
            can_undo: can_undo(&base.id),
            newest: Newest::of(&base.newest, trust, texts),
            links: Links { update: base.links.update.clone(), store: base.links.store.clone() },
            devices: base.devices.iter().map(Device::of).collect(),
        };
        Self {
            server: overview.server,
            next_server: overview.next_server,
            platform_updated_at: overview.updated_at.map(super::time),
            carried: overview.carried.as_ref().map(Carried::of),
            bases: overview.bases.iter().map(base).collect(),
        }
    }
}

impl Carried {
    fn of(carried: &carried::Carried) -> Self {
        let carried::Carried { dir, version, files } = carried.clone();
        Self { dir, version, assumed: true, files }
    }
}

impl Staged {
    fn of(staged: &staged::Staged, texts: &Texts) -> Self {
        let (list, problem) = match &staged.list {
            List::Missing => ("missing", None),
            List::Broken(fault) => ("broken", Some(texts.catalogue_fault(fault))),
            List::Read { refused } => {
                let faults: Vec<String> = refused.iter().map(|fault| texts.catalogue_fault(fault)).collect();
                ("read", (!faults.is_empty()).then(|| faults.join("; ")))
            }
        };
        Self {
            dir: staged.dir.display().to_string(),
            list,
            problem,
            apps: staged.apps.iter().map(|app| App::of(app, texts)).collect(),
            unlisted: staged.unlisted.iter().map(|app| app.folder.clone()).collect(),
        }
    }
}

impl App {
    fn of(app: &StagedApp, texts: &Texts) -> Self {
        let content = app.content.as_ref().ok();
        Self {
            version: app.version,
            file: content.map(|content| content.path.display().to_string()),
            size: content.map(|content| content.size),
            package: content.map(|content| content.apk.package.clone()),
            version_code: content.and_then(|content| content.apk.version_code),
            text: content.map(|content| content.text.clone()),
            problem: app.content.as_ref().err().map(|why| texts.app_unusable(why)),
        }
    }
}

impl Newest {
    fn of(newest: &overview::Newest, trust: Trust, texts: &Texts) -> Self {
        match newest {
            overview::Newest::NotAsked => Self { state: "not_asked", ..Self::default() },
            overview::Newest::None => Self { state: "none", ..Self::default() },
            overview::Newest::Release(release) => Self::of_release(release, trust),
            overview::Newest::Unknown(error) => Self {
                state: "unknown",
                problem: Some(texts.catalogue_fault(&error.fault)),
                ..Self::default()
            },
        }
    }

    fn of_release(release: &Release, trust: Trust) -> Self {
        Self {
            state: "available",
            version: Some(release.version),
            date: release.date.map(|date| date.to_string()),
            proof: release.file.as_ref().map(|file| verify::expected_proof(file, trust)),
            problem: None,
        }
    }
}

impl Device {
    fn of(device: &DeviceState) -> Self {
        Self {
            id: device.id.clone(),
            last_seen: device.last_seen.map(super::time),
            system: device.system,
            app: device.app.map(|app| app.version),
            app_basis: device.app.map(|app| app.basis),
            compatible: device.now,
            compatible_after_update: device.next,
            stops: device.stops(),
            offered: device.offered,
            followed: device.followed,
        }
    }
}
