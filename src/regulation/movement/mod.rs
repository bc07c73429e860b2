//! Movement of students and staff (duty 2.3-8): the steps it means in the cabinet, its ledger, who left and is still
//! seen, what a newcomer is given, whose contract ends.

mod contracts;
mod leavers;
mod ledger;
mod namesakes;
mod newcomer;
mod steps;
#[cfg(test)]
mod tests;

pub use contracts::{CONTRACT_REMINDER_DAYS, EndingContract, comes_of_age_on, ending_contracts};
pub use leavers::{Leaver, leaver_steps, leavers};
pub use ledger::{
    LedgerFilter, LedgerRow, MonthCounts, movement_kind_words, movement_ledger, movements_by_month,
};
pub use namesakes::{Namesake, people_of_name};
pub use newcomer::{link_in_force, links_for_newcomer};
pub use steps::{
    places_of_member, steps_of_entering, steps_of_leaving, steps_of_new_phone, steps_of_renaming,
    steps_of_return, steps_of_transfer,
};
