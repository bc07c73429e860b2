//! «Больше не спрашивать»: values of a file that were refused for good, so that they neither ask nor warn again.
//!
//! What is kept is the person's number, the field and a hash of the value: no name and no phone stands twice in the
//! register. The person's number is hashed with it, so that equal values of two people do not look alike.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::ConflictField;
use crate::register::{PersonId, Register, Remembered, RememberedKind};

/// The refused values that the register remembers.
pub(super) struct Refusals<'register> {
    by_key: HashMap<&'register str, &'register str>,
}

impl<'register> Refusals<'register> {
    pub(super) fn new(register: &'register Register) -> Self {
        let refused = |it: &&Remembered| it.kind == RememberedKind::RefusedValue;
        let by_key = register.tables().remembered.values().filter(refused);
        Self { by_key: by_key.map(|it| (it.key.as_str(), it.value.as_str())).collect() }
    }

    /// Whether this value of the file was refused for good. `folded` is the value in the form in which such values
    /// are compared.
    pub(super) fn holds(&self, person: PersonId, field: ConflictField, folded: &str) -> bool {
        // Nearly always nothing is remembered, and then nothing is hashed.
        !self.by_key.is_empty()
            && self
                .by_key
                .get(key(person, field).as_str())
                .is_some_and(|known| *known == fingerprint(person, field, folded))
    }
}

/// The answer that refuses a value for good.
pub(super) fn refusal(person: PersonId, field: ConflictField, folded: &str) -> Remembered {
    Remembered {
        kind: RememberedKind::RefusedValue,
        key: key(person, field),
        value: fingerprint(person, field, folded),
        ..Remembered::default()
    }
}

/// «12/phone»: one refused value a person and field.
fn key(person: PersonId, field: ConflictField) -> String {
    format!("{}/{}", person.0, field.code())
}

fn fingerprint(person: PersonId, field: ConflictField, folded: &str) -> String {
    hashed(&format!("{}/{folded}", key(person, field)))
}

/// SHA-256 in hex.
pub(super) fn hashed(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
