//! The Sferum administrator's console: the map of the rooms.
//!
//! One idea carries the program: the register is a value. See `ARCHITECTURE.md` for the flow of a
//! change and for what each room may and must not use; `tests/architecture.rs` holds the code to it.

pub mod cli;
pub mod desktop;
pub mod documents;
pub mod files;
pub mod gui;
pub mod names;
pub mod reconcile;
pub mod register;
pub mod regulation;
pub mod roster;
pub mod sample;
pub mod session;
pub mod store;
pub mod wording;
