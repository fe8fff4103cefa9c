//! What the demo consists of: read from `assets/demo/demo.toml`.

use serde::Deserialize;

/// The demo's machine and releases.
#[derive(Debug, Deserialize)]
pub(crate) struct Content {
    /// Who holds the licences.
    pub(crate) company: String,
    /// The installed platform and its releases.
    pub(crate) platform: Platform,
    /// Releases of the mobile app for Android.
    pub(crate) apps: Vec<Release>,
    /// The products.
    pub(crate) products: Vec<Product>,
    /// The bases.
    pub(crate) bases: Vec<Base>,
    /// What is known of subscriptions.
    pub(crate) subscriptions: Vec<Subscription>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Platform {
    pub(crate) version: String,
    pub(crate) releases: Vec<Release>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Product {
    /// Its `appId`, and the folder of its releases.
    pub(crate) feed: String,
    pub(crate) name: String,
    pub(crate) releases: Vec<Release>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Release {
    pub(crate) version: String,
    /// `dd.MM.yyyy`.
    pub(crate) date: String,
    pub(crate) notes: String,
    /// Without one the release is described only.
    pub(crate) package: Option<Package>,
    /// The file's name, where it is not made from feed and version.
    pub(crate) file: Option<String>,
    pub(crate) min_platform: Option<String>,
    pub(crate) from_versions: Option<String>,
    pub(crate) client_version: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Package {
    /// A `.mstmpl`.
    Template,
    /// The demo's own installer: a file that this program stands in for.
    Installer,
    /// A made `.apk`.
    App,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Base {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) product: String,
    pub(crate) version: String,
    pub(crate) folder: String,
    #[serde(default)]
    pub(crate) kind: Kind,
    pub(crate) client_version: Option<String>,
    /// Its licence is a temporary one, for so many days from now.
    pub(crate) licence_days_left: Option<i64>,
    /// The version of the mobile app that it hands out to its devices.
    pub(crate) app_staged: Option<String>,
    #[serde(default)]
    pub(crate) devices: Vec<Device>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    #[default]
    Local,
    InternetExchange,
    Remote,
    Cloud,
    Damaged,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Device {
    pub(crate) id: String,
    pub(crate) hours_ago: u64,
    /// What it states of its mobile app.
    pub(crate) app: Option<String>,
    /// What it says that it runs.
    pub(crate) system: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Subscription {
    pub(crate) device: String,
    #[serde(default)]
    pub(crate) product: String,
    #[serde(flatten)]
    pub(crate) end: End,
    pub(crate) licence: String,
    #[serde(default)]
    pub(crate) note: String,
}

/// The last day of a subscription.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum End {
    /// This one, `dd.MM.yyyy`.
    Until(String),
    /// So many days from now.
    DaysLeft(i64),
}

impl Content {
    /// The demo that is built into the program.
    pub(crate) fn embedded() -> Result<Self, toml::de::Error> {
        // The signed bytes have plain line ends, whatever a checkout on Windows made of them.
        let text = include_str!("../../../assets/demo/demo.toml").replace("\r\n", "\n");
        toml::from_str(&text)
    }

    /// The product of that name.
    pub(crate) fn product(&self, name: &str) -> Option<&Product> {
        self.products.iter().find(|product| product.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_demo_is_read_and_has_bases_of_every_kind() {
        let content = Content::embedded().unwrap();
        assert!(content.bases.len() >= 8);
        for kind in [Kind::Local, Kind::InternetExchange, Kind::Remote, Kind::Cloud, Kind::Damaged] {
            assert!(content.bases.iter().any(|base| base.kind == kind), "{kind:?}");
        }
    }
}
