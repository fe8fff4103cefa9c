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
            Some(PackageKind::Template) | None => {
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
