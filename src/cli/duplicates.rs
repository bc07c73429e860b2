//! `duplicates`, `merge`, `apart`: records that may be of one person.

use serde_json::{Value, json};

use super::failure::{DONE, Failure, Outcome};
use super::given::Given;
use super::opening::{judged_day, open};
use super::output::{TextTable, print, print_json, print_line};
use crate::register::{Operation, PeopleMerge, PersonId, Register};
use crate::regulation::{Duplicate, duplicates as find_duplicates, merges_of, why_same_words};
use crate::session::Executed;
use crate::wording::counted;

/// `duplicates FILE [--apply-certain] [--json]`. With `--apply-certain` the list is what was left to decide.
pub(super) fn duplicates(given: &Given) -> Outcome {
    let mut session = open(given)?;
    let today = judged_day(&session);
    let mut found = find_duplicates(session.register(), today);
    let mut merged = None;
    if given.has("apply-certain") {
        let certain = merges_of(session.register(), found.iter().filter(|pair| pair.certain));
        if !certain.is_empty() {
            let count = certain.len();
            merged = Some((count, session.execute(&Operation::MergePeople(certain))?));
            found = find_duplicates(session.register(), today);
        }
    }
    let register = session.register();
    if given.has("json") {
        let pairs: Vec<Value> = found.iter().map(|pair| pair_json(register, pair)).collect();
        let entry = merged.as_ref().and_then(|(_, done)| done.entry);
        match given.has("apply-certain") {
            true => print_json(&json!({ "merged_in_entry": entry, "left": pairs }))?,
            false => print_json(&Value::Array(pairs))?,
        }
        return Ok(DONE);
    }
    if let Some((count, done)) = &merged {
        let count = counted(*count as u64, "пара карточек", "пары карточек", "пар карточек");
        print_line(&format!("Объединено: {count}.{}", entry_words(done)))?;
    }
    let mut table = TextTable::new(&["Остаётся", "Вливается", "ФИО", "Точно", "Почему"], &[0, 1]);
    for pair in &found {
        table.row([
            pair.keep.to_string(),
            pair.merge.to_string(),
            name(register, pair.keep),
            if pair.certain { "да".into() } else { String::new() },
            why_same_words(&pair.because),
        ]);
    }
    print(&table.render())?;
    let count = counted(found.len() as u64, "пара", "пары", "пар");
    print_line(&format!("Похоже, один человек: {count}"))?;
    Ok(DONE)
}

/// `merge FILE ID ID`: the first stays.
pub(super) fn merge(given: &Given) -> Outcome {
    let mut session = open(given)?;
    let (keep, gone) = named(given)?;
    let register = session.register();
    let person = |id: PersonId| register.person(id).cloned().ok_or_else(|| missing(id));
    let pair = PeopleMerge::new(person(keep)?, person(gone)?);
    let done = session.execute(&Operation::MergePeople(vec![pair]))?;
    print_line(&format!("Карточка № {gone} влита в карточку № {keep}.{}", entry_words(&done)))?;
    Ok(DONE)
}

/// `apart FILE ID ID`.
pub(super) fn apart(given: &Given) -> Outcome {
    let mut session = open(given)?;
    let (one, other) = named(given)?;
    for person in [one, other] {
        session.register().person(person).ok_or_else(|| missing(person))?;
    }
    let done = session.execute(&Operation::TellApart(vec![(one, other)]))?;
    print_line(&format!("Запомнено: № {one} и № {other}: разные люди.{}", entry_words(&done)))?;
    Ok(DONE)
}

fn named(given: &Given) -> Result<(PersonId, PersonId), Failure> {
    let wrong = || Failure::usage("Номера карточек пишутся числами, как в командах people и duplicates.");
    let number = |place: usize| {
        let text = given.place(place)?;
        text.trim_start_matches('№').trim().parse().ok().map(PersonId)
    };
    number(1).zip(number(2)).ok_or_else(wrong)
}

fn missing(person: PersonId) -> Failure {
    Failure::failed(format!("Карточки № {person} в файле нет. Ничего не изменено."))
}

fn name(register: &Register, person: PersonId) -> String {
    register.person(person).map_or_else(String::new, |person| person.name.full())
}

fn entry_words(done: &Executed) -> String {
    done.entry.map_or_else(String::new, |entry| format!(" Запись журнала № {entry}."))
}

fn pair_json(register: &Register, pair: &Duplicate) -> Value {
    let person = |id: PersonId| json!({ "id": id, "full_name": name(register, id) });
    json!({
        "keep": person(pair.keep),
        "merge": person(pair.merge),
        "certain": pair.certain,
        "because": pair.because.iter().map(|one| one.code()).collect::<Vec<_>>(),
        "why": why_same_words(&pair.because),
    })
}
