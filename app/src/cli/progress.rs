//! Progress of a download: a bar on a terminal; elsewhere only that and why it waits.

use std::io::{self, Write as _};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use smarts_core::download::Waiting;

use crate::clock::Clock;
use crate::i18n::{Texts, sentence};
use crate::session::FetchProgress;

/// The bar; hidden where the error output is not a terminal.
pub(super) struct Bar<'a> {
    drawn: ProgressBar,
    texts: &'a Texts,
    clock: &'a Clock,
}

impl<'a> Bar<'a> {
    pub(super) fn new(is_terminal: bool, texts: &'a Texts, clock: &'a Clock) -> Self {
        let target = if is_terminal { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        // The template is a constant of this program; without it the bar has the library's own look.
        if let Ok(style) =
            ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} {bytes_per_sec} {eta} {wide_msg}")
        {
            bar.set_style(style);
        }
        Self { drawn: bar, texts, clock }
    }

    pub(super) fn show(&self, progress: FetchProgress) {
        match progress {
            FetchProgress::Downloading(progress) => {
                if let Some(total) = progress.total {
                    self.drawn.set_length(total);
                }
                self.drawn.set_position(progress.received);
                self.drawn.set_message("");
            }
            FetchProgress::Waiting(waiting) => self.wait(&waiting),
            FetchProgress::WithFormer(release) => self.tell(&self.texts.with_former(release.version)),
            FetchProgress::Verifying => self.drawn.enable_steady_tick(Duration::from_millis(200)),
        }
    }
}

impl Bar<'_> {
    /// A line of its own, which stays.
    fn tell(&self, text: &str) {
        let sentence = sentence(text);
        // Nobody may read it any more; the download goes on.
        self.drawn.suspend(|| {
            let _ = writeln!(io::stderr(), "{sentence}");
        });
    }

    fn wait(&self, waiting: &Waiting) {
        let sentence = sentence(&self.texts.next_try(waiting, &self.clock.now()));
        if self.drawn.is_hidden() {
            // Nobody reads it any more; the download goes on.
            let _ = writeln!(io::stderr(), "{sentence}");
        } else {
            self.drawn.set_message(sentence);
        }
    }
}

impl Drop for Bar<'_> {
    fn drop(&mut self) {
        self.drawn.finish_and_clear();
    }
}
