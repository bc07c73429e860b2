//! The page of the result: what was written, the steps it made, and which class is next.

use egui::Ui;

use super::pairing::Pairing;
use super::{ReconcileState, mode_bar_ui};
use crate::gui::theme::{Ink, Tone, size};
use crate::gui::widgets::card::{card_ui, divider_ui};
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::scroll_page::{column_ui, scroll_page_ui};
use crate::gui::widgets::section::both_ends_ui;
use crate::gui::widgets::{Button, page};
use crate::gui::{Action, Destination, ScreenContext, icons};
use crate::names::Role;
use crate::register::GroupId;
use crate::regulation::last_look_at_group;
use crate::session::{ReconciliationCounts, UndoTarget};
use crate::wording::{counted, days_ago};

/// A comparison that was written.
pub(super) struct Finished {
    pub(super) counts: ReconciliationCounts,
    pub(super) title: String,
    pub(super) asked: usize,
    pub(super) open: usize,
    pub(super) role: Role,
    /// Number of the journal entry.
    pub(super) entry: Option<u64>,
    /// The entry that took it back.
    pub(super) undone_by: Option<u64>,
    pub(super) taken_back: bool,
}

impl Finished {
    pub(super) fn of(counts: ReconciliationCounts, pairing: &Pairing, title: String) -> Finished {
        Finished {
            counts,
            title,
            asked: pairing.will_ask(),
            open: pairing.open_count(),
            role: pairing.prepared.role,
            entry: None,
            undone_by: None,
            taken_back: false,
        }
    }

    /// What was ticked beside a picture.
    pub(super) fn by_eye(counts: ReconciliationCounts, title: String, role: Role) -> Finished {
        Finished { counts, title, asked: 0, open: 0, role, entry: None, undone_by: None, taken_back: false }
    }
}

/// Draws the page.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ReconcileState,
    actions: &mut Vec<Action>,
) {
    let next = next_group(context);
    let Some(done) = &state.done else { return };
    let title =
        if done.taken_back { "Сверка отменена" } else { "Сверка записана" };
    let subtitle = done.title.clone();
    let word = next.as_ref().map(|(_, label, _)| format!("Сверить {label}"));
    let (another, follow) = page::header_above_filters_ui(ui, title, &subtitle, |ui| {
        let another = ui.add(Button::outlined("Другой список").icon(icons::CLIPBOARD_TEXT)).clicked();
        let follow = word
            .as_ref()
            .is_some_and(|word| ui.add(Button::primary(word).icon(icons::ARROW_RIGHT)).clicked());
        (another, follow)
    });
    mode_bar_ui(ui, &mut state.mode, |_| {});
    scroll_page_ui(ui, "reconcile-done", |ui| {
        column_ui(ui, 640.0_f32.min(ui.available_width()), |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            card_ui(ui, 24, |ui| result_ui(ui, context, done, actions));
            if let Some((_, label, note)) = &next {
                ui.add_space(16.0);
                card_ui(ui, 20, |ui| {
                    label::lead_ui(ui, "Следующая группа, которую пора сверить");
                    label::rich_ui(ui, &[Run::body(label).medium(), Run::body("  "), Run::caption(note)]);
                });
            }
        });
    });
    if another || follow {
        state.done = None;
        if let (true, Some((group, ..))) = (follow, next) {
            state.choose.choose_group(Some(group));
        }
    }
}

fn result_ui(ui: &mut Ui, context: &ScreenContext<'_>, done: &Finished, actions: &mut Vec<Action>) {
    ui.spacing_mut().item_spacing.y = 4.0;
    let counts = done.counts;
    ui.horizontal(|ui| {
        let (icon, tone) = if done.taken_back {
            (icons::ARROW_COUNTER_CLOCKWISE, Tone::Neutral)
        } else {
            (icons::CHECK_CIRCLE, Tone::Good)
        };
        label::icon_ui(ui, icon, 24.0, Ink::Tone(tone));
        let words = if done.taken_back {
            "Всё стоит как до сверки"
        } else {
            "Записано одной записью журнала"
        };
        label::line_ui(ui, &[Run::body(words).size(size::SECTION).semibold()]);
    });
    ui.add_space(8.0);
    let inside = if done.role == Role::Parent {
        "Детей, у которых внутри взрослый"
    } else {
        "Внутри"
    };
    let row = |ui: &mut Ui, icon, words: &str, count: u32| {
        if count > 0 {
            divider_ui(ui, 0.0);
            both_ends_ui(
                ui,
                34.0,
                |ui| {
                    label::icon_ui(ui, icon, 17.0, Ink::Secondary);
                    label::line_ui(ui, &[Run::body(words)])
                },
                |ui| label::line_ui(ui, &[Run::body(&count.to_string()).medium()]),
            );
        }
    };
    row(ui, icons::USER_CHECK, inside, counts.inside);
    row(ui, icons::CIRCLE_DASHED, "Не найдены, хотя должны быть внутри", counts.missing);
    row(ui, icons::LIST_CHECKS, "Новые дела в кабинете", counts.tasks);
    row(ui, icons::PLUS, "Из них пригласить", counts.invited);
    row(ui, icons::CHALKBOARD_TEACHER, "Из них уточнить, кто это", done.asked as u32);
    row(ui, icons::CHECKS, "Прежние дела, которые сверка закрыла", counts.closed);
    row(ui, icons::USER_PLUS, "Добавлены взрослые", counts.new_adults);
    row(ui, icons::LINK_SIMPLE, "Имена, которые программа запомнила", counts.aliases);
    row(ui, icons::HOURGLASS_MEDIUM, "Остались не решены: имена не запомнены", done.open as u32);
    ui.add_space(14.0);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        if !done.taken_back
            && !context.file.read_only
            && let Some(entry) = done.entry
            && ui.add(Button::outlined("Отменить сверку").icon(icons::ARROW_COUNTER_CLOCKWISE)).clicked()
        {
            actions.push(Action::Undo(UndoTarget { entry: Some(entry), parts: None }));
        }
        if counts.tasks > 0
            && !done.taken_back
            && ui.add(Button::outlined("Задачи для кабинета").icon(icons::LIST_CHECKS)).clicked()
        {
            actions.push(Action::Go(Destination::CabinetTasks));
        }
    });
}

/// The group that waits longest: due first, else the one seen longest ago.
fn next_group(context: &ScreenContext<'_>) -> Option<(GroupId, String, String)> {
    let register = context.register();
    let due = &context.snapshot.reconcile_due;
    let group = due.iter().min_by_key(|due| due.since).map(|due| due.group)?;
    let label = register.group(group)?.label.clone();
    let note = match last_look_at_group(register, group) {
        Some(day) => format!("сверено {}", days_ago((context.today - day).get_days().into())),
        None => "ещё не сверяли".into(),
    };
    let more = due.len() - 1;
    let more = if more == 0 {
        String::new()
    } else {
        format!(", потом ещё {}", counted(more as u64, "группа", "группы", "групп"))
    };
    Some((group, label, format!("{note}{more}")))
}
