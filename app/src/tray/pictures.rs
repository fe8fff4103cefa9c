//! The pictures of the notification area and of messages, one for each [`Kind`].

use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use smarts_core::fs;

use super::notice::Kind;

/// Icons and counts of one size, as the build has unpacked them: four bytes for each pixel, one picture below
/// the other.
struct Size {
    side: u32,
    icons: &'static [u8],
    counts: &'static [u8],
}

macro_rules! size {
    ($side:literal) => {
        Size {
            side: $side,
            icons: include_bytes!(concat!(env!("OUT_DIR"), "/icons-", $side, ".rgba")),
            counts: include_bytes!(concat!(env!("OUT_DIR"), "/counts-", $side, ".rgba")),
        }
    };
}

/// Windows wants the size that its screen has, others make one fit; each byte counts in a program this small.
const SIZES: &[Size] = cfg_select! {
    windows => &[size!(16), size!(24), size!(32)],
    _ => &[size!(48)],
};
/// The last of them stands for all that are more.
const COUNTS: u32 = 10;
/// What stays as it is in an address of a file.
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b':');

/// Red, green, blue and opacity of each pixel, row by row.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Pixels {
    /// Width and height.
    pub side: u32,
    /// Four for each pixel.
    pub bytes: Vec<u8>,
}

/// The icon, with a number on it unless that is 0, at least so large that it need not be enlarged, if there is one.
pub(super) fn icon(kind: Kind, count: u32, at_least_px: u32) -> Option<Pixels> {
    let size = SIZES.iter().find(|size| size.side >= at_least_px).or(SIZES.last())?;
    let mut bytes = cell(size.icons, size.side, row_of(kind))?.to_vec();
    if count > 0 {
        let of_count = of_count(size.side);
        put_over(&mut bytes, size.side, cell(size.counts, of_count, count.min(COUNTS) - 1)?, of_count);
    }
    Some(Pixels { side: size.side, bytes })
}

fn row_of(kind: Kind) -> u32 {
    match kind {
        Kind::Products => 0,
        Kind::Platform => 1,
        Kind::Both => 2,
        Kind::Attention => 3,
    }
}

fn of_count(side: u32) -> u32 {
    side * 5 / 8
}

fn cell(sheet: &'static [u8], side: u32, row: u32) -> Option<&'static [u8]> {
    let length = (side * side * 4) as usize;
    sheet.chunks_exact(length).nth(row as usize)
}

/// Lays a smaller picture over the lower right corner.
fn put_over(picture: &mut [u8], side: u32, small: &[u8], small_side: u32) {
    let first_row = (side - small_side) as usize;
    let rows = picture.chunks_exact_mut(side as usize * 4).skip(first_row);
    for (row, small_row) in rows.zip(small.chunks_exact(small_side as usize * 4)) {
        let pixels = row.as_chunks_mut::<4>().0.iter_mut().skip(first_row);
        for (below, over) in pixels.zip(small_row.as_chunks::<4>().0) {
            *below = blend(*below, *over);
        }
    }
}

/// One pixel over another; both say their colour as it is without its opacity.
fn blend(below: [u8; 4], over: [u8; 4]) -> [u8; 4] {
    let [.., over_opacity] = over.map(u32::from);
    let [.., below_opacity] = below.map(u32::from);
    let rest = below_opacity * (255 - over_opacity) / 255;
    let opacity = over_opacity + rest;
    let mut blended = [0; 4];
    for ((blended, below), over) in blended.iter_mut().zip(below).zip(over) {
        let sum = u32::from(over) * over_opacity + u32::from(below) * rest;
        *blended = sum.checked_div(opacity).unwrap_or_default() as u8;
    }
    let [red, green, blue, _] = blended;
    [red, green, blue, opacity as u8]
}

/// The address of a file with the picture of a message, written if it is not there yet: who shows messages
/// takes no other pictures everywhere.
pub(super) fn of_message(state_dir: &Path, kind: Kind) -> std::io::Result<String> {
    let (name, bytes): (_, &[u8]) = match kind {
        Kind::Products => ("products", include_bytes!("../../../assets/icons/tray/products.png")),
        Kind::Platform => ("platform", include_bytes!("../../../assets/icons/tray/platform.png")),
        Kind::Both => ("both", include_bytes!("../../../assets/icons/tray/both.png")),
        Kind::Attention => ("attention", include_bytes!("../../../assets/icons/tray/attention.png")),
    };
    let path = path_of(state_dir, name);
    if std::fs::read(&path).ok().as_deref() != Some(bytes) {
        std::fs::create_dir_all(state_dir.join(DIR))?;
        fs::write_atomically(&path, bytes)?;
    }
    Ok(address(&path))
}

const DIR: &str = "pictures";

fn path_of(state_dir: &Path, name: &str) -> PathBuf {
    state_dir.join(DIR).join(format!("{name}.png"))
}

/// As RFC 8089 has it. A path that is no text leads nowhere, and there is no picture then.
fn address(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    let path = path.strip_prefix("//?/").unwrap_or(&path);
    let slash = if path.starts_with('/') { "" } else { "/" };
    format!("file://{slash}{}", utf8_percent_encode(path, IN_PATH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_picture_of_its_own_in_every_size() {
        let kinds = [Kind::Products, Kind::Platform, Kind::Both, Kind::Attention];
        for side in SIZES.iter().map(|size| size.side) {
            let pictures = kinds.map(|kind| icon(kind, 0, side).unwrap());
            for (index, picture) in pictures.iter().enumerate() {
                assert_eq!((picture.side, picture.bytes.len()), (side, (side * side * 4) as usize));
                assert!(!pictures[..index].contains(picture));
            }
        }
    }

    #[test]
    fn an_icon_is_not_enlarged_where_there_is_a_larger_one() {
        let largest = SIZES.last().unwrap().side;
        let side = |at_least| icon(Kind::Both, 1, at_least).unwrap().side;
        assert_eq!((side(0), side(largest), side(200)), (SIZES[0].side, largest, largest));
        assert!((1..=largest).all(|at_least| side(at_least) >= at_least));
    }

    #[test]
    fn numbers_differ_up_to_nine_and_stand_below_on_the_right() {
        let icons: Vec<_> = (0..12).map(|count| icon(Kind::Products, count, 32).unwrap().bytes).collect();
        for (index, one) in icons.iter().enumerate().take(11) {
            assert!(!icons[..index].contains(one), "{index}");
        }
        assert_eq!(icons[10], icons[11]);
        let side = icon(Kind::Products, 0, 32).unwrap().side as usize;
        let upper_third = side * (side / 3) * 4;
        assert_eq!(icons[0][..upper_third], icons[5][..upper_third]);
    }

    #[test]
    fn colours_are_laid_over_one_another() {
        assert_eq!(blend([10, 20, 30, 255], [1, 2, 3, 255]), [1, 2, 3, 255]);
        assert_eq!(blend([10, 20, 30, 255], [1, 2, 3, 0]), [10, 20, 30, 255]);
        assert_eq!(blend([0, 0, 0, 0], [1, 2, 3, 0]), [0, 0, 0, 0]);
        assert_eq!(blend([0, 0, 0, 0], [100, 100, 100, 128]), [100, 100, 100, 128]);
        assert_eq!(blend([0, 0, 0, 255], [255, 255, 255, 128]), [128, 128, 128, 255]);
    }

    #[test]
    fn addresses_of_files_are_understood_anywhere() {
        assert_eq!(address("/home/Иван/a b.png".as_ref()), "file:///home/%D0%98%D0%B2%D0%B0%D0%BD/a%20b.png");
        assert_eq!(address(r"C:\Users\a%b\x.png".as_ref()), "file:///C:/Users/a%25b/x.png");
        assert_eq!(address(r"\\?\C:\x.png".as_ref()), "file:///C:/x.png");
    }

    #[test]
    fn a_message_has_its_picture_in_a_file() {
        let dir = tempfile::tempdir().unwrap();
        for _ in 0..2 {
            let address = of_message(dir.path(), Kind::Platform).unwrap();
            assert!(address.ends_with("/pictures/platform.png"));
            assert!(std::fs::read(path_of(dir.path(), "platform")).unwrap().starts_with(b"\x89PNG"));
            std::fs::write(path_of(dir.path(), "platform"), "half").unwrap();
        }
    }
}
