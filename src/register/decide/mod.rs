//! `decide`: the one gate through which the register changes. Pure; all rules of change are here.

mod class_sheet;
mod class_teachers;
mod group_moves;
mod import;
mod invariants;
mod invites;
mod merge;
mod movement;
mod people;
mod reconciliation;
mod records;
mod requests;
mod undo;
mod year_change;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::change::{Change, ChangeSet};
use super::entity::{Entity, EntityKey, EntityKind, Record};
use super::{Operation, Refusal, Register};

/// What the world says at the moment of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// The day that rules are judged by (`--today` or the wall clock's).
    pub today: Date,
    /// Wall clock, for the journal; never `--today`.
    pub now: Timestamp,
    /// Who acts: the administrator or a deputy, as chosen at unlock.
    pub actor: String,
}

/// Turns an operation into the changes it makes, or says why it is refused.
///
/// # Errors
/// A [`Refusal`]; nothing is changed then.
pub fn decide(register: &Register, operation: &Operation, context: &Context) -> Result<ChangeSet, Refusal> {
    if matches!(operation, Operation::Found(_)) == register.tables().contains(ORGANIZATION) {
        return Err(if register.tables().contains(ORGANIZATION) {
            Refusal::AlreadyFounded
        } else {
            Refusal::NotFounded
        });
    }
    let mut draft = Draft::new(register);
    match operation {
        Operation::Found(organization) => records::found(&mut draft, organization)?,
        Operation::Add(wanted) => records::add(&mut draft, wanted, context)?,
        Operation::Edit { seen, wanted } => records::edit(&mut draft, seen, wanted, context)?,
        Operation::Archive { keys, on } => records::archive(&mut draft, keys, Some(*on))?,
        Operation::Restore { keys } => records::archive(&mut draft, keys, None)?,
        Operation::Withdraw { keys } => records::withdraw(&mut draft, keys)?,
        Operation::AddPerson { person, memberships, children } => {
            people::add_person(&mut draft, person, memberships, children, context)?;
        }
        Operation::MoveMember { seen, to, on, order } => {
            people::move_member(&mut draft, seen, *to, *on, order)?
        }
        Operation::Depart { people, on, order } => people::depart(&mut draft, people, *on, order)?,
        Operation::SetParticipation { seen, participation } => {
            people::set_participation(&mut draft, seen, participation)?;
        }
        Operation::Observe(observations) => invites::observe(&mut draft, observations, context)?,
        Operation::AddInvites(wanted) => invites::add(&mut draft, wanted, context)?,
        Operation::HandOverInvites { .. }
        | Operation::RevokeInvites { .. }
        | Operation::DeferInvites { .. }
        | Operation::FailInvites { .. }
        | Operation::DelegateInvites { .. }
        | Operation::ExposeInvites { .. } => invites::step(&mut draft, operation, context)?,
        Operation::DecideRequests { decisions, on } => {
            requests::decide_requests(&mut draft, decisions, *on, context)?;
        }
        Operation::SetTasks { seen, outcome } => requests::set_tasks(&mut draft, seen, outcome, context)?,
        Operation::SetFigures { column, on, values } => {
            records::set_figures(&mut draft, column, *on, values, context)?;
        }
        Operation::ApplyImport(import) => import::apply(&mut draft, import, context)?,
        Operation::ApplyReconciliation(reconciliation) => {
            reconciliation::apply(&mut draft, reconciliation, context)?;
        }
        Operation::ApplyClassSheet(sheet) => class_sheet::apply(&mut draft, sheet, context)?,
        Operation::ChangeYear(change) => return year_change::decide_change(register, change, context),
        Operation::MoveGroups { seen, unit } => group_moves::move_to_unit(&mut draft, seen, *unit)?,
        Operation::SplitGroup(split) => group_moves::split(&mut draft, split, context)?,
        Operation::MergeGroups(merge) => group_moves::merge(&mut draft, merge, context)?,
        Operation::RecordMovement(wanted) => movement::record(&mut draft, wanted, context)?,
        Operation::TickMovements { seen, on } => movement::tick(&mut draft, seen, *on, context)?,
        Operation::AppointClassTeachers(wanted) => class_teachers::appoint(&mut draft, wanted, context)?,
        Operation::SetVerification(wanted) => class_teachers::set_verification(&mut draft, wanted, context)?,
        Operation::EditEach(edits) => records::edit_each(&mut draft, edits, context)?,
        Operation::MoveMembers { seen, to, on, order } => {
            people::move_members(&mut draft, seen, *to, *on, order)?;
        }
        Operation::MergePeople(merges) => merge::merge_people(&mut draft, merges)?,
        Operation::TellApart(pairs) => merge::tell_apart(&mut draft, pairs)?,
        Operation::Undo { code, parts, changes, .. } => {
            return undo::undo(register, code, parts.as_deref(), changes);
        }
    }
    let changes = ChangeSet { changes: draft.changes, kept: Vec::new() };
    invariants::check(register, &changes)?;
    Ok(changes)
}

const ORGANIZATION: EntityKey = EntityKey { kind: EntityKind::Organization, id: 1 };

/// A change set in the making: assigns ids and numbers parts.
struct Draft<'register> {
    register: &'register Register,
    last_ids: BTreeMap<EntityKind, u32>,
    part: u32,
    changes: Vec<Change>,
    /// Where among the changes a record was updated last: several rows of one import may edit one record.
    updated: HashMap<EntityKey, usize>,
}

impl<'register> Draft<'register> {
    fn new(register: &'register Register) -> Self {
        Self { register, last_ids: BTreeMap::new(), part: 1, changes: Vec::new(), updated: HashMap::new() }
    }

    /// Begins the next part; the first part needs no call.
    fn next_part(&mut self) {
        if self.changes.last().is_some_and(|change| change.part == self.part) {
            self.part += 1;
        }
    }

    fn new_id(&mut self, kind: EntityKind) -> u32 {
        let register = self.register;
        let last = self.last_ids.entry(kind).or_insert_with(|| register.counter(kind));
        *last += 1;
        *last
    }

    /// Creates a record whose id is the number handed to `make`.
    fn create<T: Record + Into<Entity>>(&mut self, make: impl FnOnce(u32) -> T) -> u32 {
        let id = self.new_id(T::KIND);
        self.changes.push(Change { part: self.part, before: None, after: Some(make(id).into()) });
        id
    }

    /// Replaces a record; nothing where nothing differs.
    fn update<T: Record + PartialEq>(&mut self, before: &Arc<T>, after: T)
    where
        Entity: From<Arc<T>> + From<T>,
    {
        if **before != after {
            let before = Some(Entity::from(before.clone()));
            self.updated.insert(EntityKey { kind: T::KIND, id: after.number() }, self.changes.len());
            self.changes.push(Change { part: self.part, before, after: Some(after.into()) });
        }
    }

    /// A record as this change set has updated it so far; `None` where it has not.
    fn latest(&self, key: impl Into<EntityKey>) -> Option<&Entity> {
        self.updated.get(&key.into()).and_then(|place| self.changes[*place].after.as_ref())
    }

    fn remove(&mut self, entity: Entity) {
        self.changes.push(Change { part: self.part, before: Some(entity), after: None });
    }
}

/// A plan holds only for the register it was made from.
fn expect_planned_now(register: &Register, planned_at: u64) -> Result<(), Refusal> {
    let revision = register.revision;
    if planned_at == revision {
        Ok(())
    } else {
        Err(Refusal::PlannedOnOlderRegister { planned_at, revision })
    }
}

/// Refuses when a record no longer is as it was seen.
fn expect_as_seen<T: Record + PartialEq>(current: Option<&Arc<T>>, seen: &T) -> Result<(), Refusal> {
    let key = EntityKey { kind: T::KIND, id: seen.number() };
    match current {
        None => Err(Refusal::Missing(key)),
        Some(current) if **current != *seen => Err(Refusal::ChangedSinceSeen(key)),
        Some(_) => Ok(()),
    }
}

fn not_in_future(field: &'static str, day: Option<Date>, today: Date) -> Result<(), Refusal> {
    match day {
        Some(day) if day > today => Err(Refusal::DateInFuture { field }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
