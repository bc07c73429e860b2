//! What a workbook may be at most. Everything beyond is refused in words.

/// Files in the archive.
pub(super) const MAX_ARCHIVE_ENTRIES: usize = 200;
/// Bytes of all files of the archive together, counted while they are inflated.
pub(super) const MAX_INFLATED_BYTES: u64 = 200 * 1024 * 1024;
/// Seconds that the look at the container may take.
pub(super) const MAX_SCAN_SECONDS: u64 = 5;
/// Worksheets.
pub(super) const MAX_SHEETS: usize = 200;
/// Cells that hold anything, all worksheets together, and cells of the smallest rectangle around those of one
/// worksheet where the parser makes room for it.
pub(super) const MAX_CELLS: u64 = 4_000_000;
/// Bytes of text of all cells together.
pub(super) const MAX_TEXT_BYTES: usize = 40 * 1024 * 1024;
/// Merged ranges of a worksheet.
pub(super) const MAX_MERGED_RANGES: usize = 100_000;
/// Cells filled from merged ranges, all worksheets together.
pub(super) const MAX_MERGED_FILLS: usize = 1_000_000;
/// Elements within one another.
pub(super) const MAX_XML_DEPTH: usize = 100;
/// By how much a declared number of texts may exceed the true one: careless writers miscount, bombs lie by millions.
pub(super) const MAX_FALSE_COUNT: u64 = 1_000_000;
/// Bytes of the child's reply.
pub(super) const MAX_REPLY_BYTES: u64 = 96 * 1024 * 1024;
/// Bytes of memory of the child.
pub(super) const MAX_CHILD_MEMORY: u64 = 512 * 1024 * 1024;
/// Seconds the child may take.
pub(super) const MAX_CHILD_SECONDS: u64 = 20;
