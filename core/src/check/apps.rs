//! What the source has for the Android devices of the bases, in a check of everything.
//!
//! A source without such a list is as good as any other, and one whose list cannot be read is unknown, which is told as a
//! problem and makes no check fail. Deliberately not here: which app suits a device ([`crate::devices::available`]).

use super::Request;
use crate::catalogue::{self, Catalogue, Problem, Wanted};
use crate::devices::available::{self, Available};
use crate::source::Inquiry;

/// Asks, and tells what could not be read beside what could. Nothing for a check of single items.
pub(super) async fn read(inquiry: &Inquiry<'_>, request: &Request<'_>) -> (Vec<Available>, Vec<Problem>) {
    if request.only.is_some() || request.up_to.is_some() {
        return (Vec::new(), Vec::new());
    }
    let reading = available::feeds(request.machine).into_iter().map(|(feed, installed)| async move {
        let read = catalogue::load(inquiry, &feed, Wanted::NewerThan(installed), request.language).await;
        match read {
            Err(_) if catalogue::is_absent(&read) => {
                (Available { feed, releases: Ok(Vec::new()) }, Vec::new())
            }
            Err(error) => {
                let catalogue::Error { path, fault } = error.clone();
                (Available { feed, releases: Err(error) }, vec![Problem { path, fault, unread: None }])
            }
            Ok(catalogue) => {
                let nothing = nothing_known(&catalogue);
                let releases = nothing.map_or(Ok(catalogue.releases), Err);
                (Available { feed, releases }, catalogue.problems)
            }
        }
    });
    let (apps, problems): (_, Vec<Vec<Problem>>) =
        futures_util::future::join_all(reading).await.into_iter().unzip();
    (apps, problems.concat())
}

/// Why it is not known whether there is anything, where nothing was read: a version that is listed and cannot be read
/// may be a newer one, and so may be an entry without a version.
fn nothing_known(catalogue: &Catalogue) -> Option<catalogue::Error> {
    let about = |problem: &&Problem| catalogue.incomplete || problem.unread.is_some();
    let first = catalogue.problems.iter().filter(about).max_by_key(|problem| problem.unread)?;
    let error = catalogue::Error { path: first.path.clone(), fault: first.fault.clone() };
    catalogue.releases.is_empty().then_some(error)
}
