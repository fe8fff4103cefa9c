//! The same file elsewhere: asked before the first place is asked again, and never believed more than it.

use std::fs;
use std::sync::Arc;

use smarts_core::download::Error;
use smarts_core::source::{Fault, Place};
use smarts_tests::site::{Behaviour, ServedFile, Site};
use smarts_tests::tree::Tree;

use super::{NAME, PATH, Setup, bytes, setup};

const SIZE: usize = 200_000;
const HALF: usize = 100_000;

/// A source and a mirror with the same file.
fn mirrored(content: &[u8]) -> (Setup, Arc<Site>) {
    let mut setup = setup(content).trying(2);
    let mirror = Arc::new(Site::serve(&Tree::new().file(PATH, content)).unwrap());
    setup.request.mirrors = vec![Place::Url(mirror.url(PATH).parse().unwrap())];
    (setup, mirror)
}

fn statuses(site: &Site) -> Vec<u16> {
    site.seen().iter().map(|seen| seen.status).collect()
}

#[tokio::test]
async fn a_mirror_is_not_asked_while_the_source_gives_the_file() {
    let (setup, mirror) = mirrored(&bytes(SIZE, 1));
    setup.fetch().await.unwrap();
    assert!(mirror.seen().is_empty());
}

#[tokio::test]
async fn whatever_is_wrong_with_the_source_the_mirror_is_asked_next() {
    let content = bytes(SIZE, 1);
    let page = ServedFile {
        bytes: b"<html>Log in</html>".to_vec(),
        content_type: Some("text/html".into()),
        ..ServedFile::default()
    };
    let file = |bytes| ServedFile { bytes, ..ServedFile::default() };
    let rows: Vec<(Option<Behaviour>, Option<ServedFile>)> = vec![
        (Some(Behaviour::Status(404)), None),
        (Some(Behaviour::Status(403)), None),
        (Some(Behaviour::Status(503)), None),
        (Some(Behaviour::Later(503, "86400".into())), None),
        (Some(Behaviour::Redirect("http://mirror.example/".into())), None),
        (Some(Behaviour::HangUp), None),
        (Some(Behaviour::CutAfter(0)), None),
        (Some(Behaviour::Encoding("br".into())), None),
        (None, Some(page)),
        (None, Some(file(bytes(SIZE, 2)))),
        (None, Some(file(bytes(SIZE + 1, 1)))),
    ];
    for (behaviour, served) in rows {
        let what = format!("{behaviour:?}");
        let (setup, mirror) = mirrored(&content);
        let setup = setup.stating(&content);
        if let Some(behaviour) = behaviour {
            setup.site.misbehave(PATH, behaviour);
        }
        if let Some(served) = served {
            setup.site.put_file(PATH, served);
        }
        setup.fetch().await.unwrap();
        assert_eq!(setup.file(), content, "{what}");
        assert_eq!(setup.names(), [NAME], "{what}");
        assert_eq!(statuses(&mirror), [200], "{what}");
    }
}

#[tokio::test]
async fn a_mirror_goes_on_where_the_source_was_cut_if_a_hash_will_tell() {
    let content = bytes(SIZE, 1);
    for (stating, status, sent) in [(true, 206, SIZE - HALF), (false, 200, SIZE)] {
        let (setup, mirror) = mirrored(&content);
        let setup = if stating { setup.stating(&content) } else { setup };
        setup.site.misbehave(PATH, Behaviour::CutAfter(HALF));
        setup.fetch().await.unwrap();
        assert_eq!(setup.file(), content);
        let seen = mirror.seen();
        assert_eq!((seen[0].status, seen[0].sent), (status, sent));
        assert!(!seen[0].headers.contains_key("if-range"), "the tag is the source's");
    }
}

#[tokio::test]
async fn a_lying_mirror_costs_the_source_nothing_but_a_start_from_the_beginning() {
    let content = bytes(SIZE, 1);
    let (mut setup, liar) = mirrored(&content);
    // The liar is asked first, and cut after it has lied.
    let Place::Url(source) = setup.request.place.clone() else { panic!("a site") };
    setup.request.place = setup.request.mirrors[0].clone();
    setup.request.mirrors = vec![Place::Url(source)];
    let setup = setup.stating(&content);
    liar.put(PATH, bytes(SIZE, 2));
    liar.misbehave(PATH, Behaviour::CutAfter(HALF));
    setup.fetch().await.unwrap();
    assert_eq!(setup.file(), content);
    assert_eq!(setup.statuses(), [206, 200]);
}

#[tokio::test]
async fn places_are_asked_in_turn_and_the_error_is_that_of_the_source() {
    let (mut setup, mirror) = mirrored(&bytes(SIZE, 1));
    let stick = setup.home.path().join("stick");
    fs::create_dir_all(&stick).unwrap();
    setup.request.mirrors.push(Place::Path(stick.join(NAME)));
    setup.site.misbehave(PATH, Behaviour::Status(503));
    mirror.misbehave(PATH, Behaviour::Status(404));
    let error = setup.fetch().await.unwrap_err();
    let of_source = |fault: &Fault| matches!(fault, Fault::Status { status: 503, .. });
    assert!(matches!(&error, Error::Source { fault, .. } if of_source(fault)), "{error:?}");
    assert_eq!((setup.statuses(), statuses(&mirror)), (vec![503, 503], vec![404]));
    // The stick is plugged in.
    fs::write(stick.join(NAME), bytes(SIZE, 1)).unwrap();
    setup.fetch().await.unwrap();
    assert_eq!(setup.file(), bytes(SIZE, 1));
}

#[tokio::test]
async fn a_fault_of_this_pc_asks_no_mirror() {
    let (setup, mirror) = mirrored(&bytes(SIZE, 1));
    fs::create_dir_all(setup.path(".partial")).unwrap();
    let error = setup.fetch().await.unwrap_err();
    assert!(matches!(error, Error::File { .. }), "{error:?}");
    assert!(mirror.seen().is_empty());
}
