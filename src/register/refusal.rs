//! Why `decide` refuses. English and without names: `session` puts it into Russian with the subject.

use super::entity::EntityKey;
use super::ids::{GroupId, InviteId, JoinRequestId};

/// A refused operation; nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the file already has its organization")]
    AlreadyFounded,
    #[error("the file has no organization yet")]
    NotFounded,
    #[error("{0:?} does not exist")]
    Missing(EntityKey),
    #[error("{0:?} was changed since it was seen")]
    ChangedSinceSeen(EntityKey),
    #[error("planned at revision {planned_at}, the register is at {revision}")]
    PlannedOnOlderRegister { planned_at: u64, revision: u64 },
    #[error("field {field} is empty")]
    EmptyField { field: &'static str },
    #[error("field {field} is longer than {limit} characters")]
    TooLong { field: &'static str, limit: usize },
    #[error("the address is already in the register as link {first}")]
    DuplicateAddress { first: InviteId },
    #[error("the group already exists as {first}")]
    DuplicateGroup { first: GroupId },
    #[error("the same membership already lasts: {0:?}")]
    DuplicateMembership(EntityKey),
    #[error("{subject:?} is still referred to by {by:?}")]
    StillReferred { subject: EntityKey, by: EntityKey },
    #[error("link {0} is already revoked")]
    AlreadyRevoked(InviteId),
    #[error("request {0} is already decided")]
    AlreadyDecided(JoinRequestId),
    #[error("link {0} is not in reserve")]
    NotInReserve(InviteId),
    #[error("a successor goes with exactly one revoked link")]
    OneInviteOnly,
    #[error("the date in {field} lies in the future")]
    DateInFuture { field: &'static str },
    #[error("the date in {field} is not after today")]
    DateNotAfterToday { field: &'static str },
    #[error("the end lies before the beginning")]
    EndBeforeBeginning,
    #[error("{joined} of {of} cannot be")]
    MoreThanAll { joined: u32, of: u32 },
    #[error("an adult cannot be their own child")]
    OwnChild,
    #[error("{0:?} cannot be merged with itself")]
    SamePerson(EntityKey),
    #[error("{0:?} and the other are a child and its adult")]
    AdultAndChild(EntityKey),
    #[error("{0:?} cannot be archived, only ended or withdrawn")]
    NotArchivable(EntityKey),
    #[error("{0:?} is not open to this operation")]
    NotEditable(EntityKey),
    #[error("the year to change to is not after the one that ends")]
    YearNotAfter,
    #[error("{0:?} is not of the year that ends")]
    NotOfThisYear(EntityKey),
    #[error("the groups are not of one year and kind")]
    GroupsDiffer,
    #[error("the founding of the file cannot be undone")]
    CannotUndoFounding,
    #[error("nothing is left to undo")]
    NothingToUndo,
    #[error("the entry has no such part")]
    NoSuchPart,
    #[error("every part was changed later, nothing was undone")]
    EveryPartKept,
}
