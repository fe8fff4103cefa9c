//! What the installer was given on its command line, understood as a whole before anything is changed.
//!
//! Everything arrives as text, with a space that keeps a closing backslash from swallowing the quote behind
//! it; blank means not given. Deliberately not here: doing anything about them.

use std::path::PathBuf;

use clap::Args;
use smarts_core::http::proxy::{Proxy, WrongAddress};
use smarts_core::settings::{CheckHours, Key, ProxyUser, Value, WeekHours, Wrong, is_absolute};

/// The properties of the MSI, as they come.
#[derive(Clone, Debug, Default, Args)]
pub struct Properties {
    /// `SOURCE_URL`: an https address without credentials, or a folder
    #[arg(short = 's', long, allow_hyphen_values = true, default_value = "")]
    pub source_url: String,
    /// `TRUSTED_ROOT`: the absolute path of a file, which is copied
    #[arg(short = 't', long, allow_hyphen_values = true, default_value = "")]
    pub root_file: String,
    /// `CHECK_HOURS`: 1 to 168
    #[arg(short = 'c', long, allow_hyphen_values = true, default_value = "")]
    pub check_hours: String,
    /// `NOTIFY`: admins, all or none
    #[arg(short = 'n', long, allow_hyphen_values = true, default_value = "")]
    pub notify: String,
    /// `WHO_MAY_UPDATE`: admins or all
    #[arg(short = 'w', long, allow_hyphen_values = true, default_value = "")]
    pub who_may_update: String,
    /// `PROXY`: system, environment, none, or an address without credentials
    #[arg(short = 'p', long, allow_hyphen_values = true, default_value = "")]
    pub proxy: String,
    /// `PROXY_USER`: the name for the proxy; its password is set by `smarts proxy set-password`
    #[arg(short = 'u', long, allow_hyphen_values = true, default_value = "")]
    pub proxy_user: String,
    /// `CA_FILE`: the absolute path of a PEM file, which stays where it is
    #[arg(short = 'a', long, allow_hyphen_values = true, default_value = "")]
    pub ca_file: String,
    /// `REPORT_DIR`: a folder
    #[arg(short = 'r', long, allow_hyphen_values = true, default_value = "")]
    pub report_dir: String,
    /// `BACKUP_DIR`: a folder
    #[arg(short = 'b', long, allow_hyphen_values = true, default_value = "")]
    pub backup_dir: String,
    /// `INSTALLTASK`: 1, or 0 for no scheduled task
    #[arg(short = 'i', long, allow_hyphen_values = true, default_value = "")]
    pub install_task: String,
    /// `WORKING_HOURS`: the only hours in which is checked, or none for any
    #[arg(short = 'd', long, allow_hyphen_values = true, default_value = "")]
    pub working_hours: String,
    /// `MAINTENANCE`: the hours in which updates are made, or none
    #[arg(short = 'm', long, allow_hyphen_values = true, default_value = "")]
    pub maintenance: String,
    /// `OFFLINE`: 1 for a PC that has no way to a source, or 0
    #[arg(short = 'o', long, allow_hyphen_values = true, default_value = "")]
    pub offline: String,
}

/// What they mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Keys of `settings.toml`.
    pub(super) values: Vec<(&'static str, Value)>,
    pub(super) check_hours: Option<CheckHours>,
    pub(super) trusted_root: Option<PathBuf>,
    pub(super) install_task: Option<bool>,
}

/// A property that means nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{property} is to be {expected}")]
pub struct Misunderstood {
    /// Its name in the MSI.
    pub property: &'static str,
    /// What would be understood.
    pub expected: &'static str,
}

impl Properties {
    /// Understands all of them, or none.
    pub(super) fn understand(&self) -> Result<Wanted, Misunderstood> {
        let check_hours = given(&self.check_hours).map(hours).transpose()?;
        let trusted_root = given(&self.root_file).map(root_file).transpose()?;
        let source_of = |text| source(text, trusted_root.is_some());
        let values = [
            ("source", given(&self.source_url).map(source_of).transpose()?),
            ("notify", given(&self.notify).map(|text| one_of("NOTIFY", text)).transpose()?),
            (
                "who_may_update",
                given(&self.who_may_update).map(|text| one_of("WHO_MAY_UPDATE", text)).transpose()?,
            ),
            ("proxy", given(&self.proxy).map(proxy).transpose()?),
            ("proxy_user", given(&self.proxy_user).map(proxy_user).transpose()?),
            ("ca_file", given(&self.ca_file).map(|text| file("CA_FILE", text)).transpose()?),
            ("report_dir", given(&self.report_dir).map(|text| dir("REPORT_DIR", text)).transpose()?),
            ("backup_dir", given(&self.backup_dir).map(|text| dir("BACKUP_DIR", text)).transpose()?),
        ];
        let texts = values.into_iter().filter_map(|(key, value)| Some((key, Value::Text(value?))));
        let numbers = check_hours.map(|hours| ("check_hours", Value::Number(hours.hours().into())));
        let flag = |property, text| given(text).map(|text| flag(property, text)).transpose();
        let hours = |property, text| given(text).map(|text| week_hours(property, text)).transpose();
        let others = [
            ("working_hours", hours("WORKING_HOURS", &self.working_hours)?),
            ("maintenance", hours("MAINTENANCE", &self.maintenance)?),
            ("offline", flag("OFFLINE", &self.offline)?.map(Value::Flag)),
        ];
        let others = others.into_iter().filter_map(|(key, value)| Some((key, value?)));
        let install_task = flag("INSTALLTASK", &self.install_task)?;
        let values = texts.chain(numbers).chain(others).collect();
        Ok(Wanted { values, check_hours, trusted_root, install_task })
    }
}

fn given(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

fn hours(text: &str) -> Result<CheckHours, Misunderstood> {
    let hours = text.parse::<u16>().ok().and_then(|hours| CheckHours::try_from(hours).ok());
    hours.ok_or(Misunderstood { property: "CHECK_HOURS", expected: "a number of hours, 1 to 168" })
}

fn flag(property: &'static str, text: &str) -> Result<bool, Misunderstood> {
    match text {
        "0" => Ok(false),
        "1" => Ok(true),
        _ => Err(Misunderstood { property, expected: "0 or 1" }),
    }
}

/// `none` takes a setting away that an earlier installation has made.
fn week_hours(property: &'static str, text: &str) -> Result<Value, Misunderstood> {
    if text.eq_ignore_ascii_case("none") {
        return Ok(Value::Unset);
    }
    let expected = "hours such as 21:00-23:00 or mon-thu 21:00-23:00, or none";
    let hours: WeekHours = text.parse().map_err(|_| Misunderstood { property, expected })?;
    Ok(Value::Text(hours.to_string()))
}

fn one_of(property: &'static str, text: &str) -> Result<String, Misunderstood> {
    let (words, expected): (&[&str], _) = match property {
        "NOTIFY" => (&["admins", "all", "none"], "admins, all or none"),
        _ => (&["admins", "all"], "admins or all"),
    };
    let word = words.iter().find(|word| word.eq_ignore_ascii_case(text));
    word.map(|word| (*word).to_owned()).ok_or(Misunderstood { property, expected })
}

/// Everybody on the PC may read the settings, so nothing secret may get there.
fn source(text: &str, has_trusted_root: bool) -> Result<String, Misunderstood> {
    let expected = match Key::Source.value(text, has_trusted_root) {
        Ok(_) => return Ok(text.to_owned()),
        Err(Wrong::Login) => "an address without a user name and a password, hence without @",
        Err(Wrong::Plain) => "an https address; an http one of another PC only together with TRUSTED_ROOT",
        Err(_) => "an https address or an absolute folder",
    };
    Err(Misunderstood { property: "SOURCE_URL", expected })
}

/// The words in any letter case, as those of the other properties.
fn proxy(text: &str) -> Result<String, Misunderstood> {
    let word = ["system", "environment", "none"].into_iter().find(|word| word.eq_ignore_ascii_case(text));
    let text = word.unwrap_or(text);
    let expected = match Proxy::try_from(text.to_owned()) {
        Ok(_) => return Ok(text.to_owned()),
        Err(WrongAddress::Login) => "an address without a user name and a password, hence without @",
        Err(WrongAddress::Other) => "system, environment, none or an address such as http://proxy.shop:3128",
    };
    Err(Misunderstood { property: "PROXY", expected })
}

fn proxy_user(text: &str) -> Result<String, Misunderstood> {
    let expected = "a name without a colon and a password";
    let understood = ProxyUser::try_from(text.to_owned());
    understood.map(|_| text.to_owned()).map_err(|_| Misunderstood { property: "PROXY_USER", expected })
}

fn root_file(text: &str) -> Result<PathBuf, Misunderstood> {
    file("TRUSTED_ROOT", text).map(PathBuf::from)
}

fn file(property: &'static str, text: &str) -> Result<String, Misunderstood> {
    let expected = "the absolute path of a file";
    is_absolute(text).then(|| text.to_owned()).ok_or(Misunderstood { property, expected })
}

fn dir(property: &'static str, text: &str) -> Result<String, Misunderstood> {
    let expected = "an absolute folder";
    is_absolute(text).then(|| text.to_owned()).ok_or(Misunderstood { property, expected })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_means_not_given_and_a_closing_space_is_no_part_of_a_value() {
        let blank = Properties { source_url: " ".into(), install_task: "  ".into(), ..Properties::default() };
        assert_eq!(blank.understand(), Ok(Wanted::default()));
        let given = Properties {
            source_url: r"\\server\Зеркало\ ".into(),
            check_hours: "8 ".into(),
            notify: "All ".into(),
            backup_dir: r"D:\Копии\ ".into(),
            install_task: "0 ".into(),
            ..Properties::default()
        };
        let text = |text: &str| Value::Text(text.to_owned());
        let values = [
            ("source", text(r"\\server\Зеркало\")),
            ("notify", text("all")),
            ("backup_dir", text(r"D:\Копии\")),
            ("check_hours", Value::Number(8)),
        ];
        let wanted = given.understand().unwrap();
        assert_eq!((wanted.values.as_slice(), wanted.install_task), (values.as_slice(), Some(false)));
    }

    #[test]
    fn a_property_that_means_nothing_is_named_with_what_it_may_be() {
        let wrong = |set: &dyn Fn(&mut Properties)| {
            let mut properties = Properties::default();
            set(&mut properties);
            properties.understand().unwrap_err().property
        };
        assert_eq!(wrong(&|all| all.check_hours = "abc".into()), "CHECK_HOURS");
        assert_eq!(wrong(&|all| all.check_hours = "0".into()), "CHECK_HOURS");
        assert_eq!(wrong(&|all| all.notify = "me".into()), "NOTIFY");
        assert_eq!(wrong(&|all| all.who_may_update = "none".into()), "WHO_MAY_UPDATE");
        assert_eq!(wrong(&|all| all.proxy = "tor".into()), "PROXY");
        assert_eq!(wrong(&|all| all.proxy = "http://ivan:s3cret@proxy:3128".into()), "PROXY");
        assert_eq!(wrong(&|all| all.proxy_user = "ivan:s3cret".into()), "PROXY_USER");
        assert_eq!(wrong(&|all| all.ca_file = r"keys\company.pem".into()), "CA_FILE");
        assert_eq!(wrong(&|all| all.source_url = "ftp://server".into()), "SOURCE_URL");
        assert_eq!(wrong(&|all| all.source_url = "Зеркало".into()), "SOURCE_URL");
        assert_eq!(wrong(&|all| all.source_url = "https://".into()), "SOURCE_URL");
        assert_eq!(wrong(&|all| all.root_file = r"keys\root.json".into()), "TRUSTED_ROOT");
        assert_eq!(wrong(&|all| all.root_file = "root.json".into()), "TRUSTED_ROOT");
        assert_eq!(wrong(&|all| all.root_file = "https://mirror.example/root.json".into()), "TRUSTED_ROOT");
        assert_eq!(wrong(&|all| all.report_dir = r"..\отчёты".into()), "REPORT_DIR");
        assert_eq!(wrong(&|all| all.install_task = "yes".into()), "INSTALLTASK");
        assert_eq!(wrong(&|all| all.working_hours = "9-18".into()), "WORKING_HOURS");
        assert_eq!(wrong(&|all| all.maintenance = "пн 21:00-23:00".into()), "MAINTENANCE");
        assert_eq!(wrong(&|all| all.offline = "yes".into()), "OFFLINE");
    }

    #[test]
    fn hours_of_the_week_are_kept_as_they_are_understood_and_none_takes_them_away() {
        let given = Properties {
            working_hours: "MON-fri 9:00-18:00 ".into(),
            maintenance: "None ".into(),
            offline: "1 ".into(),
            ..Properties::default()
        };
        let hours = Value::Text("mon,tue,wed,thu,fri 09:00-18:00".to_owned());
        let values =
            [("working_hours", hours), ("maintenance", Value::Unset), ("offline", Value::Flag(true))];
        assert_eq!(given.understand().unwrap().values, values);
    }

    #[test]
    fn a_proxy_is_a_word_or_an_address_and_never_carries_a_password() {
        let value = |proxy: &str| {
            let properties = Properties { proxy: proxy.to_owned(), ..Properties::default() };
            properties.understand().map(|wanted| wanted.values)
        };
        for (given, kept) in
            [("None", "none"), ("environment", "environment"), ("http://p:3128 ", "http://p:3128")]
        {
            assert_eq!(value(given).unwrap(), [("proxy", Value::Text(kept.to_owned()))]);
        }
        let error = value("http://ivan:s3cret@proxy:3128").unwrap_err().to_string();
        assert!(error.contains("without a user name") && !error.contains("s3cret"), "{error}");
    }

    fn given(source_url: &str, root_file: &str) -> Result<Wanted, Misunderstood> {
        let (source_url, root_file) = (source_url.to_owned(), root_file.to_owned());
        Properties { source_url, root_file, ..Properties::default() }.understand()
    }

    #[test]
    fn an_address_with_a_name_or_a_password_is_refused_without_repeating_it() {
        for address in [
            "https://ivanov:s3cret@mirror.example/",
            "https://s3cret@mirror.example/",
            "https://:s3cret@mirror.example/",
            "https://ivanov:12/s3cret@mirror.example/",
            "http://ivanov:s3cret@127.0.0.1/",
        ] {
            let error = given(address, r"D:\root.json").unwrap_err().to_string();
            assert!(error.contains("without a user name and a password"), "{error}");
            assert!(!error.contains("s3cret"), "{error}");
        }
        assert!(given(r"\\server@SSL\share", "").is_ok(), "a folder may have an @");
    }

    #[test]
    fn plain_http_to_another_pc_needs_a_trusted_root() {
        for address in ["http://mirror.example/", "HTTP://10.0.0.1:8080/", "http://localhost.example/"] {
            let error = given(address, "").unwrap_err().to_string();
            assert!(error.contains("TRUSTED_ROOT"), "{error}");
            assert!(given(address, r"D:\keys\root.json").is_ok(), "{address}");
        }
        for address in ["http://127.0.0.1:8080/", "http://localhost/", "https://mirror.example/"] {
            assert!(given(address, "").is_ok(), "{address}");
        }
    }

    #[test]
    fn a_trusted_root_is_a_file_by_its_absolute_path() {
        for path in [r"D:\keys\root.json", r"\\server\keys\root.json"] {
            assert_eq!(given("", path).unwrap().trusted_root, Some(PathBuf::from(path)));
        }
    }
}
