//! Who has left so long ago that their data is of no use any more (152-ФЗ, ст. 5 ч. 7 and ст. 21 ч. 4; the term is a
//! proposal and a setting). Somebody with any part in the school is never proposed: a mother of a present pupil, a
//! teacher whose own child graduated, a class teacher whose appointment was not ended.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::names::Role;
use crate::register::{
    AssignmentId, CabinetTaskId, ChatId, EntityKey, EntityKind, Invite, InviteId, InviteState, PersonId,
    Register,
};

/// What must be settled before somebody's data may go: work that would be lost with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ErasureObstacle {
    /// A step about the person is not done in the cabinet yet (duty 2.3-8): they may still be inside.
    OpenTask(CabinetTaskId),
    /// A link that still opens was made by or given to the person (duty 2.3-9).
    LinkInForce(InviteId),
    /// The person owns a chat that is in use (clause 2.5).
    OwnsChat(ChatId),
    /// The appointment as class teacher was not ended (duty 2.3-5).
    ClassTeacher(AssignmentId),
}

/// Somebody who left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepartedPerson {
    pub person: PersonId,
    /// The day their last part in the school ended.
    pub departed_on: Date,
    /// What they were, each once.
    pub roles: Vec<Role>,
    /// Records that refer to the person and go with them, by kind.
    pub records: Vec<(EntityKind, u32)>,
    /// Empty: may be erased.
    pub obstacles: Vec<ErasureObstacle>,
}

impl DepartedPerson {
    /// How many records go with the person.
    pub fn record_count(&self) -> u32 {
        self.records.iter().map(|(_, count)| count).sum()
    }
}

/// The people whose term is over on a day, the longest gone first.
pub fn erasure_due(register: &Register, today: Date) -> Vec<DepartedPerson> {
    departed_before(register, erasure_cutoff(register, today))
}

/// The first day that is still within the term: who left before it is due.
pub fn erasure_cutoff(register: &Register, today: Date) -> Date {
    let months = i32::from(register.settings().erase_after_months.clamp(1, 1200));
    let day = today.checked_sub(months.months()).unwrap_or(Date::MIN);
    day.tomorrow().unwrap_or(day)
}

/// Everybody who left before a day, the longest gone first.
pub fn departed_before(register: &Register, cutoff: Date) -> Vec<DepartedPerson> {
    let mut departed: Vec<DepartedPerson> = register
        .tables()
        .people
        .values()
        .filter_map(|person| {
            let departed_on = departed_on(register, person.id).filter(|day| *day < cutoff)?;
            Some(describe(register, person.id, departed_on))
        })
        .collect();
    departed.sort_by_key(|departed| (departed.departed_on, departed.person));
    departed
}

/// The day somebody's last part in the school ended; `None` while any lasts, or where nothing is known of one.
fn departed_on(register: &Register, person: PersonId) -> Option<Date> {
    let own = own_end(register, person);
    let mut latest = match own {
        OwnEnd::Lasts => return None,
        OwnEnd::Ended(day) => Some(day),
        OwnEnd::Unknown => None,
    };
    for link in register.guardianships_of_adult(person) {
        // The child's going ends the adult's part; a child of whom nothing is known keeps it.
        let ended = match (link.until, own_end(register, link.child)) {
            (Some(until), OwnEnd::Ended(day)) => until.min(day),
            (Some(until), _) => until,
            (None, OwnEnd::Ended(day)) => day,
            (None, _) => return None,
        };
        latest = latest.max(Some(ended));
    }
    latest
}

enum OwnEnd {
    Lasts,
    Ended(Date),
    /// Neither a membership nor a day of leaving.
    Unknown,
}

/// When somebody's own memberships ended, or the day they left for good.
fn own_end(register: &Register, person: PersonId) -> OwnEnd {
    let left_on = register.person(person).and_then(|person| person.left_on);
    let mut latest = left_on;
    for membership in register.memberships_of_person(person) {
        match membership.until.or(left_on) {
            None => return OwnEnd::Lasts,
            Some(until) => latest = latest.max(Some(until)),
        }
    }
    latest.map_or(OwnEnd::Unknown, OwnEnd::Ended)
}

fn describe(register: &Register, person: PersonId, departed_on: Date) -> DepartedPerson {
    let mut roles: Vec<Role> =
        register.memberships_of_person(person).map(|membership| membership.role).collect();
    if register.guardianships_of_adult(person).next().is_some() {
        roles.push(Role::Parent);
    }
    roles.sort_unstable();
    roles.dedup();
    let mut records: Vec<(EntityKind, u32)> = Vec::new();
    for key in register.referrers(person).iter().filter(|key| goes_with_the_person(key.kind)) {
        match records.last_mut() {
            Some((kind, count)) if *kind == key.kind => *count += 1,
            _ => records.push((key.kind, 1)),
        }
    }
    DepartedPerson {
        person,
        departed_on,
        roles,
        records,
        obstacles: obstacles(register, person, departed_on),
    }
}

/// Links and chats stay and only lose the person.
fn goes_with_the_person(kind: EntityKind) -> bool {
    !matches!(kind, EntityKind::Invite | EntityKind::Chat)
}

fn obstacles(register: &Register, person: PersonId, departed_on: Date) -> Vec<ErasureObstacle> {
    let mut found: Vec<ErasureObstacle> =
        register.referrers(person).iter().filter_map(|key| obstacle(register, *key, departed_on)).collect();
    found.sort_unstable();
    found
}

fn obstacle(register: &Register, key: EntityKey, departed_on: Date) -> Option<ErasureObstacle> {
    let tables = register.tables();
    match key.kind {
        EntityKind::CabinetTask => {
            let task = tables.cabinet_tasks.get(key.id)?;
            task.done_on.is_none().then_some(ErasureObstacle::OpenTask(task.id))
        }
        EntityKind::Invite => {
            let invite: &Invite = tables.invites.get(key.id)?;
            // What is deferred or in reserve opens as well.
            let opens = invite.state(departed_on) != InviteState::Revoked;
            opens.then_some(ErasureObstacle::LinkInForce(invite.id))
        }
        EntityKind::Chat => {
            let chat = tables.chats.get(key.id)?;
            chat.archived_on.is_none().then_some(ErasureObstacle::OwnsChat(chat.id))
        }
        EntityKind::Assignment => {
            let assignment = tables.assignments.get(key.id)?;
            assignment.until.is_none().then_some(ErasureObstacle::ClassTeacher(assignment.id))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::register::{ChatKind, Entity, Guardianship, Membership, Operation, Person, Target};
    use crate::regulation::fixture::{School, membership};

    /// The pupil left on this day.
    const LEFT: Date = date(2025, 6, 30);
    /// The last day of the term, and the first on which the pupil is due.
    const WITHIN: Date = date(2026, 6, 29);
    const DUE: Date = date(2026, 6, 30);

    fn due(school: &School, today: Date) -> Vec<PersonId> {
        erasure_due(&school.register, today).into_iter().map(|departed| departed.person).collect()
    }

    #[test]
    fn the_term_counts_from_the_last_part_in_the_school() {
        let mut school = School::new();
        let class = school.class("9А");
        let pupil = school.students(class, 1)[0];
        let mother = school.adult(pupil);
        assert_eq!(due(&school, date(2040, 1, 1)), [], "nobody left");
        school.leaves(pupil, LEFT);
        assert_eq!(due(&school, WITHIN), []);
        assert_eq!(due(&school, DUE), [pupil, mother], "with the last child goes the mother");
        school.settings(|settings| settings.erase_after_months = 36);
        assert_eq!(due(&school, DUE), []);
        assert_eq!(due(&school, date(2028, 6, 30)), [pupil, mother]);
    }

    #[test]
    fn any_part_that_lasts_keeps_a_person() {
        type Case = (&'static str, fn(&mut School, PersonId), bool);
        let cases: [Case; 8] = [
            ("nothing else", |_, _| {}, true),
            (
                "a membership elsewhere",
                |school, person| {
                    let staff = school.staff_group();
                    school.run(Operation::Add(vec![membership(person, Role::Teacher, Some(staff)).into()]));
                },
                // Leaving for good ends that too.
                true,
            ),
            (
                "a child who stays",
                |school, person| {
                    let class = school.class("1А");
                    let child = school.students(class, 1)[0];
                    let adult = Guardianship { adult: person, child, ..Guardianship::default() };
                    school.run(Operation::Add(vec![adult.into()]));
                },
                false,
            ),
            (
                "a child who stays, but the bond ended",
                |school, person| {
                    let class = school.class("1А");
                    let child = school.students(class, 1)[0];
                    let until = Some(LEFT);
                    let adult = Guardianship { adult: person, child, until, ..Guardianship::default() };
                    school.run(Operation::Add(vec![adult.into()]));
                },
                true,
            ),
            (
                "a child of whom nothing is known",
                |school, person| {
                    let child = school.person("Дымов", Role::Parent, None);
                    let adult = Guardianship { adult: person, child, ..Guardianship::default() };
                    school.run(Operation::Add(vec![adult.into()]));
                },
                false,
            ),
            (
                "came back",
                |school, person| {
                    let seen = school.register.person(person).expect("is there").clone();
                    let wanted = Person { left_on: None, ..(*seen).clone() };
                    school.edit(Entity::from(seen), wanted);
                    let class = school.class("10А");
                    school.run(Operation::Add(vec![membership(person, Role::Student, Some(class)).into()]));
                },
                false,
            ),
            (
                "only the memberships ended",
                |school, person| {
                    let seen = school.register.person(person).expect("is there").clone();
                    school.edit(Entity::from(seen.clone()), Person { left_on: None, ..(*seen).clone() });
                },
                true,
            ),
            (
                "a membership that ended later",
                |school, person| {
                    let class = school.class("10А");
                    let later = Membership {
                        until: Some(date(2026, 6, 1)),
                        ..membership(person, Role::Student, Some(class))
                    };
                    school.run(Operation::Add(vec![later.into()]));
                },
                false,
            ),
        ];
        for (what, change, expected) in cases {
            let mut school = School::new();
            let class = school.class("9А");
            let person = school.students(class, 1)[0];
            school.leaves(person, LEFT);
            change(&mut school, person);
            assert_eq!(due(&school, DUE), if expected { vec![person] } else { vec![] }, "{what}");
        }
    }

    #[test]
    fn somebody_of_whom_nothing_is_known_is_not_proposed() {
        let mut school = School::new();
        school.person("Орлова", Role::Parent, None);
        assert_eq!(due(&school, date(2040, 1, 1)), []);
    }

    #[test]
    fn work_that_would_be_lost_is_named() {
        let mut school = School::new();
        let class = school.class("9А");
        let staff = school.staff_group();
        let teacher = school.person("Громова", Role::Teacher, Some(staff));
        let chat = school.chat(class, ChatKind::Students);
        let seen = school.register.chat(chat).expect("is there").clone();
        let owned = crate::register::Chat { owner: Some(teacher), ..(*seen).clone() };
        school.edit(Entity::from(seen), owned);
        let link = school.link_with(Target::Chat(chat), Role::Student, Some(LEFT), |invite| {
            invite.issued_by = Some(teacher);
        });
        school.leaves(teacher, LEFT);
        school.assign(class, teacher, false);
        let found = erasure_due(&school.register, DUE);
        assert_eq!(found[0].person, teacher);
        assert_eq!(found[0].roles, [Role::Teacher]);
        assert_eq!(
            found[0].obstacles,
            [
                ErasureObstacle::LinkInForce(link),
                ErasureObstacle::OwnsChat(chat),
                ErasureObstacle::ClassTeacher(AssignmentId(1)),
            ]
        );
        assert!(found[0].records.contains(&(EntityKind::Movement, 1)), "{:?}", found[0].records);
    }
}
