//! What must hold of the register after any change set, be it decided anew or an undo.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use super::super::change::ChangeSet;
use super::super::entity::{Entity, EntityKey};
use super::super::{GroupId, Invite, InviteId, Refusal, Register, SchoolYear};
use crate::names::{InviteAddress, group_key};

/// What the change set makes of the entities it touches.
type Overlay<'set> = HashMap<EntityKey, Option<&'set Entity>, BuildHasherDefault<EntityKeyHasher>>;

/// Ids are counted up by the program itself: nobody can choose them so that they collide.
#[derive(Default)]
struct EntityKeyHasher(u64);

impl Hasher for EntityKeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32((*byte).into());
        }
    }

    fn write_u32(&mut self, number: u32) {
        // The odd multiplier of a golden-ratio hash spreads counted numbers over the high bits that tables use.
        self.0 = (self.0.rotate_left(5) ^ u64::from(number)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

/// Checks the changed entities only: cost grows with what changed, except that a new address or
/// group label is compared with all others once.
///
/// # Errors
/// The first broken invariant as a [`Refusal`].
pub(super) fn check(register: &Register, set: &ChangeSet) -> Result<(), Refusal> {
    let mut overlay = Overlay::with_capacity_and_hasher(set.changes.len(), BuildHasherDefault::default());
    for change in &set.changes {
        overlay.insert(change.key(), change.after.as_ref());
    }
    for (key, entity) in &overlay {
        match entity {
            Some(entity) => check_entity(register, &overlay, entity)?,
            None => check_removal(register, &overlay, *key)?,
        }
    }
    check_addresses(register, set, &overlay)?;
    check_group_labels(register, &overlay)
}

fn exists(register: &Register, overlay: &Overlay<'_>, key: EntityKey) -> bool {
    overlay.get(&key).map_or_else(|| register.tables().contains(key), |entity| entity.is_some())
}

fn check_entity(register: &Register, overlay: &Overlay<'_>, entity: &Entity) -> Result<(), Refusal> {
    let mut missing = None;
    entity.references(&mut |key| {
        if !exists(register, overlay, key) {
            missing = Some(key);
        }
    });
    if let Some(key) = missing {
        return Err(Refusal::Missing(key));
    }
    match entity {
        Entity::Membership(membership) => {
            if membership.since.zip(membership.until).is_some_and(|(since, until)| until < since) {
                return Err(Refusal::EndBeforeBeginning);
            }
            if membership.until.is_none() {
                for other in register.memberships_of_person(membership.person) {
                    let untouched = !overlay.contains_key(&other.id.into());
                    let same = (other.role, other.group) == (membership.role, membership.group);
                    if untouched && other.id != membership.id && same && other.until.is_none() {
                        return Err(Refusal::DuplicateMembership(other.id.into()));
                    }
                }
            }
        }
        Entity::Guardianship(guardianship) if guardianship.adult == guardianship.child => {
            return Err(Refusal::OwnChild);
        }
        Entity::Assignment(assignment)
            if assignment.since.zip(assignment.until).is_some_and(|(since, until)| until < since) =>
        {
            return Err(Refusal::EndBeforeBeginning);
        }
        Entity::Observation(observation) => {
            if let Some(of) = observation.of.filter(|of| observation.joined > *of) {
                return Err(Refusal::MoreThanAll { joined: observation.joined, of });
            }
        }
        _ => {}
    }
    Ok(())
}

fn check_removal(register: &Register, overlay: &Overlay<'_>, key: EntityKey) -> Result<(), Refusal> {
    for by in register.referrers(key) {
        let still_refers = match overlay.get(by) {
            None => true,
            Some(None) => false,
            Some(Some(entity)) => {
                let mut refers = false;
                entity.references(&mut |target| refers |= target == key);
                refers
            }
        };
        if still_refers {
            return Err(Refusal::StillReferred { subject: key, by: *by });
        }
    }
    Ok(())
}

/// An address stands in the register once (domain §4).
fn check_addresses(register: &Register, set: &ChangeSet, overlay: &Overlay<'_>) -> Result<(), Refusal> {
    let address_before = |entity: &Option<Entity>| match entity {
        Some(Entity::Invite(invite)) => Some(invite.address.clone()),
        _ => None,
    };
    let mut wanted: HashMap<&InviteAddress, InviteId> = HashMap::new();
    for change in &set.changes {
        let Some(Some(Entity::Invite(invite))) = overlay.get(&change.key()) else { continue };
        if address_before(&change.before).as_ref() == Some(&invite.address) {
            continue;
        }
        match wanted.insert(&invite.address, invite.id) {
            Some(first) if first != invite.id => return Err(Refusal::DuplicateAddress { first }),
            _ => {}
        }
    }
    if wanted.is_empty() {
        return Ok(());
    }
    let taken = |invite: &&Invite| {
        !overlay.contains_key(&invite.id.into())
            && wanted.get(&invite.address).is_some_and(|id| *id != invite.id)
    };
    match register.tables().invites.values().find(taken) {
        Some(first) => Err(Refusal::DuplicateAddress { first: first.id }),
        None => Ok(()),
    }
}

/// Two groups that are not archived never share year, unit and label.
fn check_group_labels(register: &Register, overlay: &Overlay<'_>) -> Result<(), Refusal> {
    type Label = (Option<SchoolYear>, Option<super::super::UnitId>, String);
    let label_of =
        |group: &super::super::Group| -> Label { (group.year, group.unit, group_key(&group.label)) };
    let mut seen: HashMap<Label, GroupId> = HashMap::new();
    let mut touched: HashSet<GroupId> = HashSet::new();
    for entity in overlay.values().flatten() {
        let Entity::Group(group) = entity else { continue };
        touched.insert(group.id);
        if group.archived_on.is_some() {
            continue;
        }
        if let Some(first) = seen.insert(label_of(group), group.id) {
            return Err(Refusal::DuplicateGroup { first });
        }
    }
    if touched.is_empty() {
        return Ok(());
    }
    for group in register.tables().groups.values() {
        if group.archived_on.is_none()
            && !overlay.contains_key(&group.id.into())
            && seen.contains_key(&label_of(group))
        {
            return Err(Refusal::DuplicateGroup { first: group.id });
        }
    }
    Ok(())
}
