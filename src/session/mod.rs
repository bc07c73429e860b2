//! One open file: the store and the register it holds, and the worker that owns both.
//!
//! The session is the only place where errors of the rooms below become Russian sentences.

mod clock;
mod demo;
mod errors;
mod journal_words;
mod registers;
mod roster_import;
mod snapshot;
mod worker;

pub use clock::Clock;
pub use demo::{create_sample, open_demo};
pub use errors::SessionError;
pub use journal_words::{ChangeLine, change_lines, entity_title, entry_sentence};
pub use registers::{Executed, Session, UndoTarget};
pub use roster_import::{
    PreparedRoster, RosterContent, RosterImport, RosterRequest, RosterSource, prepare_roster,
};
pub use snapshot::*;
pub use worker::{JobHandle, Reply, Request, Wake, Worker};
