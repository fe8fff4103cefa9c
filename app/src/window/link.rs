//! Which item a window is to be opened at: an item's id, or an address of the protocol
//! `mobile-smarts-updater:show/ID` that the installer registers with Windows.
//!
//! Such an address may come from any web page, so it opens the window at an item and can do nothing else.
//! What is not understood is no item, and the window opens as it always does.

use std::ffi::OsStr;

use percent_encoding::percent_decode_str;

const SCHEME: &str = "mobile-smarts-updater:";
/// Ids are short; GUIDs are 36 characters.
const LONGEST_ID: usize = 256;

/// Whether this is an address of our protocol, whatever it says.
pub(super) fn is_link(argument: &OsStr) -> bool {
    let bytes = argument.as_encoded_bytes();
    bytes.get(..SCHEME.len()).is_some_and(|start| start.eq_ignore_ascii_case(SCHEME.as_bytes()))
}

/// The id of the item that an id or an address names.
pub(super) fn item_id(text: &str) -> Option<String> {
    let text = text.trim();
    let id = if is_link(text.as_ref()) { in_link(text.get(SCHEME.len()..)?)? } else { text.to_owned() };
    is_id(&id).then_some(id)
}

/// Whether this can be an item's id: those of bases are whatever the list of bases says.
pub(crate) fn is_id(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= LONGEST_ID && !text.chars().any(char::is_control)
}

/// What follows the scheme; Windows and browsers may add a slash at the end.
fn in_link(rest: &str) -> Option<String> {
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    let id = rest.strip_prefix("show/")?;
    let id = id.strip_suffix('/').unwrap_or(id);
    if id.contains(['/', '\\', '?', '#', '"']) || !is_percent_encoded(id) {
        return None;
    }
    percent_decode_str(id).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

/// Each `%` begins a byte of two digits (RFC 3986, 2.1).
fn is_percent_encoded(text: &str) -> bool {
    text.split('%')
        .skip(1)
        .all(|part| part.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)))
}

#[cfg(test)]
mod tests {
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_id_is_taken_as_it_is() {
        for id in ["platform", "13bee4fb-0b1d-4c39-9a52-6a3f1c2d7e01", "Склад 15", "base:platform", "50%"]
        {
            assert_eq!(item_id(id).as_deref(), Some(id));
        }
        assert_eq!(item_id(" platform\n").as_deref(), Some("platform"));
    }

    #[test]
    fn an_address_names_an_item_in_either_form() {
        for link in [
            "mobile-smarts-updater:show/platform",
            "mobile-smarts-updater://show/platform",
            "mobile-smarts-updater://show/platform/",
            "MOBILE-Smarts-Updater:show/platform",
            "mobile-smarts-updater:show/%70latform",
        ] {
            assert_eq!(item_id(link).as_deref(), Some("platform"), "{link}");
        }
        let link = "mobile-smarts-updater:show/%D0%A1%D0%BA%D0%BB%D0%B0%D0%B4%2015";
        assert_eq!(item_id(link).as_deref(), Some("Склад 15"));
    }

    #[test]
    fn what_is_not_understood_is_no_item() {
        for text in [
            "",
            "   ",
            "mobile-smarts-updater:",
            "mobile-smarts-updater:show",
            "mobile-smarts-updater:show/",
            "mobile-smarts-updater://",
            "mobile-smarts-updater:update/platform",
            "mobile-smarts-updater:show/a/b",
            "mobile-smarts-updater:show/a?source=http://example.com",
            "mobile-smarts-updater:show/a#b",
            "mobile-smarts-updater:show/a\" --source x",
            "mobile-smarts-updater:show/%",
            "mobile-smarts-updater:show/%4",
            "mobile-smarts-updater:show/%zz",
            "mobile-smarts-updater:show/%ff",
            "mobile-smarts-updater:show/a%00b",
            "mobile-smarts-updater:show/a%0Ab",
            "a\u{1b}b",
        ] {
            assert_eq!(item_id(text), None, "{text:?}");
        }
        assert_eq!(item_id(&"я".repeat(257)), None);
        assert!(item_id(&"я".repeat(256)).is_some());
    }

    #[test]
    fn an_address_is_known_by_its_scheme_alone() {
        assert!(is_link("Mobile-Smarts-Updater:anything".as_ref()));
        assert!(!is_link("mobile-smarts-updater".as_ref()));
        assert!(!is_link("--show".as_ref()));
    }

    proptest! {
        #[test]
        fn an_address_names_every_item_and_nothing_else(
            start in "(mobile-smarts-updater:)?(//)?(show/)?", text in any::<String>()
        ) {
            let named = item_id(&format!("{start}{text}"));
            prop_assert!(named.is_none_or(|id| is_id(&id)));
            let link = format!("{SCHEME}show/{}", utf8_percent_encode(&text, NON_ALPHANUMERIC));
            prop_assert_eq!(item_id(&link), is_id(&text).then_some(text));
        }
    }
}
