//! A workbook as the tests think of it, and ways to read one as the program does.

use std::path::PathBuf;

use sferum_console::names::Role;
use sferum_console::roster::{
    MappedRoster, OpenedRoster, ReadChoices, RosterBody, RosterError, RosterRow, Workbook, WorkbookReader,
    open_body, read_body, read_opened,
};

/// A cell.
#[derive(Clone, Debug)]
pub enum Value {
    Nothing,
    Text(&'static str),
    Number(f64),
    /// Year, month, day.
    Date(i16, i8, i8),
    Truth(bool),
}

/// A worksheet; rows and columns count from 0 here.
#[derive(Clone, Default)]
pub struct Tab {
    pub name: &'static str,
    pub hidden: bool,
    pub rows: Vec<Vec<Value>>,
    pub hidden_rows: Vec<u32>,
    /// First row, last row, column.
    pub merged: Vec<(u32, u32, u16)>,
}

/// The executable whose hidden command reads workbooks.
pub fn program() -> PathBuf {
    env!("CARGO_BIN_EXE_sferum-console").into()
}

pub fn reader() -> WorkbookReader {
    WorkbookReader::new(program())
}

pub fn text(cells: &[&'static str]) -> Vec<Value> {
    cells.iter().map(|cell| if cell.is_empty() { Value::Nothing } else { Value::Text(cell) }).collect()
}

/// A worksheet of texts.
pub fn tab(name: &'static str, rows: &[&[&'static str]]) -> Tab {
    Tab { name, rows: rows.iter().map(|row| text(row)).collect(), ..Tab::default() }
}

pub fn body(bytes: &[u8]) -> Result<RosterBody, RosterError> {
    read_body(bytes.to_vec(), &reader(), &|| false).map(|body| body.expect("nobody cancels"))
}

pub fn workbook(bytes: &[u8]) -> Workbook {
    match body(bytes) {
        Ok(RosterBody::Workbook(workbook)) => workbook,
        Ok(_) => panic!("this is no workbook"),
        Err(error) => panic!("{error}"),
    }
}

pub fn students() -> ReadChoices {
    ReadChoices { default_role: Some(Role::Student), ..ReadChoices::default() }
}

pub fn read(bytes: &[u8], choices: &ReadChoices) -> Result<(OpenedRoster, MappedRoster), RosterError> {
    let opened = open_body(&body(bytes)?, choices)?;
    let roster = read_opened(&opened, choices)?;
    Ok((opened, roster))
}

/// The people, a line each.
pub fn people(roster: &MappedRoster) -> Vec<String> {
    let line = |row: &RosterRow| {
        let group = row.group.as_ref().map_or("—", |group| group.text.as_str());
        let phone = row
            .phone
            .as_ref()
            .map_or("—".to_owned(), |phone| phone.as_str().trim_start_matches("+").to_owned());
        let born = row.birth_date.map_or("—".to_owned(), |date| date.to_string());
        format!("{} {} {group} {phone} {born}", row.row, row.name.full())
    };
    roster.rows.iter().map(line).collect()
}

/// The rows of the first worksheet as texts.
pub fn cells(workbook: &Workbook, sheet: usize) -> Vec<(u32, Vec<String>)> {
    let rows = workbook.sheets[sheet].rows.rows();
    rows.map(|row| (row.number(), row.cells().map(str::to_owned).collect())).collect()
}
