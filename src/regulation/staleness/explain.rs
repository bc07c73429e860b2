//! The reason of a flag in one Russian line: the fact it rests on, with its age.

use crate::regulation::short_name;
use jiff::civil::Date;

use super::super::clock_trust::days_between;
use super::{Flag, FlagFact};
use crate::register::{GroupKind, Invite, Register, Target};
use crate::regulation::year::group_word;
use crate::wording::{age_days, date_short, date_short_without_year, days_ago, role_genitive_plural};

/// Why the link is flagged: «передана 43 дня назад, на 12 окт в классе никого из 27». Lower case, no
/// full stop; names people as «Ковалёва Н. И.», shows of addresses the last characters only.
pub fn explain(flag: &Flag, register: &Register, invite: &Invite, today: Date) -> String {
    let day = |date: Date| day_words(date, today);
    match flag.fact {
        FlagFact::NobodyJoined { seen_on, of } => {
            let nobody = of.map_or_else(|| "никого".to_owned(), |of| format!("никого из {of}"));
            format!(
                "{}, на {} {} {nobody}",
                age_words(invite, today),
                day(seen_on),
                inside_words(register, invite)
            )
        }
        FlagFact::NoInformation => {
            let age = age_days(days_between(invite.counts_from(), today));
            format!("нет сведений {age}: сверьте или аннулируйте")
        }
        FlagFact::NobodyNew { joined, of, from, until } => {
            format!("с {} по {} внутри одни и те же {joined} из {of}", day(from), day(until))
        }
        FlagFact::EverybodyInside { inside, as_of: Some(as_of) } => {
            format!("на {} внутри все, кого ждали: {inside}", day(as_of))
        }
        FlagFact::EverybodyInside { inside, as_of: None } => {
            format!("по отметкам внутри все, кого ждали: {inside}")
        }
        FlagFact::Expired { on } => format!("действовала до {}", day(on)),
        FlagFact::Archived { on } => format!("{} в архиве с {}", target_word(register, invite), day(on)),
        FlagFact::YearOver { year } => {
            format!("{}, учебный год {year} закончился", age_words(invite, today))
        }
        FlagFact::OwnerLeft { person, on } => {
            format!("владелец чата выбыл {}: {}", day(on), short_name(register, person))
        }
        FlagFact::RecipientLeft { person, on } => {
            format!("единственный, кому она передана, выбыл {}: {}", day(on), short_name(register, person))
        }
        FlagFact::NewerLink { newer, on } => {
            let tail = register.invite(newer).map_or_else(String::new, |newer| newer.address.tail());
            format!("есть новее: {tail} от {}", day(on))
        }
        FlagFact::IntoStaff => {
            format!("ссылка для {} ведёт туда, где только сотрудники", role_genitive_plural(invite.role))
        }
        FlagFact::Exposed { on } => {
            let note = invite.exposure.as_ref().map_or("", |exposure| exposure.note.trim());
            let colon = if note.is_empty() { "" } else { ": " };
            format!("у посторонних с {}{colon}{note}", day(on))
        }
        FlagFact::OldPrivileged { limit_days } => {
            format!(
                "{}, а ссылки для сотрудников держим {}",
                age_words(invite, today),
                age_days(limit_days.into())
            )
        }
    }
}

/// A day as «12 окт», with its year where that is not this one.
fn day_words(date: Date, today: Date) -> String {
    if date.year() == today.year() { date_short_without_year(date) } else { date_short(date) }
}

/// «передана 43 дня назад»; of a link from before the records began «создана» or «внесена».
fn age_words(invite: &Invite, today: Date) -> String {
    let handed_on = invite.handed_over.as_ref().and_then(|hand_over| hand_over.on);
    let verb = match (handed_on, invite.issued_on) {
        (Some(_), _) => "передана",
        (None, Some(_)) => "создана",
        (None, None) => "внесена",
    };
    format!("{verb} {}", days_ago(days_between(invite.counts_from(), today)))
}

fn inside_words(register: &Register, invite: &Invite) -> &'static str {
    match invite.target {
        Target::Organization => "в организации",
        Target::Chat(_) => "в чате",
        Target::Group(group) => match register.group(group).map(|group| group.kind) {
            Some(GroupKind::SchoolClass) | None => "в классе",
            Some(GroupKind::StudyGroup | GroupKind::KindergartenGroup) => "в группе",
            Some(GroupKind::TeachingStaff) => "в коллективе",
            Some(GroupKind::Club) => "в кружке",
        },
    }
}

fn target_word(register: &Register, invite: &Invite) -> &'static str {
    match invite.target {
        Target::Organization => "организация",
        Target::Chat(_) => "чат",
        Target::Group(group) => register.group(group).map_or("группа", |group| group_word(group.kind)),
    }
}
