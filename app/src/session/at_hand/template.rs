//! Templates at hand: what one says of itself, and which bases it is for.

use std::collections::HashSet;
use std::path::Path;

use jiff::civil::Date;
use smarts_core::catalogue::{Feed, Release};
use smarts_core::check::Report;
use smarts_core::download::Downloaded;
use smarts_core::machine::{Base, Kind, Machine};
use smarts_core::offer::{Item, NotManaged, Subject};
use smarts_core::plan::{Package, Plan, PlanSubject, TemplatePlan};
use smarts_core::source::Trust;
use smarts_core::template::{self, Description, Misfit, Template};
use smarts_core::verify::{self, Verified};

use super::{AtHandError, bare, of_file};
use crate::error::chain;
use crate::session::{Fetched, Origin, Session};

/// A template at hand.
#[derive(Debug)]
pub struct TemplateAtHand {
    /// With a release made from what the template says of itself.
    pub fetched: Fetched,
    /// What it says of itself.
    pub description: Description,
}

/// Why a file at hand is not for a base of its product.
#[derive(Clone, Debug, PartialEq)]
pub enum Unfit {
    /// The base is not updated here.
    NotManaged(NotManaged),
    /// It does not go with the base.
    Misfit(Misfit),
}

impl Session {
    /// Examines a template at hand: it passes with [`smarts_core::verify::Proof::None`], so the person has to agree to
    /// exactly that.
    fn examine_at_hand(&self, path: &Path) -> Result<Verified, AtHandError> {
        let downloaded = Downloaded::at_hand(path).map_err(AtHandError::Read)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let rules = self.rules(Trust::Folder, true);
        verify::verify(downloaded, &of_file(&name), &rules, &*self.os).map_err(AtHandError::Verify)
    }

    /// A template at hand, for the bases of this machine.
    pub fn template_at_hand(&self, path: &Path, machine: &Machine) -> Result<TemplateAtHand, AtHandError> {
        let file = self.examine_at_hand(path)?;
        let description = Template::open(&file).map_err(AtHandError::Template)?.description;
        let release = release(&description);
        let fetched = Fetched { release, file, origin: Origin::Folder };
        let mut template = TemplateAtHand { fetched, description };
        template.fetched.release.date = self.released(&template, machine);
        Ok(template)
    }

    /// The day this release came out, if the last check has read it for a base that the template goes with: a
    /// template does not say, and what a wizard has left is what was judged by that day before the wizard was
    /// started. Found by the bases, as where they have their releases from need not be called by the product's id.
    /// Where two of them have it from different lists that disagree, the later day, which covers less.
    fn released(&self, template: &TemplateAtHand, machine: &Machine) -> Option<Date> {
        let report = Report::load(&self.paths.report_path()).unwrap_or_else(|error| {
            tracing::warn!(error = chain(&error), "When the template came out is not known");
            None
        });
        let items = report.map(|report| report.items).unwrap_or_default();
        let bases: HashSet<&str> = template.bases(machine).into_iter().map(|base| base.id.as_str()).collect();
        let fitting = |item: &&Item| item.subject == Subject::Base && bases.contains(item.id.as_str());
        let offers = items.iter().filter(fitting).filter_map(Item::offer);
        let known = offers.flat_map(|offer| offer.steps.iter().chain(&offer.others));
        let known = known.filter(|known| known.version == template.description.version);
        known.filter_map(|known| known.date).max()
    }
}

impl TemplateAtHand {
    /// The bases of this machine that it would update.
    pub fn bases<'a>(&self, machine: &'a Machine) -> Vec<&'a Base> {
        let fits = |base: &&Base| template::fits(&self.description, base, &self.description.version).is_ok();
        machine.bases.iter().filter(|base| base.is_managed()).filter(fits).collect()
    }

    /// The bases of its product that it would not update, and why.
    pub fn unfit<'a>(&self, machine: &'a Machine) -> Vec<(&'a Base, Unfit)> {
        let why = |base: &'a Base| {
            let misfit = match template::fits(&self.description, base, &self.description.version) {
                Err(Misfit::OtherProduct { .. }) => return None,
                Err(misfit) => Some(Unfit::Misfit(misfit)),
                Ok(()) => None,
            };
            let not_managed = match &base.kind {
                Kind::Local | Kind::InternetExchange => None,
                Kind::Remote => Some(NotManaged::Remote),
                Kind::Cloud => Some(NotManaged::Cloud),
                Kind::Damaged(damage) => Some(NotManaged::Damaged { damage: damage.clone() }),
            };
            Some((base, not_managed.map(Unfit::NotManaged).or(misfit)?))
        };
        machine.bases.iter().filter_map(why).collect()
    }

    /// The plan that applies it to these bases, pilot first.
    pub fn into_plan(self, bases: Vec<Base>) -> Plan {
        let package = Package { release: self.fetched.release, verified: self.fetched.file };
        Plan { subject: PlanSubject::Template(TemplatePlan { packages: vec![package], bases }) }
    }

    /// Its product's name.
    pub fn product(&self) -> String {
        let description = &self.description;
        description.product.clone().or_else(|| description.product_id.clone()).unwrap_or_default()
    }
}

fn release(description: &Description) -> Release {
    let feed = description.product_id.as_deref().and_then(Feed::named);
    Release {
        min_platform: description.min_platform,
        client_version: description.client_version,
        ..bare(feed.unwrap_or_else(Feed::none), description.version)
    }
}

#[cfg(test)]
mod tests {
    use smarts_tests::template::TemplateBuilder;

    use super::*;
    use crate::i18n::Language;
    use crate::session::{DemoOptions, Options};

    /// A product of the demo.
    const PRODUCT: &str = "9B3E6ADA-51F7-4F0C-9D2E-0A5B8B1C7E01";

    #[test]
    fn a_template_came_out_when_the_last_check_says_and_never_else() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("at hand.mstmpl");
        let demo = DemoOptions { bytes_per_second: None, installer: Some(path.clone()) };
        let session = Session::open(Options {
            language: Some(Language::Ru),
            accept_unproved: true,
            demo: Some(demo),
            ..Options::default()
        });
        let session = session.unwrap();
        let released = |version: &str| {
            TemplateBuilder::of_product(PRODUCT, "Склад 15", version).write_to(&path).unwrap();
            session
                .template_at_hand(&path, &session.machine())
                .unwrap()
                .fetched
                .release
                .date
                .map(|date| date.to_string())
        };
        assert_eq!(released("1.6.3.7283"), None, "nothing has been looked up");
        session.check(&session.machine(), None, None, &|_| ()).unwrap();
        assert_eq!(released("1.6.3.7283").as_deref(), Some("2025-10-29"));
        assert_eq!(released("1.6.3.6708").as_deref(), Some("2025-07-25"));
        assert_eq!(released("1.6.3.7000"), None);
    }
}
