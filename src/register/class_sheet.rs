//! What a filled «Лист класса» says as one operation (duties 2.3-6 and 2.3-8; clause 1.8; domain §3, "Observation").

use jiff::civil::Date;

use super::entity::EntityKey;
use super::ids::GroupId;
use super::{Observation, ParticipationState};

/// Who is in and who does not take part, by the ticks of a class teacher: exactly what was previewed.
#[derive(Clone, Debug, Default)]
pub struct ClassSheetOperation {
    /// The revision of the register that was planned against.
    pub planned_at: u64,
    pub group: GroupId,
    /// The day of the ticks.
    pub on: Date,
    /// SHA-256 of the file's bytes in hex: evidence that keeps no name.
    pub file_hash: String,
    /// How many are in, a part each.
    pub observations: Vec<Observation>,
    /// New states of memberships and guardianships, a part each. Reason and alternative way of somebody who does not
    /// take part stay as they are known.
    pub participation: Vec<(EntityKey, ParticipationState)>,
}
