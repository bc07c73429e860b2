//! The cells of a header of one or two rows → the meaning of each column, neighbours and duplicates considered.

use super::aliases::{Field, field_of_header, fold_header, names_a_child};
use super::delimited::{Sheet, SheetRow};
use super::header::{ColumnOverride, MappedColumn};
use super::parent_headers::{ParentHeader, ParentNumbers, ParentPart, parent_header, parent_number};
use super::sensitive::sensitive_kind;

/// The row or the two rows that make the header.
#[derive(Clone, Copy)]
pub(super) struct HeaderRows<'s> {
    /// The upper row, whose merged cells stand over several columns («Мать» over «ФИО | Телефон»).
    pub upper: Option<SheetRow<'s>>,
    /// The row right above the data.
    pub lower: SheetRow<'s>,
}

impl<'s> HeaderRows<'s> {
    /// The header whose likeliest row is `row`: with the row below where that refines it, else with the row above where
    /// that groups it.
    pub fn around(sheet: &'s Sheet, row: SheetRow<'s>) -> Self {
        let next = sheet.rows().find(|other| other.number() > row.number());
        if let Some(next) = next.filter(|next| next.number() == row.number() + 1 && refines(*next, row)) {
            return Self { upper: Some(row), lower: next };
        }
        let above = sheet.rows().take_while(|other| other.number() < row.number()).last();
        let upper = above.filter(|above| above.number() + 1 == row.number() && groups(*above));
        Self { upper, lower: row }
    }

    /// Columns up to the last one that has a header.
    pub fn filled_width(self) -> usize {
        self.lower.filled_width().max(self.upper.map_or(0, SheetRow::filled_width))
    }
}

fn is_filled(cell: &str) -> bool {
    !cell.trim().is_empty()
}

/// Whether `lower` is the second row of the header `upper`: known headers, some of them below a merged cell.
fn refines(lower: SheetRow<'_>, upper: SheetRow<'_>) -> bool {
    let filled: Vec<usize> = (0..lower.cell_count()).filter(|index| is_filled(lower.cell(*index))).collect();
    let known = filled.iter().filter(|index| field_of_header(lower.cell(**index)) != Field::Unknown).count();
    let below_a_group = filled.iter().any(|index| {
        let above = upper.cell(*index);
        if is_filled(above) { is_group_header(above) } else { spanning(upper, *index).is_some() }
    });
    // «Серия» and «Номер» below «Паспорт» are no known headers, but there is nothing else in such a row.
    let is_of_document = |index: &usize| {
        let cell = lower.cell(*index);
        field_of_header(cell) != Field::Unknown
            || (!cell.bytes().any(|byte| byte.is_ascii_digit())
                && spanning(upper, index + 1)
                    .is_some_and(|above| sensitive_kind(&fold_header(above)).is_some()))
    };
    let all_known = !filled.is_empty() && filled.iter().all(is_of_document);
    below_a_group && (all_known || (known >= 2 && known * 2 >= filled.len()))
}

/// Whether the row above a header is one of merged cells over it rather than a title.
fn groups(above: SheetRow<'_>) -> bool {
    let filled: Vec<usize> = (0..above.cell_count()).filter(|index| is_filled(above.cell(*index))).collect();
    filled.iter().any(|index| is_group_header(above.cell(*index)) && (filled.len() >= 2 || *index > 0))
}

fn is_group_header(cell: &str) -> bool {
    parent_header(cell).is_some() || names_a_child(cell) || sensitive_kind(&fold_header(cell)).is_some()
}

/// The cell that, merged, reaches this empty one: the last filled one to the left.
fn spanning<'s>(row: SheetRow<'s>, index: usize) -> Option<&'s str> {
    (0..index).rev().map(|column| row.cell(column)).find(|cell| is_filled(cell))
}

/// The columns of a header.
pub(super) struct MappedHeader {
    /// From left to right.
    pub columns: Vec<MappedColumn>,
    /// Whether the rows are parents, each with a child beside, rather than pupils with their parents.
    pub lists_parents: bool,
}

/// Maps the columns of a header. `least_width` makes columns beyond the last header; `parents_titled`: a title says
/// that the file lists parents.
pub(super) fn map_columns(rows: HeaderRows<'_>, least_width: usize, parents_titled: bool) -> MappedHeader {
    let width = rows.filled_width().max(least_width);
    let mut columns: Vec<MappedColumn> = Vec::with_capacity(width);
    let mut parents = ParentNumbers::default();
    for index in 0..width {
        let cell = HeaderCell::at(rows, index);
        let left = columns.last().map(|column| column.field);
        let field = match (cell.field, cell.parent) {
            (_, Some(parent)) => parents.field_of(parent, left),
            (Field::Phone, None) => parents.phone_beside(left).unwrap_or(Field::Phone),
            (field, None) => field,
        };
        let field = if is_taken(&columns, field) { Field::Unknown } else { field };
        columns.push(MappedColumn { index, header: cell.shown, field });
    }
    prefer_class_over_unit(&mut columns);
    let lists_parents = settle_children(&mut columns, parents_titled);
    MappedHeader { columns, lists_parents }
}

struct HeaderCell {
    shown: String,
    field: Field,
    parent: Option<ParentHeader>,
}

impl HeaderCell {
    fn at(rows: HeaderRows<'_>, index: usize) -> Self {
        let lower = rows.lower.cell(index);
        let own_upper = rows.upper.map(|upper| upper.cell(index)).filter(|cell| is_filled(cell));
        let upper = own_upper.or_else(|| rows.upper.and_then(|upper| spanning(upper, index)));
        match (upper, is_filled(lower)) {
            // A merged cell of two rows: only its upper half is filled.
            (_, false) => Self::of(own_upper.unwrap_or_default(), index),
            (Some(upper), true) if parent_header(upper).is_some() => Self::of_parent(upper, lower, index),
            (Some(upper), true) if sensitive_kind(&fold_header(upper)).is_some() => {
                Self::of(&format!("{}: {}", upper.trim(), lower.trim()), index)
            }
            (Some(upper), true) if field_of_header(lower) == Field::Unknown && own_upper.is_some() => Self {
                shown: shown_header(&format!("{}: {lower}", upper.trim()), index),
                ..Self::of(upper, index)
            },
            (_, true) => Self::of(lower, index),
        }
    }

    fn of(text: &str, index: usize) -> Self {
        let field = field_of_header(text);
        let parent = field.is_of_parent().then(|| parent_header(text)).flatten();
        Self { shown: shown_header(text, index), field, parent }
    }

    /// «Мать» over «ФИО»: a column of the mother, or one that nobody here needs.
    fn of_parent(upper: &str, lower: &str, index: usize) -> Self {
        let joined = format!("{}: {}", upper.trim(), lower.trim());
        let of_joined = Self::of(&joined, index);
        if matches!(of_joined.field, Field::Sensitive(_)) {
            return of_joined;
        }
        let parent = parent_header(&joined).or_else(|| {
            let whose = parent_header(upper)?;
            let part = match field_of_header(lower) {
                Field::FullName => ParentPart::Name,
                Field::Surname => ParentPart::Surname,
                Field::Given => ParentPart::Given,
                Field::Patronymic => ParentPart::Patronymic,
                Field::Phone => ParentPart::Phone,
                _ => return None,
            };
            Some(ParentHeader { part, ..whose })
        });
        Self { field: Field::Unknown, parent, ..of_joined }
    }
}

/// Collapses blanks so that the header can stand in a sentence.
pub(super) fn shown_header(cell: &str, index: usize) -> String {
    let shown = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    if shown.is_empty() { format!("столбец {}", index + 1) } else { shown }
}

fn is_taken(columns: &[MappedColumn], field: Field) -> bool {
    let may_repeat = matches!(field, Field::Unknown | Field::Sensitive(_) | Field::Number);
    !may_repeat && columns.iter().any(|column| column.field == field)
}

/// Where «Подразделение» and «Класс» both stand, the class is the group and the unit is not.
fn prefer_class_over_unit(columns: &mut [MappedColumn]) {
    let is_unit = |column: &MappedColumn| fold_header(&column.header) == "подразделение";
    let Some(unit) = columns.iter().position(|column| column.field == Field::Group && is_unit(column)) else {
        return;
    };
    let class =
        columns.iter().position(|column| !is_unit(column) && field_of_header(&column.header) == Field::Group);
    let split_class = columns.iter().any(|column| column.field == Field::Parallel);
    if let Some(class) = class {
        columns[class].field = Field::Group;
        columns[unit].field = Field::Unknown;
    } else if split_class {
        columns[unit].field = Field::Unknown;
    }
}

/// Tells lists of parents («ФИО родителя; Телефон; Ребёнок») from lists of pupils with their parents, and turns their
/// columns: the parent becomes the person of the row, the pupil [`Field::Child`]. Whether it is a list of parents.
fn settle_children(columns: &mut [MappedColumn], parents_titled: bool) -> bool {
    let position = |wanted: &dyn Fn(&MappedColumn) -> bool| columns.iter().position(wanted);
    let child = position(&|column| {
        names_a_child(&column.header) && matches!(column.field, Field::FullName | Field::Unknown)
    });
    let adult = position(&|column| {
        field_of_header(&column.header) == Field::FullName && !names_a_child(&column.header)
    });
    let split_adult = columns.iter().any(|column| column.field == Field::Surname)
        && columns.iter().any(|column| column.field == Field::Given);
    let parents: Vec<(usize, u8)> = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| matches!(column.field, Field::ParentName(_) | Field::ParentSurname(_)))
        .filter_map(|(index, column)| Some((index, parent_number(column.field)?)))
        .collect();
    match (child, adult, parents.as_slice()) {
        (Some(child), Some(adult), []) => {
            columns[adult].field = Field::FullName;
            columns[child].field = Field::Child;
            true
        }
        // «Ученик» beside a split name is the same pupil once more; «Ребёнок» is somebody's child.
        (Some(child), None, []) if split_adult && fold_header(&columns[child].header).contains("ребен") =>
        {
            columns[child].field = Field::Child;
            true
        }
        (Some(child), None, [(parent, number)]) if !split_adult => {
            let is_generic = parent_header(&columns[*parent].header).is_some_and(|it| it.basis().is_empty());
            let lists_parents = parents_titled || (*parent < child && is_generic);
            if lists_parents {
                columns[child].field = Field::Child;
                make_people(columns, *number);
            }
            lists_parents
        }
        (None, None, [(_, number)]) if !split_adult => {
            make_people(columns, *number);
            true
        }
        _ => false,
    }
}

/// The columns of this parent become those of the people of the file.
fn make_people(columns: &mut [MappedColumn], parent: u8) {
    let phone_is_taken = columns.iter().any(|column| column.field == Field::Phone);
    for column in columns.iter_mut().filter(|column| parent_number(column.field) == Some(parent)) {
        column.field = match column.field {
            Field::ParentName(_) => Field::FullName,
            Field::ParentSurname(_) => Field::Surname,
            Field::ParentGiven(_) => Field::Given,
            Field::ParentPatronymic(_) => Field::Patronymic,
            Field::ParentPhone(_) if !phone_is_taken => Field::Phone,
            _ => Field::Unknown,
        };
    }
}

/// The user's word on columns, last.
pub(super) fn apply_overrides(columns: &mut [MappedColumn], overrides: &[ColumnOverride]) {
    for choice in overrides {
        if is_taken(columns, choice.field) {
            for column in columns.iter_mut().filter(|column| column.field == choice.field) {
                column.field = Field::Unknown;
            }
        }
        if let Some(column) = columns.iter_mut().find(|column| column.index == choice.index) {
            column.field = choice.field;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::delimited::read_sheet;
    use super::super::header::{Header, find_header};
    use super::*;
    use crate::names::Role;

    fn header(text: &str) -> Header {
        find_header(&read_sheet(text, None).expect("reads"), None, &[]).expect(text)
    }

    fn fields(header: &Header) -> Vec<Field> {
        header.columns.columns.iter().map(|column| column.field).collect()
    }

    #[test]
    fn headers_of_two_rows() {
        use Field::*;
        let groups_above =
            header("Ученик;;;Мать;;Отец;\nФамилия;Имя;Класс;ФИО;Телефон;ФИО;Телефон\nКим;Ян;5А;;;;\n");
        let expected = [Surname, Given, Group, ParentName(1), ParentPhone(1), ParentName(2), ParentPhone(2)];
        assert_eq!(fields(&groups_above), expected);
        assert_eq!((groups_above.row, groups_above.data_after), (2, 2));
        assert_eq!(groups_above.columns.columns[3].header, "Мать: ФИО");

        let refined_below =
            header("Список 5А;;;;;\n№;ФИО;Класс;Родители;;\n;;;ФИО;Телефон;Место работы\n1;Ким Ян;5А;;;\n");
        assert_eq!(fields(&refined_below), [Number, FullName, Group, ParentName(1), ParentPhone(1), Unknown]);
        assert_eq!((refined_below.row, refined_below.title.group_label.as_deref()), (3, Some("5А")));

        let both_named =
            header("ФИО;Класс;Родители;;;\n;;ФИО матери;Телефон;ФИО отца;Телефон\nКим Ян;5А;;;;\n");
        let expected = [FullName, Group, ParentName(1), ParentPhone(1), ParentName(2), ParentPhone(2)];
        assert_eq!(fields(&both_named), expected);

        let one_row = header("ФИО;Класс;Родители\nКим Ян;5А;нет\nЛи Яна;5А;\n");
        assert_eq!((one_row.row, fields(&one_row)), (1, vec![FullName, Group, ParentName(1)]));

        let document = header("ФИО;Класс;Паспорт;\n;;Серия;Номер\nКим Ян;5А;4508;123456\n");
        assert_eq!(document.columns.sensitive_indices(), [2, 3]);
    }

    #[test]
    fn parents_keep_their_columns() {
        use Field::*;
        let cases: [(&str, &[Field]); 5] = [
            (
                "ФИО;Класс;Мать;Отец;Законный представитель;Телефон законного представителя",
                &[ParentName(1), ParentName(2), ParentName(3), ParentPhone(3)],
            ),
            (
                "ФИО;Класс;Родитель;Телефон родителя;Родитель;Телефон родителя",
                &[ParentName(1), ParentPhone(1), ParentName(2), ParentPhone(2)],
            ),
            (
                "ФИО;Класс;Фамилия матери;Имя матери;Отчество матери;Телефон",
                &[ParentSurname(1), ParentGiven(1), ParentPatronymic(1), ParentPhone(1)],
            ),
            (
                "ФИО;Класс;Родитель 1;Родитель 1 телефон;Родитель 2;Родитель 2 телефон",
                &[ParentName(1), ParentPhone(1), ParentName(2), ParentPhone(2)],
            ),
            (
                "ФИО;Класс;Родитель (законный представитель);Телефон законного представителя",
                &[ParentName(1), ParentPhone(1)],
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(&fields(&header(&format!("{text}\nКим Ян;5А\n")))[2..], expected, "{text}");
        }
    }

    #[test]
    fn lists_of_parents_and_lists_with_parents() {
        use Field::{Child, FullName, Given, Group, ParentName, Patronymic, Phone, Surname};
        let cases: [(&str, &[Field], Option<Role>); 7] = [
            ("ФИО родителя;Телефон;ФИО ребёнка;Класс", &[FullName, Phone, Child, Group], Some(Role::Parent)),
            (
                "ФИО родителя;Телефон родителя;Ученик;Класс",
                &[FullName, Phone, Child, Group],
                Some(Role::Parent),
            ),
            ("ФИО;Телефон;Ребёнок", &[FullName, Phone, Child], Some(Role::Parent)),
            ("Ребёнок;ФИО;Телефон", &[Child, FullName, Phone], Some(Role::Parent)),
            ("Фамилия;Имя;Отчество;Ребёнок", &[Surname, Given, Patronymic, Child], Some(Role::Parent)),
            ("ФИО ученика;Класс;ФИО родителя", &[FullName, Group, ParentName(1)], Some(Role::Student)),
            ("ФИО родителя;Телефон", &[FullName, Phone], Some(Role::Parent)),
        ];
        for (text, expected, role) in cases {
            let found = header(&format!("{text}\nКим Ян;;\n"));
            assert_eq!(fields(&found), expected, "{text}");
            assert_eq!(found.role_hint, role, "{text}");
        }
        let titled = header("Список родителей;;\nФИО ученика;Класс;ФИО родителя\nКим Ян;5А;Ким Ия\n");
        assert_eq!(fields(&titled), [Child, Group, FullName]);
    }
}
