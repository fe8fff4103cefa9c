use smarts_tests::apk::{ApkBuilder, PACKAGE};

use super::*;

/// A base's folder, as somebody has filled it.
struct Filled(tempfile::TempDir);

impl Filled {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// Puts a file below `Update/Android`.
    fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.below_base(&format!("{FOLDER}/{path}"), bytes)
    }

    fn below_base(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// A list of these entries.
    fn list(self, entries: &str) -> Self {
        self.file("versions.xml", format!("<update><versions>{entries}</versions></update>"))
    }

    /// A description with these elements, and a package named `app.apk`.
    fn app(self, folder: &str, version: &str, elements: &str) -> Self {
        let package = ApkBuilder::new(version).build().unwrap();
        self.file(&format!("{folder}/update.xml"), format!("<update>{elements}</update>"))
            .file(&format!("{folder}/app.apk"), package)
    }

    /// In a folder of its own, as documented.
    fn version(self, version: &str) -> Self {
        let elements =
            format!("<version>{version}</version><file>app.apk</file><description>О {version}</description>");
        self.app(version, version, &elements)
    }

    fn read(&self) -> Staged {
        read(self.0.path())
    }

    /// Of the only version on the list.
    fn unusable(&self) -> Unusable {
        let staged = self.read();
        let [app] = &staged.apps[..] else { panic!("{staged:?}") };
        assert_eq!((staged.newest(), staged.package()), (None, None));
        app.content.clone().unwrap_err()
    }
}

fn entries(versions: &[&str]) -> String {
    versions.iter().map(|version| format!(r#"<version name="{version}"/>"#)).collect::<Vec<_>>().concat()
}

fn offered(staged: &Staged, app: &str) -> Option<String> {
    staged.offered_to(&app.parse().unwrap()).map(|offered| offered.version.to_string())
}

fn names(staged: &Staged) -> Vec<String> {
    staged.apps.iter().map(|app| app.version.to_string()).collect()
}

fn unlisted(staged: &Staged) -> Vec<&str> {
    staged.unlisted.iter().map(|app| app.folder.as_str()).collect()
}

#[test]
fn a_device_is_offered_what_is_above_its_own_app_with_its_text_and_file() {
    let filled = Filled::new().list(&entries(&["3.4.0.46990"])).version("3.4.0.46990");
    let staged = filled.read();
    assert_eq!(staged.list, List::Read { refused: vec![] });
    assert_eq!(staged.package(), Some(PACKAGE));
    for (app, expected) in [
        ("3.3.0.28766", Some("3.4.0.46990")),
        ("3.4.0.46989", Some("3.4.0.46990")),
        ("3.4", Some("3.4.0.46990")),
        ("3.4.0.46990", None),
        ("3.4.0.46991", None),
        ("4.0.0.1", None),
    ] {
        assert_eq!(offered(&staged, app).as_deref(), expected, "{app}");
    }
    let content = staged.newest().unwrap().content.as_ref().unwrap();
    assert_eq!(content.text, "О 3.4.0.46990");
    assert_eq!(content.path, filled.0.path().join(FOLDER).join("3.4.0.46990/app.apk"));
    assert_eq!(content.size, fs::metadata(&content.path).unwrap().len());
    assert_eq!(content.apk.version, "3.4.0.46990".parse().ok());
}

#[test]
fn of_several_versions_a_device_is_offered_the_highest_that_is_whole() {
    let listed = ["3.3.0.1", "3.10.0.1", "3.4.0.1"];
    let filled = listed.iter().fold(Filled::new().list(&entries(&listed)), |filled, one| filled.version(one));
    assert_eq!(names(&filled.read()), ["3.10.0.1", "3.4.0.1", "3.3.0.1"]);
    assert_eq!(offered(&filled.read(), "3.3.0.1").as_deref(), Some("3.10.0.1"));
    fs::remove_file(filled.0.path().join(FOLDER).join("3.10.0.1/app.apk")).unwrap();
    let staged = filled.read();
    assert_eq!(names(&staged)[0], "3.10.0.1", "it stays on the list");
    assert_eq!(staged.newest().unwrap().version.to_string(), "3.4.0.1");
    assert_eq!(offered(&staged, "3.3.0.1").as_deref(), Some("3.4.0.1"));
    assert_eq!(offered(&staged, "3.4.0.1"), None);
}

#[test]
fn without_a_list_nothing_is_offered_and_folders_with_versions_are_named() {
    let nothing = Filled::new();
    let dir = nothing.0.path().join(FOLDER);
    assert_eq!(nothing.read(), Staged { dir, list: List::Missing, apps: Vec::new(), unlisted: Vec::new() });
    let filled = Filled::new().version("3.4.0.2").version("3.4.0.1").file("old/app.apk", "").file("3.5", "");
    let staged = filled.read();
    assert_eq!((&staged.list, names(&staged)), (&List::Missing, vec![]));
    assert_eq!(unlisted(&staged), ["3.4.0.2", "3.4.0.1"]);
    assert_eq!(staged.package(), Some(PACKAGE), "of what lies there");
    assert_eq!(offered(&staged, "3.3.0.1"), None);
    // And so they are where there is a list, and it does not have them.
    let staged = filled.list(r#"<version name="3.4.0.1"/>"#).read();
    assert_eq!(
        (offered(&staged, "3.3.0.1").as_deref(), unlisted(&staged)),
        (Some("3.4.0.1"), vec!["3.4.0.2"])
    );
}

#[test]
fn a_list_edited_by_hand_is_read_in_any_encoding_and_one_that_is_broken_offers_nothing() {
    let text = format!("<update>\r\n<!-- ТСД --><versions>{}</versions></update>", entries(&["3.4.0.1"]));
    let with = |list: &[u8]| Filled::new().version("3.4.0.1").file("versions.xml", list).read();
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let mut windows = br#"<?xml version="1.0" encoding="windows-1251"?><update><!-- "#.to_vec();
    windows.extend([0xD2, 0xD1, 0xC4]);
    windows.extend(format!(" --><versions>{}</versions></update>", entries(&["3.4.0.1"])).bytes());
    let marked = format!("\u{FEFF}{text}");
    for list in [text.clone().into_bytes(), marked.clone().into_bytes(), utf16(&marked), windows] {
        assert_eq!(offered(&with(&list), "3.3.0.1").as_deref(), Some("3.4.0.1"), "{list:?}");
    }
    for list in [
        "",
        "3.4.0.1",
        "<update><versions><version name='3.4.0.1'></versions></update>",
        "<!DOCTYPE update><update><versions><version name='3.4.0.1'/></versions></update>",
        "<update><version name='3.4.0.1'/></update>",
        "<update><versions><version name='newest'/></versions></update>",
    ] {
        let staged = with(list.as_bytes());
        assert!(matches!(staged.list, List::Broken(_)), "{list}: {:?}", staged.list);
        assert_eq!((offered(&staged, "3.3.0.1"), unlisted(&staged)), (None, vec!["3.4.0.1"]));
    }
    let huge = " ".repeat(usize::try_from(DESCRIPTION_LIMIT_BYTES).unwrap() + 1);
    assert!(matches!(with(huge.as_bytes()).list, List::Broken(Fault::File(FileFault::TooLarge { .. }))));
}

#[test]
fn an_entry_that_does_not_count_is_told_and_the_others_do() {
    let list = r#"<version name="3.4.0.1"/><version name="3.5" path="../../x"/><version name="3.4.0.1"/><version name="x"/>"#;
    let staged = Filled::new().list(list).version("3.4.0.1").read();
    assert_eq!(offered(&staged, "3.3.0.1").as_deref(), Some("3.4.0.1"));
    let List::Read { refused } = &staged.list else { panic!("{:?}", staged.list) };
    assert!(
        matches!(&refused[..], [Fault::Path { .. }, Fault::Duplicate { .. }, Fault::Version { .. }]),
        "{refused:?}"
    );
}

#[test]
fn a_folder_of_another_name_is_where_the_list_says_and_letter_case_does_not_matter() {
    let elements = "<Version>3.4.0.1</Version><File>APP.APK</File>";
    let list = r#"<version name="3.4.0.1" path="Новая версия/2026 год"/>"#;
    let filled = Filled::new().list(list).app("Новая версия/2026 год", "3.4.0.1", elements);
    assert_eq!(offered(&filled.read(), "3.3.0.1").as_deref(), Some("3.4.0.1"));

    let upper = Filled::new()
        .below_base("UPDATE/android/VERSIONS.XML", "<versions><version name='3.4.0.1'/></versions>")
        .below_base("UPDATE/android/3.4.0.1/Update.xml", "<update><file>app 1.apk</file></update>")
        .below_base("UPDATE/android/3.4.0.1/App 1.apk", ApkBuilder::new("3.4.0.1").build().unwrap());
    let staged = upper.read();
    assert_eq!(staged.dir, upper.0.path().join("UPDATE/android"));
    assert_eq!(offered(&staged, "3.3.0.1").as_deref(), Some("3.4.0.1"));

    let deep = Filled::new().list(r#"<version name="3.4.0.1" path="3.4.0.1/release"/>"#).app(
        "3.4.0.1/release",
        "3.4.0.1",
        "<file>app.apk</file>",
    );
    let staged = deep.read();
    assert_eq!((offered(&staged, "3.3.0.1").as_deref(), staged.unlisted.len()), (Some("3.4.0.1"), 0));
}

#[test]
fn a_version_without_a_whole_description_is_not_offered() {
    let with = |description: Option<&str>| {
        let filled = Filled::new().list(&entries(&["3.4.0.1"])).version("3.4.0.1");
        if let Some(text) = description {
            return filled.file("3.4.0.1/update.xml", text).unusable();
        }
        fs::remove_file(filled.0.path().join(FOLDER).join("3.4.0.1/update.xml")).unwrap();
        filled.unusable()
    };
    let path = || "3.4.0.1/update.xml".to_owned();
    let fault = |unusable: Unusable| match unusable {
        Unusable::Description { path: found, fault } if found == path() => fault,
        other => panic!("{other:?}"),
    };
    assert!(matches!(fault(with(None)), Fault::File(FileFault::Missing { .. })));
    assert!(matches!(fault(with(Some("<update>"))), Fault::File(FileFault::NotXml { .. })));
    assert!(matches!(fault(with(Some("<release/>"))), Fault::File(FileFault::WrongRoot { .. })));
    let other = "<update version='3.4.0.2' file='app.apk'/>";
    assert!(matches!(fault(with(Some(other))), Fault::OtherVersion { .. }));
    assert_eq!(with(Some("<update version='3.4.0.1'/>")), Unusable::NoFile { path: path() });
}

#[test]
fn a_package_that_is_elsewhere_is_not_offered() {
    let with = |elements: &str| {
        let elements = format!("<version>3.4.0.1</version>{elements}");
        Filled::new()
            .list(&entries(&["3.4.0.1"]))
            .app("3.4.0.1", "3.4.0.1", &elements)
            .file("app.apk", ApkBuilder::new("3.4.0.1").build().unwrap())
            .file("downloads/app.apk", ApkBuilder::new("3.4.0.1").build().unwrap())
            .unusable()
    };
    for elements in
        ["<fromdownloads>true</fromdownloads><file>app.apk</file>", "<file>https://e.org/a.apk</file>"]
    {
        assert_eq!(with(elements), Unusable::Elsewhere, "{elements}");
    }
    for file in
        ["../app.apk", "/etc/passwd", r"..\app.apk", "C:/app.apk", r"\\pc\share\app.apk", "x/../../app.apk"]
    {
        let unusable = with(&format!("<file>{file}</file>"));
        assert!(
            matches!(&unusable, Unusable::Description { fault: Fault::Path { .. }, .. }),
            "{file}: {unusable:?}"
        );
    }
}

#[test]
fn a_package_that_is_missing_or_none_is_not_offered() {
    let missing =
        Filled::new().list(&entries(&["3.4.0.1"])).file("3.4.0.1/update.xml", "<update file='app.apk'/>");
    let path = || "3.4.0.1/app.apk".to_owned();
    assert_eq!(missing.unusable(), Unusable::Missing { path: path() });
    let unusable = |unusable: Unusable| match unusable {
        Unusable::Package { path: found, detail } if found == path() => detail,
        other => panic!("{other:?}"),
    };
    let whole = ApkBuilder::new("3.4.0.1").build().unwrap();
    let mut details = vec![];
    for bytes in [&b""[..], b"nonsense", &whole[..whole.len() / 2]] {
        let filled =
            Filled::new().list(&entries(&["3.4.0.1"])).version("3.4.0.1").file("3.4.0.1/app.apk", bytes);
        details.push(unusable(filled.unusable()));
    }
    assert!(details.iter().all(|detail| detail.starts_with("Not an Android package")), "{details:?}");
    let folder = missing.file("3.4.0.1/app.apk/x", "");
    assert_eq!(unusable(folder.unusable()), "Not an ordinary file");
}

#[cfg(unix)]
#[test]
fn a_pipe_in_place_of_a_package_is_not_waited_for() {
    let filled =
        Filled::new().list(&entries(&["3.4.0.1"])).file("3.4.0.1/update.xml", "<update file='app.apk'/>");
    let pipe = filled.0.path().join(FOLDER).join("3.4.0.1/app.apk");
    assert!(std::process::Command::new("mkfifo").arg(pipe).status().unwrap().success());
    assert!(matches!(filled.unusable(), Unusable::Package { .. }));
}

#[test]
fn looking_changes_nothing() {
    let filled = Filled::new().list(&entries(&["3.4.0.1", "3.5"])).version("3.4.0.1");
    let before = crate::tree::list(filled.0.path()).unwrap();
    filled.read();
    assert_eq!(crate::tree::list(filled.0.path()).unwrap(), before);
}
