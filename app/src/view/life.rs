//! The life of an update in words: what an [`Activity`] says on its row, and which controls it has there.
//! The same for a base, for the platform and for this program.

use i18n_embed_fl::fl;
use smarts_core::verify::Proof;
use smarts_core::works::Works;

use super::Scene;
use super::controls::Control;
use super::going_back::life as of_copies;
use super::item_controls::Keys;
use super::theme::{Palette, Type};
use super::widgets::marks::{Badge, Progress};
use super::widgets::text::Line;
use crate::model::activity::{Activity, Done, LeftToDo, Stage, Transfer, fraction};
use crate::model::{self, Notice, PLATFORM, UPDATER};

/// What an activity says.
pub(super) struct Life {
    /// In place of the product's letter.
    pub badge: Option<Badge>,
    /// Whether the row keeps the colour of an update.
    pub tint: bool,
    /// Whether the versions stay above the lines.
    pub versions: bool,
    /// What goes on.
    pub lines: Vec<Line>,
    /// A bar below: how far.
    pub bar: Option<Progress>,
    /// Beside that; empty: the lines take its room.
    pub side: Vec<Line>,
    /// What can be pressed.
    pub controls: Vec<Control>,
}

impl Life {
    pub(super) fn new(lines: Vec<Line>, controls: Vec<Control>) -> Self {
        Self { badge: None, tint: true, versions: true, lines, bar: None, side: Vec::new(), controls }
    }
}

/// The words for the activity of an item; `name` is what its controls are named after.
pub(super) fn life(scene: &Scene<'_>, colors: &Palette, id: &str, name: &str, activity: &Activity) -> Life {
    let loader = scene.loader();
    let small = |text: String| Line::of(text, Type::Small, colors.muted);
    let keys = Keys { scene, id, name: name.to_owned() };
    match activity {
        Activity::Queued => {
            let text = match scene.model.place_in_queue(id) {
                Some(place) => fl!(loader, "life-in-queue", place = place.to_string()),
                None => fl!(loader, "life-queued"),
            };
            Life::new(vec![small(text)], vec![keys.cancel()])
        }
        Activity::Downloading(transfer) => downloading(&keys, colors, transfer),
        Activity::WaitingForTry { received, total, why } => {
            let amount = scene.texts.size_of_total(*received, *total);
            let text = fl!(loader, "life-next-try", amount = amount, why = why.as_str());
            Life::new(vec![small(text).rows(2)], vec![keys.pause(), keys.cancel()])
        }
        Activity::Paused { received, total } => {
            let amount = scene.texts.size_of_total(*received, *total);
            let text = fl!(loader, "life-paused", amount = amount);
            Life::new(vec![small(text)], vec![keys.resume(), keys.cancel()])
        }
        Activity::DownloadFailed(notice) => {
            let text = fl!(loader, "failed-download", reason = notice.what.as_str());
            let line = Line::of(text, Type::Small, colors.err).rows(2);
            // Without the password the next try would end in the same way.
            let again = keys.password().unwrap_or_else(|| keys.retry());
            Life::new(vec![line], vec![keys.details(), again, keys.cancel()])
        }
        Activity::Verifying => Life {
            bar: Some(Progress::Unknown),
            ..Life::new(vec![small(fl!(loader, "life-verifying"))], Vec::new())
        },
        Activity::Refused(notice) => refused(&keys, colors, notice),
        Activity::Ready(file) => {
            let proof = scene.texts.proof(&file.proved);
            let text = match file.proved.proof {
                Proof::None => fl!(loader, "life-ready-unproved", proof = proof),
                Proof::Signed | Proof::Publisher | Proof::Hash => fl!(loader, "life-ready", proof = proof),
            };
            let put_off = scene.model.reminder(id).map(|at| scene.texts.reminder(at, &scene.model.now));
            let lines = std::iter::once(text).chain(put_off).map(|text| small(text).rows(2)).collect();
            Life::new(lines, vec![keys.notes(), keys.install()])
        }
        Activity::Waiting { pilot } => {
            let text = fl!(loader, "life-waiting", pilot = pilot.as_str());
            Life::new(vec![small(text).rows(2)], vec![keys.stop()])
        }
        Activity::Applying(Stage::Copies(stage)) => of_copies::stage(&keys, colors, stage),
        Activity::Applying(stage) => applying(&keys, colors, stage),
        Activity::Done(done) => finished(&keys, colors, done),
        Activity::Failed(notice) => failed(&keys, colors, notice),
        Activity::NotPermitted => {
            let line = small(fl!(loader, "life-not-permitted")).rows(2);
            Life::new(vec![line], vec![keys.retry(), keys.dismiss()])
        }
        Activity::Copies(outcome) => of_copies::outcome(&keys, colors, outcome),
    }
}

/// The name of the platform, of this program or of a base, for the names of controls.
pub(super) fn name(scene: &Scene<'_>, id: &str) -> String {
    match id {
        PLATFORM => fl!(scene.loader(), "platform-name"),
        UPDATER => fl!(scene.loader(), "updater-name"),
        id => scene.model.name_of(id).to_owned(),
    }
}

fn downloading(keys: &Keys<'_>, colors: &Palette, transfer: &Transfer) -> Life {
    let texts = keys.scene.texts;
    let mut facts = vec![texts.size_of_total(transfer.received, transfer.total)];
    facts.extend(transfer.bytes_per_second.map(|speed| texts.speed(speed)));
    facts.extend(transfer.seconds_left.map(|seconds| texts.time_left(seconds)));
    let side = Line::of(facts.join(" · "), Type::Small, colors.muted).rows(2);
    let former = transfer.with_former.map(|version| texts.with_former(version));
    let lines = former.map(|text| Line::of(text, Type::Small, colors.muted).rows(2));
    Life {
        bar: Some(transfer.fraction().into()),
        side: vec![side],
        ..Life::new(lines.into_iter().collect(), vec![keys.pause(), keys.cancel()])
    }
}

fn applying(keys: &Keys<'_>, colors: &Palette, stage: &Stage) -> Life {
    let scene = keys.scene;
    let loader = scene.loader();
    let line = |text: String| Line::of(text, Type::Body, colors.text);
    let hint = |text: String| Line::of(text, Type::Small, colors.muted);
    let (lines, bar, side, controls) = match stage {
        Stage::Preparing => (vec![line(fl!(loader, "life-preparing"))], None, vec![], vec![keys.stop()]),
        Stage::Permission => (
            vec![line(fl!(loader, "life-permission")), hint(fl!(loader, "life-permission-hint"))],
            None,
            vec![],
            vec![keys.stop()],
        ),
        Stage::Copying { done, total } => {
            let amount = scene.texts.size(*total);
            (
                vec![
                    Line::of(fl!(loader, "life-copying", amount = amount), Type::Body, colors.muted).rows(2),
                ],
                Some(fraction(*done, *total).into()),
                vec![hint(fl!(loader, "life-copying-hint")).rows(2)],
                vec![keys.stop()],
            )
        }
        Stage::Replacing { done, total } => (
            vec![Line::of(
                fl!(loader, "life-replacing", done = done.to_string(), total = total.to_string()),
                Type::Body,
                colors.muted,
            )],
            Some(fraction(*done, *total).into()),
            vec![hint(fl!(loader, "life-replacing-hint")).rows(2)],
            vec![],
        ),
        Stage::Installer if keys.id == UPDATER => (
            vec![line(fl!(loader, "life-updater")), hint(fl!(loader, "life-permission-hint"))],
            None,
            vec![],
            vec![],
        ),
        Stage::Installer => (
            vec![line(fl!(loader, "life-installer")), hint(fl!(loader, "life-installer-hint"))],
            None,
            vec![],
            vec![],
        ),
        Stage::Restoring => {
            (vec![line(fl!(loader, "life-restoring"))], Some(Progress::Unknown), vec![], vec![])
        }
        // What is done with copies, and for devices, has words of its own.
        Stage::Reading | Stage::Copies(_) | Stage::Staging(_) => {
            (vec![line(fl!(loader, "life-reading"))], None, vec![], vec![])
        }
        Stage::StoppingServer => {
            let lines =
                vec![line(fl!(loader, "life-stopping-server")), hint(fl!(loader, "life-copying-hint"))];
            (lines, Some(Progress::Unknown), vec![], vec![keys.stop()])
        }
        Stage::StartingServer => {
            (vec![line(fl!(loader, "life-starting-server"))], Some(Progress::Unknown), vec![], vec![])
        }
    };
    Life { versions: false, bar, side, ..Life::new(lines, controls) }
}

fn finished(keys: &Keys<'_>, colors: &Palette, done: &Done) -> Life {
    let scene = keys.scene;
    let loader = scene.loader();
    let time = scene.texts.time_of_day(done.at, &scene.model.now);
    let version = done.version.to_string();
    let works = done.works.as_ref();
    if let Some(works) = works.filter(|works| works.is_bad(done.version)) {
        return not_working(keys, colors, done, works);
    }
    // Before the restart nothing could be read back.
    let what = if done.left.contains(&LeftToDo::Restart) {
        fl!(loader, "life-done-restart", version = version)
    } else if let Some(works) = works.and_then(|works| scene.texts.works(works)) {
        fl!(loader, "life-done-works", version = version, time = time, works = works)
    } else {
        fl!(loader, "life-done", version = version, time = time)
    };
    let left: Vec<String> = done.left.iter().map(|left| left_short(scene, *left)).collect();
    let (rest, mut controls) = if left.is_empty() {
        let key = if keys.id == PLATFORM {
            fl!(loader, "life-done-platform")
        } else {
            fl!(loader, "life-done-nothing-left")
        };
        (key, vec![])
    } else {
        (fl!(loader, "life-done-left", what = left.join("; ")), vec![keys.left()])
    };
    controls.push(keys.dismiss());
    let connected = first_connection(scene, keys.id);
    let rest = connected.into_iter().chain([rest]).collect::<Vec<_>>().join(" · ");
    Life {
        badge: Some(Badge::Done),
        tint: false,
        versions: false,
        ..Life::new(
            vec![Line::of(what, Type::Body, colors.text), Line::of(rest, Type::Small, colors.muted)],
            controls,
        )
    }
}

/// When a device connected first after the last update, if one has.
pub(super) fn first_connection(scene: &Scene<'_>, base_id: &str) -> Option<String> {
    let first = scene.model.machine.as_ref()?.first_connection(base_id)?;
    let time = scene.texts.moment(first.at, &scene.model.now);
    Some(fl!(scene.loader(), "row-first-connection", time = time))
}

/// An update that was done, and a base that does not work: that comes first.
fn not_working(keys: &Keys<'_>, colors: &Palette, done: &Done, works: &Works) -> Life {
    let scene = keys.scene;
    let loader = scene.loader();
    let time = scene.texts.time_of_day(done.at, &scene.model.now);
    let version = done.version.to_string();
    let what = match scene.texts.works(works) {
        Some(works) => fl!(loader, "life-done-works", version = version, time = time, works = works),
        None => fl!(loader, "life-done", version = version, time = time),
    };
    let first =
        Line::of(fl!(loader, "failed-broken"), Type::Strong, colors.text).and(" ", Type::Body, colors.text);
    // In full among what is left to do.
    let next = Line::of(scene.texts.works_next(works), Type::Small, colors.muted);
    Life {
        badge: Some(Badge::Alert),
        tint: false,
        versions: false,
        ..Life::new(
            vec![first.and(what, Type::Body, colors.text).rows(2), next],
            vec![keys.left(), keys.dismiss()],
        )
    }
}

/// What is left to do, as a clause.
fn left_short(scene: &Scene<'_>, left: LeftToDo) -> String {
    let loader = scene.loader();
    match left {
        LeftToDo::Processing1c => fl!(loader, "left-processing"),
        LeftToDo::Devices { count } => fl!(loader, "left-devices", count = count),
        LeftToDo::Restart => fl!(loader, "left-restart"),
        LeftToDo::RestartProgram => fl!(loader, "left-restart-program"),
    }
}

fn failed(keys: &Keys<'_>, colors: &Palette, notice: &Notice) -> Life {
    let lead = works(keys.scene, notice.works);
    let first = match lead {
        Some(lead) => Line::of(lead, Type::Strong, colors.text).and(" ", Type::Body, colors.text).and(
            notice.kept.as_deref().unwrap_or(&notice.what),
            Type::Body,
            colors.text,
        ),
        None => Line::of(&notice.what, Type::Body, colors.text),
    };
    let second = match (lead_uses_kept(notice), &notice.next) {
        (true, _) => Some(notice.what.as_str()),
        (false, next) => next.as_deref().or(notice.kept.as_deref()),
    };
    let mut lines = vec![first];
    lines.extend(second.map(|text| Line::of(text, Type::Small, colors.muted)));
    Life {
        badge: Some(Badge::Alert),
        tint: false,
        versions: false,
        ..Life::new(lines, vec![keys.details(), keys.retry(), keys.dismiss()])
    }
}

/// A file that is not used: red, and with what is safe beside it.
fn refused(keys: &Keys<'_>, colors: &Palette, notice: &Notice) -> Life {
    let loader = keys.scene.loader();
    let what = fl!(loader, "life-refused", reason = notice.what.as_str());
    let safe = Line::of(fl!(loader, "life-refused-safe"), Type::Small, colors.muted);
    Life {
        badge: Some(Badge::Alert),
        tint: false,
        versions: false,
        ..Life::new(
            vec![Line::of(what, Type::Body, colors.err).rows(2), safe],
            vec![keys.details(), keys.retry(), keys.cancel()],
        )
    }
}

fn lead_uses_kept(notice: &Notice) -> bool {
    notice.works != model::Works::NotLooked && notice.kept.is_some()
}

/// The answer to "can one work?", if somebody looked.
pub(super) fn works(scene: &Scene<'_>, works: model::Works) -> Option<String> {
    match works {
        model::Works::Yes => Some(fl!(scene.loader(), "failed-works")),
        model::Works::No => Some(fl!(scene.loader(), "failed-broken")),
        model::Works::NotLooked => None,
    }
}
