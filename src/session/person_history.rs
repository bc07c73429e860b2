//! Whose history belongs to the history of a person.

use crate::register::{EntityKey, EntityKind, PersonId, Register};

/// The records beside this one whose changes tell of the same person; none where it is no person.
pub(super) fn keys_beside(register: &Register, key: EntityKey) -> Vec<EntityKey> {
    if key.kind != EntityKind::Person {
        return Vec::new();
    }
    let theirs = register.referrers(key).iter().copied().filter(|referrer| {
        matches!(
            referrer.kind,
            EntityKind::Membership
                | EntityKind::Guardianship
                | EntityKind::Assignment
                | EntityKind::JoinRequest
                | EntityKind::Appeal
        )
    });
    let merged =
        register.person(PersonId(key.id)).into_iter().flat_map(|person| person.merged.iter().copied());
    theirs.chain(merged.map(EntityKey::from)).collect()
}
