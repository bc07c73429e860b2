//! A row and who it is → what the preview says of it, and what the import does.

use std::sync::Arc;

use jiff::civil::Date;

use super::groups::{Places, Wanted};
use super::matching::{Doubt, Evidence, Match};
use super::standing::{class_in_year, goes_on, has_left, is_in, open_classes, open_memberships};
use super::{FieldChange, PlanChoices, PlanIssue, PlanKind, PlanRow};
use crate::names::{FullName, Phone, Role, fold};
use crate::register::{
    GroupChoice, Membership, MembershipId, NewMembership, OrganizationKind, Origin, Person, PersonId,
    Register, RowDecision, RowPerson,
};
use crate::roster::aliases::Field;
use crate::roster::mapped::RosterRow;
use crate::roster::problem::Severity;
use crate::wording::{list_of, role_name};

/// Describes rows one by one; issues go to the list it was given.
pub(super) struct Describing<'a> {
    register: &'a Register,
    choices: &'a PlanChoices,
    places: &'a Places<'a>,
    today: Date,
    issues: &'a mut Vec<PlanIssue>,
    /// «класс» or «группа», as the organization says.
    group_word: &'static str,
    /// The sentence for every combination of evidence, made once.
    reasons: Vec<String>,
}

/// What a row does to the fields of its person.
#[derive(Default)]
struct PersonEdits {
    name: Option<FullName>,
    birth_date: Option<Date>,
    phone: Option<Phone>,
}

/// What a row does to the memberships of its person.
#[derive(Default)]
struct PlaceEdits {
    join: Option<NewMembership>,
    move_membership: Option<(MembershipId, GroupChoice)>,
    set_post: Option<(MembershipId, String)>,
}

impl<'a> Describing<'a> {
    pub(super) fn new(
        register: &'a Register,
        choices: &'a PlanChoices,
        places: &'a Places<'a>,
        today: Date,
        issues: &'a mut Vec<PlanIssue>,
    ) -> Self {
        let group_word = match register.organization().kind {
            OrganizationKind::School => "класс",
            OrganizationKind::College | OrganizationKind::Kindergarten => "группа",
        };
        let reasons = (0..8_usize).map(|bits| reason(bits, group_word)).collect();
        Self { register, choices, places, today, issues, group_word, reasons }
    }

    /// The preview of a row, and what is done for it.
    pub(super) fn describe(
        &mut self,
        read: &RosterRow,
        wanted: &Wanted,
        found: &Match,
    ) -> (PlanRow, Option<RowDecision>) {
        let mut planned = PlanRow {
            row: read.row,
            kind: PlanKind::Skipped,
            name: read.name.clone(),
            role: wanted.role,
            group: self.places.label(wanted.place).to_owned(),
            why: String::new(),
            changes: Vec::new(),
            candidates: Vec::new(),
            person: found.person(),
        };
        if self.choices.left_out_rows.contains(&read.row) {
            planned.why = "строка исключена вами".to_owned();
            return (planned, None);
        }
        let Some(role) = wanted.role.filter(|_| wanted.refused.is_empty()) else {
            planned.why = wanted.refused.to_owned();
            return (planned, None);
        };
        let decision = match found {
            Match::Unusable => None,
            Match::New { namesake_in_group, chosen } => {
                if *namesake_in_group && !chosen {
                    self.warn_of_namesakes(read);
                }
                planned.kind = PlanKind::Added;
                planned.why = new_reason(*namesake_in_group, *chosen).to_owned();
                Some(added(read, role, wanted.place))
            }
            Match::Ambiguous { candidates, doubt } => {
                self.ask(read, *doubt, candidates.len());
                planned.kind = PlanKind::Ambiguous;
                planned.why = doubt_reason(*doubt).to_owned();
                planned.candidates = candidates.clone();
                None
            }
            Match::Found { person, evidence } => {
                planned.why = self.reasons[bits(evidence)].clone();
                self.known(read, role, wanted, *person, &mut planned)
            }
            Match::Chosen { person } => {
                planned.why = "выбрано вами".to_owned();
                self.known(read, role, wanted, *person, &mut planned)
            }
        };
        (planned, decision)
    }

    fn known(
        &mut self,
        read: &RosterRow,
        role: Role,
        wanted: &Wanted,
        id: PersonId,
        planned: &mut PlanRow,
    ) -> Option<RowDecision> {
        let register = self.register;
        // Matching found the person in this register.
        let person = register.person(id)?;
        let edits = self.edit_person(read, person, &mut planned.changes);
        let places = self.edit_places(read, role, wanted, person, &mut planned.changes);
        planned.kind = if places.move_membership.is_some() {
            planned.why = format!("перевод, даты приказа нет; {}", planned.why);
            PlanKind::Moved
        } else if planned.changes.is_empty() {
            PlanKind::Unchanged
        } else {
            PlanKind::Updated
        };
        planned.kind.is_applied().then_some(RowDecision {
            row: read.row,
            person: RowPerson::Existing {
                id,
                name: edits.name,
                birth_date: edits.birth_date,
                phone: edits.phone,
            },
            join: places.join,
            move_membership: places.move_membership,
            set_post: places.set_post,
            adults: Vec::new(),
            children: Vec::new(),
        })
    }

    fn edit_person(
        &mut self,
        read: &RosterRow,
        person: &Arc<Person>,
        changes: &mut Vec<FieldChange>,
    ) -> PersonEdits {
        let name = self.edit_name(read, person, changes);
        let birth_date = read.birth_date.filter(|date| person.birth_date != Some(*date)).filter(|_| {
            person.birth_date.is_none()
                || person.birth_date_origin != Origin::Hand
                || self.keep_by_hand(read, Field::BirthDate, "дата рождения")
        });
        if let Some(date) = birth_date {
            let before = person.birth_date.map(written_date).unwrap_or_default();
            changes.push(change("birth_date", "дата рождения", before, written_date(date)));
        }
        let phone = read.phone.clone().filter(|phone| person.phone.as_ref() != Some(phone)).filter(|_| {
            person.phone.is_none()
                || person.phone_origin != Origin::Hand
                || self.keep_by_hand(read, Field::Phone, "телефон")
        });
        if let Some(phone) = &phone {
            let before = person.phone.as_ref().map(Phone::masked).unwrap_or_default();
            changes.push(change("phone", "телефон", before, phone.masked()));
        }
        PersonEdits { name, birth_date, phone }
    }

    /// ё/е and case are no change; an absent patronymic is filled; another name only by the user's word.
    fn edit_name(
        &mut self,
        read: &RosterRow,
        person: &Person,
        changes: &mut Vec<FieldChange>,
    ) -> Option<FullName> {
        let (known, written) = (&person.name, &read.name);
        if known == written || known.match_key() == written.match_key() {
            return None;
        }
        let same_beginning =
            fold(&known.surname) == fold(&written.surname) && fold(&known.given) == fold(&written.given);
        if same_beginning && written.patronymic.is_empty() {
            return None;
        }
        if same_beginning && known.patronymic.is_empty() {
            changes.push(change("patronymic", "отчество", String::new(), written.patronymic.clone()));
            return Some(FullName { patronymic: written.patronymic.clone(), ..known.clone() });
        }
        if person.name_origin == Origin::Hand {
            self.keep_by_hand(read, Field::FullName, "ФИО");
            return None;
        }
        changes.push(change("name", "ФИО", known.full(), written.full()));
        Some(written.clone())
    }

    fn edit_places(
        &mut self,
        read: &RosterRow,
        role: Role,
        wanted: &Wanted,
        person: &Arc<Person>,
        changes: &mut Vec<FieldChange>,
    ) -> PlaceEdits {
        let (register, today) = (self.register, self.today);
        let returns = has_left(person, today);
        if returns {
            let before = person.left_on.map(written_date).unwrap_or_default();
            changes.push(change("returned", "выбытие", before, String::new()));
        }
        if !returns && is_in(register, person.id, role, wanted.place, today) {
            let set_post = self.edit_post(read, role, wanted, person.id, changes);
            return PlaceEdits { set_post, ..PlaceEdits::default() };
        }
        if !wanted.beside_others
            && !returns
            && let Some(to) = wanted.place
            && let Some((membership, group)) = class_in_year(register, person.id, self.choices.year, today)
        {
            if membership.origin == Origin::Hand {
                self.keep_by_hand(read, Field::Group, self.group_word);
                return PlaceEdits::default();
            }
            let after = self.places.label(Some(to)).to_owned();
            changes.push(change("group", self.group_word, group.label.clone(), after));
            return PlaceEdits { move_membership: Some((membership.id, to)), ..PlaceEdits::default() };
        }
        self.describe_join(role, wanted, person.id, changes);
        let post = if role.is_staff() { read.post.clone() } else { String::new() };
        PlaceEdits { join: Some(NewMembership { role, group: wanted.place, post }), ..PlaceEdits::default() }
    }

    fn describe_join(&self, role: Role, wanted: &Wanted, person: PersonId, changes: &mut Vec<FieldChange>) {
        let (register, today) = (self.register, self.today);
        let open = || open_memberships(register, person, role, today);
        if !open().any(|membership| membership.role == role) {
            let before = open().next().map_or("", |membership| role_name(membership.role));
            changes.push(change("role", "роль", before.to_owned(), role_name(role).to_owned()));
        }
        if wanted.place.is_some() {
            // A class of another year: the year change is another operation, here the new class is only added.
            let before = open_classes(register, person, today)
                .filter(|_| role == Role::Student && !wanted.beside_others)
                .map(|(_, group)| match group.year {
                    Some(year) => format!("{} ({year})", group.label),
                    None => group.label.clone(),
                })
                .next()
                .unwrap_or_default();
            let after = self.places.label(wanted.place).to_owned();
            changes.push(change("group", self.group_word, before, after));
        }
    }

    fn edit_post(
        &mut self,
        read: &RosterRow,
        role: Role,
        wanted: &Wanted,
        person: PersonId,
        changes: &mut Vec<FieldChange>,
    ) -> Option<(MembershipId, String)> {
        if !role.is_staff() || read.post.is_empty() {
            return None;
        }
        let group = match wanted.place {
            Some(GroupChoice::Existing(group)) => Some(group),
            Some(GroupChoice::New(_)) | None => None,
        };
        let is_meant = |membership: &&Arc<Membership>| {
            membership.role == role
                && goes_on(membership, self.today)
                && (group.is_none() || membership.group == group)
        };
        let membership = self.register.memberships_of_person(person).find(is_meant)?;
        if fold(&membership.post) == fold(&read.post) {
            return None;
        }
        if !membership.post.is_empty() && membership.post_origin == Origin::Hand {
            self.keep_by_hand(read, Field::Post, "должность");
            return None;
        }
        changes.push(change("post", "должность", membership.post.clone(), read.post.clone()));
        Some((membership.id, read.post.clone()))
    }

    fn warn(&mut self, row: u32, column: Option<String>, code: &'static str, message: String) {
        self.issues.push(PlanIssue { row, column, severity: Severity::Warning, code, message });
    }

    /// Says that the hand's value stays. Always false: the file's value is not taken.
    fn keep_by_hand(&mut self, read: &RosterRow, field: Field, word: &str) -> bool {
        let columns = &self.choices.columns;
        let column = columns
            .find(field)
            .or_else(|| (field == Field::FullName).then(|| columns.find(Field::Surname)).flatten())
            .or_else(|| (field == Field::Group).then(|| columns.find(Field::Parallel)).flatten())
            .map(|column| column.header.clone());
        let message = format!(
            "Строка {}: в файле другое значение ({word}), а в списке оно задано вручную. Оставлено заданное вручную. \
             Если верно в файле, исправьте карточку человека.",
            read.row
        );
        self.warn(read.row, column, "hand_edit_kept", message);
        false
    }

    fn warn_of_namesakes(&mut self, read: &RosterRow) {
        let message = format!(
            "Строка {}: тёзки в одном месте. Человек добавлен отдельно. Проверьте, не один ли это человек.",
            read.row
        );
        self.warn(read.row, None, "namesakes", message);
    }

    fn ask(&mut self, read: &RosterRow, doubt: Doubt, candidates: usize) {
        let row = read.row;
        let (code, message) = match doubt {
            Doubt::Namesakes if candidates > 1 => (
                "ambiguous",
                format!("Строка {row}: в списке несколько человек с таким именем. Выберите, кто это."),
            ),
            Doubt::Namesakes => (
                "ambiguous",
                format!(
                    "Строка {row}: в файле несколько строк на одного человека списка. Выберите, кто это."
                ),
            ),
            Doubt::WasHereBefore => (
                "was_here_before",
                format!(
                    "Строка {row}: человек с таким именем уже выбыл. Выберите, вернулся он или это другой человек."
                ),
            ),
            Doubt::BirthDateDiffers => (
                "birth_date_differs",
                format!(
                    "Строка {row}: в файле одна дата рождения, а в списке вручную задана другая. Выберите, тот же ли \
                     это человек."
                ),
            ),
            Doubt::BadDecision => (
                "bad_decision",
                format!(
                    "Строка {row}: выбранного человека нет, или он уже взят для другой строки. Выберите снова."
                ),
            ),
        };
        self.warn(row, None, code, message);
    }
}

fn added(read: &RosterRow, role: Role, group: Option<GroupChoice>) -> RowDecision {
    let post = if role.is_staff() { read.post.clone() } else { String::new() };
    RowDecision {
        row: read.row,
        person: RowPerson::New {
            name: read.name.clone(),
            birth_date: read.birth_date,
            phone: read.phone.clone(),
        },
        join: Some(NewMembership { role, group, post }),
        move_membership: None,
        set_post: None,
        adults: Vec::new(),
        children: Vec::new(),
    }
}

fn change(code: &'static str, field: &'static str, before: String, after: String) -> FieldChange {
    FieldChange { code, field, before, after }
}

fn written_date(date: Date) -> String {
    date.strftime("%d.%m.%Y").to_string()
}

fn bits(evidence: &Evidence) -> usize {
    usize::from(evidence.birth_date) | usize::from(evidence.group) << 1 | usize::from(evidence.phone) << 2
}

fn reason(bits: usize, group_word: &str) -> String {
    let words = [("дата рождения", 1), (group_word, 2), ("телефон", 4)];
    let agreeing = words.into_iter().filter(|(_, bit)| bits & bit != 0).map(|(word, _)| word);
    let all: Vec<&str> = std::iter::once("ФИО").chain(agreeing).collect();
    match all.as_slice() {
        [only] => format!("совпало {only}, других с таким именем нет"),
        _ => format!("совпали {}", list_of(&all, all.len())),
    }
}

fn new_reason(namesake_in_group: bool, chosen: bool) -> &'static str {
    match (chosen, namesake_in_group) {
        (true, _) => "выбрано вами: новый человек",
        (false, true) => "тёзка, отличается от других",
        (false, false) => "в списке нет",
    }
}

fn doubt_reason(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::Namesakes => "тёзки, выберите человека",
        Doubt::WasHereBefore => "раньше выбыл, вернулся?",
        Doubt::BirthDateDiffers => "дата рождения задана вручную другая",
        Doubt::BadDecision => "выбранный человек не подходит",
    }
}
