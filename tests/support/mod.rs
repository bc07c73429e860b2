//! What several test programs share: a made-up school, its rosters in every shape that schools have, and the whole
//! way of a foreign file.

// Each program uses a part of it.
#![allow(dead_code)]

pub mod corpus;
pub mod made_school;
pub mod mutations;
pub mod school_names;
pub mod shapes;
pub mod term_later;
pub mod text_files;
pub mod whole_way;
pub mod workbook_files;
pub mod workbook_parts;
