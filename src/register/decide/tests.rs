//! What `decide` lets through and what it refuses; undo by parts.

use jiff::civil::{Date, date};

use super::super::change::{Change, ChangeSet, JournalChange, KeptBecause};
use super::super::entity::{Entity, EntityKey, EntityKind};
use super::super::ids::*;
use super::super::{
    Group, GroupChoice, GroupKind, HandOver, ImportOperation, Invite, Membership, NewGroup, NewMembership,
    Observation, ObservationSource, Operation, OrderReference, Organization, Origin, Participation,
    ParticipationState, Person, Refusal, Register, RowDecision, RowPerson, SchoolYear, Target, Unit,
    Verification,
};
use super::{Context, decide};
use crate::names::{FullName, InviteAddress, Role};

mod class_sheet;
mod class_teachers;
mod families;
mod group_moves;
mod merge;
mod movement;
mod reconciliation;

const TODAY: Date = date(2026, 10, 12);

fn context() -> Context {
    Context { today: TODAY, now: jiff::Timestamp::UNIX_EPOCH, actor: "Администратор".into() }
}

fn founded() -> Register {
    let mut register = Register::default();
    let organization = Organization { name: "Школа № 14".into(), ..Organization::default() };
    done(&mut register, &Operation::Found(organization));
    register
}

fn done(register: &mut Register, operation: &Operation) -> ChangeSet {
    let set = decide(register, operation, &context()).expect("an accepted operation");
    register.apply(&set);
    register.revision += 1;
    set
}

fn refused(register: &Register, operation: &Operation) -> Refusal {
    decide(register, operation, &context()).expect_err("a refusal")
}

fn class(label: &str) -> Operation {
    Operation::Add(vec![
        Group { label: label.into(), year: Some(SchoolYear(2026)), ..Group::default() }.into(),
    ])
}

fn invite(token: &str) -> Invite {
    Invite {
        id: InviteId(0),
        target: Target::Organization,
        role: Role::Student,
        address: InviteAddress::parse(&format!("https://max.ru/join/{token}")).expect("well-formed").0,
        recorded_on: TODAY,
        issued_on: Some(date(2026, 9, 1)),
        issued_by: None,
        handed_over: None,
        expires_on: None,
        replaced_by: None,
        revocation: None,
        deferral: None,
        exposure: None,
        delegation: None,
        failed: None,
    }
}

fn journal(set: &ChangeSet) -> Vec<JournalChange> {
    let row =
        |change: &Change| JournalChange { part: change.part, key: change.key(), fields: change.fields() };
    set.changes.iter().map(row).collect()
}

fn undo(set: &ChangeSet, code: &str) -> Operation {
    Operation::Undo { entry: 2, code: code.into(), parts: None, changes: journal(set) }
}

#[test]
fn founding_brings_the_teaching_staff_and_happens_once() {
    let register = founded();
    let staff: Vec<GroupKind> = register.tables().groups.values().map(|group| group.kind).collect();
    assert_eq!(staff, [GroupKind::TeachingStaff], "duty 2.3-2: present from the start");
    assert_eq!(refused(&register, &Operation::Found(Organization::default())), Refusal::AlreadyFounded);
    assert_eq!(refused(&Register::default(), &class("7Б")), Refusal::NotFounded);
    let set = ChangeSet::default();
    assert_eq!(refused(&register, &undo(&set, "found")), Refusal::CannotUndoFounding);
}

#[test]
fn the_same_label_twice_only_in_another_year_or_unit() {
    let mut register = founded();
    done(&mut register, &class("7Б"));
    assert!(matches!(refused(&register, &class("7 «б»")), Refusal::DuplicateGroup { .. }));
    let next_year = Group { label: "7Б".into(), year: Some(SchoolYear(2027)), ..Group::default() };
    done(&mut register, &Operation::Add(vec![next_year.into()]));
    done(&mut register, &Operation::Add(vec![Unit { name: "Лесная, 12".into(), ..Unit::default() }.into()]));
    let elsewhere =
        Group {
            label: "7Б".into(), year: Some(SchoolYear(2026)), unit: Some(UnitId(1)), ..Group::default()
        };
    done(&mut register, &Operation::Add(vec![elsewhere.into()]));
}

#[test]
fn fields_are_checked_before_anything_changes() {
    let register = founded();
    let nobody = |name: FullName| Operation::AddPerson {
        person: Person { name, ..Person::default() },
        memberships: vec![],
        children: vec![],
    };
    let cases: Vec<(Operation, Refusal)> = vec![
        (nobody(FullName::new("", "Пётр", "")), Refusal::EmptyField { field: "surname" }),
        (nobody(FullName::new("Белкин", "", "")), Refusal::EmptyField { field: "given" }),
        (class(" "), Refusal::EmptyField { field: "label" }),
        (class(&"я".repeat(501)), Refusal::TooLong { field: "label", limit: 500 }),
        (
            Operation::Observe(vec![observation(date(2026, 10, 13), 1, None)]),
            Refusal::DateInFuture { field: "on" },
        ),
        (
            Operation::Observe(vec![observation(TODAY, 28, Some(27))]),
            Refusal::MoreThanAll { joined: 28, of: 27 },
        ),
        (
            Operation::AddInvites(vec![Invite { issued_on: Some(date(2026, 10, 13)), ..invite("a") }]),
            Refusal::DateInFuture { field: "issued_on" },
        ),
        (
            Operation::AddInvites(vec![Invite {
                handed_over: Some(HandOver { on: Some(date(2026, 8, 31)), ..HandOver::default() }),
                ..invite("a")
            }]),
            Refusal::EndBeforeBeginning,
        ),
        (
            Operation::Archive { keys: vec![SettingsId(1).into()], on: TODAY },
            Refusal::NotArchivable(SettingsId(1).into()),
        ),
    ];
    for (operation, expected) in cases {
        assert_eq!(refused(&register, &operation), expected, "{}", operation.code());
    }
}

fn observation(on: Date, joined: u32, of: Option<u32>) -> Observation {
    Observation {
        id: ObservationId(0),
        target: Target::Organization,
        role: Role::Student,
        on,
        source: ObservationSource::Number,
        joined,
        of,
    }
}

#[test]
fn an_address_stands_once_whatever_its_state() {
    let mut register = founded();
    done(&mut register, &Operation::AddInvites(vec![invite("aaaa"), invite("bbbb")]));
    let again = Operation::AddInvites(vec![invite("aaaa")]);
    assert_eq!(refused(&register, &again), Refusal::DuplicateAddress { first: InviteId(1) });
    let twice = Operation::AddInvites(vec![invite("cccc"), invite("cccc")]);
    assert!(matches!(refused(&register, &twice), Refusal::DuplicateAddress { .. }));
    revoke(&mut register, InviteId(1), None);
    assert_eq!(refused(&register, &again), Refusal::DuplicateAddress { first: InviteId(1) });
    done(&mut register, &Operation::AddInvites(vec![invite("AAAA")]));
}

fn revoke(register: &mut Register, id: InviteId, successor: Option<&str>) -> ChangeSet {
    let seen = vec![register.invite(id).expect("a link").clone()];
    let address =
        |token| InviteAddress::parse(&format!("https://max.ru/join/{token}")).expect("well-formed").0;
    let successor = successor.map(address);
    done(register, &Operation::RevokeInvites { seen, on: TODAY, reason: "unclaimed".into(), successor })
}

#[test]
fn a_revoked_link_stays_and_its_successor_starts_in_reserve() {
    let mut register = founded();
    done(&mut register, &Operation::AddInvites(vec![invite("aaaa")]));
    revoke(&mut register, InviteId(1), Some("bbbb"));
    let old = register.invite(InviteId(1)).expect("the old link stays").clone();
    let new = register.invite(InviteId(2)).expect("the successor");
    assert_eq!(old.replaced_by, Some(InviteId(2)));
    assert_eq!(old.revocation.as_ref().map(|revocation| revocation.by.as_str()), Some("Администратор"));
    assert!(new.handed_over.is_none() && new.revocation.is_none());
    let again =
        Operation::RevokeInvites { seen: vec![old], on: TODAY, reason: String::new(), successor: None };
    assert_eq!(refused(&register, &again), Refusal::AlreadyRevoked(InviteId(1)));
}

#[test]
fn what_was_not_seen_is_not_changed() {
    let mut register = founded();
    done(&mut register, &Operation::AddInvites(vec![invite("aaaa")]));
    let seen = register.invite(InviteId(1)).expect("a link").clone();
    let defer =
        |seen| Operation::DeferInvites { seen: vec![seen], until: date(2026, 10, 19), reason: String::new() };
    done(&mut register, &defer(seen.clone()));
    assert_eq!(refused(&register, &defer(seen)), Refusal::ChangedSinceSeen(InviteId(1).into()));
    let import = Operation::ApplyImport(ImportOperation { planned_at: 1, ..ImportOperation::default() });
    assert_eq!(refused(&register, &import), Refusal::PlannedOnOlderRegister { planned_at: 1, revision: 3 });
}

fn row(number: u32, surname: &str) -> RowDecision {
    RowDecision {
        row: number,
        person: RowPerson::New {
            name: FullName::new(surname, "Пётр", ""), birth_date: None, phone: None
        },
        join: Some(NewMembership {
            role: Role::Student,
            group: Some(GroupChoice::New(0)),
            post: String::new(),
        }),
        move_membership: None,
        set_post: None,
        adults: Vec::new(),
        children: Vec::new(),
    }
}

fn import(register: &Register) -> Operation {
    Operation::ApplyImport(ImportOperation {
        planned_at: register.revision,
        year: Some(SchoolYear(2026)),
        new_groups: vec![NewGroup { label: "7Б".into(), kind: GroupKind::SchoolClass, unit: None }],
        rows: vec![row(2, "Белкин"), row(3, "Зорин"), row(4, "Рощин")],
        ..ImportOperation::default()
    })
}

#[test]
fn an_import_marks_what_it_set_and_a_hand_edit_takes_over() {
    let mut register = founded();
    let operation = import(&register);
    done(&mut register, &operation);
    let person = register.person(PersonId(1)).expect("the first row").clone();
    assert_eq!(person.name_origin, Origin::Import(2), "the journal entry of the import");
    let wanted = Person { birth_date: Some(date(2013, 1, 2)), ..(*person).clone() };
    done(&mut register, &Operation::Edit { seen: person.into(), wanted: wanted.into() });
    let person = register.person(PersonId(1)).expect("the first row");
    assert_eq!((person.name_origin, person.birth_date_origin), (Origin::Import(2), Origin::Hand));
}

#[test]
fn undo_keeps_whole_parts_that_were_changed_later() {
    let mut register = founded();
    let operation = import(&register);
    let before = register.clone();
    let set = done(&mut register, &operation);
    let untouched = {
        let mut back = register.clone();
        back.apply(&decide(&register, &undo(&set, "import"), &context()).expect("nothing stands in the way"));
        back
    };
    assert!(untouched.holds_the_same_as(&before), "import∘undo is identity");

    let zorin = register.person(PersonId(2)).expect("the second row").clone();
    let wanted = Person { note: "знает флейту".into(), ..(*zorin).clone() };
    done(&mut register, &Operation::Edit { seen: zorin.into(), wanted: wanted.into() });
    let undone = decide(&register, &undo(&set, "import"), &context()).expect("the rest is taken back");
    let kept: Vec<(u32, KeptBecause)> = undone.kept.iter().map(|part| (part.part, part.because)).collect();
    assert_eq!(kept, [(1, KeptBecause::ReferredLater), (3, KeptBecause::ChangedLater)]);
    register.apply(&undone);
    let left: Vec<&str> =
        register.tables().people.values().map(|person| person.name.surname.as_str()).collect();
    assert_eq!(left, ["Зорин"]);
    assert_eq!(register.tables().memberships.len(), 1, "the kept part keeps its membership");
}

#[test]
fn undo_of_one_part_leaves_the_others() {
    let mut register = founded();
    let operation = import(&register);
    let set = done(&mut register, &operation);
    let one = |parts| Operation::Undo {
        entry: 2,
        code: "import".into(),
        parts: Some(parts),
        changes: journal(&set),
    };
    assert_eq!(refused(&register, &one(vec![9])), Refusal::NoSuchPart);
    done(&mut register, &one(vec![4]));
    let left: Vec<&str> =
        register.tables().people.values().map(|person| person.name.surname.as_str()).collect();
    assert_eq!(left, ["Белкин", "Зорин"]);
    assert_eq!(refused(&register, &one(vec![4])), Refusal::EveryPartKept, "it is gone already");
}

#[test]
fn ids_never_come_back_after_undo() {
    let mut register = founded();
    let set = done(&mut register, &Operation::AddInvites(vec![invite("aaaa")]));
    done(&mut register, &undo(&set, "add_invites"));
    done(&mut register, &Operation::AddInvites(vec![invite("bbbb")]));
    let ids: Vec<u32> = register.tables().invites.values().map(|invite| invite.id.0).collect();
    assert_eq!(ids, [2]);
}

#[test]
fn moving_ends_one_membership_and_begins_another_without_knowledge() {
    let mut register = founded();
    let operation = import(&register);
    done(&mut register, &operation);
    done(&mut register, &class("7А"));
    let membership = register.membership(MembershipId(1)).expect("a membership").clone();
    let participation =
        Participation { state: ParticipationState::Joined, as_of: Some(TODAY), ..Participation::default() };
    let seen = vec![Entity::from(membership)];
    done(&mut register, &Operation::SetParticipation { seen, participation });
    let seen = register.membership(MembershipId(1)).expect("a membership").clone();
    let order = OrderReference { number: "214".into(), date: Some(TODAY) };
    done(&mut register, &Operation::MoveMember { seen, to: GroupId(3), on: TODAY, order });
    let old = register.membership(MembershipId(1)).expect("the old one");
    let new = register.membership(MembershipId(4)).expect("the new one");
    assert_eq!((old.until, new.since, new.group), (Some(date(2026, 10, 11)), Some(TODAY), Some(GroupId(3))));
    assert_eq!(new.participation, Participation::default());
    assert_eq!(register.tables().movements.len(), 1);
}

#[test]
fn who_leaves_leaves_everywhere() {
    let mut register = founded();
    let teacher = Person { name: FullName::new("Рощина", "Алина", ""), ..Person::default() };
    let membership = Membership {
        id: MembershipId(0),
        person: PersonId(0),
        role: Role::Teacher,
        group: Some(GroupId(1)),
        origin: Origin::Hand,
        post: String::new(),
        post_origin: Origin::Hand,
        since: None,
        until: None,
        participation: Participation::default(),
        verification: Verification::default(),
        verification_since: None,
    };
    done(&mut register, &class("7Б"));
    done(
        &mut register,
        &Operation::AddPerson { person: teacher, memberships: vec![membership], children: vec![] },
    );
    let assignment =
        super::super::Assignment { group: GroupId(2), person: PersonId(1), ..Default::default() };
    done(&mut register, &Operation::Add(vec![assignment.into()]));
    let people = vec![register.person(PersonId(1)).expect("the teacher").clone()];
    done(&mut register, &Operation::Depart { people, on: TODAY, order: OrderReference::default() });
    assert_eq!(register.person(PersonId(1)).and_then(|person| person.left_on), Some(TODAY));
    assert_eq!(
        register.tables().memberships.values().filter(|membership| membership.until.is_none()).count(),
        0
    );
    assert_eq!(
        register.tables().assignments.values().filter(|assignment| assignment.until.is_none()).count(),
        0
    );
}

#[test]
fn archiving_a_group_takes_its_chats_along_and_brings_back_only_those() {
    let mut register = founded();
    done(&mut register, &class("7Б"));
    let chat = |title: &str| super::super::Chat {
        group: Some(GroupId(2)),
        title: title.into(),
        ..Default::default()
    };
    done(&mut register, &Operation::Add(vec![chat("7Б").into(), chat("Физика").into()]));
    done(&mut register, &Operation::Archive { keys: vec![ChatId(2).into()], on: date(2026, 9, 30) });
    done(&mut register, &Operation::Archive { keys: vec![GroupId(2).into()], on: TODAY });
    assert_eq!(register.chat(ChatId(1)).and_then(|chat| chat.archived_on), Some(TODAY));
    done(&mut register, &Operation::Restore { keys: vec![GroupId(2).into()] });
    assert_eq!(register.chat(ChatId(1)).and_then(|chat| chat.archived_on), None);
    assert_eq!(register.chat(ChatId(2)).and_then(|chat| chat.archived_on), Some(date(2026, 9, 30)));
}

#[test]
fn every_kind_reads_back_from_its_own_json() {
    let mut register = founded();
    let operation = import(&register);
    done(&mut register, &operation);
    done(&mut register, &Operation::AddInvites(vec![invite("aaaa")]));
    done(&mut register, &Operation::Observe(vec![observation(TODAY, 3, Some(27))]));
    for entity in register.tables().entities() {
        let text = entity.to_json_text();
        assert_eq!(Entity::from_json_text(entity.key(), &text).expect("its own text"), entity, "{text}");
        assert_eq!(Entity::from_fields(entity.key(), entity.to_fields()).expect("its own fields"), entity);
    }
    for kind in EntityKind::ALL {
        assert_eq!(EntityKind::from_code(kind.code()), Some(*kind));
    }
    assert_eq!(EntityKey { kind: EntityKind::Group, id: 1 }, GroupId(1).into());
}
