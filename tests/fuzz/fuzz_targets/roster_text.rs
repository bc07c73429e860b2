//! Bytes → decode → sheet → header → rows → plan against an empty school → apply → plan again.

#![no_main]

#[path = "../../support/whole_way.rs"]
#[allow(dead_code)]
mod whole_way;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    whole_way::read_text_in_every_encoding(bytes);
});
