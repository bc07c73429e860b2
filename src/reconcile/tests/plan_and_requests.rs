//! From a compared list to one operation and back by undo; requests against the roster.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::*;
use crate::register::decide::{Context, decide};

const CLEAN: &str = "Иванов Александр Петрович\nИванова Мария Петровна\nКовалёв Пётр Денисович";

fn context() -> Context {
    Context { today: TODAY, now: jiff::Timestamp::UNIX_EPOCH, actor: "Администратор".into() }
}

fn founded_school() -> School {
    let mut school = school();
    school.put(Organization {
        id: OrganizationId(1), name: "Школа № 14".into(), ..Organization::default()
    });
    school
}

fn planned(school: &School, scope: ReconcileScope, text: &str, answers: &LineAnswers) -> ReconcilePlan {
    let request = PlanRequest {
        scope,
        place_title: "7Б",
        list: &read_member_list(text),
        answers,
        invite: &WhomToInvite::Everybody,
        on: TODAY,
        pasted_hash: "00ff",
    };
    plan_reconciliation(&school.register, &request, TODAY)
}

fn applied(school: &mut School, plan: &ReconcilePlan) -> ChangeSet {
    let operation = Operation::ApplyReconciliation(plan.operation.clone());
    let set = decide(&school.register, &operation, &context()).expect("a fresh plan");
    school.register.apply(&set);
    school.register.revision += 1;
    set
}

fn open_tasks(school: &School) -> Vec<String> {
    let tasks = school.register.tables().cabinet_tasks.values();
    tasks.filter(|task| task.done_on.is_none()).map(|task| task.text.clone()).collect()
}

fn state_of(school: &School, person: u32) -> ParticipationState {
    let mut memberships = school.register.memberships_of_person(PersonId(person));
    memberships.next().expect("a member").participation.state
}

#[test]
fn a_plan_applied_is_what_was_seen_and_undone_it_is_gone() {
    let mut school = founded_school();
    let before = school.register.clone();
    let plan = planned(&school, PUPILS, CLEAN, &LineAnswers::new());
    let set = applied(&mut school, &plan);
    let seen: Vec<(u32, Role, ObservationSource)> = school
        .register
        .observations_of_target(PUPILS.target)
        .map(|seen| (seen.joined, seen.role, seen.source))
        .collect();
    assert_eq!(seen, [(3, Role::Student, ObservationSource::Reconciliation)]);
    assert_eq!(state_of(&school, 1), ParticipationState::Joined);
    assert_eq!(state_of(&school, 7), ParticipationState::NoInformation, "who was not found is no debt");
    assert!(open_tasks(&school).contains(&"Пригласить в «7Б»: Щукин Артём Антонович".to_owned()));
    let details = Operation::ApplyReconciliation(plan.operation).details().to_string();
    assert!(details.contains("00ff") && !details.contains("Иванов"), "{details}");
    school.register.apply(&set.inverted());
    assert!(school.register.holds_the_same_as(&before));
}

#[test]
fn the_same_list_again_asks_for_nothing_twice() {
    let mut school = founded_school();
    let text = format!("{CLEAN}\nЗимин Олег Денисович\nБелова Вера Ильинична\nКлавдия Незнакомая");
    // Whoever is found elsewhere is nobody to be removed before the user has said so.
    let plan = planned(&school, PUPILS, &text, &LineAnswers::new());
    assert!(plan.operation.tasks.iter().flatten().all(|task| task.kind != CabinetTaskKind::Remove));
    let ticked =
        LineAnswers::from([(4, LineAnswer::Person(PersonId(40))), (5, LineAnswer::Person(PersonId(20)))]);
    let plan = planned(&school, PUPILS, &text, &ticked);
    applied(&mut school, &plan);
    let tasks = open_tasks(&school);
    let with = |words: &str| tasks.iter().filter(|text| text.contains(words)).count();
    assert_eq!(with("Удалить из «7Б»: Зимин Олег Денисович"), 1, "{tasks:?}");
    assert_eq!(with("Удалить из «7Б»: Белова Вера Ильинична"), 1, "{tasks:?}");
    assert_eq!(with("кто это в «7Б»: «Клавдия Незнакомая»"), 1, "{tasks:?}");
    let again = planned(&school, PUPILS, &text, &LineAnswers::new());
    assert_eq!((again.operation.tasks.len(), again.operation.closed.len()), (0, 0));
    // Then they are gone from the list, and the missing came.
    let everybody = "Иванов Александр Петрович\nИванова Мария Петровна\nКовалёв Пётр Денисович\n\
                     Щукин Артём Антонович";
    let later = planned(&school, PUPILS, everybody, &LineAnswers::new());
    applied(&mut school, &later);
    let tasks = open_tasks(&school);
    assert!(tasks.iter().all(|text| text.starts_with("Пригласить") && !text.contains("Артём")), "{tasks:?}");
}

#[test]
fn somebody_who_was_inside_and_is_not_found_goes_back_to_invited() {
    let mut school = founded_school();
    let plan = planned(&school, PUPILS, CLEAN, &LineAnswers::new());
    applied(&mut school, &plan);
    let request_day = jiff::civil::date(2026, 10, 20);
    let list = read_member_list("Иванов Александр Петрович");
    let request = PlanRequest {
        scope: PUPILS,
        place_title: "7Б",
        list: &list,
        answers: &LineAnswers::new(),
        invite: &WhomToInvite::Nobody,
        on: request_day,
        pasted_hash: "",
    };
    let plan = plan_reconciliation(&school.register, &request, request_day);
    assert!(plan.operation.tasks.is_empty(), "nobody is asked in by itself");
    let operation = Operation::ApplyReconciliation(plan.operation);
    let later = Context { today: request_day, ..context() };
    let set = decide(&school.register, &operation, &later).expect("a fresh plan");
    school.register.apply(&set);
    assert_eq!(state_of(&school, 2), ParticipationState::Invited);
    assert_eq!(state_of(&school, 1), ParticipationState::Joined);
}

#[test]
fn answers_decide_lines_and_are_remembered() {
    let mut school = founded_school();
    let text = "Мама Саши\nНаталья\nКсюша";
    let name = FullName::parse("Орлова Ксения Ильинична").expect("a full name");
    let child = (PersonId(3), "мать".to_owned());
    let answers = LineAnswers::from([
        (1, LineAnswer::Person(PersonId(11))),
        (2, LineAnswer::AdultOf { adult: PersonId(30), child: PersonId(9), basis: "тётя".into() }),
        (3, LineAnswer::NewAdult(NewAdultAnswer { name, children: vec![child] })),
    ]);
    let plan = planned(&school, PARENTS, text, &answers);
    assert!(plan.operation.tasks.iter().flatten().all(|task| task.kind == CabinetTaskKind::Invite));
    assert_eq!(plan.operation.observations.iter().map(|seen| seen.joined).collect::<Vec<_>>(), [4]);
    applied(&mut school, &plan);
    let adults: BTreeSet<u32> = [3, 9]
        .into_iter()
        .flat_map(|child| school.register.guardianships_of_child(PersonId(child)))
        .map(|bond| bond.adult.0)
        .collect();
    assert_eq!(adults, BTreeSet::from([30, 41]));
    // The next time nobody has to be asked.
    let again = school.reconcile(PARENTS, text);
    assert!(again.strangers.is_empty() && again.several.is_empty(), "{again:?}");
    assert!(again.present.iter().all(|found| found.confidence == Confidence::Certain));
}

#[test]
fn an_older_plan_is_refused() {
    let mut school = founded_school();
    let plan = planned(&school, PUPILS, CLEAN, &LineAnswers::new());
    school.register.revision += 1;
    let operation = Operation::ApplyReconciliation(plan.operation);
    let refused = decide(&school.register, &operation, &context()).expect_err("the register went on");
    assert!(matches!(refused, Refusal::PlannedOnOlderRegister { .. }));
}

fn request(id: u32, name: &str, role: Role, target: Target) -> JoinRequest {
    let written_name = name.to_owned();
    JoinRequest {
        id: JoinRequestId(id),
        written_name,
        role,
        target,
        received_on: TODAY,
        person: None,
        decision: None,
    }
}

#[test]
fn requests_are_ours_unknown_or_carry_a_sign() {
    let mut school = founded_school();
    let plan = planned(&school, PUPILS, CLEAN, &LineAnswers::new());
    applied(&mut school, &plan);
    let class = Target::Group(CLASS);
    for (name, role, expected) in [
        ("Щукин Артём Антонович", Role::Student, "наш: Щукин Артём Антонович"),
        ("Иванов Александр Петрович", Role::Student, "уже внутри на 12.10.2026"),
        ("Зимин Олег Денисович", Role::Student, "выбыл: выбытие 20.09.2026"),
        ("Белова Вера Ильинична", Role::Student, "из другой группы: по реестру 7А"),
        ("Ковалёва Наталья Игоревна", Role::Student, "роль не подходит: по реестру родитель"),
        ("Клавдия Незнакомая", Role::Student, "нет такого"),
        ("Клавдия Незнакомая", Role::Teacher, "роль сотрудника просит неизвестный"),
    ] {
        let judged = judge_request(&school.register, &request(1, name, role, class), TODAY);
        let words = judged.words(&school.register);
        assert!(words.contains(expected), "{name}: {words}");
        assert_eq!(judged.is_clear(), expected.starts_with("наш"), "{name}: {words}");
    }
    let both = [
        request(1, "Щукин Артём Антонович", Role::Student, class),
        request(2, "Щукин Артём Антонович", Role::Student, class),
    ];
    let judged = judge_requests(&school.register, both.iter(), TODAY);
    assert_eq!(judged[1].signs, [RequestSign::Twice]);
}

#[test]
fn pasted_requests_take_their_class_and_role_and_known_ones_are_named() {
    let mut school = founded_school();
    school.put(request(5, "Саша Волкова", Role::Student, Target::Group(CLASS)));
    let text = "Саша Волкова\nУченик\nПетя Зорин 7А";
    let default = Some(Target::Group(CLASS));
    let read = read_requests(&school.register, text, SchoolYear(2026), default, Some(Role::Parent));
    let shown: Vec<_> = read.iter().map(|it| (it.target, it.role, it.known.map(|id| id.0))).collect();
    assert_eq!(
        shown,
        [
            (default, Some(Role::Student), Some(5)),
            (Some(Target::Group(OTHER_CLASS)), Some(Role::Parent), None)
        ]
    );
}

#[test]
fn a_decision_leaves_a_step_for_the_cabinet_and_stands() {
    let mut school = founded_school();
    school.put(request(5, "Саша Волкова", Role::Student, Target::Group(CLASS)));
    let seen: Arc<JoinRequest> = school.register.tables().join_requests.get(5).expect("was put").clone();
    let answer = answer_to_request(&seen, "7Б", true, "есть в списке", Some(PersonId(5)), Some(CLASS));
    let operation = Operation::DecideRequests { decisions: vec![answer], on: TODAY };
    let set = decide(&school.register, &operation, &context()).expect("a waiting request");
    school.register.apply(&set);
    assert_eq!(open_tasks(&school), ["Принять заявку в «7Б»: «Саша Волкова», ученик"]);
    let task = school.register.tables().cabinet_tasks.values().next().expect("was made").clone();
    assert_eq!((task.request, task.person), (Some(JoinRequestId(5)), Some(PersonId(5))));
    let decided = school.register.tables().join_requests.get(5).expect("was put").clone();
    let answer = answer_to_request(&decided, "7Б", false, "", None, None);
    let again = Operation::DecideRequests { decisions: vec![answer], on: TODAY };
    let refused = decide(&school.register, &again, &context()).expect_err("decided already");
    assert_eq!(refused, Refusal::AlreadyDecided(JoinRequestId(5)));
}
