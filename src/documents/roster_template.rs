//! Empty rosters to be filled by whoever keeps the lists: one sheet to fill, one that explains.

use rust_xlsxwriter::{DataValidation, Format, FormatAlign, IgnoreError, Worksheet};

use super::DocumentError;
use super::xlsx_table::{
    TEXT_FORMAT, column_number, header_format, lines_within, new_workbook, print_on_a4, set_height_of_lines,
    write_text,
};
use crate::register::OrganizationKind;

/// Rows of the template that are prepared for typing: hints and lists reach down to here.
const PREPARED_ROWS: u32 = 3_000;
/// Row (from 0) of the explained columns on the second sheet. A roster's header is looked for in the first fifteen
/// rows: no name of a column may stand there, or the explanations would be taken for a list.
const EXPLAINED_FROM: u32 = 15;

/// Characters of an explanation in one line.
const EXPLANATION_WIDTH: usize = 60;

/// Which people a template is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RosterTemplate {
    /// Students with their parents.
    Students,
    /// Teachers and other employees.
    Staff,
    /// Parents, one row each, with the child.
    Parents,
}

/// A column of a template.
struct Column {
    header: &'static str,
    what: &'static str,
    examples: [&'static str; 2],
    /// Width in characters.
    width: f64,
    /// The words to choose from; empty where anything may be typed.
    words: &'static [&'static str],
}

const fn column(header: &'static str, width: f64, what: &'static str, examples: [&'static str; 2]) -> Column {
    Column { header, what, examples, width, words: &[] }
}

const PATRONYMIC: &str = "Если есть. «Оглы», «кызы» и подобное пишите здесь же.";
const PHONE: &str =
    "Один номер: 8 917 345-67-45 или +7 917 345-67-45. Два номера в ячейке программа не возьмёт.";
const BIRTH_DATE: &str = "В виде 31.12.2014. По ней программа различает тёзок.";
const PARENT: &str = "Фамилия, имя и отчество полностью. Одного имени мало.";

impl RosterTemplate {
    /// Every template, in the order of the menu.
    pub const ALL: [Self; 3] = [Self::Students, Self::Staff, Self::Parents];

    /// «Шаблон, студенты.xlsx».
    pub fn file_name(self, organization: OrganizationKind) -> &'static str {
        match (self, organization) {
            (Self::Students, OrganizationKind::School) => "Шаблон, учащиеся.xlsx",
            (Self::Students, OrganizationKind::College) => "Шаблон, студенты.xlsx",
            (Self::Students, OrganizationKind::Kindergarten) => "Шаблон, воспитанники.xlsx",
            (Self::Staff, _) => "Шаблон, сотрудники.xlsx",
            (Self::Parents, _) => "Шаблон, родители.xlsx",
        }
    }

    /// The header row of the first sheet.
    pub fn headers(self, organization: OrganizationKind) -> Vec<&'static str> {
        self.columns(organization).iter().map(|column| column.header).collect()
    }

    fn columns(self, organization: OrganizationKind) -> Vec<Column> {
        match self {
            Self::Students => student_columns(organization),
            Self::Staff => staff_columns(organization),
            Self::Parents => parent_columns(organization),
        }
    }

    /// What must not be left empty, and whom to name on the first page of the import. Without words that the reader
    /// knows as a parent's column.
    fn advice(self, organization: OrganizationKind) -> [&'static str; 2] {
        let class = group_header(organization) == "Класс";
        match self {
            Self::Students if class => ["Обязательны фамилия, имя и класс.", "кто в файле: ученики"],
            Self::Students => ["Обязательны фамилия, имя и группа.", "кто в файле: обучающиеся"],
            Self::Staff => ["Обязательны фамилия, имя и должность или роль.", "кто в файле: сотрудники"],
            Self::Parents => ["Обязательны фамилия, имя и ФИО ребёнка.", "кто в файле: родители"],
        }
    }
}

fn group_header(organization: OrganizationKind) -> &'static str {
    match organization {
        OrganizationKind::School => "Класс",
        OrganizationKind::College | OrganizationKind::Kindergarten => "Группа",
    }
}

fn group_column(organization: OrganizationKind) -> Column {
    let (what, examples) = match organization {
        OrganizationKind::School => {
            ("Как принято в школе: 5А, 10 инж. Программа поймёт и «5 «А»».", ["5А", "7Б"])
        }
        OrganizationKind::College => ("Название учебной группы, как в приказе.", ["ИС-26-1", "П-101СД"]),
        OrganizationKind::Kindergarten => ("Название группы.", ["Солнышко", "Ромашка"]),
    };
    column(group_header(organization), 12.0, what, examples)
}

fn student_columns(organization: OrganizationKind) -> Vec<Column> {
    let mut columns = vec![
        column("Фамилия", 20.0, "Полностью, как в документах.", ["Лаптева", "Мамедов"]),
        column("Имя", 16.0, "Полностью, без сокращений.", ["Варвара", "Тимур"]),
        column("Отчество", 20.0, PATRONYMIC, ["Ильинична", "Рашид оглы"]),
        group_column(organization),
        column("Дата рождения", 16.0, BIRTH_DATE, ["31.12.2014", "05.03.2015"]),
    ];
    // Children of a kindergarten have no account and no phone.
    if organization != OrganizationKind::Kindergarten {
        columns.push(column("Телефон", 18.0, PHONE, ["8 945 345-67-45", ""]));
    }
    columns.extend([
        column("Родитель 1", 32.0, PARENT, ["Лаптева Инна Викторовна", "Мамедова Эльмира Фикрет кызы"]),
        column("Телефон родителя 1", 21.0, PHONE, ["8 945 345-67-46", "8 945 345-67-47"]),
        column("Родитель 2", 32.0, "Если есть второй. Порядок не важен.", ["Лаптев Илья Олегович", ""]),
        column("Телефон родителя 2", 21.0, PHONE, ["8 945 345-67-48", ""]),
    ]);
    columns
}

fn staff_columns(organization: OrganizationKind) -> Vec<Column> {
    let (post, other_post) = match organization {
        OrganizationKind::School => ("учитель математики", "секретарь"),
        OrganizationKind::College => ("преподаватель математики", "секретарь учебной части"),
        OrganizationKind::Kindergarten => ("воспитатель", "медицинская сестра"),
    };
    let (led, what, group) = match organization {
        OrganizationKind::School => {
            ("Классное руководство", "Класс, которым человек руководит. Несколько — через запятую.", "5А")
        }
        OrganizationKind::College => {
            ("Куратор группы", "Группа, которую человек курирует. Несколько — через запятую.", "ИС-26-1")
        }
        OrganizationKind::Kindergarten => {
            ("Воспитатель группы", "Группа, в которой человек воспитатель.", "Солнышко")
        }
    };
    vec![
        column("Фамилия", 20.0, "Полностью, как в документах.", ["Ветрова", "Гараев"]),
        column("Имя", 16.0, "Полностью, без сокращений.", ["Ирина", "Булат"]),
        column("Отчество", 20.0, PATRONYMIC, ["Павловна", "Айратович"]),
        column(
            "Должность",
            32.0,
            "Как в штатном расписании. По ней программа предложит роль.",
            [post, other_post],
        ),
        Column {
            words: &["учитель", "сотрудник"],
            ..column(
                "Роль",
                14.0,
                "Выберите из списка: «учитель», если ведёт занятия, иначе «сотрудник». Можно оставить пустой.",
                ["учитель", "сотрудник"],
            )
        },
        column("Телефон", 18.0, PHONE, ["8 945 345-67-51", "8 945 345-67-52"]),
        column(led, 24.0, what, [group, ""]),
    ]
}

fn parent_columns(organization: OrganizationKind) -> Vec<Column> {
    let group = group_column(organization);
    vec![
        column("Фамилия", 20.0, "Фамилия родителя или законного представителя.", ["Лаптева", "Мамедова"]),
        column("Имя", 16.0, "Полностью, без сокращений.", ["Инна", "Эльмира"]),
        column("Отчество", 20.0, PATRONYMIC, ["Викторовна", "Фикрет кызы"]),
        column("Телефон", 18.0, PHONE, ["8 945 345-67-46", "8 945 345-67-47"]),
        column(
            "ФИО ребёнка",
            34.0,
            "Полностью. Если детей несколько, на каждого своя строка с тем же родителем.",
            ["Лаптева Варвара Ильинична", "Мамедов Тимур Рашид оглы"],
        ),
        Column {
            what: "Где учится ребёнок: так программа найдёт его среди тёзок.", ..group
        },
    ]
}

/// An empty roster as XLSX: the sheet «Список» with the header row that the import understands, every column of it a
/// text column so that a spreadsheet spoils no phone, date or class name; the sheet «Пояснения» with what each
/// column means, examples with invented names, and what is not to be entered (152-ФЗ).
///
/// # Errors
/// [`DocumentError`], which would be a defect of the template.
pub fn roster_template(
    kind: RosterTemplate,
    organization: OrganizationKind,
) -> Result<Vec<u8>, DocumentError> {
    let columns = kind.columns(organization);
    let mut workbook = new_workbook();
    let list = workbook.add_worksheet();
    list.set_name("Список")?;
    write_list(list, &columns)?;
    let explanations = workbook.add_worksheet();
    explanations.set_name("Пояснения")?;
    write_explanations(explanations, &columns, kind.advice(organization))?;
    Ok(workbook.save_to_buffer()?)
}

fn write_list(sheet: &mut Worksheet, columns: &[Column]) -> Result<(), DocumentError> {
    let text = Format::new().set_num_format_index(TEXT_FORMAT);
    for (place, column) in columns.iter().enumerate() {
        let place = column_number(place)?;
        sheet.set_column_width(place, column.width)?.set_column_format(place, &text)?;
        write_text(sheet, 0, place, column.header, &header_format())?;
        let hint = DataValidation::new().set_input_title(column.header)?.set_input_message(column.what)?;
        let rule = if column.words.is_empty() {
            hint.allow_any_value()
        } else {
            hint.allow_list_strings(column.words)?
                .set_error_title("Другое слово")?
                .set_error_message("Выберите слово из списка или оставьте ячейку пустой.")?
        };
        sheet.add_data_validation(1, place, PREPARED_ROWS, place, &rule)?;
    }
    let last = column_number(columns.len().saturating_sub(1))?;
    sheet.set_row_height(0, 24)?.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    sheet.ignore_error_range(0, 0, PREPARED_ROWS, last, IgnoreError::NumberStoredAsText)?;
    print_on_a4(sheet);
    Ok(())
}

fn write_explanations(
    sheet: &mut Worksheet,
    columns: &[Column],
    [needed, whom]: [&str; 2],
) -> Result<(), DocumentError> {
    let plain = Format::new().set_num_format_index(TEXT_FORMAT).set_align(FormatAlign::Top);
    let wrapped = plain.clone().set_text_wrap();
    let (bold, title) = (plain.clone().set_bold(), plain.clone().set_bold().set_font_size(14));
    for (place, width) in [26.0, EXPLANATION_WIDTH as f64 + 4.0, 32.0, 32.0].into_iter().enumerate() {
        sheet.set_column_width(column_number(place)?, width)?;
    }
    write_text(sheet, 0, 0, "Как заполнить этот файл", &title)?;
    let steps = [
        "1. Впишите людей на лист «Список»: одна строка на человека. Первую строку не меняйте.".to_owned(),
        format!("2. {needed} Остальное впишите, если знаете: пустая ячейка ничего не сотрёт."),
        "3. Даты пишите как 31.12.2014, номера как 8 917 345-67-45. Все столбцы текстовые: Excel их не испортит.".to_owned(),
        "4. Сохраните файл и загрузите его в программе. До вашего подтверждения ничего не изменится.".to_owned(),
    ];
    for (row, step) in (2_u32..).zip(&steps) {
        write_text(sheet, row, 0, step, &plain)?;
    }
    write_text(sheet, 7, 0, "Можно и без шаблона", &bold)?;
    let other_files = [
        "Подойдёт файл из электронного журнала или ваша собственная таблица: XLSX, XLS, ODS, CSV или TXT до 20 МБ.",
        "Столбцы могут стоять в любом порядке; над заголовком могут быть строки с названием списка.",
        "Строки можно и скопировать из таблицы, а в программе вставить.",
        "Лист «Пояснения» программа не загружает. Его можно удалить.",
    ];
    for (row, line) in (8_u32..).zip(other_files) {
        write_text(sheet, row, 0, line, &plain)?;
    }
    write_text(sheet, EXPLAINED_FROM - 2, 0, "Что в столбцах листа «Список»", &bold)?;
    for (place, header) in ["Столбец", "Что вписать", "Пример", "Ещё пример"].into_iter().enumerate()
    {
        write_text(sheet, EXPLAINED_FROM, column_number(place)?, header, &header_format())?;
    }
    let mut row = EXPLAINED_FROM + 1;
    for column in columns {
        write_text(sheet, row, 0, column.header, &bold)?;
        write_text(sheet, row, 1, column.what, &wrapped)?;
        set_height_of_lines(sheet, row, lines_within(column.what, EXPLANATION_WIDTH))?;
        write_text(sheet, row, 2, column.examples[0], &plain)?;
        write_text(sheet, row, 3, column.examples[1], &plain)?;
        row += 1;
    }
    write_text(sheet, row + 1, 0, "Чего не вносить", &bold)?;
    let last_lines = [
        "СНИЛС, паспорт, ИНН, адрес, логины, пароли и сведения о здоровье не вносите: для этой работы они не нужны.".to_owned(),
        "Такие столбцы программа пропускает и говорит об этом.".to_owned(),
        String::new(),
        format!("На первом шаге загрузки укажите, {whom}. Имена и номера в примерах вымышлены."),
    ];
    for (place, line) in (row + 2..).zip(&last_lines) {
        write_text(sheet, place, 0, line, &plain)?;
    }
    print_on_a4(sheet);
    Ok(())
}
