//! The result of a reconciliation as one operation (duties 2.3-6, 2.3-8, 2.3-9; domain §3, "Observation").

use jiff::civil::Date;

use super::entity::EntityKey;
use super::ids::{CabinetTaskId, PersonId};
use super::{CabinetTask, Observation, Remembered, Target};
use crate::names::{FullName, Phone, Role};

/// What a pasted member list showed, and what follows from it: exactly what was previewed.
#[derive(Clone, Debug, Default)]
pub struct ReconciliationOperation {
    /// The revision of the register that was planned against.
    pub planned_at: u64,
    pub target: Target,
    /// Only this role was looked at.
    pub role: Option<Role>,
    /// The day on which the list was seen.
    pub on: Date,
    /// SHA-256 of the pasted text in hex: evidence that keeps no name.
    pub pasted_hash: String,
    /// How many lines ended in which list, for the journal.
    pub counts: Vec<(&'static str, u32)>,
    /// What was seen, a part each.
    pub observations: Vec<Observation>,
    /// Memberships and guardianships of people who are inside: присоединился, a part each.
    pub joined: Vec<EntityKey>,
    /// Memberships and guardianships that stood as присоединился and are not inside: back to приглашён, a part each.
    pub not_seen: Vec<EntityKey>,
    /// Adults made from a line, a part each.
    pub new_adults: Vec<ReconciledAdult>,
    /// Adults of the register who are entered as adults of a child, a part each.
    pub new_bonds: Vec<ReconciledBond>,
    /// What is to be done in the cabinet: each list is one matter, step after step, and a part.
    pub tasks: Vec<Vec<CabinetTask>>,
    /// Open steps that the list proves done, a part each.
    pub closed: Vec<CabinetTaskId>,
    /// Names as written → people, confirmed by the user.
    pub aliases: Vec<Remembered>,
}

/// An adult whom a line of the list brings into the register.
#[derive(Clone, Debug)]
pub struct ReconciledAdult {
    pub name: FullName,
    pub phone: Option<Phone>,
    /// The children and what the adult is to them («мать»; empty: not said).
    pub children: Vec<(PersonId, String)>,
    /// Under which key the written name is remembered as theirs; `None`: not at all.
    pub alias_key: Option<String>,
}

/// An adult of the register and their child.
#[derive(Clone, Debug)]
pub struct ReconciledBond {
    pub adult: PersonId,
    pub child: PersonId,
    pub basis: String,
}
