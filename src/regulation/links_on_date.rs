//! The links that were in force on a day (duties 2.3-4 and 2.3-9): what an inspection asks of any day, answered from the
//! stored days alone.

use jiff::civil::Date;

use crate::names::{GroupSortKey, group_sort_key};
use crate::register::{Invite, InviteId, Register};

/// A link as it stood at the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkOnDay {
    pub invite: InviteId,
    /// The first day on which the records know of it.
    pub known_since: Date,
    /// Made, and given to nobody by then.
    pub in_reserve: bool,
}

/// The links that opened something at the end of a day, by group, role and number. A link revoked on the day is out; one
/// whose last day it was is still in. Nothing is said of deferrals: they never closed a link.
pub fn links_in_force_on(register: &Register, day: Date) -> Vec<LinkOnDay> {
    let mut found: Vec<(Option<GroupSortKey>, &Invite, LinkOnDay)> = register
        .tables()
        .invites
        .values()
        .filter_map(|invite| {
            let group = register.group_of_target(invite.target).and_then(|group| register.group(group));
            Some((group.map(|group| group_sort_key(&group.label)), invite, on_day(invite, day)?))
        })
        .collect();
    found.sort_by(|(group, invite, _), (other_group, other, _)| {
        (group, invite.role, invite.id).cmp(&(other_group, other.role, other.id))
    });
    found.into_iter().map(|(_, _, link)| link).collect()
}

/// The first day of which the register of links can say anything.
pub fn link_records_begin(register: &Register) -> Option<Date> {
    register.tables().invites.values().map(known_since).min()
}

fn on_day(invite: &Invite, day: Date) -> Option<LinkOnDay> {
    let known_since = known_since(invite);
    let revoked = invite.revocation.as_ref().is_some_and(|revocation| revocation.on <= day);
    let expired = invite.expires_on.is_some_and(|last| last < day);
    if known_since > day || revoked || expired {
        return None;
    }
    // A hand-over without a day lies before the records began.
    let handed_over = invite.handed_over.as_ref().is_some_and(|given| given.on.is_none_or(|on| on <= day));
    Some(LinkOnDay { invite: invite.id, known_since, in_reserve: !handed_over })
}

fn known_since(invite: &Invite) -> Date {
    let handed_on = invite.handed_over.as_ref().and_then(|given| given.on);
    [invite.issued_on, handed_on].into_iter().flatten().fold(invite.recorded_on, Date::min)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::names::Role;
    use crate::register::{HandOver, Revocation, Target};
    use crate::regulation::fixture::School;

    #[test]
    fn a_link_is_in_force_from_its_first_known_day_until_it_is_revoked_or_runs_out() {
        type Change = fn(&mut Invite);
        let made = date(2026, 9, 1);
        let revoked: Change = |invite| {
            invite.revocation = Some(Revocation { on: date(2026, 10, 5), ..Revocation::default() });
        };
        let expires: Change = |invite| invite.expires_on = Some(date(2026, 10, 5));
        let undated: Change = |invite| {
            invite.issued_on = None;
            // Entered on 31 December, the day of the fixture.
            invite.handed_over = Some(HandOver::default());
        };
        let nothing: Change = |_| {};
        // The change, the day, whether it is in force (and then whether in reserve).
        let table: [(Change, Date, Option<bool>); 11] = [
            (nothing, date(2026, 8, 31), None),
            (nothing, made, Some(true)),
            (nothing, date(2026, 9, 3), Some(false)),
            (revoked, date(2026, 10, 4), Some(false)),
            (revoked, date(2026, 10, 5), None),
            (revoked, date(2026, 12, 1), None),
            (expires, date(2026, 10, 5), Some(false)),
            (expires, date(2026, 10, 6), None),
            (undated, date(2026, 12, 30), None),
            (undated, date(2026, 12, 31), Some(false)),
            (nothing, date(2030, 1, 1), Some(false)),
        ];
        for (case, (change, day, expected)) in table.into_iter().enumerate() {
            let mut school = School::new();
            let group = school.class("7Б");
            school.link_with(Target::Group(group), Role::Parent, Some(date(2026, 9, 3)), |invite| {
                invite.issued_on = Some(made);
                change(invite);
            });
            let found = links_in_force_on(&school.register, day);
            assert_eq!(found.first().map(|link| link.in_reserve), expected, "case {case}");
        }
    }

    #[test]
    fn they_stand_by_group_role_and_number() {
        let mut school = School::new();
        assert_eq!(link_records_begin(&school.register), None);
        let (tenth, second) = (school.class("10А"), school.class("2А"));
        let on = Some(date(2026, 9, 2));
        let links = [
            school.link(Target::Group(tenth), Role::Student, on),
            school.link(Target::Group(second), Role::Parent, on),
            school.link(Target::Group(second), Role::Student, on),
            school.link(Target::Organization, Role::Teacher, on),
        ];
        let found: Vec<InviteId> =
            links_in_force_on(&school.register, date(2026, 10, 1)).iter().map(|link| link.invite).collect();
        let mut of_second = [links[1], links[2]];
        of_second.sort_by_key(|link| school.invite(*link).role);
        assert_eq!(found, [links[3], of_second[0], of_second[1], links[0]]);
        assert_eq!(link_records_begin(&school.register), Some(date(2026, 9, 2)));
    }
}
