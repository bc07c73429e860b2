//! Member lists of made-up schools as messengers show them, with the truth of every line known.
//!
//! The generator knows the register and how people write; it does not know how the program reads.

use sferum_console::names::Role;
use sferum_console::reconcile::ReconcileScope;
use sferum_console::register::{PersonId, Target};

use super::made_members::{MadeClass, MadePerson, MadeSchool};
use super::made_names::{BOYS, Chance, GIRLS, latin, slip};

/// Who really stands behind a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    Person(PersonId),
    /// Nobody of the register.
    Stranger,
    /// A person whose name says nothing («Котёнок»): cannot be found, must not be taken for another.
    Nickname(PersonId),
}

/// A line of a made list that is a member.
pub struct MadeLine {
    pub number: u32,
    pub truth: Truth,
    /// In which way it is written.
    pub way: &'static str,
}

/// A made list: what is pasted, what it is compared with, and the truth.
pub struct MadeList {
    pub text: String,
    pub scope: ReconcileScope,
    pub lines: Vec<MadeLine>,
}

/// How somebody writes themselves, and the name of the way.
pub fn written(chance: &mut Chance, person: &MadePerson) -> (String, &'static str) {
    let (surname, given, patronymic) = (person.surname.as_str(), person.given.0, person.patronymic.as_str());
    let short = person.given.2;
    let form = if short.is_empty() { given } else { chance.pick(short).0 };
    let first = |text: &str| text.chars().take(1).collect::<String>();
    let ordered = |chance: &mut Chance, one: &str, other: &str| {
        if chance.percent(60) { format!("{one} {other}") } else { format!("{other} {one}") }
    };
    let draw = if surname.contains('-') && chance.percent(35) { 82 } else { chance.below(100) };
    let (text, way) = match draw {
        0..=24 => (ordered(chance, given, surname), "given and surname"),
        25..=31 => (format!("{surname} {given} {patronymic}"), "full name"),
        32..=34 => (format!("{given} {patronymic} {surname}"), "full name, surname last"),
        35..=53 => (ordered(chance, form, surname), "short form"),
        54..=58 => (
            match chance.below(4) {
                0 => format!("{surname} {}.", first(given)),
                1 => format!("{}. {surname}", first(given)),
                2 => format!("{surname} {}", first(given)),
                _ if patronymic.is_empty() => format!("{surname} {}.", first(given)),
                _ => format!("{surname} {}.{}.", first(given), first(patronymic)),
            },
            "initial",
        ),
        59..=61 => (
            {
                let name = if chance.percent(50) { given } else { form };
                ordered(chance, name, &format!("{}.", first(surname)))
            },
            "surname's initial",
        ),
        62..=72 => {
            let system = chance.below(3);
            let name = if chance.percent(35) { form } else { given };
            let text = latin(&ordered(chance, name, surname), system);
            (
                match chance.below(5) {
                    0 => text.to_uppercase(),
                    1 => text.to_lowercase(),
                    _ => text,
                },
                "Latin",
            )
        }
        73..=78 if surname.chars().count() > 4 => {
            let wrong = slip(surname, chance);
            let name = if chance.percent(60) { given } else { form };
            (ordered(chance, name, &wrong), "slip in the surname")
        }
        79..=81 if given.chars().count() > 4 => {
            let wrong = slip(given, chance);
            (ordered(chance, &wrong, surname), "slip in the given name")
        }
        82 if surname.contains('-') => {
            let halves: Vec<&str> = surname.split('-').collect();
            let name = if chance.percent(60) { given } else { form };
            let half = halves[chance.below(2)];
            (ordered(chance, name, half), "half of a double surname")
        }
        82..=88 => ((if chance.percent(50) { given } else { form }).to_owned(), "given name alone"),
        89..=90 => (format!("{given} {patronymic}"), "given name and patronymic"),
        _ => (ordered(chance, given, surname), "given and surname"),
    };
    (text.trim().to_owned(), way)
}

/// What messengers do to a name on top.
fn dressed(chance: &mut Chance, text: &str) -> String {
    let text = if chance.percent(8) { text.replace('ё', "е") } else { text.to_owned() };
    match chance.below(20) {
        0 => text.to_uppercase(),
        1 => text.to_lowercase(),
        2 => format!("{text} 🌸"),
        3 => format!("✨{text}✨"),
        4 => format!("{text} ❤️❤️"),
        5 => text.replace(' ', "\u{a0}"),
        6 => format!(" {text}  "),
        _ => text,
    }
}

const SEEN: &[&str] = &[
    "был(а) недавно",
    "в сети",
    "был(а) вчера в 21:40",
    "была 5 минут назад",
    "был(а) давно",
    "была в сети 5 минут назад",
    "сегодня в 12:30",
    "был 3 сен",
    "печатает…",
    "Участник",
    "был в сети вчера",
    "была в сети 12 окт в 9:05",
];

/// A list in the making.
struct Paper<'chance> {
    chance: &'chance mut Chance,
    text: String,
    number: u32,
    lines: Vec<MadeLine>,
    numbered: bool,
    with_seen: bool,
    with_pictures: bool,
}

impl Paper<'_> {
    fn raw(&mut self, text: &str) -> u32 {
        self.text.push_str(text);
        self.text.push('\n');
        self.number += 1;
        self.number
    }

    fn member(&mut self, text: &str, truth: Truth, way: &'static str, phone: Option<&str>) {
        let shown = dressed(self.chance, text);
        if self.with_pictures && self.chance.percent(80) {
            let letters: String = text.split(' ').filter_map(|word| word.chars().next()).take(2).collect();
            self.raw(&letters.to_uppercase());
        }
        let shown = if self.numbered { format!("{}. {shown}", self.lines.len() + 1) } else { shown };
        let shown =
            if self.chance.percent(4) { format!("{shown}, был(а) недавно") } else { shown };
        let number = self.raw(&shown);
        self.lines.push(MadeLine { number, truth, way });
        if let Some(phone) = phone
            && self.chance.percent(10)
        {
            self.raw(phone);
        }
        if self.with_seen && self.chance.percent(92) {
            let seen = *self.chance.pick(SEEN);
            self.raw(seen);
        }
        if self.chance.percent(4) {
            self.raw("");
        }
    }

    fn person(&mut self, person: &MadePerson) {
        if self.chance.percent(1) {
            let nickname =
                *self.chance.pick(&["Котёнок", "Zayka", "Просто я", "NoName", "Мадам Х", "user 4815"]);
            return self.member(nickname, Truth::Nickname(person.id), "nickname", None);
        }
        let (text, way) = written(self.chance, person);
        self.member(&text, Truth::Person(person.id), way, person.phone.as_deref());
    }
}

/// A list of one place of the school.
pub fn made_list(school: &MadeSchool, chance: &mut Chance) -> MadeList {
    let class = chance.below(school.classes.len());
    let class = &school.classes[class];
    let kind = chance.below(20);
    let target = match kind {
        0..=8 => Target::Chat(class.students_chat),
        9..=17 => Target::Chat(class.parents_chat),
        18 => Target::Chat(school.staff_chat),
        _ => Target::Group(class.group),
    };
    let (numbered, with_seen, with_pictures) = (chance.percent(15), chance.percent(70), chance.percent(25));
    let mut paper = Paper {
        chance,
        text: String::new(),
        number: 0,
        lines: Vec::new(),
        numbered,
        with_seen,
        with_pictures,
    };
    if paper.chance.percent(60) {
        paper.raw(&format!("Чат {}", class.label));
        paper.raw("27 участников");
        paper.raw("Добавить участников");
    }
    match kind {
        9..=17 => parents(school, class, &mut paper),
        18 => {
            let mut teachers = school.teachers.clone();
            paper.chance.shuffle(&mut teachers);
            for teacher in teachers.into_iter().take(30) {
                paper.person(&school.people[teacher]);
            }
        }
        _ => students(school, class, &mut paper),
    }
    strangers(school, class, &mut paper);
    let role = (kind == 19).then_some(Role::Student);
    MadeList { text: paper.text, scope: ReconcileScope { target, role }, lines: paper.lines }
}

fn students(school: &MadeSchool, class: &MadeClass, paper: &mut Paper<'_>) {
    let mut students = class.students.clone();
    paper.chance.shuffle(&mut students);
    paper.person(&school.people[class.teacher]);
    for student in students {
        if paper.chance.percent(12) {
            continue;
        }
        paper.person(&school.people[student]);
        // A second account.
        if paper.chance.percent(2) {
            paper.person(&school.people[student]);
        }
    }
    others(school, class, paper);
}

/// People of the register who do not belong: left, of another class, a mother among the pupils.
fn others(school: &MadeSchool, class: &MadeClass, paper: &mut Paper<'_>) {
    for gone in &class.gone {
        if paper.chance.percent(50) {
            full(paper, &school.people[*gone]);
        }
    }
    if paper.chance.percent(50) {
        let other = paper.chance.below(school.classes.len());
        let student = *paper.chance.pick(&school.classes[other].students);
        if school.classes[other].group != class.group {
            full(paper, &school.people[student]);
        }
    }
    if paper.chance.percent(30)
        && let Some((_, adult, _)) = class.adults.first()
    {
        full(paper, &school.people[*adult]);
    }
}

/// Written so that it can be found outside the class: by given name or short form and surname.
fn full(paper: &mut Paper<'_>, person: &MadePerson) {
    let short = person.given.2;
    let name = if short.is_empty() || paper.chance.percent(60) {
        person.given.0
    } else {
        paper.chance.pick(short).0
    };
    let text = format!("{name} {}", person.surname);
    paper.member(&text, Truth::Person(person.id), "of another place", None);
}

fn parents(school: &MadeSchool, class: &MadeClass, paper: &mut Paper<'_>) {
    paper.person(&school.people[class.teacher]);
    let mut adults = class.adults.clone();
    paper.chance.shuffle(&mut adults);
    let mut done = Vec::new();
    for (child, adult, basis) in adults {
        if done.contains(&adult) || paper.chance.percent(35) {
            continue;
        }
        done.push(adult);
        let person = &school.people[adult];
        if paper.chance.percent(45) {
            let twin = class.adults.iter().find(|other| other.1 == adult && other.0 != child);
            let twin = twin.map(|other| &school.people[other.0]);
            let (text, way) = through(paper.chance, class, person, &school.people[child], twin, basis);
            paper.member(&text, Truth::Person(person.id), way, person.phone.as_deref());
        } else {
            paper.person(person);
        }
    }
}

/// An adult called by the child.
fn through(
    chance: &mut Chance,
    class: &MadeClass,
    adult: &MadePerson,
    child: &MadePerson,
    twin: Option<&MadePerson>,
    basis: &str,
) -> (String, &'static str) {
    let kin = match basis {
        "мать" => *chance.pick(&["мама", "Мама", "Мама", "мать"]),
        "отец" => *chance.pick(&["папа", "Папа"]),
        _ => *chance.pick(&["бабушка", "Бабушка"]),
    };
    let called = |chance: &mut Chance, child: &MadePerson| {
        let short = child.given.2;
        if short.is_empty() || chance.percent(25) { child.given.1 } else { chance.pick(short).1 }
    };
    let child_name = called(chance, child);
    let own_short = adult.given.2;
    let own =
        if own_short.is_empty() || chance.percent(60) { adult.given.0 } else { chance.pick(own_short).0 };
    let initial: String = child.surname.chars().take(1).collect();
    let of = &child.surname_genitive;
    if let Some(twin) = twin
        && chance.percent(60)
    {
        let twin = called(chance, twin);
        return (format!("{kin} {child_name} и {twin}"), "through two children");
    }
    match chance.below(8) {
        0 => (format!("{kin} {child_name}"), "through the child's given name"),
        1 | 2 => (format!("{kin} {child_name} {of}"), "through the child's full name"),
        3 => (format!("{own} ({kin} {child_name} {initial}.)"), "own name and child"),
        4 => (format!("{own} {kin} {child_name}"), "own name and child"),
        5 => (format!("{kin} {child_name} {}", class.label), "through the child and the class"),
        6 => (format!("{kin} {of} {child_name}"), "through the child's full name"),
        _ => (format!("{own} {}, {kin} {child_name}", adult.surname), "own full name and child"),
    }
}

/// Strangers whose names are like those of the class.
fn strangers(school: &MadeSchool, class: &MadeClass, paper: &mut Paper<'_>) {
    for _ in 0..2 + paper.chance.below(3) {
        let like = *paper.chance.pick(&class.students);
        // A grandmother whom the register does not know.
        let has_grandmother =
            class.adults.iter().any(|(child, _, basis)| *child == like && *basis == "бабушка");
        let like = &school.people[like];
        if !has_grandmother && paper.chance.percent(8) {
            let text = format!("бабушка {} {}", like.given.1, like.surname_genitive);
            paper.member(&text, Truth::Stranger, "stranger", None);
            continue;
        }
        let is_man = BOYS.iter().any(|given| given.0 == like.given.0);
        let pool = if is_man { BOYS } else { GIRLS };
        let (surname, given) = match paper.chance.below(5) {
            // Same given name, similar surname.
            0 | 1 => {
                let stem: String = like
                    .surname
                    .chars()
                    .take(like.surname.chars().count().saturating_sub(2).max(2))
                    .collect();
                let endings = ["енко", "ский", "ич", "ун", "овский", "ян", "чук", "ько", "инов", "ев"];
                (format!("{stem}{}", paper.chance.pick(&endings)), like.given)
            }
            // Same surname, another given name.
            2 | 3 => (like.surname.clone(), *paper.chance.pick(pool)),
            _ => (
                super::made_names::surname(paper.chance)[usize::from(!is_man)].clone(),
                *paper.chance.pick(pool),
            ),
        };
        // A stranger of the very name of somebody in the register cannot be told from them by anybody.
        if school.bears(&surname, given.0) {
            continue;
        }
        let short = given.2;
        let name =
            if short.is_empty() || paper.chance.percent(60) { given.0 } else { paper.chance.pick(short).0 };
        let text = match paper.chance.below(4) {
            0 => format!("{surname} {name}"),
            1 => latin(&format!("{name} {surname}"), 1),
            _ => format!("{name} {surname}"),
        };
        paper.member(&text, Truth::Stranger, "stranger", None);
    }
}
