//! The child process: the same executable under a hidden command. It limits its own memory, reads a workbook from
//! stdin and answers on stdout. It opens no file and prints nothing else.

use std::io::{Read, Write};

use super::WorkbookFormat;
use super::limits::{MAX_CHILD_MEMORY, MAX_REPLY_BYTES};
use super::ods::read_ods;
use super::problem::WorkbookProblem;
use super::reply::encode;
use super::xls::read_xls;
use super::xlsx::read_xlsx;
use crate::roster::problem::MAX_FILE_BYTES;

/// The hidden command of the executable; in no help.
pub const READ_WORKBOOK_COMMAND: &str = "read-workbook-from-stdin";

/// Reads a workbook (a byte for its format, then the file) from stdin and writes the answer to stdout. Answers whether
/// it came so far; the parent judges by the answer alone.
pub fn run_workbook_child() -> bool {
    // A panic would quote what it stumbled over.
    std::panic::set_hook(Box::new(|_| {}));
    // Without a limit nothing is read: the parent says that the reading process died.
    limit_memory() && answer().is_some()
}

fn answer() -> Option<()> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(MAX_FILE_BYTES as u64 + 2).read_to_end(&mut bytes).ok()?;
    let format = WorkbookFormat::from_byte(*bytes.first()?)?;
    bytes.remove(0);
    if bytes.len() > MAX_FILE_BYTES {
        return None;
    }
    let read = match format {
        WorkbookFormat::Xlsx => read_xlsx(&bytes),
        WorkbookFormat::Xls => read_xls(bytes),
        WorkbookFormat::Ods => read_ods(&bytes),
    };
    let mut reply = encode(&read);
    if reply.len() as u64 > MAX_REPLY_BYTES {
        reply = encode(&Err(WorkbookProblem::TooManyCells));
    }
    let mut out = std::io::stdout().lock();
    out.write_all(&reply).ok()?;
    out.flush().ok()
}

#[cfg(unix)]
fn limit_memory() -> bool {
    rlimit::setrlimit(rlimit::Resource::AS, MAX_CHILD_MEMORY, MAX_CHILD_MEMORY).is_ok()
        // Its ends are expected: they leave no memory image with names on the disk.
        && rlimit::setrlimit(rlimit::Resource::CORE, 0, 0).is_ok()
}

/// Bounds the memory that is really used; what a bomb asks beyond goes to the disk, so slowly that the time limit of the
/// parent ends it.
#[cfg(windows)]
fn limit_memory() -> bool {
    let mut limits = win32job::ExtendedLimitInfo::new();
    let most = usize::try_from(MAX_CHILD_MEMORY).unwrap_or(usize::MAX);
    limits.limit_working_memory(1024 * 1024, most);
    let Ok(job) = win32job::Job::create_with_limit_info(&limits) else { return false };
    let is_assigned = job.assign_current_process().is_ok();
    // The job lasts as long as its handle: until the process ends.
    std::mem::forget(job);
    is_assigned
}

#[cfg(not(any(unix, windows)))]
fn limit_memory() -> bool {
    true
}
