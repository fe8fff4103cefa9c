//! The demo's machine: a folder that stands for a PC, with a platform, a base of every kind, and devices whose
//! subscriptions are in every state.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use smarts_core::os::COMPUTER_NAME_KEY;
use smarts_core::paths;
use smarts_core::subscription::{self, Record};

use super::content::{Base, Content, End, Kind, Subscription};
use super::{files, signed};

/// What the PC is called.
const COMPUTER: &str = "SKLAD-PC";

/// Writes the machine into an empty folder: one that believes the demo's source and nothing else. `now` is
/// what the devices' last visits and the ends of subscriptions are counted from.
pub(super) fn write(root: &Path, content: &Content, now: SystemTime) -> io::Result<()> {
    let registry = format!(
        "Windows Registry Editor Version 5.00\r\n\r\n\
         [HKEY_LOCAL_MACHINE\\SOFTWARE\\Wow6432Node\\Cleverence Soft\\Mobile SMARTS]\r\n\
         \"Version\"=\"{}\"\r\n\
         \"InstallDir\"=\"C:\\\\Program Files (x86)\\\\Cleverence Soft\\\\Mobile SMARTS\"\r\n\r\n\
         [{COMPUTER_NAME_KEY}]\r\n\"ComputerName\"=\"{COMPUTER}\"\r\n",
        content.platform.version
    );
    fs::create_dir_all(root)?;
    fs::write(root.join("registry.reg"), registry)?;
    let machine_wide = host_path(root, paths::MACHINE_WIDE);
    write_file(&machine_wide, "root.json", signed::ROOT)?;
    write_file(&machine_wide, "subscriptions.csv", &subscriptions(&content.subscriptions, now)?)?;
    let common = host_path(root, r"C:\ProgramData\Cleverence\Common");
    fs::create_dir_all(common.join("Templates"))?;
    let entries: String = content.bases.iter().map(entry).collect();
    let list = format!(
        "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<AppInstances>\n{entries}</AppInstances>\n"
    );
    fs::write(common.join("apps.xml"), list)?;
    let carried = host_path(root, r"C:\Program Files (x86)\Cleverence Soft\Mobile SMARTS\Client Installer");
    write_file(&carried, "MobileSMARTS.WM.cab", b"MSCF")?;
    content.bases.iter().try_for_each(|base| write_base(root, content, base, now))
}

/// The day that is so many days from now.
fn day(now: SystemTime, days: i64) -> io::Result<Date> {
    let now = Timestamp::try_from(now).map_err(io::Error::other)?;
    now.to_zoned(TimeZone::system()).date().checked_add(days.days()).map_err(io::Error::other)
}

/// The list of subscriptions as this program keeps it.
fn subscriptions(made: &[Subscription], now: SystemTime) -> io::Result<Vec<u8>> {
    let records = made.iter().map(|one| {
        let until = match &one.end {
            End::Until(day) => day.clone(),
            End::DaysLeft(days) => day(now, *days)?.to_string(),
        };
        Record::of(&one.device, &one.product, &until, &one.licence, &one.note).map_err(io::Error::other)
    });
    subscription::to_csv(&records.collect::<io::Result<Vec<_>>>()?)
}

fn entry(base: &Base) -> String {
    format!(
        "  <AppInstance id=\"{}\" name=\"{}\" folder=\"{}\" appId=\"\" comment=\"\"/>\n",
        files::escaped(&base.id),
        files::escaped(&base.name),
        files::escaped(&base.folder)
    )
}

fn write_base(root: &Path, content: &Content, base: &Base, now: SystemTime) -> io::Result<()> {
    let dir = host_path(root, &base.folder);
    let feed = content.product(&base.product).map_or("", |product| product.feed.as_str());
    let described =
        files::app_description(feed, &base.product, &base.version, None, base.client_version.as_deref());
    // Cut as by a full disk.
    let length = if base.kind == Kind::Damaged { described.len() / 2 } else { described.len() };
    write_file(&dir, "AppDescription.xml", &described.as_bytes()[..length])?;
    write_file(&dir, "settings.xml", files::settings(base).as_bytes())?;
    for (path, text) in files::replaced(&base.version).into_iter().chain(files::kept(base)) {
        write_file(&dir, &path, text.as_bytes())?;
    }
    let end = base.licence_days_left.map(|days| day(now, days)).transpose()?;
    let end = end.map(|day| day.strftime("%d.%m.%Y").to_string());
    let licence = files::licence(base, &content.company, end.as_deref());
    write_file(&dir, "Licenses/lic1.xml", licence.as_bytes())?;
    write_file(&dir, "Documentation/Руководство.pdf", &files::filler(1024 * 1024, &base.version))?;
    for (path, bytes) in base.app_staged.iter().flat_map(|version| files::staged(version)) {
        write_file(&dir, &path, &bytes)?;
    }
    for device in &base.devices {
        let seen = now - Duration::from_secs(device.hours_ago * 3600);
        let folder = dir.join("Connections").join(&device.id);
        fs::create_dir_all(&folder)?;
        if let Some(text) = files::device(device) {
            write_file(&folder, "client.xml", text.as_bytes())?;
            filetime::set_file_mtime(folder.join("client.xml"), seen.into())?;
        }
        // A folder, which the standard library opens for writing on no system.
        filetime::set_file_mtime(&folder, seen.into())?;
    }
    Ok(())
}

fn write_file(dir: &Path, path: &str, bytes: &[u8]) -> io::Result<()> {
    let path = dir.join(path);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes)
}

/// Where a Windows path of the demo's own lies below the root.
fn host_path(root: &Path, windows_path: &str) -> PathBuf {
    windows_path.split('\\').fold(root.to_path_buf(), |path, part| path.join(part.trim_end_matches(':')))
}
