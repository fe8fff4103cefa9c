//! When two names of devices or products are the same.
//!
//! How an export of the web account writes them is not known, so letter case, white space, quotation marks
//! around a product and the vendor's `Mobile SMARTS:` before it are no difference (inferred).

use crate::machine::Base;

/// What people write for "all products".
const ALL_PRODUCTS: [&str; 6] = ["", "*", "all", "все", "любой", "все продукты"];

/// White space of every kind, as single spaces, and none around.
pub(super) fn single_spaces(text: &str) -> String {
    let mut words = text.split_whitespace();
    let mut joined = words.next().unwrap_or_default().to_owned();
    for word in words {
        joined.push(' ');
        joined.push_str(word);
    }
    joined
}

/// What is the same for two spellings of the name of one device.
pub fn key(name: &str) -> String {
    single_spaces(name).to_lowercase()
}

/// The same for a product.
pub(super) fn product_key(name: &str) -> String {
    let quotation = |c: char| "«»\"“”„'".contains(c);
    let key = key(name);
    let key = key.trim_matches(quotation);
    key.strip_prefix("mobile smarts:").unwrap_or(key).trim().trim_matches(quotation).to_owned()
}

pub(super) fn is_all_products(product: &str) -> bool {
    ALL_PRODUCTS.contains(&key(product).as_str())
}

/// Whether a record of `product` is about the product of this base: its id, its name, or a beginning of its
/// name that ends with a word.
pub(super) fn is_of(product: &str, base: &Base) -> bool {
    let asked = product_key(product);
    let own = product_key(&base.product);
    base.product_id.as_deref().is_some_and(|id| key(id) == asked)
        || own.strip_prefix(&asked).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::base;

    #[test]
    fn a_product_is_meant_by_its_id_its_name_or_the_beginning_of_it() {
        let base = base("a", "9B3E6ADA", "1.6.3.6708");
        for product in [
            "9b3e6ada",
            "Склад 15, Расширенный",
            "склад  15, расширенный",
            "Склад 15",
            "Mobile SMARTS: Склад 15, РАСШИРЕННЫЙ",
            "«Склад 15»",
            "Mobile SMARTS: «Склад 15»",
        ] {
            assert!(is_of(product, &base), "{product}");
        }
        for product in ["Склад 1", "Магазин 15", "Склад 15, Базовый", "Склад 15, Расширенный с ЕГАИС"]
        {
            assert!(!is_of(product, &base), "{product}");
        }
    }

    #[test]
    fn letter_case_and_white_space_make_no_other_device() {
        assert_eq!(key(" ТСД\u{a0}\t 01 "), key("тсд 01"));
        assert_ne!(key("ТСД 01"), key("ТСД 1"));
    }
}
