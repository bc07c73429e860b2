//! «Участие»: the state with its day, the reason and the other way where somebody does not participate.
//! Taking part is voluntary (clause 1.8): the form asks, it never urges.

use egui::Ui;
use jiff::civil::Date;

use super::super::bulk::participation_reach;
use super::super::participation::{REASONS, STATES, reason_words};
use super::{FormFrame, dialog_ui};
use crate::gui::screens::form_fields::{DateField, labelled_choice_ui, side_by_side_ui};
use crate::gui::widgets::dialog::DialogAnswer;
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label;
use crate::gui::{Action, ScreenContext};
use crate::names::clean;
use crate::register::{Entity, Operation, Participation, ParticipationState, PersonId};
use crate::regulation::participation_words;
use crate::wording::{counted, plural};

/// The form of participation.
pub struct ParticipationForm {
    seen: Vec<Entity>,
    of: String,
    state: Option<usize>,
    day: DateField,
    /// Place among the reasons, after «не сказано».
    reason: Option<usize>,
    alternative: String,
    /// A refusal that was withdrawn stays noted.
    withdrawn_on: Option<Date>,
    /// Whom it reaches and whom it leaves out, of several people.
    reach: String,
}

impl ParticipationForm {
    /// Of these records, which now stand so.
    pub fn new(seen: Vec<Entity>, now: &Participation, of: String) -> Self {
        let reason = now.reason.and_then(|reason| REASONS.iter().position(|known| *known == reason));
        Self {
            seen,
            of,
            state: STATES.iter().position(|state| *state == now.state),
            day: DateField::of(now.as_of),
            reason: Some(reason.map_or(0, |place| place + 1)),
            alternative: now.alternative.clone(),
            withdrawn_on: now.refusal_withdrawn_on,
            reach: String::new(),
        }
    }

    /// Of everything these people have now.
    pub fn of_people(context: &ScreenContext<'_>, people: &[PersonId]) -> Self {
        let register = context.register();
        let reach = participation_reach(register, people, context.today);
        let of = match people {
            [one] => register.person(*one).map_or_else(String::new, |person| person.name.full()),
            _ => counted(reach.people as u64, "человек", "человека", "человек"),
        };
        let words = if people.len() > 1 { reach.words() } else { String::new() };
        let now = Participation { state: ParticipationState::Joined, ..Participation::default() };
        let mut form = Self::new(reach.reached, &now, of);
        form.reach = words;
        form.day = DateField::of(Some(context.today));
        form
    }

    fn state(&self) -> ParticipationState {
        self.state.and_then(|place| STATES.get(place)).copied().unwrap_or_default()
    }

    fn trouble(&self, today: Date) -> Option<String> {
        if self.seen.is_empty() {
            return Some("Сначала добавьте роль или ребёнка".into());
        }
        let late = self.day.date(today).is_some_and(|day| day > today).then_some("Этот день ещё не наступил");
        self.day.trouble(today, false).or(late).map(str::to_owned)
    }

    /// Draws it.
    pub fn show(&mut self, ui: &Ui, context: &ScreenContext<'_>) -> DialogAnswer {
        let today = context.today;
        let count = self.seen.len() as u64;
        let confirm = if count > 1 {
            format!("Отметить {count} {}", plural(count, "запись", "записи", "записей"))
        } else {
            "Сохранить".to_owned()
        };
        let frame = FormFrame {
            name: "participation",
            title: format!("Участие: {}", self.of),
            confirm,
            trouble: self.trouble(today),
            dangerous: false,
        };
        dialog_ui(ui, &frame, |ui| {
            if !self.reach.is_empty() {
                label::body_ui(ui, &self.reach);
            }
            let (state, day) = (&mut self.state, &mut self.day);
            side_by_side_ui(
                ui,
                |ui, width| {
                    labelled_choice_ui(ui, "Состояние", width, state, &STATES.map(participation_words))
                },
                |ui, width| day.show(ui, "На какой день", width, today),
            );
            if self.state() != ParticipationState::DoesNotParticipate {
                return;
            }
            label::caption_ui(ui, "Регистрация добровольная. Такой человек не входит в «из», и это не долг.");
            let mut reasons = vec!["не сказано"];
            reasons.extend(REASONS.map(reason_words));
            let width = ui.available_width();
            labelled_choice_ui(ui, "Почему", width, &mut self.reason, &reasons);
            TextField::new("Как получает сведения", &mut self.alternative)
                .hint("Дневник «Сетевого города», собрания")
                .show(ui);
        })
    }

    /// What it does.
    pub fn action(&self, context: &ScreenContext<'_>) -> Vec<Action> {
        let state = self.state();
        let declines = state == ParticipationState::DoesNotParticipate;
        let reason = self.reason.and_then(|place| REASONS.get(place.checked_sub(1)?)).copied();
        let participation = Participation {
            state,
            as_of: self.day.date(context.today),
            reason: reason.filter(|_| declines),
            alternative: if declines { clean(&self.alternative) } else { String::new() },
            refusal_withdrawn_on: self.withdrawn_on.filter(|_| !declines),
        };
        let done = format!("Участие: {}, {}", participation_words(state), self.of);
        vec![Action::execute(Operation::SetParticipation { seen: self.seen.clone(), participation }, done)]
    }
}
