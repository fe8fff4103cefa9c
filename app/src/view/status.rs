//! The line that answers "is there anything new?", and the banner when that could not be found out.

use egui::{Align, Id, Layout, Rect, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2};
use i18n_embed_fl::fl;
use smarts_core::check::Report;
use smarts_core::source;

use super::Scene;
use super::controls::{self, Control};
use super::theme::{
    self, Palette, RADIUS_BOX, SPACE_1, SPACE_1_HALF, SPACE_3, SPACE_4, SPACE_5, SPACE_6, Type, steps,
};
use super::updater_card;
use super::widgets::button::{Button, Look, link};
use super::widgets::spoken::heading;
use super::widgets::text::{Line, block, label, paragraph, place};
use crate::i18n::sentence;
use crate::model::summary::Headline;
use crate::model::{Action, CheckFailure, FailureKind, Leave, ProxyAction, SourceAction};

/// Narrower than this the facts go below the headline.
const FACTS_MIN_WIDTH: f32 = steps(70);

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    if let Some(failure) = scene.model.check_failure.as_ref().filter(|failure| is_alarm(scene, failure)) {
        banner(ui, scene, failure);
        ui.add_space(SPACE_3);
    }
    headline_row(ui, scene);
    warnings(ui, scene);
    problems_row(ui, scene);
    ui.add_space(SPACE_3);
}

/// That a source is not reached is no news on a PC that has no way to it.
fn is_alarm(scene: &Scene<'_>, failure: &CheckFailure) -> bool {
    !scene.model.offline || failure.kind != FailureKind::Unread
}

/// What to know of the source although it was read. That its signatures have expired stands above already.
fn warnings(ui: &mut Ui, scene: &Scene<'_>) {
    let colors = theme::palette(ui);
    let of_clock = |fault: &&source::Fault| matches!(fault, source::Fault::ClockBehind { .. });
    let mut told = false;
    for fault in scene.model.source_warnings().filter(of_clock) {
        ui.add_space(SPACE_1);
        paragraph(ui, sentence(&scene.texts.source_fault(fault)), Type::Body, colors.amber);
        told = true;
    }
    if let Some(clock) = scene.model.clock.as_ref().filter(|_| !told) {
        ui.add_space(SPACE_1);
        paragraph(ui, sentence(&scene.texts.clock_behind(clock)), Type::Body, colors.amber);
    }
}

fn problems_row(ui: &mut Ui, scene: &Scene<'_>) {
    let count = scene.model.problem_count();
    if count == 0 {
        return;
    }
    let colors = theme::palette(ui);
    let loader = scene.loader();
    ui.add_space(SPACE_1);
    ui.horizontal(|ui| {
        label(ui, &Line::of(fl!(loader, "status-problems", count = count), Type::Body, colors.amber));
        let details = link(ui, &fl!(loader, "link-problems"), &fl!(loader, "link-problems-name"));
        if details.clicked() {
            scene.send(Action::ShowProblems);
        }
    });
}

fn headline_row(ui: &mut Ui, scene: &Scene<'_>) {
    let colors = theme::palette(ui);
    let title = Line::of(headline(scene, scene.model.headline()), Type::Title, colors.text);
    let facts = facts(scene, colors);
    let width = ui.available_width();
    let title_galley = title.galley(ui, width);
    let beside = width - title_galley.size().x - SPACE_3;
    let below = beside < FACTS_MIN_WIDTH && facts.galley(ui, f32::INFINITY).size().x > beside;
    let facts_galley = facts.galley(ui, if below { width } else { beside });
    let height = if below { steps(7) + SPACE_5 } else { steps(7) };
    let (_, rect) = ui.allocate_space(vec2(width, height));
    let title_width = title_galley.size().x;
    let shown = place(ui, rect.min, &title, title_galley);
    heading(ui, shown.id, &title.plain(), 1);
    let at = if below {
        pos2(rect.left(), rect.top() + steps(7))
    } else {
        // On the baseline of the larger text.
        pos2(rect.left() + title_width + SPACE_3, rect.top() + SPACE_1_HALF)
    };
    if !facts.plain().is_empty() {
        place(ui, at, &facts, facts_galley);
    }
}

/// What a check found, in one sentence.
pub(super) fn headline(scene: &Scene<'_>, found: Headline) -> String {
    let loader = scene.loader();
    let model = scene.model;
    match found {
        Headline::NeverChecked if model.check.is_some() || !model.loaded => {
            fl!(loader, "headline-checking-first")
        }
        Headline::NeverChecked | Headline::NothingKnown if model.offline => {
            fl!(loader, "headline-offline-nothing")
        }
        Headline::NeverChecked => fl!(loader, "headline-never-checked"),
        Headline::NothingKnown => fl!(loader, "headline-nothing-known"),
        Headline::Updates(updates) => scene.texts.updates(updates),
        Headline::OnlyUncovered(updates) => {
            fl!(loader, "headline-only-uncovered", what = scene.texts.open_counts(updates, 0))
        }
        Headline::OnlyUnjudged(updates) => {
            fl!(loader, "headline-only-unjudged", what = scene.texts.open_counts(updates, 0))
        }
        Headline::OnlyBlocked { .. } => fl!(loader, "headline-only-blocked"),
        Headline::OnlySkipped => fl!(loader, "headline-only-skipped"),
        Headline::Incomplete { .. } => fl!(loader, "headline-incomplete"),
        Headline::UpToDate => up_to_date(scene),
        Headline::NothingManaged => fl!(loader, "headline-nothing-managed"),
    }
}

/// What was true at the last good check need not be true now.
fn up_to_date(scene: &Scene<'_>) -> String {
    let model = scene.model;
    match (&model.check_failure, &model.report) {
        (failure, Some(report)) if failure.is_some() || model.offline => {
            let at = report.checked_at.to_zoned(model.now.time_zone().clone());
            fl!(scene.loader(), "headline-up-to-date-then", date = scene.texts.date(at.date()))
        }
        _ => fl!(scene.loader(), "headline-up-to-date"),
    }
}

/// What could not be looked up, when that was, how far the source is proved, and which version of this
/// program is installed.
fn facts(scene: &Scene<'_>, colors: &Palette) -> Line {
    let loader = scene.loader();
    let mut line = Line { runs: Vec::new(), rows: 1, tip: None };
    if scene.model.leave == Leave::WhenDone {
        line = line.and(fl!(loader, "leave-will-close"), Type::SmallStrong, colors.text);
        line = line.and(" · ", Type::Body, colors.muted);
    }
    let Some(report) = &scene.model.report else {
        let hint = scene.model.offline.then(|| fl!(loader, "status-offline-hint"));
        return line.and(hint.unwrap_or_default(), Type::Body, colors.muted);
    };
    let counts = scene.model.counts();
    if counts.unknown > 0 {
        line = line.and(fl!(loader, "status-unknown", count = counts.unknown), Type::Body, colors.amber);
        line = line.and(" · ", Type::Body, colors.muted);
    }
    line = subscription_facts(scene, colors, line);
    if counts.skipped > 0 {
        let skipped = fl!(loader, "status-skipped", count = counts.skipped);
        line = line.and(format!("{skipped} · "), Type::Body, colors.muted);
    }
    match &scene.model.check_failure {
        Some(failure) if is_alarm(scene, failure) => without_end(line),
        Some(_) => {
            let line = source_facts(scene, colors, line, report);
            line.and(format!(" · {}", fl!(loader, "status-offline-failed")), Type::Body, colors.muted)
        }
        None => source_facts(scene, colors, line, report),
    }
}

/// What subscriptions keep from being installed, unless the headline is about just that.
fn subscription_facts(scene: &Scene<'_>, colors: &Palette, mut line: Line) -> Line {
    if matches!(scene.model.headline(), Headline::OnlyUncovered(_) | Headline::OnlyUnjudged(_)) {
        return line;
    }
    let loader = scene.loader();
    let counts = scene.model.counts();
    let (uncovered, unjudged) = (counts.uncovered.total(), counts.unjudged.total());
    let facts = [
        (uncovered > 0).then(|| fl!(loader, "status-uncovered", count = uncovered)),
        (unjudged > 0).then(|| fl!(loader, "status-unjudged", count = unjudged)),
    ];
    for fact in facts.into_iter().flatten() {
        line = line.and(format!("{fact} · "), Type::Body, colors.muted);
    }
    line
}

/// Nothing follows what has just been said.
fn without_end(mut line: Line) -> Line {
    if let Some(run) = line.runs.last_mut() {
        run.text.truncate(run.text.trim_end_matches(" · ").len());
    }
    line.runs.retain(|run| !run.text.is_empty());
    line
}

/// When the source was read, which it is, how far it is proved; and which version of this program is installed.
fn source_facts(scene: &Scene<'_>, colors: &Palette, line: Line, report: &Report) -> Line {
    let loader = scene.loader();
    let when = scene.texts.moment(report.checked_at, &scene.model.now);
    let source = short_source(&report.source.root);
    let now = scene.model.now.timestamp();
    let trust = scene.texts.trust(&report.source, now);
    let checked = if scene.model.offline {
        fl!(loader, "status-offline", when = when)
    } else {
        fl!(loader, "status-checked", when = when)
    };
    let mut line = if report.source.has_expired(now) {
        let note = fl!(loader, "source-expired-note");
        let line = line.and(format!("{checked} · {source}, "), Type::Body, colors.muted);
        line.and(format!("{trust}: {note}"), Type::Body, colors.amber)
    } else {
        let source = fl!(loader, "status-source", source = source, trust = trust);
        line.and(format!("{checked} · {source}"), Type::Body, colors.muted)
    };
    let updater = scene.model.machine.as_ref().and_then(|machine| machine.updater.as_ref());
    // Its card tells more, and there is less room then.
    if let Some(updater) = updater.filter(|_| updater_card::told(scene).is_none()) {
        let version = fl!(loader, "status-updater", version = updater.version.to_string());
        line = line.and(format!(" · {version}"), Type::Body, colors.muted);
    }
    line
}

/// The host of a site, a folder as it is.
fn short_source(root: &str) -> String {
    let rest = root.strip_prefix("https://").or_else(|| root.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split('/').next());
    host.unwrap_or(root).to_owned()
}

/// What to press beside «Повторить».
fn banner_controls(scene: &Scene<'_>, failure: &CheckFailure) -> Vec<Control> {
    let loader = scene.loader();
    let mut others = vec![Control::Link {
        text: fl!(loader, "link-details"),
        name: fl!(loader, "check-failure-name"),
        action: Action::Source(SourceAction::ShowFailure),
    }];
    if matches!(failure.kind, FailureKind::Expired { .. }) {
        let text = fl!(loader, "expired-ask");
        let action = Action::Source(SourceAction::AskAboutExpired);
        others.push(Control::Button { name: text.clone(), text, look: Look::Plain, action });
    }
    others
}

fn banner(ui: &mut Ui, scene: &Scene<'_>, failure: &CheckFailure) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let reason = failure.reason.as_str();
    let text = match &scene.model.report {
        Some(report) => {
            let when = scene.texts.moment(report.checked_at, &scene.model.now);
            fl!(loader, "check-failed-known", reason = reason, when = when)
        }
        None => fl!(loader, "check-failed-nothing", reason = reason),
    };
    // What is not believed is stopped; what could not be reached is only to be known.
    let is_refused = failure.kind == FailureKind::Refused;
    let (lead, color, fill, edge) = if is_refused {
        (fl!(loader, "check-refused"), colors.err, colors.surface, Stroke::new(1.0, colors.err))
    } else {
        (fl!(loader, "check-failed"), colors.amber, colors.amber_bg, Stroke::NONE)
    };
    let line =
        Line::of(lead, Type::Strong, color).and("  ", Type::Body, color).and(text, Type::Body, color).rows(5);
    let (text, action) = match scene.model.proxy_question {
        Some(_) => (fl!(loader, "proxy-dialog-open"), Action::Proxy(ProxyAction::Ask)),
        None => (fl!(loader, "check-again"), Action::CheckNow),
    };
    let button = Button::new(&text).dead(scene.model.check.is_some());
    let button_size = button.size(ui);
    let others = banner_controls(scene, failure);
    let others_width = controls::width(ui, &others) + SPACE_3;
    let width = ui.available_width();
    let text_width = width - button_size.x - others_width - steps(12);
    let height = line.galley(ui, text_width).size().y.max(button_size.y) + SPACE_6;
    let (_, rect) = ui.allocate_space(vec2(width, height));
    ui.painter().rect(rect, RADIUS_BOX, fill, edge, StrokeKind::Inside);
    let text_rect = Rect::from_min_size(rect.min + vec2(SPACE_4, 0.0), vec2(text_width, height));
    block(ui, text_rect, &[line]);
    let others_right = rect.right() - steps(7) - button_size.x;
    controls::show(ui, scene, Id::unique("banner controls"), rect.with_max_x(others_right), &others);
    let place = Rect::from_center_size(
        pos2(rect.right() - SPACE_4 - button_size.x / 2.0, rect.center().y),
        button_size,
    );
    let layout = Layout::left_to_right(Align::Center);
    let clicked = ui
        .scope_builder(UiBuilder::new().max_rect(place).layout(layout), |ui| button.show(ui).clicked())
        .inner;
    ui.advance_cursor_after_rect(rect);
    if clicked {
        scene.send(action);
    }
}
