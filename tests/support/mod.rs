//! What several test programs share: a made-up school, and its rosters in every shape that schools have.

// Each program uses a part of it.
#![allow(dead_code)]

pub mod made_school;
pub mod school_names;
pub mod shapes;
pub mod term_later;
pub mod text_files;
