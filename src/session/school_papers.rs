//! Papers of the school itself (clauses 1.8, 2.1, 2.4; duty 2.3-5): which there are, in which forms, and how they are
//! composed. They are written by the same way as the papers of links.

use jiff::civil::Date;

use super::errors::SessionError;
use super::papers_of_links::PaperFormat;
use crate::documents::{
    Composed, DocumentError, JournalMark, class_passport_workbook, class_teachers_workbook,
    compose_class_passport, compose_handover_pack, compose_head_report, compose_inspection_folder,
    compose_local_act, compose_order_administrator, compose_order_class_teachers,
    compose_parents_information, compose_responsible_list, head_report_workbook, responsible_list_workbook,
};
pub use crate::documents::{HandoverRequest, HeadReportRequest, InspectionRequest};
use crate::register::{GroupId, Register};

/// A paper of the school with what is asked of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchoolPaper {
    /// «Отчёт для руководителя» (clause 2.4).
    HeadReport(HeadReportRequest),
    /// «Паспорт класса».
    ClassPassport(GroupId),
    /// «Перечень ответственных лиц» for the site.
    ResponsibleList,
    /// «Передача дел» when the administrator changes.
    Handover(HandoverRequest),
    /// «Папка проверки».
    InspectionFolder(InspectionRequest),
    /// Draft: order on the administrator (clause 2.1).
    OrderAdministrator,
    /// Draft: order on class teachers (duty 2.3-5).
    OrderClassTeachers,
    /// Draft: the local act.
    LocalAct,
    /// Draft: information for parents (clause 1.8).
    ParentsInformation,
}

impl SchoolPaper {
    /// The forms it is written in, the usual first.
    pub fn formats(&self) -> &'static [PaperFormat] {
        match self {
            SchoolPaper::HeadReport(_)
            | SchoolPaper::ClassPassport(_)
            | SchoolPaper::ResponsibleList
            | SchoolPaper::OrderClassTeachers => &[PaperFormat::Docx, PaperFormat::Xlsx],
            SchoolPaper::Handover(_)
            | SchoolPaper::InspectionFolder(_)
            | SchoolPaper::OrderAdministrator
            | SchoolPaper::LocalAct
            | SchoolPaper::ParentsInformation => &[PaperFormat::Docx],
        }
    }

    /// What it is, as a file is called and a line says it.
    pub fn title(&self, register: &Register) -> String {
        match self {
            SchoolPaper::HeadReport(_) => "Отчёт для руководителя".to_owned(),
            SchoolPaper::ClassPassport(group) => {
                let label = register.group(*group).map_or("", |group| group.label.as_str());
                format!("Паспорт {label}").trim_end().to_owned()
            }
            SchoolPaper::ResponsibleList => "Перечень ответственных".to_owned(),
            SchoolPaper::Handover(_) => "Передача дел".to_owned(),
            SchoolPaper::InspectionFolder(_) => "Папка проверки".to_owned(),
            SchoolPaper::OrderAdministrator => "Проект приказа об администраторе".to_owned(),
            SchoolPaper::OrderClassTeachers => "Проект приказа о классных руководителях".to_owned(),
            SchoolPaper::LocalAct => "Проект локального акта".to_owned(),
            SchoolPaper::ParentsInformation => "Информация для родителей".to_owned(),
        }
    }
}

/// Composes a paper as a text document.
///
/// # Errors
/// When the group is gone or the days do not fit each other.
pub fn compose_school_paper(
    register: &Register,
    paper: &SchoolPaper,
    journal: &JournalMark,
    today: Date,
) -> Result<Composed, SessionError> {
    check_days(paper, today)?;
    Ok(match paper {
        SchoolPaper::HeadReport(request) => compose_head_report(register, request, today),
        SchoolPaper::ClassPassport(group) => {
            compose_class_passport(register, *group, today).ok_or_else(no_such_group)?
        }
        SchoolPaper::ResponsibleList => compose_responsible_list(register, today),
        SchoolPaper::Handover(request) => compose_handover_pack(register, request, journal, today),
        SchoolPaper::InspectionFolder(request) => {
            compose_inspection_folder(register, request, journal, today)
        }
        SchoolPaper::OrderAdministrator => compose_order_administrator(register, today),
        SchoolPaper::OrderClassTeachers => compose_order_class_teachers(register, today),
        SchoolPaper::LocalAct => compose_local_act(register, today),
        SchoolPaper::ParentsInformation => compose_parents_information(register, today),
    })
}

/// The paper as a workbook; `None`: it has no such form.
///
/// # Errors
/// As [`compose_school_paper`].
pub(super) fn school_paper_workbook(
    register: &Register,
    paper: &SchoolPaper,
    today: Date,
) -> Result<Option<Result<Vec<u8>, DocumentError>>, SessionError> {
    check_days(paper, today)?;
    Ok(match paper {
        SchoolPaper::HeadReport(request) => Some(head_report_workbook(register, request, today)),
        SchoolPaper::ClassPassport(group) if register.group(*group).is_none() => return Err(no_such_group()),
        SchoolPaper::ClassPassport(group) => Some(class_passport_workbook(register, *group, today)),
        SchoolPaper::ResponsibleList => Some(responsible_list_workbook(register, today)),
        SchoolPaper::OrderClassTeachers => Some(class_teachers_workbook(register, today)),
        _ => None,
    })
}

/// A day in the future is no knowledge, and what is compared must come first.
fn check_days(paper: &SchoolPaper, today: Date) -> Result<(), SessionError> {
    let (first, last) = match paper {
        SchoolPaper::HeadReport(request) => (request.from, request.to.unwrap_or(today)),
        SchoolPaper::InspectionFolder(request) => (request.from, request.on.unwrap_or(today)),
        _ => return Ok(()),
    };
    if last > today {
        return Err(outside(
            "Этот день ещё впереди. Документ не составлен. Возьмите сегодняшний или прошлый.",
        ));
    }
    match paper {
        SchoolPaper::HeadReport(_) if first.is_some_and(|first| first >= last) => {
            Err(outside("День «было» должен быть раньше дня отчёта. Документ не составлен. Исправьте даты."))
        }
        _ if first.is_some_and(|first| first > last) => {
            Err(outside("Конец периода раньше начала. Документ не составлен. Исправьте даты."))
        }
        _ => Ok(()),
    }
}

fn no_such_group() -> SessionError {
    outside("Такого класса или группы в файле нет. Ничего не записано.")
}

fn outside(text: &str) -> SessionError {
    SessionError::Outside(text.to_owned())
}
