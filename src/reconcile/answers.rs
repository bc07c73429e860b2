//! What the user says of the lines of a list, beyond what could be found out.

use std::collections::BTreeMap;

use crate::names::FullName;
use crate::register::PersonId;

/// Answers by the number of the line.
pub type LineAnswers = BTreeMap<u32, LineAnswer>;

/// What the user said of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineAnswer {
    /// It is this person: a likely match that was ticked, one chosen of several, or somebody found by search.
    /// Remembered under the written name.
    Person(PersonId),
    /// An adult of the register, who is entered as an adult of this child.
    AdultOf { adult: PersonId, child: PersonId, basis: String },
    /// An adult who is entered with this line.
    NewAdult(NewAdultAnswer),
    /// Nobody known: «уточнить у классного».
    AskTeacher,
    /// A stranger for certain: to be removed in the cabinet.
    Remove,
    /// Nobody known, and nothing is to be done.
    NoTask,
}

/// An adult to be created from a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAdultAnswer {
    pub name: FullName,
    /// The children, and what the adult is to them («мать»; empty: not said).
    pub children: Vec<(PersonId, String)>,
}
