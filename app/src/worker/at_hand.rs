//! Files at hand: examined on a thread of their own, and kept open until they are used or put away.

use std::path::Path;
use std::sync::Arc;

use smarts_core::verify::PackageKind;

use super::prepared::Prepared;
use super::{Shared, lock};
use crate::model::at_hand::{AtHand, AtHandCommand, is_at_hand};
use crate::model::{Event, Notice};
use crate::session::Origin;

impl Shared {
    pub(super) fn carry_out_at_hand(self: &Arc<Self>, command: AtHandCommand) {
        let turn = self.put_at_hand_away();
        match command {
            AtHandCommand::PutAway => {}
            AtHandCommand::Examine { path } => {
                let broken = path.clone();
                self.in_thread(
                    "at-hand",
                    move |shared| shared.examine_at_hand(&path, turn),
                    move |shared| {
                        let found = Err(Notice::of(shared.texts.internal_error()));
                        shared.outbox.post(Event::AtHandExamined { path: broken, found });
                    },
                );
            }
        }
    }

    /// Closes the file at hand, if there is one, and lets none that is still being examined take its place.
    pub(super) fn put_at_hand_away(&self) -> u64 {
        let mut turn = lock(&self.at_hand_turn);
        *turn += 1;
        self.preparations.take_away(is_at_hand);
        *turn
    }

    fn examine_at_hand(&self, path: &Path, turn: u64) {
        let examined = self.examined_at_hand(path);
        let wanted = lock(&self.at_hand_turn);
        if *wanted != turn {
            return;
        }
        let found = examined.map(|(found, prepared)| {
            if let Some(prepared) = prepared {
                self.preparations.put(&found.purpose.key(), prepared);
            }
            found
        });
        drop(wanted);
        self.outbox.post(Event::AtHandExamined { path: path.to_path_buf(), found });
    }

    /// What a file is, and what it would do, if it may do anything.
    fn examined_at_hand(&self, path: &Path) -> Result<(AtHand, Option<Prepared>), Notice> {
        let (session, texts) = (&self.session, &self.texts);
        let machine = session.machine();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let (found, plan, warnings) = match PackageKind::of(&name) {
            Some(PackageKind::Msi | PackageKind::Exe) => {
                let installer = session.installer_at_hand(path, &machine);
                let installer = installer.map_err(|error| texts.at_hand_notice(&error, path))?;
                let (found, warnings) =
                    (texts.installer_at_hand(&installer, &machine), installer.warnings.clone());
                (found, installer.into_plan(session, &[], false), warnings)
            }
            Some(PackageKind::Template | PackageKind::App) | None => {
                let template = session.template_at_hand(path, &machine);
                let template = template.map_err(|error| texts.at_hand_notice(&error, path))?;
                let found = texts.template_at_hand(&template, &machine);
                (found, Some(template.into_plan(Vec::new())), Vec::new())
            }
        };
        let plan = plan.filter(|_| found.refusal.is_none());
        let prepared = plan.map(|plan| Prepared {
            plan: Some(plan),
            warnings,
            base_ids: Vec::new(),
            covered: false,
            origin: Origin::Folder,
            goes_on: None,
            older: None,
        });
        Ok((found, prepared))
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use smarts_tests::machine_root::{BaseSpec, MachineRoot};
    use smarts_tests::template::TemplateBuilder;
    use tokio::sync::mpsc::Receiver;

    use super::*;
    use crate::i18n::{Language, Texts};
    use crate::model::at_hand::Purpose;
    use crate::session::{Options, Session};

    struct Desk {
        pc: MachineRoot,
        shared: Arc<Shared>,
        events: Receiver<Event>,
    }

    fn desk() -> Desk {
        let pc = MachineRoot::new().unwrap().platform("3.3.46.29552").unwrap();
        let pc = pc.base(&BaseSpec::new("main", "Основной склад")).unwrap();
        let session = Session::open(Options {
            machine_root: Some(pc.path().to_path_buf()),
            source: Some(pc.path().display().to_string()),
            language: Some(Language::Ru),
            accept_unproved: true,
            ..Options::default()
        });
        let texts = Texts::new(Language::Ru).unwrap();
        let (shared, events, _ended) = Shared::new(session.unwrap(), texts, || ());
        Desk { pc, shared: Arc::new(shared), events }
    }

    impl Desk {
        fn template(&self, version: &str) -> PathBuf {
            let path = self.pc.path().join(format!("{version}.mstmpl"));
            let product = BaseSpec::new("", "").product_id.unwrap();
            let template = TemplateBuilder::of_product(&product, "Склад 15, Расширенный", version);
            template.write_to(&path).unwrap();
            path
        }

        /// The file lies ready.
        fn examine(&self, version: &str) {
            self.shared.examine_at_hand(&self.template(version), self.shared.put_at_hand_away());
        }

        /// Its sheet is seen.
        fn look(&self) {
            self.shared.preview(Purpose::Bases.key(), vec!["main".into()]);
        }

        fn install(&self, prepared: Option<Arc<std::sync::Mutex<Prepared>>>) {
            let base_ids = ["main".to_owned()];
            self.shared.apply(Purpose::Bases.key(), &base_ids, prepared, true, Vec::new());
        }

        fn waiting(&self) -> Option<Arc<std::sync::Mutex<Prepared>>> {
            self.shared.preparations.get(&Purpose::Bases.key())
        }

        fn version(&self) -> String {
            let machine = self.shared.session.machine();
            machine.base("main").unwrap().version.unwrap().to_string()
        }

        fn examined(&mut self) -> Vec<PathBuf> {
            let mut paths = Vec::new();
            while let Ok(event) = self.events.try_recv() {
                if let Event::AtHandExamined { path, .. } = event {
                    paths.push(path);
                }
            }
            paths
        }
    }

    #[test]
    fn a_file_that_is_examined_when_the_installation_of_another_ends_gets_its_answer() {
        let mut desk = desk();
        desk.examine("1.6.3.7283");
        desk.look();
        let used = desk.waiting();
        let turn = desk.shared.put_at_hand_away();
        desk.install(used);
        assert_eq!(desk.version(), "1.6.3.7283");
        let second = desk.template("1.6.4.100");
        let _ = desk.examined();
        desk.shared.examine_at_hand(&second, turn);
        assert_eq!(desk.examined(), [second]);
        assert!(desk.waiting().is_some());
    }

    #[test]
    fn a_file_that_lies_ready_when_the_installation_of_another_ends_stays_and_can_be_installed() {
        let desk = desk();
        desk.examine("1.6.3.7283");
        desk.look();
        let used = desk.waiting();
        desk.examine("1.6.4.100");
        desk.install(used);
        assert_eq!(desk.version(), "1.6.3.7283");
        desk.look();
        desk.install(desk.waiting());
        assert_eq!(desk.version(), "1.6.4.100");
        assert!(desk.waiting().is_none(), "what was used is put away");
    }
}
