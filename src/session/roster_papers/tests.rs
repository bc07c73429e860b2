use std::sync::Arc;

use jiff::civil::date;

use super::*;
use crate::documents::csv_table;
use crate::names::Role;
use crate::register::{Context, Operation, Organization, Register, SchoolYear, decide};
use crate::roster::{
    Delimiter, PlanChoices, ReadChoices, Recalled, RosterError, find_header, open_roster, plan_import,
    read_opened, read_sheet,
};

const TODAY: Date = date(2026, 10, 12);
const KINDS: [OrganizationKind; 3] =
    [OrganizationKind::School, OrganizationKind::College, OrganizationKind::Kindergarten];

fn students() -> ReadChoices {
    ReadChoices { default_role: Some(Role::Student), ..ReadChoices::default() }
}

fn founded() -> Register {
    let mut register = Register::default();
    let context = Context {
        today: TODAY, now: jiff::Timestamp::UNIX_EPOCH, actor: "Администратор".into()
    };
    let organization = Organization { name: "Школа № 14".into(), ..Organization::default() };
    let founding = decide(&register, &Operation::Found(organization), &context).expect("founds");
    register.apply(&founding);
    register.revision = 1;
    register
}

fn prepared(bytes: &[u8]) -> PreparedRoster {
    let opened = open_roster(bytes, &students()).expect("opens");
    let roster = read_opened(&opened, &students()).expect("reads");
    let choices =
        PlanChoices { columns: opened.header.columns.clone(), ..PlanChoices::for_year(SchoolYear(2026)) };
    let plan = plan_import(&founded(), &roster, &choices, TODAY, &|_| true).expect("planned");
    let hash = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    PreparedRoster {
        name: "список.csv".into(),
        hash,
        opened: opened.into(),
        roster: roster.into(),
        plan,
        recalled: Recalled::default(),
        content: None,
    }
}

fn lines(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(bytes).expect("UTF-8").trim_start_matches('\u{FEFF}');
    let sheet = read_sheet(text, Some(Delimiter::Semicolon)).expect("a sheet");
    sheet.rows().map(|row| row.cells().map(str::to_owned).collect()).collect()
}

const FAULTY: &str = "Список на 01.09.2026;;;;\r\n\
    Фамилия;Имя;Класс;Телефон;СНИЛС\r\n\
    Котова;Анна;5А;+79453456745;112-233-445 95\r\n\
    Лунин;;5А;;\r\n\
    Сотов;Лев;5А;89453456745, 89453456746;112-233-445 96\r\n\
    Ершова;Нина;;;\r\n\
    Тихов;Пётр;5Б;;;лишнее\r\n";

#[test]
fn rows_with_remarks_keep_titles_header_and_cells() {
    let prepared = prepared(FAULTY.as_bytes());
    let bytes = problem_rows(&prepared);
    let rows = lines(&bytes);
    assert_eq!(rows[0][0], "Список на 01.09.2026");
    assert_eq!(rows[1], ["Фамилия", "Имя", "Класс", "Телефон", "СНИЛС", "Строка файла", "Что исправить"]);
    let numbers: Vec<&str> = rows[2..].iter().map(|row| row[5].as_str()).collect();
    assert_eq!(numbers, ["4", "5", "6", "7"]);
    assert_eq!(count_problem_rows(&prepared), 4);
    assert_eq!(rows[3][..4], ["Сотов", "Лев", "5А", "89453456745, 89453456746"]);
    assert!(rows[3][6].contains("два номера"), "{}", rows[3][6]);
    assert_eq!(rows[5][7], "лишнее", "what is too much stays beyond the header");
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert!(!text.contains("112-233"), "no СНИЛС");
    assert!(!text.contains("Котова"), "a good row is not in it");
}

#[test]
fn the_corrected_file_is_read_without_a_remark_and_the_uncorrected_with_the_same() {
    let first = prepared(FAULTY.as_bytes());
    let bytes = problem_rows(&first);
    let codes = |prepared: &PreparedRoster| -> Vec<&'static str> {
        prepared.plan.issues.iter().map(|issue| issue.code).collect()
    };
    assert_eq!(codes(&prepared(&bytes)), codes(&first));
    let corrected = String::from_utf8(bytes)
        .expect("UTF-8")
        .replace("\"Лунин\";\"\"", "\"Лунин\";\"Олег\"")
        .replace("89453456745, 89453456746", "89453456745")
        .replace("\"Нина\";\"\"", "\"Нина\";\"5Б\"")
        .replace(";\"лишнее\"", "");
    let again = prepared(corrected.as_bytes());
    assert_eq!(codes(&again), Vec::<&str>::new());
    assert_eq!(again.roster.rows.len(), 4);
    assert_eq!(again.roster.unknown_columns, Vec::<String>::new(), "the two added columns are known");
}

#[test]
fn a_class_filled_down_is_written_out() {
    let text = "Класс;ФИО ученика;Телефон\r\n5А;Котова Анна;\r\n;Лунин Лев;123\r\n";
    let mut prepared = prepared(text.as_bytes());
    assert_eq!(lines(&problem_rows(&prepared))[1][0], "");
    Arc::make_mut(&mut prepared.roster).fill_down.done = true;
    assert_eq!(lines(&problem_rows(&prepared))[1][..2], ["5А", "Лунин Лев"]);
}

#[test]
fn writing_replaces_whole_but_never_the_roster_itself() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (roster, target) = (folder.path().join("список.csv"), folder.path().join(PROBLEM_ROWS_NAME));
    write_bytes_atomically(&roster, FAULTY.as_bytes()).expect("written");
    let prepared = prepared(FAULTY.as_bytes());
    assert_eq!(write_problem_rows(&prepared, &target).expect("written"), 4);
    assert_eq!(write_problem_rows(&prepared, &target).expect("replaced"), 4);
    assert_eq!(std::fs::read(&target).expect("read"), problem_rows(&prepared));
    let refused = write_problem_rows(&prepared, &roster).expect_err("the roster itself");
    assert!(refused.to_string().contains("сам загружаемый файл"), "{refused}");
    assert_eq!(std::fs::read(&roster).expect("read"), FAULTY.as_bytes());
    let lost =
        write_problem_rows(&prepared, &folder.path().join("нет").join("а.csv")).expect_err("no folder");
    assert!(lost.to_string().starts_with("Файл не записан: такой папки нет"), "{lost}");
}

/// A header row of a template with one row below it, as the reader sees it.
fn header_fields(kind: RosterTemplate, organization: OrganizationKind) -> Vec<Field> {
    let headers = kind.headers(organization);
    let row: Vec<&str> = headers.iter().map(|_| "Котова Анна").collect();
    let text = String::from_utf8(csv_table(&headers, [row])).expect("UTF-8");
    let sheet = read_sheet(text.trim_start_matches('\u{FEFF}'), None).expect("a sheet");
    let header = find_header(&sheet, None, &[]).expect("a header");
    assert_eq!(header.row, 1);
    header.columns.columns.iter().map(|column| column.field).collect()
}

#[test]
fn the_reader_knows_every_column_of_every_template() {
    for organization in KINDS {
        for kind in RosterTemplate::ALL {
            let fields = header_fields(kind, organization);
            let known =
                |field: &Field| !matches!(field, Field::Unknown | Field::Number | Field::Sensitive(_));
            assert!(fields.iter().all(known), "{kind:?} {organization:?}: {fields:?}");
            assert_eq!(template_file_name(kind, organization), kind.file_name(organization), "a safe name");
        }
        use Field::{ClassTeacher, Given, ParentName, ParentPhone, Patronymic, Phone, Post, Surname};
        let staff = header_fields(RosterTemplate::Staff, organization);
        assert_eq!(staff, [Surname, Given, Patronymic, Post, Field::Role, Phone, ClassTeacher]);
        let students = header_fields(RosterTemplate::Students, organization);
        assert_eq!(students[..5], [Surname, Given, Patronymic, Field::Group, Field::BirthDate]);
        assert_eq!(
            students[students.len() - 4..],
            [ParentName(1), ParentPhone(1), ParentName(2), ParentPhone(2)]
        );
    }
}

#[test]
fn the_explanations_are_no_roster() {
    use calamine::Reader;
    for kind in RosterTemplate::ALL {
        for organization in KINDS {
            let bytes = roster_template(kind, organization).expect("made");
            let mut book: calamine::Xlsx<_> =
                calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).expect("opens");
            let range = book.worksheet_range("Пояснения").expect("the sheet");
            assert_eq!(range.start(), Some((0, 0)), "rows count from the top");
            // Blank rows stay rows, so that the numbers are those of the sheet.
            let text: String = range
                .rows()
                .map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("\t") + "\n")
                .collect();
            let sheet = read_sheet(&text, Some(Delimiter::Tab)).expect("a sheet");
            assert_eq!(
                find_header(&sheet, None, &[]).map(|header| header.row),
                Err(RosterError::NoHeader),
                "{kind:?} {organization:?}"
            );
        }
    }
}

#[test]
fn a_template_is_written_in_place() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for organization in KINDS {
        for kind in RosterTemplate::ALL {
            let path = folder.path().join(template_file_name(kind, organization));
            write_template(kind, organization, &path).expect("written");
            assert_eq!(
                std::fs::read(path).expect("read"),
                roster_template(kind, organization).expect("made")
            );
        }
    }
}

#[test]
fn the_sample_has_a_workbook_with_parents() {
    let files = sample_roster_files(SampleKind::School, TODAY).expect("made");
    let (name, bytes) = files.last().expect("files");
    assert_eq!(name, "Контингент с родителями.xlsx");
    assert!(bytes.starts_with(b"PK"));
    let sheets = sample::roster_workbooks(SampleKind::School, TODAY);
    let rows = &sheets[0].1[0].rows;
    let mut mothers: Vec<&str> =
        rows.iter().skip(4).map(|row| row[4].as_str()).filter(|name| !name.is_empty()).collect();
    let all = mothers.len();
    mothers.sort_unstable();
    mothers.dedup();
    assert!(mothers.len() < all, "one mother of two children");
    let classes = rows.iter().skip(4).filter(|row| !row[1].is_empty()).count();
    assert_eq!(classes, 2, "the class stands once, in merged cells");
    assert!(rows.iter().skip(4).filter(|row| !row[8].is_empty()).count() > 30, "class teachers");
}
