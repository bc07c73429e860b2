//! A filled «Лист класса» read back: whose sheet it is, of which day, and what is ticked in each row. Pure: nothing is
//! guessed, and what is ticked means something only in [`super::plan_class_sheet`].

use jiff::civil::Date;

use super::class_sheet::{
    CLASS_SHEET_DAY, CLASS_SHEET_HEADERS, CLASS_SHEET_TICKS, CLASS_SHEET_TITLE, GROUP_SHEET_TITLE, titles,
};
use crate::names::{clean, fold, parse_date};
use crate::register::{Group, GroupId, GroupKind, Register};
use crate::regulation::current_year;

/// What says no in a cell, in lower case.
const REFUSALS: [&str; 7] = ["-", "—", "–", "−", "нет", "ложь", "не"];
/// So many adults of one child may be counted in a cell.
const MOST_ADULTS: u32 = 9;

/// Why a file is not taken as a class sheet at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClassSheetRefusal {
    /// No title, or no header of ours.
    #[error("this is no class sheet of this program")]
    NotAClassSheet,
    /// It names another organization.
    #[error("the sheet belongs to another organization")]
    OtherOrganization,
    /// It names a group that is not in the current year.
    #[error("the register has no such group in this year")]
    NoSuchGroup,
    /// It names another school year or another unit.
    #[error("the sheet belongs to another school year or unit")]
    OtherYear,
    /// The workbook holds more than one class sheet.
    #[error("the workbook holds several class sheets")]
    SeveralSheets,
}

/// What a cell says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// Nothing.
    #[default]
    Silent,
    Yes,
    No,
    /// Something that is neither.
    Unclear,
}

/// The columns that are ticked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetColumn {
    Name,
    Student,
    Adult,
    NotTakingPart,
}

impl SheetColumn {
    /// Its header in the sheet.
    pub fn header(self) -> &'static str {
        CLASS_SHEET_HEADERS[match self {
            SheetColumn::Name => 1,
            SheetColumn::Student => 2,
            SheetColumn::Adult => 3,
            SheetColumn::NotTakingPart => 4,
        }]
    }
}

/// One row of the list. No `Debug`: it holds a name.
#[derive(Clone, PartialEq, Eq)]
pub struct FilledRow {
    /// Row number as the spreadsheet counts.
    pub row: u32,
    /// The name as written.
    pub name: String,
    pub student: Mark,
    pub adult: Mark,
    pub not_taking_part: Mark,
}

impl FilledRow {
    /// What stands in a column of ticks.
    pub fn mark(&self, column: SheetColumn) -> Mark {
        match column {
            SheetColumn::Name => Mark::Silent,
            SheetColumn::Student => self.student,
            SheetColumn::Adult => self.adult,
            SheetColumn::NotTakingPart => self.not_taking_part,
        }
    }
}

/// A sheet of a group of the register. No `Debug`: it holds names.
#[derive(Clone, PartialEq, Eq)]
pub struct FilledClassSheet {
    pub group: GroupId,
    /// The day in the sheet; `None`: there is none, or it cannot be read.
    pub on: Option<Date>,
    pub rows: Vec<FilledRow>,
}

/// Reads the rows of one worksheet or text: number as the spreadsheet counts, and cells.
///
/// # Errors
/// [`ClassSheetRefusal`]: it is not a sheet of this organization's current year.
pub fn read_class_sheet(
    register: &Register,
    rows: &[(u32, Vec<String>)],
    today: Date,
) -> Result<FilledClassSheet, ClassSheetRefusal> {
    let (header, columns) = find_header(rows).ok_or(ClassSheetRefusal::NotAClassSheet)?;
    let above: Vec<&str> =
        rows[..header].iter().flat_map(|(_, cells)| cells).map(|cell| bare(cell)).collect();
    let group = group_of(register, &above, today)?;
    let day = above.iter().position(|text| fold(text).starts_with(&fold(CLASS_SHEET_DAY)));
    let on = day.and_then(|place| {
        let inside = above[place].split_once(':').map_or("", |(_, day)| day.trim());
        let beside = above.get(place + 1).copied().unwrap_or_default();
        parse_date(if inside.is_empty() { beside } else { inside }, today).ok()
    });
    let cell = |cells: &[String], column: usize| cells.get(column).map_or("", |cell| bare(cell)).to_owned();
    let rows = rows[header + 1..].iter().map(|(row, cells)| {
        let [name, student, adult, not_taking_part] = columns;
        FilledRow {
            row: *row,
            name: clean(&cell(cells, name)),
            student: mark(&cell(cells, student), SheetColumn::Student),
            adult: mark(&cell(cells, adult), SheetColumn::Adult),
            not_taking_part: mark(&cell(cells, not_taking_part), SheetColumn::NotTakingPart),
        }
    });
    let says_something = |row: &FilledRow| {
        let marks = [row.student, row.adult, row.not_taking_part];
        !row.name.is_empty() || marks.iter().any(|mark| *mark != Mark::Silent)
    };
    Ok(FilledClassSheet { group, on, rows: rows.filter(says_something).collect() })
}

/// Whether the rows hold a title of ours: for choosing among worksheets.
pub fn looks_like_class_sheet(rows: &[(u32, Vec<String>)]) -> bool {
    find_header(rows).is_some()
}

/// The cell without blanks and without the apostrophe that keeps a spreadsheet from taking it for a formula.
fn bare(cell: &str) -> &str {
    cell.trim().trim_start_matches(['\'', '’']).trim_start()
}

/// The row of the header and where name and ticks stand; columns may have been moved.
fn find_header(rows: &[(u32, Vec<String>)]) -> Option<(usize, [usize; 4])> {
    let wanted = [1, 2, 3, 4].map(|place| fold(CLASS_SHEET_HEADERS[place]));
    rows.iter().enumerate().find_map(|(place, (_, cells))| {
        let found = wanted.each_ref().map(|wanted| cells.iter().position(|cell| fold(bare(cell)) == *wanted));
        match found {
            [Some(name), Some(student), Some(adult), Some(out)] => Some((place, [name, student, adult, out])),
            _ => None,
        }
    })
}

fn group_of(register: &Register, above: &[&str], today: Date) -> Result<GroupId, ClassSheetRefusal> {
    let above: Vec<String> = above.iter().map(|text| fold(text)).collect();
    let begins = |title: &str| above.iter().any(|text| text.starts_with(fold(title).as_str()));
    if !begins(CLASS_SHEET_TITLE) && !begins(GROUP_SHEET_TITLE) {
        return Err(ClassSheetRefusal::NotAClassSheet);
    }
    let organization = fold(&register.organization().name);
    let is_ours = |text: &String| {
        text.strip_prefix(organization.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(','))
    };
    if !above.iter().any(is_ours) {
        return Err(ClassSheetRefusal::OtherOrganization);
    }
    let is_listed = |group: &&std::sync::Arc<Group>| group.kind != GroupKind::TeachingStaff;
    let groups = register.groups_in_year(current_year(register, today)).filter(is_listed);
    let named: Vec<(GroupId, String)> = groups
        .map(|group| (group.id, titles(register, group.id)))
        .filter(|(_, (title, _))| above.contains(&fold(title)))
        .map(|(group, (_, place))| (group, fold(&place)))
        .collect();
    if named.is_empty() {
        return Err(ClassSheetRefusal::NoSuchGroup);
    }
    let found = named.iter().find(|(_, place)| above.contains(place));
    found.map(|(group, _)| *group).ok_or(ClassSheetRefusal::OtherYear)
}

fn mark(cell: &str, column: SheetColumn) -> Mark {
    let folded = fold(cell);
    let text = folded.trim_matches(['.', '!', '«', '»', '"', ' ']);
    if text.is_empty() || text == "□" {
        return Mark::Silent;
    }
    if CLASS_SHEET_TICKS.contains(&text) {
        return Mark::Yes;
    }
    if REFUSALS.contains(&text) {
        return Mark::No;
    }
    let whole = text.strip_suffix(".0").or(text.strip_suffix(",0")).unwrap_or(text);
    match (whole.parse::<u32>(), column) {
        (Ok(0), _) => Mark::No,
        (Ok(1), _) => Mark::Yes,
        (Ok(count), SheetColumn::Adult) if count <= MOST_ADULTS => Mark::Yes,
        (Err(_), SheetColumn::NotTakingPart) if text.starts_with("отказ") || text == "не участвует" => {
            Mark::Yes
        }
        _ => Mark::Unclear,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_as_teachers_write_them() {
        use Mark::{No, Silent, Unclear, Yes};
        use SheetColumn::{Adult, NotTakingPart, Student};
        for (cell, column, expected) in [
            ("", Student, Silent),
            ("  ", Student, Silent),
            ("□", Student, Silent),
            ("+", Student, Yes),
            ("Да", Student, Yes),
            ("да.", Adult, Yes),
            ("X", Student, Yes),
            ("Х", Student, Yes),
            ("✓", Adult, Yes),
            ("1", Student, Yes),
            ("1.0", Student, Yes),
            ("2", Adult, Yes),
            ("2", Student, Unclear),
            ("120", Adult, Unclear),
            ("0", Adult, No),
            ("нет", Student, No),
            ("—", Student, No),
            ("-", NotTakingPart, No),
            ("отказ", NotTakingPart, Yes),
            ("отказ", Student, Unclear),
            ("мама", Adult, Unclear),
            ("+/-", Student, Unclear),
        ] {
            assert!(mark(bare(cell), column) == expected, "{cell} {column:?}");
        }
        assert_eq!(bare(" '+ "), "+");
    }
}
