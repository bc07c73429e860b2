//! «Лист класса» read back from its file, and written for every class at once (duties 2.3-6 and 2.3-8).

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::Date;

use super::errors::SessionError;
use super::papers_of_links::{LinkPaper, PaperFormat, write_link_paper};
use super::table_files::{TableRows, read_table};
use super::worker::JobHandle;
/// The window reaches the room of documents through the session only.
pub use crate::documents::{
    ClassSheetPlan, FilledClassSheet, SheetChange, SheetColumn, SheetCount, SheetRemark, SheetRemarkKind,
    plan_class_sheet,
};
use crate::documents::{
    ClassSheetRefusal, ClassSheetRequest, JournalMark, looks_like_class_sheet, read_class_sheet,
    unit_of_shared_label,
};
use crate::files::safe_file_name;
use crate::register::{GroupId, Operation, Register};
use crate::regulation::class_summary;
use crate::roster::WorkbookReader;

/// A sheet as it was read. No `Debug`: it holds names.
#[derive(Clone)]
pub struct ReadClassSheet {
    /// File name without folders.
    pub name: String,
    /// SHA-256 of the bytes, in hex.
    pub hash: String,
    pub sheet: FilledClassSheet,
}

impl ReadClassSheet {
    /// The operation that records exactly this plan.
    pub fn operation(&self, plan: &ClassSheetPlan) -> Operation {
        let mut operation = plan.operation.clone();
        operation.file_hash.clone_from(&self.hash);
        Operation::ApplyClassSheet(operation)
    }
}

/// Reads a filled class sheet: a workbook or delimited text.
///
/// # Errors
/// A sentence for the user; an empty one when the job was cancelled.
pub fn read_class_sheet_file(
    register: &Register,
    path: &Path,
    today: Date,
    reader: &WorkbookReader,
    job: &JobHandle,
) -> Result<ReadClassSheet, String> {
    let read = read_table(path, reader, job)?;
    let sheets: Vec<&TableRows> =
        read.sheets.iter().map(|(_, rows)| rows).filter(|rows| looks_like_class_sheet(rows)).collect();
    let sheet = match sheets[..] {
        [] => Err(ClassSheetRefusal::NotAClassSheet),
        [rows] => read_class_sheet(register, rows, today),
        _ => Err(ClassSheetRefusal::SeveralSheets),
    };
    let sheet = sheet.map_err(|refusal| refusal_words(refusal, &read.name))?;
    Ok(ReadClassSheet { name: read.name, hash: read.hash, sheet })
}

fn refusal_words(refusal: ClassSheetRefusal, name: &str) -> String {
    let (reason, advice) = match refusal {
        ClassSheetRefusal::NotAClassSheet => (
            "это не лист класса, который составила программа",
            "Сохраните лист класса из сводки, заполните его и прочитайте снова.",
        ),
        ClassSheetRefusal::OtherOrganization => {
            ("это лист другой организации", "Выберите лист своей организации.")
        }
        ClassSheetRefusal::NoSuchGroup => {
            ("такого класса в этом учебном году нет", "Проверьте, тот ли это файл.")
        }
        ClassSheetRefusal::OtherYear => {
            ("это лист другого учебного года или корпуса", "Сохраните новый лист класса.")
        }
        ClassSheetRefusal::SeveralSheets => {
            ("в книге несколько листов класса", "Сохраните каждый отдельным файлом.")
        }
    };
    format!("Файл «{name}» не прочитан: {reason}. Ничего не изменено. {advice}")
}

/// What became of the sheets of all classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WrittenSheets {
    pub written: usize,
    /// Files that were there already: perhaps filled, so they are left alone.
    pub kept: usize,
}

/// Writes a sheet for every class of the summary into a folder. Files that stand there are never overwritten.
///
/// # Errors
/// When there are no classes, or the disk refuses; sheets written before stay.
pub fn write_all_class_sheets(
    register: &Register,
    format: PaperFormat,
    today: Date,
    folder: &Path,
) -> Result<WrittenSheets, SessionError> {
    let groups: Vec<GroupId> = class_summary(register, today).rows.iter().map(|row| row.group).collect();
    if groups.is_empty() {
        return Err(SessionError::Outside("Классов пока нет. Ничего не записано. Загрузите список.".into()));
    }
    if !folder.is_dir() {
        return Err(SessionError::Outside("Такой папки нет. Ничего не записано. Выберите другую.".into()));
    }
    let mut taken = BTreeSet::new();
    let mut done = WrittenSheets::default();
    for group in groups {
        let paper = LinkPaper::ClassSheet(ClassSheetRequest { group, with_known: false });
        let name = sheet_file_name(register, group, &paper, format, today, &mut taken);
        let path = folder.join(name);
        if path.exists() {
            done.kept += 1;
            continue;
        }
        // The path is none of a register: nothing stands there, and its ending is of a paper.
        write_link_paper(register, &paper, &JournalMark::default(), today, &path, folder)?;
        done.written += 1;
    }
    Ok(done)
}

/// Classes of two units may have one label, and labels may differ in signs that no file name holds.
fn sheet_file_name(
    register: &Register,
    group: GroupId,
    paper: &LinkPaper,
    format: PaperFormat,
    today: Date,
    taken: &mut BTreeSet<String>,
) -> String {
    let name = paper.file_name(register, format, today);
    let ending = format!(".{}", format.ending());
    let stem = name.strip_suffix(&ending).unwrap_or(&name).to_owned();
    let unit = register.group(group).and_then(|group| unit_of_shared_label(register, group));
    let stem = unit.map_or(stem.clone(), |unit| format!("{stem}, {unit}"));
    let numbered = (2..).map(|number| format!("{stem} ({number})"));
    let mut names =
        std::iter::once(stem.clone()).chain(numbered).map(|stem| safe_file_name(&format!("{stem}{ending}")));
    names.find(|name| taken.insert(name.to_lowercase())).unwrap_or(name)
}
