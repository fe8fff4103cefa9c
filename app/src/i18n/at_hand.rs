//! Files at hand: what they are, which bases they are for, and why others not.

use std::collections::BTreeMap;
use std::path::Path;

use i18n_embed_fl::fl;
use smarts_core::installer::{self, Identity, Known, Refusal};
use smarts_core::machine::{Base, Machine};
use smarts_core::offer::Subject;
use smarts_core::verify;

use super::{Texts, sentence};
use crate::error::chain;
use crate::model::Notice;
use crate::model::at_hand::{self, AtHand, Purpose};
use crate::model::sheet::Choice;
use crate::session::{AtHandError, InstallerAtHand, InstallerFor, TemplateAtHand, Unfit};

impl Texts {
    /// What a template at hand is, and for whom.
    pub fn template_at_hand(&self, template: &TemplateAtHand, machine: &Machine) -> AtHand {
        let choice = |base: &Base| Choice { id: base.id.clone(), name: base.name.clone(), chosen: true };
        let choices: Vec<Choice> = template.bases(machine).into_iter().map(choice).collect();
        let unfit: Vec<at_hand::Unfit> = template
            .unfit(machine)
            .into_iter()
            .map(|(base, why)| at_hand::Unfit { name: base.name.clone(), why: self.unfit(&why) })
            .collect();
        let product = template.product();
        let refusal = choices.is_empty().then(|| self.fits_nothing(&product, unfit.is_empty(), machine));
        AtHand {
            purpose: Purpose::Bases,
            product,
            version: Some(template.description.version),
            company: None,
            released: template.fetched.release.date,
            proved: Some(template.fetched.proved()),
            choices,
            unfit,
            attention: Vec::new(),
            refusal,
        }
    }

    /// What an installer at hand is, and for whom.
    pub fn installer_at_hand(&self, installer: &InstallerAtHand, machine: &Machine) -> AtHand {
        let identity = &installer.identity;
        let choice = |base: &Base| Choice { id: base.id.clone(), name: base.name.clone(), chosen: true };
        let (purpose, choices) = match &installer.target {
            Ok(InstallerFor { subject: Subject::Platform, .. }) => (Purpose::Platform, Vec::new()),
            Ok(InstallerFor { subject: Subject::Updater, .. }) => (Purpose::Updater, Vec::new()),
            Ok(InstallerFor { bases, .. }) => (Purpose::Wizard, bases.iter().map(choice).collect()),
            Err(_) => (purpose_of(identity, machine), Vec::new()),
        };
        let refusal = match (&installer.target, &installer.file) {
            (Err(refusal), _) => Some(self.installer_refusal(refusal, machine)),
            (Ok(_), Err(error)) => Some(self.installer_unproved(error)),
            (Ok(_), Ok(_)) => None,
        };
        // Beside a refusal it would be noise.
        let warnings = if refusal.is_none() { &installer.warnings[..] } else { &[] };
        AtHand {
            purpose,
            product: identity.name().unwrap_or_default().to_owned(),
            version: identity.version,
            company: identity.company.clone(),
            released: installer.released(),
            proved: installer.proved(),
            choices,
            unfit: Vec::new(),
            attention: warnings.iter().map(|warning| sentence(&self.warning(warning))).collect(),
            refusal,
        }
    }

    /// What is told of a file at hand before anything else, a line each.
    pub fn at_hand_lines(&self, file: &AtHand) -> Vec<String> {
        let loader = &self.loader;
        let version = match file.version {
            Some(version) => version.to_string(),
            None => fl!(loader, "at-hand-version-unknown"),
        };
        let product = match file.product.as_str() {
            "" => fl!(loader, "at-hand-product-unknown"),
            product => product.to_owned(),
        };
        let mut lines = vec![format!("{product} {version}"), sentence(&self.at_hand_kind(file))];
        lines.push(self.at_hand_proof(file));
        lines.extend(file.attention.iter().cloned());
        lines
    }

    /// How far it is proved, and by whose signature.
    pub fn at_hand_proof(&self, file: &AtHand) -> String {
        let proof = match &file.proved {
            Some(proved) => self.proof(proved),
            None => fl!(self.loader, "at-hand-unproved"),
        };
        fl!(self.loader, "at-hand-proof", proof = proof)
    }

    /// What kind of file it is, whose, and of which day, as far as that is known.
    pub fn at_hand_kind(&self, file: &AtHand) -> String {
        let loader = &self.loader;
        let kind = match file.purpose {
            Purpose::Bases => fl!(loader, "at-hand-template"),
            Purpose::Platform => fl!(loader, "at-hand-platform"),
            Purpose::Updater => fl!(loader, "at-hand-updater"),
            Purpose::Wizard => fl!(loader, "at-hand-wizard"),
            Purpose::Foreign => fl!(loader, "at-hand-foreign-kind"),
        };
        let company =
            file.company.as_ref().map(|name| fl!(loader, "at-hand-company", company = name.as_str()));
        let released = file.released.map(|date| fl!(loader, "at-hand-released", date = self.date(date)));
        let told: Vec<String> = std::iter::once(kind).chain(company).chain(released).collect();
        told.join(" · ")
    }

    /// Why an installer's own words could not be read.
    pub fn installer_error(&self, error: &installer::Error) -> String {
        let loader = &self.loader;
        match error {
            installer::Error::Read(error) => {
                fl!(loader, "at-hand-unread", reason = error.to_string())
            }
            installer::Error::NotAnInstaller { .. } => fl!(loader, "at-hand-no-installer"),
            installer::Error::NotAProgram => fl!(loader, "at-hand-template"),
        }
    }

    fn installer_refusal(&self, refusal: &Refusal, machine: &Machine) -> Notice {
        let loader = &self.loader;
        let by_hand = || Some(fl!(loader, "at-hand-by-hand"));
        let (what, next) = match refusal {
            Refusal::Foreign => (fl!(loader, "at-hand-foreign"), by_hand()),
            Refusal::NoVersion => (fl!(loader, "at-hand-no-version"), by_hand()),
            Refusal::NotHere => (fl!(loader, "at-hand-not-here"), by_hand()),
            Refusal::NoBase { product } => (
                fl!(loader, "at-hand-no-base", product = product.as_str()),
                Some(self.products_here(machine)),
            ),
            Refusal::OtherFlavour { installed } => {
                (fl!(loader, "at-hand-other-net", installed = installed.to_string()), None)
            }
            Refusal::NotNewer { installed } => (
                fl!(loader, "at-hand-not-newer", installed = installed.to_string()),
                Some(fl!(loader, "at-hand-not-back")),
            ),
        };
        Notice { next, ..Notice::of(what) }
    }

    fn installer_unproved(&self, error: &verify::Error) -> Notice {
        let loader = &self.loader;
        let (what, next) = match error {
            verify::Error::SignerNotCheckable { .. } => {
                (fl!(loader, "at-hand-not-checkable"), fl!(loader, "next-on-windows"))
            }
            verify::Error::OtherSigner { expected, found, .. } if expected.is_empty() => (
                fl!(loader, "at-hand-nobody-expected", signer = found.as_str()),
                fl!(loader, "at-hand-name-publisher"),
            ),
            error => (self.verify_error(error), sentence(&fl!(loader, "hint-template"))),
        };
        Notice { next: Some(next), ..Notice::of(what) }
    }

    /// Why a file at hand is not used, and what to do.
    pub fn at_hand_notice(&self, error: &AtHandError, path: &Path) -> Notice {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let told = self.at_hand_error(error);
        // A file is called what it is called, also at the beginning of a sentence.
        let what = if told.starts_with(&name) { told } else { sentence(&told) };
        let next = Some(sentence(&fl!(self.loader, "hint-template")));
        // The others have said all there is.
        let detail = match error {
            AtHandError::Installer(error) => Some(chain(error)),
            AtHandError::Read(_) | AtHandError::Verify(_) | AtHandError::Template(_) => None,
        };
        Notice { next, detail, ..Notice::of(what) }
    }

    /// Why a file at hand is not for a base.
    pub fn unfit(&self, why: &Unfit) -> String {
        match why {
            Unfit::NotManaged(reason) => self.not_managed(reason),
            Unfit::Misfit(misfit) => self.misfit(misfit),
        }
    }

    fn fits_nothing(&self, product: &str, has_none: bool, machine: &Machine) -> Notice {
        if !has_none {
            return Notice::of(fl!(self.loader, "at-hand-none-fits"));
        }
        let next = Some(self.products_here(machine));
        Notice { next, ..Notice::of(fl!(self.loader, "at-hand-no-base", product = product)) }
    }

    /// Which products have a base on this PC, and how many.
    fn products_here(&self, machine: &Machine) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for base in machine.bases.iter().filter(|base| !base.product.is_empty()) {
            *counts.entry(&base.product).or_default() += 1;
        }
        if counts.is_empty() {
            return fl!(self.loader, "at-hand-no-bases");
        }
        let told: Vec<String> =
            counts.into_iter().map(|(product, count)| format!("{product} ({count})")).collect();
        fl!(self.loader, "at-hand-here", products = told.join(" · "))
    }
}

fn purpose_of(identity: &Identity, machine: &Machine) -> Purpose {
    match installer::known(identity, machine) {
        Some(Known::Platform) => Purpose::Platform,
        Some(Known::Updater) => Purpose::Updater,
        Some(Known::Wizard { .. }) => Purpose::Wizard,
        None => Purpose::Foreign,
    }
}
