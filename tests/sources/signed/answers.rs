//! A server that does not give what was asked for: nothing but 404 means "there is none", and for a file that is
//! signed not even that.

use smarts_core::catalogue::FileLocation;
use smarts_core::http::{Http, HttpOptions};
use smarts_core::source::{Fault, Place, Source, Trust};
use smarts_tests::publisher::Publisher;
use smarts_tests::site::{Behaviour, ServedFile, Site};
use smarts_tests::tree::Tree;

use super::{FILE, LIST, Pc, assert_untrusted, folder, list_of, signed_site, tree};
use crate::{hasty_http, load_all};

const METADATA: [&str; 5] = [
    "metadata/2.root.json",
    "metadata/timestamp.json",
    "metadata/1.snapshot.json",
    "metadata/1.targets.json",
    // Beside the metadata, the first file itself.
    "",
];

/// What is asked for of a publisher's tree, in its order.
fn questions(publisher: &Publisher, tree: &Tree) -> [String; 5] {
    let list = publisher.paths(LIST, &tree.files()[LIST]).remove(0);
    METADATA.map(|name| if name.is_empty() { list.clone() } else { name.to_owned() })
}

#[tokio::test]
async fn a_refusal_is_an_error_and_never_means_that_there_is_nothing_newer() {
    let (publisher, tree) = (Publisher::new(), tree("Новая"));
    for path in questions(&publisher, &tree) {
        let (site, pc) = (signed_site(&publisher, &tree), Pc::trusting(&publisher));
        for status in [204, 206, 304, 400, 401, 403, 407, 410, 429, 500, 503] {
            site.misbehave(&path, Behaviour::Status(status));
            let expected = Fault::Status { host: site.host(), status };
            assert_eq!(pc.list(&site).await, Err(expected), "{path}");
        }
        site.misbehave(&path, Behaviour::Redirect("http://portal.example/login".into()));
        let fault = pc.list(&site).await.unwrap_err();
        assert!(matches!(fault, Fault::Redirect { .. }), "{path} {fault:?}");
        if path == METADATA[0] {
            site.put(&path, publisher.root_json());
        }
        site.misbehave(&path, Behaviour::CutAfter(3));
        let fault = pc.list(&site).await.unwrap_err();
        assert!(matches!(fault, Fault::Connection { .. }), "{path} {fault:?}");
        site.behave(&path);
        if path == METADATA[0] {
            site.misbehave(&path, Behaviour::Status(404));
        }
        assert_eq!(pc.list(&site).await, list_of(&tree), "{path}");
    }
}

#[tokio::test]
async fn a_page_of_a_portal_in_place_of_any_file_is_refused() {
    let (publisher, tree) = (Publisher::new(), tree("Новая"));
    for path in questions(&publisher, &tree) {
        let (site, pc) = (signed_site(&publisher, &tree), Pc::trusting(&publisher));
        let content_type = Some("text/html".to_owned());
        site.put_file(
            &path,
            ServedFile { bytes: "<html>Log in</html>".into(), content_type, ..ServedFile::default() },
        );
        for _ in 0..2 {
            assert_untrusted(pc.list(&site).await, "");
        }
        publisher.put_on(&site, &tree);
        if path == METADATA[0] {
            site.misbehave(&path, Behaviour::Status(404));
        }
        assert_eq!(pc.list(&site).await, list_of(&tree), "{path}");
    }
}

#[tokio::test]
async fn what_never_ends_is_cut_off_and_what_stands_still_is_given_up() {
    let (publisher, tree) = (Publisher::new(), tree("Новая"));
    for path in questions(&publisher, &tree) {
        let (site, pc) = (signed_site(&publisher, &tree), Pc::trusting(&publisher));
        site.put(&path, " ".repeat(50));
        for behaviour in [Behaviour::Endless, Behaviour::Length(1 << 40)] {
            site.misbehave(&path, behaviour);
            let fault = pc.list(&site).await.unwrap_err();
            let is_signed = path.ends_with("xml");
            assert!(is_signed || matches!(fault, Fault::TooLarge { .. }), "{path} {fault:?}");
            assert!(!is_signed || matches!(fault, Fault::Untrusted { .. }), "{path} {fault:?}");
            assert!(site.seen().iter().all(|seen| seen.sent < 16 * 1024 * 1024));
        }
        site.misbehave(&path, Behaviour::HoldAfter(1));
        let source = Source::open(&site.root(), &hasty_http(), pc.dir.path()).unwrap().signed(pc.anchor());
        assert_eq!(
            source.description(LIST).await,
            Err(Fault::Timeout { host: site.host(), proxy: None }),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_tree_without_metadata_is_unsigned() {
    let publisher = Publisher::new();
    let (site, pc) = (Site::serve(&tree("Новая")).unwrap(), Pc::trusting(&publisher));
    assert_eq!(pc.list(&site).await, Err(Fault::Unsigned));
    let dir = tempfile::tempdir().unwrap();
    tree("Новая").write_to(dir.path()).unwrap();
    assert_eq!(pc.in_folder(dir.path()).description(LIST).await, Err(Fault::Unsigned));
    std::fs::create_dir(dir.path().join("metadata")).unwrap();
    assert_eq!(pc.in_folder(dir.path()).description(LIST).await, Err(Fault::Unsigned));
    publisher.put_on(&site, &tree("Новая"));
    assert_eq!(pc.list(&site).await, list_of(&tree("Новая")));
}

#[tokio::test]
async fn metadata_that_is_not_all_there_is_refused() {
    let publisher = Publisher::new();
    for name in ["1.snapshot.json", "1.targets.json"] {
        let (site, pc) = (signed_site(&publisher, &tree("Новая")), Pc::trusting(&publisher));
        site.misbehave(&format!("metadata/{name}"), Behaviour::Status(404));
        assert_untrusted(pc.list(&site).await, &format!("{name} not found"));
        let dir = folder(&publisher, &tree("Новая"));
        std::fs::remove_file(dir.path().join("metadata").join(name)).unwrap();
        assert_untrusted(pc.in_folder(dir.path()).description(LIST).await, &format!("{name} not found"));
    }
}

#[tokio::test]
async fn a_stick_that_is_pulled_out_is_not_a_source_without_signatures() {
    let publisher = Publisher::new();
    let (dir, pc) = (folder(&publisher, &tree("Новая")), Pc::trusting(&publisher));
    let source = pc.in_folder(dir.path());
    dir.close().unwrap();
    let fault = source.description(LIST).await.unwrap_err();
    assert!(matches!(fault, Fault::Folder { .. }), "{fault:?}");
}

#[tokio::test]
async fn a_description_that_is_signed_and_missing_or_another_is_an_error() {
    for is_consistent in [true, false] {
        let publisher = Publisher { is_consistent, ..Publisher::new() };
        let (site, pc) = (signed_site(&publisher, &tree("Новая")), Pc::trusting(&publisher));
        let path = publisher.paths(LIST, &tree("Новая").files()[LIST]).remove(0);
        site.misbehave(&path, Behaviour::Status(404));
        assert_eq!(pc.list(&site).await, Err(Fault::Missing { path: LIST.into() }));
        site.behave(&path);
        let honest = tree("Новая").files()[LIST].clone();
        let mut same_length = honest.clone();
        same_length[30] ^= 1;
        for lie in [same_length, honest[1..].to_vec(), [honest.as_slice(), b" "].concat(), Vec::new()] {
            site.put(&path, lie);
            for _ in 0..2 {
                assert_untrusted(pc.list(&site).await, LIST);
            }
        }
        site.put(&path, honest);
        assert_eq!(pc.list(&site).await, list_of(&tree("Новая")));
    }
}

#[tokio::test]
async fn a_kept_description_that_was_changed_is_fetched_again() {
    let publisher = Publisher::new();
    let (site, pc) = (signed_site(&publisher, &tree("Новая")), Pc::trusting(&publisher));
    pc.list(&site).await.unwrap();
    let mut count = 0;
    for entry in std::fs::read_dir(pc.store_dir().join("descriptions")).unwrap() {
        std::fs::write(entry.unwrap().path(), "<lie/>").unwrap();
        count += 1;
    }
    assert_eq!((count, pc.list(&site).await), (1, list_of(&tree("Новая"))));
}

#[tokio::test]
async fn a_file_that_nobody_has_signed_is_named() {
    let publisher = Publisher::new();
    // The description is signed; its file is not, or lies with somebody else.
    let mut files = Tree::new();
    for (path, bytes) in tree("Новая").files() {
        if path != FILE {
            files = files.file(&path, bytes);
        }
    }
    let (site, pc) = (signed_site(&publisher, &files), Pc::trusting(&publisher));
    site.put(FILE, "Новая");
    let source = pc.at(&site);
    let catalogue = load_all(&source, "Sklad15").await.unwrap();
    assert_eq!(catalogue.releases, []);
    let fault = |path: &str| smarts_core::catalogue::Fault::Source(Fault::NotSigned { path: path.into() });
    assert_eq!(catalogue.problems[0].fault, fault(FILE));
    assert!(catalogue.problems[0].unread.is_some());

    let (site, pc) = (signed_site(&publisher, &tree("Новая")), Pc::trusting(&publisher));
    let source = pc.at(&site);
    let mut file = load_all(&source, "Sklad15").await.unwrap().releases[0].file.clone().unwrap();
    file.location = FileLocation::InSource("downloads/other.mstmpl".into());
    let fault = Fault::NotSigned { path: "downloads/other.mstmpl".into() };
    assert_eq!(source.locate(&file).await, Err(fault.clone()));
    assert_eq!(source.vouched(file.clone()).await, Err(fault));
    let elsewhere = format!("{}?token=secret", site.url(FILE)).replace("http://", "https://u:p@");
    file.location = FileLocation::Url(elsewhere.parse().unwrap());
    let fault = Fault::NotSigned { path: site.url(FILE).replace("http://", "https://") };
    assert_eq!(source.locate(&file).await, Err(fault));
}

#[tokio::test]
async fn a_file_that_was_signed_anew_since_it_was_looked_up_is_another_one() {
    use smarts_tests::publisher::Hash;
    for hashes in [vec![Hash::Sha256], vec![Hash::Sha512], vec![Hash::Sha256, Hash::Sha512]] {
        let mut publisher = Publisher { hashes, ..Publisher::new() };
        let (site, pc) = (signed_site(&publisher, &tree("Вторая")), Pc::trusting(&publisher));
        let file = load_all(&pc.at(&site), "Sklad15").await.unwrap().releases[0].file.clone().unwrap();
        publisher.bump();
        publisher.put_on(&site, &tree("Вторая").file("more", "more"));
        pc.at(&site).locate(&file).await.unwrap();
        publisher.bump();
        publisher.put_on(&site, &tree("Третья"));
        let expected = Err(Fault::SignedAnew { path: FILE.into() });
        assert_eq!(pc.at(&site).locate(&file).await, expected);
        // Nothing of the old and the new statement can be compared.
        publisher.bump();
        publisher.hashes =
            if publisher.hashes == [Hash::Sha256] { vec![Hash::Sha512] } else { vec![Hash::Sha256] };
        publisher.put_on(&site, &tree("Третья"));
        assert_eq!(pc.at(&site).locate(&file).await, expected);
    }
}

#[tokio::test]
async fn a_tree_whose_updates_are_elsewhere_is_signed_as_a_whole() {
    for is_consistent in [true, false] {
        let publisher = Publisher { is_consistent, ..Publisher::new() };
        let (site, pc) = (Site::serve(&Tree::new()).unwrap(), Pc::trusting(&publisher));
        let mirror = Site::serve(&Tree::new()).unwrap();
        for (path, bytes) in publisher.sign(&tree("Новая")).files() {
            match path.strip_prefix("updates/") {
                Some(rest) => mirror.put(&format!("new/{rest}"), bytes),
                None => site.put(&path, bytes),
            }
        }
        let cache = pc.dir.path().join("cache");
        let http = crate::http();
        let source = Source::open(&site.root(), &http, &cache).unwrap();
        let source = source.with_updates(&mirror.url("new"), &http, &cache).unwrap().signed(pc.anchor());
        let catalogue = load_all(&source, "Sklad15").await.unwrap();
        assert_eq!(catalogue.problems, []);
        assert_eq!(source.trust(), Trust::Signed);
        let file = catalogue.releases[0].file.as_ref().unwrap();
        let place = source.locate(file).await.unwrap().place;
        let path = publisher.paths(FILE, &tree("Новая").files()[FILE]).remove(0);
        assert_eq!(place, Place::Url(site.url(&path).parse().unwrap()));
        let list = publisher.paths(LIST, &tree("Новая").files()[LIST]).remove(0);
        assert!(mirror.seen().iter().any(|seen| seen.path == list.replace("updates/", "new/")));
    }
}

#[tokio::test]
#[cfg_attr(windows, ignore = "Windows connects to no unspecified address")]
async fn plain_http_to_another_pc_is_used_where_everything_is_signed_and_nowhere_else() {
    let publisher = Publisher::new();
    let (site, pc) = (signed_site(&publisher, &tree("Новая")), Pc::trusting(&publisher));
    // An address that is no loopback address, and leads back here all the same.
    let root = site.root().replace("127.0.0.1", "0.0.0.0");
    let options = HttpOptions { proxy: smarts_core::http::proxy::Proxy::None, ..HttpOptions::default() };
    let http = Http::new(&options).unwrap();
    assert!(Source::open(&root, &http, pc.dir.path()).is_err());
    let source = Source::open(&root, &http.allowing_plain(), pc.dir.path()).unwrap().signed(pc.anchor());
    assert_eq!(source.description(LIST).await, list_of(&tree("Новая")));
}
