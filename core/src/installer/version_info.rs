//! What a version resource says: `VS_VERSIONINFO` and what is nested in it (Microsoft, "`VS_VERSIONINFO` structure").
//!
//! Every node is the same: lengths, a key, a value, nodes. Compilers differ in how they count a value, so the end of
//! a text is its zero or the end of its node, whichever comes first. A resource that breaks off is read as far as it
//! goes. Of several languages the first that says something counts.

use super::{Identity, line, version};
use crate::version::Version;

/// The root holds blocks, those tables, those strings.
const DEEPEST: usize = 3;
/// More nodes than any program has; each is looked at once.
const MOST_NODES: usize = 4096;
/// Of the fixed part of the resource.
const SIGNATURE: u32 = 0xFEEF_04BD;

/// What is looked for.
#[derive(Default)]
struct Strings {
    product: Option<String>,
    description: Option<String>,
    company: Option<String>,
    original_name: Option<String>,
    internal_name: Option<String>,
    product_version: Option<Version>,
    file_version: Option<Version>,
}

/// A node, with what is in it.
struct Node<'a> {
    key: String,
    /// From the beginning of the value to the end of the node.
    rest: &'a [u8],
    /// Bytes of the value, as the node counts them.
    value_bytes: usize,
}

pub(super) fn parse(resource: &[u8]) -> Identity {
    let Some((root, _)) = node(resource).filter(|(root, _)| root.key == "VS_VERSION_INFO") else {
        return Identity::default();
    };
    let mut strings = Strings::default();
    let mut left = MOST_NODES;
    for_each_string(children(&root), 1, &mut left, &mut |key, text| strings.take(key, text));
    let fixed = |at| fixed_version(root.rest, at);
    // The product's version is what an installer brings; a file's own counts where that one is not stated, or
    // stated shorter (inferred: build tools fill in both from one number, or leave the former at its beginning).
    let versions = [strings.product_version, strings.file_version, fixed(16), fixed(8)];
    let whole = versions.iter().flatten().find(|version| version.parts().count() == 4);
    let names = [strings.description, strings.original_name, strings.internal_name];
    Identity {
        product: strings.product,
        version: whole.or_else(|| versions.iter().flatten().next()).copied(),
        company: strings.company,
        other_names: names.into_iter().flatten().collect(),
        product_code: None,
        upgrade_code: None,
    }
}

impl Strings {
    fn take(&mut self, key: &str, text: &str) {
        let slot = match key {
            "ProductName" => &mut self.product,
            "FileDescription" => &mut self.description,
            "CompanyName" => &mut self.company,
            "OriginalFilename" => &mut self.original_name,
            "InternalName" => &mut self.internal_name,
            "ProductVersion" => {
                self.product_version = self.product_version.or_else(|| stated(text));
                return;
            }
            "FileVersion" => {
                self.file_version = self.file_version.or_else(|| stated(text));
                return;
            }
            _ => return,
        };
        if slot.is_none() {
            *slot = line(text);
        }
    }
}

/// Nothing but zeros, and what is no version, is not stated.
fn stated(text: &str) -> Option<Version> {
    // Some resource compilers keep the commas of the numbers.
    let text: String = text.replace(", ", ".").replace(',', ".");
    version(&text).filter(|version| version.parts().any(|part| part != 0))
}

fn for_each_string(bytes: &[u8], depth: usize, left: &mut usize, take: &mut impl FnMut(&str, &str)) {
    let mut bytes = bytes;
    while let Some((node, after)) = node(bytes) {
        if *left == 0 {
            return;
        }
        *left -= 1;
        match depth {
            1 if node.key != "StringFileInfo" => {}
            DEEPEST => take(&node.key, &text(node.rest)),
            _ => for_each_string(children(&node), depth + 1, left, take),
        }
        bytes = after;
    }
}

/// The node at the beginning, and what follows it; `None`: there is none, or it breaks off.
fn node(bytes: &[u8]) -> Option<(Node<'_>, &[u8])> {
    let word = |at: usize| Some(usize::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
    let length = word(0)?;
    let (value_length, is_text) = (word(2)?, word(4)? == 1);
    let whole = bytes.get(..length.min(bytes.len()))?;
    let letters = whole.get(6..)?;
    let key_letters = letters.chunks_exact(2).position(|letter| letter == [0, 0])?;
    let key = text(letters);
    let begin = aligned(6 + 2 * key_letters + 2);
    let rest = whole.get(begin..).unwrap_or_default();
    let value_bytes = if is_text { 2 * value_length } else { value_length };
    // One of no length would be found for ever.
    let after = bytes.get(aligned(length.max(6))..).unwrap_or_default();
    Some((Node { key, rest, value_bytes }, after))
}

/// The nodes after a node's value. Positions are counted from the beginning of the node, which is aligned itself.
fn children<'a>(node: &Node<'a>) -> &'a [u8] {
    node.rest.get(aligned(node.value_bytes)..).unwrap_or_default()
}

fn aligned(at: usize) -> usize {
    at.next_multiple_of(4)
}

/// UTF-16 up to its zero.
fn text(bytes: &[u8]) -> String {
    let letters = bytes.chunks_exact(2).filter_map(|letter| letter.try_into().ok().map(u16::from_le_bytes));
    let letters = letters.take_while(|letter| *letter != 0);
    char::decode_utf16(letters).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// `VS_FIXEDFILEINFO`: the file's version at 8, the product's at 16, each two words of two numbers.
fn fixed_version(value: &[u8], at: usize) -> Option<Version> {
    let word = |at: usize| Some(u32::from_le_bytes(value.get(at..at + 4)?.try_into().ok()?));
    if word(0)? != SIGNATURE {
        return None;
    }
    let (upper, lower) = (word(at)?, word(at + 4)?);
    let version = Version::new(upper >> 16, upper & 0xFFFF, lower >> 16, lower & 0xFFFF);
    Some(version).filter(|_| (upper, lower) != (0, 0))
}
