//! A made-up school of 900, and the same school a term later with known numbers of everything that happens in one.
//! People are numbered, so what a plan must find is counted from the people themselves and not from their names.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::civil::{Date, date};
use sferum_console::names::{FullName, fold};

use super::school_names::*;

/// Pupils of the school.
pub const PUPILS: usize = 900;
/// Classes of the school: four letters in nine years.
pub const CLASSES: usize = 36;
/// Employees.
pub const STAFF: usize = 70;

/// A pupil. `number` is the same a term later.
#[derive(Clone)]
pub struct Pupil {
    pub number: u32,
    pub name: FullName,
    /// «5А».
    pub class: String,
    pub birth_date: Option<Date>,
    /// Ten digits after +7.
    pub phone: Option<String>,
    /// Numbers of adults.
    pub mother: Option<u32>,
    pub father: Option<u32>,
}

/// A parent.
#[derive(Clone)]
pub struct Adult {
    pub name: FullName,
    pub phone: Option<String>,
}

/// An employee.
#[derive(Clone)]
pub struct Employee {
    pub number: u32,
    pub name: FullName,
    pub post: &'static str,
    pub phone: String,
    /// The class they lead.
    pub leads: Option<String>,
}

/// The school on a day.
#[derive(Clone)]
pub struct MadeSchool {
    /// By class, then by name, as schools list them.
    pub pupils: Vec<Pupil>,
    pub adults: BTreeMap<u32, Adult>,
    pub staff: Vec<Employee>,
}

/// What a roster says of pupils besides ФИО, class and date of birth.
#[derive(Clone, Copy, Default)]
pub struct Carries {
    pub phone: bool,
    pub parents: bool,
}

/// What a plan of the later school must find in the register of the earlier one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Truth {
    pub added: u32,
    pub left: u32,
    pub moved: u32,
    pub renamed: u32,
    /// People with a new value of their own.
    pub updated: u32,
    pub unchanged: u32,
    /// Parents nobody knew, without those of newcomers and of the renamed (who are not decided yet).
    pub new_parents_of_the_known: u32,
    /// Parents nobody knew, of newcomers.
    pub new_parents_of_newcomers: u32,
}

impl Truth {
    /// Compares person by person.
    pub fn between(before: &MadeSchool, after: &MadeSchool, carries: Carries) -> Self {
        let earlier: BTreeMap<u32, &Pupil> =
            before.pupils.iter().map(|pupil| (pupil.number, pupil)).collect();
        let numbers: BTreeSet<u32> = after.pupils.iter().map(|pupil| pupil.number).collect();
        let mut truth = Self {
            left: earlier.keys().filter(|number| !numbers.contains(number)).count() as u32,
            ..Self::default()
        };
        let known_adults: BTreeSet<u32> = before.pupils.iter().flat_map(Pupil::adults).collect();
        let mut new_of_the_known = BTreeSet::new();
        let mut new_of_newcomers = BTreeSet::new();
        for pupil in &after.pupils {
            let new_adults = pupil.adults().filter(|adult| carries.parents && !known_adults.contains(adult));
            let Some(known) = earlier.get(&pupil.number) else {
                truth.added += 1;
                new_of_newcomers.extend(new_adults);
                continue;
            };
            new_of_the_known.extend(new_adults);
            let phone_is_new = carries.phone && pupil.phone.is_some() && pupil.phone != known.phone;
            let patronymic_is_new = fold(&pupil.name.patronymic) != fold(&known.name.patronymic);
            let counter = if fold(&pupil.name.surname) != fold(&known.name.surname) {
                &mut truth.renamed
            } else if pupil.class != known.class {
                &mut truth.moved
            } else if pupil.birth_date != known.birth_date || phone_is_new || patronymic_is_new {
                &mut truth.updated
            } else {
                &mut truth.unchanged
            };
            *counter += 1;
        }
        truth.new_parents_of_the_known = new_of_the_known.len() as u32;
        truth.new_parents_of_newcomers = new_of_newcomers.difference(&new_of_the_known).count() as u32;
        truth
    }
}

impl Pupil {
    /// The adults this pupil's row names.
    pub fn adults(&self) -> impl Iterator<Item = u32> + use<> {
        self.mother.into_iter().chain(self.father)
    }
}

impl MadeSchool {
    /// Labels of the classes in the order of the lists.
    pub fn classes(&self) -> Vec<String> {
        let mut classes: Vec<String> = self.pupils.iter().map(|pupil| pupil.class.clone()).collect();
        classes.dedup();
        classes
    }

    /// Adults whom rows of pupils name.
    pub fn parents_named(&self) -> usize {
        self.pupils.iter().flat_map(Pupil::adults).collect::<BTreeSet<_>>().len()
    }

    pub fn adult(&self, number: Option<u32>) -> Option<&Adult> {
        self.adults.get(&number?)
    }

    pub(super) fn sort(&mut self) {
        self.pupils.sort_by_cached_key(|pupil| {
            let year: u32 = pupil.class.trim_end_matches(char::is_alphabetic).parse().unwrap_or(0);
            (year, pupil.class.clone(), pupil.name.sort_key(), pupil.number)
        });
    }
}

/// What is used up while people are invented.
pub(super) struct Making {
    pub(super) chance: Chance,
    /// Surname and given name of everybody: namesakes are made on purpose only.
    pub(super) used: HashSet<String>,
    pub(super) next_phone: u32,
    pub(super) next_pupil: u32,
    pub(super) school: MadeSchool,
}

pub(super) fn class_of(index: usize) -> String {
    format!("{}{}", index / 4 + 1, ["А", "Б", "В", "Г"][index % 4])
}

pub(super) fn year_of(class: &str) -> i16 {
    class.trim_end_matches(char::is_alphabetic).parse().unwrap_or(1)
}

/// The school on 1 September.
pub fn a_school() -> MadeSchool {
    let mut making = Making {
        chance: Chance::new(14),
        used: HashSet::new(),
        next_phone: 0,
        next_pupil: 0,
        school: MadeSchool { pupils: Vec::new(), adults: BTreeMap::new(), staff: Vec::new() },
    };
    for index in 0..PUPILS - NAMESAKES {
        let class = class_of(index % CLASSES);
        // Every twentieth has an elder brother or sister in the school.
        let elder = (index > 100 && index % 20 == 0).then(|| making.chance.below(100));
        let pupil = making.pupil(class, elder);
        making.school.pupils.push(pupil);
    }
    making.namesakes();
    making.staff();
    making.school.sort();
    making.school
}

/// Namesakes made of others: the first of them in the class of their double, the rest in the next class.
const NAMESAKES: usize = 8;
const NAMESAKES_IN_ONE_CLASS: usize = 2;

impl Making {
    pub(super) fn phone(&mut self) -> String {
        self.next_phone += 1;
        format!("91{:08}", 20_000_000 + self.next_phone * 37)
    }

    /// A name whose surname and given name nobody has.
    pub(super) fn unused(&mut self, mut name: impl FnMut(&mut Chance) -> FullName) -> FullName {
        loop {
            let made = name(&mut self.chance);
            if self.used.insert(fold(&format!("{} {}", made.surname, made.given))) {
                return made;
            }
        }
    }

    pub(super) fn pupil(&mut self, class: String, elder: Option<usize>) -> Pupil {
        let number = self.next_pupil;
        self.next_pupil += 1;
        let elder = elder.map(|index| self.school.pupils[index].clone()).filter(|elder| {
            // A mother is known as one person by ФИО and phone together.
            self.school.adult(elder.mother).is_some_and(|mother| mother.phone.is_some())
                && elder.father.is_none_or(|father| self.school.adults[&father].phone.is_some())
        });
        let (name, mother, father) = match elder {
            Some(elder) => (self.brother_or_sister(&elder), elder.mother, elder.father),
            None => self.child(number),
        };
        let year = 2026 - 6 - year_of(&class);
        let birth_date = date(year, self.chance.below(12) as i8 + 1, self.chance.below(28) as i8 + 1);
        Pupil {
            number,
            name,
            class,
            birth_date: (number % 17 != 5).then_some(birth_date),
            phone: (!number.is_multiple_of(3)).then(|| self.phone()),
            mother,
            father,
        }
    }

    pub(super) fn child(&mut self, number: u32) -> (FullName, Option<u32>, Option<u32>) {
        let boy = self.chance.percent(50);
        let (surname, father) = match number % 40 {
            7 => (*self.chance.pick(&SURNAMES), *self.chance.pick(&FATHERS_WITH_PARTICLE)),
            _ => (*self.chance.pick(&SURNAMES), *self.chance.pick(&FATHERS)),
        };
        let patronymic = if boy { father.1 } else { father.2 };
        let patronymic = if number % 31 == 11 { "" } else { patronymic };
        let mut surname = surname;
        let name = self.unused(|chance| {
            surname = *chance.pick(&SURNAMES);
            let given = if boy { chance.pick(&BOYS) } else { chance.pick(&GIRLS) };
            FullName::new(if boy { surname.0 } else { surname.1 }, given, patronymic)
        });
        let (mut mother, mut has_father) = (None, false);
        match number % 10 {
            0..=5 => (mother, has_father) = (Some(self.mother(surname.1, number)), true),
            6..=7 => mother = Some(self.mother(surname.1, number)),
            8 => has_father = true,
            _ => {}
        }
        let father = has_father.then(|| self.father(surname.0, father.0, number));
        (name, mother, father)
    }

    fn mother(&mut self, surname: &str, child: u32) -> u32 {
        let name = self.unused(|chance| {
            // When every name with this surname is used up, she kept her own.
            let surname = if chance.percent(80) { surname } else { chance.pick(&SURNAMES).1 };
            FullName::new(surname, chance.pick(&WOMEN), chance.pick(&FATHERS).2)
        });
        self.adult(10_000 + child, name, child % 23 != 2)
    }

    pub(super) fn father(&mut self, surname: &str, given: &str, child: u32) -> u32 {
        let name = self.unused(|chance| {
            let surname = if chance.percent(50) { surname } else { chance.pick(&SURNAMES).0 };
            let given = if chance.percent(50) { given } else { chance.pick(&FATHERS).0 };
            FullName::new(surname, given, chance.pick(&FATHERS).1)
        });
        self.adult(20_000 + child, name, child % 19 != 3)
    }

    fn adult(&mut self, number: u32, name: FullName, has_phone: bool) -> u32 {
        let phone = has_phone.then(|| self.phone());
        self.school.adults.insert(number, Adult { name, phone });
        number
    }

    pub(super) fn brother_or_sister(&mut self, elder: &Pupil) -> FullName {
        let surname = *SURNAMES
            .iter()
            .find(|(his, hers)| [*his, *hers].contains(&elder.name.surname.as_str()))
            .expect("surnames are taken from the list");
        let all_fathers = FATHERS.iter().chain(&FATHERS_WITH_PARTICLE);
        let patronymics = all_fathers.map(|(_, son, daughter)| (*son, *daughter));
        let patronymic = patronymics
            .into_iter()
            .find(|(son, daughter)| [*son, *daughter].contains(&elder.name.patronymic.as_str()))
            .unwrap_or(("", ""));
        self.unused(|chance| match chance.percent(50) {
            true => FullName::new(surname.0, chance.pick(&BOYS), patronymic.0),
            false => FullName::new(surname.1, chance.pick(&GIRLS), patronymic.1),
        })
    }

    /// People who differ by their dates of birth only: in one class, and in two.
    fn namesakes(&mut self) {
        let doubles: Vec<Pupil> = self
            .school
            .pupils
            .iter()
            .filter(|pupil| pupil.birth_date.is_some())
            .step_by(90)
            .cloned()
            .collect();
        for (index, double) in doubles.into_iter().take(NAMESAKES).enumerate() {
            let class = match index < NAMESAKES_IN_ONE_CLASS {
                true => double.class.clone(),
                false => format!(
                    "{}{}",
                    year_of(&double.class),
                    if double.class.ends_with('А') { "Б" } else { "А" }
                ),
            };
            let mut namesake = self.pupil(class, None);
            namesake.name = double.name.clone();
            let born = double.birth_date.expect("only such are taken");
            namesake.birth_date = Some(born.saturating_add(jiff::Span::new().days(40)));
            self.school.pupils.push(namesake);
        }
    }

    /// Teachers, of whom most lead a class, and others. Five of them are mothers of pupils.
    fn staff(&mut self) {
        let mothers: Vec<Adult> = self
            .school
            .pupils
            .iter()
            .filter_map(|pupil| self.school.adult(pupil.mother))
            .filter(|mother| mother.phone.is_some())
            .step_by(70)
            .take(5)
            .cloned()
            .collect();
        for index in 0..STAFF {
            let (name, phone) = match mothers.get(index) {
                Some(mother) => (mother.name.clone(), mother.phone.clone().expect("only such are taken")),
                None => (
                    self.unused(|chance| {
                        FullName::new(chance.pick(&SURNAMES).1, chance.pick(&WOMEN), chance.pick(&FATHERS).2)
                    }),
                    self.phone(),
                ),
            };
            let teaches = index < 50;
            let post = if teaches { TEACHING_POSTS[index % 10] } else { OTHER_POSTS[index % 6] };
            // The last class has no class teacher yet.
            let leads = (index < CLASSES - 1).then(|| class_of(index));
            self.school.staff.push(Employee { number: index as u32, name, post, phone, leads });
        }
    }
}
