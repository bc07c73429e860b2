//! What is done to whole groups within a year: to another unit, split, joined (duties 2.3-3, 2.3-8).

use std::sync::Arc;

use jiff::civil::Date;

use super::super::ids::*;
use super::super::{
    Chat, Group, GroupMerge, GroupSplit, Membership, Movement, MovementKind, OrderReference, Origin, Refusal,
};
use super::people::{end_assignment, transfer};
use super::records::required;
use super::{Context, Draft, expect_as_seen, not_in_future};
use crate::names::group_key;
use crate::names::{Role, clean};

/// `unit: None` takes the groups out of every unit.
pub(super) fn move_to_unit(
    draft: &mut Draft<'_>,
    seen: &[Arc<Group>],
    unit: Option<UnitId>,
) -> Result<(), Refusal> {
    for group in seen {
        draft.next_part();
        expect_as_seen(draft.register.group(group.id), group.as_ref())?;
        draft.update(group, Group { unit, ..(**group).clone() });
    }
    Ok(())
}

pub(super) fn split(draft: &mut Draft<'_>, split: &GroupSplit, context: &Context) -> Result<(), Refusal> {
    let register = draft.register;
    let old = &split.seen;
    expect_as_seen(register.group(old.id), old.as_ref())?;
    not_in_future("on", Some(split.on), context.today)?;
    // Where a new group takes the name of the one that ends, neither can be taken back without the other.
    let takes_name = |(label, _): &(String, _)| group_key(label) == group_key(&old.label);
    let is_one_part = split.ends && split.parts.iter().any(takes_name);
    for (label, people) in &split.parts {
        if !is_one_part {
            draft.next_part();
        }
        required("label", label)?;
        let new = GroupId(draft.create(|id| Group {
            id: GroupId(id),
            unit: old.unit,
            kind: old.kind,
            label: clean(label),
            year: old.year,
            predecessor: Some(old.id),
            ..Group::default()
        }));
        for id in people {
            let membership = register.membership(*id).ok_or(Refusal::Missing((*id).into()))?;
            if membership.group != Some(old.id) || membership.until.is_some() || draft.latest(*id).is_some() {
                return Err(Refusal::ChangedSinceSeen((*id).into()));
            }
            change_group(draft, membership, new, split.on, &split.order);
        }
    }
    if split.ends {
        if !is_one_part {
            draft.next_part();
        }
        end_group(draft, old, split.on);
    }
    Ok(())
}

pub(super) fn merge(draft: &mut Draft<'_>, merge: &GroupMerge, context: &Context) -> Result<(), Refusal> {
    let register = draft.register;
    let into = &merge.into;
    expect_as_seen(register.group(into.id), into.as_ref())?;
    not_in_future("on", Some(merge.on), context.today)?;
    for old in &merge.joined {
        draft.next_part();
        expect_as_seen(register.group(old.id), old.as_ref())?;
        if old.id == into.id || (old.year, old.kind) != (into.year, into.kind) {
            return Err(Refusal::GroupsDiffer);
        }
        for membership in open_memberships(draft, old.id) {
            let is_there = register.memberships_of_person(membership.person).any(|other| {
                other.group == Some(into.id) && other.role == membership.role && other.until.is_none()
            });
            if is_there {
                end_membership(draft, membership, merge.on);
            } else {
                change_group(draft, membership, into.id, merge.on, &merge.order);
            }
        }
        for chat in register.chats_of_group(old.id).filter(|chat| chat.archived_on.is_none()) {
            draft.update(chat, Chat { group: Some(into.id), ..(**chat).clone() });
        }
        end_group(draft, old, merge.on);
    }
    Ok(())
}

/// The memberships of a group that go on.
pub(super) fn open_memberships<'register>(
    draft: &Draft<'register>,
    group: GroupId,
) -> Vec<&'register Arc<Membership>> {
    draft.register.memberships_of_group(group).filter(|membership| membership.until.is_none()).collect()
}

/// The last day before a change, not before the beginning.
pub(super) fn last_day_before(on: Date, since: Option<Date>) -> Date {
    let last_day = on.yesterday().unwrap_or(on);
    since.map_or(last_day, |since| since.max(last_day))
}

pub(super) fn end_membership(draft: &mut Draft<'_>, membership: &Arc<Membership>, on: Date) {
    let until = Some(last_day_before(on, membership.since));
    draft.update(membership, Membership { until, ..(**membership).clone() });
}

/// A membership goes on in another group of the year; a movement where it is a student's (duty 2.3-8).
fn change_group(
    draft: &mut Draft<'_>,
    membership: &Arc<Membership>,
    to: GroupId,
    on: Date,
    order: &OrderReference,
) {
    transfer(draft, membership, to, on, Origin::Hand);
    if membership.role == Role::Student {
        enter_movement(draft, membership, MovementKind::Transferred, on, order, Some(to));
    }
}

pub(super) fn enter_movement(
    draft: &mut Draft<'_>,
    membership: &Membership,
    kind: MovementKind,
    on: Date,
    order: &OrderReference,
    to: Option<GroupId>,
) {
    draft.create(|id| Movement {
        id: MovementId(id),
        person: membership.person,
        role: membership.role,
        kind,
        on,
        order: order.clone(),
        from: membership.group,
        to,
        in_cabinet_on: None,
    });
}

/// Ends a group: class teachers, chats that did not go elsewhere, and the group itself go to the archive.
pub(super) fn end_group(draft: &mut Draft<'_>, group: &Arc<Group>, on: Date) {
    let register = draft.register;
    let last_day = on.yesterday().unwrap_or(on);
    for assignment in register.assignments_of_group(group.id) {
        end_assignment(draft, assignment, last_day);
    }
    for chat in register.chats_of_group(group.id) {
        if chat.archived_on.is_none() && draft.latest(chat.id).is_none() {
            draft.update(chat, Chat { archived_on: Some(on), ..(**chat).clone() });
        }
    }
    draft.update(group, Group { archived_on: Some(on), ..(**group).clone() });
}
