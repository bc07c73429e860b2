//! «Записать, кто внутри»: numbers as the class teacher tells them, or ticks of members.

use std::collections::BTreeSet;

use egui::Ui;
use jiff::civil::Date;

use super::super::group_card::rows_of_roles;
use super::super::seen_text::{SeenText, read_seen};
use super::ticks::{Tick, ticks_of};
use super::{FormFrame, dialog_ui};
use crate::gui::screens::form_fields::DateField;
use crate::gui::widgets::checkbox::{Mark, checkbox_ui, mark_row_ui};
use crate::gui::widgets::choice::segmented_ui;
use crate::gui::widgets::dialog::DialogAnswer;
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label;
use crate::gui::{Action, ScreenContext};
use crate::names::Role;
use crate::register::{
    Entity, Group, GroupId, Observation, ObservationId, ObservationSource, Operation, Participation,
    ParticipationState, Target,
};
use crate::wording::counted;

struct RoleLine {
    role: Role,
    word: &'static str,
    text: String,
    ticks: Vec<Tick>,
}

/// The form of what was seen of a group.
pub struct ObserveForm {
    group: GroupId,
    label: String,
    by_ticks: usize,
    lines: Vec<RoleLine>,
    ticked_role: usize,
    day: DateField,
}

impl ObserveForm {
    /// The form of a group.
    pub fn new(context: &ScreenContext<'_>, group: &Group) -> Self {
        let lines = rows_of_roles(group.kind).iter().map(|(role, word)| RoleLine {
            role: *role,
            word,
            text: String::new(),
            ticks: ticks_of(context, group.id, *role),
        });
        Self {
            group: group.id,
            label: group.label.clone(),
            by_ticks: 0,
            lines: lines.collect(),
            ticked_role: 0,
            day: DateField::of(Some(context.today)),
        }
    }

    fn trouble(&self, today: Date) -> Option<String> {
        if self.by_ticks == 1 {
            let day = self.day.date(today);
            let late = day.is_some_and(|day| day > today).then_some("Этот день ещё не наступил");
            return self.day.trouble(today, true).or(late).map(str::to_owned);
        }
        let read: Vec<_> = self.lines.iter().map(|line| read_seen(&line.text, today)).collect();
        if let Some(words) = read.iter().find_map(|read| read.err()) {
            return Some(words.to_owned());
        }
        read.iter().all(|read| matches!(read, Ok(None))).then(|| "Запишите, сколько внутри".to_owned())
    }

    /// Draws it.
    pub fn show(&mut self, ui: &Ui, context: &ScreenContext<'_>) -> DialogAnswer {
        let today = context.today;
        let frame = FormFrame {
            name: "observe",
            title: format!("Кто внутри: {}", self.label),
            confirm: "Записать".into(),
            trouble: self.trouble(today),
        };
        dialog_ui(ui, &frame, |ui| {
            segmented_ui(ui, "Как записать", &mut self.by_ticks, &["Числом", "Поимённо"]);
            if self.by_ticks == 0 {
                label::caption_ui(
                    ui,
                    "Как сказал классный руководитель или как видно в кабинете. Дату можно не писать: тогда сегодня.",
                );
                for line in &mut self.lines {
                    let error = read_seen(&line.text, today).err();
                    TextField::new(line.word, &mut line.text).hint("19 из 27 на 12.10").error(error).show(ui);
                }
            } else {
                self.ticks_ui(ui, today);
            }
        })
    }

    fn ticks_ui(&mut self, ui: &mut Ui, today: Date) {
        if self.lines.len() > 1 {
            let words: Vec<&str> = self.lines.iter().map(|line| short_word(line.role)).collect();
            segmented_ui(ui, "Кого отметить", &mut self.ticked_role, &words);
        }
        self.day.show(ui, "На какой день", 160.0, today);
        let Some(line) = self.lines.get_mut(self.ticked_role) else { return };
        if line.ticks.is_empty() {
            label::caption_ui(ui, "В списке никого нет");
            return;
        }
        let on = line.ticks.iter().filter(|tick| tick.on).count();
        let mark = Mark::of_count(on, line.ticks.len());
        if mark_row_ui(ui, mark, &format!("Все: внутри {on} из {}", line.ticks.len())).clicked() {
            line.ticks.iter_mut().for_each(|tick| tick.on = mark != Mark::On);
        }
        ui.spacing_mut().item_spacing.y = 2.0;
        for tick in &mut line.ticks {
            checkbox_ui(ui, &mut tick.on, &tick.name);
        }
    }

    /// What it does.
    pub fn actions(&self, context: &ScreenContext<'_>) -> Vec<Action> {
        let today = context.today;
        if self.by_ticks == 1 {
            return self.actions_of_ticks(today);
        }
        let seen = self.lines.iter().filter_map(|line| {
            let seen = read_seen(&line.text, today).ok().flatten()?;
            Some(self.observation(line.role, seen, ObservationSource::Number))
        });
        let seen: Vec<Observation> = seen.collect();
        if seen.is_empty() {
            return Vec::new();
        }
        vec![Action::execute(Operation::Observe(seen), format!("{}: записано, кто внутри", self.label))]
    }

    fn observation(&self, role: Role, seen: SeenText, source: ObservationSource) -> Observation {
        Observation {
            id: ObservationId::default(),
            target: Target::Group(self.group),
            role,
            on: seen.on,
            source,
            joined: seen.joined,
            of: seen.of,
        }
    }

    fn actions_of_ticks(&self, today: Date) -> Vec<Action> {
        let (Some(line), Some(on)) = (self.lines.get(self.ticked_role), self.day.date(today)) else {
            return Vec::new();
        };
        let mut actions = Vec::new();
        let done = format!("{}: записано, кто внутри", self.label);
        for (inside, state) in
            [(true, ParticipationState::Joined), (false, ParticipationState::NoInformation)]
        {
            let changed = line.ticks.iter().filter(|tick| tick.on == inside && tick.was_inside != inside);
            let seen: Vec<Entity> = changed.map(|tick| tick.entity.clone()).collect();
            if seen.is_empty() {
                continue;
            }
            let marked = counted(seen.len() as u64, "человек", "человека", "человек");
            let participation = Participation { state, as_of: Some(on), ..Participation::default() };
            let operation = Operation::SetParticipation { seen, participation };
            actions.push(Action::execute(operation, format!("{}: отмечено участие, {marked}", self.label)));
        }
        let inside: BTreeSet<_> = line.ticks.iter().filter(|tick| tick.on).map(|tick| tick.counted).collect();
        let seen = SeenText { joined: inside.len() as u32, of: None, on };
        let observation = self.observation(line.role, seen, ObservationSource::Ticks);
        actions.push(Action::execute(Operation::Observe(vec![observation]), done));
        actions
    }
}

fn short_word(role: Role) -> &'static str {
    match role {
        Role::Student => "Ученики",
        Role::Parent => "Взрослые",
        Role::Teacher => "Учителя",
        Role::Employee => "Сотрудники",
    }
}
