//! Every link that still opens, the most dangerous first: what to revoke after the file itself got to strangers
//! (duty 2.3-9). The order is ours, no norm sets it: strangers already have it, then where children are, then parents,
//! then the staff.

use jiff::civil::Date;

use crate::names::Role;
use crate::register::{ChatKind, Invite, InviteId, InviteState, Register, Target};

/// What an outsider gains by a link, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LinkDanger {
    /// Strangers have it already.
    Exposed,
    /// A chat in which children write.
    ChildrenChat,
    /// A class or the organization, as a student.
    Children,
    /// A chat of parents.
    ParentsChat,
    /// A class or the organization, as a parent.
    Parents,
    /// A chat of the staff.
    StaffChat,
    /// A group or the organization, as a teacher or employee.
    Staff,
}

impl LinkDanger {
    /// Every one, the worst first.
    pub const ALL: [LinkDanger; 7] = [
        LinkDanger::Exposed,
        LinkDanger::ChildrenChat,
        LinkDanger::Children,
        LinkDanger::ParentsChat,
        LinkDanger::Parents,
        LinkDanger::StaffChat,
        LinkDanger::Staff,
    ];

    /// In words, for lists.
    pub fn words(self) -> &'static str {
        match self {
            LinkDanger::Exposed => "уже у посторонних",
            LinkDanger::ChildrenChat => "чаты с детьми",
            LinkDanger::Children => "классы и группы, роль ученика",
            LinkDanger::ParentsChat => "чаты родителей",
            LinkDanger::Parents => "классы и группы, роль родителя",
            LinkDanger::StaffChat => "чаты сотрудников",
            LinkDanger::Staff => "роли учителя и сотрудника",
        }
    }

    /// Stable name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            LinkDanger::Exposed => "exposed",
            LinkDanger::ChildrenChat => "children_chat",
            LinkDanger::Children => "children",
            LinkDanger::ParentsChat => "parents_chat",
            LinkDanger::Parents => "parents",
            LinkDanger::StaffChat => "staff_chat",
            LinkDanger::Staff => "staff",
        }
    }
}

/// The links that are not revoked, the most dangerous first; among equals those given out before those put off and those
/// in reserve (whoever has the file has these too), then ids rising.
pub fn links_by_danger(register: &Register, today: Date) -> Vec<(InviteId, LinkDanger)> {
    let mut links: Vec<(LinkDanger, u8, InviteId)> = register
        .tables()
        .invites
        .values()
        .filter_map(|invite| {
            let place = match invite.state(today) {
                InviteState::InForce => 0,
                InviteState::Deferred => 1,
                InviteState::Reserve => 2,
                InviteState::Revoked => return None,
            };
            Some((link_danger(register, invite), place, invite.id))
        })
        .collect();
    links.sort_unstable();
    links.into_iter().map(|(danger, _, id)| (id, danger)).collect()
}

/// What an outsider gains by a link while it opens.
pub fn link_danger(register: &Register, invite: &Invite) -> LinkDanger {
    if invite.exposure.is_some() {
        return LinkDanger::Exposed;
    }
    let Target::Chat(chat) = invite.target else {
        return match invite.role {
            Role::Student => LinkDanger::Children,
            Role::Parent => LinkDanger::Parents,
            Role::Teacher | Role::Employee => LinkDanger::Staff,
        };
    };
    // A teacher's link into a chat with children opens it all the same.
    match (register.chat(chat).map(|chat| chat.kind), invite.role) {
        (Some(ChatKind::Students | ChatKind::Subject), _) | (_, Role::Student) => LinkDanger::ChildrenChat,
        (Some(ChatKind::Parents), _) | (_, Role::Parent) => LinkDanger::ParentsChat,
        _ => LinkDanger::StaffChat,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::register::{Exposure, Revocation};
    use crate::regulation::fixture::School;

    #[test]
    fn strangers_first_then_children_then_parents_then_staff() {
        let mut school = School::new();
        let today = date(2026, 10, 12);
        let (class, staff) = (school.class("7Б"), Target::Group(school.staff_group()));
        let with_students = Target::Chat(school.chat(class, ChatKind::Students));
        let with_parents = Target::Chat(school.chat(class, ChatKind::Parents));
        let with_teachers = Target::Chat(school.chat(class, ChatKind::Teachers));
        let handed = Some(date(2026, 9, 1));
        let of_staff = school.link(staff, Role::Employee, handed);
        let staff_chat = school.link(with_teachers, Role::Teacher, handed);
        let parents = school.link(Target::Group(class), Role::Parent, handed);
        let parents_chat = school.link(with_parents, Role::Parent, handed);
        let students = school.link(Target::Group(class), Role::Student, handed);
        let in_reserve = school.link(with_students, Role::Student, None);
        let students_chat = school.link(with_students, Role::Student, handed);
        let by_teacher = school.link(with_students, Role::Teacher, handed);
        let exposed = school.link_with(staff, Role::Teacher, handed, |invite| {
            invite.exposure = Some(Exposure { on: date(2026, 10, 1), ..Exposure::default() });
        });
        let revoked = school.link_with(with_students, Role::Student, handed, |invite| {
            invite.revocation = Some(Revocation { on: date(2026, 10, 1), ..Revocation::default() });
        });
        let found = links_by_danger(&school.register, today);
        let order: Vec<InviteId> = found.iter().map(|(id, _)| *id).collect();
        assert_eq!(
            order,
            [
                exposed,
                students_chat,
                by_teacher,
                in_reserve,
                students,
                parents_chat,
                parents,
                staff_chat,
                of_staff
            ]
        );
        assert!(!order.contains(&revoked));
        assert!(found.is_sorted_by_key(|(_, danger)| *danger));
    }
}
