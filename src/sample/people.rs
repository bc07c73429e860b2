//! The made-up people: staff, students and their families, the same on every day but for the years of birth.

use jiff::civil::Date;

use super::SampleKind;
use super::chance::Chance;
use super::groups::{GroupSpec, groups};
use super::invented_names::{employee, family, sibling};
use super::named_people::{NAMED_COLLEGE_STAFF, NAMED_PUPILS, NAMED_SCHOOL_STAFF};
use crate::names::{FullName, Phone, Role, parse_phone};
use crate::register::SchoolYear;

/// Somebody of the sample.
#[derive(Clone)]
pub(super) struct MadePerson {
    pub(super) name: FullName,
    pub(super) birth_date: Option<Date>,
    pub(super) phone: Option<Phone>,
}

/// Somebody who works there.
pub(super) struct MadeEmployee {
    pub(super) person: MadePerson,
    pub(super) role: Role,
    pub(super) post: String,
    /// Index of the group of which they are class teacher or curator.
    pub(super) leads: Option<usize>,
}

/// An adult of a family.
pub(super) struct MadeAdult {
    pub(super) person: MadePerson,
    /// Index of the employee who this adult is.
    pub(super) employee: Option<usize>,
}

/// A student with the adults by index and their basis.
pub(super) struct MadeStudent {
    pub(super) person: MadePerson,
    pub(super) group: usize,
    pub(super) adults: Vec<(usize, &'static str)>,
}

/// Everybody.
pub(super) struct People {
    pub(super) staff: Vec<MadeEmployee>,
    pub(super) adults: Vec<MadeAdult>,
    pub(super) students: Vec<MadeStudent>,
    pub(super) groups: Vec<GroupSpec>,
}

/// How many families have a second child, and how many employees are parents.
const SECOND_CHILDREN: usize = 24;
const STAFF_PARENTS: usize = 4;

/// The people of a sample in a school year.
pub(super) fn people(kind: SampleKind, year: SchoolYear) -> People {
    let mut made =
        People { staff: Vec::new(), adults: Vec::new(), students: Vec::new(), groups: groups(kind, year) };
    let mut phones = Phones::of(kind);
    made.add_staff(kind, &mut phones);
    let mut chance = Chance::new(match kind {
        SampleKind::School => "школа: ученики",
        SampleKind::College => "колледж: студенты",
    });
    for group in 0..made.groups.len() {
        let named = if kind == SampleKind::School { NAMED_PUPILS } else { &[] };
        let label = made.groups[group].label.clone();
        let named: Vec<_> = named.iter().filter(|pupil| pupil.group == label).collect();
        let size = made.groups[group].size;
        for pupil in named.iter().take(size) {
            made.add_student(&mut chance, &mut phones, group, year, Some(pupil));
        }
        for _ in named.len()..size {
            made.add_student(&mut chance, &mut phones, group, year, None);
        }
    }
    made.join_families(&mut chance);
    made
}

impl People {
    fn add_staff(&mut self, kind: SampleKind, phones: &mut Phones) {
        let mut chance = Chance::new(match kind {
            SampleKind::School => "школа: сотрудники",
            SampleKind::College => "колледж: сотрудники",
        });
        let (named, teacher_posts, teachers, other_posts) = match kind {
            SampleKind::School => (NAMED_SCHOOL_STAFF, SCHOOL_POSTS, 48, SCHOOL_OTHER_POSTS),
            SampleKind::College => (NAMED_COLLEGE_STAFF, COLLEGE_POSTS, 40, COLLEGE_OTHER_POSTS),
        };
        for member in named {
            let leads = self.groups.iter().position(|group| group.label == member.leads);
            self.staff.push(MadeEmployee {
                person: phones.person(FullName::new(member.name[0], member.name[1], member.name[2])),
                role: Role::Teacher,
                post: member.post.to_owned(),
                leads,
            });
        }
        let mut without: Vec<usize> = (0..self.groups.len())
            .filter(|group| self.staff.iter().all(|member| member.leads != Some(*group)))
            .rev()
            .collect();
        while self.staff.len() < teachers {
            let place = self.staff.len();
            self.staff.push(MadeEmployee {
                person: phones.person(employee(&mut chance, 82)),
                role: Role::Teacher,
                post: teacher_posts[place % teacher_posts.len()].to_owned(),
                leads: without.pop(),
            });
        }
        for post in other_posts {
            self.staff.push(MadeEmployee {
                person: phones.person(employee(&mut chance, 60)),
                role: Role::Employee,
                post: (*post).to_owned(),
                leads: None,
            });
        }
    }

    fn add_student(
        &mut self,
        chance: &mut Chance,
        phones: &mut Phones,
        group: usize,
        year: SchoolYear,
        named: Option<&&super::named_people::NamedPupil>,
    ) {
        let names = family(chance);
        let (child, mother, father) = match named {
            None => (names.child, Some(names.mother), Some(names.father)),
            Some(pupil) => {
                let full = |parts: [&str; 3]| FullName::new(parts[0], parts[1], parts[2]);
                (full(pupil.name), pupil.mother.map(full), pupil.father.map(full))
            }
        };
        let (age, with_parents) = (self.groups[group].age, self.groups[group].with_parents);
        // Most are born in the calendar year of their age, some in the autumn before.
        let birth_year = year.0 - age - i16::from(chance.percent(15));
        let month = 1 + chance.below(12) as i8;
        let birth_date = Date::new(birth_year, month, 1 + chance.below(28) as i8).ok();
        let with_phone = age >= 13 || (age >= 10 && chance.percent(50));
        let phone = if with_phone { phones.next() } else { None };
        let mut adults = Vec::new();
        if with_parents {
            let with_father = chance.percent(64);
            let with_mother = !with_father || chance.percent(97);
            for (parent, basis, present) in [(mother, "мать", with_mother), (father, "отец", with_father)]
            {
                if let Some(name) = parent.filter(|_| present || named.is_some()) {
                    adults.push((self.adults.len(), basis));
                    self.adults.push(MadeAdult { person: phones.person(name), employee: None });
                }
            }
        }
        self.students.push(MadeStudent {
            person: MadePerson { name: child, birth_date, phone },
            group,
            adults,
        });
    }

    /// Gives some families a second child in another group, and makes some employees parents.
    fn join_families(&mut self, chance: &mut Chance) {
        let named = |name: &FullName| {
            NAMED_PUPILS.iter().any(|pupil| pupil.name[..2] == [&name.surname, &name.given])
        };
        let free: Vec<usize> = (0..self.students.len())
            .filter(|index| {
                let student = &self.students[*index];
                student.adults.len() == 2 && !named(&student.person.name)
            })
            .collect();
        let half = free.len() / 2;
        let mut orphaned_adults = Vec::new();
        for pair in 0..SECOND_CHILDREN.min(half) {
            let (elder, younger) =
                (free[half + pair * half / SECOND_CHILDREN.max(1)], free[pair * half / SECOND_CHILDREN]);
            let adults = self.students[elder].adults.clone();
            let father = self.adults[adults[1].0].person.name.clone();
            if let Some(name) = sibling(chance, &father) {
                orphaned_adults.extend(self.students[younger].adults.iter().map(|(adult, _)| *adult));
                self.students[younger].person.name = name;
                self.students[younger].adults = adults;
            }
        }
        for (index, student) in free.iter().skip(7).step_by(67).take(STAFF_PARENTS).enumerate() {
            let Some((adult, basis)) = self.students[*student].adults.first().copied() else { continue };
            // A teacher in the middle of the list who has no name of her own in the story.
            let employee = self.staff.len() / 2 + index * 3;
            if basis == "мать" && !orphaned_adults.contains(&adult) {
                self.adults[adult].employee = Some(employee);
                self.adults[adult].person = self.staff[employee].person.clone();
            }
        }
        self.drop_unused_adults(&orphaned_adults);
    }

    fn drop_unused_adults(&mut self, unused: &[usize]) {
        let mut places = vec![0; self.adults.len()];
        let mut kept = Vec::with_capacity(self.adults.len());
        for (place, adult) in std::mem::take(&mut self.adults).into_iter().enumerate() {
            places[place] = kept.len();
            if !unused.contains(&place) {
                kept.push(adult);
            }
        }
        self.adults = kept;
        for student in &mut self.students {
            for (adult, _) in &mut student.adults {
                *adult = places[*adult];
            }
        }
    }

    /// The students of a group by index.
    pub(super) fn students_of(&self, group: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.students.len()).filter(move |index| self.students[*index].group == group)
    }

    /// The first group that plays a part.
    pub(super) fn group_with(&self, part: super::groups::Part) -> Option<usize> {
        self.groups.iter().position(|group| group.part == part)
    }

    /// The employee who leads a group.
    pub(super) fn leader_of(&self, group: usize) -> Option<usize> {
        self.staff.iter().position(|member| member.leads == Some(group))
    }
}

/// Numbers one after another in a code that no operator is known to use.
pub(super) struct Phones {
    last: u32,
}

impl Phones {
    fn of(kind: SampleKind) -> Self {
        Self { last: if kind == SampleKind::School { 1_000_000 } else { 3_000_000 } }
    }

    /// Numbers for people who come later than the register knows.
    pub(super) fn later() -> Self {
        Self { last: 5_000_000 }
    }

    pub(super) fn next(&mut self) -> Option<Phone> {
        // A step that is no round number, so that the last digits differ.
        self.last += 137;
        parse_phone(&format!("+7945{:07}", self.last)).ok()
    }

    pub(super) fn person(&mut self, name: FullName) -> MadePerson {
        MadePerson { name, birth_date: None, phone: self.next() }
    }
}

const SCHOOL_POSTS: &[&str] = &[
    "учитель начальных классов",
    "учитель математики",
    "учитель русского языка и литературы",
    "учитель английского языка",
    "учитель истории и обществознания",
    "учитель физики",
    "учитель химии",
    "учитель биологии",
    "учитель географии",
    "учитель информатики",
    "учитель физической культуры",
    "учитель технологии",
    "учитель музыки",
    "педагог-психолог",
    "педагог-организатор",
];
#[rustfmt::skip]
const SCHOOL_OTHER_POSTS: &[&str] = &[
    "секретарь", "специалист по кадрам", "заведующий хозяйством", "заведующий библиотекой", "лаборант", "лаборант",
    "системный администратор", "медицинская сестра", "вахтёр", "вахтёр", "гардеробщик", "уборщик помещений",
    "уборщик помещений", "уборщик помещений", "дворник", "рабочий по обслуживанию здания", "повар", "повар",
    "кухонный рабочий", "бухгалтер", "водитель",
];
const COLLEGE_POSTS: &[&str] = &[
    "преподаватель информатики",
    "преподаватель математики",
    "преподаватель основ программирования",
    "преподаватель педагогики",
    "преподаватель психологии",
    "преподаватель русского языка",
    "преподаватель иностранного языка",
    "преподаватель истории",
    "преподаватель физической культуры",
    "преподаватель бухгалтерского учёта",
    "мастер производственного обучения",
];
#[rustfmt::skip]
const COLLEGE_OTHER_POSTS: &[&str] = &[
    "секретарь учебной части", "специалист по кадрам", "заведующий хозяйством", "заведующий библиотекой", "лаборант",
    "системный администратор", "комендант общежития", "вахтёр", "вахтёр", "уборщик помещений", "дворник", "бухгалтер",
];
