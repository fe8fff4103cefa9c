//! The tab «ТСД»: the mobile devices of this PC, base by base, and staging the app for them.
//!
//! What is shown was read by the worker as a whole ([`DevicesPage::overview`]); here is what the person has chosen to see
//! of it. Deliberately not here: reading, fetching and staging; the worker does that.

mod messages;
mod page;
mod shown;
mod staging;

use std::collections::BTreeMap;
use std::path::PathBuf;

use smarts_core::devices::overview::{DeviceState, Followed, Overview};
use smarts_core::offer::{State, Warning};
use smarts_core::version::Version;

pub use self::messages::{DevicesCommand, DevicesEvent, DevicesRead};
pub use self::page::{
    AppAction, AppBase, AppFacts, AppFrom, AppObstacle, AppPage, Arrival, BaseStaged, Progress, Staging,
    UnstagePage,
};
pub use self::shown::{DeviceFilter, ShownBase};
use super::toasts::Done;
use super::{Command, Dialog, Event, Model, Permission, SubscriptionsAction, Tab};

/// What a person does about mobile devices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DevicesAction {
    /// Read them again.
    Refresh,
    /// Which devices.
    Filter(DeviceFilter),
    /// The text searched for.
    Search(String),
    /// Open the tab with just these devices, from wherever they are told of.
    Show {
        /// Which.
        filter: DeviceFilter,
        /// The text searched for.
        search: String,
    },
    /// Open the page about an app; wherever that is asked from, the tab opens.
    Prepare {
        /// Where it comes from.
        from: AppFrom,
        /// The bases it is for.
        base_ids: Vec<String>,
    },
    /// The same for the bases whose devices the platform's release would stop.
    PrepareStopping,
    /// Choose an app for a base in the system's dialog.
    ChooseApp {
        /// The base.
        base_id: String,
    },
    /// About the page.
    App(AppAction),
    /// Ask whether staging is to be taken back.
    AskToUnstage(String),
    /// Take it back.
    Unstage(Vec<(String, Version)>),
    /// Explain the device's own ways to a newer app.
    ShowWays {
        /// The base whose links are shown.
        base_id: String,
    },
    /// Show what is known of a device's subscription.
    ShowSubscription(String),
    /// Choose where the list is to be written to.
    ChooseExport,
    /// Write it there.
    Export(PathBuf),
}

/// How far reading is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DevicesReading {
    /// Not begun.
    #[default]
    Not,
    /// Under way.
    Running,
    /// Done.
    Done,
    /// It broke off: what is shown is what was known before.
    Broke,
}

/// The tab.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DevicesPage {
    /// What was read last.
    pub overview: Option<Overview>,
    /// What was staged last and can be taken back, by base.
    pub undoable: BTreeMap<String, Version>,
    /// How far reading is.
    pub reading: DevicesReading,
    /// Which devices.
    pub filter: DeviceFilter,
    /// The text searched for, as typed.
    pub search: String,
    /// What is shown, from top to bottom.
    pub shown: Vec<ShownBase>,
    /// Why the list was not written; a sentence.
    pub fault: Option<String>,
    turn: u64,
    apps: u64,
}

/// How many devices have followed the last update of the platform.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Following {
    /// They state an app that works with it.
    pub done: usize,
    /// They were connected since and state no app: that is no proof.
    pub seen: usize,
    /// They have not followed, or not been seen.
    pub waiting: usize,
}

impl Following {
    /// All of them.
    pub fn all(self) -> usize {
        self.done + self.seen + self.waiting
    }
}

impl DevicesPage {
    /// All devices.
    pub fn devices(&self) -> impl Iterator<Item = &DeviceState> {
        let bases = self.overview.iter().flat_map(|overview| &overview.bases);
        bases.flat_map(|base| &base.devices)
    }

    /// How many devices a filter lets through.
    pub fn count(&self, filter: DeviceFilter) -> usize {
        self.devices().filter(|device| filter.takes(device)).count()
    }

    /// The filters that say something: nobody follows where no update of the platform is known of.
    pub fn filters(&self) -> Vec<DeviceFilter> {
        let follows = self.devices().any(|device| device.followed.is_some());
        let says = |filter: &DeviceFilter| {
            *filter != DeviceFilter::NotFollowed || follows || self.filter == DeviceFilter::NotFollowed
        };
        DeviceFilter::ALL.into_iter().filter(says).collect()
    }

    /// How far devices are after the last update of the platform; `None` where none is known of, or none is waited for.
    pub fn following(&self) -> Option<Following> {
        let mut following = Following::default();
        for followed in self.devices().filter_map(|device| device.followed) {
            match followed {
                Followed::Yes => following.done += 1,
                Followed::Seen => following.seen += 1,
                Followed::No | Followed::NotSeen => following.waiting += 1,
            }
        }
        (following.waiting > 0).then_some(following)
    }

    fn show(&mut self) {
        self.shown = self
            .overview
            .as_ref()
            .map(|overview| shown::shown(overview, self.filter, &self.search))
            .unwrap_or_default();
    }
}

impl Model {
    /// How many devices the release of the platform that is offered would stop, by the last check.
    pub fn devices_that_stop(&self) -> usize {
        let item = self.platform().filter(|item| matches!(item.state, State::Available { .. }));
        let warnings = item.iter().flat_map(|item| &item.warnings);
        let counts = warnings.filter_map(|warning| match warning {
            Warning::DevicesStop { devices, .. } => Some(devices.len()),
            _ => None,
        });
        counts.sum()
    }

    /// Whether an app may be missing for devices that would stop, and this person may prepare one. As far as is known here:
    /// the worker looks again.
    pub fn may_prepare_for_stopping(&self) -> bool {
        let known = self.devices_page.overview.as_ref().filter(|overview| overview.next_server.is_some());
        let lacks = known.is_none_or(|overview| overview.lacking().next().is_some());
        lacks && self.permission == Permission::Granted
    }

    /// What is shown when the tab is opened may be of yesterday.
    pub(super) fn follow_devices_tab(&mut self, before: Tab) -> Vec<Command> {
        if self.tab == Tab::Devices && before != Tab::Devices { self.read_devices() } else { Vec::new() }
    }

    /// What is open changes with the machine, the report and the updates.
    pub(super) fn follow_devices(&mut self, is_changed: bool) -> Vec<Command> {
        if is_changed && self.tab == Tab::Devices { self.read_devices() } else { Vec::new() }
    }

    pub(super) fn read_devices(&mut self) -> Vec<Command> {
        let page = &mut self.devices_page;
        page.turn += 1;
        page.reading = DevicesReading::Running;
        vec![Command::Devices(DevicesCommand::Read { turn: page.turn })]
    }

    pub(super) fn change_devices(&mut self, action: DevicesAction) -> Vec<Command> {
        match action {
            DevicesAction::Refresh => return self.read_devices(),
            DevicesAction::Filter(filter) => {
                self.devices_page.filter = filter;
                self.devices_page.show();
            }
            DevicesAction::Search(search) => {
                self.devices_page.search = search;
                self.devices_page.show();
            }
            DevicesAction::Show { filter, search } => {
                if matches!(self.dialog, Some(Dialog::Devices { .. })) {
                    self.dialog = None;
                }
                (self.devices_page.filter, self.devices_page.search) = (filter, search);
                self.devices_page.show();
                return self.open_tab(Tab::Devices);
            }
            DevicesAction::Prepare { from, base_ids } => return self.prepare_app(from, base_ids),
            DevicesAction::PrepareStopping => return self.prepare_app(AppFrom::Stopping, Vec::new()),
            DevicesAction::ChooseApp { base_id } => {
                return vec![Command::Devices(DevicesCommand::ChooseApp { base_id })];
            }
            DevicesAction::App(action) => return self.change_app(action),
            DevicesAction::AskToUnstage(base_id) => return self.ask_to_unstage(&base_id),
            DevicesAction::Unstage(seen) => return self.unstage(seen),
            DevicesAction::ShowWays { base_id } => return self.show(Dialog::DeviceWays { base_id }),
            DevicesAction::ShowSubscription(device) => {
                self.tab = Tab::Subscriptions;
                return self.change_subscriptions(SubscriptionsAction::Search(device));
            }
            DevicesAction::ChooseExport => return vec![Command::Devices(DevicesCommand::ChooseExport)],
            DevicesAction::Export(path) => {
                self.devices_page.fault = None;
                let overview = self.devices_page.overview.clone().map(Box::new);
                let export = overview.map(|overview| DevicesCommand::Export { path, overview });
                return export.map(Command::Devices).into_iter().collect();
            }
        }
        Vec::new()
    }

    pub(super) fn hear_of_devices(&mut self, event: DevicesEvent) -> Vec<Command> {
        match event {
            DevicesEvent::Read { turn, read } if turn == self.devices_page.turn => {
                let page = &mut self.devices_page;
                page.reading = if read.is_some() { DevicesReading::Done } else { DevicesReading::Broke };
                if let Some(read) = read {
                    page.overview = Some(read.overview);
                    page.undoable = read.undoable;
                    page.show();
                }
            }
            // Of an earlier request.
            DevicesEvent::Read { .. } => {}
            DevicesEvent::Arriving { turn, arrival } => self.show_arrival(turn, arrival),
            DevicesEvent::Examined { turn, found } => self.fill_app(turn, found),
            DevicesEvent::Staging { turn, progress } => self.show_staging(turn, progress),
            DevicesEvent::Staged { turn, results } => return self.end_staging(turn, results),
            DevicesEvent::Unstaged { results } => return self.end_unstaging(results),
            DevicesEvent::Exported { path, result: Ok(()) } => self.say(Done::Written { path }, None),
            DevicesEvent::Exported { result: Err(why), .. } => self.devices_page.fault = Some(why),
        }
        Vec::new()
    }
}

/// Whether what is shown of devices may be another after this.
pub(super) fn is_about_devices(event: &Event) -> bool {
    matches!(
        event,
        Event::Loaded { .. }
            | Event::Renewed { .. }
            | Event::MachineRead(_)
            | Event::Checked(Ok(_))
            | Event::ApplyFinished { .. }
    )
}
