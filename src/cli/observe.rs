//! `observe`: what was seen of a group (duty 2.3-9); `duties`: how section 2 stands.

use serde_json::{Value, json};

use super::failure::{DONE, Failure, Outcome};
use super::given::Given;
use super::opening::{group, judged_day, open};
use super::output::{TextTable, print, print_json, print_line};
use crate::register::{Observation, ObservationId, ObservationSource, Operation, Target};
use crate::regulation::{DutyState, DutyStatus};
use crate::wording::{date_short, role_plural};

/// `observe FILE --group LABEL --role ROLE --joined N [--of M] --on DATE`.
pub(super) fn observe(given: &Given) -> Outcome {
    let role = given.required_role()?;
    let joined = given.number("joined")?.ok_or_else(|| Failure::usage("Нужен ключ --joined."))?;
    let of = given.number("of")?;
    let on = given.required_date("on", given.clock()?.today())?;
    let mut session = open(given)?;
    let group = group(given, session.register(), session.clock().today())?;
    let observation = Observation {
        id: ObservationId::default(),
        target: Target::Group(group.id),
        role,
        on,
        source: ObservationSource::Number,
        joined,
        of,
    };
    let done = session.execute(&Operation::Observe(vec![observation]))?;
    let of = of.map_or_else(String::new, |of| format!(" из {of}"));
    let entry = done.entry.map_or_else(String::new, |entry| format!(" Запись журнала № {entry}."));
    print_line(&format!(
        "{}, {}: на {} внутри {joined}{of}.{entry}",
        group.label,
        role_plural(role),
        date_short(on)
    ))?;
    Ok(DONE)
}

/// `duties FILE [--json]`.
pub(super) fn duties(given: &Given) -> Outcome {
    let session = open(given)?;
    let today = judged_day(&session);
    let duties = crate::regulation::duties(session.register(), today);
    if given.has("json") {
        print_json(&Value::Array(duties.iter().map(duty_json).collect()))?;
        return Ok(DONE);
    }
    for (title, ours) in [("Мои обязанности", true), ("Делают учителя: вижу, не отвечаю", false)]
    {
        let mut table = TextTable::new(&["Пункт", "Обязанность", "Состояние", "Сколько", "Вернуться"], &[3]);
        for status in duties.iter().filter(|status| status.duty.ours() == ours) {
            table.row([
                status.duty.clause(),
                status.duty.title().to_owned(),
                status.state.words().to_owned(),
                if status.count == 0 { String::new() } else { status.count.to_string() },
                status.next_date.map_or_else(String::new, date_short),
            ]);
        }
        print(&format!("{title}\n{}\n", table.render()))?;
    }
    Ok(DONE)
}

fn duty_json(status: &DutyStatus) -> Value {
    let state = match status.state {
        DutyState::Done => "done",
        DutyState::Attention => "attention",
        DutyState::Due => "due",
        DutyState::NotRequired => "not_required",
        DutyState::NotTracked => "not_tracked",
    };
    json!({
        "duty": status.duty.code(),
        "clause": status.duty.clause(),
        "title": status.duty.title(),
        "state": state,
        "count": status.count,
        "next_date": status.next_date,
    })
}
