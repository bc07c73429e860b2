//! The key of an encrypted file: a password, or the 32 bytes that SQLCipher 4 derives from it and the file's salt.
//!
//! A store keeps the derived bytes with their salt, never the password: reopening and copying derive nothing, every
//! copy has the salt of its original, and so one password and one recovery code open them all.

use std::fmt;
use std::fmt::Write as _;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use rusqlite::Connection;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::StoreError;
use super::derivation::derive;

/// What SQLCipher 4 does by default: PBKDF2-HMAC-SHA512, 256,000 rounds, the file's first 16 bytes as salt.
const ROUNDS: u32 = 256_000;
const SALT: usize = 16;

/// A password (the key is derived from it, 0.1–0.2 s) or the 32 bytes themselves.
/// `Debug` shows nothing; the bytes are overwritten on drop as well as can be.
#[derive(Clone)]
pub struct Key(Secret);

#[derive(Clone)]
enum Secret {
    Password(Zeroizing<Vec<u8>>),
    Raw(RawBytes),
    /// With the salt of the file it belongs to.
    OfFile(RawBytes, [u8; SALT]),
}

/// Boxed, so that moving a key leaves no copies behind.
type RawBytes = Box<Zeroizing<[u8; 32]>>;

impl Key {
    /// A key derived from a password, composed (NFC) as keyboards type it. `None` for an empty one, one with a NUL
    /// (the statement would end there) or one that SQLCipher would take for raw bytes (`x'…'`).
    pub fn from_password(password: &str) -> Option<Key> {
        let looks_raw = password.starts_with("x'") || password.starts_with("X'");
        let usable = !password.is_empty() && !password.contains('\0') && !looks_raw;
        let composed = || {
            // Reserved at once: growing would leave pieces of it in freed memory.
            let mut text = Zeroizing::new(String::with_capacity(password.len() * 3));
            text.extend(password.nfc());
            Zeroizing::new(text.as_bytes().to_vec())
        };
        usable.then(|| Key(Secret::Password(composed())))
    }

    /// The 32 bytes themselves; opening derives nothing and takes no time.
    pub fn from_raw(bytes: [u8; 32]) -> Key {
        Key(Secret::Raw(Box::new(Zeroizing::new(bytes))))
    }

    /// The 32 bytes; `None` for a password that no file has given a salt to.
    pub fn raw_bytes(&self) -> Option<&[u8; 32]> {
        match &self.0 {
            Secret::Password(_) => None,
            Secret::Raw(bytes) | Secret::OfFile(bytes, _) => Some(bytes),
        }
    }

    /// Whether this password (or these bytes) is the key `of_file`, which a store holds. Takes as long as an opening.
    pub fn is_same_as(&self, of_file: &Key) -> bool {
        let Secret::OfFile(bytes, salt) = &of_file.0 else { return false };
        let given = self.with_salt(*salt);
        let Some(given) = given.raw_bytes() else { return false };
        // Every byte is looked at, so that the time tells nothing.
        given.iter().zip(bytes.iter()).fold(0, |differing, (left, right)| differing | (left ^ right)) == 0
    }

    /// The key of an encrypted file that is there.
    pub(super) fn of_file(&self, path: &Path) -> Result<Key, StoreError> {
        let mut salt = [0; SALT];
        File::open(path)?.read_exact(&mut salt)?;
        Ok(self.with_salt(salt))
    }

    /// The key of a file that is to be made.
    pub(super) fn of_new_file(&self) -> Result<Key, StoreError> {
        let mut salt = [0; SALT];
        getrandom::fill(&mut salt).map_err(|_| StoreError::NoRandomness)?;
        Ok(self.with_salt(salt))
    }

    fn with_salt(&self, salt: [u8; SALT]) -> Key {
        let mut bytes: RawBytes = Box::new(Zeroizing::new([0; 32]));
        match &self.0 {
            Secret::Password(password) => {
                derive(password, &salt, ROUNDS, &mut bytes);
            }
            Secret::Raw(raw) | Secret::OfFile(raw, _) => bytes.copy_from_slice(raw.as_slice()),
        }
        Key(Secret::OfFile(bytes, salt))
    }

    /// Hands the key to a connection; must come before anything else is asked of it.
    pub(super) fn apply(&self, connection: &Connection) -> rusqlite::Result<()> {
        connection.execute_batch(&Zeroizing::new(format!("PRAGMA key = {}", self.literal().as_str())))
    }

    /// The key as it stands in a statement, quotes included.
    pub(super) fn literal(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(256));
        let add_hex = |text: &mut String, bytes: &[u8]| {
            for byte in bytes {
                write!(text, "{byte:02x}").expect("writing to a string cannot fail");
            }
        };
        match &self.0 {
            Secret::Password(password) => {
                text.push('\'');
                text.push_str(&Zeroizing::new(String::from_utf8_lossy(password).replace('\'', "''")));
                text.push('\'');
                return text;
            }
            Secret::Raw(bytes) => {
                text.push_str("\"x'");
                add_hex(&mut text, bytes.as_slice());
            }
            Secret::OfFile(bytes, salt) => {
                text.push_str("\"x'");
                add_hex(&mut text, bytes.as_slice());
                add_hex(&mut text, salt);
            }
        }
        text.push_str("'\"");
        text
    }
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
    fn debug_shows_nothing() {
        let key = Key::from_password("секрет").expect("usable");
        assert_eq!(format!("{key:?}"), "Key(hidden)");
        assert_eq!(format!("{:?}", key.with_salt([1; SALT])), "Key(hidden)");
    }

    #[test]
    fn one_password_is_one_key_in_whatever_form_its_letters_come() {
        let key = |password: &str| Key::from_password(password).expect("usable").with_salt([3; SALT]);
        let composed = key("йод и ёж");
        assert!(Key::from_password("и\u{306}од и е\u{308}ж").expect("usable").is_same_as(&composed));
        assert!(!Key::from_password("йод и еж").expect("usable").is_same_as(&composed));
        assert!(Key::from_raw(*composed.raw_bytes().expect("derived")).is_same_as(&composed));
    }

    /// The derivation against a published vector of PBKDF2-HMAC-SHA512 would not tell that it is SQLCipher's: the
    /// tests of the store open a file with the derived bytes alone.
    #[test]
    fn a_quote_in_a_password_stays_in_the_statement() {
        assert_eq!(Key::from_password("а'б").expect("usable").literal().as_str(), "'а''б'");
    }
}
