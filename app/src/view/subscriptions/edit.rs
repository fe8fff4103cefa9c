//! A record by hand, and one date for several devices.

use egui::accesskit::HasPopup;
use egui::{Align, Id, Key, Layout, Popup, Response, ScrollArea, Ui, UiBuilder, vec2};
use i18n_embed_fl::fl;
use jiff::civil::Date;
use smarts_core::subscription::{Edit, Fault, Field, LONGEST_NAME, LONGEST_NOTE};

use super::{action, is_asked, outcome};
use crate::i18n::sentence;
use crate::model::schedule::Saving;
use crate::model::subscriptions::{Choice, EditForm, EditObstacle, EditPage, Subject};
use crate::model::{Action, SubscriptionsAction};
use crate::view::Scene;
use crate::view::modal::{buttons, middle_height, modal, offer_focus, scrolling};
use crate::view::theme::{
    self, BUTTON_HEIGHT, Palette, SPACE_1, SPACE_1_HALF, SPACE_2, SPACE_3, SPACE_4, SPACE_8, Type, steps,
};
use crate::view::widgets::button::{Button, Look};
use crate::view::widgets::fields::{TextField, text_field};
use crate::view::widgets::marks::tick_box;
use crate::view::widgets::select::{entries, select};
use crate::view::widgets::spoken;
use crate::view::widgets::text::{Line, label, place as place_text};

const WIDTH: f32 = steps(130);
const LABEL_WIDTH: f32 = steps(32);
const DATE_WIDTH: f32 = steps(38);
const CHOICE_HEIGHT: f32 = SPACE_8;
const GAP: f32 = SPACE_3;

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, page: &EditPage) {
    let loader = scene.loader();
    let title = match &page.subject {
        Subject::New => fl!(loader, "subs-edit-new"),
        Subject::Record(record) => fl!(loader, "subs-edit-record", device = record.device.as_str()),
        Subject::Several(choices) if choices.iter().all(|choice| choice.record.is_none()) => {
            fl!(loader, "subs-edit-several-new")
        }
        Subject::Several(_) => fl!(loader, "subs-edit-several"),
    };
    let edit = scene.model.edit(page);
    modal(ui, scene, "subscription edit", &title, WIDTH, Action::CloseDialog, |ui| {
        ui.add_space(SPACE_4);
        let mut form = page.form.clone();
        let height = middle_height(ui, steps(48));
        let mut entered = false;
        match &page.subject {
            Subject::New | Subject::Record(_) => {
                scrolling(ui, "subscription edit", height, |ui| entered = one(ui, scene, page, &mut form));
            }
            Subject::Several(choices) => entered = several(ui, scene, page, choices, &mut form, height),
        }
        if form != page.form {
            scene.send(action(SubscriptionsAction::Type(form)));
        }
        outcome(ui, scene, &page.saving);
        keys(ui, scene, page, &edit, entered);
    });
}

fn keys(ui: &mut Ui, scene: &Scene<'_>, page: &EditPage, edit: &Result<&Edit, EditObstacle>, entered: bool) {
    let loader = scene.loader();
    let text = match (&page.saving, is_asked(scene)) {
        (Saving::Running, _) => fl!(loader, "subs-saving"),
        (_, true) => fl!(loader, "subs-save-asked"),
        (_, false) => fl!(loader, "subs-save"),
    };
    let why = edit.as_ref().err().and_then(|obstacle| why(scene, page, obstacle));
    let cancel = fl!(loader, "sheet-cancel");
    let drawn =
        [Button::new(&cancel).look(Look::Ghost), Button::new(&text).look(Look::Primary).dead(edit.is_err())];
    let [cancel, save] = buttons(ui, "subscription edit", why.as_deref(), drawn);
    if cancel.clicked() {
        scene.send(Action::CloseDialog);
    }
    if edit.is_ok() && (save.clicked() || entered) {
        scene.send(action(SubscriptionsAction::Save));
    }
}

/// Why it cannot be saved, where it is not said at the field.
fn why(scene: &Scene<'_>, page: &EditPage, obstacle: &EditObstacle) -> Option<String> {
    let loader = scene.loader();
    match obstacle {
        EditObstacle::Wrong(fault @ Fault::Missing { .. }) => {
            Some(sentence(&scene.texts.record_fault(fault)))
        }
        EditObstacle::ListUnread => Some(fl!(loader, "subs-edit-list-unread")),
        EditObstacle::NothingChosen => Some(fl!(loader, "subs-edit-nothing-chosen")),
        EditObstacle::Changed { until } => {
            Some(fl!(loader, "subs-edit-changed", date = scene.texts.until(*until)))
        }
        EditObstacle::Gone => Some(fl!(loader, "subs-edit-gone")),
        EditObstacle::Same if page.saving != Saving::Running => Some(fl!(loader, "subs-edit-same")),
        EditObstacle::Locked
        | EditObstacle::Saving
        | EditObstacle::Wrong(_)
        | EditObstacle::Exists { .. }
        | EditObstacle::Same => None,
    }
}

/// Whether Enter was pressed in the field.
fn is_entered(ui: &Ui, field: &Response) -> bool {
    field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}

/// Whether Enter was pressed in one of the fields.
fn one(ui: &mut Ui, scene: &Scene<'_>, page: &EditPage, form: &mut EditForm) -> bool {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let fault = match scene.model.edit(page) {
        Err(EditObstacle::Wrong(fault)) => Some(fault),
        _ => None,
    };
    let wrong = |field: Field| fault.as_ref().is_some_and(|fault| is_about(fault, field));
    let is_new = page.subject == Subject::New;

    let mut entered = device(ui, scene, page, form, wrong(Field::Device));
    if wrong(Field::Device) {
        at_field(ui, scene, fault.as_ref());
    } else if page.outlook.is_stranger {
        below(ui, fl!(loader, "subs-edit-stranger"), colors.amber);
    } else if is_new {
        below(ui, fl!(loader, "subs-edit-device-hint"), colors.muted);
    }
    ui.add_space(GAP);

    let name = fl!(loader, "subs-edit-product");
    let all = fl!(loader, "subs-all-products");
    let mut texts = vec![all.as_str()];
    texts.extend(page.products.iter().map(String::as_str));
    let chosen = match &form.product {
        None => Some(0),
        Some(product) => page.products.iter().position(|other| other == product).map(|place| place + 1),
    };
    row(ui, &name, |ui| {
        let id = Id::unique("subscription product");
        if let Some(place) = select(ui, id, &name, &texts, chosen, ui.available_width()) {
            form.product = place.checked_sub(1).and_then(|place| page.products.get(place)).cloned();
        }
    });
    ui.add_space(GAP);

    entered |= until(ui, scene, page, form, wrong(Field::Until));
    if wrong(Field::Until) {
        at_field(ui, scene, fault.as_ref());
    }
    remarks(ui, scene, colors, page);
    ui.add_space(GAP);

    for (field, name, text, limit) in [
        (Field::Licence, fl!(loader, "subs-edit-licence"), &mut form.licence, LONGEST_NAME),
        (Field::Note, fl!(loader, "subs-edit-note"), &mut form.note, LONGEST_NOTE),
    ] {
        let wrong = wrong(field);
        row(ui, &name, |ui| {
            let width = ui.available_width();
            let id = Id::unique(("subscription field", field));
            let field = TextField { id, name: &name, hint: "", width, limit, wrong };
            let (typed, response) = text_field(ui, &field, text);
            if let Some(typed) = typed {
                *text = typed;
            }
            entered |= is_entered(ui, &response);
        });
        if wrong {
            at_field(ui, scene, fault.as_ref());
        }
        ui.add_space(GAP);
    }
    entered
}

/// What to know of the date before it is saved.
fn remarks(ui: &mut Ui, scene: &Scene<'_>, colors: &Palette, page: &EditPage) {
    let loader = scene.loader();
    let date = |date: Date| scene.texts.until(date);
    if let Err(EditObstacle::Exists { until }) = scene.model.edit(page) {
        below(ui, fl!(loader, "subs-edit-exists", date = date(until)), colors.err);
        return;
    }
    if let Some(before) = page.outlook.earlier {
        below(ui, fl!(loader, "subs-edit-earlier", date = date(before)), colors.amber);
    } else if page.until().is_some_and(|until| until < scene.model.now.date()) && is_other(page) {
        below(ui, fl!(loader, "subs-edit-already"), colors.amber);
    }
    if !page.outlook.outvoted.is_empty() {
        let names = scene.texts.records_until(&page.outlook.outvoted);
        below(ui, fl!(loader, "subs-edit-outvotes", names = names), colors.amber);
    }
    if let Some(replaced) = page.outlook.replaced {
        below(ui, fl!(loader, "subs-edit-replaces", date = date(replaced)), colors.muted);
    }
}

/// Whether another date is typed than there was.
fn is_other(page: &EditPage) -> bool {
    match &page.subject {
        Subject::Record(before) => page.until() != Some(before.until),
        Subject::New | Subject::Several(_) => true,
    }
}

fn device(ui: &mut Ui, scene: &Scene<'_>, page: &EditPage, form: &mut EditForm, wrong: bool) -> bool {
    let loader = scene.loader();
    let name = fl!(loader, "subs-edit-device");
    row(ui, &name, |ui| {
        let text = fl!(loader, "subs-edit-choose");
        let full = fl!(loader, "subs-edit-choose-name");
        let listed = &page.outlook.listed;
        let button = Button::new(&text).name(&full).dead(listed.is_empty());
        let button_width = if page.devices.is_empty() { 0.0 } else { button.size(ui).x + SPACE_2 };
        let width = ui.available_width() - button_width;
        let id = Id::unique("subscription device");
        let field = TextField { id, name: &name, hint: "", width, limit: LONGEST_NAME, wrong };
        let (typed, response) = text_field(ui, &field, &form.device);
        if page.subject == Subject::New && form.device.is_empty() {
            offer_focus(ui, &response);
        }
        if let Some(typed) = typed {
            form.device = typed;
        }
        let entered = is_entered(ui, &response);
        if page.devices.is_empty() {
            return entered;
        }
        let opener = button.show(ui);
        let shown = Popup::menu(&opener).accessible_name(&full).gap(SPACE_1).show(|ui| {
            let chosen = listed.iter().position(|device| *device == form.device);
            if let Some(device) = entries(ui, listed, chosen, steps(65)).and_then(|place| listed.get(place)) {
                form.device.clone_from(device);
            }
        });
        spoken::opens(ui, &opener, HasPopup::Listbox, shown.is_some());
        entered
    })
}

fn until(ui: &mut Ui, scene: &Scene<'_>, page: &EditPage, form: &mut EditForm, wrong: bool) -> bool {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    let name = fl!(loader, "subs-edit-until");
    row(ui, &name, |ui| {
        let id = Id::unique("subscription until");
        let field = TextField { id, name: &name, hint: "", width: DATE_WIDTH, limit: 10, wrong };
        let (typed, response) = text_field(ui, &field, &form.until);
        if page.subject != Subject::New || !form.device.is_empty() {
            offer_focus(ui, &response);
        }
        if let Some(typed) = typed {
            form.until = typed;
        }
        ui.add_space(SPACE_2);
        let hint = match &page.subject {
            Subject::Record(before) => {
                fl!(loader, "subs-edit-before", date = scene.texts.until(before.until))
            }
            Subject::New | Subject::Several(_) => fl!(loader, "subs-edit-until-hint"),
        };
        label(ui, &Line::of(hint, Type::Small, colors.muted));
        is_entered(ui, &response)
    })
}

fn several(
    ui: &mut Ui,
    scene: &Scene<'_>,
    page: &EditPage,
    choices: &[Choice],
    form: &mut EditForm,
    height: f32,
) -> bool {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let fault = match scene.model.edit(page) {
        Err(EditObstacle::Wrong(fault)) if is_about(&fault, Field::Until) => Some(fault),
        _ => None,
    };
    let entered = until(ui, scene, page, form, fault.is_some());
    if fault.is_some() {
        at_field(ui, scene, fault.as_ref());
    }
    remarks(ui, scene, colors, page);
    ui.add_space(SPACE_4);
    label(ui, &Line::of(fl!(loader, "subs-edit-which"), Type::Strong, colors.text));
    ui.add_space(SPACE_1_HALF);
    let room = (height - steps(28)).max(2.0 * CHOICE_HEIGHT).min(choices.len() as f32 * CHOICE_HEIGHT);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), room));
    let mut inner = ui.new_child(UiBuilder::new().max_rect(rect));
    inner.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().id_salt("subscription choices").auto_shrink([false, false]);
    area.show_rows(&mut inner, CHOICE_HEIGHT, choices.len(), |ui, places| {
        for place in places {
            if let Some(choice) = choices.get(place) {
                choice_row(ui, scene, place, choice);
            }
        }
    });
    entered
}

fn choice_row(ui: &mut Ui, scene: &Scene<'_>, place: usize, choice: &Choice) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let name = scene.texts.device_product(&choice.device, choice.product.as_deref());
    let before = match &choice.record {
        Some(record) => fl!(loader, "subs-edit-before", date = scene.texts.until(record.until)),
        None => fl!(loader, "subs-edit-before-none"),
    };
    let line = Line::of(&name, Type::Body, colors.text).and(format!("  {before}"), Type::Small, colors.muted);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), CHOICE_HEIGHT));
    let mut row = ui.new_child(UiBuilder::new().max_rect(rect));
    let id = Id::unique(("subscription choice", place));
    if let Some(chosen) = tick_box(&mut row, id, choice.chosen, &line, &name) {
        scene.send(action(SubscriptionsAction::Choose { place, chosen }));
    }
}

/// A name and its control side by side.
fn row<R>(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    let colors = theme::palette(ui);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), BUTTON_HEIGHT));
    let layout = Layout::left_to_right(Align::Center);
    let part = |rect| UiBuilder::new().max_rect(rect).layout(layout);
    let mut left = ui.new_child(part(rect.with_max_x(rect.left() + LABEL_WIDTH)));
    label(&mut left, &Line::of(name, Type::Body, colors.text));
    let id = Id::unique(("subscription row", name));
    let mut right = ui.new_child(part(rect.with_min_x(rect.left() + LABEL_WIDTH)).scope_id(id));
    right.spacing_mut().item_spacing.x = SPACE_2;
    content(&mut right)
}

/// Below a control, and as far in.
fn below(ui: &mut Ui, text: String, color: egui::Color32) {
    ui.add_space(SPACE_1);
    let width = ui.available_width() - LABEL_WIDTH;
    let line = Line::of(text, Type::Small, color).rows(usize::MAX);
    let galley = line.galley(ui, width);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), galley.size().y));
    place_text(ui, rect.min + vec2(LABEL_WIDTH, 0.0), &line, galley);
}

/// What is wrong with what is typed.
fn at_field(ui: &mut Ui, scene: &Scene<'_>, fault: Option<&Fault>) {
    let colors = theme::palette(ui);
    if let Some(fault) = fault {
        below(ui, sentence(&scene.texts.record_fault(fault)), colors.err);
    }
}

/// What is missing is said beside the button: nobody likes to be told off before having typed.
fn is_about(fault: &Fault, field: Field) -> bool {
    match fault {
        Fault::Date { .. } => field == Field::Until,
        Fault::TooLong { field: about, .. } | Fault::Control { field: about } => *about == field,
        Fault::Missing { .. }
        | Fault::Encoding
        | Fault::LongLine { .. }
        | Fault::Quote
        | Fault::Cells { .. }
        | Fault::AboveHeadings
        | Fault::Duplicate { .. } => false,
    }
}
