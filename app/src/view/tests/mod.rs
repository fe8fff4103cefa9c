//! The window driven by role and name, as a screen reader does, over a model fed by hand.

mod announce;
mod at_hand;
mod background;
mod devices;
mod diagnostics;
mod doubled;
mod flows;
mod going_back;
mod grid;
mod history;
mod keys;
mod looks;
mod notes;
mod order;
#[cfg(target_os = "linux")]
mod pictures;
mod reports;
mod rows;
mod settings;
mod skipping;
mod subscribed;
mod subscriptions;
mod toasts;
mod tree;
mod trust;
mod updater;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Role, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use smarts_core::check::Report;
use smarts_core::machine::Machine;
use smarts_core::verify::Proof;

use crate::i18n::{Language, Texts};
use crate::model::activity::Transfer;
use crate::model::sheet::{Change, Entry, Extent, Point, SheetData, Weight};
use crate::model::tests::fixtures;
use crate::model::{self, Command, Event, Model, Origin, Permission, Proved};

/// The window and what it asked of the worker.
struct Desk {
    model: Model,
    texts: Texts,
    commands: Vec<Command>,
}

type Window = Harness<'static, Desk>;

fn window_of(model: Model, language: Language, size: [f32; 2], theme: Theme) -> Window {
    window_with(model, Texts::new(language).unwrap(), size, theme)
}

fn window_with(model: Model, texts: Texts, size: [f32; 2], theme: Theme) -> Window {
    let desk = Desk { model, texts, commands: Vec::new() };
    Harness::builder()
        .with_size(size)
        .with_theme(theme)
        .with_max_steps(8)
        .with_context_setup(super::theme::install)
        .build_ui_state(
            |ui, desk: &mut Desk| {
                let actions = super::window(ui, &desk.model, &desk.texts);
                if !actions.is_empty() {
                    ui.ctx().request_repaint();
                }
                for action in actions {
                    desk.commands.extend(model::update(&mut desk.model, action));
                }
            },
            desk,
        )
}

fn model_of((machine, report): (Machine, Report)) -> Model {
    let mut model = Model::new(fixtures::NOW.parse().unwrap());
    let commands = model::receive(
        &mut model,
        Event::Loaded { machine, report: Some(report), permission: Permission::Granted },
    );
    assert_eq!(commands, vec![]);
    model
}

fn window(contents: (Machine, Report)) -> Window {
    window_of(model_of(contents), Language::Ru, [1200.0, 900.0], Theme::Light)
}

/// The worker answers.
fn answer(window: &mut Window, event: Event) {
    let desk = window.state_mut();
    let commands = model::receive(&mut desk.model, event);
    desk.commands.extend(commands);
    window.run();
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("nobody reads it here".into())
    }
}

/// The person drops a file on the window.
fn drop_file(window: &mut Window, path: &str) {
    window.input_mut().dropped_files.push(Arc::new(Dropped(path.into())));
}

/// What was asked of the worker since the last look.
fn asked(window: &mut Window) -> Vec<Command> {
    std::mem::take(&mut window.state_mut().commands)
}

fn press(window: &mut Window, name: &str) {
    window.get_by_role_and_label(Role::Button, name).click();
    window.run();
}

/// Of a menu or a list that is open.
fn pick(window: &mut Window, name: &str) {
    entry(window, name).click();
    window.run();
}

fn entry<'a>(window: &'a Window, name: &'a str) -> egui_kittest::Node<'a> {
    window.get_by(move |node| {
        matches!(node.role(), Role::MenuItem | Role::ListBoxOption) && node.label().as_deref() == Some(name)
    })
}

fn follow(window: &mut Window, name: &str) {
    window.get_by_role_and_label(Role::Link, name).click();
    window.run();
}

fn sees(window: &Window, text: &str) -> bool {
    window.query_all_by_label_contains(text).next().is_some()
}

fn progress(id: &str, received_mib: u64) -> Event {
    let mib = 1024 * 1024;
    let transfer = Transfer {
        received: received_mib * mib,
        total: Some(184 * mib),
        bytes_per_second: Some(18 * mib),
        seconds_left: Some(4),
        with_former: None,
    };
    Event::DownloadProgress { item_id: id.into(), transfer }
}

/// As a site by https would be.
fn proved(proof: Proof) -> Proved {
    let signer = (proof == Proof::Publisher).then(|| "Клеверенс Софт".to_owned());
    Proved { proof, signer, origin: Origin::Site }
}

fn verified(id: &str, proof: Proof) -> Event {
    Event::Verified { item_id: id.into(), proved: proved(proof), size: 184 * 1024 * 1024 }
}

fn sheet_data(proof: Proof) -> SheetData {
    let entry = |path: &str, files| Entry { path: path.into(), files, changed: 0, removed: false };
    SheetData {
        proved: proved(proof),
        file_name: "WH15.mstmpl".into(),
        points: vec![Point {
            weight: Weight::Fine, text: "Места хватает".into(), hint: None, ask: None
        }],
        change: Change::Template {
            entries: vec![entry("AppDescription.xml", 1), entry("LabelTemplates\\", 6)],
            extent: Extent::Whole,
            keeps_own: true,
            not_compared: None,
            standstill: Some("База будет недоступна около 2 минут".into()),
            copy_bytes: 860 * 1024 * 1024,
            copy_dir: r"C:\ProgramData\Cleverence\Backup".into(),
        },
        older: vec![],
        remind_at: None,
    }
}

fn sheet_ready(id: &str, base_ids: &[&str], data: SheetData) -> Event {
    let base_ids = base_ids.iter().map(|id| (*id).to_owned()).collect();
    Event::SheetReady { item_id: id.into(), base_ids, sheet: Ok(data) }
}
