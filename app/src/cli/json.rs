//! The JSON of the command line: a contract with scripts. Fields may be added, never renamed.

use std::io::{self, Write};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;
use smarts_core::check::Report;
use smarts_core::journal;
use smarts_core::machine::{self, Base, Kind, Machine};
use smarts_core::offer::{Item, State, Subject};
use smarts_core::source::Trust;
use smarts_core::verify::{self, Proof};
use smarts_core::version::Version;

use crate::i18n::Texts;

/// Prints a document for scripts.
pub(super) fn print(document: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let text = serde_json::to_string_pretty(document)?;
    writeln!(out, "{text}")
}

/// `list --json`.
#[derive(Debug, Serialize)]
pub(super) struct List {
    platform: Option<Platform>,
    bases: Vec<ListedBase>,
    problems: Vec<Problem>,
}

#[derive(Debug, Serialize)]
struct Platform {
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
}

#[derive(Debug, Serialize)]
struct ListedDevice {
    id: String,
    last_seen: Option<Date>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Problem {
    pub(super) path: String,
    pub(super) message: String,
}

/// `check --json`.
#[derive(Debug, Serialize)]
#[expect(clippy::struct_field_names, reason = "the names are the contract's")]
pub(super) struct Checked {
    checked_at: String,
    source: Source,
    items: Vec<CheckedItem>,
    problems: Vec<Problem>,
}

#[derive(Debug, Serialize)]
struct Source {
    root: String,
    trust: Trust,
    expires: Option<String>,
}

#[derive(Debug, Serialize)]
struct CheckedItem {
    id: String,
    kind: Subject,
    name: String,
    product: Option<String>,
    installed: Option<Version>,
    available: Option<Version>,
    released: Option<Date>,
    steps: Vec<Version>,
    covered: Option<Version>,
    state: &'static str,
    blocks: Vec<Reason>,
    warnings: Vec<Reason>,
    notes: String,
    size: Option<u64>,
    proof: Option<Proof>,
}

#[derive(Debug, Serialize)]
#[expect(clippy::struct_field_names, reason = "the names are the contract's")]
struct Reason {
    reason: &'static str,
    detail: String,
    devices: Vec<String>,
}

/// `history --json`.
#[derive(Debug, Serialize)]
pub(super) struct History {
    entries: Vec<HistoryEntry>,
    /// Lines of the journal that are no entry this program knows.
    skipped_lines: u64,
}

#[derive(Debug, Serialize)]
struct HistoryEntry {
    time: String,
    level: &'static str,
    /// The journal's; entries of the event log will name theirs.
    source: &'static str,
    /// Of the event log; the journal has none.
    event_id: Option<u32>,
    events: Vec<u32>,
    category: Option<String>,
    computer: String,
    product: Option<String>,
    from: Option<Version>,
    to: Option<Version>,
    user: String,
    result: journal::What,
    id: String,
    name: String,
    file: String,
    sha256: String,
    proof: Proof,
    detail: String,
    backup_dir: Option<String>,
}

/// `download --json`.
#[derive(Debug, Serialize)]
pub(super) struct Downloaded {
    pub(super) id: String,
    pub(super) files: Vec<DownloadedFile>,
}

#[derive(Debug, Serialize)]
pub(super) struct DownloadedFile {
    pub(super) version: Version,
    pub(super) path: String,
    pub(super) size: u64,
    pub(super) sha256: String,
    pub(super) proof: Proof,
}

impl List {
    pub(super) fn of(machine: &Machine, texts: &Texts) -> Self {
        let platform = machine.platform.as_ref().map(|platform| Platform {
            version: platform.version,
            install_dir: platform.install_dir.clone(),
        });
        Self {
            platform,
            bases: machine.bases.iter().map(|base| ListedBase::of(base, texts)).collect(),
            problems: machine_problems(machine, texts),
        }
    }
}

impl ListedBase {
    fn of(base: &Base, texts: &Texts) -> Self {
        let zone = TimeZone::system();
        let day = |time: jiff::Timestamp| time.to_zoned(zone.clone()).date();
        let devices = base
            .devices
            .iter()
            .map(|device| ListedDevice { id: device.id.clone(), last_seen: device.last_seen.map(day) });
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
        }
    }
}

/// The contract's word for a kind of base.
pub(super) fn kind(kind: &Kind) -> &'static str {
    match kind {
        Kind::Local => "local",
        Kind::InternetExchange => "internet_exchange",
        Kind::Remote => "remote",
        Kind::Cloud => "cloud",
        Kind::Damaged(_) => "damaged",
    }
}

impl Checked {
    pub(super) fn of(report: &Report, texts: &Texts) -> Self {
        let source = Source {
            root: report.source.root.clone(),
            trust: report.source.trust,
            expires: report.source.expires.map(time),
        };
        Self {
            checked_at: time(report.checked_at),
            items: report
                .items
                .iter()
                .map(|item| CheckedItem::of(item, report.source.trust, texts))
                .collect(),
            problems: problems(report, texts),
            source,
        }
    }
}

/// A moment with the PC's offset (RFC 3339).
fn time(time: jiff::Timestamp) -> String {
    time.to_zoned(TimeZone::system()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// The problems of a machine, in words.
pub(super) fn machine_problems(machine: &Machine, texts: &Texts) -> Vec<Problem> {
    let words = |problem: &machine::Problem| Problem {
        path: problem.path.clone(),
        message: texts.machine_fault(&problem.fault),
    };
    machine.problems.iter().map(words).collect()
}

/// The problems of a report, in words.
pub(super) fn problems(report: &Report, texts: &Texts) -> Vec<Problem> {
    let words = |problem| {
        let (path, message) = texts.problem(problem);
        Problem { path, message }
    };
    report.problems.iter().map(words).collect()
}

impl CheckedItem {
    fn of(item: &Item, trust: Trust, texts: &Texts) -> Self {
        let offer = item.offer();
        let release = offer.and_then(|offer| offer.release());
        let files = || offer.iter().flat_map(|offer| &offer.steps).map(|release| release.file.as_ref());
        let size = files().map(|file| file.and_then(|file| file.size)).sum::<Option<u64>>();
        Self {
            id: item.id.clone(),
            kind: item.subject,
            name: item.name.clone(),
            product: item.product.clone(),
            installed: item.installed,
            available: release.map(|release| release.version),
            released: release.and_then(|release| release.date),
            steps: offer.map_or_else(Vec::new, |offer| offer.steps.iter().map(|step| step.version).collect()),
            covered: item.covered,
            state: state(&item.state),
            blocks: blocks(&item.state, texts),
            warnings: warnings(item, texts),
            notes: offer.map_or_else(String::new, |offer| texts.notes(&offer.notes)),
            size: size.filter(|_| offer.is_some()),
            // The weakest of all the files on the way.
            proof: files().flatten().map(|file| verify::expected_proof(file, trust)).max(),
        }
    }
}

/// The contract's word for a state.
pub(super) fn state(state: &State) -> &'static str {
    match state {
        State::UpToDate => "up_to_date",
        State::Available { .. } => "available",
        State::Blocked { .. } => "blocked",
        State::NotManaged { .. } => "not_managed",
        State::Unknown { .. } => "unknown",
    }
}

fn blocks(state: &State, texts: &Texts) -> Vec<Reason> {
    let reason = |reason, detail| Reason { reason, detail, devices: Vec::new() };
    match state {
        State::UpToDate | State::Available { .. } => Vec::new(),
        State::Blocked { blocks, .. } => {
            blocks.iter().map(|block| reason(words::block(block), texts.block(block))).collect()
        }
        State::NotManaged { reason: why } => vec![reason(words::not_managed(why), texts.not_managed(why))],
        State::Unknown { reason: why } => vec![reason(words::unknown(why), texts.unknown(why))],
    }
}

fn warnings(item: &Item, texts: &Texts) -> Vec<Reason> {
    let reason = |warning| Reason {
        reason: words::warning(warning),
        detail: texts.warning(warning),
        devices: words::devices(warning),
    };
    item.warnings.iter().map(reason).collect()
}

impl History {
    pub(super) fn of(journal: journal::Journal) -> Self {
        let entries = journal.entries.into_iter().map(HistoryEntry::of).collect();
        Self { entries, skipped_lines: journal.skipped }
    }
}

impl HistoryEntry {
    fn of(entry: journal::Entry) -> Self {
        let level = match entry.what {
            journal::What::Begun
            | journal::What::Updated
            | journal::What::WizardRun
            | journal::What::RebootPending
            | journal::What::Cancelled => "information",
            journal::What::Failed | journal::What::Undone | journal::What::NotUndone => "error",
        };
        Self {
            time: time(entry.time),
            level,
            source: "MobileSMARTSUpdater",
            event_id: None,
            events: Vec::new(),
            category: None,
            computer: entry.computer,
            product: entry.product,
            from: entry.from,
            to: entry.to,
            user: entry.user,
            result: entry.what,
            id: entry.subject,
            name: entry.name,
            file: entry.file,
            sha256: entry.sha256.to_string(),
            proof: entry.proof,
            detail: entry.detail,
            backup_dir: entry.backup_dir,
        }
    }
}

/// The contract's words for reasons.
mod words {
    use smarts_core::offer::{Block, NotManaged, Unknown, Warning};

    pub(super) fn block(block: &Block) -> &'static str {
        match block {
            Block::NoFile { .. } => "no_file",
        }
    }

    pub(super) fn not_managed(reason: &NotManaged) -> &'static str {
        match reason {
            NotManaged::Cloud => "cloud",
            NotManaged::Remote => "remote",
            NotManaged::Damaged { .. } => "damaged",
            NotManaged::SwitchedOff => "switched_off",
        }
    }

    pub(super) fn unknown(reason: &Unknown) -> &'static str {
        match reason {
            Unknown::Catalogue { .. } | Unknown::Unread { .. } | Unknown::IncompleteList => {
                "source_unreadable"
            }
            Unknown::Platform { .. } => "machine_unreadable",
            Unknown::UnsafeFeed { .. } => "updates_path_refused",
            Unknown::NoFeed => "product_unknown",
        }
    }

    pub(super) fn warning(warning: &Warning) -> &'static str {
        match warning {
            Warning::NeedsPlatform { .. } => "needs_platform",
            Warning::DevicesStop { .. } => "devices_stop",
            Warning::Unreachable { .. } => "unreachable",
        }
    }

    pub(super) fn devices(warning: &Warning) -> Vec<String> {
        match warning {
            Warning::DevicesStop { devices, .. } => devices.clone(),
            Warning::NeedsPlatform { .. } | Warning::Unreachable { .. } => Vec::new(),
        }
    }
}
