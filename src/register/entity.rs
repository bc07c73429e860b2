//! The entities as one closed set: kinds, keys, references and their JSON form.
//!
//! The JSON form is both the stored row and the journal payload, so a field is named once, here in
//! the structs. An absent field and its default are the same.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{
    Appeal, Assignment, CabinetTask, Chat, Group, Guardianship, Invite, JoinRequest, Membership, Movement,
    Observation, Organization, Person, Remembered, Settings, Target, Unit,
};
use super::{ids::*, table::Table};

/// Fields of one entity as JSON.
pub type Fields = Map<String, Value>;

/// What every entity can say of itself.
pub trait Record {
    /// Which table it stands in.
    const KIND: EntityKind;
    /// Its id.
    fn number(&self) -> u32;
    /// Calls `visit` with every entity that must exist for this one to make sense.
    fn references(&self, visit: &mut dyn FnMut(EntityKey));
}

/// One entity, wherever it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityKey {
    pub kind: EntityKind,
    pub id: u32,
}

macro_rules! entities {
    ($($Kind:ident, $Id:ident, $code:literal, $field:ident;)*) => {
        /// The kinds of entity, parents before children (the order of loading and of foreign keys).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum EntityKind { $($Kind),* }

        impl EntityKind {
            /// Every kind, parents first.
            pub const ALL: &[EntityKind] = &[$(EntityKind::$Kind),*];

            /// Stable name: the table in the file and the kind in the journal.
            pub fn code(self) -> &'static str {
                match self { $(EntityKind::$Kind => $code),* }
            }

            /// The kind with this stable name.
            pub fn from_code(code: &str) -> Option<EntityKind> {
                match code { $($code => Some(EntityKind::$Kind),)* _ => None }
            }
        }

        /// One entity of any kind, shared with the register that holds it.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Entity { $($Kind(Arc<$Kind>)),* }

        impl Entity {
            /// Kind and id.
            pub fn key(&self) -> EntityKey {
                match self { $(Entity::$Kind(record) => EntityKey { kind: EntityKind::$Kind, id: record.number() }),* }
            }

            /// Calls `visit` with every entity this one refers to.
            pub fn references(&self, visit: &mut dyn FnMut(EntityKey)) {
                match self { $(Entity::$Kind(record) => record.references(visit)),* }
            }

            /// The JSON text that is stored: fields in the order of the struct, without the id.
            pub fn to_json_text(&self) -> String {
                let mut text = Vec::new();
                self.add_json_text(&mut text);
                String::from_utf8(text).expect("JSON is UTF-8")
            }

            /// Appends the JSON body, as it stands in its row, to the bytes of a text.
            pub fn add_json_text(&self, text: &mut Vec<u8>) {
                match self {
                    $(Entity::$Kind(record) => serde_json::to_writer(text, record.as_ref())),*
                }.expect("entities are plain structs with string keys, which always serialize")
            }

            /// The JSON fields, without the id.
            pub fn to_fields(&self) -> Fields {
                let value = match self {
                    $(Entity::$Kind(record) => serde_json::to_value(record.as_ref())),*
                }.expect("entities are plain structs with string keys, which always serialize");
                match value { Value::Object(fields) => fields, _ => Fields::new() }
            }

            /// Reads an entity from its JSON text.
            ///
            /// # Errors
            /// What serde says; the text itself is never part of the error's path here, see `store`.
            pub fn from_json_text(key: EntityKey, text: &str) -> Result<Entity, serde_json::Error> {
                Ok(match key.kind {
                    $(EntityKind::$Kind => {
                        let mut record: $Kind = serde_json::from_str(text)?;
                        record.id = $Id(key.id);
                        Entity::$Kind(Arc::new(record))
                    })*
                })
            }

            /// Reads an entity from its JSON fields.
            ///
            /// # Errors
            /// What serde says of a missing or ill-typed field.
            pub fn from_fields(key: EntityKey, fields: Fields) -> Result<Entity, serde_json::Error> {
                Ok(match key.kind {
                    $(EntityKind::$Kind => {
                        let mut record: $Kind = serde_json::from_value(Value::Object(fields))?;
                        record.id = $Id(key.id);
                        Entity::$Kind(Arc::new(record))
                    })*
                })
            }
        }

        $(
            impl From<$Kind> for Entity {
                fn from(record: $Kind) -> Entity { Entity::$Kind(Arc::new(record)) }
            }
            impl From<Arc<$Kind>> for Entity {
                fn from(record: Arc<$Kind>) -> Entity { Entity::$Kind(record) }
            }
            impl From<$Id> for EntityKey {
                fn from(id: $Id) -> EntityKey { EntityKey { kind: EntityKind::$Kind, id: id.0 } }
            }
        )*

        /// The tables of the register.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Tables { $(pub $field: Table<$Kind>),* }

        impl Tables {
            /// The entity with this key.
            pub fn get(&self, key: EntityKey) -> Option<Entity> {
                match key.kind { $(EntityKind::$Kind => self.$field.get(key.id).cloned().map(Entity::$Kind)),* }
            }

            /// Whether there is an entity with this key.
            pub fn contains(&self, key: EntityKey) -> bool {
                match key.kind { $(EntityKind::$Kind => self.$field.get(key.id).is_some()),* }
            }

            /// How many entities of a kind there are.
            pub fn count(&self, kind: EntityKind) -> usize {
                match kind { $(EntityKind::$Kind => self.$field.len()),* }
            }

            /// Every entity, kinds in their order, ids rising.
            pub fn entities(&self) -> impl Iterator<Item = Entity> + '_ {
                let nothing = std::iter::empty::<Entity>();
                $(let nothing = nothing.chain(self.$field.iter().map(|(_, record)| Entity::$Kind(record.clone())));)*
                nothing
            }

            /// Puts an entity, or removes what stands at the key; returns what stood there.
            pub(super) fn put(&mut self, key: EntityKey, entity: Option<Entity>) -> Option<Entity> {
                match key.kind {
                    $(EntityKind::$Kind => {
                        let record = match entity {
                            Some(Entity::$Kind(record)) => Some(record),
                            _ => None,
                        };
                        self.$field.put(key.id, record).map(Entity::$Kind)
                    })*
                }
            }
        }
    };
}

entities! {
    Organization, OrganizationId, "organization", organizations;
    Settings, SettingsId, "settings", settings;
    Unit, UnitId, "unit", units;
    Group, GroupId, "school_group", groups;
    Person, PersonId, "person", people;
    Chat, ChatId, "chat", chats;
    Membership, MembershipId, "membership", memberships;
    Guardianship, GuardianshipId, "guardianship", guardianships;
    Assignment, AssignmentId, "assignment", assignments;
    Invite, InviteId, "invite", invites;
    Observation, ObservationId, "observation", observations;
    JoinRequest, JoinRequestId, "join_request", join_requests;
    Movement, MovementId, "movement", movements;
    CabinetTask, CabinetTaskId, "cabinet_task", cabinet_tasks;
    Appeal, AppealId, "appeal", appeals;
    Remembered, RememberedId, "remembered", remembered;
}

impl Target {
    /// The entity behind the target.
    pub fn key(self) -> EntityKey {
        match self {
            Target::Organization => OrganizationId(1).into(),
            Target::Group(group) => group.into(),
            Target::Chat(chat) => chat.into(),
        }
    }
}

/// Visits the key behind an optional reference.
fn visit_any<Id: Into<EntityKey>>(id: Option<Id>, visit: &mut dyn FnMut(EntityKey)) {
    if let Some(id) = id {
        visit(id.into());
    }
}

macro_rules! records {
    ($($Kind:ident |$record:ident, $visit:ident| $body:block)*) => {$(
        impl Record for $Kind {
            const KIND: EntityKind = EntityKind::$Kind;
            fn number(&self) -> u32 { self.id.0 }
            fn references(&self, visitor: &mut dyn FnMut(EntityKey)) {
                let ($record, $visit) = (self, visitor);
                $body
            }
        }
    )*};
}

records! {
    Organization |_record, _visit| {}
    Settings |_record, _visit| {}
    Unit |_record, _visit| {}
    Group |record, visit| { visit_any(record.unit, visit); }
    Person |_record, _visit| {}
    Chat |record, visit| {
        visit_any(record.group, visit);
        visit_any(record.owner, visit);
    }
    Membership |record, visit| {
        visit(record.person.into());
        visit_any(record.group, visit);
    }
    Guardianship |record, visit| {
        visit(record.adult.into());
        visit(record.child.into());
    }
    Assignment |record, visit| {
        visit(record.group.into());
        visit(record.person.into());
    }
    Invite |record, visit| {
        visit(record.target.key());
        visit_any(record.issued_by, visit);
        visit_any(record.handed_over.as_ref().and_then(|hand_over| hand_over.to), visit);
        visit_any(record.delegation.and_then(|delegation| delegation.to), visit);
        visit_any(record.replaced_by, visit);
    }
    Observation |record, visit| { visit(record.target.key()); }
    JoinRequest |record, visit| {
        visit(record.target.key());
        visit_any(record.person, visit);
    }
    Movement |record, visit| {
        visit(record.person.into());
        visit_any(record.from, visit);
        visit_any(record.to, visit);
    }
    CabinetTask |record, visit| {
        visit_any(record.person, visit);
        visit_any(record.group, visit);
        visit_any(record.invite, visit);
    }
    Appeal |record, visit| { visit_any(record.person, visit); }
    Remembered |_record, _visit| {}
}
