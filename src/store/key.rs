//! The key of an encrypted file.

use std::fmt;
use std::fmt::Write as _;

use rusqlite::Connection;

/// A password (the key is derived from it, 0.1–0.2 s) or the 32 bytes themselves.
/// `Debug` shows nothing; the bytes are overwritten on drop as well as can be.
#[derive(Clone)]
pub struct Key(Secret);

#[derive(Clone)]
enum Secret {
    Password(Vec<u8>),
    Raw([u8; 32]),
}

impl Key {
    /// A key derived from a password. `None` for an empty one, one with a NUL (the statement would end
    /// there) or one that SQLCipher would take for raw bytes (`x'…'`).
    pub fn from_password(password: &str) -> Option<Key> {
        let looks_raw = password.starts_with("x'") || password.starts_with("X'");
        let usable = !password.is_empty() && !password.contains('\0') && !looks_raw;
        usable.then(|| Key(Secret::Password(password.as_bytes().to_vec())))
    }

    /// The 32 bytes themselves; opening derives nothing and takes no time.
    pub fn from_raw(bytes: [u8; 32]) -> Key {
        Key(Secret::Raw(bytes))
    }

    /// Whether both are the same, found in a time that does not tell how much of them is.
    pub fn is_same_as(&self, other: &Key) -> bool {
        let (left, right) = (self.bytes(), other.bytes());
        let differing = left.iter().zip(right).fold(0, |all, (left, right)| all | (left ^ right));
        let same_kind = std::mem::discriminant(&self.0) == std::mem::discriminant(&other.0);
        same_kind && left.len() == right.len() && differing == 0
    }

    fn bytes(&self) -> &[u8] {
        match &self.0 {
            Secret::Password(bytes) => bytes,
            Secret::Raw(bytes) => bytes,
        }
    }

    /// Hands the key to a connection; must come before anything else is asked of it.
    pub(super) fn apply(&self, connection: &Connection) -> rusqlite::Result<()> {
        let mut text = match &self.0 {
            Secret::Password(password) => String::from_utf8_lossy(password).into_owned(),
            Secret::Raw(bytes) => {
                let mut text = String::with_capacity(67);
                text.push_str("x'");
                for byte in bytes {
                    write!(text, "{byte:02x}").expect("writing to a string cannot fail");
                }
                text.push('\'');
                text
            }
        };
        let outcome = connection.pragma_update(None, "key", &text);
        let mut bytes = std::mem::take(&mut text).into_bytes();
        overwrite(&mut bytes);
        outcome
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        match &mut self.0 {
            Secret::Password(bytes) => overwrite(bytes),
            Secret::Raw(bytes) => overwrite(bytes),
        }
    }
}

fn overwrite(bytes: &mut [u8]) {
    bytes.fill(0);
    // Keeps the compiler from leaving out a write that nobody reads.
    std::hint::black_box(bytes);
}

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Key(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unusable_passwords_are_refused() {
        for (password, usable) in [
            ("", false),
            ("a\0b", false),
            ("x'00'", false),
            ("X'", false),
            ("x", true),
            ("пароль", true),
            ("'", true),
            ("ж'1", true),
        ] {
            assert_eq!(Key::from_password(password).is_some(), usable, "{password:?}");
        }
    }

    #[test]
    fn keys_are_compared_whole() {
        let key = |password| Key::from_password(password).expect("usable");
        assert!(key("осенний лист").is_same_as(&key("осенний лист")));
        for other in ["осенний лис", "осенний листь", "Осенний лист"] {
            assert!(!key("осенний лист").is_same_as(&key(other)), "{other}");
        }
        assert!(
            !Key::from_raw(*b"0123456789abcdef0123456789abcdef")
                .is_same_as(&key("0123456789abcdef0123456789abcdef"))
        );
    }

    #[test]
    fn debug_shows_nothing() {
        let key = Key::from_password("секрет").expect("usable");
        assert_eq!(format!("{key:?}"), "Key(hidden)");
    }
}
