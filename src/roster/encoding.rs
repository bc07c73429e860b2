//! Bytes → text. The order is: byte order mark, pattern of NUL bytes (UTF-16 without a mark), strict UTF-8,
//! and last the Russian one-byte encodings, judged by which of them yields plausible Russian.
//!
//! Nothing is ever replaced: a file that does not decode to the last byte is refused, since a silently
//! damaged surname would become another person.

use std::borrow::Cow;

use encoding_rs::Encoding;
use serde::{Deserialize, Serialize};

use super::cyrillic_score::{MINIMAL_PLAUSIBLE_SCORE, russian_score};
use super::problem::{ForeignFormat, RosterError};

/// An encoding in which schools really hand over rosters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RosterEncoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, low byte first: "Unicode text" of Excel.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Windows-1251: the CSV of a Russian Excel.
    Windows1251,
    /// CP866: DOS programs.
    Ibm866,
    /// KOI8-R: older Unix systems.
    Koi8R,
    /// Mac Cyrillic: the CSV of Excel on older Macs.
    MacCyrillic,
}

impl RosterEncoding {
    /// All encodings, in the order in which a switch should offer them.
    pub const ALL: [Self; 7] = [
        Self::Windows1251,
        Self::Utf8,
        Self::Utf16Le,
        Self::Utf16Be,
        Self::Ibm866,
        Self::Koi8R,
        Self::MacCyrillic,
    ];

    /// One-byte Cyrillic encodings; where two of them score alike the earlier, more frequent one wins.
    const CYRILLIC: [Self; 4] = [Self::Windows1251, Self::Ibm866, Self::Koi8R, Self::MacCyrillic];

    /// The WHATWG name in lower case, as `import --json` prints it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows1251 => "windows-1251",
            Self::Ibm866 => "ibm866",
            Self::Koi8R => "koi8-r",
            Self::MacCyrillic => "x-mac-cyrillic",
        }
    }

    /// The encoding with this [`code`](Self::code), letter case ignored; the names `cp1251` and `cp866`,
    /// by which people know two of them, are accepted too.
    pub fn from_code(code: &str) -> Option<Self> {
        let code = code.trim().to_ascii_lowercase();
        match code.as_str() {
            "cp1251" => Some(Self::Windows1251),
            "cp866" => Some(Self::Ibm866),
            _ => Self::ALL.into_iter().find(|encoding| encoding.code() == code),
        }
    }

    /// The name on the switch of the import screen.
    pub fn russian_name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8 (Юникод)",
            Self::Utf16Le => "UTF-16 LE («Текст Юникод» из Excel)",
            Self::Utf16Be => "UTF-16 BE (Юникод)",
            Self::Windows1251 => "Windows-1251 (русская)",
            Self::Ibm866 => "CP866 (русская, DOS)",
            Self::Koi8R => "KOI8-R (русская, Unix)",
            Self::MacCyrillic => "Mac Cyrillic (русская, Mac)",
        }
    }

    fn whatwg(self) -> &'static Encoding {
        match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
            Self::Windows1251 => encoding_rs::WINDOWS_1251,
            Self::Ibm866 => encoding_rs::IBM866,
            Self::Koi8R => encoding_rs::KOI8_R,
            Self::MacCyrillic => encoding_rs::X_MAC_CYRILLIC,
        }
    }

    /// The byte order mark of the encoding; empty for one-byte encodings, which have none.
    fn byte_order_mark(self) -> &'static [u8] {
        match self {
            Self::Utf8 => b"\xEF\xBB\xBF",
            Self::Utf16Le => b"\xFF\xFE",
            Self::Utf16Be => b"\xFE\xFF",
            _ => b"",
        }
    }
}

/// The text of a roster file.
#[derive(Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The whole text without the byte order mark.
    pub text: String,
    /// How it was decoded.
    pub encoding: RosterEncoding,
    /// Whether the file began with a byte order mark.
    pub had_bom: bool,
    /// Whether the encoding was judged by plausibility: the preview should then offer the switch.
    pub guessed: bool,
}

/// Decodes a roster, choosing the encoding unless `forced` names one.
///
/// # Errors
/// [`RosterError::Empty`] for a file without a character; [`RosterError::ForeignFormat`] for a spreadsheet,
/// PDF or other known format; [`RosterError::Binary`] for a file that is no text; [`RosterError::Undecodable`]
/// when bytes mean nothing in the encoding, or the text holds U+FFFD or C1 control characters;
/// [`RosterError::UnknownEncoding`] when no encoding yields plausible Russian.
pub fn decode(bytes: &[u8], forced: Option<RosterEncoding>) -> Result<Decoded, RosterError> {
    if bytes.is_empty() {
        return Err(RosterError::Empty);
    }
    if let Some(format) = foreign_format(bytes) {
        return Err(RosterError::ForeignFormat(format));
    }
    let decoded = match forced {
        Some(encoding) => decode_as(bytes, encoding, false)?,
        None => decode_by_evidence(bytes)?,
    };
    refuse_damaged_text(&decoded.text, decoded.encoding)?;
    if decoded.text.trim().is_empty() {
        return Err(RosterError::Empty);
    }
    Ok(decoded)
}

fn decode_by_evidence(bytes: &[u8]) -> Result<Decoded, RosterError> {
    for encoding in [RosterEncoding::Utf8, RosterEncoding::Utf16Le, RosterEncoding::Utf16Be] {
        if bytes.starts_with(encoding.byte_order_mark()) {
            return decode_as(bytes, encoding, false);
        }
    }
    if let Some(encoding) = utf16_by_pattern(bytes) {
        return decode_as(bytes, encoding, true);
    }
    // Two old DOS programs end a text with Ctrl+Z; any NUL left at this point means "no text".
    if bytes.contains(&0) {
        return Err(RosterError::Binary);
    }
    if std::str::from_utf8(bytes).is_ok() || is_damaged_utf8(bytes) {
        return decode_as(bytes, RosterEncoding::Utf8, false);
    }
    let (encoding, score) = most_plausible_cyrillic(bytes);
    if score < MINIMAL_PLAUSIBLE_SCORE {
        return Err(RosterError::UnknownEncoding);
    }
    decode_as(bytes, encoding, true)
}

fn decode_as(bytes: &[u8], encoding: RosterEncoding, guessed: bool) -> Result<Decoded, RosterError> {
    let mark = encoding.byte_order_mark();
    let had_bom = !mark.is_empty() && bytes.starts_with(mark);
    let body = if had_bom { &bytes[mark.len()..] } else { bytes };
    let text = encoding
        .whatwg()
        .decode_without_bom_handling_and_without_replacement(body)
        .map(Cow::into_owned)
        .ok_or_else(|| RosterError::Undecodable { encoding, line: first_undecodable_line(body, encoding) })?;
    let text = match text.strip_suffix('\u{1A}') {
        Some(without_dos_end) => without_dos_end.to_owned(),
        None => text,
    };
    Ok(Decoded { text, encoding, had_bom, guessed })
}

/// The line, counted from 1, on which decoding fails; `None` where lines cannot be told.
fn first_undecodable_line(body: &[u8], encoding: RosterEncoding) -> Option<u32> {
    if encoding != RosterEncoding::Utf8 {
        return None;
    }
    let valid = std::str::from_utf8(body).err()?.valid_up_to();
    Some(line_number_at(&body[..valid]))
}

fn line_number_at(before: &[u8]) -> u32 {
    let breaks = before.iter().filter(|byte| **byte == b'\n').count();
    u32::try_from(breaks).unwrap_or(u32::MAX - 1) + 1
}

/// Refuses what no honest text holds: NUL, replacement characters (letters lost by an earlier program),
/// C1 control characters (the sign of a wrong encoding); many other control characters make a text binary, a stray one does not.
pub(super) fn refuse_damaged_text(text: &str, encoding: RosterEncoding) -> Result<(), RosterError> {
    let mut controls = 0_usize;
    for (offset, character) in text.char_indices() {
        match character {
            '\0' => return Err(RosterError::Binary),
            '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' => {}
            '\u{1}'..='\u{1F}' => controls += 1,
            '\u{80}'..='\u{9F}' | '\u{FFFD}' | '\u{FFFE}' | '\u{FFFF}' => {
                return Err(RosterError::Undecodable {
                    encoding,
                    line: Some(line_number_at(&text.as_bytes()[..offset])),
                });
            }
            _ => {}
        }
    }
    if controls > 8 && controls * 50 > text.len() { Err(RosterError::Binary) } else { Ok(()) }
}

/// Recognises formats that are no delimited text by their first bytes.
fn foreign_format(bytes: &[u8]) -> Option<ForeignFormat> {
    let contains = |needle: &[u8]| bytes.windows(needle.len()).take(65_536).any(|window| window == needle);
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Some(if contains(b"opendocument.spreadsheet") {
            ForeignFormat::OpenDocumentSheet
        } else if contains(b"word/") {
            ForeignFormat::WordDocument
        } else if contains(b"xl/") || contains(b"[Content_Types].xml") {
            ForeignFormat::ExcelXlsx
        } else {
            ForeignFormat::ZipArchive
        });
    }
    const MAGICS: [(&[u8], ForeignFormat); 8] = [
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", ForeignFormat::ExcelXls),
        (b"\x09\x08\x10\x00", ForeignFormat::ExcelXls),
        (b"%PDF-", ForeignFormat::Pdf),
        (b"\x89PNG\r\n", ForeignFormat::Picture),
        (b"\xFF\xD8\xFF\xE0", ForeignFormat::Picture),
        (b"\xFF\xD8\xFF\xE1", ForeignFormat::Picture),
        (b"{\\rtf", ForeignFormat::WordDocument),
        (b"SQLite format 3\0", ForeignFormat::Database),
    ];
    MAGICS.into_iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, format)| format)
}

/// UTF-16 without a mark: in Russian text every second byte is 0x00 (Latin, digits, spaces) or 0x04
/// (Cyrillic). Cyrillic-only stretches hold no NUL at all and would pass as UTF-8, so 0x04 counts too.
fn utf16_by_pattern(bytes: &[u8]) -> Option<RosterEncoding> {
    let sample = &bytes[..bytes.len().min(65_536)];
    let pairs = sample.len() / 2;
    if pairs < 2 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let is_high = |byte: u8| byte == 0x00 || byte == 0x04;
    let low_first = sample.chunks_exact(2).filter(|pair| is_high(pair[1]) && !is_high(pair[0])).count();
    let high_first = sample.chunks_exact(2).filter(|pair| is_high(pair[0]) && !is_high(pair[1])).count();
    // Quotes, dashes and «№» have other high bytes, so not every pair need fit.
    let enough = |fitting: usize| fitting * 10 >= pairs * 9;
    if enough(low_first) {
        Some(RosterEncoding::Utf16Le)
    } else if enough(high_first) {
        Some(RosterEncoding::Utf16Be)
    } else {
        None
    }
}

/// Whether the file is UTF-8 with a few broken places, which must be refused as such: read as a one-byte
/// encoding it would turn into "Р˜РІР°РЅРѕРІ".
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let high = bytes.iter().filter(|byte| **byte >= 0x80).count();
    let paired = bytes
        .windows(2)
        .filter(|pair| matches!(pair[0], 0xD0 | 0xD1) && (0x80..=0xBF).contains(&pair[1]))
        .count()
        * 2;
    high > 8 && paired * 10 >= high * 9
}

fn most_plausible_cyrillic(bytes: &[u8]) -> (RosterEncoding, i64) {
    // A large file needs no more than its beginning, and the title rows of every file lie there.
    let sample = &bytes[..bytes.len().min(50_000)];
    let mut best = (RosterEncoding::Windows1251, i64::MIN);
    for encoding in RosterEncoding::CYRILLIC {
        let score = encoding
            .whatwg()
            .decode_without_bom_handling_and_without_replacement(sample)
            .map_or(i64::MIN, |text| russian_score(&text));
        if score > best.1 {
            best = (encoding, score);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROSTERS: [&str; 8] = [
        "Фамилия;Имя;Отчество;Класс;\r\nГусев;Пётр;Ильич;5А;\r\n",
        "ФИО;Класс\r\nЮн Яна;1Б\r\n",
        "Ким Ян;5А\r\n",
        "ФИО;Класс\r\nМ\r\n",
        "№ п/п;ФИО учащегося;Группа\r\n1;Щукина Юлия Эдуардовна;«Солнышко»\r\n2;Ёлкин Артём Юрьевич;ИС-21-1\r\n",
        "ФАМИЛИЯ;ИМЯ;КЛАСС\r\nШИРЯЕВА;ЯНА;10А\r\n",
        "фио,класс,телефон\nляпина яна ильясовна,7б,89130000000\n",
        "Список обучающихся на 01.09.2026\t\t\nФамилия\tИмя\tКласс\nОглы\tРустам\t2 «Г»\n",
    ];

    fn encode(text: &str, encoding: RosterEncoding) -> Option<Vec<u8>> {
        match encoding {
            RosterEncoding::Utf16Le => Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
            RosterEncoding::Utf16Be => Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
            _ => {
                let (bytes, _, lossy) = encoding.whatwg().encode(text);
                (!lossy).then(|| bytes.into_owned())
            }
        }
    }

    #[test]
    fn every_encoding_is_recognised_down_to_one_row() {
        let mut checked = 0;
        for encoding in RosterEncoding::ALL {
            for roster in ROSTERS {
                // CP866 and KOI8-R have no «ёлочки»; writers put plain quotes there.
                let roster = match encoding {
                    RosterEncoding::Ibm866 | RosterEncoding::Koi8R => {
                        roster.replace(['«', '»'], "\"").replace('№', "N")
                    }
                    _ => roster.to_owned(),
                };
                let bytes = encode(&roster, encoding).expect("the roster must be expressible");
                let decoded = decode(&bytes, None).expect("decodes");
                assert_eq!(decoded.text, roster);
                // Capitals have the same bytes in CP866 and on the Mac: either name is right.
                if !roster.starts_with("ФАМИЛИЯ") || encoding != RosterEncoding::MacCyrillic {
                    assert_eq!(decoded.encoding, encoding, "{roster:?} in {}", encoding.code());
                }
                assert!(!decoded.had_bom);
                checked += 1;
            }
        }
        assert_eq!(checked, 56);
    }

    #[test]
    fn every_row_alone_of_many_surnames_is_recognised() {
        let surnames = [
            "Абрамова",
            "Бычков",
            "Вдовина",
            "Грачёв",
            "Дьячкова",
            "Ежов",
            "Жданова",
            "Зуев",
            "Исаева",
            "Йовович",
            "Кузнецов",
            "Лыткина",
            "Мясников",
            "Никифорова",
            "Овчинников",
            "Пряхин",
            "Русакова",
            "Сычёв",
            "Тюрин",
            "Уварова",
            "Фомичёв",
            "Хохлова",
            "Цыганков",
            "Чуйко",
            "Шубина",
            "Щеглов",
            "Эйхман",
            "Юсупова",
            "Яшин",
        ];
        for encoding in RosterEncoding::CYRILLIC {
            for surname in surnames {
                let line = format!("ФИО;Класс\r\n{surname} Алия Рустамовна;5А\r\n");
                let bytes = encode(&line, encoding).expect("expressible");
                assert_eq!(decode(&bytes, None).expect("decodes").encoding, encoding, "{surname}");
            }
        }
    }

    #[test]
    fn byte_order_marks_decide_and_are_removed() {
        for encoding in [RosterEncoding::Utf8, RosterEncoding::Utf16Le, RosterEncoding::Utf16Be] {
            let mut bytes = encoding.byte_order_mark().to_vec();
            bytes.extend(encode("ФИО;Класс\n", encoding).expect("expressible"));
            let decoded = decode(&bytes, None).expect("decodes");
            assert_eq!((decoded.encoding, decoded.had_bom, decoded.guessed), (encoding, true, false));
            assert_eq!(decoded.text, "ФИО;Класс\n");
        }
    }

    #[test]
    fn a_forced_encoding_is_obeyed() {
        let bytes = encode("ФИО\n", RosterEncoding::Windows1251).expect("expressible");
        let decoded = decode(&bytes, Some(RosterEncoding::Koi8R)).expect("decodes");
        assert_eq!(decoded.encoding, RosterEncoding::Koi8R);
        assert_ne!(decoded.text, "ФИО\n");
        assert!(matches!(
            decode(&bytes, Some(RosterEncoding::Utf8)),
            Err(RosterError::Undecodable { line: Some(1), .. })
        ));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let cases: [(&[u8], &str); 9] = [
            (b"", "empty"),
            (b"  \r\n\r\n", "empty"),
            (b"PK\x03\x04......xl/workbook.xml", "foreign_format"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1abcd", "foreign_format"),
            (b"%PDF-1.7", "foreign_format"),
            (b"abc\0def\0\0\0zz\x01\x02", "binary"),
            (b"\x7FELF\x02\x01\x01\0\0\0\0\0\0\0", "binary"),
            ("Фамилия\nИван\u{FFFD}в\n".as_bytes(), "undecodable"),
            ("Фамилия\nИван\u{85}в\n".as_bytes(), "undecodable"),
        ];
        for (bytes, code) in cases {
            assert_eq!(decode(bytes, None).map(|_| ()).unwrap_err().code(), code, "{bytes:?}");
        }
    }

    #[test]
    fn utf8_with_a_broken_place_is_refused_with_its_line() {
        let mut bytes = "Фамилия;Имя\nГусев;Пётр\nЩукина;Юлия\n".as_bytes().to_vec();
        let position = bytes.len() - 4;
        bytes.remove(position);
        assert_eq!(
            decode(&bytes, None).map(|_| ()),
            Err(RosterError::Undecodable { encoding: RosterEncoding::Utf8, line: Some(3) })
        );
    }

    #[test]
    fn plain_ascii_is_utf8_and_the_dos_end_mark_is_dropped() {
        let decoded = decode(b"fio;class\n\x1A", None).expect("decodes");
        assert_eq!((decoded.encoding, decoded.guessed), (RosterEncoding::Utf8, false));
        assert_eq!(decoded.text, "fio;class\n");
    }

    #[test]
    fn codes_read_back() {
        for encoding in RosterEncoding::ALL {
            assert_eq!(RosterEncoding::from_code(encoding.code()), Some(encoding));
        }
        assert_eq!(RosterEncoding::from_code(" CP1251 "), Some(RosterEncoding::Windows1251));
        assert_eq!(RosterEncoding::from_code("latin1"), None);
    }
}
