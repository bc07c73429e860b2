//! Every form of a name against one small class, and every list of the result.

use jiff::civil::{Date, date};

use super::*;
use crate::names::{FullName, Role, parse_phone};
use crate::register::*;

mod by_eye;
mod plan_and_requests;
mod restricted;

const TODAY: Date = date(2026, 10, 12);
const CLASS: GroupId = GroupId(1);
const OTHER_CLASS: GroupId = GroupId(2);
const PUPILS: ReconcileScope = ReconcileScope { target: Target::Chat(ChatId(1)), role: None };
const PARENTS: ReconcileScope = ReconcileScope { target: Target::Chat(ChatId(2)), role: None };

struct School {
    register: Register,
    next: u32,
}

impl School {
    fn put(&mut self, entity: impl Into<Entity>) {
        self.register.put_loaded(entity.into());
    }

    fn person(&mut self, id: u32, name: &str) {
        let name = FullName::parse(name).expect("a full name");
        self.put(Person { id: PersonId(id), name, ..Person::default() });
    }

    fn member(&mut self, id: u32, name: &str, role: Role, group: Option<GroupId>) {
        self.person(id, name);
        self.join(id, role, group);
    }

    fn join(&mut self, id: u32, role: Role, group: Option<GroupId>) {
        self.next += 1;
        self.put(Membership {
            id: MembershipId(self.next),
            person: PersonId(id),
            role,
            group,
            origin: Origin::Hand,
            post: String::new(),
            post_origin: Origin::Hand,
            since: None,
            until: None,
            participation: Participation::default(),
            verification: Verification::default(),
            verification_since: None,
        });
    }

    fn adult(&mut self, adult: u32, child: u32, basis: &str) {
        self.next += 1;
        self.put(Guardianship {
            id: GuardianshipId(self.next),
            adult: PersonId(adult),
            child: PersonId(child),
            basis: basis.into(),
            ..Guardianship::default()
        });
    }

    fn change_person(&mut self, id: u32, change: impl FnOnce(&mut Person)) {
        let mut person = (**self.register.person(PersonId(id)).expect("was put")).clone();
        change(&mut person);
        self.put(person);
    }

    fn remember(&mut self, written: &str, scope: &ReconcileScope, person: u32) {
        self.next += 1;
        self.put(Remembered {
            id: RememberedId(self.next),
            kind: RememberedKind::PersonAlias,
            key: alias_key(written, scope),
            value: person.to_string(),
        });
    }

    fn reconcile(&self, scope: ReconcileScope, text: &str) -> Reconciliation {
        reconcile(&self.register, &scope, &read_member_list(text), TODAY)
    }
}

/// 7Б with its families, 7А, a class teacher, somebody who left.
fn school() -> School {
    let mut school = School { register: Register::default(), next: 0 };
    for (id, label) in [(CLASS, "7Б"), (OTHER_CLASS, "7А")] {
        school.put(Group { id, label: label.into(), year: Some(SchoolYear(2026)), ..Group::default() });
    }
    for (id, kind) in [(1, ChatKind::Students), (2, ChatKind::Parents)] {
        school.put(Chat { id: ChatId(id), group: Some(CLASS), kind, ..Chat::default() });
    }
    for (id, name) in [
        (1, "Иванов Александр Петрович"),
        (2, "Иванова Мария Петровна"),
        (3, "Орлова-Волжская Дарья Олеговна"),
        (4, "Ковалёв Пётр Денисович"),
        (5, "Волкова Александра Игоревна"),
        (6, "Жукова Юлия Ивановна"),
        (7, "Щукин Артём Антонович"),
        (8, "Щукин Андрей Антонович"),
        (9, "Рзаев Анар Вагиф оглы"),
    ] {
        school.member(id, name, Role::Student, Some(CLASS));
    }
    for (id, name, children, basis) in [
        (11, "Иванова Ольга Сергеевна", &[1, 2][..], "мать"),
        (12, "Иванов Пётр Андреевич", &[1, 2], "отец"),
        (13, "Ковалёва Наталья Игоревна", &[4], "мать"),
        (14, "Волкова Анна Павловна", &[5], ""),
        (15, "Жуков Иван Олегович", &[6], "отец"),
        (16, "Белкина Нина Петровна", &[6], "бабушка"),
        (17, "Щукина Инна Львовна", &[7, 8], "мать"),
    ] {
        school.person(id, name);
        for child in children {
            school.adult(id, *child, basis);
        }
    }
    school.member(20, "Белова Вера Ильинична", Role::Student, Some(OTHER_CLASS));
    school.member(30, "Рощина Ксения Олеговна", Role::Teacher, None);
    school.put(Assignment {
        id: AssignmentId(1),
        group: CLASS,
        person: PersonId(30),
        ..Assignment::default()
    });
    school.member(40, "Зимин Олег Денисович", Role::Student, Some(CLASS));
    school.change_person(40, |person| person.left_on = Some(date(2026, 9, 20)));
    school
}

/// Who a single line is taken for, wherever it is listed: person, confidence, reason.
fn taken_for(result: &Reconciliation) -> Option<(u32, Confidence, &str)> {
    [&result.present, &result.left, &result.wrong_role, &result.wrong_group, &result.declined_present]
        .into_iter()
        .flatten()
        .next()
        .map(|found| (found.person.0, found.confidence, found.why.as_str()))
}

#[test]
fn every_form_of_a_pupils_name() {
    use Confidence::*;
    let cases = [
        ("Иванов Александр", 1, Certain, "фамилия и имя"),
        ("Александр Иванов", 1, Certain, "фамилия и имя"),
        ("ИВАНОВ АЛЕКСАНДР", 1, Certain, "фамилия и имя"),
        ("Иванов Александр Петрович", 1, Certain, "фамилия, имя и отчество"),
        ("Александр Петрович Иванов", 1, Certain, "фамилия, имя и отчество"),
        ("Ковалев Петр", 4, Certain, "фамилия и имя"),
        ("Орлова – Волжская Дарья", 3, Certain, "фамилия и имя"),
        ("Рзаев Анар Вагиф оглы", 9, Certain, "фамилия, имя и отчество"),
        ("Саша Иванов", 1, Likely, "уменьшительное «Саша» и фамилия"),
        ("Иванов Шурик", 1, Likely, "уменьшительное «Шурик» и фамилия"),
        ("Маша Иванова", 2, Likely, "уменьшительное «Маша» и фамилия"),
        ("ALEKSANDR IVANOV", 1, Likely, "фамилия и имя, латиница"),
        ("Ivanov Sasha", 1, Likely, "фамилия и имя, латиница"),
        ("Iuliia Zhukova", 6, Likely, "фамилия и имя, латиница"),
        ("Julia Jukova", 6, Likely, "фамилия и имя, латиница"),
        ("Petr Kovalyov", 4, Likely, "фамилия и имя, латиница"),
        ("Иванов А.", 1, Likely, "фамилия и инициал"),
        ("А. Иванов", 1, Likely, "фамилия и инициал"),
        ("Иванов А.П.", 1, Likely, "фамилия и инициалы"),
        ("Юлия Ж.", 6, Likely, "имя и первая буква фамилии"),
        ("Юля Ж.", 6, Likely, "уменьшительное «Юля» и первая буква фамилии"),
        ("Волжская Даша", 3, Likely, "уменьшительное «Даша» и фамилия, половина двойной фамилии"),
        ("Волжская Орлова Дарья", 3, Likely, "фамилия и имя, двойная фамилия двумя словами"),
        ("Иваноов Александр", 1, Likely, "фамилия и имя, одна буква иначе"),
        ("Ковалёв Птёр", 4, Likely, "фамилия и имя, одна буква иначе"),
        ("Юлия Жуков", 6, Likely, "фамилия и имя, фамилия в другом роде"),
        ("Юлия", 6, Likely, "только имя, в списке такое одно"),
        ("Пётр Денисович", 4, Likely, "имя и отчество"),
        ("🌸 Юля Жукова 🌸", 6, Likely, "уменьшительное «Юля» и фамилия"),
        ("Саша Иванов 7Б", 1, Likely, "уменьшительное «Саша» и фамилия"),
    ];
    let school = school();
    for (written, person, confidence, why) in cases {
        let result = school.reconcile(PUPILS, written);
        assert_eq!(taken_for(&result), Some((person, confidence, why)), "{written}: {result:?}");
        assert_eq!(result.present.len(), 1, "{written}");
    }
}

#[test]
fn equals_are_never_guessed() {
    let school = school();
    for (written, expected) in [("Щукин А.", &[7, 8][..]), ("Саша", &[1, 5]), ("Щукин", &[7, 8])]
    {
        let result = school.reconcile(PUPILS, written);
        let candidates: Vec<u32> = result.several[0].candidates.iter().map(|person| person.0).collect();
        assert_eq!(candidates, expected, "{written}");
        assert!(result.undecided.len() == 2 && !result.missing.contains(&PersonId(expected[0])), "{written}");
    }
}

#[test]
fn names_like_a_pupils_are_strangers() {
    let school = school();
    for written in [
        "Иванов Кирилл",
        "Иваненко Александр",
        "Жуковская Юлия",
        "Саша Жуков",
        "Ковалёва Дарья",
        "Иванова Александра",
        "Иван",
        "Родной человек",
        "Иванов Александр Ильич",
        "Дарья Щукина",
        "Котёнок",
    ] {
        let result = school.reconcile(PUPILS, written);
        assert_eq!(result.strangers.len(), 1, "{written}: {result:?}");
    }
}

#[test]
fn a_namesake_anywhere_takes_the_certainty_away() {
    let mut school = school();
    school.member(21, "Иванов Александр Сергеевич", Role::Student, Some(OTHER_CLASS));
    let result = school.reconcile(PUPILS, "Иванов Александр");
    assert_eq!(taken_for(&result), Some((1, Confidence::Likely, "фамилия и имя; в реестре есть тёзка")));
    let result = school.reconcile(PUPILS, "Иванов Александр Петрович");
    assert_eq!(taken_for(&result), Some((1, Confidence::Certain, "фамилия, имя и отчество")));
    // Алёна is also what Елена is called.
    school.member(22, "Чайкина Алёна Юрьевна", Role::Student, Some(CLASS));
    school.member(23, "Чайкина Елена Юрьевна", Role::Student, Some(CLASS));
    let result = school.reconcile(PUPILS, "Алёна Чайкина");
    assert_eq!(taken_for(&result).map(|found| (found.0, found.1)), Some((22, Confidence::Likely)));
}

#[test]
fn adults_are_found_through_the_child() {
    let school = school();
    for (written, person) in [
        ("Мама Саши Иванова", 11),
        ("Мама Иванова Саши", 11),
        ("Наталья (мама Пети К.)", 13),
        ("Наталья мама Пети", 13),
        ("Мама Пети", 13),
        ("папа Юли 7Б", 15),
        ("папа Юли Жуковой", 15),
        ("бабушка Юли", 16),
        ("Мама Саши и Маши", 11),
        ("Мама Артёма и Андрея Щукиных", 17),
        ("мать Волковой Саши", 14),
        ("Пети мама", 13),
        ("Ольга, мама Саши", 11),
    ] {
        let result = school.reconcile(PARENTS, written);
        let found = taken_for(&result).unwrap_or_else(|| panic!("{written}: {result:?}"));
        assert_eq!((found.0, found.1), (person, Confidence::Likely), "{written}");
        assert!(found.2.starts_with("через ребёнка: "), "{written}: {}", found.2);
    }
    let result = school.reconcile(PARENTS, "Мама Саши");
    let candidates: Vec<u32> = result.several[0].candidates.iter().map(|person| person.0).collect();
    assert_eq!(candidates, [11, 14], "two children are called Саша");
}

#[test]
fn an_unknown_adult_is_a_stranger_with_the_child() {
    let school = school();
    for (written, children) in [
        ("папа Пети", &[4][..]),
        ("бабушка Пети Ковалёва", &[4]),
        ("Ирина (мама Пети)", &[4]),
        ("Жукова Светлана", &[6]),
        ("Анна Рзаева", &[9]),
        ("мама Кирилла", &[]),
    ] {
        let result = school.reconcile(PARENTS, written);
        let [stranger] = result.strangers.as_slice() else { panic!("{written}: {result:?}") };
        let found: Vec<u32> = stranger.children.iter().map(|person| person.0).collect();
        assert_eq!(found, children, "{written}");
    }
}

#[test]
fn those_who_are_elsewhere_stand_in_their_own_lists() {
    let mut school = school();
    let result = school.reconcile(
        PUPILS,
        "Олег Зимин\nВера Белова\nОльга Иванова\nРощина Ксения\nучитель\nЮлия Жукова\nродитель",
    );
    let one = |list: &[Match]| list.iter().map(|found| (found.line, found.person.0)).collect::<Vec<_>>();
    assert_eq!(one(&result.left), [(1, 40)]);
    assert_eq!(one(&result.wrong_group), [(2, 20)]);
    assert_eq!(one(&result.wrong_role), [(3, 11), (6, 6)]);
    assert_eq!(one(&result.present), [(4, 30)], "the class teacher is at home");
    assert_eq!(result.wrong_group[0].detail, "по реестру 7А");
    assert_eq!(result.left[0].detail, "выбытие 20.09.2026");
    assert_eq!(result.wrong_role[1].detail, "в списке родитель, по реестру ученик");
    assert!(result.left[0].confidence == Confidence::Likely, "a removal is looked at by eye");
    let missing: Vec<u32> = result.missing.iter().map(|person| person.0).collect();
    assert_eq!(missing, [1, 2, 3, 4, 5, 7, 8, 9], "neither the class teacher nor who left is missed");

    let link = school.register.guardianships_of_child(PersonId(4)).next().expect("a mother").clone();
    let participation =
        Participation { state: ParticipationState::DoesNotParticipate, ..Participation::default() };
    school.put(Guardianship { participation, ..(*link).clone() });
    let result = school.reconcile(PARENTS, "Наталья Ковалёва\nОльга Иванова");
    assert_eq!(one(&result.declined_present), [(1, 13)]);
    assert_eq!(one(&result.present), [(2, 11)]);
    let covered: Vec<u32> = result.covered_by_other_adult.iter().map(|person| person.0).collect();
    assert_eq!(covered, [12], "the father of children whose mother is inside");
    let missing: Vec<u32> = result.missing.iter().map(|person| person.0).collect();
    assert_eq!(missing, [14, 15, 16, 17]);
}

#[test]
fn one_person_takes_one_line() {
    let school = school();
    let result = school.reconcile(PUPILS, "Иванов Александр\nАлександр Иванов\nСаша Иванов");
    assert_eq!(result.twice, [Twice { person: PersonId(1), lines: vec![1, 2] }]);
    assert_eq!(result.present.len(), 1);
    assert_eq!(result.several[0].candidates, [PersonId(1)], "a third entry is shown, not swallowed");
    let result = school.reconcile(PUPILS, "Саша Иванов\nШурик Иванов");
    assert_eq!((result.present.len(), result.several.len()), (0, 2), "two short forms of one person");
    let result = school.reconcile(PUPILS, "Щукин Артём\nЩукин А.");
    let people: Vec<(u32, Confidence)> =
        result.present.iter().map(|found| (found.person.0, found.confidence)).collect();
    assert_eq!(people, [(7, Confidence::Certain), (8, Confidence::Likely)], "the other one is left");
}

#[test]
fn answers_and_phones_are_certain() {
    let mut school = school();
    school.remember("Котёнок", &PUPILS, 6);
    let result = school.reconcile(PUPILS, "✨ Котёнок ✨");
    assert_eq!(taken_for(&result), Some((6, Confidence::Certain, "вы уже отвечали, кто это")));
    assert_eq!(school.reconcile(PARENTS, "Котёнок").strangers.len(), 1, "an answer holds for one chat");
    assert_eq!(
        school.reconcile(PUPILS, "Котёнок\nКотёнок").strangers.len(),
        2,
        "two of one name are two people"
    );

    let phone = parse_phone("+7 900 345-67-45").expect("a phone");
    school.change_person(13, |person| person.phone = Some(phone.clone()));
    for written in ["+7 900 345-67-45", "Наташа\n8 900 345 67 45", "Мама Пети\n+79003456745"] {
        let result = school.reconcile(PARENTS, written);
        assert_eq!(taken_for(&result), Some((13, Confidence::Certain, "номер телефона")), "{written}");
    }
    let result = school.reconcile(PARENTS, "Ольга Иванова\n+79003456745");
    assert_eq!(taken_for(&result).map(|found| found.0), Some(11), "the name contradicts the phone");
    school.change_person(12, |person| person.phone = Some(phone));
    let result = school.reconcile(PARENTS, "+7 900 345-67-45");
    assert_eq!(result.strangers.len(), 1, "two people on one phone");
}

#[test]
fn the_organization_and_its_staff_are_reconciled_too() {
    let school = school();
    let organization = ReconcileScope { target: Target::Organization, role: None };
    let result =
        school.reconcile(organization, "Рощина Ксения\nБелова Вера\nСаша Волкова\nМама Пети Ковалёва");
    assert_eq!(result.present.len(), 4, "{result:?}");
    let staff = ReconcileScope { target: Target::Organization, role: Some(Role::Teacher) };
    let result = school.reconcile(staff, "Ксения Олеговна\nБелова Вера");
    assert_eq!((result.present.len(), result.wrong_role.len()), (1, 1));
    assert!(result.missing.is_empty());
}

#[test]
fn json_has_the_promised_keys() {
    let school = school();
    let result = school.reconcile(PUPILS, "24 участника\nСаша Иванов\nЩукин А.\nКотёнок");
    let value = result.to_json(&school.register);
    let keys: Vec<&str> = value.as_object().expect("an object").keys().map(String::as_str).collect();
    let mut promised = [
        "present",
        "several",
        "missing",
        "strangers",
        "left",
        "wrong_role",
        "wrong_group",
        "declined_present",
        "twice",
        "restricted",
        "ignored_lines",
    ];
    promised.sort_unstable();
    let mut sorted = keys.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, promised);
    assert_eq!(value["present"][0]["person"]["full_name"], "Иванов Александр Петрович");
    assert_eq!(value["present"][0]["confidence"], "likely");
    assert_eq!(value["several"][0]["candidates"].as_array().map(Vec::len), Some(2));
    assert_eq!((&value["strangers"][0], &value["ignored_lines"][0]), (&4.into(), &1.into()));
}

#[test]
fn nothing_is_too_odd_to_be_compared() {
    let school = school();
    for text in
        ["", "'", "-", "а-", "ъь", "İ", "Мама", "Мама и", "мама и и и", "7Б", "ы ы ы ы ы ы", "----- Иванов"]
    {
        for scope in [PUPILS, PARENTS] {
            let _ = school.reconcile(scope, text);
        }
    }
    let nowhere = ReconcileScope { target: Target::Chat(ChatId(99)), role: None };
    assert_eq!(school.reconcile(nowhere, "Иванов Александр").wrong_group.len(), 1);
}
