//! The columns of the table of people, and which of them are shown.

use super::{PeopleState, SortBy};
use crate::gui::ScreenContext;
use crate::gui::screens::table_layouts::{self, Hideable};
use crate::gui::widgets::table::{Column, Width};
use crate::names::Role;

/// The name under which the table is remembered.
pub const NAME: &str = "people";

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    Mark,
    Name,
    Roles,
    Groups,
    Phone,
    BirthDate,
    Family,
    Participation,
    Verification,
}

impl Shows {
    /// What a click on its title sorts by.
    pub fn sort(self) -> Option<SortBy> {
        match self {
            Shows::Name => Some(SortBy::Name),
            Shows::Roles => Some(SortBy::Roles),
            Shows::Groups => Some(SortBy::Groups),
            _ => None,
        }
    }
}

/// What may be hidden. Marks and names always stand there.
pub const HIDEABLE: [(Shows, Hideable); 7] = [
    (Shows::Roles, Hideable { code: "roles", title: "Роли", shown: true }),
    (Shows::Groups, Hideable { code: "groups", title: "Классы", shown: true }),
    (Shows::Phone, Hideable { code: "phone", title: "Телефон", shown: true }),
    (Shows::BirthDate, Hideable { code: "birth_date", title: "Дата рождения", shown: false }),
    (Shows::Family, Hideable { code: "family", title: "Семья", shown: false }),
    (Shows::Participation, Hideable { code: "participation", title: "Участие", shown: true }),
    (Shows::Verification, Hideable { code: "verification", title: "Подтверждение", shown: false }),
];

/// Whether a column is shown: as the applied filter says, else as the user left it. The confirmation of a status is
/// shown by itself while staff is listed.
pub fn is_shown(context: &ScreenContext<'_>, state: &PeopleState, shows: Shows) -> bool {
    let Some((_, column)) = HIDEABLE.iter().find(|(known, _)| *known == shows) else { return true };
    match &state.columns {
        Some(codes) => codes.iter().any(|code| code == column.code),
        None => {
            let of_staff = shows == Shows::Verification && state.filter.role.is_some_and(Role::is_staff);
            of_staff || table_layouts::is_shown(context, NAME, column)
        }
    }
}

/// The columns as they are shown now; beside the card they are narrower.
pub fn columns(
    context: &ScreenContext<'_>,
    state: &PeopleState,
    beside_card: bool,
) -> Vec<(Shows, Column<'static>)> {
    let width = |wide: f32, tight: f32| Width::Exact(if beside_card { tight } else { wide });
    let mut all = vec![
        (Shows::Mark, Column::marks()),
        (Shows::Name, Column::left("ФИО", Width::Remainder(230.0))),
        (Shows::Roles, Column::left("Роли", width(150.0, 104.0))),
        (Shows::Groups, Column::left("Классы", width(210.0, 84.0))),
        (Shows::Phone, Column::left("Телефон", Width::Exact(150.0)).unsortable()),
        (Shows::BirthDate, Column::right("Дата рождения", Width::Exact(124.0)).unsortable()),
        (Shows::Family, Column::left("Семья", width(220.0, 150.0)).unsortable()),
        (Shows::Participation, Column::left("Участие", width(170.0, 156.0)).unsortable()),
        (Shows::Verification, Column::left("Подтверждение", Width::Exact(160.0)).unsortable()),
    ];
    let by_itself = !beside_card || state.columns.is_some();
    all.retain(|(shows, _)| {
        is_shown(context, state, *shows)
            && (*shows != Shows::Verification || by_itself || is_chosen(context, *shows))
    });
    all
}

fn is_chosen(context: &ScreenContext<'_>, shows: Shows) -> bool {
    HIDEABLE.iter().any(|(known, column)| *known == shows && table_layouts::is_shown(context, NAME, column))
}

/// Codes of the columns that are shown now, for a filter that is saved.
pub fn shown_codes(context: &ScreenContext<'_>, state: &PeopleState) -> Vec<String> {
    let shown = HIDEABLE.iter().filter(|(shows, _)| is_shown(context, state, *shows));
    shown.map(|(_, column)| column.code.to_owned()).collect()
}
