//! What a person chooses in the system's own dialogs, and what becomes of it.
//!
//! Deliberately not here: the dialogs themselves, which have threads of their own.

use std::sync::mpsc;

use egui::Context;
use i18n_embed_fl::fl;
use smarts_core::settings::Key;

use super::App;
use crate::model::{Action, SettingsAction};
use crate::window::choose::{self, Wanted};

/// What a folder or a file is chosen for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To read releases from it.
    Source,
    /// To show the reports in it.
    Reports,
    /// To import subscriptions from it.
    Import,
    /// To write subscriptions to it.
    Export,
    /// To update from it.
    AtHand,
    /// To show the history in it.
    History,
    /// To write the history to it.
    HistoryExport,
    /// To name it in a setting.
    Setting(Key),
    /// To make it the trusted root.
    Root,
    /// To write the report for support to it.
    SupportReport,
    /// To stage it for the mobile devices of a base.
    App {
        /// Its id.
        base_id: String,
    },
    /// To write the list of mobile devices to it.
    DevicesExport,
}

impl App {
    pub(super) fn take_chosen(&mut self) {
        let Some((purpose, chosen)) = &self.chosen else { return };
        let purpose = purpose.clone();
        match chosen.try_recv() {
            Err(mpsc::TryRecvError::Empty) => {}
            Err(mpsc::TryRecvError::Disconnected) => self.chosen = None,
            Ok(path) => {
                self.chosen = None;
                match (purpose, path) {
                    (_, None) => {}
                    (Purpose::Source, Some(folder)) => self.use_folder(&folder),
                    (Purpose::Reports, Some(folder)) => self.open_reports(folder),
                    (Purpose::Import, Some(path)) => self.import_subscriptions(path),
                    (Purpose::Export, Some(path)) => self.export_subscriptions(path),
                    (Purpose::AtHand, Some(path)) => self.open_at_hand(path),
                    (Purpose::History, Some(path)) => self.open_log(path),
                    (Purpose::HistoryExport, Some(path)) => self.export_history(path),
                    (Purpose::Setting(key), Some(path)) => {
                        let typed = SettingsAction::Type(key, path.display().to_string());
                        self.act(Action::Settings(typed));
                    }
                    (Purpose::Root, Some(path)) => {
                        self.act(Action::Settings(SettingsAction::UseRoot(path)));
                    }
                    (Purpose::SupportReport, Some(path)) => self.save_support_report(path),
                    (Purpose::App { base_id }, Some(path)) => self.prepare_app(path, vec![base_id]),
                    (Purpose::DevicesExport, Some(path)) => self.export_devices(path),
                }
            }
        }
    }

    /// Opens the system's dialog above the window, unless it is open.
    pub(super) fn choose(&mut self, frame: &eframe::Frame, ctx: &Context) {
        let Some(purpose) = self.choosing.take().filter(|_| self.chosen.is_none()) else { return };
        let loader = &self.texts.loader;
        let kind = fl!(loader, "subscriptions-file-kind");
        let (title, wanted) = match &purpose {
            Purpose::Source => (fl!(loader, "folder-choose-title"), Wanted::Folder),
            Purpose::Reports => (fl!(loader, "reports-choose-title"), Wanted::Folder),
            Purpose::Import => {
                let wanted = Wanted::File { kind, extensions: &["csv", "txt"] };
                (fl!(loader, "subscriptions-import-title"), wanted)
            }
            Purpose::Export => {
                let name = fl!(loader, "subscriptions-file-name");
                let wanted = Wanted::NewFile { kind, extension: "csv", name };
                (fl!(loader, "subscriptions-export-title"), wanted)
            }
            Purpose::AtHand => {
                let kind = fl!(loader, "at-hand-file-kind");
                let wanted = Wanted::File { kind, extensions: &["mstmpl", "msi", "exe"] };
                (fl!(loader, "at-hand-choose-title"), wanted)
            }
            Purpose::History => {
                let kind = fl!(loader, "history-file-kind");
                (fl!(loader, "history-open-title"), Wanted::File { kind, extensions: &["evtx"] })
            }
            Purpose::HistoryExport => {
                let name = fl!(loader, "history-file-name");
                let wanted = Wanted::NewFile { kind, extension: "csv", name };
                (fl!(loader, "history-export-title"), wanted)
            }
            Purpose::Setting(Key::CaFile) => {
                let kind = fl!(loader, "settings-pem-kind");
                let wanted = Wanted::File { kind, extensions: &["pem", "crt", "cer"] };
                (self.texts.setting_title(Key::CaFile), wanted)
            }
            Purpose::Setting(key) => (self.texts.setting_title(*key), Wanted::Folder),
            Purpose::Root => {
                let kind = fl!(loader, "settings-root-kind");
                (fl!(loader, "settings-root-title"), Wanted::File { kind, extensions: &["json"] })
            }
            Purpose::App { .. } => {
                let kind = fl!(loader, "devices-file-kind");
                (fl!(loader, "devices-choose-title"), Wanted::File { kind, extensions: &["apk"] })
            }
            Purpose::DevicesExport => {
                let name = fl!(loader, "devices-export-name");
                let wanted = Wanted::NewFile { kind, extension: "csv", name };
                (fl!(loader, "devices-export-title"), wanted)
            }
            Purpose::SupportReport => {
                let (kind, name) = (fl!(loader, "support-file-kind"), fl!(loader, "support-name"));
                (fl!(loader, "support-title"), Wanted::NewFile { kind, extension: "zip", name })
            }
        };
        self.chosen = choose::choose(frame, ctx, title, wanted).map(|chosen| (purpose, chosen));
    }
}
