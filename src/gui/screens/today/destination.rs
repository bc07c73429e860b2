//! Where the button of a task leads, and how the task looks.

use crate::gui::icons::{self, Icon};
use crate::gui::theme::Tone;
use crate::gui::{Destination, Room};
use crate::register::{
    ChatId, EntityKey, EntityKind, GroupId, InviteId, Membership, MembershipId, PersonId, Register,
};
use crate::regulation::{Task, TaskKind, Urgency};

/// The nearest place where the task can be worked on; never nothing.
pub fn of_task(register: &Register, task: &Task) -> Destination {
    let first = task.subjects.first().copied();
    let of_first = || first.and_then(|key| of_subject(register, key));
    match task.kind {
        TaskKind::ExposedLinks | TaskKind::StaleLinks => {
            let invites = task.subjects.iter().filter(|key| key.kind == EntityKind::Invite);
            Destination::Cleanup(Some(invites.map(|key| InviteId(key.id)).collect()))
        }
        TaskKind::LoadRoster => Destination::Import,
        TaskKind::SeeWhoIsInside => Destination::Presence,
        TaskKind::RecordLinks => Destination::NewInvite,
        TaskKind::Reconcile if task.subjects.len() == 1 => of_first().unwrap_or(Destination::Presence),
        TaskKind::Reconcile => Destination::Presence,
        TaskKind::ClassTeachers | TaskKind::ForeignChats | TaskKind::ChatTransfer => {
            of_first().unwrap_or(Destination::Room(Room::Classes))
        }
        TaskKind::JoinRequests
        | TaskKind::MovementsToCabinet
        | TaskKind::CabinetTasks
        | TaskKind::Appeals
        | TaskKind::StatusConfirmation => of_first().unwrap_or(Destination::Room(Room::People)),
        TaskKind::OrganizationCard => Destination::OrganizationCard,
    }
}

/// The place of one thing that a task is about.
fn of_subject(register: &Register, key: EntityKey) -> Option<Destination> {
    let tables = register.tables();
    let person = |person: Option<PersonId>| person.map(Destination::Person);
    let group = |group: Option<GroupId>| group.map(Destination::Group);
    match key.kind {
        EntityKind::Group => group(Some(GroupId(key.id))),
        EntityKind::Person => person(Some(PersonId(key.id))),
        EntityKind::Invite => Some(Destination::Invite(InviteId(key.id))),
        EntityKind::Chat => group(register.chat(ChatId(key.id)).and_then(|chat| chat.group)),
        EntityKind::Membership => {
            let membership: Option<&std::sync::Arc<Membership>> = register.membership(MembershipId(key.id));
            person(membership.map(|membership| membership.person))
        }
        EntityKind::JoinRequest => {
            let request = tables.join_requests.get(key.id)?;
            person(request.person).or_else(|| group(register.group_of_target(request.target)))
        }
        EntityKind::Movement => person(tables.movements.get(key.id).map(|movement| movement.person)),
        EntityKind::Appeal => person(tables.appeals.get(key.id).and_then(|appeal| appeal.person)),
        EntityKind::CabinetTask => {
            let step = tables.cabinet_tasks.get(key.id)?;
            step.invite.map(Destination::Invite).or(person(step.person)).or(group(step.group))
        }
        _ => None,
    }
}

/// Tone and icon of the tile.
pub fn look_of_task(task: &Task) -> (Tone, Icon) {
    let tone = match (task.urgency, task.kind) {
        (Urgency::AtOnce, _) => Tone::Danger,
        (_, TaskKind::StaleLinks | TaskKind::ForeignChats) => Tone::Attention,
        _ => Tone::Accent,
    };
    let icon = match task.kind {
        TaskKind::ExposedLinks => icons::WARNING_OCTAGON,
        TaskKind::LoadRoster => icons::UPLOAD_SIMPLE,
        TaskKind::SeeWhoIsInside => icons::USERS_THREE,
        TaskKind::RecordLinks => icons::LINK_SIMPLE,
        TaskKind::StaleLinks => icons::LINK_BREAK,
        TaskKind::JoinRequests => icons::USER_PLUS,
        TaskKind::Reconcile => icons::ARROWS_LEFT_RIGHT,
        TaskKind::ClassTeachers => icons::CHALKBOARD_TEACHER,
        TaskKind::MovementsToCabinet => icons::SWAP,
        TaskKind::CabinetTasks => icons::LIST_CHECKS,
        TaskKind::Appeals => icons::LIFEBUOY,
        TaskKind::StatusConfirmation => icons::SHIELD_CHECK,
        TaskKind::ForeignChats => icons::PROHIBIT,
        TaskKind::ChatTransfer => icons::CHATS_CIRCLE,
        TaskKind::OrganizationCard => icons::BUILDING,
    };
    (tone, icon)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regulation::Duty;

    fn task(kind: TaskKind, subjects: Vec<EntityKey>) -> Task {
        Task {
            kind,
            count: 1,
            title: String::new(),
            reason: String::new(),
            duty: Duty::Oversight,
            button: String::new(),
            urgency: Urgency::Due,
            subjects,
        }
    }

    #[test]
    fn every_task_leads_somewhere_even_when_its_subject_is_gone() {
        let register = Register::default();
        let cases = [
            (TaskKind::ClassTeachers, vec![GroupId(3).into()], Destination::Group(GroupId(3))),
            (TaskKind::Reconcile, vec![GroupId(3).into()], Destination::Group(GroupId(3))),
            (TaskKind::Reconcile, vec![GroupId(3).into(), GroupId(4).into()], Destination::Presence),
            (TaskKind::StatusConfirmation, vec![MembershipId(9).into()], Destination::Room(Room::People)),
            (TaskKind::ForeignChats, vec![ChatId(9).into()], Destination::Room(Room::Classes)),
            (
                TaskKind::StaleLinks,
                vec![InviteId(2).into(), InviteId(5).into()],
                Destination::Cleanup(Some(vec![InviteId(2), InviteId(5)])),
            ),
            (TaskKind::LoadRoster, vec![], Destination::Import),
            (TaskKind::OrganizationCard, vec![], Destination::OrganizationCard),
        ];
        for (kind, subjects, expected) in cases {
            assert_eq!(of_task(&register, &task(kind, subjects)), expected, "{kind:?}");
        }
    }
}
