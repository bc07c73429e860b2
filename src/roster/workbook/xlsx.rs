//! xlsx, in the child process: the look at the XML, then the parser's stream of cells, which makes no room for cells
//! that are not there.

use std::collections::HashMap;
use std::io::{BufReader, Cursor};

use calamine::{Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};
use quick_xml::events::BytesStart;
use zip::ZipArchive;

use super::cell_text::text_of;
use super::grid::{Allowance, Grid, SheetStructure};
use super::limits::{MAX_CELLS, MAX_FALSE_COUNT, MAX_SHEETS};
use super::problem::WorkbookProblem;
use super::xml_parts::{Piece, add_hidden, attribute, check_merged, number, walk};
use super::{MergedRange, Workbook, WorkbookFormat};

/// Letters and digits of the longest reference: `XFD1048576`.
const LONGEST_COLUMN: usize = 3;
const LONGEST_ROW: usize = 7;

/// Reads an xlsx.
///
/// # Errors
/// [`WorkbookProblem`].
pub(super) fn read_xlsx(bytes: &[u8]) -> Result<Workbook, WorkbookProblem> {
    let parts = Parts::scan(bytes)?;
    let mut xlsx = Xlsx::new(Cursor::new(bytes)).map_err(|error| problem_of(&error))?;
    let metadata = xlsx.sheets_metadata().to_vec();
    if metadata.len() > MAX_SHEETS {
        return Err(WorkbookProblem::TooManySheets);
    }
    let mut allowance = Allowance::default();
    let mut sheets = Vec::new();
    for sheet in metadata.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let mut cells = xlsx.worksheet_cells_reader(&sheet.name).map_err(|error| problem_of(&error))?;
        let mut grid = Grid::new(sheet.name.clone(), &mut allowance);
        while let Some(cell) = cells.next_cell().map_err(|error| problem_of(&error))? {
            let (row, column) = cell.get_position();
            grid.put(row, column, text_of(cell.get_value().clone()))?;
        }
        let structure = parts.structure_of(&sheet.name);
        sheets.push(grid.finish(sheet.visible != SheetVisible::Visible, structure)?);
    }
    Ok(Workbook { format: WorkbookFormat::Xlsx, sheets })
}

fn problem_of(error: &XlsxError) -> WorkbookProblem {
    match error {
        XlsxError::Password => WorkbookProblem::Encrypted,
        _ => WorkbookProblem::BrokenContents,
    }
}

/// What the look at the XML found.
#[derive(Default)]
struct Parts {
    /// Structure of worksheets by their path, in small letters.
    structures: HashMap<String, SheetStructure>,
    /// Name of a worksheet and the name of its relation.
    sheets: Vec<(String, String)>,
    /// Paths by the name of the relation, in small letters.
    paths: HashMap<String, String>,
}

impl Parts {
    fn scan(bytes: &[u8]) -> Result<Self, WorkbookProblem> {
        let broken = |_| WorkbookProblem::BrokenContainer;
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
        let mut parts = Self::default();
        for index in 0..archive.len() {
            let entry = archive.by_index(index).map_err(broken)?;
            let path = entry.name().map_err(broken)?.replace('\\', "/").to_ascii_lowercase();
            if !(path.ends_with(".xml") || path.ends_with(".rels")) {
                continue;
            }
            let mut scan = PartScan::default();
            walk(BufReader::new(entry), |piece| scan.visit(piece))?;
            scan.check_counts()?;
            match scan.root.as_str() {
                "worksheet" => drop(parts.structures.insert(path, scan.structure)),
                "workbook" => parts.sheets.extend(scan.sheets),
                "Relationships" if path.ends_with("workbook.xml.rels") => {
                    parts
                        .paths
                        .extend(scan.relations.into_iter().map(|(id, target)| (id, in_archive(&target))));
                }
                _ => {}
            }
        }
        Ok(parts)
    }

    fn structure_of(&self, sheet: &str) -> SheetStructure {
        let relation = self.sheets.iter().find(|(name, _)| name == sheet).map(|(_, relation)| relation);
        let path = relation.and_then(|relation| self.paths.get(relation));
        path.and_then(|path| self.structures.get(path)).cloned().unwrap_or_default()
    }
}

/// The path of a part in the archive; a relative one begins in the folder of the workbook.
fn in_archive(target: &str) -> String {
    let target = target.to_ascii_lowercase();
    match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("xl/{}", target.trim_start_matches("./")),
    }
}

/// The state of walking one part.
#[derive(Default)]
struct PartScan {
    root: String,
    row: u32,
    structure: SheetStructure,
    sheets: Vec<(String, String)>,
    relations: Vec<(String, String)>,
    declared_texts: u64,
    texts: u64,
}

impl PartScan {
    fn visit(&mut self, piece: Piece<'_>) -> Result<(), WorkbookProblem> {
        let Piece::Start(element) = piece else { return Ok(()) };
        let name = element.local_name();
        if self.root.is_empty() {
            self.root = name.as_ref().to_owned();
        }
        match (self.root.as_str(), name.as_ref()) {
            ("worksheet", name) => self.visit_worksheet(element, name),
            ("sst", "sst") => {
                self.declared_texts = number(element, "uniqueCount", 0)?.max(number(element, "count", 0)?);
                Ok(())
            }
            ("sst", "si") => {
                self.texts += 1;
                if self.texts > MAX_CELLS { Err(WorkbookProblem::TooManyCells) } else { Ok(()) }
            }
            ("workbook", "sheet") => {
                let relation = attribute(element, "id")?.unwrap_or_default();
                self.sheets.push((attribute(element, "name")?.unwrap_or_default(), relation));
                Ok(())
            }
            ("Relationships", "Relationship") => {
                let target = attribute(element, "Target")?.unwrap_or_default();
                self.relations.push((attribute(element, "Id")?.unwrap_or_default(), target));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn visit_worksheet(&mut self, element: &BytesStart<'_>, name: &str) -> Result<(), WorkbookProblem> {
        match name {
            "row" => {
                let next = u64::from(self.row) + 1;
                let row = number(element, "r", next)?;
                if row == 0 || row >= 10_u64.pow(LONGEST_ROW as u32) {
                    return Err(WorkbookProblem::FalseReference);
                }
                self.row = row as u32;
                if matches!(attribute(element, "hidden")?.as_deref(), Some("1" | "true")) {
                    add_hidden(&mut self.structure.hidden, self.row, self.row);
                }
            }
            "c" => {
                if let Some(reference) = attribute(element, "r")? {
                    cell_reference(&reference)?;
                }
            }
            "dimension" => {
                if let Some(reference) = attribute(element, "ref")? {
                    let range = range_reference(&reference)?;
                    // The parser subtracts one end from the other unasked.
                    if range.last_row < range.first_row || range.last_column < range.first_column {
                        return Err(WorkbookProblem::FalseReference);
                    }
                }
            }
            "mergeCell" => {
                if let Some(reference) = attribute(element, "ref")? {
                    self.structure.merged.push(range_reference(&reference)?);
                    check_merged(self.structure.merged.len())?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The parser makes room for as many texts as are declared. `count` counts uses, so it may honestly be larger
    /// than the number of texts, by as much as there are cells.
    fn check_counts(&self) -> Result<(), WorkbookProblem> {
        if self.declared_texts > (self.texts + MAX_FALSE_COUNT).max(MAX_CELLS) {
            return Err(WorkbookProblem::FalseCount);
        }
        Ok(())
    }
}

/// `B12` → row 12, column 2.
fn cell_reference(reference: &str) -> Result<(u32, u32), WorkbookProblem> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = &reference[letters..];
    let is_whole = (1..=LONGEST_COLUMN).contains(&letters)
        && (1..=LONGEST_ROW).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_whole {
        return Err(WorkbookProblem::FalseReference);
    }
    let letters = reference[..letters].bytes().map(|byte| u32::from(byte.to_ascii_uppercase() - b'A') + 1);
    let column = letters.fold(0, |column, letter| column * 26 + letter);
    let row = digits.parse().map_err(|_| WorkbookProblem::FalseReference)?;
    if row == 0 { Err(WorkbookProblem::FalseReference) } else { Ok((row, column)) }
}

/// `A2:A9`, or one cell.
fn range_reference(reference: &str) -> Result<MergedRange, WorkbookProblem> {
    let (first, last) = reference.split_once(':').unwrap_or((reference, reference));
    let ((first_row, first_column), (last_row, last_column)) =
        (cell_reference(first)?, cell_reference(last)?);
    Ok(MergedRange { first_row, last_row, first_column, last_column })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_counted() {
        let text = BytesStart::new("si");
        let mut scan = PartScan { root: "sst".into(), texts: MAX_CELLS - 1, ..PartScan::default() };
        assert_eq!(scan.visit(Piece::Start(&text)), Ok(()));
        assert_eq!(scan.visit(Piece::Start(&text)), Err(WorkbookProblem::TooManyCells));
    }

    #[test]
    fn references_are_read_or_refused() {
        assert_eq!(cell_reference("A1"), Ok((1, 1)));
        assert_eq!(cell_reference("XFD1048576"), Ok((1_048_576, 16_384)));
        assert_eq!(cell_reference("aa10"), Ok((10, 27)));
        for wrong in ["ZZZZZZZZZ1", "A", "1", "", "A0", "A12345678", "A1B", "Я1"] {
            assert_eq!(cell_reference(wrong), Err(WorkbookProblem::FalseReference), "{wrong}");
        }
        let range = MergedRange { first_row: 2, last_row: 9, first_column: 1, last_column: 1 };
        assert_eq!(range_reference("A2:A9"), Ok(range));
    }
}
