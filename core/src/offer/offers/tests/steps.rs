//! Releases that do not go over everything, and the steps to them.

use super::*;

#[test]
fn a_release_that_does_not_go_over_what_is_here_is_reached_in_the_fewest_steps() {
    let releases = vec![
        only_over("1.2.0.358", &["1.0.*"]),
        only_over("1.3.0.909", &["1.2.*"]),
        only_over("1.3.4.1116", &["1.2.*", "1.3.*"]),
        only_over("1.5.1.559", &["1.3.*"]),
    ];
    let item = item_of(base("a", "1.0.2.85"), releases);
    assert_eq!(steps(&item), ["1.2.0.358", "1.3.4.1116", "1.5.1.559"]);
}

#[test]
fn a_step_without_a_file_is_gone_round_if_there_is_another_way() {
    let mut short = only_over("1.3.4.1116", &["1.0.*"]);
    short.file = None;
    let releases = vec![
        only_over("1.2.0.358", &["1.0.*"]),
        only_over("1.3.0.909", &["1.2.*"]),
        short,
        only_over("1.5.1.559", &["1.3.*"]),
    ];
    let item = item_of(base("a", "1.0.2.85"), releases);
    assert_eq!(steps(&item), ["1.2.0.358", "1.3.0.909", "1.5.1.559"]);
}

#[test]
fn where_no_steps_lead_to_the_newest_the_highest_reachable_is_offered_and_the_newest_is_named() {
    let releases = vec![release(PRODUCT, "1.3.4.1116"), only_over("1.6.0.1428", &["1.5.*"])];
    let item = item_of(base("a", "1.0.2.85"), releases);
    assert_eq!(steps(&item), ["1.3.4.1116"]);
    assert_eq!(item.warnings, [Warning::Unreachable { version: version("1.6.0.1428") }]);
}

#[test]
fn nothing_that_can_be_reached_is_up_to_date_with_the_newest_named() {
    let item = item_of(base("a", "1.0.2.85"), vec![only_over("1.6.0.1428", &["1.5.*"])]);
    assert_eq!(item.state, State::UpToDate);
    assert_eq!(item.warnings, [Warning::Unreachable { version: version("1.6.0.1428") }]);
}
