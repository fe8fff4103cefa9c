//! Files that did not come from a source: on a stick, or left by a product's wizard.

use std::path::Path;

use smarts_core::catalogue::{Feed, FileLocation, Release, ReleaseFile};
use smarts_core::download::{self, Downloaded};
use smarts_core::machine::{Base, Machine};
use smarts_core::plan::{Package, Plan, PlanSubject, TemplatePlan};
use smarts_core::source::Trust;
use smarts_core::template::{self, Description, Template};
use smarts_core::verify::{self, Verified};

use super::{Fetched, Origin, Session};

/// A template at hand.
#[derive(Debug)]
pub struct TemplateAtHand {
    /// With a release made from what the template says of itself.
    pub fetched: Fetched,
    /// What it says of itself.
    pub description: Description,
}

/// Why a file at hand is not used.
#[derive(Debug, thiserror::Error)]
pub enum AtHandError {
    /// It could not be read.
    #[error("Failed to read the file")]
    Read(#[source] download::Error),
    /// It is not proved.
    #[error("Failed to prove the file")]
    Verify(#[source] verify::Error),
    /// It is no usable template.
    #[error("Failed to read the template")]
    Template(#[source] template::Error),
}

impl Session {
    /// Examines a file at hand. An installer needs a signature; a template passes with
    /// [`smarts_core::verify::Proof::None`], so the person has to agree to exactly that.
    pub fn examine_at_hand(&self, path: &Path) -> Result<Verified, AtHandError> {
        let downloaded = Downloaded::at_hand(path).map_err(AtHandError::Read)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let location = FileLocation::InSource(name.clone());
        let file = ReleaseFile { name, location, size: None, sha256: None, sha512: None, publisher: None };
        let rules = self.rules(Trust::Folder, true);
        verify::verify(downloaded, &file, &rules, &*self.os).map_err(AtHandError::Verify)
    }

    /// A template at hand.
    pub fn template_at_hand(&self, path: &Path) -> Result<TemplateAtHand, AtHandError> {
        let file = self.examine_at_hand(path)?;
        let description = Template::open(&file).map_err(AtHandError::Template)?.description;
        let release = release(&description);
        Ok(TemplateAtHand { fetched: Fetched { release, file, origin: Origin::Folder }, description })
    }
}

impl TemplateAtHand {
    /// The bases of this machine that it would update.
    pub fn bases<'a>(&self, machine: &'a Machine) -> Vec<&'a Base> {
        let fits = |base: &&Base| template::fits(&self.description, base, &self.description.version).is_ok();
        machine.bases.iter().filter(|base| base.is_managed()).filter(fits).collect()
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
        feed: feed.unwrap_or_else(Feed::none),
        version: description.version,
        date: None,
        notes: String::new(),
        file: None,
        tags: Vec::new(),
        forced: false,
        distribution: 100,
        show_for_all: true,
        min_platform: description.min_platform,
        from_versions: Vec::new(),
        client_version: description.client_version,
    }
}
