//! Who of the register a row is. By names first: surname and given name must agree, a patronymic may be absent
//! on one side; then date of birth, group and phone decide. No similarity is guessed, and namesakes stay apart:
//! two rows never take one person, and where the evidence does not single out one person the user is asked.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::civil::Date;

use super::groups::Wanted;
use super::halves::{GoOn, in_halves};
use super::names_of_file::{NamesOfFile, Namesakes, same_folded, same_short_name};
use super::person_aliases::PersonAliases;
use super::refusals::Refusals;
use super::renames::AgreedBy;
use super::standing::{has_left, is_in, may_be, same_family};
use super::{ConflictField, PROGRESS_EVERY, PersonChoice, PlanChoices};
use crate::register::{Origin, Person, PersonId, Register};
use crate::roster::mapped::{MappedRoster, RosterRow};

/// Rows × people of one name beyond which nobody is told apart: no school has so many namesakes, and a file made
/// to stop the program must not.
const MOST_PAIRS_OF_A_NAME: usize = 10_000;

/// Candidates named at most.
pub(super) const MOST_CANDIDATES: usize = 20;

/// What agrees between a row and a person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Evidence {
    pub birth_date: bool,
    pub group: bool,
    pub phone: bool,
    /// The patronymics are equal, or both absent.
    pub patronymic: bool,
}

/// Why a row cannot be decided without the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// Several people, or several rows for one person.
    Namesakes,
    /// Somebody of this name left before.
    WasHereBefore,
    /// The date of birth was set by hand and the file says another.
    BirthDateDiffers,
    /// The user's answer names nobody, or somebody who is taken.
    BadDecision,
    /// Several changes of a surname could explain the row.
    SeveralRenames,
}

/// What a row was found to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Match {
    /// The row cannot be used.
    Unusable,
    /// Nobody in the register. `namesake_in_group` is set when the group has, or the file puts there, another
    /// person of this name; `chosen` when the user said so.
    New { namesake_in_group: bool, chosen: bool },
    /// This person, by this evidence.
    Found { person: PersonId, evidence: Evidence },
    /// This person, by the user's word.
    Chosen { person: PersonId },
    /// This person, by the user's word at an earlier import.
    Remembered { person: PersonId },
    /// Perhaps this person under another surname; certain once `accepted`.
    Renamed { person: PersonId, by: AgreedBy, accepted: bool },
    /// The user must say.
    Ambiguous { candidates: Vec<PersonId>, doubt: Doubt },
}

impl Match {
    /// The person of the row.
    pub(super) fn person(&self) -> Option<PersonId> {
        match self {
            Self::Found { person, .. }
            | Self::Chosen { person }
            | Self::Remembered { person }
            | Self::Renamed { person, accepted: true, .. } => Some(*person),
            Self::Unusable
            | Self::New { .. }
            | Self::Renamed { accepted: false, .. }
            | Self::Ambiguous { .. } => None,
        }
    }

    /// Everybody the row may be: nobody of them is missing from the file.
    pub(super) fn possible_people(&self) -> &[PersonId] {
        match self {
            Self::Found { person, .. }
            | Self::Chosen { person }
            | Self::Remembered { person }
            | Self::Renamed { person, .. } => std::slice::from_ref(person),
            Self::Ambiguous { candidates, .. } => candidates,
            Self::Unusable | Self::New { .. } => &[],
        }
    }
}

/// Below this weight a pair agrees in the name only.
const SOMETHING_BESIDES_THE_NAME: u8 = 2;

impl Evidence {
    /// Date of birth before phone before group before patronymic.
    fn weight(&self) -> u8 {
        u8::from(self.birth_date) << 3
            | u8::from(self.phone) << 2
            | u8::from(self.group) << 1
            | u8::from(self.patronymic)
    }
}

/// Finds for every row who it is. `None` when `progress` asked to stop.
pub(super) fn match_rows(
    register: &Register,
    roster: &MappedRoster,
    wanted: &[Wanted],
    choices: &PlanChoices,
    refusals: &Refusals<'_>,
    today: Date,
    progress: GoOn<'_>,
) -> Option<Vec<Match>> {
    let names = NamesOfFile::new(register, roster, &|share| progress(share * 0.5))?;
    let mut matches = vec![Match::Unusable; roster.rows.len()];
    let rows = &roster.rows;
    let (taken, decided) = (BTreeMap::new(), BTreeSet::new());
    let mut matching = Matching { register, rows, wanted, refusals, today, taken, decided };
    matching.take_decisions(&choices.decisions, &mut matches);
    let halves = in_halves(names.names.len(), &|share| progress(0.5 + share * 0.5), |range, go_on| {
        let mut found = Vec::with_capacity(range.len());
        let count = range.len().max(1) as f32;
        for (done, name) in names.names[range].iter().enumerate() {
            if done % PROGRESS_EVERY == 0 && !go_on(done as f32 / count) {
                return None;
            }
            matching.match_name(name, &mut found);
        }
        Some(found)
    })?;
    for (row, found) in halves.into_iter().flatten() {
        matches[row as usize] = found;
    }
    matching.take_remembered(&names, &mut matches);
    Some(matches)
}

struct Matching<'a> {
    register: &'a Register,
    rows: &'a [RosterRow],
    wanted: &'a [Wanted],
    refusals: &'a Refusals<'a>,
    today: Date,
    /// People the user gave to rows, now or earlier, with the row's index.
    taken: BTreeMap<PersonId, u32>,
    /// Indices of the rows that the user decided, now or earlier.
    decided: BTreeSet<u32>,
}

/// A row and a person who may be the same.
struct Pair {
    row: u32,
    person: PersonId,
    evidence: Evidence,
}

impl Matching<'_> {
    /// The user's word goes before all evidence.
    fn take_decisions(&mut self, decisions: &BTreeMap<u32, PersonChoice>, matches: &mut [Match]) {
        if decisions.is_empty() {
            return;
        }
        for (index, row) in (0_u32..).zip(self.rows) {
            let Some(decision) = decisions.get(&row.row).filter(|_| self.is_usable(index)) else { continue };
            self.decided.insert(index);
            matches[index as usize] = match decision {
                PersonChoice::NewPerson => Match::New { namesake_in_group: false, chosen: true },
                PersonChoice::Existing(person) => {
                    let exists = self.register.person(*person).is_some();
                    if exists && !self.taken.contains_key(person) {
                        self.taken.insert(*person, index);
                        Match::Chosen { person: *person }
                    } else {
                        let candidates = exists.then_some(*person).into_iter().collect();
                        Match::Ambiguous { candidates, doubt: Doubt::BadDecision }
                    }
                }
            };
        }
    }

    /// Rows that would ask, or look like somebody new, and that the user answered at an earlier import.
    fn take_remembered(&mut self, names: &NamesOfFile, matches: &mut [Match]) {
        let aliases = PersonAliases::new(self.register);
        let asks = |found: &Match| match found {
            Match::New { chosen, .. } => !chosen,
            Match::Ambiguous { doubt, .. } => *doubt != Doubt::BadDecision,
            _ => false,
        };
        let undecided = (0_u32..).zip(matches.iter()).filter(|(_, found)| asks(found)).map(|(row, _)| row);
        let answered = aliases.find(self.rows, undecided);
        if answered.is_empty() {
            return;
        }
        let named: HashSet<PersonId> = matches.iter().filter_map(Match::person).collect();
        let mut touched: BTreeSet<usize> = BTreeSet::new();
        for (row, person) in answered {
            let Some(known) = self.register.person(person) else { continue };
            if named.contains(&person) || self.contradicts(row, known) {
                continue;
            }
            self.taken.insert(person, row);
            self.decided.insert(row);
            matches[row as usize] = Match::Remembered { person };
            touched.insert(names.of_row(row));
            touched.extend(names.of_name(&known.name));
        }
        // The others of these names have one row and one person less to be taken for.
        let mut found = Vec::new();
        for name in touched {
            self.match_name(&names.names[name], &mut found);
        }
        for (row, found) in found {
            matches[row as usize] = found;
        }
    }

    fn is_usable(&self, row: u32) -> bool {
        let wanted = &self.wanted[row as usize];
        wanted.role.is_some() && wanted.refused.is_empty()
    }

    fn is_open(&self, row: u32) -> bool {
        self.is_usable(row) && (self.decided.is_empty() || !self.decided.contains(&row))
    }

    fn match_name(&self, name: &Namesakes, matches: &mut Vec<(u32, Match)>) {
        if let Some((row, person)) = name.only_row() {
            // Nearly every name: the way below would come to the same.
            if !self.is_open(row) {
                return;
            }
            let Some(person) = person else {
                matches.push((row, Match::New { namesake_in_group: false, chosen: false }));
                return;
            };
            if !self.taken.contains_key(&person)
                && let Some(pair) = self.pair(row, person)
            {
                matches.push((row, Match::Found { person, evidence: pair.evidence }));
                return;
            }
        }
        let open: Vec<u32> = name.rows().filter(|row| self.is_open(*row)).collect();
        let people: Vec<PersonId> = name.people().collect();
        if open.len() * people.len() > MOST_PAIRS_OF_A_NAME {
            matches.extend(open.iter().map(|row| {
                let candidates = people.iter().copied().take(MOST_CANDIDATES).collect();
                (*row, Match::Ambiguous { candidates, doubt: Doubt::Namesakes })
            }));
            return;
        }
        let mut pairs = Vec::new();
        for row in &open {
            pairs.extend(people.iter().filter_map(|person| self.pair(*row, *person)));
        }
        let mut owner: BTreeMap<PersonId, u32> =
            people.iter().filter_map(|person| self.taken.get(person).map(|row| (*person, *row))).collect();
        let mut found: BTreeMap<u32, (PersonId, Evidence)> = BTreeMap::new();
        // Each taken pair may leave another without a rival.
        while take_best(&pairs, &mut owner, &mut found) {}
        self.take_only_candidates(&pairs, &mut owner, &mut found);
        matches.extend(open.iter().map(|row| match found.get(row) {
            Some((person, evidence)) => (*row, Match::Found { person: *person, evidence: *evidence }),
            None => (*row, self.undecided(*row, &open, &people, &pairs, &owner)),
        }));
    }

    /// The last stage: by the name alone, when the row could be one person only, and that person one row only.
    fn take_only_candidates(
        &self,
        pairs: &[Pair],
        owner: &mut BTreeMap<PersonId, u32>,
        found: &mut BTreeMap<u32, (PersonId, Evidence)>,
    ) {
        let mut people_of_row: BTreeMap<u32, u32> = BTreeMap::new();
        let mut rows_of_person: BTreeMap<PersonId, u32> = BTreeMap::new();
        for pair in pairs {
            if !self.owner_contradicts(pair, owner) {
                *people_of_row.entry(pair.row).or_default() += 1;
            }
            if !found.contains_key(&pair.row) {
                *rows_of_person.entry(pair.person).or_default() += 1;
            }
        }
        let only = |pair: &&Pair| {
            people_of_row.get(&pair.row) == Some(&1) && rows_of_person.get(&pair.person) == Some(&1)
        };
        for pair in pairs.iter().filter(only) {
            if !found.contains_key(&pair.row) && !owner.contains_key(&pair.person) {
                owner.insert(pair.person, pair.row);
                found.insert(pair.row, (pair.person, pair.evidence));
            }
        }
    }

    /// Whether the person was given to another row that cannot be the same as this one.
    fn owner_contradicts(&self, pair: &Pair, owner: &BTreeMap<PersonId, u32>) -> bool {
        owner
            .get(&pair.person)
            .is_some_and(|other| *other != pair.row && self.rows_contradict(*other, pair.row))
    }

    fn rows_contradict(&self, one: u32, other: u32) -> bool {
        let (one, other) = (&self.rows[one as usize], &self.rows[other as usize]);
        differ(one.birth_date, other.birth_date)
            || patronymics_differ(&one.name.patronymic, &other.name.patronymic)
    }

    fn undecided(
        &self,
        row: u32,
        open: &[u32],
        people: &[PersonId],
        pairs: &[Pair],
        owner: &BTreeMap<PersonId, u32>,
    ) -> Match {
        let own = || pairs.iter().filter(|pair| pair.row == row && !self.owner_contradicts(pair, owner));
        // A person taken by a row of another group is no candidate: the file itself lists two people.
        let could_be = |pair: &&Pair| match owner.get(&pair.person) {
            None => true,
            Some(other) => self.wanted[*other as usize].place == self.wanted[row as usize].place,
        };
        let candidates: Vec<PersonId> = own().filter(could_be).map(|pair| pair.person).collect();
        if !candidates.is_empty() {
            return Match::Ambiguous { candidates, doubt: Doubt::Namesakes };
        }
        let free_people = || people.iter().copied().filter(|person| !owner.contains_key(person));
        let corrected_by_hand: Vec<PersonId> =
            free_people().filter(|person| self.was_born_otherwise_by_hand(row, *person)).collect();
        if !corrected_by_hand.is_empty() {
            return Match::Ambiguous { candidates: corrected_by_hand, doubt: Doubt::BirthDateDiffers };
        }
        let departed: Vec<PersonId> =
            free_people().filter(|person| self.may_have_come_back(row, *person)).collect();
        if !departed.is_empty() {
            return Match::Ambiguous { candidates: departed, doubt: Doubt::WasHereBefore };
        }
        self.new_person(row, open, people)
    }

    fn new_person(&self, row: u32, open: &[u32], people: &[PersonId]) -> Match {
        let wanted = &self.wanted[row as usize];
        let family =
            |other: &Wanted| wanted.role.zip(other.role).is_some_and(|(one, two)| same_family(one, two));
        let beside = |other: &&u32| {
            let other_wanted = &self.wanted[**other as usize];
            **other != row && other_wanted.place == wanted.place && family(other_wanted)
        };
        // The reader already bounds the rows of one name that are compared; a long list is cut the same way.
        let in_file = open.len() > 1 && open.iter().take(MOST_CANDIDATES).any(|other| beside(&other));
        let in_register = wanted.role.is_some_and(|role| {
            let is_there =
                |person: &&PersonId| is_in(self.register, **person, role, wanted.place, self.today);
            people.iter().take(MOST_CANDIDATES).any(|person| is_there(&person))
        });
        Match::New { namesake_in_group: in_file || in_register, chosen: false }
    }

    /// Compares a row with a person of the same surname and given name who is here.
    fn pair(&self, row: u32, person: PersonId) -> Option<Pair> {
        let (read, wanted) = (&self.rows[row as usize], &self.wanted[row as usize]);
        let known = self.register.person(person)?;
        // Names are found by a number each, which two names might share.
        if self.contradicts(row, known) || !same_short_name(&known.name, &read.name) {
            return None;
        }
        Some(Pair { row, person, evidence: self.evidence(read, wanted, known) })
    }

    /// Whether the row cannot be the person, whatever else agrees.
    fn contradicts(&self, row: u32, known: &Person) -> bool {
        let (read, wanted) = (&self.rows[row as usize], &self.wanted[row as usize]);
        has_left(known, self.today)
            || self.was_born_otherwise(read, known)
            || patronymics_differ(&known.name.patronymic, &read.name.patronymic)
            || wanted.role.is_none_or(|role| !may_be(self.register, known.id, role))
    }

    /// Another date of birth; one that was refused for good says nothing.
    fn was_born_otherwise(&self, read: &RosterRow, known: &Person) -> bool {
        let Some(date) = read.birth_date.filter(|_| differ(known.birth_date, read.birth_date)) else {
            return false;
        };
        !self.refusals.holds(known.id, ConflictField::BirthDate, &date.to_string())
    }

    fn evidence(&self, read: &RosterRow, wanted: &Wanted, known: &Person) -> Evidence {
        let role_and_place = wanted.role.map(|role| (role, wanted.place));
        Evidence {
            birth_date: read.birth_date.is_some() && read.birth_date == known.birth_date,
            group: role_and_place
                .is_some_and(|(role, place)| is_in(self.register, known.id, role, place, self.today)),
            phone: read.phone.is_some() && read.phone == known.phone,
            patronymic: read.name.patronymic == known.name.patronymic
                || (!read.name.patronymic.is_empty()
                    && same_folded(&read.name.patronymic, &known.name.patronymic)),
        }
    }

    fn was_born_otherwise_by_hand(&self, row: u32, person: PersonId) -> bool {
        let (read, wanted) = (&self.rows[row as usize], &self.wanted[row as usize]);
        let Some((known, role)) = self.register.person(person).zip(wanted.role) else { return false };
        known.birth_date_origin == Origin::Hand
            && differ(known.birth_date, read.birth_date)
            && !has_left(known, self.today)
            && !patronymics_differ(&known.name.patronymic, &read.name.patronymic)
            && is_in(self.register, person, role, wanted.place, self.today)
    }

    fn may_have_come_back(&self, row: u32, person: PersonId) -> bool {
        let (read, wanted) = (&self.rows[row as usize], &self.wanted[row as usize]);
        let Some((known, role)) = self.register.person(person).zip(wanted.role) else { return false };
        has_left(known, self.today)
            && !differ(known.birth_date, read.birth_date)
            && !patronymics_differ(&known.name.patronymic, &read.name.patronymic)
            && may_be(self.register, person, role)
    }
}

/// Takes the pairs that outweigh every other free pair of their row and of their person; says whether there were
/// any. A rival of the same weight on either side keeps both open: weaker evidence never goes past a tie.
fn take_best(
    pairs: &[Pair],
    owner: &mut BTreeMap<PersonId, u32>,
    found: &mut BTreeMap<u32, (PersonId, Evidence)>,
) -> bool {
    let is_open = |pair: &&Pair| !found.contains_key(&pair.row) && !owner.contains_key(&pair.person);
    let open: Vec<&Pair> = pairs.iter().filter(is_open).collect();
    // The greatest weight, and how many pairs have it.
    let mut best_of_row: BTreeMap<u32, (u8, u32)> = BTreeMap::new();
    let mut best_of_person: BTreeMap<PersonId, (u8, u32)> = BTreeMap::new();
    for pair in &open {
        let weight = pair.evidence.weight();
        raise(best_of_row.entry(pair.row).or_default(), weight);
        raise(best_of_person.entry(pair.person).or_default(), weight);
    }
    let before = found.len();
    for pair in open {
        let alone_at_the_top = Some(&(pair.evidence.weight(), 1));
        if pair.evidence.weight() >= SOMETHING_BESIDES_THE_NAME
            && best_of_row.get(&pair.row) == alone_at_the_top
            && best_of_person.get(&pair.person) == alone_at_the_top
        {
            owner.insert(pair.person, pair.row);
            found.insert(pair.row, (pair.person, pair.evidence));
        }
    }
    found.len() > before
}

fn raise(best: &mut (u8, u32), weight: u8) {
    match weight.cmp(&best.0) {
        std::cmp::Ordering::Greater => *best = (weight, 1),
        std::cmp::Ordering::Equal => best.1 += 1,
        std::cmp::Ordering::Less => {}
    }
}

/// Both known and not equal.
pub(super) fn differ<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}

pub(super) fn patronymics_differ(one: &str, other: &str) -> bool {
    !one.is_empty() && !other.is_empty() && !same_folded(one, other)
}
