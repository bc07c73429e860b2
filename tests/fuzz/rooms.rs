//! The rooms of the program that a foreign file passes, compiled from their own sources.

#![allow(dead_code)]

#[path = "../../src/names/mod.rs"]
pub mod names;
#[path = "../../src/register/mod.rs"]
pub mod register;
#[path = "../../src/roster/mod.rs"]
pub mod roster;
#[path = "../../src/wording/mod.rs"]
pub mod wording;
