mod damage;

use std::time::{Duration, SystemTime};

use proptest::prelude::*;
use smarts_tests::machine_root::{self as pc, BaseSpec, Settings, app_description};

use super::*;
use crate::machine::registry_file::RegistryFile;
use crate::machine::{AppLinks, Base, Damage, Kind, app_description as description, base_settings};
use crate::os::{Linux, MachineRoot};
use crate::version::{self, Version};

const DATABASES: &str = r"C:\ProgramData\Cleverence\Databases";

fn machine(pc: &pc::MachineRoot) -> Machine {
    read(&MachineRoot::open(pc.path()).unwrap())
}

fn with_bases(specs: &[BaseSpec]) -> pc::MachineRoot {
    pc::MachineRoot::new().unwrap().platform("3.3.46.29552").unwrap().bases(specs).unwrap()
}

/// A machine with this base and a good one behind it, which must stay good.
fn base_beside_a_good_one(spec: &BaseSpec) -> (Base, Vec<Problem>) {
    let machine = machine(&with_bases(&[spec.clone(), BaseSpec::new("good", "Хорошая")]));
    assert_eq!(machine.bases.len(), 2);
    assert_eq!(machine.bases[1].kind, Kind::Local);
    assert_eq!(machine.bases[1].version, Some(Version::new(1, 6, 2, 6493)));
    (machine.bases[0].clone(), machine.problems)
}

fn with_file(name: &str, bytes: impl Into<Vec<u8>>) -> BaseSpec {
    BaseSpec { files: vec![(name.to_owned(), bytes.into())], ..BaseSpec::new("bad", "Плохая") }
}

fn path(name: &str) -> String {
    format!(r"{DATABASES}\bad\{name}")
}

#[test]
fn a_host_without_mobile_smarts_is_an_empty_machine_without_problems() {
    assert_eq!(read(&Linux), Machine::default());
    assert_eq!(machine(&pc::MachineRoot::new().unwrap()), Machine::default());
}

#[test]
fn everything_about_a_base_is_read() {
    let seen = SystemTime::UNIX_EPOCH + Duration::from_secs(1_750_000_000);
    let spec = BaseSpec {
        tag: Some("UT103".to_owned()),
        devices: vec![("CT40-00017".to_owned(), seen)],
        attributes: vec![
            ("updatesPath".to_owned(), "WH15".to_owned()),
            ("appVersionsLink".to_owned(), "https://example.org/wh15".to_owned()),
            ("appSupportLink".to_owned(), "file:///C:/Windows/notepad.exe".to_owned()),
        ],
        ..BaseSpec::new("13bee4fb", "Основной склад & <магазин>")
    };
    let pc = with_bases(std::slice::from_ref(&spec));
    let machine = machine(&pc);
    assert_eq!(machine.problems, []);
    let platform = machine.platform.as_ref().unwrap();
    assert_eq!(platform.version, Version::new(3, 3, 46, 29552));
    assert_eq!(
        platform.install_dir.as_deref(),
        Some(r"C:\Program Files (x86)\Cleverence Soft\Mobile SMARTS")
    );
    let base = machine.base("13bee4fb").unwrap();
    let expected = Base {
        id: "13bee4fb".to_owned(),
        name: "Основной склад & <магазин>".to_owned(),
        comment: None,
        folder: spec.folder.clone(),
        dir: Some(pc.path().canonicalize().unwrap().join("C/ProgramData/Cleverence/Databases/13bee4fb")),
        kind: Kind::Local,
        product_id: spec.product_id.clone(),
        product: "Склад 15, Расширенный".to_owned(),
        version: Some(Version::new(1, 6, 2, 6493)),
        min_platform: Some(Version::new(3, 3, 46, 29552)),
        client_version: Some(Version::new(3, 3, 0, 28766)),
        updates_path: Some("WH15".to_owned()),
        notes_link: Some("https://example.org/wh15".to_owned()),
        support_link: None,
        app_links: AppLinks::default(),
        tag: Some("UT103".to_owned()),
        devices: vec![crate::machine::Device {
            id: "CT40-00017".to_owned(),
            last_seen: Some(seen.try_into().unwrap()),
            ..crate::machine::Device::default()
        }],
        devices_incomplete: false,
    };
    assert_eq!(*base, expected);
}

#[test]
fn the_password_in_the_settings_comes_out_nowhere() {
    let spec = BaseSpec { tag: Some("UT103".to_owned()), ..BaseSpec::new("a", "А") };
    let good = machine(&with_bases(&[spec]));
    let broken = format!("<SettingsValueList><Value>{0}</{0}>", pc::PASSWORD);
    let bad = machine(&with_bases(&[with_file("customsettings.xml", broken)]));
    assert_eq!(bad.problems.len(), 1, "{:?}", bad.problems);
    assert_eq!(bad.bases[0].kind, Kind::Local);
    for machine in [good, bad] {
        assert!(!format!("{machine:?}").contains(pc::PASSWORD));
        assert!(!serde_json::to_string(&machine).unwrap().contains(pc::PASSWORD));
    }
}

#[test]
fn a_base_is_of_the_kind_its_settings_and_its_product_say() {
    let kind = |spec: BaseSpec| base_beside_a_good_one(&spec).0.kind;
    let with_settings = |settings| BaseSpec { settings, ..BaseSpec::new("a", "А") };
    for settings in [Settings::Server, Settings::Device, Settings::Folder, Settings::Missing] {
        assert_eq!(kind(with_settings(settings)), Kind::Local, "{settings:?}");
    }
    assert_eq!(kind(with_settings(Settings::Remote)), Kind::Remote);
    for product in ["ОБЛАКО Склад 15", "облако склад", "Магазин 15, Облачный Обмен"]
    {
        let spec = BaseSpec { product: Some(product.to_owned()), ..with_settings(Settings::Remote) };
        assert_eq!(kind(spec), Kind::Cloud, "{product}");
    }
    let named_cloud = BaseSpec { product: None, ..BaseSpec::new("a", "ОБЛАКО над складом") };
    assert_eq!(kind(named_cloud), Kind::Local, "a base's own name says nothing");
}

#[test]
fn the_exchange_connector_is_seen_in_every_file_that_may_name_it() {
    let settings = "<App.Settings><Mode>Server</Mode><ServerSettings><DataService enabled='true'/>\
                    </ServerSettings><Connector type='InternetExchangeConnector'/></App.Settings>";
    let kinds = [
        with_file("settings.xml", settings),
        with_file("Connectivity.1C.xml", "<Connectors><InternetExchangeConnector/></Connectors>"),
        with_file("CONNECTIVITY.1C.XML", "<Connectors file='x.InternetExchangeConnector.xml'/>"),
        with_file("Connectivity.InternetExchangeConnector.xml", "not XML"),
    ]
    .map(|spec| base_beside_a_good_one(&spec).0.kind);
    assert_eq!(kinds, [const { Kind::InternetExchange }; 4]);
    assert_eq!(base_beside_a_good_one(&with_file("Connectivity.1C.xml", "<Ole/>")).0.kind, Kind::Local);
}

#[test]
fn a_connector_file_that_is_not_xml_is_a_problem_and_no_damage() {
    let (base, problems) = base_beside_a_good_one(&with_file("Connectivity.1C.xml", "<"));
    assert_eq!(base.kind, Kind::Local);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].path, path("Connectivity.1C.xml"));
    assert!(matches!(problems[0].fault, Fault::File(FileFault::NotXml { .. })));
}

#[test]
fn missing_settings_are_a_local_base_with_a_problem() {
    let spec = BaseSpec { settings: Settings::Missing, ..BaseSpec::new("bad", "Плохая") };
    let (base, problems) = base_beside_a_good_one(&spec);
    assert_eq!(base.kind, Kind::Local);
    assert_eq!(problems, [Problem { path: path("settings.xml"), fault: Fault::NoSettings }]);
}

#[test]
fn a_missing_name_of_the_product_is_the_bases_own() {
    let spec = BaseSpec { product: None, ..BaseSpec::new("a", "Основной склад") };
    assert_eq!(base_beside_a_good_one(&spec).0.product, "Основной склад");
}

#[test]
fn a_product_id_missing_in_the_description_is_taken_from_the_list() {
    let text = "<AppDescription appVersion='1.0.2.85'/>";
    let (base, _) = base_beside_a_good_one(&with_file("AppDescription.xml", text));
    assert_eq!(base.product_id.as_deref(), Some("9B3E6ADA-9AD3-4928-8F96-10455B03EC94"));
}

#[test]
fn the_least_platform_is_that_of_the_installed_flavour() {
    let attributes = vec![("minPlatform35Version".to_owned(), "3.0.35.46769".to_owned())];
    let spec = BaseSpec { attributes, ..BaseSpec::new("a", "А") };
    for (installed, expected) in [("3.0.35.46769", "3.0.35.46769"), ("3.3.46.29552", "3.3.46.29552")] {
        let pc = pc::MachineRoot::new().unwrap().platform(installed).unwrap().base(&spec).unwrap();
        assert_eq!(machine(&pc).bases[0].min_platform.unwrap().to_string(), expected);
    }
}

#[test]
fn an_optional_version_that_is_none_is_a_problem_and_no_damage() {
    let spec = BaseSpec { client_version: Some("new".to_owned()), ..BaseSpec::new("bad", "Плохая") };
    let (base, problems) = base_beside_a_good_one(&spec);
    assert_eq!((base.kind, base.client_version), (Kind::Local, None));
    let error = version::Error::NotANumber("new".to_owned());
    let fault = Fault::OptionalVersion { attribute: "clientVersion".to_owned(), error };
    assert_eq!(problems, [Problem { path: path("AppDescription.xml"), fault }]);
}

#[test]
fn a_cloud_or_remote_base_needs_no_version() {
    let remote =
        BaseSpec { version: None, settings: Settings::Remote, ..BaseSpec::new("bad", "Плохая") };
    let (base, problems) = base_beside_a_good_one(&remote);
    assert_eq!((base.kind, base.version, problems), (Kind::Remote, None, vec![]));
    let cloud =
        BaseSpec {
            version: None, product: Some("ОБЛАКО".to_owned()), ..BaseSpec::new("bad", "Плохая")
        };
    let (base, problems) = base_beside_a_good_one(&cloud);
    assert_eq!((base.kind, base.version, problems), (Kind::Cloud, None, vec![]));
}

#[test]
fn a_remote_base_need_not_have_its_description_here() {
    let spec = BaseSpec { settings: Settings::Remote, ..BaseSpec::new("bad", "Плохая") };
    let pc = with_bases(std::slice::from_ref(&spec));
    std::fs::remove_file(pc.locate(&path("AppDescription.xml"))).unwrap();
    let machine = machine(&pc);
    assert_eq!(machine.bases[0].kind, Kind::Remote);
    assert_eq!(machine.problems, []);
}

#[test]
fn an_entry_without_an_id_is_a_problem_that_hides_nothing() {
    let pc = with_bases(&[BaseSpec::new("a", "А")]);
    let list =
        format!(r"<AppInstances><AppInstance/><AppInstance id='a' folder='{DATABASES}\a'/></AppInstances>");
    pc.write(apps_xml::PATH, list.as_bytes()).unwrap();
    let machine = machine(&pc);
    assert_eq!(machine.bases.len(), 1);
    let fault = Fault::BaseWithoutId { position: 1 };
    assert_eq!(machine.problems, [Problem { path: apps_xml::PATH.to_owned(), fault }]);
}

#[test]
fn a_missing_list_is_a_problem_only_where_a_platform_is() {
    let pc = pc::MachineRoot::new().unwrap();
    std::fs::remove_dir(pc.path().join("C")).unwrap();
    let pc = pc.platform("3.3.46.29552").unwrap();
    let missing = Fault::File(FileFault::Missing { file: "apps.xml".to_owned() });
    let expected = Problem { path: apps_xml::PATH.to_owned(), fault: missing };
    assert_eq!(machine(&pc).problems, std::slice::from_ref(&expected));
    assert_eq!(machine(&pc).bases_unknown, None, "no list, no bases");
    let pc = pc::MachineRoot::new().unwrap().platform("unusable").unwrap();
    assert!(machine(&pc).problems.contains(&expected));
}

#[test]
fn a_list_that_cannot_be_read_is_a_problem_and_the_platform_is_there() {
    let pc = with_bases(&[]);
    let huge = vec![b' '; 17 * 1024 * 1024];
    for bytes in [b"<AppInstances>".as_slice(), b"<html/>", &huge] {
        pc.write(apps_xml::PATH, bytes).unwrap();
        let machine = machine(&pc);
        assert!(machine.platform.is_some());
        assert_eq!(machine.problems.len(), 1);
        assert_eq!(machine.problems[0].path, apps_xml::PATH);
        assert!(machine.bases_unknown.is_some(), "there may be any number of bases");
    }
}

#[test]
fn a_base_whose_devices_cannot_be_listed_says_so() {
    let incomplete = |pc: &pc::MachineRoot| machine(pc).bases[0].devices_incomplete;
    let spec = BaseSpec::new("a", "А");
    let pc = with_bases(std::slice::from_ref(&spec));
    let base = machine(&pc).bases.remove(0);
    assert!(!base.devices_incomplete, "no folder, no devices");
    let dir = base.dir.unwrap();
    let connections = dir.join("Connections");
    if connections.exists() {
        std::fs::remove_dir_all(&connections).unwrap();
    }
    std::fs::write(&connections, "").unwrap();
    assert!(incomplete(&pc), "not a folder");
    std::fs::remove_dir_all(dir).unwrap();
    assert!(incomplete(&pc), "no folder of the base");
}

#[test]
fn the_configuration_is_read_and_a_broken_one_is_a_problem() {
    let pc = with_bases(&[]);
    let text = "<configuration><appSettings><add key='checkProductUpdates' value='false'/></appSettings></configuration>";
    pc.write(COMMON_CONFIG, text.as_bytes()).unwrap();
    assert!(!machine(&pc).config.check_products);
    pc.write(COMMON_CONFIG, b"<configuration>").unwrap();
    let machine = machine(&pc);
    assert_eq!(machine.config, CommonConfig::default());
    assert_eq!(machine.problems[0].path, COMMON_CONFIG);
}

#[test]
fn files_in_every_encoding_and_case_make_the_same_machine() {
    let spec = BaseSpec { product: Some("Склад".to_owned()), ..BaseSpec::new("a", "А") };
    let text = app_description(&spec);
    let utf16: Vec<u8> = format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect();
    let declared = format!("<?xml version='1.0' encoding='windows-1251'?>{text}");
    let (in_1251, _, _) = encoding_rs::WINDOWS_1251.encode(&declared);
    let good = machine(&with_bases(std::slice::from_ref(&spec)));
    for bytes in [utf16, in_1251.into_owned(), format!("\u{FEFF}{text}").into_bytes()] {
        let pc = with_bases(std::slice::from_ref(&spec));
        let dir = pc.locate(&spec.folder);
        std::fs::remove_file(dir.join("AppDescription.xml")).unwrap();
        std::fs::write(dir.join("APPDESCRIPTION.XML"), bytes).unwrap();
        std::fs::rename(dir.join("settings.xml"), dir.join("Settings.Xml")).unwrap();
        std::fs::rename(&dir, dir.with_file_name("A")).unwrap();
        let machine = machine(&pc);
        assert_eq!(machine.problems, []);
        assert_eq!(machine.bases[0].product, good.bases[0].product);
        assert_eq!(machine.bases[0].kind, Kind::Local);
    }
}

#[cfg(unix)]
#[test]
fn links_out_of_the_machine_are_not_followed() {
    let elsewhere = tempfile::tempdir().unwrap();
    let spec = BaseSpec::new("bad", "Плохая");
    std::fs::write(elsewhere.path().join("AppDescription.xml"), app_description(&spec)).unwrap();
    let pc = with_bases(std::slice::from_ref(&spec));
    let dir = pc.locate(&spec.folder);
    std::fs::remove_file(dir.join("AppDescription.xml")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path().join("AppDescription.xml"), dir.join("AppDescription.xml"))
        .unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), dir.join("Connections")).unwrap();
    let found = machine(&pc);
    let kind = &found.bases[0].kind;
    assert!(matches!(kind, Kind::Damaged(Damage::Description(FileFault::Unreadable { .. }))), "{kind:?}");
    assert!(found.problems.iter().any(|problem| matches!(problem.fault, Fault::Devices { .. })));

    std::fs::remove_dir_all(&dir).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), &dir).unwrap();
    let kind = machine(&pc).bases[0].kind.clone();
    assert_eq!(kind, Kind::Damaged(Damage::BadFolder { folder: spec.folder }));
}

#[test]
fn ten_thousand_bases_are_all_read_and_their_bad_ones_told_apart() {
    let specs: Vec<BaseSpec> = (0..10_000)
        .map(|number| {
            let version = if number % 1000 == 7 { None } else { Some(format!("1.6.2.{number}")) };
            BaseSpec { version, ..BaseSpec::new(&format!("base-{number}"), &format!("База {number}")) }
        })
        .collect();
    let machine = machine(&with_bases(&specs));
    assert_eq!(machine.bases.len(), 10_000);
    assert_eq!(machine.problems.len(), 10);
    for (number, base) in (0..).zip(&machine.bases) {
        assert_eq!(base.id, format!("base-{number}"));
        let expected = (number % 1000 != 7).then(|| Version::new(1, 6, 2, number));
        assert_eq!(base.version, expected);
    }
}

/// Pieces of the formats in a random order: what an unlucky hand or a damaged disk leaves behind.
fn scraps() -> impl Strategy<Value = String> {
    let pieces = [
        "<AppInstances>",
        "</AppInstances>",
        "<AppInstance id='a'",
        " folder='C:\\a'",
        "/>",
        ">",
        "<",
        "&",
        "&#0;",
        "<!DOCTYPE a [",
        "]>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "<?xml version='1.0'",
        " encoding='utf-16'",
        "?>",
        "xmlns=''",
        "<App.Settings>",
        "<configuration>",
        "appVersion='1.'",
        "\u{FEFF}",
        "\0",
        "я",
        "\n",
        "\"",
        "'",
        "Windows Registry Editor Version 5.00\n",
        "[HKEY_LOCAL_MACHINE\\A]",
        "[-",
        "]",
        "\"Version\"=",
        "hex(2):",
        "00,",
        ",\\\n  ",
        "dword:",
        "0000000f",
        "hex(4):01",
        "hex(b):00",
        "@=",
        "-",
        ";",
        "#",
        "\\",
        "=",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_content_of_a_file_panics(text in scraps(), bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let registry = format!("Windows Registry Editor Version 5.00\n{text}");
        for bytes in [text.as_bytes(), &bytes, registry.as_bytes()] {
            let _ = apps_xml::parse(bytes);
            let _ = description::parse(bytes);
            let _ = base_settings::parse(bytes);
            let _ = base_settings::tag(bytes);
            let _ = common_config::parse(bytes);
            let _ = RegistryFile::parse(bytes);
        }
    }
}
