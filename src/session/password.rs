//! Passwords: which are taken, how strong they are. Made for Russian: words, keyboard and habits of Russian schools,
//! which the known estimators (English words, English keyboard) take for chance.
//!
//! The estimate is the number of guesses, in bits, that a guesser needs who knows the list of common passwords, the
//! school's name, both keyboards, rows of keys, years and repetitions: the cheapest way to put the password together.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use zeroize::Zeroizing;

use crate::register::Organization;

/// Least length, in letters.
pub const SHORTEST_PASSWORD: usize = 10;
/// Greatest length, in letters: more is a file by mistake.
pub const LONGEST_PASSWORD: usize = 128;
/// Bits under which a password is refused, and from which the strength is 2, 3 and 4.
const REFUSED_BELOW: f32 = 30.0;
const STEPS: [f32; 3] = [40.0, 52.0, 66.0];

/// A text that nobody may read: no `Debug`, overwritten on drop.
#[derive(Clone)]
pub struct SecretText(Zeroizing<String>);

impl SecretText {
    /// Takes the text over.
    pub fn new(text: String) -> SecretText {
        SecretText(Zeroizing::new(text))
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecretText(hidden)")
    }
}

/// Why a password is not taken. `Display` is the Russian sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordRefusal {
    #[error("Пароль короче {SHORTEST_PASSWORD} знаков. Возьмите три-четыре не связанных слова.")]
    TooShort,
    #[error("Пароль длиннее {LONGEST_PASSWORD} знаков. Возьмите короче.")]
    TooLong,
    #[error("Пароль из тех, что подбирают первыми. Возьмите три-четыре не связанных слова.")]
    Common,
    #[error("В пароле есть знаки, которых нет на клавиатуре. Наберите его заново.")]
    ForeignLetters,
    #[error("Пароль начинается или кончается пробелом: такой легко набрать неверно. Уберите пробел.")]
    EdgeSpace,
}

/// How strong a password is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordStrength {
    /// 0 (not taken) to 4.
    pub score: u8,
    /// «средний»
    pub word: &'static str,
    /// What would make it better; empty at 4.
    pub advice: &'static str,
    /// Why it is not taken.
    pub refusal: Option<PasswordRefusal>,
}

/// Judges a password; `own_words` are those of [`own_words`]. Quick enough for every key typed.
pub fn password_strength(password: &str, own_words: &[String]) -> PasswordStrength {
    let refusal = refusal(password, own_words);
    let bits = if refusal.is_some() { 0.0 } else { guesses_in_bits(password, own_words) };
    let score =
        if refusal.is_some() { 0 } else { 1 + STEPS.iter().filter(|step| bits >= **step).count() as u8 };
    let (word, advice) = match score {
        0 => ("не подойдёт", "Возьмите три-четыре не связанных слова."),
        1 => ("слабый", "Добавьте слово, которое с остальными не связано."),
        2 => ("средний", "Добавьте ещё слово: длина важнее знаков и цифр."),
        3 => ("хороший", "Ещё одно слово сделает его отличным."),
        _ => ("отличный", ""),
    };
    PasswordStrength { score, word, advice, refusal }
}

/// The words that a guesser takes from the school's card.
pub fn own_words(organization: &Organization) -> Vec<String> {
    let texts = [&organization.name, &organization.head, &organization.administrator.name];
    let words = texts.into_iter().flat_map(|text| text.split(|letter: char| !letter.is_alphanumeric()));
    words.map(lowered).filter(|word| word.chars().count() >= 3).collect()
}

fn refusal(password: &str, own_words: &[String]) -> Option<PasswordRefusal> {
    let count = password.chars().count();
    if count < SHORTEST_PASSWORD {
        Some(PasswordRefusal::TooShort)
    } else if count > LONGEST_PASSWORD {
        Some(PasswordRefusal::TooLong)
    } else if password.chars().any(|letter| letter.is_control() || is_invisible(letter))
        || password.to_lowercase().starts_with("x'")
    {
        Some(PasswordRefusal::ForeignLetters)
    } else if password.trim() != password {
        Some(PasswordRefusal::EdgeSpace)
    } else {
        (guesses_in_bits(password, own_words) < REFUSED_BELOW).then_some(PasswordRefusal::Common)
    }
}

fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFFD}')
}

/// Common passwords and words, the commonest first.
static COMMON: LazyLock<HashMap<String, usize>> = LazyLock::new(|| {
    let lines = include_str!("common_passwords.txt").lines().filter(|line| !line.is_empty());
    lines.enumerate().map(|(rank, word)| (lowered(word), rank)).collect()
});

/// Rows of keys, columns of keys and alphabets, on both keyboards.
const ROWS: [&str; 17] = [
    "1234567890-=",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "йцукенгшщзхъ",
    "фывапролджэ",
    "ячсмитьбю.",
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "qazwsxedcrfvtgbyhnujmikolp",
    "йфяцычувскамепинртгоьшлбщдю",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
    "1йфя2цыч3увс4кам5епи6нрт7гоь8шлб",
    "1q2w3e4r5t6y7u8i9o0p",
    "1й2ц3у4к5е6н7г8ш9щ0з",
    "qwer1234tyui5678",
    "0123456789",
];

/// One price for what a guesser tries first, whatever its length.
const ROW_BITS: f32 = 6.0;
const YEAR_BITS: f32 = 5.0;
const REPEAT_BITS: f32 = 2.0;
const LONGEST_WORD: usize = 16;

/// The cheapest way to put the password together, in bits.
fn guesses_in_bits(password: &str, own_words: &[String]) -> f32 {
    let letters: Vec<char> = password.chars().collect();
    let plain: Zeroizing<Vec<char>> = Zeroizing::new(letters.iter().copied().map(one_form).collect());
    let forms = forms_of(&plain);
    let mut cheapest = vec![f32::INFINITY; plain.len() + 1];
    cheapest[0] = 0.0;
    for start in 0..plain.len() {
        let so_far = cheapest[start];
        let mut offer = |end: usize, bits: f32| {
            cheapest[end] = cheapest[end].min(so_far + bits);
        };
        offer(start + 1, bits_of_letter(letters[start]));
        for end in start + 2..=plain.len().min(start + LONGEST_WORD) {
            // A capital at the beginning or throughout is tried at once.
            let capitals =
                if letters[start..end].iter().any(|letter| letter.is_uppercase()) { 1.0 } else { 0.0 };
            for (form, surcharge) in &forms {
                if let Some(bits) = bits_of_word(&form[start..end], own_words) {
                    offer(end, bits + surcharge + capitals);
                }
            }
            if is_row(&plain[start..end]) {
                offer(end, ROW_BITS + capitals);
            }
            if end - start == 4 && is_year(&plain[start..end]) {
                offer(end, YEAR_BITS);
            }
        }
        for length in 1..=start.min(plain.len() - start) {
            if plain[start - length..start] == plain[start..start + length] {
                offer(start + length, REPEAT_BITS);
            }
        }
        if start > 0 && plain[start..].iter().all(|letter| *letter == plain[start - 1]) {
            offer(plain.len(), REPEAT_BITS);
        }
    }
    cheapest[plain.len()]
}

/// The password as it stands, typed with the other keyboard on, and with digits for letters; with what that costs.
fn forms_of(plain: &[char]) -> Vec<(Zeroizing<Vec<char>>, f32)> {
    const LATIN: &str = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
    const RUSSIAN: &str = "ейцукенгшщзхъфывапролджэячсмитьбю";
    let typed = |from: &str, to: &str| {
        let key = |letter: &char| {
            let place = from.chars().position(|key| key == *letter);
            place.and_then(|place| to.chars().nth(place)).unwrap_or(*letter)
        };
        Zeroizing::new(plain.iter().map(key).collect::<Vec<char>>())
    };
    vec![
        (Zeroizing::new(plain.to_vec()), 0.0),
        (typed(LATIN, RUSSIAN), 1.0),
        (typed(RUSSIAN, LATIN), 1.0),
        (typed("0134578@$!", "oleastbasi"), 1.0),
        (typed("0346", "озчб"), 1.0),
    ]
}

fn bits_of_word(letters: &[char], own_words: &[String]) -> Option<f32> {
    if letters.len() < 3 {
        return None;
    }
    let word = Zeroizing::new(letters.iter().collect::<String>());
    if own_words.contains(&*word) {
        return Some(2.0);
    }
    COMMON.get(word.as_str()).map(|rank| ((rank + 2) as f32).log2())
}

/// Neighbours in a row, forward or backward.
fn is_row(letters: &[char]) -> bool {
    if letters.len() < 3 {
        return false;
    }
    let forward = letters.iter().collect::<String>();
    let backward = letters.iter().rev().collect::<String>();
    ROWS.iter().any(|row| row.contains(&forward) || row.contains(&backward))
}

fn is_year(letters: &[char]) -> bool {
    letters.iter().all(char::is_ascii_digit) && matches!(letters, ['1', '9', ..] | ['2', '0', ..])
}

fn bits_of_letter(letter: char) -> f32 {
    if letter.is_ascii_digit() {
        3.3
    } else if letter.is_lowercase() || letter == ' ' {
        4.7
    } else {
        5.5
    }
}

fn one_form(letter: char) -> char {
    match letter.to_lowercase().next().unwrap_or(letter) {
        'ё' => 'е',
        other => other,
    }
}

fn lowered(word: &str) -> String {
    word.chars().map(one_form).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(password: &str) -> PasswordStrength {
        let card = Organization {
            name: "МБОУ «Приозёрская школа № 14»".into(), ..Organization::default()
        };
        password_strength(password, &own_words(&card))
    }

    #[test]
    fn passwords_that_are_not_taken() {
        use PasswordRefusal::{Common, EdgeSpace, ForeignLetters, TooLong, TooShort};
        let long = "ж".repeat(LONGEST_PASSWORD + 1);
        for (password, refusal) in [
            ("", TooShort),
            ("Hj7!kдЩ2z", TooShort),
            (long.as_str(), TooLong),
            ("барсук\0овраг", ForeignLetters),
            ("барсук\tовраг", ForeignLetters),
            ("барсук\u{200B}овраг", ForeignLetters),
            ("x'0011223344'", ForeignLetters),
            (" барсук и овраг", EdgeSpace),
            ("барсук и овраг ", EdgeSpace),
            ("пароль2026", Common),
            ("Пароль123456", Common),
            ("парольпароль", Common),
            ("gfhjkmgfhjkm", Common),
            ("Gfhjkm2026!", Common),
            ("password123", Common),
            ("P@ssw0rd2026", Common),
            ("зфыыцщкв2026", Common),
            ("qwertyuiop", Common),
            ("qwerty123456", Common),
            ("йцукенгшщз", Common),
            ("йцукен2026", Common),
            ("qazwsxedcrfv", Common),
            ("1qaz2wsx3edc", Common),
            ("1q2w3e4r5t6y", Common),
            ("1234567890", Common),
            ("0987654321", Common),
            ("111111111111", Common),
            ("аааааааааааа", Common),
            ("abcabcabcabc", Common),
            ("sferum2026", Common),
            ("Сферум2026!", Common),
            ("cathev2026", Common),
            ("сферум-2026", Common),
            ("школа14школа", Common),
            ("приозерская14", Common),
            ("Приозёрская", Common),
            ("школа№14-2026", Common),
            ("админадмин", Common),
            ("Наташа1985", Common),
            ("солнышко2015", Common),
            ("абвгдежзик", Common),
        ] {
            let judged = judged(password);
            assert_eq!((judged.score, judged.refusal), (0, Some(refusal)), "{password:?}");
        }
    }

    #[test]
    fn passwords_that_are_taken_and_how_strong_they_are() {
        for (password, least, most) in [
            ("Сложный пароль", 1, 2),
            ("hvtkqsoprw", 2, 2),
            ("осенний лист", 3, 3),
            ("барсук овраг сирень", 4, 4),
            ("Vt7#qLp0!zR", 2, 4),
            ("kX9$wq2Lm!v8Tz", 3, 4),
        ] {
            let judged = judged(password);
            assert!((least..=most).contains(&judged.score), "{password:?}: {}", judged.score);
            assert_eq!(judged.refusal, None, "{password:?}");
            assert_eq!(judged.advice.is_empty(), judged.score == 4, "{password:?}");
        }
    }

    #[test]
    fn the_own_name_costs_nothing_only_where_it_is_the_own_one() {
        assert_eq!(password_strength("Приозёрская", &[]).refusal, None);
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", SecretText::new("секрет".into())), "SecretText(hidden)");
    }

    proptest::proptest! {
        #[test]
        fn nothing_that_is_typed_panics_and_more_is_never_weaker_by_much(password in "\\PC{0,40}") {
            let judged = password_strength(&password, &["школа".into()]);
            proptest::prop_assert!(judged.score <= 4 && (judged.score == 0) == judged.refusal.is_some());
        }
    }
}
