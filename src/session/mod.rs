//! One open file: the store and the register it holds, and the worker that owns both.
//!
//! The session is the only place where errors of the rooms below become Russian sentences.

mod attempts;
mod backup_names;
mod backup_thinning;
mod backups;
mod class_sheets;
mod clock;
mod demo;
mod erasure;
mod errors;
mod file_key;
mod file_papers;
mod import_history;
mod journal_export;
mod journal_words;
mod journal_words_movement;
mod journal_words_people;
mod journal_words_reports;
mod journal_words_teachers;
mod journal_words_year;
mod movement_table;
mod opening;
mod papers_of_links;
mod password;
mod person_history;
mod reconciliation;
mod recovery_code;
mod registers;
mod restoring;
mod roster_import;
mod roster_papers;
mod school_papers;
mod snapshot;
mod table_files;
#[cfg(test)]
mod tests;
mod worker;
mod year_change;

pub use attempts::wait_before_password;
pub use backup_names::BackupFile;
pub use backup_thinning::backups_to_remove;
pub use backups::{
    BackupFolders, BackupInMaking, BackupOccasion, BackupPlace, BackupProblem, BackupState, CheckedBecause,
    GoodBackup, PageCheck, ReplacedBackups, list_backups, newest_good_backup,
};
pub use class_sheets::{
    ClassSheetPlan, FilledClassSheet, ReadClassSheet, SheetChange, SheetColumn, SheetCount, SheetRemark,
    SheetRemarkKind, WrittenSheets, plan_class_sheet, read_class_sheet_file, write_all_class_sheets,
};
pub use clock::Clock;
pub use demo::{create_sample, open_demo};
pub use erasure::{BackupsAfterErasure, ErasureActRequest, ErasureFacts, ErasureOutcome};
pub use errors::SessionError;
pub use file_key::{CodeState, PasswordSet, code_typo_words};
pub use file_papers::{FilePaper, file_paper_bytes, write_file_paper};
pub use import_history::ImportRecord;
pub use journal_export::{JournalCheck, JournalExportRequest};
pub use journal_words::{ChangeLine, change_lines, entity_title, entry_sentence};
pub use movement_table::{
    MOVEMENT_HEADERS, movement_cells, movement_table_bytes, movement_table_name, write_movement_table,
};
pub use opening::{FileStanding, OpenChoices, ReadOnlyBecause};
pub use papers_of_links::{
    CardsFor, ClassSheetRequest, EXPORT_ADDRESSES, JournalMark, LinkPaper, LinkRegisterRequest, PaperFormat,
    QrCardsRequest, RevocationActRequest, WrittenPaper, compose_link_paper, export_link_paper, journal_mark,
    link_paper_bytes, write_link_paper,
};
pub use password::{
    LONGEST_PASSWORD, PasswordRefusal, PasswordStrength, SHORTEST_PASSWORD, SecretText, own_words,
    password_strength,
};
pub use reconciliation::{
    LineAnswer, MemberText, PreparedReconciliation, ReconciliationCounts, ReconciliationOutcome,
    ReconciliationRequest, group_of_scope, picture_operation, prepare_reconciliation, read_member_file,
    reconciliation_operation, role_of_scope,
};
pub use recovery_code::{CODE_GROUPS, CodeTypo, RecoveryCode};
pub use registers::{Executed, Session, UndoTarget};
pub use restoring::{
    Discarded, DiscardedEntry, KindDifference, RestoreDifference, RestoreOffer, RestorePreview,
    RestoreProblem, Restored, backup_details, offer_for, prepare_restore, prepare_restore_of_unreadable,
    restore_unreadable,
};
pub use roster_import::{
    PreparedRoster, RosterContent, RosterImport, RosterRequest, RosterSource, prepare_roster,
};
pub use roster_papers::{
    PROBLEM_ROWS_NAME, RosterTemplate, count_problem_rows, problem_rows, sample_roster_files,
    template_file_name, write_problem_rows, write_template,
};
pub use school_papers::{
    HandoverRequest, HeadReportRequest, InspectionRequest, SchoolPaper, compose_school_paper,
};
pub use snapshot::*;
pub use table_files::{ClassTeacherFile, InviteFile, read_class_teacher_file, read_invite_file};
pub use worker::{
    CareReply, CareRequest, JobHandle, PasswordReply, PasswordRequest, Reply, Request, Wake, Worker,
};
pub use year_change::{PreparedYear, YearPreparation, YearRequest, prepare_year, rehearsal_snapshot};
