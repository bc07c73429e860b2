//! `observe`: what was seen of a group (duty 2.3-9).

use super::failure::{DONE, Failure, Outcome};
use super::given::Given;
use super::opening::{group, open};
use super::output::print_line;
use crate::register::{Observation, ObservationId, ObservationSource, Operation, Target};
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
