//! The parts every screen is made of. Each one is laid out by egui, has an accessible name, and can be
//! reached and pressed from the keyboard. A screen never paints and never names a colour: it asks here.

pub mod answer_key;
pub mod avatar;
pub mod badge;
pub mod big_row;
pub mod button;
pub mod callout;
pub mod card;
pub mod checkbox;
pub mod chip;
pub mod choice;
pub mod course_plot;
pub mod coverage_bar;
pub mod dialog;
pub mod empty_state;
pub mod fact_row;
pub mod field;
pub mod histogram;
pub mod key_cap;
pub mod label;
pub mod list_row;
pub mod masked;
pub mod menu;
pub mod navigation;
pub mod page;
pub mod paint;
pub mod progress;
pub mod result_row;
pub mod scroll_page;
pub mod search_button;
pub mod section;
pub mod shortcut;
pub mod step_line;
pub mod strip;
pub mod table;
pub mod table_cell;
pub mod table_keys;
pub mod task_row;
pub mod toast;

pub use button::{Button, ButtonKind};
pub use label::Run;
