//! Names a file is not kept under, and the longest one it is.

use smarts_core::download::{self, Error};

use super::{PATH, bytes, setup};

#[tokio::test]
async fn a_name_that_leaves_the_folder_or_that_windows_keeps_for_itself_is_refused_unasked() {
    let long = format!("{}.msi", "я".repeat(200));
    let names = [
        "",
        ".",
        "..",
        "../x.msi",
        r"..\x.msi",
        "/etc/x.msi",
        r"C:\x.msi",
        "C:x.msi",
        "a/b.msi",
        "x.msi:ads",
        "CON",
        "nul.msi",
        "COM1.msi",
        "lpt9",
        "CONIN$.msi",
        "AUX.tar.msi",
        "com¹.msi",
        "x.msi.",
        "x.msi ",
        " x.msi",
        "x\0.msi",
        "x\n.msi",
        "x*.msi",
        "x?.msi",
        "<x>.msi",
        "x|y.msi",
        "\"x\".msi",
        "x.msi.partial",
        "x.msi.PARTIAL.json",
        "x.msi.partial.lock",
        long.as_str(),
    ];
    for name in names {
        let mut setup = setup(b"x");
        setup.request.name = name.to_owned();
        let error = setup.fetch().await.unwrap_err();
        assert!(matches!(error, Error::Name { .. }), "{name:?}: {error:?}");
        assert!(error.to_string().len() < 400, "{name:?}");
        assert!(setup.seen().is_empty() && !setup.request.dir.exists(), "{name:?}");
        assert!(download::discard(&setup.request.dir, name).is_err(), "{name:?}");
        assert_eq!(download::kept_bytes(&setup.request.dir, name), 0);
    }
}

#[tokio::test]
async fn a_name_of_any_letters_is_kept_as_it_is() {
    let content = bytes(1000, 1);
    let long = "щ".repeat(110) + ".msi";
    for name in ["Склад 15, Расширенный (1).mstmpl", "COM10.msi", "..x.msi", "a..b.msi", "console.msi", &long]
    {
        let mut setup = setup(&content).stating(&content);
        setup.request.name = name.to_owned();
        setup.site.put(PATH, content.clone());
        setup.fetch().await.unwrap();
        assert_eq!(setup.names(), [name]);
    }
}

#[tokio::test]
async fn a_path_of_more_characters_than_windows_once_took_is_as_good_as_any() {
    let content = bytes(1000, 1);
    let mut setup = setup(&content).stating(&content);
    let below = ["Обновления Mobile SMARTS"; 12].join("/");
    setup.request.dir = setup.home.path().join(below);
    assert!(setup.request.dir.to_str().unwrap().chars().count() > 300);
    setup.fetch().await.unwrap();
    // Anew, over what is there.
    let setup = setup.stating(&bytes(2000, 2));
    setup.site.put(PATH, bytes(2000, 2));
    setup.fetch().await.unwrap();
    assert_eq!((setup.names(), setup.file().len()), (vec![super::NAME.to_owned()], 2000));
}
