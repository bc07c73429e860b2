//! What a row does to the memberships of its person: joins, transfers and posts (duty 2.3-8).

use std::sync::Arc;

use super::conflicts::Difference;
use super::describe::{Describing, change, written_date};
use super::groups::Wanted;
use super::standing::{class_in_year, goes_on, has_left, is_in, open_classes, open_memberships};
use super::{ConflictField, FieldChange};
use crate::names::{Role, fold, group_key};
use crate::register::{GroupChoice, Membership, MembershipId, NewMembership, Origin, Person, PersonId};
use crate::roster::mapped::RosterRow;
use crate::wording::role_name;

/// What a row does to the memberships of its person.
#[derive(Default)]
pub(super) struct PlaceEdits {
    pub join: Option<NewMembership>,
    pub move_membership: Option<(MembershipId, GroupChoice)>,
    pub set_post: Option<(MembershipId, String)>,
}

impl Describing<'_> {
    pub(super) fn edit_places(
        &mut self,
        read: &RosterRow,
        role: Role,
        wanted: &Wanted,
        person: &Arc<Person>,
        is_there: bool,
        changes: &mut Vec<FieldChange>,
    ) -> PlaceEdits {
        let (register, today) = (self.register, self.today);
        let returns = has_left(person, today);
        if returns {
            let before = person.left_on.map(written_date).unwrap_or_default();
            changes.push(change("returned", "выбытие", before, String::new()));
        }
        if !returns && (is_there || is_in(register, person.id, role, wanted.place, today)) {
            let set_post = self.edit_post(read, role, wanted, person.id, changes);
            return PlaceEdits { set_post, ..PlaceEdits::default() };
        }
        if !wanted.beside_others
            && !returns
            && let Some(to) = wanted.place
            && let Some((membership, group)) = class_in_year(register, person.id, self.choices.year, today)
        {
            let after = self.places.label(Some(to)).to_owned();
            if membership.origin == Origin::Hand {
                let difference = Difference {
                    field: ConflictField::Group,
                    word: self.group_word,
                    in_file: after.clone(),
                    by_hand: group.label.clone(),
                    folded: group_key(&after),
                };
                if !self.file_wins(read, person.id, difference) {
                    return PlaceEdits::default();
                }
            }
            changes.push(change("group", self.group_word, group.label.clone(), after));
            return PlaceEdits { move_membership: Some((membership.id, to)), ..PlaceEdits::default() };
        }
        self.describe_join(role, wanted, person.id, changes);
        let post = if role.is_staff() { read.post.clone() } else { String::new() };
        PlaceEdits { join: Some(NewMembership { role, group: wanted.place, post }), ..PlaceEdits::default() }
    }

    fn describe_join(&self, role: Role, wanted: &Wanted, person: PersonId, changes: &mut Vec<FieldChange>) {
        let (register, today) = (self.register, self.today);
        let open = || open_memberships(register, person, role, today);
        if !open().any(|membership| membership.role == role) {
            let before = open().next().map_or("", |membership| role_name(membership.role));
            changes.push(change("role", "роль", before.to_owned(), role_name(role).to_owned()));
        }
        if wanted.place.is_some() {
            // A class of another year: the year change is another operation, here the new class is only added.
            let before = open_classes(register, person, today)
                .filter(|_| role == Role::Student && !wanted.beside_others)
                .map(|(_, group)| match group.year {
                    Some(year) => format!("{} ({year})", group.label),
                    None => group.label.clone(),
                })
                .next()
                .unwrap_or_default();
            let after = self.places.label(wanted.place).to_owned();
            changes.push(change("group", self.group_word, before, after));
        }
    }

    fn edit_post(
        &mut self,
        read: &RosterRow,
        role: Role,
        wanted: &Wanted,
        person: PersonId,
        changes: &mut Vec<FieldChange>,
    ) -> Option<(MembershipId, String)> {
        if !role.is_staff() || read.post.is_empty() {
            return None;
        }
        let group = match wanted.place {
            Some(GroupChoice::Existing(group)) => Some(group),
            Some(GroupChoice::New(_)) | None => None,
        };
        let is_meant = |membership: &&Arc<Membership>| {
            membership.role == role
                && goes_on(membership, self.today)
                && (group.is_none() || membership.group == group)
        };
        let membership = self.register.memberships_of_person(person).find(is_meant)?;
        if fold(&membership.post) == fold(&read.post) {
            return None;
        }
        if !membership.post.is_empty() && membership.post_origin == Origin::Hand {
            let difference = Difference {
                field: ConflictField::Post,
                word: "должность",
                in_file: read.post.clone(),
                by_hand: membership.post.clone(),
                folded: fold(&read.post),
            };
            if !self.file_wins(read, person, difference) {
                return None;
            }
        }
        changes.push(change("post", "должность", membership.post.clone(), read.post.clone()));
        Some((membership.id, read.post.clone()))
    }
}
