//! Operations: the domain's imperatives. Every change of the register is one of these.

use std::sync::Arc;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::change::JournalChange;
use super::entity::{Entity, EntityKey};
use super::ids::*;
use super::{
    CabinetTask, ClassSheetOperation, Delegation, Group, GroupMerge, GroupSplit, HandOver, Invite,
    JoinRequest, Membership, Movement, MovementOperation, Observation, OrderReference, Organization,
    Participation, Person, ReconciliationOperation, SchoolYear, TaskOutcome, YearChange,
};
use crate::names::{FullName, InviteAddress, Phone, Role};

/// What is to be done. Operations that carry a plan hold the revision they were planned at, the
/// others hold the values they saw of what they change; a mismatch is refused.
#[derive(Clone, Debug)]
pub enum Operation {
    /// The first entry of a file: card, settings and the group of the teaching staff (duty 2.3-2).
    Found(Organization),
    /// Adds records, a part each. Ids in them are ignored.
    Add(Vec<Entity>),
    /// Edits one record: refused when it no longer is as seen.
    Edit { seen: Entity, wanted: Entity },
    /// Archives units, groups (with their chats) and chats.
    Archive { keys: Vec<EntityKey>, on: Date },
    /// Brings archived units, groups and chats back.
    Restore { keys: Vec<EntityKey> },
    /// Takes back observations, assignments, memberships or guardianships entered by mistake.
    Withdraw { keys: Vec<EntityKey> },
    /// Adds a person with memberships and, for an adult, children. One part.
    AddPerson { person: Person, memberships: Vec<Membership>, children: Vec<(PersonId, String)> },
    /// Moves a membership to another group (duty 2.3-8).
    MoveMember { seen: Arc<Membership>, to: GroupId, on: Date, order: OrderReference },
    /// People leave the organization (duty 2.3-8), a part each.
    Depart { people: Vec<Arc<Person>>, on: Date, order: OrderReference },
    /// Sets the participation of memberships and guardianships (clause 1.8), a part each.
    SetParticipation { seen: Vec<Entity>, participation: Participation },
    /// Enters what was seen of groups and chats, a part each.
    Observe(Vec<Observation>),
    /// Records links, a part each.
    AddInvites(Vec<Invite>),
    /// Records that links were handed over.
    HandOverInvites { seen: Vec<Arc<Invite>>, hand_over: HandOver },
    /// Confirms that links were revoked in the cabinet (duty 2.3-9).
    RevokeInvites { seen: Vec<Arc<Invite>>, on: Date, reason: String, successor: Option<InviteAddress> },
    /// Puts the decision off.
    DeferInvites { seen: Vec<Arc<Invite>>, until: Date, reason: String },
    /// Records that revoking did not work.
    FailInvites { seen: Vec<Arc<Invite>>, on: Date, why: String },
    /// Asks the teacher of the chat to revoke.
    DelegateInvites { seen: Vec<Arc<Invite>>, delegation: Delegation },
    /// Records that links got to strangers.
    ExposeInvites { seen: Vec<Arc<Invite>>, on: Date, note: String },
    /// Decides requests (duty 2.3-6), a part each, with the steps that follow in the cabinet.
    DecideRequests { decisions: Vec<RequestAnswer>, on: Date },
    /// Ticks steps of the cabinet, or says that they did not work, a part each.
    SetTasks { seen: Vec<Arc<CabinetTask>>, outcome: TaskOutcome },
    /// Enters figures read in the cabinet under a free column of «Сводка классов», a part each; `None` takes one out.
    SetFigures { column: String, on: Date, values: Vec<(GroupId, Option<u32>)> },
    /// Applies an import exactly as previewed.
    ApplyImport(ImportOperation),
    /// Enters what a pasted member list showed, exactly as previewed.
    ApplyReconciliation(ReconciliationOperation),
    /// Enters what a filled «Лист класса» says, exactly as previewed.
    ApplyClassSheet(ClassSheetOperation),
    /// The change of the school year exactly as rehearsed (duties 2.3-3, 2.3-8), a part each group.
    ChangeYear(Box<YearChange>),
    /// Moves groups to a unit, or out of every unit, a part each.
    MoveGroups { seen: Vec<Arc<Group>>, unit: Option<UnitId> },
    /// Makes new groups out of a group of the same year.
    SplitGroup(GroupSplit),
    /// Joins groups of one year to another, a part each.
    MergeGroups(GroupMerge),
    /// A movement with the steps that follow from it, exactly as previewed (duty 2.3-8).
    RecordMovement(Box<MovementOperation>),
    /// Ticks movements as entered in the cabinet; `None` takes the ticks back. A part each.
    TickMovements { seen: Vec<Arc<Movement>>, on: Option<Date> },
    /// Appoints, replaces and ends class teachers by the head's distribution (duty 2.3-5), a part each.
    AppointClassTeachers(super::AppointmentOperation),
    /// Sets the confirmation of statuses (duty 2.3-7), a part each.
    SetVerification(super::VerificationOperation),
    /// Edits several records at once, a part each: refused when one no longer is as seen.
    EditEach(Vec<(Entity, Entity)>),
    /// Moves memberships to another group (duty 2.3-8), a part each.
    MoveMembers { seen: Vec<Arc<Membership>>, to: GroupId, on: Date, order: OrderReference },
    /// Merges records of one person, a part each.
    MergePeople(Vec<super::PeopleMerge>),
    /// Remembers that people who look alike are different people, a part each.
    TellApart(Vec<(PersonId, PersonId)>),
    /// Takes back an entry, or some of its parts.
    Undo { entry: u64, code: String, parts: Option<Vec<u32>>, changes: Vec<JournalChange> },
}

/// The decision on one request.
#[derive(Clone, Debug)]
pub struct RequestAnswer {
    pub seen: Arc<JoinRequest>,
    pub accepted: bool,
    /// Why; for the journal and for the words to the family.
    pub reason: String,
    /// Who it is, where known.
    pub person: Option<PersonId>,
    /// The steps that follow in the cabinet, one after the other; empty: done there already.
    pub steps: Vec<CabinetTask>,
}

/// The decisions of an import in register terms.
#[derive(Clone, Debug, Default)]
pub struct ImportOperation {
    /// The revision of the register that was planned against.
    pub planned_at: u64,
    /// File name without folders, for the journal.
    pub file_name: String,
    /// SHA-256 of the file's bytes in hex, for the history.
    pub file_hash: String,
    /// Year that new groups belong to.
    pub year: Option<SchoolYear>,
    pub new_groups: Vec<NewGroup>,
    pub rows: Vec<RowDecision>,
    /// Answers to be remembered with this import (column map, scope).
    pub remember: Vec<super::Remembered>,
    /// Adults the import creates for children; rows refer to them by place. A part each.
    pub new_adults: Vec<NewAdult>,
    /// People of the register who are entered as left (duty 2.3-8), a part each.
    pub departures: Vec<PersonId>,
    /// Class teachers the file names (duty 2.3-5), a part each.
    pub assignments: Vec<ImportedAssignment>,
    /// Day and order of the movements of this import; without a day, the day of the import.
    pub movement_on: Option<Date>,
    pub order: OrderReference,
    /// Numbers of the preview, kept with the journal entry for the history of imports.
    pub counts: Vec<(&'static str, u32)>,
}

/// The class teacher of a group as an import appoints them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportedAssignment {
    pub group: GroupChoice,
    pub teacher: TeacherChoice,
    /// The appointment of somebody else that ends with it, where the user said so.
    pub ends: Option<AssignmentId>,
}

/// Who is appointed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TeacherChoice {
    Existing(PersonId),
    /// The person whom this row of the file (as the spreadsheet counts) brings in.
    OfRow(u32),
}

/// An adult whom an import creates because a child's row names them.
#[derive(Clone, Debug)]
pub struct NewAdult {
    pub name: FullName,
    pub phone: Option<Phone>,
}

/// An adult of an import row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AdultChoice {
    Existing(PersonId),
    /// Index into [`ImportOperation::new_adults`].
    New(usize),
}

/// An adult that a row gives to its child: the guardianship is made unless it is there.
#[derive(Clone, Debug)]
pub struct RowAdult {
    pub adult: AdultChoice,
    /// «мать», «отец», «опекун»; empty when the file does not say.
    pub basis: String,
    /// Phone to be set on an adult who is known.
    pub phone: Option<Phone>,
    /// Name to be set on an adult who is known.
    pub name: Option<FullName>,
}

/// A group the import creates; rows refer to it by its place in the list.
#[derive(Clone, Debug)]
pub struct NewGroup {
    pub label: String,
    pub kind: super::GroupKind,
    pub unit: Option<UnitId>,
}

/// A group of an import row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GroupChoice {
    Existing(GroupId),
    /// Index into [`ImportOperation::new_groups`].
    New(usize),
}

/// What is done for one row of the roster. A row is a part.
#[derive(Clone, Debug)]
pub struct RowDecision {
    /// Row number as the spreadsheet counts.
    pub row: u32,
    pub person: RowPerson,
    /// Membership to be made.
    pub join: Option<NewMembership>,
    /// Membership to be moved to another group.
    pub move_membership: Option<(MembershipId, GroupChoice)>,
    /// Post to be set on a membership.
    pub set_post: Option<(MembershipId, String)>,
    /// Adults of this child.
    pub adults: Vec<RowAdult>,
    /// Children of this adult (a parents' list that names the child).
    pub children: Vec<RowChild>,
}

/// A child that an adult's row names: the guardianship is made unless it is there.
#[derive(Clone, Debug)]
pub struct RowChild {
    pub child: ChildChoice,
    /// «мать», «отец», «опекун»; empty when the file does not say.
    pub basis: String,
}

/// The child of an adult's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ChildChoice {
    Existing(PersonId),
    /// The person whom this row of the file (as the spreadsheet counts) brings in.
    OfRow(u32),
}

/// The person of an import row.
#[derive(Clone, Debug)]
pub enum RowPerson {
    New { name: FullName, birth_date: Option<Date>, phone: Option<Phone> },
    Existing { id: PersonId, name: Option<FullName>, birth_date: Option<Date>, phone: Option<Phone> },
}

/// A membership that an import makes.
#[derive(Clone, Debug)]
pub struct NewMembership {
    pub role: Role,
    pub group: Option<GroupChoice>,
    pub post: String,
}

impl Operation {
    /// Stable name in the journal.
    pub fn code(&self) -> String {
        match self {
            Operation::Found(_) => "found".into(),
            Operation::Add(records) => match records.first() {
                Some(record) => format!("add_{}", record.key().kind.code()),
                None => "add".into(),
            },
            Operation::Edit { wanted, .. } => format!("edit_{}", wanted.key().kind.code()),
            Operation::Archive { .. } => "archive".into(),
            Operation::Restore { .. } => "restore".into(),
            Operation::Withdraw { .. } => "withdraw".into(),
            Operation::AddPerson { .. } => "add_person".into(),
            Operation::MoveMember { .. } => "move_member".into(),
            Operation::Depart { .. } => "depart".into(),
            Operation::SetParticipation { .. } => "set_participation".into(),
            Operation::Observe(_) => "observe".into(),
            Operation::AddInvites(_) => "add_invites".into(),
            Operation::HandOverInvites { .. } => "hand_over_invites".into(),
            Operation::RevokeInvites { .. } => "revoke_invites".into(),
            Operation::DeferInvites { .. } => "defer_invites".into(),
            Operation::FailInvites { .. } => "fail_invites".into(),
            Operation::DelegateInvites { .. } => "delegate_invites".into(),
            Operation::ExposeInvites { .. } => "expose_invites".into(),
            Operation::DecideRequests { .. } => "decide_requests".into(),
            Operation::SetTasks { outcome, .. } => match outcome {
                TaskOutcome::Done { .. } => "finish_tasks".into(),
                TaskOutcome::Failed { .. } => "fail_tasks".into(),
                TaskOutcome::Open => "reopen_tasks".into(),
            },
            Operation::SetFigures { .. } => "set_figures".into(),
            Operation::ApplyImport(_) => "import".into(),
            Operation::ApplyReconciliation(_) => "reconcile".into(),
            Operation::ApplyClassSheet(_) => "class_sheet".into(),
            Operation::ChangeYear(_) => "change_year".into(),
            Operation::MoveGroups { .. } => "move_groups".into(),
            Operation::SplitGroup(_) => "split_group".into(),
            Operation::MergeGroups(_) => "merge_groups".into(),
            Operation::RecordMovement(movement) => movement.step.code().into(),
            Operation::TickMovements { .. } => "tick_movements".into(),
            Operation::AppointClassTeachers(_) => "appoint_class_teachers".into(),
            Operation::SetVerification(_) => "set_verification".into(),
            Operation::EditEach(edits) => match edits.first() {
                Some((_, wanted)) => format!("edit_each_{}", wanted.key().kind.code()),
                None => "edit_each".into(),
            },
            Operation::MoveMembers { .. } => "move_members".into(),
            Operation::MergePeople(_) => "merge_people".into(),
            Operation::TellApart(_) => "tell_apart".into(),
            Operation::Undo { .. } => "undo".into(),
        }
    }

    /// What the journal entry keeps besides the changes: never names of people, never addresses.
    pub fn details(&self) -> Value {
        match self {
            Operation::ApplyImport(import) => {
                json!({
                    "file": import.file_name,
                    "sha256": import.file_hash,
                    "rows": import.rows.len(),
                    "year": import.year,
                    "counts": named(&import.counts),
                })
            }
            Operation::ApplyReconciliation(reconciliation) => json!({
                "target": reconciliation.target,
                "role": reconciliation.role,
                "on": reconciliation.on,
                "sha256": reconciliation.pasted_hash,
                "counts": named(&reconciliation.counts),
            }),
            Operation::ApplyClassSheet(sheet) => json!({
                "group": sheet.group,
                "on": sheet.on,
                "sha256": sheet.file_hash,
                "counts": {
                    "observations": sheet.observations.len(),
                    "participation": sheet.participation.len(),
                },
            }),
            Operation::SetFigures { column, .. } => json!({ "column": column }),
            Operation::ChangeYear(change) => change.details(),
            Operation::MoveGroups { seen, unit } => json!({ "groups": seen.len(), "unit": unit }),
            Operation::SplitGroup(split) => json!({ "group": split.seen.id, "parts": split.parts.len() }),
            Operation::MergeGroups(merge) => json!({ "into": merge.into.id, "groups": merge.joined.len() }),
            Operation::AppointClassTeachers(wanted) => json!({
                "groups": wanted.appointments.len(),
                "replaced": wanted.appointments.iter().filter(|one| !one.ends.is_empty()).count(),
                "sha256": wanted.pasted_hash,
            }),
            Operation::SetVerification(wanted) => json!({
                "people": wanted.seen.len(),
                "state": wanted.verification,
            }),
            Operation::EditEach(edits) => json!({ "records": edits.len() }),
            Operation::MoveMembers { seen, to, .. } => json!({ "people": seen.len(), "to": to }),
            Operation::MergePeople(merges) => json!({ "pairs": merges.len() }),
            Operation::TellApart(pairs) => json!({ "pairs": pairs.len() }),
            Operation::Undo { entry, code, parts, .. } => {
                json!({ "entry": entry, "code": code, "parts": parts })
            }
            _ => Value::Null,
        }
    }
}

fn named(counts: &[(&'static str, u32)]) -> serde_json::Map<String, Value> {
    counts.iter().map(|(name, count)| ((*name).to_owned(), json!(count))).collect()
}
