//! What the details say, put together from what is known; drawing is [`super::parts`]'s.

use egui::Ui;
use i18n_embed_fl::fl;
use smarts_core::offer::{Item, NotManaged, State};

use super::of_base::NAMED;
use super::timeline::{Mark, marks};
use super::{group, of_base};
use crate::model::details::{Details, Of};
use crate::model::devices::DeviceFilter;
use crate::model::{Action, DevicesAction, PLATFORM, UPDATER};
use crate::view::controls::Control;
use crate::view::coverage;
use crate::view::dialogs::stopped_devices;
use crate::view::row_state::{self, Side};
use crate::view::theme::{self, Palette, Type};
use crate::view::widgets::marks::{Badge, Tone};
use crate::view::widgets::text::Line;
use crate::view::{Scene, life, platform_card, tips, updater_card};

/// A heading with what stands below it.
#[derive(Default)]
pub(super) struct Part {
    /// The heading.
    pub title: String,
    /// What there is to say.
    pub lines: Vec<Line>,
    /// What leads elsewhere from here: text, where to (shown beside it), what happens.
    pub links: Vec<Link>,
    /// So many links more than are named.
    pub more: usize,
}

/// A way to somewhere else.
pub(super) struct Link {
    /// What it is.
    pub text: String,
    /// The address, shown before it is opened.
    pub address: Option<String>,
    /// What it does.
    pub action: Action,
}

/// All of it.
pub(super) struct About {
    /// Its name.
    pub name: String,
    /// What it is, in a word or two.
    pub what: String,
    /// Its icon.
    pub badge: Badge,
    /// What can be done.
    pub controls: Vec<Control>,
    /// What to know of it before anything else.
    pub first: Vec<Line>,
    /// Its versions, the newest first.
    pub marks: Vec<Mark>,
    /// What subscriptions say.
    pub coverage: Option<Covered>,
    /// The rest.
    pub parts: Vec<Part>,
}

/// What subscriptions say: in a mark, and in words.
pub(super) struct Covered {
    /// As on the row.
    pub text: String,
    /// And by its colour.
    pub tone: Tone,
    /// Why.
    pub words: Option<String>,
}

impl Part {
    /// One with lines alone.
    pub(super) fn of(title: String, lines: Vec<Line>) -> Self {
        Self { title, lines, ..Self::default() }
    }
}

/// `None`: it has gone meanwhile.
pub(super) fn about(ui: &Ui, scene: &Scene<'_>, details: &Details) -> Option<About> {
    let colors = theme::palette(ui);
    match &details.of {
        Of::Group(key) => group::about(scene, colors, key),
        Of::Item(id) if id == PLATFORM || id == UPDATER => Some(of_program(scene, colors, id)),
        Of::Item(id) => of_base::about(scene, colors, id, details.copies.as_ref()),
    }
}

/// The platform, or this program.
fn of_program(scene: &Scene<'_>, colors: &Palette, id: &str) -> About {
    let loader = scene.loader();
    let item = scene.model.item_by_id(id);
    let machine = scene.model.machine.as_ref();
    let name = life::name(scene, id);
    let card =
        if id == PLATFORM { platform_card::card(scene, colors) } else { updater_card::card(scene, colors) };
    let (badge, accent, what, dir) = if id == PLATFORM {
        let dir = machine.and_then(|machine| machine.platform.as_ref()?.install_dir.clone());
        (Badge::Platform, colors.violet, fl!(loader, "details-what-platform"), dir)
    } else {
        let dir = machine.and_then(|machine| machine.updater.as_ref()?.install_dir.clone());
        (Badge::Program, colors.text, fl!(loader, "details-what-updater"), dir)
    };
    let installed = item.and_then(|item| item.installed).or_else(|| match id {
        PLATFORM => Some(machine?.platform.as_ref()?.version),
        _ => Some(machine?.updater.as_ref()?.version),
    });
    let items: Vec<&Item> = item.into_iter().collect();
    let is_busy = scene.model.activity(id).is_some();
    let (controls, lines) = card.map(|card| (card.controls, card.middle)).unwrap_or_default();
    let stopping = item.and_then(|item| stopping(scene, colors, item));
    let replaced = item.and_then(|item| replaced(scene, colors, item));
    let mut parts: Vec<Part> = stopping.into_iter().chain(replaced).collect();
    if let Some(dir) = dir {
        let line = Line::of(dir, Type::Small, colors.text).rows(2);
        parts.push(Part::of(fl!(loader, "details-folder"), vec![line]));
    }
    About {
        what,
        badge,
        controls: without_menu(controls),
        first: if is_busy { lines } else { first_lines(scene, colors, &items) },
        marks: marks(scene, accent, colors, item, installed),
        coverage: coverage_of(scene, &items).filter(|_| id == PLATFORM),
        parts,
        name,
    }
}

/// The devices that its release would stop, and the way to what can be done for them.
fn stopping(scene: &Scene<'_>, colors: &Palette, item: &Item) -> Option<Part> {
    let loader = scene.loader();
    let (devices, _) = stopped_devices(item)?;
    let name = |device: &String| Line::of(device, Type::Small, colors.text);
    let show = DevicesAction::Show { filter: DeviceFilter::Stops, search: String::new() };
    let show =
        Link { text: fl!(loader, "details-devices-show"), address: None, action: Action::Devices(show) };
    Some(Part {
        title: fl!(loader, "details-devices-stop", count = devices.len()),
        lines: devices.iter().take(NAMED).map(name).collect(),
        links: vec![show],
        more: devices.len().saturating_sub(NAMED),
    })
}

/// What stands behind it leads here.
pub(super) fn without_menu(controls: Vec<Control>) -> Vec<Control> {
    controls.into_iter().filter(|control| !matches!(control, Control::Menu { .. })).collect()
}

/// What goes on, which matters more than how it stood before.
pub(super) fn going_on(middle: Vec<Line>, side: Side) -> Vec<Line> {
    let beside = match side {
        Side::Lines(lines) => lines,
        Side::Empty | Side::Chip(..) | Side::ChipWithTip { .. } => Vec::new(),
    };
    middle.into_iter().chain(beside).collect()
}

/// How these stand, which share an offer, and whatever there is to know of any of them, in full.
pub(super) fn first_lines(scene: &Scene<'_>, colors: &Palette, items: &[&Item]) -> Vec<Line> {
    let loader = scene.loader();
    let Some(item) = items.first() else { return Vec::new() };
    let line = |text: String, color| Line::of(text, Type::Body, color).rows(usize::MAX);
    let mut lines = match &item.state {
        State::UpToDate => vec![line(fl!(loader, "details-up-to-date"), colors.muted)],
        State::Available { .. } if scene.model.is_skipped(item) => {
            vec![line(fl!(loader, "chip-skipped"), colors.muted)]
        }
        State::Available { .. } => {
            let whose = scene.texts.updated_by(&scene.model.permission);
            whose.map(|words| line(words, colors.muted)).into_iter().collect()
        }
        State::Blocked { .. } if items.len() > 1 => {
            let blocks = coverage::blocks(scene, colors, items).into_iter();
            let blocks = blocks.chain(coverage::not_judged_line(scene, colors, items));
            blocks.map(|line| line.rows(usize::MAX)).collect()
        }
        State::Blocked { blocks, .. } => {
            blocks.iter().map(|block| line(scene.texts.block(block), colors.err)).collect()
        }
        State::NotManaged { reason } => {
            let is_damage = matches!(reason, NotManaged::Damaged { .. });
            let color = if is_damage { colors.err } else { colors.muted };
            vec![line(scene.texts.not_managed(reason), color)]
        }
        State::Unknown { reason } => {
            let reason = scene.texts.unknown(reason);
            vec![line(fl!(loader, "row-unknown", reason = reason), colors.amber)]
        }
    };
    let (warnings, _) = coverage::warnings(scene, items);
    lines.extend(warnings.into_iter().map(|text| line(text, colors.amber)));
    for line in &mut lines {
        if let Some(run) = line.runs.first_mut() {
            run.text = crate::i18n::sentence(&run.text);
        }
    }
    lines
}

/// The mark of their subscriptions: of what is offered, or of what is installed.
pub(super) fn coverage_of(scene: &Scene<'_>, items: &[&Item]) -> Option<Covered> {
    match &items.first()?.state {
        State::Available { .. } => {
            let (text, tone) = coverage::chip(scene, items);
            let words = Some(tips::of_coverage(scene, items));
            Some(Covered { text, tone, words })
        }
        State::Blocked { .. } | State::UpToDate => {
            let dated = items.iter().filter_map(|item| Some((scene.model.last_day(&item.id)?, *item)));
            let (_, first_to_end) = dated.min_by_key(|(day, _)| *day)?;
            let (text, tone) = coverage::chip_at_rest(scene, first_to_end)?;
            Some(Covered { text, tone, words: None })
        }
        State::NotManaged { .. } | State::Unknown { .. } => None,
    }
}

/// What an update would do, as far as that is known before the file is there.
pub(super) fn replaced(scene: &Scene<'_>, colors: &Palette, item: &Item) -> Option<Part> {
    let loader = scene.loader();
    let offer = item.offer()?;
    let file = offer.release()?.file.as_ref()?;
    let is_template = file.name.to_lowercase().ends_with(".mstmpl");
    let text = match item.id.as_str() {
        PLATFORM => fl!(loader, "details-replaced-platform"),
        UPDATER => fl!(loader, "details-replaced-updater"),
        _ if is_template => fl!(loader, "details-replaced-template"),
        _ => fl!(loader, "details-replaced-wizard"),
    };
    let mut lines = vec![Line::of(text, Type::Small, colors.text).rows(usize::MAX)];
    let proof = row_state::expected_proof(scene, offer);
    let facts = [Some(file.name.clone()), row_state::size_of(scene, offer), proof];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    lines.push(Line::of(facts, Type::Small, colors.muted).rows(3));
    Some(Part::of(fl!(loader, "details-replaced"), lines))
}
