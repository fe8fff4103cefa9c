//! What is not staged, and not taken back: everything is what it was, and why is said.

use std::fs;
use std::path::PathBuf;

use smarts_tests::apk::ApkBuilder;
use smarts_tests::tree::{Tree, TreeRelease};

use super::{FOREST, MAIN, NEW, Shop, apk, app, bases, shop, shop_of};
use crate::made;
use crate::program::Prompt;

#[test]
fn an_app_that_nothing_proves_needs_a_consent_of_its_own() {
    let shop = shop_of(&Tree::new().release("Android", app(NEW, apk(NEW))));
    let ran = shop.assert_refused(&["devices", "stage", "main", "--yes"], "нужен --accept-unproved");
    assert!(ran.err.contains("Подлинность: ничем не подтверждено"), "{ran:?}");
    let ran = shop.prompt.answered("нет\n", &["devices", "stage", "main"]);
    assert_eq!((ran.status, shop.offered(MAIN)), (4, None), "{ran:?}");
    let ran = shop.stage(&["main", "--accept-unproved"]);
    assert_eq!((ran.status, shop.offered(MAIN).as_deref()), (0, Some(NEW)), "{ran:?}");
}

#[test]
fn a_signed_source_proves_its_app_and_one_that_was_changed_is_refused() {
    let (pc, publisher) = (made::pc(&bases()), made::publisher());
    let tree = Tree::new().release("Android", app(NEW, apk(NEW)));
    let source = made::folder(&publisher.sign(&tree));
    let prompt = Prompt::on(pc.path(), source.path());
    let shop = Shop { pc, source, prompt };
    let root = shop.file("named-root.json", &publisher.root_json());
    let folder = shop.source.path().join("updates/Android/3.4.0.46990");
    let packages: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let put = |bytes: &[u8]| {
        let packages = packages.iter().filter(|path| path.extension().is_some_and(|end| end == "apk"));
        packages.for_each(|path| fs::write(path, bytes).unwrap());
    };
    put(&apk("3.4.0.46991"));
    let line = ["devices", "stage", "main", "--yes", "--accept-unproved", "--trusted-root", &root];
    let ran = shop.assert_refused(&line, "MobileSMARTS.apk");
    assert!(ran.err.contains("не тот файл"), "{ran:?}");
    put(&apk(NEW));
    let ran = shop.run(&line);
    assert_eq!((ran.status, shop.offered(MAIN).as_deref()), (0, Some(NEW)), "{ran:?}");
    assert!(ran.err.contains("Подлинность: подписано издателем"), "{ran:?}");
    assert_eq!(shop.offered(FOREST), None);
    assert_eq!(shop.staged(FOREST).apps, []);
}

#[test]
fn a_folder_whose_signatures_have_expired_needs_its_option() {
    let (pc, mut publisher) = (made::pc(&bases()), made::publisher());
    "2026-11-02T00:00:00Z".clone_into(&mut publisher.timestamp.expires);
    let source = made::folder(&publisher.sign(&Tree::new().release("Android", app(NEW, apk(NEW)))));
    let prompt = Prompt::on(pc.path(), source.path());
    let shop = Shop { pc, source, prompt };
    let root = shop.file("named-root.json", &publisher.root_json());
    let line = ["devices", "stage", "main", "--yes", "--trusted-root", &root];
    let ran = shop.assert_refused(&line, "добавьте ключ --accept-expired");
    assert!(ran.err.contains("ТСД предлагается то же, что и раньше") && !ran.err.contains('?'), "{ran:?}");
    let ran = shop.run(&[&line[..], &["--accept-expired"]].concat());
    assert_eq!((ran.status, shop.offered(MAIN).as_deref()), (0, Some(NEW)), "{ran:?}");
}

#[test]
fn a_file_that_is_no_app_for_these_devices_is_refused_before_any_question() {
    let shop = shop();
    assert_eq!(shop.stage(&["main", "--version", NEW]).status, 0);
    let other = ApkBuilder::new("3.5.0.1").package("com.example.game").build().unwrap();
    let unnamed = ApkBuilder::new("beta").build().unwrap();
    let whole = apk("3.5.0.1");
    let template = made::template("1.6.3.7283").build().unwrap();
    let cases = [
        ("text.apk", b"not a package".to_vec(), " не похож на приложение для Android"),
        ("cut.apk", whole[..whole.len() / 2].to_vec(), "не похож на приложение для Android"),
        ("template.apk", template, " файле нет AndroidManifest.xml"),
        ("unnamed.apk", unnamed, "не называет своей версии"),
        ("other.apk", other, "это другое приложение: com.example.game"),
        ("lower.apk", apk("3.3.0.30000"), "подготовлена более высокая версия 3.4.0.46990"),
        ("setup.msi", whole, "setup.msi"),
    ];
    for (name, bytes, words) in cases {
        let file = shop.file(name, &bytes);
        let line = ["devices", "stage", "forest", "main", "--file", &file, "--accept-unproved"];
        let ran = shop.assert_refused(&line, words);
        assert!(!ran.err.contains('?'), "{name}: {ran:?}");
    }
    let missing = shop.prompt.home.path().join("nowhere.apk").display().to_string();
    let ran = shop.stage(&["main", "--file", &missing]);
    assert_eq!(ran.status, 1, "{ran:?}");
}

#[test]
fn a_package_of_another_version_than_the_source_says_is_refused() {
    let shop = shop_of(&Tree::new().release("Android", app(NEW, apk("3.4.0.46991")).stated()));
    let line = ["devices", "stage", "main", "--yes"];
    shop.assert_refused(&line, "файл называет себя версией 3.4.0.46991, а не 3.4.0.46990");
}

#[test]
fn what_the_source_does_not_have_is_said() {
    let shop = shop();
    let line = ["devices", "stage", "main", "--version", "9.9.9.9", "--yes"];
    shop.assert_refused(&line, "ерсии 9.9.9.9 в источнике нет");
    let empty = shop_of(&Tree::new().release("Platform4", TreeRelease::new("3.4.46.40367")));
    let ran = empty.stage(&["main"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, "В источнике нет приложения новее того, что на ТСД\n"));
    let broken = shop_of(&Tree::new().file("updates/Android/versions.xml", "<versions>"));
    let ran = broken.stage(&["main"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    fs::remove_dir_all(broken.source.path()).unwrap();
    assert_eq!(broken.stage(&["main"]).status, 1);
}

#[test]
fn a_base_that_is_not_updated_here_gets_no_app() {
    let shop = shop();
    let ran = shop.stage(&["nowhere"]);
    assert_eq!(ran.status, 2, "{ran:?}");
    fs::remove_dir_all(shop.pc.locate(FOREST)).unwrap();
    shop.assert_refused(&["devices", "stage", "main", "forest", "--yes"], "базы нет в списке, или она не");
}

#[test]
fn a_list_that_somebody_has_changed_since_is_not_taken_back() {
    let shop = shop();
    assert_eq!(shop.stage(&["main"]).status, 0);
    let list = shop.android(MAIN).join("versions.xml");
    let mut text = fs::read_to_string(&list).unwrap();
    text.push_str("<!-- Иванов -->\n");
    fs::write(&list, text).unwrap();
    shop.assert_refused(&["devices", "undo", "main", "--yes"], "с тех пор это изменил кто-то другой");
}

#[test]
fn the_first_base_that_fails_stops_the_rest_and_what_is_done_is_said() {
    let shop = shop();
    let in_the_way = shop.pc.locate(FOREST).join("Update");
    fs::write(&in_the_way, "a file").unwrap();
    let ran = shop.stage(&["main", "forest"]);
    assert_eq!(ran.status, 3, "{ran:?}");
    assert!(ran.out.starts_with("Основной склад: 3.3.0.30000 подготовлена."), "{ran:?}");
    assert!(ran.err.contains("Филиал на Лесной: вместо папки там ссылка или файл"), "{ran:?}");
    assert!(ran.err.contains("ТСД предлагается то же, что и раньше"), "{ran:?}");
    let ran = shop.stage(&["forest", "main", "--version", NEW]);
    assert_eq!((ran.status, ran.out.as_str()), (3, ""), "{ran:?}");
    assert!(ran.err.contains("Основной склад: не начата"), "{ran:?}");
    assert_eq!(shop.offered(MAIN).as_deref(), Some("3.3.0.30000"));
}
