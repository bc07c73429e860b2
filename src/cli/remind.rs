//! `remind`: what waits, told from the user's configuration without opening a file, for the system's scheduler.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::failure::{DONE, Outcome};
use super::given::Given;
use super::output::{print_json, print_line};
use crate::desktop::{Preferences, Reminder, notify};
use crate::wording::{counted, date_short, days_ago};

/// `remind [--json]`: a line for every file, and a notification where something waits.
pub(super) fn remind(given: &Given) -> Outcome {
    let today = given.clock()?.today();
    let reminders = Preferences::load().reminders;
    let waiting: Vec<String> =
        reminders.iter().filter(|reminder| is_waiting(reminder, today)).map(|it| line(it, today)).collect();
    let is_notified = !waiting.is_empty() && notify("Сферум: пора заглянуть", &waiting.join("\n"));
    if given.has("json") {
        let files: Vec<Value> = reminders.iter().map(|reminder| reminder_json(reminder, today)).collect();
        print_json(&json!({ "files": files, "notified": is_notified }))?;
    } else if reminders.is_empty() {
        print_line("Напоминать не о чем: в этой программе ещё не открывали файл организации.")?;
    } else {
        for reminder in &reminders {
            print_line(&line(reminder, today))?;
        }
    }
    Ok(DONE)
}

fn is_waiting(reminder: &Reminder, today: Date) -> bool {
    reminder.due_tasks > 0 || reminder.next_cleanup.is_some_and(|day| day <= today)
}

fn name_of(reminder: &Reminder) -> String {
    reminder.file.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}

/// «Школа 14: 5 дел на 9 окт 2026, разбор ссылок 12 окт 2026 (через 3 дня)».
fn line(reminder: &Reminder, today: Date) -> String {
    let tasks = match reminder.due_tasks {
        0 => "дел нет".to_owned(),
        count => counted(count.into(), "дело", "дела", "дел"),
    };
    let mut line = format!("{}: {tasks} на {}", name_of(reminder), date_short(reminder.as_of));
    if let Some(day) = reminder.next_cleanup {
        let days = today.until(day).map_or(0, |span| i64::from(span.get_days()));
        line.push_str(&match day <= today {
            true => format!(", разбор ссылок пора с {}", date_short(day)),
            false => format!(", разбор ссылок {} ({})", date_short(day), days_ago(-days)),
        });
    }
    line
}

fn reminder_json(reminder: &Reminder, today: Date) -> Value {
    json!({
        "file": name_of(reminder),
        "due_tasks": reminder.due_tasks,
        "as_of": reminder.as_of,
        "next_cleanup": reminder.next_cleanup,
        "waiting": is_waiting(reminder, today),
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_line_tells_what_waited_and_when_to_come_back() {
        let today = date(2026, 10, 9);
        let reminder = |due_tasks, next_cleanup| Reminder {
            file: "/дома/Школа 14.sferum".into(),
            next_cleanup,
            due_tasks,
            as_of: date(2026, 10, 8),
        };
        let cases = [
            (
                5,
                Some(date(2026, 10, 12)),
                "5 дел на 8 окт 2026, разбор ссылок 12 окт 2026 (через 3 дня)",
                true,
            ),
            (
                0,
                Some(date(2026, 10, 12)),
                "дел нет на 8 окт 2026, разбор ссылок 12 окт 2026 (через 3 дня)",
                false,
            ),
            (0, Some(today), "дел нет на 8 окт 2026, разбор ссылок пора с 9 окт 2026", true),
            (1, None, "1 дело на 8 окт 2026", true),
        ];
        for (tasks, cleanup, expected, waits) in cases {
            let reminder = reminder(tasks, cleanup);
            assert_eq!(line(&reminder, today), format!("Школа 14: {expected}"));
            assert_eq!(is_waiting(&reminder, today), waits, "{expected}");
        }
    }
}
