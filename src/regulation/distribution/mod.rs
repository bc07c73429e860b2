//! The head's distribution of class teachers as it is pasted or read from a file (duty 2.3-5): lines → whom they name →
//! what changes; and the cabinet's own list against the register. Pure: nothing is recorded here and nothing doubtful is
//! decided here.

mod cabinet;
mod names_of_staff;
mod plan;
mod reading;
mod tokens;

#[cfg(test)]
mod tests;

pub use cabinet::{CabinetDifference, CabinetRow, cabinet_steps_of, compare_with_cabinet};
pub use names_of_staff::{StaffNames, TeacherMatch};
pub use plan::{
    DistributionAnswers, DistributionPlan, PersonAnswer, PlannedAppointment, PlannedState, handover_steps,
    plan_distribution,
};
pub use reading::{DistributionLine, read_distribution, read_distribution_rows};
