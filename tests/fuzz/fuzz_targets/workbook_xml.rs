//! Inner XML of a worksheet, of the shared texts and of the book, zipped → the scan and the parser of the child
//! process → the same way as a text.

#![no_main]

#[path = "../../support/whole_way.rs"]
#[allow(dead_code)]
mod whole_way;
#[path = "../../support/workbook_parts.rs"]
mod workbook_parts;

libfuzzer_sys::fuzz_target!(|parts: &[u8]| {
    whole_way::read_workbook_here(&workbook_parts::workbook_of(parts));
});
