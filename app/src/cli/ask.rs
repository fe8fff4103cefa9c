//! Questions on the terminal, or through a pipe. No answer is a "no".

use i18n_embed_fl::fl;

use super::{Failure, Streams};
use crate::i18n::Texts;

/// Asks a question that is answered with yes or no; the end of the input is a no.
pub(super) fn confirm(question: &str, texts: &Texts, streams: &mut Streams<'_>) -> Result<bool, Failure> {
    write!(streams.err, "{question} {} ", fl!(texts.loader, "ask-yes-no"))?;
    streams.err.flush()?;
    let mut answer = String::new();
    streams.input.read_line(&mut answer)?;
    if !answer.ends_with('\n') {
        writeln!(streams.err)?;
    }
    Ok(is_yes(&answer))
}

/// Yes in either language, whichever the person's is: nobody should have to switch the keyboard.
fn is_yes(answer: &str) -> bool {
    matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "д" | "да")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    fn answered(input: &str) -> bool {
        let texts = Texts::new(Language::Ru).unwrap();
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut input = input.as_bytes();
        let mut streams =
            Streams { out: &mut out, err: &mut err, input: &mut input, is_terminal: false, secret: None };
        confirm("Обновить?", &texts, &mut streams).unwrap()
    }

    #[test]
    fn only_a_clear_yes_is_a_yes() {
        for yes in ["y\n", "YES\n", "д\n", "Да\r\n", "да"] {
            assert!(answered(yes), "{yes:?}");
        }
        for no in ["", "\n", "n\n", "нет\n", "дa\n", "yess\n"] {
            assert!(!answered(no), "{no:?}");
        }
    }
}
