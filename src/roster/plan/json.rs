//! The object that `import --json` prints.

use serde_json::{Map, Value, json};

use super::{
    AbsentRow, AdultProposal, AssignmentState, Brake, Conflict, ConflictField, FieldChange, ImportPlan,
    PlanIssue, PlanKind, PlanRow, PlannedAssignment,
};
use crate::roster::mapped::MappedRoster;
use crate::roster::problem::Severity;

impl ImportPlan {
    /// The plan as one JSON object: `source`, `rows`, `plan`, `changes`, `conflicts`, `adult_proposals`, `assignments`,
    /// `brake`, `skipped_columns`, `groups_created`, `issues`, `applied`, `journal_entry`. Phones are masked, names do
    /// not stand in it: `before`, `after`, `in_file` and `by_hand` of a name are `null`.
    pub fn to_json(&self, roster: &MappedRoster, applied: bool, journal_entry: Option<u64>) -> Value {
        let counts: Map<String, Value> =
            self.counts.named().into_iter().map(|(name, count)| (name.to_owned(), count.into())).collect();
        let changed = self.rows.iter().filter(|row| row.kind != PlanKind::Unchanged).map(row_json);
        let absent = self.absent.iter().map(absent_json);
        json!({
            "source": roster.source,
            "rows": roster.rows_seen,
            "plan": counts,
            "changes": changed.chain(absent).collect::<Vec<_>>(),
            "conflicts": self.conflicts.iter().map(conflict_json).collect::<Vec<_>>(),
            "adult_proposals": self.adult_proposals.iter().map(adult_proposal_json).collect::<Vec<_>>(),
            "assignments": self.assignments.iter().map(assignment_json).collect::<Vec<_>>(),
            "brake": self.brake.as_ref().map(brake_json),
            "skipped_columns": roster.skipped_columns,
            "groups_created": self.groups_created,
            "issues": self.issues.iter().map(issue_json).collect::<Vec<_>>(),
            "applied": applied,
            "journal_entry": journal_entry,
        })
    }
}

/// `null` for an empty text.
fn filled(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn row_json(row: &PlanRow) -> Value {
    let mut object = json!({
        "row": row.row,
        "kind": row.kind.code(),
        "person": row.person,
        "group": filled(&row.group),
        "fields": row.changes.iter().map(field_json).collect::<Vec<_>>(),
    });
    if matches!(row.kind, PlanKind::Ambiguous | PlanKind::Renamed) {
        object["candidates"] = json!(row.candidates);
    }
    if row.kind == PlanKind::Renamed {
        object["accepted"] = row.person.is_some().into();
    }
    object
}

fn absent_json(absent: &AbsentRow) -> Value {
    let kind = if absent.departs { "departed" } else { "absent" };
    let group = filled(&absent.group_label);
    json!({ "row": null, "kind": kind, "person": absent.person, "group": group, "fields": [] })
}

fn field_json(change: &FieldChange) -> Value {
    let is_name = matches!(change.code, "name" | "patronymic" | "adult" | "adult_name" | "child");
    let shown = |text: &str| (!is_name).then(|| text.to_owned());
    json!({ "field": change.code, "before": shown(&change.before), "after": shown(&change.after) })
}

fn conflict_json(conflict: &Conflict) -> Value {
    let shown = |text: &str| (conflict.field != ConflictField::Name).then(|| text.to_owned());
    json!({
        "row": conflict.row,
        "field": conflict.field.code(),
        "column": filled(&conflict.column),
        "in_file": shown(&conflict.in_file),
        "by_hand": shown(&conflict.by_hand),
        "taken": conflict.taken,
        "refused": conflict.refused,
    })
}

fn adult_proposal_json(proposal: &AdultProposal) -> Value {
    json!({ "rows": proposal.rows, "person": proposal.person, "joined": proposal.joined })
}

fn assignment_json(assignment: &PlannedAssignment) -> Value {
    let state = match assignment.state {
        AssignmentState::New => "new",
        AssignmentState::Known => "known",
        AssignmentState::Taken => "taken",
        AssignmentState::Replaces => "replaces",
        AssignmentState::Unknown => "unknown",
    };
    json!({ "row": assignment.row, "group": assignment.group, "state": state })
}

fn brake_json(brake: &Brake) -> Value {
    json!({
        "departing": brake.departing,
        "group": filled(&brake.group),
        "departing_there": brake.departing_there,
        "of": brake.of,
    })
}

fn issue_json(issue: &PlanIssue) -> Value {
    let severity = match issue.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    json!({
        "row": issue.row,
        "column": issue.column,
        "severity": severity,
        "code": issue.code,
        "message": issue.message,
    })
}
