//! One record of the Windows Application log, as it was read.
//!
//! The shape: Microsoft, "Event schema" (namespace `…/2004/08/events/event`), into which both the live log and an
//! exported file are rendered. Programs that write by the old functions, as Windows Installer and this one do, have
//! their strings in `EventData/Data` without names, and whatever they like in `EventData/Binary`; newer ones, as the
//! Restart Manager, have named elements in `UserData`. Deliberately not here: what a record means (`msi`),
//! where records come from, and turning an account's number into its name.

use jiff::Timestamp;
use roxmltree::Node;

use crate::os::EventLevel;
use crate::xml;

/// Windows Installer, since Windows 2000.
pub const INSTALLER: &str = "MsiInstaller";
/// What Windows Installer asks for the programs that hold a file.
pub const RESTART_MANAGER: &str = "Microsoft-Windows-RestartManager";
/// Our own source, as the installation registers it.
pub const OWN: &str = "Mobile SMARTS Updater";
/// All the sources of which anything is understood here.
pub const PROVIDERS: [&str; 3] = [INSTALLER, RESTART_MANAGER, OWN];

/// More strings than any of these records has by far.
const MOST_STRINGS: usize = 64;
/// Of all strings of a record together, in bytes; the rest is cut off.
const MOST_TEXT: usize = 8 * 1024;
/// Names of computers, sources and accounts are cut to this many bytes.
const LONGEST_NAME: usize = 256;
/// The code of a product stands in the first 38.
const MOST_BINARY: usize = 256;

/// A record, with nothing added to it. However large the real one was, this one is small.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// When it was written.
    pub time: Timestamp,
    /// The source: [`PROVIDERS`], or another.
    pub provider: String,
    /// Its number: for [`INSTALLER`] 1033 installed, 1034 removed, … (Microsoft, "Event Logging").
    pub id: u32,
    /// How bad it is, the source says. Windows Installer calls a failed installation information.
    pub level: EventLevel,
    /// The category, which Windows shows in the source's own words; 0: none.
    pub task: u16,
    /// Its place in the log; `None` where that was not told.
    pub number: Option<u64>,
    /// The PC it was written on.
    pub computer: String,
    /// The number of the account, as in `S-1-5-18`; `None`: none was recorded.
    pub sid: Option<String>,
    /// The strings without names, in the order of the source's own message; empty ones too.
    pub strings: Vec<String>,
    /// The named ones, in their order; a name may come twice.
    pub named: Vec<(String, String)>,
    /// The first bytes of what comes after the strings.
    pub binary: Vec<u8>,
}

impl Record {
    /// The string at a place, from 0; `None` also where it is empty or `(NULL)`, which is how Windows Installer
    /// writes that there is none.
    pub fn string(&self, index: usize) -> Option<&str> {
        let text = self.strings.get(index)?.trim();
        Some(text).filter(|text| !text.is_empty() && !text.eq_ignore_ascii_case("(null)"))
    }

    /// Everything under a name, without regard to case.
    pub fn all_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.named.iter().filter(move |(own, _)| own.eq_ignore_ascii_case(name));
        named.map(|(_, text)| text.as_str())
    }

    /// Whether this source has written it.
    pub fn is_by(&self, provider: &str) -> bool {
        self.provider.eq_ignore_ascii_case(provider)
    }
}

/// Whether rendered XML is of one of these sources, as far as can be told without parsing it.
pub fn may_be_by(xml: &str, providers: &[&str]) -> bool {
    let Some(start) = xml.find("<Provider") else { return false };
    let tag = xml.get(start..).unwrap_or_default();
    let tag = tag.get(..tag.find('>').unwrap_or(tag.len())).unwrap_or_default();
    providers.iter().any(|provider| {
        tag.split(['"', '\'']).skip(1).step_by(2).any(|value| value.eq_ignore_ascii_case(provider))
    })
}

/// Reads a record; `None` if it is not one, or without a source, a time or a number.
pub fn parse(text: &str) -> Option<Record> {
    let document = xml::parse(text, "event").ok()?;
    let event = document.root_element();
    let system = xml::children(event, "System").next()?;
    let provider = xml::value(xml::children(system, "Provider").next()?, "Name")?;
    let number = |name| xml::value(system, name);
    let strings = Strings::of(event);
    Some(Record {
        time: xml::value(xml::children(system, "TimeCreated").next()?, "SystemTime").and_then(|time| {
            // Of the live log it ends in `Z`; exported, a library may leave that out.
            time.parse().or_else(|_| format!("{}Z", time.replace(' ', "T")).parse()).ok()
        })?,
        provider: shortened(provider, LONGEST_NAME),
        id: number("EventID")?.parse().ok()?,
        level: level(number("Level").and_then(|level| level.parse().ok())),
        task: number("Task").and_then(|task| task.parse().ok()).unwrap_or(0),
        number: number("EventRecordID").and_then(|number| number.parse().ok()),
        computer: shortened(number("Computer").unwrap_or_default(), LONGEST_NAME),
        sid: xml::children(system, "Security")
            .find_map(|security| xml::value(security, "UserID"))
            .map(|sid| shortened(sid, LONGEST_NAME)),
        strings: strings.plain,
        named: strings.named,
        binary: strings.binary,
    })
}

/// Microsoft, "Event schema": 1 critical, 2 error, 3 warning, 4 information, 5 verbose; 0 is nothing of these.
fn level(level: Option<u8>) -> EventLevel {
    match level {
        Some(1 | 2) => EventLevel::Error,
        Some(3) => EventLevel::Warning,
        Some(_) | None => EventLevel::Information,
    }
}

/// What a source has to say, as much of it as is kept.
#[derive(Default)]
struct Strings {
    plain: Vec<String>,
    named: Vec<(String, String)>,
    binary: Vec<u8>,
    bytes: usize,
}

impl Strings {
    fn of(event: Node<'_, '_>) -> Self {
        let mut strings = Self::default();
        let data = xml::children(event, "EventData");
        for one in data.flat_map(|data| data.children()).filter(Node::is_element) {
            if xml::is_named(one, "Binary") {
                strings.binary = xml::text(one).map(|text| bytes(&text)).unwrap_or_default();
            } else if let Some(name) = xml::value(one, "Name") {
                strings.add_named(name, one);
            } else {
                let text = strings.fitting(xml::text(one).unwrap_or_default());
                strings.plain.extend(text);
            }
        }
        let user = xml::children(event, "UserData").flat_map(|data| data.descendants());
        for leaf in user.filter(|node| node.is_element() && !node.children().any(|child| child.is_element()))
        {
            strings.add_named(leaf.tag_name().name().to_owned(), leaf);
        }
        strings
    }

    fn add_named(&mut self, name: String, node: Node<'_, '_>) {
        let text = self.fitting(xml::text(node).unwrap_or_default());
        self.named.extend(text.map(|text| (shortened(name, LONGEST_NAME), text)));
    }

    /// What of a text there is still room for.
    fn fitting(&mut self, text: String) -> Option<String> {
        if self.plain.len() + self.named.len() >= MOST_STRINGS {
            return None;
        }
        let text = shortened(text, MOST_TEXT.saturating_sub(self.bytes));
        self.bytes += text.len();
        Some(text)
    }
}

/// The first bytes of a text in hexadecimal; none if it is something else.
fn bytes(text: &str) -> Vec<u8> {
    let digits = text.len().min(MOST_BINARY * 2);
    text.get(..digits).and_then(|text| hex::decode(text).ok()).unwrap_or_default()
}

fn shortened(mut text: String, most_bytes: usize) -> String {
    text.truncate(text.floor_char_boundary(most_bytes));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const INSTALLED: &str = "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>\
        <Provider Name='MsiInstaller'/><EventID Qualifiers='0'>1033</EventID><Version>0</Version><Level>4</Level>\
        <Task>0</Task><TimeCreated SystemTime='2025-11-03T09:15:27.1234567Z'/><EventRecordID>7</EventRecordID>\
        <Channel>Application</Channel><Computer>KASSA-1</Computer><Security UserID='S-1-5-18'/></System>\
        <EventData><Data>Mobile SMARTS</Data><Data>3.4.46.40367</Data><Data/><Data>(NULL)</Data>\
        <Binary>7B42</Binary></EventData></Event>";

    #[test]
    fn a_record_of_windows_installer_is_read() {
        let record = parse(INSTALLED).unwrap();
        assert_eq!(record.time, "2025-11-03T09:15:27.1234567Z".parse().unwrap());
        assert_eq!((record.provider.as_str(), record.id, record.number), (INSTALLER, 1033, Some(7)));
        assert_eq!((record.computer.as_str(), record.sid.as_deref()), ("KASSA-1", Some("S-1-5-18")));
        assert_eq!(record.strings, ["Mobile SMARTS", "3.4.46.40367", "", "(NULL)"]);
        assert_eq!((record.string(1), record.string(2)), (Some("3.4.46.40367"), None));
        assert_eq!((record.string(3), record.string(4), record.binary.as_slice()), (None, None, &b"{B"[..]));
    }

    #[test]
    fn names_within_user_data_are_kept_however_deep() {
        let xml = "<Event><System><Provider Guid='{0}' Name='Microsoft-Windows-RestartManager'/>\
            <EventID>10005</EventID><Level>3</Level><TimeCreated SystemTime='2025-01-01 00:00:00.5'/></System>\
            <UserData><RmRestartEvent><nApplications>2</nApplications><Applications><Application>1С</Application>\
            <Application>Проводник</Application></Applications></RmRestartEvent></UserData></Event>";
        let record = parse(xml).unwrap();
        assert_eq!(record.all_named("application").collect::<Vec<_>>(), ["1С", "Проводник"]);
        assert_eq!((record.level, record.sid, record.number), (EventLevel::Warning, None, None));
        assert_eq!(record.time, "2025-01-01T00:00:00.5Z".parse().unwrap());
    }

    #[test]
    fn what_has_no_source_time_or_number_is_none() {
        for (from, to) in [
            ("Provider", "Sender"),
            ("SystemTime", "Other"),
            ("2025-11", "yesterday"),
            (">1033<", "><"),
            (">1033<", ">many<"),
            ("System>", "Sys>"),
            ("</Event>", ""),
        ] {
            assert_eq!(parse(&INSTALLED.replace(from, to)), None, "{from} → {to}");
        }
        assert_eq!(parse(""), None);
    }

    #[test]
    fn a_record_is_small_however_large_it_was() {
        let data = format!("<Data>{}</Data>", "я".repeat(3_000)).repeat(100);
        let xml = INSTALLED.replace("<Data>Mobile SMARTS</Data>", &data);
        let record = parse(&xml).unwrap();
        assert!(record.strings.iter().map(String::len).sum::<usize>() <= MOST_TEXT);
        assert!(record.strings.len() <= MOST_STRINGS);
        let binary = format!("<Binary>{}</Binary>", "7B".repeat(5_000));
        let record = parse(&INSTALLED.replace("<Binary>7B42</Binary>", &binary)).unwrap();
        assert_eq!(record.binary.len(), MOST_BINARY);
    }

    #[test]
    fn the_source_is_told_before_anything_is_parsed() {
        assert!(may_be_by(INSTALLED, &PROVIDERS) && !may_be_by(INSTALLED, &[OWN, RESTART_MANAGER]));
        assert!(may_be_by("<Provider Guid=\"{0}\" Name=\"MSIINSTALLER\">", &PROVIDERS));
        for text in ["", "<Provider", "<Provider>MsiInstaller</Provider>", "MsiInstaller"] {
            assert!(!may_be_by(text, &PROVIDERS), "{text}");
        }
    }
}
