//! What opens above the list, and the frame all of it shares: a veil, a box with a title, Escape to leave,
//! the keyboard kept inside while it is open and given back to where it was afterwards.

use egui::{
    Align, Area, Frame, Id, Layout, Margin, Modal, Rect, Response, Role, ScrollArea, Stroke, Ui, UiBuilder,
    Vec2, vec2,
};
use i18n_embed_fl::fl;
use smarts_core::offer::{Item, Warning};

use super::Scene;
use super::life;
use super::theme::{self, RADIUS_DIALOG, Type};
use super::widgets::button::{Button, Look};
use super::widgets::marks::tick_box;
use super::widgets::text::{Line, label, paragraph};
use super::{
    at_hand, diagnosis, going_back, notes, proxy, reports, schedule, sheet, source, subscriptions, uncovered,
};
use crate::i18n::sentence;
use crate::model::activity::{Activity, CopyOutcome, LeftToDo, Stage};
use crate::model::{
    Action, Dialog, GoingBackAction, Leave, LeaveAction, Notice, PLATFORM, UPDATER, WizardAction,
    WizardQuestion, Works,
};

const NARROW: f32 = 480.0;
/// The room of a scroll bar.
const BAR_ROOM: f32 = 14.0;

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    match &scene.model.dialog {
        None => {}
        Some(Dialog::Sheet(state)) => sheet::show(ui, scene, state),
        Some(Dialog::Notes { item_id }) => notes::show(ui, scene, item_id),
        Some(Dialog::Failure { item_id }) => failure(ui, scene, item_id),
        Some(Dialog::LeftToDo { item_id }) => left_to_do(ui, scene, item_id),
        Some(Dialog::Devices { item_id }) => devices(ui, scene, item_id),
        Some(Dialog::NotCovered { item_id, whole_group }) => {
            uncovered::show(ui, scene, item_id, *whole_group);
        }
        Some(Dialog::GoingBack(page)) => going_back::show(ui, scene, page),
        Some(Dialog::Problems) => problems(ui, scene),
        Some(Dialog::Source) => source::about(ui, scene),
        Some(Dialog::CheckFailure) => source::failure(ui, scene),
        Some(Dialog::SkipNotKept { why }) => skip_not_kept(ui, scene, why),
        Some(Dialog::SourceBusy) => source::busy(ui, scene),
        Some(Dialog::Expired { expiry, now }) => source::expired(ui, scene, expiry.since, *now),
        Some(Dialog::Diagnosis { lines }) => diagnosis::show(ui, scene, lines.as_deref()),
        Some(Dialog::Schedule(page)) => schedule::show(ui, scene, page),
        Some(Dialog::Reports(page)) => reports::show(ui, scene, page),
        Some(Dialog::Subscription(dialog)) => subscriptions::dialog(ui, scene, dialog),
        Some(Dialog::Wizard(question)) => wizard(ui, scene, question),
        Some(Dialog::AtHand(page)) => at_hand::show(ui, scene, page),
        Some(Dialog::ProxyPassword { question, password }) => proxy::show(ui, scene, question, password),
    }
    if scene.model.leave == Leave::Asking {
        leave(ui, scene);
    }
    keep_focus(ui, scene);
}

/// A box above the window. `key` tells the dialogs apart, whatever their titles become. `on_close` is sent by
/// Escape; a click beside it does nothing, for a slip of the hand must not lose what was ticked.
pub(super) fn modal(
    ui: &mut Ui,
    scene: &Scene<'_>,
    key: &str,
    title: &str,
    width: f32,
    on_close: Action,
    content: impl FnOnce(&mut Ui),
) {
    let colors = theme::palette(ui);
    let id = Id::unique(key);
    let room = ui.ctx().content_rect();
    let area: Area = Modal::default_area(id).fade_in(false).role(Role::Dialog).accessible_name(title);
    let frame = Frame::NONE
        .fill(colors.surface)
        .stroke(Stroke::new(1.0, colors.edge))
        .corner_radius(RADIUS_DIALOG)
        .inner_margin(Margin { left: 28, right: 28, top: 22, bottom: 22 });
    let modal = Modal::new(id).area(area).frame(frame).backdrop_color(colors.veil);
    let response = modal.show(ui.ctx(), |ui| {
        ui.set_width(width.min(room.width() - 2.0 * 28.0 - 32.0));
        ui.spacing_mut().item_spacing = vec2(8.0, 0.0);
        paragraph(ui, title, Type::Title, colors.text);
        content(ui);
    });
    settle(ui, id, response.response.rect.size());
    let escape = response.is_top_modal
        && !response.any_popup_open
        && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
    if escape {
        scene.send(on_close);
    }
}

/// A box is placed by the size it had before: when that changes, one more picture puts it right.
fn settle(ui: &Ui, id: Id, size: Vec2) {
    let key = id.with("size");
    if ui.data(|data| data.get_temp(key)) != Some(size) {
        ui.data_mut(|data| data.insert_temp(key, size));
        ui.ctx().request_repaint();
    }
}

/// The height left for the middle of a dialog, below its title and above its buttons.
pub(super) fn middle_height(ui: &Ui, around: f32) -> f32 {
    (ui.ctx().content_rect().height() - 2.0 * 22.0 - 32.0 - around).max(80.0)
}

/// Content that scrolls beyond `max_height`; the bar stands in the margin beside it, over nothing.
pub(super) fn scrolling(ui: &mut Ui, salt: &str, max_height: f32, content: impl FnOnce(&mut Ui)) {
    let width = ui.available_width();
    let at = ui.cursor().min;
    let room = Rect::from_min_size(at, vec2(width + BAR_ROOM, max_height));
    let mut child = ui.new_child(UiBuilder::new().max_rect(room));
    let area = ScrollArea::vertical().id_salt(salt).max_height(max_height).auto_shrink([false, true]);
    let shown = area.show(&mut child, |ui| {
        ui.set_max_width(width);
        ui.spacing_mut().item_spacing.y = 0.0;
        content(ui);
    });
    let height = shown.content_size.y.min(max_height);
    ui.advance_cursor_after_rect(Rect::from_min_size(at, vec2(width, height)));
}

/// Buttons at the right. `key` is the dialog's: they keep the keyboard whatever appears above them.
pub(super) fn buttons(ui: &mut Ui, key: &str, content: impl FnOnce(&mut Ui)) {
    ui.add_space(18.0);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), theme::BUTTON_HEIGHT));
    let id = Id::unique((key, "buttons"));
    let layout = Layout::right_to_left(Align::Center);
    let builder = UiBuilder::new().scope_id(id).max_rect(rect).layout(layout);
    let mut row = ui.new_child(builder);
    row.spacing_mut().item_spacing.x = 12.0;
    content(&mut row);
}

fn first_focus_id() -> Id {
    Id::unique("first control of a dialog")
}

/// Marks the control that gets the keyboard when the dialog opens.
pub(super) fn offer_focus(ui: &Ui, response: &Response) {
    ui.data_mut(|data| data.insert_temp(first_focus_id(), Some(response.id)));
}

/// Where the keyboard was, and for how many frames a dialog has been open.
#[derive(Clone, Copy, Default)]
struct FocusMemory {
    frames: u8,
    before: Option<Id>,
}

/// A new dialog is measured before it is shown, and takes no keyboard until then.
const FRAMES_TO_SETTLE: u8 = 3;

/// When a dialog opens, the keyboard goes into it; when it closes, back to where it was.
fn keep_focus(ui: &Ui, scene: &Scene<'_>) {
    let key = Id::unique("focus around dialogs");
    let mut memory: FocusMemory = ui.data(|data| data.get_temp(key)).unwrap_or_default();
    let open = scene.model.dialog.is_some() || scene.model.leave == Leave::Asking;
    let wanted = if open && memory.frames < FRAMES_TO_SETTLE {
        if memory.frames == 0 {
            memory.before = ui.memory(egui::Memory::focused);
        }
        memory.frames += 1;
        ui.ctx().request_repaint();
        ui.data(|data| data.get_temp::<Option<Id>>(first_focus_id())).flatten()
    } else if !open && memory.frames > 0 {
        memory.frames = 0;
        memory.before.take()
    } else {
        return;
    };
    if let Some(wanted) = wanted {
        ui.memory_mut(|memory| memory.request_focus(wanted));
    }
    ui.data_mut(|data| data.insert_temp(key, memory));
}

/// A dialog that only tells, with one button.
pub(super) fn telling(ui: &mut Ui, scene: &Scene<'_>, title: &str, content: impl FnOnce(&mut Ui)) {
    modal(ui, scene, "telling", title, NARROW, Action::CloseDialog, |ui| {
        let height = middle_height(ui, 140.0);
        scrolling(ui, "telling", height, content);
        buttons(ui, "telling", |ui| {
            let close = Button::new(&fl!(scene.loader(), "close")).show(ui);
            offer_focus(ui, &close);
            if close.clicked() {
                scene.send(Action::CloseDialog);
            }
        });
    });
}

pub(super) fn section(ui: &mut Ui, title: String, text: &str) {
    let colors = theme::palette(ui);
    ui.add_space(12.0);
    label(ui, &Line::of(title, Type::Strong, colors.text));
    ui.add_space(2.0);
    paragraph(ui, text, Type::Body, colors.text);
}

fn skip_not_kept(ui: &mut Ui, scene: &Scene<'_>, why: &str) {
    let colors = theme::palette(ui);
    telling(ui, scene, &fl!(scene.loader(), "skip-not-kept-title"), |ui| {
        ui.add_space(6.0);
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
    ui.add_space(14.0);
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
        ui.add_space(8.0);
        if Button::new(&fl!(loader, "failure-copy")).show(ui).clicked() {
            ui.ctx().copy_text(detail.clone());
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
    telling(ui, scene, &title, |ui| {
        for left in &done.left {
            let text = match *left {
                LeftToDo::Processing1c => fl!(loader, "left-processing-text"),
                LeftToDo::Devices { count } => fl!(loader, "left-devices-text", count = count),
                LeftToDo::Restart => fl!(loader, "left-restart-text"),
                LeftToDo::RestartProgram => fl!(loader, "left-restart-program-text"),
            };
            ui.add_space(10.0);
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
        ui.add_space(4.0);
        paragraph(ui, fl!(loader, "devices-hint"), Type::Small, colors.muted);
        if assumed {
            paragraph(ui, fl!(loader, "devices-hint-assumed"), Type::Small, colors.muted);
        }
        ui.add_space(8.0);
        for device in devices {
            paragraph(ui, format!("• {device}"), Type::Body, colors.text);
        }
    });
}

fn problems(ui: &mut Ui, scene: &Scene<'_>) {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    telling(ui, scene, &fl!(loader, "problems-title"), |ui| {
        ui.add_space(4.0);
        paragraph(ui, fl!(loader, "problems-hint"), Type::Small, colors.muted);
        for problem in scene.model.problems() {
            let (path, what) = scene.texts.problem(&problem);
            ui.add_space(8.0);
            paragraph(ui, sentence(&what), Type::Body, colors.text);
            paragraph(ui, path, Type::Small, colors.muted);
        }
    });
}

fn stopped_devices(item: &Item) -> Option<(&[String], bool)> {
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
        ui.add_space(4.0);
        paragraph(ui, fl!(loader, "wizard-text"), Type::Body, colors.muted);
        ui.add_space(10.0);
        let height = middle_height(ui, 200.0);
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
        buttons(ui, "wizard", |ui| {
            let none = !question.choices.iter().any(|choice| choice.chosen);
            let confirm = fl!(loader, "wizard-confirm");
            if Button::new(&confirm).look(Look::Primary).dead(none).show(ui).clicked() {
                scene.send(Action::Wizard(WizardAction::Confirm));
            }
            let later = Button::new(&fl!(loader, "wizard-later")).look(Look::Ghost).show(ui);
            offer_focus(ui, &later);
            if later.clicked() {
                scene.send(Action::CloseDialog);
            }
        });
    });
}

fn leave(ui: &mut Ui, scene: &Scene<'_>) {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    let applying = scene.model.is_applying();
    let stay = Action::Leave(LeaveAction::Stay);
    modal(ui, scene, "leave", &fl!(loader, "leave-title"), NARROW, stay.clone(), |ui| {
        ui.add_space(6.0);
        let text = match scene.model.applying() {
            Some(Stage::Copies(_)) => fl!(loader, "leave-copies"),
            Some(_) => fl!(loader, "leave-apply"),
            None => fl!(loader, "leave-download"),
        };
        paragraph(ui, text, Type::Body, colors.text);
        buttons(ui, "leave", |ui| {
            let (text, action) = if applying {
                (fl!(loader, "leave-when-done"), LeaveAction::WhenDone)
            } else {
                (fl!(loader, "leave-now"), LeaveAction::Now)
            };
            if Button::new(&text).show(ui).clicked() {
                scene.send(Action::Leave(action));
            }
            let button = Button::new(&fl!(loader, "leave-stay")).look(Look::Primary).show(ui);
            offer_focus(ui, &button);
            if button.clicked() {
                scene.send(stay);
            }
        });
    });
}
