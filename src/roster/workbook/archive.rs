//! The container of xlsx and ods: inflated once, counted, and thrown away.

use std::io::{Cursor, Read};
use std::time::{Duration, Instant};

use zip::ZipArchive;
use zip::result::ZipError;

use super::limits::{MAX_ARCHIVE_ENTRIES, MAX_INFLATED_BYTES, MAX_SCAN_SECONDS};
use super::problem::WorkbookProblem;

/// Bytes inflated at once.
const CHUNK_BYTES: usize = 64 * 1024;

/// Inflates every file of the archive into nothing, whatever the headers claim.
///
/// # Errors
/// [`WorkbookProblem`]: too many files, too much, overlapping, torn, encrypted, false sizes.
pub(super) fn scan_archive(bytes: &[u8]) -> Result<(), WorkbookProblem> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| WorkbookProblem::BrokenContainer)?;
    if archive.len() > MAX_ARCHIVE_ENTRIES {
        return Err(WorkbookProblem::TooManyEntries);
    }
    if archive.has_overlapping_files().map_err(|_| WorkbookProblem::BrokenContainer)? {
        return Err(WorkbookProblem::OverlappingEntries);
    }
    let until = Instant::now() + Duration::from_secs(MAX_SCAN_SECONDS);
    let mut chunk = vec![0_u8; CHUNK_BYTES];
    let mut inflated = 0_u64;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(|error| problem_of(&error))?;
        let claimed = entry.size();
        let mut true_size = 0_u64;
        loop {
            // The reader checks the sum at the end of a file.
            let read = entry.read(&mut chunk).map_err(|_| WorkbookProblem::BrokenContainer)?;
            if read == 0 {
                break;
            }
            true_size += read as u64;
            inflated += read as u64;
            if inflated > MAX_INFLATED_BYTES || Instant::now() > until {
                return Err(WorkbookProblem::InflatesTooFar);
            }
        }
        if true_size != claimed {
            return Err(WorkbookProblem::BrokenContainer);
        }
    }
    Ok(())
}

/// The problem that an error of the archive stands for.
fn problem_of(error: &ZipError) -> WorkbookProblem {
    match error {
        ZipError::UnsupportedArchive(text) if text.to_ascii_lowercase().contains("password") => {
            WorkbookProblem::Encrypted
        }
        _ => WorkbookProblem::BrokenContainer,
    }
}
