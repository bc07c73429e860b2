//! The adults whom rows of children name → people of the register, new people, or proposals «похоже, один человек».
//! Nobody is guessed: an adult is known only as the guardian of this very child; whatever else agrees is proposed,
//! and until the user confirms it people are created apart.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::children;
use super::groups::Wanted;
use super::same_adult::{self, Resolved};
use super::standing::has_left;
use super::{AdultProposal, FieldChange, PlanChoices, PlanIssue, PlanKind, PlanRow, PlannedAdult};
use crate::names::{FullName, Phone, Role, fold};
use crate::register::{
    AdultChoice, Guardianship, NewAdult, Origin, Person, PersonId, Register, RowAdult, RowDecision, RowPerson,
};
use crate::roster::aliases::Field;
use crate::roster::mapped::{MappedRoster, RosterParent};
use crate::roster::problem::Severity;

/// A file beside the register, with what was found so far.
#[derive(Clone, Copy)]
pub(super) struct Comparison<'a> {
    pub register: &'a Register,
    pub roster: &'a MappedRoster,
    pub wanted: &'a [Wanted],
    pub choices: &'a PlanChoices,
    pub today: Date,
}

/// What the families part adds to the plan.
#[derive(Default)]
pub(super) struct PlannedFamilies {
    pub adults: Vec<PlannedAdult>,
    pub proposals: Vec<AdultProposal>,
    pub new_adults: Vec<NewAdult>,
    /// People of the register whom the file names as adults: they are not missing from it.
    pub named: HashSet<PersonId>,
}

/// Plans the adults of children's rows and the children of adults' rows; completes rows and decisions.
pub(super) fn plan_families(
    of: &Comparison<'_>,
    rows: &mut [PlanRow],
    decisions: &mut Vec<RowDecision>,
    issues: &mut Vec<PlanIssue>,
) -> PlannedFamilies {
    let mut families = PlannedFamilies::default();
    let names_adults = of.roster.rows.iter().any(|row| !row.parents.is_empty());
    let names_children = of.roster.rows.iter().any(|row| row.child.is_some());
    if !names_adults && !names_children {
        return families;
    }
    let mut slots = spread(rows, std::mem::take(decisions));
    if names_adults {
        plan_adults(of, rows, &mut slots, issues, &mut families);
    }
    if names_children {
        children::plan_children(of, rows, &mut slots, issues, &mut families);
    }
    decisions.extend(slots.into_iter().flatten());
    families
}

/// Decisions by the place of their row: they come in the order of the rows, some of which have none.
fn spread(rows: &[PlanRow], decisions: Vec<RowDecision>) -> Vec<Option<RowDecision>> {
    let mut decisions = decisions.into_iter().peekable();
    rows.iter().map(|row| decisions.next_if(|decision| decision.row == row.row)).collect()
}

/// Whether the import takes the row, so that it may bring people along.
pub(super) fn takes_part(row: &PlanRow) -> bool {
    match row.kind {
        PlanKind::Added | PlanKind::Updated | PlanKind::Moved | PlanKind::Unchanged => true,
        PlanKind::Renamed => row.person.is_some(),
        PlanKind::Ambiguous | PlanKind::Skipped => false,
    }
}

/// The decision of a row, made where an unchanged person gets something.
pub(super) fn decision_of<'s>(
    slot: &'s mut Option<RowDecision>,
    row: &mut PlanRow,
) -> Option<&'s mut RowDecision> {
    if slot.is_none() {
        let person = RowPerson::Existing { id: row.person?, name: None, birth_date: None, phone: None };
        *slot = Some(RowDecision {
            row: row.row,
            person,
            join: None,
            move_membership: None,
            set_post: None,
            adults: Vec::new(),
            children: Vec::new(),
        });
    }
    if row.kind == PlanKind::Unchanged {
        row.kind = PlanKind::Updated;
    }
    slot.as_mut()
}

/// How a child and an adult of the register stand to each other.
pub(super) enum Bond<'r> {
    /// The guardianship goes on.
    Open(&'r Arc<Guardianship>),
    /// It was ended while the adult stayed: by hand, so that no file brings it back.
    EndedByHand,
    /// There is none, or it ended when the adult left.
    None,
}

pub(super) fn bond(register: &Register, adult: PersonId, child: PersonId, today: Date) -> Bond<'_> {
    let mut ended = false;
    for link in register.guardianships_of_child(child).filter(|link| link.adult == adult) {
        if link.until.is_none() {
            return Bond::Open(link);
        }
        ended = true;
    }
    match ended && !register.person(adult).is_some_and(|adult| has_left(adult, today)) {
        true => Bond::EndedByHand,
        false => Bond::None,
    }
}

/// The guardian of a child who has this name: spelled so, or with a patronymic absent on one side.
pub(super) fn guardian_named(register: &Register, child: PersonId, name: &FullName) -> Option<PersonId> {
    guardian_where(register, child, &[], |known| spelled_alike(known, name))
        .or_else(|| guardian_where(register, child, &[], |known| names_agree(known, name)))
}

/// The first guardian of a child, past ones too, whose name is as asked and who is not in `taken`.
fn guardian_where(
    register: &Register,
    child: PersonId,
    taken: &[PersonId],
    is_meant: impl Fn(&FullName) -> bool,
) -> Option<PersonId> {
    let adults = register.guardianships_of_child(child).filter_map(|link| register.person(link.adult));
    adults
        .filter(|adult| !taken.contains(&adult.id))
        .find(|adult| is_meant(&adult.name))
        .map(|adult| adult.id)
}

fn spelled_alike(one: &FullName, other: &FullName) -> bool {
    // Given names tell most people of a family apart, so they are folded first.
    one == other || (fold(&one.given) == fold(&other.given) && one.match_key() == other.match_key())
}

/// Finds the adults of one row who are guardians of its child already. The same spelling goes first: «Ким Анна» must
/// not take the place of «Ким Анна Львовна» who stands in the next column.
fn find_known(register: &Register, child: PersonId, mentions: &mut [Mention<'_>]) {
    let mut taken = Vec::new();
    for agrees in [spelled_alike, names_agree] {
        for mention in mentions.iter_mut().filter(|mention| mention.known.is_none()) {
            mention.known = guardian_where(register, child, &taken, |known| agrees(known, mention.name));
            taken.extend(mention.known);
        }
    }
}

/// Same surname and given name; a patronymic may be absent on one side.
pub(super) fn names_agree(one: &FullName, other: &FullName) -> bool {
    fold(&one.given) == fold(&other.given)
        && fold(&one.surname) == fold(&other.surname)
        && (one.patronymic.is_empty()
            || other.patronymic.is_empty()
            || fold(&one.patronymic) == fold(&other.patronymic))
}

/// An adult as one row names them.
pub(super) struct Mention<'a> {
    /// Place of the row in the file.
    pub place: usize,
    pub parent: &'a RosterParent,
    pub name: &'a FullName,
    pub phone: Option<&'a Phone>,
    /// The guardian of this child who has the name.
    pub known: Option<PersonId>,
    /// Whether the row names another adult who differs in the patronymic at most.
    has_namesake: bool,
}

fn plan_adults(
    of: &Comparison<'_>,
    rows: &mut [PlanRow],
    slots: &mut [Option<RowDecision>],
    issues: &mut Vec<PlanIssue>,
    families: &mut PlannedFamilies,
) {
    let mentions = list_mentions(of, rows);
    let resolved = same_adult::resolve(of, rows, &mentions, issues, families);
    let said = what_is_said(rows, &mentions, &resolved);
    let mut writing = Writing { of, said, places: HashMap::new(), families, issues };
    for (mention, resolved) in mentions.iter().zip(&resolved) {
        writing.write(mention, resolved, &mut rows[mention.place], &mut slots[mention.place]);
    }
}

fn list_mentions<'a>(of: &Comparison<'a>, rows: &[PlanRow]) -> Vec<Mention<'a>> {
    let mut mentions: Vec<Mention<'a>> = Vec::new();
    for (place, read) in of.roster.rows.iter().enumerate() {
        if read.parents.is_empty() || rows[place].role != Some(Role::Student) || !takes_part(&rows[place]) {
            continue;
        }
        let first_of_row = mentions.len();
        for parent in &read.parents {
            // The reader has said that it is too little to tell a person by.
            let Some(name) = &parent.full_name else { continue };
            // The same name in two columns of one row is one adult written twice.
            let twin = mentions[first_of_row..].iter_mut().find(|other| spelled_alike(other.name, name));
            if let Some(twin) = twin {
                twin.phone = twin.phone.or(parent.phone.as_ref());
                continue;
            }
            mentions.push(Mention {
                place,
                parent,
                name,
                phone: parent.phone.as_ref(),
                known: None,
                has_namesake: false,
            });
        }
        let of_row = &mentions[first_of_row..];
        let names =
            |one: usize, other: usize| one != other && names_agree(of_row[one].name, of_row[other].name);
        let namesakes: Vec<bool> =
            (0..of_row.len()).map(|one| (0..of_row.len()).any(|other| names(one, other))).collect();
        for (mention, has_namesake) in mentions[first_of_row..].iter_mut().zip(namesakes) {
            mention.has_namesake = has_namesake;
        }
        if let Some(child) = rows[place].person {
            find_known(of.register, child, &mut mentions[first_of_row..]);
        }
    }
    mentions
}

/// The header of the column that names a parent.
pub(super) fn column_of(choices: &PlanChoices, parent: &RosterParent) -> Option<String> {
    choices.columns.find(Field::ParentName(parent.number)).map(|column| column.header.clone())
}

/// What the rows of a file say of one field of a person.
#[derive(Clone, Copy, Default, PartialEq)]
enum Said<T> {
    #[default]
    Nothing,
    One(T),
    /// Different things: none is taken.
    Several,
}

impl<T: PartialEq> Said<T> {
    fn hear(&mut self, value: Option<T>) {
        match (&*self, value) {
            (_, None) => {}
            (Self::Nothing, Some(value)) => *self = Self::One(value),
            (Self::One(known), Some(value)) if *known == value => {}
            (Self::One(_) | Self::Several, Some(_)) => *self = Self::Several,
        }
    }
}

/// What the file says of an adult of the register.
#[derive(Default)]
struct SaidOfAdult<'a> {
    phone: Said<&'a str>,
    patronymic: Said<String>,
    /// The adult has a row of their own, which speaks for them.
    has_own_row: bool,
    /// The changes that follow were entered with an earlier row.
    written: bool,
}

fn what_is_said<'a>(
    rows: &[PlanRow],
    mentions: &[Mention<'a>],
    resolved: &[Resolved],
) -> HashMap<PersonId, SaidOfAdult<'a>> {
    let mut said: HashMap<PersonId, SaidOfAdult<'a>> = HashMap::new();
    for (mention, resolved) in mentions.iter().zip(resolved) {
        let AdultChoice::Existing(id) = resolved.who else { continue };
        let of_adult = said.entry(id).or_default();
        of_adult.phone.hear(mention.phone.map(Phone::as_str));
        let patronymic = &mention.name.patronymic;
        match mention.has_namesake {
            // With the patronymic filled in, the next file would take one namesake for the other.
            true => of_adult.patronymic = Said::Several,
            false => of_adult.patronymic.hear((!patronymic.is_empty()).then(|| fold(patronymic))),
        }
    }
    for row in rows.iter().filter(|row| row.role != Some(Role::Student)) {
        if let Some(of_adult) = row.person.and_then(|person| said.get_mut(&person)) {
            of_adult.has_own_row = true;
        }
    }
    said
}

/// Writes mentions into rows, decisions and the list of adults.
struct Writing<'a, 'w> {
    of: &'w Comparison<'a>,
    said: HashMap<PersonId, SaidOfAdult<'a>>,
    /// Places in the list of adults.
    places: HashMap<AdultChoice, usize>,
    families: &'w mut PlannedFamilies,
    issues: &'w mut Vec<PlanIssue>,
}

impl Writing<'_, '_> {
    fn write(
        &mut self,
        mention: &Mention<'_>,
        resolved: &Resolved,
        row: &mut PlanRow,
        slot: &mut Option<RowDecision>,
    ) {
        let basis = mention.parent.basis;
        let mut adult = RowAdult { adult: resolved.who, basis: basis.to_owned(), phone: None, name: None };
        let mut changes = Vec::new();
        let mut makes_bond = true;
        if let AdultChoice::Existing(id) = resolved.who {
            self.families.named.insert(id);
            let bond =
                row.person.map_or(Bond::None, |child| bond(self.of.register, id, child, self.of.today));
            match bond {
                Bond::None => {}
                Bond::EndedByHand => {
                    self.keep_ended(mention, row.row);
                    return self.list(mention, resolved, row.row, false);
                }
                Bond::Open(link) => {
                    makes_bond = false;
                    if link.basis.is_empty() && !basis.is_empty() {
                        changes.push(change(
                            "adult_basis",
                            "кем приходится",
                            String::new(),
                            basis.to_owned(),
                        ));
                    }
                }
            }
            self.edit_known(id, mention, row.row, &mut adult, &mut changes);
            if !makes_bond && changes.is_empty() {
                return self.list(mention, resolved, row.row, false);
            }
        }
        self.list(mention, resolved, row.row, makes_bond);
        if makes_bond {
            changes.insert(0, change("adult", "родитель", String::new(), mention.name.full()));
        }
        if row.kind != PlanKind::Added {
            row.changes.extend(changes);
        }
        if let Some(decision) = decision_of(slot, row) {
            decision.adults.push(adult);
        }
    }

    /// The fields of a known adult, once for all rows that name them. What a hand set stays.
    fn edit_known(
        &mut self,
        id: PersonId,
        mention: &Mention<'_>,
        row: u32,
        adult: &mut RowAdult,
        changes: &mut Vec<FieldChange>,
    ) {
        let (Some(said), Some(person)) = (self.said.get_mut(&id), self.of.register.person(id)) else {
            return;
        };
        if said.has_own_row || std::mem::replace(&mut said.written, true) {
            return;
        }
        if matches!(said.patronymic, Said::One(_))
            && person.name.patronymic.is_empty()
            && !shares_a_child_with_namesake(self.of.register, person)
        {
            // Another row may be the one that has it: then that spelling comes with a later import.
            let patronymic = mention.name.patronymic.clone();
            if patronymic.is_empty() {
                said.written = false;
            } else {
                changes.push(change("adult_name", "отчество родителя", String::new(), patronymic.clone()));
                adult.name = Some(FullName { patronymic, ..person.name.clone() });
            }
        }
        match said.phone {
            Said::One(phone) if !has_phone(person, phone) => match mention.phone {
                None => said.written = false,
                Some(_) if person.phone.is_some() && person.phone_origin == Origin::Hand => {
                    self.complain(mention, row, "hand_edit_kept", "у родителя в файле другой телефон, а в списке он \
                         задан вручную. Оставлен заданный вручную. Если верно в файле, исправьте карточку человека.");
                }
                Some(phone) => {
                    let before = person.phone.as_ref().map(Phone::masked).unwrap_or_default();
                    changes.push(change("adult_phone", "телефон родителя", before, phone.masked()));
                    adult.phone = Some(phone.clone());
                }
            },
            Said::Several => {
                self.complain(
                    mention,
                    row,
                    "parent_phones_differ",
                    "в строках одного родителя разные телефоны, не взят \
                     ни один из них. Оставьте в файле верный.",
                );
            }
            Said::One(_) | Said::Nothing => {}
        }
    }

    fn keep_ended(&mut self, mention: &Mention<'_>, row: u32) {
        self.complain(
            mention,
            row,
            "hand_edit_kept",
            "в файле указан взрослый, который в списке больше не записан за \
             этим ребёнком. Оставлено как в списке. Если верно в файле, добавьте его в карточке ребёнка.",
        );
    }

    fn complain(&mut self, mention: &Mention<'_>, row: u32, code: &'static str, text: &str) {
        let column = column_of(self.of.choices, mention.parent);
        let message = format!("Строка {row}: {text}");
        self.issues.push(PlanIssue { row, column, severity: Severity::Warning, code, message });
    }

    fn list(&mut self, mention: &Mention<'_>, resolved: &Resolved, row: u32, makes_bond: bool) {
        let adults = &mut self.families.adults;
        let place = *self.places.entry(resolved.who).or_insert_with(|| {
            adults.push(PlannedAdult {
                row,
                more_rows: Vec::new(),
                name: mention.name.clone(),
                person: match resolved.who {
                    AdultChoice::Existing(id) => Some(id),
                    AdultChoice::New(_) => None,
                },
                basis: mention.parent.basis.to_owned(),
                why: resolved.why.to_owned(),
                new_children: 0,
            });
            adults.len() - 1
        });
        let adult = &mut adults[place];
        if adult.row != row {
            adult.more_rows.push(row);
        }
        if adult.basis.is_empty() {
            mention.parent.basis.clone_into(&mut adult.basis);
        }
        adult.new_children += u32::from(makes_bond);
    }
}

/// Whether a child of this adult has another adult of the same surname and given name.
fn shares_a_child_with_namesake(register: &Register, adult: &Person) -> bool {
    let children = register.guardianships_of_adult(adult.id).map(|link| link.child);
    children.flat_map(|child| register.guardianships_of_child(child)).any(|link| {
        let other = register.person(link.adult).filter(|other| other.id != adult.id);
        other.is_some_and(|other| names_agree(&other.name, &adult.name))
    })
}

fn has_phone(person: &Person, phone: &str) -> bool {
    person.phone.as_ref().is_some_and(|known| known.as_str() == phone)
}

pub(super) fn change(code: &'static str, field: &'static str, before: String, after: String) -> FieldChange {
    FieldChange { code, field, before, after }
}
