//! The laws of the register as properties: apply∘invert = identity, load(store) = register, folding the
//! journal from empty = register, undo of everything = nothing, an empty plan writes nothing.

use std::sync::Arc;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use sferum_console::names::{FullName, InviteAddress, Role, parse_phone};
use sferum_console::register::{
    AdultChoice, Appointee, Appointment, AppointmentOperation, Assignment, CabinetTask, CabinetTaskKind,
    Chat, ChatKind, ChildChoice, ClassSheetOperation, Context, Deferral, Entering, EnteringAdult,
    EnteringWho, Entity, EntityKey, Fields, Group, GroupChoice, GroupId, GroupKind, GroupMerge, GroupSplit,
    Guardianship, HandOver, ImportOperation, ImportedAssignment, Invite, InviteId, JoinRequest,
    JournalChange, Leaving, Membership, MembershipId, MovementKind, MovementOperation, MovementStep,
    NewAdult, NewGroup, NewMembership, NonParticipation, Observation, ObservationId, ObservationSource,
    Operation, OrderReference, Organization, Origin, Participation, ParticipationState, PeopleMerge, Person,
    ReconciledAdult, ReconciliationOperation, Register, Remembered, RememberedKind, RequestAnswer, Returning,
    RowAdult, RowChild, RowDecision, RowPerson, SchoolYear, Target, TaskOutcome, TeacherChoice, Unit,
    Verification, VerificationOperation, YearChange, decide,
};
use sferum_console::regulation::{
    self, ClockTrust, GroupFate, NextLabel, PersonFate, YearPlan, parts_of_group, rehearse_year,
};
use sferum_console::session::{BackupOccasion, BackupPlace, Clock, Session, Snapshot, UndoTarget};
use sferum_console::store::Key;

const TODAY: Date = date(2026, 10, 12);

/// What an import does besides its rows: adults it makes, appointments, departures, a day and an order.
#[derive(Clone, Copy, Debug)]
struct ImportExtras {
    new_adults: u8,
    appointment: u8,
    replaces: bool,
    departing: Option<u8>,
    days_ago: Option<u8>,
    has_order: bool,
    remembers: u8,
}

fn import_extras() -> impl Strategy<Value = ImportExtras> {
    let departing = prop::option::of(any::<u8>());
    let days_ago = prop::option::of(any::<u8>());
    let rest = (any::<u8>(), any::<u8>(), any::<bool>(), any::<bool>(), any::<u8>());
    (departing, days_ago, rest).prop_map(
        |(departing, days_ago, (new_adults, appointment, replaces, has_order, remembers))| ImportExtras {
            new_adults: new_adults % 4,
            appointment,
            replaces,
            departing,
            days_ago,
            has_order,
            remembers,
        },
    )
}

/// A wish that becomes an operation once the register is known; numbers choose among what exists.
#[derive(Clone, Debug)]
enum Wish {
    AddUnit(u8),
    AddGroup(u8),
    RenameGroup(u8, u8),
    AddPerson(u8, u8),
    RenamePerson(u8, u8),
    AddChat(u8),
    Assign(u8, u8),
    AddInvite(u8, u32),
    HandOver(u8, u8),
    Revoke(u8, bool),
    Defer(u8),
    Observe(u8, u8),
    Move(u8, u8),
    Depart(u8),
    Participate(u8, bool),
    Import(Vec<(u8, u8)>, ImportExtras),
    ArchiveGroup(u8),
    Reconcile(u8, u8),
    Request(u8),
    DecideRequest(u8, bool),
    Tick(u8, u8),
    Figure(u8),
    Sheet(u8, u8),
    Touch(u8, u8),
    ChangeYear(u8, u8, Option<Vec<(u8, u8)>>, ImportExtras),
    MoveGroups(u8, u8),
    SplitGroup(u8, u8),
    MergeGroups(u8, u8),
    Movement(u8, u8),
    Appoint(u8, u8),
    Confirm(u8, u8),
    Merge(u8, u8),
    TellApart(u8, u8),
    MoveMany(u8, u8),
    Undo,
}

fn wishes() -> impl Strategy<Value = Wish> {
    use Wish::*;
    prop_oneof![
        any::<u8>().prop_map(AddUnit),
        any::<u8>().prop_map(AddGroup),
        (any::<u8>(), any::<u8>()).prop_map(|(which, label)| RenameGroup(which, label)),
        (any::<u8>(), any::<u8>()).prop_map(|(name, group)| AddPerson(name, group)),
        (any::<u8>(), any::<u8>()).prop_map(|(which, name)| RenamePerson(which, name)),
        any::<u8>().prop_map(AddChat),
        (any::<u8>(), any::<u8>()).prop_map(|(group, person)| Assign(group, person)),
        (any::<u8>(), any::<u32>()).prop_map(|(target, token)| AddInvite(target, token)),
        (any::<u8>(), any::<u8>()).prop_map(|(which, days)| HandOver(which, days)),
        (any::<u8>(), any::<bool>()).prop_map(|(which, successor)| Revoke(which, successor)),
        any::<u8>().prop_map(Defer),
        (any::<u8>(), any::<u8>()).prop_map(|(target, joined)| Observe(target, joined)),
        (any::<u8>(), any::<u8>()).prop_map(|(which, to)| Move(which, to)),
        any::<u8>().prop_map(Depart),
        (any::<u8>(), any::<bool>()).prop_map(|(which, joins)| Participate(which, joins)),
        (prop::collection::vec((any::<u8>(), any::<u8>()), 0..12), import_extras())
            .prop_map(|(rows, extras)| Import(rows, extras)),
        any::<u8>().prop_map(ArchiveGroup),
        (any::<u8>(), any::<u8>()).prop_map(|(group, number)| Reconcile(group, number)),
        any::<u8>().prop_map(Request),
        (any::<u8>(), any::<bool>()).prop_map(|(which, accepted)| DecideRequest(which, accepted)),
        (any::<u8>(), any::<u8>()).prop_map(|(which, how)| Tick(which, how)),
        (any::<u8>(), any::<u8>()).prop_map(|(which, how)| Sheet(which, how)),
        any::<u8>().prop_map(Figure),
        (any::<u8>(), any::<u8>()).prop_map(|(which, how)| Touch(which, how)),
        (
            any::<u8>(),
            any::<u8>(),
            prop::option::of(prop::collection::vec((any::<u8>(), any::<u8>()), 0..6)),
            import_extras()
        )
            .prop_map(|(year, which, rows, extras)| ChangeYear(year, which, rows, extras)),
        (any::<u8>(), any::<u8>()).prop_map(|(which, unit)| MoveGroups(which, unit)),
        (any::<u8>(), any::<u8>()).prop_map(|(which, label)| SplitGroup(which, label)),
        (any::<u8>(), any::<u8>()).prop_map(|(into, which)| MergeGroups(into, which)),
        (any::<u8>(), any::<u8>()).prop_map(|(which, how)| Movement(which, how)),
        (any::<u8>(), any::<u8>()).prop_map(|(group, how)| Appoint(group, how)),
        (any::<u8>(), any::<u8>()).prop_map(|(which, how)| Confirm(which, how)),
        (any::<u8>(), any::<u8>()).prop_map(|(keep, merge)| Merge(keep, merge)),
        (any::<u8>(), any::<u8>()).prop_map(|(keep, merge)| Merge(keep, merge)),
        (any::<u8>(), any::<u8>()).prop_map(|(one, other)| TellApart(one, other)),
        (any::<u8>(), any::<u8>()).prop_map(|(which, to)| MoveMany(which, to)),
        Just(Undo),
    ]
}

fn chosen<T>(list: impl Iterator<Item = T>, number: u8) -> Option<T> {
    let list: Vec<T> = list.collect();
    let place = usize::from(number) % list.len().max(1);
    list.into_iter().nth(place)
}

fn name(number: u8) -> FullName {
    let surnames = ["Белкин", "Рощин", "Зорин", "Ясенев"];
    let given = ["Пётр", "Алина", "Егор", "Дарина", "Лев"];
    let number = usize::from(number);
    FullName::new(surnames[number % 4], given[number % 5], if number % 3 == 0 { "" } else { "Львович" })
}

fn address(token: u32) -> InviteAddress {
    InviteAddress::parse(&format!("https://max.ru/join/token{token:010}")).expect("a well-formed address").0
}

fn target_of(register: &Register, number: u8) -> Target {
    match number % 3 {
        0 => Target::Organization,
        1 => chosen(register.tables().groups.values(), number / 3)
            .map_or(Target::Organization, |group| Target::Group(group.id)),
        _ => chosen(register.tables().chats.values(), number / 3)
            .map_or(Target::Organization, |chat| Target::Chat(chat.id)),
    }
}

fn membership_of(group: Option<GroupId>, role: Role) -> Membership {
    Membership {
        id: MembershipId(0),
        person: Default::default(),
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
    }
}

fn operation(register: &Register, wish: &Wish) -> Option<Operation> {
    let tables = register.tables();
    let invite = |number: u8| chosen(tables.invites.iter().map(|(_, invite)| invite.clone()), number);
    let group = |number: u8| chosen(tables.groups.iter().map(|(_, group)| group.clone()), number);
    let person = |number: u8| chosen(tables.people.iter().map(|(_, person)| person.clone()), number);
    let label = |number: u8| format!("{}{}", 1 + number % 11, ["А", "Б", "В"][usize::from(number) % 3]);
    Some(match wish {
        Wish::AddUnit(number) => {
            Operation::Add(vec![Unit { name: format!("Корпус {number}"), ..Unit::default() }.into()])
        }
        Wish::AddGroup(number) => {
            let unit = chosen(tables.units.values(), *number).map(|unit| unit.id);
            let year = Some(SchoolYear(2026));
            Operation::Add(vec![Group { unit, label: label(*number), year, ..Group::default() }.into()])
        }
        Wish::RenameGroup(which, number) => {
            let seen = group(*which)?;
            let wanted = Group { label: label(*number), ..(*seen).clone() };
            Operation::Edit { seen: seen.into(), wanted: wanted.into() }
        }
        Wish::AddPerson(number, in_group) => Operation::AddPerson {
            person: Person { name: name(*number), ..Person::default() },
            memberships: vec![membership_of(group(*in_group).map(|group| group.id), Role::Student)],
            children: person(*number).map(|child| (child.id, "мать".to_owned())).into_iter().collect(),
        },
        Wish::RenamePerson(which, number) => {
            let seen = person(*which)?;
            let wanted =
                Person { name: name(*number), birth_date: Some(date(2012, 3, 4)), ..(*seen).clone() };
            Operation::Edit { seen: seen.into(), wanted: wanted.into() }
        }
        Wish::AddChat(number) => {
            let chat = Chat { group: Some(group(*number)?.id), kind: ChatKind::Parents, ..Chat::default() };
            Operation::Add(vec![chat.into()])
        }
        Wish::Assign(in_group, who) => {
            let (group, person) = (group(*in_group)?.id, person(*who)?.id);
            Operation::Add(vec![
                Assignment { group, person, since: Some(TODAY), ..Assignment::default() }.into(),
            ])
        }
        Wish::AddInvite(number, token) => Operation::AddInvites(vec![Invite {
            id: InviteId(0),
            target: target_of(register, *number),
            role: Role::ALL[usize::from(*number) % 4],
            address: address(token % 50),
            recorded_on: TODAY,
            issued_on: None,
            issued_by: None,
            handed_over: None,
            expires_on: None,
            replaced_by: None,
            revocation: None,
            deferral: None,
            exposure: None,
            delegation: None,
            failed: None,
        }]),
        Wish::HandOver(which, days) => {
            let on = TODAY.checked_sub(jiff::Span::new().days(i64::from(*days))).ok();
            Operation::HandOverInvites {
                seen: vec![invite(*which)?],
                hand_over: HandOver { on, ..HandOver::default() },
            }
        }
        Wish::Revoke(which, successor) => {
            let seen = invite(*which)?;
            let successor = successor.then(|| address(1000 + seen.id.0));
            Operation::RevokeInvites { seen: vec![seen], on: TODAY, reason: "unclaimed".into(), successor }
        }
        Wish::Defer(which) => {
            let Deferral { until, reason } =
                Deferral { until: date(2026, 10, 19), reason: "ждём".into() };
            Operation::DeferInvites { seen: vec![invite(*which)?], until, reason }
        }
        Wish::Observe(number, joined) => Operation::Observe(vec![Observation {
            id: ObservationId(0),
            target: target_of(register, *number),
            role: Role::Student,
            on: TODAY,
            source: ObservationSource::Number,
            joined: u32::from(joined % 30),
            of: Some(29),
        }]),
        Wish::Move(which, to) => Operation::MoveMember {
            seen: chosen(tables.memberships.iter().map(|(_, membership)| membership.clone()), *which)?,
            to: group(*to)?.id,
            on: TODAY,
            order: OrderReference { number: "214".into(), date: Some(TODAY) },
        },
        Wish::Depart(which) => {
            Operation::Depart { people: vec![person(*which)?], on: TODAY, order: OrderReference::default() }
        }
        Wish::Participate(which, joins) => {
            let seen = chosen(tables.memberships.iter().map(|(_, membership)| membership.clone()), *which)?;
            let (state, reason) = if *joins {
                (ParticipationState::Joined, None)
            } else {
                (ParticipationState::DoesNotParticipate, Some(NonParticipation::Declined))
            };
            let participation =
                Participation { state, as_of: Some(TODAY), reason, ..Participation::default() };
            Operation::SetParticipation { seen: vec![seen.into()], participation }
        }
        Wish::Import(rows, extras) => Operation::ApplyImport(import(register, rows, *extras)),
        Wish::ArchiveGroup(which) => Operation::Archive { keys: vec![group(*which)?.id.into()], on: TODAY },
        Wish::Reconcile(which, number) => {
            Operation::ApplyReconciliation(reconciliation(register, group(*which)?.id, *number))
        }
        Wish::Request(number) => Operation::Add(vec![
            JoinRequest {
                id: Default::default(),
                written_name: name(*number).short(),
                role: Role::Parent,
                target: target_of(register, *number),
                received_on: TODAY,
                person: person(*number).map(|person| person.id),
                decision: None,
            }
            .into(),
        ]),
        Wish::DecideRequest(which, accepted) => {
            let seen = chosen(tables.join_requests.iter().map(|(_, request)| request.clone()), *which)?;
            let steps = vec![step(CabinetTaskKind::AcceptRequest), step(CabinetTaskKind::Other)];
            let person = person(*which).map(|person| person.id);
            let answer =
                RequestAnswer {
                    seen, accepted: *accepted, reason: "по списку".into(), person, steps
                };
            Operation::DecideRequests { decisions: vec![answer], on: TODAY }
        }
        Wish::Tick(which, how) => Operation::SetTasks {
            seen: vec![chosen(tables.cabinet_tasks.iter().map(|(_, task)| task.clone()), *which)?],
            outcome: match how % 3 {
                0 => TaskOutcome::Done { on: TODAY },
                1 => TaskOutcome::Failed { on: TODAY, why: "нет кнопки".into() },
                _ => TaskOutcome::Open,
            },
        },
        Wish::Figure(number) => Operation::SetFigures {
            column: format!("Показатель {}", number % 3),
            on: TODAY,
            values: vec![(group(*number)?.id, (number % 4 > 0).then_some(u32::from(*number)))],
        },
        Wish::Sheet(which, how) => {
            let group = group(*which)?.id;
            let states = [
                ParticipationState::Joined,
                ParticipationState::DoesNotParticipate,
                ParticipationState::Invited,
            ];
            let members = register.memberships_of_group(group).map(|member| member.id.into());
            let participation = members.zip(states.into_iter().cycle().skip(usize::from(how % 3))).collect();
            let observations = reconciliation(register, group, *how).observations;
            Operation::ApplyClassSheet(ClassSheetOperation {
                planned_at: register.revision,
                group,
                on: TODAY,
                file_hash: String::new(),
                observations,
                participation,
            })
        }
        Wish::Touch(which, how) => {
            let (seen, wanted) = touched_by_hand(register, *which, *how)?;
            Operation::Edit { seen, wanted }
        }
        Wish::ChangeYear(year, which, rows, extras) => {
            let mut change = year_change(register, *year, *which)?;
            change.import = rows.as_ref().map(|rows| Box::new(import(register, rows, *extras)));
            Operation::ChangeYear(Box::new(change))
        }
        Wish::MoveGroups(which, unit) => Operation::MoveGroups {
            seen: vec![group(*which)?],
            unit: chosen(tables.units.values(), *unit).map(|unit| unit.id),
        },
        Wish::SplitGroup(which, number) => {
            let seen = group(*which)?;
            let open = register.memberships_of_group(seen.id).filter(|member| member.until.is_none());
            let people: Vec<MembershipId> = open.map(|member| member.id).collect();
            let (half, _) = people.split_at(people.len() / 2);
            let parts = vec![(label(*number), half.to_vec())];
            let ends = number % 2 == 0;
            Operation::SplitGroup(GroupSplit {
                seen,
                parts,
                on: TODAY,
                order: OrderReference::default(),
                ends,
            })
        }
        Wish::MergeGroups(into, which) => Operation::MergeGroups(GroupMerge {
            into: group(*into)?,
            joined: vec![group(*which)?],
            on: TODAY,
            order: OrderReference::default(),
        }),
        Wish::Movement(which, how) => movement(register, *which, *how)?,
        Wish::Appoint(which, how) => {
            Operation::AppointClassTeachers(appointments(register, group(*which)?.id, *how))
        }
        Wish::Confirm(which, how) => {
            let staff = register.tables().memberships.iter().map(|(_, one)| one);
            let seen = vec![chosen(staff.filter(|one| one.role.is_staff()), *which)?.clone()];
            let states = [Verification::Waiting, Verification::Verified, Verification::NoInformation];
            let verification = states[usize::from(*how) % 3];
            Operation::SetVerification(VerificationOperation { seen, verification, on: TODAY })
        }
        Wish::Merge(keep, merge) => {
            let (keep, merge, third) = (person(*keep)?, person(*merge)?, person(keep.wrapping_add(*merge))?);
            let mut merges = vec![PeopleMerge::new(keep.clone(), merge.clone())];
            if third.id != keep.id && third.id != merge.id {
                merges.push(PeopleMerge::new(keep, third));
            }
            Operation::MergePeople(merges)
        }
        Wish::TellApart(one, other) => Operation::TellApart(vec![(person(*one)?.id, person(*other)?.id)]),
        Wish::MoveMany(which, to) => {
            let members = tables.memberships.iter().map(|(_, membership)| membership.clone());
            let mut seen: Vec<_> = members.filter(|member| member.until.is_none()).collect();
            seen.truncate(usize::from(*which) % 4);
            Operation::MoveMembers { seen, to: group(*to)?.id, on: TODAY, order: OrderReference::default() }
        }
        Wish::Undo => return None,
    })
}

/// A field changed by hand that lists and sums hang on.
fn touched_by_hand(register: &Register, which: u8, how: u8) -> Option<(Entity, Entity)> {
    let tables = register.tables();
    let group = || chosen(tables.groups.values(), how).map(|group| group.id);
    let person = || chosen(tables.people.iter().map(|(_, person)| person.clone()), which);
    let somebody = || person().map(|person| person.id);
    let chat = || chosen(tables.chats.iter().map(|(_, chat)| chat.clone()), which);
    let days_ago = |days: u8| TODAY.checked_sub(jiff::Span::new().days(i64::from(days))).ok();
    Some(match how % 8 {
        0 => {
            let seen = person()?;
            let wanted = Person { absent_since: days_ago(how), ..(*seen).clone() };
            (seen.into(), wanted.into())
        }
        1 => {
            let seen = person()?;
            let birth_date = Some(if how % 16 == 1 { date(2001, 3, 4) } else { date(2014, 3, 4) });
            (seen.clone().into(), Person { birth_date, ..(*seen).clone() }.into())
        }
        2 => {
            // Adults of children more often than others: what they do shows at the class of the child.
            let adult = || chosen(tables.guardianships.values(), which).map(|bond| bond.adult);
            let seen = if which.is_multiple_of(4) { person()? } else { register.person(adult()?)?.clone() };
            let left_on = days_ago(how).filter(|_| seen.left_on.is_none());
            (seen.clone().into(), Person { left_on, ..(*seen).clone() }.into())
        }
        3 => {
            let seen = chat()?;
            (seen.clone().into(), Chat { owner: somebody(), ..(*seen).clone() }.into())
        }
        4 => {
            let seen = chat()?;
            let group = if how % 16 == 4 { None } else { group() };
            (seen.clone().into(), Chat { group, title: format!("Чат {how}"), ..(*seen).clone() }.into())
        }
        5 => {
            let seen = chosen(tables.memberships.iter().map(|(_, membership)| membership.clone()), which)?;
            let verification = if how % 16 == 5 { Verification::Waiting } else { Verification::default() };
            (seen.clone().into(), Membership { verification, ..(*seen).clone() }.into())
        }
        6 => {
            let seen = chosen(tables.guardianships.iter().map(|(_, bond)| bond.clone()), which)?;
            let participation = Participation {
                state: ParticipationState::Joined,
                as_of: days_ago(how),
                ..Participation::default()
            };
            (seen.clone().into(), Guardianship { participation, ..(*seen).clone() }.into())
        }
        _ => {
            let seen = chosen(tables.cabinet_tasks.iter().map(|(_, task)| task.clone()), which)?;
            let due_on = TODAY.checked_add(jiff::Span::new().days(i64::from(how % 12))).ok();
            let wanted = CabinetTask {
                due_on: due_on.filter(|_| how % 16 == 7),
                person: somebody(),
                chat: chat().map(|chat| chat.id),
                after: chosen(tables.cabinet_tasks.values(), how).map(|task| task.id),
                ..(*seen).clone()
            };
            (seen.into(), wanted.into())
        }
    })
}

/// The groups of one of two years by their names, with exceptions; what the names do not tell by turns.
fn year_change(register: &Register, year: u8, which: u8) -> Option<YearChange> {
    let from = SchoolYear(2026 + i16::from(year % 2));
    let mut plan = YearPlan::by_hand(register, from, from.next(), TODAY);
    plan.accept_proposals();
    for (place, planned) in plan.groups.iter_mut().enumerate() {
        match (place + usize::from(which)) % 5 {
            0 => planned.fate = GroupFate::Becomes(format!("Сборная {}", year / 64)),
            1 => planned.fate = GroupFate::Dissolves,
            2 if planned.fate == GroupFate::Open => planned.fate = GroupFate::LeftOut,
            _ if planned.fate == GroupFate::Open => planned.fate = GroupFate::Graduates,
            _ => {}
        }
    }
    let to = NextLabel { label: format!("{}А", 1 + which % 11), unit: None };
    let fates = [PersonFate::To(to), PersonFate::Graduates, PersonFate::Leaves];
    let memberships = register.tables().memberships.values().filter(|member| member.until.is_none());
    let exceptions =
        memberships.map(|member| member.id).zip(fates.into_iter().cycle()).skip(usize::from(which % 4));
    plan.people = exceptions.step_by(3).collect();
    plan.change(register).ok()
}

/// Every kind of movement in turn, with the steps that follow from it.
fn movement(register: &Register, which: u8, how: u8) -> Option<Operation> {
    let tables = register.tables();
    let seen = chosen(tables.people.iter().map(|(_, person)| person.clone()), which);
    let group = chosen(tables.groups.values(), how / 8).map(|group| group.id);
    let tasks = vec![step(CabinetTaskKind::Invite), step(CabinetTaskKind::Remove)];
    let of_person = |person: &Person| {
        let task = |kind| CabinetTask { person: Some(person.id), ..step(kind) };
        vec![task(CabinetTaskKind::Invite), task(CabinetTaskKind::Remove)]
    };
    let wanted = match how % 8 {
        0 | 1 => MovementStep::Enter(Box::new(Entering {
            person: Person { name: name(which), ..Person::default() },
            role: if how.is_multiple_of(8) { Role::Student } else { Role::Teacher },
            group,
            post: String::new(),
            adults: vec![EnteringAdult {
                who: match &seen {
                    Some(seen) if which.is_multiple_of(2) => EnteringWho::Known(seen.id),
                    _ => EnteringWho::New { name: name(how), phone: None },
                },
                basis: "мать".into(),
                tasks: tasks.clone(),
            }],
            tasks,
        })),
        2 => {
            let mut memberships = tables.memberships.iter().map(|(_, membership)| membership.clone());
            MovementStep::Transfer { seen: memberships.nth(usize::from(which % 5))?, to: group?, tasks }
        }
        3..=5 => {
            let kind = [MovementKind::Left, MovementKind::Graduated, MovementKind::Dismissed]
                [usize::from(how % 8 - 3)];
            let seen = seen?;
            MovementStep::Leave(vec![Leaving { tasks: of_person(&seen), seen, kind }])
        }
        6 => {
            let seen = seen?;
            let tasks = of_person(&seen);
            let role = Role::ALL[usize::from(which % 4)];
            MovementStep::Return(Box::new(Returning { seen, role, group, post: String::new(), tasks }))
        }
        _ if which.is_multiple_of(2) => MovementStep::Rename { seen: seen?, name: name(how / 8), tasks },
        _ => {
            let phone = parse_phone("+7 945 000-00-17").ok();
            MovementStep::NewPhone { seen: seen?, phone, tasks }
        }
    };
    let order = OrderReference { number: "217".into(), date: None };
    Some(Operation::RecordMovement(Box::new(MovementOperation { on: TODAY, order, step: wanted })))
}

/// Somebody known or new leads a group from today: instead of those who do, beside them, or for a time; with a step.
fn appointments(register: &Register, group: GroupId, how: u8) -> AppointmentOperation {
    let now: Vec<_> = register.class_teachers(group, TODAY).cloned().collect();
    let known = chosen(register.tables().people.values(), how).filter(|person| person.left_on.is_none());
    let teacher = match (how % 4, known) {
        (0, _) | (_, None) => Appointee::New(name(how)),
        (_, Some(person)) => Appointee::Existing(person.id),
    };
    let same = now.iter().find(|one| Appointee::Existing(one.person) == teacher).cloned();
    let others = now.iter().filter(|one| same.as_ref().is_none_or(|same| same.id != one.id));
    let appointment = Appointment {
        group,
        since: same.as_ref().map_or(Some(TODAY), |same| same.since),
        temporary: how.is_multiple_of(5),
        stands_in_for: now.first().map(|one| one.id).filter(|_| how.is_multiple_of(5)),
        ends: if how.is_multiple_of(3) { others.cloned().collect() } else { Vec::new() },
        steps: vec![step(CabinetTaskKind::Other)],
        teacher: Some(teacher),
        same,
        ..Appointment::default()
    };
    AppointmentOperation { appointments: vec![appointment], ..AppointmentOperation::default() }
}

fn step(kind: CabinetTaskKind) -> CabinetTask {
    CabinetTask { kind, text: "шаг".into(), ..CabinetTask::default() }
}

fn reconciliation(register: &Register, group: GroupId, number: u8) -> ReconciliationOperation {
    let bonds: Vec<EntityKey> =
        register.memberships_of_group(group).map(|membership| membership.id.into()).collect();
    let (joined, not_seen) = bonds.split_at(bonds.len() / 2);
    let tables = register.tables();
    let child = chosen(tables.people.values(), number).map(|child| (child.id, "мать".to_owned()));
    let person = chosen(tables.people.values(), number).map(|person| person.id);
    let observation = Observation {
        id: ObservationId(0),
        target: Target::Group(group),
        role: Role::Student,
        on: TODAY,
        source: ObservationSource::Reconciliation,
        joined: joined.len() as u32,
        of: None,
    };
    ReconciliationOperation {
        planned_at: register.revision,
        target: Target::Group(group),
        on: TODAY,
        observations: vec![observation],
        joined: joined.to_vec(),
        not_seen: not_seen.to_vec(),
        new_adults: vec![ReconciledAdult {
            name: name(number),
            phone: None,
            children: child.into_iter().collect(),
            alias_key: number.is_multiple_of(2).then(|| format!("reconcile:{}", number % 5)),
        }],
        tasks: vec![
            vec![
                CabinetTask { person, group: Some(group), ..step(CabinetTaskKind::RemoveForRole) },
                step(CabinetTaskKind::InviteAgain),
            ],
            vec![step(CabinetTaskKind::AskTeacher)],
        ],
        closed: tables.cabinet_tasks.values().take(2).map(|task| task.id).collect(),
        aliases: person
            .map(|person| Remembered {
                kind: RememberedKind::PersonAlias,
                key: format!("reconcile:{}", 7 + number % 3),
                value: person.to_string(),
                ..Remembered::default()
            })
            .into_iter()
            .collect(),
        ..ReconciliationOperation::default()
    }
}

fn import(register: &Register, rows: &[(u8, u8)], extras: ImportExtras) -> ImportOperation {
    let tables = register.tables();
    let rows: Vec<RowDecision> = rows
        .iter()
        .enumerate()
        .map(|(row, wish)| import_row(register, row as u32 + 2, *wish, extras))
        .collect();
    let number = extras.appointment;
    let teacher = match (rows.first(), chosen(tables.people.values(), number)) {
        (Some(row), _) if number.is_multiple_of(3) => Some(TeacherChoice::OfRow(row.row)),
        (_, Some(person)) if number % 3 == 1 => Some(TeacherChoice::Existing(person.id)),
        _ => None,
    };
    let other = chosen(tables.assignments.values(), number).filter(|_| extras.replaces);
    let group = match other
        .as_ref()
        .map(|other| other.group)
        .or(chosen(tables.groups.values(), number).map(|it| it.id))
    {
        Some(group) if number.is_multiple_of(2) || other.is_some() => GroupChoice::Existing(group),
        _ => GroupChoice::New(0),
    };
    let appointment = |teacher| ImportedAssignment { group, teacher, ends: other.map(|other| other.id) };
    let remembered = |(number, kind)| Remembered {
        kind,
        key: format!("ключ {}", number % 3),
        value: format!("{}", extras.remembers),
        ..Remembered::default()
    };
    let kinds = [RememberedKind::ColumnMap, RememberedKind::RefusedValue, RememberedKind::PersonAlias];
    ImportOperation {
        planned_at: register.revision,
        file_name: "список.csv".into(),
        year: Some(SchoolYear(2026)),
        new_groups: vec![NewGroup {
            label: format!("ИС-{}", register.revision),
            kind: GroupKind::StudyGroup,
            unit: None,
        }],
        new_adults: (0..extras.new_adults)
            .map(|number| NewAdult { name: name(number), phone: None })
            .collect(),
        assignments: teacher.map(appointment).into_iter().collect(),
        departures: extras
            .departing
            .and_then(|number| chosen(tables.people.values(), number))
            .map(|person| person.id)
            .into_iter()
            .collect(),
        movement_on: extras
            .days_ago
            .and_then(|days| TODAY.checked_sub(jiff::Span::new().days(i64::from(days))).ok()),
        order: match extras.has_order {
            true => OrderReference { number: "214".into(), date: Some(TODAY) },
            false => OrderReference::default(),
        },
        remember: (0..extras.remembers % 4).zip(kinds).map(remembered).collect(),
        counts: vec![("added", rows.len() as u32)],
        rows,
        ..ImportOperation::default()
    }
}

fn import_row(register: &Register, row: u32, (number, kind): (u8, u8), extras: ImportExtras) -> RowDecision {
    let people = || register.tables().people.values();
    let known = chosen(people(), number);
    let person = match known.filter(|_| kind % 3 == 0) {
        Some(person) => RowPerson::Existing {
            id: person.id,
            name: None,
            birth_date: Some(date(2011, 5, row as i8 % 28 + 1)),
            phone: None,
        },
        None => RowPerson::New { name: name(number), birth_date: None, phone: None },
    };
    let is_new = matches!(person, RowPerson::New { .. });
    let moved = match &person {
        RowPerson::Existing { id, .. } if kind % 2 == 0 => {
            register.memberships_of_person(*id).find(|membership| membership.until.is_none())
        }
        _ => None,
    };
    let role = if kind % 5 == 0 { Role::Teacher } else { Role::Student };
    let join = NewMembership { role, group: Some(GroupChoice::New(0)), post: String::new() };
    // Adults by turns: a new one, one of the register with an edit, both, none.
    let basis = ["", "мать"][usize::from(number) % 2];
    let adult = |adult, name| RowAdult { adult, basis: basis.to_owned(), phone: None, name };
    let new_adult = (kind / 16 % 2 == 0 && extras.new_adults > 0)
        .then(|| adult(AdultChoice::New(usize::from(number % extras.new_adults)), None));
    let known_adult = chosen(people().skip(1), number)
        .filter(|_| kind / 32 % 2 == 0)
        .map(|person| adult(AdultChoice::Existing(person.id), Some(name(kind))));
    // A child of an earlier row, or of the register.
    let child = match (kind / 64, chosen(people(), kind)) {
        (0, _) if row > 2 => Some(ChildChoice::OfRow(row - 1)),
        (1, Some(child)) => Some(ChildChoice::Existing(child.id)),
        _ => None,
    };
    RowDecision {
        row,
        person,
        join: is_new.then_some(join),
        move_membership: moved.map(|membership| (membership.id, GroupChoice::New(0))),
        set_post: None,
        adults: new_adult.into_iter().chain(known_adult).collect(),
        children: child.map(|child| RowChild { child, basis: basis.to_owned() }).into_iter().collect(),
    }
}

fn context() -> Context {
    Context {
        today: TODAY,
        now: "2026-10-12T11:02:00Z".parse().expect("a valid moment"),
        actor: "Администратор".into(),
    }
}

fn founded() -> Register {
    let mut register = Register::default();
    let organization = Organization { name: "Школа № 14".into(), ..Organization::default() };
    let set =
        decide(&register, &Operation::Found(organization), &context()).expect("founding an empty register");
    register.apply(&set);
    register.revision = 1;
    register
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn apply_then_invert_is_identity(list in prop::collection::vec(wishes(), 1..40)) {
        let mut register = founded();
        for wish in &list {
            let Some(operation) = operation(&register, wish) else { continue };
            let Ok(set) = decide(&register, &operation, &context()) else { continue };
            let before = register.clone();
            register.apply(&set);
            let mut back = register.clone();
            back.apply(&set.inverted());
            prop_assert!(back.holds_the_same_as(&before), "inverting {} does not lead back", operation.code());
            register.revision += 1;
        }
    }

    /// What a rehearsal shows is what is written, over whatever register; an undo of one group leaves the others, and
    /// an undo of all of it leads back.
    #[test]
    fn a_rehearsed_year_is_the_applied_one(
        list in prop::collection::vec(wishes(), 0..15),
        which in any::<u8>(),
        undone_group in any::<u8>(),
    ) {
        let mut register = founded();
        let beginnings = (0..6).map(|number| Wish::AddGroup(number * 7));
        let people = (0..20).map(|number| Wish::AddPerson(number, number));
        let rest = (0..4).flat_map(|number| [Wish::AddChat(number), Wish::Assign(number, number)]);
        let list: Vec<Wish> = beginnings.chain(people).chain(rest).chain(list).collect();
        for wish in &list {
            let Some(operation) = operation(&register, wish) else { continue };
            let Ok(set) = decide(&register, &operation, &context()) else { continue };
            register.apply(&set);
            register.revision += 1;
        }
        let Some(change) = year_change(&register, 0, which) else { return Ok(()) };
        let rehearsal = rehearse_year(&register, &change, &context());
        let decided = decide(&register, &Operation::ChangeYear(Box::new(change)), &context());
        prop_assert_eq!(rehearsal.is_ok(), decided.is_ok());
        let (Ok(rehearsal), Ok(set)) = (rehearsal, decided) else { return Ok(()) };
        let before = register.clone();
        register.apply(&set);
        register.revision += 1;
        prop_assert!(rehearsal.register.holds_the_same_as(&register), "the rehearsal showed something else");
        let changes: Vec<JournalChange> = set
            .changes
            .iter()
            .map(|change| JournalChange { part: change.part, key: change.key(), fields: change.fields() })
            .collect();
        let entry = register.revision;
        let undo = |parts| Operation::Undo { entry, code: "change_year".into(), parts, changes: changes.clone() };
        let groups = register.tables().groups.values().filter(|group| group.year == Some(SchoolYear(2027)));
        if let Some(group) = chosen(groups, undone_group) {
            let parts = parts_of_group(&register, &changes, group.id);
            if !parts.is_empty() {
                let undone = decide(&register, &undo(Some(parts.clone())), &context()).expect("nothing happened since");
                prop_assert!(undone.kept.is_empty(), "{:?} of {parts:?}", undone.kept);
                let mut without = register.clone();
                without.apply(&undone);
                for change in set.changes.iter().filter(|change| !parts.contains(&change.part)) {
                    let touched = undone.changes.iter().any(|undone| undone.key() == change.key());
                    prop_assert!(touched || without.get(change.key()) == register.get(change.key()));
                }
                let others = register.tables().groups.values().filter(|other| {
                    other.year == Some(SchoolYear(2027)) && other.id != group.id
                });
                for other in others {
                    prop_assert_eq!(without.group(other.id).is_some(), true, "another group went with it");
                }
            }
        }
        let undone = decide(&register, &undo(None), &context()).expect("nothing happened since");
        prop_assert!(undone.kept.is_empty(), "{:?}", undone.kept);
        register.apply(&undone);
        prop_assert!(register.holds_the_same_as(&before), "undoing the year does not lead back");
    }

    /// Over whatever register, with families, appointments and departures; and a part kept back is kept whole.
    #[test]
    fn import_then_undo_is_identity(
        list in prop::collection::vec(wishes(), 0..12),
        rows in prop::collection::vec((any::<u8>(), any::<u8>()), 0..12),
        extras in import_extras(),
    ) {
        let mut register = founded();
        for wish in &list {
            let Some(operation) = operation(&register, wish) else { continue };
            let Ok(set) = decide(&register, &operation, &context()) else { continue };
            register.apply(&set);
            register.revision += 1;
        }
        let operation = Operation::ApplyImport(import(&register, &rows, extras));
        if let Ok(set) = decide(&register, &operation, &context()) {
            let before = register.clone();
            register.apply(&set);
            register.revision += 1;
            let changes: Vec<JournalChange> = set
                .changes
                .iter()
                .map(|change| JournalChange { part: change.part, key: change.key(), fields: change.fields() })
                .collect();
            let entry = register.revision;
            let undo = |parts| Operation::Undo { entry, code: "import".into(), parts, changes: changes.clone() };
            let undone = decide(&register, &undo(None), &context()).expect("nothing happened since");
            prop_assert!(undone.kept.is_empty(), "{:?}", undone.kept);
            let mut back = register.clone();
            back.apply(&undone);
            prop_assert!(back.holds_the_same_as(&before), "undoing the import does not lead back");
            // Part by part from the last, as a user may do it, ends in the same place.
            for part in (1..=set.part_count() as u32).rev() {
                let undone = decide(&register, &undo(Some(vec![part])), &context()).expect("nothing refers to it");
                register.apply(&undone);
            }
            prop_assert!(register.holds_the_same_as(&before), "undoing part by part does not lead back");
        }
    }

    #[test]
    fn the_store_tells_the_same_story(list in prop::collection::vec(wishes(), 1..25)) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("школа.sferum");
        let clock = Clock::fixed("2026-10-12T14:02:00+03:00[Europe/Moscow]".parse().expect("a valid moment"));
        let organization = Organization { name: "Школа № 14".into(), ..Organization::default() };
        let mut session = Session::create(&path, None, organization, clock.clone(), "Администратор").expect("a new file");
        for wish in &list {
            let before = session.register().clone();
            let outcome = match operation(&before, wish) {
                Some(operation) => session.execute(&operation),
                None => session.undo(&UndoTarget::default()),
            };
            match outcome {
                Ok(executed) if executed.entry.is_none() => {
                    prop_assert_eq!(session.register().revision, before.revision, "nothing changed, nothing is written");
                }
                Ok(_) => prop_assert_eq!(session.register().revision, before.revision + 1),
                Err(_) => prop_assert!(session.register().holds_the_same_as(&before), "a refusal changes nothing"),
            }
        }
        let folded = fold(&session);
        prop_assert!(folded.holds_the_same_as(session.register()), "folding the journal leads elsewhere");
        let report = session.verify().expect("the file can be checked");
        prop_assert!(report.problems.is_empty(), "{:?}", report.problems);
        let held = session.register().clone();
        drop(session);
        let loaded = Session::open(&path, None, clock, None).expect("the file opens again");
        prop_assert!(loaded.register().holds_the_same_as(&held), "the file holds something else");
        prop_assert_eq!(loaded.register().as_ref(), held.as_ref(), "counters, index and revision too");
    }

    /// Restoring what a backup holds leads back to the register of its making, and the kept file to the one after it.
    #[test]
    fn restore_after_backup_is_identity(
        first in prop::collection::vec(wishes(), 0..12),
        then in prop::collection::vec(wishes(), 0..12),
    ) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("школа.sferum");
        let clock = Clock::fixed("2026-10-12T14:02:00+03:00[Europe/Moscow]".parse().expect("a valid moment"));
        let organization = Organization { name: "Школа № 14".into(), ..Organization::default() };
        let key = Key::from_raw([3; 32]);
        let mut session =
            Session::create(&path, Some(&key), organization, clock.clone(), "Администратор").expect("a new file");
        let perform = |session: &mut Session, list: &[Wish]| {
            for wish in list {
                let Some(operation) = operation(&session.register().clone(), wish) else { continue };
                // A refusal changes nothing.
                let _ = session.execute(&operation);
            }
        };
        perform(&mut session, &first);
        let backed_up = session.register().clone();
        let place = BackupPlace::beside(&path);
        let made = session.back_up(&place, BackupOccasion::Asked).expect("a backup").expect("asked for");
        perform(&mut session, &then);
        let after = session.register().clone();
        let (restored, session) = session.restore(&made.file.path, Some(&key));
        let (restored, session) = (restored.expect("restored"), session.expect("open again"));
        prop_assert!(session.register().holds_the_same_as(&backed_up), "restored is something else");
        prop_assert_eq!(restored.discarded.map_or(0, |discarded| discarded.count), after.revision - backed_up.revision);
        prop_assert_eq!(session.register().revision, backed_up.revision + 1, "the entry that says so");
        prop_assert!(session.verify().expect("the file can be checked").problems.is_empty());
        prop_assert!(fold(&session).holds_the_same_as(session.register()));
        let kept_as = restored.kept_as.expect("kept");
        let kept = Session::open(&kept_as, Some(&key), clock, None).expect("the kept one opens");
        prop_assert_eq!(kept.register().as_ref(), after.as_ref());
    }

    /// The lists of the window, renewed change by change, forwards and back, equal those built from nothing.
    #[test]
    fn lists_renewed_by_a_change_equal_lists_built_anew(
        list in prop::collection::vec(prop_oneof![3 => wishes(), 2 => touches()], 1..40),
    ) {
        let trust = ClockTrust::Trusted;
        let mut snapshot = Snapshot::build(&Arc::new(with_families()), TODAY, trust);
        for wish in &list {
            let before = snapshot.register.clone();
            let Some(operation) = operation(&before, wish) else { continue };
            let Ok(set) = decide(&before, &operation, &context()) else { continue };
            let mut register = (*before).clone();
            register.apply(&set);
            register.revision += 1;
            let register = Arc::new(register);
            let renewed = snapshot.updated(&register, trust, &set);
            let anew = Snapshot::build(&register, TODAY, trust);
            prop_assert!(renewed.differing_lists(&anew).is_empty(), "{} renews otherwise: {:?}", operation.code(),
                renewed.differing_lists(&anew));
            judged_as_by_looking_through_everything(&renewed)?;
            let back = renewed.updated(&before, trust, &set.inverted());
            prop_assert!(back.differing_lists(&snapshot).is_empty(), "taking {} back renews otherwise: {:?}",
                operation.code(), back.differing_lists(&snapshot));
            snapshot = renewed;
        }
    }

    #[test]
    fn undoing_everything_leaves_the_founding(list in prop::collection::vec(wishes(), 1..15)) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("школа.sferum");
        let clock = Clock::fixed("2026-10-12T14:02:00+03:00[Europe/Moscow]".parse().expect("a valid moment"));
        let organization = Organization { name: "Школа № 14".into(), ..Organization::default() };
        let mut session = Session::create(&path, None, organization, clock, "Администратор").expect("a new file");
        let start = session.register().clone();
        let mut reached = vec![start.clone()];
        for wish in &list {
            let Some(operation) = operation(&session.register().clone(), wish) else { continue };
            if session.execute(&operation).is_ok_and(|executed| executed.entry.is_some()) {
                reached.push(session.register().clone());
            }
        }
        while reached.len() > 1 {
            reached.pop();
            let executed = session.undo(&UndoTarget::default());
            prop_assert!(executed.is_ok(), "undo refused: {}", executed.err().map(|error| error.to_string()).unwrap_or_default());
            let expected = reached.last().expect("the founding stays");
            prop_assert!(session.register().holds_the_same_as(expected), "undo leads to another register");
        }
        prop_assert!(session.register().holds_the_same_as(&start));
    }
}

/// Two classes with links and a chat, and a group of children with their adults.
fn with_families() -> Register {
    let rows = (0..10).map(|row| (row, [1, 2, 4, 7, 8, 10][usize::from(row) % 6])).collect();
    let extras = ImportExtras {
        new_adults: 3,
        appointment: 0,
        replaces: false,
        departing: None,
        days_ago: None,
        has_order: false,
        remembers: 0,
    };
    let links = (0..6)
        .flat_map(|number| [Wish::AddInvite(number, u32::from(number)), Wish::HandOver(number, 9 * number)]);
    let start = [Wish::AddGroup(0), Wish::AddGroup(4), Wish::AddChat(1), Wish::Import(rows, extras)];
    let mut register = founded();
    for wish in start.into_iter().chain(links) {
        let Some(operation) = operation(&register, &wish) else { continue };
        let Ok(set) = decide(&register, &operation, &context()) else { continue };
        register.apply(&set);
        register.revision += 1;
    }
    assert!(!register.tables().guardianships.is_empty() && !register.tables().invites.is_empty());
    register
}

fn touches() -> impl Strategy<Value = Wish> {
    (any::<u8>(), any::<u8>()).prop_map(|(which, how)| Wish::Touch(which, how))
}

/// What is kept from change to change equals what the rules find by going through the whole register.
fn judged_as_by_looking_through_everything(snapshot: &Snapshot) -> Result<(), TestCaseError> {
    let (register, judged) = (&snapshot.register, &snapshot.judged);
    let flagged: Vec<_> = judged.flagged().map(|(id, flags)| (id, flags.to_vec())).collect();
    prop_assert_eq!(flagged, regulation::all_flags(register, TODAY));
    for invite in register.tables().invites.values() {
        let coverage = regulation::place_coverage(register, invite.target, invite.role, TODAY);
        let joined = coverage.inside.map(|inside| (inside, coverage.expected));
        prop_assert_eq!(judged.invite(invite.id).and_then(|judged| judged.joined), joined);
    }
    for role in Role::ALL {
        let school = regulation::school_coverage(register, role, TODAY);
        prop_assert_eq!(judged.school_coverage(register, role), school);
        for unit in register.tables().units.values() {
            let of_unit = regulation::unit_coverage(register, Some(unit.id), role, TODAY);
            prop_assert_eq!(judged.unit_coverage(Some(unit.id), role), of_unit);
        }
    }
    prop_assert_eq!(&**judged.reconcile_due(), &regulation::reconcile_due(register, TODAY));
    let findings = regulation::class_teacher_findings(register, TODAY);
    prop_assert_eq!(judged.class_teacher_findings(), findings.as_slice());
    let steps: Vec<_> = snapshot.steps.steps().iter().map(|step| (**step).clone()).collect();
    prop_assert_eq!(steps, regulation::cabinet_steps(register, TODAY));
    Ok(())
}

/// 256 cases, or as many as `LAW_CASES` says.
fn cases() -> u32 {
    std::env::var("LAW_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(64)
}

/// Folds the whole journal from an empty register.
fn fold(session: &Session) -> Register {
    let mut register = Register::default();
    let mut entries = session.list_entries(None, usize::MAX).expect("the journal can be read");
    entries.reverse();
    for entry in entries {
        for change in session.list_changes(entry.number, 0, usize::MAX).expect("the journal can be read") {
            let mut fields = register.get(change.key).map(|entity| entity.to_fields()).unwrap_or_default();
            match change.fields.after {
                None => register.apply(&removal(&register, change.key)),
                Some(after) => {
                    merge(&mut fields, after);
                    register.put_loaded(
                        Entity::from_fields(change.key, fields).expect("a journal payload is an entity"),
                    );
                }
            }
        }
    }
    register
}

fn removal(
    register: &Register,
    key: sferum_console::register::EntityKey,
) -> sferum_console::register::ChangeSet {
    let change = sferum_console::register::Change { part: 1, before: register.get(key), after: None };
    sferum_console::register::ChangeSet { changes: vec![change], kept: Vec::new() }
}

fn merge(fields: &mut Fields, after: Fields) {
    for (name, value) in after {
        if value.is_null() {
            fields.remove(&name);
        } else {
            fields.insert(name, value);
        }
    }
}
