//! «Экспорт…» of the journal for a period, and what its check found.

use egui::Ui;

use crate::gui::screens::form_fields::{DateField, side_by_side_ui};
use crate::gui::theme::{Ink, Tone};
use crate::gui::widgets::checkbox::checkbox_ui;
use crate::gui::widgets::choice::segmented_ui;
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::section::named_value_ui;
use crate::gui::{Action, ScreenContext, icons};
use crate::session::{FilePaper, JournalCheck, JournalExportRequest, PaperFormat};
use crate::wording::number;

const FORMATS: [PaperFormat; 2] = [PaperFormat::Xlsx, PaperFormat::Csv];

/// The dialog as it stands.
#[derive(Default)]
pub(super) struct ExportForm {
    from: DateField,
    to: DateField,
    format: usize,
    ids_only: bool,
}

impl ExportForm {
    /// From the beginning of the school year to today.
    pub(super) fn new(context: &ScreenContext<'_>) -> Self {
        let year = crate::register::SchoolYear::of(context.today);
        let from = jiff::civil::Date::new(year.0, 9, 1).ok();
        Self { from: DateField::of(from), to: DateField::of(Some(context.today)), ..Self::default() }
    }
}

/// Draws the dialog while it is open.
pub(super) fn dialog_ui(
    ui: &Ui,
    context: &ScreenContext<'_>,
    form: &mut Option<ExportForm>,
    actions: &mut Vec<Action>,
) {
    let Some(open) = form else { return };
    let today = context.today;
    let (from, to) = (open.from.date(today), open.to.date(today));
    let is_turned = from.zip(to).is_some_and(|(from, to)| to < from);
    let trouble = open
        .from
        .trouble(today, false)
        .or_else(|| open.to.trouble(today, false))
        .or_else(|| is_turned.then_some("Конец раньше начала"));
    let dialog = Dialog::new("journal export", "Экспорт журнала").width(500.0).confirm("Сохранить…");
    let (answer, ()) = dialog.disabled_because(trouble).show(ui.ctx(), |ui| {
        label::secondary_ui(ui, "Кто, когда и что изменил. Ссылки и телефоны закрыты, как на экране");
        side_by_side_ui(
            ui,
            |ui, width| open.from.show(ui, "С какого дня", width, today),
            |ui, width| open.to.show(ui, "По какой день", width, today),
        );
        segmented_ui(ui, "Вид файла", &mut open.format, &["Книга Excel", "CSV"]);
        checkbox_ui(ui, &mut open.ids_only, "Только номера, без имён и содержания");
        if !open.ids_only {
            label::caption_ui(ui, "В журнале имена людей: храните его как сам файл");
        }
    });
    match answer {
        DialogAnswer::Confirmed => {
            let request = JournalExportRequest { from, to, ids_only: open.ids_only };
            let format = FORMATS.get(open.format).copied().unwrap_or(PaperFormat::Xlsx);
            actions.push(Action::ChooseFilePaper { paper: Box::new(FilePaper::Journal(request)), format });
            *form = None;
        }
        DialogAnswer::Cancelled => *form = None,
        DialogAnswer::Open | DialogAnswer::Alternative => {}
    }
}

/// Says what the check found, until it was read.
pub(super) fn check_ui(ui: &Ui, check: &mut Option<JournalCheck>) {
    let Some(found) = check else { return };
    let (title, tone, icon) = match found.is_whole() {
        true => ("Журнал цел", Tone::Good, icons::SHIELD_CHECK),
        false => ("Журнал не сходится", Tone::Danger, icons::SHIELD_WARNING),
    };
    let (answer, ()) = Dialog::new("journal check", "Проверка журнала").width(520.0).cancel("Закрыть").show(
        ui.ctx(),
        |ui| {
            ui.horizontal(|ui| {
                label::icon_ui(ui, icon, 20.0, Ink::Tone(tone));
                label::lead_ui(ui, title);
            });
            if !found.is_whole() {
                label::body_ui(ui, &found.words);
                label::secondary_ui(ui, "Файл не тронут. Возьмите последнюю резервную копию");
            }
            named_value_ui(ui, "Записей", 180.0, &[Run::body(&number(found.entries))]);
            named_value_ui(ui, "Изменений", 180.0, &[Run::body(&number(found.changes))]);
            named_value_ui(ui, "Контрольная отметка", 180.0, &[Run::body(&short_mark(&found.mark))]);
            label::caption_ui(
                ui,
                "Та же отметка печатается на актах: по ней видно, не отрезан ли конец журнала",
            );
        },
    );
    if answer != DialogAnswer::Open {
        *check = None;
    }
}

/// «4f1c 09ab … 77e2»: enough to lay beside a printed one.
fn short_mark(mark: &str) -> String {
    let groups: Vec<String> =
        mark.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
    match groups.as_slice() {
        [first, second, .., last] => format!("{first} {second} … {last}"),
        _ => mark.to_owned(),
    }
}
