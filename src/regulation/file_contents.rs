//! «Что было в файле»: categories and counts, for the case that the file got to strangers. 152-ФЗ, ст. 21 ч. 3.1: the
//! authority is told within 24 hours, the results of the inquiry within 72. Counts only: the page itself discloses nobody.

use jiff::civil::Date;

use super::danger_order::{LinkDanger, links_by_danger};
use crate::names::Role;
use crate::register::{EntityKind, NonParticipation, ParticipationState, Person, Register};

/// A category of personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ContentsCategory {
    Names,
    BirthDates,
    Phones,
    RolesAndGroups,
    Posts,
    Family,
    Restrictions,
    Absences,
    NonParticipation,
    Movements,
    ClassTeachers,
    Requests,
    Appeals,
    Notes,
    Officials,
}

impl ContentsCategory {
    /// Every category, in the order of the page.
    pub const ALL: [ContentsCategory; 15] = [
        ContentsCategory::Names,
        ContentsCategory::BirthDates,
        ContentsCategory::Phones,
        ContentsCategory::RolesAndGroups,
        ContentsCategory::Posts,
        ContentsCategory::Family,
        ContentsCategory::Restrictions,
        ContentsCategory::Absences,
        ContentsCategory::NonParticipation,
        ContentsCategory::Movements,
        ContentsCategory::ClassTeachers,
        ContentsCategory::Requests,
        ContentsCategory::Appeals,
        ContentsCategory::Notes,
        ContentsCategory::Officials,
    ];

    /// In Russian.
    pub fn words(self) -> &'static str {
        match self {
            ContentsCategory::Names => "Фамилия, имя, отчество",
            ContentsCategory::BirthDates => "Дата рождения",
            ContentsCategory::Phones => "Номер телефона",
            ContentsCategory::RolesAndGroups => "Роль, класс или группа",
            ContentsCategory::Posts => "Должность",
            ContentsCategory::Family => "Кто чей родитель или законный представитель",
            ContentsCategory::Restrictions => "Отметка «доступ ограничен»",
            ContentsCategory::Absences => "Отметка о долгом отсутствии",
            ContentsCategory::NonParticipation => "Отказ от участия и его причина",
            ContentsCategory::Movements => "Зачисление, перевод, выбытие с приказами",
            ContentsCategory::ClassTeachers => "Классное руководство",
            ContentsCategory::Requests => "Заявки на вступление",
            ContentsCategory::Appeals => "Обращения",
            ContentsCategory::Notes => "Заметки о людях",
            ContentsCategory::Officials => "Руководитель, администратор, заместители",
        }
    }

    /// Stable name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            ContentsCategory::Names => "names",
            ContentsCategory::BirthDates => "birth_dates",
            ContentsCategory::Phones => "phones",
            ContentsCategory::RolesAndGroups => "roles_and_groups",
            ContentsCategory::Posts => "posts",
            ContentsCategory::Family => "family",
            ContentsCategory::Restrictions => "restrictions",
            ContentsCategory::Absences => "absences",
            ContentsCategory::NonParticipation => "non_participation",
            ContentsCategory::Movements => "movements",
            ContentsCategory::ClassTeachers => "class_teachers",
            ContentsCategory::Requests => "requests",
            ContentsCategory::Appeals => "appeals",
            ContentsCategory::Notes => "notes",
            ContentsCategory::Officials => "officials",
        }
    }
}

/// Whose data it is: a person is counted once, as the first of these that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ContentsSubject {
    Students,
    Parents,
    Staff,
    Others,
}

impl ContentsSubject {
    /// Every one, in the order of the page.
    pub const ALL: [ContentsSubject; 4] = [
        ContentsSubject::Students,
        ContentsSubject::Parents,
        ContentsSubject::Staff,
        ContentsSubject::Others,
    ];

    /// In Russian.
    pub fn words(self) -> &'static str {
        match self {
            ContentsSubject::Students => "Ученики",
            ContentsSubject::Parents => "Родители",
            ContentsSubject::Staff => "Учителя и сотрудники",
            ContentsSubject::Others => "Роль не записана",
        }
    }
}

/// One line of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContentsLine {
    pub category: ContentsCategory,
    /// People of whom there is something, by [`ContentsSubject::ALL`].
    pub people: [u32; 4],
    /// Records: more than people where somebody has several.
    pub records: u32,
}

impl ContentsLine {
    /// People of every kind.
    pub fn people_count(&self) -> u32 {
        self.people.iter().sum()
    }
}

/// The whole page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileContents {
    /// People by [`ContentsSubject::ALL`].
    pub people: [u32; 4],
    /// Of them: born less than 18 years ago by the dates in the file.
    pub known_minors: u32,
    /// Of them: left the organization.
    pub departed: u32,
    /// Categories of which there is something.
    pub lines: Vec<ContentsLine>,
    /// Links that still open, the most dangerous kinds first; kinds without any are left out.
    pub open_links: Vec<(LinkDanger, u32)>,
    /// Links that open nothing any more.
    pub revoked_links: u32,
}

impl FileContents {
    /// All people.
    pub fn people_count(&self) -> u32 {
        self.people.iter().sum()
    }

    /// All links that still open.
    pub fn open_link_count(&self) -> u32 {
        self.open_links.iter().map(|(_, count)| count).sum()
    }
}

/// Counts what a file holds on a day.
pub fn file_contents(register: &Register, today: Date) -> FileContents {
    let tables = register.tables();
    let mut counter = Counter::new();
    let (mut people, mut known_minors, mut departed) = ([0; 4], 0, 0);
    for person in tables.people.values() {
        let subject = subject_of(register, person);
        people[subject as usize] += 1;
        known_minors += u32::from(person.birth_date.is_some_and(|born| is_minor(born, today)));
        departed += u32::from(person.left_on.is_some_and(|left| left <= today));
        count_person(register, person, subject, &mut counter);
    }
    count_unattached(register, &mut counter);
    let links = links_by_danger(register, today);
    let open =
        LinkDanger::ALL.map(|danger| (danger, links.iter().filter(|(_, of)| *of == danger).count() as u32));
    FileContents {
        people,
        known_minors,
        departed,
        lines: counter.lines(),
        open_links: open.into_iter().filter(|(_, count)| *count > 0).collect(),
        revoked_links: (tables.invites.len() - links.len()) as u32,
    }
}

struct Counter {
    lines: [ContentsLine; 15],
}

impl Counter {
    fn new() -> Counter {
        Counter {
            lines: ContentsCategory::ALL.map(|category| ContentsLine {
                category,
                people: [0; 4],
                records: 0,
            }),
        }
    }

    /// So many records of a category about one person.
    fn add(&mut self, category: ContentsCategory, subject: ContentsSubject, records: usize) {
        if records > 0 {
            let line = &mut self.lines[category as usize];
            line.people[subject as usize] += 1;
            line.records += records as u32;
        }
    }

    fn lines(self) -> Vec<ContentsLine> {
        self.lines.into_iter().filter(|line| line.records > 0).collect()
    }
}

fn count_person(register: &Register, person: &Person, subject: ContentsSubject, counter: &mut Counter) {
    let mut add = |category, records| counter.add(category, subject, records);
    add(ContentsCategory::Names, 1);
    add(ContentsCategory::BirthDates, person.birth_date.iter().count());
    add(ContentsCategory::Phones, person.phone.iter().count());
    add(ContentsCategory::Absences, person.absent_since.iter().count());
    add(ContentsCategory::Notes, usize::from(!person.note.is_empty()));
    let memberships: Vec<_> = register.memberships_of_person(person.id).collect();
    add(ContentsCategory::RolesAndGroups, memberships.len());
    add(ContentsCategory::Posts, memberships.iter().filter(|membership| !membership.post.is_empty()).count());
    let of_adult = register.guardianships_of_adult(person.id);
    let of_child = register.guardianships_of_child(person.id);
    let bonds: Vec<_> = of_adult.chain(of_child).collect();
    add(ContentsCategory::Family, bonds.len());
    add(ContentsCategory::Restrictions, bonds.iter().filter(|bond| !bond.restriction.is_empty()).count());
    let declined = |state: ParticipationState, reason: Option<NonParticipation>| {
        state == ParticipationState::DoesNotParticipate || reason.is_some()
    };
    let own = memberships.iter().map(|membership| &membership.participation);
    let for_children = bonds.iter().filter(|bond| bond.adult == person.id).map(|bond| &bond.participation);
    let refusals = own.chain(for_children).filter(|it| declined(it.state, it.reason)).count();
    add(ContentsCategory::NonParticipation, refusals);
    let of_kind =
        |kind: EntityKind| register.referrers(person.id).iter().filter(|key| key.kind == kind).count();
    add(ContentsCategory::Movements, of_kind(EntityKind::Movement));
    add(ContentsCategory::ClassTeachers, of_kind(EntityKind::Assignment));
    add(ContentsCategory::Requests, of_kind(EntityKind::JoinRequest));
    add(ContentsCategory::Appeals, of_kind(EntityKind::Appeal));
}

/// Names that stand in the file without a person behind them.
fn count_unattached(register: &Register, counter: &mut Counter) {
    let (tables, card) = (register.tables(), register.organization());
    let nobody = ContentsSubject::Others;
    for _ in tables.join_requests.values().filter(|request| request.person.is_none()) {
        counter.add(ContentsCategory::Requests, nobody, 1);
    }
    for _ in tables.appeals.values().filter(|appeal| appeal.person.is_none()) {
        counter.add(ContentsCategory::Appeals, nobody, 1);
    }
    let deputies = card.deputies.iter().map(|deputy| &deputy.name);
    for name in [&card.head, &card.administrator.name].into_iter().chain(deputies) {
        counter.add(ContentsCategory::Officials, ContentsSubject::Staff, usize::from(!name.is_empty()));
    }
}

fn subject_of(register: &Register, person: &Person) -> ContentsSubject {
    let has =
        |role: Role| register.memberships_of_person(person.id).any(|membership| membership.role == role);
    if has(Role::Student) || register.guardianships_of_child(person.id).next().is_some() {
        ContentsSubject::Students
    } else if has(Role::Teacher) || has(Role::Employee) {
        ContentsSubject::Staff
    } else if has(Role::Parent) || register.guardianships_of_adult(person.id).next().is_some() {
        ContentsSubject::Parents
    } else {
        ContentsSubject::Others
    }
}

fn is_minor(born: Date, today: Date) -> bool {
    Date::new(born.year().saturating_add(18).min(9999), born.month(), born.day().min(28))
        .is_ok_and(|of_age| today < of_age)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::register::{Entity, Target};
    use crate::regulation::fixture::School;

    #[test]
    fn everybody_is_counted_once_and_every_category_with_its_records() {
        let mut school = School::new();
        let today = date(2026, 10, 12);
        let class = school.class("7Б");
        let staff = school.staff_group();
        let children = school.students(class, 2);
        let mother = school.adult(children[0]);
        let teacher = school.person("Громова", Role::Teacher, Some(staff));
        school.assign(class, teacher, false);
        let seen = school.register.person(children[0]).expect("is there").clone();
        let born = Person {
            birth_date: Some(date(2013, 5, 4)),
            phone: crate::names::parse_phone("89173456745").ok(),
            note: "ходит с сестрой".into(),
            ..(*seen).clone()
        };
        school.edit(Entity::from(seen), born);
        school.leaves(children[1], date(2026, 9, 1));
        school.link(Target::Group(class), Role::Student, Some(date(2026, 9, 1)));
        let contents = file_contents(&school.register, today);
        assert_eq!(contents.people, [2, 1, 1, 0]);
        assert_eq!((contents.known_minors, contents.departed), (1, 1));
        let line = |category| contents.lines.iter().find(|line| line.category == category).copied();
        let expected = [
            (ContentsCategory::Names, [2, 1, 1, 0], 4),
            (ContentsCategory::BirthDates, [1, 0, 0, 0], 1),
            (ContentsCategory::Phones, [1, 0, 0, 0], 1),
            (ContentsCategory::Notes, [1, 0, 0, 0], 1),
            (ContentsCategory::Family, [1, 1, 0, 0], 2),
            (ContentsCategory::Movements, [1, 0, 0, 0], 1),
            (ContentsCategory::ClassTeachers, [0, 0, 1, 0], 1),
        ];
        for (category, people, records) in expected {
            assert_eq!(line(category), Some(ContentsLine { category, people, records }), "{category:?}");
        }
        assert_eq!(line(ContentsCategory::Appeals), None);
        assert_eq!(contents.open_links, [(LinkDanger::Children, 1)]);
        let _ = mother;
    }
}
