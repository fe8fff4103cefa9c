//! What opens above the list, and the dialogs that have no room of their own.

use egui::{Id, Ui, vec2};
use i18n_embed_fl::fl;
use smarts_core::offer::{Item, Warning};
use smarts_core::works;

use super::Scene;
use super::life;
use super::modal::{
    NARROW, buttons, keep_focus, middle_height, modal, offer_focus, scrolling, section, telling,
};
use super::theme::{self, SPACE_1, SPACE_1_HALF, SPACE_2, SPACE_3, SPACE_4, Type, steps};
use super::widgets::button::{Button, Look};
use super::widgets::marks::tick_box;
use super::widgets::text::{Line, paragraph};
use super::{
    at_hand, devices as mobile, going_back, keys, notes, proxy, reports, sheet, source, subscriptions,
    toasts, uncovered, waiting,
};
use crate::i18n::sentence;
use crate::model::activity::{Activity, CopyOutcome, LeftToDo, Stage};
use crate::model::devices::DeviceFilter;
use crate::model::{
    Action, DevicesAction, Dialog, GoingBackAction, Leave, LeaveAction, Notice, PLATFORM, UPDATER,
    WizardAction, WizardQuestion, Works,
};

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    match &scene.model.dialog {
        None => {}
        Some(Dialog::Sheet(state)) => sheet::show(ui, scene, state),
        Some(Dialog::Notes(page)) => notes::show(ui, scene, page),
        Some(Dialog::Failure { item_id }) => failure(ui, scene, item_id),
        Some(Dialog::LeftToDo { item_id }) => left_to_do(ui, scene, item_id),
        Some(Dialog::Devices { item_id }) => devices(ui, scene, item_id),
        Some(Dialog::NotCovered { item_id, whole_group }) => {
            uncovered::show(ui, scene, item_id, *whole_group);
        }
        Some(Dialog::GoingBack(page)) => going_back::show(ui, scene, page),
        Some(Dialog::Keys) => keys::show(ui, scene),
        Some(Dialog::Problems) => problems(ui, scene),
        Some(Dialog::Source) => source::about(ui, scene),
        Some(Dialog::CheckFailure) => source::failure(ui, scene),
        Some(Dialog::SkipNotKept { why }) => skip_not_kept(ui, scene, why),
        Some(Dialog::SourceBusy) => source::busy(ui, scene),
        Some(Dialog::Expired { expiry, now }) => source::expired(ui, scene, expiry.since, *now),
        Some(Dialog::Reports(page)) => reports::show(ui, scene, page),
        Some(Dialog::Subscription(dialog)) => subscriptions::dialog(ui, scene, dialog),
        Some(Dialog::Wizard(question)) => wizard(ui, scene, question),
        Some(Dialog::Abandon(question)) => waiting::question(ui, scene, question),
        Some(Dialog::AtHand(page)) => at_hand::show(ui, scene, page),
        Some(Dialog::App(page)) => mobile::app_dialog(ui, scene, page),
        Some(Dialog::Unstage(page)) => mobile::unstage(ui, scene, page),
        Some(Dialog::DeviceWays { base_id }) => mobile::ways(ui, scene, base_id),
        Some(Dialog::ProxyPassword { question, password }) => proxy::show(ui, scene, question, password),
    }
    if scene.model.leave == Leave::Asking {
        leave(ui, scene);
    }
    keep_focus(ui, scene);
}

fn skip_not_kept(ui: &mut Ui, scene: &Scene<'_>, why: &str) {
    let colors = theme::palette(ui);
    telling(ui, scene, &fl!(scene.loader(), "skip-not-kept-title"), |ui| {
        ui.add_space(SPACE_1_HALF);
        paragraph(ui, why, Type::Body, colors.text);
    });
}

fn failure(ui: &mut Ui, scene: &Scene<'_>, item_id: &str) {
    let loader = scene.loader();
    let name = life::name(scene, item_id);
    let (notice, title) = match scene.model.activity(item_id) {
        Some(Activity::DownloadFailed(notice)) => {
            (notice, fl!(loader, "failure-title-download", name = name))
        }
        Some(Activity::Refused(notice)) => (notice, fl!(loader, "failure-title-refused", name = name)),
        Some(Activity::Failed(notice)) => (notice, fl!(loader, "failure-title", name = name)),
        Some(Activity::Copies(CopyOutcome::NotGoneBack(notice))) => {
            (notice, fl!(loader, "failure-title-back", name = name))
        }
        Some(Activity::Copies(CopyOutcome::NotMade(notice))) => {
            (notice, fl!(loader, "failure-title-copy", name = name))
        }
        _ => return scene.send(Action::CloseDialog),
    };
    telling(ui, scene, &title, |ui| {
        facts(ui, scene, notice);
        way_out(ui, scene, item_id, notice);
    });
}

/// Of a base that one cannot work with there is a copy.
fn way_out(ui: &mut Ui, scene: &Scene<'_>, item_id: &str, notice: &Notice) {
    let is_base = item_id != PLATFORM && item_id != UPDATER;
    if notice.works != Works::No || !is_base {
        return;
    }
    ui.add_space(SPACE_4);
    if Button::new(&fl!(scene.loader(), "going-back-menu")).look(Look::Primary).show(ui).clicked() {
        let open = GoingBackAction::Open { base_id: item_id.to_owned(), copy: None };
        scene.send(Action::GoingBack(open));
    }
}

fn facts(ui: &mut Ui, scene: &Scene<'_>, notice: &Notice) {
    let loader = scene.loader();
    let what = match life::works(scene, notice.works) {
        Some(lead) => format!("{lead} {}", notice.what),
        None => notice.what.clone(),
    };
    section(ui, fl!(loader, "failure-what"), &what);
    if let Some(kept) = &notice.kept {
        section(ui, fl!(loader, "failure-kept"), kept);
    }
    if let Some(next) = &notice.next {
        section(ui, fl!(loader, "failure-next"), next);
    }
    if let Some(detail) = &notice.detail {
        section(ui, fl!(loader, "failure-detail"), detail);
        ui.add_space(SPACE_2);
        if Button::new(&fl!(loader, "failure-copy")).show(ui).clicked() {
            toasts::copy(ui, scene, detail.clone());
        }
    }
}

fn left_to_do(ui: &mut Ui, scene: &Scene<'_>, item_id: &str) {
    let Some(Activity::Done(done)) = scene.model.activity(item_id) else {
        return scene.send(Action::CloseDialog);
    };
    let loader = scene.loader();
    let colors = theme::palette(ui);
    let title = fl!(loader, "left-title", name = life::name(scene, item_id));
    let is_bad = |works: &&works::Works| works.is_bad(done.version);
    let advice = done.works.as_ref().filter(is_bad).map(|works| scene.texts.works_next(works));
    let left = done.left.iter().map(|left| match *left {
        LeftToDo::Processing1c => fl!(loader, "left-processing-text"),
        LeftToDo::Devices { count } => fl!(loader, "left-devices-text", count = count),
        LeftToDo::Restart => fl!(loader, "left-restart-text"),
        LeftToDo::RestartProgram => fl!(loader, "left-restart-program-text"),
    });
    telling(ui, scene, &title, |ui| {
        for text in advice.into_iter().chain(left) {
            ui.add_space(SPACE_3);
            paragraph(ui, format!("• {text}"), Type::Body, colors.text);
        }
    });
}

fn devices(ui: &mut Ui, scene: &Scene<'_>, item_id: &str) {
    let stopped = scene.model.item_by_id(item_id).and_then(stopped_devices);
    let Some((devices, assumed)) = stopped else { return scene.send(Action::CloseDialog) };
    let loader = scene.loader();
    let colors = theme::palette(ui);
    telling(ui, scene, &fl!(loader, "devices-title"), |ui| {
        ui.add_space(SPACE_1);
        paragraph(ui, fl!(loader, "devices-hint"), Type::Small, colors.muted);
        if assumed {
            paragraph(ui, fl!(loader, "devices-hint-assumed"), Type::Small, colors.muted);
        }
        ui.add_space(SPACE_2);
        for device in devices {
            paragraph(ui, format!("• {device}"), Type::Body, colors.text);
        }
        ui.add_space(SPACE_3);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(SPACE_2, SPACE_2);
            if item_id == PLATFORM
                && scene.model.may_prepare_for_stopping()
                && Button::new(&fl!(loader, "sheet-prepare-app")).show(ui).clicked()
            {
                scene.send(Action::Devices(DevicesAction::PrepareStopping));
            }
            if Button::new(&fl!(loader, "details-devices-show")).show(ui).clicked() {
                let show = DevicesAction::Show { filter: DeviceFilter::Stops, search: String::new() };
                scene.send(Action::Devices(show));
            }
        });
    });
}

fn problems(ui: &mut Ui, scene: &Scene<'_>) {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    telling(ui, scene, &fl!(loader, "problems-title"), |ui| {
        ui.add_space(SPACE_1);
        paragraph(ui, fl!(loader, "problems-hint"), Type::Small, colors.muted);
        for problem in scene.model.problems() {
            let (path, what) = scene.texts.problem(&problem);
            ui.add_space(SPACE_2);
            paragraph(ui, sentence(&what), Type::Body, colors.text);
            paragraph(ui, path, Type::Small, colors.muted);
        }
    });
}

/// The devices that its release would stop, and whether some of their versions are assumed.
pub(super) fn stopped_devices(item: &Item) -> Option<(&[String], bool)> {
    item.warnings.iter().find_map(|warning| match warning {
        Warning::DevicesStop { devices, assumed } => Some((&devices[..], *assumed)),
        Warning::NeedsPlatform { .. }
        | Warning::Unreachable { .. }
        | Warning::SubscriptionUnknown(_)
        | Warning::ExchangeEnds { .. } => None,
    })
}

fn wizard(ui: &mut Ui, scene: &Scene<'_>, question: &WizardQuestion) {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    let title = fl!(
        loader,
        "wizard-title",
        product = question.product.as_str(),
        version = question.version.to_string()
    );
    modal(ui, scene, "wizard", &title, NARROW, Action::CloseDialog, |ui| {
        ui.add_space(SPACE_1);
        paragraph(ui, fl!(loader, "wizard-text"), Type::Body, colors.muted);
        ui.add_space(SPACE_3);
        let height = middle_height(ui, steps(50));
        scrolling(ui, "wizard", height, |ui| {
            for choice in &question.choices {
                let line = Line::of(&choice.name, Type::Body, colors.text);
                let id = Id::unique(("choice", &choice.id));
                if let Some(chosen) = tick_box(ui, id, choice.chosen, &line, &choice.name) {
                    let action = WizardAction::Choose { base_id: choice.id.clone(), chosen };
                    scene.send(Action::Wizard(action));
                }
            }
        });
        let none = !question.choices.iter().any(|choice| choice.chosen);
        let why = fl!(loader, "sheet-why-nothing");
        let (later, confirm) = (fl!(loader, "wizard-later"), fl!(loader, "wizard-confirm"));
        let drawn =
            [Button::new(&later).look(Look::Ghost), Button::new(&confirm).look(Look::Primary).dead(none)];
        let [later, confirm] = buttons(ui, "wizard", none.then_some(why.as_str()), drawn);
        offer_focus(ui, &later);
        if later.clicked() {
            scene.send(Action::CloseDialog);
        }
        if confirm.clicked() {
            scene.send(Action::Wizard(WizardAction::Confirm));
        }
    });
}

fn leave(ui: &mut Ui, scene: &Scene<'_>) {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    let applying = scene.model.is_applying() || scene.model.is_staging();
    let stay = Action::Leave(LeaveAction::Stay);
    modal(ui, scene, "leave", &fl!(loader, "leave-title"), NARROW, stay.clone(), |ui| {
        ui.add_space(SPACE_1_HALF);
        let text = match scene.model.applying() {
            Some(Stage::Copies(_)) => fl!(loader, "leave-copies"),
            Some(_) => fl!(loader, "leave-apply"),
            None if scene.model.is_staging() => fl!(loader, "leave-staging"),
            None if scene.model.is_downloading() => fl!(loader, "leave-download"),
            None => fl!(loader, "leave-settings", count = scene.model.settings_page.unsaved()),
        };
        paragraph(ui, text, Type::Body, colors.text);
        let (text, action) = if applying {
            (fl!(loader, "leave-when-done"), LeaveAction::WhenDone)
        } else {
            (fl!(loader, "leave-now"), LeaveAction::Now)
        };
        let stays = fl!(loader, "leave-stay");
        let drawn = [Button::new(&stays).look(Look::Primary), Button::new(&text)];
        let [stays, leaves] = buttons(ui, "leave", None, drawn);
        offer_focus(ui, &stays);
        if stays.clicked() {
            scene.send(stay);
        }
        if leaves.clicked() {
            scene.send(Action::Leave(action));
        }
    });
}
