//! The school year of a file, the order of groups and the words that follow their kind (domain §3).

use jiff::civil::Date;

use crate::names::group_sort_key;
use crate::register::{
    Chat, ChatKind, Group, GroupKind, OrganizationKind, PersonId, Register, SchoolYear, Target,
};

/// The school year that a file works in on a day: the calendar's, where the file has groups of it; else
/// the next one (lists are loaded in August); else the latest that has groups (before the year change). Once groups
/// of the calendar's year have gone on to the next (the year change in August), that is the next, whatever was left.
pub fn current_year(register: &Register, today: Date) -> SchoolYear {
    let calendar = SchoolYear::of(today);
    let next = SchoolYear(calendar.0 + 1);
    let (mut has_calendar, mut has_next, mut has_gone_on, mut latest) = (false, false, false, None);
    for group in register.tables().groups.values().filter(|group| group.archived_on.is_none()) {
        has_calendar |= group.year == Some(calendar);
        has_next |= group.year == Some(next);
        has_gone_on |= group.year == Some(next) && comes_from(register, group, calendar);
        latest = latest.max(group.year);
    }
    match latest {
        _ if has_gone_on => next,
        _ if has_calendar => calendar,
        _ if has_next => next,
        Some(latest) => latest,
        None => calendar,
    }
}

/// Whether the group goes on from a group of this year.
fn comes_from(register: &Register, group: &Group, year: SchoolYear) -> bool {
    let before = group.predecessor.and_then(|before| register.group(before));
    before.is_some_and(|before| before.year == Some(year))
}

/// Sorts groups as people expect: 2А before 10А, the teaching staff last.
pub fn sort_groups<G: AsRef<Group>>(groups: &mut [G]) {
    groups.sort_by_cached_key(|group| {
        let group = group.as_ref();
        (group.kind == GroupKind::TeachingStaff, group_sort_key(&group.label), group.id)
    });
}

/// What a kind of group is called: «класс» or «группа».
pub fn group_word(kind: GroupKind) -> &'static str {
    match kind {
        GroupKind::SchoolClass => "класс",
        GroupKind::StudyGroup | GroupKind::KindergartenGroup => "группа",
        GroupKind::TeachingStaff => "педагогический коллектив",
        GroupKind::Club => "кружок",
    }
}

/// Who leads a kind of group: «классный руководитель», «куратор», «воспитатель», «руководитель».
pub fn class_teacher_word(kind: GroupKind) -> &'static str {
    match kind {
        GroupKind::SchoolClass => "классный руководитель",
        GroupKind::StudyGroup => "куратор",
        GroupKind::KindergartenGroup => "воспитатель",
        GroupKind::TeachingStaff | GroupKind::Club => "руководитель",
    }
}

/// The kind that a new group of this organization has; decides «Классы» or «Группы» as the room's name.
pub fn usual_group_kind(kind: OrganizationKind) -> GroupKind {
    match kind {
        OrganizationKind::School => GroupKind::SchoolClass,
        OrganizationKind::College => GroupKind::StudyGroup,
        OrganizationKind::Kindergarten => GroupKind::KindergartenGroup,
    }
}

/// «Ковалёва Н. И.»; empty for somebody the register does not know.
pub fn short_name(register: &Register, person: PersonId) -> String {
    register.person(person).map_or_else(String::new, |person| person.name.short())
}

/// The title of a chat: as in the messenger, else from kind and group: «7Б, класс», «Родители 7Б».
pub fn chat_title(register: &Register, chat: &Chat) -> String {
    if !chat.title.is_empty() {
        return chat.title.clone();
    }
    let group = chat.group.and_then(|group| register.group(group));
    let label = group.map_or("", |group| group.label.as_str());
    let of_group =
        |plural: &str| if label.is_empty() { plural.to_owned() } else { format!("{plural} {label}") };
    match chat.kind {
        ChatKind::Students => match group {
            Some(group) => format!("{label}, {}", group_word(group.kind)),
            None => "Ученики".to_owned(),
        },
        ChatKind::Parents => of_group("Родители"),
        ChatKind::Teachers => of_group("Учителя"),
        ChatKind::Subject => of_group("Предмет"),
        ChatKind::Staff if group.is_none_or(|group| group.kind == GroupKind::TeachingStaff) => {
            "Чат сотрудников".to_owned()
        }
        ChatKind::Staff => of_group("Сотрудники"),
        ChatKind::Other => of_group("Чат"),
    }
}

/// What a link opens or an observation is of, in words: the organization's name, the group's label or
/// the chat's title.
pub fn target_title(register: &Register, target: Target) -> String {
    match target {
        Target::Organization => {
            let name = &register.organization().name;
            if name.is_empty() { "Организация".to_owned() } else { name.clone() }
        }
        Target::Group(group) => register.group(group).map_or_else(String::new, |group| group.label.clone()),
        Target::Chat(chat) => register.chat(chat).map_or_else(String::new, |chat| chat_title(register, chat)),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::register::ChatKind;
    use crate::regulation::fixture::School;

    #[test]
    fn the_year_is_the_calendars_unless_the_file_has_groups_of_another_only() {
        let mut school = School::new();
        assert_eq!(current_year(&school.register, date(2030, 9, 1)), SchoolYear(2030), "an empty file");
        school.class("7Б");
        let table = [
            (date(2026, 8, 20), SchoolYear(2026)),
            (date(2026, 9, 1), SchoolYear(2026)),
            (date(2027, 8, 31), SchoolYear(2026)),
            (date(2027, 9, 1), SchoolYear(2026)),
        ];
        for (today, expected) in table {
            assert_eq!(current_year(&school.register, today), expected, "{today}");
        }
    }

    #[test]
    fn groups_sort_by_number_and_the_staff_last() {
        let mut school = School::new();
        for label in ["10А", "2А", "2Б"] {
            school.class(label);
        }
        let mut groups: Vec<_> = school.register.groups_in_year(SchoolYear(2026)).collect();
        sort_groups(&mut groups);
        let labels: Vec<&str> = groups.iter().map(|group| group.label.as_str()).collect();
        assert_eq!(labels, ["2А", "2Б", "10А", "Педагогический коллектив"]);
    }

    #[test]
    fn chats_are_titled_by_kind_and_group() {
        let mut school = School::new();
        let group = school.class("7Б");
        let titles = [
            (ChatKind::Students, "7Б, класс"),
            (ChatKind::Parents, "Родители 7Б"),
            (ChatKind::Teachers, "Учителя 7Б"),
        ];
        for (kind, title) in titles {
            let chat = school.chat(group, kind);
            assert_eq!(target_title(&school.register, Target::Chat(chat)), title);
        }
        assert_eq!(target_title(&school.register, Target::Group(group)), "7Б");
        assert_eq!(target_title(&school.register, Target::Organization), "Школа № 14");
    }
}
