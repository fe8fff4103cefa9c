//! Telling the stubs of this person that something has changed, or that they are to go.

use std::path::Path;
use std::time::Duration;

use super::NAMES;
use crate::error::chain;
use crate::instance::{self, Call, Place};

/// A stub answers at once, or hangs.
const PATIENCE: Duration = Duration::from_secs(1);
/// More sessions than one person has; what is left over of sessions that were cut off counts too, and costs nothing.
const MOST: usize = 32;

/// Tells every stub of this person, in all sessions, but the one of the name `but`. Never fails: a stub that does not hear goes by itself after
/// a day at most. Takes no time where there is none, and a second for each one that hangs.
pub fn stubs(state_dir: &Path, call: &Call, but: Option<&str>) {
    let names = instance::names(state_dir, NAMES);
    for name in names.iter().filter(|name| Some(name.as_str()) != but).take(MOST) {
        let place = Place { state_dir, name, patience: PATIENCE, let_to_front: &|_| {} };
        match instance::tell(&place, call) {
            Ok(told) => tracing::debug!(name, told, ?call, "Told a stub"),
            Err(error) => tracing::warn!(name, error = chain(&error), "A stub was not told"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::sync_channel;

    use super::*;
    use crate::instance::Start;

    #[test]
    fn all_stubs_are_told_and_nobody_else() {
        let dir = tempfile::tempdir().unwrap();
        stubs(dir.path(), &Call::Renew, None);
        let (sender, calls) = sync_channel(8);
        let begin = |name: &'static str| {
            let sender = sender.clone();
            let patience = Duration::from_secs(20);
            let place = Place { state_dir: dir.path(), name, patience, let_to_front: &|_| {} };
            let started =
                instance::begin(&place, &Call::Renew, move |call| sender.send((name, call)).unwrap());
            assert!(matches!(started, Start::First(_)));
            started
        };
        let _open = [begin("tray-1"), begin(instance::WINDOW), begin("tray-2")];
        drop(begin("tray-3"));
        std::fs::write(dir.path().join("tray-4-open.json"), "{").unwrap();
        stubs(dir.path(), &Call::Leave, None);
        let mut told: Vec<_> = calls.try_iter().collect();
        told.sort_by_key(|(name, _)| *name);
        assert_eq!(told, [("tray-1", Call::Leave), ("tray-2", Call::Leave)]);
        stubs(dir.path(), &Call::Renew, Some("tray-1"));
        assert_eq!(calls.try_iter().collect::<Vec<_>>(), [("tray-2", Call::Renew)]);
    }
}
