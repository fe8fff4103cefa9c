//! Each rule with days and hours.

use super::*;

fn important(feed: &str, version: &str) -> Open {
    Open { is_important: true, ..release(feed, version) }
}

fn downloaded(feed: &str, version: &str) -> Open {
    Open { is_downloaded: true, ..release(feed, version) }
}

#[test]
fn a_release_is_announced_once_and_again_after_two_weeks() {
    let mut person = Person::with(&[release("P", "1.6")]);
    assert_eq!(person.hears("2026-11-23 12:00"), ["new 1.6"]);
    for quiet in ["2026-11-23 16:00", "2026-11-24 12:00", "2026-12-07 11:59"] {
        assert_eq!(person.hears(quiet), NOTHING, "{quiet}");
    }
    assert_eq!(person.hears("2026-12-07 12:00"), ["again 1.6"]);
    assert_eq!(person.hears("2026-12-07 16:00"), NOTHING);
    assert_eq!(person.hears("2026-12-21 12:00"), ["again 1.6"]);
}

#[test]
fn what_is_downloaded_is_said_again_after_a_week_and_what_is_important_after_a_day() {
    let mut person = Person::with(&[downloaded("P", "1.6")]);
    assert_eq!(person.hears("2026-11-23 12:00"), ["new 1.6"]);
    assert_eq!(person.hears("2026-11-30 11:59"), NOTHING);
    assert_eq!(person.hears("2026-11-30 12:00"), ["again 1.6"]);

    let mut person = Person::with(&[important("P", "1.6")]);
    assert_eq!(person.hears("2026-11-23 12:00"), ["new 1.6"]);
    assert_eq!(person.hears("2026-11-24 11:59"), NOTHING);
    assert_eq!(person.hears("2026-11-24 12:00"), ["again 1.6"]);
}

#[test]
fn what_was_downloaded_meanwhile_has_its_week_from_the_last_word() {
    let mut person = Person::with(&[release("P", "1.6")]);
    person.hears("2026-11-23 12:00");
    person.open = vec![downloaded("P", "1.6")];
    assert_eq!(person.hears("2026-11-27 12:00"), NOTHING);
    assert_eq!(person.hears("2026-11-30 12:00"), ["again 1.6"]);
}

#[test]
fn maintenance_hours_are_the_only_ones_for_saying_it_again() {
    let mut person = Person::with(&[release("P", "1.6")]);
    person.maintenance = Some("mon-thu 21:00-23:00".parse().unwrap());
    assert_eq!(person.hears("2026-11-23 12:00"), ["new 1.6"]);
    assert_eq!(person.hears("2026-11-23 21:30"), NOTHING, "a day has not passed");
    assert_eq!(person.hears("2026-11-24 20:59"), NOTHING);
    assert_eq!(person.hears("2026-11-24 21:00"), ["again 1.6"]);
    for quiet in ["2026-11-25 21:30", "2026-12-02 21:30", "2026-12-08 20:30", "2026-12-11 21:30"] {
        assert_eq!(person.hears(quiet), NOTHING, "{quiet}");
    }
    assert_eq!(person.hears("2026-12-14 21:30"), ["again 1.6"], "two weeks later, on a Monday");
}

#[test]
fn something_important_is_said_in_maintenance_hours_every_day() {
    let mut person = Person::with(&[important("P", "1.6")]);
    person.maintenance = Some("21:00-23:00".parse().unwrap());
    assert_eq!(person.hears("2026-11-23 12:00"), ["new 1.6"]);
    assert_eq!(person.hears("2026-11-24 21:00"), ["again 1.6"]);
    assert_eq!(person.hears("2026-11-25 12:00"), NOTHING);
    assert_eq!(person.hears("2026-11-25 21:04"), ["again 1.6"]);
    assert_eq!(person.hears("2026-11-26 20:59"), NOTHING, "not in the hours");
    assert_eq!(person.hears("2026-11-26 21:01"), ["again 1.6"], "the task ran some minutes earlier");
    assert_eq!(person.hears("2026-11-26 21:05"), NOTHING);
    person.hears("2026-11-27 21:30");
    assert_eq!(person.hears("2026-11-28 21:01"), NOTHING, "a day has not passed");
}

#[test]
fn a_second_release_waits_for_a_day_unless_it_is_important() {
    let mut person = Person::with(&[release("P", "1.6")]);
    person.hears("2026-11-23 12:00");
    person.open.push(release("Q", "2.0"));
    assert_eq!(person.hears("2026-11-23 16:00"), NOTHING);
    person.open.push(important("R", "3.0"));
    assert_eq!(person.hears("2026-11-23 20:00"), ["new 2.0", "new 3.0"], "what waits is said with it");
    person.open[0].is_important = true;
    assert_eq!(person.hears("2026-11-23 20:30"), ["important 1.6"]);
    assert_eq!(person.hears("2026-11-23 21:00"), NOTHING, "it is newly important only once");
}

#[test]
fn a_newer_release_of_the_same_product_is_news_of_its_own() {
    let mut person = Person::with(&[release("P", "1.6")]);
    person.hears("2026-11-23 12:00");
    person.open = vec![release("P", "1.7")];
    assert_eq!(person.hears("2026-11-24 12:00"), ["new 1.7"]);
    person.open = vec![release("P", "1.6")];
    assert_eq!(person.hears("2026-11-25 12:00"), NOTHING, "of the old one it was said, and it may come back");
}

#[test]
fn what_could_not_be_looked_up_for_once_is_no_news_when_it_comes_back() {
    let mut person = Person::with(&[release("P", "1.6")]);
    person.hears("2026-11-23 12:00");
    let open = std::mem::take(&mut person.open);
    assert_eq!(person.hears("2026-11-24 12:00"), NOTHING);
    person.open = open;
    assert_eq!(person.hears("2026-11-25 12:00"), NOTHING);
}

#[test]
fn what_the_subscription_blocks_is_said_once_and_never_again() {
    let blocked = Open { is_blocked: true, is_important: true, ..release("P", "1.6") };
    let mut person = Person::with(&[blocked]);
    assert_eq!(person.hears("2026-11-23 12:00"), ["new 1.6"]);
    assert_eq!(person.hears("2027-06-01 12:00"), NOTHING);
    person.open[0].is_blocked = false;
    assert_eq!(person.hears("2027-06-02 12:00"), ["again 1.6"], "the subscription was renewed");
}

#[test]
fn what_is_put_off_comes_back_on_its_day_first_as_an_icon_and_then_as_a_message() {
    let mut person = Person::with(&[release("P", "1.6")]);
    person.hears("2026-11-23 14:00");
    let (now, until) = (at("2026-11-23 14:05"), at("2026-11-24 09:00"));
    person.memory.put_off(&person.open, &now, until.timestamp());
    let left = remaining(&person.facts(&now), &person.memory);
    assert_eq!((left.standing.is_empty(), left.left), (true, SignedDuration::ZERO), "the icon goes");
    person.open.push(release("Q", "2.0"));
    assert_eq!(person.hears("2026-11-24 08:00"), NOTHING);
    let morning = person.decide(&at("2026-11-24 09:00"));
    assert_eq!((morning.message, morning.is_recalled), (None, true));
    assert_eq!(morning.left, SignedDuration::from_hours(5));
    assert_eq!(short(&morning.standing), ["again 1.6"]);
    assert_eq!(person.hears("2026-11-24 14:00"), ["again 1.6", "new 2.0"]);
    assert_eq!(person.hears("2026-11-25 14:00"), NOTHING);
    assert_eq!(person.hears("2026-12-08 14:00"), ["again 1.6", "again 2.0"]);
}

#[test]
fn nothing_is_said_nor_taken_for_said_over_our_window_or_a_full_screen() {
    let mut person = Person::with(&[important("P", "1.6")]);
    (person.is_window_open, person.is_full_screen) = (true, false);
    assert_eq!(person.hears("2026-11-23 12:00"), NOTHING);
    (person.is_window_open, person.is_full_screen) = (false, true);
    let full = person.decide(&at("2026-11-23 13:00"));
    assert!(full.message.is_none() && full.standing.is_empty() && !full.is_recalled);
    person.is_full_screen = false;
    assert_eq!(person.hears("2026-11-23 14:00"), ["new 1.6"]);
}

#[test]
fn an_icon_stays_for_a_day_and_only_while_something_is_open() {
    let mut person = Person::with(&[release("P", "1.6"), release("Q", "2.0")]);
    assert_eq!(person.decide(&at("2026-11-23 12:00")).left, SignedDuration::from_hours(24));
    person.open.remove(0);
    let later = person.decide(&at("2026-11-23 22:00"));
    assert_eq!(
        (short(&later.standing), later.left),
        (vec!["again 2.0".to_owned()], SignedDuration::from_hours(14))
    );
    assert_eq!(person.decide(&at("2026-11-24 13:00")).left, SignedDuration::ZERO);
    person.open.clear();
    assert_eq!(person.decide(&at("2026-11-23 23:00")).left, SignedDuration::ZERO);
}

#[test]
fn whoever_asks_hears_everything_and_then_a_day_nothing_of_it() {
    let mut person = Person::with(&[release("P", "1.6")]);
    person.hears("2026-11-23 12:00");
    person.open.push(release("Q", "2.0"));
    let now = at("2026-11-23 13:00");
    let answered = answer(&person.facts(&now), &person.memory);
    assert_eq!(short(&answered.message.unwrap()), ["again 1.6", "new 2.0"]);
    person.memory = answered.memory;
    assert_eq!(person.hears("2026-11-24 13:00"), NOTHING);

    person.open.clear();
    let now = at("2026-11-26 13:00");
    let nothing = answer(&person.facts(&now), &person.memory);
    assert_eq!(nothing.message, None);
    person.memory = nothing.memory;
    person.open.push(release("R", "3.0"));
    assert_eq!(person.hears("2026-11-26 14:00"), ["new 3.0"], "that there was nothing keeps no news back");
}

#[test]
fn failing_checks_are_said_after_a_week_and_then_monthly() {
    let mut person = Person::default();
    let check = |person: &mut Person, now: &str, has_failed: bool| {
        person.memory.checked(&at(now), has_failed);
        person.hears(now)
    };
    assert_eq!(check(&mut person, "2026-11-23 12:00", true), NOTHING);
    assert_eq!(check(&mut person, "2026-11-30 11:59", true), NOTHING);
    assert_eq!(check(&mut person, "2026-11-30 12:00", true), ["failing"]);
    assert_eq!(check(&mut person, "2026-12-30 11:59", true), NOTHING);
    assert_eq!(check(&mut person, "2026-12-30 12:00", true), ["failing"]);
    assert_eq!(check(&mut person, "2026-12-30 16:00", false), NOTHING);
    assert_eq!(check(&mut person, "2027-01-01 12:00", true), NOTHING);
    assert_eq!(check(&mut person, "2027-01-07 12:00", true), NOTHING, "it begins anew");
    assert_eq!(check(&mut person, "2027-01-08 12:00", true), ["failing"]);
}

#[test]
fn without_a_network_the_age_of_what_is_known_is_said_and_never_that_checks_fail() {
    let mut person = Person { is_offline: true, ..Person::default() };
    person.checked_at = Some(at("2026-11-23 12:00").timestamp());
    person.memory.checked(&at("2026-11-23 12:00"), true);
    assert_eq!(person.hears("2026-11-30 11:59"), NOTHING);
    assert_eq!(person.hears("2026-11-30 12:00"), ["age"]);
    assert_eq!(person.hears("2026-12-29 12:00"), NOTHING);
    assert_eq!(person.hears("2026-12-30 12:00"), ["age"]);
    person.checked_at = Some(at("2026-12-31 12:00").timestamp());
    assert_eq!(person.hears("2027-01-06 12:00"), NOTHING);
    assert_eq!(person.hears("2027-01-07 12:00"), ["age"], "of the newer data");
    person.checked_at = None;
    assert_eq!(person.hears("2027-03-07 12:00"), NOTHING, "where nothing is known, nothing has an age");
}

#[test]
fn the_end_of_a_subscription_is_said_30_and_7_days_before_and_on_the_day_each_once() {
    let mut person = Person::default();
    let ivanov = Subscription { who: "ТСД-1".to_owned(), until: date("2026-12-31") };
    person.subscriptions = vec![ivanov];
    assert_eq!(person.hears("2026-11-30 12:00"), NOTHING);
    assert_eq!(person.hears("2026-12-01 12:00"), ["ТСД-1 ends in 30"]);
    assert_eq!(person.hears("2026-12-20 12:00"), NOTHING);
    assert_eq!(person.hears("2026-12-26 12:00"), ["ТСД-1 ends in 5"], "the PC was off on the 24th");
    assert_eq!(person.hears("2026-12-30 12:00"), NOTHING);
    assert_eq!(person.hears("2026-12-31 12:00"), ["ТСД-1 ends in 0"]);
    assert_eq!(person.hears("2027-01-15 12:00"), NOTHING);
    person.subscriptions[0].until = date("2027-12-31");
    assert_eq!(person.hears("2027-12-10 12:00"), ["ТСД-1 ends in 21"], "it was renewed");
}

#[test]
fn the_first_word_on_a_subscription_comes_as_long_before_its_end_as_the_settings_say() {
    let ending = Subscription { who: "ТСД-1".to_owned(), until: date("2026-12-31") };
    let hears = |warn_days: u16, days: &[&str]| {
        let warn_days = WarnDays::try_from(warn_days).unwrap();
        let mut person = Person { warn_days, subscriptions: vec![ending.clone()], ..Person::default() };
        let heard = |day: &&&str| !person.hears(&format!("{day} 12:00")).is_empty();
        days.iter().filter(heard).map(|day| (*day).to_owned()).collect::<Vec<_>>()
    };
    let days = ["2026-10-31", "2026-11-01", "2026-12-01", "2026-12-24", "2026-12-28", "2026-12-31"];
    assert_eq!(hears(60, &days), ["2026-11-01", "2026-12-24", "2026-12-31"]);
    assert_eq!(hears(7, &days), ["2026-12-24", "2026-12-31"]);
    assert_eq!(hears(3, &days), ["2026-12-28", "2026-12-31"]);
    assert_eq!(hears(0, &days), ["2026-12-31"]);
}

#[test]
fn subscriptions_that_ended_long_ago_are_history_and_several_are_one_message() {
    let mut person = Person::default();
    let ends = |who: &str, until: &str| Subscription { who: who.to_owned(), until: date(until) };
    person.subscriptions =
        vec![ends("late", "2026-12-20"), ends("soon", "2026-11-30"), ends("old", "2026-10-01")];
    assert_eq!(person.hears("2026-11-25 12:00"), ["soon ends in 5", "late ends in 25"]);
}

#[test]
fn a_clock_that_was_ahead_and_is_put_right_silences_nothing() {
    let mut person = Person::with(&[release("P", "1.6")]);
    assert_eq!(person.hears("2030-11-23 12:00"), ["new 1.6"]);
    person.open.push(release("Q", "2.0"));
    assert_eq!(person.hears("2026-11-23 12:00"), NOTHING);
    assert_eq!(person.hears("2026-11-24 11:00"), NOTHING);
    assert_eq!(person.hears("2026-11-24 12:00"), ["new 2.0"], "a day after the clock was put right");
    assert_eq!(person.hears("2026-12-01 12:00"), NOTHING);
    assert_eq!(person.hears("2026-12-07 12:00"), ["again 1.6"]);
}

#[test]
fn a_pc_that_begins_every_day_in_2010_repeats_nothing_and_is_not_silent() {
    let mut person = Person::with(&[release("P", "1.6")]);
    assert_eq!(person.hears("2026-11-02 12:00"), ["new 1.6"]);
    let mut heard = Vec::new();
    for day in 3..=30 {
        person.decide(&at("2010-01-01 00:05"));
        let now = format!("2026-11-{day:02} 12:00");
        if !person.hears(&now).is_empty() {
            heard.push(day);
        }
    }
    assert_eq!(heard, [16, 30]);
}
