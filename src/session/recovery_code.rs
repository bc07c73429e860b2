//! The recovery code: the file's raw key as fourteen groups of four letters, to be printed and typed back.
//!
//! Thirteen groups hold 256 bits (and four zero bits), the last one checks them. Two letters are one symbol of
//! GF(1024), and the two check symbols are those of a Reed–Solomon code: a single wrong symbol is not only noticed but
//! found, so that the person at the keyboard is told which group to look at.

use std::fmt;

use zeroize::Zeroizing;

use crate::store::Key;

/// Digits and Latin letters without I, L, O and U: nothing looks like anything else.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Groups of a code.
pub const CODE_GROUPS: usize = 14;
/// Letters of a group.
const GROUP: usize = 4;
/// Letters of a code.
const LENGTH: usize = CODE_GROUPS * GROUP;
/// Symbols of two letters: those of the key and all.
const KEY_SYMBOLS: usize = 26;
const SYMBOLS: usize = 28;
/// x¹⁰ + x³ + 1, of which x is a primitive element.
const FIELD: u32 = 0b100_0000_1001;

/// The recovery code of a file. `Debug` shows nothing; the bytes are overwritten on drop.
#[derive(Clone)]
pub struct RecoveryCode(Box<Zeroizing<[u8; 32]>>);

/// Why what was typed is no code. Holds nothing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeTypo {
    /// Too few or too many letters; how many there are of 56.
    Length { typed: usize },
    /// Something that is neither a digit nor a letter of codes stands in this group (from 1).
    ForeignLetter { group: usize },
    /// The letters do not agree with each other, and the fault is most likely in this group (from 1).
    Group { group: usize },
    /// They do not agree with each other.
    Somewhere,
}

impl RecoveryCode {
    /// The code of a raw key.
    pub fn from_bytes(bytes: &[u8; 32]) -> RecoveryCode {
        RecoveryCode(Box::new(Zeroizing::new(*bytes)))
    }

    /// The key it stands for.
    pub fn key(&self) -> Key {
        Key::from_raw(**self.0)
    }

    /// Whether both are the same code.
    pub fn is_same_as(&self, other: &RecoveryCode) -> bool {
        self.0.iter().zip(other.0.iter()).fold(0, |differing, (left, right)| differing | (left ^ right)) == 0
    }

    /// The fourteen groups of four letters, to be shown and printed.
    pub fn groups(&self) -> Vec<Zeroizing<String>> {
        let mut symbols = Zeroizing::new([0_u16; SYMBOLS]);
        let bit =
            |place: usize| self.0.get(place / 8).map_or(0, |byte| u16::from(byte >> (7 - place % 8)) & 1);
        for (place, symbol) in symbols[..KEY_SYMBOLS].iter_mut().enumerate() {
            *symbol = (0..10).fold(0, |value, offset| value << 1 | bit(place * 10 + offset));
        }
        let (sum, weighted) = syndromes(&symbols[..KEY_SYMBOLS]);
        let (next, last) = (power(KEY_SYMBOLS), power(KEY_SYMBOLS + 1));
        symbols[KEY_SYMBOLS] = multiply(weighted ^ multiply(last, sum), inverse(next ^ last));
        symbols[KEY_SYMBOLS + 1] = sum ^ symbols[KEY_SYMBOLS];
        let letter = |value: u16| char::from(LETTERS[usize::from(value & 31)]);
        let group = |pair: &[u16]| {
            Zeroizing::new(pair.iter().flat_map(|symbol| [letter(symbol >> 5), letter(*symbol)]).collect())
        };
        symbols.chunks(2).map(group).collect()
    }

    /// The groups with dashes between them, for one line.
    pub fn text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(LENGTH + CODE_GROUPS));
        for group in self.groups() {
            if !text.is_empty() {
                text.push('-');
            }
            text.push_str(&group);
        }
        text
    }

    /// Reads what was typed: any case, any spaces and dashes, Cyrillic letters that look like Latin ones, letters O, I
    /// and L for the digits, and a whole code typed with the Russian keyboard on.
    ///
    /// # Errors
    /// [`CodeTypo`], which names the group where that can be told.
    pub fn parse(typed: &str) -> Result<RecoveryCode, CodeTypo> {
        let by_look = read(typed, by_look);
        if by_look.is_err()
            && let Ok(code) = read(typed, by_keyboard)
        {
            return Ok(code);
        }
        by_look
    }
}

/// The letters of one typed group in their one form; `None` where there is something else among them.
pub(super) fn folded_group(typed: &str) -> Option<Zeroizing<String>> {
    let letters = typed.chars().filter(|letter| !is_filling(*letter));
    let folded: Option<String> = letters.map(|letter| value_of(letter, by_look).map(letter_of)).collect();
    folded.map(Zeroizing::new)
}

fn letter_of(value: u16) -> char {
    char::from(LETTERS[usize::from(value)])
}

fn read(typed: &str, latin: fn(char) -> char) -> Result<RecoveryCode, CodeTypo> {
    let mut values = Zeroizing::new(Vec::with_capacity(LENGTH));
    let mut foreign = None;
    let mut count = 0;
    for letter in typed.chars().filter(|letter| !is_filling(*letter)) {
        match value_of(letter, latin) {
            Some(value) if count < LENGTH => values.push(value),
            Some(_) => {}
            None => {
                foreign.get_or_insert(count / GROUP + 1);
            }
        }
        count += 1;
    }
    if let Some(group) = foreign.filter(|group| *group <= CODE_GROUPS) {
        return Err(CodeTypo::ForeignLetter { group });
    }
    if count != LENGTH {
        return Err(CodeTypo::Length { typed: count });
    }
    let symbols: Zeroizing<Vec<u16>> =
        Zeroizing::new(values.chunks(2).map(|pair| pair[0] << 5 | pair[1]).collect());
    check(&symbols)?;
    let mut bytes = Box::new(Zeroizing::new([0_u8; 32]));
    for (place, byte) in bytes.iter_mut().enumerate() {
        let bit = |place: usize| (symbols[place / 10] >> (9 - place % 10)) as u8 & 1;
        *byte = (0..8).fold(0, |value, offset| value << 1 | bit(place * 8 + offset));
    }
    // The four bits that are left over are zero in every code.
    if symbols[KEY_SYMBOLS - 1] & 0b1111 != 0 {
        return Err(CodeTypo::Somewhere);
    }
    Ok(RecoveryCode(bytes))
}

fn check(symbols: &[u16]) -> Result<(), CodeTypo> {
    let (sum, weighted) = syndromes(symbols);
    if (sum, weighted) == (0, 0) {
        return Ok(());
    }
    // With one wrong symbol the weighted sum is the plain one times the weight of its place.
    let is_place = |place: &usize| sum != 0 && multiply(power(*place), sum) == weighted;
    Err((0..SYMBOLS)
        .find(is_place)
        .map_or(CodeTypo::Somewhere, |place| CodeTypo::Group { group: place / 2 + 1 }))
}

/// The sum of the symbols, and their sum weighted by place.
fn syndromes(symbols: &[u16]) -> (u16, u16) {
    symbols.iter().enumerate().fold((0, 0), |(sum, weighted), (place, symbol)| {
        (sum ^ symbol, weighted ^ multiply(power(place), *symbol))
    })
}

fn multiply(left: u16, right: u16) -> u16 {
    let mut product = 0;
    let (mut left, mut right) = (u32::from(left), u32::from(right));
    while right != 0 {
        product ^= left * (right & 1);
        left <<= 1;
        left ^= FIELD * (left >> 10);
        right >>= 1;
    }
    product as u16
}

fn power(exponent: usize) -> u16 {
    (0..exponent).fold(1, |value, _| multiply(value, 2))
}

/// The inverse is the 1022nd power: 1023 are all that are not zero.
fn inverse(value: u16) -> u16 {
    (0..1022).fold(1, |product, _| multiply(product, value))
}

fn is_filling(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '-' | '_' | '.' | ',' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{200B}' | '\u{FEFF}'
        )
}

fn value_of(letter: char, latin: fn(char) -> char) -> Option<u16> {
    let upper = letter.to_uppercase().next().unwrap_or(letter);
    let letter = match latin(upper) {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let place = LETTERS.iter().position(|known| char::from(*known) == letter)?;
    u16::try_from(place).ok()
}

/// A Cyrillic letter as the Latin one or the digit it looks like.
fn by_look(letter: char) -> char {
    match letter {
        'А' => 'A',
        'В' => 'B',
        'С' => 'C',
        'Е' | 'Ё' => 'E',
        'Н' => 'H',
        'К' => 'K',
        'М' => 'M',
        'О' => '0',
        'Р' => 'P',
        'Ѕ' => 'S',
        'Т' => 'T',
        'У' => 'Y',
        'Х' => 'X',
        'І' | '|' => '1',
        'З' => '3',
        'Ч' => '4',
        other => other,
    }
}

/// A Cyrillic letter as the Latin one on the same key.
fn by_keyboard(letter: char) -> char {
    const RUSSIAN: &str = "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ";
    const LATIN: &[u8; 26] = b"QWERTYUIOPASDFGHJKLZXCVBNM";
    RUSSIAN.chars().position(|known| known == letter).map_or(letter, |place| char::from(LATIN[place]))
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RecoveryCode(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bytes_of(code: &RecoveryCode) -> [u8; 32] {
        **code.0
    }

    #[test]
    fn what_is_printed_can_be_typed_in_many_ways() {
        let code = RecoveryCode::from_bytes(&std::array::from_fn(|place| (place * 37 + 11) as u8));
        let text = code.text();
        assert_eq!(code.groups().len(), CODE_GROUPS);
        let cyrillic: String = text
            .chars()
            .map(|letter| match letter {
                'A' => 'А',
                'B' => 'в',
                'C' => 'с',
                'E' => 'Е',
                'H' => 'н',
                'K' => 'К',
                'M' => 'м',
                '0' => 'о',
                '1' => 'І',
                '3' => 'з',
                other => other,
            })
            .collect();
        let keyboard: String = text
            .to_lowercase()
            .chars()
            .map(|letter| {
                let place = "qwertyuiopasdfghjklzxcvbnm".find(letter);
                place.map_or(letter, |place| {
                    "йцукенгшщзфывапролдячсмить".chars().nth(place).expect("as many keys")
                })
            })
            .collect();
        for typed in [
            text.to_string(),
            text.to_lowercase(),
            text.replace('-', " "),
            text.replace('-', ""),
            text.replace('-', " — "),
            text.replace('0', "O").replace('1', "l"),
            format!("\n {}\t", text.as_str()),
            cyrillic,
            keyboard,
        ] {
            let parsed = RecoveryCode::parse(&typed).expect("read");
            assert!(parsed.is_same_as(&code));
        }
    }

    #[test]
    fn what_is_no_code_is_said() {
        let code = RecoveryCode::from_bytes(&[7; 32]);
        let text = code.text();
        for (typed, expected) in [
            (String::new(), CodeTypo::Length { typed: 0 }),
            (text[..text.len() - 1].to_owned(), CodeTypo::Length { typed: 55 }),
            (format!("{}7", text.as_str()), CodeTypo::Length { typed: 57 }),
            (text.replacen('0', "Ж", 1).replace("Ж", "?"), CodeTypo::ForeignLetter { group: 1 }),
        ] {
            let typo = RecoveryCode::parse(&typed).expect_err("refused");
            if matches!(expected, CodeTypo::ForeignLetter { .. }) {
                assert!(matches!(typo, CodeTypo::ForeignLetter { .. }), "{typo:?}");
            } else {
                assert_eq!(typo, expected);
            }
        }
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", RecoveryCode::from_bytes(&[7; 32])), "RecoveryCode(hidden)");
    }

    proptest! {
        #[test]
        fn a_code_leads_back_to_its_key(bytes in any::<[u8; 32]>()) {
            let code = RecoveryCode::from_bytes(&bytes);
            prop_assert_eq!(bytes_of(&RecoveryCode::parse(&code.text()).expect("read")), bytes);
        }

        #[test]
        fn one_wrong_letter_is_found(bytes in any::<[u8; 32]>(), place in 0..LENGTH, by in 1..32_usize) {
            let code = RecoveryCode::from_bytes(&bytes);
            let mut letters: Vec<u8> = code.text().bytes().filter(|letter| *letter != b'-').collect();
            let value = LETTERS.iter().position(|letter| *letter == letters[place]).expect("a letter of codes");
            letters[place] = LETTERS[(value + by) % 32];
            let typed = String::from_utf8(letters).expect("Latin letters");
            let typo = RecoveryCode::parse(&typed).expect_err("noticed");
            prop_assert_eq!(typo, CodeTypo::Group { group: place / GROUP + 1 });
        }

        #[test]
        fn exchanged_neighbours_and_groups_are_noticed(bytes in any::<[u8; 32]>(), place in 0..LENGTH - 4, far in any::<bool>()) {
            let code = RecoveryCode::from_bytes(&bytes);
            let mut letters: Vec<char> = code.text().chars().filter(|letter| *letter != '-').collect();
            let before = letters.clone();
            letters.swap(place, place + if far { 4 } else { 1 });
            prop_assume!(letters != before);
            prop_assert!(RecoveryCode::parse(&letters.into_iter().collect::<String>()).is_err());
        }

        #[test]
        fn nothing_that_is_typed_panics(typed in "\\PC{0,80}|[0-9A-Za-zА-я -]{50,70}") {
            let _ = RecoveryCode::parse(&typed);
            let _ = folded_group(&typed);
        }
    }
}
