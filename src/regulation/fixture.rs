//! Registers for the tests of this room, built through `decide` like any other.

use std::sync::Arc;

use jiff::civil::{Date, date};

use crate::names::{FullName, InviteAddress, Role};
use crate::register::decide::{Context, decide};
use crate::register::*;

/// A made-up school in the making.
pub(super) struct School {
    pub register: Register,
    /// The day on which things are entered.
    pub today: Date,
}

impl School {
    /// A founded file, entered on a day of the school year 2026/2027.
    pub fn new() -> School {
        let mut school = School { register: Register::default(), today: date(2026, 12, 31) };
        school.run(Operation::Found(Organization {
            name: "Школа № 14".into(), ..Organization::default()
        }));
        school
    }

    /// Decides and applies.
    pub fn run(&mut self, operation: Operation) -> ChangeSet {
        let context =
            Context { today: self.today, now: jiff::Timestamp::UNIX_EPOCH, actor: "Тест".into() };
        let changes =
            decide(&self.register, &operation, &context).expect("the fixture asks only for what is allowed");
        self.register.apply(&changes);
        self.register.revision += 1;
        changes
    }

    fn add(&mut self, entity: impl Into<Entity>) -> u32 {
        self.run(Operation::Add(vec![entity.into()])).changes[0].key().id
    }

    /// Edits one entity as its screen would.
    pub fn edit(&mut self, seen: impl Into<Entity>, wanted: impl Into<Entity>) {
        self.run(Operation::Edit { seen: seen.into(), wanted: wanted.into() });
    }

    /// Edits the settings.
    pub fn settings(&mut self, change: impl FnOnce(&mut Settings)) {
        let seen = self.register.settings().clone();
        let mut wanted = seen.clone();
        change(&mut wanted);
        self.edit(seen, wanted);
    }

    pub fn group(&mut self, label: &str, kind: GroupKind) -> GroupId {
        let year = Some(SchoolYear(2026));
        GroupId(self.add(Group { label: label.into(), kind, year, ..Group::default() }))
    }

    pub fn class(&mut self, label: &str) -> GroupId {
        self.group(label, GroupKind::SchoolClass)
    }

    /// The group of the teaching staff, which every file has.
    pub fn staff_group(&self) -> GroupId {
        GroupId(1)
    }

    pub fn chat(&mut self, group: GroupId, kind: ChatKind) -> ChatId {
        ChatId(self.add(Chat { group: Some(group), kind, ..Chat::default() }))
    }

    /// A person with one membership, or none.
    pub fn person(&mut self, surname: &str, role: Role, group: Option<GroupId>) -> PersonId {
        let person = PersonId(
            self.add(Person {
                name: FullName::new(surname, "Вера", "Ильинична"), ..Person::default()
            }),
        );
        if role != Role::Parent {
            self.add(membership(person, role, group));
        }
        person
    }

    pub fn students(&mut self, group: GroupId, count: usize) -> Vec<PersonId> {
        (0..count).map(|_| self.person("Лыткина", Role::Student, Some(group))).collect()
    }

    /// An adult of a child.
    pub fn adult(&mut self, child: PersonId) -> PersonId {
        let adult = self.person("Орлова", Role::Parent, None);
        self.add(Guardianship { adult, child, ..Guardianship::default() });
        adult
    }

    /// Sets what is known of every current membership of a person.
    pub fn takes_part(&mut self, person: PersonId, state: ParticipationState) {
        let seen = self.register.memberships_of_person(person).cloned().map(Entity::from).collect();
        self.run(Operation::SetParticipation { seen, participation: self.participation(state) });
    }

    /// Sets what is known of an adult of a child.
    pub fn adult_takes_part(&mut self, child: PersonId, adult: PersonId, state: ParticipationState) {
        let of_child = self.register.guardianships_of_child(child).filter(|link| link.adult == adult);
        let seen = of_child.cloned().map(Entity::from).collect();
        self.run(Operation::SetParticipation { seen, participation: self.participation(state) });
    }

    fn participation(&self, state: ParticipationState) -> Participation {
        Participation { state, as_of: Some(date(2026, 9, 20)), ..Participation::default() }
    }

    /// Somebody leaves the organization.
    pub fn leaves(&mut self, person: PersonId, on: Date) {
        let people = vec![self.register.person(person).expect("was added").clone()];
        let order = OrderReference { number: "211".into(), date: Some(on) };
        self.run(Operation::Depart { people, on, order });
    }

    pub fn assign(&mut self, group: GroupId, person: PersonId, temporary: bool) {
        self.add(Assignment { group, person, temporary, ..Assignment::default() });
    }

    pub fn observe(&mut self, target: Target, role: Role, on: Date, joined: u32, of: Option<u32>) {
        let source = ObservationSource::Number;
        let observation = Observation { id: ObservationId(0), target, role, on, source, joined, of };
        self.run(Operation::Observe(vec![observation]));
    }

    /// A link, made and (with a day) handed over on that day.
    pub fn link(&mut self, target: Target, role: Role, handed_on: Option<Date>) -> InviteId {
        self.link_with(target, role, handed_on, |_| {})
    }

    /// A link with more facts.
    pub fn link_with(
        &mut self,
        target: Target,
        role: Role,
        handed_on: Option<Date>,
        change: impl FnOnce(&mut Invite),
    ) -> InviteId {
        let number = self.register.counter(EntityKind::Invite) + 1;
        let mut invite = Invite {
            id: InviteId(0),
            target,
            role,
            address: address(number),
            recorded_on: self.today,
            issued_on: handed_on,
            issued_by: None,
            handed_over: handed_on.map(|on| HandOver { on: Some(on), ..HandOver::default() }),
            expires_on: None,
            replaced_by: None,
            revocation: None,
            deferral: None,
            exposure: None,
            delegation: None,
            failed: None,
        };
        change(&mut invite);
        InviteId(self.run(Operation::AddInvites(vec![invite])).changes[0].key().id)
    }

    pub fn invite(&self, id: InviteId) -> Arc<Invite> {
        self.register.invite(id).expect("was added").clone()
    }
}

/// An address that no other number has.
pub(super) fn address(number: u32) -> InviteAddress {
    let text = format!("https://max.ru/join/{number:0>43}");
    InviteAddress::parse(&text).expect("43 digits are a token").0
}

pub(super) fn membership(person: PersonId, role: Role, group: Option<GroupId>) -> Membership {
    Membership {
        id: MembershipId(0),
        person,
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
