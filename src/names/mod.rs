//! names: what people type about people, read once and in one way.
//!
//! ФИО, class labels, phones, link addresses, dates and role words are parsed, normalised and compared
//! here and nowhere else. The room is pure: no files, no clock (`today` is given), no words for screens
//! except the warnings that belong to an address shape. Problems carry no text of what was read, so they
//! may stand in logs; `Debug` of phones and addresses is masked for the same reason.

mod first_letter;
mod folding;
mod group_label;
mod invite_address;
mod person_name;
mod phone;
mod promotion;
mod role_word;
mod typed_date;

pub use first_letter::capitalized;
pub(crate) use folding::fold_plain;
pub use folding::{clean, fold};
pub use group_label::{
    GroupLabel, GroupLabelProblem, GroupSortKey, group_key, group_sort_key, parse_group_label,
};
pub use invite_address::{AddressProblem, AddressShape, InviteAddress, NotAnInviteKind, find_addresses};
pub use person_name::{FullName, NameProblem};
pub use phone::{Phone, PhoneProblem, parse_phone};
pub use promotion::{NextName, Promotion, PromotionRules, PromotionWay, promote};
pub use role_word::{Role, role_from_words};
pub use typed_date::{DateProblem, parse_birth_date, parse_date};
