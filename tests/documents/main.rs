//! Papers about links and classes, read back by readers that had no part in writing them.

mod act_and_register;
mod cards;
mod class_sheets;
mod files_and_failures;
mod leak_papers;
mod reading;
mod school_papers;
