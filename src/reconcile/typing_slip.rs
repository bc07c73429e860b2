//! One slip of the finger: a letter more, less, other, or two letters exchanged.

/// Whether two words differ by exactly one slip (Damerau–Levenshtein distance 1).
pub(super) fn is_one_slip(first: &str, second: &str) -> bool {
    let longer = first.len().max(second.len());
    // A letter has at most four bytes, so more bytes apart cannot be one letter.
    if first == second || longer - first.len().min(second.len()) > 4 {
        return false;
    }
    let head = first.chars().zip(second.chars()).take_while(|(one, other)| one == other);
    let head: usize = head.map(|(letter, _)| letter.len_utf8()).sum();
    let (first, second) = (&first[head..], &second[head..]);
    let tail = first.chars().rev().zip(second.chars().rev()).take_while(|(one, other)| one == other);
    let tail: usize = tail.map(|(letter, _)| letter.len_utf8()).sum();
    let (first, second) = (&first[..first.len() - tail], &second[..second.len() - tail]);
    let (mut one, mut other) = (first.chars(), second.chars());
    match (first.chars().take(3).count(), second.chars().take(3).count()) {
        (0, 1) | (1, 0) | (1, 1) => true,
        (2, 2) => {
            let (a, b, c, d) = (one.next(), one.next(), other.next(), other.next());
            a == d && b == c
        }
        _ => false,
    }
}

/// A slip in a surname, which must be long enough to bear one. A man's and a woman's form («Иванов», «Иванова»)
/// are one letter apart and yet two people.
pub(super) fn is_surname_slip(written: &str, surname: &str) -> bool {
    let long_enough = written.chars().nth(3).is_some() && surname.chars().nth(4).is_some();
    long_enough && is_one_slip(written, surname) && !are_two_genders(written, surname)
}

/// Whether one is the man's and the other the woman's form: «Иванов», «Иванова».
pub(super) fn are_two_genders(first: &str, second: &str) -> bool {
    let (short, long) = if first.len() < second.len() { (first, second) } else { (second, first) };
    let is_mans = !short.ends_with(['а', 'a', 'я', 'о', 'и']);
    is_mans && ["а", "a"].iter().any(|ending| long.strip_suffix(ending) == Some(short))
}

/// A slip in a given name that leaves no other known name.
pub(super) fn is_given_slip(written: &str, given: &str) -> bool {
    written.chars().nth(2).is_some() && given.chars().nth(3).is_some() && is_one_slip(written, given)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_and_no_more() {
        let cases = [
            ("иванов", "иванов", false),
            ("иванов", "ивонов", true),
            ("иванов", "иваов", true),
            ("иванов", "ивванов", true),
            ("иванов", "иавнов", true),
            ("иванов", "ванов", true),
            ("иванов", "ивановв", true),
            ("иванов", "ивонав", false),
            ("иванов", "петров", false),
            ("аб", "ба", true),
            ("абв", "вба", false),
            ("", "а", true),
        ];
        for (first, second, expected) in cases {
            assert_eq!(is_one_slip(first, second), expected, "{first} {second}");
            assert_eq!(is_one_slip(second, first), expected, "{second} {first}");
        }
    }

    #[test]
    fn two_genders_and_short_surnames_are_no_slip() {
        assert!(!is_surname_slip("иванов", "иванова"));
        assert!(!is_surname_slip("белв", "бел"));
        assert!(is_surname_slip("ковлев", "ковалев"));
        assert!(is_surname_slip("ивановаа", "иванова"));
    }
}
