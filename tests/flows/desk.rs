//! The real window without a screen: its `App`, a real worker on a real session, driven by role and name.

use std::cell::{Ref, RefCell};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

use egui::{Role, Theme, ThemePreference, ViewportEvent, ViewportId};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use smarts_core::journal::{self, Entry};
use smarts_core::paths::Paths;
use smarts_updater::app::App;
use smarts_updater::clock::Clock;
use smarts_updater::i18n::{Language, Texts};
use smarts_updater::instance::{self, Call, Place, Start, WINDOW};
use smarts_updater::model::Model;
use smarts_updater::model::activity::Activity;
use smarts_updater::session::{DemoOptions, Options, Session};
use smarts_updater::worker::{self, Worker};
use tempfile::TempDir;

use crate::program::Home;

/// Far more than any flow takes: reached only when something hangs.
const PATIENCE: Duration = Duration::from_secs(20);
/// So many answers of the worker are more than any flow waits for.
const MOST_STEPS: usize = 20_000;

/// The window at work.
pub(crate) struct Desk {
    harness: Harness<'static>,
    app: Rc<RefCell<Option<App>>>,
    wakes: Receiver<()>,
    wake: SyncSender<()>,
    /// By which other programs find this window, once it listens.
    instance: Option<Start>,
    /// After the two that hold the worker's ends.
    ended: Ended,
    /// The folder that stands for the PC.
    pub(crate) root: PathBuf,
    /// Our own files.
    pub(crate) paths: Paths,
    /// The demo's installer, and the person's files of a machine root.
    user: TempDir,
}

/// Waits for the worker's end, so that no test leaves a folder of the demo's behind.
struct Ended(Receiver<()>);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.recv_timeout(PATIENCE);
    }
}

/// A file as the system hands it to a window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

fn options() -> Options {
    Options { language: Some(Language::Ru), ..Options::default() }
}

/// The window on the demo. Its installer is the command line's, whose questions are answered with this.
#[cfg(unix)]
pub(crate) fn demo_answering(answer: &str) -> Desk {
    let script = format!("#!/bin/sh\necho {answer} | exec '{}' \"$@\" 2>/dev/null\n", crate::program::SMARTS);
    demo_of(script.as_bytes())
}

/// The window on the demo. What acts as its installer is never run here, so a few bytes do.
pub(crate) fn demo() -> Desk {
    demo_of(b"not run here")
}

fn demo_of(program: &[u8]) -> Desk {
    let user = tempfile::tempdir().unwrap();
    let installer = user.path().join("installer");
    std::fs::write(&installer, program).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(&installer, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let demo = DemoOptions { bytes_per_second: None, installer: Some(installer) };
    open(Session::open(Options { demo: Some(demo), ..options() }).unwrap(), user)
}

/// The window on a machine root, with the person's files in a folder of the test's.
pub(crate) fn on(root: &Path, source: &str) -> Desk {
    of_person(root, source, tempfile::tempdir().unwrap())
}

/// The same for the person whose programs run in that home.
pub(crate) fn at_home(root: &Path, source: &str, home: &Home) -> Desk {
    let mut session = open_session(root, source);
    let user = tempfile::tempdir().unwrap();
    session.paths = Paths::below(&*session.os, user.path());
    session.paths.state_dir = home.report_path(root).parent().unwrap().to_path_buf();
    open(session, user)
}

/// The same on a PC that is more than a folder.
#[cfg(unix)]
pub(crate) fn on_pc(os: std::sync::Arc<dyn smarts_core::os::Os>, source: &str) -> Desk {
    let root = os.machine_root().unwrap().to_path_buf();
    let mut session = open_session(&root, source);
    session.os = os;
    let user = tempfile::tempdir().unwrap();
    session.paths = Paths::below(&*session.os, user.path());
    open(session, user)
}

/// The same for a person who has used the program before.
pub(crate) fn of_person(root: &Path, source: &str, user: TempDir) -> Desk {
    let mut session = open_session(root, source);
    session.paths = Paths::below(&*session.os, user.path());
    open(session, user)
}

fn open_session(root: &Path, source: &str) -> Session {
    let options =
        Options { machine_root: Some(root.to_path_buf()), source: Some(source.to_owned()), ..options() };
    Session::open(options).unwrap()
}

fn open(session: Session, user: TempDir) -> Desk {
    let root = session.os.machine_root().unwrap().to_path_buf();
    let paths = session.paths.clone();
    let texts = || Texts::new(Language::Ru).unwrap();
    let (wake, wakes) = sync_channel(1);
    let of_worker = wake.clone();
    let wake_up = move || {
        // A full channel has woken the test already.
        let _ = of_worker.try_send(());
    };
    let Worker { commands, events, ended } = worker::start(session, texts(), wake_up).unwrap();
    let app = Rc::new(RefCell::new(None));
    let (made, drawn) = (Rc::clone(&app), Rc::clone(&app));
    let harness = Harness::builder()
        .with_size([1200.0, 1500.0])
        .with_theme(Theme::Light)
        .with_context_setup(move |ctx| {
            let clock = || Clock::default().now();
            App::attach(ctx, ThemePreference::System, 1.0);
            let app = App::new(texts(), events, commands, clock);
            *made.borrow_mut() = Some(app);
        })
        .build_ui(move |ui| {
            if let Some(app) = drawn.borrow_mut().as_mut() {
                app.drain();
                app.draw(ui);
            }
        });
    Desk { harness, app, wakes, wake, instance: None, ended: Ended(ended), root, paths, user }
}

impl Desk {
    /// What the window knows.
    pub(crate) fn model(&self) -> Ref<'_, Model> {
        Ref::map(self.app.borrow(), |app| app.as_ref().unwrap().model())
    }

    /// What is going on with an item.
    pub(crate) fn activity(&self, id: &str) -> Option<Activity> {
        self.model().activity(id).cloned()
    }

    /// Draws until it holds, and sleeps until the worker has something new in between.
    pub(crate) fn until(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        for _ in 0..MOST_STEPS {
            // One frame takes the answers, the next one draws what they changed.
            self.harness.run_steps(2);
            if holds(self) {
                return;
            }
            let woken = self.wakes.recv_timeout(PATIENCE);
            assert!(woken.is_ok(), "{what} did not come, only:\n{}", self.told());
        }
        panic!("{what} did not come in {MOST_STEPS} answers:\n{}", self.told());
    }

    /// Everything that a screen reader could say, a line each.
    fn told(&self) -> String {
        let nodes = self.harness.query_all(By::new().recursive(true));
        let label = |node: &egui_kittest::Node<'_>| {
            let node = node.accesskit_node();
            Some(format!("{:?} {}", node.role(), node.label().or(node.value())?))
        };
        nodes.filter_map(|node| label(&node)).collect::<Vec<_>>().join("\n")
    }

    pub(crate) fn until_seen(&mut self, text: &str) {
        self.until(text, |desk| desk.sees(text));
    }

    pub(crate) fn sees(&self, text: &str) -> bool {
        self.harness.query_all_by_label_contains(text).next().is_some()
    }

    /// The name of the row of a table that says so, once there is one.
    pub(crate) fn until_row(&mut self, text: &str) -> String {
        self.until_seen(text);
        let mut rows = self.harness.query_all_by_role(Role::ListBoxOption);
        rows.find_map(|row| row.accesskit_node().label().filter(|label| label.contains(text))).unwrap()
    }

    pub(crate) fn has(&self, role: Role, name: &str) -> bool {
        self.harness.query_by_role_and_label(role, name).is_some()
    }

    /// Waits for a live button and presses it.
    pub(crate) fn press(&mut self, name: &str) {
        self.until(name, |desk| {
            let button = desk.harness.query_by_role_and_label(Role::Button, name);
            button.is_some_and(|button| !button.accesskit_node().is_disabled())
        });
        self.click(Role::Button, name);
    }

    /// Of a menu that is open.
    pub(crate) fn pick(&mut self, name: &str) {
        self.until(name, |desk| desk.has(Role::MenuItem, name));
        self.click(Role::MenuItem, name);
    }

    /// Presses what keeps its place: a sheet that has just been filled takes some frames to lie still.
    pub(crate) fn click(&mut self, role: Role, name: &str) {
        self.harness.run_steps(4);
        self.harness.get_by_role_and_label(role, name).click();
        self.harness.run_steps(3);
    }

    /// Presses a key with Ctrl.
    pub(crate) fn command(&mut self, key: egui::Key) {
        self.harness.key_press_modifiers(egui::Modifiers::COMMAND, key);
        self.harness.run_steps(2);
    }

    /// The person closes the window, by the window's own frame.
    pub(crate) fn close(&mut self) {
        let viewports = &mut self.harness.input_mut().viewports;
        viewports.entry(ViewportId::ROOT).or_default().events.push(ViewportEvent::Close);
        self.harness.run_steps(3);
    }

    /// The window is gone; returns the person's files once all that was under way has ended.
    pub(crate) fn leave(self) -> TempDir {
        let Self { harness, app, ended, user, .. } = self;
        drop((harness, app));
        assert_eq!(ended.0.recv_timeout(PATIENCE), Err(RecvTimeoutError::Disconnected));
        user
    }

    /// Asks the source anew and waits for the answer.
    pub(crate) fn check_again(&mut self) {
        self.press("Проверить сейчас");
        self.until_checked();
    }

    /// Until nothing moves any more because of a check: a menu that is open takes in what it brings.
    pub(crate) fn until_checked(&mut self) {
        self.until("the check's end", |desk| {
            let model = desk.model();
            model.report.is_some() && model.check.is_none()
        });
    }

    /// From now on other programs find this window, as they find the real one.
    pub(crate) fn listen(&mut self) {
        let state_dir = self.paths.state_dir.clone();
        let place = Place { state_dir: &state_dir, name: WINDOW, patience: PATIENCE, let_to_front: &|_| () };
        let (sender, calls) = sync_channel(8);
        let wake = self.wake.clone();
        let started = instance::begin(&place, &Call::Show(None), move |call| {
            let _ = sender.try_send(call);
            let _ = wake.try_send(());
        });
        assert!(matches!(started, Start::First(_)));
        self.instance = Some(started);
        self.app.borrow_mut().as_mut().unwrap().hear(calls);
    }

    /// The person has chosen this folder of reports in the system's dialog.
    pub(crate) fn open_reports(&mut self, folder: &Path) {
        self.app.borrow_mut().as_mut().unwrap().open_reports(folder.to_path_buf());
        self.harness.run_steps(2);
    }

    /// The person drops a file on the window.
    pub(crate) fn drop_file(&mut self, path: &Path) {
        self.harness.input_mut().dropped_files.push(Arc::new(Dropped(path.to_path_buf())));
        self.harness.run_steps(2);
    }

    /// The person has chosen this list of subscriptions in the system's dialog.
    pub(crate) fn import(&mut self, path: &Path) {
        self.app.borrow_mut().as_mut().unwrap().import_subscriptions(path.to_path_buf());
        self.harness.run_steps(2);
    }

    /// The person has chosen this file to write subscriptions to.
    pub(crate) fn export_subscriptions(&mut self, path: &Path) {
        self.app.borrow_mut().as_mut().unwrap().export_subscriptions(path.to_path_buf());
        self.harness.run_steps(2);
    }

    /// The person has chosen this exported event log in the system's dialog.
    pub(crate) fn open_log(&mut self, path: &Path) {
        self.app.borrow_mut().as_mut().unwrap().open_log(path.to_path_buf());
        self.harness.run_steps(2);
    }

    /// The person has chosen this file to write the history to.
    pub(crate) fn export_history(&mut self, path: &Path) {
        self.app.borrow_mut().as_mut().unwrap().export_history(path.to_path_buf());
        self.harness.run_steps(2);
    }

    /// The person has chosen this file to write the report for support to.
    pub(crate) fn save_support_report(&mut self, path: &Path) {
        self.app.borrow_mut().as_mut().unwrap().save_support_report(path.to_path_buf());
        self.harness.run_steps(2);
    }

    /// Types into a field in place of what stands there.
    pub(crate) fn fill(&mut self, name: &str, text: &str) {
        self.click(Role::TextInput, name);
        self.harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
        self.harness.run_steps(2);
        self.harness.get_by_role_and_label(Role::TextInput, name).type_text(text);
        self.harness.run_steps(3);
    }

    /// What stands in a field.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        self.harness.get_by_role_and_label(Role::TextInput, name).accesskit_node().value()
    }

    /// The person has chosen this folder in the system's dialog.
    pub(crate) fn use_folder(&mut self, folder: &Path) {
        self.app.borrow_mut().as_mut().unwrap().use_folder(folder);
        self.harness.run_steps(2);
    }

    pub(crate) fn journal(&self) -> Vec<Entry> {
        journal::without_ended(journal::read(&self.paths.journal_path()).unwrap().entries)
    }
}
