//! Counts of movements per month in words.

use crate::regulation::{MonthCounts, movement_kind_words};

const MONTHS: [&str; 12] = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
];

/// «октябрь 2026: зачисление 2, перевод 1».
pub(super) fn month_line(counts: &MonthCounts) -> String {
    let place = usize::try_from(counts.month.month() - 1).unwrap_or(0);
    let kinds: Vec<String> =
        counts.counts.iter().map(|(kind, count)| format!("{} {count}", movement_kind_words(*kind))).collect();
    format!("{} {}: {}", MONTHS[place % MONTHS.len()], counts.month.year(), kinds.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::MovementKind;

    #[test]
    fn a_month_in_one_line() {
        let counts = vec![(MovementKind::Enrolled, 2), (MovementKind::Left, 1)];
        let counts = MonthCounts { month: jiff::civil::date(2026, 10, 1), counts };
        assert_eq!(month_line(&counts), "октябрь 2026: зачисление 2, отчисление 1");
    }
}
