//! What happened at the sample organization up to today, as operations in a plausible order: structure, rosters,
//! distribution of class teachers, movements, chats; then participation, observations and links (`links`).

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::SampleKind;
use super::builder::Builder;
use super::chance::Chance;
use super::groups::{GroupSpec, Part, group_kind, units};
use super::people::{MadePerson, People, people};
use super::{links, queue};
use crate::names::Role;
use crate::register::*;

/// Ids of what the story has made so far, by the index of the plan.
pub(super) struct Made {
    pub(super) people: People,
    pub(super) units: Vec<UnitId>,
    pub(super) groups: Vec<GroupId>,
    pub(super) staff: Vec<PersonId>,
    pub(super) students: Vec<PersonId>,
    pub(super) adults: Vec<PersonId>,
    pub(super) students_chats: Vec<ChatId>,
    /// `None`: the group has no parents' chat.
    pub(super) parents_chats: Vec<Option<ChatId>>,
    pub(super) teachers_chats: Vec<ChatId>,
    /// Group index, chat, owner's employee index.
    pub(super) subject_chats: Vec<(usize, ChatId, usize)>,
    pub(super) last_year_chats: Vec<ChatId>,
}

/// The group of the teaching staff, which founding makes.
pub(super) const TEACHING_STAFF: GroupId = GroupId(1);

/// Tells the whole story.
pub(super) fn tell(builder: &mut Builder) -> Result<(), Refusal> {
    let people = people(builder.kind, builder.year());
    let mut made = enter_structure(builder, people)?;
    enter_people(builder, &mut made)?;
    distribute_class_teachers(builder, &made)?;
    make_chats(builder, &mut made)?;
    move_people(builder, &made)?;
    enter_guardianships(builder, &made)?;
    set_participation(builder, &made)?;
    confirm_staff(builder, &made)?;
    links::observe(builder, &made)?;
    links::enter(builder, &made)?;
    queue::enter(builder, &made)
}

fn enter_structure(builder: &mut Builder, people: People) -> Result<Made, Refusal> {
    let unit = |(name, address): &(&str, &str)| {
        Unit { name: (*name).into(), address: (*address).into(), ..Unit::default() }.into()
    };
    let units: Vec<UnitId> =
        builder.add(units(builder.kind).iter().map(unit).collect())?.into_iter().map(UnitId).collect();
    let safe_mode = builder.days_ago(20);
    let year = builder.year();
    let group = |spec: &GroupSpec| {
        Group {
            unit: units.get(spec.unit).copied(),
            kind: group_kind(builder.kind),
            label: spec.label.clone(),
            year: Some(year),
            safe_mode_on: (spec.observed.is_some() && spec.age < 17).then_some(safe_mode),
            ..Group::default()
        }
        .into()
    };
    let groups: Vec<Entity> = people.groups.iter().map(group).collect();
    let groups = builder.add(groups)?.into_iter().map(GroupId).collect();
    Ok(Made {
        people,
        units,
        groups,
        staff: Vec::new(),
        students: Vec::new(),
        adults: Vec::new(),
        students_chats: Vec::new(),
        parents_chats: Vec::new(),
        teachers_chats: Vec::new(),
        subject_chats: Vec::new(),
        last_year_chats: Vec::new(),
    })
}

fn enter_people(builder: &mut Builder, made: &mut Made) -> Result<(), Refusal> {
    let row = |(place, (person, join)): (usize, (&MadePerson, Option<NewMembership>))| RowDecision {
        row: place as u32 + 2,
        person: RowPerson::New {
            name: person.name.clone(),
            birth_date: person.birth_date,
            phone: person.phone.clone(),
        },
        join,
        move_membership: None,
        set_post: None,
        adults: Vec::new(),
        children: Vec::new(),
    };
    let staff = made.people.staff.iter().map(|member| {
        let group = (member.role == Role::Teacher).then_some(GroupChoice::Existing(TEACHING_STAFF));
        (&member.person, Some(NewMembership { role: member.role, group, post: member.post.clone() }))
    });
    let staff = staff.enumerate().map(row).collect();
    made.staff = builder.import("Сотрудники.csv", staff)?.into_iter().map(PersonId).collect();
    let students = made.people.students.iter().map(|student| {
        let group = Some(GroupChoice::Existing(made.groups[student.group]));
        (&student.person, Some(NewMembership { role: Role::Student, group, post: String::new() }))
    });
    let students = students.enumerate().map(row).collect();
    made.students = builder.import("Контингент.csv", students)?.into_iter().map(PersonId).collect();
    let adults = made.people.adults.iter().filter(|adult| adult.employee.is_none());
    let adults = adults.map(|adult| (&adult.person, None)).enumerate().map(row).collect();
    let mut ids = builder.import("Родители.csv", adults)?.into_iter().map(PersonId);
    for adult in &made.people.adults {
        let id = match adult.employee {
            Some(employee) => made.staff.get(employee).copied(),
            None => ids.next(),
        };
        made.adults.extend(id);
    }
    Ok(())
}

fn distribute_class_teachers(builder: &mut Builder, made: &Made) -> Result<(), Refusal> {
    let since = builder.year_began();
    let order =
        OrderReference { number: "187".into(), date: since.checked_sub(jiff::Span::new().days(4)).ok() };
    let mut assignments: Vec<Entity> = Vec::new();
    for (index, group) in made.groups.iter().enumerate() {
        let Some(leader) = made.people.leader_of(index) else { continue };
        let temporary = index == 1;
        let (person, order) = (made.staff[leader], order.clone());
        let since = Some(since);
        assignments.push(
            Assignment { group: *group, person, order, since, temporary, ..Assignment::default() }.into(),
        );
    }
    builder.add(assignments).map(|_| ())
}

/// Disciplines whose teachers made a chat with the group.
const SCHOOL_SUBJECTS: [&str; 6] = ["Математика", "Русский язык", "Физика", "Химия", "История", "Английский"];
const COLLEGE_SUBJECTS: [&str; 4] = ["Математика", "Практика", "Иностранный язык", "История"];

fn make_chats(builder: &mut Builder, made: &mut Made) -> Result<(), Refusal> {
    let mut chance = Chance::new("чаты");
    let class_chat = |index: usize, kind: ChatKind, made: &Made| -> Chat {
        let owner = match made.people.groups[index].part {
            // Of what the teacher who left had, one chat is still hers.
            Part::TeacherLeft if kind != ChatKind::Students => Some(made.staff[1]),
            _ => made.people.leader_of(index).map(|leader| made.staff[leader]),
        };
        // Three chats stayed behind in VK Мессенджер; the rest came over or were made in MAX.
        let stayed = matches!(
            (index, kind),
            (2, ChatKind::Students) | (4, ChatKind::Parents) | (10, ChatKind::Students)
        );
        let (platform, transfer) = match () {
            () if stayed => (Platform::VkMessenger, TransferState::NotTransferred),
            () if index.is_multiple_of(3) => (Platform::Max, TransferState::Transferred),
            () if index % 7 == 1 => (Platform::Max, TransferState::CreatedAnew),
            () => (Platform::Max, TransferState::NotApplicable),
        };
        Chat { group: Some(made.groups[index]), kind, platform, transfer, owner, ..Chat::default() }
    };
    let all: Vec<usize> = (0..made.groups.len()).collect();
    let with_parents: Vec<usize> =
        all.iter().copied().filter(|index| made.people.groups[*index].with_parents).collect();
    // The chat with the group's teachers is not made by the platform: some have none.
    let with_teachers: Vec<usize> =
        all.iter().copied().filter(|index| index % 5 != 1 && index % 8 != 7).collect();
    let mut add = |kind: ChatKind, groups: &[usize], made: &Made| -> Result<Vec<ChatId>, Refusal> {
        let chats = groups.iter().map(|index| class_chat(*index, kind, made).into()).collect();
        Ok(builder.add(chats)?.into_iter().map(ChatId).collect())
    };
    made.students_chats = add(ChatKind::Students, &all, made)?;
    let parents = add(ChatKind::Parents, &with_parents, made)?;
    made.parents_chats = vec![None; made.groups.len()];
    for (index, chat) in with_parents.iter().zip(parents) {
        made.parents_chats[*index] = Some(chat);
    }
    made.teachers_chats = add(ChatKind::Teachers, &with_teachers, made)?;
    let mut chats = Vec::new();
    let subjects: &[&str] =
        if builder.kind == SampleKind::School { &SCHOOL_SUBJECTS } else { &COLLEGE_SUBJECTS };
    let mut owners = Vec::new();
    for index in all.iter().copied().filter(|index| made.people.groups[*index].age >= 11) {
        let first = chance.below(subjects.len());
        for place in 0..3 {
            let subject = subjects[(first + place) % subjects.len()];
            let owner = 14 + chance.below(24);
            let title = format!("{subject} {}", made.people.groups[index].label);
            let mut chat = class_chat(index, ChatKind::Subject, made);
            (chat.title, chat.owner) = (title, Some(made.staff[owner]));
            owners.push((index, owner));
            chats.push(chat.into());
        }
    }
    let ids = builder.add(chats)?;
    made.subject_chats =
        owners.into_iter().zip(ids).map(|((group, owner), id)| (group, ChatId(id), owner)).collect();
    make_other_chats(builder, made)
}

/// The staff's chat, a trip's chat in a foreign messenger, and last year's group with its chats.
fn make_other_chats(builder: &mut Builder, made: &mut Made) -> Result<(), Refusal> {
    let (year, kind) = (SchoolYear(builder.year().0 - 1), builder.kind);
    let (label, unit, subject, trip) = match kind {
        SampleKind::School => ("11А".to_owned(), 1, "Физика", 19),
        SampleKind::College => (format!("ИС-{:02}-1", (year.0 - 3).rem_euclid(100)), 0, "Практика", 3),
    };
    let title = format!("{subject} {label}");
    let group = Group {
        unit: made.units.get(unit).copied(),
        kind: group_kind(kind),
        label,
        year: Some(year),
        ..Group::default()
    };
    let last_year: Vec<GroupId> = builder.add(vec![group.into()])?.into_iter().map(GroupId).collect();
    let of_last_year = |kind, title: &str| {
        let (group, title) = (last_year.first().copied(), title.to_owned());
        Entity::from(Chat { group, kind, title, owner: Some(made.staff[16]), ..Chat::default() })
    };
    let chats = builder.add(vec![
        of_last_year(ChatKind::Subject, &title),
        of_last_year(ChatKind::Students, ""),
        Chat {
            group: Some(TEACHING_STAFF),
            kind: ChatKind::Staff,
            owner: Some(made.staff[1]),
            ..Chat::default()
        }
        .into(),
        Chat {
            group: Some(made.groups[trip]),
            kind: ChatKind::Other,
            title: format!("Поездка {}", made.people.groups[trip].label),
            platform: Platform::Telegram,
            ..Chat::default()
        }
        .into(),
    ])?;
    made.last_year_chats = chats.into_iter().take(2).map(ChatId).collect();
    let on = Date::new(builder.year().0, 6, 26).unwrap_or(builder.today);
    let keys = last_year.into_iter().map(EntityKey::from).collect();
    builder.run(Operation::Archive { keys, on }).map(|_| ())
}

/// Who left, who moved and who came lately; two movements are not in the cabinet yet.
fn move_people(builder: &mut Builder, made: &Made) -> Result<(), Refusal> {
    let order = |number: &str, date: Date| OrderReference { number: number.into(), date: Some(date) };
    let Some(gap) = made.people.group_with(Part::TeacherLeft) else { return Ok(()) };
    let leave = |builder: &mut Builder, person: PersonId, days: i32, number: &str, in_cabinet: bool| {
        let on = builder.days_ago(days);
        let people = builder.register.person(person).cloned().into_iter().collect();
        let changes = builder.run(Operation::Depart { people, on, order: order(number, on) })?;
        if in_cabinet {
            enter_in_cabinet(builder, &changes, on)?;
        }
        Ok::<(), Refusal>(())
    };
    if let Some(teacher) = made.people.leader_of(gap) {
        leave(builder, made.staff[teacher], 11, "211", true)?;
    }
    let ordinary = |place: usize| made.students[made.people.students_of(place).last().unwrap_or(0)];
    leave(builder, ordinary(0), 21, "203", true)?;
    leave(builder, ordinary(if builder.kind == SampleKind::School { 3 } else { 1 }), 3, "214", false)?;
    // One moves from the eighth group into the one before: the places in the list decide, not the names.
    let (from, to) = if builder.kind == SampleKind::School { (8, 6) } else { (1, 0) };
    let moving = made.people.students_of(from).nth(3).map(|student| made.students[student]);
    let seen = moving.and_then(|person| builder.register.memberships_of_person(person).next().cloned());
    if let Some(seen) = seen {
        let on = builder.days_ago(3);
        builder.run(Operation::MoveMember { seen, to: made.groups[to], on, order: order("217", on) })?;
    }
    let newcomer = made.people.students.iter().position(|student| student.person.name.surname == "Лыткина");
    let newcomer = made.students[newcomer.unwrap_or(5)];
    let on = builder.days_ago(7);
    let to = builder.register.memberships_of_person(newcomer).next().and_then(|membership| membership.group);
    builder.add(vec![
        Movement {
            id: MovementId(0),
            person: newcomer,
            role: Role::Student,
            kind: MovementKind::Enrolled,
            on,
            order: order("209", on),
            from: None,
            to,
            in_cabinet_on: Some(on),
        }
        .into(),
    ])?;
    long_absences(builder, made)
}

fn enter_in_cabinet(builder: &mut Builder, changes: &ChangeSet, on: Date) -> Result<(), Refusal> {
    for id in super::builder::created(changes, EntityKind::Movement) {
        let seen = builder.register.get(MovementId(id));
        builder.edit(seen, |seen| match seen {
            Entity::Movement(movement) => Movement { in_cabinet_on: Some(on), ..(**movement).clone() }.into(),
            other => other.clone(),
        })?;
    }
    Ok(())
}

/// Two of the staff and one student are away for long: outside every count.
fn long_absences(builder: &mut Builder, made: &Made) -> Result<(), Refusal> {
    let away = [(made.staff[38], 120), (made.staff[made.staff.len() - 4], 40), (made.students[60], 26)];
    for (person, days) in away {
        let since = builder.days_ago(days);
        let seen = builder.register.get(person);
        builder.edit(seen, |seen| match seen {
            Entity::Person(person) => Person { absent_since: Some(since), ..(**person).clone() }.into(),
            other => other.clone(),
        })?;
    }
    Ok(())
}

fn state(state: ParticipationState, as_of: Option<Date>) -> Participation {
    Participation { state, as_of, ..Participation::default() }
}

/// The n-th of those who never count: a refusal (a person's right, clause 1.8), no phone, not invited yet.
fn neutral(place: usize, as_of: Option<Date>) -> Participation {
    use NonParticipation::{Declined, DeclinedForChild, NoPhone};
    let (reason, alternative) = match place % 4 {
        0 => (Declined, "электронный дневник"),
        1 => return state(ParticipationState::NotInvited, as_of),
        2 => (NoPhone, "родительские собрания"),
        _ => (DeclinedForChild, "электронный дневник"),
    };
    let mut participation = state(ParticipationState::DoesNotParticipate, as_of);
    (participation.reason, participation.alternative) = (Some(reason), alternative.to_owned());
    participation
}

/// Puts the members of a group into an order that chance decides: first those invited and not in, then those who
/// never count, then the rest.
fn rank(label: &str, what: &str, mut list: Vec<PersonId>) -> Vec<PersonId> {
    Chance::new(&format!("{what} {label}")).shuffle(&mut list);
    list
}

/// The students who count as members on the sample's day, without whoever moved in lately or is away.
fn settled_students(builder: &Builder, group: GroupId) -> Vec<PersonId> {
    let today = builder.today;
    let mut people = builder.register.current_members(group, Role::Student, today);
    people.retain(|person| {
        let mut memberships = builder.register.memberships_of_person(*person);
        let moved = memberships.any(|membership| membership.until.is_some());
        !moved && builder.register.person(*person).is_some_and(|person| person.absent_since.is_none())
    });
    people
}

/// From 18 a student decides alone and the parents leave every count.
pub(super) fn is_of_age(builder: &Builder, person: PersonId) -> bool {
    let birth_date = builder.register.person(person).and_then(|person| person.birth_date);
    birth_date.is_some_and(|born| born.saturating_add(jiff::Span::new().years(18)) <= builder.today)
}

fn enter_guardianships(builder: &mut Builder, made: &Made) -> Result<(), Refusal> {
    let mut inside: BTreeMap<PersonId, Vec<Participation>> = BTreeMap::new();
    for (index, spec) in made.people.groups.iter().enumerate() {
        let Some(days) = spec.observed.filter(|_| spec.with_parents) else { continue };
        let as_of = Some(builder.days_ago(days));
        let mut children = settled_students(builder, made.groups[index]);
        children.retain(|child| !is_of_age(builder, *child));
        let children = rank(&spec.label, "родители", children);
        for (place, child) in children.into_iter().enumerate() {
            let both = if place < spec.parents.invited {
                vec![state(ParticipationState::Invited, as_of); 2]
            } else if place < spec.parents.invited + spec.parents.neutral {
                let place = if spec.part == Part::ParentsServed { 0 } else { place - spec.parents.invited };
                vec![neutral(place, as_of); 2]
            } else {
                let second =
                    if place % 3 == 0 { ParticipationState::Joined } else { ParticipationState::Invited };
                vec![state(ParticipationState::Joined, as_of), state(second, as_of)]
            };
            inside.insert(child, both);
        }
    }
    let mut records: Vec<Entity> = Vec::new();
    for (student, id) in made.people.students.iter().zip(&made.students) {
        for (place, (adult, basis)) in student.adults.iter().enumerate() {
            let known = inside.get(id).and_then(|both| both.get(place)).cloned();
            let restricted = *basis == "отец" && records.len() % 200 == 101;
            records.push(
                Guardianship {
                    adult: made.adults[*adult],
                    child: *id,
                    basis: (*basis).to_owned(),
                    restriction: if restricted {
                        "у социального педагога".into()
                    } else {
                        String::new()
                    },
                    participation: known.unwrap_or_default(),
                    ..Guardianship::default()
                }
                .into(),
            );
        }
    }
    builder.add(records).map(|_| ())
}

fn set_participation(builder: &mut Builder, made: &Made) -> Result<(), Refusal> {
    // One entry for everybody of one state on one day, as «отметить целыми классами» does.
    let mut together: BTreeMap<(i32, usize), (Participation, Vec<Entity>)> = BTreeMap::new();
    let mut put = |days: i32, rank: usize, participation: Participation, seen: Option<Entity>| {
        let list = &mut together.entry((days, rank)).or_insert_with(|| (participation, Vec::new())).1;
        list.extend(seen);
    };
    let of_role = |builder: &Builder, person: PersonId, role: Role| -> Option<Entity> {
        let mut memberships = builder.register.memberships_of_person(person);
        memberships
            .find(|membership| membership.role == role && membership.until.is_none())
            .cloned()
            .map(Entity::from)
    };
    for (index, spec) in made.people.groups.iter().enumerate() {
        let Some(days) = spec.observed else { continue };
        let as_of = Some(builder.days_ago(days));
        let students = rank(&spec.label, "ученики", settled_students(builder, made.groups[index]));
        for (place, student) in students.into_iter().enumerate() {
            let (rank, participation) = if place < spec.students.invited {
                (0, state(ParticipationState::Invited, as_of))
            } else if place < spec.students.invited + spec.students.neutral {
                let served = spec.part == Part::StudentsServed;
                let kind = if served { 0 } else { (place - spec.students.invited + index) % 4 };
                (2 + kind, neutral(kind, as_of))
            } else {
                (1, state(ParticipationState::Joined, as_of))
            };
            put(days, rank, participation, of_role(builder, student, Role::Student));
        }
    }
    let staff_day = Some(builder.days_ago(2));
    for (index, (member, person)) in made.people.staff.iter().zip(&made.staff).enumerate() {
        let out = STAFF_INVITED.contains(&index) || index + 3 >= made.staff.len();
        let (rank, what) =
            if out { (10, ParticipationState::Invited) } else { (11, ParticipationState::Confirmed) };
        put(2, rank, state(what, staff_day), of_role(builder, *person, member.role));
    }
    for (participation, seen) in together.into_values() {
        if !seen.is_empty() {
            builder.run(Operation::SetParticipation { seen, participation })?;
        }
    }
    Ok(())
}

/// Teachers by index who are invited and not in yet.
pub(super) const STAFF_INVITED: [usize; 2] = [20, 31];

/// The status of the newest: some wait for confirmation, some have it (duty 2.3-7).
fn confirm_staff(builder: &mut Builder, made: &Made) -> Result<(), Refusal> {
    let states =
        [(21, Verification::Waiting, 16), (26, Verification::Waiting, 6), (22, Verification::Verified, 20)];
    for (index, verification, days) in states {
        let verification_since = Some(builder.days_ago(days));
        let seen =
            builder.register.memberships_of_person(made.staff[index]).next().cloned().map(Entity::from);
        builder.edit(seen, |seen| match seen {
            Entity::Membership(membership) => {
                Membership { verification, verification_since, ..(**membership).clone() }.into()
            }
            other => other.clone(),
        })?;
    }
    Ok(())
}
