//! What was done to this PC, in the Application log of Windows, beside our own journal.
//!
//! Bases that are updated from templates leave no record of Windows Installer, so without this whoever looks
//! there would not find who updated them and when. The ids are a contract with whoever filters by them. Not
//! every PC has such a log, and none of this stops an update.

use std::cell::Cell;

use smarts_core::journal::{Entry, What};
use smarts_core::os::{Event, EventLevel, EventLogFault, Os};

use crate::error::chain;
use crate::i18n::Texts;

/// Puts entries of the journal into the Application log.
pub struct EventLog<'a> {
    os: &'a dyn Os,
    texts: &'a Texts,
    /// Once is enough for our own log.
    is_complained_of: Cell<bool>,
}

impl<'a> EventLog<'a> {
    /// In the language of these texts.
    pub fn new(os: &'a dyn Os, texts: &'a Texts) -> Self {
        Self { os, texts, is_complained_of: Cell::new(false) }
    }

    /// Writes an entry, if it is one of those that say how something ended.
    pub fn write(&self, entry: &Entry) {
        let Some((id, level)) = kind(entry.what) else { return };
        let is_bad = entry.works.as_ref().zip(entry.to).is_some_and(|(works, to)| works.is_bad(to));
        let level = if is_bad { level.max(EventLevel::Warning) } else { level };
        match self.os.write_event(&Event { level, id, text: self.texts.event(entry) }) {
            Ok(()) | Err(EventLogFault::NotHere) => {}
            Err(error @ EventLogFault::Unavailable(_)) => {
                if !self.is_complained_of.replace(true) {
                    tracing::warn!(error = chain(&error), "The Application log has no record of this");
                }
            }
        }
    }
}

/// 101 and 169, beginnings, are left out: what they came to follows.
fn kind(what: What) -> Option<(u16, EventLevel)> {
    match what {
        What::Begun | What::GoingBack | What::GoingBackWhole => None,
        What::Updated => Some((100, EventLevel::Information)),
        What::Failed => Some((110, EventLevel::Warning)),
        What::Undone => Some((111, EventLevel::Warning)),
        What::NotUndone => Some((112, EventLevel::Error)),
        What::Superseded => Some((113, EventLevel::Warning)),
        What::WizardRun => Some((120, EventLevel::Information)),
        What::RebootPending => Some((130, EventLevel::Information)),
        What::Cancelled => Some((140, EventLevel::Information)),
        What::Copied => Some((160, EventLevel::Information)),
        What::CopyDeleted => Some((161, EventLevel::Information)),
        What::WentBack => Some((170, EventLevel::Information)),
        What::WentBackWhole => Some((171, EventLevel::Information)),
        What::NotGoneBack => Some((172, EventLevel::Error)),
        What::WrittenOff => Some((150, EventLevel::Information)),
        What::CountedAgain => Some((151, EventLevel::Information)),
        What::AppStaged => Some((180, EventLevel::Information)),
        What::AppUnstaged => Some((181, EventLevel::Information)),
    }
}

#[cfg(test)]
mod tests {
    use smarts_core::digest::Digest;
    use smarts_core::verify::Proof;
    use smarts_tests::machine_root::MachineRoot;
    use smarts_tests::stand_in::StandIn;

    use super::*;
    use crate::i18n::Language;

    fn entry(what: What) -> Entry {
        Entry {
            time: "2026-11-22T09:40:05Z".parse().unwrap(),
            user: "ivanov".into(),
            computer: "KASSA-1".into(),
            what,
            subject: "main".into(),
            name: "Основной склад".into(),
            product: Some("Склад 15".into()),
            from: "1.6.2.6493".parse().ok(),
            to: "1.6.3.7283".parse().ok(),
            file: "WH15.mstmpl".into(),
            sha256: Some(Digest::of(b"")),
            proof: Some(Proof::Hash),
            detail: String::new(),
            backup_dir: Some(r"C:\Backup\main".into()),
            works: None,
        }
    }

    const ALL: [What; 20] = [
        What::Begun,
        What::Updated,
        What::Failed,
        What::Undone,
        What::NotUndone,
        What::Superseded,
        What::WizardRun,
        What::RebootPending,
        What::Cancelled,
        What::WrittenOff,
        What::CountedAgain,
        What::Copied,
        What::CopyDeleted,
        What::GoingBack,
        What::GoingBackWhole,
        What::WentBack,
        What::WentBackWhole,
        What::NotGoneBack,
        What::AppStaged,
        What::AppUnstaged,
    ];

    #[test]
    fn whatever_came_to_an_end_is_written_under_its_own_number() {
        let root = MachineRoot::new().unwrap();
        let (os, texts) = (StandIn::on(root.path()).unwrap(), Texts::new(Language::Ru).unwrap());
        let log = EventLog::new(&os, &texts);
        for what in ALL {
            log.write(&entry(what));
        }
        let written: Vec<(u16, EventLevel)> =
            os.written().into_iter().map(|event| (event.id, event.level)).collect();
        let expected = [
            (100, EventLevel::Information),
            (110, EventLevel::Warning),
            (111, EventLevel::Warning),
            (112, EventLevel::Error),
            (113, EventLevel::Warning),
            (120, EventLevel::Information),
            (130, EventLevel::Information),
            (140, EventLevel::Information),
            (150, EventLevel::Information),
            (151, EventLevel::Information),
            (160, EventLevel::Information),
            (161, EventLevel::Information),
            (170, EventLevel::Information),
            (171, EventLevel::Information),
            (172, EventLevel::Error),
            (180, EventLevel::Information),
            (181, EventLevel::Information),
        ];
        assert_eq!(written, expected);
    }

    #[test]
    fn a_record_says_who_what_and_from_which_version_to_which() {
        let root = MachineRoot::new().unwrap();
        let os = StandIn::on(root.path()).unwrap();
        for language in [Language::Ru, Language::En] {
            let texts = Texts::new(language).unwrap();
            let entry = Entry { detail: "Base is in use: appres.resources".into(), ..entry(What::Undone) };
            EventLog::new(&os, &texts).write(&entry);
        }
        let written = os.written();
        assert_ne!(written[0].text, written[1].text);
        for event in written {
            for part in
                ["Основной склад", "Склад 15", "1.6.2.6493", "1.6.3.7283", "ivanov", "KASSA-1", "WH15.mstmpl"]
            {
                assert!(event.text.contains(part), "{part} in {}", event.text);
            }
            assert!(event.text.contains(r"C:\Backup\main") && event.text.contains("appres.resources"));
        }
    }

    #[test]
    fn a_base_that_went_back_is_written_with_its_versions_and_the_copy() {
        let root = MachineRoot::new().unwrap();
        let (os, texts) = (StandIn::on(root.path()).unwrap(), Texts::new(Language::En).unwrap());
        let went = Entry { file: String::new(), sha256: None, proof: None, ..entry(What::WentBack) };
        EventLog::new(&os, &texts).write(&went);
        let text = &os.written()[0].text;
        assert!(text.contains("1.6.2.6493 → 1.6.3.7283") && text.contains(r"C:\Backup\main"), "{text}");
    }

    #[test]
    fn a_log_that_is_not_there_or_cannot_be_opened_stops_nothing() {
        let root = MachineRoot::new().unwrap();
        let texts = Texts::new(Language::Ru).unwrap();
        let closed = StandIn { events: None, ..StandIn::on(root.path()).unwrap() };
        let log = EventLog::new(&closed, &texts);
        log.write(&entry(What::Updated));
        assert!(log.is_complained_of.get());
        log.write(&entry(What::Updated));
        let log = EventLog::new(&closed.root, &texts);
        log.write(&entry(What::Updated));
        assert!(!log.is_complained_of.get(), "a machine root has none, and that is all right");
    }
}
