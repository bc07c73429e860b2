//! Coverage by role, its course over the school year, and by group: then and now, with the age of every number.

use egui::{Ui, vec2};
use jiff::civil::Date;

use super::forms::PaperForm;
use super::{ReportFacts, ReportsState};
use crate::gui::screens::excel_rows::excel_text;
use crate::gui::screens::links::words::days_between;
use crate::gui::theme::space;
use crate::gui::widgets::Button;
use crate::gui::widgets::card::{card_ui, divider_ui};
use crate::gui::widgets::course_plot::{CourseLine, course_plot_ui};
use crate::gui::widgets::coverage_bar::{CoverageBar, coverage_row_ui};
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::scroll_page::{column_ui, scroll_page_ui};
use crate::gui::widgets::section::both_ends_ui;
use crate::gui::{Action, Destination, ScreenContext, icons};
use crate::names::Role;
use crate::regulation::{CoursePoint, Coverage, DutyPaper, GroupLine, RoleLine, ThenAndNow};
use crate::wording::{counted, date_short, date_short_without_year, days_ago, role_plural};

const ROW_HEIGHT: f32 = 30.0;

/// Draws the page.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ReportsState,
    facts: &ReportFacts,
    actions: &mut Vec<Action>,
) {
    scroll_page_ui(ui, "coverage", |ui| {
        compared_ui(ui, context, state, facts, actions);
        let room = ui.available_width();
        let wide = room > 760.0;
        let width = if wide { ((room - space::LARGE) / 2.0).floor() } else { room };
        let roles = |ui: &mut Ui| roles_ui(ui, facts);
        let course = |ui: &mut Ui| course_ui(ui, facts);
        if wide {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing = vec2(space::LARGE, space::LARGE);
                column_ui(ui, width, roles);
                column_ui(ui, width, course);
            });
        } else {
            roles(ui);
            course(ui);
        }
        groups_ui(ui, context, facts, actions);
    });
}

fn compared_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ReportsState,
    facts: &ReportFacts,
    actions: &mut Vec<Action>,
) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::LARGE;
        if let Some(then) = &mut state.then {
            then.show(ui, "Сравнить с днём", 150.0, context.today);
        }
        ui.vertical(|ui| {
            ui.add_space(21.0);
            ui.horizontal(|ui| {
                if ui.add(Button::primary("Отчёт для руководителя").icon(icons::FILE_ARROW_DOWN)).clicked()
                {
                    let then = state.then.as_ref().and_then(|then| then.date(context.today));
                    state.form = Some(PaperForm::new(DutyPaper::HeadReport, context).compared_with(then));
                }
                let copy = Button::outlined("Копировать для Excel").icon(icons::COPY);
                if ui.add(copy).clicked() {
                    let text = group_text(facts);
                    actions.push(Action::CopyText {
                        text, what: "Охват по группам скопирован".into()
                    });
                }
            });
        });
    });
}

fn roles_ui(ui: &mut Ui, facts: &ReportFacts) {
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing.y = 10.0;
        label::lead_ui(ui, "Кто внутри");
        if facts.report.roles.is_empty() {
            label::secondary_ui(ui, "Здесь будет, сколько человек присоединилось. Начните со списка.");
        }
        for line in &facts.report.roles {
            role_ui(ui, line, facts.key.version.1);
        }
        label::caption_ui(
            ui,
            "Родители считаются по детям. Кто не участвует или не приглашён, не входит ни в одно из чисел.",
        );
    });
}

fn role_ui(ui: &mut Ui, line: &RoleLine, today: Date) {
    let total = &line.now.total;
    let Some(inside) = total.inside else {
        both_ends_ui(
            ui,
            20.0,
            |ui| label::line_ui(ui, &[Run::body(title(line.role))]),
            |ui| label::line_ui(ui, &[Run::body("нет сведений").secondary()]),
        );
        return;
    };
    let waiting = total.expected.saturating_sub(inside);
    coverage_row_ui(ui, CoverageBar::new(title(line.role), inside, waiting, 0), "");
    let mut notes: Vec<String> = Vec::new();
    if let Some(compared) = &line.compared {
        let (was, is) = (compared.then, compared.now);
        notes.push(format!("было {} из {}, стало {} из {}", was.0, was.1, is.0, is.1));
    }
    notes.extend(total.as_of.map(|day| format!("сведения: {}", days_ago(days_between(day, today)))));
    if line.now.groups_unknown > 0 {
        let groups = counted(line.now.groups_unknown.into(), "группе", "группам", "группам");
        notes.push(format!("по {groups} сведений нет"));
    }
    label::caption_ui(ui, &notes.join(" · "));
}

fn title(role: Role) -> &'static str {
    match role {
        Role::Student => "Ученики",
        Role::Parent => "Родители",
        Role::Teacher => "Учителя",
        Role::Employee => "Сотрудники",
    }
}

fn course_ui(ui: &mut Ui, facts: &ReportFacts) {
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        label::lead_ui(ui, "Как шло с начала года");
        label::caption_ui(ui, "доля внутри по группам, о которых в тот день что-то знали");
        let drawn = facts.courses.iter().filter(|(_, points)| points.len() > 1);
        let lines: Vec<(Role, Vec<(f64, f64)>)> =
            drawn.map(|(role, points)| (*role, numbers(points))).collect();
        if lines.is_empty() {
            label::secondary_ui(ui, "Линия появится после второй сверки: одного дня для неё мало.");
            return;
        }
        let spoken: Vec<String> =
            facts.courses.iter().filter_map(|(role, points)| spoken(*role, points)).collect();
        let shown: Vec<CourseLine<'_>> = lines
            .iter()
            .map(|(role, points)| CourseLine {
                label: role_plural(*role),
                points,
                leads: *role == Role::Student,
            })
            .collect();
        course_plot_ui(ui, "Доля внутри", &spoken.join(". "), &shown, 190.0, day_words);
    });
}

fn numbers(points: &[CoursePoint]) -> Vec<(f64, f64)> {
    points.iter().map(|point| (day_number(point.on), point.per_cent())).collect()
}

/// Days since the beginning of the year 2000.
fn day_number(day: Date) -> f64 {
    f64::from(days_between(jiff::civil::date(2000, 1, 1), day) as i32)
}

fn day_words(number: f64) -> String {
    let span = jiff::Span::new().days(number.round() as i64);
    jiff::civil::date(2000, 1, 1).checked_add(span).map_or_else(|_| String::new(), date_short_without_year)
}

fn spoken(role: Role, points: &[CoursePoint]) -> Option<String> {
    let (first, last) = (points.first()?, points.last()?);
    Some(format!(
        "{}: {} — {:.0} %, {} — {:.0} %",
        title(role),
        date_short(first.on),
        first.per_cent(),
        date_short(last.on),
        last.per_cent()
    ))
}

fn groups_ui(ui: &mut Ui, context: &ScreenContext<'_>, facts: &ReportFacts, actions: &mut Vec<Action>) {
    if facts.report.groups.is_empty() {
        return;
    }
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        label::lead_ui(ui, "По группам");
        ui.add_space(6.0);
        row_ui(ui, |ui, place| {
            let words = ["Группа", "Ученики", "Дети, у которых взрослый внутри", "Сведения"][place];
            label::line_ui(ui, &[Run::caption(words)]);
        });
        for line in &facts.report.groups {
            divider_ui(ui, 0.0);
            let wanted = vec2(ui.available_width(), ROW_HEIGHT);
            if !ui.is_rect_visible(egui::Rect::from_min_size(ui.cursor().min, wanted)) {
                // A town has thousands of groups: what is out of sight is only room.
                ui.allocate_space(wanted);
                continue;
            }
            if group_ui(ui, context, line) {
                actions.push(Action::Go(Destination::Group(line.group)));
            }
        }
    });
}

/// Four columns; answers nothing, draws each by its place.
fn row_ui(ui: &mut Ui, mut cell: impl FnMut(&mut Ui, usize)) {
    let room = ui.available_width();
    let widths = [0.14, 0.3, 0.3, 0.26].map(|share: f32| (room * share).floor());
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for (place, width) in widths.into_iter().enumerate() {
            let layout = egui::Layout::left_to_right(egui::Align::Center);
            ui.allocate_ui_with_layout(vec2(width, ROW_HEIGHT), layout, |ui| {
                ui.set_min_size(vec2(width, ROW_HEIGHT));
                ui.spacing_mut().item_spacing.x = 10.0;
                cell(ui, place);
            });
        }
    });
}

fn group_ui(ui: &mut Ui, context: &ScreenContext<'_>, line: &GroupLine) -> bool {
    let mut opened = false;
    row_ui(ui, |ui, place| match place {
        0 => {
            let name = format!("Открыть {}", line.label);
            let button =
                crate::gui::widgets::button::named_link_button_ui(ui, None, &line.label, &name).clicked();
            opened |= button;
        }
        1 => match &line.students {
            Some(both) => cell_ui(ui, &format!("{}, ученики", line.label), both),
            None => {
                label::line_ui(ui, &[Run::caption("чата с детьми нет")]);
            }
        },
        2 => cell_ui(ui, &format!("{}, родители", line.label), &line.parents),
        _ => {
            label::line_ui(ui, &[Run::caption(&age_words(line, context.today))]);
        }
    });
    opened
}

fn cell_ui(ui: &mut Ui, name: &str, both: &ThenAndNow) {
    let now = &both.now.coverage;
    let Some(inside) = now.inside else {
        label::line_ui(ui, &[Run::caption("нет сведений")]);
        return;
    };
    if now.expected > 0 {
        ui.add(CoverageBar::new(name, inside, now.expected.saturating_sub(inside), 0).width(90.0));
    }
    let change = change_words(now, both.then.map(|then| then.coverage));
    let expected = if now.expected > 0 { format!(" из {}", now.expected) } else { String::new() };
    let inside = inside.to_string();
    let runs = [Run::body(&inside).medium(), Run::body(&expected).secondary(), Run::caption(&change)];
    label::line_ui(ui, &runs);
}

/// «  +4»: only where both days are known.
fn change_words(now: &Coverage, then: Option<Coverage>) -> String {
    let change = then.and_then(|then| Some(i64::from(now.inside?) - i64::from(then.inside?)));
    match change {
        Some(change) if change > 0 => format!("  +{change}"),
        Some(change) if change < 0 => format!("  −{}", change.unsigned_abs()),
        _ => String::new(),
    }
}

fn age_words(line: &GroupLine, today: Date) -> String {
    let students = line.students.and_then(|both| both.now.coverage.as_of);
    let oldest = [students, line.parents.now.coverage.as_of].into_iter().flatten().min();
    oldest.map_or_else(|| "сведений нет".to_owned(), |day| days_ago(days_between(day, today)))
}

/// The groups as text for a spreadsheet.
fn group_text(facts: &ReportFacts) -> String {
    let header = ["Группа", "Ученики внутри", "Ученики из", "День", "Родители внутри", "Родители из", "День"];
    let number = |number: Option<u32>| number.map_or_else(String::new, |number| number.to_string());
    let rows = facts.report.groups.iter().map(|line| {
        let mut row = vec![line.label.clone()];
        for both in [line.students, Some(line.parents)] {
            let coverage = both.map(|both| both.now.coverage).unwrap_or_default();
            let expected = Some(coverage.expected).filter(|expected| *expected > 0);
            row.push(number(coverage.inside));
            row.push(number(expected));
            row.push(coverage.as_of.map_or_else(String::new, date_short));
        }
        row
    });
    excel_text(&header, rows)
}
