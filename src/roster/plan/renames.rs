//! «Похоже, сменилась фамилия»: a row that would be somebody new, and somebody who is missing from the file, who agree
//! in all but the surname. Only ever proposed: nothing is written until the user says so, and where more than one pair
//! is possible the user chooses among all of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use super::groups::{Places, Wanted, is_class};
use super::matching::{Doubt, MOST_CANDIDATES, Match, differ, patronymics_differ};
use super::names_of_file::same_folded;
use super::standing::{is_in, may_be, open_memberships};
use super::{AbsentRow, PlanChoices, Scope};
use crate::names::{Role, fold};
use crate::register::{GroupChoice, GroupId, Person, PersonId, Register};
use crate::roster::mapped::{MappedRoster, RosterRow};

/// People of one given name in one place beyond which nobody is compared: no proposal would be the only one.
const MOST_OF_A_PLACE: usize = 200;

/// Shortest surname in which one letter may be a slip: «Ли» and «Ко» are different people.
const SHORTEST_WITH_A_SLIP: usize = 4;

/// What agrees besides the given name and the patronymic; the first is the strongest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum AgreedBy {
    BirthDate,
    Phone,
    Group,
    /// The post, for staff, who have no class.
    Post,
    /// The surnames nearly agree, for staff: one letter, or a double name.
    Surname,
}

/// A row and somebody missing who may be the same.
#[derive(Clone, Copy)]
struct Pair {
    row: u32,
    person: PersonId,
    by: AgreedBy,
}

/// Turns matches of newcomers into proposals. `missing` are the people the file does not name.
#[allow(
    clippy::too_many_arguments,
    reason = "one plan: file, register, choices and day; no two belong together"
)]
pub(super) fn propose(
    register: &Register,
    roster: &MappedRoster,
    wanted: &[Wanted],
    places: &Places<'_>,
    missing: &[AbsentRow],
    choices: &PlanChoices,
    today: Date,
    matches: &mut [Match],
) {
    if missing.is_empty() {
        return;
    }
    let renaming = Renaming { register, places, choices, today };
    let index = Missing::new(register, missing);
    let mut pairs = Vec::new();
    for (row, found) in (0_u32..).zip(matches.iter()) {
        if !matches!(found, Match::New { chosen: false, .. }) {
            continue;
        }
        let (read, wanted) = (&roster.rows[row as usize], &wanted[row as usize]);
        for person in index.who_may_be(read, wanted) {
            if let Some(by) = renaming.agree(read, wanted, person) {
                pairs.push(Pair { row, person, by });
            }
        }
    }
    // A common birth date settles a pair before anything weaker is asked.
    let (strong, weak): (Vec<Pair>, Vec<Pair>) =
        pairs.into_iter().partition(|pair| pair.by == AgreedBy::BirthDate);
    let (mut rows, mut people) = (BTreeSet::new(), BTreeSet::new());
    for round in [strong, weak] {
        let open: Vec<Pair> =
            round.into_iter().filter(|it| !rows.contains(&it.row) && !people.contains(&it.person)).collect();
        settle(&open, choices.accept_renames, matches);
        rows.extend(open.iter().map(|pair| pair.row));
        people.extend(open.iter().map(|pair| pair.person));
    }
}

/// The only pair both ways is proposed, of several the user chooses.
fn settle(pairs: &[Pair], accepted: bool, matches: &mut [Match]) {
    let mut of_row: BTreeMap<u32, Vec<Pair>> = BTreeMap::new();
    let mut rows_of_person: HashMap<PersonId, u32> = HashMap::new();
    for pair in pairs {
        of_row.entry(pair.row).or_default().push(*pair);
        *rows_of_person.entry(pair.person).or_default() += 1;
    }
    for (row, pairs) in of_row {
        matches[row as usize] = match pairs.as_slice() {
            [Pair { person, by, .. }] if rows_of_person.get(person) == Some(&1) => {
                Match::Renamed { person: *person, by: *by, accepted }
            }
            several => {
                let candidates = several.iter().map(|pair| pair.person).take(MOST_CANDIDATES).collect();
                Match::Ambiguous { candidates, doubt: Doubt::SeveralRenames }
            }
        };
    }
}

/// The missing, found by what must agree.
struct Missing<'register> {
    by_birth_date: HashMap<(String, Date), Vec<PersonId>>,
    by_place: HashMap<(String, Option<GroupId>), Vec<PersonId>>,
    by_phone: HashMap<&'register str, Vec<PersonId>>,
}

impl<'register> Missing<'register> {
    fn new(register: &'register Register, missing: &[AbsentRow]) -> Self {
        let (mut by_birth_date, mut by_place, mut by_phone) =
            (HashMap::new(), HashMap::new(), HashMap::new());
        for absent in missing {
            let Some(person) = register.person(absent.person) else { continue };
            let given = fold(&person.name.given);
            if let Some(phone) = &person.phone {
                by_phone.entry(phone.as_str()).or_insert_with(Vec::new).push(person.id);
            }
            if let Some(date) = person.birth_date {
                by_birth_date.entry((given.clone(), date)).or_insert_with(Vec::new).push(person.id);
            }
            by_place.entry((given, absent.group)).or_insert_with(Vec::new).push(person.id);
        }
        Self { by_birth_date, by_place, by_phone }
    }

    /// Everybody who could agree with a row, each once.
    fn who_may_be(&self, read: &RosterRow, wanted: &Wanted) -> Vec<PersonId> {
        let given = fold(&read.name.given);
        let mut found = BTreeSet::new();
        let mut add = |people: Option<&Vec<PersonId>>| {
            found.extend(
                people.into_iter().filter(|people| people.len() <= MOST_OF_A_PLACE).flatten().copied(),
            );
        };
        add(read.phone.as_ref().and_then(|phone| self.by_phone.get(phone.as_str())));
        add(read.birth_date.and_then(|date| self.by_birth_date.get(&(given.clone(), date))));
        match wanted.place {
            Some(GroupChoice::Existing(group)) => add(self.by_place.get(&(given, Some(group)))),
            None => add(self.by_place.get(&(given, None))),
            Some(GroupChoice::New(_)) => {}
        }
        found.into_iter().collect()
    }
}

struct Renaming<'a> {
    register: &'a Register,
    places: &'a Places<'a>,
    choices: &'a PlanChoices,
    today: Date,
}

impl Renaming<'_> {
    /// What agrees, when it is enough for a proposal: the given name, both patronymics (unless the surnames nearly
    /// agree) and the date of birth; where one side has no date, the class or phone, and for staff the post.
    fn agree(&self, read: &RosterRow, wanted: &Wanted, person: PersonId) -> Option<AgreedBy> {
        let known = self.register.person(person)?;
        let role = wanted.role?;
        let (one, other) = (&read.name, &known.name);
        if same_folded(&one.surname, &other.surname)
            || !same_folded(&one.given, &other.given)
            || patronymics_differ(&one.patronymic, &other.patronymic)
            || differ(read.birth_date, known.birth_date)
            || !may_be(self.register, person, role)
        {
            return None;
        }
        let nearly_the_same = || surnames_nearly_agree(&one.surname, &other.surname);
        if (one.patronymic.is_empty() || other.patronymic.is_empty()) && !nearly_the_same() {
            return None;
        }
        let same_birth_date = read.birth_date.is_some() && read.birth_date == known.birth_date;
        let same_class = self.is_in_class(wanted, role, person);
        if self.choices.scope == Scope::Additions {
            return (same_birth_date && same_class).then_some(AgreedBy::BirthDate);
        }
        if same_birth_date {
            Some(AgreedBy::BirthDate)
        } else if read.phone.is_some() && read.phone == known.phone {
            Some(AgreedBy::Phone)
        } else if same_class {
            Some(AgreedBy::Group)
        } else if role.is_staff() && self.has_post(known, role, &read.post) {
            Some(AgreedBy::Post)
        } else {
            (role.is_staff() && nearly_the_same()).then_some(AgreedBy::Surname)
        }
    }

    /// Whether the person is in the class of the row. Being of one staff says nothing.
    fn is_in_class(&self, wanted: &Wanted, role: Role, person: PersonId) -> bool {
        let Some(GroupChoice::Existing(group)) = wanted.place else { return false };
        !self.places.is_own_of_staff(group)
            && self.register.group(group).is_some_and(|group| is_class(group))
            && is_in(self.register, person, role, wanted.place, self.today)
    }

    fn has_post(&self, known: &Person, role: Role, post: &str) -> bool {
        !post.is_empty()
            && open_memberships(self.register, known.id, role, self.today)
                .any(|membership| same_folded(&membership.post, post))
    }
}

/// One surname is a part of the other («Иванова», «Иванова-Петрова»), or they differ by one letter: left out, put in,
/// changed, or two changing places.
fn surnames_nearly_agree(one: &str, other: &str) -> bool {
    let (one, other) = (fold(one), fold(other));
    let parts = |surname: &str| -> Vec<String> { surname.split(['-', ' ']).map(str::to_owned).collect() };
    let (of_one, of_other) = (parts(&one), parts(&other));
    if of_one.len().max(of_other.len()) > 1 {
        return of_one.iter().any(|part| of_other.contains(part));
    }
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    one.len().min(other.len()) >= SHORTEST_WITH_A_SLIP && is_one_slip(&one, &other)
}

fn is_one_slip(one: &[char], other: &[char]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let same = short.iter().zip(long).take_while(|(left, right)| left == right).count();
    let (short, long) = (&short[same..], &long[same..]);
    match long.len() - short.len() {
        0 => match (short, long) {
            ([_, left @ ..], [_, right @ ..]) if left == right => true,
            ([a, b, left @ ..], [c, d, right @ ..]) => a == d && b == c && left == right,
            _ => false,
        },
        1 => short == &long[1..],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_that_nearly_agree() {
        let cases = [
            ("Иванова", "Иванова-Петрова", true),
            ("Петрова", "Иванова-Петрова", true),
            ("Петрова-Водкина", "Водкина", true),
            ("Ковалёва", "Ковалева", true),
            ("Громов", "Грамов", true),
            ("Громов", "Громова", true),
            ("Громов", "Горомв", false),
            ("Громов", "Гормов", true),
            ("Лис", "Лиса", false),
            ("Ким", "Кам", false),
            ("Иванова", "Петрова", false),
            ("Орлов", "Котов", false),
        ];
        for (one, other, expected) in cases {
            let same = fold(one) == fold(other);
            assert_eq!(same || surnames_nearly_agree(one, other), expected, "{one}, {other}");
            assert_eq!(same || surnames_nearly_agree(other, one), expected, "{other}, {one}");
        }
    }
}
