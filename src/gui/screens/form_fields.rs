//! Fields that the forms of several screens share: a typed date, an order, a person chosen by typing.

use egui::Ui;
use jiff::civil::Date;

use crate::gui::icons;
use crate::gui::theme::Tone;
use crate::gui::widgets::button::small_link_button_ui;
use crate::gui::widgets::choice::Choice;
use crate::gui::widgets::field::{TextField, field_label_ui};
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::list_row::ListRow;
use crate::gui::widgets::section::both_ends_ui;
use crate::names::{DateProblem, parse_birth_date, parse_date};
use crate::register::{OrderReference, PersonId};
use crate::session::{PersonRow, Snapshot, search_words};

/// Two fields in one row, each told its width in points.
pub fn side_by_side_ui<L, R>(
    ui: &mut Ui,
    left: impl FnOnce(&mut Ui, f32) -> L,
    right: impl FnOnce(&mut Ui, f32) -> R,
) -> (L, R) {
    let width = ((ui.available_width() - 12.0) / 2.0).floor();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        (left(ui, width), right(ui, width))
    })
    .inner
}

/// A combo box under its label. Answers whether it changed.
pub fn labelled_choice_ui<S: AsRef<str>>(
    ui: &mut Ui,
    label: &str,
    width: f32,
    chosen: &mut Option<usize>,
    options: &[S],
) -> bool {
    ui.vertical(|ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = 5.0;
        let label_id = field_label_ui(ui, label).id;
        Choice::new(label).labelled_by(label_id).width(width).show(ui, chosen, options)
    })
    .inner
}

/// A date as it is typed. Nothing typed is no date.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct DateField {
    text: String,
    of_birth: bool,
}

impl DateField {
    /// A field that shows a date, or nothing.
    pub fn of(date: Option<Date>) -> Self {
        Self { text: date.map(written).unwrap_or_default(), of_birth: false }
    }

    /// A field of a date of birth: a year is always typed.
    pub fn of_birth(date: Option<Date>) -> Self {
        Self { of_birth: true, ..Self::of(date) }
    }

    /// The date that is typed.
    ///
    /// # Errors
    /// Why it is no date, in words.
    pub fn read(&self, today: Date) -> Result<Option<Date>, &'static str> {
        if self.text.trim().is_empty() {
            return Ok(None);
        }
        let read = if self.of_birth { parse_birth_date(&self.text) } else { parse_date(&self.text, today) };
        read.map(Some).map_err(problem_words)
    }

    /// The date, or `None` where nothing or no date is typed.
    pub fn date(&self, today: Date) -> Option<Date> {
        self.read(today).ok().flatten()
    }

    /// Why the form cannot be confirmed because of this field; `required`: nothing typed is not enough.
    pub fn trouble(&self, today: Date, required: bool) -> Option<&'static str> {
        match self.read(today) {
            Ok(None) if required => Some("Укажите дату"),
            Ok(_) => None,
            Err(words) => Some(words),
        }
    }

    /// Draws it without a label in a bar; the name is read aloud.
    pub fn bare_ui(&mut self, ui: &mut Ui, name: &str, width: f32, today: Date) {
        let error = self.read(today).err();
        let field = TextField::bare(name, &mut self.text).hint("ДД.ММ.ГГГГ").width(width).in_bar();
        let response = field.show(ui);
        if let Some(error) = error {
            response.on_hover_text(error);
        }
    }

    /// Draws it in a bar, without a label above; what is wrong with it is for [`DateField::trouble`] to say.
    pub fn show_in_bar(&mut self, ui: &mut Ui, name: &str, hint: &str) {
        TextField::bare(name, &mut self.text).hint(hint).width(124.0).in_bar().show(ui);
    }

    /// Draws it under its label.
    pub fn show(&mut self, ui: &mut Ui, label: &str, width: f32, today: Date) {
        let error = self.read(today).err();
        TextField::new(label, &mut self.text).hint("ДД.ММ.ГГГГ").width(width).error(error).show(ui);
    }
}

fn written(date: Date) -> String {
    format!("{:02}.{:02}.{}", date.day(), date.month(), date.year())
}

fn problem_words(problem: DateProblem) -> &'static str {
    match problem {
        DateProblem::Empty => "Укажите дату",
        DateProblem::NotADate => "Запишите дату как 12.10.2026",
        DateProblem::NoSuchDay => "Такого дня нет в календаре",
        DateProblem::FarYear => "Проверьте год",
    }
}

/// Number and date of an order.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct OrderFields {
    number: String,
    date: DateField,
}

impl OrderFields {
    /// Fields that show an order.
    pub fn of(order: &OrderReference) -> Self {
        Self { number: order.number.clone(), date: DateField::of(order.date) }
    }

    /// The order that is typed.
    pub fn order(&self, today: Date) -> OrderReference {
        let number = self.number.trim().trim_start_matches('№').trim();
        OrderReference { number: number.to_owned(), date: self.date.date(today) }
    }

    /// Why the form cannot be confirmed because of these fields.
    pub fn trouble(&self, today: Date) -> Option<&'static str> {
        self.date.trouble(today, false)
    }

    /// Draws both in a bar.
    pub fn show_in_bar(&mut self, ui: &mut Ui) {
        label::line_ui(ui, &[Run::caption("Приказ №")]);
        TextField::bare("Номер приказа", &mut self.number).hint("номер").width(84.0).in_bar().show(ui);
        label::line_ui(ui, &[Run::caption("от")]);
        self.date.show_in_bar(ui, "Дата приказа", "ДД.ММ.ГГГГ");
    }

    /// Draws both in one row.
    pub fn show(&mut self, ui: &mut Ui, today: Date) {
        side_by_side_ui(
            ui,
            |ui, width| TextField::new("Номер приказа", &mut self.number).width(width).show(ui),
            |ui, width| self.date.show(ui, "Дата приказа", width, today),
        );
    }
}

/// What an order is called: «Приказ № 187 от 28 авг 2026»; empty where nothing is known.
pub fn order_words(order: &OrderReference) -> String {
    let date = order.date.map(|date| format!(" от {}", crate::wording::date_short(date)));
    match (order.number.is_empty(), date) {
        (true, None) => String::new(),
        (true, Some(date)) => format!("Приказ{date}"),
        (false, date) => format!("Приказ № {}{}", order.number, date.unwrap_or_default()),
    }
}

const MOST_FOUND: usize = 5;

/// A person found by typing a part of the name.
#[derive(Clone, Debug, Default)]
pub struct PersonChoice {
    text: String,
    chosen: Option<PersonId>,
    found: Vec<PersonId>,
    /// What `found` answers.
    asked: Option<(String, (u64, Date))>,
}

impl PersonChoice {
    /// A field that shows a person, or nobody.
    pub fn of(chosen: Option<PersonId>) -> Self {
        Self { chosen, ..Self::default() }
    }

    /// Who is chosen.
    pub fn chosen(&self) -> Option<PersonId> {
        self.chosen
    }

    /// Draws it; `accept` says who may be chosen. Answers whether somebody was chosen just now.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        snapshot: &Snapshot,
        label: &str,
        accept: impl Fn(&PersonRow) -> bool,
    ) -> bool {
        if let Some(row) = self.chosen.and_then(|person| snapshot.people.get(person)) {
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 5.0;
                field_label_ui(ui, label);
                let (_, other) = both_ends_ui(
                    ui,
                    32.0,
                    |ui| {
                        label::icon_line_ui(
                            ui,
                            icons::USER,
                            Tone::Accent,
                            &[Run::body(&row.full_name).medium()],
                        )
                    },
                    |ui| {
                        small_link_button_ui(ui, "Выбрать другого", &format!("{label}: выбрать другого"))
                            .clicked()
                    },
                );
                if other {
                    self.chosen = None;
                }
            });
            return false;
        }
        TextField::new(label, &mut self.text)
            .hint("Начните писать фамилию")
            .icon(icons::MAGNIFYING_GLASS)
            .show(ui);
        self.look_up(snapshot, accept);
        ui.scope(|ui| self.found_ui(ui, snapshot)).inner
    }

    fn look_up(&mut self, snapshot: &Snapshot, accept: impl Fn(&PersonRow) -> bool) {
        let asked = (self.text.clone(), snapshot.version());
        if self.asked.as_ref() == Some(&asked) {
            return;
        }
        let words = search_words(&self.text);
        let rows =
            snapshot.people.iter().filter(|row| !words.is_empty() && row.matches(&words) && accept(row));
        self.found = rows.take(MOST_FOUND).map(|row| row.id).collect();
        self.asked = Some(asked);
    }

    fn found_ui(&mut self, ui: &mut Ui, snapshot: &Snapshot) -> bool {
        if self.text.trim().is_empty() {
            return false;
        }
        if self.found.is_empty() {
            label::caption_ui(ui, "Никого не нашлось");
            return false;
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        for row in self.found.iter().filter_map(|person| snapshot.people.get(*person)) {
            let note = if row.group_labels.is_empty() { &row.role_words } else { &row.group_labels };
            if ui.add(ListRow::new(&row.full_name).right(note)).clicked() {
                self.chosen = Some(row.id);
                self.text.clear();
                return true;
            }
        }
        false
    }
}

/// Gives the focus to a search field on Ctrl+F.
pub fn focus_search_on_shortcut(ui: &Ui, search: egui::Id) {
    use crate::gui::widgets::shortcut::consume_shortcut_physical;
    if consume_shortcut_physical(ui.ctx(), egui::Modifiers::COMMAND, egui::Key::F) {
        ui.memory_mut(|memory| memory.request_focus(search));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn typed_dates_are_read_or_named() {
        let today = date(2026, 10, 12);
        let typed = |text: &str| DateField { text: text.into(), of_birth: false };
        assert_eq!(typed("").read(today), Ok(None));
        assert_eq!(typed("3.09").read(today), Ok(Some(date(2026, 9, 3))));
        assert_eq!(typed("31.02.2026").read(today), Err("Такого дня нет в календаре"));
        assert_eq!(typed("").trouble(today, true), Some("Укажите дату"));
        assert_eq!(DateField::of(Some(today)).text, "12.10.2026");
    }

    #[test]
    fn orders_in_words() {
        let order = |number: &str, date| order_words(&OrderReference { number: number.into(), date });
        assert_eq!(order("187", Some(date(2026, 8, 28))), "Приказ № 187 от 28 авг 2026");
        assert_eq!(order("187", None), "Приказ № 187");
        assert_eq!(order("", None), "");
    }
}
