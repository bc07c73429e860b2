//! Where the button of a task leads, and how the task looks.

use super::queue::{QueueState, is_answered_here};
use crate::gui::icons::{self, Icon};
use crate::gui::theme::Tone;
use crate::gui::{Action, Destination, PeoplePage, Room};
use crate::register::{ChatId, EntityKey, EntityKind, GroupId, InviteId, PersonId, Register};
use crate::regulation::{Task, TaskKind, Urgency};

/// Where a task is worked on.
#[derive(Clone, Debug, PartialEq)]
pub enum TaskPlace {
    /// In another room.
    Away(Destination),
    /// In the window over «Сегодня» that lists what waits.
    Queue(TaskKind),
}

/// Goes to the place of a task, or opens its window here.
pub fn begin(register: &Register, task: &Task, queue: &mut QueueState, actions: &mut Vec<Action>) {
    match of_task(register, task) {
        TaskPlace::Away(destination) => actions.push(Action::Go(destination)),
        TaskPlace::Queue(kind) => queue.open(kind),
    }
}

/// The place where the task can be finished; never nothing.
pub fn of_task(register: &Register, task: &Task) -> TaskPlace {
    if is_answered_here(task.kind) {
        return TaskPlace::Queue(task.kind);
    }
    let of_first = || task.subjects.iter().find_map(|key| of_subject(register, *key));
    TaskPlace::Away(match task.kind {
        TaskKind::ExposedLinks | TaskKind::StaleLinks => {
            let invites = task.subjects.iter().filter(|key| key.kind == EntityKind::Invite);
            Destination::Cleanup(Some(invites.map(|key| InviteId(key.id)).collect()))
        }
        TaskKind::LoadRoster => Destination::Import,
        TaskKind::SeeWhoIsInside => Destination::Presence,
        TaskKind::RecordLinks => Destination::NewInvite,
        TaskKind::Reconcile => {
            let mut groups = task.subjects.iter().filter(|key| key.kind == EntityKind::Group);
            groups.next().map_or(Destination::Presence, |key| Destination::ReconcileGroup(GroupId(key.id)))
        }
        // One is settled in its card, several in their table.
        TaskKind::ClassTeachers if task.subjects.len() > 1 => Destination::ClassTeachers(None),
        TaskKind::CabinetTasks => Destination::CabinetTasks,
        TaskKind::OrganizationCard => Destination::OrganizationCard,
        TaskKind::Leavers => Destination::PeoplePage(PeoplePage::Leavers),
        TaskKind::ContractEnds => {
            let mut people = task.subjects.iter().filter(|key| key.kind == EntityKind::Person);
            people.next().map_or(Destination::Room(Room::People), |key| Destination::Person(PersonId(key.id)))
        }
        // The teacher and the chats of a group are kept in its card; the rest was answered above.
        _ => of_first().unwrap_or(Destination::Room(Room::Classes)),
    })
}

/// The place of one thing that a task is about.
fn of_subject(register: &Register, key: EntityKey) -> Option<Destination> {
    match key.kind {
        EntityKind::Group => Some(Destination::Group(GroupId(key.id))),
        EntityKind::Chat => register.chat(ChatId(key.id))?.group.map(Destination::Group),
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
        TaskKind::Leavers => icons::USER_MINUS,
        TaskKind::ContractEnds => icons::CALENDAR_BLANK,
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
    use crate::register::{Chat, JoinRequestId, MembershipId};
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
            (
                TaskKind::ClassTeachers,
                vec![GroupId(3).into(), GroupId(4).into()],
                Destination::ClassTeachers(None),
            ),
            (TaskKind::Reconcile, vec![GroupId(3).into()], Destination::ReconcileGroup(GroupId(3))),
            (
                TaskKind::Reconcile,
                vec![GroupId(3).into(), GroupId(4).into()],
                Destination::ReconcileGroup(GroupId(3)),
            ),
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
            assert_eq!(of_task(&register, &task(kind, subjects)), TaskPlace::Away(expected), "{kind:?}");
        }
    }

    #[test]
    fn what_waits_for_an_answer_is_answered_here() {
        let register = Register::default();
        let subjects = [
            (TaskKind::JoinRequests, JoinRequestId(1).into()),
            (TaskKind::StatusConfirmation, MembershipId(9).into()),
        ];
        for (kind, subject) in subjects {
            assert_eq!(of_task(&register, &task(kind, vec![subject])), TaskPlace::Queue(kind));
        }
    }

    #[test]
    fn a_chat_leads_to_the_group_it_belongs_to() {
        let mut register = Register::default();
        for (id, group) in [(1, None), (2, Some(GroupId(7)))] {
            register.put_loaded(Chat { id: ChatId(id), group, ..Chat::default() }.into());
        }
        for kind in [TaskKind::ForeignChats, TaskKind::ChatTransfer] {
            let place = of_task(&register, &task(kind, vec![ChatId(1).into(), ChatId(2).into()]));
            assert_eq!(place, TaskPlace::Away(Destination::Group(GroupId(7))));
        }
    }
}
