use std::path::PathBuf;

use encoding_rs::IBM866;
use smarts_tests::template::{self as builder, TemplateBuilder};

use super::*;
use crate::catalogue::ReleaseFile;
use crate::digest::Digest;
use crate::download::Downloaded;
use crate::fixtures;
use crate::source::Trust;
use crate::verify;

const PRODUCT: &str = "9B3E6ADA-0001";

struct Case {
    root: tempfile::TempDir,
    verified: Verified,
}

impl Case {
    fn of(bytes: &[u8]) -> Self {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("Склад 15.mstmpl");
        fs::write(&path, bytes).unwrap();
        let file = ReleaseFile { sha256: Some(Digest::of(bytes)), ..fixtures::file("Склад 15.mstmpl") };
        let rules = verify::Rules {
            source_trust: Trust::Https,
            accept_unproved: false,
            expected_publisher: None,
            resigned_by: None,
        };
        let downloaded = Downloaded::at_hand(&path).unwrap();
        let verified = verify::verify(downloaded, &file, &rules, &crate::os::Linux).unwrap();
        Self { root, verified }
    }

    fn base_dir(&self, files: &[&str]) -> PathBuf {
        let dir = self.root.path().join("base");
        for file in files {
            let path = dir.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "old").unwrap();
        }
        dir
    }

    fn open(&self) -> Result<Template<'_>, Error> {
        Template::open(&self.verified)
    }

    fn names(&self) -> Vec<String> {
        self.open().unwrap().entries().iter().map(|entry| entry.path.to_string()).collect()
    }
}

fn template() -> TemplateBuilder {
    TemplateBuilder::of_product(PRODUCT, "Склад 15, Расширенный", "1.6.3.7283")
}

fn refused(bytes: &[u8]) -> Error {
    match Case::of(bytes).open() {
        Err(error) => error,
        Ok(_) => panic!("not refused"),
    }
}

fn base(product_id: Option<&str>, version: &str) -> Base {
    Base { product_id: product_id.map(str::to_owned), ..fixtures::base("a", PRODUCT, version) }
}

fn texts(paths: &[RelPath]) -> Vec<&str> {
    paths.iter().map(RelPath::as_str).collect()
}

#[test]
fn a_template_says_which_product_and_version_it_is() {
    let bytes = template().on_update(&["*.tmp"], &["Documentation"]).build().unwrap();
    let case = Case::of(&bytes);
    let template = case.open().unwrap();
    assert_eq!(template.description.product_id.as_deref(), Some(PRODUCT));
    assert_eq!(template.description.product.as_deref(), Some("Склад 15, Расширенный"));
    assert_eq!(template.description.version, Version::new(1, 6, 3, 7283));
    assert_eq!(template.description.min_platform, Some(Version::new(3, 3, 46, 29552)));
    let on_update = template.on_update.unwrap();
    assert_eq!((on_update.deletes.len(), on_update.items.len()), (1, 1));
}

#[test]
fn cyrillic_names_are_read_in_every_encoding_they_are_written_in() {
    let name = "Документация/Приёмка № 1.xml";
    let (raw, ..) = IBM866.encode(name);

    let by_flag = template().file(name, "x").build().unwrap();
    let by_field = template().unicode_file(b"DOC~1/A.XML", name, "x").build().unwrap();
    let by_code_page = template().raw_file(&raw, "x").build().unwrap();
    let mut without_flag = by_flag.clone();
    builder::clear_flags(&mut without_flag, 0x800);
    for bytes in [by_flag, by_field, by_code_page, without_flag] {
        assert_eq!(Case::of(&bytes).names(), ["AppDescription.xml", name]);
    }
}

#[test]
fn a_name_in_the_unicode_field_is_utf8_whatever_characters_it_has() {
    // In its UTF-8 there are only three-byte sequences, which code page 866 could have written too.
    let bytes = template().unicode_file(b"N.XML", "№.xml", "x").build().unwrap();
    assert_eq!(Case::of(&bytes).names()[1], "№.xml");
}

#[test]
fn a_code_page_name_that_happens_to_be_valid_utf8_is_still_read_by_the_code_page() {
    // Every letter of it is a byte that a three-byte sequence of UTF-8 could consist of.
    let (raw, ..) = IBM866.encode("сад");
    assert!(std::str::from_utf8(&raw).is_ok());
    let mut bytes = template().raw_file(&raw, "x").build().unwrap();
    builder::clear_flags(&mut bytes, 0x800);
    assert_eq!(Case::of(&bytes).names()[1], "сад");
}

#[test]
fn backslashes_in_names_are_separators() {
    let bytes = template().file(r"Docs\Deep\a.xml", "x").file(r"Empty\", "").build().unwrap();
    let case = Case::of(&bytes);
    assert_eq!(case.names()[1..], ["Docs/Deep/a.xml", "Empty"]);
    assert!(case.open().unwrap().entries()[2].folder);
}

#[test]
fn names_that_leave_the_folder_are_refused() {
    for name in
        ["../evil.dll", r"..\evil.dll", "/etc/passwd", r"C:\evil.dll", r"\\srv\a", "a/../../b", "a:b", "NUL"]
    {
        let error = refused(&template().file(name, "x").build().unwrap());
        assert!(matches!(error, Error::Path { place: "ZIP", .. }), "{name}: {error:?}");
    }
    let hidden = template().unicode_file(b"harmless.xml", "../evil.dll", "x").build().unwrap();
    assert!(matches!(refused(&hidden), Error::Path { fault: PathFault::Parent(_), .. }));
}

#[test]
fn what_two_names_share_on_windows_is_refused() {
    let by_case = template().file("Документы/A.xml", "1").file("документы/a.XML", "2");
    assert!(matches!(refused(&by_case.build().unwrap()), Error::Clash { .. }));
    let file_as_folder = template().file("Docs", "1").file("docs/a.xml", "2");
    assert!(matches!(refused(&file_as_folder.build().unwrap()), Error::Clash { .. }));
    let mut same = template().file("a.xml", "1").file("b.xml", "2").build().unwrap();
    builder::rename(&mut same, "b.xml", "a.xml");
    assert!(matches!(refused(&same), Error::SharedName));
    let folders = template().folder("Docs/").folder("docs/").file("DOCS/a.xml", "1");
    Case::of(&folders.build().unwrap()).open().unwrap();
}

#[test]
fn links_and_encrypted_entries_are_refused_by_name() {
    let error = refused(&template().link("Documentation", "/etc").build().unwrap());
    assert!(matches!(&error, Error::LinkEntry { name } if name == "Documentation"), "{error:?}");
    let mut bytes = template().build().unwrap();
    builder::set_flags(&mut bytes, 1);
    assert!(matches!(refused(&bytes), Error::Encrypted { .. }));
}

#[test]
fn a_bomb_is_refused_by_what_it_declares() {
    let mut huge = template();
    for number in 0..5 {
        huge = huge.file(&format!("{number}"), "x");
    }
    let mut huge = huge.build().unwrap();
    for number in 0..5 {
        builder::declare_size(&mut huge, &number.to_string(), u32::MAX - 1);
    }
    assert!(matches!(refused(&huge), Error::TooLarge { total_bytes, .. } if total_bytes > 8 << 30));
    let out_of_proportion = template().file("zeros", vec![0; 65 << 20]).build().unwrap();
    assert!(matches!(refused(&out_of_proportion), Error::TooLarge { .. }));
    Case::of(&template().file("zeros", vec![0; 63 << 20]).build().unwrap()).open().unwrap();
}

#[test]
fn too_many_entries_are_refused() {
    let many = (0..=archive::MOST_ENTRIES)
        .fold(template(), |template, number| template.file(&number.to_string(), ""));
    let error = refused(&many.build().unwrap());
    assert!(matches!(error, Error::TooManyEntries { limit: archive::MOST_ENTRIES, .. }), "{error:?}");
}

#[test]
fn too_many_entries_are_refused_before_any_of_them_is_read() {
    let many = (0..=archive::MOST_ENTRIES)
        .fold(TemplateBuilder::new(), |template, number| template.file(&number.to_string(), ""));
    let mut bytes = many.build().unwrap();
    let directory = bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    bytes[directory..directory + 4].fill(0);
    let error = refused(&bytes);
    assert!(matches!(error, Error::TooManyEntries { .. }), "{error:?}");
}

#[test]
fn a_directory_of_few_and_huge_entries_is_refused() {
    let name = |number| format!("{number:060000}");
    let huge = (0..300).fold(template(), |template, number| template.file(&name(number), ""));
    let error = refused(&huge.build().unwrap());
    assert!(
        matches!(error, Error::TooLargeDirectory { limit_bytes: archive::MOST_DIRECTORY_BYTES }),
        "{error:?}"
    );
}

fn unpacked(case: &Case, index: usize, dir: &Path) -> Result<Vec<u8>, Error> {
    let cancel = CancellationToken::new();
    let path = dir.join(index.to_string());
    case.open()?.unpack(&[(index, path.clone())], &mut |_| {}, &cancel)?;
    Ok(fs::read(path).unwrap())
}

#[test]
fn more_bytes_than_declared_do_not_come_out() {
    let mut bytes = template().file("a.bin", vec![7; 1 << 20]).build().unwrap();
    builder::declare_size(&mut bytes, "a.bin", 10);
    let case = Case::of(&bytes);
    let error = unpacked(&case, 1, case.root.path()).unwrap_err();
    assert!(matches!(error, Error::Entry { .. }), "{error:?}");
    assert!(fs::metadata(case.root.path().join("1")).unwrap().len() <= 1 << 18);
}

#[test]
fn fewer_bytes_than_declared_are_an_error() {
    let mut bytes = template().file("a.bin", vec![7; 100]).build().unwrap();
    builder::declare_size(&mut bytes, "a.bin", 101);
    let case = Case::of(&bytes);
    assert!(matches!(unpacked(&case, 1, case.root.path()), Err(Error::Entry { .. })));
}

#[test]
fn a_wrong_checksum_is_an_error_that_names_the_entry() {
    let mut bytes = template().file("Docs/a.bin", "content").build().unwrap();
    builder::damage(&mut bytes, "Docs/a.bin");
    let case = Case::of(&bytes);
    let error = unpacked(&case, 1, case.root.path()).unwrap_err();
    assert!(matches!(&error, Error::Entry { path, .. } if path.as_str() == "Docs/a.bin"), "{error:?}");
}

#[test]
fn unpacking_can_be_cancelled() {
    let case = Case::of(&template().file("a", "content").build().unwrap());
    let cancel = CancellationToken::new();
    cancel.cancel();
    let result = case.open().unwrap().unpack(&[(1, case.root.path().join("1"))], &mut |_| {}, &cancel);
    assert!(matches!(result, Err(Error::Cancelled)));
}

#[test]
fn what_is_no_template_is_refused_with_the_reason() {
    assert!(matches!(refused(b"not a zip"), Error::Archive(_)));
    assert!(matches!(refused(b""), Error::Archive(_)));
    let whole = template().file("a", vec![1; 1000]).build().unwrap();
    assert!(matches!(refused(&whole[..whole.len() / 2]), Error::Archive(_)));
    let nothing = TemplateBuilder::new().file("a", "x").build().unwrap();
    assert!(matches!(refused(&nothing), Error::File(FileFault::Missing { .. })));
    let not_at_the_root = TemplateBuilder::new().file("x/AppDescription.xml", "<AppDescription/>");
    assert!(matches!(refused(&not_at_the_root.build().unwrap()), Error::File(FileFault::Missing { .. })));
    let no_version = TemplateBuilder::new().file("AppDescription.xml", "<AppDescription appId='x'/>");
    assert!(matches!(refused(&no_version.build().unwrap()), Error::NoVersion));
    let bad_version = TemplateBuilder::of_product(PRODUCT, "x", "latest").build().unwrap();
    assert!(matches!(refused(&bad_version), Error::Version(_)));
    let bad_on_update = template().on_update(&[], &[r"..\other"]).build().unwrap();
    assert!(matches!(refused(&bad_on_update), Error::Path { place: "OnUpdate.xml", .. }));
    let large = template().file("OnUpdate.xml", vec![b' '; 5 << 20]).build().unwrap();
    assert!(matches!(refused(&large), Error::TooLargeFile { .. }));
}

#[test]
fn the_preview_lists_exactly_what_goes_and_what_comes() {
    let bytes = template()
        .file("documentation/Readme.TXT", "new")
        .file("Documentation/Новое/a.txt", "new")
        .file("settings.xml", "never")
        .folder("Documentation/Empty/")
        .on_update(
            &["Cache", r"Documents\*.old", "Documentation/gone.txt"],
            &["Documentation", "appdescription.xml", "Nothing"],
        )
        .build()
        .unwrap();
    let case = Case::of(&bytes);
    let base_dir = case.base_dir(&[
        "AppDescription.xml",
        "settings.xml",
        "Documentation/README.txt",
        "Documentation/gone.txt",
        "Documentation/kept.txt",
        "Documents/1.old",
        "Documents/2.xml",
        "cache/deep/x",
    ]);
    let replacement = preview(&case.open().unwrap(), &base_dir).unwrap();
    assert_eq!(
        texts(&replacement.deletes),
        ["Documentation/gone.txt", "Documents/1.old", "cache", "cache/deep", "cache/deep/x"]
    );
    assert_eq!(texts(&replacement.folders), ["Documentation/Empty", "Documentation/Новое"]);
    let writes: Vec<(&str, bool)> =
        replacement.writes.iter().map(|write| (write.path.as_str(), write.exists)).collect();
    assert_eq!(
        writes,
        [
            ("AppDescription.xml", true),
            ("Documentation/README.txt", true),
            ("Documentation/Новое/a.txt", false)
        ]
    );
    assert_eq!(replacement.absent, ["Nothing"]);
}

#[test]
fn without_on_update_everything_in_the_template_is_written() {
    let case = Case::of(&template().file("settings.xml", "x").file("Docs/a", "y").build().unwrap());
    let replacement = preview(&case.open().unwrap(), &case.base_dir(&["settings.xml"])).unwrap();
    let writes: Vec<&str> = replacement.writes.iter().map(|write| write.path.as_str()).collect();
    assert_eq!(writes, ["AppDescription.xml", "Docs/a", "settings.xml"]);
    assert!(replacement.deletes.is_empty());
}

#[test]
fn what_is_removed_and_comes_again_is_in_both_lists() {
    let bytes = template().file("docs/a.txt", "new").on_update(&["Docs"], &["Docs"]).build().unwrap();
    let case = Case::of(&bytes);
    let replacement = preview(&case.open().unwrap(), &case.base_dir(&["Docs/A.txt", "Docs/b"])).unwrap();
    assert_eq!(texts(&replacement.deletes), ["Docs", "Docs/A.txt", "Docs/b"]);
    assert_eq!(texts(&replacement.folders), ["Docs"]);
    assert_eq!((replacement.writes[0].path.as_str(), replacement.writes[0].exists), ("Docs/A.txt", true));
}

#[test]
fn something_of_another_kind_in_the_way_is_told_beforehand() {
    let case = Case::of(&template().file("Docs/a.txt", "x").build().unwrap());
    let base_dir = case.base_dir(&["Docs/a.txt/deep/x"]);
    let error = preview(&case.open().unwrap(), &base_dir).unwrap_err();
    assert!(matches!(&error, Error::InTheWay { path } if path.as_str() == "Docs/a.txt"), "{error:?}");
    fs::remove_dir_all(&base_dir).unwrap();
    let base_dir = case.base_dir(&["Docs"]);
    let error = preview(&case.open().unwrap(), &base_dir).unwrap_err();
    assert!(matches!(&error, Error::InTheWay { path } if path.as_str() == "Docs"), "{error:?}");
    let cleared = template().file("Docs/a.txt", "x").on_update(&["docs"], &["Docs"]).build().unwrap();
    preview(&Case::of(&cleared).open().unwrap(), &base_dir).unwrap();
}

#[test]
fn a_template_fits_a_base_of_its_product_that_is_older() {
    let case = Case::of(&template().build().unwrap());
    let description = case.open().unwrap().description;
    let version = Version::new(1, 6, 3, 7283);
    let fits = |base: &Base, expected| super::fits(&description, base, &expected);
    assert_eq!(fits(&base(Some("{9b3e6ada-0001}"), "1.6.2.6493"), version), Ok(()));
    let other = Some("Другой".to_owned());
    assert_eq!(
        fits(&base(other.as_deref(), "1.6.2.6493"), version),
        Err(Misfit::OtherProduct { base: other, template: Some(PRODUCT.into()) })
    );
    assert!(matches!(fits(&base(None, "1.6.2.6493"), version), Err(Misfit::OtherProduct { .. })));
    for installed in ["1.6.3.7283", "1.7"] {
        let misfit = fits(&base(Some(PRODUCT), installed), version);
        assert!(matches!(misfit, Err(Misfit::NotNewer { .. })), "{misfit:?}");
    }
    let misfit = fits(&base(Some(PRODUCT), "1.6.2.6493"), Version::new(1, 6, 4, 1));
    assert!(matches!(misfit, Err(Misfit::OtherVersion { .. })), "{misfit:?}");
    let unknown = Base { version: None, ..base(Some(PRODUCT), "1.0") };
    assert_eq!(fits(&unknown, version), Err(Misfit::UnknownVersion));
}

#[test]
fn the_newest_fitting_template_of_a_folder_is_found_among_others_and_nonsense() {
    let dir = tempfile::tempdir().unwrap();
    let base = base(Some(PRODUCT), "1.6.2.6493");
    assert_eq!(find_newer(&dir.path().join("none"), &base).unwrap(), None);
    for (name, product, version) in [
        ("old.mstmpl", PRODUCT, "1.6.1.5492"),
        ("new.mstmpl", PRODUCT, "1.6.3.6708"),
        ("Новый.MSTMPL", PRODUCT, "1.6.3.7283"),
        ("other.mstmpl", "Магазин", "9.9.9.9"),
        ("newest.zip", PRODUCT, "9.9.9.9"),
    ] {
        TemplateBuilder::of_product(product, "x", version).write_to(&dir.path().join(name)).unwrap();
    }
    fs::write(dir.path().join("broken.mstmpl"), "nonsense").unwrap();
    fs::create_dir(dir.path().join("folder.mstmpl")).unwrap();
    let found = find_newer(dir.path(), &base).unwrap().unwrap();
    assert_eq!(found.path.file_name().unwrap(), "Новый.MSTMPL");
    assert_eq!(found.description.version, Version::new(1, 6, 3, 7283));
}
