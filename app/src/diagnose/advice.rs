//! What to do about a finding that is not as it should be, where the finding does not say so itself.

use i18n_embed_fl::fl;

use super::{Line, State};
use crate::i18n::Texts;

/// The line with a next step, unless it is as it should be or has one.
pub(super) fn advised(line: Line, texts: &Texts) -> Line {
    if !line.advice.is_empty() {
        return line;
    }
    let advice = match line.state {
        State::Ok | State::Neutral => return line,
        State::Attention => for_attention(line.id, texts),
        State::Unknown => for_unknown(line.id, texts),
    };
    line.advise(advice)
}

fn for_attention(id: &str, texts: &Texts) -> String {
    let loader = &texts.loader;
    match id {
        "signature" | "folder" | "event_source" => fl!(loader, "advice-install-again"),
        "source" => fl!(loader, "advice-source"),
        "trust" => fl!(loader, "advice-trust"),
        "ca_file" => fl!(loader, "advice-ca-file"),
        "platform" => fl!(loader, "advice-platform"),
        "bases" => fl!(loader, "advice-bases"),
        "task" => fl!(loader, "advice-task"),
        "last_check" => fl!(loader, "advice-last-check"),
        "reboot" => fl!(loader, "advice-reboot"),
        "renderer" => fl!(loader, "advice-renderer"),
        "journal" => fl!(loader, "advice-journal"),
        "changes" => fl!(loader, "advice-changes"),
        "windows" => fl!(loader, "advice-windows"),
        "downloads" | "state_folder" | "backups" | "log" => fl!(loader, "advice-folder"),
        _ => fl!(loader, "advice-support"),
    }
}

fn for_unknown(id: &str, texts: &Texts) -> String {
    let loader = &texts.loader;
    match id {
        "last_check" => fl!(loader, "advice-never-checked"),
        "renderer" => fl!(loader, "advice-open-window"),
        "platform" | "bases" => fl!(loader, "advice-unread"),
        "signature" | "windows" | "rights" | "reboot" | "event_log" | "event_source" | "folder" => {
            fl!(loader, "advice-on-windows")
        }
        _ => fl!(loader, "advice-again"),
    }
}
