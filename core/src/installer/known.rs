//! Which of the things that are updated here an installer is for, and whether it is one for this PC.
//!
//! How sure that is, from what the file says of itself:
//! - this program's own package: certain, by the code of its line of products, which is ours;
//! - the platform: by the product's code (read from a build of platform 3.3), or by its name from the vendor. The
//!   name is documented as that of the product; that `ProductName` is just that, with a version or a bitness after
//!   it at most, is inferred;
//! - a product's wizard: by the name of a product that has a base here, or by what the vendor calls the two wizards
//!   whose names are documented (`WH15.InstallWizard.exe`, `Retail15.exe`); from the vendor. That these names stand
//!   in the version resource is inferred, and that its version is the one of the template it brings.
//!
//! A file of another company is none of these, whatever it is called; one that names no company is judged by its
//! names. Neither proves anything: that is the signature's, and what an installer has done is read from the PC.

use std::cmp::Ordering;

use super::Identity;
use crate::history::ours;
use crate::machine::{Base, Machine, platform};
use crate::version::Version;

/// Of this program's package (`wix/main.wxs`).
const OWN_UPGRADE_CODE: &str = "5D2C8E0B-6C1F-4E7A-9B53-0F1E6B1B7A14";
/// What the vendor calls wizards, in lower case, and the products they are of.
const WIZARDS: [(&str, &str); 2] = [("wh15", "Склад 15"), ("retail15", "Магазин 15")];
/// What may stand beside the platform's own two words.
const BESIDE: [&str; 6] = ["cleverence", "клеверенс", "soft", "платформа", "platform", "server"];

/// What an installer is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// The platform.
    Platform,
    /// This program.
    Updater,
    /// A product, whose wizard it is.
    Wizard {
        /// The product's name, without an edition.
        product: String,
    },
}

/// What an installer would be started for.
#[derive(Debug, PartialEq)]
pub enum Target<'a> {
    /// The platform.
    Platform,
    /// This program.
    Updater,
    /// A product's wizard, for the bases of it that are older.
    Wizard {
        /// Never empty, as the machine lists them.
        bases: Vec<&'a Base>,
    },
}

/// Why an installer is not started from here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is for nothing that is updated here.
    Foreign,
    /// It does not say of which version it is.
    NoVersion,
    /// What it would update is not on this PC, or that cannot be told.
    NotHere,
    /// No base of that product is updated here.
    NoBase {
        /// The product.
        product: String,
    },
    /// For another .NET than the platform here, so that the two say nothing about each other.
    OtherFlavour {
        /// The platform's version.
        installed: Version,
    },
    /// What is here is of that version, or of a later one. Going back is not this way.
    NotNewer {
        /// What is here; of bases the oldest.
        installed: Version,
    },
}

/// What an installer is for, as it says itself; `None`: nothing that is updated here.
pub fn known(identity: &Identity, machine: &Machine) -> Option<Known> {
    let is_code = |code: &Option<String>, known: &str| {
        code.as_deref().is_some_and(|code| code.trim_matches(['{', '}']).eq_ignore_ascii_case(known))
    };
    if is_code(&identity.upgrade_code, OWN_UPGRADE_CODE) {
        return Some(Known::Updater);
    }
    if is_code(&identity.product_code, platform::PRODUCT_ID) {
        return Some(Known::Platform);
    }
    if !identity.company.as_deref().is_none_or(ours::is_vendor) {
        return None;
    }
    if identity.product.as_deref().is_some_and(is_platform_name) {
        return Some(Known::Platform);
    }
    product_of(identity, machine).map(|product| Known::Wizard { product })
}

/// What it would be started for on this PC.
pub fn target<'a>(identity: &Identity, machine: &'a Machine) -> Result<Target<'a>, Refusal> {
    let known = known(identity, machine).ok_or(Refusal::Foreign)?;
    let offered = identity.version.ok_or(Refusal::NoVersion)?;
    match known {
        Known::Platform => {
            let installed = machine.platform.as_ref().ok_or(Refusal::NotHere)?.version;
            match offered.platform_cmp(&installed) {
                Some(Ordering::Greater) => Ok(Target::Platform),
                Some(_) => Err(Refusal::NotNewer { installed }),
                None => Err(Refusal::OtherFlavour { installed }),
            }
        }
        Known::Updater => {
            let installed = machine.updater.as_ref().ok_or(Refusal::NotHere)?.version;
            if offered > installed { Ok(Target::Updater) } else { Err(Refusal::NotNewer { installed }) }
        }
        Known::Wizard { product } => {
            let here = || machine.bases.iter().filter(|base| base.is_managed() && is_of(base, &product));
            let bases: Vec<&Base> =
                here().filter(|base| base.version.is_some_and(|installed| installed < offered)).collect();
            match here().filter_map(|base| base.version).min() {
                _ if !bases.is_empty() => Ok(Target::Wizard { bases }),
                Some(installed) => Err(Refusal::NotNewer { installed }),
                None => Err(Refusal::NoBase { product }),
            }
        }
    }
}

/// Whether a base is of a product, in whatever edition.
fn is_of(base: &Base, product: &str) -> bool {
    without_edition(&base.product).to_lowercase() == product.to_lowercase()
}

/// «Склад 15, Расширенный» is «Склад 15».
fn without_edition(product: &str) -> &str {
    product.split(',').next().unwrap_or_default().trim()
}

/// «Mobile SMARTS», perhaps with a version or a bitness.
fn is_platform_name(name: &str) -> bool {
    let words = name.split([' ', '(', ')', '\u{a0}', '«', '»', '"']).map(str::to_lowercase);
    let is_beside = |word: &String| {
        let is_number = word.trim_start_matches('v').starts_with(|c: char| c.is_ascii_digit());
        word.is_empty()
            || is_number
            || matches!(word.as_str(), "x86" | "x64")
            || BESIDE.contains(&word.as_str())
    };
    words.filter(|word| !is_beside(word)).eq(["mobile", "smarts"])
}

/// The product that its names are about: one with a base here, or one whose wizard's name is known.
fn product_of(identity: &Identity, machine: &Machine) -> Option<String> {
    let begins_with = |words: &str| {
        let words = words.to_lowercase();
        identity.names().any(|name| ours::begins_with_words(&name.to_lowercase(), &words))
    };
    let here = machine.bases.iter().map(|base| without_edition(&base.product));
    // A name of one or two letters would be the beginning of many.
    let here = here.filter(|product| product.chars().count() >= 4 && begins_with(product));
    // «Склад 15 ЕГАИС» is not «Склад 15», if both have a base here.
    let here = here.max_by_key(|product| product.chars().count()).map(str::to_owned);
    here.or_else(|| {
        let wizard = WIZARDS.iter().find(|(name, _)| begins_with(name));
        wizard.map(|(_, product)| (*product).to_owned())
    })
}
