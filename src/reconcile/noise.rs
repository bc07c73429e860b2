//! What stands in a pasted list beside the names: times of presence, counts, words of the interface.

use super::member_line::Standing;
use crate::names::{Role, fold};

/// What a line that is no name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Noise {
    Presence,
    Count,
    Interface,
    Role(Role),
    Standing(Standing),
}

const PRESENCE_BEGINNINGS: [&str; 19] = [
    "был ",
    "была ",
    "был(а)",
    "были ",
    "в сети",
    "не в сети",
    "онлайн",
    "офлайн",
    "оффлайн",
    "online",
    "offline",
    "last seen",
    "печатает",
    "заходил",
    "только что",
    "недавно",
    "в последний раз",
    "записывает",
    "отправляет",
];
const PRESENCE_ENDINGS: [&str; 3] = [" назад", " печатает...", " печатает…"];
const DAYS: [&str; 6] =
    ["сегодня", "вчера", "позавчера", "на этой неделе", "на прошлой неделе", "в этом месяце"];

const COUNTED: [&str; 11] = [
    "участник",
    "человек",
    "подписчик",
    "контакт",
    "в сети",
    "members",
    "member",
    "администратор",
    "заявк",
    "онлайн",
    "online",
];

const INTERFACE: [&str; 44] = [
    "добавить участник",
    "добавить",
    "поиск",
    "участники",
    "администраторы",
    "пригласить",
    "ссылка",
    "закрыть",
    "назад",
    "еще",
    "показать",
    "настройки",
    "медиа",
    "выйти из",
    "покинуть",
    "написать",
    "позвонить",
    "уведомления",
    "о чате",
    "о группе",
    "информация",
    "файлы",
    "ссылки",
    "голосовые",
    "общие",
    "удалить",
    "изменить",
    "отмена",
    "готово",
    "сохранить",
    "все участники",
    "список участников",
    "имя",
    "фио",
    "роль",
    "статус",
    "search",
    "members",
    "http",
    "сообщение",
    "выбрать",
    "фильтр",
    "ученики",
    "родители",
];

/// Interface words that must be the whole line: a name may begin with them.
const WHOLE: [&str; 13] = [
    "добавить",
    "еще",
    "имя",
    "фио",
    "роль",
    "статус",
    "ученики",
    "родители",
    "учителя",
    "сотрудники",
    "назад",
    "общие",
    "ссылка",
];

/// What a line says when it is no name.
pub(super) fn noise_of(cleaned: &str) -> Option<Noise> {
    let folded = fold(cleaned);
    let text =
        folded.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '(' && letter != ')');
    if text.is_empty() {
        return Some(Noise::Interface);
    }
    if let Some(standing) = standing_of(text) {
        return Some(Noise::Standing(standing));
    }
    if let Some(role) = role_of(text) {
        return Some(Noise::Role(role));
    }
    if is_presence(text) {
        return Some(Noise::Presence);
    }
    if is_count(text) {
        return Some(Noise::Count);
    }
    let is_interface = INTERFACE
        .iter()
        .any(|words| if WHOLE.contains(words) { text == *words } else { begins_with_words(text, words) });
    (is_interface || WHOLE.contains(&text)).then_some(Noise::Interface)
}

/// Whether a text names a chat or a class rather than a person: «Родители 7Б», «Чат класса».
pub(super) fn is_title(cleaned: &str) -> bool {
    let folded = fold(cleaned);
    folded.split(|letter: char| !letter.is_alphabetic()).any(|word| {
        matches!(
            word,
            "родители"
                | "родителей"
                | "ученики"
                | "учеников"
                | "класс"
                | "класса"
                | "чат"
                | "группа"
                | "группы"
                | "учителя"
                | "педагоги"
                | "коллектив"
                | "школа"
                | "школы"
                | "колледж"
                | "канал"
                | "беседа"
        )
    })
}

fn begins_with_words(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| {
        // Stems («добавить участник») may go on; whole words end.
        rest.is_empty()
            || !rest.starts_with(char::is_alphabetic)
            || words.contains(' ')
            || words == "http"
            || words == "пригласить"
    })
}

fn standing_of(text: &str) -> Option<Standing> {
    Some(match text {
        "участник" | "участница" | "member" => Standing::Member,
        "администратор" | "админ" | "админ чата" | "администратор чата" | "admin" => {
            Standing::Administrator
        }
        "владелец" | "владелица" | "создатель" | "создатель чата" | "владелец чата" | "owner" => {
            Standing::Owner
        }
        _ => return None,
    })
}

fn role_of(text: &str) -> Option<Role> {
    Some(match text {
        "учитель"
        | "учительница"
        | "педагог"
        | "преподаватель"
        | "воспитатель"
        | "классный руководитель"
        | "куратор"
        | "кл. рук"
        | "кл.рук"
        | "классрук" => Role::Teacher,
        "ученик"
        | "ученица"
        | "учащийся"
        | "учащаяся"
        | "обучающийся"
        | "обучающаяся"
        | "студент"
        | "студентка"
        | "ученик / обучающийся" => Role::Student,
        "родитель" | "законный представитель" | "родитель (законный представитель)" => {
            Role::Parent
        }
        "сотрудник" | "сотрудница" | "работник" => Role::Employee,
        _ => return None,
    })
}

fn is_count(text: &str) -> bool {
    let text = text.strip_prefix("участники").or_else(|| text.strip_prefix("участников")).unwrap_or(text);
    let text = text.trim_start_matches([' ', ':', '(']);
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let rest = text[digits..].trim_start_matches(|letter: char| !letter.is_alphabetic());
    digits > 0 && (rest.is_empty() && digits <= 5 || COUNTED.iter().any(|word| rest.starts_with(word)))
}

fn is_presence(text: &str) -> bool {
    // «Онлайнов» is a surname; «заходила» is no other word than «заходил».
    let begins = |word: &str| {
        text == word.trim_end()
            || text.strip_prefix(word).is_some_and(|rest| {
                word.ends_with(' ') || word == "заходил" || !rest.starts_with(char::is_alphabetic)
            })
    };
    PRESENCE_BEGINNINGS.iter().any(|word| begins(word))
        || PRESENCE_ENDINGS.iter().any(|ending| text.ends_with(ending))
        || DAYS.iter().any(|day| {
            text.strip_prefix(day).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',']))
        })
        || is_moment(text)
}

/// «12:30», «3 сен», «03.09.2026», «3 сентября в 12:30».
fn is_moment(text: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"];
    text.starts_with(|letter: char| letter.is_ascii_digit())
        && text.split(|letter: char| !letter.is_alphanumeric()).all(|word| {
            word.is_empty()
                || word.chars().all(|letter| letter.is_ascii_digit())
                || matches!(word, "в" | "г" | "года")
                || MONTHS.iter().any(|month| word.starts_with(month))
        })
        && text.contains(|letter: char| letter.is_alphabetic() || matches!(letter, ':' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_is_told_from_names() {
        for text in [
            "был(а) недавно",
            "была в сети 5 минут назад",
            "в сети",
            "сегодня в 12:30",
            "был 3 сен",
            "печатает…",
            "12:30",
            "вчера в 21:40",
            "был(а) давно",
            "5 минут назад",
            "3 сен",
            "03.09.2026",
            "была недавно",
            "Онлайн",
        ] {
            assert_eq!(noise_of(text), Some(Noise::Presence), "{text}");
        }
        for text in ["27 участников", "24 участника, 3 в сети", "Участники (27)", "27", "Участники: 24"]
        {
            assert_eq!(noise_of(text), Some(Noise::Count), "{text}");
        }
        for text in
            ["Добавить участников", "Поиск", "🔍 Поиск", "Участники", "———", "Пригласить по ссылке", "ФИО"]
        {
            assert_eq!(noise_of(text), Some(Noise::Interface), "{text}");
        }
        assert_eq!(noise_of("Администратор"), Some(Noise::Standing(Standing::Administrator)));
        assert_eq!(noise_of("учитель"), Some(Noise::Role(Role::Teacher)));
        for text in [
            "Былинкина Анна",
            "Поисков Иван",
            "Сегодняев Пётр",
            "Онлайнов Иван",
            "Мая Иванова",
            "Имя Фамильный",
            "Еще Анна",
            "Иван Ученик",
            "Родители Ивановых Пети",
            "Учителев А.",
            "Insaf",
        ] {
            assert_eq!(noise_of(text), None, "{text}");
        }
    }
}
