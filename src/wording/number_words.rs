//! Numbers, counted things, lists and sizes.

/// Between thousands, so that a number never breaks over two lines.
const NARROW_NO_BREAK_SPACE: char = '\u{202F}';

/// The form of a word that goes with `n`: 1 ссылка, 2 ссылки, 5 ссылок, 11 ссылок, 21 ссылка.
pub fn plural<'a>(n: u64, one: &'a str, few: &'a str, many: &'a str) -> &'a str {
    match (n % 10, n % 100) {
        (_, 11..=14) => many,
        (1, _) => one,
        (2..=4, _) => few,
        _ => many,
    }
}

/// The number and its word: «1 ссылка», «12 400 ссылок».
pub fn counted(n: u64, one: &str, few: &str, many: &str) -> String {
    format!("{} {}", number(n), plural(n, one, few, many))
}

/// A number with thousands apart (U+202F): «600», «12 400».
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut spaced = String::with_capacity(digits.len() + digits.len() / 3 * 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            spaced.push(NARROW_NO_BREAK_SPACE);
        }
        spaced.push(digit);
    }
    spaced
}

/// The first `max` items and how many more there are: «8Б, 9А, 10 инж и ещё 4». Everything when it fits.
pub fn list_of<S: AsRef<str>>(items: &[S], max: usize) -> String {
    let shown: Vec<&str> = items.iter().take(max).map(AsRef::as_ref).collect();
    let left = items.len() - shown.len();
    match (shown.is_empty(), left) {
        (_, 0) => shown.join(", "),
        (true, left) => format!("ещё {}", number(left as u64)),
        (false, left) => format!("{} и ещё {}", shown.join(", "), number(left as u64)),
    }
}

/// The size of a file: «512 байт», «14 КБ», «1,2 МБ». Units of 1024; one decimal below ten.
pub fn file_size(bytes: u64) -> String {
    if bytes < 1024 {
        return counted(bytes, "байт", "байта", "байт");
    }
    let units = ["КБ", "МБ", "ГБ", "ТБ"];
    let mut unit = 0;
    let mut unit_bytes: u128 = 1024;
    // Rounded before it is compared, or 1023,99 КБ would be written «1024 КБ».
    while unit + 1 < units.len() && rounded(u128::from(bytes), unit_bytes) >= 1024 {
        unit += 1;
        unit_bytes *= 1024;
    }
    let tenths = rounded(u128::from(bytes) * 10, unit_bytes);
    let name = units[unit];
    if tenths < 100 && !tenths.is_multiple_of(10) {
        format!("{},{} {name}", tenths / 10, tenths % 10)
    } else {
        // No file is larger than u64 says.
        format!("{} {name}", number(rounded(u128::from(bytes), unit_bytes) as u64))
    }
}

fn rounded(amount: u128, unit: u128) -> u128 {
    (amount + unit / 2) / unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_agree_with_numbers() {
        let cases = [
            (0, "ссылок"),
            (1, "ссылка"),
            (2, "ссылки"),
            (4, "ссылки"),
            (5, "ссылок"),
            (11, "ссылок"),
            (12, "ссылок"),
            (14, "ссылок"),
            (20, "ссылок"),
            (21, "ссылка"),
            (22, "ссылки"),
            (100, "ссылок"),
            (101, "ссылка"),
            (111, "ссылок"),
            (1_012, "ссылок"),
            (1_023, "ссылки"),
        ];
        for (n, word) in cases {
            assert_eq!(plural(n, "ссылка", "ссылки", "ссылок"), word, "{n}");
        }
        assert_eq!(counted(12_401, "ссылка", "ссылки", "ссылок"), "12\u{202f}401 ссылка");
    }

    #[test]
    fn thousands_stand_apart() {
        let cases = [
            (0, "0"),
            (999, "999"),
            (1_000, "1\u{202f}000"),
            (12_400, "12\u{202f}400"),
            (100_000, "100\u{202f}000"),
            (1_234_567, "1\u{202f}234\u{202f}567"),
        ];
        for (n, text) in cases {
            assert_eq!(number(n), text);
        }
        assert_eq!(number(u64::MAX).chars().filter(|letter| *letter == NARROW_NO_BREAK_SPACE).count(), 6);
    }

    #[test]
    fn lists_end_with_how_many_more() {
        let groups = ["8Б", "9А", "10 инж", "11А"];
        assert_eq!(list_of(&groups, 3), "8Б, 9А, 10 инж и ещё 1");
        assert_eq!(list_of(&groups, 4), "8Б, 9А, 10 инж, 11А");
        assert_eq!(list_of(&groups, 9), "8Б, 9А, 10 инж, 11А");
        assert_eq!(list_of(&groups, 0), "ещё 4");
        assert_eq!(list_of::<&str>(&[], 3), "");
    }

    #[test]
    fn sizes_of_files() {
        let cases = [
            (0, "0 байт"),
            (1, "1 байт"),
            (3, "3 байта"),
            (1023, "1\u{202f}023 байта"),
            (1024, "1 КБ"),
            (1536, "1,5 КБ"),
            (14_336, "14 КБ"),
            (1_048_575, "1 МБ"),
            (1_258_291, "1,2 МБ"),
            (209_715_200, "200 МБ"),
            (3_221_225_472, "3 ГБ"),
            (10_188, "9,9 КБ"),
            (10_239, "10 КБ"),
        ];
        for (bytes, text) in cases {
            assert_eq!(file_size(bytes), text, "{bytes}");
        }
        assert_eq!(file_size(u64::MAX), "16\u{202f}777\u{202f}216 ТБ");
    }
}
