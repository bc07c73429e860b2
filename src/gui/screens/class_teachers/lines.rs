//! One group of the table, put into words once after every change.

use std::sync::Arc;

use jiff::civil::Date;

use crate::gui::screens::form_fields::order_words;
use crate::names::fold;
use crate::register::{Assignment, GroupId, GroupKind, PersonId, Register, SchoolYear};
use crate::regulation::{ClassTeacherFinding, ClassTeacherRow, class_teacher_word, day_of_year};
use crate::wording::date_short;

/// A group with who leads it, and what is typed.
pub(super) struct Line {
    pub group: GroupId,
    pub label: String,
    pub kind: GroupKind,
    /// Assignments on the day, permanent ones first.
    pub now: Vec<Arc<Assignment>>,
    /// «Носова Е. А., Ким А. П. (временно)».
    pub names: String,
    /// Full names, one an assignment of `now`.
    pub full_names: Vec<String>,
    pub order: String,
    /// «с 1 сен 2026», «1 сен 2026 — 30 дек 2026».
    pub days: String,
    /// What is to settle, in words.
    pub finding: Option<String>,
    /// Who comes later, or until when the one who stands in stays.
    pub note: String,
    pub search_key: String,
    /// The name typed into the row.
    pub typed: String,
    /// Who was taken from the completions.
    pub chosen: Option<PersonId>,
}

impl Line {
    pub fn of(register: &Register, row: &ClassTeacherRow, year: SchoolYear, today: Date) -> Option<Line> {
        let group = register.group(row.group)?;
        let assignment =
            |id: &crate::register::AssignmentId| register.tables().assignments.get(id.0).cloned();
        let now: Vec<Arc<Assignment>> = row.now.iter().filter_map(assignment).collect();
        let short =
            |person: PersonId| register.person(person).map_or_else(String::new, |one| one.name.short());
        let full = |person: PersonId| register.person(person).map_or_else(String::new, |one| one.name.full());
        let name = |one: &Arc<Assignment>| match one.temporary {
            true => format!("{} (временно)", short(one.person)),
            false => short(one.person),
        };
        let names: Vec<String> = now.iter().map(name).collect();
        let names = names.join(", ");
        let full_names: Vec<String> = now.iter().map(|one| full(one.person)).collect();
        let mut orders: Vec<String> =
            now.iter().map(|one| order_words(&one.order)).filter(|words| !words.is_empty()).collect();
        orders.dedup();
        let day = day_of_year(year, today);
        let coming = row.coming.iter().filter_map(assignment).map(|one| {
            let since = one.since.map(date_short).unwrap_or_default();
            format!("с {since}: {}", short(one.person))
        });
        let ending = now.iter().filter_map(|one| {
            let until = one.until.filter(|until| *until >= day)?;
            Some(format!("{} до {}", short(one.person), date_short(until)))
        });
        let note: Vec<String> = ending.chain(coming).collect();
        let led_by: Vec<String> = full_names.clone();
        Some(Line {
            group: group.id,
            label: group.label.clone(),
            kind: group.kind,
            search_key: fold(&format!("{} {}", group.label, led_by.join(" "))),
            order: orders.join("; "),
            days: now.first().map(|one| term_words(one)).unwrap_or_default(),
            finding: row.finding.as_ref().map(|finding| finding_words(register, finding)),
            note: note.join("; "),
            now,
            names,
            full_names,
            typed: String::new(),
            chosen: None,
        })
    }

    /// A row an assignment; a group without one has a row, too.
    pub fn excel_rows(&self) -> Vec<[String; 7]> {
        let finding = self.finding.clone().unwrap_or_default();
        if self.now.is_empty() {
            let [a, b, c, d, e]: [String; 5] = Default::default();
            return vec![[self.label.clone(), a, b, c, d, e, finding]];
        }
        let rows = self.now.iter().zip(&self.full_names).map(|(one, name)| {
            [
                self.label.clone(),
                if one.temporary { format!("{name} (временно)") } else { name.clone() },
                one.order.number.clone(),
                one.order.date.map(date_short).unwrap_or_default(),
                one.since.map(date_short).unwrap_or_default(),
                one.until.map(date_short).unwrap_or_default(),
                finding.clone(),
            ]
        });
        rows.collect()
    }
}

/// «с 1 сен 2026», «1 сен 2026 — 30 дек 2026».
pub(super) fn term_words(assignment: &Assignment) -> String {
    match (assignment.since, assignment.until) {
        (Some(since), None) => format!("с {}", date_short(since)),
        (Some(since), Some(until)) => format!("{} — {}", date_short(since), date_short(until)),
        (None, Some(until)) => format!("по {}", date_short(until)),
        (None, None) => String::new(),
    }
}

fn finding_words(register: &Register, finding: &ClassTeacherFinding) -> String {
    let short = |person: PersonId| register.person(person).map_or_else(String::new, |one| one.name.short());
    match finding {
        ClassTeacherFinding::Gap { group, since: None, .. } => {
            let kind = register.group(*group).map(|group| group.kind).unwrap_or_default();
            format!("{} не назначен", class_teacher_word(kind))
        }
        ClassTeacherFinding::Gap { since: Some(since), last, .. } => {
            let last = last.map(|person| format!(", раньше {}", short(person))).unwrap_or_default();
            format!("свободно с {}{last}", date_short(*since))
        }
        ClassTeacherFinding::TeacherLeft { person, on, .. } => {
            format!("{} не работает с {}", short(*person), date_short(*on))
        }
        ClassTeacherFinding::Away { person, since, .. } => {
            format!("{} отсутствует с {}", short(*person), date_short(*since))
        }
        ClassTeacherFinding::Double { people, .. } => {
            format!("закреплены сразу {}", people.len())
        }
    }
}
