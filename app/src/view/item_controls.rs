//! What can be pressed on the row of an item: of a base, of the platform, of this program.

use std::path::Path;

use i18n_embed_fl::fl;
use smarts_core::version::Version;

use super::Scene;
use super::controls::Control;
use super::subscriptions::is_free;
use super::theme::icons::Icon;
use super::widgets::button::Look;
use crate::model::{Action, GoingBackAction, ItemAction, PLATFORM, ProxyAction, UPDATER};

/// The controls of one item.
pub(super) struct Keys<'a> {
    pub scene: &'a Scene<'a>,
    pub id: &'a str,
    pub name: String,
}

impl Keys<'_> {
    fn action(&self, action: ItemAction) -> Action {
        Action::Item { id: self.id.to_owned(), action }
    }

    fn button(&self, text: String, name: String, look: Look, action: ItemAction) -> Control {
        Control::Button { text, name, look, action: self.action(action) }
    }

    fn link(&self, text: String, name: String, action: ItemAction) -> Control {
        Control::Link { text, name, action: self.action(action) }
    }

    fn name(&self) -> &str {
        &self.name
    }

    /// «Обновить…» of a base or of this program, «Подготовить…» or «Обновить…» of the platform.
    pub(super) fn update(&self, quiet: bool) -> Control {
        let loader = self.scene.loader();
        let (text, name, look) = match (self.id, quiet) {
            (PLATFORM, false) => {
                (fl!(loader, "button-update"), fl!(loader, "button-update-platform-name"), Look::VioletFilled)
            }
            (PLATFORM, true) => {
                (fl!(loader, "button-prepare"), fl!(loader, "button-prepare-name"), Look::Violet)
            }
            (UPDATER, _) => {
                (fl!(loader, "button-update"), fl!(loader, "button-update-updater-name"), Look::Plain)
            }
            (_, _) => (
                fl!(loader, "button-update"),
                fl!(loader, "button-update-name", name = self.name()),
                Look::Primary,
            ),
        };
        self.button(text, name, look, ItemAction::Update)
    }

    /// «Обновить…» of a version that is skipped: possible, and not asked for.
    pub(super) fn update_skipped(&self) -> Control {
        match self.update(true) {
            Control::Button { text, name, action, .. } => {
                Control::Button { text, name, look: Look::Plain, action }
            }
            control => control,
        }
    }

    /// «Обновить базы…», or how many of them are ticked.
    pub(super) fn update_group(&self, title: &str, ticked: usize, all: usize) -> Control {
        let loader = self.scene.loader();
        let (text, name) = if ticked == all {
            (fl!(loader, "button-update-group"), fl!(loader, "button-update-group-name", name = title))
        } else {
            let text = fl!(loader, "button-update-ticked", count = ticked);
            (text, fl!(loader, "button-update-ticked-name", count = ticked, name = title))
        };
        self.button(text, name, Look::Primary, ItemAction::UpdateGroup)
    }

    /// «Обновить до 1.6.3.6708…»: the covered release, never what is asked for first.
    pub(super) fn update_to(&self, version: Version, whole_group: bool) -> Control {
        let loader = self.scene.loader();
        let version = version.to_string();
        let action = if whole_group { ItemAction::UpdateGroupCovered } else { ItemAction::UpdateCovered };
        self.button(
            fl!(loader, "button-update-to", version = version.as_str()),
            fl!(loader, "button-update-to-name", name = self.name(), version = version.as_str()),
            if self.id == PLATFORM { Look::Violet } else { Look::Plain },
            action,
        )
    }

    /// «Почему?»
    pub(super) fn why(&self, whole_group: bool) -> Control {
        let loader = self.scene.loader();
        let action = if whole_group { ItemAction::ShowGroupNotCovered } else { ItemAction::ShowNotCovered };
        self.link(fl!(loader, "link-why"), fl!(loader, "link-why-name", name = self.name()), action)
    }

    /// «Указать дату…» of the subscriptions of these devices; nothing without any, nor for whoever may not.
    pub(super) fn enter_date(&self, devices: &[String], items: Vec<String>) -> Option<Control> {
        if devices.is_empty() || !is_free(self.scene) {
            return None;
        }
        let loader = self.scene.loader();
        Some(Control::Button {
            text: fl!(loader, "button-enter-date"),
            name: fl!(loader, "button-enter-date-name", name = self.name()),
            look: Look::Plain,
            action: Action::EnterDates { devices: devices.to_vec(), items },
        })
    }

    pub(super) fn notes(&self) -> Control {
        let loader = self.scene.loader();
        self.link(
            fl!(loader, "link-notes"),
            fl!(loader, "link-notes-name", name = self.name()),
            ItemAction::ShowNotes,
        )
    }

    pub(super) fn details(&self) -> Control {
        let loader = self.scene.loader();
        self.link(
            fl!(loader, "link-details"),
            fl!(loader, "link-details-name", name = self.name()),
            ItemAction::ShowFailure,
        )
    }

    pub(super) fn left(&self) -> Control {
        let loader = self.scene.loader();
        self.link(
            fl!(loader, "link-left"),
            fl!(loader, "link-left-name", name = self.name()),
            ItemAction::ShowLeft,
        )
    }

    pub(super) fn install(&self) -> Control {
        let loader = self.scene.loader();
        let look = match self.id {
            PLATFORM => Look::VioletFilled,
            UPDATER => Look::Plain,
            _ => Look::Primary,
        };
        self.button(
            fl!(loader, "button-install"),
            fl!(loader, "button-install-name", name = self.name()),
            look,
            ItemAction::Install,
        )
    }

    pub(super) fn pause(&self) -> Control {
        let loader = self.scene.loader();
        self.button(
            fl!(loader, "button-pause"),
            fl!(loader, "button-pause-name", name = self.name()),
            Look::Plain,
            ItemAction::Pause,
        )
    }

    pub(super) fn resume(&self) -> Control {
        let loader = self.scene.loader();
        self.button(
            fl!(loader, "button-resume"),
            fl!(loader, "button-resume-name", name = self.name()),
            Look::Plain,
            ItemAction::Update,
        )
    }

    pub(super) fn retry(&self) -> Control {
        let loader = self.scene.loader();
        self.button(
            fl!(loader, "button-retry"),
            fl!(loader, "button-retry-name", name = self.name()),
            Look::Plain,
            ItemAction::Update,
        )
    }

    /// «Ввести пароль…», while the proxy in the way wants one.
    pub(super) fn password(&self) -> Option<Control> {
        self.scene.model.proxy_question.as_ref()?;
        let text = fl!(self.scene.loader(), "proxy-dialog-open");
        let name = format!("{text} {}", self.name());
        let action = Action::Proxy(ProxyAction::Ask);
        Some(Control::Button { text, name, look: Look::Plain, action })
    }

    pub(super) fn stop(&self) -> Control {
        let loader = self.scene.loader();
        self.button(
            fl!(loader, "button-stop"),
            fl!(loader, "button-stop-name", name = self.name()),
            Look::Plain,
            ItemAction::StopApply,
        )
    }

    /// «Остановить» of what is done with copies.
    pub(super) fn stop_copies(&self) -> Control {
        let loader = self.scene.loader();
        self.button(
            fl!(loader, "button-stop"),
            fl!(loader, "button-stop-copies-name", name = self.name()),
            Look::Plain,
            ItemAction::StopApply,
        )
    }

    /// «Вернуть…»: shows the copies once more.
    pub(super) fn back_again(&self) -> Control {
        let loader = self.scene.loader();
        let open = GoingBackAction::Open { base_id: self.id.to_owned(), copy: None };
        Control::Button {
            text: fl!(loader, "going-back-confirm-asked"),
            name: fl!(loader, "button-back-again-name", name = self.name()),
            look: Look::Plain,
            action: Action::GoingBack(open),
        }
    }

    /// «Открыть копию».
    pub(super) fn open_copy(&self, dir: &Path) -> Control {
        let loader = self.scene.loader();
        Control::Link {
            text: fl!(loader, "link-open-copy"),
            name: fl!(loader, "link-open-copy-name", name = self.name()),
            action: Action::OpenFolder(dir.to_path_buf()),
        }
    }

    pub(super) fn cancel(&self) -> Control {
        Control::Icon {
            icon: Icon::Cross,
            name: fl!(self.scene.loader(), "button-cancel-name", name = self.name()),
            action: self.action(ItemAction::Cancel),
        }
    }

    pub(super) fn dismiss(&self) -> Control {
        Control::Icon {
            icon: Icon::Cross,
            name: fl!(self.scene.loader(), "button-dismiss-name", name = self.name()),
            action: self.action(ItemAction::Dismiss),
        }
    }
}
