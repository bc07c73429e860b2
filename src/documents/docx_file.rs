//! A composed document as DOCX: editable in every word processor, without macros, fields that fetch anything, or
//! links.

use std::io::Cursor;

use docx_rs::{
    AlignmentType, BreakType, Docx, Footer, LineSpacing, LineSpacingType, NumPages, PageMargin, PageNum,
    PageOrientationType, Paragraph, Run, RunFonts, Shading, Table, TableCell, TableCellBorder,
    TableCellBorderPosition, TableCellBorders, TableCellMargins, TableLayoutType, TableRow, VAlignType,
    WidthType,
};

use super::DocumentError;
use super::composed::{Block, Column, Composed, ComposedTable, LineAlignment, PageLayout, Signature};
use super::docx_bars::{bar_descriptions, bars_table};
use super::docx_cards::cards_table;
use super::safe_cell::without_controls;

/// Every word processor has it or knows its like.
const FONT: &str = "Times New Roman";
/// For codes: zero and O, one and I differ in it.
const CODE_FONT: &str = "Courier New";
/// Sizes of type in half-points.
const TITLE_SIZE: usize = 28;
const CODE_SIZE: usize = 36;
const TEXT_SIZE: usize = 24;
const TABLE_SIZE: usize = 17;
/// A4 in twentieths of a point.
const PAGE_SHORT: u32 = 11_906;
const PAGE_LONG: u32 = 16_838;
/// Height by which header rows are known in the rendered XML: the library cannot say "repeat on every page" itself.
const HEADER_ROW_HEIGHT: f32 = 341.0;
const HEADER_ROW_XML: &str = r#"<w:trHeight w:val="341" w:hRule="atLeast" />"#;

/// Writes a document as DOCX.
///
/// # Errors
/// [`DocumentError::CodeTooLong`] where an address is longer than a QR code holds; [`DocumentError::Docx`] for a
/// defect.
pub fn docx_file(document: &Composed) -> Result<Vec<u8>, DocumentError> {
    let day = format!("{}T00:00:00Z", document.made_on);
    let mut docx = laid_out(Docx::new(), document.layout)
        .default_fonts(RunFonts::new().ascii(FONT).hi_ansi(FONT).cs(FONT).east_asia(FONT))
        .default_size(TEXT_SIZE)
        .created_at(&day)
        .updated_at(&day);
    if document.page_numbers {
        docx = docx.footer(page_number_footer());
    }
    let width = text_width(document.layout);
    for block in &document.blocks {
        docx = with_block(docx, block, width)?;
    }
    if document.blocks.last().is_some_and(|block| !matches!(block, Block::Paragraph(..))) {
        // A document must not end with a table; a line of one point never starts a new page.
        docx = docx.add_paragraph(thin_paragraph(0));
    }
    let mut parts = docx.build();
    parts.document = finished_xml(parts.document, &picture_names(&document.blocks))?;
    let mut bytes = Cursor::new(Vec::new());
    parts.pack(&mut bytes).map_err(|_| DocumentError::Docx)?;
    Ok(bytes.into_inner())
}

fn laid_out(docx: Docx, layout: PageLayout) -> Docx {
    let margin = |side: i32, end: i32| {
        PageMargin::new().top(1134).bottom(end).left(side).right(567).header(567).footer(567).gutter(0)
    };
    match layout {
        PageLayout::Portrait => docx.page_size(PAGE_SHORT, PAGE_LONG).page_margin(margin(1134, 1134)),
        PageLayout::Landscape => docx
            .page_size(PAGE_LONG, PAGE_SHORT)
            .page_orient(PageOrientationType::Landscape)
            .page_margin(margin(850, 1020)),
        PageLayout::Cards => docx.page_size(PAGE_SHORT, PAGE_LONG).page_margin(
            PageMargin::new().top(567).bottom(454).left(567).right(567).header(284).footer(284).gutter(0),
        ),
    }
}

/// What the margins leave for text.
fn text_width(layout: PageLayout) -> usize {
    match layout {
        PageLayout::Portrait => 10_205,
        PageLayout::Landscape => 15_421,
        PageLayout::Cards => 10_772,
    }
}

fn with_block(docx: Docx, block: &Block, width: usize) -> Result<Docx, DocumentError> {
    Ok(match block {
        Block::Title(text) => docx.add_paragraph(
            Paragraph::new()
                .add_run(run(text, TITLE_SIZE).bold())
                .align(AlignmentType::Center)
                .keep_next(true)
                .line_spacing(spacing(60, 120)),
        ),
        Block::Heading(text) => docx.add_paragraph(
            Paragraph::new()
                .add_run(run(text, TEXT_SIZE).bold())
                .keep_next(true)
                .line_spacing(spacing(180, 80)),
        ),
        Block::Part(text) => docx.add_paragraph(
            Paragraph::new()
                .add_run(run(text, TITLE_SIZE).bold())
                .align(AlignmentType::Center)
                .page_break_before(true)
                .keep_next(true)
                .line_spacing(spacing(0, 200)),
        ),
        Block::Bars(rows) => docx.add_table(bars_table(rows, width)?).add_paragraph(thin_paragraph(120)),
        Block::Paragraph(text, alignment) => docx.add_paragraph(
            Paragraph::new()
                .add_run(run(text, TEXT_SIZE))
                .align(alignment_type(*alignment))
                .line_spacing(spacing(0, 120)),
        ),
        Block::SmallPrint(text) => docx.add_paragraph(
            Paragraph::new().add_run(run(text, TABLE_SIZE)).line_spacing(spacing(60, 60)).keep_lines(true),
        ),
        Block::Code(lines) => lines.iter().fold(docx, |docx, line| {
            let fonts =
                RunFonts::new().ascii(CODE_FONT).hi_ansi(CODE_FONT).cs(CODE_FONT).east_asia(CODE_FONT);
            docx.add_paragraph(
                Paragraph::new()
                    .add_run(run(line, CODE_SIZE).bold().fonts(fonts))
                    .keep_lines(true)
                    .line_spacing(spacing(60, 120)),
            )
        }),
        Block::Table(table) => docx.add_table(lined_table(table, width)).add_paragraph(thin_paragraph(120)),
        Block::Signatures(lines) => docx.add_table(signature_table(lines, width)),
        Block::Cards(cards) => docx.add_table(cards_table(cards, width)?),
    })
}

fn alignment_type(alignment: LineAlignment) -> AlignmentType {
    match alignment {
        LineAlignment::Left => AlignmentType::Left,
        LineAlignment::Center => AlignmentType::Center,
        LineAlignment::Right => AlignmentType::Right,
    }
}

/// A text in one size; its line breaks become breaks.
pub(super) fn run(text: &str, size: usize) -> Run {
    let text = without_controls(text);
    let mut run = Run::new().size(size);
    for (place, line) in text.split('\n').enumerate() {
        if place > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        run = run.add_text(line);
    }
    run
}

/// Room before and after a paragraph, in twentieths of a point.
pub(super) fn spacing(before: u32, after: u32) -> LineSpacing {
    LineSpacing::new().before(before).after(after)
}

/// A line of one point with room after it, in twentieths of a point: between a table and what follows.
fn thin_paragraph(after: u32) -> Paragraph {
    let thin = spacing(0, after).line(20).line_rule(LineSpacingType::Exact);
    Paragraph::new().add_run(Run::new().size(2)).size(2).line_spacing(thin)
}

fn page_number_footer() -> Footer {
    let page = Paragraph::new()
        .add_run(run("Лист ", TEXT_SIZE))
        .add_page_num(PageNum::new())
        .add_run(run(" из ", TEXT_SIZE))
        .add_num_pages(NumPages::new())
        .align(AlignmentType::Right);
    Footer::new().add_paragraph(page)
}

/// The widths of columns by their shares, adding up to the whole.
fn column_widths(columns: &[Column], width: usize) -> Vec<usize> {
    let all: usize = columns.iter().map(|column| column.share).sum::<usize>().max(1);
    columns.iter().map(|column| width * column.share / all).collect()
}

fn lined_table(table: &ComposedTable, width: usize) -> Table {
    let widths = column_widths(&table.columns, width);
    let header = table.columns.iter().zip(&widths).map(|(column, width)| {
        let text =
            Paragraph::new().add_run(run(column.header, TABLE_SIZE).bold()).align(AlignmentType::Center);
        TableCell::new()
            .add_paragraph(text)
            .width(*width, WidthType::Dxa)
            .vertical_align(VAlignType::Center)
            .shading(Shading::new().fill("EDEDED"))
    });
    let header = TableRow::new(header.collect()).cant_split().row_height(HEADER_ROW_HEIGHT);
    let rows = table.rows.iter().map(|cells| {
        let cells = table.columns.iter().zip(cells).zip(&widths).map(|((column, text), width)| {
            let alignment = if column.is_centered { AlignmentType::Center } else { AlignmentType::Left };
            let paragraph = Paragraph::new().add_run(run(text, TABLE_SIZE)).align(alignment);
            TableCell::new().add_paragraph(paragraph).width(*width, WidthType::Dxa)
        });
        TableRow::new(cells.collect()).cant_split()
    });
    Table::new(std::iter::once(header).chain(rows).collect())
        .set_grid(widths.clone())
        .layout(TableLayoutType::Fixed)
        .width(widths.iter().sum(), WidthType::Dxa)
        .margins(TableCellMargins::new().margin(28, 60, 28, 60))
}

fn signature_table(lines: &[Signature], width: usize) -> Table {
    let widths = [width * 45 / 100, width * 22 / 100, width * 33 / 100];
    let last = lines.len().saturating_sub(1);
    let rows = lines.iter().enumerate().map(|(place, line)| {
        let cell = |text: &str, width: usize| {
            // The lines stay with each other: a name alone on the next page signs nothing.
            let paragraph = Paragraph::new().add_run(run(text, TEXT_SIZE)).keep_next(place < last);
            TableCell::new()
                .add_paragraph(paragraph)
                .width(width, WidthType::Dxa)
                .vertical_align(VAlignType::Bottom)
        };
        let under = TableCellBorder::new(TableCellBorderPosition::Bottom).size(4);
        let name = if line.name.is_empty() { "____________________" } else { line.name.as_str() };
        TableRow::new(vec![
            cell(&line.post, widths[0]),
            cell("", widths[1]).set_borders(TableCellBorders::with_empty().set(under)),
            cell(&format!("  {name}"), widths[2]),
        ])
        .cant_split()
        .row_height(560.0)
    });
    Table::without_borders(rows.collect())
        .set_grid(widths.to_vec())
        .layout(TableLayoutType::Fixed)
        .width(width, WidthType::Dxa)
}

/// What is read aloud of each picture, in the order of the document. Codes are known by their number.
fn picture_names(blocks: &[Block]) -> Vec<String> {
    let bars = blocks.iter().filter_map(|block| match block {
        Block::Bars(rows) => Some(bar_descriptions(rows)),
        _ => None,
    });
    bars.flatten().collect()
}

/// What the library cannot say: header rows repeat, and every picture has a number and words of its own.
fn finished_xml(xml: Vec<u8>, names: &[String]) -> Result<Vec<u8>, DocumentError> {
    let xml = String::from_utf8(xml).map_err(|_| DocumentError::Docx)?;
    let xml = xml.replace(HEADER_ROW_XML, &format!("{HEADER_ROW_XML}<w:tblHeader />"));
    let mut pieces = xml.split(r#"<wp:docPr id="1" name="Figure" />"#);
    let mut finished = pieces.next().unwrap_or_default().to_owned();
    for (number, piece) in (1..).zip(pieces) {
        let words = match names.get(number - 1) {
            Some(name) => format!(r#"name="Полоса {number}" descr="{}""#, escaped(name)),
            None => format!(r#"name="QR {number}" descr="QR-код ссылки""#),
        };
        finished.push_str(&format!(r#"<wp:docPr id="{number}" {words} />"#));
        finished.push_str(piece);
    }
    Ok(finished.into_bytes())
}

/// A text as the value of an attribute.
fn escaped(text: &str) -> String {
    without_controls(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
