//! Observations and invite links of the sample, laid so that on its day every staleness rule of domain §4 holds for
//! a few links and for no more: most are in force as they should be.

use super::SampleKind;
use super::addresses::{Addresses, Shape};
use super::builder::{Builder, created};
use super::groups::{GroupSpec, Part};
use super::story::{Made, STAFF_INVITED, TEACHING_STAFF, is_of_age};
use crate::names::Role;
use crate::register::*;

/// Days between the two looks at a group.
const BETWEEN_LOOKS: i32 = 33;

/// Enters what was seen of every group that was ever reconciled, and of the staff.
pub(super) fn observe(builder: &mut Builder, made: &Made) -> Result<(), Refusal> {
    let (mut first, mut latest) = (Vec::new(), Vec::new());
    for (index, spec) in made.people.groups.iter().enumerate() {
        let Some(days) = spec.observed else { continue };
        for role in [Role::Student, Role::Parent] {
            if role == Role::Parent && !spec.with_parents {
                continue;
            }
            let (inside, of) = numbers(builder, made, index, role);
            let stalled =
                spec.part == if role == Role::Student { Part::StudentsStalled } else { Part::ParentsStalled };
            let before = if stalled { inside } else { inside.saturating_sub(1 + index as u32 % 4) };
            let chat = match role {
                Role::Student => made.students_chats.get(index).copied(),
                _ => made.parents_chats[index],
            };
            let targets = [Some(Target::Group(made.groups[index])), chat.map(Target::Chat)];
            for (place, target) in targets.into_iter().flatten().enumerate() {
                let source =
                    if place == 1 { ObservationSource::Reconciliation } else { ObservationSource::Number };
                let seen = |days: i32, joined: u32, source| Observation {
                    id: ObservationId(0),
                    target,
                    role,
                    on: builder.days_ago(days),
                    source,
                    joined,
                    of: Some(of),
                };
                // Of the two that are long overdue there was one look only.
                if days < 30 {
                    let days = if stalled { days + BETWEEN_LOOKS - 3 } else { days + BETWEEN_LOOKS };
                    first.push(seen(days, before, ObservationSource::Number));
                }
                latest.push(seen(days, inside, source));
            }
        }
    }
    latest.extend(observations_of_staff(builder, made));
    builder.run(Operation::Observe(first))?;
    builder.run(Operation::Observe(latest)).map(|_| ())
}

fn observations_of_staff(builder: &Builder, made: &Made) -> Vec<Observation> {
    let count = |role: Role| made.people.staff.iter().filter(|member| member.role == role).count() as u32;
    let teacher_left = 1;
    let teachers = count(Role::Teacher) - teacher_left;
    let employees = count(Role::Employee);
    let seen = |target, role, days, joined, of| Observation {
        id: ObservationId(0),
        target,
        role,
        on: builder.days_ago(days),
        source: ObservationSource::Ticks,
        joined,
        of: Some(of),
    };
    // One teacher and one employee are away for long and outside every count.
    let inside = teachers - 1 - STAFF_INVITED.len() as u32;
    vec![
        seen(Target::Group(TEACHING_STAFF), Role::Teacher, 2, inside, teachers - 1),
        seen(Target::Organization, Role::Employee, 2, employees - 4, employees - 1),
    ]
}

/// How many are in, and of how many, by the states of the people: the look agrees with them.
fn numbers(builder: &Builder, made: &Made, group: usize, role: Role) -> (u32, u32) {
    let register = &builder.register;
    let students = register.current_members(made.groups[group], Role::Student, builder.today);
    let (mut inside, mut of) = (0, 0);
    for student in students {
        let away = register.person(student).is_some_and(|person| person.absent_since.is_some());
        if role == Role::Parent && is_of_age(builder, student) {
            continue;
        }
        let states: Vec<ParticipationState> = match role {
            Role::Parent => register
                .current_guardians(student, builder.today)
                .map(|link| link.participation.state)
                .collect(),
            _ => register
                .memberships_of_person(student)
                .filter(|membership| membership.until.is_none() && membership.role == role)
                .map(|membership| membership.participation.state)
                .collect(),
        };
        let joined = states.contains(&ParticipationState::Joined);
        let outside = |state: &ParticipationState| {
            matches!(state, ParticipationState::DoesNotParticipate | ParticipationState::NotInvited)
        };
        if !away && !states.iter().all(outside) {
            of += 1;
            inside += u32::from(joined);
        }
    }
    (inside, of)
}

/// A link to be recorded.
struct Planned {
    target: Target,
    role: Role,
    shape: Shape,
    issued_by: Option<PersonId>,
    /// Days since the hand-over; `None`: in reserve.
    handed: Option<i32>,
    way: HandOverWay,
    to: Option<PersonId>,
    /// Days since it ran out; negative: days it still has.
    expired: Option<i32>,
}

struct Links<'story> {
    made: &'story Made,
    planned: Vec<Planned>,
}

/// Enters the links and what became of some of them.
pub(super) fn enter(builder: &mut Builder, made: &Made) -> Result<(), Refusal> {
    let mut links = Links { made, planned: Vec::new() };
    for (index, spec) in made.people.groups.iter().enumerate() {
        links.of_students(index, spec);
        links.of_parents(index, spec);
    }
    links.of_subjects();
    links.of_staff();
    links.of_last_year();
    let mut addresses = Addresses::new(match builder.kind {
        SampleKind::School => "школа: ссылки",
        SampleKind::College => "колледж: ссылки",
    });
    let recorded = record(builder, &mut addresses, &links.planned)?;
    aftermath(builder, made, &mut addresses, &recorded)
}

fn record(
    builder: &mut Builder,
    addresses: &mut Addresses,
    planned: &[Planned],
) -> Result<Vec<InviteId>, Refusal> {
    let mut invites = Vec::with_capacity(planned.len());
    for link in planned {
        let Some(address) = addresses.next(link.shape) else { continue };
        let handed_on = link.handed.map(|days| builder.days_ago(days));
        // A handful was there before anybody kept a register.
        let issued_on = match handed_on {
            Some(_) if link.shape == Shape::Sferum => None,
            Some(on) => Some(on),
            None => Some(builder.days_ago(9)),
        };
        invites.push(Invite {
            id: InviteId(0),
            target: link.target,
            role: link.role,
            address,
            recorded_on: builder.today,
            issued_on,
            issued_by: link.issued_by,
            handed_over: handed_on.map(|on| HandOver {
                on: Some(on),
                way: link.way,
                to: link.to,
                note: if link.way == HandOverWay::Published {
                    "сайт школы".into()
                } else {
                    String::new()
                },
            }),
            expires_on: link.expired.map(|days| builder.days_ago(days)),
            replaced_by: None,
            revocation: None,
            deferral: None,
            exposure: None,
            delegation: None,
            failed: None,
        });
    }
    let changes = builder.run(Operation::AddInvites(invites))?;
    Ok(created(&changes, EntityKind::Invite).into_iter().map(InviteId).collect())
}

/// The day a link was handed over, so that a look of `observed` days ago says of it what is expected.
fn handed_days(index: usize, spec: &GroupSpec) -> i32 {
    match spec.observed {
        // Nobody has looked since, and it is not yet time to ask why.
        None => 6 + index as i32 % 7,
        // Before the only look there was, so that the look speaks of it.
        Some(days) if days > 30 => days + 5,
        Some(_) => 36 + index as i32 % 9,
    }
}

impl Links<'_> {
    fn push(
        &mut self,
        target: Target,
        role: Role,
        handed: Option<i32>,
        by: Option<PersonId>,
    ) -> &mut Planned {
        let place = self.planned.len();
        self.planned.push(Planned {
            target,
            role,
            shape: Shape::Max,
            issued_by: by,
            handed,
            way: HandOverWay::ClassTeacher,
            to: by,
            expired: None,
        });
        &mut self.planned[place]
    }

    fn leader(&self, index: usize) -> Option<PersonId> {
        self.made.people.leader_of(index).map(|leader| self.made.staff[leader])
    }

    /// The class's own chat, and the administrator's link into the group.
    fn of_students(&mut self, index: usize, spec: &GroupSpec) {
        let leader = self.leader(index);
        let (chat, group) =
            (Target::Chat(self.made.students_chats[index]), Target::Group(self.made.groups[index]));
        let days = if spec.part == Part::StudentsUnclaimed { 71 } else { handed_days(index, spec) };
        self.push(chat, Role::Student, Some(days), leader);
        let ordinary = !matches!(
            spec.part,
            Part::StudentsUnclaimed | Part::StudentsStalled | Part::StudentsServed | Part::TeacherLeft
        );
        if ordinary {
            let link = self.push(group, Role::Student, Some(days - 1), None);
            link.to = leader;
            link.shape = if index.is_multiple_of(2) { Shape::Sferum } else { Shape::Max };
        }
    }

    fn of_parents(&mut self, index: usize, spec: &GroupSpec) {
        let Some(chat) = self.made.parents_chats[index].map(Target::Chat) else { return };
        let group = Target::Group(self.made.groups[index]);
        let leader =
            if spec.part == Part::TeacherLeft { Some(self.made.staff[1]) } else { self.leader(index) };
        let days = match spec.part {
            Part::ParentsUnclaimed => 53,
            Part::ParentsSilent => 34,
            Part::ParentsStalled => 43,
            Part::ParentsSuperseded => 41,
            Part::ParentsExposed => 38,
            _ => handed_days(index, spec),
        };
        let link = self.push(chat, Role::Parent, Some(days), leader);
        match spec.part {
            Part::ParentsUnclaimed => link.way = HandOverWay::Print,
            Part::ParentsSuperseded => {
                (link.way, link.shape) = (HandOverWay::Published, Shape::Short);
                self.push(chat, Role::Parent, Some(5), leader);
            }
            Part::ParentsStalled => {
                self.push(chat, Role::Parent, None, leader);
            }
            _ => {}
        }
        let ordinary = !matches!(
            spec.part,
            Part::ParentsUnclaimed
                | Part::ParentsSilent
                | Part::ParentsStalled
                | Part::ParentsServed
                | Part::TeacherLeft
        );
        if ordinary && index % 4 != 3 {
            let link = self.push(group, Role::Parent, Some(handed_days(index, spec) - 2), None);
            link.to = leader;
            if index.is_multiple_of(3) {
                (link.way, link.to) = (HandOverWay::Print, None);
            }
        }
    }

    /// Links into subject chats, handed over lately by their teachers; one ran out.
    fn of_subjects(&mut self) {
        let made = self.made;
        for (place, (group, chat, owner)) in made.subject_chats.iter().enumerate() {
            let part = made.people.groups[*group].part;
            if part == Part::StudentsServed {
                continue;
            }
            let first_of_group = place % 3 == 0;
            let link = self.push(
                Target::Chat(*chat),
                Role::Student,
                Some(3 + place as i32 % 10),
                Some(made.staff[*owner]),
            );
            link.way = HandOverWay::InPerson;
            if place % 7 == 2 {
                link.shape = Shape::Vk;
            }
            if first_of_group && part == Part::SubjectExpired {
                link.expired = Some(2);
            } else if place % 11 == 4 {
                link.expired = Some(-30);
            }
        }
    }

    /// Links for staff, some fresh, some too old; one for students that leads to the staff.
    fn of_staff(&mut self) {
        let made = self.made;
        let by = None;
        let staff = Target::Group(TEACHING_STAFF);
        for (target, role, days, way) in [
            (staff, Role::Teacher, 42, HandOverWay::InPerson),
            (Target::Organization, Role::Employee, 15, HandOverWay::InPerson),
            (Target::Organization, Role::Teacher, 3, HandOverWay::InPerson),
            (staff, Role::Student, 4, HandOverWay::ClassTeacher),
        ] {
            self.push(target, role, Some(days), by).way = way;
        }
        for (place, chat) in made.teachers_chats.iter().enumerate().filter(|(place, _)| place % 3 == 0) {
            // Links of teachers' chats lie ready, and one is out for a newcomer.
            let handed = if place == 0 { Some(2) } else { None };
            self.push(Target::Chat(*chat), Role::Teacher, handed, None);
        }
    }

    fn of_last_year(&mut self) {
        for (place, chat) in self.made.last_year_chats.iter().enumerate() {
            let link = self.push(Target::Chat(*chat), Role::Student, Some(404 - place as i32 * 9), None);
            link.way = HandOverWay::InPerson;
            link.shape = if place == 0 { Shape::Max } else { Shape::Vk };
        }
    }
}

/// What became of single links: exposed, put off, revoked with a successor, not done, asked of a teacher.
fn aftermath(
    builder: &mut Builder,
    made: &Made,
    addresses: &mut Addresses,
    recorded: &[InviteId],
) -> Result<(), Refusal> {
    let of_chat = |builder: &Builder, chat: Option<ChatId>| -> Vec<InviteId> {
        let invites =
            chat.into_iter().flat_map(|chat| builder.register.invites_of_target(Target::Chat(chat)));
        invites.filter(|invite| recorded.contains(&invite.id)).map(|invite| invite.id).take(1).collect()
    };
    let part = |part: Part| made.people.group_with(part).unwrap_or(0);
    let exposed = of_chat(builder, made.parents_chats[part(Part::ParentsExposed)]);
    let seen = builder.seen(&exposed);
    let (on, note) = (builder.days_ago(1), "снимок экрана выложен в открытой группе".to_owned());
    builder.run(Operation::ExposeInvites { seen, on, note })?;

    let deferred = of_chat(builder, made.students_chats.get(part(Part::StudentsDeferred)).copied());
    let (seen, until) = (builder.seen(&deferred), builder.days_ago(-7));
    builder.run(Operation::DeferInvites {
        seen, until, reason: "ждём двоих до конца недели".into()
    })?;

    let failed = of_chat(builder, made.students_chats.get(part(Part::StudentsUnclaimed)).copied());
    let (seen, on) = (builder.seen(&failed), builder.days_ago(2));
    builder
        .run(Operation::FailInvites { seen, on, why: "кабинет не открывался".into() })?;

    let group = part(Part::ParentsSuperseded);
    let asked = of_chat(builder, made.parents_chats[group]);
    let to = made.people.leader_of(group).map(|leader| made.staff[leader]);
    let (seen, on) = (builder.seen(&asked), builder.days_ago(1));
    builder.run(Operation::DelegateInvites { seen, delegation: Delegation { on, to } })?;
    revoke_old_ones(builder, made, addresses)
}

/// Links of the summer, revoked over the last days; each left a fresh one in reserve.
fn revoke_old_ones(builder: &mut Builder, made: &Made, addresses: &mut Addresses) -> Result<(), Refusal> {
    let old: Vec<Planned> = [16, 2, 5, 9, 12, 13]
        .into_iter()
        .map(|index| {
            let chat = made.parents_chats[index].unwrap_or(made.students_chats[index]);
            let role = if made.parents_chats[index].is_some() { Role::Parent } else { Role::Student };
            let by = made.people.leader_of(index).map(|leader| made.staff[leader]);
            Planned {
                target: Target::Chat(chat),
                role,
                shape: if index % 2 == 0 { Shape::Sferum } else { Shape::Max },
                issued_by: by,
                handed: Some(48 + index as i32),
                way: HandOverWay::ClassTeacher,
                to: by,
                expired: None,
            }
        })
        .collect();
    let recorded = record(builder, addresses, &old)?;
    for (place, invite) in recorded.into_iter().enumerate() {
        let seen = builder.seen(&[invite]);
        let on = builder.days_ago(place as i32 * 2);
        let reason = if place % 2 == 0 { "unclaimed" } else { "stalled" }.to_owned();
        let successor = if place < 4 { addresses.next(Shape::Max) } else { None };
        builder.run(Operation::RevokeInvites { seen, on, reason, successor })?;
    }
    Ok(())
}
