//! Movements with the steps that follow from them (duty 2.3-8).

use std::sync::Arc;

use jiff::civil::Date;

use super::super::ids::*;
use super::super::{
    CabinetTask, CabinetTaskKind, Entering, EnteringAdult, EnteringWho, Entity, Guardianship, Leaving,
    Membership, Movement, MovementKind, MovementOperation, MovementStep, OrderReference, Origin,
    Participation, ParticipationState, Person, Refusal, Returning, Verification, role_ends,
};
use super::people::{end_assignment, kept_refusal, transfer};
use super::records::{limited, required};
use super::requests::add_steps;
use super::{Context, Draft, expect_as_seen, not_in_future};
use crate::names::{FullName, Phone, Role};

pub(super) fn record(
    draft: &mut Draft<'_>,
    wanted: &MovementOperation,
    context: &Context,
) -> Result<(), Refusal> {
    limited("order", &wanted.order.number)?;
    let when = When { on: wanted.on, order: &wanted.order };
    match &wanted.step {
        MovementStep::Enter(entering) => enter(draft, entering, when, context),
        MovementStep::Transfer { seen, to, tasks } => move_to(draft, seen, *to, tasks, when),
        MovementStep::Leave(people) => {
            for leaving in people {
                draft.next_part();
                leave(draft, leaving, when)?;
            }
            Ok(())
        }
        MovementStep::Return(returning) => come_back(draft, returning, when),
        MovementStep::Rename { seen, name, tasks } => rename(draft, seen, name, tasks, when),
        MovementStep::NewPhone { seen, phone, tasks } => new_phone(draft, seen, phone.as_ref(), tasks),
    }
}

pub(super) fn tick(
    draft: &mut Draft<'_>,
    seen: &[Arc<Movement>],
    on: Option<Date>,
    context: &Context,
) -> Result<(), Refusal> {
    not_in_future("in_cabinet_on", on, context.today)?;
    for movement in seen {
        draft.next_part();
        expect_as_seen(draft.register.tables().movements.get(movement.id.0), movement.as_ref())?;
        draft.update(movement, Movement { in_cabinet_on: on, ..(**movement).clone() });
    }
    Ok(())
}

fn check_name(name: &FullName) -> Result<(), Refusal> {
    required("surname", &name.surname)?;
    required("given", &name.given)?;
    limited("patronymic", &name.patronymic)
}

fn enter(
    draft: &mut Draft<'_>,
    entering: &Entering,
    when: When<'_>,
    context: &Context,
) -> Result<(), Refusal> {
    check_name(&entering.person.name)?;
    not_in_future("birth_date", entering.person.birth_date, context.today)?;
    limited("post", &entering.post)?;
    let person = PersonId(draft.create(|id| Person { id: PersonId(id), ..entering.person.clone() }));
    let participation = Participation::default();
    join(draft, person, entering.role, entering.group, &entering.post, when.on, participation);
    let kind = if entering.role.is_staff() { MovementKind::Hired } else { MovementKind::Enrolled };
    enter_movement(draft, when, person, entering.role, kind, None, entering.group);
    add_tasks_of(draft, person, &entering.tasks)?;
    for adult in &entering.adults {
        add_adult(draft, person, adult)?;
    }
    Ok(())
}

fn add_adult(draft: &mut Draft<'_>, child: PersonId, wanted: &EnteringAdult) -> Result<(), Refusal> {
    limited("basis", &wanted.basis)?;
    let adult = match &wanted.who {
        EnteringWho::Known(known) => {
            draft.register.person(*known).ok_or(Refusal::Missing((*known).into()))?;
            *known
        }
        EnteringWho::New { name, phone } => {
            check_name(name)?;
            let (name, phone) = (name.clone(), phone.clone());
            PersonId(draft.create(|id| Person { id: PersonId(id), name, phone, ..Person::default() }))
        }
    };
    draft.create(|id| Guardianship {
        id: GuardianshipId(id),
        adult,
        child,
        basis: wanted.basis.clone(),
        ..Guardianship::default()
    });
    add_tasks_of(draft, adult, &wanted.tasks)
}

fn add_tasks_of(draft: &mut Draft<'_>, person: PersonId, tasks: &[CabinetTask]) -> Result<(), Refusal> {
    each_task(draft, tasks.iter().map(|task| CabinetTask { person: Some(person), ..task.clone() }))
}

/// Every step is a matter of its own: none waits for another.
fn each_task(draft: &mut Draft<'_>, tasks: impl Iterator<Item = CabinetTask>) -> Result<(), Refusal> {
    for task in tasks {
        add_steps(draft, std::iter::once(task))?;
    }
    Ok(())
}

fn join(
    draft: &mut Draft<'_>,
    person: PersonId,
    role: Role,
    group: Option<GroupId>,
    post: &str,
    on: Date,
    participation: Participation,
) {
    draft.create(|id| Membership {
        id: MembershipId(id),
        person,
        role,
        group,
        origin: Origin::Hand,
        post: post.to_owned(),
        post_origin: Origin::Hand,
        since: Some(on),
        until: None,
        participation,
        verification: Verification::default(),
        verification_since: None,
    });
}

/// The day and the order of a movement.
#[derive(Clone, Copy)]
struct When<'order> {
    on: Date,
    order: &'order OrderReference,
}

fn enter_movement(
    draft: &mut Draft<'_>,
    When { on, order }: When<'_>,
    person: PersonId,
    role: Role,
    kind: MovementKind,
    from: Option<GroupId>,
    to: Option<GroupId>,
) {
    let order = order.clone();
    draft.create(|id| Movement {
        id: MovementId(id),
        person,
        role,
        kind,
        on,
        order,
        from,
        to,
        in_cabinet_on: None,
    });
}

fn move_to(
    draft: &mut Draft<'_>,
    seen: &Arc<Membership>,
    to: GroupId,
    tasks: &[CabinetTask],
    when: When<'_>,
) -> Result<(), Refusal> {
    expect_as_seen(draft.register.membership(seen.id), seen.as_ref())?;
    if draft.register.group(to).is_none() {
        return Err(Refusal::Missing(to.into()));
    }
    if seen.group == Some(to) {
        return Ok(());
    }
    withdraw_tasks(draft, seen.person, |task| is_invitation(task) && task.group == seen.group);
    transfer(draft, seen, to, when.on, Origin::Hand);
    enter_movement(draft, when, seen.person, seen.role, MovementKind::Transferred, seen.group, Some(to));
    each_task(draft, tasks.iter().cloned())
}

fn is_invitation(task: &CabinetTask) -> bool {
    matches!(task.kind, CabinetTaskKind::Invite | CabinetTaskKind::InviteAgain)
}

/// Takes back open steps that the movement makes pointless: nobody invites who left, nobody removes who came back.
fn withdraw_tasks(draft: &mut Draft<'_>, person: PersonId, is_pointless: impl Fn(&CabinetTask) -> bool) {
    let register = draft.register;
    let open: Vec<Arc<CabinetTask>> = register
        .tables()
        .cabinet_tasks
        .iter()
        .map(|(_, task)| task)
        .filter(|task| task.person == Some(person) && task.done_on.is_none() && is_pointless(task))
        .cloned()
        .collect();
    for task in open {
        draft.remove(Entity::from(task));
    }
}

fn leave(draft: &mut Draft<'_>, leaving: &Leaving, when: When<'_>) -> Result<(), Refusal> {
    let (register, seen, on) = (draft.register, &leaving.seen, when.on);
    expect_as_seen(register.person(seen.id), seen.as_ref())?;
    let is_leaving =
        matches!(leaving.kind, MovementKind::Left | MovementKind::Graduated | MovementKind::Dismissed);
    if seen.left_on.is_some() || !is_leaving {
        return Err(Refusal::NotEditable(seen.id.into()));
    }
    let open: Vec<&Arc<Membership>> =
        register.memberships_of_person(seen.id).filter(|membership| membership.until.is_none()).collect();
    let is_student = open.iter().any(|membership| membership.role == Role::Student);
    let (ending, staying): (Vec<_>, Vec<_>) =
        open.into_iter().partition(|membership| role_ends(leaving.kind, membership.role, is_student));
    withdraw_tasks(draft, seen.id, is_invitation);
    for membership in ending {
        end_membership(draft, membership, on);
        let (role, from) = (membership.role, membership.group);
        enter_movement(draft, when, seen.id, role, leaving.kind, from, None);
    }
    if leaving.kind == MovementKind::Dismissed {
        for assignment in register.assignments_of_person(seen.id) {
            end_assignment(draft, assignment, on);
        }
    }
    let bonds: Vec<&Arc<Guardianship>> =
        register.guardianships_of_adult(seen.id).filter(|bond| bond.until.is_none()).collect();
    // Who leaves as an adult of a child leaves the children; who leaves work or school stays with those who are here.
    let leaves_as_adult = leaving.kind == MovementKind::Left && !is_student;
    let child_is_here = |child: PersonId| {
        register.memberships_of_person(child).any(|membership| register.is_current(membership, on))
    };
    if leaves_as_adult {
        for bond in bonds {
            draft.update(bond, Guardianship { until: Some(on), ..(**bond).clone() });
        }
    } else if bonds.iter().any(|bond| child_is_here(bond.child)) {
        return each_task(draft, leaving.tasks.iter().cloned());
    }
    if staying.is_empty() {
        draft.update(seen, Person { left_on: Some(on), ..(**seen).clone() });
    }
    each_task(draft, leaving.tasks.iter().cloned())
}

fn end_membership(draft: &mut Draft<'_>, membership: &Arc<Membership>, on: Date) {
    let until = Some(membership.since.map_or(on, |since| since.max(on)));
    let participation = Participation {
        state: ParticipationState::Departed,
        as_of: Some(on),
        ..membership.participation.clone()
    };
    draft.update(membership, Membership { until, participation, ..(**membership).clone() });
}

fn come_back(draft: &mut Draft<'_>, returning: &Returning, when: When<'_>) -> Result<(), Refusal> {
    let seen = &returning.seen;
    expect_as_seen(draft.register.person(seen.id), seen.as_ref())?;
    limited("post", &returning.post)?;
    draft.update(seen, Person { left_on: None, ..(**seen).clone() });
    withdraw_tasks(draft, seen.id, |task| task.kind == CabinetTaskKind::Remove);
    // A refusal that was never withdrawn is still one [R 1.8]; the state itself became «выбыл» when they left.
    let last = draft
        .register
        .memberships_of_person(seen.id)
        .filter(|membership| membership.role == returning.role)
        .max_by_key(|membership| (membership.until, membership.id))
        .map(|membership| membership.participation.clone());
    let participation = match last {
        Some(last) if last.state == ParticipationState::Departed && last.reason.is_some() => {
            Participation { state: ParticipationState::DoesNotParticipate, ..last }
        }
        Some(last) => kept_refusal(&last),
        None => Participation::default(),
    };
    join(draft, seen.id, returning.role, returning.group, &returning.post, when.on, participation);
    let (role, to) = (returning.role, returning.group);
    enter_movement(draft, when, seen.id, role, MovementKind::Returned, None, to);
    each_task(draft, returning.tasks.iter().cloned())
}

/// The old name stays known: member lists and papers may show it for long.
fn rename(
    draft: &mut Draft<'_>,
    seen: &Arc<Person>,
    name: &FullName,
    tasks: &[CabinetTask],
    when: When<'_>,
) -> Result<(), Refusal> {
    expect_as_seen(draft.register.person(seen.id), seen.as_ref())?;
    check_name(name)?;
    if *name == seen.name {
        return Ok(());
    }
    let mut former_names = seen.former_names.clone();
    former_names.retain(|former| former != name && *former != seen.name);
    former_names.push(seen.name.clone());
    let after = Person { name: name.clone(), name_origin: Origin::Hand, former_names, ..(**seen).clone() };
    draft.update(seen, after);
    let here = draft.register.memberships_of_person(seen.id).filter(|membership| membership.until.is_none());
    let (role, group) =
        here.map(|membership| (membership.role, membership.group)).min().unwrap_or((Role::Parent, None));
    enter_movement(draft, when, seen.id, role, MovementKind::Renamed, group, None);
    each_task(draft, tasks.iter().cloned())
}

fn new_phone(
    draft: &mut Draft<'_>,
    seen: &Arc<Person>,
    phone: Option<&Phone>,
    tasks: &[CabinetTask],
) -> Result<(), Refusal> {
    expect_as_seen(draft.register.person(seen.id), seen.as_ref())?;
    if phone == seen.phone.as_ref() {
        return Ok(());
    }
    draft.update(seen, Person { phone: phone.cloned(), phone_origin: Origin::Hand, ..(**seen).clone() });
    each_task(draft, tasks.iter().cloned())
}
