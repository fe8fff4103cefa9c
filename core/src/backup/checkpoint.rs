//! Points between two steps of making or deleting a copy.
//!
//! For tests, which end a process there as a power cut would. What is on the disk at such a point is what the next run
//! has to understand. Deliberately not here: progress, which people are shown.

/// A step that is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checkpoint {
    /// The folder to copy into is there.
    Begun,
    /// Every file was copied.
    Copied,
    /// Every file was read again.
    Checked,
    /// The manifest is on the disk.
    Described,
    /// The folder has its name: the copy is complete.
    Named,
    /// The folder of a copy that is deleted has lost its name.
    Leaving,
    /// And the copy its manifest.
    Undescribed,
}
