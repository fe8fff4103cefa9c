//! Words for the Application log of Windows: an entry of the journal as a few lines.

use i18n_embed_fl::fl;
use smarts_core::journal::Entry;
use smarts_core::version::Version;

use super::{Texts, sentence};

impl Texts {
    /// An entry of the journal, a fact a line.
    pub fn event(&self, entry: &Entry) -> String {
        let loader = &self.loader;
        let version = |version: Option<Version>| {
            version.map_or_else(|| fl!(loader, "sheet-version-none"), |version| version.to_string())
        };
        let name = match entry.product.as_deref().filter(|product| *product != entry.name) {
            Some(product) => format!("{} ({product})", entry.name),
            None => entry.name.clone(),
        };
        let result = sentence(&self.journal_result(entry.what));
        let (user, computer) = (entry.user.as_str(), entry.computer.as_str());
        let mut lines = vec![
            fl!(loader, "event-what", result = result, name = name),
            fl!(loader, "event-who", user = user, computer = computer),
        ];
        if entry.to.is_some() || entry.proof.is_some() {
            let versions = fl!(loader, "event-versions", from = version(entry.from), to = version(entry.to));
            lines.insert(1, versions);
        }
        if let (Some(proof), Some(sha256)) = (entry.proof, entry.sha256) {
            let (file, proof) = (entry.file.as_str(), self.proof_kind(proof));
            lines.push(fl!(loader, "event-file", file = file, proof = proof, sha256 = sha256.to_string()));
        }
        lines.extend(entry.backup_dir.as_deref().map(|dir| fl!(loader, "event-copy", folder = dir)));
        if !entry.detail.is_empty() {
            lines.push(fl!(loader, "event-detail", detail = entry.detail.as_str()));
        }
        lines.join("\n")
    }
}
