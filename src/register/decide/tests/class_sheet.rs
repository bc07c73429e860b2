//! A filled «Лист класса»: parts, what stays of a refusal, and when it is not taken.

use super::*;
use crate::register::{ClassSheetOperation, NonParticipation, Participation, ParticipationState};

fn with_class() -> Register {
    let mut register = founded();
    let operation = import(&register);
    done(&mut register, &operation);
    register
}

fn sheet(register: &Register, participation: Vec<(EntityKey, ParticipationState)>) -> ClassSheetOperation {
    let group = register.tables().groups.values().last().expect("7Б").id;
    ClassSheetOperation {
        planned_at: register.revision,
        group,
        on: TODAY,
        file_hash: "ab".repeat(32),
        observations: vec![observation(TODAY, 1, None)],
        participation,
    }
}

#[test]
fn every_tick_is_a_part_and_the_reason_of_a_refusal_stays() {
    let mut register = with_class();
    let members: Vec<MembershipId> = register.tables().memberships.values().map(|it| it.id).collect();
    let seen = register.membership(members[1]).expect("a member").clone();
    let known = Participation {
        state: ParticipationState::DoesNotParticipate,
        as_of: None,
        reason: Some(NonParticipation::NoPhone),
        alternative: "дневник".into(),
        ..Participation::default()
    };
    done(
        &mut register,
        &Operation::SetParticipation { seen: vec![seen.into()], participation: known.clone() },
    );
    let told = vec![
        (members[0].into(), ParticipationState::Joined),
        (members[1].into(), ParticipationState::DoesNotParticipate),
    ];
    let before = register.clone();
    let wanted = sheet(&register, told);
    let operation = Operation::ApplyClassSheet(wanted);
    assert!(!operation.details().to_string().contains("дневник"));
    let set = done(&mut register, &operation);
    assert_eq!(set.part_count(), 3);
    let state = |id| register.membership(id).map(|member| member.participation.clone());
    assert_eq!(state(members[1]), Some(Participation { as_of: Some(TODAY), ..known }));
    assert_eq!(state(members[0]).map(|it| it.state), Some(ParticipationState::Joined));
    let place = register.tables().observations.values().next().map(|seen| (seen.target, seen.source));
    assert!(matches!(place, Some((Target::Group(_), crate::register::ObservationSource::Ticks))));
    assert!(before.tables() != register.tables());
}

#[test]
fn a_sheet_planned_before_a_change_or_filled_tomorrow_is_refused() {
    let register = with_class();
    let older = ClassSheetOperation { planned_at: register.revision - 1, ..sheet(&register, Vec::new()) };
    let tomorrow =
        ClassSheetOperation { on: TODAY.tomorrow().expect("a day"), ..sheet(&register, Vec::new()) };
    let refusal = |wanted| decide(&register, &Operation::ApplyClassSheet(wanted), &context()).err();
    assert!(matches!(refusal(older), Some(Refusal::PlannedOnOlderRegister { .. })));
    assert_eq!(refusal(tomorrow), Some(Refusal::DateInFuture { field: "on" }));
}
