//! XML as the field writes it: bytes in any encoding to text, text to a tree, and looking things up in it
//! without regard to case.
//!
//! The parser is `roxmltree`: namespace-aware and without recursion. A document with a DTD is refused, so
//! that no entity is ever declared, let alone expanded; what could still exhaust the parser is refused
//! beforehand (see `limits`). Deliberately not here: what any file means — that is known where the file is
//! read — and writing XML, which this program never does to a file of somebody else's.

mod encoding;
mod limits;

use std::fs;
use std::io;
use std::path::Path;

use roxmltree::{Document, Node, ParsingOptions};

pub use self::encoding::{decode, utf16};
use crate::fs::read_limited;
use crate::machine::FileFault;

/// More nodes than ten thousand bases need by far; bounds the memory of a tree.
const NODES_LIMIT: u32 = 1_000_000;
/// Names and the parser's words are cut to this many characters, as a whole file may be one name.
const LONGEST_DETAIL: usize = 200;

/// Characters of the name of a root that may be told of any file.
const LONGEST_ROOT: usize = 40;

/// Reads a file of at most `limit_bytes`. Only ordinary files are read: never a pipe or a device, on which
/// opening alone could hang.
pub fn read_file(path: &Path, limit_bytes: u64) -> Result<Vec<u8>, FileFault> {
    let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let metadata = fs::metadata(path).map_err(|error| read_fault(&file, &error))?;
    if !metadata.is_file() {
        return Err(FileFault::Unreadable { file, detail: "Not an ordinary file".to_owned() });
    }
    if metadata.len() > limit_bytes {
        return Err(FileFault::TooLarge { file, limit_bytes });
    }
    match read_limited(path, limit_bytes) {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => Err(FileFault::Missing { file }),
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            Err(FileFault::TooLarge { file, limit_bytes })
        }
        Err(error) => Err(read_fault(&file, &error)),
    }
}

/// Parses text. `file` is the name that stands in the fault.
pub fn parse<'a>(text: &'a str, file: &str) -> Result<Document<'a>, FileFault> {
    if let Some(excess) = limits::first_excess(text) {
        let (line, column) = position(text, excess.offset);
        return Err(not_xml(file, line, column, excess.detail));
    }
    let options = ParsingOptions { nodes_limit: NODES_LIMIT, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| {
        let (line, column) = match error {
            // The parser gives the start of the document for these two.
            roxmltree::Error::UnclosedRootNode | roxmltree::Error::UnexpectedEndOfStream => {
                position(text, text.len())
            }
            ref error => (error.pos().row, error.pos().col),
        };
        let words = error.to_string();
        // The parser repeats the position at the end of most of its texts.
        let detail = words.strip_suffix(&format!(" at {}", error.pos())).unwrap_or(&words);
        not_xml(file, line, column, detail)
    })
}

/// What a node says under `name`: an attribute, or else the text of a child element. Local names, without
/// regard to case or namespace; trimmed; `None` if absent or empty.
pub fn value(node: Node<'_, '_>, name: &str) -> Option<String> {
    let attribute = node
        .attributes()
        .filter(|attribute| attribute.name().eq_ignore_ascii_case(name))
        .find_map(|attribute| not_blank(attribute.value()));
    attribute.or_else(|| children(node, name).find_map(text))
}

/// Child elements with this local name, without regard to case or namespace.
pub fn children<'a, 'input>(node: Node<'a, 'input>, name: &str) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(move |child| is_named(*child, name))
}

/// Whether this is an element with this local name, without regard to case or namespace.
pub fn is_named(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name().eq_ignore_ascii_case(name)
}

/// The element's own text, trimmed; `None` if there is none.
pub fn text(node: Node<'_, '_>) -> Option<String> {
    let pieces: String = node.children().filter(Node::is_text).filter_map(|piece| piece.text()).collect();
    not_blank(&pieces)
}

/// The element's namespace; `None` also where `xmlns=""` has taken it back, which the parser leaves as `""`.
pub fn namespace<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.tag_name().namespace().filter(|namespace| !namespace.is_empty())
}

/// The fault without the parser's words, which may quote a file that has what must not be told, and of a wrong root
/// with no more than the start of its name.
pub fn without_content(fault: FileFault) -> FileFault {
    match fault {
        FileFault::NotXml { file, line, column, .. } => {
            FileFault::NotXml { file, line, column, detail: "Not well-formed".to_owned() }
        }
        FileFault::WrongRoot { file, expected, found } => {
            let name = found.rsplit('}').next().unwrap_or(&found);
            FileFault::WrongRoot { file, expected, found: name.chars().take(LONGEST_ROOT).collect() }
        }
        other => other,
    }
}

/// The fault of a document that is something else.
pub fn wrong_root(found: Node<'_, '_>, expected: &str, file: &str) -> FileFault {
    let name = found.tag_name();
    let found = match namespace(found) {
        Some(namespace) => format!("{{{namespace}}}{}", name.name()),
        None => name.name().to_owned(),
    };
    FileFault::WrongRoot { file: file.to_owned(), expected: expected.to_owned(), found: shortened(&found) }
}

fn not_blank(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn read_fault(file: &str, error: &io::Error) -> FileFault {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            FileFault::Missing { file: file.to_owned() }
        }
        _ => FileFault::Unreadable { file: file.to_owned(), detail: error.to_string() },
    }
}

fn not_xml(file: &str, line: u32, column: u32, detail: &str) -> FileFault {
    FileFault::NotXml { file: file.to_owned(), line, column, detail: shortened(detail) }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_DETAIL) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

/// Line and column of a byte offset, both from 1.
fn position(text: &str, offset: usize) -> (u32, u32) {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before[line_start..].chars().count() + 1;
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests;
