//! Words for an administrator's rights: who has them, why nothing was done with them, and what is known of a
//! run that broke off.

use i18n_embed_fl::fl;
use smarts_core::verify;

use super::Texts;
use crate::model::{Notice, Permission, Works};

impl Texts {
    /// Who updates here, for a person who may not.
    pub fn updated_by(&self, permission: &Permission) -> Option<String> {
        match permission {
            Permission::Granted => None,
            Permission::Administrators { contact: None } => {
                Some(fl!(self.loader, "updated-by-administrator"))
            }
            Permission::Administrators { contact: Some(contact) } => {
                Some(fl!(self.loader, "updated-by-contact", contact = contact.as_str()))
            }
        }
    }

    /// The plan that an administrator's process was given is none.
    pub fn plan_refused(&self, detail: String) -> Notice {
        self.unchanged(fl!(self.loader, "elevated-plan"), fl!(self.loader, "next-check-again"), detail)
    }

    /// What is signed was not confirmed by the process with rights.
    pub fn not_confirmed(&self, why: String, detail: String) -> Notice {
        self.unchanged(why, fl!(self.loader, "next-check-again"), detail)
    }

    /// A file is not what the person agreed to, or is not proved.
    pub fn file_refused(&self, error: &verify::Error) -> Notice {
        let detail = crate::error::chain(error);
        let next = match error {
            verify::Error::Changed { .. } | verify::Error::WrongSize { .. } | verify::Error::Read { .. } => {
                fl!(self.loader, "hint-download-again")
            }
            _ => fl!(self.loader, "next-by-hand"),
        };
        self.unchanged(self.verify_error(error), next, detail)
    }

    /// The person could not be asked for permission.
    pub fn not_asked(&self, detail: String) -> Notice {
        let what = fl!(self.loader, "elevated-not-asked");
        self.unchanged(what, fl!(self.loader, "elevated-next-administrator"), detail)
    }

    /// The run broke off before this base was begun.
    pub fn base_not_begun(&self, code: Option<i32>) -> Notice {
        let what = fl!(self.loader, "elevated-broke-off");
        self.unchanged(what, fl!(self.loader, "next-retry"), ended(code))
    }

    /// The run broke off in the middle of this base.
    pub fn base_broke_off(&self, backup_dir: &str, code: Option<i32>) -> Notice {
        Notice {
            works: Works::No,
            what: fl!(self.loader, "elevated-broke-off-half-way"),
            kept: Some(fl!(self.loader, "kept-copy", folder = backup_dir)),
            next: Some(fl!(self.loader, "elevated-next-again")),
            detail: Some(ended(code)),
        }
    }

    /// The run broke off, and what became of the base cannot be told.
    pub fn broke_off_unknown(&self, detail: String) -> Notice {
        let next = Some(fl!(self.loader, "next-check-again"));
        let detail = Some(detail).filter(|detail| !detail.is_empty());
        let what = fl!(self.loader, "elevated-broke-off");
        Notice { works: Works::NotLooked, what, kept: None, next, detail }
    }

    /// The run broke off with an installer, which may be at work still.
    pub fn installer_broke_off(&self, code: Option<i32>) -> Notice {
        Notice {
            next: Some(fl!(self.loader, "elevated-next-installer")),
            ..self.broke_off_unknown(ended(code))
        }
    }

    /// A command that changes the PC, without the rights to.
    pub fn not_elevated(&self) -> String {
        fl!(self.loader, "cli-not-elevated")
    }

    fn unchanged(&self, what: String, next: String, detail: String) -> Notice {
        Notice {
            works: Works::NotLooked,
            what,
            kept: Some(fl!(self.loader, "elevated-kept")),
            next: Some(next),
            detail: Some(detail),
        }
    }
}

/// For a support ticket.
pub(super) fn ended(code: Option<i32>) -> String {
    match code {
        Some(code) => format!("Process ended with status {code} and told no result"),
        None => "Process was ended by the system and told no result".to_owned(),
    }
}
