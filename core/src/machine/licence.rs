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
//! `licenseData`, which is protected: it is not looked at, and so can neither be kept nor shown; a fault quotes of
//! a file only the name of its root and what stands in place of the end, the first 40 characters of either. Deliberately
//! not here: the signature, which is the vendor's to check.

use std::path::Path;

use jiff::civil::Date;
use roxmltree::Node;
use serde::{Deserialize, Serialize};

use crate::machine::FileFault;
use crate::xml;

/// More than any name on a licence has.
const LONGEST_TEXT: usize = 200;
/// The years of a .NET program's smallest and largest date, which stand for none.
const WITHOUT_END: [i16; 2] = [1, 9999];
/// Characters of what stands in place of a day.
const LONGEST_BAD_END: usize = 40;

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

/// How a licence stands on a day. This is no subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermState {
    /// It has no end, or one for which it is too early to warn.
    Active,
    /// Ends soon, and counts today.
    EndsSoon {
        /// 0 on the last day.
        days_left: i32,
    },
    /// Counts no more.
    Ended {
        /// At least 1.
        days_ago: i32,
    },
    /// Its end cannot be read.
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
    let node = license(document.root_element(), file)?;
    let (term, bad_end) = term(name_of(node, "endDate"));
    let application = || xml::children(node, "application");
    let licence = Licence {
        base_id: base_id.map(str::to_owned),
        path: path.to_owned(),
        product_id: application().find_map(|one| xml::value(one, "id")).and_then(|id| short(&id)),
        product: name_of(node, "application"),
        company: name_of(node, "company"),
        max_clients: name_of(node, "maxClients")
            .and_then(|count| count.parse().ok())
            .filter(|count| *count > 0),
        device: ["deviceName", "device", "deviceId"].iter().find_map(|name| name_of(node, name)),
        term,
        uid: name_of(node, "uid"),
        preset_id: name_of(node, "presetId"),
    };
    Ok(Read { licence, bad_end })
}

impl Licence {
    /// How it stands on this day; it ends soon from so many days before its last day.
    pub fn state(&self, today: Date, warn_days: u16) -> TermState {
        let until = match self.term {
            Term::Unlimited => return TermState::Active,
            Term::Unread => return TermState::Unread,
            Term::Until(until) => until,
        };
        // Between two dates of the calendar there are fewer than 2³¹ days.
        match (until.duration_since(today).as_hours() / 24) as i32 {
            days if days < 0 => TermState::Ended { days_ago: -days },
            days if days <= i32::from(warn_days) => TermState::EndsSoon { days_left: days },
            _ => TermState::Active,
        }
    }

    /// The name of its file.
    pub fn file(&self) -> &str {
        self.path.rsplit('\\').next().unwrap_or(&self.path)
    }
}

/// Whether a file is called like a licence.
pub fn is_name(name: &str) -> bool {
    let extension = Path::new(name).extension();
    name.to_lowercase().starts_with("lic") && extension.is_some_and(|one| one.eq_ignore_ascii_case("xml"))
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
        .ok_or_else(|| xml::without_content(xml::wrong_root(root, "license", file)))
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
    match day(text.split([' ', 'T']).next().unwrap_or_default()) {
        Some(day) if WITHOUT_END.contains(&day.year()) => (Term::Unlimited, None),
        Some(day) => (Term::Until(day), None),
        None => (Term::Unread, Some(text.chars().take(LONGEST_BAD_END).collect())),
    }
}

/// Any day of the calendar, as in the field or in ISO form, with a year of four digits.
fn day(text: &str) -> Option<Date> {
    let (separator, format) = if text.contains('.') { ('.', "%d.%m.%Y") } else { ('-', "%Y-%m-%d") };
    let mut numbers: Vec<&str> = text.split(separator).collect();
    if separator == '.' {
        numbers.reverse();
    }
    // The library would take signs, and shorter and longer years.
    let is_number = |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_day =
        numbers.iter().all(is_number) && matches!(numbers.as_slice(), [year, _, _] if year.len() == 4);
    Date::strptime(format, text).ok().filter(|day| is_day && day.year() > 0)
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
        for (day, expected) in [
            ("31.12.2199", date(2199, 12, 31)),
            ("9998-12-31T00:00:00", date(9998, 12, 31)),
            ("31.12.1999", date(1999, 12, 31)),
            ("1.2.2027", date(2027, 2, 1)),
        ] {
            assert_eq!(term(day), Term::Until(expected), "{day}");
        }
        for none in ["31.12.9999", "9999-01-01", "02.01.0001"] {
            assert_eq!(term(none), Term::Unlimited, "{none}");
        }
        for bad in [
            "декабрь",
            "31.02.2026",
            "01.12.26",
            "-2026-12-01",
            "+2026-12-01",
            "2026-12",
            "01.01.0000",
            "..",
            "-",
        ] {
            let read = parse(format!("<license endDate='{bad}'/>").as_bytes(), None, PATH).unwrap();
            assert_eq!((read.licence.term, read.bad_end.as_deref()), (Term::Unread, Some(bad)));
        }
    }

    #[test]
    fn the_last_day_of_a_temporary_licence_counts() {
        let on = |today| expected().state(today, 30);
        assert_eq!(on(date(2026, 10, 1)), TermState::Active);
        assert_eq!(on(date(2026, 12, 1)), TermState::EndsSoon { days_left: 0 });
        assert_eq!(on(date(2026, 12, 2)), TermState::Ended { days_ago: 1 });
        let today = date(2026, 12, 2);
        assert_eq!(Licence { term: Term::Unlimited, ..expected() }.state(today, 30), TermState::Active);
        assert_eq!(Licence { term: Term::Unread, ..expected() }.state(today, 30), TermState::Unread);
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
        let text = format!("<{} xmlns='urn:{SECRET}'/>", "x".repeat(50));
        let FileFault::WrongRoot { found, .. } = fault(text.as_bytes()) else { panic!("{text}") };
        assert_eq!(found, "x".repeat(40));
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
