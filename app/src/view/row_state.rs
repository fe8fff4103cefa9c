//! What a row of the list says: the base, its versions and its state, each as lines, a mark and controls.
//! Deciding only; [`super::base_row`] draws it.

use i18n_embed_fl::fl;
use smarts_core::machine::{Base, Kind};
use smarts_core::offer::{Item, NotManaged, Offer, State};
use smarts_core::version::Version;

use super::Scene;
use super::controls::{Control, base_menu};
use super::coverage;
use super::item_controls::Keys;
use super::life::{first_connection, life};
use super::theme::{Palette, Type};
use super::tips;
use super::widgets::marks::{Badge, Progress, Tone};
use super::widgets::text::Line;
use crate::model::activity::Activity;
use crate::model::list::Entry;
use crate::model::{Action, Permission, Proved};

/// What a row says.
pub(super) struct Face {
    /// Its name in the accessibility tree.
    pub name: String,
    /// Its icon.
    pub badge: Badge,
    /// Whether it has the blue edge and ground of an update.
    pub tint: bool,
    /// The base and its product.
    pub title: Vec<Line>,
    /// Versions, or what goes on.
    pub middle: Vec<Line>,
    /// A bar below the middle: how far.
    pub bar: Option<Progress>,
    /// Beside the middle.
    pub side: Side,
    /// At the right.
    pub controls: Vec<Control>,
}

/// What stands beside the middle.
pub(super) enum Side {
    /// Nothing: the middle takes its room.
    Empty,
    /// Words.
    Lines(Vec<Line>),
    /// A mark.
    Chip(String, Tone),
    /// A mark that says why to whoever points at it.
    ChipWithTip {
        /// What it says.
        text: String,
        /// And by its colour.
        tone: Tone,
        /// Why.
        tip: String,
    },
}

/// The face of one base.
pub(super) fn base(scene: &Scene<'_>, colors: &Palette, entry: &Entry) -> Face {
    let (base, item) = (scene.model.base(entry), scene.model.item(entry));
    let name =
        base.map(|base| base.name.as_str()).or(item.map(|item| item.name.as_str())).unwrap_or_default();
    let product = base.map(|base| base.product.as_str()).or(item.and_then(|item| item.product.as_deref()));
    let mut face = Face {
        name: name.to_owned(),
        badge: Badge::Letters(product_letter(product.unwrap_or(name))),
        tint: false,
        title: vec![
            Line::of(name, Type::Strong, colors.text),
            Line::of(product_line(scene, base, product.unwrap_or_default()), Type::Small, colors.muted),
        ],
        middle: Vec::new(),
        bar: None,
        side: Side::Empty,
        controls: Vec::new(),
    };
    let keys = Keys { scene, id: &entry.id, name: name.to_owned() };
    match (scene.model.activity(&entry.id), item) {
        (Some(activity), _) => alive(scene, colors, &mut face, &entry.id, item, activity),
        (None, Some(item)) => at_rest(&keys, colors, &mut face, item, base),
        (None, None) => not_checked(scene, colors, &mut face, base),
    }
    face.controls.push(base_menu(scene, name, base, item));
    face
}

/// Whether a base of an open group is ticked for the group's update, while one can be asked for.
pub(super) fn ticked(scene: &Scene<'_>, entry: &Entry) -> Option<bool> {
    let model = scene.model;
    let item = model.item(entry)?;
    let is_open = matches!(item.state, State::Available { .. }) && !model.is_skipped(item);
    let may_be = is_open && model.permission == Permission::Granted && model.activity(&entry.id).is_none();
    may_be.then(|| !model.list.unticked.contains(&entry.id))
}

fn product_line(scene: &Scene<'_>, base: Option<&Base>, product: &str) -> String {
    match base.map(|base| &base.kind) {
        Some(Kind::InternetExchange) => fl!(scene.loader(), "product-exchange", product = product),
        _ => product.to_owned(),
    }
}

/// The first letter of a product's own name: С of «ОБЛАКО Склад 15».
pub(super) fn product_letter(product: &str) -> String {
    let own = product.trim_start_matches("ОБЛАКО").trim_start_matches("Mobile SMARTS:").trim();
    own.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_uppercase().collect()).unwrap_or_default()
}

/// `1.6.2.6493 → 1.6.3.7283`, the newer one in the colour of what it is for.
pub(super) fn versions(
    colors: &Palette,
    accent: egui::Color32,
    installed: Option<&Version>,
    offered: &Version,
) -> Line {
    let arrow = installed.map(|installed| format!("{installed} → ")).unwrap_or_default();
    Line::of(arrow, Type::Body, colors.muted).and(offered.to_string(), Type::Strong, accent)
}

/// Date and size of an offer, or its steps where there are several, and how far its files will be proved.
fn offer_facts(scene: &Scene<'_>, offer: &Offer) -> String {
    let proof = expected(scene, offer).map(|proved| scene.texts.proof_short(&proved));
    if offer.steps.len() > 1 {
        let steps: Vec<String> = offer.steps.iter().map(|step| step.version.to_string()).collect();
        let steps = fl!(scene.loader(), "row-steps", count = offer.steps.len(), steps = steps.join(" → "));
        return [Some(steps), proof].into_iter().flatten().collect::<Vec<_>>().join("\n");
    }
    let Some(release) = offer.release() else { return String::new() };
    let date = release.date.map(|date| scene.texts.date(date));
    joined([date, size_of(scene, offer), proof])
}

pub(super) fn size_of(scene: &Scene<'_>, offer: &Offer) -> Option<String> {
    Some(scene.texts.size(offer.release()?.file.as_ref()?.size?))
}

/// How far the files of an offer will be proved, as far as its source says; the weakest of them.
fn expected(scene: &Scene<'_>, offer: &Offer) -> Option<Proved> {
    let source = &scene.model.report.as_ref()?.source;
    let files = offer.steps.iter().filter_map(|step| step.file.as_ref());
    Proved::weakest(files.map(|file| Proved::expected(file, source.trust, &source.root)))
}

/// The same in words.
pub(super) fn expected_proof(scene: &Scene<'_>, offer: &Offer) -> Option<String> {
    expected(scene, offer).map(|proved| scene.texts.proof(&proved))
}

/// A fact of an offer, and beside it how far it will be proved, as short as there is room in a row.
pub(super) fn with_proof(scene: &Scene<'_>, fact: String, offer: &Offer) -> String {
    joined([Some(fact), expected(scene, offer).map(|proved| scene.texts.proof_short(&proved))])
}

/// Size and proof of an offer's file, for a card; `None` without a file.
pub(super) fn file_facts(scene: &Scene<'_>, colors: &Palette, offer: &Offer) -> Option<Line> {
    let proof = expected_proof(scene, offer)?;
    let facts = joined([size_of(scene, offer).filter(|_| offer.steps.len() == 1), Some(proof)]);
    Some(Line::of(facts, Type::Small, colors.muted).rows(2))
}

/// Facts side by side.
fn joined(facts: impl IntoIterator<Item = Option<String>>) -> String {
    facts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

pub(super) fn alive(
    scene: &Scene<'_>,
    colors: &Palette,
    face: &mut Face,
    id: &str,
    item: Option<&Item>,
    activity: &Activity,
) {
    let life = life(scene, colors, id, &face.name, activity);
    let release = item.and_then(Item::offer).and_then(Offer::release);
    if let (true, Some(release)) = (life.versions, release) {
        let installed = item.and_then(|item| item.installed.as_ref());
        let tip = item.and_then(|item| tips::of_versions(scene, item));
        face.middle.push(versions(colors, colors.blue, installed, &release.version).tip(tip));
    }
    face.middle.extend(life.lines);
    if let Some(badge) = life.badge {
        face.badge = badge;
    }
    face.tint = life.tint;
    face.bar = life.bar;
    if !life.side.is_empty() {
        face.side = Side::Lines(life.side);
    }
    face.controls = life.controls;
}

fn at_rest(keys: &Keys<'_>, colors: &Palette, face: &mut Face, item: &Item, base: Option<&Base>) {
    let scene = keys.scene;
    let installed = |face: &mut Face| {
        let version = item.installed.or(base.and_then(|base| base.version));
        face.middle.extend(version.map(|version| Line::of(version.to_string(), Type::Body, colors.muted)));
    };
    let small = |text: String| Line::of(text, Type::Small, colors.muted);
    match &item.state {
        State::Available { offer } if scene.model.is_skipped(item) => {
            skipped(keys, colors, face, &[item], offer);
        }
        State::Available { offer } => {
            available(scene, colors, face, &[item], offer);
            face.controls = vec![keys.notes()];
            match scene.texts.updated_by(&scene.model.permission) {
                None => face.controls.push(keys.update(false)),
                Some(words) => not_theirs(colors, face, words),
            }
        }
        State::Blocked { offer, .. } => {
            blocked(scene, colors, face, &[item], offer);
            face.controls = if coverage::is_uncovered(item) {
                coverage::controls(keys, &[item], false)
            } else {
                vec![keys.notes()]
            };
        }
        State::UpToDate => {
            installed(face);
            let text = fl!(scene.loader(), "row-up-to-date");
            face.middle.push(small(match first_connection(scene, &item.id) {
                Some(first) => format!("{text} · {first}"),
                None => text,
            }));
            if let Some((text, tone)) = coverage::chip_at_rest(scene, item) {
                face.side = Side::Chip(text, tone);
            }
            warn(scene, colors, face, &[item]);
        }
        State::NotManaged { reason: reason @ NotManaged::Damaged { .. } } => {
            damaged(keys, colors, face, scene.texts.not_managed(reason), base);
        }
        State::NotManaged { reason } => {
            installed(face);
            face.middle.push(small(scene.texts.not_managed(reason)).rows(2));
            face.side = Side::Chip(not_managed_chip(scene, reason), Tone::Neutral);
        }
        State::Unknown { reason } => {
            installed(face);
            let reason = scene.texts.unknown(reason);
            let text = fl!(scene.loader(), "row-unknown", reason = reason);
            face.middle.push(Line::of(text, Type::Small, colors.amber).rows(2));
        }
    }
}

/// An offer for these items, and what is to be said of any of them.
pub(super) fn available(
    scene: &Scene<'_>,
    colors: &Palette,
    face: &mut Face,
    items: &[&Item],
    offer: &Offer,
) {
    let Some(item) = items.first() else { return };
    face.tint = true;
    if let Some(release) = offer.release() {
        let line = versions(colors, colors.blue, item.installed.as_ref(), &release.version);
        face.middle.push(line.tip(tips::of_versions(scene, item)));
    }
    face.middle.push(Line::of(offer_facts(scene, offer), Type::Small, colors.muted).rows(2));
    let (text, tone) = coverage::chip(scene, items);
    face.side = Side::ChipWithTip { text, tone, tip: tips::of_coverage(scene, items) };
    warn(scene, colors, face, items);
}

/// As quiet as a base that is up to date, and with what there is to say of it all the same.
pub(super) fn skipped(keys: &Keys<'_>, colors: &Palette, face: &mut Face, items: &[&Item], offer: &Offer) {
    let Some(item) = items.first() else { return };
    let scene = keys.scene;
    face.tint = false;
    face.middle = Vec::new();
    face.middle.extend(item.installed.map(|version| Line::of(version.to_string(), Type::Body, colors.muted)));
    if let Some(release) = offer.release() {
        let text = fl!(scene.loader(), "row-came-out", version = release.version.to_string());
        face.middle.push(Line::of(text, Type::Small, colors.muted));
    }
    let skipped = fl!(scene.loader(), "chip-skipped");
    face.side = match coverage::exchange_line(scene, colors, items) {
        Some(line) => Side::Lines(vec![line, Line::of(skipped, Type::Small, colors.muted)]),
        None => Side::Chip(skipped, Tone::Neutral),
    };
    face.controls = vec![keys.notes()];
    if scene.model.permission == Permission::Granted {
        face.controls.push(keys.update_skipped());
    }
}

/// The update is not this person's to do: whose it is stands beside it, after what to know.
pub(super) fn not_theirs(colors: &Palette, face: &mut Face, words: String) {
    let line = Line::of(words, Type::Small, colors.muted).rows(2);
    match &mut face.side {
        Side::Lines(lines) => lines.push(line),
        side @ (Side::Empty | Side::Chip(..) | Side::ChipWithTip { .. }) => *side = Side::Lines(vec![line]),
    }
}

/// An offer for these items that cannot be installed.
pub(super) fn blocked(scene: &Scene<'_>, colors: &Palette, face: &mut Face, items: &[&Item], offer: &Offer) {
    let Some(item) = items.first() else { return };
    face.middle.extend(item.installed.map(|version| Line::of(version.to_string(), Type::Body, colors.muted)));
    if let Some(release) = offer.release() {
        let text = fl!(scene.loader(), "row-came-out", version = release.version.to_string());
        face.middle.push(Line::of(text, Type::Small, colors.muted));
    }
    face.middle.extend(coverage::covered_line(scene, colors, items));
    let mut lines = coverage::blocks(scene, colors, items);
    lines.extend(coverage::not_judged_line(scene, colors, items));
    lines.extend(coverage::exchange_line(scene, colors, items));
    face.side = Side::Lines(lines);
}

/// Warnings take the place of the mark: they matter more. What it would have said of subscriptions that nothing is
/// known of stands below them.
fn warn(scene: &Scene<'_>, colors: &Palette, face: &mut Face, items: &[&Item]) {
    let (words, is_unknown) = coverage::warnings(scene, items);
    if words.is_empty() {
        return;
    }
    let rows = if is_unknown { 2 } else { 3 };
    let mut lines = vec![Line::of(words.join("; "), Type::Small, colors.amber).rows(rows)];
    if is_unknown {
        let text = coverage::not_known(scene, items);
        lines.push(Line::of(text, Type::Small, colors.muted));
    }
    face.side = Side::Lines(lines);
}

fn damaged(keys: &Keys<'_>, colors: &Palette, face: &mut Face, words: String, base: Option<&Base>) {
    let scene = keys.scene;
    face.badge = Badge::Alert;
    if let (Some(base), Some(subtitle)) = (base, face.title.get_mut(1)) {
        *subtitle = Line::of(&base.folder, Type::Small, colors.muted);
    }
    face.middle = vec![Line::of(words, Type::Small, colors.err).rows(3)];
    let unseen = fl!(scene.loader(), "row-damaged-works");
    face.side = Side::Lines(vec![Line::of(unseen, Type::Small, colors.muted).rows(2)]);
    if let Some(dir) = base.and_then(|base| base.dir.clone()) {
        face.controls = vec![Control::Button {
            text: fl!(scene.loader(), "button-open-folder"),
            name: fl!(scene.loader(), "button-open-folder-name", name = keys.name.as_str()),
            look: super::widgets::button::Look::Plain,
            action: Action::OpenFolder(dir),
        }];
    }
}

fn not_managed_chip(scene: &Scene<'_>, reason: &NotManaged) -> String {
    let loader = scene.loader();
    match reason {
        NotManaged::Cloud => fl!(loader, "chip-cloud"),
        NotManaged::Remote => fl!(loader, "chip-remote"),
        NotManaged::SwitchedOff | NotManaged::Damaged { .. } | NotManaged::NoReleasesHere => {
            fl!(loader, "chip-off")
        }
    }
}

fn not_checked(scene: &Scene<'_>, colors: &Palette, face: &mut Face, base: Option<&Base>) {
    let version = base.and_then(|base| base.version);
    face.middle.extend(version.map(|version| Line::of(version.to_string(), Type::Body, colors.muted)));
    let damage = base.and_then(|base| match &base.kind {
        Kind::Damaged(damage) => Some(NotManaged::Damaged { damage: damage.clone() }),
        Kind::Cloud => Some(NotManaged::Cloud),
        Kind::Remote => Some(NotManaged::Remote),
        Kind::Local | Kind::InternetExchange => None,
    });
    match damage {
        Some(reason @ NotManaged::Damaged { .. }) => {
            let keys = Keys { scene, id: "", name: face.name.clone() };
            damaged(&keys, colors, face, scene.texts.not_managed(&reason), base);
        }
        Some(reason) => {
            face.middle.push(Line::of(scene.texts.not_managed(&reason), Type::Small, colors.muted).rows(2));
            face.side = Side::Chip(not_managed_chip(scene, &reason), Tone::Neutral);
        }
        None => {
            let text = fl!(scene.loader(), "row-not-checked");
            face.middle.push(Line::of(text, Type::Small, colors.muted));
        }
    }
}
