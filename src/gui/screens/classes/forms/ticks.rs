//! Members to be ticked: who is seen inside.

use crate::gui::ScreenContext;
use crate::names::Role;
use crate::register::{Entity, GroupId, PersonId};
use crate::regulation::is_inside;

/// One member of a group; for parents one adult of one child.
pub struct Tick {
    pub entity: Entity,
    pub name: String,
    /// Counted once: the member, for parents the child.
    pub counted: PersonId,
    pub was_inside: bool,
    pub on: bool,
}

/// The members of a role, by name.
pub fn ticks_of(context: &ScreenContext<'_>, group: GroupId, role: Role) -> Vec<Tick> {
    let (register, today) = (context.register(), context.today);
    let of_role = if role == Role::Parent { Role::Student } else { role };
    let mut ticks: Vec<(String, Tick)> = Vec::new();
    let current = register
        .memberships_of_group(group)
        .filter(|membership| membership.role == of_role && register.is_current(membership, today));
    for membership in current {
        let Some(person) = register.person(membership.person) else { continue };
        let mut add = |entity: Entity, name: String, state| {
            let on = is_inside(state);
            let tick = Tick { entity, name, counted: membership.person, was_inside: on, on };
            ticks.push((person.name.sort_key(), tick));
        };
        if role != Role::Parent {
            add(membership.clone().into(), person.name.full(), membership.participation.state);
            continue;
        }
        for guardianship in register.current_guardians(membership.person, today) {
            let Some(adult) = register.person(guardianship.adult) else { continue };
            let name = format!("{} {}: {}", person.name.surname, person.name.given, adult.name.short());
            add(guardianship.clone().into(), name, guardianship.participation.state);
        }
    }
    ticks.sort_by(|one, other| (&one.0, &one.1.name).cmp(&(&other.0, &other.1.name)));
    ticks.into_iter().map(|(_, tick)| tick).collect()
}
