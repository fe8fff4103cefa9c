//! The way out of this PC: what the settings, the system and the environment say, and the login for a proxy.

use std::path::PathBuf;
use std::sync::Arc;

use smarts_core::catalogue;
use smarts_core::http::login::{Login, Password};
use smarts_core::http::proxy::{Environment, ProxyAddress, SystemProxy};
use smarts_core::http::refused::Refusals;
use smarts_core::http::secrets::of_text;
use smarts_core::http::tls::CaFile;
use smarts_core::http::{HttpOptions, ProxyInTheWay};
use smarts_core::machine::Machine;
use smarts_core::os::{self, Os};
use smarts_core::paths::Paths;
use smarts_core::secret;
use smarts_core::settings::Settings;
use smarts_core::source::Fault;

use super::{CheckError, Session};

/// The login that is kept, as far as it may be told.
#[derive(Debug)]
pub enum KeptLogin {
    /// None.
    None,
    /// For the proxy and the user of the settings.
    Ours,
    /// For another proxy or another user; it is not sent.
    Another {
        /// Which proxy.
        proxy: ProxyAddress,
    },
    /// It could not be read.
    Unread(secret::Error),
}

/// Everything the client is to know about ways out. The network is the host's, whatever stands for the PC.
pub(super) fn http_options(os: &Arc<dyn Os>, paths: &Paths, settings: &Settings) -> HttpOptions {
    HttpOptions {
        proxy: settings.proxy.clone(),
        system_proxy: os::host().system_proxy(),
        environment: Environment::of_process(),
        login: login(&**os, paths, settings),
        refusals: Some(refusals(paths)),
        ca_file: settings.ca_file.as_deref().map(|written| CaFile::named(&**os, written)),
        ..HttpOptions::default()
    }
}

fn refusals(paths: &Paths) -> Refusals {
    Refusals::new(&paths.refusals_dir()).with_common(&paths.proxy_refusal_path())
}

fn login(os: &dyn Os, paths: &Paths, settings: &Settings) -> Option<Login> {
    let user = settings.proxy_user.as_ref()?;
    let kept = secret::load(os, &paths.proxy_login_path()).unwrap_or_else(|error| {
        tracing::warn!(error = crate::error::chain(&error), "The login for the proxy is not used");
        None
    });
    kept.filter(|login| login.user == user.name())
}

impl Session {
    /// The proxy between this PC and the source.
    pub fn proxy_in_the_way(&self, machine: &Machine) -> Option<ProxyInTheWay> {
        let detour = self.detour();
        let choice = self.choice(&detour, machine);
        let addresses = [Some(choice.root), choice.updates].into_iter().flatten().map(str::trim);
        // A folder on a drive could pass for an address, too.
        let sites = addresses.filter(|text| text.contains("://"));
        sites.filter_map(|text| text.parse().ok()).find_map(|url| self.http.proxy(&url))
    }

    /// The proxy that a person has to be asked the password for; only where the settings name a user, and no
    /// password is kept.
    pub fn wants_password(&self) -> Option<ProxyAddress> {
        self.settings.proxy_user.as_ref()?;
        let proxy = self.proxy_in_the_way(&self.machine())?;
        (!proxy.has_login).then_some(proxy.address)
    }

    /// The proxy whose password a person may be asked for after a check has failed for want of it, and the user.
    pub fn asks_for(&self, error: &CheckError, machine: &Machine) -> Option<(ProxyAddress, String)> {
        let CheckError::Check(failure) = error else { return None };
        let catalogue::Fault::Source(Fault::ProxyAuthentication { .. }) = &failure.error.fault else {
            return None;
        };
        let user = self.settings.proxy_user.as_ref()?.name().to_owned();
        Some((self.proxy_in_the_way(machine)?.address, user))
    }

    /// Uses a password for a proxy for as long as this session lives.
    pub fn use_password(&self, proxy: ProxyAddress, password: String) {
        let Some(user) = &self.settings.proxy_user else { return };
        let user = user.name().to_owned();
        self.http.log_in(Login { proxy, user, password: Password(password), stamp: String::new() });
    }

    /// Keeps a password for everybody on this PC. Only for administrators, which is for the caller to see. A login that
    /// was refused is tried again.
    pub fn keep_password(
        &self,
        proxy: &ProxyAddress,
        user: &str,
        password: String,
    ) -> Result<(), secret::Error> {
        let (path, refusal_path) = (self.paths.proxy_login_path(), self.paths.proxy_refusal_path());
        secret::save(&*self.os, &path, &refusal_path, proxy, user, &Password(password))?;
        self.forget_refusals()
    }

    /// Forgets the password that is kept; whether there was one.
    pub fn forget_password(&self) -> Result<bool, secret::Error> {
        secret::forget(&self.paths.proxy_login_path())
    }

    /// Forgets which logins were refused: those of this person, and for everybody the one that is kept.
    pub fn forget_refusals(&self) -> Result<(), secret::Error> {
        let path = self.paths.refusals_dir();
        refusals(&self.paths).forget().map_err(|source| secret::Error::File { path, source })
    }

    /// What is kept, for the proxy in the way or the one that the settings name.
    pub fn kept_login(&self, proxy: Option<&ProxyAddress>) -> KeptLogin {
        match secret::load(&*self.os, &self.paths.proxy_login_path()) {
            Ok(None) => KeptLogin::None,
            Ok(Some(login)) => {
                let is_user = self.settings.proxy_user.as_ref().is_some_and(|user| user.name() == login.user);
                if is_user && proxy == Some(&login.proxy) {
                    KeptLogin::Ours
                } else {
                    KeptLogin::Another { proxy: login.proxy }
                }
            }
            Err(error) => KeptLogin::Unread(error),
        }
    }

    /// Names and passwords that no text may have which leaves this PC.
    pub(crate) fn secrets(&self, machine: &Machine) -> Vec<String> {
        let named = self.source.iter().chain(&self.settings.source).chain(&self.settings.mirrors);
        let texts = named.chain(&machine.config.custom_update_path);
        let mut secrets: Vec<String> = texts.flat_map(|text| of_text(text)).collect();
        secrets.extend(self.http.secrets());
        secrets.extend(self.settings.proxy_user.iter().map(|user| user.name().to_owned()));
        // A login for another proxy or another person is not in use, and still a secret.
        if let Ok(Some(login)) = secret::load(&*self.os, &self.paths.proxy_login_path()) {
            secrets.extend([login.user, login.password.0]);
        }
        secrets
    }

    /// The file of certificates in force.
    pub fn ca_file(&self) -> Option<(PathBuf, Result<(), smarts_core::source::CaProblem>)> {
        let written = self.settings.ca_file.clone()?;
        let checked = CaFile::named(&*self.os, &written).check();
        Some((written, checked))
    }

    /// What the system says about proxies.
    pub fn system_proxy(&self) -> Option<SystemProxy> {
        os::host().system_proxy()
    }
}
