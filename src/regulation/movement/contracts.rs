//! Contracts for a time and the day on which a student decides alone.

use jiff::civil::Date;

use crate::register::{Person, PersonId, Register};
use crate::regulation::clock_trust::days_after;

/// How long before the end of a contract it is spoken of [proposal].
pub const CONTRACT_REMINDER_DAYS: u16 = 30;

/// A contract whose last day is near or past while its person is still here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EndingContract {
    pub until: Date,
    pub person: PersonId,
}

/// Contracts that end within [`CONTRACT_REMINDER_DAYS`] days, or ended while the person still holds a role; the nearest
/// end first. Nothing ends by itself: a contract may have been renewed on paper.
pub fn ending_contracts(register: &Register, today: Date) -> Vec<EndingContract> {
    let horizon = days_after(today, CONTRACT_REMINDER_DAYS);
    let holds_a_role = |person: &Person| {
        register
            .memberships_of_person(person.id)
            .any(|membership| membership.role.is_staff() && register.is_current(membership, today))
    };
    let mut ending: Vec<EndingContract> = register
        .tables()
        .people
        .values()
        .filter_map(|person| {
            let until = person.contract_until.filter(|until| *until <= horizon)?;
            holds_a_role(person).then_some(EndingContract { until, person: person.id })
        })
        .collect();
    ending.sort_unstable();
    ending
}

/// The day on which somebody is of age: from then on a student decides alone about taking part.
pub fn comes_of_age_on(person: &Person) -> Option<Date> {
    Some(person.birth_date?.saturating_add(jiff::Span::new().years(18)))
}
