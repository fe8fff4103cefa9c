//! The command line as scripts know it: JSON, tables, exit statuses.

mod asking;
mod downloads;
mod installing;
mod output;
mod signed;
mod statuses;
mod updater;
