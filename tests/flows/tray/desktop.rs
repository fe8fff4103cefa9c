//! A desktop without a screen: a bus of its own, and on it one program that shows messages and keeps icons.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use tempfile::TempDir;
use zbus::blocking::{Connection, connection};
use zbus::zvariant::{OwnedValue, Value};

use super::PATIENCE;

const NOTIFICATIONS: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
const WATCHER: &str = "org.kde.StatusNotifierWatcher";
const ITEM: (&str, &str) = ("/StatusNotifierItem", "org.kde.StatusNotifierItem");
const MENU: (&str, &str) = ("/MenuBar", "com.canonical.dbusmenu");

/// What a person, or somebody who cannot see, gets to know.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// A message, with the label of what it offers.
    Message { id: u32, replaced: u32, title: String, body: String, offered: Vec<String>, picture: String },
    /// A message was taken back.
    Withdrawn(u32),
    /// An icon, by its name on the bus.
    Icon(String),
}

/// What is on the bus besides the bus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum With {
    MessagesAndIcons,
    MessagesAlone,
    Nothing,
}

pub(super) struct Desktop {
    bus: Child,
    _dir: TempDir,
    pub(super) address: String,
    connection: Connection,
    seen: Receiver<Seen>,
}

struct Messages {
    seen: SyncSender<Seen>,
    last: u32,
}

struct Icons {
    seen: SyncSender<Seen>,
}

/// Without what the system's own configuration starts on demand.
const CONFIGURATION: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir=DIR</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>"#;

impl Desktop {
    /// `None` where there is no bus to start, which is a failure where `SMARTS_CI` is set.
    pub(super) fn with(what: With) -> Option<Self> {
        let dir = tempfile::tempdir().unwrap();
        let configuration_path = dir.path().join("bus.conf");
        let configuration = CONFIGURATION.replace("DIR", &dir.path().display().to_string());
        std::fs::write(&configuration_path, configuration).unwrap();
        let mut command = Command::new("dbus-daemon");
        command.arg("--config-file").arg(&configuration_path).args(["--nofork", "--print-address"]);
        let mut bus = match command.stdout(Stdio::piped()).spawn() {
            Ok(bus) => bus,
            Err(error) => {
                assert!(std::env::var_os("SMARTS_CI").is_none(), "dbus-daemon: {error}");
                // Past what the tests' harness keeps for itself when they pass.
                let skipped = b"SKIPPED: there is no dbus-daemon, so there is no desktop to test with\n";
                std::io::stderr().write_all(skipped).unwrap();
                return None;
            }
        };
        let mut address = String::new();
        BufReader::new(bus.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let address = address.trim().to_owned();

        let (sender, seen) = sync_channel(64);
        let mut builder = connection::Builder::address(address.as_str()).unwrap();
        if what != With::Nothing {
            let messages = Messages { seen: sender.clone(), last: 0 };
            builder = builder.serve_at(PATH, messages).unwrap().name(NOTIFICATIONS).unwrap();
        }
        if what == With::MessagesAndIcons {
            let icons = Icons { seen: sender };
            builder = builder.serve_at("/StatusNotifierWatcher", icons).unwrap().name(WATCHER).unwrap();
        }
        let connection = builder.build().unwrap();
        Some(Self { bus, _dir: dir, address, connection, seen })
    }

    pub(super) fn next(&self) -> Seen {
        self.seen.recv_timeout(PATIENCE).unwrap()
    }

    /// The next thing to be seen is a message with this title.
    pub(super) fn message(&self, title: &str) -> u32 {
        match self.next() {
            Seen::Message { id, title: seen, .. } if seen == title => id,
            other => panic!("{other:?} in place of a message «{title}»"),
        }
    }

    /// The next thing to be seen is an icon.
    pub(super) fn icon(&self) -> String {
        match self.next() {
            Seen::Icon(name) => name,
            other => panic!("{other:?} in place of an icon"),
        }
    }

    pub(super) fn shows_nothing_more(&self) -> bool {
        self.seen.try_recv().is_err()
    }

    /// A person chooses something of a message.
    pub(super) fn choose(&self, message: u32, action: &str) {
        self.signal("ActionInvoked", &(message, action));
    }

    /// A person wipes a message away.
    pub(super) fn dismiss(&self, message: u32) {
        self.signal("NotificationClosed", &(message, 2u32));
    }

    fn signal(&self, name: &str, body: &(impl serde::Serialize + zbus::zvariant::DynamicType)) {
        self.connection.emit_signal(None::<&str>, PATH, NOTIFICATIONS, name, body).unwrap();
    }

    /// A person clicks on an icon.
    pub(super) fn activate(&self, icon: &str) {
        let (path, interface) = ITEM;
        self.connection.call_method(Some(icon), path, Some(interface), "Activate", &(0, 0)).unwrap();
    }

    /// What somebody is told who points at an icon, and the widths of its pictures.
    pub(super) fn tooltip(&self, icon: &str) -> (String, Vec<i32>) {
        let get = |name: &str| -> OwnedValue {
            let body = (ITEM.1, name);
            let properties = Some("org.freedesktop.DBus.Properties");
            let answer = self.connection.call_method(Some(icon), ITEM.0, properties, "Get", &body).unwrap();
            answer.body().deserialize::<OwnedValue>().unwrap()
        };
        let title = String::try_from(get("Title")).unwrap();
        let pictures: Vec<(i32, i32, Vec<u8>)> = get("IconPixmap").try_into().unwrap();
        (title, pictures.into_iter().map(|(width, ..)| width).collect())
    }

    /// The menu's lines with their numbers.
    pub(super) fn menu(&self, icon: &str) -> Vec<(i32, String)> {
        type Line = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);
        let (path, interface) = MENU;
        let body = (0, -1, Vec::<&str>::new());
        let answer =
            self.connection.call_method(Some(icon), path, Some(interface), "GetLayout", &body).unwrap();
        let (_, (_, _, lines)): (u32, Line) = answer.body().deserialize().unwrap();
        let line = |line: OwnedValue| {
            let (number, properties, _) = Line::try_from(line).unwrap();
            let label = properties.get("label").map(|label| String::try_from(label.clone()).unwrap());
            (number, label.unwrap_or_default())
        };
        lines.into_iter().map(line).collect()
    }

    /// A person chooses a line of the menu.
    pub(super) fn choose_line(&self, icon: &str, label: &str) {
        let (number, _) = self.menu(icon).into_iter().find(|(_, line)| line == label).unwrap();
        let (path, interface) = MENU;
        let body = (number, "clicked", Value::from(0), 0u32);
        // One that goes upon it may be gone before it has answered; what came of it is looked at by the test.
        let _ = self.connection.call_method(Some(icon), path, Some(interface), "Event", &body);
    }
}

impl Desktop {
    /// The person signs out, or the bus crashes.
    pub(super) fn end_bus(&mut self) {
        // At the end of a test it may have ended before.
        let _ = self.bus.kill();
        let _ = self.bus.wait();
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        self.end_bus();
    }
}

#[expect(clippy::needless_pass_by_value, reason = "as the bus calls it")]
#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Messages {
    #[expect(clippy::unused_self, reason = "what the bus calls has an object")]
    fn get_capabilities(&self) -> Vec<&str> {
        vec!["actions", "body", "body-markup"]
    }

    #[expect(clippy::too_many_arguments, reason = "as the specification has it")]
    fn notify(
        &mut self,
        app_name: &str,
        replaced: u32,
        app_icon: &str,
        title: String,
        body: String,
        actions: Vec<String>,
        hints: HashMap<String, OwnedValue>,
        expires: i32,
    ) -> u32 {
        // Nothing here depends on them.
        let _ = (app_name, app_icon, expires);
        let id = if replaced == 0 { self.last + 1 } else { replaced };
        self.last = self.last.max(id);
        let picture = hints.get("image-path").map(|path| String::try_from(path.clone()).unwrap());
        let picture = picture.unwrap_or_default();
        let offered = actions;
        self.seen.send(Seen::Message { id, replaced, title, body, offered, picture }).unwrap();
        id
    }

    fn close_notification(&self, id: u32) {
        // At the end of a test nobody looks any more.
        let _ = self.seen.send(Seen::Withdrawn(id));
    }
}

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Icons {
    fn register_status_notifier_item(&self, service: String) {
        self.seen.send(Seen::Icon(service)).unwrap();
    }

    #[zbus(property)]
    #[expect(clippy::unused_self, reason = "what the bus calls has an object")]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }
}
