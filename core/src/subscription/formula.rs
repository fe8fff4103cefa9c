//! Cells that a spreadsheet would take for formulas (OWASP, "CSV Injection").
//!
//! On the way out such a cell gets an apostrophe before it, which spreadsheets show as text; on the way in the
//! apostrophe is taken away again, so that a list reads back the same.

/// The cell as plain text for a spreadsheet.
pub fn neutral(cell: &str) -> String {
    if is_formula(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// The cell as it was before [`neutral`].
pub(super) fn restored(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}

/// Also with apostrophes before it: of a cell that really begins with one, only the added one is taken away.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_made_text_and_other_cells_stay_as_they_are() {
        for cell in ["=1+1", "+7 495", "-", "@SUM(A1)", "\t=1", "\r=1", "'=1"] {
            assert_eq!(neutral(cell), format!("'{cell}"));
        }
        for cell in ["", "ТСД 01", "a=1", "'quoted'", "1-2"] {
            assert_eq!(neutral(cell), cell);
        }
    }

    proptest::proptest! {
        #[test]
        fn a_cell_reads_back_the_same(cell in "[='+@a-]{0,6}") {
            let neutral = neutral(&cell);
            proptest::prop_assert!(!neutral.starts_with(['=', '+', '-', '@']));
            proptest::prop_assert_eq!(restored(&neutral), cell.as_str());
        }
    }
}
