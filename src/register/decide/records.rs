//! Founding, adding, editing, archiving and withdrawing single records.

use jiff::civil::Date;

use super::super::entity::{Entity, EntityKey, EntityKind};
use super::super::ids::*;
use super::super::{
    Appeal, Assignment, CabinetTask, Chat, Group, GroupFigure, GroupKind, Guardianship, JoinRequest,
    Membership, Movement, Organization, OrganizationId, Person, Refusal, Remembered, Settings, Unit,
};
use super::{Context, Draft, not_in_future};
use crate::names::clean;

/// Longest text a field of the register takes, in characters.
pub(super) const TEXT_LIMIT: usize = 500;

pub(super) fn found(draft: &mut Draft<'_>, organization: &Organization) -> Result<(), Refusal> {
    required("name", &organization.name)?;
    let card = Organization { name: clean(&organization.name), ..organization.clone() };
    draft.create(|id| Organization { id: OrganizationId(id), ..card });
    draft.create(|id| Settings { id: SettingsId(id), ..Settings::default() });
    draft.create(|id| Group {
        id: GroupId(id),
        kind: GroupKind::TeachingStaff,
        label: "Педагогический коллектив".into(),
        ..Group::default()
    });
    Ok(())
}

pub(super) fn add(draft: &mut Draft<'_>, wanted: &[Entity], context: &Context) -> Result<(), Refusal> {
    for entity in wanted {
        draft.next_part();
        check_fields(entity, context)?;
        match entity.clone() {
            Entity::Unit(record) => draft.create(|id| Unit { id: UnitId(id), ..(*record).clone() }),
            Entity::Group(record) => draft.create(|id| Group { id: GroupId(id), ..(*record).clone() }),
            Entity::Chat(record) => draft.create(|id| Chat { id: ChatId(id), ..(*record).clone() }),
            Entity::Person(record) => draft.create(|id| Person { id: PersonId(id), ..(*record).clone() }),
            Entity::Membership(record) => {
                draft.create(|id| Membership { id: MembershipId(id), ..(*record).clone() })
            }
            Entity::Guardianship(record) => {
                draft.create(|id| Guardianship { id: GuardianshipId(id), ..(*record).clone() })
            }
            Entity::Assignment(record) => {
                draft.create(|id| Assignment { id: AssignmentId(id), ..(*record).clone() })
            }
            Entity::JoinRequest(record) => {
                draft.create(|id| JoinRequest { id: JoinRequestId(id), ..(*record).clone() })
            }
            Entity::Movement(record) => {
                draft.create(|id| Movement { id: MovementId(id), ..(*record).clone() })
            }
            Entity::CabinetTask(record) => {
                draft.create(|id| CabinetTask { id: CabinetTaskId(id), ..(*record).clone() })
            }
            Entity::Appeal(record) => draft.create(|id| Appeal { id: AppealId(id), ..(*record).clone() }),
            Entity::Remembered(record) => {
                draft.create(|id| Remembered { id: RememberedId(id), ..(*record).clone() })
            }
            // Founded once, or added by operations of their own that check more.
            Entity::Organization(_) | Entity::Settings(_) | Entity::Invite(_) | Entity::Observation(_) => {
                return Err(Refusal::NotEditable(entity.key()));
            }
        };
    }
    Ok(())
}

pub(super) fn edit(
    draft: &mut Draft<'_>,
    seen: &Entity,
    wanted: &Entity,
    context: &Context,
) -> Result<(), Refusal> {
    let key = seen.key();
    if wanted.key() != key {
        return Err(Refusal::NotEditable(key));
    }
    match draft.register.get(key) {
        None => return Err(Refusal::Missing(key)),
        Some(current) if current != *seen => return Err(Refusal::ChangedSinceSeen(key)),
        Some(_) => {}
    }
    check_fields(wanted, context)?;
    let wanted = with_hand_origins(seen, wanted);
    if wanted != *seen {
        draft.changes.push(super::Change {
            part: draft.part,
            before: Some(seen.clone()),
            after: Some(wanted),
        });
    }
    Ok(())
}

/// The same for several records, a part each.
pub(super) fn edit_each(
    draft: &mut Draft<'_>,
    edits: &[(Entity, Entity)],
    context: &Context,
) -> Result<(), Refusal> {
    for (seen, wanted) in edits {
        draft.next_part();
        edit(draft, seen, wanted, context)?;
    }
    Ok(())
}

/// A field that this edit changes is from now on set by hand.
fn with_hand_origins(seen: &Entity, wanted: &Entity) -> Entity {
    use super::super::Origin::Hand;
    match (seen, wanted) {
        (Entity::Person(seen), Entity::Person(wanted)) => {
            let mut person = (**wanted).clone();
            if person.name != seen.name {
                person.name_origin = Hand;
            }
            if person.birth_date != seen.birth_date {
                person.birth_date_origin = Hand;
            }
            if person.phone != seen.phone {
                person.phone_origin = Hand;
            }
            person.into()
        }
        (Entity::Membership(seen), Entity::Membership(wanted)) => {
            let mut membership = (**wanted).clone();
            if (membership.role, membership.group) != (seen.role, seen.group) {
                membership.origin = Hand;
            }
            if membership.post != seen.post {
                membership.post_origin = Hand;
            }
            membership.into()
        }
        _ => wanted.clone(),
    }
}

/// A column holds one figure a group; the day comes with it.
pub(super) fn set_figures(
    draft: &mut Draft<'_>,
    column: &str,
    on: Date,
    values: &[(GroupId, Option<u32>)],
    context: &Context,
) -> Result<(), Refusal> {
    required("column", column)?;
    not_in_future("on", Some(on), context.today)?;
    let column = clean(column);
    for (id, value) in values {
        draft.next_part();
        let seen = draft.register.group(*id).ok_or(Refusal::Missing((*id).into()))?;
        let mut group = (**seen).clone();
        let place = group.figures.iter().position(|figure| figure.column == column);
        match (place, value) {
            (Some(place), Some(value)) => {
                group.figures[place] = GroupFigure { column: column.clone(), value: *value, on };
            }
            (None, Some(value)) => {
                group.figures.push(GroupFigure { column: column.clone(), value: *value, on });
            }
            (Some(place), None) => {
                group.figures.remove(place);
            }
            (None, None) => {}
        }
        draft.update(seen, group);
    }
    Ok(())
}

/// `on: None` brings back.
pub(super) fn archive(draft: &mut Draft<'_>, keys: &[EntityKey], on: Option<Date>) -> Result<(), Refusal> {
    for key in keys {
        draft.next_part();
        match draft.register.get(*key).ok_or(Refusal::Missing(*key))? {
            Entity::Unit(unit) => draft.update(&unit, Unit { archived_on: on, ..(*unit).clone() }),
            Entity::Chat(chat) => draft.update(&chat, Chat { archived_on: on, ..(*chat).clone() }),
            Entity::Group(group) => {
                draft.update(&group, Group { archived_on: on, ..(*group).clone() });
                for chat in draft.register.chats_of_group(group.id) {
                    // Restoring a group brings back only the chats that went with it.
                    if chat.archived_on == if on.is_some() { None } else { group.archived_on } {
                        draft.update(chat, Chat { archived_on: on, ..(**chat).clone() });
                    }
                }
            }
            _ => return Err(Refusal::NotArchivable(*key)),
        }
    }
    Ok(())
}

pub(super) fn withdraw(draft: &mut Draft<'_>, keys: &[EntityKey]) -> Result<(), Refusal> {
    for key in keys {
        draft.next_part();
        let entity = draft.register.get(*key).ok_or(Refusal::Missing(*key))?;
        match key.kind {
            EntityKind::Observation
            | EntityKind::Assignment
            | EntityKind::Membership
            | EntityKind::Guardianship
            | EntityKind::CabinetTask
            | EntityKind::Appeal
            | EntityKind::JoinRequest
            | EntityKind::Remembered => draft.remove(entity),
            _ => return Err(Refusal::NotEditable(*key)),
        }
    }
    Ok(())
}

pub(super) fn required(field: &'static str, text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() { Err(Refusal::EmptyField { field }) } else { limited(field, text) }
}

pub(super) fn limited(field: &'static str, text: &str) -> Result<(), Refusal> {
    if text.chars().count() > TEXT_LIMIT {
        Err(Refusal::TooLong { field, limit: TEXT_LIMIT })
    } else {
        Ok(())
    }
}

fn check_fields(entity: &Entity, context: &Context) -> Result<(), Refusal> {
    let today = context.today;
    match entity {
        Entity::Organization(organization) => {
            required("name", &organization.name)?;
            limited("address", &organization.address)?;
            limited("head", &organization.head)?;
            limited("administrator", &organization.administrator.name)?;
            limited("page", &organization.local_act.page)
        }
        Entity::Unit(unit) => required("name", &unit.name).and_then(|()| limited("address", &unit.address)),
        Entity::Group(group) => required("label", &group.label),
        Entity::Chat(chat) => limited("title", &chat.title),
        Entity::Person(person) => {
            required("surname", &person.name.surname)?;
            required("given", &person.name.given)?;
            limited("note", &person.note)?;
            not_in_future("birth_date", person.birth_date, today)
        }
        Entity::Membership(membership) => {
            limited("post", &membership.post)?;
            not_in_future("as_of", membership.participation.as_of, today)
        }
        Entity::Guardianship(guardianship) => limited("restriction", &guardianship.restriction),
        Entity::Appeal(appeal) => {
            required("question", &appeal.question)?;
            limited("answer", &appeal.answer)?;
            not_in_future("received_on", Some(appeal.received_on), today)?;
            not_in_future("answered_on", appeal.answered_on, today)
        }
        Entity::JoinRequest(request) => {
            required("written_name", &request.written_name)?;
            not_in_future("received_on", Some(request.received_on), today)
        }
        Entity::CabinetTask(task) => {
            required("text", &task.text).and_then(|()| limited("written_name", &task.written_name))
        }
        Entity::Invite(invite) => super::invites::check_dates(invite, today),
        _ => Ok(()),
    }
}
