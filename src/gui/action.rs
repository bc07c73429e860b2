//! What a screen wants done. Pushed while drawing, performed after it.

use std::path::PathBuf;
use std::sync::Arc;

use super::safe_actions::SafeAction;
use crate::desktop::Preferences;
use crate::names::Role;
use crate::register::{EntityKey, GroupId, InviteId, Operation, Organization, PersonId, Target};
use crate::regulation::{Duty, LedgerRow};
use crate::session::{FilePaper, LinkPaper, PaperFormat, RosterTemplate, SecretText, UndoTarget};
use crate::store::Key;

/// The rooms of the navigation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Room {
    #[default]
    Today,
    Classes,
    People,
    Links,
    Reconcile,
    Reports,
    Journal,
    Help,
    Settings,
}

/// Places that other screens lead to.
#[derive(Clone, Debug, PartialEq)]
pub enum Destination {
    Room(Room),
    Group(GroupId),
    Person(PersonId),
    Invite(InviteId),
    /// The list of links, only the flagged ones.
    FlaggedInvites,
    /// Links with the form «Новая ссылка» open.
    NewInvite,
    /// A journal entry.
    JournalEntry(u64),
    /// Loading a roster, from its first step.
    Import,
    /// «Кто уже в системе?»
    Presence,
    /// A page of the people beside their table.
    PeoplePage(PeoplePage),
    /// «Зачислить» for somebody who left and comes back.
    Return(PersonId),
    /// «Классные руководители»; with a group its row is chosen.
    ClassTeachers(Option<GroupId>),
    /// «Статусы учителей и сотрудников».
    Statuses,
    /// A page of the links beside their table.
    LinksPage(LinksPage),
    /// Сверка of a group, ready for the paste.
    ReconcileGroup(GroupId),
    /// Сверка of one place in one role, ready for the paste.
    ReconcilePlace {
        target: Target,
        role: Role,
    },
    /// «Сводка классов».
    ClassSummary,
    /// «Заявки», a mode of the reconciliation.
    JoinRequests,
    /// «Задачи для кабинета».
    CabinetTasks,
    /// Cleanup of links; only these, or all that are flagged.
    Cleanup(Option<Vec<InviteId>>),
    /// Every link that opens, the most dangerous first.
    CleanupByDanger,
    /// The organization card in the settings.
    OrganizationCard,
    /// «Что было в файле» in the settings.
    FileContents,
    /// «Данные выбывших» in the settings.
    Erasure,
    /// «Файл и безопасность» in the settings.
    FileSettings,
    /// A page of the reports.
    Reports(ReportsPage),
    /// The card of a duty.
    Duty(Duty),
    /// «Похоже, один человек».
    Duplicates,
}

/// What stands in the room of people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PeoplePage {
    /// The table.
    #[default]
    List,
    /// «Зачислить»: somebody new in this group, where one is meant.
    Enrol(Option<GroupId>),
    /// «Принять на работу».
    Hire,
    /// «Движение»: the ledger of a period.
    Movement,
    /// «Выбывшие: кто ещё внутри».
    Leavers,
}

/// What stands in the room of reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReportsPage {
    /// How every duty stands.
    #[default]
    Duties,
    /// Coverage by role and group, then and now.
    Coverage,
    /// The documents of the school.
    Documents,
}

/// What stands in the room of links.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LinksPage {
    /// The table.
    #[default]
    List,
    /// «Выпустить ссылки»: what classes lack, in bulk.
    Issue,
    /// «Раздать классным».
    HandOut,
    /// «Ссылка утекла», for the link that is being dealt with or for this one.
    Leaked(Option<InviteId>),
    /// «Ход разбора»: ages, the schedule, what teachers were asked for, past cleanups.
    Course,
}

/// One intent of the view.
#[derive(Clone, Debug)]
pub enum Action {
    Go(Destination),
    /// Leaves import, cleanup or presence.
    LeaveOverlay,
    /// Leaves the help for the page it was opened from.
    LeaveHelp,
    /// Changes the register. `done`: what the line at the bottom says when it is done.
    Execute {
        operation: Box<Operation>,
        done: String,
    },
    Undo(UndoTarget),
    Redo,
    /// Puts text on the clipboard; `what` stands in the line at the bottom.
    CopyText {
        text: String,
        what: String,
    },
    /// Puts the address of a link on the clipboard.
    CopyInvite(InviteId),
    /// Puts a text with addresses on the clipboard, for two minutes; `what` begins the line at the bottom.
    CopySecret {
        text: String,
        what: String,
    },
    /// Locks the file.
    Lock,
    /// Opens the locked file.
    Unlock {
        password: Option<String>,
    },
    /// Opens the file anew after a bug of ours.
    OpenAgain,
    /// Hides the names of people, or shows them.
    ToggleProjector,
    OpenPalette,
    // The file
    ChooseFileToOpen,
    ChooseFileToCreate {
        organization: Box<Organization>,
        password: SecretText,
    },
    ChooseRoster,
    OpenFile {
        path: PathBuf,
        password: Option<String>,
    },
    ForgetRecent(PathBuf),
    OpenDemo,
    CloseFile,
    // The roster
    /// A roster file was chosen or dropped.
    ReadRoster(PathBuf),
    /// Text was pasted as a roster.
    ReadPastedRoster(String),
    /// Choices of the wizard changed: plan anew.
    PlanRoster,
    /// Compare the pasted member list with the chosen place.
    CompareMembers,
    /// A member list is taken from a file that is asked for.
    ChooseMemberList,
    ReadMemberList(PathBuf),
    /// A picture of a member list is taken from a file that is asked for.
    ChooseMemberPicture,
    ReadMemberPicture(PathBuf),
    /// Commit exactly the plan on screen.
    CommitRoster,
    CancelJob,
    /// The history of imports, for the wizard.
    LoadImports,
    /// Asks where to keep a template, then writes it.
    ChooseTemplate(RosterTemplate),
    WriteTemplate {
        template: RosterTemplate,
        path: PathBuf,
    },
    /// Asks where to keep the rows with remarks, then writes them.
    ChooseProblemRows,
    WriteProblemRows(PathBuf),
    // Papers of links
    /// Asks where to keep a paper, then has it written.
    ChooseLinkPaper {
        paper: Box<LinkPaper>,
        format: PaperFormat,
        /// The password once more, for papers with addresses.
        confirmed_by: Option<Key>,
    },
    WriteLinkPaper {
        paper: Box<LinkPaper>,
        path: PathBuf,
        confirmed_by: Option<Key>,
    },
    /// A filled class sheet is taken from a file that is asked for.
    ChooseClassSheet,
    ReadClassSheet(PathBuf),
    /// The sheets of all classes go into a folder that is asked for.
    ChooseClassSheetFolder,
    WriteClassSheets(PathBuf),
    /// A table of links is taken from a file that is asked for.
    ChooseInviteTable,
    ReadInviteTable(PathBuf),
    /// Asks where to keep the ledger of movement, then writes it.
    ChooseMovementTable(Vec<LedgerRow>),
    WriteMovementTable {
        rows: Vec<LedgerRow>,
        path: PathBuf,
    },
    /// A table of class teachers is taken from a file that is asked for.
    ChooseClassTeacherTable,
    ReadClassTeacherTable(PathBuf),
    /// Opens a document with the system's program.
    OpenDocument(PathBuf),
    // Papers about the file itself
    /// Asks where to keep a paper, then has it written.
    ChooseFilePaper {
        paper: Box<FilePaper>,
        format: PaperFormat,
    },
    WriteFilePaper {
        paper: Box<FilePaper>,
        path: PathBuf,
    },
    /// Erases people who left before a day; cannot be undone.
    ErasePeople {
        people: Vec<PersonId>,
        before: jiff::civil::Date,
    },
    /// Looks for records of one person, beside the drawing thread.
    FindDuplicates,
    // The journal
    CheckJournal,
    LoadEntries {
        before: Option<u64>,
    },
    LoadChanges {
        entry: u64,
    },
    LoadHistory {
        key: EntityKey,
    },
    /// Keeps paused work in the file.
    KeepWorkspace {
        key: &'static str,
        value: Option<String>,
    },
    SetPreferences(Box<Preferences>),
    /// Passwords, the recovery code, backups, restoring.
    Safe(SafeAction),
    /// Says something in the line at the bottom, without undo.
    Say(String),
}

impl Action {
    /// Asks where to keep a paper that needs no password.
    pub fn choose_paper(paper: Box<LinkPaper>, format: PaperFormat) -> Action {
        Action::ChooseLinkPaper { paper, format, confirmed_by: None }
    }

    /// Shorthand for [`Action::Execute`].
    pub fn execute(operation: Operation, done: impl Into<String>) -> Action {
        Action::Execute { operation: Box::new(operation), done: done.into() }
    }
}

/// Shared reference used by screens that keep what they saw.
pub type Shared<T> = Arc<T>;
