//! The queue of confirming «учитель» and «сотрудник» (duty 2.3-7): who waits since when, whoever is stuck longest first.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::names::Role;
use crate::register::{Membership, MembershipId, PersonId, Register, Verification};

/// A person in one role of the staff, with the memberships that carry its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusRow {
    pub person: PersonId,
    pub role: Role,
    pub memberships: Vec<MembershipId>,
    pub verification: Verification,
    /// The day the state began; unknown where nobody noted it.
    pub since: Option<Date>,
    pub post: String,
}

/// Everybody of the staff on a day: waiting ones first, the longest wait at the top; then rejected, then without
/// information, then confirmed. Several memberships of one role are one row: the least settled state counts.
pub fn statuses(register: &Register, today: Date) -> Vec<StatusRow> {
    let mut rows: BTreeMap<(PersonId, Role), StatusRow> = BTreeMap::new();
    let memberships = register.tables().memberships.values();
    for membership in memberships.filter(|one| one.role.is_staff() && register.is_current(one, today)) {
        let row = rows.entry((membership.person, membership.role)).or_insert_with(|| StatusRow {
            person: membership.person,
            role: membership.role,
            memberships: Vec::new(),
            verification: membership.verification,
            since: membership.verification_since,
            post: membership.post.clone(),
        });
        add(row, membership);
    }
    let mut rows: Vec<StatusRow> = rows.into_values().collect();
    rows.sort_by_cached_key(|row| {
        let name = register.person(row.person).map(|person| person.name.sort_key());
        (place_of(row.verification), row.since.is_none(), row.since, name, row.role)
    });
    rows
}

fn add(row: &mut StatusRow, membership: &Membership) {
    row.memberships.push(membership.id);
    if place_of(membership.verification) < place_of(row.verification) {
        (row.verification, row.since) = (membership.verification, membership.verification_since);
    }
    if row.post.is_empty() {
        row.post.clone_from(&membership.post);
    }
}

fn place_of(verification: Verification) -> u8 {
    match verification {
        Verification::Waiting => 0,
        Verification::Rejected => 1,
        Verification::NoInformation => 2,
        Verification::Verified => 3,
    }
}

/// For how many days a waiting row waits; `None`: it does not, or nobody noted since when.
pub fn status_waiting_days(row: &StatusRow, today: Date) -> Option<i64> {
    let since = row.since.filter(|_| row.verification == Verification::Waiting)?;
    Some(i64::from((today - since).get_days()).max(0))
}

/// A state in Russian, lower case.
pub fn verification_words(verification: Verification) -> &'static str {
    match verification {
        Verification::NoInformation => "нет сведений",
        Verification::Waiting => "ждёт подтверждения",
        Verification::Verified => "подтверждён",
        Verification::Rejected => "отклонён",
    }
}

/// Stable name of a state.
pub fn verification_code(verification: Verification) -> &'static str {
    match verification {
        Verification::NoInformation => "none",
        Verification::Waiting => "waiting",
        Verification::Verified => "verified",
        Verification::Rejected => "rejected",
    }
}

/// The state of a stable name.
pub fn verification_from_code(code: &str) -> Option<Verification> {
    use Verification::{NoInformation, Rejected, Verified, Waiting};
    [NoInformation, Waiting, Verified, Rejected].into_iter().find(|known| verification_code(*known) == code)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::register::{Operation, VerificationOperation};
    use crate::regulation::fixture::School;

    const TODAY: Date = date(2026, 10, 12);

    fn set(school: &mut School, person: PersonId, verification: Verification, on: Date) {
        let seen = school.register.memberships_of_person(person).cloned().collect();
        school.run(Operation::SetVerification(VerificationOperation { seen, verification, on }));
    }

    #[test]
    fn whoever_waits_longest_stands_first_and_undated_waits_come_after() {
        let mut school = School::new();
        let people: Vec<PersonId> = ["Агеева", "Белова", "Волкова", "Громова", "Дёмина"]
            .map(|name| school.person(name, Role::Teacher, None))
            .into();
        let parent = school.person("Ежова", Role::Student, None);
        set(&mut school, people[0], Verification::Verified, date(2026, 9, 1));
        set(&mut school, people[1], Verification::Waiting, date(2026, 10, 1));
        set(&mut school, people[2], Verification::Waiting, date(2026, 9, 20));
        set(&mut school, people[3], Verification::Rejected, date(2026, 9, 5));
        let rows = statuses(&school.register, TODAY);
        let order: Vec<PersonId> = rows.iter().map(|row| row.person).collect();
        assert_eq!(order, [people[2], people[1], people[3], people[4], people[0]]);
        assert!(!order.contains(&parent), "only the staff is confirmed");
        let days: Vec<Option<i64>> = rows.iter().map(|row| status_waiting_days(row, TODAY)).collect();
        assert_eq!(days, [Some(22), Some(11), None, None, None]);
    }

    #[test]
    fn several_memberships_of_a_role_are_one_row_with_the_least_settled_state() {
        let mut school = School::new();
        let person = school.person("Агеева", Role::Teacher, None);
        set(&mut school, person, Verification::Verified, date(2026, 9, 1));
        let staff = school.staff_group();
        let known = school.register.memberships_of_person(person).next().expect("one").clone();
        let second = Membership {
            group: Some(staff),
            verification: Verification::Waiting,
            verification_since: Some(date(2026, 10, 2)),
            ..(*known).clone()
        };
        school.run(Operation::Add(vec![second.into()]));
        let rows = statuses(&school.register, TODAY);
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].verification, rows[0].since), (Verification::Waiting, Some(date(2026, 10, 2))));
        assert_eq!(rows[0].memberships.len(), 2);
    }

    #[test]
    fn states_have_stable_names() {
        for state in [
            Verification::NoInformation,
            Verification::Waiting,
            Verification::Verified,
            Verification::Rejected,
        ] {
            assert_eq!(verification_from_code(verification_code(state)), Some(state));
        }
    }
}
