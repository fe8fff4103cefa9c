//! `devices stage --json` and `devices undo --json`: what became of each base, in the order in which they were named.
//!
//! `state` is `staged`, `already_there` (the very same file is offered), `undone`, `failed` (then `problem` says why) or
//! `not_started` (one before it failed). `offered` is what a device with an older app is offered afterwards, read back from
//! the folder; `null` where that is nothing, and where nothing was done. `recorded` is whether the journal has it.
//! Deliberately not here: what is refused before anything begins. That is told by the status and in words.

use serde::Serialize;
use smarts_core::devices::staged::StagedApp;
use smarts_core::devices::staging::{Done, Last, Remark, Undone};
use smarts_core::verify::Proof;
use smarts_core::version::Version;

use crate::i18n::{Texts, sentence};
use crate::session::AppFile;

/// What a base was to get, and what became of it: `None` where one before it failed.
pub(in crate::cli) struct Staged<'a> {
    pub(in crate::cli) id: &'a str,
    pub(in crate::cli) name: &'a str,
    pub(in crate::cli) remarks: &'a [Remark],
    /// Why not, in words.
    pub(in crate::cli) ended: Option<Result<&'a Done, String>>,
}

/// What was to be taken back from a base, and what became of it: `None` where one before it failed.
pub(in crate::cli) struct TakenBack<'a> {
    pub(in crate::cli) id: &'a str,
    pub(in crate::cli) name: &'a str,
    pub(in crate::cli) last: &'a Last,
    /// Why not, in words.
    pub(in crate::cli) ended: Option<Result<&'a Undone, String>>,
}

/// The document of `stage`.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct Staging {
    /// `null`: the source has none above what the devices have.
    app: Option<App>,
    bases: Vec<Base>,
}

/// The document of `undo`.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct Undoing {
    bases: Vec<UndoneBase>,
}

#[derive(Debug, Serialize)]
struct App {
    package: String,
    version: Version,
    version_code: Option<u64>,
    file: String,
    size: u64,
    sha256: String,
    proof: Proof,
}

#[derive(Debug, Serialize)]
struct Base {
    id: String,
    name: String,
    state: &'static str,
    former: Option<Version>,
    offered: Option<Offered>,
    removed: Vec<Version>,
    broken_list_kept: Option<String>,
    warnings: Vec<Warning>,
    recorded: Option<bool>,
    problem: Option<String>,
}

#[derive(Debug, Serialize)]
struct UndoneBase {
    id: String,
    name: String,
    state: &'static str,
    version: Version,
    offered: Option<Offered>,
    /// Older versions that were put aside.
    returned: Vec<Version>,
    recorded: Option<bool>,
    problem: Option<String>,
}

#[derive(Debug, Serialize)]
struct Offered {
    version: Version,
    file: Option<String>,
    text: Option<String>,
}

#[derive(Debug, Serialize)]
struct Warning {
    reason: &'static str,
    detail: String,
}

impl Staging {
    /// Nothing to stage.
    pub(in crate::cli) fn nothing() -> Self {
        Self { app: None, bases: Vec::new() }
    }

    pub(in crate::cli) fn of(app: &AppFile, bases: &[Staged<'_>], texts: &Texts) -> Self {
        let app = App {
            package: app.apk.package.clone(),
            version: app.version(),
            version_code: app.apk.version_code,
            file: app.file.path().display().to_string(),
            size: app.file.size(),
            sha256: app.file.sha256().to_string(),
            proof: app.file.proof(),
        };
        Self { app: Some(app), bases: bases.iter().map(|base| Base::of(base, texts)).collect() }
    }
}

impl Base {
    fn of(base: &Staged<'_>, texts: &Texts) -> Self {
        let done = base.ended.as_ref().and_then(|ended| ended.as_ref().ok());
        let state = match &base.ended {
            Some(Ok(done)) if done.was_there => "already_there",
            Some(Ok(_)) => "staged",
            Some(Err(_)) => "failed",
            None => "not_started",
        };
        // Whether it is there already is the state.
        let warnings = base.remarks.iter().filter(|remark| **remark != Remark::AlreadyThere);
        let warnings = warnings
            .map(|remark| Warning { reason: reason(remark), detail: sentence(&texts.app_remark(remark)) });
        Self {
            id: base.id.to_owned(),
            name: base.name.to_owned(),
            state,
            former: done.and_then(|done| done.former),
            offered: done.map(|done| Offered::of(&done.offered)),
            removed: done.map_or_else(Vec::new, |done| done.removed.clone()),
            broken_list_kept: done
                .and_then(|done| Some(done.broken_list_kept.as_ref()?.display().to_string())),
            warnings: warnings.collect(),
            recorded: done.map(|done| done.unrecorded.is_none()),
            problem: base.ended.as_ref().and_then(|ended| ended.as_ref().err().cloned()),
        }
    }
}

impl Undoing {
    pub(in crate::cli) fn of(bases: &[TakenBack<'_>]) -> Self {
        Self { bases: bases.iter().map(UndoneBase::of).collect() }
    }
}

impl UndoneBase {
    fn of(base: &TakenBack<'_>) -> Self {
        let undone = base.ended.as_ref().and_then(|ended| ended.as_ref().ok());
        let state = match &base.ended {
            Some(Ok(_)) => "undone",
            Some(Err(_)) => "failed",
            None => "not_started",
        };
        Self {
            id: base.id.to_owned(),
            name: base.name.to_owned(),
            state,
            version: base.last.version,
            offered: undone.and_then(|undone| undone.staged.newest()).map(Offered::of),
            returned: undone.map_or_else(Vec::new, |_| base.last.removed.clone()),
            recorded: undone.map(|undone| undone.unrecorded.is_none()),
            problem: base.ended.as_ref().and_then(|ended| ended.as_ref().err().cloned()),
        }
    }
}

impl Offered {
    fn of(app: &StagedApp) -> Self {
        let content = app.content.as_ref().ok();
        Self {
            version: app.version,
            file: content.map(|content| content.path.display().to_string()),
            text: content.map(|content| content.text.clone()),
        }
    }
}

/// The contract's word for a remark.
fn reason(remark: &Remark) -> &'static str {
    match remark {
        Remark::AlreadyThere => "already_there",
        Remark::OtherFile { .. } => "other_file",
        Remark::CodeNotAbove { .. } => "code_not_above",
        Remark::TooOldForServer { .. } => "app_too_old",
        Remark::AboveServer { .. } => "app_newer",
        Remark::BrokenList => "broken_list",
        Remark::UnusableVersion { .. } => "unusable_version",
        Remark::NoVersionName => "no_version_name",
    }
}
