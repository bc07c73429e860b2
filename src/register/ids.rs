//! Typed identifiers. An id is assigned by `decide` from a persisted counter that never rolls back,
//! so an id seen once in a journal never means somebody else later.

use serde::{Deserialize, Serialize};

macro_rules! typed_ids {
    ($($(#[$doc:meta])* $Id:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $Id(pub u32);

        impl std::fmt::Display for $Id {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(formatter)
            }
        }
    )*};
}

typed_ids! {
    /// The organization card; always 1.
    OrganizationId,
    /// The thresholds and the schedule; always 1.
    SettingsId,
    /// A building or department.
    UnitId,
    /// A class, study group, staff group, club or kindergarten group.
    GroupId,
    /// A chat of a group or of the organization.
    ChatId,
    /// A person, whatever roles they hold.
    PersonId,
    /// Person × role × group.
    MembershipId,
    /// Adult × child.
    GuardianshipId,
    /// Class teacher of a group by the head's distribution.
    AssignmentId,
    /// An invite link.
    InviteId,
    /// What was seen of a group or chat on a date.
    ObservationId,
    /// A request to join.
    JoinRequestId,
    /// A movement of a person by an order.
    MovementId,
    /// A step to do in the cabinet.
    CabinetTaskId,
    /// An appeal of a participant.
    AppealId,
    /// A remembered answer (alias, mapping, scope).
    RememberedId,
}
