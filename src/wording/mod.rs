//! wording: the Russian words and numbers that every screen, document and command prints.
//!
//! One place for plurals, dates, ages and role words, so that the window and the headless commands say the
//! same thing in the same way. The room is pure: numbers and dates come in, text goes out.

mod calendar_words;
mod number_words;
mod role_words;

pub use calendar_words::{
    age_days, date_long, date_range, date_short, date_short_without_year, days_ago, range_days,
    weekday_and_day,
};
pub use number_words::{counted, file_size, list_of, number, plural};
pub use role_words::{
    role_counted, role_dative_plural, role_genitive, role_genitive_plural, role_name, role_plural,
};
