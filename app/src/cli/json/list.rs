//! `list --json`.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;
use smarts_core::devices::app::{self, Basis};
use smarts_core::machine::{Base, Kind, Machine, System};
use smarts_core::version::Version;

use super::Problem;
use crate::i18n::Texts;

/// The document.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct List {
    platform: Option<Installed>,
    updater: Option<Installed>,
    bases: Vec<ListedBase>,
    problems: Vec<Problem>,
}

/// The platform, or this program.
#[derive(Debug, Serialize)]
struct Installed {
    version: Version,
    install_dir: Option<String>,
}

#[derive(Debug, Serialize)]
struct ListedBase {
    id: String,
    name: String,
    product_id: Option<String>,
    product: String,
    version: Option<Version>,
    kind: &'static str,
    folder: String,
    min_platform: Option<Version>,
    devices: Vec<ListedDevice>,
    /// Why the base is damaged, in words.
    damage: Option<String>,
    /// The first connection of a device since the last update, within two weeks of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    first_connection: Option<Connection>,
}

#[derive(Debug, Serialize)]
struct Connection {
    device: String,
    at: String,
}

#[derive(Debug, Serialize)]
struct ListedDevice {
    id: String,
    last_seen: Option<Date>,
    system: Option<System>,
    app: Option<Version>,
    /// `stated`, or assumed from the `base` or the `platform`.
    app_basis: Option<Basis>,
}

impl List {
    pub(in crate::cli) fn of(machine: &Machine, texts: &Texts) -> Self {
        let platform = machine.platform.as_ref().map(|platform| Installed {
            version: platform.version,
            install_dir: platform.install_dir.clone(),
        });
        let updater = machine
            .updater
            .as_ref()
            .map(|updater| Installed { version: updater.version, install_dir: updater.install_dir.clone() });
        Self {
            platform,
            updater,
            bases: machine.bases.iter().map(|base| ListedBase::of(base, machine, texts)).collect(),
            problems: super::machine_problems(&machine.problems, texts),
        }
    }
}

impl ListedBase {
    fn of(base: &Base, machine: &Machine, texts: &Texts) -> Self {
        let zone = TimeZone::system();
        let day = |time: jiff::Timestamp| time.to_zoned(zone.clone()).date();
        let devices = base.devices.iter().map(|device| {
            let app = app::of(device, base, machine.platform.as_ref());
            ListedDevice {
                id: device.id.clone(),
                last_seen: device.last_seen.map(day),
                system: device.system,
                app: app.map(|app| app.version),
                app_basis: app.map(|app| app.basis),
            }
        });
        let damage = match &base.kind {
            Kind::Damaged(damage) => Some(texts.damage(damage)),
            Kind::Local | Kind::InternetExchange | Kind::Remote | Kind::Cloud => None,
        };
        Self {
            id: base.id.clone(),
            name: base.name.clone(),
            product_id: base.product_id.clone(),
            product: base.product.clone(),
            version: base.version,
            kind: kind(&base.kind),
            folder: base.folder.clone(),
            min_platform: base.min_platform,
            devices: devices.collect(),
            damage,
            first_connection: machine
                .first_connection(&base.id)
                .map(|first| Connection { device: first.device.clone(), at: super::time(first.at) }),
        }
    }
}

/// The contract's word for a kind of base.
fn kind(kind: &Kind) -> &'static str {
    match kind {
        Kind::Local => "local",
        Kind::InternetExchange => "internet_exchange",
        Kind::Remote => "remote",
        Kind::Cloud => "cloud",
        Kind::Damaged(_) => "damaged",
    }
}
