//! The rules at their boundary days. The link of the tables is handed over on 1 September 2026.

use jiff::civil::{Date, date};

use super::*;
use crate::names::Role;
use crate::register::{
    Chat, ChatKind, Deferral, EntityKey, Exposure, GroupId, HandOver, HandOverWay, Operation,
    ParticipationState, Register, Revocation,
};
use crate::regulation::fixture::School;

mod matrix;

const HANDED: Date = date(2026, 9, 1);

/// The day so many days after the hand-over.
fn day(days: u16) -> Date {
    days_after(HANDED, days)
}

fn codes(register: &Register, id: InviteId, today: Date) -> Vec<&'static str> {
    let invite = register.invite(id).expect("was added");
    let flags = flags_of_invite(register, invite, today);
    let in_all: Vec<Flag> = all_flags(register, today)
        .into_iter()
        .find(|(flagged, _)| *flagged == id)
        .map(|found| found.1)
        .unwrap_or_default();
    assert_eq!(flags, in_all, "one link and all links at once say the same");
    flags.iter().map(|flag| flag.rule.code()).collect()
}

fn expect_on(school: &School, id: InviteId, table: &[(u16, &[&str])]) {
    for (days, expected) in table {
        assert_eq!(codes(&school.register, id, day(*days)), *expected, "day {days}");
    }
}

fn reason(school: &School, id: InviteId, today: Date) -> String {
    let invite = school.invite(id);
    explain(&flags_of_invite(&school.register, &invite, today)[0], &school.register, &invite, today)
}

fn class_with_link(role: Role) -> (School, GroupId, InviteId) {
    let mut school = School::new();
    let group = school.class("7Б");
    let id = school.link(Target::Group(group), role, Some(HANDED));
    (school, group, id)
}

/// A class whose students link stands in its chat.
fn chat_with_link() -> (School, Chat, InviteId) {
    let mut school = School::new();
    let group = school.class("7Б");
    let chat = school.chat(group, ChatKind::Students);
    let id = school.link(Target::Chat(chat), Role::Student, Some(HANDED));
    let chat = (**school.register.chat(chat).expect("was added")).clone();
    (school, chat, id)
}

#[test]
fn rule_1_nobody_joined_by_the_latest_look_counts_from_day_14() {
    let (mut school, group, id) = class_with_link(Role::Student);
    school.observe(Target::Group(group), Role::Student, day(10), 0, Some(27));
    expect_on(
        &school,
        id,
        &[(10, &[]), (13, &[]), (14, &["unclaimed"]), (15, &["unclaimed"]), (43, &["unclaimed"])],
    );
    assert_eq!(reason(&school, id, day(43)), "передана 43 дня назад, на 11 сен в классе никого из 27");
    let flag = flags_of_invite(&school.register, &school.invite(id), day(43))[0];
    assert_eq!(flag.since, day(14));
    assert_eq!(flag.fact, FlagFact::NobodyJoined { seen_on: day(10), of: Some(27) });
}

#[test]
fn rule_1_without_any_look_is_a_flag_from_day_30_only() {
    let (school, _, id) = class_with_link(Role::Student);
    expect_on(&school, id, &[(13, &[]), (14, &[]), (29, &[]), (30, &["unclaimed"]), (31, &["unclaimed"])]);
    assert_eq!(reason(&school, id, day(34)), "нет сведений 34 дня: сверьте или аннулируйте");
}

#[test]
fn rule_1_asks_for_a_look_at_or_after_the_hand_over() {
    let (mut school, group, id) = class_with_link(Role::Student);
    school.observe(Target::Group(group), Role::Student, date(2026, 8, 31), 0, Some(27));
    expect_on(&school, id, &[(15, &[]), (29, &[]), (30, &["unclaimed"])]);
    school.observe(Target::Group(group), Role::Student, HANDED, 0, Some(27));
    expect_on(&school, id, &[(13, &[]), (14, &["unclaimed"])]);
    school.observe(Target::Group(group), Role::Student, day(20), 3, Some(27));
    expect_on(&school, id, &[(20, &[]), (40, &[])]);
}

#[test]
fn rule_1_hears_of_parents_nothing_from_students() {
    let (mut school, group, id) = class_with_link(Role::Parent);
    school.observe(Target::Group(group), Role::Student, day(20), 0, Some(27));
    expect_on(&school, id, &[(20, &[]), (29, &[]), (30, &["unclaimed"])]);
}

#[test]
fn rule_1_keeps_each_role_to_its_own_thresholds() {
    let (mut school, group, id) = class_with_link(Role::Student);
    let parents = school.link(Target::Group(group), Role::Parent, Some(HANDED));
    school
        .settings(|settings| (settings.parent.unclaimed_observed, settings.parent.unclaimed_silent) = (5, 8));
    expect_on(&school, id, &[(8, &[]), (29, &[])]);
    expect_on(&school, parents, &[(7, &[]), (8, &["unclaimed"])]);
    school.observe(Target::Group(group), Role::Parent, day(3), 0, None);
    expect_on(&school, parents, &[(4, &[]), (5, &["unclaimed"])]);
}

#[test]
fn rule_1_of_a_chat_looks_at_the_group_where_the_chat_was_not_seen() {
    let (mut school, chat, id) = chat_with_link();
    let group = Target::Group(chat.group.expect("a class chat"));
    school.observe(group, Role::Student, day(14), 0, Some(27));
    expect_on(&school, id, &[(14, &["unclaimed"])]);
    assert!(flags_of_invite(&school.register, &school.invite(id), day(14))[0].is_recommendation);
    school.observe(Target::Chat(chat.id), Role::Student, day(14), 4, Some(27));
    expect_on(&school, id, &[(14, &[])]);
    // A subject chat is not the class.
    let physics = school.chat(chat.group.expect("a class chat"), ChatKind::Subject);
    let physics = school.link(Target::Chat(physics), Role::Student, Some(HANDED));
    expect_on(&school, physics, &[(20, &[]), (30, &["unclaimed"])]);
}

#[test]
fn rule_2_the_same_number_over_the_looks_of_30_days() {
    for (days_between_looks, expected) in [(29, &[][..]), (30, &["stalled"][..]), (31, &["stalled"][..])] {
        let (mut school, group, id) = class_with_link(Role::Parent);
        school.observe(Target::Group(group), Role::Parent, day(1), 22, Some(26));
        school.observe(Target::Group(group), Role::Parent, day(1 + days_between_looks), 22, Some(26));
        assert_eq!(codes(&school.register, id, day(43)), expected, "{days_between_looks} days apart");
    }
}

#[test]
fn rule_2_asks_for_looks_after_the_hand_over_and_somebody_still_out() {
    type Case = (&'static str, &'static [(u16, u32)], &'static [&'static str]);
    let table: [Case; 5] = [
        ("one more joined", &[(1, 22), (31, 23)], &[]),
        ("fewer after some left", &[(1, 22), (31, 21)], &["stalled"]),
        ("joined in between, then a month of none", &[(1, 20), (5, 22), (35, 22)], &["stalled"]),
        ("joined late", &[(1, 20), (20, 22), (35, 22)], &[]),
        ("everybody is in", &[(1, 26), (31, 26)], &["served"]),
    ];
    for (what, looks, expected) in table {
        let (mut school, group, id) = class_with_link(Role::Parent);
        for (on, joined) in looks {
            school.observe(Target::Group(group), Role::Parent, day(*on), *joined, Some(26));
        }
        assert_eq!(codes(&school.register, id, day(43)), expected, "{what}");
    }
    let (mut school, group, id) = class_with_link(Role::Parent);
    school.observe(Target::Group(group), Role::Parent, date(2026, 8, 20), 22, Some(26));
    school.observe(Target::Group(group), Role::Parent, day(20), 22, Some(26));
    expect_on(&school, id, &[(43, &[])]);
}

#[test]
fn rule_2_counts_nobody_out_who_does_not_take_part() {
    let (mut school, group, id) = class_with_link(Role::Student);
    let students = school.students(group, 4);
    for on in [1, 31] {
        school.observe(Target::Group(group), Role::Student, day(on), 3, Some(4));
    }
    expect_on(&school, id, &[(43, &["stalled"])]);
    assert_eq!(reason(&school, id, day(43)), "с 2 сен по 2 окт внутри одни и те же 3 из 4");
    school.takes_part(students[0], ParticipationState::DoesNotParticipate);
    expect_on(&school, id, &[(43, &["served"])]);
    // Who was not invited is no reason to blame the link, and no reason to call it served.
    school.takes_part(students[0], ParticipationState::NotInvited);
    expect_on(&school, id, &[(43, &[])]);
}

#[test]
fn rule_3_every_student_joined_or_does_not_take_part_by_what_is_known_of_each() {
    use ParticipationState::*;
    let table: [(&[ParticipationState], &[&str]); 6] = [
        (&[Joined, Confirmed], &["served"]),
        (&[Joined, DoesNotParticipate], &["served"]),
        (&[Joined, NoInformation], &[]),
        (&[Joined, Invited], &[]),
        (&[Joined, NotInvited], &[]),
        (&[DoesNotParticipate, DoesNotParticipate], &[]),
    ];
    for (states, expected) in table {
        let (mut school, group, id) = class_with_link(Role::Student);
        for (student, state) in school.students(group, states.len()).into_iter().zip(states) {
            school.takes_part(student, *state);
        }
        assert_eq!(codes(&school.register, id, day(25)), expected, "{states:?}");
    }
}

#[test]
fn rule_3_who_left_is_not_waited_for_and_who_came_later_is() {
    let (mut school, group, id) = class_with_link(Role::Student);
    let students = school.students(group, 3);
    school.observe(Target::Group(group), Role::Student, day(5), 2, None);
    expect_on(&school, id, &[(20, &[])]);
    school.leaves(students[2], day(10));
    expect_on(&school, id, &[(20, &["served"])]);
    assert_eq!(reason(&school, id, day(20)), "на 6 сен внутри все, кого ждали: 2");
    school.students(group, 1);
    expect_on(&school, id, &[(20, &[])]);
}

#[test]
fn rule_3_for_parents_one_adult_of_each_child_is_enough() {
    use ParticipationState::*;
    let (mut school, group, id) = class_with_link(Role::Parent);
    let children = school.students(group, 2);
    let mother = school.adult(children[0]);
    school.adult(children[0]);
    let other = school.adult(children[1]);
    school.adult_takes_part(children[0], mother, Joined);
    expect_on(&school, id, &[(25, &[])]);
    school.adult_takes_part(children[1], other, Invited);
    expect_on(&school, id, &[(25, &[])]);
    school.adult_takes_part(children[1], other, DoesNotParticipate);
    expect_on(&school, id, &[(25, &["served"])]);
}

#[test]
fn rule_4_the_day_after_the_last_day() {
    let (mut school, group, _) = class_with_link(Role::Student);
    let last_day = Some(day(10));
    let target = Target::Group(group);
    let id = school.link_with(target, Role::Parent, Some(HANDED), |invite| invite.expires_on = last_day);
    expect_on(&school, id, &[(9, &[]), (10, &[]), (11, &["expired"])]);
    assert_eq!(reason(&school, id, day(11)), "действовала до 11 сен");
}

#[test]
fn rule_5_archive_or_the_end_of_the_school_year() {
    let (mut school, chat, id) = chat_with_link();
    school.observe(Target::Chat(chat.id), Role::Student, day(1), 3, Some(27));
    for (today, expected) in [(date(2027, 8, 31), &[][..]), (date(2027, 9, 1), &["target_gone"][..])] {
        assert_eq!(codes(&school.register, id, today), expected, "{today}");
    }
    assert!(reason(&school, id, date(2027, 9, 1)).ends_with("учебный год 2026/2027 закончился"));
    let group = chat.group.expect("a class chat");
    school.run(Operation::Archive { keys: vec![EntityKey::from(group)], on: day(30) });
    expect_on(&school, id, &[(31, &["target_gone"])]);
    assert_eq!(reason(&school, id, day(31)), "чат в архиве с 1 окт");
}

#[test]
fn rule_6_the_owner_or_the_only_holder_left() {
    let (mut school, chat, id) = chat_with_link();
    let teacher = school.person("Носова", Role::Teacher, None);
    school.edit(chat.clone(), Chat { owner: Some(teacher), ..chat });
    let hand_over = |way| HandOver { on: Some(HANDED), way, to: Some(teacher), note: String::new() };
    let group = school.class("7В");
    let [with_one, printed] = [HandOverWay::ClassTeacher, HandOverWay::Print].map(|way| {
        let role = if way == HandOverWay::Print { Role::Parent } else { Role::Student };
        school.link_with(Target::Group(group), role, Some(HANDED), |invite| {
            invite.handed_over = Some(hand_over(way))
        })
    });
    school.leaves(teacher, day(10));
    expect_on(&school, id, &[(9, &[]), (10, &["orphaned"]), (11, &["orphaned"])]);
    expect_on(&school, with_one, &[(9, &[]), (10, &["orphaned"])]);
    expect_on(&school, printed, &[(10, &[])]);
    assert_eq!(reason(&school, id, day(11)), "владелец чата выбыл 11 сен: Носова В. И.");
}

#[test]
fn rule_6_a_new_administrator_alone_flags_nothing() {
    let (mut school, _, id) = class_with_link(Role::Student);
    let seen = school.register.organization().clone();
    let mut wanted = seen.clone();
    wanted.administrator.name = "Давыдов Пётр Алексеевич".into();
    school.edit(seen, wanted);
    expect_on(&school, id, &[(10, &[])]);
}

#[test]
fn rule_7_only_a_newer_link_in_force_supersedes() {
    let (mut school, group, old) = class_with_link(Role::Student);
    let target = Target::Group(group);
    school.link(target, Role::Parent, Some(day(5)));
    school.link(target, Role::Student, None);
    expect_on(&school, old, &[(10, &[])]);
    let newer = school.link(target, Role::Student, Some(day(5)));
    expect_on(&school, old, &[(10, &["superseded"])]);
    expect_on(&school, newer, &[(10, &[])]);
    let seen = vec![school.invite(newer)];
    school.run(Operation::RevokeInvites { seen, on: day(8), reason: String::new(), successor: None });
    expect_on(&school, old, &[(10, &[])]);
}

#[test]
fn rule_7_of_two_made_on_one_day_none_is_newer() {
    let (mut school, group, first) = class_with_link(Role::Student);
    let second = school.link(Target::Group(group), Role::Student, Some(HANDED));
    expect_on(&school, first, &[(10, &[])]);
    expect_on(&school, second, &[(10, &[])]);
}

#[test]
fn rule_8_students_and_parents_do_not_belong_among_the_staff() {
    let mut school = School::new();
    let staff = school.staff_group();
    let class = school.class("7Б");
    let of_teachers = school.chat(class, ChatKind::Teachers);
    let table = [
        (Target::Group(staff), Role::Student, true),
        (Target::Group(staff), Role::Parent, true),
        (Target::Chat(of_teachers), Role::Student, true),
        (Target::Group(staff), Role::Teacher, false),
        (Target::Group(class), Role::Student, false),
        (Target::Organization, Role::Student, false),
    ];
    for (target, role, is_wrong) in table {
        let id = school.link(target, role, Some(HANDED));
        assert_eq!(
            codes(&school.register, id, day(1)).contains(&"wrong_role"),
            is_wrong,
            "{target:?} {role:?}"
        );
    }
}

#[test]
fn rule_9_exposed_at_once_and_even_while_deferred() {
    let (mut school, _, id) = class_with_link(Role::Student);
    let seen = vec![school.invite(id)];
    school.run(Operation::ExposeInvites {
        seen, on: day(2), note: "снимок экрана в открытой группе".into()
    });
    expect_on(&school, id, &[(2, &["exposed"])]);
    let flag = flags_of_invite(&school.register, &school.invite(id), day(3))[0];
    assert_eq!((flag.since, flag.act_by), (day(2), day(2)));
    assert_eq!(reason(&school, id, day(3)), "у посторонних с 3 сен: снимок экрана в открытой группе");
    let seen = school.invite(id);
    let deferral = Some(Deferral { until: date(2027, 1, 20), reason: String::new() });
    school.edit((*seen).clone(), crate::register::Invite { deferral, ..(*seen).clone() });
    expect_on(&school, id, &[(2, &["exposed"]), (40, &["exposed"])]);
}

#[test]
fn rule_10_links_for_staff_after_day_7() {
    for role in [Role::Teacher, Role::Employee] {
        let mut school = School::new();
        let id = school.link(Target::Organization, role, Some(HANDED));
        expect_on(&school, id, &[(6, &[]), (7, &[]), (8, &["old_privileged"])]);
        assert_eq!(flags_of_invite(&school.register, &school.invite(id), day(20))[0].since, day(8));
        school.settings(|settings| settings.thresholds_mut(role).privileged = 3);
        expect_on(&school, id, &[(3, &[]), (4, &["old_privileged"])]);
    }
    let (school, _, id) = class_with_link(Role::Student);
    expect_on(&school, id, &[(8, &[])]);
}

#[test]
fn a_link_in_reserve_is_exempt_from_rules_1_2_3_and_10() {
    let mut school = School::new();
    let group = school.class("7Б");
    let target = Target::Group(group);
    school.observe(target, Role::Student, day(1), 0, Some(27));
    let in_reserve =
        |invite: &mut crate::register::Invite| (invite.handed_over, invite.issued_on) = (None, Some(HANDED));
    let id = school.link_with(target, Role::Student, None, in_reserve);
    let staff = school.link_with(Target::Organization, Role::Teacher, None, in_reserve);
    expect_on(&school, id, &[(20, &[]), (60, &[])]);
    expect_on(&school, staff, &[(60, &[])]);
    // The other rules hold for it.
    school.run(Operation::Archive { keys: vec![EntityKey::from(group)], on: day(30) });
    expect_on(&school, id, &[(60, &["target_gone"])]);
}

#[test]
fn a_deferred_link_comes_back_on_its_day_and_a_revoked_one_never() {
    let (mut school, group, id) = class_with_link(Role::Student);
    let deferral = Some(Deferral { until: day(50), reason: String::new() });
    let target = Target::Group(group);
    let deferred = school.link_with(target, Role::Parent, Some(HANDED), |invite| invite.deferral = deferral);
    expect_on(&school, deferred, &[(40, &[]), (49, &[]), (50, &["unclaimed"])]);
    let revocation = Some(Revocation { on: day(10), ..Revocation::default() });
    let exposure = Some(Exposure { on: day(10), note: String::new() });
    let revoked = school.link_with(target, Role::Employee, Some(HANDED), |invite| {
        (invite.revocation, invite.exposure) = (revocation, exposure);
    });
    expect_on(&school, revoked, &[(9, &[]), (60, &[])]);
    expect_on(&school, id, &[(60, &["unclaimed"])]);
}

#[test]
fn nobody_is_late_with_a_link_entered_today() {
    let (school, _, id) = class_with_link(Role::Student);
    let flag = flags_of_invite(&school.register, &school.invite(id), school.today)[0];
    assert_eq!((flag.since, flag.act_by), (day(30), days_after(school.today, 7)));
    assert_eq!(flag.duty().code(), "2.3-9");
    assert!(!flag.is_recommendation);
}

#[test]
fn the_most_pressing_flag_stands_first() {
    let mut school = School::new();
    let staff = school.staff_group();
    school.observe(Target::Group(staff), Role::Teacher, day(1), 0, Some(48));
    let id = school.link(Target::Group(staff), Role::Teacher, Some(HANDED));
    expect_on(&school, id, &[(42, &["old_privileged", "unclaimed"])]);
}

#[test]
fn every_rule_has_the_code_of_the_domain() {
    let mut codes: Vec<&str> = StalenessRule::ALL.into_iter().map(StalenessRule::code).collect();
    for code in &codes {
        assert_eq!(StalenessRule::from_code(code).map(StalenessRule::code), Some(*code));
    }
    codes.sort_unstable();
    let of_domain = [
        "expired",
        "exposed",
        "old_privileged",
        "orphaned",
        "served",
        "stalled",
        "superseded",
        "target_gone",
        "unclaimed",
        "wrong_role",
    ];
    assert_eq!(codes, of_domain);
}
