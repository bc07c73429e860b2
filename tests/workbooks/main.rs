//! Workbooks as roster sources: the same list through three formats, and files made to do harm. All made here, from
//! invented names.

mod bombs;
mod choosing;
mod fixture;
mod kinds;
mod preparing;
mod reading;
mod writing;
