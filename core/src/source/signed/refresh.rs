//! One refresh: the chain of roots, timestamp, snapshot, targets, and what is kept of them.

use std::sync::Arc;

use jiff::Timestamp;
use sigstore_tuf::client::Updater;
use sigstore_tuf::{Error, MetaFile, Metadata, Snapshot};
use tokio::sync::Mutex;

use super::floor::Floor;
use super::repository::{Told, Transport};
use super::store::{self, Store};
use super::{Anchor, Facts, Target};
use crate::source::{Fault, Source};

/// Metadata that was verified, and the way to more of it.
#[derive(Debug)]
pub(super) struct Refreshed {
    facts: Facts,
    consistent: bool,
    verified: Mutex<Verified>,
    store: Arc<Store>,
    floor: Floor,
    /// Of the timestamp.
    version: u64,
    /// What was told as the present moment.
    now: Timestamp,
}

#[derive(Debug)]
struct Verified {
    updater: Updater,
    told: Arc<Told>,
    /// The moment that expiry is judged at.
    moment: Timestamp,
    floor: Floor,
    now: Timestamp,
}

/// Asks for what is new, verifies it, and keeps what was verified, also where a later step fails.
pub(super) async fn refresh(metadata: &Arc<Source>, anchor: &Anchor) -> Result<Refreshed, Fault> {
    let lock = store::lock(&anchor.store_dir).await?;
    let dir = anchor.store_dir.clone();
    let opened = store::blocking(move || {
        let store = Store::open(&dir)?;
        Ok((store.former_snapshot()?, Floor::read(&store)?, Arc::new(store)))
    });
    let (former, mut floor, store) = opened.await?;
    let accepted = anchor.accept_expired && metadata.is_folder();
    let mut moment = if accepted { Timestamp::MIN } else { floor.moment(anchor.now) };
    let told = Arc::<Told>::default();
    let transport = Transport::new(Arc::clone(metadata), Arc::clone(&store), Arc::clone(&told));
    let root = Updater::new(transport, &anchor.root).map_err(|error| root_fault(&error))?;
    let roots = Arc::clone(&store);
    let mut updater = store::blocking(move || Ok(root.with_store(roots))).await?;
    let mut refreshed = updater.refresh(moment).await;
    if matches!(refreshed, Err(Error::Expired { .. })) && moment > anchor.now {
        let verified = store.fresh();
        if let Some(lowered) = refuted(&mut updater, floor, anchor.now).await {
            (floor, moment, refreshed) = (lowered, anchor.now, Ok(()));
        } else {
            // What passed by a clock that is not believed has not passed.
            store.set_fresh(verified);
            told.take_fault();
        }
    }
    let refreshed = refreshed.map_err(|error| fault(&error, told.take_fault(), floor, anchor.now));
    let refreshed = refreshed.and_then(|()| keeps_its_floors(&updater, former.as_ref()));
    if refreshed.is_err() && rolled_back(&updater, former.as_ref()).is_some() {
        store.forget(|name| !matches!(name, "root.json" | "timestamp.json") && !name.contains('/'));
    }
    // What the system refused comes first: a floor that could not be read was not there to be kept to, and
    // nothing that was believed without it may take its place.
    if let Some(fault) = store.take_fault() {
        return Err(fault);
    }
    let root = updater.trusted().root();
    let whole = refreshed.is_ok().then_some((root.version, root.consistent_snapshot));
    let kept = Arc::clone(&store);
    // The lock goes with the work, also where nobody waits for the end of it any more.
    let committed = store::blocking(move || {
        kept.commit()?;
        whole.map_or(Ok(()), |(root, consistent)| kept.commit_whole(root, consistent))?;
        drop(lock);
        Ok(())
    });
    committed.await?;
    refreshed?;
    let facts = facts(&updater, anchor, floor)?;
    let consistent = updater.trusted().root().consistent_snapshot;
    let version = updater.trusted().timestamp().map_or(0, |timestamp| timestamp.version);
    let verified = Mutex::new(Verified { updater, told, moment, floor, now: anchor.now });
    Ok(Refreshed { facts, consistent, verified, store, floor, version, now: anchor.now })
}

/// The floor without what a moment that was kept wrongly says of the time, if that is why all has expired.
async fn refuted(updater: &mut Updater, floor: Floor, now: Timestamp) -> Option<Floor> {
    updater.refresh(now).await.ok()?;
    let timestamp = updater.trusted().timestamp()?;
    floor.refuted_by(timestamp.version, timestamp.expires, now)
}

impl Refreshed {
    pub(super) fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Where a target lies below the root of the source.
    pub(super) fn path_of(&self, target: &Target) -> String {
        if self.consistent { target.consistent_path() } else { target.path.clone() }
    }

    pub(super) async fn target(&self, path: &str) -> Result<Option<Target>, Fault> {
        let mut verified = self.verified.lock().await;
        if let Some(target) = verified.target(path).await? {
            return self.kept(Some(target)).await;
        }
        let Some(signed) = verified.without_regard_to_case(path) else { return self.kept(None).await };
        let target = verified.target(&signed).await?;
        self.kept(target).await
    }

    pub(super) async fn target_exactly(&self, path: &str) -> Result<Option<Target>, Fault> {
        let target = self.verified.lock().await.target(path).await?;
        self.kept(target).await
    }

    /// After delegated roles may have been fetched.
    async fn kept(&self, target: Option<Target>) -> Result<Option<Target>, Fault> {
        self.store.commit_roles().await?;
        self.store.take_fault().map_or(Ok(target), Err)
    }

    pub(super) async fn remember(&self, newest: Option<jiff::civil::Date>) {
        // What was read only because the person agreed to its age says nothing about the time.
        if self.facts.expires > self.floor.moment(self.now) {
            let (store, floor, now, expires) =
                (Arc::clone(&self.store), self.floor, self.now, self.facts.expires);
            let version = self.version;
            let raise = move || floor.raise(&store, now, newest, expires, version);
            let raised = tokio::task::spawn_blocking(raise).await;
            if let Err(error) = raised {
                tracing::warn!(%error, "The moment of this check was not kept");
            }
        }
    }
}

impl Verified {
    async fn target(&mut self, path: &str) -> Result<Option<Target>, Fault> {
        let mut found = self.updater.get_target_info(path, self.moment).await;
        let mut refused = self.told.take_fault();
        // A copy that is kept and no longer passes is not the end: the source may have a better one.
        if found.is_err() && refused.is_none() && self.told.was_from_store() {
            self.told.ask_anew();
            found = self.updater.get_target_info(path, self.moment).await;
            refused = self.told.take_fault();
        }
        let found = found.map_err(|error| fault(&error, refused, self.floor, self.now))?;
        found.map(|signed| Target::of(path, &signed)).transpose()
    }

    /// The one path among the top-level targets that differs in the case of letters alone.
    fn without_regard_to_case(&self, path: &str) -> Option<String> {
        let lower = path.to_lowercase();
        let targets = self.updater.trusted().targets_role("targets")?;
        let mut paths = targets.targets.keys().filter(|signed| signed.to_lowercase() == lower);
        paths.next().filter(|_| paths.next().is_none()).cloned()
    }
}

/// The newest snapshot of the former refresh still counts, also where its timestamp has been replaced by one
/// whose own snapshot never came: no role may be older than it was, or gone. `sigstore-tuf` looks at a snapshot
/// that the newest timestamp pins alone. New keys of the snapshot are the way back from a mistake (TUF 5.3.11).
fn keeps_its_floors(updater: &Updater, former: Option<&Metadata<Snapshot>>) -> Result<(), Fault> {
    match rolled_back(updater, former) {
        Some(name) => Err(Fault::untrusted(format!("snapshot goes back behind what was seen here: {name}"))),
        None => Ok(()),
    }
}

/// The first file that is older than it was, or gone.
fn rolled_back(updater: &Updater, former: Option<&Metadata<Snapshot>>) -> Option<String> {
    let trusted = updater.trusted();
    let (former, snapshot) = (former?, trusted.snapshot()?);
    former.verify_threshold(&trusted.root().keys, trusted.root().role("snapshot")?, "snapshot").ok()?;
    let former = former.signed();
    if snapshot.version < former.version {
        return Some("snapshot.json".to_owned());
    }
    let is_older = |(name, was): &(&String, &MetaFile)| {
        snapshot.meta.get(*name).is_none_or(|is| is.version < was.version)
    };
    former.meta.iter().find(is_older).map(|(name, _)| name.clone())
}

fn facts(updater: &Updater, anchor: &Anchor, floor: Floor) -> Result<Facts, Fault> {
    let trusted = updater.trusted();
    let roles = [
        ("root", Some(trusted.root().expires)),
        ("timestamp", trusted.timestamp().map(|role| role.expires)),
        ("snapshot", trusted.snapshot().map(|role| role.expires)),
        ("targets", trusted.targets_role("targets").map(|role| role.expires)),
    ];
    let first = roles.into_iter().filter_map(|(role, expires)| Some((expires?, role))).min();
    let (expires, role) = first.ok_or_else(|| Fault::untrusted("no metadata"))?;
    let passed = expires < floor.moment(anchor.now);
    let passed = passed.then(|| expired(role, expires, floor, anchor.now));
    let warnings = passed.into_iter().chain(floor.warning(anchor.now)).collect();
    Ok(Facts { expires, warnings })
}

fn expired(role: &str, since: Timestamp, floor: Floor, clock: Timestamp) -> Fault {
    let now = floor.moment(clock);
    Fault::Expired { role: role.to_owned(), since, now, clock: (clock < now).then_some(clock) }
}

/// The installed root itself is unusable, which no source can mend.
pub(super) fn root_fault(error: &Error) -> Fault {
    Fault::Root { detail: chain(error) }
}

/// What an error of the library stands for; `refused` is what the source answered, of which it knows a text alone.
fn fault(error: &Error, refused: Option<Fault>, floor: Floor, now: Timestamp) -> Fault {
    match (refused, error) {
        (Some(fault), _) => fault,
        (None, Error::Expired { role, expires }) => expired(role, *expires, floor, now),
        // A copy made earlier goes back as a whole. Where a newer timestamp speaks of an older role, or the same
        // one does, no honest copy is like that.
        (None, &Error::Rollback { ref role, trusted, new }) if role == "timestamp" => {
            Fault::Older { role: role.clone(), seen: trusted, found: new }
        }
        (None, error) => Fault::untrusted(chain(error)),
    }
}

fn chain(error: &Error) -> String {
    let causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}
