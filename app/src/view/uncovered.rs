//! «Почему?»: which release came out, whose subscriptions do not cover it, what would happen if it were installed all
//! the same, and what can be done.
//!
//! Deliberately not here: entering dates and writing devices off; that is done on the tab of subscriptions.

use egui::{Ui, vec2};
use i18n_embed_fl::fl;
use jiff::civil::Date;
use smarts_core::catalogue::Release;
use smarts_core::machine::Fault;
use smarts_core::offer::{Block, Item, Offer, State};
use smarts_core::subscription::{Holder, days_left};

use super::Scene;
use super::controls::DOWNLOADS_PAGE;
use super::coverage;
use super::life;
use super::modal::{leaves, middle_height, modal, scrolling, section, some_buttons};
use super::subscriptions::is_free;
use super::theme::{self, SPACE_1, SPACE_2, SPACE_3, SPACE_5, Type, steps};
use super::widgets::button::{Button, Look, link};
use super::widgets::text::{Line, label, paragraph, place};
use crate::i18n::sentence;
use crate::model::subscriptions::ImportAction;
use crate::model::{Action, ItemAction, Permission, SubscriptionsAction};

const WIDTH: f32 = steps(160);
const INDENT: f32 = SPACE_3;

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, item_id: &str, whole_group: bool) {
    let model = scene.model;
    let items = match model.item_by_id(item_id) {
        Some(_) if whole_group => model.blocked_like(item_id),
        Some(item) => vec![item],
        None => Vec::new(),
    };
    let first = items.first().copied().filter(|item| coverage::is_uncovered(item));
    let release = first.and_then(Item::offer).and_then(Offer::release);
    let (Some(item), Some(release)) = (first, release) else {
        // What stood in the way has gone.
        return scene.send(Action::CloseDialog);
    };
    let version = release.version.to_string();
    let ended = coverage::ended(&items);
    let title = if ended.is_empty() {
        fl!(scene.loader(), "uncovered-title-unknown", version = version)
    } else {
        fl!(scene.loader(), "uncovered-title", version = version)
    };
    modal(ui, scene, "uncovered", &title, WIDTH, Action::CloseDialog, |ui| {
        let colors = theme::palette(ui);
        ui.add_space(SPACE_1);
        let name = if items.len() > 1 { product(item) } else { life::name(scene, &item.id) };
        paragraph(ui, came_out(scene, &name, release), Type::Small, colors.muted);
        let height = middle_height(ui, steps(38));
        scrolling(ui, "uncovered", height, |ui| {
            who(ui, scene, &ended);
            no_data(ui, scene, &items);
            what_to_do(ui, scene, &items, item, &ended);
            locked(ui, scene, &items, &ended);
            links(ui, scene, item, &release.version.to_string());
        });
        foot(ui, scene, &items, whole_group);
    });
}

fn product(item: &Item) -> String {
    item.product.clone().unwrap_or_else(|| item.name.clone())
}

fn came_out(scene: &Scene<'_>, name: &str, release: &Release) -> String {
    let version = release.version.to_string();
    match release.date {
        Some(date) => {
            let date = scene.texts.date(date);
            fl!(scene.loader(), "uncovered-came-out", name = name, version = version, date = date)
        }
        None => fl!(scene.loader(), "uncovered-came-out-undated", name = name, version = version),
    }
}

fn who(ui: &mut Ui, scene: &Scene<'_>, ended: &[Holder]) {
    if ended.is_empty() {
        return;
    }
    let loader = scene.loader();
    let colors = theme::palette(ui);
    heading(ui, fl!(loader, "uncovered-who", count = ended.len()));
    for holder in ended {
        let (device, until) = (holder.device.as_str(), scene.texts.date(holder.until));
        let text = fl!(loader, "uncovered-holder", device = device, until = until);
        paragraph(ui, format!("• {text}"), Type::Body, colors.text);
        if holder.long_unseen {
            indented(ui, unseen(scene, holder.last_seen));
        }
    }
    section(ui, fl!(loader, "uncovered-effect"), &fl!(loader, "uncovered-effect-text"));
}

/// Below a device, and beside its mark.
fn indented(ui: &mut Ui, text: String) {
    let colors = theme::palette(ui);
    let line = Line::of(text, Type::Small, colors.muted).rows(usize::MAX);
    let galley = line.galley(ui, ui.available_width() - INDENT);
    let (_, rect) = ui.allocate_space(galley.size() + vec2(INDENT, SPACE_1));
    place(ui, rect.min + vec2(INDENT, 0.0), &line, galley);
}

/// The question about a device that has not been seen for long.
fn unseen(scene: &Scene<'_>, seen: Option<Date>) -> String {
    match seen.map(|seen| days_left(scene.model.now.date(), seen)) {
        Some(days) => fl!(scene.loader(), "uncovered-unseen", days = days),
        None => fl!(scene.loader(), "uncovered-unseen-long"),
    }
}

/// Where the settings want the date of a subscription, or of a release; and where the list itself is not used, which is
/// a stop whatever the settings say, and no date can be entered.
fn no_data(ui: &mut Ui, scene: &Scene<'_>, items: &[&Item]) {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    if coverage::is_list_unread(items) {
        heading(ui, fl!(loader, "row-list-unread"));
        let problems = scene.model.machine.iter().flat_map(|machine| &machine.problems);
        for problem in problems.filter(|problem| matches!(problem.fault, Fault::Subscriptions { .. })) {
            paragraph(ui, sentence(&scene.texts.machine_fault(&problem.fault)), Type::Body, colors.text);
            paragraph(ui, problem.path.as_str(), Type::Small, colors.muted);
        }
        ui.add_space(SPACE_1);
        paragraph(ui, fl!(loader, "uncovered-list-unread-hint"), Type::Body, colors.text);
        return;
    }
    let devices = coverage::unknown(items);
    if !devices.is_empty() {
        heading(ui, fl!(loader, "uncovered-no-data", count = devices.len()));
        for device in &devices {
            paragraph(ui, format!("• {device}"), Type::Body, colors.text);
        }
        ui.add_space(SPACE_1);
        paragraph(ui, fl!(loader, "uncovered-no-data-hint"), Type::Small, colors.muted);
    }
    if items.iter().any(|item| is_undated(item)) {
        ui.add_space(SPACE_2);
        paragraph(ui, fl!(loader, "uncovered-undated-hint"), Type::Body, colors.text);
    }
}

fn is_undated(item: &Item) -> bool {
    let State::Blocked { blocks, .. } = &item.state else { return false };
    blocks.iter().any(|block| matches!(block, Block::SubscriptionUnknown(about) if about.undated))
}

fn what_to_do(ui: &mut Ui, scene: &Scene<'_>, items: &[&Item], item: &Item, ended: &[Holder]) {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    if ended.is_empty() {
        return;
    }
    let offer = item.covered_offer();
    let others = scene.texts.not_judged(items);
    let whose = if others.is_some() { "known" } else { "all" };
    let renew = fl!(loader, "uncovered-renew");
    let renew = if offer.is_some() { format!("• {renew}") } else { renew };
    section(ui, fl!(loader, "uncovered-can"), &renew);
    let covered = match (offer.as_ref().and_then(Offer::release), item.covered, item.installed) {
        (Some(release), _, _) => {
            let version = release.version.to_string();
            let text = match release.date.map(|date| scene.texts.date(date)) {
                Some(date) => {
                    fl!(loader, "uncovered-covered-date", version = version, date = date, whose = whose)
                }
                None => fl!(loader, "uncovered-covered", version = version, whose = whose),
            };
            format!("• {text}")
        }
        (None, Some(covered), Some(installed)) if covered == installed => {
            fl!(loader, "uncovered-covered-installed", version = covered.to_string())
        }
        (None, Some(covered), Some(installed)) if covered < installed => {
            let (version, installed) = (covered.to_string(), installed.to_string());
            fl!(loader, "uncovered-covered-older", version = version, installed = installed)
        }
        (None, Some(covered), _) => {
            fl!(loader, "uncovered-covered-other", version = covered.to_string())
        }
        (None, None, _) => return,
    };
    paragraph(ui, covered, Type::Body, colors.text);
    if let Some(others) = others {
        indented(ui, sentence(&others));
    }
}

/// That dates are not this person's to enter, where any would be of use.
fn locked(ui: &mut Ui, scene: &Scene<'_>, items: &[&Item], ended: &[Holder]) {
    let colors = theme::palette(ui);
    let is_asked =
        !ended.is_empty() || !coverage::unknown(items).is_empty() || coverage::is_list_unread(items);
    if is_asked && !is_free(scene) {
        ui.add_space(SPACE_2);
        paragraph(ui, fl!(scene.loader(), "subs-locked"), Type::Small, colors.muted);
    }
}

fn links(ui: &mut Ui, scene: &Scene<'_>, item: &Item, version: &str) {
    let loader = scene.loader();
    ui.add_space(SPACE_3);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = SPACE_5;
        let notes = fl!(loader, "uncovered-notes", version = version);
        if link(ui, &notes, &notes).clicked() {
            scene.send(Action::Item { id: item.id.clone(), action: ItemAction::ShowNotes });
        }
        let downloads = fl!(loader, "uncovered-downloads");
        if link(ui, &downloads, &downloads).clicked() {
            scene.send(Action::OpenLink(DOWNLOADS_PAGE.to_owned()));
        }
    });
}

fn foot(ui: &mut Ui, scene: &Scene<'_>, items: &[&Item], whole_group: bool) {
    let loader = scene.loader();
    let Some(item) = items.first() else { return };
    let ended = coverage::ended(items);
    let mut devices: Vec<String> = ended.iter().map(|holder| holder.device.clone()).collect();
    devices.extend(coverage::unknown(items));
    let covered = item.covered_offer().filter(|_| scene.model.permission == Permission::Granted);
    let is_list_unread = coverage::is_list_unread(items) && is_free(scene);
    let enters = if is_list_unread {
        Some(fl!(loader, "subs-import"))
    } else if devices.is_empty() || !is_free(scene) {
        None
    } else if ended.is_empty() {
        Some(fl!(loader, "button-enter-date"))
    } else {
        Some(fl!(loader, "button-renewed"))
    };
    let release = covered.as_ref().and_then(Offer::release);
    let updates =
        release.map(|release| fl!(loader, "button-update-to", version = release.version.to_string()));
    let close = fl!(loader, "close");
    let drawn = [
        enters.as_deref().map(Button::new),
        updates.as_deref().map(Button::new),
        Some(Button::new(&close).look(Look::Ghost)),
    ];
    let [enters, updates, close] = some_buttons(ui, "uncovered", None, drawn);
    if enters.is_some_and(|enters| enters.clicked()) {
        if is_list_unread {
            scene.send(Action::CloseDialog);
            scene.send(Action::Subscriptions(SubscriptionsAction::Import(ImportAction::Choose)));
        } else {
            let items = items.iter().map(|item| item.id.clone()).collect();
            scene.send(Action::EnterDates { devices, items });
        }
    }
    if updates.is_some_and(|updates| updates.clicked()) {
        let action = if whole_group { ItemAction::UpdateGroupCovered } else { ItemAction::UpdateCovered };
        scene.send(Action::Item { id: item.id.clone(), action });
    }
    leaves(ui, scene, close.as_ref());
}

fn heading(ui: &mut Ui, title: String) {
    let colors = theme::palette(ui);
    ui.add_space(SPACE_3);
    label(ui, &Line::of(title, Type::Strong, colors.text));
    ui.add_space(2.0);
}
