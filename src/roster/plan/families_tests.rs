//! Families and class teachers of a file against registers made through `decide`. All names are invented.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::names::parse_group_label;
use crate::register::{
    ChangeSet, Context, Entity, Guardianship, JournalChange, Membership, MovementKind, Operation,
    Organization, OrganizationKind, Origin, Person, decide,
};
use crate::roster::{ReadChoices, open_roster, read_roster};

const TODAY: Date = date(2026, 9, 20);
const YEAR: SchoolYear = SchoolYear(2026);

fn execute(register: &mut Register, operation: &Operation) -> ChangeSet {
    let context =
        Context { today: TODAY, now: Timestamp::UNIX_EPOCH, actor: "Администратор".into() };
    let changes =
        decide(register, operation, &context).unwrap_or_else(|refusal| panic!("{refusal} for {operation:?}"));
    register.apply(&changes);
    register.revision += 1;
    changes
}

fn school() -> Register {
    founded(OrganizationKind::School)
}

fn founded(kind: OrganizationKind) -> Register {
    let mut register = Register::default();
    let organization = Organization { name: "Школа № 14".into(), kind, ..Organization::default() };
    execute(&mut register, &Operation::Found(organization));
    register
}

/// A file as the reader hands it over: names of parents read, classes of employees taken from «Классное
/// руководство». `child@ФИО` in the post of a parent's row stands for a column of the child.
fn read(text: &str, role: Role) -> (MappedRoster, ColumnMap) {
    let choices = ReadChoices { default_role: Some(role), ..ReadChoices::default() };
    let mut roster =
        read_roster(text.as_bytes(), &choices).unwrap_or_else(|error| panic!("{error} in {text}"));
    for row in &mut roster.rows {
        for parent in &mut row.parents {
            parent.full_name = FullName::parse(&parent.name).ok();
            parent.basis = ["мать", "отец"][usize::from(parent.number != 1)];
        }
        if row.role.is_some_and(Role::is_staff) && row.leads.is_empty() {
            row.leads =
                row.class_teacher.split(',').filter_map(|label| parse_group_label(label).ok()).collect();
        }
        if let Some(child) = row.post.strip_prefix("child@") {
            row.child = FullName::parse(child).ok();
        }
    }
    let opened = open_roster(text.as_bytes(), &choices).unwrap_or_else(|error| panic!("{error}"));
    (roster, opened.header.columns)
}

fn planned(register: &Register, text: &str, role: Role, change: impl FnOnce(&mut PlanChoices)) -> ImportPlan {
    let (roster, columns) = read(text, role);
    let mut choices = PlanChoices { columns, ..PlanChoices::for_year(YEAR) };
    change(&mut choices);
    plan_import(register, &roster, &choices, TODAY, &|_| true).expect("nobody cancels")
}

fn students(register: &Register, text: &str) -> ImportPlan {
    planned(register, text, Role::Student, |_| {})
}

fn apply(register: &mut Register, plan: &ImportPlan) -> ChangeSet {
    execute(register, &Operation::ApplyImport(plan.operation("список.csv", "00")))
}

fn undo(register: &mut Register, set: &ChangeSet, parts: Option<Vec<u32>>) -> ChangeSet {
    let journal = |change: &crate::register::Change| JournalChange {
        part: change.part,
        key: change.key(),
        fields: change.fields(),
    };
    let changes = set.changes.iter().map(journal).collect();
    let entry = register.revision;
    execute(register, &Operation::Undo { entry, code: "import".into(), parts, changes })
}

fn kinds(plan: &ImportPlan) -> Vec<&'static str> {
    plan.rows.iter().map(|row| row.kind.code()).collect()
}

fn codes(plan: &ImportPlan) -> Vec<(u32, &'static str)> {
    plan.issues.iter().map(|issue| (issue.row, issue.code)).collect()
}

fn changes(row: &PlanRow) -> Vec<String> {
    row.changes
        .iter()
        .map(|change| format!("{}: {} → {}", change.field, change.before, change.after))
        .collect()
}

fn person_named(register: &Register, name: &str) -> PersonId {
    let mut found = register.tables().people.values().filter(|person| person.name.full() == name);
    let person = found.next().unwrap_or_else(|| panic!("nobody is {name}")).id;
    assert!(found.next().is_none(), "{name} is there once");
    person
}

fn edit_person(register: &mut Register, name: &str, edit: impl FnOnce(&mut Person)) {
    let seen = register.person(person_named(register, name)).expect("exists").clone();
    let mut wanted = (*seen).clone();
    edit(&mut wanted);
    execute(register, &Operation::Edit { seen: Entity::from(seen), wanted: wanted.into() });
}

/// «взрослый → ребёнок (мать)», by id, open ones only.
fn bonds(register: &Register) -> Vec<String> {
    let name = |id| register.person(id).map(|person| person.name.short()).unwrap_or_default();
    let open = register.tables().guardianships.values().filter(|link| link.until.is_none());
    open.map(|link| format!("{} → {} ({})", name(link.adult), name(link.child), link.basis)).collect()
}

const HEAD: &str = "ФИО;Класс;Мать;Телефон матери;Отец;Телефон отца\n";

fn family_file(lines: &[&str]) -> String {
    format!("{HEAD}{}\n", lines.join("\n"))
}

#[test]
fn adults_of_a_row_become_people_and_the_second_time_nothing() {
    let mut register = school();
    let before = register.clone();
    let text = family_file(&[
        "Громов Илья;5А;Громова Анна Львовна;+79120000001;Громов Пётр Ильич;",
        "Орлов Лев;5А;;;Наталья;+79120000002",
    ]);
    let plan = students(&register, &text);
    assert_eq!((kinds(&plan), plan.counts.parents_added), (vec!["added", "added"], 2));
    assert_eq!(codes(&plan), [(3, "parent_name_short")], "too little to tell a person by");
    let set = apply(&mut register, &plan);
    assert_eq!(bonds(&register), ["Громова А. Л. → Громов И. (мать)", "Громов П. И. → Громов И. (отец)"]);
    let adult = register.person(person_named(&register, "Громова Анна Львовна")).expect("made");
    assert!(adult.phone.is_some() && adult.name_origin == Origin::Import(2));
    assert_eq!(register.memberships_of_person(adult.id).count(), 0, "the class follows from the child");

    let again = students(&register, &text);
    assert!(again.is_empty() && again.counts.parents_added == 0, "{:?}", kinds(&again));
    assert_eq!(again.adults.len(), 2);
    assert!(again.adults.iter().all(|adult| adult.person.is_some() && adult.new_children == 0));
    let undone = undo(&mut register, &set, None);
    assert!(undone.kept.is_empty() && register.holds_the_same_as(&before));
}

#[test]
fn what_a_row_does_to_a_known_family() {
    let first = family_file(&["Громов Илья;5А;Громова Анна;;;"]);
    let cases: &[(&str, &str, &str, &[&str])] = &[
        ("nothing new", "Громов Илья;5А;ГРОМОВА АННА;;;", "unchanged", &[]),
        ("an empty cell erases nobody", "Громов Илья;5А;;;;", "unchanged", &[]),
        (
            "a phone is filled",
            "Громов Илья;5А;Громова Анна;+79120000001;;",
            "updated",
            &["телефон родителя:  → +7 912 •••-••-01"],
        ),
        (
            "a patronymic is filled",
            "Громов Илья;5А;Громова Анна Львовна;;;",
            "updated",
            &["отчество родителя:  → Львовна"],
        ),
        (
            "another adult is added",
            "Громов Илья;5А;Громова Анна;;Громов Пётр Ильич;",
            "updated",
            &["родитель:  → Громов Пётр Ильич"],
        ),
        (
            "another mother is another person",
            "Громов Илья;5А;Зорина Анна;;;",
            "updated",
            &["родитель:  → Зорина Анна"],
        ),
        ("a move keeps the adults", "Громов Илья;5Б;Громова Анна;;;", "moved", &["класс: 5А → 5Б"]),
    ];
    for (what, line, kind, expected) in cases {
        let mut register = school();
        let plan = students(&register, &first);
        apply(&mut register, &plan);
        let text = family_file(&[line]);
        let plan = students(&register, &text);
        assert_eq!(plan.rows[0].kind.code(), *kind, "{what}");
        let phone_free = |line: &String| line.split('+').next().unwrap_or_default().to_owned();
        let told: Vec<String> = changes(&plan.rows[0]).iter().map(phone_free).collect();
        let expected: Vec<String> = expected.iter().map(|line| phone_free(&(*line).to_owned())).collect();
        assert_eq!(told, expected, "{what}");
        apply(&mut register, &plan);
        assert!(students(&register, &text).is_empty(), "{what}: the second time nothing");
    }
}

#[test]
fn what_a_hand_set_of_an_adult_stays() {
    let text = family_file(&["Громов Илья;5А;Громова Анна;+79120000001;;"]);
    let mut register = school();
    let plan = students(&register, &text);
    apply(&mut register, &plan);
    edit_person(&mut register, "Громова Анна", |person| {
        person.phone = crate::names::parse_phone("+79120000009").ok();
    });
    let plan = students(&register, &text);
    assert!(plan.is_empty());
    assert_eq!(codes(&plan), [(2, "hand_edit_kept")]);

    let seen = register.tables().guardianships.values().next().expect("the mother").clone();
    let wanted = Guardianship { until: Some(TODAY), ..seen.clone() };
    execute(&mut register, &Operation::Edit { seen: seen.into(), wanted: wanted.into() });
    let plan = students(&register, &text);
    assert!(plan.is_empty(), "a guardianship ended by hand does not come back with a file");
    assert_eq!(codes(&plan), [(2, "hand_edit_kept")]);
}

/// Two rows, and what is proposed of their mothers: rows, why; none where they are plainly two people.
#[test]
fn one_mother_of_two_children_is_proposed() {
    let cases: &[(&str, [&str; 2], Option<&str>)] = &[
        (
            "name and phone",
            ["Громов Илья;5А;Громова Анна;+79120000001;;", "Громова Вера;7Б;Громова Анна;89120000001;;"],
            Some("совпали ФИО и телефон"),
        ),
        (
            "twins",
            ["Громов Илья;5А;Громова Анна;+79120000001;;", "Громов Пётр;5А;Громова Анна;+79120000001;;"],
            Some("совпали ФИО и телефон"),
        ),
        (
            "no phone, but the children are called alike",
            ["Громов Илья;5А;Зорина Анна Львовна;;;", "Громова Вера;7Б;Зорина Анна Львовна;;;"],
            Some("совпали ФИО и фамилия детей, телефон указан не везде"),
        ),
        (
            "a phone in one row only",
            ["Громов Илья;5А;Зорина Анна Львовна;+79120000001;;", "Громова Вера;7Б;Зорина Анна Львовна;;;"],
            Some("совпали ФИО и фамилия детей, телефон указан не везде"),
        ),
        (
            "no patronymic, no phone",
            ["Громов Илья;5А;Громова Анна;;;", "Громова Вера;7Б;Громова Анна;;;"],
            None,
        ),
        (
            "no phone and children of other names",
            ["Громов Илья;5А;Ким Анна Львовна;;;", "Зорин Лев;7Б;Ким Анна Львовна;;;"],
            None,
        ),
        (
            "two phones",
            [
                "Громов Илья;5А;Громова Анна Львовна;+79120000001;;",
                "Громова Вера;7Б;Громова Анна Львовна;+79120000002;;",
            ],
            None,
        ),
    ];
    for (what, lines, expected) in cases {
        let text = family_file(lines);
        let mut apart = school();
        let plan = students(&apart, &text);
        let why: Vec<&str> = plan.adult_proposals.iter().map(|proposal| proposal.why.as_str()).collect();
        assert_eq!(why, expected.iter().copied().collect::<Vec<_>>(), "{what}");
        let warned = plan.issues.iter().filter(|issue| issue.code == "maybe_same_person").count();
        assert_eq!(warned, if expected.is_some() { 2 } else { 0 }, "{what}");
        assert_eq!(plan.counts.parents_added, 2, "{what}: apart until the user confirms");
        apply(&mut apart, &plan);
        let again = students(&apart, &text);
        assert!(again.is_empty() && again.adult_proposals.is_empty(), "{what}: never asked again");
        if expected.is_none() {
            continue;
        }
        let key = plan.adult_proposals[0].key.clone();
        let mut joined = school();
        let before = joined.clone();
        let plan = planned(&joined, &text, Role::Student, |choices| {
            choices.joined_adults.insert(key);
        });
        assert!(plan.adult_proposals[0].joined && plan.counts.parents_added == 1, "{what}");
        assert_eq!((plan.adults[0].more_rows.as_slice(), plan.adults[0].new_children), ([3].as_slice(), 2));
        let set = apply(&mut joined, &plan);
        assert_eq!(joined.tables().guardianships.len(), 2, "{what}");
        assert!(students(&joined, &text).is_empty(), "{what}");
        undo(&mut joined, &set, None);
        assert!(joined.holds_the_same_as(&before), "{what}");
    }
}

#[test]
fn somebody_of_the_register_is_proposed_staff_included() {
    let mut register = school();
    let staff = "ФИО;Должность;Телефон\nГромова Анна Львовна;учитель химии;+79120000001\n";
    let plan = planned(&register, staff, Role::Teacher, |_| {});
    apply(&mut register, &plan);
    let teacher = person_named(&register, "Громова Анна Львовна");
    let text = family_file(&["Громов Илья;5А;Громова Анна Львовна;+79120000001;;"]);
    let plan = students(&register, &text);
    let proposal = &plan.adult_proposals[0];
    assert_eq!((proposal.person, proposal.joined), (Some(teacher), false));
    assert_eq!(proposal.why, "совпали ФИО и телефон; уже есть в списке среди сотрудников");
    let plan = planned(&register, &text, Role::Student, |choices| choices.join_all_adults = true);
    assert_eq!(plan.counts.parents_added, 0);
    apply(&mut register, &plan);
    assert_eq!(register.guardianships_of_adult(teacher).count(), 1);
    // A pupil of the same name and phone is no parent.
    let pupils = "ФИО;Класс;Телефон\nКим Ева;9А;+79120000005\n";
    let plan = students(&register, pupils);
    apply(&mut register, &plan);
    let plan = students(&register, &family_file(&["Ким Лев;5А;Ким Ева;+79120000005;;"]));
    assert!(plan.adult_proposals.is_empty());
}

#[test]
fn rows_that_are_not_taken_bring_nobody() {
    let register = school();
    let text = family_file(&["Громов Илья;5А;Громова Анна;;;", "Орлов Лев;;Орлова Яна;;;"]);
    let plan = planned(&register, &text, Role::Student, |choices| {
        choices.left_out_rows.insert(2);
    });
    assert!(plan.is_empty() && plan.counts.parents_added == 0 && plan.adults.is_empty());
}

#[test]
fn one_adult_with_two_phones_keeps_none_of_them() {
    let mut register = school();
    let two =
        family_file(&["Громов Илья;5А;Громова Анна Львовна;;;", "Громова Вера;7Б;Громова Анна Львовна;;;"]);
    let plan = planned(&register, &two, Role::Student, |choices| choices.join_all_adults = true);
    apply(&mut register, &plan);
    let phones = family_file(&[
        "Громов Илья;5А;Громова Анна Львовна;+79120000001;;",
        "Громова Вера;7Б;Громова Анна Львовна;+79120000002;;",
    ]);
    let plan = students(&register, &phones);
    assert!(plan.is_empty(), "two files' worth of phones would go back and forth for ever");
    assert_eq!(codes(&plan), [(2, "parent_phones_differ")]);
}

/// A parents' list; `child@` stands for the column of the child.
#[test]
fn a_parents_list_finds_the_children() {
    let pupils = "ФИО;Класс\nГромов Илья Петрович;5А\nКим Лев;5А\nКим Лев;7Б\n";
    let cases: &[(&str, &str, &str, usize, usize)] = &[
        ("by name", "Громова Анна;;child@Громов Илья", "", 1, 0),
        ("by name and class", "Ким Анна;7Б;child@Ким Лев", "", 1, 0),
        ("two of one name", "Ким Анна;;child@Ким Лев", "child_ambiguous", 0, 1),
        ("nobody of this name", "Ким Анна;5А;child@Ким Олег", "child_unknown", 0, 1),
        ("in another class", "Громова Анна;7Б;child@Громов Илья", "child_unknown", 0, 1),
        ("another patronymic", "Громова Анна;5А;child@Громов Илья Львович", "child_unknown", 0, 1),
        ("no child named", "Громова Анна;5А;", "", 0, 1),
    ];
    for (what, line, issue, bonds_made, memberships) in cases {
        let mut register = school();
        let plan = students(&register, pupils);
        apply(&mut register, &plan);
        let before = register.clone();
        let text = format!("ФИО;Класс;Должность\n{line}\n");
        let plan = planned(&register, &text, Role::Parent, |_| {});
        assert_eq!(kinds(&plan), ["added"], "{what}: the adult is taken in any case");
        let told: Vec<&str> = plan.issues.iter().map(|issue| issue.code).collect();
        assert_eq!(
            told,
            Some(*issue).filter(|code| !code.is_empty()).into_iter().collect::<Vec<_>>(),
            "{what}"
        );
        let set = apply(&mut register, &plan);
        assert_eq!(register.tables().guardianships.len(), *bonds_made, "{what}");
        let of_parents = |membership: &&Membership| membership.role == Role::Parent;
        assert_eq!(register.tables().memberships.values().filter(of_parents).count(), *memberships, "{what}");
        assert!(
            planned(&register, &text, Role::Parent, |_| {}).is_empty(),
            "{what}: the second time nothing"
        );
        undo(&mut register, &set, None);
        assert!(register.holds_the_same_as(&before), "{what}");
    }
}

#[test]
fn parents_and_children_of_one_file_and_one_mother_in_two_rows() {
    let text = "ФИО;Роль;Класс;Должность;Телефон\n\
        Громова Анна;родитель;5А;child@Громов Илья;+79120000001\n\
        Громова Анна;родитель;7Б;child@Громова Вера;+79120000001\n\
        Громов Илья;ученик;5А;;\n\
        Громова Вера;ученик;7Б;;\n";
    for join in [false, true] {
        let mut register = school();
        let before = register.clone();
        let plan = planned(&register, text, Role::Parent, |choices| choices.join_all_adults = join);
        assert_eq!(plan.adult_proposals.len(), 1);
        let set = apply(&mut register, &plan);
        assert_eq!(register.tables().people.len(), if join { 3 } else { 4 });
        assert_eq!(register.tables().guardianships.len(), 2);
        let again = planned(&register, text, Role::Parent, |_| {});
        assert_eq!(kinds(&again), ["unchanged"; 4], "join: {join}");
        assert!(again.is_empty() && again.issues.is_empty() && again.adult_proposals.is_empty());
        let undone = undo(&mut register, &set, None);
        assert!(undone.kept.is_empty() && register.holds_the_same_as(&before), "join: {join}");
    }
}

fn with_staff() -> Register {
    let mut register = school();
    let staff = "ФИО;Должность\nПетрова Мария Ивановна;учитель химии\nКим Анна;учитель\nКим Алла;учитель\n";
    let plan = planned(&register, staff, Role::Teacher, |_| {});
    apply(&mut register, &plan);
    register
}

#[test]
fn class_teachers_named_in_the_rows_of_students() {
    let cases: &[(&str, &[&str], &str, &[&str])] = &[
        ("by the whole name", &["Петрова Мария Ивановна"], "New", &[]),
        ("by initials", &["Петрова М. И."], "New", &[]),
        ("initials in front", &["М.И. Петрова"], "New", &[]),
        ("two spellings of one", &["Петрова М. И.", "Петрова Мария"], "New", &[]),
        ("several of these initials", &["Ким А."], "Unknown", &["class_teacher_unknown"]),
        ("nobody of this name", &["Рощина Ада Яновна"], "Unknown", &["class_teacher_unknown"]),
        ("a surname only", &["Петрова"], "Unknown", &["class_teacher_unknown"]),
        ("the majority", &["Петрова М. И.", "Петрова М. И.", "Ким Анна"], "New", &["class_teacher_differs"]),
        ("a tie", &["Петрова М. И.", "Ким Анна"], "", &["class_teacher_differs"]),
    ];
    for (what, teachers, state, issues) in cases {
        let mut register = with_staff();
        let before = register.clone();
        let names = ["Громов Илья", "Орлов Лев", "Зорин Егор"];
        let lines: Vec<String> =
            teachers.iter().zip(names).map(|(teacher, name)| format!("{name};5А;{teacher}\n")).collect();
        let text = format!("ФИО;Класс;Классный руководитель\n{}", lines.concat());
        let plan = students(&register, &text);
        let states: String = plan.assignments.iter().map(|row| format!("{:?}", row.state)).collect();
        let told: Vec<&str> = plan.issues.iter().map(|issue| issue.code).collect();
        assert_eq!((states.as_str(), told.as_slice()), (*state, *issues), "{what}");
        assert_eq!(plan.counts.assignments, u32::from(*state == "New"), "{what}");
        let set = apply(&mut register, &plan);
        assert_eq!(register.tables().assignments.len(), usize::from(*state == "New"), "{what}");
        assert!(students(&register, &text).is_empty(), "{what}: the second time nothing");
        undo(&mut register, &set, None);
        assert!(register.holds_the_same_as(&before), "{what}");
    }
}

#[test]
fn the_class_teacher_in_office_stays_unless_the_user_says_so() {
    let mut register = with_staff();
    let text = |teacher: &str| format!("ФИО;Класс;Классный руководитель\nГромов Илья;5А;{teacher}\n");
    let plan = students(&register, &text("Петрова М. И."));
    apply(&mut register, &plan);
    let plan = students(&register, &text("Ким Анна"));
    assert!(plan.is_empty());
    let row = &plan.assignments[0];
    assert_eq!((row.state, row.instead_of.as_str()), (AssignmentState::Taken, "Петрова Мария Ивановна"));
    let plan = planned(&register, &text("Ким Анна"), Role::Student, |choices| {
        choices.replaced_teachers.insert("5А".into());
        choices.order = OrderReference { number: "214".into(), date: Some(TODAY) };
    });
    assert_eq!((plan.assignments[0].state, plan.counts.assignments), (AssignmentState::Replaces, 1));
    apply(&mut register, &plan);
    let mut held: Vec<_> = register.tables().assignments.values().map(|row| (row.since, row.until)).collect();
    held.sort();
    assert_eq!(held, [(Some(TODAY), None), (Some(TODAY), Some(TODAY))]);
    assert!(students(&register, &text("Ким Анна")).is_empty());
}

#[test]
fn classes_of_an_employees_row() {
    let mut register = school();
    let pupils = "ФИО;Класс\nГромов Илья;5А\nКим Лев;6Б\n";
    let plan = students(&register, pupils);
    apply(&mut register, &plan);
    let text = "ФИО;Должность;Классное руководство\nПетрова Мария;учитель;5А, 6Б\nКим Анна;учитель;8В\n";
    let plan = planned(&register, text, Role::Teacher, |_| {});
    let groups: Vec<&str> = plan.assignments.iter().map(|row| row.group.as_str()).collect();
    assert_eq!((groups, plan.counts.assignments), (vec!["5А", "6Б"], 2));
    assert_eq!(codes(&plan), [(3, "led_class_unknown")]);
    apply(&mut register, &plan);
    let again = planned(&register, text, Role::Teacher, |_| {});
    assert!(again.is_empty() && again.assignments.iter().all(|row| row.state == AssignmentState::Known));
}

#[test]
fn a_kindergarten_group_has_two_educators() {
    let mut register = founded(OrganizationKind::Kindergarten);
    let plan = students(&register, "ФИО;Группа\nГромов Илья;Солнышко\n");
    apply(&mut register, &plan);
    let text = "ФИО;Должность;Классное руководство\nПетрова Мария;воспитатель;Солнышко\nКим Анна;воспитатель;Солнышко\n";
    let plan = planned(&register, text, Role::Teacher, |_| {});
    assert_eq!((plan.counts.assignments, codes(&plan)), (2, vec![]));
    apply(&mut register, &plan);
    assert!(planned(&register, text, Role::Teacher, |_| {}).is_empty());
}

#[test]
fn newcomers_make_movements_only_with_a_day_or_an_order() {
    let text = family_file(&["Громов Илья;5А;Громова Анна;;;"]);
    for (on, number, expected) in
        [(None, "", None), (Some(date(2026, 9, 1)), "", Some(date(2026, 9, 1))), (None, "214", Some(TODAY))]
    {
        let mut register = school();
        let plan = planned(&register, &text, Role::Student, |choices| {
            choices.movement_on = on;
            choices.order.number = number.into();
        });
        apply(&mut register, &plan);
        let movements: Vec<_> = register.tables().movements.values().map(|it| (it.kind, it.on)).collect();
        assert_eq!(
            movements,
            expected.map(|day| (MovementKind::Enrolled, day)).into_iter().collect::<Vec<_>>()
        );
    }
}

/// Lines with few names and phones, so that families touch.
fn lines() -> impl Strategy<Value = Vec<String>> {
    let adult =
        prop_oneof!["", "Ким Анна", "Ким Анна Львовна", "Ким Анна Ильинична", "КИМ АННА ЛЬВОВНА", "Анна"];
    let phone = prop_oneof!["", "\\+79120000001", "\\+79120000002"];
    let child = prop_oneof!["Ким Лев", "Ким Ева", "Зорин Егор", "Зорина Вера Львовна"];
    let class = prop_oneof!["5А", "6Б"];
    let teacher = prop_oneof!["", "Петрова Мария", "Ким Анна"];
    let line = (child, class, adult.clone(), phone.clone(), adult, phone, teacher).prop_map(
        |(child, class, one, phone, two, other, teacher)| {
            format!("{child};{class};{one};{phone};{two};{other};{teacher}")
        },
    );
    proptest::collection::vec(line, 1..8)
}

fn as_file(lines: &[String]) -> String {
    let head = "ФИО;Класс;Мать;Телефон матери;Отец;Телефон отца;Классный руководитель";
    format!("{head}\n{}\n", lines.join("\n"))
}

proptest! {
    #[test]
    fn the_plan_of_applied_families_is_empty(before in lines(), after in lines(), join: bool) {
        let mut register = with_staff();
        for lines in [&before, &after] {
            let text = as_file(lines);
            let plan = planned(&register, &text, Role::Student, |choices| choices.join_all_adults = join);
            let untouched = register.clone();
            let set = apply(&mut register, &plan);
            let again = students(&register, &text);
            prop_assert!(again.is_empty(), "{:?} then {:?}", kinds(&plan), again.rows.iter().map(changes).collect::<Vec<_>>());
            prop_assert!(again.adult_proposals.is_empty(), "asked again");
            if !set.is_empty() {
                let mut back = register.clone();
                let undone = undo(&mut back, &set, None);
                prop_assert!(undone.kept.is_empty());
                prop_assert!(back.holds_the_same_as(&untouched));
            }
        }
    }
}
