//! What of the installed software belongs to Mobile SMARTS, so that foreign software does not mix in.
//!
//! Told, in this order: by the product's code, where it is known (the platform's, read from a build of it); by the
//! manufacturer, which the vendor's own packages name (inferred: the company's name in Latin or Cyrillic letters) and
//! ours does; and, only where no manufacturer was recorded, by the product's name. A package of somebody else that
//! has «Склад 15» in its name is foreign. Deliberately not here: reading any of it.

use crate::machine::{Base, platform};

/// In names of the company, in lower case.
const VENDOR: [&str; 2] = ["cleverence", "клеверенс"];
/// The manufacturer of our own package.
const OWN_MANUFACTURER: &str = "mobile smarts updater";
/// In names of products, in lower case, beside those of the company.
const PLATFORM: &str = "mobile smarts";

/// What is known of one PC.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ours {
    /// The names of its products without their edition, in lower case.
    products: Vec<String>,
}

/// A product as the log names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Product<'a> {
    /// Its name.
    pub name: Option<&'a str>,
    /// The company.
    pub manufacturer: Option<&'a str>,
    /// Its code, a GUID in braces.
    pub code: Option<&'a str>,
}

impl Ours {
    /// Of a PC with these bases.
    pub fn of(bases: &[Base]) -> Self {
        let name = |product: &str| product.split(',').next().unwrap_or_default().trim().to_lowercase();
        let mut products: Vec<String> = bases.iter().map(|base| name(&base.product)).collect();
        products.sort_unstable();
        products.dedup();
        // One that has no name to speak of would be found in every other.
        products.retain(|product| product.chars().count() >= 4);
        Self { products }
    }

    /// Whether a product belongs to Mobile SMARTS.
    pub fn has(&self, product: &Product<'_>) -> bool {
        if product.code.is_some_and(is_platform) {
            return true;
        }
        if let Some(manufacturer) = product.manufacturer {
            return is_vendor(manufacturer) || manufacturer.trim().to_lowercase() == OWN_MANUFACTURER;
        }
        let Some(name) = product.name.map(str::to_lowercase) else { return false };
        name.contains(PLATFORM)
            || VENDOR.iter().any(|vendor| name.contains(vendor))
            || self.products.iter().any(|product| begins_with_words(&name, product))
    }
}

/// Whether a company is the vendor of Mobile SMARTS, by its name.
pub(crate) fn is_vendor(company: &str) -> bool {
    let company = company.to_lowercase();
    VENDOR.iter().any(|vendor| company.contains(vendor))
}

/// Whether it is the platform's code, with or without braces.
fn is_platform(code: &str) -> bool {
    code.trim_matches(['{', '}']).eq_ignore_ascii_case(platform::PRODUCT_ID)
}

/// «Склад 15 (x64)» begins with «Склад 15», «Склад 150» does not.
pub(crate) fn begins_with_words(name: &str, words: &str) -> bool {
    name.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures;

    fn ours() -> Ours {
        Ours::of(&[fixtures::base("a", "p", "1.0.0.0")])
    }

    fn has(name: &str, manufacturer: &str, code: &str) -> bool {
        let some = |text| Some(text).filter(|text: &&str| !text.is_empty());
        ours().has(&Product { name: some(name), manufacturer: some(manufacturer), code: some(code) })
    }

    #[test]
    fn the_vendors_products_and_our_own_are_ours() {
        assert!(has("Mobile SMARTS", "Cleverence Soft", ""));
        assert!(has("Драйвер 1С", "ООО «Клеверенс»", ""));
        assert!(has("Обновления Mobile SMARTS", "Mobile SMARTS Updater", ""));
        assert!(has("anything", "Anybody", "{bf7c4f82-88e1-4d25-bf36-4b7d841330ea}"));
    }

    #[test]
    fn a_name_counts_where_no_manufacturer_is_told() {
        assert!(has("Cleverence Mobile SMARTS 3.4", "", ""));
        assert!(has("Склад 15", "", "") && has("склад 15 (x64)", "", ""));
        for foreign in ["Склад 150", "Учёт для Склад 15", "SMART Notebook", "Mobile", ""] {
            assert!(!has(foreign, "", ""), "{foreign}");
        }
    }

    #[test]
    fn software_of_somebody_else_is_foreign_whatever_its_name() {
        assert!(!has("Склад 15 — обмен", "1С-Рарус", ""));
        assert!(!has("Mobile SMARTS Backup", "Backup Inc.", "{00000000-0000-0000-0000-000000000000}"));
        assert!(!has("Microsoft Visual C++ 2015", "Microsoft Corporation", ""));
        assert!(!has("", "", ""));
    }
}
