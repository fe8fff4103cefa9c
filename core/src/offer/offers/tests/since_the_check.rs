//! A report beside a machine that has changed since.

use super::*;

/// The items of a PC at its check, fitted to what is installed now.
fn caught_up(mut before: Vec<Item>, platform: &str, bases: Vec<Base>) -> Vec<Item> {
    crate::offer::caught_up::catch_up(&mut before, &machine(platform, bases));
    before
}

fn chain_of_two() -> Vec<Item> {
    let releases = vec![
        Release { file: None, ..only_over("1.3.4.1116", &["1.0.*"]) },
        Release { min_platform: Some(version("3.4.46.31745")), ..only_over("1.6.3.7283", &["1.3.*"]) },
    ];
    let catalogues =
        catalogues(&[("Platform4", vec![release("Platform4", "3.4.46.40367")]), (PRODUCT, releases)]);
    offers(&machine("3.3.46.29552", vec![base("a", "1.0.2.85")]), &catalogues, "pc")
}

#[test]
fn what_has_been_installed_since_the_check_is_no_longer_offered() {
    let before = chain_of_two();
    assert_eq!(caught_up(before.clone(), "3.3.46.29552", vec![base("a", "1.0.2.85")]), before);

    let after = caught_up(before, "3.4.46.40367", vec![base("a", "1.6.3.7283")]);
    assert_eq!(
        after.iter().map(|item| &item.state).collect::<Vec<_>>(),
        [&State::UpToDate, &State::UpToDate]
    );
    assert_eq!(after[1].installed, Some(version("1.6.3.7283")));
    assert!(after.iter().all(|item| item.warnings.is_empty()), "{after:?}");
}

#[test]
fn a_step_that_was_taken_since_the_check_takes_its_block_with_it() {
    let before = chain_of_two();
    assert!(matches!(before[1].state, State::Blocked { .. }));
    let after = caught_up(before, "3.3.46.29552", vec![base("a", "1.3.4.1116")]);
    assert!(matches!(after[1].state, State::Available { .. }));
    assert_eq!(steps(&after[1]), ["1.6.3.7283"]);
    assert!(matches!(after[1].warnings.as_slice(), [Warning::NeedsPlatform { .. }]));
}

#[test]
fn nothing_is_claimed_of_a_base_that_went_back_or_is_gone_since_the_check() {
    let newest = offers(
        &machine("3.3.46.29552", vec![base("a", "1.6.3.7283"), base("b", "1.6.3.7283")]),
        &catalogues(&[("Platform4", vec![]), (PRODUCT, vec![release(PRODUCT, "1.6.3.7283")])]),
        "pc",
    );
    let after = caught_up(newest, "3.3.46.29552", vec![base("a", "1.6.2.6493")]);
    assert_eq!(after.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), ["platform"]);
}
