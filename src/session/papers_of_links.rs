//! Papers about links and classes: from the register to a file on the disk, whole or not at all (faults rows 21–23).

use std::io::ErrorKind;
use std::path::Path;

use jiff::civil::Date;

use super::errors::SessionError;
use super::registers::Session;
use super::school_papers::{SchoolPaper, compose_school_paper, school_paper_workbook};
/// The window reaches the room of documents through the session only.
pub use crate::documents::{
    CardsFor, ClassSheetRequest, JournalMark, LinkRegisterRequest, QrCardsRequest, RevocationActRequest,
};
use crate::documents::{
    Composed, DocumentError, class_sheet_csv, class_sheet_workbook, compose_class_sheet, compose_leak_memo,
    compose_leak_notice, compose_link_register, compose_qr_cards, compose_revocation_act, count_cards,
    docx_file, link_register_csv, link_register_workbook, revoked_within,
};
use crate::files::{safe_file_name, write_bytes_atomically};
use crate::register::{GroupId, InviteId, Register};
use crate::store::Key;

/// A paper with what is asked of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkPaper {
    /// «Акт об аннулировании невостребованных ссылок-приглашений» (duty 2.3-9).
    RevocationAct(RevocationActRequest),
    /// «Реестр ссылок-приглашений».
    LinkRegister(LinkRegisterRequest),
    /// Cards with QR codes for a class.
    QrCards(QrCardsRequest),
    /// «Лист класса».
    ClassSheet(ClassSheetRequest),
    /// Memo to the head about an exposed link.
    LeakMemo(InviteId),
    /// Text for parents about an exposed link.
    LeakNotice(InviteId),
    /// A paper of the school itself.
    School(SchoolPaper),
}

/// The form of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperFormat {
    /// A text document.
    Docx,
    /// A workbook.
    Xlsx,
    /// A delimited list.
    Csv,
}

impl PaperFormat {
    /// The ending, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            PaperFormat::Docx => "docx",
            PaperFormat::Xlsx => "xlsx",
            PaperFormat::Csv => "csv",
        }
    }

    /// The form that the ending of a path asks for.
    pub fn of_path(path: &Path) -> Option<PaperFormat> {
        let ending = path.extension()?.to_str()?.to_lowercase();
        [PaperFormat::Docx, PaperFormat::Xlsx, PaperFormat::Csv]
            .into_iter()
            .find(|format| format.ending() == ending)
    }
}

impl LinkPaper {
    /// Whether whole addresses stand on it, as text or as codes.
    pub fn holds_addresses(&self) -> bool {
        match self {
            LinkPaper::LinkRegister(request) => request.with_addresses,
            LinkPaper::QrCards(_) => true,
            _ => false,
        }
    }

    /// Whether the password has to be given again for it. Cards with codes hold addresses by their nature and those of
    /// one class only: they are entered in the journal, no more.
    pub fn asks_for_the_password(&self) -> bool {
        matches!(self, LinkPaper::LinkRegister(request) if request.with_addresses)
    }

    /// Stable name for the journal.
    pub fn code(&self) -> &'static str {
        match self {
            LinkPaper::RevocationAct(_) => "revocation_act",
            LinkPaper::LinkRegister(_) => "link_register",
            LinkPaper::QrCards(_) => "qr_cards",
            LinkPaper::ClassSheet(_) => "class_sheet",
            LinkPaper::LeakMemo(_) => "leak_memo",
            LinkPaper::LeakNotice(_) => "leak_notice",
            LinkPaper::School(_) => "school_paper",
        }
    }

    /// The forms that the paper is written in, the usual first.
    pub fn formats(&self) -> &'static [PaperFormat] {
        match self {
            LinkPaper::LinkRegister(_) => &[PaperFormat::Xlsx, PaperFormat::Docx, PaperFormat::Csv],
            LinkPaper::ClassSheet(_) => &[PaperFormat::Docx, PaperFormat::Xlsx, PaperFormat::Csv],
            LinkPaper::School(paper) => paper.formats(),
            _ => &[PaperFormat::Docx],
        }
    }

    /// The name offered for the file: what it is, the class, the day. Never a name of a person or an address.
    pub fn file_name(&self, register: &Register, format: PaperFormat, today: Date) -> String {
        let label = |group: GroupId| {
            register.group(group).map_or_else(String::new, |group| format!(" {}", group.label))
        };
        let name = match self {
            LinkPaper::RevocationAct(_) => "Акт об аннулировании ссылок".to_owned(),
            LinkPaper::LinkRegister(_) => "Реестр ссылок".to_owned(),
            LinkPaper::QrCards(request) => format!("Карточки{}", label(request.group)),
            LinkPaper::ClassSheet(request) => format!("Лист класса{}", label(request.group)),
            LinkPaper::LeakMemo(link) => format!("Служебная записка о ссылке № {link}"),
            LinkPaper::LeakNotice(link) => format!("Родителям о ссылке № {link}"),
            LinkPaper::School(paper) => paper.title(register),
        };
        safe_file_name(&format!("{name}, {today}.{}", format.ending()))
    }
}

/// What the journal calls a paper with whole addresses.
pub const EXPORT_ADDRESSES: &str = "export_addresses";

/// A paper that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrittenPaper {
    /// The form it was written in.
    pub format: PaperFormat,
    /// Links in an act, cards on a sheet; `None` for papers that are not counted.
    pub counted: Option<usize>,
}

/// How far the journal has come, as printed on acts. Reads the whole journal.
///
/// # Errors
/// When the file cannot be read, or its journal does not hold together: no paper may vouch for such a one.
pub fn journal_mark(session: &Session) -> Result<JournalMark, SessionError> {
    let report = session.verify()?;
    if !report.problems.is_empty() {
        return Err(SessionError::Outside(
            "Документ не составлен: проверка файла нашла ошибки. Ничего не записано. Откройте последнюю резервную \
             копию."
                .into(),
        ));
    }
    Ok(JournalMark { entries: report.entries, mark: report.head_hash.to_string() })
}

/// Makes a paper as bytes: for a preview, a test or [`write_link_paper`].
///
/// # Errors
/// When there is nothing to put on the paper, the paper has no such form, or a text does not fit.
pub fn link_paper_bytes(
    register: &Register,
    paper: &LinkPaper,
    format: PaperFormat,
    journal: &JournalMark,
    today: Date,
) -> Result<Vec<u8>, SessionError> {
    if !paper.formats().contains(&format) {
        let endings: Vec<String> =
            paper.formats().iter().map(|format| format!(".{}", format.ending())).collect();
        return Err(outside(&format!(
            "Этот документ пишется в файл с окончанием {}. Ничего не записано.",
            endings.join(", ")
        )));
    }
    let bytes = match (paper, format) {
        (LinkPaper::LinkRegister(request), PaperFormat::Xlsx) => {
            link_register_workbook(register, request, today)
        }
        (LinkPaper::LinkRegister(request), PaperFormat::Csv) => {
            Ok(link_register_csv(register, request, today))
        }
        (LinkPaper::ClassSheet(request), PaperFormat::Xlsx) => class_sheet_workbook(register, request, today),
        (LinkPaper::ClassSheet(request), PaperFormat::Csv) => Ok(class_sheet_csv(register, request, today)),
        (LinkPaper::School(paper), PaperFormat::Xlsx) => {
            school_paper_workbook(register, paper, today)?.unwrap_or(Err(DocumentError::Workbook))
        }
        _ => docx_file(&compose_link_paper(register, paper, journal, today)?),
    };
    bytes.map_err(document_failure)
}

/// Composes a paper as a text document.
///
/// # Errors
/// When there is nothing to put on it.
pub fn compose_link_paper(
    register: &Register,
    paper: &LinkPaper,
    journal: &JournalMark,
    today: Date,
) -> Result<Composed, SessionError> {
    match paper {
        LinkPaper::RevocationAct(request) => {
            if request.from.is_some_and(|from| from > request.until.unwrap_or(today)) {
                return Err(outside("Конец периода раньше начала. Акт не составлен. Исправьте даты."));
            }
            if revoked_within(register, request, today).is_empty() {
                return Err(outside(
                    "За этот период ни одна ссылка не аннулирована. Акт не составлен. Возьмите другой период.",
                ));
            }
            Ok(compose_revocation_act(register, request, journal, today))
        }
        LinkPaper::LinkRegister(request) => Ok(compose_link_register(register, request, journal, today)),
        LinkPaper::QrCards(request) => {
            let cards = compose_qr_cards(register, request, today);
            match count_cards(&cards) {
                0 => Err(outside(match request.cards_for {
                    CardsFor::EachLink => {
                        "У класса нет переданных действующих ссылок. Карточки не составлены. Запишите ссылку и отметьте, \
                         кому она передана."
                    }
                    CardsFor::EachPersonOutside { .. } => {
                        "Действующих ссылок у класса нет, или ждать больше некого. Карточки не составлены."
                    }
                })),
                _ => Ok(cards),
            }
        }
        LinkPaper::ClassSheet(request) => Ok(compose_class_sheet(register, request, today)),
        LinkPaper::LeakMemo(link) => {
            compose_leak_memo(register, *link, today).ok_or_else(|| no_such_link(*link))
        }
        LinkPaper::LeakNotice(link) => {
            compose_leak_notice(register, *link, today).ok_or_else(|| no_such_link(*link))
        }
        LinkPaper::School(paper) => compose_school_paper(register, paper, journal, today),
    }
}

/// Writes a paper in the form that the ending of `path` asks for. `organization_file` is never overwritten.
///
/// # Errors
/// As [`link_paper_bytes`]; when the ending is none of ours, when `path` is the organization's own file, and when the
/// disk refuses. The file that stood there is then as it was.
pub fn write_link_paper(
    register: &Register,
    paper: &LinkPaper,
    journal: &JournalMark,
    today: Date,
    path: &Path,
    organization_file: &Path,
) -> Result<WrittenPaper, SessionError> {
    let format = PaperFormat::of_path(path).ok_or_else(|| {
        outside("По имени файла не видно, какой документ нужен. Ничего не записано. Допишите окончание .docx или .xlsx.")
    })?;
    if is_same_file(path, organization_file) {
        return Err(outside(
            "Это сам файл организации: он не изменён. Выберите другое имя или другую папку.",
        ));
    }
    let bytes = link_paper_bytes(register, paper, format, journal, today)?;
    write_paper(path, &bytes)?;
    let counted = match paper {
        LinkPaper::RevocationAct(request) => Some(revoked_within(register, request, today).len()),
        LinkPaper::QrCards(request) => Some(count_cards(&compose_qr_cards(register, request, today))),
        _ => None,
    };
    Ok(WrittenPaper { format, counted })
}

/// Makes a paper and writes it. One with whole addresses is entered in the journal first: who took keys out of the
/// file must be found there (faults row 27).
///
/// # Errors
/// As [`write_link_paper`]; papers with addresses also where the file is read-only, so that nobody could enter them.
pub fn export_link_paper(
    session: &mut Session,
    paper: &LinkPaper,
    path: &Path,
) -> Result<WrittenPaper, SessionError> {
    let (today, _) = session.judged_day();
    let mark = journal_mark(session)?;
    let organization_file = session.path().to_owned();
    if !paper.holds_addresses() {
        return write_link_paper(session.register(), paper, &mark, today, path, &organization_file);
    }
    if session.read_only() {
        return Err(outside(
            "Файл открыт только для чтения, а выгрузка адресов записывается в журнал. Ничего не записано. Откройте \
             файл там, куда можно писать.",
        ));
    }
    // A paper that cannot be made at all leaves no entry.
    let format = PaperFormat::of_path(path);
    if let Some(format) = format {
        link_paper_bytes(session.register(), paper, format, &mark, today)?;
    }
    session.record_event(EXPORT_ADDRESSES, &serde_json::json!({ "paper": paper.code() }))?;
    write_link_paper(session.register(), paper, &mark, today, path, &organization_file)
}

/// Whether a paper may be made by whoever asks: one with addresses of an encrypted file needs the password again.
///
/// # Errors
/// The password is missing or another; nothing was written.
pub(super) fn confirm_addresses(
    session: &Session,
    paper: &LinkPaper,
    confirmed_by: Option<&Key>,
) -> Result<(), SessionError> {
    let needs_password = paper.asks_for_the_password() && session.encrypted();
    if !needs_password || confirmed_by.is_some_and(|key| session.was_opened_with(key)) {
        return Ok(());
    }
    Err(outside("Пароль не подошёл. Адреса не выгружены, ничего не записано. Введите пароль файла ещё раз."))
}

/// Whether two paths lead to one file, by whatever links.
pub(super) fn is_same_file(path: &Path, other: &Path) -> bool {
    match (path.canonicalize(), other.canonicalize()) {
        (Ok(path), Ok(other)) => path == other,
        _ => path == other,
    }
}

pub(super) fn write_paper(path: &Path, bytes: &[u8]) -> Result<(), SessionError> {
    write_bytes_atomically(path, bytes).map_err(|error| {
        let text = match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                "на диске нет места. Прежний файл цел. Освободите место и повторите."
            }
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                "сюда нельзя писать, или файл открыт в другой программе. Прежний файл цел. Закройте его или выберите \
                 другую папку."
            }
            ErrorKind::NotFound | ErrorKind::NotADirectory => "такой папки нет. Выберите другую.",
            ErrorKind::IsADirectory => "это папка. Впишите имя файла.",
            _ => "носитель не отвечает. Прежний файл цел. Проверьте носитель и повторите.",
        };
        outside(&format!("Файл не записан: {text}"))
    })
}

fn outside(text: &str) -> SessionError {
    SessionError::Outside(text.to_owned())
}

fn no_such_link(link: InviteId) -> SessionError {
    outside(&format!("Ссылки № {link} в файле нет. Ничего не записано."))
}

pub(super) fn document_failure(error: DocumentError) -> SessionError {
    outside(match error {
        DocumentError::TooLarge => {
            "Список больше, чем помещается на лист книги. Ничего не записано. Возьмите CSV."
        }
        DocumentError::CellTooLong => {
            "Одна из записей длиннее, чем помещается в клетку. Ничего не записано. Сократите её."
        }
        DocumentError::CodeTooLong => {
            "Адрес ссылки длиннее, чем помещается в QR-код. Ничего не записано. Проверьте адрес."
        }
        DocumentError::Workbook | DocumentError::Picture | DocumentError::Docx => {
            "Документ не удалось составить. Ничего не записано. Сообщите разработчикам."
        }
    })
}
