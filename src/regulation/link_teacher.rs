//! Whom the administrator asks to revoke a link that a teacher made (clauses 2.5 and 2.6).

use jiff::civil::Date;

use crate::register::{Invite, PersonId, Register, Target};

/// Who can revoke a chat's link: its owner, else the class teacher, else who made the link.
pub fn teacher_of(register: &Register, invite: &Invite, today: Date) -> Option<PersonId> {
    let works = |person: &PersonId| {
        register.person(*person).is_some_and(|person| person.left_on.is_none_or(|left| left > today))
    };
    let owner = match invite.target {
        Target::Chat(chat) => register.chat(chat).and_then(|chat| chat.owner),
        _ => None,
    };
    let group = register.group_of_target(invite.target);
    let class_teacher = group
        .and_then(|group| register.class_teachers(group, today).next().map(|assignment| assignment.person));
    owner.filter(works).or(class_teacher.filter(works)).or(invite.issued_by.filter(works))
}
