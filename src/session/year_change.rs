//! Preparing a change of the year by hand or from next year's roster, as one cancellable job over a snapshot.

use std::sync::Arc;

use jiff::civil::Date;

use super::SessionError;
use super::roster_import::{PreparedRoster, RosterImport, RosterRequest, prepare_roster};
use super::snapshot::Snapshot;
use super::worker::JobHandle;
use crate::names::{Role, group_key};
use crate::register::{
    Context, GroupKind, MembershipId, Operation, PersonId, Refusal, Register, SchoolYear, YearChange,
};
use crate::regulation::{
    ClockTrust, GroupFate, NextLabel, PlacedPupil, Rehearsal, RosterFacts, YearEdit, YearPlan, YearPreview,
    YearProblem, rehearse_year,
};
use crate::roster::{AssignmentState, Scope, WorkbookReader};

/// What change of the year is to be prepared.
#[derive(Clone)]
pub struct YearRequest {
    /// The year that ends.
    pub from: SchoolYear,
    /// The year that begins.
    pub to: SchoolYear,
    /// The user's answers so far, in their order.
    pub edits: Vec<YearEdit>,
    /// Doubtful proposals are taken as they are.
    pub accept_proposals: bool,
    /// The roster of the new year. Its plan's year is set to `to`.
    pub roster: Option<RosterRequest>,
}

/// A change of the year, planned and rehearsed. Nothing is written.
pub struct PreparedYear {
    /// What becomes of every group; a screen shows it and adds edits to the request.
    pub plan: YearPlan,
    pub preview: YearPreview,
    /// The whole next year, the roster's people in it. `None` while something is to be answered.
    pub rehearsal: Option<Rehearsal>,
    /// The roster, planned against what the change of the year leads to; while something is to be answered against
    /// the register as it is. Its newcomers, doubts and absent people are reviewed like those of any import.
    pub roster: Option<PreparedRoster>,
    change: Option<YearChange>,
}

impl PreparedYear {
    /// The operation that writes exactly what was rehearsed; `None` while something is to be answered.
    pub fn operation(&self) -> Option<Operation> {
        self.change.clone().map(|change| Operation::ChangeYear(Box::new(change)))
    }

    /// What still is to be answered.
    pub fn problems(&self) -> &[YearProblem] {
        &self.preview.problems
    }
}

/// How the preparation ended.
pub enum YearPreparation {
    Ready(Box<PreparedYear>),
    /// The roster was not read: never [`RosterImport::Ready`].
    RosterNotRead(RosterImport),
    /// The rehearsal was refused: what the operation would be refused for, in Russian.
    Refused {
        text: String,
    },
}

/// Plans and rehearses a change of the year.
pub fn prepare_year(
    register: &Arc<Register>,
    request: &YearRequest,
    today: Date,
    reader: &WorkbookReader,
    job: &JobHandle,
) -> YearPreparation {
    match prepare(register, request, today, reader, job) {
        Ok(prepared) => YearPreparation::Ready(Box::new(prepared)),
        Err(end) => end,
    }
}

/// As [`prepare_year`]; `Err` is every other end.
fn prepare(
    register: &Arc<Register>,
    request: &YearRequest,
    today: Date,
    reader: &WorkbookReader,
    job: &JobHandle,
) -> Result<PreparedYear, YearPreparation> {
    let mut plan = YearPlan::by_hand(register, request.from, request.to, today);
    let first = match &request.roster {
        Some(roster) => {
            let first = read_roster(register, roster, request.to, today, reader, job)?;
            let facts = RosterFacts { is_whole_school: scope_of(&first, roster) == Scope::Full };
            plan.recognise(register, &placed_pupils(register, &first, roster, request.from), facts);
            leave_teachers_to_the_roster(&mut plan, &first);
            Some(first)
        }
        None => None,
    };
    let mut plan = plan.edited(&request.edits);
    if request.accept_proposals {
        plan.accept_proposals();
    }
    let preview = plan.preview(register);
    let Ok(mut change) = plan.change(register) else {
        return Ok(PreparedYear { plan, preview, rehearsal: None, roster: first, change: None });
    };
    let rehearse = |change: &YearChange| {
        rehearse_year(register, change, &context(today)).map_err(|refusal| refused(refusal, register))
    };
    let mut rehearsal = rehearse(&change)?;
    let mut roster = None;
    if let (Some(wanted), Some(first)) = (&request.roster, first) {
        let wanted = RosterRequest { reuse: first.content.clone(), ..wanted.clone() };
        let planned = read_roster(&rehearsal.register, &wanted, request.to, today, reader, job)?;
        if !planned.plan.is_empty()
            && let Operation::ApplyImport(import) = planned.operation()
        {
            change.import = Some(Box::new(import));
            rehearsal = rehearse(&change)?;
        }
        roster = Some(planned);
    }
    Ok(PreparedYear { plan, preview, rehearsal: Some(rehearsal), roster, change: Some(change) })
}

fn refused(refusal: Refusal, register: &Register) -> YearPreparation {
    YearPreparation::Refused { text: SessionError::refused(refusal, register).to_string() }
}

/// Nothing that the change of the year does depends on the moment or the actor.
fn context(today: Date) -> Context {
    Context { today, now: jiff::Timestamp::UNIX_EPOCH, actor: String::new() }
}

fn read_roster(
    register: &Register,
    wanted: &RosterRequest,
    to: SchoolYear,
    today: Date,
    reader: &WorkbookReader,
    job: &JobHandle,
) -> Result<PreparedRoster, YearPreparation> {
    let mut wanted = wanted.clone();
    wanted.plan.year = to;
    match prepare_roster(register, &wanted, today, reader, job) {
        RosterImport::Ready(prepared) => Ok(*prepared),
        other => Err(YearPreparation::RosterNotRead(other)),
    }
}

fn scope_of(prepared: &PreparedRoster, wanted: &RosterRequest) -> Scope {
    prepared.recalled.scope.unwrap_or(wanted.plan.scope)
}

/// The students of the ending year whom the roster names for certain. A class without a unit in the file is looked
/// for in the unit where the student is.
fn placed_pupils(
    register: &Register,
    prepared: &PreparedRoster,
    wanted: &RosterRequest,
    from: SchoolYear,
) -> Vec<PlacedPupil> {
    let mut placed = Vec::new();
    for row in prepared.plan.rows.iter().filter(|row| row.role == Some(Role::Student)) {
        let Some((membership, unit)) = row.person.and_then(|person| class_of(register, person, from)) else {
            continue;
        };
        if !row.group.is_empty() {
            let to = NextLabel { label: row.group.clone(), unit: wanted.plan.unit.or(unit) };
            placed.push(PlacedPupil { membership, to });
        }
    }
    placed
}

fn class_of(
    register: &Register,
    person: PersonId,
    from: SchoolYear,
) -> Option<(MembershipId, Option<crate::register::UnitId>)> {
    register.memberships_of_person(person).find_map(|membership| {
        let group = register.group(membership.group?)?;
        let is_class = !matches!(group.kind, GroupKind::Club | GroupKind::TeachingStaff);
        let is_here = membership.role == Role::Student
            && membership.until.is_none()
            && group.year == Some(from)
            && group.archived_on.is_none();
        (is_class && is_here).then_some((membership.id, group.unit))
    })
}

/// Where the roster names a class teacher of next year, the one of this year is not carried over beside them.
fn leave_teachers_to_the_roster(plan: &mut YearPlan, prepared: &PreparedRoster) {
    let named: Vec<String> = prepared
        .plan
        .assignments
        .iter()
        .filter(|assignment| assignment.state != AssignmentState::Unknown)
        .map(|assignment| group_key(&assignment.group))
        .collect();
    for planned in &mut plan.groups {
        let is_named = match &planned.fate {
            GroupFate::Becomes(label) => named.contains(&group_key(label)),
            _ => false,
        };
        if is_named {
            planned.teachers.iter_mut().for_each(|teacher| teacher.goes_on = Some(false));
        }
    }
}

/// The lists of a rehearsed next year, for any screen that shows a snapshot.
pub fn rehearsal_snapshot(rehearsal: &Rehearsal, today: Date, clock_trust: ClockTrust) -> Snapshot {
    Snapshot::build(&rehearsal.register, today, clock_trust)
}
