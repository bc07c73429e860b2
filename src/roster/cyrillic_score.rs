//! How much a text looks like a Russian roster: the judge among one-byte Cyrillic encodings.
//!
//! General guessers need paragraphs of prose; a roster may be two lines long. So the score uses what rosters
//! always have: header words, capitals followed by small letters, and the letters and endings of names.

use std::sync::LazyLock;

/// Below this total no encoding is plausible, and the file is refused rather than guessed.
pub(super) const MINIMAL_PLAUSIBLE_SCORE: i64 = 0;

/// Frequencies of а–я in Russian text, in tenths of a per cent.
const LETTER_FREQUENCY: [i64; 32] = [
    80, 16, 45, 17, 30, 85, 9, 16, 74, 12, 35, 44, 32, 67, 110, 28, 47, 55, 63, 26, 3, 10, 5, 14, 7, 4, 1,
    19, 17, 3, 6, 20,
];

/// Pairs that names and header words are made of.
const COMMON_PAIRS: &str = "ов ва на ич ев вн ви ни ан ин ко ра ло ро ст ен ер ал ле ли ла ма ми ам ил ия лия \
                            ри ар ор он но от то ос ас кл сс чи ре ол ик се ки ск ия не ел ди да до ми ат та ти те \
                            гр ру уп пп па по мо ме де ег го ей ай тр ья юл эл иф хо ха фа";

/// Words that stand in roster headers and titles, in lower case.
const ROSTER_WORDS: [&str; 16] = [
    "фамилия",
    "имя",
    "отчество",
    "фио",
    "класс",
    "группа",
    "телефон",
    "дата",
    "рождения",
    "список",
    "ученик",
    "учащийся",
    "должность",
    "роль",
    "учитель",
    "родитель",
];

/// Scores a decoded text; higher is more plausible, negative is nonsense. Scores of texts decoded from the
/// same bytes may be compared with each other.
pub(super) fn russian_score(text: &str) -> i64 {
    let mut score = 0;
    let mut cases = WordCases::default();
    let mut word = Vec::new();
    for character in text.chars() {
        if is_russian(character) {
            word.push(character);
            continue;
        }
        score += word_score(&word);
        cases.count(&word);
        word.clear();
        score += foreign_character_score(character);
    }
    cases.count(&word);
    score + word_score(&word) + cases.score()
}

/// How words begin. The small letters of Mac Cyrillic have the bytes of Windows-1251, all but «я», which comes out as
/// «Я»: a text in which nothing else is ever a capital is one in small letters.
#[derive(Default)]
struct WordCases {
    beginning_with_ya: i64,
    other_capitals: i64,
    small: i64,
}

impl WordCases {
    fn count(&mut self, word: &[char]) {
        match word.first() {
            None => {}
            Some('Я') => self.beginning_with_ya += 1,
            Some(first) if is_capital(*first) => self.other_capitals += 1,
            Some(_) => self.small += 1,
        }
    }

    fn score(&self) -> i64 {
        if self.other_capitals == 0 && self.small >= self.beginning_with_ya {
            -60 * self.beginning_with_ya
        } else {
            0
        }
    }
}

fn is_russian(character: char) -> bool {
    matches!(character, 'А'..='я' | 'Ё' | 'ё')
}

fn small(character: char) -> char {
    match character {
        'А'..='Я' => char::from_u32(character as u32 + 32).unwrap_or(character),
        'Ё' | 'ё' => 'е',
        other => other,
    }
}

fn is_capital(character: char) -> bool {
    matches!(character, 'А'..='Я' | 'Ё')
}

/// Punctuation that Russian texts hold is neutral; frames and foreign letters are the sign of a wrong guess.
fn foreign_character_score(character: char) -> i64 {
    match character {
        '\0'..='\u{7F}' => 0,
        '«' | '»' | '№' | '—' | '–' | '…' | '\u{A0}' | '„' | '“' | '”' | '’' | '°' => 0,
        '\u{80}'..='\u{9F}' => -120,
        // Pseudo-graphics: letters of another encoding.
        '\u{2500}'..='\u{25FF}' => -120,
        _ => -60,
    }
}

fn word_score(word: &[char]) -> i64 {
    if word.is_empty() {
        return 0;
    }
    let folded: String = word.iter().map(|character| small(*character)).collect();
    let mut score = letters_score(&folded) + case_score(word);
    // No Russian word begins with a sign that has no sound.
    if folded.starts_with(['ь', 'ъ']) {
        score -= 80;
    }
    if ROSTER_WORDS.contains(&folded.as_str()) {
        score += 40 * word.len() as i64;
    }
    score
}

fn letters_score(folded: &str) -> i64 {
    let mut score = 0;
    let mut previous: Option<char> = None;
    for character in folded.chars() {
        let frequency = alphabet_index(character).map_or(0, |index| LETTER_FREQUENCY[index]);
        // Rare letters cost, frequent ones bring: 2 % is the break-even of an even spread over 32 letters.
        score += (frequency - 20).clamp(-20, 40) / 4;
        if let Some(before) = previous {
            score += pair_score(before, character);
        }
        previous = Some(character);
    }
    score
}

/// `COMMON_PAIRS` as a table over а–я, built once.
static COMMON_PAIR_TABLE: LazyLock<[bool; 32 * 32]> = LazyLock::new(|| {
    let mut table = [false; 32 * 32];
    for triple_or_pair in COMMON_PAIRS.split_whitespace() {
        let letters: Vec<usize> = triple_or_pair.chars().filter_map(alphabet_index).collect();
        for pair in letters.windows(2) {
            table[pair[0] * 32 + pair[1]] = true;
        }
    }
    table
});

fn alphabet_index(character: char) -> Option<usize> {
    matches!(character, 'а'..='я').then(|| (character as u32 - 'а' as u32) as usize)
}

fn pair_score(before: char, character: char) -> i64 {
    if let (Some(first), Some(second)) = (alphabet_index(before), alphabet_index(character))
        && COMMON_PAIR_TABLE[first * 32 + second]
    {
        return 10;
    }
    let impossible_after_vowel = matches!(character, 'ъ' | 'ь' | 'ы') && "аеиоуыэюяъь".contains(before);
    if impossible_after_vowel { -25 } else { 0 }
}

/// A word is written small, Capitalised or ALL CAPITALS; a capital after a small letter is the mark of a
/// wrong encoding (KOI8-R read as Windows-1251 swaps the cases).
fn case_score(word: &[char]) -> i64 {
    if word.len() < 2 {
        // A lone letter is the литера of a class: a capital more often than not.
        return if is_capital(word[0]) { 6 } else { 0 };
    }
    let mut score = 0;
    for pair in word.windows(2) {
        score += match (is_capital(pair[0]), is_capital(pair[1])) {
            (false, true) => -40,
            (true, false) => 8,
            (false, false) => 2,
            (true, true) => 0,
        };
    }
    if is_capital(word[0]) && word[1..].iter().all(|character| !is_capital(*character)) {
        score += 15;
    }
    score
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn russian_names_score_above_their_misreadings() {
        for (right, wrong) in [
            ("Иванова Анна", "хБЮМНБЮ юММЮ"),
            ("Иванова Анна", "╚трэютр └ээр"),
            ("ФИО", "тхн"),
            ("Класс", "йКЮЯЯ"),
        ] {
            assert!(russian_score(right) > russian_score(wrong), "{right} / {wrong}");
        }
    }

    #[test]
    fn nonsense_is_below_the_limit() {
        assert!(russian_score("ђ‚ѓќ—џћ ╚╔╗ ■■") < MINIMAL_PLAUSIBLE_SCORE);
    }
}
