//! The documents of the school: reports and packs, drafts. A press asks what is missing, then where to keep it.

use egui::{Ui, vec2};

use super::ReportsState;
use super::forms::{self, PaperForm};
use crate::gui::theme::{Tone, space};
use crate::gui::widgets::big_row::BigRow;
use crate::gui::widgets::card::{card_ui, divider_ui};
use crate::gui::widgets::label;
use crate::gui::widgets::scroll_page::{column_ui, scroll_page_ui};
use crate::gui::{Action, ScreenContext, icons};
use crate::register::OrganizationKind;
use crate::regulation::DutyPaper;

/// What a document is for, in one line.
struct Line {
    paper: DutyPaper,
    icon: icons::Icon,
    words: &'static str,
}

const fn line(paper: DutyPaper, icon: icons::Icon, words: &'static str) -> Line {
    Line { paper, icon, words }
}

const REPORTS: [Line; 7] = [
    line(DutyPaper::HeadReport, icons::CHART_BAR, "Охват по ролям и группам, было и стало, с источниками"),
    line(
        DutyPaper::ClassPassport,
        icons::IDENTIFICATION_CARD,
        "Руководитель, чаты, ссылки и числа одной группы",
    ),
    line(DutyPaper::ResponsibleList, icons::USERS_THREE, "Для сайта организации: имена, должности и приказы"),
    line(DutyPaper::InspectionFolder, icons::FOLDER, "Приказ, акт, ответственные, ссылки на выбранный день"),
    line(DutyPaper::Handover, icons::USER_SWITCH, "Акт передачи, обязанности, что ждёт, действующие ссылки"),
    line(DutyPaper::RevocationAct, icons::LINK_BREAK, "Акт об аннулировании ссылок с начала учебного года"),
    line(DutyPaper::LinkRegister, icons::LINK_SIMPLE, "Все ссылки с датами и состоянием, без адресов"),
];

const DRAFTS: [Line; 4] = [
    line(
        DutyPaper::OrderAdministrator,
        icons::FILE_TEXT,
        "Назначение, обязанности с вашими пунктами, замена",
    ),
    line(DutyPaper::OrderClassTeachers, icons::FILE_TEXT, "С таблицей групп и руководителей из файла"),
    line(DutyPaper::LocalAct, icons::FILE_TEXT, "Порядок использования с полями вашей организации"),
    line(DutyPaper::ParentsInformation, icons::MEGAPHONE, "Добровольность участия и другие способы"),
];

/// The name of a document.
pub(super) fn paper_words(paper: DutyPaper, kind: OrganizationKind) -> &'static str {
    match (paper, kind) {
        (DutyPaper::HeadReport, _) => "Отчёт для руководителя",
        (DutyPaper::ClassPassport, OrganizationKind::School) => "Паспорт класса",
        (DutyPaper::ClassPassport, _) => "Паспорт группы",
        (DutyPaper::ResponsibleList, _) => "Перечень ответственных",
        (DutyPaper::Handover, _) => "Передача дел",
        (DutyPaper::InspectionFolder, _) => "Папка проверки",
        (DutyPaper::OrderAdministrator, _) => "Приказ об администраторе",
        (DutyPaper::OrderClassTeachers, OrganizationKind::School) => "Приказ о классных руководителях",
        (DutyPaper::OrderClassTeachers, OrganizationKind::College) => "Приказ о кураторах групп",
        (DutyPaper::OrderClassTeachers, OrganizationKind::Kindergarten) => "Приказ о воспитателях групп",
        (DutyPaper::LocalAct, _) => "Локальный акт",
        (DutyPaper::ParentsInformation, _) => "Информация для родителей",
        (DutyPaper::RevocationAct, _) => "Акт об аннулировании",
        (DutyPaper::LinkRegister, _) => "Реестр ссылок",
        (DutyPaper::ClassSheet, _) => "Листы классов",
    }
}

/// Draws the page.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ReportsState,
    actions: &mut Vec<Action>,
) {
    scroll_page_ui(ui, "documents", |ui| {
        let room = ui.available_width();
        let wide = room > 820.0;
        let width = if wide { ((room - space::LARGE) / 2.0).floor().min(560.0) } else { room };
        let mut draw = |ui: &mut Ui, title: &str, note: &str, lines: &[Line]| {
            column_ui(ui, width, |ui| list_ui(ui, context, state, title, note, lines, actions));
        };
        let mut both = |ui: &mut Ui| {
            draw(ui, "Отчёты и сведения", "Полных адресов ссылок ни в одном из них нет", &REPORTS);
            draw(ui, "Проекты документов", "Наши слова, ваши поля; сверьте со своими документами", &DRAFTS);
        };
        if wide {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing = vec2(space::LARGE, space::LARGE);
                both(ui);
            });
        } else {
            both(ui);
        }
    });
}

fn list_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ReportsState,
    title: &str,
    note: &str,
    lines: &[Line],
    actions: &mut Vec<Action>,
) {
    card_ui(ui, 8, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.horizontal(|ui| {
            ui.add_space(12.0);
            ui.vertical(|ui| {
                ui.add_space(8.0);
                label::lead_ui(ui, title);
                label::caption_ui(ui, note);
                ui.add_space(6.0);
            });
        });
        for line in lines {
            divider_ui(ui, 0.0);
            let word = paper_words(line.paper, context.register().organization().kind);
            if ui.add(BigRow::new(line.icon, word, line.words).tone(Tone::Neutral)).clicked() {
                match forms::at_once(line.paper, context) {
                    Some(action) => actions.push(action),
                    None => state.form = Some(PaperForm::new(line.paper, context)),
                }
            }
        }
    });
}
