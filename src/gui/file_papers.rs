//! What the window does around papers about the file itself, an erasure and the check of the journal.

use std::path::{Path, PathBuf};

use super::app::{ChoosingFor, ConsoleApp};
use crate::desktop::{FileFilter, Question, Reminder};
use crate::regulation::next_cleanup;
use crate::session::{ErasureOutcome, FilePaper, PaperFormat, Request, Snapshot};
use crate::wording::counted;

/// The question where to keep a paper.
fn question(paper: &FilePaper, format: PaperFormat, today: jiff::civil::Date) -> Question {
    let filter = match format {
        PaperFormat::Docx => FileFilter::Document,
        PaperFormat::Xlsx => FileFilter::Workbook,
        PaperFormat::Csv => FileFilter::Table,
    };
    let title = match paper {
        FilePaper::ErasureAct { .. } => "Куда сохранить акт",
        FilePaper::ErasureEvents { .. } => "Куда сохранить выгрузку событий",
        FilePaper::Contents => "Куда сохранить страницу",
        FilePaper::Journal(_) => "Куда сохранить журнал",
    };
    Question::Save { title: title.into(), filter, file_name: paper.file_name(format, today) }
}

impl ConsoleApp {
    pub(super) fn choose_file_paper(&mut self, paper: Box<FilePaper>, format: PaperFormat) {
        let Some(snapshot) = &self.view.snapshot else { return };
        let ctx = self.ctx.clone();
        let question = question(&paper, format, snapshot.today);
        let answers = self.chooser.ask(question, move || ctx.request_repaint());
        self.choosing = Some((ChoosingFor::FilePaper(paper, format), answers));
    }

    pub(super) fn write_file_paper(&mut self, paper: Box<FilePaper>, path: PathBuf) {
        self.worker.send(Request::WriteFilePaper { paper, path });
    }

    pub(super) fn take_file_paper(&mut self, paper: &FilePaper, path: &Path, written: Result<(), String>) {
        match written {
            Ok(()) => {
                let name =
                    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
                self.say(format!("{}: «{name}»", paper.done_words()));
            }
            Err(text) => self.view.error = Some(text),
        }
    }

    pub(super) fn take_erasure(&mut self, snapshot: Snapshot, outcome: ErasureOutcome) {
        let people = outcome.record.people.len() as u64;
        self.view.snapshot = Some(snapshot);
        self.make_veil();
        if let Some(file) = &mut self.view.file {
            file.saved_at = self.clock.now().strftime("%H:%M").to_string();
        }
        // What was shown of the people must not be shown again.
        self.view.people = Default::default();
        self.view.journal = Default::default();
        self.view.settings.take_erasure(outcome);
        self.say(format!("Удалены данные {}", counted(people, "человека", "человек", "человек")));
    }

    /// Notes for `remind` what waits in the open file: a date and a number.
    pub(super) fn note_reminder(&mut self) {
        let (Some(snapshot), Some(file)) = (&self.view.snapshot, &self.view.file) else { return };
        let list = &snapshot.today_list;
        let reminder = Reminder {
            file: file.path.clone(),
            next_cleanup: next_cleanup(&snapshot.register),
            due_tasks: (list.tasks.len() + list.more.len()) as u32,
            as_of: snapshot.today,
        };
        if self.preferences.remember_reminder(reminder) {
            self.preferences.save();
        }
    }
}
