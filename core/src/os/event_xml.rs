//! A record of the Windows event log, as the system renders it into XML.
//!
//! The shape: Microsoft, "Event schema" (namespace `…/2004/08/events/event`); programs that write by the old
//! functions, as Windows Installer does, have their strings in `EventData/Data`. Deliberately not here: asking
//! the system for records, and turning an account's number into its name.

use crate::xml;

/// What a record says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rendered {
    /// When it was written.
    pub(super) time: jiff::Timestamp,
    /// Its number.
    pub(super) id: u16,
    /// The SID of the account, if one was recorded.
    pub(super) sid: Option<String>,
    /// The strings of the record.
    pub(super) strings: Vec<String>,
}

/// Reads a record; `None` if it is not one, or without a time or a number.
pub(super) fn parse(text: &str) -> Option<Rendered> {
    let document = xml::parse(text, "event").ok()?;
    let event = document.root_element();
    let system = xml::children(event, "System").next()?;
    let time = xml::value(xml::children(system, "TimeCreated").next()?, "SystemTime")?.parse().ok()?;
    let id = xml::value(system, "EventID")?.parse().ok()?;
    let sid = xml::children(system, "Security").find_map(|security| xml::value(security, "UserID"));
    let data = xml::children(event, "EventData").flat_map(|data| xml::children(data, "Data"));
    let strings = data.map(|one| xml::text(one).unwrap_or_default()).collect();
    Some(Rendered { time, id, sid, strings })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: &str = "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>\
        <Provider Name='MsiInstaller'/><EventID Qualifiers='0'>1033</EventID><Level>4</Level>\
        <TimeCreated SystemTime='2025-11-03T09:15:27.1234567Z'/><EventRecordID>7</EventRecordID>\
        <Channel>Application</Channel><Computer>KASSA-1</Computer><Security UserID='S-1-5-18'/></System>\
        <EventData><Data>Mobile SMARTS</Data><Data>3.4.46.40367</Data><Data/><Data>(NULL)</Data>\
        <Binary>7B42</Binary></EventData></Event>";

    #[test]
    fn a_record_of_windows_installer_is_read() {
        let record = parse(RECORD).unwrap();
        assert_eq!(record.time, "2025-11-03T09:15:27.1234567Z".parse().unwrap());
        assert_eq!((record.id, record.sid.as_deref()), (1033, Some("S-1-5-18")));
        assert_eq!(record.strings, ["Mobile SMARTS", "3.4.46.40367", "", "(NULL)"]);
    }

    #[test]
    fn a_record_without_account_and_strings_is_a_record() {
        let xml = "<Event><System><EventID>1</EventID><TimeCreated SystemTime='2025-01-01T00:00:00Z'/>\
            <Security/></System></Event>";
        let record = parse(xml).unwrap();
        assert_eq!((record.sid, record.strings), (None, Vec::new()));
    }

    #[test]
    fn what_has_no_time_or_number_is_none() {
        for (from, to) in [
            ("SystemTime", "Other"),
            ("2025-11", "yesterday"),
            (">1033<", "><"),
            (">1033<", ">99999<"),
            ("System>", "Sys>"),
            ("</Event>", ""),
        ] {
            assert_eq!(parse(&RECORD.replace(from, to)), None, "{from} → {to}");
        }
        assert_eq!(parse(""), None);
    }
}
