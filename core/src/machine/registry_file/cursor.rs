//! The pieces a line of an export is made of, taken from a text from its beginning to its end.
//!
//! Each piece is looked at once and never gone back to, so a text takes time in proportion to its length.
//! Deliberately not here: in which order pieces make a line; see `parse`.

use std::ops::RangeInclusive;

const LINE_END: [char; 2] = ['\r', '\n'];

/// The text does not go on as an export would.
#[derive(Clone, Copy, Debug)]
pub(super) struct NotUnderstood {
    /// Where, in bytes from the beginning.
    pub(super) at: usize,
}

/// How far a text is read.
#[derive(Debug)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// In bytes from the beginning.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn not_understood(&self) -> NotUnderstood {
        NotUnderstood { at: self.at }
    }

    /// The next character; `None` at the end.
    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Takes this very text, if it is what comes next.
    pub(super) fn take(&mut self, expected: &str) -> bool {
        let is_next = self.rest().starts_with(expected);
        if is_next {
            self.at += expected.len();
        }
        is_next
    }

    pub(super) fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t']).len();
    }

    /// The end of a line: CR LF as regedit writes it, or one of the two.
    pub(super) fn take_line_end(&mut self) -> bool {
        self.take("\r\n") || self.take("\n") || self.take("\r")
    }

    /// What may stand behind everything: blanks and a comment, up to the next line.
    pub(super) fn finish_line(&mut self) -> Result<(), NotUnderstood> {
        self.skip_blanks();
        if self.peek() == Some(';') {
            self.at += self.line().len();
        }
        if self.take_line_end() || self.peek().is_none() { Ok(()) } else { Err(self.not_understood()) }
    }

    /// What stands between the brackets of a section. A key's name may hold brackets itself: the last one of the
    /// line closes.
    pub(super) fn bracketed(&mut self) -> Result<&'a str, NotUnderstood> {
        let name = self.line().rsplit_once(']').and_then(|(name, _)| name.strip_prefix('['));
        // `[a] ; as in [b]` could be the one as well as the other.
        let is_plain = |name: &&str| name.split(']').skip(1).all(|part| !part.trim_start().starts_with(';'));
        let name = name.filter(is_plain).ok_or(self.not_understood())?;
        self.at += name.len() + "[]".len();
        Ok(name)
    }

    /// A text in quotes, with the line breaks that stand in it.
    pub(super) fn quoted(&mut self) -> Result<String, NotUnderstood> {
        let beginning = self.not_understood();
        let mut text = String::new();
        if !self.take("\"") {
            return Err(beginning);
        }
        loop {
            let rest = self.rest();
            let (plain, _) = rest.split_at(rest.find(['"', '\\']).ok_or(beginning)?);
            text.push_str(plain);
            self.at += plain.len();
            if self.take("\"") {
                return Ok(text);
            }
            if self.take(r"\\") {
                text.push('\\');
            } else if self.take("\\\"") {
                text.push('"');
            } else {
                return Err(self.not_understood());
            }
        }
    }

    /// Hexadecimal digits, so many of them.
    pub(super) fn digits(&mut self, count: RangeInclusive<usize>) -> Result<&'a str, NotUnderstood> {
        let rest = self.rest();
        let (digits, _) = rest.split_at(rest.len() - rest.trim_start_matches(is_digit).len());
        if !count.contains(&digits.len()) {
            return Err(self.not_understood());
        }
        self.at += digits.len();
        Ok(digits)
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The rest of the line.
    fn line(&self) -> &'a str {
        self.rest().split(LINE_END).next().unwrap_or_default()
    }
}

pub(super) fn is_digit(character: char) -> bool {
    character.is_ascii_hexdigit()
}
