//! Whether ports open and the source answers.

use std::fs;
use std::path::Path;
use std::time::Duration;

use i18n_embed_fl::fl;
use smarts_core::http::{host_and_port, redacted, redacted_text};
use smarts_core::probe::{Answered, PortFault};
use smarts_core::source::Fault;

use super::Looks;
use crate::diagnose::{Line, State};
use crate::i18n::{Texts, sentence};
use crate::session::SiteWay;

/// A port that this program does not need is a fact and no fault: firewalls keep it closed with reason.
pub(super) fn port(
    id: &'static str,
    number: u16,
    is_needed: bool,
    found: &Result<Duration, PortFault>,
    texts: &Texts,
) -> Line {
    let loader = &texts.loader;
    let number = number.to_string();
    let fault = match found {
        Ok(took) => {
            let text = fl!(loader, "diagnose-port-open", port = number, time = millis(*took, texts));
            return Line::new(id, State::Ok, text, "");
        }
        Err(fault) => fault,
    };
    let (text, detail) = words(fault, &number, texts);
    if is_needed && matches!(fault, PortFault::NoName | PortFault::NameTimeout) {
        return Line::new(id, State::Unknown, text, detail).advise(fl!(loader, "advice-way"));
    }
    if is_needed {
        return Line::new(id, State::Attention, text, detail).advise(fl!(loader, "advice-port"));
    }
    let facts = [fl!(loader, "diagnose-port-not-needed"), detail];
    let facts: Vec<String> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    Line::new(id, State::Neutral, text, sentence(&facts.join("; ")))
}

/// The proxy that all connections to the source go by.
pub(super) fn proxy(address: &str, found: &Result<Duration, PortFault>, texts: &Texts) -> Line {
    let loader = &texts.loader;
    match found {
        Ok(took) => {
            let text = fl!(loader, "diagnose-proxy-open", proxy = address, time = millis(*took, texts));
            Line::new("proxy_port", State::Ok, text, "")
        }
        Err(fault) => {
            let text = fl!(loader, "diagnose-proxy-closed", proxy = address);
            let line = Line::new("proxy_port", State::Attention, text, sentence(&why_closed(fault, texts)));
            line.advise(fl!(loader, "advice-proxy-port"))
        }
    }
}

/// Whether the source itself answers, and with what.
pub(super) fn answer(common: &Looks, answered: &Result<Answered, Fault>) -> Line {
    let texts = common.texts();
    let loader = &texts.loader;
    let host = common.host_and_port();
    match answered {
        Ok(Answered { status: 200, took, .. }) => {
            let text = fl!(loader, "diagnose-answer", host = host, time = millis(*took, texts));
            Line::new("answer", State::Ok, text, "")
        }
        Ok(Answered { status, .. }) => {
            let text = fl!(loader, "diagnose-answer-status", host = host, status = status.to_string());
            let line = Line::new("answer", State::Attention, text, redacted(&common.way.url));
            line.advise(fl!(loader, "advice-answer"))
        }
        Err(fault) => {
            let line = Line::new("answer", State::Attention, texts.source_fault(fault), "");
            line.advise(texts.connection_next(fault).unwrap_or_else(|| fl!(loader, "advice-way")))
        }
    }
}

/// Whether the other half of a source can be talked to: which lists it has is its own affair.
pub(super) fn second(way: &SiteWay, answered: &Result<Answered, Fault>, texts: &Texts) -> Line {
    let loader = &texts.loader;
    match answered {
        Ok(Answered { took, .. }) => {
            let text =
                fl!(loader, "diagnose-answer", host = host_and_port(&way.url), time = millis(*took, texts));
            Line::new("second_host", State::Ok, text, "")
        }
        Err(fault) => {
            let line = Line::new("second_host", State::Attention, texts.source_fault(fault), "");
            line.advise(texts.connection_next(fault).unwrap_or_else(|| fl!(loader, "advice-second-host")))
        }
    }
}

/// A source that is a folder: a share, a stick. `is_updates`: it stands in place of `updates/`.
pub(in crate::diagnose) fn folder(path: &Path, is_updates: bool, texts: &Texts) -> Line {
    let loader = &texts.loader;
    let shown = redacted_text(&path.display().to_string());
    let fault = match fs::read_dir(path) {
        Ok(_) if is_updates || path.join("updates").is_dir() => {
            return Line::new("source_folder", State::Ok, fl!(loader, "diagnose-source-folder"), shown);
        }
        Ok(_) => {
            let text = fl!(loader, "diagnose-source-folder-bare");
            let line = Line::new("source_folder", State::Attention, text, shown);
            return line.advise(fl!(loader, "advice-source-folder-bare"));
        }
        Err(error) => error,
    };
    let text = fl!(loader, "diagnose-no-source-folder");
    let line = Line::new("source_folder", State::Attention, text, format!("{shown}: {fault}"));
    line.advise(fl!(loader, "advice-source-folder"))
}

fn words(fault: &PortFault, number: &str, texts: &Texts) -> (String, String) {
    let loader = &texts.loader;
    match fault {
        PortFault::Refused => (fl!(loader, "diagnose-port-refused", port = number), String::new()),
        PortFault::Timeout => (fl!(loader, "diagnose-port-late", port = number), String::new()),
        PortFault::NoName => (fl!(loader, "diagnose-port-no-name", port = number), String::new()),
        PortFault::NameTimeout => (fl!(loader, "diagnose-port-name-late", port = number), String::new()),
        PortFault::Other { detail } => {
            (fl!(loader, "diagnose-port-unreached", port = number), detail.clone())
        }
    }
}

fn why_closed(fault: &PortFault, texts: &Texts) -> String {
    let loader = &texts.loader;
    match fault {
        PortFault::Refused => fl!(loader, "diagnose-closed-refused"),
        PortFault::Timeout => fl!(loader, "diagnose-late"),
        PortFault::NoName => fl!(loader, "diagnose-closed-no-name"),
        PortFault::NameTimeout => fl!(loader, "diagnose-closed-name-late"),
        PortFault::Other { detail } => detail.clone(),
    }
}

fn millis(took: Duration, texts: &Texts) -> String {
    fl!(texts.loader, "diagnose-millis", count = took.as_millis().max(1).to_string())
}
