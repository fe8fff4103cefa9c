//! The window as a program, without a screen: what it hands on, what it asks of the system, what it puts in force.

use egui::{RawInput, ViewportEvent, ViewportId};
use smarts_core::settings;
use tokio::sync::mpsc::channel;

use super::*;
use crate::model::settings::ThemeChoice;
use crate::model::tests::fixtures;
use crate::model::{ItemAction, Permission, SettingsAction};

struct Desk {
    ctx: Context,
    app: App,
    events: Sender<Event>,
    commands: Receiver<Command>,
}

fn desk(room: usize) -> Desk {
    let ctx = Context::default();
    let (events, for_app) = channel(16);
    let (from_app, commands) = channel(room);
    let texts = Texts::new(Language::Ru).unwrap();
    let clock = || fixtures::NOW.parse().unwrap();
    App::attach(&ctx, ThemePreference::System, 1.0);
    let app = App::new(texts, for_app, from_app, clock);
    Desk { ctx, app, events, commands }
}

impl Desk {
    fn frame(&mut self, events: Vec<ViewportEvent>) -> Vec<ViewportCommand> {
        let mut input = RawInput::default();
        input.viewports.entry(ViewportId::ROOT).or_default().events = events;
        self.app.drain();
        let mut output = self.ctx.clone().run_ui(input, |ui| self.app.draw(ui));
        // Nobody paints here.
        output.textures_delta.clear();
        output.viewport_output.into_values().flat_map(|viewport| viewport.commands).collect()
    }

    fn load(&mut self) {
        let (machine, report) = fixtures::everything();
        self.events
            .try_send(Event::Loaded { machine, report: Some(report), permission: Permission::Granted })
            .unwrap();
        self.frame(vec![]);
    }
}

#[test]
fn the_last_report_is_asked_for_at_once_and_shown_when_it_comes() {
    let mut desk = desk(8);
    desk.frame(vec![]);
    assert_eq!(desk.commands.try_recv(), Ok(Command::Load));
    desk.load();
    assert!(desk.app.model().platform().is_some());
}

#[test]
fn no_command_is_lost_while_the_worker_is_busy() {
    let mut desk = desk(1);
    desk.load();
    for id in ["main", "cash", "forest"] {
        desk.app.act(Action::Item { id: id.into(), action: ItemAction::Update });
    }
    let mut seen = Vec::new();
    for _ in 0..6 {
        desk.frame(vec![]);
        while let Ok(command) = desk.commands.try_recv() {
            seen.push(command);
        }
    }
    let download = |id: &str| Command::Download { item_id: id.into(), covered: false };
    assert_eq!(seen, [Command::Load, download("main"), download("cash"), download("forest")]);
}

#[test]
fn a_window_with_nothing_under_way_closes_and_one_with_a_download_asks() {
    let mut desk = desk(8);
    desk.load();
    assert!(!desk.frame(vec![ViewportEvent::Close]).contains(&ViewportCommand::CancelClose));

    let mut desk = self::desk(8);
    desk.load();
    desk.app.act(Action::Item { id: "main".into(), action: ItemAction::Update });
    assert!(desk.frame(vec![ViewportEvent::Close]).contains(&ViewportCommand::CancelClose));
    assert_eq!(desk.app.model().leave, Leave::Asking);
}

#[test]
fn another_start_brings_the_window_to_the_front_and_shows_its_item() {
    let mut desk = desk(8);
    let (sender, calls) = mpsc::sync_channel(8);
    desk.app.hear(calls);
    desk.load();
    sender.send(Call::Show(Some("main".into()))).unwrap();
    desk.app.drain();
    let mut output = desk.ctx.clone().run_ui(RawInput::default(), |ui| desk.app.come_to_front(ui.ctx()));
    output.textures_delta.clear();
    let commands: Vec<_> = output.viewport_output.into_values().flat_map(|view| view.commands).collect();
    assert!(commands.contains(&ViewportCommand::Focus));
    assert!(commands.contains(&ViewportCommand::Minimized(false)));
    assert_eq!(desk.app.model().shown.as_ref().map(|shown| shown.id.as_str()), Some("main"));

    sender.send(Call::Show(None)).unwrap();
    desk.app.drain();
    assert!(desk.app.to_front);
}

#[test]
fn what_a_person_chooses_for_their_window_counts_at_once() {
    let mut desk = desk(8);
    desk.frame(vec![]);
    let own = Own {
        language: Some(settings::Language::En),
        theme: ThemeChoice::Dark,
        scale: 150,
        ..desk.app.model().settings_page.own
    };
    desk.app.act(Action::Settings(SettingsAction::Own(own)));
    desk.frame(vec![]);
    desk.frame(vec![]);
    assert_eq!(desk.app.texts.language, Language::En);
    assert_eq!(desk.ctx.options(|options| options.theme_preference), ThemePreference::Dark);
    assert!((desk.ctx.zoom_factor() - 1.5).abs() < f32::EPSILON);
    assert_eq!(desk.app.model().settings_page.own, own, "the new size is no choice of its own");
}

#[test]
fn without_a_choice_the_language_is_the_usual_one_again() {
    let mut desk = desk(8);
    let kept = Kept { language: Some(settings::Language::En), ..Kept::default() };
    let dir = tempfile::tempdir().unwrap();
    desk.app.restore(kept, dir.path().join("window.json"), Language::Ru);
    let own = Own { language: None, ..desk.app.model().settings_page.own };
    desk.app.act(Action::Settings(SettingsAction::Own(own)));
    desk.app.texts = Texts::new(Language::En).unwrap();
    desk.frame(vec![]);
    assert_eq!(desk.app.texts.language, Language::Ru);
}

#[test]
fn a_size_that_was_chosen_by_keys_is_seen_among_the_settings() {
    let mut desk = desk(8);
    desk.frame(vec![]);
    desk.ctx.set_zoom_factor(1.1);
    desk.frame(vec![]);
    desk.frame(vec![]);
    assert_eq!(desk.app.model().settings_page.own.scale, 110);
    assert!((desk.ctx.zoom_factor() - 1.1).abs() < f32::EPSILON);
}
