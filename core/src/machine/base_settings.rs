//! How a base runs: `settings.xml`, the connectors' `Connectivity.*.xml`, and the one value needed of
//! `customsettings.xml`. Functions of bytes.
//!
//! Seen in real files: the root `App.Settings` with a child `Mode` (`Device`, `Folder`, `Server`) and
//! `ServerSettings/DataService` with the attribute `enabled` (`True`, `False`); `customsettings.xml` as a
//! `SettingsValueList` of `SettingsValueNode` with a `name` and a child `Value`. Read from the vendor's
//! program: a base of mode Server whose data service is not enabled has its server on another PC. Inferred: its
//! port stands beside that, as `port`.
//! Inferred: the word `InternetExchangeConnector` in a name, a value or a text is the sign of exchange
//! through the Internet.
//!
//! `customsettings.xml` holds a password in clear. Of that file nothing but one short identifier leaves
//! this module, and its faults carry nothing of its content.

use roxmltree::Node;

use crate::machine::FileFault;
use crate::xml;

/// How the base runs.
pub const SETTINGS: &str = "settings.xml";
/// What the administrator set, a password among it.
pub const CUSTOM_SETTINGS: &str = "customsettings.xml";

const EXCHANGE_SIGN: &str = "internetexchangeconnector";
const TAG_NAME: &str = "OneCconfigId";
/// Real ones have about five characters (`UT103`).
const LONGEST_TAG: usize = 64;

/// What `settings.xml` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The base's server is another PC.
    pub is_remote: bool,
    /// It mentions the connector for exchange through the Internet.
    pub mentions_internet_exchange: bool,
    /// The port of the base's data server, if it has one on this PC and the file names its port.
    pub data_port: Option<u16>,
}

/// Reads `settings.xml`.
pub fn parse(bytes: &[u8]) -> Result<Settings, FileFault> {
    let text = xml::decode(bytes, SETTINGS)?;
    let document = xml::parse(&text, SETTINGS)?;
    let root = document.root_element();
    if !xml::is_named(root, "App.Settings") {
        return Err(xml::wrong_root(root, "App.Settings", SETTINGS));
    }
    let is_server = xml::value(root, "Mode").is_some_and(|mode| mode.eq_ignore_ascii_case("Server"));
    let data_service =
        xml::children(root, "ServerSettings").find_map(|server| xml::children(server, "DataService").next());
    let is_enabled = data_service
        .and_then(|service| xml::value(service, "enabled"))
        .is_some_and(|enabled| enabled.eq_ignore_ascii_case("true") || enabled == "1");
    let port = data_service.and_then(|service| xml::value(service, "port")?.trim().parse().ok());
    Ok(Settings {
        is_remote: is_server && !is_enabled,
        mentions_internet_exchange: mentions_exchange(root),
        data_port: port.filter(|port| is_server && is_enabled && *port != 0),
    })
}

/// Whether a connector's settings (`Connectivity.*.xml`) mention exchange through the Internet. `file` is
/// the name that stands in the fault.
pub fn connectivity_mentions_internet_exchange(bytes: &[u8], file: &str) -> Result<bool, FileFault> {
    let text = xml::decode(bytes, file)?;
    Ok(mentions_exchange(xml::parse(&text, file)?.root_element()))
}

/// Whether a file's name is a sign of exchange through the Internet.
pub fn names_internet_exchange(name: &str) -> bool {
    name.to_lowercase().contains(EXCHANGE_SIGN)
}

/// Whether a file holds a connector's settings.
pub fn is_connectivity_name(name: &str) -> bool {
    let name = name.to_lowercase();
    name.strip_prefix("connectivity.").and_then(|rest| rest.strip_suffix(".xml")).is_some()
}

/// The configuration of 1С that `customsettings.xml` names; `None` if it names none.
pub fn tag(bytes: &[u8]) -> Result<Option<String>, FileFault> {
    let text = xml::decode(bytes, CUSTOM_SETTINGS)?;
    let document = xml::parse(&text, CUSTOM_SETTINGS).map_err(xml::without_content)?;
    let value = document.root_element().descendants().find_map(|node| {
        let is_entry = xml::value(node, "name").is_some_and(|name| name.eq_ignore_ascii_case(TAG_NAME));
        if is_entry { xml::value(node, "Value") } else { xml::value(node, TAG_NAME) }
    });
    Ok(value.filter(|tag| is_tag(tag)))
}

/// Anything longer or stranger is not an identifier, and may be what must not be shown.
fn is_tag(text: &str) -> bool {
    text.chars().count() <= LONGEST_TAG && text.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c))
}

fn mentions_exchange(root: Node<'_, '_>) -> bool {
    root.descendants().any(|node| {
        names_internet_exchange(node.tag_name().name())
            || node.attributes().any(|attribute| names_internet_exchange(attribute.value()))
            || (node.is_text() && node.text().is_some_and(names_internet_exchange))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(mode: &str, service: &str) -> Settings {
        let text = format!(
            "\u{FEFF}<?xml version=\"1.0\" encoding=\"utf-8\"?><App.Settings mSServerAddress=\"https://pc:10502\">\
             <Mode>{mode}</Mode><ServerSettings>{service}<PrintService enabled=\"True\" /></ServerSettings></App.Settings>"
        );
        parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn only_a_server_base_without_a_data_service_is_remote() {
        assert!(!settings("Server", "<DataService enabled=\"True\" />").is_remote);
        assert!(!settings("server", "<dataservice Enabled=\"1\" />").is_remote);
        assert!(settings("Server", "<DataService enabled=\"False\" />").is_remote);
        assert!(settings("Server", "<DataService />").is_remote);
        assert!(settings("Server", "").is_remote);
        assert!(!settings("Device", "<DataService enabled=\"False\" />").is_remote);
        assert!(!settings("Folder", "").is_remote);
    }

    #[test]
    fn the_port_of_a_data_server_is_one_of_this_pc_or_none() {
        let port = |mode, service| settings(mode, service).data_port;
        assert_eq!(port("Server", "<DataService enabled=\"True\" port=\"9000\" />"), Some(9000));
        assert_eq!(
            port("Server", "<DataService enabled=\"True\"><Port>9002</Port></DataService>"),
            Some(9002)
        );
        for service in
            ["<DataService enabled=\"True\" port=\"0\" />", "<DataService enabled=\"True\" port=\"x\" />"]
        {
            assert_eq!(port("Server", service), None, "{service}");
        }
        assert_eq!(port("Server", "<DataService enabled=\"False\" port=\"9000\" />"), None);
        assert_eq!(port("Device", "<DataService enabled=\"True\" port=\"9000\" />"), None);
    }

    #[test]
    fn the_connector_is_seen_as_an_element_an_attribute_or_a_file_name() {
        for sign in [
            "<InternetExchangeConnector/>",
            "<Connector type='Cleverence.InternetExchangeConnector, Cleverence'/>",
            "<File>Connectivity.INTERNETEXCHANGECONNECTOR.xml</File>",
        ] {
            assert!(settings("Server", sign).mentions_internet_exchange, "{sign}");
            let seen = connectivity_mentions_internet_exchange(sign.as_bytes(), "Connectivity.1.xml");
            assert_eq!(seen, Ok(true), "{sign}");
        }
        assert!(
            !settings("Server", "<!-- InternetExchangeConnector --><OleConnector/>")
                .mentions_internet_exchange
        );
    }

    #[test]
    fn names_of_files_are_told_apart() {
        assert!(is_connectivity_name("Connectivity.Ole.XML"));
        assert!(!is_connectivity_name("Connectivity.xml"));
        assert!(!is_connectivity_name("connectivity.ole.txt"));
        assert!(names_internet_exchange("Connectivity.InternetExchangeConnector.xml"));
    }

    #[test]
    fn other_roots_are_no_settings() {
        assert!(matches!(parse(b"<Settings/>"), Err(FileFault::WrongRoot { .. })));
    }

    #[test]
    fn the_tag_is_read_in_every_shape_it_may_have() {
        let list = "<SettingsValueList><SettingsValueNode name='User'><Value>x</Value></SettingsValueNode>\
                    <SettingsValueNode name='OneCconfigId'><List count='0'/><Value>UT103</Value></SettingsValueNode></SettingsValueList>";
        for text in [list, "<a><onecconfigid>UT103</onecconfigid></a>", "<a OneCconfigId='UT103'/>"] {
            assert_eq!(tag(text.as_bytes()), Ok(Some("UT103".to_owned())), "{text}");
        }
        assert_eq!(tag(b"<a/>"), Ok(None));
    }

    #[test]
    fn nothing_of_the_file_but_an_identifier_ever_leaves() {
        let sentence = "<a><OneCconfigId>Srvr=\"pc\";Pwd=\"geheim\"</OneCconfigId></a>";
        assert_eq!(tag(sentence.as_bytes()), Ok(None));
        for text in ["<Password>geheim</geheim>", "<a>&geheim;</a>", "<a geheim='1' geheim='2'/>"] {
            let fault = tag(text.as_bytes()).unwrap_err();
            assert!(!format!("{fault:?}").contains("geheim"), "{fault:?}");
        }
    }
}
