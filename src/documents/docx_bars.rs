//! Bars of a report as a table without lines: what, the bar, the numbers.

use docx_rs::{
    Paragraph, Pic, Run, Table, TableCell, TableCellMargins, TableLayoutType, TableRow, VAlignType, WidthType,
};

use super::DocumentError;
use super::bar_picture::bar_picture;
use super::composed::BarRow;
use super::docx_file::run;

/// Size of the words in half-points.
const WORDS_SIZE: usize = 20;
/// English metric units of a pixel: a bar of 600 pixels is 7.4 cm wide.
const PIXEL: u32 = 4_440;

/// The rows as a table of this width.
///
/// # Errors
/// [`DocumentError::Picture`].
pub(super) fn bars_table(bars: &[BarRow], width: usize) -> Result<Table, DocumentError> {
    let widths = [width * 24 / 100, width * 44 / 100, width * 32 / 100];
    let mut rows = Vec::new();
    for (number, bar) in (1..).zip(bars) {
        let picture = match bar.now {
            Some(now) => {
                let drawn = bar_picture(now, bar.then)?;
                // The library names a picture by its own number, and two tables may stand in one document.
                let id = format!("rIdBar{number}{}", name_of(bar));
                let picture = Pic::new_with_dimensions(drawn.png, drawn.width, drawn.height).id(id);
                Run::new().add_image(picture.size(drawn.width * PIXEL, drawn.height * PIXEL))
            }
            None => Run::new(),
        };
        let cell = |run: Run, width: usize| {
            TableCell::new()
                .add_paragraph(Paragraph::new().add_run(run))
                .width(width, WidthType::Dxa)
                .vertical_align(VAlignType::Center)
        };
        rows.push(
            TableRow::new(vec![
                cell(run(&bar.label, WORDS_SIZE).bold(), widths[0]),
                cell(picture, widths[1]),
                cell(run(&bar.words, WORDS_SIZE), widths[2]),
            ])
            .cant_split(),
        );
    }
    Ok(Table::without_borders(rows)
        .set_grid(widths.to_vec())
        .layout(TableLayoutType::Fixed)
        .width(widths.iter().sum(), WidthType::Dxa)
        .margins(TableCellMargins::new().margin(40, 60, 40, 60)))
}

/// What is read aloud of the bars that are drawn.
pub(super) fn bar_descriptions(bars: &[BarRow]) -> Vec<String> {
    let drawn = bars.iter().filter(|bar| bar.now.is_some());
    drawn.map(|bar| format!("{}: {}", bar.label, bar.words.replace('\n', ", "))).collect()
}

/// A number that differs wherever the bar differs.
fn name_of(bar: &BarRow) -> String {
    let parts =
        |pair: Option<(u32, u32)>| pair.map_or_else(String::new, |(one, other)| format!("x{one}x{other}"));
    let label: u32 =
        bar.label.chars().fold(7_u32, |sum, letter| sum.wrapping_mul(31).wrapping_add(letter as u32));
    format!("{}{}x{label}", parts(bar.now), parts(bar.then))
}
