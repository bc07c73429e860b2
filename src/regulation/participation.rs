//! Participation is voluntary [R 1.8]: who counts, and who never does.

use crate::register::ParticipationState;

/// Whether the state is neutral: no list, share or report may treat it as a debt [R 1.8].
pub fn is_neutral(state: ParticipationState) -> bool {
    match state {
        ParticipationState::NoInformation
        | ParticipationState::NotInvited
        | ParticipationState::DoesNotParticipate => true,
        ParticipationState::Invited
        | ParticipationState::Requested
        | ParticipationState::Joined
        | ParticipationState::Confirmed
        | ParticipationState::Departed => false,
    }
}

/// Whether the state takes the member out of «из»: does not participate, or was never invited.
/// «Нет сведений» does not: of them nothing is known, so nothing is decided either.
pub fn is_outside_count(state: ParticipationState) -> bool {
    matches!(state, ParticipationState::NotInvited | ParticipationState::DoesNotParticipate)
}

/// Whether the member is in.
pub fn is_inside(state: ParticipationState) -> bool {
    matches!(state, ParticipationState::Joined | ParticipationState::Confirmed)
}

/// The state in words.
pub fn participation_words(state: ParticipationState) -> &'static str {
    match state {
        ParticipationState::NoInformation => "нет сведений",
        ParticipationState::NotInvited => "не приглашали",
        ParticipationState::Invited => "приглашён",
        ParticipationState::Requested => "подал заявку",
        ParticipationState::Joined => "присоединился",
        ParticipationState::Confirmed => "подтверждён",
        ParticipationState::DoesNotParticipate => "не участвует",
        ParticipationState::Departed => "выбыл",
    }
}

/// How many members stand in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ParticipationCounts {
    pub no_information: u32,
    pub not_invited: u32,
    pub invited: u32,
    pub requested: u32,
    /// Joined or confirmed.
    pub inside: u32,
    pub does_not_participate: u32,
    /// Away for long (декрет, больничный), whatever their state.
    pub absent: u32,
}

impl ParticipationCounts {
    /// Counts one member. The departed are not members any more.
    pub fn add(&mut self, state: ParticipationState, absent: bool) {
        if let Some(place) = self.place(state, absent) {
            *place += 1;
        }
    }

    /// Takes back one member that was counted so.
    pub fn remove(&mut self, state: ParticipationState, absent: bool) {
        if let Some(place) = self.place(state, absent) {
            *place = place.saturating_sub(1);
        }
    }

    fn place(&mut self, state: ParticipationState, absent: bool) -> Option<&mut u32> {
        Some(match state {
            ParticipationState::Departed => return None,
            _ if absent => &mut self.absent,
            ParticipationState::NoInformation => &mut self.no_information,
            ParticipationState::NotInvited => &mut self.not_invited,
            ParticipationState::Invited => &mut self.invited,
            ParticipationState::Requested => &mut self.requested,
            ParticipationState::Joined | ParticipationState::Confirmed => &mut self.inside,
            ParticipationState::DoesNotParticipate => &mut self.does_not_participate,
        })
    }

    /// Everybody counted.
    pub fn members(&self) -> u32 {
        self.expected() + self.outside_count()
    }

    /// «из»: everybody but those outside the count.
    pub fn expected(&self) -> u32 {
        self.no_information + self.invited + self.requested + self.inside
    }

    /// Does not participate, not invited, away for long: shown beside, never in «из» [R 1.8].
    pub fn outside_count(&self) -> u32 {
        self.not_invited + self.does_not_participate + self.absent
    }

    /// How many are in by their states; `None` while that would be a guess: nobody is known to be in
    /// and of somebody nothing is known.
    pub fn inside_known(&self) -> Option<u32> {
        let known = self.inside > 0 || (self.expected() > 0 && self.no_information == 0);
        known.then_some(self.inside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ParticipationState::*;

    const ALL: [ParticipationState; 8] =
        [NoInformation, NotInvited, Invited, Requested, Joined, Confirmed, DoesNotParticipate, Departed];

    #[test]
    fn whoever_is_outside_the_count_is_neutral_and_never_expected() {
        for state in ALL {
            let mut counts = ParticipationCounts::default();
            counts.add(state, false);
            if is_outside_count(state) {
                assert!(is_neutral(state), "{state:?}");
                assert_eq!(
                    (counts.expected(), counts.outside_count(), counts.inside_known()),
                    (0, 1, None),
                    "{state:?}"
                );
            } else {
                assert_eq!(counts.outside_count(), 0, "{state:?}");
            }
            assert!(!(is_neutral(state) && is_inside(state)));
        }
    }

    #[test]
    fn no_information_alone_is_no_knowledge() {
        let counted = |states: &[ParticipationState]| {
            let mut counts = ParticipationCounts::default();
            states.iter().for_each(|state| counts.add(*state, false));
            counts.inside_known()
        };
        assert_eq!(counted(&[]), None);
        assert_eq!(counted(&[NoInformation, NoInformation]), None);
        assert_eq!(
            counted(&[NoInformation, DoesNotParticipate]),
            None,
            "a refusal says nothing of the others"
        );
        assert_eq!(counted(&[NoInformation, Invited]), None);
        assert_eq!(counted(&[Invited, Requested]), Some(0));
        assert_eq!(counted(&[NoInformation, Joined]), Some(1));
    }

    #[test]
    fn long_absence_is_outside_whatever_the_state() {
        let mut counts = ParticipationCounts::default();
        counts.add(Invited, true);
        counts.add(Departed, true);
        assert_eq!((counts.expected(), counts.outside_count(), counts.members()), (0, 1, 1));
    }
}
