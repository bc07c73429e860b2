//! What the window says around a paper of links: the question where to keep it, the line when it is written.

use crate::desktop::{FileFilter, Question};
use crate::session::{LinkPaper, PaperFormat, Snapshot, WrittenPaper};
use crate::wording::counted;

/// The question where to keep a paper.
pub(super) fn question(paper: &LinkPaper, format: PaperFormat, snapshot: &Snapshot) -> Question {
    let filter = match format {
        PaperFormat::Docx => FileFilter::Document,
        PaperFormat::Xlsx => FileFilter::Workbook,
        PaperFormat::Csv => FileFilter::Table,
    };
    let title = match paper {
        LinkPaper::RevocationAct(_) => "Куда сохранить акт",
        LinkPaper::LinkRegister(_) => "Куда сохранить реестр ссылок",
        LinkPaper::QrCards(_) => "Куда сохранить карточки",
        LinkPaper::ClassSheet(_) => "Куда сохранить лист класса",
        LinkPaper::LeakMemo(_) => "Куда сохранить служебную записку",
        LinkPaper::LeakNotice(_) => "Куда сохранить сообщение",
        LinkPaper::School(_) => "Куда сохранить документ",
    };
    let file_name = paper.file_name(&snapshot.register, format, snapshot.today);
    Question::Save { title: title.into(), filter, file_name }
}

/// «Акт сохранён, 12 ссылок».
pub(super) fn done_words(paper: &LinkPaper, written: WrittenPaper) -> String {
    let count = written.counted.unwrap_or_default() as u64;
    match paper {
        LinkPaper::RevocationAct(_) => {
            format!("Акт сохранён, {}", counted(count, "ссылка", "ссылки", "ссылок"))
        }
        LinkPaper::LinkRegister(request) if request.with_addresses => {
            "Реестр сохранён с адресами, храните его как ключи".into()
        }
        LinkPaper::LinkRegister(_) => "Реестр ссылок сохранён, без адресов".into(),
        LinkPaper::QrCards(_) => {
            format!("Карточки сохранены, {}", counted(count, "карточка", "карточки", "карточек"))
        }
        LinkPaper::ClassSheet(_) => "Лист класса сохранён".into(),
        LinkPaper::LeakMemo(_) => "Служебная записка сохранена".into(),
        LinkPaper::LeakNotice(_) => "Сообщение сохранено".into(),
        LinkPaper::School(_) => "Документ сохранён".into(),
    }
}
