//! Text that was copied from somewhere: out of a file in any encoding, or from the input.

use std::io::Read;

use sha2::{Digest, Sha256};

use super::failure::Failure;
use super::given::Given;
use crate::roster::{MAX_FILE_BYTES, decode};

/// Copied text with the hash of its bytes.
pub(super) struct PastedText {
    pub(super) text: String,
    /// SHA-256 in hex.
    pub(super) hash: String,
}

/// Reads what a place of the command line names; «-» is the input, after the password where that is given.
///
/// # Errors
/// When it cannot be read, is too large or is no text.
pub(super) fn read_place(given: &Given, place: usize) -> Result<PastedText, Failure> {
    read_source(&given.path(place), given.place(place) == Some("-"))
}

/// The same for the value of an option.
///
/// # Errors
/// As [`read_place`].
pub(super) fn read_option(given: &Given, name: &str) -> Result<Option<PastedText>, Failure> {
    let Some(value) = given.values.get(name).and_then(|values| values.last()) else { return Ok(None) };
    read_source(std::path::Path::new(value), value == "-").map(Some)
}

fn read_source(path: &std::path::Path, is_input: bool) -> Result<PastedText, Failure> {
    let unreadable =
        || Failure::failed("Текст не прочитан: проверьте имя файла и папку. Ничего не изменено.");
    let limit = MAX_FILE_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    let read = match is_input {
        true => std::io::stdin().lock().take(limit).read_to_end(&mut bytes),
        false => std::fs::File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes)),
    };
    read.map_err(|_| unreadable())?;
    if bytes.len() as u64 >= limit {
        return Err(Failure::failed("Текст слишком большой. Ничего не изменено."));
    }
    let hash = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    if bytes.is_empty() {
        return Ok(PastedText { text: String::new(), hash });
    }
    let decoded = decode(&bytes, None)
        .map_err(|_| Failure::failed("Текст не прочитан: это не текстовый файл. Ничего не изменено."))?;
    Ok(PastedText { text: decoded.text, hash })
}
