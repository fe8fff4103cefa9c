//! Whether TLS holds, and who stands for the host: its own issuer, or somebody who looks into connections.

use i18n_embed_fl::fl;
use jiff::Timestamp;
use smarts_core::probe::{Answered, Certificate, Unread, inspector};
use smarts_core::source::{Fault, TlsProblem};

use super::Looks;
use crate::diagnose::{Line, State};
use crate::error::chain;
use crate::i18n::{Texts, sentence};

const ID: &str = "tls";
/// A certificate that ends sooner is told.
const SOON_DAYS: i64 = 7;

pub(super) fn line(
    common: &Looks,
    shown: &Result<Certificate, Unread>,
    answered: &Result<Answered, Fault>,
) -> Line {
    let texts = common.texts();
    let loader = &texts.loader;
    match (shown, answered) {
        (Ok(shown), Ok(_)) => holds(shown, common),
        (Ok(shown), Err(Fault::Tls { problem, .. })) => broken(common, shown, *problem),
        (Ok(shown), Err(fault)) => {
            let line =
                Line::new(ID, State::Unknown, texts.source_fault(fault), issued(shown, common.now, texts));
            line.advise(fl!(loader, "advice-again"))
        }
        (Err(Unread::NotSeen(fault)), _) => {
            let text = fl!(loader, "diagnose-tls-not-seen");
            let line = Line::new(ID, State::Unknown, text, sentence(&texts.source_fault(fault)));
            line.advise(texts.connection_next(fault).unwrap_or_else(|| fl!(loader, "advice-way")))
        }
        (Err(unread @ Unread::Broken { .. }), _) => {
            let text = fl!(loader, "diagnose-tls-broken");
            Line::new(ID, State::Attention, text, chain(unread)).advise(fl!(loader, "advice-tls"))
        }
    }
}

fn holds(shown: &Certificate, common: &Looks) -> Line {
    let texts = common.texts();
    let loader = &texts.loader;
    let detail = issued(shown, common.now, texts);
    if let Some(product) = inspector(&shown.issuer) {
        let text = fl!(loader, "diagnose-tls-inspected", product = product);
        return Line::new(ID, State::Neutral, text, detail);
    }
    let days = shown.not_after.duration_since(common.now).as_hours() / 24;
    if days < SOON_DAYS {
        let text = fl!(loader, "diagnose-tls-ends-soon");
        return Line::new(ID, State::Neutral, text, detail);
    }
    Line::new(ID, State::Ok, fl!(loader, "diagnose-tls"), detail)
}

fn broken(common: &Looks, shown: &Certificate, problem: TlsProblem) -> Line {
    let texts = common.texts();
    let loader = &texts.loader;
    let host = common.host_and_port();
    let product = inspector(&shown.issuer);
    let (text, advice) = match (problem, product) {
        (TlsProblem::UnknownIssuer, Some(product)) => (
            fl!(loader, "diagnose-tls-inspected-unbelieved", product = product),
            fl!(loader, "advice-tls-inspected"),
        ),
        (TlsProblem::UnknownIssuer, None) if shown.is_self_signed => {
            (fl!(loader, "diagnose-tls-self-signed", host = host), fl!(loader, "advice-tls-issuer"))
        }
        (TlsProblem::UnknownIssuer, None) => {
            (texts.tls_problem(&host, problem), fl!(loader, "advice-tls-issuer"))
        }
        (TlsProblem::Expired | TlsProblem::NotYetValid, _) => {
            (texts.tls_problem(&host, problem), fl!(loader, "advice-tls-time"))
        }
        (TlsProblem::WrongHost | TlsProblem::Revoked | TlsProblem::Other, _) => {
            (texts.tls_problem(&host, problem), fl!(loader, "advice-tls"))
        }
    };
    Line::new(ID, State::Attention, text, issued(shown, common.now, texts)).advise(advice)
}

/// By whom, for whom, until when.
fn issued(shown: &Certificate, now: Timestamp, texts: &Texts) -> String {
    let loader = &texts.loader;
    let nobody = || fl!(loader, "diagnose-tls-nobody");
    let named = |name: &str| if name.is_empty() { nobody() } else { name.to_owned() };
    let (issuer, subject) = (named(&shown.issuer), named(&shown.subject));
    let until = texts.utc_day(shown.not_after);
    if shown.not_after < now {
        fl!(loader, "diagnose-tls-issued-ended", issuer = issuer, subject = subject, until = until)
    } else {
        fl!(loader, "diagnose-tls-issued", issuer = issuer, subject = subject, until = until)
    }
}
