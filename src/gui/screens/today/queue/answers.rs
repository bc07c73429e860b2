//! What an answer makes of a record, and what is said when it is written.

use jiff::civil::Date;

use super::rows::QueueRow;
use crate::gui::Action;
use crate::register::{
    Appeal, CabinetTask, Entity, JoinRequest, Membership, Movement, Operation, RequestDecision, Verification,
};

/// How a record was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The request was accepted in the cabinet.
    Accepted,
    /// The request was declined in the cabinet; the reason may be empty.
    Declined(String),
    /// The movement was entered in the cabinet.
    Entered,
    /// The step in the cabinet was taken.
    Done,
    /// The appeal was answered, with these words.
    Answered(String),
    /// The status was confirmed in the cabinet.
    Verified,
    /// The status was refused in the cabinet.
    NotVerified,
}

/// The record after the answer; `None` where the answer is not one for such a record.
fn answered(record: &Entity, answer: &Answer, today: Date) -> Option<Entity> {
    let decision =
        |accepted, reason: &str| RequestDecision { on: today, accepted, reason: reason.trim().to_owned() };
    Some(match (record, answer) {
        (Entity::JoinRequest(request), Answer::Accepted) => {
            JoinRequest { decision: Some(decision(true, "")), ..(**request).clone() }.into()
        }
        (Entity::JoinRequest(request), Answer::Declined(reason)) => {
            JoinRequest { decision: Some(decision(false, reason)), ..(**request).clone() }.into()
        }
        (Entity::Movement(movement), Answer::Entered) => {
            Movement { in_cabinet_on: Some(today), ..(**movement).clone() }.into()
        }
        (Entity::CabinetTask(step), Answer::Done) => {
            CabinetTask { done_on: Some(today), ..(**step).clone() }.into()
        }
        (Entity::Appeal(appeal), Answer::Answered(words)) => {
            let answer = words.trim().to_owned();
            Appeal { answer, answered_on: Some(today), ..(**appeal).clone() }.into()
        }
        (Entity::Membership(membership), Answer::Verified) => {
            verified(membership, Verification::Verified, today)
        }
        (Entity::Membership(membership), Answer::NotVerified) => {
            verified(membership, Verification::Rejected, today)
        }
        _ => return None,
    })
}

/// The state and the day it began.
fn verified(membership: &Membership, verification: Verification, today: Date) -> Entity {
    Membership { verification, verification_since: Some(today), ..membership.clone() }.into()
}

fn done_words(answer: &Answer, subject: &str) -> String {
    let what = match answer {
        Answer::Accepted => "Заявка принята",
        Answer::Declined(_) => "Заявка отклонена",
        Answer::Entered => "Отмечено в кабинете",
        Answer::Done => "Сделано в кабинете",
        Answer::Answered(_) => "Ответ записан",
        Answer::Verified => "Статус подтверждён",
        Answer::NotVerified => "Статус отклонён",
    };
    format!("{what}: {subject}")
}

impl QueueRow {
    /// The entry that records the answer.
    pub fn action(&self, answer: &Answer, today: Date) -> Option<Action> {
        let wanted = answered(&self.record, answer, today)?;
        let operation = Operation::Edit { seen: self.record.clone(), wanted };
        Some(Action::execute(operation, done_words(answer, &self.short_subject)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::Role;
    use crate::register::{JoinRequestId, MembershipId, Participation, PersonId, Target};
    use jiff::civil::date;

    const TODAY: Date = date(2026, 10, 12);

    fn request() -> JoinRequest {
        JoinRequest {
            id: JoinRequestId(4),
            written_name: "Ольга Смирнова".into(),
            role: Role::Parent,
            target: Target::Organization,
            received_on: date(2026, 10, 8),
            person: None,
            decision: None,
        }
    }

    #[test]
    fn each_answer_changes_only_its_own_field() {
        let declined = answered(&request().into(), &Answer::Declined(" не наша ".into()), TODAY);
        let decision = RequestDecision { on: TODAY, accepted: false, reason: "не наша".into() };
        assert_eq!(declined, Some(JoinRequest { decision: Some(decision), ..request() }.into()));

        let appeal = Appeal { question: "Как войти".into(), received_on: TODAY, ..Appeal::default() };
        let wanted =
            Appeal { answer: "По ссылке".into(), answered_on: Some(TODAY), ..appeal.clone() };
        let answer = Answer::Answered("По ссылке\n".into());
        assert_eq!(answered(&appeal.into(), &answer, TODAY), Some(wanted.into()));

        let step = CabinetTask { text: "Создать чат".into(), ..CabinetTask::default() };
        let wanted = CabinetTask { done_on: Some(TODAY), ..step.clone() };
        assert_eq!(answered(&step.into(), &Answer::Done, TODAY), Some(wanted.into()));

        let membership = Membership {
            id: MembershipId(3),
            person: PersonId(2),
            role: Role::Teacher,
            group: None,
            origin: Default::default(),
            post: "учитель химии".into(),
            post_origin: Default::default(),
            since: None,
            until: None,
            participation: Participation::default(),
            verification: Verification::Waiting,
            verification_since: None,
        };
        let verification_since = Some(TODAY);
        let wanted =
            Membership { verification: Verification::Rejected, verification_since, ..membership.clone() };
        assert_eq!(answered(&membership.into(), &Answer::NotVerified, TODAY), Some(wanted.into()));
    }

    #[test]
    fn an_answer_to_something_else_does_nothing() {
        assert_eq!(answered(&request().into(), &Answer::Entered, TODAY), None);
        assert_eq!(answered(&CabinetTask::default().into(), &Answer::Verified, TODAY), None);
    }
}
