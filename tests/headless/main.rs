//! The headless commands, as a script meets them: the real program, its exit codes, stdout, stderr and the file.

mod backups;
mod bad_input;
mod cabinet;
mod class_sheets;
mod class_teachers;
mod console;
mod erasure;
mod exit_codes;
mod link_tables;
mod lists;
mod movement;
mod passwords;
mod person_records;
mod rosters;
mod round;
mod school_papers;
mod without_display;
mod years;
