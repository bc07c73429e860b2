//! A row and who it is → what the preview says of it, and what the import does.

use std::sync::Arc;

use jiff::civil::Date;

use super::conflicts::{Conflicts, Difference};
use super::groups::{Places, Wanted};
use super::halves::{GoOn, in_halves};
use super::matching::Match;
use super::names_of_file::same_folded;
use super::reasons::{bits, doubt_reason, namesakes_message, new_reason, question, reason, rename_reason};
use super::refusals::Refusals;
use super::{
    Conflict, ConflictField, FieldChange, PROGRESS_EVERY, PlanChoices, PlanIssue, PlanKind, PlanRow,
};
use crate::names::{FullName, Phone, Role};
use crate::register::{
    GroupChoice, NewMembership, OrganizationKind, Origin, Person, PersonId, Register, Remembered,
    RowDecision, RowPerson,
};
use crate::roster::mapped::{MappedRoster, RosterRow};
use crate::roster::problem::Severity;

/// What became of the rows.
#[derive(Default)]
pub(super) struct Described {
    pub rows: Vec<PlanRow>,
    /// What is done, in the order of the rows; nothing for rows that change nothing.
    pub decisions: Vec<RowDecision>,
    pub issues: Vec<PlanIssue>,
    pub conflicts: Vec<Conflict>,
    /// Values refused for good with this import.
    pub remember: Vec<Remembered>,
}

/// What rows are described against.
#[derive(Clone, Copy)]
pub(super) struct Background<'a> {
    pub register: &'a Register,
    pub choices: &'a PlanChoices,
    pub refusals: &'a Refusals<'a>,
    pub places: &'a Places<'a>,
    pub today: Date,
}

/// Describes every row. `None` when `progress` asked to stop.
pub(super) fn describe_rows(
    background: Background<'_>,
    roster: &MappedRoster,
    wanted: &[Wanted],
    matches: &[Match],
    progress: GoOn<'_>,
) -> Option<Described> {
    let halves = in_halves(roster.rows.len(), progress, |range, go_on| {
        let count = range.len().max(1) as f32;
        let mut describing = Describing::new(background);
        let mut rows = Vec::with_capacity(range.len());
        let mut decisions = Vec::new();
        for (done, index) in range.enumerate() {
            if done % PROGRESS_EVERY == 0 && !go_on(done as f32 / count) {
                return None;
            }
            let (planned, decision) =
                describing.describe(&roster.rows[index], &wanted[index], &matches[index]);
            rows.push(planned);
            decisions.extend(decision);
        }
        let Describing { issues, conflicts: Conflicts { found: conflicts, remember, .. }, .. } = describing;
        Some(Described { rows, decisions, issues, conflicts, remember })
    })?;
    halves.into_iter().reduce(|mut all, half| {
        all.rows.extend(half.rows);
        all.decisions.extend(half.decisions);
        all.issues.extend(half.issues);
        all.conflicts.extend(half.conflicts);
        all.remember.extend(half.remember);
        all
    })
}

/// Describes rows one by one.
pub(super) struct Describing<'a> {
    pub(super) register: &'a Register,
    pub(super) choices: &'a PlanChoices,
    pub(super) places: &'a Places<'a>,
    pub(super) today: Date,
    pub(super) issues: Vec<PlanIssue>,
    pub(super) conflicts: Conflicts<'a>,
    /// «класс» or «группа», as the organization says.
    pub(super) group_word: &'static str,
    /// The sentence for every combination of evidence, made once.
    reasons: Vec<String>,
}

/// How sure it is that somebody now has another name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NameChange {
    /// Nobody said so: the row was found by its name.
    Unsaid,
    /// The user named the person for this row at an earlier import; a name set by hand since then stays.
    SaidBefore,
    /// The user says so now: also a name set by hand is replaced, since that was the question.
    SaidNow,
}

/// Who a row is, and what is known of that already.
#[derive(Clone, Copy)]
struct Known {
    person: PersonId,
    name_change: NameChange,
    /// Whether the person is known to be where the row wants them.
    is_there: bool,
}

/// What a row does to the fields of its person.
#[derive(Default)]
struct PersonEdits {
    name: Option<FullName>,
    birth_date: Option<Date>,
    phone: Option<Phone>,
}

impl<'a> Describing<'a> {
    fn new(background: Background<'a>) -> Self {
        let Background { register, choices, refusals, places, today } = background;
        let group_word = match register.organization().kind {
            OrganizationKind::School => "класс",
            OrganizationKind::College | OrganizationKind::Kindergarten => "группа",
        };
        let reasons = (0..8_usize).map(|bits| reason(bits, group_word)).collect();
        let conflicts = Conflicts::new(choices, refusals);
        Self { register, choices, places, today, issues: Vec::new(), conflicts, group_word, reasons }
    }

    /// The preview of a row, and what is done for it.
    fn describe(
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
        let by_word = |person, name_change| Known { person, name_change, is_there: false };
        let known = match found {
            Match::Unusable => return (planned, None),
            Match::New { namesake_in_group, chosen } => {
                if *namesake_in_group && !chosen {
                    self.warn(read.row, "namesakes", namesakes_message(read.row));
                }
                planned.kind = PlanKind::Added;
                planned.why = new_reason(*namesake_in_group, *chosen).to_owned();
                let decision = added(read, role, wanted.place);
                return (planned, Some(decision));
            }
            Match::Ambiguous { candidates, doubt } => {
                let (code, message) = question(read.row, *doubt, candidates.len());
                self.warn(read.row, code, message);
                planned.kind = PlanKind::Ambiguous;
                planned.why = doubt_reason(*doubt).to_owned();
                planned.candidates = candidates.clone();
                return (planned, None);
            }
            Match::Renamed { person, by, accepted } => {
                planned.kind = PlanKind::Renamed;
                let known = self.register.person(*person).map_or("", |known| known.name.patronymic.as_str());
                let with_patronymic = !read.name.patronymic.is_empty() && !known.is_empty();
                planned.why = rename_reason(*by, with_patronymic, self.group_word, *accepted);
                planned.candidates = vec![*person];
                if !accepted {
                    return (planned, None);
                }
                by_word(*person, NameChange::SaidNow)
            }
            Match::Found { person, evidence } => {
                planned.why = self.reasons[bits(evidence)].clone();
                Known { person: *person, name_change: NameChange::Unsaid, is_there: evidence.group }
            }
            Match::Chosen { person } => {
                planned.why = "выбрано вами".to_owned();
                by_word(*person, NameChange::SaidNow)
            }
            Match::Remembered { person } => {
                planned.why = "запомнено с прошлого раза".to_owned();
                by_word(*person, NameChange::SaidBefore)
            }
        };
        let decision = self.known(read, role, wanted, known, &mut planned);
        (planned, decision)
    }

    fn known(
        &mut self,
        read: &RosterRow,
        role: Role,
        wanted: &Wanted,
        known: Known,
        planned: &mut PlanRow,
    ) -> Option<RowDecision> {
        let register = self.register;
        // Matching found the person in this register.
        let person = register.person(known.person)?;
        let edits = self.edit_person(read, person, known.name_change, &mut planned.changes);
        let places = self.edit_places(read, role, wanted, person, known.is_there, &mut planned.changes);
        let is_renamed = edits.name.as_ref().is_some_and(|name| has_another_surname(&person.name, name));
        planned.kind = if is_renamed {
            planned.candidates = vec![person.id];
            PlanKind::Renamed
        } else if places.move_membership.is_some() {
            let dated = self.choices.movement_on.is_some() || self.choices.order.date.is_some();
            let how = if dated { "перевод" } else { "перевод, даты приказа нет" };
            planned.why = format!("{how}; {}", planned.why);
            PlanKind::Moved
        } else if planned.changes.is_empty() {
            PlanKind::Unchanged
        } else {
            PlanKind::Updated
        };
        planned.is_applied().then_some(RowDecision {
            row: read.row,
            person: RowPerson::Existing {
                id: person.id,
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
        name_change: NameChange,
        changes: &mut Vec<FieldChange>,
    ) -> PersonEdits {
        let name = self.edit_name(read, person, name_change, changes);
        let birth_date = self.edit_birth_date(read, person, changes);
        let phone = self.edit_phone(read, person, changes);
        PersonEdits { name, birth_date, phone }
    }

    fn edit_birth_date(
        &mut self,
        read: &RosterRow,
        person: &Person,
        changes: &mut Vec<FieldChange>,
    ) -> Option<Date> {
        let date = read.birth_date.filter(|date| person.birth_date != Some(*date))?;
        let before = person.birth_date.map(written_date).unwrap_or_default();
        if person.birth_date.is_some() && person.birth_date_origin == Origin::Hand {
            let difference = Difference {
                field: ConflictField::BirthDate,
                word: "дата рождения",
                in_file: written_date(date),
                by_hand: before.clone(),
                folded: date.to_string(),
            };
            if !self.file_wins(read, person.id, difference) {
                return None;
            }
        }
        changes.push(change("birth_date", "дата рождения", before, written_date(date)));
        Some(date)
    }

    fn edit_phone(
        &mut self,
        read: &RosterRow,
        person: &Person,
        changes: &mut Vec<FieldChange>,
    ) -> Option<Phone> {
        let phone = read.phone.as_ref().filter(|phone| person.phone.as_ref() != Some(*phone))?;
        let before = person.phone.as_ref().map(Phone::masked).unwrap_or_default();
        if person.phone.is_some() && person.phone_origin == Origin::Hand {
            let difference = Difference {
                field: ConflictField::Phone,
                word: "телефон",
                in_file: phone.masked(),
                by_hand: before.clone(),
                folded: phone.as_str().to_owned(),
            };
            if !self.file_wins(read, person.id, difference) {
                return None;
            }
        }
        changes.push(change("phone", "телефон", before, phone.masked()));
        Some(phone.clone())
    }

    /// ё/е and case are no change; an absent patronymic is filled; another name only by the user's word.
    fn edit_name(
        &mut self,
        read: &RosterRow,
        person: &Person,
        name_change: NameChange,
        changes: &mut Vec<FieldChange>,
    ) -> Option<FullName> {
        let (known, written) = (&person.name, &read.name);
        if known == written || known.match_key() == written.match_key() {
            return None;
        }
        let same_given = same_folded(&known.given, &written.given);
        let same_beginning = same_given && same_folded(&known.surname, &written.surname);
        if same_beginning && written.patronymic.is_empty() {
            return None;
        }
        if same_beginning && known.patronymic.is_empty() {
            changes.push(change("patronymic", "отчество", String::new(), written.patronymic.clone()));
            return Some(FullName { patronymic: written.patronymic.clone(), ..known.clone() });
        }
        // A blank patronymic beside another surname erases nothing either.
        let kept_patronymic = || known.patronymic.clone();
        let mut after = written.clone();
        if after.patronymic.is_empty() {
            after.patronymic = kept_patronymic();
        }
        let was_the_question = name_change == NameChange::SaidNow && same_given && !same_beginning;
        if person.name_origin == Origin::Hand && !was_the_question {
            let difference = Difference {
                field: ConflictField::Name,
                word: "ФИО",
                in_file: written.full(),
                by_hand: known.full(),
                folded: written.match_key(),
            };
            if !self.file_wins(read, person.id, difference) {
                return None;
            }
        }
        changes.push(change("name", "ФИО", known.full(), after.full()));
        Some(after)
    }

    fn warn(&mut self, row: u32, code: &'static str, message: String) {
        self.issues.push(PlanIssue { row, column: None, severity: Severity::Warning, code, message });
    }

    /// Notes a value set by hand that the file contradicts; says whether the file's is to be taken.
    pub(super) fn file_wins(&mut self, read: &RosterRow, person: PersonId, difference: Difference) -> bool {
        self.conflicts.file_wins(read, person, difference, &mut self.issues)
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

pub(super) fn change(code: &'static str, field: &'static str, before: String, after: String) -> FieldChange {
    FieldChange { code, field, before, after }
}

pub(super) fn written_date(date: Date) -> String {
    date.strftime("%d.%m.%Y").to_string()
}

/// Whether a name is another one by its surname.
fn has_another_surname(before: &FullName, after: &FullName) -> bool {
    same_folded(&before.given, &after.given) && !same_folded(&before.surname, &after.surname)
}
