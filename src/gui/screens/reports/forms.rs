//! Short forms before a document is made: the days, the group, who takes over, the kind of file.

use egui::Ui;
use jiff::civil::Date;

use super::documents::paper_words;
use crate::gui::screens::form_fields::{DateField, labelled_choice_ui, side_by_side_ui};
use crate::gui::widgets::choice::segmented_ui;
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label;
use crate::gui::{Action, Destination, ScreenContext};
use crate::register::{GroupId, SchoolYear};
use crate::regulation::DutyPaper;
use crate::session::{
    HandoverRequest, HeadReportRequest, InspectionRequest, LinkPaper, LinkRegisterRequest, PaperFormat,
    RevocationActRequest, SchoolPaper,
};

/// What is still to be said of a document.
pub(super) struct PaperForm {
    paper: DutyPaper,
    /// Places in the formats of the paper.
    format: usize,
    group: Option<usize>,
    groups: Vec<(GroupId, String)>,
    from: DateField,
    until: DateField,
    name: String,
}

/// A document that needs no answer: what is to be done at once.
pub(super) fn at_once(paper: DutyPaper, context: &ScreenContext<'_>) -> Option<Action> {
    let docx = |paper: SchoolPaper| Some(choose(LinkPaper::School(paper), PaperFormat::Docx));
    match paper {
        DutyPaper::OrderAdministrator => docx(SchoolPaper::OrderAdministrator),
        DutyPaper::LocalAct => docx(SchoolPaper::LocalAct),
        DutyPaper::ParentsInformation => docx(SchoolPaper::ParentsInformation),
        DutyPaper::RevocationAct => {
            let from = first_of_year(context.today);
            let request = RevocationActRequest { from, ..RevocationActRequest::default() };
            Some(choose(LinkPaper::RevocationAct(request), PaperFormat::Docx))
        }
        DutyPaper::LinkRegister => {
            Some(choose(LinkPaper::LinkRegister(LinkRegisterRequest::default()), PaperFormat::Xlsx))
        }
        DutyPaper::ClassSheet => Some(Action::Go(Destination::ClassSummary)),
        DutyPaper::HeadReport
        | DutyPaper::ClassPassport
        | DutyPaper::ResponsibleList
        | DutyPaper::Handover
        | DutyPaper::InspectionFolder
        | DutyPaper::OrderClassTeachers => None,
    }
}

fn choose(paper: LinkPaper, format: PaperFormat) -> Action {
    Action::choose_paper(Box::new(paper), format)
}

fn first_of_year(today: Date) -> Option<Date> {
    Date::new(SchoolYear::of(today).0, 9, 1).ok()
}

impl PaperForm {
    /// A form for one document; days begin where they usually do.
    pub(super) fn new(paper: DutyPaper, context: &ScreenContext<'_>) -> Self {
        let groups = context.snapshot.groups.rows().iter().map(|row| (row.id, row.label.clone())).collect();
        let (from, until) = match paper {
            DutyPaper::InspectionFolder => (first_of_year(context.today), Some(context.today)),
            _ => (None, Some(context.today)),
        };
        Self {
            paper,
            format: 0,
            group: None,
            groups,
            from: DateField::of(from),
            until: DateField::of(until),
            name: String::new(),
        }
    }

    /// The day of «было» as the page has it.
    pub(super) fn compared_with(self, then: Option<Date>) -> Self {
        Self { from: DateField::of(then), ..self }
    }

    /// Draws it; answers whether it is closed.
    pub(super) fn show(&mut self, ui: &Ui, context: &ScreenContext<'_>, actions: &mut Vec<Action>) -> bool {
        let title = paper_words(self.paper, context.register().organization().kind);
        let because = self.because(context.today);
        let (answer, ()) = Dialog::new("school paper", title)
            .confirm("Сохранить документ")
            .disabled_because(because)
            .show(ui.ctx(), |ui| self.body_ui(ui, context));
        if let (DialogAnswer::Confirmed, Some(paper)) = (answer, self.paper(context.today)) {
            let format = paper.formats().get(self.format).copied().unwrap_or(PaperFormat::Docx);
            actions.push(choose(LinkPaper::School(paper), format));
        }
        answer != DialogAnswer::Open
    }

    /// Why the document cannot be made yet.
    fn because(&self, today: Date) -> Option<&'static str> {
        match self.paper {
            DutyPaper::ClassPassport if self.group.is_none() => Some("Выберите группу"),
            DutyPaper::HeadReport | DutyPaper::InspectionFolder => {
                let trouble = self.from.trouble(today, false).or(self.until.trouble(today, true));
                let days = self.from.date(today).zip(self.until.date(today));
                let is_report = self.paper == DutyPaper::HeadReport;
                let wrong_way = days.and_then(|(from, until)| match from.cmp(&until) {
                    std::cmp::Ordering::Greater => Some("Первый день позже последнего"),
                    std::cmp::Ordering::Equal if is_report => Some("Сравнивать день с самим собой нечего"),
                    _ => None,
                });
                let ahead =
                    self.until.date(today).filter(|day| *day > today).map(|_| "Этот день ещё впереди");
                trouble.or(ahead).or(wrong_way)
            }
            _ => None,
        }
    }

    fn paper(&self, today: Date) -> Option<SchoolPaper> {
        let (from, until) = (self.from.date(today), self.until.date(today));
        Some(match self.paper {
            DutyPaper::HeadReport => SchoolPaper::HeadReport(HeadReportRequest { from, to: until }),
            DutyPaper::ClassPassport => SchoolPaper::ClassPassport(self.groups.get(self.group?)?.0),
            DutyPaper::ResponsibleList => SchoolPaper::ResponsibleList,
            DutyPaper::Handover => SchoolPaper::Handover(HandoverRequest { to: self.name.trim().to_owned() }),
            DutyPaper::InspectionFolder => {
                SchoolPaper::InspectionFolder(InspectionRequest { on: until, from })
            }
            DutyPaper::OrderClassTeachers => SchoolPaper::OrderClassTeachers,
            _ => return None,
        })
    }

    fn body_ui(&mut self, ui: &mut Ui, context: &ScreenContext<'_>) {
        let today = context.today;
        match self.paper {
            DutyPaper::HeadReport => {
                label::body_ui(ui, "Кто внутри по ролям и группам. Имён учеников и родителей в отчёте нет.");
                let (from, until) = (&mut self.from, &mut self.until);
                side_by_side_ui(
                    ui,
                    |ui, width| from.show(ui, "Было на день, если сравнивать", width, today),
                    |ui, width| until.show(ui, "Стало на день", width, today),
                );
            }
            DutyPaper::InspectionFolder => {
                label::body_ui(
                    ui,
                    "Один документ с частями: приказ и акт, ответственные, действующие ссылки, аннулированные ссылки, \
                     добровольность.",
                );
                let (from, until) = (&mut self.from, &mut self.until);
                side_by_side_ui(
                    ui,
                    |ui, width| from.show(ui, "Аннулированные с", width, today),
                    |ui, width| until.show(ui, "Ссылки на день", width, today),
                );
            }
            DutyPaper::ClassPassport => {
                label::body_ui(ui, "Числа, чаты и ссылки одной группы. Имён детей в нём нет.");
                let options: Vec<&str> = self.groups.iter().map(|(_, label)| label.as_str()).collect();
                labelled_choice_ui(ui, "Группа", 240.0, &mut self.group, &options);
            }
            DutyPaper::Handover => {
                label::body_ui(
                    ui,
                    "Акт передачи с тем, что стоит за каждой обязанностью. Ни одна ссылка от этого не закрывается.",
                );
                TextField::new("Кто принимает дела", &mut self.name).hint("Фамилия Имя Отчество").show(ui);
            }
            _ => {
                label::body_ui(ui, "Заполнится данными файла.");
            }
        }
        let has_table = !matches!(self.paper, DutyPaper::Handover | DutyPaper::InspectionFolder);
        if has_table {
            segmented_ui(ui, "Вид файла", &mut self.format, &["Word", "Excel"]);
        }
    }
}
