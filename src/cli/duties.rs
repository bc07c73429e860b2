//! `duties`: how section 2 stands, what is left, what proves it and when to look again.

use serde_json::{Value, json};

use super::failure::{DONE, Outcome};
use super::given::Given;
use super::opening::{judged_day, open};
use super::output::{TextTable, print, print_json};
use crate::regulation::{DutyLine, DutyState, NextLookBecause, duty_page};
use crate::wording::date_short;

/// `duties FILE [--json]`.
pub(super) fn duties(given: &Given) -> Outcome {
    let session = open(given)?;
    let today = judged_day(&session);
    let lines = duty_page(session.register(), today);
    if given.has("json") {
        print_json(&Value::Array(lines.iter().map(line_json).collect()))?;
        return Ok(DONE);
    }
    for (title, ours) in [("Мои обязанности", true), ("Делают учителя: вижу, не отвечаю", false)]
    {
        let mut table = TextTable::new(&["Пункт", "Обязанность", "Состояние", "Сколько", "Вернуться"], &[3]);
        for line in lines.iter().filter(|line| line.status.duty.ours() == ours) {
            let status = &line.status;
            table.row([
                status.duty.clause(),
                status.duty.title().to_owned(),
                if line.time_to_look {
                    "пора по нашему графику"
                } else {
                    status.state.words()
                }
                .to_owned(),
                if status.count == 0 { String::new() } else { status.count.to_string() },
                line.next.map_or_else(String::new, |next| date_short(next.on)),
            ]);
        }
        print(&format!("{title}\n{}\n", table.render()))?;
    }
    Ok(DONE)
}

fn line_json(line: &DutyLine) -> Value {
    let status = &line.status;
    let state = match status.state {
        DutyState::Done => "done",
        DutyState::Attention => "attention",
        DutyState::Due => "due",
        DutyState::NotRequired => "not_required",
        DutyState::NotTracked => "not_tracked",
    };
    let because = line.next.map(|next| match next.because {
        NextLookBecause::Cleanup => "cleanup_schedule",
        NextLookBecause::Reconcile => "reconcile_schedule",
        NextLookBecause::Rhythm => "own_rhythm",
    });
    json!({
        "duty": status.duty.code(),
        "clause": status.duty.clause(),
        "title": status.duty.title(),
        "ours": status.duty.ours(),
        "state": state,
        "count": status.count,
        "left": line.left.iter().map(|left| left.words.as_str()).collect::<Vec<_>>(),
        "left_more": line.left_more,
        "proofs": line.proofs,
        "next_date": line.next.map(|next| next.on),
        "next_because": because,
        "time_to_look": line.time_to_look,
        "looked_on": line.rhythm.looked_on,
    })
}
