//! `common.config`: what the PC's own settings say about updates. A function of bytes.
//!
//! A .NET configuration: `configuration/appSettings/add` with `key` and `value`. The three keys were read
//! from the vendor's program: `CustomUpdatePath`, `checkPlatformUpdates` and `checkProductUpdates`; the
//! latter two switch a kind off with `false`. As in .NET, keys match without regard to case, and of two
//! entries with one key the last counts.
//!
//! Deliberately not here: whether `CustomUpdatePath` may be believed ([`crate::source::choose`]).

use std::fmt;

use crate::http;
use crate::machine::{CommonConfig, FileFault};
use crate::xml;

/// The file's name, for faults.
const FILE: &str = "common.config";

/// Reads the configuration.
pub fn parse(bytes: &[u8]) -> Result<CommonConfig, FileFault> {
    let text = xml::decode(bytes, FILE)?;
    let document = xml::parse(&text, FILE)?;
    let root = document.root_element();
    if !xml::is_named(root, "configuration") {
        return Err(xml::wrong_root(root, "configuration", FILE));
    }
    let mut config = CommonConfig::default();
    let entries = xml::children(root, "appSettings").flat_map(|settings| xml::children(settings, "add"));
    for entry in entries {
        let key = xml::value(entry, "key").unwrap_or_default().to_lowercase();
        let value = xml::value(entry, "value");
        let is_on = !value.as_deref().is_some_and(|value| value.eq_ignore_ascii_case("false"));
        match key.as_str() {
            "customupdatepath" => config.custom_update_path = value,
            "checkplatformupdates" => config.check_platform = is_on,
            "checkproductupdates" => config.check_products = is_on,
            _ => {}
        }
    }
    Ok(config)
}

/// Of the address what may be shown.
impl fmt::Debug for CommonConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CommonConfig")
            .field("custom_update_path", &self.custom_update_path.as_deref().map(http::redacted_text))
            .field("check_platform", &self.check_platform)
            .field("check_products", &self.check_products)
            .finish()
    }
}

impl Default for CommonConfig {
    fn default() -> Self {
        Self { custom_update_path: None, check_platform: true, check_products: true }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_keys_are_read_and_others_passed_over() {
        let text = "<?xml version='1.0'?><configuration><connectionStrings/><appSettings>\
                    <add key='Other' value='false'/>\
                    <add key='CUSTOMUPDATEPATH' value=' http://mirror/updates/ '/>\
                    <add key='checkPlatformUpdates' value='False'/>\
                    <add key='checkProductUpdates' value='true'/></appSettings></configuration>";
        let expected = CommonConfig {
            custom_update_path: Some("http://mirror/updates/".to_owned()),
            check_platform: false,
            check_products: true,
        };
        assert_eq!(parse(text.as_bytes()), Ok(expected));
    }

    #[test]
    fn credentials_are_not_shown() {
        let text = "<configuration><appSettings><add key='CustomUpdatePath' value='ivan:secret@mirror/updates'/></appSettings></configuration>";
        let shown = format!("{:?}", parse(text.as_bytes()));
        assert!(!shown.contains("secret") && shown.contains("mirror/updates"), "{shown}");
    }

    #[test]
    fn an_empty_configuration_is_the_default() {
        assert_eq!(parse(b"<configuration/>"), Ok(CommonConfig::default()));
        let text = "<configuration><appSettings><add key='CustomUpdatePath' value=''/></appSettings></configuration>";
        assert_eq!(parse(text.as_bytes()), Ok(CommonConfig::default()));
    }

    #[test]
    fn other_roots_are_no_configuration() {
        assert!(matches!(parse(b"<config/>"), Err(FileFault::WrongRoot { .. })));
    }
}
