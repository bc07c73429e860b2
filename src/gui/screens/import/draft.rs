//! The wizard as paused work: which file, and what was answered. Kept inside the encrypted file while it is locked or
//! closed; the rows of the roster themselves are read anew.

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::ImportState;
use super::answers::Answers;
use super::state::Step;
use crate::register::SchoolYear;
use crate::roster::{ReadChoices, Scope};
use crate::session::RosterSource;

/// What is kept.
#[derive(Serialize, Deserialize)]
struct Draft {
    file: Option<PathBuf>,
    pasted: Option<String>,
    /// Of the bytes that were answered about, SHA-256 in hex.
    hash: Option<String>,
    step: usize,
    read: ReadChoices,
    scope: Scope,
    scope_said: bool,
    chosen_year: Option<SchoolYear>,
    answers: Answers,
}

impl ImportState {
    /// The paused work as text; `None` while there is none.
    pub fn draft(&self) -> Option<String> {
        if self.done.is_some() {
            return None;
        }
        let (file, pasted) = match self.source.as_ref()? {
            RosterSource::File(path) => (Some(path.clone()), None),
            RosterSource::Pasted(text) => (None, Some(text.to_string())),
        };
        let draft = Draft {
            file,
            pasted,
            hash: self.prepared.as_ref().map(|prepared| prepared.hash.clone()),
            step: self.step.index(),
            read: self.read.clone(),
            scope: self.scope,
            scope_said: self.scope_said,
            chosen_year: self.chosen_year,
            answers: self.answers.clone(),
        };
        serde_json::to_string(&draft).ok()
    }

    /// Takes paused work up; `false` where it cannot be read any more.
    pub fn resume_from(&mut self, kept: &str) -> bool {
        let Ok(draft) = serde_json::from_str::<Draft>(kept) else { return false };
        let source = match (draft.file, draft.pasted) {
            (Some(path), _) => RosterSource::File(path),
            (None, Some(text)) => RosterSource::Pasted(Arc::from(text)),
            (None, None) => return false,
        };
        self.begin();
        self.source = Some(source);
        self.step = [Step::File, Step::Columns, Step::Review].get(draft.step).copied().unwrap_or_default();
        self.read = draft.read;
        self.scope = draft.scope;
        self.scope_said = draft.scope_said;
        self.chosen_year = draft.chosen_year;
        self.answers = draft.answers;
        self.answered_about = draft.hash;
        true
    }

    /// Answers belong to the rows of one file: where it was changed meanwhile, they are dropped and the plan is made
    /// anew.
    pub(super) fn drop_answers_about_another_file(&mut self, hash: &str) {
        if self.answered_about.take().is_some_and(|known| known != hash) && !self.answers.is_empty() {
            self.answers = Answers::default();
            self.notice = Some("Файл за это время изменился: ответы по строкам нужно дать заново".into());
            self.wants_plan = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paused_work_comes_back_with_its_choices() {
        let mut state = ImportState::default();
        assert_eq!(state.draft(), None, "nothing was begun");
        state.begin_with_file(PathBuf::from("/список.csv"));
        state.step = Step::Review;
        state.scope = Scope::Groups;
        state.answers.refuse(7, crate::roster::ConflictField::Phone, true);
        let kept = state.draft().expect("there is work");
        let mut resumed = ImportState::default();
        assert!(resumed.resume_from(&kept));
        assert_eq!((resumed.step, resumed.scope), (Step::Review, Scope::Groups));
        assert!(resumed.answers.is_refused(7, crate::roster::ConflictField::Phone));
        assert_eq!(resumed.draft().as_deref(), Some(kept.as_str()));
        assert!(!resumed.resume_from("другое"));
    }
}
