//! reconcile: a pasted member list against the register (duties 2.3-6 and 2.3-8; clause 2.4).
//!
//! The cabinet and the messengers show who is inside only as text to be copied. [`read_member_list`] takes the
//! names out of that text, [`reconcile`] says of every line who it is, how sure that is and why, and who is
//! missing. Nothing is changed here: a certain match may be applied, a likely one needs a tick, and two people
//! who fit equally are never guessed.
//!
//! The room is pure: no files, no clock (`today` is given), no chance.

mod adults;
mod agreement;
mod alias;
mod answers;
mod assignment;
mod by_eye;
mod candidates;
mod declension;
mod given_names;
mod latin;
mod member_line;
mod member_list;
mod name_index;
mod name_words;
mod noise;
mod outcome;
mod place;
mod plan;
mod requests;
#[cfg(test)]
mod tests;
mod typing_slip;

pub use alias::alias_key;
pub use answers::{LineAnswer, LineAnswers, NewAdultAnswer};
pub use by_eye::{EyeRequest, PersonOfPlace, people_of_place, plan_by_eye};
pub use member_line::{ChildHint, Kin, MemberLine, Standing};
pub use member_list::{IgnoredLine, IgnoredReason, MemberList, read_member_list};
pub use outcome::{Confidence, Match, Reconciliation, Several, Stranger, Twice};
pub use place::ReconcileScope;
pub use plan::{PlanRequest, ReconcilePlan, WhomToInvite, plan_reconciliation};
pub use requests::{
    JudgedRequest, ReadRequest, RequestSign, RequestVerdict, answer_to_request, judge_request,
    judge_requests, read_requests,
};

use jiff::civil::Date;

use crate::register::Register;

/// How many people are offered for one line at most: a longer list is no choice but a search.
pub const MOST_CANDIDATES: usize = 20;

/// Compares a member list with the register on a day.
///
/// Every line ends in exactly one list of the result. Certain is only what cannot be somebody else: a remembered
/// answer, a phone, or surname and given name written in full where nobody else in the register bears them and
/// nobody who belongs here could be meant by them.
pub fn reconcile(
    register: &Register,
    scope: &ReconcileScope,
    list: &MemberList,
    today: Date,
) -> Reconciliation {
    reconcile_answered(register, scope, list, &LineAnswers::new(), today)
}

/// The same with what the user said of single lines: a person who was named is certain, and a line that is nobody
/// of the register is a stranger whatever its name resembles.
pub fn reconcile_answered(
    register: &Register,
    scope: &ReconcileScope,
    list: &MemberList,
    answers: &LineAnswers,
    today: Date,
) -> Reconciliation {
    let place = place::Place::of(register, *scope, today);
    let index = name_index::NameIndex::build(register, &place);
    let findings = candidates::find_all(register, &place, &index, list, answers, today);
    let chosen = assignment::assign(&findings);
    outcome::sort_out(register, &place, list, chosen, today)
}
