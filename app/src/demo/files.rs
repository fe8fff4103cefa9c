//! The files of the demo's bases and templates, shaped as those of real ones are.

use super::content::{Base, Device, Kind};

/// What a template of the demo replaces in a base.
pub(super) const ON_UPDATE: &str = "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<extract>\n  \
    <delete>LabelTemplates\\old_*.xml</delete>\n  <item>AppDescription.xml</item>\n  \
    <item>Documents\\Cleverence.Warehouse.Environment.xml</item>\n  <item>LabelTemplates</item>\n  \
    <item>XlsCsv</item>\n  <item>Обработки 1С</item>\n  <item>Documentation</item>\n</extract>\n";

/// The description of a base or a template, in the envelope its signature stands in.
pub(super) fn app_description(
    product_id: &str,
    product: &str,
    version: &str,
    min_platform: Option<&str>,
    client_version: Option<&str>,
) -> String {
    let optional = |name: &str, value: Option<&str>| {
        value.map_or_else(String::new, |value| format!(" {name}=\"{}\"", escaped(value)))
    };
    format!(
        "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignedInfo/><SignatureValue/>\
         <Object Id=\"sign\"><AppDescription xmlns=\"\" appId=\"{}\" appName=\"{}\" appVersion=\"{}\"{}{}/>\
         </Object></Signature>",
        escaped(product_id),
        escaped(product),
        escaped(version),
        optional("minPlatformVersion", min_platform),
        optional("clientVersion", client_version),
    )
}

/// The settings of a base: one line with a byte order mark, as the product writes them.
pub(super) fn settings(base: &Base) -> String {
    let served = base.kind != Kind::Remote;
    let address = if served { "localhost" } else { "SERVER-2" };
    let exchange = if base.kind == Kind::InternetExchange {
        "<Connectors><InternetExchangeConnector enabled=\"true\"/></Connectors>"
    } else {
        ""
    };
    format!(
        "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?><App.Settings mSServerAddress=\"{address}\">\
         <Mode>Server</Mode><ServerSettings><DataService enabled=\"{served}\" port=\"9000\"/></ServerSettings>\
         {exchange}</App.Settings>"
    )
}

/// Files that every version has, by path with `/`.
pub(super) fn replaced(version: &str) -> Vec<(String, String)> {
    let mut files = vec![
        (
            "Documents/Cleverence.Warehouse.Environment.xml".to_owned(),
            format!("<Environment version=\"{version}\"><DocumentTypes/></Environment>\n"),
        ),
        ("XlsCsv/Номенклатура.csv".to_owned(), format!("Штрихкод;Наименование;Версия\n;;{version}\n")),
        ("XlsCsv/Документы.csv".to_owned(), "Номер;Дата;Склад\n".to_owned()),
        ("Обработки 1С/Основная обработка.epf".to_owned(), format!("обработка для {version}\n").repeat(400)),
        (
            "Обработки 1С/Прочитайте.txt".to_owned(),
            "Загрузите обработку в 1С после обновления базы.\n".to_owned(),
        ),
    ];
    files.extend((1..=6).map(|number| {
        let path = format!("LabelTemplates/Этикетка {number}.xml");
        (path, format!("<Label width=\"58\" height=\"40\" version=\"{version}\"/>\n"))
    }));
    files
}

/// A licence for the base's devices; `end` makes it a temporary one. What a real one protects is not there.
pub(super) fn licence(base: &Base, company: &str, end: Option<&str>) -> String {
    let end = end.map_or_else(String::new, |day| format!(" endDate=\"{}\"", escaped(day)));
    format!(
        "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignedInfo/><SignatureValue/>\
         <Object Id=\"License\"><license xmlns=\"\" company=\"{}\" maxClients=\"{}\"{end}>\
         <application name=\"{}\"/></license></Object></Signature>\n",
        escaped(company),
        base.devices.len().max(1),
        escaped(&base.product),
    )
}

/// A made mobile app for Android in this version, as an APK; the tests' harness builds them.
pub(super) fn app(version: &str) -> Option<&'static [u8]> {
    match version {
        "3.3.0.28766" => Some(include_bytes!("../../../assets/demo/apps/3.3.0.28766.apk")),
        "3.4.0.46990" => Some(include_bytes!("../../../assets/demo/apps/3.4.0.46990.apk")),
        _ => None,
    }
}

/// What the file of an app is called.
pub(super) fn app_name(version: &str) -> String {
    format!("MobileSMARTS-{version}.apk")
}

/// What a base has staged for its devices, by path with `/`: an app, its description and the list.
pub(super) fn staged(version: &str) -> Vec<(String, Vec<u8>)> {
    let name = app_name(version);
    let list =
        format!("<update>\n  <versions>\n    <version name=\"{version}\" />\n  </versions>\n</update>\n");
    let described = format!(
        "<update>\n  <version>{version}</version>\n  <fromdownloads>false</fromdownloads>\n  \
         <file>{name}</file>\n  <description>Приложение для ТСД {version}</description>\n</update>\n"
    );
    vec![
        (format!("Update/Android/{version}/{name}"), app(version).unwrap_or_default().to_vec()),
        (format!("Update/Android/{version}/update.xml"), described.into_bytes()),
        ("Update/Android/versions.xml".to_owned(), list.into_bytes()),
    ]
}

/// What a device leaves of its app in its folder; `None`: nothing.
pub(super) fn device(device: &Device) -> Option<String> {
    let app = device.app.as_deref()?;
    let system = device.system.as_deref().unwrap_or("Android");
    Some(format!("<Client clientVersion=\"{}\" platform=\"{}\" />\n", escaped(app), escaped(system)))
}

/// Files of a base that no update touches.
pub(super) fn kept(base: &Base) -> Vec<(String, String)> {
    vec![
        (
            "Documents/Приёмка 000123.xml".to_owned(),
            "<Document><Lines count=\"12\"/></Document>\n".to_owned(),
        ),
        ("appres.resources".to_owned(), String::new()),
        ("LabelTemplates/old_58x40.xml".to_owned(), "<Label/>\n".to_owned()),
        ("customsettings.xml".to_owned(), format!("<CustomSettings name=\"{}\"/>\n", escaped(&base.name))),
    ]
}

/// Bytes that do not compress, the same for the same seed.
pub(super) fn filler(size: usize, seed: &str) -> Vec<u8> {
    let mut state =
        seed.bytes().fold(0x9E37_79B9_7F4A_7C15_u64, |state, byte| state.rotate_left(9) ^ u64::from(byte));
    let mut bytes = Vec::with_capacity(size + 8);
    while bytes.len() < size {
        // xorshift64: enough for bytes that look random to a compressor.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(size);
    bytes
}

/// Text as it stands in an element or an attribute.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use smarts_tests::apk::ApkBuilder;

    use super::*;

    #[test]
    fn the_apps_are_what_the_harness_builds() {
        for version in ["3.3.0.28766", "3.4.0.46990"] {
            let built = ApkBuilder::new(version).build().unwrap();
            if std::env::var_os("UPDATE_APPS").is_some() {
                let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/demo/apps");
                std::fs::write(dir.join(format!("{version}.apk")), &built).unwrap();
            } else {
                assert!(app(version).unwrap() == built, "{version}: run with UPDATE_APPS=1");
            }
        }
    }
}
