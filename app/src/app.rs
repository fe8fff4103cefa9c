//! The window as a program: takes the worker's answers in `logic`, draws in `ui`, and hands on commands.
//!
//! `logic` also runs while the window is hidden and never reads the input; all deciding is the model's, all
//! drawing the view's.

mod choosing;
pub mod own;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use egui::{Context, ThemePreference, Ui, UserAttentionType, ViewportCommand};
use jiff::Zoned;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::mpsc::{Receiver, Sender};

use crate::i18n::{Language, Texts};
use crate::instance::Call;
use crate::model::devices::AppFrom;
use crate::model::settings::Own;
use crate::model::sheet::LOOK_AGAIN_SECS;
use crate::model::subscriptions::ImportAction;
use crate::model::{
    self, Action, AtHandAction, Command, DevicesAction, DevicesCommand, DiagnosticsAction,
    DiagnosticsCommand, Event, HistoryAction, Leave, LeaveAction, MARKED_SECS, Model, ReportsAction,
    SourceAction, SubscriptionsAction,
};
use crate::view;
use crate::window::kept::Kept;

use self::choosing::Purpose;

/// How soon commands are handed on again that the worker had no room for.
const RETRY_AFTER: Duration = Duration::from_millis(50);

/// The window.
pub struct App {
    model: Model,
    texts: Texts,
    events: Receiver<Event>,
    commands: Sender<Command>,
    /// Commands the worker has no room for yet; none is lost.
    backlog: VecDeque<Command>,
    clock: fn() -> Zoned,
    /// Of other starts of the program.
    calls: Option<mpsc::Receiver<Call>>,
    /// Another start wants this window to be seen.
    to_front: bool,
    /// Something put off is due.
    calls_attention: bool,
    /// The person wants to choose one.
    choosing: Option<Purpose>,
    chosen: Option<(Purpose, mpsc::Receiver<Option<PathBuf>>)>,
    zoom: f32,
    /// Of the person's own choices.
    applied: Own,
    kept_path: Option<PathBuf>,
}

impl App {
    /// Made once, before there is a window: asks for the last report. The worker wakes the window after each
    /// event.
    pub fn new(
        texts: Texts,
        events: Receiver<Event>,
        commands: Sender<Command>,
        clock: fn() -> Zoned,
    ) -> Self {
        let mut app = Self {
            model: Model::new(clock()),
            texts,
            events,
            commands,
            backlog: VecDeque::new(),
            clock,
            calls: None,
            to_front: false,
            calls_attention: false,
            choosing: None,
            chosen: None,
            zoom: 1.0,
            applied: Own::default(),
            kept_path: None,
        };
        app.act(Action::Opened);
        app
    }

    /// Gives the context of a window its fonts, colours and size of everything, before the first picture.
    pub fn attach(ctx: &Context, theme: ThemePreference, zoom: f32) {
        view::theme::install(ctx);
        ctx.set_theme(theme);
        ctx.set_zoom_factor(zoom);
    }

    /// From now on other starts of the program bring this window to the front.
    pub fn hear(&mut self, calls: mpsc::Receiver<Call>) {
        self.calls = Some(calls);
    }

    /// Sets the screen up as it was, and keeps it there from now on.
    /// `usual`: the language that counts without a choice of the person's.
    pub fn restore(&mut self, kept: Kept, path: PathBuf, usual: Language) {
        self.zoom = kept.zoom;
        self.applied = Own {
            language: kept.language,
            theme: kept.theme,
            scale: own::scale(kept.zoom),
            motion: kept.motion,
        };
        self.model.settings_page.own = self.applied;
        self.model.settings_page.usual_language = Some(usual.into());
        self.model.list.filter = kept.filter;
        self.model.list.sort = kept.sort;
        self.model.list.unfolded = kept.unfolded;
        self.kept_path = Some(path);
    }

    /// Marks an item as soon as it is there.
    pub fn show(&mut self, item_id: &str) {
        self.act(Action::Show(item_id.to_owned()));
    }

    /// Reads releases from a folder just this once.
    pub fn use_folder(&mut self, folder: &Path) {
        self.act(Action::Source(SourceAction::UseFolder(folder.display().to_string())));
    }

    /// Shows the reports in a folder.
    pub fn open_reports(&mut self, folder: PathBuf) {
        self.act(Action::Reports(ReportsAction::Open(folder)));
    }

    /// Shows what importing a list of subscriptions would do.
    pub fn import_subscriptions(&mut self, path: PathBuf) {
        let open = SubscriptionsAction::Import(ImportAction::Open(path));
        self.act(Action::Subscriptions(open));
    }

    /// Writes the list of subscriptions to a file.
    pub fn export_subscriptions(&mut self, path: PathBuf) {
        self.act(Action::Subscriptions(SubscriptionsAction::Export(path)));
    }

    /// Shows what a template or an installer at hand is.
    pub fn open_at_hand(&mut self, path: PathBuf) {
        self.act(Action::AtHand(AtHandAction::Open(path)));
    }

    /// Shows an exported event log.
    pub fn open_log(&mut self, path: PathBuf) {
        self.act(Action::History(HistoryAction::OpenFile(path)));
    }

    /// Writes the history that is shown to a file.
    pub fn export_history(&mut self, path: PathBuf) {
        self.act(Action::History(HistoryAction::Export(path)));
    }

    /// Opens the page about an app for mobile devices that is at hand.
    pub fn prepare_app(&mut self, path: PathBuf, base_ids: Vec<String>) {
        let from = AppFrom::File(path);
        self.act(Action::Devices(DevicesAction::Prepare { from, base_ids }));
    }

    /// Writes the list of mobile devices to a file.
    pub fn export_devices(&mut self, path: PathBuf) {
        self.act(Action::Devices(DevicesAction::Export(path)));
    }

    /// Writes the report for support to a file.
    pub fn save_support_report(&mut self, path: PathBuf) {
        self.act(Action::Diagnostics(DiagnosticsAction::SaveReport(path)));
    }

    /// What the window knows; for tests that drive the whole program.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Takes what the worker has answered, and the time.
    pub fn drain(&mut self) {
        self.act(Action::Tick((self.clock)()));
        self.take_calls();
        self.take_chosen();
        while let Ok(event) = self.events.try_recv() {
            let commands = model::receive(&mut self.model, event);
            self.backlog.extend(commands);
        }
        self.hand_on();
    }

    /// Draws one frame and takes what the person did in it.
    pub fn draw(&mut self, ui: &mut Ui) {
        self.follow_zoom(ui.ctx());
        let closing = ui.input(|input| input.viewport().close_requested());
        if closing && self.model.leave != Leave::Now {
            self.act(Action::Leave(LeaveAction::Ask));
            if self.model.leave != Leave::Now {
                ui.ctx().send_viewport_cmd(ViewportCommand::CancelClose);
            }
        }
        let actions = view::window(ui, &self.model, &self.texts);
        let acted = !actions.is_empty();
        for action in actions {
            self.act(action);
        }
        self.apply_own(ui.ctx());
        self.hand_on();
        self.ask_for_frames(ui.ctx(), acted);
    }

    fn take_calls(&mut self) {
        let mut calls: Vec<Call> = self.calls.iter().flat_map(mpsc::Receiver::try_iter).collect();
        // However many have changed something: it is read once.
        calls.dedup();
        for call in calls {
            match call {
                Call::Show(item_id) => {
                    self.to_front = true;
                    if let Some(item_id) = item_id {
                        self.act(Action::Show(item_id));
                    }
                }
                Call::Renew => self.act(Action::Renew),
                // Nobody takes over from a window.
                Call::Leave => {}
            }
        }
    }

    fn come_to_front(&mut self, ctx: &Context) {
        if std::mem::take(&mut self.to_front) {
            ctx.send_viewport_cmd(ViewportCommand::Visible(true));
            ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
            ctx.send_viewport_cmd(ViewportCommand::Focus);
        }
    }

    /// The taskbar says so; the keyboard stays where it is.
    fn call_attention(&mut self, ctx: &Context) {
        if std::mem::take(&mut self.calls_attention) {
            ctx.send_viewport_cmd(ViewportCommand::RequestUserAttention(UserAttentionType::Informational));
        }
        // Also while the window is minimised, where nothing is drawn.
        if let Some(at) = self.model.next_reminder() {
            let left = at.duration_since(self.model.now.timestamp());
            let left = Duration::try_from(left).unwrap_or_default().max(Duration::from_secs(1));
            ctx.request_repaint_after(left);
        }
    }

    fn act(&mut self, action: Action) {
        let commands = model::update(&mut self.model, action);
        self.backlog.extend(commands);
    }

    fn hand_on(&mut self) {
        while let Some(command) = self.backlog.pop_front() {
            let purpose = match &command {
                Command::ChooseFolder => Some(Purpose::Source),
                Command::ChooseReports => Some(Purpose::Reports),
                Command::ChooseSubscriptions => Some(Purpose::Import),
                Command::ChooseSubscriptionsExport => Some(Purpose::Export),
                Command::ChooseAtHand => Some(Purpose::AtHand),
                Command::ChooseHistoryFile => Some(Purpose::History),
                Command::ChooseHistoryExport => Some(Purpose::HistoryExport),
                Command::ChooseSetting(key) => Some(Purpose::Setting(*key)),
                Command::ChooseRoot => Some(Purpose::Root),
                Command::Diagnostics(DiagnosticsCommand::ChooseReport) => Some(Purpose::SupportReport),
                Command::Devices(DevicesCommand::ChooseApp { base_id }) => {
                    Some(Purpose::App { base_id: base_id.clone() })
                }
                Command::Devices(DevicesCommand::ChooseExport) => Some(Purpose::DevicesExport),
                Command::CallAttention => {
                    self.calls_attention = true;
                    continue;
                }
                _ => None,
            };
            if purpose.is_some() {
                self.choosing = purpose;
                continue;
            }
            match self.commands.try_send(command) {
                Ok(()) => {}
                Err(TrySendError::Full(command)) => {
                    self.backlog.push_front(command);
                    break;
                }
                Err(TrySendError::Closed(command)) => {
                    tracing::error!(?command, "The worker is gone");
                }
            }
        }
    }

    /// Only what is needed: one more frame after a change, the clock of an open sheet, a full channel.
    fn ask_for_frames(&self, ctx: &Context, acted: bool) {
        if acted {
            ctx.request_repaint();
        }
        if !self.backlog.is_empty() {
            ctx.request_repaint_after(RETRY_AFTER);
        }
        if self.model.sheet().is_some() {
            ctx.request_repaint_after(Duration::from_secs(LOOK_AGAIN_SECS.unsigned_abs()));
        }
        if self.model.shown.is_some() {
            ctx.request_repaint_after(Duration::from_secs(MARKED_SECS.unsigned_abs()));
        }
        if let Some(left) = self.model.next_toast_end() {
            ctx.request_repaint_after(Duration::from_secs(left.unsigned_abs()));
        }
    }

    fn close_if_wanted(&self, ctx: &Context) {
        if self.model.leave == Leave::Now {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.drain();
        self.come_to_front(ctx);
        self.call_attention(ctx);
        self.close_if_wanted(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        self.draw(ui);
        self.choose(frame, ui.ctx());
        self.close_if_wanted(ui.ctx());
    }

    /// Now and then, and when the window closes.
    fn save(&mut self, _storage: &mut dyn eframe::Storage) {
        let list = &self.model.list;
        let Own { language, theme, motion, .. } = self.model.settings_page.own;
        let (filter, sort, unfolded) = (list.filter, list.sort, list.unfolded.clone());
        let kept = Kept { zoom: self.zoom, filter, sort, unfolded, language, theme, motion };
        if let Some(path) = &self.kept_path {
            kept.save(path);
        }
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }
}
