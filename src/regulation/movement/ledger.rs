//! The ledger of movement (duty 2.3-8): what happened in a period, by which order, and whether the cabinet knows.

use jiff::civil::Date;

use crate::names::{Role, fold};
use crate::register::{GroupId, Movement, MovementId, MovementKind, OrderReference, PersonId, Register};

/// What the ledger is narrowed to. Nothing set: everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerFilter {
    /// The first and the last day.
    pub from: Option<Date>,
    pub until: Option<Date>,
    pub kind: Option<MovementKind>,
    /// A part of the number of the order.
    pub order: String,
    /// Only what is not ticked as entered in the cabinet.
    pub only_open: bool,
}

impl LedgerFilter {
    fn passes(&self, movement: &Movement, order: &str) -> bool {
        self.from.is_none_or(|from| movement.on >= from)
            && self.until.is_none_or(|until| movement.on <= until)
            && self.kind.is_none_or(|kind| movement.kind == kind)
            && (order.is_empty() || fold(&movement.order.number).contains(order))
            && (!self.only_open || movement.in_cabinet_on.is_none())
    }
}

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerRow {
    pub movement: MovementId,
    pub on: Date,
    pub kind: MovementKind,
    pub person: PersonId,
    pub role: Role,
    pub from: Option<GroupId>,
    pub to: Option<GroupId>,
    pub order: OrderReference,
    pub in_cabinet_on: Option<Date>,
}

/// The lines that pass, the latest first.
pub fn movement_ledger(register: &Register, filter: &LedgerFilter) -> Vec<LedgerRow> {
    let order = fold(filter.order.trim().trim_start_matches('№'));
    let movements = register.tables().movements.values();
    let mut rows: Vec<LedgerRow> = movements
        .filter(|movement| filter.passes(movement, &order))
        .map(|movement| LedgerRow {
            movement: movement.id,
            on: movement.on,
            kind: movement.kind,
            person: movement.person,
            role: movement.role,
            from: movement.from,
            to: movement.to,
            order: movement.order.clone(),
            in_cabinet_on: movement.in_cabinet_on,
        })
        .collect();
    rows.sort_unstable_by_key(|row| std::cmp::Reverse((row.on, row.movement)));
    rows
}

/// How many movements of each kind a month had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthCounts {
    /// Its first day.
    pub month: Date,
    /// Kinds that occurred, in the order of [`MovementKind`].
    pub counts: Vec<(MovementKind, u32)>,
}

/// The months of these lines, the latest first.
pub fn movements_by_month(rows: &[LedgerRow]) -> Vec<MonthCounts> {
    let mut months: std::collections::BTreeMap<Date, std::collections::BTreeMap<MovementKind, u32>> =
        Default::default();
    for row in rows {
        *months.entry(row.on.first_of_month()).or_default().entry(row.kind).or_default() += 1;
    }
    let months = months.into_iter().rev();
    months.map(|(month, counts)| MonthCounts { month, counts: counts.into_iter().collect() }).collect()
}

/// The kind in words.
pub fn movement_kind_words(kind: MovementKind) -> &'static str {
    match kind {
        MovementKind::Enrolled => "зачисление",
        MovementKind::Transferred => "перевод",
        MovementKind::Left => "отчисление",
        MovementKind::Graduated => "выпуск",
        MovementKind::Hired => "приём на работу",
        MovementKind::Dismissed => "увольнение",
        MovementKind::Returned => "возвращение",
        MovementKind::Renamed => "смена имени",
    }
}
