//! What findings are about, in a word or two.

use i18n_embed_fl::fl;

use super::Group;
use crate::i18n::Texts;

pub(super) fn group(group: Group, texts: &Texts) -> String {
    let loader = &texts.loader;
    match group {
        Group::Source => fl!(loader, "diagnose-group-source"),
        Group::Program => fl!(loader, "diagnose-group-program"),
        Group::Files => fl!(loader, "diagnose-group-files"),
        Group::Background => fl!(loader, "diagnose-group-background"),
        Group::Pc => fl!(loader, "diagnose-group-pc"),
    }
}

/// The title of a finding; of an unknown one its id.
pub(super) fn title(id: &str, texts: &Texts) -> String {
    let loader = &texts.loader;
    match id {
        "source" => fl!(loader, "diagnose-title-source"),
        "trust" => fl!(loader, "diagnose-title-trust"),
        "proxy" => fl!(loader, "diagnose-title-proxy"),
        "proxy_port" => fl!(loader, "diagnose-title-proxy-port"),
        "ca_file" => fl!(loader, "diagnose-title-ca-file"),
        "name" => fl!(loader, "diagnose-title-name"),
        "port_443" => fl!(loader, "diagnose-title-port", port = "443"),
        "port_80" => fl!(loader, "diagnose-title-port", port = "80"),
        "port" => fl!(loader, "diagnose-title-own-port"),
        "tls" => fl!(loader, "diagnose-title-tls"),
        "answer" => fl!(loader, "diagnose-title-answer"),
        "source_folder" => fl!(loader, "diagnose-title-source-folder"),
        "second_host" => fl!(loader, "diagnose-title-second-host"),
        "firewall" => fl!(loader, "diagnose-title-firewall"),
        "vendor_address" => fl!(loader, "diagnose-title-vendor-address"),
        "clock" => fl!(loader, "diagnose-title-clock"),
        "program" => fl!(loader, "diagnose-title-program"),
        "signature" => fl!(loader, "diagnose-title-signature"),
        "settings" => fl!(loader, "diagnose-title-settings"),
        "policy" => fl!(loader, "diagnose-title-policy"),
        "renderer" => fl!(loader, "diagnose-title-renderer"),
        _ => of_this_pc(id, texts),
    }
}

fn of_this_pc(id: &str, texts: &Texts) -> String {
    let loader = &texts.loader;
    match id {
        "folder" => fl!(loader, "diagnose-title-folder"),
        "state_folder" => fl!(loader, "diagnose-title-state-folder"),
        "downloads" => fl!(loader, "diagnose-title-downloads"),
        "backups" => fl!(loader, "diagnose-title-backups"),
        "log" => fl!(loader, "diagnose-title-log"),
        "journal" => fl!(loader, "diagnose-title-journal"),
        "changes" => fl!(loader, "diagnose-title-changes"),
        "task" => fl!(loader, "diagnose-title-task"),
        "last_check" => fl!(loader, "diagnose-title-last-check"),
        "event_log" => fl!(loader, "diagnose-title-event-log"),
        "event_source" => fl!(loader, "diagnose-title-event-source"),
        "windows" => fl!(loader, "diagnose-title-windows"),
        "platform" => fl!(loader, "diagnose-title-platform"),
        "bases" => fl!(loader, "diagnose-title-bases"),
        "rights" => fl!(loader, "diagnose-title-rights"),
        "reboot" => fl!(loader, "diagnose-title-reboot"),
        _ => id.to_owned(),
    }
}
