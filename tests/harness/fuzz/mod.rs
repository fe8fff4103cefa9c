//! What has to hold for any bytes that come from outside: a function for each parser.
//!
//! They are called by the fuzz targets in `tests/fuzz` with made-up bytes, and by `tests/replay` with those that
//! are kept there; so they panic where something does not hold. They go through the core's public functions,
//! as the programs do; what is read from a file is put into one. Deliberately not here: where bytes come from,
//! and single cases, which are tests beside the code.

#![allow(clippy::missing_panics_doc, clippy::unwrap_used, reason = "a panic is how a finding is told")]

mod devices;
mod history;
mod installer;
mod kept;
mod machine;
mod signed;
mod source;
mod subscription;
mod template;

use std::fs;
use std::path::PathBuf;

use smarts_core::http::{Http, HttpOptions};
use smarts_core::paths::{is_safe_name, is_windows_name};
use smarts_core::version::Version;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

pub use self::devices::{apk, device_app};
pub use self::history::{evtx, history};
pub use self::installer::{exe, msi};
pub use self::kept::{journal, last_check, pc_report, plan, report, settings, task};
pub use self::machine::{
    app_description, apps_xml, base_settings, common_config, licence, registry_file, windows_path, xml,
};
pub use self::signed::{tuf_metadata, tuf_store};
pub use self::source::{cache, notes, partial, update_xml, versions_xml};
pub use self::subscription::{subscription_edit, subscriptions};
pub use self::template::{on_update, template};

/// A parser's name, which is also that of its fuzz target and its corpus, and what has to hold.
pub type Target = (&'static str, fn(&[u8]));

/// All of them.
pub const TARGETS: [Target; 32] = [
    ("apk", apk),
    ("app_description", app_description),
    ("apps_xml", apps_xml),
    ("base_settings", base_settings),
    ("cache", cache),
    ("common_config", common_config),
    ("device_app", device_app),
    ("evtx", evtx),
    ("exe", exe),
    ("history", history),
    ("journal", journal),
    ("last_check", last_check),
    ("licence", licence),
    ("msi", msi),
    ("notes", notes),
    ("on_update", on_update),
    ("partial", partial),
    ("pc_report", pc_report),
    ("plan", plan),
    ("registry_file", registry_file),
    ("report", report),
    ("settings", settings),
    ("subscription_edit", subscription_edit),
    ("subscriptions", subscriptions),
    ("task", task),
    ("template", template),
    ("tuf_metadata", tuf_metadata),
    ("tuf_store", tuf_store),
    ("update_xml", update_xml),
    ("versions_xml", versions_xml),
    ("windows_path", windows_path),
    ("xml", xml),
];

thread_local! {
    // Made anew for each input, these two would take most of the time. Nothing of an input stays in them.
    static RUNTIME: Runtime = Builder::new_current_thread().enable_time().build().unwrap();
    static HTTP: Http = Http::new(&HttpOptions::default()).unwrap();
}

/// Waits for work of the core.
fn wait_for<T>(work: impl Future<Output = T>) -> T {
    RUNTIME.with(|runtime| runtime.block_on(work))
}

/// A client, for what asks for one and connects nowhere.
fn http() -> Http {
    HTTP.with(Clone::clone)
}

/// A file with these bytes, in a folder of its own that goes with the first of the two.
fn file(name: &str, bytes: &[u8]) -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    fs::write(&path, bytes).unwrap();
    (dir, path)
}

/// What is not blank and has no blanks around it.
fn assert_trimmed(text: &str) {
    assert!(!text.is_empty() && text.trim() == text, "{text:?}");
}

/// A path below a source's root: short names that any system can keep.
fn assert_safe_path(path: &str) {
    assert!(path.split('/').all(is_safe_name), "{path:?}");
}

/// A path in a base: names that Windows can keep.
fn assert_windows_path(path: &str) {
    assert!(path.split('/').all(is_windows_name), "{path:?}");
}

/// A version is what its text says.
fn assert_version(version: &Version) {
    assert_eq!(version.to_string().parse(), Ok(*version));
}
