//! «Лист класса» of a row of the summary: on paper, or as a workbook to be filled and read back.

use egui::{Align, Layout};

use super::summary::Line;
use crate::gui::widgets::Button;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::menu::{menu_on, menu_row_ui};
use crate::gui::widgets::table_cell::Cell;
use crate::gui::{Action, icons};
use crate::session::{ClassSheetRequest, LinkPaper, PaperFormat};

/// The label of the class, and the button with its sheets at the end of the cell.
pub(super) fn label_ui(cell: &mut Cell<'_>, line: &Line, actions: &mut Vec<Action>) {
    let name = format!("Сохранить лист {}", line.label);
    cell.ui().with_layout(Layout::right_to_left(Align::Center), |ui| {
        let button = ui.add(Button::icon_only(icons::FILE_TEXT, &name).in_bar());
        menu_on(&button, |ui| {
            for (icon, word, format) in [
                (icons::FILE_TEXT, "Лист для печати (Word)…", PaperFormat::Docx),
                (icons::FILE_XLS, "Лист для заполнения (Excel)…", PaperFormat::Xlsx),
                (icons::TABLE, "Лист для заполнения (CSV)…", PaperFormat::Csv),
            ] {
                if menu_row_ui(ui, icon, word, "", false).clicked() {
                    let request = ClassSheetRequest { group: line.group, with_known: false };
                    let paper = Box::new(LinkPaper::ClassSheet(request));
                    actions.push(Action::choose_paper(paper, format));
                }
            }
        });
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            label::line_ui(ui, &[Run::body(&line.label).medium()]);
        });
    });
}
