//! Bytes → a file opened as far as its header → rows, whatever the file is.

use super::encoding::{RosterEncoding, decode};
use super::header::{Header, describe_header, find_header};
use super::joining::{append, move_to_sheet, name_class_value, warn_of_hidden_rows};
use super::mapped::{ClassAnswer, MappedRoster, ReadOptions};
use super::pasted::read_pasted;
use super::problem::{MAX_FILE_BYTES, RosterError};
use super::row_places::{RowPlaces, on_sheet};
use super::rows::read_rows;
use super::sheet::{Sheet, SheetRow};
use super::sheet_choosing::{chosen_sheets, header_of_sheet, is_class_name};
use super::workbook::{SourceKind, Workbook, WorkbookFormat, WorkbookReader, WorkbookSheet, detect_source};
use super::{Delimiter, ReadChoices, SheetChoice, read_sheet};

/// Hidden rows that a note lists by number; the others are counted.
const LISTED_HIDDEN_ROWS: usize = 20;

/// What a roster was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SourceFormat {
    /// Delimited by `;` or `,`.
    Csv,
    /// Delimited by tabs.
    Tsv,
    /// Excel 2007 and later.
    Xlsx,
    /// Excel 97 to 2003.
    Xls,
    /// LibreOffice.
    Ods,
    /// Pasted text.
    Pasted,
}

impl SourceFormat {
    /// Stable name for `--json`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Pasted => "pasted",
        }
    }

    /// The name on the screen of the import.
    pub fn russian_name(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Tsv => "текст с табуляцией",
            Self::Xlsx => "книга Excel (.xlsx)",
            Self::Xls => "книга Excel (.xls)",
            Self::Ods => "таблица LibreOffice (.ods)",
            Self::Pasted => "вставленный текст",
        }
    }

    /// Whether it has worksheets rather than an encoding and a delimiter.
    pub fn is_workbook(self) -> bool {
        matches!(self, Self::Xlsx | Self::Xls | Self::Ods)
    }
}

impl From<WorkbookFormat> for SourceFormat {
    fn from(format: WorkbookFormat) -> Self {
        match format {
            WorkbookFormat::Xlsx => Self::Xlsx,
            WorkbookFormat::Xls => Self::Xls,
            WorkbookFormat::Ods => Self::Ods,
        }
    }
}

/// A source read, before any choice of the user. No `Debug`: it holds personal data.
pub enum RosterBody {
    /// A file of text, not decoded yet.
    Text(Vec<u8>),
    /// Pasted text.
    Pasted(Vec<u8>),
    /// A workbook, parsed.
    Workbook(Workbook),
}

/// What can be said of a worksheet before it is chosen.
#[derive(Clone, PartialEq, Eq)]
pub struct SheetFacts {
    /// Name on its tab.
    pub name: String,
    /// Number of rows that hold anything.
    pub rows: u32,
    /// Hidden or very hidden.
    pub hidden: bool,
    /// Whether it has a header with a name column and rows below.
    pub looks_like_roster: bool,
}

/// A worksheet opened as far as its header.
#[derive(Clone)]
pub struct OpenedSheet {
    /// Name on its tab; empty for text.
    pub name: String,
    /// The rows as the file has them, without the values of sensitive columns.
    pub sheet: Sheet,
    /// The header and the meaning of the columns.
    pub header: Header,
    /// Hidden rows, as the spreadsheet counts.
    pub hidden_rows: Vec<u32>,
}

/// A file opened as far as its header: what the first steps of the import show.
#[derive(Clone)]
pub struct OpenedRoster {
    /// What the file is.
    pub format: SourceFormat,
    /// The rows as the file has them, without the values of sensitive columns; of the first worksheet read.
    pub sheet: Sheet,
    /// The header and the meaning of the columns; of the first worksheet read.
    pub header: Header,
    /// Name of the first worksheet read; empty for text.
    pub sheet_name: String,
    /// The further worksheets, when every worksheet is a class.
    pub more_sheets: Vec<OpenedSheet>,
    /// How the file was decoded; `None` for a workbook and for pasted text.
    pub encoding: Option<RosterEncoding>,
    /// Whether the encoding was judged by plausibility, so that the switch should be offered.
    pub encoding_guessed: bool,
    /// The worksheets of a workbook, in the order of their tabs; empty for text.
    pub sheets: Vec<SheetFacts>,
    /// Which worksheets are read, chosen or found; `None` for text.
    pub sheet_choice: Option<SheetChoice>,
    /// Hidden rows of the first worksheet read, as the spreadsheet counts.
    pub hidden_rows: Vec<u32>,
    /// Things to say once about the file, in Russian.
    pub notes: Vec<String>,
    /// Where rows stand, by their number in the read roster.
    pub row_places: RowPlaces,
}

impl OpenedRoster {
    /// The row of the file that a row number of the read roster stands for.
    pub fn row(&self, number: u32) -> Option<SheetRow<'_>> {
        let row = self.row_places.place(number).row;
        let (sheet, _) = self.part(number)?;
        sheet.rows().find(|other| other.number() == row)
    }

    /// The header under which a row of the read roster stands.
    pub fn header_of(&self, number: u32) -> &Header {
        self.part(number).map_or(&self.header, |(_, header)| header)
    }

    fn part(&self, number: u32) -> Option<(&Sheet, &Header)> {
        match self.row_places.sheet_index(number).checked_sub(1) {
            None => Some((&self.sheet, &self.header)),
            Some(further) => self.more_sheets.get(further).map(|part| (&part.sheet, &part.header)),
        }
    }
}

/// Reads the bytes of a file: tells what they are, and has a workbook parsed. `None` when `cancelled` said so.
///
/// # Errors
/// [`RosterError`]: too large, a foreign format, a workbook that cannot be read.
pub fn read_body(
    bytes: Vec<u8>,
    reader: &WorkbookReader,
    cancelled: &dyn Fn() -> bool,
) -> Result<Option<RosterBody>, RosterError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(RosterError::FileTooLarge { bytes: bytes.len() as u64 });
    }
    match detect_source(&bytes)? {
        SourceKind::Text => Ok(Some(RosterBody::Text(bytes))),
        SourceKind::Workbook(format) => {
            let workbook = reader.read(format, &bytes, cancelled).map_err(RosterError::Workbook)?;
            Ok(workbook.map(RosterBody::Workbook))
        }
    }
}

/// Opens a source as far as its header. Values of sensitive columns are dropped here, before anything else can see
/// them.
///
/// # Errors
/// [`RosterError`]: everything that keeps the file as a whole from being read.
pub fn open_body(body: &RosterBody, choices: &ReadChoices) -> Result<OpenedRoster, RosterError> {
    match body {
        RosterBody::Text(bytes) => open_text(bytes, choices, None),
        RosterBody::Pasted(bytes) => open_text(bytes, choices, Some(SourceFormat::Pasted)),
        RosterBody::Workbook(workbook) => open_workbook(workbook, choices),
    }
}

/// The rows of a source that [`open_body`] refuses only for its header, so that the user can point at the header row
/// and at the columns. `None` when it cannot be read at all.
pub fn open_body_for_mapping(body: &RosterBody, choices: &ReadChoices) -> Option<OpenedRoster> {
    match body {
        RosterBody::Text(bytes) => text_for_mapping(bytes, choices, None),
        RosterBody::Pasted(bytes) => text_for_mapping(bytes, choices, Some(SourceFormat::Pasted)),
        RosterBody::Workbook(workbook) => {
            let chosen = chosen_sheets(workbook, choices).ok();
            let chosen = chosen.and_then(|(_, chosen)| chosen.first().copied());
            let sheet = chosen.or_else(|| workbook.sheets.iter().find(|sheet| sheet.rows.row_count() > 0))?;
            let header = describe_header(&sheet.rows, choices.header_row, &choices.column_overrides)?;
            let choice = choices.sheet.clone().unwrap_or(SheetChoice::Named(sheet.name.clone()));
            let part = opened_sheet(sheet, header);
            Some(opened_workbook(workbook, choice, vec![part], Vec::new()))
        }
    }
}

/// Opens delimited text, as [`open_body`] does.
///
/// # Errors
/// As [`open_body`].
pub fn open_roster(bytes: &[u8], choices: &ReadChoices) -> Result<OpenedRoster, RosterError> {
    open_text(bytes, choices, None)
}

/// Delimited text for the user's mapping, as [`open_body_for_mapping`] does.
pub fn open_for_mapping(bytes: &[u8], choices: &ReadChoices) -> Option<OpenedRoster> {
    text_for_mapping(bytes, choices, None)
}

/// Reads a delimited roster from its bytes to rows in the program's terms.
///
/// # Errors
/// [`RosterError`]: everything that keeps the file as a whole from being read; problems of single rows are
/// [`MappedRoster::issues`].
pub fn read_roster(bytes: &[u8], choices: &ReadChoices) -> Result<MappedRoster, RosterError> {
    read_opened(&open_roster(bytes, choices)?, choices)
}

fn open_text(
    bytes: &[u8],
    choices: &ReadChoices,
    format: Option<SourceFormat>,
) -> Result<OpenedRoster, RosterError> {
    let split = split_text(bytes, choices, format)?;
    let header = find_header(&split.sheet, choices.header_row, &choices.column_overrides)?;
    Ok(opened_text(split, header, format))
}

/// Text as rows and cells, and how it was decoded.
struct SplitText {
    sheet: Sheet,
    /// `None` for pasted text, which the system hands over decoded.
    encoding: Option<RosterEncoding>,
    encoding_guessed: bool,
}

fn split_text(
    bytes: &[u8],
    choices: &ReadChoices,
    format: Option<SourceFormat>,
) -> Result<SplitText, RosterError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(RosterError::FileTooLarge { bytes: bytes.len() as u64 });
    }
    if let (Some(SourceFormat::Pasted), Ok(text)) = (format, std::str::from_utf8(bytes)) {
        let sheet = match choices.delimiter {
            None => read_pasted(text)?,
            chosen => read_sheet(text, chosen)?,
        };
        return Ok(SplitText { sheet, encoding: None, encoding_guessed: false });
    }
    let decoded = decode(bytes, choices.encoding)?;
    let sheet = read_sheet(&decoded.text, choices.delimiter)?;
    Ok(SplitText { sheet, encoding: Some(decoded.encoding), encoding_guessed: decoded.guessed })
}

fn text_for_mapping(
    bytes: &[u8],
    choices: &ReadChoices,
    format: Option<SourceFormat>,
) -> Option<OpenedRoster> {
    let split = split_text(bytes, choices, format).ok()?;
    let header = describe_header(&split.sheet, choices.header_row, &choices.column_overrides)?;
    Some(opened_text(split, header, format))
}

fn opened_text(split: SplitText, header: Header, format: Option<SourceFormat>) -> OpenedRoster {
    let SplitText { sheet, encoding, encoding_guessed } = split;
    let is_tabbed = sheet.delimiter() == Some(Delimiter::Tab);
    let by_delimiter = if is_tabbed { SourceFormat::Tsv } else { SourceFormat::Csv };
    OpenedRoster {
        format: format.unwrap_or(by_delimiter),
        sheet: without_sensitive_values(&sheet, &header),
        header,
        sheet_name: String::new(),
        more_sheets: Vec::new(),
        encoding,
        encoding_guessed,
        sheets: Vec::new(),
        sheet_choice: None,
        hidden_rows: Vec::new(),
        notes: Vec::new(),
        row_places: RowPlaces::default(),
    }
}

fn without_sensitive_values(sheet: &Sheet, header: &Header) -> Sheet {
    let sensitive = header.columns.sensitive_indices();
    if sensitive.is_empty() { sheet.clone() } else { sheet.without_columns_below(&sensitive, header.row) }
}

fn open_workbook(workbook: &Workbook, choices: &ReadChoices) -> Result<OpenedRoster, RosterError> {
    let (choice, chosen) = chosen_sheets(workbook, choices)?;
    let mut parts = Vec::new();
    let mut without_list = Vec::new();
    for sheet in chosen {
        match (header_of_sheet(sheet, choices), &choice) {
            (Ok(header), _) => parts.push(opened_sheet(sheet, header)),
            (Err(error), SheetChoice::Named(_)) => return Err(error),
            // An explanation among the classes, or a class without pupils.
            (Err(_), SheetChoice::EveryAsClass) => without_list.push(sheet.name.as_str()),
        }
    }
    if parts.is_empty() {
        return Err(RosterError::NoHeader);
    }
    let every = choice == SheetChoice::EveryAsClass;
    for part in &mut parts {
        name_class_after_sheet(part, every, choices);
    }
    let mut notes = Vec::new();
    if !without_list.is_empty() {
        let names: Vec<String> = without_list.iter().map(|name| format!("«{name}»")).collect();
        notes.push(format!("На этих листах списка нет, они не прочитаны: {}.", names.join(", ")));
    }
    Ok(opened_workbook(workbook, choice, parts, notes))
}

fn opened_sheet(sheet: &WorkbookSheet, header: Header) -> OpenedSheet {
    OpenedSheet {
        name: sheet.name.clone(),
        sheet: without_sensitive_values(&sheet.rows, &header),
        header,
        hidden_rows: sheet.hidden_rows.clone(),
    }
}

/// The name of a worksheet is the class of rows that name none. Among worksheets of classes it wins over a title,
/// which people copy from one sheet to the next; alone it only fills in.
fn name_class_after_sheet(part: &mut OpenedSheet, every: bool, choices: &ReadChoices) {
    let title = &mut part.header.title.group_label;
    if every || (title.is_none() && is_class_name(&part.name)) {
        *title = match choices.class_answers.get(&part.name) {
            Some(ClassAnswer::Group(label)) => Some(label.clone()),
            _ => Some(part.name.clone()),
        };
    }
}

fn opened_workbook(
    workbook: &Workbook,
    choice: SheetChoice,
    mut parts: Vec<OpenedSheet>,
    mut notes: Vec<String>,
) -> OpenedRoster {
    for part in &parts {
        notes.extend(hidden_note(part, parts.len() > 1));
    }
    let row_places = RowPlaces::of_sheets(parts.iter().map(|part| part.name.clone()).collect());
    // Never empty: both callers found a worksheet.
    let first = parts.remove(0);
    OpenedRoster {
        format: workbook.format.into(),
        sheet: first.sheet,
        header: first.header,
        sheet_name: first.name,
        more_sheets: parts,
        encoding: None,
        encoding_guessed: false,
        sheets: workbook.sheets.iter().map(facts_of).collect(),
        sheet_choice: Some(choice),
        hidden_rows: first.hidden_rows,
        notes,
        row_places,
    }
}

fn facts_of(sheet: &WorkbookSheet) -> SheetFacts {
    SheetFacts {
        name: sheet.name.clone(),
        rows: sheet.rows.row_count() as u32,
        hidden: sheet.hidden,
        looks_like_roster: find_header(&sheet.rows, None, &[]).is_ok(),
    }
}

/// «Скрытые строки: 3 (12, 13, 40), они прочитаны.»
fn hidden_note(part: &OpenedSheet, among_others: bool) -> Option<String> {
    let hidden: Vec<u32> = part.hidden_rows.iter().copied().filter(|row| *row > part.header.row).collect();
    if hidden.is_empty() {
        return None;
    }
    let listed: Vec<String> = hidden.iter().take(LISTED_HIDDEN_ROWS).map(u32::to_string).collect();
    let more = hidden.len() - listed.len();
    let more = if more > 0 { format!(" и ещё {more}") } else { String::new() };
    let note = format!("Скрытые строки: {} ({}{more}), они прочитаны.", hidden.len(), listed.join(", "));
    Some(if among_others { on_sheet(&part.name, &note) } else { note })
}

/// Reads the rows of an opened roster.
///
/// # Errors
/// As [`read_roster`].
pub fn read_opened(opened: &OpenedRoster, choices: &ReadChoices) -> Result<MappedRoster, RosterError> {
    let options = ReadOptions {
        default_role: choices.default_role,
        group_override: choices.group.clone(),
        class_answers: choices.class_answers.clone(),
        post_roles: choices.post_roles.clone(),
        fill_down: choices.fill_down,
    };
    let first = (opened.sheet_name.as_str(), &opened.sheet, &opened.header, &opened.hidden_rows);
    let further = opened.more_sheets.iter();
    let further = further.map(|part| (part.name.as_str(), &part.sheet, &part.header, &part.hidden_rows));
    let every = opened.sheet_choice == Some(SheetChoice::EveryAsClass);
    let mut joined: Option<MappedRoster> = None;
    let mut without_rows = None;
    for (index, (name, sheet, header, hidden_rows)) in std::iter::once(first).chain(further).enumerate() {
        let mut read = match read_rows(sheet, header, &options) {
            Ok(read) => read,
            // A class without pupils among classes.
            Err(error @ RosterError::HeaderOnly { .. }) if every => {
                without_rows = Some(error);
                continue;
            }
            Err(error) => return Err(error),
        };
        warn_of_hidden_rows(&mut read, hidden_rows);
        if every {
            name_class_value(&mut read, name, header, choices);
        }
        if !opened.more_sheets.is_empty() {
            move_to_sheet(&mut read, &opened.row_places, index, name);
        }
        match &mut joined {
            None => joined = Some(read),
            Some(joined) => append(joined, read),
        }
    }
    let mut roster = joined.ok_or(without_rows.unwrap_or(RosterError::NoHeader))?;
    roster.notes = opened.notes.iter().cloned().chain(roster.notes).collect();
    roster.row_places = opened.row_places.clone();
    roster.source.format = opened.format.code();
    if opened.format == SourceFormat::Pasted {
        roster.source.delimiter = None;
    }
    roster.source.encoding = opened.encoding.map(RosterEncoding::code);
    roster.source.sheet = (!opened.sheet_name.is_empty()).then(|| {
        let further = opened.more_sheets.iter().map(|part| part.name.as_str());
        std::iter::once(opened.sheet_name.as_str()).chain(further).collect::<Vec<_>>().join(", ")
    });
    Ok(roster)
}
