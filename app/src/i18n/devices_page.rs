//! The tab «ТСД» in words: what is known of a device and its app, what a base hands out, and how staging went.

use i18n_embed_fl::fl;
use jiff::Zoned;
use smarts_core::devices::Compatibility;
use smarts_core::devices::app::{App, Basis};
use smarts_core::devices::gets::Gets;
use smarts_core::devices::overview::{
    BaseDevices, DeviceState, Followed, Newest, Offered, Overview, Preparable,
};
use smarts_core::devices::staged::{List, Staged};
use smarts_core::machine::System;

use super::{Texts, sentence};
use crate::model::Notice;
use crate::model::devices::Following;

impl Texts {
    /// What a device runs.
    pub fn device_system(&self, system: Option<System>) -> String {
        match system {
            Some(System::Android) => fl!(self.loader, "devices-android"),
            Some(System::WindowsCe) => fl!(self.loader, "devices-ce"),
            None => fl!(self.loader, "devices-system-unknown"),
        }
    }

    /// Its app.
    pub fn device_app(&self, app: Option<&App>) -> String {
        app.map_or_else(|| fl!(self.loader, "devices-app-unknown"), |app| app.version.to_string())
    }

    /// Why the version of an app is only assumed; `None`: it is known, or nothing is.
    pub fn device_app_why(&self, app: Option<&App>) -> Option<String> {
        match app?.basis {
            Basis::Stated => None,
            Basis::Base => Some(fl!(self.loader, "devices-assumed-base")),
            Basis::Platform => Some(fl!(self.loader, "devices-assumed-platform")),
        }
    }

    /// Whether it works, in a word.
    pub fn device_works(&self, device: &DeviceState) -> String {
        let loader = &self.loader;
        if device.stops() {
            return fl!(loader, "devices-stops");
        }
        match device.now {
            Some(Compatibility::Matches) => fl!(loader, "devices-matches"),
            Some(Compatibility::AppNewer) => fl!(loader, "devices-newer"),
            Some(Compatibility::AppTooOld) => fl!(loader, "devices-too-old"),
            None => fl!(loader, "devices-unknown"),
        }
    }

    /// With which server.
    pub fn device_server(&self, device: &DeviceState, overview: &Overview) -> Option<String> {
        let loader = &self.loader;
        match (overview.next_server, overview.server) {
            (Some(next), _) if device.stops() => {
                Some(fl!(loader, "devices-after-update", version = next.to_string()))
            }
            (_, Some(server)) => Some(fl!(loader, "devices-server", version = server.to_string())),
            (_, None) => None,
        }
    }

    /// What it is offered when it asks, or will be.
    pub fn device_offered(&self, device: &DeviceState, overview: &Overview) -> Option<String> {
        Some(match device.offered {
            Some(Offered::Staged { version }) => {
                fl!(self.loader, "devices-staged", version = version.to_string())
            }
            Some(Offered::Platform { .. }) => fl!(self.loader, "devices-by-platform"),
            None if comes_with_next(device, overview) => fl!(self.loader, "devices-by-next-platform"),
            None => return None,
        })
    }

    /// What to do before the platform is updated, about devices that would stop.
    pub fn stopping_hint(&self, overview: &Overview) -> String {
        let loader = &self.loader;
        let mut lacking = overview.lacking().peekable();
        let waits =
            |gets| overview.stopping().any(|(base, device)| overview.gets(base, device) == Some(gets));
        let main = if lacking.peek().is_some() {
            let helps = lacking.any(|base| overview.source_may_help(base));
            Some(if helps {
                fl!(loader, "devices-banner-hint")
            } else {
                fl!(loader, "devices-banner-by-hand")
            })
        } else {
            waits(Gets::Staged).then(|| fl!(loader, "devices-banner-staged"))
        };
        let is_ce = |device: &DeviceState| device.system == Some(System::WindowsCe);
        let of_ce = overview.stopping().any(|(_, device)| is_ce(device)).then(|| {
            if overview.carries() {
                fl!(loader, "devices-banner-carried")
            } else {
                fl!(loader, "devices-banner-not-carried")
            }
        });
        main.into_iter().chain(of_ce).collect::<Vec<_>>().join(". ")
    }

    /// When it was connected last, in few words.
    pub fn device_seen_short(&self, device: &DeviceState, now: &Zoned) -> String {
        match unseen_days(device, now) {
            Some(days) if days > 1 => fl!(self.loader, "devices-seen-days", count = days),
            _ => self.device_seen(device, now),
        }
    }

    /// When it was connected last.
    pub fn device_seen(&self, device: &DeviceState, now: &Zoned) -> String {
        match device.last_seen {
            Some(seen) => self.moment(seen, now),
            None => fl!(self.loader, "devices-never-seen"),
        }
    }

    /// Whether it has followed the last update of the platform.
    pub fn device_followed(&self, device: &DeviceState, now: &Zoned) -> Option<String> {
        let loader = &self.loader;
        Some(match device.followed? {
            Followed::Yes => fl!(loader, "devices-followed"),
            Followed::Seen => fl!(loader, "devices-followed-seen"),
            Followed::No => fl!(loader, "devices-not-followed"),
            Followed::NotSeen => match unseen_days(device, now) {
                Some(days) if days > 0 => fl!(loader, "devices-not-seen-days", count = days),
                _ => fl!(loader, "devices-not-seen"),
            },
        })
    }

    /// How many have followed it.
    pub fn following(&self, following: Following) -> String {
        let (done, all) = (following.done, following.all());
        let followed = fl!(self.loader, "devices-banner-followed", done = done, all = all);
        if following.seen == 0 {
            return followed;
        }
        let seen = fl!(self.loader, "devices-banner-seen", count = following.seen);
        format!("{followed}, {seen}")
    }

    /// A device in one sentence, for whoever does not see the columns.
    pub fn device_row(&self, device: &DeviceState, overview: &Overview, now: &Zoned) -> String {
        let app = self.device_app(device.app.as_ref());
        let app = match self.device_app_why(device.app.as_ref()) {
            Some(_) => format!("{app} ({})", fl!(self.loader, "devices-assumed")),
            None => app,
        };
        let works = match self.device_server(device, overview) {
            Some(server) => format!("{} ({server})", self.device_works(device)),
            None => self.device_works(device),
        };
        let offered = self.device_offered(device, overview);
        let offered = offered.unwrap_or_else(|| fl!(self.loader, "devices-offered-nothing"));
        let name = fl!(
            self.loader,
            "devices-row-name",
            device = device.id.as_str(),
            app = app,
            works = works,
            offered = offered,
            seen = self.device_seen(device, now)
        );
        let followed = self.device_followed(device, now).map(|words| format!(", {words}"));
        name + &followed.unwrap_or_default()
    }

    /// What a base hands out.
    pub fn base_staged(&self, base: &BaseDevices) -> String {
        let loader = &self.loader;
        match base.staged.as_ref().map(Staged::newest) {
            None => fl!(loader, "devices-staged-unknown"),
            Some(None) => fl!(loader, "devices-staged-nothing"),
            Some(Some(staged)) => fl!(loader, "devices-staged", version = staged.version.to_string()),
        }
    }

    /// What the platform, or the next one, brings along for devices of a base, if they need it.
    pub fn carried_for(&self, overview: &Overview, base: &BaseDevices) -> Option<String> {
        let carried = overview.carried.as_ref().filter(|_| overview.carries())?;
        let is_offered = |device: &DeviceState| matches!(device.offered, Some(Offered::Platform { .. }));
        if base.devices.iter().any(is_offered) {
            return Some(fl!(self.loader, "devices-carried", version = carried.version.to_string()));
        }
        let comes = base.devices.iter().any(|device| comes_with_next(device, overview));
        comes.then(|| fl!(self.loader, "devices-carried-next"))
    }

    /// What is wrong with the folder it is handed out from, a sentence each.
    pub fn staged_problems(&self, staged: &Staged) -> Vec<String> {
        let loader = &self.loader;
        let list = match &staged.list {
            List::Missing | List::Read { .. } => None,
            List::Broken(fault) => {
                Some(fl!(loader, "devices-list-broken", reason = self.catalogue_fault(fault)))
            }
        };
        let unusable = staged.apps.iter().filter_map(|app| {
            let why = app.content.as_ref().err()?;
            let version = app.version.to_string();
            Some(fl!(loader, "devices-version-broken", version = version, reason = self.app_unusable(why)))
        });
        list.into_iter().chain(unusable).map(|words| sentence(&words)).collect()
    }

    /// What the source has for a base; `None`: it is staged already, or there is none.
    pub fn base_newest(&self, base: &BaseDevices) -> Option<String> {
        let loader = &self.loader;
        match &base.newest {
            Newest::Release(_) if base.has_newest_staged() => None,
            Newest::Release(release) => {
                Some(fl!(loader, "devices-newest", version = release.version.to_string()))
            }
            Newest::None => None,
            Newest::NotAsked => Some(fl!(loader, "devices-newest-not-asked")),
            Newest::Unknown(error) => {
                Some(fl!(loader, "devices-newest-unknown", reason = self.catalogue_fault(&error.fault)))
            }
        }
    }

    /// So many devices, by the base or in all.
    pub fn devices_count(&self, count: usize) -> String {
        fl!(self.loader, "devices-count", count = count)
    }

    /// Why an app is not staged for all that lack one, a sentence each.
    pub fn not_prepared(&self, found: &Preparable<'_>) -> Vec<String> {
        let loader = &self.loader;
        let names = |bases: &[&BaseDevices]| self.names(bases.iter().map(|base| &base.name));
        let is_any = |bases: &[&BaseDevices]| !bases.is_empty();
        let elsewhere = is_any(&found.elsewhere)
            .then(|| fl!(loader, "app-left-elsewhere", bases = names(&found.elsewhere)));
        let gone = is_any(&found.gone).then(|| fl!(loader, "app-left-gone", bases = names(&found.gone)));
        elsewhere.into_iter().chain(gone).collect()
    }

    /// That there is nothing that an app could be staged for.
    pub fn nothing_to_prepare(&self, left_out: &[String]) -> Notice {
        if left_out.is_empty() {
            return Notice::of(fl!(self.loader, "app-all-prepared"));
        }
        Notice::of(left_out.join(" "))
    }

    /// That the source has none that helps.
    pub fn no_fit_app(&self) -> Notice {
        let next = Some(fl!(self.loader, "devices-app-file-next"));
        Notice { next, ..Notice::of(fl!(self.loader, "app-none-fit")) }
    }

    /// That it has none.
    pub fn app_none(&self) -> Notice {
        let next = Some(fl!(self.loader, "devices-app-file-next"));
        Notice { next, ..Notice::of(fl!(self.loader, "devices-app-none")) }
    }

    /// That the list of devices was not written.
    pub fn devices_not_exported(&self, path: &std::path::Path, error: &std::io::Error) -> String {
        let path = path.display().to_string();
        sentence(&fl!(self.loader, "download-file", path = path, reason = error.to_string()))
    }
}

/// Whether it gets its app with the release of the platform that is offered.
fn comes_with_next(device: &DeviceState, overview: &Overview) -> bool {
    let is_ce = device.system == Some(System::WindowsCe);
    is_ce && device.next == Some(Compatibility::AppTooOld) && overview.carries()
}

/// For how many days it has not been seen.
fn unseen_days(device: &DeviceState, now: &Zoned) -> Option<i32> {
    let seen = device.last_seen?.to_zoned(now.time_zone().clone());
    Some(seen.date().until(now.date()).ok()?.get_days())
}
