//! Which source the list is about: the usual one, or a folder for this once; and to whose age the person has
//! agreed.
//!
//! What is known of the usual source is put aside while a folder is read, and comes back as it was. Nothing of
//! this outlives the window.

use std::collections::HashMap;

use smarts_core::check::Report;

use super::{
    CheckFailure, Command, Detour, Dialog, Event, Expiry, FailureKind, Model, ProxyQuestion, SourceAction,
};

/// The source in use, and what there is to come back to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sources {
    /// A folder that is read just this once.
    pub folder: Option<String>,
    /// Sources that may be out of date, the usual one as `None`, with what was shown of their age: the same
    /// drive may have another stick in it tomorrow.
    agreed: HashMap<Option<String>, Expiry>,
    usual: Option<Usual>,
    /// Whether what the worker says is still about the former source.
    switching: bool,
}

/// What is known of the usual source.
#[derive(Clone, Debug, Default, PartialEq)]
struct Usual {
    report: Option<Report>,
    failure: Option<CheckFailure>,
    proxy_question: Option<ProxyQuestion>,
}

impl Sources {
    /// Whether an event was under way when the source was changed.
    pub(super) fn is_outdated(&self, event: &Event) -> bool {
        self.switching
            && matches!(
                event,
                Event::Loaded { .. }
                    | Event::Renewed { .. }
                    | Event::CheckStarted
                    | Event::CheckProgress { .. }
                    | Event::Checked(_)
                    | Event::PasswordWanted(_)
                    | Event::DownloadPaused { .. }
                    | Event::CoveredLeft { .. }
            )
    }

    pub(super) fn take_up(&mut self) -> Vec<Command> {
        self.switching = false;
        Vec::new()
    }

    fn detour(&self) -> Detour {
        Detour { folder: self.folder.clone(), agreed: self.agreed.get(&self.folder).cloned() }
    }
}

impl Model {
    /// Whether the source can be changed now: files on their way come from the present one.
    pub fn may_change_source(&self) -> bool {
        self.loaded && !self.is_downloading() && !self.is_applying()
    }

    pub(super) fn change_source(&mut self, action: SourceAction) -> Vec<Command> {
        match action {
            SourceAction::Show => self.show(Dialog::Source),
            SourceAction::ShowFailure => self.show(Dialog::CheckFailure),
            SourceAction::ChooseFolder if self.may_change_source() => vec![Command::ChooseFolder],
            SourceAction::ChooseFolder => self.show(Dialog::SourceBusy),
            SourceAction::UseFolder(folder) => self.use_folder(folder),
            SourceAction::UseUsual => self.use_usual(),
            SourceAction::AskAboutExpired => self.ask_about_expired(),
            SourceAction::AcceptExpired => self.accept_expired(),
        }
    }

    fn use_folder(&mut self, folder: String) -> Vec<Command> {
        if !self.may_change_source() {
            // Something was begun while the folder was being chosen.
            return self.show(Dialog::SourceBusy);
        }
        self.put_newest_back();
        let usual = Usual {
            report: self.report.take(),
            failure: self.check_failure.take(),
            proxy_question: self.proxy_question.take(),
        };
        self.sources.usual.get_or_insert(usual);
        self.sources.folder = Some(folder);
        let mut commands = vec![self.switch()];
        commands.extend(self.begin_check());
        commands
    }

    fn use_usual(&mut self) -> Vec<Command> {
        if self.sources.folder.is_none() || !self.may_change_source() {
            return Vec::new();
        }
        self.sources.folder = None;
        let usual = self.sources.usual.take().unwrap_or_default();
        self.check = None;
        self.put_report(usual.report);
        self.check_failure = usual.failure;
        self.proxy_question = usual.proxy_question;
        let switch = self.switch();
        vec![switch, Command::Load]
    }

    /// What waited for the person was about the former source, except the question after a wizard; files that are
    /// there are found again.
    fn switch(&mut self) -> Command {
        if let Some(Dialog::Wizard(question)) = self.dialog.take() {
            self.wizards_aside.push_front(question);
        }
        self.sources.switching = true;
        self.forget_all();
        self.refresh();
        Command::UseSource(self.sources.detour())
    }

    /// Of a folder that the person has just chosen, at once: they wait for an answer.
    pub(super) fn ask_if_chosen(&mut self) {
        if self.sources.folder.is_some() && self.dialog.is_none() {
            let _ = self.ask_about_expired();
        }
    }

    fn ask_about_expired(&mut self) -> Vec<Command> {
        if let Some(CheckFailure { kind: FailureKind::Expired { expiry, now }, .. }) = &self.check_failure {
            self.dialog = Some(Dialog::Expired { expiry: expiry.clone(), now: *now });
        }
        Vec::new()
    }

    fn accept_expired(&mut self) -> Vec<Command> {
        let Some(Dialog::Expired { expiry, .. }) = &self.dialog else { return Vec::new() };
        if self.check.is_some() {
            return Vec::new();
        }
        self.sources.agreed.insert(self.sources.folder.clone(), expiry.clone());
        self.dialog = None;
        self.sources.switching = true;
        let mut commands = vec![Command::UseSource(self.sources.detour())];
        commands.extend(self.begin_check());
        commands
    }
}
