//! `smarts proxy`: which proxy is in the way, and the password it wants. The password itself is never printed.

use i18n_embed_fl::fl;
use serde::Serialize;
use smarts_core::http::proxy::{Proxy as Setting, ProxyAddress};
use smarts_core::os::SealFault;
use smarts_core::secret;

use super::args::{Json, Proxy};
use super::{Failure, Status, Streams, json};
use crate::i18n::Texts;
use crate::session::{KeptLogin, Session};

/// `proxy show --json`.
#[derive(Debug, Serialize)]
struct Shown {
    /// As in the settings.
    setting: String,
    /// The proxy between this PC and the source; `null`: none.
    address: Option<String>,
    user: Option<String>,
    /// `kept`, `none`, `another` or `unread`.
    password: &'static str,
    /// A script of the system, which is not carried out.
    script: Option<String>,
    ca_file: Option<String>,
}

/// Carries it out.
pub(super) fn run(
    session: &Session,
    action: &Proxy,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    match action {
        Proxy::SetPassword => set_password(session, texts, streams),
        Proxy::Forget => forget(session, texts, streams),
        Proxy::Retry => retry(session, texts, streams),
        Proxy::Show(options) => show(session, *options, texts, streams),
    }
}

/// Asks the person for the password where one is wanted and none is kept, on a terminal only; without an answer
/// things take their course.
pub(super) fn ask(session: &Session, texts: &Texts, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let Some(read) = streams.secret else { return Ok(()) };
    let Some(proxy) = session.wants_password() else { return Ok(()) };
    let user = session.settings.proxy_user.as_ref().map_or("", |user| user.name());
    prompt(&proxy, user, texts, streams)?;
    let password = read()?;
    if !password.is_empty() {
        session.use_password(proxy, password);
    }
    Ok(())
}

fn set_password(session: &Session, texts: &Texts, streams: &mut Streams<'_>) -> Result<Status, Failure> {
    needs_administrator(session, texts)?;
    let (Some(proxy), Some(user)) = (proxy_of(session), &session.settings.proxy_user) else {
        return Err(Failure::new(Status::Usage, fl!(texts.loader, "proxy-nothing-to-set")));
    };
    let password = if let Some(read) = streams.secret {
        prompt(&proxy, user.name(), texts, streams)?;
        read()?
    } else {
        let mut line = String::new();
        streams.input.read_line(&mut line)?;
        line.trim_end_matches(['\r', '\n']).to_owned()
    };
    if password.is_empty() {
        return Ok(Status::Cancelled);
    }
    session.keep_password(&proxy, user.name(), password).map_err(|error| of(&error, texts))?;
    let line = fl!(texts.loader, "proxy-password-kept", proxy = proxy.to_string(), user = user.name());
    writeln!(streams.out, "{line}")?;
    Ok(Status::Done)
}

/// For everybody: who may use a password may send it once more.
fn retry(session: &Session, texts: &Texts, streams: &mut Streams<'_>) -> Result<Status, Failure> {
    session.forget_refusals().map_err(|error| of(&error, texts))?;
    writeln!(streams.out, "{}", fl!(texts.loader, "proxy-retried"))?;
    Ok(Status::Done)
}

fn forget(session: &Session, texts: &Texts, streams: &mut Streams<'_>) -> Result<Status, Failure> {
    let is_kept = !matches!(session.kept_login(None), KeptLogin::None);
    if is_kept {
        needs_administrator(session, texts)?;
    }
    session.forget_password().map_err(|error| of(&error, texts))?;
    writeln!(streams.out, "{}", fl!(texts.loader, "proxy-forgotten"))?;
    Ok(Status::Done)
}

fn show(
    session: &Session,
    options: Json,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let proxy = proxy_of(session);
    let settings = &session.settings;
    let kept = session.kept_login(proxy.as_ref());
    let shown = Shown {
        setting: settings.proxy.to_string(),
        address: proxy.as_ref().map(ToString::to_string),
        user: settings.proxy_user.as_ref().map(|user| user.name().to_owned()),
        password: word(&kept),
        script: session.system_proxy().and_then(|system| system.script),
        ca_file: settings.ca_file.as_ref().map(|path| path.display().to_string()),
    };
    if options.json {
        json::print(&shown, streams.out)?;
        return Ok(Status::Done);
    }
    let line = crate::diagnose::proxy_words(session, proxy.as_ref(), texts);
    writeln!(streams.out, "{line}")?;
    writeln!(streams.out, "{}", texts.kept_login(&kept, shown.user.as_deref()))?;
    if let (Setting::System, Some(script)) = (&settings.proxy, &shown.script) {
        writeln!(streams.out, "{}", fl!(texts.loader, "proxy-script", script = script.as_str()))?;
    }
    if let Some(path) = &shown.ca_file {
        writeln!(streams.out, "{}", fl!(texts.loader, "diagnose-ca-file", path = path.as_str()))?;
    }
    Ok(Status::Done)
}

fn word(kept: &KeptLogin) -> &'static str {
    match kept {
        KeptLogin::None => "none",
        KeptLogin::Ours => "kept",
        KeptLogin::Another { .. } => "another",
        KeptLogin::Unread(_) => "unread",
    }
}

/// The one in the way to the source, else the one that the settings name for whatever comes.
fn proxy_of(session: &Session) -> Option<ProxyAddress> {
    let named = || match &session.settings.proxy {
        Setting::Manual(address) => Some(address.clone()),
        Setting::System | Setting::Environment | Setting::None => None,
    };
    let in_the_way = session.proxy_in_the_way(&session.machine());
    in_the_way.map(|proxy| proxy.address).or_else(named)
}

fn prompt(proxy: &ProxyAddress, user: &str, texts: &Texts, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let question = fl!(texts.loader, "proxy-ask-password", proxy = proxy.to_string(), user = user);
    write!(streams.err, "{question} ")?;
    streams.err.flush()?;
    Ok(())
}

fn needs_administrator(session: &Session, texts: &Texts) -> Result<(), Failure> {
    if session.os.is_elevated() {
        return Ok(());
    }
    Err(Failure::new(Status::Refused, fl!(texts.loader, "proxy-rights")))
}

fn of(error: &secret::Error, texts: &Texts) -> Failure {
    match error {
        secret::Error::Seal(SealFault::NotHere) => {
            Failure::new(Status::Refused, fl!(texts.loader, "proxy-no-store"))
        }
        _ => Failure::new(Status::Failed, texts.secret_error(error)),
    }
}
