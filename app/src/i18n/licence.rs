//! What is open in a licence file, in words. It is no subscription, and no word here says so.

use i18n_embed_fl::fl;
use smarts_core::machine::{Licence, Term, TermState};

use super::Texts;

impl Texts {
    /// `Лицензия: Склад 15, ООО «Ромашка», до 5 устройств, временная по 01.12.2026`.
    pub fn licence(&self, licence: &Licence, state: TermState) -> String {
        let parts = [
            Some(self.licence_product(licence)),
            licence.company.clone(),
            self.licence_devices(licence),
            self.licence_term(licence, state),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// `Лицензия: Склад 15`; one that names no product is called like its file.
    pub fn licence_product(&self, licence: &Licence) -> String {
        fl!(self.loader, "licence", what = licence.product.as_deref().unwrap_or(licence.file()))
    }

    /// `до 5 устройств, устройство CT40`.
    pub fn licence_devices(&self, licence: &Licence) -> Option<String> {
        let clients = licence.max_clients.map(|count| fl!(self.loader, "licence-clients", count = count));
        let device = licence.device.as_deref();
        let device = device.map(|device| fl!(self.loader, "licence-device", device = device));
        let parts: Vec<String> = clients.into_iter().chain(device).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// `временная по 01.12.2026`; nothing of a licence that tells no end.
    pub fn licence_term(&self, licence: &Licence, state: TermState) -> Option<String> {
        let loader = &self.loader;
        match (licence.term, state) {
            (Term::Unlimited, _) => None,
            (Term::Unread, _) => Some(fl!(loader, "licence-term-unread")),
            (Term::Until(day), TermState::Ended { .. }) => {
                Some(fl!(loader, "licence-ended", date = self.date(day)))
            }
            (Term::Until(day), TermState::Active | TermState::EndsSoon { .. } | TermState::Unread) => {
                Some(fl!(loader, "licence-until", date = self.date(day)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::i18n::Language;

    fn licence(text: &str) -> Licence {
        let path = r"C:\База\Licenses\lic7.xml";
        smarts_core::machine::licence::parse(text.as_bytes(), None, path).unwrap().licence
    }

    fn told(text: &str) -> String {
        let licence = licence(text);
        let state = licence.state(date(2026, 11, 23), 30);
        Texts::new(Language::Ru).unwrap().licence(&licence, state)
    }

    #[test]
    fn a_licence_is_one_line_with_what_it_tells_and_nothing_else() {
        let whole = "<license company='ООО «Ромашка»' maxClients='5' endDate='01.12.2026'>\
                     <application name='Склад 15'/></license>";
        let line = "Лицензия: Склад 15, ООО «Ромашка», до 5 устройств, временная по 01.12.2026";
        assert_eq!(told(whole), line);
        let ended = "<license application='Склад 15' maxClients='21' endDate='22.11.2026'/>";
        let line = "Лицензия: Склад 15, до 21 устройства, временная, закончилась 22.11.2026";
        assert_eq!(told(ended), line);
        assert_eq!(told("<license deviceId='CT40'/>"), "Лицензия: lic7.xml, устройство CT40");
        assert_eq!(told("<license endDate='?'/>"), "Лицензия: lic7.xml, срок не читается");
        assert_eq!(told("<license endDate='31.12.9999'/>"), "Лицензия: lic7.xml");
    }
}
