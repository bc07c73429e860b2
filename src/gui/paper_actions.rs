//! Papers that come and go beside the register: class sheets read back and written for all classes, links out of a
//! table, a written document opened with the system's program.

use std::any::Any;
use std::path::{Path, PathBuf};

use super::action::Action;
use super::app::{ChoosingFor, ConsoleApp};
use super::view::Toast;
use crate::desktop::{FileFilter, Question};
use crate::session::{
    ClassTeacherFile, InviteFile, PaperFormat, ReadClassSheet, WrittenSheets, movement_table_name,
    read_class_sheet_file, read_class_teacher_file, read_invite_file, write_all_class_sheets,
    write_movement_table,
};
use crate::wording::counted;

struct ClassSheetRead(Result<ReadClassSheet, String>);
struct InviteFileRead(Result<InviteFile, String>);
struct ClassTeachersRead(Result<ClassTeacherFile, String>);
struct SheetsWritten(Result<WrittenSheets, String>);

impl ConsoleApp {
    pub(super) fn perform_paper(&mut self, action: Action) {
        match action {
            Action::ChooseClassSheet => self.ask_for(
                Question::Open {
                    title: "Прочитать лист класса".into(), filter: FileFilter::Roster
                },
                ChoosingFor::ClassSheet,
            ),
            Action::ChooseInviteTable => self.ask_for(
                Question::Open { title: "Список ссылок".into(), filter: FileFilter::Roster },
                ChoosingFor::InviteTable,
            ),
            Action::ChooseClassTeacherTable => self.ask_for(
                Question::Open {
                    title: "Классные руководители".into(), filter: FileFilter::Roster
                },
                ChoosingFor::ClassTeacherTable,
            ),
            Action::ReadClassTeacherTable(path) => {
                let reader = self.workbook_reader.clone();
                self.worker
                    .start_job(move |job| ClassTeachersRead(read_class_teacher_file(&path, &reader, job)));
            }
            Action::ChooseClassSheetFolder => self.ask_for(
                Question::Folder { title: "В какую папку сохранить листы".into() },
                ChoosingFor::ClassSheetFolder,
            ),
            Action::ReadClassSheet(path) => {
                let Some(snapshot) = &self.view.snapshot else { return };
                let (register, today) = (snapshot.register.clone(), snapshot.today);
                let reader = self.workbook_reader.clone();
                self.worker.start_job(move |job| {
                    ClassSheetRead(read_class_sheet_file(&register, &path, today, &reader, job))
                });
            }
            Action::ReadInviteTable(path) => {
                let Some(snapshot) = &self.view.snapshot else { return };
                let (today, reader) = (snapshot.today, self.workbook_reader.clone());
                self.worker
                    .start_job(move |job| InviteFileRead(read_invite_file(&path, today, &reader, job)));
            }
            Action::WriteClassSheets(folder) => {
                let Some(snapshot) = &self.view.snapshot else { return };
                let (register, today) = (snapshot.register.clone(), snapshot.today);
                self.worker.start_job(move |_| {
                    let written = write_all_class_sheets(&register, PaperFormat::Xlsx, today, &folder);
                    SheetsWritten(written.map_err(|error| error.to_string()))
                });
            }
            Action::ChooseMovementTable(rows) => {
                let Some(snapshot) = &self.view.snapshot else { return };
                let question = Question::Save {
                    title: "Куда сохранить движение".into(),
                    filter: FileFilter::Workbook,
                    file_name: movement_table_name(snapshot.today),
                };
                self.ask_for(question, ChoosingFor::MovementTable(rows));
            }
            Action::WriteMovementTable { rows, path } => {
                let (Some(snapshot), Some(file)) = (&self.view.snapshot, &self.view.file) else { return };
                let (register, own) = (snapshot.register.clone(), file.path.clone());
                self.write_document(path, "Движение сохранено", move |path| {
                    write_movement_table(&register, &rows, path, &own).map_err(|error| error.to_string())
                });
            }
            Action::OpenDocument(path) => self.open_document(&path),
            _ => {}
        }
    }

    /// Says that a document lies there; from the line it can be opened.
    pub(super) fn say_written(&mut self, text: String, path: PathBuf) {
        self.view.toast = Some(Toast { text, undo: None, opens: Some(path), until: None });
    }

    fn ask_for(&mut self, question: Question, purpose: ChoosingFor) {
        let ctx = self.ctx.clone();
        self.choosing = Some((purpose, self.chooser.ask(question, move || ctx.request_repaint())));
    }

    fn open_document(&mut self, path: &Path) {
        if self.chooser.open_document(path).is_err() {
            self.view.error = Some(
                "Документ не открылся: его уже нет на месте, или на этом компьютере нет программы для таких \
                 документов. Сам документ не изменён. Откройте его из папки."
                    .into(),
            );
        }
    }

    /// Takes the outcome of a job of this file; hands back any other.
    pub(super) fn take_paper_outcome(&mut self, outcome: Box<dyn Any + Send>) -> Option<Box<dyn Any + Send>> {
        let outcome = match outcome.downcast::<ClassSheetRead>() {
            Ok(read) => {
                match read.0 {
                    Ok(sheet) => {
                        self.view.reconcile.take_class_sheet(sheet);
                        self.back_up_before_big_change();
                    }
                    Err(text) => self.fail_aloud(text),
                }
                return None;
            }
            Err(other) => other,
        };
        let outcome = match outcome.downcast::<InviteFileRead>() {
            Ok(read) => {
                match read.0 {
                    Ok(file) => {
                        self.view.links.take_table(file);
                        self.back_up_before_big_change();
                    }
                    Err(text) => self.fail_aloud(text),
                }
                return None;
            }
            Err(other) => other,
        };
        let outcome = match outcome.downcast::<ClassTeachersRead>() {
            Ok(read) => {
                match read.0 {
                    Ok(file) => self.view.class_teachers.take_file(file),
                    Err(text) => self.fail_aloud(text),
                }
                return None;
            }
            Err(other) => other,
        };
        let written = match outcome.downcast::<SheetsWritten>() {
            Ok(written) => written,
            Err(other) => return Some(other),
        };
        match written.0 {
            Ok(sheets) => {
                let count = counted(sheets.written as u64, "лист", "листа", "листов");
                let kept = match sheets.kept {
                    0 => String::new(),
                    kept => format!(", уже были и не тронуты: {kept}"),
                };
                let text = format!("Сохранено: {count}{kept}");
                self.view.toast = Some(Toast { text, undo: None, opens: None, until: None });
            }
            Err(text) => self.fail_aloud(text),
        }
        None
    }

    /// An empty text is a cancelled job: nothing to say.
    fn fail_aloud(&mut self, text: String) {
        if !text.is_empty() {
            self.view.error = Some(text);
        }
    }
}
