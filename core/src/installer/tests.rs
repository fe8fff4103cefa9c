use std::io::Cursor;

use smarts_tests::installer::{self as made, Program};

use super::*;
use crate::fixtures;
use crate::machine::{Base, Kind, Machine, Platform, Updater};

fn of_msi(bytes: Vec<u8>) -> Result<Identity, Error> {
    identify(PackageKind::Msi, &mut Cursor::new(bytes))
}

fn of_exe(bytes: Vec<u8>) -> Result<Identity, Error> {
    identify(PackageKind::Exe, &mut Cursor::new(bytes))
}

fn number(text: &str) -> Version {
    text.parse().unwrap()
}

#[test]
fn a_package_says_its_product_version_company_and_codes() {
    let package = made::msi(&[
        ("ALLUSERS", "1"),
        ("Manufacturer", "ООО «Клеверенс»"),
        ("ProductCode", "{BF7C4F82-88E1-4D25-BF36-4B7D841330EA}"),
        ("ProductName", " Mobile\tSMARTS "),
        ("ProductVersion", "3.4.46.40367"),
        ("UpgradeCode", "{00112233-4455-6677-8899-AABBCCDDEEFF}"),
    ]);
    let identity = of_msi(package.unwrap()).unwrap();
    assert_eq!(
        identity,
        Identity {
            product: Some("Mobile SMARTS".into()),
            version: Some(number("3.4.46.40367")),
            company: Some("ООО «Клеверенс»".into()),
            other_names: vec![],
            product_code: Some("{BF7C4F82-88E1-4D25-BF36-4B7D841330EA}".into()),
            upgrade_code: Some("{00112233-4455-6677-8899-AABBCCDDEEFF}".into()),
        }
    );
}

#[test]
fn a_package_with_many_strings_and_without_properties_is_read_all_the_same() {
    let many: Vec<(String, String)> =
        (0..900).map(|index| (format!("P{index:04}"), format!("value {index}"))).collect();
    let mut properties: Vec<(&str, &str)> =
        many.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    properties.push(("ProductName", "Mobile SMARTS"));
    properties.push(("ProductVersion", "3.4"));
    let identity = of_msi(made::msi(&properties).unwrap()).unwrap();
    assert_eq!((identity.product.as_deref(), identity.version), (Some("Mobile SMARTS"), Some(number("3.4"))));
    assert_eq!(of_msi(made::msi(&[("ALLUSERS", "1")]).unwrap()).unwrap(), Identity::default());
}

#[test]
fn a_patch_a_page_and_an_empty_file_are_no_packages() {
    let patch = made::patch(&[("ProductName", "Mobile SMARTS")]).unwrap();
    for bytes in [patch, b"<html>404</html>".to_vec(), vec![], vec![0; 600]] {
        let read = of_msi(bytes);
        assert!(matches!(read, Err(Error::NotAnInstaller { .. })), "{read:?}");
    }
    let whole = made::platform("3.4.46.40367").unwrap();
    for end in [whole.len() / 4, whole.len() / 2] {
        assert!(of_msi(whole[..end].to_vec()).is_err(), "cut at {end}");
    }
}

#[test]
fn no_damaged_byte_of_a_package_does_harm() {
    let whole = made::platform("3.4.46.40367").unwrap();
    // All of the head, and then now and then: a file has dozens of sectors that hold nothing.
    for at in (0..whole.len()).filter(|at| *at < 512 || at % 13 == 0) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0xFF;
        if let Ok(identity) = of_msi(damaged) {
            assert!(identity.product.is_none_or(|product| product.chars().count() <= LONGEST_TEXT));
        }
    }
}

#[test]
fn a_program_says_its_product_version_company_and_names() {
    for is_64 in [false, true] {
        let program = Program::wizard("Склад 15", "1.6.3.7283")
            .string("OriginalFilename", "WH15.InstallWizard.exe")
            .fixed([1, 0, 0, 0]);
        let program = if is_64 { program.for_64_bits() } else { program };
        let identity = of_exe(program.build()).unwrap();
        assert_eq!(
            identity,
            Identity {
                product: Some("Склад 15".into()),
                version: Some(number("1.6.3.7283")),
                company: Some("Cleverence Soft".into()),
                other_names: vec!["Склад 15: мастер установки".into(), "WH15.InstallWizard.exe".into()],
                product_code: None,
                upgrade_code: None,
            }
        );
    }
}

#[test]
fn the_version_is_the_products_if_it_is_whole_and_else_the_next_best() {
    let version = |strings: &[(&str, &str)], fixed| {
        let program = strings.iter().fold(Program::new(), |program, (key, text)| program.string(key, text));
        of_exe(program.fixed(fixed).build()).unwrap().version.map(|version| version.to_string())
    };
    let told = |text: &str| Some(text.to_owned());
    let both = [("ProductVersion", "1.6"), ("FileVersion", "1.6.3.7283")];
    assert_eq!(version(&both, [0; 4]), told("1.6.3.7283"));
    assert_eq!(version(&[("ProductVersion", "1.6.3.7283+5f1c2aa")], [1; 4]), told("1.6.3.7283"));
    assert_eq!(version(&[("ProductVersion", "1, 6, 3, 7283")], [0; 4]), told("1.6.3.7283"));
    assert_eq!(version(&[("ProductVersion", "0.0.0.0")], [1, 6, 3, 7283]), told("1.6.3.7283"));
    assert_eq!(version(&[("ProductVersion", "1.6")], [0; 4]), told("1.6"));
    assert_eq!(version(&[("ProductVersion", "осень")], [0; 4]), None);
    assert_eq!(version(&[], [3, 4, 46, 40367]), told("3.4.46.40367"));
}

#[test]
fn a_program_without_resources_says_nothing_and_what_is_none_is_refused() {
    assert_eq!(of_exe(Program::new().build()).unwrap(), Identity::default());
    for bytes in [b"MZ".to_vec(), vec![], b"#!/bin/sh\n".to_vec(), vec![0; 4096]] {
        let read = of_exe(bytes);
        assert!(matches!(read, Err(Error::NotAnInstaller { .. })), "{read:?}");
    }
    let whole = Program::wizard("Склад 15", "1.6.3.7283").build();
    assert_eq!(of_exe(whole[..0x200].to_vec()).unwrap(), Identity::default());
    // What breaks off is read as far as it goes.
    assert!(of_exe(whole[..whole.len() - 20].to_vec()).unwrap().product.is_some());
}

#[test]
fn no_damaged_byte_of_a_program_does_harm() {
    let whole = Program::wizard("Склад 15", "1.6.3.7283").fixed([1, 6, 3, 7283]).build();
    for at in 0..whole.len() {
        for value in [0, 1, 0x7F, 0xFF] {
            let mut damaged = whole.clone();
            damaged[at] = value;
            if let Ok(identity) = of_exe(damaged) {
                assert!(identity.names().all(|name| name.chars().count() <= LONGEST_TEXT));
            }
        }
    }
}

fn base(id: &str, product: &str, version: &str) -> Base {
    Base { product: product.into(), ..fixtures::base(id, "p", version) }
}

fn pc() -> Machine {
    Machine {
        platform: Some(Platform { version: number("3.3.46.29552"), install_dir: None }),
        updater: Some(Updater { version: number("1.1.0.0"), install_dir: None }),
        bases: vec![
            base("old", "Склад 15, Расширенный", "1.6.2.6493"),
            base("new", "Склад 15, Базовый", "1.6.3.7283"),
            Base { kind: Kind::Cloud, ..base("cloud", "Склад 15, Базовый", "1.0.0.0") },
            base("egais", "Склад 15 ЕГАИС", "1.0.0.0"),
        ],
        ..Machine::default()
    }
}

fn identity(product: &str, company: &str, version: &str) -> Identity {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Identity {
        product: some(product),
        company: some(company),
        version: version.parse().ok(),
        ..Identity::default()
    }
}

#[test]
fn the_platform_is_known_by_its_code_or_by_its_name_from_the_vendor() {
    let names = ["Mobile SMARTS", "Cleverence Mobile SMARTS 3.4.46.40367", "Платформа Mobile SMARTS (x64)"];
    for name in names {
        assert_eq!(known(&identity(name, "Cleverence Soft", "3.4"), &pc()), Some(Known::Platform), "{name}");
        assert_eq!(known(&identity(name, "", "3.4"), &pc()), Some(Known::Platform), "{name}");
        assert_eq!(known(&identity(name, "Somebody", "3.4"), &pc()), None, "{name}");
    }
    for other in ["Mobile SMARTS Driver", "Клиент Mobile SMARTS", "SMARTS", "Mobile", "Mobile SMARTS Mobile"]
    {
        assert_eq!(known(&identity(other, "Cleverence Soft", "3.4"), &pc()), None, "{other}");
    }
    let by_code = Identity {
        product_code: Some("{bf7c4f82-88e1-4d25-bf36-4b7d841330ea}".into()),
        ..identity("anything", "anybody", "3.4.46.40367")
    };
    assert_eq!(known(&by_code, &pc()), Some(Known::Platform));
    assert_eq!(target(&by_code, &pc()), Ok(Target::Platform));
}

#[test]
fn our_own_package_is_known_by_its_line_of_products() {
    let own = |version: &str| Identity {
        upgrade_code: Some("{5d2c8e0b-6c1f-4e7a-9b53-0f1e6b1b7a14}".into()),
        ..identity("Обновления Mobile SMARTS", "Mobile SMARTS Updater", version)
    };
    assert_eq!(target(&own("1.2.0.0"), &pc()), Ok(Target::Updater));
    let installed = number("1.1.0.0");
    assert_eq!(target(&own("1.1.0"), &pc()), Err(Refusal::NotNewer { installed }));
    assert_eq!(target(&own("1.2.0"), &Machine { updater: None, ..pc() }), Err(Refusal::NotHere));
}

#[test]
fn a_wizard_is_for_the_older_bases_of_its_product_in_whatever_edition() {
    let machine = pc();
    let ids = |identity: &Identity| match target(identity, &machine) {
        Ok(Target::Wizard { bases }) => Ok(bases.iter().map(|base| base.id.clone()).collect::<Vec<_>>()),
        Ok(other) => panic!("{other:?}"),
        Err(refusal) => Err(refusal),
    };
    let of = |product: &str, version: &str| ids(&identity(product, "Клеверенс", version));
    assert_eq!(of("Склад 15", "1.6.3.7000"), Ok(vec!["old".to_owned()]));
    assert_eq!(of("склад 15: мастер установки", "1.7.0.0"), Ok(vec!["old".to_owned(), "new".to_owned()]));
    assert_eq!(of("Склад 15 ЕГАИС", "1.7.0.0"), Ok(vec!["egais".to_owned()]), "the longer name");
    assert_eq!(of("Склад 15", "1.6.2.6493"), Err(Refusal::NotNewer { installed: number("1.6.2.6493") }));
    assert_eq!(of("Склад 15", ""), Err(Refusal::NoVersion));
    assert_eq!(of("Склад 150", "1.7.0.0"), Err(Refusal::Foreign));
    let shop = Identity { product: Some("Retail15".into()), ..identity("", "", "1.5.0.58") };
    assert_eq!(ids(&shop), Err(Refusal::NoBase { product: "Магазин 15".into() }));
    let by_file = Identity {
        other_names: vec!["WH15.InstallWizard.exe".into()],
        ..identity("", "Cleverence Soft", "1.6.3.7000")
    };
    assert_eq!(ids(&by_file), Ok(vec!["old".to_owned()]));
}

#[test]
fn a_platform_that_is_not_newer_or_for_another_net_is_refused_and_so_is_one_where_none_is() {
    let of = |version: &str, machine: &Machine| {
        target(&identity("Mobile SMARTS", "", version), machine).map(|_| ())
    };
    let installed = number("3.3.46.29552");
    assert_eq!(of("3.4.46.40367", &pc()), Ok(()));
    assert_eq!(of("3.3.46.29552", &pc()), Err(Refusal::NotNewer { installed }));
    assert_eq!(of("3.2.46.19682", &pc()), Err(Refusal::NotNewer { installed }));
    assert_eq!(of("3.4.35.40366", &pc()), Err(Refusal::OtherFlavour { installed }));
    assert_eq!(of("3.4.46.40367", &Machine { platform: None, ..pc() }), Err(Refusal::NotHere));
    assert_eq!(target(&identity("Notepad++", "", "8.6.0.0"), &pc()).map(|_| ()), Err(Refusal::Foreign));
}
