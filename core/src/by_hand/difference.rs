//! What an update would make of a file that was changed: line by line for text, sizes for anything else.
//!
//! The base's settings with a password in them are never shown, nor any file in which something looks like one: that
//! it differs is said, and nothing of what is in it leaves this module. Bounded, because people read it: larger files
//! are told by their sizes. Text is UTF-8, UTF-16 with its mark, or else the code page of a Russian Windows.

use std::path::Path;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1251};
use similar::{ChangeTag, TextDiff};

use crate::fs::read_limited;
use crate::machine::base_settings::CUSTOM_SETTINGS;
use crate::plan::TemplatePlan;
use crate::template::{self, Template};
use crate::tree::RelPath;

/// Of each side.
const MOST_BYTES: u64 = 1 << 20;
/// Of each side.
const MOST_LINES: usize = 2000;
/// Around what differs.
const CONTEXT_LINES: usize = 3;
/// What may stand beside a password, in any letter case.
const SECRET_SIGNS: [&str; 5] = ["password", "passwd", "pwd", "парол", "secret"];

/// How a file of a base differs from what comes in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Lines that differ with some around them; a gap stands where lines that are the same were left out.
    Text(Vec<Line>),
    /// No text, or too large to be read: sizes in bytes; `None`: nothing comes in its place.
    Sizes {
        /// Of the base's file.
        now: u64,
        /// Of what comes.
        then: Option<u64>,
    },
    /// It may hold a password.
    Hidden,
}

/// A line of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What becomes of it.
    pub mark: Mark,
    /// Without its end.
    pub text: String,
}

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It stays.
    Same,
    /// It is in the base and goes.
    Goes,
    /// It comes with the update.
    Comes,
    /// No line: some that stay are left out here.
    Gap,
}

/// Why a difference cannot be told.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The base's file could not be read.
    #[error("Failed to read a file of the base: {path}")]
    Base {
        /// In the base.
        path: RelPath,
        /// Why.
        #[source]
        error: std::io::Error,
    },
    /// The template could not.
    #[error("Failed to read the template")]
    Template(#[source] template::Error),
}

/// How a file in a base's folder differs from what the plan's last template with such a file puts in its place.
pub fn difference(plan: &TemplatePlan, base_dir: &Path, path: &RelPath) -> Result<Difference, Error> {
    if is_secret_name(path) {
        return Ok(Difference::Hidden);
    }
    let base_error = |error| Error::Base { path: path.clone(), error };
    let file = path.below(base_dir);
    let now_bytes = std::fs::metadata(&file).map_err(base_error)?.len();
    let mut then = None;
    for package in plan.packages.iter().rev() {
        let mut template = Template::open(&package.verified).map_err(Error::Template)?;
        if let Some(entry) = template.wanted_entry(path) {
            let bytes = if entry.size > MOST_BYTES { None } else { template.read(&entry, MOST_BYTES).ok() };
            then = Some((entry.size, bytes));
            break;
        }
    }
    let sizes = Difference::Sizes { now: now_bytes, then: then.as_ref().map(|(size, _)| *size) };
    let coming = match then {
        None => Vec::new(),
        Some((_, Some(bytes))) => bytes,
        Some((_, None)) => return Ok(sizes),
    };
    if now_bytes > MOST_BYTES {
        return Ok(sizes);
    }
    let present = read_limited(&file, MOST_BYTES).map_err(base_error)?.unwrap_or_default();
    Ok(between(&present, &coming).unwrap_or(sizes))
}

/// `None`: one of the two is no text, or too long.
fn between(present: &[u8], coming: &[u8]) -> Option<Difference> {
    let (present, coming) = (text(present)?, text(coming)?);
    if holds_secret(&present) || holds_secret(&coming) {
        return Some(Difference::Hidden);
    }
    if [&present, &coming].iter().any(|text| text.lines().count() > MOST_LINES) {
        return None;
    }
    let diff = TextDiff::from_lines(&*present, &*coming);
    let mut lines = Vec::new();
    let mut next = 0;
    for group in diff.grouped_ops(CONTEXT_LINES) {
        let begins = group.first().map_or(0, |op| op.old_range().start);
        if begins > next {
            lines.push(Line { mark: Mark::Gap, text: String::new() });
        }
        next = group.last().map_or(next, |op| op.old_range().end);
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let mark = match change.tag() {
                ChangeTag::Equal => Mark::Same,
                ChangeTag::Delete => Mark::Goes,
                ChangeTag::Insert => Mark::Comes,
            };
            lines.push(Line { mark, text: change.value().trim_end_matches(['\r', '\n']).to_owned() });
        }
    }
    if next > 0 && next < present.lines().count() {
        lines.push(Line { mark: Mark::Gap, text: String::new() });
    }
    Some(Difference::Text(lines))
}

/// `None`: it is no text.
fn text(bytes: &[u8]) -> Option<String> {
    let told = Encoding::for_bom(bytes);
    let encoding = match told {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => WINDOWS_1251,
    };
    let (text, _, has_errors) = encoding.decode(bytes);
    let is_text = |c: char| !c.is_control() || matches!(c, '\t' | '\r' | '\n' | '\u{c}');
    (!has_errors && text.chars().all(is_text)).then(|| text.into_owned())
}

/// The file that is known to hold a password, wherever it lies, and files that are called after one.
fn is_secret_name(path: &RelPath) -> bool {
    let key = path.key();
    let name = key.rsplit('/').next().unwrap_or_default();
    name == CUSTOM_SETTINGS || holds_secret(name)
}

fn holds_secret(text: &str) -> bool {
    let text = text.to_lowercase();
    SECRET_SIGNS.iter().any(|sign| text.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(present: &str, coming: &str) -> Vec<(Mark, String)> {
        match between(present.as_bytes(), coming.as_bytes()) {
            Some(Difference::Text(lines)) => lines.into_iter().map(|line| (line.mark, line.text)).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn lines_that_go_and_come_stand_between_some_that_stay() {
        let text = |middle: &str| {
            let around = |from: u32| (from..from + 10).map(|n| n.to_string() + "\r\n").collect::<String>();
            format!("{}{middle}\r\n{}", around(0), around(20))
        };
        let found = lines(&text("наше"), &text("из шаблона"));
        let expected = [
            (Mark::Gap, ""),
            (Mark::Same, "7"),
            (Mark::Same, "8"),
            (Mark::Same, "9"),
            (Mark::Goes, "наше"),
            (Mark::Comes, "из шаблона"),
            (Mark::Same, "20"),
            (Mark::Same, "21"),
            (Mark::Same, "22"),
            (Mark::Gap, ""),
        ];
        assert_eq!(found, expected.map(|(mark, text)| (mark, text.to_owned())));
        assert_eq!(lines("a\n", ""), [(Mark::Goes, "a".to_owned())]);
        assert_eq!(lines("a\n", "a\n"), []);
    }

    #[test]
    fn what_may_be_a_password_is_never_shown() {
        let path = |text: &str| RelPath::try_from(text.to_owned()).unwrap();
        for name in ["customsettings.xml", "Old/CustomSettings.XML", "пароли.txt", "db_password.ini"] {
            assert!(is_secret_name(&path(name)), "{name}");
        }
        assert!(!is_secret_name(&path("customsettings.xml.d/Layout.xml")));
        for text in ["<a Password='geheim'/>", "Пароль: geheim", "Srvr=pc;Pwd=geheim"] {
            for (present, coming) in [(text, "a"), ("a", text)] {
                let found = between(present.as_bytes(), coming.as_bytes());
                assert_eq!(found, Some(Difference::Hidden), "{text}");
            }
            let wide: Vec<u8> =
                "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
            assert_eq!(between(&wide, b"a"), Some(Difference::Hidden), "{text}");
        }
        let (cyrillic, _, _) = WINDOWS_1251.encode("Пароль = geheim");
        assert_eq!(between(&cyrillic, b"a"), Some(Difference::Hidden));
    }

    #[test]
    fn what_is_no_text_or_too_long_has_no_lines() {
        assert_eq!(between(b"a\0b", b"a"), None);
        assert_eq!(between(&[0xff, 0xd8, 0x01, 0x02], b"a"), None);
        let long = "a\n".repeat(MOST_LINES + 1);
        assert_eq!(between(long.as_bytes(), b"a"), None);
        assert!(between(&long.as_bytes()[2..], b"a").is_some());
    }
}
