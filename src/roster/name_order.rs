//! The order of the words in a column of names: «Фамилия Имя Отчество» or «Имя Отчество Фамилия».
//!
//! It is told for the column as a whole, by where the patronymics stand: a surname that ends as a patronymic
//! («Маркович»), or a name of two words, does not say it by itself.

use crate::names::{FullName, NameProblem, clean};

/// Words that follow the father's name and belong to the patronymic.
const PARTICLES: [&str; 9] = ["оглы", "кызы", "улы", "уулу", "оглу", "гызы", "кизи", "угли", "углы"];

/// Order of the words of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum NameOrder {
    /// «Гусев Пётр Ильич», also where nothing tells.
    #[default]
    SurnameFirst,
    /// «Пётр Ильич Гусев».
    GivenFirst,
}

/// The order that most names of the column show.
pub(super) fn order_of_names<'t>(names: impl Iterator<Item = &'t str>) -> NameOrder {
    let (mut given_first, mut surname_first) = (0_u32, 0_u32);
    for name in names {
        let mut words = name.split_whitespace();
        let (Some(_), Some(second), Some(third)) = (words.next(), words.next(), words.next()) else {
            continue;
        };
        match (ends_as_patronymic(second), ends_as_patronymic(third)) {
            (true, false) if !is_particle(third) => given_first += 1,
            (false, true) => surname_first += 1,
            _ => {}
        }
    }
    if given_first > surname_first { NameOrder::GivenFirst } else { NameOrder::SurnameFirst }
}

/// Reads a joined name of a column of this order.
///
/// # Errors
/// As [`FullName::parse`].
pub(super) fn parse_in_order(text: &str, order: NameOrder) -> Result<FullName, NameProblem> {
    if order == NameOrder::SurnameFirst {
        return FullName::parse(text);
    }
    let cleaned = clean(text);
    let words: Vec<&str> = cleaned.split(' ').collect();
    match words.as_slice() {
        [given, surname] if !given.ends_with('.') && !surname.ends_with('.') => {
            FullName::parse(&format!("{surname} {given}"))
        }
        [given, father, particle, surname @ ..] if !surname.is_empty() && is_particle(particle) => {
            FullName::from_parts(&surname.join(" "), given, &format!("{father} {particle}"))
        }
        [given, patronymic, surname @ ..]
            if !surname.is_empty() && ends_as_patronymic(patronymic) && !is_particle(surname[0]) =>
        {
            FullName::from_parts(&surname.join(" "), given, patronymic)
        }
        _ => FullName::parse(&cleaned),
    }
}

/// Whether a word ends as patronymics do.
pub(super) fn ends_as_patronymic(word: &str) -> bool {
    let lower = word.to_lowercase();
    lower.chars().count() > 4
        && ["ович", "евич", "ьич", "овна", "евна", "ична"].iter().any(|ending| lower.ends_with(ending))
}

fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_column_decides() {
        let given_first =
            ["Пётр Ильич Гусев", "Анна Ковалёва", "Лев Ильич Маркович", "Али Вагиф оглы Мамедов"];
        let order = order_of_names(given_first.into_iter());
        assert_eq!(order, NameOrder::GivenFirst);
        let read: Vec<String> =
            given_first.iter().map(|name| parse_in_order(name, order).expect("a name").full()).collect();
        assert_eq!(
            read,
            ["Гусев Пётр Ильич", "Ковалёва Анна", "Маркович Лев Ильич", "Мамедов Али Вагиф оглы"]
        );

        let surname_first = ["Гусев Пётр Ильич", "Ким Анна", "Маркович Лев Ильич", "Мамедов Али Вагиф оглы"];
        let order = order_of_names(surname_first.into_iter());
        assert_eq!(order, NameOrder::SurnameFirst);
        for name in surname_first {
            assert_eq!(parse_in_order(name, order).expect("a name").full(), name);
        }
    }
}
