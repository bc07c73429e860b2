//! Pictures of the window and of its parts, and what the keyboard and a screen reader can do with them.

mod class_teachers;
mod classes;
mod cleanup;
mod console;
mod cpu_renderer;
mod erasure;
mod first_start;
mod guard;
mod help;
mod import;
mod journal;
mod kit;
mod kit_behaviour;
mod links;
mod movement;
mod palette;
mod people;
mod people_records;
mod pictures;
mod presence;
mod reconcile;
mod reports;
mod safe;
mod settings;
mod start;
mod today;
