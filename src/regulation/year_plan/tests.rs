use jiff::civil::date;

use super::*;
use crate::names::group_key;
use crate::register::decide::{Context, decide};
use crate::register::*;
use crate::regulation::fixture::School;
use crate::regulation::{StalenessRule, current_year, flags_of_invite};

const TODAY: Date = date(2027, 9, 3);
const FROM: SchoolYear = SchoolYear(2026);
const TO: SchoolYear = SchoolYear(2027);

fn context() -> Context {
    Context { today: TODAY, now: jiff::Timestamp::UNIX_EPOCH, actor: "Тест".into() }
}

fn plan(school: &School) -> YearPlan {
    YearPlan::by_hand(&school.register, FROM, TO, TODAY)
}

fn school() -> School {
    let mut school = School::new();
    school.today = TODAY;
    school
}

fn fate(school: &School, plan: &YearPlan, label: &str) -> GroupFate {
    let _ = school;
    plan.groups.iter().find(|planned| planned.label == label).expect("the test has it").fate.clone()
}

fn membership_of(school: &School, person: PersonId) -> MembershipId {
    let mut open = school.register.memberships_of_person(person).filter(|it| it.until.is_none());
    open.next().expect("is somewhere").id
}

fn group_of(school: &School, person: PersonId) -> Option<String> {
    let mut open = school.register.memberships_of_person(person).filter(|it| it.until.is_none());
    let group = open.next()?.group?;
    school.register.group(group).map(|group| group.label.clone())
}

fn next_group(register: &Register, label: &str) -> GroupId {
    let found = register.groups_in_year(TO).find(|group| group_key(&group.label) == group_key(label));
    found.expect("next year has it").id
}

fn apply(school: &mut School, plan: &YearPlan) -> ChangeSet {
    let change = plan.change(&school.register).expect("every group is answered");
    school.run(Operation::ChangeYear(Box::new(change)))
}

fn journal(set: &ChangeSet) -> Vec<JournalChange> {
    let row =
        |change: &Change| JournalChange { part: change.part, key: change.key(), fields: change.fields() };
    set.changes.iter().map(row).collect()
}

fn undo(school: &mut School, set: &ChangeSet, parts: Option<Vec<u32>>) -> ChangeSet {
    let changes = journal(set);
    school.run(Operation::Undo {
        entry: school.register.revision,
        code: "change_year".into(),
        parts,
        changes,
    })
}

#[test]
fn names_decide_what_they_can_and_ask_the_rest() {
    let mut school = school();
    for label in ["5А", "9А", "11А", "Надомники"] {
        school.class(label);
    }
    school.group("Шахматы", GroupKind::Club);
    let mut plan = plan(&school);
    let table = [
        ("5А", GroupFate::Becomes("6А".into())),
        ("9А", GroupFate::Open),
        ("11А", GroupFate::Graduates),
        ("Надомники", GroupFate::Open),
        ("Шахматы", GroupFate::Becomes("Шахматы".into())),
    ];
    for (label, expected) in table {
        assert_eq!(fate(&school, &plan, label), expected, "{label}");
    }
    assert_eq!(plan.change(&school.register).map(|_| ()).unwrap_err().len(), 2, "two are to be answered");
    plan.accept_proposals();
    assert_eq!(fate(&school, &plan, "9А"), GroupFate::Graduates);
    assert_eq!(fate(&school, &plan, "Надомники"), GroupFate::Open, "no name to accept");
    assert_eq!(plan.on, date(2027, 9, 1));
    let in_june = YearPlan::by_hand(&school.register, FROM, TO, date(2027, 6, 20));
    assert_eq!(in_june.on, date(2027, 6, 20), "never in the future");
}

#[test]
fn a_class_goes_on_with_people_chats_and_teacher_and_the_old_year_stays_readable() {
    let mut school = school();
    let (old, eleventh) = (school.class("5А"), school.class("11А"));
    let pupils = school.students(old, 3);
    let graduate = school.students(eleventh, 1)[0];
    let teacher = school.person("Носова", Role::Teacher, Some(old));
    school.assign(old, teacher, false);
    let chat = school.chat(old, ChatKind::Students);
    let closing_chat = school.chat(eleventh, ChatKind::Students);
    let links = [
        school.link(Target::Group(old), Role::Student, Some(date(2026, 9, 5))),
        school.link(Target::Chat(chat), Role::Student, Some(date(2026, 9, 5))),
        school.link(Target::Chat(closing_chat), Role::Student, Some(date(2026, 9, 5))),
    ];
    school.takes_part(pupils[0], ParticipationState::Joined);
    let plan = plan(&school);
    let preview = plan.preview(&school.register);
    assert_eq!(preview.links_to_close, [links[0], links[2]], "the chat's own link goes on");
    assert_eq!((preview.counts.go_on, preview.counts.graduates), (3, 1));
    assert_eq!(preview.next[0].shape, NextShape::GoesOn);
    apply(&mut school, &plan);
    let register = &school.register;
    let new = next_group(register, "6А");
    assert_eq!(register.group(new).map(|group| group.predecessor), Some(Some(old)));
    assert_eq!(register.chat(chat).and_then(|chat| chat.group), Some(new));
    assert!(register.chat(closing_chat).is_some_and(|chat| chat.archived_on.is_some()));
    assert_eq!(group_of(&school, pupils[0]).as_deref(), Some("6А"));
    assert_eq!(group_of(&school, teacher).as_deref(), Some("6А"));
    let kept = register.membership(membership_of(&school, pupils[0])).expect("is there");
    assert_eq!(kept.participation.state, ParticipationState::Joined, "the chat went along");
    let appointed: Vec<_> =
        register.class_teachers(new, TODAY).map(|it| (it.person, it.order.clone())).collect();
    assert_eq!(appointed, [(teacher, OrderReference::default())], "the new order is still to come");
    assert_eq!(register.class_teachers(old, TODAY).count(), 0);
    let past: Vec<_> = register.memberships_of_group(old).map(|it| it.until).collect();
    assert_eq!(past, [Some(date(2027, 8, 31)); 4], "the old year stays readable");
    assert!(register.person(graduate).is_some_and(|person| person.left_on == Some(date(2027, 9, 1))));
    let movements: Vec<_> = register.tables().movements.values().map(|it| (it.person, it.kind)).collect();
    assert_eq!(movements, [(graduate, MovementKind::Graduated)], "going on with the class is no movement");
    assert_eq!(current_year(register, TODAY), TO);
    for (link, gone) in links.into_iter().zip([true, false, true]) {
        let flags = flags_of_invite(register, register.invite(link).expect("is there"), TODAY);
        assert_eq!(flags.iter().any(|flag| flag.rule == StalenessRule::TargetGone), gone, "{link}");
        assert!(
            register.invite(link).is_some_and(|link| link.revocation.is_none()),
            "nothing is revoked by itself"
        );
    }
}

#[test]
fn the_class_teacher_of_the_fourth_does_not_go_on_unless_said() {
    for (label, answer, expected) in
        [("4А", None, 0), ("4А", Some(true), 1), ("3А", None, 1), ("3А", Some(false), 0)]
    {
        let mut school = school();
        let group = school.class(label);
        let teacher = school.person("Носова", Role::Teacher, None);
        school.assign(group, teacher, false);
        let mut plan = plan(&school);
        let assignment = plan.groups[0].teachers[0].assignment;
        plan.edit(&YearEdit::Teacher { assignment, goes_on: answer });
        apply(&mut school, &plan);
        let next = school.register.groups_in_year(TO).find(|group| group.year.is_some()).expect("goes on").id;
        assert_eq!(school.register.class_teachers(next, TODAY).count(), expected, "{label} {answer:?}");
    }
}

#[test]
fn exceptions_repeat_leave_and_change_class() {
    let mut school = school();
    let (fourth, fifth) = (school.class("4А"), school.class("5А"));
    school.students(fourth, 2);
    let pupils = school.students(fifth, 4);
    let club = school.group("Шахматы", GroupKind::Club);
    let in_club = crate::regulation::fixture::membership(pupils[1], Role::Student, Some(club));
    school.run(Operation::Add(vec![in_club.into()]));
    let at = |school: &School, person: PersonId| {
        let mut open = school.register.memberships_of_person(person).filter(|it| it.group == Some(fifth));
        open.next().expect("is in the fifth").id
    };
    let to = |label: &str| Some(PersonFate::To(NextLabel { label: label.into(), unit: None }));
    let edits = [
        YearEdit::Person { membership: at(&school, pupils[0]), fate: to("5А") },
        YearEdit::Person { membership: at(&school, pupils[1]), fate: Some(PersonFate::Leaves) },
        YearEdit::Person { membership: at(&school, pupils[2]), fate: to("6Б") },
    ];
    let plan = plan(&school).edited(&edits);
    let preview = plan.preview(&school.register);
    let shapes: Vec<_> =
        preview.next.iter().map(|line| (line.label.as_str(), line.students, line.shape)).collect();
    assert_eq!(
        shapes,
        [
            ("5А", 3, NextShape::GoesOn),
            ("6А", 1, NextShape::GoesOn),
            ("6Б", 1, NextShape::PartOfSplit),
            ("Шахматы", 1, NextShape::GoesOn),
        ]
    );
    apply(&mut school, &plan);
    assert_eq!(group_of(&school, pupils[0]).as_deref(), Some("5А"));
    assert_eq!(group_of(&school, pupils[1]), None, "the club ends with the school");
    assert_eq!(group_of(&school, pupils[2]).as_deref(), Some("6Б"));
    assert_eq!(group_of(&school, pupils[3]).as_deref(), Some("6А"));
    let left = school.register.person(pupils[1]).and_then(|person| person.left_on);
    assert_eq!(left, Some(date(2027, 9, 1)));
    let kinds: Vec<_> = school.register.tables().movements.values().map(|it| it.kind).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == MovementKind::Transferred).count(), 2);
    assert_eq!(kinds.iter().filter(|kind| **kind == MovementKind::Left).count(), 1);
}

#[test]
fn joined_classes_keep_the_chats_of_the_larger() {
    let mut school = school();
    let (small, large) = (school.class("8А"), school.class("8Б"));
    school.students(small, 1);
    school.students(large, 3);
    let (chat_small, chat_large) =
        (school.chat(small, ChatKind::Parents), school.chat(large, ChatKind::Parents));
    let plan = plan(&school).edited(&merge_edits(&[small, large], "9А"));
    assert_eq!(plan.preview(&school.register).next[0].shape, NextShape::Joined);
    apply(&mut school, &plan);
    let next = next_group(&school.register, "9А");
    let group_of_chat = |chat| school.register.chat(chat).and_then(|chat| chat.group);
    assert_eq!((group_of_chat(chat_large), group_of_chat(chat_small)), (Some(next), Some(small)));
    assert_eq!(school.register.group(next).and_then(|group| group.predecessor), Some(large));
    assert_eq!(school.register.current_members(next, Role::Student, TODAY).len(), 4);
}

#[test]
fn the_roster_corrects_the_names() {
    let mut school = school();
    let groups: Vec<GroupId> =
        ["5А", "5Б", "9А", "9Б", "8А", "11А"].iter().map(|label| school.class(label)).collect();
    let pupils: Vec<Vec<PersonId>> = groups.iter().map(|group| school.students(*group, 4)).collect();
    let placed = |who: &[(usize, usize, &str)]| -> Vec<PlacedPupil> {
        let one = |(group, pupil, label): &(usize, usize, &str)| PlacedPupil {
            membership: membership_of(&school, pupils[*group][*pupil]),
            to: NextLabel { label: (*label).into(), unit: None },
        };
        who.iter().map(one).collect()
    };
    let placed = placed(&[
        // 5А goes on; one of it repeats, one changes to 6Б.
        (0, 0, "6А"),
        (0, 1, "6А"),
        (0, 2, "5А"),
        (0, 3, "6Б"),
        // 5Б is renamed by the school.
        (1, 0, "6В"),
        (1, 1, "6В"),
        (1, 2, "6В"),
        // 10А of two ninths.
        (2, 0, "10А"),
        (2, 1, "10А"),
        (3, 0, "10А"),
        // 8А is split in halves: the name decides which goes on.
        (4, 0, "9Г"),
        (4, 1, "9Г"),
        (4, 2, "9А"),
        (4, 3, "9А"),
    ]);
    let mut plan = plan(&school);
    plan.recognise(&school.register, &placed, RosterFacts { is_whole_school: true });
    let table = [
        ("5А", GroupFate::Becomes("6А".into())),
        ("5Б", GroupFate::Becomes("6В".into())),
        ("9А", GroupFate::Graduates),
        ("9Б", GroupFate::Graduates),
        ("8А", GroupFate::Becomes("9А".into())),
        ("11А", GroupFate::Graduates),
    ];
    for (label, expected) in table {
        assert_eq!(fate(&school, &plan, label), expected, "{label}");
    }
    let preview = plan.preview(&school.register);
    let line = |label: &str| {
        let line = preview.next.iter().find(|line| line.label == label).expect("is in next year");
        (line.students, line.shape)
    };
    assert_eq!(line("6А"), (2, NextShape::GoesOn));
    assert_eq!(line("6В"), (4, NextShape::GoesOn), "who is not in the roster goes with the class");
    assert_eq!(line("10А"), (3, NextShape::Composed));
    assert_eq!(line("9Г"), (2, NextShape::PartOfSplit));
    assert_eq!((preview.counts.graduates, preview.counts.leave), (9, 0), "no brake on graduates");
    let changes = apply(&mut school, &plan);
    // 10А alone is taken back: its pupils are in the ninths again, everything else stays.
    let tenth = next_group(&school.register, "10А");
    let parts = parts_of_group(&school.register, &journal(&changes), tenth);
    undo(&mut school, &changes, Some(parts));
    assert_eq!(group_of(&school, pupils[2][0]).as_deref(), Some("9А"));
    assert_eq!(group_of(&school, pupils[4][0]).as_deref(), Some("9Г"));
    assert!(members_of_ended_groups(&school.register).is_empty());
}

#[test]
fn undo_of_one_group_leaves_the_others_and_undo_of_all_leads_back() {
    let mut school = school();
    let groups: Vec<GroupId> = ["5А", "6А", "11А"].iter().map(|label| school.class(label)).collect();
    let pupils: Vec<Vec<PersonId>> = groups.iter().map(|group| school.students(*group, 2)).collect();
    let before = school.register.clone();
    let plan = plan(&school);
    let changes = apply(&mut school, &plan);
    let seventh = next_group(&school.register, "7А");
    let parts = parts_of_group(&school.register, &journal(&changes), seventh);
    assert_eq!(parts.len(), 1);
    assert_eq!(
        parts_of_group(&school.register, &journal(&changes), groups[1]),
        parts,
        "by the old group too"
    );
    let mut all_back = School { register: school.register.clone(), today: TODAY };
    undo(&mut all_back, &changes, None);
    assert!(all_back.register.holds_the_same_as(&before));
    undo(&mut school, &changes, Some(parts));
    assert_eq!(group_of(&school, pupils[0][0]).as_deref(), Some("6А"), "5А went on");
    assert_eq!(group_of(&school, pupils[1][0]).as_deref(), Some("6А"), "6А is back in its year");
    assert_eq!(group_of(&school, pupils[2][0]), None, "the graduates stay graduates");
    assert!(school.register.group(groups[1]).is_some_and(|group| group.archived_on.is_none()));
    assert!(members_of_ended_groups(&school.register).is_empty());
}

#[test]
fn the_rehearsal_is_what_is_applied() {
    let mut school = school();
    for label in ["5А", "9А", "11А"] {
        let group = school.class(label);
        school.students(group, 2);
    }
    let mut plan = plan(&school);
    plan.accept_proposals();
    let change = plan.change(&school.register).expect("every group is answered");
    let rehearsal = rehearse_year(&school.register, &change, &context()).expect("may be done");
    let changes = school.run(Operation::ChangeYear(Box::new(change.clone())));
    assert_eq!(*rehearsal.changes, changes);
    assert!(rehearsal.register.holds_the_same_as(&school.register));
    let again = decide(&school.register, &Operation::ChangeYear(Box::new(change)), &context());
    assert!(matches!(again, Err(Refusal::PlannedOnOlderRegister { .. })));
}

#[test]
fn a_group_left_out_and_one_that_is_there_already() {
    let mut school = school();
    let (left_out, fifth) = (school.class("7Б"), school.class("5А"));
    let there = Group { label: "6А".into(), year: Some(TO), ..Group::default() };
    let there = GroupId(school.run(Operation::Add(vec![there.into()])).changes[0].key().id);
    let (stays, goes) = (school.students(left_out, 1)[0], school.students(fifth, 1)[0]);
    let edits = [
        YearEdit::Fate { group: left_out, fate: GroupFate::LeftOut },
        YearEdit::NewGroups(vec![NextLabel { label: "1А".into(), unit: None }]),
    ];
    let plan = plan(&school).edited(&edits);
    apply(&mut school, &plan);
    assert_eq!(group_of(&school, stays).as_deref(), Some("7Б"));
    assert_eq!(school.register.current_members(there, Role::Student, TODAY), [goes]);
    assert_eq!(school.register.group(there).and_then(|group| group.predecessor), Some(fifth));
    assert!(school.register.groups_in_year(TO).any(|group| group.label == "1А"));
    assert_eq!(
        current_year(&school.register, date(2027, 8, 25)),
        TO,
        "also in August, with a group left behind"
    );
}

#[test]
fn who_does_not_participate_is_not_asked_again() {
    let mut school = school();
    let (ninth, tenth) = (school.class("9А"), NextLabel { label: "10А".into(), unit: None });
    let pupil = school.students(ninth, 1)[0];
    school.takes_part(pupil, ParticipationState::DoesNotParticipate);
    let edits = [
        YearEdit::Fate { group: ninth, fate: GroupFate::Dissolves },
        YearEdit::Person { membership: membership_of(&school, pupil), fate: Some(PersonFate::To(tenth)) },
    ];
    let plan = plan(&school).edited(&edits);
    apply(&mut school, &plan);
    let membership = school.register.membership(membership_of(&school, pupil)).expect("is in 10А");
    assert_eq!(membership.participation.state, ParticipationState::DoesNotParticipate);
}

#[test]
fn the_cabinet_gets_one_step_that_names_what_to_do() {
    let mut school = school();
    for label in ["5А", "11А"] {
        school.class(label);
    }
    school.group("Шахматы", GroupKind::Club);
    let new = YearEdit::NewGroups(vec![NextLabel { label: "1А".into(), unit: None }]);
    let plan = plan(&school).edited(&[new]);
    let changes = apply(&mut school, &plan);
    let step = school.register.tables().cabinet_tasks.values().next().expect("one step").text.clone();
    assert_eq!(
        step,
        "Группы кабинета на 2027/2028 учебный год: переименовать 5А → 6А; создать 1А; закрыть 11А"
    );
    // Ticked, it keeps nothing else from being taken back.
    let seen = school.register.tables().cabinet_tasks.values().next().cloned().expect("one step");
    let outcome = TaskOutcome::Done { on: TODAY };
    school.run(Operation::SetTasks { seen: vec![std::sync::Arc::new(seen)], outcome });
    let undone = undo(&mut school, &changes, None);
    assert_eq!(undone.kept.len(), 1);
    assert!(school.register.groups_in_year(FROM).any(|group| group.label == "5А"));
}

#[test]
fn the_change_is_due_from_april_until_it_is_done() {
    let mut school = school();
    assert_eq!(due_year_change(&school.register, TODAY), None, "an empty file");
    school.class("5А");
    let due = Some((FROM, TO));
    let table = [
        (date(2026, 10, 1), None),
        (date(2027, 3, 31), None),
        (date(2027, 4, 1), due),
        (date(2027, 8, 31), due),
        (date(2027, 9, 1), due),
        (date(2028, 2, 1), due),
    ];
    for (today, expected) in table {
        assert_eq!(due_year_change(&school.register, today), expected, "{today}");
    }
    let plan = plan(&school);
    apply(&mut school, &plan);
    for (today, expected) in
        [(date(2027, 8, 25), None), (TODAY, None), (date(2028, 5, 1), Some((TO, SchoolYear(2028))))]
    {
        assert_eq!(due_year_change(&school.register, today), expected, "{today}");
    }
}
