//! Going on from what an earlier try left.

use std::fs;

use smarts_core::digest::Digest;
use smarts_core::download::{Error, Event};
use smarts_core::source::Fault;
use smarts_tests::site::Behaviour;

use super::{NAME, PATH, Setup, bytes, setup};

const SIZE: usize = 1_000_000;
const CUT: usize = 600_000;

/// A site whose file was cut on the first try.
async fn cut(content: &[u8], stating: bool) -> Setup {
    let setup = setup(content);
    let setup = if stating { setup.stating(content) } else { setup };
    cut_again(&setup).await;
    setup
}

async fn cut_again(setup: &Setup) {
    setup.site.misbehave(PATH, Behaviour::CutAfter(CUT));
    let error = setup.fetch().await.unwrap_err();
    assert!(matches!(error, Error::Source { kept_bytes: 600_000, .. }), "{error:?}");
    assert!(error.keeps_partial());
    setup.site.behave(PATH);
    setup.site.forget();
}

#[tokio::test]
async fn a_cut_download_goes_on_where_it_was_cut() {
    let content = bytes(SIZE, 1);
    let setup = cut(&content, false).await;
    assert_eq!(setup.partial(), content[..CUT]);
    let downloaded = setup.fetch().await.unwrap();
    assert_eq!((downloaded.sha256, setup.file() == content), (Digest::of(&content), true));
    let seen = setup.seen();
    assert_eq!((seen.len(), seen[0].status, seen[0].sent), (1, 206, SIZE - CUT));
    assert_eq!(seen[0].headers["range"], "bytes=600000-");
    assert_eq!(seen[0].headers["if-range"], format!("\"{}\"", Digest::of(&content)));
    assert_eq!(setup.names(), [NAME]);
}

#[tokio::test]
async fn a_cancelled_download_goes_on() {
    let content = bytes(SIZE, 1);
    let setup = setup(&content);
    setup.site.misbehave(PATH, Behaviour::HoldAfter(CUT));
    let error = setup.fetch_and_cancel_at(1).await.unwrap_err();
    assert!(error.is_cancelled() && error.keeps_partial());
    let kept = setup.partial();
    assert!(!kept.is_empty() && content.starts_with(&kept));
    setup.site.release();
    setup.fetch().await.unwrap();
    assert_eq!(setup.file(), content);
    let seen = setup.seen();
    assert_eq!((seen[1].status, seen[1].sent), (206, SIZE - kept.len()));
}

#[tokio::test]
async fn a_cancelled_request_asks_nothing() {
    let setup = setup(b"x");
    let error = setup.fetch_and_cancel_at(0).await;
    assert!(error.is_err_and(|error| error.is_cancelled()));
}

#[tokio::test]
async fn a_file_that_has_changed_since_is_fetched_from_its_beginning() {
    let setup = cut(&bytes(SIZE, 1), false).await;
    let new = bytes(SIZE + 1, 2);
    setup.site.put(PATH, new.clone());
    setup.fetch().await.unwrap();
    assert_eq!(setup.file(), new);
    assert_eq!(setup.statuses(), [200]);
}

#[tokio::test]
async fn a_server_that_ignores_the_range_costs_a_start_from_the_beginning() {
    let content = bytes(SIZE, 1);
    let setup = cut(&content, false).await;
    setup.site.misbehave(PATH, Behaviour::IgnoreRange);
    setup.fetch().await.unwrap();
    assert_eq!(setup.file(), content);
    assert_eq!(setup.statuses(), [200]);
}

#[tokio::test]
async fn a_wrong_or_refused_range_costs_one_start_from_the_beginning() {
    let content = bytes(SIZE, 1);
    let setup = cut(&content, false).await;
    setup.site.misbehave(PATH, Behaviour::WrongRange);
    setup.fetch().await.unwrap();
    assert_eq!(setup.file(), content);
    assert_eq!(setup.statuses(), [206, 200]);
}

#[tokio::test]
async fn a_range_that_is_refused_twice_is_a_fault() {
    let setup = cut(&bytes(SIZE, 1), false).await;
    setup.site.misbehave(PATH, Behaviour::Status(416));
    let error = setup.fetch().await.unwrap_err();
    let expected = Fault::Status { host: setup.site.host(), status: 416 };
    assert!(matches!(&error, Error::Source { fault, .. } if *fault == expected), "{error:?}");
    assert_eq!(setup.statuses(), [416, 416]);
}

#[tokio::test]
async fn a_file_that_has_become_shorter_is_fetched_from_its_beginning() {
    // Without any validator only the hash could tell, and the server has nothing behind the offset.
    let new = bytes(1000, 2);
    let setup = cut(&bytes(SIZE, 1), false).await.stating(&new);
    setup.put_without_tag(&new, None, None);
    setup.fetch().await.unwrap();
    assert_eq!(setup.file(), new);
}

#[tokio::test]
async fn without_a_strong_validator_or_a_hash_nothing_is_put_together() {
    let content = bytes(SIZE, 1);
    let recent = Some("Sun, 22 Nov 2026 08:59:30 GMT");
    for (etag, last_modified) in [(None, None), (Some("W/\"1\""), recent), (None, recent)] {
        let setup = setup(&content);
        setup.put_without_tag(&content, etag, last_modified);
        cut_again(&setup).await;
        setup.fetch().await.unwrap();
        assert_eq!(setup.file(), content);
        assert_eq!(setup.statuses(), [200]);
    }
}

#[tokio::test]
async fn an_old_date_is_strong_enough_and_a_stated_hash_needs_none() {
    let content = bytes(SIZE, 1);
    let by_date = setup(&content);
    let date = "Mon, 02 Nov 2026 10:00:00 GMT";
    by_date.put_without_tag(&content, None, Some(date));
    cut_again(&by_date).await;
    by_date.fetch().await.unwrap();
    assert_eq!(by_date.statuses(), [206]);
    assert_eq!(by_date.seen()[0].headers["if-range"], date);

    let by_hash = setup(&content).stating(&content);
    by_hash.put_without_tag(&content, None, None);
    cut_again(&by_hash).await;
    by_hash.fetch().await.unwrap();
    assert_eq!(by_hash.file(), content);
    assert_eq!(by_hash.statuses(), [206]);
}

#[tokio::test]
async fn a_damaged_part_is_found_by_the_hash_and_fetched_once_more() {
    let content = bytes(SIZE, 1);
    let setup = cut(&content, true).await;
    let mut damaged = setup.partial();
    damaged[1000] ^= 1;
    fs::write(setup.path(".partial"), damaged).unwrap();
    setup.fetch().await.unwrap();
    assert_eq!(setup.file(), content);
    assert_eq!(setup.statuses(), [206, 200]);
}

#[tokio::test]
async fn a_file_that_is_wrong_twice_is_given_up_and_removed() {
    let setup = cut(&bytes(SIZE, 1), true).await;
    setup.put_without_tag(&bytes(SIZE, 2), None, None);
    let error = setup.fetch().await.unwrap_err();
    assert!(matches!(error, Error::WrongHash { .. }), "{error:?}");
    assert!(setup.names().is_empty());
}

#[tokio::test]
async fn a_wrong_file_from_its_beginning_is_not_fetched_twice_because_of_what_was_kept() {
    let setup = cut(&bytes(SIZE, 1), true).await;
    setup.site.put(PATH, bytes(SIZE, 2));
    setup.site.misbehave(PATH, Behaviour::IgnoreRange);
    let error = setup.fetch().await.unwrap_err();
    assert!(matches!(error, Error::WrongHash { .. }), "{error:?}");
    assert_eq!(setup.statuses(), [200]);
    assert!(setup.names().is_empty());
}

#[tokio::test]
async fn what_is_kept_is_read_before_the_server_is_asked() {
    let content = bytes(SIZE, 1);
    let setup = cut(&content, true).await;
    let shorten = |event| {
        if matches!(event, Event::Asking { kept_bytes: 600_000 }) {
            fs::write(setup.path(".partial"), &content[..1000]).unwrap();
        }
    };
    setup.fetch_and_tell(&shorten).await.unwrap();
    assert_eq!(setup.file(), content);
    assert!(setup.statuses() == [200] && !setup.seen()[0].headers.contains_key("range"));
}

#[tokio::test]
async fn a_part_that_was_whole_costs_one_byte() {
    let content = bytes(SIZE, 1);
    let setup = cut(&content, false).await;
    fs::write(setup.path(".partial"), &content).unwrap();
    setup.fetch().await.unwrap();
    assert_eq!(setup.file(), content);
    assert_eq!(setup.seen()[0].sent, 1);
}

#[tokio::test]
async fn a_part_of_another_address_is_not_used() {
    let content = bytes(SIZE, 1);
    let mut setup = cut(&content, false).await;
    setup.site.put("other/place.msi", content.clone());
    setup.request.place = smarts_core::source::Place::Url(setup.site.url("other/place.msi").parse().unwrap());
    setup.fetch().await.unwrap();
    assert_eq!(setup.statuses(), [200]);
}
