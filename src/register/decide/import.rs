//! An import in register terms: exactly what was previewed. A part each: every new group, every new adult, every
//! row with what came with it, every appointment, every departure, every remembered answer.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::super::entity::Entity;
use super::super::ids::*;
use super::super::{
    AdultChoice, Assignment, ChildChoice, Group, GroupChoice, Guardianship, ImportOperation,
    ImportedAssignment, Membership, Movement, MovementKind, NewAdult, NewGroup, NewMembership,
    OrderReference, Origin, Participation, Person, Refusal, Remembered, RowAdult, RowDecision, RowPerson,
    TeacherChoice, Verification,
};
use super::people::{depart_one, end_assignment, transfer};
use super::{Context, Draft, expect_planned_now};
use crate::names::Role;

pub(super) fn apply(
    draft: &mut Draft<'_>,
    import: &ImportOperation,
    context: &Context,
) -> Result<(), Refusal> {
    let register = draft.register;
    expect_planned_now(register, import.planned_at)?;
    refuse_departure_of_the_named(import)?;
    let mut applying = Applying {
        draft,
        import,
        // The import's own journal entry; whoever appends it gives it this number.
        origin: Origin::Import(u32::try_from(register.revision + 1).unwrap_or(u32::MAX)),
        on: import.movement_on.unwrap_or(context.today),
        new_groups: Vec::with_capacity(import.new_groups.len()),
        new_adults: Vec::with_capacity(import.new_adults.len()),
        people_of_rows: HashMap::new(),
        new_guardianships: HashSet::new(),
    };
    applying.add_groups();
    applying.add_adults();
    // Undo goes backwards through the parts, so what refers to a part stands after it: rows that name children of
    // other rows go last.
    for row in import.rows.iter().filter(|row| row.children.is_empty()) {
        applying.apply_row(row)?;
    }
    for row in import.rows.iter().filter(|row| !row.children.is_empty()) {
        applying.apply_row(row)?;
    }
    for assignment in &import.assignments {
        applying.appoint(*assignment)?;
    }
    applying.enter_departures()?;
    remember(applying.draft, &import.remember);
    Ok(())
}

/// Somebody whom the same import names cannot leave by it.
fn refuse_departure_of_the_named(import: &ImportOperation) -> Result<(), Refusal> {
    if import.departures.is_empty() {
        return Ok(());
    }
    let departing: BTreeSet<PersonId> = import.departures.iter().copied().collect();
    let refuse = |person: PersonId| match departing.contains(&person) {
        true => Err(Refusal::ChangedSinceSeen(person.into())),
        false => Ok(()),
    };
    for row in &import.rows {
        if let RowPerson::Existing { id, .. } = &row.person {
            refuse(*id)?;
        }
        for adult in &row.adults {
            if let AdultChoice::Existing(id) = adult.adult {
                refuse(id)?;
            }
        }
        for child in &row.children {
            if let ChildChoice::Existing(id) = child.child {
                refuse(id)?;
            }
        }
    }
    for assignment in &import.assignments {
        if let TeacherChoice::Existing(id) = assignment.teacher {
            refuse(id)?;
        }
    }
    Ok(())
}

/// An import on its way into the draft.
struct Applying<'a, 'register> {
    draft: &'a mut Draft<'register>,
    import: &'a ImportOperation,
    origin: Origin,
    /// Day of the movements and appointments.
    on: Date,
    new_groups: Vec<GroupId>,
    new_adults: Vec<PersonId>,
    people_of_rows: HashMap<u32, PersonId>,
    /// Adult and child of the guardianships made so far.
    new_guardianships: HashSet<(PersonId, PersonId)>,
}

impl<'register> Applying<'_, 'register> {
    fn add_groups(&mut self) {
        for NewGroup { label, kind, unit } in &self.import.new_groups {
            self.draft.next_part();
            let group = |id| Group {
                id: GroupId(id),
                unit: *unit,
                kind: *kind,
                label: label.clone(),
                year: self.import.year,
                ..Group::default()
            };
            let id = self.draft.create(group);
            self.new_groups.push(GroupId(id));
        }
    }

    fn add_adults(&mut self) {
        for NewAdult { name, phone } in &self.import.new_adults {
            self.draft.next_part();
            let id = self.new_person(name, None, phone);
            self.new_adults.push(id);
        }
    }

    fn new_person(
        &mut self,
        name: &crate::names::FullName,
        birth_date: Option<Date>,
        phone: &Option<crate::names::Phone>,
    ) -> PersonId {
        let origin = self.origin;
        PersonId(self.draft.create(|id| Person {
            id: PersonId(id),
            name: name.clone(),
            name_origin: origin,
            birth_date,
            birth_date_origin: origin,
            phone: phone.clone(),
            phone_origin: origin,
            ..Person::default()
        }))
    }

    /// The person as this import has them so far.
    fn latest_person(&self, id: PersonId) -> Result<Arc<Person>, Refusal> {
        match self.draft.latest(id) {
            Some(Entity::Person(person)) => Ok(person.clone()),
            _ => self.draft.register.person(id).cloned().ok_or(Refusal::Missing(id.into())),
        }
    }

    /// A membership to be changed: by one row only.
    fn membership(&self, id: MembershipId) -> Result<&'register Arc<Membership>, Refusal> {
        match self.draft.latest(id) {
            Some(_) => Err(Refusal::ChangedSinceSeen(id.into())),
            None => self.draft.register.membership(id).ok_or(Refusal::Missing(id.into())),
        }
    }

    fn group_of(&self, choice: GroupChoice) -> Result<GroupId, Refusal> {
        match choice {
            GroupChoice::Existing(group) => Ok(group),
            GroupChoice::New(index) => self.new_groups.get(index).copied().ok_or(Refusal::NoSuchPart),
        }
    }

    /// Movements of newcomers are entered only where the user gave the import a day or an order: the first import of
    /// a school would otherwise leave 900 steps «внести в кабинет» that nobody has to do.
    fn enters_newcomers(&self) -> bool {
        self.import.movement_on.is_some() || self.import.order != OrderReference::default()
    }

    fn apply_row(&mut self, row: &RowDecision) -> Result<(), Refusal> {
        self.draft.next_part();
        let (person, is_newcomer) = match &row.person {
            RowPerson::New { name, birth_date, phone } => (self.new_person(name, *birth_date, phone), true),
            RowPerson::Existing { id, name, birth_date, phone } => {
                let before = self.latest_person(*id)?;
                let mut after = (*before).clone();
                if let Some(name) = name {
                    (after.name, after.name_origin) = (name.clone(), self.origin);
                }
                if birth_date.is_some() {
                    (after.birth_date, after.birth_date_origin) = (*birth_date, self.origin);
                }
                if phone.is_some() {
                    (after.phone, after.phone_origin) = (phone.clone(), self.origin);
                }
                // A new membership of somebody who had left: they are back.
                let returns = row.join.is_some() && after.left_on.take().is_some();
                self.draft.update(&before, after);
                (*id, returns)
            }
        };
        self.people_of_rows.insert(row.row, person);
        if let Some(join) = &row.join {
            self.join(person, join, is_newcomer && self.enters_newcomers())?;
        }
        if let Some((id, choice)) = row.move_membership {
            self.move_to(id, choice)?;
        } else if let Some((id, post)) = &row.set_post {
            let membership = self.membership(*id)?;
            let post = post.clone();
            self.draft
                .update(membership, Membership { post, post_origin: self.origin, ..(**membership).clone() });
        }
        for adult in &row.adults {
            self.give_adult(person, adult)?;
        }
        for child in &row.children {
            let id = match child.child {
                ChildChoice::Existing(id) => id,
                ChildChoice::OfRow(row) => *self.people_of_rows.get(&row).ok_or(Refusal::NoSuchPart)?,
            };
            self.make_guardian(person, id, &child.basis)?;
        }
        Ok(())
    }

    fn join(&mut self, person: PersonId, join: &NewMembership, is_movement: bool) -> Result<(), Refusal> {
        let group = join.group.map(|choice| self.group_of(choice)).transpose()?;
        let origin = self.origin;
        let kind = match join.role {
            Role::Student => Some(MovementKind::Enrolled),
            Role::Teacher | Role::Employee => Some(MovementKind::Hired),
            Role::Parent => None,
        }
        .filter(|_| is_movement);
        let since = kind.map(|_| self.on);
        self.draft.create(|id| Membership {
            id: MembershipId(id),
            person,
            role: join.role,
            group,
            origin,
            post: join.post.clone(),
            post_origin: origin,
            since,
            until: None,
            participation: Participation::default(),
            verification: Verification::default(),
            verification_since: None,
        });
        if let Some(kind) = kind {
            self.enter_movement(person, join.role, kind, None, group);
        }
        Ok(())
    }

    fn move_to(&mut self, id: MembershipId, choice: GroupChoice) -> Result<(), Refusal> {
        let membership = self.membership(id)?;
        let to = self.group_of(choice)?;
        transfer(self.draft, membership, to, self.on, self.origin);
        let (person, role, from) = (membership.person, membership.role, membership.group);
        self.enter_movement(person, role, MovementKind::Transferred, from, Some(to));
        Ok(())
    }

    fn enter_movement(
        &mut self,
        person: PersonId,
        role: Role,
        kind: MovementKind,
        from: Option<GroupId>,
        to: Option<GroupId>,
    ) {
        let (on, order) = (self.on, self.import.order.clone());
        self.draft.create(|id| Movement {
            id: MovementId(id),
            person,
            role,
            kind,
            on,
            order,
            from,
            to,
            in_cabinet_on: None,
        });
    }

    fn give_adult(&mut self, child: PersonId, adult: &RowAdult) -> Result<(), Refusal> {
        let id = match adult.adult {
            AdultChoice::New(index) => *self.new_adults.get(index).ok_or(Refusal::NoSuchPart)?,
            AdultChoice::Existing(id) => {
                let before = self.latest_person(id)?;
                let mut after = (*before).clone();
                if let Some(name) = &adult.name {
                    (after.name, after.name_origin) = (name.clone(), self.origin);
                }
                if adult.phone.is_some() {
                    (after.phone, after.phone_origin) = (adult.phone.clone(), self.origin);
                }
                self.draft.update(&before, after);
                id
            }
        };
        self.make_guardian(id, child, &adult.basis)
    }

    /// Makes a guardianship unless one is open; what it is by («мать») is only filled in.
    fn make_guardian(&mut self, adult: PersonId, child: PersonId, basis: &str) -> Result<(), Refusal> {
        let open = self.draft.register.guardianships_of_child(child);
        let open = open.filter(|link| link.adult == adult).find(|link| link.until.is_none());
        if let Some(open) = open {
            if open.basis.is_empty() && self.draft.latest(open.id).is_none() {
                self.draft.update(open, Guardianship { basis: basis.to_owned(), ..(**open).clone() });
            }
            return Ok(());
        }
        if !self.new_guardianships.insert((adult, child)) {
            return Ok(());
        }
        self.draft.create(|id| Guardianship {
            id: GuardianshipId(id),
            adult,
            child,
            basis: basis.to_owned(),
            ..Guardianship::default()
        });
        // An adult who had left has a child here again: they are back.
        if self.draft.register.person(adult).is_some() {
            let before = self.latest_person(adult)?;
            self.draft.update(&before, Person { left_on: None, ..(*before).clone() });
        }
        Ok(())
    }

    /// Appoints a class teacher (duty 2.3-5), unless they are it already; the other appointment ends the same day.
    fn appoint(&mut self, wanted: ImportedAssignment) -> Result<(), Refusal> {
        self.draft.next_part();
        let register = self.draft.register;
        let group = self.group_of(wanted.group)?;
        let person = match wanted.teacher {
            TeacherChoice::Existing(id) => id,
            TeacherChoice::OfRow(row) => *self.people_of_rows.get(&row).ok_or(Refusal::NoSuchPart)?,
        };
        if let Some(id) = wanted.ends {
            let other = register.tables().assignments.get(id.0).ok_or(Refusal::Missing(id.into()))?;
            end_assignment(self.draft, other, self.on);
        }
        let holds = |assignment: &&Arc<Assignment>| assignment.person == person && assignment.until.is_none();
        if register.assignments_of_group(group).any(|assignment| holds(&assignment)) {
            return Ok(());
        }
        let (order, since) = (self.import.order.clone(), Some(self.on));
        self.draft.create(|id| Assignment {
            id: AssignmentId(id),
            group,
            person,
            order,
            since,
            ..Assignment::default()
        });
        Ok(())
    }

    /// Enters people as left, a part each: the user may take back single ones.
    fn enter_departures(&mut self) -> Result<(), Refusal> {
        for id in &self.import.departures {
            let seen = self.latest_person(*id)?;
            if seen.left_on.is_some() {
                continue;
            }
            self.draft.next_part();
            depart_one(self.draft, &seen, self.on, &self.import.order);
        }
        Ok(())
    }
}

/// An answer of the same kind and key replaces the older one; of two in one import the later counts.
pub(super) fn remember(draft: &mut Draft<'_>, answers: &[Remembered]) {
    if answers.is_empty() {
        return;
    }
    let register = draft.register;
    let known: HashMap<_, _> = register
        .tables()
        .remembered
        .iter()
        .map(|(_, known)| ((known.kind, known.key.as_str()), known))
        .collect();
    let last: HashMap<_, usize> = answers
        .iter()
        .enumerate()
        .map(|(place, wanted)| ((wanted.kind, wanted.key.as_str()), place))
        .collect();
    for (place, wanted) in answers.iter().enumerate() {
        let key = (wanted.kind, wanted.key.as_str());
        if last.get(&key) != Some(&place) {
            continue;
        }
        draft.next_part();
        match known.get(&key) {
            Some(known) => {
                draft.update(known, Remembered { value: wanted.value.clone(), ..(***known).clone() })
            }
            None => {
                draft.create(|id| Remembered { id: RememberedId(id), ..wanted.clone() });
            }
        }
    }
}
