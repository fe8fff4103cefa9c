//! What a site can do wrong, as a table: what comes of it at once, and that nothing is lost by it.
//!
//! Each row is run three times: where the release states nothing about the file, where it states size and hash,
//! and where it states a hash alone.

use std::time::Duration;

use futures_util::future::join_all;
use smarts_core::download::{Error, Retries};
use smarts_core::source::Fault;
use smarts_tests::site::{Behaviour, ServedFile};

use super::{NAME, PATH, Setup, bytes, setup};
use Behaviour::{
    ContentRange, CutAfter, Encoding, Gzip, HangUp, HoldAfter, IgnoreRange, Length, Mute, NoLength, Redirect,
    ResetAfter, Status, Trickle, WrongRange,
};

const SIZE: usize = 200_000;
const HALF: usize = 100_000;
/// Tries that bring nothing worth mentioning.
const TRIES: u32 = 3;

/// The file's bytes, or an error as [`told`] names it.
const RIGHT: &str = "right";

/// Three times the same, but for what is stated.
fn setups() -> [(&'static str, Setup); 3] {
    let content = bytes(SIZE, 1);
    let setup = || setup(&content).trying(TRIES);
    let mut by_hash = setup().stating(&content);
    by_hash.request.size = None;
    [("nothing stated", setup()), ("all stated", setup().stating(&content)), ("a hash stated", by_hash)]
}

/// Where silence is all there is to be heard.
const SHORT: Duration = Duration::from_millis(200);
/// Where an answer comes too, also on a busy machine.
const LONG: Duration = Duration::from_secs(3);

/// Only where silence is to be heard is it called so before the usual time.
fn facing(setup: Setup, behaviours: &[Behaviour], silence: Duration) -> Setup {
    let is_silence = |behaviour: &Behaviour| matches!(behaviour, Mute | HoldAfter(_) | Trickle);
    if behaviours.iter().any(is_silence) { setup.hearing_silence_after(silence) } else { setup }
}

impl Setup {
    /// With the first half of the file kept.
    async fn with_half(mut self) -> Self {
        let retries = std::mem::replace(&mut self.options.retries, Retries::NONE);
        self.site.misbehave(PATH, CutAfter(HALF));
        self.fetch().await.unwrap_err();
        assert_eq!(self.partial(), bytes(SIZE, 1)[..HALF]);
        self.options.retries = retries;
        self
    }
}

/// What it ended with, in a few words.
async fn told(setup: &Setup) -> String {
    match setup.fetch().await {
        Ok(_) if setup.file() == bytes(SIZE, 1) && setup.names() == [NAME] => RIGHT.to_owned(),
        Ok(_) => format!("wrong file, or not alone: {:?}", setup.names()),
        Err(Error::Source { fault, .. }) => match fault {
            Fault::NotFound => "not found".to_owned(),
            Fault::Status { status, .. } => status.to_string(),
            Fault::Connection { .. } => "connection".to_owned(),
            Fault::Timeout { .. } => "timeout".to_owned(),
            Fault::Redirect { .. } => "redirect".to_owned(),
            other => format!("{other:?}"),
        },
        Err(Error::NotTheFile { .. }) => "page".to_owned(),
        Err(Error::Packed { .. }) => "packed".to_owned(),
        Err(Error::WrongSize { .. }) => "size".to_owned(),
        Err(Error::WrongHash { .. }) => "hash".to_owned(),
        Err(Error::TooLarge { .. }) => "too large".to_owned(),
        Err(other) => format!("{other:?}"),
    }
}

#[tokio::test]
async fn a_fault_that_passes_costs_nothing_but_time() {
    let rows: Vec<(&str, Vec<Behaviour>)> = vec![
        ("cut at byte 0", vec![CutAfter(0)]),
        ("cut at byte 1", vec![CutAfter(1)]),
        ("cut in the middle", vec![CutAfter(HALF)]),
        ("cut before the last byte", vec![CutAfter(SIZE - 1)]),
        ("closed after the last byte", vec![CutAfter(SIZE)]),
        ("cut twice", vec![CutAfter(HALF), CutAfter(1)]),
        ("reset at byte 0", vec![ResetAfter(0)]),
        ("reset in the middle", vec![ResetAfter(HALF)]),
        ("reset before the last byte", vec![ResetAfter(SIZE - 1)]),
        ("hung up on", vec![HangUp]),
        ("silence in place of an answer", vec![Mute]),
        ("silence in place of the body", vec![HoldAfter(0)]),
        ("silence in the middle", vec![HoldAfter(HALF)]),
        ("byte by byte", vec![Trickle]),
        ("status 408", vec![Status(408)]),
        ("status 429", vec![Status(429)]),
        ("status 500", vec![Status(500)]),
        ("status 502, then 504", vec![Status(502), Status(504)]),
        ("status 503 in the middle", vec![CutAfter(HALF), Status(503)]),
        ("200 in place of 206", vec![CutAfter(HALF), IgnoreRange]),
        ("another range", vec![CutAfter(HALF), WrongRange]),
        ("a range without a name", vec![CutAfter(HALF), ContentRange(None)]),
        ("a range that makes no sense", vec![CutAfter(HALF), ContentRange(Some("bytes 9-1".into()))]),
        (
            "a range of a file of another size",
            vec![CutAfter(HALF), ContentRange(Some("bytes 100000-199999/200001".into()))],
        ),
        ("status 416", vec![CutAfter(HALF), Status(416)]),
        ("cut again where the range was ignored", vec![CutAfter(HALF), IgnoreRange, CutAfter(1)]),
        ("no length", vec![NoLength]),
        ("gzip that nobody asked for", vec![Gzip]),
    ];
    // One thread, but all their silence at once.
    let row = async |what, turns: Vec<Behaviour>| {
        for (stated, setup) in setups() {
            let setup = facing(setup, &turns, LONG);
            let asked = turns.len() + 1;
            setup.site.in_turn(PATH, turns.clone().into_iter().map(Some));
            assert_eq!(told(&setup).await, RIGHT, "{what}, {stated}");
            assert!(setup.seen().len() <= asked, "{what}, {stated}: {:?}", setup.statuses());
        }
    };
    join_all(rows.into_iter().map(|(what, turns)| row(what, turns))).await;
}

#[tokio::test]
async fn a_fault_that_stays_is_told_after_a_few_tries_and_what_has_come_is_kept() {
    let refused = |status| (Status(status), 1);
    // The times it is asked; then what is told where no size is stated, and where everything is.
    let rows: Vec<(&str, (Behaviour, usize), &str, &str)> = vec![
        ("status 401", refused(401), "401", "401"),
        ("status 403", refused(403), "403", "403"),
        ("status 404", refused(404), "not found", "not found"),
        ("status 407", refused(407), "407", "407"),
        ("status 410", refused(410), "not found", "not found"),
        ("status 416", refused(416), "416", "416"),
        ("status 206 to what was no range", refused(206), "206", "206"),
        ("status 304 to what was no condition", refused(304), "304", "304"),
        ("status 429", (Status(429), 3), "429", "429"),
        ("status 500", (Status(500), 3), "500", "500"),
        ("status 503", (Status(503), 3), "503", "503"),
        ("to http", (Redirect("http://mirror.example/x".into()), 1), "redirect", "redirect"),
        ("in a circle", (Redirect(format!("/{PATH}")), 1), "redirect", "redirect"),
        ("to nowhere", (Redirect(String::new()), 1), "redirect", "redirect"),
        ("cut at byte 0", (CutAfter(0), 3), "connection", "connection"),
        ("always cut", (CutAfter(1000), 3), "connection", "connection"),
        ("always reset", (ResetAfter(1000), 3), "connection", "connection"),
        ("always hung up on", (HangUp, 6), "connection", "connection"),
        ("always silent", (Mute, 3), "timeout", "timeout"),
        ("always silent in the middle", (HoldAfter(1000), 3), "timeout", "timeout"),
        ("packed in a way that is not known", (Encoding("br".into()), 1), "packed", "packed"),
        ("packed twice", (Encoding("compress, identity".into()), 1), "packed", "packed"),
        ("a length above all limits", (Length(1 << 40), 1), "too large", "size"),
        ("a length that is too long", (Length(200_001), 6), "connection", "size"),
    ];
    let row = async |(what, (behaviour, asked), nothing, all): (&str, (Behaviour, usize), &str, &str)| {
        for ((stated, setup), expected) in setups().into_iter().zip([nothing, all, nothing]) {
            let setup = facing(setup, std::slice::from_ref(&behaviour), SHORT);
            setup.site.misbehave(PATH, behaviour.clone());
            assert_eq!(told(&setup).await, expected, "{what}, {stated}");
            assert!(setup.seen().len() <= asked, "{what}, {stated}: {:?}", setup.statuses());
            assert!(!setup.path("").exists(), "{what}, {stated}");
            let setup = setup.hearing_silence_after(LONG);
            setup.site.behave(PATH);
            assert_eq!(told(&setup).await, RIGHT, "afterwards: {what}, {stated}");
        }
        for (stated, setup) in setups() {
            let setup = setup.with_half().await;
            let setup = facing(setup, std::slice::from_ref(&behaviour), SHORT);
            setup.site.misbehave(PATH, behaviour.clone());
            assert_ne!(told(&setup).await, RIGHT, "from the half: {what}, {stated}");
            assert!(setup.partial().starts_with(&bytes(SIZE, 1)[..HALF]), "from the half: {what}, {stated}");
            let setup = setup.hearing_silence_after(LONG);
            setup.site.behave(PATH);
            assert_eq!(told(&setup).await, RIGHT, "from the half, afterwards: {what}, {stated}");
        }
    };
    join_all(rows.into_iter().map(row)).await;
}

#[tokio::test]
async fn a_line_that_brings_something_each_time_gets_there_and_one_that_does_not_ends() {
    const MIB: usize = 1024 * 1024;
    let content = bytes(5 * MIB, 1);
    for (piece, expected) in [(MIB, true), (MIB / 8, false)] {
        let setup = setup(&content).stating(&content).trying(2);
        setup.site.misbehave(PATH, CutAfter(piece));
        assert_eq!(setup.fetch().await.is_ok(), expected, "{piece}");
        assert!(setup.seen().len() <= 6, "{piece}");
        let kept = if expected { setup.file() } else { setup.partial() };
        assert!(content.starts_with(&kept) && kept.len() >= 2 * piece);
    }
    // Always from the beginning: never more than the first time, so that counts for nothing.
    let setup = setup(&content).trying(2);
    setup.put_without_tag(&content, None, None);
    setup.site.misbehave(PATH, CutAfter(3 * MIB));
    setup.fetch().await.unwrap_err();
    assert_eq!(setup.statuses(), [200, 200]);
}

#[tokio::test]
async fn a_server_that_begins_anew_each_time_and_is_cut_a_little_later_is_given_up() {
    const MIB: usize = 1024 * 1024;
    let content = bytes(12 * MIB, 1);
    let mut setup = setup(&content).trying(2);
    setup.request.size = Some(content.len() as u64);
    setup.put_without_tag(&content, None, None);
    setup.site.in_turn(PATH, (1..12).map(|so_many| Some(CutAfter(so_many * MIB))));
    assert_eq!(told(&setup).await, "connection");
    // 36 MiB were received after eight tries; two more may fail.
    assert!((9..=10).contains(&setup.seen().len()), "{:?}", setup.statuses());
}

#[tokio::test]
async fn a_length_that_is_too_short_is_told_by_what_is_stated() {
    let content = bytes(SIZE, 1);
    let by_size = setup(&content).stating(&content).trying(TRIES);
    let mut by_hash = setup(&content).stating(&content).trying(TRIES);
    by_hash.request.size = None;
    for (setup, expected) in [(&by_size, "size"), (&by_hash, "hash")] {
        setup.site.misbehave(PATH, Length(1000));
        assert_eq!(told(setup).await, expected);
        assert!(setup.names().is_empty());
        setup.site.behave(PATH);
        assert_eq!(told(setup).await, RIGHT);
    }
}

#[tokio::test]
async fn an_endless_body_ends_where_the_file_would() {
    let content = bytes(SIZE, 1);
    let setup = setup(&content).stating(&content).trying(TRIES);
    setup.site.misbehave(PATH, Behaviour::Endless);
    assert_eq!(told(&setup).await, "size");
    assert!(setup.names().is_empty());
    setup.site.behave(PATH);
    assert_eq!(told(&setup).await, RIGHT);
}

#[tokio::test]
async fn a_file_that_changes_between_two_tries_is_the_new_one_from_its_beginning() {
    let (old, new) = (bytes(SIZE, 2), bytes(SIZE, 1));
    for (stating, tagged) in [(false, true), (true, true), (true, false)] {
        let setup = setup(&old).trying(TRIES);
        let setup = if stating { setup.stating(&new) } else { setup };
        if !tagged {
            setup.put_without_tag(&old, None, None);
        }
        setup.site.in_turn(PATH, [Some(CutAfter(HALF)), Some(Status(500))]);
        let swap = |event| {
            // Between the first and the second answer.
            if matches!(event, smarts_core::download::Event::Asking { kept_bytes } if kept_bytes > 0) {
                if tagged {
                    setup.site.put(PATH, new.clone());
                } else {
                    setup.put_without_tag(&new, None, None);
                }
            }
        };
        setup.fetch_and_tell(&swap).await.unwrap();
        assert_eq!(told(&setup).await, RIGHT, "{stating} {tagged}");
    }
}

#[tokio::test]
async fn a_portal_is_no_file_wherever_it_stands_in_the_way() {
    let page = ServedFile {
        bytes: b"<html>Log in</html>".to_vec(),
        content_type: Some("text/html; charset=utf-8".into()),
        ..ServedFile::default()
    };
    for (stated, setup) in setups() {
        setup.site.in_turn(PATH, [Some(CutAfter(HALF))]);
        let intrude = |event| {
            if matches!(event, smarts_core::download::Event::Asking { kept_bytes } if kept_bytes > 0) {
                setup.site.put_file(PATH, page.clone());
            }
        };
        let error = setup.fetch_and_tell(&intrude).await.unwrap_err();
        assert!(matches!(error, Error::NotTheFile { .. }), "{stated}: {error:?}");
        assert_eq!(setup.partial(), bytes(SIZE, 1)[..HALF], "{stated}");
        setup.site.put(PATH, bytes(SIZE, 1));
        assert_eq!(told(&setup).await, RIGHT, "{stated}");
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_asked_a_few_times() {
    let Setup { site, .. } = setup(b"x");
    let gone = site.url(PATH);
    drop(site);
    let mut setup = setup(b"x").trying(TRIES);
    setup.request.place = smarts_core::source::Place::Url(gone.parse().unwrap());
    assert_eq!(told(&setup).await, "connection");
    assert!(setup.names().is_empty());
}
