//! The whole state of the window.

use std::path::PathBuf;

use super::action::Room;
use super::guard::{Broken, Locked};
use super::palette::PaletteState;
use super::screens::class_teachers::ClassTeachersState;
use super::screens::classes::ClassesState;
use super::screens::cleanup::CleanupState;
use super::screens::help::HelpState;
use super::screens::import::ImportState;
use super::screens::journal::JournalState;
use super::screens::links::LinksState;
use super::screens::people::PeopleState;
use super::screens::presence::PresenceState;
use super::screens::reconcile::ReconcileState;
use super::screens::reports::ReportsState;
use super::screens::safe::SafeState;
use super::screens::settings::SettingsState;
use super::screens::start::StartState;
use super::screens::statuses::StatusesState;
use super::screens::today::TodayState;
use crate::session::{JobHandle, Snapshot, UndoTarget};

/// The open file as screens see it.
#[derive(Clone, Debug)]
pub struct OpenFile {
    pub path: PathBuf,
    pub read_only: bool,
    pub encrypted: bool,
    /// «14:02», the last write of this session; empty before the first.
    pub saved_at: String,
}

impl OpenFile {
    /// File name without folder and ending.
    pub fn name(&self) -> String {
        self.path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
    }
}

/// Work that fills the page instead of a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlay {
    Import,
    Cleanup,
    Presence,
    ClassTeachers,
    Statuses,
    /// The last step of a new file: its first list.
    FirstRoster,
}

/// The line at the bottom left.
#[derive(Clone, Debug)]
pub struct Toast {
    pub text: String,
    /// What «Отменить» takes back.
    pub undo: Option<UndoTarget>,
    /// The document that «Открыть» opens.
    pub opens: Option<PathBuf>,
    /// Moment it disappears, in seconds of egui's clock; set when first drawn.
    pub until: Option<f64>,
}

/// A job that runs in the background.
pub struct RunningJob {
    pub handle: JobHandle,
    pub words: String,
    /// Seconds of egui's clock when it began; it is shown after half a second.
    pub since: f64,
}

/// Everything the window knows.
#[derive(Default)]
pub struct View {
    pub room: Room,
    pub overlay: Option<Overlay>,
    pub file: Option<OpenFile>,
    pub snapshot: Option<Snapshot>,
    pub toast: Option<Toast>,
    /// An error sentence in a dialog: it waits until it was read.
    pub error: Option<String>,
    /// The file is locked: the unlock screen stands there.
    pub locked: Option<Box<Locked>>,
    /// Drawing hit a bug of ours.
    pub broken: Option<Box<Broken>>,
    /// The snapshot for strangers' eyes, while names are hidden.
    pub veiled: Option<Snapshot>,
    /// A file is being opened.
    pub opening: bool,
    pub job: Option<RunningJob>,
    /// What the next `Changed` says in the line at the bottom.
    pub announce: std::collections::VecDeque<String>,
    pub palette: Option<PaletteState>,
    /// Passwords, the recovery code, backups.
    pub safe: SafeState,
    pub start: StartState,
    pub today: TodayState,
    pub classes: ClassesState,
    pub people: PeopleState,
    pub links: LinksState,
    pub cleanup: CleanupState,
    pub import: ImportState,
    pub presence: PresenceState,
    pub class_teachers: ClassTeachersState,
    pub statuses: StatusesState,
    pub reconcile: ReconcileState,
    pub reports: ReportsState,
    pub journal: JournalState,
    pub settings: SettingsState,
    pub help: HelpState,
}
