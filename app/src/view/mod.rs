//! The window's picture: a function of the [`Model`] that sends [`Action`]s.
//!
//! Nothing here changes the model, and nothing is remembered between frames but what belongs to the screen
//! alone (scroll positions, which widget has the keyboard). One file for each part of the screen; all
//! colours and sizes in [`theme`], all words in the Fluent files.

mod announce;
mod at_hand;
mod banner;
mod base_row;
mod card;
mod controls;
mod coverage;
pub(crate) mod demo_installer;
mod details;
mod devices;
mod diagnostics;
mod dialogs;
mod dropped;
mod empty;
mod going_back;
mod group_state;
mod history;
mod item_controls;
mod keyboard;
mod keys;
mod life;
mod list;
mod list_head;
mod list_keys;
mod modal;
mod notes;
mod platform_card;
mod proxy;
mod reports;
mod row_state;
mod settings;
mod sheet;
mod source;
mod status;
mod subscriptions;
mod tabs;
pub mod theme;
mod tips;
mod toasts;
mod top_bar;
mod uncovered;
mod updater_card;
mod waiting;
mod whole;
mod widgets;

#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::time::Duration;

use egui::{CentralPanel, Frame, Margin, Ui};
use i18n_embed::fluent::FluentLanguageLoader;
use jiff::Zoned;

use crate::i18n::Texts;
use crate::model::{Action, Model, Tab};

use self::theme::PAGE_MARGIN;

/// How long a window in which nothing changes draws nothing, at most: timers stand still while a PC sleeps.
const LONGEST_REST: Duration = Duration::from_hours(1);

/// What every part of the screen is drawn from, and where it sends what the person did.
struct Scene<'a> {
    model: &'a Model,
    texts: &'a Texts,
    actions: RefCell<Vec<Action>>,
}

impl Scene<'_> {
    fn send(&self, action: Action) {
        self.actions.borrow_mut().push(action);
    }

    fn loader(&self) -> &FluentLanguageLoader {
        &self.texts.loader
    }
}

/// Draws the window; returns what the person did in it.
pub fn window(ui: &mut Ui, model: &Model, texts: &Texts) -> Vec<Action> {
    let scene = Scene { model, texts, actions: RefCell::default() };
    keyboard::shortcuts(ui, &scene);
    top_bar::show(ui, &scene);
    details::panel(ui, &scene);
    let margin = Margin { left: PAGE_MARGIN as i8, right: PAGE_MARGIN as i8, top: 18, bottom: 20 };
    let frame = Frame::NONE.fill(theme::palette(ui).bg).inner_margin(margin);
    CentralPanel::no_frame().frame(frame).show(ui, |ui| {
        tabs::panel(ui, &scene, |ui| page(ui, &scene));
    });
    dropped::take(ui, &scene);
    details::dialog(ui, &scene);
    dialogs::show(ui, &scene);
    toasts::show(ui, &scene);
    announce::show(ui, &scene);
    ui.ctx().request_repaint_after(until_tomorrow(&model.now).min(LONGEST_REST));
    scene.actions.into_inner()
}

/// Ages are told by days («сегодня», «3 дня назад»): until the day turns they stay as they are.
fn until_tomorrow(now: &Zoned) -> Duration {
    let tomorrow = now.tomorrow().and_then(|tomorrow| tomorrow.start_of_day());
    let left = tomorrow.map(|tomorrow| tomorrow.timestamp().duration_since(now.timestamp()));
    left.ok().and_then(|left| Duration::try_from(left).ok()).unwrap_or(LONGEST_REST)
}

/// What the open tab shows.
fn page(ui: &mut Ui, scene: &Scene<'_>) {
    match scene.model.tab {
        Tab::Updates => {
            waiting::banner(ui, scene);
            source::banner(ui, scene);
            status::show(ui, scene);
            platform_card::show(ui, scene);
            updater_card::show(ui, scene);
            list::show(ui, scene);
        }
        Tab::Devices => devices::show(ui, scene),
        Tab::Subscriptions => subscriptions::show(ui, scene),
        Tab::History => history::show(ui, scene),
        Tab::Settings => settings::show(ui, scene),
        Tab::Diagnostics => diagnostics::show(ui, scene),
    }
}
