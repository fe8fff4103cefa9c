//! Waits between tries: how long, what is told of them, and that a person can end them.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use smarts_core::download::{Error, Event, LONGEST_WAIT, Limit, Retries, Waiting};
use smarts_core::source::Fault;
use smarts_tests::site::Behaviour;
use tokio_util::sync::CancellationToken;

use super::{PATH, Setup, bytes, setup};

const SIZE: usize = 200_000;

/// Fetches until it waits, and cancels then; returns what was told of that.
async fn first_wait(setup: &Setup) -> Option<Waiting> {
    let (cancel, told) = (CancellationToken::new(), Mutex::new(None));
    let tell = |event| {
        if let Event::Waiting(waiting) = event {
            *told.lock().unwrap() = Some(waiting);
            cancel.cancel();
        }
    };
    let fetching =
        smarts_core::download::fetch(&setup.http, &setup.request, &setup.options, &tell, &cancel).await;
    assert_eq!(fetching.is_err_and(|error| error.is_cancelled()), told.lock().unwrap().is_some());
    told.into_inner().unwrap()
}

fn patient(content: &[u8]) -> Setup {
    let mut setup = setup(content);
    let hour = Duration::from_hours(1);
    setup.options.retries = Retries { tries: 5, base: hour, most: hour };
    setup
}

#[tokio::test]
async fn a_wait_says_how_long_why_and_from_where_it_goes_on_and_ends_when_cancelled() {
    let content = bytes(SIZE, 1);
    let setup = patient(&content).stating(&content);
    setup.site.in_turn(PATH, [Some(Behaviour::CutAfter(150_000))]);
    let waiting = first_wait(&setup).await.unwrap();
    assert!(waiting.wait <= Duration::from_hours(1));
    assert_eq!((waiting.kept_bytes, waiting.total), (150_000, Some(SIZE as u64)));
    assert!(matches!(waiting.fault, Fault::Connection { .. }) && !waiting.is_asked_for);
    assert_eq!(setup.partial(), content[..150_000]);
    // The person asks for it again, and it goes on at once.
    setup.fetch().await.unwrap();
    assert_eq!(setup.file(), content);
    assert_eq!(setup.seen()[1].headers["range"], "bytes=150000-");
}

#[tokio::test]
async fn the_time_that_a_server_names_is_the_time_that_is_waited() {
    let later = |status, when: &str| Behaviour::Later(status, when.to_owned());
    let hour = Some((3500..=3600, true));
    let rows = [
        (later(503, "3600"), hour.clone()),
        (later(429, "3600"), hour.clone()),
        // The site's own clock says nine, whatever this PC's says.
        (later(503, "Sun, 22 Nov 2026 10:00:00 GMT"), hour),
        (later(503, &LONGEST_WAIT.as_secs().to_string()), Some((86_300..=86_400, true))),
        // Not worth waiting for, or nothing that is understood.
        (later(503, "86401"), None),
        (later(503, "Tue, 24 Nov 2026 10:00:00 GMT"), None),
        (later(404, "60"), None),
        (later(403, "60"), None),
    ];
    for (behaviour, expected) in rows {
        let setup = setup(b"x").trying(5);
        setup.site.misbehave(PATH, behaviour.clone());
        match (first_wait(&setup).await, expected) {
            (Some(waiting), Some((seconds, is_asked_for))) => {
                assert!(seconds.contains(&waiting.wait.as_secs()), "{behaviour:?}: {waiting:?}");
                assert_eq!(waiting.is_asked_for, is_asked_for);
            }
            (waited, expected) => {
                assert!(waited.is_none() && expected.is_none(), "{behaviour:?}: {waited:?}");
            }
        }
        assert_eq!(setup.seen().len(), 1);
    }
}

#[tokio::test]
async fn a_server_that_says_now_or_a_time_that_has_passed_is_asked_no_sooner_than_others() {
    for when in ["0", "Sun, 22 Nov 2026 08:00:00 GMT"] {
        let setup = patient(b"x");
        setup.site.misbehave(PATH, Behaviour::Later(503, when.into()));
        let waiting = first_wait(&setup).await.unwrap();
        // Anything up to an hour, and a little more: nothing only once in a few thousand years.
        assert!(waiting.wait > Duration::ZERO && !waiting.is_asked_for, "{when}: {waiting:?}");
    }
}

#[tokio::test]
async fn a_wait_that_is_too_long_is_an_error_that_says_so() {
    let setup = setup(b"x").trying(5);
    setup.site.misbehave(PATH, Behaviour::Later(503, "172800".into()));
    let error = setup.fetch().await.unwrap_err();
    let two_days = Some(Duration::from_hours(48));
    assert!(matches!(&error, Error::Source { again_in, .. } if *again_in == two_days), "{error:?}");
    assert_eq!(setup.seen().len(), 1);
}

#[tokio::test]
async fn a_server_that_asks_to_wait_again_and_again_is_given_up() {
    let setup = setup(b"x").trying(3);
    setup.site.misbehave(PATH, Behaviour::Later(503, "0".into()));
    let error = setup.fetch().await.unwrap_err();
    assert!(matches!(error, Error::Source { again_in: Some(Duration::ZERO), .. }), "{error:?}");
    assert_eq!(setup.statuses(), [503, 503, 503]);
    setup.site.forget();
    setup.site.behave(PATH);
    setup.site.in_turn(PATH, [Some(Behaviour::Later(503, "0".into()))]);
    setup.fetch().await.unwrap();
    assert_eq!(setup.statuses(), [503, 200]);
}

#[tokio::test]
async fn a_file_that_is_waited_for_is_being_downloaded() {
    let content = bytes(SIZE, 1);
    let setup = patient(&content);
    setup.site.misbehave(PATH, Behaviour::Later(503, "3600".into()));
    let (cancel, waits) = (CancellationToken::new(), tokio::sync::Notify::new());
    let tell = |event| {
        if matches!(event, Event::Waiting(_)) {
            waits.notify_one();
        }
    };
    let first = smarts_core::download::fetch(&setup.http, &setup.request, &setup.options, &tell, &cancel);
    let second = async {
        waits.notified().await;
        let second = setup.fetch().await;
        cancel.cancel();
        second
    };
    let (first, second) = tokio::join!(first, second);
    assert!(matches!(second, Err(Error::Busy { .. })), "{second:?}");
    assert!(first.unwrap_err().is_cancelled());
    assert!(setup.names().is_empty());
}

#[tokio::test]
async fn a_limit_to_the_speed_is_kept_and_what_is_told_stays_true() {
    let content = bytes(SIZE, 1);
    let mut setup = setup(&content).stating(&content);
    setup.options.limit = Some(Limit::new(400_000.try_into().unwrap()));
    let told = super::Told::default();
    let begin = Instant::now();
    setup.fetch_and_tell(&|event| told.tell(&event)).await.unwrap();
    // Half a second, but for the quarter that is saved up in the beginning.
    assert!(begin.elapsed() >= Duration::from_millis(240), "{:?}", begin.elapsed());
    assert_eq!(setup.file(), content);
    let told = told.0.into_inner().unwrap();
    assert!(told.is_sorted_by_key(|progress| progress.received));
    assert_eq!(told.last().unwrap().received, SIZE as u64);
}
