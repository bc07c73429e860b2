//! A made-up school and college: the register as operations relative to a given day, and rosters as schools have
//! them, from the same made-up people. Deterministic and pure: no file, no clock; the same day gives the same bytes.
//!
//! Nothing here is derived from a real school, person, phone or link. Names are put together by chance
//! (`invented_names`), phones stand in a code no operator is known to use, link tokens are noise.

mod addresses;
mod builder;
mod chance;
mod groups;
mod invented_names;
mod links;
mod named_people;
mod people;
mod queue;
mod rosters;
mod story;
#[cfg(test)]
mod tests;
mod workbooks;

use jiff::civil::Date;

use crate::register::{
    LocalAct, Operation, OrderReference, Organization, OrganizationKind, Refusal, Register,
    ResponsiblePerson, SchoolYear,
};
use builder::Builder;

/// Which sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SampleKind {
    /// «Школа № 14»: 27 classes in two buildings.
    School,
    /// «Колледж „Заречный“»: 18 groups in three departments.
    College,
}

/// One step: makes its operation for the register as it stands after the steps before.
pub type Step = Box<dyn Fn(&Register) -> Operation + Send>;

/// The card to found the sample's file with; dates of papers that do not depend on the day.
pub fn organization(kind: SampleKind) -> Organization {
    let order = |number: &str, year, month, day| OrderReference {
        number: number.to_owned(),
        date: Date::new(year, month, day).ok(),
    };
    let responsible = |name: &str, order: OrderReference| ResponsiblePerson { name: name.to_owned(), order };
    match kind {
        SampleKind::School => Organization {
            name: "Школа № 14".into(),
            kind: OrganizationKind::School,
            address: "ул. Садовая, д. 3".into(),
            head: "Зорина Алла Геннадьевна".into(),
            administrator: responsible("Журавский Олег Денисович", order("171", 2025, 8, 25)),
            deputies: vec![responsible("Ветрова Ирина Павловна", order("172", 2025, 8, 25))],
            local_act: LocalAct {
                reference: order("168", 2025, 8, 22),
                page: "https://school14.example/sferum".into(),
            },
            own_clauses: [("2.3-4", "3.2"), ("2.3-9", "3.7")]
                .map(|(duty, own)| (duty.into(), own.into()))
                .into(),
            ..Organization::default()
        },
        SampleKind::College => Organization {
            name: "Колледж «Заречный»".into(),
            kind: OrganizationKind::College,
            address: "ул. Заречная, д. 8".into(),
            head: "Полевой Виктор Андреевич".into(),
            administrator: responsible("Рощина Ксения Олеговна", order("94-о", 2025, 8, 27)),
            deputies: vec![responsible("Тишина Елена Борисовна", order("94-о", 2025, 8, 27))],
            local_act: LocalAct {
                reference: order("90-о", 2025, 8, 20),
                page: "https://college.example/sferum".into(),
            },
            ..Organization::default()
        },
    }
}

/// What the sample does after founding, in order, each to be executed on `today`. Every step is accepted on a
/// file founded with [`organization`] and nothing else in it; a step is refused where the file holds more.
pub fn steps(kind: SampleKind, today: Date) -> Vec<Step> {
    let mut builder = Builder::new(kind, today);
    // A refused operation ends the story and stands last: whoever executes it hears why.
    let _ = story::tell(&mut builder);
    builder.operations.into_iter().map(step).collect()
}

/// The sample as a register without a file, for tests and pictures.
///
/// # Errors
/// A refusal, which would be a defect of the sample.
pub fn register(kind: SampleKind, today: Date) -> Result<Register, Refusal> {
    let mut builder = Builder::new(kind, today);
    story::tell(&mut builder)?;
    Ok(builder.register)
}

/// Rosters and a pasted member list, «as schools have them», a little later than the register of `today`: file
/// name and bytes. The names of the two kinds never collide.
pub fn roster_files(kind: SampleKind, today: Date) -> Vec<(String, Vec<u8>)> {
    rosters::files(kind, SchoolYear::of(today))
}

/// A sheet of a made-up workbook, to be written by a room that can.
pub struct SampleSheet {
    /// Name of the sheet.
    pub name: String,
    /// Cells of text, row by row.
    pub rows: Vec<Vec<String>>,
    /// Row of the header, from 0; the rows above are titles.
    pub header: usize,
    /// Merged cells: first row, first column, last row, last column, from 0.
    pub merged: Vec<[usize; 4]>,
}

/// Rosters that are workbooks: file name and sheets.
pub fn roster_workbooks(kind: SampleKind, today: Date) -> Vec<(String, Vec<SampleSheet>)> {
    workbooks::workbooks(kind, SchoolYear::of(today))
}

/// An import is planned at the revision it meets; all else is as the story told it.
fn step(operation: Operation) -> Step {
    match operation {
        Operation::ApplyImport(import) => Box::new(move |register| {
            Operation::ApplyImport(crate::register::ImportOperation {
                planned_at: register.revision,
                ..import.clone()
            })
        }),
        operation => Box::new(move |_| operation.clone()),
    }
}
