//! The rehearsal: the whole next year in memory, before anything is written. And what an undo of one group takes.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::names::Role;
use crate::register::{
    ChangeSet, Context, EntityKey, EntityKind, GroupId, JournalChange, MembershipId, Operation, Refusal,
    Register, YearChange, decide,
};

/// A register of next year that nobody has written.
#[derive(Clone, Debug)]
pub struct Rehearsal {
    /// The register as the operation will leave it. Lists and screens show it like any other.
    pub register: Arc<Register>,
    /// Exactly what the operation will write.
    pub changes: Arc<ChangeSet>,
}

/// Does the change of the year in memory.
///
/// # Errors
/// What `decide` refuses; then the operation would be refused too.
pub fn rehearse_year(
    register: &Register,
    change: &YearChange,
    context: &Context,
) -> Result<Rehearsal, Refusal> {
    let changes = decide(register, &Operation::ChangeYear(Box::new(change.clone())), context)?;
    let mut rehearsed = register.clone();
    rehearsed.apply(&changes);
    Ok(Rehearsal { register: Arc::new(rehearsed), changes: Arc::new(changes) })
}

/// The parts of a change of the year that an undo of one group takes back: the part of the group (of this year or of
/// next), the rows of the roster that came into it, and the endings of groups whose people it holds and that go
/// nowhere else. `register` is the one that still holds the change.
pub fn parts_of_group(register: &Register, changes: &[JournalChange], group: GroupId) -> Vec<u32> {
    let key = EntityKey::from(group);
    let mut parts: BTreeSet<u32> = BTreeSet::new();
    for change in changes {
        if change.key == key || is_made_for(change, group) {
            parts.insert(change.part);
        }
    }
    let making: BTreeSet<u32> = changes
        .iter()
        .filter(|change| change.key.kind == EntityKind::Group && change.fields.before.is_none())
        .map(|change| change.part)
        .collect();
    // Whoever came from a group that only ended needs that group back.
    let sources: BTreeSet<GroupId> = changes
        .iter()
        .filter(|change| parts.contains(&change.part) && change.key.kind == EntityKind::Membership)
        .filter(|change| change.fields.before.is_some())
        .filter_map(|change| register.membership(MembershipId(change.key.id))?.group)
        .collect();
    for change in changes.iter().filter(|change| change.key.kind == EntityKind::Group) {
        if sources.contains(&GroupId(change.key.id)) && !making.contains(&change.part) {
            parts.insert(change.part);
        }
    }
    parts.into_iter().collect()
}

/// Whether the change makes something that belongs to the group.
fn is_made_for(change: &JournalChange, group: GroupId) -> bool {
    let is_new = change.fields.before.is_none();
    let of_group = |name: &str| {
        let fields = change.fields.after.as_ref();
        fields.and_then(|fields| fields.get(name)).and_then(serde_json::Value::as_u64)
            == Some(u64::from(group.0))
    };
    is_new && matches!(change.key.kind, EntityKind::Membership | EntityKind::Assignment) && of_group("group")
}

/// Students whose class ended while they go on: what an undo of one group may leave behind when their own class was
/// already another's. They are to be put into a class by hand.
pub fn members_of_ended_groups(register: &Register) -> Vec<MembershipId> {
    let ended = register.tables().groups.values().filter(|group| group.archived_on.is_some());
    let mut left = Vec::new();
    for group in ended {
        let open = register.memberships_of_group(group.id).filter(|membership| {
            membership.role == Role::Student
                && membership.until.is_none()
                && register.person(membership.person).is_some_and(|person| person.left_on.is_none())
        });
        left.extend(open.map(|membership| membership.id));
    }
    left.sort_unstable();
    left
}
