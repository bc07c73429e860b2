//! Two forms of any short text: the one that is stored and the one that is compared.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// The form in which texts are compared: canonical composition, lower case, «ё» as «е», any whitespace
/// as one space, every dash as `-` with no spaces around it, invisible marks removed, trimmed.
///
/// Idempotent: `fold(&fold(x)) == fold(x)`. Only for comparing and searching, never for showing.
pub fn fold(text: &str) -> String {
    let mut plain = Vec::with_capacity(text.len());
    if fold_plain(text.as_bytes(), &mut plain)
        && !plain.ends_with(b" ")
        && let Ok(folded) = String::from_utf8(plain)
    {
        return folded;
    }
    let mut folded = Folded { text: String::with_capacity(text.len()), space_waits: false };
    if text.chars().all(is_already_composed) {
        for letter in text.chars().filter(|letter| !is_invisible(*letter)) {
            folded.push(if matches!(letter, 'ё' | 'Ё') { 'е' } else { letter });
        }
        return folded.text;
    }
    // Decomposed first: only so is «ё» found when other marks stand on the same letter.
    let mut marks_belong_to_ye = false;
    for letter in text.chars().filter(|letter| !is_invisible(*letter)).nfd() {
        if canonical_combining_class(letter) == 0 {
            marks_belong_to_ye = matches!(letter, 'е' | 'Е');
        } else if marks_belong_to_ye && letter == DIAERESIS {
            continue;
        }
        folded.push(letter);
    }
    folded.text.nfc().collect()
}

/// The form that is stored: canonical composition, invisible marks removed, any whitespace (also line
/// breaks and the no-break space) as one space, trimmed. Letters, case and dashes stay as they were given.
pub fn clean(text: &str) -> String {
    if is_clean(text.as_bytes()) {
        return text.to_owned();
    }
    if text.chars().all(is_already_composed) {
        return collapse_spaces(text.chars().filter(|letter| !is_invisible(*letter)), text.len());
    }
    collapse_spaces(text.chars().filter(|letter| !is_invisible(*letter)).nfc(), text.len())
}

/// Appends the folded bytes of a text of Russian and Latin letters, single spaces and hyphens; false when there is
/// anything else in it.
pub(crate) fn fold_plain(bytes: &[u8], folded: &mut Vec<u8>) -> bool {
    let mut rest = bytes.iter();
    while let Some(byte) = rest.next() {
        match byte {
            b'a'..=b'z' => folded.push(*byte),
            b'A'..=b'Z' => folded.push(byte.to_ascii_lowercase()),
            // Spaces at the beginning, after another space and beside a hyphen go: left to `fold`.
            b' ' | b'-' if matches!(folded.last(), None | Some(b' ')) => return false,
            b' ' if folded.ends_with(b"-") => return false,
            b' ' | b'-' => folded.push(*byte),
            // UTF-8 of the Russian letters: А–П, Р–Я, а–п begin with D0, р–я with D1.
            0xD0 => match rest.next() {
                Some(0x81) => folded.extend([0xD0, 0xB5]),
                Some(low @ 0x90..=0x9F) => folded.extend([0xD0, low + 0x20]),
                Some(low @ 0xA0..=0xAF) => folded.extend([0xD1, low - 0x20]),
                Some(low @ 0xB0..=0xBF) => folded.extend([0xD0, *low]),
                _ => return false,
            },
            0xD1 => match rest.next() {
                Some(0x91) => folded.extend([0xD0, 0xB5]),
                Some(low @ 0x80..=0x8F) => folded.extend([0xD1, *low]),
                _ => return false,
            },
            _ => return false,
        }
    }
    true
}

/// Whether [`clean`] would leave a text as it is: told for Russian and Latin letters with single spaces, which is
/// nearly every cell; false when there is anything else in it.
fn is_clean(bytes: &[u8]) -> bool {
    let mut rest = bytes.iter();
    let mut after_space = true;
    while let Some(byte) = rest.next() {
        match byte {
            b' ' if after_space => return false,
            b' ' => after_space = true,
            b'!'..=b'~' => after_space = false,
            // UTF-8 of U+0400–U+047F: none of it composes with a neighbour of this range.
            0xD0 | 0xD1 => {
                rest.next();
                after_space = false;
            }
            _ => return false,
        }
    }
    !after_space || bytes.is_empty()
}

/// [`char::is_alphabetic`], at once for Russian and Latin letters.
pub(super) fn is_letter(letter: char) -> bool {
    match letter {
        'a'..='z' | 'A'..='Z' | 'А'..='я' | 'Ё' | 'ё' => true,
        '\0'..='@' => false,
        _ => letter.is_alphabetic(),
    }
}

/// [`char::is_numeric`], at once for Russian and Latin letters.
pub(super) fn is_number_sign(letter: char) -> bool {
    match letter {
        '0'..='9' => true,
        '\0'..='~' | 'А'..='я' | 'Ё' | 'ё' => false,
        _ => letter.is_numeric(),
    }
}

/// Any dash or minus that people and word processors put between words.
pub(super) fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}')
}

/// Quotation marks of every kind seen around class letters and group names.
pub(super) fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '\'' | '«' | '»' | '`' | '\u{2018}'..='\u{201F}' | '\u{2039}' | '\u{203A}')
}

/// Marks with no shape of their own: zero-width, text direction, soft hyphen, control characters other
/// than whitespace. They arrive with pasted text and would make equal names differ.
pub(super) fn is_invisible(letter: char) -> bool {
    match letter {
        ' '..='~' => false,
        '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{FEFF}' => true,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => true,
        _ => letter.is_control() && !letter.is_whitespace(),
    }
}

const DIAERESIS: char = '\u{0308}';

/// Letters that neither compose with a neighbour nor decompose into another composed form: the Latin,
/// Russian and punctuation ranges of practically every roster. Everything else goes the slow way.
fn is_already_composed(letter: char) -> bool {
    matches!(letter, '\u{0}'..='\u{02FF}' | '\u{0400}'..='\u{0482}' | '\u{048A}'..='\u{052F}'
        | '\u{2007}'..='\u{2029}' | '\u{202F}' | '\u{2116}' | '\u{2212}' | '\u{FEFF}')
}

struct Folded {
    text: String,
    space_waits: bool,
}

impl Folded {
    fn push(&mut self, letter: char) {
        if letter.is_whitespace() {
            self.space_waits = !self.text.is_empty() && !self.text.ends_with('-');
            return;
        }
        if is_dash(letter) {
            self.space_waits = false;
            self.text.push('-');
            return;
        }
        if self.space_waits {
            self.text.push(' ');
            self.space_waits = false;
        }
        match letter {
            ' '..='~' => self.text.push(letter.to_ascii_lowercase()),
            'а'..='я' => self.text.push(letter),
            'А'..='Я' => self.text.extend(char::from_u32(letter as u32 + 32)),
            _ => self.text.extend(letter.to_lowercase()),
        }
    }
}

fn collapse_spaces(letters: impl Iterator<Item = char>, capacity: usize) -> String {
    let mut collapsed = String::with_capacity(capacity);
    let mut space_waits = false;
    for letter in letters {
        if letter.is_whitespace() {
            space_waits = !collapsed.is_empty();
            continue;
        }
        if space_waits {
            collapsed.push(' ');
            space_waits = false;
        }
        collapsed.push(letter);
    }
    collapsed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folding_makes_spellings_of_one_name_equal() {
        let cases = [
            ("Ковалёва", "ковалева"),
            ("КОВАЛЁВА", "ковалева"),
            ("Ковале\u{308}ва", "ковалева"),
            ("Андрей", "андрей"),
            ("Андреи\u{306}", "андрей"),
            ("  Анна\u{a0}\u{a0}Мария\n", "анна мария"),
            ("Ива\u{ad}нова", "иванова"),
            ("\u{feff}Ива\u{200b}нов\u{200f}", "иванов"),
            ("Петрова – Водкина", "петрова-водкина"),
            ("Петрова—Водкина", "петрова-водкина"),
            ("Петрова -Водкина", "петрова-водкина"),
            ("a\u{2212}b", "a-b"),
            ("", ""),
            (" \t ", ""),
        ];
        for (given, expected) in cases {
            assert_eq!(fold(given), expected, "{given:?}");
        }
    }

    #[test]
    fn folding_keeps_different_letters_apart() {
        assert_ne!(fold("Андрей"), fold("Андреи"));
        assert_ne!(fold("Анна Мария"), fold("Анна-Мария"));
        assert_ne!(fold("A"), fold("А"));
    }

    #[test]
    fn marks_on_one_letter_do_not_bring_yo_back() {
        for given in ["ё\u{308}", "е\u{301}\u{308}", "ё\u{300}", "Е\u{200b}\u{308}"] {
            let once = fold(given);
            assert!(!once.contains('ё'), "{given:?}");
            assert_eq!(fold(&once), once, "{given:?}");
        }
    }

    #[test]
    fn cleaning_keeps_the_spelling() {
        let cases = [
            (" Ковалёва\u{a0} Н.\r\nИ. ", "Ковалёва Н. И."),
            ("Андреи\u{306}", "Андрей"),
            ("Петрова – Водкина", "Петрова – Водкина"),
            ("\u{202a}5 «А»\u{202c}", "5 «А»"),
            ("а\u{0}б\tв", "аб в"),
        ];
        for (given, expected) in cases {
            assert_eq!(clean(given), expected, "{given:?}");
        }
    }

    proptest! {
        #[test]
        fn both_forms_are_idempotent(text in "\\PC{0,24}") {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded);
            let cleaned = clean(&text);
            prop_assert_eq!(clean(&cleaned), cleaned);
        }

        #[test]
        fn both_forms_are_idempotent_on_awkward_letters(
            text in "[ёЁеЕйЙиИаİǅΣςſK\u{300}\u{301}\u{306}\u{308}\u{315}\u{334}\u{200b}\u{ad}\u{a0} \\-–—.]{0,12}"
        ) {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded);
            let cleaned = clean(&text);
            prop_assert_eq!(clean(&cleaned), cleaned);
        }

        #[test]
        fn what_is_cleaned_compares_as_what_was_given(text in "\\PC{0,24}") {
            prop_assert_eq!(fold(&clean(&text)), fold(&text));
        }
    }
}
