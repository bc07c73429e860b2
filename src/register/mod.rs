//! The register as a value, its operations and what they change. Pure: no file, no clock, no chance.

mod change;
mod class_sheet;
mod class_teachers;
pub mod decide;
mod entity;
mod ids;
mod invite_table;
mod invites;
mod ledger;
mod operation;
mod organization;
mod pasted_invites;
mod people;
mod reconciliation;
mod refusal;
mod state;
mod structure;
mod table;

pub use change::{Change, ChangeSet, ChangedFields, JournalChange, KeptBecause, KeptPart};
pub use class_sheet::ClassSheetOperation;
pub use class_teachers::{Appointee, Appointment, AppointmentOperation, VerificationOperation};
pub use decide::{Context, decide};
pub use entity::{Entity, EntityKey, EntityKind, Fields, Record, Tables};
pub use ids::*;
pub use invite_table::{InviteTable, read_table_invites};
pub use invites::*;
pub use ledger::*;
pub use operation::*;
pub use organization::*;
pub use pasted_invites::{PastedInvite, PastedInviteProblem, RecognisedInvite, read_pasted_invites};
pub use people::*;
pub use reconciliation::*;
pub use refusal::Refusal;
pub use state::Register;
pub use structure::*;
pub use table::Table;
