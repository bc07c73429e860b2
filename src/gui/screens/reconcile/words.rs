//! Who somebody is, in the words of the room.

use crate::names::{FullName, Role};
use crate::register::{PersonId, Register};
use crate::regulation::class_teacher_word;
use jiff::civil::Date;

/// «мать: Климов Глеб» of an adult, «7Б» of a pupil, the post of the staff.
pub(super) fn who_is(register: &Register, person: PersonId, role: Role, today: Date) -> String {
    if role == Role::Parent {
        let children = register.guardianships_of_adult(person).filter(|link| link.until.is_none());
        let words: Vec<String> = children
            .filter_map(|link| {
                let child = &register.person(link.child)?.name;
                let basis = if link.basis.is_empty() { "взрослый" } else { &link.basis };
                Some(format!("{basis}: {} {}", child.surname, child.given))
            })
            .take(2)
            .collect();
        if !words.is_empty() {
            return words.join(", ");
        }
    }
    let mut words: Vec<String> = Vec::new();
    for membership in register.memberships_of_person(person) {
        if !register.is_current(membership, today) {
            continue;
        }
        let group = membership.group.and_then(|group| register.group(group)).map(|group| group.label.clone());
        let post = if membership.post.is_empty() {
            crate::wording::role_name(membership.role).to_owned()
        } else {
            membership.post.clone()
        };
        words.push(match group {
            Some(group) => format!("{post}, {group}"),
            None => post,
        });
    }
    words.truncate(2);
    if words.is_empty() { "в списках школы".into() } else { words.join(" · ") }
}

/// «Это она», «Это он»; where the name does not tell, «Это тот человек».
pub(super) fn this_is(name: &FullName) -> &'static str {
    match is_female(name) {
        Some(true) => "Это она",
        Some(false) => "Это он",
        None => "Верно",
    }
}

/// «не найдена», «не найден».
pub(super) fn not_found(name: &FullName) -> &'static str {
    match is_female(name) {
        Some(true) => "не найдена",
        Some(false) => "не найден",
        None => "не найдены",
    }
}

fn is_female(name: &FullName) -> Option<bool> {
    let patronymic = name.patronymic.to_lowercase();
    if ["на", "кызы"].iter().any(|end| patronymic.ends_with(end)) {
        return Some(true);
    }
    if ["ич", "оглы", "улы", "уулу"].iter().any(|end| patronymic.ends_with(end)) {
        return Some(false);
    }
    let surname = name.surname.to_lowercase();
    if ["ова", "ева", "ёва", "ина", "ая"].iter().any(|end| surname.ends_with(end)) {
        return Some(true);
    }
    ["ов", "ев", "ёв", "ин", "ий"].iter().any(|end| surname.ends_with(end)).then_some(false)
}

/// «классному руководителю 7Б»-like words: whom to ask, in the genitive: «у классного руководителя».
pub(super) fn ask_whom(register: &Register, group: Option<crate::register::GroupId>) -> &'static str {
    match group.and_then(|group| register.group(group)).map(|group| class_teacher_word(group.kind)) {
        Some("куратор") => "Уточнить у куратора",
        Some("воспитатель") => "Уточнить у воспитателя",
        Some(word) if word.starts_with("классный") => "Уточнить у классного",
        _ => "Уточнить",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn she_he_or_nobody_knows() {
        let name = |surname: &str, patronymic: &str| FullName::new(surname, "Саша", patronymic);
        for (surname, patronymic, expected) in [
            ("Волкова", "Олеговна", "Это она"),
            ("Хасанов", "Ильдарович", "Это он"),
            ("Мамедов", "Али оглы", "Это он"),
            ("Зимина", "", "Это она"),
            ("Белов", "", "Это он"),
            ("Шевченко", "", "Верно"),
        ] {
            assert_eq!(this_is(&name(surname, patronymic)), expected, "{surname} {patronymic}");
        }
    }
}
