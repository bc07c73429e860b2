//! Beside the tasks: who is in, and the ages of links by which nobody joined.

use egui::{Ui, vec2};

use crate::gui::ScreenContext;
use crate::gui::theme::space;
use crate::gui::widgets::card::card_ui;
use crate::gui::widgets::coverage_bar::{CoverageBar, coverage_row_ui};
use crate::gui::widgets::histogram::{Bar, histogram_ui};
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::section::both_ends_ui;
use crate::names::Role;
use crate::register::OrganizationKind;
use crate::regulation::{PendingAges, SummedCoverage};
use crate::wording::{counted, date_short_without_year};

/// Whether the column has anything to say: not before the first list is loaded.
pub fn has_something(context: &ScreenContext<'_>) -> bool {
    !context.snapshot.people.is_empty()
}

/// Draws both cards.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>) {
    ui.spacing_mut().item_spacing = vec2(space::SMALL, space::LARGE);
    coverage_card_ui(ui, context);
    pending_card_ui(ui, &context.snapshot.today_list.pending_ages);
}

fn coverage_card_ui(ui: &mut Ui, context: &ScreenContext<'_>) {
    let rows: Vec<&SummedCoverage> =
        context.snapshot.today_list.coverage.iter().filter(|row| has_people(row)).collect();
    let latest = rows.iter().filter_map(|row| row.total.as_of).max();
    let oldest = rows.iter().filter_map(|row| row.oldest).min();
    card_ui(ui, 20, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 6.0;
        let note =
            latest.map_or(String::new(), |day| format!("по сверкам до {}", date_short_without_year(day)));
        both_ends_ui(
            ui,
            20.0,
            |ui| label::lead_ui(ui, "Кто уже внутри"),
            |ui| {
                let response = label::line_ui(ui, &[Run::caption(&note)]);
                if let Some(oldest) = oldest {
                    let day = date_short_without_year(oldest);
                    response.on_hover_text(format!("Самая давняя из сверок: {day}"));
                }
            },
        );
        if latest.is_none() && rows.iter().all(|row| row.total.inside.is_none()) {
            label::secondary_ui(ui, "Нет сведений: сверок ещё не было, и программа ничего не додумывает.");
            return;
        }
        let kind = context.register().organization().kind;
        for row in &rows {
            coverage_ui(ui, row, kind);
        }
        let unknown = rows.iter().filter(|row| !row.role.is_staff()).map(|row| row.groups_unknown).max();
        if let Some(count) = unknown.filter(|count| *count > 0) {
            label::line_ui(ui, &[Run::caption(&unknown_words(count, kind))]);
        }
    });
}

fn has_people(row: &SummedCoverage) -> bool {
    row.total.expected > 0 || row.total.neutral > 0 || row.groups_unknown > 0 || row.total.inside.is_some()
}

fn coverage_ui(ui: &mut Ui, row: &SummedCoverage, kind: OrganizationKind) {
    let name = match row.role {
        Role::Teacher => "Учителя",
        Role::Employee => "Сотрудники",
        Role::Student => "Ученики",
        Role::Parent if kind == OrganizationKind::Kindergarten => "Дети со взрослым",
        Role::Parent => "Ученики со взрослым",
    };
    let Some(inside) = row.total.inside else {
        both_ends_ui(
            ui,
            20.0,
            |ui| label::line_ui(ui, &[Run::body(name)]),
            |ui| label::line_ui(ui, &[Run::body("нет сведений").secondary()]),
        );
        return;
    };
    let waiting = row.total.missing().unwrap_or_default();
    let (neutral, unknown) = (row.total.neutral, row.total.unknown);
    let note = match (neutral, unknown) {
        (0, 0) => String::new(),
        (neutral, 0) => format!("не участвуют или не приглашены: {neutral}"),
        (0, unknown) => format!("нет сведений: {unknown}"),
        (neutral, unknown) => format!("не участвуют или не приглашены: {neutral}, нет сведений: {unknown}"),
    };
    coverage_row_ui(ui, CoverageBar::new(name, inside, waiting, neutral + unknown), &note);
}

/// Groups that nobody looked at are in none of the bars.
fn unknown_words(count: u32, kind: OrganizationKind) -> String {
    let (one, many) = match kind {
        OrganizationKind::School => ("класса", "классов"),
        OrganizationKind::College | OrganizationKind::Kindergarten => ("группы", "групп"),
    };
    format!("Без {}: о них нет сведений", counted(count.into(), one, many, many))
}

fn pending_card_ui(ui: &mut Ui, ages: &PendingAges) {
    card_ui(ui, 20, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        label::lead_ui(ui, "Ссылки, по которым никто не вступил");
        if ages.buckets.iter().all(|bucket| bucket.count == 0) {
            label::secondary_ui(ui, "Сейчас таких ссылок нет.");
            return;
        }
        label::caption_ui(ui, "по числу дней с передачи");
        ui.add_space(6.0);
        let bars = ages.buckets.map(|bucket| Bar { label: bucket.words, count: bucket.count });
        let due = if ages.due > 0 { format!("пора решать: {}", ages.due) } else { String::new() };
        histogram_ui(ui, "Ссылки по возрасту", &bars, ages.threshold_before, &due, 172.0);
    });
}
