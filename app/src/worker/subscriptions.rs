//! Subscriptions: reading lists for a preview, and changing what is known by `smarts subscription`, with an
//! administrator's rights where this process has none.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use smarts_core::fs;
use smarts_core::os::{ElevationFault, InstallerExit};
use smarts_core::subscription::{
    Columns, Edit, EditError, Error, Reading, Record, Subscriptions, Table, device_key, former_path, import,
    not_here, to_csv,
};

use super::settings::{access, own_smarts};
use super::{Shared, lock, open};
use crate::error::chain;
use crate::i18n::sentence;
use crate::model::Event;
use crate::model::subscriptions::{
    Former, ImportList, Preview, ReadTable, SubscriptionCommand, SubscriptionEvent, UnreadList, Written,
};

/// The edit's file in its folder.
const EDIT: &str = "subscriptions.json";

impl Shared {
    pub(super) fn carry_out_subscriptions(self: &Arc<Self>, command: SubscriptionCommand) {
        const NAME: &str = "subscriptions";
        match command {
            SubscriptionCommand::ReadList { path } => {
                let broken = path.clone();
                self.in_thread(
                    NAME,
                    move |shared| shared.read_subscription_list(path),
                    move |shared| shared.subscription_list_broke(broken),
                );
            }
            SubscriptionCommand::Preview { path, table, columns } => {
                let broken = path.clone();
                self.in_thread(
                    NAME,
                    move |shared| shared.preview_subscriptions(path, &table.0, columns),
                    move |shared| shared.subscription_list_broke(broken),
                );
            }
            SubscriptionCommand::Import(preview) => {
                let import = move |shared: &Arc<Self>| {
                    let (records, keeps) = (preview.records.clone(), preview.keeps.clone());
                    shared.edit_subscriptions(&Edit::Import { records, keeps });
                };
                self.in_thread(NAME, import, Self::subscription_edit_broke);
            }
            SubscriptionCommand::Edit(edit) => {
                let edit = move |shared: &Arc<Self>| shared.edit_subscriptions(&edit);
                self.in_thread(NAME, edit, Self::subscription_edit_broke);
            }
            SubscriptionCommand::Export { path } => {
                self.in_thread(NAME, |shared| shared.export_subscriptions(path), |_| ());
            }
            SubscriptionCommand::OpenLicenceManager => self.open_licence_manager(),
        }
    }

    pub(super) fn tell_subscription_access(&self) {
        self.outbox.post(Event::Subscriptions(SubscriptionEvent::Access(access(&*self.session.os))));
    }

    fn read_subscription_list(&self, path: PathBuf) {
        let read = Table::open(&path).map_err(|error| self.list_unread(&error)).map(|table| {
            let columns = Columns::guess(&table.headings);
            let preview = self.preview_of(&table, &columns);
            ImportList { table: ReadTable(Arc::new(table)), columns, preview }
        });
        self.outbox.post(Event::Subscriptions(SubscriptionEvent::ListRead { path, read }));
    }

    /// For a panic in the thread that reads.
    fn subscription_list_broke(&self, path: PathBuf) {
        let read = Err(sentence(&self.texts.internal_error()));
        self.outbox.post(Event::Subscriptions(SubscriptionEvent::ListRead { path, read }));
    }

    fn preview_subscriptions(&self, path: PathBuf, table: &Table, columns: Columns) {
        if let Some(preview) = self.preview_of(table, &columns) {
            self.outbox.post(Event::Subscriptions(SubscriptionEvent::Previewed { path, columns, preview }));
        }
    }

    /// `None` where a column is missing.
    fn preview_of(&self, table: &Table, columns: &Columns) -> Option<Arc<Preview>> {
        let reading = table.records(columns).ok()?;
        let Subscriptions { records: current, computer, .. } = self.session.subscriptions();
        let strangers = not_here(&reading.records, &lock(&self.known).machine, Some(&computer));
        let strangers = strangers.into_iter().map(|record| device_key(&record.device)).collect();
        let changes = import(&current, &reading.records, &reading.keeps);
        let earlier = changes.changed.iter().filter(|change| change.after.until < change.before.until);
        let earlier = earlier.count();
        let Reading { records, faults, keeps } = reading;
        Some(Arc::new(Preview { records, faults, keeps, changes, earlier, strangers }))
    }

    /// With one question by the system where this process has no rights to.
    fn edit_subscriptions(self: &Arc<Self>, edit: &Edit) {
        // Told by what stands there now; afterwards it is another list.
        let former = self.former(edit);
        let result = if self.session.os.is_elevated() {
            self.session.edit_subscriptions(edit).map_err(|error| self.not_edited(&error))
        } else {
            self.ask_to_edit(edit)
        };
        self.end_edit(result.map(|()| former.filter(|former| former.path.exists())));
    }

    /// What an edit would put aside of the kept list, and where.
    fn former(&self, edit: &Edit) -> Option<Former> {
        let is_about_list = match edit {
            Edit::Import { .. } | Edit::Set { .. } | Edit::Renew { .. } | Edit::Remove { .. } => true,
            Edit::WriteOff { .. } | Edit::CountAgain { .. } => false,
        };
        let known = self.session.subscriptions();
        let lines = (!known.is_unread).then_some(known.faults.len());
        if !is_about_list || lines == Some(0) {
            return None;
        }
        let path = former_path(&self.session.paths.subscriptions_path()).ok()?;
        Some(Former { path, lines })
    }

    /// Whether the kept list is used.
    pub(super) fn unread(&self, known: &Subscriptions, error: Option<Error>) -> Event {
        let path = self.session.paths.subscriptions_path();
        let unread = error.filter(|_| known.is_unread).map(|error| UnreadList {
            why: self.texts.list_error(&error),
            former_path: former_path(&path).ok().filter(|_| error.is_of_content()),
            path,
        });
        Event::Subscriptions(SubscriptionEvent::Unread(unread))
    }

    fn not_edited(&self, error: &EditError) -> String {
        tracing::warn!(error = chain(error), "Subscriptions are not changed");
        sentence(&self.texts.edit_error(error))
    }

    /// For a panic in the thread that saves.
    fn subscription_edit_broke(&self) {
        let result = Err(sentence(&self.texts.internal_error()));
        let _telling = lock(&self.telling);
        let (known, error) = self.session.subscriptions_as_read();
        self.outbox.post(self.unread(&known, error));
        self.outbox.post(Event::Subscriptions(SubscriptionEvent::Edited { known, result }));
    }

    /// What the rows say, what may be downloaded and what other programs of ours show hangs on it.
    fn end_edit(self: &Arc<Self>, result: Result<Option<Former>, String>) {
        let _telling = lock(&self.telling);
        let (known, error) = self.session.subscriptions_as_read();
        self.know_subscriptions(&known);
        self.outbox.post(self.unread(&known, error));
        let is_done = result.is_ok();
        self.outbox.post(Event::Subscriptions(SubscriptionEvent::Edited { known, result }));
        if is_done {
            self.tell_stubs();
            // What was wrong with the list need not be wrong with the new one.
            let machine = self.session.with_licences(self.session.machine());
            self.outbox.post(Event::MachineRead(machine));
        }
    }

    /// The same by a process with rights.
    fn ask_to_edit(&self, edit: &Edit) -> Result<(), String> {
        let parent = self.session.paths.agreed_dir();
        let not_prepared = |error: std::io::Error| {
            tracing::error!(error = chain(&error), dir = %parent.display(), "The edit could not be written down");
            sentence(&self.texts.subscriptions_not_saved(&error.to_string()))
        };
        std::fs::create_dir_all(&parent).map_err(not_prepared)?;
        // Not named like a run, whose successors take away what is left of it.
        let dir = tempfile::Builder::new().prefix("edit-").rand_bytes(24).tempdir_in(&parent);
        let dir = dir.map_err(not_prepared)?;
        let path = dir.path().join(EDIT);
        let sha256 = edit.write(&path).map_err(|error| self.not_edited(&error))?;
        let mut arguments: Vec<OsString> = vec!["subscription".into(), "apply-edit".into(), path.into()];
        let mut option = |name: &str, value: OsString| arguments.extend([name.into(), value]);
        option("--sha256", sha256.to_string().into());
        option("--lang", self.session.language.code().into());
        if let Some(root) = self.session.os.machine_root() {
            option("--machine-root", root.into());
        }
        let program = own_smarts().map_err(|error| {
            tracing::error!(error = chain(&error), "The command line of this program was not found");
            sentence(&self.texts.subscriptions_not_saved(&error.to_string()))
        })?;
        match self.session.os.run_elevated(&program, &arguments, &mut || ()) {
            Ok(InstallerExit { code: Some(0) }) => Ok(()),
            Ok(InstallerExit { code }) => {
                tracing::warn!(code, "Subscriptions are not changed");
                // A status does not say why; what it met is mostly still there.
                let obstacle = self.session.edit_obstacle(edit).map(|error| self.not_edited(&error));
                Err(obstacle.unwrap_or_else(|| self.texts.subscriptions_refused(code)))
            }
            Err(ElevationFault::Refused) => Err(self.texts.subscriptions_not_permitted()),
            Err(error) => {
                tracing::error!(error = chain(&error), "The person could not be asked for permission");
                Err(self.texts.subscriptions_not_asked())
            }
        }
    }

    /// The list as it is now.
    fn export_subscriptions(&self, path: PathBuf) {
        let Subscriptions { records, faults, .. } = self.session.subscriptions();
        let result = write(&path, &records).map_err(|error| {
            tracing::warn!(error = chain(&error), "The list of subscriptions is not written");
            self.texts.subscriptions_not_exported(&self.texts.list_error(&error))
        });
        let result = result.map(|()| Written { records: records.len(), left_out: faults.len() });
        self.outbox.post(Event::Subscriptions(SubscriptionEvent::Exported { path, result }));
    }

    /// The licence manager comes with the platform (documented). What its file is called is not known for sure, so
    /// nothing is started: the platform's folder is shown.
    fn open_licence_manager(&self) {
        let platform = lock(&self.known).machine.platform.clone();
        let Some(dir) = platform.and_then(|platform| platform.install_dir) else { return };
        match self.session.os.locate(&dir) {
            Ok(dir) => open(dir.as_os_str()),
            Err(fault) => tracing::warn!(?fault, dir, "The folder of the platform is not found"),
        }
    }

    fn list_unread(&self, error: &Error) -> String {
        tracing::warn!(error = chain(error), "A list of subscriptions is not read");
        self.texts.import_unread(error)
    }
}

fn write(path: &Path, records: &[Record]) -> Result<(), Error> {
    let written = to_csv(records).and_then(|bytes| fs::write_atomically(path, &bytes));
    written.map_err(|source| Error::Write { path: path.to_path_buf(), source })
}
