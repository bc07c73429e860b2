//! One module a screen: its state, its drawing. None of them writes anything.

pub mod classes;
pub mod cleanup;
mod excel_rows;
pub mod first_roster;
mod form_fields;
mod group_titles;
pub mod help;
pub mod import;
pub mod journal;
pub mod links;
pub mod locked;
pub mod people;
pub mod presence;
pub mod reconcile;
pub mod settings;
pub mod start;
pub mod today;
