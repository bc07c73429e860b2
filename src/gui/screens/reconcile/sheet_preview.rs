//! A filled «Лист класса» before it is recorded: what would change, and what is left as it was.

use egui::{Align, Layout, ScrollArea, Ui, vec2};
use jiff::civil::Date;

use super::summary::SummaryState;
use crate::gui::theme::{Ink, Tone};
use crate::gui::widgets::card::divider_ui;
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::{self, Run};
use crate::gui::{Action, ScreenContext, icons};
use crate::names::{Role, parse_date};
use crate::register::{PersonId, Register};
use crate::regulation::{group_word, participation_words};
use crate::session::{
    ClassSheetPlan, ReadClassSheet, SheetChange, SheetColumn, SheetRemark, plan_class_sheet,
};
use crate::wording::counted;

const LINE: f32 = 33.0;

/// The sheet on screen.
pub(super) struct SheetPreview {
    read: ReadClassSheet,
    on: String,
    /// Of which revision and day the plan is.
    planned_for: Option<(u64, Date)>,
    plan: ClassSheetPlan,
    lines: Vec<Line>,
}

/// A line of the list, its words made once.
enum Line {
    Heading(String),
    Change { row: u32, who: String, before: &'static str, after: &'static str },
    Remark { row: String, who: String, words: String },
}

impl SheetPreview {
    pub(super) fn new(read: ReadClassSheet) -> SheetPreview {
        let on = read.sheet.on.map_or_else(String::new, |day| day.strftime("%d.%m.%Y").to_string());
        SheetPreview { read, on, planned_for: None, plan: ClassSheetPlan::default(), lines: Vec::new() }
    }

    fn day(&self, today: Date) -> Result<Date, &'static str> {
        if self.on.trim().is_empty() {
            return Err("Впишите день, на который отмечен лист");
        }
        match parse_date(&self.on, today) {
            Ok(day) if day > today => Err("Этот день ещё не наступил"),
            Ok(day) => Ok(day),
            Err(_) => Err("Такого дня нет: напишите, например, 12.10.2026"),
        }
    }

    fn plan_again(&mut self, context: &ScreenContext<'_>) {
        let register = context.register();
        // While the day is wrong the sheet is shown as of today; it cannot be recorded then.
        let on = self.day(context.today).unwrap_or(context.today);
        if self.planned_for == Some((register.revision, on)) {
            return;
        }
        self.plan = plan_class_sheet(register, &self.read.sheet, on, context.today);
        self.planned_for = Some((register.revision, on));
        self.lines = lines_of(register, &self.read, &self.plan);
    }
}

fn name(register: &Register, id: PersonId) -> String {
    register.person(id).map_or_else(String::new, |person| person.name.full())
}

fn lines_of(register: &Register, read: &ReadClassSheet, plan: &ClassSheetPlan) -> Vec<Line> {
    let mut lines = Vec::new();
    // First, or nobody would see them below a whole class.
    if !plan.remarks.is_empty() {
        lines.push(Line::Heading(format!("Останется как было, проверьте: {}", plan.remarks.len())));
        lines.extend(plan.remarks.iter().map(|remark| remark_line(register, read, remark)));
    }
    if !plan.changes.is_empty() {
        lines.push(Line::Heading(format!("Изменится: {}", plan.changes.len())));
        lines.extend(plan.changes.iter().map(|change| change_line(register, change)));
    }
    lines
}

fn change_line(register: &Register, change: &SheetChange) -> Line {
    let who = match change.adult {
        Some(adult) => {
            let child = register.person(change.pupil).map_or_else(String::new, |child| child.name.short());
            format!("{}, взрослый: {child}", name(register, adult))
        }
        None => name(register, change.pupil),
    };
    let (before, after) = (participation_words(change.before), participation_words(change.after));
    Line::Change { row: change.row, who, before, after }
}

fn remark_line(register: &Register, read: &ReadClassSheet, remark: &SheetRemark) -> Line {
    let row = remark.row.map_or_else(String::new, |row| row.to_string());
    let written = || {
        let found = read.sheet.rows.iter().find(|row| Some(row.row) == remark.row);
        found.map_or_else(String::new, |row| row.name.clone())
    };
    let who = remark.pupil.map_or_else(written, |pupil| name(register, pupil));
    let words = match (remark.column, remark.row) {
        (SheetColumn::Name, _) | (_, None) => remark.kind.words(),
        (column, Some(_)) => format!("«{}»: {}", column.header(), remark.kind.words()),
    };
    Line::Remark { row, who, words }
}

/// Draws the preview over the summary while a sheet is read.
pub(super) fn preview_ui(
    ui: &Ui,
    context: &ScreenContext<'_>,
    state: &mut SummaryState,
    actions: &mut Vec<Action>,
) {
    let Some(preview) = &mut state.sheet else { return };
    preview.plan_again(context);
    let group = context.register().group(preview.read.sheet.group);
    let label = group.map_or("", |group| group.label.as_str());
    let word = if group.is_some_and(|group| group_word(group.kind) == "класс") {
        "класса"
    } else {
        "группы"
    };
    let title = format!("Лист {word} {label}");
    let confirm = match preview.plan.changes.len() as u64 {
        0 => "Записать".to_owned(),
        count => format!("Записать {}", counted(count, "изменение", "изменения", "изменений")),
    };
    let reason = match preview.day(context.today) {
        _ if context.file.read_only => Some("Файл открыт только для чтения"),
        Err(problem) => Some(problem),
        Ok(_) => preview.plan.is_empty().then_some("Нового в листе нет"),
    };
    let (answer, ()) = Dialog::new("class-sheet", &title)
        .width(800.0)
        .confirm(&confirm)
        .disabled_because(reason)
        .show(ui.ctx(), |ui| body_ui(ui, preview));
    match answer {
        DialogAnswer::Open => {}
        DialogAnswer::Confirmed => {
            let operation = preview.read.operation(&preview.plan);
            actions.push(Action::execute(operation, format!("Записан лист {word} {label}")));
            state.sheet = None;
        }
        _ => state.sheet = None,
    }
}

fn body_ui(ui: &mut Ui, preview: &mut SheetPreview) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 24.0;
        ui.vertical(|ui| {
            ui.set_width(150.0);
            TextField::new("На какой день", &mut preview.on).hint("12.10.2026").width(150.0).show(ui);
        });
        ui.vertical(|ui| {
            ui.add_space(2.0);
            ui.spacing_mut().item_spacing.y = 4.0;
            for words in facts(&preview.plan) {
                label::body_ui(ui, &words);
            }
            label::caption_ui(ui, &format!("Файл «{}», слева номер его строки", preview.read.name));
        });
    });
    if preview.lines.is_empty() {
        label::body_ui(ui, "Всё, что отмечено в листе, в реестре уже есть.");
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().id_salt("class sheet lines").max_height(330.0).show_rows(
        ui,
        LINE,
        preview.lines.len(),
        |ui, range| {
            for line in &preview.lines[range] {
                line_ui(ui, line);
            }
        },
    );
    ui.spacing_mut().item_spacing.y = 12.0;
}

/// What is recorded of the group as a whole.
fn facts(plan: &ClassSheetPlan) -> Vec<String> {
    let mut facts: Vec<String> = Vec::new();
    let counts = plan.counts.iter().map(|count| {
        let of = count.of.map_or_else(String::new, |of| format!(" из {of}"));
        let whom = if count.role == Role::Parent {
            "детей со взрослым внутри"
        } else {
            "учеников внутри"
        };
        format!("{whom} {}{of}", count.joined)
    });
    let counts: Vec<String> = counts.collect();
    if !counts.is_empty() {
        facts.push(format!("Запишем: {}", counts.join(", ")));
    }
    if plan.counts_withheld {
        facts.push("Число внутри не запишем: не все строки прочитаны".into());
    }
    if plan.adults_unnamed > 0 {
        let children = counted(plan.adults_unnamed.into(), "ребёнка", "детей", "детей");
        let counted = if plan.counts_withheld { "" } else { ": войдут только в число" };
        facts.push(format!("У {children} не сказано, кто из взрослых внутри{counted}"));
    }
    facts
}

fn line_ui(ui: &mut Ui, line: &Line) {
    let layout = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(vec2(ui.available_width(), LINE - 1.0), layout, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let cell = |ui: &mut Ui, width: f32, runs: &[Run<'_>]| {
            ui.allocate_ui_with_layout(vec2(width, LINE - 1.0), layout, |ui| {
                ui.set_min_width(width);
                label::line_ui(ui, runs);
            });
        };
        match line {
            Line::Heading(words) => {
                label::line_ui(ui, &[Run::body(words).medium()]);
            }
            Line::Change { row, who, before, after } => {
                cell(ui, 28.0, &[Run::body(&row.to_string()).secondary()]);
                cell(ui, 380.0, &[Run::body(who)]);
                cell(ui, 124.0, &[Run::body(before).secondary()]);
                label::icon_ui(ui, icons::ARROW_RIGHT, 14.0, Ink::Secondary);
                cell(ui, 140.0, &[Run::body(after).medium()]);
            }
            Line::Remark { row, who, words } => {
                cell(ui, 28.0, &[Run::body(row).secondary()]);
                label::icon_ui(ui, icons::WARNING, 16.0, Ink::Tone(Tone::Attention));
                if !who.is_empty() {
                    cell(ui, 230.0, &[Run::body(who)]);
                }
                label::line_ui(ui, &[Run::body(words).secondary()]).on_hover_text(words);
            }
        }
    });
    divider_ui(ui, 0.0);
}
