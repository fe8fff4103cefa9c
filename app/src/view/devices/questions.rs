//! The question before staging is taken back, how staging ended where not all of it was done, and the ways of a device
//! itself to a newer app.

use egui::Ui;
use i18n_embed_fl::fl;

use super::{action, base};
use crate::model::activity::StagingOutcome;
use crate::model::devices::{BaseStaged, DevicesAction, UnstagePage};
use crate::model::{Action, Outcome};
use crate::view::Scene;
use crate::view::modal::{NARROW, leaves, middle_height, modal, scrolling, section, some_buttons, telling};
use crate::view::sheet::marked;
use crate::view::theme::icons::Icon;
use crate::view::theme::{self, SPACE_1, SPACE_1_HALF, SPACE_2, SPACE_3, Type, steps};
use crate::view::widgets::button::{Button, Look, link};
use crate::view::widgets::text::paragraph;

/// How it ended, base by base.
pub(super) fn results(ui: &mut Ui, scene: &Scene<'_>, ended: &[BaseStaged]) {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    for one in ended {
        let name = one.name.as_str();
        let minus = |ui: &mut Ui, words: String| marked(ui, Icon::Minus, colors.muted, &words, None);
        match &one.outcome {
            Outcome::Staging(StagingOutcome::Staged(app)) => {
                let version = app.version.to_string();
                let words = if app.was_there {
                    fl!(loader, "app-result-there", name = name, version = version)
                } else {
                    fl!(loader, "app-result-staged", name = name, version = version)
                };
                let kept = app
                    .broken_list_kept
                    .as_ref()
                    .map(|path| fl!(loader, "app-result-list-kept", path = path.display().to_string()));
                marked(ui, Icon::Check, colors.ok, &words, kept.as_deref());
            }
            Outcome::Staging(StagingOutcome::Undone { version, .. }) => {
                let words = fl!(loader, "app-result-unstaged", name = name, version = version.to_string());
                marked(ui, Icon::Check, colors.ok, &words, None);
            }
            Outcome::Staging(StagingOutcome::Failed(notice)) | Outcome::Failed(notice) => {
                let words = fl!(loader, "app-result-failed", name = name, why = notice.what.as_str());
                marked(ui, Icon::Cross, colors.err, &words, notice.next.as_deref());
                for more in [&notice.kept, &notice.detail].into_iter().flatten() {
                    paragraph(ui, more, Type::Small, colors.muted);
                }
            }
            Outcome::Staging(StagingOutcome::NotPermitted) | Outcome::NotPermitted => {
                let words = fl!(loader, "app-result-not-permitted", name = name);
                marked(ui, Icon::Lock, colors.amber, &words, None);
            }
            Outcome::Staging(StagingOutcome::Stopped) | Outcome::Stopped => {
                minus(ui, fl!(loader, "app-result-stopped", name = name));
            }
            Outcome::NotStarted | Outcome::Done(_) | Outcome::WizardRun | Outcome::Copies(_) => {
                minus(ui, fl!(loader, "app-result-not-started", name = name));
            }
        }
        ui.add_space(SPACE_2);
    }
}

/// «Вернуть как было»
pub(in crate::view) fn unstage(ui: &mut Ui, scene: &Scene<'_>, page: &UnstagePage) {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    modal(ui, scene, "unstage", &fl!(loader, "unstage-title"), NARROW, Action::CloseDialog, |ui| {
        ui.add_space(SPACE_1_HALF);
        scrolling(ui, "unstage", middle_height(ui, steps(35)), |ui| {
            if !page.ended.is_empty() {
                return results(ui, scene, &page.ended);
            }
            for base in &page.bases {
                let (name, version) = (base.name.as_str(), base.version.to_string());
                let words = fl!(loader, "unstage-text", name = name, version = version);
                paragraph(ui, words, Type::Body, colors.text);
                ui.add_space(SPACE_1);
            }
            paragraph(ui, fl!(loader, "unstage-hint"), Type::Small, colors.muted);
        });
        let is_over = !page.ended.is_empty();
        let (cancel, close, confirm) =
            (fl!(loader, "sheet-cancel"), fl!(loader, "close"), fl!(loader, "unstage-confirm"));
        let leave =
            Button::new(if is_over { &close } else { &cancel }).look(Look::Ghost).dead(page.is_running);
        let is_busy = scene.model.is_applying();
        let confirm = (!is_over).then(|| {
            let button = Button::new(&confirm).look(Look::Primary).spins(page.is_running);
            button.dead(page.is_running || is_busy)
        });
        let why = is_busy.then(|| fl!(loader, "sheet-why-busy"));
        let [leave, confirm] = some_buttons(ui, "unstage", why.as_deref(), [Some(leave), confirm]);
        leaves(ui, scene, leave.as_ref());
        if confirm.is_some_and(|confirm| confirm.clicked()) {
            let seen = page.bases.iter().map(|base| (base.id.clone(), base.version)).collect();
            scene.send(action(DevicesAction::Unstage(seen)));
        }
    });
}

/// «Как ТСД обновляется сам»
pub(in crate::view) fn ways(ui: &mut Ui, scene: &Scene<'_>, base_id: &str) {
    let loader = scene.loader();
    let overview = scene.model.devices_page.overview.as_ref();
    let links = overview.and_then(|overview| overview.base(base_id)).map(|found| base::links(scene, found));
    let links = links.unwrap_or_default();
    let site = if links.is_empty() { fl!(loader, "ways-site-none") } else { fl!(loader, "ways-site-text") };
    telling(ui, scene, &fl!(loader, "ways-title"), |ui| {
        section(ui, fl!(loader, "ways-check"), &fl!(loader, "ways-check-text"));
        section(ui, fl!(loader, "ways-exchange"), &fl!(loader, "ways-exchange-text"));
        section(ui, fl!(loader, "ways-site"), &site);
        ui.add_space(SPACE_3);
        for (words, open) in links {
            let response = link(ui, &words, &words);
            if let Action::OpenLink(url) = &open {
                response.clone().on_hover_text(url);
            }
            if response.clicked() {
                scene.send(open);
            }
        }
    });
}
