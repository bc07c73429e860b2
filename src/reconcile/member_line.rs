//! One member of a pasted list: the name as written, and what stands beside it.

use super::given_names::given_names;
use super::name_words::{plain_words, without_group_label};
use crate::names::{Phone, Role};

/// What the member may do in the chat, where the list says so. It says nothing of the role in the school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// «Участник».
    Member,
    /// «Администратор».
    Administrator,
    /// «Владелец».
    Owner,
}

/// Who somebody says to be to a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kin {
    Mother,
    Father,
    Grandmother,
    Grandfather,
    /// «Родитель», «опекун», «тётя»: an adult of the child, nothing more is said.
    Adult,
}

/// «Мама Саши Ивановой»: the children that a name speaks of, in the case they are written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChildHint {
    pub kin: Kin,
    /// The words of each child's name, folded: «саши ивановой».
    pub children: Vec<String>,
    /// As written, for the reason: «мама Саши Ивановой».
    pub written: String,
}

/// A line of the list that is a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberLine {
    /// Number of the line in the pasted text, from 1.
    pub number: u32,
    /// The name as the list shows it, cleaned.
    pub written: String,
    /// The member's own name: `written` without child, class and marks; empty for «Мама Саши» and for a phone.
    pub name: String,
    /// The role that the list gives («Ученик»).
    pub role: Option<Role>,
    pub standing: Option<Standing>,
    pub child: Option<ChildHint>,
    /// The key of a class label that stood in the name («папа Вани 7Б»).
    pub group: Option<String>,
    pub phone: Option<Phone>,
}

impl MemberLine {
    /// Reads what stands in a name.
    pub(super) fn read(number: u32, written: &str) -> MemberLine {
        let (without_label, group) = without_group_label(written);
        let (name, child) = split_child(&without_label);
        let written = written.to_owned();
        MemberLine { number, written, name, role: None, standing: None, child, group, phone: None }
    }
}

fn kin_of(word: &str) -> Option<Kin> {
    Some(match word {
        "мама" | "мамочка" | "мамуля" | "мать" | "мам" | "mama" | "mom" => {
            Kin::Mother
        }
        "папа" | "папочка" | "отец" | "пап" | "papa" => Kin::Father,
        "бабушка" | "бабуля" | "баба" => Kin::Grandmother,
        "дедушка" | "дедуля" | "дед" | "деда" => Kin::Grandfather,
        "родитель" | "родители" | "опекун" | "тетя" | "дядя" | "представитель" => {
            Kin::Adult
        }
        _ => return None,
    })
}

/// Parts «Наталья (мама Пети И.)» into the own name and the child.
fn split_child(written: &str) -> (String, Option<ChildHint>) {
    let tokens: Vec<&str> = written
        .split([' ', '(', ')', '[', ']', ',', '/', '—', '–', '|', ':'])
        .filter(|word| !word.is_empty())
        .collect();
    let bare = |word: &str| plain_words(word).concat();
    let Some((place, kin)) =
        tokens.iter().enumerate().find_map(|(place, token)| Some((place, kin_of(&bare(token))?)))
    else {
        return (written.to_owned(), None);
    };
    let (before, after) = (&tokens[..place], &tokens[place + 1..]);
    // «Саши мама»: the child stands before; «Ирина мама»: it does not stand at all.
    let child_is_before =
        after.is_empty() && before.first().is_some_and(|word| given_names().is_only_genitive(&bare(word)));
    let (own, child, shown) = if child_is_before {
        (Vec::new(), before, tokens.join(" "))
    } else {
        // «законный представитель Саши»
        let own: Vec<&str> =
            before.iter().copied().filter(|word| !bare(word).starts_with("законн")).collect();
        (own, after, tokens[place..].join(" "))
    };
    let children = children_of(child);
    let hint = (!children.is_empty()).then_some(ChildHint { kin, children, written: shown });
    (own.join(" "), hint)
}

/// «Саши и Пети Ивановых» → «саши ивановых», «пети ивановых».
fn children_of(words: &[&str]) -> Vec<String> {
    let joined = words.join(" ").replace([';', '&', '+'], " и ");
    let mut children: Vec<Vec<String>> = vec![Vec::new()];
    for word in plain_words(&joined) {
        match (word.as_str(), children.last_mut()) {
            ("и", Some(last)) if !last.is_empty() => children.push(Vec::new()),
            (_, Some(last)) => last.push(word),
            (_, None) => {}
        }
    }
    // «Пети И.» ends in what looks like the joining word.
    if children.len() > 1 && children.last().is_some_and(Vec::is_empty) {
        children.pop();
        if let Some(last) = children.last_mut() {
            last.push("и".into());
        }
    }
    let surname: Option<String> = match children.as_slice() {
        [.., last] if children.len() > 1 && last.len() > 1 => last.last().cloned(),
        _ => None,
    };
    for child in &mut children {
        if let (1, Some(surname)) = (child.len(), &surname) {
            child.push(surname.clone());
        }
    }
    children.into_iter().filter(|child| !child.is_empty()).map(|child| child.join(" ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_child_is_found_in_every_way_of_writing() {
        use Kin::*;
        let cases: &[(&str, &str, Kin, &[&str])] = &[
            ("Мама Саши", "", Mother, &["саши"]),
            ("Мама Саши Ивановой", "", Mother, &["саши ивановой"]),
            ("Наталья (мама Пети И.)", "Наталья", Mother, &["пети и"]),
            ("папа Вани 7Б", "", Father, &["вани"]),
            ("бабушка Ани Ковалёвой", "", Grandmother, &["ани ковалевой"]),
            ("Мама Саши и Пети", "", Mother, &["саши", "пети"]),
            ("Мама Саши и Пети Ивановых", "", Mother, &["саши ивановых", "пети ивановых"]),
            ("Ирина мама Коли", "Ирина", Mother, &["коли"]),
            ("Саши мама", "", Mother, &["саши"]),
            ("Иванова Ирина, мама Коли", "Иванова Ирина", Mother, &["коли"]),
            ("Законный представитель Саши", "", Adult, &["саши"]),
        ];
        for (written, name, kin, children) in cases {
            let line = MemberLine::read(1, written);
            let child = line.child.expect(written);
            assert_eq!((line.name.as_str(), child.kin), (*name, *kin), "{written}");
            assert_eq!(child.children, *children, "{written}");
        }
    }

    #[test]
    fn a_name_without_a_child_stays_whole() {
        for written in ["Саша Иванов", "Ирина мама", "Мамедов Анар", "Папанов А."]
        {
            assert_eq!(MemberLine::read(1, written).child, None, "{written}");
        }
        assert_eq!(MemberLine::read(1, "Мамедов Анар").name, "Мамедов Анар");
    }
}
