//! What the palette finds: commands first, then people, groups and links, at most eight of a kind.

use super::{Action, COMMANDS, Command, Destination};
use crate::gui::icons::{self, Icon};
use crate::names::{Role, fold};
use crate::register::{GroupId, InviteId, OrganizationKind, PersonId};
use crate::session::{GroupRow, PersonRow, Snapshot, search_words};
use crate::wording::role_genitive_plural;

/// No more than this of a kind.
pub const MOST_OF_A_KIND: usize = 8;

/// The kinds, in the order they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Command,
    Person,
    Group,
    Class,
    Link,
}

impl Kind {
    /// The heading of the kind.
    pub fn words(self) -> &'static str {
        match self {
            Kind::Command => "Команды",
            Kind::Person => "Люди",
            Kind::Group => "Группы",
            Kind::Class => "Классы",
            Kind::Link => "Ссылки",
        }
    }
}

/// Where a result leads.
#[derive(Clone, Copy)]
pub enum Target {
    Command(&'static Command),
    Person(PersonId),
    Group(GroupId),
    Invite(InviteId),
}

impl Target {
    /// What choosing it does.
    pub fn action(self) -> Action {
        match self {
            Target::Command(command) => (command.action)(),
            Target::Person(person) => Action::Go(Destination::Person(person)),
            Target::Group(group) => Action::Go(Destination::Group(group)),
            Target::Invite(invite) => Action::Go(Destination::Invite(invite)),
        }
    }
}

/// One result.
pub struct Found {
    pub kind: Kind,
    pub icon: Icon,
    pub word: String,
    pub note: String,
    pub key: &'static str,
    pub target: Target,
}

/// Everything that holds every word of the text; for an empty text the first commands.
pub fn find(snapshot: &Snapshot, text: &str) -> Vec<Found> {
    let words = search_words(text);
    let is_school = snapshot.register.organization().kind == OrganizationKind::School;
    let mut found: Vec<Found> = commands(&words, is_school).take(MOST_OF_A_KIND).collect();
    if words.is_empty() {
        return found;
    }
    // Who types «7Б» means the class before the people in it.
    let typed = fold(text);
    let of_label = |row: &&GroupRow| fold(&row.label).starts_with(&typed);
    let groups =
        || snapshot.groups.rows().iter().map(AsRef::as_ref).filter(|row: &&GroupRow| row.matches(&words));
    let found_group = |row: &GroupRow| group(row, is_school);
    let first: Vec<Found> = groups().filter(of_label).take(MOST_OF_A_KIND).map(found_group).collect();
    let is_label = !first.is_empty();
    found.extend(first);
    found.extend(snapshot.people.matching(&words).take(MOST_OF_A_KIND).map(|row| person(row)));
    if !is_label {
        found.extend(groups().take(MOST_OF_A_KIND).map(found_group));
    }
    let links = snapshot.invites.rows().filter(|row| row.matches(&words)).take(MOST_OF_A_KIND);
    found.extend(links.map(|row| {
        Found {
            kind: Kind::Link,
            icon: icons::LINK_SIMPLE,
            word: format!("{}, для {}", row.target_title, role_genitive_plural(row.role)),
            note: row
                .flags
                .first()
                .map_or_else(|| row.tail.clone(), |flag| format!("{} · {}", flag.rule.words(), row.tail)),
            key: "",
            target: Target::Invite(row.id),
        }
    }));
    found
}

fn person(row: &PersonRow) -> Found {
    let left = if row.left { "в архиве" } else { "" };
    let parts = [row.role_words.as_str(), row.group_labels.as_str(), left];
    Found {
        kind: Kind::Person,
        icon: icon_of_role(row.roles.first().copied()),
        word: row.full_name.clone(),
        note: parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
        key: "",
        target: Target::Person(row.id),
    }
}

fn group(row: &GroupRow, is_school: bool) -> Found {
    Found {
        kind: if is_school { Kind::Class } else { Kind::Group },
        icon: icons::TREE_STRUCTURE,
        word: row.label.clone(),
        note: row.class_teachers.join(", "),
        key: "",
        target: Target::Group(row.id),
    }
}

fn commands<'a>(words: &'a [String], is_school: bool) -> impl Iterator<Item = Found> + 'a {
    COMMANDS.iter().filter_map(move |command| {
        // The room is called as the organization calls its groups.
        let word = if command.word == "Классы" && !is_school { "Группы" } else { command.word };
        let folded = fold(word);
        words.iter().all(|part| folded.contains(part.as_str())).then(|| Found {
            kind: Kind::Command,
            icon: icon_of_command(command.word),
            word: word.to_owned(),
            note: String::new(),
            key: command.key,
            target: Target::Command(command),
        })
    })
}

fn icon_of_role(role: Option<Role>) -> Icon {
    match role {
        Some(Role::Student) => icons::STUDENT,
        Some(Role::Teacher) => icons::CHALKBOARD_TEACHER,
        Some(Role::Parent) => icons::USERS,
        Some(Role::Employee) | None => icons::USER,
    }
}

fn icon_of_command(word: &str) -> Icon {
    match word {
        "Сегодня" => icons::SUN_HORIZON,
        "Классы" => icons::TREE_STRUCTURE,
        "Люди" => icons::USERS,
        "Ссылки" => icons::LINK_SIMPLE,
        "Журнал" => icons::CLOCK_COUNTER_CLOCKWISE,
        "Загрузить список" => icons::UPLOAD_SIMPLE,
        "Записать ссылку" => icons::PLUS,
        "Разобрать ссылки" => icons::BROOM,
        "Кто уже в системе?" => icons::USERS_THREE,
        "Отменить последнее" => icons::ARROW_COUNTER_CLOCKWISE,
        "Вернуть отменённое" => icons::ARROW_RIGHT,
        "Карточка организации" => icons::BUILDING,
        "Настройки" => icons::GEAR_SIX,
        "Справка" => icons::LIFEBUOY,
        _ => icons::X,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, is_school: bool) -> Vec<String> {
        commands(&search_words(text), is_school).map(|found| found.word).collect()
    }

    #[test]
    fn commands_are_found_by_parts_of_their_words() {
        assert_eq!(found("ССЫЛ раз", true), ["Разобрать ссылки"]);
        assert_eq!(found("отменен", true), ["Вернуть отменённое"]);
        assert_eq!(found("групп", false), ["Группы"]);
        assert_eq!(found("групп", true), Vec::<String>::new());
        assert_eq!(found("", true).len(), COMMANDS.len());
    }
}
