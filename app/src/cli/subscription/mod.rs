//! `smarts subscription`: until when each device may receive releases.

mod change;

use super::args::Subscription;
use super::{Failure, Status, Streams};
use crate::i18n::Texts;
use crate::session::Session;

/// Carries it out.
pub(super) fn run(
    session: &Session,
    action: &Subscription,
    texts: &Texts,
    _streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    match action {
        Subscription::ApplyEdit(request) => change::apply(session, request, texts),
    }
}
