//! Who may stand behind each line: candidates with how well and how near they are. Nothing is decided here.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use super::adults::{ChildIndex, children_of_the_surname, through_child};
use super::agreement::{Agreement, Level, WrittenName, agree};
use super::alias::{alias_key, remembered_people};
use super::answers::{LineAnswer, LineAnswers};
use super::member_line::MemberLine;
use super::member_list::MemberList;
use super::name_index::{GivenKey, Key, NameIndex, first_sound};
use super::name_words::{NameWord, name_words};
use super::place::{BELONGS, ELSEWHERE, Place};
use crate::names::Role;
use crate::register::{PersonId, Register};

/// More people of one single name are not looked at.
const MOST_ALIKE: usize = 60;

/// On what a candidate rests.
#[derive(Clone, Debug)]
pub(super) enum Ground {
    /// Remembered answer.
    Alias,
    /// What the user just said of this line.
    Answer,
    Phone,
    Name(Agreement),
    /// «через ребёнка: …», with what is written.
    Child(String),
}

/// Somebody who may be meant.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub person: PersonId,
    pub level: Level,
    pub tier: u8,
    pub ground: Ground,
}

/// What was found for one line.
#[derive(Clone, Debug, Default)]
pub(super) struct Finding {
    /// The line's name as written, for the reasons.
    pub written: String,
    /// Its words, folded.
    pub words: Vec<String>,
    pub candidates: Vec<Candidate>,
    /// Whether the one who fits best may be certain.
    pub may_be_certain: bool,
    /// Several children may be meant, so even one known adult is no answer.
    pub is_ambiguous: bool,
    /// Children whose adult this may be.
    pub children: Vec<PersonId>,
}

/// The findings of every line, in order.
pub(super) fn find_all(
    register: &Register,
    place: &Place,
    index: &NameIndex,
    list: &MemberList,
    answers: &LineAnswers,
    today: Date,
) -> Vec<Finding> {
    let remembered = remembered_people(register);
    let mut times_written: HashMap<String, u32> = HashMap::new();
    if !remembered.is_empty() {
        for line in &list.lines {
            *times_written.entry(alias_key(&line.written, &place.scope)).or_default() += 1;
        }
    }
    let with_children = list.lines.iter().any(|line| line.child.is_some());
    let finder = Finder {
        register,
        place,
        index,
        children: with_children.then(|| ChildIndex::build(register, index, place)),
        phones: phones(register, list),
        today,
    };
    let by_alias = |line: &MemberLine| {
        if remembered.is_empty() {
            return None;
        }
        let key = alias_key(&line.written, &place.scope);
        // Two members of one written name are two people: the answer was about one of them.
        let is_single = times_written.get(&key) == Some(&1);
        remembered.get(key.as_str()).copied().flatten().filter(|_| is_single)
    };
    list.lines
        .iter()
        .map(|line| match (answers.get(&line.number), by_alias(line)) {
            (Some(LineAnswer::Person(person)), _) => finder.given(line, *person, Ground::Answer),
            // Whatever else was said: nobody who stands in the register as belonging here.
            (Some(_), _) => Finding { written: line.written.clone(), ..Finding::default() },
            (None, Some(person)) => finder.given(line, person, Ground::Alias),
            (None, None) => finder.find(line),
        })
        .collect()
}

/// Who bears a phone of the list; `None` where several people do.
fn phones<'register>(
    register: &'register Register,
    list: &MemberList,
) -> BTreeMap<&'register str, Option<PersonId>> {
    let mut bearers: BTreeMap<&str, Option<PersonId>> = BTreeMap::new();
    let wanted: std::collections::HashSet<&str> =
        list.lines.iter().filter_map(|line| line.phone.as_ref()).map(|phone| phone.as_str()).collect();
    if wanted.is_empty() {
        return bearers;
    }
    for person in register.tables().people.values() {
        if let Some(phone) = person.phone.as_ref().filter(|phone| wanted.contains(phone.as_str())) {
            bearers.entry(phone.as_str()).and_modify(|bearer| *bearer = None).or_insert(Some(person.id));
        }
    }
    bearers
}

struct Finder<'all> {
    register: &'all Register,
    place: &'all Place,
    index: &'all NameIndex,
    children: Option<ChildIndex>,
    phones: BTreeMap<&'all str, Option<PersonId>>,
    today: Date,
}

impl Finder<'_> {
    fn given(&self, line: &MemberLine, person: PersonId, ground: Ground) -> Finding {
        let candidate = Candidate { person, level: Level::Exact, tier: self.place.tier(person), ground };
        Finding {
            written: line.written.clone(),
            candidates: vec![candidate],
            may_be_certain: true,
            ..Finding::default()
        }
    }

    fn find(&self, line: &MemberLine) -> Finding {
        let words = name_words(&line.name);
        if let Some(person) = self.by_phone(line, &words) {
            return self.given(line, person, Ground::Phone);
        }
        if line.child.is_some() {
            let through = self.by_child(line, &words);
            if !through.candidates.is_empty() || words.len() < 2 {
                return through;
            }
            let mut by_name = self.by_name(line, &words);
            by_name.may_be_certain = false;
            by_name.children = through.children;
            return by_name;
        }
        self.by_name(line, &words)
    }

    /// The one bearer of the line's phone, unless the name says somebody else.
    fn by_phone(&self, line: &MemberLine, words: &[NameWord]) -> Option<PersonId> {
        let phone = line.phone.as_ref()?;
        let person = self.phones.get(phone.as_str()).copied().flatten()?;
        let entry = self.index.entry_of(person)?;
        let agrees = match (&line.child, words.is_empty()) {
            (None, true) => true,
            (Some(_), _) => {
                self.by_child(line, words).candidates.iter().any(|candidate| candidate.person == person)
            }
            (None, false) => agree(&mut WrittenName::of(words), self.index, entry).is_some(),
        };
        agrees.then_some(person)
    }

    fn by_child(&self, line: &MemberLine, words: &[NameWord]) -> Finding {
        let mut finding = Finding { written: line.written.clone(), ..Finding::default() };
        let (Some(hint), Some(children)) = (&line.child, &self.children) else { return finding };
        let group = line.group.as_deref();
        let found = through_child(self.register, self.index, children, hint, group, words, self.today);
        finding.is_ambiguous = !found.is_single;
        finding.children = found.children;
        let mut shown = hint.written.chars();
        let shown: String =
            shown.next().map(|first| first.to_lowercase().chain(shown).collect()).unwrap_or_default();
        finding.candidates = found
            .adults
            .into_iter()
            .map(|person| Candidate {
                person,
                level: Level::Reading,
                tier: self.place.tier(person),
                ground: Ground::Child(shown.clone()),
            })
            .collect();
        finding
    }

    fn by_name(&self, line: &MemberLine, words: &[NameWord]) -> Finding {
        let mut found = Found { finder: self, name: WrittenName::of(words), candidates: BTreeMap::new() };
        found.by_pairs();
        found.by_initials();
        let is_settled = found
            .candidates
            .values()
            .any(|candidate| candidate.tier == BELONGS && candidate.level <= Level::Half);
        if !is_settled {
            found.by_one_part();
        }
        let mut candidates: Vec<Candidate> = found.candidates.into_values().collect();
        // One part alone says something only among those who belong here; a slip only near the place.
        candidates.retain(|candidate| match candidate.level {
            Level::Alone => candidate.tier == BELONGS,
            Level::Slip => candidate.tier < ELSEWHERE,
            _ => true,
        });
        candidates.sort_by_key(|candidate| (candidate.tier, candidate.level, candidate.person));
        let children = if candidates.is_empty() && self.place.roles.contains(&Role::Parent) {
            children_of_the_surname(self.index, self.place, words)
        } else {
            Vec::new()
        };
        Finding {
            written: line.name.clone(),
            words: words.iter().map(|word| word.folded.clone()).collect(),
            candidates,
            may_be_certain: true,
            is_ambiguous: false,
            children,
        }
    }
}

/// Candidates of one name in the making, by person.
struct Found<'all> {
    finder: &'all Finder<'all>,
    name: WrittenName<'all>,
    candidates: BTreeMap<u32, Candidate>,
}

fn given_keys(word: &NameWord) -> impl Iterator<Item = GivenKey<'_>> {
    let names = word.names.iter().map(|name| GivenKey::Name(*name));
    names.chain(word.skeletons.iter().map(|skeleton| GivenKey::Skeleton(skeleton)))
}

impl Found<'_> {
    fn add(&mut self, number: u32) {
        let index = self.finder.index;
        let entry = &index.entries[number as usize];
        // A person stands here once, by the name that agrees better; of two equals by the name borne now.
        let known = self.candidates.get(&entry.person.0).map(|known| known.level);
        if known.is_some() && !index.has_former_names() {
            return;
        }
        if let Some(agreement) = agree(&mut self.name, index, entry)
            && known.is_none_or(|known| agreement.level < known)
        {
            self.candidates.insert(
                entry.person.0,
                Candidate {
                    person: entry.person,
                    level: agreement.level,
                    tier: self.finder.place.tier(entry.person),
                    ground: Ground::Name(agreement),
                },
            );
        }
    }

    fn named_words(&self) -> Vec<&NameWord> {
        self.name.words.iter().filter(|word| !word.is_initial).collect()
    }

    fn by_pairs(&mut self) {
        let index = self.finder.index;
        let named = self.named_words().into_iter().cloned().collect::<Vec<_>>();
        for (at, surname) in named.iter().enumerate() {
            for (_, given) in named.iter().enumerate().filter(|(other, _)| *other != at) {
                for skeleton in &surname.skeletons {
                    for key in given_keys(given) {
                        for number in index.find(Key::Pair { surname: skeleton, given: key }) {
                            self.add(number);
                        }
                    }
                }
            }
        }
    }

    fn by_initials(&mut self) {
        let index = self.finder.index;
        let (words, mut numbers) = (self.name.words, Vec::new());
        for initial in words.iter().filter(|word| word.is_initial) {
            let Some(initial) = initial.skeletons.first().map(|skeleton| first_sound(skeleton)) else {
                continue;
            };
            for word in words.iter().filter(|word| !word.is_initial) {
                for skeleton in &word.skeletons {
                    numbers.extend(index.find(Key::SurnameInitial { surname: skeleton, initial }));
                }
                for given in given_keys(word) {
                    numbers.extend(index.find(Key::GivenInitial { given, initial }));
                }
            }
        }
        for number in numbers {
            self.add(number);
        }
    }

    /// Slips of the finger and names of one part: everybody in scope who agrees in one word.
    fn by_one_part(&mut self) {
        let index = self.finder.index;
        let words = self.name.words;
        let mut numbers: Vec<u32> = Vec::new();
        for word in words.iter().filter(|word| !word.is_initial) {
            for skeleton in &word.skeletons {
                numbers.extend(index.find(Key::Surname(skeleton)));
            }
            for given in given_keys(word) {
                numbers.extend(index.find(Key::Given(given)));
            }
        }
        for number in numbers {
            // A name of one word that so many bear is a question to a person anyway.
            if words.len() == 1 && self.candidates.len() > MOST_ALIKE {
                break;
            }
            self.add(number);
        }
    }
}
