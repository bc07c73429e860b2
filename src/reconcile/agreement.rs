//! How the words of a written name agree with one person: part by part, and how much that says.

use std::collections::HashMap;

use super::given_names::given_names;
use super::latin::skeleton;
use super::name_index::{Entry, GivenForm, NameIndex, SurnameForm, first_sound};
use super::name_words::NameWord;
use super::typing_slip::{are_two_genders, is_given_slip, is_one_slip, is_surname_slip};

/// How much an agreement says: smaller says more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// Surname and given name in full, the patronymic absent or equal.
    Exact,
    /// Surname in full; the given name by a short form, a variant or Latin letters.
    Reading,
    /// One half of a double surname.
    Half,
    /// An initial in place of one part; or given name and patronymic without a surname.
    Initial,
    /// One slip of the finger.
    Slip,
    /// One part alone.
    Alone,
}

/// How one written word agrees with one part of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Absent,
    Exact,
    /// A short form, or another spelling of the same given name.
    Form,
    Latin,
    Half,
    /// A double surname written as two words.
    Split,
    Initial,
    Slip,
    /// The surname in the form of the other sex, beside a given name that tells the sex.
    OtherGender,
    /// A patronymic is written, and the register has none.
    Unknown,
}

/// The agreement of a written name with a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Agreement {
    pub level: Level,
    surname: Part,
    given: Part,
    patronymic: Part,
    /// Which word is the given name, for «уменьшительное «Саша»».
    given_at: Option<usize>,
}

/// The words of one written name, with how each agrees with the spellings met so far: few different surnames and
/// given names are borne by many people.
pub(super) struct WrittenName<'words> {
    pub words: &'words [NameWord],
    surnames: HashMap<u32, Parts>,
    givens: HashMap<u32, Parts>,
}

/// The agreement of up to four words with one spelling.
type Parts = [Option<Part>; MOST_COMPARED];

/// More words than surname, given name, patronymic and the half of a surname agree with nobody.
const MOST_COMPARED: usize = 4;

impl<'words> WrittenName<'words> {
    pub(super) fn of(words: &'words [NameWord]) -> Self {
        Self { words, surnames: HashMap::new(), givens: HashMap::new() }
    }
}

fn parts_of(words: &[NameWord], part: impl Fn(&NameWord) -> Option<Part>) -> Parts {
    let mut parts = [None; MOST_COMPARED];
    for (place, word) in words.iter().take(MOST_COMPARED).enumerate() {
        parts[place] = part(word);
    }
    parts
}

/// The best agreement of all words with a person, or none: a word that agrees with nothing contradicts.
pub(super) fn agree(name: &mut WrittenName<'_>, index: &NameIndex, entry: &Entry) -> Option<Agreement> {
    let words = name.words;
    let count = words.len();
    if count == 0 || count > MOST_COMPARED {
        return None;
    }
    let (surname, given) = (index.surname(entry), index.given(entry));
    let patronymic = index.patronymic(entry);
    let surnames = *name
        .surnames
        .entry(entry.surname)
        .or_insert_with(|| parts_of(words, |word| surname_part(word, surname)));
    let givens =
        *name.givens.entry(entry.given).or_insert_with(|| parts_of(words, |word| given_part(word, given)));
    if surnames.iter().chain(&givens).all(Option::is_none) {
        return None;
    }
    let mut best: Option<Agreement> = None;
    for surname_at in (0..count).map(Some).chain([None]) {
        let Some(surname_part) = part_at(&surnames, surname_at) else { continue };
        for given_at in (0..count).map(Some).chain([None]) {
            if given_at.is_some() && given_at == surname_at {
                continue;
            }
            let Some(given_part) = part_at(&givens, given_at) else { continue };
            let rest = (0..count).filter(|at| Some(*at) != surname_at && Some(*at) != given_at);
            let Some((surname_part, patronymic_part)) =
                place_rest(words, rest, surname_part, surname_at, surname, patronymic)
            else {
                continue;
            };
            let is_of_known_sex = given_at.is_some_and(|at| tells_the_sex(&words[at]));
            if surname_part == Part::OtherGender && !is_of_known_sex {
                continue;
            }
            let Some(level) = level_of(surname_part, given_part, patronymic_part) else { continue };
            if best.as_ref().is_none_or(|best| level < best.level) {
                best = Some(Agreement {
                    level,
                    surname: surname_part,
                    given: given_part,
                    patronymic: patronymic_part,
                    given_at,
                });
            }
        }
    }
    best
}

fn part_at(parts: &[Option<Part>], at: Option<usize>) -> Option<Part> {
    match at {
        Some(at) => parts[at],
        None => Some(Part::Absent),
    }
}

/// What is left is the patronymic, or the other half of a double surname.
fn place_rest(
    words: &[NameWord],
    rest: impl Iterator<Item = usize>,
    mut surname_part: Part,
    surname_at: Option<usize>,
    surname: &SurnameForm,
    patronymic: &str,
) -> Option<(Part, Part)> {
    let mut patronymic_part = Part::Absent;
    for at in rest {
        let word = &words[at];
        let other_half = surname_part == Part::Half
            && surname.halves.iter().any(|half| half.0 == word.folded)
            && surname_at.is_some_and(|surname_at| words[surname_at].folded != word.folded);
        if other_half {
            surname_part = Part::Split;
        } else if patronymic_part == Part::Absent {
            patronymic_part = patronymic_part_of(word, patronymic)?;
        } else {
            return None;
        }
    }
    Some((surname_part, patronymic_part))
}

fn surname_part(word: &NameWord, surname: &SurnameForm) -> Option<Part> {
    if word.is_initial {
        let agrees = if word.is_latin {
            word.skeletons.iter().any(|written| first_sound(written) == first_sound(&surname.skeleton))
        } else {
            surname.folded.starts_with(word.folded.as_str())
        };
        return agrees.then_some(Part::Initial);
    }
    if word.is_latin {
        if word.skeletons.contains(&surname.skeleton) {
            return Some(Part::Latin);
        }
        if word.skeletons.iter().any(|written| surname.halves.iter().any(|half| half.1 == *written)) {
            return Some(Part::Half);
        }
        let slips = word.skeletons.iter().any(|written| is_surname_slip(written, &surname.skeleton));
        return slips.then_some(Part::Slip);
    }
    if word.folded == surname.folded {
        return Some(Part::Exact);
    }
    if surname.halves.iter().any(|half| half.0 == word.folded) {
        return Some(Part::Half);
    }
    if are_two_genders(&word.folded, &surname.folded) {
        return Some(Part::OtherGender);
    }
    is_surname_slip(&word.folded, &surname.folded).then_some(Part::Slip)
}

/// Whether every name the word may stand for is of one sex: «Даша», not «Саша».
fn tells_the_sex(word: &NameWord) -> bool {
    let mut sexes = word.names.iter().map(|name| given_names().sex_of(*name));
    sexes.next().is_some_and(|first| sexes.all(|sex| sex == first))
}

fn given_part(word: &NameWord, given: &GivenForm) -> Option<Part> {
    if word.is_initial {
        let agrees = if word.is_latin {
            word.skeletons.iter().any(|written| first_sound(written) == first_sound(&given.skeleton))
        } else {
            given.folded.starts_with(word.folded.as_str())
        };
        return agrees.then_some(Part::Initial);
    }
    if word.folded == given.folded {
        return Some(Part::Exact);
    }
    if word.is_latin && word.skeletons.contains(&given.skeleton) {
        return Some(Part::Latin);
    }
    if given.name.is_some_and(|name| word.names.contains(&name)) {
        return Some(if word.is_latin { Part::Latin } else { Part::Form });
    }
    // A slip that makes another name is another name.
    let slips = word.names.is_empty()
        && if word.is_latin {
            word.skeletons.iter().any(|written| is_given_slip(written, &given.skeleton))
        } else {
            is_given_slip(&word.folded, &given.folded) || slips_in_a_form(word, given)
        };
    slips.then_some(Part::Slip)
}

/// «Насятя» for «Настя».
fn slips_in_a_form(word: &NameWord, given: &GivenForm) -> bool {
    given
        .name
        .is_some_and(|name| given_names().forms_of(name).iter().any(|form| is_given_slip(&word.folded, form)))
}

fn patronymic_part_of(word: &NameWord, patronymic: &str) -> Option<Part> {
    if patronymic.is_empty() {
        return Some(Part::Unknown);
    }
    if word.folded == patronymic {
        return Some(Part::Exact);
    }
    if word.is_latin {
        let sound = skeleton(patronymic);
        let agrees = word.skeletons.iter().any(|written| {
            *written == sound || word.is_initial && first_sound(written) == first_sound(&sound)
        });
        return agrees.then_some(if word.is_initial { Part::Initial } else { Part::Latin });
    }
    if word.is_initial {
        return patronymic.starts_with(word.folded.as_str()).then_some(Part::Initial);
    }
    is_one_slip(&word.folded, patronymic).then_some(Part::Slip)
}

/// What the parts say together; `None` where they say too little or contradict.
fn level_of(surname: Part, given: Part, patronymic: Part) -> Option<Level> {
    let given_is_named = matches!(given, Part::Exact | Part::Form | Part::Latin);
    let surname_is_named = matches!(surname, Part::Exact | Part::Latin | Part::Split);
    let is_slip = |part: &&Part| matches!(part, Part::Slip | Part::OtherGender);
    let slips = [surname, given, patronymic].iter().filter(is_slip).count();
    if slips > 1 {
        return None;
    }
    match (surname, given) {
        (Part::Absent, _) if given_is_named => match patronymic {
            Part::Absent => Some(Level::Alone),
            Part::Exact | Part::Latin => Some(Level::Initial),
            Part::Slip => Some(Level::Slip),
            _ => None,
        },
        (_, Part::Absent) => ((surname_is_named || surname == Part::Half) && patronymic == Part::Absent)
            .then_some(Level::Alone),
        (Part::Absent, _) => None,
        (Part::Initial, _) => {
            (given_is_named && slips == 0 && patronymic != Part::Unknown).then_some(Level::Initial)
        }
        (_, Part::Initial) => {
            ((surname_is_named || surname == Part::Half) && slips == 0).then_some(Level::Initial)
        }
        _ if slips == 1 => Some(Level::Slip),
        (Part::Half, _) => Some(Level::Half),
        (Part::Exact, Part::Exact) if matches!(patronymic, Part::Absent | Part::Exact) => Some(Level::Exact),
        _ => Some(Level::Reading),
    }
}

impl Agreement {
    /// What agreed, in words; of the name as written and its folded words.
    pub(super) fn why(&self, written: &str, words: &[String]) -> String {
        let mut said: Vec<String> = Vec::new();
        let given_word = self.given_at.and_then(|at| words.get(at)).map_or("", String::as_str);
        let shown = as_written(given_word, written);
        said.push(match (self.surname, self.given, self.patronymic) {
            (Part::Absent, _, Part::Absent) => "только имя, в списке такое одно".into(),
            (Part::Absent, ..) => "имя и отчество".into(),
            (_, Part::Absent, _) => "только фамилия, в списке такая одна".into(),
            (Part::Initial, Part::Form, _) => format!("уменьшительное «{shown}» и первая буква фамилии"),
            (Part::Initial, ..) => "имя и первая буква фамилии".into(),
            (_, Part::Initial, Part::Initial) => "фамилия и инициалы".into(),
            (_, Part::Initial, _) => "фамилия и инициал".into(),
            (_, Part::Form, _) if given_names().is_full(given_word) => {
                format!("вариант имени «{shown}» и фамилия")
            }
            (_, Part::Form, _) => format!("уменьшительное «{shown}» и фамилия"),
            (_, _, Part::Exact) => "фамилия, имя и отчество".into(),
            _ => "фамилия и имя".into(),
        });
        let parts = [self.surname, self.given, self.patronymic];
        for (part, words) in [
            (Part::Latin, "латиница"),
            (Part::Half, "половина двойной фамилии"),
            (Part::Split, "двойная фамилия двумя словами"),
            (Part::Slip, "одна буква иначе"),
            (Part::OtherGender, "фамилия в другом роде"),
            (Part::Unknown, "отчества в реестре нет"),
        ] {
            if parts.contains(&part) {
                said.push(words.into());
            }
        }
        said.join(", ")
    }
}

/// A folded word as it stands in the text.
fn as_written(folded: &str, written: &str) -> String {
    written
        .split(|letter: char| !letter.is_alphabetic() && letter != '-')
        .find(|word| crate::names::fold(word) == folded)
        .unwrap_or(folded)
        .to_owned()
}
