//! A written name against the people who work here: the surname first, the rest as evidence. Namesakes are real, so a
//! doubtful one is asked.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use crate::names::{FullName, fold};
use crate::register::{Person, PersonId, Register};

/// How many people a question offers.
const MOST_OFFERED: usize = 6;

/// Who a written name is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TeacherMatch {
    /// One, beyond doubt.
    Certain(PersonId),
    /// To be asked: likely people, best first.
    Ask(Vec<PersonId>),
    /// Nobody of the staff is called so.
    Nobody,
}

/// The staff by surname.
pub struct StaffNames {
    people: Vec<Arc<Person>>,
    by_surname: HashMap<String, Vec<usize>>,
}

impl StaffNames {
    /// Everybody who works here on a day, and whoever leads a group.
    pub fn of(register: &Register, today: Date) -> StaffNames {
        let mut ids: BTreeSet<PersonId> = BTreeSet::new();
        let tables = register.tables();
        let works = tables.memberships.values().filter(|one| one.role.is_staff());
        ids.extend(works.filter(|one| register.is_current(one, today)).map(|one| one.person));
        let leads = tables.assignments.values().filter(|one| one.until.is_none_or(|until| until >= today));
        ids.extend(leads.map(|one| one.person));
        let people = ids.into_iter().filter_map(|id| register.person(id));
        let mut people: Vec<Arc<Person>> =
            people.filter(|person| person.left_on.is_none_or(|left| left > today)).cloned().collect();
        people.sort_by_cached_key(|person| (person.name.sort_key(), person.id));
        let mut by_surname: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, person) in people.iter().enumerate() {
            by_surname.entry(person.name.surname_key()).or_default().push(place);
        }
        StaffNames { people, by_surname }
    }

    /// Finds a written name; initials, a name without patronymic and «Мария Иванова» are understood.
    pub fn find(&self, written: &str) -> TeacherMatch {
        let Ok(name) = FullName::parse(written) else { return self.by_one_word(written) };
        let turned = FullName::new(&name.given, &name.surname, &name.patronymic);
        let name = match self.by_surname.contains_key(&name.surname_key()) {
            false if self.by_surname.contains_key(&turned.surname_key()) => turned,
            _ => name,
        };
        let of_surname: Vec<&Arc<Person>> = self.of_surname(&name.surname_key()).collect();
        if of_surname.is_empty() {
            return offered(self.by_given_names(&name).chain(self.with_a_slip(&name)));
        }
        let key = name.match_key();
        let same: Vec<&&Arc<Person>> =
            of_surname.iter().filter(|person| person.name.match_key() == key).collect();
        let alike: Vec<&&Arc<Person>> =
            of_surname.iter().filter(|person| could_be(&person.name, &name)).collect();
        match (same.as_slice(), alike.as_slice()) {
            ([one], _) => TeacherMatch::Certain(one.id),
            ([], [one]) => TeacherMatch::Certain(one.id),
            ([], []) => offered(of_surname.iter().map(|person| person.id)),
            ([], alike) => offered(alike.iter().map(|person| person.id)),
            (same, _) => offered(same.iter().map(|person| person.id)),
        }
    }

    /// Whether a written name may be this person's: the cabinet often has less of it.
    pub fn may_be(&self, written: &str, person: PersonId) -> bool {
        let Some(known) = self.people.iter().find(|known| known.id == person) else { return false };
        let Ok(name) = FullName::parse(written) else { return known.name.surname_key() == fold(written) };
        let turned = FullName::new(&name.given, &name.surname, &name.patronymic);
        let of =
            |name: &FullName| known.name.surname_key() == name.surname_key() && could_be(&known.name, name);
        of(&name) || of(&turned)
    }

    /// People whose name goes on as typed: each typed word begins a word of the name, the first the surname.
    pub fn complete(&self, typed: &str, most: usize) -> Vec<PersonId> {
        let typed = fold(typed);
        let words: Vec<&str> = typed.split(' ').map(|word| word.trim_end_matches('.')).collect();
        let fits = |person: &&Arc<Person>| {
            let name = &person.name;
            let parts = [fold(&name.surname), fold(&name.given), fold(&name.patronymic)];
            words.len() <= parts.len()
                && !words[0].is_empty()
                && words.iter().zip(&parts).all(|(word, part)| part.starts_with(word))
        };
        self.people.iter().filter(fits).take(most).map(|person| person.id).collect()
    }

    fn of_surname(&self, key: &str) -> impl Iterator<Item = &Arc<Person>> {
        let places = self.by_surname.get(key).map(Vec::as_slice).unwrap_or_default();
        places.iter().filter_map(|place| self.people.get(*place))
    }

    /// A surname alone is never certain, even where one has it.
    fn by_one_word(&self, written: &str) -> TeacherMatch {
        offered(self.of_surname(&fold(written)).map(|person| person.id))
    }

    /// The same given name and patronymic under another surname: perhaps married.
    fn by_given_names<'a>(&'a self, name: &FullName) -> impl Iterator<Item = PersonId> + 'a {
        let (given, patronymic) = (fold(&name.given), fold(&name.patronymic));
        let whole = given.chars().count() > 2 && patronymic.chars().count() > 3;
        let same = move |person: &&Arc<Person>| {
            whole && fold(&person.name.given) == given && fold(&person.name.patronymic) == patronymic
        };
        self.people.iter().filter(same).map(|person| person.id)
    }

    /// A surname one letter away, with the same given name.
    fn with_a_slip<'a>(&'a self, name: &FullName) -> impl Iterator<Item = PersonId> + 'a {
        let name = name.clone();
        let surname = name.surname_key();
        let near = move |person: &&Arc<Person>| {
            could_be(&person.name, &name) && one_letter_apart(&person.name.surname_key(), &surname)
        };
        self.people.iter().filter(near).map(|person| person.id)
    }
}

fn offered(people: impl Iterator<Item = PersonId>) -> TeacherMatch {
    let mut offered: Vec<PersonId> = Vec::new();
    for person in people {
        if !offered.contains(&person) && offered.len() < MOST_OFFERED {
            offered.push(person);
        }
    }
    if offered.is_empty() { TeacherMatch::Nobody } else { TeacherMatch::Ask(offered) }
}

fn could_be(known: &FullName, written: &FullName) -> bool {
    part_agrees(&known.given, &written.given)
        && (known.patronymic.is_empty()
            || written.patronymic.is_empty()
            || part_agrees(&known.patronymic, &written.patronymic))
}

/// «М.» and «М» agree with «Мария».
fn part_agrees(known: &str, written: &str) -> bool {
    let (known, written) = (fold(known), fold(written));
    let initial = written.trim_end_matches('.');
    known == written || (initial.chars().count() == 1 && known.starts_with(initial))
}

/// One letter more, less, other, or two neighbours changed places; only in words long enough for that to be a slip.
fn one_letter_apart(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    if short.len() < 5 || long.len() - short.len() > 1 {
        return false;
    }
    let begin = short.iter().zip(long.iter()).take_while(|(a, b)| a == b).count();
    let rest_short = &short[begin..];
    let rest_long = &long[begin..];
    if short.len() < long.len() {
        return rest_short == &rest_long[1..];
    }
    let is_swap = rest_short.len() > 1
        && rest_short[0] == rest_long[1]
        && rest_short[1] == rest_long[0]
        && rest_short[2..] == rest_long[2..];
    !rest_short.is_empty() && (rest_short[1..] == rest_long[1..] || is_swap)
}
