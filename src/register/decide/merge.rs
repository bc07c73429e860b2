//! Merging records of one person, and remembering who is not one person.

use std::cmp::Reverse;
use std::sync::Arc;

use jiff::civil::Date;

use super::super::change::Change;
use super::super::entity::{Entity, EntityKey, Record};
use super::super::ids::*;
use super::super::{
    Appeal, Assignment, CabinetTask, Chat, Delegation, Guardianship, HandOver, Invite, JoinRequest,
    Membership, Movement, Participation, ParticipationState, PeopleMerge, Refusal, Register, Remembered,
    RememberedKind, different_people_key, merged_person,
};
use super::records::limited;
use super::{Draft, expect_as_seen};

/// Every merge is a part. One person may stand in several: later ones start from what the earlier ones made.
pub(super) fn merge_people(draft: &mut Draft<'_>, merges: &[PeopleMerge]) -> Result<(), Refusal> {
    let mut working = draft.register.clone();
    for merge in merges {
        draft.next_part();
        expect_as_seen(draft.register.person(merge.keep.id), merge.keep.as_ref())?;
        expect_as_seen(draft.register.person(merge.merge.id), merge.merge.as_ref())?;
        Merging { draft, register: &mut working, keep: merge.keep.id, gone: merge.merge.id }.run(merge)?;
    }
    Ok(())
}

/// One merge in the making.
struct Merging<'draft, 'register, 'working> {
    draft: &'draft mut Draft<'register>,
    /// The register as the changes so far make it.
    register: &'working mut Register,
    keep: PersonId,
    gone: PersonId,
}

impl Merging<'_, '_, '_> {
    fn run(mut self, merge: &PeopleMerge) -> Result<(), Refusal> {
        if self.keep == self.gone {
            return Err(Refusal::SamePerson(self.keep.into()));
        }
        let missing = |person: PersonId| Refusal::Missing(person.into());
        let keep = self.register.person(self.keep).ok_or_else(|| missing(self.keep))?.clone();
        let gone = self.register.person(self.gone).ok_or_else(|| missing(self.gone))?.clone();
        let person = merged_person(&keep, &gone, merge.choice);
        limited("note", &person.note)?;
        self.replace(keep.as_ref(), person);
        // What becomes of each referrer depends on the others: one after the other.
        for key in self.register.referrers(self.gone).to_vec() {
            self.move_reference(key)?;
        }
        self.move_answers();
        self.remove(self.gone.into());
        Ok(())
    }

    fn replace<T: Record + Clone + PartialEq + Into<Entity>>(&mut self, before: &T, after: T) {
        if *before != after {
            let (before, after): (Entity, Entity) = (before.clone().into(), after.into());
            self.register.put(after.key(), Some(after.clone()));
            let change = Change { part: self.draft.part, before: Some(before), after: Some(after) };
            self.draft.changes.push(change);
        }
    }

    fn remove(&mut self, key: EntityKey) {
        if let Some(before) = self.register.get(key) {
            self.register.put(key, None);
            self.draft.changes.push(Change { part: self.draft.part, before: Some(before), after: None });
        }
    }

    fn moved(&self, person: PersonId) -> PersonId {
        if person == self.gone { self.keep } else { person }
    }

    fn move_reference(&mut self, key: EntityKey) -> Result<(), Refusal> {
        let Some(entity) = self.register.get(key) else { return Ok(()) };
        match entity {
            Entity::Membership(membership) => self.membership(&membership),
            Entity::Guardianship(bond) => return self.bond(&bond),
            Entity::Assignment(assignment) => self.assignment(&assignment),
            Entity::Chat(chat) => {
                let owner = chat.owner.map(|owner| self.moved(owner));
                self.replace(chat.as_ref(), Chat { owner, ..(*chat).clone() });
            }
            Entity::Invite(invite) => {
                let mut after: Invite = (*invite).clone();
                after.issued_by = after.issued_by.map(|person| self.moved(person));
                after.handed_over = after
                    .handed_over
                    .map(|done| HandOver { to: done.to.map(|person| self.moved(person)), ..done });
                after.delegation = after
                    .delegation
                    .map(|asked| Delegation { to: asked.to.map(|person| self.moved(person)), ..asked });
                self.replace(invite.as_ref(), after);
            }
            Entity::JoinRequest(request) => {
                let person = request.person.map(|person| self.moved(person));
                self.replace(request.as_ref(), JoinRequest { person, ..(*request).clone() });
            }
            Entity::Movement(movement) => {
                let person = self.moved(movement.person);
                self.replace(movement.as_ref(), Movement { person, ..(*movement).clone() });
            }
            Entity::CabinetTask(task) => {
                let person = task.person.map(|person| self.moved(person));
                self.replace(task.as_ref(), CabinetTask { person, ..(*task).clone() });
            }
            Entity::Appeal(appeal) => {
                let person = appeal.person.map(|person| self.moved(person));
                self.replace(appeal.as_ref(), Appeal { person, ..(*appeal).clone() });
            }
            // These refer to nobody; a kind that comes to do so is refused by the invariants until it stands here.
            Entity::Organization(_)
            | Entity::Settings(_)
            | Entity::Unit(_)
            | Entity::Group(_)
            | Entity::Person(_)
            | Entity::Observation(_)
            | Entity::Remembered(_) => {}
        }
        Ok(())
    }

    /// Two memberships of one role in one group that both last become one, which knows what both knew.
    fn membership(&mut self, moved: &Arc<Membership>) {
        let twin = self
            .register
            .memberships_of_person(self.keep)
            .find(|known| {
                (known.role, known.group) == (moved.role, moved.group)
                    && known.until.is_none()
                    && moved.until.is_none()
            })
            .cloned();
        let Some(twin) = twin else {
            return self.replace(moved.as_ref(), Membership { person: self.keep, ..(**moved).clone() });
        };
        let mut after = (*twin).clone();
        if after.post.is_empty() {
            (after.post, after.post_origin) = (moved.post.clone(), moved.post_origin);
        }
        after.since = earlier(twin.since, moved.since);
        after.participation = telling_more(&twin.participation, &moved.participation);
        after.verification = twin.verification.max(moved.verification);
        self.replace(twin.as_ref(), after);
        self.remove(moved.id.into());
    }

    /// Two bonds to one child that both last become one; a restriction is never lost.
    fn bond(&mut self, moved: &Arc<Guardianship>) -> Result<(), Refusal> {
        let (adult, child) = (self.moved(moved.adult), self.moved(moved.child));
        if adult == child {
            return Err(Refusal::AdultAndChild(moved.adult.into()));
        }
        let twin = self
            .register
            .guardianships_of_child(child)
            .find(|known| {
                known.id != moved.id && known.adult == adult && known.until.is_none() && moved.until.is_none()
            })
            .cloned();
        let Some(twin) = twin else {
            self.replace(moved.as_ref(), Guardianship { adult, child, ..(**moved).clone() });
            return Ok(());
        };
        let mut after = (*twin).clone();
        if after.basis.is_empty() {
            after.basis = moved.basis.clone();
        }
        if after.restriction.trim().is_empty() {
            after.restriction = moved.restriction.clone();
        } else if !moved.restriction.trim().is_empty() && moved.restriction != after.restriction {
            after.restriction = format!("{}; {}", after.restriction, moved.restriction);
            limited("restriction", &after.restriction)?;
        }
        after.participation = telling_more(&twin.participation, &moved.participation);
        self.replace(twin.as_ref(), after);
        self.remove(moved.id.into());
        Ok(())
    }

    fn assignment(&mut self, moved: &Arc<Assignment>) {
        let twin = self
            .register
            .assignments_of_person(self.keep)
            .find(|known| known.group == moved.group && known.until.is_none() && moved.until.is_none())
            .cloned();
        let Some(twin) = twin else {
            return self.replace(moved.as_ref(), Assignment { person: self.keep, ..(**moved).clone() });
        };
        let mut after = (*twin).clone();
        if after.order == Default::default() {
            after.order = moved.order.clone();
        }
        after.since = earlier(twin.since, moved.since);
        after.temporary = twin.temporary && moved.temporary;
        self.replace(twin.as_ref(), after);
        self.remove(moved.id.into());
    }

    /// Remembered answers name people by their numbers, in keys or values.
    fn move_answers(&mut self) {
        let (keep, gone) = (self.keep, self.gone);
        let answers: Vec<Arc<Remembered>> =
            self.register.tables().remembered.iter().map(|(_, answer)| answer.clone()).collect();
        for answer in &answers {
            let after = match answer.kind {
                RememberedKind::PersonAlias if answer.value == gone.to_string() => {
                    Some(Remembered { value: keep.to_string(), ..(**answer).clone() })
                }
                RememberedKind::DifferentPeople => match self.pair_without(&answer.key) {
                    Some(pair) => pair.map(|key| Remembered { key, ..(**answer).clone() }),
                    None => continue,
                },
                // The refused value is hashed with the person's number: it speaks of nobody else.
                RememberedKind::RefusedValue
                    if answer.key.split('/').next() == Some(gone.to_string().as_str()) =>
                {
                    None
                }
                _ => continue,
            };
            let stands_already = |key: &str| {
                answers.iter().any(|known| {
                    known.kind == RememberedKind::DifferentPeople && known.key == key && known.id != answer.id
                })
            };
            match after {
                Some(after)
                    if after.kind != RememberedKind::DifferentPeople || !stands_already(&after.key) =>
                {
                    self.replace(answer.as_ref(), after);
                }
                _ => self.remove(answer.id.into()),
            }
        }
    }

    /// The key of «не один человек» after the merge; the outer `None`: it does not name the one who goes, the inner
    /// one: it named both.
    fn pair_without(&self, key: &str) -> Option<Option<String>> {
        let (one, other) = key.split_once('/')?;
        let (one, other) = (PersonId(one.parse().ok()?), PersonId(other.parse().ok()?));
        if one != self.gone && other != self.gone {
            return None;
        }
        let (one, other) = (self.moved(one), self.moved(other));
        Some((one != other).then(|| different_people_key(one, other)))
    }
}

fn earlier(one: Option<Date>, other: Option<Date>) -> Option<Date> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// Of two things known of one person the one that was seen later; «нет сведений» says least.
fn telling_more(one: &Participation, other: &Participation) -> Participation {
    let weight = |participation: &Participation| {
        (participation.state != ParticipationState::NoInformation, participation.as_of, participation.state)
    };
    let mut both = [one, other];
    both.sort_by_key(|participation| Reverse(weight(participation)));
    both[0].clone()
}

/// Pairs that are remembered already change nothing.
pub(super) fn tell_apart(draft: &mut Draft<'_>, pairs: &[(PersonId, PersonId)]) -> Result<(), Refusal> {
    let mut known: std::collections::HashSet<String> = draft
        .register
        .tables()
        .remembered
        .values()
        .filter(|answer| answer.kind == RememberedKind::DifferentPeople)
        .map(|answer| answer.key.clone())
        .collect();
    for (one, other) in pairs {
        draft.next_part();
        for person in [one, other] {
            if draft.register.person(*person).is_none() {
                return Err(Refusal::Missing((*person).into()));
            }
        }
        if one == other {
            return Err(Refusal::SamePerson((*one).into()));
        }
        let key = different_people_key(*one, *other);
        if known.insert(key.clone()) {
            draft.create(|id| Remembered {
                id: RememberedId(id),
                kind: RememberedKind::DifferentPeople,
                key,
                value: String::new(),
            });
        }
    }
    Ok(())
}
