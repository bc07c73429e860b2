//! Two lines of the day that movement gives rise to: leavers who may still be inside, contracts that end.

use jiff::civil::Date;

use super::tasks::task;
use super::{Task, TaskKind, Urgency};
use crate::register::Register;
use crate::regulation::duty::Duty;
use crate::regulation::movement::{Leaver, ending_contracts, leavers};
use crate::wording::{counted, date_short_without_year, list_of, plural};

/// Leavers whom a member list showed, and those nobody looked for; who has open steps already stands among the steps.
pub(super) fn leavers_task(register: &Register, today: Date) -> Option<Task> {
    let found = leavers(register, today);
    let shown: Vec<&Leaver> =
        found.iter().filter(|leaver| leaver.is_seen() || leaver.tasks.is_empty()).collect();
    let mut subjects: Vec<_> = shown.iter().map(|leaver| leaver.person.into()).collect();
    subjects.sort_unstable();
    subjects.dedup();
    let seen = shown.iter().filter(|leaver| leaver.is_seen()).count() as u64;
    task(TaskKind::Leavers, Duty::Movement, Urgency::Routine, subjects, |n| {
        let title = format!("Проверить {}", counted(n, "выбывшего", "выбывших", "выбывших"));
        let reason = match seen {
            0 => "После выбытия списки участников не сверяли: могли остаться в чатах".to_owned(),
            seen => format!(
                "{} в списках участников и после выбытия",
                counted(seen, "человека видели", "человек видели", "человек видели")
            ),
        };
        (title, reason, "Показать".to_owned())
    })
}

/// Contracts within the days of reminder. A reminder only: nothing ends by itself.
pub(super) fn contracts_task(register: &Register, today: Date) -> Option<Task> {
    let ending = ending_contracts(register, today);
    let subjects = ending.iter().map(|contract| contract.person.into()).collect();
    task(TaskKind::ContractEnds, Duty::Movement, Urgency::Routine, subjects, |n| {
        let title =
            format!("Уточнить {}", counted(n, "срок договора", "срока договоров", "сроков договоров"));
        let lines = ending.iter().filter_map(|contract| {
            let name = register.person(contract.person)?.name.short();
            let verb = if contract.until < today { "закончился" } else { "до" };
            Some(format!("{name}, {verb} {}", date_short_without_year(contract.until)))
        });
        let lines: Vec<String> = lines.collect();
        let word = plural(n, "Договор", "Договоры", "Договоры");
        (title, format!("{word}: {}", list_of(&lines, 2)), "Открыть".to_owned())
    })
}
