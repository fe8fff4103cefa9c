//! Files at hand: what they are, which bases they are for, and why others not.

use std::collections::BTreeMap;
use std::path::Path;

use i18n_embed_fl::fl;
use smarts_core::machine::{Base, Machine};

use super::{Texts, sentence};
use crate::error::chain;
use crate::model::Notice;
use crate::model::at_hand::{self, AtHand, Purpose};
use crate::model::sheet::Choice;
use crate::session::{AtHandError, TemplateAtHand, Unfit};

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
            released: template.fetched.release.date,
            proved: Some(template.fetched.proved()),
            choices,
            unfit,
            refusal,
        }
    }

    /// Why a file at hand is not used, and what to do.
    pub fn at_hand_notice(&self, error: &AtHandError, path: &Path) -> Notice {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let told = self.at_hand_error(error);
        // A file is called what it is called, also at the beginning of a sentence.
        let what = if told.starts_with(&name) { told } else { sentence(&told) };
        let next = Some(sentence(&fl!(self.loader, "hint-template")));
        Notice { next, detail: Some(chain(error)), ..Notice::of(what) }
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
