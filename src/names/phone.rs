//! Phone numbers as rosters and people write them.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::folding::{clean, is_dash};

/// A phone number: `+7XXXXXXXXXX`, or a foreign one as `+` and its digits. `Debug` prints it masked, so that
/// it cannot reach a log by accident.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Phone(String);

/// Why a cell is not taken for a phone number. Holds nothing of the cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum PhoneProblem {
    /// Nothing is written.
    #[error("the phone is empty")]
    Empty,
    /// A spreadsheet turned the number into `7.9E+10`: the digits are lost.
    #[error("the phone was turned into scientific notation and its digits are lost")]
    Scientific,
    /// Two numbers in one cell: neither is taken, since nobody knows whose they are.
    #[error("two phone numbers in one cell")]
    TwoNumbers,
    /// Fewer digits than a number with its area code has.
    #[error("the phone has too few digits")]
    TooShort,
    /// Letters, or digits that form no number.
    #[error("this is not a phone number")]
    NotAPhone,
}

/// Reads one phone number: `+7…`, `8…`, `7…`, ten digits, brackets, dashes and spaces anywhere; foreign
/// numbers only with `+`.
///
/// # Errors
/// [`PhoneProblem`]; two numbers in a cell are refused rather than one of them chosen.
pub fn parse_phone(text: &str) -> Result<Phone, PhoneProblem> {
    let cleaned = clean(text);
    // An apostrophe before «+» is a spreadsheet's sign for text.
    let cleaned = cleaned.strip_prefix('\'').unwrap_or(&cleaned);
    if cleaned.is_empty() {
        return Err(PhoneProblem::Empty);
    }
    if is_scientific(cleaned) {
        return Err(PhoneProblem::Scientific);
    }
    if holds_two_numbers(cleaned) {
        return Err(PhoneProblem::TwoNumbers);
    }
    // A number read from a spreadsheet as a fraction: 79123456745.0
    let written = cleaned.strip_suffix(".0").filter(|rest| is_digits(rest)).unwrap_or(cleaned);
    let (has_plus, body) = match written.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, written),
    };
    if !body.chars().all(|letter| letter.is_ascii_digit() || is_separator(letter)) {
        return Err(PhoneProblem::NotAPhone);
    }
    let digits: String = body.chars().filter(char::is_ascii_digit).collect();
    if has_plus { with_country(&digits) } else { without_country(&digits) }
}

impl Phone {
    /// The number itself, for storing, comparing and exports. Never for logs.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// «+7 912 345-67-45»; a foreign number as `+` and its digits.
    pub fn display(&self) -> String {
        match self.russian_parts() {
            Some((area, first, second, third)) => format!("+7 {area} {first}-{second}-{third}"),
            None => self.0.clone(),
        }
    }

    /// «+7 912 ••• •• 45»: enough to recognise one's own, too little to call.
    pub fn masked(&self) -> String {
        if let Some((area, _, _, third)) = self.russian_parts() {
            return format!("+7 {area} ••• •• {third}");
        }
        let letters: Vec<char> = self.0.chars().collect();
        if letters.len() < 9 {
            return "•••".to_owned();
        }
        let (head, tail) = (&letters[..4], &letters[letters.len() - 2..]);
        format!("{} ••• •• {}", String::from_iter(head), String::from_iter(tail))
    }

    fn russian_parts(&self) -> Option<(&str, &str, &str, &str)> {
        let rest = self.0.strip_prefix("+7").filter(|rest| rest.len() == 10 && is_digits(rest))?;
        Some((&rest[..3], &rest[3..6], &rest[6..8], &rest[8..]))
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Phone({})", self.masked())
    }
}

fn with_country(digits: &str) -> Result<Phone, PhoneProblem> {
    if let Some(rest) = digits.strip_prefix('7') {
        return russian(rest);
    }
    // «+8 9…» is the trunk prefix written with a plus: no country code begins with 89.
    if digits.len() == 11 && digits.starts_with("89") {
        return russian(&digits[1..]);
    }
    match digits.len() {
        0..=7 => Err(PhoneProblem::TooShort),
        8..=15 if !digits.starts_with('0') => Ok(Phone(format!("+{digits}"))),
        _ => Err(PhoneProblem::NotAPhone),
    }
}

fn without_country(digits: &str) -> Result<Phone, PhoneProblem> {
    match digits.len() {
        0 => Err(PhoneProblem::NotAPhone),
        1..=9 => Err(PhoneProblem::TooShort),
        10 => russian(digits),
        11 if digits.starts_with(['7', '8']) => russian(&digits[1..]),
        _ => Err(PhoneProblem::NotAPhone),
    }
}

fn russian(rest: &str) -> Result<Phone, PhoneProblem> {
    match rest.len() {
        0..=9 => Err(PhoneProblem::TooShort),
        // Area codes of +7 begin with 3, 4, 6, 7, 8, 9; a number beginning lower is a date or a document.
        10 if !rest.starts_with(['0', '1', '2']) => Ok(Phone(format!("+7{rest}"))),
        _ => Err(PhoneProblem::NotAPhone),
    }
}

/// `7.9E+10`, `7,91235E+10`, also with a Cyrillic «Е».
fn is_scientific(cleaned: &str) -> bool {
    let Some((mantissa, exponent)) = cleaned.split_once(['e', 'E', 'е', 'Е']) else {
        return false;
    };
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, "0"));
    is_digits(whole) && is_digits(fraction) && is_digits(exponent)
}

fn holds_two_numbers(cleaned: &str) -> bool {
    let digits_in = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    let long_pieces = cleaned.split([',', ';', '/', '|', '\\']).filter(|piece| digits_in(piece) >= 5).count();
    let pluses = cleaned.chars().filter(|letter| *letter == '+').count();
    digits_in(cleaned) >= 20 || long_pieces >= 2 || (pluses >= 2 && digits_in(cleaned) >= 16)
}

fn is_separator(letter: char) -> bool {
    is_dash(letter) || matches!(letter, ' ' | '(' | ')' | '.')
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_in_many_spellings() {
        let spellings = [
            "+79123456745",
            "89123456745",
            "79123456745",
            "9123456745",
            "8 (912) 345-67-45",
            "+7\u{a0}912 345–67–45",
            "8-912-345-67-45",
            "8.912.345.67.45",
            "79123456745.0",
            "+89123456745",
        ];
        for spelling in spellings {
            let phone = parse_phone(spelling).expect("the test gives a number");
            assert_eq!(phone.as_str(), "+79123456745", "{spelling}");
        }
    }

    #[test]
    fn foreign_numbers_stay_as_given() {
        for (given, kept) in [
            ("+375 29 123-45-67", "+375291234567"),
            ("+84 912 345 678", "+84912345678"),
            ("+1 202 555 0199", "+12025550199"),
        ] {
            assert_eq!(parse_phone(given).expect("a number").as_str(), kept);
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        let cases = [
            ("", PhoneProblem::Empty),
            (" \u{a0}", PhoneProblem::Empty),
            ("7.9E+10", PhoneProblem::Scientific),
            ("7,9E+10", PhoneProblem::Scientific),
            ("7,91235Е+10", PhoneProblem::Scientific),
            ("8e10", PhoneProblem::Scientific),
            ("89123456745, 89123456746", PhoneProblem::TwoNumbers),
            ("89123456745 89123456746", PhoneProblem::TwoNumbers),
            ("+79123456745 (мама), +79123456746 (папа)", PhoneProblem::TwoNumbers),
            ("2-34-56; 2-34-57", PhoneProblem::TwoNumbers),
            ("2-34-56", PhoneProblem::TooShort),
            ("+7 912", PhoneProblem::TooShort),
            ("нет", PhoneProblem::NotAPhone),
            ("8912345674О", PhoneProblem::NotAPhone),
            ("-", PhoneProblem::NotAPhone),
            ("99123456745", PhoneProblem::NotAPhone),
            ("+791234567456", PhoneProblem::NotAPhone),
            ("0123456789", PhoneProblem::NotAPhone),
        ];
        for (given, problem) in cases {
            assert_eq!(parse_phone(given), Err(problem), "{given}");
        }
    }

    #[test]
    fn numbers_are_shown_and_masked() {
        let phone = parse_phone("89123456745").expect("a number");
        assert_eq!(phone.display(), "+7 912 345-67-45");
        assert_eq!(phone.masked(), "+7 912 ••• •• 45");
        assert_eq!(format!("{phone:?}"), "Phone(+7 912 ••• •• 45)");
        let foreign = parse_phone("+375291234567").expect("a number");
        assert_eq!(foreign.display(), "+375291234567");
        assert_eq!(foreign.masked(), "+375 ••• •• 67");
    }

    #[test]
    fn a_stored_text_that_is_no_number_is_masked_whole() {
        let odd: Phone = serde_json::from_str("\"мама\"").expect("any text is accepted from the file");
        assert_eq!(odd.masked(), "•••");
    }
}
