//! decode(encode(x)) = x for every encoding, down to one row.

use proptest::prelude::*;
use sferum_console::roster::{RosterEncoding, decode};

use super::support::made_school::a_school;
use super::support::text_files::TextEncoding;

fn meant(encoding: TextEncoding) -> RosterEncoding {
    match encoding {
        TextEncoding::Utf8 | TextEncoding::Utf8Marked => RosterEncoding::Utf8,
        TextEncoding::Utf16Le | TextEncoding::Utf16LeMarked => RosterEncoding::Utf16Le,
        TextEncoding::Utf16Be | TextEncoding::Utf16BeMarked => RosterEncoding::Utf16Be,
        TextEncoding::Windows1251 => RosterEncoding::Windows1251,
        TextEncoding::Ibm866 => RosterEncoding::Ibm866,
        TextEncoding::Koi8R => RosterEncoding::Koi8R,
        TextEncoding::MacCyrillic => RosterEncoding::MacCyrillic,
    }
}

/// Every pupil of the school alone below a header, in every encoding: nobody is misread.
#[test]
fn a_roster_of_one_row() {
    let school = a_school();
    let mut misread: Vec<(TextEncoding, usize)> = Vec::new();
    for encoding in TextEncoding::ALL {
        let mut wrong = 0;
        for pupil in &school.pupils {
            let text = format!("ФИО;Класс\r\n{};{}\r\n", pupil.name.full(), pupil.class);
            let bytes = encoding.encode(&text).expect("plain letters");
            let right =
                decode(&bytes, None).is_ok_and(|it| it.text == text && it.encoding == meant(encoding));
            wrong += usize::from(!right);
        }
        if wrong > 0 {
            misread.push((encoding, wrong));
        }
    }
    assert!(misread.is_empty(), "{misread:?} of {} each", school.pupils.len());
}

/// Letters that every encoding has.
fn words() -> impl Strategy<Value = String> {
    prop::collection::vec("[А-ЯЁ][а-яё]{1,12}", 2..5).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// With the encoding named by the user nothing is ever lost, whatever the letters are.
    #[test]
    fn named_encodings_lose_nothing(rows in prop::collection::vec(words(), 1..8), which in 0..TextEncoding::ALL.len()) {
        let encoding = TextEncoding::ALL[which];
        let text = format!("ФИО;Класс\r\n{}", rows.join(";5А\r\n"));
        let bytes = encoding.encode(&text).expect("plain letters");
        let decoded = decode(&bytes, Some(meant(encoding))).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(decoded.text, text);
    }

    /// No bytes make the reader panic, and no letter is ever replaced.
    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(decoded) = decode(&bytes, None) {
            let replaced = decoded.text.contains('\u{FFFD}');
            prop_assert!(!replaced);
        }
    }
}
