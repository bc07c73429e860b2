//! Telling a person entered twice from two people of one name.

use std::collections::HashMap;

use super::mapped::RosterRow;
use crate::names::{GroupLabel, Role, group_key};

/// No class has more people of one name; a made-up file that does must not cost quadratic time.
const MOST_NAMESAKES: usize = 50;

/// The rows taken so far by name, class and role.
#[derive(Default)]
pub(super) struct Namesakes {
    /// The latest row (its index) of each name, class and role.
    latest: HashMap<(String, usize, Option<Role>), usize>,
    /// For each row the one before it with the same three.
    previous: Vec<Option<usize>>,
    /// Numbers for classes that are one however they are spelled: by spelling, and by key.
    class_number_of_text: HashMap<String, usize>,
    class_number_of_key: HashMap<String, usize>,
}

impl Namesakes {
    /// The number of the earlier row that is the same person, or `None` after remembering that `read` will be
    /// the next of `rows`. A different date of birth or phone tells two people apart: namesakes are real.
    pub fn twin_or_remember(&mut self, read: &RosterRow, rows: &[RosterRow]) -> Option<u32> {
        let person = (read.name.match_key(), self.class_number(read.group.as_ref()), read.role);
        let latest = self.latest.get(&person).copied();
        let twin = std::iter::successors(latest, |row| self.previous[*row])
            .take(MOST_NAMESAKES)
            .map(|index| &rows[index])
            .find(|earlier| {
                !differ(earlier.birth_date.as_ref(), read.birth_date.as_ref())
                    && !differ(earlier.phone.as_ref(), read.phone.as_ref())
            });
        if twin.is_none() {
            self.latest.insert(person, rows.len());
            self.previous.push(latest);
        }
        twin.map(|earlier| earlier.row)
    }

    /// A number that is the same for «5А» and «5 а»; 0 for no class.
    fn class_number(&mut self, group: Option<&GroupLabel>) -> usize {
        let Some(group) = group else { return 0 };
        if let Some(number) = self.class_number_of_text.get(&group.text) {
            return *number;
        }
        let next = self.class_number_of_key.len() + 1;
        let number = *self.class_number_of_key.entry(group_key(&group.text)).or_insert(next);
        self.class_number_of_text.insert(group.text.clone(), number);
        number
    }
}

fn differ<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one != other)
}
