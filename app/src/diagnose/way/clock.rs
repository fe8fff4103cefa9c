//! How far this PC's clock is from that of the source, and from what was signed.

use i18n_embed_fl::fl;
use jiff::{SignedDuration, Timestamp};
use smarts_core::probe::Answered;
use smarts_core::source::Fault;

use crate::diagnose::{Line, State};
use crate::i18n::Texts;

const ID: &str = "clock";
/// An answer takes its time, and nothing here depends on minutes.
const MUCH: SignedDuration = SignedDuration::from_mins(5);

/// What a server's answer says of it.
pub(super) fn line(
    now: Timestamp,
    answered: &Result<Answered, Fault>,
    at_least: Option<Timestamp>,
    texts: &Texts,
) -> Line {
    let loader = &texts.loader;
    if let Some(line) = behind(now, at_least, texts) {
        return line;
    }
    let Some(theirs) = answered.as_ref().ok().and_then(|answered| answered.sent_at) else {
        let text = fl!(loader, "diagnose-clock-unknown");
        let why = if answered.is_ok() { fl!(loader, "diagnose-clock-no-date") } else { String::new() };
        return Line::new(ID, State::Unknown, text, why).advise(fl!(loader, "advice-clock-unknown"));
    };
    let off = now.duration_since(theirs);
    let how_far = words(off.abs(), texts);
    if off.abs() <= MUCH {
        return Line::new(ID, State::Ok, fl!(loader, "diagnose-clock", by = how_far), "");
    }
    let text = if off.is_negative() {
        fl!(loader, "diagnose-clock-slow", by = how_far)
    } else {
        fl!(loader, "diagnose-clock-fast", by = how_far)
    };
    let detail = fl!(loader, "diagnose-clock-by-server");
    Line::new(ID, State::Attention, text, detail).advise(fl!(loader, "advice-clock"))
}

/// Where there is no server to compare with: what was signed, or nothing.
pub(in crate::diagnose) fn without_server(
    now: Timestamp,
    at_least: Option<Timestamp>,
    texts: &Texts,
) -> Line {
    let loader = &texts.loader;
    if let Some(line) = behind(now, at_least, texts) {
        return line;
    }
    match at_least {
        Some(least) => {
            let detail = fl!(loader, "diagnose-trust-floor", moment = texts.utc_day(least));
            Line::new(ID, State::Ok, fl!(loader, "diagnose-clock-not-behind"), detail)
        }
        None => Line::new(ID, State::Neutral, fl!(loader, "diagnose-clock-alone"), ""),
    }
}

/// Behind what is signed.
fn behind(now: Timestamp, at_least: Option<Timestamp>, texts: &Texts) -> Option<Line> {
    let loader = &texts.loader;
    let least = at_least.filter(|least| now < *least)?;
    let detail = fl!(loader, "diagnose-trust-floor", moment = texts.utc_day(least));
    let line = Line::new(ID, State::Attention, fl!(loader, "diagnose-clock-behind"), detail);
    Some(line.advise(fl!(loader, "advice-clock")))
}

fn words(by: SignedDuration, texts: &Texts) -> String {
    let loader = &texts.loader;
    let seconds = by.as_secs();
    match seconds {
        0..120 => fl!(loader, "diagnose-off-seconds", count = seconds.to_string()),
        120..7200 => fl!(loader, "diagnose-off-minutes", count = (seconds / 60).to_string()),
        7200..172_800 => fl!(loader, "diagnose-off-hours", count = (seconds / 3600).to_string()),
        _ => fl!(loader, "diagnose-off-days", count = (seconds / 86400).to_string()),
    }
}
