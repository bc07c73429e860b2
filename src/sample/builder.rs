//! A register that grows while the sample's operations are put together, so that each knows what it will meet.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::{SampleKind, organization};
use crate::register::{
    ChangeSet, Context, Entity, EntityKind, ImportOperation, Invite, InviteId, Operation, Refusal, Register,
    RowDecision, SchoolYear, decide,
};

/// The sample in the making.
pub(super) struct Builder {
    pub(super) kind: SampleKind,
    pub(super) today: Date,
    pub(super) register: Register,
    /// Without the founding.
    pub(super) operations: Vec<Operation>,
    context: Context,
    founding: Result<(), Refusal>,
}

impl Builder {
    pub(super) fn new(kind: SampleKind, today: Date) -> Self {
        let card = organization(kind);
        let context = Context { today, now: Timestamp::UNIX_EPOCH, actor: card.administrator.name.clone() };
        let mut builder = Self {
            kind,
            today,
            register: Register::default(),
            operations: Vec::new(),
            context,
            founding: Ok(()),
        };
        builder.founding = builder.run(Operation::Found(card)).map(|_| ());
        builder.operations.clear();
        builder
    }

    /// The day so many days before today (after it for a negative number).
    pub(super) fn days_ago(&self, days: i32) -> Date {
        self.today.checked_sub(days.days()).unwrap_or(self.today)
    }

    /// The school year of today.
    pub(super) fn year(&self) -> SchoolYear {
        SchoolYear::of(self.today)
    }

    /// The beginning of what the school year brought: 1 September, or a while ago in its first weeks.
    pub(super) fn year_began(&self) -> Date {
        let first = Date::new(self.year().0, 9, 1).unwrap_or(self.today);
        first.min(self.days_ago(45))
    }

    /// Decides and applies as a session does, and keeps the operation, also a refused one.
    pub(super) fn run(&mut self, operation: Operation) -> Result<ChangeSet, Refusal> {
        self.founding.clone()?;
        let decided = decide(&self.register, &operation, &self.context);
        self.operations.push(operation);
        let changes = decided?;
        if !changes.is_empty() {
            self.register.apply(&changes);
            self.register.revision += 1;
            self.register.last_recorded_day = Some(self.today);
        }
        Ok(changes)
    }

    /// Adds records and returns their ids in order.
    pub(super) fn add(&mut self, records: Vec<Entity>) -> Result<Vec<u32>, Refusal> {
        let Some(kind) = records.first().map(|record| record.key().kind) else { return Ok(Vec::new()) };
        Ok(created(&self.run(Operation::Add(records))?, kind))
    }

    /// Applies an import and returns the ids of the new people in order of rows.
    pub(super) fn import(&mut self, file_name: &str, rows: Vec<RowDecision>) -> Result<Vec<u32>, Refusal> {
        let import = ImportOperation {
            planned_at: self.register.revision,
            file_name: file_name.to_owned(),
            year: Some(self.year()),
            rows,
            ..ImportOperation::default()
        };
        Ok(created(&self.run(Operation::ApplyImport(import))?, EntityKind::Person))
    }

    /// Edits one record; nothing where it is missing.
    pub(super) fn edit(
        &mut self,
        seen: Option<Entity>,
        change: impl FnOnce(&Entity) -> Entity,
    ) -> Result<(), Refusal> {
        if let Some(seen) = seen {
            let wanted = change(&seen);
            self.run(Operation::Edit { seen, wanted })?;
        }
        Ok(())
    }

    /// Links as they stand.
    pub(super) fn seen(&self, invites: &[InviteId]) -> Vec<Arc<Invite>> {
        invites.iter().filter_map(|id| self.register.invite(*id)).cloned().collect()
    }
}

/// The ids that a change set gave out for a kind, in order.
pub(super) fn created(changes: &ChangeSet, kind: EntityKind) -> Vec<u32> {
    let created = changes.changes.iter().filter(|change| change.before.is_none());
    created.map(|change| change.key()).filter(|key| key.kind == kind).map(|key| key.id).collect()
}
