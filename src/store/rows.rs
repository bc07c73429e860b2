//! Entities as rows: the one place where reference columns are made from an entity.

use rusqlite::{CachedStatement, Connection};

use super::StoreError;
use crate::register::{Entity, EntityKey, EntityKind, Register, Target};

/// The most reference columns a table has.
const MOST_REFERENCES: usize = 6;
/// Largest id that is believed: ids index tables in memory, so a made-up one could eat all of it.
const LARGEST_ID: u32 = 1 << 24;

/// The reference columns of a kind's table, in the order of [`reference_values`].
fn reference_columns(kind: EntityKind) -> &'static [&'static str] {
    match kind {
        EntityKind::Organization
        | EntityKind::Settings
        | EntityKind::Unit
        | EntityKind::Person
        | EntityKind::Remembered => &[],
        EntityKind::Group => &["unit_id"],
        EntityKind::Chat => &["group_id", "owner_id"],
        EntityKind::Membership => &["person_id", "group_id"],
        EntityKind::Guardianship => &["adult_id", "child_id"],
        EntityKind::Assignment => &["group_id", "person_id"],
        EntityKind::Invite => {
            &["group_id", "chat_id", "issued_by_id", "handed_to_id", "delegated_to_id", "replaced_by_id"]
        }
        EntityKind::Observation => &["group_id", "chat_id"],
        EntityKind::JoinRequest => &["group_id", "chat_id", "person_id"],
        EntityKind::Movement => &["person_id", "from_group_id", "to_group_id"],
        EntityKind::CabinetTask => &["person_id", "group_id", "invite_id"],
        EntityKind::Appeal => &["person_id"],
    }
}

/// The ids an entity refers to, column by column. A target that is the organization has no column:
/// the organization is always there.
fn reference_values(entity: &Entity) -> [Option<u32>; MOST_REFERENCES] {
    let mut values = [None; MOST_REFERENCES];
    let mut set = |references: &[Option<u32>]| values[..references.len()].copy_from_slice(references);
    match entity {
        Entity::Organization(_)
        | Entity::Settings(_)
        | Entity::Unit(_)
        | Entity::Person(_)
        | Entity::Remembered(_) => {}
        Entity::Group(group) => set(&[group.unit.map(|unit| unit.0)]),
        Entity::Chat(chat) => set(&[chat.group.map(|group| group.0), chat.owner.map(|owner| owner.0)]),
        Entity::Membership(membership) => {
            set(&[Some(membership.person.0), membership.group.map(|group| group.0)]);
        }
        Entity::Guardianship(guardianship) => set(&[Some(guardianship.adult.0), Some(guardianship.child.0)]),
        Entity::Assignment(assignment) => set(&[Some(assignment.group.0), Some(assignment.person.0)]),
        Entity::Invite(invite) => {
            let [group, chat] = target_columns(invite.target);
            set(&[
                group,
                chat,
                invite.issued_by.map(|person| person.0),
                invite.handed_over.as_ref().and_then(|hand_over| hand_over.to).map(|person| person.0),
                invite.delegation.and_then(|delegation| delegation.to).map(|person| person.0),
                invite.replaced_by.map(|invite| invite.0),
            ]);
        }
        Entity::Observation(observation) => set(&target_columns(observation.target)),
        Entity::JoinRequest(request) => {
            let [group, chat] = target_columns(request.target);
            set(&[group, chat, request.person.map(|person| person.0)]);
        }
        Entity::Movement(movement) => {
            set(&[
                Some(movement.person.0),
                movement.from.map(|group| group.0),
                movement.to.map(|group| group.0),
            ]);
        }
        Entity::CabinetTask(task) => set(&[
            task.person.map(|person| person.0),
            task.group.map(|group| group.0),
            task.invite.map(|invite| invite.0),
        ]),
        Entity::Appeal(appeal) => set(&[appeal.person.map(|person| person.0)]),
    }
    values
}

fn target_columns(target: Target) -> [Option<u32>; 2] {
    match target {
        Target::Organization => [None, None],
        Target::Group(group) => [Some(group.0), None],
        Target::Chat(chat) => [None, Some(chat.0)],
    }
}

/// Writes rows of any kind, preparing each statement once.
pub(super) struct RowWriter<'connection> {
    connection: &'connection Connection,
    /// By kind: insert, update, delete.
    statements: Vec<[Option<CachedStatement<'connection>>; 3]>,
}

impl<'connection> RowWriter<'connection> {
    pub(super) fn new(connection: &'connection Connection) -> Self {
        Self { connection, statements: EntityKind::ALL.iter().map(|_| [None, None, None]).collect() }
    }

    /// Adds a row that must not be there.
    pub(super) fn insert(&mut self, entity: &Entity, body: &str) -> Result<(), StoreError> {
        self.run(0, entity.key(), Some((entity, body)))
    }

    /// Replaces a row that must be there.
    pub(super) fn update(&mut self, entity: &Entity, body: &str) -> Result<(), StoreError> {
        self.run(1, entity.key(), Some((entity, body)))
    }

    /// Removes a row that must be there.
    pub(super) fn delete(&mut self, key: EntityKey) -> Result<(), StoreError> {
        self.run(2, key, None)
    }

    fn run(
        &mut self,
        what: usize,
        key: EntityKey,
        content: Option<(&Entity, &str)>,
    ) -> Result<(), StoreError> {
        if key.id == 0 || key.id > LARGEST_ID {
            return Err(StoreError::Inconsistent);
        }
        let place = &mut self.statements[key.kind as usize][what];
        let statement = match place {
            Some(statement) => statement,
            None => place.insert(self.connection.prepare_cached(&statement_text(what, key.kind))?),
        };
        statement.raw_bind_parameter(1, key.id)?;
        if let Some((entity, body)) = content {
            statement.raw_bind_parameter(2, body)?;
            let values = reference_values(entity);
            for (index, value) in values.iter().take(reference_columns(key.kind).len()).enumerate() {
                statement.raw_bind_parameter(index + 3, value)?;
            }
        }
        match statement.raw_execute()? {
            1 => Ok(()),
            _ => Err(StoreError::Inconsistent),
        }
    }
}

fn statement_text(what: usize, kind: EntityKind) -> String {
    let (table, columns) = (kind.code(), reference_columns(kind));
    match what {
        0 => {
            let names: String = columns.iter().map(|column| format!(", {column}")).collect();
            let places: String = (0..columns.len()).map(|index| format!(", ?{}", index + 3)).collect();
            format!("INSERT INTO {table} (id, body{names}) VALUES (?1, ?2{places})")
        }
        1 => {
            let sets: String = columns
                .iter()
                .enumerate()
                .map(|(index, column)| format!(", {column} = ?{}", index + 3))
                .collect();
            format!("UPDATE {table} SET body = ?2{sets} WHERE id = ?1")
        }
        _ => format!("DELETE FROM {table} WHERE id = ?1"),
    }
}

/// Reads every entity, parents first, ids rising.
///
/// # Errors
/// [`StoreError::Damaged`] naming table and row, never the content; what `visit` says.
pub(super) fn for_each_entity(
    connection: &Connection,
    mut visit: impl FnMut(EntityKey, Result<Entity, StoreError>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    for &kind in EntityKind::ALL {
        let mut statement =
            connection.prepare(&format!("SELECT id, body FROM {} ORDER BY id", kind.code()))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let number: i64 = row.get(0)?;
            let id = u32::try_from(number).ok().filter(|id| (1..=LARGEST_ID).contains(id));
            let id =
                id.ok_or_else(|| StoreError::Damaged(format!("{} {number}: id out of range", kind.code())))?;
            let key = EntityKey { kind, id };
            let entity = Entity::from_json_text(key, row.get_ref(1)?.as_str()?)
                .map_err(|error| unreadable(key, &error));
            visit(key, entity)?;
        }
    }
    Ok(())
}

/// Says where a body cannot be read; serde's own words may quote it.
fn unreadable(key: EntityKey, error: &serde_json::Error) -> StoreError {
    StoreError::Damaged(format!(
        "{} {}: {:?} at column {}",
        key.kind.code(),
        key.id,
        error.classify(),
        error.column()
    ))
}

/// Loads entities and counters into an empty register.
pub(super) fn load(connection: &Connection) -> Result<Register, StoreError> {
    let mut register = Register::default();
    for_each_entity(connection, |_, entity| {
        register.put_loaded(entity?);
        Ok(())
    })?;
    for (kind, last) in list_counters(connection)? {
        register.raise_counter(kind, last);
    }
    Ok(register)
}

/// The counters of the file.
pub(super) fn list_counters(connection: &Connection) -> Result<Vec<(EntityKind, u32)>, StoreError> {
    let mut statement = connection.prepare("SELECT kind, last FROM counter ORDER BY kind")?;
    let mut rows = statement.query([])?;
    let mut counters = Vec::new();
    while let Some(row) = rows.next()? {
        let kind = EntityKind::from_code(row.get_ref(0)?.as_str()?);
        let last = row.get_ref(1)?.as_i64()?;
        match (kind, u32::try_from(last).ok().filter(|last| *last <= LARGEST_ID)) {
            (Some(kind), Some(last)) => counters.push((kind, last)),
            _ => return Err(StoreError::Damaged("a counter is out of range".into())),
        }
    }
    Ok(counters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::{InviteAddress, Role};
    use crate::register::{
        CabinetTask, Chat, ChatId, Delegation, GroupId, HandOver, Invite, InviteId, JoinRequest, Movement,
        MovementKind, Observation, PersonId,
    };
    use jiff::civil::date;

    fn examples() -> Vec<Entity> {
        let on = date(2026, 10, 1);
        let invite = Invite {
            id: InviteId(9),
            target: Target::Chat(ChatId(2)),
            role: Role::Student,
            address: InviteAddress::parse("https://max.ru/join/abc").expect("an address").0,
            recorded_on: on,
            issued_on: None,
            issued_by: Some(PersonId(3)),
            handed_over: Some(HandOver { to: Some(PersonId(4)), ..HandOver::default() }),
            expires_on: None,
            replaced_by: Some(InviteId(6)),
            revocation: None,
            deferral: None,
            exposure: None,
            delegation: Some(Delegation { on, to: Some(PersonId(5)) }),
            failed: None,
        };
        let observation = Observation {
            id: Default::default(),
            target: Target::Group(GroupId(7)),
            role: Role::Student,
            on,
            source: Default::default(),
            joined: 1,
            of: None,
        };
        let request = JoinRequest {
            id: Default::default(),
            written_name: "Мама Саши".into(),
            role: Role::Parent,
            target: Target::Organization,
            received_on: on,
            person: Some(PersonId(2)),
            decision: None,
        };
        let movement = Movement {
            id: Default::default(),
            person: PersonId(1),
            role: Role::Student,
            kind: MovementKind::Transferred,
            on,
            order: Default::default(),
            from: Some(GroupId(2)),
            to: Some(GroupId(3)),
            in_cabinet_on: None,
        };
        let task = CabinetTask {
            person: Some(PersonId(1)),
            group: Some(GroupId(2)),
            invite: Some(InviteId(3)),
            ..CabinetTask::default()
        };
        let chat = Chat { group: Some(GroupId(1)), owner: Some(PersonId(2)), ..Chat::default() };
        vec![invite.into(), observation.into(), request.into(), movement.into(), task.into(), chat.into()]
    }

    /// A reference that the register knows and the table does not would not be kept whole by SQLite.
    #[test]
    fn every_reference_has_its_column() {
        for entity in examples() {
            let mut expected = Vec::new();
            entity.references(&mut |key| {
                if key.kind != EntityKind::Organization {
                    expected.push(key.id);
                }
            });
            let mut found: Vec<u32> = reference_values(&entity).into_iter().flatten().collect();
            expected.sort_unstable();
            found.sort_unstable();
            assert_eq!(found, expected, "{:?}", entity.key().kind);
        }
    }
}
