//! Words for how a base works after a change, its data server above all.

use i18n_embed_fl::fl;
use smarts_core::server::{self, Server};
use smarts_core::works::Works;

use super::Texts;

impl Texts {
    /// How an updated base works, as a clause after "updated"; `None`: nobody looked.
    pub fn works(&self, works: &Works) -> Option<String> {
        if works.version.is_none() {
            return Some(fl!(self.loader, "works-unreadable"));
        }
        self.server(&works.server)
    }

    /// How a base's data server stands, as a clause; `None`: nobody looked.
    pub fn server(&self, server: &Server) -> Option<String> {
        let loader = &self.loader;
        Some(match server {
            Server::Answered { .. } => fl!(loader, "works-answers"),
            Server::Started => fl!(loader, "works-started"),
            Server::NotAnswering { port } => fl!(loader, "works-not-answering", port = port.to_string()),
            Server::NotStarted { service, .. } => {
                fl!(loader, "works-not-started", service = service.as_str())
            }
            Server::NotRunning => fl!(loader, "works-not-running"),
            Server::NotLookedAt => return None,
        })
    }

    /// What to do about a base that does not work after a change.
    pub fn works_next(&self, works: &Works) -> String {
        match &works.server {
            _ if works.version.is_none() => fl!(self.loader, "next-restore"),
            server => self.server_next(server),
        }
    }

    /// What to do about a data server that is not as it was.
    pub fn server_next(&self, server: &Server) -> String {
        let loader = &self.loader;
        match server {
            Server::NotStarted { service, .. } => {
                fl!(loader, "next-start-server", service = service.as_str())
            }
            Server::NotAnswering { .. }
            | Server::Answered { .. }
            | Server::Started
            | Server::NotRunning
            | Server::NotLookedAt => fl!(loader, "next-look-at-server"),
        }
    }

    /// Why a base was not even touched, and what to do.
    pub(super) fn server_fault(&self, error: &server::Error) -> Vec<String> {
        vec![
            self.server_error(error),
            fl!(self.loader, "kept-nothing-changed"),
            self.server_error_next(error),
        ]
    }

    pub(super) fn server_error(&self, error: &server::Error) -> String {
        let loader = &self.loader;
        match error {
            server::Error::NotStopped { service, .. } => {
                fl!(loader, "apply-server-not-stopped", service = service.as_str())
            }
            server::Error::Memory { path, error } => {
                let path = path.display().to_string();
                fl!(loader, "download-file", path = path, reason = error.to_string())
            }
        }
    }

    pub(super) fn server_error_next(&self, error: &server::Error) -> String {
        match error {
            server::Error::NotStopped { service, .. } => {
                fl!(self.loader, "next-stop-server", service = service.as_str())
            }
            server::Error::Memory { .. } => fl!(self.loader, "hint-rights"),
        }
    }
}
