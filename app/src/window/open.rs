//! Opening a native window with the first renderer that works, in one process.
//!
//! What the window shows is made once and lent to each attempt, so a renderer that fails takes nothing of
//! it along: no work of the window's is begun twice or lost. Not here: in which order renderers are tried.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;

use eframe::egui::{Context, Ui, ViewportBuilder, Visuals};
use eframe::{App, AppCreator, Frame, NativeOptions, Storage};

use super::order::Renderer;
use super::renderer;
use super::start::Starts;
use crate::error::chain;

/// A window to be opened.
pub(crate) struct Window<'a> {
    /// Above it.
    pub title: &'a str,
    /// In points, where it has not been opened before.
    pub size: [f32; 2],
    /// Where its place and size are kept.
    pub place_path: Option<PathBuf>,
    /// How much larger than usual everything in it is; 1.0: not.
    pub zoom: f32,
}

/// No renderer has drawn the window.
#[derive(Debug, thiserror::Error)]
#[error("Failed to open the window: {}", tried.join("; "))]
pub(crate) struct Error {
    /// Each renderer with its reason.
    tried: Vec<String>,
}

/// What came of an attempt.
enum Shown {
    /// It was closed by the person.
    Closed,
    /// It broke before or after its first picture.
    Failed { reason: String, drawn: bool },
}

/// Shows `app` until the person closes it. `attach` is called with the context of each attempt before `app`
/// is drawn.
pub(crate) fn open(
    window: &Window<'_>,
    order: &[Renderer],
    starts: &mut Starts,
    attach: &dyn Fn(&Context),
    app: &mut dyn App,
) -> Result<(), Error> {
    let mut tried = Vec::new();
    for renderer in order {
        starts.begin(*renderer);
        match attempt(window, *renderer, starts, attach, app) {
            Shown::Closed => return Ok(()),
            Shown::Failed { reason, drawn } => {
                tracing::warn!(renderer = renderer.name(), reason, "The window is not drawn");
                tried.push(format!("{}: {reason}", renderer.name()));
                if drawn {
                    break;
                }
            }
        }
    }
    Err(Error { tried })
}

fn attempt(
    window: &Window<'_>,
    renderer: Renderer,
    starts: &mut Starts,
    attach: &dyn Fn(&Context),
    app: &mut dyn App,
) -> Shown {
    let options = renderer::choose(renderer, native_options(window));
    let mut pictures = 0;
    // Drivers that do not keep their word make the graphics library panic. What it leaves behind is its own
    // and not used again; what the window shows is whole, for it has not been drawn yet.
    let run = AssertUnwindSafe(|| {
        let lent = Lent { app, starts, pictures: &mut pictures };
        let creator: AppCreator<'_> = Box::new(|creation| {
            if let Some(adapter) = renderer::adapter(creation) {
                lent.starts.found(adapter);
            }
            attach(&creation.egui_ctx);
            Ok(Box::new(lent))
        });
        eframe::run_native("mobile-smarts-updater", options, creator)
    });
    let ended = catch_unwind(run);
    let drawn = pictures > 1;
    match ended {
        Ok(Ok(())) => {
            // Closed by the person, perhaps before anything was drawn: no crash.
            starts.finish();
            return Shown::Closed;
        }
        Err(panic) if drawn => resume_unwind(panic),
        Ok(Err(_)) if drawn => {}
        Ok(Err(_)) => starts.fail(false),
        Err(_) => starts.fail(true),
    }
    let reason = match &ended {
        Ok(Err(error)) => chain(error),
        Ok(Ok(())) | Err(_) => "panicked".to_owned(),
    };
    Shown::Failed { reason, drawn }
}

/// Options of every window of the program.
fn native_options(window: &Window<'_>) -> NativeOptions {
    let size = window.size;
    let mut viewport = ViewportBuilder::default()
        .with_title(window.title)
        .with_app_id("mobile-smarts-updater")
        .with_inner_size(size)
        .with_min_inner_size([size[0].min(960.0), size[1].min(600.0)]);
    // The icon is part of the program; a window without it is better than none.
    if let Ok(icon) = eframe::icon_data::from_png_bytes(include_bytes!("../../../assets/icons/app.png")) {
        viewport = viewport.with_icon(icon);
    }
    // Its library keeps the size in points of everything as large as it was, and takes it for usual ones.
    let zoom = window.zoom;
    let enlarged = move |viewport: ViewportBuilder| match viewport.inner_size {
        Some(size) => viewport.with_inner_size(size * zoom),
        None => viewport,
    };
    NativeOptions {
        viewport,
        window_builder: Some(Box::new(enlarged)),
        persist_window: window.place_path.is_some(),
        persistence_path: window.place_path.clone(),
        ..NativeOptions::default()
    }
}

/// What the window shows, lent to one attempt.
struct Lent<'a> {
    app: &'a mut dyn App,
    starts: &'a mut Starts,
    /// Begun so far: when the second is begun, the first has been drawn.
    pictures: &'a mut u8,
}

impl App for Lent<'_> {
    fn logic(&mut self, ctx: &Context, frame: &mut Frame) {
        self.app.logic(ctx, frame);
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut Frame) {
        match *self.pictures {
            0 => ui.ctx().request_repaint(),
            1 => self.starts.finish(),
            _ => {}
        }
        *self.pictures = self.pictures.saturating_add(1);
        self.app.ui(ui, frame);
    }

    fn save(&mut self, storage: &mut dyn Storage) {
        self.app.save(storage);
    }

    fn clear_color(&self, visuals: &Visuals) -> [f32; 4] {
        self.app.clear_color(visuals)
    }

    fn persist_egui_memory(&self) -> bool {
        self.app.persist_egui_memory()
    }
}
