//! Who of the register bears a name that is being entered: shown before somebody is entered twice.

use jiff::civil::Date;

use crate::names::{FullName, Role, fold};
use crate::register::{GroupId, Person, PersonId, Register};

/// Somebody of this name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namesake {
    pub person: PersonId,
    /// Whether the patronymic agrees as well (or one of them is not known).
    pub is_same_name: bool,
    /// The day they left; `None`: they are here.
    pub left_on: Option<Date>,
    /// Roles and groups they hold, or held last.
    pub places: Vec<(Role, Option<GroupId>)>,
    /// Whether the name is one they bore before.
    pub by_former_name: bool,
}

/// The people with this surname and given name, those of the same patronymic first, then who is here before who left.
/// Namesakes are real: what is found is shown and never joined by itself.
pub fn people_of_name(register: &Register, name: &FullName, today: Date) -> Vec<Namesake> {
    let wanted = Wanted {
        initial: first_letter(&name.surname),
        surname: name.surname_key(),
        given: fold(&name.given),
        patronymic: fold(&name.patronymic),
    };
    if wanted.surname.is_empty() || wanted.given.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<Namesake> = register
        .tables()
        .people
        .values()
        .filter_map(|person| {
            let now = wanted.agrees(&person.name).map(|same| (same, false));
            let agreed = now.or_else(|| {
                person.former_names.iter().find_map(|former| wanted.agrees(former)).map(|same| (same, true))
            });
            let (is_same_name, by_former_name) = agreed?;
            Some(of_person(register, person, is_same_name, by_former_name, today))
        })
        .collect();
    found.sort_by_key(|one| (!one.is_same_name, one.left_on.is_some(), one.person));
    found
}

fn of_person(
    register: &Register,
    person: &Person,
    is_same_name: bool,
    by_former_name: bool,
    today: Date,
) -> Namesake {
    let left_on = person.left_on.filter(|left| *left <= today);
    let memberships: Vec<_> = register.memberships_of_person(person.id).collect();
    let last = memberships.iter().filter_map(|membership| membership.until).max();
    let counts = |until: Option<Date>| until.is_none_or(|until| until >= today);
    let any_now = memberships.iter().any(|membership| counts(membership.until));
    let mut places: Vec<(Role, Option<GroupId>)> = memberships
        .iter()
        .filter(|membership| if any_now { counts(membership.until) } else { membership.until == last })
        .map(|membership| (membership.role, membership.group))
        .collect();
    if register.guardianships_of_adult(person.id).any(|bond| counts(bond.until)) {
        places.push((Role::Parent, None));
    }
    places.sort_unstable();
    places.dedup();
    Namesake { person: person.id, is_same_name, left_on, places, by_former_name }
}

struct Wanted {
    initial: Option<char>,
    surname: String,
    given: String,
    patronymic: String,
}

impl Wanted {
    /// Whether surname and given name agree; then whether the patronymic does as well. The first letter is compared
    /// before anything is folded: the whole register is looked through while somebody types.
    fn agrees(&self, name: &FullName) -> Option<bool> {
        if first_letter(&name.surname) != self.initial
            || name.surname_key() != self.surname
            || fold(&name.given) != self.given
        {
            return None;
        }
        let patronymic = fold(&name.patronymic);
        Some(patronymic.is_empty() || self.patronymic.is_empty() || patronymic == self.patronymic)
    }
}

fn first_letter(text: &str) -> Option<char> {
    let letter = text.trim_start().chars().next()?.to_lowercase().next()?;
    Some(if letter == 'ё' { 'е' } else { letter })
}
