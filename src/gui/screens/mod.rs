//! One module a screen: its state, its drawing. None of them writes anything.

pub mod class_teachers;
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
pub mod reports;
pub mod safe;
pub mod settings;
pub mod start;
pub mod statuses;
mod table_layouts;
pub mod today;
