//! Sheets of cards with QR codes: two in a row, four rows a page, cut along dashed lines.

use std::collections::BTreeMap;

use docx_rs::{
    AlignmentType, BorderType, HeightRule, Paragraph, Pic, Run, Table, TableCell, TableCellBorder,
    TableCellBorderPosition, TableCellBorders, TableCellMargins, TableLayoutType, TableRow, VAlignType,
    WidthType,
};

use super::DocumentError;
use super::composed::LinkCard;
use super::docx_file::{run, spacing};
use super::qr_code::qr_picture;

/// Cards beside each other.
const ACROSS: usize = 2;
/// Height of a card in twentieths of a point: four fill a page.
const CARD_HEIGHT: f32 = 3900.0;
/// Side of the printed code: 4.1 cm, in English metric units.
const CODE_SIDE: u32 = 1_476_000;
/// Width of the code's half of a card, in twentieths of a point.
const CODE_WIDTH: usize = 2440;
/// Sizes of type in half-points.
const PLACE_SIZE: usize = 30;
const AUDIENCE_SIZE: usize = 22;
const STEP_SIZE: usize = 18;
const NOTE_SIZE: usize = 16;

/// The cards as one table of this width.
///
/// # Errors
/// [`DocumentError::CodeTooLong`].
pub(super) fn cards_table(cards: &[LinkCard], width: usize) -> Result<Table, DocumentError> {
    let text_width = width / ACROSS - CODE_WIDTH;
    let mut pictures = BTreeMap::new();
    let mut rows = Vec::new();
    for pair in cards.chunks(ACROSS) {
        let mut cells = Vec::new();
        for card in pair {
            let number = pictures.len() + 1;
            let picture = match pictures.get(card.address.as_str()) {
                Some(picture) => picture,
                None => pictures.entry(card.address.as_str()).or_insert(code_picture(card, number)?),
            };
            cells.push(code_cell(picture.clone()));
            cells.push(text_cell(card, text_width));
        }
        if pair.len() < ACROSS {
            // The place beside the last card stays empty, without lines to cut.
            let blank = |width| borderless(TableCell::new().add_paragraph(Paragraph::new()), width);
            cells.extend([blank(CODE_WIDTH), blank(text_width)]);
        }
        rows.push(TableRow::new(cells).row_height(CARD_HEIGHT).height_rule(HeightRule::Exact).cant_split());
    }
    let grid: Vec<usize> = [CODE_WIDTH, text_width].into_iter().cycle().take(2 * ACROSS).collect();
    Ok(Table::without_borders(rows)
        .set_grid(grid)
        .layout(TableLayoutType::Fixed)
        .width(width, WidthType::Dxa)
        .margins(TableCellMargins::new().margin(60, 60, 40, 60)))
}

/// Cards of one link share a picture: the file stays small.
fn code_picture(card: &LinkCard, number: usize) -> Result<Pic, DocumentError> {
    let picture = qr_picture(card.address.as_str())?;
    Ok(Pic::new_with_dimensions(picture.png, picture.side, picture.side)
        .id(format!("rIdCode{number}"))
        .size(CODE_SIDE, CODE_SIDE))
}

fn code_cell(picture: Pic) -> TableCell {
    let code = Paragraph::new().add_run(Run::new().add_image(picture)).align(AlignmentType::Center);
    TableCell::new()
        .add_paragraph(code)
        .width(CODE_WIDTH, WidthType::Dxa)
        .vertical_align(VAlignType::Center)
        .set_borders(cut_lines(TableCellBorderPosition::Left))
}

fn text_cell(card: &LinkCard, width: usize) -> TableCell {
    let line = |run: Run, after: u32| Paragraph::new().add_run(run).line_spacing(spacing(0, after));
    let mut cell = TableCell::new()
        .width(width, WidthType::Dxa)
        .vertical_align(VAlignType::Center)
        .set_borders(cut_lines(TableCellBorderPosition::Right))
        .add_paragraph(line(run(&card.place, PLACE_SIZE).bold(), 0))
        .add_paragraph(line(run(&card.audience, AUDIENCE_SIZE), 60));
    if let Some(recipient) = &card.recipient {
        cell = cell.add_paragraph(line(run(recipient, STEP_SIZE).bold(), 40));
    }
    for (number, step) in (1..).zip(&card.steps) {
        cell = cell.add_paragraph(line(run(&format!("{number}. {step}"), STEP_SIZE), 30));
    }
    for note in &card.notes {
        cell = cell.add_paragraph(line(run(note, NOTE_SIZE), 20));
    }
    cell
}

/// Dashed lines around a card, which consists of two cells: `outer` is the side this cell closes.
fn cut_lines(outer: TableCellBorderPosition) -> TableCellBorders {
    [TableCellBorderPosition::Top, TableCellBorderPosition::Bottom, outer].into_iter().fold(
        TableCellBorders::with_empty(),
        |borders, position| {
            borders
                .set(TableCellBorder::new(position).border_type(BorderType::Dashed).size(4).color("808080"))
        },
    )
}

fn borderless(cell: TableCell, width: usize) -> TableCell {
    cell.width(width, WidthType::Dxa).set_borders(TableCellBorders::with_empty())
}
