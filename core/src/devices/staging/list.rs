//! The two files that are written for devices: the list of versions, and the description of one.
//!
//! What others have written into entries of the list stays as it stands there; comments between them do not. New entries come
//! last. Only elements that the vendor's format is known to have are written.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::Older;
use crate::catalogue::versions_xml;
use crate::version::Version;
use crate::xml;

/// The list with a version on it that lies in `folder`, and of the others as many as are to stay. `former`: as it stands
/// there, if it could be read.
pub(super) fn with(former: Option<&[u8]>, version: Version, folder: &str, older: Older) -> Vec<u8> {
    let stays = |other: Option<Version>| match older {
        Older::Keep => other != Some(version),
        Older::Remove => other.is_none_or(|other| other > version),
    };
    let kept = former.map_or_else(Vec::new, |bytes| entries(bytes, stays));
    let path = match folder {
        folder if folder == version.to_string() => String::new(),
        // Names that are safe to use as such have no quotation marks.
        folder => format!(" path=\"{}\"", escaped(folder)),
    };
    let own = format!("<version name=\"{version}\"{path} />");
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<update>\r\n  <versions>\r\n");
    for entry in kept.iter().chain([&own]) {
        text.extend(["    ", entry, "\r\n"]);
    }
    text.push_str("  </versions>\r\n</update>\r\n");
    text.into_bytes()
}

/// The entries of versions that are to stay, as they are written.
fn entries(bytes: &[u8], stays: impl Fn(Option<Version>) -> bool) -> Vec<String> {
    let Ok(text) = xml::decode(bytes, versions_xml::FILE) else { return Vec::new() };
    let Ok(document) = xml::parse(&text, versions_xml::FILE) else { return Vec::new() };
    let is_entry = |node: &roxmltree::Node<'_, '_>| xml::is_named(*node, "version");
    let version =
        |node: &roxmltree::Node<'_, '_>| xml::value(*node, "name").and_then(|name| name.parse().ok());
    let entries = document.descendants().filter(is_entry).filter(|node| stays(version(node)));
    entries.filter_map(|node| text.get(node.range()).map(str::to_owned)).collect()
}

/// The description of a version whose package lies beside it.
pub(super) fn description(version: Version, date: Option<Date>, file_name: &str, text: &str) -> Vec<u8> {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<update>\r\n");
    let mut add = |name: &str, value: &str| {
        // Writing to a string does not fail.
        let _ = write!(xml, "  <{name}>{}</{name}>\r\n", escaped(value));
    };
    add("version", &version.to_string());
    if let Some(date) = date {
        add("date", &date.strftime("%d.%m.%Y").to_string());
    }
    add("fromdownloads", "false");
    add("file", file_name);
    add("description", text);
    xml.push_str("</update>\r\n");
    xml.into_bytes()
}

/// As an element may hold it: XML 1.0 has no control characters but white space.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\t' | '\n' | '\r' => escaped.push(c),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Feed;
    use crate::catalogue::update_xml::{self, Context};

    fn version(text: &str) -> Version {
        text.parse().unwrap()
    }

    #[test]
    fn entries_of_others_stay_as_they_are_written_and_the_new_one_comes_last() {
        let former = "<update><versions><!-- by hand --><version name='3.3.0.28766' path='старая' x=\"1\"/>\
                      <version><name>3.4.0.46990</name></version></versions></update>";
        let new = version("3.4.0.46990");
        let text = String::from_utf8(with(Some(former.as_bytes()), new, "3.4.0.46990", Older::Keep)).unwrap();
        assert!(text.contains("<version name='3.3.0.28766' path='старая' x=\"1\"/>"), "{text}");
        let read = versions_xml::parse(text.as_bytes()).unwrap();
        let versions: Vec<String> = read.listed.iter().map(|listed| listed.version.to_string()).collect();
        assert_eq!(versions, ["3.3.0.28766", "3.4.0.46990"]);
        let alone = with(Some(former.as_bytes()), new, "3.4.0.46990", Older::Remove);
        assert_eq!(alone, with(None, new, "3.4.0.46990", Older::Keep));
        assert_eq!(versions_xml::parse(&alone).unwrap().listed.len(), 1);
        let above = "<update><versions><version name='3.3'/><version name='3.5'/></versions></update>";
        let read = versions_xml::parse(&with(Some(above.as_bytes()), new, "3.4.0.46990", Older::Remove));
        let versions: Vec<String> = read.unwrap().listed.iter().map(|one| one.version.to_string()).collect();
        assert_eq!(versions, ["3.5", "3.4.0.46990"]);
    }

    #[test]
    fn a_version_whose_folder_has_a_name_of_its_own_is_listed_with_it() {
        for folder in ["Новая версия", "склад/R&D 'проба'", "3.04.0.46990"] {
            let list = with(None, version("3.4.0.46990"), folder, Older::Keep);
            let read = versions_xml::parse(&list).unwrap();
            assert_eq!((read.listed.len(), read.listed[0].path.as_str()), (1, folder));
        }
    }

    #[test]
    fn a_list_in_another_encoding_is_carried_over() {
        let text = "<?xml version=\"1.0\" encoding=\"windows-1251\"?><versions><version name=\"3.3\" path=\"старая\"/></versions>";
        let bytes = encoding_rs::WINDOWS_1251.encode(text).0;
        let read = versions_xml::parse(&with(Some(&bytes), version("3.4"), "3.4", Older::Keep)).unwrap();
        assert_eq!((read.listed.len(), read.listed[0].path.as_str()), (2, "старая"));
    }

    #[test]
    fn a_description_is_read_back_as_it_was_meant_whatever_the_text_is() {
        let notes = "Приёмка & <маркировка>\n]]> «ёлочки»\u{0}\u{1F}\u{FFFE} \u{1F600}";
        let bytes = description(
            version("3.4.0.46990"),
            Some(jiff::civil::date(2025, 2, 11)),
            "Клиент & ТСД.apk",
            notes,
        );
        let feed = Feed::none();
        let context = Context { feed: &feed, version: version("3.4.0.46990"), dir: "d", sites: &[] };
        let release = update_xml::parse(&bytes, update_xml::FILE, &context).unwrap();
        assert_eq!(release.notes, "Приёмка & <маркировка>\n]]> «ёлочки» \u{1F600}");
        assert_eq!(release.file.unwrap().name, "Клиент & ТСД.apk");
        assert_eq!(release.date, Some(jiff::civil::date(2025, 2, 11)));
    }
}
