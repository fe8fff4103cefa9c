//! `AppDescription.xml`: which product and version a base — or a template — is. A function of bytes.
//!
//! The file is an XML-DSig envelope: root `Signature`, in it `Object` with the Id `sign`, both in the
//! namespace of xmldsig, and in that `AppDescription` in no namespace, which states everything as
//! attributes. That was seen in real files; every attribute is optional in practice (`appName` was not
//! there in the one looked at). A bare `AppDescription` in no namespace is taken as well.
//!
//! Deliberately not here: checking the signature — whose key it is made with is not known — and writing
//! the file, which must stay byte for byte what it is.

use roxmltree::{Document, Node};
use url::Url;

use crate::machine::FileFault;
use crate::tree::RelPath;
use crate::version::{self, Version};
use crate::xml;

/// The file's name.
pub const FILE: &str = "AppDescription.xml";
/// W3C, XML-Signature Syntax and Processing.
const XMLDSIG: &str = "http://www.w3.org/2000/09/xmldsig#";

/// A version as stated: absent, or read, or why it could not be.
pub type Stated = Option<Result<Version, version::Error>>;

/// What the description states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppDescription {
    /// `appId`: the product's id.
    pub app_id: Option<String>,
    /// `appName`: the product's name.
    pub app_name: Option<String>,
    /// `appVersion`: the product's version.
    pub version: Stated,
    /// `minPlatformVersion`: the least platform it works with.
    pub min_platform: Stated,
    /// `minPlatform35Version`: the same for platforms of flavour 35.
    pub min_platform_35: Stated,
    /// `clientVersion`: the version of the mobile app that goes with it.
    pub client_version: Stated,
    /// `updatesPath`: where its releases are below `updates/`, as written.
    pub updates_path: Option<String>,
    /// `appVersionsLink`: the page with release notes; only http and https, as a person may click on it.
    pub versions_link: Option<String>,
    /// `appSupportLink`: the support page; only http and https.
    pub support_link: Option<String>,
    /// `apkUpdateLink`: where the mobile app for Android is updated from, as written.
    pub apk_update_link: Option<String>,
    /// `playApkLink`: its page in an app store; only http and https.
    pub play_apk_link: Option<String>,
}

/// Reads a description.
pub fn parse(bytes: &[u8]) -> Result<AppDescription, FileFault> {
    let text = xml::decode(bytes, FILE)?;
    let document = xml::parse(&text, FILE)?;
    let payload = payload(&document)?;
    let stated = |name| xml::value(payload, name);
    let version = |name| stated(name).map(|text| text.parse());
    Ok(AppDescription {
        app_id: stated("appId"),
        app_name: stated("appName"),
        version: version("appVersion"),
        min_platform: version("minPlatformVersion"),
        min_platform_35: version("minPlatform35Version"),
        client_version: version("clientVersion"),
        updates_path: stated("updatesPath"),
        versions_link: stated("appVersionsLink").filter(|link| is_web_address(link)),
        support_link: stated("appSupportLink").filter(|link| is_web_address(link)),
        apk_update_link: stated("apkUpdateLink"),
        play_apk_link: stated("playApkLink").filter(|link| is_web_address(link)),
    })
}

/// Whether a path in a base, or in a template, is where the description is.
pub fn is_at(path: &RelPath) -> bool {
    path.key() == FILE.to_lowercase()
}

fn payload<'a, 'input>(document: &'a Document<'input>) -> Result<Node<'a, 'input>, FileFault> {
    let root = document.root_element();
    if is_payload(root) {
        return Ok(root);
    }
    if !root.has_tag_name((XMLDSIG, "Signature")) {
        return Err(xml::wrong_root(root, "AppDescription", FILE));
    }
    let signed = root
        .children()
        .filter(|node| node.has_tag_name((XMLDSIG, "Object")))
        .find(|object| object.attribute("Id") == Some("sign"));
    let content = signed.and_then(|object| object.first_element_child());
    match content {
        Some(node) if is_payload(node) => Ok(node),
        Some(other) => Err(xml::wrong_root(other, "AppDescription", FILE)),
        None => Err(xml::wrong_root(root, "AppDescription", FILE)),
    }
}

fn is_payload(node: Node<'_, '_>) -> bool {
    node.tag_name().name() == "AppDescription" && xml::namespace(node).is_none()
}

fn is_web_address(link: &str) -> bool {
    Url::parse(link).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn enveloped(payload: &str) -> String {
        format!(
            "<Signature xmlns=\"{XMLDSIG}\"><SignedInfo/><SignatureValue>x</SignatureValue>\n  \
             <Object Id=\"sign\">\n    {payload}\n  </Object></Signature>"
        )
    }

    #[test]
    fn the_payload_is_found_in_its_envelope() {
        let payload = "<AppDescription xmlns:clr='urn:clr' appId='9B3E' appName='Склад 15, Расширенный' \
                       appVersion='1.0.2.85' minPlatformVersion='3.0.46.46642' clientVersion='3.0.0.100' \
                       appVersionsLink='http://example.org/#spec' appSupportLink='javascript:alert(1)' xmlns=''/>";
        let expected = AppDescription {
            app_id: Some("9B3E".to_owned()),
            app_name: Some("Склад 15, Расширенный".to_owned()),
            version: Some(Ok(Version::new(1, 0, 2, 85))),
            min_platform: Some(Ok(Version::new(3, 0, 46, 46642))),
            client_version: Some(Ok(Version::new(3, 0, 0, 100))),
            versions_link: Some("http://example.org/#spec".to_owned()),
            ..AppDescription::default()
        };
        assert_eq!(parse(enveloped(payload).as_bytes()).unwrap(), expected);
        assert_eq!(parse(payload.as_bytes()).unwrap(), expected);
    }

    #[test]
    fn a_payload_in_another_namespace_is_another_element() {
        let fault = parse(enveloped("<AppDescription appVersion='1.0'/>").as_bytes()).unwrap_err();
        let found = format!("<{{{XMLDSIG}}}AppDescription>");
        assert!(fault.to_string().contains(&found), "{fault}");
        let bare = format!("<AppDescription xmlns='{XMLDSIG}'/>");
        assert!(matches!(parse(bare.as_bytes()), Err(FileFault::WrongRoot { .. })));
    }

    #[test]
    fn an_envelope_of_something_else_is_the_wrong_root() {
        let other_id = enveloped("<AppDescription xmlns=''/>").replace("\"sign\"", "\"License\"");
        for text in ["<License/>", &enveloped("<license xmlns=''/>"), &enveloped(""), &other_id] {
            assert!(matches!(parse(text.as_bytes()), Err(FileFault::WrongRoot { .. })), "{text}");
        }
    }

    #[test]
    fn a_version_that_is_none_is_kept_with_its_reason() {
        let description = parse(b"<AppDescription appVersion='1.x' clientVersion=''/>").unwrap();
        assert_eq!(description.version, Some(Err(version::Error::NotANumber("1.x".to_owned()))));
        assert_eq!(description.client_version, None);
    }
}
