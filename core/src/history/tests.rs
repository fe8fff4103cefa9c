//! Entries out of a journal and records of the log, as a PC has them.



use super::*;
use crate::fixtures;


/// A record of Windows Installer without a product's code.
pub(super) fn msi(time: &str, id: u32, strings: &[&str]) -> Record {
    Record {
        time: time.parse().unwrap(),
        provider: INSTALLER.to_owned(),
        id,
        level: EventLevel::Information,
        task: 0,
        number: None,
        computer: "KASSA-1".to_owned(),
        sid: Some("S-1-5-21-1-2-3-500".to_owned()),
        strings: strings.iter().map(|text| (*text).to_owned()).collect(),
        named: Vec::new(),
        binary: Vec::new(),
    }
}

/// A record of Windows Installer about the product with this code.
pub(super) fn coded(time: &str, id: u32, strings: &[&str], code: &str) -> Record {
    Record { binary: format!("{code}000012ab").into_bytes(), ..msi(time, id, strings) }
}

/// A record of the Restart Manager.
pub(super) fn restart(time: &str, id: u32, named: &[(&str, &str)]) -> Record {
    let named = named.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    Record { provider: RESTART_MANAGER.to_owned(), named, ..msi(time, id, &[]) }
}

/// A record of our own.
fn own(time: &str, id: u32, text: &str) -> Record {
    Record { provider: OWN.to_owned(), ..msi(time, id, &[text]) }
}

/// An entry about nothing in particular, of ours.
pub(super) fn entry(time: &str) -> Entry {
    let journal = journal::Entry { time: time.parse().unwrap(), name: String::new(), ..fixtures::entry() };
    Entry { subject: None, name: None, product: None, user: None, ..Entry::of_journal(journal) }
}
