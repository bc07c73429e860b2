//! Steps, radar, ledger, namesakes and links of newcomers over made-up schools.

use jiff::civil::{Date, date};

use super::*;
use crate::names::{FullName, Role};
use crate::register::*;
use crate::regulation::fixture::School;

const TODAY: Date = date(2026, 10, 12);

fn texts(tasks: &[CabinetTask]) -> Vec<&str> {
    tasks.iter().map(|task| task.text.as_str()).collect()
}

fn person(school: &School, id: PersonId) -> std::sync::Arc<Person> {
    school.register.person(id).expect("was added").clone()
}

#[test]
fn a_leaver_goes_out_of_every_place_and_the_adults_with_them() {
    let mut school = School::new();
    let group = school.class("7Б");
    school.chat(group, ChatKind::Students);
    school.chat(group, ChatKind::Parents);
    school.chat(group, ChatKind::Teachers);
    let student = school.students(group, 1)[0];
    let adult = school.adult(student);
    school.takes_part(student, ParticipationState::Joined);
    school.adult_takes_part(student, adult, ParticipationState::Joined);
    let tasks = steps_of_leaving(&school.register, &person(&school, student), MovementKind::Left, TODAY);
    assert_eq!(
        texts(&tasks),
        [
            "Удалить из «7Б»: Лыткина Вера Ильинична (выбытие)",
            "Удалить из «7Б, класс»: Лыткина Вера Ильинична (выбытие)",
            "Удалить из «Родители 7Б»: Орлова Вера Ильинична (выбытие ребёнка)",
        ]
    );
    assert!(tasks.iter().all(|task| task.kind == CabinetTaskKind::Remove && task.person.is_some()));
}

#[test]
fn a_brother_in_the_same_class_keeps_the_mother_inside() {
    let mut school = School::new();
    let group = school.class("7Б");
    let students = school.students(group, 2);
    let adult = school.adult(students[0]);
    let bond = Guardianship { adult, child: students[1], ..Guardianship::default() };
    school.run(Operation::Add(vec![bond.into()]));
    let tasks = steps_of_leaving(&school.register, &person(&school, students[0]), MovementKind::Left, TODAY);
    assert!(tasks.iter().all(|task| task.person == Some(students[0])), "{:?}", texts(&tasks));
}

#[test]
fn who_declined_or_was_not_invited_gives_no_step_anywhere() {
    for state in [ParticipationState::DoesNotParticipate, ParticipationState::NotInvited] {
        let mut school = School::new();
        let (from, to) = (school.class("7Б"), school.class("7В"));
        let student = school.students(from, 1)[0];
        let adult = school.adult(student);
        school.takes_part(student, state);
        school.adult_takes_part(student, adult, state);
        let seen = school.register.memberships_of_person(student).next().expect("a student").clone();
        let register = &school.register;
        assert_eq!(steps_of_leaving(register, &person(&school, student), MovementKind::Left, TODAY), []);
        assert_eq!(steps_of_transfer(register, &seen, to, TODAY), []);
        assert_eq!(steps_of_new_phone(register, &person(&school, adult), TODAY), []);
    }
}

#[test]
fn a_transfer_leads_out_and_in_and_closes_links_that_only_they_had() {
    let mut school = School::new();
    let (from, to) = (school.class("7Б"), school.class("7В"));
    let student = school.students(from, 1)[0];
    school.takes_part(student, ParticipationState::Joined);
    let hand_over = |to| HandOver { on: Some(TODAY), way: HandOverWay::InPerson, to, note: String::new() };
    school.link_with(Target::Group(from), Role::Student, Some(TODAY), |invite| {
        invite.handed_over = Some(hand_over(Some(student)));
    });
    school.link_with(Target::Group(from), Role::Student, Some(TODAY), |invite| {
        invite.handed_over = Some(hand_over(None));
    });
    let seen = school.register.memberships_of_person(student).next().expect("a student").clone();
    let tasks = steps_of_transfer(&school.register, &seen, to, TODAY);
    let kinds: Vec<_> = tasks.iter().map(|task| (task.kind, task.group, task.invite.is_some())).collect();
    assert_eq!(
        kinds,
        [
            (CabinetTaskKind::Remove, Some(from), false),
            (CabinetTaskKind::Other, Some(from), true),
            (CabinetTaskKind::Invite, Some(to), false),
        ],
        "{:?}",
        texts(&tasks)
    );
}

#[test]
fn a_class_teacher_who_leaves_hands_on_chats_and_the_class() {
    let mut school = School::new();
    let group = school.class("5В");
    let teacher = school.person("Носова", Role::Teacher, Some(school.staff_group()));
    school.assign(group, teacher, false);
    let chat = school.chat(group, ChatKind::Students);
    let seen = school.register.chat(chat).expect("was added").clone();
    school.edit((*seen).clone(), Chat { owner: Some(teacher), ..(*seen).clone() });
    let tasks = steps_of_leaving(&school.register, &person(&school, teacher), MovementKind::Dismissed, TODAY);
    let texts = texts(&tasks);
    for wanted in [
        "Передать права владельца чата «5В, класс»: Носова Вера Ильинична увольняется",
        "Удалить из «5В, класс»: Носова Вера Ильинична (увольнение)",
        "Закрепить в кабинете нового руководителя за «5В» (классный руководитель) вместо: Носова Вера Ильинична",
    ] {
        assert!(texts.contains(&wanted), "{texts:?}");
    }
}

#[test]
fn a_kindergarten_has_no_place_for_its_children() {
    let mut school = School::new();
    let group = school.group("Солнышко", GroupKind::KindergartenGroup);
    let name = FullName::new("Белкин", "Пётр", "");
    let register = &school.register;
    assert_eq!(steps_of_entering(register, &name, Role::Student, Some(group), TODAY), []);
    assert_eq!(steps_of_entering(register, &name, Role::Parent, Some(group), TODAY).len(), 1);
    let roles: Vec<Role> = links_for_newcomer(register, Some(group), Role::Student, TODAY)
        .into_iter()
        .map(|(role, _)| role)
        .collect();
    assert_eq!(roles, [Role::Parent]);
}

#[test]
fn the_radar_tells_seen_from_unlooked_and_forgets_who_was_compared() {
    let mut school = School::new();
    let group = school.class("7Б");
    let student = school.students(group, 3)[0];
    school.takes_part(student, ParticipationState::Joined);
    school.leaves(student, date(2026, 10, 1));
    assert_eq!(leavers(&school.register, TODAY), [], "a place nobody ever looked at says nothing");
    school.observe(Target::Group(group), Role::Student, date(2026, 9, 20), 3, None);
    let found = leavers(&school.register, TODAY);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].person, found[0].is_seen(), found[0].last_look), (student, false, None));
    assert_eq!(leaver_steps(&school.register, &found[0]).len(), 1);
    // Compared person by person since: nothing is left to ask.
    let compared = |on| {
        Operation::ApplyReconciliation(ReconciliationOperation {
            target: Target::Group(group),
            on,
            observations: vec![Observation {
                id: ObservationId(0),
                target: Target::Group(group),
                role: Role::Student,
                on,
                source: ObservationSource::Reconciliation,
                joined: 2,
                of: None,
            }],
            ..ReconciliationOperation::default()
        })
    };
    let with_revision = |school: &School, operation: Operation| match operation {
        Operation::ApplyReconciliation(one) => Operation::ApplyReconciliation(ReconciliationOperation {
            planned_at: school.register.revision,
            ..one
        }),
        other => other,
    };
    let operation = with_revision(&school, compared(date(2026, 10, 5)));
    school.run(operation);
    assert_eq!(leavers(&school.register, TODAY), []);
    // A member list showed them: the step carries the name as it is written there.
    let removal = CabinetTask {
        kind: CabinetTaskKind::Remove,
        text: "удалить".into(),
        person: Some(student),
        group: Some(group),
        written_name: "Вера Лыткина".into(),
        ..CabinetTask::default()
    };
    school.run(Operation::Add(vec![removal.into()]));
    let found = leavers(&school.register, TODAY);
    assert_eq!(
        (found.len(), found[0].is_seen(), found[0].seen_in.clone()),
        (1, true, vec![Target::Group(group)])
    );
    assert_eq!(leaver_steps(&school.register, &found[0]), [], "the step is there already");
}

#[test]
fn the_ledger_is_narrowed_by_day_kind_order_and_tick() {
    let mut school = School::new();
    let group = school.class("7Б");
    let students = school.students(group, 3);
    for (student, on) in students.iter().zip([date(2026, 9, 3), date(2026, 9, 30), date(2026, 10, 9)]) {
        school.leaves(*student, on);
    }
    let count = |filter: LedgerFilter| movement_ledger(&school.register, &filter).len();
    let all = LedgerFilter::default();
    assert_eq!(count(all.clone()), 3);
    assert_eq!(count(LedgerFilter { from: Some(date(2026, 9, 30)), ..all.clone() }), 2);
    assert_eq!(count(LedgerFilter { until: Some(date(2026, 9, 3)), ..all.clone() }), 1);
    assert_eq!(count(LedgerFilter { kind: Some(MovementKind::Hired), ..all.clone() }), 0);
    assert_eq!(count(LedgerFilter { order: "№ 21".into(), ..all.clone() }), 3);
    assert_eq!(count(LedgerFilter { order: "99".into(), ..all.clone() }), 0);
    assert_eq!(count(LedgerFilter { only_open: true, ..all.clone() }), 3);
    let rows = movement_ledger(&school.register, &all);
    assert_eq!(rows[0].on, date(2026, 10, 9), "the latest first");
    let months = movements_by_month(&rows);
    let counts: Vec<_> = months.iter().map(|month| (month.month.month(), month.counts.clone())).collect();
    assert_eq!(counts, [(10, vec![(MovementKind::Left, 1)]), (9, vec![(MovementKind::Left, 2)])]);
}

#[test]
fn people_of_a_name_are_found_by_spelling_and_by_a_former_name() {
    let mut school = School::new();
    let group = school.class("7Б");
    let here = school.students(group, 1)[0];
    let gone = school.students(group, 1)[0];
    school.leaves(gone, date(2026, 10, 1));
    let find = |school: &School, name: FullName| people_of_name(&school.register, &name, TODAY);
    let found = find(&school, FullName::new("ЛЫТКИНА", "вера", ""));
    let told: Vec<_> = found.iter().map(|one| (one.person, one.is_same_name, one.left_on)).collect();
    assert_eq!(told, [(here, true, None), (gone, true, Some(date(2026, 10, 1)))]);
    assert_eq!(found[1].places, [(Role::Student, Some(group))], "from where they left");
    assert!(!find(&school, FullName::new("Лыткина", "Вера", "Павловна"))[0].is_same_name);
    assert!(find(&school, FullName::new("Лыткина", "Дарья", "")).is_empty());
    let seen = person(&school, here);
    let name = FullName::new("Громова", "Вера", "Ильинична");
    let step = MovementStep::Rename { seen, name, tasks: Vec::new() };
    let movement = MovementOperation { on: TODAY, order: OrderReference::default(), step };
    school.run(Operation::RecordMovement(Box::new(movement)));
    let found = find(&school, FullName::new("Лыткина", "Вера", "Ильинична"));
    assert!(found.iter().any(|one| one.person == here && one.by_former_name));
}

#[test]
fn the_newest_link_that_may_be_given_out_is_chosen() {
    let mut school = School::new();
    let group = school.class("7Б");
    let target = Target::Group(group);
    let chosen = |school: &School| link_in_force(&school.register, Some(group), Role::Student, TODAY);
    assert_eq!(chosen(&school), None);
    let reserve = school.link(target, Role::Student, None);
    assert_eq!(chosen(&school).map(|link| link.id), Some(reserve), "in reserve rather than none");
    let out = school.link(target, Role::Student, Some(date(2026, 9, 1)));
    assert_eq!(chosen(&school).map(|link| link.id), Some(out));
    let newer = school.link(target, Role::Student, Some(date(2026, 9, 20)));
    assert_eq!(chosen(&school).map(|link| link.id), Some(newer));
    school.link_with(target, Role::Student, Some(date(2026, 10, 1)), |invite| {
        invite.exposure = Some(Exposure { on: TODAY, note: String::new() });
    });
    school.link_with(target, Role::Student, Some(date(2026, 10, 2)), |invite| {
        invite.expires_on = Some(date(2026, 10, 11));
    });
    assert_eq!(chosen(&school).map(|link| link.id), Some(newer), "not exposed, not expired");
}

#[test]
fn contracts_are_remembered_thirty_days_before_and_end_nothing() {
    for (until, expected) in
        [(date(2026, 11, 11), 1), (date(2026, 11, 12), 0), (date(2026, 10, 12), 1), (date(2026, 9, 30), 1)]
    {
        let mut school = School::new();
        let teacher = school.person("Носова", Role::Teacher, None);
        let seen = person(&school, teacher);
        school.edit((*seen).clone(), Person { contract_until: Some(until), ..(*seen).clone() });
        assert_eq!(ending_contracts(&school.register, TODAY).len(), expected, "{until}");
        school.leaves(teacher, date(2026, 10, 1));
        assert_eq!(ending_contracts(&school.register, TODAY), [], "who left needs no reminder");
    }
}

#[test]
fn an_absence_ends_by_itself_on_its_last_day() {
    let person = Person {
        absent_since: Some(date(2026, 9, 1)),
        absent_until: Some(date(2026, 10, 12)),
        ..Person::default()
    };
    let table = [
        (date(2026, 8, 31), false),
        (date(2026, 9, 1), true),
        (date(2026, 10, 12), true),
        (date(2026, 10, 13), false),
    ];
    for (day, expected) in table {
        assert_eq!(person.is_absent(day), expected, "{day}");
    }
}
