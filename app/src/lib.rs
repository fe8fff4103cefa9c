//! The programs' shared part: the window, the command line, the words.
pub mod i18n;
pub mod model;
