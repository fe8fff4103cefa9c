//! The page about an app before it is staged: the file on its way, what it says of itself and how far it is proved, the
//! bases it is for, and what becomes of it.

use egui::{Frame, Id, Margin, Ui, vec2};
use i18n_embed_fl::fl;
use smarts_core::devices::staging::Older;

use super::questions::results;
use crate::model::devices::{
    AppAction, AppBase, AppFacts, AppFrom, AppObstacle, AppPage, Arrival, DevicesAction, Progress, Staging,
};
use crate::model::{Action, Notice};
use crate::view::Scene;
use crate::view::modal::{leaves, middle_height, modal, offer_focus, scrolling, some_buttons};
use crate::view::sheet::marked;
use crate::view::theme::icons::Icon;
use crate::view::theme::motion;
use crate::view::theme::{
    self, BAR_HEIGHT, ICON, RADIUS_BOX, SPACE_1, SPACE_1_HALF, SPACE_2, SPACE_4, SPACE_5, SPACE_8, Type,
    steps,
};
use crate::view::widgets::button::{Button, Look};
use crate::view::widgets::marks::{Progress as Bar, bar, tick_box};
use crate::view::widgets::radio::{Choice, radios};
use crate::view::widgets::text::{Line, label, paragraph};

const WIDTH: f32 = steps(150);

fn of(action: AppAction) -> Action {
    super::action(DevicesAction::App(action))
}

pub(in crate::view) fn show(ui: &mut Ui, scene: &Scene<'_>, page: &AppPage) {
    let loader = scene.loader();
    let title = match page.facts() {
        Some(facts) => fl!(loader, "app-title-version", version = facts.version.to_string()),
        None => fl!(loader, "app-title"),
    };
    modal(ui, scene, "app", &title, WIDTH, Action::CloseDialog, |ui| {
        ui.add_space(SPACE_1_HALF);
        scrolling(ui, "app", middle_height(ui, steps(35)), |ui| match &page.found {
            None => arriving(ui, scene, page),
            Some(Err(notice)) => refused(ui, notice),
            Some(Ok(facts)) => known(ui, scene, page, facts),
        });
        foot(ui, scene, page);
    });
}

fn foot(ui: &mut Ui, scene: &Scene<'_>, page: &AppPage) {
    let loader = scene.loader();
    let obstacle = page.obstacle(scene.model.is_applying());
    let (cancel, close, stop) = (fl!(loader, "sheet-cancel"), fl!(loader, "close"), fl!(loader, "app-stop"));
    let (confirm, again) = (fl!(loader, "app-confirm"), fl!(loader, "app-again"));
    let is_over = matches!(obstacle, Some(AppObstacle::Refused | AppObstacle::Over));
    let is_stopping = matches!(page.staging, Staging::Running { stopping: true, .. });
    let is_final = matches!(
        page.staging,
        Staging::Running { progress: Some(Progress::Listing { .. } | Progress::Permission), .. }
    );
    let leave =
        (!page.is_running()).then(|| Button::new(if is_over { &close } else { &cancel }).look(Look::Ghost));
    let stop = page.is_running().then(|| Button::new(&stop).dead(is_stopping || is_final));
    let may_again = matches!(obstacle, Some(AppObstacle::Refused)) && !matches!(page.from, AppFrom::File(_));
    let again = may_again.then(|| Button::new(&again));
    let confirm = (!is_over).then(|| {
        let button = Button::new(&confirm).look(Look::Primary).dead(obstacle.is_some());
        button.spins(page.is_running())
    });
    let why = obstacle.and_then(|obstacle| why(scene, obstacle));
    let [leave, stop, again, confirm] =
        some_buttons(ui, "app", why.as_deref(), [leave, stop, again, confirm]);
    leaves(ui, scene, leave.as_ref());
    if let Some(stop) = &stop {
        offer_focus(ui, stop);
        if stop.clicked() {
            scene.send(of(AppAction::Stop));
        }
    }
    if again.is_some_and(|again| again.clicked()) {
        scene.send(of(AppAction::Again));
    }
    if confirm.is_some_and(|confirm| confirm.clicked()) {
        scene.send(of(AppAction::Confirm));
    }
}

/// Why it cannot be staged, where that is not said above.
fn why(scene: &Scene<'_>, obstacle: AppObstacle) -> Option<String> {
    let loader = scene.loader();
    match obstacle {
        AppObstacle::NothingChosen => Some(fl!(loader, "sheet-why-nothing")),
        AppObstacle::Misfit => Some(fl!(loader, "app-why-misfit")),
        AppObstacle::AlreadyThere => Some(fl!(loader, "app-why-there")),
        AppObstacle::Consent => Some(fl!(loader, "sheet-why-consent")),
        AppObstacle::Busy => Some(fl!(loader, "sheet-why-busy")),
        AppObstacle::Looking | AppObstacle::Refused | AppObstacle::Running | AppObstacle::Over => None,
    }
}

fn arriving(ui: &mut Ui, scene: &Scene<'_>, page: &AppPage) {
    let loader = scene.loader();
    match &page.arrival {
        Arrival::Looking => spinning(ui, fl!(loader, "app-looking")),
        Arrival::Examining => spinning(ui, fl!(loader, "at-hand-looking")),
        Arrival::Waiting(why) => spinning(ui, why.clone()),
        Arrival::Downloading(transfer) => {
            let part = transfer.total.filter(|total| *total > 0);
            let part = part.map(|total| (transfer.received as f64 / total as f64).min(1.0) as f32);
            let size = scene.texts.size_of_total(transfer.received, transfer.total);
            let speed = transfer.bytes_per_second.map(|speed| scene.texts.speed(speed));
            let left = transfer.seconds_left.map(|left| scene.texts.time_left(left));
            let facts = [Some(size), speed, left].into_iter().flatten().collect::<Vec<_>>().join(" · ");
            going(ui, &fl!(loader, "app-downloading"), facts, part.into());
        }
    }
}

fn spinning(ui: &mut Ui, words: String) {
    let colors = theme::palette(ui);
    ui.horizontal(|ui| {
        let (_, rect) = ui.allocate_space(vec2(SPACE_5, SPACE_5));
        motion::spinner(ui.painter(), rect.center(), ICON, colors.muted);
        label(ui, &Line::of(words, Type::Body, colors.muted).rows(3));
    });
}

/// A bar with what it is about above it, and how far it is below it.
fn going(ui: &mut Ui, words: &str, facts: String, part: Bar) {
    let colors = theme::palette(ui);
    label(ui, &Line::of(words, Type::Body, colors.text).rows(2));
    ui.add_space(SPACE_2);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), BAR_HEIGHT));
    bar(ui, rect, part, words);
    ui.add_space(SPACE_2);
    label(ui, &Line::of(facts, Type::Small, colors.muted));
}

fn refused(ui: &mut Ui, notice: &Notice) {
    let colors = theme::palette(ui);
    marked(ui, Icon::Cross, colors.err, &notice.what, notice.next.as_deref());
    for more in [&notice.kept, &notice.detail].into_iter().flatten() {
        ui.add_space(SPACE_2);
        paragraph(ui, more, Type::Small, colors.muted);
    }
}

fn known(ui: &mut Ui, scene: &Scene<'_>, page: &AppPage, facts: &AppFacts) {
    let colors = theme::palette(ui);
    about(ui, scene, facts);
    if let Staging::Ended(ended) = &page.staging {
        ui.add_space(SPACE_4);
        return results(ui, scene, ended);
    }
    if let Staging::Running { progress, .. } = &page.staging {
        ui.add_space(SPACE_4);
        return running(ui, scene, progress.as_ref());
    }
    ui.add_space(SPACE_4);
    bases(ui, scene, facts);
    for why in &facts.left_out {
        marked(ui, Icon::Exclamation, colors.amber, why, None);
    }
    if page.has_older() {
        ui.add_space(SPACE_4);
        older(ui, scene, page);
    }
    if page.needs_consent() {
        ui.add_space(SPACE_4);
        consent(ui, scene, page);
    }
}

/// What it says of itself, and how far that can be believed.
fn about(ui: &mut Ui, scene: &Scene<'_>, facts: &AppFacts) {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    let code = facts.version_code.map(|code| fl!(loader, "app-code", code = code.to_string()));
    let released = facts.released.map(|date| fl!(loader, "app-released", date = scene.texts.date(date)));
    let size = Some(scene.texts.size(facts.size));
    let line = Line::of(&facts.file, Type::Strong, colors.text);
    label(ui, &line.rows(2));
    ui.add_space(SPACE_1);
    let parts: Vec<String> =
        [Some(facts.package.clone()), code, size, released].into_iter().flatten().collect();
    paragraph(ui, parts.join(" · "), Type::Small, colors.muted);
    let proof = fl!(loader, "at-hand-proof", proof = scene.texts.proof(&facts.proved));
    paragraph(ui, proof, Type::Small, colors.muted);
}

fn bases(ui: &mut Ui, scene: &Scene<'_>, facts: &AppFacts) {
    let colors = theme::palette(ui);
    label(ui, &Line::of(fl!(scene.loader(), "app-bases"), Type::Strong, colors.text));
    ui.add_space(SPACE_1);
    for base in &facts.bases {
        let words = format!("   {}", about_base(scene, base));
        let line = Line::of(&base.name, Type::Body, colors.text).and(words, Type::Small, colors.muted);
        let id = Id::unique(("app for", &base.id));
        if let Some(chosen) = tick_box(ui, id, base.chosen, &line.rows(2), &base.name) {
            scene.send(of(AppAction::Choose { base_id: base.id.clone(), chosen }));
        }
        // Of a base that is not ticked it does not matter.
        let is_told = base.verdict.as_ref().map_or(true, |remarks| !remarks.is_empty());
        if base.chosen && is_told {
            ui.horizontal(|ui| {
                ui.add_space(SPACE_8);
                ui.vertical(|ui| remarks(ui, base));
            });
        }
        ui.add_space(SPACE_1);
    }
}

fn remarks(ui: &mut Ui, base: &AppBase) {
    let colors = theme::palette(ui);
    match &base.verdict {
        Ok(remarks) => {
            for remark in remarks {
                marked(ui, Icon::Exclamation, colors.amber, remark, None);
            }
        }
        Err(misfit) => marked(ui, Icon::Cross, colors.err, misfit, None),
    }
}

fn about_base(scene: &Scene<'_>, base: &AppBase) -> String {
    let loader = scene.loader();
    let count = scene.texts.devices_count(base.devices);
    let staged = match base.staged {
        Some(version) if base.is_there => fl!(loader, "app-is-there", version = version.to_string()),
        Some(version) => fl!(loader, "app-was-staged", version = version.to_string()),
        None => fl!(loader, "devices-staged-nothing"),
    };
    format!("{count} · {staged}")
}

fn older(ui: &mut Ui, scene: &Scene<'_>, page: &AppPage) {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    label(ui, &Line::of(fl!(loader, "app-older"), Type::Strong, colors.text));
    ui.add_space(SPACE_1);
    let choice = |key: &str, name: String, hint: String| Choice {
        id: Id::unique(("older apps", key)),
        lines: vec![
            Line::of(&name, Type::Body, colors.text),
            Line::of(hint, Type::Small, colors.muted).rows(2),
        ],
        name,
        dead: false,
    };
    let choices = [
        choice("keep", fl!(loader, "app-older-keep"), fl!(loader, "app-older-keep-hint")),
        choice("remove", fl!(loader, "app-older-remove"), fl!(loader, "app-older-remove-hint")),
    ];
    let chosen = usize::from(page.older == Older::Remove);
    if let Some(place) = radios(ui, &choices, Some(chosen)) {
        let older = if place == 0 { Older::Keep } else { Older::Remove };
        scene.send(of(AppAction::Older(older)));
    }
}

fn consent(ui: &mut Ui, scene: &Scene<'_>, page: &AppPage) {
    let colors = theme::palette(ui);
    let text = fl!(scene.loader(), "app-consent");
    let margin = Margin::symmetric(SPACE_4 as i8, SPACE_2 as i8);
    Frame::NONE.fill(colors.amber_bg).corner_radius(RADIUS_BOX).inner_margin(margin).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let line = Line::of(&text, Type::Body, colors.amber).rows(4);
        if let Some(consent) = tick_box(ui, Id::unique("app consent"), page.consent, &line, &text) {
            scene.send(of(AppAction::Consent(consent)));
        }
    });
}

fn running(ui: &mut Ui, scene: &Scene<'_>, progress: Option<&Progress>) {
    let loader = scene.loader();
    match progress {
        None => spinning(ui, fl!(loader, "app-begins")),
        Some(Progress::Permission) => spinning(ui, fl!(loader, "life-permission-hint")),
        Some(Progress::Copying { base, done, total }) => {
            let part = (*total > 0).then(|| (*done as f64 / *total as f64).min(1.0) as f32);
            let words = fl!(loader, "app-copying", base = base.as_str());
            going(ui, &words, scene.texts.size_of_total(*done, Some(*total)), part.into());
        }
        Some(Progress::Listing { base }) => {
            let words = fl!(loader, "app-listing", base = base.as_str());
            going(ui, &words, fl!(loader, "app-listing-hint"), Bar::Unknown);
        }
    }
}
