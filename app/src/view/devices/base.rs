//! The card of a base: what it is, what it hands out, what could be staged, and its devices.

use std::sync::Arc;

use egui::{Color32, Frame, Galley, Id, Rect, Role, Stroke, Ui, UiBuilder, pos2, vec2};
use i18n_embed_fl::fl;
use smarts_core::devices::overview::{BaseDevices, DeviceState, Newest, Overview};
use smarts_core::devices::staged::Staged;

use super::row::{self, Rows};
use super::{action, columns};
use crate::model::devices::{AppFrom, DevicesAction};
use crate::model::{Action, Permission, is_web_address};
use crate::view::Scene;
use crate::view::controls::{self, Control};
use crate::view::theme::{self, Palette, RADIUS_CARD, SPACE_3, SPACE_4, Type, steps};
use crate::view::widgets::button::Look;
use crate::view::widgets::spoken;
use crate::view::widgets::text::{Line, place};

const LEAST_HEIGHT: f32 = steps(14);

pub(super) fn card(
    ui: &mut Ui,
    scene: &Scene<'_>,
    overview: &Overview,
    base: &BaseDevices,
    devices: &[usize],
    rows: &Rows,
) {
    let colors = theme::palette(ui);
    let frame =
        Frame::NONE.fill(colors.surface).stroke(Stroke::new(1.0, colors.line)).corner_radius(RADIUS_CARD);
    let builder = UiBuilder::new()
        .scope_id(Id::unique(("devices of", &base.id)))
        .accessibility_role(Role::Group)
        .accessibility_label(base.name.as_str());
    ui.scope_builder(builder, |ui| {
        frame.show(ui, |ui| {
            head(ui, scene, overview, base);
            let devices: Vec<&DeviceState> =
                devices.iter().filter_map(|place| base.devices.get(*place)).collect();
            if !devices.is_empty() {
                list(ui, scene, overview, base, &devices, rows);
            }
        });
        spoken::place(ui, ui.min_rect());
    });
    ui.add_space(SPACE_4);
}

fn list(
    ui: &mut Ui,
    scene: &Scene<'_>,
    overview: &Overview,
    base: &BaseDevices,
    devices: &[&DeviceState],
    rows: &Rows,
) {
    columns::head(ui, scene);
    let builder = UiBuilder::new()
        .scope_id(Id::unique(("rows of", &base.id)))
        .accessibility_role(Role::List)
        .accessibility_label(fl!(scene.loader(), "devices-list-name", name = base.name.as_str()));
    ui.scope_builder(builder, |ui| {
        for (number, device) in devices.iter().enumerate() {
            row::show(ui, scene, overview, &base.id, device, (number, devices.len()), rows);
        }
        spoken::place(ui, ui.min_rect());
    });
}

/// As tall as its words need.
fn head(ui: &mut Ui, scene: &Scene<'_>, overview: &Overview, base: &BaseDevices) {
    let colors = theme::palette(ui);
    let controls = controls(scene, overview, base);
    let width = ui.available_width();
    let controls_width = controls::width(ui, &controls);
    let text_width = (width - 2.0 * SPACE_4 - controls_width - SPACE_4).max(0.0);
    let lines: Vec<(Line, Arc<Galley>)> = words(scene, colors, overview, base)
        .into_iter()
        .map(|line| {
            let galley = line.galley(ui, text_width);
            (line, galley)
        })
        .collect();
    let text_height: f32 = lines.iter().map(|(_, galley)| galley.size().y).sum();
    let height = (text_height + 2.0 * SPACE_3).max(LEAST_HEIGHT);
    let (_, rect) = ui.allocate_space(vec2(width, height));
    let mut top = rect.center().y - text_height / 2.0;
    for (line, galley) in lines {
        let size = galley.size();
        place(ui, pos2(rect.left() + SPACE_4, top), &line, galley);
        top += size.y;
    }
    let right = Rect::from_min_max(
        pos2(rect.right() - SPACE_3 - controls_width, rect.top()),
        pos2(rect.right() - SPACE_3, rect.top() + LEAST_HEIGHT.max(height.min(steps(18)))),
    );
    controls::show(ui, scene, Id::unique(("devices of", &base.id, "controls")), right, &controls);
}

fn words(scene: &Scene<'_>, colors: &Palette, overview: &Overview, base: &BaseDevices) -> Vec<Line> {
    let loader = scene.loader();
    let texts = scene.texts;
    let title = Line::of(&base.name, Type::Strong, colors.text);
    let mut lines = vec![title.and(format!("   {}", base.product), Type::Small, colors.muted)];
    let staged_color = if overview.hands_out_fit(base) { colors.ok } else { colors.text };
    let count = match base.devices.len() {
        0 => fl!(loader, "devices-none-yet"),
        count => texts.devices_count(count),
    };
    let mut facts = Line::of(format!("{count} · "), Type::Small, colors.muted).and(
        texts.base_staged(base),
        Type::Small,
        staged_color,
    );
    if let Some(newest) = texts.base_newest(base) {
        facts = facts.and(format!(" · {newest}"), Type::Small, colors.muted);
    }
    lines.push(facts.rows(2));
    let small = |words: String, color: Color32| Line::of(words, Type::Small, color).rows(3);
    lines.extend(scene.texts.carried_for(overview, base).map(|words| small(words, colors.muted)));
    if base.is_incomplete {
        lines.push(small(fl!(loader, "devices-incomplete"), colors.amber));
    }
    let problems = base.staged.as_ref().map(|staged| texts.staged_problems(staged)).unwrap_or_default();
    lines.extend(problems.into_iter().map(|problem| small(problem, colors.amber)));
    lines
}

fn controls(scene: &Scene<'_>, overview: &Overview, base: &BaseDevices) -> Vec<Control> {
    let loader = scene.loader();
    let name = base.name.as_str();
    let may = scene.model.permission == Permission::Granted && base.staged.is_some();
    let mut controls = Vec::new();
    if may && matches!(base.newest, Newest::Release(_)) && !base.has_newest_staged() {
        let helps = overview.source_may_help(base);
        let lacks = |device: &DeviceState| overview.lacks_app(base, device);
        let look = if helps && base.devices.iter().any(lacks) { Look::Primary } else { Look::Plain };
        controls.push(Control::Button {
            text: fl!(loader, "devices-prepare"),
            name: fl!(loader, "devices-prepare-name", name = name),
            look,
            action: action(DevicesAction::Prepare { from: AppFrom::Source, base_ids: vec![base.id.clone()] }),
        });
    }
    controls.push(Control::Menu {
        name: fl!(loader, "menu-name", name = name),
        entries: entries(scene, base, may),
    });
    controls
}

fn entries(scene: &Scene<'_>, base: &BaseDevices, may: bool) -> Vec<(String, Action)> {
    let loader = scene.loader();
    let mut entries = Vec::new();
    if may {
        let choose = action(DevicesAction::ChooseApp { base_id: base.id.clone() });
        entries.push((fl!(loader, "devices-menu-file"), choose));
        if scene.model.devices_page.undoable.contains_key(&base.id) {
            let undo = action(DevicesAction::AskToUnstage(base.id.clone()));
            entries.push((fl!(loader, "devices-menu-undo"), undo));
        }
    }
    let newest = base.staged.as_ref().and_then(Staged::newest);
    if let Some(staged) = base.staged.as_ref().filter(|_| newest.is_some()) {
        entries.push((fl!(loader, "devices-menu-folder"), Action::OpenFolder(staged.dir.clone())));
    }
    entries.extend(links(scene, base));
    let ways = action(DevicesAction::ShowWays { base_id: base.id.clone() });
    entries.push((fl!(loader, "devices-menu-ways"), ways));
    entries
}

/// Where the product's description sends people.
pub(super) fn links(scene: &Scene<'_>, base: &BaseDevices) -> Vec<(String, Action)> {
    let loader = scene.loader();
    let links = [
        (&base.links.update, fl!(loader, "devices-menu-page")),
        (&base.links.store, fl!(loader, "devices-menu-store")),
    ];
    let open = |(url, words): (&Option<String>, String)| {
        let url = url.clone().filter(|url| is_web_address(url))?;
        Some((words, Action::OpenLink(url)))
    };
    links.into_iter().filter_map(open).collect()
}
