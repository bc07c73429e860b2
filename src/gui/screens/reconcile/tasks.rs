//! Задачи для кабинета: one ordered list of clicks out of links, requests, reconciliations and changes of role.

use std::sync::Arc;

use egui::{Frame, Margin, Ui};

use super::{Mode, mode_bar_ui};
use crate::gui::icons::{self, Icon};
use crate::gui::screens::excel_rows::excel_text;
use crate::gui::theme::{Ink, Tone};
use crate::gui::widgets::card::{card_ui, divider_ui};
use crate::gui::widgets::checkbox::{Mark, bare_checkbox_ui};
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::empty_state::EmptyState;
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::menu::{menu_on, menu_row_ui};
use crate::gui::widgets::scroll_page::{column_ui, scroll_page_ui};
use crate::gui::widgets::section::{both_ends_ui, section_with_note_ui};
use crate::gui::widgets::{Button, page};
use crate::gui::{Action, Destination, ScreenContext};
use crate::register::{CabinetTask, InviteId, Operation, TaskOutcome};
use crate::regulation::{CabinetStep, CabinetSubject};
use crate::wording::{counted, date_short, days_ago};

/// What is asked about one step.
struct StepForm {
    task: Arc<CabinetTask>,
    text: String,
    /// «Не удалось, потому что…»; else the words of the step are edited.
    failed: bool,
}

/// State of the mode.
#[derive(Default)]
pub(super) struct TasksState {
    form: Option<StepForm>,
}

/// So many steps are drawn whether in sight or not: a screen reader may go through all of them.
const ALWAYS_DRAWN: usize = 200;

fn group_label<'a>(context: &'a ScreenContext<'_>, step: &CabinetStep) -> &'a str {
    let group = step.group.and_then(|group| context.register().group(group));
    group.map_or("", |group| group.label.as_str())
}

fn height_of(step: &CabinetStep) -> f32 {
    if step.press.is_empty() { 54.0 } else { 74.0 }
}

/// Draws the mode.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut TasksState,
    mode: &mut Mode,
    actions: &mut Vec<Action>,
) {
    let rows = context.snapshot.steps.steps();
    let count = counted(rows.len() as u64, "шаг", "шага", "шагов");
    let subtitle = if rows.is_empty() {
        "Всё, что нужно было сделать в кабинете, отмечено".to_owned()
    } else {
        format!("{count} по порядку кабинета · отметьте, когда сделаете там")
    };
    page::header_above_filters_ui(ui, "Задачи для кабинета", &subtitle, |_| {});
    let excel = mode_bar_ui(ui, mode, |ui| {
        let excel = Button::ghost("Копировать для Excel").icon(icons::TABLE).in_bar();
        !rows.is_empty() && ui.add(excel).clicked()
    });
    if excel {
        let what = format!("Скопировано: {count}");
        actions.push(Action::CopyText { text: excel_of(context, rows), what });
    }
    if rows.is_empty() {
        EmptyState::done(
            "В кабинете делать нечего",
            "Новые шаги появятся после сверки, заявки или разбора ссылок",
        )
        .show(ui);
    } else {
        scroll_page_ui(ui, "cabinet-tasks", |ui| {
            let width = ui.available_width().min(960.0);
            column_ui(ui, width, |ui| sections_ui(ui, context, rows, &mut state.form, actions));
        });
    }
    form_ui(ui, context, state, actions);
}

fn sections_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    rows: &[Arc<CabinetStep>],
    form: &mut Option<StepForm>,
    actions: &mut Vec<Action>,
) {
    let sight = ui.clip_rect();
    for part in rows.chunk_by(|one, other| one.section == other.section) {
        let Some(first) = part.first() else { continue };
        section_with_note_ui(ui, first.section.words(), &part.len().to_string());
        card_ui(ui, 0, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (place, step) in part.iter().enumerate() {
                let top = ui.cursor().top();
                let out_of_sight = top > sight.bottom() || top + height_of(step) < sight.top();
                if rows.len() > ALWAYS_DRAWN && out_of_sight {
                    ui.add_space(height_of(step));
                    continue;
                }
                if place > 0 {
                    divider_ui(ui, 0.0);
                }
                ui.push_id(step.subject.key(), |ui| row_ui(ui, context, step, form, actions));
            }
        });
    }
}

fn row_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    step: &CabinetStep,
    form: &mut Option<StepForm>,
    actions: &mut Vec<Action>,
) {
    let task = match step.subject {
        CabinetSubject::Task(id) => context.register().tables().cabinet_tasks.get(id.0).cloned(),
        _ => None,
    };
    let read_only = context.file.read_only;
    let frame = Frame::new().inner_margin(Margin { left: 16, right: 12, top: 0, bottom: 0 });
    frame.show(ui, |ui| {
        let (ticked, ()) = both_ends_ui(
            ui,
            height_of(step),
            |ui| {
                ui.spacing_mut().item_spacing.x = 12.0;
                let can_tick = task.is_some() && !read_only && step.waits_for.is_none();
                let ticked =
                    can_tick && bare_checkbox_ui(ui, Mark::Off, &format!("Сделано: {}", step.text)).clicked();
                if !can_tick {
                    label::icon_ui(ui, icon_of(step), 17.0, Ink::Secondary);
                }
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    ui.add_space(8.0);
                    label::line_ui(ui, &[Run::body(&step.text)]);
                    if !step.press.is_empty() {
                        label::line_ui(ui, &[Run::caption(&step.press)]);
                    }
                    note_ui(ui, context, step);
                });
                ticked
            },
            |ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                buttons_ui(ui, step, task.as_ref(), read_only, form, actions);
            },
        );
        if let (true, Some(task)) = (ticked, &task) {
            let outcome = TaskOutcome::Done { on: context.today };
            let operation = Operation::SetTasks { seen: vec![task.clone()], outcome };
            actions.push(Action::execute(operation, "Отмечено: сделано в кабинете"));
        }
    });
}

fn icon_of(step: &CabinetStep) -> Icon {
    match step.subject {
        CabinetSubject::Invite(_) => icons::LINK_BREAK,
        CabinetSubject::Request(_) => icons::USER_PLUS,
        CabinetSubject::Task(_) if step.waits_for.is_some() => icons::HOURGLASS_MEDIUM,
        CabinetSubject::Task(_) => icons::LIST_CHECKS,
    }
}

fn note_ui(ui: &mut Ui, context: &ScreenContext<'_>, step: &CabinetStep) {
    let mut words: Vec<String> = Vec::new();
    let group = group_label(context, step);
    if !group.is_empty() {
        words.push(group.to_owned());
    }
    if step.waits_for.is_some() {
        words.push("после шага выше".into());
    }
    if let Some(due) = step.due_on {
        words.push(format!("по плану {}", date_short(due)));
    }
    if let Some(failed) = &step.failed {
        let age = days_ago((context.today - failed.on).get_days().into());
        let failed = format!("не удалось {age}: {}", failed.why);
        let before = if words.is_empty() { String::new() } else { format!("{} · ", words.join(" · ")) };
        label::line_ui(ui, &[Run::caption(&before), Run::caption(&failed).tone(Tone::Attention)]);
        return;
    }
    label::line_ui(ui, &[Run::caption(&words.join(" · "))]);
}

fn buttons_ui(
    ui: &mut Ui,
    step: &CabinetStep,
    task: Option<&Arc<CabinetTask>>,
    read_only: bool,
    form: &mut Option<StepForm>,
    actions: &mut Vec<Action>,
) {
    let task_to_change = task.filter(|_| !read_only);
    if task_to_change.is_some() || !step.press.is_empty() {
        let more = ui.add(Button::icon_only(icons::DOTS_THREE, &format!("Другое: {}", step.text)).in_bar());
        menu_on(&more, |ui| {
            if !step.press.is_empty()
                && menu_row_ui(ui, icons::COPY, "Скопировать, что нажать", "", false).clicked()
            {
                actions.push(Action::CopyText {
                    text: format!("{}\n{}", step.text, step.press),
                    what: "Скопировано: что нажать в кабинете".into(),
                });
            }
            let Some(task) = task_to_change else { return };
            let mut open = |text: String, failed| {
                *form = Some(StepForm { task: task.clone(), text, failed });
            };
            if menu_row_ui(ui, icons::WARNING, "Не удалось…", "", false).clicked() {
                open(String::new(), true);
            }
            if menu_row_ui(ui, icons::PENCIL_SIMPLE, "Изменить текст…", "", false).clicked() {
                open(task.text.clone(), false);
            }
        });
    }
    match step.subject {
        CabinetSubject::Invite(invite) => {
            let name = format!("Разобрать: {}", step.text);
            if ui.add(Button::outlined("Разобрать").in_bar().accessible_name(&name)).clicked() {
                actions.push(Action::Go(Destination::Cleanup(Some(vec![invite]))));
            }
            copy_address_ui(ui, invite, &step.text, actions);
        }
        CabinetSubject::Request(_) => {
            let name = format!("Решить: {}", step.text);
            if ui.add(Button::outlined("Решить").in_bar().accessible_name(&name)).clicked() {
                actions.push(Action::Go(Destination::JoinRequests));
            }
        }
        CabinetSubject::Task(_) => {
            let name = format!("Скопировать, что искать: {}", step.search_for);
            let copy = Button::ghost("Имя").icon(icons::COPY).in_bar().accessible_name(&name);
            if !step.search_for.is_empty() && ui.add(copy).clicked() {
                let text = step.search_for.clone();
                actions.push(Action::CopyText {
                    text,
                    what: "Имя скопировано: вставьте его в поиск кабинета".into(),
                });
            }
        }
    }
}

fn copy_address_ui(ui: &mut Ui, invite: InviteId, text: &str, actions: &mut Vec<Action>) {
    let name = format!("Скопировать адрес: {text}");
    if ui.add(Button::ghost("Адрес").icon(icons::COPY).in_bar().accessible_name(&name)).clicked() {
        actions.push(Action::CopyInvite(invite));
    }
}

fn form_ui(ui: &Ui, context: &ScreenContext<'_>, state: &mut TasksState, actions: &mut Vec<Action>) {
    let Some(form) = &mut state.form else { return };
    let (title, confirm, label) = if form.failed {
        ("Не удалось в кабинете", "Записать", "Потому что")
    } else {
        ("Текст шага", "Сохранить", "Что сделать")
    };
    let reason = form.text.trim().is_empty().then_some("Впишите хотя бы несколько слов");
    let dialog = Dialog::new("cabinet-step", title).confirm(confirm).disabled_because(reason);
    let (answer, ()) = dialog.show(ui.ctx(), |ui| {
        if form.failed {
            label::secondary_ui(ui, &form.task.text);
        }
        TextField::new(label, &mut form.text).show(ui);
        if form.failed {
            label::caption_ui(ui, "Шаг останется в списке, чтобы к нему вернуться.");
        }
    });
    if answer == DialogAnswer::Open {
        return;
    }
    let Some(form) = state.form.take().filter(|_| answer == DialogAnswer::Confirmed) else { return };
    let text = crate::names::clean(&form.text);
    actions.push(if form.failed {
        let outcome = TaskOutcome::Failed { on: context.today, why: text };
        Action::execute(Operation::SetTasks { seen: vec![form.task], outcome }, "Записано: пока не удалось")
    } else {
        let wanted = CabinetTask { text, ..(*form.task).clone() };
        Action::execute(
            Operation::Edit { seen: form.task.into(), wanted: wanted.into() },
            "Текст шага изменён",
        )
    });
}

fn excel_of(context: &ScreenContext<'_>, steps: &[Arc<CabinetStep>]) -> String {
    let lines = steps.iter().map(|step| {
        let failed = step.failed.as_ref().map_or("", |failed| failed.why.as_str());
        let group = group_label(context, step);
        [step.section.words(), group, &step.text, &step.press, &step.search_for, failed]
    });
    let headings = ["Раздел", "Класс", "Что сделать", "Что нажать в кабинете", "Кого искать", "Не удалось"];
    excel_text(&headings, lines)
}
