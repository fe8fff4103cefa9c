//! Messages of other desktops: the session bus's `org.freedesktop.Notifications` (Desktop Notifications
//! Specification 1.2). A click comes to the stub, so a message goes when the stub does.
//!
//! The bus is connected to when there is something to show, and not before.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use serde::Serialize;
use zbus::blocking::{Connection, MessageIterator, connection};
use zbus::zvariant::{DynamicType, Value};
use zbus::{MatchRule, message};

use crate::error::chain;
use crate::tray::notice::Message;
use crate::tray::state::Event;
use crate::tray::{Outbox, pictures};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
/// Who keeps the icons of the notification area, where there is one.
const WATCHER: &str = "org.kde.StatusNotifierWatcher";
/// Of who shows it; a name is no text for translation.
const APP_NAME: &str = "Mobile SMARTS";
/// Somebody on the bus who hangs is not waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// A click, and the message's end.
const MOST_SIGNALS: usize = 16;
/// "Default": what a click on the message itself does.
const CLICK: &str = "default";
const OPEN: &str = "open";

/// The message of one person.
pub(in crate::tray) struct Messages {
    state_dir: PathBuf,
    outbox: Outbox,
    /// Signed in to, or not; it is tried once.
    bus: Option<zbus::Result<Connection>>,
    /// Its number; 0: there is none.
    shown: Arc<Mutex<u32>>,
}

impl Messages {
    pub(in crate::tray) fn new(state_dir: &Path, outbox: Outbox) -> Self {
        Self { state_dir: state_dir.to_path_buf(), outbox, bus: None, shown: Arc::default() }
    }

    /// Whether somebody shows icons.
    pub(in crate::tray) fn has_tray(&mut self) -> bool {
        let found = self.bus().and_then(|bus| {
            let name = "org.freedesktop.DBus";
            call(&bus, (name, "/org/freedesktop/DBus", name), "NameHasOwner", &WATCHER)
        });
        match found.and_then(|answer| answer.body().deserialize()) {
            Ok(true) => true,
            Ok(false) => {
                tracing::info!("Nobody shows icons here; the message has to do");
                false
            }
            Err(error) => {
                tracing::warn!(error = chain(&error), "There is no icon");
                false
            }
        }
    }

    /// Shows it; whether it is there, and a click on it comes to this program.
    pub(in crate::tray) fn show(&mut self, message: &Message, open: Option<&str>) -> bool {
        let shown = self.bus().and_then(|bus| self.notify(&bus, message, open));
        match &shown {
            Ok(()) => tracing::info!("Showed a message"),
            Err(error) => tracing::warn!(error = chain(error), "There are no messages here"),
        }
        shown.is_ok()
    }

    /// Takes it back.
    pub(in crate::tray) fn withdraw(&mut self) {
        let id = std::mem::take(&mut *self.shown());
        let Some(Ok(bus)) = self.bus.as_ref().filter(|_| id != 0) else { return };
        if let Err(error) = call(bus, (NAME, PATH, NAME), "CloseNotification", &id) {
            tracing::debug!(error = chain(&error), "The message was not taken back");
        }
    }

    fn notify(&self, bus: &Connection, message: &Message, open: Option<&str>) -> zbus::Result<()> {
        let answer = call(bus, (NAME, PATH, NAME), "GetCapabilities", &())?;
        let can: Vec<String> = answer.body().deserialize()?;
        let can = |what: &str| can.iter().any(|can| can == what);
        let picture = pictures::of_message(&self.state_dir, message.kind);
        let picture = picture.inspect_err(|error| tracing::warn!(%error, "The message has no picture")).ok();
        let mut hints = HashMap::from([("urgency", Value::U8(1))]);
        hints.extend(picture.map(|picture| ("image-path", Value::from(picture))));
        let body = if can("body-markup") { without_markup(&message.body) } else { message.body.clone() };
        let label = open.filter(|_| can("actions"));
        let actions: Vec<&str> = label.map_or_else(Vec::new, |label| vec![CLICK, label, OPEN, label]);
        // Held until its number is known: a click may be quicker.
        let mut shown = self.shown();
        let fields = (APP_NAME, *shown, "", &message.title, body, actions, hints, -1i32);
        *shown = call(bus, (NAME, PATH, NAME), "Notify", &fields)?.body().deserialize()?;
        Ok(())
    }

    fn shown(&self) -> MutexGuard<'_, u32> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The session's bus.
    fn bus(&mut self) -> zbus::Result<Connection> {
        let (shown, outbox) = (&self.shown, &self.outbox);
        self.bus.get_or_insert_with(|| sign_in(Arc::clone(shown), outbox.clone())).clone()
    }
}

impl Drop for Messages {
    fn drop(&mut self) {
        self.withdraw();
    }
}

fn call<B>(bus: &Connection, to: (&str, &str, &str), method: &str, body: &B) -> zbus::Result<zbus::Message>
where
    B: Serialize + DynamicType,
{
    let (name, path, interface) = to;
    bus.call_method(Some(name), path, Some(interface), method, body)
}

/// The session's bus, and a thread that hears what becomes of the message. The thread also signs in, as zbus
/// waits for the bus's first answers without an end.
fn sign_in(shown: Arc<Mutex<u32>>, outbox: Outbox) -> zbus::Result<Connection> {
    let failed = |error| zbus::Error::InputOutput(Arc::new(error));
    let (sender, signed_in) = sync_channel(1);
    let hearing = move || match connect() {
        Ok((bus, signals)) => {
            // Nobody waits any more if this took too long.
            if sender.send(Ok(bus)).is_ok() {
                hear(signals, &shown, &outbox);
            }
        }
        Err(error) => {
            let _ = sender.send(Err(error));
        }
    };
    thread::Builder::new().name("message".to_owned()).spawn(hearing).map_err(failed)?;
    signed_in.recv_timeout(PATIENCE).unwrap_or_else(|_| Err(failed(io::ErrorKind::TimedOut.into())))
}

fn connect() -> zbus::Result<(Connection, MessageIterator)> {
    let bus = connection::Builder::session()?.method_timeout(PATIENCE).build()?;
    let rule = MatchRule::builder().msg_type(message::Type::Signal);
    let rule = rule.sender(NAME)?.path(PATH)?.interface(NAME)?.build();
    let signals = MessageIterator::for_match_rule(rule, &bus, Some(MOST_SIGNALS))?;
    Ok((bus, signals))
}

/// Until the bus is gone, and everything with it.
fn hear(signals: MessageIterator, shown: &Mutex<u32>, outbox: &Outbox) {
    for signal in signals.map_while(Result::ok) {
        let header = signal.header();
        let mut shown = shown.lock().unwrap_or_else(PoisonError::into_inner);
        match header.member().map(zbus::names::MemberName::as_str) {
            Some("ActionInvoked") => {
                let body = signal.body();
                let Ok((id, action)) = body.deserialize::<(u32, &str)>() else { continue };
                if id == *shown && id != 0 && [CLICK, OPEN].contains(&action) {
                    outbox.send(Event::Message);
                }
            }
            Some("NotificationClosed") => {
                let Ok((id, _)) = signal.body().deserialize::<(u32, u32)>() else { continue };
                if id == *shown && id != 0 {
                    *shown = 0;
                    outbox.send(Event::MessageGone);
                }
            }
            _ => {}
        }
    }
    tracing::info!("The session's bus is gone, and with it whoever shows messages and icons");
    // There is nobody left to take it back from.
    *shown.lock().unwrap_or_else(PoisonError::into_inner) = 0;
    outbox.send(Event::DesktopGone);
}

/// Text as it is, where the message's body may have markup.
fn without_markup(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_has_no_markup_of_its_own() {
        assert_eq!(without_markup("<b>A&B</b>"), "&lt;b&gt;A&amp;B&lt;/b&gt;");
    }
}
