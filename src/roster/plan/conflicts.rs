//! Values of the file against values set by hand: «в файле X, вручную задано Y». The hand's stays unless the user ticks
//! the file's, and a value refused for good is not spoken of again.

use super::refusals::{Refusals, refusal};
use super::{Conflict, ConflictField, PlanChoices, PlanIssue};
use crate::register::{PersonId, Remembered};
use crate::roster::aliases::Field;
use crate::roster::mapped::RosterRow;
use crate::roster::problem::Severity;

/// Two values that differ. No `Debug`: they are personal data.
pub(super) struct Difference {
    pub field: ConflictField,
    /// Russian name of the field, «дата рождения».
    pub word: &'static str,
    /// The file's value as shown; phones are masked.
    pub in_file: String,
    /// The hand's value as shown; phones are masked.
    pub by_hand: String,
    /// The file's value as refused values are compared.
    pub folded: String,
}

/// Gathers the conflicts of rows.
pub(super) struct Conflicts<'a> {
    choices: &'a PlanChoices,
    refusals: &'a Refusals<'a>,
    pub found: Vec<Conflict>,
    /// Refusals that this import adds.
    pub remember: Vec<Remembered>,
}

impl<'a> Conflicts<'a> {
    pub(super) fn new(choices: &'a PlanChoices, refusals: &'a Refusals<'a>) -> Self {
        Self { choices, refusals, found: Vec::new(), remember: Vec::new() }
    }

    /// Notes that the file contradicts what a hand set; says whether the file's value is to be taken.
    pub(super) fn file_wins(
        &mut self,
        read: &RosterRow,
        person: PersonId,
        difference: Difference,
        issues: &mut Vec<PlanIssue>,
    ) -> bool {
        let Difference { field, word, in_file, by_hand, folded } = difference;
        let place = (read.row, field);
        let taken = self.choices.take_from_file.contains(&place);
        if !taken && self.refusals.holds(person, field, &folded) {
            return false;
        }
        let refused = !taken && self.choices.refuse_for_good.contains(&place);
        let column = self.column_of(field);
        if refused {
            self.remember.push(refusal(person, field, &folded));
        } else if !taken {
            issues.push(PlanIssue {
                row: read.row,
                column: column.clone(),
                severity: Severity::Warning,
                code: "hand_edit_kept",
                message: format!(
                    "Строка {}: в файле другое значение ({word}), а в списке оно задано вручную. Оставлено заданное \
                     вручную. Если верно в файле, отметьте это среди расхождений или исправьте карточку человека.",
                    read.row
                ),
            });
        }
        let column = column.unwrap_or_default();
        self.found.push(Conflict { row: read.row, field, column, in_file, by_hand, taken, refused });
        taken
    }

    /// The header of the column that holds the field, or the first of several.
    fn column_of(&self, field: ConflictField) -> Option<String> {
        let fields: &[Field] = match field {
            ConflictField::Name => &[Field::FullName, Field::Surname],
            ConflictField::BirthDate => &[Field::BirthDate],
            ConflictField::Phone => &[Field::Phone],
            ConflictField::Post => &[Field::Post],
            ConflictField::Group => &[Field::Group, Field::Parallel],
        };
        let columns = &self.choices.columns;
        fields.iter().find_map(|field| columns.find(*field)).map(|column| column.header.clone())
    }
}
