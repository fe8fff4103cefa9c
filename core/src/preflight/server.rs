//! The data server of a base, which an update stops before and starts after.

use super::point::{Points, Warning};
use crate::machine::Base;
use crate::os::Os;
use crate::server;

/// Names the services that will be stopped. Whether there are any: what they hold is no obstacle then.
pub(super) fn look(os: &dyn Os, base: &Base, points: &mut Points) -> bool {
    let running = server::running(os, base);
    let will_stop = !running.is_empty();
    points.warnings.extend(running.into_iter().map(|mine| Warning::ServerStops {
        base_id: base.id.clone(),
        service: mine.service.display_name,
        is_shared: mine.is_shared,
    }));
    will_stop
}
