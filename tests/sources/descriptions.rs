//! One description: conditional requests, limits, refusals.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener};
use std::{fs, thread};

use smarts_core::source::{DESCRIPTION_LIMIT_BYTES, Fault, Source};
use smarts_tests::site::{Behaviour, ServedFile, Site};
use smarts_tests::tree::Tree;

use super::{at, at_with, hasty_http, http};

const PATH: &str = "updates/A/versions.xml";

fn site(text: &str) -> Site {
    Site::serve(&Tree::new().file(PATH, text)).unwrap()
}

fn statuses(site: &Site) -> Vec<u16> {
    site.seen().iter().map(|seen| seen.status).collect()
}

#[tokio::test]
async fn an_unchanged_description_is_not_sent_again_even_to_the_next_run() {
    let site = site("<first/>");
    let at = at(&site);
    assert_eq!(at.source.description(PATH).await, Ok(b"<first/>".to_vec()));
    let next_run = Source::open(&site.root(), &http(), at.cache.path()).unwrap();
    assert_eq!(next_run.description(PATH).await, Ok(b"<first/>".to_vec()));
    site.put(PATH, "<second/>");
    assert_eq!(next_run.description(PATH).await, Ok(b"<second/>".to_vec()));
    assert_eq!(next_run.description(PATH).await, Ok(b"<second/>".to_vec()));
    assert_eq!(statuses(&site), [200, 304, 200, 304]);
}

#[tokio::test]
async fn a_site_that_tells_only_dates_is_asked_by_date() {
    let site = site("");
    let last_modified = Some("Mon, 02 Nov 2026 10:00:00 GMT".to_owned());
    site.put_file(PATH, ServedFile { bytes: b"<a/>".into(), last_modified, ..ServedFile::default() });
    let at = at(&site);
    for _ in 0..2 {
        assert_eq!(at.source.description(PATH).await, Ok(b"<a/>".to_vec()));
    }
    assert_eq!(statuses(&site), [200, 304]);
}

#[tokio::test]
async fn a_broken_cache_entry_is_fetched_anew() {
    let site = site("<first/>");
    let at = at(&site);
    at.source.description(PATH).await.unwrap();
    for entry in fs::read_dir(at.cache.path()).unwrap() {
        fs::write(entry.unwrap().path(), "nonsense").unwrap();
    }
    assert_eq!(at.source.description(PATH).await, Ok(b"<first/>".to_vec()));
    assert_eq!(statuses(&site), [200, 200]);
}

#[tokio::test]
async fn a_page_of_a_portal_is_not_kept_and_does_not_come_back() {
    let site = site("");
    let page = ServedFile {
        bytes: b"<html>Log in</html>".into(),
        content_type: Some("text/html; charset=utf-8".into()),
        last_modified: Some("Sun, 22 Nov 2026 08:59:59 GMT".into()),
        etag: None,
    };
    site.put_file(PATH, page);
    let at = at(&site);
    at.source.description(PATH).await.unwrap();
    // The real file is older than the page, so "not changed since then" would be true of it.
    let last_modified = Some("Mon, 02 Nov 2026 10:00:00 GMT".to_owned());
    site.put_file(PATH, ServedFile { bytes: b"<a/>".into(), last_modified, ..ServedFile::default() });
    assert_eq!(at.source.description(PATH).await, Ok(b"<a/>".to_vec()));
}

#[tokio::test]
async fn a_gzipped_description_is_unpacked() {
    let site = site("<first/>");
    site.misbehave(PATH, Behaviour::Gzip);
    assert_eq!(at(&site).source.description(PATH).await, Ok(b"<first/>".to_vec()));
    let seen = site.seen();
    assert_eq!(seen[0].headers.get("accept-encoding").map(String::as_str), Some("gzip"));
}

#[tokio::test]
async fn too_much_is_refused_by_its_length_while_it_comes_and_after_unpacking() {
    let too_large = Err(Fault::TooLarge { limit_bytes: DESCRIPTION_LIMIT_BYTES });
    let site = site("<first/>");
    site.misbehave(PATH, Behaviour::Length(DESCRIPTION_LIMIT_BYTES + 1));
    assert_eq!(at(&site).source.description(PATH).await, too_large);
    site.misbehave(PATH, Behaviour::Endless);
    assert_eq!(at(&site).source.description(PATH).await, too_large);
    site.put(PATH, vec![b' '; DESCRIPTION_LIMIT_BYTES as usize + 1]);
    site.misbehave(PATH, Behaviour::Gzip);
    assert_eq!(at(&site).source.description(PATH).await, too_large);
    assert!(site.seen().last().unwrap().sent < 100_000);
}

#[tokio::test]
async fn only_404_and_410_mean_that_there_is_no_such_file() {
    let site = site("<first/>");
    let at = at(&site);
    for status in [404, 410] {
        site.misbehave(PATH, Behaviour::Status(status));
        assert_eq!(at.source.description(PATH).await, Err(Fault::NotFound));
    }
    for status in [204, 206, 304, 400, 401, 403, 407, 429, 500, 503] {
        site.misbehave(PATH, Behaviour::Status(status));
        let expected = Fault::Status { host: site.host(), status };
        assert_eq!(at.source.description(PATH).await, Err(expected));
    }
}

#[tokio::test]
async fn a_redirect_to_http_is_refused_by_name() {
    let site = site("<first/>");
    site.misbehave(PATH, Behaviour::Redirect("http://u:p@other.example/x?token=secret".into()));
    let fault = at(&site).source.description(PATH).await.unwrap_err();
    let target = "http://other.example/x".to_owned();
    assert_eq!(fault, Fault::Redirect { host: site.host(), target });
    site.misbehave(PATH, Behaviour::Redirect("/elsewhere".into()));
    let fault = at(&site).source.description(PATH).await.unwrap_err();
    assert_eq!(fault, Fault::Redirect { host: site.host(), target: site.url("elsewhere") });
}

#[tokio::test]
async fn a_redirect_to_https_is_followed_and_a_host_that_cannot_prove_itself_is_told() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let speak_plainly = move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.read_exact(&mut [0; 64]).unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
        // Closing with unread bytes would reset the connection before the answer is read.
        stream.shutdown(Shutdown::Write).unwrap();
        stream.read_to_end(&mut Vec::new()).unwrap();
    };
    let server = thread::Builder::new().name("plain".into()).spawn(speak_plainly).unwrap();
    let site = site("<first/>");
    site.misbehave(PATH, Behaviour::Redirect(format!("https://{host}/x")));
    let fault = at(&site).source.description(PATH).await.unwrap_err();
    assert!(matches!(&fault, Fault::Tls { host: at, .. } if *at == host), "{fault:?}");
    server.join().unwrap();
}

#[tokio::test]
async fn an_answer_that_is_cut_or_never_ends_is_a_fault_of_the_connection() {
    let site = site("<first/>");
    site.misbehave(PATH, Behaviour::CutAfter(3));
    let fault = at(&site).source.description(PATH).await.unwrap_err();
    assert!(matches!(fault, Fault::Connection { .. }), "{fault:?}");
    site.misbehave(PATH, Behaviour::HoldAfter(3));
    let fault = at_with(&site, &hasty_http()).source.description(PATH).await.unwrap_err();
    assert_eq!(fault, Fault::Timeout { host: site.host(), proxy: None });
}

#[tokio::test]
async fn credentials_in_the_address_are_sent_and_never_shown() {
    let site = site("<first/>");
    let cache = tempfile::tempdir().unwrap();
    let address = site.root().replace("http://", "http://ivan:secret@");
    let source = Source::open(&address, &http(), cache.path()).unwrap();
    source.description(PATH).await.unwrap();
    assert!(site.seen()[0].headers.contains_key("authorization"));
    assert_eq!(source.root(), site.root());
    site.put(PATH, "<second/>");
    site.misbehave(PATH, Behaviour::CutAfter(3));
    let fault = source.description(PATH).await.unwrap_err();
    assert!(!format!("{fault:?} {fault}").contains("secret"));
}
