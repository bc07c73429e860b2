//! The day of a file as text: what the page «Сегодня» shows, and the flagged links with their reasons.

use std::fmt::Write;

use super::links::flagged_lines;
use crate::regulation::{SummedCoverage, Task};
use crate::session::Snapshot;
use crate::wording::{counted, date_short, date_short_without_year, number, role_plural, weekday_and_day};

/// Today's tasks, coverage, what comes later, and the flagged links.
pub(super) fn overview(snapshot: &Snapshot) -> String {
    let mut text = String::new();
    let list = &snapshot.today_list;
    let _ = writeln!(text, "{}", snapshot.register.organization().name);
    let _ = writeln!(text, "{} {}", weekday_and_day(snapshot.today), snapshot.today.year());
    let _ = writeln!(text, "\nСделать сегодня");
    if list.tasks.is_empty() {
        let _ = writeln!(text, "  Дел нет.");
    }
    for (place, task) in list.tasks.iter().enumerate() {
        task_lines(&mut text, place + 1, task);
    }
    if !list.more.is_empty() {
        let more = counted(list.more.len() as u64, "дело", "дела", "дел");
        let _ = writeln!(text, "  И ещё {more}.");
    }
    let _ = writeln!(text, "\nКто внутри");
    for coverage in &list.coverage {
        let _ = writeln!(text, "  {}: {}", coverage_subject(coverage), coverage_words(coverage));
    }
    if !list.later.is_empty() {
        let _ = writeln!(text, "\nПозже на неделе");
        for later in &list.later {
            let _ = writeln!(text, "  {}: {}", date_short_without_year(later.on), later.title);
        }
    }
    let flagged = counted(snapshot.invites.flagged_count() as u64, "ссылка", "ссылки", "ссылок");
    let _ = writeln!(text, "\nПора проверить: {flagged}\n");
    for row in snapshot.invites.rows().filter(|row| !row.flags.is_empty()) {
        text.push_str(&flagged_lines(snapshot, row, false));
    }
    text
}

fn task_lines(text: &mut String, place: usize, task: &Task) {
    let _ = writeln!(text, "  {place}. {}", task.title);
    let _ = writeln!(text, "     {} ({})", task.reason, task.duty_line());
}

fn coverage_subject(coverage: &SummedCoverage) -> String {
    match coverage.role {
        crate::names::Role::Parent => "дети, у которых внутри взрослый".into(),
        role => role_plural(role).into(),
    }
}

fn coverage_words(coverage: &SummedCoverage) -> String {
    let Some(inside) = coverage.total.inside else { return "нет сведений".into() };
    let mut words = format!("{} из {}", number(inside.into()), number(coverage.total.expected.into()));
    if let Some(oldest) = coverage.oldest {
        let _ = write!(words, ", самые старые сведения от {}", date_short(oldest));
    }
    if coverage.groups_unknown > 0 {
        let unknown = counted(coverage.groups_unknown.into(), "группе", "группам", "группам");
        let _ = write!(words, ", по {unknown} нет сведений");
    }
    words
}
