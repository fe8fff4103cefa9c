//! What is done with copies of a base, in words on its row: how going back or copying goes, and how it ended.

use i18n_embed_fl::fl;

use crate::model::Notice;
use crate::model::activity::{CopyMade, CopyOutcome, CopyStage, WentBack, fraction};
use crate::view::item_controls::Keys;
use crate::view::life::{Life, works};
use crate::view::theme::{Palette, Type};
use crate::view::widgets::marks::{Badge, Progress};
use crate::view::widgets::text::Line;

pub(in crate::view) fn stage(keys: &Keys<'_>, colors: &Palette, stage: &CopyStage) -> Life {
    let scene = keys.scene;
    let loader = scene.loader();
    let line = |text: String| Line::of(text, Type::Body, colors.text);
    let quiet = |text: String| Line::of(text, Type::Body, colors.muted).rows(2);
    let hint = |text: String| Line::of(text, Type::Small, colors.muted).rows(2);
    let unchanged = || vec![hint(fl!(loader, "life-copying-hint"))];
    let (lines, bar, side) = match *stage {
        CopyStage::Preparing => (vec![line(fl!(loader, "life-copies-preparing"))], None, vec![]),
        CopyStage::Permission => (
            vec![line(fl!(loader, "life-permission")), hint(fl!(loader, "life-permission-hint"))],
            None,
            vec![],
        ),
        CopyStage::Comparing { done, total } => {
            let amount = scene.texts.size(total);
            let text = fl!(loader, "life-comparing", amount = amount);
            (vec![quiet(text)], Some(fraction(done, total).into()), unchanged())
        }
        CopyStage::Copying { done, total } => {
            let text = fl!(loader, "life-copying", amount = scene.texts.size(total));
            (vec![quiet(text)], Some(fraction(done, total).into()), unchanged())
        }
        CopyStage::Laying { done, total } => {
            let amount = scene.texts.size(total);
            let text = fl!(loader, "life-laying", amount = amount);
            (vec![quiet(text)], Some(fraction(done, total).into()), unchanged())
        }
        CopyStage::Undoing => (vec![line(fl!(loader, "life-undoing"))], Some(Progress::Unknown), vec![]),
        CopyStage::PuttingBack { done, total } => (
            vec![quiet(fl!(loader, "life-putting-back"))],
            Some(fraction(done, total).into()),
            vec![hint(fl!(loader, "life-replacing-hint"))],
        ),
    };
    let is_changing = matches!(stage, CopyStage::PuttingBack { .. } | CopyStage::Undoing);
    let controls = if is_changing { vec![] } else { vec![keys.stop_copies()] };
    Life { tint: false, versions: false, bar, side, ..Life::new(lines, controls) }
}

pub(in crate::view) fn outcome(keys: &Keys<'_>, colors: &Palette, outcome: &CopyOutcome) -> Life {
    let loader = keys.scene.loader();
    match outcome {
        CopyOutcome::WentBack(went) => went_back(keys, colors, went),
        CopyOutcome::Made(made) => copied(keys, colors, made),
        CopyOutcome::NotGoneBack(notice) => {
            failed(keys, colors, notice, fl!(loader, "life-not-gone-back", reason = notice.what.as_str()))
        }
        CopyOutcome::NotMade(notice) => {
            failed(keys, colors, notice, fl!(loader, "life-not-copied", reason = notice.what.as_str()))
        }
        CopyOutcome::Stopped | CopyOutcome::NotPermitted => {
            let text = fl!(loader, "life-not-permitted");
            let line = Line::of(text, Type::Small, colors.muted).rows(2);
            Life { tint: false, ..Life::new(vec![line], vec![keys.back_again(), keys.dismiss()]) }
        }
    }
}

fn went_back(keys: &Keys<'_>, colors: &Palette, went: &WentBack) -> Life {
    let scene = keys.scene;
    let loader = scene.loader();
    let time = scene.texts.time_of_day(went.at, &scene.model.now);
    let what = match went.version {
        Some(version) => fl!(loader, "life-went-back", version = version.to_string(), time = time),
        None => fl!(loader, "life-went-back-unknown", time = time),
    };
    let (kept, open) = match &went.present_dir {
        Some(dir) => (fl!(loader, "life-went-back-whole"), Some(keys.open_copy(dir))),
        None => (fl!(loader, "life-went-back-part"), None),
    };
    let server = scene.texts.server(&went.server);
    if went.server.is_bad() {
        let what = server.map_or(what.clone(), |server| format!("{what} · {server}"));
        let life = done(keys, colors, what, scene.texts.server_next(&went.server), open);
        return Life { badge: Some(Badge::Alert), ..life };
    }
    let rest = [Some(kept), server].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    done(keys, colors, what, rest, open)
}

fn copied(keys: &Keys<'_>, colors: &Palette, made: &CopyMade) -> Life {
    let scene = keys.scene;
    let loader = scene.loader();
    let time = scene.texts.time_of_day(made.at, &scene.model.now);
    let size = scene.texts.size(made.size_bytes);
    let what = fl!(loader, "life-copied", size = size, time = time);
    let rest = match (&made.not_removed, made.removed) {
        (Some(why), _) => why.clone(),
        (None, 0) => fl!(loader, "life-copied-checked"),
        (None, removed) => fl!(loader, "life-copied-removed", count = removed),
    };
    done(keys, colors, what, rest, Some(keys.open_copy(&made.dir)))
}

fn done(
    keys: &Keys<'_>,
    colors: &Palette,
    what: String,
    rest: String,
    open: Option<crate::view::controls::Control>,
) -> Life {
    let controls = open.into_iter().chain([keys.dismiss()]).collect();
    let lines =
        vec![Line::of(what, Type::Body, colors.text), Line::of(rest, Type::Small, colors.muted).rows(2)];
    Life { badge: Some(Badge::Done), tint: false, versions: false, ..Life::new(lines, controls) }
}

fn failed(keys: &Keys<'_>, colors: &Palette, notice: &Notice, what: String) -> Life {
    let first = match works(keys.scene, notice.works) {
        Some(lead) => Line::of(lead, Type::Strong, colors.text).and(" ", Type::Body, colors.text).and(
            what,
            Type::Body,
            colors.text,
        ),
        None => Line::of(what, Type::Body, colors.text),
    };
    let second = notice.kept.as_ref().or(notice.next.as_ref());
    let mut lines = vec![first.rows(2)];
    lines.extend(second.map(|text| Line::of(text, Type::Small, colors.muted)));
    let controls = vec![keys.details(), keys.back_again(), keys.dismiss()];
    Life { badge: Some(Badge::Alert), tint: false, versions: false, ..Life::new(lines, controls) }
}
