//! What holds whatever happens.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use proptest::prelude::*;

use super::*;
use crate::version::Version;

/// Something between two runs.
#[derive(Clone, Debug)]
enum Event {
    /// So many minutes pass.
    Pass(i64),
    /// A release comes out, or changes.
    Release { number: usize, is_important: bool, is_downloaded: bool, is_blocked: bool },
    /// One is installed.
    Install(usize),
    /// What is open is put off for so many hours.
    PutOff(i64),
    /// A check ended.
    Check { has_failed: bool },
    /// The window is opened or closed.
    Window(bool),
    /// The clock goes wrong by so many minutes, or right again.
    Clock(i64),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        6 => (1_i64..3000).prop_map(Event::Pass),
        2 => (0_usize..4, any::<[bool; 3]>()).prop_map(|(number, [is_important, is_downloaded, is_blocked])| {
            Event::Release { number, is_important, is_downloaded, is_blocked }
        }),
        1 => (0_usize..4).prop_map(Event::Install),
        1 => (1_i64..40).prop_map(Event::PutOff),
        1 => any::<bool>().prop_map(|has_failed| Event::Check { has_failed }),
        1 => any::<bool>().prop_map(Event::Window),
        1 => prop_oneof![Just(0), -20_000_000_i64..0].prop_map(Event::Clock),
    ]
}

/// A message with the minute it was said at, as it truly was.
struct Heard {
    minute: i64,
    matter: Matter,
}

/// The clock is right at first, and returns to right whenever it is put forward.
fn live(events: &[Event], hours: Option<&str>) -> Vec<Heard> {
    let mut person = Person { maintenance: hours.map(|hours| hours.parse().unwrap()), ..Person::default() };
    let start = at("2026-11-23 12:00");
    person.decide(&start);
    let (mut minute, mut wrong) = (0, 0);
    let mut heard = Vec::new();
    for event in events {
        let now = start.checked_add((minute + wrong).minutes()).unwrap();
        match event {
            Event::Pass(minutes) => minute += minutes,
            Event::Release { number, is_important, is_downloaded, is_blocked } => {
                let version = format!("1.{number}");
                person.open.retain(|open| open.version.to_string() != version);
                person.open.push(Open {
                    is_important: *is_important,
                    is_downloaded: *is_downloaded,
                    is_blocked: *is_blocked,
                    ..release("P", &version)
                });
            }
            Event::Install(number) => {
                person.open.retain(|open| open.version.to_string() != format!("1.{number}"));
            }
            Event::PutOff(hours) => {
                let until = now.checked_add(hours.hours()).unwrap().timestamp();
                person.memory.put_off(&person.open.clone(), &now, until);
            }
            Event::Check { has_failed } => person.memory.checked(&now, *has_failed),
            Event::Window(is_open) => person.is_window_open = *is_open,
            Event::Clock(minutes) => wrong = if *minutes < wrong { *minutes } else { 0 },
        }
        let now = start.checked_add((minute + wrong).minutes()).unwrap();
        let said = person.decide(&now).message;
        assert!(said.is_none() || !person.is_window_open);
        heard.extend(said.map(|matter| Heard { minute, matter }));
    }
    heard
}

fn versions(matter: &Matter, is_wanted: impl Fn(&Saying) -> bool) -> Vec<Version> {
    let wanted = matter.releases.iter().filter(|saying| is_wanted(saying));
    wanted.map(|saying| saying.release.version).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// In maintenance hours it may be shorter by [`SLACK`].
    #[test]
    fn between_two_messages_lies_a_day_unless_something_is_newly_important(
        events in prop::collection::vec(event(), 1..80),
        has_hours in any::<bool>(),
    ) {
        let heard = live(&events, has_hours.then_some("mon-thu 21:00-23:00"));
        let least = 24 * 60 - if has_hours { SLACK.as_mins() } else { 0 };
        for pair in heard.windows(2) {
            let is_urgent = pair[1].matter.releases.iter().any(Saying::is_urgent);
            prop_assert!(pair[1].minute - pair[0].minute >= least || is_urgent);
        }
    }

    #[test]
    fn nothing_is_new_or_newly_important_twice_and_no_message_is_empty(
        events in prop::collection::vec(event(), 1..80),
    ) {
        let heard = live(&events, None);
        let (mut new, mut important) = (BTreeSet::new(), BTreeSet::new());
        for Heard { matter, .. } in &heard {
            prop_assert!(!matter.is_empty());
            for version in versions(matter, |saying| saying.occasion == Occasion::New) {
                prop_assert!(new.insert(version), "{version}");
            }
            for version in versions(matter, Saying::is_urgent) {
                prop_assert!(important.insert(version), "{version}");
            }
            for saying in &matter.releases {
                prop_assert!(saying.occasion == Occasion::New || !saying.release.is_blocked);
            }
        }
    }

    #[test]
    fn a_release_is_announced_within_two_days_whatever_the_clock_did_before(
        events in prop::collection::vec(event(), 0..40),
        jumps in prop::collection::vec(-20_000_000_i64..20_000_000, 0..10),
    ) {
        let mut person = Person::default();
        let mut now = at("2026-11-23 12:00");
        for (event, jump) in events.iter().zip(jumps.iter().cycle()) {
            if let Event::Check { has_failed } = event {
                person.memory.checked(&now, *has_failed);
            }
            now = now.checked_add(jump.minutes()).unwrap_or(now);
            person.open = vec![release("P", "1.0")];
            person.decide(&now);
        }
        person.open = vec![release("Q", "2.0")];
        let mut is_said = false;
        for _ in 0..=12 {
            is_said |= person.decide(&now).message.is_some_and(|matter| !matter.releases.is_empty());
            now = now.checked_add(4.hours()).unwrap();
        }
        prop_assert!(is_said);
    }

    #[test]
    fn a_memory_is_read_as_it_was_written(events in prop::collection::vec(event(), 1..40)) {
        let mut person = Person::with(&[release("P", "1.0")]);
        person.subscriptions = vec![Subscription { who: "ТСД".to_owned(), until: date("2026-12-01") }];
        let mut now = at("2026-11-23 12:00");
        for event in &events {
            if let Event::Pass(minutes) = event {
                now = now.checked_add(minutes.minutes()).unwrap();
            }
            person.memory.checked(&now, true);
            person.decide(&now);
        }
        let text = serde_json::to_string(&person.memory).unwrap();
        prop_assert_eq!(serde_json::from_str::<Memory>(&text).unwrap(), person.memory);
    }
}
