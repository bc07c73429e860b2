//! decode(encode(x)) = x for the eight encodings of schools, down to one short row. All names are invented.

use proptest::prelude::*;
use proptest::sample::select;

use super::{RosterEncoding, decode};

/// An encoding as a program writes it.
#[derive(Debug, Clone, Copy)]
struct Written {
    encoding: RosterEncoding,
    mark: &'static [u8],
}

const WRITTEN: [Written; 10] = [
    Written { encoding: RosterEncoding::Utf8, mark: b"" },
    Written { encoding: RosterEncoding::Utf8, mark: b"\xEF\xBB\xBF" },
    Written { encoding: RosterEncoding::Utf16Le, mark: b"" },
    Written { encoding: RosterEncoding::Utf16Le, mark: b"\xFF\xFE" },
    Written { encoding: RosterEncoding::Utf16Be, mark: b"" },
    Written { encoding: RosterEncoding::Utf16Be, mark: b"\xFE\xFF" },
    Written { encoding: RosterEncoding::Windows1251, mark: b"" },
    Written { encoding: RosterEncoding::Ibm866, mark: b"" },
    Written { encoding: RosterEncoding::Koi8R, mark: b"" },
    Written { encoding: RosterEncoding::MacCyrillic, mark: b"" },
];

fn encode(text: &str, written: Written) -> Vec<u8> {
    let body = match written.encoding {
        RosterEncoding::Utf8 => text.as_bytes().to_vec(),
        RosterEncoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        RosterEncoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        RosterEncoding::Windows1251 => encoding_rs::WINDOWS_1251.encode(text).0.into_owned(),
        RosterEncoding::Ibm866 => encoding_rs::IBM866.encode(text).0.into_owned(),
        RosterEncoding::Koi8R => encoding_rs::KOI8_R.encode(text).0.into_owned(),
        RosterEncoding::MacCyrillic => encoding_rs::X_MAC_CYRILLIC.encode(text).0.into_owned(),
    };
    [written.mark, &body].concat()
}

const SURNAMES: [&str; 24] = [
    "Абрамова",
    "Бычков",
    "Вдовина",
    "Грачёв",
    "Дьячкова",
    "Ежов",
    "Жданова",
    "Зуев",
    "Исаева",
    "Кузнецов",
    "Лыткина",
    "Мясников",
    "Овчинников",
    "Пряхин",
    "Сычёв",
    "Тюрин",
    "Фомичёв",
    "Хохлова",
    "Цыганков",
    "Шубина",
    "Щеглов",
    "Эйхман",
    "Юсупова",
    "Яшин",
];
const GIVEN: [&str; 20] = [
    "Анна",
    "Борис",
    "Вера",
    "Глеб",
    "Дарья",
    "Егор",
    "Жанна",
    "Захар",
    "Илья",
    "Кира",
    "Лев",
    "Майя",
    "Нина",
    "Олег",
    "Пётр",
    "Софья",
    "Тимур",
    "Ульяна",
    "Фёдор",
    "Юлия",
];
const PATRONYMICS: [&str; 8] =
    ["Ильич", "Юрьевна", "Петрович", "Львовна", "Эдуардович", "Геннадьевна", "Вагифович", "Яковлевна"];
const CLASSES: [&str; 8] = ["5А", "10Б", "1 Г", "11-В", "ИС-21-1", "7 инж", "9 \"Е\"", "Ромашка"];

fn row() -> impl Strategy<Value = [&'static str; 4]> {
    let patronymic = prop_oneof![3 => select(&PATRONYMICS[..]), 1 => Just("")];
    (select(&SURNAMES[..]), select(&GIVEN[..]), patronymic, select(&CLASSES[..]))
        .prop_map(|(surname, given, patronymic, class)| [surname, given, patronymic, class])
}

/// Rows as files have them: with a header, without one, all in capitals, with two delimiters and two line ends.
fn roster_text() -> impl Strategy<Value = String> {
    let rows = proptest::collection::vec(row(), 1..6);
    (rows, any::<bool>(), 0..8_u8, select(&[";", "\t", ","][..]), any::<bool>()).prop_map(
        |(rows, with_header, case, delimiter, windows)| {
            let end = if windows { "\r\n" } else { "\n" };
            let mut text = String::new();
            if with_header {
                text.push_str(&["Фамилия", "Имя", "Отчество", "Класс"].join(delimiter));
                text.push_str(end);
            }
            for row in rows {
                text.push_str(&row.join(delimiter));
                text.push_str(end);
            }
            match case {
                0 => text.to_uppercase(),
                1 => text.to_lowercase(),
                _ => text,
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn what_was_encoded_is_decoded(text in roster_text(), written in select(&WRITTEN[..])) {
        let decoded = decode(&encode(&text, written), None).expect("decodes");
        prop_assert_eq!(&decoded.text, &text, "{} read as {}", written.encoding.code(), decoded.encoding.code());
        prop_assert_eq!(decoded.had_bom, !written.mark.is_empty());
    }

    #[test]
    fn the_switch_decodes_or_says_why(text in roster_text(), written in select(&WRITTEN[..])) {
        let bytes = encode(&text, written);
        for forced in RosterEncoding::ALL {
            match decode(&bytes, Some(forced)) {
                Ok(decoded) => {
                    prop_assert_eq!(decoded.encoding, forced);
                    prop_assert!(forced != written.encoding || decoded.text == text);
                }
                Err(error) => {
                    prop_assert!(forced != written.encoding);
                    let sentence = error.russian("5А.csv");
                    prop_assert!(sentence.ends_with('.') && sentence.contains("Список не изменён"), "{}", sentence);
                }
            }
        }
    }
}
