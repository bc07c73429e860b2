//! The pasted list as paused work, kept inside the encrypted file while it is locked or closed. It is compared anew
//! afterwards: what was answered line by line is asked again.

use serde::{Deserialize, Serialize};

use super::{Mode, ReconcileState};
use crate::register::GroupId;
use crate::session::Snapshot;

/// What is kept.
#[derive(Serialize, Deserialize)]
struct Draft {
    group: Option<GroupId>,
    place: usize,
    text: String,
    compared: bool,
}

impl ReconcileState {
    /// The pasted list as text; `None` while nothing is pasted.
    pub fn draft(&self) -> Option<String> {
        let (group, place, text) = self.choose.pasted()?;
        let draft = Draft { group, place, text: text.to_owned(), compared: self.pairing.is_some() };
        serde_json::to_string(&draft).ok()
    }

    /// Takes a pasted list up; answers whether it stood compared.
    pub fn resume_from(&mut self, kept: &str, snapshot: &Snapshot) -> bool {
        let Ok(draft) = serde_json::from_str::<Draft>(kept) else { return false };
        self.mode = Mode::Compare;
        self.choose.resume(draft.group, draft.place, draft.text, snapshot);
        draft.compared
    }

    /// Whether names stand on the page as somebody else wrote them.
    pub fn shows_written_names(&self) -> bool {
        let compares = self.pairing.is_some() || self.done.is_some() || self.choose.pasted().is_some();
        match self.mode {
            Mode::Compare => compares,
            Mode::Requests => true,
            Mode::Summary | Mode::Tasks => false,
        }
    }
}
