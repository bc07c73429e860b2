//! The system's file chooser, or for tests a list of answers. Never blocks the window.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};

use super::open_document::{OpenDocumentError, open_with_system};

/// Which files a chooser offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFilter {
    /// The console's own files.
    Register,
    /// Rosters.
    Roster,
    /// Workbooks to be written.
    Workbook,
    /// Lists to be written as text.
    Table,
    /// Texts to be written.
    Document,
    /// Pictures to be read.
    Picture,
}

impl FileFilter {
    fn words_and_endings(self) -> (&'static str, &'static [&'static str]) {
        match self {
            FileFilter::Register => ("Файлы консоли Сферума", &["sferum"]),
            FileFilter::Roster => ("Списки", &["xlsx", "xlsm", "xls", "ods", "csv", "tsv", "txt"]),
            FileFilter::Workbook => ("Книги Excel", &["xlsx"]),
            FileFilter::Document => ("Документы Word", &["docx"]),
            FileFilter::Picture => ("Картинки PNG", &["png"]),
            FileFilter::Table => ("Таблицы CSV", &["csv"]),
        }
    }
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    Open {
        title: String,
        filter: FileFilter,
    },
    Save {
        title: String,
        filter: FileFilter,
        file_name: String,
    },
    /// A folder to write into.
    Folder {
        title: String,
    },
}

/// Who answers.
pub enum Chooser {
    /// The desktop's own dialog.
    System,
    /// Prepared answers, for tests; `None` is a cancel.
    Prepared(VecDeque<Option<PathBuf>>),
}

impl Chooser {
    /// Asks; the answer arrives on the channel, `None` for a cancel or where the desktop has no chooser
    /// (then the path field beside the button and drag and drop remain).
    pub fn ask(&mut self, question: Question, wake: impl Fn() + Send + 'static) -> Receiver<Option<PathBuf>> {
        let (answer, answers) = channel();
        match self {
            Chooser::Prepared(prepared) => {
                // The receiver is in our hands, so sending cannot fail.
                drop(answer.send(prepared.pop_front().flatten()));
            }
            Chooser::System => {
                std::thread::spawn(move || {
                    let path = ask_system(question);
                    drop(answer.send(path));
                    wake();
                });
            }
        }
        answers
    }
}

impl Chooser {
    /// Opens a document with the system's program; under test only looks whether it could.
    ///
    /// # Errors
    /// [`OpenDocumentError`].
    pub fn open_document(&self, path: &Path) -> Result<(), OpenDocumentError> {
        match self {
            Chooser::System => open_with_system(path),
            Chooser::Prepared(_) if path.is_file() => Ok(()),
            Chooser::Prepared(_) => Err(OpenDocumentError::NotADocument),
        }
    }
}

fn ask_system(question: Question) -> Option<PathBuf> {
    let dialog = |title: &str, filter: FileFilter| {
        let (words, endings) = filter.words_and_endings();
        rfd::FileDialog::new().set_title(title).add_filter(words, endings).add_filter("Все файлы", &["*"])
    };
    match question {
        Question::Open { title, filter } => dialog(&title, filter).pick_file(),
        Question::Save { title, filter, file_name } => {
            dialog(&title, filter).set_file_name(file_name).save_file()
        }
        Question::Folder { title } => rfd::FileDialog::new().set_title(title).pick_folder(),
    }
}
