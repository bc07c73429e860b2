//! Lists, templates and papers as bytes: CSV and XLSX that a spreadsheet opens as text and never as a formula, DOCX that
//! every word processor edits. A paper is composed first ([`Composed`], readable as text) and then written.
//!
//! Nothing here touches a disk: whoever asks puts the bytes in place through `files`. Whose values stand in the
//! cells this room does not know; it promises only that none of them does anything when the document is opened
//! (faults row 21).

mod bar_picture;
mod class_passport;
mod class_sheet;
mod class_sheet_plan;
mod class_sheet_reading;
mod composed;
mod contents_page;
mod csv_table;
mod docx_bars;
mod docx_cards;
mod docx_file;
mod draft_local_act;
mod draft_orders;
mod draft_parents;
mod erasure_act;
mod handover_pack;
mod head_report;
mod inspection_folder;
mod leak_papers;
mod link_register;
mod link_words;
mod movement_ledger;
mod plain_workbook;
mod qr_cards;
mod qr_code;
mod recovery_page;
mod responsible_list;
mod revocation_act;
mod roster_template;
mod safe_cell;
mod school_words;
#[cfg(test)]
mod tests;
mod xlsx_table;

pub use bar_picture::{BarPicture, bar_picture};
pub use class_passport::{class_passport_workbook, compose_class_passport};
pub use class_sheet::{
    CLASS_SHEET_DAY, CLASS_SHEET_HEADERS, CLASS_SHEET_TICKS, CLASS_SHEET_TITLE, ClassSheetRequest,
    class_sheet_csv, class_sheet_workbook, compose_class_sheet, unit_of_shared_label,
};
pub use class_sheet_plan::{
    ClassSheetPlan, SheetChange, SheetCount, SheetRemark, SheetRemarkKind, plan_class_sheet,
};
pub use class_sheet_reading::{
    ClassSheetRefusal, FilledClassSheet, FilledRow, Mark, SheetColumn, looks_like_class_sheet,
    read_class_sheet,
};
pub use composed::{
    BarRow, Block, Column, Composed, ComposedTable, LineAlignment, LinkCard, PageLayout, Signature,
};
pub use contents_page::compose_contents_page;
pub use csv_table::csv_table;
pub use docx_file::docx_file;
pub use draft_local_act::compose_local_act;
pub use draft_orders::{class_teachers_workbook, compose_order_administrator, compose_order_class_teachers};
pub use draft_parents::compose_parents_information;
pub use erasure_act::{
    BackupsAfterErasure, ERASURE_EVENT_HEADERS, ErasureActRequest, ErasureFacts, cell_texts,
    compose_erasure_act, erased_category_words, erasure_event_rows,
};
pub use handover_pack::{HandoverRequest, compose_handover_pack};
pub use head_report::{HeadReportRequest, compose_head_report, head_report_workbook};
pub use inspection_folder::{InspectionRequest, compose_inspection_folder};
pub use leak_papers::{compose_leak_memo, compose_leak_notice};
pub use link_register::{
    LinkRegisterRequest, compose_link_register, link_register_csv, link_register_workbook,
};
pub use movement_ledger::{MOVEMENT_HEADERS, movement_cells, movement_ledger_csv, movement_ledger_workbook};
pub use plain_workbook::{PlainSheet, plain_workbook};
pub use qr_cards::{CardsFor, QrCardsRequest, compose_qr_cards, count_cards, links_for_cards};
pub use qr_code::{QrPicture, qr_picture};
pub use recovery_page::compose_recovery_page;
pub use responsible_list::{compose_responsible_list, responsible_list_workbook};
pub use revocation_act::{
    JournalMark, RevocationActRequest, compose_revocation_act, journal_line, revoked_within,
};
pub use roster_template::{RosterTemplate, roster_template};
pub use safe_cell::safe_cell;
pub use xlsx_table::{TableCell, xlsx_table};

/// Why a document could not be made. Holds nothing of its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// More rows or columns than a worksheet has (1,048,576 × 16,384).
    #[error("the list is larger than a worksheet")]
    TooLarge,
    /// A cell over 32,767 characters.
    #[error("a cell is longer than a worksheet takes")]
    CellTooLong,
    /// The library refused for another reason: a defect of this program.
    #[error("the workbook could not be put together")]
    Workbook,
    /// An address is longer than a QR code holds.
    #[error("a text is longer than a QR code holds")]
    CodeTooLong,
    /// A picture could not be encoded: a defect of this program.
    #[error("a picture could not be encoded")]
    Picture,
    /// The library for text documents refused: a defect of this program.
    #[error("the text document could not be put together")]
    Docx,
}

impl From<rust_xlsxwriter::XlsxError> for DocumentError {
    /// The words of the library may quote a cell or the name of a sheet: only the kind goes on.
    fn from(error: rust_xlsxwriter::XlsxError) -> Self {
        use rust_xlsxwriter::XlsxError;
        match error {
            XlsxError::RowColumnLimitError => Self::TooLarge,
            XlsxError::MaxStringLengthExceeded => Self::CellTooLong,
            _ => Self::Workbook,
        }
    }
}
