//! What goes with a person who is erased (152-ФЗ, ст. 21), and what of the journal tells of them.
//!
//! The journal outlives an erasure by holding ids only: a change that says anything of an erased person is covered
//! ([`ErasureTrace::covers`]) and loses salt and payload in the file. Names of the administrator and the deputies as
//! those who acted are not touched: they stand in the chain of entries itself.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::change::{Change, ChangeSet, JournalChange};
use super::entity::{Entity, EntityKey, EntityKind, Fields};
use super::ids::PersonId;
use super::written_names::WrittenNames;
use super::{Chat, Delegation, HandOver, Invite, Person, Register, RememberedKind};
use crate::names::FullName;

/// What stands in place of a text that named an erased person.
pub const ERASED_TEXT: &str = "стёрто";

/// Fields that people write in their own words: only there a name is looked for.
const TEXT_FIELDS: [&str; 12] = [
    "note",
    "question",
    "answer",
    "reason",
    "why",
    "text",
    "written_name",
    "restriction",
    "alternative",
    "basis",
    "title",
    "post",
];

/// A category of data that was destroyed, as the act has to name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErasedCategory {
    /// Фамилия, имя, отчество.
    Name,
    /// Дата рождения.
    BirthDate,
    /// Номер телефона.
    Phone,
    /// Заметки, долгое отсутствие, безопасный режим.
    Notes,
    /// Роли, группы, должности, участие.
    Memberships,
    /// Связи взрослых и детей.
    Family,
    /// Классное руководство.
    Assignments,
    /// Движение с приказами.
    Movements,
    /// Заявки.
    Requests,
    /// Обращения.
    Appeals,
    /// Дела в кабинете.
    Tasks,
    /// Запомненные ответы о человеке.
    Answers,
}

/// One person in the record of an erasure: an id, never a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasedPerson {
    pub id: PersonId,
    /// What was destroyed; empty where a restored copy did not know the person.
    pub categories: BTreeSet<ErasedCategory>,
}

/// What the journal entry of an erasure keeps: ids and counts. The list of ids is what a restored copy is cleaned by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureRecord {
    pub people: Vec<ErasedPerson>,
    /// People who left before this day were meant; `None` where a restored copy was cleaned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departed_before: Option<Date>,
    /// Removed rows by kind.
    #[serde(default)]
    pub rows: BTreeMap<String, u32>,
    /// Records that stay and lost a text or a reference.
    #[serde(default)]
    pub edited: u32,
    /// Changes of the journal that lost their contents.
    #[serde(default)]
    pub journal_changes: u32,
    /// Drafts that named somebody.
    #[serde(default)]
    pub drafts: u32,
}

impl ErasureRecord {
    /// Reads the details of a journal entry; `None` for entries of other kinds.
    pub fn from_details(details: &str) -> Option<ErasureRecord> {
        serde_json::from_str(details).ok()
    }
}

/// What is found out before an erasure: made from the register, taught by the journal, then asked.
pub struct ErasureTrace {
    asked: Vec<PersonId>,
    /// The people asked for, and earlier records of the same people that an undo took out of the register.
    ids: BTreeSet<u32>,
    gone: HashSet<EntityKey>,
    names: WrittenNames,
    /// Names under which the people stood; a record under such a name that is in the register no longer is theirs.
    full_names: HashSet<String>,
}

/// What an erasure does to the rows of the file.
pub struct ErasurePlan {
    /// Removals and edits; edits are the journal's changes of the erasure, removals leave no contents behind.
    pub removed: Vec<Entity>,
    /// Records that stay: texts blanked on both sides, references to the erased gone on the second.
    pub edited: Vec<Change>,
    record: ErasureRecord,
}

impl ErasureTrace {
    /// Begins with these people. Ids that the register does not know are kept: a copy may be older than they are.
    pub fn new(register: &Register, people: &[PersonId]) -> ErasureTrace {
        let asked: BTreeSet<PersonId> = people.iter().copied().collect();
        // Records merged into these people are the same people.
        let merged = people.iter().filter_map(|person| register.person(*person)).flat_map(|it| &it.merged);
        let ids: BTreeSet<u32> = people.iter().chain(merged).map(|person| person.0).collect();
        let mut trace = ErasureTrace {
            asked: asked.into_iter().collect(),
            gone: ids.iter().map(|id| EntityKey::from(PersonId(*id))).collect(),
            names: WrittenNames::beside(
                register.tables().people.values().filter(|person| !ids.contains(&person.id.0)),
            ),
            ids,
            full_names: HashSet::new(),
        };
        for person in people.iter().filter_map(|person| register.person(*person)) {
            trace.learn_name(&person.name);
            trace.names.add_phone(person.phone.as_ref());
        }
        for person in people {
            let own = register.referrers(*person).iter().copied().filter(|key| is_owned(key.kind));
            trace.gone.extend(own);
        }
        let answers = register.tables().remembered.values();
        let of_them = answers.filter(|answer| trace.is_answer_about(answer.kind, &answer.key, &answer.value));
        let of_them: Vec<EntityKey> = of_them.map(|answer| answer.id.into()).collect();
        trace.gone.extend(of_them);
        trace
    }

    /// Learns from a change of the journal: earlier names, records that are in the register no longer. To be called with
    /// every change, twice: what the end of the journal says of a name may matter at its beginning.
    pub fn learn(&mut self, register: &Register, change: &JournalChange) {
        let sides = [&change.fields.before, &change.fields.after];
        let fields = || sides.into_iter().flatten();
        match change.key.kind {
            EntityKind::Person => {
                let names: Vec<FullName> = fields().filter_map(name_in).collect();
                if self.ids.contains(&change.key.id) {
                    names.iter().for_each(|name| self.learn_name(name));
                } else if !register.tables().contains(change.key)
                    && names.iter().any(|name| self.full_names.contains(&name.match_key()))
                {
                    self.ids.insert(change.key.id);
                    self.gone.insert(change.key);
                }
            }
            EntityKind::Remembered if fields().any(|fields| self.is_answer_of_fields(fields)) => {
                self.gone.insert(change.key);
            }
            kind if is_owned(kind) => {
                let refers = |fields: &Fields| {
                    ["person", "adult", "child"].iter().any(|name| {
                        fields.get(*name).and_then(Value::as_u64).is_some_and(|id| self.is_erased(id))
                    })
                };
                if fields().any(refers) {
                    self.gone.insert(change.key);
                }
            }
            _ => {}
        }
    }

    /// Whether a change of the journal says anything of the erased people and must lose its contents.
    pub fn covers(&self, change: &JournalChange) -> bool {
        if self.gone.contains(&change.key) {
            return true;
        }
        let sides = [&change.fields.before, &change.fields.after];
        !is_card(change.key.kind) && sides.into_iter().flatten().any(|fields| self.fields_name(fields))
    }

    /// Whether a draft says anything of the erased people.
    pub fn covers_draft(&self, text: &str) -> bool {
        self.names.has_any_surname(text)
    }

    /// The rows that go and those that change. `departed_before` is for the record.
    pub fn plan(&self, register: &Register, departed_before: Option<Date>) -> ErasurePlan {
        let tables = register.tables();
        let (mut removed, mut edited) = (Vec::new(), Vec::new());
        for entity in tables.entities() {
            if self.gone.contains(&entity.key()) {
                removed.push(entity);
            } else if let Some(change) = self.edit(&entity, edited.len() as u32 + 1) {
                edited.push(change);
            }
        }
        let mut rows = BTreeMap::new();
        for entity in &removed {
            *rows.entry(entity.key().kind.code().to_owned()).or_default() += 1;
        }
        let people = self
            .asked
            .iter()
            .map(|id| ErasedPerson { id: *id, categories: categories_of(register, *id, &removed) })
            .collect();
        let record = ErasureRecord {
            people,
            departed_before,
            rows,
            edited: edited.len() as u32,
            ..ErasureRecord::default()
        };
        ErasurePlan { removed, edited, record }
    }

    fn learn_name(&mut self, name: &FullName) {
        self.names.add(name);
        if !name.surname.is_empty() {
            self.full_names.insert(name.match_key());
        }
    }

    fn is_erased(&self, id: u64) -> bool {
        u32::try_from(id).is_ok_and(|id| self.ids.contains(&id))
    }

    fn is_answer_about(&self, kind: RememberedKind, key: &str, value: &str) -> bool {
        let id = match kind {
            RememberedKind::PersonAlias => value,
            // «12/15»: two people who are not one.
            RememberedKind::DifferentPeople => {
                return key.split('/').any(|id| id.parse().is_ok_and(|id: u32| self.ids.contains(&id)));
            }
            // «12/phone»: the person's number and the field.
            RememberedKind::RefusedValue => key.split('/').next().unwrap_or_default(),
            _ => return false,
        };
        id.parse().is_ok_and(|id: u32| self.ids.contains(&id))
    }

    fn is_answer_of_fields(&self, fields: &Fields) -> bool {
        let text = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default();
        let kind = fields.get("kind").and_then(|kind| serde_json::from_value(kind.clone()).ok());
        kind.is_some_and(|kind| self.is_answer_about(kind, text("key"), text("value")))
    }

    fn fields_name(&self, fields: &Fields) -> bool {
        fields.iter().any(|(name, value)| self.value_names(name, value))
    }

    fn value_names(&self, name: &str, value: &Value) -> bool {
        match value {
            Value::String(text) => TEXT_FIELDS.contains(&name) && self.names.are_in(text),
            Value::Object(fields) => self.fields_name(fields),
            Value::Array(values) => values.iter().any(|value| self.value_names(name, value)),
            _ => false,
        }
    }

    fn blank_texts(&self, fields: &mut Fields) {
        for (name, value) in fields.iter_mut() {
            match value {
                Value::String(text) if TEXT_FIELDS.contains(&name.as_str()) && self.names.are_in(text) => {
                    *text = ERASED_TEXT.to_owned();
                }
                Value::Object(fields) => self.blank_texts(fields),
                Value::Array(values) => {
                    for value in values {
                        if let Value::Object(fields) = value {
                            self.blank_texts(fields);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// The change of a record that stays; `None` where it says nothing of the erased.
    fn edit(&self, entity: &Entity, part: u32) -> Option<Change> {
        let key = entity.key();
        let blanked = if is_card(key.kind) {
            None
        } else {
            let mut fields = entity.to_fields();
            let is_named = self.fields_name(&fields);
            if is_named {
                self.blank_texts(&mut fields);
            }
            // Only texts were replaced by a text, so the fields still are this record.
            is_named.then(|| Entity::from_fields(key, fields).ok()).flatten()
        };
        let before = blanked.clone().unwrap_or_else(|| entity.clone());
        let after = self.without_references(&before);
        (blanked.is_some() || after.is_some()).then(|| Change {
            part,
            after: Some(after.unwrap_or_else(|| before.clone())),
            before: Some(before),
        })
    }

    /// The record without its references to the erased; `None` where it has none.
    fn without_references(&self, entity: &Entity) -> Option<Entity> {
        let is_gone = |person: &PersonId| self.ids.contains(&person.0);
        let stays = |person: Option<PersonId>| person.filter(|person| !is_gone(person));
        match entity {
            Entity::Chat(chat) if chat.owner.as_ref().is_some_and(is_gone) => {
                Some(Chat { owner: None, ..(**chat).clone() }.into())
            }
            Entity::Invite(invite) => {
                let handed_over = invite.handed_over.clone();
                let changed = Invite {
                    issued_by: stays(invite.issued_by),
                    handed_over: handed_over.map(|done| HandOver { to: stays(done.to), ..done }),
                    delegation: invite.delegation.map(|asked| Delegation { to: stays(asked.to), ..asked }),
                    ..(**invite).clone()
                };
                (changed != **invite).then(|| changed.into())
            }
            _ => None,
        }
    }
}

impl ErasurePlan {
    /// What the journal keeps of it, once it is known what the file lost.
    pub fn record(&self, journal_changes: u32, drafts: u32) -> ErasureRecord {
        ErasureRecord { journal_changes, drafts, ..self.record.clone() }
    }

    /// The same as changes of the register, for whoever holds it in memory.
    pub fn changes(&self) -> ChangeSet {
        let removed =
            self.removed.iter().map(|entity| Change { part: 1, before: Some(entity.clone()), after: None });
        ChangeSet { changes: self.edited.iter().cloned().chain(removed).collect(), kept: Vec::new() }
    }
}

/// Kinds that are of a person: without the person they go.
fn is_owned(kind: EntityKind) -> bool {
    matches!(
        kind,
        EntityKind::Membership
            | EntityKind::Guardianship
            | EntityKind::Assignment
            | EntityKind::JoinRequest
            | EntityKind::Movement
            | EntityKind::CabinetTask
            | EntityKind::Appeal
    )
}

/// The card names officials by order; whoever fills their place edits it.
fn is_card(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Organization | EntityKind::Settings)
}

fn name_in(fields: &Fields) -> Option<FullName> {
    serde_json::from_value(fields.get("name")?.clone()).ok()
}

fn categories_of(register: &Register, id: PersonId, removed: &[Entity]) -> BTreeSet<ErasedCategory> {
    let Some(person) = register.person(id) else { return BTreeSet::new() };
    let mut categories = of_person(person);
    let refers = |entity: &Entity| {
        let mut refers = false;
        entity.references(&mut |key| refers |= key == id.into());
        refers
    };
    let own = register.referrers(id);
    for entity in removed.iter().filter(|entity| own.contains(&entity.key()) && refers(entity)) {
        categories.extend(category_of(entity.key().kind));
    }
    let answers = removed.iter().filter(|entity| match entity {
        Entity::Remembered(answer) => {
            let is_pair = answer.kind == RememberedKind::DifferentPeople;
            answer.value == id.to_string()
                || answer.key.split('/').take(if is_pair { 2 } else { 1 }).any(|part| part == id.to_string())
        }
        _ => false,
    });
    if answers.count() > 0 {
        categories.insert(ErasedCategory::Answers);
    }
    categories
}

fn of_person(person: &Person) -> BTreeSet<ErasedCategory> {
    let mut categories = BTreeSet::from([ErasedCategory::Name]);
    if person.birth_date.is_some() {
        categories.insert(ErasedCategory::BirthDate);
    }
    if person.phone.is_some() {
        categories.insert(ErasedCategory::Phone);
    }
    if !person.note.is_empty() || person.absent_since.is_some() || person.safe_mode_on.is_some() {
        categories.insert(ErasedCategory::Notes);
    }
    categories
}

fn category_of(kind: EntityKind) -> Option<ErasedCategory> {
    match kind {
        EntityKind::Membership => Some(ErasedCategory::Memberships),
        EntityKind::Guardianship => Some(ErasedCategory::Family),
        EntityKind::Assignment => Some(ErasedCategory::Assignments),
        EntityKind::Movement => Some(ErasedCategory::Movements),
        EntityKind::JoinRequest => Some(ErasedCategory::Requests),
        EntityKind::Appeal => Some(ErasedCategory::Appeals),
        EntityKind::CabinetTask => Some(ErasedCategory::Tasks),
        _ => None,
    }
}
