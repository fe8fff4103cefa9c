//! One run of the window on an open session: becomes the window of this person or hands over to the one
//! that is open, starts the worker, and shows the window until it is closed.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;
use std::time::Duration;

use egui::{Context, ThemePreference};
use i18n_embed_fl::fl;
use smarts_core::notice;
use smarts_core::os;
use smarts_core::paths::Paths;

use super::kept::{self, Kept};
use super::open::{self, Window};
use super::order::{Renderer, order};
use super::renderer;
use super::start::Starts;
use super::waker::Waker;
use crate::app::{App, own};
use crate::clock::Clock;
use crate::error::chain;
use crate::i18n::Texts;
use crate::instance::{self, Call, Instance, Place, Start, WINDOW};
use crate::session::Session;
use crate::tray::tell;
use crate::worker;

/// A window that is open and does not answer for so long hangs.
const ANSWERS_WITHIN: Duration = Duration::from_secs(2);
/// Other starts come one by one.
const CALLS_WAITING: usize = 8;
/// Closing takes no longer, whatever is still under way.
const ENDS_WITHIN: Duration = Duration::from_secs(3);
/// In points, at the first start.
const SIZE: [f32; 2] = [1200.0, 780.0];

/// What the person wants of this start.
pub(super) struct Wishes {
    /// Colours, in place of those that were kept.
    pub theme: Option<ThemePreference>,
    /// The language was named for this very start.
    pub language_now: bool,
    /// The item to open at.
    pub item_id: Option<String>,
    /// How to draw, by arguments or settings.
    pub renderer: Option<Renderer>,
    /// That was said for this very start.
    pub chosen_now: bool,
}

/// How a run ended well.
pub(super) enum Ended {
    /// The person closed the window.
    Closed,
    /// The window that was open has taken over.
    HandedOver,
}

/// Why there was no window.
pub(super) enum Failure {
    /// Before there was anything to show.
    Start(String),
    /// No renderer draws it.
    Open(open::Error),
}

/// Shows the window until it is closed.
pub(super) fn run(mut session: Session, wishes: &Wishes) -> Result<Ended, Failure> {
    let waker = Arc::new(Waker::default());
    let Some((_instance, calls)) = meet(&session, wishes, &waker) else {
        tracing::info!("The window that is open has taken over");
        return Ok(Ended::HandedOver);
    };
    take_over(session.paths.clone());
    let kept_path = kept::path(&session.paths.state_dir);
    let kept = Kept::load(&kept_path);
    let usual = session.language;
    if let Some(language) = kept.language.filter(|_| !wishes.language_now) {
        session.language = language.into();
    }
    let texts = || Texts::new(session.language).map_err(|error| Failure::Start(error.to_string()));
    let (of_worker, of_app) = (texts()?, texts()?);
    let title = fl!(of_app.loader, "app-name");
    let state_dir = session.paths.state_dir.clone();
    let wake = {
        let waker = Arc::clone(&waker);
        move || waker.wake()
    };
    let worker = worker::start(session, of_worker, wake).map_err(|error| Failure::Start(chain(&error)))?;
    let mut app = App::new(of_app, worker.events, worker.commands, || Clock::default().now());
    app.hear(calls);
    let zoom = kept.zoom;
    let theme = wishes.theme.unwrap_or_else(|| own::preference(kept.theme));
    app.restore(kept, kept_path, usual);
    if let Some(item_id) = &wishes.item_id {
        app.show(item_id);
    }
    let attach = |ctx: &Context| {
        App::attach(ctx, theme, zoom);
        waker.set(ctx);
    };
    let mut starts =
        Starts::recall(&state_dir, env!("CARGO_PKG_VERSION"), wishes.renderer, wishes.chosen_now);
    let order = order(wishes.renderer, starts.crashed(), renderer::available());
    let place_path = Some(state_dir.join("window.ron"));
    let window = Window { title: &title, size: SIZE, place_path, zoom };
    let shown = open::open(&window, &order, &mut starts, &attach, &mut app);
    drop(app);
    // Downloads write what has arrived, and the demo takes its folder away. A check that waits for an
    // answer longer than this is left behind.
    let _ = worker.ended.recv_timeout(ENDS_WITHIN);
    shown.map(|()| Ended::Closed).map_err(Failure::Open)
}

/// The icons of this person's sessions go, and do not come back: what they stand for is seen here. Told aside: one
/// that hangs must not hold the window up.
fn take_over(paths: Paths) {
    let tell = move || {
        let mut kept = notice::Kept::open(&paths);
        let mut memory = kept.memory.clone();
        memory.seen(&Clock::default().now());
        if let Err(error) = kept.save(memory) {
            tracing::warn!(%error, "That all of it was seen is not remembered");
        }
        drop(kept);
        tell::stubs(&paths.state_dir, &Call::Leave, None);
    };
    if let Err(error) = thread::Builder::new().name("tell-stubs".to_owned()).spawn(tell) {
        tracing::warn!(%error, "The icons stay until they go by themselves");
    }
}

/// What other starts ask for comes out of the receiver; `None`: this is the other start, and has asked.
fn meet(
    session: &Session,
    wishes: &Wishes,
    waker: &Arc<Waker>,
) -> Option<(Option<Instance>, Receiver<Call>)> {
    let place = Place {
        state_dir: &session.paths.state_dir,
        name: WINDOW,
        patience: ANSWERS_WITHIN,
        let_to_front: &os::let_to_front,
    };
    let (sender, calls) = sync_channel(CALLS_WAITING);
    let waker = Arc::clone(waker);
    let on_call = move |call| {
        // A window that has not taken eight of them yet will not miss one.
        let _ = sender.try_send(call);
        waker.wake();
    };
    match instance::begin(&place, &Call::Show(wishes.item_id.clone()), on_call) {
        Start::First(instance) => Some((Some(instance), calls)),
        Start::Alone => Some((None, calls)),
        Start::Passed => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_icons_of_this_person_are_told_to_go() {
        let dir = tempfile::tempdir().unwrap();
        let (sender, calls) = sync_channel(1);
        let patience = Duration::from_secs(20);
        let paths = Paths::below(&os::Linux, dir.path());
        let place = Place { state_dir: &paths.state_dir, name: "tray-1", patience, let_to_front: &|_| () };
        let _stub = instance::begin(&place, &Call::Renew, move |call| sender.send(call).unwrap());
        take_over(paths.clone());
        assert_eq!(calls.recv_timeout(patience), Ok(Call::Leave));
        assert!(paths.notice_path().is_file(), "that it was seen is remembered");
    }
}
