//! What a movement means for the cabinet: the steps that go into the same journal entry (duty 2.3-8).
//!
//! Who does not participate or was not invited is in no chat and gets no step [R 1.8]. Of whom nothing is known, one
//! step asks to look: knowledge is not invented. A link that only one person has needs no step where that person left
//! the school: rule `orphaned` flags it at once.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::names::{FullName, Role};
use crate::register::{
    CabinetTask, CabinetTaskKind, ChatKind, GroupId, GroupKind, HandOverWay, Membership, MovementKind,
    Participation, ParticipationState, Person, PersonId, Register, Target, role_ends,
};
use crate::regulation::observations::role_of_chat;
use crate::regulation::participation::is_outside_count;
use crate::regulation::year::{class_teacher_word, target_title};
use crate::wording::role_name;

/// Where somebody of a role stands because of a group: the group itself, then its chats for that role. A parent stands
/// in the parents' chats, and in the group only where there is no such chat.
pub fn places_of_member(register: &Register, group: GroupId, role: Role) -> Vec<Target> {
    let belongs = |kind: ChatKind| match role_of_chat(kind) {
        Some(Role::Teacher) => role.is_staff(),
        Some(of_chat) => of_chat == role,
        None => false,
    };
    let chats = register.chats_of_group(group).filter(|chat| chat.archived_on.is_none());
    let chats: Vec<Target> =
        chats.filter(|chat| belongs(chat.kind)).map(|chat| Target::Chat(chat.id)).collect();
    let stands_in_group = role != Role::Parent || chats.is_empty();
    stands_in_group.then_some(Target::Group(group)).into_iter().chain(chats).collect()
}

/// The steps when somebody leaves: out of every place that ends, the adults of a leaving child too; chats handed on and
/// a new class teacher entered where a class teacher leaves.
pub fn steps_of_leaving(
    register: &Register,
    person: &Person,
    kind: MovementKind,
    today: Date,
) -> Vec<CabinetTask> {
    let mut steps = Steps { register, today, tasks: Vec::new() };
    let open: Vec<_> =
        register.memberships_of_person(person.id).filter(|membership| membership.until.is_none()).collect();
    let is_student = open.iter().any(|membership| membership.role == Role::Student);
    for membership in open.iter().filter(|one| role_ends(kind, one.role, is_student)) {
        steps.remove_member(person, membership, leaving_words(kind));
        if let (Role::Student, Some(group)) = (membership.role, membership.group) {
            steps.remove_adults(person.id, group, leaving_words(kind));
        }
    }
    if kind == MovementKind::Dismissed {
        steps.hand_on_classes(person);
    }
    if kind == MovementKind::Left && !is_student {
        steps.remove_from_children(person);
    }
    steps.tasks
}

/// The steps of a transfer: out of the old group, into the new one, the adults along with their child.
pub fn steps_of_transfer(
    register: &Register,
    membership: &Membership,
    to: GroupId,
    today: Date,
) -> Vec<CabinetTask> {
    let mut steps = Steps { register, today, tasks: Vec::new() };
    let Some(person) = register.person(membership.person) else { return Vec::new() };
    steps.remove_member(person, membership, "перевод");
    if let (Role::Student, Some(from)) = (membership.role, membership.group) {
        steps.remove_adults(person.id, from, "перевод");
        steps.close_own_links(person.id, from);
    }
    if may_be_inside(&membership.participation) {
        steps.invite(Some(person.id), &person.name, membership.role, Some(to));
    }
    if membership.role == Role::Student {
        for bond in register.current_guardians(person.id, today) {
            let is_there = steps.has_other_child_in(bond.adult, person.id, to);
            if let Some(adult) = register.person(bond.adult)
                && !is_there
                && may_be_inside(&bond.participation)
            {
                steps.invite(Some(adult.id), &adult.name, Role::Parent, Some(to));
            }
        }
    }
    steps.tasks
}

/// The step that invites somebody new; the person is filled in when they have a number. A kindergarten has no place
/// for children [R 2.5], so there is none for them.
pub fn steps_of_entering(
    register: &Register,
    name: &FullName,
    role: Role,
    group: Option<GroupId>,
    today: Date,
) -> Vec<CabinetTask> {
    let mut steps = Steps { register, today, tasks: Vec::new() };
    steps.invite(None, name, role, group);
    steps.tasks
}

/// The steps of somebody who comes back; who does not participate is not asked again [R 1.8].
pub fn steps_of_return(
    register: &Register,
    person: &Person,
    role: Role,
    group: Option<GroupId>,
    today: Date,
) -> Vec<CabinetTask> {
    let declined = register
        .memberships_of_person(person.id)
        .filter(|membership| membership.role == role)
        .max_by_key(|membership| (membership.until, membership.id))
        .is_some_and(|last| last.participation.reason.is_some());
    if declined {
        return Vec::new();
    }
    let mut steps = Steps { register, today, tasks: Vec::new() };
    steps.invite(Some(person.id), &person.name, role, group);
    if let (Role::Student, Some(group)) = (role, group) {
        for bond in register.current_guardians(person.id, today) {
            if let Some(adult) = register.person(bond.adult)
                && may_be_inside(&bond.participation)
            {
                steps.invite(Some(adult.id), &adult.name, Role::Parent, Some(group));
            }
        }
    }
    steps.tasks
}

/// The step of another name: the cabinet still shows the old one.
pub fn steps_of_renaming(
    register: &Register,
    person: &Person,
    name: &FullName,
    today: Date,
) -> Vec<CabinetTask> {
    if places_now(register, person.id, today).is_empty() {
        return Vec::new();
    }
    let text = format!("Исправить имя в кабинете: {} → {}", person.name.full(), name.full());
    let group = first_group(register, person.id, today);
    vec![CabinetTask {
        text,
        person: Some(person.id),
        group,
        written_name: person.name.full(),
        ..CabinetTask::default()
    }]
}

/// The steps of another phone number: a new account comes in, the old one goes. Only where the person may be inside.
pub fn steps_of_new_phone(register: &Register, person: &Person, today: Date) -> Vec<CabinetTask> {
    let mut tasks = Vec::new();
    for (group, role) in places_now(register, person.id, today) {
        let target = group.map_or(Target::Organization, Target::Group);
        let title = target_title(register, target);
        let name = person.name.full();
        let task = |kind, text| CabinetTask {
            text,
            kind,
            person: Some(person.id),
            group,
            role: Some(role),
            ..CabinetTask::default()
        };
        let text = format!("Пригласить с нового номера в «{title}»: {name}");
        tasks.push(task(CabinetTaskKind::InviteAgain, text));
        let text = format!("Убрать старый аккаунт из «{title}»: {name}, номер сменился");
        tasks.push(task(CabinetTaskKind::Other, text));
    }
    tasks
}

/// Whether somebody with this participation may be inside: neither declined nor left out.
fn may_be_inside(participation: &Participation) -> bool {
    !is_outside_count(participation.state) && participation.state != ParticipationState::Departed
}

fn leaving_words(kind: MovementKind) -> &'static str {
    match kind {
        MovementKind::Graduated => "выпуск",
        MovementKind::Dismissed => "увольнение",
        _ => "выбытие",
    }
}

/// Where somebody may be inside now, by group and role, each once.
fn places_now(register: &Register, person: PersonId, today: Date) -> BTreeSet<(Option<GroupId>, Role)> {
    let own = register
        .memberships_of_person(person)
        .filter(|membership| register.is_current(membership, today))
        .filter(|membership| may_be_inside(&membership.participation))
        .map(|membership| (membership.group, membership.role));
    let mut places: BTreeSet<(Option<GroupId>, Role)> = own.collect();
    for bond in register.guardianships_of_adult(person) {
        if bond.until.is_some_and(|until| until < today) || !may_be_inside(&bond.participation) {
            continue;
        }
        let of_child = register.memberships_of_person(bond.child);
        let groups = of_child.filter(|one| one.role == Role::Student && register.is_current(one, today));
        places.extend(groups.map(|one| (one.group, Role::Parent)));
    }
    places
}

fn first_group(register: &Register, person: PersonId, today: Date) -> Option<GroupId> {
    places_now(register, person, today).into_iter().find_map(|(group, _)| group)
}

struct Steps<'register> {
    register: &'register Register,
    today: Date,
    tasks: Vec<CabinetTask>,
}

impl Steps<'_> {
    /// Adds a step unless the same is open already or was made just now.
    fn push(&mut self, task: CabinetTask) {
        let same = |other: &CabinetTask| {
            other.kind == task.kind
                && other.target() == task.target()
                && match task.person {
                    Some(_) => other.person == task.person && other.invite == task.invite,
                    None => other.text == task.text,
                }
        };
        let is_open = self.register.tables().cabinet_tasks.values().any(|one| {
            one.done_on.is_none() && one.kind != CabinetTaskKind::Other && task.person.is_some() && same(one)
        });
        let by_text = task.kind == CabinetTaskKind::Other;
        let is_made = self.tasks.iter().any(|one| same(one) && (!by_text || one.text == task.text));
        if !is_open && !is_made {
            self.tasks.push(task);
        }
    }

    fn task(&self, kind: CabinetTaskKind, target: Target, role: Role, text: String) -> CabinetTask {
        let chat = match target {
            Target::Chat(chat) => Some(chat),
            Target::Group(_) | Target::Organization => None,
        };
        let group = self.register.group_of_target(target);
        CabinetTask { text, kind, group, chat, role: Some(role), ..CabinetTask::default() }
    }

    /// Out of the places of a membership. Of whom nothing is known, one step asks to look.
    fn remove_member(&mut self, person: &Person, membership: &Membership, why: &str) {
        if !may_be_inside(&membership.participation) {
            return;
        }
        let mut places = match membership.group {
            Some(group) => places_of_member(self.register, group, membership.role),
            None => vec![Target::Organization],
        };
        let is_known = membership.participation.state != ParticipationState::NoInformation;
        if !is_known {
            places.truncate(1);
        }
        for place in places {
            self.remove(person, place, membership.role, is_known, why);
        }
    }

    fn remove(&mut self, person: &Person, place: Target, role: Role, is_known: bool, why: &str) {
        let verb = if is_known {
            "Удалить"
        } else {
            "Проверить и, если есть, удалить"
        };
        let title = target_title(self.register, place);
        let text = format!("{verb} из «{title}»: {} ({why})", person.name.full());
        let task = self.task(CabinetTaskKind::Remove, place, role, text);
        self.push(CabinetTask { person: Some(person.id), ..task });
    }

    /// The adults of a child out of the group it leaves, but not those of another child there.
    fn remove_adults(&mut self, child: PersonId, group: GroupId, why: &str) {
        let register = self.register;
        for bond in register.current_guardians(child, self.today) {
            let Some(adult) = register.person(bond.adult) else { continue };
            if self.has_other_child_in(adult.id, child, group) || !may_be_inside(&bond.participation) {
                continue;
            }
            let is_known = bond.participation.state != ParticipationState::NoInformation;
            let why = format!("{why} ребёнка");
            for place in places_of_member(register, group, Role::Parent) {
                self.remove(adult, place, Role::Parent, is_known, &why);
            }
            self.close_own_links(adult.id, group);
        }
    }

    /// An adult who leaves their children's groups.
    fn remove_from_children(&mut self, adult: &Person) {
        let register = self.register;
        for bond in register.guardianships_of_adult(adult.id).filter(|bond| bond.until.is_none()) {
            if !may_be_inside(&bond.participation) {
                continue;
            }
            let is_known = bond.participation.state != ParticipationState::NoInformation;
            let of_child = register.memberships_of_person(bond.child);
            let current =
                of_child.filter(|one| one.role == Role::Student && register.is_current(one, self.today));
            let groups: Vec<GroupId> = current.filter_map(|one| one.group).collect();
            for place in groups.into_iter().flat_map(|group| places_of_member(register, group, Role::Parent))
            {
                self.remove(adult, place, Role::Parent, is_known, "выбытие");
            }
        }
    }

    fn has_other_child_in(&self, adult: PersonId, but: PersonId, group: GroupId) -> bool {
        let register = self.register;
        let bonds = register.guardianships_of_adult(adult);
        bonds
            .filter(|bond| bond.child != but && bond.until.is_none_or(|until| until >= self.today))
            .flat_map(|bond| register.memberships_of_person(bond.child))
            .any(|one| one.group == Some(group) && register.is_current(one, self.today))
    }

    /// Links into the group that only this person was given.
    fn close_own_links(&mut self, person: PersonId, group: GroupId) {
        let register = self.register;
        let is_theirs = |hand_over: &crate::register::HandOver| {
            hand_over.to == Some(person)
                && !matches!(hand_over.way, HandOverWay::Published | HandOverWay::Print)
        };
        for invite in register.tables().invites.values() {
            let is_here = register.group_of_target(invite.target) == Some(group);
            let given = invite.handed_over.as_ref().is_some_and(is_theirs);
            if is_here && given && invite.revocation.is_none() {
                let tail = invite.address.tail();
                let title = target_title(register, invite.target);
                let text =
                    format!("Аннулировать ссылку {tail} в «{title}»: её передавали только этому человеку");
                let task = self.task(CabinetTaskKind::Other, invite.target, invite.role, text);
                self.push(CabinetTask { person: Some(person), invite: Some(invite.id), ..task });
            }
        }
    }

    fn invite(&mut self, person: Option<PersonId>, name: &FullName, role: Role, group: Option<GroupId>) {
        let kind = group.and_then(|group| self.register.group(group)).map(|group| group.kind);
        // A kindergarten has no place for its children.
        if kind == Some(GroupKind::KindergartenGroup) && role == Role::Student {
            return;
        }
        let place = match (group, role) {
            (Some(group), Role::Parent) => {
                places_of_member(self.register, group, role).first().copied().unwrap_or_default()
            }
            (Some(group), _) => Target::Group(group),
            (None, _) => Target::Organization,
        };
        let title = target_title(self.register, place);
        let text = format!("Пригласить в «{title}»: {} ({})", name.full(), role_name(role));
        let task = self.task(CabinetTaskKind::Invite, place, role, text);
        self.push(CabinetTask { person, ..task });
    }

    /// The classes of a class teacher who leaves: chats handed on, then out of them, and somebody new entered.
    fn hand_on_classes(&mut self, person: &Person) {
        let (register, name) = (self.register, person.name.full());
        let mut led: Vec<GroupId> = register
            .assignments_of_person(person.id)
            .filter(|assignment| assignment.until.is_none_or(|until| until >= self.today))
            .map(|assignment| assignment.group)
            .collect();
        led.dedup();
        for chat in register.tables().chats.values().filter(|chat| chat.archived_on.is_none()) {
            let place = Target::Chat(chat.id);
            let is_led = chat.group.is_some_and(|group| led.contains(&group));
            if chat.owner == Some(person.id) {
                let title = target_title(register, place);
                let text = format!("Передать права владельца чата «{title}»: {name} увольняется");
                let task = self.task(CabinetTaskKind::Other, place, Role::Teacher, text);
                self.push(CabinetTask { person: Some(person.id), ..task });
            }
            if chat.owner == Some(person.id)
                || is_led && matches!(chat.kind, ChatKind::Students | ChatKind::Parents | ChatKind::Teachers)
            {
                self.remove(person, place, Role::Teacher, true, "увольнение");
            }
        }
        for group in led.into_iter().filter_map(|group| register.group(group)) {
            if group.kind == GroupKind::TeachingStaff || group.archived_on.is_some() {
                continue;
            }
            let text = format!(
                "Закрепить в кабинете нового руководителя за «{}» ({}) вместо: {name}",
                group.label,
                class_teacher_word(group.kind)
            );
            let task = self.task(CabinetTaskKind::Other, Target::Group(group.id), Role::Teacher, text);
            self.push(CabinetTask { person: Some(person.id), ..task });
        }
    }
}
