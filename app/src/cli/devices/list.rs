//! `smarts devices list`.

use std::collections::BTreeSet;
use std::io::{self, Write};

use i18n_embed_fl::fl;
use jiff::tz::TimeZone;
use smarts_core::devices::overview::{BaseDevices, DeviceState, Newest, Overview};
use smarts_core::devices::staged::{List, Staged};

use super::overview;
use crate::cli::args::ListDevices;
use crate::cli::json::{self, Problem};
use crate::cli::{Failure, Status, Streams, table};
use crate::devices_csv;
use crate::error::chain;
use crate::i18n::{Texts, sentence};
use crate::session::Session;

/// Prints the devices base by base. Status 0 even if a folder of staged apps is broken: the list itself is whole.
pub(super) fn run(
    session: &Session,
    options: ListDevices,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let machine = session.machine();
    let overview = overview(session, &machine);
    let can_undo = |base_id: &str| {
        let base = machine.base(base_id);
        let last = base.map_or(Ok(None), |base| session.unstageable(base)).unwrap_or_else(|error| {
            tracing::warn!(base = base_id, error = chain(&error), "What was staged last is not known");
            None
        });
        last.is_some()
    };
    if options.json {
        let trust = session.source_facts(&machine).trust;
        json::print(&json::Devices::of(&overview, trust, &can_undo, texts), streams.out)?;
    } else if options.csv {
        let mut writer = csv::Writer::from_writer(&mut *streams.out);
        devices_csv::write(&overview, texts, &TimeZone::system(), &mut writer)
            .map_err(|error| Failure::new(Status::Failed, error.to_string()))?;
    } else {
        print(&overview, &can_undo, texts, streams.out)?;
    }
    Ok(Status::Done)
}

fn print(
    overview: &Overview,
    can_undo: &dyn Fn(&str) -> bool,
    texts: &Texts,
    out: &mut dyn Write,
) -> io::Result<()> {
    let loader = &texts.loader;
    writeln!(out, "{}", server(overview, texts))?;
    if let Some(carried) = overview.carried.as_ref().filter(|carried| !carried.files.is_empty()) {
        let (version, dir) = (carried.version.to_string(), carried.dir.as_str());
        writeln!(out, "{}", fl!(loader, "cli-devices-carried", version = version, dir = dir))?;
    }
    if overview.bases.is_empty() {
        return writeln!(out, "\n{}", fl!(loader, "cli-devices-none"));
    }
    let mut problems = Vec::new();
    let columns = columns(overview);
    for base in &overview.bases {
        print_base(base, columns, can_undo(&base.id), texts, out)?;
        problems.extend(base.staged.iter().flat_map(|staged| problems_of(staged, texts)));
    }
    writeln!(out)?;
    for line in ways(overview, texts) {
        writeln!(out, "{line}")?;
    }
    table::print_problems(&problems, texts, out)
}

fn server(overview: &Overview, texts: &Texts) -> String {
    let loader = &texts.loader;
    match (overview.server, overview.next_server) {
        (Some(server), Some(next)) => {
            fl!(loader, "cli-devices-server-next", server = server.to_string(), next = next.to_string())
        }
        (Some(server), None) => fl!(loader, "cli-devices-server", server = server.to_string()),
        (None, _) => fl!(loader, "cli-devices-no-server"),
    }
}

/// Which columns of the table say anything of any device; the same for all bases.
fn columns(overview: &Overview) -> [bool; devices_csv::COLUMNS] {
    let any = |says: fn(&DeviceState) -> bool| overview.bases.iter().flat_map(|base| &base.devices).any(says);
    [
        true,
        true,
        any(|device| device.now.is_some()),
        any(|device| device.next.is_some()),
        any(|device| device.offered.is_some()),
        any(|device| device.last_seen.is_some()),
        any(|device| device.followed.is_some()),
        any(|device| device.system.is_some()),
    ]
}

fn print_base(
    base: &BaseDevices,
    columns: [bool; devices_csv::COLUMNS],
    can_undo: bool,
    texts: &Texts,
    out: &mut dyn Write,
) -> io::Result<()> {
    let loader = &texts.loader;
    writeln!(out, "\n{}", fl!(loader, "cli-devices-base", name = base.name.as_str(), id = base.id.as_str()))?;
    if base.devices.is_empty() {
        writeln!(out, "{}", fl!(loader, "cli-devices-base-none"))?;
    } else {
        let zone = TimeZone::system();
        let kept = |cells: [String; devices_csv::COLUMNS]| -> Vec<String> {
            cells.into_iter().zip(columns).filter_map(|(cell, is_kept)| is_kept.then_some(cell)).collect()
        };
        let rows = base.devices.iter().map(|device| kept(devices_csv::cells(device, texts, &zone)));
        table::print(kept(devices_csv::headings(texts)), rows, out)?;
    }
    if base.is_incomplete {
        writeln!(out, "{}", fl!(loader, "cli-devices-incomplete"))?;
    }
    let stopping = base.devices.iter().filter(|device| device.stops()).count();
    if stopping > 0 {
        writeln!(out, "{}", fl!(loader, "cli-devices-stopping", count = stopping))?;
    }
    if let Some(staged) = &base.staged {
        for line in staged_lines(staged, texts) {
            writeln!(out, "{line}")?;
        }
    }
    if can_undo {
        writeln!(out, "{}", fl!(loader, "cli-devices-can-undo", id = base.id.as_str()))?;
    }
    writeln!(out, "{}", newest(base, texts))
}

fn staged_lines(staged: &Staged, texts: &Texts) -> Vec<String> {
    let loader = &texts.loader;
    if matches!(staged.list, List::Broken(_)) {
        return vec![fl!(loader, "cli-devices-list-broken")];
    }
    let usable = staged.apps.iter().filter_map(|app| Some((app, app.content.as_ref().ok()?)));
    let mut lines: Vec<String> = usable
        .map(|(app, content)| {
            let file = content.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let (version, size) = (app.version.to_string(), texts.size(content.size));
            fl!(loader, "cli-devices-staged", version = version, file = file, size = size)
        })
        .collect();
    if lines.is_empty() {
        lines.push(fl!(loader, "cli-devices-nothing-staged"));
    }
    lines
}

fn newest(base: &BaseDevices, texts: &Texts) -> String {
    let loader = &texts.loader;
    match &base.newest {
        Newest::NotAsked => fl!(loader, "cli-devices-newest-not-asked"),
        Newest::None => fl!(loader, "cli-devices-newest-none"),
        Newest::Release(release) => {
            let version = release.version.to_string();
            match release.date {
                Some(date) => {
                    fl!(loader, "cli-devices-newest-date", version = version, date = texts.date(date))
                }
                None => fl!(loader, "cli-devices-newest", version = version),
            }
        }
        Newest::Unknown(error) => {
            fl!(loader, "cli-devices-newest-unknown", reason = texts.catalogue_fault(&error.fault))
        }
    }
}

/// What a device does for itself, and where people are sent.
fn ways(overview: &Overview, texts: &Texts) -> Vec<String> {
    let loader = &texts.loader;
    let update = addresses(overview, |base| base.links.update.as_ref());
    let store = addresses(overview, |base| base.links.store.as_ref());
    let told = [
        update.map(|link| fl!(loader, "cli-devices-link-update", link = link)),
        store.map(|link| fl!(loader, "cli-devices-link-store", link = link)),
    ];
    std::iter::once(fl!(loader, "cli-devices-ways")).chain(told.into_iter().flatten()).collect()
}

/// Each once.
fn addresses(overview: &Overview, of: fn(&BaseDevices) -> Option<&String>) -> Option<String> {
    let all: BTreeSet<&str> = overview.bases.iter().filter_map(of).map(String::as_str).collect();
    (!all.is_empty()).then(|| all.into_iter().collect::<Vec<_>>().join(", "))
}

/// What is wrong in a folder of staged apps, with its place.
fn problems_of(staged: &Staged, texts: &Texts) -> Vec<Problem> {
    let list = || staged.dir.join(smarts_core::catalogue::versions_xml::FILE).display().to_string();
    let of_list = |fault| Problem { path: list(), message: texts.catalogue_fault(fault) };
    let mut problems: Vec<Problem> = match &staged.list {
        List::Missing => Vec::new(),
        List::Broken(fault) => vec![of_list(fault)],
        List::Read { refused } => refused.iter().map(of_list).collect(),
    };
    let unusable = staged.apps.iter().filter_map(|app| Some((app, app.content.as_ref().err()?)));
    problems.extend(unusable.map(|(app, why)| Problem {
        path: staged.dir.join(&app.folder).display().to_string(),
        message: sentence(&texts.app_unusable(why)),
    }));
    problems.extend(staged.unlisted.iter().map(|app| Problem {
        path: staged.dir.join(&app.folder).display().to_string(),
        message: fl!(texts.loader, "cli-devices-unlisted"),
    }));
    problems
}
