//! The headless commands, as a script meets them: the real program, its exit codes, stdout, stderr and the file.

mod backups;
mod bad_input;
mod cabinet;
mod console;
mod erasure;
mod exit_codes;
mod lists;
mod rosters;
mod round;
mod without_display;
