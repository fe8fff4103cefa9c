//! Findings as text: printed, copied, counted.

use i18n_embed_fl::fl;

use super::{Line, State};
use crate::i18n::{Texts, sentence};

/// How many findings there are of which kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    /// Somebody should look.
    pub(crate) attention: usize,
    /// Could not be told.
    pub(crate) unknown: usize,
}

impl Sum {
    /// Counts them.
    pub(crate) fn of<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Self {
        let mut sum = Self::default();
        for line in lines {
            match line.state {
                State::Attention => sum.attention += 1,
                State::Unknown => sum.unknown += 1,
                State::Ok | State::Neutral => {}
            }
        }
        sum
    }

    /// In a sentence.
    pub(crate) fn words(self, texts: &Texts) -> String {
        let loader = &texts.loader;
        match (self.attention, self.unknown) {
            (0, 0) => fl!(loader, "diagnose-sum-fine"),
            (0, unknown) => fl!(loader, "diagnose-sum-unknown", count = unknown),
            (attention, 0) => fl!(loader, "diagnose-sum-attention", count = attention),
            (attention, unknown) => {
                let unknown = fl!(loader, "diagnose-sum-unknown", count = unknown);
                let attention = fl!(loader, "diagnose-sum-attention", count = attention);
                format!("{attention}, {unknown}")
            }
        }
    }
}

/// A state in a word.
fn mark(state: State, texts: &Texts) -> String {
    let loader = &texts.loader;
    match state {
        State::Ok => fl!(loader, "diagnose-mark-ok"),
        State::Neutral => fl!(loader, "diagnose-mark-neutral"),
        State::Attention => fl!(loader, "diagnose-mark-attention"),
        State::Unknown => fl!(loader, "diagnose-mark-unknown"),
    }
}

/// A finding as it is printed and copied: a row of its own, what it is found by below, then what to do.
pub(crate) fn told(line: &Line, texts: &Texts) -> String {
    let mark = mark(line.state, texts);
    let mut told = format!("{mark}  {}\n", line.text);
    for row in line.detail.lines() {
        told.push_str("    ");
        told.push_str(row);
        told.push('\n');
    }
    if !line.advice.is_empty() {
        told.push_str("    → ");
        told.push_str(&line.advice);
        told.push('\n');
    }
    told
}

/// All of them, with a heading above each group.
pub(crate) fn told_all<'a>(lines: impl IntoIterator<Item = &'a Line>, texts: &Texts) -> String {
    let mut told_all = String::new();
    let mut group = None;
    let mut sum = Sum::default();
    for line in lines {
        if group != Some(line.group) {
            if group.is_some() {
                told_all.push('\n');
            }
            group = Some(line.group);
            told_all.push_str(&texts.diagnosis_group(line.group));
            told_all.push('\n');
        }
        told_all.push_str(&told(line, texts));
        let one = Sum::of([line]);
        sum = Sum { attention: sum.attention + one.attention, unknown: sum.unknown + one.unknown };
    }
    format!("{told_all}\n{}\n", sentence(&sum.words(texts)))
}
