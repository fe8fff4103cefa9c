//! Whose a certificate is, who has issued it, until when it holds.
//!
//! Only looked at: whether it counts is for TLS to say.

use jiff::Timestamp;
use x509_cert::der::asn1::{AnyRef, ObjectIdentifier};
use x509_cert::der::{Decode as _, Tag, Tagged as _};
use x509_cert::name::Name;

use crate::source::Fault;

const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const ORGANIZATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");
/// No name is shown longer: it is what a stranger calls itself.
const LONGEST_NAME: usize = 80;

/// Products that look into connections issue certificates under these names (from general knowledge).
const INSPECTORS: [&str; 13] = [
    "Kaspersky",
    "Dr.Web",
    "ESET SSL Filter",
    "Avast",
    "AVG Web",
    "Bitdefender",
    "Zscaler",
    "FortiGate",
    "Fortinet",
    "UserGate",
    "Ideco",
    "Check Point",
    "Sophos",
];

/// What a certificate says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Whose it calls itself.
    pub subject: String,
    /// Who has issued it: the organization, and the name.
    pub issuer: String,
    /// Nobody but itself vouches for it.
    pub is_self_signed: bool,
    /// It does not hold earlier.
    pub not_before: Timestamp,
    /// It does not hold later.
    pub not_after: Timestamp,
}

/// Why nothing is known of a certificate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// There was no connection to see it by.
    #[error("No certificate was seen")]
    NotSeen(#[source] Fault),
    /// It is none.
    #[error("Failed to read the certificate: {detail}")]
    Broken {
        /// The library's words.
        detail: String,
    },
}

impl Certificate {
    /// Reads one.
    pub fn of_der(der: &[u8]) -> Result<Self, Unread> {
        let broken = |detail: String| Unread::Broken { detail };
        let read = x509_cert::Certificate::from_der(der).map_err(|error| broken(error.to_string()))?;
        let read = read.tbs_certificate;
        let moment = |time: x509_cert::time::Time| {
            let since = time.to_unix_duration().as_secs();
            let moment = i64::try_from(since).ok().and_then(|second| Timestamp::from_second(second).ok());
            moment.ok_or_else(|| broken(format!("No moment: {since}")))
        };
        Ok(Self {
            subject: name(&read.subject),
            issuer: name(&read.issuer),
            is_self_signed: read.subject == read.issuer,
            not_before: moment(read.validity.not_before)?,
            not_after: moment(read.validity.not_after)?,
        })
    }
}

/// The product that looks into connections, if a certificate's issuer bears the name of one.
pub fn inspector(issuer: &str) -> Option<&'static str> {
    let issuer = issuer.to_lowercase();
    INSPECTORS.into_iter().find(|name| issuer.contains(&name.to_lowercase()))
}

/// Organization and common name; whichever there is.
fn name(name: &Name) -> String {
    let part = |wanted| {
        let all = name.0.iter().flat_map(|part| part.0.iter());
        let mut found = all.filter(|one| one.oid == wanted).map(|one| text(AnyRef::from(&one.value)));
        found.next().filter(|text| !text.is_empty())
    };
    let parts: Vec<String> = match (part(ORGANIZATION), part(COMMON_NAME)) {
        (Some(organization), Some(common)) if common.contains(&organization) => vec![common],
        (organization, common) => organization.into_iter().chain(common).collect(),
    };
    parts.join(", ")
}

/// What a stranger writes is cut, and never more than one row.
fn text(value: AnyRef<'_>) -> String {
    let bytes = value.value();
    let text = if value.tag() == Tag::BmpString {
        let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    } else {
        String::from_utf8_lossy(bytes).into_owned()
    };
    text.chars().filter(|letter| !letter.is_control()).take(LONGEST_NAME).collect()
}

#[cfg(test)]
mod tests {
    use smarts_tests::tls::{Authority, Identity, Validity};

    use super::*;

    fn read(identity: &Identity) -> Certificate {
        Certificate::of_der(&identity.der()).unwrap()
    }

    #[test]
    fn a_certificate_says_whose_it_is_and_who_issued_it_until_when() {
        let company = Authority::root("Компания, удостоверяющий центр").unwrap();
        let issued = read(&company.issue("files.example", Validity::Expired).unwrap());
        assert_eq!(issued.issuer, "Компания, удостоверяющий центр");
        assert_eq!(issued.subject, "files.example");
        assert_eq!(issued.not_after, "2001-01-01T00:00:00Z".parse().unwrap());
        assert!(!issued.is_self_signed);
        assert!(read(&Identity::self_signed("files.example", false).unwrap()).is_self_signed);
    }

    #[test]
    fn a_product_that_looks_into_connections_is_known_by_its_name() {
        assert_eq!(inspector("AO Kaspersky Lab, Kaspersky Anti-Virus Root Certificate"), Some("Kaspersky"));
        assert_eq!(inspector("Let's Encrypt, R11"), None);
    }

    #[test]
    fn what_is_no_certificate_is_said_to_be_broken() {
        assert!(matches!(Certificate::of_der(b"no certificate"), Err(Unread::Broken { .. })));
    }
}
