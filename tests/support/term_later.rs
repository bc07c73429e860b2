//! The made-up school a term later, with known numbers of everything that happens in one.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::civil::date;
use sferum_console::names::{FullName, fold};

use super::made_school::*;
use super::school_names::*;

/// What happens in a term, in people. Nobody is hit twice.
pub const NEWCOMERS: usize = 23;
pub const LEAVERS: usize = 17;
pub const MOVES: usize = 11;
pub const CHANGED_SURNAMES: usize = 7;
/// «ё» written as «е», or the reverse: nothing happened.
pub const MERE_YO: usize = 19;
pub const CHANGED_PHONES: usize = 29;
/// Blank dates of birth and patronymics filled.
pub const FILLED_BLANKS: usize = 13;
/// Pupils whose second parent is named now.
pub const NEW_PARENTS: usize = 9;
/// Newcomers who are brothers or sisters of pupils: their mothers are known.
const NEWCOMING_SIBLINGS: usize = 2;

/// What a plan of the later staff must find.
pub const STAFF_NEWCOMERS: u32 = 3;
pub const STAFF_LEAVERS: u32 = 2;
pub const STAFF_NEW_POSTS: u32 = 4;

/// The same school on 15 January: the numbers of this module, one kind a pupil.
pub fn a_term_later(before: &MadeSchool) -> MadeSchool {
    let mut making = Making {
        chance: Chance::new(2027),
        used: used_names(before),
        next_phone: 100_000,
        next_pupil: 5_000,
        school: before.clone(),
    };
    let mut open = untouched(before, &mut making.chance);
    let mut gone_names: HashSet<(String, String)> = HashSet::new();
    let leavers = take(&mut open, before, LEAVERS, |pupil| {
        !pupil.name.patronymic.is_empty() && gone_names.insert(short_of(pupil))
    });
    let renamed = take(&mut open, before, CHANGED_SURNAMES, |pupil| {
        !pupil.name.patronymic.is_empty() && pupil.birth_date.is_some() && gone_names.insert(short_of(pupil))
    });
    making.newcomers(&mut open, before, &gone_names);
    making.rename(&renamed);
    let moved = take(&mut open, before, MOVES, |_| true);
    let yo = take(&mut open, before, MERE_YO, |pupil| pupil.name.full().contains(['ё', 'Ё']));
    let no_date = take(&mut open, before, FILLED_BLANKS - 4, |pupil| pupil.birth_date.is_none());
    let no_patronymic = take(&mut open, before, 4, |pupil| pupil.name.patronymic.is_empty());
    let phones = take(&mut open, before, CHANGED_PHONES, |pupil| pupil.phone.is_some());
    let fathers = take(&mut open, before, NEW_PARENTS, |pupil| {
        pupil.father.is_none() && before.adult(pupil.mother).is_some()
    });
    for index in 0..making.school.pupils.len() {
        let number = making.school.pupils[index].number;
        if phones.contains(&number) {
            making.school.pupils[index].phone = Some(making.phone());
        }
        if fathers.contains(&number) {
            let surname = *making.chance.pick(&SURNAMES);
            making.school.pupils[index].father = Some(making.father(surname.0, "Пётр", 5_000 + number));
        }
        let pupil = &mut making.school.pupils[index];
        if moved.contains(&number) {
            let (year, letter) = (year_of(&pupil.class), if pupil.class.ends_with('В') { "Г" } else { "В" });
            pupil.class = format!("{year}{letter}");
        }
        if yo.contains(&number) {
            let without = |text: &str| text.replace('ё', "е").replace('Ё', "Е");
            let name = &pupil.name;
            pupil.name =
                FullName::new(without(&name.surname), without(&name.given), without(&name.patronymic));
        }
        if no_date.contains(&number) {
            pupil.birth_date = Some(date(2026 - 6 - year_of(&pupil.class), 5, 9));
        }
        if no_patronymic.contains(&number) {
            pupil.name.patronymic = "Рюрикович".into();
        }
    }
    making.school.pupils.retain(|pupil| !leavers.contains(&pupil.number));
    making.staff_a_term_later();
    making.school.sort();
    making.school
}

fn used_names(school: &MadeSchool) -> HashSet<String> {
    let pupils = school.pupils.iter().map(|pupil| &pupil.name);
    let adults = school.adults.values().map(|adult| &adult.name);
    let staff = school.staff.iter().map(|employee| &employee.name);
    let all = pupils.chain(adults).chain(staff);
    all.map(|name| fold(&format!("{} {}", name.surname, name.given))).collect()
}

fn short_of(pupil: &Pupil) -> (String, String) {
    (fold(&pupil.name.given), fold(&pupil.name.patronymic))
}

/// Everybody in a chance order, namesakes left out: with them a change of two things at once could not be told.
fn untouched(school: &MadeSchool, chance: &mut Chance) -> Vec<u32> {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for pupil in &school.pupils {
        *seen.entry(pupil.name.match_key()).or_default() += 1;
    }
    let alone = school.pupils.iter().filter(|pupil| seen[&pupil.name.match_key()] == 1);
    let mut numbers: Vec<u32> = alone.map(|pupil| pupil.number).collect();
    chance.shuffle(&mut numbers);
    numbers
}

/// Takes so many of the open ones.
fn take(
    open: &mut Vec<u32>,
    school: &MadeSchool,
    count: usize,
    mut fits: impl FnMut(&Pupil) -> bool,
) -> BTreeSet<u32> {
    let by_number: BTreeMap<u32, &Pupil> = school.pupils.iter().map(|pupil| (pupil.number, pupil)).collect();
    let mut taken = BTreeSet::new();
    open.retain(|number| {
        let takes = taken.len() < count && fits(by_number[number]);
        if takes {
            taken.insert(*number);
        }
        !takes
    });
    assert_eq!(taken.len(), count, "the school is too small for this change");
    taken
}

impl Making {
    /// None of them has the given name and patronymic of somebody who is gone, else a change of surname would be
    /// proposed where none is meant.
    fn newcomers(&mut self, open: &mut Vec<u32>, before: &MadeSchool, gone: &HashSet<(String, String)>) {
        let elders = take(open, before, NEWCOMING_SIBLINGS, |pupil| {
            let phone_of = |number| before.adult(number).map(|adult| adult.phone.is_some());
            phone_of(pupil.mother) == Some(true) && phone_of(pupil.father) != Some(false)
        });
        let mut elders = elders.into_iter();
        let mut made = 0;
        while made < NEWCOMERS {
            let elder = elders.next();
            let place = elder.and_then(|number| self.school.pupils.iter().position(|it| it.number == number));
            let mut pupil = self.pupil(class_of(self.next_pupil as usize * 5 % CLASSES), place);
            while gone.contains(&short_of(&pupil)) {
                pupil.name = match place {
                    Some(place) => self.brother_or_sister(&self.school.pupils[place].clone()),
                    None => self.child(pupil.number).0,
                };
            }
            self.school.pupils.push(pupil);
            made += 1;
        }
    }

    fn rename(&mut self, numbers: &BTreeSet<u32>) {
        for index in 0..self.school.pupils.len() {
            let pupil = self.school.pupils[index].clone();
            if !numbers.contains(&pupil.number) {
                continue;
            }
            let woman = GIRLS.contains(&pupil.name.given.as_str());
            self.school.pupils[index].name = self.unused(|chance| {
                let surname = *chance.pick(&SURNAMES);
                let surname = if woman { surname.1 } else { surname.0 };
                FullName { surname: surname.to_owned(), ..pupil.name.clone() }
            });
        }
    }

    /// Two leave, three come, four get another post, one new appointment, one replaced class teacher.
    fn staff_a_term_later(&mut self) {
        self.school.staff.retain(|employee| employee.number < 68);
        for (number, post) in (100..).zip(&TEACHING_POSTS[..3]) {
            let name = self.unused(|chance| {
                FullName::new(chance.pick(&SURNAMES).1, chance.pick(&WOMEN), chance.pick(&FATHERS).2)
            });
            let phone = self.phone();
            self.school.staff.push(Employee { number, name, post, phone, leads: None });
        }
        for employee in &mut self.school.staff {
            match employee.number {
                40..=43 => employee.post = "социальный педагог",
                // The class without a teacher gets one.
                45 => employee.leads = Some(class_of(CLASSES - 1)),
                // One is replaced by another.
                20 => employee.leads = None,
                46 => employee.leads = Some(class_of(20)),
                _ => {}
            }
        }
    }
}
