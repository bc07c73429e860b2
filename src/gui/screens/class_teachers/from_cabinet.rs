//! «Сверить с кабинетом»: the cabinet's list of class teachers against the register; differences become steps.

use egui::{Layout, Ui, vec2};

use super::ClassTeachersState;
use super::pasted::source_ui;
use crate::gui::icons;
use crate::gui::theme::{Ink, Tone};
use crate::gui::widgets::card::divider_ui;
use crate::gui::widgets::checkbox::checkbox_ui;
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::label::{self, Run};
use crate::gui::{Action, ScreenContext};
use crate::register::{CabinetTask, Entity, Operation, Register, SchoolYear};
use crate::regulation::{
    CabinetDifference, CabinetRow, StaffNames, cabinet_steps_of, compare_with_cabinet, read_distribution,
    read_distribution_rows,
};
use crate::session::ClassTeacherFile;
use crate::wording::counted;

/// The open form.
#[derive(Default)]
pub(super) struct CabinetForm {
    text: String,
    file: Option<ClassTeacherFile>,
    /// Classes that the list does not name have nobody in the cabinet.
    whole: bool,
    rows: Vec<CabinetRow>,
    steps: Vec<CabinetTask>,
    read_for: Option<(u64, SchoolYear, bool, String)>,
}

impl CabinetForm {
    /// A table that was read from a file: it is shown instead of the text.
    pub(super) fn take_file(&mut self, file: ClassTeacherFile) {
        self.file = Some(file);
        self.read_for = None;
    }

    fn refresh(&mut self, context: &ScreenContext<'_>, staff: &StaffNames, year: SchoolYear) {
        let revision = context.snapshot.version().0;
        let wanted = (revision, year, self.whole, self.text.clone());
        if self.read_for.as_ref() == Some(&wanted) {
            return;
        }
        let (register, today) = (context.register(), context.today);
        let lines = match &self.file {
            Some(file) => read_distribution_rows(register, &file.rows, year, today),
            None => read_distribution(register, &self.text, year, today),
        };
        self.rows = match lines.is_empty() {
            true => Vec::new(),
            false => compare_with_cabinet(register, staff, &lines, year, today),
        };
        self.steps = cabinet_steps_of(register, &self.rows, self.whole);
        self.read_for = Some(wanted);
    }
}

fn steps_words(count: usize) -> String {
    counted(count as u64, "дело", "дела", "дел")
}

/// Draws the open form.
pub(super) fn show(
    ui: &Ui,
    context: &ScreenContext<'_>,
    state: &mut ClassTeachersState,
    actions: &mut Vec<Action>,
) {
    let year = state.year(context);
    let Some(staff) = state.staff.clone() else { return };
    let Some(form) = &mut state.cabinet else { return };
    form.refresh(context, &staff, year);
    let count = form.steps.len();
    let word = if count == 0 {
        "Записать дела".to_owned()
    } else {
        format!("Записать {} для кабинета", steps_words(count))
    };
    let trouble = if context.file.read_only {
        Some("Файл открыт только для чтения")
    } else if form.rows.is_empty() {
        Some("Вставьте список классных руководителей из кабинета")
    } else {
        (count == 0).then_some("Расхождений, с которыми надо что-то сделать в кабинете, нет")
    };
    let (answer, ()) = Dialog::new("class-teacher-cabinet", "Сверить с кабинетом")
        .width(820.0)
        .confirm(&word)
        .disabled_because(trouble)
        .show(ui.ctx(), |ui| {
            let hint = "7Б Носова Елена\n8А\tКим Анна Павловна";
            if source_ui(ui, &mut form.text, &mut form.file, "Список из кабинета", hint, actions)
            {
                form.read_for = None;
            }
            checkbox_ui(
                ui,
                &mut form.whole,
                "Это список всех классов: кого в нём нет, в кабинете не назначен",
            );
            form.refresh(context, &staff, year);
            differences_ui(ui, context.register(), form);
        });
    match answer {
        DialogAnswer::Open | DialogAnswer::Alternative => {}
        DialogAnswer::Cancelled => state.cabinet = None,
        DialogAnswer::Confirmed => {
            let steps: Vec<Entity> = form.steps.iter().cloned().map(Entity::from).collect();
            let done = format!("Дел для кабинета записано: {count}");
            actions.push(Action::execute(Operation::Add(steps), done));
            state.cabinet = None;
        }
    }
}

fn differences_ui(ui: &mut Ui, register: &Register, form: &CabinetForm) {
    if form.rows.is_empty() {
        label::caption_ui(
            ui,
            "Скопируйте в кабинете список классов с руководителями и вставьте сюда. В кабинете ничего не изменится.",
        );
        return;
    }
    let is_told = |row: &&CabinetRow| match row.difference {
        CabinetDifference::Same => false,
        CabinetDifference::NotListed => form.whole && !row.ours.is_empty(),
        _ => true,
    };
    let same = form.rows.iter().filter(|row| row.difference == CabinetDifference::Same).count();
    let differing: Vec<&CabinetRow> = form.rows.iter().filter(is_told).collect();
    let waiting = differing.len().saturating_sub(form.steps.len());
    let mut words = format!("Совпадает: {same} · расходится: {}", differing.len());
    if waiting > 0 && !differing.is_empty() {
        words.push_str(&format!(" · без нового дела: {waiting}"));
    }
    label::line_ui(ui, &[Run::body(&words).medium()]);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        egui::ScrollArea::vertical()
            .id_salt("cabinet differences")
            .max_height(220.0)
            .auto_shrink([false, true])
            .show_rows(ui, 37.0, differing.len(), |ui, range| {
                for row in &differing[range] {
                    row_ui(ui, register, row);
                }
            });
    });
}

fn row_ui(ui: &mut Ui, register: &Register, row: &CabinetRow) {
    let layout = Layout::left_to_right(egui::Align::Center);
    let name = |person: &crate::register::PersonId| {
        register.person(*person).map_or_else(String::new, |person| person.name.short())
    };
    let ours: Vec<String> = row.ours.iter().map(name).collect();
    let ours = if ours.is_empty() { "никого".to_owned() } else { ours.join(", ") };
    let theirs = if row.theirs.is_empty() { "никого".to_owned() } else { row.theirs.join(", ") };
    let label = register.group(row.group).map_or_else(String::new, |group| group.label.clone());
    ui.allocate_ui_with_layout(vec2(ui.available_width(), 36.0), layout, |ui| {
        ui.set_min_height(36.0);
        ui.spacing_mut().item_spacing.x = 8.0;
        let cell = |ui: &mut Ui, width: f32, run: Run<'_>| {
            ui.allocate_ui_with_layout(vec2(width, 36.0), layout, |ui| {
                ui.set_min_width(width);
                label::line_ui(ui, &[run]);
            });
        };
        let (tone, icon) = match row.difference {
            CabinetDifference::OnlyInCabinet => (Tone::Neutral, icons::QUESTION),
            _ => (Tone::Attention, icons::SWAP),
        };
        cell(ui, 80.0, Run::body(&label).medium());
        label::icon_ui(ui, icon, 16.0, Ink::Tone(tone));
        cell(ui, 210.0, Run::body(row.difference.words()));
        let words = format!("у нас: {ours} · в кабинете: {theirs}");
        label::line_ui(ui, &[Run::body(&words).secondary()]);
    });
    divider_ui(ui, 0.0);
}
