//! Made-up schools: classes with families, twins and namesakes, teachers, people who left.

use std::collections::HashSet;

use jiff::civil::{Date, date};
use sferum_console::names::{FullName, Role, parse_phone};
use sferum_console::register::{
    Assignment, AssignmentId, Chat, ChatId, ChatKind, Entity, Group, GroupId, GroupKind, Guardianship,
    GuardianshipId, Membership, MembershipId, Organization, OrganizationId, Origin, Participation,
    ParticipationState, Person, PersonId, Register, SchoolYear,
};

use super::made_names::{BOYS, Chance, GIRLS, Given, patronymic, surname};

pub const TODAY: Date = date(2026, 10, 12);

/// A person as the generator knows them: with everything they may be called.
#[derive(Clone)]
pub struct MadePerson {
    pub id: PersonId,
    pub surname: String,
    pub surname_genitive: String,
    pub given: Given,
    pub patronymic: String,
    pub phone: Option<String>,
}

/// A class with its families.
pub struct MadeClass {
    pub group: GroupId,
    pub label: String,
    pub students_chat: ChatId,
    pub parents_chat: ChatId,
    pub teacher: usize,
    /// Indices into `people`.
    pub students: Vec<usize>,
    /// Child, adult, what the adult is to the child.
    pub adults: Vec<(usize, usize, &'static str)>,
    /// Left this class and the school.
    pub gone: Vec<usize>,
}

/// A made-up school.
pub struct MadeSchool {
    pub register: Register,
    pub people: Vec<MadePerson>,
    pub classes: Vec<MadeClass>,
    pub teachers: Vec<usize>,
    pub staff_chat: ChatId,
    next: u32,
    names: HashSet<String>,
}

impl MadeSchool {
    /// A school of so many classes; families with one to three adults, twins, namesakes, people who left.
    pub fn new(seed: u64, classes: usize) -> MadeSchool {
        let mut chance = Chance::new(seed);
        let mut school = MadeSchool {
            register: Register::default(),
            people: Vec::new(),
            classes: Vec::new(),
            teachers: Vec::new(),
            staff_chat: ChatId(1),
            next: 0,
            names: HashSet::new(),
        };
        school.put(Organization {
            id: OrganizationId(1), name: "Школа".into(), ..Organization::default()
        });
        school.put(Chat { id: ChatId(1), kind: ChatKind::Staff, ..Chat::default() });
        for _ in 0..classes * 2 + 3 {
            let is_man = chance.percent(15);
            let teacher = school.add_person(&mut chance, is_man, None, None);
            school.join(teacher, Role::Teacher, None);
            school.teachers.push(teacher);
        }
        for number in 0..classes {
            school.add_class(&mut chance, number);
        }
        school
    }

    fn put(&mut self, entity: impl Into<Entity>) {
        self.register.put_loaded(entity.into());
    }

    fn number(&mut self) -> u32 {
        self.next += 1;
        self.next
    }

    fn add_person(
        &mut self,
        chance: &mut Chance,
        is_man: bool,
        family: Option<&[String; 4]>,
        father: Option<&str>,
    ) -> usize {
        let drawn;
        let surname = match family {
            Some(family) => family,
            None => {
                drawn = surname(chance);
                &drawn
            }
        };
        let given = *chance.pick(if is_man { BOYS } else { GIRLS });
        let father = father.unwrap_or_else(|| chance.pick(BOYS).0);
        let patronymic = if chance.percent(3) { String::new() } else { patronymic(father, is_man) };
        let id = PersonId(self.people.len() as u32 + 1);
        let (at, of) = if is_man { (0, 2) } else { (1, 3) };
        let phone = chance.percent(60).then(|| format!("+7900{:07}", id.0));
        let made = MadePerson {
            id,
            surname: surname[at].clone(),
            surname_genitive: surname[of].clone(),
            given,
            patronymic,
            phone,
        };
        // Rosters often write «е» for «ё».
        let plain = chance.percent(50);
        let spelled =
            |text: &str| if plain { text.replace('ё', "е").replace('Ё', "Е") } else { text.to_owned() };
        self.put(Person {
            id,
            name: FullName::new(spelled(&made.surname), spelled(made.given.0), spelled(&made.patronymic)),
            phone: made.phone.as_deref().and_then(|phone| parse_phone(phone).ok()),
            ..Person::default()
        });
        self.names.insert(plain_name(&made.surname, made.given.0));
        self.people.push(made);
        self.people.len() - 1
    }

    fn join(&mut self, person: usize, role: Role, group: Option<GroupId>) {
        let membership = Membership {
            id: MembershipId(self.number()),
            person: self.people[person].id,
            role,
            group,
            origin: Origin::Hand,
            post: String::new(),
            post_origin: Origin::Hand,
            since: None,
            until: None,
            participation: Participation::default(),
            verification: Default::default(),
            verification_since: None,
        };
        self.put(membership);
    }

    fn add_class(&mut self, chance: &mut Chance, number: usize) {
        let letters = ["А", "Б", "В", "Г", "Д", "Е", "Ж", "З", "И", "К"];
        let label = format!("{}{}", number % 11 + 1, letters[number / 11 % letters.len()]);
        let group = GroupId(number as u32 + 1);
        let year = Some(SchoolYear(2026));
        self.put(Group {
            id: group,
            kind: GroupKind::SchoolClass,
            label: label.clone(),
            year,
            ..Group::default()
        });
        let (students_chat, parents_chat) = (ChatId(number as u32 * 2 + 2), ChatId(number as u32 * 2 + 3));
        for (id, kind) in [(students_chat, ChatKind::Students), (parents_chat, ChatKind::Parents)] {
            self.put(Chat { id, group: Some(group), kind, ..Chat::default() });
        }
        let teacher = self.teachers[number];
        let id = AssignmentId(number as u32 + 1);
        self.put(Assignment { id, group, person: self.people[teacher].id, ..Assignment::default() });
        let mut class = MadeClass {
            group,
            label,
            students_chat,
            parents_chat,
            teacher,
            students: Vec::new(),
            adults: Vec::new(),
            gone: Vec::new(),
        };
        while class.students.len() < 26 {
            self.add_family(chance, &mut class);
        }
        self.classes.push(class);
    }

    fn add_family(&mut self, chance: &mut Chance, class: &mut MadeClass) {
        let family = surname(chance);
        let father = self.add_person(chance, true, Some(&family), None);
        let own = surname(chance);
        let mothers = if chance.percent(14) { &own } else { &family };
        let mother = self.add_person(chance, false, Some(mothers), None);
        let grandmother = chance.percent(8).then(|| self.add_person(chance, false, None, None));
        let fathers_name = self.people[father].given.0;
        let children = if chance.percent(5) { 2 } else { 1 };
        let both = chance.percent(60);
        for _ in 0..children {
            let is_man = chance.percent(50);
            let child = self.add_person(chance, is_man, Some(&family), Some(fathers_name));
            if chance.percent(4) {
                self.leave(child);
                class.gone.push(child);
                continue;
            }
            self.join(child, Role::Student, Some(class.group));
            class.students.push(child);
            self.guard(chance, class, child, mother, "мать");
            if both {
                self.guard(chance, class, child, father, "отец");
            }
            if let Some(grandmother) = grandmother {
                self.guard(chance, class, child, grandmother, "бабушка");
            }
        }
    }

    fn leave(&mut self, person: usize) {
        let seen = self.register.person(self.people[person].id).expect("was put").clone();
        self.put(Person { left_on: Some(date(2026, 9, 20)), ..(*seen).clone() });
    }

    fn guard(
        &mut self,
        chance: &mut Chance,
        class: &mut MadeClass,
        child: usize,
        adult: usize,
        basis: &'static str,
    ) {
        let state = if chance.percent(4) {
            ParticipationState::DoesNotParticipate
        } else {
            ParticipationState::NoInformation
        };
        // Rosters often do not say who the adult is.
        let written = if chance.percent(70) { basis } else { "" };
        let link = Guardianship {
            id: GuardianshipId(self.number()),
            adult: self.people[adult].id,
            child: self.people[child].id,
            basis: written.into(),
            participation: Participation { state, ..Participation::default() },
            ..Guardianship::default()
        };
        self.put(link);
        class.adults.push((child, adult, basis));
    }

    /// Whether somebody of the register bears this very name.
    pub fn bears(&self, surname: &str, given: &str) -> bool {
        self.names.contains(&plain_name(surname, given))
    }
}

fn plain_name(surname: &str, given: &str) -> String {
    format!("{surname} {given}").to_lowercase().replace('ё', "е")
}
