//! What the journal tells of a person.

use egui::Ui;

use crate::gui::theme::Tokens;
use crate::gui::widgets::card::divider_ui;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::paint;
use crate::gui::widgets::section::section_with_note_ui;
use crate::gui::{Action, Destination, ScreenContext};
use crate::register::JournalChange;
use crate::session::{change_lines, entry_sentence};
use crate::store::EntryRow;
use crate::wording::date_short;

const MOST_ENTRIES: usize = 20;
const MOST_LINES: usize = 6;

/// The entries that changed the person or what is theirs, newest first; each leads to the journal.
pub fn history_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    entries: &[(EntryRow, JournalChange)],
    actions: &mut Vec<Action>,
) {
    // One entry may have changed several records of the person: they stand beside each other.
    let grouped: Vec<&[(EntryRow, JournalChange)]> =
        entries.chunk_by(|(one, _), (other, _)| one.number == other.number).collect();
    section_with_note_ui(ui, "История", &grouped.len().to_string());
    for (place, changes) in grouped.iter().take(MOST_ENTRIES).enumerate() {
        let Some((entry, _)) = changes.first() else { continue };
        if place > 0 {
            divider_ui(ui, 4.0);
        }
        if entry_ui(ui, context, entry, changes) {
            actions.push(Action::Go(Destination::JournalEntry(entry.number)));
        }
    }
}

fn entry_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    entry: &EntryRow,
    changes: &[(EntryRow, JournalChange)],
) -> bool {
    let sentence = entry_sentence(entry);
    let inner = ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.set_min_width(ui.available_width());
        label::line_ui(ui, &[Run::body(&sentence).medium()]);
        let mut note = format!("{} · {}", date_short(entry.day), entry.actor);
        if entry.undone_by.is_some() {
            note.push_str(" · отменено");
        }
        label::line_ui(ui, &[Run::caption(&note)]);
        // A record that has just been added says nothing field by field that the card does not say.
        let edits = changes.iter().map(|(_, change)| change).filter(|change| change.fields.before.is_some());
        let lines = edits.flat_map(|change| change_lines(context.register(), change));
        for line in lines.take(MOST_LINES) {
            line_ui(ui, &line.field, &line.before, &line.after);
        }
    });
    let response = inner.response.interact(egui::Sense::click());
    let name = format!("Запись журнала № {}: {sentence}", entry.number);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, ui.is_enabled(), &name));
    paint::focus_ring(ui, &response, 6);
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

fn line_ui(ui: &mut Ui, field: &str, before: &str, after: &str) {
    let shown = |text: &str| if text.is_empty() { "—".to_owned() } else { text.to_owned() };
    let (field, before, after) = (format!("{field}: "), shown(before), shown(after));
    let response = label::rich_ui(
        ui,
        &[Run::caption(&field), Run::caption(&before), Run::caption(" → "), Run::caption(&after).main()],
    );
    let left = response.rect.left() - 8.0;
    paint::vertical_line(ui.painter(), left, response.rect.y_range(), Tokens::of(ui).border);
}
