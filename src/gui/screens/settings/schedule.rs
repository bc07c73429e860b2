//! The school's own schedule: how often to look, how long to put off.

use egui::{Align, Layout, Ui, vec2};

use super::draft::read_number;
use crate::gui::theme::space;
use crate::gui::widgets::card::{card_ui, divider_ui};
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::{self, Run};
use crate::register::Settings;
use crate::wording::plural;

/// Words, explanation, forms of the unit, the greatest number.
struct Row {
    words: &'static str,
    note: &'static str,
    unit: [&'static str; 3],
    most: u16,
}

const DAYS: [&str; 3] = ["день", "дня", "дней"];
const ROWS: [Row; 4] = [
    Row {
        words: "Сверять каждую группу раз в",
        note: "Дольше без сверки: в делах появится «Сверить»",
        unit: DAYS,
        most: 365,
    },
    Row {
        words: "Разбирать ссылки раз в",
        note: "Когда возвращаться, если других дел нет",
        unit: ["неделю", "недели", "недель"],
        most: 52,
    },
    Row {
        words: "«Отложить» в разборе означает на",
        note: "Через столько дней ссылка вернётся в дела",
        unit: DAYS,
        most: 365,
    },
    Row {
        words: "Решать отмеченную ссылку за",
        note: "Потом «пора по нашему графику»",
        unit: DAYS,
        most: 365,
    },
];

/// The fields of the section, in the order of the rows.
#[derive(Clone, Default, PartialEq)]
pub struct ScheduleFields {
    numbers: [String; 4],
}

impl ScheduleFields {
    /// As the settings have them.
    pub fn of(settings: &Settings) -> Self {
        let numbers = [
            settings.reconcile_every_days,
            settings.cleanup_every_weeks,
            settings.defer_days,
            settings.act_within_days,
        ];
        Self { numbers: numbers.map(|number| number.to_string()) }
    }

    /// Puts them into settings.
    pub fn put_into(&self, settings: &mut Settings) -> Result<(), String> {
        let mut numbers = [0; 4];
        for ((text, row), number) in self.numbers.iter().zip(&ROWS).zip(&mut numbers) {
            *number = read_number(text, row.most).map_err(|problem| format!("{}: {problem}", row.words))?;
        }
        [
            settings.reconcile_every_days,
            settings.cleanup_every_weeks,
            settings.defer_days,
            settings.act_within_days,
        ] = numbers;
        Ok(())
    }
}

/// Draws the section.
pub fn show(ui: &mut Ui, fields: &mut ScheduleFields) {
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, 0.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            label::lead_ui(ui, "Наш график");
            label::caption_ui(ui, "Сроки вы ставите себе сами: нормы их не устанавливают");
        });
        for (row, text) in ROWS.iter().zip(&mut fields.numbers) {
            divider_ui(ui, 10.0);
            row_ui(ui, row, text);
        }
    });
}

fn row_ui(ui: &mut Ui, row: &Row, text: &mut String) {
    ui.horizontal_top(|ui| {
        let words = vec2((ui.available_width() - 180.0).max(160.0), 42.0);
        ui.allocate_ui_with_layout(words, Layout::top_down(Align::Min), |ui| {
            ui.set_min_size(words);
            ui.spacing_mut().item_spacing.y = 2.0;
            label::line_ui(ui, &[Run::body(row.words)]);
            label::line_ui(ui, &[Run::caption(row.note)]);
        });
        let problem = read_number(text, row.most).err();
        TextField::bare(row.words, text).width(72.0).error(problem).show(ui);
        let [one, few, many] = row.unit;
        let unit = plural(text.trim().parse().unwrap_or(0), one, few, many);
        ui.allocate_ui_with_layout(vec2(80.0, 32.0), Layout::left_to_right(Align::Center), |ui| {
            label::line_ui(ui, &[Run::body(unit).secondary()]);
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_finds_its_own_setting() {
        let fields = ScheduleFields { numbers: ["21", "3", "5", "9"].map(str::to_owned) };
        let mut settings = Settings::default();
        assert_eq!(fields.put_into(&mut settings), Ok(()));
        let found = (settings.reconcile_every_days, settings.cleanup_every_weeks);
        assert_eq!((found, settings.defer_days, settings.act_within_days), ((21, 3), 5, 9));
        let weeks = ScheduleFields { numbers: ["21", "53", "5", "9"].map(str::to_owned) };
        assert_eq!(weeks.put_into(&mut settings), Err("Разбирать ссылки раз в: От 1 до 52".into()));
    }
}
