//! Which source is in force: a rule of security, for whoever can point this program at another source can make
//! an administrator run their file.
//!
//! A source that the person names on the command line, or that the settings name (which only administrators
//! can write), is taken whole. Otherwise it is the vendor's site, whose `updates/` the vendor's own setting
//! `CustomUpdatePath` replaces if it is certain that only administrators can have written it, or if nothing
//! counts but what is signed. Where it cannot be told, it is not certain. Deliberately not here: reading the
//! settings, and opening anything before [`Choice::open`].

use std::path::Path;

use super::{Anchor, Error, Source, Trust};
use crate::http::{Http, redacted_text};
use crate::machine::{CommonConfig, Fault, Problem};
use crate::os::Os;
use crate::paths::COMMON_CONFIG;
use crate::settings::DEFAULT_SOURCE;

/// The source in force. Its texts may carry credentials, so it is not for showing.
pub struct Choice<'a> {
    /// A site or a folder, as written.
    pub root: &'a str,
    /// What replaces its `updates/`, as written.
    pub updates: Option<&'a str>,
    /// A setting that is not followed.
    pub problem: Option<Problem>,
    /// A trusted root is in force, and nothing that is not signed by it counts.
    pub is_signed: bool,
}

/// Chooses: `named` is of the command line, `of_settings` of our own settings, `config` of the vendor's;
/// `is_signed`: a trusted root is in force.
pub fn choose<'a>(
    named: Option<&'a str>,
    of_settings: Option<&'a str>,
    config: &'a CommonConfig,
    os: &dyn Os,
    is_signed: bool,
) -> Choice<'a> {
    if let Some(root) = named.or(of_settings) {
        return Choice { root, updates: None, problem: None, is_signed };
    }
    let vendor = Choice { root: DEFAULT_SOURCE, updates: None, problem: None, is_signed };
    match config.custom_update_path.as_deref() {
        None => vendor,
        Some(address) if is_signed || is_of_administrators(os) => Choice { updates: Some(address), ..vendor },
        Some(address) => {
            let fault = Fault::CustomUpdatePath { address: redacted_text(address) };
            Choice { problem: Some(Problem { path: COMMON_CONFIG.to_owned(), fault }), ..vendor }
        }
    }
}

fn is_of_administrators(os: &dyn Os) -> bool {
    os.locate(COMMON_CONFIG).is_ok_and(|path| os.only_administrators_may_write(&path) == Some(true))
}

impl Choice<'_> {
    /// Opens it; see [`Source::open`]. With an anchor nothing unsigned counts, and there is no way back to it.
    pub fn open(&self, http: &Http, cache_dir: &Path, anchor: Option<Anchor>) -> Result<Source, Error> {
        let http = if anchor.is_some() { http.allowing_plain() } else { http.clone() };
        let mut source = Source::open(self.root, &http, cache_dir)?;
        if let Some(address) = self.updates {
            source = source.with_updates(address, &http, cache_dir)?;
        }
        Ok(match anchor {
            Some(anchor) => source.signed(anchor),
            None => source,
        })
    }

    /// Its address or folder as it may be shown, also if it cannot be opened.
    pub fn shown(&self) -> String {
        redacted_text(self.root)
    }

    /// How far it would be proved, judged by what is written alone.
    pub fn trust(&self) -> Trust {
        let is_site = |text: &str| text.contains("://");
        if self.is_signed {
            return Trust::Signed;
        }
        if is_site(self.root) && self.updates.is_none_or(is_site) { Trust::Https } else { Trust::Folder }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::os::{
        Identity, Installer, InstallerExit, InstallerFault, Linux, LocateFault, RegistryFault, Signature,
    };

    /// A host whose common.config is written by whom the answer says.
    struct Host(Option<bool>);

    impl Os for Host {
        fn registry_value(&self, key: &str, name: &str) -> Result<Option<String>, RegistryFault> {
            Linux.registry_value(key, name)
        }

        fn locate(&self, windows_path: &str) -> Result<PathBuf, LocateFault> {
            Ok(windows_path.into())
        }

        fn machine_root(&self) -> Option<&Path> {
            None
        }

        fn only_administrators_may_write(&self, path: &Path) -> Option<bool> {
            self.0.filter(|_| path == Path::new(COMMON_CONFIG))
        }

        fn signature(&self, path: &Path) -> Signature {
            Linux.signature(path)
        }

        fn identity(&self) -> Identity {
            Linux.identity()
        }

        fn run_installer(&self, installer: &Installer<'_>) -> Result<InstallerExit, InstallerFault> {
            Linux.run_installer(installer)
        }
    }

    fn config(address: Option<&str>) -> CommonConfig {
        CommonConfig { custom_update_path: address.map(str::to_owned), ..CommonConfig::default() }
    }

    #[test]
    fn the_command_line_wins_over_the_settings_and_both_over_the_vendors_setting() {
        let config = config(Some("https://custom.example/updates"));
        let choice =
            choose(Some("D:\\stick"), Some("https://mirror.example"), &config, &Host(Some(true)), false);
        assert_eq!((choice.root, choice.updates, choice.problem), ("D:\\stick", None, None));
        let choice = choose(None, Some("https://mirror.example"), &config, &Host(Some(true)), false);
        assert_eq!((choice.root, choice.updates, choice.problem), ("https://mirror.example", None, None));
    }

    #[test]
    fn the_vendors_setting_is_followed_only_if_administrators_alone_can_have_written_it() {
        let custom = "https://ivan:secret@custom.example/updates";
        let config = config(Some(custom));
        let choice = choose(None, None, &config, &Host(Some(true)), false);
        assert_eq!((choice.root, choice.updates, choice.problem), (DEFAULT_SOURCE, Some(custom), None));
        for unsure in [Some(false), None] {
            let choice = choose(None, None, &config, &Host(unsure), false);
            assert_eq!((choice.root, choice.updates), (DEFAULT_SOURCE, None));
            let fault = Fault::CustomUpdatePath { address: "https://custom.example/updates".to_owned() };
            let problem = Problem { path: COMMON_CONFIG.to_owned(), fault };
            assert_eq!(choice.problem, Some(problem), "{unsure:?}");
        }
        let elsewhere = choose(None, None, &config, &Linux, false);
        assert!(elsewhere.updates.is_none() && elsewhere.problem.is_some());
    }

    #[test]
    fn where_everything_is_signed_it_does_not_matter_who_wrote_the_vendors_setting() {
        let config = config(Some("http://mirror.example/updates"));
        let choice = choose(None, None, &config, &Host(None), true);
        assert_eq!((choice.updates, &choice.problem), (Some("http://mirror.example/updates"), &None));
        assert_eq!(choice.trust(), Trust::Signed);
    }

    #[test]
    fn without_any_setting_it_is_the_vendors_site() {
        let choice = choose(None, None, &config(None), &Host(None), false).trust();
        assert_eq!(choice, Trust::Https);
    }

    #[test]
    fn what_cannot_be_opened_is_shown_without_credentials() {
        let config = config(None);
        let choice = choose(Some("ivan:secret@host/x"), None, &config, &Linux, false);
        assert_eq!((choice.shown().as_str(), choice.trust()), ("host/x", Trust::Folder));
    }
}
