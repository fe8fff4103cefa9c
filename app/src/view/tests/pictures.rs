//! What the window looks like, picture by picture: between them every tab, both themes, both languages, several
//! scales and sizes. Drawn by Mesa's software Vulkan, so that they come out the same everywhere.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test -p smarts-updater --lib pictures` draws them anew; each is then to be looked at.

use std::path::Path;

use egui::{Ui, UiBuilder};
use egui_kittest::SnapshotOptions;

use super::looks::busy_model;
use super::subscriptions::{known, model_with, records};
use super::*;
use crate::model::details::{DetailsAction, Of};
use crate::model::schedule::Access;
use crate::model::{CheckFailure, Group, Tab};

/// 1366×768 at 125 %, in points.
const SHOP: [f32; 2] = [1092.0, 614.0];
/// As the window opens.
const USUAL: [f32; 2] = [1200.0, 780.0];
/// A wide screen.
const WIDE: [f32; 2] = [1720.0, 900.0];

/// `false` where there is no software Vulkan, which is a failure where `SMARTS_CI` is set.
fn can_draw() -> bool {
    let dirs = ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d"];
    let drivers = dirs.iter().filter_map(|dir| std::fs::read_dir(dir).ok()).flatten().flatten();
    let is_there =
        drivers.map(|driver| driver.file_name()).any(|name| name.to_string_lossy().starts_with("lvp_icd"));
    assert!(is_there || std::env::var_os("SMARTS_CI").is_none(), "Mesa's software Vulkan is not installed");
    is_there
}

/// How a picture is taken.
struct View {
    language: Language,
    theme: Theme,
    size: [f32; 2],
    scale: f32,
}

const fn view(language: Language, theme: Theme, size: [f32; 2], scale: f32) -> View {
    View { language, theme, size, scale }
}

/// The window after `act`, as it has been looked at.
fn shows(name: &str, view: &View, model: Model, act: impl FnOnce(&mut Window)) {
    if !can_draw() {
        return;
    }
    let desk = Desk { model, texts: Texts::new(view.language).unwrap(), commands: Vec::new() };
    let mut window = Harness::builder()
        .with_size(view.size)
        .with_theme(view.theme)
        .with_pixels_per_point(view.scale)
        .with_render_cursor(false)
        .with_max_steps(8)
        .with_context_setup(|ctx| {
            super::super::theme::install(ctx);
            // Or each picture would be another.
            super::super::theme::motion::set_still(ctx, true);
        })
        .build_ui_state(whole, desk);
    window.run();
    act(&mut window);
    let pictures = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/view/tests/pictures");
    window.snapshot_options(name, &SnapshotOptions::new().output_path(pictures));
}

/// Without the margin that a harness leaves around what it shows.
fn whole(ui: &mut Ui, desk: &mut Desk) {
    let screen = ui.ctx().content_rect();
    let mut all = ui.new_child(UiBuilder::new().max_rect(screen));
    all.set_clip_rect(screen);
    for action in super::super::window(&mut all, &desk.model, &desk.texts) {
        let _ = model::update(&mut desk.model, action);
        ui.ctx().request_repaint();
    }
}

fn as_it_is(_: &mut Window) {}

fn dated() -> Model {
    let records = known(records());
    let mut model = model_with(records, Access::Free);
    let _ = model::update(&mut model, model::Action::Tab(Tab::Updates));
    model
}

#[test]
fn the_list_as_the_window_opens() {
    shows("list", &view(Language::Ru, Theme::Light, USUAL, 1.0), dated(), as_it_is);
}

#[test]
fn the_list_on_a_shop_screen_while_much_is_under_way() {
    shows("list-busy", &view(Language::Ru, Theme::Dark, SHOP, 1.25), busy_model(), as_it_is);
}

#[test]
fn the_list_on_a_wide_screen_in_english() {
    shows("list-wide", &view(Language::En, Theme::Light, WIDE, 1.0), dated(), as_it_is);
}

#[test]
fn bases_of_one_product_are_one_row_that_opens() {
    let mut stores = fixtures::stores(5);
    stores.push(fixtures::main_base());
    let model = model_of(fixtures::of(stores));
    shows("group", &view(Language::Ru, Theme::Dark, USUAL, 1.0), model, as_it_is);
}

#[test]
fn a_check_that_failed_says_so_above_what_was_known() {
    let mut model = model_of(fixtures::everything());
    let later = "2026-11-25T12:52:00+03:00[+03:00]".parse().unwrap();
    let _ = model::update(&mut model, model::Action::Tick(later));
    let failure = CheckFailure::of("Прокси proxy.shop:3128 требует пароль");
    let _ = model::receive(&mut model, Event::Checked(Err(failure)));
    shows("check-failed", &view(Language::Ru, Theme::Light, SHOP, 1.25), model, as_it_is);
}

#[test]
fn nothing_to_look_after() {
    let (_, mut report) = fixtures::of(vec![]);
    report.items.clear();
    let model = model_of((Machine::default(), report));
    shows("empty", &view(Language::En, Theme::Dark, SHOP, 1.0), model, as_it_is);
}

#[test]
fn the_sheet_before_a_base_is_changed() {
    let model = model_of(fixtures::everything());
    shows("sheet", &view(Language::Ru, Theme::Light, USUAL, 1.0), model, |window| {
        press(window, "Обновить базу Основной склад");
        answer(window, verified("main", Proof::Signed));
        answer(window, sheet_ready("main", &["main"], sheet_data(Proof::Signed)));
    });
}

#[test]
fn the_notes_of_a_release_twice_as_large() {
    let model = model_of(fixtures::everything());
    shows("notes", &view(Language::En, Theme::Dark, [960.0, 600.0], 2.0), model, |window| {
        follow(window, "What’s new: Основной склад");
    });
}

#[test]
fn subscriptions_by_device() {
    let model = model_with(known(records()), Access::Free);
    shows("subscriptions", &view(Language::Ru, Theme::Light, SHOP, 1.25), model, as_it_is);
}

#[test]
fn subscriptions_that_only_an_administrator_changes() {
    let model = model_with(known(records()), Access::Locked);
    shows("subscriptions-locked", &view(Language::En, Theme::Dark, USUAL, 1.0), model, as_it_is);
}

#[test]
fn the_history_with_one_of_its_records() {
    shows("history", &view(Language::Ru, Theme::Dark, WIDE, 1.0), super::history::filled(), |window| {
        window.query_all_by_role(Role::ListBoxOption).next().unwrap().click();
        window.run();
    });
}

#[test]
fn the_details_of_a_base_beside_the_list() {
    let open = DetailsAction::Open(Of::Item("main".into()));
    shows("details", &view(Language::Ru, Theme::Light, WIDE, 1.0), dated(), |window| {
        let _ = model::update(&mut window.state_mut().model, model::Action::Details(open));
        window.run();
    });
}

#[test]
fn settings_of_the_check_in_the_background() {
    let model = super::settings::opened(Group::Background).state().model.clone();
    shows("settings", &view(Language::Ru, Theme::Dark, USUAL, 1.0), model, as_it_is);
}

#[test]
fn settings_of_the_window_twice_as_large() {
    let model = super::settings::opened(Group::Look).state().model.clone();
    shows("settings-look", &view(Language::En, Theme::Light, [700.0, 450.0], 2.0), model, as_it_is);
}

#[test]
fn what_was_found_on_this_pc() {
    let model = super::diagnostics::looked().state().model.clone();
    shows("diagnostics", &view(Language::Ru, Theme::Dark, SHOP, 1.25), model, as_it_is);
}

#[test]
fn devices_that_a_platform_update_would_stop() {
    let model = super::devices::model(super::devices::overview());
    shows("devices", &view(Language::Ru, Theme::Light, USUAL, 1.0), model, as_it_is);
}

#[test]
fn devices_on_a_shop_screen_after_a_platform_update() {
    let model = super::devices::model(super::devices::followed());
    shows("devices-followed", &view(Language::En, Theme::Dark, SHOP, 1.25), model, as_it_is);
}

#[test]
fn an_app_before_it_is_staged() {
    let model = super::devices::dialog(Proof::None).state().model.clone();
    shows("app", &view(Language::Ru, Theme::Light, SHOP, 1.25), model, as_it_is);
}
