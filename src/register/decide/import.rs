//! An import in register terms: exactly the rows that were previewed, a part each.

use super::super::ids::*;
use super::super::{
    Group, GroupChoice, ImportOperation, Membership, Movement, MovementKind, OrderReference, Origin,
    Participation, Person, Refusal, Remembered, RowDecision, RowPerson, Verification,
};
use super::people::transfer;
use super::{Context, Draft};

pub(super) fn apply(
    draft: &mut Draft<'_>,
    import: &ImportOperation,
    context: &Context,
) -> Result<(), Refusal> {
    let register = draft.register;
    if import.planned_at != register.revision {
        return Err(Refusal::PlannedOnOlderRegister {
            planned_at: import.planned_at,
            revision: register.revision,
        });
    }
    // The import's own journal entry; whoever appends it gives it this number.
    let origin = Origin::Import(u32::try_from(register.revision + 1).unwrap_or(u32::MAX));
    let mut new_groups = Vec::with_capacity(import.new_groups.len());
    for group in &import.new_groups {
        draft.next_part();
        new_groups.push(GroupId(draft.create(|id| Group {
            id: GroupId(id),
            unit: group.unit,
            kind: group.kind,
            label: group.label.clone(),
            year: import.year,
            ..Group::default()
        })));
    }
    let group_of = |choice: GroupChoice| match choice {
        GroupChoice::Existing(group) => Ok(group),
        GroupChoice::New(index) => new_groups.get(index).copied().ok_or(Refusal::NoSuchPart),
    };
    for row in &import.rows {
        draft.next_part();
        apply_row(draft, row, &group_of, origin, context)?;
    }
    for remembered in &import.remember {
        draft.next_part();
        remember(draft, remembered);
    }
    Ok(())
}

fn apply_row(
    draft: &mut Draft<'_>,
    row: &RowDecision,
    group_of: &impl Fn(GroupChoice) -> Result<GroupId, Refusal>,
    origin: Origin,
    context: &Context,
) -> Result<(), Refusal> {
    let register = draft.register;
    let person = match &row.person {
        RowPerson::New { name, birth_date, phone } => PersonId(draft.create(|id| Person {
            id: PersonId(id),
            name: name.clone(),
            name_origin: origin,
            birth_date: *birth_date,
            birth_date_origin: origin,
            phone: phone.clone(),
            phone_origin: origin,
            ..Person::default()
        })),
        RowPerson::Existing { id, name, birth_date, phone } => {
            let before = register.person(*id).ok_or(Refusal::Missing((*id).into()))?;
            let mut after = (**before).clone();
            if let Some(name) = name {
                (after.name, after.name_origin) = (name.clone(), origin);
            }
            if birth_date.is_some() {
                (after.birth_date, after.birth_date_origin) = (*birth_date, origin);
            }
            if phone.is_some() {
                (after.phone, after.phone_origin) = (phone.clone(), origin);
            }
            // A new membership of somebody who had left: they are back.
            if row.join.is_some() {
                after.left_on = None;
            }
            draft.update(before, after);
            *id
        }
    };
    if let Some(join) = &row.join {
        let group = join.group.map(group_of).transpose()?;
        draft.create(|id| Membership {
            id: MembershipId(id),
            person,
            role: join.role,
            group,
            origin,
            post: join.post.clone(),
            post_origin: origin,
            since: None,
            until: None,
            participation: Participation::default(),
            verification: Verification::default(),
        });
    }
    if let Some((id, choice)) = row.move_membership {
        let membership = register.membership(id).ok_or(Refusal::Missing(id.into()))?;
        let to = group_of(choice)?;
        transfer(draft, membership, to, context.today, origin);
        let (role, from) = (membership.role, membership.group);
        draft.create(|id| Movement {
            id: MovementId(id),
            person,
            role,
            kind: MovementKind::Transferred,
            on: context.today,
            order: OrderReference::default(),
            from,
            to: Some(to),
            in_cabinet_on: None,
        });
    } else if let Some((id, post)) = &row.set_post {
        let membership = register.membership(*id).ok_or(Refusal::Missing((*id).into()))?;
        draft.update(
            membership,
            Membership { post: post.clone(), post_origin: origin, ..(**membership).clone() },
        );
    }
    Ok(())
}

fn remember(draft: &mut Draft<'_>, wanted: &Remembered) {
    let known = draft.register.tables().remembered.iter().map(|(_, known)| known);
    let same = |known: &&std::sync::Arc<Remembered>| known.kind == wanted.kind && known.key == wanted.key;
    match known.into_iter().find(same) {
        Some(known) => draft.update(known, Remembered { value: wanted.value.clone(), ..(**known).clone() }),
        None => {
            draft.create(|id| Remembered { id: RememberedId(id), ..wanted.clone() });
        }
    }
}
