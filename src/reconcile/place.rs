//! Who should be in a place by the roster, and who else is near it.

use jiff::civil::Date;

use crate::names::Role;
use crate::register::{
    ChatKind, EntityKind, GroupId, GroupKind, Participation, ParticipationState, PersonId, Register, Target,
};

/// What a member list is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ReconcileScope {
    /// The organization, a group or a chat.
    pub target: Target,
    /// Only this role belongs there; `None`: the roles of the chat's kind, or everybody of the group.
    pub role: Option<Role>,
}

/// How somebody belongs to the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Belonging {
    /// Should be inside.
    Expected,
    /// Does not participate [R 1.8]: never missing.
    Declined,
    /// Not invited yet, or away for long: never missing.
    Neutral,
    /// May be inside and is not missed: the class teacher in a chat of the class, the owner of a chat.
    Admitted,
}

/// Nearness of a person to the place: smaller is nearer.
pub(super) const BELONGS: u8 = 0;
/// Somebody else of the class: pupils, their adults, teachers.
pub(super) const NEAR: u8 = 1;
/// Everybody else of the register, also those who left.
pub(super) const ELSEWHERE: u8 = 2;

/// The place as the roster sees it on a day.
pub(super) struct Place {
    pub scope: ReconcileScope,
    /// The roles that belong there; empty for a chat of any other kind.
    pub roles: Vec<Role>,
    /// By person id.
    belonging: Vec<Option<Belonging>>,
    /// Children through whom adults are looked for.
    pub children: Vec<PersonId>,
    /// Nearness by person id.
    tiers: Vec<u8>,
}

impl Place {
    pub(super) fn of(register: &Register, scope: ReconcileScope, today: Date) -> Place {
        let group = register.group_of_target(scope.target);
        let people = register.counter(EntityKind::Person) as usize + 1;
        let mut place = Place {
            scope,
            roles: roles_of(register, scope, group),
            belonging: vec![None; people],
            children: Vec::new(),
            tiers: vec![ELSEWHERE; people],
        };
        match group {
            Some(group) if is_staff_group(register, group) => place.take_organization(register, today),
            Some(group) => place.take_group(register, group, today),
            None => place.take_organization(register, today),
        }
        place.admit_owner(register);
        place.children.sort_unstable();
        place.children.dedup();
        for (tier, _) in place.tiers.iter_mut().zip(&place.belonging).filter(|(_, how)| how.is_some()) {
            *tier = BELONGS;
        }
        place
    }

    /// How near a person is.
    pub(super) fn tier(&self, person: PersonId) -> u8 {
        self.tiers.get(person.0 as usize).copied().unwrap_or(ELSEWHERE)
    }

    /// How a person belongs here.
    pub(super) fn belonging_of(&self, person: PersonId) -> Option<Belonging> {
        self.belonging.get(person.0 as usize).copied().flatten()
    }

    /// Everybody who belongs here in any way, ids rising.
    pub(super) fn members(&self) -> impl Iterator<Item = PersonId> + '_ {
        let belonging = self.belonging.iter().enumerate().filter(|(_, how)| how.is_some());
        belonging.filter_map(|(id, _)| u32::try_from(id).ok()).map(PersonId)
    }

    /// Everybody who should be inside, ids rising.
    pub(super) fn expected(&self) -> impl Iterator<Item = PersonId> + '_ {
        let expected =
            self.belonging.iter().enumerate().filter(|(_, how)| **how == Some(Belonging::Expected));
        expected.map(|(id, _)| PersonId(id as u32))
    }

    /// Whether somebody belongs or is near.
    pub(super) fn is_in_scope(&self, person: PersonId) -> bool {
        self.tier(person) < ELSEWHERE
    }

    fn belongs(&mut self, person: PersonId, how: Belonging) {
        let Some(known) = self.belonging.get_mut(person.0 as usize) else { return };
        // Expected in one role is expected; whoever declined for one child may be in for another.
        if known.is_none() || how == Belonging::Expected {
            *known = Some(how);
        }
    }

    fn is_near(&mut self, person: PersonId) {
        if let Some(tier) = self.tiers.get_mut(person.0 as usize) {
            *tier = NEAR;
        }
    }

    fn take_group(&mut self, register: &Register, group: GroupId, today: Date) {
        let current =
            register.memberships_of_group(group).filter(|membership| register.is_current(membership, today));
        for membership in current {
            let person = membership.person;
            self.is_near(person);
            if self.roles.contains(&membership.role) {
                self.belongs(person, by_participation(register, person, &membership.participation, today));
            }
            if membership.role == Role::Student {
                self.children.push(person);
            }
        }
        for child in self.children.clone() {
            self.take_adults(register, child, today);
        }
        for assignment in register.class_teachers(group, today) {
            let teaches = self.roles.contains(&Role::Teacher);
            self.belongs(assignment.person, if teaches { Belonging::Expected } else { Belonging::Admitted });
        }
    }

    fn take_adults(&mut self, register: &Register, child: PersonId, today: Date) {
        for guardianship in register.current_guardians(child, today) {
            self.is_near(guardianship.adult);
            if self.roles.contains(&Role::Parent) {
                let mut how =
                    by_participation(register, guardianship.adult, &guardianship.participation, today);
                // Whose access is restricted is not looked for, and never proposed to be invited.
                if how == Belonging::Expected && !guardianship.restriction.trim().is_empty() {
                    how = Belonging::Neutral;
                }
                self.belongs(guardianship.adult, how);
            }
        }
    }

    fn take_organization(&mut self, register: &Register, today: Date) {
        for membership in register.tables().memberships.values() {
            let wanted = self.roles.contains(&membership.role);
            let child = membership.role == Role::Student;
            if (wanted || child) && register.is_current(membership, today) {
                if wanted {
                    let how = by_participation(register, membership.person, &membership.participation, today);
                    self.belongs(membership.person, how);
                }
                if child && self.roles.contains(&Role::Parent) {
                    self.children.push(membership.person);
                }
            }
        }
        for child in self.children.clone() {
            self.take_adults(register, child, today);
        }
    }

    fn admit_owner(&mut self, register: &Register) {
        if let Target::Chat(chat) = self.scope.target
            && let Some(owner) = register.chat(chat).and_then(|chat| chat.owner)
            && register.person(owner).is_some_and(|person| person.left_on.is_none())
        {
            self.belongs(owner, Belonging::Admitted);
        }
    }
}

fn is_staff_group(register: &Register, group: GroupId) -> bool {
    register.group(group).is_some_and(|group| group.kind == GroupKind::TeachingStaff)
}

fn roles_of(register: &Register, scope: ReconcileScope, group: Option<GroupId>) -> Vec<Role> {
    if let Some(role) = scope.role {
        return vec![role];
    }
    if let Target::Chat(chat) = scope.target {
        return match register.chat(chat).map(|chat| chat.kind) {
            Some(ChatKind::Students | ChatKind::Subject) => vec![Role::Student],
            Some(ChatKind::Parents) => vec![Role::Parent],
            Some(ChatKind::Teachers) => vec![Role::Teacher],
            Some(ChatKind::Staff) => vec![Role::Teacher, Role::Employee],
            Some(ChatKind::Other) | None => Vec::new(),
        };
    }
    if group.is_some_and(|group| is_staff_group(register, group)) {
        return vec![Role::Teacher, Role::Employee];
    }
    Role::ALL.to_vec()
}

fn by_participation(
    register: &Register,
    person: PersonId,
    participation: &Participation,
    today: Date,
) -> Belonging {
    let away = register.person(person).is_some_and(|person| person.is_absent(today));
    match participation.state {
        ParticipationState::DoesNotParticipate => Belonging::Declined,
        ParticipationState::NotInvited => Belonging::Neutral,
        _ if away => Belonging::Neutral,
        _ => Belonging::Expected,
    }
}
