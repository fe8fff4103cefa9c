//! The devices as a table: the same columns for the command line and for the window.
//!
//! Deliberately not here: which devices, and in which order; the overview says.

use std::io::Write;

use csv::{Terminator, WriterBuilder};
use i18n_embed_fl::fl;
use jiff::tz::TimeZone;
use smarts_core::devices::Compatibility;
use smarts_core::devices::app::App;
use smarts_core::devices::overview::{DeviceState, Followed, Offered, Overview};
use smarts_core::machine::System;
use smarts_core::subscription::neutral;

use crate::error::chain;
use crate::i18n::Texts;

/// So many columns has the table for people.
pub(crate) const COLUMNS: usize = 8;

/// The headings of the table for people.
pub(crate) fn headings(texts: &Texts) -> [String; COLUMNS] {
    let loader = &texts.loader;
    [
        fl!(loader, "cli-devices-device"),
        fl!(loader, "cli-devices-app"),
        fl!(loader, "cli-devices-now"),
        fl!(loader, "cli-devices-next"),
        fl!(loader, "cli-devices-offered"),
        fl!(loader, "cli-devices-seen"),
        fl!(loader, "cli-devices-followed"),
        fl!(loader, "cli-devices-system"),
    ]
}

/// A line of the table for people, below [`headings`].
pub(crate) fn cells(device: &DeviceState, texts: &Texts, zone: &TimeZone) -> [String; COLUMNS] {
    let loader = &texts.loader;
    let dash = || "—".to_owned();
    let seen =
        device.last_seen.map(|seen| seen.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string());
    let offered = device.offered.map(|offered| match offered {
        Offered::Staged { version } => {
            fl!(loader, "cli-devices-by-base", version = version.to_string())
        }
        Offered::Platform { version } => {
            fl!(loader, "cli-devices-by-platform", version = version.to_string())
        }
    });
    let followed = device.followed.map(|followed| match followed {
        Followed::Yes => fl!(loader, "cli-devices-followed-yes"),
        Followed::Seen => fl!(loader, "cli-devices-followed-seen"),
        Followed::No => fl!(loader, "cli-devices-followed-no"),
        Followed::NotSeen => fl!(loader, "cli-devices-followed-not-seen"),
    });
    let system = device.system.map(|system| match system {
        System::Android => "Android".to_owned(),
        System::WindowsCe => "Windows CE".to_owned(),
    });
    [
        plain(&device.id),
        device.app.map_or_else(dash, |app| version_of(app, texts)),
        device.now.map_or_else(dash, |now| works(now, texts)),
        device.next.map_or_else(dash, |next| works(next, texts)),
        offered.unwrap_or_else(dash),
        seen.unwrap_or_else(dash),
        followed.unwrap_or_else(dash),
        system.unwrap_or_else(dash),
    ]
}

/// All devices of all bases; the base is in the first columns. No cell is a formula.
pub(crate) fn write<W: Write>(
    overview: &Overview,
    texts: &Texts,
    zone: &TimeZone,
    writer: &mut csv::Writer<W>,
) -> Result<(), csv::Error> {
    let loader = &texts.loader;
    let first = [fl!(loader, "list-base"), fl!(loader, "list-id"), fl!(loader, "list-product")];
    writer.write_record(first.into_iter().chain(headings(texts)))?;
    for base in &overview.bases {
        for device in &base.devices {
            let first = [&base.name, &base.id, &base.product].map(|cell| plain(cell));
            let cells = first.into_iter().chain(cells(device, texts, zone));
            writer.write_record(cells.map(|cell| neutral(&cell)))?;
        }
    }
    writer.flush()?;
    Ok(())
}

/// The same as a spreadsheet of the person's language opens it.
pub fn of(overview: &Overview, texts: &Texts, zone: &TimeZone) -> Vec<u8> {
    let mut builder = WriterBuilder::new();
    builder.delimiter(b';').terminator(Terminator::CRLF);
    let mut bytes = b"\xef\xbb\xbf".to_vec();
    let written = write(overview, texts, zone, &mut builder.from_writer(&mut bytes));
    if let Err(error) = written {
        // Memory does not fail, and every line has as many cells.
        tracing::error!(error = chain(&error), "The table of devices is cut off");
    }
    bytes
}

fn version_of(app: App, texts: &Texts) -> String {
    let version = app.version.to_string();
    if app.is_assumed() { fl!(texts.loader, "cli-devices-assumed", version = version) } else { version }
}

fn works(compatibility: Compatibility, texts: &Texts) -> String {
    match compatibility {
        Compatibility::Matches => fl!(texts.loader, "cli-devices-matches"),
        Compatibility::AppNewer => fl!(texts.loader, "cli-devices-newer"),
        Compatibility::AppTooOld => fl!(texts.loader, "cli-devices-too-old"),
    }
}

fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use smarts_core::devices::app::Basis;
    use smarts_core::devices::overview::{BaseDevices, Newest};
    use smarts_core::machine::AppLinks;

    use super::*;
    use crate::i18n::Language;

    fn overview() -> Overview {
        let app = App { version: "3.3.0.28766".parse().unwrap(), basis: Basis::Stated };
        let device = |id: &str, app: Option<App>| DeviceState {
            id: id.to_owned(),
            last_seen: app.map(|_| "2026-11-20T09:15:00Z".parse().unwrap()),
            system: app.map(|_| System::WindowsCe),
            app,
            now: app.map(|_| Compatibility::Matches),
            next: app.map(|_| Compatibility::AppTooOld),
            offered: app.map(|_| Offered::Platform { version: "3.4.46.40367".parse().unwrap() }),
            followed: app.map(|_| Followed::NotSeen),
        };
        let base = BaseDevices {
            id: "main".to_owned(),
            name: "=Склад; \"главный\"".to_owned(),
            product: "Склад 15".to_owned(),
            devices: vec![device("ТСД\n1", Some(app)), device("+2", None)],
            is_incomplete: false,
            staged: None,
            newest: Newest::NotAsked,
            links: AppLinks::default(),
        };
        Overview { bases: vec![base], ..Overview::default() }
    }

    #[test]
    fn a_spreadsheet_opens_the_table_with_every_device_and_no_formula() {
        let texts = Texts::new(Language::Ru).unwrap();
        let text = String::from_utf8(of(&overview(), &texts, &TimeZone::UTC)).unwrap();
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert!(lines[0].starts_with("\u{FEFF}База Mobile SMARTS;Код;Продукт;ТСД;Приложение;"), "{lines:?}");
        let base = "\"'=Склад; \"\"главный\"\"\";main;Склад 15";
        let known = "ТСД 1;3.3.0.28766;работает;не подключится;3.4.46.40367, с платформой;2026-11-20 09:15;\
                     ещё не появлялся;Windows CE";
        assert_eq!(
            lines[1..],
            [format!("{base};{known}"), format!("{base};'+2;—;—;—;—;—;—;—"), String::new()]
        );
    }
}
