//! `smarts settings`: all of `settings.toml` by name, and setting it: all values and the trusted root, or nothing of it.
//! The scheduled task follows what was set; where it cannot, what was set stays and the failure is told.
//!
//! The window saves by it, too. Deliberately not here: what a person has chosen for their own window.

mod root;

use i18n_embed_fl::fl;
use serde::Serialize;
use smarts_core::settings::{self, KEYS, Key, SetError, Stored, Value};

use super::args::{Assignment, Settings, SettingsAction, SettingsSet};
use super::{Failure, Status, Streams, json, schedule, table};
use crate::i18n::{Texts, sentence};
use crate::session::{RootFile, Session};

/// `settings --json`.
#[derive(Debug, Serialize)]
struct Shown {
    /// Where all of them are stored.
    path: String,
    /// Whether the file counts: only where administrators alone can write it.
    used: bool,
    settings: Vec<ShownSetting>,
    /// Keys of the file that mean nothing here; they are kept.
    unknown: Vec<String>,
    /// Where the trusted root is stored.
    root_path: String,
    /// Whether nothing counts but what it vouches for.
    signed: bool,
}

#[derive(Debug, Serialize)]
struct ShownSetting {
    key: &'static str,
    /// In force, as `settings set` takes it; `null`: nothing is set, and there is no such default.
    value: Option<String>,
    default: Option<String>,
    /// Whether it stands in the file.
    is_set: bool,
}

/// Carries it out.
pub(super) fn run(
    session: &Session,
    options: &Settings,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    match &options.action {
        None => show(session, options.json, texts, streams),
        Some(SettingsAction::Set(wanted)) => set(session, wanted, texts, streams),
        Some(SettingsAction::Reset { keys }) => {
            let wanted = SettingsSet { reset: keys.clone(), ..SettingsSet::default() };
            set(session, &wanted, texts, streams)
        }
    }
}

fn show(
    session: &Session,
    as_json: bool,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let path = session.paths.settings_path();
    let failed = |error: settings::Error| Failure::new(Status::Failed, texts.settings_error(&error));
    let stored = settings::stored(&*session.os, &path).map_err(failed)?;
    let shown = Shown::of(session, &stored);
    if as_json {
        json::print(&shown, streams.out)?;
        return Ok(Status::Done);
    }
    let loader = &texts.loader;
    let headings = ["settings-column-key", "settings-column-value", "settings-column-from"];
    let headings = headings.map(|id| loader.get(id)).to_vec();
    let rows = shown.settings.into_iter().map(|setting| {
        let from =
            if setting.is_set { fl!(loader, "settings-is-set") } else { fl!(loader, "settings-is-default") };
        vec![setting.key.to_owned(), setting.value.unwrap_or_else(|| "—".to_owned()), from]
    });
    table::print(headings, rows, streams.out)?;
    writeln!(streams.out, "\n{}", fl!(loader, "settings-stored-in", path = shown.path))?;
    if !shown.used {
        writeln!(streams.out, "{}", sentence(&fl!(loader, "machine-settings-not-used")))?;
    }
    Ok(Status::Done)
}

impl Shown {
    fn of(session: &Session, stored: &Stored) -> Self {
        let defaults = settings::Settings::default();
        let shown = |key: Key| ShownSetting {
            key: key.name(),
            value: key.text(&stored.settings),
            default: key.text(&defaults),
            is_set: stored.set.contains(&key),
        };
        Self {
            path: session.paths.settings_path().display().to_string(),
            used: stored.problem.is_none(),
            settings: KEYS.map(shown).into(),
            unknown: stored.settings.unknown_keys().map(str::to_owned).collect(),
            root_path: session.paths.trusted_root_path().display().to_string(),
            signed: session.is_signed(),
        }
    }
}

/// Everything is understood before anything is written.
pub(super) fn set(
    session: &Session,
    wanted: &SettingsSet,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    schedule::needs_administrator(&*session.os, texts)?;
    let root = wanted.root.as_ref().map(|path| RootFile::read(path, wanted.root_digest.as_ref()));
    let root = root.transpose().map_err(|error| Failure::new(Status::Refused, texts.root_error(&error)))?;
    let values = values(session, wanted, root.is_some(), texts)?;
    let names: Vec<_> = values.iter().map(|(key, value)| (key.name(), value.clone())).collect();
    write(session, &names, root.as_ref(), texts)?;
    if root.is_some() {
        writeln!(streams.out, "{}", fl!(texts.loader, "settings-root-installed"))?;
    }
    if !names.is_empty() {
        writeln!(streams.out, "{}", fl!(texts.loader, "schedule-set"))?;
    }
    let is_about = |keys: &[Key]| values.iter().any(|(key, _)| keys.contains(key));
    let touched = schedule::Touched {
        hours: is_about(&[Key::CheckHours]),
        task: is_about(&[Key::CheckHours, Key::WorkingHours, Key::Maintenance]),
        automatic: wanted.automatic,
    };
    let is_written = root.is_some() || !names.is_empty();
    schedule::follow(session, touched, texts, streams).map_err(|failure| {
        // "Refused" would say that everything is as it was.
        if is_written { Failure { status: Status::Failed, ..failure } } else { failure }
    })
}

/// Values and root, or nothing of it.
fn write(
    session: &Session,
    values: &[(&str, Value)],
    root: Option<&RootFile>,
    texts: &Texts,
) -> Result<(), Failure> {
    let not_set = |error: SetError| Failure::new(Status::Failed, texts.set_error(&error));
    let settings_path = session.paths.settings_path();
    let prepared = settings::prepare_for_all(&*session.os, &settings_path, values).map_err(not_set)?;
    let Some(root) = root else { return prepared.write().map_err(not_set) };
    // First, as an address may be one that counts only with it.
    let path = session.paths.trusted_root_path();
    let former = root::install(&*session.os, &path, &root.bytes).map_err(not_set)?;
    prepared.write().map_err(|error| {
        let mut failure = not_set(error);
        if let Err(error) = former.put_back() {
            let path = path.display().to_string();
            let stays = fl!(texts.loader, "settings-root-stays", path = path, reason = error.to_string());
            failure.lines.push(stays);
        }
        failure
    })
}

fn values(
    session: &Session,
    wanted: &SettingsSet,
    brings_root: bool,
    texts: &Texts,
) -> Result<Vec<(Key, Value)>, Failure> {
    let has_root = brings_root || session.is_signed();
    let (mut values, mut lines) = (Vec::new(), Vec::new());
    for Assignment { key, text } in &wanted.values {
        match key.value(text, has_root) {
            Ok(value) => values.push((*key, value)),
            Err(wrong) => lines.push(format!("{}: {}", key.name(), texts.wrong_setting(*key, wrong))),
        }
    }
    values.extend(wanted.reset.iter().map(|key| (*key, Value::Unset)));
    if lines.is_empty() { Ok(values) } else { Err(Failure { status: Status::Usage, lines }) }
}
