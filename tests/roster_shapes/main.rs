//! The proof of the roster import: one made-up school in every shape, encoding and kind of file that schools have,
//! and the same school a term later. What the plan finds must be exactly what happened.

#[path = "../support/mod.rs"]
mod support;

mod encodings;
mod families_and_staff;
mod fixtures_themselves;
mod importing;
mod naughty_cells;
mod random_rosters;
mod shapes_in_text;
mod shapes_in_workbooks;
