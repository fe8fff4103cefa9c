//! Where the part of a manifest ends that is needed of it: behind the start of its root.
//!
//! A tree costs stack for each level when it is let go of, and a long text memory each time an attribute repeats it, so
//! a small file could be made to cost gigabytes. The library is given no more than the texts and one element with a few
//! attributes. The layout is that of `ResourceTypes.h` (AOSP), and of that only the chunks' kinds and lengths: what is
//! in them the library reads.

/// The whole document's kind, length of its header, and its length.
const DOCUMENT_HEADER: usize = 8;
const TEXTS: u16 = 0x0001;
const NAMES: u16 = 0x0180;
const NAMESPACE: u16 = 0x0100;
const ELEMENT: u16 = 0x0102;
/// Where in the chunk of texts stands how far from its beginning they are.
const TEXTS_BEGIN: usize = 20;
/// Real roots have a dozen attributes, of 20 bytes each.
const LARGEST_ROOT: usize = 1024;

/// The manifest up to the end of its root's start; `None`: it is not built like one.
pub(super) fn of(manifest: &[u8]) -> Option<&[u8]> {
    let mut rest = manifest.get(DOCUMENT_HEADER..)?;
    let mut chunk = |kind| next(&mut rest, kind);
    let texts = chunk(TEXTS)?;
    // Else the library would end up at another place than where the chunk ends.
    let is_whole = number(texts, TEXTS_BEGIN)?.is_multiple_of(4);
    chunk(NAMES).filter(|_| is_whole)?;
    while chunk(NAMESPACE).is_some() {}
    chunk(ELEMENT).filter(|root| root.len() <= LARGEST_ROOT)?;
    let after = rest.len();
    manifest.get(..manifest.len() - after)
}

/// Takes the next chunk, if it is of this kind.
fn next<'a>(rest: &mut &'a [u8], kind: u16) -> Option<&'a [u8]> {
    let length = usize::try_from(number(rest, 4)?).ok()?;
    // Namespaces and elements: the length of what they have in common.
    let header_length = match kind {
        TEXTS => 28,
        NAMES => 8,
        _ => 16,
    };
    let is_whole = match kind {
        NAMESPACE => length == 24,
        _ => length.is_multiple_of(4) && length > header_length.into(),
    };
    let begins_so =
        rest.get(..2)? == kind.to_le_bytes() && rest.get(2..4)? == u16::to_le_bytes(header_length);
    let (chunk, after) = rest.split_at_checked(length).filter(|_| begins_so && is_whole)?;
    *rest = after;
    Some(chunk)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes(*bytes))
}
