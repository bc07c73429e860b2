//! The class values of a file and what each becomes: known, new, or a question to the user.

use egui::Ui;

use super::state::ImportState;
use crate::gui::theme::Tone;
use crate::gui::widgets::choice::Choice;
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::table::{Column, DataTable, TALL_ROW, Width};
use crate::gui::widgets::table_cell::Cell;
use crate::gui::{Action, ScreenContext, icons};
use crate::names::{group_key, group_sort_key, parse_group_label};
use crate::register::{Register, SchoolYear};
use crate::roster::{ClassAnswer, ClassValue};
use crate::wording::number;

pub(super) const TABLE: &str = "import-classes";

/// What a class value is at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ClassState {
    Known,
    New,
    LeftOut,
    Question,
}

struct ClassRow {
    written: String,
    rows: u32,
    state: ClassState,
    /// Place of the present answer among the options.
    chosen: Option<usize>,
    /// The label it stands for, where it is no known group.
    new_label: Option<String>,
}

/// The table of class values, made once for a plan.
#[derive(Default)]
pub(super) struct ClassRows {
    rows: Vec<ClassRow>,
    /// Labels of the groups of the year, in the order of lists.
    known: Vec<String>,
    made_for: Option<(u64, u64, SchoolYear)>,
}

impl ClassRows {
    fn make(values: &[ClassValue], register: &Register, year: SchoolYear) -> Self {
        let mut known: Vec<String> = register.groups_in_year(year).map(|group| group.label.clone()).collect();
        known.sort_by_cached_key(|label| group_sort_key(label));
        known.dedup();
        let keys: Vec<String> = known.iter().map(|label| group_key(label)).collect();
        let row = |value: &ClassValue| {
            let label = value.label.as_ref().map(|label| label.text.clone());
            let place = label.as_ref().and_then(|label| {
                let key = group_key(label);
                keys.iter().position(|known| *known == key)
            });
            let left_out = value.answer == Some(ClassAnswer::LeaveOut);
            let state = match (left_out, &label, place) {
                (true, ..) => ClassState::LeftOut,
                (_, _, Some(_)) => ClassState::Known,
                (_, Some(_), None) => ClassState::New,
                (_, None, None) => ClassState::Question,
            };
            ClassRow {
                written: value.written.clone(),
                rows: value.rows,
                state,
                chosen: place,
                new_label: label.filter(|_| state == ClassState::New),
            }
        };
        Self { rows: values.iter().map(row).collect(), known, made_for: None }
    }
}

/// How many class values wait for an answer.
pub(super) fn question_count(state: &ImportState) -> usize {
    let values = state.prepared.as_ref().map_or(&[][..], |prepared| &prepared.roster.class_values);
    values.iter().filter(|value| value.label.is_none() && value.answer.is_none()).count()
}

/// Makes the rows anew after every plan.
pub(super) fn prepare(context: &ScreenContext<'_>, state: &mut ImportState) {
    let Some(year) = state.chosen_year.or(state.year) else { return };
    let wanted = Some((state.plan_number, context.register().revision, year));
    if state.class_rows.made_for == wanted {
        return;
    }
    let Some(prepared) = state.prepared.as_deref() else { return };
    let rows = ClassRows::make(&prepared.roster.class_values, context.register(), year);
    state.class_rows = ClassRows { made_for: wanted, ..rows };
}

/// Draws the table and takes the answers.
pub(super) fn show(ui: &mut Ui, state: &mut ImportState, cursor: Option<usize>, actions: &mut Vec<Action>) {
    let heads = [
        Column::left("В файле", Width::Exact(240.0)).unsortable(),
        Column::right("Строк", Width::Exact(84.0)).unsortable(),
        Column::left("Что это", Width::Exact(180.0)).unsortable(),
        Column::left("Чем станет", Width::Remainder(320.0)).unsortable(),
    ];
    let classes = &state.class_rows;
    let mut answer = None;
    let table = DataTable::new(TABLE, &heads).accessible_name("Классы файла").row_height(TALL_ROW);
    table.show(
        ui,
        classes.rows.len(),
        |row| cursor == Some(row),
        |row, column, cell| {
            let Some(class) = classes.rows.get(row) else { return };
            match column {
                0 if class.written.is_empty() => {
                    cell.text_secondary("пусто");
                }
                0 => {
                    cell.text_medium(&class.written);
                }
                1 => {
                    cell.text_secondary(&number(u64::from(class.rows)));
                }
                2 => state_ui(cell, class.state),
                _ => {
                    answer = choice_ui(cell, class, &classes.known).map(|said| (row, said)).or(answer.take())
                }
            }
        },
    );
    if let Some((row, said)) = answer {
        take_answer(state, row, said, actions);
    }
    new_class_dialog_ui(ui, state, actions);
}

fn state_ui(cell: &mut Cell<'_>, state: ClassState) {
    match state {
        ClassState::Known => cell.icon_text(Tone::Good, icons::CHECK, "есть в программе"),
        ClassState::New => cell.icon_text(Tone::Accent, icons::PLUS, "новый"),
        ClassState::LeftOut => cell.icon_text(Tone::Neutral, icons::PROHIBIT, "не загружается"),
        ClassState::Question => cell.icon_text(Tone::Attention, icons::QUESTION, "выберите"),
    };
}

enum Said {
    Group(String),
    NewClass,
    LeaveOut,
}

fn choice_ui(cell: &mut Cell<'_>, class: &ClassRow, known: &[String]) -> Option<Said> {
    let new_word = class.new_label.as_ref().map(|label| format!("Новый класс {label}"));
    let mut options: Vec<&str> = new_word.iter().map(String::as_str).collect();
    let (new_place, leave_out) = (options.len(), options.len() + 1);
    options.extend(["Новый класс с другим именем…", "Не загружать эти строки"]);
    let first_known = options.len();
    options.extend(known.iter().map(String::as_str));
    let mut place = match class.state {
        ClassState::New => Some(0),
        ClassState::Known => class.chosen.map(|place| place + first_known),
        ClassState::LeftOut => Some(leave_out),
        ClassState::Question => None,
    };
    let name = format!("Чем станет «{}»", class.written);
    let choice = Choice::new(&name).width(300.0).placeholder("Выберите класс");
    if !choice.show(cell.ui(), &mut place, &options) {
        return None;
    }
    match place? {
        place if place == leave_out => Some(Said::LeaveOut),
        place if place == new_place => Some(Said::NewClass),
        place if place < new_place => class.new_label.clone().map(Said::Group),
        place => known.get(place - first_known).cloned().map(Said::Group),
    }
}

fn take_answer(state: &mut ImportState, row: usize, said: Said, actions: &mut Vec<Action>) {
    let Some(written) = state.class_rows.rows.get(row).map(|class| class.written.clone()) else { return };
    let answer = match said {
        Said::Group(label) => ClassAnswer::Group(label),
        Said::LeaveOut => ClassAnswer::LeaveOut,
        Said::NewClass => {
            state.new_class = Some((written, String::new()));
            return;
        }
    };
    state.read.class_answers.insert(written, answer);
    actions.push(Action::PlanRoster);
}

fn new_class_dialog_ui(ui: &Ui, state: &mut ImportState, actions: &mut Vec<Action>) {
    let Some((written, label)) = &mut state.new_class else { return };
    let reason = parse_group_label(label).is_err().then_some("Впишите имя класса");
    let title = format!("Чем станет «{written}»?");
    let dialog = Dialog::new("new-class", &title).confirm("Создать при загрузке").disabled_because(reason);
    let (answer, ()) = dialog.show(ui.ctx(), |ui| {
        TextField::new("Имя нового класса или группы", label).hint("7Г").show(ui);
    });
    match answer {
        DialogAnswer::Open => {}
        DialogAnswer::Confirmed if reason.is_none() => {
            let answer = ClassAnswer::Group(label.trim().to_owned());
            state.read.class_answers.insert(written.clone(), answer);
            state.new_class = None;
            actions.push(Action::PlanRoster);
        }
        _ => state.new_class = None,
    }
}
