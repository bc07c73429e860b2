//! Texts that a spreadsheet must take as texts (faults row 21).

use crate::names::parse_phone;

/// With these a spreadsheet begins a formula; the full-width forms count as the plain ones in some versions.
const FORMULA_SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A text as a cell of a delimited file, such that no spreadsheet takes it for a formula.
///
/// - A Russian phone «+7…» is written «8 917 345-67-45»: readable, text to a spreadsheet, and read back as the same
///   number. In a cell with more than the number the leading «+7» becomes «8».
/// - A cell of hyphens alone («-», the sign for "nothing") becomes «—».
/// - Anything else that begins, also after blanks, with `= + - @` or a full-width form of them gets a leading
///   apostrophe, the sign for text in every spreadsheet.
/// - Line breaks become LF, other control characters are dropped; blanks before the text go when a TAB or a line
///   break is among them.
///
/// ```
/// use sferum_console::documents::safe_cell;
/// assert_eq!(safe_cell("Котова Анна"), "Котова Анна");
/// assert_eq!(safe_cell("+79173456745"), "8 917 345-67-45");
/// assert_eq!(safe_cell("=1+1"), "'=1+1");
/// ```
pub fn safe_cell(text: &str) -> String {
    let text = without_controls(text);
    let bare = text.trim_start_matches(is_blank);
    if !bare.starts_with(FORMULA_SIGNS) {
        return if text.starts_with(['\t', '\n']) { bare.to_owned() } else { text };
    }
    if bare.chars().all(|letter| letter == '-' || letter.is_whitespace()) {
        return "—".to_owned();
    }
    russian_phone(bare).unwrap_or_else(|| format!("'{bare}"))
}

/// Whether a spreadsheet might take the text for a formula.
pub(super) fn begins_a_formula(text: &str) -> bool {
    text.trim_start_matches(is_blank).starts_with(FORMULA_SIGNS)
}

/// Without characters that no cell can hold or show: controls but TAB and LF, and what XML forbids.
pub(super) fn without_controls(text: &str) -> String {
    let kept = |letter: &char| {
        matches!(letter, '\t' | '\n')
            || !(letter.is_control() || matches!(letter, '\u{FFFE}' | '\u{FFFF}' | '\u{2028}' | '\u{2029}'))
    };
    text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(kept).collect()
}

/// Blanks and marks without a shape, behind which a sign would still begin the cell.
fn is_blank(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || matches!(letter,
            '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// «+7…» in a form that begins with a digit; `None` for anything but phones.
fn russian_phone(bare: &str) -> Option<String> {
    let rest = bare.strip_prefix("+7")?;
    let digits: Option<String> =
        parse_phone(bare).ok().and_then(|phone| phone.as_str().strip_prefix("+7").map(str::to_owned));
    if let Some(digits) = digits.filter(|digits| digits.len() == 10 && digits.is_ascii()) {
        return Some(format!("8 {} {}-{}-{}", &digits[..3], &digits[3..6], &digits[6..8], &digits[8..]));
    }
    let looks_like_phones = rest.chars().filter(char::is_ascii_digit).count() >= 10
        && rest.chars().all(|letter| letter.is_ascii_digit() || " ()-.,;/+\u{A0}".contains(letter));
    looks_like_phones.then(|| format!("8 {}", rest.trim_start_matches(is_blank)))
}
