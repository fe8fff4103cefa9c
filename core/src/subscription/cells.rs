//! One line of a list into its cells, with the `csv` crate.
//!
//! A line is never more than one row: where a quotation mark is still open at the line's end, the parser is
//! given the missing one, and the line is a fault. So what one line breaks costs no other. One parser for all
//! lines, because making one takes longer than most lines do.

use std::io::{self, Read};

use csv::{Reader, ReaderBuilder, StringRecord, Terminator};

use super::Fault;

/// Splits lines into cells.
pub(super) struct Splitter(Reader<OneLine>);

/// Gives a line, and what closes it if that was not all.
#[derive(Default)]
struct OneLine {
    bytes: Vec<u8>,
    given: usize,
    is_open: bool,
}

impl Splitter {
    pub(super) fn new(separator: u8) -> Self {
        let mut builder = ReaderBuilder::new();
        builder.delimiter(separator).has_headers(false).flexible(true).terminator(Terminator::Any(b'\n'));
        Self(builder.from_reader(OneLine::default()))
    }

    /// The cells of a line without its end.
    pub(super) fn cells(&mut self, line: &str) -> Result<StringRecord, Fault> {
        if line.is_empty() {
            // The parser would skip it and ask for another.
            return Ok(StringRecord::new());
        }
        let source = self.0.get_mut();
        source.bytes.clear();
        source.bytes.extend_from_slice(line.as_bytes());
        source.bytes.push(b'\n');
        (source.given, source.is_open) = (0, false);
        let mut cells = StringRecord::new();
        // Bytes in memory that are text: there is no way to fail.
        self.0.read_record(&mut cells).map_err(|_| Fault::Encoding)?;
        if self.0.get_ref().is_open { Err(Fault::Quote) } else { Ok(cells) }
    }
}

impl Read for OneLine {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.bytes.len() {
            self.bytes.clear();
            self.bytes.extend_from_slice(b"\"\n");
            (self.given, self.is_open) = (0, true);
        }
        let count = self.bytes.get(self.given..).unwrap_or_default().read(buffer)?;
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_split_as_csv_is_and_an_open_one_disturbs_none_after_it() {
        let mut splitter = Splitter::new(b';');
        let mut cells = |line: &str| {
            splitter.cells(line).map(|cells| cells.iter().map(str::to_owned).collect::<Vec<_>>())
        };
        for open in ["\"", "a;\"", "a;\"b;c", "\"a\"\"", "a;\"b\"\"", "\"a\r"] {
            assert_eq!(cells(open), Err(Fault::Quote), "{open:?}");
            assert_eq!(cells("a;b").unwrap(), ["a", "b"]);
        }
        assert_eq!(cells("\"a;\"\"b\"\"\"; c ;").unwrap(), ["a;\"b\"", " c ", ""]);
        assert_eq!(cells("a \"b;c\"").unwrap(), ["a \"b", "c\""]);
        assert_eq!(cells("a\rb;c").unwrap(), ["a\rb", "c"]);
        assert_eq!(cells("").unwrap(), Vec::<String>::new());
        let long = "я".repeat(20_000);
        assert_eq!(cells(&format!("{long};{long}")).unwrap(), [long.as_str(), long.as_str()]);
    }
}
