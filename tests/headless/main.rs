//! The headless commands, as a script meets them: the real program, its exit codes, stdout, stderr and the file.

mod backups;
mod bad_input;
mod cabinet;
mod class_sheets;
mod console;
mod erasure;
mod exit_codes;
mod link_tables;
mod lists;
mod passwords;
mod person_records;
mod rosters;
mod round;
mod without_display;
