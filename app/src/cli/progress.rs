//! Progress of a download: a bar on a terminal, nothing elsewhere.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::session::FetchProgress;

/// The bar; hidden where the error output is not a terminal.
pub(super) struct Bar(ProgressBar);

impl Bar {
    pub(super) fn new(is_terminal: bool) -> Self {
        let target = if is_terminal { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        // The template is a constant of this program; without it the bar has the library's own look.
        if let Ok(style) =
            ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} {bytes_per_sec} {eta}")
        {
            bar.set_style(style);
        }
        Self(bar)
    }

    pub(super) fn show(&self, progress: FetchProgress) {
        match progress {
            FetchProgress::Downloading(progress) => {
                if let Some(total) = progress.total {
                    self.0.set_length(total);
                }
                self.0.set_position(progress.received);
            }
            FetchProgress::Verifying => self.0.enable_steady_tick(Duration::from_millis(200)),
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
