//! The object that `import --json` prints.

use serde_json::{Value, json};

use super::{FieldChange, ImportPlan, PlanIssue, PlanKind, PlanRow};
use crate::roster::mapped::MappedRoster;
use crate::roster::problem::Severity;

impl ImportPlan {
    /// The plan as one JSON object: `source`, `rows`, `plan`, `changes`, `skipped_columns`, `groups_created`,
    /// `issues`, `applied`, `journal_entry`. Phones are masked, names do not stand in it.
    pub fn to_json(&self, roster: &MappedRoster, applied: bool, journal_entry: Option<u64>) -> Value {
        let counts = &self.counts;
        let changed = self.rows.iter().filter(|row| row.kind != PlanKind::Unchanged).map(row_json);
        let absent = self.absent.iter().map(|absent| {
            let group = (!absent.group_label.is_empty()).then_some(&absent.group_label);
            json!({ "row": null, "kind": "absent", "person": absent.person, "group": group, "fields": [] })
        });
        json!({
            "source": roster.source,
            "rows": roster.rows_seen,
            "plan": {
                "added": counts.added,
                "updated": counts.updated,
                "moved": counts.moved,
                "unchanged": counts.unchanged,
                "absent": counts.absent,
                "ambiguous": counts.ambiguous,
                "skipped": counts.skipped,
            },
            "changes": changed.chain(absent).collect::<Vec<_>>(),
            "skipped_columns": roster.skipped_columns,
            "groups_created": self.groups_created,
            "issues": self.issues.iter().map(issue_json).collect::<Vec<_>>(),
            "applied": applied,
            "journal_entry": journal_entry,
        })
    }
}

fn row_json(row: &PlanRow) -> Value {
    let group = (!row.group.is_empty()).then_some(&row.group);
    let mut object = json!({
        "row": row.row,
        "kind": row.kind.code(),
        "person": row.person,
        "group": group,
        "fields": row.changes.iter().map(field_json).collect::<Vec<_>>(),
    });
    if row.kind == PlanKind::Ambiguous {
        object["candidates"] = json!(row.candidates);
    }
    object
}

fn field_json(change: &FieldChange) -> Value {
    json!({ "field": change.code, "before": change.before, "after": change.after })
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
