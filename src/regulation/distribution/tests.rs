//! Distributions as schools write them; every name is invented.

use jiff::civil::{Date, date};

use super::*;
use crate::names::{FullName, Role};
use crate::register::{
    Appointee, Assignment, Chat, ChatKind, Entity, GroupId, GroupKind, Operation, OrderReference, Person,
    PersonId, SchoolYear,
};
use crate::regulation::fixture::School;

const TODAY: Date = date(2026, 10, 12);
const YEAR: SchoolYear = SchoolYear(2026);

/// 7Б, 8А, «10 инж» and «Солнышко»; Носова leads 7Б; two teachers are called Ким.
struct Case {
    school: School,
    seventh: GroupId,
    eighth: GroupId,
    tenth: GroupId,
    sun: GroupId,
    nosova: PersonId,
    ivanova: PersonId,
    kims: [PersonId; 2],
}

fn case() -> Case {
    let mut school = School::new();
    school.today = TODAY;
    let (seventh, eighth) = (school.class("7Б"), school.class("8А"));
    let tenth = school.class("10 инж");
    let sun = school.group("Солнышко", GroupKind::KindergartenGroup);
    let mut teacher = |surname: &str, given: &str, patronymic: &str| {
        let person = school.person(surname, Role::Teacher, None);
        let seen = school.register.person(person).expect("was added").clone();
        let name = FullName::new(surname, given, patronymic);
        school.edit(seen.clone(), Person { name, ..(*seen).clone() });
        person
    };
    let nosova = teacher("Носова", "Елена", "Андреевна");
    let ivanova = teacher("Иванова", "Мария", "Петровна");
    let kims = [teacher("Ким", "Анна", "Павловна"), teacher("Ким", "Алла", "Петровна")];
    school.run(Operation::Add(vec![
        Assignment { group: seventh, person: nosova, since: Some(date(2026, 9, 1)), ..Assignment::default() }
            .into(),
    ]));
    Case { school, seventh, eighth, tenth, sun, nosova, ivanova, kims }
}

impl Case {
    fn read(&self, text: &str) -> Vec<DistributionLine> {
        read_distribution(&self.school.register, text, YEAR, TODAY)
    }

    fn plan(&self, text: &str, answers: &DistributionAnswers) -> DistributionPlan {
        let register = &self.school.register;
        let staff = StaffNames::of(register, TODAY);
        plan_distribution(register, &staff, &self.read(text), answers, YEAR, TODAY)
    }

    fn states(&self, text: &str) -> Vec<PlannedState> {
        self.plan(text, &DistributionAnswers::default()).rows.iter().map(|row| row.state).collect()
    }

    fn leaders(&self, group: GroupId, day: Date) -> Vec<PersonId> {
        self.school.register.class_teachers(group, day).map(|one| one.person).collect()
    }
}

#[test]
fn a_line_is_read_in_any_order_of_words() {
    let case = case();
    let order = OrderReference { number: "45".into(), date: Some(date(2026, 9, 1)) };
    for text in [
        "7Б Иванова Мария Петровна, приказ 45 от 01.09.2026",
        "Иванова Мария Петровна — 7 «Б», приказ № 45 от 1 сентября 2026 г.",
        "приказ от 01.09.2026 № 45: 7б Иванова Мария Петровна",
        "7Б\tИванова Мария Петровна\t45\t01.09.2026",
        "1\t7Б\tИванова\tМария\tПетровна\tприказ 45 от 01.09.2026",
        "Класс\tКлассный руководитель\tПриказ\tДата приказа\n7Б\tИванова Мария Петровна\t45\t01.09.2026",
        "№ п/п\tФамилия\tИмя\tОтчество\tКласс\t№ приказа\tДата приказа\tКабинет\n1\tИванова\tМария\tПетровна\t7-Б\t45\t46266\t214",
        "Приказ № 45 от 01.09.2026\nРаспределение классных руководителей\n7Б класс: Иванова Мария Петровна",
        "Приказ № 45 от 01.09.2026\n7Б\nИванова Мария Петровна",
        "классный руководитель 7Б класса учитель математики Иванова Мария Петровна (пр. №45 от 01.09.2026)",
    ] {
        let read = case.read(text);
        assert_eq!(read.len(), 1, "{text}: {read:?}");
        assert_eq!(read[0].groups, [case.seventh], "{text}");
        assert_eq!(read[0].name, "Иванова Мария Петровна", "{text}");
        // A bare number in a table without header says nothing of itself.
        if text.starts_with("7Б\t") {
            assert_eq!(read[0].since.or(read[0].order.date), Some(date(2026, 9, 1)), "{text}");
        } else {
            assert_eq!(read[0].order, order, "{text}");
        }
    }
}

#[test]
fn days_terms_and_several_groups_are_read() {
    let case = case();
    let read = case.read("8А Ким Анна Павловна с 15.10.2026 по 30.12, на время отпуска Носовой");
    assert_eq!(read.len(), 1, "{read:?}");
    assert_eq!(read[0].name, "Ким Анна Павловна");
    assert_eq!(
        (read[0].since, read[0].until, read[0].temporary),
        (Some(date(2026, 10, 15)), Some(date(2026, 12, 30)), true)
    );
    let groups: Vec<Vec<GroupId>> =
        case.read("7Б, 8А, 10 инж — Иванова М.П.").into_iter().map(|line| line.groups).collect();
    assert_eq!(groups, [vec![case.seventh], vec![case.eighth], vec![case.tenth]]);
    let two = case.read("Солнышко: Иванова Мария Петровна, Ким Анна Павловна");
    assert_eq!(
        two.iter().map(|line| line.name.as_str()).collect::<Vec<_>>(),
        ["Иванова Мария Петровна", "Ким Анна Павловна"]
    );
    assert_eq!(case.read("12Ъ Иванова М.П.")[0].groups, []);
    assert_eq!(case.read("Всего классов: 4\n\n   \nДиректор школы").len(), 0);
}

#[test]
fn the_surname_is_compared_first_and_what_is_doubtful_is_asked() {
    let case = case();
    let staff = StaffNames::of(&case.school.register, TODAY);
    let [anna, alla] = case.kims;
    let table = [
        ("Иванова Мария Петровна", TeacherMatch::Certain(case.ivanova)),
        ("иванова мария петровна", TeacherMatch::Certain(case.ivanova)),
        ("Иванова М.П.", TeacherMatch::Certain(case.ivanova)),
        ("М. П. Иванова", TeacherMatch::Certain(case.ivanova)),
        ("Мария Иванова", TeacherMatch::Certain(case.ivanova)),
        ("Ким Алла Петровна", TeacherMatch::Certain(alla)),
        ("Ким А. П.", TeacherMatch::Ask(vec![alla, anna])),
        // A surname alone is a question even where one has it.
        ("Иванова", TeacherMatch::Ask(vec![case.ivanova])),
        ("Иванова Ольга Петровна", TeacherMatch::Ask(vec![case.ivanova])),
        // Perhaps married; perhaps a slip of the finger.
        ("Сомова Мария Петровна", TeacherMatch::Ask(vec![case.ivanova])),
        ("Иваново Мария", TeacherMatch::Ask(vec![case.ivanova])),
        ("Лаптева Зоя Ильинична", TeacherMatch::Nobody),
    ];
    for (written, expected) in table {
        assert_eq!(staff.find(written), expected, "{written}");
    }
    assert_eq!(staff.complete("ки ал", 5), [alla]);
    assert_eq!(staff.complete("ива", 5), [case.ivanova]);
    assert_eq!(staff.complete("", 5), []);
}

#[test]
fn every_line_says_what_becomes_of_it() {
    use PlannedState::*;
    let case = case();
    let table: [(&str, &[PlannedState]); 12] = [
        ("8А Иванова Мария Петровна", &[New]),
        ("7Б Иванова Мария Петровна", &[Replaces]),
        ("7Б Носова Елена Андреевна", &[Known]),
        ("7Б Носова Елена Андреевна, приказ 45 от 01.09.2026", &[Updates]),
        ("7Б Иванова Мария Петровна с 15.10.2026 по 30.12.2026", &[Temporary]),
        ("8А Ким А. П.", &[AskTeacher]),
        ("8А Лаптева Зоя Ильинична", &[NobodyFound]),
        ("12Ъ Иванова Мария Петровна", &[UnknownGroup]),
        ("8А", &[NoName]),
        ("8А Иванова М.П.\n8А Носова Е.А.", &[Clash, Clash]),
        ("8А Иванова М.П.\n8А Иванова М.П.", &[New, Repeats]),
        // Two воспитателя are no double.
        ("Солнышко Иванова М.П.\nСолнышко Носова Е.А.", &[New, New]),
    ];
    for (text, expected) in table {
        assert_eq!(case.states(text), expected, "{text}");
    }
    assert_eq!(case.states("8А Носова Е.А. с 01.11.2026 по 01.10.2026"), [EndBeforeBeginning]);
}

#[test]
fn a_replacement_ends_the_old_one_in_the_same_part_with_its_steps() {
    let mut case = case();
    let (seventh, nosova, ivanova) = (case.seventh, case.nosova, case.ivanova);
    case.school.run(Operation::Add(vec![Entity::from(Chat {
        group: Some(seventh),
        kind: ChatKind::Parents,
        owner: Some(nosova),
        ..Chat::default()
    })]));
    let plan = case.plan("7Б Иванова Мария Петровна с 12.10.2026", &DistributionAnswers::default());
    assert_eq!(plan.rows[0].instead_of, [nosova]);
    assert_eq!(plan.unnamed, [case.eighth, case.tenth, case.sun]);
    let changes = case.school.run(Operation::AppointClassTeachers(plan.operation));
    assert!(changes.changes.iter().all(|change| change.part == 1), "taken back as one");
    assert_eq!(case.leaders(seventh, date(2026, 10, 11)), [nosova]);
    assert_eq!(case.leaders(seventh, TODAY), [ivanova]);
    let texts: Vec<&str> =
        case.school.register.tables().cabinet_tasks.values().map(|task| task.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "Назначить в кабинете: 7Б, классный руководитель Иванова М. П.",
            "Передать права в чатах 7Б: Носова Е. А. → Иванова М. П.",
        ]
    );
    assert_eq!(case.states("7Б Иванова Мария Петровна"), [PlannedState::Known]);
}

#[test]
fn a_stand_in_takes_the_place_for_a_time_and_gives_it_back() {
    let mut case = case();
    let (seventh, nosova, ivanova) = (case.seventh, case.nosova, case.ivanova);
    let chat = Chat { group: Some(seventh), kind: ChatKind::Students, ..Chat::default() };
    case.school.run(Operation::Add(vec![chat.into()]));
    let plan =
        case.plan("7Б Иванова М.П. временно с 12.10.2026 по 30.12.2026", &DistributionAnswers::default());
    case.school.run(Operation::AppointClassTeachers(plan.operation));
    assert_eq!(case.leaders(seventh, TODAY), [nosova, ivanova]);
    assert_eq!(case.leaders(seventh, date(2026, 12, 31)), [nosova]);
    let stand_in = case.school.register.assignments_of_group(seventh).last().expect("two");
    assert_eq!(stand_in.stands_in_for.map(|id| id.0), Some(1));
    let back =
        case.school.register.tables().cabinet_tasks.values().find(|task| task.text.starts_with("Вернуть"));
    assert_eq!(back.and_then(|task| task.due_on), Some(date(2026, 12, 31)));
    // The permanent teacher named again changes nothing for the stand-in.
    assert_eq!(case.states("7Б Носова Елена Андреевна"), [PlannedState::Known]);
}

#[test]
fn answers_settle_questions_and_a_new_teacher_is_entered_once() {
    let mut case = case();
    let text = "8А Лаптева Зоя Ильинична\n10 инж Лаптева Зоя Ильинична\n7Б Иванова М.П.\nСолнышко Ким А.П.";
    let mut answers = DistributionAnswers {
        order: OrderReference { number: "45".into(), date: Some(date(2026, 9, 1)) },
        ..DistributionAnswers::default()
    };
    answers.people.insert(0, PersonAnswer::IsNew);
    answers.people.insert(1, PersonAnswer::IsNew);
    answers.beside.insert(2);
    answers.people.insert(3, PersonAnswer::Is(case.kims[0]));
    let plan = case.plan(text, &answers);
    let states: Vec<PlannedState> = plan.rows.iter().map(|row| row.state).collect();
    assert_eq!(states, [PlannedState::New, PlannedState::New, PlannedState::Beside, PlannedState::New]);
    assert!(matches!(plan.rows[0].chosen, Some(Appointee::New(_))));
    case.school.run(Operation::AppointClassTeachers(plan.operation));
    let register = &case.school.register;
    let laptevy = register.tables().people.values().filter(|person| person.name.surname == "Лаптева");
    assert_eq!(laptevy.count(), 1);
    assert_eq!(case.leaders(case.seventh, TODAY).len(), 2);
    let assignment = register.assignments_of_group(case.eighth).next().expect("one");
    assert_eq!((assignment.order.number.as_str(), assignment.since), ("45", Some(date(2026, 9, 1))));
}

#[test]
fn the_year_to_come_begins_on_its_first_day() {
    let mut case = case();
    let next = crate::register::Group {
        label: "8Б".into(),
        year: Some(SchoolYear(2027)),
        ..crate::register::Group::default()
    };
    case.school.run(Operation::Add(vec![next.into()]));
    let register = &case.school.register;
    let staff = StaffNames::of(register, TODAY);
    let lines = read_distribution(register, "8Б Носова Елена Андреевна", SchoolYear(2027), TODAY);
    let answers = DistributionAnswers::default();
    let plan = plan_distribution(register, &staff, &lines, &answers, SchoolYear(2027), TODAY);
    assert_eq!(plan.rows[0].state, PlannedState::New);
    assert_eq!(plan.rows[0].since, date(2027, 9, 1));
}

#[test]
fn what_differs_from_the_cabinet_becomes_steps() {
    use CabinetDifference::*;
    let mut case = case();
    case.school.run(Operation::Add(vec![
        Assignment { group: case.eighth, person: case.ivanova, ..Assignment::default() }.into(),
    ]));
    let compare = |case: &Case, text: &str| {
        let register = &case.school.register;
        let staff = StaffNames::of(register, TODAY);
        compare_with_cabinet(register, &staff, &case.read(text), YEAR, TODAY)
    };
    let table = [
        ("7Б Носова Елена", Same, NotListed),
        ("7Б\n8А Иванова", NotInCabinet, Same),
        ("7Б Ким Анна Павловна\n8А Носова Е.А.", OtherInCabinet, OtherInCabinet),
    ];
    for (text, of_seventh, of_eighth) in table {
        let rows = compare(&case, text);
        assert_eq!((rows[0].difference, rows[1].difference), (of_seventh, of_eighth), "{text}");
    }
    let only = compare(&case, "10 инж Ким Анна Павловна");
    assert_eq!(only[2].difference, OnlyInCabinet);
    let register = &case.school.register;
    assert_eq!(
        cabinet_steps_of(register, &only, false),
        [],
        "a list of one class says nothing of the others"
    );
    assert_eq!(cabinet_steps_of(register, &only, true).len(), 2);
    let steps = cabinet_steps_of(register, &compare(&case, "7Б Ким Анна Павловна"), false);
    assert_eq!(steps.len(), 1);
    assert_eq!(
        steps[0].text,
        "Сменить в кабинете: 7Б, классный руководитель Ким Анна Павловна → Носова Е. А."
    );
    case.school.run(Operation::Add(steps.into_iter().map(Entity::from).collect()));
    let again = cabinet_steps_of(&case.school.register, &compare(&case, "7Б Ким Анна Павловна"), false);
    assert_eq!(again, [], "a step that waits is not doubled");
}
