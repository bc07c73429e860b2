//! What `year` shows: what becomes of every group, the groups of next year, what is to be answered.

use std::fmt::Write;

use serde_json::{Value, json};

use super::output::TextTable;
use crate::names::NextName;
use crate::register::{GroupId, Register};
use crate::regulation::{FateBecause, GroupFate, NextShape, NextYearLine, PlannedGroup, YearProblem};
use crate::session::PreparedYear;
use crate::wording::{counted, date_short};

/// How the command ended.
#[derive(Clone, Copy)]
pub(super) enum Ending {
    Planned,
    Applied(Option<u64>),
}

/// The report in words.
pub(super) fn text(register: &Register, prepared: &PreparedYear, ending: Ending) -> String {
    let plan = &prepared.plan;
    let mut text = String::new();
    // Writing to a string never fails.
    let _ = writeln!(text, "Переход с {} на {} учебный год, с {}", plan.from, plan.to, date_short(plan.on));
    let mut table = TextTable::new(&["№", "Группа", "Учеников", "Станет", "Почему"], &[0, 2]);
    for planned in &plan.groups {
        table.row([
            planned.group.to_string(),
            planned.label.clone(),
            planned.students.to_string(),
            fate_words(planned),
            because_words(planned),
        ]);
    }
    let _ = writeln!(text, "\n{}", table.render().trim_end());
    let mut table =
        TextTable::new(&["Новый год", "Учеников", "Из", "Чатов", "Классных руководителей"], &[1, 3, 4]);
    for line in &prepared.preview.next {
        table.row([
            line.label.clone(),
            line.students.to_string(),
            sources(register, line),
            line.chats.len().to_string(),
            line.teachers.len().to_string(),
        ]);
    }
    let _ = writeln!(text, "\n{}", table.render().trim_end());
    let counts = prepared.preview.counts;
    let pupils = |count: usize| counted(count as u64, "ученик", "ученика", "учеников");
    let _ = writeln!(text, "\nСо своей группой: {}", pupils(counts.go_on));
    for (words, count) in
        [("В другую группу", counts.change_group), ("Выпуск", counts.graduates), ("Выбывают", counts.leave)]
    {
        if count > 0 {
            let _ = writeln!(text, "{words}: {}", pupils(count));
        }
    }
    let links = prepared.preview.links_to_close.len();
    if links > 0 {
        let _ = writeln!(text, "Ссылки прошлого года на аннулирование в кабинете: {links}");
    }
    roster_lines(&mut text, prepared);
    for problem in prepared.problems() {
        let _ = writeln!(text, "{}", problem_words(register, problem));
    }
    let _ = match ending {
        Ending::Applied(Some(entry)) => writeln!(text, "Записано, запись журнала № {entry}."),
        Ending::Applied(None) => writeln!(text, "Менять нечего."),
        Ending::Planned => writeln!(text, "Ничего не записано: это план."),
    };
    text
}

fn roster_lines(text: &mut String, prepared: &PreparedYear) {
    let Some(roster) = &prepared.roster else { return };
    let counts = roster.plan.counts;
    let _ = writeln!(text, "Список «{}»:", roster.name);
    for (words, count) in [
        ("новых людей", counts.added),
        ("уже на месте", counts.unchanged),
        ("с новыми сведениями", counts.updated),
        ("в другую группу", counts.moved),
        ("похоже, сменилась фамилия", counts.renamed),
        ("нужен ответ", counts.ambiguous),
        ("не взято строк", counts.skipped),
        ("нет в списке", counts.absent),
        ("выбывают", counts.departed),
    ] {
        if count > 0 {
            let _ = writeln!(text, "  {words}: {count}");
        }
    }
}

fn label_of(register: &Register, group: GroupId) -> String {
    register.group(group).map_or_else(|| format!("№ {group}"), |group| group.label.clone())
}

fn sources(register: &Register, line: &NextYearLine) -> String {
    if line.shape == NextShape::New {
        return "новая".into();
    }
    let one = |(group, count): &(GroupId, usize)| format!("{} ({count})", label_of(register, *group));
    line.from.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn fate_words(planned: &PlannedGroup) -> String {
    match &planned.fate {
        GroupFate::Becomes(label) => label.clone(),
        GroupFate::Graduates => "выпуск".into(),
        GroupFate::Dissolves => "распускается".into(),
        GroupFate::LeftOut => "остаётся в прежнем году".into(),
        GroupFate::Open => match (planned.next_label(), &planned.promotion.proposal) {
            (Some(label), NextName::Graduates) => format!("? выпуск или {label}"),
            (Some(label), _) if planned.promotion.may_graduate() => format!("? {label} или выпуск"),
            (Some(label), _) => format!("? {label}"),
            (None, _) => "?".into(),
        },
    }
}

fn because_words(planned: &PlannedGroup) -> String {
    match planned.because {
        FateBecause::Name => "по названию".into(),
        FateBecause::Pupils { shared, of } => format!("в списке {shared} из {of}"),
        FateBecause::Nobody { of } => format!("в списке никого из {of}"),
        FateBecause::Hand => "вы указали".into(),
    }
}

/// What is to be answered, and how.
pub(super) fn problem_words(register: &Register, problem: &YearProblem) -> String {
    match problem {
        YearProblem::Unanswered { group } => {
            let label = label_of(register, *group);
            format!("Что станет с «{label}»? Ответьте ключом --set \"{label}=…\".")
        }
        YearProblem::BadLabel { label, .. } => {
            format!("«{label}»: такое название не подходит. Нужно от 1 до 60 знаков.")
        }
        YearProblem::NothingToDo => "Групп этого учебного года нет, переводить нечего.".into(),
    }
}

/// The report for machines.
pub(super) fn json(register: &Register, prepared: &PreparedYear, ending: Ending) -> Value {
    let plan = &prepared.plan;
    let counts = prepared.preview.counts;
    let (applied, entry) = match ending {
        Ending::Applied(entry) => (true, entry),
        Ending::Planned => (false, None),
    };
    json!({
        "from": plan.from.to_string(),
        "to": plan.to.to_string(),
        "on": plan.on,
        "applied": applied,
        "entry": entry,
        "groups": plan.groups.iter().map(group_json).collect::<Vec<_>>(),
        "next": prepared.preview.next.iter().map(|line| next_json(register, line)).collect::<Vec<_>>(),
        "counts": {
            "groups": counts.groups,
            "left_out": counts.left_out,
            "next_groups": counts.next_groups,
            "go_on": counts.go_on,
            "change_group": counts.change_group,
            "graduates": counts.graduates,
            "leave": counts.leave,
        },
        "links_to_close": prepared.preview.links_to_close,
        "unanswered": prepared.problems().iter().map(|problem| match problem {
            YearProblem::Unanswered { group } => json!({ "code": "unanswered", "group": group }),
            YearProblem::BadLabel { group, label } => {
                json!({ "code": "bad_label", "group": group, "label": label })
            }
            YearProblem::NothingToDo => json!({ "code": "nothing_to_do" }),
        }).collect::<Vec<_>>(),
        "roster": prepared.roster.as_ref().map(|roster| {
            roster.plan.counts.named().into_iter().map(|(name, count)| (name.to_owned(), json!(count)))
                .collect::<serde_json::Map<String, Value>>()
        }),
    })
}

fn group_json(planned: &PlannedGroup) -> Value {
    let (code, label) = match &planned.fate {
        GroupFate::Becomes(label) => ("becomes", Some(label.clone())),
        GroupFate::Graduates => ("graduates", None),
        GroupFate::Dissolves => ("dissolves", None),
        GroupFate::LeftOut => ("left_out", None),
        GroupFate::Open => ("open", planned.next_label()),
    };
    let (because, shared) = match planned.because {
        FateBecause::Name => ("name", None),
        FateBecause::Pupils { shared, .. } => ("pupils", Some(shared)),
        FateBecause::Nobody { .. } => ("nobody", Some(0)),
        FateBecause::Hand => ("hand", None),
    };
    json!({
        "id": planned.group,
        "label": planned.label,
        "students": planned.students,
        "fate": code,
        "next_label": label,
        "because": because,
        "shared_students": shared,
    })
}

fn next_json(register: &Register, line: &NextYearLine) -> Value {
    let shape = match line.shape {
        NextShape::GoesOn => "goes_on",
        NextShape::Joined => "joined",
        NextShape::Composed => "composed",
        NextShape::PartOfSplit => "part_of_split",
        NextShape::New => "new",
    };
    json!({
        "label": line.label,
        "shape": shape,
        "students": line.students,
        "from": line.from.iter().map(|(group, count)| {
            json!({ "id": group, "label": label_of(register, *group), "students": count })
        }).collect::<Vec<_>>(),
        "chats": line.chats.len(),
        "teachers": line.teachers.len(),
    })
}
