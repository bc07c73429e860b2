//! Participation of a person in words and icons: neutral states stay neutral (clause 1.8).

use jiff::civil::Date;

use crate::gui::icons::{self, Icon};
use crate::gui::theme::Tone;
use crate::register::{Entity, NonParticipation, Participation, ParticipationState, PersonId, Register};
use crate::regulation::{is_inside, participation_words};
use crate::wording::date_short;

/// The states that a hand may set, in the order of domain §3.
pub const STATES: [ParticipationState; 7] = [
    ParticipationState::NoInformation,
    ParticipationState::NotInvited,
    ParticipationState::Invited,
    ParticipationState::Requested,
    ParticipationState::Joined,
    ParticipationState::Confirmed,
    ParticipationState::DoesNotParticipate,
];

/// The reasons of «не участвует».
pub const REASONS: [NonParticipation; 3] =
    [NonParticipation::Declined, NonParticipation::DeclinedForChild, NonParticipation::NoPhone];

/// A reason in words.
pub fn reason_words(reason: NonParticipation) -> &'static str {
    match reason {
        NonParticipation::Declined => "отказ",
        NonParticipation::DeclinedForChild => "отказ за ребёнка",
        NonParticipation::NoPhone => "нет телефона",
    }
}

/// How a state is drawn: only «внутри» has a colour.
pub fn state_look(state: ParticipationState) -> (Tone, Icon) {
    match state {
        ParticipationState::NoInformation => (Tone::Neutral, icons::CIRCLE_DASHED),
        ParticipationState::NotInvited => (Tone::Neutral, icons::CIRCLE),
        ParticipationState::Invited => (Tone::Neutral, icons::LINK_SIMPLE),
        ParticipationState::Requested => (Tone::Neutral, icons::HOURGLASS_MEDIUM),
        ParticipationState::Joined => (Tone::Good, icons::CHECK),
        ParticipationState::Confirmed => (Tone::Good, icons::CHECKS),
        ParticipationState::DoesNotParticipate => (Tone::Neutral, icons::HAND),
        ParticipationState::Departed => (Tone::Neutral, icons::USER_MINUS),
    }
}

/// «отказ, на 3 сен 2026, дневник»: what stands behind a state; may be empty.
pub fn participation_note(participation: &Participation) -> String {
    let reason = participation.reason.map(|reason| reason_words(reason).to_owned());
    let as_of = participation.as_of.map(|date| format!("на {}", date_short(date)));
    let alternative = (!participation.alternative.is_empty()).then(|| participation.alternative.clone());
    let withdrawn =
        participation.refusal_withdrawn_on.map(|date| format!("отказ отозван {}", date_short(date)));
    [reason, as_of, alternative, withdrawn].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The current memberships and guardianships of a person: each has a participation of its own. The parent
/// membership of an adult whose child is known says nothing beside the guardianship.
pub fn participations(register: &Register, person: PersonId, today: Date) -> Vec<(Entity, Participation)> {
    let memberships = register
        .memberships_of_person(person)
        .filter(|membership| register.is_current(membership, today))
        .map(|membership| (Entity::from(membership.clone()), membership.participation.clone()));
    let guardianships = register
        .guardianships_of_adult(person)
        .filter(|guardianship| guardianship.until.is_none_or(|until| until >= today))
        .map(|guardianship| (Entity::from(guardianship.clone()), guardianship.participation.clone()));
    memberships.chain(guardianships).collect()
}

/// «мать: Громова А. Л.; дети: …»: adults and children of a person in one line; may be empty.
pub fn family_words(register: &Register, person: PersonId, today: Date) -> String {
    let name = |id: PersonId| register.person(id).map_or_else(String::new, |person| person.name.short());
    let adults = register.current_guardians(person, today).map(|bond| match bond.basis.as_str() {
        "" => name(bond.adult),
        basis => format!("{basis} {}", name(bond.adult)),
    });
    let children = register
        .guardianships_of_adult(person)
        .filter(|bond| bond.until.is_none_or(|until| until >= today))
        .map(|bond| name(bond.child));
    adults.chain(children).collect::<Vec<_>>().join(", ")
}

/// The participation of a person in one cell: the one state there is, else how many are inside.
pub fn summary(register: &Register, person: PersonId, today: Date) -> Option<(Tone, Icon, String)> {
    let all = participations(register, person, today);
    let (_, first) = all.first()?;
    if all.iter().all(|(_, participation)| participation.state == first.state) {
        let (tone, icon) = state_look(first.state);
        return Some((tone, icon, participation_words(first.state).to_owned()));
    }
    let inside = all.iter().filter(|(_, participation)| is_inside(participation.state)).count();
    if inside == 0 {
        let most = all.iter().map(|(_, participation)| participation.state).max().unwrap_or_default();
        let (tone, icon) = state_look(most);
        return Some((tone, icon, participation_words(most).to_owned()));
    }
    Some((Tone::Good, icons::CHECK, format!("внутри {inside} из {}", all.len())))
}
