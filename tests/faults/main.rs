//! Fault programs: each breaks the school's file in one way, many times, and prints what fired and what was lost.
//! A program counts only if it asserts that its fault fired.
//!
//! `FAULT_CASES=1000 cargo test --release --test faults kills -- --nocapture` runs one of them for its figure; without
//! the variable each runs a short count. `FAULT_SEED` changes what is drawn by chance.

mod bench;
mod canaries;
mod damaged_files;
mod foreign_files;
mod hand_copies;
mod kills;
mod other_process;
mod tampering;
mod twenty_starts;

#[cfg(target_os = "linux")]
mod full_disk;
#[cfg(target_os = "linux")]
mod power_cuts;
#[cfg(target_os = "linux")]
mod read_only;
#[cfg(target_os = "linux")]
mod syscall_errors;
