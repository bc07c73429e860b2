//! One open file: the store and the register it holds, and the worker that owns both.
//!
//! The session is the only place where errors of the rooms below become Russian sentences.

mod class_sheets;
mod clock;
mod demo;
mod errors;
mod import_history;
mod journal_words;
mod journal_words_movement;
mod movement_table;
mod papers_of_links;
mod reconciliation;
mod registers;
mod roster_import;
mod roster_papers;
mod snapshot;
mod table_files;
mod worker;

pub use class_sheets::{
    ClassSheetPlan, FilledClassSheet, ReadClassSheet, SheetChange, SheetColumn, SheetCount, SheetRemark,
    SheetRemarkKind, WrittenSheets, plan_class_sheet, read_class_sheet_file, write_all_class_sheets,
};
pub use clock::Clock;
pub use demo::{create_sample, open_demo};
pub use errors::SessionError;
pub use import_history::ImportRecord;
pub use journal_words::{ChangeLine, change_lines, entity_title, entry_sentence};
pub use movement_table::{
    MOVEMENT_HEADERS, movement_cells, movement_table_bytes, movement_table_name, write_movement_table,
};
pub use papers_of_links::{
    CardsFor, ClassSheetRequest, JournalMark, LinkPaper, LinkRegisterRequest, PaperFormat, QrCardsRequest,
    RevocationActRequest, WrittenPaper, compose_link_paper, journal_mark, link_paper_bytes, write_link_paper,
};
pub use reconciliation::{
    LineAnswer, MemberText, PreparedReconciliation, ReconciliationCounts, ReconciliationOutcome,
    ReconciliationRequest, group_of_scope, picture_operation, prepare_reconciliation, read_member_file,
    reconciliation_operation, role_of_scope,
};
pub use registers::{Executed, Session, UndoTarget};
pub use roster_import::{
    PreparedRoster, RosterContent, RosterImport, RosterRequest, RosterSource, prepare_roster,
};
pub use roster_papers::{
    PROBLEM_ROWS_NAME, RosterTemplate, count_problem_rows, problem_rows, sample_roster_files,
    template_file_name, write_problem_rows, write_template,
};
pub use snapshot::*;
pub use table_files::{InviteFile, read_invite_file};
pub use worker::{JobHandle, Reply, Request, Wake, Worker};
