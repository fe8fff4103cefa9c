//! The report for support: one ZIP with what helps somebody who is not at this PC, and nothing secret.
//!
//! Findings, the last report, how the last check ended, what is installed, the settings in force, the journal and the
//! latest logs, of this person and of what ran with rights; each no larger than a bound, and what was left out is named.
//! Every text passes [`scrub`]: names and passwords that this program knows are taken out, and so is whatever stands
//! before an @ in an address. Logs of Windows Installer stay out, where
//! foreign packages write what they like, and so does every file of a base.

mod gather;
mod scrub;

use std::io::{self, Cursor, Write as _};
use std::path::Path;

use serde_json::json;
use smarts_core::fs;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use self::gather::{Found, document, journal, logs, whole};
use self::scrub::Scrub;
use super::{Desk, Line, told_all};
use crate::cli;

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// A document could not be put into words.
    #[error("Failed to put a document together")]
    Document(#[source] serde_json::Error),
    /// It could not be packed.
    #[error("Failed to pack the report")]
    Pack(#[source] ZipError),
    /// It could not be written.
    #[error("Failed to write the report")]
    Write(#[source] io::Error),
}

/// Writes it; a file that is there is replaced. What cannot be read is named in the report.
pub(crate) fn save(desk: &dyn Desk, lines: &[Line], path: &Path) -> Result<(), Error> {
    let (session, texts) = (desk.session(), desk.texts());
    let machine = session.machine();
    let scrub = Scrub::new(session.secrets(&machine));
    let findings = serde_json::to_string_pretty(&json!({ "lines": lines })).map_err(Error::Document)?;
    let listed = cli::listed(&machine, texts).map_err(Error::Document)?;
    let settings = format!("{:#?}\n", session.settings);
    let paths = &session.paths;
    let mut entries: Vec<(String, Found)> = vec![
        ("diagnosis.txt".to_owned(), Ok(whole(told_all(lines, texts)))),
        ("diagnosis.json".to_owned(), Ok(whole(findings))),
        ("machine.json".to_owned(), Ok(whole(listed))),
        ("settings.txt".to_owned(), Ok(whole(settings))),
        ("report.json".to_owned(), document(&paths.report_path())),
        ("last-check.json".to_owned(), document(&paths.last_check_path())),
        ("journal.jsonl".to_owned(), journal(paths)),
    ];
    entries.extend(logs(paths));
    let bytes = pack(entries, &scrub).map_err(Error::Pack)?;
    fs::write_atomically(path, &bytes).map_err(Error::Write)
}

fn pack(entries: Vec<(String, Found)>, scrub: &Scrub) -> Result<Vec<u8>, ZipError> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut unread = Vec::new();
    for (name, found) in entries {
        match found {
            Ok(taken) => {
                zip.start_file(scrub.text(&name), options)?;
                zip.write_all(scrub.text(&taken.text).as_bytes())?;
                if taken.is_cut {
                    unread.push(format!("{name}: only the newest rows\n"));
                }
            }
            Err(error) => unread.push(format!("{name}: {error}\n")),
        }
    }
    if !unread.is_empty() {
        zip.start_file("unread.txt", options)?;
        zip.write_all(scrub.text(&unread.concat()).as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

#[cfg(test)]
mod tests;
