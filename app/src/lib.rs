//! The programs' shared part: the window, the command line, the words.
pub mod app;
pub mod i18n;
pub mod model;
pub mod view;
