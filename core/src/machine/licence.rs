//! A licence file, `lic*.xml`: what is open in it. A function of bytes.
//!
//! Read from a published build of the vendor's program, version 3.3: the envelope is that of XML-DSig, as in
//! [`super::app_description`], the `Object` has the Id `License`, and the `license` in it tells `application` with
//! `id` and `name`, `company`, `maxClients`, `endDate`, `uid`, `presetId` and `licenseData`. Inferred: which of these
//! are attributes and which are elements, so both are taken, in any letter case and namespace; that a licence without
//! an `endDate`, or with the 0001 or the 9999 that .NET programs write for one, has no end; and that such a day is
//! written as in the field or in ISO form. Its time of day and zone are passed over.
//! Not known: what names the device a licence is bound to. An open `deviceId`, `deviceName` or `device` is taken for
//! that if it is there.
//!
//! The end of a temporary licence is **no subscription**, and never decides what a device may receive. That date is in
//! `licenseData`, which is protected: it is not looked at, and so can neither be kept nor shown; a fault says nothing
//! of a file's content. Deliberately not here: the signature, which is the vendor's to check.

use jiff::civil::Date;
use roxmltree::Node;
use serde::{Deserialize, Serialize};

use crate::machine::FileFault;
use crate::subscription::{self, State};
use crate::xml;

/// More than any name on a licence has.
const LONGEST_TEXT: usize = 200;

/// What is open in a licence file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licence {
    /// The base in whose folder it lies; `None`: it lies in the folder for all bases of this PC.
    pub base_id: Option<String>,
    /// Of the file, as Windows writes it.
    pub path: String,
    /// The id of the product.
    pub product_id: Option<String>,
    /// The name of the product.
    pub product: Option<String>,
    /// Who holds it.
    pub company: Option<String>,
    /// For so many devices at most.
    pub max_clients: Option<u32>,
    /// The device it is bound to, where that is told openly.
    pub device: Option<String>,
    /// Whether it is a temporary one.
    pub term: Term,
    /// `uid`: its own id.
    pub uid: Option<String>,
    /// `presetId`, whatever that is.
    pub preset_id: Option<String>,
}

/// For how long a licence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// No end is told.
    Unlimited,
    /// Temporary; this is its last day.
    Until(Date),
    /// An end is told, and cannot be read.
    Unread,
}

/// What a file says, and an end that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// `base_id` and `path` are as they were given.
    pub licence: Licence,
    /// The text in place of a day, shortened.
    pub bad_end: Option<String>,
}

/// Reads the licence that lies at `path` for this base.
pub fn parse(bytes: &[u8], base_id: Option<&str>, path: &str) -> Result<Read, FileFault> {
    let file = path.rsplit('\\').next().unwrap_or(path);
    let text = xml::decode(bytes, file)?;
    let document = xml::parse(&text, file).map_err(xml::without_content)?;
    let license = license(document.root_element(), file)?;
    let (term, bad_end) = term(name_of(license, "endDate"));
    let application = || xml::children(license, "application");
    let licence = Licence {
        base_id: base_id.map(str::to_owned),
        path: path.to_owned(),
        product_id: application().find_map(|node| xml::value(node, "id")).and_then(|id| short(&id)),
        product: name_of(license, "application"),
        company: name_of(license, "company"),
        max_clients: name_of(license, "maxClients")
            .and_then(|count| count.parse().ok())
            .filter(|count| *count > 0),
        device: ["deviceName", "device", "deviceId"].iter().find_map(|name| name_of(license, name)),
        term,
        uid: name_of(license, "uid"),
        preset_id: name_of(license, "presetId"),
    };
    Ok(Read { licence, bad_end })
}

impl Licence {
    /// How a temporary licence stands on this day. One without an end is active; of one whose end cannot be read there
    /// is no data. This is no subscription.
    pub fn state(&self, today: Date, warn_days: u16) -> State {
        match self.term {
            Term::Unlimited => State::Active,
            Term::Until(until) => subscription::state(Some(until), today, warn_days),
            Term::Unread => State::NoData,
        }
    }

    /// The name of its file.
    pub fn file(&self) -> &str {
        self.path.rsplit('\\').next().unwrap_or(&self.path)
    }
}

/// Whether a file is called like a licence.
pub fn is_name(name: &str) -> bool {
    let name = name.to_lowercase();
    name.starts_with("lic") && name.ends_with(".xml")
}

fn license<'a, 'input>(root: Node<'a, 'input>, file: &str) -> Result<Node<'a, 'input>, FileFault> {
    if xml::is_named(root, "license") {
        return Ok(root);
    }
    let is_of_licence = |object: &Node<'_, '_>| {
        xml::value(*object, "Id").is_some_and(|id| id.eq_ignore_ascii_case("License"))
    };
    let signed =
        xml::children(root, "Object").find(is_of_licence).filter(|_| xml::is_named(root, "Signature"));
    signed
        .and_then(|object| xml::children(object, "license").next())
        .ok_or_else(|| xml::wrong_root(root, "license", file))
}

/// What is told under this name: by an element with a name or a text, or by an attribute.
fn name_of(license: Node<'_, '_>, name: &str) -> Option<String> {
    let told =
        xml::children(license, name).find_map(|node| xml::value(node, "name").or_else(|| xml::text(node)));
    told.or_else(|| xml::value(license, name)).and_then(|text| short(&text))
}

/// On one line, and no longer than names are.
fn short(text: &str) -> Option<String> {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let line: String = words.collect::<Vec<_>>().join(" ").chars().take(LONGEST_TEXT).collect();
    Some(line.trim_end().to_owned()).filter(|line| !line.is_empty())
}

fn term(text: Option<String>) -> (Term, Option<String>) {
    let Some(text) = text else { return (Term::Unlimited, None) };
    let day = text.split([' ', 'T']).next().unwrap_or_default();
    match subscription::date(day) {
        Ok(day) if subscription::is_endless(day) => (Term::Unlimited, None),
        Ok(day) => (Term::Until(day), None),
        Err(_) if matches!(day, "0001-01-01" | "01.01.0001") => (Term::Unlimited, None),
        Err(_) => (Term::Unread, Some(text.chars().take(40).collect())),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const PATH: &str = r"C:\База\Licenses\Lic1.xml";
    const XMLDSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
    const SECRET: &str = "cHJvdGVjdGVk";

    fn read(text: &str) -> Licence {
        parse(text.as_bytes(), Some("a"), PATH).unwrap().licence
    }

    fn fault(bytes: &[u8]) -> FileFault {
        parse(bytes, None, PATH).unwrap_err()
    }

    fn expected() -> Licence {
        Licence {
            base_id: Some("a".to_owned()),
            path: PATH.to_owned(),
            product_id: Some("9B3E".to_owned()),
            product: Some("Склад 15".to_owned()),
            company: Some("ООО «Ромашка»".to_owned()),
            max_clients: Some(5),
            device: None,
            term: Term::Until(date(2026, 12, 1)),
            uid: Some("u-1".to_owned()),
            preset_id: Some("p-1".to_owned()),
        }
    }

    #[test]
    fn what_is_open_is_read_in_and_out_of_its_envelope_and_the_protected_part_is_not() {
        let license = format!(
            "<license company='ООО «Ромашка»' maxClients='5' endDate='01.12.2026' uid='u-1' presetId='p-1' xmlns=''>\
             <application id='9B3E' name='Склад 15'/><licenseData until='{SECRET}'>{SECRET}</licenseData></license>"
        );
        let enveloped = format!(
            "\u{feff}<?xml version='1.0' encoding='utf-8'?><Signature xmlns='{XMLDSIG}'><SignedInfo/>\
             <SignatureValue>x</SignatureValue><Object Id='other'><license/></Object>\
             <Object Id='License'>{license}</Object></Signature>"
        );
        for text in [&license, &enveloped] {
            let found = parse(text.as_bytes(), Some("a"), PATH).unwrap();
            assert!(!format!("{found:?}").contains(SECRET));
            assert!(!serde_json::to_string(&found.licence).unwrap().contains(SECRET));
            assert_eq!(found, Read { licence: expected(), bad_end: None });
        }
    }

    #[test]
    fn elements_in_any_letter_case_and_namespace_are_taken_as_well() {
        let text = "<x:License xmlns:x='urn:x'><x:Application><Id>9B3E</Id><NAME>Склад 15</NAME></x:Application>\
                    <Company> ООО\n «Ромашка» </Company><MAXCLIENTS>5</MAXCLIENTS>\
                    <EndDate>2026-12-01T00:00:00+03:00</EndDate><Uid>u-1</Uid><presetid>p-1</presetid></x:License>";
        assert_eq!(read(text), expected());
        let device = read("<license deviceId='CT40-00017'><company name='ИП Иванов'/></license>");
        assert_eq!(device.device.as_deref(), Some("CT40-00017"));
        assert_eq!(device.company.as_deref(), Some("ИП Иванов"));
    }

    #[test]
    fn windows_1251_is_read_where_it_is_declared() {
        let text = "<?xml version='1.0' encoding='windows-1251'?><license company='Ромашка'/>";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(text);
        assert_eq!(parse(&bytes, None, PATH).unwrap().licence.company.as_deref(), Some("Ромашка"));
        let undeclared = bytes.splitn(2, |byte| *byte == b'>').nth(1).unwrap();
        assert!(matches!(fault(undeclared), FileFault::Encoding { .. }));
    }

    #[test]
    fn a_licence_ends_only_where_a_day_is_told() {
        let term = |end: &str| read(&format!("<license endDate='{end}'/>")).term;
        for none in ["", " ", "0001-01-01T00:00:00", "01.01.0001 0:00:00", "9999-12-31T23:59:59.9999999"] {
            assert_eq!(term(none), Term::Unlimited, "{none}");
        }
        for day in ["01.12.2026", "2026-12-01", "2026-12-01T23:59:59Z", "01.12.2026 23:59:59"] {
            assert_eq!(term(day), Term::Until(date(2026, 12, 1)), "{day}");
        }
        let bad = parse("<license endDate='декабрь'/>".as_bytes(), None, PATH).unwrap();
        assert_eq!(bad.licence.term, Term::Unread);
        assert_eq!(bad.bad_end, Some("декабрь".to_owned()));
    }

    #[test]
    fn the_last_day_of_a_temporary_licence_counts() {
        let on = |today| expected().state(today, 30);
        assert_eq!(on(date(2026, 10, 1)), State::Active);
        assert_eq!(on(date(2026, 12, 1)), State::EndsSoon { days_left: 0 });
        assert_eq!(on(date(2026, 12, 2)), State::Ended { days_ago: 1 });
        let today = date(2026, 12, 2);
        assert_eq!(Licence { term: Term::Unlimited, ..expected() }.state(today, 30), State::Active);
        assert_eq!(Licence { term: Term::Unread, ..expected() }.state(today, 30), State::NoData);
    }

    #[test]
    fn what_is_no_number_of_devices_is_none() {
        for count in ["", "0", "-1", "много", "99999999999"] {
            assert_eq!(read(&format!("<license maxClients='{count}'/>")).max_clients, None, "{count}");
        }
    }

    #[test]
    fn a_text_is_one_line_of_a_bearable_length() {
        let company = read(&format!("<license company='а&#10;&#9;{}'/>", "б".repeat(1000))).company.unwrap();
        assert!(company.starts_with("а б") && company.chars().count() == LONGEST_TEXT, "{company}");
    }

    #[test]
    fn something_else_is_the_wrong_root() {
        for text in [
            "<lic/>".to_owned(),
            format!("<Signature xmlns='{XMLDSIG}'><Object Id='sign'><license/></Object></Signature>"),
            format!(
                "<Signature xmlns='{XMLDSIG}'><Object Id='License'><AppDescription/></Object></Signature>"
            ),
            "<Sealed><Object Id='License'><license/></Object></Sealed>".to_owned(),
        ] {
            let FileFault::WrongRoot { file, expected, .. } = fault(text.as_bytes()) else {
                panic!("{text}")
            };
            assert_eq!((file.as_str(), expected.as_str()), ("Lic1.xml", "license"));
        }
    }

    #[test]
    fn a_dtd_is_refused_and_a_fault_tells_nothing_of_the_content() {
        for text in [
            format!("<!DOCTYPE license [<!ENTITY a '{SECRET}'>]><license company='&a;'/>"),
            format!("<license><licenseData>{SECRET}</{SECRET}></license>"),
            format!("<license>&{SECRET};</license>"),
            format!("<license {SECRET}='1' {SECRET}='2'/>"),
        ] {
            let fault = fault(text.as_bytes());
            assert!(matches!(fault, FileFault::NotXml { .. }), "{fault:?}");
            assert!(!format!("{fault:?}").contains(SECRET), "{fault:?}");
        }
    }

    #[test]
    fn names_of_licence_files_are_told_apart() {
        assert!(is_name("lic1.xml") && is_name("LICENSE.XML") && is_name("lic.xml"));
        assert!(!is_name("lic1.xml.bak") && !is_name("oldlic.xml") && !is_name("lic.txt"));
    }
}
