//! «Вставить распределение»: the head's list row by row before anything is written; doubtful names are asked here.

use std::sync::Arc;

use egui::Ui;
use jiff::civil::Date;

use super::ClassTeachersState;
use super::pasted_rows::{RowAnswer, row_ui};
use super::typed::appointments;
use crate::gui::screens::form_fields::{DateField, OrderFields};
use crate::gui::theme::Tokens;
use crate::gui::widgets::button::{link_button_ui, named_link_button_ui};
use crate::gui::widgets::checkbox::checkbox_ui;
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::paint;
use crate::gui::widgets::section::both_ends_ui;
use crate::gui::{Action, ScreenContext, icons};
use crate::register::{Operation, SchoolYear};
use crate::regulation::{
    DistributionAnswers, DistributionLine, DistributionPlan, PlannedState, StaffNames, plan_distribution,
    read_distribution, read_distribution_rows,
};
use crate::session::ClassTeacherFile;
use crate::wording::{counted, list_of};

/// Height of a row of the preview, in points.
const ROW_HEIGHT: f32 = 37.0;
/// How many groups that no line names are told by name.
const MOST_UNNAMED: usize = 8;

/// The open form.
pub(super) struct PasteForm {
    text: String,
    /// Read instead of the text.
    file: Option<ClassTeacherFile>,
    lines: Vec<DistributionLine>,
    read_for: Option<(u64, SchoolYear, String)>,
    answers: DistributionAnswers,
    plan: DistributionPlan,
    stale: bool,
    order: OrderFields,
    since: DateField,
    with_steps: bool,
}

impl Default for PasteForm {
    fn default() -> Self {
        Self {
            text: String::new(),
            file: None,
            lines: Vec::new(),
            read_for: None,
            answers: DistributionAnswers::default(),
            plan: DistributionPlan::default(),
            stale: true,
            order: OrderFields::default(),
            since: DateField::default(),
            with_steps: true,
        }
    }
}

impl PasteForm {
    /// A table that was read from a file: it is shown instead of the text.
    pub(super) fn take_file(&mut self, file: ClassTeacherFile) {
        self.file = Some(file);
        self.read_for = None;
    }

    fn refresh(&mut self, context: &ScreenContext<'_>, staff: &StaffNames, year: SchoolYear) {
        let revision = context.snapshot.version().0;
        let known = self.read_for.as_ref();
        if !known.is_some_and(|(of, at, text)| (*of, *at) == (revision, year) && *text == self.text) {
            let (register, today) = (context.register(), context.today);
            self.lines = match &self.file {
                Some(file) => read_distribution_rows(register, &file.rows, year, today),
                None => read_distribution(register, &self.text, year, today),
            };
            // An answer is about a line of this reading, no other.
            self.answers = DistributionAnswers::default();
            self.read_for = Some((revision, year, self.text.clone()));
            self.stale = true;
        }
        let (order, since) = (self.order.order(context.today), self.since.date(context.today));
        if (&order, since) != (&self.answers.order, self.answers.since) {
            (self.answers.order, self.answers.since) = (order, since);
            self.stale = true;
        }
        if std::mem::take(&mut self.stale) {
            let (register, today) = (context.register(), context.today);
            self.plan = plan_distribution(register, staff, &self.lines, &self.answers, year, today);
        }
    }

    fn operation(&self) -> Operation {
        let mut operation = self.plan.operation.clone();
        if !self.with_steps {
            operation.appointments.iter_mut().for_each(|one| one.steps.clear());
        }
        operation.pasted_hash = self.file.as_ref().map(|file| file.hash.clone()).unwrap_or_default();
        Operation::AppointClassTeachers(operation)
    }

    fn answer(&mut self, answer: RowAnswer) {
        self.stale = true;
        let answers = &mut self.answers;
        match answer {
            RowAnswer::Person(place, person) => {
                answers.left_out.remove(&place);
                answers.people.insert(place, person);
            }
            RowAnswer::Group(place, group) => {
                answers.groups.insert(place, group);
            }
            RowAnswer::LeaveOut(place) => {
                answers.left_out.insert(place);
            }
            RowAnswer::TakeBack(place) => {
                answers.left_out.remove(&place);
                answers.people.remove(&place);
                answers.beside.remove(&place);
            }
            RowAnswer::Beside(place) => {
                answers.beside.insert(place);
            }
        }
    }

    fn trouble(&self, context: &ScreenContext<'_>) -> Option<String> {
        let today = context.today;
        let dates = self.order.trouble(today).or(self.since.trouble(today, false)).map(str::to_owned);
        let nothing = || match self.plan.rows.is_empty() {
            true => "Вставьте строки вида «7Б Иванова Мария Петровна»",
            false => "Нет ни одной строки, которую надо записать",
        };
        let nothing = self.plan.operation.appointments.is_empty().then(|| nothing().to_owned());
        let read_only = context.file.read_only.then(|| "Файл открыт только для чтения".to_owned());
        read_only.or(dates).or(nothing)
    }
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
    let Some(form) = &mut state.paste else { return };
    form.refresh(context, &staff, year);
    let ready = form.plan.operation.appointments.len();
    let word = if ready == 0 {
        "Записать".to_owned()
    } else {
        format!("Записать {}", appointments(ready))
    };
    let trouble = form.trouble(context);
    let (answer, ()) = Dialog::new("class-teacher-paste", "Вставить распределение")
        .width(880.0)
        .confirm(&word)
        .disabled_because(trouble.as_deref())
        .show(ui.ctx(), |ui| body_ui(ui, context, form, &staff, year, actions));
    match answer {
        DialogAnswer::Open | DialogAnswer::Alternative => {}
        DialogAnswer::Cancelled => state.paste = None,
        DialogAnswer::Confirmed => {
            let done = format!("Записано: {}", appointments(ready));
            actions.push(Action::execute(form.operation(), done));
            state.paste = None;
        }
    }
}

fn body_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    form: &mut PasteForm,
    staff: &Arc<StaffNames>,
    year: SchoolYear,
    actions: &mut Vec<Action>,
) {
    let hint = "7Б Иванова Мария Петровна, приказ 45 от 01.09.2026\n8А\tКим А. П.";
    if source_ui(ui, &mut form.text, &mut form.file, "Строки распределения", hint, actions)
    {
        form.read_for = None;
    }
    fields_ui(ui, form, context.today);
    form.refresh(context, staff, year);
    if form.plan.rows.is_empty() {
        let words = "Класс, ФИО, приказ и дни могут стоять в любом порядке. Имена сравниваются со списком сотрудников.";
        label::caption_ui(ui, words);
        return;
    }
    preview_ui(ui, context, form);
    let has_steps = form.plan.operation.appointments.iter().any(|one| !one.steps.is_empty());
    if has_steps {
        let words = "Записать дела для кабинета: назначить и передать права в чатах";
        checkbox_ui(ui, &mut form.with_steps, words);
    }
}

/// The text, or the file that was read instead. Answers whether the file was dropped.
pub(super) fn source_ui(
    ui: &mut Ui,
    text: &mut String,
    file: &mut Option<ClassTeacherFile>,
    name: &str,
    hint: &str,
    actions: &mut Vec<Action>,
) -> bool {
    if let Some(read) = file {
        let words = format!("Файл «{}»", read.name);
        let (_, drops) = both_ends_ui(
            ui,
            28.0,
            |ui| {
                label::icon_line_ui(
                    ui,
                    icons::FILE_XLS,
                    crate::gui::theme::Tone::Accent,
                    &[Run::body(&words).medium()],
                )
            },
            |ui| link_button_ui(ui, "Вписать вместо этого").clicked(),
        );
        if drops {
            *file = None;
        }
        return drops;
    }
    let (_, from_file) = both_ends_ui(
        ui,
        24.0,
        |ui| label::caption_ui(ui, "По классу в строке или таблица из Excel"),
        |ui| {
            named_link_button_ui(ui, Some(icons::FILE_XLS), "Из файла…", "Распределение из файла…").clicked()
        },
    );
    if from_file {
        actions.push(Action::ChooseClassTeacherTable);
    }
    // A long list scrolls in its own field: what it comes to stays in sight.
    let field = egui::ScrollArea::vertical().id_salt(name).max_height(116.0);
    let shown = field.show(ui, |ui| TextField::bare(name, text).rows(5).hint(hint).show(ui));
    let response = shown.inner;
    if shown.content_size.y > shown.inner_rect.height() + 1.0 {
        let tokens = Tokens::of(ui);
        let edge = if response.has_focus() { tokens.accent } else { tokens.control };
        paint::bottom_line(ui.painter(), shown.inner_rect, edge);
    }
    if text.is_empty() && ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    false
}

fn fields_ui(ui: &mut Ui, form: &mut PasteForm, today: Date) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        ui.allocate_ui(egui::vec2(404.0, 56.0), |ui| form.order.show(ui, today));
        form.since.show(ui, "С какого дня", 190.0, today);
    });
    label::caption_ui(ui, "Приказ и день берутся для строк, в которых они не названы");
}

fn preview_ui(ui: &mut Ui, context: &ScreenContext<'_>, form: &mut PasteForm) {
    let plan = &form.plan;
    let mut parts = vec![format!("Строк: {}", plan.rows.len())];
    let counts: [(&str, usize); 4] = [
        ("к записи", plan.count(PlannedState::is_written)),
        ("из них смен", plan.count(|state| state == PlannedState::Replaces)),
        ("уже так", plan.count(|state| matches!(state, PlannedState::Known | PlannedState::Repeats))),
        ("вопросов", plan.count(PlannedState::is_question)),
    ];
    parts.extend(
        counts.iter().filter(|(_, count)| *count > 0).map(|(word, count)| format!("{word}: {count}")),
    );
    label::line_ui(ui, &[Run::body(&parts.join(" · ")).medium()]);
    let mut answered = None;
    let register = context.register();
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let rows = form.plan.rows.len();
        egui::ScrollArea::vertical()
            .id_salt("distribution rows")
            .max_height(186.0)
            .auto_shrink([false, true])
            .show_rows(ui, ROW_HEIGHT, rows, |ui, range| {
                for row in &form.plan.rows[range] {
                    if let Some(answer) = row_ui(ui, register, row) {
                        answered = Some(answer);
                    }
                }
            });
    });
    if !form.plan.unnamed.is_empty() {
        let labels: Vec<&str> = form
            .plan
            .unnamed
            .iter()
            .filter_map(|group| register.group(*group))
            .map(|group| group.label.as_str())
            .collect();
        let count = counted(labels.len() as u64, "класс", "класса", "классов");
        let words = format!(
            "В списке не названо: {count} ({}). У них ничего не изменится.",
            list_of(&labels, MOST_UNNAMED)
        );
        label::caption_ui(ui, &words);
    }
    if let Some(answer) = answered {
        form.answer(answer);
    }
}
