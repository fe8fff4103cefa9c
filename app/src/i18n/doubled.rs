//! A language of tests: every text twice as long as in Russian, in brackets. What it breaks, a longer translation or a
//! longer name breaks, too.

use std::borrow::Cow;

use i18n_embed::I18nAssets;

use super::Catalogues;

/// The same files with longer texts.
pub(super) struct Doubled;

impl I18nAssets for Doubled {
    fn get_files(&self, path: &str) -> Vec<Cow<'_, [u8]>> {
        let files = Catalogues.get_files(path).into_iter();
        files.map(|file| Cow::Owned(doubled(&String::from_utf8_lossy(&file)).into_bytes())).collect()
    }

    fn filenames_iter(&self) -> Box<dyn Iterator<Item = String> + '_> {
        Catalogues.filenames_iter()
    }
}

fn doubled(catalogue: &str) -> String {
    catalogue.lines().map(|line| line_doubled(line) + "\n").collect()
}

/// What stands behind `key =` or `[one]`, and lines of nothing but text; lines that only hold a choice together stay.
fn line_doubled(line: &str) -> String {
    let is_choice =
        |text: &str| text.contains("->") || text.matches('{').count() != text.matches('}').count();
    let is_variant = line.trim_start().starts_with(['[', '*']);
    let (before, text) = if is_variant {
        line.split_once(']').map_or(("", line), |(before, text)| (before, text))
    } else if line.starts_with(' ') {
        ("", line)
    } else {
        match line.split_once('=') {
            Some((key, text)) if !line.starts_with('#') => (key, text),
            _ => return line.to_owned(),
        }
    };
    let text = text.trim();
    if text.is_empty() || is_choice(text) {
        return line.to_owned();
    }
    let twice = format!("(~{text} {text}~)");
    if is_variant {
        format!("{before}] {twice}")
    } else if before.is_empty() {
        format!("    {twice}")
    } else {
        format!("{before}= {twice}")
    }
}

#[test]
fn texts_are_twice_as_long_and_choices_still_choose() {
    use i18n_embed_fl::fl;

    let texts = super::Texts::doubled().unwrap();
    assert_eq!(fl!(texts.loader, "close"), "(~Закрыть Закрыть~)");
    let headline = fl!(texts.loader, "bases-here", count = 3);
    assert!(headline.starts_with("(~") && headline.matches('3').count() == 2, "{headline}");
}
