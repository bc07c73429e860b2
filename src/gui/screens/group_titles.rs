//! What the columns of groups and of who leads them are called in an organization.

use crate::register::OrganizationKind;

/// «Класс» and «Классный руководитель», as this kind of organization says it.
pub fn group_titles(kind: OrganizationKind) -> (&'static str, &'static str) {
    match kind {
        OrganizationKind::School => ("Класс", "Классный руководитель"),
        OrganizationKind::College => ("Группа", "Куратор"),
        OrganizationKind::Kindergarten => ("Группа", "Воспитатель"),
    }
}
