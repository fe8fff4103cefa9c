//! The words of `smarts subscription`.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Subcommand};
use smarts_core::digest::Digest;
use smarts_core::subscription::{Columns, Field};

use super::Json;

/// What a column of a list may hold, by the headings of our own lists.
const FIELDS: [(&str, Field); 5] = [
    ("device", Field::Device),
    ("product", Field::Product),
    ("until", Field::Until),
    ("licence", Field::Licence),
    ("note", Field::Note),
];

/// `subscription`.
#[derive(Debug, Subcommand)]
pub enum Subscription {
    /// By device: until when, for which bases, and what is not known
    List(Json),
    /// Take the records of a list; of the devices it names they replace all there were
    Import(ImportList),
    /// Write the list into a file, or to the output (-), as Excel opens it
    Export {
        /// The file, or -
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Enter until when a device may receive releases
    Set(SetRecord),
    /// Take a record away
    Remove(RemoveRecord),
    /// Devices that are not in use any more: they count nowhere, and the journal says who said so
    WriteOff {
        /// As `list` shows them
        #[arg(value_name = "DEVICE", required = true)]
        devices: Vec<String>,
    },
    /// Devices that were written off and count again
    Count {
        /// As `list` shows them
        #[arg(value_name = "DEVICE", required = true)]
        devices: Vec<String>,
    },
    /// The window's part with an administrator's rights
    #[command(hide = true)]
    ApplyEdit(ApplyEdit),
}

/// `subscription import`.
#[derive(Debug, Args)]
pub struct ImportList {
    /// A CSV file: separated by ; , or tabs, UTF-8 or windows-1251
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Which column is what, from 1, in place of what the headings say: device=2,until=3,product=1,licence=4,note=5;
    /// device and until are needed
    #[arg(long, value_name = "FIELD=N,…")]
    pub columns: Option<ColumnNumbers>,
}

/// `subscription set`.
#[derive(Debug, Args)]
pub struct SetRecord {
    /// The name of its folder in Connections, or the name of a PC
    #[arg(value_name = "DEVICE")]
    pub device: String,
    /// The last day that counts, as 31.12.2026 or 2026-12-31
    #[arg(long, value_name = "DATE")]
    pub until: String,
    /// Of this product alone: its name, the beginning of it, or its id
    #[arg(long, value_name = "P", default_value = "")]
    pub product: String,
    /// The licence; without this option it stays as it is
    #[arg(long, value_name = "L")]
    pub licence: Option<String>,
    /// Any words; without this option they stay as they are
    #[arg(long, value_name = "N")]
    pub note: Option<String>,
}

/// `subscription remove`.
#[derive(Debug, Args)]
pub struct RemoveRecord {
    /// As `list` shows it
    #[arg(value_name = "DEVICE")]
    pub device: String,
    /// The record of this product; "all": the one of all products. Needed where the device has several
    #[arg(long, value_name = "P")]
    pub product: Option<String>,
}

/// `subscription apply-edit`.
#[derive(Debug, Args)]
pub struct ApplyEdit {
    /// The edit, as the window has written it
    pub file: PathBuf,
    /// Its hash: what the person has agreed to is what is done
    #[arg(long, value_name = "HASH")]
    pub sha256: Digest,
}

/// Which columns a person has named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnNumbers(pub Columns);

/// Such a text names no columns.
#[derive(Debug, thiserror::Error)]
#[error(
    "Columns are written as device=2,until=3, with product, licence and note if there are such, each once"
)]
pub struct ColumnsError;

impl FromStr for ColumnNumbers {
    type Err = ColumnsError;

    fn from_str(text: &str) -> Result<Self, ColumnsError> {
        let mut columns = Columns::default();
        let mut taken = Vec::new();
        for part in text.split(',') {
            let (name, number) = part.split_once('=').ok_or(ColumnsError)?;
            let name = name.trim().to_lowercase();
            let (_, field) = FIELDS.iter().find(|(known, _)| *known == name).ok_or(ColumnsError)?;
            let number: usize = number.trim().parse().map_err(|_| ColumnsError)?;
            let place = number.checked_sub(1).filter(|place| !taken.contains(place)).ok_or(ColumnsError)?;
            if columns.column_mut(*field).replace(place).is_some() {
                return Err(ColumnsError);
            }
            taken.push(place);
        }
        if columns.missing().is_empty() { Ok(Self(columns)) } else { Err(ColumnsError) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_by_their_number_each_once_and_the_needed_ones_always() {
        let columns = |text: &str| text.parse::<ColumnNumbers>().ok().map(|numbers| numbers.0);
        let named = Columns { device: Some(1), until: Some(2), ..Columns::default() };
        assert_eq!(columns("device=2,until=3"), Some(named));
        assert_eq!(columns(" Until = 3 , DEVICE=2"), Some(named));
        let all = Columns { product: Some(0), licence: Some(3), note: Some(9), ..named };
        assert_eq!(columns("product=1,device=2,until=3,licence=4,note=10"), Some(all));
        for text in [
            "",
            "device=2",
            "until=2",
            "device=2,until=2",
            "device=1,until=2,device=3",
            "device=0,until=1",
            "device=-1,until=1",
            "device=a,until=1",
            "device=1,until=2,colour=3",
            "device=1,until=2,",
            "device,until",
        ] {
            assert_eq!(columns(text), None, "{text}");
        }
    }
}
