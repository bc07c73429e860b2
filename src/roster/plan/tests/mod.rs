//! Files against registers made through `decide`. All names are invented.

mod adult_twins;
mod conflicts;
mod departures;
mod laws;
mod places;
mod renames;
mod rows;
mod who_it_is;

use jiff::Timestamp;
use jiff::civil::{Date, date};

use super::*;
use crate::names::parse_phone;
use crate::register::{
    ChangeSet, Context, Entity, Group, JournalChange, Membership, Operation, OrderReference, Organization,
    OrganizationKind, Origin, Person, Unit, decide,
};
use crate::roster::{ReadChoices, open_roster, read_roster};

const TODAY: Date = date(2026, 9, 20);
const YEAR: SchoolYear = SchoolYear(2026);

fn context() -> Context {
    Context { today: TODAY, now: Timestamp::UNIX_EPOCH, actor: "Администратор".into() }
}

fn execute(register: &mut Register, operation: &Operation) -> ChangeSet {
    let changes = decide(register, operation, &context())
        .unwrap_or_else(|refusal| panic!("{refusal} for {operation:?}"));
    register.apply(&changes);
    register.revision += 1;
    changes
}

fn founded(kind: OrganizationKind) -> Register {
    let mut register = Register::default();
    let organization = Organization { name: "Школа № 14".into(), kind, ..Organization::default() };
    execute(&mut register, &Operation::Found(organization));
    register
}

fn school() -> Register {
    founded(OrganizationKind::School)
}

fn read(text: &str, role: Option<Role>) -> (MappedRoster, ColumnMap) {
    let choices = ReadChoices { default_role: role, ..ReadChoices::default() };
    let roster = read_roster(text.as_bytes(), &choices).unwrap_or_else(|error| panic!("{error} in {text}"));
    let opened = open_roster(text.as_bytes(), &choices).unwrap_or_else(|error| panic!("{error}"));
    (roster, opened.header.columns)
}

fn planned(register: &Register, text: &str, role: Role, change: impl FnOnce(&mut PlanChoices)) -> ImportPlan {
    let (roster, columns) = read(text, Some(role));
    let mut choices = PlanChoices { columns, ..PlanChoices::for_year(YEAR) };
    change(&mut choices);
    plan_import(register, &roster, &choices, TODAY, &|_| true).expect("nobody cancels")
}

fn students(register: &Register, text: &str) -> ImportPlan {
    planned(register, text, Role::Student, |_| {})
}

fn apply(register: &mut Register, plan: &ImportPlan) -> ChangeSet {
    execute(register, &Operation::ApplyImport(plan.operation("список.csv", "00")))
}

/// A school that holds exactly this file.
fn school_with(text: &str) -> Register {
    let mut register = school();
    let plan = students(&register, text);
    apply(&mut register, &plan);
    register
}

fn kinds(plan: &ImportPlan) -> Vec<&'static str> {
    plan.rows.iter().map(|row| row.kind.code()).collect()
}

fn codes(plan: &ImportPlan) -> Vec<(u32, &'static str)> {
    plan.issues.iter().map(|issue| (issue.row, issue.code)).collect()
}

fn changes(row: &PlanRow) -> Vec<String> {
    row.changes
        .iter()
        .map(|change| format!("{}: {} → {}", change.field, change.before, change.after))
        .collect()
}

fn person_named(register: &Register, name: &str) -> PersonId {
    let found: Vec<PersonId> = register
        .tables()
        .people
        .values()
        .filter(|person| person.name.full() == name)
        .map(|person| person.id)
        .collect();
    assert_eq!(found.len(), 1, "{name}");
    found[0]
}

fn edit_person(register: &mut Register, name: &str, edit: impl FnOnce(&mut Person)) {
    let person = person_named(register, name);
    edit_person_with(register, person, edit);
}

fn edit_person_with(register: &mut Register, person: PersonId, edit: impl FnOnce(&mut Person)) {
    let seen = register.person(person).expect("exists").clone();
    let mut wanted = (*seen).clone();
    edit(&mut wanted);
    execute(register, &Operation::Edit { seen: Entity::from(seen), wanted: wanted.into() });
}

const CLASS: &str = "ФИО;Класс;Дата рождения;Телефон\n\
    Громов Илья Петрович;5А;14.03.2015;+79120000001\n\
    Лисицына Вера;5А;;\n\
    Орлов Пётр Ильич;5 «б»;01.02.2015;\n";
