//! The password that a proxy wants: offered where a check or a download failed for it, asked only when the person wishes.
//!
//! What is typed is kept for this run of the program and goes nowhere but to the proxy.

use smarts_core::http::login::Password;

use super::{Command, Dialog, Model, ProxyAction, ProxyQuestion};

impl Model {
    /// After a failed check or download; a later check forgets it.
    pub(super) fn want_password(&mut self, question: ProxyQuestion) -> Vec<Command> {
        self.proxy_question = Some(question);
        Vec::new()
    }

    pub(super) fn change_proxy(&mut self, action: ProxyAction) -> Vec<Command> {
        match action {
            ProxyAction::Ask => match self.proxy_question.clone() {
                Some(question) => {
                    let password = Password(String::new());
                    self.show(Dialog::ProxyPassword { question, password })
                }
                None => Vec::new(),
            },
            ProxyAction::Type(typed) => {
                if let Some(Dialog::ProxyPassword { password, .. }) = &mut self.dialog {
                    *password = typed;
                }
                Vec::new()
            }
            ProxyAction::Confirm => self.use_password(),
        }
    }

    fn use_password(&mut self) -> Vec<Command> {
        let Some(Dialog::ProxyPassword { question, password }) = self.dialog.take() else {
            return Vec::new();
        };
        let mut commands = vec![Command::UsePassword { proxy: question.proxy, password }];
        commands.extend(self.check_now());
        commands
    }
}
