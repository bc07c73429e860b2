//! What the screens of links say of a link: states, ways, badges, duties, rows for Excel.

use jiff::civil::Date;

use crate::gui::icons::{self, Icon};
use crate::gui::theme::Tone;
use crate::names::Role;
use crate::register::{Chat, HandOverWay, Invite, InviteState, Platform, Register, Target};
use crate::regulation::{Duty, Flag, StalenessRule, group_word, place_coverage, platform_words};
use crate::session::InviteRow;
use crate::wording::{
    age_days, counted, date_short, date_short_without_year, days_ago, role_genitive, role_genitive_plural,
    role_name,
};

/// The badge of a rule: tone, icon, words.
pub fn badge_of(rule: StalenessRule) -> (Tone, Icon, &'static str) {
    let tone = match rule {
        StalenessRule::Exposed | StalenessRule::WrongRole => Tone::Danger,
        _ => Tone::Attention,
    };
    let icon = match rule {
        StalenessRule::Exposed => icons::WARNING_CIRCLE,
        StalenessRule::WrongRole => icons::USER_SWITCH,
        StalenessRule::TargetGone => icons::ARCHIVE,
        StalenessRule::Expired => icons::TIMER,
        StalenessRule::Orphaned => icons::USER_MINUS,
        StalenessRule::Superseded => icons::COPY,
        StalenessRule::OldPrivileged => icons::KEY,
        StalenessRule::Unclaimed => icons::HOURGLASS_MEDIUM,
        StalenessRule::Stalled => icons::PAUSE,
        StalenessRule::Served => icons::CHECKS,
    };
    let words = match rule {
        StalenessRule::OldPrivileged => "старая, для сотрудников",
        other => other.words(),
    };
    (tone, icon, words)
}

/// The quiet words of a state: «действует», «отложена до 19 окт», «аннулирована 12 окт».
pub fn state_words(invite: &Invite, state: InviteState, today: Date) -> String {
    match state {
        InviteState::Reserve => "в запасе".into(),
        InviteState::InForce => "действует".into(),
        InviteState::Deferred => match &invite.deferral {
            Some(deferral) => format!("отложена до {}", day_words(deferral.until, today)),
            None => "отложена".into(),
        },
        InviteState::Revoked => match &invite.revocation {
            Some(revocation) => format!("аннулирована {}", day_words(revocation.on, today)),
            None => "аннулирована".into(),
        },
    }
}

/// Tone and icon that go with a state.
pub fn state_look(state: InviteState) -> (Tone, Icon) {
    match state {
        InviteState::Reserve => (Tone::Neutral, icons::ARCHIVE),
        InviteState::InForce => (Tone::Good, icons::CHECK),
        InviteState::Deferred => (Tone::Neutral, icons::CLOCK),
        InviteState::Revoked => (Tone::Neutral, icons::PROHIBIT),
    }
}

/// A state as a filter says it.
pub fn state_name(state: InviteState) -> &'static str {
    match state {
        InviteState::InForce => "действует",
        InviteState::Reserve => "в запасе",
        InviteState::Deferred => "отложена",
        InviteState::Revoked => "аннулирована",
    }
}

/// By which way a link was handed over, as a table says it.
pub fn way_words(way: HandOverWay) -> &'static str {
    match way {
        HandOverWay::ClassTeacher => "через классного",
        HandOverWay::InPerson => "лично",
        HandOverWay::Print => "печать",
        HandOverWay::Published => "сайт организации",
        HandOverWay::Other => "другое",
    }
}

/// By which way a link was handed over, after «передана».
pub fn way_sentence(way: HandOverWay) -> &'static str {
    match way {
        HandOverWay::ClassTeacher => "через классного руководителя",
        HandOverWay::InPerson => "лично",
        HandOverWay::Print => "на бумаге",
        HandOverWay::Published => "опубликована на сайте",
        HandOverWay::Other => "другим способом",
    }
}

/// A day as «12 окт», with its year where that is not this one.
pub fn day_words(date: Date, today: Date) -> String {
    if date.year() == today.year() { date_short_without_year(date) } else { date_short(date) }
}

/// Days from one day to another; a clock set back counts as none.
pub fn days_between(from: Date, until: Date) -> i64 {
    i64::from((until - from).get_days())
}

/// «3 ссылки».
pub fn links_counted(count: usize) -> String {
    counted(count as u64, "ссылка", "ссылки", "ссылок")
}

/// «Аннулировать 3 ссылки»: the accusative differs from the nominative in «1 ссылку».
pub fn links_accusative(count: usize) -> String {
    counted(count as u64, "ссылку", "ссылки", "ссылок")
}

/// «Аннулирована 1 ссылка», «Аннулированы 2 ссылки», «Аннулировано 5 ссылок»; `stem` is «Аннулирован».
pub fn links_done(stem: &str, count: usize) -> String {
    let ending = crate::wording::plural(count as u64, "а", "ы", "о");
    format!("{stem}{ending} {}", links_counted(count))
}

/// «Родители 7Б …k7Qx», for names of controls and lists.
pub fn subject(row: &InviteRow) -> String {
    format!("{} {}", row.target_title, row.tail)
}

/// The first `most` items and how many more there are. Titles of chats hold commas: «7Б, класс».
pub fn listed(items: &[String], most: usize) -> String {
    let shown = items.iter().take(most).map(String::as_str).collect::<Vec<_>>().join("; ");
    match items.len().saturating_sub(most) {
        0 => shown,
        more => format!("{shown} и ещё {more}"),
    }
}

/// «п. 2.3, аннулирование невостребованных ссылок», with the school's own clause where the card has one.
pub fn duty_line(register: &Register, duty: Duty) -> String {
    match register.organization().own_clauses.get(duty.code()).filter(|clause| !clause.is_empty()) {
        Some(own) => format!("{}; в нашем положении п. {own}", duty.line()),
        None => duty.line(),
    }
}

/// «Передана 30 авг 2026, 43 дня назад, через классного руководителя»; without the first word.
pub fn hand_over_words(invite: &Invite, register: &Register, today: Date) -> String {
    let Some(hand_over) = &invite.handed_over else {
        return "никому не дана, лежит в запасе".into();
    };
    let mut words = match hand_over.on {
        Some(on) => format!("{}, {}, ", date_short(on), days_ago(days_between(on, today))),
        None => "до начала учёта, ".to_owned(),
    };
    words.push_str(way_sentence(hand_over.way));
    if let Some(person) = hand_over.to.and_then(|person| register.person(person)) {
        words.push_str(": ");
        // Initials stay with their surname at the end of a line.
        words.push_str(&person.name.short().replace(' ', "\u{a0}"));
    }
    if !hand_over.note.is_empty() {
        words.push_str(", ");
        words.push_str(&hand_over.note);
    }
    words
}

/// What the link opens, in a line: «Чат класса 7Б в MAX, роль «родитель», одна ссылка на 26 семей».
pub fn place_line(register: &Register, invite: &Invite, today: Date) -> String {
    let place = match invite.target {
        Target::Organization => "Вся организация".to_owned(),
        Target::Group(group) => register.group(group).map_or_else(
            || "Группа".to_owned(),
            |group| {
                let word = group_word(group.kind);
                let mut letters = word.chars();
                let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
                // «Педагогический коллектив» is named by its label alone.
                if crate::names::fold(&group.label) == word {
                    group.label.clone()
                } else {
                    format!("{capital}{} {}", letters.as_str(), group.label)
                }
            },
        ),
        Target::Chat(chat) => {
            register.chat(chat).map_or_else(|| "Чат".to_owned(), |chat| chat_place(register, chat))
        }
    };
    let expected = place_coverage(register, invite.target, invite.role, today).expected;
    let shared = match (expected, invite.role) {
        (0, _) => String::new(),
        (families, Role::Parent) => {
            format!(", одна ссылка на {}", counted(families.into(), "семью", "семьи", "семей"))
        }
        (people, role) => {
            // «На 21 ученика»: people in the accusative are as in the genitive.
            let (one, many) = (role_genitive(role), role_genitive_plural(role));
            format!(", одна ссылка на {}", counted(people.into(), one, one, many))
        }
    };
    format!("{place}, роль «{}»{shared}", role_name(invite.role))
}

fn chat_place(register: &Register, chat: &Chat) -> String {
    use crate::register::GroupKind;
    let group = chat.group.and_then(|group| register.group(group));
    let owner = match group.map(|group| (group.kind, group.label.as_str())) {
        Some((GroupKind::SchoolClass, label)) => format!("Чат класса {label}"),
        Some((GroupKind::StudyGroup | GroupKind::KindergartenGroup, label)) => format!("Чат группы {label}"),
        Some((GroupKind::Club, label)) => format!("Чат кружка {label}"),
        Some((GroupKind::TeachingStaff, _)) => "Чат педагогического коллектива".to_owned(),
        None => "Чат организации".to_owned(),
    };
    match chat.platform {
        Platform::Other => owner,
        platform => format!("{owner} в {}", platform_words(platform)),
    }
}

pub use crate::regulation::{short_name, teacher_of};

/// The reason of a revocation: codes of rules become their words, own words stay.
pub fn reason_words(reason: &str) -> String {
    let words = reason.split(", ").map(|part| match StalenessRule::from_code(part) {
        Some(rule) => rule.words(),
        None => part,
    });
    words.collect::<Vec<&str>>().join(", ")
}

/// The reason that a revocation is recorded with: the code of the most urgent rule.
pub fn reason_of(flags: &[Flag]) -> String {
    flags.first().map_or_else(String::new, |flag| flag.rule.code().to_owned())
}

/// Rows of the table as TAB-separated text for Excel; no addresses, only the last characters.
pub fn excel_text<'a>(rows: impl Iterator<Item = &'a InviteRow>, register: &Register, today: Date) -> String {
    let mut text =
        "Куда\tРоль\tСсылка\tПередана\tВозраст\tКак отдана\tВступили\tИз\tСостояние и почему\r\n".to_owned();
    for row in rows {
        let state = match (row.flags.first(), register.invite(row.id)) {
            (Some(flag), _) => flag.rule.words().to_owned(),
            (None, Some(invite)) => state_words(invite, row.state, today),
            (None, None) => String::new(),
        };
        let (joined, of) = match row.joined {
            Some((joined, of)) => (joined.to_string(), if of == 0 { String::new() } else { of.to_string() }),
            None => Default::default(),
        };
        let cells = [
            row.target_title.clone(),
            role_name(row.role).to_owned(),
            row.tail.clone(),
            row.handed_over_on.map_or_else(String::new, date_short),
            row.age_days.map_or_else(String::new, age_days),
            row.way.map_or("", way_words).to_owned(),
            joined,
            of,
            state,
        ];
        let cells: Vec<String> = cells.into_iter().map(excel_cell).collect();
        text.push_str(&cells.join("\t"));
        text.push_str("\r\n");
    }
    text
}

/// A spreadsheet must not take a cell for a formula, nor break its row.
fn excel_cell(text: String) -> String {
    let text = text.replace(['\t', '\r', '\n'], " ");
    if text.starts_with(['=', '+', '-', '@']) { format!("’{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_links_decline() {
        for (count, nominative, accusative, done) in [
            (1, "1 ссылка", "1 ссылку", "Аннулирована 1 ссылка"),
            (3, "3 ссылки", "3 ссылки", "Аннулированы 3 ссылки"),
            (12, "12 ссылок", "12 ссылок", "Аннулировано 12 ссылок"),
        ] {
            assert_eq!(links_counted(count), nominative);
            assert_eq!(links_accusative(count), accusative);
            assert_eq!(links_done("Аннулирован", count), done);
        }
    }

    #[test]
    fn a_cell_is_never_a_formula() {
        assert_eq!(excel_cell("=1+1".into()), "’=1+1");
        assert_eq!(excel_cell("7Б\t класс".into()), "7Б  класс");
    }

    #[test]
    fn rule_codes_become_words_and_own_words_stay() {
        assert_eq!(reason_words("unclaimed"), "никто не вступил");
        assert_eq!(reason_words("по просьбе родителей"), "по просьбе родителей");
    }
}
